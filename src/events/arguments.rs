//! Who fills the roles of a proposal: the lexicon's frames walked over the tree, joined with the
//! model's guesses.

use super::grammar::Grammar;
use super::lexicon::{Frame, Path, PredicateClass, Wanted};
use super::parties::{Parties, Party};
use super::spotting::Proposal;
use crate::entities::EntityId;
use crate::language::{Sentence, Upos};
use crate::ontology::Role;

/// How a filler was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// By the frame and by the model.
    Both,
    /// By the frame alone.
    Frame,
    /// By the model alone.
    Model,
    /// Nobody fills the role.
    Nobody,
}

/// A party in a role with what speaks for it.
#[derive(Debug, Clone, Copy)]
pub struct Filler {
    /// The party; absent where nobody fills the role.
    pub party: Option<Party>,
    /// Token from which the party was reached.
    pub token: Option<usize>,
    /// Who says so.
    pub found: Found,
    /// The model's probability for the role, 0 where it is silent.
    pub probability: f32,
}

impl Filler {
    /// The party's entity.
    pub fn entity(&self) -> Option<EntityId> {
        self.party.map(|p| p.entity)
    }
}

/// Fillers of both roles.
#[derive(Debug, Clone)]
pub struct Arguments {
    /// Doers; never empty (a single [`Found::Nobody`] where none is named).
    pub sources: Vec<Filler>,
    /// The ones acted upon; never empty.
    pub targets: Vec<Filler>,
    /// Whether the two lists are one list of sides, to be paired among themselves.
    pub mutual: bool,
}

/// Below this the model's word counts for nothing.
const FLOOR: f32 = 0.3;

/// Clauses one inside the other in which a complement's party is looked for.
const CLAUSES: usize = 2;

/// Finds who fills the roles.
pub fn arguments(proposal: &Proposal<'_>, sentence: &Sentence, parties: &Parties<'_>) -> Arguments {
    let finder = Finder { grammar: Grammar::new(sentence), sentence, parties, proposal };
    finder.find()
}

struct Finder<'a> {
    grammar: Grammar<'a>,
    sentence: &'a Sentence,
    parties: &'a Parties<'a>,
    proposal: &'a Proposal<'a>,
}

impl Finder<'_> {
    fn find(&self) -> Arguments {
        let wanted = self.wanted();
        let frames = self.frames();
        let mut best: Option<(usize, Arguments)> = None;
        for frame in &frames {
            let mutual = frame.source.contains(&Path::Both);
            let sources = self.fill(&frame.source, Role::Source, Wanted::Party);
            let targets = if mutual && frame.target.is_empty() {
                sources.clone()
            } else {
                self.fill(&frame.target, Role::Target, wanted)
            };
            let filled = usize::from(!sources.is_empty()) + 2 * usize::from(!targets.is_empty());
            let alone = mutual && sources.len() < 2;
            let filled = if alone && frame.target.is_empty() { 0 } else { filled };
            if best.as_ref().is_none_or(|(most, _)| filled > *most) {
                let mutual = mutual && frame.target.is_empty();
                best = Some((filled, Arguments { sources, targets, mutual }));
            }
        }
        let mut arguments = best.map_or_else(
            || Arguments { sources: Vec::new(), targets: Vec::new(), mutual: false },
            |(_, arguments)| arguments,
        );
        if arguments.targets.is_empty() && self.proposal.group.is_some_and(|g| g.content.is_some()) {
            arguments.targets = self.within_content(wanted);
        }
        if !arguments.mutual {
            self.consult(&mut arguments.sources, Role::Source, Wanted::Party);
            self.consult(&mut arguments.targets, Role::Target, wanted);
        }
        arguments
    }

    fn wanted(&self) -> Wanted {
        match self.proposal.group {
            Some(group) => group.target,
            None if self.proposal.relation.row().place_target => Wanted::Place,
            None => Wanted::Any,
        }
    }

    /// The group's frames, or those usual for the word class.
    fn frames(&self) -> Vec<Frame> {
        if let Some(group) = self.proposal.group {
            return group.frames.clone();
        }
        let class = match self.sentence.tokens[self.proposal.token].upos {
            Upos::Verb => PredicateClass::Verb,
            Upos::Adj => PredicateClass::Adjective,
            _ => PredicateClass::Noun,
        };
        let text = match class {
            PredicateClass::Verb => "subj > obj",
            PredicateClass::Noun => "doer > against|on|of|with|to|for",
            PredicateClass::Adjective => "subj > of|to|with",
        };
        text.parse().into_iter().collect()
    }

    /// The fillers that the first fruitful path gives.
    fn fill(&self, paths: &[Path], role: Role, wanted: Wanted) -> Vec<Filler> {
        for path in paths {
            let fillers = self.fillers(self.walk(path), role, wanted);
            if !fillers.is_empty() {
                return fillers;
            }
        }
        Vec::new()
    }

    /// The parties that what the predicate's complement tells would be done to: "refused to release X",
    /// "vowed to strike at X".
    fn within_content(&self, wanted: Wanted) -> Vec<Filler> {
        let mut verb = self.proposal.token;
        for _ in 0..CLAUSES {
            let Some(clause) = self.grammar.content(verb) else { break };
            let object = self.grammar.object(clause);
            let around = self.grammar.oblique(clause);
            for token in object.into_iter().chain(around) {
                let fillers = self.fillers(vec![token], Role::Target, wanted);
                if !fillers.is_empty() {
                    return fillers;
                }
            }
            verb = clause;
        }
        Vec::new()
    }

    /// The parties at words that the grammar gave and at what is coordinated with them.
    fn fillers(&self, tokens: Vec<usize>, role: Role, wanted: Wanted) -> Vec<Filler> {
        tokens
            .into_iter()
            .flat_map(|token| self.grammar.coordinated(token))
            .filter_map(|token| self.filler(token, role, wanted, Found::Frame))
            .collect()
    }

    fn filler(&self, token: usize, role: Role, wanted: Wanted, found: Found) -> Option<Filler> {
        let party = if role == Role::Source {
            self.parties.doer(token)?
        } else {
            self.parties.undergoer(token, wanted)?
        };
        let probability = self.probability(token, role);
        let found = if found == Found::Frame && probability >= FLOOR { Found::Both } else { found };
        Some(Filler { party: Some(party), token: Some(token), found, probability })
    }

    fn probability(&self, token: usize, role: Role) -> f32 {
        self.proposal.guess.map_or(0.0, |guess| {
            guess
                .roles
                .iter()
                .filter(|r| r.role == role && r.token == token)
                .map(|r| r.probability)
                .fold(0.0, f32::max)
        })
    }

    /// Adds what the model sees and the frame does not.
    fn consult(&self, fillers: &mut Vec<Filler>, role: Role, wanted: Wanted) {
        if let Some(guess) = self.proposal.guess {
            for r in guess.roles.iter().filter(|r| r.role == role && r.probability >= 0.5) {
                let known = fillers.iter().any(|f| f.token == Some(r.token));
                if known || (!fillers.is_empty() && r.probability < 0.6) {
                    continue;
                }
                if let Some(filler) = self.filler(r.token, role, wanted, Found::Model)
                    && !fillers.iter().any(|f| f.party.map(|p| p.entity) == filler.party.map(|p| p.entity))
                {
                    fillers.push(filler);
                }
            }
        }
        if fillers.is_empty() {
            fillers.push(Filler { party: None, token: None, found: Found::Nobody, probability: 0.0 });
        }
    }

    /// Tokens a path leads to.
    fn walk(&self, path: &Path) -> Vec<usize> {
        let grammar = &self.grammar;
        let trigger = self.proposal.token;
        let is_verb = matches!(self.sentence.tokens[trigger].upos, Upos::Verb)
            || self.sentence.tokens[trigger].is(&["amod"]) && grammar.is_passive(trigger);
        match path {
            Path::Subject if is_verb => grammar.subject(trigger).into_iter().collect(),
            Path::Subject => {
                // adjectives and nouns as predicates: "X is critical of Y"
                grammar.surface_subject(trigger, 0).into_iter().collect()
            }
            Path::Object if is_verb => {
                grammar.object(trigger).or_else(|| self.misread_object()).into_iter().collect()
            }
            Path::Object => Vec::new(),
            Path::Indirect => self.sentence.child(trigger, &["iobj"]).into_iter().collect(),
            Path::Clause => grammar.clause_subject(trigger).into_iter().collect(),
            Path::Possessor => grammar.possessor(trigger).into_iter().collect(),
            Path::Modifier => grammar.modifiers(trigger).collect(),
            Path::Doer => match grammar.noun_doer(trigger) {
                Some(doer) => vec![doer],
                None => grammar.modifiers(trigger).collect(),
            },
            Path::Both => self.sides(),
            Path::After(preposition) => {
                if preposition == "against"
                    && let Some(prefixed) = self.anti_modifier()
                {
                    return vec![prefixed];
                }
                let undergoing = grammar
                    .served_verb(trigger)
                    .filter(|&v| grammar.is_undergoing(v))
                    .and_then(|v| grammar.subject(v));
                grammar.after(trigger, preposition).or(undergoing).into_iter().collect()
            }
        }
    }

    /// The name that the parser takes for a predicate under a verb that only the user knows.
    fn misread_object(&self) -> Option<usize> {
        let complement =
            self.sentence.child(self.proposal.token, &["xcomp"]).filter(|_| self.proposal.is_added())?;
        (self.sentence.tokens[complement].upos == Upos::Propn).then_some(complement)
    }

    /// The two sides of a mutual act.
    fn sides(&self) -> Vec<usize> {
        let grammar = &self.grammar;
        let trigger = self.proposal.token;
        if self.sentence.tokens[trigger].upos == Upos::Verb {
            return grammar.surface_subject(trigger, 0).into_iter().collect();
        }
        let between = grammar.after_own(trigger, "between").or_else(|| grammar.after_own(trigger, "of"));
        between
            .or_else(|| grammar.possessor(trigger))
            .or_else(|| grammar.served_verb(trigger).and_then(|v| grammar.subject(v)))
            .map_or_else(|| grammar.modifiers(trigger).collect(), |token| vec![token])
    }

    /// "anti-government protest": the word after "anti".
    fn anti_modifier(&self) -> Option<usize> {
        let modifier = self.grammar.modifiers(self.proposal.token).find(|&m| {
            self.sentence.children(m).any(|c| self.sentence.tokens[c].text.eq_ignore_ascii_case("anti"))
        })?;
        Some(modifier)
    }
}
