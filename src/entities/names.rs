//! One sentence in, its names out: what the language model marked, what the gazetteer knows, and
//! runs of proper nouns, without overlaps.

use super::entry::Gender;
use super::form;
use super::gazetteer::{Gazetteer, Hit, NameRole};
use super::head_nouns::{HeadNoun, Office};
use super::spans::mend;
use super::tree::Tree;
use crate::language::{EntityLabel, Upos};
use crate::ontology::{MONTHS, WEEKDAYS};
use std::ops::Range;

/// A name in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// Its tokens, titles left out.
    pub tokens: Range<usize>,
    /// The model's sort of name.
    pub label: Option<EntityLabel>,
    /// Its bearers in the gazetteer.
    pub hits: Vec<Hit>,
    /// Gazetteer names inside it: "Iran" in "Bank of Iran".
    pub inner: Vec<Hit>,
    /// Number of the user's mention that marks it.
    pub given: Option<usize>,
}

const LONGEST: usize = 9;

/// Every name of the sentence, in order.
pub(super) fn names(tree: &Tree<'_>, gazetteer: &Gazetteer) -> Vec<Name> {
    let known = known_names(tree, gazetteer);
    let mut names: Vec<Name> = Vec::new();
    let mut taken = vec![false; tree.len()];
    for span in &tree.sentence.entities {
        if !is_name_label(span.label) {
            span.tokens.clone().for_each(|at| taken[at] = true);
        }
    }
    for span in tree.sentence.entities.iter().filter(|span| is_name_label(span.label)) {
        let Some((tokens, label)) = mend(tree, gazetteer, span, &known) else { continue };
        let wider = known.iter().find(|k| {
            k.tokens.start <= tokens.start
                && tokens.end <= k.tokens.end
                && fits(&k.hits, Some(label), gazetteer)
        });
        let name = match wider {
            Some(known) => Name { label: Some(label), ..known.clone() },
            None => Name {
                inner: known
                    .iter()
                    .filter(|k| tokens.start <= k.tokens.start && k.tokens.end <= tokens.end)
                    .flat_map(|k| k.hits.iter().copied())
                    .collect(),
                tokens,
                label: Some(label),
                hits: Vec::new(),
                given: None,
            },
        };
        if name.tokens.clone().all(|at| !taken[at]) {
            name.tokens.clone().for_each(|at| taken[at] = true);
            names.push(name);
        }
    }
    for name in known {
        if name.tokens.clone().all(|at| !taken[at]) && stands_alone(tree, gazetteer, &name) {
            name.tokens.clone().for_each(|at| taken[at] = true);
            names.push(name);
        }
    }
    proper_runs(tree, gazetteer, &mut taken, &mut names);
    names.sort_by_key(|name| name.tokens.start);
    names
}

fn is_name_label(label: EntityLabel) -> bool {
    use EntityLabel::{Event, Fac, Gpe, Law, Loc, Norp, Org, Person, Product, WorkOfArt};
    matches!(label, Person | Norp | Org | Gpe | Loc | Fac | Event | Law | Product | WorkOfArt)
}

/// The longest gazetteer names, left to right.
fn known_names(tree: &Tree<'_>, gazetteer: &Gazetteer) -> Vec<Name> {
    struct Word {
        hash: u64,
        token: usize,
        /// First or last word of its token.
        first: bool,
        last: bool,
        /// A comma or the like stands before it.
        apart: bool,
    }
    let tokens = &tree.sentence.tokens;
    let capitals = tokens.iter().filter(|t| t.text.chars().any(char::is_lowercase)).count();
    let level = tokens.len() > 3 && capitals * 4 < tokens.len();
    let mut words: Vec<Word> = Vec::with_capacity(tokens.len() + 8);
    let mut apart = false;
    for (at, token) in tokens.iter().enumerate() {
        let before = words.len();
        form::each_word(&token.text, level, |hash| {
            words.push(Word { hash, token: at, first: false, last: false, apart: false });
        });
        if words.len() == before {
            // A hyphen or dash written close parts no name; an apostrophe neither.
            let close = !token.space_after && at > 0 && !tokens[at - 1].space_after;
            apart |= !(close || matches!(token.text.as_str(), "'" | "’"));
            continue;
        }
        words[before].first = true;
        words[before].apart = apart;
        apart = false;
        if let Some(last) = words.last_mut() {
            last.last = true;
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut form = form::EMPTY;
        let mut best: Option<(usize, Vec<Hit>)> = None;
        let opens = words[at].first && may_open(&tokens[words[at].token]);
        for (length, word) in words[at..].iter().take(if opens { LONGEST } else { 0 }).enumerate() {
            if length > 0 && word.apart {
                break;
            }
            form = form::push(form, word.hash);
            let range = words[at].token..word.token + 1;
            let hits: Vec<Hit> = gazetteer
                .hits(form)
                .filter(|hit| fits_spelling(tree, hit, &range, level, word.last))
                .collect();
            if !hits.is_empty() {
                best = Some((length + 1, hits));
            }
            if !gazetteer.goes_on(form) {
                break;
            }
        }
        match best {
            Some((length, hits)) => {
                let range = words[at].token..words[at + length - 1].token + 1;
                found.push(Name { tokens: range.clone(), label: None, hits, inner: Vec::new(), given: None });
                while at < words.len() && words[at].token < range.end {
                    at += 1;
                }
            }
            None => at += 1,
        }
    }
    found
}

/// Small words open no name, save the Arabic article and the like.
fn may_open(token: &crate::language::Token) -> bool {
    token.is_capitalised()
        || token.text.starts_with(|c: char| c.is_ascii_digit())
        || !matches!(
            token.upos,
            Upos::Adp | Upos::Det | Upos::Pron | Upos::Cconj | Upos::Aux | Upos::Verb | Upos::Adv
        )
}

fn fits_spelling(tree: &Tree<'_>, hit: &Hit, range: &Range<usize>, level: bool, whole: bool) -> bool {
    let token = tree.token(range.start);
    if matches!(hit.role, NameRole::Given(_) | NameRole::Surname) {
        return false;
    }
    // "Iran" in the token "Iran-backed" stands as an adjective; only names of one word do.
    if !whole && range.len() > 1 {
        return false;
    }
    if !token.is_capitalised() && !token.text.starts_with(|c: char| c.is_ascii_digit()) && !hit.lower {
        return false;
    }
    if hit.lower || range.len() > 1 {
        return true;
    }
    let named = tree.sentence.entity_at(range.start).is_some_and(|e| is_name_label(e.label));
    let tag = match hit.role {
        NameRole::Adjective => matches!(token.upos, Upos::Adj | Upos::Propn | Upos::Noun),
        NameRole::People => matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Adj),
        _ => matches!(token.upos, Upos::Propn | Upos::X | Upos::Adj) || token.upos == Upos::Noun && level,
    };
    tag || named
}

/// Whether one of the bearers is of the sort that the model sees; a user knows better than the model.
fn fits(hits: &[Hit], label: Option<EntityLabel>, gazetteer: &Gazetteer) -> bool {
    label != Some(EntityLabel::Person)
        || hits.iter().map(|hit| gazetteer.entry(hit.row)).any(|entry| entry.is_person() || entry.is_added())
}

/// A place or nation inside a person's name is no name of its own: "Jordan" in "Michael Jordan".
fn stands_alone(tree: &Tree<'_>, gazetteer: &Gazetteer, name: &Name) -> bool {
    if name.tokens.len() > 1 {
        return true;
    }
    let at = name.tokens.start;
    let token = tree.token(at);
    let flat = |other: usize| {
        let o = tree.token(other);
        o.upos == Upos::Propn
            && (o.head == Some(at) && o.is(&["flat"]) || token.head == Some(other) && token.is(&["flat"]))
    };
    let hyphen = |other: usize, beyond: Option<usize>| {
        let close = beyond.is_some_and(|b| b < tree.len() && tree.token(b).upos == Upos::Propn);
        close
            && tree.token(other).text == "-"
            && !tree.token(other).space_after
            && !tree.token(other - 1).space_after
    };
    // "El-Hassan": one name in two.
    let hyphened =
        at > 1 && hyphen(at - 1, at.checked_sub(2)) || at + 2 < tree.len() && hyphen(at + 1, Some(at + 2));
    if hyphened && token.upos == Upos::Propn && gazetteer.given_name(&token.text).is_some() {
        return false;
    }
    let given_before = at > 0 && flat(at - 1) && gazetteer.given_name(&tree.token(at - 1).text).is_some();
    let surname_after = at + 1 < tree.len()
        && flat(at + 1)
        && gazetteer.given_name(&token.text).is_some()
        && !tree.token(at + 1).text.chars().all(|c| c.is_uppercase() || c == '.');
    !(given_before || surname_after)
}

/// Whether the token is a title or office.
pub(super) fn is_title(tree: &Tree<'_>, gazetteer: &Gazetteer, at: usize) -> bool {
    let token = tree.token(at);
    let text = token.text.to_lowercase();
    if matches!(text.as_str(), "dean" | "marshal" | "rector" | "major" | "marine")
        && !token.is(&["nmod:desc", "compound"])
    {
        // "Dean Martin" is no dean.
        return at + 2 < tree.len() && tree.token(at + 2).upos == Upos::Propn;
    }
    let lemma = token.lemma.to_lowercase();
    gazetteer.nouns().get(&text, lemma.trim_end_matches('s')).is_some_and(|noun| noun.office != Office::None)
}

/// Runs of proper nouns that nobody has marked.
fn proper_runs(tree: &Tree<'_>, gazetteer: &Gazetteer, taken: &mut [bool], names: &mut Vec<Name>) {
    let mut at = 0;
    while at < tree.len() {
        if taken[at] || !opens_run(tree, at) {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < tree.len() && !taken[at] && continues_run(tree, start, at) {
            at += 1;
        }
        // A last function word is none of the name.
        let mut end = at;
        while end > start + 1
            && tree.token(end - 1).upos != Upos::Propn
            && !tree.token(end - 1).is_capitalised()
        {
            end -= 1;
        }
        let mut tokens = start..end;
        // "the Obama Administration" is told of by its owner.
        if tokens.len() > 1 && governs(tree.lemma(tokens.end - 1)) {
            tokens.end -= 1;
        }
        while !tokens.is_empty() && is_title(tree, gazetteer, tokens.start) && joins_next(tree, tokens.start)
        {
            tokens.start += 1;
        }
        if tokens.is_empty() {
            continue;
        }
        if is_title(tree, gazetteer, tokens.end - 1) || tokens.clone().all(|t| is_calendar(tree.lemma(t))) {
            continue;
        }
        // "the Court", "the Trump Administration": descriptions that happen to be written large.
        tokens.end = with_complement(tree, gazetteer, &tokens, names);
        at = at.max(tokens.end);
        if tokens.len() == 1 && noun(tree, gazetteer, tokens.start).is_some() {
            continue;
        }
        let person = looks_like_person(tree, gazetteer, &tokens);
        tokens.clone().for_each(|t| taken[t] = true);
        let mut inner = Vec::new();
        names.retain(|name| {
            let within = tokens.start <= name.tokens.start && name.tokens.end <= tokens.end;
            inner.extend(name.hits.iter().filter(|_| within));
            !within
        });
        let before = names.iter().position(|name| {
            name.tokens.end == tokens.start
                && !person
                && name.given.is_none()
                && belongs(tree, gazetteer, name, &tokens)
        });
        if let Some(before) = before {
            // "Iranian Parliament": the nation is part of the name.
            let name = &mut names[before];
            name.inner = std::mem::take(&mut name.hits);
            name.tokens.end = tokens.end;
            name.label = None;
            continue;
        }
        names.push(Name {
            tokens,
            label: person.then_some(EntityLabel::Person),
            hits: Vec::new(),
            inner,
            given: None,
        });
    }
}

/// The noun of the lexicon that a capitalised word is.
fn noun(tree: &Tree<'_>, gazetteer: &Gazetteer, at: usize) -> Option<HeadNoun> {
    let word = &tree.token(at).text.to_lowercase();
    gazetteer.nouns().get(word, word.trim_end_matches('s'))
}

/// The end of a name with its complement: "University of Nowhere", "Ministry of Health".
fn with_complement(tree: &Tree<'_>, gazetteer: &Gazetteer, tokens: &Range<usize>, names: &[Name]) -> usize {
    let open = |at: usize| {
        !names.iter().any(|name| name.tokens.contains(&at) && (name.label.is_some() || name.given.is_some()))
    };
    let of = tokens.end;
    let opens = of + 1 < tree.len()
        && tree.lemma(of) == "of"
        && noun(tree, gazetteer, of - 1).is_some_and(|n| n.office == Office::None);
    if !opens || governs(tree.lemma(of - 1)) {
        return tokens.end;
    }
    let mut end = of + 1;
    if tree.token(end).upos == Upos::Det && end + 1 < tree.len() {
        end += 1;
    }
    let inner = end;
    while end < tree.len()
        && tree.token(end).is_capitalised()
        && open(end)
        && !tree.token(end).is(&["conj", "appos"])
    {
        end += 1;
    }
    if end > inner { end } else { tokens.end }
}

/// Nouns for a government, by which it is told of through its country or head.
pub(super) fn governs(lemma: &str) -> bool {
    matches!(
        lemma.to_lowercase().as_str(),
        "government" | "regime" | "administration" | "authority" | "authorities"
    )
}

/// Whether a known name is the first part of the run after it: "Orange" of "Orange Front".
fn belongs(tree: &Tree<'_>, gazetteer: &Gazetteer, name: &Name, run: &Range<usize>) -> bool {
    let last = &tree.token(run.end - 1).text.to_lowercase();
    let institution = gazetteer.nouns().get(last, last).is_some();
    let nation = name.hits.iter().any(|hit| gazetteer.entry(hit.row).is_country());
    let head = (name.tokens.clone()).find(|&at| tree.token(at).head.is_some_and(|head| run.contains(&head)));
    let tied = head.is_some_and(|at| tree.token(at).is(&["compound", "amod", "flat"]));
    // "Korea Herald", but not "Korean President".
    let noun = name.hits.iter().any(|hit| hit.role == NameRole::Name)
        && tree.token(run.start - 1).upos == Upos::Propn;
    let open = match name.label {
        None => institution || noun || !nation,
        Some(EntityLabel::Norp | EntityLabel::Gpe) => institution || noun,
        Some(_) => false,
    };
    tied && open
}

fn opens_run(tree: &Tree<'_>, at: usize) -> bool {
    let token = tree.token(at);
    token.upos == Upos::Propn && token.text.chars().any(char::is_alphanumeric)
}

fn continues_run(tree: &Tree<'_>, start: usize, at: usize) -> bool {
    let token = tree.token(at);
    let tied = |a: usize| (start..at).any(|b| tree.token(a).head == Some(b) || tree.token(b).head == Some(a));
    let shared = |a: usize| {
        let head = tree.token(a).head;
        head.is_some()
            && head == tree.token(a - 1).head
            && tree.token(a).is(&["compound", "flat", "amod", "nmod"])
    };
    match token.upos {
        Upos::Propn => !token.is(&["conj", "appos", "nsubj"]) && (tied(at) || shared(at)),
        // "Medical University", "War Crimes": capitalised words within.
        Upos::Noun | Upos::Adj | Upos::Num => {
            token.is_capitalised() && tied(at) && !token.is(&["conj", "appos"])
        }
        Upos::Punct => {
            matches!(token.text.as_str(), "-" | "–" | "." | "'")
                && !token.space_after
                && at + 1 < tree.len()
                && tree.token(at + 1).upos == Upos::Propn
        }
        _ => false,
    }
}

fn joins_next(tree: &Tree<'_>, at: usize) -> bool {
    at + 1 < tree.len() && tree.token(at + 1).upos == Upos::Propn
}

/// A given name first, or a title before.
pub(super) fn looks_like_person(tree: &Tree<'_>, gazetteer: &Gazetteer, tokens: &Range<usize>) -> bool {
    let first = tree.token(tokens.start);
    let last = tree.token(tokens.end - 1);
    let text = last.text.to_lowercase();
    let institution = gazetteer.nouns().get(&text, &text).is_some() && tokens.len() > 1;
    if institution || tokens.clone().any(|at| tree.token(at).upos == Upos::Adp) {
        return false;
    }
    if tokens.start > 0 && is_title(tree, gazetteer, tokens.start - 1) {
        let title = tree.token(tokens.start - 1);
        let tied = title.head.is_some_and(|h| tokens.contains(&h)) || first.head == Some(tokens.start - 1);
        if tied {
            return true;
        }
    }
    let given = gazetteer.given_name(&first.text).is_some();
    given && (2..=4).contains(&tokens.len()) && !last.text.chars().all(|c| c.is_uppercase())
        || given && tokens.len() == 1 && gazetteer.given_name(&first.text) != Some(Gender::Either)
}

/// Days and months.
pub(super) fn is_calendar(lemma: &str) -> bool {
    const OTHERS: [&str; 13] = [
        "jan.",
        "feb.",
        "mar.",
        "apr.",
        "jun.",
        "jul.",
        "aug.",
        "sep.",
        "sept.",
        "oct.",
        "nov.",
        "dec.",
        "christmas",
    ];
    let lower = lemma.to_lowercase();
    let named = |list: &[&str]| list.contains(&lower.as_str());
    named(&WEEKDAYS) || named(&MONTHS) || named(&OTHERS)
}
