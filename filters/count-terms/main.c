/* SPDX-License-Identifier: MIT
 * main.c - the program count-terms. */
#include "filters/count-terms/count_terms.h"

int main(int argc, char **argv)
{
	return filter_main(&count_terms, argc, argv);
}
