//! [`Extraction`](crate::ontology::Extraction)s in, knowledge graph out: identity and merge. Knows nothing of text.
//!
//! | call | does |
//! |---|---|
//! | [`KnowledgeGraph::new`] | an empty graph |
//! | [`KnowledgeGraph::add`] | merges one article; the same article twice changes nothing |
//! | [`KnowledgeGraph::counts`] | articles, actors, events, locations, edges by relation |
//! | [`KnowledgeGraph::nodes`], [`KnowledgeGraph::edges`], [`KnowledgeGraph::roles`] | everything, ordered by id |
//! | [`KnowledgeGraph::node`], [`KnowledgeGraph::find`] | one node, by index or by id |
//! | [`KnowledgeGraph::filtered`] | the part that a [`Filter`] lets through |
//! | [`KnowledgeGraph::communities`] | groups that deal with each other more than with the rest |
//! | [`KnowledgeGraph::parts`], [`KnowledgeGraph::from_parts`] | what it is worked out from, for stores |
//! | [`KnowledgeGraph::evidence`] | the sentence a claim rests on |

mod article;
mod claim;
mod cluster;
mod community;
mod copies;
mod decisions;
mod doubt;
mod edge;
mod filter;
mod identity;
mod index;
mod knowledge;
mod ledger;
mod node;
mod parts;
mod sameness;
mod stable;
mod summary;
mod web;
mod written;

#[cfg(test)]
mod merge_tests;
#[cfg(test)]
pub(crate) mod sample;

pub use article::{Article, ArticleIx};
pub use claim::{Claim, ClaimIx, ClaimTarget, IdentityIx, Occurrence, OccurrenceIx, Sentence, SentenceIx};
pub use decisions::{Decisions, DroppedEdge};
pub use doubt::Doubt;
pub use edge::{EdgeRef, EventRole, Link, RoleRef, TypedEdge};
pub use filter::{Filter, FilterError};
pub use identity::{Identity, Tally, words};
pub use index::distance;
pub use knowledge::{Added, Counts, KnowledgeGraph};
pub use node::{ActorBody, Body, EventBody, LocationBody, Node};
pub use parts::{Parts, PartsRef};
pub use petgraph::stable_graph::{EdgeIndex, NodeIndex};
pub use sameness::Reason;
pub use written::{ReadError, VERSION};
