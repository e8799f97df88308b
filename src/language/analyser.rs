//! The whole room behind one door: documents in, parsed documents out.

use super::block::blocks;
use super::lemma::Lemmas;
use super::neural::NeuralModel;
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
    /// The engine to use unless speed is all: the neural one, which also guesses at events.
    pub fn standard() -> Result<Self, LanguageError> {
        Ok(Self::new(Box::new(NeuralModel::from_bytes(NEWS)?), Lemmas::from_lines(LEMMAS)?))
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

const NEWS: &[u8] = include_bytes!("../../data/models/news/model.bin");
const PERCEPTRON: &[u8] = include_bytes!("../../data/models/perceptron/model.bin");
const LEMMAS: &str = include_str!("../../data/models/lemmas/lemmas.tsv");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Heading, Upos, conllu};
    use sha2::{Digest, Sha256};

    const ARTICLE: &str = "Ruritania frees two reporters\n\nSTRELSAU — Ruritanian police freed two reporters on \
                           Friday, a day after the U.S. ambassador met Gen. Rupert Hentzau.\n\n“They weren’t harmed,” \
                           the general’s spokesman said. He wouldn't say why they had been held.";

    fn document(text: &str) -> Document {
        Document { id: "sample".to_owned(), text: text.to_owned(), ..Document::default() }
    }

    #[test]
    fn every_sentence_is_one_tree_with_lemmas() {
        let analyser = Analyser::fast().unwrap();
        let parsed = analyser.analyse(document(ARTICLE));
        assert_eq!(parsed.sentences.len(), 4);
        assert_eq!(parsed.sentences[0].heading, Heading::Headline);
        for sentence in &parsed.sentences {
            assert_eq!(sentence.tokens.iter().filter(|t| t.head.is_none()).count(), 1);
            let root = sentence.root().unwrap();
            assert!((0..sentence.tokens.len()).all(|i| sentence.is_below(i, root)));
            assert!(sentence.tokens.iter().all(|t| !t.lemma.is_empty() && !t.deprel.is_empty()));
        }
        let freed = &parsed.sentences[1];
        let verb = freed.tokens.iter().position(|t| t.text == "freed").unwrap();
        assert_eq!((freed.tokens[verb].upos, freed.tokens[verb].lemma.as_str()), (Upos::Verb, "free"));
        assert_eq!(freed.child(verb, &["obj"]).map(|i| freed.tokens[i].lemma.as_str()), Some("reporter"));
    }

    #[test]
    fn what_is_written_as_conllu_is_read_back_and_parsed_alike() {
        let analyser = Analyser::fast().unwrap();
        let parsed = analyser.analyse(document(ARTICLE));
        let mut written = Vec::new();
        conllu::write(&parsed, &mut written).unwrap();
        let read = conllu::read(written.as_slice(), "x").unwrap().remove(0);
        let mut again = Vec::new();
        conllu::write(&analyser.keep_tokens(read), &mut again).unwrap();
        assert_eq!(String::from_utf8(again).unwrap(), String::from_utf8(written).unwrap());
    }

    #[test]
    fn threads_and_earlier_documents_change_nothing() {
        let analyser = Analyser::fast().unwrap();
        let write = |worker: &mut AnalyserWorker<'_>| {
            let mut out = Vec::new();
            conllu::write(&worker.analyse(document(ARTICLE)), &mut out).unwrap();
            out
        };
        let first = write(&mut analyser.worker());
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let mut worker = analyser.worker();
                    worker.analyse(document("No. Nothing at all!"));
                    assert_eq!(write(&mut worker), first);
                });
            }
        });
    }

    #[test]
    fn odd_texts_do_no_harm() {
        let analyser = Analyser::fast().unwrap();
        for text in [
            "",
            "  \n\n ",
            "…",
            "\u{feff}\u{200b}",
            "a\u{301}",
            "((((",
            "''''",
            ".5",
            "$",
            "-",
            "'s",
            "🎉🎉",
            "\0",
        ] {
            let parsed = analyser.analyse(document(text));
            for token in parsed.sentences.iter().flat_map(|s| &s.tokens) {
                assert_eq!(token.span.of(text), token.text);
            }
        }
        let long = "war ".repeat(3000);
        assert_eq!(analyser.analyse(document(&long)).sentences.len(), 1);
    }

    #[test]
    fn embedded_files_are_those_their_cards_describe() {
        for (card, bytes) in [
            (include_str!("../../data/models/perceptron/MODEL.toml"), PERCEPTRON),
            (include_str!("../../data/models/lemmas/MODEL.toml"), LEMMAS.as_bytes()),
        ] {
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(card.contains(&format!("sha256 = \"{hash}\"")), "train again: {card}");
            assert!(card.contains(&format!("bytes = {}\n", bytes.len())));
            for field in ["date", "source", "licence", "command", "[scores]"] {
                assert!(card.contains(field), "{field}");
            }
        }
    }
}
