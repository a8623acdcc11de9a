/* SPDX-License-Identifier: MIT
 * model.c - the line model: reading it, asking it. */
#include "model.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif
#include <stdlib.h>

#include "common/mem.h"

/* --- reading ---------------------------------------------------------------------------------------------- */

/* The list of features that a model's trees speak of. */
struct naming {
	uint8_t places[FEATURES_MOST];
	size_t count;
};

static struct span word_off(struct span *line)
{
	struct span word = span_head(*line, span_find(*line, ' '));

	*line = span_skip(*line, word.len + 1);
	return word;
}

/* A number of one to five digits, perhaps behind a minus, that fits `least` to `most`. */
static bool read_number(struct span text, int least, int most, int *value)
{
	bool minus = text.len && text.at[0] == '-';
	int number = 0;

	text = span_skip(text, minus);
	if (text.len == 0 || text.len > 5)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		number = number * 10 + (text.at[i] - '0');
	}
	*value = minus ? -number : number;
	return *value >= least && *value <= most;
}

static bool find_feature(struct span name, uint8_t *place)
{
	for (size_t i = 0; feature_names[i]; i++)
		if (span_equal(name, span_from(feature_names[i]))) {
			*place = (uint8_t)i;
			return true;
		}
	return false;
}

static bool read_names(struct naming *naming, struct span line, struct diag *why)
{
	for (naming->count = 0; line.len; naming->count++) {
		struct span name = word_off(&line);

		if (naming->count == FEATURES_MOST || !find_feature(name, &naming->places[naming->count])) {
			diag_set(why, "unknown feature '%.*s'", (int)name.len, name.at);
			return false;
		}
	}
	return true;
}

static bool read_node(struct tree *tree, size_t at, const struct naming *naming, struct span word)
{
	size_t colon = span_find(word, ':');
	int feature, threshold;

	if (!read_number(span_head(word, colon), 0, (int)naming->count - 1, &feature) ||
		!read_number(span_skip(word, colon + 1), INT16_MIN, INT16_MAX, &threshold))
		return false;
	tree->feature[at] = naming->places[feature];
	tree->threshold[at] = twice((int16_t)threshold);
	return true;
}

static bool read_tree(struct tree *tree, const struct naming *naming, struct span line, struct diag *why)
{
	for (size_t i = 0; i < MODEL_NODES + MODEL_LEAVES; i++) {
		struct span word = word_off(&line);
		int leaf = 0;

		if (i < MODEL_NODES ? !read_node(tree, i, naming, word)
				    : !read_number(word, -INT16_MAX, INT16_MAX, &leaf)) {
			diag_set(why, "a tree is %d questions and %d leaves: '%.*s'", MODEL_NODES,
				MODEL_LEAVES, (int)word.len, word.at);
			return false;
		}
		if (i >= MODEL_NODES)
			tree->leaf[i - MODEL_NODES] = twice((int16_t)leaf);
	}
	if (line.len)
		diag_set(why, "a tree has more than %d leaves", MODEL_LEAVES);
	return line.len == 0;
}

static struct tree *tree_new(struct model *model)
{
	if (model->count == model->cap) {
		model->cap = model->cap ? model->cap * 2 : 64;
		model->trees = model->own = mem_resize(model->own, model->cap, sizeof *model->own);
	}
	return &model->own[model->count++];
}

static bool read_line(struct model *model, struct naming *naming, struct span line, struct diag *why)
{
	struct span kind;

	if (line.len == 0 || line.at[0] == '#')
		return true;
	kind = word_off(&line);
	if (span_equal(kind, SPAN("features")))
		return read_names(naming, line, why);
	if (span_equal(kind, SPAN("tree")))
		return read_tree(tree_new(model), naming, line, why);
	diag_set(why, "neither features nor a tree: '%.*s'", (int)kind.len, kind.at);
	return false;
}

/* Whether every sum of leaves, one of each tree, is a 16-bit number. */
static bool sums_fit(const struct model *model)
{
	int most = 0;

	for (size_t i = 0; i < model->count && most <= INT16_MAX; i++) {
		int largest = 0;

		for (size_t k = 0; k < MODEL_LEAVES; k++)
			if (abs(once(model->trees[i].leaf[k])) > largest)
				largest = abs(once(model->trees[i].leaf[k]));
		most += largest;
	}
	return most <= INT16_MAX;
}

bool model_parse(struct model *model, struct span text, struct diag *why)
{
	struct naming naming = { .count = 0 };
	struct diag cause;

	model_release(model);
	for (size_t number = 1; text.len; number++) {
		struct span line = span_head(text, span_find(text, '\n'));

		if (!read_line(model, &naming, line, &cause)) {
			diag_set(why, "model: line %zu: %s", number, cause.text);
			model->count = 0;
			return false;
		}
		text = span_skip(text, line.len + 1);
	}
	if (sums_fit(model))
		return true;
	diag_set(why, "model: the leaves add up to more than %d", INT16_MAX);
	model->count = 0;
	return false;
}

void model_release(struct model *model)
{
	free(model->own);
	*model = (struct model){ .trees = NULL };
}

/* --- asking ----------------------------------------------------------------------------------------------- */

typedef int16_t lanes __attribute__((vector_size(16)));

enum { LANES = sizeof(lanes) / sizeof(int16_t), PARTS = MODEL_BATCH / LANES };

static inline lanes lanes_at(const int16_t *from)
{
	lanes value;

	memcpy(&value, from, sizeof value);
	return value;
}

/* In each lane the second where the feature is more than the threshold, else the first. */
static inline lanes choose(lanes value, int16_t threshold, lanes first, lanes second)
{
	lanes more = (lanes)(value > threshold);

	return first ^ ((first ^ second) & more);
}

static inline lanes tree_ask(const struct tree *tree, const struct batch *batch, size_t part)
{
	lanes values[MODEL_LEAVES / 2];
	const lanes zero = { 0 };

#pragma GCC unroll 8
	for (size_t i = 0; i < MODEL_LEAVES / 2; i++) {
		size_t node = MODEL_LEAVES / 2 - 1 + i;

		values[i] = choose(lanes_at(batch->values[tree->feature[node]] + part * LANES),
			once(tree->threshold[node]), zero + once(tree->leaf[2 * i]),
			zero + once(tree->leaf[2 * i + 1]));
	}
#pragma GCC unroll 3
	for (size_t width = MODEL_LEAVES / 4; width > 0; width /= 2)
#pragma GCC unroll 4
		for (size_t i = 0; i < width; i++) {
			size_t node = width - 1 + i;

			values[i] = choose(lanes_at(batch->values[tree->feature[node]] + part * LANES),
				once(tree->threshold[node]), values[2 * i], values[2 * i + 1]);
		}
	return values[0];
}

static void ask(const struct model *model, const struct batch *batch, int16_t scores[MODEL_BATCH])
{
	lanes sums[PARTS] = { { 0 } };

	for (size_t i = 0; i < model->count; i++)
		for (size_t part = 0; part < PARTS; part++)
			sums[part] += tree_ask(&model->trees[i], batch, part);
	memcpy(scores, sums, sizeof sums);
}

#ifdef __x86_64__
#define AVX2 static inline __attribute__((target("avx2")))

enum { WIDE = sizeof(__m256i) / sizeof(int16_t) };

/* Both halves of a batch, which share what is the same in all lanes. */
struct wide {
	__m256i low, high;
};

AVX2 struct wide avx2_node(
	const struct tree *tree, const struct batch *batch, size_t node, struct wide no, struct wide yes)
{
	const int16_t *from = batch->values[tree->feature[node]];
	__m256i threshold = _mm256_set1_epi32((int32_t)tree->threshold[node]);
	__m256i low = _mm256_cmpgt_epi16(_mm256_loadu_si256((const void *)from), threshold);
	__m256i high = _mm256_cmpgt_epi16(_mm256_loadu_si256((const void *)(from + WIDE)), threshold);

	return (struct wide){ _mm256_blendv_epi8(no.low, yes.low, low),
		_mm256_blendv_epi8(no.high, yes.high, high) };
}

AVX2 struct wide avx2_leaf(const struct tree *tree, size_t leaf)
{
	__m256i all = _mm256_set1_epi32((int32_t)tree->leaf[leaf]);

	return (struct wide){ all, all };
}

/* A subtree after the other, so that few values wait at a time. `at` counts nodes of that height from the left. */
AVX2 struct wide avx2_two(const struct tree *tree, const struct batch *batch, size_t at)
{
	return avx2_node(tree, batch, 7 + at, avx2_leaf(tree, 2 * at), avx2_leaf(tree, 2 * at + 1));
}

AVX2 struct wide avx2_four(const struct tree *tree, const struct batch *batch, size_t at)
{
	struct wide no = avx2_two(tree, batch, 2 * at), yes = avx2_two(tree, batch, 2 * at + 1);

	return avx2_node(tree, batch, 3 + at, no, yes);
}

AVX2 struct wide avx2_eight(const struct tree *tree, const struct batch *batch, size_t at)
{
	struct wide no = avx2_four(tree, batch, 2 * at), yes = avx2_four(tree, batch, 2 * at + 1);

	return avx2_node(tree, batch, 1 + at, no, yes);
}

AVX2 void avx2_ask(const struct model *model, const struct batch *batch, int16_t scores[MODEL_BATCH])
{
	__m256i low = _mm256_setzero_si256(), high = low;

	for (size_t i = 0; i < model->count; i++) {
		const struct tree *tree = &model->trees[i];
		struct wide no = avx2_eight(tree, batch, 0), yes = avx2_eight(tree, batch, 1);
		struct wide said = avx2_node(tree, batch, 0, no, yes);

		low = _mm256_add_epi16(low, said.low);
		high = _mm256_add_epi16(high, said.high);
	}
	_mm256_storeu_si256((void *)scores, low);
	_mm256_storeu_si256((void *)(scores + WIDE), high);
}

#define AVX512 static inline __attribute__((target("avx512bw")))

/* All of a batch in one vector, answers in masks. */
AVX512 __m512i avx512_node(
	const struct tree *tree, const struct batch *batch, size_t node, __m512i no, __m512i yes)
{
	__m512i values = _mm512_loadu_si512(batch->values[tree->feature[node]]);
	__m512i threshold = _mm512_set1_epi32((int32_t)tree->threshold[node]);

	return _mm512_mask_blend_epi16(_mm512_cmpgt_epi16_mask(values, threshold), no, yes);
}

AVX512 __m512i avx512_two(const struct tree *tree, const struct batch *batch, size_t at)
{
	return avx512_node(tree, batch, 7 + at, _mm512_set1_epi32((int32_t)tree->leaf[2 * at]),
		_mm512_set1_epi32((int32_t)tree->leaf[2 * at + 1]));
}

AVX512 __m512i avx512_four(const struct tree *tree, const struct batch *batch, size_t at)
{
	return avx512_node(
		tree, batch, 3 + at, avx512_two(tree, batch, 2 * at), avx512_two(tree, batch, 2 * at + 1));
}

AVX512 __m512i avx512_eight(const struct tree *tree, const struct batch *batch, size_t at)
{
	return avx512_node(tree, batch, 1 + at, avx512_four(tree, batch, 2 * at),
		avx512_four(tree, batch, 2 * at + 1));
}

AVX512 void avx512_ask(const struct model *model, const struct batch *batch, int16_t scores[MODEL_BATCH])
{
	__m512i sum = _mm512_setzero_si512();

	for (size_t i = 0; i < model->count; i++) {
		const struct tree *tree = &model->trees[i];

		sum = _mm512_add_epi16(sum, avx512_node(tree, batch, 0, avx512_eight(tree, batch, 0),
						    avx512_eight(tree, batch, 1)));
	}
	_mm512_storeu_si512(scores, sum);
}

_Static_assert(MODEL_BATCH == 2 * WIDE && MODEL_LEAVES == 16,
	"a batch is two wide vectors, a tree four questions high");
#endif

void model_ask(
	const struct model *model, const struct batch *batch, enum cpu cpu, int16_t scores[MODEL_BATCH])
{
#ifdef __x86_64__
	if (cpu >= CPU_AVX512) {
		avx512_ask(model, batch, scores);
		return;
	}
	if (cpu >= CPU_AVX2) {
		avx2_ask(model, batch, scores);
		return;
	}
#endif
	(void)cpu;
	ask(model, batch, scores);
}
