/* SPDX-License-Identifier: MIT
 * main.c - normalize, the program. */
#include "filters/normalize/normalize.h"

int main(int argc, char **argv)
{
	return filter_main(&normalize, argc, argv);
}
