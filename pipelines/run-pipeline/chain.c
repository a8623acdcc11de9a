/* SPDX-License-Identifier: MIT
 * chain.c - starting, watching, stopping. */
#include "chain.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/mem.h"
#include "speech.h"

enum {
	BLOCK = 256 * 1024, /* bytes read from the last stage at once */
	GRACE_MS = 300, /* between SIGTERM and SIGKILL */
};

struct process {
	pid_t pid; /* 0: not started, or over */
	struct speech speech; /* its standard error */
	struct relay relay; /* of its output, where that is copied */
	struct entry entry; /* what it uses and counts */
	int out; /* the pipe to the next stage, ours too while it runs: it tells whether that one has left; -1: none */
	int status; /* as of waitpid, once it is over */
	bool is_unread; /* and who read what it wrote had left by then */
};

struct chain {
	const struct command *commands;
	struct process *processes;
	size_t count;
	struct watch *watch;
	struct trouble *trouble;
	struct tap tap; /* `take` is NULL where nobody taps */
	char *block; /* BLOCK bytes, for the tap */
	enum chain_end end;
	int tapped; /* where the last stage's output is read; -1: nowhere */
	bool fills_file; /* the last stage writes a file, which has no reader to leave */
	bool rejected; /* a stage ended with status 3 */
};

/* --- starting --------------------------------------------------------------------------------- */

/* As large as the system makes it, 64 KiB. With 1 MiB the bytes have left the cache until they are read: `sentences` over
 * 17 MB took 4 to 8 % more CPU (medians of 11 runs beside each other). */
static bool make_pipe(int ends[2])
{
	return pipe2(ends, O_CLOEXEC) == 0;
}

static void close_unless(int fd, int kept)
{
	if (fd != kept)
		close(fd);
}

/* A stage whose output we pipe must die of SIGPIPE even where our parent ignores it. The last one
 * keeps what we inherited: there a failed write is its failure. */
static void set_signals(posix_spawnattr_t *attributes, const struct chain *chain, bool is_last)
{
	sigset_t defaults;

	sigemptyset(&defaults);
	if (!is_last)
		sigaddset(&defaults, SIGPIPE);
	posix_spawnattr_setsigdefault(attributes, &defaults);
	posix_spawnattr_setsigmask(attributes, &chain->watch->before);
	posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

/* posix_spawn with `descriptors` as the first three; its error number. */
static int spawn(struct chain *chain, size_t index, const int descriptors[3])
{
	const struct command *command = &chain->commands[index];
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int error = 0;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	for (int fd = 0; fd < 3 && error == 0;
		fd++) /* without memory the stage would read and write ours */
		error = posix_spawn_file_actions_adddup2(&actions, descriptors[fd], fd);
	set_signals(&attributes, chain, index + 1 == chain->count && !command->copy);
	if (error == 0)
		error = posix_spawn(&chain->processes[index].pid, command->argv[0], &actions, &attributes,
			(char *const *)command->argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return error;
}

static bool start_process(struct chain *chain, size_t index, int in, int out)
{
	const struct command *command = &chain->commands[index];
	struct process *process = &chain->processes[index];
	int mouth, error;

	if (entry_open(&process->entry, command->account, command->paths) &&
		speech_open(&process->speech, chain->tap.said, chain->watch->screen, &mouth)) {
		error = spawn(chain, index, (const int[]){ in, out, mouth });
		close(mouth);
	} else {
		error = errno;
	}
	if (error == 0)
		return true;
	process->pid = 0;
	return trouble_on(chain->trouble, command->stage->place, "cannot start stage '%s' ('%s'): %s",
		command->stage->name, command->argv[0], strerror(error));
}

/* Puts a relay behind stage `index`, which writes the pipe that `from` reads. Returns what the next one, or the tap, is to
 * read; -1 behind the last one, or with errno. */
static int start_relay(struct chain *chain, size_t index, int from, int out)
{
	struct relay *relay = &chain->processes[index].relay;
	bool is_pipe = index + 1 < chain->count || out < 0;
	int ends[2] = { -1, out };

	if (is_pipe && !make_pipe(ends)) {
		close(from);
		return -1;
	}
	relay_open(relay, from, ends[1], is_pipe, chain->commands[index].copy);
	return ends[0];
}

/* Starts all, each reading from the one before. */
static bool start_all(struct chain *chain, int in, int out)
{
	int reads = in;
	bool good = true;

	for (size_t i = 0; i < chain->count && good; i++) {
		bool copied = chain->commands[i].copy != NULL;
		bool piped = i + 1 < chain->count || out < 0 || copied;
		int ends[2] = { -1, out };

		if (piped && !make_pipe(ends)) {
			good = trouble_in(chain->trouble, "pipe", "%s", strerror(errno));
			break;
		}
		good = start_process(chain, i, reads, ends[1]);
		close_unless(reads, in);
		reads = ends[0];
		if (good && i + 1 < chain->count && !copied)
			chain->processes[i].out = ends[1];
		else if (piped)
			close(ends[1]);
		if (copied && good) {
			reads = start_relay(chain, i, reads, out);
			good = chain->processes[i].relay.from >= 0 ||
			       trouble_in(chain->trouble, "pipe", "%s", strerror(errno));
		}
	}
	chain->tapped = good && out < 0 ? reads : -1;
	if (chain->tapped >= 0)
		fcntl(chain->tapped, F_SETFL, O_NONBLOCK); /* our end of the pipe alone */
	if (!good && reads >= 0)
		close_unless(reads, in);
	return good;
}

/* --- how stages end --------------------------------------------------------------------------- */

static bool ended_well(const struct stage *stage, int status)
{
	return WIFEXITED(status) && stage->ok_exit[WEXITSTATUS(status)];
}

/* Status 3 of a filter: some documents were rejected. Of another program it means what that says. */
static bool ended_rejecting(const struct stage *stage, int status)
{
	return stage->filter && WIFEXITED(status) && WEXITSTATUS(status) == STATUS_REJECTED;
}

/* Whether nobody reads the pipe any more. */
static bool is_left(int pipe)
{
	struct pollfd look = { .fd = pipe };

	return poll(&look, 1, 0) == 1 && look.revents & POLLERR;
}

/* Whether it ended because nobody reads its output: SIGPIPE comes of other pipes, too, such as one that an option names. */
static bool ended_unread(const struct process *process)
{
	return WIFSIGNALED(process->status) && WTERMSIG(process->status) == SIGPIPE && process->is_unread;
}

/* The last words of a filter start with its name, which the message about it has said already. */
static const char *without_name(const struct stage *stage, struct buf *words)
{
	struct span text = span_from(buf_string(words)), name = span_from(stage->name);

	if (span_has_prefix(text, name) && span_has_prefix(span_skip(text, name.len), SPAN(": ")))
		return text.at + name.len + 2;
	return text.at;
}

/* Whether what stage `index` writes may be read no more; who reads the last one we cannot see. */
static bool nobody_reads(const struct chain *chain, size_t index)
{
	const struct process *process = &chain->processes[index];

	if (chain->commands[index].copy)
		return process->is_unread;
	if (index + 1 == chain->count)
		return !chain->tap.take && !chain->fills_file;
	return is_left(process->out);
}

/* The next stage is to see that no more comes. */
static void let_go(struct process *process)
{
	if (process->out >= 0)
		close(process->out);
	process->out = -1;
}

/* Whether stage `index` is over, by now or, without flags, once it is. */
static bool is_over(struct chain *chain, size_t index, int flags)
{
	struct process *process = &chain->processes[index];
	struct rusage used;

	if (!process->pid || wait4(process->pid, &process->status, flags, &used) != process->pid)
		return false;
	process->pid = 0;
	process->is_unread = nobody_reads(chain, index);
	let_go(process);
	entry_close(&process->entry, process->status, &used);
	return true;
}

static void tell_failure(const struct chain *chain, size_t index)
{
	const struct stage *stage = chain->commands[index].stage;
	struct process *process = &chain->processes[index];
	const char *filter = stage->name;
	int status = process->status;
	struct buf words = BUF_INIT;

	speech_close(&process->speech, WIFSIGNALED(status) ? NULL : &words);
	if (WIFSIGNALED(status))
		trouble_on(chain->trouble, stage->place, "stage '%s' was killed by signal %d (%s)", filter,
			WTERMSIG(status), strsignal(WTERMSIG(status)));
	else if (words.len)
		trouble_on(chain->trouble, stage->place, "stage '%s' failed: %s", filter,
			without_name(stage, &words));
	else
		trouble_on(chain->trouble, stage->place, "stage '%s' failed with status %d", filter,
			WEXITSTATUS(status));
	buf_release(&words);
}

/* Collects who is over. CHAIN_RUNS as long as nothing is wrong. Of several that failed together the
 * first in the chain is blamed: the others read what it left unfinished. */
static enum chain_end reap(struct chain *chain)
{
	enum chain_end end = CHAIN_RUNS;

	for (size_t i = 0; i < chain->count; i++) {
		struct process *process = &chain->processes[i];
		const struct stage *stage = chain->commands[i].stage;
		bool is_last = i + 1 == chain->count;

		if (!is_over(chain, i, WNOHANG))
			continue;
		if (ended_rejecting(stage, process->status))
			chain->rejected = true;
		if (end != CHAIN_RUNS || ended_well(stage, process->status))
			continue;
		if (!ended_unread(process)) {
			tell_failure(chain, i);
			end = CHAIN_FAILED;
		} else if (is_last) {
			end = CHAIN_UNREAD;
		}
	}
	return end;
}

static bool any_left(const struct chain *chain)
{
	for (size_t i = 0; i < chain->count; i++)
		if (chain->processes[i].pid)
			return true;
	return false;
}

static bool any_relayed(const struct chain *chain)
{
	for (size_t i = 0; i < chain->count; i++)
		if (chain->processes[i].relay.from >= 0)
			return true;
	return false;
}

/* --- stopping --------------------------------------------------------------------------------- */

static void signal_all(const struct chain *chain, int number)
{
	for (size_t i = 0; i < chain->count; i++)
		if (chain->processes[i].pid)
			kill(chain->processes[i].pid, number);
}

static void collect(struct chain *chain, int flags)
{
	for (size_t i = 0; i < chain->count; i++)
		is_over(chain, i, flags);
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void stop_all(struct chain *chain)
{
	struct pollfd wait = { .fd = chain->watch->fd, .events = POLLIN };
	long deadline = now_ms() + GRACE_MS, left;

	signal_all(chain, SIGTERM);
	while (collect(chain, WNOHANG), any_left(chain) && (left = deadline - now_ms()) > 0) {
		poll(&wait, 1, (int)left);
		watch_drain(chain->watch);
	}
	signal_all(chain, SIGKILL);
	collect(chain, 0);
}

/* --- watching --------------------------------------------------------------------------------- */

/* Hands on what the last stage has written. False when that cannot be read, or taken. */
static bool read_tap(struct chain *chain)
{
	const struct stage *last = chain->commands[chain->count - 1].stage;
	ssize_t got = read(chain->tapped, chain->block, BLOCK);

	assert(chain->tap.take); /* nothing is read without a tap */
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (got > 0)
		return chain->tap.take(chain->tap.ctx, span_of(chain->block, (size_t)got));
	if (got < 0)
		return trouble_on(chain->trouble, last->place, "what stage '%s' wrote cannot be read: %s",
			last->name, strerror(errno));
	close(chain->tapped);
	chain->tapped = -1;
	return true;
}

/* Of the last stage nobody else notices that its output cannot be written, or is not read. */
static enum chain_end relay_failed(struct chain *chain, size_t index, enum relay_end end)
{
	const struct stage *stage = chain->commands[index].stage;

	if (end == RELAY_NOT_COPIED)
		trouble_in(chain->trouble, chain->commands[index].copy->name,
			"cannot write the copy of stage '%s': %s", stage->id, strerror(errno));
	else if (end == RELAY_UNREAD && index + 1 < chain->count)
		return chain->processes[index].is_unread = true, CHAIN_RUNS;
	else if (end == RELAY_UNREAD && chain->watch->holds_pipe)
		return CHAIN_UNREAD;
	else
		trouble_on(chain->trouble, stage->place, "what stage '%s' wrote cannot be %s: %s",
			stage->name, end == RELAY_NOT_READ ? "read" : "written", strerror(errno));
	return CHAIN_FAILED;
}

static enum chain_end step_relays(struct chain *chain)
{
	enum chain_end end = CHAIN_RUNS;

	for (size_t i = 0; i < chain->count && end == CHAIN_RUNS; i++) {
		enum relay_end relayed = relay_step(&chain->processes[i].relay);

		if (relayed != RELAY_RUNS)
			end = relay_failed(chain, i, relayed);
	}
	return end;
}

size_t chain_wait_count(size_t count)
{
	return 5 * count + 1;
}

void chain_wait_for(const struct chain *chain, struct pollfd *wait)
{
	*wait++ = (struct pollfd){ .fd = chain->tapped, .events = POLLIN };
	for (size_t i = 0; i < chain->count; i++) {
		const struct process *process = &chain->processes[i];

		*wait++ = (struct pollfd){ .fd = speech_fd(&process->speech), .events = POLLIN };
		*wait++ = (struct pollfd){ .fd = process->entry.stats.fd, .events = POLLIN };
		*wait++ = (struct pollfd){ .fd = process->entry.progress.fd, .events = POLLIN };
		*wait++ = (struct pollfd){ .fd = process->entry.bad.fd, .events = POLLIN };
		relay_wait_for(&process->relay, wait++);
	}
}

void chain_speak(struct chain *chain, bool may)
{
	for (size_t i = 0; i < chain->count; i++) {
		if (may)
			speech_begin(&chain->processes[i].speech);
		else
			chain->processes[i].speech.waits = true;
	}
}

enum chain_end chain_step(struct chain *chain)
{
	if (chain->end != CHAIN_RUNS)
		return chain->end;
	for (size_t i = 0; i < chain->count; i++) {
		speech_hear(&chain->processes[i].speech);
		entry_hear(&chain->processes[i].entry);
	}
	chain->end = step_relays(chain);
	if (chain->end == CHAIN_RUNS && chain->tapped >= 0 && !read_tap(chain))
		chain->end = CHAIN_FAILED;
	if (chain->end == CHAIN_RUNS)
		chain->end = reap(chain);
	if (chain->end == CHAIN_RUNS && !any_left(chain) && !any_relayed(chain) && chain->tapped < 0)
		chain->end = chain->rejected ? CHAIN_REJECTED : CHAIN_DONE;
	return chain->end;
}

struct chain *chain_start(const struct command *commands, size_t count, int in, int out,
	const struct tap *tap, struct watch *watch, struct trouble *trouble)
{
	struct chain *chain = mem_new(1, sizeof(*chain));
	struct stat about;

	*chain = (struct chain){
		.commands = commands, .count = count, .watch = watch, .trouble = trouble, .tapped = -1
	};
	if (tap) {
		chain->tap = *tap;
		chain->block = mem_resize(NULL, BLOCK, 1);
	}
	chain->processes = mem_new(count, sizeof(*chain->processes));
	for (size_t i = 0; i < count; i++)
		chain->processes[i] = (struct process){
			.relay.from = -1, .entry = ENTRY_INIT, .speech.fd = -1, .out = -1
		};
	chain->fills_file = fstat(out, &about) == 0 && S_ISREG(about.st_mode);
	chain->end = start_all(chain, in, tap ? -1 : out) ? CHAIN_RUNS : CHAIN_FAILED;
	return chain;
}

/* What is left of the stages' speeches is handed on. */
void chain_free(struct chain *chain)
{
	stop_all(chain);
	for (size_t i = 0; i < chain->count; i++) {
		speech_close(&chain->processes[i].speech, NULL);
		entry_drop(&chain->processes[i].entry);
		relay_close(&chain->processes[i].relay);
	}
	if (chain->tapped >= 0)
		close(chain->tapped);
	free(chain->block);
	free(chain->processes);
	free(chain);
}

enum chain_end chain_run(const struct command *commands, size_t count, int in, int out,
	const struct tap *tap, struct watch *watch, struct trouble *trouble)
{
	struct chain *chain = chain_start(commands, count, in, out, tap, watch, trouble);
	struct pollfd *wait = mem_new(1 + chain_wait_count(count), sizeof(*wait));
	enum chain_end end;

	while ((end = chain_step(chain)) == CHAIN_RUNS) {
		wait[0] = (struct pollfd){ .fd = watch->fd, .events = POLLIN };
		chain_wait_for(chain, wait + 1);
		if (!watch_wait(watch, wait, 1 + chain_wait_count(count), -1)) {
			trouble_in(trouble, "stages", "cannot wait: %s", strerror(errno));
			end = CHAIN_FAILED;
			break;
		}
		if (watch->fatal)
			break;
	}
	if (watch->fatal)
		end = CHAIN_STOPPED;
	chain_free(chain);
	free(wait);
	return end;
}
