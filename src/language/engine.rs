//! The boundary behind which engines stand: tokens in, tags, trees, names and event guesses out.

use super::Sentence;

/// A trained engine: unchanging, shared by all threads.
pub trait Engine: Send + Sync {
    /// Working memory for one thread; cheap, and used again for many documents.
    fn worker(&self) -> Box<dyn Worker + '_>;
}

/// An engine together with one thread's working memory.
pub trait Worker {
    /// Analyses the sentences of one document.
    ///
    /// Each sentence comes with its span and with its tokens' span, text and `space_after`; the worker fills in
    /// upos, head, deprel, entities and, where the engine makes guesses at events, triggers and pairs. Heads form one tree
    /// with a single root. What it fills in depends on the sentence alone, never on its neighbours.
    fn analyse(&mut self, sentences: &mut [Sentence]);
}
