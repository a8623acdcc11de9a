#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Progress of a run reaches terminals and nothing else, and is gone when something else is to be said. A stage says how
# far it is, and goes on when the test has seen that; the clock is preloaded and fast (tests/tools/hurry.c).
use strict;
use warnings;
use Test::More;
use POSIX qw(mkfifo);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp spew);
use Stages qw(home stage pipeline fresh listing run);
use Terminal qw(terminal);

my $home = home();
my $hurry = "$ENV{GHIRBAL_BUILD}/test/hurry.so";
mkfifo("$home/go$_", 0600) || die for 1, 2;

# What a line of bash writes to a terminal on its standard error, and its status. Stages that wait are let go each time
# that the next of `signs` is there.
sub shown {
	my ($line, @signs) = @_;
	my ($master, $slave) = terminal() or return;
	my $pid = fork // die;
	if (!$pid) {
		close $master;
		open STDERR, '>&', $slave;
		chdir "$home/here";
		exec 'bash', '-c', "PATH=$home/bin:\$PATH; export LD_PRELOAD=$hurry; $line";
	}
	close $slave;
	my ($text, $seen, $let_go) = ('', 0, 0);
	while (sysread $master, my $bytes, 4096) {
		$text .= $bytes;
		if (@signs && substr($text, $seen) =~ $signs[0]) {
			shift @signs;
			$seen = length $text;
			spew("$home/go" . ++$let_go, "\n");
		}
	}
	waitpid $pid, 0;
	return ($text, $? >> 8);
}

# A stage that says how far it is and goes on when it may.
my ($wait, $wait_again) = map { "read x <../go$_;" } 1, 2;
my $slow = 'cat; for a; do case $a in --progress-to=*) { echo 1 500 100; echo 7 1000; } >"${a#--progress-to=}"; echo 2 4000 1000 >"${a#--progress-to=}";; esac; done; ';
my $far = qr/75\.0% dropped/;

fresh(qw(normalize dedupe));
stage('normalize', $slow);
is_deeply([ run('echo x | run-pipeline p.yaml --progress') ], [ 0, "x\n", '' ], 'nothing goes to a pipe or a file, even where it is asked for');
spew("$home/here/in", 'x' x 16000);
stage('normalize', "$slow $wait");
SKIP: {
	my ($text, $status) = shown('run-pipeline p.yaml -o out <in', $far);
	skip 'no pseudo-terminals here', 12 unless defined $text;
	is($status, 0, 'a run on a terminal');
	like($text, qr/(?:^|\e\[J)p: 4\.0 KB of 16\.0 KB, 25%, [^\n]* left\r\n  normalize  2 documents, 4\.0 KB, [^\n]*, 75\.0% dropped\r\n  dedupe *\r\n/,
		'shows the whole and each stage');
	like($text, qr/\e\[3A\r\e\[J\z/, '... and takes that away in the end');
	is(slurp("$home/here/out"), 'x' x 16000, '... the output is what it is without');
	is(listing(), "here\nhere/in\nhere/out\nhere/p.yaml\ntmp\n", '... and nothing is left');

	stage('normalize', "$slow $wait exit 1");
	($text, $status) = shown('run-pipeline p.yaml -o out in', $far);
	is($status, 1, 'a run that fails');
	like($text, qr/\e\[3A\r\e\[Jrun-pipeline: [^\n]* stage 'normalize' failed[^\n]*\r\n\z/, '... says so where the lines were');
	stage('normalize', "$slow $wait echo a message >&2; echo another >&2; $wait_again");
	($text, $status) = shown('run-pipeline p.yaml -o out in', $far, qr/a message\r\np: /);
	like($text, qr/\e\[3A\r\e\[Ja message\r\np: /, 'so do stages, and the lines come back below');

	stage('normalize', "$slow $wait");
	($text, $status) = shown('run-pipeline p.yaml --progress in | cat >out', $far);
	like($text, qr/KB/, 'in a pipe where it is asked for');
	# Nothing is shown, so nothing can be waited for: some thousandths of a second pass for seconds.
	stage('normalize', 'cat; ls / >/dev/null; ls / >/dev/null; ls / >/dev/null');
	($text, $status) = shown('run-pipeline p.yaml in | cat');
	is($text, '', '... but another program may show its own');
	($text, $status) = shown('run-pipeline p.yaml in 2>/dev/null');
	is($text, '', 'a standard error that is no terminal gets nothing');
	stage('normalize', 'exec cat');
	($text, $status) = shown('unset LD_PRELOAD; run-pipeline p.yaml -o out in');
	is($text, '', 'a short run shows nothing');
}
done_testing();
