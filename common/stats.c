/* SPDX-License-Identifier: MIT
 * stats.c - a run in one JSON object, for logs and for whoever adds up many runs. */
#include "common/drive.h"

#include <assert.h>
#include <time.h>

#include "common/version.h"

static void add_count(void *into, const char *name, uint64_t count)
{
	buf_addf(into, ",\"%s\":%llu", name, (unsigned long long)count);
}

/* What the filter left out, by rule. */
static void add_rules(struct buf *into, const struct provenance *provenance)
{
	buf_add(into, SPAN(",\"removed\":{"));
	for (size_t i = 0; i < provenance->count_count; i++) {
		const struct rule_count *count = &provenance->counts[i];

		buf_addf(into, "%s\"%s\":{\"parts\":%llu,\"bytes\":%llu}", i ? "," : "", count->rule,
			(unsigned long long)count->parts, (unsigned long long)count->bytes);
	}
	buf_add_byte(into, '}');
}

/* Which lexicons and models were at work: name and XXH3 of each file compiled in. */
static void add_data(struct buf *into, const struct filter *filter)
{
	buf_add(into, SPAN(",\"data\":{"));
	for (const struct data_hash *data = filter->data; data && data->name; data++)
		buf_addf(into, "%s\"%s\":\"%s\"", data == filter->data ? "" : ",", data->name, data->xxh3);
	buf_add_byte(into, '}');
}

/* --- of one document ---------------------------------------------------------------------------------- */

/* A filter counts through the whole run; what it counted in one document is the difference. */
struct difference {
	struct buf *into;
	uint64_t *before; /* of TALLIES numbers */
	size_t index;
};

static void add_difference(void *ctx, const char *name, uint64_t count)
{
	struct difference *difference = ctx;
	uint64_t *before = &difference->before[difference->index++];

	assert(difference->index <= TALLIES);
	if (count > *before)
		buf_addf(difference->into, "%s\"%s\":%llu",
			difference->into->at[difference->into->len - 1] == '{' ? "" : ",", name,
			(unsigned long long)(count - *before));
	*before = count;
}

static void add_document_rules(struct buf *into, const struct provenance *provenance)
{
	bool is_first = true;

	for (size_t i = 0; i < provenance->count_count; i++) {
		const struct rule_count *count = &provenance->counts[i];

		if (count->document_parts == 0)
			continue;
		if (is_first)
			buf_addf(into, "%s\"removed\":{", into->at[into->len - 1] == '{' ? "" : ",");
		buf_addf(into, "%s\"%s\":%llu", is_first ? "" : ",", count->rule,
			(unsigned long long)count->document_parts);
		is_first = false;
	}
	if (!is_first)
		buf_add_byte(into, '}');
}

static void add_own(struct buf *into, const struct drive *drive)
{
	bool is_first = into->at[into->len - 1] == '{';
	size_t before = into->len, start;

	if (!is_first)
		buf_add_byte(into, ',');
	start = into->len;
	drive->filter->annotate(drive->state, into);
	if (into->len == start)
		into->len = before;
}

void drive_annotate(void *ctx, struct buf *into)
{
	struct drive *drive = ctx;
	struct difference difference = { into, drive->tallies, 0 };

	buf_add_byte(into, '{');
	add_difference(&difference, "repairs", drive->repair.bad_parts);
	if (drive->filter->counts)
		drive->filter->counts(drive->state, add_difference, &difference);
	add_document_rules(into, &drive->provenance);
	if (drive->filter->annotate)
		add_own(into, drive);
	buf_add_byte(into, '}');
}

/* --- of the run ----------------------------------------------------------------------------------------- */

static double cpu_seconds(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void drive_stats(struct buf *into, const struct drive *drive)
{
	const struct filter *filter = drive->filter;

	buf_addf(into, "{\"program\":\"%s\",\"version\":\"%s\",\"status\":%d", filter->name,
		GHIRBAL_VERSION, (int)drive->status);
	add_count(into, "documents", drive->documents);
	add_count(into, "bad_records", drive->rejected);
	add_count(into, "bytes_in", drive->bytes_in);
	add_count(into, "lines_in", drive->lines_in);
	add_count(into, "bytes_out", drive->provenance.bytes_out);
	add_count(into, "lines_out", drive->provenance.lines_out);
	add_count(into, "repairs", drive->repair.bad_parts);
	if (filter->counts)
		filter->counts(drive->state, add_count, into);
	if (filter->selects)
		add_rules(into, &drive->provenance);
	buf_addf(into, ",\"wall_seconds\":%.6f,\"cpu_seconds\":%.6f", progress_clock() - drive->started,
		cpu_seconds());
	add_data(into, filter);
	buf_add(into, SPAN("}\n"));
}
