# SPDX-License-Identifier: MIT
# run-pipeline beside stages of our own making, in a scratch folder.
package Stages;
use strict;
use warnings;
use Exporter qw(import);
use File::Temp qw(tempdir);
use File::Copy qw(copy);
use File::Find qw(find);
use File::Path qw(remove_tree);
use Files qw(slurp spew);
our @EXPORT_OK = qw(home stage pipeline fresh listing run);

my $build = $ENV{GHIRBAL_BUILD} or die "run me by 'make check'\n";
my $home = tempdir(CLEANUP => 1);

# bin/ holds the programs, here/ is where lines run, out and err are what came, tmp/ is TMPDIR.
sub home { return $home }

mkdir "$home/$_" for qw(bin here tmp);
copy("$build/bin/run-pipeline", "$home/bin/run-pipeline") or die;
chmod 0755, "$home/bin/run-pipeline";
$ENV{TMPDIR} = "$home/tmp";
delete $ENV{LD_PRELOAD};

# A stage is a shell script; no script, no program.
sub stage {
	my ($name, $script) = @_;
	unlink "$home/bin/$name";
	return unless defined $script;
	spew("$home/bin/$name", "#!/bin/sh\n$script\n");
	chmod 0755, "$home/bin/$name";
}

# here/p.yaml, of these filters.
sub pipeline {
	my (@stages) = @_;
	spew("$home/here/p.yaml", "ghirbal: 1\nname: p\nsummary: a test\nstages:\n", map { "  - run: $_\n" } @stages);
}

# An empty folder, and stages that pass on what they read.
sub fresh {
	my (@stages) = @_;
	remove_tree("$home/here");
	mkdir "$home/here";
	pipeline(@stages);
	stage($_, 'exec cat') for @stages;
}

# Every name in here/ and tmp/.
sub listing {
	my @names;
	find({ wanted => sub { push @names, "$File::Find::name\n" }, no_chdir => 1 }, "$home/here", "$home/tmp");
	return join '', sort map { substr $_, length("$home/") } @names;
}

# Runs a line of bash in here/: status, stdout, stderr.
sub run {
	my ($line) = @_;
	system('bash', '-c', 'cd "$1/here" && PATH=$1/bin:/usr/bin:/bin && { eval "$2"; } >../out 2>../err', 'run', $home, $line);
	my $status = $? & 127 ? 128 + ($? & 127) : $? >> 8;
	return ($status, slurp("$home/out"), slurp("$home/err"));
}

1;
