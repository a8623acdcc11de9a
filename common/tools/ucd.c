/* SPDX-License-Identifier: MIT
 * ucd.c - host program: Unicode's data files in, C tables for common/unicode.c out.
 *
 *	ucd /usr/share/unicode >ucd.inc
 *
 * Reads the Unicode Character Database as Debian's unicode-data lays it out (UAX #44 describes the files).
 * Every code point gets a record of its properties; few records differ, so a table of distinct records and
 * two stages of indices, blocks shared, hold them all. Values are printed as the enum constants of
 * unicode.h, made from the names in the data ("MidNumLet" is WB_MIDNUMLET): a name that unicode.h lacks
 * does not compile. */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CODE_POINTS = 0x110000,
	BLOCK = 128, /* code points; as in unicode.h */
	BLOCKS = CODE_POINTS / BLOCK,
	RECORDS_MAX = 4096,
	FIELDS_MAX = 16,
	VALUES_MAX = 64,
};

/* What is known of a code point. Values are indices in the value list of their property. */
enum property { WORD_BREAK, SENTENCE_BREAK, CATEGORY, SCRIPT, PROPERTIES };

struct record {
	uint8_t value[PROPERTIES];
	uint8_t combining_class;
	uint32_t flags;
};

/* The values of a property met so far; the first is the one that unlisted code points have. */
struct values {
	const char *prefix;
	char names[VALUES_MAX][32];
	size_t count;
};

/* Flags, by the names they have in the data and in unicode.h (UNICODE_...). A field of NULL is not looked
 * at. */
struct flag {
	const char *file, *property, *field, *name;
};

/* clang-format off */
static const struct flag flags[] = {
	{ "emoji/emoji-data.txt", "Extended_Pictographic", NULL, "EXTENDED_PICTOGRAPHIC" },
	{ "emoji/emoji-data.txt", "Emoji", NULL, "EMOJI" },
	{ "emoji/emoji-data.txt", "Emoji_Presentation", NULL, "EMOJI_PRESENTATION" },
	{ "emoji/emoji-data.txt", "Emoji_Modifier", NULL, "EMOJI_MODIFIER" },
	{ "emoji/emoji-data.txt", "Emoji_Modifier_Base", NULL, "EMOJI_MODIFIER_BASE" },
	{ "PropList.txt", "Ideographic", NULL, "IDEOGRAPHIC" },
	{ "PropList.txt", "White_Space", NULL, "WHITE_SPACE" },
	{ "DerivedCoreProperties.txt", "Default_Ignorable_Code_Point", NULL, "DEFAULT_IGNORABLE" },
	{ "DerivedCoreProperties.txt", "Lowercase", NULL, "LOWERCASE" },
	{ "DerivedCoreProperties.txt", "Uppercase", NULL, "UPPERCASE" },
	{ "DerivedNormalizationProps.txt", "NFC_QC", "N", "NFC_NO" },
	{ "DerivedNormalizationProps.txt", "NFC_QC", "M", "NFC_MAYBE" },
	{ "DerivedNormalizationProps.txt", "NFD_QC", "N", "NFD_NO" },
	{ "DerivedNormalizationProps.txt", "NFKC_QC", "N", "NFKC_NO" },
	{ "DerivedNormalizationProps.txt", "NFKD_QC", "N", "NFKD_NO" },
	{ "CaseFolding.txt", "C", NULL, "FOLDS" },
	{ "CaseFolding.txt", "F", NULL, "FOLDS" },
	{ "extracted/DerivedGeneralCategory.txt", "Ps", NULL, "OPENING" },
	{ "extracted/DerivedGeneralCategory.txt", "Pe", NULL, "CLOSING" },
	{ "extracted/DerivedGeneralCategory.txt", "Pi", NULL, "QUOTE" },
	{ "extracted/DerivedGeneralCategory.txt", "Pf", NULL, "QUOTE" },
	{ "extracted/DerivedGeneralCategory.txt", "Pd", NULL, "DASH" },
	{ NULL, NULL, NULL, "NFC_SEGMENT" }, /* reckoned, see mark_nfc_segments */
};
/* clang-format on */

enum { FLAGS = sizeof(flags) / sizeof(flags[0]) };

/* enum script of unicode.h, in its order but for the first; the tables assert that none is missing. */
static const char *const scripts[] = {
	/* clang-format off */
	"Common", "Inherited", "Latin", "Greek", "Cyrillic", "Armenian", "Hebrew", "Arabic",
	"Devanagari", "Thai", "Lao", "Myanmar", "Khmer", "Han", "Hiragana", "Katakana", "Hangul",
	/* clang-format on */
};

enum { SCRIPTS = sizeof(scripts) / sizeof(scripts[0]) };

struct ucd {
	struct record of[CODE_POINTS];
	uint32_t decomposes_to[CODE_POINTS]; /* first code point of the canonical decomposition, or 0 */
	struct values values[PROPERTIES];
	struct record distinct[RECORDS_MAX];
	uint16_t index[CODE_POINTS]; /* in distinct */
	size_t distinct_count;
	uint16_t block_of[BLOCKS]; /* which shared block */
	size_t block_first[BLOCKS]; /* a code point whose index starts that block */
	size_t block_count;
};

/* A file being read, and its current line, split. */
struct table {
	char path[4096];
	FILE *in;
	unsigned line;
	char *text;
	size_t cap;
	char *field[FIELDS_MAX];
	size_t fields;
	uint32_t first, last; /* the code points of field[0] */
};

static void table_fail(const struct table *t, const char *format, ...)
	__attribute__((noreturn, format(printf, 2, 3)));

static void table_fail(const struct table *t, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "ucd: %s", t->path);
	if (t->line)
		fprintf(stderr, ":%u", t->line);
	fputs(": ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

/* The same of the file as a whole, now that it has been read. */
#define table_fail_whole(t, ...) ((t)->line = 0, table_fail(t, __VA_ARGS__))

static void table_open(struct table *t, const char *folder, const char *name)
{
	memset(t, 0, sizeof(*t));
	if (snprintf(t->path, sizeof(t->path), "%s/%s", folder, name) >= (int)sizeof(t->path))
		table_fail(t, "the path is too long");
	t->in = fopen(t->path, "r");
	if (!t->in)
		table_fail(t, "%s (Debian: package unicode-data)", strerror(errno));
}

static void table_close(struct table *t)
{
	if (ferror(t->in))
		table_fail(t, "%s", strerror(errno));
	fclose(t->in);
	free(t->text);
}

static char *trim(char *text)
{
	char *end;

	while (isspace((unsigned char)*text))
		text++;
	end = text + strlen(text);
	while (end > text && isspace((unsigned char)end[-1]))
		end--;
	*end = '\0';
	return text;
}

static void table_split(struct table *t)
{
	char *rest = t->text;

	rest[strcspn(rest, "#")] = '\0';
	t->fields = 0;
	while (rest && t->fields < FIELDS_MAX)
		t->field[t->fields++] = trim(strsep(&rest, ";"));
}

/* "0041" or "0041..005A" in field[0]. */
static void table_code_points(struct table *t)
{
	char *end;
	unsigned long first = strtoul(t->field[0], &end, 16), last = first;

	if (end == t->field[0])
		table_fail(t, "'%s' is not a code point", t->field[0]);
	if (end[0] == '.' && end[1] == '.')
		last = strtoul(end + 2, &end, 16);
	if (*end || last < first || last >= CODE_POINTS)
		table_fail(t, "'%s' is not a range of code points", t->field[0]);
	t->first = (uint32_t)first;
	t->last = (uint32_t)last;
}

/* The next line that holds data, which must have `least` fields or more; false at the end. */
static bool table_next(struct table *t, size_t least)
{
	while (getline(&t->text, &t->cap, t->in) >= 0) {
		t->line++;
		table_split(t);
		if (t->fields == 1 && !*t->field[0])
			continue;
		if (t->fields < least)
			table_fail(t, "%zu fields where %zu are needed", t->fields, least);
		table_code_points(t);
		return true;
	}
	return false;
}

static uint8_t value_index(struct values *v, const char *name, const struct table *t)
{
	char constant[sizeof(v->names[0])];
	size_t i, len = strlen(name);

	if (len == 0 || len >= sizeof(constant))
		table_fail(t, "'%s' is no name of a value", name);
	for (i = 0; i <= len; i++)
		constant[i] = (char)toupper((unsigned char)name[i]);
	for (i = 0; i < v->count; i++)
		if (strcmp(v->names[i], constant) == 0)
			return (uint8_t)i;
	if (v->count == VALUES_MAX)
		table_fail(t, "more than %d values", VALUES_MAX);
	memcpy(v->names[v->count], constant, len + 1);
	return (uint8_t)v->count++;
}

static void values_init(struct ucd *ucd)
{
	static const char *const prefixes[PROPERTIES] = { "WB_", "SB_", "GC_", "SCRIPT_" };

	for (size_t i = 0; i < PROPERTIES; i++) {
		ucd->values[i].prefix = prefixes[i];
		strcpy(ucd->values[i].names[0], "OTHER");
		ucd->values[i].count = 1;
	}
}

static void set_value(struct ucd *ucd, enum property p, const struct table *t, const char *name)
{
	uint8_t value = value_index(&ucd->values[p], name, t);

	for (uint32_t cp = t->first; cp <= t->last; cp++)
		ucd->of[cp].value[p] = value;
}

/* A file of "code points ; value". */
static void read_property(struct ucd *ucd, const char *folder, const char *name, enum property p)
{
	struct table t;
	bool any = false;

	table_open(&t, folder, name);
	while (table_next(&t, 2)) {
		set_value(ucd, p, &t, t.field[1]);
		any = true;
	}
	if (!any)
		table_fail_whole(&t, "no data");
	table_close(&t);
}

static bool script_is_known(const char *name)
{
	for (size_t i = 0; i < SCRIPTS; i++)
		if (strcmp(scripts[i], name) == 0)
			return true;
	return false;
}

static void read_scripts(struct ucd *ucd, const char *folder)
{
	struct table t;

	table_open(&t, folder, "Scripts.txt");
	while (table_next(&t, 2))
		if (script_is_known(t.field[1]))
			set_value(ucd, SCRIPT, &t, t.field[1]);
	if (ucd->values[SCRIPT].count != SCRIPTS + 1)
		table_fail_whole(&t, "%zu of the %d scripts that are asked for",
			ucd->values[SCRIPT].count - 1, SCRIPTS);
	table_close(&t);
}

/* The class of General_Category that unicode.h tells apart. */
static const char *category_class(const struct table *t, const char *category)
{
	if (strcmp(category, "Cc") == 0)
		return "CONTROL";
	if (strcmp(category, "Cf") == 0)
		return "FORMAT";
	switch (category[0]) {
	case 'L':
		return "LETTER";
	case 'M':
		return "MARK";
	case 'N':
		return "NUMBER";
	case 'P':
		return "PUNCTUATION";
	case 'S':
		return "SYMBOL";
	case 'Z':
		return "SPACE";
	case 'C':
		return "OTHER";
	default:
		table_fail(t, "'%s' is no General_Category", category);
	}
}

static uint8_t combining_class(const struct table *t)
{
	char *end;
	unsigned long ccc = strtoul(t->field[3], &end, 10);

	if (end == t->field[3] || *end || ccc > 254)
		table_fail(t, "'%s' is no Canonical_Combining_Class", t->field[3]);
	return (uint8_t)ccc;
}

/* UnicodeData.txt writes a range as two lines, "<Name, First>" and "<Name, Last>". */
static bool name_ends(const char *name, const char *end)
{
	size_t len = strlen(name), end_len = strlen(end);

	return len >= end_len && strcmp(name + len - end_len, end) == 0;
}

/* Field 5 begins with a <tag> where the decomposition is one of compatibility. */
static uint32_t decomposition(const struct table *t)
{
	char *end;
	unsigned long first;

	if (!*t->field[5] || *t->field[5] == '<')
		return 0;
	first = strtoul(t->field[5], &end, 16);
	if (end == t->field[5] || first >= CODE_POINTS)
		table_fail(t, "'%s' is no decomposition", t->field[5]);
	return (uint32_t)first;
}

static void read_unicode_data(struct ucd *ucd, const char *folder)
{
	struct table t;
	uint32_t first = 0;
	bool in_range = false;

	table_open(&t, folder, "UnicodeData.txt");
	while (table_next(&t, 15)) {
		if (in_range != name_ends(t.field[1], ", Last>"))
			table_fail(&t, "a range is not one First and one Last");
		if (in_range)
			t.first = first;
		first = t.first;
		in_range = name_ends(t.field[1], ", First>");
		set_value(ucd, CATEGORY, &t, category_class(&t, t.field[2]));
		for (uint32_t cp = t.first; cp <= t.last; cp++) {
			ucd->of[cp].combining_class = combining_class(&t);
			ucd->decomposes_to[cp] = decomposition(&t);
		}
	}
	if (first == 0 || in_range)
		table_fail_whole(&t, "the file is cut short");
	table_close(&t);
}

/* Rows of one name are one flag. */
static size_t flag_bit(size_t i)
{
	size_t first = 0;

	while (strcmp(flags[first].name, flags[i].name) != 0)
		first++;
	return first;
}

static bool flag_matches(const struct flag *flag, const struct table *t)
{
	if (strcmp(t->field[1], flag->property) != 0)
		return false;
	return !flag->field || (t->fields > 2 && strcmp(t->field[2], flag->field) == 0);
}

static void read_flag(struct ucd *ucd, const char *folder, size_t i)
{
	struct table t;
	bool any = false;

	table_open(&t, folder, flags[i].file);
	while (table_next(&t, 2)) {
		if (!flag_matches(&flags[i], &t))
			continue;
		any = true;
		for (uint32_t cp = t.first; cp <= t.last; cp++)
			ucd->of[cp].flags |= 1U << flag_bit(i);
	}
	if (!any)
		table_fail_whole(&t, "nothing has %s", flags[i].property);
	table_close(&t);
}

static uint32_t flag_named(const char *name)
{
	size_t i = 0;

	while (strcmp(flags[i].name, name) != 0)
		i++;
	return 1U << i;
}

/* Where text may be cut for NFC: in front of a starter that never combines with what is before it, or of
 * what decomposes to something that begins so. */
static void mark_nfc_segments(struct ucd *ucd)
{
	uint32_t no = flag_named("NFC_NO"), maybe = flag_named("NFC_MAYBE");
	uint32_t segment = flag_named("NFC_SEGMENT");

	for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
		uint32_t first = cp;

		while (ucd->of[first].flags & no && ucd->decomposes_to[first])
			first = ucd->decomposes_to[first];
		if (ucd->of[cp].combining_class == 0 && ucd->of[first].combining_class == 0 &&
			!(ucd->of[first].flags & (no | maybe)))
			ucd->of[cp].flags |= segment;
	}
}

static bool record_equal(const struct record *a, const struct record *b)
{
	return memcmp(a->value, b->value, sizeof(a->value)) == 0 &&
	       a->combining_class == b->combining_class && a->flags == b->flags;
}

static uint16_t record_index(struct ucd *ucd, const struct record *record)
{
	size_t i;

	for (i = 0; i < ucd->distinct_count; i++)
		if (record_equal(&ucd->distinct[i], record))
			return (uint16_t)i;
	if (i == RECORDS_MAX) {
		fprintf(stderr, "ucd: more than %d distinct records\n", RECORDS_MAX);
		exit(1);
	}
	ucd->distinct[ucd->distinct_count++] = *record;
	return (uint16_t)i;
}

/* Record 0 is what is said of a code point that does not exist: the same as of one that is not assigned. */
static void index_records(struct ucd *ucd)
{
	record_index(ucd, &ucd->of[CODE_POINTS - 1]);
	for (size_t cp = 0; cp < CODE_POINTS; cp++) {
		if (cp && record_equal(&ucd->of[cp], &ucd->of[cp - 1]))
			ucd->index[cp] = ucd->index[cp - 1];
		else
			ucd->index[cp] = record_index(ucd, &ucd->of[cp]);
	}
}

static void share_blocks(struct ucd *ucd)
{
	for (size_t block = 0; block < BLOCKS; block++) {
		const uint16_t *content = &ucd->index[block * BLOCK];
		size_t i = 0;

		while (i < ucd->block_count &&
			memcmp(&ucd->index[ucd->block_first[i]], content, BLOCK * sizeof(*content)) != 0)
			i++;
		if (i == ucd->block_count)
			ucd->block_first[ucd->block_count++] = block * BLOCK;
		ucd->block_of[block] = (uint16_t)i;
	}
}

static void print_records(const struct ucd *ucd)
{
	printf("const struct unicode_record unicode_records[] = {\n");
	for (size_t i = 0; i < ucd->distinct_count; i++) {
		const struct record *r = &ucd->distinct[i];

		printf("\t{ ");
		for (size_t p = 0; p < PROPERTIES; p++)
			printf("%s%s, ", ucd->values[p].prefix, ucd->values[p].names[r->value[p]]);
		printf("%u, 0", r->combining_class);
		for (size_t f = 0; f < FLAGS; f++)
			if (r->flags >> f & 1)
				printf(" | UNICODE_%s", flags[f].name);
		printf(" },\n");
	}
	printf("};\n\n");
}

static void print_numbers(const uint16_t *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf("%u,%c", values[i], i % 32 == 31 ? '\n' : ' ');
}

static void print_stages(const struct ucd *ucd)
{
	printf("const uint16_t unicode_blocks[%d] = {\n", BLOCKS);
	print_numbers(ucd->block_of, BLOCKS);
	printf("};\n\nconst uint16_t unicode_indices[][%d] = {\n", BLOCK);
	for (size_t i = 0; i < ucd->block_count; i++) {
		printf("{\n");
		print_numbers(&ucd->index[ucd->block_first[i]], BLOCK);
		printf("},\n");
	}
	printf("};\n");
}

static void print_asserts(void)
{
	printf("_Static_assert(UNICODE_BLOCK == %d, \"unicode.h and ucd.c\");\n", BLOCK);
	for (size_t i = 0; i < SCRIPTS; i++) {
		printf("_Static_assert(SCRIPT_");
		for (const char *c = scripts[i]; *c; c++)
			putchar(toupper((unsigned char)*c));
		printf(" == %zu, \"unicode.h and ucd.c\");\n", i + 1);
	}
	printf("_Static_assert(SCRIPT_COUNT == %d, \"unicode.h and ucd.c\");\n\n", SCRIPTS + 1);
}

int main(int argc, char **argv)
{
	struct ucd *ucd = calloc(1, sizeof(*ucd));

	if (argc != 2 || !ucd) {
		fprintf(stderr, ucd ? "usage: ucd FOLDER\n" : "ucd: out of memory\n");
		free(ucd);
		return 2;
	}
	values_init(ucd);
	read_unicode_data(ucd, argv[1]);
	read_property(ucd, argv[1], "auxiliary/WordBreakProperty.txt", WORD_BREAK);
	read_property(ucd, argv[1], "auxiliary/SentenceBreakProperty.txt", SENTENCE_BREAK);
	read_scripts(ucd, argv[1]);
	for (size_t i = 0; i < FLAGS && flags[i].file; i++)
		read_flag(ucd, argv[1], i);
	mark_nfc_segments(ucd);
	index_records(ucd);
	share_blocks(ucd);
	printf("/* Made by common/tools/ucd.c. */\n");
	print_asserts();
	print_records(ucd);
	print_stages(ucd);
	free(ucd);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "ucd: cannot write: %s\n", strerror(errno));
		return 1;
	}
	return 0;
}
