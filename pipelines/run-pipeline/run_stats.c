/* SPDX-License-Identifier: MIT
 * run_stats.c - the object, member by member. */
#include "run_stats.h"

#include <sys/wait.h>
#include <xxhash.h>

#include "common/json_string.h"
#include "common/version.h"

static void add_text(struct buf *into, const char *text)
{
	buf_add_byte(into, '"');
	json_escape_bytes(into, span_from(text), CPU_SCALAR);
	buf_add_byte(into, '"');
}

static void add_member(struct buf *into, const char *name, const char *text)
{
	buf_addf(into, ",\"%s\":", name);
	add_text(into, text);
}

void plan_hash_add(struct buf *into, const struct plan *plan)
{
	struct buf words = BUF_INIT;
	XXH128_hash_t hash;

	for (const struct stage *at = plan->stages; at && !at->is_packer; at = at->next) {
		const struct stage *stage = at->instead_of ? at->instead_of : at;

		if (at->is_count)
			continue;
		buf_add(&words, span_of(stage->name, strlen(stage->name) + 1));
		for (size_t i = 0; i < stage->word_count; i++)
			buf_add(&words, span_of(stage->words[i], strlen(stage->words[i]) + 1));
		buf_add_byte(&words, '\0');
	}
	hash = XXH3_128bits(words.at, words.len);
	buf_addf(into, "%016llx%016llx", (unsigned long long)hash.high64, (unsigned long long)hash.low64);
	buf_release(&words);
}

static void add_parameters(struct buf *into, const struct plan *plan)
{
	buf_add(into, SPAN(",\"parameters\":{"));
	for (const struct param *param = plan->pipeline.params; param; param = param->next) {
		buf_addf(into, "%s\"%s\":", param == plan->pipeline.params ? "" : ",", param->name);
		if (param->value)
			add_text(into, param->value);
		else
			buf_add(into, SPAN("null"));
	}
	buf_add_byte(into, '}');
}

static void add_arguments(struct buf *into, const struct stage *stage)
{
	buf_add(into, SPAN(",\"arguments\":["));
	for (size_t i = 0; i < stage->word_count; i++) {
		if (i)
			buf_add_byte(into, ',');
		add_text(into, stage->words[i]);
	}
	buf_add_byte(into, ']');
}

/* How it ended: what of many runs was worst; of none nothing is known. */
static void add_end(struct buf *into, const struct account *account)
{
	if (account->runs == 0)
		buf_add(into, SPAN(",\"exit\":null"));
	else if (WIFSIGNALED(account->status))
		buf_addf(into, ",\"signal\":%d", WTERMSIG(account->status));
	else
		buf_addf(into, ",\"exit\":%d", WEXITSTATUS(account->status));
}

static void add_stage(struct buf *into, const struct stage *stage, const struct account *account)
{
	buf_add(into, SPAN("{\"id\":"));
	add_text(into, stage->id);
	add_member(into, "program", stage->name);
	add_arguments(into, stage);
	buf_addf(into, ",\"runs\":%zu", account->runs);
	add_end(into, account);
	buf_addf(into, ",\"wall_seconds\":%.6f,\"cpu_seconds\":%.6f,\"peak_bytes\":%zu",
		account->last - account->first, account->cpu, account->peak);
	if (account->tally.root) {
		buf_add(into, SPAN(",\"stats\":"));
		tally_print(into, &account->tally);
	}
	buf_add_byte(into, '}');
}

void run_stats_add(
	struct buf *into, const struct plan *plan, const struct ledger *ledger, const struct run_sum *sum)
{
	const struct account *account = ledger->accounts;

	buf_add(into, SPAN("{\"program\":\"run-pipeline\",\"version\":\"" GHIRBAL_VERSION "\""));
	add_member(into, "pipeline", plan->pipeline.name);
	buf_add(into, SPAN(",\"plan\":\""));
	plan_hash_add(into, plan);
	buf_add_byte(into, '"');
	add_parameters(into, plan);
	buf_addf(into, ",\"status\":%d,\"jobs\":%d,\"wall_seconds\":%.6f,\"cpu_seconds\":%.6f,\"stages\":[",
		sum->status, sum->jobs, sum->wall, sum->cpu);
	for (const struct stage *stage = plan->stages; stage; stage = stage->next, account++) {
		if (stage != plan->stages)
			buf_add_byte(into, ',');
		add_stage(into, stage, account);
	}
	buf_add(into, SPAN("]}\n"));
}
