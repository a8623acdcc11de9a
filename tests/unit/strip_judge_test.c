/* SPDX-License-Identifier: MIT
 * strip_judge_test.c - what goes and what stays of whole documents, and the laws: kept and removed parts tile the
 * text, a second run changes nothing, cutting the input changes nothing. */
#include "filters/strip-boilerplate/judge.h"
#include "tests/unit/strip.h"

TEST(an_article_keeps_title_and_body)
{
	becomes(TITLE "Sun, 12 May 2024 22:08:10 +0300\nبيروت - سامر حداد\n" BODY MORE "المصدر: وكالات\n",
		TITLE BODY MORE);
}

TEST(a_clean_article_is_left_alone)
{
	becomes(TITLE BODY "\n" MORE, TITLE BODY "\n" MORE);
	becomes("شعر\n\nيا بحر\nيا بحر\n", "شعر\n\nيا بحر\nيا بحر\n");
	becomes("", "");
	becomes("one line without an end", "one line without an end\n");
}

TEST(words_of_the_lexicon_within_a_sentence_are_text)
{
	becomes(TITLE "أثارت التعليقات على الخبر ردودا، وسجل المقطع ألف مشاهدات في ساعة واحدة.\n"
		      "You may share or print this story as often as you like, the editor said.\n",
		TITLE "أثارت التعليقات على الخبر ردودا، وسجل المقطع ألف مشاهدات في ساعة واحدة.\n"
		      "You may share or print this story as often as you like, the editor said.\n");
}

TEST(a_dropped_line_takes_the_blank_lines_after_it)
{
	becomes("\n \n" TITLE "\nشارك\n\n\n" BODY "\n" MORE "\nالمصدر: وكالات\n\n",
		TITLE "\n" BODY "\n" MORE);
}

TEST(a_document_of_debris_becomes_empty)
{
	becomes("شارك\n\n12 تعليقا\n\n", "");
	becomes("\n\n\n", "");
}

TEST(later_copies_of_the_title_go)
{
	becomes(TITLE BODY "عوده العباره الى الميناء\n" MORE "عودة العبّارة إلى الميناء | المرسى\n",
		TITLE BODY MORE);
	becomes("عودة العبّارة إلى الميناء عودة العبّارة إلى الميناء\n" BODY, TITLE BODY);
}

TEST(a_lone_date_amid_the_body_heads_a_part_of_it)
{
	becomes(TITLE "12 مايو 2024\n" BODY "13 مايو 2024\n" MORE "14 مايو 2024\n",
		TITLE BODY "13 مايو 2024\n" MORE);
}

TEST(a_list_of_stories_goes_until_the_body)
{
	becomes(TITLE BODY "اقرأ أيضا:\nسفينة جديدة في الحوض\n" MORE, TITLE BODY MORE);
	becomes(TITLE BODY "اقرأ أيضا: سفينة جديدة في الحوض\n" MORE, TITLE BODY MORE);
}

TEST(the_last_line_of_a_list_may_head_what_follows)
{
	becomes(TITLE BODY "اقرأ أيضا:\nسفينة في الحوض\nسوق السمك\nخطة الأسابيع المقبلة\n" MORE,
		TITLE BODY "خطة الأسابيع المقبلة\n" MORE);
}

TEST(a_word_or_two_below_the_last_sentence_are_left_over)
{
	becomes(TITLE BODY MORE "العبارة\nأحواض الإصلاح\n", TITLE BODY MORE);
	becomes(TITLE BODY MORE "العبارة\nشارك\nسامر الحداد\n", TITLE BODY MORE);
	becomes(TITLE BODY MORE "- سامر الحداد\n", TITLE BODY MORE);
	becomes(TITLE BODY MORE "سامر الحداد، صحافي يقيم في صيدا\n", TITLE BODY MORE);
}

TEST(a_word_or_two_that_head_something_or_stand_in_a_list_stay)
{
	becomes(TITLE BODY "أحواض الإصلاح\n" MORE, TITLE BODY "أحواض الإصلاح\n" MORE);
	becomes(TITLE BODY MORE "أحواض الإصلاح\n- الحوض الكبير\n- الحوض الصغير\n",
		TITLE BODY MORE "أحواض الإصلاح\n- الحوض الكبير\n- الحوض الصغير\n");
	becomes(TITLE BODY "وتبدأ الرحلات من:\nجونية\nصيدا\n",
		TITLE BODY "وتبدأ الرحلات من:\nجونية\nصيدا\n");
	becomes(TITLE BODY MORE "ملح\nفلفل\nزيت\nثوم\nليمون\nكمون\nكزبرة\n",
		TITLE BODY MORE "ملح\nفلفل\nزيت\nثوم\nليمون\nكمون\nكزبرة\n");
}

TEST(a_word_or_two_above_a_title_name_the_site_if_there_is_debris)
{
	becomes("الصدى\nعودة العبّارة إلى مرفأ المدينة القديم\n12 تعليقا\n" BODY MORE,
		"عودة العبّارة إلى مرفأ المدينة القديم\n" BODY MORE);
	becomes("لبنان\nعودة العبّارة إلى مرفأ المدينة القديم\n" BODY MORE,
		"عودة العبّارة إلى مرفأ المدينة القديم\n" BODY MORE);
	becomes("بيروت 24°\nعودة العبّارة إلى مرفأ المدينة القديم\n" BODY MORE,
		"عودة العبّارة إلى مرفأ المدينة القديم\n" BODY MORE);
	becomes("الصدى\nحين تعود العبّارة ولا يعود أحد\n" BODY MORE,
		"الصدى\nحين تعود العبّارة ولا يعود أحد\n" BODY MORE);
	becomes("عودة العبّارة\nماذا بقي من العبّارة بعد عام\n12 تعليقا\n" BODY MORE,
		"عودة العبّارة\nماذا بقي من العبّارة بعد عام\n" BODY MORE);
}

TEST(places_with_a_day_names_in_brackets_and_rights_stand_around_a_story)
{
	becomes(TITLE "عين المرسى - 12 آذار 2025\n(الصدى)\n12 تعليقا\n0 276\nصدى المرسى -\n" BODY MORE
		      "الصدى © 2025\n",
		TITLE BODY MORE);
	becomes("اقتصاد › عين المرسى\nعودة العبّارة إلى مرفأ المدينة القديم\n" BODY MORE,
		"عودة العبّارة إلى مرفأ المدينة القديم\n" BODY MORE);
	becomes(TITLE BODY "12 آذار 2025\n" MORE "وعادت (الصدى) إلى الحوض.\n",
		TITLE BODY "12 آذار 2025\n" MORE "وعادت (الصدى) إلى الحوض.\n");
}

TEST(the_heading_of_a_list_above_the_title_has_none)
{
	becomes("أخبار عاجلة\n" TITLE BODY MORE, TITLE BODY MORE);
}

TEST(a_short_sentence_is_no_entry_of_a_list)
{
	becomes(TITLE BODY "وتبدأ في أيار.\nالعبارة\nسالم الشاطري\n", TITLE BODY "وتبدأ في أيار.\n");
}

TEST(a_list_ends_where_the_page_says_so)
{
	becomes(TITLE BODY "اقرأ أيضا\nسفينة في الحوض\nسوق السمك\nend of list\nخطة الأسابيع\n" MORE,
		TITLE BODY "خطة الأسابيع\n" MORE);
}

TEST(a_long_line_is_no_list_and_no_widget)
{
	becomes(TITLE "شارك: " BODY MORE, TITLE "شارك: " BODY MORE);
}

TEST(spans_go_and_their_lines_stay)
{
	becomes(TITLE "القاهرة (رويترز) - " BODY MORE, TITLE BODY MORE);
	becomes(TITLE BODY "وأضاف أن الرحلات ستنتظم ابتداء من الأسبوع المقبل. #ميناء #بيروت\n",
		TITLE BODY "وأضاف أن الرحلات ستنتظم ابتداء من الأسبوع المقبل.\n");
	becomes(TITLE BODY "وأضاف أن الرحلات ستنتظم ابتداء من الأسبوع المقبل... اقرأ المزيد\n",
		TITLE BODY "وأضاف أن الرحلات ستنتظم ابتداء من الأسبوع المقبل...\n");
	becomes("Ferry returns\nThe ferry is back. Story continues below advertisement. It had been away for a year.\n",
		"Ferry returns\nThe ferry is back. It had been away for a year.\n");
}

TEST(a_comment_form_amid_the_story_does_not_end_it)
{
	becomes("Ferry returns\nThe ferry returned on Monday after a year in the yard.\nLeave a Reply Cancel reply\n"
		"The harbour master said that the old ramp would be closed until the spring.\n",
		"Ferry returns\nThe ferry returned on Monday after a year in the yard.\n"
		"The harbour master said that the old ramp would be closed until the spring.\n");
}

TEST(a_bar_of_buttons_goes_and_a_list_of_networks_in_a_sentence_stays)
{
	becomes(TITLE BODY "فيسبوك | تويتر | واتساب 12\n" MORE, TITLE BODY MORE);
	becomes(TITLE BODY "فيسبوك وتويتر\nواتساب عاد إلى العمل\n" MORE,
		TITLE BODY "فيسبوك وتويتر\nواتساب عاد إلى العمل\n" MORE);
}

TEST(a_word_that_tables_hold_too_goes_only_beside_debris)
{
	becomes(TITLE BODY "إنستغرام\n" MORE "8K\n" BODY "Sources\n" MORE,
		TITLE BODY "إنستغرام\n" MORE "8K\n" BODY "Sources\n" MORE);
	becomes(TITLE BODY "إنستغرام\nفيسبوك\n" MORE "Share\n8K\n" BODY "1.2K\nPrint\n" MORE "Instagram\n",
		TITLE BODY MORE BODY MORE);
	becomes(TITLE BODY "Instagram, YouTube\n" MORE, TITLE BODY "Instagram, YouTube\n" MORE);
	becomes(TITLE BODY "المرفأ\n" MORE, TITLE BODY "المرفأ\n" MORE);
}

TEST(what_is_said_in_quotes_is_no_widget)
{
	becomes(TITLE BODY "«شارك الجميع»\n" MORE "\"Read more: a lesson\"\n" BODY,
		TITLE BODY "«شارك الجميع»\n" MORE "\"Read more: a lesson\"\n" BODY);
	becomes(TITLE BODY "«الأكثر قراءة»\n" MORE "«رويترز»\n", TITLE BODY MORE);
}

TEST(a_name_beside_debris_at_the_head_signs_the_story)
{
	becomes(TITLE "هدى منصور\n12 مايو 2024 - 18:30\n" BODY MORE, TITLE BODY MORE);
	becomes(TITLE "12 مايو 2024 - 18:30\nفيسبوك\nهدى منصور\n" BODY MORE, TITLE BODY MORE);
	becomes(TITLE "هدى منصور\n" BODY MORE, TITLE BODY MORE);
	becomes("الفائزون\nهدى منصور\nمحمد حداد\nطارق الزين\n",
		"الفائزون\nهدى منصور\nمحمد حداد\nطارق الزين\n");
	becomes(TITLE BODY "هدى منصور\nشارك\n" MORE, TITLE BODY "هدى منصور\n" MORE);
}

TEST(what_agencies_players_and_forums_leave_goes)
{
	becomes(TITLE BODY "A+ A-\n" MORE "‹ › ×\n" BODY "رد: عودة العبّارة إلى الميناء\n" MORE,
		TITLE BODY MORE BODY MORE);
	becomes(TITLE "أخبار » ليبيا » نفط وغاز\n" BODY MORE "Reporting by Jane Roe; Editing by John Doe\n",
		TITLE BODY MORE);
	becomes(TITLE BODY
		"FILE PHOTO: A ferry in the port, May 2, 2017. REUTERS/Jane Roe/File Photo\n" MORE,
		TITLE BODY MORE);
	becomes(TITLE BODY "قال: نعم » ثم » لا.\n" MORE, TITLE BODY "قال: نعم » ثم » لا.\n" MORE);
}

TEST(a_name_and_a_place_beside_debris_sign_the_story)
{
	becomes(TITLE "هدى منصور\nبيروت\n12 مايو 2024 - 18:30\n" BODY MORE, TITLE BODY MORE);
	becomes(TITLE "12 مايو 2024 - 18:30\nهدى منصور\nبيروت\n" BODY MORE, TITLE BODY MORE);
}

TEST(who_wrote_it_is_known_by_a_given_name_a_place_or_initials)
{
	becomes(TITLE "Par Claire Dubois, envoyée spéciale à Sfax\n" BODY MORE "ن.م/ع.ك\n",
		TITLE BODY MORE);
	becomes(TITLE "Jane Doe in Nairobi\nShare\nالخرطوم: الصيحة\n" BODY MORE "ac/jcg\n",
		TITLE BODY MORE);
	becomes(TITLE "مصر: حداد وطني\n" BODY "N/A\n" MORE, TITLE "مصر: حداد وطني\n" BODY "N/A\n" MORE);
}

TEST(a_short_title_may_head_a_part_of_the_body_again)
{
	becomes("Final words\n" BODY "Final words\n" MORE, "Final words\n" BODY "Final words\n" MORE);
	becomes("Final words\n" BODY MORE "Final words\n", "Final words\n" BODY MORE);
}

TEST(a_numbered_list_of_stories_is_a_list)
{
	becomes(TITLE BODY "الأكثر قراءة\n1. سفينة في الحوض\n2. سوق السمك\n", TITLE BODY);
}

TEST(what_the_software_of_sites_prints_goes_in_any_language)
{
	becomes(TITLE "To provide the best experience, we use small files that remember you.\n" BODY
		      "Le stockage ou l'accès technique est nécessaire à la remise du courrier.\n" MORE
		      "Your browser does not support the sea chart.\n",
		TITLE BODY MORE);
	becomes(TITLE BODY "Expand all\n" MORE "A post shared by the harbour (@harbour)\nBook a demo\n",
		TITLE BODY MORE);
	becomes(TITLE BODY MORE "Performance cookies are used to see which pages of ours are slow.\n",
		TITLE BODY MORE);
}

static void goes_amid_the_story(const char *line)
{
	struct buf text = { 0 };

	buf_addf(&text, TITLE BODY "%s\n" MORE, line);
	becomes(buf_string(&text), TITLE BODY MORE);
	buf_release(&text);
}

static void stays_amid_the_story(const char *line)
{
	struct buf text = { 0 };

	buf_addf(&text, TITLE BODY "%s\n" MORE, line);
	becomes(buf_string(&text), buf_string(&text));
	buf_release(&text);
}

TEST(who_wrote_it_may_stand_below_a_long_subtitle)
{
	becomes(TITLE BODY "Maria Holt in Sfax\n12.03.2024, 18.05 Uhr\n" MORE, TITLE BODY MORE);
	becomes(TITLE BODY "Maria Holt, Sevilla\nVilla del Mar (Sevilla) - 12 mar 2024 - 18:05 CET\n" MORE,
		TITLE BODY MORE);
	becomes(TITLE BODY MORE "Maria Holt in Sfax\n" BODY, TITLE BODY MORE "Maria Holt in Sfax\n" BODY);
}

TEST(a_caption_goes_with_whose_picture_it_is)
{
	goes_amid_the_story("Die Fähre am Kai Foto: Maria Holt / dpa");
	goes_amid_the_story("A balsa no cais \u2014 Foto: Maria Holt");
	goes_amid_the_story("طابور أمام الرصيف القديم في المدينة (الجزيرة)");
	goes_amid_the_story("طابور أمام الرصيف القديم - (رويترز/جابر المرسى)");
	goes_amid_the_story("من قاعة الميناء القديمة (تصوير حسام المرسى).");
	stays_amid_the_story("Free photo: do it yourself at the quay");
	stays_amid_the_story("أعلنت إدارة الميناء أن العبّارة ستعود غدا إلى العمل (رويترز)");
	stays_amid_the_story("Here is what they found at the quay (courtesy of the harbour):");
}

TEST(what_sites_say_of_their_comments_goes_in_many_languages)
{
	goes_amid_the_story("Kommentare werden vor der Veröffentlichung von zwei Leuten gelesen.");
	goes_amid_the_story("Les commentaires sont relus avant d'être mis en ligne.");
	goes_amid_the_story("Los comentarios ofensivos serán borrados por la mesa.");
	goes_amid_the_story("I commenti offensivi saranno cancellati.");
	goes_amid_the_story("Os comentários são de responsabilidade de quem os escreve.");
	goes_amid_the_story("Только зарегистрированные пользователи могут отвечать.");
	goes_amid_the_story("Yorum yapmak için giriş yapın.");
	goes_amid_the_story("Aby dodać komentarz, wejdź na swoje konto.");
	goes_amid_the_story("Reacties worden vooraf gelezen.");
	goes_amid_the_story("Laissez un commentaire Annuler la réponse");
}

TEST(stories_of_comments_and_errors_stay_in_many_languages)
{
	stays_amid_the_story("Rassistische Kommentare werden in der Stadt seit Wochen an Wände gemalt.");
	stays_amid_the_story("Los comentarios realizados por el alcalde molestaron a los pescadores.");
	stays_amid_the_story("An dieser Stelle wird ein neuer Kai gebaut.");
	stays_amid_the_story("Hay un error en la sirena del faro.");
	stays_amid_the_story("Свидетельство о регистрации судна нашли в рубке.");
	stays_amid_the_story("Hakaret ve tehdit suçlarından iki kişi gözaltına alındı.");
	stays_amid_the_story("Видео с места аварии показали по телевизору.");
}

TEST(what_is_read_next_goes_in_many_languages)
{
	goes_amid_the_story("Read: Why the ferry leaves an hour late");
	goes_amid_the_story("Leggi pure: Perché il traghetto parte tardi");
	goes_amid_the_story("İlginizi çekebilir: Vapur neden geç kalkıyor");
	goes_amid_the_story("Przeczytaj: Dlaczego prom wypływa później");
	goes_amid_the_story("Lees verder onder de advertentie");
	goes_amid_the_story("Artikeln fortsätter efter annonsen");
	stays_amid_the_story("The harbour got a small present (read: a much larger bill) in the spring.");
}

TEST(a_story_about_cookies_keeps_what_it_tells)
{
	becomes(TITLE BODY "Third-party cookies are used to follow people from shop to shop.\n" MORE,
		TITLE BODY "Third-party cookies are used to follow people from shop to shop.\n" MORE);
	becomes(TITLE BODY "The browser maker said that it will let users reject all cookies.\n" MORE,
		TITLE BODY "The browser maker said that it will let users reject all cookies.\n" MORE);
}

TEST(a_long_consent_goes_however_much_it_says)
{
	struct buf text = { 0 };

	buf_add(&text, SPAN(TITLE BODY MORE "We and our 842 partners store cookies"));
	for (size_t i = 0; i < 30; i++)
		buf_add(&text, SPAN(" and read them again"));
	buf_add(&text, SPAN(".\n"));
	buf_add_byte(&text, 0);
	becomes(text.at, TITLE BODY MORE);
	buf_release(&text);
}

TEST(a_name_above_a_short_title_stays_where_a_copy_of_that_does)
{
	becomes("ن\nمدينة من 3 أحياء\n-----\nمدينة من 3 أحياء\n" BODY,
		"ن\nمدينة من 3 أحياء\nمدينة من 3 أحياء\n" BODY);
}

TEST(a_link_to_a_story_that_lost_its_sign_goes)
{
	becomes(TITLE BODY "مواضيع ذات صلة سفينة جديدة في الحوض القديم\n" MORE, TITLE BODY MORE);
	becomes(TITLE BODY "Related article How the ferry came back to the harbour\n" MORE,
		TITLE BODY MORE);
	becomes(TITLE BODY "Related article was what he called it when he spoke of the ferry.\n" MORE,
		TITLE BODY "Related article was what he called it when he spoke of the ferry.\n" MORE);
}

TEST(a_name_and_a_day_side_by_side_above_the_story_go)
{
	becomes(TITLE "رنا حداد الخميس 9 أيار 2024\n" BODY MORE, TITLE BODY MORE);
	becomes(TITLE "LUCÍA HERRERO Madrid Actualizado Domingo, 12 mayo 2024 - 00:42\n" BODY MORE,
		TITLE BODY MORE);
	becomes(TITLE "Par Claire Dubois, envoyée spéciale à Sfax publié le 7 octobre 2021 à 18h12\n" BODY,
		TITLE BODY);
	becomes(TITLE BODY "رنا حداد الخميس 9 أيار 2024\n" MORE,
		TITLE BODY "رنا حداد الخميس 9 أيار 2024\n" MORE);
}

TEST(notices_may_be_whole_sentences)
{
	becomes(TITLE BODY
		"نستخدم ملفات تعريف الارتباط لتحسين تجربتك. بمتابعة التصفح فأنت توافق على ذلك.\n",
		TITLE BODY);
}

TEST(line_ends_of_another_system_do_not_hide_debris)
{
	becomes("Ferry returns\r\nShare\r\n\r\nThe ferry returned on Monday after a year in the yard.\r\n",
		"Ferry returns\r\nThe ferry returned on Monday after a year in the yard.\r\n");
}

TEST(lines_and_parts_between_bars_are_judged_alike)
{
	becomes(TITLE "12 مايو 2024 | 18:30 | 12 تعليقا\n" BODY, TITLE BODY);
	becomes(TITLE "12 مايو 2024 | قصة مدينة لا تنام الليل\n" BODY,
		TITLE "12 مايو 2024 | قصة مدينة لا تنام الليل\n" BODY);
}

TEST(the_language_option_chooses_the_lexicon)
{
	static const char *const french[] = { "--lang=fr", NULL };
	static const char *const wrong[] = { "--lang=a/b", NULL };
	struct driven driven = { 0 };

	assert_string_equal(
		drive_text(&driven, &strip_boilerplate, french, TITLE "شارك\nShare\nPartager\n" BODY),
		TITLE "شارك\n" BODY);
	driven_release(&driven);
	driven = drive(&strip_boilerplate, wrong, FRAMING_TEXT, SPAN("x"), (struct cutting){ 0, 0 });
	assert_int_equal(driven.flow, FLOW_FAIL);
	assert_string_equal(
		driven.why.text, "--lang wants a language tag such as ar, auto, or @MEMBER: 'a/b'");
	driven_release(&driven);
}

TEST(a_language_that_nobody_knows_is_refused_by_name)
{
	static const char *const wrong[] = { "--lang=arr", NULL };
	struct driven driven =
		drive(&strip_boilerplate, wrong, FRAMING_TEXT, SPAN("x"), (struct cutting){ 0, 0 });

	assert_int_equal(driven.flow, FLOW_FAIL);
	assert_non_null(strstr(
		driven.why.text, "--lang=arr: no such language is known; there are phrases of en, ar, "));
	driven_release(&driven);
}

/* --- laws ---------------------------------------------------------------------------------------------- */

static const char *const pool[] = {
	"",
	"",
	"\n",
	" ",
	"عودة العبّارة إلى الميناء",
	"عودة العبّارة إلى الميناء | المرسى",
	"عودة العبّارة إلى الميناء عودة العبّارة إلى الميناء",
	"قال مدير الميناء إن العبّارة عادت صباح اليوم بعد عام من الإصلاح في الحوض.",
	"القاهرة (رويترز) - قال مدير الميناء إن العبّارة عادت صباح اليوم بعد عام من الإصلاح.",
	"رويترز - أ ف ب: رويترز - عادت العبّارة إلى الميناء صباح اليوم بعد عام كامل من الإصلاح في الحوض.",
	"وأضاف أن الرحلات ستنتظم. #ميناء #بيروت",
	"وأضاف أن الرحلات ستنتظم هذا الأسبوع كما وعد. اقرأ المزيد",
	"سامر حداد",
	"بيروت",
	"بيروت - سامر حداد",
	"مجلة المرسى - سامر حداد",
	"رويترز",
	"كتب: سامر حداد",
	"12/05/2024",
	"١٢ مايو ٢٠٢٤",
	"آخر تحديث: 12 مايو 2024 18:30",
	"منذ ٣ ساعات",
	"2024-05-12T22:08:10Z",
	"12 مايو 2024 | 18:30",
	"0f8c2a44-91be-4d07-9a33-5be17c02d6ef",
	"-----",
	"***",
	"12 تعليقا",
	"1.3K2K",
	"اقرأ أيضا:",
	"قد يهمك.. سفينة جديدة في الحوض",
	"الأكثر قراءة",
	"سفينة جديدة في الحوض",
	"سوق السمك",
	"المصدر: وكالات",
	"نقلا عن صحيفة المرسى",
	"شارك",
	"%d تعليقات",
	"harbour-post.com",
	"Leave a Reply Cancel reply",
	"The ferry is back. Story continues below advertisement. It had been away for a year.",
	"Ferry returns",
	"By Jane Roe",
	"Read more",
	"Related:",
	"#a #b",
	"جميع الحقوق محفوظة لموقع المرسى",
};

static void assemble(struct buf *into, uint32_t *seed)
{
	size_t lines = check_random(seed) % 24;

	buf_clear(into);
	for (size_t i = 0; i < lines; i++) {
		buf_add(into, span_from(pool[check_random(seed) % (sizeof pool / sizeof *pool)]));
		buf_add_byte(into, '\n');
	}
	if (into->len && check_random(seed) % 4 == 0)
		into->len--;
}

static struct driven run_with(const char *const *words, struct span input, struct cutting cutting)
{
	struct driven driven = drive(&strip_boilerplate, words, FRAMING_ZERO, input, cutting);

	assert_int_equal(driven.flow, FLOW_MORE);
	return driven;
}

static struct driven run(struct span input, struct cutting cutting)
{
	return run_with(NULL, input, cutting);
}

/* Found by fuzzing: a line was left for being one too far below, until what stood above had gone. */
TEST(what_goes_near_the_title_goes_below_a_name_that_goes_too)
{
	static const char *const careful[] = { "--level=careful", NULL };
	struct span text = SPAN("Ɇ\ng/x?y1\n#آ\n\0\nطرابلس-C\nا ن ر ف\uFFFDه\uFFFDو ة ة.");
	struct driven once =
		drive(&strip_boilerplate, careful, FRAMING_TEXT, text, (struct cutting){ 0, 0 });
	struct driven twice = drive(
		&strip_boilerplate, careful, FRAMING_TEXT, buf_span(&once.text), (struct cutting){ 0, 0 });

	assert_int_equal(twice.text.len, once.text.len);
	assert_memory_equal(twice.text.at, once.text.at, once.text.len);
	driven_release(&once);
	driven_release(&twice);
}

/* Where explicit evidence decides: what a model makes of a page, it makes of another one when the page has gone. */
TEST(a_second_run_changes_nothing)
{
	static const char *const careful[] = { "--level=careful", NULL };
	struct buf all = BUF_INIT, one = BUF_INIT;
	uint32_t seed = 7;
	struct driven once, twice;

	for (int i = 0; i < 3000; i++) {
		assemble(&one, &seed);
		buf_add(&all, buf_span(&one));
		buf_add_byte(&all, '\0');
	}
	once = run_with(careful, buf_span(&all), (struct cutting){ 0, 0 });
	twice = run_with(careful, buf_span(&once.text), (struct cutting){ 0, 0 });
	assert_int_equal(once.documents, 3000);
	assert_int_equal(twice.text.len, once.text.len);
	assert_memory_equal(twice.text.at, once.text.at, once.text.len);
	assert_true(once.text.len < all.len);
	driven_release(&once);
	driven_release(&twice);
	buf_release(&all);
	buf_release(&one);
}

TEST(pieces_do_not_matter)
{
	struct buf all = BUF_INIT, one = BUF_INIT;
	uint32_t seed = 11;
	struct driven whole, cut;

	for (int i = 0; i < 300; i++) {
		assemble(&one, &seed);
		buf_add(&all, buf_span(&one));
		buf_add_byte(&all, '\0');
	}
	whole = run(buf_span(&all), (struct cutting){ 0, 0 });
	cut = run(buf_span(&all), (struct cutting){ 9, 3 });
	assert_true(span_equal(buf_span(&whole.text), buf_span(&cut.text)));
	driven_release(&whole);
	driven_release(&cut);
	buf_release(&all);
	buf_release(&one);
}

static enum flow gather(void *ctx, struct span piece)
{
	buf_add(ctx, piece);
	return FLOW_MORE;
}

/* Kept parts, as cuts_apply puts them, and removed ones, merged by their offsets, are the text again. */
static void tiles(const struct cuts *cuts, struct span text)
{
	struct buf kept = BUF_INIT, merged = BUF_INIT;
	size_t at = 0, taken = 0;

	assert_int_equal(cuts_apply(cuts, text, (struct sink){ .put = gather, .ctx = &kept }), FLOW_MORE);
	for (size_t i = 0; i < cuts->count; i++) {
		const struct cut *cut = &cuts->items[i];

		assert_true(cut->start >= at && cut->end > cut->start && cut->end <= text.len);
		assert_int_not_equal(cut->rule, CATEGORY_NONE);
		buf_add(&merged, span_head(span_skip(buf_span(&kept), taken), cut->start - at));
		taken += cut->start - at;
		buf_add(&merged, span_of(text.at + cut->start, cut->end - cut->start));
		at = cut->end;
	}
	buf_add(&merged, span_skip(buf_span(&kept), taken));
	assert_true(span_equal(buf_span(&merged), text));
	buf_release(&kept);
	buf_release(&merged);
}

TEST(kept_and_removed_parts_tile_the_text)
{
	static const char lexicon[] =
		"[related: prefix list]\nاقرأ أيضا:\n[share: line]\nشارك\n"
		"[advertisement: span cut]\nstory continues below advertisement\n"
		"[source: prefix foot]\nالمصدر\nنقلا عن\n[agency: word]\nرويترز\nأ ف ب\n"
		"[related: suffix cut]\nاقرأ المزيد\n[place: word]\nالقاهرة\nبيروت\n";
	struct phrases phrases = { 0 };
	struct function_words functions = { 0 };
	struct judge judge = { .phrases = &phrases, .functions = &functions };
	struct diag why;
	struct buf text = BUF_INIT;
	uint32_t seed = 5;

	assert_true(phrases_add(&phrases, &judge.reader, SPAN("test"), span_from(lexicon), &why));
	for (int i = 0; i < 3000; i++) {
		assemble(&text, &seed);
		judge_begin(&judge);
		assert_int_equal(judge_window(&judge, buf_span(&text), true), text.len);
		tiles(&judge.cuts, buf_span(&text));
	}
	judge_release(&judge);
	phrases_release(&phrases);
	buf_release(&text);
}

TEST(each_cut_says_why)
{
	struct phrases phrases = { 0 };
	struct function_words functions = { 0 };
	struct judge judge = { .phrases = &phrases, .functions = &functions };
	struct diag why;
	static const char text[] =
		"\nFerry returns\nShare\n\nThe ferry is back after a year in the dry yard.\n\n";

	assert_true(phrases_add(&phrases, &judge.reader, SPAN("test"), SPAN("[share]\nShare\n"), &why));
	judge_begin(&judge);
	judge_window(&judge, span_from(text), true);
	assert_int_equal(judge.cuts.count, 3);
	assert_int_equal(judge.cuts.items[0].rule, CATEGORY_BLANK);
	assert_int_equal(judge.cuts.items[1].rule, CATEGORY_SHARE);
	assert_true(judge.cuts.items[1].whole_line);
	assert_int_equal(judge.cuts.items[1].end - judge.cuts.items[1].start, strlen("Share\n\n"));
	assert_int_equal(judge.cuts.items[2].rule, CATEGORY_BLANK);
	assert_string_equal(category_name(CATEGORY_SHARE).at, "share");
	judge_release(&judge);
	phrases_release(&phrases);
}

/* --- documents longer than a window ------------------------------------------------------------------------ */

TEST(a_document_longer_than_a_window_is_judged_to_its_end)
{
	struct buf text = BUF_INIT;
	struct driven driven;
	size_t lines = 0;

	buf_add(&text, SPAN("Ferry returns\n"));
	while (text.len < STRIP_WINDOW + 100000) {
		buf_add(&text, SPAN("Share\nThe ferry returned on Monday after a year in the yard.\n\n"));
		lines++;
	}
	buf_add(&text, SPAN("Source: agencies\n\n"));
	driven = run(buf_span(&text), (struct cutting){ 1 << 16, 0 });
	assert_int_equal(driven.text.len,
		strlen("Ferry returns\n") +
			lines * strlen("The ferry returned on Monday after a year in the yard.\n\n"));
	assert_true(span_has_suffix(buf_span(&driven.text), SPAN("in the yard.\n\0")));
	driven_release(&driven);
	buf_release(&text);
}

TEST(a_line_longer_than_a_window_passes_whole)
{
	struct buf text = BUF_INIT;
	struct driven driven;

	buf_add(&text, SPAN("Ferry returns\nShare\n"));
	while (text.len < STRIP_WINDOW + 100000)
		buf_add(&text, SPAN("العبّارة تعود "));
	buf_add(&text, SPAN("\nShare\n"));
	driven = run(buf_span(&text), (struct cutting){ 1 << 16, 0 });
	assert_int_equal(driven.text.len, text.len - 2 * strlen("Share\n") + 1);
	driven_release(&driven);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(an_article_keeps_title_and_body),
		IT(a_clean_article_is_left_alone),
		IT(words_of_the_lexicon_within_a_sentence_are_text),
		IT(a_dropped_line_takes_the_blank_lines_after_it),
		IT(a_document_of_debris_becomes_empty),
		IT(later_copies_of_the_title_go),
		IT(a_lone_date_amid_the_body_heads_a_part_of_it),
		IT(a_list_of_stories_goes_until_the_body),
		IT(the_last_line_of_a_list_may_head_what_follows),
		IT(a_word_or_two_below_the_last_sentence_are_left_over),
		IT(a_word_or_two_that_head_something_or_stand_in_a_list_stay),
		IT(a_word_or_two_above_a_title_name_the_site_if_there_is_debris),
		IT(places_with_a_day_names_in_brackets_and_rights_stand_around_a_story),
		IT(the_heading_of_a_list_above_the_title_has_none),
		IT(a_short_sentence_is_no_entry_of_a_list),
		IT(a_list_ends_where_the_page_says_so),
		IT(a_long_line_is_no_list_and_no_widget),
		IT(spans_go_and_their_lines_stay),
		IT(a_comment_form_amid_the_story_does_not_end_it),
		IT(a_bar_of_buttons_goes_and_a_list_of_networks_in_a_sentence_stays),
		IT(a_word_that_tables_hold_too_goes_only_beside_debris),
		IT(what_is_said_in_quotes_is_no_widget),
		IT(a_name_beside_debris_at_the_head_signs_the_story),
		IT(what_agencies_players_and_forums_leave_goes),
		IT(a_name_and_a_place_beside_debris_sign_the_story),
		IT(who_wrote_it_is_known_by_a_given_name_a_place_or_initials),
		IT(a_short_title_may_head_a_part_of_the_body_again),
		IT(a_numbered_list_of_stories_is_a_list),
		IT(what_the_software_of_sites_prints_goes_in_any_language),
		IT(who_wrote_it_may_stand_below_a_long_subtitle),
		IT(a_caption_goes_with_whose_picture_it_is),
		IT(what_sites_say_of_their_comments_goes_in_many_languages),
		IT(stories_of_comments_and_errors_stay_in_many_languages),
		IT(what_is_read_next_goes_in_many_languages),
		IT(a_story_about_cookies_keeps_what_it_tells),
		IT(a_long_consent_goes_however_much_it_says),
		IT(a_name_above_a_short_title_stays_where_a_copy_of_that_does),
		IT(a_link_to_a_story_that_lost_its_sign_goes),
		IT(a_name_and_a_day_side_by_side_above_the_story_go),
		IT(what_goes_near_the_title_goes_below_a_name_that_goes_too),
		IT(notices_may_be_whole_sentences),
		IT(line_ends_of_another_system_do_not_hide_debris),
		IT(lines_and_parts_between_bars_are_judged_alike),
		IT(the_language_option_chooses_the_lexicon),
		IT(a_language_that_nobody_knows_is_refused_by_name),
		IT(a_second_run_changes_nothing),
		IT(pieces_do_not_matter),
		IT(kept_and_removed_parts_tile_the_text),
		IT(each_cut_says_why),
		IT(a_document_longer_than_a_window_is_judged_to_its_end),
		IT(a_line_longer_than_a_window_passes_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
