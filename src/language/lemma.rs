//! A word and its part of speech in, its dictionary form out.
//!
//! One table of endings learned from treebanks: the longest ending that fits tells how many characters to cut and
//! what to put in their place; irregular words stand in it whole. Lower case but for proper nouns.

use super::{LanguageError, Upos};
use smol_str::SmolStr;
use std::collections::{BTreeMap, HashMap};

/// The table, ready for use.
#[derive(Debug, Default)]
pub struct Lemmas {
    /// Ending (whole words after `^`) by part of speech.
    endings: HashMap<(Upos, SmolStr), Change>,
}

/// What becomes of an ending.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Change {
    /// Characters cut off the end.
    cut: usize,
    /// What takes their place.
    add: SmolStr,
}

/// Longest ending in the table.
const LONGEST: usize = 6;
/// Different words that must share an ending before it counts.
const LEAST_WORDS: usize = 3;

impl Lemmas {
    /// Reads the table: part of speech, ending, number of characters to cut, replacement; tabs between.
    pub fn from_lines(lines: &str) -> Result<Self, LanguageError> {
        let mut endings = HashMap::new();
        for (number, line) in lines.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
            let fault =
                || LanguageError::DamagedModel { kind: "lemmas", what: format!("line {}", number + 1) };
            let mut columns = line.split('\t');
            let mut next = || columns.next().ok_or_else(fault);
            let upos: Upos = next()?.parse().map_err(|_| fault())?;
            let ending = SmolStr::from(next()?);
            let cut = next()?.parse().map_err(|_| fault())?;
            endings.insert((upos, ending), Change { cut, add: next()?.into() });
        }
        Ok(Self { endings })
    }

    /// The dictionary form of a word.
    pub fn lemma(&self, word: &str, upos: Upos) -> SmolStr {
        let form = fold(word, upos);
        match self.change(&form, upos) {
            Some(change) => change.apply(&form),
            None => SmolStr::new(form),
        }
    }

    fn change(&self, form: &str, upos: Upos) -> Option<&Change> {
        let whole = self.endings.get(&(upos, SmolStr::new(format!("^{form}"))));
        whole.or_else(|| endings(form).find_map(|e| self.endings.get(&(upos, SmolStr::new(e)))))
    }
}

/// Learns the table from (word, part of speech, lemma) triples and writes its lines.
pub fn learn<'a>(words: impl Iterator<Item = (&'a str, Upos, &'a str)>) -> String {
    let mut counts: BTreeMap<(Upos, String), BTreeMap<Change, usize>> = BTreeMap::new();
    for (word, upos, lemma) in words {
        // Numbers and signs are their own lemma.
        if lemma != "_" && word.chars().any(char::is_alphabetic) {
            let form = fold(word, upos);
            let change = Change::between(&form, &fold(lemma, upos));
            *counts.entry((upos, form)).or_default().entry(change).or_default() += 1;
        }
    }
    let best: BTreeMap<(Upos, String), Change> = counts
        .into_iter()
        .filter_map(|(key, changes)| commonest(&changes).map(|(change, _)| (key, change.clone())))
        .collect();
    let mut table: BTreeMap<(Upos, String), Change> = BTreeMap::new();
    for length in 1..=LONGEST {
        let mut by_ending: BTreeMap<(Upos, &str), BTreeMap<Change, usize>> = BTreeMap::new();
        // Names follow no endings, and closed classes are known word by word.
        let open = |u: Upos| matches!(u, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Adv | Upos::Aux);
        for ((upos, form), change) in best.iter().filter(|((u, _), _)| open(*u)) {
            if let Some(ending) = endings(form).find(|e| e.chars().count() == length) {
                *by_ending.entry((*upos, ending)).or_default().entry(change.clone()).or_default() += 1;
            }
        }
        for ((upos, ending), changes) in by_ending {
            let Some((change, count)) = commonest(&changes) else { continue };
            let inherited = inherited(&table, upos, ending);
            let rival = changes.get(&inherited).copied().unwrap_or(0);
            if *change != inherited && count >= LEAST_WORDS && count > rival + 1 && change.cut <= length {
                table.insert((upos, ending.to_owned()), change.clone());
            }
        }
    }
    for ((upos, form), change) in best {
        let guess = endings(&form).find_map(|e| table.get(&(upos, e.to_owned())).cloned());
        if guess.unwrap_or_default() != change {
            table.insert((upos, format!("^{form}")), change);
        }
    }
    let mut lines =
        String::from("# part of speech, ending (whole word after ^), characters to cut, replacement\n");
    for ((upos, ending), change) in table {
        lines.push_str(&format!("{}\t{ending}\t{}\t{}\n", upos.name(), change.cut, change.add));
    }
    lines
}

impl Default for Change {
    fn default() -> Self {
        Self { cut: 0, add: SmolStr::default() }
    }
}

impl Change {
    fn between(form: &str, lemma: &str) -> Self {
        let shared: usize =
            form.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        Self { cut: form[shared..].chars().count(), add: lemma[shared..].into() }
    }

    fn apply(&self, form: &str) -> SmolStr {
        let keep = match self.cut.checked_sub(1) {
            None => form.len(),
            Some(n) => form.char_indices().rev().nth(n).map_or(0, |(at, _)| at),
        };
        let lemma = SmolStr::from_iter([&form[..keep], self.add.as_str()]);
        if lemma.is_empty() { form.into() } else { lemma }
    }
}

/// The change that shorter endings already give.
fn inherited(table: &BTreeMap<(Upos, String), Change>, upos: Upos, ending: &str) -> Change {
    endings(ending).find_map(|e| table.get(&(upos, e.to_owned())).cloned()).unwrap_or_default()
}

/// The endings of a word, longest first, never the whole word.
fn endings(form: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = form.char_indices().skip(1).map(|(at, _)| at).collect();
    let first = starts.len().saturating_sub(LONGEST);
    (first..starts.len()).map(move |i| &form[starts[i]..])
}

fn commonest(changes: &BTreeMap<Change, usize>) -> Option<(&Change, usize)> {
    changes.iter().map(|(c, &n)| (c, n)).max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))
}

fn fold(word: &str, upos: Upos) -> String {
    let straight = word.replace('’', "'");
    if upos == Upos::Propn { straight } else { straight.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_learned_and_irregular_words_kept() {
        let taught = [
            ("barked", "bark"),
            ("walked", "walk"),
            ("talked", "talk"),
            ("looked", "look"),
            ("marked", "mark"),
            ("parked", "park"),
            ("went", "go"),
            ("helped", "help"),
            ("liked", "like"),
            ("hiked", "hike"),
            ("biked", "bike"),
            ("spiked", "spike"),
        ];
        let lines = learn(taught.into_iter().map(|(w, l)| (w, Upos::Verb, l)));
        let lemmas = Lemmas::from_lines(&lines).unwrap();
        assert_eq!(lemmas.lemma("Harked", Upos::Verb), "hark");
        assert_eq!(lemmas.lemma("went", Upos::Verb), "go");
        assert_eq!(lemmas.lemma("striked", Upos::Verb), "strike");
        assert_eq!(lemmas.lemma("Harked", Upos::Propn), "Harked");
    }

    #[test]
    fn a_damaged_table_is_refused() {
        assert!(Lemmas::from_lines("VERB\ted\ttwo\t\n").is_err());
        assert!(Lemmas::from_lines("VREB\ted\t2\t\n").is_err());
    }
}
