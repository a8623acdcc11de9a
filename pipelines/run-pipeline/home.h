/* SPDX-License-Identifier: MIT
 * home.h - where this program lives: its folder, and what was put in front of its name.
 *
 * Nothing about that is compiled in, so an installed tree may be moved. Filters that come along lie beside us
 * and bear the same prefix (`make install PROGRAM_PREFIX=gh-` makes gh-run-pipeline and gh-normalize). Strings
 * live in the caller's arena. */
#ifndef RUN_PIPELINE_HOME_H
#define RUN_PIPELINE_HOME_H

#include "common/arena.h"

struct home {
	struct span folder; /* absolute, symbolic links resolved; empty where the system does not tell */
	struct span prefix; /* of our name; mostly empty */
};

struct home home_find(struct arena *arena);

/* Taken apart by itself, for tests: `self` is the path of the executable. */
struct home home_of(struct span self);

/* The filter `name` as a program: beside us, else in PATH, always under our prefix. NULL when there is none. */
const char *home_program(struct arena *arena, const char *name);

/* Anybody's program: itself where the name has a slash, else the first so called in PATH. NULL when there is none. */
const char *home_other_program(struct arena *arena, const char *name);

#endif
