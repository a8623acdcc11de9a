#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# split-sentences --offsets cuts out of the documents exactly the sentences that are written: in text, -z and -j, under
# both rules, on texts of many line ends and spaces, and where bytes were not UTF-8 of the text as it was mended.
use strict;
use warnings;
use utf8;
use Test::More;
use File::Temp qw(tempdir);
use Encode qw(encode decode);
use JSON::PP;

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $folder = tempdir(CLEANUP => 1);
$ENV{PATH} = "$build/bin:$ENV{PATH}";
my $json = JSON::PP->new->utf8->allow_nonref;

srand 7031;

my @bits = ('قال د. منير إن الجسر جاهز.', 'وأضاف: "نفتتحه غدًا!"', 'He left at 5 p.m. on Friday.', 'Mr. Stone stayed.', 'لماذا؟',
	'…', '..', '.', '!', '؟', '»', '(', ')', '[4]', 'وصل', 'x', 'J.', '3.5', "\x{1F600}", "e\x{301}", "\x{200F}", '桥开了。明天见。',
	' ', ' ', '  ', "\t", "\x{A0}", "\n", "\n\n", "\r\n", "\r", "\x{2028}", "\x{2029}", "\x{85}", "\x0B", ' ' x 100);

sub random_document { return join '', map { $bits[rand @bits] } 1 .. rand 40 }

sub slurp {
	my ($path) = @_;
	open my $file, '<:raw', $path or return '';
	local $/;
	return scalar(<$file>) // '';
}

sub spew {
	my ($path, $bytes) = @_;
	open my $file, '>:raw', $path or die "$path: $!";
	print $file $bytes;
	close $file or die "$path: $!";
}

# Runs over $input; output, and the rows as lists of seven numbers.
sub split_sentences {
	my ($input, @options) = @_;
	spew("$folder/in", $input);
	unlink "$folder/rows";
	system("split-sentences @options --offsets=$folder/rows <$folder/in >$folder/out 2>$folder/err") == 0 or return;
	return (slurp("$folder/out"), map { [split /\t/] } split /\n/, slurp("$folder/rows"));
}

# The sentences of what was written, by document: lines that are not blank, without their ends.
sub written { return join "\n", grep { decode('UTF-8', $_) =~ /\S/ } split /\r?\n/, $_[0] }

# Documents are bytes, texts the same as they were written. True when the rows cut out what was written, count
# paragraphs and sentences from 1 without a gap, and count characters as Perl does.
sub fits {
	my ($documents, $texts, @rows) = @_;
	my @cut = map { [] } @$documents;
	my ($document, $paragraph, $sentence, $end) = (0, 0, 0, 0);
	for my $row (@rows) {
		my ($d, $p, $s, $from, $to, $from_char, $to_char) = @$row;
		($document, $paragraph, $sentence, $end) = ($d, 0, 0, 0) if $d > $document;
		($paragraph, $sentence) = ($p, 0) if $p == $paragraph + 1;
		return 0 unless $d == $document && $p == $paragraph && $s == ++$sentence && $end <= $from && $from < $to;
		$end = $to;
		my $bytes = substr $documents->[$d - 1], $from, $to - $from;
		return 0 unless $bytes eq encode('UTF-8', substr decode('UTF-8', $documents->[$d - 1]), $from_char,
			$to_char - $from_char);
		push @{ $cut[$d - 1] }, $bytes;
	}
	for my $i (0 .. $#$documents) {
		return 0 unless join("\n", @{ $cut[$i] }) eq written($texts->[$i]);
	}
	return 1;
}

for my $rules ('news', 'uax29') {
	my @options = ("--rules=$rules");
	my (@wrong_text, @wrong_bad);
	for (1 .. 60) {
		my $document = encode 'UTF-8', random_document;
		my ($out, @rows) = split_sentences($document, @options);
		push @wrong_text, $document unless defined $out && fits([$document], [$out], @rows);
		substr($document, rand length $document, 1) = "\xFF" for 1 .. 3;
		spew("$folder/raw", $document);
		my $mended = `normalize --preset=none <$folder/raw 2>/dev/null`;
		($out, @rows) = split_sentences($document, @options);
		push @wrong_bad, $document unless defined $out && fits([$mended], [$out], @rows);
	}
	is_deeply(\@wrong_text, [], "$rules: one document in text framing");
	is_deeply(\@wrong_bad, [], "$rules: of bytes that were not UTF-8, in the mended text");

	my @documents = map { encode 'UTF-8', random_document } 1 .. 300;
	my ($out, @rows) = split_sentences(join('', map { "$_\0" } @documents), @options, '-z');
	ok(fits(\@documents, [split(/\0/, $out, -1)], @rows), "$rules: documents ended by NUL");
	my @zero_rows = @rows;

	($out, @rows) = split_sentences(join('', map { '{"n":1,"text":' . $json->encode(decode 'UTF-8', $_) . "}\n" } @documents),
		@options, '-j');
	my @texts = map { encode 'UTF-8', $json->decode($_)->{text} } split /\n/, $out;
	ok(fits(\@documents, \@texts, @rows), "$rules: documents in records");
	is_deeply(\@rows, \@zero_rows, "$rules: the same rows in both framings");
}
done_testing();
