/* SPDX-License-Identifier: MIT
 * piece.c - numbers and a name. */
#include "common/piece.h"

/* Takes digits and the colon behind them off `*rest`. */
static bool take_number(const char **rest, uint64_t *number)
{
	const char *at = *rest;
	size_t len = strspn(at, "0123456789");

	if (len == 0 || len > 18 || at[len] != ':')
		return false;
	for (*number = 0; *at != ':'; at++)
		*number = *number * 10 + (uint64_t)(*at - '0');
	*rest = at + 1;
	return true;
}

bool piece_read(struct file_piece *piece, const char *word, struct diag *why)
{
	const char *rest = word + (*word == '-');

	*piece = (struct file_piece){ .in_stdin = *word == '-' };
	if (take_number(&rest, &piece->from) && take_number(&rest, &piece->to) &&
		take_number(&rest, &piece->line) && *rest && piece->from <= piece->to && piece->line) {
		piece->name = rest;
		return true;
	}
	diag_set(why, "option '--piece': '%s' is not [-]FROM:TO:LINE:NAME", word);
	return false;
}

void piece_add(struct buf *into, const struct file_piece *piece)
{
	buf_addf(into, "%s%llu:%llu:%llu:%s", piece->in_stdin ? "-" : "", (unsigned long long)piece->from,
		(unsigned long long)piece->to, (unsigned long long)piece->line, piece->name);
}
