#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# How pipelines run and fail, as TAP. run-pipeline is copied beside stages of our own making, so that every way
# to fail can be had at every stage; what is promised is in pipelines/README.md.
use strict;
use warnings;
use Test::More;
use POSIX qw(mkfifo);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp slurp_if spew);
use Stages qw(home stage listing run);

my $home = home();
my @stages = qw(normalize dedupe count-terms);
my $head = "ghirbal: 1\nname: p\nsummary: a test\n";

sub fresh {
	Stages::fresh(@stages);
}

# A stage that hangs must not hang the tests.
$SIG{ALRM} = sub { die "a run does not end\n" };
alarm 600;

# What is written to this pipe can be waited for.
mkfifo("$home/told", 0600) or die;
sub told {
	open my $pipe, '<', "$home/told" or die;
	chomp(my $line = <$pipe> // '');
	return $line;
}

# --- every stage, every failure ---------------------------------------------------------------------------

my %failures = (
	'exit 1' => ['cat >/dev/null; exit 1', 'failed with status 1'],
	'exit 1 at once' => ['exit 1', 'failed with status 1'],
	'exit 2' => ['cat >/dev/null; exit 2', 'failed with status 2'],
	'SIGKILL' => ['kill -KILL $$', 'was killed by signal 9 (Killed)'],
	'SIGPIPE, though it is read' => ['cat >/dev/null; kill -PIPE $$', 'was killed by signal 13 (Broken pipe)'],
	'SIGSEGV' => ['ulimit -c 0; kill -SEGV $$', 'was killed by signal 11 (Segmentation fault)'],
	'missing' => [undef, 'no such program'],
	'a full disk' => ['exec cat >/dev/full', 'No space left on device'],
);

# Five times each way: what depends on who is first must not show.
for my $index (0 .. $#stages) {
	for my $how (sort keys %failures) {
		my ($script, $cause) = @{ $failures{$how} };
		my $name = $stages[$index];
		my $line = 5 + $index;
		fresh();
		stage($name, $script);
		spew("$home/here/old", "old\n");
		my $before = listing();
		my @wrong;
		for (1 .. 5) {
			my ($status, $out, $err) = run('echo text | run-pipeline p.yaml -o old');
			push @wrong, "status $status" if $status != 1;
			push @wrong, $err if $err !~ /^run-pipeline: p\.yaml:$line:10: .*\Q$name\E.*\Q$cause\E/m;
			push @wrong, 'the old output' if slurp_if("$home/here/old") ne "old\n";
			push @wrong, 'something is left' if listing() ne $before;
		}
		is("@wrong", '', "stage $index, $how: status 1, told with its line, the old output intact, nothing left");
	}
}

# --- others must not keep a failed run alive ----------------------------------------------------------------

fresh();
stage('normalize', 'trap "" TERM; echo $$ >../pid; echo x >../told; while :; do sleep 5; done');
stage('count-terms', 'read x <../told; exit 1');
{
	is((run('run-pipeline p.yaml </dev/null'))[0], 1, 'a stage that ignores SIGTERM does not keep a failed run');
	chomp(my $pid = slurp("$home/pid"));
	ok(!kill(0, $pid), '... nor does it live on');
}

# --- ends that are no failures ------------------------------------------------------------------------------

fresh();
stage('dedupe', 'exec head -c 3');
is_deeply([ (run('yes | head -c 5000000 | run-pipeline p.yaml'))[0, 1, 2] ], [ 0, "y\ny", '' ],
	'a stage that had enough is no failure of the one before');

fresh();
is((run('yes | run-pipeline p.yaml | head -c 2 >/dev/null; exit ${PIPESTATUS[1]}'))[0], 141,
	'a reader that left ends a pipeline as it ends a filter');
is((run('yes | run-pipeline p.yaml | head -c 2; true'))[2], '', '... in silence');

fresh();
stage('dedupe', 'cat; exit 3');
is_deeply([ (run('echo text | run-pipeline p.yaml -o new; s=$?; cat new; exit $s'))[0, 1] ], [ 3, "text\n" ],
	'status 3 is carried through and keeps the output');

# --- full disks, strange descriptors ------------------------------------------------------------------------

fresh();
{
	my ($status, $out, $err) = run('echo text | run-pipeline p.yaml >/dev/full');
	is($status, 1, 'a full disk is a failure');
	like($err, qr/p\.yaml:7:10: stage 'count-terms' failed/, '... of the last stage');
	is((run('echo text | run-pipeline p.yaml -o /dev/full'))[0], 1, 'so it is with -o');
	is((run('run-pipeline p.yaml --help >/dev/full'))[0], 1, '--help on a full disk fails');
	is((run('run-pipeline p.yaml --dry-run >/dev/full'))[0], 1, '--dry-run on a full disk fails');
	is((run('echo text | run-pipeline p.yaml >&-'))[0], 1, 'a closed stdout fails');
	is((run('echo text >x; run-pipeline p.yaml <x >>x'))[0], 1, 'a file that is both input and output fails');
	is(slurp_if("$home/here/x"), "text\n", '... and is left alone');
	is_deeply([ (run('trap "" CHLD; echo text | run-pipeline p.yaml'))[0, 1] ], [ 0, "text\n" ],
		'a parent that ignores SIGCHLD does no harm');
}

# --- signals --------------------------------------------------------------------------------------------------

for my $signal (qw(INT TERM HUP)) {
	fresh();
	stage('dedupe', 'echo $$ >../told; exec sleep 600');
	spew("$home/here/old", "old\n");
	my $before = listing();
	my $pid = fork // die;
	if (!$pid) {
		chdir "$home/here";
		$SIG{$signal} = 'DEFAULT';
		open STDIN, '<', '/dev/null';
		exec "$home/bin/run-pipeline", 'p.yaml', '-o', 'old';
	}
	my $stage = told();
	kill $signal, $pid;
	waitpid $pid, 0;
	is($? & 127, { INT => 2, TERM => 15, HUP => 1 }->{$signal}, "SIG$signal ends the run by itself");
	is(listing(), $before, '... and nothing is left');
	is(slurp_if("$home/here/old"), "old\n", '... and the old output is intact');
	ok(!kill(0, $stage), '... and no stage lives on');
}

# --- words of parameters ----------------------------------------------------------------------------------------

# What a stage is given, and what bash gives it from the printed line, must be the same bytes: ten thousand values, five
# hundred a run.
srand 5;
my @pieces = ("'", '"', ' ', "\n", "\t", '$(echo x)', '${x}', '$$', '`id`', '\\', '-', '--', '=', '*', '?', '[a]', '~', '!',
	'#', ';', '|', '&', '>', '<', '(', ')', '{a,b}', '%', 'خبر', "\xe2\x80\x8f", "\xff", "\x1b[31m", 'a', '0', ',', 'é', "\r");
my @values = ('', @pieces, map { my $a = $_; map { "$a$_" } @pieces } @pieces);
push @values, join('', map { $pieces[rand @pieces] } 1 .. 1 + int rand 8) while @values < 10_000;
fresh();
stage('words', 'cat >/dev/null; printf "%s\0" "$@"; exit 7');
{
	my $many = 500;
	spew("$home/here/w.yaml", $head, "params:\n", (map { "  w$_: {default: x}\n" } 1 .. $many), "stages:\n  - run: normalize\n",
		"  - run: words\n    ok-exit: 7\n    args: [", join(', ', map { "\"\${w$_}\"" } 1 .. $many), "]\n");
	my $ask = sub {
		my ($values, @words) = @_;
		open my $null, '<', '/dev/null' or die;
		my $pid = open(my $from, '-|') // die;
		if (!$pid) {
			open STDIN, '<&', $null;
			chdir "$home/here";
			exec "$home/bin/run-pipeline", 'w.yaml', '--allow-exec', @words, map { "--set=w" . ($_ + 1) . "=$values->[$_]" } 0 .. $#$values;
		}
		local $/;
		my $said = <$from> // '';
		close $from;
		return ($? >> 8, $said);
	};
	local $ENV{PATH} = "$home/bin:$ENV{PATH}";
	my ($lines, $bad, @wanted) = (0, 0);
	for my $run (0 .. $#values / $many) {
		my @some = @values[$run * $many .. $run * $many + $many - 1];
		my ($status, $said) = $ask->(\@some);
		my (undef, $line) = $ask->(\@some, '--dry-run');
		$bad++ if $status != 0 || $said ne join '', map { "$_\0" } @some;
		$lines++ if $line !~ /\Aset -o pipefail; [^\n]*\n\z/;
		push @wanted, "$said\n7\n";
		spew("$home/line.$run", $line);
	}
	is($bad, 0, scalar(@values) . ' values reach a stage, each as one word');
	is($lines, 0, 'a dry run prints one line');
	my ($status, $said) = run('for i in {0..' . ($#wanted) . '}; do . ../line.$i; printf "\n%s\n" $?; done </dev/null');
	ok($said eq join('', @wanted), '... and so they do from that, with the same status');
}

# --- folders ------------------------------------------------------------------------------------------------------

# A stage that treats documents as filters do: FILE operands and lists of them, framing by options.
my $documents = <<'E';
exec perl -e '
	my ($zero_in, $zero_out, $list, @files) = (0, 0);
	for (@ARGV) {
		if (/^-z$/) { $zero_in = $zero_out = 1 } elsif (/^--read=zero$/) { $zero_in = 1 }
		elsif (/^--write=zero$/) { $zero_out = 1 } elsif (/^--files0-from=(.*)/) { $list = $1 }
		elsif (/^--/) { } else { push @files, $_ }
	}
	local $/;
	@files = split /\0/, <STDIN> if defined $list;
	my @texts = @files ? map { open my $f, "<:raw", $_ or die "$_: $!"; scalar(<$f>) // "" } @files : (scalar(<STDIN>) // "");
	@texts = map { my @parts = split /\0/, $_, -1; pop @parts if length $parts[-1] == 0; @parts } @texts if $zero_in;
	for (@texts) { CHANGE; print $_, $zero_out ? "\0" : "" }
' -- "$@"
E

sub documents {
	my ($change) = @_;
	return $documents =~ s/CHANGE/$change/r;
}

sub folder_case {
	fresh();
	spew("$home/here/p.yaml", $head . "stages:\n  - run: normalize\n  - run: strip-boilerplate\n");
	stage('normalize', documents('tr/a/b/'));
	stage('strip-boilerplate', documents('tr/b/c/'));
	system('bash', '-c', 'mkdir -p "$1/here/in/sub folder/deep" "$1/here/in/.hidden"', 'x', $home);
	my %files = ('one.txt' => "a\n", 'مقال عن النفط.txt' => "a a\n", 'sub folder/-dash' => "ab\n", "line\nbreak" => "a1\n",
		"not-utf8-\xff" => "a2\n", 'sub folder/deep/$(x) "q" \'s\'' => "a3\n", 'empty' => '', 'z' => "a\n" x 100000);
	spew("$home/here/in/$_", $files{$_}) for keys %files;
	spew("$home/here/in/.dot", 'a');
	spew("$home/here/in/.hidden/x", 'a');
	return %files;
}

{
	my %files = folder_case();
	my ($status, $out, $err) = run('run-pipeline p.yaml -o out/new in');
	is($status, 0, 'a folder is done') or diag($err);
	is($err, "run-pipeline: out/new: 1 of 8 outputs is empty\n", 'empty outputs are counted');
	is(join('', map { slurp_if("$home/here/out/new/$_") eq ($files{$_} =~ tr/ab/cc/r) ? '' : $_ } sort keys %files), '',
		'every file has its output, of its name');
	is(`cd \Q$home\E/here/out/new && find . -name '.?*' | wc -l`, "0\n", 'dotfiles are left out, nothing hidden is left');
	spew("$home/here/out/new/one.txt", "old\n");
	symlink 'nowhere', "$home/here/in/dangling";
	($status, $out, $err) = run('run-pipeline p.yaml -o out/new/ in/');
	is($status, 1, 'a file that cannot be read makes the status 1');
	like($err, qr{^run-pipeline: in/dangling: cannot open: No such file}m, '... is named');
	is(slurp_if("$home/here/out/new/one.txt"), "c\n", '... and the others are done');
}

{
	my %files = folder_case();
	symlink '..', "$home/here/in/up";
	symlink 'one.txt', "$home/here/in/also.txt";
	my ($status, $out, $err) = run('run-pipeline p.yaml -o out/linked in');
	is($status, 1, 'a link to a folder is passed over and named');
	like($err, qr{^run-pipeline: in/up: passed over: a link to a folder}m, '... as what it is');
	is(slurp_if("$home/here/out/linked/also.txt"), slurp_if("$home/here/out/linked/one.txt"), 'a link to a file is a file');
	ok(!-e "$home/here/out/linked/up", '... and nothing is taken from behind it');
}

for my $how ('exit 1', 'SIGKILL', 'one too few', 'one too many') {
	folder_case();
	mkdir "$home/here/out";
	spew("$home/here/out/one.txt", "old\n");
	stage('strip-boilerplate', { 'exit 1' => documents('exit 1 if $n++ == 2'), 'SIGKILL' => documents('kill 9, $$ if $n++ == 2'),
		'one too few' => documents('next if $n++ == 2'), 'one too many' => documents('print "x\0" if $n++ == 2') }->{$how});
	my $before = listing();
	my ($status, $out, $err) = run('run-pipeline p.yaml -o out in');
	is($status, 1, "folder, $how: the status is 1");
	like($err, $how =~ /one too/ ? qr/\d+ (documents came out for the|that went in)/ : qr/p\.yaml:6:10: stage 'strip/,
		"folder, $how: is told");
	is(listing(), $before, "folder, $how: nothing is left");
	is(slurp_if("$home/here/out/one.txt"), "old\n", "folder, $how: old outputs are intact");
}

{
	my %files = folder_case();
	spew("$home/here/p.yaml", $head . "stages:\n  - run: normalize\n  - run: count-terms\n");
	stage('count-terms', documents('$_ = length($_) . "\n"'));
	my ($status, $out, $err) = run('run-pipeline p.yaml -o out in');
	is($status, 0, 'a stage that needs the whole stream runs for each file') or diag($err);
	is(join('', map { slurp_if("$home/here/out/$_") eq length($files{$_}) . "\n" ? '' : $_ } sort keys %files), '',
		'... and every file has its output');
	stage('count-terms', documents('die if length $_ > 1000'));
	my $before = listing();
	($status, $out, $err) = run('run-pipeline p.yaml -o out in');
	is($status, 1, '... and fails as a whole');
	like($err, qr/^in\/z: this file/m, '... naming the file');
	is(listing(), $before, '... with nothing left');
}

{
	folder_case();
	system('bash', '-c', 'cd "$1/here" && mkdir many && cd many && for i in $(seq 1500); do
		echo a$i >a-rather-long-name-so-that-operands-do-not-do-$i; done', 'x', $home);
	is((run('run-pipeline p.yaml -o out many'))[0], 0, 'fifteen hundred files');
	is(slurp_if("$home/here/out/a-rather-long-name-so-that-operands-do-not-do-777"), "c777\n", '... keep their places');
	is((run('run-pipeline p.yaml many/* | wc -l'))[1], "1500\n", 'so many operands go through a list');
	is((run('run-pipeline p.yaml -- ./in/one.txt in/missing "in/sub folder/-dash"'))[1], "c\ncc\n",
		'a missing operand is passed over');
	is((run('cd "in/sub folder"; run-pipeline ../../p.yaml -- -dash'))[1], "cc\n", 'an operand may begin with a dash');
	is((run('printf "a\0ba\0" | run-pipeline -z p.yaml'))[1], "c\0cc\0", '-z reaches the ends');
}

done_testing();
