"""Other names in the same places: who did what is to be read from the sentence, not from who usually does."""
from collections import Counter, defaultdict
from math import isqrt


def names(record):
    """[(word index, kind)] of words that another name may replace, from a parsed record: parts of persons' names, and
    places, peoples and parties of one word. A place after "the" stays, since few others could stand there."""
    found, words, i = [], record["w"], 0
    tags = record["p_ner"]
    while i < len(tags):
        end = i + 1
        if tags[i].startswith("B-"):
            while end < len(tags) and tags[end] == "I-" + tags[i][2:]:
                end += 1
            span = range(i, end)
            bare = all(words[k].isalpha() and words[k].istitle() for k in span)
            after_the = i > 0 and words[i - 1].lower() == "the"
            if bare and tags[i] == "B-PERSON":
                found += [(k, "surname" if k == end - 1 else "given name") for k in span]
            elif bare and len(span) == 1 and (tags[i] == "B-NORP" or tags[i] == "B-GPE" and not after_the):
                found.append((i, tags[i][2:] + (" plural" if tags[i] == "B-NORP" and words[i].endswith("s") else "")))
        i = end
    return found


def pools(records):
    """{kind: its words} over all records: those seen at least twice, each as often as the root of its count, so that
    neither the rare ones nor the few of whom all news tells prevail."""
    counts = defaultdict(Counter)
    for r in records:
        for i, kind in r.get("names", ()):
            counts[kind][r["w"][i]] += 1
    return {kind: [word for word in sorted(seen) if seen[word] > 1 for _ in range(isqrt(seen[word]))]
            for kind, seen in counts.items()}


def exchanged(record, pools, rng):
    """The record with each replaceable name exchanged for another of its kind, the same one wherever it stands."""
    words, chosen = list(record["w"]), {}
    for i, kind in record["names"]:
        words[i] = chosen.setdefault((kind, words[i]), rng.choice(pools[kind]))
    return dict(record, w=words)
