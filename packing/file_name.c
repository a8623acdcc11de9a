/* SPDX-License-Identifier: MIT
 * file_name.c - names of files as text. */
#include "packing/file_name.h"

#include "common/utf8.h"

/* Cuts the first part off `rest`, and the slash behind it. */
static struct span take_part(struct span *rest)
{
	struct span part = span_head(*rest, span_find(*rest, '/'));

	*rest = span_skip(*rest, part.len + 1);
	return part;
}

void file_name_relative(struct buf *into, struct span path)
{
	size_t start = into->len;

	while (path.len) {
		struct span part = take_part(&path);

		if (span_equal(part, SPAN("..")))
			into->len = start;
		if (part.len == 0 || span_equal(part, SPAN(".")) || span_equal(part, SPAN("..")))
			continue;
		if (into->len > start)
			buf_add_byte(into, '/');
		buf_add(into, part);
	}
}

/* --- bytes that are not text -------------------------------------------------------------------------- */

static void escape_backslashes(struct buf *into, struct span text)
{
	while (text.len) {
		size_t plain = span_find(text, '\\');

		buf_add(into, span_head(text, plain));
		if (plain < text.len)
			buf_add(into, SPAN("\\\\"));
		text = span_skip(text, plain + 1);
	}
}

void file_name_escape(struct buf *into, struct span name)
{
	utf8_spell(into, name, escape_backslashes);
}

static int digit_worth(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if ((digit | 0x20) >= 'a' && (digit | 0x20) <= 'f')
		return (digit | 0x20) - 'a' + 10;
	return -1;
}

/* The byte that the \xHH at the start of `text` stands for; negative when there is none. Only bytes that
 * can be ill-formed have one: no slash and no NUL comes in this way. */
static int escaped_byte(struct span text)
{
	int high, low;

	if (text.len < 4 || text.at[1] != 'x')
		return -1;
	high = digit_worth(text.at[2]);
	low = digit_worth(text.at[3]);
	return high >= 8 && low >= 0 ? high * 16 + low : -1;
}

bool file_name_unescape(struct buf *into, struct span id, struct diag *why)
{
	for (;;) {
		size_t plain = span_find(id, '\\');
		int byte;

		buf_add(into, span_head(id, plain));
		id = span_skip(id, plain);
		if (id.len == 0)
			return true;
		byte = escaped_byte(id);
		if (byte < 0 && !span_has_prefix(id, SPAN("\\\\"))) {
			diag_set(why, "a backslash in the id is neither \\\\ nor \\x80 to \\xFF");
			return false;
		}
		buf_add_byte(into, (char)(byte < 0 ? '\\' : byte));
		id = span_skip(id, byte < 0 ? 2 : 4);
	}
}

/* --- what may be made --------------------------------------------------------------------------------- */

static bool refuse(struct diag *why, struct span name, const char *what)
{
	diag_set(why, "the id '%.*s' %s", (int)name.len, name.at, what);
	return false;
}

static bool is_good_part(struct span part)
{
	return part.len && !span_equal(part, SPAN(".")) && !span_equal(part, SPAN(".."));
}

bool file_name_stays_inside(struct span name, struct diag *why)
{
	struct span rest = name;

	if (name.len == 0)
		return refuse(why, name, "is empty");
	if (name.len > FILE_NAME_LONGEST)
		return refuse(why, span_head(name, 64), "... is longer than a path may be");
	if (span_find(name, '\0') < name.len)
		return refuse(why, name, "goes on behind a NUL, which no file name can hold");
	if (name.at[0] == '/')
		return refuse(why, name, "is absolute");
	if (name.at[name.len - 1] == '/')
		return refuse(why, name, "ends in a slash: that is a folder");
	while (rest.len)
		if (!is_good_part(take_part(&rest)))
			return refuse(why, name, "has an empty part, a '.' or a '..'");
	return true;
}
