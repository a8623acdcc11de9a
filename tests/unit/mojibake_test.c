/* SPDX-License-Identifier: MIT
 * mojibake_test.c - what is garbled comes back exactly, what is good stays, and no line that needs work is passed over.
 *
 * Sentences in over thirty languages are garbled here, through every encoding, with tables read anew from its file; so
 * the tests grow with the list of sentences. */
#include <string.h>
#include <utf8proc.h>

#include "tests/unit/check.h"

#include "common/mem.h"
#include "common/utf8.h"
#include "filters/normalize/data.h"
#include "filters/normalize/mojibake.h"

static const char *const sentences[] = {
	"أعلنت وزارة الزراعة صباح اليوم أن موسم القمح هذا العام تجاوز التوقعات في ست محافظات.",
	"قال المدير: «لن نرفع الأسعار قبل نهاية الشهر»، وأضاف أن القرار مؤجَّل إلى ٢٠٢٥؛ فهل يكفي ذلك؟",
	"وصل الوفد إلى الدوحة.",
	"السلام عليكم",
	"وُلِدَ الشاعرُ في قريةٍ صغيرةٍ قُربَ النَّهر…",
	"رئیس شورای شهر گفت: «این طرح می‌تواند به کشاورزان کمک کند» و افزود چند روز دیگر آغاز می‌شود.",
	"پژوهشگران دانشگاه تهران گزارش تازه‌ای درباره‌ی گرد و غبار منتشر کردند؛ آیا کسی آن را خوانده است؟",
	"کتاب‌ها را چگونه بخوانیم؟",
	"وزیرِ اعلیٰ نے کہا ہے کہ نئے اسکول اگلے سال کھولے جائیں گے، لیکن بجٹ ابھی منظور نہیں ہوا۔",
	"لڑکیوں کی تعلیم پر زور دیا گیا اور ٹرینوں کا کرایہ بھی کم ہوا۔",
	"سەرۆکی هەرێم ڕایگەیاند کە پڕۆژەی ئاوەکە لەم ساڵەدا تەواو دەبێت و گوندەکان سوودی لێ وەردەگرن.",
	"پەرلەمان دەنگی بە بودجەکە دا",
	"Le maire a déclaré que l’école rouvrirait dès septembre, « sans surcoût » pour les élèves.",
	"Où est passé le café de la gare ? À côté, près du théâtre où l’été dernier nous étions allés.",
	"NOËL : LES DERNIERS CADEAUX DE L’ÉTÉ OÙ ÇA ?",
	"Der Bürgermeister sagte: „Wir müssen die Straße für Fußgänger öffnen“ – größere Änderungen folgen.",
	"Übermäßige Hitze führte in Köln zu Ärger über ausgefallene Züge.",
	"El alcalde anunció que el año próximo habrá más árboles: «¿Quién los regará?», preguntó una señora.",
	"¡Qué alegría! La niña encontró su pingüino en el río Guadalquivir después de tres días.",
	"A situação não é fácil, disseram os irmãos à imprensa; “são ações da região”, explicou a avó.",
	"O pão, o coração e a mãe: três lições às crianças de Évora, àquela hora da manhã.",
	"Burmistrz powiedział, że żółte łódki wrócą na jezioro jeszcze w październiku, choć będzie ślisko.",
	"Zażółć gęślą jaźń – pomyślał źrebak i pobiegł ścieżką.",
	"Příští týden začne v Olomouci výstava květin, řekl primátor a dodal, že vstupné bude nižší.",
	"Žluťoučký kůň úpěl ďábelské ódy ještě dlouho do noci.",
	"Belediye başkanı, yağmurdan sonra çöken köprünün önümüzdeki ay açılacağını söyledi: “Güçlü olacağız.”",
	"İstanbul'da ışıklar söndü, çünkü rüzgâr şiddetliydi; Ağrı'da ise kar yağıyordu.",
	"Chủ tịch thành phố cho biết cây cầu mới sẽ được khánh thành vào tháng tới, sớm hơn dự kiến.",
	"Người dân ở Đà Nẵng đã trồng hơn một nghìn cây xanh dọc bờ biển.",
	"Ráðherrann sagði að vegurinn yrði opnaður í næstu viku þótt enn væri snjór á heiðinni.",
	"Það er ekki ætlunin að hækka verð á mjólk, sagði hún; æðislegt, sagði hann á Þingvöllum.",
	"Мэр города объявил, что новый мост откроют в сентябре, а набережную — «чуть позже».",
	"Ёлки привезут ещё до ноября; её объём — 3 тысячи штук.",
	"И Сергей Рёмин вышел на площадь.",
	"Міністр повідомив, що їхні ґрунти збережуть: «Це єдиний шлях», — підкреслив він.",
	"Кметът на Пловдив заяви, че ремонтът ще приключи до края на годината.",
	"Градоначелник је рекао да ће нова школа у Ћуприји бити отворена у јануару.",
	"Ο δήμαρχος ανακοίνωσε ότι η νέα γέφυρα θα ανοίξει τον Σεπτέμβριο· «όλα είναι έτοιμα», είπε.",
	"Η Αθήνα γιορτάζει ξανά την άνοιξη με μουσική στους δρόμους.",
	"ראש העירייה הודיע כי הגשר החדש ייפתח בספטמבר, חודשיים לפני המועד.",
	"הילדים שתלו עצים לאורך החוף – \"זה היה כיף\", אמרו.",
	"महापौर ने कहा कि नया पुल सितंबर में खुलेगा और किसानों को इससे लाभ होगा।",
	"बारिश के बाद नदी का जलस्तर बढ़ गया है।",
	"市长表示，新桥将于九月通车，“比原计划提前两个月”。",
	"农民们今年种植了更多的小麦——产量创下纪录……",
	"市長は、新しい橋が九月に開通すると発表した。「予定より二か月早い」と述べた。",
	"カフェで友だちとコーヒーを飲みながら、新聞を読みました。",
	"시장은 새 다리가 구월에 열린다고 발표했다.",
	"นายกเทศมนตรีกล่าวว่าสะพานใหม่จะเปิดในเดือนกันยายน",
	"The mayor said: “We’ll open the bridge – at last – in September…” 🎉👏🏽",
	"Thanks a lot 😂❤️ see you at the café!",
	"Borgmesteren sagde, at broen åbner i september – og at børnene får fri på Ærø.",
	"Kaupunginjohtaja sanoi: ”Silta avataan syyskuussa”, mikä miellytti myös Ähtärin väkeä.",
	"A polgármester szerint az új híd szeptemberben nyílik meg, őszi ünnepséggel és tűzijátékkal.",
	"Primarul a declarat că podul va fi deschis în septembrie, după ce şantierul şi-a încheiat lucrările.",
	"Župan je rekao da će se most otvoriti u rujnu, a đaci će šetati uz more.",
};

/* Good text with a look of bytes: capitals with accents before punctuation, frames, abbreviations, alphabets. */
static const char *const good[] = {
	"å ä ö",
	"åäö ÅÄÖ",
	"ÅÄÖåäö ÆØÅæøå ÅØÆåøæ",
	"éèêë ÉÈÊË àâä",
	"äöüß ÄÖÜ öÖö äÄä",
	"áéíóúñ ÁÉÍÓÚÑ",
	"Þá óð æði bráðæði",
	"ÍSLENSKA ÚTGÁFAN ÁÐUR ÖÐRUVÍSI",
	"A TRADIÇÃO É FÉ EM SÃO JOÃO",
	"ções Çã ÃO ÕES",
	"TÔI YÊU VIỆT NAM, ƯỚC MƠ ĐÀ NẴNG",
	"El año «2020» ¡Ñandú! ¿Qué? ¡Áé!",
	"«É» e «À», “Ô”, É… É” É’s É»",
	"Der Buchstabe „Ö“ und „Ä“, Spaß… groß– Fuß™ ß“ ß”",
	"l’été », dit-il ; « à » — « Où ? »",
	"CAFÉ® MARÉ™ TÉ©",
	"ВІКІ РІСІ Рівне Їжак Сім'я РЁВ СЁМГА",
	"Љубав Њива Ћевап Ђак Џак СРЂАН ЊЕГОШ",
	"ІСТОРІЯ РІЧКИ СІЧ ПІСНІ",
	"МОСКВА «РОССИЯ» №5 — ЁЛКА, ответов…» домов”…",
	"زگزگ تکتک رگرگ بکبک رپر",
	"ط،ظ،ع،غ",
	"ا،ب،ت،ث،ج،ح",
	"السيد زينب‘، قال دم“، ثم نه«، قط “،",
	"انخفضت أسعار النفط،والذهب؛والقمح في شارع، موضوع؟ «ع» “ع” ع… ع– ع—ع",
	"عکس عکاس معکوس سگ دگر رگ تک بچ پک چک",
	"الشركة™ الاسم® مليون£ €50 50€ 20°م",
	"İĞDIR” ÜŞÜ’ ŞANLIURFA…",
	"WSPÓŁPRACA PÓŹNIEJ ŻÓŁĆ «ŻÓŁĆ» ĘŚĆ",
	"ŘEKA ŠŤASTNÝ „ŠŤÁVA“ ĎÁBEL",
	"┌──┬──┐ │ ├──┼──┤ └──┴──┘",
	"╔══╦══╗ ║ ╚══╩══╝ ├┤o┼┐o┼┐o",
	"√2 ≈ 1,41 ∑π∂ ∞≠ ±½ 3×5 ½÷¼ √π",
	"Σπ Ωμ αβγδ Γδ°",
	"7×£30 10×20 ×… “×” 12×…",
	"¯\\_(ツ)_/¯ ʘ‿ʘ (╯°□°)╯︵ ┻━┻ ¬_¬ ( o¬ô )",
	"´` ´´lá´´ ¨ναι¨",
	"©2020 ®™ §5 ¶ †‡ ‰",
	"Éé‡†, naïveté‡ À†",
	"“Él” —Él –À «À» »É« …É ’É",
	"ĄĘĆŁŃÓŚŹŻ ąęćłńóśźż",
	"Āø Ēģ VIDUŲ™ GURĂ™ GURĂ\u00A0și MÄ\u00A0ÄLÄ",
	"HÅNDØL ØYÅ ÆRØ",
	"Ç'",
	"à",
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* Encodings, and whether their undefined bytes are taken for characters of the same number. */
static const struct {
	const char *name;
	bool sloppy;
} encodings[] = {
	{ "latin-1", true },
	{ "windows-1252", true },
	{ "windows-1250", true },
	{ "iso-8859-2", true },
	{ "windows-1251", true },
	{ "windows-1254", true },
	{ "windows-1256", true },
	{ "windows-1257", true },
	{ "mac-roman", false },
	{ "cp437", false },
};

/* What the bytes 80 to FF are in each of them. */
static int32_t tables[COUNT(encodings)][0x80];

static void read_table(size_t encoding)
{
	struct span rest, line;

	for (int32_t i = 0; i < 0x80; i++)
		tables[encoding][i] = 0x80 + i;
	if (encoding == 0)
		return;
	rest = data_file(span_from(encodings[encoding].name));
	while (data_line(&rest, &line)) {
		int32_t byte = data_hex(data_word(&line));

		tables[encoding][byte - 0x80] = data_hex(line);
	}
}

static struct mojibake *made(void)
{
	struct mojibake *m = mem_new(1, sizeof(*m));
	struct diag why = { "" };

	if (!mojibake_init(m, &why))
		fail_msg("%s", why.text);
	for (size_t i = 0; i < COUNT(encodings); i++)
		read_table(i);
	return m;
}

static void unmade(struct mojibake *m)
{
	mojibake_release(m);
	free(m);
}

/* `text`, read as if it were in `encoding`. */
static void garble(struct span text, size_t encoding, struct buf *into)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.at[i];

		utf8_add(into, byte < 0x80 ? byte : tables[encoding][byte - 0x80]);
	}
}

static bool is_ascii(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] >= 0x80)
			return false;
	return true;
}

/* --- checks ------------------------------------------------------------------------------------------------ */

/* Whether a line is suspect, which both paths have to agree on. */
static bool is_suspect(const struct mojibake *m, struct span line)
{
	size_t at = mojibake_suspect(m, line, CPU_AVX2);

	if (at != mojibake_suspect(m, line, CPU_SCALAR))
		fail_msg("one path says %zu, the other %zu: %.*s", at,
			mojibake_suspect(m, line, CPU_SCALAR), (int)line.len, line.at);
	return at != line.len || line.len == 0;
}

/* Fixes `line` into `into` and holds it to the laws: it is suspect when something changes, and rests then. */
static void fix(struct mojibake *m, struct span line, struct buf *into)
{
	struct buf again = BUF_INIT;

	buf_clear(into);
	if (!mojibake_fix(m, line, into)) {
		assert_int_equal(into->len, 0);
		buf_add(into, line);
		return;
	}
	if (!is_suspect(m, line))
		fail_msg("passed over: %.*s", (int)line.len, line.at);
	if (into->len <= MOJIBAKE_LONGEST && mojibake_fix(m, buf_span(into), &again))
		fail_msg("changed again: %s", buf_string(into));
	buf_release(&again);
}

static void check_fix(struct mojibake *m, const char *bad, const char *mended)
{
	struct buf got = BUF_INIT;

	fix(m, span_from(bad), &got);
	assert_string_equal(buf_string(&got), mended);
	buf_release(&got);
}

static void check_stays(struct mojibake *m, const char *text)
{
	check_fix(m, text, text);
}

/* `text` comes back when it is garbled through `first` and, if that is an encoding, then `second`. */
static void check_returns(struct mojibake *m, const char *text, size_t first, size_t second)
{
	struct buf once = BUF_INIT, twice = BUF_INIT, got = BUF_INIT;

	garble(span_from(text), first, &once);
	if (second < COUNT(encodings))
		garble(buf_span(&once), second, &twice);
	fix(m, second < COUNT(encodings) ? buf_span(&twice) : buf_span(&once), &got);
	if (strcmp(buf_string(&got), text) != 0)
		fail_msg("%s, %s: '%s' became '%s'", encodings[first].name,
			second < COUNT(encodings) ? encodings[second].name : "once", text,
			buf_string(&got));
	buf_release(&once);
	buf_release(&twice);
	buf_release(&got);
}

/* --- good text --------------------------------------------------------------------------------------------- */

TEST(correct_sentences_stay)
{
	struct mojibake *m = made();

	for (size_t i = 0; i < COUNT(sentences); i++)
		check_stays(m, sentences[i]);
	unmade(m);
}

TEST(good_text_that_looks_like_bytes_stays)
{
	struct mojibake *m = made();

	for (size_t i = 0; i < COUNT(good); i++)
		check_stays(m, good[i]);
	unmade(m);
}

TEST(ascii_and_the_empty_line_stay)
{
	struct mojibake *m = made();

	check_stays(m, "");
	check_stays(m, "The vote: 5 to 3 (A&amp;B), \"x\" ~ [y]\t.");
	unmade(m);
}

/* Sentences of any two languages in one line. */
TEST(correct_languages_side_by_side_stay)
{
	struct mojibake *m = made();
	uint32_t seed = 1;

	for (int i = 0; i < 3000; i++) {
		struct buf line = BUF_INIT;

		buf_addf(&line, "%s %s %s", sentences[check_random(&seed) % COUNT(sentences)],
			good[check_random(&seed) % COUNT(good)],
			sentences[check_random(&seed) % COUNT(sentences)]);
		check_stays(m, buf_string(&line));
		buf_release(&line);
	}
	unmade(m);
}

/* --- UTF-8 that was read as something else ----------------------------------------------------------------- */

TEST(garbled_sentences_come_back)
{
	struct mojibake *m = made();

	for (size_t i = 0; i < COUNT(sentences); i++)
		for (size_t as = 0; as < COUNT(encodings); as++)
			check_returns(m, sentences[i], as, COUNT(encodings));
	unmade(m);
}

TEST(twice_garbled_sentences_come_back)
{
	struct mojibake *m = made();

	for (size_t i = 0; i < COUNT(sentences); i++)
		for (size_t as = 0; as < COUNT(encodings); as++) {
			if (as == 3) /* controls of iso-8859-2 hide what is windows-1250 */
				continue;
			check_returns(m, sentences[i], as, as);
			check_returns(m, sentences[i], as, 1);
		}
	unmade(m);
}

/* A piece of a sentence that begins and ends between words. */
static struct span some_words(const char *sentence, uint32_t *seed)
{
	struct span text = span_from(sentence);
	size_t from = check_random(seed) % text.len, len = 20 + check_random(seed) % 120;

	text = span_skip(text, from);
	text = span_skip(text, span_find(text, ' ') + 1);
	while (len < text.len && text.at[len] != ' ')
		len++;
	return span_head(text, len);
}

/* Words of all languages, as many as make sure that the line is bad. Letters with accents look like Arabic ones in
 * windows-1256, and a few of them in a Latin line are too little. */
TEST(garbled_words_come_back)
{
	struct mojibake *m = made();
	uint32_t seed = 7;

	for (int i = 0; i < 6000; i++) {
		size_t encoding = check_random(&seed) % COUNT(encodings);
		struct buf line = BUF_INIT;

		buf_add(&line, some_words(sentences[check_random(&seed) % COUNT(sentences)], &seed));
		buf_add(&line, SPAN(" "));
		buf_add(&line, some_words(sentences[check_random(&seed) % COUNT(sentences)], &seed));
		if (line.len > 60)
			check_returns(m, buf_string(&line), encoding == 6 ? 0 : encoding, COUNT(encodings));
		buf_release(&line);
	}
	unmade(m);
}

TEST(a_garbled_part_of_a_good_line_is_mended)
{
	struct mojibake *m = made();

	check_fix(m, "قال الوزير إن ط§ظ„ط³ظ„ط§ظ… ممكن في ٢٠٢٤", "قال الوزير إن السلام ممكن في ٢٠٢٤");
	check_fix(m, "وصل إلى cafÃ© في باريس", "وصل إلى café في باريس");
	check_fix(m, "Ça va, l’été arrive : les Ã©lÃ¨ves sont prÃªts",
		"Ça va, l’été arrive : les élèves sont prêts");
	check_fix(m, "مدينة MÃ¼nchen — ZÃ¼rich", "مدينة München — Zürich");
	check_fix(m,
		"Вышел фильм â€œSolarisâ€\xC2\x9D"
		" сегодня",
		"Вышел фильм “Solaris” сегодня");
	unmade(m);
}

TEST(single_characters_are_mended_where_nobody_meant_them)
{
	struct mojibake *m = made();

	check_fix(m, "GarcÃ­a", "García");
	check_fix(m, "itâ€™s late", "it’s late");
	check_fix(m, "from â€“ to", "from – to");
	check_fix(m, "5Â°C or Â£5", "5°C or £5");
	check_fix(m, "LIÃˆGE, HÃ”PITAL", "LIÈGE, HÔPITAL");
	check_fix(m, "good ðŸ˜€ news", "good 😀 news");
	check_fix(m, "cittadin√¨", "cittadinì");
	check_fix(m, "worth ВЈ12m", "worth £12m");
	check_fix(m, "die KĂĽche", "die Küche");
	check_fix(m, "Li├¿ge", "Liège");
	check_fix(m, "dГ©jГ\u00A0 vu", "déjà vu");
	check_fix(m, "cafأ© crأ¨me", "café crème");
	unmade(m);
}

TEST(single_characters_that_may_be_meant_stay)
{
	struct mojibake *m = made();

	check_stays(m, "PRÓXIMO MÊS…");
	check_stays(m, "the letter Ã’s shape");
	check_stays(m, "A N T I G A  C A N Ç Ã O");
	check_stays(m, "LÄ\u00A0MPÖ");
	check_stays(m, "un café » et un thé »");
	unmade(m);
}

TEST(one_odd_character_in_a_line_with_good_ones_stays)
{
	struct mojibake *m = made();

	check_stays(m, "Hansen – JÃ¸rgen");
	check_fix(m, "Hansen - JÃ¸rgen", "Hansen - Jørgen");
	check_fix(m, "Hansen – JÃ¸rgen, SÃ¸ren", "Hansen – Jørgen, Søren");
	unmade(m);
}

/* --- damage ------------------------------------------------------------------------------------------------ */

TEST(a_grave_that_lost_its_no_break_space_is_mended)
{
	struct mojibake *m = made();

	check_fix(m, "voilÃ le marchÃ©", "voilà le marché");
	check_fix(m, "voilÃ  le marchÃ©", "voilà le marché");
	check_fix(m, "voilÃ\u00A0 le marchÃ©", "voilà le marché");
	check_fix(m, "voilÃ le train", "voilà le train");
	check_fix(m, "Ã demain, mon frÃ¨re", "à demain, mon frère");
	check_fix(m, "atenÃ§Ã£o Ã s mÃ£es", "atenção às mães");
	check_fix(m, "Ã quela mÃ£e e a seu irmÃ£o", "àquela mãe e a seu irmão");
	unmade(m);
}

TEST(other_blanks_that_became_plain_ones_are_mended)
{
	struct mojibake *m = made();

	check_fix(m, "Â Itâ€™s late", "\u00A0It’s late");
	check_fix(m, "Å autÄ“ja un JÄ“kabs, Å eit", "Šautēja un Jēkabs, Šeit");
	check_fix(m, "Ð Ð°Ð¹Ð¾Ð½", "Район");
	check_fix(m, "à¸ à¸²à¸„", "ภาค");
	unmade(m);
}

TEST(soft_hyphens_that_were_dropped_are_mended)
{
	struct mojibake *m = made();

	check_fix(m, "vivÃa en MÃ©xico, paÃs de montaÃ±as", "vivía en México, país de montañas");
	check_fix(m, "Ù…ØÙ…Ø¯ ØµØ¨Ø§Ø", "محمد صباح");
	check_fix(m, "ط§ظ„ط³ظ„ط§ظ… ظ…طظ…ط¯", "السلام محمد");
	check_fix(m, "Ø§Ù„Ù…Ù„Ù ÙÙŠ Ø§Ù„Ø¨ÙŠØª", "الملف في البيت");
	unmade(m);
}

TEST(a_lost_byte_becomes_a_replacement_character)
{
	struct mojibake *m = made();

	check_fix(m, "itâ€™s â€œfineâ€\uFFFD", "it’s “fine\uFFFD");
	check_fix(m, "itâ€™s â€œfineâ€?", "it’s “fine\uFFFD");
	check_fix(m, "PraÄ\uFFFDka", "Pra\uFFFDka");
	check_stays(m, "É\uFFFD É T\u00C9\uFFFDE");
	unmade(m);
}

TEST(surrogates_that_were_encoded_one_by_one_are_mended)
{
	struct mojibake *m = made();

	check_fix(m, "so í\u00A0½í¸\xC2\x80", "so 😀");
	check_stays(m, "so í\u00A0½ x");
	unmade(m);
}

TEST(hopeless_garble_stays)
{
	struct mojibake *m = made();

	check_stays(m, "ã©â€™ã¨ãƒ ãƒã¢ã‚¬â„¢ã¨ãƒãƒã¢ã¢â‚¬ãƒã‚ãƒâ€šã‚ã");
	unmade(m);
}

/* --- windows-1256 that was read as windows-1252 ------------------------------------------------------------ */

static void check_1256(struct mojibake *m, const char *bad, const char *mended)
{
	check_fix(m, bad, mended);
}

TEST(windows_1256_read_as_1252_is_mended)
{
	struct mojibake *m = made();

	check_1256(m, "ÇáÓáÇã Úáíßã", "السلام عليكم");
	check_1256(m, "ÞÑÇÑ ãÌáÓ ÇáÃãä: ãÇÐÇ ÈÚÏ¿", "قرار مجلس الأمن: ماذا بعد؟");
	check_1256(m, "ÒÇÑ 12 æÝÏÇ ãÏíäÉ CAIRO Ýí 2019¡ æÛÇÏÑæÇ.",
		"زار 12 وفدا مدينة CAIRO في 2019، وغادروا.");
	check_1256(m,
		"\xC2\x81"
		"ÑÓÔ ãÑÏã ÊåÑÇä",
		"پرسش مردم تهران");
	check_1256(m, "ÃóåúáÇð æóÓóåúáÇð", "أَهْلاً وَسَهْلاً");
	unmade(m);
}

TEST(a_lone_word_of_windows_1256_stays)
{
	struct mojibake *m = made();

	check_stays(m, "ÇáÓáÇã");
	check_stays(m, "the word ßÊÇÈ alone");
	unmade(m);
}

TEST(windows_1256_is_mended_under_utf_8_too)
{
	struct mojibake *m = made();
	struct buf bad = BUF_INIT;

	garble(span_from("ÞÑÇÑ ãÌáÓ ÇáÃãä ÇáíæÉ"), 1, &bad);
	check_fix(m, buf_string(&bad), "قرار مجلس الأمن اليوة");
	buf_release(&bad);
	unmade(m);
}

/* --- no line is passed over -------------------------------------------------------------------------------- */

/* Appends `line` the way other rules find it: with references, characters of no width, marks apart. */
static void disguise(struct span line, uint32_t *seed, struct buf *into)
{
	static const char *const widths[] = { "\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\u200E" };

	while (line.len) {
		struct rune rune = utf8_first(line);
		uint32_t dice = check_random(seed) % 8;

		if (rune.value >= 0x80 && dice == 0)
			buf_addf(into, "&#%d;", (int)rune.value);
		else if (rune.value >= 0x80 && dice == 1)
			buf_addf(into, "&amp;#x%X;", (unsigned)rune.value);
		else
			buf_add(into, span_head(line, rune.len));
		if (rune.value >= 0x80 && dice == 2)
			buf_add(into, span_from(widths[check_random(seed) % COUNT(widths)]));
		line = span_skip(line, rune.len);
	}
}

TEST(disguised_lines_are_suspect)
{
	struct mojibake *m = made();
	uint32_t seed = 3;

	for (int i = 0; i < 4000; i++) {
		struct buf bad = BUF_INIT, hidden = BUF_INIT, got = BUF_INIT;

		garble(some_words(sentences[check_random(&seed) % COUNT(sentences)], &seed),
			check_random(&seed) % COUNT(encodings), &bad);
		disguise(buf_span(&bad), &seed, &hidden);
		if (mojibake_fix(m, buf_span(&bad), &got) && !is_suspect(m, buf_span(&hidden)))
			fail_msg("passed over: %s", buf_string(&hidden));
		buf_release(&bad);
		buf_release(&hidden);
		buf_release(&got);
	}
	unmade(m);
}

TEST(lines_with_marks_apart_are_suspect)
{
	struct mojibake *m = made();

	for (size_t i = 0; i < COUNT(sentences); i++)
		for (size_t as = 0; as < COUNT(encodings); as++) {
			struct buf bad = BUF_INIT;
			char *apart;

			garble(span_from(sentences[i]), as, &bad);
			apart = (char *)utf8proc_NFD((const utf8proc_uint8_t *)buf_string(&bad));
			if (!is_ascii(buf_span(&bad)) && !is_suspect(m, span_from(apart)))
				fail_msg("passed over: %s", apart);
			free(apart);
			buf_release(&bad);
		}
	unmade(m);
}

TEST(references_to_bytes_are_suspect)
{
	static const char *const lines[] = { "10&Icirc;&frac14;s", "caf&Atilde;&copy;", "caf&Atilde;©",
		"cafÃ&copy;", "voil&Atilde; le", "voil&#195; le", "voilA\u0303 le",
		"caf&amp;Atilde;&amp;copy;", "cafA\u0303©", "caf&Atilde;\u200B&copy;",
		"x&Atilde;&amp;copy;" };
	struct mojibake *m = made();

	for (size_t i = 0; i < COUNT(lines); i++)
		if (!is_suspect(m, span_from(lines[i])))
			fail_msg("passed over: %s", lines[i]);
	unmade(m);
}

/* Controls between digits will be dropped. So many of them were too large a number once, which a sanitizer sees. */
TEST(numbers_with_something_between_their_digits_are_suspect)
{
	static const char *const lines[] = { "voil&#1\x01\x39\x01\x35; le", "voil&#1\u200B95; le",
		"&#\u0661\u0669\u0665;",
		"&#\x19\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01;" };
	struct mojibake *m = made();

	for (size_t i = 0; i < COUNT(lines); i++)
		if (!is_suspect(m, span_from(lines[i])))
			fail_msg("passed over: %s", lines[i]);
	unmade(m);
}

TEST(most_good_lines_are_passed_over)
{
	static const char *const lines[] = {
		"أعلنت الوزارة، صباح اليوم، أنها «ستبدأ» الأشغال؛ بكلفة ٣٫٥ مليون…",
		"«إنه قرارنا»، قال “الوزير”: كتاب‌ها و می‌رود؛ عکس و دگر",
		"خبر&nbsp;عاجل &quot;نعم&quot; A&B", "The mayor said: “We’ll open the bridge – at last…”",
		"部长表示，“工程”——完成……", "L’été, 3,50 €… œuvre créée à Noël", "Příliš žluťoučký kůň",
		"Мэр открыл мост и набережную", "fa&ccedil;ade, d&eacute;j&agrave;"
	};
	struct mojibake *m = made();

	for (size_t i = 0; i < COUNT(lines); i++)
		if (is_suspect(m, span_from(lines[i])))
			fail_msg("suspect: %s", lines[i]);
	unmade(m);
}

/* Where a line starts in a block of the vector path must not matter. */
TEST(the_first_suspect_line_is_found_wherever_it_stands)
{
	static const char *const filling[] = { "نص عربي لا بأس به، وأكثر.\n", "Plain words only.\n",
		"普通的文字，没有问题。\n", "é", "ع", "—", "ё", "‌" };
	static const char bad[] = "cafÃ©";
	struct mojibake *m = made();
	uint32_t seed = 11;

	for (int i = 0; i < 4000; i++) {
		struct buf text = BUF_INIT;
		size_t line, from = check_random(&seed) % 7;

		for (size_t k = 0; k < from; k++)
			buf_add(&text, span_from(filling[check_random(&seed) % COUNT(filling)]));
		buf_add(&text, SPAN("\n"));
		line = text.len;
		buf_addf(&text, "%.*s%s\nend\n", (int)(check_random(&seed) % 40),
			"........................................", bad);
		if (check_random(&seed) % 2)
			buf_add(&text, span_from(filling[check_random(&seed) % COUNT(filling)]));
		assert_true(mojibake_suspect(m, buf_span(&text), CPU_SCALAR) <= line);
		is_suspect(m, buf_span(&text));
		buf_release(&text);
	}
	unmade(m);
}

/* Text of nothing but leads, what follows leads, and what is common in between. */
static void add_noise(struct buf *into, uint32_t *seed)
{
	static const int32_t noise[] = { 'a', ' ', 'Z', '&', ';', '\n', 0xC3, 0xE9, 0xA9, 0xA0, 0xBB, 0xC2,
		0x80, 0x99, 0x153, 0x20AC, 0x2122, 0x201C, 0x2026, 0x2014, 0x200B, 0x200C, 0xFEFF, 0x301,
		0x303, 0x637, 0x639, 0x627, 0x6A9, 0x623, 0x654, 0x420, 0x440, 0x451, 0x456, 0x402, 0x3C0,
		0x393, 0x221A, 0x2229, 0x2568, 0x2591, 0x4E2D, 0xFF0C, 0xFFFD, 0x1F600, 0x30A, 0xC7, 0xE1,
		0xD3, 0xE3, 0x102, 0x139, 0xAC };

	for (uint32_t n = check_random(seed) % 120; n; n--)
		utf8_add(into, noise[check_random(seed) % COUNT(noise)]);
}

TEST(both_paths_find_the_same_in_noise)
{
	struct mojibake *m = made();
	uint32_t seed = 5;

	for (int i = 0; i < 60000; i++) {
		struct buf text = BUF_INIT;

		for (uint32_t k = check_random(&seed) % 12; k; k--)
			buf_add(&text, span_from(sentences[check_random(&seed) % COUNT(sentences)]));
		add_noise(&text, &seed);
		is_suspect(m, buf_span(&text));
		buf_release(&text);
	}
	unmade(m);
}

TEST(noise_rests_after_one_repair)
{
	struct mojibake *m = made();
	uint32_t seed = 9;

	for (int i = 0; i < 30000; i++) {
		struct buf text = BUF_INIT, got = BUF_INIT;

		add_noise(&text, &seed);
		for (size_t k = 0; k < text.len; k++)
			if (text.at[k] == '\n')
				text.at[k] = ' ';
		fix(m, buf_span(&text), &got);
		buf_release(&text);
		buf_release(&got);
	}
	unmade(m);
}

/* --- size -------------------------------------------------------------------------------------------------- */

/* Were a step not linear, these would take minutes. */
TEST(the_longest_lines_take_linear_time)
{
	static const char *const parts[] = { "Рё", "Ã", "Ã©", "Ã ", "â€", "í\u00A0½", "ط§", "É»", "¬", "é»",
		"Ç", "Çá ", "ã", "â?", "ÃÂ", "Ã\u200B", "├┤", "ÃƒÂ©", "&#195;", "&amp;", "A\u0303",
		"\u0301", "\u200B" };
	struct mojibake *m = made();

	for (size_t i = 0; i < COUNT(parts); i++) {
		struct buf line = BUF_INIT, got = BUF_INIT;

		while (line.len + strlen(parts[i]) <= MOJIBAKE_LONGEST)
			buf_add(&line, span_from(parts[i]));
		fix(m, buf_span(&line), &got);
		is_suspect(m, buf_span(&line));
		buf_release(&line);
		buf_release(&got);
	}
	unmade(m);
}

/* The search for a suspicious line gets whole pieces of text, not only lines. */
TEST(endless_text_of_no_width_is_searched_once)
{
	static const char *const units[] = { "\u2067", "\u200B", "\u2062\uFEFF", "\u2067\u2067\u2067a",
		"\u0301\u2067" };
	struct mojibake *m = made();

	for (size_t i = 0; i < COUNT(units); i++) {
		struct buf text = BUF_INIT;

		while (text.len < 4000000)
			buf_add(&text, span_from(units[i]));
		is_suspect(m, buf_span(&text));
		buf_release(&text);
	}
	unmade(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(correct_sentences_stay),
		IT(good_text_that_looks_like_bytes_stays),
		IT(ascii_and_the_empty_line_stay),
		IT(correct_languages_side_by_side_stay),
		IT(garbled_sentences_come_back),
		IT(twice_garbled_sentences_come_back),
		IT(garbled_words_come_back),
		IT(a_garbled_part_of_a_good_line_is_mended),
		IT(single_characters_are_mended_where_nobody_meant_them),
		IT(single_characters_that_may_be_meant_stay),
		IT(one_odd_character_in_a_line_with_good_ones_stays),
		IT(a_grave_that_lost_its_no_break_space_is_mended),
		IT(other_blanks_that_became_plain_ones_are_mended),
		IT(soft_hyphens_that_were_dropped_are_mended),
		IT(a_lost_byte_becomes_a_replacement_character),
		IT(surrogates_that_were_encoded_one_by_one_are_mended),
		IT(hopeless_garble_stays),
		IT(windows_1256_read_as_1252_is_mended),
		IT(a_lone_word_of_windows_1256_stays),
		IT(windows_1256_is_mended_under_utf_8_too),
		IT(disguised_lines_are_suspect),
		IT(lines_with_marks_apart_are_suspect),
		IT(references_to_bytes_are_suspect),
		IT(numbers_with_something_between_their_digits_are_suspect),
		IT(most_good_lines_are_passed_over),
		IT(the_first_suspect_line_is_found_wherever_it_stands),
		IT(both_paths_find_the_same_in_noise),
		IT(noise_rests_after_one_repair),
		IT(the_longest_lines_take_linear_time),
		IT(endless_text_of_no_width_is_searched_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
