/* SPDX-License-Identifier: MIT
 * keeper.h - which units stay. What a unit is, a line or a document, is for others to know.
 *
 * Units are shown in the order of the stream, and ruled on in that order, perhaps some later, so that memory can be
 * fetched meanwhile. Mostly a set of those seen before (seen.h) decides at once. Where a unit can only be decided when
 * all are known, or memory is bounded, documents come twice: first they are noted on a ballot (ballot.h), and what is
 * ruled then is its verdict. What stands in many documents is counted once for each: a set of what the document at hand
 * has shown goes beside the ballot. */
#ifndef GHIRBAL_KEEPER_H
#define GHIRBAL_KEEPER_H

#include "common/filter.h"
#include "filters/dedupe/ballot.h"
#include "filters/dedupe/exact_state.h"
#include "filters/dedupe/keys.h"
#include "filters/dedupe/near.h"
#include "filters/dedupe/strong.h"

struct keeper_options {
	uint64_t least, most; /* a unit stays only if it comes so often in the stream */
	uint64_t shard, shards; /* only units of this one of so many are looked at, from 1 */
	bool is_strong; /* a keyed cryptographic hash */
	bool is_noted; /* documents come twice */
	bool in_document; /* a unit is a duplicate only of one in its document */
	uint64_t documents; /* not 0: all that stands in so many documents goes, and nothing else does */
	bool only_marks; /* and it stays, but is told of */
	bool counts, numbers; /* what stands in front of a unit that stays: how often it came; its number */
	bool tells_keys; /* nothing stays: keys say what there was */
	bool obeys; /* `numbers` say what goes, and nothing else does */
	size_t memory; /* bytes, where is_noted */
};

/* A unit that waits for its ruling. */
struct ticket {
	struct seen_key key;
	struct fingerprint print; /* where there is a state */
	bool is_foreign; /* it belongs to another shard */
	enum relation relation; /* why it goes, where near ones do */
};

/* What became of a unit. */
struct ruling {
	const struct decision *drop; /* NULL: it stays */
	bool is_text; /* it was ruled on; else it has no text, which always stays */
	bool is_shared; /* it stands in so many documents as options.documents says */
	uint64_t times; /* it came so often, or in so many documents, where is_noted */
};

struct keeper {
	struct keeper_options options;
	struct keyer *keyer; /* borrowed */
	struct strong *strong; /* NULL: XXH3 */
	struct near *near; /* borrowed; NULL: only equal units are duplicates. Then no other option is on */
	struct buf near_text;
	struct seen seen; /* of the document at hand, where documents are counted */
	struct ballot ballot;
	struct keys keys; /* where it tells_keys */
	struct key_numbers numbers; /* where it obeys */
	struct exact_state *state; /* NULL: nothing is known of earlier runs */
	bool only_looks; /* what is shown now will come again, or is of another file: there is no ruling */
	bool is_known; /* and what is shown never stays */
	bool is_judged; /* there are verdicts */
	uint64_t salt; /* of the document */
	uint64_t compared, kept, number; /* units in the run */
	struct buf prefix;
	bool failed;
	struct diag why;
};

/* `keyer` is borrowed until release. */
void keeper_init(struct keeper *keeper, const struct keeper_options *options, struct keyer *keyer,
	const struct host *host);
void keeper_release(struct keeper *keeper);

/* What earlier runs kept, says `file`, never stays, and what this one keeps will be known to the next. Before all else
 * of the keeper; `file` is borrowed until release. False with `why`. The keeper is not to be used then. */
bool keeper_open_state(struct keeper *keeper, const struct opt_output *file, struct span made_with,
	const struct host *host, struct diag *why);

/* A document begins. False with keeper->why. */
bool keeper_begin(struct keeper *keeper, const struct doc_info *doc);

/* Shows a unit that has text, by its content. */
struct ticket keeper_show(struct keeper *keeper, struct span content);

/* Whether a unit may be shown by its fingerprint alone; keeper_show_print then does. */
bool keeper_takes_prints(const struct keeper *keeper);
struct ticket keeper_show_print(struct keeper *keeper, struct fingerprint print);

/* Rules on the next unit that was shown while not only_looks. False with keeper->why. */
bool keeper_rule(struct keeper *keeper, struct ticket ticket, struct ruling *ruling);

/* Whether units are only compared with what came before, each decided at once: keeper_take will do. Asked when a document
 * has begun. */
bool keeper_is_plain(const struct keeper *keeper);

enum { KEEPER_MOST = 64 }; /* units that keeper_take takes */

/* Shows and rules on `count` units at once, where keeper_is_plain: `stays` says of each whether it does. False with
 * keeper->why. */
bool keeper_take(struct keeper *keeper, const struct span *contents, size_t count, bool *stays);

/* The ruling on a unit that does not stay, where keeper_is_plain. */
extern const struct decision keeper_duplicate;

/* What stands in front of a unit that stays, just ruled on; mostly empty. Borrowed until the next. */
struct span keeper_prefix(struct keeper *keeper, const struct ruling *ruling);

#endif
