"""What each corpus's entity tags say in the model's 18 types.

A corpus rarely knows all types, so a word carries the SET of tags that its corpus allows,
and the loss is the probability of that set. Sets are bit masks over labels.NER.
"""
from labels import ENTITY, NER

BIT = {tag: 1 << i for i, tag in enumerate(NER)}
ANY = (1 << len(NER)) - 1
PLACE = ("GPE", "LOC", "FAC")
OTHER = ("NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "LANGUAGE")

# Corpus: ({its type: model types}, types whose absence a plain "O" guarantees).
SCHEME = {
    "uner": ({"PER": ("PERSON",), "LOC": PLACE, "ORG": ("ORG",)}, ("PERSON", "ORG", "GPE", "LOC")),
    "gum": ({"PER": ("PERSON",), "NORP": ("NORP", "PERSON"), "ORG": ("ORG", "GPE", "NORP"), "PLACE": PLACE, "EVENT": ("EVENT",)},
            ("PERSON", "GPE")),
    "crossner": ({"person": ("PERSON",), "politician": ("PERSON",), "organisation": ("ORG",),
                  "politicalparty": ("ORG", "NORP"), "country": ("GPE", "LOC"), "location": PLACE,
                  "election": ("EVENT",), "event": ("EVENT",), "misc": OTHER},
                 ("PERSON", "ORG", "GPE", "LOC", "EVENT")),
    "wikigold": ({"PER": ("PERSON",), "LOC": PLACE, "ORG": ("ORG",), "MISC": OTHER + ("FAC",)},
                 ("PERSON", "ORG", "GPE", "LOC")),
    "wnut": ({"person": ("PERSON",), "location": PLACE, "corporation": ("ORG",), "group": ("ORG", "NORP"),
              "product": ("PRODUCT",), "creative-work": ("WORK_OF_ART",)}, ("PERSON", "GPE", "LOC")),
    "news": ({"name": ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART")}, ()),
    "re3d": ({"Location": PLACE, "Organisation": ("ORG", "NORP", "GPE", "LOC")}, ()),
}


def allowed(src, words, gold):
    """The mask of allowed tags of each word, from one corpus's own tags."""
    types, known = SCHEME[src]
    outside = ANY
    for t in known:
        outside &= ~(BIT["B-" + t] | BIT["I-" + t])
    masks = []
    for i, tag in enumerate(gold):
        prefix, _, kind = tag.partition("-")
        if tag == "O":
            masks.append(outside)
        elif tag == "?":
            masks.append(ANY)
        elif prefix == "?":
            masks.append(sum(BIT[p + "-" + t] for t in types[kind] for p in "BI"))
        else:
            masks.append(sum(BIT[prefix + "-" + t] for t in types.get(kind, ENTITY)))
        # Whether a name takes its article in is each corpus's own habit: leave it to the other labels.
        if prefix == "B" and i and words[i - 1].lower() == "the" and gold[i - 1] == "O":
            masks[i - 1] = ANY
            masks[i] |= sum(BIT["I-" + t] for t in types.get(kind, ENTITY))
    return masks


def combine(masks, tags):
    """The silver tags (one or several a word) that the corpus allows; if it allows none, all it allows."""
    silver = [0] * len(masks)
    for i, options in enumerate(tags):
        for tag in options:
            silver[i] |= BIT[tag]
    return [s & m or m for s, m in zip(silver, masks)]


# The types every evaluation corpus shares, for scores across schemes.
COARSE = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "PLACE": "LOC"}


def coarse_spans(words, tags):
    """{(start, end, PER|ORG|LOC)} of BIO tags, leading articles and final possessives left out."""
    spans, start, kind = set(), None, None
    for i, tag in enumerate(list(tags) + ["O"]):
        prefix, _, t = tag.partition("-")
        if start is not None and (prefix != "I" or t != kind):
            a = start + 1 if words[start].lower() in ("the", "a", "an") and i - start > 1 else start
            b = i - 1 if words[i - 1].lower() in ("'s", "’s", "'", "’") and i - a > 1 else i
            if kind in COARSE:
                spans.add((a, b, COARSE[kind]))
            start = None
        if prefix == "B" or prefix == "I" and start is None:
            start, kind = i, t
    return spans
