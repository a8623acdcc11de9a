#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# The contract of pack-docs and unpack-docs, which deal in files: what every filter must do, as far as it applies
# to them, and that unpack-docs never writes outside of its folder.
use strict;
use warnings;
use Test::More;
use File::Path qw(make_path remove_tree);
use File::Temp qw(tempdir);
use POSIX ();
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp slurp_if spew);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $scratch = tempdir(CLEANUP => 1);
chdir $scratch or die;
my $fault = "$build/test/iofault.so";

# Runs a bash line; returns status, stdout, stderr.
sub run {
	my ($line, $input, %environment) = @_;
	spew('.stdin', $input // '');
	local %ENV = (%ENV, PATH => "$build/bin:$ENV{PATH}", FAULT => $fault, %environment);
	system('bash', '-c', 'exec 1>.stdout 2>.stderr <.stdin; eval "$1"', 'bash', $line);
	my $status = $? & 127 ? 128 + ($? & 127) : $? >> 8;
	return ($status, slurp('.stdout'), slurp('.stderr'));
}

sub is_one_line { my ($text) = @_; return $text =~ /\A[^\n]+\n\z/ }

sub record { my ($id, $text) = @_; return qq({"id":"$id","text":"$text"}\n) }

# Hidden files that somebody forgot.
sub left_behind { return split /\n/, `find . -name '.ghirbal-*'` }

my $text = "\xD8\xAE\xD8\xA8\xD8\xB1\n" x 40;
make_path('news/local', 'news/.hidden');
spew('news/a.txt', $text);
spew('news/local/b.txt', 'no newline');
spew('news/.hidden/c.txt', 'hidden');
spew('news/.d', 'hidden');
my (undef, $packed) = run('pack-docs news');
is($packed =~ tr/\n//, 2, 'two files are two records');

# --- both ------------------------------------------------------------------------------------------------

for my $program ('pack-docs', 'unpack-docs --into=out') {
	my ($name) = split ' ', $program;
	my ($status, $out, $err) = run("$program --help");
	ok($status == 0 && $err eq '' && $out =~ /^Usage: $name /, "$name --help goes to standard output");
	($status, $out, $err) = run("$program --help >/dev/full");
	ok($status == 1 && is_one_line($err), "$name --help on a full disk is an error");
	($status, $out) = run("$program --version");
	ok($status == 0 && $out =~ /^$name \(ghirbal\) \d+\.\d+/, "$name --version names the program");
	($status, $out, $err) = run("$program --no-such-option");
	ok($status == 2 && $out eq '' && is_one_line($err) && $err =~ /--no-such-option/,
		"$name: an unknown option is wrong usage, named");
	($status, $out, $err) = run("$program --field=id news");
	ok($status == 2 && is_one_line($err), "$name: text and id cannot be one member");
	($status, $out, $err) = run("$program " . q{$'\e[31m\u202egone\r\n'});
	ok($status == 1 && is_one_line($err) && $err !~ /[\e\r]|\xE2\x80\xAE/,
		"$name: escape sequences never reach the terminal raw");
	($status, $out, $err) = run("$program --files0-from=absent");
	ok($status == 1 && is_one_line($err) && $err =~ /absent/, "$name: a missing list of files is named");
}
ok(!-e 'out' || !glob('out/*'), 'none of that made a file');

# One line of 64 MiB each way, in memory for a copy or two of it.
{
	spew('long', 'x' x (64 << 20));
	my ($status, $out, $err) = run('ulimit -v 400000; pack-docs long | unpack-docs --into=whole; exit $((PIPESTATUS[0] + PIPESTATUS[1]))');
	ok($ENV{GHIRBAL_SAN} || $status == 0 && -s 'whole/long' == 64 << 20, 'a line of 64 MiB goes there and back') or diag($err);
	unlink 'long', 'whole/long';
	rmdir 'whole';
}
{
	my $nested = '[' x 100_000;
	my $records = "\xEF\xBB\xBF" . '{"deep":' . $nested . ']' x 100_000 . ',"i\u0064":"a","text":"\ud83d\ude00 \u0000"}' . "\n\r\n" .
		qq($nested\n{"id":"b","text":"\t"}\n{"id":"c","text":"c","id2":01}\n{"id":"d","text":"fine"}\n);
	my ($status, $out, $err) = run('ulimit -s 256; exec unpack-docs --into=hostile --bad-records=bad', $records);
	is($status, 3, 'hostile records are no failure') or diag($err);
	is(slurp_if('hostile/a'), "\xF0\x9F\x98\x80 \0", '... what is sound is unpacked, deep or not');
	is(slurp_if('hostile/d'), 'fine', '... also what is behind');
	is(slurp_if('bad'), join('', (split /^/, $records)[ 2 .. 4 ]), '... and the others are kept aside');
}

{
	my $many = join '', map { record("way/down/here/$_/deep", $_) . record("way/down/here/$_/deep", 'again') } 1 .. 40;
	my ($status, $out, $err) = run('ulimit -n 12; unpack-docs --into=folders', $many);
	is($status, 3, 'forty folders need no descriptor each, also where a record is refused') or diag($err);
	is(scalar(my @there = glob 'folders/way/down/here/*/deep'), 40, '... and all are there');
}

# --- pack-docs ---------------------------------------------------------------------------------------------

{
	my ($status, $out, $err) = run('pack-docs');
	ok($status == 2 && is_one_line($err), 'pack-docs wants to be told what to pack');
	($status, $out, $err) = run('pack-docs news absent');
	ok($status == 1 && $out eq $packed && is_one_line($err) && $err =~ /absent: .*No such file/,
		'a missing file among good ones is named, the others are done, status 1');
	($status, $out, $err) = run('pack-docs news >/dev/full');
	ok($status == 1 && is_one_line($err) && $err =~ /No space left/, 'a full disk is an error, said in one line');
	($status, $out, $err) = run('pack-docs news >&-');
	ok($status == 1 && is_one_line($err), 'a closed standard output is an error');
	($status, $out, $err) = run('pack-docs news 2>&-');
	ok($status == 0 && $out eq $packed, 'a closed standard error does no harm');
	($status, $out) = run('pack-docs news', '', LD_PRELOAD => $fault, IOFAULT_READ_MAX => 3, IOFAULT_WRITE_MAX => 2);
	ok($status == 0 && $out eq $packed, 'short reads and writes give the same bytes');
	($status, $out, $err) = run(q{trap '' PIPE; pack-docs news | true; exit ${PIPESTATUS[0]}});
	ok($status == 1 && is_one_line($err) || $status == 0, 'a reader that left is an error where SIGPIPE is ignored');
	($status, $out) = run('printf "news/local/b.txt\0news/a.txt\0" | pack-docs --files0-from=-');
	ok($status == 0 && $out eq join('', reverse split /^/, $packed), '--files0-from gives the order');
	($status, $out) = run('pack-docs --all news');
	is($out =~ tr/\n//, 4, '--all takes dotfiles, in dot folders, too');
	($status, $out) = run('pack-docs news/.d news/.hidden');
	is($out =~ tr/\n//, 2, 'a dotfile that is named is taken');
	($status, $out) = run('cd news && pack-docs ../news/./a.txt; cd / && pack-docs "$OLDPWD/a.txt" | grep -c \'"id":"/\'');
	ok($out =~ /\A\{"id":"news\/a\.txt"/ && $out =~ /^0$/m, 'ids are relative');

	spew('kept', "old\n");
	($status) = run('pack-docs -o kept news absent');
	ok($status == 1 && slurp_if('kept') eq "old\n", '-o keeps the old file when something failed');
	($status) = run('pack-docs -o kept news');
	ok($status == 0 && slurp_if('kept') eq $packed, '-o replaces it when nothing did');
	($status, $out, $err) = run('pack-docs kept >>kept');
	ok($status == 1 && slurp_if('kept') eq $packed && $err =~ /kept/, 'a file packed into itself is refused');
	unlink 'kept';

	make_path('self');
	spew('self/a', 'a');
	run('cd self && pack-docs . >all.jsonl');
	is(slurp_if('self/all.jsonl'), record('a', 'a'), 'the output is not packed where it is found in a folder');
	($status) = run('cd self && pack-docs --all -o all.jsonl .');
	ok($status == 0 && slurp_if('self/all.jsonl') eq record('a', 'a'), 'nor is it with -o and --all');

	make_path('odd/sub');
	spew('odd/file', 'x');
	symlink 'file', 'odd/link';
	symlink 'sub', 'odd/linked_folder';
	symlink '..', 'odd/sub/up';
	POSIX::mkfifo('odd/pipe', 0600);
	($status, $out, $err) = run('pack-docs odd');
	ok($status == 3 && $out eq record('odd/file', 'x') . record('odd/link', 'x') && ($err =~ tr/\n//) == 3,
		'links to files are followed; links to folders and pipes are named and left out');
	($status, $out, $err) = run('ln -s odd here; pack-docs here/ <&-');
	ok($status == 3 && $out =~ /here\/file/, 'a link to a folder that is named is walked');
	($status, $out) = run('mkfifo named; printf hello >named & pack-docs named; wait');
	ok($status == 0 && $out =~ /"text":"hello"\}$/, 'a pipe that is named is read');

	spew('odd/1256', "\xCE\xC8\xD1");
	($status, $out, $err) = run('pack-docs odd/1256');
	ok($status == 0 && $out eq record('odd/1256', '\udcce\udcc8\udcd1') && is_one_line($err),
		'bytes that are not UTF-8 are escaped, which is said once');
	($status, $out, $err) = run('pack-docs --invalid=reject odd/1256 odd/file');
	ok($status == 3 && $out eq record('odd/file', 'x') && is_one_line($err) && $err =~ /1256/,
		'--invalid=reject leaves such files out');
	spew('odd/limit', "\x01" x 10);
	my $largest = length(record('odd/limit', '\u0001' x 10)) - 1;
	($status, $out) = run("pack-docs --max-record=$largest odd/limit");
	ok($status == 0 && $out eq record('odd/limit', '\u0001' x 10), 'a record of --max-record bytes is fine');
	run("pack-docs --max-record=$largest odd/limit | unpack-docs --into=limit --max-record=$largest");
	is(slurp_if('limit/odd/limit'), "\x01" x 10, 'and can be unpacked under the same limit');
	($status, $out, $err) = run('pack-docs --max-record=' . ($largest - 1) . ' odd/limit odd/file');
	ok($status == 3 && $out eq record('odd/file', 'x') && is_one_line($err) && $err =~ /odd\/limit/,
		'a larger one is named and left out');
}

# The k-th read fails, for every k: never a wrong record, always a message.
for my $kind ('READ', 'WRITE') {
	my ($k, $bad) = (0, 0);
	while (1) {
		my ($status, $out, $err) = run('LD_PRELOAD=$FAULT pack-docs news', '', "IOFAULT_${kind}_FAIL" => ++$k);
		last if $status == 0 && $out eq $packed;
		$bad++ if $status != 1 || !length $err || grep { index($packed, $_) < 0 } split /^/, $out;
		last if $k > 50;
	}
	ok($k > 1 && $k < 50 && !$bad, "pack-docs: a failure of every \L$kind\E in turn is an error");
}

# --- unpack-docs -------------------------------------------------------------------------------------------

# Unpacks into a fresh folder in which there is a file, a folder and links that lead out of it.
sub unpack_records {
	my ($records, $options) = @_;
	remove_tree('safe');
	make_path('safe/out/folder', 'safe/outside');
	spew('safe/out/there', 'old');
	spew('safe/outside/target', 'old');
	symlink '../outside', 'safe/out/link';
	symlink '../outside/target', 'safe/out/link_to_file';
	symlink '../outside/new', 'safe/out/dangling';
	symlink "$scratch/safe/outside", 'safe/out/absolute';
	return run('unpack-docs --into=safe/out ' . ($options // ''), $records);
}

sub outside { return `cd safe && find . ! -path './out/*' | sort | tr '\\n' ' '` . slurp_if('safe/outside/target') }

my @refused = ('../x', 'a/../../x', 'folder/../../outside/x', '..', '/etc/x', '//x', 'a//b', '.', './a', 'a/.', '', '/', 'a/',
	'a\u0000b', '\u0000', '..\u002f..\u002fx', 'folder', 'link/x', 'link/../x', 'absolute/x', 'there/x', 'folder/', 'link',
	'link_to_file', 'dangling', 'there', 'a\\\\x2F..', 'a\\\\b', '\ud800', 'x' x 256, 'x/' x 3000 . 'x');
for my $id (@refused) {
	for my $options ('', '--force') {
		next if $options && $id =~ /\A(?:link|link_to_file|dangling|there)\z/;
		my ($status, $out, $err) = unpack_records(record($id, 'evil') . record('good', 'fine'), $options);
		my $shown = length $id > 60 ? 'a long id' : $id;
		ok($status == 3 && is_one_line($err) && $err =~ /standard input: line 1: / && slurp_if('safe/out/good') eq 'fine'
				&& outside() eq '. ./out ./outside ./outside/target old' && slurp_if('safe/out/there') eq 'old',
			"the id '$shown' is refused, the next record is done $options");
	}
}
for my $id ('link', 'link_to_file', 'dangling', 'there') {
	my ($status) = unpack_records(record($id, 'new'), '--force');
	ok($status == 0 && !-l "safe/out/$id" && slurp_if("safe/out/$id") eq 'new'
			&& outside() eq '. ./out ./outside ./outside/target old',
		"--force replaces '$id' itself, not what it leads to");
}

my @bad = ('[1]', '{"id":"x"}', '{"text":"x"}', '{"id":"x","text":1}', '{"id":1,"text":"x"}', '{"id":"x","text":"x"} x',
	'{"id":"x","text":"\ud800"}', '{"id":"x","text":"\udd00"}', "{\"id\":\"\xFF\",\"text\":\"x\"}", 'x', '{');
for my $line (@bad) {
	my ($status, $out, $err) = unpack_records("\n$line\n" . record('good', 'fine'), '--bad-records=safe/bad');
	ok($status == 3 && is_one_line($err) && $err =~ /standard input: line 2: / && slurp_if('safe/out/good') eq 'fine'
			&& slurp_if('safe/bad') eq "$line\n" && !-e 'safe/out/x',
		"'" . ($line =~ s/\xFF/<FF>/r) . "' is a bad record, named and kept aside");
}

{
	my ($status, $out, $err) = unpack_records(record('a', 'one') . record('a', 'two'));
	ok($status == 3 && $err =~ /line 2/ && slurp_if('safe/out/a') eq 'one', 'of two records with one id the first stays');
	($status) = unpack_records(record('a', 'one') . record('a', 'two'), '--force');
	ok($status == 0 && slurp_if('safe/out/a') eq 'two', 'with --force the last');
	($status, $out, $err) = unpack_records(record('x', 'y' x 100), '--max-record=99');
	ok($status == 3 && is_one_line($err) && !-e 'safe/out/x', 'a record larger than --max-record is named');
	($status) = unpack_records("\xEF\xBB\xBF" . record('x', 'bom') =~ s/\n/\r/r);
	ok($status == 0 && slurp_if('safe/out/x') eq 'bom', 'a byte order mark in front and a missing newline do no harm');
	($status) = unpack_records(record('x\u007b\\\\xFF', '\udcff\u0000\udc80\n'));
	ok($status == 0 && slurp_if("safe/out/x{\xFF") eq "\xFF\0\x80\n", 'escapes of bytes become these bytes');
	($status) = unpack_records('{"name":"x","body":"new"}', '--id=name --field=body');
	ok($status == 0 && slurp_if('safe/out/x') eq 'new', 'members may have other names');
	chmod 0604, 'safe/out/there' if unpack_records('') || 1;
	run('unpack-docs --force --into=safe/out', record('there', 'new'));
	is((stat 'safe/out/there')[2] & 07777, 0604, 'a replaced file keeps its permissions');
	run('umask 027; unpack-docs --into=safe/out', record('fresh/x', 'new'));
	is((stat 'safe/out/fresh/x')[2] & 07777, 0640, 'a new file gets those the umask leaves');
	($status, $out, $err) = run('unpack-docs', $packed);
	ok($status == 2 && is_one_line($err), 'unpack-docs wants to be told where to');
	($status, $out, $err) = run('unpack-docs --into=absent/deep', $packed);
	ok($status == 1 && is_one_line($err) && $err =~ /absent\/deep/, 'a folder in a folder that is not there is not made');
	($status, $out, $err) = run('unpack-docs --into=news/a.txt', $packed);
	ok($status == 1 && is_one_line($err), 'a file is no folder');
	spew('packed', $packed);
	($status, $out, $err) = run('unpack-docs --into=some absent packed');
	ok($status == 1 && $err =~ /absent/ && slurp_if('some/news/a.txt') eq $text, 'a missing file is named, others are unpacked');
	($status, $out, $err) = run('unpack-docs --into=none .');
	ok($status == 1 && is_one_line($err) && $err =~ /directory/i, 'a folder is no input');
	($status) = run('unpack-docs --into=pieces', $packed, LD_PRELOAD => $fault, IOFAULT_READ_MAX => 1, IOFAULT_WRITE_MAX => 1);
	ok($status == 0 && slurp_if('pieces/news/a.txt') eq $text && slurp_if('pieces/news/local/b.txt') eq 'no newline',
		'input and output byte by byte give the same files');
	($status, $out, $err) = run('ulimit -f 4; unpack-docs --into=limited', record('small', 'x') . record('big', 'x' x 9000));
	ok($status == 1 && is_one_line($err) && $err =~ /line 2: .*'big'/ && slurp_if('limited/small') eq 'x' && !-e 'limited/big',
		'a file that cannot be written whole is not there, and that is an error');
	my $bad = record('ok', 'x') . "[1]\n";
	spew('names', 'both');
	for my $way ('both', '- <both', '<both', '--files0-from=names', 'packed both') {
		spew('both', $bad);
		($status, $out, $err) = run("unpack-docs --force --into=some --bad-records=both $way");
		ok($status == 1 && is_one_line($err) && $err =~ /both input and the output of --bad-records/ && slurp('both') eq $bad,
			"bad records do not replace what is read: $way");
	}
	($status, $out, $err) = run('unpack-docs --into=some --bad-records=names --files0-from=names');
	ok($status == 2 && is_one_line($err) && $err =~ /'names' is the list/ && slurp('names') eq 'both', 'nor the list of it');
}

for my $kind ('READ', 'WRITE') {
	my ($k, $bad) = (0, 0);
	while (1) {
		remove_tree('faulty');
		my ($status, $out, $err) = run('LD_PRELOAD=$FAULT unpack-docs --into=faulty', $packed,
			"IOFAULT_${kind}_FAIL" => ++$k);
		my %got = map { $_ => slurp_if("faulty/news/$_") } grep { -e "faulty/news/$_" } 'a.txt', 'local/b.txt';
		my $whole = !grep { $got{$_} ne slurp_if("news/$_") } keys %got;
		last if $status == 0 && keys %got == 2 && $whole;
		$bad++ if $status != 1 || !length $err || !$whole;
		last if $k > 50;
	}
	ok($k > 1 && $k < 50 && !$bad, "unpack-docs: a failure of every \L$kind\E in turn is an error, no file is half");
}

# A signal in the middle of things leaves no unfinished file, and each file there is is whole.
{
	my $records = join '', map { record("f$_", 'x' x 5000) } 1 .. 2000;
	my ($bad, $cut) = (0, 0);
	for my $round (1 .. 12) {
		remove_tree('signalled');
		my $signal = (qw(TERM HUP))[$round % 2];
		my $wait = $round / 2000;
		run("unpack-docs --into=signalled <.stdin & until [ -e signalled/f5 ]; do :; done; sleep $wait; kill -$signal \$!; wait \$!",
			$records);
		$cut++ if !-e 'signalled/f2000';
		$bad++ if grep { -s $_ != 5000 } glob 'signalled/f*';
	}
	ok(!$bad && $cut, "a signal leaves no half file ($cut runs were cut short)");
}
is(join(' ', left_behind()), '', 'no temporary file is left behind by any of this');
done_testing();
