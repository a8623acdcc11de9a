#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# dedupe --state, of near duplicates, of lines, of lines in bounded memory: a run that is killed in front of any write, open, close, sync or rename leaves the state as it was
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

# Runs dedupe with the words of `how` on `file`; its status, or the signal that killed it, negative.
sub dedupe {
	my ($how, $file, %environment) = @_;
	my $pid = fork // die;
	if (!$pid) {
		%ENV = (%ENV, ASAN_OPTIONS => 'verify_asan_link_order=0:detect_leaks=0', %environment);
		open STDOUT, '>', 'out' or die;
		open STDERR, '>', 'err' or die;
		exec "$build/bin/dedupe", '-z', '--state=state', @$how, $file or die;
	}
	waitpid $pid, 0;
	return $? & 127 ? -($? & 127) : $? >> 8;
}

# The sanitizer's allocator has to be there before the first call that may be made to fail.
chomp(my $first = $ENV{GHIRBAL_SAN} ? `$ENV{GHIRBAL_CC} -print-file-name=libasan.so` : '');

# Kills a run over `tuesday` in front of each call of its kind in turn.
sub check_killed {
	my ($how, $before, $after) = @_;
	my (@torn, %seen, $tried);
	for my $group (qw(write open close sync rename)) {
		for (my $k = 1;; $k++) {
			spew('state', $before);
			unlink 'mark';
			my $status = dedupe($how, 'tuesday', LD_PRELOAD => "$first $build/test/fault.so", FAULT_IN => 'dedupe',
				FAULT_KILL => 1, FAULT_GROUP => $group, FAULT_AT => $k, FAULT_MARK => "$scratch/mark");
			last if !-e 'mark';
			$tried++;
			my $state = slurp('state');
			$seen{ $state eq $before ? 'before' : 'after' }++;
			push @torn, "$group $k (status $status)" if $status != -9 || ($state ne $before && $state ne $after);
			unlink glob '.g* .state*';
		}
	}
	is("@torn", '', "@$how: killed anywhere, a run leaves the old state or the new one");
	cmp_ok($tried, '>', 10, 'at many places');
	is(join(' ', sort keys %seen), 'after before', 'on both sides of the rename');
}

# What cannot be read is no empty state.
sub check_unread {
	my ($how, $before) = @_;
	my (@taken, $tried);
	spew('state', $before);
	for (my $k = 1;; $k++) {
		unlink 'mark';
		my $status = dedupe($how, 'tuesday', LD_PRELOAD => "$first $build/test/fault.so", FAULT_IN => 'dedupe',
			FAULT_GROUP => 'read', FAULT_AT => $k, FAULT_MARK => "$scratch/mark");
		last if !-e 'mark';
		$tried++;
		push @taken, "read $k (status $status)" if $status < 1 || slurp('state') ne $before || !slurp('err');
	}
	is("@taken", '', 'where a read fails, so does the run, and the old state stays');
	cmp_ok($tried, '>', 2, 'at several places');
}

sub check_damaged {
	my ($how, $before) = @_;
	my %damaged = (
		'cut short' => substr($before, 0, -1),
		'cut in half' => substr($before, 0, length($before) / 2),
		'altered' => do { my $copy = $before; substr($copy, length($copy) / 2, 1) ^= "\1"; $copy },
		'longer' => "$before\n",
		'another version' => $before =~ s/\A(ghirbal \w+ state )\d+/${1}0/r,
		'no state' => "notes\n",
	);
	for my $what (sort keys %damaged) {
		spew('state', $damaged{$what});
		is(dedupe($how, 'tuesday'), 2, "a state that is $what is refused");
		like(slurp('err'), qr/\Adedupe: state: [^\n]*(?:damaged|no state of (?:near|exact)|another version)[^\n]*\n\z/, 'with a reason');
		is(slurp('state') eq $damaged{$what}, 1, 'and left as it is');
	}
}

spew('monday', stories(1 .. 12));
spew('tuesday', stories(7 .. 18));
for my $how (['--near'], ['--unit=document'], ['--unit=line', '-S1']) {
	unlink 'state';
	is(dedupe($how, 'monday'), 0, "@$how: a state is made");
	my $before = slurp('state');
	is(dedupe($how, 'tuesday'), 0, 'and made anew');
	my ($after, $out) = (slurp('state'), slurp('out') =~ s/\A\0+//r);
	is($out, stories(13 .. 18) . "\0", 'what it had does not come again');
	isnt($after, $before, 'the two differ');
	check_killed($how, $before, $after);
	check_unread($how, $before);
	check_damaged($how, $before);
}
chdir '/';
done_testing();
