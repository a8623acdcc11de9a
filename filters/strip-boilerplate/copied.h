/* SPDX-License-Identifier: MIT
 * copied.h - lines that somebody copied from --explain or --rejected into a file for --keep or --lexicon.
 *
 * There a text is the last column of a row, escaped, its line end and the blank lines behind it with it: "Ferry\n". Whoever
 * copies that column, or the whole row, means the text (common/row.h says what rows and escapes look like). */
#ifndef GHIRBAL_STRIP_COPIED_H
#define GHIRBAL_STRIP_COPIED_H

#include "common/buf.h"

/* Whether `line` is such a row, or its last column with a line end in it. A part of a line that was cut has none: it
 * looks like any text. */
bool copied_is(struct span line);

/* Appends the file `text`, in which any line may be copied, line for line: of those the text, of the others all. Escaped
 * controls become spaces, and so do '#' and '[' where they begin a copied text: there they are signs, in the file they
 * would make a comment or a heading. Words, which are all that is compared, stay the same. */
void copied_text(struct buf *into, struct span text);

#endif
