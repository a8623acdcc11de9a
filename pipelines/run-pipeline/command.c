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
	command->argv[command->argc++] = "-j";
	if (wiring->annotate)
		command->argv[command->argc++] = "--annotate";
	add_option(arena, command, "field", wiring->field);
	if (is_first)
		add_option(arena, command, "bad-records", wiring->bad_records);
}

static void add_inputs(struct arena *arena, struct command *command, const struct wiring *wiring)
{
	add_option(arena, command, "files0-from", wiring->files0_from);
	if (wiring->file_count)
		command->argv[command->argc++] = "--";
	for (size_t i = 0; i < wiring->file_count; i++)
		command->argv[command->argc++] = wiring->files[i];
}

struct command *commands_make(
	struct arena *arena, const struct plan *plan, const struct wiring *wiring, struct trouble *trouble)
{
	enum {
		OURS = 8
	}; /* program, framing, --annotate, --field, --bad-records, --files0-from, "--", NULL */
	struct command *commands = arena_new(arena, plan->stage_count, sizeof(*commands));
	size_t i = 0;

	for (const struct stage *stage = plan->stages; stage; stage = stage->next, i++) {
		struct command *command = &commands[i];
		size_t room = stage->word_count + (i ? 0 : wiring->file_count) + OURS;
		const char *path = home_program(arena, stage->filter->name);

		if (!path) {
			trouble_on(trouble, stage->place,
				"cannot start stage '%s': no such program beside run-pipeline or "
				"in PATH",
				stage->filter->name);
			return NULL;
		}
		command->stage = stage;
		command->argv = arena_new(arena, room, sizeof(*command->argv));
		command->argv[command->argc++] = path;
		for (size_t w = 0; w < stage->word_count; w++)
			command->argv[command->argc++] = stage->words[w];
		if (wiring->jsonl)
			add_records(arena, command, wiring, i == 0);
		else
			add_framing(command, i > 0 || wiring->zero_in, stage->next || wiring->zero_out);
		if (i == 0)
			add_inputs(arena, command, wiring);
	}
	return commands;
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
	}
	if (output) {
		buf_add(into, SPAN(" >"));
		shell_add_word(into, span_from(output));
	}
	buf_add_byte(into, '\n');
}
