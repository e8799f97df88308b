//! Grammatical functions read off a dependency tree: who is the subject of this verb, what stands
//! after that preposition, seen through passives, control, relative clauses, participles and
//! coordination.
//!
//! Knows trees; knows nothing of lexicon entries, actors or relations.

use crate::language::{Sentence, Token, Upos};

/// Verbs that lend their subject to an event noun: "launched an attack", "held talks".
const LIGHT_VERBS: &[&str] = &[
    "accept",
    "announce",
    "begin",
    "bring",
    "carry",
    "claim",
    "commit",
    "conclude",
    "conduct",
    "continue",
    "deliver",
    "deny",
    "do",
    "engage",
    "express",
    "extend",
    "face",
    "file",
    "finish",
    "give",
    "grant",
    "have",
    "hold",
    "impose",
    "initiate",
    "issue",
    "join",
    "launch",
    "lead",
    "lodge",
    "make",
    "mount",
    "offer",
    "open",
    "order",
    "organise",
    "organize",
    "pay",
    "perform",
    "place",
    "plan",
    "plot",
    "prepare",
    "present",
    "provide",
    "pursue",
    "put",
    "raise",
    "reach",
    "receive",
    "reiterate",
    "reject",
    "renew",
    "repeat",
    "sign",
    "stage",
    "start",
    "step",
    "strike",
    "supply",
    "suspend",
    "take",
    "threaten",
    "undertake",
    "unleash",
    "voice",
    "wage",
    "win",
    "withdraw",
    "suffer",
    "foil",
    "attempt",
    "seek",
    "send",
    "show",
    "resume",
    "break",
    "enter",
    "participate",
    "attend",
    "play",
    "use",
];

/// Verbs whose subject undergoes the noun under them: "faces charges", "came under attack".
const UNDERGOING_VERBS: &[&str] =
    &["face", "suffer", "receive", "undergo", "sustain", "come", "await", "survive"];

/// A sentence's tree with its functions.
#[derive(Debug, Clone, Copy)]
pub struct Grammar<'a> {
    sentence: &'a Sentence,
}

impl<'a> Grammar<'a> {
    /// The grammar of a sentence.
    pub const fn new(sentence: &'a Sentence) -> Self {
        Self { sentence }
    }

    /// The token at an index.
    pub fn token(&self, i: usize) -> &'a Token {
        &self.sentence.tokens[i]
    }

    /// The head's index.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.sentence.tokens[i].head
    }

    fn lemma(&self, i: usize) -> &'a str {
        self.sentence.tokens[i].lemma.as_str()
    }

    /// Whether the verb is in the passive, or a participle that modifies its own object.
    pub fn is_passive(&self, verb: usize) -> bool {
        let sentence = self.sentence;
        if sentence
            .children(verb)
            .any(|c| sentence.tokens[c].is(&["aux:pass", "nsubj:pass", "obl:agent", "csubj:pass"]))
        {
            return true;
        }
        let token = self.token(verb);
        let participle = is_past_participle(token);
        (token.is(&["acl"]) && token.deprel != "acl:relcl" && participle)
            || (token.is(&["amod"]) && participle)
            || (participle
                && token.rel() == "conj"
                && self.head(verb).is_some_and(|h| self.token(h).upos == Upos::Verb && self.is_passive(h))
                && sentence.child(verb, &["nsubj", "obj"]).is_none())
            || (participle && token.is(&["advcl"]) && sentence.child(verb, &["obj", "mark"]).is_none())
    }

    /// The preposition of a nominal: its `case` dependents joined ("because of" → "of").
    pub fn preposition(&self, nominal: usize) -> Option<&'a str> {
        let sentence = self.sentence;
        let case = sentence.children(nominal).rfind(|&c| {
            c < nominal && sentence.tokens[c].rel() == "case" && sentence.tokens[c].upos != Upos::Part
        })?;
        let last = sentence.children(case).rfind(|&c| sentence.tokens[c].rel() == "fixed").unwrap_or(case);
        Some(self.lemma(last))
    }

    /// The token itself and everything coordinated with it.
    pub fn coordinated(&self, first: usize) -> Vec<usize> {
        let mut all = vec![first];
        all.extend(
            self.sentence
                .children(first)
                .filter(|&c| self.token(c).rel() == "conj" && self.token(c).upos != Upos::Verb),
        );
        all
    }

    /// The first member of the coordination a token belongs to.
    pub fn first_conjunct(&self, mut token: usize) -> usize {
        for _ in 0..self.sentence.tokens.len() {
            match self.head(token) {
                Some(head) if self.token(token).rel() == "conj" => token = head,
                _ => break,
            }
        }
        token
    }

    /// The doer of a verb: subject of the active, agent of the passive, or the subject understood.
    pub fn subject(&self, verb: usize) -> Option<usize> {
        if self.is_passive(verb) { self.agent(verb) } else { self.active_subject(verb, 0) }
    }

    /// The one a verb is done to.
    pub fn object(&self, verb: usize) -> Option<usize> {
        let sentence = self.sentence;
        if !self.is_passive(verb) {
            let own = sentence.child(verb, &["obj"]);
            return own.or_else(|| self.relative_gap(verb)).or_else(|| self.shared_object(verb));
        }
        let token = self.token(verb);
        if let Some(subject) = sentence.child(verb, &["nsubj:pass", "nsubj"]) {
            return Some(self.antecedent_of(subject).unwrap_or(subject));
        }
        if token.is(&["acl", "amod"]) {
            return token.head;
        }
        let head = token.head?;
        match token.rel() {
            "conj" => self.object(head),
            "xcomp" | "ccomp" => self.controller(head),
            "advcl" => self.surface_subject(head, 1),
            _ => None,
        }
    }

    /// The phrase after a preposition under `head`; for a noun also under the verb it serves.
    pub fn after(&self, head: usize, preposition: &str) -> Option<usize> {
        let sentence = self.sentence;
        let own = |of: usize| {
            sentence.children(of).find(|&c| {
                self.token(c).is(&["obl", "nmod", "advcl", "acl"])
                    && (self.preposition(c) == Some(preposition) || self.marker(c) == Some(preposition))
            })
        };
        let stranded = |of: usize| {
            sentence
                .children(of)
                .find(|&c| self.token(c).is(&["obl", "advmod", "compound"]) && self.lemma(c) == preposition)
        };
        own(head)
            .or_else(|| {
                let serving = self.served_verb(head)?;
                own(serving).filter(|&c| c > head || self.token(c).rel() == "obl")
            })
            .or_else(|| stranded(head).and_then(|_| sentence.child(head, &["obj"])))
            .or_else(|| {
                (self.token(head).rel() == "conj").then(|| self.head(head)).flatten().and_then(|h| {
                    (sentence.child(head, &["obj", "obl", "nmod"]).is_none()
                        && self.token(h).upos == self.token(head).upos)
                        .then(|| own(h).filter(|&c| c > head))
                        .flatten()
                })
            })
    }

    fn marker(&self, clause: usize) -> Option<&'a str> {
        self.sentence.child(clause, &["mark"]).map(|m| self.lemma(m))
    }

    /// The subject of the complement clause; for a clause without verb ("X is a terrorist") that of the predicate.
    pub fn clause_subject(&self, verb: usize) -> Option<usize> {
        let clause = self.sentence.child(verb, &["ccomp"]).or_else(|| {
            // a quotation or report set beside the verb: "…, police said"
            let head = self.head(verb)?;
            self.token(verb).is(&["parataxis"]).then_some(head)
        })?;
        self.surface_subject(clause, 0)
    }

    /// The clause that says what a verb or noun is about: "refused to [go]", "vow that they would [go]", "for
    /// [going]".
    pub fn content(&self, predicate: usize) -> Option<usize> {
        let sentence = self.sentence;
        sentence.child(predicate, &["xcomp", "ccomp"]).or_else(|| {
            sentence.children(predicate).find(|&c| {
                self.token(c).is(&["advcl", "acl"])
                    && self.token(c).deprel != "acl:relcl"
                    && matches!(
                        self.marker(c),
                        Some("to" | "of" | "for" | "from" | "that" | "over" | "about")
                    )
            })
        })
    }

    /// The phrases after prepositions under a verb that may name a party, in order.
    pub fn oblique(&self, verb: usize) -> impl Iterator<Item = usize> + '_ {
        self.sentence.children(verb).filter(move |&c| {
            self.token(c).rel() == "obl"
                && matches!(
                    self.preposition(c),
                    Some("against" | "on" | "at" | "to" | "with" | "for" | "from" | "into" | "in" | "of")
                )
        })
    }

    /// The possessor of a noun.
    pub fn possessor(&self, noun: usize) -> Option<usize> {
        self.sentence.child(noun, &["nmod:poss"])
    }

    /// Names and nationality words before a noun.
    pub fn modifiers(&self, noun: usize) -> impl Iterator<Item = usize> + '_ {
        self.sentence
            .children(noun)
            .filter(move |&c| {
                c < noun
                    && self.token(c).is(&[
                        "amod",
                        "compound",
                        "nmod",
                        "nmod:desc",
                        "nmod:unmarked",
                        "obl:unmarked",
                    ])
            })
            .filter(move |&c| self.preposition(c).is_none())
    }

    /// The verb whose object or complement this noun is, when the verb only carries the noun.
    pub fn served_verb(&self, noun: usize) -> Option<usize> {
        let noun = self.first_conjunct(noun);
        let token = self.token(noun);
        let head = token.head?;
        let verb = self.token(head);
        let carried = token.is(&["obj"])
            || (token.is(&["nsubj:pass"]))
            || (token.is(&["obl"])
                && self
                    .preposition(noun)
                    .is_some_and(|p| matches!(p, "in" | "under" | "into" | "out" | "with" | "to")));
        (carried && verb.upos == Upos::Verb && LIGHT_VERBS.contains(&verb.lemma.as_str())
            || (carried && UNDERGOING_VERBS.contains(&verb.lemma.as_str())))
        .then_some(head)
        .or_else(|| {
            // "talks were held", "an attack launched by": participle under the noun
            self.sentence.children(noun).find(|&c| {
                self.token(c).is(&["acl"]) && LIGHT_VERBS.contains(&self.lemma(c)) && self.is_passive(c)
            })
        })
    }

    /// Whether the subject of the verb that carries a noun undergoes what the noun tells.
    pub fn is_undergoing(&self, verb: usize) -> bool {
        UNDERGOING_VERBS.contains(&self.lemma(verb))
    }

    /// The agent named by a by-phrase.
    pub fn agent(&self, verb: usize) -> Option<usize> {
        let sentence = self.sentence;
        sentence
            .child(verb, &["obl:agent"])
            .or_else(|| {
                sentence
                    .children(verb)
                    .find(|&c| self.token(c).rel() == "obl" && self.preposition(c) == Some("by"))
            })
            .or_else(|| {
                let head = self.head(verb)?;
                (self.token(verb).rel() == "conj" && self.is_passive(head))
                    .then(|| self.agent(head))
                    .flatten()
            })
    }

    /// The subject as it stands or is understood, whatever the voice.
    pub fn surface_subject(&self, verb: usize, depth: usize) -> Option<usize> {
        if let Some(subject) = self.sentence.child(verb, &["nsubj", "nsubj:pass", "nsubj:outer"]) {
            return Some(self.antecedent_of(subject).unwrap_or(subject));
        }
        self.understood_subject(verb, depth)
    }

    fn active_subject(&self, verb: usize, depth: usize) -> Option<usize> {
        if let Some(subject) = self.sentence.child(verb, &["nsubj", "nsubj:outer"]) {
            return Some(self.antecedent_of(subject).unwrap_or(subject));
        }
        self.understood_subject(verb, depth)
    }

    fn understood_subject(&self, verb: usize, depth: usize) -> Option<usize> {
        if depth > 6 {
            return None;
        }
        let token = self.token(verb);
        let head = token.head?;
        match token.rel() {
            "conj"
                if self.token(head).upos == Upos::Verb
                    || self.sentence.child(head, &["nsubj", "cop"]).is_some() =>
            {
                self.surface_subject(head, depth + 1)
            }
            "xcomp" => self.controller(head),
            "ccomp" if self.sentence.child(verb, &["mark"]).is_some_and(|m| self.lemma(m) == "to") => {
                self.controller(head)
            }
            "advcl" | "parataxis" | "dep" => {
                // "for helping": after a verb that acts on its object, the object is the doer
                let marked = self.marker(verb).or_else(|| self.preposition(verb));
                match marked {
                    Some("for" | "of" | "from" | "with") if self.object(head).is_some() => self.object(head),
                    _ => self.surface_subject(head, depth + 1),
                }
            }
            "acl" if !is_past_participle(token) => {
                if self.sentence.child(verb, &["mark"]).is_some_and(|m| self.lemma(m) == "to") {
                    // "a plot to bomb": the plotter; "the man to lead": the man
                    self.noun_doer(head).or(Some(head))
                } else {
                    let marked = self.marker(verb).or_else(|| self.preposition(verb));
                    if marked.is_some() { self.noun_doer(head) } else { Some(head) }
                }
            }
            _ => None,
        }
    }

    /// Who controls an open complement: the object of the governing verb, else its subject.
    fn controller(&self, governor: usize) -> Option<usize> {
        let sentence = self.sentence;
        if self.is_passive(governor) {
            return self.object(governor);
        }
        sentence
            .child(governor, &["obj", "iobj"])
            .or_else(|| {
                sentence.children(governor).find(|&c| {
                    self.token(c).rel() == "obl"
                        && matches!(self.preposition(c), Some("on" | "for" | "to" | "upon"))
                        && matches!(self.lemma(governor), "call" | "appeal" | "wait" | "push" | "plead")
                })
            })
            .or_else(|| self.surface_subject(governor, 1))
    }

    /// The doer of a nominal predicate: by-phrase, possessor, modifier, or the subject of the verb it serves.
    pub fn noun_doer(&self, noun: usize) -> Option<usize> {
        self.after_own(noun, "by")
            .or_else(|| self.possessor(noun))
            .or_else(|| {
                let verb = self.served_verb(noun)?;
                (!self.is_undergoing(verb)).then(|| self.subject(verb)).flatten()
            })
            .or_else(|| self.after_own(noun, "from"))
    }

    /// The phrase after a preposition directly under a word.
    pub fn after_own(&self, head: usize, preposition: &str) -> Option<usize> {
        self.sentence
            .children(head)
            .find(|&c| self.token(c).is(&["nmod", "obl"]) && self.preposition(c) == Some(preposition))
    }

    /// The noun a relative pronoun stands for.
    pub fn antecedent_of(&self, pronoun: usize) -> Option<usize> {
        let token = self.token(pronoun);
        if !matches!(token.lemma.as_str(), "who" | "which" | "that" | "whom" | "whose")
            || token.upos != Upos::Pron
        {
            return None;
        }
        let mut at = token.head?;
        for _ in 0..self.sentence.tokens.len() {
            let t = self.token(at);
            if t.deprel == "acl:relcl" {
                return t.head;
            }
            at = t.head?;
        }
        None
    }

    /// The antecedent of a relative clause whose object gap is this verb's ("the man police arrested").
    fn relative_gap(&self, verb: usize) -> Option<usize> {
        let token = self.token(verb);
        if token.deprel != "acl:relcl" {
            return None;
        }
        let subject = self.sentence.child(verb, &["nsubj"])?;
        (self.antecedent_of(subject).is_none()).then_some(token.head).flatten()
    }

    /// The object shared by coordinated verbs ("arrested and charged a man").
    fn shared_object(&self, verb: usize) -> Option<usize> {
        let sentence = self.sentence;
        sentence
            .children(verb)
            .filter(|&c| self.token(c).rel() == "conj" && self.token(c).upos == Upos::Verb)
            .find(|&c| sentence.child(c, &["nsubj"]).is_none() && !self.has_complement(verb))
            .and_then(|c| {
                // only when nothing stands between the verbs but a conjunction
                (verb + 1..c)
                    .all(|k| self.token(k).is(&["cc", "advmod", "punct"]))
                    .then(|| sentence.child(c, &["obj"]))
                    .flatten()
            })
    }

    fn has_complement(&self, verb: usize) -> bool {
        self.sentence.child(verb, &["ccomp", "xcomp", "obl"]).is_some()
    }

    /// The verb and its coordinated verbs' governors upward: every token above this one, nearest first.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = self.head(token);
        let mut left = self.sentence.tokens.len();
        std::iter::from_fn(move || {
            let here = at?;
            left = left.checked_sub(1)?;
            at = self.head(here);
            Some(here)
        })
    }
}

/// Whether a word looks like a past participle (the tag set does not tell).
pub fn is_past_participle(token: &Token) -> bool {
    const IRREGULAR: &[&str] = &[
        "shot",
        "held",
        "taken",
        "struck",
        "hit",
        "beaten",
        "driven",
        "seen",
        "known",
        "led",
        "sent",
        "told",
        "made",
        "brought",
        "caught",
        "found",
        "given",
        "written",
        "overthrown",
        "stolen",
        "slain",
        "sunk",
        "put",
        "set",
        "cut",
        "met",
        "sought",
        "left",
        "kept",
        "built",
        "run",
        "sworn",
        "thrown",
        "blown",
        "drawn",
        "forbidden",
        "frozen",
        "hidden",
        "broken",
        "chosen",
        "fought",
        "hanged",
        "hung",
        "laid",
        "lost",
        "paid",
        "sold",
        "said",
        "torn",
        "won",
    ];
    let word = token.text.to_lowercase();
    token.upos != Upos::Noun && (word.ends_with("ed") || IRREGULAR.contains(&word.as_str()))
}
