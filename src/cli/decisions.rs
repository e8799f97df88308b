//! Files of decisions: what a person says of a graph, read by `build` and drawn up by `review`.

use super::Failure;
use crate::graph::Decisions;
use ron::extensions::Extensions;
use std::path::Path;

/// Reads a file of decisions.
pub fn read(path: &Path) -> Result<Decisions, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Usage(format!("cannot read {}: {error}", path.display())))?;
    parse(&text).map_err(|fault| Failure::Usage(format!("{}:{fault}", path.display())))
}

/// Reads decisions; the message has line and column.
fn parse(text: &str) -> Result<Decisions, String> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str(text).map_err(|fault| {
        let at = fault.span.start;
        format!(
            "{}:{}: {}; draw up a fresh file with `whom review` to see the form",
            at.line, at.col, fault.code
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_read_and_faults_have_a_place() {
        let text = "(\n  same: [(\"a\", \"b\")], // one\n  names: {\"a\": \"Alma\"},\n  dropped: [(source: \"a\", relation: \"met\", target: \"b\")],\n)";
        let decisions = parse(text).expect("reads");
        assert!(decisions.same.contains(&("a".to_owned(), "b".to_owned())));
        assert_eq!(decisions.dropped.first().and_then(|d| d.target.as_deref()), Some("b"));
        assert_eq!(parse("()"), Ok(Decisions::default()));
        let fault = parse("(\n  same: [(\"a\")],\n)").expect_err("is no pair");
        assert!(fault.starts_with("2:"), "{fault}");
        assert!(parse("(colour: 1)").is_err());
    }
}
