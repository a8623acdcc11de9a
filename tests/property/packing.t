#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Packing and unpacking give the same tree, whatever files are called and whatever is in them; the records in
# between are JSON for somebody else's parser; filters may change a text on the way and nothing else.
use strict;
use warnings;
no warnings 'newline'; # in names of files that are not there
use Test::More;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::PP;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp spew);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $scratch = tempdir(CLEANUP => 1);
chdir $scratch or die;
$ENV{PATH} = "$build/bin:$ENV{PATH}";

# Runs a program without a shell; its status. What it says is not of interest here.
sub run {
	open my $stderr, '>&', \*STDERR or die;
	open STDERR, '>', 'said' or die;
	my $status = system(@_);
	open STDERR, '>&', $stderr or die;
	return $status >> 8;
}

sub one_of { return $_[rand @_] }

# Parts of names: what shells, JSON, terminals, our own escape and UTF-8 trip over.
my @name_bits = ('a', 'B', ' ', "\n", "\t", '\\', '\\xFF', '\\\\', '"', "'", '$x', '*', '%41', '~', '-', '..', '...',
	"\e[31m", "\x01", "\x7F", "\xD9\x82\xD8\xA7\xD9\x84", "\xE2\x80\xAE", "e\xCC\x81", "\xC3\xA9", "\xFF", "\xC3",
	"\xC7\xE1", "\xED\xA0\x80", "\xF0\x9F\x98\x80", "\xF0\x9F", "\xEF\xBB\xBF", "\xC0\xAF");
my @content_bits = (@name_bits, "\0", "\r\n", "\n\n", '\\ud800', '\\udc80', "\xFE\xFF\0a", "/", "\xE2\x80\xA8",
	"\x{C7}\x{E1}\x{CE}\x{C8}\x{D1}", "{\"id\":1}\n", "\xD8\xAE\xD8\xA8\xD8\xB1 ");

sub random_name {
	my $name = join '', map { one_of(@name_bits) } 0 .. rand 4;
	return $name =~ m{\A\.} ? "x$name" : $name;
}

sub random_content { return join '', map { one_of(@content_bits) } 1 .. one_of(0, 1, 3, 30, 300) }

sub random_tree {
	my ($root) = @_;
	my @folders = ($root);
	make_path($root);
	for (1 .. 2 + rand 12) {
		my $path = one_of(@folders) . '/' . random_name();
		next if -e $path;
		if (rand() < 0.3) { mkdir $path or die "$path: $!"; push @folders, $path }
		else { spew($path, random_content()) }
	}
	spew("$_/.keep", '') for @folders;
}

# Every file below, by name.
sub files_of {
	my ($root) = @_;
	my (%files, @todo);
	@todo = ('');
	while (defined(my $under = shift @todo)) {
		opendir my $folder, "$root/$under" or die "$root/$under: $!";
		for my $name (grep { !/\A\.\.?\z/ } readdir $folder) {
			my $path = $under eq '' ? $name : "$under/$name";
			if (-d "$root/$path") { push @todo, $path }
			else { $files{$path} = slurp("$root/$path") }
		}
	}
	return \%files;
}

# What an id spells, and what a string holds, by an independent reading.
sub name_of { my ($id) = @_; utf8::encode($id); $id =~ s/\\(?:\\|x(..))/defined $1 ? chr hex $1 : '\\'/ge; return $id }

sub bytes_of {
	my ($string) = @_;
	my $bytes = '';
	for my $char (split //, $string) {
		my $code = ord $char;
		if ($code >= 0xDC80 && $code <= 0xDCFF) { $bytes .= chr($code & 0xFF); next }
		utf8::encode($char);
		$bytes .= $char;
	}
	return $bytes;
}

# JSON::PP refuses lone surrogates; as private characters they pass.
sub parse {
	my ($line) = @_;
	$line =~ s/(\\\\)|\\udc([89a-f][0-9a-f])/$1 ? $1 : "\\udbff\\udf$2"/ge;
	my $record = JSON::PP->new->utf8->decode($line);
	s/([\x{10FF80}-\x{10FFFF}])/chr(ord($1) - 0x10FF00 + 0xDC00)/ge for values %$record;
	return $record;
}

srand($ENV{SEED} // 20);
for my $round (1 .. 25) {
	my ($tree, $copy) = ("tree $round", "copy $round");
	random_tree($tree);
	my $want = files_of($tree);
	my $status = run('pack-docs', '--all', '--output=records', $tree);
	my @lines = split /^/, slurp('records');
	my %got;
	for my $line (@lines) {
		my $record = parse($line);
		$got{ name_of($record->{id}) =~ s{\A\Q$tree/\E}{}r } = bytes_of($record->{text});
	}
	my $sorted = join("\0", map { name_of(parse($_)->{id}) } @lines);
	ok($status == 0 && utf8::decode(my $all = slurp('records')), "tree $round is packed as UTF-8");
	is_deeply(\%got, $want, "tree $round: another parser reads the same files");
	is($sorted, join("\0", map { "$tree/$_" } sort keys %$want), "tree $round: in order of bytes");
	$status = run('unpack-docs', "--into=$copy", 'records');
	ok($status == 0, "tree $round is unpacked");
	is_deeply(files_of("$copy/$tree"), $want, "tree $round comes back byte for byte");
	run('unpack-docs', '--force', "--into=$copy", 'records');
	is_deeply(files_of($copy), { map { ("$tree/$_" => $want->{$_}) } keys %$want }, "tree $round: again by force");
}

# Bytes that are not UTF-8 reach a filter that reads raw bytes as they were in the file.
SKIP: {
	skip 'normalize cannot convert', 1 if system('normalize --help 2>/dev/null | grep -q -e --from') != 0;
	mkdir 'old';
	spew('old/1256.txt', "\xCA\xE6\xE4\xD3: \xC3\xDA\xE1\xE4\xCA \xC7\xE1\xC8\xE1\xCF\xED\xC9 \xC7\xE1\xED\xE6\xE3 \xDA\xE4 "
			. "\xC7\xDD\xCA\xCA\xC7\xCD \xC7\xE1\xD3\xE6\xDE \xC7\xE1\xE3\xD1\xDF\xD2\xED\xC9\n");
	system("normalize --from=auto old/1256.txt >expected 2>/dev/null");
	system("pack-docs old 2>/dev/null | normalize --jsonl --from=auto 2>/dev/null | unpack-docs --into=new");
	is(slurp('new/old/1256.txt'), slurp('expected'), 'windows-1256 may be packed first and converted then');
}
done_testing();
