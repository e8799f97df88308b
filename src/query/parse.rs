//! Chunks of a question to what it asks for.
//!
//! First the phrases that stand anywhere (`according to…`, `since…`, `in…`), then the core: who
//! stands before the verb, who after it, and which voice the verb is in.

use super::AskError;
use super::chunk::{Asking, Auxiliary, Chunk, chunks};
use super::question::{End, Party, Question, Want, Whereabouts};
use super::vocabulary::Form;
use crate::graph::{KnowledgeGraph, NodeIndex};
use crate::ontology::{ActorKind, PartialDate, Relation, Status};
use std::collections::BTreeSet;

/// Understands a question.
pub(super) fn parse(graph: &KnowledgeGraph, text: &str) -> Result<Question, AskError> {
    let chunks = chunks(graph, text)?;
    if chunks.is_empty() {
        return Err(not_understood("it has no words; ask for instance `who accused whom`"));
    }
    let mut parser = Parser {
        graph,
        chunks,
        question: Question::default(),
        core: Vec::new(),
        agent: None,
        objects: Vec::new(),
    };
    parser.phrases()?;
    parser.core()?;
    parser.finish()
}

/// A chunk of the core: what is left when phrases are taken out.
#[derive(Debug, Clone, PartialEq)]
enum Core {
    Asking(Asking),
    Party(Party),
    Auxiliary(Auxiliary),
    Verb(Vec<(Relation, Form)>),
    Noun(Vec<Relation>),
    Light(Form),
    Any,
    Preposition(&'static str),
}

struct Parser<'g> {
    graph: &'g KnowledgeGraph,
    chunks: Vec<Chunk>,
    question: Question,
    core: Vec<Core>,
    /// After `by`.
    agent: Option<Slot>,
    /// After other prepositions.
    objects: Vec<(&'static str, Slot)>,
}

/// What stands at an end of the relation: a party, or a question word.
#[derive(Debug, Clone, PartialEq)]
enum Slot {
    Asked(Asking),
    Given(Party),
}

fn not_understood(why: &str) -> AskError {
    AskError::NotUnderstood(why.to_owned())
}

impl Parser<'_> {
    // ---- phrases that stand anywhere ----

    fn phrases(&mut self) -> Result<(), AskError> {
        let chunks = std::mem::take(&mut self.chunks);
        let mut at = 0;
        while at < chunks.len() {
            let rest = &chunks[at..];
            at += match &rest[0] {
                Chunk::Preposition("according to") => self.claimant(rest)?,
                Chunk::Preposition(word) if self.is_time(word, rest) => self.time(word, rest)?,
                Chunk::Preposition("between") => self.between(rest)?,
                Chunk::Preposition("in" | "at") if matches!(rest.get(1), Some(Chunk::Named(_))) => {
                    self.place(rest)?
                }
                Chunk::Preposition("of" | "for") if self.is_content(rest) => self.content(rest),
                Chunk::Preposition("by") => match self.slot(&rest[1..]) {
                    Some((slot, taken)) => {
                        self.agent = Some(slot);
                        1 + taken
                    }
                    // `who was accused by`: the question word is the agent.
                    None => {
                        self.core.push(Core::Preposition("by"));
                        1
                    }
                },
                Chunk::Preposition(word) => match self.slot(&rest[1..]) {
                    Some((slot, taken)) => {
                        self.objects.push((*word, slot));
                        1 + taken
                    }
                    None => {
                        self.core.push(Core::Preposition(word));
                        1
                    }
                },
                Chunk::Date(_) => {
                    return Err(not_understood(
                        "say how the date is meant: in, since, before, after or until it",
                    ));
                }
                Chunk::Status(status) => {
                    self.question.statuses.push(*status);
                    1
                }
                Chunk::Extreme { least } => {
                    let (limit, taken) = match rest.get(1) {
                        Some(Chunk::Number(n)) => (Some(*n), 2),
                        _ => (None, 1),
                    };
                    self.question.want = Want::Rank { end: End::Source, least: *least, limit };
                    taken
                }
                Chunk::Number(n) => match &mut self.question.want {
                    Want::Rank { limit, .. } => {
                        *limit = Some(*n);
                        1
                    }
                    _ => return Err(not_understood(&format!("what is the number {n} meant to count?"))),
                },
                Chunk::Named(_) | Chunk::Kind(_) => {
                    let (party, taken) = self.party(rest).unwrap_or_default();
                    self.core.push(Core::Party(party));
                    taken
                }
                Chunk::Asking(asking) => {
                    // `which governments`, `how many people`: the kind says who is asked for.
                    self.core.push(Core::Asking(*asking));
                    1
                }
                Chunk::Deed { verb, noun } => {
                    self.deed(verb, noun);
                    1
                }
                Chunk::Doer(_, relations) => {
                    // `accusers of X` are who accuses X.
                    if !self.core.iter().any(|c| matches!(c, Core::Asking(_))) {
                        self.core.push(Core::Asking(Asking::Who));
                    }
                    self.core.push(Core::Verb(relations.iter().map(|r| (*r, Form::Present)).collect()));
                    1
                }
                Chunk::Auxiliary(auxiliary) => {
                    self.core.push(Core::Auxiliary(*auxiliary));
                    1
                }
                Chunk::LightVerb(form) => {
                    self.core.push(Core::Light(*form));
                    1
                }
                Chunk::Any => {
                    // `what do the states …` asks with `do` as an auxiliary.
                    let is_auxiliary = rest[1..].iter().any(|c| matches!(c, Chunk::Deed { .. } | Chunk::Any));
                    self.core.push(if is_auxiliary { Core::Auxiliary(Auxiliary::Do) } else { Core::Any });
                    1
                }
                Chunk::And => 1,
            };
        }
        Ok(())
    }

    /// Verb or noun? `attacks` after a question word is a verb, after `launched` or `how many` a noun.
    fn deed(&mut self, verb: &[(Relation, Form)], noun: &[Relation]) {
        let is_noun = if verb.is_empty() {
            true
        } else if noun.is_empty() {
            false
        } else {
            matches!(
                self.core.last(),
                None | Some(
                    Core::Light(_)
                        | Core::Preposition(_)
                        | Core::Verb(_)
                        | Core::Asking(Asking::HowMany | Asking::Which)
                )
            )
        };
        let is_status = matches!(self.core.last(), Some(Core::Noun(_) | Core::Auxiliary(Auxiliary::Be)))
            && self.core.iter().any(|c| matches!(c, Core::Noun(_)))
            && verb.contains(&(Relation::Denies, Form::Past));
        if is_status {
            // `which attacks were denied`
            self.question.statuses.push(Status::Denied);
        } else if is_noun && matches!(self.core.last(), Some(Core::Verb(_))) {
            // `criticized attacks`, `denied the plot`: what happened is the object.
            self.objects.push(("about", Slot::Given(Party::EventOf(noun.to_vec()))));
        } else if is_noun {
            self.core.push(Core::Noun(noun.to_vec()));
        } else if let (Some(Core::Verb(first)), true) = (self.core.last(), noun.is_empty()) {
            // `denied attacks`, `denied attacking`: the second verb is what was denied.
            if first.iter().any(|v| v.0 == Relation::Denies) {
                self.objects.push(("about", Slot::Given(Party::EventOf(relations(verb)))));
            } else {
                self.core.push(Core::Verb(verb.to_vec()));
            }
        } else {
            self.core.push(Core::Verb(verb.to_vec()));
        }
    }

    fn claimant(&mut self, rest: &[Chunk]) -> Result<usize, AskError> {
        match self.slot(&rest[1..]) {
            Some((Slot::Asked(_), taken)) => {
                self.question.each_claimant = true;
                Ok(1 + taken)
            }
            Some((Slot::Given(Party::Nodes(nodes)), taken)) => {
                self.question.claimant = Some(self.with_organs(nodes));
                Ok(1 + taken)
            }
            _ => Err(not_understood("`according to` needs a name or `whom`")),
        }
    }

    fn is_time(&self, word: &str, rest: &[Chunk]) -> bool {
        matches!(word, "since" | "after" | "before" | "until")
            || (matches!(rest.get(1), Some(Chunk::Date(_)))
                && matches!(word, "in" | "on" | "between" | "from" | "at"))
    }

    fn time(&mut self, word: &str, rest: &[Chunk]) -> Result<usize, AskError> {
        let Some(Chunk::Date(date)) = rest.get(1) else {
            return Err(not_understood(&format!("`{word}` needs a date, as in `{word} May 2018`")));
        };
        let (first, last) = (date.days_since_epoch(), date.last_day().days_since_epoch());
        let end = |at: usize| match rest.get(at) {
            Some(Chunk::Date(end)) => Some(PartialDate::last_day(*end).days_since_epoch()),
            _ => None,
        };
        let days = &mut self.question.days;
        match word {
            "since" => days.0 = Some(first),
            "after" => days.0 = Some(last + 1),
            "before" => days.1 = Some(first - 1),
            "until" => days.1 = Some(last),
            "between" | "from" => {
                let joins = matches!(rest.get(2), Some(Chunk::And | Chunk::Preposition("to" | "until")));
                match end(3).filter(|_| joins) {
                    Some(end) => *days = (Some(first), Some(end)),
                    None if word == "from" => *days = (Some(first), Some(last)),
                    None => {
                        return Err(not_understood(
                            "`between` needs two dates or two parties joined by `and`",
                        ));
                    }
                }
                return Ok(if joins { 4 } else { 2 });
            }
            _ => *days = (Some(first), Some(last)),
        }
        Ok(2)
    }

    /// `between X and Y`: the two in either order.
    fn between(&mut self, rest: &[Chunk]) -> Result<usize, AskError> {
        let fault = || not_understood("`between` needs two dates or two parties joined by `and`");
        let (first, taken) = self.single_party(&rest[1..]).ok_or_else(fault)?;
        if rest.get(1 + taken) != Some(&Chunk::And) {
            return Err(fault());
        }
        let (second, more) = self.single_party(&rest[2 + taken..]).ok_or_else(fault)?;
        self.question.source = first;
        self.question.target = second;
        self.question.either_way = true;
        Ok(2 + taken + more)
    }

    fn place(&mut self, rest: &[Chunk]) -> Result<usize, AskError> {
        let Some(Chunk::Named(nodes)) = rest.get(1) else { return Ok(1) };
        let mut whereabouts = self.question.place.take().unwrap_or_default();
        for &ix in nodes {
            let node = self.graph.node(ix);
            if node.location().is_some() {
                whereabouts.nodes.insert(ix);
            }
            // A country as a place is every place in it.
            let is_country = node.actor().is_some_and(|a| a.kind == ActorKind::Country)
                || node.id.starts_with("place:country:");
            if is_country && let Some(country) = node.country() {
                whereabouts.countries.insert(country.to_owned());
            }
        }
        if whereabouts == Whereabouts::default() {
            let names: Vec<&str> = nodes.iter().map(|&ix| self.graph.node(ix).name.as_str()).collect();
            return Err(not_understood(&format!(
                "`{}` is no place or country in the graph",
                names.join("`, `")
            )));
        }
        self.question.place = Some(whereabouts);
        Ok(2)
    }

    /// `of what`, `of plotting…`, `for the bombing` after an accusation.
    fn is_content(&self, rest: &[Chunk]) -> bool {
        let blames = |(relation, _): &(Relation, Form)| {
            matches!(
                relation,
                Relation::Accuses
                    | Relation::Criticizes
                    | Relation::Investigates
                    | Relation::Prosecutes
                    | Relation::Sentenced
                    | Relation::Sanctions
                    | Relation::Detained
            )
        };
        let is_for = rest.first() == Some(&Chunk::Preposition("for"));
        let after_verb =
            self.core.iter().any(|c| matches!(c, Core::Verb(senses) if !is_for || senses.iter().any(blames)));
        after_verb && matches!(rest.get(1), Some(Chunk::Asking(Asking::What) | Chunk::Deed { .. }))
    }

    fn content(&mut self, rest: &[Chunk]) -> usize {
        let relations = match rest.get(1) {
            Some(Chunk::Deed { verb, noun }) if noun.is_empty() => relations(verb),
            Some(Chunk::Deed { noun, .. }) => noun.clone(),
            _ => Vec::new(),
        };
        self.question.content = Some(relations);
        2
    }

    /// A question word or a party at the head of the chunks.
    fn slot(&self, chunks: &[Chunk]) -> Option<(Slot, usize)> {
        match chunks.first()? {
            Chunk::Asking(asking @ (Asking::Who | Asking::What | Asking::Which)) => {
                match self.party(&chunks[1..]) {
                    Some((party, taken)) if *asking == Asking::Which => Some((Slot::Given(party), 1 + taken)),
                    _ => Some((Slot::Asked(*asking), 1)),
                }
            }
            Chunk::Deed { noun, .. } if !noun.is_empty() => {
                Some((Slot::Given(Party::EventOf(noun.clone())), 1))
            }
            _ => self.party(chunks).map(|(party, taken)| (Slot::Given(party), taken)),
        }
    }

    /// Parties joined by `and` or `or`.
    fn party(&self, chunks: &[Chunk]) -> Option<(Party, usize)> {
        let (mut party, mut taken) = self.single_party(chunks)?;
        while chunks.get(taken) == Some(&Chunk::And)
            && let Some((next, more)) = self.single_party(&chunks[taken + 1..])
        {
            match (&mut party, next) {
                (Party::Nodes(nodes), Party::Nodes(more)) => nodes.extend(more),
                (Party::Kinds(kinds, _), Party::Kinds(more, _)) => kinds.extend(more),
                _ => break,
            }
            taken += 1 + more;
        }
        Some((party, taken))
    }

    fn single_party(&self, chunks: &[Chunk]) -> Option<(Party, usize)> {
        match (chunks.first()?, chunks.get(1)) {
            // `Avarian police`: of that kind in that country.
            (Chunk::Named(nodes), Some(Chunk::Kind(kinds))) => {
                let countries: BTreeSet<String> =
                    nodes.iter().filter_map(|&ix| self.graph.node(ix).country().map(str::to_owned)).collect();
                Some((Party::Kinds(kinds.clone(), countries), 2))
            }
            (Chunk::Named(nodes), _) => Some((Party::Nodes(nodes.iter().copied().collect()), 1)),
            (Chunk::Kind(kinds), _) => Some((Party::Kinds(kinds.clone(), BTreeSet::new()), 1)),
            _ => None,
        }
    }

    // ---- the core ----

    fn core(&mut self) -> Result<(), AskError> {
        let core = std::mem::take(&mut self.core);
        let verb_at = core.iter().position(|c| matches!(c, Core::Verb(_)));
        let light_at = core.iter().position(|c| matches!(c, Core::Light(_)));
        let noun_at = core.iter().position(|c| matches!(c, Core::Noun(_)));
        let any_at = core.iter().position(|c| *c == Core::Any);
        if let Some(at) = verb_at {
            let Core::Verb(senses) = &core[at] else { return Ok(()) };
            let passive = is_passive(&core[..at], senses);
            let wanted: Vec<Relation> = relations(senses);
            self.question.relations = wanted;
            self.arguments(&core, at, passive)
        } else if let (Some(light), Some(noun)) = (light_at, noun_at) {
            let Core::Noun(nouns) = &core[noun] else { return Ok(()) };
            self.question.relations.clone_from(nouns);
            let passive = noun < light;
            if passive { self.noun(&core, noun) } else { self.arguments(&core, light, false) }
        } else if let Some(at) = noun_at {
            let Core::Noun(nouns) = &core[at] else { return Ok(()) };
            self.question.relations.clone_from(nouns);
            self.noun(&core, at)
        } else if let Some(at) = any_at {
            self.any(&core, at)
        } else {
            Err(not_understood(
                "it has no verb; ask for instance `who accused whom`, `what did NAME do`, `how many arrests in PLACE`",
            ))
        }
    }

    /// Who stands before and after a verb.
    fn arguments(&mut self, core: &[Core], at: usize, passive: bool) -> Result<(), AskError> {
        let asks_with_do = core[..at].contains(&Core::Auxiliary(Auxiliary::Do));
        let mut before = slots(&core[..at]);
        let mut after = slots(&core[at + 1..]);
        let dangling_by = core[at..].contains(&Core::Preposition("by"));
        self.count_wanted(core);
        let (mut source, mut target);
        if passive {
            target = before.pop();
            source = self.agent.take();
            if source.is_none() {
                // `who was Iran accused by`: the question word in front is the agent.
                source = if dangling_by || !before.is_empty() { before.pop() } else { after.pop() };
            }
        } else {
            source = before.pop();
            // `whom did Iran accuse`, `which states did Iran accuse`: the object comes first.
            target = if asks_with_do || !before.is_empty() { before.pop() } else { None };
            if !after.is_empty() {
                target = Some(after.remove(0));
            }
        }
        for (preposition, slot) in std::mem::take(&mut self.objects) {
            let open = if passive { &mut source } else { &mut target };
            match preposition {
                // `who demanded what from X`: the party is the answer to less than it is a condition.
                _ if matches!(open, None | Some(Slot::Asked(_))) => *open = Some(slot),
                // `seized land from Y`: a second object narrows nothing that is known.
                _ => return Err(not_understood("more parties than the verb can take")),
            }
        }
        if let Some(extra) = before.pop().or_else(|| if after.is_empty() { None } else { after.pop() }) {
            return Err(not_understood(&format!("there is one party too many ({})", self.describe(&extra))));
        }
        self.settle(source, target, passive)
    }

    /// `attacks on X by Y`, `accusations by Y against X`, `meetings of X with Y`.
    fn noun(&mut self, core: &[Core], at: usize) -> Result<(), AskError> {
        self.count_wanted(core);
        let mut source = self.agent.take();
        let mut target = None;
        let symmetric = self.question.relations.iter().all(|r| r.row().symmetric);
        // `leader of X`, `arrest of X`: who it is done to; `accusations of X`: who does it.
        let of_is_target = !self.question.relations.iter().any(|r| is_speech(*r));
        for (preposition, slot) in std::mem::take(&mut self.objects) {
            let end = match preposition {
                "from" => &mut source,
                "of" if !of_is_target || symmetric => &mut source,
                _ => &mut target,
            };
            if end.replace(slot).is_some() {
                return Err(not_understood("more parties than the noun can take"));
            }
        }
        for slot in slots(&core[..at]) {
            match slot {
                // `Iran's attacks`; `who is the leader of X`; `which attacks`.
                Slot::Given(_) if source.is_none() => source = Some(slot),
                Slot::Given(_) => {
                    return Err(not_understood(&format!(
                        "there is one party too many ({})",
                        self.describe(&slot)
                    )));
                }
                Slot::Asked(_) => {}
            }
        }
        self.settle(source, target, false)
    }

    /// `what did X do to Y`, `what happened to X`, `who did what to whom`.
    fn any(&mut self, core: &[Core], at: usize) -> Result<(), AskError> {
        self.count_wanted(core);
        let slots = slots(&core[..at]);
        let passive = is_passive(&core[..at], &[(Relation::Accuses, Form::Past)]);
        let given = slots.into_iter().find(|s| matches!(s, Slot::Given(_)));
        let mut target = None;
        for (_, slot) in std::mem::take(&mut self.objects) {
            target = Some(slot);
        }
        let source = self.agent.take().or(if passive { None } else { given.clone() });
        if passive && target.is_none() {
            target = given;
        }
        self.settle(source, target, false)
    }

    fn settle(&mut self, source: Option<Slot>, target: Option<Slot>, passive: bool) -> Result<(), AskError> {
        for slot in [&source, &target].into_iter().flatten() {
            match slot {
                Slot::Asked(Asking::Where) => self.question.needs_place = true,
                Slot::Asked(Asking::When) => self.question.needs_date = true,
                _ => {}
            }
        }
        let asked =
            |slot: &Option<Slot>| matches!(slot, Some(Slot::Asked(_)) | Some(Slot::Given(Party::Kinds(..))));
        let end = if self.question.needs_place {
            End::Place
        } else if self.question.needs_date {
            End::Month
        } else if asked(&target) && (passive || !asked(&source)) && !(passive && asked(&source)) {
            End::Target
        } else {
            End::Source
        };
        match &mut self.question.want {
            Want::Rank { end: ranked, .. } | Want::CountParties(ranked) => *ranked = end,
            _ => {}
        }
        let party = |slot: Option<Slot>| match slot {
            Some(Slot::Given(party)) => party,
            _ => Party::Anybody,
        };
        if source.is_some() {
            self.question.source = party(source);
        }
        if target.is_some() {
            self.question.target = party(target);
        }
        Ok(())
    }

    /// Notes `how often`, `how many`, `where` and `when`.
    fn count_wanted(&mut self, core: &[Core]) {
        for (at, chunk) in core.iter().enumerate() {
            match chunk {
                Core::Asking(Asking::HowOften) => self.question.want = Want::Count,
                Core::Asking(Asking::HowMany) => {
                    let counts_parties = matches!(core.get(at + 1), Some(Core::Party(_)));
                    self.question.want =
                        if counts_parties { Want::CountParties(End::Source) } else { Want::Count };
                }
                Core::Asking(Asking::Where) => self.question.needs_place = true,
                Core::Asking(Asking::When) => self.question.needs_date = true,
                _ => {}
            }
        }
    }

    fn finish(mut self) -> Result<Question, AskError> {
        for is_source in [true, false] {
            let party = if is_source { &self.question.source } else { &self.question.target };
            let Party::Nodes(nodes) = party else { continue };
            let widened = Party::Nodes(self.with_organs(nodes.clone()));
            *(if is_source { &mut self.question.source } else { &mut self.question.target }) = widened;
        }
        Ok(self.question)
    }

    /// A country acts through its government, police, courts and forces.
    fn with_organs(&self, mut nodes: BTreeSet<NodeIndex>) -> BTreeSet<NodeIndex> {
        let mut countries: BTreeSet<&str> = BTreeSet::new();
        for &ix in &nodes {
            let node = self.graph.node(ix);
            if node.actor().is_some_and(|a| a.kind == ActorKind::Country) {
                countries.extend(node.country());
            }
        }
        if !countries.is_empty() {
            nodes.extend(self.graph.organs(&countries));
        }
        nodes
    }

    fn describe(&self, slot: &Slot) -> String {
        match slot {
            Slot::Given(Party::Nodes(nodes)) => {
                nodes.first().map_or_else(String::new, |&ix| self.graph.node(ix).name.to_string())
            }
            Slot::Given(Party::Kinds(kinds, _)) => {
                kinds.iter().map(|k| k.name()).collect::<Vec<_>>().join(", ")
            }
            Slot::Given(_) => "an event".to_owned(),
            Slot::Asked(_) => "a question word".to_owned(),
        }
    }
}

fn relations(senses: &[(Relation, Form)]) -> Vec<Relation> {
    let all: BTreeSet<Relation> = senses.iter().map(|(r, _)| *r).collect();
    all.into_iter().collect()
}

/// A form of `be` and a past participle; `is accusing` and `has accused` are active.
fn is_passive(before: &[Core], senses: &[(Relation, Form)]) -> bool {
    before.contains(&Core::Auxiliary(Auxiliary::Be)) && senses.iter().any(|(_, form)| *form == Form::Past)
}

/// Parties and question words, in order; a question word and the kind after it are one.
fn slots(core: &[Core]) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut at = 0;
    while at < core.len() {
        match &core[at] {
            Core::Asking(Asking::Which | Asking::What | Asking::HowMany)
                if matches!(core.get(at + 1), Some(Core::Party(_))) =>
            {
                if let Some(Core::Party(party)) = core.get(at + 1) {
                    slots.push(Slot::Given(party.clone()));
                }
                at += 1;
            }
            Core::Asking(asking @ (Asking::Who | Asking::What | Asking::Which)) => {
                slots.push(Slot::Asked(*asking))
            }
            Core::Party(party) => slots.push(Slot::Given(party.clone())),
            _ => {}
        }
        at += 1;
    }
    slots
}

/// Relations that are said rather than done.
pub(super) fn is_speech(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Accuses
            | Relation::Criticizes
            | Relation::Denies
            | Relation::Rejects
            | Relation::Demands
            | Relation::Threatens
            | Relation::Supports
    )
}
