#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Jobs side by side give the bytes of one, whatever the batches; and they fail as one does. Documents are made up
# here; for failures run-pipeline is copied beside stages of our own making.
use strict;
use warnings;
use Test::More;
use File::Temp qw(tempdir);
use File::Copy qw(copy);
use JSON::PP;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp slurp_if spew);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $home = tempdir(CLEANUP => 1);
my @pipelines = split ' ', $ENV{GHIRBAL_PIPELINES};
$ENV{PATH} = "$build/bin:$ENV{PATH}";
$ENV{TMPDIR} = "$home/tmp";
mkdir $ENV{TMPDIR};
srand 10;

# --- documents ----------------------------------------------------------------------------------------------

my @sentences = ('أعلنت الوزارة أن الأشغال ستبدأ في مطلع الشهر المقبل.', 'وقال د. سامر إن الكلفة بلغت 3.5 ملايين.',
	'The council met again on Tuesday.', 'Le maire a refusé de répondre.', 'اقرأ أيضا: أسعار القمح ترتفع', '', "\r", 'شارك');

sub document { return join "\n", map { $sentences[rand @sentences] } 0 .. rand 12 }

my @documents = map { document() } 1 .. 30;
$documents[7] = $documents[3];
$documents[20] = '';
$documents[21] = "طويل " x 9000;

mkdir "$home/in";
mkdir "$home/in/أخبار";
my @files = map { spew(sprintf('%s/in/%s%02d.txt', $home, $_ % 2 ? 'أخبار/' : '', $_), $documents[$_]) } 0 .. $#documents;
spew("$home/all.z", join("\0", @documents));
spew("$home/two.z", join("\0", @documents[0 .. 9]) . "\0");
my $json = JSON::PP->new->canonical;
spew("$home/all.jsonl", join("\n", map { $json->encode({ id => $_, text => $documents[$_] }) } 0 .. $#documents));
spew("$home/list", join("\0", @files));

# Runs a line of bash in the scratch folder: status and stdout.
sub run {
	my ($line) = @_;
	system('bash', '-c', 'cd "$1" && { eval "$2"; } >out 2>err', 'run', $home, $line);
	return [ $? & 127 ? 128 + ($? & 127) : $? >> 8, slurp("$home/out") ];
}

my %runs = (
	'files' => join(' ', map { "'$_'" } @files),
	'files of documents' => '-z two.z all.z two.z',
	'documents from a pipe' => '-z <all.z',
	'records' => '-j all.jsonl all.jsonl',
	'records from a pipe' => '-j --annotate < <(cat all.jsonl)',
	'a list of files' => '--files0-from=list',
	'one document' => '<all.z',
	'nothing' => '-z </dev/null',
);

for my $pipeline (@pipelines) {
	for my $name (sort keys %runs) {
		my $one = run("run-pipeline $pipeline $runs{$name}");
		for my $jobs ('--jobs=2', '--jobs=2 --batch-size=3K', '--jobs=5 --batch-size=1') {
			my $many = run("run-pipeline $pipeline $jobs $runs{$name}");
			ok($one->[0] == $many->[0] && $one->[1] eq $many->[1], "$pipeline, $name, $jobs: as without")
				or diag("status $one->[0], then $many->[0]; ", slurp("$home/err"));
		}
	}
	run("run-pipeline $pipeline -o one in");
	run("run-pipeline $pipeline -o many -J3 --batch-size=2K in");
	is(`cd \Q$home\E && diff -r one many 2>&1`, '', "$pipeline, a folder: as without");
	system('rm', '-rf', "$home/one", "$home/many");
}

# --- failures -----------------------------------------------------------------------------------------------

my @stages = qw(normalize split-sentences dedupe count-terms); # two that are shared, two that are not
my %failures = (
	'exit 1' => ['cat >/dev/null; exit 1', 'failed with status 1'],
	'exit 1 at once' => ['exit 1', 'failed with status 1'],
	'SIGKILL' => ['kill -KILL $$', 'was killed by signal 9 (Killed)'],
	'missing' => [undef, 'no such program'],
);
mkdir "$home/bin";
mkdir "$home/here";
copy("$build/bin/run-pipeline", "$home/bin/run-pipeline") or die;
chmod 0755, "$home/bin/run-pipeline";

sub stage {
	my ($name, $script) = @_;
	unlink "$home/bin/$name";
	return unless defined $script;
	spew("$home/bin/$name", "#!/bin/sh\n$script\n");
	chmod 0755, "$home/bin/$name";
}

sub run_stages {
	my ($line) = @_;
	local $ENV{PATH} = "$home/bin:/usr/bin:/bin";
	return run("cd here && $line");
}

sub fresh {
	stage($_, 'exec cat') for @stages;
	system('rm', '-rf', "$home/here");
	mkdir "$home/here";
	spew("$home/here/p.yaml", "ghirbal: 1\nname: p\nsummary: a test\nstages:\n", map { "  - run: $_\n" } @stages);
	spew("$home/here/old", "old\n");
}

for my $index (0 .. $#stages) {
	for my $how (sort keys %failures) {
		my ($script, $cause) = @{ $failures{$how} };
		fresh();
		stage($stages[$index], $script);
		is(run_stages('run-pipeline p.yaml --jobs=3 --batch-size=2K -z -o old ../all.z')->[0], 1, "stage $index, $how: the status is 1");
		my $line = 5 + $index;
		like(slurp("$home/err"), qr/^run-pipeline: p\.yaml:$line:10: .*\Q$stages[$index]\E.*\Q$cause\E/m, "stage $index, $how: is told");
		is(slurp_if("$home/here/old"), "old\n", "stage $index, $how: the old output is intact");
		is(`ls -A \Q$home/here\E`, "old\np.yaml\n", "stage $index, $how: nothing is left");
	}
}

fresh();
stage('split-sentences', 'cat; exit 3');
is(run_stages('run-pipeline p.yaml -J2 --batch-size=2K -z -o old ../all.z')->[0], 3, 'status 3 of a job is carried through');
is(slurp("$home/here/old"), slurp("$home/all.z") . "\0", '... and keeps the output');

fresh();
stage('dedupe', 'exec head -c 3');
is_deeply(run_stages('yes | head -c 9000000 | run-pipeline p.yaml -J2 --batch-size=64K -j'), [ 0, "y\ny" ],
	'a stage that had enough is no failure of the jobs before it');
is(run_stages('yes | run-pipeline p.yaml -J2 --batch-size=64K -j | head -c 2 >/dev/null; exit ${PIPESTATUS[1]}')->[0], 0,
	'... nor of an endless input');

fresh();
spew("$home/here/q.yaml", "ghirbal: 1\nname: q\nsummary: a test\nstages:\n  - run: normalize\n");
is(run_stages('yes | run-pipeline q.yaml -J2 --batch-size=64K -j | head -c 2 >/dev/null; exit ${PIPESTATUS[1]}')->[0], 141,
	'a reader that left ends jobs as it ends a filter');
is(run_stages('yes | head -c 900000 | run-pipeline q.yaml -J2 --batch-size=64K -j >/dev/full')->[0], 1, 'a full disk is a failure');
like(slurp("$home/err"), qr/No space left/, '... that is told');
is(run_stages('echo y >x; yes | head -c 900000 | run-pipeline q.yaml -J2 --batch-size=64K -j >>x; wc -c <x')->[1], "900002\n",
	'output can be appended');
is(run_stages('run-pipeline q.yaml -J2 -z ../two.z ../none.z')->[0], 1, 'a file that is missing is a failure');
is(slurp("$home/out"), slurp("$home/two.z"), '... and the others are done');

# --- bad records --------------------------------------------------------------------------------------------

spew("$home/some.jsonl", map { $_ % 3 ? "{\"id\":$_,\"text\":\"خبر $_\"}\n" : "bad $_\n" } 1 .. 2000);
for my $pipeline ('clean-news', 'term-frequencies') {
	my @one = (run("run-pipeline $pipeline -j --bad-records=bad some.jsonl"), slurp("$home/bad"));
	is($one[0][0], 3, "$pipeline: bad records, one job");
	for my $jobs ('-J2', '-J3 --batch-size=2K', '-J2 --batch-size=2K --stats=s --tee ' . ($pipeline eq 'clean-news' ? '' : 'clean-news/') . 'normalize=t') {
		unlink "$home/bad";
		is_deeply([ run("run-pipeline $pipeline $jobs -j --bad-records=bad some.jsonl"), slurp_if("$home/bad") ], \@one,
			"$pipeline, $jobs: the same bad records, in order");
	}
}
spew("$home/huge.jsonl", 'x' x 3_000_000, "\n", "{\"text\":\"خبر\"}\n");
run('run-pipeline clean-news -j -J2 --bad-records=bad huge.jsonl');
is(-s "$home/bad", 3_000_001, 'a bad record larger than a pipe');
is(run('run-pipeline clean-news -j -J2 --bad-records=/dev/full some.jsonl')->[0], 1, 'bad records on a full disk are a failure');
like(slurp("$home/err"), qr{/dev/full: No space|/dev/full.*No space}, '... that is told');
is(run('run-pipeline clean-news -j -J2 --bad-records=some.jsonl some.jsonl')->[0], 2, 'they do not replace an input');
is(`ls -A \Q$home\E/tmp`, '', 'nothing is left');
done_testing();
