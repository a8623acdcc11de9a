/* SPDX-License-Identifier: MIT
 * metadata.h - what the lines around a story say of it: --extract-metadata.
 *
 * From lines that go anyway: the date from stamps and bylines (as it is written, and in ISO 8601 where that is certain);
 * who wrote it, where, and for which agency from bylines, datelines and sources. The title is the first line that stays, if it looks like
 * one, in a dump what the models take for its headline. Of each the first that is met. Nothing is looked for that no rule has recognised. */
#ifndef GHIRBAL_STRIP_METADATA_H
#define GHIRBAL_STRIP_METADATA_H

#include "dates.h"
#include "judge.h"

enum metadata_field {
	METADATA_TITLE,
	METADATA_DATE,
	METADATA_DATE_ISO,
	METADATA_BYLINE,
	METADATA_PLACE,
	METADATA_SOURCE,
	METADATA_FIELDS,
};

/* Owns its memory; zero bytes but for `dates`, `cpu` and `day_first` make one. */
struct metadata {
	struct dates dates;
	struct reader reader;
	enum cpu cpu;
	bool in_dump; /* the document at hand is the dump of a page */
	bool day_first; /* in 03/04/2021, whatever the language looks like */
	struct buf fields[METADATA_FIELDS]; /* empty: not known */
};

/* A document begins. */
void metadata_begin(struct metadata *metadata);

/* Looks at the lines of `window`, which `judge` has judged. */
void metadata_look(struct metadata *metadata, const struct judge *judge, struct span window);

/* Appends a line "NAME: VALUE" for each field that is known, and an empty line behind them; nothing if none is. */
void metadata_header(const struct metadata *metadata, struct buf *into);

/* Appends "metadata":{...}; nothing if no field is known. */
void metadata_json(const struct metadata *metadata, struct buf *into);

void metadata_release(struct metadata *metadata);

#endif
