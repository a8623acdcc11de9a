/* SPDX-License-Identifier: MIT
 * options.c - the options of count-terms, and what they have to do with each other. */
#include "filters/count-terms/options.h"

#include <inttypes.h>
#include <stddef.h>

#include "common/crew.h"
#include "common/key.h"
#include "filters/count-terms/stops.h"
#include "filters/count-terms/stream.h"
#include "filters/count-terms/table.h"
#include "filters/count-terms/vocabulary.h"

static const char *const segment_words[] = { "character", "run", "bigram", NULL };
static const char *const numbers_words[] = { "keep", "drop", "class", NULL };
static const char *const clitics_words[] = { "keep", "split", NULL };
static const char *const sort_words[] = { "count", "term", "first", NULL };
static const char *const format_words[] = { "tsv", "json", "csv", NULL };
static const char *const ngrams_words[] = { "1", "2", "3", "1-2", "2-3", "1-3", NULL };

enum { THREADS_MOST = 64 };

#define AT(member) .at = offsetof(struct options, member)

/* clang-format off */
const struct opt options_rows[] = {
	{ .name = "key", .kind = OPT_WORD, .words = key_words, .initial = KEY_FOLD, AT(key),
		.help = "what must be the same: the bytes (ws too: a word has no white space); all but case; all but case, "
			"tashkeel and tatweel; "
			"what normalize --preset=search leaves" },
	{ .name = "surface", .kind = OPT_SWITCH, AT(surface),
		.help = "show a term as it is written most often; else by its key; on but with --key=exact" },
	{ .name = "segment", .kind = OPT_WORD, .words = segment_words, .initial = SEGMENT_CHARACTER, AT(segment),
		.help = "what is a word in Han, hiragana, Thai, Lao, Khmer and Myanmar: a character, a run of them, "
			"each two neighbours in a run" },
	{ .name = "numbers", .kind = OPT_WORD, .words = numbers_words, .initial = NUMBERS_KEEP, AT(numbers),
		.help = "words of digits alone: count them, leave them out, count all as <number>" },
	{ .name = "min-length", .kind = OPT_INT, .arg = "N", .min = 1, .max = 1000, .initial = 1, AT(min_length),
		.help = "leave out words whose key has fewer than N characters" },
	{ .name = "clitics", .kind = OPT_WORD, .words = clitics_words, AT(clitics),
		.help = "what Arabic writes together with the article: one word, or conjunction, preposition, "
			"article and word apart" },
	{ .name = "stem", .kind = OPT_TEXT, .arg = "LANG", AT(stem),
		.help = "count words of the same Snowball stem as one" },
	{ .name = "stopwords", .kind = OPT_INPUTS, .arg = "FILE", .words = stops_languages, AT(stopwords),
		.help = "leave out the commonest function words of a language, or the words in FILE, white space "
			"between, comments behind #; may be repeated" },
	{ .name = "ngrams", .kind = OPT_TEXT, .arg = "N[-M]", .words = ngrams_words, .initial_text = "1", AT(ngrams),
		.help = "count sequences of N to M words, at most 3, that stand in one sentence" },
	{ .name = "df", .kind = OPT_FLAG, AT(df),
		.help = "add a column: in how many documents the term came" },
	{ .name = "by", .kind = OPT_TEXT, .arg = "MEMBER[:LEN]", AT(by),
		.help = "a list for each value of that member of records, or of its first LEN characters; needs --jsonl" },
	{ .name = "min-count", .kind = OPT_INT, .arg = "N", .min = 1, .max = INT64_MAX, .initial = 1, AT(min_count),
		.help = "leave out terms that came fewer than N times" },
	{ .name = "top", .kind = OPT_INT, .arg = "K", .min = 0, .max = INT64_MAX, .initial = 0, AT(top),
		.help = "only the K commonest terms, of each value with --by; 0: all" },
	{ .name = "sort", .kind = OPT_WORD, .words = sort_words, .initial = SORT_COUNT, AT(sort),
		.help = "commonest first, then by bytes; or by the bytes of the key; or as they first came" },
	{ .name = "format", .kind = OPT_WORD, .words = format_words, .initial = FORMAT_TSV, AT(format),
		.help = "fields with a tab between; an object of JSON a line; comma-separated values" },
	{ .name = "header", .kind = OPT_FLAG, AT(header),
		.help = "begin with a line of column names" },
	{ .name = "keyness", .kind = OPT_INPUT, .arg = "LIST", .max = (int64_t)1 << 30, AT(keyness),
		.help = "compare with LIST, a table of an earlier run: add its counts, log-likelihood and log ratio, "
			"and show first what is commoner here" },
	{ .name = "tokens", .kind = OPT_FLAG, AT(tokens),
		.help = "count nothing: print the words of each line, by their keys, one space between" },
	{ .name = "memory", .letter = 'S', .kind = OPT_SIZE, .arg = "SIZE", .min = 1 << 16, .max = (int64_t)1 << 44,
		.initial = (int64_t)1 << 30, AT(memory),
		.help = "what counts may take in memory before they go to a temporary file" },
	{ .name = "threads", .kind = OPT_INT, .arg = "N", .min = 0, .max = THREADS_MOST, .initial = 1, AT(threads),
		.help = "count with N threads, with 0 as many as there are processors; the output is the same" },
	{ .name = "partial", .kind = OPT_FLAG, AT(partial),
		.help = "write a list that --merge can add to others" },
	{ .name = "merge", .kind = OPT_FLAG, AT(merge),
		.help = "add up the lists that are read, each written by --partial with the same options" },
	{ .name = NULL },
};
/* clang-format on */

bool options_ngrams(const struct options *options, size_t *shortest, size_t *longest, struct diag *why)
{
	const char *text = options->ngrams;

	for (const char *const *word = ngrams_words; *word; word++) {
		if (strcmp(text, *word) != 0)
			continue;
		*shortest = (size_t)(text[0] - '0');
		*longest = (size_t)(text[strlen(text) - 1] - '0');
		return true;
	}
	diag_set(why, "option '--ngrams': '%s' is not a number from 1 to 3, or two such as in 1-3", text);
	return false;
}

struct span options_by(const struct options *options, size_t *len)
{
	struct span by = span_from(options->by ? options->by : "");
	const char *colon = by.len ? memrchr(by.at, ':', by.len) : NULL;
	size_t digits = colon ? strspn(colon + 1, "0123456789") : 0;

	*len = GROUP_CHARACTERS;
	if (digits == 0 || digits > 9 || colon[1 + digits] != '\0')
		return by;
	*len = 0;
	for (size_t i = 1; i <= digits; i++)
		*len = *len * 10 + (size_t)(colon[i] - '0');
	return span_head(by, (size_t)(colon - by.at));
}

size_t options_threads(const struct options *options)
{
	size_t all;

	if (options->threads)
		return (size_t)options->threads;
	all = crew_processors();
	return all < THREADS_MOST ? all : THREADS_MOST;
}

bool options_surface(const struct options *options)
{
	if (options->surface != SWITCH_UNSET)
		return options->surface == SWITCH_ON;
	return (options->key != KEY_EXACT && options->key != KEY_WS) || options->stem != NULL;
}

/* Two options that exclude each other. */
struct clash {
	bool first, second;
	const char *names;
};

static bool no_clash(const struct clash *clashes, size_t count, struct diag *why)
{
	for (size_t i = 0; i < count; i++) {
		if (!clashes[i].first || !clashes[i].second)
			continue;
		diag_set(why, "%s", clashes[i].names);
		return false;
	}
	return true;
}

bool options_check(const struct options *options, enum framing reads, struct diag *why)
{
	bool cuts = options->top || options->min_count > 1,
	     shapes = options->header || options->format != FORMAT_TSV;
	bool counts = options->df || options->by || options->partial || options->merge ||
		      options->keyness.path || cuts || shapes || strcmp(options->ngrams, "1") != 0;
	const struct clash clashes[] = {
		{ options->tokens, counts,
			"--tokens counts nothing: leave out the options that shape a table" },
		{ options->partial, cuts,
			"--top and --min-count would make a partial list wrong: use them with the last --merge" },
		{ options->partial, shapes || options->keyness.path || options->sort != SORT_COUNT,
			"--partial has a format and an order of its own: use --format, --header, --sort and --keyness with the last --merge" },
		{ options->merge, options->sort == SORT_FIRST,
			"--sort=first: partial lists do not know what came first" },
		{ options->keyness.path, options->by, "--keyness and --by exclude each other" },
		{ options->by && !options->merge, reads != FRAMING_JSONL,
			"--by needs records: use it with --jsonl" },
	};

	return no_clash(clashes, sizeof(clashes) / sizeof(clashes[0]), why);
}

void options_signature(struct buf *into, const struct options *options, uint64_t stops)
{
	buf_addf(into,
		"unicode=15.0\tkey=%s\tngrams=%s\tsegment=%s\tnumbers=%s\tmin-length=%" PRId64
		"\tclitics=%s",
		key_words[options->key], options->ngrams, segment_words[options->segment],
		numbers_words[options->numbers], options->min_length, clitics_words[options->clitics]);
	if (options->stem)
		buf_addf(into, "\tstem=%s", options->stem);
	if (options->stopwords.count)
		buf_addf(into, "\tstopwords=%016" PRIx64, stops);
	if (options_surface(options))
		buf_addf(into, "\tsurface");
	if (options->df)
		buf_addf(into, "\tdf");
	if (options->by)
		buf_addf(into, "\tby=%s", options->by);
}
