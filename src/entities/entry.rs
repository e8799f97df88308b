//! One row of a gazetteer table in, its cells out, read when asked for.

use super::{EntityKind, form};
use crate::ontology::{ActorKind, PartialDate};
use std::borrow::Cow;

/// Grammatical sex of a person's name or description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gender {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Either, or unknown.
    Either,
}

impl Gender {
    pub(super) fn read(letter: &str) -> Self {
        match letter {
            "m" => Self::Male,
            "f" => Self::Female,
            _ => Self::Either,
        }
    }

    /// Whether one person may be both.
    pub fn agrees(self, other: Self) -> bool {
        self == other || self == Self::Either || other == Self::Either
    }
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    pub(super) table: &'a Table,
    pub(super) line: &'a str,
}

impl<'a> Entry<'a> {
    /// Stable key: `country:IR`, `org:hamas`, `person:xi-jinping`, `place:2988507`.
    pub fn key(self) -> String {
        let given = self.cell(Column::Key);
        if !given.is_empty() {
            return given.to_owned();
        }
        let iso = self.cell(Column::Iso);
        let own = if iso.is_empty() { form::slug(self.name()) } else { iso.to_owned() };
        format!("{}{own}", self.table.prefix)
    }

    /// Canonical name.
    pub fn name(self) -> &'a str {
        self.cell(Column::Name)
    }

    /// What it is.
    pub fn kind(self) -> EntityKind {
        match self.cell(Column::Kind) {
            "" => self.table.kind,
            "place" | "location" => EntityKind::Place,
            kind => kind.parse().map_or(self.table.kind, EntityKind::Actor),
        }
    }

    /// ISO 3166-1 alpha-2 code of its country.
    pub fn country(self) -> Option<&'a str> {
        Some(self.cell(Column::Iso)).filter(|c| !c.is_empty()).or_else(|| {
            let country = self.cell(Column::Country);
            Some(country).filter(|c| !c.is_empty())
        })
    }

    /// Other names.
    pub fn aliases(self) -> impl Iterator<Item = &'a str> {
        list(self.cell(Column::Aliases))
    }

    /// Adjectives: "Iranian".
    pub fn adjectives(self) -> impl Iterator<Item = &'a str> {
        list(self.cell(Column::Adjectives))
    }

    /// Degrees north and east.
    pub fn coordinates(self) -> Option<(f64, f64)> {
        let north = self.cell(Column::Latitude).parse().ok()?;
        Some((north, self.cell(Column::Longitude).parse().ok()?))
    }

    /// Inhabitants, where the entry is a town.
    pub fn population(self) -> Option<u32> {
        self.cell(Column::Population).parse().ok()
    }

    /// Whether the entry is a province or state of a country.
    pub fn is_division(self) -> bool {
        self.cell(Column::Population) == "admin"
    }

    /// Whether the entry is a region, sea or building of the hand-made table: these come before
    /// towns of the same name.
    pub fn is_region(self) -> bool {
        self.table.prefix == "place:" && self.cell(Column::Population).is_empty()
    }

    /// A person's sex.
    pub fn gender(self) -> Gender {
        Gender::read(self.cell(Column::Gender))
    }

    /// Whether it is one human being.
    pub fn is_person(self) -> bool {
        self.kind() == EntityKind::Actor(ActorKind::Person)
    }

    /// Whether it is a country.
    pub fn is_country(self) -> bool {
        self.table.prefix == "country:"
    }

    /// Whether a user added it.
    pub fn is_added(self) -> bool {
        self.table.prefix == "actor:"
    }

    /// Whether the surname alone may call the person to mind.
    pub fn is_prominent(self) -> bool {
        self.table.prefix == "person:"
            && (!self.cell(Column::Gender).is_empty() || !self.cell(Column::Terms).starts_with("minister@"))
    }

    /// The offices a person held: office, body (country code or key), first and last day.
    pub fn terms(self) -> impl Iterator<Item = Term<'a>> {
        list(self.cell(Column::Terms)).filter_map(|term| {
            let mut parts = term.split('@');
            let (office, body, span) = (parts.next()?, parts.next()?, parts.next()?);
            let (from, to) = span.split_once("..")?;
            Some(Term { office, body, from: from.parse().ok(), to: to.parse().ok() })
        })
    }

    pub(super) fn cell(self, column: Column) -> &'a str {
        let Some(at) = self.table.columns[column as usize] else { return "" };
        self.line.split('\t').nth(at as usize).unwrap_or_default()
    }

    pub(super) fn cells(self) -> [&'a str; COLUMNS.len()] {
        let mut cells = [""; COLUMNS.len()];
        for (at, cell) in self.line.split('\t').enumerate() {
            if let Some(column) = self.table.columns.iter().position(|&c| c == Some(at as u8)) {
                cells[column] = cell;
            }
        }
        cells
    }
}

/// An office held for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<'a> {
    /// "president", "foreign minister".
    pub office: &'a str,
    /// ISO 3166-1 code or gazetteer key of what it is an office of.
    pub body: &'a str,
    /// Since when.
    pub from: Option<PartialDate>,
    /// Until when; `None` where it goes on.
    pub to: Option<PartialDate>,
}

impl Term<'_> {
    /// Whether the office was held on the day.
    pub fn covers(self, day: PartialDate) -> bool {
        self.from.is_none_or(|from| from.first_day() <= day.last_day())
            && self.to.is_none_or(|to| day.first_day() <= to.last_day())
    }
}

/// A table as read: its text and where its columns are.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) text: Cow<'static, str>,
    /// Key prefix; also tells the tables apart.
    pub(super) prefix: &'static str,
    /// Kind of rows that name none.
    kind: EntityKind,
    pub(super) columns: [Option<u8>; COLUMNS.len()],
}

/// What a column holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column {
    Key,
    Iso,
    Name,
    Kind,
    Country,
    Aliases,
    Adjectives,
    People,
    Seats,
    Latitude,
    Longitude,
    Population,
    Gender,
    Terms,
}

/// Names of the columns, in the order of [`Column`].
pub(super) const COLUMNS: [&str; 14] = [
    "key",
    "iso",
    "name",
    "kind",
    "country",
    "aliases",
    "adjectives",
    "people",
    "seats",
    "latitude",
    "longitude",
    "population",
    "gender",
    "terms",
];

impl Table {
    pub(super) fn new(text: Cow<'static, str>, prefix: &'static str, kind: EntityKind) -> Self {
        let mut columns = [None; COLUMNS.len()];
        for (at, name) in text.lines().next().unwrap_or_default().split('\t').enumerate() {
            if let Some(column) = COLUMNS.iter().position(|&c| c == name.trim()) {
                columns[column] = u8::try_from(at).ok();
            }
        }
        Self { text, prefix, kind, columns }
    }
}

pub(super) fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|name| !name.is_empty())
}
