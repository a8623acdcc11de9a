/* SPDX-License-Identifier: MIT
 * main.c - the program strip-boilerplate. */
#include "strip_boilerplate.h"

int main(int argc, char **argv)
{
	return filter_main(&strip_boilerplate, argc, argv);
}
