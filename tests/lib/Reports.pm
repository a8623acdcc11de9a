# SPDX-License-Identifier: MIT
# Reports.pm - documents made up for tests of many machines: some are told twice, some nearly so, some lines are in many.
# With the same srand the same ones come.
package Reports;
use strict;
use warnings;
use Exporter qw(import);
use JSON::PP;
use Files qw(spew);

our @EXPORT_OK = qw(reports write_records write_pipelines);

my @words = split ' ', 'أعلنت وزارة النقل افتتاح جسر جديد في المدينة بعد أعمال صيانة استمرت عامين وقال المتحدث إن الحركة '
	. 'ستعود تدريجيا وأكد رئيس البلدية أن كلفة المشروع دون الموازنة the council opened a road near market '
	. 'while traders asked for parking and better lights along river banks';

sub sentence { return join(' ', map { $words[rand @words] } 0 .. 6 + rand 9) . '.' }

sub reports {
	my ($count) = @_;
	my (@told, @documents);
	for (1 .. $count) {
		my $kind = rand;
		my $text = join "\n\n", map { join ' ', map { sentence() } 0 .. rand 3 } 0 .. 1 + rand 3;
		$text = $told[rand @told] if @told && $kind < .15;
		($text = $told[rand @told]) =~ s/(\S+) (\S+)/$2 $1/ if @told && $kind > .85;
		push @told, $text;
		push @documents, $text . ($kind > .5 && $kind < .7 ? "\nتابعونا على صفحتنا" : $kind > .84 && $kind < .85 ? "\n \n" : '');
	}
	$documents[$_] = '' for grep { $_ < @documents } 40, 41;
	return @documents;
}

# The file of records that hold these documents; its path.
sub write_records {
	my ($path, @documents) = @_;
	my $json = JSON::PP->new->canonical;
	return spew($path, map { $json->encode({ id => "n$_", text => $documents[$_] }) . "\n" } 0 .. $#documents);
}

my %stages = (
	learn => "  - run: strip-boilerplate\n    with: {learn: true, drop-empty: true}\n",
	whole => "  - run: normalize\n  - run: dedupe\n    with: {unit: line, count: true}\n  - run: split-sentences\n",
	near => "  - run: normalize\n  - run: dedupe\n    when: \"\${frequencies} == \"\n    with: {near: true, leave-empty: true}\n"
		. "  - run: dedupe\n    when: \"\${frequencies} != \"\n    with: {near: true, leave-empty: true, frequencies: \"\${frequencies}\"}\n"
		. "  - run: split-sentences\n",
);

# learn.yaml, whole.yaml (a stage that one process has to do) and near.yaml, in a folder.
sub write_pipelines {
	my ($folder) = @_;
	for my $name (keys %stages) {
		my $params = $name eq 'near' ? qq{params:\n  frequencies: {type: path, default: ""}\n} : '';
		spew("$folder/$name.yaml", "ghirbal: 1\nname: $name\nsummary: a test\n${params}stages:\n$stages{$name}");
	}
}

1;
