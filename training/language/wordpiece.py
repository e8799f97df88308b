"""WordPiece over single words, exactly as BERT uncased cuts them, and the pruned vocabulary."""
import unicodedata
from functools import lru_cache

PAD, UNK, CLS, SEP = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100


def normalise(word):
    """Lower-case, strip accents (NFD without category Mn), drop control characters."""
    out = []
    for char in unicodedata.normalize("NFD", word):
        category = unicodedata.category(char)
        if category == "Mn" or char in "\0\ufffd":
            continue
        if category.startswith("C") and char not in "\t\n\r":
            continue
        out.append(" " if char.isspace() else char)
    return "".join(out).lower()


def is_punctuation(char):
    """BERT's idea of punctuation: all ASCII symbols and every Unicode category P."""
    code = ord(char)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(char).startswith("P")


def is_chinese(char):
    """The CJK blocks whose characters BERT sets apart."""
    code = ord(char)
    return (0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x2CEAF
            or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F)


def chunks(word):
    """The parts of a normalised word that WordPiece sees: punctuation and CJK stand alone."""
    part = ""
    for char in normalise(word):
        if char == " ":
            if part:
                yield part
            part = ""
        elif is_punctuation(char) or is_chinese(char):
            if part:
                yield part
            yield char
            part = ""
        else:
            part += char
    if part:
        yield part


class WordPiece:
    """Greedy longest-match pieces of a word as ids of a vocabulary (a list of pieces)."""

    def __init__(self, vocab):
        self.vocab = vocab
        self.index = {piece: i for i, piece in enumerate(vocab)}
        self.pad, self.unk, self.cls, self.sep = (self.index[x] for x in (PAD, UNK, CLS, SEP))
        self.longest = max(map(len, vocab))
        self.ids = lru_cache(maxsize=200_000)(self._ids)

    def _chunk(self, chunk):
        if len(chunk) > LONGEST_WORD:
            return [self.unk]
        pieces, start = [], 0
        while start < len(chunk):
            end = min(len(chunk), start + self.longest)
            while end > start:
                found = self.index.get(("##" if start else "") + chunk[start:end])
                if found is not None:
                    break
                end -= 1
            else:
                return [self.unk]
            pieces.append(found)
            start = end
        return pieces

    def _ids(self, word):
        pieces = [i for chunk in chunks(word) for i in self._chunk(chunk)]
        return tuple(pieces) or (self.unk,)


def prune(full, counts, size):
    """The `size` pieces worth keeping: special ones, single characters in use, then the most frequent."""
    special = [PAD, UNK, CLS, SEP]
    keep = set(special)
    for piece in full:
        bare = piece[2:] if piece.startswith("##") else piece
        if len(bare) == 1 and (ord(bare) < 0x250 or 0x2010 <= ord(bare) <= 0x20BF or counts.get(piece)):
            keep.add(piece)
    rank = {piece: i for i, piece in enumerate(full)}
    # Among equally frequent pieces, BERT's own order (roughly by frequency) decides.
    rest = [p for p in full if p not in keep and not p.startswith("[unused")]
    rest.sort(key=lambda p: (-counts.get(p, 0), rank[p]))
    keep.update(rest[:size - len(keep)])
    return special + [p for p in full if p in keep and p not in special]
