#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# What programs are made with: the hardening that the Makefile asks for is in every one of them, and neither the folder
# nor the day they were built in. binutils tell; without them, or with sanitizers, which have no hardening, it is skipped.
use strict;
use warnings;
use Test::More;
use File::Basename qw(dirname);
use File::Spec::Functions qw(abs2rel);
use File::Temp qw(tempdir);
use Cwd qw(abs_path);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $root = dirname(dirname(dirname(abs_path($0))));
my @programs = split ' ', $ENV{GHIRBAL_PROGRAMS};
plan skip_all => 'sanitizers go without hardening' if $ENV{GHIRBAL_SAN};
plan skip_all => '-O0 goes without hardening' if ($ENV{CFLAGS} // '') =~ /-O0\b/;
plan skip_all => 'readelf or nm is not installed' if system('command -v readelf nm >/dev/null 2>&1') != 0;

# What a tool prints of a file.
sub told {
	my (@command) = @_;
	open my $from, '-|', @command or die "$command[0]: $!";
	local $/;
	my $text = <$from> // '';
	close $from or die "@command: status $?";
	return $text;
}

# --- hardening

my $fortified = 0;
for my $program (@programs) {
	my $path = "$build/bin/$program";
	my ($headers, $dynamic) = (told('readelf', '-W', '-h', '-l', $path), told('readelf', '-W', '-d', $path));
	my $imports = told('nm', '-D', '--undefined-only', $path);
	like($headers, qr/^\s*Type:\s+DYN\b/m, "$program runs at any address");
	like($dynamic, qr/\(FLAGS_1\).*\bPIE\b/, '... and is no library');
	like($headers, qr/^\s*GNU_RELRO\b/m, '... makes its tables read-only');
	like($dynamic, qr/\(FLAGS(_1)?\).*\b(BIND_)?NOW\b/, '... all of them, for it is bound before it runs');
	like($headers, qr/^\s*GNU_STACK\s.*\sRW\s/m, '... has a stack that is not run');
	like($imports, qr/\b__stack_chk_fail\b/, '... watches its stack');
	unlike($dynamic, qr/\((TEXTREL|RPATH|RUNPATH)\)/, '... and neither patches its code nor looks elsewhere for libraries');
	$fortified += $imports =~ /\b__\w+_chk\b(?<!__stack_chk)/;
}
# A program of which the compiler knows that every copy fits imports no check; that all do is not to be had.
cmp_ok($fortified, '>', @programs / 2, 'calls of the C library are fortified');

# --- two folders, the same bytes

for my $program (@programs) {
	ok(index(slurp("$build/bin/$program"), $root) < 0, "$program does not know where it was built");
}
my $sources = join ' ', map { "'$root/$_'" } qw(common filters packing pipelines);
is(`grep -rlE '__(DATE|TIME|TIMESTAMP)__' $sources --include='*.[ch]'`, '', 'no source asks for the day');

# A few objects, made of copies of the tree; what was generated comes along with its times, and is not made again.
my $variant = abs2rel($build, $root);
my @objects = map { "$variant/obj/$_.o" } qw(common/diag common/mem filters/split-sentences/lexicon packing/file_name);
delete @ENV{qw(MAKEFLAGS MAKELEVEL MFLAGS)};

sub objects_made_in {
	my ($folder) = @_;
	my @copied = ('Makefile', qw(common filters packing pipelines), "$variant/gen", "$variant/tool");
	my $log = `mkdir -p '$folder' && cd '$root' && cp -a --parents @copied '$folder' 2>&1 &&
		make -C '$folder' CC='$ENV{GHIRBAL_CC}' @objects 2>&1`;
	is($?, 0, 'objects are made in ' . length($folder) . ' bytes of folder') or diag($log);
	return map { slurp("$folder/$_") } @objects;
}

my $scratch = tempdir(CLEANUP => 1);
my @here = objects_made_in("$scratch/here");
my @there = objects_made_in("$scratch/there/with a longer/name");
ok($here[$_] eq $there[$_], "$objects[$_] is the same wherever it is made") for 0 .. $#objects;
done_testing();
