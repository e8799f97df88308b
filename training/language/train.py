"""Steps 3 and 4b: training.

    python train.py OUT CHECKPOINT --layers 3 --epochs 5                      stage 1: syntax and names
    python train.py OUT CHECKPOINT --start STAGE1 --events --epochs 5         stage 2: events as well

Every epoch sees all treebank sentences, all hand-labelled names (tweets a share), a fresh share of silver news,
and in stage 2 all sentences with marked events. Other losses go on, so that no task is forgotten.
"""
import argparse
import random
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from batches import Encoder, augment, bucketed, read, with_names
from evaluate import parse, show, syntax_scores
from evaluate_events import event_scores, pair_scores, show_events, show_pairs
from exchange import pools
from labels import NER, ROLE, SRL
from model import Config, from_minilm, load, save
from wordpiece import WordPiece

ENCODER = ("words", "positions", "norm", "layers")


def losses(model, b):
    """Loss of each task that the batch has annotation for."""
    h, found = model.encode(b), {}
    where = b["syntax"]
    if where.any():
        found["upos"] = F.cross_entropy(model.upos(h)[where], b["upos"][where])
        found["arc"] = F.cross_entropy(model.arcs(h, b["present"])[where], b["head"][where])
        found["label"] = F.cross_entropy(model.arc_labels(h, b["head"])[where], b["deprel"][where], ignore_index=-1)
    known = (b["ner"] != (1 << len(NER)) - 1) & b["present"]
    if known.any():
        scores, masks = model.ner(h)[known], b["ner"][known]
        allowed = (masks[:, None] >> torch.arange(len(NER))) & 1
        inside = scores.masked_fill(allowed == 0, -1e4)
        found["ner"] = (scores.logsumexp(-1) - inside.logsumexp(-1)).mean()
    if "srl" in b:
        scores = model.pair_roles(h, b["srl_at"], model.srl)
        found["srl"] = F.cross_entropy(scores.reshape(-1, len(SRL)), b["srl"].reshape(-1))
    if "event_words" in b:
        found.update(event_losses(model, h, b))
    return found


def event_losses(model, h, b):
    """Triggers over all words; status and roles at the marked triggers; relations of all pairs of words that may be parties."""
    trigger, status = model.events(h)
    where = b["event_words"]
    found = {"trigger": 4 * F.cross_entropy(trigger[where], b["trigger"][where])}
    able = b["pair_words"][:, :, None] & b["pair_words"][:, None, :] & ~torch.eye(b["pair_words"].shape[1], dtype=torch.bool)
    wrong = F.binary_cross_entropy_with_logits(model.pairs(h)[able], b["pairs"][able], reduction="sum")
    found["pair"] = 0.5 * wrong / max(8, b["event_words"].any(-1).sum())
    if "role_at" in b:
        known = b["status"] >= 0
        found["status"] = 0.5 * F.cross_entropy(status[known], b["status"][known])
        scores = model.pair_roles(h, b["role_at"], model.role)
        found["role"] = 4 * F.cross_entropy(scores.reshape(-1, len(ROLE)), b["role"].reshape(-1))
    return found


def optimiser(model, encoder_rate, head_rate, steps, warm=0.1):
    """AdamW with two rates, warmed up and then linearly down to zero."""
    groups = [[], []]
    for name, weight in model.named_parameters():
        groups[name.split(".")[0] not in ENCODER].append(weight)
    optimiser_ = torch.optim.AdamW([{"params": groups[0], "lr": encoder_rate}, {"params": groups[1], "lr": head_rate}],
                                   weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser_, lambda i: min(1, (i + 1) / (warm * steps)) * max(0, (steps - i) / steps))
    return optimiser_, schedule


def silver(path):
    """The labellings beside a file of records: spaCy's and, in stage 2, that of the stage-1 model."""
    beside = (path.with_name(path.name.replace(".jsonl", f".{kind}.jsonl")) for kind in ("silver", "own"))
    return [read(p) for p in beside if p.exists()]


def epoch_records(treebank, named, news, events, args, rng):
    """The sentences of one epoch, augmented: all events, shares of the rest (of news: as of the treebank's size)."""
    def some(records, share):
        return rng.sample(records, min(len(records), int(len(records) * share)))
    tweets = [r for r in named if r["src"] == "wnut"]
    edited = [r for r in named if r["src"] != "wnut"]
    picked = (some(treebank, args.treebank_share) + events + some(edited, args.treebank_share) + some(tweets, args.share)
              + some(news, args.share * len(treebank) / len(news)))
    others = pools(events)
    return [augment(r, rng, others) for r in picked]


def main(args):
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    out = args.out
    if args.start:
        model = load(args.start, inner_dropout=args.inner_dropout)
    else:
        vocab, deprels = ((out / f"{x}.txt").read_text().split("\n")[:-1] for x in ("vocab", "deprels"))
        model = from_minilm(Config(args.layers, vocab, deprels), inner_dropout=args.inner_dropout)
    encoder = Encoder(WordPiece(model.config.vocab), model.config.deprels)
    sets = [with_names(read(p), *silver(p)) for p in (out / f"{n}.jsonl" for n in ("ud.train", "ner.train", "news"))]
    sets.append(read(out / "events.train.jsonl") if args.events else [])
    dev = read(out / "ud.dev.jsonl")[::3]
    per_epoch = len(bucketed(epoch_records(*sets, args, random.Random(0)), encoder, args.pieces, random.Random(0)))
    steps = per_epoch * args.epochs
    optimiser_, schedule = optimiser(model, args.encoder_rate, args.head_rate, steps)
    started, step = time.time(), 0
    for epoch in range(args.stop_after or args.epochs):
        model.train()
        mean, words = {}, 0
        for group in bucketed(epoch_records(*sets, args, rng), encoder, args.pieces, rng):
            b = encoder.batch(group)
            found = losses(model, b)
            loss = sum(found.values())
            optimiser_.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser_.step()
            schedule.step()
            step, words = step + 1, words + int(b["present"].sum())
            for k, v in found.items():
                mean[k] = 0.98 * mean.get(k, v.item()) + 0.02 * v.item()
            if step % 200 == 0:
                print(f"step {step}/{steps} {time.time() - started:.0f}s {words} words", show(mean), flush=True)
        save(model, args.checkpoint)
        parse(model, encoder, dev)
        print(f"epoch {epoch + 1} {time.time() - started:.0f}s dev {show(syntax_scores(dev))}", flush=True)
        if args.events:
            marked = read(out / "events.dev.jsonl")
            print(show_events(*event_scores(model, encoder, marked)), show_pairs(pair_scores(model, encoder, marked)), sep="\n", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--start", type=Path, help="checkpoint to go on from, instead of MiniLM")
    parser.add_argument("--events", action="store_true", help="train the event heads on OUT/events.train.jsonl")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--stop-after", type=int, help="leave after so many of the scheduled epochs")
    parser.add_argument("--share", type=float, default=0.25, help="of tweets, and of news to treebank sentences, in an epoch")
    parser.add_argument("--treebank-share", type=float, default=1.0, help="of treebanks and edited names in an epoch")
    parser.add_argument("--pieces", type=int, default=800, help="padded word pieces a batch")
    parser.add_argument("--encoder-rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=2e-3)
    parser.add_argument("--inner-dropout", type=float, default=0.05)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    main(parser.parse_args())
