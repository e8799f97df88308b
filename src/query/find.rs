//! The edges that answer a question, best first.

use super::question::{End, Party, Question, Want};
use super::{Answer, Count, Ranked, Row, RowEvidence};
use crate::graph::{Claim, EdgeIndex, EdgeRef, KnowledgeGraph, NodeIndex};
use crate::ontology::{PartialDate, Relation, Status};
use petgraph::Direction;
use petgraph::visit::EdgeRef as _;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Answers a question with at most `limit` rows.
pub(super) fn answer(graph: &KnowledgeGraph, question: &Question, limit: usize) -> Answer {
    let finder = Finder { graph, question };
    let hits = finder.hits();
    match question.want {
        Want::Rows => Answer::Rows(finder.rows(hits, limit)),
        Want::Count => {
            let occurrences: BTreeSet<u64> = finder.countable(&hits).map(|h| finder.occurrence(h)).collect();
            Answer::Count([Count { count: occurrences.len() }])
        }
        Want::CountParties(end) => {
            let parties: BTreeSet<String> =
                finder.countable(&hits).filter_map(|h| finder.at_end(h, end)).collect();
            Answer::Count([Count { count: parties.len() }])
        }
        Want::Rank { end, least, limit: top } => {
            Answer::Ranking(finder.rank(&hits, end, least, top.unwrap_or(limit)))
        }
    }
}

/// How many edges answer, the best of them, and when its best article was published.
pub(super) fn best(graph: &KnowledgeGraph, question: &Question) -> Option<(usize, Row, Option<PartialDate>)> {
    let finder = Finder { graph, question };
    let mut hits = finder.hits();
    let count = hits.len();
    finder.sort(&mut hits, 1);
    let best = hits.first()?;
    Some((count, finder.row(best), graph.article(best.claim).date))
}

struct Finder<'q> {
    graph: &'q KnowledgeGraph,
    question: &'q Question,
}

/// An edge that answers, or those of its claims that do.
struct Hit<'g> {
    edge: EdgeRef<'g>,
    /// The question's source stands at the edge's target.
    turned: bool,
    status: Status,
    /// The best claim that answers.
    claim: &'g Claim,
    articles: usize,
    sources: usize,
    confidence: f64,
}

impl Hit<'_> {
    fn ends(&self) -> (NodeIndex, Option<NodeIndex>) {
        match (self.turned, self.edge.party()) {
            (true, Some(party)) => (party, Some(self.edge.source)),
            (_, party) => (self.edge.source, party),
        }
    }

    /// Smaller is better.
    fn rank(&self) -> impl Ord + use<> {
        let never = matches!(self.status, Status::Negated | Status::Hypothetical);
        let sure = (self.confidence * 100.0).round() as u32;
        (never, Reverse(self.sources), Reverse(self.articles), Reverse(sure), Reverse(self.edge.edge.day))
    }
}

impl<'q> Finder<'q> {
    // ---- search ----

    fn hits(&self) -> Vec<Hit<'q>> {
        let mut hits = Vec::new();
        for ix in self.candidates() {
            if let Some(edge) = self.graph.edge(ix) {
                self.test(edge, &mut hits);
            }
        }
        if let Some(wanted) = &self.question.content {
            self.add_content(wanted, &mut hits);
        }
        if let (&[Relation::Denies], Party::EventOf(kinds)) =
            (self.question.relations.as_slice(), &self.question.target)
        {
            self.add_denied(kinds, &mut hits);
        }
        if self.question.statuses == [Status::Denied]
            && (&self.question.source, &self.question.target) == (&Party::Anybody, &Party::Anybody)
        {
            self.add_denials(&mut hits);
        }
        hits
    }

    /// Edges from the most selective side.
    fn candidates(&self) -> Vec<EdgeIndex> {
        let mut found: Vec<EdgeIndex> = Vec::new();
        let graph = self.graph.petgraph();
        let either = self.question.either_way || self.relations().any(|r| r.row().symmetric);
        let mut around = |nodes: &BTreeSet<NodeIndex>, direction: Direction| {
            for &node in nodes {
                found.extend(graph.edges_directed(node, direction).map(|e| e.id()));
                if either {
                    found.extend(graph.edges_directed(node, direction.opposite()).map(|e| e.id()));
                }
            }
        };
        match (&self.question.source, &self.question.target) {
            (Party::Nodes(nodes), _) => around(nodes, Direction::Outgoing),
            (_, Party::Nodes(nodes)) => around(nodes, Direction::Incoming),
            _ => {
                for relation in self.relations() {
                    let by_day = self.graph.edges_by_day(relation);
                    // A date known to the year only stands at its first day.
                    let from =
                        self.question.days.0.map_or(0, |d| by_day.partition_point(|(day, _)| *day < d - 366));
                    let to = self
                        .question
                        .days
                        .1
                        .map_or(by_day.len(), |d| by_day.partition_point(|(day, _)| *day <= d));
                    found.extend(by_day[from.min(to)..to].iter().map(|(_, ix)| *ix));
                }
                return found;
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn relations(&self) -> Box<dyn Iterator<Item = Relation> + 'q> {
        if self.question.relations.is_empty() {
            Box::new(Relation::ALL.iter().copied().filter(|r| !r.is_static()))
        } else {
            Box::new(self.question.relations.iter().copied())
        }
    }

    fn test(&self, edge: EdgeRef<'q>, hits: &mut Vec<Hit<'q>>) {
        let question = self.question;
        let relation = edge.edge.relation;
        let fits = if question.relations.is_empty() {
            !relation.is_static()
        } else {
            question.relations.contains(&relation)
        };
        if !fits || !self.in_time(&edge) || !self.in_place(&edge) {
            return;
        }
        if (question.needs_place && edge.edge.place.is_none())
            || (question.needs_date && edge.edge.date.is_none())
        {
            return;
        }
        let straight = self.is_party(&question.source, Some(edge.source))
            && self.is_party(&question.target, Some(edge.target));
        let may_turn = question.either_way || relation.row().symmetric;
        let turned = !straight
            && may_turn
            && self.is_party(&question.source, Some(edge.target))
            && self.is_party(&question.target, Some(edge.source));
        if straight || turned {
            self.split(edge, turned && !question.either_way, hits);
        }
    }

    /// One hit a status, where reports differ; one a claimant where that is asked.
    fn split(&self, edge: EdgeRef<'q>, turned: bool, hits: &mut Vec<Hit<'q>>) {
        let question = self.question;
        let whole = !edge.edge.disputed && question.claimant.is_none() && !question.each_claimant;
        if whole {
            if !question.statuses.is_empty() && !question.statuses.contains(&edge.edge.status) {
                return;
            }
            hits.extend(self.whole(edge).map(|hit| Hit { turned, ..hit }));
            return;
        }
        let mut groups: BTreeMap<(Status, Option<NodeIndex>), Vec<&Claim>> = BTreeMap::new();
        for claim in self.graph.claims(edge.edge) {
            // What somebody accuses another of is by its nature according to them.
            let own = || super::parse::is_speech(claim.relation).then_some(edge.source);
            let claimant = self.graph.claimant(claim).or_else(own);
            let fits =
                question.claimant.as_ref().is_none_or(|wanted| claimant.is_some_and(|c| wanted.contains(&c)))
                    && (question.statuses.is_empty() || question.statuses.contains(&claim.status));
            if fits {
                let each = if question.each_claimant { claimant } else { None };
                groups.entry((claim.status, each)).or_default().push(claim);
            }
        }
        for ((status, _), claims) in groups {
            let articles: BTreeSet<u32> = claims.iter().map(|c| c.article).collect();
            hits.push(Hit {
                edge,
                turned,
                status,
                claim: claims[0],
                articles: articles.len(),
                sources: self.graph.independent(articles.into_iter()),
                confidence: claims[0].confidence,
            });
        }
    }

    /// What the accused are said to have done, by the accuser or in the same reports.
    fn add_content(&self, wanted: &[Relation], hits: &mut Vec<Hit<'q>>) {
        let mut content: Vec<Hit<'q>> = Vec::new();
        let mut seen: BTreeSet<u64> = hits.iter().map(|h| h.edge.edge.key).collect();
        hits.retain(|hit| {
            let (accuser, Some(accused)) = hit.ends() else { return wanted.is_empty() };
            let articles: BTreeSet<u32> = self.graph.claims(hit.edge.edge).map(|c| c.article).collect();
            let mut found = false;
            for edge in self.graph.petgraph().edges_directed(accused, Direction::Outgoing) {
                let Some(edge) = self.graph.edge(edge.id()) else { continue };
                let fits = if wanted.is_empty() {
                    !edge.edge.relation.is_static()
                } else {
                    wanted.contains(&edge.edge.relation)
                };
                if !fits {
                    continue;
                }
                let told = self.graph.claims(edge.edge).find(|c| {
                    let by_accuser = self.graph.claimant(c) == Some(accuser);
                    by_accuser
                        || (c.status == Status::Alleged
                            && c.according_to.is_none()
                            && articles.contains(&c.article))
                });
                let Some(claim) = told else { continue };
                found = true;
                if seen.insert(edge.edge.key) {
                    let (status, confidence) = (claim.status, claim.confidence);
                    content.extend(self.whole(edge).map(|hit| Hit { status, claim, confidence, ..hit }));
                }
            }
            found || wanted.is_empty()
        });
        hits.extend(content);
    }

    /// `who denied the attack`: attacks that somebody is reported to deny.
    fn add_denied(&self, kinds: &[Relation], hits: &mut Vec<Hit<'q>>) {
        for &kind in kinds {
            for &(_, ix) in self.graph.edges_by_day(kind) {
                let Some(edge) = self.graph.edge(ix) else { continue };
                if !self.in_time(&edge) || !self.in_place(&edge) {
                    continue;
                }
                let denied = self.graph.claims(edge.edge).find(|c| {
                    c.status == Status::Denied
                        && self.is_party(&self.question.source, self.graph.claimant(c).or(Some(edge.source)))
                });
                if let (Some(claim), Some(whole)) = (denied, self.whole(edge)) {
                    let confidence = claim.confidence;
                    hits.push(Hit { status: Status::Denied, claim, confidence, ..whole });
                }
            }
        }
    }

    /// `which accusations were denied`: denials of such an event.
    fn add_denials(&self, hits: &mut Vec<Hit<'q>>) {
        let about = Party::EventOf(self.question.relations.clone());
        for &(_, ix) in self.graph.edges_by_day(Relation::Denies) {
            let Some(edge) = self.graph.edge(ix) else { continue };
            let fits = self.is_party(&about, Some(edge.target)) && edge.party().is_some();
            if fits && self.in_time(&edge) && self.in_place(&edge) {
                hits.extend(self.whole(edge));
            }
        }
    }

    /// An edge with all that is said of it.
    fn whole(&self, edge: EdgeRef<'q>) -> Option<Hit<'q>> {
        let &best = edge.edge.claims.first()?;
        Some(Hit {
            edge,
            turned: false,
            status: edge.edge.status,
            claim: self.graph.claim(best),
            articles: edge.edge.articles,
            sources: edge.edge.sources,
            confidence: edge.edge.confidence,
        })
    }

    fn is_party(&self, party: &Party, ix: Option<NodeIndex>) -> bool {
        let Some(ix) = ix else { return *party == Party::Anybody };
        match party {
            Party::Anybody => true,
            Party::Nodes(nodes) => nodes.contains(&ix),
            Party::Kinds(kinds, countries) => {
                let node = self.graph.node(ix);
                node.actor().is_some_and(|a| kinds.contains(&a.kind))
                    && (countries.is_empty() || node.country().is_some_and(|c| countries.contains(c)))
            }
            Party::EventOf(kinds) => self.graph.node(ix).event().is_some_and(|e| kinds.contains(&e.kind)),
        }
    }

    fn in_time(&self, edge: &EdgeRef<'_>) -> bool {
        let (from, to) = self.question.days;
        if from.is_none() && to.is_none() {
            return true;
        }
        let (first, last) = match (edge.edge.date, edge.edge.day) {
            (Some(date), _) => (date.days_since_epoch(), date.last_day().days_since_epoch()),
            (None, Some(day)) => (day, day),
            (None, None) => return false,
        };
        from.is_none_or(|f| last >= f) && to.is_none_or(|t| first <= t)
    }

    fn in_place(&self, edge: &EdgeRef<'_>) -> bool {
        let Some(wanted) = &self.question.place else { return true };
        // A place that was attacked is where it happened.
        let target = self.graph.node(edge.target).location().map(|_| edge.target);
        edge.edge.place.or(target).is_some_and(|place| {
            wanted.nodes.contains(&place)
                || self.graph.node(place).country().is_some_and(|c| wanted.countries.contains(c))
        })
    }

    // ---- answers ----

    fn rows(&self, mut hits: Vec<Hit<'q>>, limit: usize) -> Vec<Row> {
        self.sort(&mut hits, limit);
        hits.iter().map(|h| self.row(h)).collect()
    }

    /// The best `limit`, best first.
    fn sort(&self, hits: &mut Vec<Hit<'q>>, limit: usize) {
        let name = |ix: NodeIndex| &self.graph.node(ix).id;
        let order = |a: &Hit<'_>, b: &Hit<'_>| {
            let article = |h: &Hit<'_>| &self.graph.article(h.claim).id;
            let tie = |h: &Hit<'_>| (h.edge.edge.relation, h.edge.edge.key, h.status);
            a.rank()
                .cmp(&b.rank())
                .then_with(|| name(a.edge.source).cmp(name(b.edge.source)))
                .then_with(|| tie(a).cmp(&tie(b)))
                .then_with(|| article(a).cmp(article(b)))
        };
        if limit < hits.len() {
            hits.select_nth_unstable_by(limit, order);
            hits.truncate(limit);
        }
        hits.sort_by(order);
    }

    fn row(&self, hit: &Hit<'_>) -> Row {
        let name = |ix: NodeIndex| self.graph.node(ix).name.to_string();
        let (source, target) = hit.ends();
        let typed = hit.edge.edge;
        let place = typed.place.or_else(|| hit.claim.place.map(|p| self.graph.node_of(p)));
        Row {
            source: name(source),
            relation: typed.relation,
            target: target.map(name),
            status: hit.status,
            date: typed.date,
            place: place.map(name),
            according_to: self.graph.claimant(hit.claim).map(name),
            articles: hit.articles,
            evidence: RowEvidence {
                article: self.graph.article(hit.claim).id.clone(),
                text: self.graph.evidence(hit.claim).to_owned(),
            },
        }
    }

    /// What counts as having happened, unless a status was asked for.
    fn countable<'h>(&self, hits: &'h [Hit<'q>]) -> impl Iterator<Item = &'h Hit<'q>> {
        let any = !self.question.statuses.is_empty();
        hits.iter()
            .filter(move |h| any || matches!(h.status, Status::Actual | Status::Alleged | Status::Denied))
    }

    /// Occurrences are counted, not edges: an attack by two parties is one attack.
    fn occurrence(&self, hit: &Hit<'_>) -> u64 {
        hit.edge.edge.event.map_or(hit.edge.edge.key, |e| e.index() as u64)
    }

    fn at_end(&self, hit: &Hit<'_>, end: End) -> Option<String> {
        let name = |ix: NodeIndex| self.graph.node(ix).name.to_string();
        let (source, target) = hit.ends();
        match end {
            End::Source => Some(name(source)),
            End::Target => target.map(name),
            End::Place => hit.edge.edge.place.map(name),
            End::Month => {
                let date = hit.edge.edge.date?;
                date.month.and_then(|m| PartialDate::from_ym(date.year, m)).map(|d| d.to_string())
            }
        }
    }

    fn rank(&self, hits: &[Hit<'q>], end: End, least: bool, limit: usize) -> Vec<Ranked> {
        let mut found: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        for hit in self.countable(hits) {
            if let Some(name) = self.at_end(hit, end) {
                found.entry(name).or_default().insert(self.occurrence(hit));
            }
        }
        let mut ranking: Vec<Ranked> =
            found.into_iter().map(|(name, seen)| Ranked { name, count: seen.len() }).collect();
        // Stable: equals stay in the order of their names.
        ranking.sort_by_key(|r| if least { r.count } else { usize::MAX - r.count });
        ranking.truncate(limit);
        ranking
    }
}
