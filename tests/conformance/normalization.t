#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# NormalizationTest.txt through the program: every line of it as a document line, and every other code point, must
# come out of `normalize --preset=none --nfc` in NFC.
use strict;
use warnings;
no warnings 'nonchar'; # they are code points like any other
use Test::More;
use File::Temp qw(tempdir);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $ucd = $ENV{UCD} // '/usr/share/unicode';
my $scratch = tempdir(CLEANUP => 1);
binmode STDOUT, ':utf8';

open my $test, '-|', "bzip2 -dc '$ucd/NormalizationTest.txt.bz2'" or die;
my (%listed, @in, @expected, $single);
while (<$test>) {
	$single = /^\@Part1/ if /^\@/;
	next if !/^[0-9A-F]/;
	my @columns = map { join '', map { chr hex } split } (split /;/)[0 .. 4];
	$listed{ $columns[0] } = 1 if $single;
	push @in, @columns;
	push @expected, @columns[1, 1, 1, 3, 3];
}
close $test or die "cannot read $ucd/NormalizationTest.txt.bz2";
for my $cp (1 .. 0xD7FF, 0xE000 .. 0x10FFFF) {
	my $c = chr $cp;
	next if $listed{$c} || $c eq "\n";
	push @in, $c;
	push @expected, $c;
}

open my $out, '>:utf8', "$scratch/in" or die;
print $out "$_\n" for @in;
close $out or die;
open my $got, '-|:utf8', "$build/bin/normalize", '--preset=none', '--nfc', "$scratch/in" or die;
my ($count, @wrong) = (0);
while (<$got>) {
	chomp;
	push @wrong, join ' ', map { sprintf '%04X', ord } split //, $in[$count] if $_ ne $expected[$count];
	$count++;
}
close $got or die "normalize: status $?";
is($count, scalar @in, 'a line for each line');
is(scalar @wrong, 0, "all $count lines are in NFC") or diag "for example: $wrong[0]";
done_testing();
