/* SPDX-License-Identifier: MIT
 * stem.c - stems of words, by Snowball (libstemmer, whose Arabic stemmer is that of Assem Chelli). */
#include "filters/count-terms/stem.h"

#include <errno.h>
#include <libstemmer.h>

#include "common/buf.h"
#include "common/mem.h"

enum {
	WORD_MOST = 256
}; /* bytes; no word of a language is longer, and stemmers are no promise of linear time */

/* libstemmer's own struct, by another name. */
static struct sb_stemmer *own(struct stem *stem)
{
	return (struct sb_stemmer *)stem;
}

static void list_languages(struct buf *into)
{
	for (const char **name = sb_stemmer_list(); *name; name++)
		buf_addf(into, "%s%s", into->len ? ", " : "", *name);
}

struct stem *stem_new(const char *lang, struct diag *why)
{
	struct sb_stemmer *stemmer;
	struct buf known = BUF_INIT;

	errno = 0;
	stemmer = sb_stemmer_new(lang, "UTF_8");
	if (stemmer)
		return (struct stem *)stemmer;
	if (errno == ENOMEM)
		mem_lack();
	list_languages(&known);
	diag_set(why, "option '--stem': there is no stemmer for '%s'; there are %s", lang,
		buf_string(&known));
	buf_release(&known);
	return NULL;
}

struct span stem(struct stem *stem, struct span word)
{
	const sb_symbol *found;

	if (word.len > WORD_MOST)
		return word;
	found = sb_stemmer_stem(own(stem), (const sb_symbol *)word.at, (int)word.len);
	if (!found)
		mem_lack();
	return span_of((const char *)found, (size_t)sb_stemmer_length(own(stem)));
}

void stem_free(struct stem *stem)
{
	sb_stemmer_delete(own(stem));
}
