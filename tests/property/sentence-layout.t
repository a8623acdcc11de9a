#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# split-sentences --join-lines, --paragraph-mark, --explode, --annotate and --lang=@MEMBER, on random texts under both
# rules, held to slow oracles: joined text is as text that was never wrapped, offsets cut the input, parts are the
# sentences, all other bytes of a record stay, and a record is split as its language alone would be.
use strict;
use warnings;
use utf8;
use Test::More;
use File::Temp qw(tempdir);
use Encode qw(encode decode);
use JSON::PP;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp slurp_if spew);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $folder = tempdir(CLEANUP => 1);
$ENV{PATH} = "$build/bin:$ENV{PATH}";
my $json = JSON::PP->new->utf8->allow_nonref;

srand 9203;

my @words = ('قال د.', 'منير', 'إن الجسر جاهز.', 'وأضاف: "نفتتحه غدًا!"', 'He left at 5 p.m.', 'on Friday.', 'Mr.', 'Stone stayed.',
	'لماذا؟', '…', '..', '.', '!', '؟', '»', '(', ')', '[4]', 'وصل', 'x', 'J.', '3.5', "\x{1F600}", "e\x{301}", "\x{200F}");
my @any = (@words, '桥开了。明天见。', '話を', "\x{E01}\x{E32}", "a\x{AD}", ' ', ' ', "\t", "\x{A0}", "\n", "\n", "\n ", " \n", "\n\n",
	"\r\n", "\r\n", "\r", "\x{2028}", "\x{85}", "\x0B", ' ' x 70, "\n" . ' ' x 70);

sub random_text { my ($bits, $most) = @_; return join '', map { $bits->[rand @$bits] } 1 .. rand $most }

# Runs over $input; the bytes that come out, undef where it fails.
sub split_sentences {
	my ($input, @options) = @_;
	spew("$folder/in", $input);
	unlink "$folder/rows";
	spew("$folder/options", join "\0", @options);
	system("xargs -0 -a $folder/options split-sentences --offsets=$folder/rows <$folder/in >$folder/out 2>$folder/err") == 0
		or return;
	return slurp("$folder/out");
}

sub rows { return map { [split /\t/] } split /\n/, slurp_if("$folder/rows") // '' }

sub black { my ($bytes) = @_; return decode('UTF-8', $bytes) =~ s/\s+//gr }

sub sentences { return grep { length black($_) } split /\r?\n|\r\z/, $_[0] } # the lines of what was written

# Line ends inside paragraphs as spaces: the text that was never wrapped. Of LF alone.
sub unwrapped {
	my ($text) = @_;
	return $text =~ s/(?<=[^\n])\n(?=[^\n])/ /gr;
}

my $line = encode 'UTF-8', '§ ¶';
my @mark = ("--paragraph-mark=$line");
for my $rules ('news', 'uax29') {
	my @joined;
	for (1 .. 60) {
		my $text = '';
		$text .= "$words[rand @words]" . (' ', "\n", "\n", "\n\n")[rand 4] for 1 .. rand 40;
		$text =~ s/ ?(\n+)( (?=\n))*/$1/g;
		my $out = split_sentences(encode('UTF-8', $text), "--rules=$rules", '--join-lines');
		push @joined, $text unless $out eq split_sentences(encode('UTF-8', unwrapped($text)), "--rules=$rules");
	}
	is_deeply(\@joined, [], "$rules: wrapped text is split as if it were not");

	for my $options (['--join-lines'], [@mark], ['--join-lines', @mark]) {
		my $name = join ' ', $rules, @$options;
		my $has_mark = grep { $_ eq $mark[0] } @$options;
		my (@space, @cut, @marks);
		for (1 .. 60) {
			my $bytes = encode 'UTF-8', random_text(\@any, 40);
			my $out = split_sentences($bytes, "--rules=$rules", @$options);
			my @rows = rows();
			my @lines = split /\n/, $out;
			my $count = grep { $_ eq $line } @lines;
			my $plain = join "\n", grep { !$has_mark || $_ ne $line } @lines;
			push @space, $bytes unless black($plain) eq black($bytes);
			my @written = sentences($plain);
			my @cuts = map { substr $bytes, $_->[3], $_->[4] - $_->[3] } @rows;
			my $wrong = @written != @cuts || grep { black($written[$_]) ne black($cuts[$_]) } 0 .. $#cuts;
			# What is joined differs in white space with a line end in it, and in nothing else.
			$wrong ||= grep { $cuts[$_] !~ /[\r\n]/ && $written[$_] ne $cuts[$_] } 0 .. $#cuts;
			$wrong ||= grep { $cuts[$_] ne encode 'UTF-8', substr decode('UTF-8', $bytes), $rows[$_][5], $rows[$_][6] - $rows[$_][5] }
				0 .. $#cuts;
			push @cut, $bytes if $wrong;
			my $paragraphs = @rows ? $rows[-1][1] : 0;
			push @marks, $bytes if $has_mark && ($count != ($paragraphs ? $paragraphs - 1 : 0) || $out =~ /^\s*\n/ && $paragraphs);
		}
		is_deeply(\@space, [], "$name: only white space changes");
		is_deeply(\@cut, [], "$name: offsets cut the input");
		is_deeply(\@marks, [], "$name: one mark between two paragraphs, no blank lines") if $has_mark;
	}
}

# Records whose members stand in any order, around the text.
sub record {
	my ($n, $text) = @_;
	my $string = $json->encode($text);
	$string =~ s/a/\\u0061/ if rand() < .3;
	my @members = (qq("id" : "r$n"), qq("n":1.50e400), qq("text":$string), qq("o": {"text":"x. y.","id":[1, 2]}));
	push @members, splice(@members, rand @members, 1) for 1 .. 3;
	return '{' . join(', ', @members) . " }\n";
}

for my $options ([], ['--rules=uax29'], ['--join-lines']) {
	my @texts = map { random_text(\@any, 30) } 1 .. 200;
	my @records = map { record($_, $texts[$_]) } 0 .. $#texts;
	my $out = split_sentences(join('', @records), '-j', '--explode', @$options);
	my %parts;
	my ($wrong_text, $wrong_rest, $wrong_number) = (0, 0, 0);
	for my $line (split /\n/, $out) {
		my $record = $json->decode($line);
		my $note = $record->{ghirbal};
		my ($n) = $record->{id} =~ /(\d+)/;
		my $bytes = encode 'UTF-8', substr($texts[$n], 0);
		my $cut = substr $bytes, $note->{start}, $note->{end} - $note->{start};
		my $text = encode 'UTF-8', $record->{text};
		push @{ $parts{$n} }, $text;
		$wrong_number++ unless $note->{sentence} == @{ $parts{$n} } && $note->{id} eq "r$n#$note->{sentence}";
		$wrong_text++ unless $text eq $cut || ($cut =~ /[\r\n]/ && "@$options" =~ /join/ && black($text) eq black($cut));
		my $string = qr/"text":"(?:[^"\\]|\\.)*"(?!,"id":\[)/;
		(my $rest = $line) =~ s/,"ghirbal":\{[^}]*\}\}\z/}/;
		$wrong_rest++ unless $rest =~ s/$string/T/r eq ($records[$n] =~ s/\s*\}\n\z/}/r) =~ s/$string/T/r || # space before the brace
			$rest =~ s/$string/T/r eq ($records[$n] =~ s/\n\z//r) =~ s/$string/T/r;
	}
	split_sentences(join('', map { encode('UTF-8', $_) . "\0" } @texts), '-z', @$options);
	my %want;
	$want{ $_->[0] - 1 }++ for rows();
	is($wrong_text, 0, "explode @$options: the text of a part is what start and end cut out");
	is($wrong_rest, 0, "explode @$options: all other bytes stay");
	is($wrong_number, 0, "explode @$options: parts are numbered");
	is_deeply({ map { $_ => scalar @{ $parts{$_} } } keys %parts }, \%want, "explode @$options: a record for each sentence");

	$out = split_sentences(join('', @records), '-j', '--annotate', @$options);
	my @rows = rows();
	my $n = 0;
	my @noted = map { $n++; map { [$n, @$_] } @{ $json->decode($_)->{ghirbal}{'split-sentences'}{offsets} } } split /\n/, $out;
	is_deeply(\@noted, [map { [map { $_ + 0 } @$_] } @rows], "annotate @$options: the rows of --offsets");
}

my @tags = ('de', 'en', 'fr-CA', 'AR', 'auto', 'tlh', 'ru');
my @tagged = map { [$tags[rand @tags], 'Am 3. Mal kam M. ' . random_text(\@words, 20)] } 1 .. 300;
my $mixed = split_sentences(join('', map { $json->encode({ l => $_->[0], text => $_->[1] }) . "\n" } @tagged), '-j', '--lang=@l');
my %alone;
for my $tag (@tags) {
	$alone{$tag} = [split /\n/, split_sentences(join('', map { $json->encode({ text => $_->[1] }) . "\n" } grep { $_->[0] eq $tag } @tagged),
		'-j', "--lang=$tag")];
}
my @want = map { $json->decode(shift @{ $alone{ $_->[0] } })->{text} } @tagged;
is_deeply([map { $json->decode($_)->{text} } split /\n/, $mixed], \@want, 'a record is split as its language alone would be');
done_testing();
