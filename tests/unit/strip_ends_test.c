/* SPDX-License-Identifier: MIT
 * strip_ends_test.c - what goes in front of the first sentence of a line and behind its last one, and of a title. */
#include "tests/unit/strip.h"

#define LAST "وينتظر أن يبدأ العمل في أيار (مايو) المقبل."

TEST(a_widget_glued_to_the_last_sentence_goes)
{
	becomes(TITLE BODY
		"وقال البحّار إن الرحلة الأولى ستنطلق عند الفجر من رصيف الميناء القديم.1.204 قراءة\n",
		TITLE BODY "وقال البحّار إن الرحلة الأولى ستنطلق عند الفجر من رصيف الميناء القديم.\n");
	becomes(TITLE
		"Le quai sera fermé jusqu'à la fin du mois prochain au moins.Facebook Twitter WhatsApp\n",
		TITLE "Le quai sera fermé jusqu'à la fin du mois prochain au moins.\n");
	becomes(TITLE
		"The quay will stay closed until the end of next month. Sign up to our daily briefing here.\n",
		TITLE "The quay will stay closed until the end of next month.\n");
	becomes(TITLE "وسيبقى الرصيف مغلقا حتى نهاية الشهر المقبل بحسب البيان. إعلان\n",
		TITLE "وسيبقى الرصيف مغلقا حتى نهاية الشهر المقبل بحسب البيان.\n");
	becomes(TITLE "They sold the yard to a firm of the U.S.Share prices rose after that on Monday.\n",
		TITLE "They sold the yard to a firm of the U.S.Share prices rose after that on Monday.\n");
}

TEST(a_label_of_an_advertisement_in_front_of_a_sentence_goes)
{
	becomes(TITLE BODY "[إعلان] " MORE, TITLE BODY MORE);
	becomes(TITLE BODY "Advertisements " MORE, TITLE BODY MORE);
	becomes(TITLE "Advertisement The ferry will be back in the harbour before the spring.\n",
		TITLE "The ferry will be back in the harbour before the spring.\n");
	becomes(TITLE "Advertising Standards Authority officers came aboard in the spring.\n" BODY
		      "إعلان المدير جاء مفاجئا للعاملين في الميناء وللمسافرين على السواء.\n",
		TITLE "Advertising Standards Authority officers came aboard in the spring.\n" BODY
		      "إعلان المدير جاء مفاجئا للعاملين في الميناء وللمسافرين على السواء.\n");
}

TEST(who_signs_behind_a_short_sentence_goes)
{
	becomes(TITLE BODY "Der Kai bleibt bis Mai zu. ptz/AFP/Reuters\n",
		TITLE BODY "Der Kai bleibt bis Mai zu.\n");
	becomes(TITLE BODY "Der Kai bleibt bis Mai zu. (APA, red, 14.3.2024)\n",
		TITLE BODY "Der Kai bleibt bis Mai zu.\n");
	becomes(TITLE BODY MORE "mag, dpa\n", TITLE BODY MORE);
	becomes(TITLE BODY "Der Fährmann sagt, er warte nur noch auf das neue Papier. (tsk)\n",
		TITLE BODY "Der Fährmann sagt, er warte nur noch auf das neue Papier.\n");
	becomes(TITLE BODY LAST "-(بترا)\n" MORE, TITLE BODY LAST "\n" MORE);
	becomes(TITLE BODY "Der Kai bleibt bis Mai zu. mkl/dpa\n",
		TITLE BODY "Der Kai bleibt bis Mai zu.\n");
	becomes(TITLE BODY LAST "1.3K مشاهدة\n" MORE, TITLE BODY LAST "\n" MORE);
}

TEST(a_caption_behind_a_sentence_goes_with_whose_it_is)
{
	becomes(TITLE
		"They came back to the quay and mended the ramp by hand. The quay at noon Photo: Jane Roe\n",
		TITLE "They came back to the quay and mended the ramp by hand.\n");
	becomes(TITLE
		"They came back to the quay and mended the ramp by hand. Image source, Harbour Council\n",
		TITLE "They came back to the quay and mended the ramp by hand.\n");
	becomes(TITLE BODY "(تصوير: هاني المرسى) " MORE, TITLE BODY MORE);
	becomes(TITLE
		"They came back to the quay by hand and by foot. It is no credit; it is a plain payment for:\n",
		TITLE
		"They came back to the quay by hand and by foot. It is no credit; it is a plain payment for:\n");
	becomes(TITLE "They came back to the quay. The photo by the door shows the ramp as it was.\n",
		TITLE "They came back to the quay. The photo by the door shows the ramp as it was.\n");
}

TEST(what_embedding_leaves_behind_a_post_goes)
{
	becomes(TITLE BODY
		"عادت العبّارة بحمد الله pic.twitter.com/Ab1Cd2Ef3G — المرسى (@marsa) May 2, 2021\n" MORE,
		TITLE BODY "عادت العبّارة بحمد الله\n" MORE);
}

TEST(who_says_so_stays_behind_a_headline)
{
	becomes("Ferry will be back in the harbour before the spring? - Report\n" BODY,
		"Ferry will be back in the harbour before the spring? - Report\n" BODY);
}

TEST(who_reports_behind_the_last_sentence_goes)
{
	becomes(TITLE BODY LAST " فرانس24/ أ ف ب\n", TITLE BODY LAST "\n");
	becomes(TITLE BODY LAST " سامر حداد، بيروت\n", TITLE BODY LAST "\n");
	becomes(TITLE BODY LAST " 3 تعليقات\n", TITLE BODY LAST "\n");
}

TEST(the_title_loses_a_name_that_the_site_gives_itself)
{
	becomes("عودة العبّارة إلى الميناء | صحيفة المرسى\n" BODY MORE, TITLE BODY MORE);
	becomes("عودة العبّارة إلى الميناء - المرسى\n" BODY MORE "© 2024 المرسى للإعلام\n", TITLE BODY MORE);
	becomes("عودة العبّارة إلى الميناء - صحيفة تركية\n" BODY MORE,
		"عودة العبّارة إلى الميناء - صحيفة تركية\n" BODY MORE);
	becomes("Ferry returns to harbour – makes surprising announcement\n"
		"http://harbour.example/ferry-returns-to-harbour-makes-surprising-announcement\n" BODY,
		"Ferry returns to harbour – makes surprising announcement\n" BODY);
}

TEST(the_title_keeps_a_name_without_which_it_would_go)
{
	becomes("المرسى: شارك على فيسبوك\nشارك على فيسبوك\n" BODY, "المرسى: شارك على فيسبوك\n" BODY);
	becomes("Harbour: example.org/x?y=1\nexample.org/x?y=1\n" BODY,
		"Harbour: example.org/x?y=1\n" BODY);
}

TEST(what_follows_a_sentence_behind_a_sign_goes)
{
	becomes(TITLE BODY "وقال البحار العجوز الذي لا ينام: \"الحبل أطول من الطريق\". 📷 فيسبوك\n" MORE,
		TITLE BODY "وقال البحار العجوز الذي لا ينام: \"الحبل أطول من الطريق\".\n" MORE);
	becomes(TITLE BODY "وعاد الركاب مع الفجر إلى بيوتهم القريبة من الميناء. 7,314\n",
		TITLE BODY "وعاد الركاب مع الفجر إلى بيوتهم القريبة من الميناء.\n");
	becomes(TITLE BODY "وعاد الركاب مع الفجر إلى بيوتهم القريبة من الميناء. 12\n",
		TITLE BODY "وعاد الركاب مع الفجر إلى بيوتهم القريبة من الميناء. 12\n");
	becomes(TITLE BODY MORE "العبّارة,الميناء القديم,صيانة السفن\n", TITLE BODY MORE);
	becomes(TITLE BODY "العبّارة، الميناء القديم، صيانة السفن\n" MORE,
		TITLE BODY "العبّارة، الميناء القديم، صيانة السفن\n" MORE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IT(a_widget_glued_to_the_last_sentence_goes),
		IT(a_label_of_an_advertisement_in_front_of_a_sentence_goes),
		IT(who_signs_behind_a_short_sentence_goes),
		IT(a_caption_behind_a_sentence_goes_with_whose_it_is),
		IT(what_embedding_leaves_behind_a_post_goes),
		IT(who_says_so_stays_behind_a_headline),
		IT(who_reports_behind_the_last_sentence_goes),
		IT(the_title_loses_a_name_that_the_site_gives_itself),
		IT(the_title_keeps_a_name_without_which_it_would_go),
		IT(what_follows_a_sentence_behind_a_sign_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
