//! Linked drafts in, mentions and entities out: canonical names, aliases, countries, affiliations.

use super::chain::{Chain, ChainId};
use super::draft::Draft;
use super::head_nouns::Office;
use super::resolve::Resolver;
use super::standing::{Standing, standing};
use super::{Affiliation, Entity, EntityId, EntityKind, Mention, MentionForm, MentionId};
use crate::language::Upos;
use crate::ontology::ActorKind;

/// Longest alias and description, in words.
const WORDS: usize = 12;

/// The document's mentions, entities and heads.
pub(super) fn finish(resolver: &Resolver<'_>) -> (Vec<Mention>, Vec<Entity>, Vec<Vec<Option<MentionId>>>) {
    // Entities in the order of their first mention.
    let mut order: Vec<ChainId> = Vec::new();
    let mut entity_of: Vec<Option<EntityId>> = vec![None; resolver.chains.len()];
    for &chain in resolver.links.iter().flatten() {
        if entity_of[chain].is_none() {
            entity_of[chain] = Some(order.len());
            order.push(chain);
        }
    }
    let mentions: Vec<Mention> = resolver
        .drafts
        .iter()
        .zip(&resolver.links)
        .map(|(draft, link)| Mention {
            sentence: draft.sentence,
            tokens: draft.tokens.clone(),
            head: draft.head,
            form: draft.form,
            entity: link.and_then(|chain| entity_of[chain]),
        })
        .collect();
    let entities = order.iter().map(|&chain| entity(resolver, chain, &entity_of)).collect();
    (mentions, entities, resolver.at.clone())
}

fn entity(resolver: &Resolver<'_>, id: ChainId, entity_of: &[Option<EntityId>]) -> Entity {
    let chain = &resolver.chains[id];
    let entry = chain.row.map(|row| resolver.gazetteer.entry(row));
    let mut mentions = chain.mentions.clone();
    mentions.sort_by_key(|&m| resolver.position(m));
    let name = canonical_name(resolver, chain, &mentions);
    let mut aliases: Vec<String> = Vec::new();
    let mut add = |alias: &str| {
        let alias = alias.split_whitespace().collect::<Vec<_>>().join(" ");
        if !alias.is_empty() && alias != name && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    };
    for &mention in &mentions {
        let draft = &resolver.drafts[mention];
        if draft.form == MentionForm::Pronoun {
            continue;
        }
        if let Some(text) = resolver.name_text(mention) {
            add(text);
        }
        if draft.form != MentionForm::Adjectival && draft.tokens.len() <= WORDS {
            add(resolver.text(draft.sentence, draft.tokens.clone()));
        }
    }
    if let Some(entry) = entry {
        let enough = match chain.kind {
            EntityKind::Place | EntityKind::Thing => 0,
            EntityKind::Actor(ActorKind::Person) => 1,
            EntityKind::Actor(_) => 3,
        };
        if chain.given.is_some() {
            add(entry.name());
        }
        entry.aliases().take(enough).for_each(&mut add);
    }
    Entity {
        kind: kind(resolver, chain),
        country: resolver.country_of(id),
        coordinates: entry.and_then(|entry| entry.coordinates()),
        key: entry.map(|entry| entry.key()),
        named: chain.is_named(),
        plural: chain.plural,
        affiliation: affiliation(resolver, chain, &mentions, entity_of),
        mentions,
        name,
        aliases,
    }
}

/// A province whose government acts is a party.
fn kind(resolver: &Resolver<'_>, chain: &Chain) -> EntityKind {
    let entry = chain.row.map(|row| resolver.gazetteer.entry(row));
    if !entry.is_some_and(|entry| entry.is_division() || entry.is_region()) || chain.kind != EntityKind::Place
    {
        return chain.kind;
    }
    let stands = |wanted: Standing| {
        let named = chain.mentions.iter().filter(|&&m| resolver.drafts[m].form == MentionForm::Named);
        named
            .filter(|&&m| {
                let draft = &resolver.drafts[m];
                standing(&resolver.trees[draft.sentence], resolver.gazetteer, draft.head) == wanted
            })
            .count()
    };
    if stands(Standing::Acts) > stands(Standing::Located) {
        EntityKind::Actor(ActorKind::Government)
    } else {
        EntityKind::Place
    }
}

fn canonical_name(resolver: &Resolver<'_>, chain: &Chain, mentions: &[usize]) -> String {
    if let Some(given) = &chain.given {
        return given.clone();
    }
    if let Some(entry) = chain.row.map(|row| resolver.gazetteer.entry(row)) {
        // Rows of minor ministers come from a dictionary in capitals; the article spells them better.
        if !entry.is_person() || entry.is_prominent() || entry.is_added() {
            return entry.name().to_owned();
        }
    }
    let named = mentions.iter().filter_map(|&m| resolver.name_text(m));
    let longest = named
        .fold("", |best, text| if words(text) > words(best) && words(text) <= WORDS { text } else { best });
    if !longest.is_empty() {
        return longest.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let described =
        mentions.iter().map(|&m| &resolver.drafts[m]).filter(|draft| draft.form == MentionForm::Nominal);
    let fullest = described.fold(None, |best: Option<&Draft>, draft| match best {
        Some(best) if draft.tokens.len() <= best.tokens.len() || draft.tokens.len() > WORDS => Some(best),
        _ => Some(draft),
    });
    fullest.map(|draft| description(resolver, draft)).unwrap_or_default()
}

/// The words of a description without its article, a possessive pronoun replaced by the possessor.
fn description(resolver: &Resolver<'_>, draft: &Draft) -> String {
    let tree = &resolver.trees[draft.sentence];
    let mut tokens = draft.tokens.clone();
    let first = tree.token(tokens.start);
    let mut owner = String::new();
    if tokens.len() > 1 && first.rel() == "det" && !matches!(first.lemma.as_str(), "no" | "all" | "both") {
        tokens.start += 1;
    } else if tokens.len() > 1 && first.upos == Upos::Pron && first.deprel == "nmod:poss" {
        tokens.start += 1;
        let possessor =
            resolver.chain_at(draft.sentence, draft.tokens.start).map(|chain| &resolver.chains[chain]);
        if let Some(possessor) = possessor.filter(|chain| chain.is_named()) {
            let name = canonical_name(resolver, possessor, &possessor.mentions);
            owner = format!("{name}’s ");
        }
    }
    while tokens.len() > 1 && !tree.token(tokens.start).text.contains(char::is_alphanumeric) {
        tokens.start += 1;
    }
    let text = resolver.text(draft.sentence, tokens.clone());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = text.chars();
    let opening = tree.token(tokens.start);
    let known = resolver.gazetteer.nouns().get(&opening.text.to_lowercase(), &opening.lemma).is_some();
    let common = opening.upos != Upos::Propn
        && (known || !matches!(opening.upos, Upos::Noun))
        && resolver.at[draft.sentence][tokens.start]
            .is_none_or(|d| resolver.drafts[d].name.is_none() && !resolver.nationals.contains_key(&d));
    match letters.next() {
        // "Protesters" at the head of a sentence is no proper name; "Iranian officials" keeps its capital.
        Some(c) if tokens.start == 0 && owner.is_empty() && common => {
            c.to_lowercase().chain(letters).collect()
        }
        _ => owner + &text,
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The party that the text, or else the gazetteer, says the chain belongs to.
fn affiliation(
    resolver: &Resolver<'_>,
    chain: &Chain,
    mentions: &[usize],
    entity_of: &[Option<EntityId>],
) -> Option<Affiliation> {
    let person = chain.kind == EntityKind::Actor(ActorKind::Person);
    let mut found: Option<(u8, Affiliation)> = None;
    for &mention in mentions {
        let draft = &resolver.drafts[mention];
        if matches!(draft.form, MentionForm::Pronoun | MentionForm::Adjectival) {
            continue;
        }
        for &token in &draft.owners {
            let Some(owner) = resolver.chain_at(draft.sentence, token) else { continue };
            let Some(to) = entity_of[owner].filter(|_| resolver.links[mention] != Some(owner)) else {
                continue;
            };
            let body = &resolver.chains[owner];
            if !body.is_body() && body.kind != EntityKind::Place {
                continue;
            }
            let close = close_owner(resolver, draft, token);
            let office = office(draft);
            let leads = person && close && office == Office::Leads && !draft.lesser;
            let told = person && chain.is_named() && office >= Office::Member && !draft.lesser;
            let rank = u8::from(told) * 4 + u8::from(leads) * 2 + u8::from(body.is_body());
            if (body.kind == EntityKind::Place && !told)
                || found.as_ref().is_some_and(|(best, _)| *best >= rank)
            {
                continue;
            }
            let told_at = told.then_some((draft.sentence, draft.office_at));
            found = Some((rank, Affiliation { to, leads, told_at }));
        }
    }
    if let Some((_, affiliation)) = found {
        return Some(affiliation);
    }
    if let Some(to) = chain
        .owners
        .iter()
        .filter(|&&owner| resolver.chains[owner].is_body())
        .find_map(|&owner| entity_of[owner])
    {
        return Some(Affiliation { to, leads: false, told_at: None });
    }
    let entry = resolver.gazetteer.entry(chain.row?);
    let date = resolver.parsed.document.date;
    let term = entry.terms().find(|term| date.is_some_and(|date| term.covers(date)));
    let body = match term {
        Some(term) if term.body.len() == 2 => resolver.gazetteer.country_row(term.body),
        Some(term) => resolver.gazetteer.row_of_key(term.body),
        None if !entry.is_country() && matches!(chain.kind, EntityKind::Actor(_)) => {
            entry.country().and_then(|country| resolver.gazetteer.country_row(country))
        }
        None => None,
    }?;
    let to = resolver.rows.get(&body).and_then(|&owner| entity_of[owner])?;
    let heads = [
        "president",
        "prime minister",
        "chancellor",
        "monarch",
        "supreme leader",
        "leader",
        "premier",
        "secretary general",
    ];
    Some(Affiliation { to, leads: term.is_some_and(|term| heads.contains(&term.office)), told_at: None })
}

/// What the title makes of its holder, with its modifiers: a prime minister leads, a foreign minister does not.
fn office(draft: &Draft) -> Office {
    let has = |words: &[&str]| draft.modifiers.iter().any(|m| words.contains(&m.as_str()));
    match draft.lemma.as_str() {
        "minister" if has(&["prime", "first", "chief"]) => Office::Leads,
        "secretary" if has(&["general"]) => Office::Leads,
        "general" if has(&["secretary"]) => Office::Leads,
        "executive" if has(&["chief"]) => Office::Leads,
        "officer" if has(&["chief", "executive"]) => Office::Leads,
        _ => draft.office,
    }
}

/// Whether the owner is the body itself: "of X", "X's", "X president", but not "president in X".
fn close_owner(resolver: &Resolver<'_>, draft: &Draft, token: usize) -> bool {
    let tree = &resolver.trees[draft.sentence];
    let own = tree.child(token, &["case"]).map(|case| tree.lemma(case));
    match own.or_else(|| tree.case(token).filter(|_| tree.token(token).rel() == "conj")) {
        Some("of" | "'s" | "’s" | "'" | "’" | "s") | None => true,
        Some(_) => tree.token(token).deprel == "nmod:poss",
    }
}
