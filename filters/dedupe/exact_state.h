/* SPDX-License-Identifier: MIT
 * exact_state.h - the fingerprints that earlier runs kept, and those that this one adds, as a file that outlives a run.
 *
 * A line of text that names the format, one that says what it was made with, then numbers (little-endian, as on every
 * machine this runs on): the key of --strong, 0 without; how many fingerprints; these, 16 bytes each, in the order in
 * which they first came; and the 128-bit XXH3 of all that. It grows at its end, so nothing need be sorted or held: the
 * old file is read a block at a time when a run begins, and copied when it ends; what is new is in a spool. The same
 * input gives the same bytes: the secret of the tables is not in there, and whoever reads the file learns nothing of
 * where things will lie in the next run. He learns which texts were there, of those that he can guess; and under
 * --strong the key, without which the next run could not know the fingerprints again.
 *
 * Whoever reads it believes nothing: lengths first, the checksum before anything is decided. */
#ifndef GHIRBAL_EXACT_STATE_H
#define GHIRBAL_EXACT_STATE_H

#include "common/filter.h"
#include "filters/dedupe/fingerprint.h"

struct exact_state {
	const struct opt_output *file; /* borrowed */
	struct buf made_with;
	uint64_t strong_key;
	uint64_t known; /* fingerprints of earlier runs */
	uint64_t body; /* byte of the old file where they begin */
	struct spool added;
};

/* What is to be done with fingerprints, a block of them at a time. False stops the reading, which then fails. */
typedef bool exact_state_fn(void *ctx, const struct fingerprint *prints, size_t count);

/* Reads the head of the old file, if there is one: then strong_key is its key, else `fresh_key`. `made_with` is one line
 * without its end, copied. False with `why`, which names the file, where it was made with something else. Release in any
 * case; `file` and `place` are borrowed until then. */
bool exact_state_open(struct exact_state *state, const struct opt_output *file, struct span made_with,
	uint64_t fresh_key, const struct spool_place *place, struct diag *why);
void exact_state_release(struct exact_state *state);

/* Forgets what was added, and hands all fingerprints of the old file to `take`, in their order. False with `why`: then
 * nothing of it counts. Where `take` stopped, `why` is its to fill. */
bool exact_state_read(struct exact_state *state, exact_state_fn *take, void *ctx, struct diag *why);

/* Adds one that no earlier run had, nor this one. False with `why`. */
bool exact_state_add(struct exact_state *state, struct fingerprint print, struct diag *why);

/* Writes the new file. */
enum flow exact_state_write(const struct exact_state *state, struct diag *why);

#endif
