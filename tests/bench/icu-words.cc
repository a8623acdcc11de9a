// SPDX-License-Identifier: MIT
// icu-words.cc - counts words as a careful user of ICU would: a word break iterator, NFC and case folding for every
// word that has a letter, a number or an ideograph, a hash map, a table with the commonest first. A peer for
// `make bench`.
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

using Counts = std::unordered_map<std::string, unsigned long>;

static std::string key_of(const icu::UnicodeString &text, int from, int to, const icu::Normalizer2 &nfc)
{
	UErrorCode status = U_ZERO_ERROR;
	icu::UnicodeString word = text.tempSubStringBetween(from, to);
	std::string key;

	word.foldCase();
	if (!nfc.isNormalized(word, status))
		word = nfc.normalize(word, status);
	word.toUTF8String(key);
	return key;
}

int main()
{
	UErrorCode status = U_ZERO_ERROR;
	std::unique_ptr<icu::BreakIterator> words(
		icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
	const icu::Normalizer2 *nfc = icu::Normalizer2::getNFCInstance(status);
	std::string line;
	Counts counts;

	if (U_FAILURE(status))
		return 1;
	std::ios::sync_with_stdio(false);
	while (std::getline(std::cin, line)) {
		icu::UnicodeString text = icu::UnicodeString::fromUTF8(line);

		words->setText(text);
		for (int from = words->first(), to; (to = words->next()) != icu::BreakIterator::DONE;
			from = to)
			if (words->getRuleStatus() >= UBRK_WORD_NUMBER)
				counts[key_of(text, from, to, *nfc)]++;
	}
	std::vector<std::pair<std::string, unsigned long>> table(counts.begin(), counts.end());
	std::sort(table.begin(), table.end(), [](const auto &a, const auto &b) {
		return a.second != b.second ? a.second > b.second : a.first < b.first;
	});
	for (const auto &row : table)
		std::cout << row.second << '\t' << row.first << '\n';
}
