//! The block of `key: value` lines between `---` (or `key = "value"` between `+++`) that may open a text.
//! Reads plain values only; lists and nested keys are passed over.

use std::collections::BTreeMap;

/// The keys (in lower case) and values of the front matter, and the text after it.
pub fn take_front_matter(text: &str) -> (BTreeMap<String, String>, &str) {
    let none = (BTreeMap::new(), text);
    let opened = text.trim_start_matches(['\n', '\r', ' ']);
    let (fence, sign) = match opened {
        t if t.starts_with("---") => ("---", ':'),
        t if t.starts_with("+++") => ("+++", '='),
        _ => return none,
    };
    let mut values = BTreeMap::new();
    let mut at = 0;
    for (number, line) in opened.split_inclusive('\n').enumerate() {
        at += line.len();
        let line = line.trim_end();
        match (number, line == fence) {
            (0, true) => continue,
            (0, false) => return none,
            (_, true) => return (values, opened[at..].trim_start_matches(['\n', '\r'])),
            _ => {}
        }
        if let Some((key, value)) = line.split_once(sign)
            && !line.starts_with([' ', '\t', '-', '#'])
        {
            let value = value.trim().trim_matches(['"', '\'']).to_owned();
            if !value.is_empty() {
                values.insert(key.trim().to_ascii_lowercase(), value);
            }
        }
    }
    // Never closed: a line of dashes that opens an ordinary text.
    none
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_fences() {
        for text in ["---\nTitle: 'A: b'\ntags:\n  - x\n---\n\nBody", "+++\ntitle = \"A: b\"\n+++\nBody"] {
            let (values, body) = take_front_matter(text);
            assert_eq!(values.get("title").map(String::as_str), Some("A: b"));
            assert_eq!(values.len(), 1);
            assert_eq!(body, "Body");
        }
    }

    #[test]
    fn dashes_alone_are_text() {
        for text in ["---\nTalks: fail", "-- Talks --\n---\n", "Talks"] {
            assert_eq!(take_front_matter(text).1, text);
        }
    }
}
