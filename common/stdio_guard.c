/* SPDX-License-Identifier: MIT
 * stdio_guard.c - inherited descriptors and signals. */
#include "common/stdio_guard.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>

void stdio_guard(void)
{
	/* /dev/null opened the wrong way round: reading descriptor 0 or writing 1 and 2 fails with EBADF. */
	static const int wrong_way[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", wrong_way[fd]) != fd)
			exit(1);
	signal(SIGXFSZ, SIG_IGN);
}
