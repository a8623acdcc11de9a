#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Memory: of a stream of which there may be any amount, of one line larger than any number of 31 bits, and when there is
# ever less of it. With GHIRBAL_TORTURE=1 alone.
use strict;
use warnings;
use utf8;
use Test::More;
use Encode qw(encode);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp spew);
use Hostile qw(make run @commands @of_records $MIB $all $san $only);

plan skip_all => "only in 'make torture', and without sanitizers" if !$all || $san;

# --- memory that does not grow ----------------------------------------------------------------------------------

# By the command, a text of which there may be any amount.
my @flat = (
	[ 'normalize -z', 'unique titles' ], [ 'normalize', 'unique lines' ], [ 'split-sentences -z', 'unique titles' ],
	[ 'split-sentences', 'unique lines' ], [ 'strip-boilerplate -z', 'unique titles' ], [ 'dedupe --unit=line -S 4M', 'unique lines' ],
	[ 'dedupe -z -S 4M', 'unique titles' ], [ 'normalize -j', 'records' ], [ 'dedupe -z --unit=line --scope=document', 'unique titles' ],
	[ 'normalize', 'empty lines' ], [ 'split-sentences', 'dots and spaces' ], [ 'split-sentences', 'empty lines' ],
	[ 'count-terms', 'dates' ], [ 'count-terms', 'menus' ], [ 'strip-boilerplate -z', 'empty documents' ],
);
for (grep { "flat: $$_[0]" =~ /$only/ } @flat) {
	my ($command, $name) = @$_;
	make($name, 16 * $MIB);
	my $small = run("exec $command");
	make($name, 64 * $MIB);
	my $large = run("exec $command");
	ok($small->{status} == 0 && $large->{status} == 0 && $large->{memory} <= 1.25 * $small->{memory} + 4 * $MIB,
		"$command: memory is the same for four times as many $name")
		or diag("$small->{memory} $large->{memory}", slurp('err'));
}

# --- one line larger than any number of 31 bits ------------------------------------------------------------------

# In a gigabyte of address space: it is done, in parts, or a record that is too large is named and left out. Another line
# behind it shows that nothing lost its place.
my $HUGE = (1 << 31) + 5;
for my $command (grep { "huge: $_" =~ /$only/ } 'normalize', 'count-terms', 'dedupe', 'dedupe --key=fold', 'dedupe -z',
	'split-sentences', 'strip-boilerplate', 'normalize -j', 'unpack-docs --into=unpacked', 'run-pipeline clean-news') {
	my $is_record = $command =~ / -j|unpack/;
	my $last = $is_record ? qq({"id":"last","text":"the last line."}) : 'the last line.';
	my $first = $is_record ? '{"text":"' : '';
	my $got = run("{ printf %s '$first'; yes 'some words and more. ' | tr -d '\\n' | head -c $HUGE; printf '\\n%s\\n' '$last'; } | " .
		"{ ulimit -v 1048576; $command; } | { grep -a -c 'last' || cat unpacked/last; }; exit \${PIPESTATUS[1]}", '/dev/null');
	my $out = slurp('out');
	ok($got->{status} == ($is_record ? 3 : 0) && ($out =~ /\A[1-9]/ || $out =~ /last line/), "$command: a line of $HUGE bytes in 1 GiB")
		or diag("status $got->{status} ", slurp('err'), substr $out, 0, 100);
}

# A hundred MiB of nothing but NUL: no text, or as many empty documents.
for my $command (grep { "nul: $_" =~ /$only/ } map { ($_, "$_ -z", "$_ -j") } split ' ', $ENV{GHIRBAL_FILTERS}) {
	my $got = run("head -c 104857600 /dev/zero | { ulimit -v 1048576; $command; } | tail -c 100; exit \${PIPESTATUS[1]}", '/dev/null');
	ok($got->{status} == ($command =~ /-j/ ? 3 : 0), "$command: 100 MiB of NUL") or diag("status $got->{status} ", slurp('err'));
}

# --- limits of memory -------------------------------------------------------------------------------------------

# From what it takes to load the program to more than enough: it fails and says so, or does all of it.
my $article = encode('UTF-8', "قال رئيس المجلس إن الأشغال تبدأ في الخريف المقبل. وأضاف د. سامي.\n") x 200;
my %least; # KiB of address space in which a program can say what it is
sub least {
	my ($program) = @_;
	return $least{$program} //= do {
		my $limit = 2000;
		$limit += 250 while run("ulimit -v $limit; exec $program --version")->{status};
		$limit;
	};
}
for my $command (grep { "limit: $_" =~ /$only/ } @commands, map({ "$_ " } @of_records[ 0 .. 4 ])) {
	spew('text', $command =~ / $/ ? encode('UTF-8', qq({"text":"a. b. ب"}\n)) x 300 : $article);
	run("exec $command");
	my ($good, $enough, $least, @wrong) = (slurp('out'), 0, least($command =~ /(\S+)/));
	for (my $limit = $least; $limit < $least + 32_000; $limit += $limit < $least + 8000 ? 250 : 1500) {
		my $got = run("ulimit -v $limit; exec $command");
		$enough ||= $got->{status} == 0;
		push @wrong, "$limit KiB: status 0, and not the same" if $got->{status} == 0 && slurp('out') ne $good;
		push @wrong, "$limit KiB: status $got->{status}" if $got->{status} > 1;
		push @wrong, "$limit KiB: no message" if $got->{status} && !-s 'err';
	}
	ok(!@wrong && $enough, "$command: any limit of memory") or diag(join "\n", @wrong);
}
done_testing();
