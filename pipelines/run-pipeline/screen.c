/* SPDX-License-Identifier: MIT
 * screen.c - lines drawn over each other. Control sequences of ECMA-48: CUU (up), ED (erase to the end). */
#include "screen.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include "common/file.h"

enum { WIDTH = 80, LEAST_WIDTH = 20 }; /* columns, where the terminal does not say or says nonsense */

bool screen_is_welcome(const char *output, bool asked)
{
	return isatty(STDERR_FILENO) && (asked || output || progress_is_welcome());
}

void screen_open(
	struct screen *screen, const struct plan *plan, const struct ledger *ledger, uint64_t total)
{
	*screen = (struct screen){ .plan = plan, .ledger = ledger };
	progress_start(&screen->whole, plan->pipeline.name, total);
}

/* --- lines -------------------------------------------------------------------------------------------------- */

static int id_width(const struct plan *plan)
{
	size_t width = 0;

	for (const struct stage *stage = plan->stages; stage; stage = stage->next)
		if (strlen(stage->id) > width)
			width = strlen(stage->id);
	return (int)width;
}

/* How much less comes out than goes in: nothing to tell of stages that make more of it. */
static void add_share(struct buf *into, const struct extent *extent)
{
	if (extent->read && extent->written < extent->read)
		buf_addf(into, ", %.1f%% dropped",
			100.0 * (double)(extent->read - extent->written) / (double)extent->read);
}

static void add_stage(struct buf *into, const struct extent *extent, double seconds)
{
	buf_addf(into, "  %llu documents, ", (unsigned long long)extent->documents);
	progress_add_size(into, (double)extent->read);
	buf_add(into, SPAN(", "));
	progress_add_size(into, seconds > 0 ? (double)extent->read / seconds : 0);
	buf_add(into, SPAN("/s"));
	add_share(into, extent);
}

/* Cuts the line that begins at `start`, and ends it. Names and numbers are ASCII: a byte is a column. */
static void end_line(struct buf *into, size_t start, size_t columns)
{
	if (into->len - start > columns)
		into->len = start + columns;
	buf_add_byte(into, '\n');
}

void screen_lines(struct buf *into, const struct screen *screen, double seconds, size_t columns)
{
	const struct account *account = screen->ledger->accounts;
	struct progress whole = screen->whole;
	size_t start = into->len;
	int width = id_width(screen->plan);

	whole.done = account->extent.read;
	progress_line(into, &whole, seconds);
	end_line(into, start, columns);
	for (const struct stage *stage = screen->plan->stages; stage; stage = stage->next, account++) {
		start = into->len;
		buf_addf(into, "  %-*s", width, stage->id);
		if (account->extent.read)
			add_stage(into, &account->extent, seconds);
		end_line(into, start, columns);
	}
}

/* --- the terminal ------------------------------------------------------------------------------------------- */

static size_t terminal_columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < LEAST_WIDTH)
		return WIDTH - 1;
	return size.ws_col - 1u;
}

static void go_back(struct buf *into, const struct screen *screen)
{
	if (screen->lines)
		buf_addf(into, "\033[%zuA\r\033[J", screen->lines);
}

void screen_clear(struct screen *screen)
{
	struct buf text = BUF_INIT;

	if (!screen)
		return;
	go_back(&text, screen);
	file_write_all(STDERR_FILENO, buf_span(&text));
	buf_release(&text);
	screen->lines = 0;
}

void screen_draw(struct screen *screen)
{
	struct buf text = BUF_INIT;
	double now;

	if (!screen)
		return;
	now = progress_clock();
	if ((now - screen->whole.shown) * 1000 < SCREEN_MS)
		return;
	screen->whole.shown = now;
	go_back(&text, screen);
	screen_lines(&text, screen, now - screen->whole.started, terminal_columns());
	file_write_all(STDERR_FILENO, buf_span(&text));
	buf_release(&text);
	screen->lines = screen->plan->stage_count + 1;
}
