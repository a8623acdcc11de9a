/* SPDX-License-Identifier: MIT
 * emoji.c - sequences of emoji, over Unicode's emoji-data.txt. */
#include "filters/normalize/emoji.h"

#include "common/unicode.h"

enum { ZWJ = 0x200D, KEYCAP = 0x20E3, AS_TEXT = 0xFE0E, AS_EMOJI = 0xFE0F };

enum { TAG_FIRST = 0xE0020, TAG_LAST = 0xE007F };

/* [0-9#*] U+FE0F U+20E3: the only sequences that begin with ASCII. */
enum { KEYCAP_COUNT = 3 };

static bool is_ascii(int32_t cp)
{
	return cp < 0x80;
}

static bool is_regional_indicator(int32_t cp)
{
	return unicode_word_break(cp) == WB_REGIONAL_INDICATOR;
}

bool emoji_is_trailer(int32_t cp)
{
	return cp == ZWJ || cp == KEYCAP || cp == AS_TEXT || cp == AS_EMOJI ||
	       (cp >= TAG_FIRST && cp <= TAG_LAST);
}

static bool contains(const int32_t *cps, size_t count, int32_t cp)
{
	for (size_t i = 0; i < count; i++)
		if (cps[i] == cp)
			return true;
	return false;
}

static bool looks_like_one(const int32_t *cps, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (cps[i] == AS_EMOJI || unicode_has(cps[i], UNICODE_EMOJI_PRESENTATION))
			return true;
	return false;
}

bool emoji_may_begin(int32_t cp)
{
	return unicode_has(cp, UNICODE_EMOJI);
}

bool emoji_goes_on(const int32_t *cps, size_t count, int32_t cp)
{
	int32_t last = cps[count - 1];

	if (is_ascii(cps[0]) && count < KEYCAP_COUNT)
		return cp == (count == 1 ? AS_EMOJI : KEYCAP);
	if (emoji_is_trailer(cp))
		return true;
	if (last == ZWJ)
		return !is_ascii(cp) && unicode_has(cp, UNICODE_EMOJI);
	if (unicode_has(cp, UNICODE_EMOJI_MODIFIER))
		return unicode_has(last, UNICODE_EMOJI_MODIFIER_BASE) || looks_like_one(cps, count);
	return count == 1 && is_regional_indicator(last) && is_regional_indicator(cp);
}

bool emoji_is_one(const int32_t *cps, size_t count)
{
	if (is_ascii(cps[0]))
		return count >= KEYCAP_COUNT && !contains(cps, count, AS_TEXT);
	return looks_like_one(cps, count) && !contains(cps, count, AS_TEXT);
}
