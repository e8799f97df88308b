"""Step 4b: the stage-1 model's own names beside the sentences that only spaCy has labelled.

    python relabel.py CHECKPOINT OUT/ud.train.jsonl OUT/news.jsonl

Each X.jsonl gets X.own.jsonl. Where the two labellings differ, stage 2 accepts either.
"""
import json
import sys
from pathlib import Path

import torch

from batches import Encoder, bucketed, read
from decode import names
from model import load
from wordpiece import WordPiece


@torch.inference_mode()
def main(checkpoint, paths):
    torch.set_num_threads(1)
    model = load(checkpoint).eval()
    encoder = Encoder(WordPiece(model.config.vocab), model.config.deprels)
    for path in paths:
        records = read(path)
        for group in bucketed(records, encoder, 2500):
            scores = model.ner(model.encode(encoder.batch(group))).numpy()
            for i, r in enumerate(group):
                r["own"] = names(scores[i, 1:len(r["w"]) + 1], model.config.ner)
        with open(path.with_name(path.name.replace(".jsonl", ".own.jsonl")), "w") as file:
            for r in records:
                print(json.dumps(r["own"]), file=file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), list(map(Path, sys.argv[2:])))
