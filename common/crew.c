/* SPDX-License-Identifier: MIT
 * crew.c - a ring of tasks under one lock: few, and each worth milliseconds. */
#include "common/crew.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "common/mem.h"

struct task {
	void *what;
	size_t member;
	bool is_done;
};

struct member {
	struct crew *crew;
	size_t number;
	pthread_t thread;
	pthread_cond_t wake; /* there is something to do */
	uint64_t next; /* no task before this one is its own and not begun */
	size_t left; /* tasks to do */
};

struct crew {
	crew_fn *work;
	void *ctx;
	struct member *members;
	size_t count, threads; /* members; those that are threads: all, or none */
	struct task *ring;
	size_t most;
	uint64_t given, collected;
	pthread_mutex_t lock;
	pthread_cond_t done; /* a task is */
	bool is_over;
};

size_t crew_processors(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		return 1;
	return CPU_COUNT(&set) > 0 ? (size_t)CPU_COUNT(&set) : 1;
}

static struct task *task_at(const struct crew *crew, uint64_t number)
{
	return &crew->ring[number % crew->most];
}

/* The next task of a member; NULL when there will be none. The lock is held, and let go while waiting. */
static struct task *next_task(struct member *member)
{
	struct crew *crew = member->crew;

	for (;;) {
		if (member->next <
			crew->collected) /* others' tasks, whose places in the ring were used again */
			member->next = crew->collected;
		while (member->next < crew->given) {
			struct task *task = task_at(crew, member->next++);

			if (task->member == member->number)
				return task;
		}
		if (crew->is_over)
			return NULL;
		pthread_cond_wait(&member->wake, &crew->lock);
	}
}

static void *run(void *at)
{
	struct member *member = at;
	struct crew *crew = member->crew;
	struct task *task;

	pthread_mutex_lock(&crew->lock);
	while ((task = next_task(member))) {
		pthread_mutex_unlock(&crew->lock);
		crew->work(crew->ctx, member->number, task->what);
		pthread_mutex_lock(&crew->lock);
		task->is_done = true;
		member->left--;
		pthread_cond_signal(&crew->done);
	}
	pthread_mutex_unlock(&crew->lock);
	return NULL;
}

/* Signals that are sent to the program are not for members; those that a member's own fault raises cannot wait. */
static void block_signals(sigset_t *before)
{
	sigset_t all;

	sigfillset(&all);
	sigdelset(&all, SIGSEGV);
	sigdelset(&all, SIGBUS);
	sigdelset(&all, SIGFPE);
	sigdelset(&all, SIGILL);
	sigdelset(&all, SIGABRT);
	pthread_sigmask(SIG_SETMASK, &all, before);
}

static void hire(struct crew *crew, size_t wanted)
{
	sigset_t before;

	block_signals(&before);
	for (; crew->threads < wanted; crew->threads++) {
		struct member *member = &crew->members[crew->threads];

		pthread_cond_init(&member->wake, NULL);
		if (pthread_create(&member->thread, NULL, run, member) == 0)
			continue;
		pthread_cond_destroy(&member->wake);
		break;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct crew *crew_new(size_t wanted, size_t most, crew_fn *work, void *ctx)
{
	struct crew *crew = mem_new(1, sizeof(*crew));

	crew->work = work;
	crew->ctx = ctx;
	crew->most = most;
	crew->ring = mem_new(most, sizeof(*crew->ring));
	crew->members = mem_new(wanted, sizeof(*crew->members));
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->done, NULL);
	for (size_t i = 0; i < wanted; i++)
		crew->members[i] = (struct member){ .crew = crew, .number = i };
	hire(crew, wanted);
	crew->count = crew->threads ? crew->threads : 1;
	return crew;
}

size_t crew_members(const struct crew *crew)
{
	return crew->count;
}

size_t crew_given(const struct crew *crew)
{
	return (size_t)(crew->given - crew->collected);
}

size_t crew_idlest(struct crew *crew)
{
	size_t least = 0;

	pthread_mutex_lock(&crew->lock);
	for (size_t i = 1; i < crew->count; i++)
		if (crew->members[i].left < crew->members[least].left)
			least = i;
	pthread_mutex_unlock(&crew->lock);
	return least;
}

void crew_give(struct crew *crew, size_t number, void *what)
{
	struct member *member = &crew->members[number];

	assert(number < crew->count && crew_given(crew) < crew->most);
	if (crew->threads == 0)
		crew->work(crew->ctx, number, what);
	pthread_mutex_lock(&crew->lock);
	*task_at(crew, crew->given++) = (struct task){ what, number, crew->threads == 0 };
	if (crew->threads) {
		member->left++;
		pthread_cond_signal(&member->wake);
	}
	pthread_mutex_unlock(&crew->lock);
}

void *crew_collect(struct crew *crew)
{
	struct task *task = task_at(crew, crew->collected);

	if (crew_given(crew) == 0)
		return NULL;
	pthread_mutex_lock(&crew->lock);
	while (!task->is_done)
		pthread_cond_wait(&crew->done, &crew->lock);
	crew->collected++;
	pthread_mutex_unlock(&crew->lock);
	return task->what;
}

void crew_free(struct crew *crew)
{
	pthread_mutex_lock(&crew->lock);
	crew->is_over = true;
	for (size_t i = 0; i < crew->threads; i++)
		pthread_cond_signal(&crew->members[i].wake);
	pthread_mutex_unlock(&crew->lock);
	for (size_t i = 0; i < crew->threads; i++) {
		pthread_join(crew->members[i].thread, NULL);
		pthread_cond_destroy(&crew->members[i].wake);
	}
	pthread_cond_destroy(&crew->done);
	pthread_mutex_destroy(&crew->lock);
	free(crew->members);
	free(crew->ring);
	free(crew);
}
