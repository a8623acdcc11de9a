/* SPDX-License-Identifier: MIT
 * lang.h - the value of --lang, the same in every filter: a language tag (BCP 47), auto, or @MEMBER.
 *
 * Only the primary subtag counts ("ar" of ar-EG), in small letters. @MEMBER is the member of each record that has
 * the tag, a member of the outermost object; a record where it is missing, no string, or no tag is as with auto. */
#ifndef GHIRBAL_LANG_H
#define GHIRBAL_LANG_H

#include "common/filter.h"

enum { LANG_MAX = 9 }; /* bytes of a primary subtag and a NUL */

/* For the filter's members(): appends the member that `lang` names to `count` names. Returns how many these are then. */
size_t lang_members(const char *lang, struct span *names, size_t count);

/* For the filter's open(): whether `lang` makes sense where documents come framed as `reads`. False with `why`. */
bool lang_check(const char *lang, enum framing reads, struct diag *why);

/* Whether the language is the record's: else it is that of the run, and begin() need not ask. */
bool lang_varies(const char *lang);

/* For its open() and begin(): fills in the primary subtag that holds for the document, or "auto". `member` is the place of the
 * member among those that the filter asked for. With `doc` NULL it is the language before there is one. */
void lang_of(char primary[LANG_MAX], const char *lang, const struct doc_info *doc, size_t member);

#endif
