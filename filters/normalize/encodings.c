/* SPDX-License-Identifier: MIT
 * encodings.c - names of encodings. */
#include "filters/normalize/encodings.h"

#include <ctype.h>

#include "common/buf.h"
#include "filters/normalize/data.h"

const char *const encoding_words[] = { "auto", "utf-8", "utf-16", "utf-16le", "utf-16be", "utf-32",
	"utf-32le", "utf-32be", "windows-1256", "iso-8859-6", "mac-arabic", "cp720", "windows-1252", NULL };

/* `name` without what does not count in names: CP-1256 is cp1256. */
static void add_plain(struct buf *into, struct span name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!strchr("-_. ", name.at[i]))
			buf_add_byte(into, (char)tolower((unsigned char)name.at[i]));
}

static bool is_same_name(struct span plain, struct span name)
{
	struct buf other = BUF_INIT;
	bool same;

	add_plain(&other, name);
	same = span_equal(plain, buf_span(&other));
	buf_release(&other);
	return same;
}

static enum encoding by_word(struct span word)
{
	enum encoding encoding = ENCODING_AUTO;

	while (encoding != ENCODING_OTHER && !span_equal(span_from(encoding_words[encoding]), word))
		encoding++;
	return encoding;
}

enum encoding encoding_by_name(struct span name)
{
	struct span rest = data_file(SPAN("encodings")), line;
	enum encoding found = ENCODING_OTHER;
	struct buf plain = BUF_INIT;

	add_plain(&plain, name);
	while (found == ENCODING_OTHER && data_line(&rest, &line)) {
		struct span ours = span_head(line, span_find(line, ' '));

		while (found == ENCODING_OTHER && line.len)
			if (is_same_name(buf_span(&plain), data_word(&line)))
				found = by_word(ours);
	}
	buf_release(&plain);
	return found;
}

/* Other names count as much as ours, which is the one that is said: cp1265 is most like cp1256. */
static void try_other_names(struct nearest *nearest)
{
	struct span rest = data_file(SPAN("encodings")), line;

	while (data_line(&rest, &line)) {
		enum encoding ours = by_word(span_head(line, span_find(line, ' ')));

		while (line.len) {
			size_t distance = name_distance(nearest->wanted, data_word(&line));

			if (distance >= nearest->distance)
				continue;
			nearest->distance = distance;
			nearest->name = encoding_words[ours];
		}
	}
}

const char *encoding_nearest(struct span name)
{
	struct buf small = BUF_INIT;
	struct nearest nearest;

	for (size_t i = 0; i < name.len; i++)
		buf_add_byte(&small, (char)tolower((unsigned char)name.at[i]));
	nearest = nearest_to(buf_span(&small));
	for (const char *const *word = encoding_words; *word; word++)
		nearest_try(&nearest, *word);
	try_other_names(&nearest);
	buf_release(&small);
	return nearest.name;
}
