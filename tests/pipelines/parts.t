#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# A pipeline cut into parts gives the bytes of one process, for any number of parts; a part that is killed, or fails, is
# named and done again alone; what was planned otherwise is refused. Under make here, under Slurm in tests/slurm.
use strict;
use warnings;
use Test::More;
use File::Temp qw(tempdir);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp spew);
use Reports qw(reports write_records write_pipelines);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $home = tempdir(CLEANUP => 1);
$ENV{PATH} = "$build/bin:$ENV{PATH}";
$ENV{TMPDIR} = "$home/tmp";
delete $ENV{MAKEFLAGS};
delete $ENV{MAKELEVEL};
mkdir $ENV{TMPDIR};
srand 12;

# --- documents ----------------------------------------------------------------------------------------------

my @documents = reports(180);
write_records("$home/records.jsonl", @documents);
write_pipelines($home);
spew("$home/documents.z", join "\0", @documents);
mkdir "$home/files";
spew(sprintf("%s/files/خبر %03d.txt", $home, $_), $documents[$_]) for 0 .. 39;

# Runs a line of bash in the scratch folder: status, stdout, stderr.
sub run {
	my ($line) = @_;
	system('bash', '-c', 'cd "$1" && { eval "$2"; } >out 2>err', 'run', $home, $line);
	return ($? & 127 ? 128 + ($? & 127) : $? >> 8, slurp("$home/out"), slurp("$home/err"));
}

sub parts { return scalar(my @rows = slurp("$home/$_[0]/parts.tsv") =~ /^(\d+)\t(?!.*^\1\t)/gms) }

# --- the same bytes -------------------------------------------------------------------------------------------

sub same {
	my ($name, $words, $size, $inputs, $single) = @_;
	my ($status, $out, $err) = run("rm -rf d; run-pipeline $words --parts=d --part-size=$size $inputs && make -s -C d -j2");
	is($status, 0, "$name: it runs") or return diag($err);
	my (undef, $parts) = run('cat d/out/*');
	(undef, my $one) = run($single // "run-pipeline $words $inputs");
	ok($parts eq $one && length $one, sprintf '%s: %d parts, the bytes of one process', $name, parts('d'));
}

my $bytes = -s "$home/records.jsonl";
my %sizes = (1 => 9 * $bytes, 3 => int($bytes / 2.5), 16 => int($bytes / 15.5));

# All of these pipelines in 1, 3 and 16 parts: make check-slurm.
same('clean-news', 'clean-news -j', $sizes{3}, 'records.jsonl');
is(parts('d'), 3, 'three parts');
same('term-frequencies', 'term-frequencies -j --set top=20', $sizes{16}, 'records.jsonl');
is(parts('d'), 16, 'sixteen parts');
same('exact duplicates', 'dedupe-corpus -j', $sizes{3}, 'records.jsonl');
same('documents that end in a NUL', 'news-corpus -z', $sizes{3}, 'documents.z');
same('near duplicates', 'near.yaml -j', $sizes{3}, 'records.jsonl',
	'run-pipeline near.yaml -j --set frequencies="$(ls d/work/*common*/000001)" records.jsonl');
same('what a site repeats', 'learn.yaml -j', $sizes{3}, 'records.jsonl');
same('a stage that cannot be shared', 'whole.yaml -z', $sizes{3}, 'documents.z');
like(slurp("$home/d/plan.json"), qr/"name":"02-whole","tasks":1,.*"whole":true/, 'the plan says that it is whole');
same('files', 'clean-news', 9000, "files/*");
same('a folder', 'term-frequencies', 9000, 'files', 'run-pipeline term-frequencies files/*');

my $some = int($bytes / 4.5);

# --- trouble --------------------------------------------------------------------------------------------------

# A folder of five parts, nothing done.
sub planned {
	my ($pipeline) = @_;
	run("rm -rf d; cp records.jsonl mine.jsonl; run-pipeline $pipeline -j --parts=d --part-size=$some mine.jsonl");
}

my (undef, $single) = run('run-pipeline clean-news -j records.jsonl');
planned('clean-news');
my ($status, $out, $err) = run('run-pipeline --status=d');
is($status, 1, 'status says that something is missing');
like($out, qr/^01-map: 0 of 5 done\n  01-map 000001: not begun\n/, 'and names it');

# The runner is killed while it works: it stops itself there.
run(q{d/run-part 01-map 3 & p=$!; while ! [ -e d/done/01-map/000003 ]; do kill -KILL $p 2>/dev/null && break; done; wait; }
	. 'rm -f d/done/01-map/000003; mkdir -p d/work/01-map/.000003.there.1; echo half >d/work/01-map/.000003.there.1/out');
($status, $out) = run('run-pipeline --resume=d --jobs=2');
is($status, 0, 'a part that was killed is done by resume, past its stale temporary files');
ok(slurp("$home/d/out/000003") ne "half\n", 'which are not its output');
(undef, $out) = run('cat d/out/*');
ok($out eq $single, 'the same bytes');
($status, $out) = run('run-pipeline --totals=d');
like($out, qr/^\{"01-map":\{"tasks":5,"sum":\{.*"normalize":\{.*"documents":180\D.*"strip-boilerplate":\{/, 'totals add up the statistics of parts') or diag($out);
utime 1, 1, glob "$home/d/done/01-map/*";
unlink "$home/d/done/01-map/000004";
run('run-pipeline --resume=d');
is(scalar(grep { (stat)[9] != 1 } glob "$home/d/done/01-map/*"), 1, 'resume does just the part that is missing');

($status, $out, $err) = run("run-pipeline clean-news -j --parts=d --part-size=$some mine.jsonl");
is($status, 0, 'the same plan again is no trouble');
($status, $out, $err) = run("run-pipeline clean-news -j --set lang=en --parts=d --part-size=$some mine.jsonl");
is($status, 2, 'another one is');
like($err, qr/made otherwise.*"plan":.* now it is "plan":/, 'and what differs is named');
for my $other ("clean-news -j --part-size=$some records.jsonl", "clean-news -z --part-size=$some mine.jsonl",
	"clean-news -j --field=id --part-size=$some mine.jsonl", "clean-news -j --part-size=9K mine.jsonl",
	"clean-news -j --part-size=$some mine.jsonl mine.jsonl", "sentences -j --part-size=$some mine.jsonl") {
	($status, $out, $err) = run("run-pipeline --parts=d $other");
	ok($status == 2 && $err =~ /made otherwise/, "no folder for two plans: $other") or diag($err);
}
run('cp d/versions versions; rm d/done/01-map/000001');
for my $line (slurp("$home/versions") =~ /^(ghirbal .*|data normalize\/letters .*|data strip-boilerplate\/model .*|program dedupe .*)$/mg, undef) {
	my $versions = slurp("$home/versions");
	defined $line ? $versions =~ s/^(\Q$line\E)$/$1x/m : ($versions =~ s/.*\n//);
	spew("$home/d/versions", $versions);
	($status, $out, $err) = run('d/run-part 01-map 1');
	my $named = defined $line ? "it has '\Q$line\Ex', here it is '\Q$line\E'" : "it has '', here it is 'ghirbal ";
	next if $status == 2 && $err =~ /made by other versions: $named/ && !-e "$home/d/done/01-map/000001";
	fail('a folder of other versions is refused: ' . ($line // 'a line less')) or diag($err);
}
run('mv versions d/versions; d/run-part 01-map 1');

($status, $out, $err) = run('rm d/done/01-map/*; sed -i "s/^program normalize .*/program normalize 0/" d/versions; d/run-part 01-map 1');
is($status, 2, 'a part is not made by other programs');
like($err, qr/made by other versions: it has 'program normalize 0', here it is 'program normalize \w{16}'/, 'which are named');

planned('clean-news');
($status, $out, $err) = run('echo "{}" >>mine.jsonl; d/run-part 01-map 2');
is($status, 1, 'an input that was changed is no input');
like($err, qr/mine\.jsonl' was changed after planning: it had \d+ bytes/, 'and is named');
unlink "$home/mine.jsonl";
($status, $out, $err) = run('d/run-part 01-map 2');
like($err, qr/mine\.jsonl': No such file.*\n.*put it back/, 'one that is gone, too');

# Times before 1970 are times, too; a folder is found from anywhere; what is named twice is read twice.
planned('clean-news');
run(qq{touch -d '1960-01-01 00:00:00.25' mine.jsonl; rm -rf d; run-pipeline clean-news -j --parts=d --part-size=$some mine.jsonl});
is((run('mkdir -p others/d; CDPATH=$PWD/others d/run-part 01-map 2'))[0], 0, 'a file from before 1970, a shell with CDPATH');
spew("$home/one.yaml", "ghirbal: 1\nname: one\nsummary: a test\nstages:\n  - run: dedupe\n    with: {unit: line, count: true}\n");
same('a file named twice', 'one.yaml -z', $sizes{3}, 'documents.z documents.z');

planned('clean-news');
{
	# A line is spoiled before planning.
	my @lines = split /^/, slurp("$home/records.jsonl");
	$lines[50] =~ s/"text"/"txet"/;
	spew("$home/mine.jsonl", @lines);
	run("rm -rf d; run-pipeline clean-news -j --parts=d --part-size=$some mine.jsonl");
	($status, $out, $err) = run('run-pipeline --resume=d --jobs=2');
	is($status, 3, 'records that cannot be used: status 3');
	(undef, $out) = run('cat d/bad/*/*');
	is($out, $lines[50], 'and they are collected');
	(undef, $out) = run('cat d/out/*');
	my (undef, $one) = run('run-pipeline clean-news -j mine.jsonl');
	ok($out eq $one, 'the others are there');
}

SKIP: {
	skip 'zstd is not installed', 3 if system('command -v zstd >/dev/null') != 0;
	run('rm -rf d; zstd -q -f records.jsonl -o whole.jsonl.zst; zstd -q -f records.jsonl -o cut.jsonl.zst; truncate -s -9 cut.jsonl.zst');
	same('compressed files', 'clean-news -j', 1000, 'whole.jsonl.zst whole.jsonl.zst');
	run('rm -rf d; run-pipeline clean-news -j --parts=d --part-size=1K whole.jsonl.zst cut.jsonl.zst; make -s -k -C d');
	($status, $out) = run('run-pipeline --status=d');
	is($status, 1, 'one that is cut short is no input');
	like($out, qr/01-map: 1 of 2 done\n  01-map 000002: failed with status 1: .*cut\.jsonl\.zst/, 'and is named');
}

for (['-', 'from standard input' => qr/needs files, not standard input/], ['missing' => 'from a file that is not there' => qr/'missing': No such file/],
	['/dev/null', 'from a device' => qr/must be a regular file/], ['', 'without inputs' => qr/needs inputs/],
	['-o x records.jsonl', 'with an output' => qr/leave out --output/])
{
	my ($inputs, $name, $sentence) = @$_;
	($status, $out, $err) = run("run-pipeline clean-news -j --parts=none $inputs");
	ok($status && $err =~ $sentence && !-e "$home/none", "no plan $name") or diag($err);
}

done_testing();
