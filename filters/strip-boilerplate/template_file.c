/* SPDX-License-Identifier: MIT
 * template_file.c - counts of lines as a text file, and back. */
#include <stdlib.h>
#include <xxhash.h>

#include "common/mem.h"
#include "template.h"

static const char FORMAT[] = "ghirbal-template";
enum { VERSION = 1 };

/* --- writing ---------------------------------------------------------------------------------------------- */

struct writer {
	const struct opt_output *to;
	XXH3_state_t *hash;
	struct buf text; /* not yet written */
	uint64_t lines; /* but the first */
	enum flow flow;
};

enum { BLOCK = 1 << 16 };

static void flush(struct writer *writer)
{
	XXH3_64bits_update(writer->hash, writer->text.at, writer->text.len);
	if (writer->flow == FLOW_MORE)
		writer->flow = opt_output_put(writer->to, buf_span(&writer->text));
	buf_clear(&writer->text);
}

static void line_done(struct writer *writer)
{
	writer->lines++;
	if (writer->text.len >= BLOCK)
		flush(writer);
}

static void add_name(struct buf *into, struct span name)
{
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] < ' ' || name.at[i] == '%' || name.at[i] == 0x7F)
			buf_addf(into, "%%%02X", (unsigned)(unsigned char)name.at[i]);
		else
			buf_add_byte(into, name.at[i]);
}

static int by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct line_count *)a)->key, y = ((const struct line_count *)b)->key;

	return (x > y) - (x < y);
}

static int by_name(const void *a, const void *b)
{
	return span_compare(
		span_from((*(struct site *const *)a)->name), span_from((*(struct site *const *)b)->name));
}

/* The lines of the site in the order of their keys. */
static struct line_count *sorted_lines(const struct site *site)
{
	struct line_count *lines = mem_resize(NULL, (size_t)site->count + 1, sizeof(*lines));
	size_t count = 0;

	for (uint32_t i = 0; i < site->cap; i++)
		if (site->slots[i].documents)
			lines[count++] = site->slots[i];
	qsort(lines, count, sizeof(*lines), by_key);
	return lines;
}

static void write_site(struct writer *writer, const struct site *site)
{
	struct line_count *lines;

	if (site->documents == 0)
		return;
	lines = sorted_lines(site);
	buf_add(&writer->text, SPAN("site\t"));
	add_name(&writer->text, span_from(site->name));
	buf_addf(&writer->text, "\t%u\n", site->documents);
	line_done(writer);
	for (uint32_t i = 0; i < site->count && writer->flow == FLOW_MORE; i++) {
		buf_addf(&writer->text, "%016llx\t%u\t%u\n", (unsigned long long)lines[i].key,
			lines[i].documents, lines[i].heads);
		line_done(writer);
	}
	free(lines);
}

static void write_sites(struct writer *writer, const struct templates *templates)
{
	struct site **sites = mem_resize(NULL, templates->count + 1, sizeof(struct site *));

	if (templates->count) {
		memcpy(sites, templates->sites, templates->count * sizeof(struct site *));
		qsort(sites, templates->count, sizeof(struct site *), by_name);
	}
	for (size_t i = 0; i < templates->count; i++)
		write_site(writer, sites[i]);
	free(sites);
}

enum flow templates_write(const struct templates *templates, const struct opt_output *to)
{
	struct writer writer = { .to = to, .hash = XXH3_createState(), .flow = FLOW_MORE };

	if (!writer.hash)
		mem_lack();
	XXH3_64bits_reset(writer.hash);
	buf_addf(&writer.text, "%s\t%d\twords-%d\t%s\n", FORMAT, VERSION, TEMPLATE_KEYS,
		templates->is_partial ? "partial" : "complete");
	write_sites(&writer, templates);
	flush(&writer);
	buf_addf(&writer.text, "end\t%llu\t%016llx\n", (unsigned long long)writer.lines,
		(unsigned long long)XXH3_64bits_digest(writer.hash));
	if (writer.flow == FLOW_MORE)
		writer.flow = opt_output_put(to, buf_span(&writer.text));
	buf_release(&writer.text);
	XXH3_freeState(writer.hash);
	return writer.flow;
}

/* --- reading ---------------------------------------------------------------------------------------------- */

enum { COLUMNS = 4 };

struct parser {
	struct templates *into;
	struct span rest;
	struct span columns[COLUMNS];
	size_t count; /* columns */
	uint64_t line; /* from 1 */
	const char *start; /* of the line */
	struct site *site; /* at hand; NULL: there was none, or there is no room */
	bool has_site;
	uint32_t documents; /* the site's */
	uint64_t last_key;
	bool has_key;
	struct buf name, last_name;
};

/* Takes the next line apart. False where there is none, or one without end. */
static bool next_line(struct parser *parser)
{
	size_t end = span_find(parser->rest, '\n');
	struct span line = span_head(parser->rest, end);

	if (end == parser->rest.len)
		return false;
	parser->line++;
	parser->start = line.at;
	parser->count = 0;
	for (;;) {
		size_t tab = span_find(line, '\t');

		if (parser->count == COLUMNS)
			break;
		parser->columns[parser->count++] = span_head(line, tab);
		if (tab == line.len)
			break;
		line = span_skip(line, tab + 1);
	}
	parser->rest = span_skip(parser->rest, end + 1);
	return true;
}

/* A number as it is written: no sign, no zero in front. */
static bool read_number(struct span text, uint64_t most, uint64_t *number)
{
	*number = 0;
	if (text.len == 0 || text.len > 19 || (text.len > 1 && text.at[0] == '0'))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		*number = *number * 10 + (uint64_t)(text.at[i] - '0');
	}
	return *number <= most;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_key(struct span text, uint64_t *key)
{
	*key = 0;
	if (text.len != 16)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (hex_digit(text.at[i]) < 0)
			return false;
		*key = *key << 4 | (uint64_t)hex_digit(text.at[i]);
	}
	return true;
}

static bool read_name(struct buf *into, struct span text)
{
	buf_clear(into);
	for (size_t i = 0; i < text.len; i++) {
		char byte = text.at[i];

		if (byte == '%') {
			if (i + 2 >= text.len || hex_digit(text.at[i + 1]) < 0 ||
				hex_digit(text.at[i + 2]) < 0)
				return false;
			byte = (char)(hex_digit(text.at[i + 1]) << 4 | hex_digit(text.at[i + 2]));
			i += 2;
		}
		if (byte == '\0')
			return false;
		buf_add_byte(into, byte);
	}
	return into->len <= SITE_NAME_MOST;
}

/* Whether keys were made as they are here. */
static bool is_same_key(struct span text)
{
	uint64_t keys;

	return span_has_prefix(text, SPAN("words-")) &&
	       read_number(span_skip(text, 6), UINT32_MAX, &keys) && keys == TEMPLATE_KEYS;
}

static const char *read_first(struct parser *parser)
{
	uint64_t version;

	if (!next_line(parser) || parser->count != 4 ||
		!span_equal(parser->columns[0], span_from(FORMAT)) ||
		!read_number(parser->columns[1], UINT32_MAX, &version))
		return "this is no template (--save-template writes them)";
	if (version != VERSION || !is_same_key(parser->columns[2]))
		return "this template is of another version of ghirbal; learn it anew";
	if (span_equal(parser->columns[3], SPAN("partial")))
		parser->into->is_partial = true;
	else if (!span_equal(parser->columns[3], SPAN("complete")))
		return "the fourth word is neither complete nor partial";
	return NULL;
}

static const char *read_site(struct parser *parser)
{
	uint64_t documents;

	if (!read_number(parser->columns[2], UINT32_MAX, &documents) || documents == 0)
		return "the number of documents is none";
	if (!read_name(&parser->name, parser->columns[1]))
		return "the name of the site is not spelled right";
	if (parser->has_site && span_compare(buf_span(&parser->last_name), buf_span(&parser->name)) >= 0)
		return "sites are not in order";
	buf_clear(&parser->last_name);
	buf_add(&parser->last_name, buf_span(&parser->name));
	parser->has_site = true;
	parser->has_key = false;
	parser->documents = (uint32_t)documents;
	parser->site = templates_add(parser->into, buf_span(&parser->name));
	if (parser->site)
		parser->site->documents = documents > UINT32_MAX - parser->site->documents
						  ? UINT32_MAX
						  : parser->site->documents + (uint32_t)documents;
	else
		parser->into->is_partial = true;
	return NULL;
}

static const char *read_count(struct parser *parser)
{
	struct line_count line = { 0 };
	uint64_t documents, heads;

	if (!read_key(parser->columns[0], &line.key) ||
		!read_number(parser->columns[1], UINT32_MAX, &documents) ||
		!read_number(parser->columns[2], UINT32_MAX, &heads))
		return "this is neither a site nor the count of a line";
	if (!parser->has_site)
		return "a line is counted before there is a site";
	if (documents == 0 || documents > parser->documents || heads > documents)
		return "the counts do not fit each other";
	if (parser->has_key && line.key <= parser->last_key)
		return "lines are not in order";
	parser->last_key = line.key;
	parser->has_key = true;
	line.documents = (uint32_t)documents;
	line.heads = (uint32_t)heads;
	if (parser->site)
		site_add(parser->into, parser->site, line);
	return NULL;
}

static const char *read_end(struct parser *parser, struct span text)
{
	uint64_t lines, sum;
	struct span before = span_head(text, (size_t)(parser->start - text.at));

	if (!read_number(parser->columns[1], UINT64_MAX, &lines) || lines != parser->line - 2)
		return "lines are missing in front of this one";
	if (!read_key(parser->columns[2], &sum) || sum != XXH3_64bits(before.at, before.len))
		return "the checksum does not match: the file is damaged, or was edited";
	if (parser->rest.len)
		return "something follows the end (two templates cannot be put behind each other: name both)";
	return NULL;
}

static const char *read_lines(struct parser *parser, struct span text)
{
	const char *wrong = read_first(parser);

	while (!wrong) {
		if (!next_line(parser))
			return parser->line++, "the file ends too early";
		if (parser->count == 3 && span_equal(parser->columns[0], SPAN("end")))
			return read_end(parser, text);
		if (parser->count == 3 && span_equal(parser->columns[0], SPAN("site")))
			wrong = read_site(parser);
		else if (parser->count == 3)
			wrong = read_count(parser);
		else
			wrong = "there are not three columns";
	}
	return wrong;
}

bool templates_read(struct templates *templates, const char *name, struct span text, struct diag *why)
{
	struct parser parser = { .into = templates, .rest = text, .line = 0 };
	const char *wrong = read_lines(&parser, text);

	if (wrong)
		diag_set(why, "template '%s', line %llu: %s", name,
			(unsigned long long)(parser.line ? parser.line : 1), wrong);
	buf_release(&parser.name);
	buf_release(&parser.last_name);
	return !wrong;
}
