# SPDX-License-Identifier: MIT
# peers.py NAME: standard input through a Python library, the way its own page shows. `peers.py has NAME` only looks
# whether it is installed.
import importlib.util
import sys


def each_line(change):
	for line in sys.stdin:
		sys.stdout.write(change(line))


def each_line_split(split):
	each_line(lambda line: "".join(s.strip() + "\n" for s in split(line.rstrip("\n"))) or "\n")


def use(name, module):
	if name == "unicodedata":
		each_line(lambda line: module.normalize("NFC", line))
	elif name == "ftfy":
		each_line(module.fix_text)
	elif name == "blingfire":
		each_line(lambda line: module.text_to_sentences(line) + "\n")
	elif name == "sentencex":
		each_line_split(lambda line: module.segment("ar", line))
	elif name == "syntok":
		segmenter = importlib.import_module("syntok.segmenter")
		each_line_split(lambda line: ["".join(t.spacing + t.value for t in s) for p in segmenter.process(line) for s in p])
	elif name == "pysbd":
		each_line_split(module.Segmenter(language="ar", clean=False).segment)
	elif name == "collections":
		count = module.Counter()
		for line in sys.stdin:
			count.update(line.split())
		for word, number in count.most_common():
			print(number, word, sep="\t")


if sys.argv[1] == "has":
	sys.exit(importlib.util.find_spec(sys.argv[2]) is None)
use(sys.argv[1], importlib.import_module(sys.argv[1]))
