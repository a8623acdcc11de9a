/* SPDX-License-Identifier: MIT
 * keeper.c - which units stay. */
#include "filters/dedupe/keeper.h"

#include <stdlib.h>

#include "common/mem.h"

const struct decision keeper_duplicate = { "drop", "duplicate", 1 };
static const struct decision seldom = { "drop", "seldom", 1 };
static const struct decision repeated = { "drop", "repeated", 1 };
static const struct decision shared = { "drop", "shared", 1 };
static const struct decision told = { "drop", "keys", 1 };
static const struct decision foreign = { "drop", "shard", 1 };

static const struct decision near_decisions[RELATIONS] = {
	[RELATION_SAME] = { "drop", "same", 1 },
	[RELATION_NEAR] = { "drop", "near", 1 },
	[RELATION_CONTAINED_IN] = { "drop", "contained-in", 1 },
};

static void open_ballot(struct keeper *keeper, const struct spool_place *place)
{
	ballot_init(&keeper->ballot, place, keeper->options.memory);
	keeper->ballot.tells_each = keeper->options.documents > 0;
	keeper->ballot.only_first = !keeper->ballot.tells_each && !keeper->options.counts &&
				    keeper->options.least <= 1 && keeper->options.most == UINT64_MAX;
}

void keeper_init(struct keeper *keeper, const struct keeper_options *options, struct keyer *keyer,
	const struct host *host)
{
	*keeper = (struct keeper){ .options = *options, .keyer = keyer, .prefix = BUF_INIT };
	seen_init(&keeper->seen, host->secret, options->documents > 0);
	open_ballot(keeper, host->spools);
	keys_init(&keeper->keys, host->spools);
	if (options->is_strong)
		keeper->strong = strong_new(host->secret);
}

void keeper_release(struct keeper *keeper)
{
	strong_free(keeper->strong);
	seen_release(&keeper->seen);
	ballot_release(&keeper->ballot);
	keys_release(&keeper->keys);
	buf_release(&keeper->prefix);
	buf_release(&keeper->near_text);
	if (keeper->state)
		exact_state_release(keeper->state);
	free(keeper->state);
}

static bool note_all(struct keeper *keeper, const struct fingerprint *prints, size_t count)
{
	for (size_t i = 0; i < count && !keeper->failed; i++)
		keeper->failed = !ballot_note(
			&keeper->ballot, seen_key(&keeper->seen, prints[i]), true, &keeper->why);
	return !keeper->failed;
}

/* What earlier runs kept comes before all others. */
static bool know(void *ctx, const struct fingerprint *prints, size_t count)
{
	struct keeper *keeper = ctx;
	struct seen_key keys[KEEPER_MOST];
	bool is_new[KEEPER_MOST];

	if (keeper->options.is_noted)
		return note_all(keeper, prints, count);
	for (size_t part; count; prints += part, count -= part) {
		part = count < KEEPER_MOST ? count : KEEPER_MOST;
		seen_expect_all(&keeper->seen, prints, keys, part);
		seen_add_all(&keeper->seen, keys, part, is_new);
	}
	return true;
}

static bool know_state(struct keeper *keeper, struct diag *why)
{
	bool fine = exact_state_read(keeper->state, know, keeper, why);

	if (keeper->failed)
		*why = keeper->why;
	return fine;
}

bool keeper_open_state(struct keeper *keeper, const struct opt_output *file, struct span made_with,
	const struct host *host, struct diag *why)
{
	keeper->state = mem_new(1, sizeof(*keeper->state));
	if (!exact_state_open(
		    keeper->state, file, made_with, keeper->strong ? host->secret : 0, host->spools, why))
		return false;
	if (keeper->strong) {
		strong_free(keeper->strong);
		keeper->strong = strong_new(keeper->state->strong_key);
	}
	return know_state(keeper, why);
}

/* Equal units of different documents get different keys: the ordinal is spread over all bits. */
static uint64_t salt_of(const struct keeper *keeper, const struct doc_info *doc)
{
	return keeper->options.in_document ? doc->ordinal * 0x9E3779B97F4A7C15u : 0;
}

/* Another stream is shown: what was noted and judged is over, but for what earlier runs kept. */
static bool forget_verdicts(struct keeper *keeper)
{
	const struct spool_place *place = keeper->ballot.keys.place;

	ballot_release(&keeper->ballot);
	open_ballot(keeper, place);
	keeper->is_judged = false;
	return !keeper->state || know_state(keeper, &keeper->why);
}

bool keeper_begin(struct keeper *keeper, const struct doc_info *doc)
{
	keeper->is_known = doc->is_reference;
	keeper->only_looks = doc->is_preview || doc->is_reference;
	keeper->salt = salt_of(keeper, doc);
	if (doc->is_preview && keeper->is_judged && !forget_verdicts(keeper)) {
		keeper->failed = true;
		return false;
	}
	if (keeper->options.documents || (!keeper->options.is_noted && keeper->options.in_document))
		seen_clear(&keeper->seen);
	if (!keeper->options.is_noted || keeper->only_looks || keeper->is_judged)
		return true;
	keeper->is_judged = true;
	keeper->failed = !ballot_judge(&keeper->ballot, &keeper->why);
	return !keeper->failed;
}

/* The shard that a unit is of is public: the same in each of the processes that share the work. With a strong hash it
 * still is, for keys of runs differ. */
static bool is_foreign(const struct keeper *keeper, struct span content, struct fingerprint print)
{
	uint64_t pick = print.high;

	if (keeper->options.shards < 2)
		return false;
	if (keeper->strong)
		pick = fingerprint_of(keeper->keyer, content).high;
	return (uint64_t)(((unsigned __int128)pick * keeper->options.shards) >> 64) + 1 !=
	       keeper->options.shard;
}

/* Decided at once, for what comes later is compared with it. */
static struct ticket show_near(struct keeper *keeper, struct span content)
{
	const struct relative *why;

	buf_clear(&keeper->near_text);
	buf_add(&keeper->near_text, content);
	why = near_decide(keeper->near, &keeper->near_text);
	return (struct ticket){ .relation = why ? why->relation : RELATION_NONE };
}

/* Where documents are counted, whether the one at hand has shown this before. */
static bool is_told_already(struct keeper *keeper, struct seen_key key)
{
	return keeper->options.documents && !seen_add(&keeper->seen, key);
}

static struct fingerprint print_of(const struct keeper *keeper, struct span content)
{
	return keeper->strong ? strong_of(keeper->strong, keeper->keyer, content)
			      : fingerprint_of(keeper->keyer, content);
}

static struct ticket show_print(struct keeper *keeper, struct fingerprint print, bool is_of_others)
{
	struct ticket ticket = { .is_foreign = is_of_others };

	print.low += keeper->salt;
	ticket.key = seen_key(&keeper->seen, print);
	ticket.print = print;
	if (!keeper->options.is_noted && !ticket.is_foreign)
		seen_expect(&keeper->seen, ticket.key);
	if (!keeper->only_looks || ticket.is_foreign)
		return ticket;
	if (!keeper->options.is_noted)
		seen_add(&keeper->seen, ticket.key);
	else if (is_told_already(keeper, ticket.key))
		return ticket;
	else if (!ballot_note(&keeper->ballot, ticket.key, keeper->is_known, &keeper->why))
		keeper->failed = true;
	return ticket;
}

/* Whether it is known what becomes of the next unit, whatever it is. */
static bool is_ruled(const struct keeper *keeper)
{
	return keeper->options.obeys || (keeper->is_judged && keeper->options.shards < 2 &&
						!keeper->options.documents && !keeper->state);
}

static struct ticket tell(struct keeper *keeper, struct fingerprint print)
{
	keeper->failed = !keys_add(&keeper->keys, print, &keeper->why);
	return (struct ticket){ .is_foreign = false };
}

struct ticket keeper_show(struct keeper *keeper, struct span content)
{
	struct fingerprint print;

	if (keeper->near)
		return show_near(keeper, content);
	if (keeper->options.tells_keys)
		return tell(keeper, fingerprint_of(keeper->keyer, content));
	if (is_ruled(keeper))
		return (struct ticket){ .is_foreign = false };
	print = print_of(keeper, content);
	return show_print(keeper, print, is_foreign(keeper, content, print));
}

bool keeper_takes_prints(const struct keeper *keeper)
{
	return !keeper->near && (!keeper->strong || keeper->options.shards < 2);
}

struct ticket keeper_show_print(struct keeper *keeper, struct fingerprint print)
{
	if (keeper->options.tells_keys)
		return tell(keeper, print);
	if (is_ruled(keeper))
		return (struct ticket){ .is_foreign = false };
	return show_print(keeper, print, is_foreign(keeper, SPAN(""), print));
}

static const struct decision *verdict_on(const struct keeper *keeper, uint64_t times)
{
	if (times == 0)
		return &keeper_duplicate;
	if (times < keeper->options.least)
		return &seldom;
	return times > keeper->options.most ? &repeated : NULL;
}

/* In how many documents a unit stands; the ballot knows it once for each document. */
static bool count_documents(struct keeper *keeper, struct seen_key key, uint64_t *documents)
{
	uint64_t *tally = seen_tally(&keeper->seen, key);

	if (*tally == 0 && !ballot_next(&keeper->ballot, tally, &keeper->why))
		return false;
	*documents = *tally;
	return true;
}

static void rule_by_documents(struct keeper *keeper, struct seen_key key, struct ruling *ruling)
{
	keeper->failed = !count_documents(keeper, key, &ruling->times);
	ruling->is_shared = ruling->times >= keeper->options.documents;
	ruling->drop = ruling->is_shared && !keeper->options.only_marks ? &shared : NULL;
}

bool keeper_rule(struct keeper *keeper, struct ticket ticket, struct ruling *ruling)
{
	*ruling = (struct ruling){ .is_text = true };
	keeper->number++;
	if (ticket.is_foreign) {
		ruling->drop = &foreign;
		return true;
	}
	keeper->compared++;
	if (keeper->options.tells_keys) {
		ruling->drop = &told;
	} else if (keeper->options.obeys) {
		ruling->drop = key_numbers_has(&keeper->numbers, keeper->number) ? &keeper_duplicate : NULL;
	} else if (keeper->near) {
		ruling->drop = ticket.relation ? &near_decisions[ticket.relation] : NULL;
	} else if (keeper->options.documents) {
		rule_by_documents(keeper, ticket.key, ruling);
	} else if (!keeper->options.is_noted) {
		ruling->drop = seen_add(&keeper->seen, ticket.key) ? NULL : &keeper_duplicate;
	} else {
		keeper->failed = !ballot_next(&keeper->ballot, &ruling->times, &keeper->why);
		ruling->drop = verdict_on(keeper, ruling->times);
	}
	keeper->kept += ruling->drop == NULL;
	if (keeper->state && !ruling->drop && !keeper->failed)
		keeper->failed = !exact_state_add(keeper->state, ticket.print, &keeper->why);
	return !keeper->failed;
}

bool keeper_is_plain(const struct keeper *keeper)
{
	const struct keeper_options *options = &keeper->options;

	return !keeper->near && !keeper->only_looks && !keeper->salt && !options->is_noted &&
	       !options->tells_keys && !options->obeys && options->shards < 2;
}

static void read_prints(
	const struct keeper *keeper, const struct span *contents, struct fingerprint *prints, size_t count)
{
	if (keeper->keyer->kind == KEY_EXACT && !keeper->strong) {
		fingerprint_exact(contents, prints, count);
		return;
	}
	for (size_t i = 0; i < count; i++)
		prints[i] = print_of(keeper, contents[i]);
}

bool keeper_take(struct keeper *keeper, const struct span *contents, size_t count, bool *stays)
{
	struct fingerprint prints[KEEPER_MOST] = { { 0,
		0 } }; /* for gcc, which does not see that all are read */
	struct seen_key keys[KEEPER_MOST];

	read_prints(keeper, contents, prints, count);
	seen_expect_all(&keeper->seen, prints, keys, count);
	seen_add_all(&keeper->seen, keys, count, stays);
	keeper->number += count;
	keeper->compared += count;
	for (size_t i = 0; i < count; i++)
		keeper->kept += stays[i];
	for (size_t i = 0; keeper->state && i < count && !keeper->failed; i++)
		keeper->failed = stays[i] && !exact_state_add(keeper->state, prints[i], &keeper->why);
	return !keeper->failed;
}

struct span keeper_prefix(struct keeper *keeper, const struct ruling *ruling)
{
	buf_clear(&keeper->prefix);
	if (keeper->options.numbers)
		buf_addf(&keeper->prefix, "%llu\t", (unsigned long long)keeper->number);
	if (keeper->options.counts)
		buf_addf(&keeper->prefix, "%7llu ", (unsigned long long)ruling->times);
	return buf_span(&keeper->prefix);
}
