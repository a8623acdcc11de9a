/* SPDX-License-Identifier: MIT
 * main.c - the program dedupe. */
#include "filters/dedupe/dedupe.h"

int main(int argc, char **argv)
{
	return filter_main(&dedupe, argc, argv);
}
