//! Queries over invented articles. The cases follow scenarios of the openCypher technology compatibility
//! kit (named beside each), with data and expectations of our own.

use super::{Limits, Value, parameter, query};
use crate::graph::KnowledgeGraph;
use crate::graph::sample::{Report, articles, graph};
use crate::ontology::{ActorKind, Status};
use crate::query::Table;
use std::collections::BTreeMap;

const NO_END: Limits<'static> = Limits { rows: 10_000, is_over: &|| false };

/// Four towns in a ring, one of them twice as busy: A→B→C→D→A by `supports`, A→C by `accuses` twice.
fn towns() -> KnowledgeGraph {
    let mut report = Report::new("ring", "2021-01-05");
    for (id, name, kind) in [
        ("a", "Alma", ActorKind::Organization),
        ("b", "Bora", ActorKind::Organization),
        ("c", "Cyra", ActorKind::Company),
        ("d", "Dino", ActorKind::Media),
    ] {
        report = report.actor(id, name, kind, &[]);
    }
    report = report
        .edge("a supports b")
        .on("2021-01-01")
        .edge("b supports c")
        .on("2021-01-02")
        .edge("c supports d")
        .on("2021-01-03")
        .edge("d supports a")
        .edge("a accuses c")
        .on("2020-03-01")
        .edge("a accuses c")
        .on("2021-01-04")
        .status(Status::Alleged)
        .sure(0.5);
    graph(&[report])
}

fn run_on(graph: &KnowledgeGraph, text: &str) -> Result<Table, String> {
    query(graph, text, &BTreeMap::new(), NO_END).map_err(|e| e.to_string())
}

fn rows(table: &Table) -> Vec<String> {
    table.rows.iter().map(|row| row.iter().map(|c| c.plain()).collect::<Vec<_>>().join(" ")).collect()
}

/// Rows in any order.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let mut found = rows(&run_on(&towns(), text).unwrap_or_else(|e| panic!("{text}\n{e}")));
    let mut expected = expected.to_vec();
    if !text.contains("ORDER BY") {
        found.sort();
        expected.sort_unstable();
    }
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn refuse(text: &str, message: &str) {
    let found = run_on(&towns(), text).expect_err(text);
    assert!(found.contains(message), "{text}\n{found}");
}

#[test]
fn nodes_match_by_label_and_property() {
    // Match1: match non-existent nodes, all nodes, by label, by inline property.
    check("MATCH (n:Location) RETURN n.name", &[]);
    check("MATCH (n:Actor) RETURN n.name", &["Alma", "Bora", "Cyra", "Dino"]);
    check("MATCH (n:Company) RETURN n.name", &["Cyra"]);
    check("MATCH (n:Company|Media) RETURN n.name", &["Cyra", "Dino"]);
    check("MATCH (n:Actor&!Organization) RETURN n.name", &["Cyra", "Dino"]);
    check("MATCH (n {name: 'Bora'}) RETURN n.name", &["Bora"]);
    check("MATCH (n:Actor {name: 'Bora', kind: 'company'}) RETURN n.name", &[]);
    check(
        "MATCH (n:Actor), (m:Media) RETURN n.name, m.name",
        &["Alma Dino", "Bora Dino", "Cyra Dino", "Dino Dino"],
    );
    check("MATCH (n:Event) RETURN count(n)", &["6"]);
}

#[test]
fn edges_match_by_type_and_direction() {
    // Match2 and Match3: one edge, either way, alternatives, anonymous, cyclic.
    check("MATCH (a)-[:accuses]->(b) RETURN a.name, b.name", &["Alma Cyra", "Alma Cyra"]);
    check("MATCH (a)<-[:accuses]-(b) RETURN DISTINCT a.name, b.name", &["Cyra Alma"]);
    check("MATCH (a {name: 'Bora'})-[:supports]-(b) RETURN b.name", &["Alma", "Cyra"]);
    check(
        "MATCH (a {name: 'Alma'})-[r:supports|accuses]->(b) RETURN type(r), b.name",
        &["supports Bora", "accuses Cyra", "accuses Cyra"],
    );
    check("MATCH (a {name: 'Alma'})-[r:!agent&!supports]->(b) RETURN type(r)", &["accuses", "accuses"]);
    check("MATCH (a)-[:supports]->(b)-[:supports]->(c {name: 'Cyra'}) RETURN a.name", &["Alma"]);
    check(
        "MATCH (a)-[:supports]->(b), (b)-[:supports]->(c), (c)-[:supports]->(d), (d)-[:supports]->(a) RETURN count(*)",
        &["4"],
    );
    // No edge stands twice in one match: not there and back.
    check("MATCH (a {name: 'Bora'})-[:supports]-(b)-[:supports]-(c) RETURN c.name", &["Dino", "Dino"]);
    // Roles join an event and its parties.
    check("MATCH (e:Event {kind: 'accuses'})-[:agent]->(a) RETURN DISTINCT a.name", &["Alma"]);
    check("MATCH ()-[r:accuses {status: 'alleged'}]->() RETURN r.date", &["2021-01-04"]);
}

#[test]
fn edges_that_are_bound_and_nodes_that_are_bound_stay() {
    // Match4 and MatchWhere: a second MATCH continues from the first.
    check("MATCH (a {name: 'Alma'}) MATCH (a)-[:supports]->(b) RETURN b.name", &["Bora"]);
    check(
        "MATCH (a)-[r:supports]->(b {name: 'Bora'}) MATCH (x)-[r]->(y) RETURN x.name, y.name",
        &["Alma Bora"],
    );
    check(
        "MATCH (a)-[:supports]->(b) MATCH (a)-[:accuses]->(c) WHERE (b)-[:supports]->(c) RETURN DISTINCT b.name",
        &["Bora"],
    );
}

#[test]
fn chains_of_variable_length() {
    // Match5: fixed, bounded, from zero, both ways, through a bound end.
    check("MATCH (a {name: 'Alma'})-[:supports*2]->(b) RETURN b.name", &["Cyra"]);
    check("MATCH (a {name: 'Alma'})-[:supports*1..3]->(b) RETURN b.name", &["Bora", "Cyra", "Dino"]);
    check("MATCH (a {name: 'Alma'})-[:supports*0..1]->(b) RETURN b.name", &["Alma", "Bora"]);
    check("MATCH (a {name: 'Alma'})<-[:supports*2..2]-(b) RETURN b.name", &["Cyra"]);
    check("MATCH (a {name: 'Alma'})-[r:supports*]->(a) RETURN size(r)", &["4"]);
    check("MATCH (a {name: 'Alma'}), (d:Media) MATCH p = (a)-[:supports*..3]->(d) RETURN length(p)", &["3"]);
    check(
        "MATCH p = (a {name: 'Alma'})-[:supports*2]->(b) RETURN p, [n IN nodes(p) | n.name]",
        &["Alma -[supports]-> Bora -[supports]-> Cyra Alma; Bora; Cyra"],
    );
    check("MATCH p = (b:Company)<-[:supports*2]-(a) RETURN [n IN nodes(p) | n.name]", &["Cyra; Bora; Alma"]);
}

#[test]
fn conditions_know_what_is_not_known() {
    // Null1-3, Boolean1-5, Comparison1-4.
    check("MATCH ()-[r:supports]->() WHERE r.date IS NULL RETURN type(r)", &["supports"]);
    check(
        "MATCH ()-[r:supports]->() WHERE r.date >= date('2021-01-02') RETURN r.date",
        &["2021-01-02", "2021-01-03"],
    );
    check("MATCH ()-[r:supports]->() WHERE r.date > '2021-01-02' RETURN r.date", &["2021-01-03"]);
    check("MATCH ()-[r]->() WHERE date('2020') <= r.date < date('2021') RETURN r.date", &["2020-03-01"]);
    check(
        "MATCH ()-[r:supports]->() WHERE NOT r.date = date('2021-01-01') RETURN r.date",
        &["2021-01-02", "2021-01-03"],
    );
    check(
        "RETURN null = null, null IS NULL, NOT null, null AND false, null OR true",
        &["  true  false true"].map(|_| " true  false true"),
    );
    check(
        "RETURN true XOR false, 1 < 2 AND 2 < 3, 'a' < 'b', 1 = 1.0, [1, 2] = [1, 2], 1 < 'a'",
        &["true true true true true "],
    );
    check(
        "RETURN 3 IN [1, 2, 3], 4 IN [1, null], 'abc' CONTAINS 'b', 'abc' STARTS WITH 'b', 'abc' ENDS WITH 'c'",
        &["true  true false true"],
    );
    check("MATCH (n:Actor) WHERE n.name IN ['Alma', 'Dino'] RETURN n.name", &["Alma", "Dino"]);
    check(
        "MATCH (n:Actor) WHERE n.name STARTS WITH 'A' OR n.kind = 'media' RETURN n.name",
        &["Alma", "Dino"],
    );
    check("MATCH (n) WHERE n:Company RETURN n.name", &["Cyra"]);
}

#[test]
fn patterns_are_conditions() {
    // ExistentialSubquery1-2, Pattern1.
    check("MATCH (n:Actor) WHERE (n)-[:accuses]->() RETURN n.name", &["Alma"]);
    check("MATCH (n:Actor) WHERE NOT (n)-[:accuses]-() RETURN n.name", &["Bora", "Dino"]);
    check("MATCH (n:Actor) WHERE exists { (n)-[:supports]->(m:Company) } RETURN n.name", &["Bora"]);
    check(
        "MATCH (n:Actor) WHERE exists { MATCH (n)-[r:accuses]->(m) WHERE r.status = 'alleged' } RETURN n.name",
        &["Alma"],
    );
    check(
        "MATCH (n:Actor) WHERE EXISTS {(n)-[:supports]->(m:Company) WHERE m.name = 'Cyra'} RETURN n.name",
        &["Bora"],
    );
    check("RETURN 'exists { (a)'", &["exists { (a)"]);
    refuse("MATCH (n) WHERE exists { (n)-[:acuses]->(m:Actor) } RETURN n", "1:32: unknown relation `acuses`");
    check("MATCH (n:Actor) WHERE exists((n)-[:accuses]->()) RETURN n.name", &["Alma"]);
    check("MATCH (a:Actor), (b:Company) WHERE (a)-[:supports]->(b) RETURN a.name", &["Bora"]);
}

#[test]
fn optional_matches_leave_nothing_known() {
    // OptionalMatch1.
    check(
        "MATCH (n:Actor) OPTIONAL MATCH (n)-[r:accuses]->(m) RETURN n.name, m.name, r.status",
        &["Alma Cyra actual", "Alma Cyra alleged", "Bora  ", "Cyra  ", "Dino  "],
    );
    check("OPTIONAL MATCH (n:Location) RETURN n.name", &[""]);
}

#[test]
fn groups_and_sums() {
    // Aggregation1-8, ReturnImplicit grouping.
    check(
        "MATCH (n:Location) RETURN count(*), count(n), min(n.name), collect(n.name), sum(n.latitude)",
        &["0 0   0"],
    );
    check(
        "MATCH (a)-[r:accuses|supports]->() RETURN a.name, count(*)",
        &["Alma 3", "Bora 1", "Cyra 1", "Dino 1"],
    );
    check("MATCH (a)-[r:supports]->() RETURN count(r.date), count(*)", &["3 4"]);
    check("MATCH (a)-[r:accuses]->(b) RETURN count(DISTINCT b), count(b)", &["1 2"]);
    check("MATCH (a)-[r:accuses]->(b) RETURN min(r.date), max(r.date)", &["2020-03-01 2021-01-04"]);
    check("UNWIND [3, 1, 2] AS x RETURN sum(x), avg(x), min(x), max(x), count(*) + 1", &["6 2.000 1 3 4"]);
    check("UNWIND [1, 1, 2] AS x RETURN collect(DISTINCT x)", &["1; 2"]);
    check("UNWIND [1, 2, 3, 4] AS x RETURN x % 2 AS odd, sum(x) ORDER BY odd", &["0 6", "1 4"]);
    check(
        "MATCH (a)-[r:supports]->(b) WITH a.kind AS kind, count(*) AS times WHERE times > 1 RETURN kind, times",
        &["organization 2"],
    );
    check(
        "MATCH (a:Actor) RETURN a.kind, count(*) AS n ORDER BY count(*) DESC, a.kind LIMIT 2",
        &["organization 2", "company 1"],
    );
}

#[test]
fn order_skip_limit_and_distinct() {
    // ReturnOrderBy1-6, ReturnSkipLimit1-3, WithOrderBy1.
    check("MATCH (n:Actor) RETURN n.name ORDER BY n.name DESC SKIP 1 LIMIT 2", &["Cyra", "Bora"]);
    check("MATCH (n:Actor) RETURN n.name AS name ORDER BY name LIMIT 1", &["Alma"]);
    check("MATCH (n:Actor) RETURN n.name ORDER BY n.kind, n.name", &["Cyra", "Dino", "Alma", "Bora"]);
    check("UNWIND [2, null, 1] AS x RETURN x ORDER BY x", &["1", "2", ""]);
    check("UNWIND [2, null, 1] AS x RETURN x ORDER BY x DESC", &["", "2", "1"]);
    check("MATCH (n:Actor) RETURN DISTINCT n.kind ORDER BY n.kind", &["company", "media", "organization"]);
    check("MATCH (n:Actor) WITH n ORDER BY n.name LIMIT 2 RETURN collect(n.name)", &["Alma; Bora"]);
    check("MATCH (n:Actor) RETURN n.name LIMIT 0", &[]);
    check("UNWIND [1, 2, 3] AS x WITH x WHERE x > 1 RETURN x * 10 AS y ORDER BY y", &["20", "30"]);
}

#[test]
fn lists_maps_and_functions() {
    // List1-12, Map1, String1-14, Quantifier1-4, Case.
    check("RETURN [1, 2, 3][0], [1, 2, 3][-1], [1, 2, 3][5], [1, 2, 3][1..], [1] + [2]", &["1 3  2; 3 1; 2"]);
    check("RETURN {a: 1, b: 'x'}.b, {a: 1}['a'], size([1, 2]), size('abc')", &["x 1 2 3"]);
    check("RETURN [x IN range(1, 4) WHERE x % 2 = 0 | x * x]", &["4; 16"]);
    check(
        "RETURN all(x IN [1, 2] WHERE x > 0), any(x IN [1] WHERE x > 1), none(x IN [] WHERE x), single(x IN [1, 2] WHERE x = 1)",
        &["true false true true"],
    );
    check(
        "RETURN toUpper('ab'), substring('hello', 1, 3), split('a,b', ','), replace('aba', 'a', 'c'), trim(' x ')",
        &["AB ell a; b cbc x"],
    );
    check(
        "RETURN coalesce(null, 2), abs(-3), head([1, 2]), last([1, 2]), tail([1, 2]), reverse([1, 2]), toInteger('7')",
        &["2 3 1 2 2 2; 1 7"],
    );
    check(
        "UNWIND [1, 2] AS x RETURN CASE WHEN x = 1 THEN 'one' ELSE 'more' END, CASE x WHEN 2 THEN 'two' END",
        &["one ", "more two"],
    );
    check(
        "RETURN 7 / 2, 7 / 2.0, 7 % 3, 2 ^ 3, -(3), 'a' + 'b', date('2018-07').month",
        &["3 3.500 1 8.000 -3 ab 7"],
    );
    check("MATCH (n:Company) RETURN labels(n), n.label, id(n)", &["Actor; Company actor actor:cyra"]);
    check(
        "MATCH (a)-[r:accuses]->() UNWIND r.claims AS c RETURN c.article, c.status",
        &["ring actual", "ring alleged"],
    );
    check("MATCH (a)-[r:supports]->(b:Company) RETURN startNode(r).name, endNode(r).name", &["Bora Cyra"]);
}

#[test]
fn whole_nodes_edges_and_everything() {
    // Return1, ReturnStar: nodes in words for people, whole for programs.
    let table = run_on(&towns(), "MATCH (a)-[r:supports]->(b:Company) RETURN *").expect("rows");
    assert_eq!(table.columns, ["a", "r", "b"]);
    assert_eq!(rows(&table), ["Bora Bora supports Cyra (actual) Cyra"]);
    let json: serde_json::Value = serde_json::from_str(&table.to_json()).expect("JSON");
    assert_eq!(json[0]["a"]["id"], "actor:bora");
    assert_eq!(json[0]["r"]["date"], "2021-01-02");
    assert_eq!(
        run_on(&towns(), "MATCH (n:Media) RETURN n.name, count(*)").expect("rows").columns,
        ["n.name", "count(*)"]
    );
}

#[test]
fn parameters_have_values() {
    let given = BTreeMap::from([
        ("name".to_owned(), parameter("Alma")),
        ("kinds".to_owned(), parameter("['media', 'company']")),
        ("n".to_owned(), parameter("1")),
    ]);
    let ask = |text: &str| query(&towns(), text, &given, NO_END).map(|t| rows(&t)).map_err(|e| e.to_string());
    assert_eq!(ask("MATCH (n {name: $name}) RETURN n.kind"), Ok(vec!["organization".to_owned()]));
    assert_eq!(
        ask("MATCH (n:Actor) WHERE n.kind IN $kinds RETURN n.name ORDER BY n.name LIMIT $n"),
        Ok(vec!["Cyra".to_owned()])
    );
    assert!(ask("RETURN $other").expect_err("has no value").contains("--param other="));
    assert_eq!(parameter("-2.5"), Value::Float(-2.5));
    assert_eq!(parameter("10 July"), Value::Text("10 July".to_owned()));
}

#[test]
fn what_is_outside_is_refused_by_name() {
    for (text, what) in [
        ("CREATE (n) RETURN n", "CREATE"),
        ("MATCH (n) DETACH DELETE n", "DELETE"),
        ("MATCH (n) SET n.name = 'x' RETURN n", "SET"),
        ("MERGE (n:Actor) RETURN n", "MERGE"),
        ("RETURN 1 AS x UNION RETURN 2 AS x", "UNION"),
        ("MATCH (n) WHERE n.name =~ 'A.*' RETURN n", "=~"),
        ("MATCH p = shortestPath((a)-[*]-(b)) RETURN p", "shortestPath"),
        ("RETURN reduce(s = 0, x IN [1] | s + x)", "reduce"),
        ("CALL db.labels()", "CALL"),
    ] {
        refuse(text, what);
        refuse(text, "outside the subset");
    }
}

#[test]
fn faults_have_a_place_and_a_caret() {
    let fault = |text: &str| run_on(&towns(), text).expect_err(text);
    assert_eq!(
        fault("MATCH (a)-[r:acuses]->(b) RETURN a"),
        "1:14: unknown relation `acuses`; did you mean accuses?\n  MATCH (a)-[r:acuses]->(b) RETURN a\n               ^^^^^^"
    );
    assert_eq!(
        fault("MATCH (a:Actor)\nRETURN b.name"),
        "2:8: unknown variable `b`; did you mean a?\n  RETURN b.name\n         ^"
    );
    assert!(fault("MATCH (a:Aktor) RETURN a").contains("did you mean Actor?"));
    assert!(fault("MATCH (a) RETURN a.nmae").contains("unknown property `nmae`; did you mean name"));
    assert!(fault("MATCH (a) RETURN lenght(a.name)").contains("did you mean length?"));
    assert!(fault("MATCH (a RETURN a").starts_with("1:7: "));
    assert!(fault("").contains("query"));
    assert!(fault("MATCH (a)").contains("ends with RETURN"));
    assert!(fault("RETURN date('yesterday')").contains("1:8: `yesterday` is no date"));
    assert!(fault("RETURN 1 + date('2018')").contains("cannot reckon"));
    assert!(fault("RETURN 1 / 0").contains("division by zero"));
    assert!(fault("MATCH (n:Actor) WHERE n.name RETURN n").contains("true or false is needed"));
    assert!(fault("MATCH (n) RETURN n.name LIMIT -1").contains("whole number"));
    assert!(fault("MATCH (n) RETURN n.name AS x, n.id AS x").contains("two columns"));
    assert!(fault("MATCH (n) RETURN n.name + count(*)").contains("neither counted nor grouped"));
    assert!(fault("MATCH (n) WHERE count(n) > 1 RETURN n").contains("WITH or RETURN only"));
    assert!(fault("MATCH (a)-[*1..40]-(b) RETURN a").contains("more than 8 edges"));
}

#[test]
fn limits_stop_what_would_not_end() {
    let all = "MATCH (a), (b), (c), (d), (e) RETURN a.name, b.name, c.name, d.name, e.name";
    let few = Limits { rows: 5, is_over: &|| false };
    let fault = query(&towns(), all, &BTreeMap::new(), few).expect_err("too many").to_string();
    assert!(fault.contains("more than 5 rows"), "{fault}");
    let hurried = Limits { rows: usize::MAX, is_over: &|| true };
    let fault = query(&towns(), all, &BTreeMap::new(), hurried).expect_err("too long").to_string();
    assert!(fault.contains("takes too long"), "{fault}");
    // A LIMIT ends the search at once, however much there would be.
    let lazy = format!("{all} LIMIT 3");
    assert_eq!(query(&towns(), &lazy, &BTreeMap::new(), few).expect("lazy").rows.len(), 3);
}

#[test]
fn an_example_of_the_manual() {
    let graph = graph(&articles());
    let table = run_on(
        &graph,
        "MATCH (a:Actor)-[r:accuses]->(b:Actor {name: \"Borland\"}) WHERE r.date >= date(\"2018-05-01\")
         RETURN a.name, r.date, r.status ORDER BY r.date LIMIT 20",
    );
    assert_eq!(rows(&table.expect("rows")), ["Avaria 2021-03-04 actual"]);
    let table = run_on(
        &graph,
        "MATCH (a)-[r:targeted]->(b) WHERE 'Avaria' IN r.according_to RETURN a.name ORDER BY a.name",
    );
    assert_eq!(rows(&table.expect("rows")), ["Borland", "a Borish diplomat"]);
}
