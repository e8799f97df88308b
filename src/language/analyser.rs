//! The whole room behind one door: documents in, parsed documents out.

use super::block::blocks;
use super::lemma::Lemmas;
use super::perceptron::Perceptron;
use super::split::sentences;
use super::tokenize::tokens;
use super::{Engine, LanguageError, ParsedDocument, Sentence, Worker};
use crate::reading::Document;
use std::fmt;

/// Tokeniser, engine and lemmas; unchanging, shared by all threads.
pub struct Analyser {
    engine: Box<dyn Engine>,
    lemmas: Lemmas,
}

/// An analyser with one thread's working memory; use it for many documents.
pub struct AnalyserWorker<'a> {
    worker: Box<dyn Worker + 'a>,
    lemmas: &'a Lemmas,
}

impl Analyser {
    /// The engine to use unless speed is all.
    pub fn standard() -> Result<Self, LanguageError> {
        Self::fast()
    }

    /// The fast engine.
    pub fn fast() -> Result<Self, LanguageError> {
        Ok(Self::new(Box::new(Perceptron::read(PERCEPTRON)?), Lemmas::from_lines(LEMMAS)?))
    }

    /// An engine and a lemma table of your own choice.
    pub fn new(engine: Box<dyn Engine>, lemmas: Lemmas) -> Self {
        Self { engine, lemmas }
    }

    /// Working memory for one thread.
    pub fn worker(&self) -> AnalyserWorker<'_> {
        AnalyserWorker { worker: self.engine.worker(), lemmas: &self.lemmas }
    }

    /// Analyses one document. For many, make one [`worker`](Self::worker) a thread.
    pub fn analyse(&self, document: Document) -> ParsedDocument {
        self.worker().analyse(document)
    }

    /// Analyses sentences and tokens given already; whatever else they hold is replaced.
    pub fn keep_tokens(&self, parsed: ParsedDocument) -> ParsedDocument {
        self.worker().keep_tokens(parsed)
    }
}

impl AnalyserWorker<'_> {
    /// Analyses one document.
    pub fn analyse(&mut self, document: Document) -> ParsedDocument {
        let sentences = cut(&document);
        self.keep_tokens(ParsedDocument { document, sentences })
    }

    /// Analyses sentences and tokens given already; whatever else they hold is replaced.
    pub fn keep_tokens(&mut self, mut parsed: ParsedDocument) -> ParsedDocument {
        self.worker.analyse(&mut parsed.sentences);
        for token in parsed.sentences.iter_mut().flat_map(|s| &mut s.tokens) {
            token.lemma = self.lemmas.lemma(&token.text, token.upos);
        }
        parsed
    }
}

impl fmt::Debug for Analyser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Analyser").finish_non_exhaustive()
    }
}

impl fmt::Debug for AnalyserWorker<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnalyserWorker").finish_non_exhaustive()
    }
}

/// Sentences and tokens of a document, not yet analysed.
pub fn cut(document: &Document) -> Vec<Sentence> {
    let text = &document.text;
    let mut out = Vec::new();
    for (paragraph, block) in blocks(document).into_iter().enumerate() {
        for span in sentences(text, block.span) {
            let tokens = tokens(text, span);
            out.push(Sentence { span, heading: block.heading, paragraph, tokens, ..Sentence::default() });
        }
    }
    out
}

const PERCEPTRON: &[u8] = include_bytes!("../../data/models/perceptron/model.bin");
const LEMMAS: &str = include_str!("../../data/models/lemmas/lemmas.tsv");
