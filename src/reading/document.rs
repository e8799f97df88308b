//! One article as every later stage sees it.

use crate::ontology::{ByteSpan, CharSpan, PartialDate};

/// One article: its text and what is known about it. All spans count in [`Document::text`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// Id, unique in a run: as given, else derived from the file's name.
    pub id: String,
    /// The text. Where the title is given apart from it: title, two line feeds, text.
    pub text: String,
    /// The headline's place in the text.
    pub headline: Option<ByteSpan>,
    /// Day of publication.
    pub date: Option<PartialDate>,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// Language as given (BCP 47), where given.
    pub language: Option<String>,
    /// Parts that are not the story: photo credits, bylines, links to other stories. Never parsed.
    pub furniture: Vec<ByteSpan>,
    /// Actors and places already marked by the user; taken as given.
    pub mentions: Vec<GivenMention>,
}

/// An actor or place marked by the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenMention {
    /// Where it stands.
    pub span: ByteSpan,
    /// Kind as given: an actor kind's name, `location`, or none.
    pub kind: Option<String>,
    /// Canonical name as given.
    pub name: Option<String>,
}

impl Document {
    /// The headline's words, where there is one.
    pub fn title(&self) -> Option<&str> {
        self.headline.map(|span| span.of(&self.text).trim())
    }

    /// A table from bytes to code points, for turning spans into record offsets.
    pub fn char_index(&self) -> CharIndex {
        CharIndex::new(&self.text)
    }
}

/// Turns byte spans into code-point spans in constant time.
#[derive(Debug, Clone)]
pub struct CharIndex {
    /// Code points before byte 64·i.
    marks: Vec<u32>,
    /// One bit a byte: whether a code point starts there.
    starts: Vec<u64>,
}

impl CharIndex {
    fn new(text: &str) -> Self {
        let mut starts = vec![0u64; text.len() / 64 + 1];
        for (byte, _) in text.char_indices() {
            starts[byte / 64] |= 1 << (byte % 64);
        }
        let mut count = 0;
        let marks = starts
            .iter()
            .map(|word| {
                let before = count;
                count += word.count_ones();
                before
            })
            .collect();
        Self { marks, starts }
    }

    /// Code points before `byte`.
    fn chars_before(&self, byte: usize) -> usize {
        let below = self.starts[byte / 64] & ((1u64 << (byte % 64)) - 1);
        self.marks[byte / 64] as usize + below.count_ones() as usize
    }

    /// The same stretch counted in code points.
    pub fn span(&self, span: ByteSpan) -> CharSpan {
        CharSpan { start: self.chars_before(span.start), end: self.chars_before(span.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_counted() {
        let text = "Erdoğan’s talks — ".repeat(9);
        let index = CharIndex::new(&text);
        for (chars, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.span(ByteSpan::new(byte, text.len())).start, chars);
        }
        assert_eq!(index.span(ByteSpan::new(0, text.len())).end, text.chars().count());
    }
}
