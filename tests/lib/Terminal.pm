# SPDX-License-Identifier: MIT
# Terminal.pm - pseudo-terminals for test scripts, by ptmx(4): no module of them comes along with perl.
package Terminal;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(terminal);

# Both ends of a new one; nothing where there are none.
sub terminal {
	my ($number, $unlock) = (pack('i', 0), pack('i', 0));
	open my $master, '+<', '/dev/ptmx' or return;
	ioctl $master, 0x40045431, $unlock or return; # TIOCSPTLCK
	ioctl $master, 0x80045430, $number or return; # TIOCGPTN
	open my $slave, '+<', '/dev/pts/' . unpack('i', $number) or return;
	return ($master, $slave);
}

1;
