/* SPDX-License-Identifier: MIT
 * counters.c - documents to counters, and what they counted to one list. */
#include "filters/count-terms/counters.h"

#include <stdlib.h>

#include "common/mem.h"
#include "filters/count-terms/own_rules.h"

enum {
	BATCH_MOST =
		256 *
		1024, /* bytes: as much as a block of input; with 64 KiB 2 % slower, with 1 MiB no faster */
	BATCH_LEAST = 1024,
	BATCHES_OF_MEMORY = 32, /* batches take a tenth of the memory at most */
	MEMORY_LEAST = 1 << 16, /* bytes: below that a counter would put aside what it has just begun */
	SPARE = 4, /* that part of the memory is left free: tables grow by half, and that is seen only afterwards */
};

struct counters_member {
	struct counter counter;
	struct own_rules own; /* of all but the first */
	struct diag why;
};

static bool hired(void *at, size_t members);
static void work(void *at, size_t member, struct batch *batch);
static bool done(void *at, struct batch *batch);

size_t counters_batch(size_t memory, size_t threads)
{
	size_t bytes = memory / BATCHES_OF_MEMORY / threads;

	if (bytes > BATCH_MOST)
		return BATCH_MOST;
	return bytes < BATCH_LEAST ? BATCH_LEAST : bytes;
}

static void member_init(struct counters *counters, size_t number, const struct vocabulary_rules *words)
{
	const struct counters_rules *rules = &counters->rules;
	struct counters_member *member = &counters->members[number];
	struct counter_rules counting = rules->counting;

	counting.words = *words;
	counting.memory -= counting.memory / SPARE;
	counting.memory /= rules->threads;
	if (counting.memory < MEMORY_LEAST)
		counting.memory = MEMORY_LEAST;
	counter_init(&member->counter, &counting, rules->scan, rules->host->secret, rules->host->spools,
		&member->why);
	if (rules->threads == 1)
		counter_place(&member->counter, 0);
}

void counters_init(struct counters *counters, const struct counters_rules *rules, struct diag *why)
{
	*counters = (struct counters){ .rules = *rules, .why = why, .open = 1 };
	counters->members = mem_new(rules->threads, sizeof(*counters->members));
	counters->shares.rules = (struct shares_rules){ .threads = rules->threads,
		.bytes = counters_batch(rules->counting.memory, rules->threads),
		.whole_documents = rules->counting.with_documents,
		.hired = hired,
		.work = work,
		.done = done,
		.ctx = counters };
	member_init(counters, 0, &rules->counting.words);
}

void counters_release(struct counters *counters)
{
	shares_release(&counters->shares);
	for (size_t i = 0; i < counters->ranking_count; i++)
		ranking_release(&counters->rankings[i]);
	free(counters->rankings);
	for (size_t i = 0; i < counters->open; i++) {
		counter_release(&counters->members[i].counter);
		own_rules_release(&counters->members[i].own);
	}
	free(counters->members);
}

/* --- threads ---------------------------------------------------------------------------------------------- */

static bool hired(void *at, size_t members)
{
	struct counters *counters = at;

	for (; counters->open < members; counters->open++) {
		struct counters_member *member = &counters->members[counters->open];

		if (!own_rules_open(&member->own, &counters->rules.counting.words, counters->rules.host,
			    counters->why)) {
			own_rules_release(&member->own);
			return false;
		}
		member_init(counters, counters->open, &member->own.rules);
	}
	return true;
}

/* Some of it at a time, so that no more memory is taken than there should be. */
static bool count_text(struct counter *counter, struct span text)
{
	enum { SLICE = 64 * 1024 };

	while (text.len > SLICE) {
		size_t len = SLICE;

		while (((unsigned char)text.at[len] & 0xC0) == 0x80)
			len--;
		if (!counter_text(counter, span_head(text, len)))
			return false;
		text = span_skip(text, len);
	}
	return text.len == 0 || counter_text(counter, text);
}

static bool count_batch(struct counter *counter, const struct batch *batch)
{
	counter_place(counter, batch->place);
	for (size_t i = 0; i < batch->count; i++) {
		const struct batch_part *part = &batch->parts[i];

		if (part->begins)
			counter_begin(counter, part->ordinal, batch_group(batch, i));
		if (!count_text(counter, batch_text(batch, i)))
			return false;
		if (part->ends && !counter_end(counter))
			return false;
	}
	return true;
}

/* What every member does when all is counted. */
enum task { TASK_COUNT, TASK_OPEN, TASK_SETTLE, TASK_JOIN };

static void join(struct counters *counters, size_t part);

static bool do_task(struct counters *counters, size_t number, const struct batch *batch)
{
	struct counter *counter = &counters->members[number].counter;

	switch ((enum task)batch->task) {
	case TASK_OPEN:
		return counter_open(counter);
	case TASK_SETTLE:
		vocabulary_settle(&counter->vocabulary);
		return true;
	case TASK_JOIN:
		join(counters, number);
		return true;
	default:
		return count_batch(counter, batch);
	}
}

static void work(void *at, size_t number, struct batch *batch)
{
	struct counters *counters = at;
	struct counters_member *member = &counters->members[number];

	if (member->why.text[0]) /* it failed before */
		batch->failed = true;
	else
		batch->failed = !do_task(counters, number, batch);
	if (batch->failed) {
		buf_clear(&batch->out);
		buf_add(&batch->out, span_from(member->why.text));
	}
}

static bool done(void *at, struct batch *batch)
{
	struct counters *counters = at;

	if (batch->failed)
		diag_set(counters->why, "%s", buf_string(&batch->out));
	return !batch->failed;
}

/* --- documents -------------------------------------------------------------------------------------------- */

/* The only counter failed, or not. */
static bool alone(struct counters *counters, bool fine)
{
	if (!fine)
		*counters->why = counters->members[0].why;
	return fine;
}

bool counters_begin(struct counters *counters, uint64_t ordinal, struct span group)
{
	if (counters->rules.threads > 1)
		return shares_begin(&counters->shares, ordinal, group);
	counter_begin(&counters->members[0].counter, ordinal, group);
	return true;
}

bool counters_text(struct counters *counters, struct span piece)
{
	if (counters->rules.threads > 1)
		return shares_text(&counters->shares, piece);
	return alone(counters, counter_text(&counters->members[0].counter, piece));
}

bool counters_end(struct counters *counters)
{
	if (counters->rules.threads > 1)
		return shares_end(&counters->shares);
	return alone(counters, counter_end(&counters->members[0].counter));
}

uint64_t counters_words(const struct counters *counters)
{
	uint64_t words = 0;

	for (size_t i = 0; i < counters->open; i++)
		words += counters->members[i].counter.words;
	return words;
}

size_t counters_memory(const struct counters *counters)
{
	size_t bytes = 0;

	for (size_t i = 0; i < counters->open; i++)
		bytes += counter_memory(&counters->members[i].counter);
	return bytes;
}

/* --- adding up -------------------------------------------------------------------------------------------- */

/* What one counter has to say next. */
struct head {
	struct counters_member *member;
	struct cell cell;
};

/* Those with something left, in the order of their cells. */
struct heads {
	struct head *items, **sorted;
	size_t count;
	struct buf scratch;
	struct diag *why;
};

/* Puts a head where it belongs among the `count` behind it. They are as many as there are threads. */
static void sort_in(struct heads *heads, size_t at)
{
	struct head *moved = heads->sorted[at];
	struct span key = buf_span(&moved->cell.key);
	size_t low = at + 1, high = heads->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (span_compare(buf_span(&heads->sorted[middle]->cell.key), key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	memmove(heads->sorted + at, heads->sorted + at + 1, (low - at - 1) * sizeof(struct head *));
	heads->sorted[low - 1] = moved;
}

/* Takes the next cell of the head at `at`, which is dropped when there is none. */
static bool advance(struct heads *heads, size_t at)
{
	struct head *head = heads->sorted[at];
	enum flow flow = counter_next(&head->member->counter, &head->cell);

	if (flow == FLOW_FAIL) {
		*heads->why = head->member->why;
		return false;
	}
	if (flow == FLOW_MORE) {
		sort_in(heads, at);
		return true;
	}
	heads->count--;
	memmove(heads->sorted + at, heads->sorted + at + 1, (heads->count - at) * sizeof(struct head *));
	return true;
}

/* Adds cells of the same key to the first, and goes on behind them. */
static bool add_equals(struct heads *heads)
{
	struct cell *sum = &heads->sorted[0]->cell;

	while (heads->count > 1) {
		const struct cell *other = &heads->sorted[1]->cell;

		if (!span_equal(buf_span(&sum->key), buf_span(&other->key)))
			break;
		cell_add(sum, other, &heads->scratch);
		if (!advance(heads, 1))
			return false;
	}
	return true;
}

static bool begin(struct heads *heads, struct counters *counters)
{
	*heads = (struct heads){ .why = counters->why };
	heads->items = mem_new(counters->open, sizeof(*heads->items));
	heads->sorted = mem_new(counters->open, sizeof(*heads->sorted));
	for (size_t i = counters->open; i-- > 0;) {
		heads->items[i].member = &counters->members[i];
		memmove(heads->sorted + 1, heads->sorted, heads->count++ * sizeof(struct head *));
		heads->sorted[0] = &heads->items[i];
		if (!advance(heads, 0))
			return false;
	}
	return true;
}

static void end(struct heads *heads, size_t count)
{
	for (size_t i = 0; i < count; i++)
		cell_release(&heads->items[i].cell);
	free(heads->items);
	free(heads->sorted);
	buf_release(&heads->scratch);
}

bool counters_each(struct counters *counters, cell_fn *each, void *ctx)
{
	struct heads heads;
	bool fine = begin(&heads, counters);

	while (fine && heads.count)
		fine = add_equals(&heads) && each(ctx, &heads.sorted[0]->cell) && advance(&heads, 0);
	end(&heads, counters->open);
	return fine;
}

/* --- terms by count --------------------------------------------------------------------------------------- */

/* Adding up takes tables of their own, and what is read from them. */
static bool can_rank(const struct counters *counters)
{
	size_t needed = counters->open > 1 ? 3 * counters_memory(counters) : 0;

	for (size_t i = 0; i < counters->open; i++)
		if (!counter_has_terms(&counters->members[i].counter))
			return false;
	return needed <= counters->rules.counting.memory;
}

static void join(struct counters *counters, size_t part)
{
	const struct vocabulary **vocabularies = mem_new(counters->open, sizeof(*vocabularies));

	for (size_t i = 0; i < counters->open; i++)
		vocabularies[i] = &counters->members[i].counter.vocabulary;
	ranking_join(&counters->rankings[part], vocabularies, counters->open, part, counters->open,
		&counters->ranking);
	free(vocabularies);
}

static bool open_rankings(struct counters *counters)
{
	struct vocabulary *only = &counters->members[0].counter.vocabulary;

	counters->rankings = mem_new(counters->open, sizeof(*counters->rankings));
	counters->ranking_count = counters->open;
	if (counters->open > 1)
		return shares_all(&counters->shares, TASK_SETTLE) &&
		       shares_all(&counters->shares, TASK_JOIN);
	vocabulary_settle(only);
	ranking_open(&counters->rankings[0], only, &counters->ranking);
	return true;
}

bool counters_terms(struct counters *counters, term_fn *each, void *ctx)
{
	return rankings_each(counters->rankings, counters->ranking_count, each, ctx);
}

uint64_t counters_term_count(const struct counters *counters)
{
	uint64_t count = 0;

	for (size_t i = 0; i < counters->ranking_count; i++)
		count += counters->rankings[i].terms;
	return count;
}

bool counters_open(struct counters *counters, const struct ranking_rules *wanted)
{
	if (!shares_flush(&counters->shares))
		return false;
	if (wanted && can_rank(counters)) {
		counters->ranking = *wanted;
		return open_rankings(counters);
	}
	if (counters->shares.crew)
		return shares_all(&counters->shares, TASK_OPEN);
	return alone(counters, counter_open(&counters->members[0].counter));
}
