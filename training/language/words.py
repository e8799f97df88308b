"""Raw text into sentences and words in the manner of UD English: a plain rule tokeniser for unlabelled text.

The program itself has its own tokeniser; this one only prepares training text.
"""
import re

ABBREVIATIONS = set(
    "Mr Mrs Ms Dr Prof Gen Col Lt Sgt Capt Maj Adm Sen Rep Gov Rev Hon St Mt Ft Jr Sr vs etc Inc Ltd Co Corp Bros No Nos "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri Sat Sun Ave Blvd Rd approx dept est "
    "Vol pp ed eds al cf fig viz Pres Supt Det Cpl Pvt".split())
PREFIXES = set("pro anti re co e ex non pre post counter mis over under pan un de bi inter intra multi sub semi mid vice "
               "trans ultra neo pseudo quasi self".split()) - {"self", "mid", "vice"}
TOKEN = re.compile(r"""
    https?://\S+[\w/] | www\.\S+[\w/] | [\w.+-]+@[\w-]+\.[\w.-]+ | [@\#]\w+
  | (?:[A-Z]\.){2,}[A-Z]?(?!\w) | (?:[ap]\.m\.|i\.e\.|e\.g\.)
  | [$£€¥] | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![^\W\d_]) | \d+(?:[.,]\d+)*
  | [^\W\d_][\w]*(?:&[A-Z]\w*)? | \.{2,}|…|--+|[!?]+ | ['’]\w+ | \S
""", re.X)
CONTRACTION = re.compile(r"(?i)^(.+)(n['’]t|['’](?:s|re|ve|ll|d|m))$")
SPECIAL = {"cannot": (3,), "gonna": (3,), "wanna": (3,), "gotta": (3,)}


def tokens(sentence):
    """UD-like words: contractions and most hyphens split, abbreviations whole."""
    return [word for word, _ in offsets(sentence)]


def offsets(sentence):
    """(word, character offset) pairs."""
    out = []
    for chunk in re.finditer(r"\S+", sentence):
        out.extend((w, chunk.start() + a) for w, a in split_chunk(chunk.group()))
    if out and len(out[-1][0]) > 1 and out[-1][0].endswith("."):
        word, a = out[-1]
        if word.count(".") == 1 and word[:-1] not in ABBREVIATIONS:
            out[-1:] = [(word[:-1], a), (".", a + len(word) - 1)]
    return out


def split_chunk(chunk):
    pos, out = 0, []
    while pos < len(chunk):
        # Contractions: letters, apostrophe, letters.
        m = re.compile(r"([^\W\d_]+?)(n['’]t|['’](?:s|re|ve|ll|d|m|S))(?!\w)").match(chunk, pos)
        if m:
            out += [(m.group(1), pos), (m.group(2), m.start(2))]
            pos = m.end()
            continue
        m = re.compile(r"['’](?:s|re|ve|ll|d|m)(?!\w)").match(chunk, pos)
        if m and pos:
            out.append((m.group(), pos))
            pos = m.end()
            continue
        # Irish and foreign names keep their apostrophe: O'Brien, d'Ivoire.
        m = re.compile(r"(?:O|D|L|d|l|al|Al)['’][^\W\d_]{2,}").match(chunk, pos)
        if m:
            out.append((m.group(), pos))
            pos = m.end()
            continue
        m = re.compile(r"([^\W\d_]+)-(?=[^\W\d_])([^\W\d_]+)").match(chunk, pos)
        if m and m.group(1).lower() in PREFIXES:
            out.append((m.group(), pos))
            pos = m.end()
            continue
        m = re.compile(r"([^\W\d_]+)\.").match(chunk, pos)
        if m and m.group(1) in ABBREVIATIONS or m and len(m.group(1)) == 1 and m.group(1).isupper() and m.end() == len(chunk):
            out.append((m.group(), pos))
            pos = m.end()
            continue
        m = TOKEN.match(chunk, pos)
        word = m.group()
        if word[0] in "'’" and len(word) > 1:
            word = word[0]
        if word.lower() == "cannot":
            out += [(word[:3], pos), (word[3:], pos + 3)]
        else:
            out.append((word, pos))
        pos += len(word)
    return out


def sentences(text):
    """Sentences of a text: paragraphs part, then ends of sentences that are no abbreviations."""
    for paragraph in re.split(r"\n\s*\n|\n", text):
        paragraph = re.sub(r"\s+", " ", paragraph).strip()
        start = 0
        for m in re.finditer(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])", paragraph):
            before = re.search(r"([\w.]+)[.!?…][\"'”’)\]]*\s+$", paragraph[start:m.end()])
            word = before.group(1) if before else ""
            if paragraph[m.start()] == "." and (word in ABBREVIATIONS or re.fullmatch(r"[A-Z]|(?:[A-Z]\.)+[A-Z]", word)):
                continue
            yield paragraph[start:m.end()].strip()
            start = m.end()
        if paragraph[start:].strip():
            yield paragraph[start:].strip()
