/* SPDX-License-Identifier: MIT
 * file_name_fuzz.c - any bytes as the name of a file, as the id of a record, as a path on the command line.
 *
 * What may be made is decided here once more, by walking: a name that stays inside never names the folder it is
 * made in or anything above that, whatever is there. */
#include "tests/fuzz/fuzz.h"

#include "common/json.h"
#include "common/utf8.h"
#include "packing/file_name.h"

static bool is_utf8(struct span text)
{
	return utf8_valid_prefix(text, CPU_SCALAR) == text.len;
}

/* A name goes into an id, through JSON, and back. No file's name holds a NUL. */
static void check_round_trip(struct span name)
{
	struct buf id = BUF_INIT, spelled = BUF_INIT, read = BUF_INIT, back = BUF_INIT;
	struct diag why;

	if (span_find(name, '\0') < name.len)
		return;
	file_name_escape(&id, name);
	LAW(is_utf8(buf_span(&id)), "an id is text");
	json_escape(&spelled, buf_span(&id), cpu_best(NULL));
	json_unescape(&read, buf_span(&spelled), cpu_best(NULL));
	fuzz_same(buf_span(&id), buf_span(&read), "JSON keeps an id");
	LAW(file_name_unescape(&back, buf_span(&read), &why), "an id that was made is understood");
	fuzz_same(name, buf_span(&back), "a name comes back from its id");
	buf_release(&id);
	buf_release(&spelled);
	buf_release(&read);
	buf_release(&back);
}

/* Somebody else's id: refused, or a name that has an id of its own. */
static void check_foreign(struct span id)
{
	struct buf name = BUF_INIT;
	struct diag why = { "" };

	if (file_name_unescape(&name, id, &why)) {
		LAW(span_find(id, '\\') < id.len || span_equal(id, buf_span(&name)),
			"without a backslash an id is the name");
		LAW(span_count(id, '/') == span_count(buf_span(&name), '/') &&
				span_count(id, '\0') == span_count(buf_span(&name), '\0'),
			"no slash and no NUL comes out of an escape");
		check_round_trip(buf_span(&name));
	} else {
		LAW(why.text[0], "who refuses says why");
	}
	buf_release(&name);
}

/* How deep below the folder a walk along the name ends; -1 where it comes to the folder itself or leaves it, or
 * where the last part is no name of a file. */
static int depth_of(struct span name)
{
	int depth = 0;

	if (span_find(name, '/') == 0)
		return -1;
	for (;;) {
		size_t len = span_find(name, '/');
		struct span part = span_head(name, len);

		if (part.len == 0 || span_equal(part, SPAN(".")) || span_equal(part, SPAN("..")))
			return -1;
		depth++;
		if (len == name.len)
			return depth;
		name = span_skip(name, len + 1);
	}
}

static void check_inside(struct span name)
{
	struct diag why = { "" };
	bool fits = name.len <= FILE_NAME_LONGEST && span_find(name, '\0') == name.len;
	bool inside = file_name_stays_inside(name, &why);

	LAW(inside == (fits && depth_of(name) > 0), "a name stays inside, or is refused");
	LAW(inside || why.text[0], "who refuses says why");
}

/* A path on the command line becomes an id that can be made again. */
static void check_relative(struct span path)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;

	file_name_relative(&once, path);
	LAW(once.len == 0 || depth_of(buf_span(&once)) > 0, "what a path becomes stays inside");
	file_name_relative(&twice, buf_span(&once));
	fuzz_same(buf_span(&once), buf_span(&twice), "what is relative stays as it is");
	buf_release(&once);
	buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = fuzz_copy(span_of((const char *)data, size));

	check_round_trip(input);
	check_foreign(input);
	check_inside(input);
	check_relative(input);
	free((char *)(uintptr_t)input.at);
	return 0;
}
