# SPDX-License-Identifier: MIT
# Hostile.pm - texts made to be slow, deep or large, and what programs take to read them. Whoever uses it is in a folder
# of its own, with the programs in PATH.
package Hostile;
use strict;
use warnings;
use utf8;
use Encode qw(encode);
use Exporter qw(import);
use File::Temp qw(tempdir);
use POSIX ();
use Files qw(slurp spew);

our @EXPORT_OK = qw(%texts make run @commands @of_records $MIB $all $san $only);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
our $all = $ENV{GHIRBAL_TORTURE};
our $san = $ENV{GHIRBAL_SAN};
our $only = $ENV{GHIRBAL_SCENARIO} // '';
our $MIB = 1 << 20;
my $scratch = tempdir(CLEANUP => 1);
my $owner = $$;
chdir $scratch or die;
END { chdir '/' if $$ == $owner }
$ENV{PATH} = "$build/bin:$ENV{PATH}";

# --- texts ----------------------------------------------------------------------------------------------------

srand 5;
my @marks = map { chr } 0x0300 .. 0x0315, 0x0316 .. 0x0333, 0x064B .. 0x0652, 0x05B0 .. 0x05BD, 0x0345, 0x1D165, 0x302A;
my @codes = grep { $_ != 0 && ($_ < 0xD800 || $_ > 0xDFFF) } map { int rand 0x110000 } 1 .. 5000;

# Each: what is said over and over, or code that makes what is said the I-th time.
our %texts = (
	'marks in order' => "\x{0316}\x{0300}" x 50,
	'marks in any order' => join('', map { $marks[rand @marks] } 1 .. 3000),
	'marks of one class backwards' => "\x{0345}\x{0301}\x{0316}",
	'a letter under marks' => 'ب' . "\x{064B}\x{0651}" x 1000,
	'ZWJ chains' => "\x{1F468}\x{200D}",
	'ZWJ alone' => "\x{200D}",
	'ZWNJ and marks' => "ن\x{200C}\x{064E}\x{200C}",
	'jamo' => "\x{1100}\x{1161}\x{11A8}",
	'leading jamo' => "\x{1100}",
	'regional indicators' => "\x{1F1EA}",
	'opening quotes' => '«"“‘',
	'straight quotes' => q("'),
	'brackets' => '([{',
	'closing brackets' => ')]}»',
	'dots' => '.',
	'dots and spaces' => '. ',
	'letters and dots' => 'أ.',
	'words and dots' => 'a. ب. ',
	'terminators and closers' => '?!.)"',
	'ellipses' => '… ',
	'addresses' => 'http://a.example/b?c=d,',
	'addresses in a row' => 'www.a.b.c.d.e.f.g ',
	'at signs' => 'a@b.c',
	'only at signs' => '@',
	'hash signs' => '#',
	'digits' => '1234567890',
	'Arabic digits and separators' => '١٢٬٣٤٥٫٦:٧/',
	'markup' => '<a href="x"><b>',
	'open angles' => '<',
	'entities' => '&amp;amp;&#x41',
	'ampersands' => '&',
	'references' => '&#1;&#99999999999;&lt',
	'empty lines' => "\n",
	'lines of spaces' => " \n\t\n",
	'spaces' => ' ',
	'odd spaces' => "\x{3000}\x{00A0}\x{2003}",
	'tatweel' => 'ـ',
	'one letter' => 'ه',
	'a long word' => 'مستشفيات',
	'hyphens' => '-',
	'words with hyphens' => 'a-',
	'underscores' => 'a_1.b,c\'',
	'bidi controls' => "\x{202E}\x{2067}",
	'escape sequences' => "\e[31m",
	'open escape sequences' => "\e]0;",
	'CR' => "\r",
	'byte order marks' => "\x{FEFF}",
	'mojibake' => 'Ø§Ù„Ø¹Ø±Ø¨ÙŠØ©',
	'double mojibake' => 'Ãƒâ€žÃ˜Â§',
	'noncharacters' => "\x{FFFD}",
	'any code points' => join('', map { chr } @codes),
	'menus' => "الرئيسية | سياسة | رياضة\n",
	'short lines' => "أ\n",
	'credits' => "كتب: محمد علي\nتصوير: سامي\n",
	'dates' => "نشر في: 12 مارس 2021 - 14:05\n",
	'related' => "اقرأ أيضا: أسعار النقل ترتفع\n",
	'unique lines' => sub { "خبر رقم $_[0] من أخبار اليوم\n" },
	'near duplicates' => sub { 'قال رئيس المجلس إن الأشغال تبدأ في الخريف المقبل ' x 5 . "$_[0]\n" },
	'unique words' => sub { "كلمة$_[0] " },
	'unique documents' => sub { "وثيقة $_[0].\nسطر.\n\0" },
	'unique titles' => sub { "عنوان $_[0]\n\nقال رئيس المجلس $_[0] إن الأشغال تبدأ في الخريف المقبل.\nشارك\n\0" },
	'empty documents' => "\0",
	'short documents' => "a\0",
	'bytes that are no UTF-8' => \"\xFF\xC3\xE2\x82",
	'windows-1256' => \"\xE3\xD1\xCD\xC8\xC7 \xC8\xDF\xE3\n",
	'UTF-16' => \"a\0\x28\x06",
	'records' => \qq({"text":"a. b.","id":1}\n),
	'nested arrays' => \'[',
	'nested objects' => \'{"text":',
	'backslashes' => \'\\',
	'quotes in a record' => \'\\"',
);

# Writes at least so many bytes of a text to a file. Another process does it: what this one held would count as memory of
# the programs it starts.
sub make {
	my $pid = fork // die;
	if (!$pid) {
		write_text(@_);
		POSIX::_exit(0);
	}
	waitpid $pid, 0;
	die "no text\n" if $?;
	return 'text';
}

sub write_text {
	my ($name, $size) = @_;
	my $unit = $texts{$name};
	my $bytes = '';
	if (ref $unit eq 'CODE') {
		for (my $i = 0; length $bytes < $size; $i++) { $bytes .= encode('UTF-8', $unit->($i)) }
	} else {
		my $once = ref $unit ? $$unit : encode('UTF-8', $unit);
		$bytes = $once x (1 + int($size / length $once));
	}
	spew('text', $bytes);
}

# --- running --------------------------------------------------------------------------------------------------

# Runs words of bash with 'text' as standard input; CPU seconds and KiB of memory come from the kernel.
sub run {
	my ($line, $input) = @_;
	my $pid = fork // die;
	if (!$pid) {
		open STDIN, '<', $input // 'text';
		open STDOUT, '>', 'out';
		open STDERR, '>', 'err';
		alarm 1200;
		exec 'bash', '-c', $line or die;
	}
	my ($status, $usage) = (pack('i', 0), "\0" x 144);
	syscall 61, $pid, $status, 0, $usage; # wait4
	my ($user, $user_us, $system, $system_us, $memory) = unpack 'q5', $usage;
	my $raw = unpack 'i', $status;
	return { status => $raw & 127 ? 128 + ($raw & 127) : $raw >> 8, seconds => $user + $system + ($user_us + $system_us) / 1e6,
		memory => $memory * 1024 };
}

our @commands = ('normalize', 'normalize --preset=search --nfkd --stream-safe --urls=drop --mentions=drop --emoji=drop',
	'normalize -z --from=auto --fix-mojibake', 'count-terms', 'count-terms -z --key=search --df',
	'dedupe --unit=line', 'dedupe --unit=line --key=fold --scope=document', 'dedupe --unit=sentence --key=search --strong',
	'dedupe -z --unit=paragraph -c', 'dedupe --unit=line -S 1M', 'split-sentences', 'split-sentences --rules=uax29',
	'split-sentences --join-lines --lang=ar --explain=/dev/null', 'strip-boilerplate',
	'strip-boilerplate --rejected=/dev/null --lang=ar', 'strip-boilerplate -z --learn', 'strip-boilerplate -z --extract-metadata');
our @of_records = ('normalize -j', 'split-sentences -j --explode', 'dedupe -j', 'count-terms -j', 'strip-boilerplate -j --annotate',
	'unpack-docs --into=unpacked');
@commands = grep { !/search|uax29|--lang|-S/ } @commands if !$all;

1;
