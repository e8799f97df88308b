//! The whole flow: [`Document`] → [`ParsedDocument`](crate::language::ParsedDocument) → [`ResolvedDocument`] →
//! [`Extraction`]; from there on [`KnowledgeGraph::add`](crate::graph::KnowledgeGraph::add) takes it.
//!
//! Opens nothing and prints nothing. The same documents give the same extractions in the same order,
//! whatever the number of threads.

mod in_order;

use crate::entities::{Gazetteer, ResolvedDocument, resolve};
use crate::events::Extractor;
use crate::language::{Analyser, AnalyserWorker};
use crate::ontology::Extraction;
use crate::reading::Document;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Everything the text half knows. Made once, shared by all threads.
pub struct Pipeline {
    /// Sentences, tags, trees and names.
    pub analyser: Analyser,
    /// Who and where there is.
    pub gazetteer: Gazetteer,
    /// Words that tell relations, and how far to trust them.
    pub extractor: Extractor,
}

/// Why the pipeline cannot start, or could not finish an article.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The language model.
    #[error("the language model: {0}")]
    Language(#[from] crate::language::LanguageError),
    /// The lexicon or its weights.
    #[error("the lexicon: {0}")]
    Extractor(#[from] crate::events::ExtractorError),
    /// Threads could not be started.
    #[error("threads could not be started: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// A fault of the program, confined to one article.
    #[error("{0}: a fault of whom itself stopped this article; please report it with the article")]
    Internal(String),
}

impl Pipeline {
    /// The models and tables that come with the program.
    ///
    /// # Errors
    /// Never with the files as released.
    pub fn standard() -> Result<Self, PipelineError> {
        Ok(Self {
            analyser: Analyser::standard()?,
            gazetteer: Gazetteer::standard(),
            extractor: Extractor::standard()?,
        })
    }

    /// What one article says.
    pub fn extract(&self, document: Document) -> Extraction {
        self.extract_with(&mut self.analyser.worker(), document)
    }

    /// An article with its parties and places, before anything is made of them.
    pub fn resolve(&self, document: Document) -> ResolvedDocument {
        resolve(self.analyser.analyse(document), &self.gazetteer)
    }

    /// What many articles say, in their order, `jobs` at a time (0: one a processor). Reads ahead no more
    /// than it can work on, so that the memory needed does not grow with the number of articles.
    pub fn extract_all<'a, E: Send + 'a>(
        &'a self,
        documents: impl Iterator<Item = Result<Document, E>> + 'a,
        jobs: usize,
    ) -> Result<impl Iterator<Item = Result<Result<Extraction, PipelineError>, E>> + 'a, PipelineError> {
        let work = |worker: &mut AnalyserWorker<'a>, document: Result<Document, E>| {
            document.map(|d| self.extract_guarded(worker, d))
        };
        Ok(in_order::map(documents, jobs, || self.analyser.worker(), work)?)
    }

    /// One article's fault must not cost the others.
    fn extract_guarded<'a>(
        &'a self,
        worker: &mut AnalyserWorker<'a>,
        document: Document,
    ) -> Result<Extraction, PipelineError> {
        let id = document.id.clone();
        let extracted = catch_unwind(AssertUnwindSafe(|| self.extract_with(worker, document)));
        extracted.map_err(|_| {
            // What the fault left in the working memory is not to be trusted.
            *worker = self.analyser.worker();
            PipelineError::Internal(id)
        })
    }

    fn extract_with(&self, worker: &mut AnalyserWorker<'_>, document: Document) -> Extraction {
        self.extractor.extract(&resolve(worker.analyse(document), &self.gazetteer))
    }
}
