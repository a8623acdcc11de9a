#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# Compressed files in and out are what their contents would be, and what is wrong with them is told. Programs that are
# not there are left out.
use strict;
use warnings;
use Test::More;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Files qw(slurp slurp_if spew);
use Stages qw(home stage fresh listing run);

my $build = $ENV{GHIRBAL_BUILD};
my $home = home();
my $here = "$home/here";
my %programs = (zst => 'zstd', gz => 'gzip', xz => 'xz');
delete $programs{$_} for grep { system("command -v $programs{$_} >/dev/null") } keys %programs;
plan skip_all => 'no program that compresses' unless %programs;

# The filters themselves, beside the copied runner.
sub real {
	fresh();
	for (split ' ', $ENV{GHIRBAL_FILTERS}) {
		unlink "$home/bin/$_";
		symlink "$build/bin/$_", "$home/bin/$_";
	}
	spew("$here/p.yaml", "ghirbal: 1\nname: p\nsummary: a test\nstages:\n  - run: normalize\n    with: {spaces: false}\n  - run: strip-boilerplate\n  - run: split-sentences\n");
	mkdir "$here/in";
	mkdir "$here/in/sub";
	spew("$here/in/$_", "العنوان $_\n\nقال د. سامر إن الخبر رقم $_ صحيح. وانتهى.\nشارك\n") for 'a.txt', 'b.txt', 'sub/ج.txt';
	spew("$here/z", join "\0", map { "خبر $_. وآخر.\n" } 1 .. 50);
	spew("$here/j", map { "{\"id\":$_,\"text\":\"خبر $_. وآخر.\"}\n" } 1 .. 50);
}

# One line of bash in here/; all it gave.
sub all { return [ run($_[0]) ] }

for my $suffix (sort keys %programs) {
	my $program = $programs{$suffix};
	real();
	system('bash', '-c', 'cd "$1" && cp -r in plain && for f in in/*.txt in/sub/*.txt z j; do "$2" -qc "$f" >"$f.$3"; done && rm in/b.txt.$3 in/a.txt in/sub/*.txt', 'x', $here, $program, $suffix);
	for my $jobs ('', '-J2 --batch-size=300') {
		is_deeply(all("run-pipeline p.yaml $jobs in/a.txt.$suffix in/b.txt"), all('run-pipeline p.yaml plain/a.txt plain/b.txt'), "$suffix $jobs: among other files");
		is_deeply(all("run-pipeline p.yaml $jobs -z z.$suffix z"), all('run-pipeline p.yaml -z z z'), "$suffix $jobs: files of documents");
		is_deeply(all("run-pipeline p.yaml $jobs -j j.$suffix j"), all('run-pipeline p.yaml -j j j'), "$suffix $jobs: records");
		is_deeply(all("printf 'in/a.txt.$suffix\\0in/b.txt' | run-pipeline p.yaml $jobs --files0-from=-"), all('run-pipeline p.yaml plain/a.txt plain/b.txt'), "$suffix $jobs: in a list");

		is((run("run-pipeline p.yaml $jobs -z -o out.$suffix z"))[0], 0, "$suffix $jobs: output");
		is_deeply(all("$program -dcq out.$suffix"), all('run-pipeline p.yaml -z z'), '... is compressed, and the same');

		is((run("run-pipeline p.yaml $jobs -o out in"))[2], '', "$suffix $jobs: a folder");
		run('run-pipeline p.yaml -o want plain');
		is_deeply([ map { (run("$program -dcq <out/$_.$suffix"))[1] } 'a.txt', 'sub/ج.txt' ], [ map { slurp("$here/want/$_") } 'a.txt', 'sub/ج.txt' ], '... keeps names, and compresses likewise');
		is(slurp("$here/out/b.txt"), slurp("$here/want/b.txt"), '... what was compressed');
		system('rm', '-rf', "$here/out", "$here/want");
	}
	my ($status, $line) = run("run-pipeline p.yaml --dry-run -o out.$suffix in/a.txt.$suffix");
	spew("$home/line", $line);
	run('bash ../line');
	is_deeply(all("$program -dcq out.$suffix"), all('run-pipeline p.yaml plain/a.txt'), "$suffix: the printed line does the same");

	# --- what goes wrong ---
	spew("$here/cut.$suffix", substr slurp("$here/z.$suffix"), 0, -9);
	spew("$here/old", "old\n");
	mkdir "$here/cut";
	spew("$here/cut/a.txt.$suffix", slurp("$here/cut.$suffix"));
	for my $jobs ('', '-J2 --batch-size=300') {
		for my $words ("-z -o old cut.$suffix", "-o old cut.$suffix in/b.txt", '-o new cut') {
			my $before = listing();
			my ($status, $out, $err) = run("run-pipeline p.yaml $jobs $words");
			is($status, 1, "$suffix $words $jobs: cut short is a failure");
			like($err, qr/cut(\/a\.txt)?\.$suffix: $program failed with status 1/m, '... that is named');
			is(slurp("$here/old"), "old\n", '... the old output stays');
			is(listing() =~ s{^here/new\n}{}mr, $before =~ s{^here/new\n}{}mr, '... and nothing is left');
		}
	}
	is((run(qq{perl -e '\$SIG{CHLD} = "IGNORE"; exec \@ARGV' normalize --decompress cut.$suffix}))[0], 1, "$suffix: also where a parent ignores its children");
	spew("$here/none.$suffix", "text\n");
	is((run("run-pipeline p.yaml none.$suffix"))[0], 1, "$suffix: what is not compressed is a failure");
	is((run("yes | head -c 2000000 | $program -qc >big.$suffix; run-pipeline p.yaml -j big.$suffix 2>/dev/null | head -c 2"))[0], 0, "$suffix: a reader may leave");

	mkdir "$home/poor";
	symlink "/usr/bin/$_", "$home/poor/$_" for 'bash', 'cat';
	for my $words ("-o old in/a.txt.$suffix", "-o old.$suffix in/b.txt", "-z -o old -J2 z.$suffix", '-o new in') {
		my ($status, $out, $err) = run("PATH=$home/bin:$home/poor; run-pipeline p.yaml $words");
		is($status, 1, "$suffix, $words: without its program there is no run");
		like($err, qr/there is no program '$program' in PATH/, '... and that is said');
	}
	is((run("run-pipeline p.yaml --tee normalize=x.$suffix in/b.txt"))[0], 2, "$suffix: a copy is plain, and so is its name");
}

SKIP: {
	skip 'no /dev/full', 2 unless -c '/dev/full' && $programs{gz};
	symlink '/dev/full', "$here/full.gz";
	my ($status, $out, $err) = run('run-pipeline p.yaml -o full.gz in/b.txt');
	is($status, 1, 'a full disk under a compressed output is a failure');
	like($err, qr/stage 'gzip' failed: .*No space left/, '... that is named');
}
done_testing();
