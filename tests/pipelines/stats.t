#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# What --stats says of a run, good or bad, and that nothing else is left of it. The wanted numbers come from the
# stages' own scripts, and for real filters from running them by hand.
use strict;
use warnings;
use Test::More;
use JSON::PP;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp slurp_if spew);
use Stages qw(home stage pipeline fresh listing run);

my $build = $ENV{GHIRBAL_BUILD};
my $home = home();

# A filter that says in its statistics what `object` is; the path comes from its arguments.
sub says {
	my ($object, $then) = @_;
	return 'cat; for a; do case $a in --stats=*) printf %s \'' . $object . '\' >"${a#--stats=}";; esac; done; ' . ($then // '');
}

sub stats { return decode_json(slurp("$home/here/s")) }

# --- one run --------------------------------------------------------------------------------------------------

fresh(qw(normalize dedupe));
stage('normalize', says('{"documents":2,"removed":{"a":{"bytes":5}},"data":{"x":"y"}}'));
{
	my $before = listing();
	is_deeply([ run('echo text | run-pipeline p.yaml --stats=s') ], [ 0, "text\n", '' ], 'the output is what it is without');
	my $stats = stats();
	is($stats->{pipeline}, 'p', 'the pipeline is named');
	is($stats->{status}, 0, 'so is the status');
	is_deeply([ map { $_->{id} } @{ $stats->{stages} } ], [ 'normalize', 'dedupe' ], 'every stage has its object');
	is_deeply($stats->{stages}[0]{stats}, { documents => 2, removed => { a => { bytes => 5 } }, data => { x => 'y' } },
		'with what the filter said');
	ok(!exists $stats->{stages}[1]{stats}, 'or without, where it said nothing');
	is($stats->{stages}[$_]{exit}, 0, "stage $_ ended well") for 0, 1;
	cmp_ok($stats->{stages}[0]{peak_bytes}, '>', 100_000, 'memory is in bytes');
	cmp_ok($stats->{cpu_seconds}, '>=', $stats->{stages}[0]{cpu_seconds}, 'the whole took what its parts took');
	is(listing(), $before =~ s{here/p.yaml\n}{here/p.yaml\nhere/s\n}r, 'nothing else is left');
}

stage('dedupe', 'x=; while [ ${#x} -lt 100000 ]; do x=${x}aaaaaaaaaaaaaaaa; done; exec cat');
run('run-pipeline p.yaml --stats=s </dev/null');
cmp_ok(stats()->{stages}[1]{cpu_seconds}, '>', stats()->{stages}[0]{cpu_seconds}, 'the stage that worked has used the time');

# --- the plan -------------------------------------------------------------------------------------------------

fresh('dedupe');
spew("$home/here/p.yaml", "ghirbal: 1\nname: p\nsummary: a test\nparams:\n  u: {default: line, help: \"ü \\\" \"}\n",
	"stages:\n  - run: dedupe\n    with: {unit: \"\${u}\"}\n");
run('run-pipeline p.yaml --stats=s </dev/null');
my $line = stats();
is_deeply($line->{parameters}, { u => 'line' }, 'parameters have their values');
is_deeply($line->{stages}[0]{arguments}, ['--unit=line'], 'arguments are resolved');
run('run-pipeline p.yaml --stats=s --set u=document </dev/null');
isnt(stats()->{plan}, $line->{plan}, 'other words, another hash');
spew("$home/here/p.yaml", "ghirbal: 1\nname: q\nsummary: a test\nstages:\n  - run: dedupe\n    args: [--unit=line]\n");
run('run-pipeline p.yaml --stats=s </dev/null');
is(stats()->{plan}, $line->{plan}, 'the same words, the same hash');
like($line->{plan}, qr/^[0-9a-f]{32}$/, 'of 128 bits');

# --- failures -------------------------------------------------------------------------------------------------

for my $how ([ 'exit 1', 'cat >/dev/null; exit 1', 'exit', 1 ], [ 'SIGKILL', 'kill -KILL $$', 'signal', 9 ],
	[ 'half an object', says('{"documents":2', 'exit 1'), 'exit', 1 ]) {
	my ($name, $script, $key, $value) = @$how;
	fresh(qw(normalize dedupe));
	stage('dedupe', $script);
	my ($status, $out, $err) = run('echo text | run-pipeline p.yaml --stats=s -o new');
	is($status, 1, "$name: the status is 1");
	is(stats()->{status}, 1, "$name: ... in the statistics, too");
	is(stats()->{stages}[1]{$key}, $value, "$name: the stage has its $key");
	is(listing(), "here\nhere/p.yaml\nhere/s\ntmp\n", "$name: nothing else is left");
}
fresh(qw(normalize dedupe));
stage('dedupe', undef);
is((run('run-pipeline p.yaml --stats=s </dev/null'))[0], 1, 'a missing program');
is(stats()->{stages}[1]{exit}, undef, '... has no status');
is(listing(), "here\nhere/p.yaml\nhere/s\ntmp\n", '... and leaves nothing');

fresh('normalize');
is((run('run-pipeline p.yaml --stats=/dev/full </dev/null'))[0], 1, 'statistics on a full disk are a failure');
like(slurp("$home/err"), qr{^run-pipeline: cannot write /dev/full: No space left}, '... that is told');
is((run('run-pipeline p.yaml --stats=no/s </dev/null'))[0], 1, 'a place that cannot be written to is told');
spew("$home/here/in", "text\n");
is((run('run-pipeline p.yaml --stats=in in'))[0], 2, 'an input is not replaced');
is(slurp("$home/here/in"), "text\n", '... nor touched');
is((run('run-pipeline p.yaml --stats=./o -o o in'))[0], 2, 'the output is no place for statistics');
is((run('TMPDIR=/nowhere run-pipeline p.yaml --stats=s in'))[0], 1, 'no temporary folder, no statistics');
like(slurp("$home/err"), qr/TMPDIR/, '... and how to help it');

for my $signal (qw(INT TERM HUP)) {
	fresh('normalize');
	stage('normalize', 'echo $$ >../pid; exec sleep 60');
	unlink "$home/pid";
	my $pid = fork // die;
	if (!$pid) {
		chdir "$home/here";
		$SIG{$signal} = 'DEFAULT';
		open STDIN, '<', '/dev/null';
		open STDOUT, '>', '/dev/null';
		exec "$home/bin/run-pipeline", 'p.yaml', '--stats=s';
	}
	for (1 .. 250) {
		last if length(slurp_if("$home/pid") // '');
		select undef, undef, undef, .02;
	}
	kill $signal, $pid;
	waitpid $pid, 0;
	is($? & 127, { INT => 2, TERM => 15, HUP => 1 }->{$signal}, "SIG$signal ends the run by itself");
	is(listing(), "here\nhere/p.yaml\ntmp\n", '... and nothing is left');
}

# --- many runs ------------------------------------------------------------------------------------------------

fresh(qw(normalize split-sentences dedupe));
stage($_, says('{"documents":1,"status":3,"seconds":0.5,"removed":{"a":{"bytes":5}},"data":{"x":"y"}}', 'exit 3')) for qw(normalize dedupe);
{
	my $status = (run('for i in $(seq 100); do printf "%s\0" $i; done | run-pipeline p.yaml -J3 --batch-size=50 -z --stats=s'))[0];
	my ($first, $second, $last) = @{ stats()->{stages} };
	is($status, 3, 'jobs are done');
	cmp_ok($first->{runs}, '>', 3, 'in several batches');
	is($second->{runs}, $first->{runs}, '... of all shared stages');
	is($last->{runs}, 1, '... and one run of the rest');
	is_deeply($first->{stats}, { documents => $first->{runs}, status => 3, seconds => $first->{runs} / 2,
		removed => { a => { bytes => 5 * $first->{runs} } }, data => { x => 'y' } }, 'numbers add up, words stay');
	is($first->{exit}, 3, 'the worst status stays');
	is(listing(), "here\nhere/p.yaml\nhere/s\ntmp\n", 'nothing is left of the batches');
}
fresh('normalize');
stage('normalize', 'for a; do case $a in --stats=*) { printf "{\"x\":\""; head -c 300000 /dev/zero | tr "\0" a; printf "\",\"n\":1}"; } >"${a#--stats=}";; esac; done');
run('run-pipeline p.yaml --stats=s </dev/null');
is(stats()->{stages}[0]{stats}{n}, 1, 'who says more than a pipe holds is not kept waiting');

# --- the filters themselves -----------------------------------------------------------------------------------

mkdir "$home/here/in";
spew("$home/here/in/$_.txt", "العنوان\n\nنص الخبر رقم $_ من الوكالة.\nشارك\n") for 1 .. 5;
$ENV{PATH} = "$build/bin:$ENV{PATH}";
for my $jobs (1, 3) {
	system("cd \Q$home\E/here && \Q$build\E/bin/run-pipeline clean-news -J$jobs --batch-size=1 --stats=s -o out in");
	my @own = @{ stats()->{stages} };
	system("cd \Q$home\E/here && normalize -z in/*.txt | strip-boilerplate -z --stats=own >/dev/null");
	my $by_hand = decode_json(slurp("$home/here/own"));
	is($own[1]{stats}{$_}, $by_hand->{$_}, "$jobs jobs over a folder count $_ as the filter by hand") for qw(documents lines_in bytes_out);
	is_deeply($own[1]{stats}{removed}, $by_hand->{removed}, '... and what was removed');
	is_deeply($own[1]{stats}{data}, $by_hand->{data}, '... and name the same data');
}
done_testing();
