"""Readers: every corpus in its own format becomes sentence records, plain dictionaries.

A record holds "src" (corpus), "doc", "w" (words) and, where the corpus knows them,
"up" (UPOS), "h" (heads, 0 = root), "d" (deprels), "gold" (BIO tags in the corpus's own
scheme) and "srl" ([predicate, argument, role] with words counted from 0) with its "predicates".
"""
import json
import re
from collections import Counter

from words import offsets, sentences, tokens

# GUM genres whose texts allow every use; the others are non-commercial and never enter.
GENRES = "academic bio conversation court interview news speech textbook vlog voyage".split()
# Wikinews documents that whom's own evaluation articles are made of.
HELD_OUT = ("asylum crane defector election flag hackers homeopathic imprisoned korea "
            "questionnaire stampede worship").split()


def conllu(path):
    """Yields (document, sentence id, rows of ten columns) without ranges and empty nodes."""
    doc, sid, rows = "", "", []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                doc = line.split("=", 1)[1].strip()
            elif line.startswith("# sent_id"):
                sid = line.split("=", 1)[1].strip()
            elif not line:
                if rows:
                    yield doc, sid, rows
                rows = []
            elif not line.startswith("#"):
                row = line.split("\t")
                if row[0].isdigit():
                    rows.append(row)
    if rows:
        yield doc, sid, rows


def syntax(src, doc, rows):
    return {"src": src, "doc": doc, "w": [r[1] for r in rows], "up": [r[3] for r in rows],
            "h": [int(r[6]) for r in rows], "d": [r[7] for r in rows]}


def ewt(data, split):
    """UD English EWT, with the PropBank core arguments of the same sentences."""
    roles = dict(propbank_ewt(data, split))
    for doc, sid, rows in conllu(data / f"ud-ewt/en_ewt-ud-{split}.conllu"):
        record = syntax("ewt", doc, rows)
        found = roles.get(sid)
        if found and found[0] == len(rows):
            record["srl"], record["predicates"] = found[1:]
        yield record


def gum(data, split):
    """UD + named entities of the permissive GUM genres; held-out news go to split "news"."""
    part, common = gum_splits(data), common_nouns(data)
    for path in sorted((data / "gum/dep").glob("GUM_*.conllu")):
        genre, name = path.stem.split("_")[1:3]
        where = "news" if genre == "news" and name in HELD_OUT else part.get(path.stem)
        if genre not in GENRES or where != split:
            continue
        for doc, _, rows in conllu(path):
            record = syntax("gum", doc, rows)
            record["gold"] = gum_names(rows, common)
            yield record


def common_nouns(data):
    """Words that EWT tags as nouns at least twice, lower-cased; most titles are among them."""
    counts = Counter(r[1].lower() for _, _, rows in conllu(data / "ud-ewt/en_ewt-ud-train.conllu") for r in rows if r[3] == "NOUN")
    return TITLES | {w for w, n in counts.items() if n > 1}


def gum_splits(data):
    part, split = {}, None
    for line in (data / "gum/splits.md").read_text().splitlines():
        if line.startswith("## "):
            split = line[3:].strip()
        elif line.strip().startswith("* "):
            part[line.strip()[2:]] = split
    return part


GUM_TYPE = {"person": "PER", "organization": "ORG", "place": "PLACE", "event": "EVENT"}
LINKS = {"of", "the", "and", "for", "-", "&", "'s"}
TITLES = set("mr mrs ms dr sir lord lady prime sen rep gov gen col capt sgt prof dame lt rev us u.s foreign vice".split())


def gum_names(rows, common):
    """BIO tags of the named mentions of a sentence.

    GUM marks whole noun phrases. A mention is named if its head is a proper noun or governs a flat name.
    The name is the run of capitalised words around that head, inside the mention. A person's name loses
    the leading words up to the last one that is a common noun elsewhere (`common`: "Prime Minister",
    "Spokesperson"). Plural persons ("Bangladeshis") are groups.
    """
    tags = ["O"] * len(rows)

    def capital(i):
        return rows[i][1][:1].isupper() and rows[i][3] not in ("DET", "PRON", "NUM")

    # Longest first, so that inner names do not break outer ones.
    for start, end, kind in sorted(mentions(rows), key=lambda m: m[0] - m[1]):
        if kind not in GUM_TYPE:
            continue
        head = next((i for i in range(start, end + 1) if not start <= int(rows[i][6]) - 1 <= end), start)
        if not (rows[head][3] == "PROPN" and capital(head)):
            head = next((i for i in range(head + 1, end + 1)
                         if rows[i][7] == "flat" and int(rows[i][6]) - 1 == head and capital(i) and rows[i][3] == "PROPN"), None)
            if head is None:
                continue
        a = b = head
        while a > start and (capital(a - 1) or a - 1 > start and capital(a - 2) and (
                rows[a - 1][1] in ("-", "&") or rows[a - 1][1] == "'s" and kind != "person")):
            a -= 1
        while b < end:
            if capital(b + 1) and (rows[b + 1][3] == "PROPN" or rows[b + 1][7] == "flat"):
                b += 1
            elif rows[b + 1][7] == "flat" or rows[b + 1][1] == "-" and b + 2 <= end and rows[b + 2][7] == "flat":
                b += 1 + (rows[b + 1][1] == "-")
            elif rows[b + 1][1] in LINKS and kind != "person" and not (rows[b + 1][1] == "and" and kind == "place"):
                k = b + 2 + (b + 2 <= end and rows[b + 2][1] == "the")
                if k > end or not capital(k) or kind == "place" and k > b + 2:
                    break
                b = k
            else:
                break
        tag = GUM_TYPE[kind]
        if kind == "person":
            a = max([a] + [i + 1 for i in range(a, b) if rows[i][1].lower().rstrip(".") in common])
            if a == b and rows[a][1].lower() in common:
                continue
            if "Number=Plur" in rows[head][5]:
                tag = "NORP"
        if all(t == "O" for t in tags[a:b + 1]):
            tags[a] = "B-" + tag
            tags[a + 1:b + 1] = ["I-" + tag] * (b - a)
    return tags


def mentions(rows):
    """(first, last, kind) of the mentions of a sentence."""
    found, stack = [], []
    for i, row in enumerate(rows):
        field = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        if not field:
            continue
        for opened, group, kind, single, closed in re.findall(
                r"(\((\d+)(?:\[[^\]]*\])?-(\w+)[^()]*(\))?)|(\d+)\)", field.group(1)):
            if single:
                found.append((i, i, kind))
            elif opened:
                stack.append((group, i, kind))
            else:
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == closed:
                        _, start, kind = stack.pop(k)
                        found.append((start, i, kind))
                        break
    return found


def propbank_ewt(data, split):
    """Yields (sentence id, (number of words, [predicate, argument, role], predicates))."""
    for _, sid, rows in conllu(data / f"propbank-ewt/en_ewt-pb-{split}.conllu"):
        heads = [int(r[6]) - 1 if r[6].isdigit() else -1 for r in rows]
        frames = [i for i, r in enumerate(rows) if r[9] not in ("-", "_")]
        found = []
        for n, predicate in enumerate(frames):
            if 10 + n >= len(rows[0]):
                break
            for role, start, end in spans([r[10 + n] for r in rows]):
                if role in ("ARG0", "ARG1", "ARG2"):
                    arg = next((i for i in range(start, end + 1) if not start <= heads[i] <= end), start)
                    found.append([predicate, arg, "A" + role[-1]])
        yield sid, (len(rows), found, frames)


def re3d(data, held_out):
    """re3d sentences; capitalised words inside marked places and organisations carry a bare type."""
    marks = {}
    for path in sorted((data / "re3d").glob("*/entities.json")):
        for line in open(path, encoding="utf-8-sig"):
            if line.strip():
                e = json.loads(line)
                marks.setdefault(e["documentId"], []).append((e["begin"], e["end"], e["type"]))
    for doc, text in re3d_documents(data, held_out):
        position = 0
        for sentence in sentences(text):
            found = offsets(sentence)
            start = text.find(sentence, position)
            tags = ["?"] * len(found)
            if start >= 0:
                position = start
                for begin_, end, kind in marks.get(doc, []):
                    for i, (word, at) in enumerate(found):
                        if begin_ <= start + at < end and word[:1].isupper() and kind in ("Location", "Organisation"):
                            tags[i] = "?-" + kind
            if found:
                yield {"src": "re3d", "doc": doc, "w": [w for w, _ in found], "gold": tags}


def spans(column):
    """(label, first, last) of the brackets of one PropBank column."""
    stack = []
    for i, cell in enumerate(column):
        for label in re.findall(r"\(([^()*]+)", cell):
            stack.append((label, i))
        for _ in range(cell.count(")")):
            if stack:
                label, start = stack.pop()
                yield label, start, i


def iob(path, src, column, sep=None, skip_ids=False):
    """A column corpus with BIO (or bare I-) tags; empty lines part the sentences."""
    words, tags = [], []
    for line in list(open(path, encoding="utf-8")) + ["\n"]:
        if not line.strip() or line.startswith("# ") or line.startswith("-DOCSTART-"):
            if words:
                yield {"src": src, "doc": "", "w": words, "gold": begin(tags)}
            words, tags = [], []
            continue
        cell = line.rstrip("\n").split(sep)
        if len(cell) > column:
            words.append(cell[1 if skip_ids else 0])
            tags.append(cell[column].strip())


def begin(tags):
    """IO or IOB1 tags as BIO."""
    out, last = [], "O"
    for tag in tags:
        if "," in tag:
            tag = tag.split(",")[0]
        if tag.startswith("I-") and last[2:] != tag[2:]:
            tag = "B-" + tag[2:]
        out.append(tag)
        last = tag
    return out


def uner(data, name):
    return iob(data / f"uner/{name}.iob2", "uner", 2, "\t", skip_ids=True)


def crossner(data):
    for split in ("train", "dev", "test"):
        yield from iob(data / f"crossner-politics/{split}.txt", "crossner", 1)


def wikigold(data):
    return iob(data / "wikigold/CONLL-format/data/wikigold.conll.txt", "wikigold", 1)


def wnut(data):
    for name in ("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated"):
        yield from iob(data / "wnut17" / name, "wnut", 1, "\t")


def re3d_documents(data, held_out):
    """(id, text) of the re3d documents outside the evaluation articles (ids by their first six digits)."""
    for path in sorted((data / "re3d").glob("*/documents.json")):
        for line in open(path, encoding="utf-8-sig"):
            if line.strip():
                doc = json.loads(line)
                if doc["_id"][:6].upper() not in held_out:
                    yield doc["_id"], doc["text"]


def news(data, skip):
    """(id, text) of the open news: wikinews, Global Voices, current events. `skip` holds texts to leave out."""
    for line in open(data / "raw-news/wikinews.jsonl", encoding="utf-8"):
        article = json.loads(line)
        if "url" not in article:  # the rest is French
            continue
        text = article.get("title", "") + "\n\n" + article["text"]
        if not skip(text):
            yield "wikinews:" + article["url"].rsplit("/", 1)[-1], text
    block = []
    for n, line in enumerate(open(data / "raw-news/globalvoices_en.txt", encoding="utf-8")):
        block.append(line.strip())
        if len(block) == 40:
            yield f"globalvoices:{n}", "\n\n".join(block)
            block = []
    for n, line in enumerate(open(data / "current-events/events.jsonl", encoding="utf-8")):
        yield f"events:{n}", json.loads(line)["text"]


def linked_names(data):
    """{document id of news(): the capitalised link texts} of the current events."""
    found = {}
    for n, line in enumerate(open(data / "current-events/events.jsonl", encoding="utf-8")):
        event = json.loads(line)
        texts = {event["text"][a:b] for a, b, _ in event["links"]}
        found[f"events:{n}"] = [tokens(t) for t in sorted(texts, key=len, reverse=True)
                                if all(w[:1].isupper() or w in LINKS or not w[:1].isalpha() for w in tokens(t)) and t[:1].isupper()]
    return found


def mark_links(record, names):
    """A news record whose linked names are marked as names of some type; other words may be anything."""
    words, tags = record["w"], ["?"] * len(record["w"])
    for name in names:
        for i in range(len(words) - len(name) + 1):
            if words[i:i + len(name)] == name and all(t == "?" for t in tags[i:i + len(name)]):
                tags[i:i + len(name)] = ["B-name"] + ["I-name"] * (len(name) - 1)
    return dict(record, gold=tags)


def plain(src, doc, text):
    """Unlabelled records of a text."""
    for sentence in sentences(text):
        words = tokens(sentence)
        if words:
            yield {"src": src, "doc": doc, "w": words}
