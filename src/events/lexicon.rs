//! The lexicon of predicates: readable files in, senses by lemma out.
//!
//! `data/lexicon/README.md` tells how a file is written. This file refuses entries that name an
//! unknown path or relation, with the file and the group's number; it decides nothing about texts.

use crate::ontology::{Relation, Status};
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::str::FromStr;

macro_rules! files {
    ($($relation:ident $name:literal)*) => {
        /// The lexicon's files, one a relation. To add a relation's file, add its line below.
        const FILES: &[(Relation, &str)] =
            &[$((Relation::$relation, include_str!(concat!("../../data/lexicon/", $name, ".ron"))),)*];
    };
}

files! {
    Accuses "accuses"
    Criticizes "criticizes"
    Investigates "investigates"
    Prosecutes "prosecutes"
    Sentenced "sentenced"
    Denies "denies"
    Rejects "rejects"
    Demands "demands"
    Threatens "threatens"
    Protests "protests"
    Sanctions "sanctions"
    Detained "detained"
    Seized "seized"
    Abducted "abducted"
    Targeted "targeted"
    Attacked "attacked"
    Killed "killed"
    Injured "injured"
    Mobilized "mobilized"
    Met "met"
    Agreed "agreed"
    Supports "supports"
    Cooperates "cooperates"
    Aided "aided"
    Released "released"
    Trades "trades"
}

/// Word class of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PredicateClass {
    /// Verbs, and participles used as verbs.
    Verb,
    /// Nouns that name an act.
    Noun,
    /// Adjectives with a complement ("critical of").
    Adjective,
}

/// What the target of a predicate must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Wanted {
    /// A party, or the party behind a thing.
    #[default]
    Party,
    /// A party, a place or a thing.
    Any,
    /// A place or building first, else a party.
    Place,
}

/// One way to a party from a predicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Path {
    /// Subject, agent of a passive, controller.
    Subject,
    /// Object, subject of a passive, noun modified by a participle.
    Object,
    /// Indirect object.
    Indirect,
    /// Subject of the complement clause.
    Clause,
    /// Possessor.
    Possessor,
    /// Modifier before the noun.
    Modifier,
    /// The doer of a nominal predicate, wherever it is named.
    Doer,
    /// The two sides of a mutual act.
    Both,
    /// The phrase after a preposition.
    After(SmolStr),
}

/// Who is source and who is target: alternatives in order of preference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Ways to the source.
    pub source: Vec<Path>,
    /// Ways to the target; empty where none is needed.
    pub target: Vec<Path>,
}

/// A dependent that a predicate needs or must not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// `obj`, `comp` or a preposition.
    pub slot: SmolStr,
    /// Lemmas, any of which will do.
    pub lemmas: Vec<SmolStr>,
}

/// One word in one sense.
#[derive(Debug, Clone)]
pub struct Sense {
    /// Dictionary form.
    pub lemma: SmolStr,
    /// Particle or preposition that must go with it.
    pub particle: Option<SmolStr>,
    /// Dependents that must be there.
    pub needs: Vec<Dependent>,
    /// Number of the group it belongs to, in the lexicon's order.
    pub group: usize,
}

/// What a group of senses shares.
#[derive(Debug, Clone)]
pub struct Group {
    /// The relation told.
    pub relation: Relation,
    /// Word class.
    pub class: PredicateClass,
    /// Ways of naming the parties.
    pub frames: Vec<Frame>,
    /// Dependents that rule the sense out.
    pub unless: Vec<Dependent>,
    /// Status of what the complement tells.
    pub content: Option<Status>,
    /// What the target must be.
    pub target: Wanted,
    /// How often the word means this in news.
    pub weight: f32,
    /// Whether a user added it: where it holds, nothing else is said of the word.
    pub is_added: bool,
    /// Sentence and `source > target` pairs (several joined by `;`) that must come out.
    pub examples: Vec<(String, String)>,
}

/// The lexicon.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    groups: Vec<Group>,
    senses: BTreeMap<(SmolStr, PredicateClass), Vec<Sense>>,
}

/// What can be wrong with a lexicon file.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// The file is no RON of the expected shape.
    #[error("lexicon {file}, line {}: {}; {FORM}", fault.span.start.line, fault.code)]
    Syntax {
        /// Which file.
        file: String,
        /// Where and why.
        fault: Box<ron::error::SpannedError>,
    },
    /// A group says something that has no meaning.
    #[error("lexicon {file}, line {line}: {fault}")]
    Group {
        /// Which file.
        file: String,
        /// The line on which the group begins, from 1.
        line: usize,
        /// What is wrong.
        fault: String,
    },
}

const FORM: &str = "a lexicon is a list of groups such as \
    [(relation: \"attacked\", words: [\"raid\"], pos: verb, roles: [\"subj > obj\"], weight: 0.9)]";

/// A group as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    /// Where the file's name tells none.
    #[serde(default)]
    relation: Option<Relation>,
    words: Vec<String>,
    pos: PredicateClass,
    roles: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    content: Option<Status>,
    #[serde(default)]
    target: Wanted,
    weight: f32,
    #[serde(default)]
    examples: Vec<(String, String)>,
}

impl Lexicon {
    /// The lexicon that comes with the program.
    ///
    /// # Errors
    /// Never with the files as released: a test reads them.
    pub fn standard() -> Result<Self, LexiconError> {
        let mut lexicon = Self::default();
        for (relation, text) in FILES {
            lexicon.read(relation.name(), text, Some(*relation), false)?;
        }
        Ok(lexicon)
    }

    /// Adds a user's own groups, each naming its `relation` unless the file is called by one, like ours
    /// (`attacked.ron`). Where one of them holds, it alone speaks for the word.
    ///
    /// # Errors
    /// If the text is no list of groups; nothing is added then.
    pub fn extend(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        let mut own = self.clone();
        let relation = std::path::Path::new(file).file_stem().and_then(|stem| stem.to_str()?.parse().ok());
        own.read(file, text, relation, true)?;
        *self = own;
        Ok(())
    }

    /// The senses of a lemma in a word class.
    pub fn senses(&self, lemma: &str, class: PredicateClass) -> &[Sense] {
        self.senses.get(&(SmolStr::new(lemma), class)).map_or(&[], Vec::as_slice)
    }

    /// The groups in order.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// How many different predicates (lemma, particle, needed dependents, class) there are.
    pub fn predicate_count(&self) -> usize {
        self.senses.values().map(Vec::len).sum()
    }

    fn read(
        &mut self,
        file: &str,
        text: &str,
        relation: Option<Relation>,
        is_added: bool,
    ) -> Result<(), LexiconError> {
        let options =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let entries: Vec<GroupEntry> = options
            .from_str(text)
            .map_err(|fault| LexiconError::Syntax { file: file.to_owned(), fault: Box::new(fault) })?;
        for (number, entry) in entries.into_iter().enumerate() {
            self.add(entry, relation, is_added).map_err(|fault| LexiconError::Group {
                file: file.to_owned(),
                line: line_of_group(text, number),
                fault,
            })?;
        }
        Ok(())
    }

    fn add(&mut self, entry: GroupEntry, relation: Option<Relation>, is_added: bool) -> Result<(), String> {
        let relation = entry
            .relation
            .or(relation)
            .ok_or("the group names no relation: add, for example, relation: \"accuses\"")?;
        if !(0.0..=1.0).contains(&entry.weight) {
            return Err(format!("weight {} is not between 0 and 1", entry.weight));
        }
        let group = self.groups.len();
        for word in &entry.words {
            let sense = read_word(word, group)?;
            self.senses.entry((sense.lemma.clone(), entry.pos)).or_default().push(sense);
        }
        self.groups.push(Group {
            relation,
            class: entry.pos,
            frames: entry.roles.iter().map(|r| r.parse()).collect::<Result<_, _>>()?,
            unless: entry.unless.iter().map(|d| d.parse()).collect::<Result<_, _>>()?,
            content: entry.content,
            target: entry.target,
            weight: entry.weight,
            is_added,
            examples: entry.examples,
        });
        Ok(())
    }
}

/// The line on which a group begins; 1 where that cannot be told.
fn line_of_group(text: &str, number: usize) -> usize {
    let groups: Vec<&ron::value::RawValue> = ron::from_str(text).unwrap_or_default();
    let Some(group) = groups.get(number) else { return 1 };
    let begin = group.trim().get_ron().as_ptr() as usize - text.as_ptr() as usize;
    1 + text[..begin].matches('\n').count()
}

fn read_word(word: &str, group: usize) -> Result<Sense, String> {
    let mut parts = word.split_whitespace();
    let first = parts.next().ok_or("an empty word")?;
    let (lemma, particle) = match first.split_once('+') {
        Some((lemma, particle)) => (lemma, Some(SmolStr::new(particle))),
        None => (first, None),
    };
    let needs = parts.map(str::parse).collect::<Result<_, _>>()?;
    Ok(Sense { lemma: SmolStr::new(lemma), particle, needs, group })
}

impl FromStr for Dependent {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let (slot, lemmas) = s
            .split_once(':')
            .ok_or_else(|| format!("`{s}`: write a dependent as slot:lemma, such as obj:hostage"))?;
        Ok(Self { slot: SmolStr::new(slot), lemmas: lemmas.split('|').map(SmolStr::new).collect() })
    }
}

impl FromStr for Frame {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let (source, target) = s
            .split_once('>')
            .ok_or_else(|| format!("`{s}`: write roles as source > target, such as subj > obj"))?;
        let side = |text: &str| -> Result<Vec<Path>, String> {
            match text.trim() {
                "-" => Ok(Vec::new()),
                paths => paths.split('|').map(|p| p.trim().parse()).collect(),
            }
        };
        Ok(Self { source: side(source)?, target: side(target)? })
    }
}

impl FromStr for Path {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        Ok(match s {
            "subj" => Self::Subject,
            "obj" => Self::Object,
            "iobj" => Self::Indirect,
            "clause" => Self::Clause,
            "poss" => Self::Possessor,
            "mod" => Self::Modifier,
            "doer" => Self::Doer,
            "both" => Self::Both,
            preposition if !preposition.is_empty() && preposition.chars().all(char::is_lowercase) => {
                Self::After(SmolStr::new(preposition))
            }
            other => {
                return Err(format!(
                    "unknown path `{other}`: write subj, obj, iobj, clause, poss, mod, doer, both or a preposition in small letters"
                ));
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_lexicon_reads() {
        let lexicon = Lexicon::standard().expect("reads");
        assert!(lexicon.senses("accuse", PredicateClass::Verb).len() == 1);
    }

    #[test]
    fn faults_name_the_line() {
        let good = r#"(relation: "met", words: ["meet"], pos: verb, roles: ["both > -"], weight: 1)"#;
        let fault = |group: &str| {
            let mut lexicon = Lexicon::default();
            let text = format!("// mine\n[\n  {good},\n\n  {group},\n]");
            let error = lexicon.extend("own.ron", &text).expect_err("a fault");
            assert_eq!(lexicon.predicate_count(), 0);
            error.to_string()
        };
        for (from, to, told) in [
            ("both > -", "both", "line 5: `both`: write roles as"),
            ("both > -", "Sub > obj", "line 5: unknown path `Sub`"),
            ("weight: 1", "weight: 3", "line 5: weight 3 is not between"),
            ("\"meet\"", "\" \"", "line 5: an empty word"),
            ("relation: \"met\", ", "", "line 5: the group names no relation"),
            ("\"met\"", "\"saw\"", "line 5: unknown relation `saw`"),
            ("roles", "rolls", "line 5: Unexpected field named `rolls`"),
        ] {
            let said = fault(&good.replacen(from, to, 1));
            assert!(said.starts_with(&format!("lexicon own.ron, {told}")), "{said}");
        }
    }

    #[test]
    fn the_name_of_a_file_may_tell_the_relation() {
        let mut lexicon = Lexicon::default();
        let group = r#"[(words: ["zorb"], pos: verb, roles: ["subj > obj"], weight: 1)]"#;
        lexicon.extend("my/attacked.ron", group).expect("reads");
        assert_eq!(lexicon.groups()[0].relation, Relation::Attacked);
    }
}
