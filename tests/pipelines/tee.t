#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# --tee: a copy of what a stage wrote, whole or not at all, and a run that is otherwise what it is without.
use strict;
use warnings;
use Test::More;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp slurp_if spew);
use Stages qw(home stage pipeline fresh listing run);

my $build = $ENV{GHIRBAL_BUILD};
my $home = home();
my $here = "$home/here";
my @stages = qw(normalize dedupe count-terms);

# Stages that change a letter each, so that every place in the chain has text of its own.
sub letters {
	fresh(@stages);
	stage('normalize', 'exec tr a b');
	stage('dedupe', 'exec tr b c');
	stage('count-terms', 'exec tr c d');
}
my %written = (normalize => 'b', dedupe => 'c', 'count-terms' => 'd');

# --- every stage ----------------------------------------------------------------------------------------------

my $much = join '', map { "a$_\n" } 1 .. 200_000;
letters();
spew("$here/much", $much);
spew("$here/documents", "a1\0a2\0");
for my $output ('', '-o out', '>out', '| cat') {
	for my $id (@stages) {
		is((run("run-pipeline p.yaml --tee=$id=copy <much $output"))[0], 0, "$id, $output: done");
		ok(slurp("$here/copy") eq $much =~ s/^a/$written{$id}/mgr, "$id, $output: the copy is whole");
		my $out = $output =~ /out/ ? slurp("$here/out") : slurp("$home/out");
		ok($out eq $much =~ s/^a/d/mgr, "$id, $output: so is the output");
	}
}
is((run('run-pipeline p.yaml --tee normalize=one --tee dedupe=two --tee count-terms=three <documents'))[0], 0, 'several at once');
is_deeply([ map { slurp("$here/$_") } qw(one two three) ], [ "b1b2", "c1c2", "d1\0d2\0" ],
	'between filters a NUL only ends a document, and is left out; behind them it is what they wrote');
spew("$here/again", "a1\0a2\0");
run('run-pipeline p.yaml -z --tee normalize=one --tee count-terms=three <again');
is_deeply([ map { slurp("$here/$_") } qw(one three) ], [ "b1\0b2\0", "d1\0d2\0" ], 'with -z it is the user\'s');

# --- failures -------------------------------------------------------------------------------------------------

for my $how ([ 'exit 1', 'cat; exit 1' ], [ 'SIGKILL', 'kill -KILL $$' ], [ 'missing', undef ]) {
	letters();
	stage('dedupe', $how->[1]);
	spew("$here/$_", "old\n") for qw(old copy);
	my $before = listing();
	is((run('echo a | run-pipeline p.yaml -o old --tee normalize=copy --tee count-terms=new'))[0], 1, "$how->[0]: the status is 1");
	is(slurp("$here/copy"), "old\n", "$how->[0]: the old copy stays");
	is(listing(), $before, "$how->[0]: nothing is left");
}
letters();
spew("$here/old", "old\n");
for my $id (@stages) {
	my ($status, $out, $err) = run("echo a | run-pipeline p.yaml -o old --tee $id=/dev/full");
	is($status, 1, "$id: a full disk under the copy is a failure");
	is($err, "run-pipeline: /dev/full: cannot write the copy of stage '$id': No space left on device\n", '... that is named');
	is(slurp("$here/old"), "old\n", '... and the old output stays');
	is((run("echo a | run-pipeline p.yaml --tee $id=copy >/dev/full"))[0], 1, "$id: a full disk under the output is one, too");
	ok(!-e "$here/copy", '... and no copy is left');
}
spew("$here/in", "a\n");
my %refused = (
	'--tee normalise=x' => qr/no stage has the id 'normalise'; did you mean 'normalize'/,
	'--tee nothing-like-it=x' => qr/no stage has the id 'nothing-like-it'; --graph=dot/,
	'--tee normalize' => qr/'normalize' is not ID=FILE/,
	'--tee normalize=' => qr/'normalize=' is not ID=FILE/,
	'--tee normalize=x --tee normalize=y' => qr/second file for this stage/,
	'--tee normalize=x --tee dedupe=./x' => qr/'.\/x' is written by another option/,
	'--tee normalize=x --stats=x' => qr/'x' is written by another option/,
	'--tee normalize=x -o x' => qr/'x' is where the output goes/,
	'--tee normalize=in' => qr/'in' is an input/,
	'--tee normalize=fifo' => qr/'fifo' is a pipe/,
);
system('mkfifo', "$here/fifo");
for my $words (sort keys %refused) {
	my ($status, $out, $err) = run("run-pipeline p.yaml $words in");
	is($status, 2, "$words is refused");
	like($err, $refused{$words}, '... in words that help');
}
spew("$here/names", 'in');
for my $way ('in', '- <in', '<in', '--files0-from=names', '--files0-from=- <names', '-z --jobs=2 <in') {
	for my $words ('--tee normalize=in', '--stats=in') {
		my ($status, $out, $err) = run("run-pipeline p.yaml $words $way");
		is_deeply([ $status, $out, $err =~ /: 'in' is an input$/ ], [ 2, '', 1 ], "$words is refused: $way");
	}
}
is(slurp("$here/in"), "a\n", 'the input is what it was');
is((run('run-pipeline p.yaml --tee normalize=no/x in'))[0], 1, 'a folder that is missing');

letters();
stage('dedupe', 'exec head -c 3');
is_deeply([ (run('yes | run-pipeline p.yaml --tee normalize=copy'))[0, 1, 2] ], [ 0, "y\ny", '' ],
	'a stage that had enough is no failure of the copied one before');
letters();
is((run('yes | run-pipeline p.yaml --tee count-terms=copy | head -c 2 >/dev/null; exit ${PIPESTATUS[1]}'))[0], 141,
	'a reader that left ends the run as without');
ok(!-e "$here/copy", '... with no copy left');
stage('dedupe', 'tr b c; exit 3');
is((run('echo a | run-pipeline p.yaml --tee count-terms=copy'))[0], 3, 'status 3 is carried through');
is(slurp("$here/copy"), "d\n", '... and keeps the copy');

# --- the printed line -----------------------------------------------------------------------------------------

letters();
mkdir "$here/a folder";
my $copies = q(--tee normalize='a folder/خبر ١' --tee count-terms=-x);
spew("$here/in", "a1\0a2\0", "a" x 100_000);
for my $framing ('', '-z') {
	run("run-pipeline p.yaml $framing $copies <in");
	my @want = map { slurp("$_") } "$home/out", "$here/a folder/خبر ١", "$here/-x";
	my ($status, $line) = run("run-pipeline p.yaml $framing $copies --dry-run");
	spew("$home/line", $line);
	($status) = run('bash ../line <in');
	is($status, 0, "the printed line runs $framing");
	is_deeply([ map { slurp("$_") } "$home/out", "$here/a folder/خبر ١", "$here/-x" ], \@want, '... and gives the same copies');
	stage('dedupe', 'tr b c; exit 3');
	is((run('bash ../line <in'))[0], 3, '... and the status of the stages');
	stage('dedupe', 'exec tr b c');
}
is((run('run-pipeline p.yaml --tee x=y --dry-run'))[0], 2, 'an unknown id is told without a run, too');

# --- many documents -------------------------------------------------------------------------------------------

$ENV{PATH} = "$build/bin:$ENV{PATH}";
mkdir "$here/in.d";
spew("$here/in.d/$_", "العنوان $_\n\nنص الخبر رقم $_ من الوكالة.\nشارك\n") for 10 .. 40;
for my $pipeline ('clean-news', 'term-frequencies') {
	my $id = $pipeline eq 'clean-news' ? '' : 'clean-news/';
	for my $words ('in.d/*', '-z in.d/*', '-o out in.d') {
		my %copies;
		for my $jobs ('', '-J3 --batch-size=300') {
			system('bash', '-c', "cd \"\$1\" && run-pipeline $pipeline $jobs $words --tee ${id}normalize=one --tee ${id}strip-boilerplate=two >out.txt", 'x', $here) == 0 or fail($words);
			push @{ $copies{$_} }, slurp("$here/$_") for qw(one two);
			system('rm', '-rf', "$here/out");
		}
		is($copies{$_}[0], $copies{$_}[1], "$pipeline $words: with jobs copy $_ is the same") for qw(one two);
		cmp_ok(length $copies{one}[0], '>', length $copies{two}[0], '... and each is of its stage');
	}
}
system('bash', '-c', 'cd "$1" && cat in.d/* >want && run-pipeline clean-news --tee normalize=one -o out in.d && cmp want one', 'x', $here);
is($?, 0, 'of a folder a copy holds all documents, one after the other');
is(system('bash', '-c', 'cd "$1" && run-pipeline clean-news -J3 --batch-size=300 --tee normalize=/dev/full in.d/* 2>err >/dev/null', 'x', $here) >> 8, 1,
	'with jobs a full disk is a failure, too');
like(slurp("$here/err"), qr{/dev/full: cannot write the copy of stage 'normalize'}, '... that is named');
done_testing();
