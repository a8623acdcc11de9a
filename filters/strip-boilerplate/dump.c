/* SPDX-License-Identifier: MIT
 * dump.c - documents that are the text of a whole page. */
#include "dump.h"

#include <stdlib.h>

#include "common/mem.h"

/* Measured on the pages that the model was trained on, with models that had not seen them (train/train.py). */
enum {
	LEAST_LINES = 12, /* a dump has more */
	LEAST_POOR = 8, /* lines that do not look like body; the model is not asked about fewer */
	LEAST_BODY = 60, /* words that the model keeps: with less, it has nothing to tell debris from */
	MUCH_DEBRIS = 850, /* lines in a thousand: what scores low among so much debris is debris, too */
	SHIFT = MODEL_SCALE / 2, /* of the threshold */
	HELD = MODEL_SCALE / 2, /* how far below it a line between two that stay may score */
};

/* A logistic model of whole documents, fitted to dumps against their bodies alone and against bodies with a little
 * debris among them; the weights are hundredths of log odds per doubling. Explicit evidence and debris in front of,
 * behind and between the body in long runs make a dump; debris scattered about does not. Bodies alone scored -1.6 at
 * most, and 95 of 100 dumps 0.6 and more. */
enum {
	WEIGHT_PLAIN = 91,
	WEIGHT_HEAD = 94,
	WEIGHT_FOOT = 58,
	WEIGHT_RUN = 87,
	WEIGHT_DEBRIS = -104,
	WEIGHT_ALL = -609, /* always */
};

/* For each level: how high a line must score to stay, and how high a document to be a dump, in hundredths. */
static const struct {
	int16_t threshold, gate;
} levels[] = {
	[LEVEL_CAREFUL] = { 0, 0 },
	[LEVEL_NORMAL] = { 0, 0 },
	[LEVEL_EAGER] = { MODEL_SCALE, -150 },
};

/* --- scores ----------------------------------------------------------------------------------------------- */

static void make_room(struct dump *dump, size_t count)
{
	if (count + MODEL_BATCH <= dump->cap)
		return;
	dump->cap = count + MODEL_BATCH + count / 4;
	dump->scores = mem_resize(dump->scores, dump->cap, sizeof *dump->scores);
}

/* Puts the features of line `at` into `lane` of the batch. */
static void batch_add(struct dump *dump, size_t at, size_t lane)
{
	int16_t values[FEATURES_MOST];
	size_t count = features_of(&dump->features, at, values);

	for (size_t i = 0; i < count; i++)
		dump->batch.values[i][lane] = values[i];
}

static void score_lines(struct dump *dump, size_t count)
{
	for (size_t from = 0; from < count; from += MODEL_BATCH) {
		for (size_t lane = 0; lane < MODEL_BATCH && from + lane < count; lane++)
			batch_add(dump, from + lane, lane);
		model_ask(&dump->model, &dump->batch, dump->scores + from);
	}
}

/* --- which regime ----------------------------------------------------------------------------------------- */

/* What can be seen without the model: so few lines or so few poor ones are no dump. */
static bool may_be_dump(const struct trait *traits, size_t count)
{
	size_t poor = 0;

	for (size_t i = 0; i < count && poor < LEAST_POOR; i++)
		poor += !traits[i].good;
	return count >= LEAST_LINES && poor >= LEAST_POOR;
}

/* Where the model sees debris. */
struct survey {
	size_t debris, plain; /* lines; those with explicit evidence of their own */
	size_t head, foot,
		run; /* debris in front of the first body line, behind the last; the longest run */
	size_t body; /* words */
};

static struct survey survey_lines(
	const struct dump *dump, const struct line *lines, const struct trait *traits, size_t count)
{
	struct survey survey = { 0 };
	size_t run = 0;

	for (size_t i = 0; i < count; i++) {
		survey.plain += lines[i].how == HOW_PLAIN;
		if (dump->scores[i] < 0) {
			survey.debris++;
			run++;
			if (run > survey.run)
				survey.run = run;
			continue;
		}
		if (survey.body == 0)
			survey.head = run;
		survey.body += traits[i].size;
		run = 0;
	}
	survey.foot = run;
	return survey;
}

static bool is_dump(const struct survey *survey, enum level level)
{
	int odds = WEIGHT_PLAIN * log16(survey->plain) + WEIGHT_HEAD * log16(survey->head) +
		   WEIGHT_FOOT * log16(survey->foot) + WEIGHT_RUN * log16(survey->run) +
		   WEIGHT_DEBRIS * log16(survey->debris) + WEIGHT_ALL * 16;

	return survey->body >= LEAST_BODY && odds > levels[level].gate * 16;
}

static int threshold_for(const struct survey *survey, size_t count, enum level level)
{
	int threshold = levels[level].threshold;

	return survey->debris * 1000 > count * MUCH_DEBRIS ? threshold + SHIFT : threshold;
}

/* --- the verdict ------------------------------------------------------------------------------------------ */

/* How sure the model is that a line is debris, in thousandths, a half at log odds of 0. A quotient and not the
 * exponential that belongs here: it is the same on every machine. */
static uint16_t certainty(int score)
{
	int away = score < 0 ? -score : score;

	return (uint16_t)(500 - 500 * score / (MODEL_SCALE + away));
}

static bool scores_from(const struct dump *dump, size_t at, int threshold)
{
	return dump->scores[at] >= threshold;
}

/* Between two lines that stay, and not far from staying itself: a heading, a short answer. */
static bool is_held(const struct dump *dump, size_t at, size_t count, int threshold)
{
	return at > 0 && at + 1 < count && scores_from(dump, at, threshold - HELD) &&
	       scores_from(dump, at - 1, threshold) && scores_from(dump, at + 1, threshold);
}

/* The title: the only line in front of the first body line that no rule names, where all others there go for a
 * reason. It scores low beside them. `count` when there is none. */
static size_t lone_title(const struct dump *dump, const struct line *lines, const struct trait *traits,
	size_t count, int threshold)
{
	enum { LEAST = 3, MOST = 30 }; /* words */
	size_t title = count;

	for (size_t i = 0; i < count && !scores_from(dump, i, threshold); i++) {
		if (lines[i].rule != CATEGORY_NONE)
			continue;
		if (title < count || traits[i].size < LEAST || traits[i].size > MOST)
			return count;
		title = i;
	}
	return title;
}

/* Explicit evidence about the line itself stands; what only its neighbours brought about does not. */
static void judge_anew(struct line *line, int score, bool stays)
{
	bool by_neighbours = line->how == HOW_ITEM || line->how == HOW_TAIL;

	if (line->is_protected || (line->rule != CATEGORY_NONE && !by_neighbours))
		return;
	line->rule = stays ? CATEGORY_NONE : CATEGORY_MODEL;
	line->score = certainty(score);
}

void dump_judge(struct dump *dump, struct line *lines, const struct trait *traits, size_t count)
{
	struct survey survey;
	size_t title;
	int threshold;

	if (dump->level == LEVEL_CAREFUL || !may_be_dump(traits, count))
		return;
	make_room(dump, count);
	features_make(&dump->features, lines, traits, count);
	score_lines(dump, count);
	survey = survey_lines(dump, lines, traits, count);
	if (!is_dump(&survey, dump->level))
		return;
	threshold = threshold_for(&survey, count, dump->level);
	title = lone_title(dump, lines, traits, count, threshold);
	for (size_t i = 0; i < count; i++)
		judge_anew(&lines[i], dump->scores[i],
			i == title || scores_from(dump, i, threshold) ||
				is_held(dump, i, count, threshold));
}

void dump_release(struct dump *dump)
{
	free(dump->scores);
	model_release(&dump->model);
	features_release(&dump->features);
}
