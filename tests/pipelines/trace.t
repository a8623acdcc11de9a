#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# --trace: the bytes of the file that it names are those that the line was made of. They are cut out of the files here,
# taken out of their encoding by perl, cleaned by the filters, and must be the line; and the rows between must hold
# what they say they hold.
use strict;
use warnings;
use utf8;
use Test::More;
use Encode qw(encode decode);
use JSON::PP;
use File::Temp qw(tempdir);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp spew);

binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output todo_output);
my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $home = tempdir(CLEANUP => 1);
mkdir "$home/$_" for qw(tmp);
$ENV{PATH} = "$build/bin:$ENV{PATH}";
$ENV{TMPDIR} = "$home/tmp";
chdir $home;

# --- documents ----------------------------------------------------------------------------------------------

my $long = 'افتتحت بلدية المدينة صباح اليوم جسرا جديدا يربط الحي القديم بالمنطقة الصناعية، بعد عامين من الأعمال.';
my %texts = (
	'a plain' => "العنوان الأول في المدينة\nنشر في: 12 مارس 2021 - 14:05\n\n$long وقال د. سامر إن الجسر جاهز. ثم غادر المكان.\nشارك على فيسبوك\nوتضم المدينة ثلاثة جسور.\n",
	'b empty' => '',
	'c repeated' => "عنوان آخر عن النهر\n\n$long وقال د. سامر إن الجسر جاهز. ثم غادر المكان.\nوتضم المدينة ثلاثة جسور.\nخبر  آخر من&nbsp;الوكالة، وهو جديـــد.\n",
	'd mended' => "\x{FEFF}خبر عن كتاب في المدينة\r\n\r\nقالت الوزيرة &quot;نعم&quot; ثم غا\x{202B}درت   القاعة مساء.\r\nCafe\x{301} in  Paris  was full.\r\n",
	'e dateline' => "افتتاح مكتبة في الميناء\n\nالإسكندرية (أ ش أ) - افتتحت الوزيرة صباح اليوم مكتبة عائمة في الميناء الشرقي، على متن سفينة شحن قديمة.\n%d تعليقات\n",
	'f foreign' => "The council met on Tuesday\n\nMr. Stone said that the bridge cost 3.5 million. He left \x{201C}at once\x{201D}.\nEmoji \x{1F600} stay here.",
);
my @names = sort keys %texts;
my %files = map { $_ => encode('UTF-8', $texts{$_}) } @names;
$files{'f foreign'} =~ s/at once/at \xff once/;
$files{'g windows'} = encode('cp1256', "خبر قديم من الأرشيف\r\n\r\n$long\r\nوقال المحافظ إن العمل مستمر حتى نهاية العام.\r\n");
spew($_, $files{$_}) for keys %files;
@names = sort keys %files;
spew('all.z', join "\0", map { $files{$_} } @names);
my $json = JSON::PP->new->ascii->canonical;
spew('all.jsonl', join '', map { (/c/ ? "\n \nno record\n" : ''), $json->encode({ id => $_, text => $texts{$_} }), "\n" } sort keys %texts);
spew('plain.jsonl', map { JSON::PP->new->utf8->canonical->encode({ text => $texts{$_} }), "\n" } sort keys %texts);

# --- running ------------------------------------------------------------------------------------------------

sub run {
	my ($line) = @_;
	system('bash', '-c', "{ $line; } >out 2>err");
	return $? >> 8;
}

sub unescape {
	my ($text) = @_;
	my %plain = (t => "\t", n => "\n", r => "\r", '\\' => '\\');
	$text =~ s/\\(?:x([0-9A-F]{2})|u\{([0-9A-F]+)\}|(.))/defined $1 ? chr hex $1 : defined $2 ? chr hex $2 : $plain{$3}/ge;
	return $text;
}

# The rows, by the line of the output that they are of: kind, name, document, start, end, what, text.
sub traced {
	my ($line) = @_;
	my $status = run($line);
	my (%rows, @order);
	for (split /\n/, slurp('out')) {
		my ($number, @fields) = split /\t/, $_, -1;
		$fields[-1] = unescape($fields[-1]);
		push @order, $number unless $rows{$number};
		push @{ $rows{$number} }, \@fields;
	}
	return ($status, \%rows, \@order);
}

# Texts through a filter, each for itself.
sub through {
	my ($filter, @texts) = @_;
	spew('z', map { "$_\0" } @texts);
	run("$filter -z z");
	my @out = split /\0/, slurp('out'), -1;
	pop @out;
	return map { s/\n\z//r } @out;
}

# What the bytes of a file say.
sub said {
	my ($row, $bytes) = @_;
	return encode('UTF-8', JSON::PP->new->utf8->allow_nonref->decode("\"$bytes\"")) if $row->[1] =~ /jsonl/;
	return $row->[5] eq 'windows-1256' ? encode('UTF-8', decode('cp1256', $bytes)) : $bytes;
}

my %filters = (
	'clean-news' => [], 'sentences' => [], 'dedupe-corpus' => [], 'news-corpus' => [],
	'lm-text' => ['count-terms --tokens'], 'search-index' => ['normalize --preset=search'],
);

# --- every line, by bytes -----------------------------------------------------------------------------------

my $operands = join ' ', map { "'$_'" } @names;
my %inputs = (
	'files' => $operands, 'documents' => '-z all.z', 'standard input' => '-z <all.z',
	'records' => '-j all.jsonl', 'plain records' => '-j plain.jsonl',
);
for my $pipeline (sort keys %filters) {
	for my $input (sort keys %inputs) {
		my ($status, $rows, $order) = traced("run-pipeline $pipeline --trace=' ' $inputs{$input}");
		my @want = sort { $a <=> $b } @$order;
		is($status, $input eq 'records' ? 3 : 0, "$pipeline, $input: the status") or diag(slurp('err'));
		is_deeply($order, \@want, "$pipeline, $input: lines in order");
		my (@raw, @wanted);
		my $wrong = 0;
		for my $number (@want) {
			my @of = @{ $rows->{$number} };
			# Of a record all lines have its number.
			for my $first (grep { $of[$_][0] eq 'output' } 0 .. $#of) {
				my ($output, @rest) = @of[$first .. $#of];
				my $bytes = '';
				my $seen = 0;
				for my $row (@rest) {
					last if $row->[0] eq 'output';
					$wrong++ if $row->[0] eq 'untraced';
					next if $row->[0] ne 'input' || $seen++; # the others are of what dedupe dropped
					my $file = $row->[1] eq 'standard input' ? 'all.z' : $row->[1];
					my $part = substr slurp($file), $row->[3], $row->[4] - $row->[3];
					$wrong++ if $part ne $row->[6];
					$bytes = said($row, $part);
				}
				push @raw, $bytes;
				push @wanted, $output->[6];
			}
		}
		is($wrong, 0, "$pipeline, $input: rows show what stands there");
		cmp_ok(scalar(@raw), '>', 9, "$pipeline, $input: many lines");
		@raw = through($_, @raw) for 'normalize', @{ $filters{$pipeline} };
		is_deeply(\@raw, \@wanted, "$pipeline, $input: the bytes become the line");
	}
}

# --- lines, terms, tables -----------------------------------------------------------------------------------

for my $pipeline ('clean-news', 'sentences') {
	run("run-pipeline $pipeline $operands");
	my @lines = split /\n/, slurp('out');
	for my $number (1, scalar @lines) {
		my (undef, $rows) = traced("run-pipeline $pipeline --trace=$number $operands");
		is($rows->{$number}[0][6], $lines[$number - 1], "$pipeline: line $number of the output is it");
		is(scalar keys %$rows, 1, '... alone');
	}
}
{
	my (undef, $rows) = traced("run-pipeline dedupe-corpus --trace='ثلاثة جسور' $operands");
	my ($number) = keys %$rows;
	my @drops = grep { $_->[5] eq 'drop:duplicate' } @{ $rows->{$number} };
	is(scalar @drops, 1, 'what was dropped for the line is shown');
	is_deeply([ map { $_->[1] } grep { $_->[0] eq 'input' } @{ $rows->{$number} } ], [ 'a plain', 'c repeated' ], '... with its file');
}
{
	my ($status, $rows) = traced("run-pipeline term-frequencies --trace=الجسر $operands");
	my @of = map { @$_ } values %$rows;
	is($status, 0, 'a term of a table');
	is($of[0][0], 'output', 'has its row');
	is_deeply([ map { $_->[1] } grep { $_->[0] eq 'input' } @of ], [ 'a plain', 'c repeated' ], '... and the lines that hold it');
	my ($number) = keys %$rows;
	my (undef, $again) = traced("run-pipeline term-frequencies --trace=$number $operands");
	is_deeply($again, $rows, 'by the number of its row, too');
	run("run-pipeline term-frequencies --trace='\"2021\"' $operands");
	like(slurp('err'), qr/holds '2021': it was given to stage 'clean-news\/strip-boilerplate', and did not come out/, 'digits in quotes are a term');
	($status, $rows) = traced("run-pipeline key-terms --set words=2 --trace='bridge cost' $operands");
	is_deeply([ map { $_->[1] } grep { $_->[0] eq 'input' } map { @$_ } values %$rows ], ['f foreign'], 'a phrase, in the only line that has it');
}
{
	my ($status, $rows) = traced("run-pipeline clean-news --trace='صباح اليوم مكتبة' 'e dateline'");
	my ($cut) = grep { $_->[5] =~ /^cut:/ } map { @$_ } values %$rows;
	is($cut->[6], encode('UTF-8', 'الإسكندرية (أ ش أ) - '), 'what was cut off a line is shown');
}
is(run("gzip -c 'a plain' >p.gz; run-pipeline clean-news --trace=1 p.gz"), 0, 'a compressed file is traced to what it holds');
like(slurp('out'), qr/^1\tinput\tp\.gz\t1\t0\t\d+\tutf-8\t/m, '... and named');
is(run("run-pipeline search-index -j --set into=folded --trace=1 plain.jsonl"), 0, 'text beside the text');
like(slurp('out'), qr/^1\tstage\tfold-beside\t1\t0\t/m, '... is traced');

# --- near duplicates ----------------------------------------------------------------------------------------

my $told = 'افتتحت الوزيرة صباح اليوم مكتبة عائمة في الميناء الشرقي على متن سفينة شحن قديمة خرجت من الخدمة قبل ستة أعوام وتضم نحو ألف كتاب للأطفال';
my @told = ($told, 'فاز فريق المدينة ببطولة الشطرنج للمرة الثانية', "$told والكبار", "فاز الفريق\n$told", $told);
my @as_records = map { $json->encode({ id => (qw(x y z x w))[$_], text => $told[$_] }) . "\n" } 0 .. $#told;
spew('near.jsonl', @as_records);
spew('unnamed.jsonl', map { s/"id":"\w",//r } @as_records);
spew('near.z', encode('UTF-8', join "\0", @told));
for my $case ([ 'near: true', 'ستة أعوام', 1, 3 .. 5 ], [ 'near: true, keep: longest', 'ستة أعوام', 4, 1, 3, 5 ]) {
	my ($with, $term, $kept, @dropped) = @$case;
	spew('near.yaml', "ghirbal: 1\nname: near\nsummary: x\nstages:\n  - run: normalize\n  - run: dedupe\n    with: {$with}\n");
	for my $input ('-j near.jsonl', '-j unnamed.jsonl', '-z near.z') {
		my (undef, $rows) = traced("run-pipeline near.yaml --trace='$term' $input");
		my @of = map { @$_ } values %$rows;
		is_deeply([ map { $_->[2] } grep { $_->[1] eq 'dedupe' && $_->[5] eq 'keep' } @of ], [$kept], "$with, $input: the document that was kept");
		is_deeply([ map { $_->[2] } grep { $_->[1] eq 'dedupe' && $_->[5] =~ /^drop:/ } @of ], \@dropped, '... and those it was kept for');
		is_deeply([ map { $_->[2] } grep { $_->[0] eq 'input' } @of ], [ $kept, @dropped ], '... to the file');
	}
}
spew('near.yaml', "ghirbal: 1\nname: near\nsummary: x\nstages:\n  - run: dedupe\n    with: {near: true}\n");
is(run('run-pipeline near.yaml -j --trace=والكبار near.jsonl'), 1, 'a term that only a near duplicate had');
like(slurp('err'), qr/did not come out: document 3 was left out \(drop:near\) for document 1, which begins '\S/, '... is told by the document that was kept');

# --- what cannot be -----------------------------------------------------------------------------------------

spew('p.yaml', "ghirbal: 1\nname: p\nsummary: x\nstages:\n  - run: normalize\n  - run: tr\n    args: [a, b]\n  - run: split-sentences\n");
is(run("run-pipeline p.yaml --allow-exec --trace=1 'f foreign'"), 0, 'a program that is no filter');
like(slurp('out'), qr/^1\tstage\tsplit-sentences\t.*\n1\tuntraced\ttr\t1\t0\t\d+\t-\tit is no filter/m, '... ends the trace, and is named');
is(run("run-pipeline clean-news --trace=99 'a plain'"), 1, 'a line that is not there');
is(slurp('err'), "run-pipeline: the output has no line 99\n", '... is told');
is(run("run-pipeline clean-news --trace=فيسبوك 'a plain'"), 1, 'a term that was dropped');
is(slurp('err'), encode('UTF-8', "run-pipeline: no line of the output holds 'فيسبوك': it was given to stage 'strip-boilerplate', and did not come out\n"),
	'... and where');
is(run("run-pipeline clean-news --trace=1 none 'a plain'"), 1, 'a file that is missing');
like(slurp('out'), qr/^1\toutput/, '... and the others are traced');
is(run("mkfifo pipe; cat 'a plain' >pipe & run-pipeline clean-news --trace=1 pipe; status=\$?; kill %1 2>/dev/null; exit \$status"), 2, 'a pipe cannot be read twice');
is(run("run-pipeline clean-news --trace=1 --stats=s 'a plain'"), 2, 'there is no run to have statistics of');
is(run("run-pipeline clean-news --trace=1 'a plain' >/dev/full"), 1, 'a full disk is a failure');
is(run("run-pipeline clean-news --trace=1 </dev/null"), 1, 'of nothing there is no line');
spew('old', "old\n");
is(run("run-pipeline clean-news --trace=99 -o old 'a plain'"), 1, 'rows may go to a file');
is(slurp('old'), "old\n", '... which stays where there are none');
is(run("run-pipeline clean-news --trace=1 -o old 'a plain'"), 0, '... else');
like(slurp('old'), qr/^1\toutput/, '... it is replaced');
is(`ls -A tmp`, '', 'nothing is left');
done_testing();
