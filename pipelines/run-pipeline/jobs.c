/* SPDX-License-Identifier: MIT
 * jobs.c - one loop over batches that run, a file or a stage that takes what they wrote, and signals. */
#include "jobs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/file.h"
#include "common/mem.h"
#include "common/report.h"
#include "inputs.h"

enum { BLOCK = 256 * 1024 }; /* bytes handed on at once */

/* A batch at work, or done and waiting for its turn. */
struct job {
	struct arena arena; /* of its commands */
	struct command *commands;
	struct copy *
		copies; /* of the stages of a job, those that are asked for: memory, until it is its turn */
	struct buf bad; /* records of the batch that could not be used */
	struct chain *chain; /* NULL: the place is free */
	enum chain_end end;
	int in, out; /* memory; -1: none */
	off_t handed_on; /* bytes of `out` */
};

struct jobs {
	const struct plan *plan;
	const struct wiring *wiring;
	struct batches *batches;
	size_t stages; /* of a job */
	struct job *ring; /* `places` of them; the one whose turn it is first */
	size_t count; /* may be at work at once */
	size_t places, first, used;
	struct batch next; /* not begun yet */
	bool has_next;
	bool no_more; /* batches */
	bool rejected; /* a stage ended with status 3 */
	struct chain *rest; /* the stages behind; NULL: there are none */
	struct arena rest_arena;
	int out; /* where outputs go: the rest, or the end; -1: to the tap */
	size_t at_once; /* bytes that `out` takes without making us wait, once it is ready */
	bool takes_pages; /* what `out` was given may be the pages of the memory themselves: nothing else may be written there */
	const struct tap *tap;
	struct buf block;
	struct pollfd *wait;
	struct watch *watch;
	struct trouble *trouble;
};

size_t jobs_stages(const struct plan *plan)
{
	size_t count = 0;

	for (const struct stage *stage = plan->stages; stage && stage->contract == CONTRACT_MAP;
		stage = stage->next)
		count++;
	return count;
}

static struct job *job_at(const struct jobs *jobs, size_t turn)
{
	return &jobs->ring[(jobs->first + turn) % jobs->places];
}

/* --- starting ------------------------------------------------------------------------------------------- */

static void job_free(struct jobs *jobs, struct job *job)
{
	struct memories *memories = &jobs->batches->memories;

	if (job->chain)
		chain_free(job->chain);
	for (size_t i = 0; job->copies && i < jobs->stages; i++)
		memories_give(memories, job->copies[i].fd);
	memories_give(memories, job->in);
	if (!jobs->takes_pages)
		memories_give(memories, job->out);
	else if (job->out >= 0)
		close(job->out);
	buf_release(&job->bad);
	arena_release(&job->arena);
	*job = (struct job){ .arena = ARENA_INIT, .in = -1, .out = -1 };
}

/* Copies go to memory first. */
static bool divert_copies(struct jobs *jobs, struct job *job)
{
	bool good = true;

	job->copies = arena_new(&job->arena, jobs->stages, sizeof(*job->copies));
	for (size_t i = 0; i < jobs->stages; i++) {
		job->copies[i].fd = -1;
		if (!job->commands[i].copy || !good)
			continue;
		job->copies[i] = *job->commands[i].copy;
		job->copies[i].fd = memories_take(&jobs->batches->memories);
		job->commands[i].copy = &job->copies[i];
		good = job->copies[i].fd >= 0;
	}
	return good;
}

static size_t block_of(off_t len)
{
	return len < BLOCK ? (size_t)len : BLOCK;
}

/* Where they belong, now that all before them are there. */
static bool hand_on_copies(struct jobs *jobs, const struct job *job)
{
	const struct tees *tees = jobs->wiring->tees;

	for (size_t i = 0; tees && i < tees->count; i++) {
		const struct tee *tee = &tees->items[i];
		int from = tee->stage < jobs->stages ? job->copies[tee->stage].fd : -1;
		off_t at = 0, len = from < 0 ? 0 : memories_len(from);
		ssize_t got = 1;

		while (at < len && got > 0) {
			got = pread(from, buf_reserve(&jobs->block, BLOCK), block_of(len - at), at);
			at += got;
			if (got < 0 || !file_write_all(tee->copy.fd, span_of(jobs->block.at, (size_t)got)))
				return trouble_in(jobs->trouble, tee->copy.name,
					"cannot write the copy of stage '%s': %s",
					job->commands[tee->stage].stage->id, strerror(errno));
		}
	}
	return true;
}

/* Likewise. */
static bool hand_on_bad(struct jobs *jobs, const struct job *job)
{
	struct output *file = jobs->wiring->bad_file;

	if (!file || output_put(file, buf_span(&job->bad)) == FLOW_MORE)
		return true;
	return trouble_in(jobs->trouble, file->name, "cannot write bad records: %s", strerror(errno));
}

static bool start_job(struct jobs *jobs, const struct batch *batch)
{
	struct job *job = job_at(jobs, jobs->used);
	struct wiring wiring = *jobs->wiring;

	wiring.batch = batch;
	if (batch->names) {
		wiring.files = batch->names;
		wiring.file_count = batch->count;
		wiring.decompress = inputs_any_compressed(batch->names, batch->count);
	}
	*job = (struct job){ .arena = ARENA_INIT, .in = batch->in, .out = -1 };
	jobs->used++;
	if (wiring.bad_file) {
		wiring.bad_records = ledger_path(wiring.ledger, &job->arena);
		wiring.bad_to = &job->bad;
	}
	job->commands = commands_make(&job->arena, jobs->plan, &wiring, jobs->trouble);
	if (!job->commands)
		return false;
	job->out = memories_take(&jobs->batches->memories);
	if (job->out < 0 || !divert_copies(jobs, job))
		return trouble_in(jobs->trouble, "batch", "%s", strerror(errno));
	job->chain = chain_start(job->commands, jobs->stages, job->in < 0 ? STDIN_FILENO : job->in,
		job->out, NULL, jobs->watch, jobs->trouble);
	if (jobs->used > 1)
		chain_speak(job->chain, false);
	return true;
}

static bool is_at_work(const struct job *job)
{
	return job->end == CHAIN_RUNS;
}

/* Whether one more may begin that takes `memory` batches of memory. */
static bool has_place(const struct jobs *jobs, size_t memory)
{
	size_t at_work = 0;

	for (size_t i = 0; i < jobs->used; i++) {
		const struct job *job = job_at(jobs, i);

		at_work += is_at_work(job);
		memory += job->in < 0 ? 1 : 2;
	}
	return at_work < jobs->count && memory <= jobs->places;
}

/* Whether to look for the next batch: where it takes no memory that may be before it can begin. */
static bool looks_ahead(const struct jobs *jobs)
{
	return !jobs->no_more && !jobs->has_next &&
	       (!batches_take_memory(jobs->batches) || has_place(jobs, 2));
}

/* Gets on with the next batch. */
static bool look_ahead(struct jobs *jobs)
{
	struct diag why;

	switch (batches_step(jobs->batches, &jobs->next, &why)) {
	case BATCHES_READ:
		return true;
	case BATCHES_READY:
		jobs->has_next = true;
		return true;
	case BATCHES_OVER:
		jobs->no_more = true;
		return true;
	case BATCHES_FAILED:
		break;
	}
	return trouble_in(
		jobs->trouble, *jobs->batches->names ? *jobs->batches->names : "batch", "%s", why.text);
}

static bool can_begin(const struct jobs *jobs)
{
	return jobs->has_next && has_place(jobs, jobs->next.in < 0 ? 1 : 2);
}

static bool deal(struct jobs *jobs)
{
	if (looks_ahead(jobs) && !look_ahead(jobs))
		return false;
	if (!can_begin(jobs))
		return true;
	jobs->has_next = false;
	return start_job(jobs, &jobs->next);
}

/* --- handing on ----------------------------------------------------------------------------------------- */

static void free_first(struct jobs *jobs)
{
	job_free(jobs, job_at(jobs, 0));
	jobs->first++;
	jobs->used--;
	if (jobs->used)
		chain_speak(job_at(jobs, 0)->chain, true);
}

static void drop_next(struct jobs *jobs)
{
	if (jobs->has_next)
		memories_give(&jobs->batches->memories, jobs->next.in);
	jobs->has_next = false;
}

/* Whoever reads has had enough. */
static enum chain_end stop_early(struct jobs *jobs)
{
	jobs->no_more = true;
	drop_next(jobs);
	while (jobs->used)
		free_first(jobs);
	close(jobs->out);
	jobs->out = -1;
	return CHAIN_RUNS;
}

/* To the tap, which says what is wrong. Bytes handed on, 0 at the end, -1 when it cannot go on. */
static ssize_t tap_on(struct jobs *jobs, const struct job *job, size_t len)
{
	ssize_t got = pread(job->out, buf_reserve(&jobs->block, BLOCK), len, job->handed_on);

	if (got < 0)
		trouble_in(jobs->trouble, "batch", "cannot read: %s", strerror(errno));
	if (got <= 0)
		return got;
	return jobs->tap->take(jobs->tap->ctx, span_of(jobs->block.at, (size_t)got)) ? got : -1;
}

/* To a descriptor; likewise, with errno. Where the system does not copy by itself (to files opened for appending), we
 * do. */
static ssize_t write_on(struct jobs *jobs, const struct job *job, size_t len)
{
	off_t at = job->handed_on;
	ssize_t put = sendfile(jobs->out, job->out, &at, len);

	if (put >= 0 || errno != EINVAL)
		return put;
	put = pread(job->out, buf_reserve(&jobs->block, len), len, at);
	return put <= 0 ? put : write(jobs->out, jobs->block.at, (size_t)put);
}

static enum chain_end write_failed(struct jobs *jobs)
{
	if (errno == EAGAIN || errno == EINTR)
		return CHAIN_RUNS;
	if (errno == EPIPE && jobs->rest)
		return stop_early(jobs);
	if (errno == EPIPE && jobs->watch->holds_pipe)
		return CHAIN_UNREAD;
	trouble_in(jobs->trouble, "output", "cannot write: %s", strerror(errno));
	return CHAIN_FAILED;
}

/* Hands on some of what the first job wrote. CHAIN_RUNS unless that fails. */
static enum chain_end hand_on(struct jobs *jobs, struct job *job)
{
	bool taps = jobs->tap && !jobs->rest;
	size_t left = (size_t)(memories_len(job->out) - job->handed_on);
	ssize_t put = 0;

	if (left && taps)
		put = tap_on(jobs, job, left < BLOCK ? left : BLOCK);
	else if (left)
		put = write_on(jobs, job, left < jobs->at_once ? left : jobs->at_once);
	if (put < 0)
		return taps ? CHAIN_FAILED : write_failed(jobs);
	job->handed_on += put;
	if (put == 0 && !(hand_on_copies(jobs, job) && hand_on_bad(jobs, job)))
		return CHAIN_FAILED;
	if (put == 0)
		free_first(jobs);
	return CHAIN_RUNS;
}

static bool has_output(const struct jobs *jobs)
{
	const struct job *job = job_at(jobs, 0);

	return jobs->used && (job->end == CHAIN_DONE || job->end == CHAIN_REJECTED);
}

/* --- watching ------------------------------------------------------------------------------------------- */

/* Places in `wait`: signals, input, output, then the rest of the stages, then the jobs. */
enum { WAIT_SIGNAL, WAIT_IN, WAIT_OUT, WAIT_CHAINS };

static size_t wait_size(const struct jobs *jobs, size_t stages)
{
	return WAIT_CHAINS + chain_wait_count(stages) + jobs->places * chain_wait_count(jobs->stages);
}

static bool wait_for_news(struct jobs *jobs)
{
	bool reads = looks_ahead(jobs);
	struct pollfd *wait = jobs->wait + WAIT_CHAINS;
	size_t rest = jobs->plan->stage_count - jobs->stages;

	jobs->wait[WAIT_SIGNAL] = (struct pollfd){ .fd = jobs->watch->fd, .events = POLLIN };
	jobs->wait[WAIT_IN] =
		(struct pollfd){ .fd = reads ? batches_fd(jobs->batches) : -1, .events = POLLIN };
	jobs->wait[WAIT_OUT] =
		(struct pollfd){ .fd = has_output(jobs) ? jobs->out : -1, .events = POLLOUT };
	if (jobs->rest) {
		chain_wait_for(jobs->rest, wait);
		wait += chain_wait_count(rest);
	}
	for (size_t i = 0; i < jobs->used; i++, wait += chain_wait_count(jobs->stages))
		chain_wait_for(job_at(jobs, i)->chain, wait);
	/* Without a descriptor to wait for there is something to do at once. */
	return watch_wait(jobs->watch, jobs->wait, (size_t)(wait - jobs->wait),
		(reads && batches_fd(jobs->batches) < 0) || can_begin(jobs) ||
				(has_output(jobs) && jobs->out < 0)
			? 0
			: -1);
}

/* Steps every chain. CHAIN_RUNS unless something is over for all. */
static enum chain_end step_all(struct jobs *jobs)
{
	for (size_t i = 0; i < jobs->used; i++) {
		struct job *job = job_at(jobs, i);

		job->end = chain_step(job->chain);
		if (job->end == CHAIN_FAILED || job->end == CHAIN_UNREAD)
			return CHAIN_FAILED;
		jobs->rejected |= job->end == CHAIN_REJECTED;
		if (is_at_work(job))
			continue;
		memories_give(&jobs->batches->memories, job->in);
		job->in = -1;
	}
	return jobs->rest ? chain_step(jobs->rest) : CHAIN_RUNS;
}

static enum chain_end step(struct jobs *jobs)
{
	enum chain_end end = step_all(jobs);

	if (end != CHAIN_RUNS)
		return end;
	if (has_output(jobs) && (jobs->out < 0 || jobs->wait[WAIT_OUT].revents)) {
		end = hand_on(jobs, job_at(jobs, 0));
		if (end != CHAIN_RUNS)
			return end;
	}
	if (!deal(jobs))
		return CHAIN_FAILED;
	if (!jobs->no_more || jobs->has_next || jobs->used)
		return CHAIN_RUNS;
	if (!jobs->rest)
		return CHAIN_DONE;
	if (jobs->out >= 0)
		close(jobs->out); /* the rest has got all */
	jobs->out = -1;
	return CHAIN_RUNS;
}

/* --- the whole ------------------------------------------------------------------------------------------ */

/* The stages behind, reading from us. */
static bool start_rest(struct jobs *jobs, int out)
{
	const struct command *commands =
		commands_make(&jobs->rest_arena, jobs->plan, jobs->wiring, jobs->trouble);
	int ends[2];

	if (!commands)
		return false;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return trouble_in(jobs->trouble, "pipe", "%s", strerror(errno));
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	jobs->rest = chain_start(commands + jobs->stages, jobs->plan->stage_count - jobs->stages, ends[0],
		out, jobs->tap, jobs->watch, jobs->trouble);
	close(ends[0]);
	jobs->out = ends[1];
	jobs->at_once = BLOCK;
	jobs->takes_pages = true;
	return true;
}

/* A pipe that poll says is ready takes PIPE_BUF bytes without making us wait; a file takes any. */
static bool open_end(struct jobs *jobs, int out)
{
	struct stat about;
	bool is_file = !jobs->tap && fstat(out, &about) == 0 && S_ISREG(about.st_mode);

	if (jobs->stages < jobs->plan->stage_count)
		return start_rest(jobs, out);
	jobs->out = jobs->tap ? -1 : out;
	jobs->at_once = is_file ? BLOCK : PIPE_BUF;
	jobs->takes_pages = !jobs->tap && !is_file;
	return true;
}

/* What all jobs together have mended. */
static void tell_repairs(const struct jobs *jobs)
{
	const struct stage *stage = jobs->plan->stages;

	for (size_t i = 0; i < jobs->stages; i++, stage = stage->next) {
		struct buf sentence = BUF_INIT;

		repairs_say(&sentence, &jobs->wiring->ledger->accounts[i].repairs);
		screen_clear(sentence.len ? jobs->watch->screen : NULL);
		if (sentence.len)
			report(stage->name, NULL, buf_string(&sentence));
		buf_release(&sentence);
	}
}

static enum chain_end run_all(struct jobs *jobs)
{
	enum chain_end end;

	while ((end = step(jobs)) == CHAIN_RUNS) {
		if (!wait_for_news(jobs)) {
			trouble_in(jobs->trouble, "jobs", "cannot wait: %s", strerror(errno));
			return CHAIN_FAILED;
		}
		if (jobs->watch->fatal)
			return CHAIN_STOPPED;
	}
	if (end == CHAIN_DONE)
		tell_repairs(jobs);
	return end == CHAIN_DONE && jobs->rejected ? CHAIN_REJECTED : end;
}

static void release(struct jobs *jobs)
{
	drop_next(jobs);
	for (size_t i = 0; i < jobs->used; i++)
		job_free(jobs, job_at(jobs, i));
	if (jobs->rest) {
		chain_free(jobs->rest);
		if (jobs->out >= 0)
			close(jobs->out);
	}
	arena_release(&jobs->rest_arena);
	buf_release(&jobs->block);
	free(jobs->ring);
	free(jobs->wait);
}

enum chain_end jobs_run(const struct plan *plan, const struct wiring *wiring, struct batches *batches,
	size_t count, int out, const struct tap *tap, struct watch *watch, struct trouble *trouble)
{
	struct jobs jobs = { .plan = plan,
		.wiring = wiring,
		.batches = batches,
		.stages = jobs_stages(plan),
		.count = count,
		.places = 2 * count,
		.out = -1,
		.tap = tap,
		.watch = watch,
		.trouble = trouble };
	enum chain_end end = CHAIN_FAILED;

	jobs.ring = mem_new(jobs.places, sizeof(*jobs.ring));
	jobs.wait = mem_new(wait_size(&jobs, plan->stage_count), sizeof(*jobs.wait));
	if (open_end(&jobs, out))
		end = run_all(&jobs);
	release(&jobs);
	return end;
}
