#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# What is said of documents has the places of the whole run, whoever did the work: messages, bad records and tables of one
# process and of many are the same bytes, for random documents, batches and numbers of jobs.
use strict;
use warnings;
use Test::More;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp slurp_if spew);
use Stages qw(home fresh run);

my $home = home();
my $here = "$home/here";
my $filters = "PATH=$ENV{GHIRBAL_BUILD}/bin:\$PATH;";
my $seed = $ENV{GHIRBAL_SEED} // 10;
srand $seed;

sub any { return $_[rand @_] }

# Records, and what is none; some are longer than a batch.
my $number = 0;
sub record {
	my $text = any('وصل الوفد مساء أمس.', "caf\xe9 \xe2\x82", "\xc7\xe1\xd3\xe1\xc7\xe3 \xda\xe1\xed\xdf\xe3 \xe6\xd1", 'سطر\nآخر', 'طويل ' x rand 900);
	return any(map({ '{"id":' . ++$number . ",\"text\":\"$text\"}" } 1 .. 8), '[1]', '{"text":1}', '', ' ', "{\"text\":\"$text", '{"id":3}');
}
sub document { return join "\n", map { any('وصل الوفد مساء أمس.', "caf\xe9 \xe2\x82", 'شارك', '', 'طويل ' x rand 900) } 0 .. rand 5 }

sub records { return join("\n", map { record() } 0 .. rand 40) . any("\n", '') }
sub documents { return join("\0", map { document() } 0 .. rand 40) . any("\0", '') }

# The line with jobs says what it says without. `beside` are files that it writes.
my $least = 1; # bytes of a batch
sub same {
	my ($name, $line, @beside) = @_;
	my @one = (run("$filters $line"), map { slurp_if("$here/$_") } @beside);
	for my $jobs (map { "--jobs=$_" } 2, 5) {
		my $size = $least + int rand any(1, 3000, 60_000);
		unlink map { "$here/$_" } @beside;
		my @many = (run("$filters " . $line =~ s/-pipeline \S+\K/ $jobs --batch-size=$size/r), map { slurp_if("$here/$_") } @beside);
		is_deeply(\@many, \@one, "$name, $jobs, batches of $size");
	}
	return @one;
}

fresh();
spew("$here/n.yaml", "ghirbal: 1\nname: n\nsummary: a test\nstages:\n  - run: normalize\n");
spew("$here/d.yaml", "ghirbal: 1\nname: d\nsummary: a test\nstages:\n  - run: normalize\n    with: {invalid: drop}\n");
my ($said, $mended) = ('', '');
for (1 .. ($ENV{GHIRBAL_TORTURE} ? 20 : 2)) {
	spew("$here/$_.jsonl", records()) for 'a', 'b: c';
	spew("$here/$_.z", documents()) for 'a', 'b';
	spew("$here/$_.txt", document()) for 1 .. 6;
	my $pipeline = any('n.yaml', 'd.yaml');
	$said .= (same('records', "run-pipeline $pipeline -j --bad-records=bad a.jsonl 'b: c.jsonl' a.jsonl", 'bad'))[2];
	same('records, redirected', 'run-pipeline n.yaml -j <a.jsonl');
	same('records from a pipe', "cat a.jsonl | run-pipeline n.yaml -j 'b: c.jsonl' -");
	$mended .= (same('documents', "run-pipeline $pipeline -z a.z b.z a.z"))[2];
	same('documents from a pipe', 'cat a.z | run-pipeline n.yaml -z - b.z');
	same('files', 'run-pipeline n.yaml ?.txt');
	system("cd \Q$here\E && gzip -kf a.jsonl b.z");
	same('compressed records', "run-pipeline n.yaml -j a.jsonl.gz 'b: c.jsonl' a.jsonl.gz");
	same('compressed documents', 'run-pipeline n.yaml -z a.z b.z.gz a.z');
}
like($said, qr/^normalize: b: c\.jsonl: line \d+: /m, 'some records were named');
like($mended, qr/^normalize: \d+ ill-formed parts .* in \d+ of \d\d documents/m, 'some documents were mended');

# What filters write beside their output numbers the documents.
my %tables = ('run: normalize' => 'offsets', 'run: split-sentences' => 'offsets', 'run:  split-sentences' => 'explain');
for my $run (sort keys %tables) {
	spew("$here/t.yaml", "ghirbal: 1\nname: t\nsummary: a test\nstages:\n  - $run\n    with: {$tables{$run}: rows}\n");
	my @one = same("$run, $tables{$run}", 'run-pipeline t.yaml -z a.z b.z', 'rows');
	ok(length $one[3], '... of which there are some');
}

# Messages come in the order of documents, also where the first batch is the last one done, and where there are more than are
# held for who waits.
spew("$here/many.jsonl", map { ($_ % 3 ? '[' : '{"text":"' . 'ا' x 300 . "\"}\n[") . "$_]\n" } 1 .. 6_000);
$least = 50_000;
same('many messages', 'run-pipeline n.yaml -j --bad-records=bad many.jsonl', 'bad');
is(`ls -A \Q$home\E/tmp`, '', 'nothing is left');
done_testing();
