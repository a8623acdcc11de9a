#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Nothing is lost on real text: through every pipeline, stage by stage, what a stage is given is in what it writes or
# among what it rejects, and counts add up to the words there are. Together the stages are what run-pipeline makes.
#
# The texts are not part of this repository. GHIRBAL_DATA names a folder with articles/ (files of text) and corpus/
# (*.txt.zst); without it ../shared/data beside the repository is tried. GHIRBAL_TORTURE=1 takes 8 MB of each corpus.
use strict;
use warnings;
use Test::More;
use Cwd qw(abs_path);
use Encode qw(decode_utf8);
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp spew);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $root = dirname(dirname(dirname(abs_path($0))));
my $data = $ENV{GHIRBAL_DATA} // "$root/../shared/data";
plan skip_all => 'no articles in GHIRBAL_DATA' unless -d "$data/articles";
my $folder = tempdir(CLEANUP => 1);
chdir $folder or die;

# Each letter, digit and mark, and how often it comes.
sub characters {
	my %count;
	$count{$_}++ for map { /[\p{L}\p{N}\p{P}\p{S}]/g } decode_utf8($_[0]);
	return \%count;
}

# What of the second is missing in the first, or too much.
sub differences {
	my ($had, @parts) = @_;
	my %left = %$had;
	for my $part (@parts) {
		$left{$_} -= $part->{$_} for keys %$part;
	}
	return join ' ', map { sprintf 'U+%04X:%d', ord, $left{$_} } grep { $left{$_} } sort keys %left;
}

my %escape = (t => "\t", n => "\n", r => "\r", '\\' => '\\');

# The text of all rows of --rejected.
sub rejected {
	my ($path) = @_;
	my $text = join '', map { (split /\t/, $_, -1)[8] } split /\n/, slurp($path);
	$text =~ s/\\(?:u\{([0-9A-F]+)\}|(.))/defined $1 ? Encode::encode_utf8(chr hex $1) : $escape{$2}/ge;
	return $text;
}

# Runs words of bash with 'in' as input, the output to 'out'.
sub run { my ($words) = @_; return system('bash', '-c', "$words <in >out") == 0 }

my %selects = map { $_ => scalar(`$build/bin/$_ --help` =~ /--rejected/) } split ' ', $ENV{GHIRBAL_FILTERS};

# What is wrong with the stage between the files 'in' and 'out'; nothing where all is well.
sub wrong {
	my ($stage) = @_;
	my ($name) = $stage =~ m{([^/ ]+)(?: |\z)};
	my $in = slurp('in');
	return "$stage fails" if !run($selects{$name} ? "$stage --rejected=rejected" : $stage);
	my $out = slurp('out');
	return differences(characters($in), characters($out), characters(rejected('rejected'))) if $selects{$name};
	return $out =~ tr/ \n\0//dr eq $in =~ tr/ \n\0//dr ? '' : 'more than white space changed' if $name eq 'split-sentences';
	return counts($stage, $in) if $name eq 'count-terms';
	return twice($stage, $out) if $name eq 'normalize';
	return "nothing is known of $name";
}

# The words of each line are printed, or counted: that is one number.
sub counts {
	my ($stage, $in) = @_;
	my ($read) = $stage =~ /(--read=zero|-z)\b/;
	my $out = slurp('out');
	run("$build/bin/count-terms --tokens --key=fold $read");
	my $words = () = slurp('out') =~ /[^ \n\0]+/g;
	run("$build/bin/count-terms --key=fold --top=0 $read");
	my $sum = 0;
	$sum += (split /\t/)[0] for split /[\n\0]+/, slurp('out');
	spew('out', $out);
	return $words == $sum && $words > 0 ? '' : "$words words, $sum counted";
}

# Mended once, there is nothing to mend.
sub twice {
	my ($stage, $out) = @_;
	my $as = $stage =~ s/ -- .*//r =~ s/--from=\S+//r;
	$as .= ' -z' if $stage =~ /--write=zero/ && $stage !~ / -z/;
	spew('in', $out);
	run($as);
	my $again = slurp('out');
	spew('out', $out);
	return $again eq $out ? '' : 'twice is not once';
}

sub conserves {
	my ($what, $text) = @_;
	spew('all', $text);
	for my $pipeline (split ' ', $ENV{GHIRBAL_PIPELINES}) {
		my $run = "$build/bin/run-pipeline $root/pipelines/$pipeline.yaml -z";
		my ($line) = `$run --dry-run all` =~ /\A(?:set -o pipefail; )?([^\n]+)\n\z/;
		my @wrong;
		spew('in', $text);
		for my $stage (split / \| /, $line) {
			my $wrong = wrong($stage);
			push @wrong, basename($stage) . ": $wrong" if $wrong;
			rename 'out', 'in';
		}
		my $made = slurp('in');
		run("$run all");
		push @wrong, 'the stages together are not the pipeline' if slurp('out') ne $made;
		ok(!@wrong, "$pipeline: nothing is lost of $what") or diag(join "\n", @wrong);
	}
}

conserves('articles', join '', map { slurp($_) . "\0" } glob("\Q$data\E/articles/*"));
for my $path ($ENV{GHIRBAL_TORTURE} ? glob("\Q$data\E/corpus/*.zst") : ()) {
	my $text = `zstd -dc \Q$path\E | head -c 8000000`;
	conserves(basename($path), $text =~ s/\n\n/\n\0/gr . "\0");
}
chdir '/';
done_testing();
