"""Step 4 from what ships: a checkpoint of the exported file, to go on training from.

    python restore.py whom-lm.bin CHECKPOINT

Rounded weights come back as what they stand for; heads that are not exported begin afresh.
"""
import json
import struct
import sys
from dataclasses import fields

import numpy as np
import torch

from export import ALIGN, MAGIC
from model import Config, Model, save


def read(path):
    """(config, {name: tensor}) of the binary file."""
    raw = open(path, "rb").read()
    if raw[:len(MAGIC)] != MAGIC:
        raise SystemExit(f"{path} does not begin with {MAGIC.decode()}")
    begin = len(MAGIC) + 4
    end = begin + struct.unpack_from("<I", raw, len(MAGIC))[0]
    header = json.loads(raw[begin:end])
    data = end + -end % ALIGN

    def array(dtype, offset, shape):
        return np.frombuffer(raw, dtype, int(np.prod(shape)), data + offset).reshape(shape)

    tensors = {}
    for t in header["tensors"]:
        if t["dtype"] == "i8":
            scale = array("<f4", t["scale_offset"], t["shape"][:1])
            values = array("i1", t["offset"], t["shape"]).astype("f4") * scale[:, None]
        else:
            values = array("<f4", t["offset"], t["shape"])
        name = t["name"] + ".weight" if t["name"] in ("words", "positions", "case") else t["name"]
        tensors[name] = torch.tensor(values)
    known = {f.name for f in fields(Config)}
    return Config(**{k: v for k, v in header["config"].items() if k in known}), tensors


def main(path, checkpoint):
    config, tensors = read(path)
    model = Model(config)
    missing, unexpected = model.load_state_dict(tensors, strict=False)
    if unexpected:
        raise SystemExit(f"unknown tensors: {unexpected}")
    save(model, checkpoint)
    print("begun afresh:", ", ".join(missing) or "nothing")


if __name__ == "__main__":
    main(*sys.argv[1:3])
