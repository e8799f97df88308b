//! Who is who across articles: the identity of an actor or place, from its record alone.
//!
//! A gazetteer key decides where there is one, else the normalised full name within its class. A
//! description ("gunmen") names somebody only inside its article, so the article is part of it.
//! Whether two identities are one node is not decided here.

use super::ArticleIx;
use super::stable::StableHash;
use crate::ontology::{Actor, ActorKind, Place};
use smol_str::{SmolStr, format_smolstr};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// One identity with what the articles say of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// Stable id.
    pub id: SmolStr,
    /// Whether it is a place.
    pub is_place: bool,
    /// Whether it is named, or only described.
    pub named: bool,
    /// Canonical names, with the number of articles that use each.
    pub names: Tally<SmolStr>,
    /// Every other name, sorted.
    pub aliases: Vec<SmolStr>,
    /// Kinds, likewise counted.
    pub kinds: Tally<ActorKind>,
    /// Countries, likewise counted.
    pub countries: Tally<SmolStr>,
    /// Ids of the identities it belongs to, likewise counted.
    pub affiliations: Tally<SmolStr>,
    /// Degrees north and east.
    pub coordinates: Option<(f64, f64)>,
    /// The one article inside which a description holds.
    pub home: Option<ArticleIx>,
}

impl Identity {
    pub(super) fn new(id: SmolStr, is_place: bool, named: bool) -> Self {
        Self {
            id,
            is_place,
            named,
            names: Tally::default(),
            aliases: Vec::new(),
            kinds: Tally::default(),
            countries: Tally::default(),
            affiliations: Tally::default(),
            coordinates: None,
            home: None,
        }
    }

    /// Takes in what one article says of an actor.
    pub(super) fn hear_actor(&mut self, actor: &Actor, affiliation: Option<SmolStr>) {
        self.named |= actor.named || actor.key.is_some();
        self.names.vote(SmolStr::new(actor.name.trim()));
        self.kinds.vote(actor.kind);
        if let Some(country) = &actor.country {
            self.countries.vote(SmolStr::new(country));
        }
        if let Some(affiliation) = affiliation {
            self.affiliations.vote(affiliation);
        }
        self.hear_aliases(&actor.aliases);
    }

    /// Takes in what one article says of a place.
    pub(super) fn hear_place(&mut self, place: &Place) {
        self.named = true;
        self.names.vote(SmolStr::new(place.name.trim()));
        if let Some(country) = &place.country {
            self.countries.vote(SmolStr::new(country));
        }
        if let Some(here) = place.latitude.zip(place.longitude) {
            let smaller = self.coordinates.is_none_or(|old| here < old);
            if smaller {
                self.coordinates = Some(here);
            }
        }
        self.hear_aliases(&place.aliases);
    }

    fn hear_aliases(&mut self, aliases: &[String]) {
        for alias in aliases.iter().map(|a| a.trim()).filter(|a| !a.is_empty()) {
            if let Err(at) = self.aliases.binary_search_by(|a| a.as_str().cmp(alias)) {
                self.aliases.insert(at, SmolStr::new(alias));
            }
        }
    }

    /// The canonical name most articles use.
    pub fn name(&self) -> &str {
        self.names.best().map_or(self.id.as_str(), |n| n.as_str())
    }

    /// Whether its only name is an acronym, such as `NCRI`.
    pub(super) fn is_acronym(&self) -> bool {
        self.id.starts_with("actor:") && self.names.iter().any(|(name, _)| acronym(name).is_some())
    }
}

/// Values with how often each was heard, ordered by value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally<T>(pub(super) Vec<(T, u32)>);

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> Tally<T> {
    /// Counts the value once more.
    pub(super) fn vote(&mut self, value: T) {
        self.add(value, 1);
    }

    pub(super) fn add(&mut self, value: T, times: u32) {
        match self.0.binary_search_by(|(v, _)| v.cmp(&value)) {
            Ok(at) => self.0[at].1 += times,
            Err(at) => self.0.insert(at, (value, times)),
        }
    }

    /// The most frequent value; of equals the smallest.
    pub fn best(&self) -> Option<&T> {
        self.0.iter().rev().max_by_key(|(_, n)| *n).map(|(v, _)| v)
    }

    /// Values with their counts, in any order, each once.
    pub fn from_counts(mut counts: Vec<(T, u32)>) -> Self {
        counts.sort_by(|a, b| a.0.cmp(&b.0));
        Self(counts)
    }

    /// Values with their counts, ordered by value.
    pub fn iter(&self) -> impl Iterator<Item = (&T, u32)> {
        self.0.iter().map(|(v, n)| (v, *n))
    }
}

/// The id of an actor, in an article with this digest.
pub(super) fn actor_id(actor: &Actor, digest: &str) -> SmolStr {
    if let Some(key) = &actor.key {
        // A place may act, and stays apart from the place where things happen.
        return if key.starts_with("place:") { format_smolstr!("actor:{key}") } else { SmolStr::new(key) };
    }
    if actor.named {
        let class = if actor.kind == ActorKind::Person { "person" } else { "actor" };
        return format_smolstr!("{class}:{}", slug(&actor.name, actor.kind == ActorKind::Person));
    }
    let here = StableHash::new().text(digest).text(&actor.id).text(&actor.name).finish();
    format_smolstr!("described:{}~{:08x}", slug(&actor.name, false), here >> 32)
}

/// The id of a place.
pub(super) fn place_id(place: &Place) -> SmolStr {
    if let Some(key) = &place.key {
        return if key.starts_with("place:") { SmolStr::new(key) } else { format_smolstr!("place:{key}") };
    }
    let slug = slug(&place.name, false);
    match &place.country {
        Some(country) => format_smolstr!("place:{slug}-{}", country.to_lowercase()),
        None => format_smolstr!("place:{slug}"),
    }
}

/// The words of a name in small letters joined by hyphens, without accents, a leading article or (of people) titles.
pub(super) fn slug(name: &str, is_person: bool) -> String {
    let words = words(name);
    let mut from = usize::from(words.len() > 1 && words[0] == "the");
    if is_person {
        while words.len() - from > 1 && TITLES.contains(&words[from].as_str()) {
            from += 1;
        }
    }
    if words.is_empty() {
        // A name of symbols alone still needs an id of its own.
        return format!("{:x}", StableHash::new().text(name).finish());
    }
    words[from..].join("-")
}

/// What spellings of one full personal name have in common; `None` for a single name.
pub(super) fn spelling(name: &str) -> Option<String> {
    let slug = slug(name, true);
    let words: Vec<String> = slug
        .split('-')
        .filter(|w| w.chars().count() > 1 && !matches!(*w, "al" | "el" | "ul"))
        .map(fold_word)
        .collect();
    (words.len() >= 2).then(|| words.join(" "))
}

/// The letters of an acronym, where the name is one: two to six capitals, dots left out.
pub(super) fn acronym(name: &str) -> Option<SmolStr> {
    let letters: String = name.chars().filter(|c| *c != '.').collect();
    let count = letters.chars().count();
    let mut capitals = letters.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    capitals &= letters.chars().next().is_some_and(char::is_uppercase);
    ((2..=6).contains(&count) && capitals).then(|| SmolStr::new(letters))
}

const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "lord",
    "lady",
    "gen",
    "general",
    "lt",
    "col",
    "colonel",
    "maj",
    "major",
    "capt",
    "captain",
    "sgt",
    "adm",
    "admiral",
    "president",
    "prime",
    "minister",
    "sen",
    "senator",
    "rep",
    "gov",
    "governor",
    "prof",
    "professor",
    "judge",
    "justice",
    "ambassador",
    "secretary",
    "chancellor",
    "king",
    "queen",
    "prince",
    "princess",
    "sheikh",
    "ayatollah",
    "pope",
    "rev",
    "foreign",
    "vice",
    "deputy",
    "former",
];

/// Given names whose spellings differ by more than the rules of [`fold_word`].
const GIVEN_NAMES: &[(&str, &[&str])] = &[
    ("mohamad", &["mohammed", "muhammad", "mohammad", "mohamed", "muhammed", "mohamad", "mohamet", "mehmed"]),
    ("husein", &["hussein", "hussain", "husayn", "hossein", "hosein", "husein", "husain"]),
    ("ahmad", &["ahmad", "ahmed", "ahmet"]),
    ("yusuf", &["yusuf", "yousef", "youssef", "yousuf", "yusef", "youssouf"]),
    ("abdulah", &["abdullah", "abdallah", "abdulla", "abdollah"]),
    ("aleksandr", &["aleksandr", "alexander", "alexandr", "oleksandr"]),
    ("sergei", &["sergei", "sergey", "serguei", "serhiy", "serhii"]),
    ("volodimir", &["volodymyr", "volodimir", "volodimyr"]),
];

fn fold_word(word: &str) -> String {
    for (folded, spellings) in GIVEN_NAMES {
        if spellings.contains(&word) {
            return (*folded).to_owned();
        }
    }
    let mut folded = word.to_owned();
    for (from, to) in [
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ph", "f"),
        ("q", "k"),
        ("ck", "k"),
        ("yy", "i"),
        ("iy", "i"),
        ("ey", "ei"),
        ("ay", "ai"),
    ] {
        folded = folded.replace(from, to);
    }
    if let Some(stem) = folded.strip_suffix('y') {
        folded = format!("{stem}i");
    }
    let mut last = None;
    folded.retain(|c| last.replace(c) != Some(c));
    folded
}

/// Words in small letters without accents; apostrophes vanish, every other mark parts words.
pub fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '\'' | '’' | '‘' | '`' | '.' | 'ʿ' | 'ʾ' => {}
            c if c.is_alphanumeric() => {
                if let Some(word) = words.last_mut() {
                    word.extend(c.to_lowercase());
                }
            }
            _ => words.push(String::new()),
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_lose_accents_titles_and_articles() {
        assert_eq!(slug("President Emílio Núñez-Ortega", true), "emilio-nunez-ortega");
        assert_eq!(slug("the U.S. State Department", false), "us-state-department");
        assert_eq!(slug("King", true), "king");
        assert_eq!(slug("Общество", false), "общество");
        assert!(!slug("???", false).is_empty());
    }

    #[test]
    fn spellings_meet_and_different_people_do_not() {
        let same = |a: &str, b: &str| assert_eq!(spelling(a), spelling(b), "{a} / {b}");
        same("Mohammad Yousef Qaderi", "Muhammed Youssef Kaderi");
        same("Dmitriy Zolotsky", "Dmitry Zolotskiy");
        same("Ann B. Carter", "Ann Carter");
        assert_ne!(spelling("Ann Carter"), spelling("Anna Carter"));
        assert_ne!(spelling("Omar Haddad"), spelling("Amr Haddad"));
        assert_eq!(spelling("Haddad"), None);
    }

    #[test]
    fn acronyms_are_short_capitals() {
        assert_eq!(acronym("N.C.R.").as_deref(), Some("NCR"));
        assert_eq!(acronym("Iran"), None);
        assert_eq!(acronym("X"), None);
    }

    #[test]
    fn the_most_frequent_value_wins_and_of_equals_the_smallest() {
        let mut tally = Tally::default();
        for word in ["b", "a", "c", "c", "b"] {
            tally.vote(word);
        }
        assert_eq!(tally.best(), Some(&"b"));
    }
}
