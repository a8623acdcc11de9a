/* SPDX-License-Identifier: MIT
 * near_state.h - what is remembered of documents, as bytes that outlive a run.
 *
 * A line of text that names the format and what it was made with, then numbers (little-endian, as on every machine this
 * runs on), arrays, and the 128-bit XXH3 of all that. Nothing depends on a secret: the same documents give the same
 * bytes. Whoever reads it believes nothing: lengths and numbers are checked, and the checksum first. */
#ifndef GHIRBAL_NEAR_STATE_H
#define GHIRBAL_NEAR_STATE_H

#include "common/filter.h"
#include "filters/dedupe/names.h"
#include "filters/dedupe/near.h"

/* Writes what `near` remembers, and the names of it, to `to`. `made_with` is one line that says which options matter,
 * without its end. */
enum flow near_state_write(const struct near *near, const struct names *names, struct span made_with,
	const struct opt_output *to);

/* Reads it back into what was only initialised. False with `why`, which names `path`, where it was made with something
 * else or is damaged. */
bool near_state_read(struct near *near, struct names *names, struct span made_with, struct span bytes,
	const char *path, struct diag *why);

/* The same of what `from` held, which must be there. Its bytes are in memory while they are read, no longer. */
bool near_state_open(struct near *near, struct names *names, struct span made_with,
	const struct opt_output *from, struct diag *why);

#endif
