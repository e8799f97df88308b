"""Step 5: scores of a checkpoint on the test sets.

    python evaluate.py OUT CHECKPOINT [--quantised]
"""
import argparse
from pathlib import Path

import torch

import decode
from batches import Encoder, bucketed, read
from model import load
from schemes import coarse_spans
from wordpiece import WordPiece


@torch.inference_mode()
def parse(model, encoder, records, pieces=2500):
    """Adds the model's "p_up", "p_h", "p_d", "p_ner" to every record."""
    model.eval()
    c = model.config
    for group in bucketed(records, encoder, pieces):
        b = encoder.batch(group)
        h = model.encode(b)
        scores = model.arcs(h, b["present"])
        upos, ner = model.upos(h).argmax(-1), model.ner(h).numpy()
        heads = torch.zeros_like(b["head"])
        for i, r in enumerate(group):
            n = len(r["w"])
            heads[i, 1:n + 1] = torch.as_tensor(decode.tree(scores[i, :n + 1, :n + 1].double().numpy()))
        deprels = model.arc_labels(h, heads).argmax(-1)
        for i, r in enumerate(group):
            words = slice(1, len(r["w"]) + 1)
            r["p_h"] = heads[i, words].tolist()
            r["p_d"] = [c.deprels[k] if head else "root" for k, head in zip(deprels[i, words].tolist(), r["p_h"])]
            r["p_up"] = [c.upos[k] for k in upos[i, words].tolist()]
            r["p_ner"] = decode.names(ner[i, words], c.ner)


def arguments(upos, heads, deprels):
    """{(verb, argument, "subject"|"object")} of a tree; heads of copulas are no verbs here."""
    copular = {h for h, d in zip(heads, deprels) if d.startswith("cop")}
    found = set()
    for i, (h, d) in enumerate(zip(heads, deprels)):
        if h and h not in copular and upos[h - 1] == "VERB":
            if d.split(":")[0] == "nsubj":
                found.add((h, i, "subject"))
            elif d == "obj":
                found.add((h, i, "object"))
    return found


def f_score(right, predicted, gold):
    return 2 * right / max(1, predicted + gold)


def syntax_scores(records):
    """UPOS, UAS, LAS, LAS without punctuation (percent) and subject and object F."""
    n = upos = uas = las = bare = bare_right = 0
    pairs = {k: [0, 0, 0] for k in ("subject", "object")}
    for r in records:
        for u, h, d, pu, ph, pd in zip(*(r[k] for k in ("up", "h", "d", "p_up", "p_h", "p_d"))):
            right = h == ph and d == pd
            n, upos, uas, las = n + 1, upos + (u == pu), uas + (h == ph), las + right
            if u != "PUNCT":
                bare, bare_right = bare + 1, bare_right + right
        gold = arguments(r["up"], r["h"], r["d"])
        predicted = arguments(r["p_up"], r["p_h"], r["p_d"])
        for k, counts in pairs.items():
            g, p = ({x for x in s if x[2] == k} for s in (gold, predicted))
            for j, value in enumerate((len(g & p), len(p), len(g))):
                counts[j] += value
    return {"UPOS": 100 * upos / n, "UAS": 100 * uas / n, "LAS": 100 * las / n, "LAS-punct": 100 * bare_right / bare,
            "subjF": f_score(*pairs["subject"]), "objF": f_score(*pairs["object"])}


def name_scores(records):
    """F of PER, ORG, LOC (= GPE + LOC + FAC) spans, leading articles left out, and of each type."""
    counts = {}
    for r in records:
        gold, predicted = coarse_spans(r["w"], r["gold"]), coarse_spans(r["w"], r["p_ner"])
        for k in ("PER", "ORG", "LOC", "all"):
            g, p = ({x for x in s if k in ("all", x[2])} for s in (gold, predicted))
            c = counts.setdefault(k, [0, 0, 0])
            for j, value in enumerate((len(g & p), len(p), len(g))):
                c[j] += value
    return {k: f_score(*c) for k, c in counts.items()}


def show(scores):
    return "  ".join(f"{k} {v:.2f}" if v > 1 else f"{k} {v:.3f}" for k, v in scores.items())


def report(model, encoder, out):
    """One line a test set."""
    lines = []
    for name in ("ewt.test", "gum.test"):
        records = read(out / f"{name}.jsonl")
        parse(model, encoder, records)
        lines.append(f"{name:10} {show(syntax_scores(records))}")
    for name in ("gum.news", "uner.test"):
        records = read(out / f"{name}.jsonl")
        parse(model, encoder, records)
        lines.append(f"{name:10} names {show(name_scores(records))}")
        if name == "gum.news":
            lines.append(f"{name:10} {show(syntax_scores(records))}")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--quantised", action="store_true", help="int8 weights and simulated int8 activations")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = load(args.checkpoint)
    if args.quantised:
        from quantise import quantise
        quantise(model)
    print(report(model, Encoder(WordPiece(model.config.vocab), model.config.deprels), args.out))
