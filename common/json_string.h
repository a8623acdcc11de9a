/* SPDX-License-Identifier: MIT
 * json_string.h - strings of JSON: walked, understood, spelled (RFC 8259, section 7).
 *
 * Bytes are not checked to be UTF-8 here: that is utf8.h's. What a string says is taken in the same walk
 * that checks it, because text is most of a record. */
#ifndef GHIRBAL_JSON_STRING_H
#define GHIRBAL_JSON_STRING_H

#include "common/buf.h"
#include "common/cpu.h"

/* What a string says. Zero bytes make one; release `text` in the end. */
struct json_text {
	bool is_text; /* no escape stood for a NUL or for a lone surrogate */
	struct buf text;
};

/* Where the string ends whose content begins at `at`: its closing quote. When there is none before `end`, `end`; when
 * something is in the way that no string may hold, the place of that: a control, or a backslash that begins no
 * escape. */
const char *json_string_end(const char *at, const char *end, enum cpu cpu);

/* The same, taking what the string says. Where it does not end well, `said` means nothing. */
const char *json_string_take(struct json_text *said, const char *at, const char *end, enum cpu cpu);

/* Appends the text that `string` stands for, the content of a string that ended well. \u0000 becomes a NUL. A lone
 * surrogate from \udc80 to \udcff becomes the byte 80 to FF, as Python's "surrogateescape" has it (PEP 383): bytes
 * that are not UTF-8 can so stand in JSON. Any other lone surrogate becomes a byte FF. Returns whether there was
 * none of these: what was well-formed UTF-8 without NUL is so still. */
bool json_unescape(struct buf *into, struct span string, enum cpu cpu);

/* Whether json_unescape gives all that `string` says: no lone surrogate had to become FF for want of a
 * meaning. */
bool json_is_exact(struct span string);

/* Appends `text`, valid UTF-8, as it stands between the quotes of a JSON string: quotes, backslashes and
 * controls escaped, nothing else. */
void json_escape(struct buf *into, struct span text, enum cpu cpu);

/* The same for any bytes: those that are not well-formed UTF-8 become \udc80 to \udcff, a NUL \u0000.
 * json_unescape gives exactly `bytes` back. The result is well-formed UTF-8. */
void json_escape_bytes(struct buf *into, struct span bytes, enum cpu cpu);

/* Appends `json`, in which only strings hold bytes that are not well-formed UTF-8: they become escapes as above, all else
 * stays as it is. json_unescape gives the same of each string as before. */
void json_escape_ill_formed(struct buf *into, struct span json, enum cpu cpu);

#endif
