//! Whole graphs or parts of them in, tables of what they show out. Knows nothing of text or files.
//!
//! | call | does |
//! |---|---|
//! | [`find_party`] | the node that a name means |
//! | [`dossier()`] | all about one party: what it did, what was done to it, what it says |
//! | [`timeline()`] | edges by date |
//! | [`paths`] | the shortest chains of edges between two parties |
//! | [`ranking`] | parties by degree, PageRank or betweenness |
//! | [`communities()`] | groups that deal with each other |
//! | [`disputes()`] | events on which reports or parties differ |
//! | [`diff()`] | what two graphs do not have in common |
//! | [`stats()`] | how much of what a graph holds |

mod centrality;
mod communities;
mod diff;
mod disputes;
mod dossier;
mod party;
mod path;
mod stats;
#[cfg(test)]
mod tests;
mod timeline;

pub use centrality::{Measure, ranking};
pub use communities::communities;
pub use diff::diff;
pub use disputes::disputes;
pub use dossier::{Dossier, dossier};
pub use party::{Found, PartyError, find_party};
pub use path::{Route, paths};
pub use stats::stats;
pub use timeline::{LESSER, timeline};
