/* SPDX-License-Identifier: MIT
 * crew.h - threads that work for one caller, who gets everything back in the order in which it was given.
 *
 * Each member of a crew does its own tasks one after the other, in the order in which they were given, in a thread of its own; so
 * what only tasks of one member touch needs no lock. Between crew_give and crew_collect a task belongs to the member.
 * A system that has fewer threads to give makes a smaller crew; one that has none makes a crew of one whose tasks the caller does
 * at once: the caller need not know. Members block every signal that is sent to the program, so the thread that was there before
 * keeps getting them. All functions but the task's are for the thread that made the crew. */
#ifndef GHIRBAL_CREW_H
#define GHIRBAL_CREW_H

#include <stddef.h>

struct crew;

/* Does `task`, as `member` (from 0). */
typedef void crew_fn(void *ctx, size_t member, void *task);

/* How many threads this program may have running at a time, at least 1. */
size_t crew_processors(void);

/* A crew of up to `wanted` members, which can be given `most` tasks that were not collected. The caller frees it. */
struct crew *crew_new(size_t wanted, size_t most, crew_fn *work, void *ctx);

/* How many members there are, at least 1. */
size_t crew_members(const struct crew *crew);

/* How many tasks were given and not collected. */
size_t crew_given(const struct crew *crew);

/* The member with the fewest tasks left to do. */
size_t crew_idlest(struct crew *crew);

/* Gives `member` something to do; crew_given is below `most`. */
void crew_give(struct crew *crew, size_t member, void *task);

/* Waits until the task is done that was given first of those not collected, and hands it back; NULL when there is none. */
void *crew_collect(struct crew *crew);

/* Waits until all that was given is done, and ends the threads. */
void crew_free(struct crew *crew);

#endif
