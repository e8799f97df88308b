"""Step 6: a checkpoint as the file the program embeds, and sentences to test the runtime with.

    python export.py OUT CHECKPOINT whom-lm.bin --reference reference.jsonl

FORMAT.md states the layout.
"""
import argparse
import json
import struct
from pathlib import Path

import numpy as np
import torch

import decode
from batches import Encoder, read
from model import ATTENTION_HEADS, FEED_FORWARD, HIDDEN, POSITIONS, RARE, load
from quantise import is_int8, round_weights, rows
from wordpiece import WordPiece

MAGIC = b"WHOMLM02"
ALIGN = 64
TRAINING_ONLY = ("srl.",)


def write(model, path):
    """The binary file: magic, header length, JSON header, aligned tensors."""
    blobs, entries, position = [], [], 0

    def add(array):
        nonlocal position
        at = position
        raw = np.ascontiguousarray(array).tobytes()
        raw += bytes(-len(raw) % ALIGN)
        blobs.append(raw)
        position += len(raw)
        return at

    for name, weight in model.state_dict().items():
        if name.startswith(TRAINING_ONLY):
            continue
        entry = {"name": name.removesuffix(".weight") if name in ("words.weight", "positions.weight", "case.weight") else name,
                 "dtype": "i8" if is_int8(name) else "f32", "shape": list(weight.shape)}
        if is_int8(name):
            values, scale = rows(weight)
            entry["offset"], entry["scale_offset"] = add(values.numpy()), add(scale.numpy().astype("<f4"))
        else:
            entry["offset"] = add(weight.numpy().astype("<f4"))
        entries.append(entry)
    config = {"version": 2, "hidden": HIDDEN, "heads": ATTENTION_HEADS, "ff": FEED_FORWARD, "positions": POSITIONS,
              "epsilon": 1e-12, "pair_bias": RARE, **model.config.to_dict()}
    header = json.dumps({"config": config, "tensors": entries}, ensure_ascii=False, separators=(",", ":")).encode()
    start = len(MAGIC) + 4 + len(header)
    with open(path, "wb") as file:
        file.write(MAGIC + struct.pack("<I", len(header)) + header + bytes(-start % ALIGN))
        for blob in blobs:
            file.write(blob)
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB, {len(entries)} tensors")


@torch.inference_mode()
def reference(model, encoder, sentences, path):
    """What the model with rounded weights (and f32 activations) says of each sentence."""
    model.eval()
    c = model.config
    with open(path, "w") as file:
        for words in sentences:
            b = encoder.batch([{"w": words}])
            h = model.encode(b)
            arcs = model.arcs(h, b["present"])[0]
            heads = torch.as_tensor(np.concatenate([[0], decode.tree(arcs.double().numpy())]))
            labels = model.arc_labels(h, heads[None])[0, 1:]
            deprels = ["root" if head == 0 else c.deprels[k] for head, k in zip(heads[1:].tolist(), labels.argmax(-1).tolist())]
            trigger, status = (x[0, 1:] for x in model.events(h))
            everyone = torch.arange(1, len(words) + 1)
            roles = model.pair_roles(h, (torch.zeros_like(everyone), everyone), model.role)[:, 1:]
            rounded = lambda x: [round(v, 4) for v in x.tolist()]
            print(json.dumps({
                "words": words, "ids": b["ids"][0].tolist(), "first": b["first"][0].tolist(), "case": b["case"][0].tolist(),
                "upos": [c.upos[k] for k in model.upos(h)[0, 1:].argmax(-1).tolist()],
                "arc_argmax": arcs[1:].argmax(-1).tolist(), "heads": heads[1:].tolist(), "deprels": deprels,
                "arc_scores_word_1": rounded(arcs[1]), "deprel_scores_word_1": rounded(labels[0]),
                "hidden_root": rounded(h[0, 0, :8]), "hidden_word_1": rounded(h[0, 1, :8]),
                "ner": decode.names(model.ner(h)[0, 1:].numpy(), c.ner),
                "ner_argmax": model.ner(h)[0, 1:].argmax(-1).tolist(),
                "trigger": [rounded(x) for x in trigger], "status": [rounded(x) for x in status],
                "roles": roles.argmax(-1).tolist(), "role_scores_word_1": [rounded(x) for x in roles[0]],
            }, ensure_ascii=False), file=file)


def main(args):
    torch.set_num_threads(1)
    model = load(args.checkpoint)
    write(model, args.file)
    if args.reference:
        round_weights(model)
        news, mail = read(args.out / "gum.news.jsonl"), read(args.out / "ewt.test.jsonl")
        sentences = [r["w"] for r in news[:30] + mail[:20]]
        reference(model, Encoder(WordPiece(model.config.vocab), model.config.deprels), sentences, args.reference)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--reference", type=Path)
    main(parser.parse_args())
