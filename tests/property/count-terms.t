#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# count-terms on random text of many scripts: the same as the slow oracle, and counts of parts add up.
use strict;
use warnings;
use utf8;
use Test::More;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Cwd qw(abs_path);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $oracle = dirname(dirname(abs_path($0))) . '/oracle/count-terms';
my $scratch = tempdir(CLEANUP => 1);

sub through {
	my ($input, @command) = @_;
	open my $in, '>:encoding(UTF-8)', "$scratch/in" or die;
	print $in $input;
	close $in or die;
	open my $out, '-|:encoding(UTF-8)', 'sh', '-c', 'exec "$@" <"$0"', "$scratch/in", @command or die;
	local $/;
	my $text = <$out> // '';
	close $out or die "@command: status $?";
	return $text;
}

my @pieces = (split(/ /, "قال الوزير مُقاتل المقـــاتل هٰذا ٢٠٢٤ ٣٫٥ می\x{200C}خواهد The TRAM Straße don't e-mail 3.14 1,500 ΟΔΟΣ "
	. "Київ צה\"ל ג'ירפה 東京 タワー の ตลาด 서울 संयुक्त राष्ट्र cafe\x{301} café İzmir ﬁn"), ' ', ' ', ' ', "\n", '. ', '، ', '؛ ', ': ', '.', ',', "'",
	'_', '-', '«', '» ', "\x{200F}", "\x{200E}", "\x{AD}", "\x{64E}", "\x{301}", "\t", "\r\n", "\x{2028}", "\x{FF9E}", "\x{1F600}", "\x{2764}\x{FE0F}");

sub text { return join '', map { $pieces[rand @pieces] } 1 .. $_[0] }

sub added {
	my %count;
	for (map { split /\n/ } @_) {
		my ($count, $term) = split /\t/;
		$count{$term} += $count;
	}
	return join '', map { "$count{$_}\t$_\n" } sort { $count{$b} <=> $count{$a} || $a cmp $b } keys %count;
}

srand 30;
for my $key ('exact', 'case', 'fold') {
	my @count = ("$build/bin/count-terms", "--key=$key", "--no-surface");
	my $text = text(40000);
	is(through($text, @count), through($text, $oracle, $key), "--key=$key: terms and counts are those of the oracle");

	my @parts = map { text(300 * $_) . "\n" } 1 .. 3;
	my $whole = through(join('', @parts), @count);
	is(added(map { through($_, @count) } @parts), $whole, "--key=$key: counts of parts add up to those of the whole");
	is(through(join('', map { "$_\0" } @parts), @count, '-z'), "$whole\0", "--key=$key: framing changes no count");
}
done_testing();
