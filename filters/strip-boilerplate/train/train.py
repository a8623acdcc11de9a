#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Train the two models of strip-boilerplate, of lines and of headlines. No part of the build.

  make build/tool/line-features
  filters/strip-boilerplate/train/train.py build/tool/line-features pages.jsonl.zst filters/strip-boilerplate/data

Writes model.txt and headline.txt into the folder named last. Needs Python 3 with numpy and LightGBM 4 (pip install numpy
lightgbm), and zstd. pages.jsonl.zst holds a JSON object a line: `text` (a paragraph a line), `labels` (for each line of
text: 1 body, 0 debris, -1 either), `title`, `gold` (the body), `site`, `lang`, `set` (sets whose name starts with "web"
are dumps of whole pages). The features are made by line-features, a program around the filter's own code; nothing here
computes one. The line model learns from:

- dumps; a line's weight is its words, against the words of the document's body to the power .75: what counts is the text
  that is right, and documents count nearly alike. Sets in many languages, of which there are few, count double;
- each dump's body within the menu and the footer of another page in its language, at times shortened: so that it learns
  the seam and not the page;
- the bodies of dumps alone, and bodies with a little debris left beside them, as an extractor would leave it: so that it
  knows what a clean document looks like;
- what is not a dump, as it is.

The headline model learns, of the 64 lines in front of the first paragraph of the body, which are the page's title.

Figures are out of fold: five folds, parted by site (a body is only put into pages of its own fold), and those of whole
documents are made by the filter's own code with the fold's models. The models written are trained on all. Thresholds and
leaves are whole numbers, and every tree is complete to DEPTH (a branch that ends early is repeated), so that the filter
evaluates it without a branch and gets the same sum everywhere."""
import argparse
import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import lightgbm
import numpy

DEPTH, SCALE, FOLDS, SHINGLE = 4, 512, 5, 4
COMMON = dict(objective='binary', num_leaves=1 << DEPTH, max_depth=DEPTH, lambda_l2=5, bagging_fraction=.7,
              bagging_freq=1, max_bin=127, verbose=-1, seed=1, deterministic=True, force_row_wise=True, num_threads=2)
LINES = dict(COMMON, trees=200, learning_rate=.08, min_data_in_leaf=60, feature_fraction=.3)
HEADLINES = dict(COMMON, trees=64, learning_rate=.1, min_data_in_leaf=20, feature_fraction=.5)
HEAD_LINES = 64
KINDS = {'dump': 1, 'swap': .5, 'extract': .25, 'body': .25, 'residue': .5}
SETS = collections.defaultdict(lambda: 1, {'web-multi': 2})


# --- documents -------------------------------------------------------------------------------------------------------

def pairs_of(row):
    return [(t, l) for t, l in zip(row['text'].split('\n'), row['labels']) if t.strip()]


def body_of(pairs):
    """From the first body line to behind the last."""
    at = [i for i, (_, label) in enumerate(pairs) if label == 1]
    return (at[0], at[-1] + 1) if at else None


def variants(rows):
    """The documents learned from, but for swaps: (kind, row, lines with labels)."""
    dice = random.Random(1)
    for row in rows:
        pairs = pairs_of(row)
        if not row['set'].startswith('web'):
            yield 'residue', row, pairs
            continue
        yield 'dump', row, pairs
        body = [p for p in pairs if p[1] == 1]
        left = dice.choice((.02, .05, .1, .2)) * len(body) / max(1, len(pairs) - len(body))
        yield 'body', row, body
        yield 'extract', row, [p for p in pairs if p[1] == 1 or dice.random() < left]


def swaps(rows, folds):
    """Bodies, with a few lines around them, within another page of the same set, language and fold."""
    dice, pages, groups = random.Random(7), {}, collections.defaultdict(list)
    for row in rows:
        pairs = pairs_of(row)
        if row['set'].startswith('web') and body_of(pairs):
            pages[row['id']] = pairs, body_of(pairs)
            groups[folds[row['site']], row['set'], row['lang']].append(row)
    for row in rows:
        if row['id'] not in pages:
            continue
        other = dice.choice(groups[folds[row['site']], row['set'], row['lang']])
        if other is row:
            continue
        (pairs, (start, end)), (frame, (head, foot)) = pages[row['id']], pages[other['id']]
        middle = pairs[max(0, start - dice.randint(0, 5)):end + dice.randint(0, 5)]
        if dice.random() < .3:
            first = dice.randint(0, len(middle) // 2)
            middle = middle[first:dice.randint(first + len(middle) // 3, len(middle)) + 1]
        yield 'swap', row, frame[:head] + middle + frame[foot:]


def nul_ended(documents):
    return b''.join('\n'.join(t for t, _ in pairs).encode() + b'\0' for _, _, pairs in documents)


# --- features --------------------------------------------------------------------------------------------------------

def dump_features(program, documents):
    """Names of the features, and for each line its document, start and values."""
    out = subprocess.run([program], input=nul_ended(documents), stdout=subprocess.PIPE, check=True).stdout
    names = out[:out.index(b'\n')].decode().split(' ')
    kind = numpy.dtype([('document', '<i4'), ('start', '<i4'), ('end', '<i4'), ('x', '<i2', (len(names),))])
    return names, numpy.frombuffer(out[out.index(b'\n') + 1:], dtype=kind)


def of_lines(documents, lines, what):
    """what(document, number of the line in it), for every line that has features."""
    found = []
    for kind, row, pairs in documents:
        at, here = 0, {}
        for i, (text, _) in enumerate(pairs):
            here[at] = what((kind, row, pairs), i)
            at += len(text.encode()) + 1
        found.append(here)
    return numpy.array([found[d][s] for d, s in zip(lines['document'], lines['start'])])


def weights_of(documents, lines, labels, size):
    share = numpy.array([KINDS[k] * SETS[r['set']] for k, r, _ in documents])
    body = numpy.bincount(lines['document'], size * (labels == 1), len(documents))
    return (size + 2) / (body + 100)[lines['document']] ** .75 * 100 * share[lines['document']]


def words_of(text):
    return re.findall(r'\w+', text.lower())


def is_title(document, i):
    """Whether line i of a dump is the page's title, or most of it."""
    kind, row, pairs = document
    if kind != 'dump' or not row['title']:
        return False
    title, line = ' '.join(words_of(row['title'])), ' '.join(words_of(pairs[i][0]))
    return bool(line) and (line in title and 2 * len(line) > len(title) or title in line and 2 * len(title) > len(line))


def headline_lines(documents, lines, names, labels):
    """Which lines the headline model learns from: those in front of the first paragraph that no rule names."""
    x = lines['x']
    column = {n: x[:, names.index(n)] for n in ('size', 'ending', 'how', 'kept', 'found')}
    stops = (column['ending'] >= 1) & (column['ending'] <= 3)
    good = (column['size'] >= 75) | (column['size'] >= 51) & stops  # 16 log2 of 26 words, of 9
    free = (column['kept'] == 1) | ~numpy.isin(column['how'], (1, 4)) | (column['found'] == 21)
    use = numpy.zeros(len(x), bool)
    starts = numpy.searchsorted(lines['document'], numpy.arange(len(documents) + 1))
    for (kind, _, _), start, end in zip(documents, starts, starts[1:]):
        first = numpy.flatnonzero((good & (labels == 1))[start:end])
        if kind == 'dump' and len(first):
            use[start + max(0, first[0] - HEAD_LINES):start + first[0]] = True
    return use & free


# --- models ----------------------------------------------------------------------------------------------------------

def train(parameters, x, labels, weights=None):
    parameters = dict(parameters)
    trees = parameters.pop('trees')
    return lightgbm.train(parameters, lightgbm.Dataset(x, labels, weight=weights), trees)


def complete(node, depth, nodes, leaves, index=0):
    """Lays a tree out as a heap of 2^DEPTH - 1 questions `x > threshold` and 2^DEPTH leaves."""
    if depth == DEPTH:
        leaves[index - len(nodes)] = round(node['leaf_value'] * SCALE)
        return
    if 'leaf_value' in node:
        nodes[index] = (0, 32767)
        sides = node, node
    else:
        nodes[index] = (node['split_feature'], int(numpy.floor(node['threshold'])))
        sides = node['left_child'], node['right_child']
    for i, side in enumerate(sides):
        complete(side, depth + 1, nodes, leaves, 2 * index + 1 + i)


def write_model(path, model, names, heads):
    with open(path, 'w', encoding='utf-8') as out:
        print('\n'.join('# ' + h for h in heads), file=out)
        print('features', ' '.join(names), file=out)
        for tree in model.dump_model()['tree_info']:
            nodes, leaves = [None] * ((1 << DEPTH) - 1), [None] * (1 << DEPTH)
            complete(tree['tree_structure'], 0, nodes, leaves)
            print('tree', ' '.join(f'{f}:{t}' for f, t in nodes), *leaves, file=out)


# --- figures ---------------------------------------------------------------------------------------------------------

def shingles(text):
    words = re.findall(r'\w+', text)
    return collections.Counter(tuple(words[i:i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)) if words)


def without_title(text, row):
    """The title may be kept or not, if the body does not begin with it."""
    title = ' '.join(words_of(row['title'] or ''))
    if not title or ' '.join(words_of(row['gold'][:400])).startswith(title):
        return text
    lines = text.split('\n')
    for i, line in enumerate(lines):
        line = ' '.join(words_of(line))
        if line and (line == title or title.startswith(line) and len(line) > .6 * len(title)):
            return '\n'.join(lines[:i] + lines[i + 1:])
    return text


def score(rows, texts):
    """F1 of shingles against the body: of the means of precision and recall over documents."""
    precision, recall = [], []
    for row, text in zip(rows, texts):
        gold, have = shingles(row['gold']), shingles(without_title(text, row))
        both = sum((gold & have).values())
        if have:
            precision.append(both / sum(have.values()))
        if gold:
            recall.append(both / sum(gold.values()))
    p, r = (sum(v) / max(1, len(v)) for v in (precision, recall))
    return 2 * p * r / (p + r) if p + r else 0


def kept_titles(documents, texts):
    titled = [(d, t) for d, t in zip(documents, texts) if any(is_title(d, i) for i in range(len(d[2])))]
    good = sum(any(is_title(('dump', d[1], [(l, 0)]), 0) for l in t.split('\n')) for d, t in titled)
    return good / max(1, len(titled))


def strip(program, models, documents):
    """What the filter keeps of each document with these models."""
    out = subprocess.run([program, *models], input=nul_ended(documents), stdout=subprocess.PIPE, check=True).stdout
    return [t.decode() for t in out.split(b'\0')[:-1]]


def figures(documents, texts):
    """A sentence for each set and kind of document."""
    for kind, name in (('dump', 'dumps'), ('extract', 'bodies with a little debris'), ('body', 'bodies alone')):
        for group in sorted({r['set'] for k, r, _ in documents if k == kind}):
            chosen = [(d, t) for d, t in zip(documents, texts) if d[0] == kind and d[1]['set'] == group]
            rows, have = [d[1] for d, _ in chosen], [t for _, t in chosen]
            all_of = ['\n'.join(t for t, _ in d[2]) for d, _ in chosen]
            line = f'{group}, {name}: {len(rows)} documents, F1 {score(rows, have):.4f}, all kept {score(rows, all_of):.4f}'
            yield line + (f', headline kept in {100 * kept_titles([d for d, _ in chosen], have):.0f} %' if kind == 'dump' else '')


# --- all of it -------------------------------------------------------------------------------------------------------

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('program', help='line-features')
    ap.add_argument('pages', help='pages.jsonl.zst')
    ap.add_argument('into', help='the folder to write into')
    ap.add_argument('--keep', metavar='FILE', help='also write what the filter kept of dumps out of fold, as JSON Lines')
    ap.add_argument('--importance', action='store_true', help='print how much each feature helps')
    a = ap.parse_args()
    text = subprocess.run(['zstd', '-dcq', a.pages], stdout=subprocess.PIPE, check=True).stdout
    rows = [json.loads(line) for line in text.splitlines()]
    sites = sorted({r['site'] for r in rows})
    folds = dict(zip(sites, numpy.random.RandomState(1).randint(0, FOLDS, len(sites))))
    documents = list(variants(rows)) + list(swaps(rows, folds))
    names, lines = dump_features(a.program, documents)
    x = lines['x'].astype(numpy.float32)
    labels = of_lines(documents, lines, lambda d, i: d[2][i][1])
    weights = weights_of(documents, lines, labels, numpy.exp2(x[:, 0] / 16))
    titles = of_lines(documents, lines, is_title)
    heads_use, use = headline_lines(documents, lines, names, labels), labels >= 0
    fold = numpy.array([folds[r['site']] for _, r, _ in documents])[lines['document']]

    def train_both(chosen, folder, heads=('a fold',), headline_heads=('a fold',)):
        of_line = train(LINES, x[use & chosen], labels[use & chosen], weights[use & chosen])
        of_title = train(HEADLINES, x[heads_use & chosen], titles[heads_use & chosen])
        paths = [os.path.join(folder, n) for n in ('model.txt', 'headline.txt')]
        write_model(paths[0], of_line, names, heads)
        write_model(paths[1], of_title, names, headline_heads)
        return of_line, paths

    texts, right, weight = [None] * len(documents), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for f in range(FOLDS):
            of_line, paths = train_both(fold != f, folder)
            here = [i for i, (k, r, _) in enumerate(documents) if folds[r['site']] == f and k != 'swap']
            for i, kept in zip(here, strip(a.program, paths, [documents[i] for i in here])):
                texts[i] = kept
            seen = use & (fold == f) & numpy.array([k == 'dump' for k, _, _ in documents])[lines['document']]
            right += (((of_line.predict(x[seen]) > .5) == (labels[seen] == 1)) * weights[seen]).sum()
            weight += weights[seen].sum()
    about = ['Made by train/train.py, which says how, from web pages whose lines are marked as body or debris; no text of them is',
             f'in here. LightGBM {lightgbm.__version__}, trees of depth {DEPTH}; leaves are log odds in parts of {SCALE}. Out of fold, parted by site:',
             f'lines of dumps, by weight: {100 * right / weight:.2f} % right', *figures(documents, texts)]
    print('\n'.join(about), file=sys.stderr)
    if a.keep:
        with open(a.keep, 'w', encoding='utf-8') as out:
            for (kind, row, _), kept in zip(documents, texts):
                if kept is not None:
                    print(json.dumps({'id': row['id'], 'kind': kind, 'text': kept}, ensure_ascii=False), file=out)
    of_line, _ = train_both(use | True, a.into, ['The line model: what makes a line of a page body or debris.', *about],
                            ['The headline model: which line in front of the body is its title.', *about[:2]])
    if a.importance:
        gain = of_line.feature_importance('gain')
        for i in numpy.argsort(-gain):
            print(f'{names[i]:18s} {100 * gain[i] / gain.sum():.2f}')


if __name__ == '__main__':
    main()
