#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# count-terms on random records of many scripts: the same as the slow oracle whatever the options, and the same in little
# memory, in parts that are merged, and in any framing.
use strict;
use warnings;
use utf8;
use Test::More;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Cwd qw(abs_path);
use JSON::PP;

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $count = "$build/bin/count-terms";
my $oracle = dirname(dirname(abs_path($0))) . '/oracle/count-terms';
my $scratch = tempdir(CLEANUP => 1);

sub put {
	my ($name, $text) = @_;
	open my $out, '>:encoding(UTF-8)', "$scratch/$name" or die;
	print $out $text;
	close $out or die;
	return "$scratch/$name";
}

sub through {
	my ($file, @command) = @_;
	open my $out, '-|:encoding(UTF-8)', 'sh', '-c', 'exec "$@" <"$0"', $file, @command or die;
	local $/;
	my $text = <$out> // '';
	close $out or die "@command: status $?";
	return $text;
}

my @pieces = (split(/ /, "قال الوزير الْوزير مُقاتل المقـــاتل هٰذا ٢٠٢٤ ٣٫٥ می\x{200C}خواهد The THE the TRAM Tram Straße don't e-mail 3.14 1,500 ΟΔΟΣ "
	. "Київ צה\"ל ג'ירפה 東京都 タワー の ตลาด 서울 संयुक्त राष्ट्र cafe\x{301} café İzmir ﬁn في في في of of a"), (' ') x 24, "\n", '. ', '، ', '؛ ', ': ', '.', ',', "'",
	'_', '-', '«', '» ', "\x{200F}", "\x{200E}", "\x{AD}", "\x{64E}", "\x{301}", "\t", "\r\n", "\x{2028}", "\x{FF9E}", "\x{1F600}", "\x{2764}\x{FE0F}");

sub text { return join '', map { $pieces[rand @pieces] } 1 .. $_[0] }

sub records {
	my ($count, $length) = @_;
	my $json = JSON::PP->new->canonical;
	return join '', map { my $day = sprintf '20%02d-%02d', 20 + rand 3, 1 + rand 12;
		$json->encode({ (rand > .1 ? (date => $day) : ()), text => text(rand $length) }) . "\n" } 1 .. $count;
}

srand 30;
my $stops = put('stops', "of في # a comment: the\nA\n");
my @cases = (
	['key=exact'], ['key=case'], ['key=fold'],
	[qw(key=fold surface=1)], [qw(key=case surface=1 df=1)],
	[qw(key=fold ngrams=1-3 surface=1 df=1)], [qw(key=exact ngrams=2-3)], [qw(key=fold ngrams=2-2 df=1)],
	[qw(by=date len=4 surface=1)], [qw(by=date len=7 ngrams=1-2 df=1)], [qw(by=date df=1 surface=1 ngrams=1-2)],
	[qw(numbers=drop ngrams=1-2)], [qw(numbers=class ngrams=1-3 surface=1 df=1)], [qw(min-length=3 ngrams=1-2 surface=1)],
	["stops=$stops", 'ngrams=1-3', 'surface=1'], ["stops=$stops"],
	[qw(segment=run surface=1)], [qw(segment=bigram ngrams=1-2)],
	[qw(first=1 ngrams=1-2 surface=1)], [qw(first=1 df=1)],
);

# The options of count-terms for those of the oracle.
sub options {
	my %is = (key => 'fold', map { split /=/, $_, 2 } @_);
	my @options = "--key=$is{key}";
	push @options, $is{surface} ? '--surface' : '--no-surface';
	push @options, '--ngrams=' . ($is{ngrams} =~ s/^(\d)-\1$/$1/r) if $is{ngrams};
	push @options, '--df' if $is{df};
	push @options, '--by=' . $is{by} . ($is{len} ? ":$is{len}" : '') if $is{by};
	push @options, "--$_=$is{$_}" for grep { $is{$_} } qw(numbers min-length segment);
	push @options, "--stopwords=$is{stops}" if $is{stops};
	push @options, '--sort=first' if $is{first};
	return @options;
}

my $all = put('all', join '', my @parts = map { records(60, 120) } 1 .. 4);
my @files = map { put("part$_", $parts[$_]) } 0 .. $#parts;
for my $case (@cases) {
	my @options = options(@$case);
	my $want = through($all, $oracle, @$case);
	is(through($all, $count, '-j', @options), $want, "@options: terms and counts are those of the oracle");
	is(through($all, $count, '-j', '-S64K', @options), $want, "@options: little memory changes nothing");
	is(through($all, $count, '-j', '-S1M', '--threads=3', @options), $want, "@options: nor do threads");
	is(through($all, $count, '-j', '-S64K', '--threads=4', @options), $want, "@options: nor do threads in little memory");
	next if grep { /first/ } @$case;

	my @lists = map { put("list$_", through($files[$_], $count, '-j', '--partial', @options)) } 0 .. $#files;
	is(through('/dev/null', $count, '--merge', @lists), $want, "@options: parts add up to the whole");
	my $left = put('left', through('/dev/null', $count, '--merge', '--partial', @lists[2, 0]));
	my $right = put('right', through('/dev/null', $count, '--merge', '--partial', @lists[3, 1]));
	is(through('/dev/null', $count, '--merge', '--partial', $right, $left), through($all, $count, '-j', '--partial', '-S64K', @options),
		"@options: in any order and steps, to the list of the whole");
}

for my $case (['key=case'], ['numbers=drop'], ["stops=$stops", 'numbers=class'], ['segment=bigram'], ['segment=run']) {
	my @options = grep { !/surface/ } options(@$case);
	my $plain = put('plain', join '', map { s/\n/ /gr . "\n" } map { JSON::PP->new->decode($_)->{text} } split /\n/, $parts[0]);
	my $json = put('json', join '', map { JSON::PP->new->encode({ text => $_ }) . "\n" } split /\n/, do { open my $in, '<:encoding(UTF-8)', $plain or die; local $/; <$in> });
	is(through($plain, $count, '--tokens', @options), through($json, $oracle, @$case, 'tokens=1'), "--tokens @options: lines of words are those of the oracle");
	is(through($plain, $count, '--tokens', '-S64K', @options), through($plain, $count, '--tokens', @options), "--tokens @options: little memory changes nothing");
	is(through($plain, $count, '--tokens', '-S64K', '--threads=3', @options), through($plain, $count, '--tokens', @options), "--tokens @options: nor do threads");
}

# Whatever the key, and where clitics are parted, every entry of a list is one of its stop words.
for my $list (glob dirname($oracle) . '/../../filters/count-terms/data/stop-*.txt') {
	my ($lang) = $list =~ /stop-(\w+)/;
	open my $in, '<:encoding(UTF-8)', $list or die;
	my $words = put('words', join '', grep { !/^#/ } <$in>);
	is(join('', map { through($words, $count, "--stopwords=$lang", @$_) } ['--key=case'], ['--key=search'], ['--clitics=split']), '',
		"stop words of $lang are all left out");
}

my @options = ('--ngrams=1-2', '--df');
my $zero = put('zero', join '', map { JSON::PP->new->decode($_)->{text} . "\0" } split /\n/, join '', @parts);
is(through($zero, $count, '-z', @options), through($all, $count, '-j', @options) . "\0", 'framing changes no count');
my @commonest = (split /\n/, through($all, $count, '-j', '--no-surface'))[0 .. 6];
is(through($all, $count, '-j', '--no-surface', '--top=7', '--sort=term'), join('', map { "$_\n" } sort { (split /\t/, $a)[1] cmp (split /\t/, $b)[1] } @commonest),
	'the commonest in another order are the commonest');
done_testing();
