#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# dedupe on random documents: the same as the slow oracle, twice is once, a stream and its copy is the stream.
use strict;
use warnings;
use Test::More;
use Encode qw(decode_utf8);
use JSON::PP qw(decode_json encode_json);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Cwd qw(abs_path);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $oracle = dirname(dirname(abs_path($0))) . '/oracle/dedupe';
my $scratch = tempdir(CLEANUP => 1);

sub through {
	my ($input, @command) = @_;
	open my $in, '>:raw', "$scratch/in" or die;
	print $in $input;
	close $in or die;
	open my $out, '-|:raw', 'sh', '-c', 'exec "$@" <"$0"', "$scratch/in", @command or die;
	local $/;
	my $text = <$out> // '';
	close $out or die "@command: status $?";
	return $text;
}

# Few different lines, so that they meet again; blank ones of several kinds; line ends of both kinds.
my @lines = ('', '', ' ', "\t", "\xC2\xA0", 'خبر', 'خَبر', 'نبأ عاجل', 'نبأ عاجل ', 'News', 'news', "\xE2\x80\x8F", 'é', "e\xCC\x81");

sub document {
	my $text = join '', map { $lines[rand @lines] . (rand() < .15 ? "\r\n" : "\n") } 1 .. rand 16;
	return rand() < .3 ? substr($text, 0, -1) : $text;
}

# What --stats says of lines, beside what a glance at the input and the output says.
sub counts_hold {
	my ($stream, $left) = @_;
	my $stats = decode_json(through($stream, "$build/bin/dedupe", '-z', '--unit=line', '-o/dev/null', '--stats=/dev/stdout'));
	my ($compared, $kept) = map { scalar grep { /[^\s\xC2\xA0]/ } split /[\n\0]/ } $stream, $left;
	my $duplicates = $stats->{removed}{duplicate} // { parts => 0 };
	return $stats->{compared} == $compared && $stats->{kept} == $kept && $compared - $kept == $duplicates->{parts};
}

my (@miscounted, @differ, @not_idempotent, @copies_differ, @documents_differ);
srand 20;
for my $round (1 .. 20) {
	my $stream = join '', map { document() . "\0" } 1 .. 10;
	my $left = through($stream, "$build/bin/dedupe", '-z', '--unit=line');
	push @miscounted, $round if !counts_hold($stream, $left);
	push @differ, $round if $left ne through($stream, $oracle, '--unit=line');
	for my $key ('exact', 'case', 'fold') {
		my @dedupe = ("$build/bin/dedupe", '-z', "--key=$key");
		for my $options (['--unit=line'], ['--scope=document'], [], ['--leave-empty']) {
			my $once = through($stream, @dedupe, @$options);
			push @not_idempotent, "$round @$options" if $once ne through($once, @dedupe, @$options);
		}
		# A document of blank lines alone is kept each time: leave those out.
		my $texts = join '', grep { /[^\s\xC2\xA0\0]/ } split /(?<=\0)/, $stream;
		my $documents = through($texts, @dedupe);
		push @documents_differ, $round if $documents ne through("$texts$texts", @dedupe);
		my $lines = through($texts, @dedupe, '--unit=line');
		my $twice = through("$texts$texts", @dedupe, '--unit=line');
		push @copies_differ, $round if $twice ne $lines . "\0" x ($texts =~ tr/\0//);
	}
}

# Every option that says what stays, with every unit, in memory and beside it.
open my $known, '>:raw', "$scratch/known" or die;
print $known document() . "\0" for 1 .. 2;
close $known or die;
my @ways = ([], ['--count'], ['--repeated'], ['--unique'], ['--min-count=3', '--count', '--number'], ['--number'],
	["--against=$scratch/known"], ["--against=$scratch/known", '--count'], ['--memory=1K'],
	['--memory=1K', "--against=$scratch/known"], ['--min-documents=2'], ['--min-documents=4', '--number'],
	['--min-documents=3', '--memory=1K', '--strong'], ['--strong'], ['--strong', '--unique']);
my (@option_sets, @without_oracle);
for my $unit ('line', 'sentence', 'paragraph', 'document') {
	for my $way (@ways) {
		for my $rest ([], ['--key=ws'], ['--scope=document']) {
			next if "@$rest" =~ /scope/ && ($unit eq 'document' || "@$way" =~ /against|documents/);
			next if $unit eq 'document' && "@$way" =~ /documents/;
			push @option_sets, ["--unit=$unit", @$way, @$rest];
		}
	}
}
for my $options (@option_sets) {
	my $stream = join '', map { document() . "\0" } 1 .. 12;
	my @known_to_oracle = grep { !/^--(?:memory|strong)/ } @$options;
	my $is = through($stream, "$build/bin/dedupe", '-z', @$options);
	push @without_oracle, "@$options" if $is ne through($stream, $oracle, @known_to_oracle);
}
is("@without_oracle", '', scalar(@option_sets) . ' sets of options are as the oracle has them');

# Three days with a state are one run, whatever the unit, the key and the memory.
my @days_differ;
for my $options (['--unit=line'], ['--unit=line', '-S1'], ['--unit=sentence', '--key=fold'], ['--unit=paragraph', '--strong', '-S1K'],
	['--unit=document'], ['--unit=document', '--key=search', '--leave-empty'], ['--unit=line', '--key=ws', "--against=$scratch/known"]) {
	my @days = map { join '', map { document() . "\0" } 1 .. 8 } 1 .. 3;
	unlink "$scratch/state";
	my $together = join '', map { through($_, "$build/bin/dedupe", '-z', @$options, "--state=$scratch/state") } @days;
	push @days_differ, "@$options" if $together ne through(join('', @days), "$build/bin/dedupe", '-z', @$options);
	my @records = map { join '', map { encode_json({ text => decode_utf8($_) }) . "\n" } split /\0/, $_ } @days;
	unlink "$scratch/state";
	$together = join '', map { through($_, "$build/bin/dedupe", '-j', grep({ !/against/ } @$options), "--state=$scratch/state") } @records;
	push @days_differ, "-j @$options" if $together ne through(join('', @records), "$build/bin/dedupe", '-j', grep { !/against/ } @$options);
}
is("@days_differ", '', 'days with a state are one run');

# Enough different lines that shards have many blocks in the temporary files, and their judging several parts.
my $large = join '', map { int(rand 40000) . " خبر من المدينة\n" . (rand() < .1 ? "\n" : '') . (rand() < .01 ? "\0" : '') }
	1 .. 120_000;
for my $options (['--unit=line'], ['--unit=paragraph'], ['--unit=document'], ['--unit=line', '--scope=document'],
	['--unit=line', '--min-documents=9']) {
	my $whole = through($large, "$build/bin/dedupe", '-z', @$options);
	my @other = grep { $whole ne through($large, "$build/bin/dedupe", '-z', @$options, "--memory=$_") } '1', '1G';
	is("@other", '', "@$options: bounded memory changes nothing");
}

# What the shards of a stream keep is together what the whole keeps.
my $text = $large =~ tr/\0//dr;
# In steps: keys of parts, sorted in their order, say what comes again; the parts without that are the whole.
for my $way (['--unit=line'], ['--unit=paragraph', '--key=fold'], ['--unit=document', '--key=case'], ['--unit=document', '--leave-empty']) {
	my @documents = map { document() } 1 .. 40;
	push @documents, @documents[3, 9, 21];
	my @parts = map { my $i = $_; join '', map { "$documents[$_]\0" } grep { int($_ / 11) == $i } 0 .. $#documents } 0 .. 3;
	my (%numbers, %seen);
	for my $i (0 .. 3) {
		for (split /\n/, through($parts[$i], "$build/bin/dedupe", '-z', @$way, '--emit=keys') =~ s/\0//r) {
			my ($key, $number) = /^([0-9a-f]{32})\t(\d+)$/ or die "no row: $_";
			push @{ $numbers{$i} }, $number if $seen{$key}++;
		}
	}
	my $together = '';
	for my $i (0 .. 3) {
		open my $list, '>', "$scratch/numbers" or die;
		print $list map { "$_\n" } @{ $numbers{$i} // [] };
		close $list or die;
		$together .= through($parts[$i], "$build/bin/dedupe", '-z', @$way, "--drop-numbers=$scratch/numbers");
	}
	my $one = through(join('', @parts), "$build/bin/dedupe", '-z', @$way);
	ok($together eq $one && %numbers, "@$way: four parts in steps are the whole");
}

my $whole = join '', grep { /\S/ } split /^/, through($text, "$build/bin/dedupe", '--number');
for my $shards (2, 7) {
	my @parts = map { split /^/, through($text, "$build/bin/dedupe", '--number', "--shard=$_/$shards") } 1 .. $shards;
	my $merged = join '', sort { ($a =~ /(\d+)/)[0] <=> ($b =~ /(\d+)/)[0] } grep { /\S/ } @parts;
	ok($merged eq $whole, "$shards shards, merged by number, are the whole");
}
my $documents = join '', sort grep { /\S/ } split /(?<=\0)/, through($large, "$build/bin/dedupe", '-z', '--count');
my $sharded = join '', sort grep { /\S/ } map { split /(?<=\0)/, through($large, "$build/bin/dedupe", '-z', '--count', "--shard=$_/3") } 1 .. 3;
ok($documents eq $sharded, 'shards of documents, counted, are the whole');

is("@differ", '', 'lines are those of the oracle');
is("@miscounted", '', 'what is counted is what was compared, kept, dropped');
is("@not_idempotent", '', 'twice is once');
is("@copies_differ", '', 'nothing is left of the lines of a copy');
is("@documents_differ", '', 'nothing is left of the documents of a copy');
done_testing();
