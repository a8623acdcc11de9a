/* SPDX-License-Identifier: MIT
 * foreign.c - encodings that the C library knows. POSIX.1-2017, iconv(): what is consumed before an error is text,
 * EILSEQ is a bad part, EINVAL a character that is not complete, E2BIG a buffer that is full. */
#include "filters/normalize/foreign.h"

#include <errno.h>
#include <stdint.h>

enum {
	ROOM = 16, /* bytes of UTF-8 that a byte may become: one of TSCII is four characters */
	LONGEST = 32, /* bytes of a character or a shift sequence, and more */
};

/* --- opening ------------------------------------------------------------------------------------------- */

/* Bytes that `text`, in UTF-8, has in the encoding. */
static size_t encoded_length(iconv_t to, const char *text)
{
	char out[64], *in = (char *)text, *at = out;
	size_t in_left = strlen(text), out_left = sizeof(out);

	iconv(to, NULL, NULL, NULL, NULL);
	iconv(to, &in, &in_left, &at, &out_left);
	return sizeof(out) - out_left;
}

/* What iconv_open returns when it fails. */
static bool is_no_handle(iconv_t handle)
{
	return (intptr_t)handle == -1;
}

/* Bytes of the shortest character: one letter more, some bytes more; marks and shifts in front do not count. */
static size_t unit_of(struct foreign *foreign, const char *name)
{
	size_t unit;

	foreign->from = iconv_open(name, "UTF-8");
	if (is_no_handle(foreign->from))
		return 1;
	unit = encoded_length(foreign->from, "AA") - encoded_length(foreign->from, "A");
	iconv_close(foreign->from);
	return unit == 2 || unit == 4 ? unit : 1;
}

int foreign_open(struct foreign *foreign, const char *name)
{
	if (name[0] == '\0' || strchr(name, '/'))
		return EINVAL;
	foreign->unit = unit_of(foreign, name);
	foreign->from = iconv_open("UTF-8", name);
	if (is_no_handle(foreign->from))
		return errno;
	foreign->is_open = true;
	foreign->hides_nul = strcasestr(name, "utf7") || strcasestr(name, "utf-7");
	return 0;
}

void foreign_release(struct foreign *foreign)
{
	if (foreign->is_open)
		iconv_close(foreign->from);
	foreign->is_open = false;
}

/* --- reading ------------------------------------------------------------------------------------------- */

/* One call of iconv. Returns how many bytes were consumed; `error` is its errno, 0 when it had none. */
static size_t convert(struct foreign *foreign, struct span raw, struct buf *into, int *error)
{
	size_t in_left = raw.len, out_left = ROOM * raw.len + 64, room = out_left;
	char *out = buf_reserve(into, room), *in = (char *)raw.at;

	errno = 0;
	*error = iconv(foreign->from, &in, &in_left, &out, &out_left) == (size_t)-1 ? errno : 0;
	into->len += room - out_left;
	return raw.len - in_left;
}

static struct foreign_read read_all(struct foreign *foreign, struct span raw, struct buf *into)
{
	struct foreign_read done = { 0, 0, false };
	size_t len = 1;
	int error = E2BIG;

	while (error == E2BIG && len > 0) {
		len = convert(foreign, span_skip(raw, done.len), into, &error);
		done.len += len;
	}
	if (error == EILSEQ || error == E2BIG)
		done.bad = foreign->unit < raw.len - done.len ? foreign->unit : raw.len - done.len;
	return done;
}

/* One character or shift sequence: as many bytes as iconv needs to consume any. */
static struct foreign_read read_one(struct foreign *foreign, struct span raw, struct buf *into)
{
	struct foreign_read done = { 0, 0, false };
	size_t len = foreign->unit < raw.len ? foreign->unit : raw.len, start = into->len;
	char *nul;
	int error;

	while ((done.len = convert(foreign, span_head(raw, len), into, &error)) == 0 && error == EINVAL &&
		len < raw.len && len < LONGEST)
		len++;
	if (done.len == 0 && (error != EINVAL || len == LONGEST))
		done.bad = len < foreign->unit ? len : foreign->unit;
	nul = into->len > start ? memchr(into->at + start, '\0', into->len - start) : NULL;
	if (nul) {
		into->len = (size_t)(nul - into->at);
		done = (struct foreign_read){ 0, done.len, true };
	}
	return done;
}

static struct foreign_read read_singly(struct foreign *foreign, struct span raw, struct buf *into)
{
	struct foreign_read done = { 0, 0, false };

	while (done.len < raw.len && done.bad == 0) {
		struct foreign_read one = read_one(foreign, span_skip(raw, done.len), into);

		if (one.len == 0 && one.bad == 0)
			break;
		done.len += one.len;
		done.bad = one.bad;
		done.is_nul = one.is_nul;
	}
	return done;
}

struct foreign_read foreign_read(struct foreign *foreign, struct span raw, struct buf *into)
{
	if (foreign->hides_nul || span_find(raw, '\0') < raw.len)
		return read_singly(foreign, raw, into);
	return read_all(foreign, raw, into);
}

void foreign_end(struct foreign *foreign, struct buf *into)
{
	size_t out_left = 64;
	char *out = buf_reserve(into, out_left);

	iconv(foreign->from, NULL, NULL, &out, &out_left);
	into->len += 64 - out_left;
}
