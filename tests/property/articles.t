#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Real scraped articles through clean-news: one output per input, nothing in it that was not in the input, and
# no body lost by accident. The articles are not part of this repository; without them the test is skipped.
use strict;
use warnings;
use Test::More;
use File::Basename qw(dirname basename);
use File::Temp qw(tempdir);
use Cwd qw(abs_path);
use Encode qw(decode_utf8);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp_if);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $root = dirname(dirname(dirname(abs_path($0))));
my $articles = "$root/../shared/data/articles";
plan skip_all => "no articles in ../shared/data/articles" unless -d $articles;

# Letters and digits, in order: what a cleaner may drop but never invent.
sub letters { return join '', $_[0] =~ /[\p{L}\p{N}]/g }

# Whether $small can be got from $large by leaving characters out.
sub is_subsequence {
	my ($small, $large) = @_;
	my $at = 0;
	for my $char (split //, $small) {
		$at = index($large, $char, $at) + 1 or return 0;
	}
	return 1;
}

my $folder = tempdir(CLEANUP => 1);
my $status = system("$build/bin/run-pipeline", "$root/pipelines/clean-news.yaml", "--output=$folder/out", $articles);
is($status, 0, 'all articles go through');
my @inputs = glob("\Q$articles\E/*");
my @outputs = glob("$folder/out/*");
is_deeply([map { basename($_) } @outputs], [map { basename($_) } @inputs], 'one output per input, its name kept');
for my $path (@inputs) {
	my ($in, $out) = map { decode_utf8(slurp_if($_) // '') } $path, "$folder/out/" . basename($path);
	my ($kept, $all) = (letters($out), letters($in));
	ok(is_subsequence($kept, $all), basename($path) . ' holds nothing that was not in the article');
	ok(length $kept > 0.8 * length $all, basename($path) . ' keeps its body');
}
done_testing();
