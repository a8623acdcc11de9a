/* SPDX-License-Identifier: MIT
 * key_chunk.h - keys of long texts, a part at a time.
 *
 * A key (key.h) of a 64 MB line is another 64 MB. Who needs only to hash it or to copy it elsewhere takes
 * it in chunks: the keys of the chunks, one behind the other, are the key of the whole. */
#ifndef GHIRBAL_KEY_CHUNK_H
#define GHIRBAL_KEY_CHUNK_H

#include "common/span.h"

/* Length of the first chunk of `text` (valid UTF-8): all of a short text, else some tens of kilobytes and
 * what runs on from there to the next character that nothing before it can combine with. 0 only for an
 * empty text. Linear in its result. */
size_t key_chunk(struct span text);

#endif
