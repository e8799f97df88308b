//! Ids for formats that want UUIDs: version 5, so that the same thing has the same id in every export.

use uuid::Uuid;

/// The namespace of the program's ids: `urn:whom` in the namespace of URLs.
fn namespace() -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:whom")
}

/// The UUID of what these words name.
pub fn named(words: &[&str]) -> String {
    Uuid::new_v5(&namespace(), words.join("\u{1f}").as_bytes()).to_string()
}
