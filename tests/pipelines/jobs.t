#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Jobs side by side give the bytes of one, whatever the batches; and they fail as one does. Documents are made up
# here; for failures run-pipeline is copied beside stages of our own making.
use strict;
use warnings;
use Test::More;
use JSON::PP;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp slurp_if spew);
use Stages qw(home stage fresh listing run);

my $home = home();
my $here = "$home/here";
my $filters = "PATH=$ENV{GHIRBAL_BUILD}/bin:\$PATH;";
srand 10;

# --- documents ----------------------------------------------------------------------------------------------

my @sentences = ('أعلنت الوزارة أن الأشغال ستبدأ في مطلع الشهر المقبل.', 'وقال د. سامر إن الكلفة بلغت 3.5 ملايين.',
	'The council met again on Tuesday.', 'Le maire a refusé de répondre.', 'اقرأ أيضا: أسعار القمح ترتفع', '', "\r", 'شارك');

sub document { return join "\n", map { $sentences[rand @sentences] } 0 .. rand 12 }

my @documents = map { document() } 1 .. 12;
$documents[7] = $documents[3];
$documents[9] = '';
$documents[10] = "طويل " x 9000;

fresh();
mkdir "$here/$_" for 'in', 'in/أخبار';
my @files = map { sprintf('in/%s%02d.txt', $_ % 2 ? 'أخبار/' : '', $_) } 0 .. $#documents;
spew("$here/$files[$_]", $documents[$_]) for 0 .. $#documents;
spew("$here/all.z", join("\0", @documents));
spew("$here/two.z", join("\0", @documents[0 .. 4]) . "\0");
my $json = JSON::PP->new->canonical;
spew("$here/all.jsonl", join("\n", map { $json->encode({ id => $_, text => $documents[$_] }) } 0 .. $#documents));
spew("$here/list", join("\0", @files));

my %runs = (
	'files' => join(' ', map { "'$_'" } @files),
	'files of documents' => '-z two.z all.z two.z',
	'documents from a pipe' => 'cat all.z | -z',
	'records' => '-j all.jsonl all.jsonl',
	'records from a pipe' => '-j --annotate <all.jsonl',
	'a list of files' => '--files0-from=list',
	'one document' => '<all.z',
	'nothing' => '-z </dev/null',
);
my @runs = sort keys %runs;

# Three pipelines see every way in, one of each kind: maps alone, one that needs the whole stream in the middle, counts.
# The others see one each. Batches of a document each are for two ways.
my %thorough = map { $_ => 1 } qw(clean-news news-corpus term-frequencies);
my $turn = 0;
for my $pipeline (split ' ', $ENV{GHIRBAL_PIPELINES}) {
	for my $name ($thorough{$pipeline} ? @runs : $runs[$turn++ % @runs]) {
		my ($from, $words) = $runs{$name} =~ /^(.*\| )?(.*)\z/;
		$from //= '';
		my @one = (run("$filters ${from}run-pipeline $pipeline $words"))[0, 1];
		is($name, 'nothing', "$pipeline: of $name something comes") unless length $one[1];
		for my $jobs ($name =~ /^(?:files|records)\z/ ? '--jobs=5 --batch-size=1' : '--jobs=2 --batch-size=3K') {
			my ($status, $out, $err) = run("$filters ${from}run-pipeline $pipeline $jobs $words");
			ok($one[0] == $status && $one[1] eq $out, "$pipeline, $name, $jobs: as without")
				or diag("status $one[0], then $status; $err");
		}
	}
	next unless $thorough{$pipeline};
	run("$filters run-pipeline $pipeline -o one in; run-pipeline $pipeline -o many -J3 --batch-size=2K in");
	is((run('diff -r one many 2>&1'))[1], '', "$pipeline, a folder: as without");
	system('rm', '-rf', "$here/one", "$here/many");
}

is((run("$filters run-pipeline clean-news --jobs=2 --stats=s -o made --files0-from=/dev/null"))[0], 0, 'an empty list is done');
ok(-z "$here/made" && -s "$here/s", '... with the files that were asked for');
unlink "$here/made", "$here/s";

# --- counts -------------------------------------------------------------------------------------------------

for my $words ('', 'top: 5', 'df: true, sort: term', 'df: true, header: true', 'ngrams: 1-2, min-count: 2, format: json', 'by: id', 'sort: first', 'tokens: true') {
	spew("$here/c.yaml", "ghirbal: 1\nname: c\nsummary: a test\nstages:\n  - run: count-terms\n    with: {$words}\n");
	my @one = run("$filters run-pipeline c.yaml -j all.jsonl");
	is_deeply([ run("$filters run-pipeline c.yaml -j -J2 --batch-size=2K --stats=s all.jsonl") ], \@one, "<$words>: counts of batches add up");
	my ($first) = @{ decode_json(slurp("$here/s"))->{stages} };
	$words =~ /header|first/ ? is($first->{runs}, 1, '... by one alone') : cmp_ok($first->{runs}, '>', 2, '... counted side by side');
}
my @plans = map { run("$filters run-pipeline c.yaml -z $_ --stats=s all.z"); decode_json(slurp("$here/s"))->{plan} } '-J1', '-J2';
is($plans[0], $plans[1], 'the plan is the same');
spew("$home/$_", slurp("$here/$_")) for qw(all.z two.z);

# --- failures -----------------------------------------------------------------------------------------------

my @stages = qw(normalize split-sentences dedupe count-terms); # two that are shared, two that are not
my %failures = (
	'exit 1' => ['cat >/dev/null; exit 1', 'failed with status 1'],
	'exit 1 at once' => ['exit 1', 'failed with status 1'],
	'SIGKILL' => ['kill -KILL $$', 'was killed by signal 9 (Killed)'],
	'missing' => [undef, 'no such program'],
);
sub begin {
	fresh(@stages);
	spew("$here/old", "old\n");
}

for my $index (0 .. $#stages) {
	for my $how (sort keys %failures) {
		my ($script, $cause) = @{ $failures{$how} };
		begin();
		stage($stages[$index], $script);
		is((run('run-pipeline p.yaml --jobs=3 --batch-size=2K -z -o old ../all.z'))[0], 1, "stage $index, $how: the status is 1");
		my $line = 5 + $index;
		like(slurp("$home/err"), qr/^run-pipeline: p\.yaml:$line:10: .*\Q$stages[$index]\E.*\Q$cause\E/m, "stage $index, $how: is told");
		is(slurp_if("$here/old"), "old\n", "stage $index, $how: the old output is intact");
		is(`ls -A \Q$here\E`, "old\np.yaml\n", "stage $index, $how: nothing is left");
	}
}

begin();
stage('split-sentences', 'cat; exit 3');
is((run('cat ../all.z | run-pipeline p.yaml -J2 --batch-size=2K -z -o old'))[0], 3, 'status 3 of a job is carried through');
is(slurp("$here/old"), slurp("$home/all.z"), '... and keeps the output');

begin();
stage('dedupe', 'exec head -c 3');
is_deeply([ (run('yes | head -c 900000 | run-pipeline p.yaml -J2 --batch-size=64K -j'))[0, 1] ], [ 0, "y\ny" ],
	'a stage that had enough is no failure of the jobs before it');
is((run('yes | run-pipeline p.yaml -J2 --batch-size=64K -j | head -c 2 >/dev/null; exit ${PIPESTATUS[1]}'))[0], 0,
	'... nor of an endless input');

begin();
spew("$here/q.yaml", "ghirbal: 1\nname: q\nsummary: a test\nstages:\n  - run: normalize\n");
is((run('yes | run-pipeline q.yaml -J2 --batch-size=64K -j | head -c 2 >/dev/null; exit ${PIPESTATUS[1]}'))[0], 141,
	'a reader that left ends jobs as it ends a filter');
is((run('yes | head -c 900000 | run-pipeline q.yaml -J2 --batch-size=64K -j >/dev/full'))[0], 1, 'a full disk is a failure');
like(slurp("$home/err"), qr/No space left/, '... that is told');
is((run('echo y >x; yes | head -c 900000 | run-pipeline q.yaml -J2 --batch-size=64K -j >>x; wc -c <x'))[1], "900002\n",
	'output can be appended');
is((run('cat ../two.z | run-pipeline q.yaml -J2 -z - ../none.z'))[0], 1, 'a file that is missing is a failure');
is(slurp("$home/out"), slurp("$home/two.z"), '... and the others are done');

# --- memory -------------------------------------------------------------------------------------------------

# A batch's last stage looks at what run-pipeline holds in memory.
SKIP: {
	skip 'no /proc here', 4 unless -d "/proc/$$/fd";
	begin();
	spew("$here/q.yaml", "ghirbal: 1\nname: q\nsummary: a test\nstages:\n  - run: normalize\n");
	stage('normalize', $ENV{GHIRBAL_BUILD} . '/bin/normalize "$@"; echo $(ls -l /proc/$PPID/fd | sed -n "s,.* \\([0-9]*\\) -> /memfd:.*,/proc/$PPID/fd/\\1,p" | '
		. 'xargs -r stat -L -c %b) >>../held');
	spew("$home/long.z", map { "وصل الوفد مساء أمس.\n" x 40 . "\0" } 1 .. 3000);
	for my $from ('', 'cat ../long.z | ') {
		unlink "$home/held";
		is((run("${from}run-pipeline q.yaml -J3 --batch-size=256K -z -o out " . ($from ? '-' : '../long.z')))[0], 0, "memory of jobs, <$from>");
		my ($most) = sort { $b <=> $a } map { my $sum = 0; $sum += $_ for split; $sum * 512 } split /\n/, slurp("$home/held");
		cmp_ok($most, '<=', (2 * 3 + 1) * 256 * 1024, '... is no more than inputs and outputs of batches, and one that is kept for later');
	}
}

# --- bad records --------------------------------------------------------------------------------------------

fresh();
spew("$here/some.jsonl", map { $_ % 3 ? "{\"id\":$_,\"text\":\"خبر $_\"}\n" : "bad $_\n" } 1 .. 300);
for my $pipeline ('clean-news', 'term-frequencies') {
	my @one = ((run("$filters run-pipeline $pipeline -j --bad-records=bad some.jsonl"))[0, 1], slurp("$here/bad"));
	is($one[0], 3, "$pipeline: bad records, one job");
	for my $jobs ('-J2', '-J3 --batch-size=2K --stats=s --tee ' . ($pipeline eq 'clean-news' ? '' : 'clean-news/') . 'normalize=t') {
		unlink "$here/bad";
		is_deeply([ (run("$filters run-pipeline $pipeline $jobs -j --bad-records=bad some.jsonl"))[0, 1], slurp_if("$here/bad") ], \@one,
			"$pipeline, $jobs: the same bad records, in order");
	}
}
spew("$here/huge.jsonl", 'x' x 3_000_000, "\n", "{\"text\":\"خبر\"}\n");
run("$filters run-pipeline clean-news -j -J2 --bad-records=bad huge.jsonl");
is(-s "$here/bad", 3_000_001, 'a bad record larger than a pipe');
is((run("$filters run-pipeline clean-news -j -J2 --bad-records=/dev/full some.jsonl"))[0], 1, 'bad records on a full disk are a failure');
like(slurp("$home/err"), qr{/dev/full: No space|/dev/full.*No space}, '... that is told');
is((run("$filters run-pipeline clean-news -j -J2 --bad-records=some.jsonl some.jsonl"))[0], 2, 'they do not replace an input');
is(`ls -A \Q$home\E/tmp`, '', 'nothing is left');
done_testing();
