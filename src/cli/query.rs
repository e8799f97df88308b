//! `whom query`: a query in a subset of openCypher.

use super::Failure;
use super::console::Console;
use super::graph_file::GraphFile;
use crate::query::{Limits, Value, parameter, query};
use clap::Args;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Query a graph in a read-only subset of openCypher
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Query {
    #[command(flatten)]
    file: GraphFile,
    /// The query, in quotation marks
    query: String,
    /// The value of a parameter: --param country=FR for $country
    #[arg(long = "param", value_name = "NAME=VALUE")]
    parameters: Vec<String>,
    /// Give up on an answer with more rows
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    max_rows: usize,
    /// Give up after so many seconds
    #[arg(long, default_value_t = 30.0, value_name = "SECONDS")]
    timeout: f64,
}

const HELP: &str = "\
Examples:
  whom query news.ron 'MATCH (a)-[r:accuses]->(b) RETURN a.name, b.name, r.date ORDER BY r.date'
  whom query news.ron 'MATCH (a:Country)-[r:accuses|threatens]->(b {name: \"Iran\"})
    WHERE r.date >= date(\"2018-05-01\") AND r.status <> \"denied\" RETURN a.name, count(*) AS times ORDER BY times DESC'

Labels:      Actor, Event, Location; kinds of actors: Person, Country, Government, ArmedGroup, …
Types:       the relations (accuses, detained, …); agent, target_of, place and about from an event
Node:        id name label kind aliases country affiliation named date place status latitude longitude
Edge:        id relation plover status date reported place confidence articles sources disputed event
             according_to evidence article claims
Clauses:     MATCH, OPTIONAL MATCH, WHERE, UNWIND, WITH, RETURN [DISTINCT], ORDER BY, SKIP, LIMIT
Patterns:    (a:Actor {name: \"X\"})-[r:met|accuses]->(b), <-[r]-, -[r]-, -[*1..3]-, p = (a)-->(b)
Conditions:  AND OR XOR NOT, = <> < <= > >=, IN, STARTS WITH, ENDS WITH, CONTAINS, IS [NOT] NULL, a:Label,
             EXISTS { pattern WHERE … }, all any none single (x IN list WHERE …), CASE
Aggregates:  count collect min max sum avg, with DISTINCT";

impl Query {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let mut parameters: BTreeMap<String, Value> = BTreeMap::new();
        for given in &self.parameters {
            let Some((name, value)) = given.split_once('=') else {
                return Err(Failure::Usage(format!("--param {given}: write NAME=VALUE")));
            };
            parameters.insert(name.to_owned(), parameter(value));
        }
        if !self.timeout.is_finite() || self.timeout <= 0.0 {
            return Err(Failure::Usage("--timeout takes a number of seconds above 0".to_owned()));
        }
        let graph = self.file.read(console)?;
        let (started, patience) = (Instant::now(), Duration::from_secs_f64(self.timeout.min(1e9)));
        let limits = Limits { rows: self.max_rows, is_over: &|| started.elapsed() > patience };
        let table = query(&graph, &self.query, &parameters, limits).map_err(Failure::usage)?;
        if table.rows.is_empty() {
            console.say(&"no match");
        }
        self.file.print(&table)
    }
}
