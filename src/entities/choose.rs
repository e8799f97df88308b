//! A name with several bearers in, the likeliest out: by the model's label, the word's part in its
//! clause, the countries the article speaks of, and a following "…, Texas".

use super::EntityKind;
use super::entry::Entry;
use super::gazetteer::{Gazetteer, Hit, NameRole};
use super::names::Name;
use super::standing::Standing;
use crate::language::EntityLabel;
use crate::ontology::ActorKind;
use std::collections::BTreeMap;

/// How often an article speaks of each country.
#[derive(Debug, Default)]
pub(super) struct Scene(BTreeMap<String, u32>);

impl Scene {
    /// Counts the countries whose names, or whose actors' names, leave no doubt.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a Name>, gazetteer: &Gazetteer) -> Self {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for name in names {
            let mut countries =
                name.hits.iter().chain(&name.inner).map(|hit| gazetteer.entry(hit.row).country());
            let Some(Some(first)) = countries.next() else { continue };
            if countries.all(|country| country == Some(first)) {
                *counts.entry(first.to_owned()).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// How often the country is spoken of.
    pub(super) fn count(&self, country: Option<&str>) -> u32 {
        country.and_then(|country| self.0.get(country)).copied().unwrap_or_default()
    }
}

/// What is known about where the name stands.
pub(super) struct Setting<'a> {
    pub scene: &'a Scene,
    pub standing: Standing,
    /// The name after the next comma: "Paris, Texas".
    pub after: Option<&'a Name>,
    /// The word after the name, in lower case.
    pub next_word: &'a str,
}

/// The likeliest bearer of the name.
pub(super) fn choose(name: &Name, setting: &Setting<'_>, gazetteer: &Gazetteer) -> Option<Hit> {
    let state_like = name.hits.iter().any(|hit| gazetteer.entry(hit.row).is_division());
    let mut best: Option<(i64, Hit)> = None;
    for &hit in &name.hits {
        let entry = gazetteer.entry(hit.row);
        if name.label == Some(EntityLabel::Person) && !entry.is_person() && !entry.is_added() {
            continue;
        }
        let score = score(hit, entry, name, setting, gazetteer, state_like);
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, hit));
        }
    }
    best.map(|(_, hit)| hit)
}

fn score(
    hit: Hit,
    entry: Entry<'_>,
    name: &Name,
    setting: &Setting<'_>,
    gazetteer: &Gazetteer,
    state_like: bool,
) -> i64 {
    let mut score = if entry.is_added() { 10_000 } else { 0 };
    let label = name.label;
    let spoken = |country: Option<&str>| i64::from(setting.scene.count(country));
    if entry.is_country() {
        score += match (hit.role, setting.standing) {
            (NameRole::Seat, Standing::Acts) => 280,
            (NameRole::Seat, Standing::Unclear) => 150,
            (NameRole::Seat, Standing::Located) => 40,
            _ => 300,
        };
        if setting.next_word == "state" {
            score -= 200;
        }
        // "Georgia" among American names is the state.
        let elsewhere = name.hits.iter().map(|other| gazetteer.entry(other.row)).find(|e| e.is_division());
        if let Some(division) = elsewhere.filter(|_| hit.role == NameRole::Name && state_like)
            && spoken(division.country()) > spoken(entry.country())
            && division.country() == Some("US")
        {
            score -= 200;
        }
    } else if entry.kind() == EntityKind::Place {
        score += match entry.population() {
            _ if entry.is_region() => 250,
            Some(people) => 60 + i64::from(people / 40_000).min(140),
            None => 120,
        };
        if setting.next_word == "state" && entry.is_division() {
            score += 200;
        }
        let within = |after: &Name| {
            after.hits.iter().any(|other| {
                let other = gazetteer.entry(other.row);
                (other.is_country() || other.is_division()) && other.country() == entry.country()
            })
        };
        if setting.after.is_some_and(within) {
            score += 400;
        }
    } else {
        score += if entry.is_person() { 240 } else { 270 };
        if matches!(label, Some(EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac)) {
            score -= 60;
        }
    }
    if label == Some(EntityLabel::Org) && matches!(entry.kind(), EntityKind::Place) {
        score -= 60;
    }
    if label.is_some_and(|l| l != EntityLabel::Person) && entry.is_person() {
        score -= 100;
    }
    // Well-known actors before the same words elsewhere.
    if matches!(
        entry.kind(),
        EntityKind::Actor(ActorKind::Party | ActorKind::Government | ActorKind::Police | ActorKind::Military)
    ) {
        score += 12 * spoken(entry.country()).min(12);
    }
    score + 8 * spoken(entry.country()).min(12)
}
