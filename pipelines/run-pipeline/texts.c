/* SPDX-License-Identifier: MIT
 * texts.c - files mapped, documents found by what ends them. */
#include "texts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/mem.h"

static bool map_file(struct texts *texts, int fd)
{
	struct stat about;
	void *at;

	texts->bytes = SPAN("");
	if (fstat(fd, &about) != 0)
		return false;
	if (about.st_size == 0)
		return true;
	at = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (at == MAP_FAILED)
		return false;
	texts->bytes = span_of(at, (size_t)about.st_size);
	return true;
}

bool texts_open(
	struct texts *texts, const char *path, enum framing framing, struct span field, struct diag *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good;

	*texts = (struct texts){ .framing = framing, .field = field, .json.cpu = CPU_SCALAR };
	good = fd >= 0 && map_file(texts, fd);
	if (!good)
		diag_set(why, "cannot read '%s': %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return good;
}

void texts_release(struct texts *texts)
{
	if (texts->bytes.len)
		munmap((void *)texts->bytes.at, texts->bytes.len);
	free(texts->places);
	json_release(&texts->json);
	buf_release(&texts->text);
	*texts = (struct texts){ .count = 0 };
}

/* --- finding ------------------------------------------------------------------------------------------------ */

static void add_place(struct texts *texts, size_t start, size_t end)
{
	if (texts->count == texts->room) {
		texts->room = texts->room * 2 + 64;
		texts->places = mem_resize(texts->places, texts->room, sizeof(*texts->places));
	}
	texts->places[texts->count++] = (struct text_place){ start, end };
}

/* White space alone is no record. */
static bool is_white(struct span line)
{
	while (line.len && (byte_is_blank(line.at[0]) || line.at[0] == '\n'))
		line = span_skip(line, 1);
	return line.len == 0;
}

/* Takes `line` off the bad ones if it is the next of them. */
static bool is_bad(struct span line, struct span *bad)
{
	if (!bad || !bad->len || !span_equal(span_head(*bad, span_find(*bad, '\n')), line))
		return false;
	*bad = span_skip(*bad, line.len + 1);
	return true;
}

void texts_find(struct texts *texts, struct text_place part, struct span *bad)
{
	char ends = texts->framing == FRAMING_ZERO ? '\0' : '\n';
	size_t at = part.start;

	if (texts->framing == FRAMING_TEXT) {
		add_place(texts, part.start, part.end);
		return;
	}
	while (at < part.end) {
		struct span rest = span_of(texts->bytes.at + at, part.end - at);
		struct span line = span_head(rest, span_find(rest, ends));

		if (ends == '\0' || !(is_white(line) || is_bad(line, bad)))
			add_place(texts, at, at + line.len);
		at += line.len + 1;
	}
}

/* --- reading ------------------------------------------------------------------------------------------------ */

struct span texts_raw(struct texts *texts, size_t index)
{
	struct text_place place = texts->places[index];
	struct span whole = span_of(texts->bytes.at + place.start, place.end - place.start);
	struct json_member member = { .name = texts->field };
	struct diag why;

	if (texts->framing != FRAMING_JSONL)
		return whole;
	if (span_has_prefix(whole, SPAN("\xEF\xBB\xBF")))
		whole = span_skip(whole, 3);
	if (!json_find(&texts->json, whole, &member, 1, &why) || member.type != JSON_STRING)
		return span_head(whole, 0);
	return member.value;
}

struct span texts_at(struct texts *texts, size_t index)
{
	if (texts->framing != FRAMING_JSONL)
		return texts_raw(texts, index);
	if (texts->known != index + 1) {
		buf_clear(&texts->text);
		json_unescape(&texts->text, texts_raw(texts, index), CPU_SCALAR);
		texts->known = index + 1;
	}
	return buf_span(&texts->text);
}
