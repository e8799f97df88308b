//! Dates that acts told without one take from the rest of the article: the headline from its lead, a repeated
//! act from where it is told first, an act in a running account from the sentences before it.
//!
//! Lends what the article says; never guesses from the day of publication.

use super::candidate::Candidate;
use super::grammar::is_past_participle;
use crate::entities::{EntityId, ResolvedDocument};
use crate::language::{Heading, Sentence, Token, Upos};
use crate::ontology::{PartialDate, Relation, Tone};

/// Sentences of an account over which its last date holds.
const REACH: usize = 4;
/// The same for words and cooperation, of which an account soon turns to others.
const TALK: usize = 2;
/// Days around publication in which something is news.
const NEWS: i64 = 14;

/// A dated act.
struct Dated {
    sentence: usize,
    relation: Relation,
    parties: [Option<EntityId>; 2],
    date: PartialDate,
}

impl Dated {
    fn shares_a_party(&self, c: &Candidate<'_>) -> bool {
        let [source, target] = self.parties;
        source.is_some() && source == c.source_entity() || target.is_some() && target == c.target_entity()
    }

    fn is_kin(&self, c: &Candidate<'_>) -> bool {
        self.relation.row().plover == c.relation.row().plover
    }
}

/// Gives undated acts the dates that the article makes evident.
pub fn lend(resolved: &ResolvedDocument, all: &mut [Candidate<'_>]) {
    let dated: Vec<Dated> = all
        .iter()
        .filter(|c| c.status.is_told_as_done())
        .filter_map(|c| {
            let parties = [c.source_entity(), c.target_entity()];
            Some(Dated { sentence: c.sentence, relation: c.relation, parties, date: c.date? })
        })
        .collect();
    for c in all.iter_mut().filter(|c| c.date.is_none()) {
        c.date = lent(resolved, &dated, c);
    }
}

/// Whether a word tells a step of an account: a noun, or a verb in the simple past or the passive. "Has killed"
/// and "had killed" look back further.
fn is_narrated(sentence: &Sentence, trigger: usize) -> bool {
    let token = &sentence.tokens[trigger];
    let perfect = sentence.children(trigger).any(|c| {
        let auxiliary = &sentence.tokens[c];
        auxiliary.deprel == "aux" && auxiliary.lemma == "have"
    });
    let past = token.upos == Upos::Verb && (is_past_participle(token) || is_simple_past(token));
    token.upos == Upos::Noun || past && !perfect
}

/// Whether a verb form is neither the base, nor in "-s", nor in "-ing".
fn is_simple_past(token: &Token) -> bool {
    let form = token.text.to_lowercase();
    form != token.lemma && !form.ends_with("ing") && !form.ends_with('s')
}

fn lent(resolved: &ResolvedDocument, dated: &[Dated], c: &Candidate<'_>) -> Option<PartialDate> {
    let sentences = &resolved.parsed.sentences;
    let published = resolved.parsed.document.date;
    // what the article is news of comes before its background
    let is_old = |date: PartialDate| {
        published.is_some_and(|p| (p.days_since_epoch() - date.days_since_epoch()).abs() > NEWS)
    };
    let nearest = |fits: &dyn Fn(&Dated) -> bool| {
        dated
            .iter()
            .filter(|d| fits(d))
            .min_by_key(|d| (is_old(d.date), d.sentence.abs_diff(c.sentence)))
            .map(|d| d.date)
    };
    if !c.status.is_told_as_done() {
        return None;
    }
    if sentences[c.sentence].heading == Heading::Headline {
        let in_lead = |d: &Dated| d.sentence > c.sentence && d.sentence <= c.sentence + REACH;
        return nearest(&|d| in_lead(d) && d.relation == c.relation)
            .or_else(|| nearest(&|d| in_lead(d) && d.is_kin(c)))
            .or_else(|| nearest(&in_lead));
    }
    let same = nearest(&|d| d.relation == c.relation && d.shares_a_party(c))
        .or_else(|| nearest(&|d| d.is_kin(c) && d.shares_a_party(c)));
    if same.is_some() {
        return same;
    }
    let reach = match c.relation.row().tone {
        Tone::MaterialConflict => REACH,
        _ => TALK,
    };
    if !is_narrated(&sentences[c.sentence], c.trigger) {
        return None;
    }
    dated
        .iter()
        .rfind(|d| {
            d.sentence < c.sentence && d.sentence + reach >= c.sentence && d.date.is_day() && !is_old(d.date)
        })
        .map(|d| d.date)
}
