#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Every call that can fail is made to fail, one after the other: the K-th allocation, read, write, fsync, rename and
# so on for K = 1, 2, ... until there is no K-th. Whatever fails, a run ends by itself, with status 0 only when all
# that it wrote is what a good run writes; else it says why, leaves no temporary file, and an old file is as it was.
# GHIRBAL_TORTURE=1 tries every K; without it, ever larger steps are taken in every sixth scenario.
use strict;
use warnings;
use Test::More;
use File::Temp qw(tempdir);
use File::Path qw(make_path remove_tree);
use File::Find;
use POSIX ();
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp slurp_if spew);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $all = $ENV{GHIRBAL_TORTURE};
my $san = $ENV{GHIRBAL_SAN};
# The sanitizer's allocator has to be there before the first call that may be made to fail.
chomp(my $first = $san ? `$ENV{GHIRBAL_CC} -print-file-name=libasan.so` : '');
my $only = $ENV{GHIRBAL_SCENARIO} // '';
my $root = POSIX::getcwd();
my $scratch = tempdir(CLEANUP => 1);
my $SECONDS = 30; # a run that takes longer hangs

# --- what is run --------------------------------------------------------------------------------------------

my $article = <<'TEXT';
مجلس المدينة يقرّ خطة لتوسعة خط الترام
نشر في: 12 مارس 2021 - 14:05
قال رئيس المجلس إن الأشغال تبدأ في الخريف المقبل. وأضاف د. سامي أن الكلفة تبلغ 3.5 مليون دينار.
اقرأ أيضا: أسعار النقل ترتفع
«سيُعاد فتح الجسر قريبًا»، بحسب المهندسة المشرفة؟ نعم!

The tram will reach the port by 2024. Mr. Haddad said so.
قال رئيس المجلس إن الأشغال تبدأ في الخريف المقبل. وأضاف د. سامي أن الكلفة تبلغ 3.5 مليون دينار.
شارك على فيسبوك
TEXT
my @bodies = ($article, "السوق تفتح أبوابها غدًا بعد ترميم دام عامين.\nرحّب التجار بالقرار.\nشارك على فيسبوك\n",
	"Le marché rouvre demain.\nشارك على فيسبوك\n", $article, "Another day.\nرحّب التجار بالقرار.\nشارك على فيسبوك\n");
my $lines = join '', map { "خبر رقم " . $_ % 700 . " من أخبار اليوم\n" } 1 .. 1000;
my $records = join '', map {
	(my $text = $bodies[$_ % @bodies]) =~ s/\n/\\n/g;
	qq({"id":"$_","url":"http://a.example/$_","text":"$text"}\n)
} 0 .. 6;

make_path("$scratch/in/sub");
spew("$scratch/in/article", $article);
spew("$scratch/in/documents", join "\0", @bodies);
spew("$scratch/in/lines", $lines);
spew("$scratch/in/records", $records);
spew("$scratch/in/bad", "$records\[1]\n$records");
spew("$scratch/in/sub/a.txt", $bodies[1]);
spew("$scratch/in/sub/b.txt", $bodies[2]);
spew("$scratch/in/sub/c.txt", $bodies[4]);
spew("$scratch/in/list", join "\0", map { "../in/sub/$_.txt" } 'a' .. 'c');
spew("$scratch/in/words", "Dr.\nMr.\n");
spew("$scratch/in/many-words", join '', map { "كلمة$_ " } 1 .. 3000);
spew("$scratch/in/w1256", "\xE3\xD1\xCD\xC8\xC7 \xC8\xDF\xE3 \xDD\xED \xC7\xE1\xE3\xCF\xED\xE4\xC9\n" x 5);
spew("$scratch/in/cut.yaml", "ghirbal: 1\nname: cut\nsummary: Lines\nstages:\n" .
	"  - run: split-sentences\n  - run: cat\n  - run: dedupe\n");
symlink "$build/share", "$scratch/share";

# Each row: a name, words of a command that is run in a folder with the files 'old' and 'kept' in it, and where its
# standard input comes from ('|' in front: through a pipe). Programs in which calls fail, where not the first word.
my @scenarios = (
	[ 'normalize', 'normalize', 'article' ],
	[ 'normalize -o', 'normalize -o old --stats=stats --offsets=offsets ../in/article' ],
	[ 'normalize --from=auto', 'normalize --from=auto --preset=search --nfkd -z', 'documents' ],
	[ 'normalize --from', 'normalize --from=windows-1256 -o old ../in/w1256' ],
	[ 'normalize -j', 'normalize -j --annotate --bad-records=bad --into=clean -o old', '|bad' ],
	[ 'count-terms', 'count-terms -z --df --key=search -o old', 'documents' ],
	[ 'count-terms -j', 'count-terms -j --top=5 --stats=stats', '|records' ],
	[ 'dedupe', 'dedupe', 'lines' ],
	[ 'dedupe --against', 'dedupe -z --unit=line --key=fold --against=../in/documents -o old ../in/documents' ],
	[ 'dedupe --count', 'dedupe -z -c --number --unit=paragraph --explain=explain --rejected=rejected', '|documents' ],
	[ 'dedupe --memory', 'dedupe --unit=line -S 8K -o old ../in/lines' ],
	[ 'dedupe --memory, piped', 'dedupe --unit=line -S 8K --repeated', '|lines' ],
	[ 'dedupe --state', 'dedupe -z --unit=line --state=state -o old', 'documents' ],
	[ 'dedupe --state -S', 'dedupe -j --state=state -S 8K -o old', '|records' ],
	[ 'dedupe --shard', 'dedupe -j --strong --shard=1/2 --leave-empty -o old --files0-from=-', 'names' ],
	[ 'dedupe --near', 'dedupe -j --near --state=state --relations=relations --annotate', 'records' ],
	[ 'dedupe --near --keep', 'dedupe -j --near --keep=longest -o old', '|records' ],
	[ 'count-terms -S', 'count-terms -z -S 64K --ngrams=1-3 --df', 'many-words' ],
	[ 'count-terms --partial', 'count-terms --partial -o old ../in/article' ],
	[ 'count-terms --merge', 'count-terms --merge -o old ../in/list-a ../in/list-b' ],
	[ 'dedupe --key', 'dedupe -j --unit=sentence --key=search --annotate -o old ../in/records' ],
	[ 'dedupe --near', 'dedupe -j --near --state=state --relations=relations -o old', 'records' ],
	[ 'split-sentences', 'split-sentences --abbreviations=../in/words --offsets=offsets --explain=explain -o old', 'article' ],
	[ 'split-sentences -j', 'split-sentences -j --explode -o old', '|records' ],
	[ 'split-sentences --join', 'split-sentences -z --join-lines --rules=uax29', '|documents' ],
	[ 'strip-boilerplate', 'strip-boilerplate --explain=explain --rejected=rejected -o old', 'article' ],
	[ 'strip-boilerplate --learn', 'strip-boilerplate -z --learn --save-template=template -o old', '|documents' ],
	[ 'strip-boilerplate --learn -j', 'strip-boilerplate -j --learn --group=url:host --extract-metadata --drop-empty',
		'|bad' ],
	[ 'strip-boilerplate --template', 'strip-boilerplate -j --template=../in/template --stats=stats -o old', 'records' ],
	[ 'several files', 'normalize -z -o old ../in/sub/a.txt ../in/sub/b.txt ../in/sub/c.txt' ],
	[ 'files0', 'dedupe --files0-from=../in/list -o old' ],
	[ 'pack-docs', 'pack-docs -o old ../in/sub' ],
	[ 'pack-docs, a list', 'pack-docs --files0-from=../in/list', undef ],
	[ 'unpack-docs', 'unpack-docs --into=new --bad-records=bad', '|bad' ],
	[ 'unpack-docs --force', 'unpack-docs --force --into=full ../in/records' ],
	[ 'run-pipeline', 'run-pipeline sentences', 'article', qw(run-pipeline normalize split-sentences) ],
	[ 'run-pipeline -o', 'run-pipeline dedupe-corpus -z -o old', '|documents', qw(run-pipeline dedupe strip-boilerplate) ],
	[ 'run-pipeline --jobs', 'run-pipeline news-corpus -j --jobs=2 --batch-size=1K -o old ../in/records', undef,
		qw(run-pipeline normalize dedupe split-sentences strip-boilerplate) ],
	[ 'run-pipeline --jobs -z', 'run-pipeline clean-news -z --jobs=2 --batch-size=1K', '|documents',
		qw(run-pipeline strip-boilerplate) ],
	[ 'run-pipeline --tee', 'run-pipeline clean-news -o old --tee=normalize=copy ../in/article', undef,
		qw(run-pipeline) ],
	[ 'run-pipeline, many files', 'run-pipeline clean-news -J 2 --batch-size=1 -o old --files0-from=../in/list' ],
	[ 'run-pipeline, a folder', 'run-pipeline clean-news --output=new ../in/sub', undef, qw(run-pipeline normalize) ],
	[ 'run-pipeline, over a folder', 'run-pipeline clean-news --jobs=2 --output=full ../in/sub' ],
	[ 'run-pipeline --allow-exec', 'run-pipeline ../in/cut.yaml --allow-exec -o old', '|article', qw(run-pipeline dedupe) ],
	[ 'run-pipeline --test', 'run-pipeline sentences --test', undef, qw(run-pipeline split-sentences) ],
	[ 'run-pipeline --list', 'run-pipeline --list' ],
	[ 'run-pipeline --check', 'run-pipeline dedupe-corpus --check', undef, qw(run-pipeline dedupe) ],
	[ 'run-pipeline --dry-run', 'run-pipeline news-corpus --dry-run --set lang=ar' ],
	[ 'run-pipeline --graph', 'run-pipeline news-corpus --graph=dot' ],
);
spew("$scratch/in/names", "../in/records\0../in/records");
my @groups = qw(memory read write open close sync rename seek stat spawn pipe memfd poll name change);
my %of_runner = map { $_ => 1 } qw(spawn pipe memfd);

# --- running ------------------------------------------------------------------------------------------------

sub standard_input {
	my ($from) = @_;
	return '/dev/null' if !defined $from;
	return "$scratch/in/$from" if $from !~ s/^\|//;
	pipe my $out, my $in or die;
	fcntl $in, 1031, 1 << 20; # F_SETPIPE_SZ
	syswrite $in, slurp("$scratch/in/$from");
	return $out;
}

sub exec_it {
	my ($words, $in, $environment) = @_;
	if (ref $in) { open STDIN, '<&', $in or die } else { open STDIN, '<', $in or die }
	open STDOUT, '>', "$scratch/stdout" or die;
	open STDERR, '>', "$scratch/stderr" or die;
	%ENV = (PATH => "$build/bin:$ENV{PATH}", LC_ALL => 'C.UTF-8', TMPDIR => "$scratch/tmp", %$environment);
	$ENV{ASAN_OPTIONS} = 'verify_asan_link_order=0:detect_leaks=0' if $san;
	alarm $SECONDS;
	exec @$words or POSIX::_exit(127);
}

# What is in the folder: names and contents.
sub snapshot {
	my %files;
	find({ no_chdir => 1, wanted => sub { $files{$_} = slurp($_) if -f } }, '.');
	$files{'./stats'} =~ s/"\w+_seconds":[0-9.e-]+//g if $files{'./stats'};
	$files{stdout} = slurp("$scratch/stdout");
	return \%files;
}

# Runs the scenario in a new folder; what became of it.
sub run {
	my ($scenario, %environment) = @_;
	my (undef, $command, $from) = @$scenario;
	chdir $scratch;
	remove_tree('here', 'tmp');
	make_path('here/full', 'tmp');
	chdir 'here';
	spew($_, "$_\n") for qw(old kept full/a.txt full/1);
	my $in = standard_input($from);
	my $pid = fork // die;
	exec_it([ split ' ', $command ], $in, \%environment) if !$pid;
	waitpid $pid, 0;
	return { status => $? & 127 ? 128 + ($? & 127) : $? >> 8, files => snapshot(), said => slurp("$scratch/stderr") };
}

# --- judging ------------------------------------------------------------------------------------------------

sub difference {
	my ($good, $got) = @_;
	my %names = (%$good, %$got);
	return join ' ', grep { ($good->{$_} // "\0none") ne ($got->{$_} // "\0none") } sort keys %names;
}

# What is wrong with a run in which something failed; '' for nothing.
sub wrong {
	my ($good, $got, $how) = @_;
	return "killed by signal " . ($got->{status} - 128) if $got->{status} >= 128;
	my @left = (grep { m{/\.[^/]} && !$good->{files}{$_} } keys %{ $got->{files} }), glob("$scratch/tmp/* $scratch/tmp/.g*");
	# Who cannot open anything any more cannot look into a folder of outputs either.
	return "leaves @left" if @left && !($how->{FAULT_ON} && $how->{FAULT_GROUP} eq 'open' && "@left" =~ m{^\./(?:full|new)/\.ghirbal-});
	if ($got->{status} == $good->{status}) {
		my $differs = difference($good->{files}, $got->{files});
		return $differs ? "status $got->{status}, but not the same: $differs" : '';
	}
	# A pipeline that includes what cannot be read does not check, which is status 2.
	return "status $got->{status}" if $got->{status} != 1 && !($got->{status} == 2 && $got->{said} =~ /^run-pipeline: .*(?:cannot read|needs one folder)/);
	return 'no message' if $got->{said} !~ /\A[^\n]+\n/ && $got->{files}{stdout} !~ /^not ok/m; # --test says it there
	for my $name (grep { defined $got->{files}{$_} && m{^\./(?:old|kept|full/[^.])} } keys %{ $got->{files} }) {
		my $now = $got->{files}{$name};
		my $before = ($name =~ m{^\./(.*)})[0] . "\n";
		return "$name is neither old nor new" if $now ne $before && $now ne ($good->{files}{$name} // '');
	}
	return defined $got->{files}{'./old'} && defined $got->{files}{'./kept'} ? '' : 'an old file is gone';
}

my $tried = 0;

# Makes the K-th call fail for every K there is; the K at which something was wrong, each with what.
sub fail_each {
	my ($scenario, $good, %environment) = @_;
	my @wrong;
	for (my ($k, $step) = (1, 1); @wrong < 5; $k += $step) {
		unlink "$scratch/mark";
		my $got = run($scenario, %environment, FAULT_AT => $k, FAULT_MARK => "$scratch/mark", LD_PRELOAD => "$first $build/test/fault.so");
		last if !-e "$scratch/mark";
		$tried++;
		my $wrong = wrong($good, $got, \%environment);
		push @wrong, "$k: $wrong; " . ($got->{said} =~ s/\n.*//sr) if $wrong;
		$step = 1 + 15 * $k if !$all;
	}
	return @wrong;
}

# --- --------------------------------------------------------------------------------------------------------

my $which = 0;
chdir "$scratch/in";
system("$build/bin/count-terms --partial <$_ >list-" . ($_ eq 'article' ? 'a' : 'b')) == 0 or die for qw(article lines);
system("$build/bin/strip-boilerplate -z --learn --save-template=template <documents >/dev/null") == 0 or die;
for my $scenario (@scenarios) {
	my ($name, $command, undef, @programs) = @$scenario;
	next if $only && $name !~ /$only/;
	@programs = split ' ', $command =~ s/ .*//r if !@programs;
	next if !$all && $which++ % 6;
	$#programs = 0 if !$all;
	my $good = run($scenario);
	ok($good->{status} == 0 || $good->{status} == 3, "$name: a good run") or diag($good->{said}), next;
	for my $program (@programs) {
		my @wrong;
		for my $group (@groups) {
			next if $of_runner{$group} && $program ne 'run-pipeline';
			next if $group eq 'memory' && $san; # the sanitizer allocates
			my %how = (FAULT_IN => $program, FAULT_GROUP => $group);
			push @wrong, map { "$group $_" } fail_each($scenario, $good, %how);
			push @wrong, map { "$group on $_" } fail_each($scenario, $good, %how, FAULT_ON => 1) if $all;
			push @wrong, map { "EINTR $group $_" } fail_each($scenario, $good, %how, FAULT_EINTR => 1)
				if $group =~ /^(?:read|write|poll)$/ && $all;
		}
		ok(!@wrong, "$name: what fails in $program is told, and breaks nothing") or diag(join "\n", @wrong);
	}
}
cmp_ok($tried, ">", 0, "failures were tried: $tried");
chdir '/';
done_testing();
