//! One sentence with its names in, its mentions out, each with what its own words tell: extent,
//! number, sex, titles, modifiers. Nothing is linked yet.

use super::entry::Gender;
use super::gazetteer::{Gazetteer, NameRole};
use super::head_nouns::{HeadNoun, Office};
use super::names::Name;
use super::phrase::Reader;
use super::tree::{Tree, is_nominal};
use super::{EntityKind, MentionForm};
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

/// The roles in which a name is borne by some entry of the gazetteer.
pub(super) fn has_role(name: &Name, role: NameRole) -> bool {
    name.hits.iter().any(|hit| hit.role == role)
}
