/* SPDX-License-Identifier: MIT
 * repeats.c - lines that a site prints in many of its documents. */
#include "repeats.h"

#include <stdlib.h>

#include "common/mem.h"

enum {
	LINE_MOST = 1600, /* bytes: a longer line is body, and is not counted */
	SHARE = 5, /* of so many documents of the site, one */
	SURE_SHARE = 2, /* for a body-like line, and for one that may be the title */
	LEAST = 2, /* documents */
	LEAST_SURE = 3, /* for one that may be the title */
	LEAST_BODY = 5, /* for a body-like line */
	LEAST_TIMES = 3, /* a line that is there so often amid the body is its own */
	LEAST_SITE = 5, /* documents: in a smaller site what changes from page to page stands once, too */
	FRAME_SHARE =
		4, /* fifths of the documents: a body-like line in so many is hardly the document's own */
};

/* --- one line --------------------------------------------------------------------------------------------- */

/* What a line is to those who count. */
struct scanned {
	uint64_t key;
	bool is_line; /* it is not blank */
	bool counts; /* it has words and is not long */
	bool head; /* it stands in front of the first body-like line */
	bool body_like, colon;
};

static struct scanned scan_line(struct scan *scan, struct reader *reader, struct span line)
{
	struct scanned scanned = { .is_line = true };
	struct rest rest;

	if (line.len && line.at[line.len - 1] == '\r')
		line.len--;
	if (line.len > LINE_MOST) {
		scan->any = scan->body = scanned.body_like = true;
		return scanned;
	}
	scanned.is_line = line.len > 0;
	if (!scanned.is_line)
		return scanned;
	reader_read(reader, line);
	scanned.is_line = !reader->blank;
	scanned.counts = reader->count > 0;
	if (!scanned.counts)
		return scanned;
	rest = rest_of(reader, line);
	scanned.key = reader_key(reader, 0, reader->count);
	scanned.body_like = rest_is_body_like(&rest, !scan->any);
	scanned.colon = reader->words[reader->count].before.last == ':';
	scan->any = true;
	scan->body = scan->body || scanned.body_like;
	scanned.head = !scan->body;
	return scanned;
}

/* --- learning --------------------------------------------------------------------------------------------- */

void learner_begin(struct learner *learner, struct span name)
{
	learner->site = templates_add(learner->templates, name);
	learner->scan = (struct scan){ .any = false };
	buf_clear(&learner->held);
}

static void learn_line(struct learner *learner, struct span line)
{
	bool is_first = !learner->scan.any;
	struct scanned scanned = scan_line(&learner->scan, &learner->reader, line);

	if (is_first && learner->scan.any)
		site_begin(learner->site);
	if (scanned.counts)
		site_count(learner->templates, learner->site, scanned.key, scanned.head);
}

/* Holds the start of a line; of one that is too long to be counted, enough to know that. */
static void hold(struct learner *learner, struct span part)
{
	if (learner->held.len <= LINE_MOST + 1)
		buf_add(&learner->held, span_head(part, LINE_MOST + 2));
}

void learner_text(struct learner *learner, struct span piece)
{
	if (!learner->site)
		return;
	while (piece.len) {
		size_t end = span_find(piece, '\n');

		if (end == piece.len || learner->held.len)
			hold(learner, span_head(piece, end));
		if (end == piece.len)
			return;
		learn_line(learner, learner->held.len ? buf_span(&learner->held) : span_head(piece, end));
		buf_clear(&learner->held);
		piece = span_skip(piece, end + 1);
	}
}

void learner_end(struct learner *learner)
{
	if (learner->site && learner->held.len)
		learn_line(learner, buf_span(&learner->held));
	buf_clear(&learner->held);
}

void learner_release(struct learner *learner)
{
	reader_release(&learner->reader);
	buf_release(&learner->held);
}

/* --- looking ---------------------------------------------------------------------------------------------- */

/* A line of the window. */
struct repeat {
	struct line_count *line; /* NULL: it was never counted */
	uint32_t start;
	bool head, body_like, colon;
	bool is_debris, is_sure; /* sure: also if it may be the title */
};

void repeats_begin(struct repeats *repeats, struct span name)
{
	repeats->site = repeats->templates ? templates_find(repeats->templates, name) : NULL;
	if (repeats->site && repeats->site->documents < LEAST)
		repeats->site = NULL;
	repeats->scan = (struct scan){ .any = false };
	repeats->count = repeats->next = 0;
}

static void push(struct repeats *repeats, size_t start, struct scanned scanned)
{
	struct repeat *line;

	if (repeats->count == repeats->cap) {
		repeats->cap = repeats->cap ? repeats->cap * 2 : 256;
		repeats->lines = mem_resize(repeats->lines, repeats->cap, sizeof(*repeats->lines));
		repeats->sorted = mem_resize(repeats->sorted, repeats->cap, sizeof(*repeats->sorted));
	}
	line = &repeats->lines[repeats->count++];
	*line = (struct repeat){ .start = (uint32_t)start,
		.head = scanned.head,
		.body_like = scanned.body_like,
		.colon = scanned.colon };
	if (scanned.counts)
		line->line = site_find(repeats->templates, repeats->site, scanned.key);
}

static void scan_lines(struct repeats *repeats, struct reader *reader, struct span window, size_t most)
{
	struct scan scan = repeats->scan;

	for (size_t at = 0; at < window.len && repeats->count < most;) {
		size_t end = at + span_find(span_skip(window, at), '\n');
		struct scanned scanned = scan_line(&scan, reader, span_of(window.at + at, end - at));

		if (scanned.is_line)
			push(repeats, at, scanned);
		at = end + 1;
	}
}

static void count_times(struct repeats *repeats)
{
	for (size_t i = 0; i < repeats->count; i++)
		if (repeats->lines[i].line)
			repeats->lines[i].line->times = 0;
	for (size_t i = 0; i < repeats->count; i++)
		if (repeats->lines[i].line)
			repeats->lines[i].line->times++;
}

static uint32_t documents_of(const struct repeat *repeat)
{
	return repeat->line ? repeat->line->documents : 1;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Which of `count` body-like lines, those in the fewest documents first, speaks for the document. In what was fetched
 * again a line may have been added. In pages with others of their site, down to a fifth of such lines was their own. */
static size_t own_line(size_t count)
{
	if (count < 4)
		return 0;
	return count < 16 ? 1 : count / 8;
}

/* What a site prints on nearly all its pages speaks for no document, if anything else does. */
static bool is_frame(const struct repeats *repeats, const struct repeat *line)
{
	uint64_t documents = documents_of(line);

	return documents >= LEAST_BODY &&
	       documents * SHARE >= (uint64_t)repeats->site->documents * FRAME_SHARE;
}

/* How many lines may speak for the document; in how many documents those are that do goes to `sorted`. */
static size_t gather_own(struct repeats *repeats, bool body_like, bool frame)
{
	size_t count = 0;

	for (size_t i = 0; i < repeats->count; i++)
		if ((repeats->lines[i].body_like || !body_like) &&
			(frame || !is_frame(repeats, &repeats->lines[i])))
			repeats->sorted[count++] = documents_of(&repeats->lines[i]);
	return count;
}

/* In how many documents the document's own text stands. */
static uint32_t copies_of_document(struct repeats *repeats)
{
	size_t count = gather_own(repeats, true, false);

	if (count == 0)
		count = gather_own(repeats, true, true);
	if (count == 0)
		count = gather_own(repeats, false, true);
	if (count == 0)
		return 1;
	qsort(repeats->sorted, count, sizeof(*repeats->sorted), by_number);
	return repeats->sorted[own_line(count)];
}

/* In how many documents the line is at the same place: a headline stands above its own story only. */
static uint64_t documents_alike(const struct repeat *repeat)
{
	return repeat->head && repeat->line ? repeat->line->heads : documents_of(repeat);
}

static void find_repeated(const struct repeats *repeats, struct repeat *repeat)
{
	uint64_t documents = documents_alike(repeat);
	uint64_t all = repeats->site->documents;
	bool is_more = documents >= (uint64_t)repeats->copies * 2;

	repeat->is_sure = is_more && documents >= (repeat->body_like ? LEAST_BODY : LEAST_SURE) &&
			  documents * SURE_SHARE >= all;
	repeat->is_debris = repeat->is_sure || (is_more && !repeat->body_like && documents >= LEAST &&
						       documents * SHARE >= all);
}

/* Whether the line, amid the body, belongs to it. */
static bool is_of_body(const struct repeat *repeat)
{
	return repeat->colon || repeat->line->times >= LEAST_TIMES;
}

static bool is_body(const struct repeat *repeat)
{
	return repeat->body_like && !repeat->is_debris;
}

void repeats_look(struct repeats *repeats, struct reader *reader, struct span window, size_t most)
{
	size_t first = 0, last;

	repeats->count = repeats->next = 0;
	if (!repeats->site)
		return;
	scan_lines(repeats, reader, window, most);
	count_times(repeats);
	repeats->copies = copies_of_document(repeats);
	for (size_t i = 0; i < repeats->count; i++)
		find_repeated(repeats, &repeats->lines[i]);
	last = repeats->count;
	while (first < last && !is_body(&repeats->lines[first]))
		first++;
	while (last > first && !is_body(&repeats->lines[last - 1]))
		last--;
	for (size_t i = first; i < last; i++)
		if (repeats->lines[i].is_debris && is_of_body(&repeats->lines[i]))
			repeats->lines[i].is_debris = false;
}

bool repeats_has(struct repeats *repeats, size_t start, bool may_be_title)
{
	const struct repeat *line;

	while (repeats->next < repeats->count && repeats->lines[repeats->next].start < start)
		repeats->next++;
	if (repeats->next == repeats->count)
		return false;
	line = &repeats->lines[repeats->next];
	return line->start == start && line->is_debris && (line->is_sure || !may_be_title);
}

enum seen repeats_seen(const struct repeats *repeats, size_t start)
{
	const struct repeat *line;

	if (!repeats->site || repeats->site->documents < LEAST_SITE || repeats->next >= repeats->count)
		return SEEN_UNKNOWN;
	line = &repeats->lines[repeats->next];
	if (line->start != start || !line->line)
		return SEEN_UNKNOWN;
	return documents_alike(line) > repeats->copies ? SEEN_ELSEWHERE : SEEN_HERE;
}

uint16_t repeats_share(const struct repeats *repeats)
{
	uint64_t documents = documents_of(&repeats->lines[repeats->next]), all = repeats->site->documents;

	return (uint16_t)(documents < all ? documents * 1000 / all : 1000);
}

void repeats_advance(struct repeats *repeats, size_t judged)
{
	for (size_t i = 0; i < repeats->count && repeats->lines[i].start < judged; i++) {
		repeats->scan.any = true;
		repeats->scan.body = repeats->scan.body || repeats->lines[i].body_like;
	}
}

void repeats_release(struct repeats *repeats)
{
	free(repeats->lines);
	free(repeats->sorted);
}
