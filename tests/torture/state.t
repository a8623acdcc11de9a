#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# dedupe --state: a run that is killed in front of any write, open, close, sync or rename leaves the state as it was
# before or as it is after, and nothing between; one that was cut or altered on the disk is refused, by name, and stays.
use strict;
use warnings;
use Test::More;
use File::Temp qw(tempdir);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp spew);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $scratch = tempdir(CLEANUP => 1);
chdir $scratch or die;

sub story { my ($seed) = @_; return join(' ', map { 'word' . ($seed * 131 + $_ * $_ * 7) % 997 } 1 .. 80) . "\n" }
sub stories { return join "\0", map { story($_) } @_ }

# Runs dedupe on what remains of the command line; its status, or the signal that killed it, negative.
sub dedupe {
	my ($file, %environment) = @_;
	my $pid = fork // die;
	if (!$pid) {
		%ENV = (%ENV, ASAN_OPTIONS => 'verify_asan_link_order=0:detect_leaks=0', %environment);
		open STDOUT, '>', 'out' or die;
		open STDERR, '>', 'err' or die;
		exec "$build/bin/dedupe", '-z', '--near', '--state=state', $file or die;
	}
	waitpid $pid, 0;
	return $? & 127 ? -($? & 127) : $? >> 8;
}

spew('monday', stories(1 .. 12));
spew('tuesday', stories(7 .. 18));
is(dedupe('monday'), 0, 'a state is made');
my $before = slurp('state');
is(dedupe('tuesday'), 0, 'and made anew');
my ($after, $out) = (slurp('state'), slurp('out'));
is($out, stories(13 .. 18) . "\0", 'what it had does not come again');
isnt($after, $before, 'the two differ');

# The sanitizer's allocator has to be there before the first call that may be made to fail.
chomp(my $first = $ENV{GHIRBAL_SAN} ? `$ENV{GHIRBAL_CC} -print-file-name=libasan.so` : '');
my (@torn, %seen, $tried);
for my $group (qw(write open close sync rename)) {
	for (my $k = 1;; $k++) {
		spew('state', $before);
		unlink 'mark';
		my $status = dedupe('tuesday', LD_PRELOAD => "$first $build/test/fault.so", FAULT_IN => 'dedupe', FAULT_KILL => 1,
			FAULT_GROUP => $group, FAULT_AT => $k, FAULT_MARK => "$scratch/mark");
		last if !-e 'mark';
		$tried++;
		my $state = slurp('state');
		$seen{ $state eq $before ? 'before' : 'after' }++;
		push @torn, "$group $k (status $status)" if $status != -9 || ($state ne $before && $state ne $after);
		unlink glob '.g* .state*';
	}
}
is("@torn", '', 'killed anywhere, a run leaves the old state or the new one');
cmp_ok($tried, '>', 10, 'at many places');
is(join(' ', sort keys %seen), 'after before', 'on both sides of the rename');

my %damaged = (
	'cut short' => substr($before, 0, -1),
	'cut in half' => substr($before, 0, length($before) / 2),
	'altered' => do { my $copy = $before; substr($copy, 5000, 1) ^= "\1"; $copy },
	'longer' => "$before\n",
	'another version' => $before =~ s/\A(ghirbal near state )\d+/${1}0/r,
	'no state' => "notes\n",
);
for my $how (sort keys %damaged) {
	spew('state', $damaged{$how});
	is(dedupe('tuesday'), 2, "a state that is $how is refused");
	like(slurp('err'), qr/\Adedupe: state: [^\n]*(?:damaged|no state of near|another version)[^\n]*\n\z/, 'with a reason');
	is(slurp('state') eq $damaged{$how}, 1, 'and left as it is');
}
chdir '/';
done_testing();
