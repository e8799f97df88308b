//! A [`Filter`] in, the part of a graph that it lets through out. Edges decide: a node stays where an edge
//! that stays needs it, an article where a claim does.

use super::{ArticleIx, Body, ClaimTarget, EdgeIndex, EdgeRef, KnowledgeGraph, Link, NodeIndex};
use crate::ontology::{PartialDate, Relation, Status};
use petgraph::visit::{EdgeRef as _, IntoEdgeReferences as _};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Conditions that edges must meet; the default lets everything through.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Not before the first day of this date.
    pub since: Option<PartialDate>,
    /// Not after the last day of this date.
    pub until: Option<PartialDate>,
    /// Only these relations, if any are given.
    pub relations: Vec<Relation>,
    /// Only these statuses, if any are given.
    pub statuses: Vec<Status>,
    /// Only what happened at this place or in this country (a name).
    pub place: Option<String>,
    /// At least this confidence.
    pub min_confidence: Option<f64>,
    /// At least so many independent sources.
    pub min_sources: Option<usize>,
    /// Only what lies within `depth` steps of this party (a name or id).
    pub around: Option<String>,
    /// Steps for `around`; 1 where absent.
    pub depth: Option<usize>,
    /// Only so many parties, the most connected ones.
    pub top: Option<usize>,
}

/// A condition that cannot be met because it names something unknown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// No node has the name.
    #[error("nothing in the graph is called `{name}`{}", nearest_hint(.nearest))]
    UnknownName {
        /// What was asked for.
        name: String,
        /// The nearest names there are.
        nearest: Vec<String>,
    },
}

fn nearest_hint(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!("; nearest: {}", nearest.join(", ")) }
}

impl KnowledgeGraph {
    /// The part of the graph that the filter lets through: its edges with their parties, events, places,
    /// claimants and articles. Ids and figures stay those of the whole. A part is to be shown, not to grow.
    ///
    /// # Errors
    /// Where the filter names a place or party that the graph does not have.
    pub fn filtered(self, filter: &Filter) -> Result<Self, FilterError> {
        if *filter == Filter::default() {
            return Ok(self);
        }
        let places = filter.place.as_deref().map(|name| Places::called(&self, name)).transpose()?;
        let centre = filter.around.as_deref().map(|name| self.known(name)).transpose()?;
        let mut edges: Vec<(EdgeIndex, EdgeRef<'_>)> = self
            .web
            .graph
            .edge_references()
            .filter_map(|e| Some((e.id(), self.edge(e.id())?)))
            .filter(|(_, e)| filter.admits(e) && places.as_ref().is_none_or(|p| p.hold(&self, e)))
            .collect();
        if let Some(centre) = &centre {
            let near = near(&edges, centre, filter.depth.unwrap_or(1));
            edges.retain(|(_, e)| near.contains(&e.source) && near.contains(&e.target));
        }
        if let Some(top) = filter.top {
            let weights = weights(edges.iter().map(|(_, e)| *e));
            let first = centre.as_deref().unwrap_or_default();
            let kept: BTreeSet<NodeIndex> = self.heaviest(&weights, first, top).into_iter().collect();
            edges.retain(|(_, e)| {
                kept.contains(&e.source) && e.party().is_none_or(|target| kept.contains(&target))
            });
        }
        let kept: BTreeSet<EdgeIndex> = edges.into_iter().map(|(ix, _)| ix).collect();
        let nodes = self.needed(&kept);
        let articles = self.rested_on(&kept, &nodes);
        let mut part = self;
        part.web.keep_only(&nodes, &kept);
        part.articles_left = Some(articles);
        part.index.take();
        Ok(part)
    }

    /// How much is told of each party: the independent reports of its edges. An event that stands in for a
    /// target that the text does not name is no party.
    pub fn weights(&self) -> BTreeMap<NodeIndex, usize> {
        weights(self.edges_unordered())
    }

    /// The `top` heaviest parties, those in `first` before all others.
    pub fn heaviest(
        &self,
        weights: &BTreeMap<NodeIndex, usize>,
        first: &[NodeIndex],
        top: usize,
    ) -> Vec<NodeIndex> {
        let mut ranked: Vec<NodeIndex> = weights.keys().copied().collect();
        ranked.sort_by_key(|ix| (!first.contains(ix), Reverse(weights[ix]), &self.node(*ix).id));
        ranked.truncate(top);
        ranked
    }

    /// The nodes called so, by id, by name or alias, or else by a part of the name.
    ///
    /// # Errors
    /// Where there are none; the message has the nearest names.
    pub fn known(&self, name: &str) -> Result<Vec<NodeIndex>, FilterError> {
        let by_id = self.find(name).into_iter().collect::<Vec<_>>();
        let called = if by_id.is_empty() { self.called(name).to_vec() } else { by_id };
        let found = if called.is_empty() { self.called_in_part(name) } else { called };
        if found.is_empty() {
            let nearest = self.nearest_names(name, 3);
            return Err(FilterError::UnknownName { name: name.to_owned(), nearest });
        }
        Ok(found)
    }

    /// Every node that these edges name, directly or through their claims.
    fn needed(&self, edges: &BTreeSet<EdgeIndex>) -> BTreeSet<NodeIndex> {
        let mut needed: BTreeSet<NodeIndex> = BTreeSet::new();
        for edge in edges.iter().filter_map(|&ix| self.edge(ix)) {
            needed.extend([edge.source, edge.target]);
            needed.extend(edge.edge.event);
            needed.extend(edge.edge.place);
            for claim in self.claims(edge.edge) {
                needed.extend(self.claimant(claim));
                needed.extend(claim.place.map(|p| self.node_of(p)));
                if let ClaimTarget::Party(party) = claim.target {
                    needed.insert(self.node_of(party));
                }
            }
        }
        for (occurrence, event) in self.web.events() {
            if needed.contains(&event) {
                let place = self.ledger.occurrences[occurrence as usize].place;
                needed.extend(place.map(|p| self.node_of(p)));
            }
        }
        let mut open: Vec<NodeIndex> = needed.iter().copied().collect();
        while let Some(ix) = open.pop() {
            let named = match &self.node(ix).body {
                Body::Actor(actor) => actor.affiliation.as_ref(),
                Body::Event(event) => event.place.as_ref(),
                Body::Location(_) => None,
            };
            if let Some(other) = named.and_then(|id| self.find(id))
                && needed.insert(other)
            {
                open.push(other);
            }
        }
        needed
    }

    fn rested_on(&self, edges: &BTreeSet<EdgeIndex>, nodes: &BTreeSet<NodeIndex>) -> BTreeSet<ArticleIx> {
        let claims = edges.iter().filter_map(|&ix| self.edge(ix)).flat_map(|e| self.claims(e.edge));
        // An unnamed party is told apart by the article that describes it.
        let homes = nodes.iter().flat_map(|&ix| self.members(ix)).filter_map(|identity| identity.home);
        claims.map(|c| c.article).chain(homes).collect()
    }
}

impl Filter {
    /// Whether an edge meets the conditions on time, relation, status, confidence and sources.
    pub fn admits(&self, edge: &EdgeRef<'_>) -> bool {
        let typed = edge.edge;
        (self.relations.is_empty() || self.relations.contains(&typed.relation))
            && (self.statuses.is_empty() || self.statuses.contains(&typed.status))
            && self.min_confidence.is_none_or(|least| typed.confidence >= least)
            && self.min_sources.is_none_or(|least| typed.sources >= least)
            && self.in_time(edge)
    }

    /// Whether some day the edge may mean lies in the time asked for; an edge without any day never does.
    fn in_time(&self, edge: &EdgeRef<'_>) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let span =
            edge.edge.date.map(|d| (d.first_day().days_since_epoch(), d.last_day().days_since_epoch()));
        let Some((first, last)) = span.or(edge.edge.day.map(|day| (day, day))) else { return false };
        self.since.is_none_or(|since| last >= since.first_day().days_since_epoch())
            && self.until.is_none_or(|until| first <= until.last_day().days_since_epoch())
    }
}

/// Places asked for: these nodes, and whatever lies in these countries.
struct Places {
    nodes: BTreeSet<NodeIndex>,
    countries: BTreeSet<String>,
}

impl Places {
    fn called(graph: &KnowledgeGraph, name: &str) -> Result<Self, FilterError> {
        let nodes: BTreeSet<NodeIndex> = graph.known(name)?.into_iter().collect();
        let is_country = |ix: &NodeIndex| graph.node(*ix).id.starts_with("country:");
        let countries = nodes.iter().filter(|ix| is_country(ix));
        let countries = countries.filter_map(|&ix| graph.node(ix).country().map(str::to_owned)).collect();
        Ok(Self { nodes, countries })
    }

    fn hold(&self, graph: &KnowledgeGraph, edge: &EdgeRef<'_>) -> bool {
        let event = edge.edge.event.and_then(|ix| graph.node(ix).event());
        let of_event = event.and_then(|e| graph.find(e.place.as_deref()?));
        let target = graph.node(edge.target).location().map(|_| edge.target);
        [edge.edge.place, of_event, target].into_iter().flatten().any(|ix| {
            let country = graph.node(ix).location().and_then(|l| l.country.as_deref());
            self.nodes.contains(&ix) || country.is_some_and(|c| self.countries.contains(c))
        })
    }
}

fn weights<'g>(edges: impl Iterator<Item = EdgeRef<'g>>) -> BTreeMap<NodeIndex, usize> {
    let mut weights: BTreeMap<NodeIndex, usize> = BTreeMap::new();
    for edge in edges {
        for end in std::iter::once(edge.source).chain(edge.party()) {
            *weights.entry(end).or_default() += edge.edge.sources;
        }
    }
    weights
}

/// Whoever is at most `depth` of these edges away, in whichever direction.
fn near(edges: &[(EdgeIndex, EdgeRef<'_>)], centre: &[NodeIndex], depth: usize) -> BTreeSet<NodeIndex> {
    let mut neighbours: BTreeMap<NodeIndex, Vec<NodeIndex>> = BTreeMap::new();
    for (_, edge) in edges {
        neighbours.entry(edge.source).or_default().push(edge.target);
        neighbours.entry(edge.target).or_default().push(edge.source);
    }
    let mut seen: BTreeSet<NodeIndex> = centre.iter().copied().collect();
    let mut queue: VecDeque<(NodeIndex, usize)> = centre.iter().map(|&ix| (ix, 0)).collect();
    while let Some((ix, steps)) = queue.pop_front() {
        if steps == depth {
            continue;
        }
        for &other in neighbours.get(&ix).map_or(&[][..], Vec::as_slice) {
            if seen.insert(other) {
                queue.push_back((other, steps + 1));
            }
        }
    }
    seen
}

impl super::web::Web {
    /// Drops every other node and typed edge.
    fn keep_only(&mut self, nodes: &BTreeSet<NodeIndex>, edges: &BTreeSet<EdgeIndex>) {
        self.graph.retain_edges(|graph, ix| matches!(graph[ix], Link::Role(_)) || edges.contains(&ix));
        self.graph.retain_nodes(|_, ix| nodes.contains(&ix));
        self.by_id.retain(|_, ix| nodes.contains(ix));
        let kinds = |kind: &str| self.graph.node_weights().filter(|n| n.kind() == kind).count();
        self.census = [kinds("actor"), kinds("event"), kinds("location"), edges.len()];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample::{articles, graph, ron};

    fn part(filter: Filter) -> KnowledgeGraph {
        graph(&articles()).filtered(&filter).expect("known names")
    }

    /// The edges as `source relation target`.
    fn told(graph: &KnowledgeGraph) -> Vec<String> {
        let name = |ix: NodeIndex| graph.node(ix).name.as_str();
        graph.edges().map(|e| format!("{} {} {}", name(e.source), e.edge.relation, name(e.target))).collect()
    }

    #[test]
    fn no_condition_changes_nothing() {
        let whole = graph(&articles());
        assert_eq!(ron(&whole.clone().filtered(&Filter::default()).expect("whole")), ron(&whole));
    }

    #[test]
    fn edges_are_let_through_by_what_they_say() {
        let by_relation = part(Filter { relations: vec![Relation::Killed], ..Filter::default() });
        assert_eq!(told(&by_relation), ["Red Dawn Brigade killed villagers"]);
        // The claimant stays, since the claim names it.
        assert!(by_relation.nodes().any(|(_, n)| n.name == "Ministry of Defence of Cerra"));
        assert_eq!(by_relation.articles_by_id().len(), 1);
        let by_status = part(Filter { statuses: vec![Status::Hypothetical], ..Filter::default() });
        assert_eq!(told(&by_status).len(), 1);
        let by_sources = part(Filter { min_sources: Some(2), ..Filter::default() });
        assert!(by_sources.edges().all(|e| e.edge.sources >= 2) && by_sources.counts().edges > 0);
        let sure = part(Filter { min_confidence: Some(0.75), ..Filter::default() });
        assert!(sure.edges().all(|e| e.edge.confidence >= 0.75));
        assert_eq!(sure.counts().edges, sure.edges().count());
    }

    #[test]
    fn vague_dates_touch_the_time_asked_for() {
        let date = |s: &str| s.parse::<PartialDate>().ok();
        let may = part(Filter { since: date("2021-05"), until: date("2021-05"), ..Filter::default() });
        assert!(told(&may).iter().any(|t| t.contains("killed")), "{:?}", told(&may));
        assert!(may.articles_by_id().iter().all(|a| a.id == "raid"));
        let earlier = part(Filter { until: date("2021-02"), ..Filter::default() });
        assert!(earlier.edges().all(|e| e.edge.date == date("2021-02-28")) && earlier.counts().edges > 0);
    }

    #[test]
    fn places_are_towns_or_whole_countries() {
        let town = part(Filter { place: Some("Vell".to_owned()), ..Filter::default() });
        assert_eq!(told(&town), ["Avaria met Cerra"]);
        let country = part(Filter { place: Some("Cerra".to_owned()), ..Filter::default() });
        assert!(told(&country).len() > 1 && told(&country).contains(&"Avaria met Cerra".to_owned()));
    }

    #[test]
    fn around_somebody() {
        let one = part(Filter { around: Some("Okabe".to_owned()), ..Filter::default() });
        assert_eq!(told(&one), ["Ruth Okabe leads Avarian Police"]);
        let two = part(Filter { around: Some("Okabe".to_owned()), depth: Some(2), ..Filter::default() });
        assert_eq!(
            told(&two),
            ["Avarian Police detained a Borish diplomat", "Ruth Okabe leads Avarian Police"]
        );
        let error = graph(&articles())
            .filtered(&Filter { around: Some("Okabi".to_owned()), ..Filter::default() })
            .expect_err("unknown");
        assert!(error.to_string().contains("nearest: ") && error.to_string().contains("Okabe"), "{error}");
    }

    #[test]
    fn the_most_connected() {
        let three = part(Filter { top: Some(3), ..Filter::default() });
        let parties: BTreeSet<&str> =
            three.weights().keys().map(|&ix| three.node(ix).name.as_str()).collect();
        assert!(
            parties.len() <= 3 && parties.contains("Borland") && parties.contains("Cerra"),
            "{parties:?}"
        );
    }

    #[test]
    fn a_part_is_a_graph_that_can_be_written_and_read() {
        let filters = [
            Filter { top: Some(3), ..Filter::default() },
            Filter { relations: vec![Relation::Killed, Relation::Denies], ..Filter::default() },
            Filter { around: Some("Red Dawn Brigade".to_owned()), ..Filter::default() },
            Filter { place: Some("Cerra".to_owned()), ..Filter::default() },
        ];
        for filter in filters {
            let part = part(filter.clone());
            let read = KnowledgeGraph::read_ron(&ron(&part)).expect("a whole graph");
            assert_eq!(told(&read), told(&part), "{filter:?}");
        }
    }
}
