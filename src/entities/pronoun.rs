//! Second pass, pronouns: agreement, binding, nearness, subjects first; nobody where nobody agrees.

use super::chain::{Chain, ChainId};
use super::draft::{Draft, Pronoun, relative_to};
use super::resolve::Resolver;
use super::tree::Tree;
use super::{EntityKind, MentionForm};
use crate::ontology::ActorKind;

impl Resolver<'_> {
    /// Links a pronoun of the third person; those of speakers wait until everything else is linked.
    pub(super) fn link_pronoun(&mut self, draft: usize) {
        let words = &self.drafts[draft];
        let sentence = words.sentence;
        let chain = match words.pronoun {
            Some(Pronoun::Relative) => {
                relative_to(&self.trees[sentence], words.head).and_then(|noun| self.chain_at(sentence, noun))
            }
            Some(pronoun @ (Pronoun::Person(_) | Pronoun::It | Pronoun::They)) => {
                self.antecedent_of(draft, pronoun)
            }
            Some(Pronoun::Me | Pronoun::Us) | None => None,
        };
        if let Some(chain) = chain {
            self.link(draft, chain);
        }
    }

    /// "I" and "we" in quotations are the speaker; "we" of an official is whom the official speaks for.
    pub(super) fn link_speakers(&mut self) {
        for draft in 0..self.drafts.len() {
            let words = &self.drafts[draft];
            let Some(pronoun @ (Pronoun::Me | Pronoun::Us)) = words.pronoun else { continue };
            let Some(speaker) = self.speaker(words.sentence, words.head) else { continue };
            let chain = if pronoun == Pronoun::Us { self.body_of(speaker) } else { Some(speaker) };
            if let Some(chain) =
                chain.filter(|&chain| pronoun == Pronoun::Us || !self.chains[chain].is_body())
            {
                self.link(draft, chain);
            }
        }
    }

    /// Whom a speaker's "we" means.
    fn body_of(&self, speaker: ChainId) -> Option<ChainId> {
        let chain = &self.chains[speaker];
        if !chain.is_person() {
            return Some(speaker);
        }
        let body = chain.owners.iter().copied().find(|&owner| self.chains[owner].is_body());
        let held = || {
            let entry = self.gazetteer.entry(chain.row?);
            let country = entry.country()?;
            let date = self.parsed.document.date?;
            entry.terms().any(|term| term.covers(date)).then_some(())?;
            self.rows.get(&self.gazetteer.country_row(country)?).copied()
        };
        body.or_else(held).or(Some(speaker))
    }

    fn antecedent_of(&self, draft: usize, pronoun: Pronoun) -> Option<ChainId> {
        let words = &self.drafts[draft];
        let tree = &self.trees[words.sentence];
        if tree.token(words.head).text.to_lowercase().ends_with("sel") || is_reflexive(tree, words.head) {
            let subject = tree.predicate(words.head).and_then(|predicate| tree.subject(predicate))?;
            return self.chain_at(words.sentence, subject);
        }
        let quoted_by = self.speaker(words.sentence, words.head);
        let mut best: Option<(i64, ChainId)> = None;
        for (id, chain) in self.chains.iter().enumerate() {
            let Some(agreement) = agreement(pronoun, chain) else { continue };
            if quoted_by == Some(id) {
                continue;
            }
            let Some(score) = self.nearness(draft, id) else { continue };
            let score = score + agreement;
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, id));
            }
        }
        best.filter(|&(score, _)| score > 20).map(|(_, id)| id)
    }

    /// How present a chain is at a pronoun: its best mention before it; `None` where none may be meant.
    fn nearness(&self, draft: usize, chain: ChainId) -> Option<i64> {
        let words = &self.drafts[draft];
        let here = self.position(draft);
        let person = matches!(words.pronoun, Some(Pronoun::Person(_)));
        let mut best: Option<i64> = None;
        for &mention in &self.chains[chain].mentions {
            let position = self.position(mention);
            if position >= here {
                continue;
            }
            let gap = here.0 - position.0;
            if gap > if person { 4 } else { 2 } {
                continue;
            }
            let other = &self.drafts[mention];
            if gap == 0 && self.bound(words, other) {
                // What is excluded by its own clause is excluded altogether.
                if self.same_predicate(words, other) {
                    return None;
                }
                continue;
            }
            let mut score = [100, 72, 40, 25, 10][gap];
            if gap == 0 {
                score -= ((here.1 - position.1) as i64 / 4).min(12);
            }
            score += self.prominence(other);
            let subject = |d: &Draft| {
                self.trees[d.sentence].token(self.trees[d.sentence].outward(d.head)).rel() == "nsubj"
            };
            if subject(words) && subject(other) {
                score += 8;
            }
            best = best.max(Some(score));
        }
        let frequency =
            3 * self.chains[chain].mentions.iter().filter(|&&m| self.position(m) < here).count().min(6)
                as i64;
        best.map(|score| score + frequency)
    }

    /// By its part in its clause and its wording.
    fn prominence(&self, other: &Draft) -> i64 {
        let tree = &self.trees[other.sentence];
        let out = tree.outward(other.head);
        let role = match tree.token(out).rel() {
            "nsubj" if tree.token(out).deprel == "nsubj:pass" => 22,
            "nsubj" => 28,
            "obj" | "iobj" => 12,
            "appos" | "root" | "parataxis" => 6,
            "nmod" if tree.token(out).deprel == "nmod:poss" => 2,
            "obl" => 4,
            "compound" | "amod" => -12,
            _ => -2,
        };
        role + match other.form {
            MentionForm::Named => 5,
            MentionForm::Pronoun => 6,
            MentionForm::Nominal => 0,
            MentionForm::Adjectival => -20,
        }
    }

    /// Whether grammar forbids that a pronoun means a mention of its own sentence.
    fn bound(&self, words: &Draft, other: &Draft) -> bool {
        // "its government" is not the government.
        other.tokens.contains(&words.head) || self.same_predicate(words, other)
    }

    /// Subject and object of one verb are two, unless the pronoun is a possessive.
    fn same_predicate(&self, words: &Draft, other: &Draft) -> bool {
        let tree = &self.trees[words.sentence];
        let argument = |at: usize| {
            let out = tree.outward(at);
            let token = tree.token(out);
            token.is(&["nsubj", "obj", "iobj", "obl"]).then_some(token.head).flatten()
        };
        match (argument(words.head), argument(other.head)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        }
    }
}

fn is_reflexive(tree: &Tree<'_>, at: usize) -> bool {
    let text = tree.token(at).text.to_lowercase();
    (text.ends_with("self") || text.ends_with("selves")) && tree.token(at).is(&["obj", "iobj", "obl", "nmod"])
}

/// How well a chain agrees with a pronoun; `None` where it does not.
fn agreement(pronoun: Pronoun, chain: &Chain) -> Option<i64> {
    use ActorKind::{ArmedGroup, Military, People, Police};
    match pronoun {
        Pronoun::Person(gender) => {
            let person = chain.is_person() && chain.gender.agrees(gender);
            person.then_some(if chain.gender == gender { 14 } else { 0 })
        }
        Pronoun::It => match chain.kind {
            _ if chain.plural => None,
            EntityKind::Actor(ActorKind::Person | People) => None,
            EntityKind::Actor(_) => Some(4),
            EntityKind::Place => Some(-14),
            EntityKind::Thing => Some(0),
        },
        Pronoun::They => match chain.kind {
            EntityKind::Actor(People) => Some(12),
            _ if chain.plural => Some(if chain.kind == EntityKind::Thing { -4 } else { 10 }),
            EntityKind::Actor(Police | Military | ArmedGroup) => Some(0),
            EntityKind::Actor(ActorKind::Person) | EntityKind::Place | EntityKind::Thing => None,
            EntityKind::Actor(_) => Some(-26),
        },
        Pronoun::Me | Pronoun::Us | Pronoun::Relative => None,
    }
}
