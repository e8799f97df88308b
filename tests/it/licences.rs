//! Every crate the program is built from comes under a licence that deny.toml allows, and there are not
//! more of them than agreed.

use crate::root;
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// Crates in the lock file that are no tests' own; raise it knowingly.
const MOST_CRATES: usize = 270;

#[test]
fn licences_are_among_those_allowed() {
    let deny = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let allowed = listed(&deny, "allow = [");
    let clarified: BTreeSet<String> = deny
        .lines()
        .filter_map(|l| l.strip_prefix("crate = "))
        .map(|c| c.trim_matches('"').to_owned())
        .collect();
    let run = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let metadata: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        match package["license"].as_str() {
            Some(licence) => assert!(
                permits(licence, &allowed),
                "{name} is under {licence}, which deny.toml does not allow"
            ),
            None => assert!(clarified.contains(name), "{name} names no licence; clarify it in deny.toml"),
        }
    }
    assert!(packages.len() <= MOST_CRATES, "{} crates, {MOST_CRATES} agreed", packages.len());
}

#[test]
fn expressions_are_read_right() {
    let allowed = BTreeSet::from(["MIT".to_owned(), "Unicode-3.0".to_owned()]);
    for (expression, fine) in [
        ("MIT", true),
        ("MIT OR GPL-3.0", true),
        ("GPL-3.0 OR MIT", true),
        ("MIT/Apache-2.0", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(MIT OR Apache-2.0) AND GPL-3.0", false),
        ("AGPL-3.0", false),
    ] {
        assert_eq!(permits(expression, &allowed), fine, "{expression}");
    }
}

/// Whether the allowed licences satisfy an expression: every part of AND, one part of OR.
fn permits(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let flat = expression.replace(['(', ')'], "").replace('/', " OR ");
    flat.split(" AND ").all(|part| part.split(" OR ").any(|licence| allowed.contains(licence.trim())))
}

fn listed(toml: &str, opening: &str) -> BTreeSet<String> {
    let list = toml.split(opening).nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_default();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
