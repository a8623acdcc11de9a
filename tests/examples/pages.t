#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Every man page is complete: the sections a reader expects, in one order; mandoc finds nothing to warn of.
# What their examples show is tried by `run`, beside this file.
use strict;
use warnings;
use Test::More;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my @order = ('NAME', 'SYNOPSIS', 'DESCRIPTION', 'OPTIONS', 'EXIT STATUS', 'EXAMPLES', 'LIMITS', 'SEE ALSO');
my @programs = split ' ', $ENV{GHIRBAL_PROGRAMS};

# The text of each section by its name, and the names in order.
sub sections_of {
	my ($page) = @_;
	my (undef, @parts) = split /^\.Sh (.*)\n/m, $page;
	return ({@parts}, [ @parts[ grep { $_ % 2 == 0 } 0 .. $#parts ] ]);
}

my @pages = sort glob("\Q$build\E/man/*.[1-9]");
is(scalar @pages, @programs + 1, 'every program has a page, and there is ghirbal(7)');
for my $path (@pages) {
	my $name = $path =~ s{.*/}{}r;
	my $page = slurp($path);
	my ($text, $names) = sections_of($page);
	my %wanted = map { $_ => 1 } @order;
	is_deeply([ grep { $wanted{$_} } @$names ], \@order, "$name has all sections, in order");
	is_deeply([ grep { !length $text->{$_} } @$names ], [], '... and none is empty');
	like($text->{LIMITS}, qr/[Mm]emory|\bholds?\b|\bheld\b/, '... says what it holds in memory');
	like($text->{'EXIT STATUS'}, qr/^\.It $_\n/m, "... explains status $_") for 0 .. 3;
	next if $name eq 'ghirbal.7';
	like($text->{'SEE ALSO'}, qr/^\.Xr ghirbal 7/m, '... leads to ghirbal(7)');
}
my ($all) = sections_of(slurp("$build/man/ghirbal.7"));
like($all->{DESCRIPTION}, qr/^\.It Xr \Q$_\E 1$/m, "ghirbal(7) names $_") for @programs;
SKIP: {
	skip 'no mandoc is installed', 1 if system('command -v mandoc >/dev/null 2>&1');
	is(`mandoc -T lint -W warning @pages 2>&1`, '', 'mandoc has nothing to warn of');
}
done_testing();
