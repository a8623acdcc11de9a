/* SPDX-License-Identifier: MIT
 * jsonl.h - JSON Lines: a line is a record, one of its string members is the document.
 *
 * Every byte of a line but that string's is copied verbatim, unless an annotation is asked for, and a record whose
 * text did not change is copied whole. The result may go to another member, which is added behind the others where
 * there is none; of the text, which then stays, only bytes that are not UTF-8 are written as escapes. White-space lines are no records and are passed over (the NDJSON specification, section 3.1, allows
 * it). The string ends in a newline if it did before: in a string a newline at the end is content, not the
 * end of a line. A record is held whole; one larger than the limit is a bad record, like one that is not an
 * object, lacks the string, or is not UTF-8 outside of it. */
#ifndef GHIRBAL_JSONL_H
#define GHIRBAL_JSONL_H

#include "common/filter.h"
#include "common/json.h"
#include "common/output.h"

/* Who takes the documents, and the records that hold none. Anything but FLOW_MORE ends the reading. */
struct jsonl_handler {
	enum flow (*begin)(void *ctx);
	enum flow (*text)(void *ctx, struct span raw); /* perhaps ill-formed; not empty */
	enum flow (*end)(void *ctx);
	/* A bad record's bytes, without newline. One too large to be held comes in several calls; `why` is NULL
	 * in all but the first. `is_last` tells that the record is over. */
	enum flow (*bad)(void *ctx, struct span raw, const struct diag *why, bool is_last);
	void *ctx;
};

/* The record at hand. Set all up to the empty line; the rest starts as zero bytes. */
struct jsonl {
	struct span field; /* name of the member */
	struct span into; /* name of the member that the result goes to, valid UTF-8; empty: the same */
	size_t max_record; /* bytes */
	enum cpu cpu;
	struct jsonl_handler to;
	struct output *output;
	/* Appends what is to be said of the record at hand, an object of JSON, under the name `annotator` in the
	 * record's last member, "ghirbal". NULL: nothing is. Its ctx is that of `to`. */
	void (*annotate)(void *ctx, struct buf *into);
	const char *annotator;
	struct span wanted[DOC_MEMBERS]; /* names of members that the filter asks for */
	size_t wanted_count;

	uint64_t line; /* of the source, from 1 */
	struct json json, notes_json;
	struct buf id; /* the record's member "id": the text of a string, else as written */
	bool has_id; /* it is a string or a number */
	struct doc_member members[DOC_MEMBERS]; /* those of the record at hand, as many as are wanted */
	struct buf member_texts[DOC_MEMBERS];
	struct buf held; /* the start of a line that a piece cut */
	struct span ahead; /* the piece at hand from the line at hand on */
	size_t ahead_valid; /* so many bytes of it are known to be well-formed */
	bool too_large; /* in a line that is being passed over */
	bool in_record; /* what the filter puts belongs to the record at hand */
	struct span record, string, text; /* the line; its string, escaped; the text of that */
	struct span target; /* what the result takes the place of; where a member is added it is empty */
	struct span notes; /* the record's member "ghirbal", if it is an object; else empty */
	bool is_added; /* the result is a member that the record lacks */
	bool is_ill_formed; /* the string has bytes that are not UTF-8 */
	bool is_mended; /* the text is known to be well-formed and free of NUL */
	/* What the filter makes of the text: the first `same` bytes of it while !differs, else what `spelled` says,
	 * escaped, and then `result` has. */
	size_t same;
	bool differs, newline_waits, has_result;
	bool note_follows; /* a member that is added needs a comma */
	const struct part *part; /* of which a record is being made; else NULL */
	struct json_text said; /* what the string says */
	struct buf result, spelled, line_out, escaped;
};

/* A source begins: lines are counted from here, and a byte order mark may stand in front of the first. */
void jsonl_begin(struct jsonl *jsonl);

/* Takes bytes of the source, cut anywhere. */
enum flow jsonl_bytes(struct jsonl *jsonl, struct span piece);

/* The source is over; an unterminated last line is a record. */
enum flow jsonl_end(struct jsonl *jsonl);

/* A sink for what the filter makes of the record at hand. What comes when there is none (a table at the end of the
 * stream) is written as it is.
 *
 * A part of the document becomes a record of its own: that at hand with the part as its text, exactly, and in the
 * object "ghirbal" what struct part says: "id" (the record's own, if it is a string or a number, '#' and the number of
 * the part), the part's kind with its number, "start" and "end". */
struct sink jsonl_sink(struct jsonl *jsonl);

void jsonl_release(struct jsonl *jsonl);

#endif
