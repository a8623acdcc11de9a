/* SPDX-License-Identifier: MIT
 * command.c - programs and words. */
#include "command.h"

#include "home.h"
#include "shell.h"

static void add_framing(struct command *command, bool reads_zero, bool writes_zero)
{
	if (reads_zero && writes_zero)
		command->argv[command->argc++] = "-z";
	else if (reads_zero)
		command->argv[command->argc++] = "--read=zero";
	else if (writes_zero)
		command->argv[command->argc++] = "--write=zero";
}

/* "--NAME=VALUE", where there is a value. */
static void add_option(struct arena *arena, struct command *command, const char *name, const char *value)
{
	struct buf option = BUF_INIT;

	if (!value)
		return;
	buf_addf(&option, "--%s=%s", name, value);
	command->argv[command->argc++] = arena_copy(arena, buf_span(&option));
	buf_release(&option);
}

/* Every stage reads and writes records; the first finds the bad ones. */
static void add_records(
	struct arena *arena, struct command *command, const struct wiring *wiring, bool is_first)
{
	command->argv[command->argc++] = command->stage->is_count ? "--read=jsonl" : "-j";
	if (command->stage->is_count)
		command->argv[command->argc++] = "--write=zero"; /* a list is no record */
	else if (wiring->annotate)
		command->argv[command->argc++] = "--annotate";
	add_option(arena, command, "field", wiring->field);
	if (is_first)
		add_option(arena, command, "bad-records", wiring->bad_records);
}

/* Which documents of the whole run these are. How many records before were none only their reader knows. */
static void add_place(struct arena *arena, struct command *command, const struct wiring *wiring)
{
	struct buf number = BUF_INIT;

	if (!wiring->batch)
		return;
	buf_addf(&number, "%llu",
		wiring->jsonl ? 0ull : (unsigned long long)wiring->batch->documents_before);
	add_option(arena, command, "documents-before", buf_string(&number));
	buf_release(&number);
}

/* Where it is to say what it counted. */
static void add_stats(
	struct arena *arena, struct command *command, const struct wiring *wiring, size_t index)
{
	if (!wiring->ledger)
		return;
	command->account = &wiring->ledger->accounts[index];
	if (index == 0 && wiring->bad_to) {
		command->paths.bad = wiring->bad_records;
		command->paths.bad_to = wiring->bad_to;
	}
	if (!command->stage->filter)
		return;
	if (wiring->ledger->wants_stats)
		command->paths.stats = ledger_path(wiring->ledger, arena);
	if (wiring->ledger->wants_progress)
		command->paths.progress = ledger_path(wiring->ledger, arena);
	add_option(arena, command, "stats", command->paths.stats);
	add_option(arena, command, "progress-to", command->paths.progress);
}

/* Between filters documents end in a NUL that the user perhaps did not ask for. */
static void add_copy(struct command *command, const struct wiring *wiring, size_t index, bool writes_zero)
{
	struct tee *tee = wiring->tees ? tees_find(wiring->tees, index) : NULL;

	if (!tee)
		return;
	tee->copy.without_nul = writes_zero && !wiring->tees->keeps_nul;
	command->copy = &tee->copy;
}

static void add_pieces(struct arena *arena, struct command *command, const struct batch *batch)
{
	struct buf word = BUF_INIT;

	for (size_t i = 0; i < batch->count; i++) {
		buf_clear(&word);
		piece_add(&word, &batch->pieces[i]);
		add_option(arena, command, "piece", buf_string(&word));
	}
	buf_release(&word);
}

static void add_inputs(struct arena *arena, struct command *command, const struct wiring *wiring)
{
	if (wiring->batch && wiring->batch->pieces)
		add_pieces(arena, command, wiring->batch);
	if (wiring->decompress)
		command->argv[command->argc++] = "--decompress";
	add_option(arena, command, "files0-from", wiring->files0_from);
	if (wiring->file_count)
		command->argv[command->argc++] = "--";
	for (size_t i = 0; i < wiring->file_count; i++)
		command->argv[command->argc++] = wiring->files[i];
}

/* Whether documents end in a NUL between `stage` and the next. Next to a program that is no filter text is framed as
 * the user has it: there a program gets what it would get in a pipe of the shell. */
static bool is_zero_behind(const struct stage *stage, const struct wiring *wiring)
{
	return stage->next && stage->filter && stage->next->filter ? true : wiring->zero_out;
}

static const char *find_program(struct arena *arena, const struct stage *stage, struct trouble *trouble)
{
	const char *path =
		stage->filter ? home_program(arena, stage->name) : home_other_program(arena, stage->name);

	if (!path && stage->is_packer)
		trouble_in(trouble, "output", "cannot compress: there is no program '%s' in PATH",
			stage->name);
	else if (!path)
		trouble_on(trouble, stage->place, "cannot start stage '%s': no such program %sin PATH",
			stage->name, stage->filter ? "beside run-pipeline or " : "");
	return path;
}

struct command *commands_make(
	struct arena *arena, const struct plan *plan, const struct wiring *wiring, struct trouble *trouble)
{
	enum {
		OURS = 12
	}; /* program, framing, --annotate, --field, --bad-records, --documents-before, --stats, --progress-to, --decompress, --files0-from, "--", NULL */
	size_t inputs = wiring->file_count + (wiring->batch ? wiring->batch->count : 0);
	struct command *commands = arena_new(arena, plan->stage_count, sizeof(*commands));
	bool reads_zero = wiring->zero_in;
	size_t i = 0;

	for (const struct stage *stage = plan->stages; stage; stage = stage->next, i++) {
		struct command *command = &commands[i];
		size_t room = stage->word_count + (i ? 0 : inputs) + OURS;
		bool writes_zero = is_zero_behind(stage, wiring);

		command->stage = stage;
		command->argv = arena_new(arena, room, sizeof(*command->argv));
		command->argv[command->argc] = find_program(arena, stage, trouble);
		if (!command->argv[command->argc++])
			return NULL;
		for (size_t w = 0; w < stage->word_count; w++)
			command->argv[command->argc++] = stage->words[w];
		if (stage->is_sum) /* of lists, each ended by a NUL; what comes of them is no record, either */
			add_framing(command, true, writes_zero && !wiring->jsonl);
		else if (stage->filter && wiring->jsonl)
			add_records(arena, command, wiring, i == 0);
		else if (stage->filter)
			add_framing(command, reads_zero, writes_zero);
		if (stage->filter)
			add_place(arena, command, wiring);
		add_stats(arena, command, wiring, i);
		add_copy(command, wiring, i, writes_zero);
		if (i == 0)
			add_inputs(arena, command, wiring);
		reads_zero = writes_zero;
	}
	return commands;
}

/* What the runner does by itself: a copy, and later without its NULs. */
static void print_copy(struct buf *into, const struct copy *copy)
{
	if (!copy)
		return;
	buf_add(into, SPAN(" | tee -- "));
	shell_add_word(into, span_from(copy->name));
}

/* Behind the pipe, whose status stays that of the line. */
static void print_cleaning(struct buf *into, const struct command *commands, size_t count)
{
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		if (!commands[i].copy || !commands[i].copy->without_nul)
			continue;
		buf_add(into, any ? SPAN(" ") : SPAN("; (s=$?; sed -i 's/\\x00//g' -- "));
		shell_add_word(into, span_from(commands[i].copy->name));
		any = true;
	}
	if (any)
		buf_add(into, SPAN(" && exit $s)"));
}

void commands_print(struct buf *into, const struct command *commands, size_t count, const char *output)
{
	buf_add(into, SPAN("set -o pipefail;"));
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add(into, SPAN(" |"));
		for (size_t w = 0; w < commands[i].argc; w++) {
			buf_add_byte(into, ' ');
			shell_add_word(into, span_from(commands[i].argv[w]));
		}
		print_copy(into, commands[i].copy);
	}
	if (output) {
		buf_add(into, SPAN(" >"));
		shell_add_word(into, span_from(output));
	}
	print_cleaning(into, commands, count);
	buf_add_byte(into, '\n');
}
