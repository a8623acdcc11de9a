/* SPDX-License-Identifier: MIT
 * json.h - finding members in one object of JSON, every other byte left alone.
 *
 * A record of JSON Lines is validated as RFC 8259 has it and nothing is parsed into a tree: the caller gets
 * spans of the line, so that what it does not change can be copied verbatim - big integers, 1e400, the
 * order of keys, spacing. Nesting costs a byte a level and no recursion. Bytes are not checked to be UTF-8
 * here: that is utf8.h's. */
#ifndef GHIRBAL_JSON_H
#define GHIRBAL_JSON_H

#include "common/buf.h"
#include "common/cpu.h"
#include "common/diag.h"

enum json_type { JSON_ABSENT, JSON_STRING, JSON_OTHER };

/* A member of the outermost object that the caller asks for. */
struct json_member {
	struct span name; /* in; plain text, not escaped */
	enum json_type type; /* out; where a name stands twice, the last counts, as for other parsers */
	struct span value; /* out; of a string what is between the quotes, still escaped; else as written */
};

/* Working memory, reused from line to line. Zero bytes make one. */
struct json {
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

/* Appends the text that `string`, a value from json_find, stands for. \u0000 becomes a NUL. A lone surrogate
 * from \udc80 to \udcff becomes the byte 80 to FF, as Python's "surrogateescape" has it (PEP 383): bytes that
 * are not UTF-8 can so stand in JSON. Any other lone surrogate becomes a byte FF. Returns
 * whether there was none of these: what was well-formed UTF-8 without NUL is so still. */
bool json_unescape(struct buf *into, struct span string);

/* Whether json_unescape gives all that `string` says: no lone surrogate had to become FF for want of a
 * meaning. */
bool json_is_exact(struct span string);

/* Appends `text`, valid UTF-8, as it stands between the quotes of a JSON string: quotes, backslashes and
 * controls escaped, nothing else. */
void json_escape(struct buf *into, struct span text);

/* The same for any bytes: those that are not well-formed UTF-8 become \udc80 to \udcff, a NUL \u0000.
 * json_unescape gives exactly `bytes` back. The result is well-formed UTF-8. */
void json_escape_bytes(struct buf *into, struct span bytes, enum cpu cpu);

#endif
