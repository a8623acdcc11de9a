/* SPDX-License-Identifier: MIT
 * relay.c - from pipe to pipe by the system; else a block at a time, first copied, then handed on. */
#include "relay.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/file.h"

enum { BLOCK = 256 * 1024 };

/* A pipe that poll says is ready takes PIPE_BUF bytes without making us wait; a file takes any. */
static size_t taken_at_once(int fd, bool is_pipe)
{
	struct stat about;

	return is_pipe || (fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) ? BLOCK : PIPE_BUF;
}

void relay_open(struct relay *relay, int from, int to, bool is_pipe, const struct copy *copy)
{
	*relay = (struct relay){ .from = from,
		.to = to,
		.is_pipe = is_pipe,
		.shares = is_pipe,
		.at_once = taken_at_once(to, is_pipe),
		.copy = copy };
	fcntl(from, F_SETFL, O_NONBLOCK);
	if (is_pipe)
		fcntl(to, F_SETFL, O_NONBLOCK);
}

void relay_close(struct relay *relay)
{
	if (relay->from < 0)
		return;
	close(relay->from);
	if (relay->is_pipe)
		close(relay->to);
	buf_release(&relay->held);
	buf_release(&relay->text);
	relay->from = -1;
}

void relay_wait_for(const struct relay *relay, struct pollfd *wait)
{
	*wait = relay->from >= 0 && (relay->held.len || relay->is_full)
			? (struct pollfd){ .fd = relay->to, .events = POLLOUT }
			: (struct pollfd){ .fd = relay->from, .events = POLLIN };
}

static bool copy_on(struct relay *relay, struct span bytes)
{
	struct span rest = bytes;

	if (!relay->copy->without_nul)
		return file_write_all(relay->copy->fd, bytes);
	buf_clear(&relay->text);
	while (rest.len) {
		struct span piece = span_head(rest, span_find(rest, '\0'));

		if (piece.len == bytes.len)
			return file_write_all(relay->copy->fd, bytes);
		buf_add(&relay->text, piece);
		rest = span_skip(rest, piece.len + 1);
	}
	return file_write_all(relay->copy->fd, buf_span(&relay->text));
}

/* Whether somebody else's descriptor takes something now. */
static bool is_ready(int fd)
{
	struct pollfd wait = { .fd = fd, .events = POLLOUT };

	return poll(&wait, 1, 0) > 0;
}

/* Reads and copies a block where none is held. */
static enum relay_end take(struct relay *relay)
{
	ssize_t got = read(relay->from, buf_reserve(&relay->held, BLOCK), BLOCK);

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return RELAY_RUNS;
	if (got < 0)
		return RELAY_NOT_READ;
	if (got == 0) {
		relay_close(relay);
		return RELAY_RUNS;
	}
	relay->held.len = (size_t)got;
	return copy_on(relay, buf_span(&relay->held)) ? RELAY_RUNS : RELAY_NOT_COPIED;
}

/* Hands on as much as there is room for. */
static enum relay_end hand_on(struct relay *relay)
{
	struct span rest = span_skip(buf_span(&relay->held), relay->handed_on);
	ssize_t put;

	if (!relay->is_pipe && !is_ready(relay->to))
		return RELAY_RUNS;
	put = write(relay->to, rest.at, rest.len < relay->at_once ? rest.len : relay->at_once);
	if (put < 0 && errno == EPIPE) {
		relay_close(relay);
		return RELAY_UNREAD;
	}
	if (put < 0)
		return errno == EAGAIN || errno == EINTR ? RELAY_RUNS : RELAY_FAILED;
	relay->handed_on += (size_t)put;
	if (relay->handed_on == relay->held.len)
		relay->held.len = relay->handed_on = 0;
	return RELAY_RUNS;
}

/* --- from pipe to pipe -------------------------------------------------------------------------------------- */

/* Takes off `from` what `to` has got already: it is what is copied. */
static bool copy_away(struct relay *relay, size_t len)
{
	while (len && !relay->copy->without_nul) {
		ssize_t put = splice(relay->from, NULL, relay->copy->fd, NULL, len, 0);

		if (put <= 0)
			break; /* to this file bytes go by way of us */
		len -= (size_t)put;
	}
	while (len) {
		ssize_t got = read(relay->from, buf_reserve(&relay->held, len), len);

		if (got <= 0 || !copy_on(relay, span_of(relay->held.at, (size_t)got)))
			return false;
		len -= (size_t)got;
	}
	return true;
}

/* Whether nothing waits in a pipe. */
static bool is_empty(int pipe)
{
	int bytes = 0;

	return ioctl(pipe, FIONREAD, &bytes) != 0 || bytes == 0;
}

/* tee(2) hands on the pages themselves: nothing is copied but the copy. */
static enum relay_end share(struct relay *relay)
{
	ssize_t put = tee(relay->from, relay->to, BLOCK, SPLICE_F_NONBLOCK);

	if (put > 0)
		return copy_away(relay, (size_t)put) ? RELAY_RUNS : RELAY_NOT_COPIED;
	if (put < 0 && errno == EPIPE) {
		relay_close(relay);
		return RELAY_UNREAD;
	}
	if (put < 0 && errno == EINVAL)
		relay->shares = false;
	else if (put < 0 && errno != EAGAIN && errno != EINTR)
		return RELAY_FAILED;
	else if (put == 0)
		relay_close(relay);
	relay->is_full = put < 0 && errno == EAGAIN && !is_empty(relay->from);
	return RELAY_RUNS;
}

enum relay_end relay_step(struct relay *relay)
{
	enum relay_end end = RELAY_RUNS;

	if (relay->from >= 0 && relay->shares)
		return share(relay);
	if (relay->from >= 0 && relay->held.len == 0)
		end = take(relay);
	return end == RELAY_RUNS && relay->from >= 0 && relay->held.len ? hand_on(relay) : end;
}
