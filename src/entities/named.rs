//! First pass: every proper name to its chain, by gazetteer entry, by full name and surname, by
//! abbreviation. The whole article is seen at once, for a headline's surname comes before the name.

use super::chain::ChainId;
use super::choose::{self, Setting};
use super::draft::{Determiner, has_role};
use super::entry::Gender;
use super::gazetteer::{Hit, NameRole};
use super::head_nouns::{HeadNoun, Office};
use super::resolve::Resolver;
use super::standing::{Standing, standing};
use super::{EntityKind, MentionForm, form, given};
use crate::language::EntityLabel;
use crate::ontology::ActorKind;
use std::collections::{BTreeMap, BTreeSet};

impl Resolver<'_> {
    /// Links every name.
    pub(super) fn link_names(&mut self) {
        let named: Vec<usize> = (0..self.drafts.len()).filter(|&d| self.drafts[d].name.is_some()).collect();
        let short_for = self.abbreviations(&named);
        self.surnames = self.surnames(&named);
        let mut open = Vec::new();
        for &draft in &named {
            if !self.link_known(draft, &short_for) {
                open.push(draft);
            }
        }
        // Full names before surnames, whatever their order in the text.
        let mut people: Vec<usize> = open.iter().copied().filter(|&d| self.is_person_name(d)).collect();
        people.sort_by_key(|&d| (std::cmp::Reverse(self.name_words(d).len()), d));
        for draft in people {
            self.link_person(draft);
        }
        let mut rest: Vec<usize> = open.into_iter().filter(|&d| self.links[d].is_none()).collect();
        rest.sort_by_key(|&d| (std::cmp::Reverse(self.name_words(d).len()), d));
        for draft in rest {
            self.link_other(draft, &short_for);
        }
    }

    fn name_words(&self, draft: usize) -> Vec<String> {
        self.name_text(draft).map(form::plain_words).unwrap_or_default()
    }

    /// Abbreviations in brackets, each with the draft of the name before it: "Front for Change (FFC)".
    fn abbreviations(&self, named: &[usize]) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        for &draft in named {
            let sentence = self.drafts[draft].sentence;
            let Some(name) = self.name(draft) else { continue };
            let tokens = &self.parsed.sentences[sentence].tokens;
            let open = name.tokens.end;
            if open + 2 >= tokens.len() || tokens[open].text != "(" || tokens[open + 2].text != ")" {
                continue;
            }
            let short = tokens[open + 1].text.as_str();
            let capitals = short.chars().filter(|c| c.is_uppercase()).count();
            if capitals >= 2 && short.len() <= 10 && name.tokens.len() >= 2 {
                found.entry(short.to_owned()).or_insert(draft);
            }
        }
        found
    }

    /// Links a name that the user or the gazetteer knows.
    fn link_known(&mut self, draft: usize, short_for: &BTreeMap<String, usize>) -> bool {
        let Some(name) = self.name(draft).cloned() else { return false };
        if let Some(number) = name.given {
            let mention = self.parsed.document.mentions[number].clone();
            if mention.name.is_some() || name.hits.is_empty() {
                self.link_given(draft, &mention);
                return true;
            }
        }
        let text = self.name_text(draft).unwrap_or_default().to_owned();
        let text = text.as_str();
        if let Some(&long) = short_for.get(text).filter(|&&long| long != draft) {
            let known = self.name(long).is_some_and(|long| !long.hits.is_empty());
            if !known && !name.hits.is_empty() {
                // The brackets say what it is short for, whoever else bears it; but a spelling
                // unknown to the gazetteer may be explained by a known abbreviation.
                let plausible = name.hits.iter().any(|hit| self.resembles(long, *hit));
                if !plausible {
                    return false;
                }
            }
        }
        let Some(hit) = self.choose(draft) else { return false };
        if self.is_surname_here(draft) && !self.gazetteer.entry(hit.row).is_country() {
            return false;
        }
        if matches!(hit.role, NameRole::Adjective | NameRole::People)
            && self.drafts[draft].form == MentionForm::Named
        {
            return self.link_national(draft, hit);
        }
        let chain = self.chain_of_row(hit.row);
        if self.is_count(draft, text) {
            // "fifteen Democrats" are some of them.
            self.make_national(draft, chain, true);
            return true;
        }
        self.link(draft, chain);
        true
    }

    /// Whether a number of members is told of rather than the body.
    fn is_count(&self, draft: usize, text: &str) -> bool {
        let words = &self.drafts[draft];
        let tree = &self.trees[words.sentence];
        let counted = tree.children(words.head).any(|t| t < words.head && tree.token(t).rel() == "nummod");
        words.form == MentionForm::Named && counted && text.ends_with('s') && !text.contains(' ')
    }

    fn link_given(&mut self, draft: usize, mention: &crate::reading::GivenMention) {
        let name =
            mention.name.clone().unwrap_or_else(|| self.name_text(draft).unwrap_or_default().to_owned());
        let chain = match self.given.get(&name) {
            Some(&chain) => chain,
            None => {
                let known = self.gazetteer.find(&name).map(|entry| entry.kind());
                let kind = given::kind(mention).or(known).unwrap_or(EntityKind::Actor(ActorKind::Other));
                let chain = self.add_chain(kind);
                self.given.insert(name.clone(), chain);
                chain
            }
        };
        if mention.name.is_some() {
            self.chains[chain].given = Some(name);
        }
        self.link(draft, chain);
    }

    /// Whether a known abbreviation may be that of a name in another spelling: they share a word or its initials.
    fn resembles(&self, long: usize, hit: Hit) -> bool {
        let words = self.name_words(long);
        let entry = self.gazetteer.entry(hit.row);
        let same = |name: &str| {
            let other = form::plain_words(name);
            let shared = other.iter().filter(|w| w.len() > 3 && words.contains(w)).count();
            shared * 2 >= other.len().max(1)
        };
        same(entry.name()) || entry.aliases().any(same)
    }

    fn choose(&self, draft: usize) -> Option<Hit> {
        let name = self.name(draft)?;
        let sentence = self.drafts[draft].sentence;
        let tree = &self.trees[sentence];
        let after = self.names[sentence].iter().find(|other| {
            other.tokens.start == name.tokens.end + 1 && tree.token(name.tokens.end).text == ","
        });
        let next_word = match tree.sentence.tokens.get(name.tokens.end) {
            Some(token) => token.text.to_lowercase(),
            None => String::new(),
        };
        let setting = Setting {
            scene: &self.scene,
            standing: standing(tree, self.gazetteer, self.drafts[draft].head),
            after,
            next_word: &next_word,
        };
        choose::choose(name, &setting, self.gazetteer)
    }

    /// "the Belgians" are Belgium; "two Iranians" and "an Austria-based Iranian" are people of theirs.
    fn link_national(&mut self, draft: usize, hit: Hit) -> bool {
        let country = self.chain_of_row(hit.row);
        let is_country = self.gazetteer.entry(hit.row).is_country();
        let bare = self.drafts[draft].modifiers.is_empty();
        let text = self.name_text(draft).unwrap_or_default().to_owned();
        let plural = hit.role == NameRole::People && text.ends_with('s')
            || text.ends_with("men")
            || self.drafts[draft].determiner == Determiner::Definite && !text.ends_with("man");
        if bare && plural && matches!(self.drafts[draft].determiner, Determiner::Definite)
            || !is_country && plural
        {
            self.link(draft, country);
            return true;
        }
        let words = &self.drafts[draft];
        let person = !plural
            && matches!(
                words.determiner,
                Determiner::Indefinite | Determiner::Definite | Determiner::Other | Determiner::Demonstrative
            );
        self.make_national(draft, country, plural || !person);
        true
    }

    /// Makes a name the description of some who belong to its bearer; the second pass may find an earlier mention.
    fn make_national(&mut self, draft: usize, body: ChainId, plural: bool) {
        let text = self.name_text(draft).unwrap_or_default().to_lowercase();
        let words = &mut self.drafts[draft];
        words.form = MentionForm::Nominal;
        words.plural = plural;
        words.lemma = text.into();
        words.noun = Some(HeadNoun {
            kind: EntityKind::Actor(ActorKind::Person),
            gender: Gender::Either,
            office: Office::None,
        });
        words.name = None;
        self.nationals.insert(draft, body);
    }

    /// First and last words of the full names of persons in the article.
    fn surnames(&self, named: &[usize]) -> BTreeSet<String> {
        let full = named.iter().copied().filter(|&draft| {
            let name = self.name(draft);
            name.is_some_and(|name| {
                let known = name.hits.first().is_some_and(|hit| self.gazetteer.entry(hit.row).is_person());
                name.label == Some(EntityLabel::Person) || known
            })
        });
        full.map(|draft| self.name_words(draft))
            .filter(|words| words.len() > 1)
            .flat_map(|mut words| [words.pop(), words.into_iter().next()])
            .flatten()
            .collect()
    }

    /// Whether a lone word is the surname or given name of a person of the article, whatever else bears it.
    fn is_surname_here(&self, draft: usize) -> bool {
        let words = self.name_words(draft);
        let [word] = words.as_slice() else { return false };
        let words = &self.drafts[draft];
        let place = self.name(draft).is_some_and(|name| {
            matches!(name.label, Some(EntityLabel::Gpe | EntityLabel::Loc)) || !name.hits.is_empty()
        });
        self.surnames.contains(word)
            && !(place
                && standing(&self.trees[words.sentence], self.gazetteer, words.head) == Standing::Located)
    }

    fn is_person_name(&self, draft: usize) -> bool {
        let Some(name) = self.name(draft) else { return false };
        if name.label == Some(EntityLabel::Person) || self.is_surname_here(draft) {
            return true;
        }
        let words = &self.drafts[draft];
        let titled = words.noun.is_some_and(|n| n.kind == EntityKind::Actor(ActorKind::Person))
            && words.form == MentionForm::Named;
        name.label.is_none() && (titled || self.is_introduced(draft)) && !has_role(name, NameRole::Name)
    }

    /// Whether an apposition says that the name is a person's: "the coach, X", "X, a lawyer".
    fn is_introduced(&self, draft: usize) -> bool {
        let words = &self.drafts[draft];
        let tree = &self.trees[words.sentence];
        let up = tree.token(words.head).head.filter(|_| tree.token(words.head).rel() == "appos");
        let down = tree.child(words.head, &["appos"]);
        [up, down].into_iter().flatten().filter_map(|token| self.at[words.sentence][token]).any(|other| {
            let other = &self.drafts[other];
            other.form == MentionForm::Nominal
                && !other.plural
                && other.kind() == EntityKind::Actor(ActorKind::Person)
        })
    }

    fn link_person(&mut self, draft: usize) {
        let words = self.name_words(draft);
        let sex = self.sex_of_name(draft, &words);
        let mut found: Option<(usize, ChainId)> = None;
        for chain in 0..self.chains.len() {
            let person = self.chains[chain].is_person() && self.chains[chain].gender.agrees(sex);
            if !person {
                continue;
            }
            let known = self.chains[chain].row.map(|row| form::plain_words(self.gazetteer.entry(row).name()));
            let same = self.chains[chain]
                .names
                .iter()
                .chain(known.as_ref())
                .map(|name| fit_of_names(&words, name))
                .max();
            if let Some(fit) = same.filter(|&fit| fit > 0) {
                // Of several of one surname, the one spoken of last.
                let near = self.last_before(chain, draft).map_or(0, |m| 1 + m);
                if found.is_none_or(|(best, _)| fit * 1_000_000 + near > best) {
                    found = Some((fit * 1_000_000 + near, chain));
                }
            }
        }
        let chain = match found {
            Some((_, chain)) => chain,
            None => match self.known_by_surname(draft, &words) {
                Some(row) => self.chain_of_row(row),
                None => self.add_chain(EntityKind::Actor(ActorKind::Person)),
            },
        };
        if self.chains[chain].gender == Gender::Either {
            self.chains[chain].gender = sex;
        }
        self.link(draft, chain);
    }

    fn sex_of_name(&self, draft: usize, words: &[String]) -> Gender {
        let told = self.drafts[draft].gender;
        if told != Gender::Either || words.len() < 2 {
            return told;
        }
        let text = self.name_text(draft).unwrap_or_default();
        let first = text.split([' ', '-']).next().unwrap_or_default();
        self.gazetteer.given_name(first).unwrap_or(Gender::Either)
    }

    /// A well-known person of that surname who held the office told, or any, when the article appeared.
    fn known_by_surname(&self, draft: usize, words: &[String]) -> Option<u32> {
        let date = self.parsed.document.date?;
        let text = self.name_text(draft)?;
        if words.len() > 1 {
            return None;
        }
        let title = self.drafts[draft].lemma.as_str();
        let mut found = self.gazetteer.hits(form::hash(text)).filter(|hit| {
            if hit.role != NameRole::Surname || hit.row == u32::MAX {
                return false;
            }
            let entry = self.gazetteer.entry(hit.row);
            let spoken = self.scene.count(entry.country()) > 0;
            entry.terms().any(|term| {
                let office = title.is_empty()
                    || term.office.ends_with(title)
                    || matches!(title, "mr." | "mr" | "ms." | "mrs.");
                term.covers(date) && office && (spoken || !title.is_empty())
            })
        });
        let first = found.next()?;
        found.next().is_none().then_some(first.row)
    }

    fn link_other(&mut self, draft: usize, short_for: &BTreeMap<String, usize>) {
        let words = self.name_words(draft);
        let text = self.name_text(draft).unwrap_or_default().to_owned();
        if let Some(chain) =
            short_for.get(&text).filter(|&&long| long != draft).and_then(|&long| self.links[long])
        {
            self.link(draft, chain);
            return;
        }
        let kind = self.kind_of_name(draft);
        let mut found = None;
        for chain in 0..self.chains.len() {
            let candidate = &self.chains[chain];
            let person = candidate.is_person();
            let known = candidate.row.map(|row| self.gazetteer.entry(row));
            let mut fit = 0;
            for name in &candidate.names {
                // Longer names come first, so a known short one is no short form of this.
                fit = fit.max(if person {
                    let given =
                        || name.first() == words.first() && self.gazetteer.given_name(&text).is_some();
                    usize::from(
                        words.len() == 1 && name.len() > 1 && (name.last() == words.last() || given()),
                    )
                } else if words.len() <= name.len() {
                    fit_of_bodies(&words, name)
                } else {
                    0
                });
            }
            if let Some(entry) = known.filter(|_| !person) {
                for name in std::iter::once(entry.name()).chain(entry.aliases()) {
                    let name = form::plain_words(name);
                    if words.len() <= name.len() {
                        fit = fit.max(fit_of_bodies(&words, &name));
                    }
                }
            }
            if !person && fit > 0 && fit < 4 && !alike(kind, candidate.kind) {
                fit = 0;
            }
            if fit > 0 && found.is_none_or(|(best, _)| fit > best) {
                found = Some((fit, chain));
            }
        }
        if found.is_none() && text.len() >= 2 && text.chars().all(char::is_uppercase) {
            found = (0..self.chains.len())
                .find(|&chain| {
                    self.chains[chain].names.iter().any(|name| initials(name) == text.to_lowercase())
                })
                .map(|chain| (1, chain));
        }
        let chain = match found {
            Some((_, chain)) => chain,
            None => {
                // A lone word borne as a name: "Wong".
                let borne = self.gazetteer.is_surname(&text) || self.gazetteer.given_name(&text).is_some();
                let plain = self
                    .name(draft)
                    .is_some_and(|n| n.hits.is_empty() && matches!(n.label, None | Some(EntityLabel::Org)));
                self.add_chain(if borne && plain && words.len() == 1 {
                    EntityKind::Actor(ActorKind::Person)
                } else {
                    kind
                })
            }
        };
        self.link(draft, chain);
    }

    /// What a name unknown to the gazetteer names, by its last word, the model's label and its title.
    fn kind_of_name(&self, draft: usize) -> EntityKind {
        let Some(name) = self.name(draft) else { return EntityKind::Thing };
        let tree = &self.trees[self.drafts[draft].sentence];
        let noun = |at: usize| {
            let text = tree.token(at).text.to_lowercase();
            self.gazetteer.nouns().get(&text, &text)
        };
        let known = |n: &HeadNoun| n.kind != EntityKind::Actor(ActorKind::Person);
        let by_noun = name.tokens.clone().rev().find_map(|at| noun(at).filter(known)).map(|n| n.kind);
        if by_noun == Some(EntityKind::Thing) {
            return EntityKind::Thing;
        }
        match name.label {
            Some(EntityLabel::Person) => EntityKind::Actor(ActorKind::Person),
            Some(EntityLabel::Gpe | EntityLabel::Loc) => EntityKind::Place,
            Some(EntityLabel::Fac) => by_noun.unwrap_or(EntityKind::Place),
            Some(
                EntityLabel::Event
                | EntityLabel::Law
                | EntityLabel::Product
                | EntityLabel::WorkOfArt
                | EntityLabel::Language,
            ) => EntityKind::Thing,
            Some(EntityLabel::Norp) => EntityKind::Actor(ActorKind::People),
            Some(EntityLabel::Org) => by_noun.unwrap_or(EntityKind::Actor(ActorKind::Organization)),
            _ => by_noun
                .or_else(|| self.drafts[draft].noun.map(|n| n.kind))
                .unwrap_or(EntityKind::Actor(ActorKind::Other)),
        }
    }
}

/// Whether two given names are one in two spellings: "Mohammed", "Muhammad".
fn one_spelling(a: Option<&String>, b: Option<&String>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let bones = |s: &str| -> String {
        let mut last = None;
        s.chars().filter(|c| !"aeiouy".contains(*c) && last.replace(*c) != Some(*c)).collect()
    };
    a == b || a.len() > 4 && b.len() > 4 && a.chars().next() == b.chars().next() && bones(a) == bones(b)
}

/// How well two person's names agree: 0 not, 3 the same.
fn fit_of_names(words: &[String], name: &[String]) -> usize {
    if words == name {
        return 3;
    }
    let (first, last) = (words.first(), words.last());
    match (words.len(), name.len()) {
        (0, _) | (_, 0) => 0,
        (1, 1) => 0,
        (1, _) if last == name.last() => 2,
        (_, 1) if name.last() == last => 2,
        (1, _) if first == name.first() && words[0].len() > 2 => 1,
        // Family name first: "Kim Jong-un" is called "Kim".
        (1, _) | (_, 1) => 0,
        _ if last == name.last() && one_spelling(first, name.first()) => 3,
        // One name within the other: "Mohammed bin Salman Al Saud".
        (a, b) if a >= 2 && b >= 2 => {
            let (short, long) = if a <= b { (words, name) } else { (name, words) };
            if long.windows(short.len()).any(|w| w == short) { 2 } else { 0 }
        }
        _ => 0,
    }
}

/// How well two names of bodies or places agree: 0 not, 4 the same.
fn fit_of_bodies(words: &[String], name: &[String]) -> usize {
    let strip = |w: &[String]| -> Vec<String> {
        w.iter().filter(|w| !matches!(w.as_str(), "the" | "of" | "s")).cloned().collect()
    };
    let (a, b) = (strip(words), strip(name));
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    if a == b {
        return 4;
    }
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() == long.len() || !short.iter().all(|w| long.contains(w)) {
        return 0;
    }
    // "Mahan" for "Mahan Air", "Supreme Court" for "UK Supreme Court".
    if short[0].len() > 2
        && (long.starts_with(short) || long.ends_with(short))
        && short.iter().any(|w| w.len() > 3)
    {
        2
    } else {
        0
    }
}

/// Whether two kinds may be one party under a shorter name.
fn alike(a: EntityKind, b: EntityKind) -> bool {
    let loose = |kind| matches!(kind, EntityKind::Actor(ActorKind::Other | ActorKind::Organization));
    a == b
        || (matches!(a, EntityKind::Actor(_)) && matches!(b, EntityKind::Actor(_)) && (loose(a) || loose(b)))
}

/// The first letters of a name's words, small words left out.
fn initials(name: &[String]) -> String {
    if name.len() < 2 {
        return String::new();
    }
    name.iter()
        .filter(|w| !matches!(w.as_str(), "of" | "the" | "and" | "for" | "in" | "on"))
        .filter_map(|w| w.chars().next())
        .collect()
}
