"""The closed label sets the model knows. Dependency labels come from the data (see prepare.py)."""

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()

ENTITY = ("PERSON NORP ORG GPE LOC FAC EVENT DATE LAW PRODUCT WORK_OF_ART "
          "MONEY CARDINAL TIME PERCENT QUANTITY ORDINAL LANGUAGE").split()
NER = ["O"] + [f"{p}-{t}" for t in ENTITY for p in "BI"]

RELATION = ("accuses criticizes investigates prosecutes sentenced denies rejects demands threatens protests "
            "sanctions detained seized abducted targeted attacked killed injured mobilized met agreed supports "
            "cooperates aided released trades leads member_of").split()
TRIGGER = ["none"] + RELATION
STATUS = "actual alleged planned denied negated hypothetical".split()
ROLE = "none source target claimant".split()
SRL = "none A0 A1 A2".split()
# Relations that hold both ways.
SYMMETRIC = {"met", "agreed", "cooperates", "trades"}
# Words that may head a party.
NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"}

CASE = "lower Initial ALLCAPS other".split()


def case_of(word):
    """Index in CASE. ALLCAPS needs two or more letters; "other" is a word without a lower-case or upper-case start."""
    if word.isupper() and sum(map(str.isalpha, word)) > 1:
        return 2
    if word[:1].isupper():
        return 1
    return 0 if word[:1].islower() else 3
