/* SPDX-License-Identifier: MIT
 * form.c - segments are gathered here and normalized by common/nfc.c. */
#include "filters/normalize/form.h"

#include "common/nfc.h"
#include "common/unicode.h"
#include "common/utf8.h"

/* A run of marks that was long once is no reason to keep its memory. */
enum { HELD_KEPT = 64 * 1024 };

void form_flush(struct form *form)
{
	if (form->held.len == 0)
		return;
	if (form->is_plain)
		buf_add(&form->out->gathered, buf_span(&form->held));
	else
		nfc_add(&form->out->gathered, buf_span(&form->held));
	writer_settle(form->out);
	if (form->held.cap > HELD_KEPT)
		buf_release(&form->held);
	else
		buf_clear(&form->held);
}

void form_add(struct form *form, int32_t cp)
{
	if (!form->composes) {
		utf8_add(&form->out->gathered, cp);
		writer_settle(form->out);
		return;
	}
	if (unicode_starts_nfc_segment(cp)) {
		form_flush(form);
		form->is_plain = !unicode_has(cp, UNICODE_NFC_NO);
	} else {
		form->is_plain = false;
	}
	utf8_add(&form->held, cp);
}

void form_release(struct form *form)
{
	buf_release(&form->held);
}
