//! A document in, its blocks out: stretches of text between which no sentence runs on.
//!
//! Blank lines and line breaks part blocks, but a line that was only wrapped goes on in the next one. Furniture is
//! left out.

use super::Heading;
use crate::ontology::ByteSpan;
use crate::reading::Document;

/// A paragraph, or a part of one where furniture interrupts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, without white space at its ends.
    pub span: ByteSpan,
    /// Headline, or a line set apart without a full stop; else body.
    pub heading: Heading,
}

/// Finds the blocks of a document, in order.
pub fn blocks(document: &Document) -> Vec<Block> {
    let text = document.text.as_str();
    let mut furniture = document.furniture.clone();
    furniture.sort();
    let mut blocks = Vec::new();
    for group in groups(text) {
        for span in paragraphs(text, &group, document.headline) {
            for span in without(span, &furniture) {
                let span = trim(text, span);
                if !span.is_empty() {
                    let named = document.headline.is_some_and(|h| h.contains(span));
                    let heading =
                        if named || stands_alone(span.of(text)) { Heading::Headline } else { Heading::Body };
                    blocks.push(Block { span, heading });
                }
            }
        }
    }
    blocks
}

/// Lines between blank lines.
fn groups(text: &str) -> Vec<Vec<ByteSpan>> {
    let mut groups = vec![Vec::new()];
    let mut start = 0;
    for line in text.split(['\n', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
        let span = trim(text, ByteSpan::new(start, start + line.len()));
        // The separator's own length differs.
        start += line.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
        if !span.is_empty() {
            if let Some(group) = groups.last_mut() {
                group.push(span);
            }
        } else if groups.last().is_some_and(|g: &Vec<ByteSpan>| !g.is_empty()) {
            groups.push(Vec::new());
        }
    }
    groups
}

/// Joins wrapped lines; the headline never runs on into the body.
fn paragraphs(text: &str, lines: &[ByteSpan], headline: Option<ByteSpan>) -> Vec<ByteSpan> {
    let in_headline = |s: ByteSpan| headline.is_some_and(|h| h.overlaps(s));
    let width = |s: ByteSpan| s.of(text).chars().count();
    let widest = lines.iter().copied().map(width).max().unwrap_or(0);
    let mut out: Vec<ByteSpan> = Vec::new();
    let mut last: Option<ByteSpan> = None;
    for &line in lines {
        let joined = last.is_some_and(|before| {
            in_headline(before) == in_headline(line)
                && runs_on(before.of(text), line.of(text), width(before), widest)
        });
        match out.last_mut() {
            Some(open) if joined => open.end = line.end,
            _ => out.push(line),
        }
        last = Some(line);
    }
    out
}

/// Whether a line was wrapped: the next word would not have fitted, and nothing says that a sentence ended.
fn runs_on(line: &str, next: &str, width: usize, widest: usize) -> bool {
    if next.starts_with(['-', '*', '•', '–', '—', '>']) {
        return false;
    }
    let first_word = next.split_whitespace().next().unwrap_or_default().chars().count();
    let full = (40..=120).contains(&widest) && width >= 40 && width + 1 + first_word > widest.min(width + 12);
    let lower = next.starts_with(char::is_lowercase) && !line.ends_with(['.', '!', '?', ':']);
    if line.ends_with([',', ';', '-']) || lower {
        return width >= 25;
    }
    full && !is_title(line)
}

/// Whether most words of some length have capitals, as headlines do.
fn is_title(line: &str) -> bool {
    let long = || line.split_whitespace().filter(|w| w.chars().count() > 3);
    long().filter(|w| w.starts_with(char::is_uppercase)).count() * 2 > long().count()
}

/// A short line without a full stop.
fn stands_alone(block: &str) -> bool {
    let bare = block.trim_end_matches(['"', '”', '\'', '’', ')', ']', '»', '*', '_']);
    !bare.ends_with(['.', '!', '?', '…', ':', ';', ',']) && block.split_whitespace().count() <= 20
}

/// The span without the pieces of furniture in it.
fn without(span: ByteSpan, furniture: &[ByteSpan]) -> Vec<ByteSpan> {
    let mut rest = span;
    let mut out = Vec::new();
    for &piece in furniture.iter().filter(|f| f.overlaps(span)) {
        if piece.start > rest.start {
            out.push(ByteSpan::new(rest.start, piece.start));
        }
        rest.start = rest.start.max(piece.end).min(rest.end);
    }
    out.push(rest);
    out
}

fn trim(text: &str, span: ByteSpan) -> ByteSpan {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    ByteSpan::new(start, start.max(span.start + inner.trim_end().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let document = Document { text: text.to_owned(), ..Document::default() };
        let found: Vec<String> = blocks(&document)
            .iter()
            .map(|b| b.span.of(text).split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn wrapped_lines_are_joined_and_others_not() {
        check(
            "Mayor resigns\n\nThe mayor left.\nNobody wept.",
            &["Mayor resigns", "The mayor left.", "Nobody wept."],
        );
        check(
            "The foreign minister of Ruritania told reporters on Friday that the\n\
             Strelsau talks would resume next week, and that nobody had asked him\nto resign.",
            &[
                "The foreign minister of Ruritania told reporters on Friday that the Strelsau talks would resume next \
               week, and that nobody had asked him to resign.",
            ],
        );
        check(
            "Ruritania Holds Talks With Its Eastern Neighbour Over Grain\nBy Lena Okafor\nThe talks began.",
            &[
                "Ruritania Holds Talks With Its Eastern Neighbour Over Grain",
                "By Lena Okafor",
                "The talks began.",
            ],
        );
        check("\r\n \r\nOne.\r\n\r\n\tTwo.\u{2029}Three.", &["One.", "Two.", "Three."]);
    }

    #[test]
    fn furniture_is_left_out() {
        let text = "Photo: AP. The mayor left. Read more. Nobody wept.";
        let find = |s: &str| text.find(s).map(|at| ByteSpan::new(at, at + s.len())).unwrap();
        let furniture = vec![find("Read more."), find("Photo: AP.")];
        let document = Document { text: text.to_owned(), furniture, ..Document::default() };
        let found: Vec<&str> = blocks(&document).iter().map(|b| b.span.of(text)).collect();
        assert_eq!(found, ["The mayor left.", "Nobody wept."]);
    }
}
