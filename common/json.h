/* SPDX-License-Identifier: MIT
 * json.h - finding members in one object of JSON, every other byte left alone.
 *
 * A record of JSON Lines is validated as RFC 8259 has it and nothing is parsed into a tree: the caller gets
 * spans of the line, so that what it does not change can be copied verbatim - big integers, 1e400, the
 * order of keys, spacing. Nesting costs a byte a level and no recursion. Bytes are not checked to be UTF-8
 * here: that is utf8.h's. What strings say is json_string.h's. */
#ifndef GHIRBAL_JSON_H
#define GHIRBAL_JSON_H

#include "common/diag.h"
#include "common/json_string.h"

enum json_type { JSON_ABSENT, JSON_STRING, JSON_OTHER };

/* A member of the outermost object that the caller asks for. */
struct json_member {
	struct span name; /* in; plain text, not escaped */
	struct json_text *said; /* in; takes what the string says; NULL where nobody wants that */
	enum json_type type; /* out; where a name stands twice, the last counts, as for other parsers */
	struct span value; /* out; of a string what is between the quotes, still escaped; else as written */
};

/* Working memory, reused from line to line. Zero bytes but for cpu make one. */
struct json {
	enum cpu cpu;
	struct buf nesting; /* an opening bracket a level */
	struct buf name; /* a key without its escapes */
	struct span tail; /* after json_find: the closing brace of the object and what follows it */
	bool has_members; /* after json_find: the object is not empty */
};

/* Validates `line`, which must be one object, and fills the members. False with `why`, which names the
 * byte, counted from 0. `line` has no newline at its end; a CR there is white space. */
bool json_find(
	struct json *json, struct span line, struct json_member *members, size_t count, struct diag *why);

void json_release(struct json *json);

#endif
