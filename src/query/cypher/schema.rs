//! What a query may name: labels, types and properties, and their values in a graph.

use super::fault::Fault;
use super::tree::{At, Labels};
use super::value::Value;
use crate::graph::{Body, Claim, EdgeIndex, EventRole, KnowledgeGraph, Link, Node, NodeIndex, TypedEdge};
use crate::ontology::{ActorKind, Relation};
use std::collections::{BTreeMap, BTreeSet};

/// A label of nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Actor,
    Event,
    Location,
    /// `Country`, `ArmedGroup`: actors of a kind.
    Kind(ActorKind),
}

/// A type of edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Relation(Relation),
    Role(EventRole),
}

/// A test of labels or types, with the names looked up.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test<T> {
    Is(T),
    Any,
    Not(Box<Test<T>>),
    All(Vec<Test<T>>),
    Some(Vec<Test<T>>),
}

const ROLES: [EventRole; 4] = [EventRole::Agent, EventRole::TargetOf, EventRole::Place, EventRole::About];

const NODE_PROPERTIES: [&str; 13] = [
    "id",
    "name",
    "kind",
    "aliases",
    "country",
    "affiliation",
    "named",
    "date",
    "place",
    "status",
    "latitude",
    "longitude",
    "label",
];
const EDGE_PROPERTIES: [&str; 16] = [
    "id",
    "relation",
    "plover",
    "status",
    "date",
    "reported",
    "place",
    "confidence",
    "articles",
    "sources",
    "disputed",
    "event",
    "according_to",
    "evidence",
    "article",
    "claims",
];
const CLAIM_PROPERTIES: [&str; 8] =
    ["article", "title", "published", "source", "status", "according_to", "confidence", "text"];

const DATE_PROPERTIES: [&str; 3] = ["year", "month", "day"];

impl<T: Copy + PartialEq> Test<T> {
    /// Looks the names up.
    pub fn of(labels: &Labels, look_up: &impl Fn(&At<String>) -> Result<T, Fault>) -> Result<Self, Fault> {
        let all = |each: &[Labels]| each.iter().map(|l| Self::of(l, look_up)).collect::<Result<Vec<_>, _>>();
        Ok(match labels {
            Labels::Name(name) => Self::Is(look_up(name)?),
            Labels::Any => Self::Any,
            Labels::Not(inner) => Self::Not(Box::new(Self::of(inner, look_up)?)),
            Labels::And(each) => Self::All(all(each)?),
            Labels::Or(each) => Self::Some(all(each)?),
        })
    }

    pub fn holds(&self, has: &impl Fn(T) -> bool) -> bool {
        match self {
            Self::Is(label) => has(*label),
            Self::Any => true,
            Self::Not(inner) => !inner.holds(has),
            Self::All(each) => each.iter().all(|t| t.holds(has)),
            Self::Some(each) => each.iter().any(|t| t.holds(has)),
        }
    }

    /// The names of which one must hold, where the test is no more than that.
    pub fn one_of(&self) -> Option<Vec<T>> {
        match self {
            Self::Is(label) => Some(vec![*label]),
            Self::Some(each) => {
                let each: Option<Vec<Vec<T>>> = each.iter().map(Self::one_of).collect();
                Some(each?.concat())
            }
            _ => None,
        }
    }
}

pub(super) fn label(name: &At<String>) -> Result<Label, Fault> {
    match name.it.as_str() {
        "Actor" => Ok(Label::Actor),
        "Event" => Ok(Label::Event),
        "Location" => Ok(Label::Location),
        other => {
            ActorKind::ALL.iter().find(|k| kind_label(**k) == other).map(|k| Label::Kind(*k)).ok_or_else(
                || Fault::unknown(&name.span, "label", other, all_labels().iter().map(String::as_str)),
            )
        }
    }
}

pub(super) fn edge_type(name: &At<String>) -> Result<Type, Fault> {
    let small = name.it.to_lowercase();
    let relation = small.parse::<Relation>().ok().map(Type::Relation);
    let role = || ROLES.into_iter().find(|r| r.name() == small).map(Type::Role);
    relation.or_else(role).ok_or_else(|| {
        let known = Relation::ALL.iter().map(|r| r.name()).chain(ROLES.map(EventRole::name));
        Fault::unknown(&name.span, "relation", &name.it, known)
    })
}

/// Refuses a property that nothing has.
pub(super) fn check_property(span: &super::tree::Span, name: &str) -> Result<(), Fault> {
    let all = || {
        NODE_PROPERTIES
            .iter()
            .chain(&EDGE_PROPERTIES)
            .chain(&CLAIM_PROPERTIES)
            .chain(&DATE_PROPERTIES)
            .copied()
    };
    if all().any(|p| p == name) {
        return Ok(());
    }
    Err(Fault::unknown(span, "property", name, all().collect::<BTreeSet<_>>().into_iter()))
}

pub(super) fn has_label(node: &Node, label: Label) -> bool {
    match (label, &node.body) {
        (Label::Actor, Body::Actor(_))
        | (Label::Event, Body::Event(_))
        | (Label::Location, Body::Location(_)) => true,
        (Label::Kind(kind), Body::Actor(actor)) => actor.kind == kind,
        _ => false,
    }
}

pub(super) fn has_type(link: &Link, wanted: Type) -> bool {
    match (link, wanted) {
        (Link::Typed(edge), Type::Relation(relation)) => edge.relation == relation,
        (Link::Role(role), Type::Role(wanted)) => *role == wanted,
        _ => false,
    }
}

pub(super) fn type_name(link: &Link) -> &'static str {
    match link {
        Link::Typed(edge) => edge.relation.name(),
        Link::Role(role) => role.name(),
    }
}

pub(super) fn labels(node: &Node) -> Vec<String> {
    match &node.body {
        Body::Actor(actor) => vec!["Actor".to_owned(), kind_label(actor.kind)],
        Body::Event(_) => vec!["Event".to_owned()],
        Body::Location(_) => vec!["Location".to_owned()],
    }
}

fn all_labels() -> Vec<String> {
    let kinds = ActorKind::ALL.iter().map(|k| kind_label(*k));
    ["Actor", "Event", "Location"].map(str::to_owned).into_iter().chain(kinds).collect()
}

/// `armed_group` as `ArmedGroup`.
fn kind_label(kind: ActorKind) -> String {
    let word = |w: &str| {
        let mut letters = w.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    kind.name().split('_').map(word).collect()
}

/// A property of a node.
pub(super) fn of_node(graph: &KnowledgeGraph, ix: NodeIndex, name: &str) -> Value {
    let node = graph.node(ix);
    let named = |id: &str| graph.find(id).map_or_else(|| id.to_owned(), |n| graph.node(n).name.to_string());
    match (name, &node.body) {
        ("id", _) => Value::Text(node.id.to_string()),
        ("name", _) => Value::Text(node.name.to_string()),
        ("label", _) => Value::text(Some(node.kind())),
        ("kind", Body::Actor(actor)) => Value::text(Some(actor.kind.name())),
        ("kind", Body::Event(event)) => Value::text(Some(event.kind.name())),
        ("aliases", Body::Actor(_) | Body::Location(_)) => {
            Value::List(node.aliases().iter().map(|a| Value::Text(a.to_string())).collect())
        }
        ("country", _) => Value::text(node.country()),
        ("affiliation", Body::Actor(actor)) => Value::text(actor.affiliation.as_deref().map(named)),
        ("named", Body::Actor(actor)) => Value::Truth(actor.named),
        ("date", Body::Event(event)) => Value::date(event.date),
        ("place", Body::Event(event)) => Value::text(event.place.as_deref().map(named)),
        ("status", Body::Event(event)) => Value::text(Some(event.status.name())),
        ("latitude", Body::Location(place)) => place.latitude.map_or(Value::Null, Value::Float),
        ("longitude", Body::Location(place)) => place.longitude.map_or(Value::Null, Value::Float),
        _ => Value::Null,
    }
}

/// A property of an edge.
pub(super) fn of_edge(graph: &KnowledgeGraph, ix: EdgeIndex, name: &str) -> Value {
    let Some(link) = graph.petgraph().edge_weight(ix) else { return Value::Null };
    let Link::Typed(edge) = link else {
        return if name == "relation" { Value::text(Some(type_name(link))) } else { Value::Null };
    };
    let best = || graph.claims(edge).next();
    let named = |ix: NodeIndex| graph.node(ix).name.to_string();
    match name {
        "id" => Value::Text(edge.key_text()),
        "relation" => Value::text(Some(edge.relation.name())),
        "plover" => Value::text(Some(edge.relation.plover().code())),
        "status" => Value::text(Some(edge.status.name())),
        "date" => Value::date(edge.date),
        "reported" => Value::date(graph.claims(edge).filter_map(|c| graph.article(c).date).min()),
        "place" => Value::text(edge.place.map(named)),
        "confidence" => Value::Float(edge.confidence),
        "articles" => Value::count(edge.articles),
        "sources" => Value::count(edge.sources),
        "disputed" => Value::Truth(edge.disputed),
        "event" => Value::text(edge.event.map(|e| graph.node(e).id.to_string())),
        "according_to" => claimants(graph, edge),
        "evidence" => Value::text(best().map(|c| graph.evidence(c))),
        "article" => Value::text(best().map(|c| graph.article(c).id.as_str())),
        "claims" => Value::List(graph.claims(edge).map(|c| claim(graph, c)).collect()),
        _ => Value::Null,
    }
}

fn claimants(graph: &KnowledgeGraph, edge: &TypedEdge) -> Value {
    let names: BTreeSet<String> = graph
        .claims(edge)
        .filter_map(|c| graph.claimant(c))
        .map(|ix| graph.node(ix).name.to_string())
        .collect();
    if names.is_empty() { Value::Null } else { Value::List(names.into_iter().map(Value::Text).collect()) }
}

fn claim(graph: &KnowledgeGraph, claim: &Claim) -> Value {
    let article = graph.article(claim);
    let claimant = graph.claimant(claim).map(|ix| graph.node(ix).name.to_string());
    let fields = [
        ("article", Value::text(Some(article.id.as_str()))),
        ("title", Value::text(article.title.as_deref())),
        ("published", Value::date(article.date)),
        ("source", Value::text(article.source.as_deref())),
        ("status", Value::text(Some(claim.status.name()))),
        ("according_to", Value::text(claimant)),
        ("confidence", Value::Float(claim.confidence)),
        ("text", Value::text(Some(graph.evidence(claim)))),
    ];
    Value::Map(fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect::<BTreeMap<_, _>>())
}

/// Every property of a node that it has.
pub(super) fn node_properties(graph: &KnowledgeGraph, ix: NodeIndex) -> BTreeMap<String, Value> {
    let all = NODE_PROPERTIES.iter().map(|p| ((*p).to_owned(), of_node(graph, ix, p)));
    all.filter(|(_, v)| !v.is_null()).collect()
}

/// Every property of an edge that it has, but its claims.
pub(super) fn edge_properties(graph: &KnowledgeGraph, ix: EdgeIndex) -> BTreeMap<String, Value> {
    let all =
        EDGE_PROPERTIES.iter().filter(|p| **p != "claims").map(|p| ((*p).to_owned(), of_edge(graph, ix, p)));
    all.filter(|(_, v)| !v.is_null()).collect()
}
