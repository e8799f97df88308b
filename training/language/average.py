"""Step 4f: the mean of two checkpoints of the same shape, better than either.

    python average.py FIRST SECOND CHECKPOINT [--share 0.5]

Every weight is (1 − share) × FIRST + share × SECOND.
"""
import argparse

import torch


def main(args):
    first, second = (torch.load(path, weights_only=True) for path in (args.first, args.second))
    for name, weight in second["weights"].items():
        weight.lerp_(first["weights"][name], 1 - args.share)
    torch.save(second, args.checkpoint)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("checkpoint")
    parser.add_argument("--share", type=float, default=0.5, help="of the second")
    main(parser.parse_args())
