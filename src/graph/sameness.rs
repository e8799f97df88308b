//! Which identities are one node, and why.
//!
//! Three rules, each a function of what was read and not of its order: two spellings of one full
//! personal name; an acronym and the one body whose articles introduce it; one description in
//! reports of the same act within days.

use super::claim::{ClaimTarget, IdentityIx};
use super::identity::{acronym, slug, spelling};
use super::ledger::Ledger;
use super::stable::StableHash;
use super::{ArticleIx, Decisions};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// Days between two reports of one act by or upon parties described in the same words.
const DESCRIPTION_DAYS: i64 = 2;

/// Why two identities are one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A person decided so.
    Decided,
    /// One full name in two spellings.
    Spelling,
    /// An acronym that articles introduce for one body only.
    Acronym,
    /// The same description in reports of the same act.
    Description,
}

impl Reason {
    /// A few words on it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decided => "decided by a person",
            Self::Spelling => "another spelling of the same full name",
            Self::Acronym => "acronym introduced in an article",
            Self::Description => "same description in reports of the same act",
        }
    }
}

/// Where identities may meet.
#[derive(Debug, Clone, Default)]
pub(super) struct Sameness {
    spellings: HashMap<String, Vec<IdentityIx>>,
    /// Acronym → the bodies with a longer name that go by it.
    introduced: HashMap<SmolStr, Vec<IdentityIx>>,
    described: HashMap<u64, Vec<(i64, IdentityIx)>>,
    described_keys: HashMap<IdentityIx, Vec<(u64, i64)>>,
    decided: HashMap<IdentityIx, Vec<IdentityIx>>,
    known: usize,
}

impl Sameness {
    /// Takes in new articles and returns every group of identities that may have changed.
    ///
    /// `fellows` gives the group an identity was in before.
    pub fn update(
        &mut self,
        ledger: &Ledger,
        fresh: Range<ArticleIx>,
        heard: &[IdentityIx],
        fellows: impl Fn(IdentityIx) -> Vec<IdentityIx>,
    ) -> Vec<Vec<IdentityIx>> {
        let first_new = self.known;
        let mut dirty: BTreeSet<IdentityIx> = BTreeSet::new();
        for &ix in heard {
            if (ix as usize) >= first_new {
                self.enter(ledger, ix);
                dirty.insert(ix);
            }
            if ledger.identities[ix as usize].is_acronym() {
                dirty.insert(ix);
            }
            self.enter_acronyms(ledger, ix, &mut dirty);
        }
        self.known = ledger.identities.len();
        for article in fresh {
            self.enter_descriptions(ledger, article);
        }
        self.groups(ledger, dirty, fellows)
    }

    fn enter(&mut self, ledger: &Ledger, ix: IdentityIx) {
        let identity = &ledger.identities[ix as usize];
        if identity.named
            && identity.id.starts_with("person:")
            && let Some(spelling) = spelling(identity.name())
        {
            self.spellings.entry(spelling).or_default().push(ix);
        }
        for other in ledger.decisions.partners(&identity.id).filter_map(|id| ledger.identity(id)) {
            self.decided.entry(ix).or_default().push(other);
            self.decided.entry(other).or_default().push(ix);
        }
    }

    /// Notes the acronyms a body goes by; whoever else goes by one is looked at again.
    fn enter_acronyms(&mut self, ledger: &Ledger, ix: IdentityIx, dirty: &mut BTreeSet<IdentityIx>) {
        let identity = &ledger.identities[ix as usize];
        if identity.is_place || !identity.named || identity.is_acronym() || identity.id.starts_with("person:")
        {
            return;
        }
        for letters in identity.aliases.iter().filter_map(|a| acronym(a)) {
            let bodies = self.introduced.entry(letters.clone()).or_default();
            if !bodies.contains(&ix) {
                bodies.push(ix);
                dirty.extend(bodies.iter().copied());
                dirty.extend(ledger.identity(&format!("actor:{}", letters.to_lowercase())));
            }
        }
    }

    fn enter_descriptions(&mut self, ledger: &Ledger, article: ArticleIx) {
        for (_, claim) in ledger.claims_of(article) {
            let ClaimTarget::Party(target) = claim.target else { continue };
            let published = ledger.articles[article as usize].date;
            let Some(day) = claim.date.filter(|d| d.is_day()).or(published).map(|d| d.days_since_epoch())
            else {
                continue;
            };
            for (who, other, role) in [(claim.source, target, 0), (target, claim.source, 1)] {
                let (identity, partner) =
                    (&ledger.identities[who as usize], &ledger.identities[other as usize]);
                if identity.named || identity.is_place {
                    continue;
                }
                let mut key = StableHash::new()
                    .text(&slug(identity.name(), false))
                    .text(claim.relation.name())
                    .number(role);
                if partner.named {
                    key = key.text(&partner.id);
                } else {
                    // Two descriptions say little: the place must be the same too.
                    let Some(place) = claim.place else { continue };
                    key = key.text(&slug(partner.name(), false)).text(&ledger.identities[place as usize].id);
                }
                let key = key.finish();
                self.described.entry(key).or_default().push((day, who));
                self.described_keys.entry(who).or_default().push((key, day));
            }
        }
    }

    /// Who may be the same as this identity, by the rules alone.
    pub fn links(&self, ledger: &Ledger, ix: IdentityIx) -> Vec<(IdentityIx, Reason)> {
        let identity = &ledger.identities[ix as usize];
        let mut links: Vec<(IdentityIx, Reason)> = Vec::new();
        for &other in self.decided.get(&ix).into_iter().flatten() {
            links.push((other, Reason::Decided));
        }
        if let Some(keys) = self.described_keys.get(&ix) {
            for (key, day) in keys {
                for (other_day, other) in self.described.get(key).into_iter().flatten() {
                    let elsewhere = ledger.identities[*other as usize].home != identity.home;
                    if elsewhere && (day - other_day).abs() <= DESCRIPTION_DAYS {
                        links.push((*other, Reason::Description));
                    }
                }
            }
        } else if identity.id.starts_with("person:") {
            if let Some(group) = spelling(identity.name()).and_then(|s| self.spellings.get(&s)) {
                links.extend(group.iter().filter(|&&o| o != ix).map(|&o| (o, Reason::Spelling)));
            }
        } else if identity.is_acronym() {
            let only = acronym(identity.name()).and_then(|a| self.introduced.get(&a));
            if let Some([body]) = only.map(Vec::as_slice) {
                links.push((*body, Reason::Acronym));
            }
        } else if !identity.is_place && identity.named {
            for letters in identity.aliases.iter().filter_map(|a| acronym(a)) {
                let alone = self.introduced.get(&letters).is_some_and(|bodies| bodies.len() == 1);
                let bearer = ledger.identity(&format!("actor:{}", letters.to_lowercase()));
                if let Some(bearer) =
                    bearer.filter(|&b| alone && b != ix && ledger.identities[b as usize].is_acronym())
                {
                    links.push((bearer, Reason::Acronym));
                }
            }
        }
        links
    }

    /// The groups that the dirty identities and all they were or are linked with fall into.
    fn groups(
        &self,
        ledger: &Ledger,
        dirty: BTreeSet<IdentityIx>,
        fellows: impl Fn(IdentityIx) -> Vec<IdentityIx>,
    ) -> Vec<Vec<IdentityIx>> {
        let mut reached: BTreeSet<IdentityIx> = dirty.clone();
        let mut queue: Vec<IdentityIx> = dirty.into_iter().collect();
        let mut links: Vec<(Reason, IdentityIx, IdentityIx)> = Vec::new();
        while let Some(ix) = queue.pop() {
            for (other, reason) in self.links(ledger, ix) {
                links.push((reason, ix, other));
                if reached.insert(other) {
                    queue.push(other);
                }
            }
            for other in fellows(ix) {
                if reached.insert(other) {
                    queue.push(other);
                }
            }
        }
        let id = |ix: IdentityIx| ledger.identities[ix as usize].id.as_str();
        // The strongest reasons first, then by id: where a decision keeps two apart, what is joined
        // instead must not depend on the order of reading.
        links.sort_by(|a, b| (a.0, id(a.1), id(a.2)).cmp(&(b.0, id(b.1), id(b.2))));
        let mut group_of: BTreeMap<IdentityIx, usize> =
            reached.iter().enumerate().map(|(g, &ix)| (ix, g)).collect();
        let mut groups: Vec<Vec<IdentityIx>> = reached.iter().map(|&ix| vec![ix]).collect();
        for (_, a, b) in links {
            let (into, from) = (group_of[&a], group_of[&b]);
            if into == from || must_stay_apart(&ledger.decisions, ledger, &groups[into], &groups[from]) {
                continue;
            }
            let moved = std::mem::take(&mut groups[from]);
            for &ix in &moved {
                group_of.insert(ix, into);
            }
            groups[into].extend(moved);
        }
        groups.retain(|g| !g.is_empty());
        for group in &mut groups {
            group.sort_by_key(|&ix| id(ix));
        }
        groups
    }
}

fn must_stay_apart(decisions: &Decisions, ledger: &Ledger, a: &[IdentityIx], b: &[IdentityIx]) -> bool {
    !decisions.apart.is_empty()
        && a.iter().any(|&x| {
            b.iter().any(|&y| {
                decisions.keeps_apart(&ledger.identities[x as usize].id, &ledger.identities[y as usize].id)
            })
        })
}
