//! A question cut into chunks: question words, parties, verbs, dates, and the small words between.
//!
//! Each chunk takes the longest run of words that means something; a word that means nothing is
//! reported, never passed over.

use super::vocabulary::{Form, senses};
use super::{AskError, UnknownWord, moment, vocabulary};
use crate::graph::{KnowledgeGraph, NodeIndex};
use crate::ontology::{ActorKind, PartialDate, Relation, Status};

/// A run of words that means one thing.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Chunk {
    Asking(Asking),
    /// Parties or places by name.
    Named(Vec<NodeIndex>),
    Kind(Vec<ActorKind>),
    /// A word for a relation, as verb, as noun, or as either (`attacks`).
    Deed {
        verb: Vec<(Relation, Form)>,
        noun: Vec<Relation>,
    },
    /// A word for who does it, and what it is they do: `accusers`.
    Doer(String, Vec<Relation>),
    /// `did`, `was`, `has`, `will`…
    Auxiliary(Auxiliary),
    /// `carry out`, `make`: says nothing beside its noun.
    LightVerb(Form),
    /// `do`, `happen` as the verb asked about.
    Any,
    Preposition(&'static str),
    Date(PartialDate),
    Status(Status),
    /// `most`, `least`.
    Extreme {
        least: bool,
    },
    Number(usize),
    And,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    Who,
    What,
    Which,
    Where,
    When,
    HowOften,
    HowMany,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Auxiliary {
    Do,
    Be,
    Have,
    Modal,
}

/// Phrases with a fixed meaning; an empty list of chunks means they are passed over.
fn fixed(phrase: &str) -> Option<Vec<Chunk>> {
    use Chunk::{And, Any, Extreme, LightVerb, Preposition};
    let one = |chunk| Some(vec![chunk]);
    match phrase {
        "who" | "whom" | "whose" => one(Chunk::Asking(Asking::Who)),
        "what" => one(Chunk::Asking(Asking::What)),
        "which" => one(Chunk::Asking(Asking::Which)),
        "where" => one(Chunk::Asking(Asking::Where)),
        "when" => one(Chunk::Asking(Asking::When)),
        "how often" | "how many times" => one(Chunk::Asking(Asking::HowOften)),
        "how many" => one(Chunk::Asking(Asking::HowMany)),
        "did" | "does" => one(Chunk::Auxiliary(Auxiliary::Do)),
        "is" | "are" | "was" | "were" | "be" | "been" | "being" | "get" | "got" => {
            one(Chunk::Auxiliary(Auxiliary::Be))
        }
        "has" | "have" | "had" => one(Chunk::Auxiliary(Auxiliary::Have)),
        "do" | "done" | "doing" | "happened" | "happen" | "happens" => one(Any),
        "by" => one(Preposition("by")),
        "of" => one(Preposition("of")),
        "against" | "on" | "upon" | "at" | "to" | "with" | "for" | "toward" | "towards" | "into" | "over" => {
            one(Preposition(match phrase {
                "on" => "on",
                "at" => "at",
                "for" => "for",
                _ => "to",
            }))
        }
        "from" => one(Preposition("from")),
        "in" | "near" | "inside" | "during" => one(Preposition("in")),
        "about" => one(Preposition("about")),
        "between" => one(Preposition("between")),
        "since" => one(Preposition("since")),
        "after" => one(Preposition("after")),
        "before" => one(Preposition("before")),
        "until" | "till" | "up to" => one(Preposition("until")),
        "according to" => one(Preposition("according to")),
        "and" | "or" => one(And),
        "most" | "most often" | "most frequently" | "the most" | "more often than others" => {
            one(Extreme { least: false })
        }
        "least" | "least often" | "the least" => one(Extreme { least: true }),
        "top" => one(Extreme { least: false }),
        "allegedly" | "alleged" | "reportedly" | "supposedly" => one(Chunk::Status(Status::Alleged)),
        "planned" | "plan to" | "plans to" | "planned to" | "planning to" | "will" => {
            one(Chunk::Status(Status::Planned))
        }
        "actually" | "really" | "actual" => one(Chunk::Status(Status::Actual)),
        "never" | "not" | "negated" => one(Chunk::Status(Status::Negated)),
        "hypothetical" | "hypothetically" | "could" | "might" | "may" | "would" => {
            one(Chunk::Status(Status::Hypothetical))
        }
        "can" | "should" | "must" => one(Chunk::Auxiliary(Auxiliary::Modal)),
        "carry out" | "conduct" | "launch" | "stage" | "make" | "issue" | "impose" | "commit"
        | "carry on" | "express" | "give" | "reach" | "carries out" | "conducts" | "launches" | "stages"
        | "makes" | "issues" | "imposes" | "commits" | "expresses" | "gives" | "reaches" => {
            one(LightVerb(Form::Base))
        }
        "carried out" | "conducted" | "launched" | "staged" | "made" | "issued" | "imposed" | "committed"
        | "expressed" | "gave" | "given" | "reached" => one(LightVerb(Form::Past)),
        "behind" => Some(vec![LightVerb(Form::Base)]),
        "responsible for" => Some(vec![LightVerb(Form::Base)]),
        "a" | "an" | "the" | "please" | "ever" | "there" | "all" | "any" | "each other" | "one another"
        | "list" | "show" | "me" | "so far" | "also" | "then" | "already" | "times" | "that" | "often" => {
            Some(Vec::new())
        }
        _ => None,
    }
}

/// Cuts a question into chunks.
pub(super) fn chunks(graph: &KnowledgeGraph, question: &str) -> Result<Vec<Chunk>, AskError> {
    let words: Vec<Word> = question.split_whitespace().flat_map(Word::cut).collect();
    let mut chunks = Vec::new();
    let mut unknown: Vec<UnknownWord> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let (Some(Chunk::Preposition(_)), Some(_)) = (chunks.last(), moment::month(&words[at].small))
            && moment::date(&[&words[at].small, words.get(at + 1).map_or("", |w| &w.small)]).is_none()
            && graph.called(words[at].text).is_empty()
        {
            let month = words[at].text;
            return Err(AskError::NotUnderstood(format!("`{month}` needs its year, as in `{month} 2018`")));
        }
        match longest(graph, &words[at..], at == 0) {
            Some((found, taken)) => {
                chunks.extend(found);
                at += taken;
            }
            None => {
                // Capitalised words in a row are one name.
                let mut end = at + 1;
                while words[at].is_capitalised()
                    && end < words.len()
                    && words[end].is_capitalised()
                    && longest(graph, &words[end..], false).is_none()
                {
                    end += 1;
                }
                let word = join(&words[at..end], |w| w.text);
                unknown.push(unknown_word(graph, word));
                at = end;
            }
        }
    }
    // `who killed the attackers` has its deed: the attackers are a party.
    if chunks.iter().any(|c| matches!(c, Chunk::Deed { .. } | Chunk::Any | Chunk::LightVerb(_))) {
        for chunk in &mut chunks {
            let Chunk::Doer(word, _) = chunk else { continue };
            let described = described_as(graph, word);
            if described.is_empty() {
                unknown.push(unknown_word(graph, std::mem::take(word)));
            } else {
                *chunk = Chunk::Named(described);
            }
        }
    }
    if unknown.is_empty() { Ok(chunks) } else { Err(AskError::UnknownWords(unknown)) }
}

fn unknown_word(graph: &KnowledgeGraph, word: String) -> UnknownWord {
    let names = graph.nearest_names(&word, 3);
    let words = if word.chars().any(char::is_uppercase) { Vec::new() } else { vocabulary::nearest(&word, 3) };
    UnknownWord { word, nearest: words.into_iter().chain(names).take(5).collect() }
}

/// The longest run of words with a meaning, and its length.
fn longest(graph: &KnowledgeGraph, words: &[Word<'_>], is_first: bool) -> Option<(Vec<Chunk>, usize)> {
    let small: Vec<&str> = words.iter().map(|w| w.small.as_str()).collect();
    if let Some((date, taken)) = moment::date(&small) {
        return Some((vec![Chunk::Date(date)], taken));
    }
    for taken in (1..=words.len().min(10)).rev() {
        let run = &words[..taken];
        // A capital says that a name is meant, but for the first word, which always has one.
        let looks_like_name = run.iter().any(Word::is_capitalised) && !(is_first && taken == 1);
        let phrase = join(run, |w| &w.small);
        let by_name = || {
            let called = graph.called(&join(run, |w| w.text));
            let is_written_so = taken > 1 || looks_like_name || !is_common(&phrase);
            (!called.is_empty() && is_written_so).then(|| vec![Chunk::Named(called.to_vec())])
        };
        let by_word = || fixed(&phrase).or_else(|| by_sense(&phrase));
        let found = if looks_like_name { by_name().or_else(by_word) } else { by_word().or_else(by_name) };
        if let Some(found) = found {
            return Some((found, taken));
        }
    }
    if let Ok(number) = words[0].small.parse() {
        return Some((vec![Chunk::Number(number)], 1));
    }
    // Part of a name, such as a surname that no article uses alone, or of a description: `hostages`.
    for taken in (1..=words.len().min(4)).rev() {
        let run = &words[..taken];
        let called = if run.iter().all(Word::is_capitalised) {
            graph.called_in_part(&join(run, |w| w.text))
        } else if run.iter().all(|w| !w.is_capitalised() && !is_common(&w.small)) {
            described_as(graph, &join(run, |w| &w.small))
        } else {
            Vec::new()
        };
        if !called.is_empty() {
            return Some((vec![Chunk::Named(called)], taken));
        }
    }
    None
}

/// Who is described by these words, in the singular or the plural.
fn described_as(graph: &KnowledgeGraph, phrase: &str) -> Vec<NodeIndex> {
    let singular = phrase.strip_suffix('s').unwrap_or(phrase);
    let plural = format!("{singular}s");
    let mut found: Vec<NodeIndex> = Vec::new();
    for form in [singular, &plural] {
        let written_small = |ix: &NodeIndex| graph.node(*ix).name.contains(form);
        found.extend(graph.called_in_part(form).into_iter().filter(written_small));
    }
    found
}

/// Words that mean something else unless written with a capital.
fn is_common(phrase: &str) -> bool {
    fixed(phrase).is_some() || senses().contains_key(phrase)
}

fn by_sense(phrase: &str) -> Option<Vec<Chunk>> {
    let sense = senses().get(phrase)?;
    if !sense.doer.is_empty() {
        return Some(vec![Chunk::Doer(phrase.to_owned(), sense.doer.clone())]);
    }
    if !sense.verb.is_empty() || !sense.noun.is_empty() {
        Some(vec![Chunk::Deed { verb: sense.verb.clone(), noun: sense.noun.clone() }])
    } else if sense.kinds.is_empty() {
        None
    } else {
        Some(vec![Chunk::Kind(sense.kinds.clone())])
    }
}

/// One word of the question.
struct Word<'q> {
    text: &'q str,
    small: String,
}

impl<'q> Word<'q> {
    /// Parts a written token into words, without punctuation and possessive endings.
    fn cut(token: &'q str) -> Vec<Self> {
        let is_edge = |c: char| !c.is_alphanumeric() && c != '.' && c != '\'';
        let token = token.trim_matches(is_edge).trim_end_matches(['.', '\'', '’']);
        let token = token.strip_suffix("'s").or_else(|| token.strip_suffix("’s")).unwrap_or(token);
        // `U.S.` keeps the dots inside; a date keeps its hyphens.
        let parts: Vec<&str> =
            if moment::date(&[&token.to_lowercase()]).is_some() || token.chars().any(char::is_uppercase) {
                vec![token]
            } else {
                token.split('-').collect()
            };
        parts
            .into_iter()
            .filter(|p| !p.is_empty())
            .map(|text| Self { text, small: text.to_lowercase() })
            .collect()
    }

    fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

fn join<'w>(words: &'w [Word<'_>], text: impl Fn(&'w Word<'_>) -> &'w str) -> String {
    words.iter().map(text).collect::<Vec<_>>().join(" ")
}
