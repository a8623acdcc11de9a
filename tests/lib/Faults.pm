# SPDX-License-Identifier: MIT
# Faults.pm - every call that can fail is made to fail, one after the other: the K-th allocation, read, write, fsync,
# rename and so on for K = 1, 2, ... until there is no K-th. Whatever fails, a run ends by itself, with status 0 only
# when all that it wrote is what a good run writes; else it says why, leaves no temporary file, and an old file is as it
# was. GHIRBAL_TORTURE=1 tries every K; without it, ever larger steps are taken in every eighth scenario.
# GHIRBAL_SCENARIO is a pattern for names of scenarios.
package Faults;
use strict;
use warnings;
use Test::More;
use File::Temp qw(tempdir);
use File::Path qw(make_path);
use Fcntl qw(F_SETFD);
use POSIX ();
use Socket qw(AF_UNIX SOCK_SEQPACKET);
use Exporter qw(import);
use Files qw(slurp slurp_if spew);

our @EXPORT_OK = qw(try_all);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $all = $ENV{GHIRBAL_TORTURE};
my $san = $ENV{GHIRBAL_SAN};
# The sanitizer's allocator has to be there before the first call that may be made to fail.
chomp(my $first = $san ? `$ENV{GHIRBAL_CC} -print-file-name=libasan.so` : '');
my $only = $ENV{GHIRBAL_SCENARIO} // '';
my $root = POSIX::getcwd();
my $scratch = tempdir(CLEANUP => 1);
my $SECONDS = 120; # a run that takes longer hangs, on a busy machine, too

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

make_path(map { "$scratch/$_" } qw(in/sub here tmp));
spew("$scratch/in/article", $article);
spew("$scratch/in/documents", join "\0", @bodies);
spew("$scratch/in/lines", $lines);
spew("$scratch/in/records", $records);
spew("$scratch/in/bad", "$records\[1]\n$records");
spew("$scratch/in/sub/a.txt", $bodies[1]);
spew("$scratch/in/sub/b.txt", $bodies[2]);
spew("$scratch/in/sub/c.txt", $bodies[4]);
spew("$scratch/in/long", 'كلمات وأخرى ' x 210_000 . "\n") if $all; # longer than dedupe holds
spew("$scratch/in/list", join "\0", map { "../in/sub/$_.txt" } 'a' .. 'c');
spew("$scratch/in/words", "Dr.\nMr.\n");
spew("$scratch/in/many-words", join '', map { "كلمة$_ " } 1 .. 3000);
spew("$scratch/in/w1256", "\xE3\xD1\xCD\xC8\xC7 \xC8\xDF\xE3 \xDD\xED \xC7\xE1\xE3\xCF\xED\xE4\xC9\n" x 5);
spew("$scratch/in/numbers", "2\n4\n");
system("gzip -n <$scratch/in/article >$scratch/in/article.gz") == 0 or die;
spew("$scratch/in/cut.yaml", "ghirbal: 1\nname: cut\nsummary: Lines\nstages:\n" .
	"  - run: split-sentences\n  - run: cat\n  - run: dedupe\n");
symlink "$build/share", "$scratch/share";

spew("$scratch/in/names", "../in/records\0../in/records");
my @groups = qw(memory read write open close sync rename seek stat spawn pipe memfd poll name change remove wait thread random
	advice);
my %of_runner = map { $_ => 1 } qw(pipe memfd);

# --- running ------------------------------------------------------------------------------------------------

sub names_in { my ($folder) = @_; opendir my $in, $folder or return; return grep { !/^\.\.?$/ } readdir $in }

sub empty {
	my ($folder) = @_;
	for (map { "$folder/$_" } names_in($folder)) {
		unlink or do { empty($_); rmdir };
	}
}

# What is in the folder, files by name.
sub files_in {
	my ($folder) = @_;
	my %files;
	for (map { "$folder/$_" } names_in($folder)) {
		lstat or next;
		if (-d _) { %files = (%files, files_in($_)) } elsif (-f _) { $files{$_} = slurp($_) }
	}
	return %files;
}

sub snapshot {
	my %files = files_in('.');
	$files{'./stats'} =~ s/"(?:\w+_seconds|peak_bytes)":[0-9.e-]+//g if $files{'./stats'};
	$files{stdout} = slurp("$scratch/stdout");
	return \%files;
}

# A process that is a scenario's program up to its main, of which copies run: see fault.c.
my ($orders, $served, $server) = (undef, '');

sub serve {
	my ($scenario) = @_;
	my (undef, $command, $from) = @$scenario;
	return if $served eq $command;
	stop_serving();
	socketpair $orders, my $theirs, AF_UNIX, SOCK_SEQPACKET, 0 or die;
	$server = fork // die;
	if (!$server) {
		close $orders;
		fcntl $theirs, F_SETFD, 0;
		chdir $scratch;
		%ENV = (PATH => "$build/bin:$ENV{PATH}", LC_ALL => 'C.UTF-8', TMPDIR => "$scratch/tmp", FAULT_SERVE => fileno $theirs,
			FAULT_SECONDS => $SECONDS,
			LD_PRELOAD => "$first $build/test/fault.so");
		$ENV{ASAN_OPTIONS} = 'verify_asan_link_order=0:detect_leaks=0' if $san;
		exec split ' ', $command or POSIX::_exit(127);
	}
	$served = $command;
}

sub stop_serving {
	close $orders if $orders;
	waitpid $server, 0 if $server;
}

# Runs the scenario in a new folder; what became of it.
sub run {
	my ($scenario, %how) = @_;
	my $from = $scenario->[2] // '/dev/null';
	serve($scenario);
	chdir $scratch;
	empty($_) for qw(here tmp);
	mkdir 'here/full';
	chdir 'here';
	spew($_, "$_\n") for qw(old kept full/a.txt full/1);
	$how{FAULT_STDIN} = $from =~ s{^(\|?)(?!/)}{$1$scratch/in/}r;
	send $orders, join("\t", map { "$_=$how{$_}" } sort keys %how), 0;
	recv $orders, my $answer, 4, 0;
	my $status = length $answer == 4 ? unpack 'i', $answer : die "$served does not serve\n";
	return { status => $status & 127 ? 128 + ($status & 127) : $status >> 8, files => snapshot(), said => slurp("$scratch/stderr") };
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
	# Who cannot open anything any more cannot look into a folder of its own either.
	return "leaves @left" if @left && !($how->{FAULT_ON} && $how->{FAULT_GROUP} eq 'open' && "@left" =~ m{^\./(?:(?:full|new)/\.ghirbal-|\.ghirbal-\w+/)});
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
	my ($is_over, @wrong) = (0);
	for (my ($k, $step) = (1, 1); @wrong < 5; $k += $step) {
		unlink "$scratch/mark";
		my $got = run($scenario, %environment, FAULT_AT => $k, FAULT_MARK => "$scratch/mark");
		# Threads, and who waits for pipes, make one call more or less from run to run.
		last if !-e "$scratch/mark" && ($is_over++ || !$all);
		next if $is_over;
		$tried++;
		my $wrong = wrong($good, $got, \%environment);
		push @wrong, "$k: $wrong; " . ($got->{said} =~ s/\n.*//sr) if $wrong;
		$step = 1 + 15 * $k if !$all;
	}
	return @wrong;
}

# --- --------------------------------------------------------------------------------------------------------

# The files that programs made.
sub make_inputs {
	chdir "$scratch/in";
	system("$build/bin/count-terms --partial <$_ >list-" . ($_ eq 'article' ? 'a' : 'b')) == 0 or die for qw(article lines);
	system("$build/bin/strip-boilerplate -z --learn --save-template=template <documents >/dev/null") == 0 or die;
}

# Each scenario: a name, words of a command that is run in a folder with the files 'old' and 'kept' in it, and where its
# standard input comes from ('|' in front: through a pipe). Programs in which calls fail, where not the first word.
sub try_all {
	my (@scenarios) = @_;
	my $which = 0;
	make_inputs();
	for my $scenario (@scenarios) {
		my ($name, $command, undef, @programs) = @$scenario;
		next if $only && $name !~ /$only/;
		@programs = split ' ', $command =~ s/ .*//r if !@programs;
		next if !$all && $which++ % 8;
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
					if $group =~ /^(?:read|write|poll|wait)$/ && $all;
			}
			ok(!@wrong, "$name: what fails in $program is told, and breaks nothing") or diag(join "\n", @wrong);
		}
	}
	cmp_ok($tried, ">", 0, "failures were tried: $tried");
	stop_serving();
	chdir '/';
	done_testing();
	return;
}

1;
