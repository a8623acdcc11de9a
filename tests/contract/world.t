#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# What is around a program: readers that are slow, pipes that do not block, a stop and a signal, a folder that is gone.
# Every filter, under the options it is held to the contract with, every pipeline, pack-docs and unpack-docs give the
# bytes that they give in a quiet place, or end and say why; and do nothing but that: no program is started that is no
# stage, no socket opened, no file made that nobody asked for.
#
# GHIRBAL_TORTURE=1 tries all of it on all of them. Without it a filter's first options, pack-docs and unpack-docs get
# all, each of the others a third in turn.
#
# Nothing here waits for time to pass. A pipe of one page is writable only when all that was in it is read, which tells
# when a program has come so far; where it must be asleep, the kernel is asked.
use strict;
use warnings;
use utf8;
use Test::More;
use Encode qw(encode);
use Errno qw(EAGAIN);
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK SEEK_SET);
use File::Basename qw(dirname);
use File::Path qw(make_path remove_tree);
use File::Temp qw(tempdir);
use Config;
use Cwd qw(abs_path);
use POSIX qw(:sys_wait_h mkfifo setpgid sigprocmask SIGALRM SIG_BLOCK _exit);
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp slurp_if spew);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $root = dirname(dirname(dirname(abs_path($0))));
my $san = $ENV{GHIRBAL_SAN};
my $all = $ENV{GHIRBAL_TORTURE};
my $only = $ENV{GHIRBAL_SCENARIO} // '';
my $scratch = tempdir(CLEANUP => 1);
my ($PAGE, $SECONDS) = (4096, 60); # a run that takes longer hangs
my $F_SETPIPE_SZ = 1031;
$SIG{PIPE} = 'IGNORE';

# --- texts ----------------------------------------------------------------------------------------------------

# Lines of which no two are the same, and many words: most of what filters write of it is longer than a small pipe.
my $text = encode('UTF-8', join '', map {
	"قال رئيس المجلس رقم $_ إن أشغال الجسر$_ تبدأ في الخريف المقبل. وأضاف د. سامي أن الكلفة تبلغ $_ مليون دينار.\n"
		. ($_ % 10 ? '' : "\n")
} 1 .. 120);
my @documents = map { "وثيقة $_\n" } 1 .. 3;
my $records = join '', map { qq({"id":"$_","text":"سطر رقم $_ من الخبر."}\n) } 1 .. 400;
utf8::encode($_) for $records, @documents;
make_path(map { "$scratch/$_" } qw(in/many here tmp));
spew("$scratch/in/text", $text);
spew("$scratch/in/records", $records);
spew("$scratch/in/many/$_", $text) for 1 .. 3;
spew("$scratch/in/names", join "\0", map { "$scratch/in/many/$_" } 1 .. 3);

# --- who is tried ---------------------------------------------------------------------------------------------

# Each: words, and which text is its standard input. `files`: what it makes is in the folder 'made'.
sub variants {
	my ($filter) = @_;
	my @mine = grep { /^\Q$filter\E(?: |$)/ } split /\n/, slurp("$root/tests/contract/variants");
	return @mine ? @mine : $filter;
}
my @subjects = map { { words => [ split ' ' ], from => 'text' } } map { variants($_) } split ' ', $ENV{GHIRBAL_FILTERS};
my %seen;
$_->{is_first} = !$seen{ $_->{words}[0] }++ for @subjects;
push @subjects, map { { words => [ split ' ' ], from => 'text' } } 'dedupe --unit=line -S 8K', 'normalize --from=auto';
push @subjects, map { { words => [ $_, '-j' ], from => 'records' } } split ' ', $ENV{GHIRBAL_FILTERS};
push @subjects, { words => [qw(pack-docs --files0-from=-)], from => 'names', is_first => 1 },
	{ words => [qw(unpack-docs --into=made)], from => 'records', files => 1, is_first => 1 };
push @subjects, map { { words => [ 'run-pipeline', "$root/pipelines/$_.yaml" ], from => 'text', runs => 1 } }
	split ' ', $ENV{GHIRBAL_PIPELINES};
for (@subjects) {
	($_->{name} = join ' ', @{ $_->{words} }) =~ s{\Q$root\E/}{};
	$_->{words}[0] = "$build/bin/$_->{words}[0]";
}

# --- running --------------------------------------------------------------------------------------------------

sub fresh { chdir $scratch; remove_tree('here', 'tmp'); mkdir $_ for qw(here tmp); chdir 'here' }

# Starts it in here/ with these words behind its own, as a group of its own. Returns its process id.
sub start {
	my ($subject, %how) = @_;
	my $pid = fork // die;
	setpgid($pid, $pid); # by both, as whoever comes first
	return $pid if $pid;
	open STDIN, '<&', $how{in} // do { open my $file, '<', "$scratch/in/$subject->{from}"; $file } or _exit(127);
	open STDOUT, '>&', $how{out} // do { open my $file, '>', "$scratch/out"; $file } or _exit(127);
	open STDERR, '>', "$scratch/err" or _exit(127);
	%ENV = (%ENV, TMPDIR => "$scratch/tmp", %{ $how{env} // {} });
	$SIG{$_} = 'DEFAULT' for qw(INT TERM HUP QUIT PIPE ALRM USR1 XCPU);
	block_signals() if $how{blocked};
	alarm $SECONDS;
	exec @{ $subject->{words} }, @{ $how{more} // [] } or _exit(127);
}

# All but the alarm that ends what hangs.
sub block_signals {
	my $set = POSIX::SigSet->new;
	$set->fillset;
	$set->delset(SIGALRM);
	sigprocmask(SIG_BLOCK, $set);
}

sub status_of { my ($raw) = @_; return $raw & 127 ? 128 + ($raw & 127) : $raw >> 8 }

sub finish { my ($pid) = @_; waitpid $pid, 0; return status_of($?) }

sub run { return finish(start(@_)) }

# What came out: on standard output, or in files.
sub made {
	my ($subject, $out) = @_;
	return $out // slurp("$scratch/out") if !$subject->{files};
	return join '', map { "$_\n" . slurp($_) } sort glob 'made/*';
}

sub small_pipe {
	pipe my $out, my $in or die;
	fcntl $in, $F_SETPIPE_SZ, $PAGE or die;
	return ($out, $in);
}

sub never_block { my ($end) = @_; fcntl $end, F_SETFL, fcntl($end, F_GETFL, 0) | O_NONBLOCK or die }

# Waits until the end can be written or read; false when nothing happens for long.
sub wait_for {
	my ($end, $is_writer) = @_;
	vec(my $bits = '', fileno $end, 1) = 1;
	return 0 < ($is_writer ? select undef, $bits, undef, $SECONDS : select $bits, undef, undef, $SECONDS);
}

# Until the process has nothing to do, or is over. Where the kernel does not say, what follows comes at any time.
my $is_told = -r '/proc/self/stat';
sub wait_until_asleep {
	my ($pid) = @_;
	return 1 if !$is_told;
	for (1 .. 100_000) {
		return 1 if (slurp_if("/proc/$pid/stat") // '') =~ /\) [SZ]/;
		select undef, undef, undef, 0.0005;
	}
	return 0;
}

# Writes so much of the text, page by page, each when the one before is read; false when nobody reads.
sub feed {
	my ($to, $bytes) = @_;
	while (length $bytes) {
		return 0 if !wait_for($to, 1);
		my $wrote = syswrite $to, $bytes, $PAGE / 2 or return 0;
		substr $bytes, 0, $wrote, '';
	}
	return wait_for($to, 1);
}

my @names_of_signals = split ' ', $Config{sig_name};
my %number_of = map { $names_of_signals[$_] => $_ } 0 .. $#names_of_signals;
my $is_first_process_possible = -r "/proc/$$/task/$$/children" && system('unshare --pid --fork true 2>/dev/null') == 0;

# --- clauses ----------------------------------------------------------------------------------------------------

my ($subject, $good); # the one at hand, and what it makes in a quiet place
my @clauses;
sub must { push @clauses, [@_] }

sub is_good { my ($status, $out) = @_; return $status == 0 && made($subject, $out) eq $good }

# Reads all that comes, in small pieces.
sub sip {
	my ($pid, $from) = @_;
	my $out = '';
	for (my $i = 1;; $i = $i * 7 % 1009) {
		last if !wait_for($from);
		my $got = sysread $from, $out, 1 + $i, length $out;
		last if !$got;
	}
	return is_good(finish($pid), $out);
}

must 'a slow reader gets all' => sub {
	my ($from, $out) = small_pipe();
	my $pid = start($subject, out => $out);
	close $out;
	sip($pid, $from);
};
must 'a standard output that does not block gets all' => sub {
	my ($from, $out) = small_pipe();
	never_block($out);
	my $pid = start($subject, out => $out);
	close $out;
	wait_until_asleep($pid); # the pipe is full, or the program at its end
	sip($pid, $from);
};
must 'a standard input that does not block is waited for' => sub {
	my ($in, $to) = small_pipe();
	never_block($in);
	my $pid = start($subject, in => $in);
	close $in;
	wait_until_asleep($pid);
	my $bytes = slurp("$scratch/in/$subject->{from}");
	my $fed = feed($to, substr $bytes, 0, length($bytes) / 2);
	wait_until_asleep($pid);
	$fed &&= feed($to, substr $bytes, length($bytes) / 2);
	close $to;
	is_good(finish($pid)) && $fed;
};
must 'it may be stopped and continued' => sub {
	return 1 if $subject->{runs} && !$is_told; # who starts a stage is not stopped before that runs
	my ($in, $to) = small_pipe();
	my $pid = start($subject, in => $in);
	close $in;
	my $bytes = slurp("$scratch/in/$subject->{from}");
	feed($to, substr $bytes, 0, length($bytes) / 2);
	wait_until_asleep($pid);
	kill STOP => -$pid;
	waitpid $pid, WUNTRACED;
	my $stopped = WIFSTOPPED(${^CHILD_ERROR_NATIVE});
	my $rest = substr $bytes, length($bytes) / 2;
	syswrite $to, substr $rest, 0, 20, '';
	kill CONT => -$pid;
	feed($to, $rest);
	close $to;
	is_good(finish($pid)) && $stopped;
};
must 'a named pipe is a file' => sub {
	mkfifo('pipe', 0600) or die;
	my $writer = fork // die;
	if (!$writer) {
		open my $to, '>', 'pipe' or _exit(1);
		syswrite $to, slurp("$scratch/in/$subject->{from}");
		_exit(0);
	}
	my @more = $subject->{from} eq 'names' ? '--files0-from=pipe' : 'pipe';
	my $status = run({ %$subject, words => [ grep { !/^--files0/ } @{ $subject->{words} } ] }, more => \@more);
	is_good($status) && finish($writer) == 0;
};
must 'standard input is read from where it stands' => sub {
	spew('more', "in front\n", slurp("$scratch/in/$subject->{from}"));
	open my $in, '<', 'more' or die;
	sysseek $in, 9, SEEK_SET;
	is_good(run($subject, in => $in));
};
must 'without a folder for temporary files it does without, or says so' => sub {
	my $status = run($subject, env => { TMPDIR => '/absent/folder' });
	$status == 1 ? slurp("$scratch/err") =~ m{/absent/folder.*TMPDIR} : is_good($status);
};
must 'where its working directory is gone it does without, or says so' => sub {
	mkdir 'gone';
	chdir 'gone';
	rmdir '../gone';
	my $status = run($subject);
	my $well = $subject->{files} ? $status == 1 && slurp("$scratch/err") =~ /\A[^\n]*'made'[^\n]*No such file[^\n]*\n\z/ : is_good($status);
	chdir '..';
	$well;
};
must 'no environment and no locale change anything' => sub {
	local %ENV = ();
	my $empty = is_good(run($subject));
	remove_tree('made');
	$empty && is_good(run($subject, env => { LC_ALL => 'tr_TR.UTF-8', LANGUAGE => 'ar' }));
};
must 'a stack of 256 KiB and four descriptors do; five where files are made; three more for each stage of a pipeline' => sub {
	return 1 if $san;
	my $stages = $subject->{runs} ? () = `@{ $subject->{words} } --dry-run` =~ / \| /g : 0;
	my $most = $subject->{runs} ? 4 + 3 * ($stages + 1) : $subject->{files} ? 5 : 4;
	my @limited = ('bash', '-c', "ulimit -s 256 -n $most; exec \"\$@\"", 'bash', @{ $subject->{words} });
	is_good(run({ %$subject, words => \@limited }));
};
my @signals = qw(INT TERM HUP QUIT PIPE ALRM USR1 XCPU);
must 'a signal leaves no temporary file, and the old file as it was' => sub {
	for my $signal ($all ? @signals : splice @signals, 0, 3) {
		push @signals, $signal if !$all;
		next if $signal eq 'PIPE' && $subject->{runs}; # who has pipes of its own asks these
		my ($in, $to) = small_pipe();
		spew('old', "old\n");
		my $pid = start($subject, in => $in, more => $subject->{files} ? [] : ['--output=old']);
		close $in;
		my $fed = feed($to, substr slurp("$scratch/in/$subject->{from}"), 0, $PAGE);
		kill $signal => $pid;
		my $status = finish($pid);
		my @hidden = grep { /ghirbal-/ } glob("made/.* .* $scratch/tmp/* $scratch/tmp/.*");
		return 0 if !$fed || $status != 128 + $number_of{$signal} || slurp('old') ne "old\n" || @hidden;
	}
	1;
};
# Whom nobody but the kernel started, as in a container, a signal that is not caught does not end.
must 'as the first process of its world it is ended by a signal, too' => sub {
	return 1 if $san || !$is_first_process_possible || $subject->{files};
	return 1 if $subject->{from} eq 'names'; # it makes no file before it has read them
	my ($in, $to) = small_pipe();
	spew('old', "old\n");
	my @words = ('unshare', '--pid', '--fork', '--kill-child', @{ $subject->{words} });
	my $pid = start({ %$subject, words => \@words }, in => $in, more => ['--output=old']);
	close $in;
	my $fed = feed($to, substr slurp("$scratch/in/$subject->{from}"), 0, $PAGE);
	my ($first) = split ' ', slurp_if("/proc/$pid/task/$pid/children") // '';
	kill TERM => $first if $first;
	my $status = finish($pid);
	$fed && $first && $status == 143 && slurp('old') eq "old\n" && !grep { /ghirbal-/ } glob('.*');
};
must 'it starts no program, opens no socket and makes no file' => sub {
	return 1 if $san || $subject->{files}; # a sanitizer starts threads, and unpack-docs is there to make files
	my %jail = (LD_PRELOAD => "$build/test/jail.so", JAIL_PROGRAMS => "$build/bin");
	$jail{JAIL_STARTS} = 'run-pipeline' if $subject->{runs};
	my $status = run($subject, env => \%jail);
	return 1 if $status == 125; # another kernel, another machine
	is_good($status) && !glob('* .g*') && run($subject, more => ['--output=x'], env => \%jail) != 0;
};
must 'with all signals blocked it does what it does without, and ends where nobody reads' => sub {
	my $well = is_good(run($subject, blocked => 1));
	pipe my $from, my $out or die;
	close $from;
	remove_tree('made');
	my $status = run($subject, out => $out, blocked => 1);
	$well && ($subject->{files} ? $status == 0 : $status == 1 || $status == 141);
};
must 'it makes the file that was asked for, and no other' => sub {
	return 1 if $subject->{files};
	my $status = run($subject, more => ['--output=asked']);
	$status == 0 && slurp('asked') eq $good && join(' ', glob("* .g* $scratch/tmp/* $scratch/tmp/.g*")) =~ /\Aasked\z/;
};

my $which = 0;
for (grep { $_->{name} =~ /$only/ } @subjects) {
	$subject = $_;
	fresh();
	is(run($subject), 0, "$subject->{name}: a good run") or diag(slurp("$scratch/err"));
	$good = made($subject);
	my @broken;
	my $turn = $which++;
	for my $clause (grep { $all || $subject->{is_first} || $turn++ % 3 == 0 } @clauses) {
		my ($what, $holds) = @$clause;
		fresh();
		push @broken, $what, slurp_if("$scratch/err") if !$holds->();
	}
	ok(!@broken, "$subject->{name}: the world around it changes nothing") or diag(join "\n", @broken);
}
chdir '/';
done_testing();
