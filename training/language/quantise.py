"""int8 as the runtime computes it: symmetric weights a row, symmetric activations a word piece."""
import torch
from torch import nn

# Linear layers whose matrices are stored as int8. The last, small layers stay f32.
HEADS = ("arc_dependent", "arc_head", "label_dependent", "label_head", "event", "role_trigger", "role_argument",
         "pair_source", "pair_target")


def rows(weight):
    """(int8 values, f32 scale of each row) of a matrix."""
    scale = weight.abs().amax(-1).clamp(min=1e-8) / 127
    return (weight / scale[:, None]).round().clamp(-127, 127).to(torch.int8), scale


def is_int8(name):
    """Whether the exported tensor of this name is int8."""
    part = name.split(".")
    return name in ("words.weight", "positions.weight") or part[-1] == "weight" and (
        part[0] in HEADS or part[0] == "layers" and not part[2].startswith("norm"))


@torch.no_grad()
def round_weights(model):
    """Replaces every int8 matrix by what its rounded values stand for."""
    for name, weight in model.named_parameters():
        if is_int8(name):
            values, scale = rows(weight)
            weight.copy_(values.float() * scale[:, None])


def round_activations(model):
    """Makes every int8 linear layer see its input as int8 with one scale a word piece."""
    def before(_, inputs):
        x = inputs[0]
        scale = x.abs().amax(-1, keepdim=True).clamp(min=1e-8) / 127
        return ((x / scale).round().clamp(-127, 127) * scale,)
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear) and is_int8(name + ".weight"):
            module.register_forward_pre_hook(before)


def quantise(model):
    round_weights(model)
    round_activations(model)
