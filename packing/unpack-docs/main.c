/* SPDX-License-Identifier: MIT
 * main.c - unpack-docs: JSON Lines to files. */
#include "packing/unpack-docs/unpack_docs.h"

int main(int argc, char **argv)
{
	return unpack_docs_main(argc, argv);
}
