#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Memory of strip-boilerplate is bounded as its page says, by the window and 32 MiB, whatever the lines are like, and
# documents longer than a window lose nothing: kept and left out are the input; a border of windows is no border of
# articles. (What windows do to what is decided: tests/unit/strip_windows_test.c.)
use strict;
use warnings;
use Test::More;
use File::Temp qw(tempdir);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
plan skip_all => 'sanitizers take memory of their own' if $ENV{GHIRBAL_SAN};
plan skip_all => 'no /proc' unless -r "/proc/$$/status";

my $most = (16 + 32) * 1024; # KiB
my $folder = tempdir(CLEANUP => 1);

# What the filter says of $count times $unit; and how much memory it has needed when nearly all is read.
sub peak {
	my ($unit, $count, @options) = @_;
	my $block = $unit x 1000;
	my $pid = open(my $to, '|-', "$build/bin/strip-boilerplate", @options, '-o', "$folder/out") or die "cannot run: $!";
	print $to $block for 1 .. $count / 1000;
	$to->flush;
	my ($peak) = slurp("/proc/$pid/status") =~ /^VmHWM:\s*(\d+)/m;
	close $to or die "it failed: $?";
	return $peak;
}

my @inputs = (
	['ten million empty lines', "\n", 10_000_000],
	['a million short lines', "a bcd ef\n", 1_000_000],
	['a million lines of signs', "* * * * \n", 1_000_000],
	['paragraphs', "The ferry went back to the harbour on Monday after a year in the yard.\n", 300_000],
	['one line of 40 MB', 'word ', 8_000_000],
);
for my $input (@inputs) {
	my ($name, $unit, $count) = @$input;
	for my $level (qw(careful normal)) {
		cmp_ok(peak($unit, $count, "--level=$level"), '<=', $most, "$name, $level");
	}
}

# The dump of a page, more lines than a window has, whose own lines the model sees again in the next.
my $page = "Home\nWorld\nShare\nPrint\nSend\nComments\n" x 40 . join('', map { "The $_ went back to the harbour of the old "
	. "town on Monday, after a year in the yard, and was met by hundreds.\n" } qw(ferry steamer pilot tug)) . "Share\n" x 40;
cmp_ok(peak($page, 2_000), '<=', $most, 'a dump of half a million lines');
cmp_ok(-s "$folder/out", '<', 2_000 * length($page) / 3, 'which is taken for one');

# A line to keep and one to drop, in turn, over more than one window of bytes; the border stands amid a foot.
my $kept = "The ferry went back to the harbour on Monday after a year in the yard.\n";
my $title = "Old ferry is back\n";
my $foot = "Source: Harbour Post\n" x 1000;
my $window = 16 * 1024 * 1024;
my $times = int(($window - length($title) - length($foot) / 2) / length("$kept\nShare\n\n"));
for my $windows (1, 2) {
	open(my $to, '|-', "$build/bin/strip-boilerplate", "--rejected=$folder/rejected", '-o', "$folder/out") or die "cannot run: $!";
	print $to $title, ("$kept\nShare\n\n" x $times . $foot) x $windows;
	close $to or die "it failed: $?";
	# A foot in front of more body is none.
	my $expected = $title . substr(("$kept\n" x $times . $foot) x $windows, 0, -length($foot) - 1);
	ok(slurp("$folder/out") eq $expected, "windows keep what is body, $windows");
	my ($end, $bytes) = (0, 0);
	for (split /\n/, slurp("$folder/rejected")) {
		my (undef, undef, undef, $from, $to) = split /\t/;
		die "rows overlap" if $from < $end;
		($end, $bytes) = ($to, $bytes + $to - $from);
	}
	is($bytes + (-s "$folder/out"), length($title) + $windows * ($times * length("$kept\nShare\n\n") + length $foot),
		"kept and left out are the input, $windows");
}
done_testing();
