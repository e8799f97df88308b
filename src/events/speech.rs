//! Who is speaking: quotations that stand apart from their speaker.
//!
//! A quotation runs from an opening to a closing mark, over sentences and paragraphs. Its speaker is
//! the subject of the reporting verb beside it; failing that, the last speaker named before it.

use super::governors::Governors;
use super::grammar::Grammar;
use super::parties::Parties;
use crate::entities::{EntityId, ResolvedDocument};
use crate::language::{Sentence, Upos};
use std::collections::BTreeSet;

/// For every token, whether it is quoted and whose words it is.
#[derive(Debug)]
pub struct Speakers {
    quoted: Vec<Vec<Option<usize>>>,
    /// Speaker of each quotation.
    by_quotation: Vec<Option<EntityId>>,
    /// Whoever is the subject of a reporting verb.
    reporters: BTreeSet<EntityId>,
}

impl Speakers {
    /// Reads the quotations of a document.
    pub fn new(resolved: &ResolvedDocument, governors: &Governors) -> Self {
        let sentences = &resolved.parsed.sentences;
        let (quoted, count) = quotations(sentences);
        let mut by_quotation = vec![None; count];
        let mut last: Option<(usize, EntityId)> = None;
        let mut reporters = BTreeSet::new();
        for (index, sentence) in sentences.iter().enumerate() {
            let subjects = reporting_subjects(resolved, index, sentence, &quoted[index], governors);
            let speaker = subjects.first().copied();
            reporters.extend(subjects);
            let held: Vec<usize> = quoted[index].iter().flatten().copied().collect();
            if let Some(speaker) = speaker {
                last = Some((sentence.paragraph, speaker));
                for q in held {
                    by_quotation[q] = Some(speaker);
                }
            } else {
                for q in held {
                    if by_quotation[q].is_none() {
                        by_quotation[q] = last.filter(|(p, _)| sentence.paragraph - p <= 2).map(|(_, s)| s);
                    }
                }
            }
        }
        Self { quoted, by_quotation, reporters }
    }

    /// Whether the party is said to report something in the article.
    pub fn reports(&self, entity: EntityId) -> bool {
        self.reporters.contains(&entity)
    }

    /// Whose words a token is, when it is quoted.
    pub fn of_token(&self, sentence: usize, token: usize) -> Option<EntityId> {
        self.quoted[sentence][token].and_then(|q| self.by_quotation[q])
    }
}

/// Numbers the quotations; gives each token the number of the one it stands in.
fn quotations(sentences: &[Sentence]) -> (Vec<Vec<Option<usize>>>, usize) {
    let mut open: Option<usize> = None;
    let mut count = 0;
    let mut paragraph = 0;
    let mut all = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        if sentence.paragraph != paragraph {
            paragraph = sentence.paragraph;
            // a quotation that runs on reopens with a mark of its own
            open = None;
        }
        let mut row = vec![None; sentence.tokens.len()];
        for (i, token) in sentence.tokens.iter().enumerate() {
            match token.text.as_str() {
                "“" | "``" | "«" => {
                    open = Some(count);
                    count += 1;
                }
                "”" | "''" | "»" => open = None,
                "\"" => {
                    open = match open {
                        Some(_) => None,
                        None => {
                            count += 1;
                            Some(count - 1)
                        }
                    };
                }
                _ => row[i] = open,
            }
        }
        all.push(row);
    }
    (all, count)
}

/// The subjects of reporting verbs that are not quoted themselves.
fn reporting_subjects(
    resolved: &ResolvedDocument,
    index: usize,
    sentence: &Sentence,
    quoted: &[Option<usize>],
    governors: &Governors,
) -> Vec<EntityId> {
    let grammar = Grammar::new(sentence);
    let parties = Parties::new(resolved, index);
    (0..sentence.tokens.len())
        .filter(|&i| quoted[i].is_none() && sentence.tokens[i].upos == Upos::Verb)
        .filter(|&i| governors.is_report(&sentence.tokens[i].lemma))
        .filter_map(|verb| grammar.subject(verb).and_then(|s| parties.doer(s)).map(|p| p.entity))
        .collect()
}
