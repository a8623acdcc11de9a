/* SPDX-License-Identifier: MIT
 * own_rules.c - the rules of words for one more thread. */
#include "filters/count-terms/own_rules.h"

bool own_rules_open(
	struct own_rules *own, const struct vocabulary_rules *of, const struct host *host, struct diag *why)
{
	own->rules = *of;
	own->rules.keyer = &own->keyer;
	own->rules.stem = NULL;
	if (!keyer_open(&own->keyer, of->keyer->kind, host, why))
		return false;
	return !of->stem || (own->rules.stem = stem_new(of->stem_lang, why));
}

void own_rules_release(struct own_rules *own)
{
	keyer_release(&own->keyer);
	if (own->rules.stem)
		stem_free(own->rules.stem);
	own->rules.stem = NULL;
}
