//! A token in, the mention that it heads out: extent, number, sex, titles, modifiers, owners.

use super::draft::{Determiner, Draft, Pronoun, head_of, relative_to};
use super::entry::Gender;
use super::gazetteer::Gazetteer;
use super::head_nouns::{HeadNoun, Office};
use super::names::{Name, is_calendar};
use super::tree::Tree;
use super::{EntityKind, MentionForm};
use crate::language::{EntityLabel, Upos};
use crate::ontology::ActorKind;
use smol_str::SmolStr;
use std::ops::Range;

/// Reads the phrases of one sentence.
pub(super) struct Reader<'a> {
    pub(super) sentence: usize,
    pub(super) tree: &'a Tree<'a>,
    pub(super) names: &'a [Name],
    pub(super) gazetteer: &'a Gazetteer,
}

impl Reader<'_> {
    /// The mention that a token heads, if any.
    pub(super) fn draft(&self, at: usize) -> Option<Draft> {
        let token = self.tree.token(at);
        if token.upos == Upos::Pron {
            return self.pronoun(at);
        }
        let name = self.name_at(at);
        let outward = !token.is(&[
            "compound",
            "flat",
            "fixed",
            "amod",
            "det",
            "nummod",
            "advmod",
            "case",
            "punct",
            "goeswith",
            "aux",
            "mark",
            "cc",
            "discourse",
            "expl",
        ]) && !token.is(&["nmod:desc"]);
        let heads = match token.upos {
            Upos::Noun | Upos::Propn | Upos::X | Upos::Sym => outward,
            Upos::Num | Upos::Adj | Upos::Det => outward && self.stands_for_people(at),
            _ => name.is_some() && outward,
        };
        if !heads || self.is_time(at) || self.modifies(at) || self.is_condition(at) {
            return None;
        }
        Some(self.phrase(at))
    }

    /// Whether the token is coordinated with a modifier: "trade and industry commissioner".
    pub(super) fn modifies(&self, at: usize) -> bool {
        self.tree
            .conjoined_with(at)
            .is_some_and(|first| self.tree.token(first).is(&["compound", "amod"]) || self.modifies(first))
    }

    /// "in government", "taken to court": where somebody is or is brought, not a party.
    fn is_condition(&self, at: usize) -> bool {
        let (tree, token) = (self.tree, self.tree.token(at));
        matches!(
            token.text.as_str(),
            "government"
                | "office"
                | "opposition"
                | "court"
                | "parliament"
                | "school"
                | "church"
                | "university"
        ) && matches!(tree.case(at), Some("in" | "into" | "at" | "from" | "to"))
            && tree.child(at, &["det", "nmod:poss", "amod", "compound", "nmod", "flat"]).is_none()
    }

    fn name_at(&self, at: usize) -> Option<usize> {
        self.names.iter().position(|name| name.tokens.contains(&at))
    }

    /// "the wounded", "two were killed", "others".
    fn stands_for_people(&self, at: usize) -> bool {
        let token = self.tree.token(at);
        match token.upos {
            Upos::Adj => {
                const PEOPLE: [&str; 22] = [
                    "dead",
                    "injured",
                    "wounded",
                    "poor",
                    "rich",
                    "homeless",
                    "unemployed",
                    "elderly",
                    "accused",
                    "deceased",
                    "young",
                    "old",
                    "sick",
                    "disabled",
                    "faithful",
                    "missing",
                    "arrested",
                    "convicted",
                    "detained",
                    "displaced",
                    "guilty",
                    "other",
                ];
                let people = PEOPLE.contains(&token.lemma.as_str())
                    || self.name_at(at).is_some()
                    || token.text.ends_with("-old");
                people
                    && self.tree.child(at, &["det"]).is_some()
                    && token.is(&["nsubj", "obj", "obl", "nmod", "conj", "iobj"])
            }
            Upos::Num => {
                token.is(&["nsubj", "obj", "conj", "iobj", "obl:agent"])
                    && !token.text.contains(['.', ',', ':', '%'])
                    && self.tree.child(at, &["case"]).is_none_or(|case| self.tree.lemma(case) == "by")
            }
            _ => {
                !matches!(token.lemma.as_str(), "the" | "a" | "an" | "no" | "any" | "which" | "what")
                    && token.is(&["nsubj", "obj", "iobj"])
                    && !matches!(token.lemma.as_str(), "this" | "that" | "these")
            }
        }
    }

    fn is_time(&self, at: usize) -> bool {
        const TIMES: [&str; 27] = [
            "day",
            "week",
            "month",
            "year",
            "hour",
            "minute",
            "second",
            "morning",
            "afternoon",
            "evening",
            "night",
            "today",
            "yesterday",
            "tomorrow",
            "weekend",
            "decade",
            "century",
            "time",
            "moment",
            "date",
            "period",
            "midnight",
            "noon",
            "tonight",
            "season",
            "spring",
            "autumn",
        ];
        let token = self.tree.token(at);
        let labelled = self.tree.sentence.entity_at(at).is_some_and(|span| {
            use EntityLabel::{Date, Language, Money, Ordinal, Percent, Quantity, Time};
            matches!(span.label, Date | Time | Money | Percent | Quantity | Ordinal | Language)
        });
        // "a 12-year-old" may be marked as a date.
        let aged = token.text.ends_with("old") || token.lemma.ends_with("old");
        labelled && !aged && token.upos != Upos::Pron
            || TIMES.contains(&token.lemma.as_str())
            || is_calendar(&token.lemma) && token.upos == Upos::Propn && self.name_at(at).is_none()
    }

    fn phrase(&self, at: usize) -> Draft {
        let tree = self.tree;
        let name = self.name_of(at);
        let form = if name.is_some() { MentionForm::Named } else { MentionForm::Nominal };
        let mut draft = Draft::new(self.sentence, at, form);
        draft.name = name;
        draft.tokens = self.trimmed(self.extent(at, name), at);
        let name_tokens = name.map(|index| self.names[index].tokens.clone());
        let inside = |t: usize| name_tokens.as_ref().is_some_and(|tokens| tokens.contains(&t));
        if name.is_none() {
            self.read_noun(&mut draft, at);
        }
        let before = draft.tokens.start
            ..name_tokens.as_ref().map_or(at, |tokens| tokens.start.max(draft.tokens.start));
        for t in before {
            self.read_modifier(&mut draft, t, name.is_some());
        }
        self.read_determiner(&mut draft, at);
        self.read_owners(&mut draft, at);
        if let Some(title) =
            tree.children(at).find(|&t| t < at && tree.token(t).deprel == "nmod:desc" && !inside(t))
        {
            self.read_owners(&mut draft, title);
        }
        self.read_age(&mut draft, at);
        draft
    }

    /// The name that the phrase is about: its head's, or that of a person introduced by the head as a title.
    fn name_of(&self, at: usize) -> Option<usize> {
        let tree = self.tree;
        if let Some(own) = self.name_at(at) {
            return Some(own);
        }
        let noun = self.noun(at)?;
        if !matches!(noun.kind, EntityKind::Actor(_)) {
            return None;
        }
        // "Ambassador to Germany Richard Example", the name taken for a part of the complement.
        let complements = tree.children(at).filter(|&child| child > at && tree.token(child).rel() == "nmod");
        let under = complements.filter_map(|child| tree.child(child, &["flat"]).filter(|&t| t > child));
        tree.children(at).filter(|&child| child > at).chain(under).find_map(|child| {
            let token = tree.token(child);
            let index = self.name_at(child)?;
            let tokens = &self.names[index].tokens;
            let person = self.names[index].label == Some(EntityLabel::Person);
            let close = tokens.start == at + 1
                || (at + 1..tokens.start).all(|t| tree.token(t).upos != Upos::Punct && tree.outward(t) != t);
            let title = token.is(&["flat", "appos", "compound"]);
            // "Mayor of London Sadiq Khan": a complement may stand between.
            let comma = (at + 1..tokens.start).any(|t| tree.token(t).text == ",");
            let after_of = !comma && tree.child(child, &["case"]).is_none() && tokens.start - at < 8;
            // "President of Ruritania Ann Example", the name taken for the head of the complement.
            let body =
                self.names.iter().any(|name| name.tokens.start > at && name.tokens.end == tokens.start);
            (title && close || person && (after_of || body && !comma)).then_some(index)
        })
    }

    fn noun(&self, at: usize) -> Option<HeadNoun> {
        let token = self.tree.token(at);
        let lemma = token.lemma.to_lowercase();
        let lemma = lemma.rsplit(['-']).next().filter(|l| *l == "old").map_or(lemma.as_str(), |_| "year-old");
        self.gazetteer.nouns().get(&token.text.to_lowercase(), lemma)
    }

    fn read_noun(&self, draft: &mut Draft, at: usize) {
        let token = self.tree.token(at);
        draft.lemma = lower(&token.lemma);
        draft.noun = self.noun(at);
        draft.plural = is_plural(&token.text, &token.lemma);
        if matches!(token.upos, Upos::Num | Upos::Adj | Upos::Det) && draft.noun.is_none() {
            draft.plural = !matches!(draft.lemma.as_str(), "one" | "1" | "each" | "another");
            draft.noun = Some(HeadNoun {
                kind: EntityKind::Actor(if draft.plural { ActorKind::People } else { ActorKind::Person }),
                gender: Gender::Either,
                office: Office::None,
            });
        }
        // A state of emergency is no state.
        let condition = draft.lemma == "state"
            && self
                .tree
                .children(at)
                .any(|t| self.tree.case(t) == Some("of") && self.tree.token(t).upos == Upos::Noun);
        if condition {
            draft.noun = None;
        }
        if let Some(kind) = self.counted(draft, at) {
            draft.noun = kind;
        }
        if let Some(noun) = draft.noun {
            draft.gender = noun.gender;
            draft.office = noun.office;
            draft.office_at = at;
            let collective = matches!(noun.kind, EntityKind::Actor(ActorKind::People))
                || matches!(draft.lemma.as_str(), "police" | "troops" | "forces" | "authorities");
            draft.plural |= collective;
        }
    }

    /// What "dozens of X", "one of the X", "a group of X" speak of: some X.
    fn counted(&self, draft: &Draft, at: usize) -> Option<Option<HeadNoun>> {
        const COUNTS: [&str; 34] = [
            "hundred",
            "hundreds",
            "thousand",
            "thousands",
            "million",
            "millions",
            "dozen",
            "dozens",
            "couple",
            "pair",
            "number",
            "majority",
            "minority",
            "group",
            "score",
            "scores",
            "some",
            "many",
            "most",
            "all",
            "each",
            "both",
            "several",
            "few",
            "one",
            "two",
            "three",
            "four",
            "five",
            "ten",
            "half",
            "crowd",
            "rest",
            "series",
        ];
        let number = self.tree.token(at).upos == Upos::Num;
        if !number && !COUNTS.contains(&draft.lemma.as_str()) {
            return None;
        }
        let of = self.tree.children(at).find(|&t| {
            t > at
                && self.tree.token(t).rel() == "nmod"
                && self.tree.child(t, &["case"]).is_some_and(|c| self.tree.lemma(c) == "of")
        })?;
        if self.name_at(of).is_some() || self.tree.token(of).upos == Upos::Pron {
            return None;
        }
        let Some(noun) = self.noun(of) else { return Some(None) };
        let kind = match noun.kind {
            EntityKind::Actor(ActorKind::Person)
                if draft.plural || draft.lemma == "group" || draft.lemma == "number" =>
            {
                EntityKind::Actor(ActorKind::People)
            }
            kind => kind,
        };
        Some(Some(HeadNoun { kind, gender: noun.gender, office: Office::None }))
    }

    fn read_modifier(&self, draft: &mut Draft, t: usize, named: bool) {
        let token = self.tree.token(t);
        if matches!(token.upos, Upos::Punct | Upos::Det | Upos::Part | Upos::Adp | Upos::Cconj | Upos::Pron) {
            return;
        }
        if let Some(index) = self.name_at(t) {
            if draft.name != Some(index) {
                let head = head_of(self.tree, &self.names[index].tokens);
                if !draft.owners.contains(&head) {
                    draft.owners.push(head);
                }
            }
            return;
        }
        let lemma = lower(&token.lemma);
        if matches!(
            lemma.as_str(),
            "former"
                | "ex"
                | "ex-"
                | "late"
                | "then"
                | "deputy"
                | "vice"
                | "assistant"
                | "acting-"
                | "outgoing-"
        ) || lemma.starts_with("ex-")
            || lemma.starts_with("then-")
        {
            draft.lesser = true;
        }
        if named {
            // The last noun before the name is its title.
            if let Some(noun) = self.noun(t).filter(|_| token.upos != Upos::Adj) {
                draft.noun = Some(noun);
                draft.lemma = lemma.clone();
                if noun.gender != Gender::Either {
                    draft.gender = noun.gender;
                }
                if noun.office >= draft.office {
                    draft.office = noun.office;
                    draft.office_at = t;
                }
            }
        }
        draft.modifiers.push(lemma);
    }

    fn read_determiner(&self, draft: &mut Draft, at: usize) {
        let tree = self.tree;
        for t in draft.tokens.start..at.max(draft.tokens.start) {
            let token = tree.token(t);
            if token.is(&["nmod:poss"])
                && tree.token(t).head.is_some_and(|h| h == at || draft.tokens.contains(&h))
            {
                draft.determiner = Determiner::Possessive;
            }
        }
        let found = draft.tokens.clone().find_map(|t| {
            let token = tree.token(t);
            let outer = token.head == Some(at)
                || token.head.is_some_and(|h| tree.token(h).deprel == "nmod:desc" || h + 1 == at);
            if !(token.rel() == "det" && outer) {
                return None;
            }
            Some(match token.lemma.to_lowercase().as_str() {
                "the" => Determiner::Definite,
                "this" | "that" | "these" | "those" => Determiner::Demonstrative,
                "another" => Determiner::Other,
                "no" | "any" | "every" | "each" | "neither" | "either" => Determiner::Quantified,
                _ => Determiner::Indefinite,
            })
        });
        if let Some(found) = found {
            draft.determiner = found;
        }
        if draft.modifiers.iter().any(|m| {
            matches!(
                m.as_str(),
                "other" | "another" | "second" | "third" | "further" | "different" | "additional"
            )
        }) || matches!(draft.lemma.as_str(), "other" | "others" | "another")
        {
            draft.determiner = Determiner::Other;
        }
        let counted = tree.children(at).any(|t| tree.token(t).rel() == "nummod" && t < at);
        if counted && draft.determiner == Determiner::Bare {
            draft.determiner = Determiner::Indefinite;
        }
    }

    /// Possessors and complements with "of", "for" or "from" that tell whose it is.
    fn read_owners(&self, draft: &mut Draft, at: usize) {
        let tree = self.tree;
        for child in tree.children(at) {
            let token = tree.token(child);
            let owner = match token.rel() {
                "nmod" if token.deprel == "nmod:poss" => true,
                "nmod" if token.deprel != "nmod:desc" => {
                    matches!(tree.case(child), Some("of" | "for" | "from" | "in" | "with" | "at"))
                }
                _ => false,
            };
            if owner && !draft.owners.contains(&child) {
                draft.owners.push(child);
            }
        }
    }

    fn read_age(&self, draft: &mut Draft, at: usize) {
        let tree = self.tree;
        let old = |t: usize| {
            let text = tree.token(t).text.to_lowercase();
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            if text.ends_with("-old") && !digits.is_empty() {
                return digits.parse().ok();
            }
            // "19", "-", "year", "-", "old".
            let number = |u: usize| tree.token(u).text.parse::<u32>().ok();
            (text == "old" && t >= 4).then(|| (t - 4..t).find_map(number)).flatten()
        };
        draft.age = draft.tokens.clone().find_map(old).or_else(|| {
            let number = tree.children(at).find(|&t| {
                t > at && tree.token(t).is(&["appos", "nummod"]) && tree.token(t).upos == Upos::Num
            })?;
            tree.token(number).text.parse().ok().filter(|age| (1..=110).contains(age))
        });
        if draft.lemma.ends_with("old") && draft.age.is_some() && draft.form == MentionForm::Nominal {
            draft.lemma = SmolStr::new_static("year-old");
            draft.noun = self.gazetteer.nouns().get("year-old", "year-old");
            draft.plural = false;
        }
    }

    /// The range without punctuation at its ends.
    fn trimmed(&self, mut tokens: Range<usize>, at: usize) -> Range<usize> {
        let mark = |t: usize| !self.tree.token(t).text.contains(char::is_alphanumeric);
        let joint = |t: usize| {
            const DEGREES: [&str; 14] = [
                "about",
                "around",
                "nearly",
                "almost",
                "over",
                "more",
                "less",
                "most",
                "least",
                "approximately",
                "roughly",
                "some",
                "up",
                "under",
            ];
            let adverb = self.tree.token(t).upos == Upos::Adv && !DEGREES.contains(&self.tree.lemma(t));
            adverb
                || matches!(self.tree.token(t).upos, Upos::Cconj | Upos::Sconj | Upos::Aux)
                || self.tree.token(t).rel() == "case"
                    && !matches!(self.tree.lemma(t), "at" | "over" | "under" | "up")
        };
        while tokens.start < at && (mark(tokens.start) || joint(tokens.start)) {
            tokens.start += 1;
        }
        while tokens.end > at + 1 && mark(tokens.end - 1) {
            tokens.end -= 1;
        }
        tokens
    }

    /// The phrase without relative clauses and long complements.
    fn extent(&self, at: usize, name: Option<usize>) -> Range<usize> {
        let tree = self.tree;
        let (mut start, mut end) = (at, at + 1);
        let cover = |range: &Range<usize>, start: &mut usize, end: &mut usize| {
            *start = (*start).min(range.start);
            *end = (*end).max(range.end);
        };
        if let Some(index) = name {
            cover(&self.names[index].tokens, &mut start, &mut end);
        }
        for child in tree.children(at) {
            let token = tree.token(child);
            if child < at {
                let part = token.is(&["det", "amod", "compound", "nummod", "flat", "goeswith"])
                    || token.is(&["nmod:poss", "nmod:desc"]);
                // "yesterday, officials": a comma parts all but adjectives.
                let apart = !token.is(&["amod", "nummod", "nmod:desc"])
                    && (child..at).any(|t| tree.token(t).text == "," && tree.token(t).head != Some(child));
                if part && !apart {
                    let low = tree.reach(child, 6).0;
                    if at - low <= 18 {
                        start = start.min(low);
                    }
                }
            } else if token.is(&["flat", "fixed", "compound", "goeswith"])
                && token.deprel != "compound:prt"
                && child <= end + 1
            {
                end = end.max(tree.reach(child, 3).1 + 1);
            }
        }
        if let Some(index) = name {
            // The title before a name that heads the phrase: "the French foreign minister X".
            let head = head_of(tree, &self.names[index].tokens);
            if head != at {
                cover(&self.names[index].tokens, &mut start, &mut end);
            }
            return start..end;
        }
        for child in tree.children(at).filter(|&child| child > at) {
            let token = tree.token(child);
            if token.rel() != "nmod" || child.saturating_sub(end) > 8 {
                continue;
            }
            let (low, _) = tree.reach(child, 1);
            let short = match tree.child(child, &["case"]).map(|case| tree.lemma(case)) {
                Some("of") => 9,
                Some("for" | "from" | "in" | "at" | "to") if self.noun(at).is_some() => 5,
                _ => continue,
            };
            if low != end {
                continue;
            }
            let inner = self.extent(child, self.name_at(child));
            if inner.end - low <= short {
                end = end.max(inner.end);
            }
        }
        start..end
    }

    fn pronoun(&self, at: usize) -> Option<Draft> {
        let token = self.tree.token(at);
        let kind = match token.text.to_lowercase().as_str() {
            "i" | "me" | "my" | "mine" | "myself" => Pronoun::Me,
            "we" | "us" | "our" | "ours" | "ourselves" => Pronoun::Us,
            "he" | "him" | "his" | "himself" => Pronoun::Person(Gender::Male),
            "she" | "her" | "hers" | "herself" => Pronoun::Person(Gender::Female),
            "it" | "its" | "itself" => Pronoun::It,
            "they" | "them" | "their" | "theirs" | "themselves" => Pronoun::They,
            "who" | "whom" | "whose" | "which" | "that" if self.relative_to(at).is_some() => {
                Pronoun::Relative
            }
            "those" | "someone" | "somebody" | "everyone" | "everybody" | "anyone" | "others" | "many"
            | "some" | "all" | "both"
                if !token.is(&["det", "advmod"]) =>
            {
                let mut draft = Draft::new(self.sentence, at, MentionForm::Nominal);
                draft.tokens = self.extent(at, None);
                draft.lemma = lower(&token.lemma);
                let single = matches!(draft.lemma.as_str(), "someone" | "somebody" | "anyone");
                draft.plural = !single;
                draft.determiner = Determiner::Other;
                draft.noun = Some(HeadNoun {
                    kind: EntityKind::Actor(if single { ActorKind::Person } else { ActorKind::People }),
                    gender: Gender::Either,
                    office: Office::None,
                });
                if let Some(noun) = self.counted(&draft, at) {
                    draft.noun = noun;
                }
                self.read_owners(&mut draft, at);
                return Some(draft);
            }
            _ => return None,
        };
        if token.rel() == "expl" {
            return None;
        }
        let mut draft = Draft::new(self.sentence, at, MentionForm::Pronoun);
        draft.pronoun = Some(kind);
        draft.plural = matches!(kind, Pronoun::Us | Pronoun::They);
        if let Pronoun::Person(gender) = kind {
            draft.gender = gender;
        }
        Some(draft)
    }

    /// The noun that a relative pronoun stands for.
    fn relative_to(&self, at: usize) -> Option<usize> {
        relative_to(self.tree, at)
    }
}

fn lower(word: &str) -> SmolStr {
    if word.chars().any(char::is_uppercase) { word.to_lowercase().into() } else { word.into() }
}

/// Whether a noun's written form is its plural.
fn is_plural(text: &str, lemma: &str) -> bool {
    const IRREGULAR: [&str; 8] =
        ["men", "women", "children", "people", "police", "troops", "feet", "personnel"];
    let (text, lemma) = (text.to_lowercase(), lemma.to_lowercase());
    (text != lemma && text.ends_with('s'))
        || IRREGULAR.iter().any(|irregular| text.ends_with(irregular))
        || matches!(text.as_str(), "authorities" | "forces" | "officials" | "locals" | "casualties")
}
