//! When two names mean the same node.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A name as its words: lower case, without accents, possessives, articles and titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(Vec<String>);

/// Prepositions and relative words that end the core of a name.
const BREAKS: [&str; 15] = [
    "of", "in", "from", "at", "for", "on", "to", "with", "by", "near", "inside", "outside", "who", "whom",
    "whose",
];
const MORE_BREAKS: [&str; 2] = ["which", "that"];
/// Nouns that say little of which group is meant.
const GENERIC: [&str; 7] =
    ["group", "groups", "militants", "fighters", "movement", "organization", "organisation"];
const STOP: [&str; 18] = [
    "the", "a", "an", "of", "his", "her", "its", "their", "this", "that", "these", "those", "some",
    "several", "mr", "mrs", "ms", "dr",
];

/// Every name a node goes by; those without words are left out.
pub fn all(name: &str, aliases: &[String]) -> Vec<Name> {
    std::iter::once(name)
        .chain(aliases.iter().map(String::as_str))
        .map(Name::new)
        .filter(|n| !n.0.is_empty())
        .collect()
}

/// Whether any of the one mean the same as any of the other.
pub fn any_same(found: &[Name], gold: &[Name]) -> bool {
    found.iter().any(|a| gold.iter().any(|b| a.same(b)))
}

impl Name {
    /// The words of a name.
    pub fn new(name: &str) -> Self {
        let plain: String = name.nfkd().filter(|c| canonical_combining_class(*c) == 0).collect();
        let chars: Vec<char> = plain.to_lowercase().chars().collect();
        let words = join_initials(&drop_possessives(&chars));
        Self(
            words
                .split(|c| !is_word(c))
                .filter(|w| !w.is_empty() && !STOP.contains(w))
                .map(str::to_owned)
                .collect(),
        )
    }

    /// Equal, or one holds the other's words and they share the head word.
    fn same(&self, other: &Self) -> bool {
        let (short, long) = if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        short == long
            || short.0.iter().all(|w| GENERIC.contains(&w.as_str()) || long.0.contains(w))
                && short.head() == long.head()
    }

    /// The last word before a preposition or relative clause, generic nouns left out.
    fn head(&self) -> &str {
        let breaks = |w: &String| BREAKS.contains(&w.as_str()) || MORE_BREAKS.contains(&w.as_str());
        let cut = self.0.iter().skip(1).position(breaks).map_or(self.0.len(), |at| at + 1);
        let mut core = &self.0[..cut];
        while let [rest @ .., last] = core
            && !rest.is_empty()
            && GENERIC.contains(&last.as_str())
        {
            core = rest;
        }
        core.last().map_or("", String::as_str)
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// "Iran's" → "Iran", "the states'" → "the states".
fn drop_possessives(chars: &[char]) -> Vec<char> {
    let mut kept = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        let quote = matches!(chars[at], '\'' | '’');
        let ends_word = |i: usize| chars.get(i).is_none_or(|c| !is_word(*c));
        if quote && chars.get(at + 1) == Some(&'s') && ends_word(at + 2) {
            at += 2;
        } else if quote && at + 1 == chars.len() {
            at += 1;
        } else {
            kept.push(chars[at]);
            at += 1;
        }
    }
    kept
}

/// "U.S." → "US.": a full stop after a single letter goes where another letter follows.
fn join_initials(chars: &[char]) -> String {
    let word = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|c| is_word(*c));
    let initial = |i: usize| word(i.checked_sub(1)) && !word(i.checked_sub(2));
    let dropped = |i: usize| chars[i] == '.' && initial(i) && word(Some(i + 1));
    (0..chars.len()).filter(|&i| !dropped(i)).map(|i| chars[i]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        Name::new(a).same(&Name::new(b))
    }

    #[test]
    fn words_of_a_name() {
        assert_eq!(Name::new("The U.S.'s Mr. Núñez").0, ["us", "nunez"]);
        assert_eq!(Name::new("the states’").0, ["states"]);
    }

    #[test]
    fn names_that_match() {
        assert!(same("President Ann Example", "Ann Example"));
        assert!(same("Ruritania's army", "the army"));
        assert!(same("Hentzau fighters", "Hentzau group"));
        assert!(same("the minister of Graustark", "foreign minister of Graustark"));
        assert!(!same("a minister in Graustark", "Graustark"));
        assert!(!same("Ann Example", "Ann"));
    }
}
