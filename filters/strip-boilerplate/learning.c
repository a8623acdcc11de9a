/* SPDX-License-Identifier: MIT
 * learning.c - what the options --learn, --group, --template and --save-template do together. */
#include "learning.h"

static bool read_templates(struct templates *into, const struct opt_inputs *files, struct diag *why)
{
	for (size_t i = 0; i < files->count; i++)
		if (!templates_read(into, files->items[i].path, files->items[i].text, why))
			return false;
	return true;
}

bool learning_open(struct learning *learning, const struct learning_options *options, size_t index,
	const struct host *host, struct diag *why)
{
	bool saves_apart = options->save.path && !options->learn;

	learning->options = options;
	templates_init(&learning->known, TEMPLATE_MOST, host->secret);
	templates_init(&learning->counted, TEMPLATE_MOST, host->secret);
	learning->learner.templates = saves_apart ? &learning->counted : &learning->known;
	return group_init(&learning->group, options->group, index, host->reads, why) &&
	       read_templates(&learning->known, &options->templates, why) &&
	       (!saves_apart || read_templates(&learning->counted, &options->templates, why));
}

void learning_begin(struct learning *learning, const struct doc_info *doc, struct repeats *repeats)
{
	const struct learning_options *options = learning->options;
	struct span site;
	bool has_site = group_of(&learning->group, doc, &site);

	learning->counts = has_site && (doc->is_preview || (options->save.path && !options->learn));
	if (learning->counts)
		learner_begin(&learning->learner, site);
	repeats->templates = has_site && !doc->is_preview ? &learning->known : NULL;
	repeats_begin(repeats, site);
}

void learning_text(struct learning *learning, struct span piece)
{
	if (learning->counts)
		learner_text(&learning->learner, piece);
}

void learning_end(struct learning *learning)
{
	if (learning->counts)
		learner_end(&learning->learner);
	learning->counts = false;
}

enum flow learning_finish(struct learning *learning)
{
	if (!learning->options->save.path)
		return FLOW_MORE;
	return templates_write(learning->learner.templates, &learning->options->save);
}

void learning_release(struct learning *learning)
{
	group_release(&learning->group);
	learner_release(&learning->learner);
	templates_release(&learning->known);
	templates_release(&learning->counted);
}
