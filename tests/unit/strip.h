/* SPDX-License-Identifier: MIT
 * strip.h - what strip-boilerplate makes of a text, and an article to try it on. */
#ifndef GHIRBAL_TEST_STRIP_H
#define GHIRBAL_TEST_STRIP_H

#include "tests/unit/check.h"

#include "filters/strip-boilerplate/strip_boilerplate.h"
#include "tests/unit/drive.h"

static inline void becomes(const char *input, const char *output)
{
	struct driven driven = { 0 };

	assert_string_equal(drive_text(&driven, &strip_boilerplate, NULL, input), output);
	driven_release(&driven);
}

#define TITLE "عودة العبّارة إلى الميناء\n"
#define BODY  "قال مدير الميناء إن العبّارة عادت صباح اليوم بعد عام من الإصلاح في الحوض.\n"
#define MORE  "وأضاف أن الرحلات ستنتظم ابتداء من الأسبوع المقبل بواقع رحلتين كل يوم.\n"

#endif
