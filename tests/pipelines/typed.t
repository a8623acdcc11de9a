#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# At a terminal and without a file to read, `--stats story.txt` may have been meant to read story.txt: it is not
# taken away. What is typed, new files, and runs without a terminal are as ever.
use strict;
use warnings;
use Test::More;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp_if spew);
use Stages qw(home fresh listing run);
use Terminal qw(terminal);

my $home = home();
my $here = "$home/here";
my $story = "وصل الوفد مساء أمس.\n";
plan skip_all => 'no pseudo-terminals here' unless terminal();

# Status and standard error of a line of bash whose standard input is a terminal, where `keys` are typed.
sub typed {
	my ($line, $keys) = @_;
	my ($master, $slave) = terminal();
	syswrite $master, $keys;
	my $pid = fork // die;
	if (!$pid) {
		open STDIN, '<&', $slave;
		open STDOUT, '>', "$home/out";
		open STDERR, '>', "$home/err";
		chdir $here;
		exec 'bash', '-c', "PATH=$ENV{GHIRBAL_BUILD}/bin:\$PATH; $line";
	}
	waitpid $pid, 0;
	return ($? >> 8, slurp_if("$home/err"));
}

my $end = "\x04"; # Ctrl-D
fresh();
for my $line ('run-pipeline clean-news --stats story.txt', 'run-pipeline clean-news -o story.txt', 'run-pipeline clean-news -J2 -o story.txt',
	'run-pipeline clean-news --tee normalize=story.txt', 'run-pipeline clean-news -j --bad-records story.txt',
	'normalize -o story.txt', 'strip-boilerplate --explain story.txt', 'normalize --stats story.txt') {
	spew("$here/story.txt", $story);
	my ($status, $err) = typed($line, $end);
	is($status, 2, "'$line' at a terminal is refused");
	like($err, qr/option '--[^']*' writes to 'story.txt', which holds something, and there is no input; if it is the input, say --/, '... and says what to do');
	is(slurp_if("$here/story.txt"), $story, '... the file stays');
}
for my $line ('run-pipeline clean-news -o new.txt', 'run-pipeline clean-news -o story.txt -', 'normalize -o other.txt', 'normalize -o story.txt -') {
	my ($file) = $line =~ /(\w+\.txt)/;
	is((typed($line, "typed\n$end"))[0], 0, "'$line' at a terminal is done");
	is(slurp_if("$here/$file"), "typed\n", '... with what is typed');
}
{
	my ($master, $slave) = terminal();
	syswrite $master, "typed\n$end";
	my $pid = fork // die;
	if (!$pid) {
		close $master;
		open STDIN, '<&', $slave;
		open STDERR, '>&', $slave;
		open STDOUT, '>', '/dev/null';
		exec "$ENV{GHIRBAL_BUILD}/bin/run-pipeline", 'clean-news';
	}
	close $slave;
	my $text = '';
	while (sysread $master, my $bytes, 4096) { $text .= $bytes }
	waitpid $pid, 0;
	like($text, qr/^run-pipeline: reading from the terminal; Ctrl-D ends the text/m, 'whoever sits there is told');
}
is((run('PATH=$GHIRBAL_BUILD/bin:$PATH run-pipeline clean-news -o story.txt --stats=s </dev/null'))[0], 0, 'a run on nothing');
is((run('PATH=$GHIRBAL_BUILD/bin:$PATH run-pipeline clean-news -o story.txt --stats=s </dev/null'))[0], 0, '... can be run again');
done_testing();
