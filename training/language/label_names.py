"""Step 2: entity tags of spaCy's en_core_web_md (MIT) beside every sentence of the given files.

    python label_names.py MODEL OUT/ud.train.jsonl OUT/ner.train.jsonl OUT/news.jsonl

Runs in an environment of its own (requirements-labels.txt). MODEL is the unpacked pipeline folder.
Each X.jsonl gets X.silver.jsonl: a list of BIO tags a line.
"""
import json
import sys

import spacy
from spacy.tokens import Doc


def main(model, paths):
    nlp = spacy.load(model, exclude=["parser", "lemmatizer", "attribute_ruler", "tagger", "senter"])
    print([name for name, _ in nlp.pipeline])
    for path in paths:
        words = [json.loads(line)["w"] for line in open(path)]
        docs = (Doc(nlp.vocab, words=w) for w in words)
        with open(path.replace(".jsonl", ".silver.jsonl"), "w") as out:
            for doc in nlp.pipe(docs, batch_size=256):
                tags = ["O" if t.ent_iob_ == "O" else f"{t.ent_iob_}-{t.ent_type_}" for t in doc]
                print(json.dumps(tags), file=out)
        print(path, len(words))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
