#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# normalize --from=NAME beside others who know encodings: every byte of the tables beside Perl's Encode, encodings of
# the C library beside iconv(1), and the same however the input is cut.
use strict;
use warnings;
use utf8;
use Test::More;
use File::Temp qw(tempdir);
use Encode qw(encode decode);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $scratch = tempdir(CLEANUP => 1);
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

sub through {
	my ($input, @command) = @_;
	open my $in, '>:raw', "$scratch/in" or die;
	print $in $input;
	close $in or die;
	open my $out, '-|:raw', 'sh', '-c', 'exec "$@" <"$0" 2>"$0.err"', "$scratch/in", @command or die;
	local $/;
	my $text = <$out> // '';
	close $out;
	return $text;
}

sub from { my ($name, $input) = @_; return through($input, "$build/bin/normalize", '--preset=none', "--from=$name") }

# Every byte but NUL and newline on a line of its own.
for (['windows-1256', 'cp1256'], ['iso-8859-6', 'iso-8859-6'], ['mac-arabic', 'MacArabic'], ['windows-1252', 'cp1252']) {
	my ($name, $theirs) = @$_;
	my @bytes = grep { $_ ne "\n" } map { chr } ($name eq 'mac-arabic' ? 128 : 1) .. 255; # Perl's has no ASCII
	my $want = join '', map { my $byte = $_; decode($theirs, $byte) . "\n" } @bytes;
	my $got = decode('UTF-8', from($name, join '', map { "$_\n" } @bytes));
	is($got, $want, "$name: every byte");
}

my %texts = (
	zh => "市长昨天宣布，大桥将在节后重新开放。费用为3.5亿元。\n",
	ja => "市長は昨日、橋を再開すると発表した。ラーメン\n",
	ko => "시장은 어제 다리를 다시 연다고 밝혔다.\n",
	ru => "Мэр сообщил, что мост откроют после праздников.\n",
	ar => "أعلن المحافظ أن الجسر سيفتح بعد العيد.\n",
	fr => "Le maire a rouvert le pont, déjà fermé l'été dernier.\n",
	he => "ראש העיר הודיע שהגשר ייפתח אחרי החג.\n",
	th => "นายกเทศมนตรีประกาศเปิดสะพานหลังเทศกาล\n",
);
my @pairs = (map { my $l = $_->[0]; map { [$l, $_] } @{ $_->[1] } }
	['zh', [qw(GBK GB18030 EUC-CN UTF-7 UCS-2 UCS-4)]], ['ja', [qw(SHIFT_JIS EUC-JP ISO-2022-JP CP932 IBM943)]],
	['ko', [qw(EUC-KR CP949 JOHAB ISO-2022-KR)]], ['ru', [qw(KOI8-R CP1251 IBM866 ISO-8859-5 UTF-16 UTF-32)]],
	['ar', [qw(UCS-2BE UTF-16BE UTF-32LE ISO-8859-6 CP1256)]], ['fr', [qw(LATIN1 LATIN-9 MACINTOSH CP850 UTF-7)]],
	['he', [qw(CP1255 ISO-8859-8 CP862)]], ['th', [qw(TIS-620 CP874)]]);
my (@differ, @unknown);
for (@pairs) {
	my ($language, $name) = @$_;
	my $text = encode('UTF-8', $texts{$language} x 400);
	my $raw = through($text, 'iconv', '-f', 'UTF-8', '-t', $name);
	push @unknown, $name if !length $raw;
	my $want = through($raw, 'iconv', '-f', $name, '-t', 'UTF-8') =~ s/\A\xEF\xBB\xBF//r;
	push @differ, $name if from($name, $raw) ne $want;
	local $ENV{LD_PRELOAD} = "$build/test/iofault.so";
	local $ENV{IOFAULT_READ_MAX} = 7;
	local $ENV{IOFAULT_SEED} = 3;
	push @differ, "$name in pieces" if from($name, $raw) ne $want;
}
is("@unknown", '', 'iconv knows all names that are tried');
is("@differ", '', scalar(@pairs) . ' encodings: the same as iconv, however cut');

# Random bytes: valid UTF-8 comes out, and the same from pieces; what is bad is mended, never fatal.
my $well_formed = qr/(?:[\x01-\x7F]|[\xC2-\xDF][\x80-\xBF]|\xE0[\xA0-\xBF][\x80-\xBF]|[\xE1-\xEC\xEE\xEF][\x80-\xBF]{2}|
	\xED[\x80-\x9F][\x80-\xBF]|\xF0[\x90-\xBF][\x80-\xBF]{2}|[\xF1-\xF3][\x80-\xBF]{3}|\xF4[\x80-\x8F][\x80-\xBF]{2})*+/x;
srand($ENV{SEED} // 31);
my (@invalid, @cut);
for my $name (qw(auto utf-16 utf-32 mac-arabic cp720 iso-8859-6 gbk shift_jis iso-2022-jp utf-7 big5-hkscs euc-kr tscii ibm930 gb18030
	euc-jisx0213 iso-2022-cn-ext ucs-2 tcvn cp1258)) {
	my $raw = join '', map { rand() < .3 ? chr 32 + rand 96 : rand() < .05 ? ("\e\$B", "\e(B", '+AAA-', "\0", "\x0E", "\x0F")[rand 6] : chr rand 256 }
		1 .. 20000;
	my $text = from($name, $raw);
	push @invalid, $name if !length $text || $text =~ /\0/ || $text !~ /\A$well_formed\z/;
	local $ENV{LD_PRELOAD} = "$build/test/iofault.so";
	local $ENV{IOFAULT_READ_MAX} = 50;
	local $ENV{IOFAULT_SEED} = 5;
	push @cut, $name if from($name, $raw) ne $text;
}
is("@invalid", '', 'random bytes become valid UTF-8');
is("@cut", '', 'random bytes become the same in pieces');

done_testing();
