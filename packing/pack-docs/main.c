/* SPDX-License-Identifier: MIT
 * main.c - pack-docs: files and folders to JSON Lines. */
#include "packing/pack-docs/pack_docs.h"

int main(int argc, char **argv)
{
	return pack_docs_main(argc, argv);
}
