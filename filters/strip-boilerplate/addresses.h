/* SPDX-License-Identifier: MIT
 * addresses.h - a site, a page or a mailbox by its address. */
#ifndef GHIRBAL_STRIP_ADDRESSES_H
#define GHIRBAL_STRIP_ADDRESSES_H

#include "common/span.h"

/* A URL, a bare domain or an e-mail address alone. */
bool address_is(struct span text);

/* A bar, dash or bracket and a bare domain end it: the name of a site beside its address. */
bool address_ends(struct span text);

#endif
