/* SPDX-License-Identifier: MIT
 * template_fuzz.c - any bytes as a template file, the way strip-boilerplate reads what other machines learnt.
 *
 * The last line of the input is replaced by the one that its bytes ask for, so that trials do not end at a checksum.
 * Its first byte says how much memory there is.
 *
 * - A file is read, or refused with a reason.
 * - What was read is written the same once it was written and read again.
 * - Counts never grow by a round through a file, and memory stays below what it may be. */
#include "tests/fuzz/fuzz.h"

#include <xxhash.h>

#include "filters/strip-boilerplate/template.h"

static enum flow append(void *ctx, struct span piece)
{
	buf_add(ctx, piece);
	return FLOW_MORE;
}

static void write_to(struct buf *into, const struct templates *templates)
{
	const struct sink sink = { .put = append, .ctx = into };
	const struct opt_output output = { .path = "file", .to = &sink };

	LAW(templates_write(templates, &output) == FLOW_MORE, "writing goes on");
}

/* The input with a last line that fits. */
static void complete(struct buf *into, struct span input)
{
	size_t lines = span_count(input, '\n');

	buf_add(into, input);
	if (input.len && !span_has_suffix(input, SPAN("\n"))) {
		buf_add_byte(into, '\n');
		lines++;
	}
	buf_addf(into, "end\t%zu\t%016llx\n", lines ? lines - 1 : 0,
		(unsigned long long)XXH3_64bits(into->at, into->len));
}

static bool read_from(struct templates *templates, size_t most, uint64_t secret, struct span text)
{
	struct diag why = { "" };
	bool fine;

	templates_init(templates, most, secret);
	fine = templates_read(templates, "file", text, &why);
	LAW(fine || why.text[0], "who refuses says why");
	return fine;
}

/* Read under another secret and written, the file is the same. */
static void check_again(struct span file)
{
	struct templates again;
	struct buf written = BUF_INIT;

	LAW(read_from(&again, TEMPLATE_MOST, 77, file), "what was written is read");
	write_to(&written, &again);
	fuzz_same(file, buf_span(&written), "read and written, a template is the same");
	buf_release(&written);
	templates_release(&again);
}

/* Two of one are one with twice the counts, or as much as can be counted: it is a template, too. */
static void check_added(struct span file)
{
	struct templates both;
	struct diag why;
	struct buf written = BUF_INIT;

	LAW(read_from(&both, TEMPLATE_MOST, 3, file), "what was written is read");
	LAW(templates_read(&both, "file", file, &why), "and once more");
	write_to(&written, &both);
	check_again(buf_span(&written));
	buf_release(&written);
	templates_release(&both);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span input = span_of((const char *)data, size), own;
	unsigned char memory = fuzz_byte(&input);
	size_t most = memory & 1 ? TEMPLATE_MOST : (size_t)memory * 64;
	struct templates templates;
	struct buf text = BUF_INIT, written = BUF_INIT;

	complete(&text, input);
	own = fuzz_copy(buf_span(&text));
	if (read_from(&templates, most, 1, own)) {
		/* A site is added as long as there is any room; where to find them takes a third of what they take. */
		LAW(templates.used <= most + most / 2 + 1024, "memory stays within bounds");
		write_to(&written, &templates);
		check_again(buf_span(&written));
		check_added(buf_span(&written));
	}
	templates_release(&templates);
	free((char *)own.at);
	buf_release(&text);
	buf_release(&written);
	return 0;
}
