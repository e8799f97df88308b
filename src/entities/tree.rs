//! One sentence's tree with the steps this room takes in it.

use crate::language::{Sentence, Token};

/// A sentence and its tokens' dependents.
pub(super) struct Tree<'a> {
    /// The sentence.
    pub sentence: &'a Sentence,
    first: Vec<u32>,
    next: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl<'a> Tree<'a> {
    pub(super) fn new(sentence: &'a Sentence) -> Self {
        let count = sentence.tokens.len();
        let (mut first, mut next) = (vec![NONE; count], vec![NONE; count]);
        for at in (0..count).rev() {
            if let Some(head) = sentence.tokens[at].head.filter(|&head| head < count) {
                next[at] = first[head];
                first[head] = at as u32;
            }
        }
        Self { sentence, first, next }
    }

    pub(super) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub(super) fn token(&self, at: usize) -> &'a Token {
        &self.sentence.tokens[at]
    }

    pub(super) fn lemma(&self, at: usize) -> &'a str {
        &self.sentence.tokens[at].lemma
    }

    /// The dependents of a token, in order.
    pub(super) fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = self.first[head];
        std::iter::from_fn(move || {
            let here = at;
            (here != NONE).then(|| {
                at = self.next[here as usize];
                here as usize
            })
        })
    }

    /// The first dependent with one of the relations.
    pub(super) fn child(&self, head: usize, rels: &[&str]) -> Option<usize> {
        self.children(head).find(|&at| self.token(at).is(rels))
    }

    /// The preposition before a noun, as its lemma; of a conjunct without one, that of the first conjunct.
    pub(super) fn case(&self, at: usize) -> Option<&'a str> {
        let own = self.child(at, &["case"]).map(|case| self.lemma(case));
        own.or_else(|| self.conjoined_with(at).and_then(|first| self.case(first)))
    }

    /// The token that this one is coordinated with.
    pub(super) fn conjoined_with(&self, at: usize) -> Option<usize> {
        let token = self.token(at);
        token.head.filter(|_| token.rel() == "conj")
    }

    /// The first conjunct of the coordination that the token is in: where the relation outward stands.
    pub(super) fn outward(&self, at: usize) -> usize {
        let mut here = at;
        for _ in 0..8 {
            match self.conjoined_with(here).filter(|&head| is_nominal(self.token(head))) {
                Some(head) => here = head,
                None => break,
            }
        }
        here
    }

    /// First and last token below and including `at`; steps at most `depth` levels down.
    pub(super) fn reach(&self, at: usize, depth: usize) -> (usize, usize) {
        let (mut low, mut high) = (at, at);
        if depth > 0 {
            for child in self.children(at) {
                let (l, h) = self.reach(child, depth - 1);
                low = low.min(l);
                high = high.max(h);
            }
        }
        (low, high)
    }

    /// The verb or other predicate that governs a token: the nearest head that is no nominal.
    pub(super) fn predicate(&self, at: usize) -> Option<usize> {
        let mut here = self.outward(at);
        for _ in 0..self.len() {
            let head = self.token(here).head?;
            if !is_nominal(self.token(head)) || self.child(head, &["cop"]).is_some() {
                return Some(head);
            }
            here = head;
        }
        None
    }

    /// The subject of a predicate; of one without, that of the clause it is coordinated with or controlled by.
    pub(super) fn subject(&self, predicate: usize) -> Option<usize> {
        let mut here = predicate;
        for _ in 0..6 {
            if let Some(subject) = self.child(here, &["nsubj", "csubj"]) {
                return Some(subject);
            }
            let token = self.token(here);
            here = match token.rel() {
                "conj" | "xcomp" | "advcl" | "aux" | "cop" => token.head?,
                _ => return None,
            };
        }
        None
    }

    /// Whether `at` is `above` or below it.
    pub(super) fn is_below(&self, at: usize, above: usize) -> bool {
        self.sentence.is_below(at, above)
    }
}

/// Whether a token heads noun phrases.
pub(super) fn is_nominal(token: &Token) -> bool {
    use crate::language::Upos::{Noun, Num, Pron, Propn, Sym, X};
    matches!(token.upos, Noun | Propn | Pron | Num | Sym | X)
}
