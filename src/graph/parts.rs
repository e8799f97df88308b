//! The ledger in plain parts, for a store to keep and bring back: what was read, not what it adds up to.

use super::claim::{Claim, ClaimTarget, IdentityIx, Occurrence, Sentence};
use super::identity::Identity;
use super::ledger::{Ledger, index};
use super::{Article, Decisions, KnowledgeGraph, ReadError};

/// All that a graph is worked out from. Positions in one list are named by the others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parts {
    /// Articles; each names its claims and occurrences.
    pub articles: Vec<Article>,
    /// Actors and places as articles name them.
    pub identities: Vec<Identity>,
    /// Occurrences, article by article.
    pub occurrences: Vec<Occurrence>,
    /// Claims, article by article.
    pub claims: Vec<Claim>,
    /// Sentences that claims rest on.
    pub sentences: Vec<Sentence>,
    /// What a person decided.
    pub decisions: Decisions,
}

/// The parts of a graph, in place.
#[derive(Debug, Clone, Copy)]
pub struct PartsRef<'g> {
    /// Articles; each names its claims and occurrences.
    pub articles: &'g [Article],
    /// Actors and places as articles name them.
    pub identities: &'g [Identity],
    /// Occurrences, article by article.
    pub occurrences: &'g [Occurrence],
    /// Claims, article by article.
    pub claims: &'g [Claim],
    /// Sentences that claims rest on.
    pub sentences: &'g [Sentence],
    /// What a person decided.
    pub decisions: &'g Decisions,
}

impl KnowledgeGraph {
    /// What the graph is worked out from.
    pub fn parts(&self) -> PartsRef<'_> {
        PartsRef {
            articles: &self.ledger.articles,
            identities: &self.ledger.identities,
            occurrences: &self.ledger.occurrences,
            claims: &self.ledger.claims,
            sentences: &self.ledger.sentences,
            decisions: &self.ledger.decisions,
        }
    }

    /// Works a graph out from its parts.
    ///
    /// # Errors
    /// Where they name one another wrongly.
    pub fn from_parts(parts: Parts) -> Result<Self, ReadError> {
        check(&parts)?;
        let mut ledger = Ledger::default();
        ledger.decisions = parts.decisions;
        for article in parts.articles {
            let id = article.id.clone();
            let ix = ledger.enter(article);
            // What was kept is how the namesakes were told apart then.
            ledger.articles[ix as usize].id = id;
        }
        for identity in parts.identities {
            ledger.enter_identity(identity);
        }
        ledger.occurrences = parts.occurrences;
        ledger.claims = parts.claims;
        ledger.sentences = parts.sentences;
        Ok(Self::from_ledger(ledger))
    }

    /// Positions of the identities of which something new was heard since this was last asked.
    pub fn take_heard(&mut self) -> Vec<IdentityIx> {
        std::mem::take(&mut self.heard).into_iter().collect()
    }
}

/// Every position must lie in its list, and every list be in the order of the articles.
fn check(parts: &Parts) -> Result<(), ReadError> {
    let lacks = |what: &str, named: u32| ReadError::Reference(format!("{what} {named} is named but missing"));
    let identity = |ix: IdentityIx| {
        if (ix as usize) < parts.identities.len() { Ok(()) } else { Err(lacks("actor or location", ix)) }
    };
    let (mut claims, mut occurrences) = (0, 0);
    for article in &parts.articles {
        let in_order = article.claims.start == claims
            && article.occurrences.start == occurrences
            && article.claims.end >= claims
            && article.occurrences.end >= occurrences;
        if !in_order {
            return Err(ReadError::Reference(format!(
                "the claims of article `{}` are out of order",
                article.id
            )));
        }
        (claims, occurrences) = (article.claims.end, article.occurrences.end);
    }
    if claims != index(parts.claims.len()) || occurrences != index(parts.occurrences.len()) {
        return Err(ReadError::Reference("there are claims or reports without an article".to_owned()));
    }
    for known in &parts.identities {
        if let Some(home) = known.home.filter(|h| *h as usize >= parts.articles.len()) {
            return Err(lacks("article", home));
        }
    }
    for (ix, article) in (0..).zip(&parts.articles) {
        for occurrence in
            &parts.occurrences[article.occurrences.start as usize..article.occurrences.end as usize]
        {
            occurrence.place.map_or(Ok(()), identity)?;
            if occurrence.article != ix {
                return Err(lacks("article", occurrence.article));
            }
        }
        let reported = |o: u32| {
            if article.occurrences.contains(&o) { Ok(()) } else { Err(lacks("report", o)) }
        };
        for claim in &parts.claims[article.claims.start as usize..article.claims.end as usize] {
            identity(claim.source)?;
            match claim.target {
                ClaimTarget::Nobody => {}
                ClaimTarget::Party(party) => identity(party)?,
                ClaimTarget::Occurrence(o) => reported(o)?,
            }
            claim.according_to.map_or(Ok(()), identity)?;
            claim.place.map_or(Ok(()), identity)?;
            claim.occurrence.map_or(Ok(()), reported)?;
            if claim.article != ix {
                return Err(lacks("article", claim.article));
            }
            if claim.sentence as usize >= parts.sentences.len() {
                return Err(lacks("sentence", claim.sentence));
            }
            if claim.occurrence.is_none() && !claim.relation.is_static() {
                return Err(ReadError::Reference(format!(
                    "a claim of article `{}` reports nothing",
                    article.id
                )));
            }
        }
    }
    Ok(())
}
