//! A block in, its sentences out.
//!
//! Decides at each gap between words whether a sentence ends there. Closing quotes and brackets stay with the
//! sentence they close.

use super::abbreviation::{Abbreviation, abbreviation, opens_sentence};
use crate::ontology::ByteSpan;

/// The sentences of a block, which must not begin or end with white space.
pub fn sentences(text: &str, block: ByteSpan) -> Vec<ByteSpan> {
    let mut out = Vec::new();
    let mut start = block.start;
    let chunks = chunks(text, block);
    for (i, &chunk) in chunks.iter().enumerate() {
        for at in glued_ends(chunk.of(text)) {
            out.push(ByteSpan::new(start, chunk.start + at));
            start = chunk.start + at;
        }
        if chunk.end == block.end {
            break;
        }
        let first = chunk.start <= start;
        let next = |n: usize| chunks.get(i + n).map_or("", |c| c.of(text));
        // A note's number belongs to the sentence before it, and the decision falls after it.
        let closing = if is_note(chunk.of(text)) && i > 0 { chunks[i - 1] } else { chunk };
        if !is_note(next(1)) && ends_before(closing.of(text), next(1), next(2), first) {
            out.push(ByteSpan::new(start, chunk.end));
            start = chunks[i + 1].start;
        }
    }
    out.push(ByteSpan::new(start, block.end));
    out
}

/// Stretches without white space.
fn chunks(text: &str, block: ByteSpan) -> Vec<ByteSpan> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in block.of(text).char_indices() {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                out.push(ByteSpan::new(from, block.start + at));
                start = None;
            }
            (false, None) => start = Some(block.start + at),
            _ => {}
        }
    }
    out.extend(start.map(|from| ByteSpan::new(from, block.end)));
    out
}

/// Whether a sentence ends between a chunk and the two that follow; `first` says that it opens the sentence.
fn ends_before(chunk: &str, next: &str, after: &str, first: bool) -> bool {
    let core = chunk.trim_end_matches(CLOSERS);
    let closed = &chunk[core.len()..];
    let Some(mark) = core.chars().next_back() else { return false };
    if !matches!(mark, '.' | '!' | '?' | '…' | '。') {
        return false;
    }
    let opening = next.trim_start_matches(OPENING);
    let Some(letter) = opening.chars().next() else { return !next.is_empty() && closed.is_empty() };
    // A comma goes on.
    if matches!(letter, ',' | ';' | ':' | '&' | '.') {
        return false;
    }
    if letter.is_lowercase() {
        return closed.is_empty() && next.len() == opening.len() && careless_end(core);
    }
    let quoted = closed.contains(['"', '”', '’', '\'', '»']);
    if mark != '.' {
        // "Why?" Okafor asked.
        let says = |w: &str| SAYING.contains(&w.trim_end_matches([',', '.', ':']));
        let goes_on = quoted && next.len() == opening.len() && (says(after) || says(&opening.to_lowercase()));
        let name = matches!(core, "Yahoo!" | "Jeopardy!") && !opens_sentence(bare(opening));
        return !goes_on && !name && (letter.is_uppercase() || mark != '…' || !letter.is_alphabetic());
    }
    if core.ends_with("..") {
        return letter.is_uppercase() || letter.is_numeric();
    }
    let word = core[..core.len() - 1].trim_start_matches(OPENING);
    let word = word.rsplit(['-', '–', '—', '/', '(', '"', '“']).next().unwrap_or(word);
    // The number of a list's item.
    if first && !word.is_empty() && word.len() <= 3 && word.chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    match abbreviation(word) {
        None => true,
        Some(Abbreviation::Inside) => false,
        Some(Abbreviation::BeforeNumber) => !letter.is_numeric(),
        Some(Abbreviation::MayEnd) => {
            let initial = word.chars().count() == 1;
            let quote_opens = next.len() > opening.len() && !next.starts_with('(');
            letter.is_uppercase()
                && ((opens_sentence(bare(opening)) && !(initial && opening.len() == 1))
                    || (quote_opens && !initial))
        }
    }
}

/// Whether a sentence ends although the next begins with a small letter: after a question, an exclamation or an
/// ordinary word.
fn careless_end(core: &str) -> bool {
    let word = core.trim_end_matches(['!', '?', '.', '…']);
    let marks = &core[word.len()..];
    let ordinary =
        word.chars().count() > 2 && word.chars().all(char::is_lowercase) && abbreviation(word).is_none();
    let question = matches!(marks, "?" | "??" | "!!" | "?!" | "!!!") || (marks == "!" && ordinary);
    question
        || (marks == "."
            && ordinary
            && !matches!(word, "vol" | "dept" | "fig" | "gen" | "col" | "sen" | "rep"))
}

/// Whether a chunk is the number of a note: `[12]`.
pub fn is_note(chunk: &str) -> bool {
    let inner = chunk.strip_prefix('[').and_then(|c| c.strip_suffix(']'));
    inner.is_some_and(|c| c.starts_with(|c: char| c.is_ascii_digit()) && !c.contains(char::is_alphabetic))
}

/// Places in a chunk where a full stop stands between words without white space: `left.The`.
fn glued_ends(chunk: &str) -> Vec<usize> {
    let mut out = Vec::new();
    if chunk.contains("://") || chunk.contains('@') || chunk.starts_with("www.") {
        return out;
    }
    let chars: Vec<(usize, char)> = chunk.char_indices().collect();
    for i in 2..chars.len() {
        let before = chars[i - 2..i].iter().all(|c| c.1.is_lowercase());
        if !before || !matches!(chars[i].1, '.' | '!' | '?') {
            continue;
        }
        let mut j = i + 1;
        while chars.get(j).is_some_and(|c| matches!(c.1, '"' | '”' | '’')) {
            j += 1;
        }
        let opens = chars.get(j).is_some_and(|c| c.1.is_uppercase());
        // A capital and then a small letter, and no further stop: no address, no file name.
        let word = chars.get(j + 1).is_some_and(|c| c.1.is_lowercase());
        if opens && word && chunk[chars[j].0..].chars().filter(|&c| c == '.').count() <= 1 {
            out.push(chars[j].0);
        }
    }
    out
}

fn bare(word: &str) -> &str {
    let end = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    &word[..end]
}

const CLOSERS: &[char] = &['"', '\'', '”', '’', ')', ']', '}', '»', '*', '_'];
const OPENING: &[char] = &['"', '\'', '“', '‘', '(', '[', '{', '«', '„', '*', '_', '¿', '¡'];
const SAYING: &[&str] =
    &["said", "says", "asked", "asks", "told", "added", "wrote", "cried", "shouted", "wondered"];

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with `|` where sentences end.
    fn check(marked: &str) {
        let text: String = marked.split('|').map(str::trim).collect::<Vec<_>>().join(" ");
        let found: Vec<&str> =
            sentences(&text, ByteSpan::new(0, text.len())).iter().map(|s| s.of(&text)).collect();
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        check("Gen. J. B. Okafor met Mr. Lund on Sept. 4 in St. Alma. | He left at 5 p.m. on Friday.");
        check("The U.S. Army moved in. | It came from the U.S. | They stayed.");
        check("Resolution No. 12 failed. | Was it a no? | No. | It was not.");
        check("Lund Corp. Chairman A. Weiss resigned. | Shares of Lund Inc. fell 3.5 percent.");
    }

    #[test]
    fn quotes_stay_with_their_sentence() {
        check("“We will not go.” | The mayor said “no.” | Then he went.");
        check("\"Why now?\" Okafor asked. | \"Because.\" | (She did not answer.) | Silence.");
        check("\"Never!\" she said. | “Who?” | “Nobody knows,” he added.");
    }

    #[test]
    fn numbers_and_dots() {
        check(
            "1. Open the gate. | It rose by 2.5 points in 1998. | 40 people came... and left... | Nobody spoke.",
        );
    }

    #[test]
    fn careless_writers_and_notes() {
        check("where are you? | i am at home. | come over");
        check("He wrote operas. [1] | They failed. [2,3] | Nobody came.");
    }

    #[test]
    fn a_missing_space_is_seen() {
        let text = "He left.The mayor of example.com stayed.";
        let found = sentences(text, ByteSpan::new(0, text.len()));
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].of(text), "The mayor of example.com stayed.");
    }
}
