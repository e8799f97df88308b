//! [`KnowledgeGraph`] to RON text.

use super::VERSION;
use super::rows::{ArticleRow, ClaimRow, EdgeRow, EventRow, IdentityRow, ReportRow, map};
use crate::graph::ledger::index;
use crate::graph::{
    ArticleIx, Claim, ClaimIx, ClaimTarget, EdgeRef, IdentityIx, KnowledgeGraph, NodeIndex, OccurrenceIx,
};
use crate::ontology::Status;
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Serialize;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

impl KnowledgeGraph {
    /// Writes the graph as RON text.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn write_ron(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "#![enable(implicit_some)]\n(\nformat: \"whom graph\",\nversion: {VERSION},")?;
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let mut list = List { out, options };
        list.write("articles", self.article_rows())?;
        let (places, actors): (Vec<_>, Vec<_>) =
            self.identity_rows().into_iter().partition(|(is_place, _)| *is_place);
        list.write("actors", actors.into_iter().map(|(_, row)| row))?;
        list.write("locations", places.into_iter().map(|(_, row)| row))?;
        list.write("events", self.event_rows().into_iter())?;
        list.write("edges", self.edges().map(|e| self.edge_row(&e)))?;
        let dropped = self.dropped_rows();
        // A part of a graph has no place for what was dropped from the whole.
        if !dropped.is_empty() && self.articles_left.is_none() {
            list.write("dropped", dropped.into_iter())?;
            list.write("dropped_reports", self.dropped_reports().into_iter())?;
        }
        if !self.decisions().is_empty() {
            let text = list
                .options
                .to_string_pretty(self.decisions(), PrettyConfig::new())
                .map_err(io::Error::other)?;
            writeln!(list.out, "decisions: {text},")?;
        }
        writeln!(list.out, ")")
    }

    fn article_rows(&self) -> impl Iterator<Item = ArticleRow> {
        self.articles_by_id().into_iter().map(|a| ArticleRow {
            id: a.id.clone(),
            title: a.title.clone(),
            date: a.date,
            source: a.source.clone(),
            url: a.url.clone(),
            digest: a.digest.clone(),
            sketch: a.sketch.iter().map(|v| format!("{v:08x}")).collect(),
            given_id: (a.given_id != a.id).then(|| a.given_id.clone()),
        })
    }

    /// Identities of the nodes that are left, ordered by id, with whether each is a place.
    fn identity_rows(&self) -> Vec<(bool, IdentityRow)> {
        let mut rows: Vec<(bool, IdentityRow)> = Vec::new();
        for (ix, node) in self.nodes() {
            let mut reasons: BTreeMap<SmolStr, &'static str> = BTreeMap::new();
            for (a, b, reason) in self.merges(ix) {
                for id in [a, b] {
                    reasons.entry(SmolStr::new(id)).or_insert(reason.name());
                }
            }
            for identity in self.members(ix) {
                let part_of = (identity.id != node.id).then(|| {
                    (node.id.clone(), reasons.get(&identity.id).copied().unwrap_or_default().to_owned())
                });
                rows.push((
                    identity.is_place,
                    IdentityRow {
                        id: identity.id.clone(),
                        names: map(&identity.names),
                        aliases: identity.aliases.clone(),
                        kinds: map(&identity.kinds),
                        countries: map(&identity.countries),
                        affiliations: map(&identity.affiliations),
                        coordinates: identity.coordinates,
                        described_in: identity.home.map(|a| self.articles()[a as usize].id.clone()),
                        part_of,
                    },
                ));
            }
        }
        rows.sort_by(|a, b| a.1.id.cmp(&b.1.id));
        rows
    }

    fn event_rows(&self) -> Vec<EventRow> {
        let mut reports: BTreeMap<NodeIndex, Vec<OccurrenceIx>> = BTreeMap::new();
        for (occurrence, event) in self.web.events() {
            reports.entry(event).or_default().push(occurrence);
        }
        let left: Option<BTreeSet<ArticleIx>> = self.articles_left.clone();
        self.nodes()
            .filter_map(|(ix, node)| {
                let body = node.event()?;
                let mut rows: Vec<ReportRow> = reports
                    .remove(&ix)
                    .unwrap_or_default()
                    .into_iter()
                    .filter(|&o| {
                        left.as_ref().is_none_or(|l| l.contains(&self.ledger.occurrences[o as usize].article))
                    })
                    .map(|o| self.report_row(o))
                    .collect();
                rows.sort_by(|a, b| (&a.article, a.n).cmp(&(&b.article, b.n)));
                Some(EventRow {
                    id: node.id.clone(),
                    name: node.name.clone(),
                    kind: body.kind,
                    date: body.date,
                    place: body.place.clone(),
                    status: body.status,
                    reports: rows,
                })
            })
            .collect()
    }

    /// Occurrences of which every claim was dropped.
    fn dropped_reports(&self) -> Vec<ReportRow> {
        let shown: BTreeSet<OccurrenceIx> = self.web.events().map(|(o, _)| o).collect();
        let all = 0..index(self.ledger.occurrences.len());
        let mut rows: Vec<ReportRow> =
            all.filter(|o| !shown.contains(o)).map(|o| self.report_row(o)).collect();
        rows.sort_by(|a, b| (&a.article, a.n).cmp(&(&b.article, b.n)));
        rows
    }

    fn report_row(&self, ix: OccurrenceIx) -> ReportRow {
        let occurrence = &self.ledger.occurrences[ix as usize];
        let article = &self.articles()[occurrence.article as usize];
        ReportRow {
            article: article.id.clone(),
            n: ix - article.occurrences.start,
            label: occurrence.label.clone(),
            kind: occurrence.kind,
            date: occurrence.date,
            place: occurrence.place.map(|p| self.identity(p).id.clone()),
            status: occurrence.status,
        }
    }

    fn edge_row(&self, edge: &EdgeRef<'_>) -> EdgeRow {
        let id = |ix: NodeIndex| self.node(ix).id.clone();
        let ends = (id(edge.source), edge.party().map(id));
        let mut claims: Vec<ClaimRow> =
            edge.edge.claims.iter().map(|&ix| self.claim_row(ix, Some((&ends.0, ends.1.as_ref())))).collect();
        claims.sort_by(|a, b| (&a.article, a.n).cmp(&(&b.article, b.n)));
        EdgeRow {
            id: edge.edge.key_text(),
            source: ends.0,
            relation: edge.edge.relation,
            target: ends.1,
            status: edge.edge.status,
            date: edge.edge.date,
            place: edge.edge.place.map(id),
            confidence: edge.edge.confidence,
            event: edge.edge.event.map(id),
            claims,
        }
    }

    fn claim_row(&self, ix: ClaimIx, ends: Option<(&SmolStr, Option<&SmolStr>)>) -> ClaimRow {
        let claim: &Claim = self.claim(ix);
        let article = self.article(claim);
        let id = |ix: IdentityIx| self.identity(ix).id.clone();
        let (source, target) = (id(claim.source), self.party_of(claim).map(id));
        let (edge_source, edge_target) = ends.unwrap_or((&source, target.as_ref()));
        let has_own_source = *edge_source != source;
        let has_own_target = target.is_some() && edge_target != target.as_ref();
        ClaimRow {
            article: article.id.clone(),
            n: ix - article.claims.start,
            at: self.evidence_span(claim),
            text: self.evidence(claim).to_owned(),
            status: claim.status,
            according_to: claim.according_to.map(id),
            date: claim.date,
            place: claim.place.map(id),
            confidence: claim.confidence,
            source_at: claim.source_span,
            trigger_at: claim.trigger_span,
            target_at: claim.target_span,
            reports: claim.occurrence.map(|o| o - article.occurrences.start),
            about: match claim.target {
                ClaimTarget::Occurrence(o) => Some(o - article.occurrences.start),
                _ => None,
            },
            source: has_own_source.then(|| source.clone()),
            target: if has_own_target { target.clone() } else { None },
        }
    }

    fn party_of(&self, claim: &Claim) -> Option<IdentityIx> {
        match claim.target {
            ClaimTarget::Party(ix) => Some(ix),
            _ => None,
        }
    }

    /// Claims that a person decided to be wrong: out of the graph, kept on file.
    fn dropped_rows(&self) -> Vec<EdgeRow> {
        if self.decisions().dropped.is_empty() {
            return Vec::new();
        }
        let all = 0..index(self.ledger.claims.len());
        let dropped = all.filter(|&ix| self.ledger.is_dropped(self.claim(ix)));
        let mut rows: Vec<EdgeRow> = dropped
            .map(|ix| {
                let claim = self.claim(ix);
                EdgeRow {
                    id: String::new(),
                    source: self.identity(claim.source).id.clone(),
                    relation: claim.relation,
                    target: self.party_of(claim).map(|t| self.identity(t).id.clone()),
                    status: Status::default(),
                    date: None,
                    place: None,
                    confidence: 0.0,
                    event: None,
                    claims: vec![self.claim_row(ix, None)],
                }
            })
            .collect();
        rows.sort_by(|a, b| {
            (&a.claims[0].article, a.claims[0].n).cmp(&(&b.claims[0].article, b.claims[0].n))
        });
        rows
    }
}

/// Writes named lists, an item a line.
struct List<'w> {
    out: &'w mut dyn Write,
    options: ron::Options,
}

impl List<'_> {
    fn write<T: Serialize>(&mut self, name: &str, rows: impl Iterator<Item = T>) -> io::Result<()> {
        writeln!(self.out, "{name}: [")?;
        for row in rows {
            let line = self.options.to_string(&row).map_err(io::Error::other)?;
            writeln!(self.out, "  {line},")?;
        }
        writeln!(self.out, "],")
    }
}
