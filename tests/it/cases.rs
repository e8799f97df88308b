//! Sentences and what must come out of them: `tests/cases/*.md`, read as prose and run as tests.
//!
//! A case is a heading, a quotation and a list:
//!
//! ```text
//! ## A plot foiled
//! > The police of Ruritania said on Monday that Graustark had planned to bomb a rally in Strelsau.
//! date: 2018-07-10
//!
//! - Graustark -targeted-> rally [alleged, according to police of Ruritania, in Strelsau]
//! - not: Graustark -attacked-> rally
//! ```
//!
//! Without brackets an edge must be actual. `_` as a target accepts any, `-` none. `- nothing` means that no edge
//! but a static one comes out. `- not yet: …` is known to be missed: it fails once it is found, so that the
//! words "not yet" are taken out.

use crate::{files, root};
use std::sync::OnceLock;
use whom::ontology::{ByteSpan, Edge, Extraction, PartialDate, Relation, Status};
use whom::pipeline::Pipeline;
use whom::reading::{self, Document, Input, ReadOptions};
use whom::scoring::same_name;

#[test]
fn every_case_holds() {
    let mut faults = Vec::new();
    let mut count = 0;
    for path in files("tests/cases", ".md") {
        let text = std::fs::read_to_string(&path).expect("a case file");
        let name = path.strip_prefix(root()).expect("below root").display().to_string();
        for case in parse(&text).unwrap_or_else(|fault| panic!("{name}: {fault}")) {
            count += 1;
            let extraction = extract(&case);
            for (expectation, held) in case.expectations.iter().map(|e| (e, holds(e, &extraction))) {
                if !held {
                    faults.push(format!(
                        "{name}: {}\n  > {}\n  {expectation:?}\n  found: {}",
                        case.heading,
                        case.text,
                        tell(&extraction)
                    ));
                }
            }
        }
    }
    assert!(count > 0, "no case found");
    assert!(faults.is_empty(), "{} of {count} cases fail\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_reader_of_cases_refuses_what_it_does_not_know() {
    for bad in [
        "## A\n> He left.\n- X -kicked-> Y\n",
        "## A\n> He left.\n- X hit Y\n",
        "## A\n> He left.\n- X -met-> Y [yesterday]\n",
        "## A\n- nothing\n",
        "## A\n> He left.\n",
    ] {
        assert!(parse(bad).is_err(), "{bad}");
    }
    let case = &parse(
        "## A\n> He\n> left.\ndate: 2018-07-10\n\n- X -met-> Y [alleged, according to Z, on 2018-06]\n",
    )
    .expect("a case")[0];
    assert_eq!(case.text, "He\nleft.");
    let Expectation::Edge(wanted) = &case.expectations[0] else { panic!("an edge") };
    assert_eq!((wanted.status, wanted.according_to.as_deref()), (Status::Alleged, Some("Z")));
}

struct Case {
    heading: String,
    text: String,
    date: Option<PartialDate>,
    expectations: Vec<Expectation>,
}

#[derive(Debug)]
enum Expectation {
    Edge(Wanted),
    Not(Wanted),
    NotYet(Wanted),
    Nothing,
}

#[derive(Debug)]
struct Wanted {
    source: String,
    relation: Relation,
    /// `None` accepts any.
    target: Option<String>,
    status: Status,
    according_to: Option<String>,
    date: Option<String>,
    place: Option<String>,
}

fn parse(text: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let fault = |what: &str| format!("line {}: {what}: {line}", at + 1);
        if let Some(heading) = line.strip_prefix("## ") {
            cases.push(Case {
                heading: heading.to_owned(),
                text: String::new(),
                date: None,
                expectations: Vec::new(),
            });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(quoted) = line.strip_prefix('>') {
            if !case.text.is_empty() {
                case.text.push('\n');
            }
            case.text.push_str(quoted.trim());
        } else if let Some(date) = line.strip_prefix("date:") {
            case.date = Some(date.trim().parse().map_err(|e: String| fault(&e))?);
        } else if let Some(item) = line.strip_prefix("- ") {
            let expectation = match item.trim() {
                "nothing" => Expectation::Nothing,
                item => match (item.strip_prefix("not yet:"), item.strip_prefix("not:")) {
                    (Some(edge), _) => Expectation::NotYet(wanted(edge).map_err(|e| fault(&e))?),
                    (None, Some(edge)) => Expectation::Not(wanted(edge).map_err(|e| fault(&e))?),
                    (None, None) => Expectation::Edge(wanted(item).map_err(|e| fault(&e))?),
                },
            };
            case.expectations.push(expectation);
        }
    }
    match cases.iter().find(|c| c.text.is_empty() || c.expectations.is_empty()) {
        Some(case) => Err(format!("`{}` has no quotation or no list", case.heading)),
        None => Ok(cases),
    }
}

fn wanted(edge: &str) -> Result<Wanted, String> {
    let (edge, notes) = match edge.split_once('[') {
        Some((edge, notes)) => (edge, notes.trim().strip_suffix(']').ok_or("no closing bracket")?),
        None => (edge, ""),
    };
    let (source, rest) = edge.split_once(" -").ok_or("no ` -relation-> `")?;
    let (relation, target) = rest.split_once("->").ok_or("no ` -relation-> `")?;
    let target = target.trim();
    let mut wanted = Wanted {
        source: source.trim().to_owned(),
        relation: relation.trim().parse().map_err(|e| format!("{e}"))?,
        target: (target != "_").then(|| target.to_owned()),
        status: Status::Actual,
        according_to: None,
        date: None,
        place: None,
    };
    for note in notes.split(',').map(str::trim).filter(|n| !n.is_empty()) {
        if let Some(name) = note.strip_prefix("according to ") {
            wanted.according_to = Some(name.to_owned());
        } else if let Some(date) = note.strip_prefix("on ") {
            wanted.date = Some(date.to_owned());
        } else if let Some(place) = note.strip_prefix("in ") {
            wanted.place = Some(place.to_owned());
        } else {
            wanted.status = note.parse()?;
        }
    }
    Ok(wanted)
}

fn extract(case: &Case) -> Extraction {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    let pipeline = PIPELINE.get_or_init(|| Pipeline::standard().expect("the released data"));
    let options = ReadOptions { date: case.date, ..ReadOptions::default() };
    let record = serde_json::json!({"id": "case", "text": case.text}).to_string();
    let input = Input::new("case", "case.jsonl", std::io::Cursor::new(record.into_bytes()));
    let document: Document = reading::read(input, &options).next().expect("one").expect("readable");
    let extraction = pipeline.extract(document.clone());
    for edge in &extraction.edges {
        // Whatever the case is about: evidence is quoted to the letter.
        let chars: Vec<char> = document.text.chars().collect();
        let quoted: String = chars[edge.evidence.start..edge.evidence.end].iter().collect();
        assert_eq!(quoted, edge.evidence.text);
    }
    assert!(document.headline.is_none_or(|h| h != ByteSpan::new(0, 0)));
    extraction
}

fn holds(expectation: &Expectation, found: &Extraction) -> bool {
    match expectation {
        Expectation::Nothing => found.edges.iter().all(|e| e.relation.is_static()),
        Expectation::Edge(wanted) => found.edges.iter().any(|e| fits(wanted, e, found, true)),
        // Whatever its status.
        Expectation::Not(wanted) => !found.edges.iter().any(|e| fits(wanted, e, found, false)),
        Expectation::NotYet(wanted) => !found.edges.iter().any(|e| fits(wanted, e, found, true)),
    }
}

fn fits(wanted: &Wanted, edge: &Edge, found: &Extraction, with_notes: bool) -> bool {
    let named = |id: Option<&str>, name: &str| {
        id.is_some_and(|id| names(found, id).iter().any(|n| same_name(n, name)))
    };
    let ends = |source: Option<&str>, target: Option<&str>| {
        named(source, &wanted.source)
            && match wanted.target.as_deref() {
                None => true,
                Some("-") => target.is_none(),
                Some(name) => named(target, name),
            }
    };
    let (source, target) = (Some(edge.source.as_str()), edge.target.as_deref());
    let parties = ends(source, target) || wanted.relation.row().symmetric && ends(target, source);
    let notes = edge.status == wanted.status
        && wanted.according_to.as_deref().is_none_or(|name| named(edge.according_to.as_deref(), name))
        && wanted.place.as_deref().is_none_or(|name| named(edge.place.as_deref(), name))
        && wanted.date.as_deref().is_none_or(|d| edge.date.is_some_and(|found| found.to_string() == d));
    edge.relation == wanted.relation && parties && (notes || !with_notes)
}

/// What a party or place of the record is called.
pub fn names<'a>(found: &'a Extraction, id: &str) -> Vec<&'a str> {
    let actor = found.actors.iter().find(|a| a.id == id).map(|a| (&a.name, &a.aliases));
    let place = found.locations.iter().find(|l| l.id == id).map(|l| (&l.name, &l.aliases));
    actor.or(place).map_or(Vec::new(), |(name, aliases)| {
        std::iter::once(name).chain(aliases).map(String::as_str).collect()
    })
}

/// The edges of a record in a line.
pub fn tell(found: &Extraction) -> String {
    let name = |id: &str| names(found, id).first().copied().unwrap_or("?").to_owned();
    let edges: Vec<String> = found
        .edges
        .iter()
        .map(|e| {
            let target = e.target.as_deref().map_or("-".to_owned(), name);
            let said =
                e.according_to.as_deref().map_or(String::new(), |c| format!(", according to {}", name(c)));
            let date = e.date.map_or(String::new(), |d| format!(", on {d}"));
            format!("{} -{}-> {target} [{}{said}{date}]", name(&e.source), e.relation, e.status)
        })
        .collect();
    if edges.is_empty() { "nothing".to_owned() } else { edges.join("; ") }
}
