#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Train the line model of strip-boilerplate and write data/model.txt. No part of the build.

  make build/tool/line-features
  filters/strip-boilerplate/train/train.py build/tool/line-features pages.jsonl.zst >model.txt

Needs Python 3 with numpy and LightGBM 4 (pip install numpy lightgbm), and zstd. pages.jsonl.zst holds a JSON object a
line: `text` (a paragraph a line), `labels` (for each line of text: 1 body, 0 debris, -1 either), `site`, `set` (sets
whose name starts with "web" are dumps of whole pages). The features are made by line-features, a program around the
filter's own code; nothing here computes one. What is learned from:

- dumps, a line's weight being its words against those of the document's body, as what counts is the text that is
  right, and documents count alike;
- the bodies of the same dumps alone, and bodies with a little debris left beside them, as an extractor would leave
  it: so that the model knows what a clean document looks like;
- what is not a dump, as it is.

Figures are out of fold: five folds, parted by site. The model written is trained on all. Thresholds and leaves are
whole numbers, and every tree is complete to DEPTH (a branch that ends early is repeated), so that the filter evaluates
it without a branch and gets the same sum everywhere."""
import argparse
import json
import random
import subprocess
import sys

import lightgbm
import numpy

DEPTH, TREES, SCALE, FOLDS = 4, 150, 512, 5
PARAMETERS = dict(objective='binary', learning_rate=.1, num_leaves=1 << DEPTH, max_depth=DEPTH, min_data_in_leaf=60,
                  lambda_l2=5, feature_fraction=.5, bagging_fraction=.7, bagging_freq=1, max_bin=127, verbose=-1,
                  seed=1, deterministic=True, force_row_wise=True, num_threads=2)


def variants(rows):
    """The documents learned from: (kind, row, lines, labels)."""
    dice = random.Random(1)
    for row in rows:
        pairs = [(t, l) for t, l in zip(row['text'].split('\n'), row['labels']) if t.strip()]
        yield ('dump' if row['set'].startswith('web') else 'residue'), row, pairs
        if row['set'].startswith('web'):
            body = [p for p in pairs if p[1] == 1]
            left = dice.choice((.02, .05, .1, .2)) * len(body) / max(1, len(pairs) - len(body))
            yield 'body', row, body
            yield 'extract', row, [p for p in pairs if p[1] == 1 or dice.random() < left]


def dump_features(program, documents):
    """Names of the features, and for each line its document, start and values."""
    text = b''.join('\n'.join(t for t, _ in pairs).encode() + b'\0' for _, _, pairs in documents)
    out = subprocess.run([program], input=text, stdout=subprocess.PIPE, check=True).stdout
    names = out[:out.index(b'\n')].decode().split(' ')
    kind = numpy.dtype([('document', '<i4'), ('start', '<i4'), ('end', '<i4'), ('x', '<i2', (len(names),))])
    return names, numpy.frombuffer(out[out.index(b'\n') + 1:], dtype=kind)


def labels_of(documents, lines):
    found = []
    for _, _, pairs in documents:
        at, here = 0, {}
        for text, label in pairs:
            here[at] = label
            at += len(text.encode()) + 1
        found.append(here)
    return numpy.array([found[d][s] for d, s in zip(lines['document'], lines['start'])])


def weights_of(documents, lines, labels, size):
    kinds = numpy.array([{'dump': 1, 'extract': .25, 'body': .25, 'residue': .5}[k] for k, _, _ in documents])
    body = numpy.bincount(lines['document'], size * (labels == 1), len(documents))
    return (size + 2) / (body + 100)[lines['document']] * 100 * kinds[lines['document']]


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


def print_model(model, names, heads):
    print('\n'.join('# ' + h for h in heads))
    print('features', ' '.join(names))
    for tree in model.dump_model()['tree_info']:
        nodes, leaves = [None] * ((1 << DEPTH) - 1), [None] * (1 << DEPTH)
        complete(tree['tree_structure'], 0, nodes, leaves)
        print('tree', ' '.join(f'{f}:{t}' for f, t in nodes), *leaves)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('program')
    ap.add_argument('pages')
    ap.add_argument('--importance', action='store_true', help='print how much each feature helps, and stop')
    ap.add_argument('--save', metavar='FILE', help='also save what the folds said, for looking at (.npz)')
    ap.add_argument('--folds-only', action='store_true')
    ap.add_argument('--only', help='features to use, comma separated')
    a = ap.parse_args()
    text = subprocess.run(['zstd', '-dcq', a.pages], stdout=subprocess.PIPE, check=True).stdout
    documents = list(variants([json.loads(line) for line in text.splitlines()]))
    names, lines = dump_features(a.program, documents)
    labels = labels_of(documents, lines)
    x = lines['x'].astype(numpy.float32)
    weights = weights_of(documents, lines, labels, numpy.exp2(x[:, 0] / 16))
    if a.only:
        x = x[:, [names.index(n) for n in a.only.split(',')]]
        names = a.only.split(',')
    sites = {s: i for i, s in enumerate(sorted({r['site'] for _, r, _ in documents}))}
    dice = numpy.random.RandomState(1).randint(0, FOLDS, len(sites))
    fold = numpy.array([dice[sites[r['site']]] for _, r, _ in documents])[lines['document']]
    use = labels >= 0

    def train(chosen):
        return lightgbm.train(PARAMETERS, lightgbm.Dataset(x[chosen], labels[chosen], weight=weights[chosen]), TREES)

    if a.importance:
        gain = train(use).feature_importance('gain')
        for i in numpy.argsort(-gain):
            print(f'{names[i]:18s} {100 * gain[i] / gain.sum():.2f}')
        return
    said = numpy.zeros(len(labels))
    for f in range(FOLDS):
        said[fold == f] = train(use & (fold != f)).predict(x[fold == f], raw_score=True)
    if a.save:
        numpy.savez(a.save, said=said, document=lines['document'], start=lines['start'])
    heads = ['The line model: what makes a line of a page body or debris. Made by train/train.py, which says how, from web pages',
             'whose lines are marked as body or debris; no text of them is in here. LightGBM ' + lightgbm.__version__ +
             f', {TREES} trees of depth {DEPTH};', f'leaves are log odds for body in parts of {SCALE}.']
    for kind in ('dump', 'extract', 'body', 'residue'):
        here = use & numpy.array([k == kind for k, _, _ in documents])[lines['document']]
        right = (said > 0) == (labels == 1)
        heads.append(f'Out of fold, {kind}: {here.sum()} lines, {100 * right[here].mean():.2f} % right, '
                     f'by weight {100 * (right * weights)[here].sum() / weights[here].sum():.2f} %')
    print('\n'.join(heads), file=sys.stderr)
    if not a.folds_only:
        print_model(train(use), names, heads)


if __name__ == '__main__':
    main()
