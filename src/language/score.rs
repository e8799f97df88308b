//! Gold trees and found trees in, the usual scores out.

use super::{ParsedDocument, Sentence, Upos};
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Counts over sentences with the same tokens in gold and system.
#[derive(Debug, Clone, Copy, Default)]
pub struct TreeScore {
    /// Tokens.
    pub tokens: usize,
    /// Right universal parts of speech.
    pub upos: usize,
    /// Right lemmas, where the treebank gives one; whether in capitals does not count.
    pub lemmas: Ratio,
    /// Right heads.
    pub heads: usize,
    /// Right heads with the right relation.
    pub labelled: usize,
    /// The same without punctuation.
    pub no_punct: Ratio,
    /// (verb, subject) pairs.
    pub subjects: Matches,
    /// (verb, object) pairs.
    pub objects: Matches,
}

/// Right ones among all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ratio {
    /// Right ones.
    pub right: usize,
    /// All.
    pub all: usize,
}

/// Things found against things to find.
#[derive(Debug, Clone, Copy, Default)]
pub struct Matches {
    /// Found and right.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// To be found.
    pub gold: usize,
}

impl Ratio {
    /// In per cent.
    pub fn percent(self) -> f64 {
        100.0 * self.right as f64 / self.all.max(1) as f64
    }
}

impl Matches {
    /// Harmonic mean of precision and recall, 0 to 1.
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}

impl TreeScore {
    /// Adds a sentence.
    pub fn add(&mut self, gold: &Sentence, found: &Sentence) {
        for (g, f) in gold.tokens.iter().zip(&found.tokens) {
            self.tokens += 1;
            self.upos += usize::from(g.upos == f.upos);
            if g.lemma != "_" {
                self.lemmas.all += 1;
                self.lemmas.right += usize::from(g.lemma.to_lowercase() == f.lemma.to_lowercase());
            }
            let head = g.head == f.head;
            let labelled = head && g.deprel == f.deprel;
            self.heads += usize::from(head);
            self.labelled += usize::from(labelled);
            if g.deprel != "punct" {
                self.no_punct.all += 1;
                self.no_punct.right += usize::from(labelled);
            }
        }
        self.subjects += matches(&pairs(gold, "nsubj"), &pairs(found, "nsubj"));
        self.objects += matches(&pairs(gold, "obj"), &pairs(found, "obj"));
    }

    /// Parts of speech, heads, heads and relations, in per cent.
    pub fn percents(&self) -> [f64; 3] {
        [self.upos, self.heads, self.labelled].map(|n| Ratio { right: n, all: self.tokens }.percent())
    }
}

/// Counts over documents whose sentences and tokens were found from the raw text.
#[derive(Debug, Clone, Copy, Default)]
pub struct RawScore {
    /// Sentences with both ends right.
    pub sentences: Matches,
    /// Tokens with both ends right.
    pub tokens: Matches,
    /// Tokens with the right part of speech too.
    pub upos: Matches,
    /// Tokens with the right head and relation too.
    pub labelled: Matches,
}

impl RawScore {
    /// Adds a document; both sides must have the same text.
    pub fn add(&mut self, gold: &ParsedDocument, found: &ParsedDocument) {
        let ends = |d: &ParsedDocument| -> Vec<(usize, usize)> {
            d.sentences.iter().map(|s| (s.span.start, s.span.end)).collect()
        };
        self.sentences += matches(&ends(gold), &ends(found));
        let (gold, found) = (words(gold), words(found));
        let mut seen = [0; 3];
        for (place, g) in &gold {
            if let Some(f) = found.get(place) {
                seen[0] += 1;
                seen[1] += usize::from(f.0 == g.0);
                seen[2] += usize::from(f.1 == g.1 && f.2 == g.2);
            }
        }
        for (sum, right) in [&mut self.tokens, &mut self.upos, &mut self.labelled].into_iter().zip(seen) {
            *sum += Matches { right, found: found.len(), gold: gold.len() };
        }
    }
}

impl AddAssign for Matches {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

type Place = (usize, usize);

/// Where each token stands → part of speech, where its head stands, relation.
fn words(document: &ParsedDocument) -> BTreeMap<Place, (Upos, Option<Place>, &str)> {
    let place = |s: &Sentence, i: usize| (s.tokens[i].span.start, s.tokens[i].span.end);
    let all = document.sentences.iter().flat_map(|s| (0..s.tokens.len()).map(move |i| (s, i)));
    all.map(|(s, i)| {
        let t = &s.tokens[i];
        (place(s, i), (t.upos, t.head.map(|h| place(s, h)), t.deprel.as_str()))
    })
    .collect()
}

/// Pairs of a verb that is no copular predicate and its dependent with a relation.
fn pairs(sentence: &Sentence, relation: &str) -> Vec<(usize, usize)> {
    let verb = |h: usize| sentence.tokens[h].upos == Upos::Verb && sentence.child(h, &["cop"]).is_none();
    let tokens = sentence.tokens.iter().enumerate();
    // Subjects of every kind, but plain objects only.
    let fits =
        |t: &super::Token| if relation == "nsubj" { t.rel() == relation } else { t.deprel == relation };
    tokens.filter(|(_, t)| fits(t)).filter_map(|(i, t)| t.head.filter(|&h| verb(h)).map(|h| (h, i))).collect()
}

fn matches(gold: &[Place], found: &[Place]) -> Matches {
    let right = gold.iter().filter(|g| found.contains(g)).count();
    Matches { right, found: found.len(), gold: gold.len() }
}
