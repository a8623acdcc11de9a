/* SPDX-License-Identifier: MIT
 * speech.c - a pipe that is read without waiting. */
#include "speech.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "common/file.h"

enum {
	LONGEST = 64 * 1024, /* bytes of a line that are held back */
	MOST = 256 * 1024, /* bytes that wait for their turn */
};

bool speech_open(struct speech *speech, struct buf *kept, struct screen *screen, int *mouth)
{
	int ends[2];

	*speech = (struct speech){ .fd = -1, .kept = kept, .screen = screen };
	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	speech->fd = ends[0];
	*mouth = ends[1];
	return true;
}

/* If our standard error does not take it, nobody can be told. */
static void hand_over(const struct speech *speech, struct span text)
{
	if (speech->kept) {
		buf_add(speech->kept, text);
		return;
	}
	if (text.len)
		screen_clear(speech->screen);
	file_write_all(STDERR_FILENO, text);
}

/* Hands on all but the last line. */
static void hand_on(struct speech *speech)
{
	const struct buf *held = &speech->held;
	const char *end = held->len > 1 ? memrchr(held->at, '\n', held->len - 1) : NULL;
	size_t len = end ? (size_t)(end - held->at) + 1 : 0;

	if (speech->waits)
		return;
	if (len == 0 && held->len > LONGEST)
		len = held->len;
	hand_over(speech, span_head(buf_span(held), len));
	buf_drop_head(&speech->held, len);
}

static bool is_full(const struct speech *speech)
{
	return speech->waits && speech->held.len >= MOST;
}

int speech_fd(const struct speech *speech)
{
	return is_full(speech) ? -1 : speech->fd;
}

void speech_begin(struct speech *speech)
{
	speech->waits = false;
	hand_on(speech);
}

void speech_hear(struct speech *speech)
{
	enum { BLOCK = 4096 };
	ssize_t got;

	while (speech->fd >= 0 && !is_full(speech)) {
		got = read(speech->fd, buf_reserve(&speech->held, BLOCK), BLOCK);
		if (got < 0 && errno == EAGAIN)
			return;
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			close(speech->fd);
			speech->fd = -1;
			return;
		}
		speech->held.len += (size_t)got;
		hand_on(speech);
	}
}

void speech_close(struct speech *speech, struct buf *last_words)
{
	struct span held;

	speech_begin(speech);
	speech_hear(speech);
	if (speech->fd >= 0)
		close(speech->fd);
	speech->fd = -1;
	held = buf_span(&speech->held);
	if (last_words)
		buf_add(last_words, span_head(held, span_find(held, '\n')));
	else
		hand_over(speech, held);
	buf_release(&speech->held);
}
