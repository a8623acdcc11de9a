/* SPDX-License-Identifier: MIT
 * guess_test.c - which encoding a document is in: many texts of many lengths, written in each encoding, and what
 * share of them is recognised. UTF-8 must be, always. Random, but the same each time. */
#include "tests/unit/check.h"

#include "common/utf8.h"
#include "filters/normalize/guess.h"
#include "filters/normalize/single_byte.h"

enum { ARABIC, PERSIAN, URDU, FRENCH, GERMAN, SPANISH, SWEDISH, RUSSIAN, GREEK, CHINESE, LANGUAGES };

/* clang-format off */
static const char *const texts[LANGUAGES] = {
	[ARABIC] =
	"قال محافظ المدينة إن أعمال توسعة الطريق الدائري ستنتهي قبل حلول الشتاء، وإن الحركة لن تتوقف ليلا. وأضاف أن الكلفة بلغت سبعة ملايين. "
	"رفض مجلس الطلبة زيادة رسوم السكن الجامعي؛ وطالب بلقاء عاجل مع رئيس الجامعة. هل تستجيب الإدارة هذه المرة؟ "
	"سجل المهاجم الشاب هدف الفوز قبل صافرة النهاية بدقيقتين فأشعل المدرجات وأبقى آمال فريقه في اللقب. "
	"أظهرت دراسة جديدة أن المشي نصف ساعة كل يوم يخفض ضغط الدم ويحسن النوم لدى كبار السن. "
	"تراجعت أسعار القمح في الأسواق العالمية بعد إعلان أستراليا محصولا قياسيا، بينما ارتفع سعر الأرز. "
	"ضبطت الشرطة شاحنة محملة بأدوية مهربة عند المعبر الحدودي وأوقفت سائقها وشخصين آخرين. "
	"افتتح المتحف الوطني معرضا للخط العربي يضم مئة لوحة، بعضها يعود إلى القرن التاسع. "
	"حذر خبراء الأرصاد من عواصف رملية تضرب الصحراء الغربية غدا وتمتد إلى السواحل مساء الخميس. "
	"غادر وفد الوزارة إلى جنيف للمشاركة في مؤتمر المياه، ومن المقرر أن يلقي الوزير كلمة عن شح الأنهار. "
	"شكت نقابة الصيادين من نقص الوقود وقالت إن نصف القوارب ظلت راسية طوال الأسبوع الماضي. "
	"فازت روائية من حلب بجائزة الأدب المترجم عن رواية تحكي سيرة خياطة عجوز. "
	"خفض البنك المركزي سعر الفائدة ربع نقطة مئوية للمرة الثانية خلال ثلاثة أشهر. ",
	[PERSIAN] =
	"شهردار گفت پروژه خط چهارم مترو تا پايان سال آينده به بهره برداري مي رسد و هزينه آن افزايش نخواهد يافت. "
	"چند روستاي کوهستاني پس از بارش سنگين برف از برق و گاز محروم شدند و گروه هاي امدادي راهي منطقه اند. "
	"کارگردان جوان از پخش نشدن فيلم خود در جشنواره گله کرد؛ داوران گفتند که آن را دير دريافت کرده اند. "
	"پزشکان هشدار مي دهند که مصرف خودسرانه دارو ژن هاي مقاوم را در ميکروب ها تقويت مي کند. "
	"ژاله پژمان، نقاش پيشکسوت، شصت تابلو از مجموعه خود را به موزه شيراز بخشيد. "
	"قيمت پسته و زعفران در بازار صادراتي بالا رفت ولي کشاورزان از سود آن بهره اي نبردند. ",
	[URDU] =
	"وزير اعلي نے کہا ہے کہ شہر ميں پاني کي کمي دور کرنے کے ليے نئے کنوئيں کھودے جائيں گے۔ "
	"کرکٹ ٹيم نے آخري اوور ميں ميچ جيت ليا اور شائقين سڑکوں پر نکل آئے۔ "
	"ڈاکٹروں کا کہنا ہے کہ بچوں کو صبح کا ناشتہ ضرور کرنا چاہيے، ورنہ پڑھائي ميں دل نہيں لگتا۔ "
	"پچھلے ہفتے کي بارش سے گندم کي فصل کو بہت نقصان پہنچا۔ ",
	[FRENCH] =
	"Le maire a annoncé hier que le pont fermé depuis l’été rouvrira à la mi-décembre, après un contrôle complet. "
	"« Nous avons tenu les délais », s'est félicitée la préfète, qui espère un effet rapide sur les embouteillages. "
	"Où iront les élèves du collège voisin ? Les parents, inquiets, réclament une réunion à l'hôtel de ville. "
	"La pêche à la coquille reprend lundi ; les bateaux partiront dès six heures, si la météo le permet. ",
	[GERMAN] =
	"Die Bürgermeisterin kündigte an, dass die Brücke über den Fluss ab März für Fußgänger geöffnet wird. "
	"„Wir hätten früher anfangen müssen“, räumte sie ein. Die Kosten überschreiten die Schätzung um ein Fünftel. "
	"Für die Schüler der örtlichen Grundschule ändert sich nichts; größere Klassen wären unmöglich. ",
	[SPANISH] =
	"El alcalde anunció ayer que el puente cerrado desde junio abrirá después de Navidad. ¿Quién pagará la reparación? "
	"Según los vecinos, el tráfico aumentó más de lo que decía el informe técnico. Mañana habrá reunión en el pequeño teatro. ",
	[SWEDISH] =
	"Kommunen öppnar bron för gående på måndag, sade talespersonen. Många åkare är trötta på köerna längs ån. "
	"Regnet väntas fortsätta även nästa vecka och flera vägar står under vatten. ",
	[RUSSIAN] =
	"Мэр города сообщил вчера, что мост через реку откроют после праздников. Жители давно ждут окончания ремонта. "
	"Синоптики обещают сильный снег и ветер до конца недели, школы переходят на занятия из дома. ",
	[GREEK] =
	"Ο δήμαρχος ανακοίνωσε χθες ότι η γέφυρα θα ανοίξει μετά τις γιορτές. Οι κάτοικοι περιμένουν εδώ και μήνες. ",
	[CHINESE] =
	"市长昨天宣布，大桥将在节后重新开放。居民们已经等了好几个月，希望交通能够恢复正常。气象部门预计本周末有大雪。",
};
/* clang-format on */

static struct guesser guesser;

/* `len` characters of a language, from the start of some word on, over and over. */
static struct buf passage(int language, size_t len, uint32_t *seed)
{
	struct span all = span_from(texts[language]), rest;
	struct buf text = BUF_INIT;

	rest = span_skip(all, check_random(seed) % all.len);
	if (language != CHINESE)
		rest = span_skip(rest, span_find(rest, ' ') + 1);
	while (rest.len && ((unsigned char)rest.at[0] & 0xC0) == 0x80)
		rest = span_skip(rest, 1);
	for (size_t i = 0; i < len; i++) {
		struct rune rune;

		rest = rest.len ? rest : all;
		rune = utf8_first(rest);
		buf_add(&text, span_head(rest, rune.len));
		rest = span_skip(rest, rune.len);
	}
	return text;
}

/* --- writing --------------------------------------------------------------------------------------------- */

/* The byte for `value`, 0 when there is none; `from` is the first byte above 7F to try. */
static unsigned char byte_of(const uint16_t codes[128], int32_t value, unsigned from)
{
	for (unsigned byte = from; byte < 0x100; byte++)
		if (codes[byte - 0x80] == value)
			return (unsigned char)byte;
	return value < 0x80 ? (unsigned char)value : 0;
}

/* cp720 has no Arabic punctuation; who wrote it used the Latin one. */
static int32_t replaced(int32_t value)
{
	return value == 0x60C ? ',' : value == 0x61B ? ';' : value == 0x61F ? '?' : '\0';
}

/* `text` in an encoding with a table; what it does not have is left out. With `twice`, what is there for both
 * directions is taken from the second half. */
static struct buf write_table(struct span text, enum encoding encoding, bool twice)
{
	struct buf raw = BUF_INIT;
	uint16_t codes[128];

	single_byte_codes(span_from(encoding_words[encoding]), codes);
	while (text.len) {
		struct rune rune = utf8_first(text);
		unsigned char byte = rune.value < 0x80 && !twice ? (unsigned char)rune.value
								 : byte_of(codes, rune.value, 0x80);

		byte = byte ? byte : (unsigned char)replaced(rune.value);
		if (byte)
			buf_add_byte(&raw, (char)byte);
		text = span_skip(text, rune.len);
	}
	return raw;
}

static void add_unit(struct buf *into, uint32_t unit, size_t size, bool is_big)
{
	for (size_t i = 0; i < size; i++)
		buf_add_byte(into, (char)(unit >> 8 * (is_big ? size - 1 - i : i)));
}

static struct buf write_units(struct span text, size_t size, bool is_big, bool with_mark)
{
	struct buf raw = BUF_INIT;

	if (with_mark)
		add_unit(&raw, 0xFEFF, size, is_big);
	while (text.len) {
		struct rune rune = utf8_first(text);

		add_unit(&raw, (uint32_t)rune.value, size, is_big); /* no text here has pairs */
		text = span_skip(text, rune.len);
	}
	return raw;
}

/* --- shares ---------------------------------------------------------------------------------------------- */

/* Whether `a` and `b` make the same of `raw`: iso-8859-6 and mac-arabic often do. */
static bool reads_alike(struct span raw, enum encoding a, enum encoding b)
{
	uint16_t codes[2][128];

	if (a == b)
		return true;
	if (!encoding_is_table(a) || !encoding_is_table(b))
		return false;
	single_byte_codes(span_from(encoding_words[a]), codes[0]);
	single_byte_codes(span_from(encoding_words[b]), codes[1]);
	for (size_t i = 0; i < raw.len; i++) {
		unsigned byte = (unsigned char)raw.at[i];

		if (byte >= 0x80 && codes[0][byte - 0x80] != codes[1][byte - 0x80])
			return false;
	}
	return true;
}

static bool is_ascii(struct span raw)
{
	for (size_t i = 0; i < raw.len; i++)
		if ((unsigned char)raw.at[i] >= 0x80)
			return false;
	return true;
}

static const size_t lengths[] = { 10, 20, 50, 100, 300, 1000, 5000 };

/* At least `wanted[i]` of a thousand passages of lengths[i] are recognised. */
static void check_shares(int language, enum encoding encoding, bool twice, const unsigned wanted[7])
{
	uint32_t seed = 2026;

	for (size_t l = 0; l < sizeof(lengths) / sizeof(lengths[0]); l++) {
		unsigned tried = 0, right = 0, most = lengths[l] > 500 ? 20 : 200;

		while (tried < most) {
			struct buf text = passage(language, lengths[l], &seed);
			struct buf raw = write_table(buf_span(&text), encoding, twice);

			buf_add_byte(&raw, '\n');
			if (!is_ascii(buf_span(&raw))) {
				tried++;
				right += reads_alike(buf_span(&raw),
					encoding_guess(&guesser, buf_span(&raw), true), encoding);
			}
			buf_release(&raw);
			buf_release(&text);
		}
		if (right * 1000 < tried * wanted[l])
			print_message("# %s, language %d, %zu characters: %u of %u\n",
				encoding_words[encoding], language, lengths[l], right, tried);
		assert_true(right * 1000 >= tried * wanted[l]);
	}
}

TEST(arabic_is_recognised_in_every_encoding_with_a_table)
{
	static const unsigned wanted[] = { 970, 990, 1000, 1000, 1000, 1000, 1000 };

	check_shares(ARABIC, ENCODING_WINDOWS_1256, false, wanted);
	check_shares(ARABIC, ENCODING_ISO_8859_6, false, wanted);
	check_shares(ARABIC, ENCODING_MAC_ARABIC, false, wanted);
	check_shares(ARABIC, ENCODING_MAC_ARABIC, true, wanted);
	check_shares(ARABIC, ENCODING_CP720, false, wanted);
}

TEST(persian_and_urdu_are_recognised_in_windows_1256)
{
	static const unsigned wanted[] = { 880, 970, 1000, 1000, 1000, 1000, 1000 };

	check_shares(PERSIAN, ENCODING_WINDOWS_1256, false, wanted);
	check_shares(URDU, ENCODING_WINDOWS_1256, false, wanted);
}

TEST(western_languages_are_recognised_in_windows_1252)
{
	static const unsigned wanted[] = { 850, 900, 950, 990, 1000, 1000, 1000 };

	check_shares(FRENCH, ENCODING_WINDOWS_1252, false, wanted);
	check_shares(GERMAN, ENCODING_WINDOWS_1252, false, wanted);
	check_shares(SPANISH, ENCODING_WINDOWS_1252, false, wanted);
	check_shares(SWEDISH, ENCODING_WINDOWS_1252, false, wanted);
}

TEST(titles_of_three_words_are_recognised)
{
	static const char *const titles[] = { "انتخابات بلدية مبكرة", "وفاة شاعر كبير", "غضب في المدرجات",
		"ضغوط على الليرة", "حريق سوق الخضار", "عودة القطار الليلي", "بيان من النقابة",
		"خبز بلا دقيق", "زلزال يهز تشيلي", "مصر تستضيف القمة", "ارتفاع أسعار النفط",
		"فوز صعب للأهلي", "قبل فوات الأوان" };
	static const enum encoding encodings[] = { ENCODING_WINDOWS_1256, ENCODING_ISO_8859_6,
		ENCODING_MAC_ARABIC, ENCODING_CP720 };

	for (size_t t = 0; t < sizeof(titles) / sizeof(titles[0]); t++)
		for (size_t e = 0; e < sizeof(encodings) / sizeof(encodings[0]); e++) {
			struct buf raw = write_table(span_from(titles[t]), encodings[e], false);
			enum encoding guess = encoding_guess(&guesser, buf_span(&raw), true);

			if (!reads_alike(buf_span(&raw), guess, encodings[e]))
				print_message("# %s in %s is %s\n", titles[t], encoding_words[encodings[e]],
					encoding_words[guess]);
			assert_true(reads_alike(buf_span(&raw), guess, encodings[e]));
			buf_release(&raw);
		}
}

TEST(utf_16_and_utf_32_are_recognised_with_mark_and_without)
{
	uint32_t seed = 5;

	for (int language = 0; language < CHINESE; language++)
		for (size_t len = 3; len < 400; len += len / 3)
			for (int form = 0; form < 8; form++) {
				size_t size = form & 1 ? 4 : 2;
				bool is_big = form & 2;
				struct buf text = passage(language, len, &seed);
				struct buf raw = write_units(buf_span(&text), size, is_big, form & 4);

				assert_int_equal(encoding_guess(&guesser, buf_span(&raw), true),
					size == 4 ? (is_big ? ENCODING_UTF_32BE : ENCODING_UTF_32LE)
						  : (is_big ? ENCODING_UTF_16BE : ENCODING_UTF_16LE));
				buf_release(&raw);
				buf_release(&text);
			}
}

/* --- UTF-8 ------------------------------------------------------------------------------------------------ */

TEST(utf_8_is_never_taken_for_anything_else)
{
	uint32_t seed = 6;

	for (int language = 0; language < LANGUAGES; language++)
		for (int round = 0; round < 300; round++) {
			struct buf text = passage(language, 1 + check_random(&seed) % 200, &seed);

			assert_int_equal(
				encoding_guess(&guesser, buf_span(&text), round % 2), ENCODING_UTF_8);
			buf_release(&text);
		}
}

/* One byte in `every` is replaced by any other but NUL, or lost. */
static void damage(struct buf *text, unsigned every, uint32_t *seed)
{
	size_t len = 0;

	for (size_t i = 0; i < text->len; i++) {
		uint32_t dice = check_random(seed);

		if (dice % every != 0)
			text->at[len++] = text->at[i];
		else if (dice & 0x10000)
			text->at[len++] = (char)(1 + (dice >> 8) % 255);
	}
	text->len = len;
}

/* Where the script has few letters beyond ASCII, one letter and its damage may be all there is: not asked here. */
TEST(damaged_utf_8_stays_utf_8)
{
	static const int languages[] = { ARABIC, PERSIAN, URDU, RUSSIAN, GREEK, CHINESE, FRENCH, GERMAN };
	uint32_t seed = 7;

	for (size_t l = 0; l < sizeof(languages) / sizeof(languages[0]); l++)
		for (int round = 0; round < 400; round++) {
			bool is_latin = languages[l] == FRENCH || languages[l] == GERMAN;
			size_t len = (is_latin ? 150 : 15) + check_random(&seed) % 300;
			struct buf text = passage(languages[l], len, &seed);

			damage(&text, 12 + check_random(&seed) % 100, &seed);
			assert_int_equal(encoding_guess(&guesser, buf_span(&text), true), ENCODING_UTF_8);
			buf_release(&text);
		}
}

TEST(a_few_lines_of_windows_1256_do_not_make_a_document_of_it)
{
	uint32_t seed = 8;

	for (unsigned foreign = 1; foreign <= 5; foreign++) {
		struct buf all = BUF_INIT;

		for (unsigned line = 0; line < 12; line++) {
			struct buf text = passage(ARABIC, 80, &seed);
			struct buf raw = write_table(buf_span(&text), ENCODING_WINDOWS_1256, false);

			buf_add(&all, line % 12 < foreign ? buf_span(&raw) : buf_span(&text));
			buf_add_byte(&all, '\n');
			buf_release(&text);
			buf_release(&raw);
		}
		assert_int_equal(encoding_guess(&guesser, buf_span(&all), true), ENCODING_UTF_8);
		buf_release(&all);
	}
}

/* --- what is none of these -------------------------------------------------------------------------------- */

/* `text` in the letters' order of KOI8-R (RFC 1489), small and capital; the rest is left out. */
static struct buf write_koi8(struct span text)
{
	static const unsigned char small[32] = { 0xC1, 0xC2, 0xD7, 0xC7, 0xC4, 0xC5, 0xD6, 0xDA, 0xC9, 0xCA,
		0xCB, 0xCC, 0xCD, 0xCE, 0xCF, 0xD0, 0xD2, 0xD3, 0xD4, 0xD5, 0xC6, 0xC8, 0xC3, 0xDE, 0xDB,
		0xDD, 0xDF, 0xD9, 0xD8, 0xDC, 0xC0, 0xD1 };
	struct buf raw = BUF_INIT;

	for (struct rune rune; text.len; text = span_skip(text, rune.len)) {
		rune = utf8_first(text);
		if (rune.value < 0x80)
			buf_add_byte(&raw, (char)rune.value);
		else if (rune.value >= 0x410 && rune.value <= 0x44F)
			buf_add_byte(&raw,
				(char)(small[(rune.value - 0x410) % 32] + (rune.value < 0x430 ? 0x20 : 0)));
	}
	return raw;
}

TEST(russian_is_not_taken_for_arabic)
{
	uint32_t seed = 9;

	for (int round = 0; round < 200; round++) {
		struct buf text = passage(RUSSIAN, 50 + check_random(&seed) % 300, &seed);
		struct buf koi8 = write_koi8(buf_span(&text)), windows = BUF_INIT;

		for (struct span rest = buf_span(&text); rest.len;) {
			struct rune rune = utf8_first(rest);

			buf_add_byte(&windows,
				(char)(rune.value < 0x80 ? rune.value : rune.value - 0x410 + 0xC0));
			rest = span_skip(rest, rune.len);
		}
		assert_int_equal(encoding_guess(&guesser, buf_span(&koi8), true), ENCODING_UTF_8);
		assert_int_equal(encoding_guess(&guesser, buf_span(&windows), true), ENCODING_UTF_8);
		buf_release(&windows);
		buf_release(&koi8);
		buf_release(&text);
	}
}

TEST(random_bytes_are_not_taken_for_text)
{
	uint32_t seed = 10;

	for (int round = 0; round < 300; round++) {
		char raw[400];

		for (size_t i = 0; i < sizeof(raw); i++)
			raw[i] = (char)(1 + check_random(&seed) % 255);
		assert_int_equal(encoding_guess(&guesser, span_of(raw, sizeof(raw)), true), ENCODING_UTF_8);
	}
}

TEST(nuls_alone_are_not_utf_16)
{
	assert_int_equal(
		encoding_guess(&guesser, SPAN("a\0b\0 some text that goes on"), true), ENCODING_UTF_8);
	assert_int_equal(encoding_guess(&guesser, span_of("\0\0\0\0", 4), true), ENCODING_UTF_8);
}

TEST(documents_that_end_in_nul_are_not_wide)
{
	assert_int_equal(encoding_guess(&guesser, SPAN("\x27\x06\x44\x06"), false), ENCODING_UTF_8);
	assert_int_equal(encoding_guess(&guesser, SPAN("\xFF\xFE\x44\x06"), false), ENCODING_UTF_8);
}

static int read_models(void **unused)
{
	(void)unused;
	guesser_init(&guesser);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(arabic_is_recognised_in_every_encoding_with_a_table),
		IT(persian_and_urdu_are_recognised_in_windows_1256),
		IT(western_languages_are_recognised_in_windows_1252),
		IT(titles_of_three_words_are_recognised),
		IT(utf_16_and_utf_32_are_recognised_with_mark_and_without),
		IT(utf_8_is_never_taken_for_anything_else),
		IT(damaged_utf_8_stays_utf_8),
		IT(a_few_lines_of_windows_1256_do_not_make_a_document_of_it),
		IT(russian_is_not_taken_for_arabic),
		IT(random_bytes_are_not_taken_for_text),
		IT(nuls_alone_are_not_utf_16),
		IT(documents_that_end_in_nul_are_not_wide),
	};

	return cmocka_run_group_tests_name("guess", tests, read_models, NULL);
}
