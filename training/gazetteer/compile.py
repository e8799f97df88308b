#!/usr/bin/env python3
"""Compile the gazetteer tables in data/gazetteer from public dictionaries.

    compile.py DICT_DIR [OUT_DIR]

DICT_DIR holds factbook/, geonames/, cldr/, phoenix/ and names/ (data/SOURCES.md says where each
comes from). What no dictionary tells well (short names, seats of government, armed groups and
their spellings, media, leaders since 2014) stands in by_hand/ beside this script.
Every table is tab-separated with a header line, sorted, lists inside a field parted by `|`.
"""
import collections
import csv
import html
import json
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
CITY_POPULATION = 40_000
SURNAMES = 6_000

# CLDR's or the factbook's name where they differ from each other, to ISO 3166-1.
ISO_BY_NAME = {
    "burma": "MM", "drc": "CD", "congo (brazzaville)": "CG", "central african republic": "CF",
    "cote d'ivoire": "CI", "cabo verde": "CV", "the gambia": "GM", "the bahamas": "BS", "bahamas, the": "BS",
    "gambia, the": "GM", "the dominican": "DO", "czechia": "CZ", "turkey": "TR", "holy see (vatican city)": "VA",
    "saint helena, ascension, and tristan da cunha": "SH", "united arab emirates": "AE", "hong kong": "HK",
    "macau": "MO", "gaza, gaza strip": None, "west bank": None, "korea, north": "KP", "korea, south": "KR",
    "micronesia, federated states of": "FM", "federated states of micronesia": "FM", "curacao": "CW",
    "sao tome and principe": "ST", "saint barthelemy": "BL", "virgin islands": "VI", "falkland islands (islas malvinas)": "FK",
    "saint martin": "MF", "sint maarten": "SX", "pitcairn islands": "PN", "south georgia and south sandwich islands": "GS",
}
NOT_COUNTRIES = {"EU", "UN", "EZ", "QO", "XA", "XB", "ZZ", "CP", "DG", "EA", "IC", "TA", "AC", "CQ", "BV", "HM", "UM", "SJ", "AN"}


def plain(s):
    s = unicodedata.normalize("NFKD", s)
    return "".join(c for c in s if not unicodedata.combining(c)).replace("’", "'").replace("ʻ", "'")


def slug(s):
    return re.sub(r"[^a-z0-9]+", "-", plain(s).lower()).strip("-")


def rows(path, encoding="utf-8"):
    with open(path, encoding=encoding, newline="") as f:
        yield from csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)


def parts(s):
    return [x.strip() for x in (s or "").split("|") if x.strip()]


def write(out, name, header, lines):
    path = os.path.join(out, name)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write("\t".join(header) + "\n")
        for line in lines:
            f.write("\t".join(line).rstrip("\t") + "\n")
    print(f"{name}: {len(lines)} rows, {os.path.getsize(path)} bytes", file=sys.stderr)


def unique(items, drop=()):
    """In order, without repeats and without those in `drop`."""
    seen, out = set(drop), []
    for x in items:
        if x and x not in seen:
            seen.add(x)
            out.append(x)
    return out


def nation_words(field):
    """The words of a factbook nationality field: "Lao(s) or Laotian(s)" gives Lao, Laos, Laotian, Laotians."""
    field = re.sub(r"\(([^)]{3,})\)", "", field.split(";")[0])
    words = []
    for piece in re.split(r",| or |/", field):
        piece = piece.strip()
        m = re.fullmatch(r"([A-Z][\w' -]+?)\((\w+)\)", piece)
        if m:
            words += [m.group(1), m.group(1) + m.group(2)]
        elif re.fullmatch(r"[A-Z][\w' -]+", piece):
            words.append(piece)
    return [w for w in words if w.lower() not in ("none", "na")]


class Countries:
    def __init__(self, dict_dir):
        names = json.load(open(os.path.join(dict_dir, "cldr/territories.json"), encoding="utf-8"))
        self.cldr = names["main"]["en"]["localeDisplayNames"]["territories"]
        self.by_name = {}
        for code, name in self.cldr.items():
            iso = code[:2]
            if iso.isalpha() and iso.isupper() and iso not in NOT_COUNTRIES:
                self.by_name.setdefault(plain(name).lower(), iso)
        self.by_hand = {r["iso"]: r for r in rows(os.path.join(HERE, "by_hand/countries.tsv"))}
        self.factbook, self.gec = {}, {}
        for r in rows(os.path.join(dict_dir, "factbook/countries.tsv")):
            iso = self.iso(r["short"]) or self.iso(r["long"])
            if iso:
                self.factbook.setdefault(iso, r)
                self.gec[r["code"]] = iso

    def iso(self, name):
        key = plain(html.unescape(name or "")).lower().replace("&", "and").strip()
        if key in ISO_BY_NAME:
            return ISO_BY_NAME[key]
        return self.by_name.get(key) or self.by_name.get(key.replace(" and ", " & ")) or self.by_name.get(key.replace("saint ", "st. ").replace(" and ", " & "))

    def table(self, dict_dir):
        nation = json.load(open(os.path.join(dict_dir, "cldr/nationality_en.json"), encoding="utf-8"))["nationalities"]
        out = []
        for iso in sorted({c for c in self.cldr if len(c) == 2 and c.isalpha() and c not in NOT_COUNTRIES}):
            book, hand = self.factbook.get(iso, {}), self.by_hand.get(iso, {})
            short = book.get("short", "")
            name = hand.get("name") or ("" if short in ("", "none") or "(" in short else short) or self.cldr[iso]
            long = book.get("long", "")
            aliases = unique(
                parts(hand.get("aliases"))
                + [plain(self.cldr[iso]).replace(" & ", " and "), short, "" if long in ("none", "NA") or len(long) > 60 else long]
                + [self.cldr.get(iso + "-alt-variant", ""), self.cldr.get(iso + "-alt-short", "")],
                drop=[name, "none", "Ireland" if iso == "GB" else "", "The Dominican"],
            )
            aliases = [a for a in aliases if "(" not in a and "," not in a and (a != "Congo" or iso in ("CD", "CG"))]
            adjectives = parts(hand.get("adjectives")) + ([] if iso in ("HK", "KP", "TW") else nation_words(book.get("nationality_adj") or ""))
            if not adjectives and re.fullmatch(r"[A-Z][a-z]+[a-z -]*", nation.get(iso, "")) and nation[iso] != plain(self.cldr[iso]) and iso not in ("PS", "WF", "VA"):
                adjectives = [nation[iso]]
            people = parts(hand.get("people")) + ([] if iso in ("HK", "KP", "KR", "MO", "PM") else nation_words(book.get("nationality_noun") or ""))
            capital = re.sub(r"\(.*?\)", "", (book.get("capital") or "").split(";")[0]).split(",")[0].strip()
            if iso in ("HK", "MO", "PR", "SG", "VA") or capital in ("none", "NA") or capital == name:
                capital = ""
            seats = unique(parts(hand.get("seats")) + [capital])
            if iso == "US":
                capital = "Washington"
            out.append([iso, name, "|".join(aliases), "|".join(unique(adjectives)), "|".join(unique(people, drop=adjectives)), "|".join(seats)])
        return out


def person_case(name):
    """`Joao Manuel Goncalves LOURENCO` to ordinary case."""
    def word(w):
        return "-".join(p[:1] + p[1:].lower() if p.isupper() and len(p) > 2 else p for p in w.split("-"))
    return " ".join(word(w) for w in name.split())


TITLES = re.compile(
    r"^(?:(?:Interim|Acting|Transitional?|Transition|Executive|Honorable|Federal|Co-?|First|Deputy) )*"
    r"(President|Prime Minister|Vice President|Premier|Governor(?:[- ]General)?|Chancellor|King|Queen|Amir|Emir|Sultan|Supreme Leader|"
    r"Chief Executive|Chief Minister|Taoiseach|Captain Regent|Chairperson|Pope|Grand Duke|Prince|Minister of State|Administrator|Commissioner)\b,? *"
)
RANKS = re.compile(r"^(?:(?:Sheikh|Shaykh|Sir|Dame|Dr\.|Gen\.|Col\.|Brig\. Gen\.|Lt\. Gen\.|Maj\. Gen\.|General|Colonel|Grand Chief|Capt\.|Mullah|Haji|Father|Dato'?|\(Retired\)) +)*")


def factbook_leaders(dict_dir, countries):
    out = []
    for line in open(os.path.join(dict_dir, "factbook/leaders.tsv"), encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        iso = countries.gec.get(cells[0])
        if not iso or len(cells) < 4 or "represented by" in cells[3] and "III" not in cells[3]:
            continue
        m = TITLES.match(cells[3])
        since = re.search(r"\(since (?:\d{1,2} )?(?:(\w+) )?(\d{4})", cells[3])
        if not m or not since:
            continue
        name = RANKS.sub("", cells[3][m.end():].split("(")[0].split(",")[0].strip())
        surname = [w for w in name.split() if w.replace("-", "").replace("'", "").isupper() and len(w) > 2]
        if not surname or len(name.split()) < 2 or len(name) > 50:
            continue
        months = "January February March April May June July August September October November December".split()
        month = months.index(since.group(1)) + 1 if since.group(1) in months else 1
        office = m.group(1).lower()
        if office in ("king", "queen", "prince", "grand duke"):
            continue
        aliases = []
        words = person_case(name).split()
        if len(surname) == 1 and name.split()[-1] == surname[0] and len(words) > 2:
            aliases.append(words[0] + " " + words[-1])
        out.append((person_case(name), "", office, iso, f"{since.group(2)}-{month:02d}", "", aliases))
    return out


def phoenix_year(s):
    s = s.strip("<>")
    if len(s) == 8:
        return int(s[:4])
    yy = int(s[:2]) if s[:2].isdigit() else None
    return None if yy is None else (1900 if yy > 20 else 2000) + yy


def phoenix_case(name):
    small = {"AL", "BIN", "IBN", "DE", "DA", "DOS", "DAS", "DEL", "VAN", "VON", "DER", "EL", "LA", "LE", "Y", "E", "DI", "TEN", "ZU"}
    words = [w for w in name.strip("_ ").split("_") if w]
    cased = []
    for i, w in enumerate(words):
        pieces = [p.lower() if (p in small and (i or p in ("AL", "EL"))) else p[:1] + p[1:].lower() for p in w.split("-")]
        cased.append("-".join(pieces))
    return " ".join(cased)


def phoenix_people(dict_dir, iso3_to_iso):
    """Members of governments named in the Phoenix country dictionary: full name, country, first and last year in office."""
    people, current = {}, []
    for line in open(os.path.join(dict_dir, "phoenix/Phoenix.Countries.actors.txt"), encoding="utf-8", errors="replace"):
        line = line.split("#")[0].rstrip()
        if not line:
            continue
        codes = re.findall(r"\[([A-Z]{3,})\s*([<>]?[\d]*(?:-\d+)?)\s*\]", line)
        head = line.split("[")[0].strip()
        if not line.startswith(("\t", " ")) and head:
            if head.startswith("+"):
                current.append(head[1:].strip())
            else:
                current = [head]
        for code, span in codes:
            iso = iso3_to_iso.get(code[:3])
            if not iso or code[3:6] != "GOV" or not current:
                continue
            years = [phoenix_year(x) for x in re.findall(r"\d{6,8}", span)]
            first = years[0] if years else None
            last = years[1] if len(years) > 1 else None
            for full in current[:1]:
                words = full.strip("_ ").split("_")
                if not 2 <= len(words) <= 4 or not re.fullmatch(r"[A-Z_'-]+", full.strip("_ ")) or any(len(w) < 2 for w in words):
                    continue
                if set(words) & OFFICE_WORDS:
                    continue
                old = people.get(full.strip("_ "))
                lo = min(x for x in (first, old[1] if old else None, 9999) if x is not None)
                hi = max(x for x in (last if span and not span.startswith(">") else 9999, old[2] if old else 0) if x is not None) if (last or not span or span.startswith(">") or old) else 9999
                people[full.strip("_ ")] = (iso, lo, hi)
    return people


OFFICE_WORDS = set(
    "PRESIDENT MINISTER PRIME MINISTRY GOVERNMENT DEPARTMENT SECRETARY COMMISSION COMMITTEE COUNCIL BANK COURT CONGRESS SENATE HOUSE OFFICE "
    "AGENCY BUREAU ARMY NATIONAL SERVICE PARLIAMENT ASSEMBLY FOREIGN DEFENSE DEFENCE INTERIOR AUTHORITY OFFICIAL OFFICIALS KING PALACE "
    "FEDERAL STATE GENERAL POLICE FORCE FORCES SECURITY CENTRAL LEADER LEADERS DIPLOMAT DIPLOMATS ENVOY REPUBLIC UNION EMBASSY CABINET "
    "AMBASSADOR SPOKESMAN CHIEF GOVERNOR MAYOR THE OF AND PARTY FINANCE EXTERNAL INTERNAL".split()
)


def phoenix_iso3(dict_dir, countries):
    out = {}
    for line in open(os.path.join(dict_dir, "phoenix/Phoenix.Countries.actors.txt"), encoding="utf-8", errors="replace"):
        m = re.match(r"([A-Z_'-]+?)_?\s+\[([A-Z]{3})\]", line)
        if m:
            iso = countries.iso(m.group(1).replace("_", " ").strip())
            if iso:
                out.setdefault(m.group(2), iso)
    out.update(USA="US", GBR="GB", RUS="RU", CHN="CN", IRN="IR", IRQ="IQ", ISR="IL", PSE="PS", PRK="KP", KOR="KR", MMR="MM",
               COD="CD", COG="CG", CIV="CI", SYR="SY", TUR="TR", DEU="DE", FRA="FR", ITA="IT", ESP="ES", BIH="BA", MKD="MK",
               CZE="CZ", TLS="TL", SRB="RS", TWN="TW", HKG="HK", VNM="VN", LAO="LA", AFG="AF", PAK="PK", IND="IN", NGA="NG")
    return out


def people_table(dict_dir, countries, org_keys):
    people = {}

    def add(name, gender, office, of, begin, end, aliases):
        p = people.setdefault(slug(name), {"name": name, "gender": "", "terms": [], "aliases": [], "country": ""})
        p["gender"] = p["gender"] or gender
        p["aliases"] += aliases
        if of.startswith("org:") and of not in org_keys:
            sys.exit(f"by_hand/leaders.tsv: {name}: unknown body {of}")
        if len(of) == 2 and not p["country"]:
            p["country"] = of
        term = f"{office}@{of}@{begin}..{end}" if of else ""
        if term and term not in p["terms"]:
            p["terms"].append(term)

    for r in rows(os.path.join(HERE, "by_hand/leaders.tsv")):
        add(r["name"], r["gender"], r["office"], r["of"], r["from"] or "", r["to"] or "", parts(r["aliases"]))
    known = {slug(n) for p in people.values() for n in [p["name"]] + p["aliases"]}
    known_surnames = collections.defaultdict(set)
    for p in people.values():
        known_surnames[plain(p["name"].split()[-1]).lower()].add(p["country"])
    for name, gender, office, iso, begin, end, aliases in factbook_leaders(dict_dir, countries):
        last = plain(name.split()[-1]).lower()
        if slug(name) in known or any(slug(a) in known for a in aliases) or iso in known_surnames.get(last, ()):
            continue
        add(name, gender, office, iso, begin, end, aliases)
    taken = {slug(n) for p in people.values() for n in [p["name"]] + p["aliases"]}
    for full, (iso, lo, hi) in sorted(phoenix_people(dict_dir, phoenix_iso3(dict_dir, countries)).items()):
        name = phoenix_case(full)
        if slug(name) in taken or (hi != 9999 and hi < 1995):
            continue
        years = f"{'' if lo == 9999 else lo}..{'' if hi == 9999 else hi}"
        add(name, "", "minister", iso, *years.split(".."), [])
    out = []
    for key in sorted(people):
        p = people[key]
        out.append([p["name"], p["gender"], p["country"], "|".join(unique(p["aliases"], drop=[p["name"]])), "|".join(p["terms"])])
    return out


def actors_table(dict_dir, countries):
    out, taken = {}, {}

    def add(name, kind, iso, aliases, adjectives=()):
        key = "org:" + slug(name)
        if key in out and out[key][3] != iso:
            key += "-" + iso.lower()
        if key in out:
            row = out[key]
            row[4] = "|".join(unique(parts(row[4]) + list(aliases), drop=[row[1]]))
            return
        out[key] = [key, name, kind, iso, "|".join(unique(aliases, drop=[name])), "|".join(adjectives)]
        for n in [name, *aliases]:
            taken.setdefault(slug(n), key)

    for r in rows(os.path.join(HERE, "by_hand/actors.tsv")):
        if r["kind"] != "person":
            add(r["name"], r["kind"], r["country"] or "", parts(r["aliases"]), parts(r["adjectives"]))
    for line in open(os.path.join(dict_dir, "factbook/parties.tsv"), encoding="utf-8"):
        cells = html.unescape(line).rstrip("\n").split("\t")
        iso = countries.gec.get(cells[0])
        if not iso or len(cells) < 3:
            continue
        text = re.sub(r"\[.*?\]|:.*$", "", cells[2])
        inner = re.findall(r"\(([^)]*)\)", text)
        names = [n.strip() for n in re.sub(r"\([^)]*\)", " ", text).split(" or ")]
        names = [re.sub(r"\s+", " ", n).strip(" ,;.") for n in names]
        names = [n for n in names if n and len(n) < 50 and n[0].isupper()]
        if not names or len(names[0].split()) > 7 or re.search(r"\b(no|none|note|likely|members|other|banned|operates|includes|coalition)\b", names[0]):
            continue
        if len(names[0].removeprefix("The ").split()) == 1:
            continue
        names += [n.strip() for n in inner if re.fullmatch(r"[A-ZÀ-Ý][\w' -]{5,45}", n.strip()) and " " in n.strip()
                  and not re.search(r"\b(coalition|includes|operates|dissolved|formerly|part|pro|led)\b", n)]
        if slug(names[0]) in taken and out[taken[slug(names[0])]][3] in (iso, ""):
            continue
        # Two- and three-letter abbreviations of small parties collide with everything; full names only.
        rest = [n for n in names[1:] if len(n) > 3 and (n.isupper() or len(n.removeprefix("The ").split()) > 1)]
        add(names[0], "party", iso, rest)
    groups = collections.OrderedDict()
    for line in open(os.path.join(dict_dir, "factbook/terrorist_groups.tsv"), encoding="utf-8"):
        cells = html.unescape(line).rstrip("\n").replace("’", "'").split("\t")
        m = re.fullmatch(r"([^()–;,]{4,60}?) *(?:\(([^()]{2,30})\))?", cells[2]) if len(cells) > 2 else None
        if m and not re.search(r"Islamic State|ISIS|Qods Force|see individual|/| - ", cells[2]):
            groups.setdefault(slug(m.group(1)), [m.group(1), m.group(2), set()])[2].add(countries.gec.get(cells[0]))
    for key in sorted(groups):
        name, short, isos = groups[key]
        names = [name] + ([short] if short and len(short) > 2 else [])
        hit = next((taken[slug(n)] for n in names if slug(n) in taken), None)
        if hit is None:
            add(name, "armed_group", next(iter(isos)) or "" if len(isos) == 1 else "", names[1:])
    for line in open(os.path.join(dict_dir, "phoenix/Phoenix.MilNonState.actors.txt"), encoding="utf-8", errors="replace"):
        m = re.match(r"([A-Z][A-Z_'()/-]+?)_? *\[([A-Z]{3})", line.split("#")[0])
        if not m:
            continue
        short = re.search(r"\(([A-Z]{3,6})\)", m.group(1))
        full = re.sub(r"_?\([^)]*\)", "", m.group(1)).strip("_")
        if len(full.split("_")) < 3 or "/" in full or slug(full) in taken or short and slug(short.group(1)) in taken:
            continue
        iso = phoenix_iso3(dict_dir, countries).get(m.group(2), "") if m.group(2) not in ("IMG", "INT", "KKL", "WEU") else ""
        add(phoenix_org(full), "armed_group", iso, [])
    for line in open(os.path.join(dict_dir, "phoenix/Phoenix.International.actors.txt"), encoding="utf-8", errors="replace"):
        m = re.match(r"([A-Z][A-Z_'-]+?)_?\s+\[IGO", line.split("#")[0])
        if m and 3 <= len(m.group(1).split("_")) <= 8 and slug(m.group(1)) not in taken and not re.search(r"OFFICIAL|PEACEKEEPER|MINISTERS|_TO_THE_", m.group(1)):
            add(phoenix_org(m.group(1)), "organization", "", [])
    return [out[k] for k in sorted(out)]


def phoenix_org(name):
    small = {"OF", "THE", "AND", "FOR", "IN", "ON", "TO", "A", "DE", "LA", "DEL", "UL", "I", "E"}
    words = name.strip("_").split("_")
    return " ".join(w.lower() if i and w in small else "-".join(p[:1] + p[1:].lower() for p in w.split("-")) for i, w in enumerate(words))


def places_table(dict_dir, countries):
    out = {}
    for r in rows(os.path.join(HERE, "by_hand/regions.tsv")):
        out[r["key"]] = [r["key"], r["name"], r["country"] or "", r["latitude"], r["longitude"], "", r["aliases"] or "", r["adjectives"] or ""]
    taken = {slug(n) for r in out.values() for n in [r[1]] + parts(r[6])}
    capitals = set()
    for r in countries.factbook.values():
        capitals.update(slug(c) for c in re.split(r"[;,(]", r.get("capital") or "") if c.strip())
    sums = collections.defaultdict(lambda: [0.0, 0.0, 0])
    by_slug = collections.defaultdict(list)
    for line in open(os.path.join(dict_dir, "geonames/cities15000.tsv"), encoding="utf-8"):
        gid, name, iso, pop, admin, lat, lon, others = line.rstrip("\n").split("\t")
        pop = int(pop)
        total = sums[iso + "." + admin]
        total[0] += float(lat) * pop
        total[1] += float(lon) * pop
        total[2] += pop
        by_slug[slug(name)].append(pop)
        if pop < CITY_POPULATION and slug(name) not in capitals:
            continue
        alias = plain(name)
        aliases = [alias] if alias != name else []
        # Romanised Arabic, Persian and Indian names: the press writes them without diacritics.
        if iso in ROMANISED and alias != name:
            name, aliases = alias.replace("`", "").replace("‘", ""), [name]
        # Well-known other spellings only: those close to the name, in Latin letters.
        for other in others.split("|"):
            if pop >= 500_000 and re.fullmatch(r"[A-Z][a-zA-Z' -]{3,24}", other) and similar(slug(other), slug(name)):
                aliases.append(other)
        out[f"place:{gid}"] = [f"place:{gid}", name, iso, f"{float(lat):.2f}", f"{float(lon):.2f}", str(pop), "|".join(unique(aliases, drop=[name])[:4]), ""]
    for line in open(os.path.join(dict_dir, "geonames/admin1CodesASCII.txt"), encoding="utf-8"):
        code, name, ascii_name, gid = line.rstrip("\n").split("\t")
        lat, lon, pop = sums[code]
        if slug(name) in taken or len(ascii_name) < 4 or re.search(r"\d|/", ascii_name):
            continue
        bare = re.sub(r" (Province|Governorate|Region|Oblast'?|State|Voivodeship|District|County|Prefecture|Department|Raion|Parish|Emirate)$", "", name)
        aliases = unique([ascii_name, bare, plain(bare)], drop=[name])
        if bare.lower() in COMMON_WORDS:
            aliases = [a for a in aliases if a.lower() not in COMMON_WORDS]
        coords = [f"{lat / pop:.2f}", f"{lon / pop:.2f}"] if pop else ["", ""]
        out[f"place:{gid}"] = [f"place:{gid}", name, code[:2], *coords, "admin", "|".join(aliases), "|".join(ADJECTIVES.get(name, []))]
    for (name, iso), spellings in EXONYMS.items():
        for row in out.values():
            if slug(row[1]) == slug(name) and row[2] == iso and row[5] != "admin":
                others = [row[1]] + parts(row[6]) + [s.removeprefix("!") for s in spellings]
                # A spelling with `!` is the English name.
                row[1] = next((s[1:] for s in spellings if s.startswith("!")), row[1])
                row[6] = "|".join(unique(others, drop=[row[1]]))
    return [out[k] for k in sorted(out, key=lambda k: (not k[6:].isdigit() and -1 or int(k[6:]), k))]


ROMANISED = set("AE AF BH DZ EG IQ IR JO KW LB LY MA OM PK PS QA SA SD SY TN YE IN BD NP MM IL MR SO DJ TD MV LK UZ TM TJ".split())
COMMON_WORDS = set("central north south east west northern southern eastern western center centre capital upper lower new old middle".split())
ADJECTIVES = {"California": ["Californian", "Californians"], "Texas": ["Texan", "Texans"], "Florida": ["Floridian"], "Hawaii": ["Hawaiian"]}
EXONYMS = {
    ("Kyiv", "UA"): ["Kiev"], ("Kharkiv", "UA"): ["Kharkov"], ("Odesa", "UA"): ["Odessa"], ("Lviv", "UA"): ["Lvov"],
    ("Luhansk", "UA"): ["Lugansk"], ("Tehran", "IR"): ["Teheran"], ("Mashhad", "IR"): ["Mashad"], ("Mumbai", "IN"): ["Bombay"],
    ("Kolkata", "IN"): ["Calcutta"], ("Chennai", "IN"): ["Madras"], ("Bengaluru", "IN"): ["Bangalore"], ("Yangon", "MM"): ["Rangoon"],
    ("Ho Chi Minh City", "VN"): ["Saigon"], ("Guangzhou", "CN"): ["Canton"], ("İzmir", "TR"): ["Izmir", "Smyrna"], ("Istanbul", "TR"): ["İstanbul"],
    ("Kandahār", "AF"): ["Kandahar"], ("Kabul", "AF"): ["Kabul City"], ("Mosul", "IQ"): ["Al Mawsil"],
    ("Al Fallūjah", "IQ"): ["!Fallujah", "Falluja"], ("Ar Ramādī", "IQ"): ["!Ramadi"], ("Erbil", "IQ"): ["Irbil", "Arbil"],
    ("Basrah", "IQ"): ["!Basra"], ("Tikrīt", "IQ"): ["Tikrit"], ("Sāmarrā'", "IQ"): ["Samarra"],
    ("Ar Raqqah", "SY"): ["!Raqqa", "Raqqah", "al-Raqqa"], ("Deir ez-Zor", "SY"): ["Deir Ezzor", "Deir al-Zour", "Deir al-Zor"],
    ("Al Bāb", "SY"): ["!al-Bab"], ("Sana'a", "YE"): ["Sanaa"], ("Sanaa", "YE"): ["Sana'a"],
    ("Al Ḩudaydah", "YE"): ["!Hodeidah", "Hudaydah", "Hodeida"], ("Mocha", "YE"): ["!Mokha"], ("Banghāzī", "LY"): ["Benghazi"],
    ("Mişrātah", "LY"): ["!Misrata", "Misurata"], ("N'Djamena", "TD"): ["Ndjamena"], ("Gaza", "PS"): ["Gaza City"],
    ("Khān Yūnis", "PS"): ["!Khan Younis", "Khan Yunis"], ("Rafaḩ", "PS"): ["Rafah"], ("Nāblus", "PS"): ["Nablus"], ("Janīn", "PS"): ["Jenin"],
    ("Mecca", "SA"): ["Makkah"], ("Medina", "SA"): ["Madinah"], ("Jeddah", "SA"): ["Jiddah"],
    ("Köln", "DE"): ["!Cologne"], ("München", "DE"): ["!Munich"], ("Wien", "AT"): ["!Vienna"], ("Zürich", "CH"): ["Zurich"], ("Genève", "CH"): ["!Geneva"],
    ("Nürnberg", "DE"): ["!Nuremberg"], ("The Hague", "NL"): ["Hague"], ("Turin", "IT"): ["Torino"], ("Milano", "IT"): ["!Milan"], ("Napoli", "IT"): ["!Naples"],
    ("Sevilla", "ES"): ["!Seville"], ("Zaragoza", "ES"): ["Saragossa"], ("Antwerpen", "BE"): ["!Antwerp"], ("Gent", "BE"): ["!Ghent"], ("Brugge", "BE"): ["!Bruges"],
    ("New York City", "US"): ["New York"], ("Lyon", "FR"): ["Lyons"], ("Marseille", "FR"): ["Marseilles"], ("Gdańsk", "PL"): ["Danzig"],
    ("Saint Petersburg", "RU"): ["St. Petersburg", "St Petersburg"], ("Mexico City", "MX"): ["Ciudad de Mexico"], ("Beijing", "CN"): ["Peking"],
    ("Ürümqi", "CN"): ["Urumqi"], ("Makkah", "SA"): ["Mecca"], ("Astana", "KZ"): ["Nur-Sultan"],
}


def similar(a, b):
    """Differ in at most two letters in place, and by the same first letter."""
    if a[:1] != b[:1] or abs(len(a) - len(b)) > 1:
        return False
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1] <= 2


def names_tables(dict_dir, people):
    weight = collections.defaultdict(lambda: [0.0, 0.0])
    for sex, index in (("male", 0), ("female", 1)):
        for line in open(os.path.join(dict_dir, f"names/dist.{sex}.first"), encoding="ascii"):
            cells = line.split()
            weight[cells[0].capitalize()][index] += float(cells[1])
    given = {}
    for name, (male, female) in weight.items():
        given[name] = "m" if male > 4 * female else "f" if female > 4 * male else "u"
    for line in open(os.path.join(HERE, "by_hand/given_names.txt"), encoding="utf-8"):
        if line[0] in "mfu":
            for name in line.split()[1:]:
                given[name] = line[0] if given.get(name, line[0]) == line[0] or name not in weight else given[name]
                given.setdefault(plain(name), given[name])
    # First names of ministers the world over, where two or more bear them.
    firsts = collections.Counter(row[0].split()[0] for row in people if len(row[0].split()) > 1)
    for name, count in firsts.items():
        if count >= 2 and len(name) > 2:
            given.setdefault(name, "u")
    for word in NOT_GIVEN:
        given.pop(word, None)
    last = []
    for line in open(os.path.join(dict_dir, "names/dist.all.last"), encoding="ascii"):
        last.append(line.split()[0].capitalize())
        if len(last) == SURNAMES:
            break
    return sorted([n, g] for n, g in given.items()), sorted([n] for n in set(last))


NOT_GIVEN = "Al El De Le Asia China Paris London Israel America Sudan India Egypt Iran An Do So My In Many See Long Young Christian Kurdish War Van Era Porsche Mercedes Ping Pa Ma Sun Sunday April May June August So Ok Sang Shin Song The And".split()


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    dict_dir = sys.argv[1]
    out = sys.argv[2] if len(sys.argv) == 3 else os.path.join(HERE, "../../data/gazetteer")
    countries = Countries(dict_dir)
    write(out, "countries.tsv", ["iso", "name", "aliases", "adjectives", "people", "seats"], countries.table(dict_dir))
    actors = actors_table(dict_dir, countries)
    write(out, "actors.tsv", ["key", "name", "kind", "country", "aliases", "adjectives"], actors)
    people = people_table(dict_dir, countries, {a[0] for a in actors})
    write(out, "people.tsv", ["name", "gender", "country", "aliases", "terms"], people)
    write(out, "places.tsv", ["key", "name", "country", "latitude", "longitude", "population", "aliases", "adjectives"], places_table(dict_dir, countries))
    given, last = names_tables(dict_dir, people)
    write(out, "given_names.tsv", ["name", "gender"], given)
    write(out, "surnames.tsv", ["name"], last)


if __name__ == "__main__":
    main()
