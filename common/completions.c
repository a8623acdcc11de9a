/* SPDX-License-Identifier: MIT
 * completions.c - option rows in the languages of three shells: bash(1), "Programmable Completion";
 * zshcompsys(1), _arguments; fish's complete(1). */
#include "common/completions.h"

static bool is_plain(const struct opt *row)
{
	return row->kind == OPT_FLAG || row->kind == OPT_SWITCH;
}

static bool takes_file(const struct opt *row)
{
	if (row->kind == OPT_INPUT || row->kind == OPT_INPUTS || row->kind == OPT_DOCUMENTS ||
		row->kind == OPT_OUTPUT)
		return true;
	return row->arg && (strcmp(row->arg, "FILE") == 0 || strcmp(row->arg, "PATH") == 0);
}

static bool is_repeatable(const struct opt *row)
{
	return row->kind == OPT_TEXTS || row->kind == OPT_INPUTS || row->kind == OPT_DOCUMENTS;
}

static bool takes_folder(const struct opt *row)
{
	return row->arg && (strcmp(row->arg, "DIR") == 0 || strcmp(row->arg, "FOLDER") == 0);
}

/* A walk over the rows of all tables: the first, and the one behind `row`; NULL at the end. */
struct walk {
	const struct completed *completed;
	size_t table;
	const struct opt *row;
};

static const struct opt *walk_next(struct walk *walk)
{
	const struct completed *completed = walk->completed;

	while (walk->table < completed->table_count) {
		walk->row = walk->row ? walk->row + 1 : completed->tables[walk->table].rows;
		if (walk->row->name)
			return walk->row;
		walk->row = NULL;
		walk->table++;
	}
	return NULL;
}

static void add_words(struct buf *into, const struct opt *row)
{
	for (int i = 0; row->words[i]; i++)
		buf_addf(into, "%s%s", i ? " " : "", row->words[i]);
}

/* A name that a shell takes for that of a function. */
static void add_function(struct buf *into, const char *program)
{
	buf_add(into, SPAN("_ghirbal_"));
	for (; *program; program++)
		buf_add_byte(into,
			(char)(*program == '-' || *program == '.' || *program == '+' ? '_' : *program));
}

/* Appends `text` with `mark` in front of every byte that is one of `bytes`. */
static void add_marked(struct buf *into, const char *text, const char *bytes, const char *mark)
{
	for (; *text; text++) {
		if (strchr(bytes, *text))
			buf_add(into, span_from(mark));
		buf_add_byte(into, *text);
	}
}

/* --- bash ---------------------------------------------------------------------------------------------- */

/* "--output | -o": how the option before a value may have been typed. */
static void add_bash_pattern(struct buf *into, const struct opt *row)
{
	buf_addf(into, "--%s", row->name);
	if (row->letter)
		buf_addf(into, " | -%c", row->letter);
}

static bool takes_only_file(const struct opt *row)
{
	return takes_file(row) && !row->words;
}

static bool is_unknown(const struct opt *row)
{
	return !is_plain(row) && !row->words && !takes_file(row) && !takes_folder(row);
}

/* One branch of `case` for all rows of one kind. */
static void add_bash_values(struct buf *into, const struct completed *completed,
	bool (*is_one)(const struct opt *row), const char *action)
{
	struct walk walk = { completed, 0, NULL };
	bool any = false;

	for (const struct opt *row; (row = walk_next(&walk));) {
		if (!is_one(row))
			continue;
		buf_add(into, any ? SPAN(" | ") : SPAN("\t"));
		add_bash_pattern(into, row);
		any = true;
	}
	if (any)
		buf_addf(into, ") %s ;;\n", action);
}

static void add_bash_words(struct buf *into, const struct completed *completed)
{
	struct walk walk = { completed, 0, NULL };

	for (const struct opt *row; (row = walk_next(&walk));) {
		if (!row->words)
			continue;
		buf_add_byte(into, '\t');
		add_bash_pattern(into, row);
		buf_add(into, SPAN(") offer='"));
		add_words(into, row);
		buf_addf(into, "'%s ;;\n",
			takes_file(row) ? "; compopt -o default" : ""); /* files, if no word fits */
	}
}

static void add_bash_options(struct buf *into, const struct completed *completed)
{
	struct walk walk = { completed, 0, NULL };

	buf_add(into, SPAN("\t\toffer='"));
	for (const struct opt *row; (row = walk_next(&walk));) {
		buf_addf(into, "--%s%s ", row->name, is_plain(row) ? "" : "=");
		if (row->kind == OPT_SWITCH)
			buf_addf(into, "--no-%s ", row->name);
	}
	into->at[into->len - 1] = '\'';
	buf_add(into, SPAN("\n"));
}

/* A function for operands. The first is special: it is the first while every word before the cursor is an option
 * or the value of one. */
static void add_bash_operand(struct buf *into, const struct completed *completed)
{
	struct walk walk = { completed, 0, NULL };

	add_function(into, completed->program);
	buf_add(into, SPAN("_operand()\n{\n\tlocal i\n\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
			   "\t\t[[ ${COMP_WORDS[i]} == [-=]* ]] && continue\n"
			   "\t\tcase ${COMP_WORDS[i - 1]} in\n\t\t="));
	for (const struct opt *row; (row = walk_next(&walk));)
		if (!is_plain(row)) {
			buf_add(into, SPAN(" | "));
			add_bash_pattern(into, row);
		}
	buf_addf(into,
		") ;;\n\t\t*) compopt -o default; return ;;\n\t\tesac\n\tdone\n"
		"\tcompopt -o filenames\n"
		"\tlocal - IFS=$'\\n'\n"
		"\tset -f\n"
		"\tCOMPREPLY=($(\n"
		"\t\tcompgen -W \"$(\"${COMP_WORDS[0]}\" --%s 2>/dev/null | cut -f 1)\" -- \"$cur\"\n"
		"\t\tcompgen -f -X '!*%s' -- \"$cur\"\n"
		"\t\tcompgen -d -- \"$cur\"))\n}\n\n",
		completed->list, completed->suffix);
}

/* What stands before the branches: the word at hand and the option that it may be the value of. */
static const char bash_start[] =
	"()\n{\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} offer word\n"
	"\tlocal IFS=$' \\t\\n'\n"
	"\tCOMPREPLY=()\n"
	"\tfor word in \"${COMP_WORDS[@]:1:COMP_CWORD - 1}\"; do # behind -- all words are files\n"
	"\t\t[[ $word == -- ]] && { compopt -o default; return; }\n"
	"\tdone\n"
	"\tif [[ $cur == = ]]; then # Readline takes --key=fold for three words\n"
	"\t\tcur=\n"
	"\telif [[ $prev == = ]]; then\n"
	"\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}\n"
	"\tfi\n"
	"\tcase $prev in\n";

static const char bash_end[] =
	"\tesac\n"
	"\tCOMPREPLY=($(compgen -W \"$offer\" -- \"$cur\"))\n"
	"\t[[ ${COMPREPLY[0]} == --*= && ${#COMPREPLY[@]} == 1 ]] && compopt -o nospace\n"
	"}\n";

/* What is done where the word at hand is no option's value: options, else operands. */
static void add_bash_rest(struct buf *into, const struct completed *completed)
{
	buf_add(into, SPAN("\t*)\n\t\tif [[ $cur != -* ]]; then\n\t\t\t"));
	if (completed->list) {
		add_function(into, completed->program);
		buf_add(into, SPAN("_operand\n"));
	} else {
		buf_add(into, SPAN("compopt -o default\n"));
	}
	buf_add(into, SPAN("\t\t\treturn\n\t\tfi\n"));
	add_bash_options(into, completed);
	buf_add(into, SPAN("\t\t;;\n"));
}

void completions_bash(struct buf *into, const struct completed *completed)
{
	buf_addf(into,
		"# SPDX-License-Identifier: MIT\n# Completion of %s for bash, made from the options it has.\n\n",
		completed->program);
	if (completed->list)
		add_bash_operand(into, completed);
	add_function(into, completed->program);
	buf_add(into, span_from(bash_start));
	add_bash_words(into, completed);
	add_bash_values(into, completed, takes_only_file, "compopt -o default; return");
	add_bash_values(into, completed, takes_folder, "compopt -o dirnames; return");
	add_bash_values(into, completed, is_unknown, "return");
	add_bash_rest(into, completed);
	buf_add(into, span_from(bash_end));
	buf_add(into, SPAN("complete -F "));
	add_function(into, completed->program);
	buf_addf(into, " %s\n", completed->program);
}

/* --- zsh ----------------------------------------------------------------------------------------------- */

/* The part behind the names: "[help]:value:what it may be". Inside single quotes, in which zsh knows no escape. */
static void add_zsh_spec(struct buf *into, const struct opt *row)
{
	struct buf help = BUF_INIT;

	add_marked(&help, row->help, "[]\\", "\\");
	buf_add_byte(into, '[');
	add_marked(into, buf_string(&help), "'", "'\\'");
	buf_add_byte(into, ']');
	buf_release(&help);
	if (row->words) {
		buf_addf(into, ":%s:%s", row->name, takes_file(row) ? "{compadd " : "(");
		add_words(into, row);
		buf_add(into, takes_file(row) ? SPAN("; _files}") : SPAN(")"));
	} else if (!is_plain(row)) {
		buf_addf(into, ":%s:%s", row->arg,
			takes_folder(row) ? "_files -/" : (takes_file(row) ? "_files" : " "));
	}
}

static void add_zsh_row(struct buf *into, const struct opt *row, const char *no)
{
	const char *value = is_plain(row) ? "" : "=";

	buf_add(into, SPAN("\t'"));
	if (row->letter && !is_repeatable(row))
		buf_addf(into, "(-%c --%s)'{-%c%s,--%s%s}'", row->letter, row->name, row->letter,
			*value ? "+" : "", row->name, value);
	else if (row->letter)
		buf_addf(into, "*'{-%c+,--%s=}'", row->letter, row->name);
	else
		buf_addf(into, "%s--%s%s%s", is_repeatable(row) ? "*" : "", no, row->name, value);
	add_zsh_spec(into, row);
	buf_add(into, SPAN("' \\\n"));
}

void completions_zsh(struct buf *into, const struct completed *completed)
{
	struct walk walk = { completed, 0, NULL };

	buf_addf(into,
		"#compdef %s\n# SPDX-License-Identifier: MIT\n"
		"# Completion of %s for zsh, made from the options it has.\n\n",
		completed->program, completed->program);
	if (completed->list)
		buf_add(into,
			SPAN("local context state state_descr line\ntypeset -A opt_args\nlocal -a known\n\n"));
	buf_addf(into, "_arguments %s-s -S : \\\n", completed->list ? "-C " : "");
	for (const struct opt *row; (row = walk_next(&walk));) {
		add_zsh_row(into, row, "");
		if (row->kind == OPT_SWITCH)
			add_zsh_row(into, row, "no-");
	}
	if (!completed->list) {
		buf_add(into, SPAN("\t'*:file:_files'\n"));
		return;
	}
	buf_addf(into,
		"\t'1: :->first' \\\n\t'*:file:_files' && return\n\n"
		"[[ $state == first ]] || return\n"
		"known=(${(f)\"$(_call_program names ${(q)words[1]} --%s)\"})\n"
		"known=(\"${known[@]//$'\\t'/:}\")\n"
		"_describe -t names 'predefined' known\n"
		"_files -g '*%s'\n",
		completed->list, completed->suffix);
}

/* --- fish ---------------------------------------------------------------------------------------------- */

static void add_fish_row(struct buf *into, const char *program, const struct opt *row, const char *no)
{
	buf_addf(into, "complete -c %s", program);
	if (row->letter && !*no)
		buf_addf(into, " -s %c", row->letter);
	buf_addf(into, " -l %s%s", no, row->name);
	if (row->words) {
		buf_add(into, takes_file(row) ? SPAN(" -r -F -a '") : SPAN(" -x -a '"));
		add_words(into, row);
		buf_add_byte(into, '\'');
	} else if (!is_plain(row)) {
		buf_add(into, takes_file(row) ? SPAN(" -r -F") : SPAN(" -x"));
		if (takes_folder(row))
			buf_add(into, SPAN(" -a '(__fish_complete_directories)'"));
	}
	buf_add(into, SPAN(" -d '"));
	add_marked(into, row->help, "'\\", "\\");
	buf_add(into, SPAN("'\n"));
}

void completions_fish(struct buf *into, const struct completed *completed)
{
	struct walk walk = { completed, 0, NULL };
	const char *program = completed->program;

	buf_addf(into,
		"# SPDX-License-Identifier: MIT\n# Completion of %s for fish, made from the options it has.\n\n",
		program);
	for (const struct opt *row; (row = walk_next(&walk));) {
		add_fish_row(into, program, row, "");
		if (row->kind == OPT_SWITCH)
			add_fish_row(into, program, row, "no-");
	}
	if (!completed->list)
		return;
	buf_addf(into,
		"complete -c %s -n __fish_is_first_arg -k -f -a '(%s --%s; __fish_complete_suffix %s)'\n",
		program, program, completed->list, completed->suffix);
}
