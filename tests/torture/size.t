#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Texts made to be slow, deep or large: each filter takes time in proportion to their size, and a stack of 256 KiB and
# four descriptors do. GHIRBAL_TORTURE=1 makes them large, looks at time and memory, and at pipelines; without it they
# are small, one filter is tried on each, and only what comes out is looked at.
use strict;
use warnings;
use utf8;
use Test::More;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp);
use Hostile qw(%texts make run @commands @of_records $MIB $all $san $only);

my $limits = $san ? 'ulimit -n 8; exec' : 'ulimit -s 256 -n 4; exec';
my @pipelines = $all ? map { "run-pipeline $_" } split ' ', $ENV{GHIRBAL_PIPELINES} : ();

sub is_of_records { return $_[0] =~ /record|nested|backslashes/ }

my $turn = 0;

# With little stack and few descriptors it does what it does without.
sub fits {
	my ($name) = @_;
	make($name, 30_000);
	my @wrong;
	my @these = is_of_records($name) ? @of_records : @commands;
	push @these, shift @these for 1 .. $turn++ % @these; # so that each has its turn where only one is tried
	for my $command ($all ? @these : $these[0]) {
		my $limited = run("$limits $command");
		push @wrong, "$command: status $limited->{status}: " . slurp('err')
			if $limited->{status} != 0 && !(is_of_records($name) && $limited->{status} == 3);
		push @wrong, "$command: not UTF-8" if !utf8::decode(my $out = slurp('out'));
	}
	ok(!@wrong, "$name: a small stack and four descriptors do") or diag(join "\n", @wrong);
}

# Four times the text takes about four times as long, and no memory beyond bounds.
sub grows_linearly {
	my ($name) = @_;
	my (%large, @wrong);
	my @these = is_of_records($name) ? @of_records : (@commands, @pipelines);
	my $size = -s make($name, 12 * $MIB);
	for my $command (@these) {
		$large{$command} = run("ulimit -s 256; exec $command");
		my ($status, $memory) = @{ $large{$command} }{qw(status memory)};
		push @wrong, "$command: status $status: " . slurp('err') if $status != 0 && $status != 3;
		push @wrong, "$command: $memory bytes" if $memory > 24 * $size + 64 * $MIB;
	}
	make($name, 3 * $MIB);
	for my $command (grep { $large{$_}{seconds} > 1 } @these) { # within a second it is fast enough whatever a quarter takes
		my ($small, $large) = (run("ulimit -s 256; exec $command"), $large{$command});
		my $figures = sprintf '%.2f s, %.2f s; %d MB, %d MB', $small->{seconds}, $large->{seconds},
			$small->{memory} / 1e6, $large->{memory} / 1e6;
		push @wrong, "$command: $figures" if $large->{seconds} > 8 * $small->{seconds} + 1;
		note("slow: $name: $command: $figures") if $large->{seconds} > 3 || $large->{memory} > 12 * $size + 64 * $MIB;
	}
	ok(!@wrong, "$name: time grows as the text does") or diag(join "\n", @wrong);
}

for my $name (sort grep { /$only/ } keys %texts) {
	fits($name);
	grows_linearly($name) if $all && !$san;
}
done_testing();
