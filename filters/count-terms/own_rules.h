/* SPDX-License-Identifier: MIT
 * own_rules.h - the rules of words for one more thread: what cannot be shared is opened once more. */
#ifndef GHIRBAL_OWN_RULES_H
#define GHIRBAL_OWN_RULES_H

#include "filters/count-terms/vocabulary.h"

/* Zero bytes make none. It must not move. */
struct own_rules {
	struct vocabulary_rules rules;
	struct keyer keyer;
};

/* The same as `of`, from which it borrows the stop words. False with `why`; release in any case. */
bool own_rules_open(struct own_rules *own, const struct vocabulary_rules *of, const struct host *host,
	struct diag *why);

void own_rules_release(struct own_rules *own);

#endif
