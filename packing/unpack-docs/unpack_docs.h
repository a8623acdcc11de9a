/* SPDX-License-Identifier: MIT
 * unpack_docs.h - unpack-docs: a file for each record, in one folder and never outside of it. */
#ifndef PACKING_UNPACK_DOCS_H
#define PACKING_UNPACK_DOCS_H

/* The program; returns its exit status. */
int unpack_docs_main(int argc, char **argv);

#endif
