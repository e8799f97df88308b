"""Step 4d: a checkpoint between stage 1 and stage 2, where stage 2 has cost the syntax too much.

    python average.py STAGE1 STAGE2 CHECKPOINT --share 0.6

Every weight is (1 − share) × stage 1 + share × stage 2; the event heads, which stage 1 never trained, are stage 2's.
"""
import argparse

import torch

EVENT = ("event.", "trigger.", "status.", "role.", "role_")


def main(args):
    first, second = (torch.load(path, weights_only=True) for path in (args.stage1, args.stage2))
    for name, weight in second["weights"].items():
        if not name.startswith(EVENT):
            weight.lerp_(first["weights"][name], 1 - args.share)
    torch.save(second, args.checkpoint)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("stage1")
    parser.add_argument("stage2")
    parser.add_argument("checkpoint")
    parser.add_argument("--share", type=float, default=0.6, help="of stage 2")
    main(parser.parse_args())
