//! Second pass, descriptions: "the group", "the Iranian official", "his wife", "the government".
//! A description joins an earlier party only where nothing its words say speaks against it; else it
//! is a party of its own.

use super::chain::{Chain, ChainId};
use super::draft::{Determiner, Draft};
use super::head_nouns::Office;
use super::kinship::{self, Kinship};
use super::resolve::Resolver;
use super::{EntityKind, MentionForm};
use crate::language::Heading;
use crate::ontology::ActorKind;

impl Resolver<'_> {
    /// Links descriptions and pronouns in reading order, then what quoted speakers call themselves.
    pub(super) fn link_in_order(&mut self) {
        for draft in 0..self.drafts.len() {
            if self.links[draft].is_some() {
                continue;
            }
            match self.drafts[draft].form {
                MentionForm::Nominal => self.link_nominal(draft),
                MentionForm::Pronoun => self.link_pronoun(draft),
                MentionForm::Named | MentionForm::Adjectival => {}
            }
        }
        self.link_speakers();
    }

    fn link_nominal(&mut self, draft: usize) {
        let found = self
            .government(draft)
            .or_else(|| self.named_within(draft))
            .or_else(|| self.apposed(draft))
            .or_else(|| self.introduced(draft))
            .or_else(|| self.predicated(draft))
            .or_else(|| self.antecedent(draft));
        let chain = match found {
            Some(chain) => chain,
            None => self.add_chain(self.drafts[draft].kind()),
        };
        self.link(draft, chain);
    }

    /// "the Iranian government", "the Trump administration", "the government": the country.
    fn government(&mut self, draft: usize) -> Option<ChainId> {
        let words = &self.drafts[draft];
        let lemma = words.lemma.as_str();
        let rules = matches!(lemma, "government" | "regime" | "administration" | "authorities" | "govt")
            || lemma == "authority" && words.plural
            || lemma == "leadership";
        let country_word = matches!(lemma, "country" | "nation") && !words.plural;
        if !rules && !country_word || words.marked {
            return None;
        }
        let plain = words.modifiers.iter().all(|m| {
            matches!(
                m.as_str(),
                "federal"
                    | "central"
                    | "national"
                    | "new"
                    | "current"
                    | "entire"
                    | "whole"
                    | "own"
                    | "present"
                    | "incoming"
                    | "military"
                    | "communist"
                    | "islamic"
            )
        });
        if !plain {
            return None;
        }
        if rules {
            for owner in self.owners(draft) {
                if self.chains[owner].is_country() {
                    return Some(owner);
                }
                let entry = self.chains[owner].row.map(|row| self.gazetteer.entry(row));
                if let Some(entry) = entry {
                    // "the Merkel government"; "the Scottish government".
                    let led = entry.is_person()
                        && lemma != "leadership"
                        && !matches!(lemma, "authorities" | "authority");
                    if let Some(country) = entry.country().filter(|_| led) {
                        let row = self.gazetteer.country_row(country)?;
                        return Some(self.chain_of_row(row));
                    }
                    if entry.kind() == EntityKind::Place && (entry.is_division() || entry.is_region()) {
                        return Some(owner);
                    }
                }
            }
            if !self.drafts[draft].owners.is_empty() {
                return None;
            }
        } else if !self.owners(draft).is_empty() {
            return None;
        }
        let words = &self.drafts[draft];
        let definite = match words.determiner {
            Determiner::Definite | Determiner::Demonstrative => true,
            Determiner::Bare => lemma_is(words, "government") && self.in_headline(draft),
            Determiner::Possessive => false,
            _ => false,
        };
        let may = definite && (country_word || lemma_is(words, "government") || lemma_is(words, "regime"));
        may.then(|| self.salient_country(draft)).flatten()
    }

    /// The country that the text is about here, where one stands out.
    fn salient_country(&self, draft: usize) -> Option<ChainId> {
        let here = self.position(draft);
        let mut weights: Vec<(f64, ChainId)> = Vec::new();
        for (id, chain) in self.chains.iter().enumerate().filter(|(_, chain)| chain.is_country()) {
            let weight: f64 = chain
                .mentions
                .iter()
                .map(|&m| self.position(m))
                .filter(|&p| p < here)
                .map(|p| 1.0 / (1.0 + (here.0 - p.0) as f64 / 2.0))
                .sum();
            if weight > 0.0 {
                weights.push((weight, id));
            }
        }
        weights.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        match weights.as_slice() {
            [(_, only)] => Some(*only),
            [(first, id), (second, _), ..] if *first > second * 1.5 => Some(*id),
            _ => None,
        }
    }

    fn in_headline(&self, draft: usize) -> bool {
        self.parsed.sentences[self.drafts[draft].sentence].heading == Heading::Headline
    }

    /// "the Houthi movement", "the city of Lyon": the name within is the whole's.
    fn named_within(&self, draft: usize) -> Option<ChainId> {
        let words = &self.drafts[draft];
        let tree = &self.trees[words.sentence];
        if words.plural || words.owners.len() != 1 || words.marked {
            return None;
        }
        let token = words.owners[0];
        let chain = self.chain_at(words.sentence, token)?;
        let owner = &self.chains[chain];
        let before = tree.token(token).is(&["compound", "amod"]) && words.modifiers.is_empty();
        let of = tree.case(token) == Some("of") && tree.token(token).rel() == "nmod";
        let named =
            owner.is_named() && self.at[words.sentence][token].is_some_and(|d| self.drafts[d].name.is_some());
        let place = owner.kind == EntityKind::Place && kinship::is_area(&words.lemma);
        let fits =
            place || before && kinship::sort_of(&words.lemma, owner.kind) && owner.kind != EntityKind::Place;
        (named && (before || of && place) && fits).then_some(chain)
    }

    /// "Hodeidah, a port city", "their leader, X": what stands in apposition is one.
    fn apposed(&self, draft: usize) -> Option<ChainId> {
        let words = &self.drafts[draft];
        let tree = &self.trees[words.sentence];
        let up = tree.token(words.head).head.filter(|_| tree.token(words.head).rel() == "appos");
        let down = tree.children(words.head).find(|&c| {
            tree.token(c).rel() == "appos"
                && self.at[words.sentence][c].is_some_and(|d| self.drafts[d].form == MentionForm::Named)
        });
        [up, down].into_iter().flatten().find_map(|token| {
            let chain = self.chain_at(words.sentence, token)?;
            // A list taken for an apposition: "the US, its allies".
            let listed = tree.children(words.head).any(|c| tree.token(c).rel() == "cc");
            (self.may_describe(words, &self.chains[chain]) && !listed).then_some(chain)
        })
    }

    /// "a woman named X", "the suspect, identified by police as X": the description is X.
    fn introduced(&self, draft: usize) -> Option<ChainId> {
        let words = &self.drafts[draft];
        let tree = &self.trees[words.sentence];
        let naming = tree.children(words.head).find(|&c| {
            tree.token(c).rel() == "acl"
                && matches!(tree.lemma(c), "name" | "call" | "identify" | "know" | "nickname")
        })?;
        let name = tree.children(naming).find(|&c| {
            let told = tree.token(c).is(&["xcomp", "obj", "dep"]) && tree.child(c, &["case"]).is_none()
                || tree.token(c).is(&["obl", "xcomp", "advcl"]) && tree.case(c) == Some("as");
            told && self.at[words.sentence][c].is_some_and(|d| self.drafts[d].form == MentionForm::Named)
        })?;
        let chain = self.chain_at(words.sentence, name)?;
        self.may_describe(words, &self.chains[chain]).then_some(chain)
    }

    /// "X is the head of Y": the description is X.
    fn predicated(&self, draft: usize) -> Option<ChainId> {
        let words = &self.drafts[draft];
        let tree = &self.trees[words.sentence];
        tree.child(words.head, &["cop"])?;
        let negated =
            tree.children(words.head).any(|c| matches!(tree.lemma(c), "not" | "n't" | "never" | "no"));
        let subject = tree.child(words.head, &["nsubj"])?;
        let chain = self.chain_at(words.sentence, subject)?;
        let actor = matches!(words.kind(), EntityKind::Actor(_)) || words.kind() == EntityKind::Place;
        (actor && !negated && self.may_describe(words, &self.chains[chain])).then_some(chain)
    }

    /// Whether a description in apposition may be of the chain.
    fn may_describe(&self, words: &Draft, chain: &Chain) -> bool {
        use EntityKind::{Actor, Place, Thing};
        let number = match chain.kind {
            Actor(ActorKind::Person) if chain.is_person() => !words.plural,
            _ => true,
        };
        let sort = match (words.kind(), chain.kind) {
            (Actor(ActorKind::Person), kind) | (kind, Actor(ActorKind::Person)) => {
                kind == Actor(ActorKind::Person) || kind == Thing && words.noun.is_none()
            }
            (Actor(_), Actor(_)) | (Place, Place) | (Thing, Thing) => true,
            (Thing, _) => words.noun.is_none() && chain.is_named(),
            (Place, Actor(kind)) => matches!(
                kind,
                ActorKind::Country | ActorKind::Company | ActorKind::Organization | ActorKind::Other
            ),
            (Actor(kind), Place) => kind == ActorKind::Country || kind == ActorKind::Organization,
            _ => false,
        };
        number && sort && chain.gender.agrees(words.gender)
    }

    /// The earlier party that a description speaks of.
    fn antecedent(&self, draft: usize) -> Option<ChainId> {
        let words = &self.drafts[draft];
        let anaphoric = match words.determiner {
            Determiner::Other | Determiner::Quantified => return None,
            Determiner::Definite | Determiner::Demonstrative | Determiner::Possessive => true,
            // "Police said", "Suspect held": bare in number or in headlines.
            Determiner::Bare => words.plural || words.office != Office::None || self.in_headline(draft),
            Determiner::Indefinite => false,
        };
        // "people", "thousands": everybody's word, good for a near mention only.
        let vague = kinship::is_vague(&words.lemma);
        if vague && !matches!(words.determiner, Determiner::Definite | Determiner::Demonstrative) {
            return None;
        }
        let owners = self.owners(draft);
        let mut best: Option<(i64, ChainId)> = None;
        for (id, chain) in self.chains.iter().enumerate() {
            let Some(last) = self.last_before(id, draft) else { continue };
            let tie = match self.kinship(words, &owners, chain) {
                Some(tie) if anaphoric || chain.headline_only && tie == Kinship::SameNoun => tie,
                _ => continue,
            };
            let gap = words.sentence - self.drafts[last].sentence;
            let bare = words.determiner == Determiner::Bare;
            let reach = match tie {
                Kinship::SameNoun if vague => 2,
                Kinship::SameNoun if bare && !self.same_crowd(words, &owners, chain) => continue,
                Kinship::SameNoun => usize::MAX,
                Kinship::Sort if !bare => 12,
                Kinship::Role if !bare => 5,
                _ => continue,
            };
            if gap > reach {
                continue;
            }
            let strength = match tie {
                Kinship::SameNoun => 300,
                Kinship::Sort => 200,
                Kinship::Role => 150,
            };
            let score = strength - 10 * (gap.min(25) as i64) + (chain.mentions.len().min(5) as i64);
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, id));
            }
        }
        best.map(|(_, id)| id)
    }

    /// How a description may be tied to an earlier party; `None` where something speaks against it.
    fn kinship(&self, words: &Draft, owners: &[ChainId], chain: &Chain) -> Option<Kinship> {
        let kind = words.kind();
        let single = chain.kind == EntityKind::Actor(ActorKind::Person);
        let human = matches!(kind, EntityKind::Actor(ActorKind::Person | ActorKind::People));
        if (human && (single == words.plural)) || !chain.gender.agrees(words.gender) {
            return None;
        }
        if let (Some(a), Some(b)) = (words.age, chain.age)
            && a != b
        {
            return None;
        }
        let tie = self.tie(words, owners, chain)?;
        if words.determiner == Determiner::Possessive && !owners.iter().any(|o| chain.owners.contains(o)) {
            return None;
        }
        if self.owners_clash(owners, chain, tie) || self.modifiers_clash(words, chain) {
            return None;
        }
        Some(tie)
    }

    fn tie(&self, words: &Draft, owners: &[ChainId], chain: &Chain) -> Option<Kinship> {
        if chain.is_country() && super::names::governs(&words.lemma) {
            return None;
        }
        if chain.lemmas.contains(&words.lemma) && chain.plural_fits(words) {
            return Some(Kinship::SameNoun);
        }
        if words.kind() == EntityKind::Thing {
            let body = words.noun.is_none() && chain.is_named() && !chain.is_person();
            return (body && kinship::named_so(&words.lemma, chain)).then_some(Kinship::Sort);
        }
        if let Some(tie) = kinship::by_sort(words, chain) {
            return Some(tie);
        }
        // "the president" of whoever held the office that day.
        let row = chain.row.map(|row| self.gazetteer.entry(row)).filter(|entry| entry.is_person());
        if let (Some(entry), Some(date), Office::Leads | Office::Member) =
            (row, self.parsed.document.date, words.office)
        {
            let title = words
                .modifiers
                .iter()
                .chain([&words.lemma])
                .map(|w| w.as_str())
                .collect::<Vec<_>>()
                .join(" ");
            let of_it = owners.iter().all(|&owner| self.country_of(owner).as_deref() == entry.country());
            let told = owners.len() == words.owners.len();
            if !words.lesser
                && of_it
                && told
                && entry.terms().any(|term| term.office == title && term.covers(date))
            {
                return Some(Kinship::Sort);
            }
        }
        // "the Iranian official" for "an Austria-based Iranian".
        let national = owners.iter().any(|owner| {
            self.chains[*owner].is_country()
                && chain.owners.contains(owner)
                && chain.mentions.iter().any(|m| self.nationals.contains_key(m))
        });
        (national && words.kind() == EntityKind::Actor(ActorKind::Person)).then_some(Kinship::Role)
    }

    /// Whether a bare plural is the one spoken of before: "police", "rebels", or in the very same words.
    fn same_crowd(&self, words: &Draft, owners: &[ChainId], chain: &Chain) -> bool {
        match words.kind() {
            EntityKind::Actor(ActorKind::People) => {
                words.modifiers.len() == chain.modifiers.len() && owners.len() == chain.owners.len()
            }
            _ => true,
        }
    }

    /// Whether the owners told here and before exclude each other: an Iranian and a German official.
    fn owners_clash(&self, owners: &[ChainId], chain: &Chain, tie: Kinship) -> bool {
        let countries = |ids: &[ChainId]| -> Vec<Option<String>> {
            ids.iter().filter_map(|&id| self.country_of(id)).map(Some).collect()
        };
        if owners.is_empty() {
            return false;
        }
        if chain.owners.is_empty() {
            // A named body may well be of that country: "the German company".
            let own = chain.row.and_then(|row| self.gazetteer.entry(row).country().map(str::to_owned));
            let region = owners.iter().any(|&owner| self.chains[owner].kind == EntityKind::Place);
            return match own {
                Some(own) => region || !countries(owners).contains(&Some(own)),
                None => tie != Kinship::SameNoun || !chain.headline_only && !chain.is_named(),
            };
        }
        if owners.iter().any(|owner| chain.owners.contains(owner)) {
            return false;
        }
        let (a, b) = (countries(owners), countries(&chain.owners));
        a.is_empty() || b.is_empty() || !a.iter().any(|c| b.contains(c)) || tie == Kinship::Role
    }

    fn modifiers_clash(&self, words: &Draft, chain: &Chain) -> bool {
        const IDLE: [&str; 22] = [
            "same",
            "alleged",
            "current",
            "new",
            "own",
            "entire",
            "whole",
            "said",
            "so-called",
            "unnamed",
            "unidentified",
            "suspected",
            "accused",
            "powerful",
            "main",
            "local",
            "old",
            "year",
            "young",
            "two",
            "three",
            "respective",
        ];
        let lacking = words.modifiers.iter().any(|m| {
            !IDLE.contains(&m.as_str())
                && !chain.modifiers.contains(m)
                && !m.bytes().all(|b| b.is_ascii_digit())
        });
        let numbers = |modifiers: &[smol_str::SmolStr]| {
            modifiers.iter().find(|m| m.bytes().all(|b| b.is_ascii_digit()) && !m.is_empty()).cloned()
        };
        let counted =
            matches!((numbers(&words.modifiers), numbers(&chain.modifiers)), (Some(a), Some(b)) if a != b);
        lacking || counted || words.office != Office::None && !same_office(words, chain)
    }

    /// The country of a chain: itself, its gazetteer entry's, or its owner's.
    pub(super) fn country_of(&self, chain: ChainId) -> Option<String> {
        let own = self.chains[chain].row.and_then(|row| self.gazetteer.entry(row).country());
        own.map(str::to_owned).or_else(|| {
            self.chains[chain].owners.iter().find_map(|&owner| {
                self.chains[owner].row.and_then(|row| self.gazetteer.entry(row).country().map(str::to_owned))
            })
        })
    }
}

/// Whether one of the offices told of the chain is of the rank that the words name: a foreign
/// minister is no prime minister, a president-elect no president.
fn same_office(words: &Draft, chain: &Chain) -> bool {
    const RANKS: [&str; 20] = [
        "vice",
        "deputy",
        "prime",
        "foreign",
        "interior",
        "defence",
        "defense",
        "former",
        "first",
        "finance",
        "justice",
        "assistant",
        "acting",
        "attorney",
        "supreme",
        "high",
        "district",
        "opposition",
        "elect",
        "chief",
    ];
    const LESSER: [&str; 6] = ["vice", "deputy", "former", "assistant", "elect", "opposition"];
    let mut told = chain.offices.iter().filter(|(lemma, _)| *lemma == words.lemma).peekable();
    if told.peek().is_none() {
        return true;
    }
    let bare = words.modifiers.is_empty();
    told.any(|(_, modifiers)| {
        let has = |list: &[smol_str::SmolStr], rank: &str| list.iter().any(|m| m == rank);
        let ranks: &[&str] = if bare { &LESSER } else { &RANKS };
        ranks.iter().all(|rank| has(&words.modifiers, rank) == has(modifiers, rank))
    })
}

fn lemma_is(words: &Draft, lemma: &str) -> bool {
    words.lemma == lemma
}
