//! An entity span of the language model in, a name out: without titles and articles, not cut short
//! before its first words, not two names in one.

use super::gazetteer::Gazetteer;
use super::names::{Name, governs, is_title, looks_like_person};
use super::tree::Tree;
use crate::language::{EntityLabel, EntitySpan, Upos};
use crate::ontology::ActorKind;
use std::ops::Range;

/// The name that a span marks; `None` where what the gazetteer knows within it serves better.
pub(super) fn mend(
    tree: &Tree<'_>,
    gazetteer: &Gazetteer,
    span: &EntitySpan,
    known: &[Name],
) -> Option<(Range<usize>, EntityLabel)> {
    let mut tokens = span.tokens.clone();
    let mut label = span.label;
    let is_known = |range: &Range<usize>| known.iter().any(|name| name.tokens == *range);
    // "the Netherlands": the article is no part of the name, but it is of "The Times".
    while tokens.len() > 1
        && matches!(tree.token(tokens.start).upos, Upos::Det | Upos::Punct)
        && !is_known(&tokens)
    {
        tokens.start += 1;
    }
    while tokens.len() > 1 && matches!(tree.token(tokens.end - 1).upos, Upos::Part | Upos::Punct | Upos::Adp)
    {
        tokens.end -= 1;
    }
    // "UK Government", "Government of Mali": told of by the owner.
    let of = |at: usize| at + 1 < tokens.end && tree.lemma(at + 1) == "of";
    if governs(tree.lemma(tokens.end - 1)) || governs(tree.lemma(tokens.start)) && of(tokens.start) {
        return None;
    }
    // Whatever the model takes it for.
    if tokens.len() > 1 && is_known(&tokens) {
        return None;
    }
    // "[United] States Constitution": what is known goes before.
    let cut = known.iter().find(|k| {
        k.tokens.start < tokens.start && tokens.contains(&(k.tokens.end - 1)) && k.tokens.end > tokens.start
    });
    if let Some(known) = cut {
        tokens.start = known.tokens.end;
        if tokens.is_empty() {
            return None;
        }
    }
    // "Prime Minister", "the Senate Majority Leader", "Parliament": descriptions written large.
    let lone = tokens.len() == 1 && is_listed(gazetteer, &tree.token(tokens.start).text);
    if (lone || is_title(tree, gazetteer, tokens.end - 1)) && !is_known(&tokens) {
        return None;
    }
    let first = &tree.token(tokens.start).text;
    let given = gazetteer.given_name(first).is_some();
    let last = &tree.token(tokens.end - 1).text;
    let parts_known = known.iter().any(|k| tokens.start <= k.tokens.start && k.tokens.end <= tokens.end);
    if label == EntityLabel::Person && !given && tokens.len() > 1 {
        if is_direction(first) {
            label = EntityLabel::Gpe;
        } else if is_institution(gazetteer, last)
            || parts_known && !is_title(tree, gazetteer, tokens.start) && tokens.len() == 2
        {
            label = EntityLabel::Org;
        }
    } else if matches!(label, EntityLabel::Org | EntityLabel::Gpe)
        && looks_like_person(tree, gazetteer, &tokens)
    {
        label = EntityLabel::Person;
    }
    if let Some(person) = titled(tree, gazetteer, &tokens, label) {
        tokens = person;
        label = EntityLabel::Person;
    }
    if label == EntityLabel::Person {
        tokens = person(tree, gazetteer, tokens, known);
        // Whether "Georgia" is a woman the rest of the article tells.
        if tokens.len() == 1 && is_known(&tokens) {
            return None;
        }
    } else {
        tokens.start = first_of(tree, &tokens);
    }
    Some((tokens, label))
}

/// The person's name in "US Senator Ann Example", whatever the model takes the whole for.
fn titled(
    tree: &Tree<'_>,
    gazetteer: &Gazetteer,
    tokens: &Range<usize>,
    label: EntityLabel,
) -> Option<Range<usize>> {
    let called = |at: usize| is_title(tree, gazetteer, at) || is_calling(gazetteer, &tree.token(at).text);
    let title = tokens.clone().rev().skip(1).find(|&at| called(at))?;
    let name = title + 1..tokens.end;
    let proper = name.clone().all(|at| {
        let token = tree.token(at);
        token.upos == Upos::Propn || matches!(token.text.as_str(), "-" | "al" | "bin" | "de" | "von" | "van")
    });
    let institution = is_institution(gazetteer, &tree.token(tokens.end - 1).text);
    let tied = tree.token(title).head == Some(name.start) || tree.token(name.start).head == Some(title);
    let given = gazetteer.given_name(&tree.token(name.start).text).is_some();
    // A general is one, but General Motors is none.
    let rank =
        !matches!(tree.lemma(title).to_lowercase().as_str(), "general" | "major" | "marine" | "justice");
    let likely = label == EntityLabel::Person || name.len() > 1 && (given || tied || rank && name.len() == 2);
    (proper && !institution && likely).then_some(name)
}

/// A person's name without a body's before it or a calling after it: "Hamas Ismail Example", "Example MP".
fn person(tree: &Tree<'_>, gazetteer: &Gazetteer, mut tokens: Range<usize>, known: &[Name]) -> Range<usize> {
    let body = known.iter().find(|name| {
        let given = gazetteer.given_name(&tree.token(name.tokens.start).text).is_some();
        name.tokens.start == tokens.start && name.tokens.end + 1 < tokens.end && !given
    });
    if let Some(body) = body.filter(|body| gazetteer.given_name(&tree.token(body.tokens.end).text).is_some())
    {
        tokens.start = body.tokens.end;
    }
    // "[Secretary of] State Ann Example", "Voter Ann Example".
    let given = |at: usize| gazetteer.given_name(&tree.token(at).text).is_some();
    while tokens.len() > 2
        && !given(tokens.start)
        && (is_title(tree, gazetteer, tokens.start) || given(tokens.start + 1))
        && !tree.token(tokens.start).text.contains('.')
    {
        tokens.start += 1;
    }
    while tokens.len() > 1 && is_calling(gazetteer, &tree.token(tokens.end - 1).text) {
        tokens.end -= 1;
    }
    tokens
}

fn is_calling(gazetteer: &Gazetteer, word: &str) -> bool {
    let lower = word.to_lowercase();
    gazetteer.given_name(word).is_none()
        && !gazetteer.is_surname(word)
        && gazetteer
            .nouns()
            .get(&lower, &lower)
            .is_some_and(|noun| noun.kind == super::EntityKind::Actor(ActorKind::Person))
}

/// Whether a word is a noun of the lexicon and no name.
fn is_listed(gazetteer: &Gazetteer, word: &str) -> bool {
    let lower = word.to_lowercase();
    gazetteer.given_name(word).is_none()
        && gazetteer.nouns().get(&lower, lower.trim_end_matches('s')).is_some()
}

fn is_direction(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "north"
            | "south"
            | "east"
            | "west"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "central"
            | "upper"
            | "lower"
            | "greater"
    )
}

fn is_institution(gazetteer: &Gazetteer, word: &str) -> bool {
    let lower = word.to_lowercase();
    let noun = gazetteer.nouns().get(&lower, &lower);
    noun.is_some_and(|noun| noun.kind != super::EntityKind::Actor(ActorKind::Person))
}

/// The first token of a body's name, where the model has left out the words before: "[Western] Desert Command".
fn first_of(tree: &Tree<'_>, tokens: &Range<usize>) -> usize {
    let mut start = tokens.start;
    while start > 0 {
        let at = start - 1;
        let token = tree.token(at);
        let proper = token.upos == Upos::Propn || token.upos == Upos::Adj && token.is_capitalised() && at > 0;
        let tied = token.head.is_some_and(|head| (start..tokens.end).contains(&head))
            && token.is(&["compound", "amod", "flat"]);
        if !proper || !tied || tree.sentence.entity_at(at).is_some() {
            break;
        }
        start = at;
    }
    start
}
