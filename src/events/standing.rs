//! How real an act is and who says so, read off what governs its trigger: negation, modals,
//! conditions, governing verbs and nouns, reports and quotations.

use super::grammar::Grammar;
use super::lexicon::{Lexicon, PredicateClass};
use crate::language::{Sentence, Upos};
use crate::ontology::Status;

/// What the sentence says about an act's standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// How real.
    pub status: Status,
    /// Token of the one who says so, where the sentence names one.
    pub claimant: Option<usize>,
    /// Whether the claim is hostile: an accusation, charge or suspicion rather than a plain report.
    pub hostile: bool,
    /// Whether the report is the sentence's own frame ("…, police said").
    pub reported: bool,
}

const REPORTING: &[&str] = &[
    "say",
    "tell",
    "report",
    "announce",
    "state",
    "add",
    "confirm",
    "note",
    "explain",
    "write",
    "tweet",
    "post",
    "reveal",
    "disclose",
    "insist",
    "claim",
    "allege",
    "argue",
    "assert",
    "maintain",
    "believe",
    "think",
    "suggest",
    "acknowledge",
    "admit",
    "declare",
    "describe",
    "indicate",
    "remark",
    "comment",
    "respond",
    "reply",
    "warn",
    "estimate",
    "recall",
    "testify",
    "conclude",
    "find",
    "show",
    "stress",
    "emphasize",
    "emphasise",
    "mention",
    "speak",
    "contend",
    "observe",
    "inform",
    "repeat",
    "reiterate",
    "continue",
    "predict",
    "know",
    "understand",
    "hear",
    "read",
    "quote",
    "cite",
    "call",
];
const DOUBTING: &[&str] = &[
    "claim", "allege", "believe", "suspect", "think", "suggest", "assert", "contend", "insist", "argue",
    "maintain",
];
const DENYING: &[&str] = &["deny", "dispute", "refute", "dismiss", "reject", "disavow"];
const INTENDING: &[&str] = &[
    "plan", "intend", "prepare", "vow", "promise", "pledge", "agree", "decide", "expect", "hope", "aim",
    "schedule", "offer", "want", "set", "seek", "consider", "propose", "threaten", "plot", "conspire",
    "prepare", "commit", "ready", "slate", "mean", "look", "order",
];
const ASKING: &[&str] = &[
    "urge",
    "call",
    "demand",
    "ask",
    "request",
    "appeal",
    "tell",
    "order",
    "press",
    "pressure",
    "encourage",
    "advise",
    "beg",
    "petition",
    "plead",
    "push",
    "implore",
    "recommend",
    "invite",
    "require",
    "lobby",
    "want",
    "warn",
    "allow",
    "authorize",
    "authorise",
    "let",
    "permit",
    "advocate",
    "suggest",
    "propose",
];
const FAILING: &[&str] = &[
    "fail", "refuse", "decline", "refrain", "avoid", "stop", "prevent", "cease", "forbid", "prohibit",
    "foil", "thwart", "avert", "block", "bar",
];
const ALLEGING_NOUNS: &[&str] = &[
    "accusation",
    "allegation",
    "charge",
    "claim",
    "suspicion",
    "suspect",
    "complaint",
    "count",
    "conspiracy",
    "rumour",
    "rumor",
    "speculation",
    "indictment",
    "involvement",
    "role",
    "warrant",
    "suspected",
];
const PLANNING_NOUNS: &[&str] = &[
    "plan",
    "plot",
    "intention",
    "preparation",
    "promise",
    "pledge",
    "proposal",
    "bid",
    "effort",
    "attempt",
    "decision",
    "commitment",
    "vow",
    "willingness",
    "readiness",
];
const ASKING_NOUNS: &[&str] = &[
    "call",
    "demand",
    "request",
    "appeal",
    "order",
    "threat",
    "need",
    "right",
    "possibility",
    "risk",
    "prospect",
    "fear",
    "ability",
    "warning",
    "power",
    "authority",
    "option",
];
const ALLEGING_ADVERBS: &[&str] =
    &["allegedly", "reportedly", "supposedly", "purportedly", "apparently", "presumably"];
const CONDITIONS: &[&str] = &["if", "unless", "whether", "lest", "should"];

/// Reads the standing of the act that `trigger` tells.
pub fn standing(sentence: &Sentence, trigger: usize, lexicon: &Lexicon) -> Standing {
    let grammar = Grammar::new(sentence);
    let mut standing = Standing::default();
    own_signs(&grammar, sentence, trigger, &mut standing);
    let mut below = trigger;
    for above in grammar.ancestors(trigger) {
        governed(&grammar, sentence, below, above, lexicon, &mut standing);
        below = above;
    }
    if standing.claimant.is_none() {
        standing.claimant = according_to(&grammar, sentence);
        standing.reported |= standing.claimant.is_some();
    }
    standing
}

/// Signs on the trigger itself and on the verb it serves.
fn own_signs(grammar: &Grammar<'_>, sentence: &Sentence, trigger: usize, standing: &mut Standing) {
    let served = grammar.served_verb(trigger);
    for word in [Some(trigger), served].into_iter().flatten() {
        for c in sentence.children(word) {
            let t = &sentence.tokens[c];
            let lemma = t.lemma.as_str();
            if t.rel() == "advmod" && matches!(lemma, "not" | "never" | "n't" | "no") {
                set(standing, Status::Negated);
            } else if t.rel() == "advmod" && ALLEGING_ADVERBS.contains(&lemma) {
                set(standing, Status::Alleged);
            } else if t.is(&["amod"]) && matches!(lemma, "alleged" | "suspected" | "supposed" | "purported") {
                set(standing, Status::Alleged);
            } else if t.is(&["amod"])
                && matches!(lemma, "planned" | "upcoming" | "future" | "proposed" | "foiled" | "attempted")
            {
                set(standing, Status::Planned);
            } else if t.is(&["amod"])
                && matches!(lemma, "possible" | "potential" | "further" | "threatened" | "any")
            {
                if lemma != "further" {
                    set(standing, Status::Hypothetical);
                }
            } else if t.rel() == "aux" {
                match lemma {
                    "will" | "shall" => set(standing, Status::Planned),
                    "would" | "could" | "may" | "might" | "should" | "must" | "can" | "ought" | "ca" => {
                        set(standing, Status::Hypothetical);
                    }
                    _ => {}
                }
            } else if t.rel() == "mark" && CONDITIONS.contains(&lemma) {
                set(standing, Status::Hypothetical);
            } else if t.is(&["nsubj", "nsubj:pass", "obj"]) && has_no(sentence, c) {
                set(standing, Status::Negated);
            }
        }
        if has_no(sentence, word) {
            set(standing, Status::Negated);
        }
    }
}

fn has_no(sentence: &Sentence, noun: usize) -> bool {
    matches!(sentence.tokens[noun].lemma.as_str(), "nobody" | "none")
        || sentence
            .children(noun)
            .any(|c| sentence.tokens[c].rel() == "det" && sentence.tokens[c].lemma == "no")
}

/// The first strong sign, from the inside out, decides; a negation inside wins over a report outside.
fn set(standing: &mut Standing, status: Status) {
    if standing.status == Status::Actual {
        standing.status = status;
    }
}

/// What a word above does to what hangs below it.
fn governed(
    grammar: &Grammar<'_>,
    sentence: &Sentence,
    below: usize,
    above: usize,
    lexicon: &Lexicon,
    standing: &mut Standing,
) {
    let link = &sentence.tokens[below];
    let head = &sentence.tokens[above];
    let lemma = head.lemma.as_str();
    let clause = link.is(&["ccomp", "xcomp"]);
    let report = link.is(&["ccomp", "parataxis"]) || (head.rel() == "parataxis" && false);
    let is_infinitive = sentence.child(below, &["mark"]).is_some_and(|m| sentence.tokens[m].lemma == "to");
    if matches!(head.upos, Upos::Verb | Upos::Adj) {
        if (clause || link.is(&["obl", "advcl", "obj"]))
            && is_negated(sentence, above)
            && !REPORTING.contains(&lemma)
            && (clause || link.is(&["obj"]))
        {
            set(standing, Status::Negated);
        }
        if DENYING.contains(&lemma) && (clause || link.is(&["obj"])) {
            set(standing, Status::Denied);
            claim(grammar, above, standing, false);
        }
        if clause && is_infinitive && INTENDING.contains(&lemma) && grammar_object_free(sentence, above) {
            set(standing, Status::Planned);
        } else if (clause || link.is(&["obl", "advcl"]))
            && (is_infinitive || report)
            && ASKING.contains(&lemma)
            && !(lemma == "tell" && !is_infinitive)
            && !(lemma == "warn" && !is_infinitive)
            && !(lemma == "suggest" && report)
        {
            set(standing, Status::Hypothetical);
        } else if clause && is_infinitive && matches!(lemma, "try" | "attempt") {
            set(standing, Status::Planned);
        }
        if (clause || link.is(&["obj", "obl", "advcl"]))
            && FAILING.contains(&lemma)
            && (clause
                || link.is(&["obj"])
                || grammar.preposition(below) == Some("from")
                || sentence.child(below, &["mark"]).is_some_and(|m| sentence.tokens[m].lemma == "from"))
        {
            set(
                standing,
                if matches!(lemma, "foil" | "thwart" | "avert") { Status::Planned } else { Status::Negated },
            );
        }
        if matches!(
            lemma,
            "plan" | "plot" | "propose" | "consider" | "threaten" | "prepare" | "mull" | "announce"
        ) && link.is(&["obj"])
            && !matches!(lemma, "announce")
        {
            set(standing, Status::Planned);
        }
        if report && REPORTING.contains(&lemma) {
            let doubting = DOUBTING.contains(&lemma);
            if standing.claimant.is_none() {
                claim(grammar, above, standing, doubting);
            }
            if doubting {
                set(standing, Status::Alleged);
            }
        }
        // "accused X of plotting", "blamed X for the attack", "suspected of plotting", "charged with killing"
        if link.is(&["obl", "advcl", "ccomp", "xcomp", "obj"])
            && let Some(content) = content_of(sentence, above, lexicon)
            && (link.is(&["ccomp", "xcomp", "advcl"])
                || matches!(grammar.preposition(below), Some("of" | "for" | "with" | "in" | "over" | "on")))
        {
            set(standing, content);
            if standing.claimant.is_none() && content == Status::Alleged {
                claim(grammar, above, standing, true);
            }
        }
        if link.is(&["xcomp", "ccomp"])
            && matches!(
                lemma,
                "suspect" | "allege" | "believe" | "accuse" | "charge" | "report" | "think" | "say"
            )
            && grammar.is_passive(above)
        {
            set(standing, Status::Alleged);
        }
        // modality of the governing clause reaches its open complements and adverbial clauses of purpose
        if link.is(&["xcomp"])
            || (link.rel() == "conj"
                && sentence.tokens[above].upos == Upos::Verb
                && sentence.child(below, &["aux", "nsubj"]).is_none())
        {
            let mut outer = Standing::default();
            own_signs(grammar, sentence, above, &mut outer);
            if outer.status != Status::Actual {
                set(standing, outer.status);
            }
        }
        if link.is(&["advcl"]) && is_infinitive && standing.status == Status::Actual {
            set(standing, Status::Planned);
        }
    } else if matches!(head.upos, Upos::Noun)
        && link.is(&["acl", "nmod", "compound"])
        && !link.deprel.starts_with("acl:relcl")
    {
        let infinitive_or_of = is_infinitive
            || matches!(grammar.preposition(below), Some("of" | "for" | "to" | "against"))
            || link.is(&["acl"]);
        if ALLEGING_NOUNS.contains(&lemma) && infinitive_or_of {
            set(standing, Status::Alleged);
            standing.hostile = true;
        } else if PLANNING_NOUNS.contains(&lemma)
            && (is_infinitive || matches!(grammar.preposition(below), Some("for")))
        {
            set(standing, Status::Planned);
        } else if ASKING_NOUNS.contains(&lemma) && infinitive_or_of {
            set(standing, Status::Hypothetical);
        }
    }
    // "…, police said": the report hangs beside what it reports
    if standing.claimant.is_none()
        && link.is(&["ccomp", "parataxis"])
        && head.upos == Upos::Verb
        && REPORTING.contains(&lemma)
    {
        claim(grammar, above, standing, DOUBTING.contains(&lemma));
    }
    for c in sentence.children(below).chain(sentence.children(above)) {
        let t = &sentence.tokens[c];
        if standing.claimant.is_none()
            && t.is(&["parataxis"])
            && REPORTING.contains(&t.lemma.as_str())
            && t.upos == Upos::Verb
        {
            claim(grammar, c, standing, DOUBTING.contains(&t.lemma.as_str()));
        }
    }
}

fn grammar_object_free(sentence: &Sentence, verb: usize) -> bool {
    sentence.child(verb, &["obj", "iobj"]).is_none()
}

fn is_negated(sentence: &Sentence, word: usize) -> bool {
    sentence.children(word).any(|c| {
        sentence.tokens[c].rel() == "advmod"
            && matches!(sentence.tokens[c].lemma.as_str(), "not" | "never" | "n't")
    })
}

fn claim(grammar: &Grammar<'_>, verb: usize, standing: &mut Standing, hostile: bool) {
    if standing.claimant.is_none() {
        standing.claimant = grammar.subject(verb);
        standing.reported = true;
    }
    standing.hostile |= hostile;
}

/// What the lexicon says of the complement of a verb.
fn content_of(sentence: &Sentence, verb: usize, lexicon: &Lexicon) -> Option<Status> {
    let token = &sentence.tokens[verb];
    lexicon
        .senses(&token.lemma, PredicateClass::Verb)
        .iter()
        .filter(|s| s.particle.is_none() && s.needs.is_empty())
        .find_map(|s| lexicon.groups()[s.group].content)
}

/// "According to X".
fn according_to(grammar: &Grammar<'_>, sentence: &Sentence) -> Option<usize> {
    let marker =
        sentence.tokens.iter().position(|t| t.lemma == "accord" && t.text.to_lowercase() == "according")?;
    let noun = sentence.tokens[marker].head?;
    if sentence.tokens[marker].rel() == "case" {
        return Some(noun);
    }
    grammar.after_own(marker, "to")
}
