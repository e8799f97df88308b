//! Which words of a sentence may tell a relation: lexicon senses whose conditions hold, joined with
//! the language model's guesses.
//!
//! Proposes; who takes part and whether the proposal is kept is decided elsewhere.

use super::grammar::Grammar;
use super::lexicon::{Dependent, Group, Lexicon, PredicateClass, Sense};
use crate::language::{Sentence, TriggerGuess, Upos};
use crate::ontology::Relation;

/// A word that may tell a relation.
#[derive(Debug, Clone, Copy)]
pub struct Proposal<'a> {
    /// Token index.
    pub token: usize,
    /// What it may tell.
    pub relation: Relation,
    /// The lexicon group that says so, if one does.
    pub group: Option<&'a Group>,
    /// The model's guess that says so, if it makes one.
    pub guess: Option<&'a TriggerGuess>,
}

impl Proposal<'_> {
    /// Whether a user's own group makes it.
    pub fn is_added(&self) -> bool {
        self.group.is_some_and(|g| g.is_added)
    }
}

/// Every proposal of a sentence, by token and relation; one a pair, the heaviest group first. Where a user's own
/// group speaks of a word, nothing else does.
pub fn proposals<'a>(sentence: &'a Sentence, lexicon: &'a Lexicon) -> Vec<Proposal<'a>> {
    let grammar = Grammar::new(sentence);
    let mut found: Vec<Proposal<'a>> = Vec::new();
    for token in 0..sentence.tokens.len() {
        for class in classes(sentence, token) {
            for sense in lexicon.senses(&sentence.tokens[token].lemma, class) {
                let group = &lexicon.groups()[sense.group];
                if sense_holds(&grammar, sentence, token, sense, group) {
                    propose(
                        &mut found,
                        Proposal { token, relation: group.relation, group: Some(group), guess: None },
                    );
                }
            }
        }
    }
    let added: Vec<usize> = found.iter().filter(|p| p.is_added()).map(|p| p.token).collect();
    found.retain(|p| p.is_added() || !added.contains(&p.token));
    for guess in &sentence.triggers {
        if added.contains(&guess.token)
            && !found.iter().any(|p| p.token == guess.token && p.relation == guess.relation)
        {
            continue;
        }
        propose(
            &mut found,
            Proposal { token: guess.token, relation: guess.relation, group: None, guess: Some(guess) },
        );
    }
    found.sort_by_key(|p| (p.token, p.relation));
    found
}

fn propose<'a>(found: &mut Vec<Proposal<'a>>, new: Proposal<'a>) {
    match found.iter_mut().find(|p| p.token == new.token && p.relation == new.relation) {
        Some(old) => {
            let rank = |g: &Group| (g.is_added, g.weight);
            if new.group.is_some_and(|n| old.group.is_none_or(|o| rank(n) > rank(o))) {
                old.group = new.group;
            }
            old.guess = old.guess.or(new.guess);
        }
        None => found.push(new),
    }
}

/// The word classes a token may act in: a participle before a noun is still a verb.
fn classes(sentence: &Sentence, token: usize) -> impl Iterator<Item = PredicateClass> {
    let t = &sentence.tokens[token];
    let all: &[PredicateClass] = match t.upos {
        Upos::Verb => &[PredicateClass::Verb],
        Upos::Noun => &[PredicateClass::Noun],
        Upos::Adj => &[PredicateClass::Adjective, PredicateClass::Verb],
        // names of operations and headlines in capitals
        Upos::Propn if t.text.chars().all(char::is_uppercase) => {
            &[PredicateClass::Noun, PredicateClass::Verb]
        }
        _ => &[],
    };
    all.iter().copied()
}

fn sense_holds(
    grammar: &Grammar<'_>,
    sentence: &Sentence,
    token: usize,
    sense: &Sense,
    group: &Group,
) -> bool {
    let particle_there = sense.particle.as_ref().is_none_or(|particle| {
        sentence.children(token).any(|c| {
            let t = &sentence.tokens[c];
            (t.is(&["compound:prt", "advmod", "obl", "mark", "xcomp", "case"])
                && t.text.eq_ignore_ascii_case(particle))
                || (t.is(&["obl", "nmod", "advcl"]) && grammar.preposition(c) == Some(particle))
        })
    });
    particle_there
        && sense.needs.iter().all(|d| has_dependent(grammar, sentence, token, d))
        && !group.unless.iter().any(|d| has_dependent(grammar, sentence, token, d))
}

/// Whether a dependent with one of the lemmas stands in the slot.
fn has_dependent(grammar: &Grammar<'_>, sentence: &Sentence, token: usize, wanted: &Dependent) -> bool {
    let named = |i: usize| wanted.lemmas.iter().any(|l| *l == sentence.tokens[i].lemma);
    match wanted.slot.as_str() {
        "obj" => grammar.object(token).is_some_and(|o| grammar.coordinated(o).into_iter().any(named)),
        "subj" => grammar.subject(token).is_some_and(named),
        "comp" => sentence
            .children(token)
            .any(|c| sentence.tokens[c].is(&["xcomp", "ccomp", "acl", "advcl"]) && named(c)),
        "mod" => sentence
            .children(token)
            .any(|c| c < token && sentence.tokens[c].is(&["amod", "compound", "nmod"]) && named(c)),
        preposition => sentence.children(token).any(|c| {
            sentence.tokens[c].is(&["obl", "nmod", "advcl", "acl"])
                && grammar.preposition(c) == Some(preposition)
                && named(c)
        }),
    }
}
