#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# What split-sentences counts is what it does: of any text, the ends that rules decided on inside of lines are the
# line ends that it put there; and --stats names the lists compiled in. One seed, so that a failure comes again.
use strict;
use warnings;
use utf8;
use POSIX ();
use Test::More;
use JSON::PP qw(decode_json);
use Encode qw(encode_utf8);
use IPC::Open2 qw(open2);
use File::Basename qw(basename dirname);
use Cwd qw(abs_path);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
srand 1437;

# No line end but LF, for those become lines as well; no white space so wide that a line end may follow it.
my @parts = ('.', '.', '..', '...', '…', '!', '?', '؟', '۔', '。', '،', ',', ';', '"', '«', '»', '(', ')', '[1]', '-',
	' ', ' ', ' ', ' ', ' ', "\n", "\x{200F}", '3', '12', 'a', 'The', 'he', 'Mr', 'U.S', 'e.g', 'com', 'د', 'أ', 'وقال',
	'بي', 'نت', 'ق.م', 'مدينة', 'لم', 'слово', 'Слово', 'か', 'क',
	'. ', '. ', '. ', ' etc', ' J', ' دبليو', '؟" سأل', ' 3. Mai', "\n1. ", ' 20 كم',
	"\n1. The rice 2. ");

sub stats {
	my ($text, @options) = @_;
	my $pid = open2(my $from, my $to, "$build/bin/split-sentences", '-z', '-o', '/dev/null', '--stats=/dev/stdout',
		@options);
	print $to encode_utf8($text);
	close $to;
	my $stats = do { local $/; <$from> };
	waitpid $pid, 0;
	return decode_json($stats);
}

# How many rows --explain has of each rule.
sub rules_explained {
	my ($text, @options) = @_;
	my $pid = open2(my $from, my $to, "$build/bin/split-sentences", '-z', '-o', '/dev/null', '--explain=/dev/stdout',
		@options);
	my %count;
	if (!fork) {
		print $to encode_utf8($text);
		close $to;
		POSIX::_exit(0);
	}
	close $to;
	$count{ join '_', (split /\t/)[5, 6] }++ while <$from>;
	waitpid $pid, 0;
	return \%count;
}

my @lists = map { basename($_, '.txt') } glob(dirname(abs_path($0)) . '/../../filters/split-sentences/data/*.txt');
is_deeply([sort keys %{ stats('')->{data} }], [sort @lists], 'the lists that were at work are named');

my $text = join '', map { rand() < 0.02 ? "\0" : $parts[rand @parts] } 1 .. 60_000;
my %outside = map { $_ => 1 } qw(ends_line_end ends_sb2 ends_sb4); # where the text has its own line end, or none
for my $rules (qw(news uax29)) {
	my $stats = stats($text, "--rules=$rules");
	my $ends = 0;
	$ends += $stats->{$_} for grep { /^ends_/ && !$outside{$_} } keys %$stats;
	is_deeply(rules_explained($text, "--rules=$rules"), { map { /^(ends|stays)_/ && $stats->{$_} ? ($_ => $stats->{$_}) : () } keys %$stats },
		"$rules: a row for each decision");
	cmp_ok($ends, '>', 1000, "$rules: the text has sentences");
	is($stats->{lines_out} - $stats->{lines_in}, $ends, "$rules: ends counted are line ends made");
	cmp_ok($stats->{$_}, '>', 0, "$rules: $_ happens")
		for grep { $_ ne 'ends_wide_gap' } grep { /^(ends|stays)_/ } sort keys %$stats;
}
done_testing();
