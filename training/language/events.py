"""Step 4a: marked edges (training/edges) → event records with words, trigger, status and role heads.

    python events.py OUT SENTENCES.tsv CHECKPOINT

SENTENCES.tsv is what training/edges/sample.py draws; the project's own sentences stand in training/edges/written. The head
word of a marked phrase comes from CHECKPOINT's parse. Every tenth document or so goes to events.dev.jsonl, the rest to
events.train.jsonl.
"""
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import torch

from batches import Encoder
from evaluate import parse
from exchange import names
from labels import NOMINAL, RELATION, STATUS
from model import load
from words import offsets
from wordpiece import WordPiece


EDGES = Path(__file__).parent.parent / "edges"


def main(out, sentences, checkpoint):
    torch.set_num_threads(1)
    model = load(checkpoint)
    texts, lines = {}, defaultdict(list)
    for path in (sentences, *sorted(EDGES.glob("annotations/*.tsv")), *sorted(EDGES.glob("written/*.tsv"))):
        for line in open(path, encoding="utf-8"):
            row = line.rstrip("\n").split("\t")
            if len(row) == 2:
                texts[row[0]] = row[1]
            elif len(row) == 7 and row[2] != "-" and row[3] in RELATION and row[5] in STATUS:
                lines[row[0]].append(row[1:])
    records = []
    for sid, text in texts.items():
        found = offsets(text)
        if found:
            records.append({"src": "events", "doc": sid.rpartition(".")[0], "sid": sid, "text": text,
                            "w": [w for w, _ in found], "at": [a for _, a in found]})
    parse(model, Encoder(WordPiece(model.config.vocab), model.config.deprels), records)
    lost = Counter()
    for r in records:
        r["edges"] = [e for e in (edge(r, row, lost) for row in lines[r["sid"]]) if e]
        r["events"] = frames(r["edges"])
        r["names"] = names(r)
        marked = {w for s, _, _, g, _, _ in r["edges"] for w in (s, g)} - {-1}
        r["nominal"] = sorted(marked | {i for i, u in enumerate(r["p_up"]) if u in NOMINAL})
    for split in ("train", "dev"):
        part = [r for r in records if (split == "dev") == is_dev(r["doc"])]
        with open(out / f"events.{split}.jsonl", "w") as file:
            for r in part:
                print(json.dumps({k: r[k] for k in ("src", "doc", "sid", "w", "events", "edges", "nominal", "names")}, ensure_ascii=False), file=file)
        print(split, len(part), "sentences", sum(len(r["edges"]) for r in part), "edges", sum(len(r["events"]) for r in part), "triggers")
    print("lost:", dict(lost))


def is_dev(doc):
    """The written articles stay out of training: on them the confidence model is trained (training/articles)."""
    return doc.startswith("S51.") or hashlib.sha256(doc.encode()).digest()[0] < 26


def edge(record, row, lost):
    """[source word, trigger word, relation, target word, status, claimant word] with -1 for none."""
    source, trigger, relation, target, status, claimant = row
    words = [head_word(record, phrase) for phrase in (source, trigger, target, claimant)]
    for name, word, phrase in zip(("source", "trigger", "target", "claimant"), words, (source, trigger, target, claimant)):
        if word is None and phrase != "-":
            lost[name] += 1
            return None
    s, t, g, c = (-1 if w is None else w for w in words)
    return [s, t, relation, g, status, c]


def head_word(record, phrase):
    """The word of the phrase that the parse hangs outside of it; None if the phrase is not found."""
    if phrase == "-":
        return None
    span = locate(record, phrase)
    if not span:
        return None
    outside = [i for i in span if record["p_h"][i] - 1 not in span and record["p_up"][i] not in ("PUNCT", "ADP", "DET")]
    nominal = [i for i in outside if record["p_up"][i] in ("NOUN", "PROPN", "PRON", "NUM", "VERB", "ADJ")]
    return (nominal or outside or list(span))[0]


def locate(record, phrase):
    """Word indices of a phrase ("he#2" = its second occurrence), on word boundaries where possible."""
    phrase, _, count = phrase.partition("#")
    count = int(count or 1)
    starts = [m.start() for m in re.finditer(re.escape(phrase), record["text"])]
    whole = [a for a in starts if re.match(r"\b|\B(?=\W)", record["text"][a:]) and not (
        a and record["text"][a - 1].isalnum() and phrase[0].isalnum()
        or record["text"][a + len(phrase):][:1].isalnum() and phrase[-1].isalnum())]
    starts = whole if len(whole) >= count else starts
    if len(starts) < count:
        return None
    a, b = starts[count - 1], starts[count - 1] + len(phrase)
    return [i for i, (w, at) in enumerate(zip(record["w"], record["at"])) if at < b and at + len(w) > a]


def frames(edges):
    """One frame a trigger word: its first relation and status, all parties of that relation."""
    by_trigger = {}
    for s, t, relation, g, status, c in edges:
        frame = by_trigger.setdefault(t, {"trigger": t, "relation": relation, "status": status, "roles": {}})
        if frame["relation"] == relation:
            for word, role in ((c, "claimant"), (g, "target"), (s, "source")):
                if word >= 0:
                    frame["roles"][word] = role
    return [dict(f, roles=sorted(f["roles"].items())) for f in by_trigger.values()]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
