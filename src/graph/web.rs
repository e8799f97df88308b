//! What the ledger adds up to: nodes, typed edges and events, kept in step as articles come.
//!
//! Everything here is a function of the set of claims. Adding an article works out anew only the
//! groups that its claims touch; building from nothing is the same code with everything fresh.

use super::claim::{ClaimIx, ClaimTarget, IdentityIx, OccurrenceIx};
use super::cluster::{SightedPlace, Sighting, Window, cluster};
use super::copies::Copies;
use super::ledger::{Ledger, index};
use super::sameness::Sameness;
use super::stable::StableHash;
use super::summary::{self, Summary};
use super::{ArticleIx, EventRole, Link, Node, NodeIndex, TypedEdge};
use crate::ontology::{PartialDate, Relation, Status, Tone};
use petgraph::Direction;
use petgraph::stable_graph::{EdgeIndex, StableDiGraph};
use petgraph::visit::EdgeRef as _;
use smol_str::{SmolStr, format_smolstr};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// The petgraph and the tables that keep it in step with the ledger.
#[derive(Debug, Clone, Default)]
pub(super) struct Web {
    pub graph: StableDiGraph<Node, Link>,
    pub by_id: HashMap<SmolStr, NodeIndex>,
    /// Identity → its node.
    pub node_of: Vec<NodeIndex>,
    pub copies: Copies,
    pub sameness: Sameness,
    /// Actors, events, locations and typed edges.
    pub census: [usize; 4],
    /// Occurrence → its event.
    event_of: Vec<NodeIndex>,
    edge_of: Vec<EdgeIndex>,
    bucket_of: Vec<u32>,
    buckets: Vec<Bucket>,
    bucket_ix: HashMap<BucketKey, u32>,
    scenes: HashMap<Scene, Vec<OccurrenceIx>>,
    /// Occurrences without parties, by what they are like and when.
    bare: HashMap<(u64, Option<PartialDate>), Vec<OccurrenceIx>>,
}

/// Claims that may be reports of one occurrence.
#[derive(Debug, Clone, Default)]
struct Bucket {
    claims: Vec<ClaimIx>,
    /// Number of the occurrence, a claim.
    group: Vec<u32>,
}

/// What makes claims comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct BucketKey {
    relation: Relation,
    one: NodeIndex,
    other: Counterpart,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Counterpart {
    Nobody,
    Node(NodeIndex),
    /// An occurrence like this.
    Like(u64),
}

/// A deed on somebody at a place on a day: one event, whoever is said to have done it.
type Scene = (Relation, IdentityIx, IdentityIx, PartialDate);

const NO_BUCKET: u32 = u32::MAX;
const UNSETTLED: u32 = u32::MAX;

impl Web {
    /// Brings everything into step after these articles were recorded.
    pub fn weave(&mut self, ledger: &Ledger, fresh: Range<ArticleIx>, heard: &[IdentityIx]) {
        self.node_of.resize(ledger.identities.len(), NodeIndex::end());
        self.event_of.resize(ledger.occurrences.len(), NodeIndex::end());
        self.edge_of.resize(ledger.claims.len(), EdgeIndex::end());
        self.bucket_of.resize(ledger.claims.len(), NO_BUCKET);
        let mut seeds: Vec<OccurrenceIx> = Vec::new();
        for article in fresh.clone() {
            let reunited = self.copies.enter(article, |a| &ledger.articles[a as usize].sketch);
            for other in reunited {
                seeds.extend(ledger.articles[other as usize].occurrences.clone());
            }
            seeds.extend(ledger.articles[article as usize].occurrences.clone());
        }
        let (rehomed, stale) = self.settle_identities(ledger, fresh.clone(), heard);
        let mut moved: Vec<ClaimIx> = rehomed.iter().flat_map(|&ix| self.claims_naming(ledger, ix)).collect();
        moved.sort_unstable();
        moved.dedup();
        let mut unsettled: BTreeSet<u32> = BTreeSet::new();
        for &claim in &moved {
            self.leave_bucket(claim, &mut unsettled);
            seeds.extend(ledger.claims[claim as usize].occurrence);
        }
        for article in fresh {
            for (claim, _) in ledger.claims_of(article).filter(|(_, c)| !ledger.is_dropped(c)) {
                self.enter_bucket(ledger, claim, &mut unsettled);
                self.enter_scene(ledger, claim);
            }
            for occurrence in ledger.articles[article as usize].occurrences.clone() {
                self.enter_bare(ledger, occurrence);
            }
        }
        for &claim in &moved {
            self.enter_bucket(ledger, claim, &mut unsettled);
        }
        for &bucket in &unsettled {
            self.settle_bucket(ledger, bucket, &mut seeds);
        }
        self.settle_events(ledger, seeds);
        for &bucket in &unsettled {
            self.settle_static(ledger, bucket);
        }
        for node in stale {
            self.remove_node(node);
        }
    }

    /// Every occurrence with its event.
    pub fn events(&self) -> impl Iterator<Item = (OccurrenceIx, NodeIndex)> {
        self.event_of.iter().enumerate().filter(|(_, n)| **n != NodeIndex::end()).map(|(o, n)| (index(o), *n))
    }

    fn remove_node(&mut self, node: NodeIndex) {
        if let Some(gone) = self.graph.remove_node(node) {
            self.census[kind_index(&gone)] -= 1;
        }
    }

    fn remove_typed(&mut self, edge: EdgeIndex) {
        if self.graph.remove_edge(edge).is_some() {
            self.census[3] -= 1;
        }
    }

    // ---- identities ----

    /// Gives every identity its node. Returns the identities that moved from one node to another
    /// and the nodes that nobody is any more.
    fn settle_identities(
        &mut self,
        ledger: &Ledger,
        fresh: Range<ArticleIx>,
        heard: &[IdentityIx],
    ) -> (Vec<IdentityIx>, Vec<NodeIndex>) {
        let mut sameness = std::mem::take(&mut self.sameness);
        let groups = sameness.update(ledger, fresh, heard, |ix| {
            let node = self.graph.node_weight(self.node_of[ix as usize]);
            node.map(|n| n.members.clone()).unwrap_or_default()
        });
        self.sameness = sameness;
        let mut rehomed = Vec::new();
        let mut before: BTreeSet<NodeIndex> = BTreeSet::new();
        let mut kept: BTreeSet<NodeIndex> = BTreeSet::new();
        let mut changed: Vec<NodeIndex> = Vec::new();
        for group in groups {
            let old: BTreeSet<NodeIndex> = group
                .iter()
                .map(|&ix| self.node_of[ix as usize])
                .filter(|&n| n != NodeIndex::end())
                .collect();
            before.extend(&old);
            let node = match old.iter().find(|n| !kept.contains(n)) {
                Some(&node) => node,
                None => {
                    let is_place = group.first().is_some_and(|&ix| ledger.identities[ix as usize].is_place);
                    self.census[if is_place { 2 } else { 0 }] += 1;
                    self.graph.add_node(summary::blank_node())
                }
            };
            kept.insert(node);
            for &ix in &group {
                let was = std::mem::replace(&mut self.node_of[ix as usize], node);
                if was != node && was != NodeIndex::end() {
                    rehomed.push(ix);
                }
            }
            self.graph[node].members = group;
            changed.push(node);
        }
        let settled: BTreeSet<NodeIndex> = changed.iter().copied().collect();
        let again = heard.iter().map(|&ix| self.node_of[ix as usize]).filter(|n| !settled.contains(n));
        changed.extend(again.collect::<BTreeSet<_>>());
        let stale: Vec<NodeIndex> = before.difference(&kept).copied().collect();
        for &node in stale.iter().chain(&changed) {
            if self.by_id.get(&self.graph[node].id) == Some(&node) {
                self.by_id.remove(&self.graph[node].id);
            }
        }
        let mut gone: BTreeSet<SmolStr> = stale.iter().map(|&n| self.graph[n].id.clone()).collect();
        for &node in &changed {
            let members = std::mem::take(&mut self.graph[node].members);
            let old = std::mem::replace(&mut self.graph[node], summary::party_node(ledger, members));
            if !old.id.is_empty() && old.id != self.graph[node].id {
                // Edges are keyed by the ids of their ends.
                rehomed.extend(&self.graph[node].members);
                gone.insert(old.id);
            }
        }
        for &node in &changed {
            self.by_id.insert(self.graph[node].id.clone(), node);
        }
        if !gone.is_empty() {
            changed.extend(self.belonging_to(&gone));
        }
        for &node in &changed {
            self.settle_affiliation(ledger, node);
        }
        rehomed.sort_unstable();
        rehomed.dedup();
        (rehomed, stale)
    }

    /// Actors whose affiliation carries one of these ids.
    fn belonging_to(&self, ids: &BTreeSet<SmolStr>) -> Vec<NodeIndex> {
        let belongs =
            |n: &Node| n.actor().and_then(|a| a.affiliation.as_ref()).is_some_and(|a| ids.contains(a));
        self.graph.node_indices().filter(|&n| belongs(&self.graph[n])).collect()
    }

    /// Names the node, not the identity, that an actor belongs to.
    fn settle_affiliation(&mut self, ledger: &Ledger, node: NodeIndex) {
        let Some(affiliation) = summary::affiliation(ledger, &self.graph[node].members) else { return };
        let home = ledger
            .identity(&affiliation)
            .map(|ix| self.node_of[ix as usize])
            .filter(|&n| n != NodeIndex::end());
        let id = home.filter(|&n| n != node).map(|n| self.graph[n].id.clone());
        if let super::Body::Actor(body) = &mut self.graph[node].body {
            body.affiliation = id;
        }
    }

    /// Claims in the web with this identity as doer or target.
    fn claims_naming(&self, ledger: &Ledger, ix: IdentityIx) -> Vec<ClaimIx> {
        // A moved identity has left its node; its claims still hang on the old edges.
        let names = |c: ClaimIx| {
            let claim = &ledger.claims[c as usize];
            claim.source == ix || claim.target == ClaimTarget::Party(ix)
        };
        let in_home = ledger.identities[ix as usize].home;
        if let Some(home) = in_home {
            let range = ledger.articles[home as usize].claims.clone();
            return range.filter(|&c| names(c) && self.bucket_of[c as usize] != NO_BUCKET).collect();
        }
        (0..index(ledger.claims.len()))
            .filter(|&c| names(c) && self.bucket_of[c as usize] != NO_BUCKET)
            .collect()
    }

    // ---- buckets ----

    fn bucket_key(&self, ledger: &Ledger, claim: ClaimIx) -> BucketKey {
        let claim = &ledger.claims[claim as usize];
        let source = self.node_of[claim.source as usize];
        let (mut one, mut other) = (
            source,
            match claim.target {
                ClaimTarget::Nobody => Counterpart::Nobody,
                ClaimTarget::Party(ix) => Counterpart::Node(self.node_of[ix as usize]),
                ClaimTarget::Occurrence(ix) => Counterpart::Like(ledger.occurrences[ix as usize].likeness),
            },
        );
        if let (true, Counterpart::Node(target)) = (claim.relation.row().symmetric, other)
            && target < one
        {
            (one, other) = (target, Counterpart::Node(one));
        }
        BucketKey { relation: claim.relation, one, other }
    }

    fn enter_bucket(&mut self, ledger: &Ledger, claim: ClaimIx, unsettled: &mut BTreeSet<u32>) {
        let key = self.bucket_key(ledger, claim);
        let ix = *self.bucket_ix.entry(key).or_insert_with(|| {
            self.buckets.push(Bucket::default());
            index(self.buckets.len() - 1)
        });
        let bucket = &mut self.buckets[ix as usize];
        bucket.claims.push(claim);
        bucket.group.push(UNSETTLED);
        self.bucket_of[claim as usize] = ix;
        unsettled.insert(ix);
    }

    fn leave_bucket(&mut self, claim: ClaimIx, unsettled: &mut BTreeSet<u32>) {
        let ix = std::mem::replace(&mut self.bucket_of[claim as usize], NO_BUCKET);
        let bucket = &mut self.buckets[ix as usize];
        if let Some(at) = bucket.claims.iter().position(|&c| c == claim) {
            bucket.claims.swap_remove(at);
            let left = bucket.group.swap_remove(at);
            for group in &mut bucket.group {
                if *group == left {
                    *group = UNSETTLED;
                }
            }
        }
        unsettled.insert(ix);
    }

    /// Tells the occurrences in a bucket apart; those of groups that changed become seeds.
    fn settle_bucket(&mut self, ledger: &Ledger, ix: u32, seeds: &mut Vec<OccurrenceIx>) {
        let bucket = &self.buckets[ix as usize];
        let Some(&first) = bucket.claims.first() else { return };
        let relation = ledger.claims[first as usize].relation;
        if relation.is_static() {
            return;
        }
        let sightings: Vec<Sighting> = if bucket.claims.len() == 1 {
            Vec::new()
        } else {
            bucket.claims.iter().map(|&c| self.sighting(ledger, c)).collect()
        };
        let numbers = if sightings.is_empty() { vec![0] } else { cluster(&sightings, window(relation)) };
        let bucket = &mut self.buckets[ix as usize];
        let mut old_size: BTreeMap<u32, usize> = BTreeMap::new();
        for &old in &bucket.group {
            *old_size.entry(old).or_default() += 1;
        }
        // New group → the old group it came from whole, and its size.
        let mut came_from: BTreeMap<usize, (u32, usize)> = BTreeMap::new();
        for (&new, &old) in numbers.iter().zip(&bucket.group) {
            let entry = came_from.entry(new).or_insert((old, 0));
            entry.1 += 1;
            if entry.0 != old {
                entry.0 = UNSETTLED;
            }
        }
        for ((&claim, &new), group) in bucket.claims.iter().zip(&numbers).zip(&mut bucket.group) {
            let (old, size) = came_from[&new];
            if old == UNSETTLED || old_size[&old] != size {
                seeds.extend(ledger.claims[claim as usize].occurrence);
            }
            *group = index(new);
        }
    }

    fn sighting(&self, ledger: &Ledger, claim: ClaimIx) -> Sighting {
        let claim = &ledger.claims[claim as usize];
        Sighting {
            date: claim.date,
            published: ledger.articles[claim.article as usize].date,
            place: claim.place.map(|ix| {
                let identity = &ledger.identities[ix as usize];
                let hash = |text: &str| StableHash::new().text(text).finish();
                SightedPlace {
                    place: hash(&self.graph[self.node_of[ix as usize]].id),
                    country: identity.countries.best().map(|c| hash(c)),
                    is_country: identity.id.starts_with("place:country:"),
                }
            }),
            hypothetical: claim.status == Status::Hypothetical,
        }
    }

    // ---- events ----

    fn scene(ledger: &Ledger, claim: ClaimIx) -> Option<(Scene, OccurrenceIx)> {
        let claim = &ledger.claims[claim as usize];
        let is_deed =
            claim.relation.row().tone == Tone::MaterialConflict && claim.status != Status::Hypothetical;
        match (claim.target, claim.place, claim.date, claim.occurrence) {
            (ClaimTarget::Party(target), Some(place), Some(date), Some(occurrence))
                if is_deed && date.is_day() =>
            {
                Some(((claim.relation, target, place, date), occurrence))
            }
            _ => None,
        }
    }

    fn enter_scene(&mut self, ledger: &Ledger, claim: ClaimIx) {
        if let Some((scene, occurrence)) = Self::scene(ledger, claim) {
            self.scenes.entry(scene).or_default().push(occurrence);
        }
    }

    fn enter_bare(&mut self, ledger: &Ledger, occurrence: OccurrenceIx) {
        if claims_of_occurrence(ledger, occurrence).next().is_none() {
            let told = &ledger.occurrences[occurrence as usize];
            self.bare.entry((told.likeness, told.date)).or_default().push(occurrence);
        }
    }

    /// Occurrences directly joined with this one by a report in common.
    fn joined_with(&self, ledger: &Ledger, occurrence: OccurrenceIx, joined: &mut Vec<OccurrenceIx>) {
        let mut is_bare = true;
        for claim in claims_of_occurrence(ledger, occurrence) {
            is_bare = false;
            let ix = self.bucket_of[claim as usize];
            if ix == NO_BUCKET {
                continue;
            }
            let bucket = &self.buckets[ix as usize];
            if bucket.claims.len() > 1
                && let Some(at) = bucket.claims.iter().position(|&c| c == claim)
            {
                let group = bucket.group[at];
                let fellows = bucket.claims.iter().zip(&bucket.group).filter(|(_, g)| **g == group);
                joined.extend(fellows.filter_map(|(&c, _)| ledger.claims[c as usize].occurrence));
            }
            if let Some(fellows) = Self::scene(ledger, claim).and_then(|(scene, _)| self.scenes.get(&scene)) {
                joined.extend_from_slice(fellows);
            }
        }
        let told = &ledger.occurrences[occurrence as usize];
        if is_bare && let Some(fellows) = self.bare.get(&(told.likeness, told.date)) {
            joined.extend_from_slice(fellows);
        }
    }

    /// Works out the events that the seeds belong to, then their edges and roles.
    fn settle_events(&mut self, ledger: &Ledger, seeds: Vec<OccurrenceIx>) {
        let mut visited = vec![false; ledger.occurrences.len()];
        let mut pass = Pass::default();
        for seed in seeds {
            self.settle_event(ledger, seed, &mut visited, &mut pass);
        }
        // Claims about an occurrence whose event changed point elsewhere now.
        for occurrence in std::mem::take(&mut pass.renumbered) {
            let article = ledger.occurrences[occurrence as usize].article;
            for (_, claim) in ledger.claims_of(article) {
                if let (ClaimTarget::Occurrence(about), Some(speaker)) = (claim.target, claim.occurrence)
                    && about == occurrence
                {
                    self.settle_event(ledger, speaker, &mut visited, &mut pass);
                }
            }
        }
        let mut old_edges: BTreeSet<EdgeIndex> = BTreeSet::new();
        for event in &pass.events {
            old_edges.extend(
                event.claims.iter().map(|&c| self.edge_of[c as usize]).filter(|e| *e != EdgeIndex::end()),
            );
        }
        let mut used: BTreeSet<EdgeIndex> = BTreeSet::new();
        for event in &pass.events {
            self.settle_edges(ledger, event, &mut used);
        }
        for &edge in old_edges.difference(&used) {
            self.remove_typed(edge);
        }
        for event in &pass.events {
            self.settle_roles(ledger, event);
        }
        for node in pass.old.difference(&pass.kept) {
            if self.by_id.get(&self.graph[*node].id) == Some(node) {
                self.by_id.remove(&self.graph[*node].id);
            }
            self.remove_node(*node);
        }
    }

    /// Collects the event that an occurrence belongs to and gives it a node.
    fn settle_event(&mut self, ledger: &Ledger, seed: OccurrenceIx, visited: &mut [bool], pass: &mut Pass) {
        if std::mem::replace(&mut visited[seed as usize], true) {
            return;
        }
        let mut occurrences = vec![seed];
        let mut joined = Vec::new();
        let mut at = 0;
        while at < occurrences.len() {
            self.joined_with(ledger, occurrences[at], &mut joined);
            for other in joined.drain(..) {
                if !std::mem::replace(&mut visited[other as usize], true) {
                    occurrences.push(other);
                }
            }
            at += 1;
        }
        occurrences.sort_unstable_by_key(|&o| ledger.occurrences[o as usize].key);
        let old: BTreeSet<NodeIndex> = occurrences
            .iter()
            .map(|&o| self.event_of[o as usize])
            .filter(|&n| n != NodeIndex::end())
            .collect();
        let free = old.iter().copied().find(|n| !pass.kept.contains(n));
        pass.old.extend(&old);
        let claims: Vec<ClaimIx> = occurrences
            .iter()
            .flat_map(|&o| claims_of_occurrence(ledger, o))
            .filter(|&c| self.bucket_of[c as usize] != NO_BUCKET)
            .collect();
        if claims.is_empty() && occurrences.iter().all(|&o| has_dropped_claims(ledger, o)) {
            // Everything said of it was dropped by decision.
            for &o in &occurrences {
                self.event_of[o as usize] = NodeIndex::end();
            }
            return;
        }
        let node = free.unwrap_or_else(|| {
            self.census[1] += 1;
            self.graph.add_node(summary::blank_node())
        });
        pass.kept.insert(node);
        for &o in &occurrences {
            if std::mem::replace(&mut self.event_of[o as usize], node) != node {
                pass.renumbered.push(o);
            }
        }
        let stamp = occurrences.first().map_or(0, |&o| ledger.occurrences[o as usize].key);
        let id = format_smolstr!("event:{stamp:016x}");
        let said = Summary::of(ledger, &self.copies, &claims);
        let place = self.event_place(ledger, &said, &occurrences);
        let (new, place_id) = (
            summary::event_node(ledger, id.clone(), &said, &occurrences),
            place.map(|p| self.graph[p].id.clone()),
        );
        if self.graph[node].id != id {
            // Edges to it are keyed by its id.
            pass.renumbered.extend(&occurrences);
            if self.by_id.get(&self.graph[node].id) == Some(&node) {
                self.by_id.remove(&self.graph[node].id);
            }
        }
        self.graph[node] = new;
        if let super::Body::Event(body) = &mut self.graph[node].body {
            body.place = place_id;
        }
        self.by_id.insert(id, node);
        pass.events.push(SettledEvent { node, place, claims });
    }

    fn event_place(
        &self,
        ledger: &Ledger,
        said: &Summary,
        occurrences: &[OccurrenceIx],
    ) -> Option<NodeIndex> {
        let told = said.place.or_else(|| {
            let places = occurrences.iter().filter_map(|&o| ledger.occurrences[o as usize].place);
            places.min_by_key(|&p| &ledger.identities[p as usize].id)
        });
        told.map(|p| self.node_of[p as usize])
    }

    fn settle_edges(&mut self, ledger: &Ledger, event: &SettledEvent, used: &mut BTreeSet<EdgeIndex>) {
        let mut groups: BTreeMap<(Relation, NodeIndex, NodeIndex), Vec<ClaimIx>> = BTreeMap::new();
        for &ix in &event.claims {
            let claim = &ledger.claims[ix as usize];
            let mut ends = (self.node_of[claim.source as usize], self.claim_target(claim.target, event.node));
            if claim.relation.row().symmetric && ends.1 < ends.0 {
                ends = (ends.1, ends.0);
            }
            groups.entry((claim.relation, ends.0, ends.1)).or_default().push(ix);
        }
        for ((relation, one, other), claims) in groups {
            let (source, target) = self.orient(ledger, relation, one, other, &claims);
            self.put_edge(ledger, (source, target), Some(event.node), claims, used);
        }
    }

    fn claim_target(&self, target: ClaimTarget, own_event: NodeIndex) -> NodeIndex {
        match target {
            ClaimTarget::Nobody => own_event,
            ClaimTarget::Party(ix) => self.node_of[ix as usize],
            ClaimTarget::Occurrence(ix) => {
                let event = self.event_of[ix as usize];
                if event == NodeIndex::end() { own_event } else { event }
            }
        }
    }

    /// Which end of a symmetric edge is written first: the one most claims put there.
    fn orient(
        &self,
        ledger: &Ledger,
        relation: Relation,
        one: NodeIndex,
        other: NodeIndex,
        claims: &[ClaimIx],
    ) -> (NodeIndex, NodeIndex) {
        if !relation.row().symmetric || one == other {
            return (one, other);
        }
        let first = claims
            .iter()
            .filter(|&&c| self.node_of[ledger.claims[c as usize].source as usize] == one)
            .count();
        let second = claims.len() - first;
        let in_order = first > second || (first == second && self.graph[one].id <= self.graph[other].id);
        if in_order { (one, other) } else { (other, one) }
    }

    /// Adds the edge, or brings the one that is already there up to date.
    fn put_edge(
        &mut self,
        ledger: &Ledger,
        (source, target): (NodeIndex, NodeIndex),
        event: Option<NodeIndex>,
        claims: Vec<ClaimIx>,
        used: &mut BTreeSet<EdgeIndex>,
    ) {
        let said = Summary::of(ledger, &self.copies, &claims);
        let relation = ledger.claims[claims[0] as usize].relation;
        let known = claims.iter().map(|&c| self.edge_of[c as usize]).find(|&e| {
            e != EdgeIndex::end()
                && !used.contains(&e)
                && self.graph.edge_endpoints(e) == Some((source, target))
        });
        let (mut low, mut high) = (&self.graph[source].id, &self.graph[target].id);
        if relation.row().symmetric && high < low {
            (low, high) = (high, low);
        }
        let event_id = event.map_or("", |e| self.graph[e].id.as_str());
        let key = StableHash::new().text(relation.name()).text(low).text(high).text(event_id).finish();
        let claims = said.best_first;
        let weight = Link::Typed(Box::new(TypedEdge {
            key,
            relation,
            status: said.status,
            date: said.date,
            day: said.day,
            place: said.place.map(|p| self.node_of[p as usize]),
            confidence: said.confidence,
            event,
            articles: said.articles,
            sources: said.sources,
            disputed: said.disputed,
            claims: claims.clone(),
        }));
        let edge = match known {
            Some(edge) => {
                self.graph[edge] = weight;
                edge
            }
            None => {
                self.census[3] += 1;
                self.graph.add_edge(source, target, weight)
            }
        };
        used.insert(edge);
        for claim in claims {
            self.edge_of[claim as usize] = edge;
        }
    }

    fn settle_roles(&mut self, ledger: &Ledger, event: &SettledEvent) {
        let mut wanted: BTreeSet<(EventRole, NodeIndex)> = BTreeSet::new();
        for &ix in &event.claims {
            let claim = &ledger.claims[ix as usize];
            wanted.insert((EventRole::Agent, self.node_of[claim.source as usize]));
            let target = self.claim_target(claim.target, event.node);
            if target != event.node {
                let role =
                    if self.graph[target].event().is_some() { EventRole::About } else { EventRole::TargetOf };
                wanted.insert((role, target));
            }
        }
        wanted.extend(event.place.map(|p| (EventRole::Place, p)));
        let mut unwanted = Vec::new();
        for edge in self.graph.edges_directed(event.node, Direction::Outgoing) {
            if let Link::Role(role) = edge.weight()
                && !wanted.remove(&(*role, edge.target()))
            {
                unwanted.push(edge.id());
            }
        }
        for edge in unwanted {
            self.graph.remove_edge(edge);
        }
        for (role, node) in wanted {
            self.graph.add_edge(event.node, node, Link::Role(role));
        }
    }

    /// Relations that stay true are one edge, whatever the dates.
    fn settle_static(&mut self, ledger: &Ledger, ix: u32) {
        let claims = self.buckets[ix as usize].claims.clone();
        let Some(first) = claims.first().map(|&c| &ledger.claims[c as usize]) else { return };
        let ClaimTarget::Party(target) = first.target else { return };
        if !first.relation.is_static() {
            return;
        }
        let ends = (self.node_of[first.source as usize], self.node_of[target as usize]);
        let mut used = BTreeSet::new();
        let mut old: BTreeSet<EdgeIndex> = claims.iter().map(|&c| self.edge_of[c as usize]).collect();
        old.remove(&EdgeIndex::end());
        self.put_edge(ledger, ends, None, claims, &mut used);
        for edge in old.difference(&used) {
            self.release_static(ledger, *edge);
        }
    }

    /// An edge that lost some of its claims to another goes, or keeps the rest.
    fn release_static(&mut self, ledger: &Ledger, edge: EdgeIndex) {
        let Some(Link::Typed(typed)) = self.graph.edge_weight(edge) else { return };
        let rest: Vec<ClaimIx> =
            typed.claims.iter().copied().filter(|&c| self.edge_of[c as usize] == edge).collect();
        let ends = self.graph.edge_endpoints(edge);
        match ends {
            Some(ends) if !rest.is_empty() => self.put_edge(ledger, ends, None, rest, &mut BTreeSet::new()),
            _ => self.remove_typed(edge),
        }
    }
}

/// One event of a pass and its claims.
struct SettledEvent {
    node: NodeIndex,
    place: Option<NodeIndex>,
    claims: Vec<ClaimIx>,
}

#[derive(Default)]
struct Pass {
    events: Vec<SettledEvent>,
    old: BTreeSet<NodeIndex>,
    kept: BTreeSet<NodeIndex>,
    renumbered: Vec<OccurrenceIx>,
}

const fn kind_index(node: &Node) -> usize {
    match node.body {
        super::Body::Actor(_) => 0,
        super::Body::Event(_) => 1,
        super::Body::Location(_) => 2,
    }
}

fn claims_of_occurrence(ledger: &Ledger, occurrence: OccurrenceIx) -> impl Iterator<Item = ClaimIx> {
    let article = ledger.occurrences[occurrence as usize].article;
    ledger.claims_of(article).filter(move |(_, c)| c.occurrence == Some(occurrence)).map(|(ix, _)| ix)
}

fn has_dropped_claims(ledger: &Ledger, occurrence: OccurrenceIx) -> bool {
    !ledger.decisions.dropped.is_empty()
        && claims_of_occurrence(ledger, occurrence).any(|c| ledger.is_dropped(&ledger.claims[c as usize]))
}

/// Words are reported within a day or two, deeds for longer.
fn window(relation: Relation) -> Window {
    match relation.row().tone {
        Tone::MaterialConflict => Window { told: 2, published: 10 },
        Tone::MaterialCooperation => Window { told: 2, published: 7 },
        _ => Window { told: 2, published: 3 },
    }
}
