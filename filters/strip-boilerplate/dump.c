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
	FLOOD_LINES = 300, /* of debris; four dumps in 907 are known by it alone, and no body */
	FLOOD_PLAIN = 3, /* lines with explicit evidence of their own */
	HELD = MODEL_SCALE, /* how far below the threshold a line between two that stay may score */
	STANDFIRST = 2 * HELD, /* the same of a sentence below the headline of a site */
	SURE_DEBRIS = -8 * MODEL_SCALE, /* a score */
	HIDDEN_SCORE = -600, /* no less sure debris counts for what the rules missed */
	THRESHOLD_LEAST = -MODEL_SCALE,
	THRESHOLD_MOST = MODEL_SCALE / 2,
};

/* A logistic model of whole documents, fitted to dumps against their bodies alone, against bodies with a little debris
 * among them or at their ends, each document weighing what the choice makes of it; the weights are hundredths of log
 * odds per doubling. Explicit evidence and debris in front of and behind the body in long runs make a dump; debris
 * scattered about does not. Of 907 bodies alone one was taken for a dump, of 907 dumps 845 were; the others have little
 * debris. */
enum {
	WEIGHT_PLAIN = 61,
	WEIGHT_HEAD = 89,
	WEIGHT_FOOT = 38,
	WEIGHT_RUN = 13,
	WEIGHT_DEBRIS = -102,
	WEIGHT_ALL = -125, /* always */
};

/* For each level: how much higher a line must score to stay, how high a document to be a dump, in hundredths, and how
 * much debris it must have that only the model sees. Of 120 articles written to show debris of every kind, one had eight
 * such lines, results of a match, and the model cost it more body than it gained; of 907 dumps nine cost no F1, sixteen
 * some. */
static const struct {
	int16_t threshold, gate;
	size_t hidden;
} levels[] = {
	[LEVEL_CAREFUL] = { 0, 0, 0 },
	[LEVEL_NORMAL] = { 0, 0, 9 },
	[LEVEL_EAGER] = { MODEL_SCALE, -150, 3 },
};

/* --- scores ----------------------------------------------------------------------------------------------- */

static void make_room(struct dump *dump, size_t count)
{
	if (count <= dump->cap)
		return;
	dump->cap = count + count / 4;
	dump->scores = mem_resize(dump->scores, dump->cap, sizeof *dump->scores);
}

/* Explicit evidence about the line itself stands, whatever the model says; what only its neighbours brought about does
 * not. */
static bool is_settled(const struct line *line)
{
	return line->rule != CATEGORY_NONE && line->rule != CATEGORY_MODEL && line->how != HOW_ITEM &&
	       line->how != HOW_TAIL;
}

/* What the model says of the lines in the batch, to the places they have in `scores`. */
static void ask_batch(const struct model *model, const struct batch *batch, enum cpu cpu,
	const size_t *places, size_t used, int16_t *scores)
{
	int16_t said[MODEL_BATCH];

	model_ask(model, batch, cpu, said);
	for (size_t lane = 0; lane < used; lane++)
		scores[places[lane]] = said[lane];
}

/* What `model` says of the lines from `from` up to `to`, into `scores`. Settled lines, of which it is not asked, are
 * debris for sure; but the title said again may be the better copy. */
static void score_lines(
	const struct dump *dump, const struct model *model, size_t from, size_t to, int16_t *scores)
{
	_Alignas(64) struct batch batch = { 0 }; /* what a vector is read from, in one line of a cache */
	size_t places[MODEL_BATCH], used = 0;

	for (size_t lane = 0; lane < MODEL_BATCH; lane++)
		features_of_page(&dump->page, &batch.values[0][lane]);
	for (size_t at = from; at < to; at++) {
		if (is_settled(&dump->page.lines[at]) && dump->page.lines[at].rule != CATEGORY_TITLE) {
			scores[at - from] = SURE_DEBRIS;
			continue;
		}
		features_of_line(&dump->page, at, &batch.values[0][used]);
		places[used++] = at - from;
		if (used == MODEL_BATCH) {
			ask_batch(model, &batch, dump->cpu, places, used, scores);
			used = 0;
		}
	}
	if (used)
		ask_batch(model, &batch, dump->cpu, places, used, scores);
}

/* What it tells that a line stands nowhere else: debris mostly does, and how much of it does here, the lines say that
 * score as debris. Body hardly ever does. */
static void weigh_repetition(struct dump *dump, const struct line *lines, size_t count)
{
	/* MODEL_SCALE times the natural logarithm of 2, in sixteenths, is 22; a fifth more costs no F1 and saves a
	 * quarter of the body that went (sites made of frames and texts of the pages the model was trained on). */
	enum { DOUBLING = 27, MOST = 5 * MODEL_SCALE / 2 };
	size_t debris = 0, here = 0;
	int more;

	for (size_t i = 0; i < count; i++) {
		debris += dump->scores[i] < 0 && lines[i].seen != SEEN_UNKNOWN;
		here += dump->scores[i] < 0 && lines[i].seen == SEEN_HERE;
	}
	more = (log16(debris) - log16(here)) * DOUBLING;
	more = more < MOST ? more : MOST;
	for (size_t i = 0; i < count; i++)
		if (lines[i].seen == SEEN_HERE && dump->scores[i] != SURE_DEBRIS)
			dump->scores[i] = (int16_t)(dump->scores[i] + more);
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
	size_t hidden; /* debris that no rule about it settled and of which the model is sure, or the site's template */
	size_t head, foot,
		run; /* debris in front of the first body line, behind the last; the longest run */
	size_t body; /* words */
};

/* No rule about what a line says names it; that a site repeats it is known only of sites. */
static bool is_hidden(const struct line *line)
{
	return !is_settled(line) || line->rule == CATEGORY_REPEATED;
}

static struct survey survey_lines(
	const struct dump *dump, const struct line *lines, const struct trait *traits, size_t count)
{
	struct survey survey = { 0 };
	size_t run = 0;

	for (size_t i = 0; i < count; i++) {
		survey.plain += lines[i].how == HOW_PLAIN;
		if (dump->scores[i] < 0) {
			survey.debris++;
			survey.hidden += is_hidden(&lines[i]) && dump->scores[i] < HIDDEN_SCORE;
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

/* No extractor leaves hundreds of lines of debris around a tenth of body, and a table has no widgets. */
static bool is_flooded(const struct survey *survey, size_t count)
{
	return survey->debris >= FLOOD_LINES && survey->debris * 10 > count * 9 &&
	       survey->plain >= FLOOD_PLAIN;
}

static bool is_dump(const struct survey *survey, size_t count, enum level level)
{
	int odds = WEIGHT_PLAIN * log16(survey->plain) + WEIGHT_HEAD * log16(survey->head) +
		   WEIGHT_FOOT * log16(survey->foot) + WEIGHT_RUN * log16(survey->run) +
		   WEIGHT_DEBRIS * log16(survey->debris) + WEIGHT_ALL * 16;

	if (survey->body < LEAST_BODY || survey->hidden < levels[level].hidden)
		return false;
	return odds > levels[level].gate * 16 || is_flooded(survey, count);
}

/* --- how high a line must score ------------------------------------------------------------------------- */

/* Scores from -HALF * STEP up to HALF * STEP fall into 2 * HALF classes. */
enum { HALF = 64, STEP = MODEL_SCALE / 8 };

/* For each class of scores, the words of lines that score so, and how many of 1024 are body. */
struct classes {
	uint64_t words[2 * HALF];
	uint16_t body[2 * HALF];
};

static size_t class_of(int score)
{
	int class = score / STEP + HALF - (score % STEP < 0);

	return class < 0 ? 0 : class < 2 * HALF ? (size_t) class : 2 * HALF - 1;
}

/* The logistic function, in whole numbers: odds grow by exp(1/8) from class to class. */
static void classes_weigh(struct classes *classes)
{
	uint64_t odds = 69763; /* in parts of 65536, half a step above even */

	for (size_t i = 0; i < HALF; i++) {
		uint64_t body = (odds << 10) / (odds + 65536);

		classes->body[HALF + i] = (uint16_t)body;
		classes->body[HALF - 1 - i] = (uint16_t)(1024 - body);
		odds = odds * 74262 >> 16;
	}
}

/* The threshold that makes most of the document by the model's own account: where the body words among those kept
 * weigh most against what is kept and what there is of body, the former a little more. Where nothing is sure to be
 * body, it is low, so that not all is lost; where the body is sure, half sure is not enough. */
static int best_threshold(const struct classes *classes)
{
	uint64_t all = 0, body = 0, kept = 0, best = 0;
	size_t at = (size_t)2 * HALF;

	for (size_t i = 0; i < at; i++)
		all += (uint64_t)classes->words[i] * classes->body[i];
	for (size_t i = at; i-- > 0;) {
		uint64_t worth;

		body += classes->words[i] * classes->body[i];
		kept += classes->words[i] << 10;
		worth = (body << 16) / (kept * 3 / 5 + all * 2 / 5 + 1);
		if (worth > best) {
			best = worth;
			at = i;
		}
	}
	return ((int)at - HALF) * STEP;
}

static int threshold_for(const struct dump *dump, const struct trait *traits, size_t count)
{
	struct classes classes = { 0 };
	int threshold;

	for (size_t i = 0; i < count; i++)
		classes.words[class_of(dump->scores[i])] += traits[i].size + 1u;
	classes_weigh(&classes);
	threshold = best_threshold(&classes);
	if (threshold < THRESHOLD_LEAST)
		threshold = THRESHOLD_LEAST;
	if (threshold > THRESHOLD_MOST)
		threshold = THRESHOLD_MOST;
	return threshold + levels[dump->level].threshold;
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

static void judge_anew(struct line *line, int score, bool stays)
{
	if (line->is_protected || is_settled(line))
		return;
	line->is_scored = true;
	line->unscored = line->rule;
	line->rule = stays ? CATEGORY_NONE : CATEGORY_MODEL;
	line->score = certainty(score);
}

/* --- the headline --------------------------------------------------------------------------------------- */

enum {
	HEAD_LINES = 64, /* in front of the first paragraph that stays; the headline is one of them */
	HEADLINE_LEAST =
		-MODEL_SCALE, /* three of four lines that score more are the headline or say nearly the same */
};

/* Whether a line in front of `at` stays: what line `at` is a copy of, it may be. */
static bool stays_before(const struct line *lines, size_t at)
{
	while (at-- > 0)
		if (lines[at].rule == CATEGORY_NONE)
			return true;
	return false;
}

/* Sentences between the headline and the first paragraph sum the story up, if no other document has them. Where that is
 * not known, as many are debris. */
static void keep_standfirst(const struct dump *dump, struct line *lines, const struct trait *traits,
	size_t headline, size_t body, int threshold)
{
	for (size_t i = headline + 1; i < body; i++)
		if (lines[i].seen == SEEN_HERE && lines[i].rule == CATEGORY_MODEL && traits[i].good &&
			scores_from(dump, i, threshold - STANDFIRST))
			lines[i].rule = CATEGORY_NONE;
}

/* A headline looks like the menu above it, so the line model mostly drops it; a model of its own finds it, and it is
 * kept. */
static void keep_headline(
	struct dump *dump, struct line *lines, const struct trait *traits, size_t count, int threshold)
{
	int16_t scores[HEAD_LINES];
	size_t body = 0, from, best = count;
	int most = HEADLINE_LEAST;

	while (body < count && (lines[body].rule != CATEGORY_NONE || !traits[body].good))
		body++;
	from = body > HEAD_LINES ? body - HEAD_LINES : 0;
	if (body == count || !dump->headline.count)
		return;
	score_lines(dump, &dump->headline, from, body, scores);
	for (size_t i = from; i < body; i++)
		if (scores[i - from] > most) {
			most = scores[i - from];
			best = i;
		}
	if (best == count)
		return;
	lines[best].is_headline = true;
	if (!(lines[best].rule == CATEGORY_TITLE && stays_before(lines, best)))
		lines[best].rule = CATEGORY_NONE;
	keep_standfirst(dump, lines, traits, best, body, threshold);
}

/* Scores the lines of a window; whether they are, or the document before them was, a dump. */
static bool score_window(struct dump *dump, const struct line *lines, const struct trait *traits,
	const struct topics *topics, size_t count)
{
	struct survey survey;

	if (dump->regime == REGIME_RESIDUE ||
		(dump->regime == REGIME_UNKNOWN && !may_be_dump(traits, count)))
		return false;
	make_room(dump, count);
	page_read(&dump->page, lines, traits, topics, count);
	score_lines(dump, &dump->model, 0, count, dump->scores);
	if (dump->regime == REGIME_DUMP)
		return true;
	survey = survey_lines(dump, lines, traits, count);
	return is_dump(&survey, count, dump->level);
}

void dump_judge(struct dump *dump, struct line *lines, const struct trait *traits,
	const struct topics *topics, size_t count)
{
	bool is_first = dump->regime == REGIME_UNKNOWN;
	size_t title = count;
	int threshold;

	if (dump->level == LEVEL_CAREFUL)
		return;
	dump->regime = score_window(dump, lines, traits, topics, count) ? REGIME_DUMP : REGIME_RESIDUE;
	if (dump->regime == REGIME_RESIDUE)
		return;
	threshold = threshold_for(dump, traits, count);
	weigh_repetition(dump, lines, count);
	if (is_first)
		title = lone_title(dump, lines, traits, count, threshold);
	for (size_t i = 0; i < count; i++)
		judge_anew(&lines[i], dump->scores[i],
			i == title || scores_from(dump, i, threshold) ||
				is_held(dump, i, count, threshold));
	if (is_first)
		keep_headline(dump, lines, traits, count, threshold);
}

void dump_release(struct dump *dump)
{
	free(dump->scores);
	model_release(&dump->model);
	model_release(&dump->headline);
	page_release(&dump->page);
}
