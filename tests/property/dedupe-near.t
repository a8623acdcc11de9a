#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# dedupe --near on random documents: the relations of the slow oracle; copies go; neither vectors nor a secret show.
use strict;
use warnings;
use utf8;
use Test::More;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Cwd qw(abs_path);
use Encode qw(encode_utf8);
use List::Util qw(shuffle sum);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $oracle = dirname(dirname(abs_path($0))) . '/oracle/dedupe-near';
my $scratch = tempdir(CLEANUP => 1);

sub through {
	my ($input, @command) = @_;
	open my $in, '>:raw', "$scratch/in" or die;
	print $in $input;
	close $in or die;
	open my $out, '-|:raw', 'sh', '-c', 'exec "$@" <"$0"', "$scratch/in", @command or die;
	local $/;
	my $text = <$out> // '';
	close $out or die "@command: status $?";
	return $text;
}

my @vocabulary = map { my $end = $_; map { "$_$end" } qw(خبر مدينة قال أحمد إلى story) } '', split //, 'ابتجحدرسشعفقكلمنهوي';
sub words { return map { rand() < .06 ? int rand 40 : $vocabulary[rand @vocabulary] } 1 .. $_[0] }

# Documents of many kinds: new ones, and the earlier edited, cut, joined, respelled, behind a lead, before a footer.
sub make_stream {
	my @footer = words(30);
	my @documents;
	for my $n (1 .. 60) {
		my @new = words(3 + rand 70);
		my @old = @documents ? @{ $documents[rand @documents] } : @new;
		my @forms = (sub { @new }, sub { @old }, sub { @new, @footer }, sub { map { rand() < .12 ? words(1) : $_ } @old },
			sub { @old[0 .. @old * (.3 + .6 * rand)] }, sub { @new, @old }, sub { @old[0 .. @old / 2], @new },
			sub { map { tr/أإة/ااه/r } @old }, sub { map { /^\d+$/ ? int rand 40 : $_ } @old }, sub { words(1 + rand 3) });
		push @documents, [ grep { defined } $forms[rand @forms]->() ];
	}
	return join '', map { encode_utf8(join(' ', @$_)) . "\n\0" } @documents;
}

sub spew {
	my ($name, @text) = @_;
	open my $out, '>:raw', "$scratch/$name" or die;
	print $out @text;
	close $out or die;
	return "$scratch/$name";
}

# One stream in the steps of many processes: documents and keys dealt out to $parts of them.
sub in_steps {
	my ($parts, @records) = @_;
	my @near = ("$build/bin/dedupe", '-j', '--near');
	my @shares = map { my $part = $_; join '', @records[ grep { $_ % $parts == $part } 0 .. $#records ] } 0 .. $parts - 1;
	my $known = '--frequencies=' . spew('frequencies', map { through($_, @near, '--emit=frequencies') } @shares);
	my %rows;
	for my $row (map { split /^/ } map { through($_, @near, $known, '--emit=bands') } @shares) {
		push @{ $rows{ hex(substr $row, 2, 8) % $parts } }, $row;
	}
	my $all = join '', @records;
	my @pairs = map { my $bands = spew('bands', @$_); through($all, @near, $known, '--emit=pairs', "--bands=$bands") } values %rows;
	my $clusters = through($all, @near, '--emit=clusters', '--pairs=' . spew('pairs', shuffle map { split /^/ } @pairs));
	my $left = through($all, "$build/bin/dedupe", '-j', '--apply=' . spew('clusters', $clusters));
	return ($clusters, $left, through($all, @near, $known, '--print=clusters'), through($all, @near, $known));
}

my $dropped = 0;
my (@steps_differ, @differ, @copies_stay, @scalar, @kept_differ, @second_looks, %seen);
srand 8;
for my $round (1 .. 12) {
	my $stream = make_stream();
	my @dedupe = ("$build/bin/dedupe", '-z', '--near');
	my $once = through($stream, @dedupe, "--relations=$scratch/relations");
	open my $in, '<:raw', "$scratch/relations" or die;
	my @rows = map { my @cells = split /\t/; splice @cells, 5, 1; join "\t", @cells } grep { !/\tshares-passage\t/ } <$in>;
	$seen{ (split /\t/)[2] }++ for @rows;
	my $expected = through($stream, $oracle);
	push @differ, $round if join('', @rows) ne $expected;
	push @kept_differ, $round if $once ne through($stream, @dedupe);
	# What is common depends on what came before, so a second look may find a little more.
	push @second_looks, length(through($once, @dedupe)) / length $once;
	push @copies_stay, $round if $once ne through("$stream$once", @dedupe);
	my $number = 0;
	my @records = map { chomp(my $text = s/\0//r); '{"id":"d' . $number++ . qq(\\t","text":"$text"}\n) } $stream =~ /[^\0]*\0/g;
	my ($clusters, $left, $clusters_at_once, $left_at_once) = in_steps($round, @records);
	push @steps_differ, $round if $clusters ne $clusters_at_once || $left ne $left_at_once;
	$dropped += @records - ($left =~ tr/\n//);
	local $ENV{GHIRBAL_CPU} = 'scalar';
	push @scalar, $round if $once ne through($stream, @dedupe);
}
is("@differ", '', 'relations are those of the oracle');
is("@copies_stay", '', 'a copy of what was kept goes');
cmp_ok(sum(@second_looks) / @second_looks, '>', .9, 'a second look finds next to nothing');
is("@kept_differ", '', 'to ask for relations changes nothing that is dropped');
is("@steps_differ", '', 'one process decides as one to twelve that share the work');
cmp_ok($dropped, '>', 100, 'and something goes');
is("@scalar", '', 'vectors and single steps, and another secret, make no difference');
is(join(' ', sort keys %seen), 'contained-in contains near same template', 'every relation was tried');
done_testing();
