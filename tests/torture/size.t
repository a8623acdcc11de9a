#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Texts made to be slow, deep or large: each filter takes time in proportion to their size, and a stack of 256 KiB and
# four descriptors do. GHIRBAL_TORTURE=1 makes them large, looks at time and memory, and at pipelines and memory limits;
# without it they are small, one filter is tried on each, and only what comes out is looked at.
use strict;
use warnings;
use utf8;
use Test::More;
use Encode qw(encode);
use File::Temp qw(tempdir);
use POSIX ();
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp spew);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $all = $ENV{GHIRBAL_TORTURE};
my $san = $ENV{GHIRBAL_SAN};
my $only = $ENV{GHIRBAL_SCENARIO} // '';
my $scratch = tempdir(CLEANUP => 1);
chdir $scratch or die;
$ENV{PATH} = "$build/bin:$ENV{PATH}";
my $MIB = 1 << 20;

# --- texts ----------------------------------------------------------------------------------------------------

srand 5;
my @marks = map { chr } 0x0300 .. 0x0315, 0x0316 .. 0x0333, 0x064B .. 0x0652, 0x05B0 .. 0x05BD, 0x0345, 0x1D165, 0x302A;
my @codes = grep { $_ != 0 && ($_ < 0xD800 || $_ > 0xDFFF) } map { int rand 0x110000 } 1 .. 5000;

# Each: what is said over and over, or code that makes what is said the I-th time.
my %texts = (
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

my $limits = $san ? 'ulimit -n 8; exec' : 'ulimit -s 256 -n 4; exec';
my @commands = ('normalize', 'normalize --preset=search --nfkd --stream-safe --urls=drop --mentions=drop --emoji=drop',
	'normalize -z --from=auto --fix-mojibake', 'count-terms', 'count-terms -z --key=search --df',
	'dedupe --unit=line', 'dedupe --unit=line --key=fold --scope=document', 'dedupe --unit=sentence --key=search --strong',
	'dedupe -z --unit=paragraph -c', 'dedupe --unit=line -S 1M', 'split-sentences', 'split-sentences --rules=uax29',
	'split-sentences --join-lines --lang=ar --explain=/dev/null', 'strip-boilerplate',
	'strip-boilerplate --rejected=/dev/null --lang=ar', 'strip-boilerplate -z --learn', 'strip-boilerplate -z --extract-metadata');
my @of_records = ('normalize -j', 'split-sentences -j --explode', 'dedupe -j', 'count-terms -j', 'strip-boilerplate -j --annotate',
	'unpack-docs --into=unpacked');
@commands = grep { !/search|uax29|--lang|-S/ } @commands if !$all;
my @pipelines = $all ? map { "run-pipeline $_" } split ' ', $ENV{GHIRBAL_PIPELINES} : ();

sub is_of_records { return $_[0] =~ /record|nested|backslashes/ }

my $turn = 0;

# With little stack and few descriptors it does what it does without.
sub fits {
	my ($name) = @_;
	make($name, 30_000);
	my @wrong;
	my @these = is_of_records($name) ? @of_records : @commands;
	push @these, shift @these for 1 .. $turn++ % @these; # so that each has its turn where only one is tried
	for my $command ($all ? @these : $these[0]) {
		my $limited = run("$limits $command");
		push @wrong, "$command: status $limited->{status}: " . slurp('err')
			if $limited->{status} != 0 && !(is_of_records($name) && $limited->{status} == 3);
		push @wrong, "$command: not UTF-8" if !utf8::decode(my $out = slurp('out'));
	}
	ok(!@wrong, "$name: a small stack and four descriptors do") or diag(join "\n", @wrong);
}

# Four times the text takes about four times as long, and no memory beyond bounds.
sub grows_linearly {
	my ($name) = @_;
	my (%small, @wrong);
	my @these = is_of_records($name) ? @of_records : (@commands, @pipelines);
	make($name, 3 * $MIB);
	$small{$_} = run("ulimit -s 256; exec $_") for @these;
	my $size = -s make($name, 12 * $MIB);
	for my $command (@these) {
		my $large = run("ulimit -s 256; exec $command");
		my $small = $small{$command};
		my $figures = sprintf '%.2f s, %.2f s; %d MB, %d MB', $small->{seconds}, $large->{seconds},
			$small->{memory} / 1e6, $large->{memory} / 1e6;
		my $bound = 24 * $size + 64 * $MIB;
		push @wrong, "$command: status $large->{status}: " . slurp('err') if $large->{status} != 0 && $large->{status} != 3;
		push @wrong, "$command: $figures" if $large->{seconds} > 8 * $small->{seconds} + 1 || $large->{memory} > $bound;
		note("slow: $name: $command: $figures") if $large->{seconds} > 3 || $large->{memory} > 12 * $size + 64 * $MIB;
	}
	ok(!@wrong, "$name: time grows as the text does") or diag(join "\n", @wrong);
}

for my $name (sort grep { /$only/ } keys %texts) {
	fits($name);
	grows_linearly($name) if $all && !$san;
}

# --- memory that does not grow ----------------------------------------------------------------------------------

# By the command, a text of which there may be any amount.
my @flat = (
	[ 'normalize -z', 'unique titles' ], [ 'normalize', 'unique lines' ], [ 'split-sentences -z', 'unique titles' ],
	[ 'split-sentences', 'unique lines' ], [ 'strip-boilerplate -z', 'unique titles' ], [ 'dedupe --unit=line -S 4M', 'unique lines' ],
	[ 'dedupe -z -S 4M', 'unique titles' ], [ 'normalize -j', 'records' ], [ 'dedupe -z --unit=line --scope=document', 'unique titles' ],
	[ 'normalize', 'empty lines' ], [ 'split-sentences', 'dots and spaces' ], [ 'split-sentences', 'empty lines' ],
	[ 'count-terms', 'dates' ], [ 'count-terms', 'menus' ], [ 'strip-boilerplate -z', 'empty documents' ],
);
for (grep { $all && !$san && "flat: $$_[0]" =~ /$only/ } @flat) {
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
for my $command (grep { $all && !$san && "huge: $_" =~ /$only/ } 'normalize', 'count-terms', 'dedupe --unit=line', 'dedupe -z',
	'split-sentences', 'strip-boilerplate', 'normalize -j', 'unpack-docs --into=unpacked', 'run-pipeline clean-news') {
	my $is_record = $command =~ / -j|unpack/;
	my $last = $is_record ? qq({"id":"last","text":"the last line."}) : 'the last line.';
	my $first = $is_record ? '{"text":"' : '';
	my $got = run("{ printf %s '$first'; yes 'some words and more. ' | tr -d '\\n' | head -c $HUGE; printf '\\n%s\\n' '$last'; } | " .
		"{ ulimit -v 1048576; $command; } | { grep -a -c 'last' || cat unpacked/last; }; exit \${PIPESTATUS[1]}", '/dev/null');
	my $out = slurp('out');
	if ($command =~ /^dedupe/) { # it holds what it compares, and says when that is too much
		ok($got->{status} == 1 && slurp('err') =~ /out of memory/, "$command: a line of $HUGE bytes is refused");
		next;
	}
	ok($got->{status} == ($is_record ? 3 : 0) && ($out =~ /\A[1-9]/ || $out =~ /last line/), "$command: a line of $HUGE bytes in 1 GiB")
		or diag("status $got->{status} ", slurp('err'), substr $out, 0, 100);
}

# A hundred MiB of nothing but NUL: no text, or as many empty documents.
for my $command (grep { $all && !$san && "nul: $_" =~ /$only/ } map { ($_, "$_ -z", "$_ -j") } split ' ', $ENV{GHIRBAL_FILTERS}) {
	my $got = run("head -c 104857600 /dev/zero | { ulimit -v 1048576; $command; } | tail -c 100; exit \${PIPESTATUS[1]}", '/dev/null');
	ok($got->{status} == ($command =~ /-j/ ? 3 : 0), "$command: 100 MiB of NUL") or diag("status $got->{status} ", slurp('err'));
}

# --- limits of memory -------------------------------------------------------------------------------------------

# From too little memory to enough: it fails and says so, or does all of it.
my $article = encode('UTF-8', "قال رئيس المجلس إن الأشغال تبدأ في الخريف المقبل. وأضاف د. سامي.\n") x 200;
for my $command (grep { $all && !$san && "limit: $_" =~ /$only/ } @commands, map({ "$_ " } @of_records[ 0 .. 4 ])) {
	spew('text', $command =~ / $/ ? encode('UTF-8', qq({"text":"a. b. ب"}\n)) x 300 : $article);
	run("exec $command");
	my ($good, @wrong) = slurp('out');
	for (my $limit = 2000; $limit < 40_000; $limit += $limit < 16_000 ? 250 : 1500) {
		my $got = run("ulimit -v $limit; exec $command");
		push @wrong, "$limit KiB: status 0, and not the same" if $got->{status} == 0 && slurp('out') ne $good;
		push @wrong, "$limit KiB: status $got->{status}" if $got->{status} > 1 && $got->{status} != 127 && $limit > 8000;
		push @wrong, "$limit KiB: no message" if $got->{status} && !-s 'err' && $limit > 8000;
	}
	ok(!@wrong, "$command: any limit of memory") or diag(join "\n", @wrong);
}
chdir '/';
done_testing();
