//! RON text to [`KnowledgeGraph`].

use super::VERSION;
use super::rows::{ArticleRow, ClaimRow, EdgeRow, IdentityRow, ReportRow, Whole, tally};
use crate::graph::claim::{Claim, ClaimTarget, Occurrence, Sentence};
use crate::graph::ledger::{Ledger, index};
use crate::graph::{Article, ArticleIx, Identity, IdentityIx, KnowledgeGraph, OccurrenceIx};
use crate::ontology::Relation;
use ron::extensions::Extensions;
use smol_str::SmolStr;
use std::collections::{BTreeMap, HashMap};

/// Why text is no graph.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Not RON, or not of this shape.
    #[error("{line}:{column}: {message}")]
    Shape {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// Of another version.
    #[error("graph format version {0}, this program reads version {VERSION}")]
    Version(u32),
    /// An item names another that is not there, or numbers have gaps.
    #[error("{0}")]
    Reference(String),
}

impl KnowledgeGraph {
    /// Reads a graph from RON text.
    ///
    /// # Errors
    /// Where the text is damaged or of another version.
    pub fn read_ron(text: &str) -> Result<Self, ReadError> {
        check_version(text)?;
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let whole: Whole = options.from_str(text).map_err(|fault| ReadError::Shape {
            line: fault.span.start.line,
            column: fault.span.start.col,
            message: fault.code.to_string(),
        })?;
        Reader::default().read(whole).map(Self::from_ledger)
    }
}

/// Looks at the version before anything else, since another version may differ in every field.
fn check_version(text: &str) -> Result<(), ReadError> {
    let head: String = text.chars().take(400).collect();
    if !head.contains("format: \"whom graph\"") {
        return Err(ReadError::Shape {
            line: 1,
            column: 1,
            message: "not a graph written by whom (its head is missing); build one with `whom build`"
                .to_owned(),
        });
    }
    let digits = head.split("version:").nth(1).map(|rest| rest.trim_start());
    let digits: String = digits.unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    match digits.parse() {
        Ok(VERSION) => Ok(()),
        Ok(other) => Err(ReadError::Version(other)),
        Err(_) => Err(ReadError::Shape { line: 1, column: 1, message: "the version is missing".to_owned() }),
    }
}

#[derive(Default)]
struct Reader {
    ledger: Ledger,
    articles: HashMap<String, ArticleIx>,
    /// Sentences of the article being read.
    sentences: HashMap<(ArticleIx, usize, usize), u32>,
}

/// A claim on its way into the ledger.
struct LooseClaim {
    relation: Relation,
    source: SmolStr,
    target: Option<SmolStr>,
    row: ClaimRow,
}

impl Reader {
    fn read(mut self, whole: Whole) -> Result<Ledger, ReadError> {
        self.ledger.decisions = whole.decisions;
        for row in whole.articles {
            self.article(row)?;
        }
        for (is_place, rows) in [(false, whole.actors), (true, whole.locations)] {
            for row in rows {
                self.identity(row, is_place)?;
            }
        }
        let mut reports: BTreeMap<(ArticleIx, u32), ReportRow> = BTreeMap::new();
        for row in whole.events.into_iter().flat_map(|e| e.reports).chain(whole.dropped_reports) {
            let at = (self.article_ix(&row.article)?, row.n);
            if reports.insert(at, row).is_some() {
                return Err(twice("report", at.1, &self.ledger.articles[at.0 as usize].id));
            }
        }
        let mut claims: BTreeMap<(ArticleIx, u32), LooseClaim> = BTreeMap::new();
        for edge in whole.edges.into_iter().chain(whole.dropped) {
            let EdgeRow { source, relation, target, claims: rows, .. } = edge;
            for mut row in rows {
                let at = (self.article_ix(&row.article)?, row.n);
                let source = row.source.take().unwrap_or_else(|| source.clone());
                let target = row.target.take().or_else(|| target.clone());
                if claims.insert(at, LooseClaim { relation, source, target, row }).is_some() {
                    return Err(twice("claim", at.1, &self.ledger.articles[at.0 as usize].id));
                }
            }
        }
        let mut reports = reports.into_iter().peekable();
        let mut claims = claims.into_iter().peekable();
        for article in 0..index(self.ledger.articles.len()) {
            let (first_report, first_claim) = (self.ledger.occurrences.len(), self.ledger.claims.len());
            // A part of a graph keeps the numbers of the whole; gaps close up.
            let mut renumbered: BTreeMap<u32, OccurrenceIx> = BTreeMap::new();
            while let Some(((_, n), row)) = reports.next_if(|((a, _), _)| *a == article) {
                renumbered.insert(n, index(self.ledger.occurrences.len()));
                self.report(article, row)?;
            }
            while let Some((_, claim)) = claims.next_if(|((a, _), _)| *a == article) {
                self.claim(article, claim, &renumbered)?;
            }
            let entry = &mut self.ledger.articles[article as usize];
            entry.occurrences = index(first_report)..index(self.ledger.occurrences.len());
            entry.claims = index(first_claim)..index(self.ledger.claims.len());
            self.ledger.stamp_occurrences(article);
        }
        Ok(self.ledger)
    }

    fn article(&mut self, row: ArticleRow) -> Result<(), ReadError> {
        let sketch = (0..row.sketch.len() / 8)
            .map(|i| row.sketch.get(i * 8..i * 8 + 8).and_then(|v| u32::from_str_radix(v, 16).ok()))
            .collect::<Option<Vec<u32>>>()
            .ok_or_else(|| ReadError::Reference(format!("the sketch of article `{}` is damaged", row.id)))?;
        let ix = self.ledger.enter(Article {
            given_id: row.given_id.unwrap_or_else(|| row.id.clone()),
            id: row.id.clone(),
            title: row.title,
            date: row.date,
            source: row.source,
            url: row.url,
            digest: row.digest,
            sketch,
            claims: 0..0,
            occurrences: 0..0,
        });
        // Part of a graph may hold one of two namesakes only; its id stays the long one.
        self.ledger.articles[ix as usize].id.clone_from(&row.id);
        match self.articles.insert(row.id.clone(), ix) {
            None => Ok(()),
            Some(_) => Err(ReadError::Reference(format!("two articles have the id `{}`", row.id))),
        }
    }

    fn identity(&mut self, row: IdentityRow, is_place: bool) -> Result<(), ReadError> {
        if self.ledger.identity(&row.id).is_some() {
            return Err(ReadError::Reference(format!("two actors or locations have the id `{}`", row.id)));
        }
        let home = row.described_in.map(|id| self.article_ix(&id)).transpose()?;
        self.ledger.enter_identity(Identity {
            id: row.id,
            is_place,
            named: home.is_none(),
            names: tally(row.names),
            aliases: row.aliases,
            kinds: tally(row.kinds),
            countries: tally(row.countries),
            affiliations: tally(row.affiliations),
            coordinates: row.coordinates,
            home,
        });
        Ok(())
    }

    fn report(&mut self, article: ArticleIx, row: ReportRow) -> Result<(), ReadError> {
        let place = self.optional_identity(row.place.as_ref())?;
        self.ledger.occurrences.push(Occurrence {
            article,
            kind: row.kind,
            label: row.label,
            date: row.date,
            place,
            status: row.status,
            key: 0,
            likeness: 0,
        });
        Ok(())
    }

    fn claim(
        &mut self,
        article: ArticleIx,
        claim: LooseClaim,
        occurrences: &BTreeMap<u32, OccurrenceIx>,
    ) -> Result<(), ReadError> {
        let row = claim.row;
        let occurrence = |n: u32| {
            occurrences.get(&n).copied().ok_or_else(|| {
                ReadError::Reference(format!(
                    "claim {} of article `{}` names report {n}, which is missing",
                    row.n, row.article
                ))
            })
        };
        let target = match (row.about, &claim.target) {
            (Some(n), _) => ClaimTarget::Occurrence(occurrence(n)?),
            (None, Some(id)) => ClaimTarget::Party(self.identity_ix(id)?),
            (None, None) => ClaimTarget::Nobody,
        };
        let sentence = *self.sentences.entry((article, row.at.start, row.at.end)).or_insert_with(|| {
            self.ledger.sentences.push(Sentence { span: row.at, text: Some(row.text.into_boxed_str()) });
            index(self.ledger.sentences.len() - 1)
        });
        let made = Claim {
            article,
            occurrence: row.reports.map(occurrence).transpose()?,
            relation: claim.relation,
            source: self.identity_ix(&claim.source)?,
            target,
            status: row.status,
            according_to: self.optional_identity(row.according_to.as_ref())?,
            date: row.date,
            place: self.optional_identity(row.place.as_ref())?,
            confidence: row.confidence,
            sentence,
            source_span: row.source_at,
            trigger_span: row.trigger_at,
            target_span: row.target_at,
        };
        self.ledger.claims.push(made);
        Ok(())
    }

    fn article_ix(&self, id: &str) -> Result<ArticleIx, ReadError> {
        let known = self.articles.get(id).copied();
        known.ok_or_else(|| ReadError::Reference(format!("article `{id}` is named but missing")))
    }

    fn identity_ix(&self, id: &str) -> Result<IdentityIx, ReadError> {
        let known = self.ledger.identity(id);
        known.ok_or_else(|| ReadError::Reference(format!("actor or location `{id}` is named but missing")))
    }

    fn optional_identity(&self, id: Option<&SmolStr>) -> Result<Option<IdentityIx>, ReadError> {
        id.map(|id| self.identity_ix(id)).transpose()
    }
}

fn twice(what: &str, n: u32, article: &str) -> ReadError {
    ReadError::Reference(format!("{what} {n} of article `{article}` stands twice"))
}
