//! One sentence with its names in, its mentions out, each with what its own words tell: extent,
//! number, sex, titles, modifiers. Nothing is linked yet.

use super::gazetteer::{Gazetteer, Gender, NameRole};
use super::head_nouns::{HeadNoun, Office};
use super::names::{Name, is_calendar};
use super::tree::{Tree, is_nominal};
use super::{EntityKind, MentionForm};
use crate::language::{EntityLabel, Upos};
use crate::ontology::ActorKind;
use smol_str::SmolStr;
use std::ops::Range;

/// A mention before it is linked.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Sentence index.
    pub sentence: usize,
    /// Tokens of the noun phrase.
    pub tokens: Range<usize>,
    /// Head token.
    pub head: usize,
    /// How it is worded.
    pub form: MentionForm,
    /// Index of its name among the sentence's names.
    pub name: Option<usize>,
    /// What the head noun (of a name: its title) says.
    pub noun: Option<HeadNoun>,
    /// Dictionary form of the head noun or title, in lower case; empty for a bare name.
    pub lemma: SmolStr,
    /// Office told by the title or noun, and its token.
    pub office: Office,
    pub office_at: usize,
    /// "former", "ex-", "deputy": not the head of the body now.
    pub lesser: bool,
    /// Sex told by title or noun.
    pub gender: Gender,
    /// More than one.
    pub plural: bool,
    /// Article or the like.
    pub determiner: Determiner,
    /// Other modifiers, dictionary forms in lower case.
    pub modifiers: Vec<SmolStr>,
    /// Heads of names and nouns that tell whose it is: "Iranian", "the ministry's", "of France".
    pub owners: Vec<usize>,
    /// Age in years, where told.
    pub age: Option<u32>,
    /// What a pronoun stands for.
    pub pronoun: Option<Pronoun>,
    /// A user marked it, so it is a party whatever its noun says.
    pub marked: bool,
}

/// How a noun phrase is introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Determiner {
    /// None: a bare plural or mass noun, or headline style.
    Bare,
    /// "the".
    Definite,
    /// "a", "an", "some", numbers.
    Indefinite,
    /// "this", "those".
    Demonstrative,
    /// "his", "Iran's".
    Possessive,
    /// "another", "other": somebody new.
    Other,
    /// "no", "any", "every", "each": nobody in particular.
    Quantified,
}

/// Person, number and sex of a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    /// "I", "my".
    Me,
    /// "we", "our".
    Us,
    /// "he", "her".
    Person(Gender),
    /// "it", "its".
    It,
    /// "they", "their".
    They,
    /// "who", "which", "that".
    Relative,
}

impl Draft {
    pub(super) fn new(sentence: usize, head: usize, form: MentionForm) -> Self {
        Self {
            sentence,
            tokens: head..head + 1,
            head,
            form,
            name: None,
            noun: None,
            lemma: SmolStr::default(),
            office: Office::None,
            office_at: head,
            lesser: false,
            gender: Gender::Either,
            plural: false,
            determiner: Determiner::Bare,
            modifiers: Vec::new(),
            owners: Vec::new(),
            age: None,
            pronoun: None,
            marked: false,
        }
    }

    /// What the words alone make of it.
    pub(super) fn kind(&self) -> EntityKind {
        match self.noun.map(|noun| noun.kind) {
            Some(EntityKind::Actor(ActorKind::Person))
                if self.plural && self.form == MentionForm::Nominal =>
            {
                EntityKind::Actor(ActorKind::People)
            }
            None | Some(EntityKind::Thing) if self.marked => EntityKind::Actor(ActorKind::Other),
            Some(kind) => kind,
            None => EntityKind::Thing,
        }
    }
}

/// The mentions of a sentence in order of their heads.
pub(super) fn drafts(sentence: usize, tree: &Tree<'_>, names: &[Name], gazetteer: &Gazetteer) -> Vec<Draft> {
    let reader = Reader { sentence, tree, names, gazetteer };
    let mut drafts: Vec<Draft> = Vec::new();
    let mut spoken = vec![false; names.len()];
    for at in 0..tree.len() {
        let Some(draft) = reader.draft(at) else { continue };
        if let Some(name) = draft.name
            && std::mem::replace(&mut spoken[name], true)
        {
            continue;
        }
        drafts.push(draft);
    }
    // Names within longer phrases: "the Taliban bombing", "Biden-Trump debate".
    for (index, name) in names.iter().enumerate().filter(|&(index, _)| !spoken[index]) {
        let head = head_of(tree, &name.tokens);
        let mut draft = Draft::new(sentence, head, MentionForm::Adjectival);
        let free =
            !matches!(tree.token(head).rel(), "compound" | "amod" | "flat" | "det" | "nummod" | "advmod");
        if free || tree.token(head).rel() == "conj" && !reader.modifies(head) {
            draft.form = MentionForm::Named;
        }
        draft.tokens = name.tokens.clone();
        draft.name = Some(index);
        drafts.push(draft);
    }
    drafts.sort_by_key(|draft| (draft.head, draft.tokens.start));
    drafts.dedup_by(|b, a| a.head == b.head);
    drafts
}

/// The token of a range whose head lies outside it.
pub(super) fn head_of(tree: &Tree<'_>, tokens: &Range<usize>) -> usize {
    tokens
        .clone()
        .find(|&at| tree.token(at).head.is_none_or(|head| !tokens.contains(&head)))
        .unwrap_or(tokens.end - 1)
}

struct Reader<'a> {
    sentence: usize,
    tree: &'a Tree<'a>,
    names: &'a [Name],
    gazetteer: &'a Gazetteer,
}

impl Reader<'_> {
    fn draft(&self, at: usize) -> Option<Draft> {
        let token = self.tree.token(at);
        if token.upos == Upos::Pron {
            return self.pronoun(at);
        }
        let name = self.name_at(at);
        let outward = !token.is(&[
            "compound",
            "flat",
            "fixed",
            "amod",
            "det",
            "nummod",
            "advmod",
            "case",
            "punct",
            "goeswith",
            "aux",
            "mark",
            "cc",
            "discourse",
            "expl",
        ]) && !token.is(&["nmod:desc"]);
        let heads = match token.upos {
            Upos::Noun | Upos::Propn | Upos::X | Upos::Sym => outward,
            Upos::Num | Upos::Adj | Upos::Det => outward && self.stands_for_people(at),
            _ => name.is_some() && outward,
        };
        if !heads || self.is_time(at) || self.modifies(at) {
            return None;
        }
        Some(self.phrase(at))
    }

    /// Whether the token is coordinated with a modifier: "trade and industry commissioner".
    fn modifies(&self, at: usize) -> bool {
        self.tree
            .conjoined_with(at)
            .is_some_and(|first| self.tree.token(first).is(&["compound", "amod"]) || self.modifies(first))
    }

    fn name_at(&self, at: usize) -> Option<usize> {
        self.names.iter().position(|name| name.tokens.contains(&at))
    }

    /// "the wounded", "two were killed", "others".
    fn stands_for_people(&self, at: usize) -> bool {
        let token = self.tree.token(at);
        match token.upos {
            Upos::Adj => {
                self.tree.child(at, &["det"]).is_some()
                    && token.is(&["nsubj", "obj", "obl", "nmod", "conj", "iobj"])
            }
            Upos::Num => {
                token.is(&["nsubj", "obj", "conj", "iobj", "obl:agent"])
                    && !token.text.contains(['.', ',', ':', '%'])
                    && self.tree.child(at, &["case"]).is_none_or(|case| self.tree.lemma(case) == "by")
            }
            _ => {
                token.is(&["nsubj", "obj", "iobj"])
                    && !matches!(token.lemma.as_str(), "this" | "that" | "these")
            }
        }
    }

    fn is_time(&self, at: usize) -> bool {
        const TIMES: [&str; 27] = [
            "day",
            "week",
            "month",
            "year",
            "hour",
            "minute",
            "second",
            "morning",
            "afternoon",
            "evening",
            "night",
            "today",
            "yesterday",
            "tomorrow",
            "weekend",
            "decade",
            "century",
            "time",
            "moment",
            "date",
            "period",
            "midnight",
            "noon",
            "tonight",
            "season",
            "spring",
            "autumn",
        ];
        let token = self.tree.token(at);
        let labelled = self.tree.sentence.entity_at(at).is_some_and(|span| {
            use EntityLabel::{Date, Language, Money, Ordinal, Percent, Quantity, Time};
            matches!(span.label, Date | Time | Money | Percent | Quantity | Ordinal | Language)
        });
        // "a 12-year-old" may be marked as a date.
        let aged = token.text.ends_with("old") || token.lemma.ends_with("old");
        labelled && !aged && token.upos != Upos::Pron
            || TIMES.contains(&token.lemma.as_str())
            || is_calendar(&token.lemma) && token.upos == Upos::Propn && self.name_at(at).is_none()
    }

    fn phrase(&self, at: usize) -> Draft {
        let tree = self.tree;
        let name = self.name_of(at);
        let form = if name.is_some() { MentionForm::Named } else { MentionForm::Nominal };
        let mut draft = Draft::new(self.sentence, at, form);
        draft.name = name;
        draft.tokens = self.trimmed(self.extent(at, name), at);
        let name_tokens = name.map(|index| self.names[index].tokens.clone());
        let inside = |t: usize| name_tokens.as_ref().is_some_and(|tokens| tokens.contains(&t));
        if name.is_none() {
            self.read_noun(&mut draft, at);
        }
        let before = draft.tokens.start
            ..name_tokens.as_ref().map_or(at, |tokens| tokens.start.max(draft.tokens.start));
        for t in before {
            self.read_modifier(&mut draft, t, name.is_some());
        }
        self.read_determiner(&mut draft, at);
        self.read_owners(&mut draft, at);
        if let Some(title) =
            tree.children(at).find(|&t| t < at && tree.token(t).deprel == "nmod:desc" && !inside(t))
        {
            self.read_owners(&mut draft, title);
        }
        self.read_age(&mut draft, at);
        draft
    }

    /// The name that the phrase is about: its head's, or that of a person introduced by the head as a title.
    fn name_of(&self, at: usize) -> Option<usize> {
        let tree = self.tree;
        if let Some(own) = self.name_at(at) {
            return Some(own);
        }
        let noun = self.noun(at)?;
        if !matches!(noun.kind, EntityKind::Actor(_)) {
            return None;
        }
        tree.children(at).filter(|&child| child > at).find_map(|child| {
            let token = tree.token(child);
            let index = self.name_at(child)?;
            let tokens = &self.names[index].tokens;
            let person = self.names[index].label == Some(EntityLabel::Person);
            let close = tokens.start == at + 1
                || (at + 1..tokens.start).all(|t| tree.token(t).upos != Upos::Punct && tree.outward(t) != t);
            let title =
                token.is(&["flat"]) || token.is(&["appos", "compound", "nmod"]) && token.rel() != "nmod";
            // "Mayor of London Sadiq Khan": a complement may stand between.
            let after_of =
                token.is(&["appos", "flat"]) && !(at + 1..tokens.start).any(|t| tree.token(t).text == ",");
            (title && (close || person && after_of)).then_some(index)
        })
    }

    fn noun(&self, at: usize) -> Option<HeadNoun> {
        let token = self.tree.token(at);
        let lemma = token.lemma.to_lowercase();
        let lemma = lemma.rsplit(['-']).next().filter(|l| *l == "old").map_or(lemma.as_str(), |_| "year-old");
        self.gazetteer.nouns().get(&token.text.to_lowercase(), lemma)
    }

    fn read_noun(&self, draft: &mut Draft, at: usize) {
        let token = self.tree.token(at);
        draft.lemma = lower(&token.lemma);
        draft.noun = self.noun(at);
        draft.plural = is_plural(&token.text, &token.lemma);
        if matches!(token.upos, Upos::Num | Upos::Adj | Upos::Det) && draft.noun.is_none() {
            draft.plural = !matches!(draft.lemma.as_str(), "one" | "1" | "each" | "another");
            draft.noun = Some(HeadNoun {
                kind: EntityKind::Actor(if draft.plural { ActorKind::People } else { ActorKind::Person }),
                gender: Gender::Either,
                office: Office::None,
            });
        }
        if let Some(noun) = draft.noun {
            draft.gender = noun.gender;
            draft.office = noun.office;
            draft.office_at = at;
            let collective = matches!(noun.kind, EntityKind::Actor(ActorKind::People))
                || matches!(draft.lemma.as_str(), "police" | "troops" | "forces" | "authorities");
            draft.plural |= collective;
        }
    }

    fn read_modifier(&self, draft: &mut Draft, t: usize, named: bool) {
        let token = self.tree.token(t);
        if matches!(token.upos, Upos::Punct | Upos::Det | Upos::Part | Upos::Adp | Upos::Cconj | Upos::Pron) {
            return;
        }
        if let Some(index) = self.name_at(t) {
            if draft.name != Some(index) {
                let head = head_of(self.tree, &self.names[index].tokens);
                if !draft.owners.contains(&head) {
                    draft.owners.push(head);
                }
            }
            return;
        }
        let lemma = lower(&token.lemma);
        if matches!(
            lemma.as_str(),
            "former"
                | "ex"
                | "ex-"
                | "late"
                | "then"
                | "deputy"
                | "vice"
                | "assistant"
                | "acting-"
                | "outgoing-"
        ) || lemma.starts_with("ex-")
            || lemma.starts_with("then-")
        {
            draft.lesser = true;
        }
        if named {
            // The last noun before the name is its title.
            if let Some(noun) = self.noun(t).filter(|_| token.upos != Upos::Adj) {
                draft.noun = Some(noun);
                draft.lemma = lemma.clone();
                if noun.gender != Gender::Either {
                    draft.gender = noun.gender;
                }
                if noun.office >= draft.office {
                    draft.office = noun.office;
                    draft.office_at = t;
                }
            }
        }
        draft.modifiers.push(lemma);
    }

    fn read_determiner(&self, draft: &mut Draft, at: usize) {
        let tree = self.tree;
        for t in draft.tokens.start..at.max(draft.tokens.start) {
            let token = tree.token(t);
            if token.is(&["nmod:poss"])
                && tree.token(t).head.is_some_and(|h| h == at || draft.tokens.contains(&h))
            {
                draft.determiner = Determiner::Possessive;
            }
        }
        let found = draft.tokens.clone().find_map(|t| {
            let token = tree.token(t);
            let outer = token.head == Some(at)
                || token.head.is_some_and(|h| tree.token(h).deprel == "nmod:desc" || h + 1 == at);
            if !(token.rel() == "det" && outer) {
                return None;
            }
            Some(match token.lemma.to_lowercase().as_str() {
                "the" => Determiner::Definite,
                "this" | "that" | "these" | "those" => Determiner::Demonstrative,
                "another" => Determiner::Other,
                "no" | "any" | "every" | "each" | "neither" | "either" => Determiner::Quantified,
                _ => Determiner::Indefinite,
            })
        });
        if let Some(found) = found {
            draft.determiner = found;
        }
        if draft.modifiers.iter().any(|m| {
            matches!(
                m.as_str(),
                "other" | "another" | "second" | "third" | "further" | "different" | "additional"
            )
        }) || matches!(draft.lemma.as_str(), "other" | "others" | "another")
        {
            draft.determiner = Determiner::Other;
        }
        let counted = tree.children(at).any(|t| tree.token(t).rel() == "nummod" && t < at);
        if counted && draft.determiner == Determiner::Bare {
            draft.determiner = Determiner::Indefinite;
        }
    }

    /// Possessors and complements with "of", "for" or "from" that tell whose it is.
    fn read_owners(&self, draft: &mut Draft, at: usize) {
        let tree = self.tree;
        for child in tree.children(at) {
            let token = tree.token(child);
            let owner = match token.rel() {
                "nmod" if token.deprel == "nmod:poss" => true,
                "nmod" if token.deprel != "nmod:desc" => {
                    matches!(tree.case(child), Some("of" | "for" | "from" | "in" | "with" | "at"))
                }
                _ => false,
            };
            if owner && !draft.owners.contains(&child) {
                draft.owners.push(child);
            }
        }
    }

    fn read_age(&self, draft: &mut Draft, at: usize) {
        let tree = self.tree;
        let old = |t: usize| {
            let text = tree.token(t).text.to_lowercase();
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            if text.ends_with("-old") && !digits.is_empty() {
                return digits.parse().ok();
            }
            // "19", "-", "year", "-", "old".
            let number = |u: usize| tree.token(u).text.parse::<u32>().ok();
            (text == "old" && t >= 4).then(|| (t - 4..t).find_map(number)).flatten()
        };
        draft.age = draft.tokens.clone().find_map(old).or_else(|| {
            let number = tree.children(at).find(|&t| {
                t > at && tree.token(t).is(&["appos", "nummod"]) && tree.token(t).upos == Upos::Num
            })?;
            tree.token(number).text.parse().ok().filter(|age| (1..=110).contains(age))
        });
        if draft.lemma.ends_with("old") && draft.age.is_some() && draft.form == MentionForm::Nominal {
            draft.lemma = SmolStr::new_static("year-old");
            draft.noun = self.gazetteer.nouns().get("year-old", "year-old");
            draft.plural = false;
        }
    }

    /// The range without punctuation at its ends.
    fn trimmed(&self, mut tokens: Range<usize>, at: usize) -> Range<usize> {
        while tokens.start < at && self.tree.token(tokens.start).upos == Upos::Punct {
            tokens.start += 1;
        }
        while tokens.end > at + 1 && self.tree.token(tokens.end - 1).upos == Upos::Punct {
            tokens.end -= 1;
        }
        tokens
    }

    /// The phrase without relative clauses and long complements.
    fn extent(&self, at: usize, name: Option<usize>) -> Range<usize> {
        let tree = self.tree;
        let (mut start, mut end) = (at, at + 1);
        let cover = |range: &Range<usize>, start: &mut usize, end: &mut usize| {
            *start = (*start).min(range.start);
            *end = (*end).max(range.end);
        };
        if let Some(index) = name {
            cover(&self.names[index].tokens, &mut start, &mut end);
        }
        for child in tree.children(at) {
            let token = tree.token(child);
            if child < at {
                let part = token.is(&["det", "amod", "compound", "nummod", "flat", "advmod", "goeswith"])
                    || token.is(&["nmod:poss", "nmod:desc", "nmod:unmarked", "nmod:npmod", "obl:unmarked"])
                    || token.rel() == "nmod" && tree.child(child, &["case"]).is_none();
                if part {
                    let low = tree.reach(child, 6).0;
                    if at - low <= 18 {
                        start = start.min(low);
                    }
                }
            } else if token.is(&["flat", "fixed", "compound", "goeswith"])
                && token.deprel != "compound:prt"
                && child <= end + 1
            {
                end = end.max(tree.reach(child, 3).1 + 1);
            }
        }
        if let Some(index) = name {
            // The title before a name that heads the phrase: "the French foreign minister X".
            let head = head_of(tree, &self.names[index].tokens);
            if head != at {
                cover(&self.names[index].tokens, &mut start, &mut end);
            }
            return start..end;
        }
        for child in tree.children(at).filter(|&child| child > at) {
            let token = tree.token(child);
            if token.rel() != "nmod" || child.saturating_sub(end) > 8 {
                continue;
            }
            let (low, _) = tree.reach(child, 1);
            let short = match tree.child(child, &["case"]).map(|case| tree.lemma(case)) {
                Some("of") => 9,
                Some("for" | "from" | "in" | "at" | "to") if self.noun(at).is_some() => 5,
                _ => continue,
            };
            if low != end {
                continue;
            }
            let inner = self.extent(child, self.name_at(child));
            if inner.end - low <= short {
                end = end.max(inner.end);
            }
        }
        start..end
    }

    fn pronoun(&self, at: usize) -> Option<Draft> {
        let token = self.tree.token(at);
        let kind = match token.text.to_lowercase().as_str() {
            "i" | "me" | "my" | "mine" | "myself" => Pronoun::Me,
            "we" | "us" | "our" | "ours" | "ourselves" => Pronoun::Us,
            "he" | "him" | "his" | "himself" => Pronoun::Person(Gender::Male),
            "she" | "her" | "hers" | "herself" => Pronoun::Person(Gender::Female),
            "it" | "its" | "itself" => Pronoun::It,
            "they" | "them" | "their" | "theirs" | "themselves" => Pronoun::They,
            "who" | "whom" | "whose" | "which" | "that" if self.relative_to(at).is_some() => {
                Pronoun::Relative
            }
            "those" | "someone" | "somebody" | "everyone" | "everybody" | "anyone" | "others" | "many"
            | "some" | "all" | "both"
                if !token.is(&["det", "advmod"]) =>
            {
                let mut draft = Draft::new(self.sentence, at, MentionForm::Nominal);
                draft.tokens = self.extent(at, None);
                draft.lemma = lower(&token.lemma);
                let single = matches!(draft.lemma.as_str(), "someone" | "somebody" | "anyone");
                draft.plural = !single;
                draft.determiner = Determiner::Other;
                draft.noun = Some(HeadNoun {
                    kind: EntityKind::Actor(if single { ActorKind::Person } else { ActorKind::People }),
                    gender: Gender::Either,
                    office: Office::None,
                });
                self.read_owners(&mut draft, at);
                return Some(draft);
            }
            _ => return None,
        };
        if token.rel() == "expl" {
            return None;
        }
        let mut draft = Draft::new(self.sentence, at, MentionForm::Pronoun);
        draft.pronoun = Some(kind);
        draft.plural = matches!(kind, Pronoun::Us | Pronoun::They);
        if let Pronoun::Person(gender) = kind {
            draft.gender = gender;
        }
        Some(draft)
    }

    /// The noun that a relative pronoun stands for.
    fn relative_to(&self, at: usize) -> Option<usize> {
        relative_to(self.tree, at)
    }
}

/// The noun that a relative pronoun stands for.
pub(super) fn relative_to(tree: &Tree<'_>, at: usize) -> Option<usize> {
    let mut here = at;
    for _ in 0..8 {
        let token = tree.token(here);
        let head = token.head?;
        if token.is(&["acl:relcl"]) || token.rel() == "acl" && here != at {
            return (head < at && is_nominal(tree.token(head))).then_some(head);
        }
        here = head;
    }
    None
}

fn lower(word: &str) -> SmolStr {
    if word.chars().any(char::is_uppercase) { word.to_lowercase().into() } else { word.into() }
}

/// Whether a noun's written form is its plural.
fn is_plural(text: &str, lemma: &str) -> bool {
    const IRREGULAR: [&str; 8] =
        ["men", "women", "children", "people", "police", "troops", "feet", "personnel"];
    let (text, lemma) = (text.to_lowercase(), lemma.to_lowercase());
    (text != lemma && text.ends_with('s'))
        || IRREGULAR.iter().any(|irregular| text.ends_with(irregular))
        || matches!(text.as_str(), "authorities" | "forces" | "officials" | "locals" | "casualties")
}

/// The roles in which a name is borne by some entry of the gazetteer.
pub(super) fn has_role(name: &Name, role: NameRole) -> bool {
    name.hits.iter().any(|hit| hit.role == role)
}
