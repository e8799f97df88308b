//! Mentions marked by the user in; names and drafts that take them as given out.

use super::draft::Draft;
use super::draft::head_of;
use super::names::Name;
use super::tree::Tree;
use super::{EntityKind, MentionForm};
use crate::language::{EntityLabel, ParsedDocument};
use crate::ontology::ActorKind;
use crate::reading::GivenMention;
use std::ops::Range;

/// Makes names of the mentions that the user names or that are written as names.
pub(super) fn mark_names(parsed: &ParsedDocument, trees: &[Tree<'_>], names: &mut [Vec<Name>]) {
    for (number, mention) in parsed.document.mentions.iter().enumerate() {
        let Some((sentence, tokens)) = place(parsed, mention) else { continue };
        if mention.name.is_none() && !is_name(&trees[sentence], &tokens) {
            continue;
        }
        let names = &mut names[sentence];
        if let Some(same) = names.iter_mut().find(|name| name.tokens == tokens) {
            same.given = Some(number);
            continue;
        }
        names.retain(|name| name.tokens.end <= tokens.start || tokens.end <= name.tokens.start);
        let label = match kind(mention) {
            Some(EntityKind::Actor(ActorKind::Person)) => Some(EntityLabel::Person),
            Some(EntityKind::Place) => Some(EntityLabel::Gpe),
            _ => None,
        };
        names.push(Name { tokens, label, hits: Vec::new(), inner: Vec::new(), given: Some(number) });
        names.sort_by_key(|name| name.tokens.start);
    }
}

/// Makes parties of the marked mentions that are no names.
pub(super) fn mark_drafts(
    parsed: &ParsedDocument,
    trees: &[Tree<'_>],
    names: &[Vec<Name>],
    drafts: &mut Vec<Draft>,
) {
    for (number, mention) in parsed.document.mentions.iter().enumerate() {
        let Some((sentence, tokens)) = place(parsed, mention) else { continue };
        if names[sentence].iter().any(|name| name.given == Some(number)) {
            continue;
        }
        let head = head_of(&trees[sentence], &tokens);
        match drafts.iter_mut().find(|draft| draft.sentence == sentence && draft.head == head) {
            Some(draft) => draft.marked = true,
            None => {
                let mut draft = Draft::new(sentence, head, MentionForm::Nominal);
                draft.lemma = trees[sentence].lemma(head).to_lowercase().into();
                draft.tokens = tokens;
                draft.marked = true;
                drafts.push(draft);
            }
        }
    }
    drafts.sort_by_key(|draft| (draft.sentence, draft.head));
}

/// The kind that the user gave.
pub(super) fn kind(mention: &GivenMention) -> Option<EntityKind> {
    match mention.kind.as_deref()? {
        "location" | "place" => Some(EntityKind::Place),
        kind => kind.parse().ok().map(EntityKind::Actor),
    }
}

fn place(parsed: &ParsedDocument, mention: &GivenMention) -> Option<(usize, Range<usize>)> {
    let sentence = parsed.sentences.iter().position(|s| s.span.overlaps(mention.span))?;
    let inside = |at: &usize| parsed.sentences[sentence].tokens[*at].span.overlaps(mention.span);
    let mut tokens = (0..parsed.sentences[sentence].tokens.len()).filter(inside);
    let first = tokens.next()?;
    let last = tokens.next_back().unwrap_or(first);
    Some((sentence, first..last + 1))
}

fn is_name(tree: &Tree<'_>, tokens: &Range<usize>) -> bool {
    use crate::language::Upos::{Adj, Propn};
    tokens.clone().all(|at| {
        let token = tree.token(at);
        token.upos == Propn || token.upos == Adj && token.is_capitalised() && tokens.len() == 1
    })
}
