/* SPDX-License-Identifier: MIT
 * progress.c - how far a long run is. */
#include "common/progress.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/file.h"

double progress_clock(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

bool progress_is_welcome(void)
{
	struct stat out;

	if (!isatty(STDERR_FILENO) || isatty(STDOUT_FILENO))
		return false;
	return fstat(STDOUT_FILENO, &out) == 0 && !S_ISFIFO(out.st_mode) && !S_ISSOCK(out.st_mode);
}

void progress_start(struct progress *progress, const char *name, uint64_t total)
{
	*progress = (struct progress){
		.is_on = true, .name = name, .total = total, .started = progress_clock()
	};
	progress->shown = progress->started + 0.8; /* the first line comes after one second */
}

void progress_add_size(struct buf *into, double bytes)
{
	static const char *const units[] = { "B", "KB", "MB", "GB", "TB" };
	size_t unit = 0;

	while (bytes >= 1000 && unit < sizeof(units) / sizeof(units[0]) - 1) {
		bytes /= 1000;
		unit++;
	}
	buf_addf(into, unit && bytes < 100 ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
}

static void add_duration(struct buf *into, double seconds)
{
	unsigned long left = (unsigned long)(seconds + 0.5);

	if (left >= 3600)
		buf_addf(into, "%lu:%02lu:%02lu", left / 3600, left / 60 % 60, left % 60);
	else
		buf_addf(into, "%lu:%02lu", left / 60, left % 60);
}

void progress_line(struct buf *into, const struct progress *progress, double seconds)
{
	double done = (double)progress->done, total = (double)progress->total;
	double rate = seconds > 0 ? done / seconds : 0;

	buf_addf(into, "%s: ", progress->name);
	progress_add_size(into, done);
	if (progress->total) {
		buf_add(into, SPAN(" of "));
		progress_add_size(into, total);
		buf_addf(into, ", %.0f%%", done < total ? done * 100 / total : 100.0);
	}
	buf_add(into, SPAN(", "));
	progress_add_size(into, rate);
	buf_add(into, SPAN("/s"));
	if (progress->total && rate > 0 && done < total) {
		buf_add(into, SPAN(", "));
		add_duration(into, (total - done) / rate);
		buf_add(into, SPAN(" left"));
	}
}

static void draw(struct progress *progress, double seconds)
{
	struct buf line = BUF_INIT;

	buf_add(&line, SPAN("\r"));
	progress_line(&line, progress, seconds);
	buf_add(&line, SPAN("\033[K")); /* to the end of the line, what was longer */
	file_write_all(STDERR_FILENO, buf_span(&line));
	buf_release(&line);
	progress->is_drawn = true;
}

void progress_add(struct progress *progress, uint64_t bytes)
{
	double time;

	if (!progress->is_on)
		return;
	progress->done += bytes;
	time = progress_clock();
	if (time - progress->shown < 0.2)
		return;
	progress->shown = time;
	draw(progress, time - progress->started);
}

void progress_clear(struct progress *progress)
{
	if (progress->is_drawn)
		file_write_all(STDERR_FILENO, SPAN("\r\033[K"));
	progress->is_drawn = false;
}
