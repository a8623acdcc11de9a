#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# The sentences of split-sentences.tsv, which says how a line is to be read, as TAP. All cases of a language go through
# the program as one stream of documents, once with that language and once with none, and once more without vectors.
use strict;
use warnings;
use utf8;
use Test::More;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Cwd qw(abs_path);
use Encode qw(encode decode);
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output todo_output);

my $here = dirname(abs_path($0));
my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $scratch = tempdir(CLEANUP => 1);
my %plain = (n => "\n", t => "\t", r => "\r", '\\' => '\\');

sub unescaped { return $_[0] =~ s/\\(?:u\{([0-9A-F]+)\}|([ntr\\]))/defined $1 ? chr hex $1 : $plain{$2}/ger }

# The text a marked one stands for, with $spaced for | and $glued for ¦.
sub unmarked {
	my ($marked, $spaced, $glued) = @_;
	return unescaped($marked) =~ s/\|/$spaced/gr =~ s/¦/$glued/gr;
}

my (@runs, %cases);
open my $table, '<:encoding(UTF-8)', "$here/split-sentences.tsv" or die;
while (<$table>) {
	chomp;
	next if /^(?:#.*)?$/;
	my ($lang, $marked, $shows, $rest) = split /\t/, $_, -1;
	die "split-sentences.tsv:$.: three columns, please\n" if !defined $shows || defined $rest;
	my $alone = $lang =~ s/\*$//;
	for my $run ($lang, $alone ? () : 'auto') {
		push @runs, $run if !$cases{$run};
		push @{ $cases{$run} }, { line => $., marked => $marked, shows => $shows };
	}
}

# One document each, through the program for this language.
sub through {
	my ($lang, $cpu, @documents) = @_;
	open my $in, '>:raw', "$scratch/in" or die;
	print $in map { encode('UTF-8', "$_\0") } @documents;
	close $in or die;
	local $ENV{GHIRBAL_CPU} = $cpu;
	open my $out, '-|:raw', "$build/bin/split-sentences", '-z', "--lang=$lang", "$scratch/in" or die;
	local $/;
	my @texts = split /\0/, decode('UTF-8', <$out> // ''), -1;
	return close $out ? @texts : ("status $?") x @documents;
}

for my $lang (@runs) {
	my @cases = @{ $cases{$lang} };
	my @texts = map { unmarked($_->{marked}, ' ', '') } @cases;
	my @got = through($lang, 'avx2', @texts);
	my @scalar = through($lang, 'scalar', @texts);
	for my $case (@cases) {
		my ($got, $scalar) = (shift @got, shift @scalar);
		my $wants = unmarked($case->{marked}, "\n", "\n") . "\n";
		next if ok($got eq $wants && $scalar eq $wants,
			"split-sentences.tsv:$case->{line}: $lang: $case->{shows}");
		diag('wants  ', $wants);
		diag('got    ', $got);
		diag('scalar ', $scalar) if $scalar ne $got;
	}
}
done_testing();
