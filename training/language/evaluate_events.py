"""Scores of the event heads on the development documents.

    python evaluate_events.py OUT CHECKPOINT [--quantised] [--bias 0.5]
"""
import argparse
from collections import Counter
from pathlib import Path

import torch

from batches import Encoder, bucketed, read
from labels import SYMMETRIC
from model import load
from wordpiece import WordPiece


@torch.inference_mode()
def find_events(model, encoder, records, bias=0.0, given=False, pieces=2500):
    """Adds "p_events" to every record; with `given`, the marked triggers are taken as found."""
    model.eval()
    c = model.config
    for group in bucketed(records, encoder, pieces):
        b = encoder.batch(group)
        h = model.encode(b)
        trigger, status = model.events(h)
        trigger[..., 0] += bias
        best, states = trigger.argmax(-1), status.argmax(-1)
        for i, r in enumerate(group):
            n = len(r["w"])
            if given:
                triggers = [e["trigger"] for e in r["events"]]
            else:
                triggers = [t for t in range(n) if best[i, t + 1]]
            r["p_events"] = []
            if not triggers:
                continue
            at = torch.tensor(triggers) + 1
            roles = model.pair_roles(h, (torch.full_like(at, i), at), model.role)[:, 1:n + 1].argmax(-1)
            for t, row in zip(triggers, roles.tolist()):
                r["p_events"].append({"trigger": t, "relation": c.relations[best[i, t + 1]], "status": c.statuses[states[i, t + 1]],
                                      "roles": [(w, c.roles[k]) for w, k in enumerate(row) if k]})


@torch.inference_mode()
def find_pairs(model, encoder, records, pieces=1500):
    """Adds "p_pairs" to every record: {(source word, relation, target word): probability}, -1 for nobody."""
    model.eval()
    names = model.config.pair_relations
    for group in bucketed(records, encoder, pieces):
        b = encoder.batch(group)
        scores = model.pairs(model.encode(b)).sigmoid()
        for i, r in enumerate(group):
            at = torch.tensor([0] + [w + 1 for w in r["nominal"]])
            part = scores[i][at][:, at]
            part[range(len(at)), range(len(at))] = 0
            r["p_pairs"] = {}
            for s, t, k in (part > 0.05).nonzero().tolist():
                pair = (at[s].item() - 1, at[t].item() - 1)
                pair = tuple(sorted(pair)) if names[k] in SYMMETRIC and min(pair) >= 0 else pair
                found = r["p_pairs"]
                found[names[k], *pair] = max(found.get((names[k], *pair), 0), part[s, t, k].item())


def pair_scores(model, encoder, records, thresholds=(0.2, 0.3, 0.4, 0.5)):
    """{threshold: (precision, recall, F)} of edges by the pair head."""
    find_pairs(model, encoder, records)
    result = {}
    for least in thresholds:
        right = gold = predicted = 0
        for r in records:
            g, p = set(edges(r["events"])), {e for e, x in r["p_pairs"].items() if x >= least}
            right, gold, predicted = right + len(g & p), gold + len(g), predicted + len(p)
        result[least] = (right / max(1, predicted), right / max(1, gold), 2 * right / max(1, predicted + gold))
    return result


def edges(events):
    """(source word, relation, target word) of frames: every source with every target; -1 for none."""
    found = {}
    for e in events:
        sources = [w for w, role in e["roles"] if role == "source"] or [-1]
        targets = [w for w, role in e["roles"] if role == "target"] or [-1]
        for s in sources:
            for g in targets:
                if s >= 0 or g >= 0:
                    pair = tuple(sorted((s, g))) if e["relation"] in SYMMETRIC else (s, g)
                    found[e["relation"], *pair] = e["status"]
    return found


def event_scores(model, encoder, records, bias=0.0):
    """Precision, recall, F of triggers (word; word + relation), roles at marked triggers, edges."""
    tally = {}

    def count(name, gold, predicted):
        c = tally.setdefault(name, Counter())
        c["right"] += len(gold & predicted)
        c["gold"] += len(gold)
        c["predicted"] += len(predicted)

    find_events(model, encoder, records, given=True)
    states = Counter()
    for r in records:
        for g, p in zip(r["events"], r["p_events"]):
            states[g["status"] == p["status"]] += 1
            for role in ("source", "target", "claimant"):
                count("role " + role, {w for w, x in g["roles"] if x == role}, {w for w, x in p["roles"] if x == role})
    find_events(model, encoder, records, bias)
    for r in records:
        g, p = r["events"], r["p_events"]
        count("trigger word", {e["trigger"] for e in g}, {e["trigger"] for e in p})
        count("trigger", {(e["trigger"], e["relation"]) for e in g}, {(e["trigger"], e["relation"]) for e in p})
        gold, predicted = edges(g), edges(p)
        count("edge", set(gold), set(predicted))
        count("edge + status", set(gold.items()), set(predicted.items()))
        for e in ({*gold, *predicted}):
            count("= " + e[0], {e} & set(gold), {e} & set(predicted))
    result = {name: (c["right"] / max(1, c["predicted"]), c["right"] / max(1, c["gold"]),
                     2 * c["right"] / max(1, c["predicted"] + c["gold"]), c["gold"]) for name, c in tally.items()}
    return result, states[True] / max(1, states.total())


def show_events(result, status, relations=False):
    lines = [f"{k:14} P {p:.3f} R {r:.3f} F {f:.3f} of {n}" for k, (p, r, f, n) in sorted(result.items())
             if relations or not k.startswith("=")]
    return "\n".join(lines + [f"status at marked triggers {status:.3f}"])


def show_pairs(result):
    return "\n".join(f"pairs from {least} P {p:.3f} R {r:.3f} F {f:.3f}" for least, (p, r, f) in result.items())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--quantised", action="store_true")
    parser.add_argument("--bias", type=float, default=None)
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = load(args.checkpoint)
    if args.quantised:
        from quantise import quantise
        quantise(model)
    bias = model.config.trigger_bias if args.bias is None else args.bias
    encoder = Encoder(WordPiece(model.config.vocab), model.config.deprels)
    dev = read(args.out / "events.dev.jsonl")
    print(show_events(*event_scores(model, encoder, dev, bias), relations=True))
    print(show_pairs(pair_scores(model, encoder, dev)))
