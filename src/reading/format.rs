//! The table of formats. To read a new one, add its file and its row here.

use super::error::ReadError;
use super::{Articles, Input, ReadOptions};
use super::{archive, csv, feed, html, json, mail, text, warc};

/// One format that articles come in.
pub struct Format {
    /// Name, as given to `--from`.
    pub name: &'static str,
    /// Endings of file names, without the dot, in lower case.
    pub extensions: &'static [&'static str],
    /// How well the first bytes fit.
    pub fit: fn(&[u8]) -> Fit,
    /// Reads the articles.
    pub read: fn(Input, &ReadOptions) -> Articles,
}

/// How well a file's first bytes fit a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Cannot be.
    No,
    /// Can be, as far as it is text at all.
    Possible,
    /// Bears the format's mark.
    Marked,
}

/// Every format. Where neither bytes nor name decide, the first that fits.
pub static FORMATS: &[Format] = &[
    Format { name: "text", extensions: &["txt", "text"], fit: any_text, read: text::read_plain },
    Format { name: "markdown", extensions: &["md", "markdown"], fit: any_text, read: text::read_markdown },
    Format { name: "jsonl", extensions: &["jsonl", "ndjson"], fit: json::fit_lines, read: json::read_lines },
    Format { name: "json", extensions: &["json"], fit: json::fit, read: json::read },
    Format { name: "html", extensions: &["html", "htm", "xhtml"], fit: html::fit, read: html::read },
    Format { name: "feed", extensions: &["rss", "atom", "xml"], fit: feed::fit, read: feed::read },
    Format { name: "csv", extensions: &["csv", "tsv"], fit: csv::fit, read: csv::read },
    Format { name: "mail", extensions: &["eml"], fit: mail::fit, read: mail::read },
    Format { name: "warc", extensions: &["warc"], fit: warc::fit, read: warc::read },
    Format { name: "gzip", extensions: &["gz", "tgz"], fit: archive::fit_gzip, read: archive::read_gzip },
    Format { name: "zstd", extensions: &["zst"], fit: archive::fit_zstd, read: archive::read_zstd },
    Format { name: "zip", extensions: &["zip"], fit: archive::fit_zip, read: archive::read_zip },
    Format { name: "tar", extensions: &["tar"], fit: archive::fit_tar, read: archive::read_tar },
];

/// The format of that name.
pub fn format_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.name == name)
}

/// Whether a file's name ends like one of a known format.
pub fn has_known_extension(file_name: &str) -> bool {
    let extension = extension(file_name);
    FORMATS.iter().any(|f| f.extensions.contains(&extension.as_str()))
}

/// Names of the formats, for messages.
pub fn format_names() -> String {
    FORMATS.iter().map(|f| f.name).collect::<Vec<_>>().join(", ")
}

/// Tells the format from the first bytes. The name decides only among those that fit equally well.
pub(super) fn recognise(name: &str, head: &[u8]) -> Result<&'static Format, ReadError> {
    let extension = extension(name);
    let best = FORMATS.iter().map(|f| (f.fit)(head)).max().unwrap_or(Fit::No);
    let mut fitting = FORMATS.iter().filter(|f| (f.fit)(head) == best);
    let first = fitting.clone().next().filter(|_| best > Fit::No);
    fitting
        .find(|f| best > Fit::No && f.extensions.contains(&extension.as_str()))
        .or(first)
        .ok_or_else(|| ReadError::Binary { name: name.to_owned(), known: format_names() })
}

/// Text of any kind: no control characters but those of lines and tabs.
pub(super) fn any_text(head: &[u8]) -> Fit {
    let control = |b: &&u8| **b < 0x20 && !b"\t\n\r\x0c\x1b".contains(b);
    if head.iter().filter(control).count() * 200 > head.len() || head.contains(&0) {
        Fit::No
    } else {
        Fit::Possible
    }
}

fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, head: &str) -> &'static str {
        recognise(name, head.as_bytes()).map_or("none", |f| f.name)
    }

    #[test]
    fn content_goes_before_name() {
        assert_eq!(told("a.txt", "<!DOCTYPE html><html>"), "html");
        assert_eq!(told("a", "{\"id\": \"1\", \"text\": \"x\"}\n"), "jsonl");
        assert_eq!(told("a.json", "{\"id\": \"1\", \"text\": \"x\"}\n"), "json");
        assert_eq!(told("a.jsonl", "{\n \"id\": 1}"), "json");
        assert_eq!(told("a", "[{\"id\": 1}]"), "json");
        assert_eq!(told("a.html", "Talks fail\n\nThe envoy left."), "html");
        assert_eq!(told("a.md", "# Talks fail"), "markdown");
        assert_eq!(told("a.jsonl", "talks fail"), "jsonl");
        assert_eq!(told("-", "Talks fail"), "text");
    }

    #[test]
    fn binary_data_is_refused() {
        assert_eq!(told("a.txt", "\u{0}\u{1}ELF"), "none");
        assert_eq!(told("a.txt", "\u{1}\u{2}\u{3}\u{4}"), "none");
    }
}
