/* SPDX-License-Identifier: MIT
 * template.h - in how many documents of a site each of its lines stands.
 *
 * What a site prints around every story repeats; what it says in the story does not. Lines are counted by the key of
 * their words (reader.h: folded, and all numbers alike), once a document, and once more if they stand in front of
 * the first body line there: the headline of one story is a line in the list below another.
 *
 * Counts add up: what parts of a stream say together is what the whole says. A template file holds them as text, so
 * that many machines can count and one can add:
 *
 *     ghirbal-template<TAB>1<TAB>words-1<TAB>complete
 *     site<TAB>NAME<TAB>DOCUMENTS
 *     KEY<TAB>DOCUMENTS<TAB>HEADS
 *     end<TAB>LINES<TAB>CHECKSUM
 *
 * The format's version, that of the keys, and whether lines were forgotten (partial). Sites in the order of their
 * names (bytes; controls and '%' as %XX), then the lines of the site in the order of their keys, 16 hexadecimal digits.
 * LINES are those between the first and the last, CHECKSUM is the XXH3 of all in front of the last.
 *
 * Memory is bounded: where TEMPLATE_MOST bytes do not do, lines met in the fewest documents are forgotten, so counts may
 * be too low and never too high. */
#ifndef GHIRBAL_STRIP_TEMPLATE_H
#define GHIRBAL_STRIP_TEMPLATE_H

#include <stdint.h>

#include "common/arena.h"
#include "common/filter.h"

enum {
	TEMPLATE_MOST = 96 << 20, /* bytes; 32 to 64 a line */
	TEMPLATE_KEYS = 1, /* version of the keys: another one where reader.h folds otherwise */
	SITE_NAME_MOST = 255, /* bytes; what is longer is cut */
};

struct line_count {
	uint64_t key;
	uint32_t documents; /* 0: a free slot */
	uint32_t heads; /* documents where it stands in front of the first body line */
	uint32_t last; /* the document of the site that counted it last */
	uint32_t times; /* for whoever looks: how often it stands in the document at hand */
};

struct site {
	char *name; /* NUL-terminated */
	uint32_t documents;
	uint32_t count, cap; /* slots; cap is 0 or a power of two */
	struct line_count *slots;
};

struct templates {
	struct site **sites;
	struct arena
		names; /* sites and their names, which stay: lines that are forgotten leave no holes between them */
	uint32_t *places; /* of sites by name, one more than the index; 0: free */
	size_t count, cap; /* cap of places: 0 or a power of two; sites hold half of it */
	size_t most, used; /* bytes */
	uint64_t secret;
	bool is_partial; /* lines were forgotten */
	bool is_full; /* and there is nothing to forget any more: no new ones are taken */
};

/* None. `most` is TEMPLATE_MOST but in tests. Slots depend on `secret`, results do not. */
void templates_init(struct templates *templates, size_t most, uint64_t secret);
void templates_release(struct templates *templates);

/* The site of this name; NULL when there is none. */
struct site *templates_find(const struct templates *templates, struct span name);

/* The same, made if need be; NULL when there is no room. */
struct site *templates_add(struct templates *templates, struct span name);

/* One more document of the site begins. */
void site_begin(struct site *site);

/* Counts a line of the document at hand. */
void site_count(struct templates *templates, struct site *site, uint64_t key, bool head);

/* Adds what was counted elsewhere. */
void site_add(struct templates *templates, struct site *site, struct line_count more);

/* The line's count; NULL when it was never counted. */
struct line_count *site_find(const struct templates *templates, const struct site *site, uint64_t key);

/* Adds what the template file `text` says; `name` is what error sentences call it. False with `why` where it is no
 * template, one of another version, or damaged; what stands in front of the damage may have been added. */
bool templates_read(struct templates *templates, const char *name, struct span text, struct diag *why);

/* Writes a template file. */
enum flow templates_write(const struct templates *templates, const struct opt_output *to);

#endif
