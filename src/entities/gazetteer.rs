//! Tables of actors and places in, answers to "who bears this name?" out.
//!
//! The tables (data/gazetteer) stay text: a name look-up is one probe of a hash table built when
//! the gazetteer is made, and a row's cells are read only when asked for. Two names with the same
//! 64-bit hash would be confused; with a hundred thousand names that is a chance of one in a
//! billion, so names are not compared again.

use super::form;
use super::head_nouns::HeadNouns;
use super::{EntityKind, GazetteerError};
use crate::ontology::{ActorKind, PartialDate};
use std::borrow::Cow;
use std::io::Read;

/// Everybody and everywhere known beforehand.
#[derive(Debug)]
pub struct Gazetteer {
    tables: Vec<Table>,
    rows: Vec<Row>,
    forms: Forms,
    nouns: HeadNouns,
}

/// What a name says of its bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameRole {
    /// Its name or another name for it.
    Name,
    /// An adjective: "Iranian", "Republican".
    Adjective,
    /// Its people: "Iranians".
    People,
    /// Its seat of government, which may stand for it: "Tehran", "Kremlin".
    Seat,
    /// A surname alone.
    Surname,
    /// A word for a man, a woman or either.
    Given(Gender),
}

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

/// One bearer of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// Row number.
    pub row: u32,
    /// What the name says.
    pub role: NameRole,
    /// The name is written with a small first letter.
    pub lower: bool,
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    table: &'a Table,
    line: &'a str,
}

const COUNTRIES: &str = include_str!("../../data/gazetteer/countries.tsv");
const ACTORS: &str = include_str!("../../data/gazetteer/actors.tsv");
const PEOPLE: &str = include_str!("../../data/gazetteer/people.tsv");
const PLACES: &str = include_str!("../../data/gazetteer/places.tsv");
const GIVEN_NAMES: &str = include_str!("../../data/gazetteer/given_names.tsv");
const SURNAMES: &str = include_str!("../../data/gazetteer/surnames.tsv");

impl Gazetteer {
    /// The tables that come with the program.
    pub fn standard() -> Self {
        let mut gazetteer = Self {
            tables: Vec::with_capacity(5),
            rows: Vec::with_capacity(40_000),
            forms: Forms::with_room_for(100_000),
            nouns: HeadNouns::standard(),
        };
        for (text, prefix) in
            [(COUNTRIES, "country:"), (ACTORS, "org:"), (PEOPLE, "person:"), (PLACES, "place:")]
        {
            let kind = match prefix {
                "country:" => EntityKind::Actor(ActorKind::Country),
                "person:" => EntityKind::Actor(ActorKind::Person),
                "place:" => EntityKind::Place,
                _ => EntityKind::Actor(ActorKind::Organization),
            };
            gazetteer.add_table(Table::new(Cow::Borrowed(text), prefix, kind));
        }
        for line in GIVEN_NAMES.lines().skip(1) {
            if let Some((name, gender)) = line.split_once('\t') {
                gazetteer.forms.insert(name, 0, NameRole::Given(Gender::read(gender)));
            }
        }
        for name in SURNAMES.lines().skip(1) {
            gazetteer.forms.insert(name, NOBODY, NameRole::Surname);
        }
        gazetteer
    }

    /// The same with a user's own table before the others: a header line of column names parted by
    /// tabs (`name` and any of `kind`, `country`, `aliases`, `adjectives`, `key`), then one actor or
    /// place a line, several aliases parted by `|`.
    ///
    /// # Errors
    /// If the reader fails, the header has no `name`, or a kind is unknown.
    pub fn extended(mut self, mut reader: impl Read) -> Result<Self, GazetteerError> {
        let mut text = String::new();
        reader.read_to_string(&mut text)?;
        let table = Table::new(Cow::Owned(text), "actor:", EntityKind::Actor(ActorKind::Other));
        if table.columns[Column::Name as usize].is_none() {
            return Err(GazetteerError::NoName);
        }
        for (at, line) in table.text.lines().enumerate().skip(1) {
            let kind = Entry { table: &table, line }.cell(Column::Kind).trim();
            if !matches!(kind, "" | "place" | "location") {
                kind.parse::<ActorKind>().map_err(|fault| GazetteerError::Kind { line: at + 1, fault })?;
            }
        }
        self.add_table(table);
        Ok(self)
    }

    /// What a noun says of the party it heads.
    pub const fn nouns(&self) -> &HeadNouns {
        &self.nouns
    }

    /// The entry that bears a name outright, the likeliest first where several do.
    pub fn find(&self, name: &str) -> Option<Entry<'_>> {
        self.hits(form::hash(name)).find(|hit| hit.role == NameRole::Name).map(|hit| self.entry(hit.row))
    }

    /// The entry with a key such as `country:IR`.
    pub fn by_key(&self, key: &str) -> Option<Entry<'_>> {
        self.hits(key_hash(key)).map(|hit| self.entry(hit.row)).find(|entry| entry.key() == key)
    }

    /// The row of a country by its ISO code.
    pub(super) fn country_row(&self, iso: &str) -> Option<u32> {
        self.row_of_key(&format!("country:{iso}"))
    }

    /// The row with a key.
    pub(super) fn row_of_key(&self, key: &str) -> Option<u32> {
        self.hits(key_hash(key)).map(|hit| hit.row).find(|&row| self.entry(row).key() == key)
    }

    /// Whether the word is a given name, and whose.
    pub fn given_name(&self, word: &str) -> Option<Gender> {
        self.hits(form::hash(word)).find_map(|hit| match hit.role {
            NameRole::Given(gender) => Some(gender),
            _ => None,
        })
    }

    /// Whether the word is a common surname.
    pub fn is_surname(&self, word: &str) -> bool {
        self.hits(form::hash(word)).any(|hit| hit.role == NameRole::Surname)
    }

    /// Everything that bears the name with this hash: users' own entries first.
    pub(super) fn hits(&self, hash: u64) -> impl Iterator<Item = Hit> + '_ {
        self.forms.get(hash)
    }

    /// Whether some longer name begins with the form.
    pub(super) fn goes_on(&self, form: u64) -> bool {
        self.forms.prefixes.holds(form)
    }

    /// A row.
    pub(super) fn entry(&self, row: u32) -> Entry<'_> {
        let row = self.rows[row as usize];
        let table = &self.tables[row.table as usize];
        Entry { table, line: &table.text[row.start as usize..row.end as usize] }
    }

    fn add_table(&mut self, table: Table) {
        let number = self.tables.len() as u16;
        let base = table.text.as_ptr() as usize;
        for line in table.text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
            let start = line.as_ptr() as usize - base;
            let row = self.rows.len() as u32;
            self.rows.push(Row { table: number, start: start as u32, end: (start + line.len()) as u32 });
            let entry = Entry { table: &table, line };
            let cells = entry.cells();
            self.forms.insert(cells[Column::Name as usize], row, NameRole::Name);
            for (column, role) in [
                (Column::Aliases, NameRole::Name),
                (Column::Adjectives, NameRole::Adjective),
                (Column::People, NameRole::People),
                (Column::Seats, NameRole::Seat),
            ] {
                for name in list(cells[column as usize]) {
                    self.forms.insert(name, row, role);
                }
            }
            if entry.is_prominent()
                && let Some(surname) = cells[Column::Name as usize].rsplit(' ').next()
            {
                self.forms.insert(surname, row, NameRole::Surname);
            }
            if table.prefix != "person:" && (table.prefix != "place:" || entry.is_region()) {
                self.forms.insert_hash(key_hash(&entry.key()), row, NameRole::Name, false);
            }
        }
        self.tables.push(table);
    }
}

impl Gender {
    fn read(letter: &str) -> Self {
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

    fn cell(self, column: Column) -> &'a str {
        let Some(at) = self.table.columns[column as usize] else { return "" };
        self.line.split('\t').nth(at as usize).unwrap_or_default()
    }

    fn cells(self) -> [&'a str; COLUMNS.len()] {
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

#[derive(Debug)]
struct Table {
    text: Cow<'static, str>,
    /// Key prefix; also tells the tables apart.
    prefix: &'static str,
    /// Kind of rows that name none.
    kind: EntityKind,
    columns: [Option<u8>; COLUMNS.len()],
}

#[derive(Debug, Clone, Copy)]
struct Row {
    table: u16,
    start: u32,
    end: u32,
}

#[derive(Debug, Clone, Copy)]
enum Column {
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
const COLUMNS: [&str; 14] = [
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
    fn new(text: Cow<'static, str>, prefix: &'static str, kind: EntityKind) -> Self {
        let mut columns = [None; COLUMNS.len()];
        for (at, name) in text.lines().next().unwrap_or_default().split('\t').enumerate() {
            if let Some(column) = COLUMNS.iter().position(|&c| c == name.trim()) {
                columns[column] = u8::try_from(at).ok();
            }
        }
        Self { text, prefix, kind, columns }
    }
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|name| !name.is_empty())
}

/// Keys share the table of names; the seed keeps them apart.
fn key_hash(key: &str) -> u64 {
    form::push(0x6b65_7973, form::hash(key))
}

/// Row of a surname that is known as such only.
const NOBODY: u32 = u32::MAX;

/// Open addressing from the hash of a name to its bearers, in the order in which they were added
/// but for a user's own, which come first.
#[derive(Debug)]
struct Forms {
    slots: Vec<Slot>,
    prefixes: Prefixes,
    filled: usize,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u64,
    row: u32,
    role: Option<NameRole>,
    lower: bool,
}

const FREE: Slot = Slot { hash: 0, row: 0, role: None, lower: false };

impl Forms {
    fn with_room_for(names: usize) -> Self {
        Self { slots: vec![FREE; (names * 2).next_power_of_two()], prefixes: Prefixes::new(), filled: 0 }
    }

    fn insert(&mut self, name: &str, row: u32, role: NameRole) {
        let (mut form, mut before, mut words) = (form::EMPTY, form::EMPTY, 0);
        let prefixes = &mut self.prefixes;
        form::each_word(name, false, |word| {
            if words > 0 {
                prefixes.add(form);
            }
            before = form;
            form = form::push(form, word);
            words += 1;
        });
        if words > 0 {
            self.insert_hash(form, row, role, name.chars().next().is_some_and(char::is_lowercase));
        }
    }

    fn insert_hash(&mut self, hash: u64, row: u32, role: NameRole, lower: bool) {
        if self.filled * 3 > self.slots.len() * 2 {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while let Some(held) = self.slots[at].role {
            if self.slots[at].hash == hash && self.slots[at].row == row && held == role {
                return;
            }
            at = (at + 1) & mask;
        }
        self.slots[at] = Slot { hash, row, role: Some(role), lower };
        self.filled += 1;
    }

    fn grow(&mut self) {
        let larger = vec![FREE; self.slots.len() * 2];
        let old = std::mem::replace(&mut self.slots, larger);
        self.filled = 0;
        // From a free slot on, so that bearers of one name stay in their order.
        let first_free = old.iter().position(|slot| slot.role.is_none()).unwrap_or_default();
        for slot in old[first_free..].iter().chain(&old[..first_free]) {
            if let Some(role) = slot.role {
                self.insert_hash(slot.hash, slot.row, role, slot.lower);
            }
        }
    }

    fn get(&self, hash: u64) -> impl Iterator<Item = Hit> + '_ {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        std::iter::from_fn(move || {
            loop {
                let slot = self.slots[at];
                let role = slot.role?;
                at = (at + 1) & mask;
                if slot.hash == hash {
                    return Some(Hit { row: slot.row, role, lower: slot.lower });
                }
            }
        })
    }
}

/// Which forms begin a longer name; now and then says yes wrongly, which costs one probe.
#[derive(Debug)]
struct Prefixes(Vec<u64>);

impl Prefixes {
    const BITS: usize = 1 << 20;

    fn new() -> Self {
        Self(vec![0; Self::BITS / 64])
    }

    fn add(&mut self, form: u64) {
        let bit = form as usize % Self::BITS;
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    fn holds(&self, form: u64) -> bool {
        let bit = form as usize % Self::BITS;
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_by_any_name() {
        let gazetteer = Gazetteer::standard();
        for name in ["U.S.", "USA", "United States of America", "America"] {
            assert_eq!(gazetteer.find(name).expect(name).key(), "country:US");
        }
        let iran = gazetteer.by_key("country:IR").expect("Iran");
        assert_eq!((iran.name(), iran.country()), ("Iran", Some("IR")));
        assert!(gazetteer.find("us").is_none());
    }

    #[test]
    fn kinds_and_coordinates() {
        let gazetteer = Gazetteer::standard();
        assert_eq!(gazetteer.find("Daesh").expect("Daesh").kind(), EntityKind::Actor(ActorKind::ArmedGroup));
        let lyon = gazetteer.find("Lyon").expect("Lyon");
        let (north, east) = lyon.coordinates().expect("coordinates");
        assert!((45.0..46.5).contains(&north) && (4.0..5.5).contains(&east));
    }

    #[test]
    fn terms_are_dated() {
        let gazetteer = Gazetteer::standard();
        let merkel = gazetteer.find("Angela Merkel").expect("Merkel");
        let day = |s: &str| s.parse::<PartialDate>().expect(s);
        let term = merkel.terms().next().expect("term");
        assert_eq!((term.office, term.body), ("chancellor", "DE"));
        assert!(term.covers(day("2015-03-01")) && !term.covers(day("2024-03-01")));
        assert_eq!(merkel.gender(), Gender::Female);
    }

    #[test]
    fn users_add_their_own() {
        let table = "name\tkind\tcountry\taliases\nGroup of Nine\torganization\tCH\tG9|the Nine\n";
        let gazetteer = Gazetteer::standard().extended(table.as_bytes()).expect("table");
        let entry = gazetteer.find("G9").expect("G9");
        assert_eq!((entry.name(), entry.key()), ("Group of Nine", "actor:group-of-nine".to_owned()));
    }

    #[test]
    fn faulty_tables_are_refused() {
        let fault =
            |table: &str| Gazetteer::standard().extended(table.as_bytes()).expect_err("fault").to_string();
        assert!(fault("title\nX\n").contains("no column `name`"));
        assert!(fault("name\tkind\nX\tplanet\n").contains("line 2"));
    }
}
