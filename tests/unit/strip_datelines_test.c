/* SPDX-License-Identifier: MIT
 * strip_datelines_test.c - datelines known by their form, and sentences that look like one. */
#include "tests/unit/check.h"

#include <stdio.h>

#include "filters/strip-boilerplate/compiled.h"
#include "filters/strip-boilerplate/dateline_forms.h"
#include "filters/strip-boilerplate/datelines.h"

static struct reader reader;

static int unload(void **unused)
{
	(void)unused;
	reader_release(&reader);
	return 0;
}

TEST(a_form_is_parts_and_signs)
{
	struct forms forms;
	struct diag why;

	assert_true(dateline_forms_parse(&forms, &reader,
		SPAN("# why\n[first arabic]\nplace|town3 day? ( agency ) !\n[leads]\nعاد\n[behind]\nde\nda\n"),
		&why));
	assert_int_equal(forms.count, 1);
	assert_int_equal(forms.items[0].count, 6);
	assert_true(forms.items[0].arabic);
	assert_int_equal(forms.items[0].steps[0].parts, PART_PLACE | PART_TOWN);
	assert_int_equal(forms.items[0].steps[0].most, 3);
	assert_true(forms.items[0].steps[1].optional);
	assert_int_equal(forms.items[0].steps[5].sign, '!');
	assert_int_equal(forms.leads.count, 1);
	assert_int_equal(forms.behind.count, 2);
	dateline_forms_release(&forms);
}

static void refuses(const char *text, const char *sentence)
{
	struct forms forms;
	struct diag why;

	assert_false(dateline_forms_parse(&forms, &reader, span_from(text), &why));
	assert_string_equal(why.text, sentence);
	dateline_forms_release(&forms);
}

TEST(a_form_with_a_mistake_is_named)
{
	refuses("[first]\nplace - wire5\n", "datelines: 'wire5' is no part and no sign");
	refuses("[leads]\ntwo words\n", "datelines: 'two words' is not one word");
	refuses("[last]\n", "datelines: '[last]' is no heading");
	refuses("place  -\n", "datelines: '' is no part and no sign");
	refuses("! ! ! ! ! ! ! ! ! ! ! ! !\n", "datelines: a form of more than 12 parts and signs");
}

static size_t start_of(const char *line, bool first)
{
	const struct title none = { 0 };
	const struct dateline_known known = { &none, SPAN(""), first };
	struct span text = span_from(line);

	reader_read(&reader, text);
	return dateline_end(&compiled_phrases, known, text, reader.words, reader.count);
}

/* The line is `front` and what the story starts with. */
static void goes(const char *front, const char *rest)
{
	char line[512];

	assert_true((size_t)snprintf(line, sizeof line, "%s%s", front, rest) < sizeof line);
	if (start_of(line, true) != strlen(front))
		fail_msg("'%s' is cut at byte %zu", line, start_of(line, true));
}

static void stays(const char *line)
{
	if (start_of(line, true) != 0)
		fail_msg("'%s' is cut at byte %zu", line, start_of(line, true));
}

TEST(who_reports_in_brackets_needs_no_list)
{
	goes("MOMBASA, Aug 14 (Coastline) - ", "Ferry crews returned to work on Monday after a week.");
	goes("SEYHUT, Ohio (WHBR) — ", "Ferry crews returned to work on Monday after a week of storms.");
	stays("IBM, Inc. said (as before) - and nobody asked - that sales rose in all regions.");
	stays("Apple, Inc. (AAPL) - the company said on Monday that sales rose in all regions.");
	goes("Bremen (dpa/lni) - ", "Ein Schlepper hat am Montag den neuen Ponton in den Hafen gezogen.");
	goes("الدقهلية (شفق نيوز) ", "اتفق صيادون وتجار على موعد افتتاح السوق الجديد قرب الميناء");
	goes("المخا (الساحل بوست) خاص : ", "وصلت إلى الميناء سفينة تحمل معدات لمحطة التحلية");
	goes("طبرجل (الشمال اليوم) - ", "دشن المزارعون معصرة الزيتون الثالثة في المحافظة");
}

TEST(who_reports_between_slashes_or_behind_one)
{
	goes("МУРМАНСК, 3 мая. /ТАСС/. ", "Рыбаки привели в порт первый сейнер нового сезона.");
	goes("أنقرة/ رويترز ", "ارتفعت صادرات البندق ارتفاعا طفيفا خلال الشهر الماضي");
	goes("البصرة/ واع/ ", "باشرت ملاكات الموانئ صيانة الرصيف الرابع بعد توقف أسبوع");
}

TEST(who_reports_behind_a_dash_and_in_front_of_a_colon)
{
	goes("دبي – مدار: ", "أظهرت بيانات المرفأ نمو أعداد الحاويات في الربع الثاني");
	goes("مسقط - العمانية: ", "قال مدير المرفأ إن العبّارة ستعود إلى الخدمة غدا");
}

TEST(a_listed_place_alone_opens_stories_in_the_script_of_arabic)
{
	goes("بيروت - ", "أغلقت المدارس أبوابها أمس بسبب العاصفة التي ضربت الساحل");
	goes("طنجة: ", "انطلقت مساء السبت أعمال الملتقى الثالث لصناع القوارب");
	goes("گلگت: ", "گلگت میں برف باری کے بعد سڑکیں بند ہو گئیں اور مسافر پھنس گئے۔");
	stays("القاهرة - الإسكندرية الصحراوي طريق يعبره مئة ألف سائق كل يوم");
	stays("القاهرة - أسوان رحلة قطار تستغرق ثلاث عشرة ساعة كاملة");
	stays("القاهرة مدينة لا تنام كما يقول أهلها منذ زمن بعيد");
	stays("Berlin - das ist die Stadt, in der alles angefangen hat, sagt er.");
}

TEST(the_parts_of_a_dateline_stand_in_other_orders)
{
	goes("وكالة المرسى – غدامس ", "افتتح الصيادون رصيفا جديدا في الميناء بعد عامين من العمل");
	goes("محلية - زحلة - ", "تمكنت فرق البلدية من فتح الطريق الجبلي بعد تساقط الثلوج");
	goes("الشحيرة – سبأنت ", "دشن مكتب الأشغال العمل في الطريق الساحلي الجديد");
	goes("الرمسة في 12 فبراير/ وام / ", "انطلقت اليوم منافسات الصيد التقليدي في المرفأ");
	goes("بغداد/ رويترز /.. ", "باشرت ملاكات الموانئ صيانة الرصيف الرابع بعد توقف أسبوع");
	goes("كتبت- سلوى المرسى: ", "قالت إدارة الميناء إن العبّارة ستعود إلى العمل غدا");
	stays("الوطن في خطر: أعلن الرئيس ذلك في خطاب قصير من شرفة القصر القديم");
	goes("KIDIRA, Kompas.com - ", "Bunyi kayu beradu terdengar dari rumah di tepi pelabuhan.");
	goes("Kidira, 9 oct (BWRN) ", "Les bateliers de la ville ont repris le travail lundi matin");
	goes("قندهار (پژواک، ۱۲ قوس ۱۴۰۲): ",
		"برداشت انار در باغ‌های شهر آغاز شده است");
	goes("RİZE (AA) - AYŞE KAYA - ", "Balıkçılar sezonun ilk ağlarını pazartesi günü denize bıraktı.");
	goes("المدار - زحلة - ", "تمكنت فرق البلدية من فتح الطريق الجبلي بعد تساقط الثلوج");
	goes("زحلة (الأحد 3 مايو 2021): ", "تمكنت فرق البلدية من فتح الطريق الجبلي بعد تساقط الثلوج");
	goes("Kidira / 9 oct - (Reuters) ", "Les bateliers de la ville ont repris le travail lundi matin");
	stays("Lunch on 9 October (Smith) - The bridge was open and nobody came to it.");
	stays("الوزارة – غدامس مدينة لا تنقطع عنها القوافل في الشتاء");
	stays("الميناء – كما يقول أهله لا ينام في ليالي الصيف الطويلة");
	stays("Kidira, 9 octobre : les bateliers ont repris le travail");
	stays("القاهرة - زحلة - رحلة لا يقوم بها أحد في هذا الفصل");
	stays("في 12 فبراير عاد الصيادون إلى المرفأ بعد أسبوع من العواصف");
}

/* How many bytes go of the second line, where the document is a title, that line, and one more. */
static size_t told_start(const char *title, const char *line, const char *next)
{
	const struct title none = { 0 };
	char text[2048];
	int len = snprintf(text, sizeof text, "%s\n%s\n%s\n", title, line, next);
	struct span around = span_of(text, (size_t)len);
	struct span own = span_head(span_skip(around, strlen(title) + 1), strlen(line));

	assert_true((size_t)len < sizeof text);
	reader_read(&reader, own);
	return dateline_end(&compiled_phrases, (struct dateline_known){ &none, around, true }, own,
		reader.words, reader.count);
}

static void told(const char *front, const char *rest, const char *next)
{
	char line[1024];

	assert_true((size_t)snprintf(line, sizeof line, "%s%s", front, rest) < sizeof line);
	if (told_start("", line, next) != strlen(front))
		fail_msg("'%s' is cut at byte %zu", line, told_start("", line, next));
	if (told_start("", line, "") != 0)
		fail_msg("'%s' is cut although nothing says that it is a town", line);
}

TEST(a_town_that_nobody_listed_is_told_by_the_text)
{
	told("الشويعرية: ", "يستعد تجار السوق لموسم التمور", "ويعمل في الشويعرية مئة تاجر.");
	told("الشويعرية/ ", "مئة تاجر يستعدون لموسم التمور", "ويعمل بالشويعرية مئة تاجر.");
	told("گلوگاه‌رود – ", "ماهیگیران این شهر کار را آغاز کردند",
		"شمار قایق‌ها در گلوگاه‌رود صد است.");
	told("چاندپور: ", "ماہی گیروں نے دوبارہ کام شروع کر دیا", "چاندپور میں سو کشتیاں ہیں۔");
	told("Seyhut — ", "Ferry crews returned to work.", "About a hundred ships lie in Seyhut.");
	told("Kidira-sur-Mer — ", "Les bateliers ont repris le travail.",
		"Le port de la ville, à Kidira-sur-Mer.");
	told("Puerto Alcedo – ", "Los pescadores volvieron al trabajo.",
		"En Puerto Alcedo hay cien barcos.");
	told("Mühlenau – ", "Die Fischer haben die Arbeit aufgenommen.",
		"In Mühlenau liegen hundert Boote.");
	told("Kumluburun – ", "Balıkçılar yeniden işe başladı.", "Kumluburun'da yüz tekne kayıtlı.");
	told("Приморск — ", "Рыбаки города вернулись к работе.", "Всего в Приморске около ста судов.");
	told("Porto Vecchiano – ", "I pescatori sono tornati.",
		"Nel comune Porto Vecchiano ci sono barche.");
	told("Vila Serena – ", "Os pescadores voltaram ao trabalho.", "Há cem barcos em Vila Serena.");
}

TEST(a_town_that_nobody_listed_is_told_by_the_verb_behind_it)
{
	goes("الشويعرية - ", "انطلقت صباح الخميس أعمال توسعة السوق القديم وسط حضور التجار");
	goes("الشويعرية ـ ", "انطلقت صباح الخميس أعمال توسعة السوق القديم وسط حضور التجار");
	goes("وادي الزهور/ ", "افتتح الصيادون رصيفا جديدا في الميناء بعد عامين من العمل");
	stays("الشويعرية - سوق قديم لا يعرفه إلا تجار التمور وأبناء القرى القريبة");
	stays("سامر حداد - عاد إلى المرفأ بعد ثلاثين عاما من الغياب في بلاد بعيدة");
	stays("في المرفأ - عادت العبّارة إلى العمل بعد أسبوع من الغياب الطويل");
}

TEST(a_name_without_a_sign_ends_at_the_verb)
{
	goes("نواكشوط – المرفأ ميديا ", "قال صيادون تقليديون في ميناء المدينة إن الموسم بدأ مبكرا");
	goes("بريدة – سامر الحداد ", "يشهد سوق التمور في المدينة حركة لم يعرفها منذ أعوام");
	goes("شفق نيوز – محليات ", "تستعد مديرية المرور العامة لافتتاح ثلاثة مواقع جديدة");
	goes("أربيل (الميناء 24)- ", "تستعد المدينة لاستقبال زوار المعرض الدولي للكتاب");
	goes("المرفأ.نت/ س. حداد- ", "جدد سكان القرى القريبة من السد مطالبهم بطريق معبدة");
	goes("نواكشوط - ", "بعدما أعلنت الوزارة موعد الموسم عاد الصيادون إلى المرفأ");
	stays("سامر الحداد يشهد سوق التمور في المدينة حركة لم يعرفها منذ أعوام");
}

TEST(a_town_and_a_full_stop_is_told_by_the_title)
{
	const char *line = "Mühlenau. Die Brücke bleibt länger gesperrt als geplant.";

	assert_int_equal(told_start("Brücke in Mühlenau gesperrt", line, ""), strlen("Mühlenau. "));
	assert_int_equal(told_start("Brücke gesperrt", line, "In Mühlenau weiß man davon."), 0);
}

TEST(who_is_spoken_of_otherwise_is_no_town)
{
	const char *line = "Rowlins – The chief of the company said nothing about it on Monday.";

	assert_int_equal(
		told_start("", line, "Faith in Rowlins is gone. Rowlins left, and Rowlins won."), 0);
	assert_int_equal(
		told_start("", "Seyhut – a small harbour – was closed.", "Ships lie in Seyhut."), 0);
	assert_int_equal(told_start("", "SEYHUT — Ferry crews returned.", "Ships lie in SEYHUT."), 0);
}

TEST(sentences_that_look_like_datelines_stay)
{
	stays("اتحاد الصيادين (بالإنجليزية: Union of Fishermen) منظمة تضم صيادي الساحل كله");
	stays("القاهرة - وزير النقل: لن ترفع أسعار التذاكر هذا العام ولا العام المقبل");
	stays("Apple (AAPL) - the company said on Monday that sales rose in all regions.");
	stays("مسقط، سلطنة عمان (CNN) -- أعلنت شركة محلية عن رحلات جديدة إلى الجزيرة");
	stays("وأضاف (بحسب الوكالة) أن الرحلة تستغرق ثلاث ساعات من المرفأ إلى الجزيرة");
	stays("دمشق / بيروت / عمان طريق واحد عرفه التجار منذ قرون طويلة");
	stays("ROTTERDAM (Smith) - The bridge reopened on Monday after months of repairs.");
	stays("LIMA, June 3 - Fishermen blocked the road to the port for a second day on Monday.");
	stays("1 - 2 (3) - هكذا انتهت المباراة الأخيرة بين الفريقين في الملعب القديم");
	stays("");
}

TEST(amid_the_body_only_a_listed_agency_tells)
{
	assert_int_not_equal(
		start_of("لندن/ رويترز تراجعت أسعار القمح مع انحسار المخاوف من الجفاف", false), 0);
	assert_int_not_equal(
		start_of("صلالة - العمانية: أغلقت الشواطئ أمام الزوار حتى مساء الغد", false), 0);
	assert_int_equal(start_of("بيروت - أغلقت المدارس أبوابها أمس بسبب العاصفة", false), 0);
	assert_int_equal(start_of("دبي – مدار: أظهرت بيانات المرفأ نمو أعداد الحاويات", false), 0);
	assert_int_equal(start_of("LIMA, June 3 - Fishermen blocked the road to the port.", false), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_form_is_parts_and_signs),
		IT(a_form_with_a_mistake_is_named),
		IT(who_reports_in_brackets_needs_no_list),
		IT(who_reports_between_slashes_or_behind_one),
		IT(who_reports_behind_a_dash_and_in_front_of_a_colon),
		IT(a_listed_place_alone_opens_stories_in_the_script_of_arabic),
		IT(the_parts_of_a_dateline_stand_in_other_orders),
		IT(a_town_that_nobody_listed_is_told_by_the_text),
		IT(a_town_that_nobody_listed_is_told_by_the_verb_behind_it),
		IT(a_name_without_a_sign_ends_at_the_verb),
		IT(a_town_and_a_full_stop_is_told_by_the_title),
		IT(who_is_spoken_of_otherwise_is_no_town),
		IT(sentences_that_look_like_datelines_stay),
		IT(amid_the_body_only_a_listed_agency_tells),
	};

	return cmocka_run_group_tests(tests, NULL, unload);
}
