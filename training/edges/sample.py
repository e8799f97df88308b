#!/usr/bin/env python3
"""Draws the sentences that `annotations/*.tsv` annotate.

    sample.py DATA_DIR OUT.tsv

DATA_DIR holds `raw-news/wikinews.jsonl` (Wikinews, CC BY 2.5), `raw-news/globalvoices_en.txt`
(Global Voices, CC BY 3.0) and `current-events/events.jsonl` (Wikipedia, CC BY-SA 4.0).
OUT.tsv gets one sentence a line: its id, a tab, its text. The draw is deterministic, so an id
means the same sentence for ever; the sentences themselves stay out of the repository.
Articles whose headline is in a held-out list (`--without DIR` of NAME.txt files) are left out.
"""
import argparse
import hashlib
import json
import pathlib
import re
import urllib.parse

ABBREVIATIONS = r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bGen)(?<!\bCol)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bLt)(?<!\bNo)(?<!\b[A-Z])"
END = re.compile(ABBREVIATIONS + r"([.!?][\"”’)]*)\s+(?=[A-Z\"“‘(0-9])")
LONGEST = 45  # sentences taken of one article: interviews are long and hold few edges
EVENT_CATEGORIES = {"Armed conflicts and attacks", "Law and crime", "Politics and elections",
                    "International relations"}


# Words of relations that the plain draw holds few of; `--focus` takes only sentences with one of them.
FOCUS = re.compile(
    r"\b(criticis|criticiz|condemn|denounc|slam|den(?:y|ied|ies)|refut|dismissed|reject|refus|veto|threat|warn|urg(?:e|ing)|demand|call(?:ed|s|ing)? (?:on|for)|appeal"
    r"|prais|endors|back(?:ed|ing)|welcom|thank|pledg|promis|sign(?:ed|s)|agree|met with|meet|talks|visit|phone|cooperat|joint|sanction|embargo|expel"
    r"|suspend|aid|donat|troops|deploy|drill|protest|rall(?:y|ied)|strike|sued|charged|indict|investigat|prob(?:e|ing)|sentenc|convict|fined|kidnap|abduct|hostage"
    r"|releas|freed|pardon|withdr[ae]w|lift(?:ed|s)|eas(?:ed|ing)|sell|sold|export|suppl(?:y|ied))", re.I)


def sentences(text):
    for paragraph in text.split("\n"):
        paragraph = " ".join(paragraph.split())
        for piece in END.sub(r"\1\n", paragraph).split("\n"):
            if 5 <= len(piece.split()) <= 70:
                yield piece


def order(key):
    return hashlib.sha256(key.encode()).hexdigest()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=pathlib.Path)
    ap.add_argument("out", type=pathlib.Path)
    ap.add_argument("--without", type=pathlib.Path, action="append", default=[])
    ap.add_argument("--focus", action="store_true", help="draw from what the plain draw leaves, by FOCUS")
    a = ap.parse_args()
    held_out = {p.open(encoding="utf-8").readline().strip()
                for folder in a.without for p in folder.glob("*.txt")}
    rows = []
    articles = [json.loads(line) for line in (a.data / "raw-news/wikinews.jsonl").open(encoding="utf-8")]
    for number, article in enumerate(articles):
        if not article.get("url"):  # the French part
            continue
        title = article.get("title") or urllib.parse.unquote(article["url"].rpartition("/")[2]).replace("_", " ")
        if title.strip() in held_out or (article["src"] == "geovirus" and number % 4):
            continue  # of the articles on health one in four is enough
        key = order("wikinews" + title)
        body = re.sub(r"^\w+day, \w+ \d+, \d{4}\s*", "", article["text"].strip())
        for k, s in enumerate([title.strip(), *sentences(body)][:LONGEST]):
            rows.append((key, k, f"W{number:03}.{k}", s))
    for number, line in enumerate((a.data / "current-events/events.jsonl").open(encoding="utf-8")):
        event = json.loads(line)
        if event["category"] in EVENT_CATEGORIES and (number % 3 == 2) == a.focus:
            for k, s in enumerate(sentences(event["text"])):
                rows.append((order(f"event{number}"), k, f"E{number:05}.{k}", s))
    for number, line in enumerate((a.data / "raw-news/globalvoices_en.txt").open(encoding="utf-8")):
        if number % (7 if a.focus else 120) == 0:
            for k, s in enumerate(sentences(line)):
                rows.append((order(f"voice{number}"), k, f"G{number:05}.{k}", s))
    if a.focus:
        rows = [row for row in rows if row[2][0] != "W" and FOCUS.search(row[3])]
    rows.sort(key=lambda r: (r[0], r[1]))
    with a.out.open("w", encoding="utf-8") as out:
        for _, _, sid, text in rows:
            out.write(f"{sid}\t{text}\n")


if __name__ == "__main__":
    main()
