//! The room's flow: names, mentions, named parties, then descriptions and pronouns in reading order.

use super::chain::{Chain, ChainId};
use super::choose::Scene;
use super::draft::{self, Draft, Pronoun};
use super::entry::Gender;
use super::gazetteer::Gazetteer;
use super::given;
use super::names::{self, Name};
use super::speaker;
use super::tree::Tree;
use super::{EntityKind, MentionForm, Office, ResolvedDocument, finish};
use crate::language::{Heading, ParsedDocument};
use std::collections::{BTreeMap, BTreeSet};

/// Finds the parties and places of a document and who is spoken of where.
pub fn resolve(parsed: ParsedDocument, gazetteer: &Gazetteer) -> ResolvedDocument {
    let (mentions, entities, by_head) = {
        let mut resolver = Resolver::new(&parsed, gazetteer);
        resolver.link_names();
        resolver.link_in_order();
        finish::finish(&resolver)
    };
    ResolvedDocument { parsed, mentions, entities, by_head }
}

/// The document while its mentions are being linked.
pub(super) struct Resolver<'a> {
    pub gazetteer: &'a Gazetteer,
    pub parsed: &'a ParsedDocument,
    pub trees: Vec<Tree<'a>>,
    pub names: Vec<Vec<Name>>,
    pub drafts: Vec<Draft>,
    /// For each draft, its chain.
    pub links: Vec<Option<ChainId>>,
    pub chains: Vec<Chain>,
    pub scene: Scene,
    /// For each sentence and token, the draft whose head or name it is.
    pub at: Vec<Vec<Option<usize>>>,
    /// Chains by gazetteer row and by name as given.
    pub rows: BTreeMap<u32, ChainId>,
    pub given: BTreeMap<String, ChainId>,
    /// Drafts that are nationals of a country: "two Iranians".
    pub nationals: BTreeMap<usize, ChainId>,
    /// First and last words of the persons' full names.
    pub surnames: BTreeSet<String>,
    /// For each sentence and token, whether it is quoted.
    pub quoted: Vec<Vec<bool>>,
}

impl<'a> Resolver<'a> {
    fn new(parsed: &'a ParsedDocument, gazetteer: &'a Gazetteer) -> Self {
        let trees: Vec<Tree<'a>> = parsed.sentences.iter().map(Tree::new).collect();
        let mut names: Vec<Vec<Name>> = trees.iter().map(|tree| names::names(tree, gazetteer)).collect();
        given::mark_names(parsed, &trees, &mut names);
        let mut drafts = Vec::new();
        for (index, (tree, names)) in trees.iter().zip(&names).enumerate() {
            drafts.extend(draft::drafts(index, tree, names, gazetteer));
        }
        given::mark_drafts(parsed, &trees, &names, &mut drafts);
        let mut at: Vec<Vec<Option<usize>>> = trees.iter().map(|tree| vec![None; tree.len()]).collect();
        for (index, draft) in drafts.iter().enumerate() {
            at[draft.sentence][draft.head] = Some(index);
        }
        for (index, draft) in drafts.iter().enumerate() {
            if let Some(name) = draft.name {
                for token in names[draft.sentence][name].tokens.clone() {
                    at[draft.sentence][token].get_or_insert(index);
                }
            }
        }
        let scene = Scene::of(names.iter().flatten(), gazetteer);
        let quoted = speaker::quoted(&trees);
        let links = vec![None; drafts.len()];
        Self {
            gazetteer,
            parsed,
            trees,
            names,
            drafts,
            links,
            chains: Vec::new(),
            scene,
            at,
            rows: BTreeMap::new(),
            given: BTreeMap::new(),
            nationals: BTreeMap::new(),
            surnames: BTreeSet::new(),
            quoted,
        }
    }

    /// The name of a draft.
    pub(super) fn name(&self, draft: usize) -> Option<&Name> {
        let draft = &self.drafts[draft];
        draft.name.map(|name| &self.names[draft.sentence][name])
    }

    /// The words of a range of tokens.
    pub(super) fn text(&self, sentence: usize, tokens: std::ops::Range<usize>) -> &'a str {
        self.parsed.sentences[sentence].span_of(tokens).of(&self.parsed.document.text)
    }

    /// The words of a draft's name.
    pub(super) fn name_text(&self, draft: usize) -> Option<&'a str> {
        let tokens = self.name(draft)?.tokens.clone();
        Some(self.text(self.drafts[draft].sentence, tokens))
    }

    /// The chain of the mention at a token.
    pub(super) fn chain_at(&self, sentence: usize, token: usize) -> Option<ChainId> {
        self.at[sentence][token].and_then(|draft| self.links[draft])
    }

    /// A new chain.
    pub(super) fn add_chain(&mut self, kind: EntityKind) -> ChainId {
        self.chains.push(Chain::new(kind));
        self.chains.len() - 1
    }

    /// The chain of a gazetteer row.
    pub(super) fn chain_of_row(&mut self, row: u32) -> ChainId {
        if let Some(&chain) = self.rows.get(&row) {
            return chain;
        }
        let entry = self.gazetteer.entry(row);
        let chain = self.add_chain(entry.kind());
        self.chains[chain].row = Some(row);
        self.chains[chain].gender = entry.gender();
        self.rows.insert(row, chain);
        chain
    }

    /// Puts a draft into a chain.
    pub(super) fn link(&mut self, draft: usize, chain: ChainId) {
        self.links[draft] = Some(chain);
        let owners = self.owners(draft);
        let headline = self.parsed.sentences[self.drafts[draft].sentence].heading == Heading::Headline;
        let name = self.name_text(draft);
        let (target, draft_words) = (&mut self.chains[chain], &self.drafts[draft]);
        target.mentions.push(draft);
        target.headline_only &= headline;
        if !matches!(draft_words.form, MentionForm::Pronoun | MentionForm::Adjectival) {
            target.absorb(draft_words, &owners);
            if draft_words.form == MentionForm::Named {
                if let Some(name) = name {
                    target.add_name(name);
                    // "the Queen" is short for "Queen Example".
                    let title = name.split(' ').next().unwrap_or_default().to_lowercase();
                    let known = self.gazetteer.nouns().get(&title, &title);
                    if target.is_person() && known.is_some_and(|n| n.office != Office::None) {
                        target.lemmas.push(title.into());
                    }
                }
            } else if target.mentions.len() == 1 {
                target.plural = draft_words.plural;
            }
        } else if let Some(name) = name.filter(|_| draft_words.form == MentionForm::Adjectival) {
            target.add_name(name);
        } else if target.gender == Gender::Either && matches!(draft_words.pronoun, Some(Pronoun::Person(_))) {
            target.gender = draft_words.gender;
        }
    }

    /// The chains that a draft's words say it belongs to.
    pub(super) fn owners(&self, draft: usize) -> Vec<ChainId> {
        let words = &self.drafts[draft];
        let told = words.owners.iter().filter_map(|&token| self.chain_at(words.sentence, token));
        told.chain(self.nationals.get(&draft).copied()).collect()
    }

    /// Reading position of a draft.
    pub(super) fn position(&self, draft: usize) -> (usize, usize) {
        (self.drafts[draft].sentence, self.drafts[draft].head)
    }

    /// The last mention of a chain before a draft.
    pub(super) fn last_before(&self, chain: ChainId, draft: usize) -> Option<usize> {
        let here = self.position(draft);
        self.chains[chain]
            .mentions
            .iter()
            .copied()
            .filter(|&m| self.position(m) < here)
            .max_by_key(|&m| self.position(m))
    }
}
