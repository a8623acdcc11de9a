/* SPDX-License-Identifier: MIT
 * keep.c - lines that the user wants kept. */
#include "keep.h"

#include <stdlib.h>

#include "common/buf.h"
#include "common/mem.h"
#include "copied.h"

static void add_line(struct keep *keep, uint64_t key)
{
	if (keep->count == keep->cap) {
		keep->cap = keep->cap ? keep->cap * 2 : 16;
		keep->lines = mem_resize(keep->lines, keep->cap, sizeof(*keep->lines));
	}
	keep->lines[keep->count++] = key;
}

/* A phrase goes the way of lexicons: alone below the heading that holds for it. */
static bool add_phrase(struct keep *keep, struct reader *reader, enum kind kind, struct span text)
{
	static const char *const headings[] = {
		[KIND_PREFIX] = "prefix", [KIND_SUFFIX] = "suffix", [KIND_SPAN] = "span"
	};
	struct buf lexicon = BUF_INIT;
	struct diag why;
	bool fine;

	buf_addf(&lexicon, "[user: %s]\n", headings[kind]);
	buf_add(&lexicon, text);
	fine = phrases_add(&keep->phrases, reader, SPAN(""), buf_span(&lexicon), &why);
	buf_release(&lexicon);
	return fine;
}

static bool read_heading(enum kind *kind, struct span text)
{
	static const struct {
		struct span heading;
		enum kind kind;
	} headings[] = { { { "[keep: line]", 12 }, KIND_LINE }, { { "[keep: prefix]", 14 }, KIND_PREFIX },
		{ { "[keep: suffix]", 14 }, KIND_SUFFIX }, { { "[keep: span]", 12 }, KIND_SPAN } };

	for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++)
		if (span_equal(text, headings[i].heading)) {
			*kind = headings[i].kind;
			return true;
		}
	return false;
}

/* What is wrong with the line; NULL: nothing. */
static const char *read_line(struct keep *keep, struct reader *reader, enum kind *kind, struct span line)
{
	line = span_trim(line);
	if (line.len == 0 || line.at[0] == '#')
		return NULL;
	if (span_has_prefix(line, SPAN("[keep:")))
		return read_heading(kind, line)
			       ? NULL
			       : "headings are [keep: line], [keep: prefix], [keep: suffix], [keep: span]";
	if (*kind != KIND_LINE)
		return add_phrase(keep, reader, *kind, line) ? NULL
							     : "a phrase has letters, and at most 16 words";
	reader_read(reader, line);
	if (reader->count == 0)
		return "a line to keep has letters or digits";
	add_line(keep, reader_key(reader, 0, reader->count));
	return NULL;
}

static int by_key(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static bool read_lines(
	struct keep *keep, struct reader *reader, const char *name, struct span text, struct diag *why)
{
	enum kind kind = KIND_LINE;

	for (unsigned long long number = 1; text.len; number++) {
		size_t end = span_find(text, '\n');
		const char *wrong = read_line(keep, reader, &kind, span_head(text, end));

		if (wrong) {
			diag_set(why, "%s: line %llu: %s", name, number, wrong);
			return false;
		}
		text = span_skip(text, end + 1);
	}
	return true;
}

bool keep_add(
	struct keep *keep, struct reader *reader, const char *name, struct span text, struct diag *why)
{
	struct buf plain = BUF_INIT;
	bool fine;

	copied_text(&plain, text);
	fine = read_lines(keep, reader, name, buf_span(&plain), why);
	buf_release(&plain);
	if (keep->count)
		qsort(keep->lines, keep->count, sizeof(*keep->lines), by_key);
	return fine;
}

static bool has_key(const struct keep *keep, uint64_t key)
{
	return keep->count && bsearch(&key, keep->lines, keep->count, sizeof(key), by_key);
}

/* What the reader says of openings is of the lexicons, not of these phrases: all of them are looked up. */
static bool holds_phrase(const struct keep *keep, const struct reader *reader)
{
	for (size_t i = 0; i < reader->count; i++)
		if (phrases_find_longest(&keep->phrases, reader->words + i, reader->count - i, KIND_SPAN))
			return true;
	return false;
}

bool keep_has(const struct keep *keep, const struct reader *reader)
{
	if (reader->count == 0)
		return false;
	if (keep->count && has_key(keep, reader_key(reader, 0, reader->count)))
		return true;
	if (keep->phrases.used == 0)
		return false;
	return phrases_find_longest(&keep->phrases, reader->words, reader->count, KIND_PREFIX) ||
	       phrases_find_suffix(&keep->phrases, reader->words, reader->count) ||
	       holds_phrase(keep, reader);
}

/* The first word that starts at byte `at` or later. */
static size_t word_at(const struct reader *reader, size_t at)
{
	size_t low = 0, high = reader->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (reader->words[middle].start < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool keep_has_span(const struct keep *keep, const struct reader *reader, size_t start, size_t end)
{
	size_t from, to;

	if (keep->count == 0)
		return false;
	from = word_at(reader, start);
	to = word_at(reader, end);
	return from < to && has_key(keep, reader_key(reader, from, to));
}

void keep_release(struct keep *keep)
{
	phrases_release(&keep->phrases);
	free(keep->lines);
	*keep = (struct keep){ .count = 0 };
}
