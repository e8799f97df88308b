//! [`Extraction`](crate::ontology::Extraction)s in, knowledge graph out: identity and merge. Knows nothing of text.
//!
//! | call | does |
//! |---|---|
//! | [`KnowledgeGraph::new`] | an empty graph |
//! | [`KnowledgeGraph::add`] | merges one article; the same article twice changes nothing |
//! | [`KnowledgeGraph::counts`] | articles, actors, events, locations, edges by relation |
//! | [`KnowledgeGraph::nodes`], [`KnowledgeGraph::edges`], [`KnowledgeGraph::roles`] | everything, ordered by id |
//! | [`KnowledgeGraph::node`], [`KnowledgeGraph::find`] | one node, by index or by id |
//! | [`KnowledgeGraph::evidence`] | the sentence a claim rests on |
//! | [`KnowledgeGraph::filtered`] | the part that a [`Filter`] lets through, as a graph |

mod article;
mod edge;
mod filter;
mod knowledge;
mod node;

pub use article::{Article, ArticleIx};
pub use edge::{Claim, EdgeRef, EventRole, RoleRef, TypedEdge};
pub use filter::{Filter, FilterError};
pub use knowledge::{Added, Counts, KnowledgeGraph};
pub use node::{ActorBody, Body, EventBody, LocationBody, Node};
pub use petgraph::stable_graph::NodeIndex;
