//! How real an act is and who says so, read off what stands around and above its trigger:
//! negation, modals, conditions, governing words, reports.
//!
//! Which words govern is data (`data/lexicon/governors.ron`); this file only walks the tree.

use super::governors::{Governor, Governors};
use super::grammar::Grammar;
use super::lexicon::PredicateClass;
use crate::language::{Sentence, Upos};
use crate::ontology::Status;

/// What the sentence says about an act's standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// How real.
    pub status: Status,
    /// Token of the one who says so, where the sentence names one.
    pub claimant: Option<usize>,
    /// Token of the word that reports it.
    pub report: Option<usize>,
    /// Whether it is said against somebody: an accusation, charge or suspicion, not a plain report.
    pub hostile: bool,
    /// Whether the act is told as intended, whoever says so.
    pub intended: bool,
    /// Whether it is promised or offered.
    pub promised: bool,
}

const NEGATIONS: &[&str] = &["not", "never", "n't", "no"];
const ALLEGING: &[&str] = &[
    "allegedly",
    "reportedly",
    "supposedly",
    "purportedly",
    "apparently",
    "presumably",
    "alleged",
    "suspected",
    "supposed",
    "purported",
    "accused",
];
const INTENDED: &[&str] =
    &["planned", "upcoming", "future", "proposed", "foiled", "attempted", "scheduled", "imminent"];
const POSSIBLE: &[&str] = &["possible", "potential", "threatened", "any", "perhaps", "possibly"];
const MODALS: &[&str] = &["would", "could", "may", "might", "should", "must", "can", "ought", "ca"];
/// Nouns that name the doer of a deed done: whatever is wished of killers, they have killed.
const DOERS: &[&str] = &[
    "killer",
    "murderer",
    "assassin",
    "attacker",
    "assailant",
    "bomber",
    "shooter",
    "kidnapper",
    "abductor",
    "captor",
    "supporter",
    "backer",
    "critic",
    "accuser",
];
const CONDITIONS: &[&str] = &["if", "unless", "whether", "lest"];

/// Reads the standing of the act that `trigger` tells.
pub fn standing(sentence: &Sentence, trigger: usize, governors: &Governors) -> Standing {
    let reader = Reader { grammar: Grammar::new(sentence), sentence, governors };
    let mut standing = Standing::default();
    for word in [Some(trigger), reader.grammar.served_verb(trigger)].into_iter().flatten() {
        reader.own_signs(word, &mut standing);
    }
    if DOERS.contains(&sentence.tokens[trigger].lemma.as_str()) {
        return standing;
    }
    let mut below = trigger;
    for above in reader.grammar.ancestors(trigger) {
        reader.governed(below, above, &mut standing);
        reader.reported_beside(below, &mut standing);
        below = above;
    }
    reader.reported_beside(below, &mut standing);
    if standing.claimant.is_none() {
        standing.claimant = reader.according_to();
    }
    standing
}

struct Reader<'a> {
    grammar: Grammar<'a>,
    sentence: &'a Sentence,
    governors: &'a Governors,
}

impl Reader<'_> {
    /// Signs on a word itself: negation, modal, adverb, condition.
    fn own_signs(&self, word: usize, standing: &mut Standing) {
        if self.failed(word) {
            set(standing, Status::Negated);
        }
        for c in self.sentence.children(word) {
            let token = &self.sentence.tokens[c];
            let lemma = token.lemma.as_str();
            let form = token.text.to_lowercase();
            match token.rel() {
                "advmod" | "det" if NEGATIONS.contains(&lemma) => set(standing, Status::Negated),
                "nsubj" | "obj" if self.has_no(c) => set(standing, Status::Negated),
                "advmod" | "amod" if ALLEGING.contains(&form.as_str()) => set(standing, Status::Alleged),
                "amod" if INTENDED.contains(&form.as_str()) => set(standing, Status::Planned),
                "amod" | "advmod" | "det" if POSSIBLE.contains(&lemma) => set(standing, Status::Hypothetical),
                "aux" if matches!(lemma, "will" | "shall") => set(standing, Status::Planned),
                "aux" if MODALS.contains(&lemma) => set(standing, Status::Hypothetical),
                "mark" if CONDITIONS.contains(&lemma) => set(standing, Status::Hypothetical),
                _ => {}
            }
        }
    }

    /// "could not agree": they did not.
    fn failed(&self, word: usize) -> bool {
        let has = |rel: &str, lemmas: &[&str]| {
            self.sentence.children(word).any(|c| {
                let token = &self.sentence.tokens[c];
                token.rel() == rel && lemmas.contains(&token.lemma.as_str())
            })
        };
        has("aux", &["can", "could", "ca"]) && has("advmod", NEGATIONS)
    }

    fn has_no(&self, noun: usize) -> bool {
        matches!(self.sentence.tokens[noun].lemma.as_str(), "nobody" | "none")
            || self
                .sentence
                .children(noun)
                .any(|c| self.sentence.tokens[c].rel() == "det" && self.sentence.tokens[c].lemma == "no")
    }

    /// How `below` hangs under `above`, in the words of `governors.ron`.
    fn links(&self, below: usize) -> Vec<&str> {
        let token = &self.sentence.tokens[below];
        let mark = self.sentence.child(below, &["mark"]).map(|m| self.sentence.tokens[m].lemma.as_str());
        // "agreed to meet" is ahead, "confessed to killing" is not
        let infinitive = mark == Some("to") && !token.text.ends_with("ing");
        let mut links = Vec::new();
        match token.rel() {
            "xcomp" | "ccomp" | "advcl" | "acl" | "obl" if infinitive && token.deprel != "acl:relcl" => {
                links.push("infinitive")
            }
            "ccomp" | "parataxis" => links.push("clause"),
            "acl" if token.deprel != "acl:relcl" && mark == Some("that") => links.push("clause"),
            "xcomp" => links.push("open"),
            "obj" => links.push("object"),
            "nsubj" if token.deprel == "nsubj:pass" => links.push("object"),
            _ => {}
        }
        if matches!(token.rel(), "obl" | "nmod" | "advcl" | "acl") {
            links.extend(self.grammar.preposition(below).or(mark));
        }
        links
    }

    /// What a word above does to what hangs below it.
    fn governed(&self, below: usize, above: usize, standing: &mut Standing) {
        let head = &self.sentence.tokens[above];
        let links = self.links(below);
        let class = match head.upos {
            Upos::Verb => PredicateClass::Verb,
            Upos::Adj => PredicateClass::Adjective,
            Upos::Noun => PredicateClass::Noun,
            _ => return,
        };
        let governs: Vec<&Governor> = self.governors.over(&head.lemma, class, &links).collect();
        for governor in &governs {
            if let Some(status) = governor.gives {
                set(standing, status);
            }
            standing.promised |= governor.promises;
            if governor.claims {
                self.claim(above, governor.hostile, standing);
            }
        }
        let open = links.iter().any(|l| matches!(*l, "infinitive" | "open" | "object"));
        let shared = self.sentence.tokens[below].rel() == "conj"
            && head.upos == Upos::Verb
            && self.sentence.child(below, &["aux", "nsubj"]).is_none();
        if open && !governs.iter().any(|g| g.claims) || shared {
            // the governing verb's own negation and modality reach what it opens
            self.own_signs(above, standing);
        }
        if links.contains(&"infinitive") && self.sentence.tokens[below].rel() == "advcl" && governs.is_empty()
        {
            set(standing, Status::Planned);
        }
    }

    /// A report set beside what it reports: "…, police said".
    fn reported_beside(&self, word: usize, standing: &mut Standing) {
        for c in self.sentence.children(word) {
            let token = &self.sentence.tokens[c];
            if token.is(&["parataxis"]) && token.upos == Upos::Verb && self.governors.is_report(&token.lemma)
            {
                let hostile =
                    self.governors.over(&token.lemma, PredicateClass::Verb, &["clause"]).any(|g| g.hostile);
                self.claim(c, hostile, standing);
            }
        }
    }

    /// The nearest claimant stands.
    fn claim(&self, verb: usize, hostile: bool, standing: &mut Standing) {
        if standing.claimant.is_none() {
            standing.claimant = self.grammar.subject(verb);
            standing.report = Some(verb);
            standing.hostile |= hostile;
        }
    }

    /// "According to X".
    fn according_to(&self) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let marker = tokens.iter().position(|t| t.text.eq_ignore_ascii_case("according"))?;
        if tokens[marker].rel() == "case" {
            tokens[marker].head
        } else {
            self.grammar.after_own(marker, "to")
        }
    }
}

/// The first strong sign, from the inside out, decides: a negation inside wins over a report outside.
/// Only an allegation outside turns an intention inside into an alleged one.
fn set(standing: &mut Standing, status: Status) {
    standing.intended |= status == Status::Planned;
    let alleged_intention = standing.status == Status::Planned && status == Status::Alleged;
    if standing.status == Status::Actual || alleged_intention {
        standing.status = status;
    }
}
