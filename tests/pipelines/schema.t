#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# The schema that editors read is the one the checker's own tables make, and it is one.
use strict;
use warnings;
use Test::More;
use JSON::PP;
use File::Basename qw(dirname);
use Cwd qw(abs_path);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $folder = dirname(dirname(dirname(abs_path($0)))) . '/pipelines';
my $made = `$build/bin/run-pipeline --schema`;

ok($made eq slurp("$folder/pipeline.schema.json"), 'pipelines/pipeline.schema.json is what the tables make')
	or diag("'make golden' writes it anew");

my $schema = decode_json($made);
my @filters = split ' ', $ENV{GHIRBAL_FILTERS};
my %with = map { $_->{if}{properties}{run}{const} => $_->{then}{properties}{with} } @{ $schema->{definitions}{stage}{allOf} };
is_deeply([sort keys %with], [sort @filters], 'the options of every filter are in it');
is_deeply($schema->{definitions}{filter}{enum}, \@filters, 'and the names of all');
is($with{dedupe}{additionalProperties}, JSON::PP::false, 'a filter has no other options');

# Every option that help lists, but those the runner sets.
for my $filter (@filters) {
	my ($own) = `$build/bin/$filter --help` =~ /^Options.*?:\n(.*?)^\S/ms;
	my @options = $own =~ /^ {2,6}(?:-\w, )?--(?:\[no-\])?([a-z0-9-]+)/mg;
	is_deeply([sort grep { $_ ne 'invalid' } keys %{ $with{$filter}{properties} }], [sort @options], "$filter: options are those of --help");
}
done_testing();
