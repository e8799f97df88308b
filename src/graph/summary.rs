//! What several reports add up to: the status, date, place and confidence of an edge or event, and
//! the face of a node.

use super::claim::{Claim, ClaimIx, IdentityIx, OccurrenceIx};
use super::copies::Copies;
use super::identity::{Identity, Tally, acronym};
use super::ledger::Ledger;
use super::{ActorBody, ArticleIx, Body, EventBody, LocationBody, Node};
use crate::ontology::{ActorKind, PartialDate, Status};
use smol_str::SmolStr;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What a set of claims adds up to.
#[derive(Debug, Clone)]
pub(super) struct Summary {
    pub status: Status,
    pub date: Option<PartialDate>,
    /// Of the date, else of the first publication.
    pub day: Option<i64>,
    pub place: Option<IdentityIx>,
    pub confidence: f64,
    pub articles: usize,
    pub sources: usize,
    /// Whether the claims differ in status.
    pub disputed: bool,
    pub best_first: Vec<ClaimIx>,
}

impl Summary {
    /// Sums up the claims; their order does not matter.
    pub fn of(ledger: &Ledger, copies: &Copies, claims: &[ClaimIx]) -> Self {
        let claim = |ix: ClaimIx| &ledger.claims[ix as usize];
        let mut best_first = claims.to_vec();
        best_first.sort_by(|&a, &b| standing(ledger, claim(a)).cmp(&standing(ledger, claim(b))));
        if let [only] = claims {
            let only = claim(*only);
            return Self {
                status: only.status,
                date: only.date,
                day: only
                    .date
                    .or(ledger.articles[only.article as usize].date)
                    .map(PartialDate::days_since_epoch),
                place: only.place,
                confidence: round(only.confidence),
                articles: 1,
                sources: 1,
                disputed: false,
                best_first,
            };
        }
        let mut articles: BTreeSet<ArticleIx> = BTreeSet::new();
        let mut surest: BTreeMap<ArticleIx, f64> = BTreeMap::new();
        let mut statuses: BTreeSet<(Status, ArticleIx)> = BTreeSet::new();
        let mut dates: BTreeSet<(PartialDate, ArticleIx)> = BTreeSet::new();
        let mut places: BTreeMap<IdentityIx, BTreeSet<ArticleIx>> = BTreeMap::new();
        let mut first_published: Option<PartialDate> = None;
        for &ix in &best_first {
            let claim = claim(ix);
            let source = copies.source(claim.article);
            articles.insert(claim.article);
            let sure = surest.entry(source).or_insert(0.0);
            *sure = sure.max(claim.confidence);
            statuses.insert((claim.status, source));
            dates.extend(claim.date.map(|d| (d, source)));
            if let Some(place) = claim.place {
                places.entry(place).or_default().insert(source);
            }
            let published = ledger.articles[claim.article as usize].date;
            first_published = match (first_published, published) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        let date = settle_date(dates.into_iter().map(|(d, _)| d));
        let id = |p: IdentityIx| &ledger.identities[p as usize].id;
        Self {
            status: settle_status(statuses.into_iter().map(|(s, _)| s)),
            date,
            day: date.or(first_published).map(PartialDate::days_since_epoch),
            place: places.iter().max_by_key(|(p, votes)| (votes.len(), Reverse(id(**p)))).map(|(p, _)| *p),
            confidence: combine(&surest),
            articles: articles.len(),
            sources: surest.len(),
            disputed: claims.iter().any(|&ix| claim(ix).status != claim(claims[0]).status),
            best_first,
        }
    }
}

/// Independent sources that agree make surer than each alone.
fn combine(surest: &BTreeMap<ArticleIx, f64>) -> f64 {
    let mut each: Vec<f64> = surest.values().copied().collect();
    // Products of floats depend on their order.
    each.sort_by(f64::total_cmp);
    let single = each.last().copied().unwrap_or(0.0);
    let doubt: f64 = each.iter().map(|c| 1.0 - c).product();
    round((1.0 - doubt).min(0.99).max(single))
}

fn round(confidence: f64) -> f64 {
    (confidence * 100.0).round() / 100.0
}

/// The status most sources give; plans give way to what is told to have happened.
fn settle_status(votes: impl Iterator<Item = Status>) -> Status {
    let mut tally: Tally<Status> = Tally::default();
    votes.for_each(|s| tally.vote(s));
    let is_outlook = |s: Status| matches!(s, Status::Planned | Status::Hypothetical);
    if tally.iter().any(|(s, _)| !is_outlook(*s)) {
        tally.0.retain(|(s, _)| !is_outlook(*s));
    }
    tally.best().copied().unwrap_or_default()
}

/// The most precise date, of several the most frequent, of equals the earliest.
fn settle_date(votes: impl Iterator<Item = PartialDate>) -> Option<PartialDate> {
    let mut tally: Tally<PartialDate> = Tally::default();
    votes.for_each(|d| tally.vote(d));
    let precision = |d: PartialDate| usize::from(d.month.is_some()) + usize::from(d.day.is_some());
    tally.iter().max_by_key(|(d, n)| (precision(**d), *n, Reverse(**d))).map(|(d, _)| *d)
}

/// Orders claims, the best evidence first, by nothing that depends on the order of reading.
fn standing<'l>(ledger: &'l Ledger, claim: &Claim) -> impl Ord + use<'l> {
    let article = &ledger.articles[claim.article as usize];
    let sure = (claim.confidence * 1000.0) as i64;
    let sentence = &ledger.sentences[claim.sentence as usize];
    (
        Reverse(sure),
        claim.status,
        article.date,
        article.id.as_str(),
        sentence.span,
        claim.trigger_span,
        (claim.source_span, claim.target_span),
    )
}

/// A node about to be filled in.
pub(super) fn blank_node() -> Node {
    Node {
        id: SmolStr::default(),
        name: SmolStr::default(),
        body: Body::Actor(ActorBody::default()),
        members: Vec::new(),
    }
}

/// The node of a group of identities, given in order of their ids.
pub(super) fn party_node(ledger: &Ledger, members: Vec<IdentityIx>) -> Node {
    let all: Vec<&Identity> = members.iter().map(|&ix| &ledger.identities[ix as usize]).collect();
    let head = all.iter().min_by_key(|i| (is_bare(i), i.is_acronym(), &i.id)).copied();
    let Some(head) = head else { return blank_node() };
    let mut names: Tally<SmolStr> = Tally::default();
    let mut kinds: Tally<ActorKind> = Tally::default();
    let mut countries: Tally<SmolStr> = Tally::default();
    let mut aliases: BTreeSet<SmolStr> = BTreeSet::new();
    let mut coordinates: Option<(f64, f64)> = None;
    for identity in &all {
        let is_main = identity.is_acronym() == head.is_acronym();
        for (name, n) in identity.names.iter() {
            if is_main && (head.is_acronym() || acronym(name).is_none() || identity.names.iter().count() == 1)
            {
                names.add(name.clone(), n);
            }
            aliases.insert(name.clone());
        }
        identity.kinds.iter().filter(|(k, _)| **k != ActorKind::Other).for_each(|(k, n)| kinds.add(*k, n));
        identity.countries.iter().for_each(|(c, n)| countries.add(c.clone(), n));
        aliases.extend(identity.aliases.iter().cloned());
        coordinates = coordinates.or(identity.coordinates);
    }
    let decided = all.iter().find_map(|i| ledger.decisions.names.get(i.id.as_str())).map(SmolStr::new);
    let name = decided.or_else(|| names.best().cloned()).unwrap_or_else(|| SmolStr::new(head.name()));
    aliases.remove(&name);
    let aliases: Vec<SmolStr> = aliases.into_iter().collect();
    let country = countries.best().cloned();
    let body = if head.is_place {
        let (latitude, longitude) = coordinates.unzip();
        Body::Location(LocationBody { aliases, country, latitude, longitude })
    } else {
        let (kind, named) = (kinds.best().copied().unwrap_or_default(), all.iter().any(|i| i.named));
        Body::Actor(ActorBody { kind, aliases, country, affiliation: None, named })
    };
    Node { id: head.id.clone(), name, body, members }
}

/// The identity that most reports say these belong to.
pub(super) fn affiliation(ledger: &Ledger, members: &[IdentityIx]) -> Option<SmolStr> {
    let mut affiliations: Tally<SmolStr> = Tally::default();
    for &ix in members {
        ledger.identities[ix as usize].affiliations.iter().for_each(|(a, n)| affiliations.add(a.clone(), n));
    }
    affiliations.best().cloned()
}

/// Whether the id rests on a name alone, not on a gazetteer.
fn is_bare(identity: &Identity) -> bool {
    ["person:", "actor:", "described:"].iter().any(|class| identity.id.starts_with(class))
}

/// The node of an event.
pub(super) fn event_node(ledger: &Ledger, id: SmolStr, said: &Summary, occurrences: &[OccurrenceIx]) -> Node {
    let all = || occurrences.iter().map(|&o| &ledger.occurrences[o as usize]);
    let mut kinds = Tally::default();
    all().for_each(|o| kinds.vote(o.kind));
    let kind = kinds.best().copied().unwrap_or(crate::ontology::Relation::Accuses);
    let mut labels: Tally<SmolStr> = Tally::default();
    all().filter(|o| o.kind == kind && !o.label.is_empty()).for_each(|o| labels.vote(o.label.clone()));
    let label = labels.iter().max_by_key(|(l, n)| (*n, l.len(), Reverse(*l))).map(|(l, _)| l.clone());
    let status = if said.articles > 0 { said.status } else { settle_status(all().map(|o| o.status)) };
    Node {
        id,
        name: label.unwrap_or_else(|| SmolStr::new(kind.name())),
        body: Body::Event(EventBody {
            kind,
            date: said.date.or_else(|| settle_date(all().filter_map(|o| o.date))),
            place: None,
            status,
        }),
        members: Vec::new(),
    }
}
