//! Words to word pieces, as BERT's uncased tokenizer cuts them.

use crate::language::parsed::Sentence;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

const LONGEST_WORD: usize = 100;

/// Piece → number.
#[derive(Debug, Default)]
pub struct Vocab {
    numbers: HashMap<Box<str>, u32>,
    unknown: u32,
    start: u32,
    end: u32,
}

impl Vocab {
    /// From the pieces in order of their numbers; `None` where a special piece is missing.
    pub fn new(pieces: &[String]) -> Option<Self> {
        let numbers: HashMap<Box<str>, u32> =
            (0..).zip(pieces).map(|(number, piece)| (piece.as_str().into(), number)).collect();
        let special = |name: &str| numbers.get(name).copied();
        let (unknown, start, end) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Some(Self { unknown, start, end, numbers })
    }

    /// Cuts one word, appending its pieces.
    fn cut(&self, word: &str, pieces: &mut Vec<u32>) {
        let before = pieces.len();
        let mut part = String::new();
        if word.is_ascii() {
            for c in word.chars() {
                self.take(c.to_ascii_lowercase(), &mut part, pieces);
            }
        } else {
            let plain: String =
                word.nfd().filter(|c| c.general_category() != GeneralCategory::NonspacingMark).collect();
            for c in plain.chars().flat_map(char::to_lowercase).nfd() {
                if c.general_category() != GeneralCategory::NonspacingMark {
                    self.take(c, &mut part, pieces);
                }
            }
        }
        self.cut_part(&mut part, pieces);
        if pieces.len() == before {
            pieces.push(self.unknown);
        }
    }

    fn take(&self, c: char, part: &mut String, pieces: &mut Vec<u32>) {
        if c.is_whitespace() {
            self.cut_part(part, pieces);
        } else if is_dropped(c) {
        } else if stands_alone(c) {
            self.cut_part(part, pieces);
            part.push(c);
            self.cut_part(part, pieces);
        } else {
            part.push(c);
        }
    }

    /// Greedy longest match; a part that cannot be cut is unknown as a whole.
    fn cut_part(&self, part: &mut String, pieces: &mut Vec<u32>) {
        if part.is_empty() {
            return;
        }
        let before = pieces.len();
        let mut candidate = String::new();
        let mut start = 0;
        let too_long = part.chars().count() > LONGEST_WORD;
        while start < part.len() && !too_long {
            let mut end = part.len();
            let found = loop {
                candidate.clear();
                if start > 0 {
                    candidate.push_str("##");
                }
                candidate.push_str(&part[start..end]);
                if let Some(&number) = self.numbers.get(candidate.as_str()) {
                    break Some(number);
                }
                match part[start..end].char_indices().next_back() {
                    Some((at, _)) if at > 0 => end = start + at,
                    _ => break None,
                }
            };
            let Some(number) = found else { break };
            pieces.push(number);
            start = end;
        }
        if start < part.len() {
            pieces.truncate(before);
            pieces.push(self.unknown);
        }
        part.clear();
    }
}

fn is_dropped(c: char) -> bool {
    c == '\u{fffd}'
        || matches!(
            c.general_category(),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::PrivateUse
                | GeneralCategory::Unassigned
        ) && !matches!(c, '\t' | '\n' | '\r')
}

fn stands_alone(c: char) -> bool {
    c.is_ascii_punctuation()
        || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation)
        || matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2b73f}' | '\u{2b740}'..='\u{2b81f}' | '\u{2b820}'..='\u{2ceaf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

/// How a word is written: the model sees this beside its lower-cased pieces.
fn case_of(word: &str) -> u8 {
    let mut cased = word.chars().filter(|c| c.is_uppercase() || c.is_lowercase()).peekable();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters >= 2 && cased.peek().is_some() && cased.all(char::is_uppercase) {
        return 2;
    }
    match word.chars().next() {
        Some(c) if c.is_uppercase() => 1,
        Some(c) if c.is_lowercase() => 0,
        _ => 3,
    }
}

/// One sentence in pieces.
#[derive(Debug, Default)]
pub struct Pieces {
    /// Piece numbers, from `[CLS]` to `[SEP]`.
    pub ids: Vec<u32>,
    /// How the word of each piece is written.
    pub case: Vec<u8>,
    /// Position of the root's piece and of each word's first.
    pub first: Vec<usize>,
}

impl Pieces {
    /// Cuts a sentence. When it grows beyond `longest` pieces each further word keeps its first piece
    /// only, and all words beyond that share the last place.
    pub fn of(sentence: &Sentence, vocab: &Vocab, longest: usize) -> Self {
        let mut pieces = Self { ids: vec![vocab.start], case: vec![0], first: vec![0] };
        for token in &sentence.tokens {
            let start = pieces.ids.len();
            if start + 1 >= 2 * longest.min(255) {
                pieces.first.push(start - 1);
                continue;
            }
            pieces.first.push(start);
            vocab.cut(&token.text, &mut pieces.ids);
            if pieces.ids.len() > longest {
                pieces.ids.truncate(start + 1);
            }
            pieces.case.resize(pieces.ids.len(), case_of(&token.text));
        }
        pieces.ids.push(vocab.end);
        pieces.case.push(0);
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(word: &str) -> Vec<u32> {
        let pieces = ["[UNK]", "[CLS]", "[SEP]", "ankara", "erd", "##ogan", ".", "u", "s"].map(str::to_owned);
        let mut found = Vec::new();
        Vocab::new(&pieces).expect("special pieces").cut(word, &mut found);
        found
    }

    #[test]
    fn words_are_cut_greedily_without_accents() {
        assert_eq!(cut("Ankara"), [3]);
        assert_eq!(cut("Erdoğan"), [4, 5]);
        assert_eq!(cut("U.S."), [7, 6, 8, 6]);
        assert_eq!(cut("xyz"), [0]);
        assert_eq!(cut("\u{200b}"), [0]);
    }

    #[test]
    fn case_is_that_of_the_word() {
        assert_eq!(["NATO", "U.S.", "Iran", "the", "7", "I", "'s"].map(case_of), [2, 2, 1, 0, 3, 1, 3]);
    }
}
