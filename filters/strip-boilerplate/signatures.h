/* SPDX-License-Identifier: MIT
 * signatures.h - who wrote and edited a story, as agencies and papers sign: initials, the end of the report, a name with
 * its place or paper.
 *
 * All are known by their form; where one may stand is for the caller to say. General knowledge of what agencies print. */
#ifndef GHIRBAL_STRIP_SIGNATURES_H
#define GHIRBAL_STRIP_SIGNATURES_H

#include "clitics.h"

/* Single letters with spaces, dots, dashes or slashes between them: "م ق/ ف ح", "N. B. H.". Capitals have a dot each. */
bool signature_is_initials(const struct lookup *lookup, const struct word *words, size_t count);

/* Initials and agencies, with slashes or commas between them, perhaps in brackets and with a day at the end: "mkl/dpa",
 * "ptz/AFP/Reuters", "(APA, red, 14.3.2024)". */
bool signature_is_desk(const struct lookup *lookup, const struct word *words, size_t count);

/* A listed last word of reports ("/end/") with numbers and initials around it, or a word or two of two or three letters
 * between dashes: "- مل -". */
bool signature_is_end(const struct lookup *lookup, const struct word *words, size_t count);

/* Two short names with one dash, bar or slash between them, one of them a person by a listed given name: "The Harbour -
 * Jane Roe". */
bool signature_is_pair(const struct lookup *lookup, const struct word *words, size_t count);

/* Places, days and an agency, and behind a sign who reports: "Place 23-11-2024 Agency - Jane Roe". */
bool signature_is_dateline(const struct lookup *lookup, const struct word *words, size_t count);

/* A word for who wrote it, a name of two words or more, and behind a comma or dash who that is: "By Jane Roe, harbour
 * reporter". */
bool signature_is_presented(const struct lookup *lookup, const struct word *words, size_t count);

/* Two Arabic words, the second one of those that say where somebody comes from, as names of families do. */
bool signature_is_by_origin(const struct lookup *lookup, const struct word *words, size_t count);

/* A listed label, a comma, and who or what that is: "Role, Harbour reporter". */
bool signature_is_role(const struct lookup *lookup, const struct word *words, size_t count);

/* A listed label without a sign, and a person by a listed given name: "Dr. Jane Roe". */
bool signature_is_titled(const struct lookup *lookup, const struct word *words, size_t count);

/* A few words without signs or numbers, such as say who a person is: "a novelist living in Oran". */
bool signature_may_describe(const struct word *words, size_t count);

#endif
