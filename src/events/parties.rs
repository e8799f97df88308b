//! From a word to the party it stands for: the party, not its part or its doing.
//!
//! "Israel's decision" is Israel; "the president of X" is the president; "a statement by the
//! ministry" is the ministry.

use super::grammar::Grammar;
use super::lexicon::Wanted;
use crate::entities::{EntityId, EntityKind, MentionForm, MentionId, ResolvedDocument};
use crate::language::Upos;

/// A party in a role: where it is named and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party {
    /// The entity.
    pub entity: EntityId,
    /// The mention in this sentence.
    pub mention: MentionId,
    /// Steps from the word the grammar gave to the mention: 0 where it is the mention's own head.
    pub steps: usize,
}

/// Finds parties behind words of one sentence.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'a> {
    resolved: &'a ResolvedDocument,
    sentence: usize,
}

impl<'a> Parties<'a> {
    /// For the sentence with this index.
    pub const fn new(resolved: &'a ResolvedDocument, sentence: usize) -> Self {
        Self { resolved, sentence }
    }

    /// The doer behind a word: a party, never a place that stays a place or a thing without owner.
    pub fn doer(&self, token: usize) -> Option<Party> {
        self.search(token, 0, &|kind| matches!(kind, EntityKind::Actor(_)))
    }

    /// The one acted upon.
    pub fn undergoer(&self, token: usize, wanted: Wanted) -> Option<Party> {
        let actor = |kind: EntityKind| matches!(kind, EntityKind::Actor(_));
        let place = |kind: EntityKind| matches!(kind, EntityKind::Actor(_) | EntityKind::Place);
        match wanted {
            Wanted::Party => self.search(token, 0, &actor).or_else(|| self.here(token, &|_| true)),
            Wanted::Place => self.here(token, &|_| true).or_else(|| self.search(token, 0, &place)),
            Wanted::Any => self
                .here(token, &place)
                .or_else(|| self.search(token, 0, &actor))
                .or_else(|| self.here(token, &|_| true)),
        }
    }

    fn here(&self, token: usize, fits: &dyn Fn(EntityKind) -> bool) -> Option<Party> {
        let mention = self.resolved.mention_at(self.sentence, token)?;
        let entity = self.resolved.mentions[mention].entity?;
        fits(self.resolved.entities[entity].kind).then_some(Party { entity, mention, steps: 0 })
    }

    fn search(&self, token: usize, steps: usize, fits: &dyn Fn(EntityKind) -> bool) -> Option<Party> {
        if let Some(party) = self.here(token, fits) {
            return Some(Party { steps, ..party });
        }
        // a pronoun that nobody could resolve stands for no one
        let unresolved = self
            .resolved
            .mention_at(self.sentence, token)
            .is_some_and(|m| self.resolved.mentions[m].form == MentionForm::Pronoun);
        if steps >= 3 || unresolved {
            return None;
        }
        let sentence = &self.resolved.parsed.sentences[self.sentence];
        let grammar = Grammar::new(sentence);
        if !matches!(
            sentence.tokens[token].upos,
            Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj | Upos::Verb | Upos::Det
        ) {
            return None;
        }
        grammar
            .after_own(token, "by")
            .into_iter()
            .chain(grammar.possessor(token))
            .chain(grammar.modifiers(token))
            .chain(["of", "from", "against"].into_iter().filter_map(|p| grammar.after_own(token, p)))
            .find_map(|next| self.search(next, steps + 1, fits))
    }
}
