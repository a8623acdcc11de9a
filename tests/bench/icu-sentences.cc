// SPDX-License-Identifier: MIT
// icu-sentences.cc - a sentence a line by ICU's break iterator, which takes UTF-8 as it is. A peer for `make bench`.
#include <iostream>
#include <memory>
#include <string>

#include <unicode/brkiter.h>
#include <unicode/utext.h>

int main()
{
	UErrorCode status = U_ZERO_ERROR;
	std::unique_ptr<icu::BreakIterator> sentences(
		icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
	UText text = UTEXT_INITIALIZER;
	std::string line;

	std::ios::sync_with_stdio(false);
	while (U_SUCCESS(status) && std::getline(std::cin, line)) {
		utext_openUTF8(&text, line.data(), static_cast<int64_t>(line.size()), &status);
		sentences->setText(&text, status);
		for (int from = sentences->first(), to;
			(to = sentences->next()) != icu::BreakIterator::DONE; from = to) {
			std::string sentence = line.substr(from, to - from);

			sentence.erase(sentence.find_last_not_of(' ') + 1);
			std::cout << sentence << '\n';
		}
	}
	utext_close(&text);
	return U_FAILURE(status);
}
