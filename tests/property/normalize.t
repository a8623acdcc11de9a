#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# normalize on random documents of nasty alphabets, for every preset, every rule alone and random sets of rules: the
# text is that of the slow oracle, twice is once, three bytes at a time are the whole, --offsets says what was done.
# Rules that `normalize --help` does not know are left out. Options given as arguments are the only set tried; ROUNDS,
# DOCUMENTS, SETS, SEED and SHOW in the environment make it longer, other, and more talkative.
use strict;
use warnings;
use utf8;
use Test::More;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Cwd qw(abs_path);
use Encode qw(encode decode);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $rounds = $ENV{ROUNDS} // 1;
my $per_round = $ENV{DOCUMENTS} // 200;
my $sets = $ENV{SETS} // 16;
my $show = $ENV{SHOW} // 4;
my $scratch = tempdir(CLEANUP => 1);
require(dirname(dirname(abs_path($0))) . '/oracle/normalize');

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

# --- documents -----------------------------------------------------------------------------------------

# Sets of characters that get into each other's way; a document is drawn from one or two of them.
my @alphabets = (
	[' ', "\t", "\xA0", "\x{2009}", "\x{3000}", "\x{1680}", "\n", "\r", "\r\n", "\x{2028}", "\x85", "\x{200B}", 'a', 'ب',
		"\x{301}"],
	['&', '&amp;', 'amp;', '&am', 'p;', '&lt;', 'lt;', '#', '38;', '&#38;', '&#x26;', '&num;', '&semi;', ';', '&&',
		'&#112;', "\x{200C}", "\x{200D}", "\x{200B}", "\x{AD}", '&zwnj;', '&nbsp;', '&#13;', '&NewLine;', '&#1603;', '&nGt;',
		'&#128;', "\x{37E}", "\x{FF41}", "\x{212A}", 'A', 'x', '3', '&#0;', '&#xD800;', '&#' . '0' x 59 . '38;',
		'&#' . '0' x 61 . '38;'],
	['&#٣٨;', '&#۳٨;', '&#３８;', '＆amp;', '&#x٢6;', '&amp؛', '؛', '&AMP;', '&Amp;', '&aMp;', '&DAGGER;', '&Dagger;', '&NBSP;',
		'&#X26;', '&LT;', '&ſum;', '&', '#', ';', 'AMP', 'amp', '＃', '；', '٣', '３8;', '&hellip;', '&shy;', '&zwj;', '&#1600;',
		'&#xFEFF;', '&#x202B;', '&laquo;', '&frac12;', '&acute;', "\x{640}", "\x{202C}", "\x{61C}", "\x{2066}"],
	["\x{640}", "\x{640}\x{640}", 'ب', 'ا', 'ه', "\x{64E}", "\x{651}", "\x{654}", "\x{670}", "\x{200C}", "\x{200D}", ' ', '1', 'a', '"',
		"\n", "\x{FCF2}", "\x{FEF7}", "\x{FEDF}", "\x{202B}"],
	["\x{200C}", "\x{200D}", "\x{200B}", 'ی', '۳', 'x', ' ', "\x{1F469}", "\x{1F3FD}", "\x{FE0F}", "\x{2764}", "\x{1F1F8}",
		"\x{E01}", "\x{E34}", "\x{915}", "\x{94D}", "\x{0DD9}", "\x{0DCA}", "\x{0D9A}", "\x{640}", "\n", '.', "\x{1780}", "\x{17D2}"],
	['e', 'o', "\x{301}", "\x{308}", "\x{323}", "\x{345}", "\x{327}", "\x{338}", '<', '=', "\x{1100}", "\x{1161}", "\x{11A8}",
		"\x{AC00}", "\x{958}", "\x{FB1D}", "\x{212B}", "\x{9C7}", "\x{9BE}", "\x{9D7}", 'ا', "\x{654}", "\x{653}", "\x{64B}", ' ',
		"\x{200B}"],
	["\x1B", '[', ']', '31', ';', 'm', "\x1B[0m", "\x07", "\\", '(', 'B', "\x1B]0;", ' ', 'س', "\n", "\x9B", "\x7F", '&#27;',
		"\x01"],
	["\x{FEFF}", "\x{202E}", "\x{2067}", "\x{2069}", "\x{61C}", "\x{AD}", "\x{2062}", "\x{180E}", "\x{93}", "\x{FDFA}", "\x{FC5E}",
		"\x{FB01}", "\x{FF11}", "\x{FF0C}", '،', '«', '中', '文', '。', ' ', 'é', "\x{FFFD}", 'Ж', "\x{1F600}"],
	['آ', 'أ', 'إ', 'ا', 'ٱ', 'ٲ', 'ٳ', 'ٵ', "\x{653}", "\x{654}", "\x{655}", 'و', 'ؤ', 'ي', 'ئ', 'ى', 'ء', 'ة', 'ۃ', 'ه', ' ', 'ب',
		"\x{650}", "\x{640}", "\x{FE8B}", "\x{FEF5}"],
	['ک', 'ك', 'ی', 'ے', 'ۓ', 'ہ', 'ھ', 'ۀ', 'ۂ', 'ە', 'ه', 'ى', 'ي', 'گ', 'پ', ' ', "\x{200C}", "\x{64E}", "\n", '.', 'ة'],
	(map { [$_, $_ . $_, $_ . $_ . $_, "\x{64E}", "\x{651}", 'ب', ' ', 'oo', 'o'] } 'ا', 'ه', 'ر'),
	["\x{64B}", "\x{652}", "\x{670}", "\x{610}", "\x{6D6}", "\x{6DD}", "\x{6DE}", "\x{6E5}", "\x{6E9}", "\x{6ED}", "\x{8D3}", "\x{8E2}",
		"\x{8F0}", "\x{65F}", 'ق', 'ا', ' ', "\x{200D}", "\x{640}", "\x{200C}", 'و'],
	['٠', '٣', '۴', '۹', '7', '0', '२', '７', '½', '²', "\x{1D7D9}", '٫', '٬', '٪', '%', '.', ',', ' ', '-', '/'],
	['،', '؛', '؟', '٪', '٫', '٬', '۔', '٭', '!', '?', '.', '..', '...', '…', '“', '”', '„', '«', '»', '‘', '’', '‚', '‹', '›', '"', "'",
		'‐', '‑', '–', '—', '―', '−', '-', '·', ' ', 'ب', 'a', '、', '！', '？', '¿', "\x{640}"],
	["\x{202A}", "\x{202B}", "\x{202C}", "\x{202C}", "\x{202D}", "\x{2066}", "\x{2067}", "\x{2068}", "\x{2069}", "\x{2069}",
		"\x{200E}", "\x{200F}", "\x{61C}", 'ب', 'a', ' ', '1', "\n"],
	['A', 'ß', 'ẞ', 'İ', 'I', 'ı', 'Σ', 'ς', 'ŉ', 'ǰ', 'ᾳ', 'ᾼ', "\x{345}", "\x{301}", "\x{323}", 'ſ', 'ﬃ', 'Ꭰ', 'ꭰ', 'Ж', 'Ա', 'և', 'ა', 'Ა',
		'ʼ', 'K', "\x{1E9B}", "\x{200D}", 'ا'],
	['™', '©', '½', '㎏', '´', '¨', 'ﬁ', "\x{FDFA}", "\x{FE70}", "\x{2024}", "\x{2011}", "\x{1EE00}", "\x{1D400}", 'ª', "\x{FE30}",
		"\x{3300}", 'ﾊ', "\x{FF9E}", ' ', 'ل', "\x{301}", "\n", 'Ω', "\x{200D}", 'ﹰ', 'ﷺ'],
	["\x{1F44D}", "\x{1F3FD}", "\x{1F468}\x{200D}\x{1F469}\x{200D}\x{1F467}", "\x{1F469}\x{1F3FD}\x{200D}\x{1F4BB}", "\x{1F1F5}\x{1F1F8}",
		"1\x{FE0F}\x{20E3}", "#\x{20E3}", "\x{2764}\x{FE0F}", "\x{2764}\x{FE0F}\x{200D}\x{1F525}", "\x{1F600}", ' ', 'ب', '1', '#', '*', '.',
		"\n"],
);

# Addresses, names and pictures as they stand in news and posts, with punctuation around them that no reading counts in.
my @places = ('https://example.org/a/b?x=1&y=2', 'http://t.co/AbC123', 'www.example.com', 'https://example.com/wiki/Cairo_(city)',
	'HTTP://EXAMPLE.NET/', 'https://example.org:8080/#part', 'ftp://files.example.org/a.txt', 'desk@example.com',
	'first.last+tag@mail.example.co.uk', '@reporter', '@كاتب', '@user_1', '#غزة', '#القدس_2021', '#news', '#1', '#٢٠٢١', '@', '#', '5#',
	"\x{1F44D}\x{1F3FD}", "\x{1F468}\x{200D}\x{1F469}\x{200D}\x{1F467}", "\x{1F1F5}\x{1F1F8}", "1\x{FE0F}\x{20E3}", "\x{2764}\x{FE0F}",
	"\x{1F600}\x{1F602}", '©', '1', '*');
my @words = ('قال', 'المتحدث', 'إن', 'the', 'Reuters', 'في', '2021', 'می‌رود', 'الساعة', '10:30', 'a.b', 'C++', 'AT&T');
my @before = (' ', ' ', ' (', ' «', "\n", ' "', ' - ', ': ');
my @after = (' ', ' ', '. ', '، ', ') ', '» ', "\n", '" ', '؟ ', '! ', ', ', ").\n");

sub post { return join '', map { ($words[rand @words], $before[rand @before], $places[rand @places], $after[rand @after]) } 1 .. 1 + rand 4 }

sub nasty {
	my @letters = map { @{ $alphabets[rand @alphabets] } } 1 .. 1 + rand 2;
	return join '', map { $letters[rand @letters] } 1 .. rand 40;
}

# --- options -------------------------------------------------------------------------------------------

my $help = `'$build/bin/normalize' --help`;
my @presets = $help =~ /--preset=(\S+)/ ? split /\|/, $1 : ();
my %known = map { $_ => 1 } $help =~ /^ *--(?:\[no-\])?([a-z-]+)/mg;
my @flags = qw(entities newlines strip-controls strip-zero-width strip-bom strip-bidi strip-shy zwnj zwj strip-zwnj spaces
	squeeze-space trim presentation strip-tatweel strip-harakat strip-superscript-alef strip-quranic fold-alef fold-yeh
	fold-teh-marbuta fold-hamza fold-lookalikes squeeze-punct squeeze-letters casefold);
my @forms = qw(nfc nfkc nfd nfkd);
my @valued = qw(digits=ascii digits=arab digits=extarab punct=ascii quotes=ascii dashes=ascii ellipsis=ascii);
my @placed = qw(urls=drop urls=[url] emails=drop emails=[email] mentions=drop mentions=[name] hashtags=drop hashtags=[tag]
	emoji=drop emoji=[emoji]);

sub is_known { return !grep { /^--(?:no-)?([a-z-]+)/ && !$known{$1} } @_ }

# The rules that tests of their own are about.
my @off = map { "--no-$_" } grep { $known{$_} } 'fix-mojibake';

sub some { my ($odds, @of) = @_; return grep { rand() < $odds } @of }

sub random_set {
	my $preset = $presets[rand @presets];
	my @set = ("--preset=$preset");
	push @set, map { "--$_" } some(0.3, @flags), $preset eq 'none' ? some(0.4, $forms[rand @forms]) : ();
	push @set, map { "--no-$_" } some(0.15, @flags) if $preset ne 'none';
	my %value = map { /(.*)=/ ? ($1 => "--$_") : () } some(0.3, @valued);
	push @set, map { $value{$_} } sort keys %value;
	my %given;
	return grep { is_known($_) && !$given{ s/^--(no-)?//r }++ } @set;
}

# --- laws ----------------------------------------------------------------------------------------------

my (%wrong, $compared); # documents by law and set

sub shown { return join "\n  ", map { s/([^!-~])/sprintf '<%X>', ord $1/ger } @_ }

# Counts a document that breaks a law; the first of a set is shown, by what `smallest` makes of it.
sub wrong {
	my ($law, $set, $texts) = @_;
	diag("$law: $set\n  ", shown($texts->())) if !$wrong{$law}{$set}++ && keys %{ $wrong{$law} } <= $show;
}

# A failing document, made as short as it gets while it still fails.
sub smallest {
	my ($document, $fails) = @_;
	for (my $i = 0; $i < length $document;) {
		my $less = $document;
		substr($less, $i, 1) = '';
		if ($fails->($less)) { $document = $less } else { $i++ }
	}
	return $document;
}

# The output, made of the input and of nothing of the output but what --offsets says was changed.
sub rebuilt {
	my ($in, $out, $offsets) = @_;
	my @in = split /\0/, $in, -1;
	my @out = split /\0/, $out, -1;
	my (%edits, @made);
	open my $rows, '<', $offsets or die;
	while (my $line = <$rows>) {
		my ($document, @row) = split /\t|\n/, $line;
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

sub one { my ($document, @command) = @_; return decode('UTF-8', through(encode('UTF-8', "$document\0"), @command)) =~ s/\0\z//r }

sub check_set {
	my ($documents, $compares, @set) = @_;
	my @documents = @$documents;
	my $stream = encode('UTF-8', join '', map { "$_\0" } @documents);
	my @command = ("$build/bin/normalize", '-z', @off, @set);
	my $bytes = through($stream, @command);
	my @got = split /\0/, decode('UTF-8', $bytes), -1;
	my @again = split /\0/, decode('UTF-8', through($bytes, @command)), -1;
	my $on = Normalize::rules(@set);
	for my $i (0 .. $#documents) {
		my $wants = $compares ? Normalize::document($on, $documents[$i]) : $got[$i];
		$compared++ if $compares;
		wrong('not that of the oracle', "@set", sub {
			my $short = smallest($documents[$i], sub { one($_[0], @command) ne Normalize::document($on, $_[0]) });
			return $short, one($short, @command), Normalize::document($on, $short);
		}) if $got[$i] ne $wants;
		wrong('twice is not once', "@set", sub {
			my $short = smallest($documents[$i], sub { my $f = one($_[0], @command); one($f, @command) ne $f });
			my $once = one($short, @command);
			return $short, $once, one($once, @command);
		}) if $again[$i] ne $got[$i];
	}
	if ($known{offsets}) {
		my $fails = sub {
			my ($in) = @_;
			my $out = through($in, @command, "--offsets=$scratch/offsets");
			return rebuilt($in, $out, "$scratch/offsets") ne $out;
		};
		wrong('--offsets is not what was done', "@set", sub {
			my ($first) = grep { $fails->(encode('UTF-8', "$_\0")) } @documents;
			return smallest($first // '', sub { $fails->(encode('UTF-8', "$_[0]\0")) });
		}) if $fails->($stream);
	}
	local $ENV{LD_PRELOAD} = "$build/test/iofault.so";
	local $ENV{IOFAULT_READ_MAX} = 3;
	wrong('pieces are not the whole', "@set", sub { '' }) if $bytes ne through($stream, @command);
}

srand($ENV{SEED} // 21);
my @plain = map { ["--preset=$_"] } @presets;
my @alone = map { ['--preset=none', "--$_"] } @flags, @forms, @valued;
push @alone, ['--preset=none', '--fold-yeh', '--maksura=eg'];
my @alone_placed = map { ['--preset=none', "--$_"] } @placed;
push @alone_placed, ['--preset=clean', map { "--$_" } grep { /drop/ } @placed];
push @alone_placed, ['--preset=search', map { "--$_" } grep { /\[/ } @placed];
for my $round (1 .. $rounds) {
	my @nasty = map { nasty() } 1 .. $per_round;
	my @posts = map { post() } 1 .. $per_round / 4;
	my @sets = map { [random_set()] } 1 .. $sets;
	if (@ARGV) {
		check_set([@nasty, @posts], 1, @ARGV);
		next;
	}
	check_set([@nasty, @posts], 1, @$_) for grep { is_known(@$_) } @plain, @alone, @sets;
	check_set(\@posts, 1, @$_) for grep { is_known(@$_) } @alone_placed;
	check_set(\@nasty, 0, @$_) for grep { is_known(@$_) } @alone_placed;
	my $stream = encode('UTF-8', join '', map { "$_\0" } @nasty);
	my $ended = $stream =~ s/(?<=[^\n\0])\0/\n\0/gr;
	wrong('no rule, yet a change', '--preset=none', sub { '' }) if through($stream, "$build/bin/normalize", '-z', '--preset=none') ne $ended;
}
for my $law ('not that of the oracle', 'twice is not once', 'pieces are not the whole', 'no rule, yet a change',
	'--offsets is not what was done') {
	my $count = $wrong{$law} // {};
	is(join(', ', map { "$_ ($count->{$_})" } sort keys %$count), '', "never: $law");
}
my @unknown = sort grep { !is_known($_) } map { "--$_" } @flags, @forms, @valued, @placed, 'maksura=eg';
note("$compared documents compared; not known yet: @unknown");
done_testing();
