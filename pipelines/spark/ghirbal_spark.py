# SPDX-License-Identifier: MIT
# ghirbal_spark.py - filters and pipelines of documents in Spark, as the programs they are.
#
#   from ghirbal_spark import documents, term_frequencies
#   clean = documents(sc.textFile("s3a://news/*.jsonl.gz"), ["run-pipeline", "clean-news", "-j"])
#   terms = term_frequencies(clean, ["--key=fold"])          # (term, count), the commonest first
#
# Only what takes documents one by one may run so: what `FILTER --contract` calls map. The programs must be installed on
# every worker. pyspark 3.4 and later; an RDD of lines, each a record of JSON.
import os
import shlex
import subprocess


def contract(command):
    """What a filter says of itself with these options: map, mergeable or whole."""
    said = subprocess.run([command[0], "--contract", *command[1:]], check=True, stdout=subprocess.PIPE, text=True)
    return said.stdout.split("\n", 1)[0]


def documents(records, command):
    """Records through a program, a process for each partition.

    checkCode: without it a command that fails, or is not there, gives an empty partition and no error. Status 3 (some
    records were rejected, each named on the worker's standard error) is no failure of the job. pipe() splits a text by
    shlex and starts no shell, so the words come to it quoted, and 3 becomes 0 in a shell of our own. Nor does it hand on the
    environment: PATH is that of the driver, so programs lie in the same place on all machines."""
    words = " ".join(shlex.quote(word) for word in command)
    return records.pipe(
        "sh -c " + shlex.quote(words + '; code=$?; [ "$code" = 3 ] || exit "$code"'),
        env={"PATH": os.environ.get("PATH", os.defpath)}, checkCode=True)


def term_frequencies(records, options=()):
    """(term, count) of all records: each partition counts, equal terms add up.

    Counts are those of count-terms, and so is their order. Terms are their keys (--no-surface): how each is written
    most often is known to partial lists alone; count-terms --merge, or run-pipeline --parts, adds those up."""
    command = ["count-terms", "-j", *options, "--no-surface", "--sort=term"]

    def pair(row):
        count, term = row.split("\t", 1)
        return term, int(count)

    sums = documents(records, command).map(pair).reduceByKey(lambda a, b: a + b)
    return sums.sortBy(lambda row: (-row[1], row[0].encode()))
