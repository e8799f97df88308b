//! What the language room hands on.

use crate::ontology::{ByteSpan, Relation, Role, Status};
use crate::reading::Document;
use smol_str::SmolStr;
use std::ops::Range;
use std::str::FromStr;

/// A document with its analysis.
#[derive(Debug, Clone)]
pub struct ParsedDocument {
    /// The document.
    pub document: Document,
    /// Its sentences in order; furniture is left out.
    pub sentences: Vec<Sentence>,
}

/// Whether a sentence is a headline or running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Heading {
    /// Running text.
    #[default]
    Body,
    /// The headline or a line set apart without a full stop.
    Headline,
}

/// One sentence. Its tokens form one tree.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// Where it stands.
    pub span: ByteSpan,
    /// Headline or body.
    pub heading: Heading,
    /// Number of the paragraph (block of lines) it stands in, from 0.
    pub paragraph: usize,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Names, not overlapping, in order.
    pub entities: Vec<EntitySpan>,
    /// The model's guesses at event triggers; empty where the engine makes none.
    pub triggers: Vec<TriggerGuess>,
    /// The model's guesses at relations between words, whatever tells them; empty where the engine makes none.
    pub pairs: Vec<PairGuess>,
}

/// One syntactic word (UD): "don't" is two.
#[derive(Debug, Clone)]
pub struct Token {
    /// Where it stands.
    pub span: ByteSpan,
    /// The word as written.
    pub text: SmolStr,
    /// Its dictionary form, in lower case but for proper nouns.
    pub lemma: SmolStr,
    /// Universal part of speech.
    pub upos: Upos,
    /// Index of the head in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// UD relation to the head, with subtype (`nsubj:pass`).
    pub deprel: SmolStr,
    /// Whether white space follows.
    pub space_after: bool,
}

impl Token {
    /// The relation without its subtype: `nsubj` for `nsubj:pass`.
    pub fn rel(&self) -> &str {
        self.deprel.split(':').next().unwrap_or_default()
    }

    /// Whether the relation, with or without subtype, is one of those named.
    pub fn is(&self, rels: &[&str]) -> bool {
        rels.iter().any(|r| *r == self.deprel || *r == self.rel())
    }

    /// Whether the first letter is a capital.
    pub fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// A name in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntitySpan {
    /// Token indexes.
    pub tokens: Range<usize>,
    /// Sort of name.
    pub label: EntityLabel,
}

/// A word the model takes for an event trigger.
#[derive(Debug, Clone, PartialEq)]
pub struct TriggerGuess {
    /// Token index.
    pub token: usize,
    /// The relation it tells.
    pub relation: Relation,
    /// How likely, 0 to 1.
    pub probability: f32,
    /// The status the model reads.
    pub status: Status,
    /// Who fills its roles, most likely first within a role.
    pub roles: Vec<RoleGuess>,
}

/// A word the model takes for the head of a party.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleGuess {
    /// Token index of the party's head word.
    pub token: usize,
    /// The part it plays.
    pub role: Role,
    /// How likely, 0 to 1.
    pub probability: f32,
}

/// Two words the model takes for the heads of parties in a relation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairGuess {
    /// Token index of the doer's head word; `None` where the sentence names no doer.
    pub source: Option<usize>,
    /// Token index of the head word of the one acted upon; `None` where the sentence names none.
    pub target: Option<usize>,
    /// The relation between them.
    pub relation: Relation,
    /// How likely, 0 to 1.
    pub probability: f32,
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $text:literal)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum $name { $($variant,)* }

        impl $name {
            /// Every value, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name used in the treebanks.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|x| x.name() == s)
                    .ok_or_else(|| format!(concat!("unknown ", stringify!($name), " `{}`"), s))
            }
        }
    };
}

names! {
    /// Universal parts of speech.
    Upos {
        Adj "ADJ" Adp "ADP" Adv "ADV" Aux "AUX" Cconj "CCONJ" Det "DET" Intj "INTJ" Noun "NOUN" Num "NUM"
        Part "PART" Pron "PRON" Propn "PROPN" Punct "PUNCT" Sconj "SCONJ" Sym "SYM" Verb "VERB" X "X"
    }
}

names! {
    /// Kinds of name, as in OntoNotes.
    EntityLabel {
        Person "PERSON" Norp "NORP" Org "ORG" Gpe "GPE" Loc "LOC" Fac "FAC" Event "EVENT" Date "DATE" Law "LAW"
        Product "PRODUCT" WorkOfArt "WORK_OF_ART" Language "LANGUAGE" Time "TIME" Percent "PERCENT"
        Money "MONEY" Quantity "QUANTITY" Ordinal "ORDINAL" Cardinal "CARDINAL"
    }
}

impl Sentence {
    /// The dependents of a token, in order.
    pub fn children(&self, head: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.tokens.len()).filter(move |&i| self.tokens[i].head == Some(head))
    }

    /// The first dependent with one of the relations (with or without subtype).
    pub fn child(&self, head: usize, rels: &[&str]) -> Option<usize> {
        self.children(head).find(|&i| self.tokens[i].is(rels))
    }

    /// The root's index.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|t| t.head.is_none())
    }

    /// Whether `token` is `ancestor` or hangs below it.
    pub fn is_below(&self, token: usize, ancestor: usize) -> bool {
        let mut at = Some(token);
        for _ in 0..=self.tokens.len() {
            match at {
                Some(i) if i == ancestor => return true,
                Some(i) => at = self.tokens[i].head,
                None => return false,
            }
        }
        false
    }

    /// The tokens at and below `head`, in order.
    pub fn subtree(&self, head: usize) -> Vec<usize> {
        (0..self.tokens.len()).filter(|&i| self.is_below(i, head)).collect()
    }

    /// The name that holds the token, if any.
    pub fn entity_at(&self, token: usize) -> Option<&EntitySpan> {
        self.entities.iter().find(|e| e.tokens.contains(&token))
    }

    /// The stretch of text that a range of tokens covers.
    pub fn span_of(&self, tokens: Range<usize>) -> ByteSpan {
        ByteSpan::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end)
    }
}
