/* SPDX-License-Identifier: MIT
 * parts_folder.c - texts of the files, and putting them in place. */
#include "parts_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/file.h"
#include "common/json_string.h"
#include "common/temporary.h"
#include "common/version.h"
#include "run_stats.h"
#include "shell.h"

#include "run-pipeline/scripts.inc"

/* --- texts ------------------------------------------------------------------------------------------------ */

/* A double-quoted text, of JSON as of YAML. */
static void add_text(struct buf *into, const char *text)
{
	buf_add_byte(into, '"');
	json_escape_bytes(into, span_from(text), CPU_SCALAR);
	buf_add_byte(into, '"');
}

static void add_variable(struct buf *into, const char *name, const char *text)
{
	buf_addf(into, "%s=", name);
	shell_add_word(into, span_from(text));
	buf_add_byte(into, '\n');
}

/* What the pipeline of a phase says of a word: sides are parameters, and a dollar stands for itself. */
static void add_argument(struct buf *into, const char *word)
{
	struct buf text = BUF_INIT;
	const char *side = strstr(word, "=@");
	size_t len = side ? (size_t)(side - word) + 1 : strlen(word);

	for (size_t i = 0; i < len; i++) {
		if (word[i] == '$')
			buf_add_byte(&text, '$');
		buf_add_byte(&text, word[i]);
	}
	if (side)
		buf_addf(&text, "${%.*s}", (int)strcspn(side + 2, "/"), side + 2);
	add_text(into, buf_string(&text));
	buf_release(&text);
}

static void add_ok_exit(struct buf *into, const struct cut_stage *stage)
{
	const char *comma = "";

	if (!stage->ok_exit)
		return;
	buf_add(into, SPAN("\n    ok-exit: ["));
	for (int i = 0; i < STAGE_STATUSES; i++)
		if (stage->ok_exit[i]) {
			buf_addf(into, "%s\"%d\"", comma, i);
			comma = ", ";
		}
	buf_add_byte(into, ']');
}

static void add_yaml(struct buf *into, const struct cut_phase *phase)
{
	buf_addf(into, "ghirbal: 1\nname: phase\nsummary: %s\n", phase->name);
	if (phase->sides || phase->writes_aside)
		buf_add(into, SPAN("params:\n"));
	for (const struct cut_side *side = phase->sides; side; side = side->next)
		buf_addf(into, "  %s: {type: path}\n", side->name);
	if (phase->writes_aside)
		buf_add(into, SPAN("  out: {type: path}\n"));
	buf_add(into, SPAN("stages:\n"));
	for (const struct cut_stage *stage = phase->stages; stage; stage = stage->next) {
		buf_add(into, SPAN("  - run: "));
		add_text(into, stage->name);
		buf_add(into, SPAN("\n    args: ["));
		for (const char **word = stage->words; *word; word++) {
			buf_add(into, word == stage->words ? SPAN("") : SPAN(", "));
			add_argument(into, *word);
		}
		buf_add_byte(into, ']');
		add_ok_exit(into, stage);
		buf_add_byte(into, '\n');
	}
}

static void add_shell_words(struct buf *into, const struct cut_phase *phase)
{
	buf_add(into, SPAN("program="));
	shell_add_word(into, span_from(phase->stages->name));
	buf_add(into, SPAN("\nwords=("));
	for (const char **word = phase->stages->words; *word; word++) {
		buf_add(into, word == phase->stages->words ? SPAN("") : SPAN(" "));
		shell_add_word(into, span_from(*word));
	}
	buf_add(into, SPAN(")\n"));
}

static const char *phase_name(const struct cut *cut, int phase)
{
	return phase == CUT_SOURCE ? "source" : cut->phases[phase].name;
}

/* What run-part reads of a phase. */
static void add_shell(struct buf *into, const struct cut *cut, const struct cut_phase *phase)
{
	buf_addf(into, "tasks=%zu\ndeal=%s\nwork=%s\n", phase->tasks, phase_deal_words[phase->deal],
		phase_work_words[phase->work]);
	buf_addf(into,
		"reads=%s\nreads_rows=%d\nwrites_rows=%d\nwrites_aside=%d\nis_dealt=%d\nis_last_level=%d\n",
		phase_name(cut, phase->reads), phase->reads_rows, phase->writes_rows, phase->writes_aside,
		phase->is_dealt, phase->is_last_level);
	buf_addf(into, "in=%s\nout=%s\nruns_programs=%d\n", cut_framing_words[phase->in],
		cut_framing_words[phase->out], phase->runs_programs);
	buf_add(into, SPAN("sides=("));
	for (const struct cut_side *side = phase->sides; side; side = side->next)
		buf_addf(into, "%s%s=%s/%s", side == phase->sides ? "" : " ", side->name,
			phase_name(cut, side->phase), side->share);
	buf_add(into, SPAN(")\n"));
	add_shell_words(into, phase);
}

static void add_folder_shell(struct buf *into, const struct parts_plan *plan)
{
	const struct cut *cut = plan->cut;

	add_variable(into, "bin", plan->bin);
	add_variable(into, "prefix", plan->prefix);
	add_variable(into, "field", plan->options->field ? plan->options->field : "");
	buf_addf(into, "parts=%zu\nbuckets=%zu\nbranches=%d\nphases=(", plan->parts->parts, cut->buckets,
		CUT_BRANCHES);
	for (size_t i = 0; i < cut->count; i++)
		buf_addf(into, "%s%s", i ? " " : "", cut->phases[i].name);
	buf_add(into, SPAN(")\n"));
}

static void add_make(struct buf *into, const struct cut *cut)
{
	buf_add(into, SPAN("PHASES :="));
	for (size_t i = 0; i < cut->count; i++)
		buf_addf(into, " %s", cut->phases[i].name);
	buf_add_byte(into, '\n');
	for (size_t i = 0; i < cut->count; i++)
		buf_addf(into, "tasks.%s := %zu\nafter.%s := %s\n", cut->phases[i].name,
			cut->phases[i].tasks, cut->phases[i].name, i ? cut->phases[i - 1].name : "");
}

static void add_parameters(struct buf *into, const struct plan *plan)
{
	buf_add(into, SPAN(",\n\"parameters\":{"));
	for (const struct param *param = plan->pipeline.params; param; param = param->next) {
		buf_add(into, param == plan->pipeline.params ? SPAN("") : SPAN(","));
		add_text(into, param->name);
		buf_add_byte(into, ':');
		add_text(into, param->value ? param->value : "");
	}
	buf_add_byte(into, '}');
}

static void add_stage_json(struct buf *into, const struct cut_stage *stage)
{
	buf_add(into, SPAN("["));
	add_text(into, stage->name);
	for (const char **word = stage->words; *word; word++) {
		buf_add_byte(into, ',');
		add_text(into, *word);
	}
	buf_add_byte(into, ']');
}

static void add_phase_json(struct buf *into, const struct cut *cut, const struct cut_phase *phase)
{
	buf_add(into, SPAN("{\"name\":"));
	add_text(into, phase->name);
	buf_addf(into, ",\"tasks\":%zu,\"gets\":\"%s\",\"reads\":\"%s\",\"writes\":\"%s\",\"whole\":%s",
		phase->tasks, phase_deal_words[phase->deal], phase_name(cut, phase->reads),
		phase->writes_rows ? "rows" : "documents", phase->is_whole ? "true" : "false");
	if (phase->work != PHASE_FILTER) {
		buf_addf(into, ",\"work\":\"%s\"}", phase_work_words[phase->work]);
		return;
	}
	buf_add(into, SPAN(",\"stages\":["));
	for (const struct cut_stage *stage = phase->stages; stage; stage = stage->next) {
		buf_add(into, stage == phase->stages ? SPAN("") : SPAN(","));
		add_stage_json(into, stage);
	}
	buf_add(into, SPAN("]}"));
}

/* A member a line, so that what differs can be shown. */
static void add_plan(struct buf *into, const struct parts_plan *plan)
{
	const struct options *options = plan->options;

	buf_addf(into, "{\"ghirbal\":\"%s\",\n\"pipeline\":", GHIRBAL_VERSION);
	add_text(into, plan->plan->pipeline.name);
	buf_add(into, SPAN(",\n\"plan\":\""));
	plan_hash_add(into, plan->plan);
	buf_add_byte(into, '"');
	add_parameters(into, plan->plan);
	buf_addf(into, ",\n\"framing\":\"%s\",\n\"field\":",
		options->jsonl             ? "jsonl"
		: options->zero_terminated ? "zero"
					   : "text");
	add_text(into, options->field ? options->field : "text");
	buf_addf(into, ",\n\"part_size\":%" PRId64 ",\n\"parts\":%zu,\n\"buckets\":%zu,\n\"phases\":[\n",
		options->part_size, plan->parts->parts, plan->cut->buckets);
	for (size_t i = 0; i < plan->cut->count; i++) {
		add_phase_json(into, plan->cut, &plan->cut->phases[i]);
		buf_add(into, i + 1 < plan->cut->count ? SPAN(",\n") : SPAN("\n"));
	}
	buf_add(into, SPAN("]}\n"));
}

static void add_names(struct buf *into, const struct parts *parts)
{
	for (size_t i = 0; i < parts->count; i++)
		buf_add(into, span_of(parts->pieces[i].path, strlen(parts->pieces[i].path) + 1));
}

/* --- a folder that is there ------------------------------------------------------------------------------- */

static bool read_in(const char *folder, const char *name, struct buf *into)
{
	struct buf path = BUF_INIT;
	bool good;

	buf_addf(&path, "%s/%s", folder, name);
	good = file_read(into, buf_string(&path), SIZE_MAX);
	buf_release(&path);
	return good;
}

/* The line of `text` that byte `at` is in. */
static struct span line_around(struct span text, size_t at)
{
	size_t start = at < text.len ? at : text.len;

	while (start && text.at[start - 1] != '\n')
		start--;
	return span_head(span_skip(text, start), span_find(span_skip(text, start), '\n'));
}

/* Whether the file says what it would now; else `why` says where they part. */
static bool is_same(const char *folder, const char *name, struct span now, struct diag *why)
{
	struct buf was = BUF_INIT;
	struct span then, old_line, new_line;
	size_t at = 0;
	bool same = false;

	if (!read_in(folder, name, &was)) {
		diag_set(why, "'%s/%s': %s", folder, name, strerror(errno));
		goto out;
	}
	then = buf_span(&was);
	same = span_equal(then, now);
	if (same)
		goto out;
	while (at < then.len && at < now.len && then.at[at] == now.at[at])
		at++;
	old_line = line_around(then, at);
	new_line = line_around(now, at);
	diag_set(why,
		"'%s' was made otherwise, so parts would not fit: %s says %.*s, now it is %.*s; name another folder",
		folder, name, (int)old_line.len, old_line.at, (int)new_line.len, new_line.at);
out:
	buf_release(&was);
	return same;
}

static enum status compare(const char *folder, const struct parts_plan *plan, struct diag *why)
{
	struct buf text = BUF_INIT;
	bool same = is_same(folder, "versions", span_from(plan->versions), why);

	if (same) {
		add_plan(&text, plan);
		same = is_same(folder, "plan.json", buf_span(&text), why);
	}
	if (same) {
		buf_clear(&text);
		parts_print(&text, plan->parts);
		same = is_same(folder, "parts.tsv", buf_span(&text), why);
	}
	buf_release(&text);
	return same ? STATUS_DONE : STATUS_USAGE;
}

/* --- making it -------------------------------------------------------------------------------------------- */

struct making {
	const char *folder; /* unfinished */
	struct diag *why;
	struct buf text, path;
	bool failed;
};

static void failed(struct making *making, const char *name)
{
	if (!making->failed)
		diag_set(making->why, "cannot write '%s': %s", name, strerror(errno));
	making->failed = true;
}

static const char *path_in(struct making *making, const char *name)
{
	buf_clear(&making->path);
	buf_addf(&making->path, "%s/%s", making->folder, name);
	return buf_string(&making->path);
}

static void make_folder(struct making *making, const char *name)
{
	if (!making->failed && mkdir(path_in(making, name), 0777) != 0)
		failed(making, name);
}

/* Writes what was gathered in `text`, which is empty then. */
static void make_file(struct making *making, const char *name, mode_t mode)
{
	const char *path = path_in(making, name);
	int fd = making->failed ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

	if (!making->failed && (fd < 0 || !file_write_all(fd, buf_span(&making->text)) || fsync(fd) != 0))
		failed(making, name);
	if (fd >= 0)
		close(fd);
	buf_clear(&making->text);
}

static void make_phase(struct making *making, const struct cut *cut, const struct cut_phase *phase)
{
	static const char *const folders[] = { "work", "done", "log", "bad", NULL };
	struct buf name = BUF_INIT;

	for (size_t i = 0; folders[i]; i++) {
		buf_clear(&name);
		buf_addf(&name, "%s/%s", folders[i], phase->name);
		make_folder(making, buf_string(&name));
	}
	buf_clear(&name);
	buf_addf(&name, "phases/%s.sh", phase->name);
	add_shell(&making->text, cut, phase);
	make_file(making, buf_string(&name), 0666);
	buf_clear(&name);
	buf_addf(&name, "phases/%s.yaml", phase->name);
	add_yaml(&making->text, phase);
	make_file(making, buf_string(&name), 0666);
	buf_release(&name);
}

static void make_scripts(struct making *making)
{
	for (size_t i = 0; i < sizeof(data_files) / sizeof(data_files[0]); i++) {
		struct buf name = BUF_INIT;
		bool is_make = span_equal(data_files[i].name, SPAN("Makefile"));

		buf_add(&name, data_files[i].name);
		buf_add(&making->text, data_files[i].text);
		make_file(making, buf_string(&name), is_make ? 0666 : 0777);
		buf_release(&name);
	}
}

static void make_link(struct making *making, const struct cut *cut)
{
	struct buf target = BUF_INIT;

	buf_addf(&target, "work/%s", cut->phases[cut->count - 1].name);
	if (!making->failed && symlink(buf_string(&target), path_in(making, "out")) != 0)
		failed(making, "out");
	buf_release(&target);
}

static void make_all(struct making *making, const struct parts_plan *plan)
{
	static const char *const folders[] = { "phases", "work", "done", "log", "bad", NULL };

	for (size_t i = 0; folders[i]; i++)
		make_folder(making, folders[i]);
	for (size_t i = 0; i < plan->cut->count; i++)
		make_phase(making, plan->cut, &plan->cut->phases[i]);
	add_plan(&making->text, plan);
	make_file(making, "plan.json", 0666);
	buf_add(&making->text, span_from(plan->versions));
	make_file(making, "versions", 0666);
	parts_print(&making->text, plan->parts);
	make_file(making, "parts.tsv", 0666);
	add_names(&making->text, plan->parts);
	make_file(making, "inputs0", 0666);
	add_folder_shell(&making->text, plan);
	make_file(making, "folder.sh", 0666);
	add_make(&making->text, plan->cut);
	make_file(making, "phases.mk", 0666);
	make_scripts(making);
	make_link(making, plan->cut);
}

static enum status make(const char *folder, const struct parts_plan *plan, struct diag *why)
{
	struct making making = { .why = why };
	char *name;

	if (!temporary_create_folder(folder, &name)) {
		diag_set(why, "cannot make '%s': %s", folder, strerror(errno));
		return STATUS_FAILED;
	}
	making.folder = name;
	make_all(&making, plan);
	if (!making.failed && (chmod(name, 0777 & ~umask(0)) != 0 || rename(name, folder) != 0))
		failed(&making, folder);
	temporary_forget(name, making.failed);
	free(name);
	buf_release(&making.text);
	buf_release(&making.path);
	return making.failed ? STATUS_FAILED : STATUS_DONE;
}

enum status parts_folder_make(const char *folder, const struct parts_plan *plan, struct diag *why)
{
	struct buf path = BUF_INIT;
	bool is_there;

	buf_addf(&path, "%s/plan.json", folder);
	is_there = access(buf_string(&path), F_OK) == 0;
	buf_release(&path);
	return is_there ? compare(folder, plan, why) : make(folder, plan, why);
}
