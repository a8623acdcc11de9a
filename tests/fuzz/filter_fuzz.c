/* SPDX-License-Identifier: MIT
 * filter_fuzz.c - every filter, under options and cuts that the input chooses, held to the laws.
 *
 * One source, one program for each filter (-DFILTER=its table). The first line of an input is not text: its
 * bytes say how to cut (longest piece, seed), then pairs say which option gets which value; a seed that starts
 * with an empty line runs with defaults. Where an option wants a file, the text in front of the first form
 * feed is its content. Laws:
 *
 * - however the text is cut, on any processor, with any secret, the same bytes come out;
 * - they are valid UTF-8; one document gives the same in text, -z and -j, whose other bytes stay;
 * - documents of a map do not know of each other;
 * - what is put and what is dropped are the input, in order (filters that select);
 * - where the page says so, twice is once; split-sentences changes white space only, but for the mark it is given. */
#include "tests/fuzz/fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "common/common_options.h"
#include "common/jsonl.h"
#include "common/unicode.h"
#include "tests/unit/drive.h"

extern const struct filter FILTER;

enum { LONGEST = 1 << 16, MOST_OPTIONS = 4, OTHER_SECRET = 77 };

/* What holds of one filter and not of all. */
struct promise {
	const char *filter;
	const char *word; /* in front of all options; NULL: none */
	bool idempotent, changes_space_only;
};

/* dedupe compares documents where there are some, and lines elsewhere: for one law in all framings it is told
 * to start with lines. */
static const struct promise promises[] = {
	{ .filter = "normalize", .idempotent = true },
	{ .filter = "strip-boilerplate", .word = "--level=careful", .idempotent = true },
	{ .filter = "dedupe", .word = "--unit=line", .idempotent = true },
	{ .filter = "split-sentences", .changes_space_only = true },
	{ .filter = NULL },
};

/* One input, read. */
struct trial {
	const struct promise *promise;
	const char *words[MOST_OPTIONS + 2];
	struct cutting cutting;
	bool has_file; /* an option wants to read one */
	bool has_documents; /* it is one of documents: of records, where documents are records */
	struct driven_file file; /* what it gets */
	struct span raw;
	struct buf text; /* raw, made valid */
	struct buf documents; /* raw, each document made valid and ended by a NUL */
};

static const struct cutting whole = { 0, 0 };

/* --- reading the input ---------------------------------------------------------------------------------- */

static const struct promise *find_promise(void)
{
	const struct promise *promise = promises;

	while (promise->filter && strcmp(promise->filter, FILTER.name) != 0)
		promise++;
	return promise;
}

/* A number near the edges of what the row allows. */
static int64_t some_number(const struct opt *row, unsigned char pick)
{
	int64_t number = row->min + pick / 4;

	switch (pick % 4) {
	case 0:
		return row->initial;
	case 1:
		return row->max;
	default:
		return number <= row->max ? number : row->max;
	}
}

static void mend(struct buf *into, struct span raw)
{
	struct utf8_repair repair = { .mode = INVALID_REPLACE, .cpu = cpu_best(NULL) };
	struct span text;
	struct diag why;

	LAW(utf8_repair_piece(&repair, raw, &text, &why), "repair does not fail");
	buf_add(into, text);
	utf8_repair_release(&repair);
}

static void write_file(struct trial *trial)
{
	size_t len = span_find(trial->raw, '\f');

	if (trial->has_file)
		return;
	trial->has_file = true;
	buf_add(&trial->file.text, span_head(trial->raw, len));
	trial->raw = span_skip(trial->raw, len + 1);
}

static void mend_file(struct trial *trial)
{
	struct buf mended = BUF_INIT;

	mend(&mended, buf_span(&trial->file.text));
	buf_release(&trial->file.text);
	trial->file.text = mended;
}

/* Appends one option of the filter's own rows. */
static void spell(struct trial *trial, struct buf *into, const struct opt *row, unsigned char pick)
{
	static const char *const texts[] = { "auto", "ar", "en", "fr-CA", "he", "zh", "", "xx" };
	size_t words = 0;

	buf_addf(into, "--%s%s", row->kind == OPT_SWITCH && pick % 2 ? "no-" : "", row->name);
	while (row->words && row->words[words])
		words++;
	if (words) {
		buf_addf(into, "=%s", row->words[pick % words]);
		return;
	}
	switch (row->kind) {
	case OPT_FLAG:
	case OPT_SWITCH:
		return;
	case OPT_INPUT:
	case OPT_INPUTS:
		write_file(trial);
		buf_addf(into, "=%s", trial->file.name);
		return;
	case OPT_DOCUMENTS: /* who drives makes documents valid, and gives files as they are */
		write_file(trial);
		mend_file(trial);
		trial->has_documents = true;
		buf_addf(into, "=%s", trial->file.name);
		return;
	case OPT_OUTPUT:
		buf_add(into, SPAN("=lost"));
		return;
	case OPT_TEXT:
	case OPT_TEXTS:
		buf_addf(into, "=%s", texts[pick % (sizeof(texts) / sizeof(texts[0]))]);
		return;
	default:
		buf_addf(into, "=%lld", (long long)some_number(row, pick));
	}
}

/* The word for good: a filter may stay open longer than its trial lasts. There are not many different ones. */
static const char *keep_word(struct buf *word)
{
	static const char **words;
	static size_t count;

	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], buf_string(word)) == 0)
			return words[i];
	words = mem_resize(words, count + 1, sizeof(*words));
	return words[count++] = mem_copy(word->at, word->len);
}

static void read_options(struct trial *trial, struct span header)
{
	struct buf word = BUF_INIT;
	size_t rows = 0, words = 0;

	while (FILTER.opts[rows].name)
		rows++;
	if (trial->promise->word)
		trial->words[words++] = trial->promise->word;
	for (size_t i = 0; i < MOST_OPTIONS && header.len; i++) {
		unsigned char row = fuzz_byte(&header), pick = fuzz_byte(&header);

		buf_clear(&word);
		spell(trial, &word, &FILTER.opts[row % rows], pick);
		trial->words[words++] = keep_word(&word);
	}
	buf_release(&word);
}

static void read_input(struct trial *trial, struct span input)
{
	size_t first = span_find(input, '\n');
	struct span header = span_head(input, first);

	trial->promise = find_promise();
	trial->file.name = "file";
	trial->raw = span_skip(input, first + 1);
	trial->cutting.longest = 1 + fuzz_byte(&header) % 64;
	trial->cutting.seed = fuzz_byte(&header);
	read_options(trial, header);
	mend(&trial->text, trial->raw);
	for (struct span rest = trial->raw; rest.len;) {
		size_t len = span_find(rest, '\0');

		mend(&trial->documents, span_head(rest, len));
		buf_add_byte(&trial->documents, '\0');
		rest = span_skip(rest, len + 1);
	}
}

static void release(struct trial *trial)
{
	buf_release(&trial->file.text);
	buf_release(&trial->text);
	buf_release(&trial->documents);
}

static void tell(const struct trial *trial, struct span input)
{
	fprintf(stderr, "%s", FILTER.name);
	for (size_t i = 0; trial->words[i]; i++)
		fprintf(stderr, " %s", trial->words[i]);
	fprintf(stderr, ", pieces of %zu, seed %u\n", trial->cutting.longest, trial->cutting.seed);
	fuzz_show("input", input);
}

/* Two ways that must end alike. */
static void same(const struct trial *trial, struct span input, struct driven *one, struct driven *other,
	const char *law)
{
	if (one->flow != other->flow || !span_equal(buf_span(&one->text), buf_span(&other->text)))
		tell(trial, input);
	fuzz_same(buf_span(&one->text), buf_span(&other->text), law);
	LAW(one->flow == other->flow, law);
}

/* --- kept and dropped parts ----------------------------------------------------------------------------- */

/* Checks that what comes to put and drop is the document, in order but for what sink_drop_ahead allows. */
struct tiling {
	struct span document; /* what is left of it */
	size_t undecided; /* bytes of it that wait */
	size_t beyond; /* bytes behind those, dropped already */
};

static void tile(struct tiling *tiling, size_t at, struct span piece)
{
	LAW(at <= tiling->document.len &&
			span_equal(span_head(span_skip(tiling->document, at), piece.len), piece),
		"kept and dropped parts are the input");
}

static enum flow tile_next(void *ctx, struct span piece)
{
	struct tiling *tiling = ctx;

	tile(tiling, 0, piece);
	tiling->document = span_skip(tiling->document, piece.len);
	if (tiling->undecided == 0)
		return FLOW_MORE;
	LAW(piece.len <= tiling->undecided, "what waits is decided before what is behind it");
	tiling->undecided -= piece.len;
	if (tiling->undecided == 0) {
		tiling->document = span_skip(tiling->document, tiling->beyond);
		tiling->beyond = 0;
	}
	return FLOW_MORE;
}

static enum flow tile_drop(void *ctx, struct span undecided, struct span piece, const struct decision *why)
{
	struct tiling *tiling = ctx;

	LAW(why && why->action && why->rule, "a drop has a reason");
	if (undecided.len == 0)
		return tile_next(ctx, piece);
	tile(tiling, 0, undecided);
	tile(tiling, undecided.len + tiling->beyond, piece);
	tiling->undecided = undecided.len;
	tiling->beyond += piece.len;
	return FLOW_MORE;
}

static enum flow tile_add(void *ctx, struct span piece)
{
	(void)ctx;
	LAW(piece.len > 0, "what is added is something");
	return FLOW_MORE;
}

static enum flow tile_end(void *ctx)
{
	(void)ctx;
	return FLOW_MORE;
}

/* --- one document --------------------------------------------------------------------------------------- */

/* Opening reads lexicons, a hundred times the work of one small document. A filter that is a map stays open for
 * the inputs to come: no document may know of those before it. Should a broken law not show again when its
 * input is run alone, that is what is broken. */
enum { SETS = 8, HOSTS = 12 };

static struct opened {
	struct buf how; /* the words */
	struct driving *driving; /* NULL: an empty place */
} opened[SETS][HOSTS];

/* Where words have their place; nobody has the same with another host, so nothing in use is closed. */
static struct opened *opened_place(const struct trial *trial, const struct host *host, struct buf *how)
{
	unsigned hash = 0;
	size_t which =
		(size_t)host->reads * 4 + (host->cpu == CPU_SCALAR) * 2u + (host->secret == OTHER_SECRET);

	for (size_t i = 0; trial->words[i]; i++)
		buf_addf(how, " %s", trial->words[i]);
	for (size_t i = 0; i < how->len; i++)
		hash = hash * 31 + (unsigned char)how->at[i];
	return &opened[hash % SETS][which];
}

static void keep_open(struct opened *place, struct driving *driving, struct span how)
{
	if (place->driving)
		driving_close(place->driving);
	place->driving = driving;
	buf_clear(&place->how);
	buf_add(&place->how, how);
}

static struct driving *open_as(
	const struct trial *trial, enum framing reads, enum cpu cpu, uint64_t secret, struct diag *why)
{
	const struct host host = {
		.cpu = cpu, .secret = secret, .reads = reads, .spools = &driving_spools
	};
	struct driven_files files = { (struct driven_file *)&trial->file, trial->has_file };
	struct buf how = BUF_INIT;
	struct opened *place = opened_place(trial, &host, &how);
	struct driving *driving = place->driving;

	if (!driving || !span_equal(buf_span(&place->how), buf_span(&how))) {
		driving = driving_open(&FILTER, trial->words, files, &host, why);
		LAW(driving || why->text[0], "who refuses says why");
		if (driving && driving_contract(driving) == CONTRACT_MAP && !trial->has_file)
			keep_open(place, driving, buf_span(&how));
	}
	buf_release(&how);
	return driving;
}

static void close_opened(struct driving *driving)
{
	for (size_t i = 0; i < (size_t)SETS * HOSTS; i++)
		if (opened[i / HOSTS][i % HOSTS].driving == driving)
			return;
	driving_close(driving);
}

static void drive_all(
	struct driven *result, struct driving *driving, struct span input, struct cutting cutting)
{
	struct sink out = driven_sink(result);

	result->flow = driving_documents(driving, input, cutting, out, &result->why);
	if (result->flow == FLOW_MORE)
		result->flow = driving_finish(driving, out, &result->why);
	LAW(result->flow != FLOW_FAIL || result->why.text[0], "who fails says why");
}

static void run_as(struct driven *result, const struct trial *trial, enum framing reads, enum cpu cpu,
	uint64_t secret, struct span input, struct cutting cutting)
{
	struct driving *driving = open_as(trial, reads, cpu, secret, &result->why);

	result->flow = FLOW_FAIL;
	if (!driving)
		return;
	drive_all(result, driving, input, cutting);
	close_opened(driving);
}

static void check_valid(const struct driven *result)
{
	struct span rest = buf_span(&result->text);
	size_t documents = 0;

	for (; rest.len; documents++) {
		size_t len = utf8_valid_prefix(rest, CPU_SCALAR);

		LAW(len < rest.len && rest.at[len] == '\0', "what comes out is valid UTF-8 without NUL");
		LAW(len == 0 || rest.at[len - 1] == '\n', "documents end in a newline");
		rest = span_skip(rest, len + 1);
	}
	LAW(documents == result->documents, "no NUL in a document");
}

static void check_tiled(const struct trial *trial, struct driving *driving)
{
	struct tiling tiling = { .document = buf_span(&trial->text) };
	struct sink out = {
		.put = tile_next, .end = tile_end, .drop = tile_drop, .add = tile_add, .ctx = &tiling
	};
	struct diag why;

	if (driving_document(driving, buf_span(&trial->text), trial->cutting, out, &why) == FLOW_MORE)
		LAW(tiling.document.len == 0 && tiling.undecided == 0, "every byte is put or dropped");
}

/* The same document once more: by then dedupe has seen all of it. */
static void check_tiles(const struct trial *trial)
{
	struct diag why;
	struct driving *driving = open_as(trial, FRAMING_TEXT, cpu_best(NULL), 1, &why);

	check_tiled(trial, driving);
	check_tiled(trial, driving);
	close_opened(driving);
}

static void check_twice(const struct trial *trial, struct driven *once)
{
	struct driven twice = { .flow = FLOW_MORE };
	struct span text = span_head(buf_span(&once->text), once->text.len ? once->text.len - 1 : 0);

	run_as(&twice, trial, FRAMING_TEXT, cpu_best(NULL), OTHER_SECRET, text, whole);
	same(trial, text, once, &twice, "twice is once");
	driven_release(&twice);
}

static void add_without_space(struct buf *into, struct span text)
{
	while (text.len) {
		struct rune rune = utf8_first(text);

		if (!unicode_is_white_space(rune.value))
			buf_add(into, span_head(text, rune.len));
		text = span_skip(text, rune.len);
	}
}

static void check_space_only(const struct trial *trial, const struct driven *result)
{
	struct buf before = BUF_INIT, after = BUF_INIT;

	add_without_space(&before, buf_span(&trial->text));
	add_without_space(&after, span_head(buf_span(&result->text), result->text.len - 1));
	fuzz_same(buf_span(&before), buf_span(&after), "only white space changes");
	buf_release(&before);
	buf_release(&after);
}

/* --- the framings --------------------------------------------------------------------------------------- */

/* Documents of the input's own, ended by NUL: cut or not, and each alone. */
static void check_zero(const struct trial *trial, struct driven *text)
{
	struct span documents = buf_span(&trial->documents);
	struct driven one = { .flow = FLOW_MORE }, other = { .flow = FLOW_MORE };
	bool is_single = documents.len && span_find(trial->raw, '\0') == trial->raw.len;

	run_as(&one, trial, FRAMING_ZERO, cpu_best(NULL), 1, documents, whole);
	run_as(&other, trial, FRAMING_ZERO, CPU_SCALAR, OTHER_SECRET, documents, trial->cutting);
	same(trial, documents, &one, &other, "cut or whole, documents give the same");
	check_valid(&one);
	if (is_single && text->flow == FLOW_MORE && one.flow == FLOW_MORE)
		same(trial, documents, text, &one, "text and -z give the same");
	driven_release(&one);
	driven_release(&other);
}

static void check_map(const struct trial *trial, struct driving *driving)
{
	struct driven alone = { .flow = FLOW_MORE }, after = { .flow = FLOW_MORE };
	struct span first =
		span_head(buf_span(&trial->documents), span_find(buf_span(&trial->documents), '\0'));

	drive_all(&alone, driving, buf_span(&trial->text), whole);
	driving_document(driving, first, trial->cutting, driven_sink(&after), &after.why);
	after.text.len = 0;
	after.documents = 0;
	drive_all(&after, driving, buf_span(&trial->text), trial->cutting);
	same(trial, buf_span(&trial->text), &alone, &after,
		"a document knows nothing of the one before it");
	driven_release(&alone);
	driven_release(&after);
}

/* A driver between jsonl.c and the filter. */
struct records {
	struct driving *driving;
	struct sink out;
	struct cutting cutting;
	struct buf text;
	struct diag why;
};

static enum flow record_begin(void *ctx)
{
	buf_clear(&((struct records *)ctx)->text);
	return FLOW_MORE;
}

static enum flow record_text(void *ctx, struct span raw)
{
	mend(&((struct records *)ctx)->text, raw);
	return FLOW_MORE;
}

static enum flow record_end(void *ctx)
{
	struct records *records = ctx;

	return driving_document(
		records->driving, buf_span(&records->text), records->cutting, records->out, &records->why);
}

static enum flow record_bad(void *ctx, struct span raw, const struct diag *why, bool is_last)
{
	(void)ctx, (void)is_last;
	fuzz_show(why ? why->text : "", raw);
	LAW(false, "a record made of any text is good");
	return FLOW_FAIL;
}

/* The two bytes of a surrogate pair or one of its halves, as JSON spells them. */
static void add_u(struct buf *into, uint32_t cp)
{
	if (cp > 0xFFFF)
		buf_addf(into, "\\u%04X\\u%04x", 0xD7C0 + (cp >> 10), 0xDC00 + (cp & 0x3FF));
	else
		buf_addf(into, "\\u%04x", cp);
}

static void add_spelled(struct buf *into, struct span text, bool with_u)
{
	if (!with_u) {
		json_escape(into, text, cpu_best(NULL));
		return;
	}
	while (text.len) {
		struct rune rune = utf8_first(text);

		add_u(into, (uint32_t)rune.value);
		text = span_skip(text, rune.len);
	}
}

/* What `run` writes through an output is what lands in `into`. */
static void run_records(struct buf *into, struct records *records, struct span line, size_t cut)
{
	char path[64];
	int fd = memfd_create("out", MFD_CLOEXEC);
	struct output output;
	struct jsonl jsonl = { .field = SPAN("text"),
		.max_record = LONGEST,
		.cpu = cpu_best(NULL),
		.to = { record_begin, record_text, record_end, record_bad, records },
		.output = &output };
	enum flow flow;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	LAW(output_open(&output, path, FRAMING_TEXT, &records->why), "output in memory opens");
	records->out = jsonl_sink(&jsonl);
	jsonl_begin(&jsonl);
	flow = jsonl_bytes(&jsonl, span_head(line, cut));
	flow = flow == FLOW_MORE ? jsonl_bytes(&jsonl, span_skip(line, cut)) : flow;
	flow = flow == FLOW_MORE ? jsonl_end(&jsonl) : flow;
	if (flow == FLOW_MORE)
		flow = driving_finish(records->driving, records->out, &records->why);
	LAW(flow == FLOW_MORE && output_close(&output, true), "records are written");
	lseek(fd, 0, SEEK_SET);
	for (ssize_t got = 1; got > 0; into->len += got > 0 ? (size_t)got : 0)
		got = read(fd, buf_reserve(into, LONGEST), LONGEST);
	close(fd);
	jsonl_release(&jsonl);
}

static const char BEFORE[] = "{ \"a\":[1.0,{\"text\":0}],\"text\":\"", AFTER[] = "\" ,\"z\":1e400}";

/* What -j makes of the document that text framing made `text` of: newline at the end if there was one. */
static void check_record(const struct trial *trial, struct span text, struct span written)
{
	bool had = span_has_suffix(buf_span(&trial->text), SPAN("\n"));
	struct span line = span_head(written, span_find(written, '\n')), inner;
	struct buf found = BUF_INIT;

	if (!had && text.len)
		text = span_head(text, text.len - 1);
	LAW(line.len + 1 == written.len && span_has_prefix(line, span_from(BEFORE)) &&
			span_has_suffix(line, span_from(AFTER)),
		"the other bytes of a record stay");
	inner = span_skip(span_head(line, line.len - strlen(AFTER)), strlen(BEFORE));
	json_unescape(&found, inner, CPU_SCALAR);
	if (!span_equal(buf_span(&found), text))
		tell(trial, buf_span(&trial->text));
	fuzz_same(text, buf_span(&found), "text and -j give the same");
	buf_release(&found);
}

static void check_jsonl(const struct trial *trial, const struct driven *text)
{
	struct span once = span_head(buf_span(&text->text), text->text.len ? text->text.len - 1 : 0);
	struct buf line = BUF_INIT, written = BUF_INIT;
	struct records records = { .cutting = trial->cutting };

	records.driving = open_as(trial, FRAMING_JSONL, CPU_SCALAR, OTHER_SECRET, &records.why);
	if (!records.driving)
		return;
	buf_add(&line, span_from(BEFORE));
	add_spelled(&line, buf_span(&trial->text), trial->cutting.seed % 2);
	buf_add(&line, span_from(AFTER));
	run_records(&written, &records, buf_span(&line), trial->cutting.longest);
	if (text->documents == 0 && FILTER.selects)
		LAW(written.len == 0, "a document left out is a record left out");
	else if (driving_contract(records.driving) == CONTRACT_WHOLE && FILTER.finish && !FILTER.selects)
		fuzz_same(once, buf_span(&written), "a table is the same in any framing");
	else
		check_record(trial, once, buf_span(&written));
	close_opened(records.driving);
	buf_release(&records.text);
	buf_release(&line);
	buf_release(&written);
}

/* --- all laws ------------------------------------------------------------------------------------------- */

/* A filter that reads raw bytes mends them itself. */
static void check_raw(const struct trial *trial, enum framing reads)
{
	struct driven one = { .flow = FLOW_MORE }, other = { .flow = FLOW_MORE };

	run_as(&one, trial, reads, cpu_best(NULL), 1, trial->raw, whole);
	run_as(&other, trial, reads, CPU_SCALAR, OTHER_SECRET, trial->raw, trial->cutting);
	same(trial, trial->raw, &one, &other, "cut or whole, bytes give the same");
	check_valid(&one);
	driven_release(&one);
	driven_release(&other);
}

/* A mark between paragraphs is no white space. */
static bool adds_text(const struct trial *trial)
{
	struct span mark = SPAN("--paragraph-mark=");

	for (size_t i = 0; trial->words[i]; i++)
		if (span_has_prefix(span_from(trial->words[i]), mark) && trial->words[i][mark.len])
			return true;
	return false;
}

/* Whether an option behind the promise's word says otherwise: strip-boilerplate is idempotent only while it acts on
 * explicit evidence alone and adds nothing, dedupe while it adds nothing, does not ask how often a line comes, or
 * which it is, and whether it nearly was there. */
static bool is_overruled(const struct trial *trial)
{
	static const char *const others[] = { "--extract-metadata", "--count", "--number", "--repeated",
		"--min-count", "--shard", "--near", "--emit", "--drop-numbers", "--min-documents" };
	const char *word = trial->promise->word;

	for (size_t i = 0; trial->words[i]; i++)
		for (size_t j = 0; j < sizeof(others) / sizeof(others[0]); j++)
			if (strncmp(trial->words[i], others[j], strlen(others[j])) == 0)
				return true;
	for (size_t i = 1; word && trial->words[i]; i++)
		if (strncmp(trial->words[i], word, strcspn(word, "=") + 1) == 0 &&
			strcmp(trial->words[i], word) != 0)
			return strncmp(word, "--level", 7) == 0;
	return false;
}

/* Whether rows take the place of documents. */
static bool emits_rows(const struct trial *trial)
{
	for (size_t i = 0; trial->words[i]; i++)
		if (span_has_prefix(span_from(trial->words[i]), SPAN("--emit")))
			return true;
	return false;
}

static void check_text(const struct trial *trial, struct driving *driving)
{
	struct span text = buf_span(&trial->text);
	struct driven one = { .flow = FLOW_MORE }, other = { .flow = FLOW_MORE };

	drive_all(&one, driving, text, whole);
	if (driving_contract(driving) == CONTRACT_MAP)
		drive_all(&other, driving, text, trial->cutting);
	else
		run_as(&other, trial, FRAMING_TEXT, CPU_SCALAR, OTHER_SECRET, text, trial->cutting);
	same(trial, text, &one, &other, "cut or whole, text gives the same");
	check_valid(&one);
	if (one.flow == FLOW_MORE) {
		if (trial->promise->idempotent && !is_overruled(trial))
			check_twice(trial, &one);
		if (trial->promise->changes_space_only && !adds_text(trial))
			check_space_only(trial, &one);
		if (!trial->has_documents && !emits_rows(trial))
			check_jsonl(trial, &one);
	}
	check_zero(trial, &one);
	driven_release(&one);
	driven_release(&other);
}

static void check_all(const struct trial *trial)
{
	struct driven refused = { .flow = FLOW_FAIL };
	struct driving *driving = open_as(trial, FRAMING_TEXT, cpu_best(NULL), 1, &refused.why);

	if (!driving) {
		check_zero(trial, &refused);
		return;
	}
	if (driving_reads_raw(driving)) {
		check_raw(trial, FRAMING_TEXT);
		check_raw(trial, FRAMING_ZERO);
	} else {
		check_text(trial, driving);
		if (driving_contract(driving) == CONTRACT_MAP)
			check_map(trial, driving);
		if (FILTER.selects)
			check_tiles(trial);
	}
	close_opened(driving);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct trial trial = { 0 };

	read_input(&trial, span_of((const char *)data, size));
	check_all(&trial);
	release(&trial);
	return 0;
}
