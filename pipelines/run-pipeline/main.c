/* SPDX-License-Identifier: MIT
 * main.c - run-pipeline: join filters as a YAML file says. */
#include "cli.h"

int main(int argc, char **argv)
{
	return cli_main(argc, argv);
}
