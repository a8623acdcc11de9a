/* SPDX-License-Identifier: MIT
 * crew_test.c - tasks for threads come back in order, each done once; and where a system gives no threads. */
#include "common/crew.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "tests/unit/check.h"

enum { TASKS = 500, MEMBERS = 3, MOST = 6 };

struct note {
	int times; /* how often it was done */
	size_t member, turn; /* who did it, as which of its own */
};

struct work {
	size_t turns[MEMBERS];
	pthread_t threads[MEMBERS];
};

static void do_note(void *at, size_t member, void *task)
{
	struct work *work = at;
	struct note *note = task;

	note->times++;
	note->member = member;
	note->turn = work->turns[member]++;
	work->threads[member] = pthread_self();
}

/* How many threads the system gives; what is above fails as it does where a limit is reached. */
static int threads_left = MEMBERS;

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
/* Stands in front of libc's own. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *), void *ctx)
{
	int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

	if (threads_left == 0)
		return EAGAIN;
	threads_left--;
	*(void **)&real = dlsym(RTLD_NEXT, "pthread_create");
	return real(thread, attr, start, ctx);
}
#endif

/* Gives notes to the members that `member_of` says, as many as there may be at a time. */
static void give_all(
	struct crew *crew, struct note *notes, size_t (*member_of)(struct crew *crew, size_t number))
{
	size_t collected = 0;

	for (size_t i = 0; i < TASKS; i++) {
		if (crew_given(crew) == MOST)
			assert_ptr_equal(crew_collect(crew), &notes[collected++]);
		crew_give(crew, member_of(crew, i), &notes[i]);
	}
	while (crew_given(crew))
		assert_ptr_equal(crew_collect(crew), &notes[collected++]);
	assert_null(crew_collect(crew));
	assert_int_equal(collected, TASKS);
}

static void check_once(const struct note *notes, const struct work *work)
{
	size_t turns[MEMBERS] = { 0 };

	for (size_t i = 0; i < TASKS; i++) {
		assert_int_equal(notes[i].times, 1);
		assert_int_equal(notes[i].turn, turns[notes[i].member]++);
	}
	assert_memory_equal(turns, work->turns, sizeof(turns));
}

static size_t whoever_is_idle(struct crew *crew, size_t number)
{
	(void)number;
	return crew_idlest(crew);
}

/* The last member sleeps while the ring goes round many times. */
static size_t the_last_one_late(struct crew *crew, size_t number)
{
	return number < TASKS - MOST / 2 ? number % (crew_members(crew) - 1) : crew_members(crew) - 1;
}

TEST(each_task_is_done_once_and_comes_back_in_order)
{
	struct note notes[TASKS] = { 0 };
	struct work work = { 0 };
	struct crew *crew;

	threads_left = MEMBERS;
	crew = crew_new(MEMBERS, MOST, do_note, &work);
	assert_int_equal(crew_members(crew), MEMBERS);
	give_all(crew, notes, whoever_is_idle);
	crew_free(crew);
	check_once(notes, &work);
}

TEST(who_slept_long_does_its_own_tasks_only)
{
	struct note notes[TASKS] = { 0 };
	struct work work = { 0 };
	struct crew *crew;

	threads_left = MEMBERS;
	crew = crew_new(MEMBERS, MOST, do_note, &work);
	give_all(crew, notes, the_last_one_late);
	crew_free(crew);
	check_once(notes, &work);
	assert_int_equal(work.turns[MEMBERS - 1], MOST / 2);
}

TEST(what_was_given_is_done_before_the_crew_goes)
{
	struct note notes[MOST] = { 0 };
	struct work work = { 0 };
	struct crew *crew;

	threads_left = MEMBERS;
	crew = crew_new(MEMBERS, MOST, do_note, &work);
	for (size_t i = 0; i < MOST; i++)
		crew_give(crew, i % MEMBERS, &notes[i]);
	crew_free(crew);
	for (size_t i = 0; i < MOST; i++)
		assert_int_equal(notes[i].times, 1);
}

static void check_with_threads(int threads, size_t members)
{
	struct note notes[TASKS] = { 0 };
	struct work work = { 0 };
	struct crew *crew;

	threads_left = threads;
	crew = crew_new(MEMBERS, MOST, do_note, &work);
	assert_int_equal(crew_members(crew), members);
	give_all(crew, notes, whoever_is_idle);
	crew_free(crew);
	check_once(notes, &work);
	assert_int_equal(pthread_equal(work.threads[0], pthread_self()) != 0, threads == 0);
}

TEST(fewer_threads_make_a_smaller_crew)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	check_with_threads(1, 1);
	check_with_threads(2, 2);
	check_with_threads(0, 1);
#else
	check_with_threads(MEMBERS, MEMBERS);
#endif
}

static void look_at_signals(void *at, size_t member, void *task)
{
	sigset_t *blocked = task;

	(void)at, (void)member;
	pthread_sigmask(SIG_SETMASK, NULL, blocked);
}

TEST(signals_go_to_the_thread_that_was_there_before)
{
	sigset_t theirs, before, after;
	struct crew *crew;

	threads_left = 1;
	pthread_sigmask(SIG_SETMASK, NULL, &before);
	crew = crew_new(1, 1, look_at_signals, NULL);
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	crew_give(crew, 0, &theirs);
	crew_collect(crew);
	crew_free(crew);
	assert_true(sigismember(&theirs, SIGTERM) && sigismember(&theirs, SIGINT) &&
		    sigismember(&theirs, SIGPIPE) && sigismember(&theirs, SIGXFSZ));
	assert_false(sigismember(&theirs, SIGSEGV));
	assert_int_equal(sigismember(&after, SIGTERM), sigismember(&before, SIGTERM));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(each_task_is_done_once_and_comes_back_in_order),
		IT(who_slept_long_does_its_own_tasks_only),
		IT(what_was_given_is_done_before_the_crew_goes),
		IT(fewer_threads_make_a_smaller_crew),
		IT(signals_go_to_the_thread_that_was_there_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
