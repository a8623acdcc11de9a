#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# What the table maker (common/tools/ucd.c) says of data that is missing or damaged: file, line, reason, and a
# status that stops make.
use strict;
use warnings;
use Test::More;
use File::Temp qw(tempdir);

my $ucd = "$ENV{GHIRBAL_BUILD}/tool/ucd";
my $real = $ENV{UCD} // '/usr/share/unicode';

# A copy by links of the real data, with one file missing (undef) or replaced.
sub said {
	my ($name, $content) = @_;
	my $folder = tempdir(CLEANUP => 1);
	symlink "$real/$_", "$folder/$_" for qw(UnicodeData.txt Scripts.txt PropList.txt DerivedCoreProperties.txt
		DerivedNormalizationProps.txt CaseFolding.txt);
	for my $part (qw(auxiliary/WordBreakProperty.txt auxiliary/SentenceBreakProperty.txt emoji/emoji-data.txt
		extracted/DerivedGeneralCategory.txt)) {
		mkdir "$folder/" . $part =~ s{/.*}{}r;
		symlink "$real/$part", "$folder/$part";
	}
	unlink "$folder/$name";
	if (defined $content) {
		open my $out, '>', "$folder/$name" or die;
		print $out $content;
		close $out or die;
	}
	my $said = `$ucd '$folder' 2>&1 >/dev/null`;
	return ($? >> 8) . ' ' . $said =~ s/\Q$folder\E\///r;
}

like said('none'), qr/^0 $/, 'the real data is taken in silence';
like said('Scripts.txt', undef), qr/^1 ucd: Scripts.txt: No such file or directory \(Debian: .*\)$/,
	'a missing file is named';
like said('Scripts.txt', "# empty\n"), qr/^1 ucd: Scripts.txt: 0 of the \d+ scripts/, 'an empty file is no data';
like said('Scripts.txt', "\n0041\n"), qr/^1 ucd: Scripts.txt:2: 1 fields where 2/, 'too few fields';
like said('Scripts.txt', "41..30; Latin\n"), qr/^1 ucd: Scripts.txt:1: '41..30' is not a range/, 'a range backwards';
like said('Scripts.txt', "110000; Latin\n"), qr/^1 ucd: Scripts.txt:1: '110000' is not a range/, 'no code point';
like said('UnicodeData.txt', "4E00;<X, First>;Lo;0;L;;;;;N;;;;;\n0041;A;Lu;0;L;;;;;N;;;;0061;\n"),
	qr/^1 ucd: UnicodeData.txt:2: a range is not/, 'a range without its end';
like said('UnicodeData.txt', "0041;A;Lu;x;L;;;;;N;;;;0061;\n"), qr/:1: 'x' is no Canonical_Combining_Class/,
	'a combining class that is none';
like said('emoji/emoji-data.txt', "0023; Emoji\n"), qr/emoji-data.txt: nothing has Extended_Pictographic/,
	'a property that nothing has';
is system("$ucd '$real' >/dev/full 2>/dev/null") >> 8, 1, 'a full disk is a failure';

done_testing;
