/* SPDX-License-Identifier: MIT
 * clitics.c - و or ف, then ب or ك and the article ال, or لل, then a word of three letters or more. */
#include "filters/count-terms/clitics.h"

#include "common/unicode.h"
#include "common/utf8.h"

#include "count-terms/data.inc"

enum {
	LETTERS_MOST = 40, /* longer words are no Arabic */
	REST_LEAST = 3, /* letters that remain */
	ALEF = 0x0627,
	BEH = 0x0628,
	FEH = 0x0641,
	KAF = 0x0643,
	LAM = 0x0644,
	WAW = 0x0648,
	TATWEEL = 0x0640,
};

/* A word as its letters, and where they stand in it. */
struct letters {
	struct span word;
	int32_t at[LETTERS_MOST];
	size_t starts[LETTERS_MOST + 1]; /* bytes; one behind the last letter, too */
	size_t count; /* 0: not of the kind that is split */
};

static void letters_of(struct letters *letters, struct span word)
{
	letters->word = word;
	letters->count = 0;
	for (size_t at = 0; at < word.len;) {
		struct rune rune = utf8_first(span_skip(word, at));
		bool is_mark = unicode_category(rune.value) == GC_MARK || rune.value == TATWEEL;

		if (!is_mark &&
			(letters->count == LETTERS_MOST || unicode_script(rune.value) != SCRIPT_ARABIC)) {
			letters->count = 0;
			return;
		}
		if (!is_mark) {
			letters->starts[letters->count] = letters->count ? at : 0;
			letters->at[letters->count++] = rune.value;
		}
		at += rune.len;
	}
	letters->starts[letters->count] = word.len;
}

/* Whether the letters from `from` on begin with `entry`, or are it where that ends in a full stop. */
static bool begins_with(const struct letters *letters, size_t from, struct span entry)
{
	while (entry.len && from < letters->count) {
		struct rune rune = utf8_first(entry);

		if (rune.value != letters->at[from++])
			return false;
		entry = span_skip(entry, rune.len);
	}
	return entry.len == 0 || (from == letters->count && span_equal(entry, SPAN(".")));
}

static bool line_has(const struct letters *letters, size_t from, struct span line, struct span class)
{
	size_t len = span_find(line, ' ');

	if (!span_equal(span_head(line, len), class))
		return false;
	for (line = span_skip(line, len + 1); line.len; line = span_skip(line, len + 1)) {
		len = span_find(line, ' ');
		if (begins_with(letters, from, span_head(line, len)))
			return true;
	}
	return false;
}

/* Whether data/clitics.txt has what begins at `from` under `class`. */
static bool is_listed(const struct letters *letters, size_t from, struct span class)
{
	struct span text = SPAN("");
	size_t len;

	for (size_t i = 0; i < sizeof(data_files) / sizeof(data_files[0]); i++)
		if (span_equal(data_files[i].name, SPAN("clitics")))
			text = data_files[i].text;
	for (; text.len; text = span_skip(text, len + 1)) {
		len = span_find(text, '\n');
		if (line_has(letters, from, span_head(text, len), class))
			return true;
	}
	return false;
}

static bool has_article(const struct letters *letters, size_t from)
{
	return letters->count >= from + 2 + REST_LEAST && letters->at[from] == ALEF &&
	       letters->at[from + 1] == LAM && !is_listed(letters, from, SPAN("al"));
}

static bool has_double_lam(const struct letters *letters, size_t from)
{
	return letters->count >= from + 2 + REST_LEAST && letters->at[from] == LAM &&
	       letters->at[from + 1] == LAM && !is_listed(letters, from + 1, SPAN("lam"));
}

/* Where the clitics of a word end, one after the other, in letters. Returns how many there are, 0 where the word has no
 * article. */
static size_t find_clitics(const struct letters *letters, size_t ends[3])
{
	size_t count = 0, at = 0;

	if (letters->count && (letters->at[0] == WAW || letters->at[0] == FEH))
		ends[count++] = ++at;
	if (has_double_lam(letters, at)) {
		ends[count++] = at + 2;
		return count;
	}
	if (at < letters->count && (letters->at[at] == BEH || letters->at[at] == KAF))
		ends[count++] = ++at;
	if (!has_article(letters, at))
		return 0;
	ends[count++] = at + 2;
	return count;
}

static size_t split_once(struct span word, struct span parts[4])
{
	struct letters letters;
	size_t ends[3], count, start = 0;

	letters_of(&letters, word);
	count = find_clitics(&letters, ends);
	for (size_t i = 0; i < count; i++) {
		parts[i] = span_of(word.at + start, letters.starts[ends[i]] - start);
		start = letters.starts[ends[i]];
	}
	parts[count] = span_skip(word, start);
	return count + 1;
}

size_t clitics_split(struct span word, struct span parts[4])
{
	struct span rest[4];
	size_t count = split_once(word, parts);

	if (count > 1 && split_once(parts[count - 1], rest) == 1)
		return count;
	parts[0] = word;
	return 1;
}
