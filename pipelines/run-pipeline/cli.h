/* SPDX-License-Identifier: MIT
 * cli.h - the command line of run-pipeline, from argv to an exit status. */
#ifndef RUN_PIPELINE_CLI_H
#define RUN_PIPELINE_CLI_H

int cli_main(int argc, char **argv);

#endif
