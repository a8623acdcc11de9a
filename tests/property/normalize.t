#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# normalize on random documents of a nasty alphabet: the same as the slow oracle, twice is once, and valid text
# passes `--preset=none` byte for byte.
use strict;
use warnings;
use utf8;
use Test::More;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Cwd qw(abs_path);
use Encode qw(encode);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $rounds = $ENV{ROUNDS} // 12;
my $oracle = dirname(dirname(abs_path($0))) . '/oracle/normalize-clean';
my $scratch = tempdir(CLEANUP => 1);

sub through {
	my ($input, @command) = @_;
	open my $in, '>:raw', "$scratch/in" or die;
	print $in $input;
	close $in or die;
	open my $out, '-|:raw', 'sh', '-c', 'exec "$@" <"$0"', "$scratch/in", @command or die;
	local $/;
	my $text = <$out> // '';
	close $out or die "@command: status $?";
	return $text;
}

# Sets of characters that get into each other's way; a document is drawn from one or two of them.
my @alphabets = (
	[' ', "\t", "\xA0", "\x{2009}", "\x{3000}", "\n", "\r", "\r\n", "\x{2028}", "\x85", "\x{200B}", 'a', 'ب', "\x{301}"],
	['&', '&amp;', 'amp;', '&am', 'p;', '&lt;', 'lt;', '#', '38;', '&#38;', '&#x26;', '&num;', '&semi;', ';', '&&', '&#112;',
		"\x{200C}", "\x{200D}", "\x{200B}", "\x{AD}", '&zwnj;', '&nbsp;', '&#13;', '&NewLine;', '&#1603;', '&nGt;', '&#128;',
		"\x{37E}", "\x{FF41}", "\x{212A}", 'A', 'x', '3', '&#0;', '&#xD800;', '&#' . '0' x 59 . '38;', '&#' . '0' x 61 . '38;'],
	["\x{640}", "\x{640}\x{640}", 'ب', 'ا', 'ه', "\x{64E}", "\x{651}", "\x{654}", "\x{670}", "\x{200C}", "\x{200D}", ' ', '1', 'a', '"',
		"\n", "\x{FCF2}", "\x{FEF7}", "\x{FEDF}", "\x{202B}"],
	["\x{200C}", "\x{200D}", "\x{200B}", 'ی', '۳', 'x', ' ', "\x{1F469}", "\x{1F3FD}", "\x{FE0F}", "\x{2764}", "\x{1F1F8}", "\x{E01}", "\x{E34}",
		"\x{915}", "\x{94D}", "\x{0DD9}", "\x{0DCA}", "\x{0D9A}", "\x{640}", "\n", '.', "\x{1780}", "\x{17D2}"],
	['e', 'o', "\x{301}", "\x{308}", "\x{323}", "\x{345}", "\x{327}", "\x{338}", '<', '=', "\x{1100}", "\x{1161}", "\x{11A8}", "\x{AC00}",
		"\x{958}", "\x{FB1D}", "\x{212B}", "\x{9C7}", "\x{9BE}", "\x{9D7}", 'ا', "\x{654}", "\x{653}", "\x{64B}", ' ', "\x{200B}"],
	["\x1B", '[', ']', '31', ';', 'm', "\x1B[0m", "\x07", "\\", '(', 'B', "\x1B]0;", ' ', 'س', "\n", "\x9B", "\x7F", '&#27;', "\x01"],
	["\x{FEFF}", "\x{202E}", "\x{202A}", "\x{202C}", "\x{2067}", "\x{2069}", "\x{61C}", "&", "amp;", "\n", "\x{AD}", "\x{2062}", "\x{180E}", "\x{93}", "\x{FDFA}", "\x{FC5E}", "\x{FB01}",
		"\x{FF11}", "\x{FF0C}", '،', '«', '中', '文', '。', ' ', 'é', "\x{FFFD}", 'Ж', "\x{1F600}"],
);

sub document {
	my @letters = map { @{ $alphabets[rand @alphabets] } } 1 .. 1 + rand 2;
	return join '', map { $letters[rand @letters] } 1 .. rand 40;
}

# The output, made of the input and of nothing of the output but what --offsets says was changed.
sub rebuilt {
	my ($in, $out, $offsets) = @_;
	my @in = split /\0/, $in, -1;
	my @out = split /\0/, $out, -1;
	my (%edits, @made);
	open my $rows, '<', $offsets or die;
	while (<$rows>) {
		my ($document, @row) = split /\t|\n/;
		return 'an edit without a rule' if !$row[4];
		push @{ $edits{$document} }, \@row;
	}
	for my $i (0 .. $#in - 1) {
		my ($text, $at) = ('', 0);
		for my $edit (@{ $edits{ $i + 1 } // [] }) {
			my ($in_start, $in_end, $out_start, $out_end) = @$edit;
			$text .= substr $in[$i], $at, $in_start - $at;
			return 'edits out of place' if length $text != $out_start;
			$text .= substr $out[$i], $out_start, $out_end - $out_start;
			$at = $in_end;
		}
		$text .= substr $in[$i], $at;
		$text .= "\n" if $text =~ /[^\n]\z/;
		push @made, $text;
	}
	return join '', map { "$_\0" } @made;
}

sub show { diag(join "\n", '', map { s/([^!-~])/sprintf '<%X>', ord $1/ger } @_) }

my @presets = map { "--preset=$_" } `'$build/bin/normalize' --help` =~ /--preset=(\S+)/ ? split /\|/, $1 : ();
my (@differ, @not_idempotent, @changed, @cut, @not_rebuilt);
srand($ENV{SEED} // 21);
for my $round (1 .. $rounds) {
	my @documents = map { document() } 1 .. 300;
	my $stream = encode('UTF-8', join '', map { "$_\0" } @documents);
	my $clean = through($stream, "$build/bin/normalize", '-z');
	my $slow = through($stream, $oracle);
	if ($clean ne $slow) {
		my @fast = split /\0/, $clean, -1;
		my @slow = split /\0/, $slow, -1;
		for my $i (grep { $fast[$_] ne $slow[$_] } 0 .. $#documents) {
			push @differ, "$round.$i";
			show($documents[$i], map { Encode::decode('UTF-8', $_) } $fast[$i], $slow[$i]) if @differ < 4;
		}
	}
	for my $options (@presets) {
		my $once = through($stream, "$build/bin/normalize", '-z', $options);
		my $twice = through($once, "$build/bin/normalize", '-z', $options);
		if ($once ne $twice) {
			my @once = split /\0/, $once, -1;
			my @twice = split /\0/, $twice, -1;
			show(map { Encode::decode('UTF-8', $_) } $once[$_], $twice[$_]) for grep { $once[$_] ne $twice[$_] } 0 .. $#once;
			push @not_idempotent, "$round $options";
		}
		my $offsets = "$scratch/offsets";
		through($stream, "$build/bin/normalize", '-z', $options, "--offsets=$offsets") eq $once or push @not_rebuilt, "$round $options output";
		push @not_rebuilt, "$round $options" if rebuilt($stream, $once, $offsets) ne $once;
		local $ENV{LD_PRELOAD} = "$build/test/iofault.so";
		local $ENV{IOFAULT_READ_MAX} = 3;
		push @cut, "$round $options" if $once ne through($stream, "$build/bin/normalize", '-z', $options);
	}
	my $ended = $stream =~ s/(?<=[^\n\0])\0/\n\0/gr;
	push @changed, $round if through($stream, "$build/bin/normalize", '-z', '--preset=none') ne $ended;
}
is("@differ", '', 'text is that of the oracle');
is("@not_idempotent", '', 'twice is once');
is("@cut", '', 'pieces of three bytes are the whole');
is("@changed", '', 'no rule, no change');
is("@not_rebuilt", '', 'the input with the edits of --offsets is the output');
done_testing();
