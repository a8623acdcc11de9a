#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# What fails in filters, pack-docs and unpack-docs is told, and breaks nothing: the scenarios in which tests/lib/Faults.pm makes
# every call fail.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Faults qw(try_all);

try_all(
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
	# Written anew for each call: too much for make check.
	$ENV{GHIRBAL_TORTURE} ? [ 'dedupe, a long line', 'dedupe -o old', 'long' ] : (),
	[ 'dedupe --near, paragraphs', 'dedupe -z --near --unit=paragraph -o old', '|documents' ],
	[ 'dedupe --min-documents', 'dedupe -z --unit=line --min-documents=2 -S 8K -o old', '|documents' ],
	[ 'dedupe --emit=keys', 'dedupe -z --emit=keys -o old', 'documents' ],
	[ 'dedupe --emit=frequencies', 'dedupe -j --near --emit=frequencies -o old', 'records' ],
	[ 'dedupe --drop-numbers', 'dedupe -z --drop-numbers=../in/numbers -o old', 'documents' ],
	[ 'count-terms --threads', 'count-terms -z -S 64K --threads=3 -o old', 'many-words' ],
	[ 'count-terms --by', 'count-terms -j --by=id --stem=arabic --stopwords=../in/words -o old', '|records' ],
	[ 'count-terms --tokens', 'count-terms --tokens --threads=2 -o old ../in/lines' ],
	[ 'compressed', 'normalize --decompress -o old ../in/article.gz' ],
	[ 'several files', 'normalize -z -o old ../in/sub/a.txt ../in/sub/b.txt ../in/sub/c.txt' ],
	[ 'files0', 'dedupe --files0-from=../in/list -o old' ],
	[ 'pack-docs', 'pack-docs -o old ../in/sub' ],
	[ 'pack-docs, a list', 'pack-docs --files0-from=../in/list', undef ],
	[ 'unpack-docs', 'unpack-docs --into=new --bad-records=bad', '|bad' ],
	[ 'unpack-docs --force', 'unpack-docs --force --into=full ../in/records' ],
);
