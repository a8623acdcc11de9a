/* SPDX-License-Identifier: MIT
 * pack_docs.h - pack-docs: one record {"id": name, "text": content} for each file.
 *
 * The content of a record is the file, byte for byte: what is not UTF-8 stands in it as json_escape_bytes
 * has it. Names are escaped by file_name.h. */
#ifndef PACKING_PACK_DOCS_H
#define PACKING_PACK_DOCS_H

/* The program; returns its exit status. */
int pack_docs_main(int argc, char **argv);

#endif
