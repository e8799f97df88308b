//! Extractions in, the raw record of who said what out: articles, identities, occurrences, claims
//! and sentences, each once.
//!
//! Nothing here depends on other articles but the table of identities; what the claims add up to is
//! worked out in `weave`.

use super::claim::{Claim, ClaimIx, ClaimTarget, IdentityIx, Occurrence, OccurrenceIx, Sentence, SentenceIx};
use super::identity::{Identity, actor_id, place_id};
use super::stable::StableHash;
use super::{Article, ArticleIx, Decisions};
use crate::ontology::{Edge, Extraction};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Everything the articles say, article by article.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    pub articles: Vec<Article>,
    pub identities: Vec<Identity>,
    pub occurrences: Vec<Occurrence>,
    pub claims: Vec<Claim>,
    pub sentences: Vec<Sentence>,
    pub decisions: Decisions,
    by_digest: HashMap<String, ArticleIx>,
    by_url: HashMap<String, ArticleIx>,
    by_given_id: HashMap<String, Vec<ArticleIx>>,
    identity_ix: HashMap<SmolStr, IdentityIx>,
}

/// What recording one article touched.
#[derive(Debug, Clone)]
pub(super) enum Recorded {
    /// It is new; these identities were heard of.
    New { article: ArticleIx, identities: Vec<IdentityIx> },
    /// Known by its text.
    SameText(ArticleIx),
    /// Known by its address.
    SameUrl(ArticleIx),
}

impl Ledger {
    /// Records one article, unless it is known.
    pub fn record(&mut self, extraction: &Extraction) -> Recorded {
        let digest = digest(extraction);
        if let Some(&known) = self.by_digest.get(&digest) {
            return Recorded::SameText(known);
        }
        if let Some(&known) = extraction.url.as_ref().and_then(|url| self.by_url.get(url)) {
            return Recorded::SameUrl(known);
        }
        let from = (self.claims.len(), self.occurrences.len());
        let article = self.enter(Article {
            id: extraction.id.clone(),
            title: extraction.title.clone(),
            date: extraction.date,
            source: extraction.source.clone(),
            url: extraction.url.clone(),
            digest,
            sketch: extraction.sketch.clone(),
            given_id: extraction.id.clone(),
            claims: 0..0,
            occurrences: 0..0,
        });
        let mut clerk = Clerk::new(self, extraction, article);
        clerk.record_occurrences();
        clerk.record_claims();
        let identities: Vec<IdentityIx> =
            clerk.heard.values().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let entry = &mut self.articles[article as usize];
        entry.claims = index(from.0)..index(self.claims.len());
        entry.occurrences = index(from.1)..index(self.occurrences.len());
        self.stamp_occurrences(article);
        Recorded::New { article, identities }
    }

    /// Adds an article to the table and makes its id unique.
    pub fn enter(&mut self, mut article: Article) -> ArticleIx {
        let ix = index(self.articles.len());
        self.by_digest.insert(article.digest.clone(), ix);
        if let Some(url) = &article.url {
            self.by_url.insert(url.clone(), ix);
        }
        let namesakes = self.by_given_id.entry(article.given_id.clone()).or_default();
        // All of them take the longer id, so that the order of reading does not show.
        for &other in namesakes.iter() {
            let other = &mut self.articles[other as usize];
            other.id = long_id(other);
        }
        if !namesakes.is_empty() {
            article.id = long_id(&article);
        }
        namesakes.push(ix);
        self.articles.push(article);
        ix
    }

    /// Adds an identity that is not yet there.
    pub fn enter_identity(&mut self, identity: Identity) -> IdentityIx {
        let ix = index(self.identities.len());
        self.identity_ix.insert(identity.id.clone(), ix);
        self.identities.push(identity);
        ix
    }

    /// The article with this fingerprint.
    pub fn by_digest(&self, digest: &str) -> Option<ArticleIx> {
        self.by_digest.get(digest).copied()
    }

    /// The identity with this id.
    pub fn identity(&self, id: &str) -> Option<IdentityIx> {
        self.identity_ix.get(id).copied()
    }

    /// The claims of one article with their positions.
    pub fn claims_of(&self, article: ArticleIx) -> impl Iterator<Item = (ClaimIx, &Claim)> {
        let range = self.articles[article as usize].claims.clone();
        range.map(|ix| (ix, &self.claims[ix as usize]))
    }

    /// Whether a person decided that the claim is wrong.
    pub fn is_dropped(&self, claim: &Claim) -> bool {
        if self.decisions.dropped.is_empty() {
            return false;
        }
        let id = |ix: IdentityIx| self.identities[ix as usize].id.as_str();
        let target = match claim.target {
            ClaimTarget::Party(ix) => Some(id(ix)),
            _ => None,
        };
        self.decisions.dropped.iter().any(|edge| {
            edge.source == id(claim.source)
                && edge.relation == claim.relation.name()
                && edge.target.as_deref() == target
                && edge.article.as_ref().is_none_or(|a| *a == self.articles[claim.article as usize].id)
        })
    }

    /// Works out what tells the article's occurrences apart, from their claims.
    pub fn stamp_occurrences(&mut self, article: ArticleIx) {
        let range = self.articles[article as usize].occurrences.clone();
        let mut said: BTreeMap<OccurrenceIx, Vec<(u64, u64)>> = BTreeMap::new();
        for (_, claim) in self.claims_of(article) {
            let Some(occurrence) = claim.occurrence else { continue };
            let target = match claim.target {
                ClaimTarget::Party(ix) => self.identities[ix as usize].id.as_str(),
                ClaimTarget::Nobody => "",
                ClaimTarget::Occurrence(_) => "~",
            };
            let parties = StableHash::new()
                .text(claim.relation.name())
                .text(&self.identities[claim.source as usize].id)
                .text(target);
            let position = self.sentences[claim.sentence as usize].span.start as u64;
            let here = parties.number(position).number(claim.trigger_span.start as u64);
            said.entry(occurrence).or_default().push((parties.finish(), here.finish()));
        }
        let digest = self.articles[article as usize].digest.clone();
        let mut taken: BTreeSet<u64> = BTreeSet::new();
        for ix in range {
            let mut parties = said.remove(&ix).unwrap_or_default();
            parties.sort_unstable();
            let occurrence = &self.occurrences[ix as usize];
            let mut likeness = StableHash::new().text(occurrence.kind.name());
            let mut key = StableHash::new().text(&digest).text(occurrence.kind.name());
            if parties.is_empty() {
                let place = occurrence.place.map_or("", |p| self.identities[p as usize].id.as_str());
                likeness = likeness.text(place).text(&occurrence.label.to_lowercase());
                key = key.text(place).text(&occurrence.label);
            }
            for (who, here) in parties {
                likeness = likeness.number(who);
                key = key.number(here);
            }
            let mut stamped = key.finish();
            while !taken.insert(stamped) {
                key = key.number(0);
                stamped = key.finish();
            }
            let likeness = likeness.finish();
            let occurrence = &mut self.occurrences[ix as usize];
            occurrence.key = stamped;
            occurrence.likeness = likeness;
        }
    }
}

/// Positions are 32 bits wide; four thousand million claims do not fit in memory anyway.
pub(super) fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn long_id(article: &Article) -> String {
    let digest: String = article.digest.chars().take(8).collect();
    format!("{}~{digest}", article.given_id)
}

/// The text's own fingerprint, else one of the whole record.
fn digest(extraction: &Extraction) -> String {
    if !extraction.digest.is_empty() {
        return extraction.digest.clone();
    }
    format!("{:016x}", StableHash::new().text(&format!("{extraction:?}")).finish())
}

/// Takes one article down.
struct Clerk<'l, 'e> {
    ledger: &'l mut Ledger,
    extraction: &'e Extraction,
    article: ArticleIx,
    digest: String,
    /// Local id of an actor or place → its identity, once heard of.
    heard: BTreeMap<&'e str, IdentityIx>,
    occurrences: BTreeMap<&'e str, OccurrenceIx>,
    sentences: BTreeMap<(usize, usize), SentenceIx>,
}

impl<'l, 'e> Clerk<'l, 'e> {
    fn new(ledger: &'l mut Ledger, extraction: &'e Extraction, article: ArticleIx) -> Self {
        let digest = ledger.articles[article as usize].digest.clone();
        Self {
            ledger,
            extraction,
            article,
            digest,
            heard: BTreeMap::new(),
            occurrences: BTreeMap::new(),
            sentences: BTreeMap::new(),
        }
    }

    fn record_occurrences(&mut self) {
        for event in self.extraction.events.iter().filter(|e| !e.kind.is_static()) {
            let place = event.place.as_deref().and_then(|id| self.hear(id));
            let ix = index(self.ledger.occurrences.len());
            self.occurrences.insert(&event.id, ix);
            self.ledger.occurrences.push(Occurrence {
                article: self.article,
                kind: event.kind,
                label: SmolStr::new(event.name.trim()),
                date: event.date,
                place,
                status: event.status,
                key: 0,
                likeness: 0,
            });
        }
    }

    fn record_claims(&mut self) {
        let extraction = self.extraction;
        for (n, edge) in extraction.edges.iter().enumerate() {
            if !extraction.edges[..n].contains(edge) {
                self.record_claim(edge);
            }
        }
    }

    /// Takes down one edge; one whose doer the record does not list says nothing and is left out.
    fn record_claim(&mut self, edge: &'e Edge) -> Option<()> {
        let source = self.hear(&edge.source)?;
        let target = match edge.target.as_deref() {
            None => ClaimTarget::Nobody,
            Some(id) => match self.hear(id) {
                Some(party) => ClaimTarget::Party(party),
                None => ClaimTarget::Occurrence(*self.occurrences.get(id)?),
            },
        };
        let place = edge.place.as_deref().and_then(|id| self.hear(id));
        let according_to = edge.according_to.as_deref().and_then(|id| self.hear(id));
        let occurrence = if edge.relation.is_static() { None } else { Some(self.occurrence_of(edge, place)) };
        let target = match target {
            // What is done to itself is done to nobody known.
            ClaimTarget::Occurrence(o) if Some(o) == occurrence => ClaimTarget::Nobody,
            other => other,
        };
        if occurrence.is_none() && !matches!(target, ClaimTarget::Party(_)) {
            return None;
        }
        let sentence = self.sentence_of(edge);
        self.ledger.claims.push(Claim {
            article: self.article,
            occurrence,
            relation: edge.relation,
            source,
            target,
            status: edge.status,
            according_to,
            date: edge.date,
            place,
            confidence: edge.confidence,
            sentence,
            source_span: edge.source_span,
            trigger_span: edge.trigger_span,
            target_span: edge.target_span,
        });
        Some(())
    }

    fn occurrence_of(&mut self, edge: &Edge, place: Option<IdentityIx>) -> OccurrenceIx {
        if let Some(&known) = edge.event.as_deref().and_then(|id| self.occurrences.get(id)) {
            return known;
        }
        let ix = index(self.ledger.occurrences.len());
        self.ledger.occurrences.push(Occurrence {
            article: self.article,
            kind: edge.relation,
            label: SmolStr::default(),
            date: edge.date,
            place,
            status: edge.status,
            key: 0,
            likeness: 0,
        });
        ix
    }

    fn sentence_of(&mut self, edge: &Edge) -> SentenceIx {
        let evidence = &edge.evidence;
        *self.sentences.entry((evidence.start, evidence.end)).or_insert_with(|| {
            self.ledger.sentences.push(Sentence {
                span: (evidence.start, evidence.end).into(),
                text: Some(evidence.text.as_str().into()),
            });
            index(self.ledger.sentences.len() - 1)
        })
    }

    /// The identity behind a local id; takes in what the article says of it the first time.
    fn hear(&mut self, id: &'e str) -> Option<IdentityIx> {
        if let Some(&known) = self.heard.get(id) {
            return Some(known);
        }
        let extraction = self.extraction;
        if let Some(actor) = extraction.actors.iter().find(|a| a.id == id) {
            let identity_id = actor_id(actor, &self.digest);
            let named = actor.named || actor.key.is_some();
            let ix = self.identity(identity_id, false, named);
            self.heard.insert(id, ix);
            // Entered before its affiliation is followed, so that a circle of affiliations ends.
            let affiliation = actor.affiliation.as_deref().filter(|a| *a != id).and_then(|a| self.hear(a));
            let affiliation = affiliation.map(|a| self.ledger.identities[a as usize].id.clone());
            self.ledger.identities[ix as usize].hear_actor(actor, affiliation);
            return Some(ix);
        }
        let place = extraction.locations.iter().find(|p| p.id == id)?;
        let ix = self.identity(place_id(place), true, true);
        self.heard.insert(id, ix);
        self.ledger.identities[ix as usize].hear_place(place);
        Some(ix)
    }

    fn identity(&mut self, id: SmolStr, is_place: bool, named: bool) -> IdentityIx {
        if let Some(known) = self.ledger.identity(&id) {
            return known;
        }
        let mut identity = Identity::new(id, is_place, named);
        identity.home = (!named).then_some(self.article);
        self.ledger.enter_identity(identity)
    }
}
