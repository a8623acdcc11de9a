/* SPDX-License-Identifier: MIT
 * tees.c - opened before anything runs, put in place when all went well. */
#include "tees.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/compressed.h"
#include "common/mem.h"
#include "common/nearest.h"

const char *tee_read(const struct plan *plan, const char *word, size_t *stage, struct diag *why)
{
	struct span id = span_head(span_from(word), strcspn(word, "="));
	struct nearest nearest = nearest_to(id);

	*stage = 0;
	if (!id.len || !word[id.len] || !word[id.len + 1]) {
		diag_set(why, "option '--tee': '%s' is not ID=FILE", word);
		return NULL;
	}
	for (const struct stage *at = plan->stages; at; at = at->next, ++*stage) {
		if (span_equal(span_from(at->id), id))
			return word + id.len + 1;
		nearest_try(&nearest, at->id);
	}
	if (nearest.name)
		diag_set(why, "option '--tee': no stage has the id '%.*s'; did you mean '%s'?", (int)id.len,
			word, nearest.name);
	else
		diag_set(why, "option '--tee': no stage has the id '%.*s'; --graph=dot shows them",
			(int)id.len, word);
	return NULL;
}

struct tee *tees_find(const struct tees *tees, size_t stage)
{
	for (size_t i = 0; i < tees->count; i++)
		if (tees->items[i].stage == stage)
			return &tees->items[i];
	return NULL;
}

/* Who reads a pipe could make us wait, deaf to signals, and so could opening it. */
static bool check_kind(const char *path, mode_t mode, struct diag *why)
{
	if (!S_ISFIFO(mode) && !S_ISSOCK(mode))
		return true;
	diag_set(why, "option '--tee': '%s' is a pipe; a copy goes to a file", path);
	return false;
}

static bool open_one(
	struct tees *tees, const struct plan *plan, const char *word, struct diag *why, enum status *status)
{
	struct tee *tee = &tees->items[tees->count];
	const char *path = tee_read(plan, word, &tee->stage, why);
	struct stat about;

	*status = STATUS_USAGE;
	if (!path)
		return false;
	if (tees_find(tees, tee->stage)) {
		diag_set(why, "option '--tee': '%s' is the second file for this stage", word);
		return false;
	}
	if (codec_of(path)) {
		diag_set(why, "option '--tee': '%s': a copy is not compressed", path);
		return false;
	}
	if (stat(path, &about) == 0 && !check_kind(path, about.st_mode, why))
		return false;
	if (!output_open(&tee->output, path, FRAMING_TEXT, why)) {
		*status = STATUS_FAILED;
		return false;
	}
	tees->count++;
	tee->copy = (struct copy){ .fd = tee->output.fd, .name = path };
	if (fstat(tee->output.fd, &about) == 0)
		return check_kind(path, about.st_mode, why);
	diag_set(why, "cannot write %s: %s", path, strerror(errno));
	*status = STATUS_FAILED;
	return false;
}

bool tees_open(struct tees *tees, const struct plan *plan, const struct opt_texts *words, struct diag *why,
	enum status *status)
{
	tees->items = mem_new(words->count + 1, sizeof(*tees->items));
	for (size_t i = 0; i < words->count; i++)
		if (!open_one(tees, plan, words->items[i], why, status))
			return false;
	return true;
}

bool tees_flush(struct tees *tees, struct diag *why)
{
	for (size_t i = 0; i < tees->count; i++) {
		struct output *output = &tees->items[i].output;

		if (!output->temporary || fsync(output->fd) == 0)
			continue;
		diag_set(why, "cannot write %s: %s", output->name, strerror(errno));
		return false;
	}
	return true;
}

bool tees_close(struct tees *tees, bool keep)
{
	bool fine = true;

	for (size_t i = 0; i < tees->count; i++)
		fine = output_close(&tees->items[i].output, keep && fine) && fine;
	free(tees->items);
	*tees = (struct tees){ .items = NULL };
	return fine;
}
