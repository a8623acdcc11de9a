/* SPDX-License-Identifier: MIT
 * oracle_nfc_test.c - NFC of random text against Perl's Unicode::Normalize, which shares neither code nor
 * tables with us. Debian 12's is of Unicode 14.0, so only characters of that age are used. */
#include "tests/unit/ucd_lines.h"

#include <unistd.h>

#include "common/mem.h"
#include "common/nfc.h"
#include "common/unicode.h"

enum { CODE_POINTS = 0x110000, LINES = 20000 };

/* Assigned characters that Unicode 14.0 has, in two lists: all, and those that NFC has work with. */
struct alphabet {
	int32_t *all, *busy;
	uint32_t all_count, busy_count;
};

static void alphabet_add(struct alphabet *alphabet, const char *line)
{
	char *end;
	unsigned long first = strtoul(line, &end, 16), last = first;

	if (*end == '.')
		last = strtoul(end + 2, NULL, 16);
	if (strstr(line, "; 15.0"))
		return;
	for (int32_t cp = (int32_t)first; cp <= (int32_t)last; cp++) {
		if (unicode_category(cp) == GC_OTHER || cp < ' ')
			continue;
		alphabet->all[alphabet->all_count++] = cp;
		if (!unicode_starts_nfc_segment(cp) || unicode_has(cp, UNICODE_NFC_NO))
			alphabet->busy[alphabet->busy_count++] = cp;
	}
}

static void add_line(struct buf *line, const struct alphabet *alphabet, bool latin, uint32_t *seed)
{
	uint32_t all = latin ? 600 : alphabet->all_count, busy = latin ? 100 : alphabet->busy_count;

	for (uint32_t len = 1 + check_random(seed) % 12; len; len--)
		if (check_random(seed) % 3)
			utf8_add(line, alphabet->busy[check_random(seed) % busy]);
		else
			utf8_add(line, alphabet->all[check_random(seed) % all]);
}

/* Every other line is of the first letters and marks only, where most pairs combine. */
static void write_lines(FILE *file, const struct alphabet *alphabet)
{
	struct buf line = BUF_INIT;
	uint32_t seed = 9;

	for (int i = 0; i < LINES; i++) {
		buf_clear(&line);
		add_line(&line, alphabet, i % 2, &seed);
		buf_add_byte(&line, '\n');
		assert_int_equal(fwrite(line.at, 1, line.len, file), line.len);
	}
	assert_int_equal(fclose(file), 0);
	buf_release(&line);
}

/* Perl writes each line and its NFC. */
static void compare_lines(const char *path)
{
	struct buf command = BUF_INIT, got = BUF_INIT;
	char *line = NULL, *nfc = NULL;
	size_t line_cap = 0, nfc_cap = 0, count = 0;
	ssize_t len, nfc_len;
	FILE *perl;

	buf_addf(&command, "perl -CSD -MUnicode::Normalize -ne 'print $_, NFC($_)' %s", path);
	perl = popen(buf_string(&command), "r");
	assert_non_null(perl);
	for (; (len = getline(&line, &line_cap, perl)) > 0; count++) {
		nfc_len = getline(&nfc, &nfc_cap, perl);
		assert_true(nfc_len > 0);
		buf_clear(&got);
		nfc_add(&got, span_of(line, (size_t)len));
		if (!span_equal(buf_span(&got), span_of(nfc, (size_t)nfc_len)))
			fail_msg("NFC of %sexpected %sgot      %s", line, nfc, buf_string(&got));
	}
	assert_int_equal(pclose(perl), 0);
	assert_int_equal(count, LINES);
	free(line);
	free(nfc);
	buf_release(&command);
	buf_release(&got);
}

TEST(perl_agrees_on_random_text)
{
	struct alphabet alphabet = { .all = mem_new(CODE_POINTS, sizeof(int32_t)),
		.busy = mem_new(CODE_POINTS, sizeof(int32_t)) };
	struct ucd_lines ages = ucd_open("DerivedAge.txt");
	char path[] = "/tmp/ghirbal-nfc-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	while (ucd_next(&ages))
		alphabet_add(&alphabet, ages.line);
	ucd_close(&ages);
	write_lines(fdopen(fd, "w"), &alphabet);
	compare_lines(path);
	unlink(path);
	free(alphabet.all);
	free(alphabet.busy);
}

int main(void)
{
	const struct CMUnitTest tests[] = { IT(perl_agrees_on_random_text) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
