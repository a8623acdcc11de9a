/* SPDX-License-Identifier: MIT
 * verdict.c - the rules for news.
 *
 * SBn names a rule of UAX #29. Three things make news harder than the standard: full stops that end no
 * sentence (titles, initials, acronyms, addresses), scripts without case, where nothing but the words
 * tells, and spaces that are missing because a web page was flattened. */
#include "filters/split-sentences/verdict.h"

#include "common/unicode.h"
#include "common/utf8.h"

/* --- helpers ------------------------------------------------------------------------------------------- */

static struct verdict ends(enum rule rule)
{
	return (struct verdict){ rule, true };
}

static struct verdict stays(enum rule rule)
{
	return (struct verdict){ rule, false };
}

static bool is_single_letter(const struct word *word)
{
	return word->letters == 1 && word->digits == 0 && word->stops == 0;
}

static bool begins_with_capital(struct span word)
{
	return word.len && unicode_is_uppercase(utf8_first(word).value);
}

/* The classes of what stands behind the word's last full stop. */
static unsigned part_classes(const struct lexicon *lexicon, const struct word *word)
{
	if (word->stops == 0 && word->digits == 0)
		return word->classes;
	return lexicon_find_text(lexicon, word->part);
}

/* "A man" opens, "A. Miller" is a name. */
static bool is_opener(const struct after *after)
{
	if (is_single_letter(&after->word) && after->next == '.')
		return false;
	return after->word.classes & CLASS_OPENER;
}

/* The spelled name of a foreign letter, or a letter: what acronyms are made of. */
static bool is_letter_name(const struct lexicon *lexicon, const struct word *word)
{
	return is_single_letter(word) || (part_classes(lexicon, word) & CLASS_LETTER);
}

static bool goes_on(int32_t cp)
{
	return !is_dash(cp) &&
	       (cp == ';' || cp == 0x61B || cp == 0xFF1B || unicode_sentence_break(cp) == SB_SCONTINUE);
}

/* An address goes on: example.com/x, a@b.c, 1.2.3, file.txt, a.b.c */
static bool after_is_address(const struct after *after)
{
	int32_t next = after->next;

	return next == '@' || next == '/' || next == '_' || next == '=' ||
	       (next == '.' && after->second && !is_space(after->second) && !is_terminator(after->second) &&
		       !is_quote(after->second) && !is_closing_bracket(after->second));
}

/* --- one full stop, then white space ------------------------------------------------------------------- */

static bool is_roman(const struct word_key *key)
{
	for (size_t i = 0; i < key->len; i++)
		if (!memchr("ivxl", key->bytes[i], 4))
			return false;
	return key->len <= 6;
}

/* "The steps: 1. Wash it": no other number does, for most stand there for their value. */
static bool opens_list(const struct before *before)
{
	static const struct span ones[] = { { "1", 1 }, { "١", 2 }, { "۱", 2 }, { "१", 3 } };
	struct span key = span_of(before->word.key.bytes, before->word.key.len);

	for (size_t i = 0; i < sizeof(ones) / sizeof(ones[0]); i++)
		if (before->after_colon && !before->after_joint && span_equal(key, ones[i]))
			return true;
	return false;
}

/* A number behind a stop begins a sentence, unless the stop is of an abbreviation: "see p. 12. It". */
static bool begins_sentence(const struct lexicon *lexicon, const struct before *before)
{
	if (before->line_start || before->after_bullet || opens_list(before))
		return true;
	return before->after_stop && !(lexicon_find_text(lexicon, before_previous(before)) &
					     (CLASS_NUMBER | CLASS_ABBR | CLASS_TITLE | CLASS_UNIT));
}

/* A word that items of lists are counted with. */
static bool counts(const struct before *before)
{
	const struct word *word = &before->word;

	if (word->classes & CLASS_LIST)
		return true;
	if (word->letters == 0)
		return word->digits > 0 && word->digits <= 2 + (unsigned)before->line_start &&
		       (word->stops == 0 || before->line_start);
	if (!before->line_start)
		return false;
	return is_single_letter(word) || (word->all_upper && word->stops == 0 && is_roman(&word->key));
}

/* "1. ", "1.) ", "IV. ", "أولا. ", "a. " where a line begins, "2. " also where a sentence does. */
static bool is_list_number(const struct lexicon *lexicon, const struct cluster *cluster)
{
	const struct before *before = &cluster->before;

	if ((cluster->closed && !cluster->bracket) || before->spaced)
		return false;
	return counts(before) && begins_sentence(lexicon, before);
}

/* و binds sentences in Arabic; behind a measure a word that begins with it mostly opens a clause. */
static bool begins_with_wa(const struct word *word)
{
	static const struct span wa = { "و", 2 }, wa_al = { "وال", 6 };
	struct span key = span_of(word->key.bytes, word->key.len);

	return word->letters > 3 && span_has_prefix(key, wa) && !span_has_prefix(key, wa_al);
}

/* ينصح, يربط: names with ي go on with a long vowel (ياسر, يوسف), and so do months. */
static bool begins_like_verb(const struct word *word)
{
	static const struct span ya = { "ي", 2 }, alef = { "ا", 2 }, waw = { "و", 2 },
				 january = { "يناير", 10 };
	struct span key = span_of(word->key.bytes, word->key.len), rest = span_skip(key, ya.len);

	return word->letters > 3 && span_has_prefix(key, ya) && !span_has_prefix(rest, alef) &&
	       !span_has_prefix(rest, waw) && !span_equal(key, january);
}

/* للمخرج, بالإضافة */
static bool begins_with_preposition(const struct word *word)
{
	static const struct span li_al = { "لل", 4 }, bi_al = { "بال", 6 };
	struct span key = span_of(word->key.bytes, word->key.len);

	return word->letters > 4 && (span_has_prefix(key, li_al) || span_has_prefix(key, bi_al));
}

static bool opens_clause(const struct after *after)
{
	return is_opener(after) || begins_with_wa(&after->word) || begins_like_verb(&after->word);
}

/* Years and measures often end a sentence; where there is case, the capital shows it well enough. */
static bool unit_ends(const struct after *after)
{
	if (after->word.look == LOOK_UPPER || after->quoted || after->bracketed)
		return true;
	return opens_clause(after);
}

/* J. K. Rowling, أ. ب, U.S. officials, ق.م. */
static bool spelled_ends(const struct cluster *cluster, const struct after *after)
{
	const struct word *word = &cluster->before.word;

	if (after->word.look == LOOK_DIGIT)
		return word->look == LOOK_LOWER;
	if (after->dashed && word->caseless)
		return false; /* the line of an agency: "القاهرة - أ.ش.أ. - قال" */
	if (after->word.caseless && !word->caseless && !cluster->before.after_stop)
		return opens_clause(after); /* "فيتامين C. وتحتوي": nobody's initial */
	return is_opener(after);
}

/* A vowel is a word in many languages, and ends sentences in Mizo and Ewe. */
static bool is_consonant(const struct word_key *key)
{
	return key->len == 1 && memchr("bcdfghjklmnpqrstvwxz", key->bytes[0], 20);
}

static bool is_initials(const struct before *before)
{
	const struct word *word = &before->word;

	if (before->spaced || !word->spelled || before->after_apostrophe || before->after_hyphen)
		return false;
	if (before->after_slash && word->stops == 0)
		return false; /* "كلم/س." */
	if (word->look == LOOK_UPPER || word->look == LOOK_CASELESS)
		return !word->ideographic;
	return word->stops > 0 ||
	       (!before->after_number && is_consonant(&word->key)); /* s. XIX, but 5 m. */
}

static bool abbreviation_ends(const struct cluster *cluster, const struct after *after, unsigned classes)
{
	/* "At 5 p.m. Mr. Stone left at 6 p.m. Mr. Hill did too" */
	if (cluster->before.opens_phrase && (after->word.classes & CLASS_TITLE))
		return false;
	if ((classes & CLASS_UNIT) && cluster->before.after_number)
		return unit_ends(after);
	if (classes & CLASS_TITLE) {
		/* A letter alone is also a label ("vitamin D", "المجموعة د"): then a verb of the next
		 * clause shows it. */
		return cluster->before.word.look == LOOK_CASELESS && after->word.letters > 1 &&
		       is_opener(after) && !(after->word.classes & CLASS_LETTER);
	}
	return is_opener(after) || (cluster->before.after_number && (after->word.classes & CLASS_TITLE));
}

/* "etc. The", "إلخ. ثم", but not "(الموز إلخ.) في", "et al. (2010)" */
static bool etc_ends(const struct cluster *cluster, const struct after *after)
{
	if (after->bracketed && after->word.look == LOOK_DIGIT)
		return false;
	return !cluster->bracket || !after->word.caseless || begins_with_wa(&after->word);
}

/* A word that may also be an initial is one between two capitals: "Albert I. Jones". */
static bool is_real_word(const struct lexicon *lexicon, const struct before *before)
{
	if (!(before->word.classes & CLASS_WORD) || before->after_number)
		return false;
	return before->word.look != LOOK_UPPER || !begins_with_capital(before_previous(before)) ||
	       before->after_stop || (lexicon_find_text(lexicon, before_previous(before)) & CLASS_OPENER);
}

/* إم. بي. سي. في, بي.بي.سي. الإخبارية, جورج دبليو. بوش - but "بي بي سي. الخبر" is an acronym at an end. */
static bool goes_with_letters(
	const struct lexicon *lexicon, const struct before *before, const struct after *after)
{
	const struct word *word = &before->word;

	if (!is_letter_name(lexicon, word))
		return false;
	if (word->stops || before->after_stop)
		return true;
	if (is_letter_name(lexicon, &after->word) && after->next == '.')
		return true;
	if (before->after_slash)
		return false; /* the last of "آي/بي/إي/إس." */
	return (lexicon_find_exact(lexicon, &word->key) & CLASS_INITIAL) &&
	       !(lexicon_find_text(lexicon, before_previous(before)) & CLASS_LETTER);
}

/* Of "(سي. إن. إن) عن": "إن" also opens clauses, but not where a stop or a bracket follows. */
static bool is_last_letter(const struct lexicon *lexicon, const struct after *after)
{
	return is_letter_name(lexicon, &after->word) && after->next && !is_space(after->next);
}

/* What the word in front of a full stop says; RULE_STOP when that is nothing. */
static struct verdict word_says(
	const struct lexicon *lexicon, const struct cluster *cluster, const struct after *after)
{
	const struct before *before = &cluster->before;
	const struct word *word = &before->word;
	unsigned classes = word->classes;

	if (classes == 0 && word->stops && !word->spelled)
		classes = part_classes(lexicon, word) & CLASS_TITLE; /* "Monday.Mrs." */
	if (before->spaced && word->caseless && is_letter_name(lexicon, word) &&
		is_letter_name(lexicon, &after->word))
		return stays(RULE_ACRONYM);
	if (is_real_word(lexicon, before))
		return ends(RULE_STOP);
	if (before->spaced && !(word->caseless && is_single_letter(word)))
		return ends(RULE_STOP);
	if (((classes & CLASS_NUMBER) || before->number_sign) && after->word.look == LOOK_DIGIT)
		return stays(RULE_ABBREVIATION);
	if (classes & CLASS_ETC)
		return (struct verdict){ RULE_ABBREVIATION, etc_ends(cluster, after) };
	if (classes & (CLASS_TITLE | CLASS_ABBR) || ((classes & CLASS_UNIT) && before->after_number))
		return (struct verdict){ RULE_ABBREVIATION, abbreviation_ends(cluster, after, classes) };
	if (is_single_letter(word) && is_single_letter(&after->word) && after->next == '.')
		return stays(RULE_INITIALS); /* z. B., u. a. */
	if (is_initials(before))
		return (struct verdict){ RULE_INITIALS, spelled_ends(cluster, after) };
	if (word->caseless && goes_with_letters(lexicon, before, after))
		return (struct verdict){ RULE_ACRONYM,
			is_opener(after) && !is_last_letter(lexicon, after) };
	return ends(RULE_STOP);
}

/* SB8 goes on at a small letter. But readers' comments are often in small letters throughout: behind a real
 * word, a word that would open a sentence does ("i don't know. they said so"). */
static bool small_letter_opens(
	const struct lexicon *lexicon, const struct cluster *cluster, const struct after *after)
{
	const struct word *word = &cluster->before.word;
	struct word_key key = after->word.key;

	if (cluster->closed || after->dashed || after->quoted || after->bracketed)
		return false;
	if (word->look != LOOK_LOWER || word->letters < 4 || word->stops || word->classes)
		return false;
	key.capital = true;
	return lexicon_find(lexicon, &key) & CLASS_OPENER;
}

/* German and its neighbours write "am 3. Oktober", "der 1. FC". */
static bool is_ordinal(
	const struct lexicon *lexicon, const struct word *word, bool joined, const struct after *after)
{
	if (word->digits == 0 || word->digits > 2 || word->letters || word->stops)
		return false;
	if (after->word.classes & CLASS_MONTH)
		return true;
	return lexicon->ordinals && !joined && !is_opener(after);
}

/* "متى؟" قبل أن, "لن نعود." مضيفا: the word behind a quotation belongs to the sentence around it. */
static bool goes_on_behind_quote(const struct lexicon *lexicon, const struct cluster *cluster,
	const struct after *after, unsigned classes)
{
	if (!cluster->closed || cluster->stopped || after->quoted || after->bracketed || after->dashed)
		return false;
	return lexicon_find_exact(lexicon, &after->word.key) & classes;
}

/* What stands in front of the bracket or quote that was opened last, if one was on this line; else nothing. */
static struct span before_opening(struct span left, bool bracket)
{
	for (; left.len; left.len -= utf8_last(left).len) {
		unsigned kinds = kinds_of(utf8_last(left).value);

		if (kinds & (bracket ? KIND_OPENING : KIND_QUOTE))
			return span_head(left, left.len - utf8_last(left).len);
		if (kinds & (KIND_LINE_END | (bracket ? KIND_CLOSING : 0)))
			break;
	}
	return span_head(left, 0);
}

/* Whether words that announce no speech stand at the end of `left`: فيلم "من أنت؟" أمس, حضر (نعم!) كل */
static bool embeds(const struct lexicon *lexicon, struct span left, bool bracket)
{
	const unsigned speech = CLASS_OPENER | CLASS_SAID | CLASS_SAYING;
	struct before before;

	while (left.len && is_space(utf8_last(left).value))
		left.len -= utf8_last(left).len;
	if (left.len == 0 || look_of(utf8_last(left).value) != LOOK_CASELESS)
		return false;
	before_read(&before, left);
	return bracket || !((lexicon_find(lexicon, &before.word.key) |
				    lexicon_find_text(lexicon, before_previous(&before))) &
				  speech);
}

/* A question or a cry inside a sentence without case: the bracket or the quote around it was opened behind a word, and no
 * stop stands behind it. */
static bool is_embedded(
	const struct lexicon *lexicon, const struct cluster *cluster, const struct after *after)
{
	struct span left = span_of(cluster->left, cluster->left_len);

	if (!cluster->closed || cluster->stopped || cluster->titled || !after->word.caseless ||
		after->quoted || after->bracketed || after->dashed || is_opener(after) ||
		begins_with_wa(&after->word))
		return false;
	return embeds(lexicon, before_opening(left, cluster->bracket), cluster->bracket);
}

/* --dots=break, in a script without case. Where the space is missing there must be two words. */
static bool dots_end(const struct word *left, const struct after *after, bool glued)
{
	if (after->word.look == LOOK_LOWER)
		return false;
	return !glued || after->quoted ||
	       (after->word.look == LOOK_CASELESS && after->word.letters > 1 && left->letters != 1);
}

/* A quotation that began before all that is in sight is closed here: more than a phrase, so its dots are an end where a
 * clause opens. */
static bool ends_long_quotation(const struct cluster *cluster)
{
	struct span left = span_of(cluster->left, cluster->left_len);

	if (!cluster->closed || cluster->bracket || left.len < CONTEXT_MAX - 3)
		return false;
	for (; left.len; left.len -= utf8_last(left).len)
		if (is_quote(utf8_last(left).value) || is_line_end(utf8_last(left).value))
			return false;
	return true;
}

/* Without case nothing tells the pause from the end, and in Arabic news it is nearly always a pause. Nor does the
 * capital of "I" tell. */
static bool pause_ends(const struct cluster *cluster, const struct after *after, bool glued)
{
	const struct word *left = &cluster->before.word;

	if (left->caseless || (left->letters == 0 && after->word.look == LOOK_CASELESS))
		return cluster->dots_end ? dots_end(left, after, glued)
					 : !glued && is_opener(after) && ends_long_quotation(cluster);
	if (after->word.look == LOOK_LOWER || (glued && !after->quoted && after->word.look != LOOK_UPPER))
		return false;
	if (is_single_letter(&after->word) && (after->word.classes & CLASS_WORD))
		return false;
	return after->word.look != LOOK_NONE || !glued;
}

/* Three full stops with spaces between them are as good as an ellipsis, and spaced off from what is before. */
static bool is_spaced_pause(const struct cluster *cluster)
{
	static const struct span two = { " . . ", 5 };
	struct span left = span_of(cluster->left, cluster->left_len);

	return span_has_suffix(left, two) &&
	       !span_has_suffix(span_head(left, left.len - two.len), SPAN("."));
}

/* "هاتف. 0223344": telephone numbers and codes begin with a zero, sentences do not. */
static bool is_code(const struct word *word)
{
	static const struct span zeros[] = { { "0", 1 }, { "٠", 2 }, { "۰", 2 } };
	struct span key = span_of(word->key.bytes, word->key.len);

	for (size_t i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++)
		if (word->digits > 2 && word->letters == 0 && span_has_prefix(key, zeros[i]))
			return true;
	return false;
}

static struct verdict judge_stop(
	const struct lexicon *lexicon, const struct cluster *cluster, const struct after *after)
{
	struct verdict says;

	if (goes_on_behind_quote(lexicon, cluster, after, CLASS_SAYING))
		return stays(RULE_QUOTATION);
	if (after->word.look == LOOK_LOWER)
		return (struct verdict){ RULE_SMALL_LETTER, small_letter_opens(lexicon, cluster, after) };
	if (is_list_number(lexicon, cluster))
		return stays(RULE_LIST_NUMBER);
	if (cluster->before.word.caseless && is_code(&after->word))
		return stays(RULE_INSIDE);
	if (after->word.caseless && (after->word.classes & CLASS_DOMAIN))
		return stays(RULE_INSIDE);
	if (is_spaced_pause(cluster))
		return (struct verdict){ RULE_PAUSE, pause_ends(cluster, after, false) };
	says = word_says(lexicon, cluster, after);
	if (says.rule == RULE_STOP &&
		is_ordinal(lexicon, &cluster->before.word, cluster->before.after_joint, after))
		return stays(RULE_ORDINAL);
	return says;
}

/* --- one full stop, no white space --------------------------------------------------------------------- */

/* "د.سامي": what stands before the last full stop is a title, what stands behind it a word. */
static bool is_titled_name(const struct lexicon *lexicon, const struct word *word)
{
	struct word_key title = word->key, name;

	word_key_make(&name, word->part);
	if (title.len < name.len + 1 || name.len < 6)
		return false;
	title.len -= name.len + 1;
	return lexicon_find(lexicon, &title) & CLASS_TITLE;
}

/* "وعدنا بالشفاء.لم يخبرنا", "سنة 1998.وزارها", but not "موقع.نت", "د.ب.أ", "إس.سي.إل". */
static bool glued_caseless_ends(
	const struct lexicon *lexicon, const struct cluster *cluster, const struct after *after)
{
	const struct word *left = &cluster->before.word;
	unsigned left_classes = left->classes, right = after->word.classes;

	if (right & CLASS_DOMAIN)
		return false;
	if ((left_classes & (CLASS_TITLE | CLASS_ABBR | CLASS_NUMBER)) && !(left_classes & CLASS_WORD) &&
		(!cluster->closed || (cluster->bracket && !left->caseless)))
		return false; /* "公司(Apple Inc.)宣布" */
	if (cluster->before.spaced || cluster->closed || cluster->before.after_close)
		return after->word.letters > 1;
	if (left->letters == 0)
		return left->digits > 0 && left->stops < 2 && after->word.letters > 2;
	if (is_letter_name(lexicon, left))
		return (right & CLASS_OPENER) && !(right & CLASS_LETTER);
	if (left->stops > 0 && !is_titled_name(lexicon, left))
		return right & CLASS_OPENER; /* names joined by full stops */
	if (is_single_letter(&after->word))
		return is_space(after->next) && left->letters > 2;
	return left->letters > 1;
}

/* "the end.The next", but not "Booking.Com", "ASP.NET", "St.Petersburg", "System.Out". */
static bool glued_capital_ends(const struct cluster *cluster, const struct after *after)
{
	const struct before *before = &cluster->before;
	const struct word *left = &before->word;
	unsigned right = after->word.classes;

	/* "the end.It was" */
	if ((right & CLASS_OPENER) && left->look == LOOK_LOWER)
		right &= ~(unsigned)CLASS_DOMAIN;
	if ((right & CLASS_DOMAIN) || before->after_address)
		return false;
	if (after->word.all_upper && after->word.letters > 1)
		return false;
	if (cluster->closed || before->after_close)
		return true;
	if (is_single_letter(&after->word) && !(right & CLASS_OPENER))
		return false;
	if (left->digits && !left->letters && !left->stops)
		return right & CLASS_OPENER; /* "paid 1,000.That is" */
	if (left->letters > 3 && left->ends_lower && (right & CLASS_TITLE) && after->next == '.' &&
		is_space(after->second))
		return true; /* "on Tuesday.Mr. Smith" */
	if (before->spaced || left->stops > 0 || !left->ends_lower || left->letters < 2)
		return false;
	if (left->classes & ~(unsigned)(CLASS_OPENER | CLASS_ETC | CLASS_DOMAIN | CLASS_WORD))
		return false;
	return left->look == LOOK_LOWER || (right & CLASS_OPENER);
}

/* "انتهى الحفل.#القاهرة", but not the fragment of an address */
static bool tag_follows_word(const struct cluster *cluster)
{
	const struct before *before = &cluster->before;

	return before->word.caseless && before->word.letters > 1 && !before->after_address;
}

static struct verdict judge_glued_stop(
	const struct lexicon *lexicon, const struct cluster *cluster, const struct after *after)
{
	bool lacks_space;

	if (is_list_number(lexicon, cluster))
		return stays(RULE_LIST_NUMBER);
	lacks_space = after->first == '#'                 ? tag_follows_word(cluster)
		      : after->word.look == LOOK_CASELESS ? glued_caseless_ends(lexicon, cluster, after)
							  : glued_capital_ends(cluster, after);

	return lacks_space ? ends(RULE_MISSING_SPACE) : stays(RULE_INSIDE);
}

/* --- other terminators --------------------------------------------------------------------------------- */

/* ! and ? serve all scripts: in those with case a small letter goes on ("Stop!" he said). The other marks
 * belong to scripts without. */
static bool is_shared_mark(int32_t cp)
{
	return cp == '!' || cp == '?' || (cp >= 0x203C && cp <= 0x2049);
}

/* A question in small letters throughout. A capital before the mark is a title ("Shall We Leave?"). */
static bool question_ends(const struct cluster *cluster, const struct after *after)
{
	return cluster->first == '?' && !cluster->closed && !after->dashed &&
	       cluster->before.word.look == LOOK_LOWER;
}

/* A particle that makes a Japanese quotation part of the sentence: 「…。」と語った, 「…！」の声, 「…？」を */
static bool is_particle(int32_t cp)
{
	return cp == 0x3068 || cp == 0x306E || cp == 0x3092;
}

/* '?' and '!' inside an address or a name: x.org/?id=7, Yahoo!Mail stays with the standard. */
static struct verdict judge_mark(
	const struct lexicon *lexicon, const struct cluster *cluster, const struct after *after, bool glued)
{
	const struct before *before = &cluster->before;

	if (cluster->closed && is_particle(after->first))
		return stays(RULE_QUOTATION);
	if (glued && cluster->titled && !cluster->stopped)
		return stays(RULE_QUOTATION); /* 《你好！》是一首歌 */
	if (goes_on_behind_quote(lexicon, cluster, after, CLASS_SAID | CLASS_SAYING))
		return stays(RULE_QUOTATION);
	if (!glued &&
		(goes_on_behind_quote(lexicon, cluster, after, CLASS_JOINS) ||
			(cluster->closed && !cluster->stopped && begins_with_preposition(&after->word))))
		return stays(RULE_QUOTATION);
	if (!glued && is_embedded(lexicon, cluster, after))
		return stays(RULE_QUOTATION);
	if (!is_shared_mark(cluster->first) && cluster->first != '.')
		return ends(RULE_MARK);
	if (after->word.look == LOOK_LOWER)
		return (struct verdict){ RULE_SMALL_LETTER,
			!glued && (before->word.caseless || question_ends(cluster, after)) };
	if (glued && !cluster->closed && after->word.look == LOOK_DIGIT)
		return stays(RULE_INSIDE);
	if (glued && (before->after_address || after_is_address(after)))
		return stays(RULE_INSIDE);
	return ends(RULE_MARK);
}

enum { ARABIC_FULL_STOP = 0x6D4 };

/* "ایم۔ کے۔ سٹالن": a letter and its stop stand in front of this one. */
static bool follows_initial(const struct lexicon *lexicon, const struct before *before)
{
	return before->after_stop && (lexicon_find_text(lexicon, before_previous(before)) & CLASS_LETTER);
}

/* Urdu writes acronyms and decimals with its own full stop too: آر۔ایس۔ایس, ۲۔۵ */
static bool joins_arabic_stop(
	const struct lexicon *lexicon, const struct cluster *cluster, const struct after *after, bool glued)
{
	const struct word *left = &cluster->before.word;

	if (cluster->first != ARABIC_FULL_STOP || cluster->closed)
		return false;
	if (left->letters == 0 && left->digits && after->word.look == LOOK_DIGIT)
		return glued;
	if (!is_letter_name(lexicon, left))
		return false;
	if (is_letter_name(lexicon, &after->word))
		return glued || after->next == ARABIC_FULL_STOP || cluster->before.after_stop;
	return follows_initial(lexicon, &cluster->before) && !is_opener(after);
}

/* --- all together -------------------------------------------------------------------------------------- */

/* What needs no look at the word before: most full stops inside addresses, numbers and acronyms. RULES when
 * there is no such thing. */
static enum rule plainly_goes_on(const struct cluster *cluster, const struct after *after, bool glued)
{
	enum look look = after->word.look;

	if (cluster->all_bracketed)
		return RULE_BRACKETED;
	if (goes_on(after->first) || is_terminator(after->first))
		return RULE_CONTINUED;
	if (cluster->strong || cluster->dots > 1 || !glued || after->first == '#')
		return RULES;
	/* SB6, SB8; symbols: too little to tell */
	return (look != LOOK_CASELESS && look != LOOK_UPPER) || after_is_address(after) ? RULE_INSIDE
											: RULES;
}

struct verdict verdict_at(
	const struct lexicon *lexicon, struct cluster *cluster, struct after *after, bool glued)
{
	enum rule plain = plainly_goes_on(cluster, after, glued);

	if (plain != RULES)
		return stays(plain);
	before_read(&cluster->before, span_of(cluster->left, cluster->left_len));
	cluster->before.word.classes = lexicon_find(lexicon, &cluster->before.word.key);
	after->word.classes = lexicon_find(lexicon, &after->word.key);
	if (cluster->first == ARABIC_FULL_STOP && !cluster->closed && is_code(&after->word))
		return stays(RULE_INSIDE);
	if (cluster->strong)
		return joins_arabic_stop(lexicon, cluster, after, glued)
			       ? stays(RULE_ACRONYM)
			       : judge_mark(lexicon, cluster, after, glued);
	if (cluster->dots > 1)
		return (struct verdict){ RULE_PAUSE, pause_ends(cluster, after, glued) };
	return glued ? judge_glued_stop(lexicon, cluster, after) : judge_stop(lexicon, cluster, after);
}

/* --- names --------------------------------------------------------------------------------------------- */

/* NULL where a rule has one outcome only. */
static const struct {
	const char *ends, *stays;
} names[RULES] = {
	[RULE_STOP] = { "ends_stop", NULL },
	[RULE_MARK] = { "ends_mark", NULL },
	[RULE_LINE_END] = { "ends_line_end", NULL },
	[RULE_WIDE_GAP] = { "ends_wide_gap", NULL },
	[RULE_MISSING_SPACE] = { "ends_missing_space", NULL },
	[RULE_ABBREVIATION] = { "ends_abbreviation", "stays_abbreviation" },
	[RULE_INITIALS] = { "ends_initials", "stays_initials" },
	[RULE_ACRONYM] = { "ends_acronym", "stays_acronym" },
	[RULE_SMALL_LETTER] = { "ends_small_letter", "stays_small_letter" },
	[RULE_PAUSE] = { "ends_pause", "stays_pause" },
	[RULE_INSIDE] = { NULL, "stays_inside" },
	[RULE_LIST_NUMBER] = { "ends_list_number", "stays_list_number" },
	[RULE_ORDINAL] = { NULL, "stays_ordinal" },
	[RULE_QUOTATION] = { NULL, "stays_quotation" },
	[RULE_BRACKETED] = { NULL, "stays_bracketed" },
	[RULE_CONTINUED] = { NULL, "stays_continued" },
};

const char *verdict_rule(struct verdict verdict)
{
	return strchr(verdict_name(verdict), '_') + 1;
}

const char *verdict_name(struct verdict verdict)
{
	return verdict.ends ? names[verdict.rule].ends : names[verdict.rule].stays;
}
