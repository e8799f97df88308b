"""Sentence records → tensors: augmentation, word pieces, batches of sentences of like length."""
import json
import random

import torch

from exchange import exchanged
from labels import NER, RELATION, ROLE, SRL, STATUS, SYMMETRIC, TRIGGER, UPOS, case_of
from model import POSITIONS
from schemes import ANY, allowed, combine

LONGEST = 110  # words; longer sentences are left out of training
EXCHANGED = 0.4  # share of sentences with names that get others


def read(path):
    with open(path) as lines:
        return [json.loads(line) for line in lines]


def with_names(records, *silver):
    """Adds "ner", a mask of allowed tags a word, from the corpus's own tags and any number of silver labellings."""
    silver = [s for s in silver if s]
    for i, r in enumerate(records):
        # spaCy's names on EWT's mail and reviews are too poor (F 0.67) to learn from alone.
        enough = "gold" in r or r["src"] == "news" or len(silver) > 1
        if "gold" in r or silver and enough:
            known = allowed(r["src"], r["w"], r["gold"]) if "gold" in r else [ANY] * len(r["w"])
            r["ner"] = combine(known, list(zip(*(s[i] for s in silver))) if silver else [()] * len(known))
    return records


def augment(record, rng, pools):
    """Sometimes a sentence with other names, and as headlines, shouting and careless typing write it."""
    r, x = record, rng.random()
    if r.get("names") and rng.random() < EXCHANGED:
        r = exchanged(r, pools, rng)
    if x < 0.05:
        r = dict(r, w=[w.lower() for w in r["w"]])
    elif x < 0.08:
        r = dict(r, w=[w.upper() for w in r["w"]])
    if rng.random() < 0.05 and len(r["w"]) > 3 and r["w"][-1] == "." and "h" in r and len(r["w"]) not in r["h"]:
        r = {k: v[:-1] if k in ("w", "up", "h", "d", "ner") else v for k, v in r.items()}
        if "srl" in r:
            r["srl"] = [x for x in r["srl"] if max(x[:2]) < len(r["w"])]
            r["predicates"] = [p for p in r["predicates"] if p < len(r["w"])]
    if rng.random() < 0.3:
        r = dict(r, w=curly(r["w"]))
    return r


def curly(words):
    """Straight quotes and apostrophes as typographic ones."""
    out, opened = [], False
    for w in words:
        if w in ('"', "``", "''"):
            w = "”" if opened else "“"
            opened = not opened
        elif "'" in w:
            w = w.replace("'", "’")
        out.append(w)
    return out


class Encoder:
    """Cuts words into pieces and stacks sentences."""

    def __init__(self, pieces, deprels):
        self.pieces = pieces
        self.deprel = {d: i for i, d in enumerate(deprels)}
        self.upos = {u: i for i, u in enumerate(UPOS)}

    def sentence(self, record):
        """(piece ids, index of each word's first piece with the root first, case of each piece)."""
        ids, first, case = [self.pieces.cls], [0], [0]
        for word in record["w"]:
            first.append(len(ids))
            found = self.pieces.ids(word)
            if len(ids) + len(found) > POSITIONS - 1:
                found = found[:1]
            ids.extend(found)
            case.extend([case_of(word)] * len(found))
        return ids + [self.pieces.sep], first, case + [0]

    def batch(self, records):
        """Tensors of the records. Missing annotation has no weight: see the masks."""
        cut = [self.sentence(r) for r in records]
        n, length, width = len(cut), max(len(c[0]) for c in cut), max(len(c[1]) for c in cut)
        zeros = lambda *shape: torch.zeros(*shape, dtype=torch.long)
        b = {"ids": zeros(n, length), "case": zeros(n, length), "first": zeros(n, width),
             "mask": torch.zeros(n, length, dtype=torch.bool), "present": torch.zeros(n, width, dtype=torch.bool),
             "syntax": torch.zeros(n, width, dtype=torch.bool), "head": zeros(n, width), "deprel": zeros(n, width) - 1,
             "upos": zeros(n, width), "ner": torch.full((n, width), ANY)}
        pairs, pair_roles, srl_at = [], [], []
        for i, (r, (ids, first, case)) in enumerate(zip(records, cut)):
            words = slice(1, len(first))
            b["ids"][i, :len(ids)] = torch.tensor(ids)
            b["case"][i, :len(ids)] = torch.tensor(case)
            b["mask"][i, :len(ids)] = True
            b["first"][i, :len(first)] = torch.tensor(first)
            b["present"][i, :len(first)] = True
            if "h" in r:
                b["syntax"][i, words] = True
                b["head"][i, words] = torch.tensor(r["h"])
                b["deprel"][i, words] = torch.tensor([self.deprel.get(d, self.deprel.get(d.split(":")[0], -1))
                                                      for d in r["d"]])
                b["upos"][i, words] = torch.tensor([self.upos[u] for u in r["up"]])
            if "ner" in r:
                b["ner"][i, words] = torch.tensor(r["ner"])
            if r.get("predicates"):
                table = {p: k for k, p in enumerate(r["predicates"])}
                start = len(pairs)
                for p in r["predicates"]:
                    pairs.append((i, p + 1))
                    row = zeros(width)
                    row[len(first):] = -100
                    row[0] = -100
                    pair_roles.append(row)
                for p, a, role in r["srl"]:
                    pair_roles[start + table[p]][a + 1] = SRL.index(role)
        if pairs:
            b["srl_at"] = tuple(torch.tensor(x) for x in zip(*pairs))
            b["srl"] = torch.stack(pair_roles)
        self._events(records, b, width)
        return b

    def _events(self, records, b, width):
        """Event annotation: triggers, their status, the roles of words."""
        if not any("events" in r for r in records):
            return
        n = len(records)
        b["event_words"] = torch.zeros(n, width, dtype=torch.bool)
        b["trigger"] = torch.zeros(n, width, dtype=torch.long)
        b["status"] = torch.full((n, width), -100)
        b["pair_words"] = torch.zeros(n, width, dtype=torch.bool)
        b["pairs"] = torch.zeros(n, width, width, len(RELATION))
        at, rows = [], []
        for i, r in enumerate(records):
            if "events" not in r:
                continue
            b["event_words"][i, 1:len(r["w"]) + 1] = True
            b["pair_words"][i, [0] + [w + 1 for w in r["nominal"]]] = True
            for s, _, relation, t, _, _ in r["edges"]:
                k = RELATION.index(relation)
                b["pairs"][i, s + 1, t + 1, k] = 1
                if relation in SYMMETRIC and min(s, t) >= 0:
                    b["pairs"][i, t + 1, s + 1, k] = 1
            for event in r["events"]:
                t = event["trigger"] + 1
                b["trigger"][i, t] = TRIGGER.index(event["relation"])
                b["status"][i, t] = STATUS.index(event["status"])
                row = torch.zeros(width, dtype=torch.long)
                row[0] = -100
                row[len(r["w"]) + 1:] = -100
                for word, role in event["roles"]:
                    row[word + 1] = ROLE.index(role)
                at.append((i, t))
                rows.append(row)
        if at:
            b["role_at"] = tuple(torch.tensor(x) for x in zip(*at))
            b["role"] = torch.stack(rows)


def bucketed(records, encoder, pieces, rng=None):
    """Groups of records whose padded size stays under `pieces`; shuffled with `rng`, else by length."""
    size = {}
    for i, r in enumerate(records):
        size[i] = 2 + sum(len(encoder.pieces.ids(w)) for w in r["w"])
    order = [i for i, r in enumerate(records) if rng is None or len(r["w"]) <= LONGEST]
    if rng:
        order.sort(key=lambda i: size[i] * rng.uniform(0.9, 1.1))
    else:
        order.sort(key=size.get)
    groups, group, longest = [], [], 0
    for i in order:
        longest = max(longest, size[i])
        if group and (len(group) + 1) * longest > pieces:
            groups.append(group)
            group, longest = [], size[i]
        group.append(i)
    groups.append(group)
    if rng:
        rng.shuffle(groups)
    return [[records[i] for i in g] for g in groups]
