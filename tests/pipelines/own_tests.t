#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Every pipeline in the tree: checks, passes the tests it brings along, describes itself, runs by its name.
use strict;
use warnings;
use Test::More;
use File::Basename qw(dirname);
use Cwd qw(abs_path);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $folder = dirname(dirname(dirname(abs_path($0)))) . '/pipelines';
$ENV{PATH} = "$build/bin:$ENV{PATH}";
my $readme = slurp("$folder/README.md");

for my $file (sort glob("\Q$folder\E/*.yaml")) {
	my ($name) = $file =~ m{([^/]*)\.yaml\z};
	is(`run-pipeline --check \Q$file\E 2>&1`, '', "$name checks");
	my $tap = `run-pipeline --test \Q$file\E 2>&1`;
	ok($? == 0, "$name passes its tests") or diag($tap);
	like($tap, qr/^1\.\.[1-9]/m, "$name has tests");
	like(`run-pipeline --describe \Q$file\E`, qr/\A\Q$name\E: ./, "$name has the name of its file, and a summary");
	my $picture = `run-pipeline --graph=mermaid \Q$file\E`;
	ok(index($readme, "\n### $name\n\n```mermaid\n$picture```\n") > 0, "$name is drawn in the README as it is");
	like($readme, qr/^\| \[`\Q$name\E`\]/m, "... and in its table");
	is(`\Q$file\E --describe`, `run-pipeline --describe \Q$file\E`, "$name runs by its name");
}
done_testing();
