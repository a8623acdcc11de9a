#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# `make PIPELINE IN= OUT= JOBS= SET=`: what is written there reaches run-pipeline as it is, whatever it holds.
use strict;
use warnings;
use Test::More;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp_if spew);
use File::Temp qw(tempdir);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $home = tempdir(CLEANUP => 1);
delete @ENV{qw(MAKEFLAGS MAKELEVEL MFLAGS)};

# Status and what was said.
sub make {
	my ($pipeline, %variables) = @_;
	my $pid = open(my $said, '-|') // die;
	if (!$pid) {
		open STDERR, '>&', \*STDOUT;
		exec 'make', '-s', '--no-print-directory', '-C', "$FindBin::RealBin/../..", "B=$build", "CC=$ENV{GHIRBAL_CC}",
			"SAN=$ENV{GHIRBAL_SAN}", $pipeline, map { "$_=$variables{$_}" } sort keys %variables;
	}
	local $/;
	my $text = <$said> // '';
	close $said;
	return ($? >> 8, $text);
}

my $in = spew("$home/خبر ١ \$HOME 'x'.txt", "قال الوزير إن الوزير قال ما قال.\n");
my $out = "$home/\$(out) ٢";
is_deeply([ make('term-frequencies', IN => $in, OUT => $out, JOBS => 2, SET => ' top=2   lang=ar ') ], [ 0, '' ],
	'a pipeline with jobs and parameters');
is(slurp_if($out), "3\tقال\n2\tالوزير\n", '... gives what it should');
is_deeply([ make('term-frequencies', IN => $in, OUT => $out, SET => '') ], [ 0, '' ], 'and without');

# What does not fit is quoted in the message, so that it can be seen what arrived.
for my $value ('a b', 'خبر عاجل', '*', "it's", '"q"', '$HOME', '$(id)', '`id`', 'a;b', '\\n', 'a=b', '-x', '#') {
	my ($status, $said) = make('clean-news', IN => $in, OUT => "$out.none", SET => "lang=$value");
	like($said, qr/auto, or \@MEMBER: '\Q$value\E'\n/, "the value <$value> arrives") unless $value eq '\\n';
	like($said, qr/auto, or \@MEMBER: '\\\\?n'\n/, "the value <$value> arrives") if $value eq '\\n';
}
like((make('clean-news', IN => $in, OUT => "$out.none", SET => 'lang=a b lang=c d'))[1], qr/MEMBER: 'c d'/, 'spaces belong to the value');
like((make('clean-news', IN => $in, OUT => "$out.none", SET => 'lnag=ar'))[1], qr/did you mean 'lang'/, 'a parameter that is none');
like((make('clean-news', IN => $in, OUT => "$out.none", JOBS => 'x'))[1], qr/--jobs/, 'jobs that are no number');
like((make('clean-news', IN => $in))[1], qr/usage: make clean-news IN=/, 'without an output the usage is shown');
ok(!-e "$out.none", 'nothing was written');
done_testing();
