/* SPDX-License-Identifier: MIT
 * escape.c - recognises terminal escape sequences, one code point at a time. */
#include "filters/normalize/escape.h"

enum { BEL = 0x07, ESC = 0x1B };

static enum escape_step refuse(struct escape *escape)
{
	escape->state = ESCAPE_NONE;
	return ESCAPE_REFUSED;
}

static enum escape_step finish(struct escape *escape)
{
	escape->state = ESCAPE_NONE;
	escape->held_count = 0;
	return ESCAPE_TAKEN;
}

static enum escape_step go_on(struct escape *escape, int32_t cp, enum escape_state state)
{
	if (escape->held_count == ESCAPE_LONGEST)
		return refuse(escape);
	escape->held[escape->held_count++] = cp;
	escape->state = state;
	return ESCAPE_TAKEN;
}

static bool is_between(int32_t cp, int32_t first, int32_t last)
{
	return cp >= first && cp <= last;
}

static enum escape_step feed_begun(struct escape *escape, int32_t cp)
{
	switch (cp) {
	case '[':
		return go_on(escape, cp, ESCAPE_CONTROL);
	case ']': /* operating system command */
	case 'P': /* device control */
	case '^': /* privacy message */
	case '_': /* application program command */
		return go_on(escape, cp, ESCAPE_STRING);
	case '(':
	case ')':
		return go_on(escape, cp, ESCAPE_CHARSET);
	default:
		return refuse(escape);
	}
}

static enum escape_step feed_control(struct escape *escape, int32_t cp)
{
	if (escape->state == ESCAPE_CONTROL && is_between(cp, 0x30, 0x3F))
		return go_on(escape, cp, ESCAPE_CONTROL);
	if (is_between(cp, 0x20, 0x2F))
		return go_on(escape, cp, ESCAPE_FINISHING);
	return is_between(cp, 0x40, 0x7E) ? finish(escape) : refuse(escape);
}

/* A string stays in its line: text must not vanish because an ESC came before it. */
static enum escape_step feed_string(struct escape *escape, int32_t cp)
{
	if (cp == BEL)
		return finish(escape);
	if (cp == ESC)
		return go_on(escape, cp, ESCAPE_STRING_ENDING);
	if (cp < 0x20 || cp == 0x2028 || cp == 0x2029)
		return refuse(escape);
	return go_on(escape, cp, ESCAPE_STRING);
}

void escape_begin(struct escape *escape)
{
	escape->state = ESCAPE_BEGUN;
	escape->held_count = 0;
}

enum escape_step escape_feed(struct escape *escape, int32_t cp)
{
	switch (escape->state) {
	case ESCAPE_BEGUN:
		return feed_begun(escape, cp);
	case ESCAPE_CONTROL:
	case ESCAPE_FINISHING:
		return feed_control(escape, cp);
	case ESCAPE_STRING:
		return feed_string(escape, cp);
	case ESCAPE_STRING_ENDING:
		return cp == '\\' ? finish(escape) : refuse(escape);
	case ESCAPE_CHARSET:
		return is_between(cp, '0', '9') || is_between(cp, 'A', 'Z') ? finish(escape)
									    : refuse(escape);
	case ESCAPE_NONE:
		break;
	}
	return refuse(escape);
}
