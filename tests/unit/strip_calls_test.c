/* SPDX-License-Identifier: MIT
 * strip_calls_test.c - what a page says to its reader, and sentences of a story made of the same words. The lexicons
 * are those that come with the program. */
#include "tests/unit/check.h"

#include "filters/strip-boilerplate/calls.h"
#include "filters/strip-boilerplate/compiled.h"

static enum call call(const char *line)
{
	struct phrases phrases = compiled_phrases;
	struct reader reader = { 0 };
	struct span text = span_from(line);
	struct lookup lookup = { &phrases, &reader, text };
	enum call found;

	phrases.languages = UINT32_MAX;
	reader_read(&reader, text);
	found = call_of(&lookup, reader.words, reader.count);
	reader_release(&reader);
	return found;
}

#define ASKED(line)  assert_int_equal(call(line), CALL_REQUEST)
#define NOTICE(line) assert_true(call(line) == CALL_NOTICE || call(line) == CALL_WEAK_NOTICE)
#define SILENT(line) assert_int_equal(call(line), CALL_NONE)

TEST(request_is_told_by_what_it_is_made_of)
{
	ASKED("إشترك بالنشرة البريدية لتصلك آخر المستجدات");
	ASKED("انضم إلى \"صدى المرفأ\" عبر الواتساب، الخبر أسرع بين يديك");
	ASKED("قناتنا الرسمية على واتساب: تقاريرنا وتحليلاتنا تصلكم مباشرة");
	ASKED("تابعونا على الفايسبوك والأنستغرام");
}

TEST(request_may_hold_a_name_in_quotes_or_of_another_script)
{
	ASKED("حمل تطبيق \"صدى المرفأ\" على هاتفك");
	ASKED("تابعوا Sada Almarfa على تيليغرام");
}

TEST(notice_is_made_of_what_terms_are_made_of)
{
	NOTICE("المقالات المنشورة لا تعبر بالضرورة عن رأي الموقع وإنما عن آراء أصحابها");
	NOTICE("نستخدم ملفات تعريف الارتباط لتحسين تجربتك على موقعنا");
}

TEST(stories_use_the_same_words)
{
	SILENT("شارك في المؤتمر وزراء من عشر دول.");
	SILENT("تابع الوزير زيارته إلى محافظات الجنوب.");
	SILENT("اشترك في البطولة ستة عشر فريقا من المنطقة.");
	SILENT("شارك في كأس العالم مرتين عام 2002 و2006.");
	SILENT("انضم اللاعب إلى صفوف الفريق في الصيف الماضي");
	SILENT("سجل الهدف الأول في الدقيقة العشرين من المباراة");
	SILENT("وعلق المدرب بقوله: \"كنت أظن أنني أعرف الفريق جيدا\" على \"تويتر\".");
	SILENT("وأعلن الوزير على تويتر أن المحادثات ستستأنف قريبا.");
	SILENT("تعبر السفن القناة من الشمال إلى الجنوب كل صباح.");
	SILENT("أكدت الوزارة أنها تتحمل مسؤولية تأمين المعلومات الشخصية للمواطنين في جميع المحافظات.");
}

TEST(every_language_has_its_words)
{
	ASKED("Get our free newsletter in your inbox every morning");
	ASKED("Inscrivez-vous gratuitement à notre newsletter");
	ASKED("Suscríbete a nuestro canal de WhatsApp y recibe las noticias");
	ASKED("Jetzt den kostenlosen Newsletter bestellen");
	ASKED("ما را در ایتا و بله دنبال کنید");
	ASKED("ہمارا واٹس ایپ چینل فالو کریں");
	ASKED("WhatsApp kanalımıza hemen katılın");
	ASKED("Iscriviti al nostro canale WhatsApp");
	ASKED("Participe do nosso grupo no WhatsApp");
	ASKED("Подписывайтесь на наш телеграм-канал");
	ASKED("Meld je gratis aan voor onze nieuwsbrief");
	ASKED("Śledź nas na Facebooku i Instagramie");
	ASKED("Prenumerera gratis på vårt nyhetsbrev");
	NOTICE("We value your privacy. We and our 842 partners keep what your device tells us about you.");
	SILENT("Join the army and see the world, the posters said.");
	SILENT("Follow the river to the second bridge");
	SILENT("Get the children out of the house before noon");
	SILENT("Learn how to create a story template for Instagram");
	SILENT("Suivez la route jusqu'au village");
	SILENT("Les abonnés du théâtre ont manifesté jeudi devant la mairie.");
	SILENT("Volg de rivier tot aan de tweede brug");
	SILENT("Zobacz, jak port zmienił się przez zimę");
	SILENT("Läs brevet som hamnkaptenen skrev");
	SILENT("Der Kanal zwischen den beiden Seen wird im Herbst gesperrt.");
}

TEST(line_of_a_list_is_what_somebody_explains)
{
	SILENT("- فعل الإشعارات من إعدادات التطبيق");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(request_is_told_by_what_it_is_made_of),
		IT(request_may_hold_a_name_in_quotes_or_of_another_script),
		IT(notice_is_made_of_what_terms_are_made_of),
		IT(stories_use_the_same_words),
		IT(every_language_has_its_words),
		IT(line_of_a_list_is_what_somebody_explains),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
