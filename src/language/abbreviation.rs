//! Which words keep a full stop, and whether a sentence may end after it.

/// What a word before a full stop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviation {
    /// Always followed by more of the sentence: `Mr`, `Gen`, `vs`.
    Inside,
    /// Only before a number: `No`, `Art`.
    BeforeNumber,
    /// May close a sentence: `Inc`, `Sept`, `U.S`.
    MayEnd,
}

/// Looks up a word without its last full stop.
pub fn abbreviation(word: &str) -> Option<Abbreviation> {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if word.contains('.') {
        // U.S, D.C, p.m, Ph.D: short pieces with stops between them.
        let pieces = word.split('.').all(|p| (1..=3).contains(&p.chars().count()));
        return (pieces && letters > 0 && word.chars().all(|c| c.is_alphabetic() || c == '.')).then(|| {
            if matches!(word, "i.e" | "e.g") { Abbreviation::Inside } else { Abbreviation::MayEnd }
        });
    }
    // An initial.
    if letters == 1 && word.chars().count() == 1 && word.chars().all(char::is_uppercase) {
        return Some(Abbreviation::MayEnd);
    }
    let lower = word.to_lowercase();
    // Words that are also ordinary ones are abbreviations only with a capital.
    let capital = word.starts_with(char::is_uppercase);
    let listed = |list: &[&str]| list.contains(&lower.as_str());
    if listed(INSIDE) || (capital && listed(INSIDE_CAPITAL)) {
        Some(Abbreviation::Inside)
    } else if listed(BEFORE_NUMBER) {
        Some(Abbreviation::BeforeNumber)
    } else if listed(MAY_END) || (capital && listed(MAY_END_CAPITAL)) {
        Some(Abbreviation::MayEnd)
    } else {
        None
    }
}

/// Whether a capitalised word is one that commonly opens a sentence.
pub fn opens_sentence(word: &str) -> bool {
    let lower = word.to_lowercase();
    OPENERS.contains(&lower.as_str())
}

const INSIDE: &[&str] = &[
    "mr", "mrs", "ms", "messrs", "mlle", "mme", "dr", "prof", "vs", "approx", "cf", "hon", "rev", "gov",
    "lt", "sgt", "cpl", "pvt", "capt", "cmdr", "brig", "supt", "insp", "assoc", "attn", "v",
];

const INSIDE_CAPITAL: &[&str] = &[
    "gen", "col", "maj", "adm", "sen", "sens", "rep", "reps", "pres", "st", "mt", "ft", "det", "amb", "min",
    "sec", "fr", "br", "sr", "ald", "atty", "asst", "dist", "msgr", "govs", "gens", "profs", "drs", "pvt",
    "spc", "sgts", "fig", "figs", "eq",
];

const BEFORE_NUMBER: &[&str] =
    &["no", "nos", "art", "sec", "ch", "vol", "vols", "p", "pp", "para", "op", "ca", "c", "tel", "ext"];

const MAY_END: &[&str] = &[
    "inc", "corp", "ltd", "etc", "bros", "al", "ave", "blvd", "hwy", "est", "jan", "feb", "aug", "sept",
    "oct", "nov", "dec", "yr", "yrs", "hrs", "hr", "lb", "lbs", "oz", "mph", "sq", "incl", "esp", "dept",
    "univ", "conf", "thur", "thurs", "tues", "plc", "llc", "eds", "ed",
];

const MAY_END_CAPITAL: &[&str] = &[
    "co", "jr", "sr", "cos", "apr", "jun", "jul", "mar", "sep", "mon", "tue", "wed", "thu", "fri", "sat",
    "sun", "rd", "esq", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan",
    "ky", "mass", "md", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "penn",
    "tenn", "tex", "va", "vt", "wash", "wis", "wyo", "ont", "que", "la", "bldg", "sask",
];

const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "he",
    "she",
    "it",
    "they",
    "we",
    "you",
    "i",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "this",
    "that",
    "these",
    "those",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "with",
    "after",
    "before",
    "during",
    "since",
    "when",
    "while",
    "as",
    "if",
    "but",
    "and",
    "or",
    "so",
    "yet",
    "however",
    "although",
    "though",
    "because",
    "there",
    "what",
    "who",
    "why",
    "how",
    "where",
    "which",
    "some",
    "many",
    "most",
    "both",
    "all",
    "no",
    "not",
    "another",
    "several",
    "according",
    "under",
    "over",
    "about",
    "despite",
    "meanwhile",
    "also",
    "then",
    "now",
    "today",
    "yesterday",
    "last",
    "more",
    "such",
    "each",
    "every",
    "one",
    "two",
    "three",
    "other",
    "others",
    "earlier",
    "later",
    "officials",
    "police",
    "is",
    "are",
    "was",
    "were",
    "do",
    "does",
    "did",
    "has",
    "have",
    "had",
    "can",
    "could",
    "would",
    "will",
    "should",
    "may",
    "might",
    "let",
    "please",
    "thanks",
    "here",
    "just",
    "only",
    "even",
    "still",
    "once",
    "until",
    "within",
    "without",
    "through",
    "between",
    "among",
    "against",
    "authorities",
    "critics",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_abbreviation() {
        use Abbreviation::*;
        for (word, kind) in [
            ("Mr", Some(Inside)),
            ("Gen", Some(Inside)),
            ("gen", None),
            ("No", Some(BeforeNumber)),
            ("U.S", Some(MayEnd)),
            ("Ph.D", Some(MayEnd)),
            ("e.g", Some(Inside)),
            ("J", Some(MayEnd)),
            ("Sept", Some(MayEnd)),
            ("sun", None),
            ("example.com", None),
            ("3.5", None),
            ("city", None),
        ] {
            assert_eq!(abbreviation(word), kind, "{word}");
        }
    }
}
