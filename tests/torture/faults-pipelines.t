#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# What fails in run-pipeline and its stages is told, and breaks nothing: the scenarios in which tests/lib/Faults.pm makes
# every call fail.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Faults qw(try_all);

try_all(
	[ 'run-pipeline', 'run-pipeline sentences', 'article', qw(run-pipeline normalize split-sentences) ],
	[ 'run-pipeline -o', 'run-pipeline dedupe-corpus -z -o old', '|documents', qw(run-pipeline dedupe strip-boilerplate) ],
	[ 'run-pipeline --jobs', 'run-pipeline news-corpus -j --jobs=2 --batch-size=1K -o old ../in/records', undef,
		qw(run-pipeline normalize dedupe split-sentences strip-boilerplate) ],
	[ 'run-pipeline --jobs -z', 'run-pipeline clean-news -z --jobs=2 --batch-size=1K', '|documents',
		qw(run-pipeline strip-boilerplate) ],
	[ 'run-pipeline --tee', 'run-pipeline clean-news -o old --tee=normalize=copy ../in/article', undef,
		qw(run-pipeline) ],
	[ 'run-pipeline, many files', 'run-pipeline clean-news -J 2 --batch-size=1 -o old --files0-from=../in/list' ],
	[ 'run-pipeline, a folder', 'run-pipeline clean-news --output=new ../in/sub', undef, qw(run-pipeline normalize) ],
	[ 'run-pipeline, over a folder', 'run-pipeline clean-news --jobs=2 --output=full ../in/sub' ],
	[ 'run-pipeline --allow-exec', 'run-pipeline ../in/cut.yaml --allow-exec -o old', '|article', qw(run-pipeline dedupe) ],
	[ 'run-pipeline --annotate', 'run-pipeline clean-news -j --annotate --bad-records=bad -o old', '|bad', qw(run-pipeline) ],
	[ 'run-pipeline --stats', 'run-pipeline sentences --stats=stats -o old', '|article', qw(run-pipeline) ],
	[ 'run-pipeline --trace', 'run-pipeline sentences --trace=1', '|article', qw(run-pipeline) ],
	[ 'run-pipeline --parts', 'run-pipeline clean-news --parts=parts ../in/sub' ],
	(map { [ "run-pipeline $_", "run-pipeline $_ -o old", '|article', qw(run-pipeline) ] }
		qw(key-terms lm-text search-index term-frequencies)),
	[ 'run-pipeline --test', 'run-pipeline sentences --test', undef, qw(run-pipeline split-sentences) ],
	[ 'run-pipeline --list', 'run-pipeline --list' ],
	[ 'run-pipeline --check', 'run-pipeline dedupe-corpus --check', undef, qw(run-pipeline dedupe) ],
	[ 'run-pipeline --dry-run', 'run-pipeline news-corpus --dry-run --set lang=ar' ],
	[ 'run-pipeline --graph', 'run-pipeline news-corpus --graph=dot' ],
);
