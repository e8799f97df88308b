//! Words that decide how real the act below them is: `data/lexicon/governors.ron` in, look-up out.

use super::lexicon::PredicateClass;
use crate::ontology::Status;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A group of governing words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Governor {
    /// Lemmas.
    words: Vec<String>,
    /// Word class.
    pos: PredicateClass,
    /// How the act hangs below the word.
    over: Vec<String>,
    /// The act's status; none for plain reports.
    #[serde(default)]
    pub gives: Option<Status>,
    /// Whether the word's subject is the one who says so.
    #[serde(default)]
    pub claims: bool,
    /// Whether it is said against somebody.
    #[serde(default)]
    pub hostile: bool,
    /// Whether the word's subject binds itself to the act: it promises or offers.
    #[serde(default)]
    pub promises: bool,
}

/// The governors by lemma.
#[derive(Debug, Clone, Default)]
pub struct Governors {
    groups: Vec<Governor>,
    by_word: BTreeMap<(String, PredicateClass), Vec<usize>>,
}

impl Governors {
    /// The governors that come with the program.
    ///
    /// # Errors
    /// Never with the file as released: a test reads it.
    pub fn standard() -> Result<Self, ron::error::SpannedError> {
        let options =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let groups: Vec<Governor> = options.from_str(include_str!("../../data/lexicon/governors.ron"))?;
        let mut by_word: BTreeMap<(String, PredicateClass), Vec<usize>> = BTreeMap::new();
        for (number, group) in groups.iter().enumerate() {
            for word in &group.words {
                by_word.entry((word.clone(), group.pos)).or_default().push(number);
            }
        }
        Ok(Self { groups, by_word })
    }

    /// The governors a word may be, over an act that hangs below it in one of these ways.
    pub fn over<'a>(
        &'a self,
        lemma: &str,
        class: PredicateClass,
        links: &'a [&str],
    ) -> impl Iterator<Item = &'a Governor> {
        self.by_word
            .get(&(lemma.to_owned(), class))
            .into_iter()
            .flatten()
            .map(|&g| &self.groups[g])
            .filter(move |g| g.over.iter().any(|o| links.contains(&o.as_str())))
    }

    /// Whether a verb reports what somebody says.
    pub fn is_report(&self, lemma: &str) -> bool {
        self.over(lemma, PredicateClass::Verb, &["clause"]).any(|g| g.claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planning_governs_infinitives() {
        let governors = Governors::standard().expect("reads");
        let plan: Vec<_> = governors.over("plan", PredicateClass::Verb, &["infinitive"]).collect();
        assert_eq!(plan.len(), 1);
        assert_eq!(plan[0].gives, Some(Status::Planned));
        assert!(governors.is_report("say") && !governors.is_report("plan"));
    }
}
