/* SPDX-License-Identifier: MIT
 * main.c - the program split-sentences: wiring only. */
#include "filters/split-sentences/split_sentences.h"

int main(int argc, char **argv)
{
	return filter_main(&split_sentences, argc, argv);
}
