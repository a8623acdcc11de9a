/* SPDX-License-Identifier: MIT
 * foreign.h - encodings that the C library knows: iconv(3) over text that comes in parts.
 *
 * iconv stops where something is wrong; here is told what, and how many bytes long. */
#ifndef GHIRBAL_NORMALIZE_FOREIGN_H
#define GHIRBAL_NORMALIZE_FOREIGN_H

#include <iconv.h>

#include "common/buf.h"

struct foreign {
	iconv_t from; /* to UTF-8 */
	bool is_open;
	bool hides_nul; /* a NUL may be spelled without one: UTF-7 */
	size_t unit; /* bytes of the shortest character: 1, 2 or 4 */
};

/* What became of the start of some bytes. */
struct foreign_read {
	size_t len; /* bytes that were text */
	size_t bad; /* bytes behind them that are not; 0: there are none, or not yet */
	bool is_nul; /* they are a NUL */
};

/* Opens `name`, which is as iconv -l has it. Returns 0, or errno: EINVAL when the library does not know it. A name
 * with a slash, which may carry a wish that errors go unseen, and the empty one, which means the locale's, are not
 * known either. `foreign` is zero bytes. */
int foreign_open(struct foreign *foreign, const char *name);

/* Appends the text of `raw` to `into`, up to what is bad. Bytes at the end that are neither text nor bad start a
 * character whose rest has to come. */
struct foreign_read foreign_read(struct foreign *foreign, struct span raw, struct buf *into);

/* The document is over: appends a character that waited for one to combine with, and forgets the shift state. */
void foreign_end(struct foreign *foreign, struct buf *into);

void foreign_release(struct foreign *foreign);

#endif
