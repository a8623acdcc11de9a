#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Nothing is lost: for every filter that selects, the output and the parts in --rejected rebuild the input byte
# for byte, and --explain alone does too. Filters are found by their having the option.
use strict;
use warnings;
use utf8;
use Test::More;
use File::Temp qw(tempdir);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $folder = tempdir(CLEANUP => 1);
$ENV{PATH} = "$build/bin:$ENV{PATH}";

# Lines that the filters have something to say about, in all neighbourhoods. Written for this test.
my @lines = map { my $line = $_; utf8::encode($line); $line } (
	'', '', ' ', "\t", "\r",
	'مجلس المدينة يقرّ خطة لتوسعة خط الترام', 'مجلس المدينة يقرّ خطة لتوسعة خط الترام - صوت الميناء',
	'قال رئيس المجلس إن الأشغال تبدأ في الخريف المقبل بعد انتهاء الدراسات الفنية.',
	'تونس (وات) - قالت البلدية إن الجسر سيُفتح أمام السيارات صباح الغد.', 'تونس - رويترز',
	'نشر في: 12 مارس 2021 - 14:05', '2021-03-12T14:05:00+01:00', 'اقرأ أيضا: أسعار النقل ترتفع', 'الأكثر قراءة',
	'سعر الخبز', 'شارك على فيسبوك', '1.2K مشاهدة', '%d تعليقات', 'أضف تعليقا', 'الاسم', 'جميع الحقوق محفوظة',
	'The tram will reach the port by 2024, the mayor said on Monday.', 'Share this', 'Read also: the bridge', 'a', 'b',
	"back\\slash\tand tab", '#الترام #المدينة',
);

srand 20210312;

sub random_document {
	my $text = join "\n", map { $lines[rand @lines] } 1 .. 1 + rand 30;
	return rand() < 0.7 ? "$text\n" : $text;
}

my %escape = (t => "\t", n => "\n", r => "\r", '\\' => '\\');
sub unescape {
	my ($text) = @_;
	$text =~ s/\\(?:u\{([0-9A-F]+)\}|(.))/defined $1 ? chr hex $1 : $escape{$2}/ge;
	return $text;
}

# Rows of a file: document, start, end, action, text.
sub rows {
	my ($path) = @_;
	return map { my @f = split /\t/, $_, -1; { document => $f[0], start => $f[3], end => $f[4], action => $f[5],
			text => unescape($f[8]) } } split /\n/, slurp($path);
}

# Puts rejected parts where they were, the output around them.
sub rebuild {
	my ($output, @rejected) = @_;
	my ($input, $at) = ('', 0);
	for my $row (sort { $a->{start} <=> $b->{start} } @rejected) {
		my $gap = $row->{start} - length $input;
		return undef unless $gap >= 0 && $at + $gap <= length $output && $row->{end} - $row->{start} == length $row->{text};
		$input .= substr($output, $at, $gap) . $row->{text};
		$at += $gap;
	}
	return $input . substr($output, $at);
}

sub same { my ($rebuilt, $input) = @_; return defined $rebuilt && ($rebuilt eq $input || $rebuilt eq "$input\n") }

# Every filter that selects must be tried, under each of its ways to select.
my @commands = ('strip-boilerplate', 'dedupe --unit=line', 'dedupe --unit=line --scope=document --key=fold',
	'dedupe --unit=document --leave-empty');
for my $filter (split ' ', $ENV{GHIRBAL_FILTERS}) {
	next unless `$filter --help` =~ /--rejected/;
	ok((grep { (split)[0] eq $filter } @commands), "$filter is among the commands tried here");
}
for my $command (@commands) {
	my $bad = 0;
	for my $round (1 .. 60) {
		my @documents = map { random_document() } 1 .. 1 + rand 4;
		open my $in, '>:raw', "$folder/in" or die;
		print $in map { "$_\0" } @documents;
		close $in;
		system("$command -z --explain=$folder/explain --rejected=$folder/rejected $folder/in >$folder/out") == 0
			or $bad++;
		my @outputs = split /\0/, slurp("$folder/out"), -1;
		my (@rejected, @explained);
		push @{ $rejected[$_->{document} - 1] }, $_ for rows("$folder/rejected");
		push @{ $explained[$_->{document} - 1] }, $_ for rows("$folder/explain");
		for my $i (0 .. $#documents) {
			$bad++ unless same(rebuild($outputs[$i], @{ $rejected[$i] || [] }), $documents[$i]);
			my $whole = join '', map { $_->{text} } sort { $a->{start} <=> $b->{start} } @{ $explained[$i] || [] };
			$bad++ unless $whole eq $documents[$i];
			my $kept = join '', map { $_->{text} }
				sort { $a->{start} <=> $b->{start} } grep { $_->{action} eq 'keep' } @{ $explained[$i] || [] };
			$bad++ unless same($outputs[$i], $kept);
		}
	}
	is($bad, 0, "$command: output and rejected parts are the input, byte for byte");
}
done_testing();
