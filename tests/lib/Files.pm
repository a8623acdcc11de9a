# SPDX-License-Identifier: MIT
# Files.pm - whole files read and written, for test scripts. Bytes, not characters.
#
#   use FindBin;
#   use lib "$FindBin::RealBin/../lib";
#   use Files qw(slurp slurp_if spew);
package Files;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(slurp slurp_if spew);

# The content of a file that must be there.
sub slurp {
	my ($path) = @_;
	open my $file, '<:raw', $path or die "$path: $!\n";
	local $/;
	my $bytes = <$file> // '';
	close $file or die "$path: $!\n";
	return $bytes;
}

# The content of a file that may be missing: then undef, which is no content.
sub slurp_if {
	my ($path) = @_;
	return -e $path ? slurp($path) : undef;
}

# Writes a file; its path.
sub spew {
	my ($path, @bytes) = @_;
	open my $file, '>:raw', $path or die "$path: $!\n";
	print $file @bytes;
	close $file or die "$path: $!\n";
	return $path;
}

1;
