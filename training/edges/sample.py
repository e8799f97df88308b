#!/usr/bin/env python3
"""Draws the sentences that `annotations/*.tsv` annotate.

    sample.py DATA_DIR OUT.tsv

DATA_DIR holds `raw-news/wikinews.jsonl` (Wikinews, CC BY 2.5), `raw-news/globalvoices_en.txt`
(Global Voices, CC BY 3.0), `current-events/events.jsonl` (Wikipedia, CC BY-SA 4.0) and `qanom/annot.train.csv`
(QANom, MIT, over Wikinews, CC BY 2.5).
OUT.tsv gets one sentence a line: its id, a tab, its text. An id names a source, a line (or document) of it and a sentence
in that, so it means the same sentence for ever; the sentences themselves stay out of the repository.
"""
import argparse
import csv
import json
import pathlib
import re
import urllib.parse

ABBREVIATIONS = r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bGen)(?<!\bCol)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bLt)(?<!\bNo)(?<!\b[A-Z])"
END = re.compile(ABBREVIATIONS + r"([.!?][\"”’)]*)\s+(?=[A-Z\"“‘(0-9])")


def sentences(text):
    for paragraph in text.split("\n"):
        paragraph = " ".join(paragraph.split())
        for piece in END.sub(r"\1\n", paragraph).split("\n"):
            if 5 <= len(piece.split()) <= 70:
                yield piece


def quoted(text):
    """QANom's spaced tokens as written text."""
    text = text.replace("``", '"').replace("''", '"')
    for token, sign in (("-LRB-", "("), ("-RRB-", ")"), ("-LSB-", "["), ("-RSB-", "]")):
        text = text.replace(token, sign)
    text = re.sub(r" (n't|'s|'re|'ve|'ll|'d|'m|')\b", r"\1", " ".join(text.split()))
    text = re.sub(r" ([,.;:?!%)\]])", r"\1", text)
    text = re.sub(r"([(\[$£€#]) ", r"\1", text)
    first, *rest = text.split('"')
    for k, part in enumerate(rest):
        opens = k % 2 == 0
        first = first.rstrip() + (' "' if opens and first.strip() else '"') + (part.lstrip() if opens else part)
    return first.strip()


def every(data):
    """(id, text) of every sentence of the sources, whatever it holds."""
    for number, article in enumerate(map(json.loads, (data / "raw-news/wikinews.jsonl").open(encoding="utf-8"))):
        if article.get("url"):
            title = article.get("title") or urllib.parse.unquote(article["url"].rpartition("/")[2]).replace("_", " ")
            body = re.sub(r"^\w+day, \w+ \d+, \d{4}\s*", "", article["text"].strip())
            for k, s in enumerate([title.strip(), *sentences(body)]):
                yield f"W{number:03}.{k}", s
    for number, line in enumerate((data / "current-events/events.jsonl").open(encoding="utf-8")):
        for k, s in enumerate(sentences(json.loads(line)["text"])):
            yield f"E{number:05}.{k}", s
    for number, line in enumerate((data / "raw-news/globalvoices_en.txt").open(encoding="utf-8")):
        for k, s in enumerate(sentences(line)):
            yield f"G{number:05}.{k}", s
    for row in csv.DictReader((data / "qanom/annot.train.csv").open(encoding="utf-8")):
        _, source, *numbers = row["qasrl_id"].split(":")
        if source == "wikinews":
            yield "Q" + ".".join(numbers), quoted(row["sentence"])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=pathlib.Path)
    ap.add_argument("out", type=pathlib.Path)
    a = ap.parse_args()
    parts = (pathlib.Path(__file__).parent / "annotations").glob("*.tsv")
    wanted = {line.split("\t")[0].strip() for part in parts for line in part.open(encoding="utf-8")}
    found = {sid: text for sid, text in every(a.data) if sid in wanted}
    a.out.write_text("".join(f"{sid}\t{text}\n" for sid, text in found.items()), encoding="utf-8")
    print(f"{len(found)} of {len(wanted)} sentences")


if __name__ == "__main__":
    main()
