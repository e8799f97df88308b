//! Tables of actors and places in, answers to "who bears this name?" out.
//!
//! The tables (data/gazetteer) stay text: a name look-up is one probe of a hash table built when
//! the gazetteer is made, and a row's cells are read only when asked for. Two names with the same
//! 64-bit hash would be confused; with a hundred thousand names that is a chance of one in a
//! billion, so names are not compared again.

use super::entry::{COLUMNS, Column, Entry, Gender, Table, list};
use super::form;
use super::forms::Forms;
use super::head_nouns::HeadNouns;
use super::{EntityKind, GazetteerError};
use crate::ontology::ActorKind;
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
    /// tabs (`name` and any of the other columns of our tables), then one actor or place a line,
    /// several aliases parted by `|`.
    ///
    /// # Errors
    /// If the reader fails, the header is not of the form, or a line's name, kind or country makes no sense.
    pub fn extended(mut self, mut reader: impl Read) -> Result<Self, GazetteerError> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes)?;
        let text = String::from_utf8(bytes).map_err(|fault| {
            let good = &fault.as_bytes()[..fault.utf8_error().valid_up_to()];
            GazetteerError::Encoding { line: 1 + good.iter().filter(|&&b| b == b'\n').count() }
        })?;
        let table = Table::new(Cow::Owned(text), "actor:", EntityKind::Actor(ActorKind::Other));
        if table.columns[Column::Name as usize].is_none() {
            return Err(GazetteerError::NoName);
        }
        let header: Vec<&str> =
            table.text.lines().next().unwrap_or_default().split('\t').map(str::trim).collect();
        if let Some(column) = header.iter().find(|column| !COLUMNS.contains(column)) {
            return Err(GazetteerError::Column { column: (*column).to_owned() });
        }
        for (at, line) in table.text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
            self.check(Entry { table: &table, line }, header.len())
                .map_err(|fault| GazetteerError::Row { line: at + 1, fault })?;
        }
        self.add_table(table);
        Ok(self)
    }

    /// What a noun says of the party it heads.
    pub const fn nouns(&self) -> &HeadNouns {
        &self.nouns
    }

    /// The entry that bears a name outright: a user's, else the likeliest.
    pub fn find(&self, name: &str) -> Option<Entry<'_>> {
        let mut bearers = self
            .hits(form::hash(name))
            .filter(|hit| hit.role == NameRole::Name)
            .map(|hit| self.entry(hit.row));
        let first = bearers.next()?;
        Some(std::iter::once(first).chain(bearers).find(|entry| entry.is_added()).unwrap_or(first))
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

    /// Everything that bears the name with this hash.
    pub(super) fn hits(&self, hash: u64) -> impl Iterator<Item = Hit> + '_ {
        self.forms.get(hash)
    }

    /// Whether some longer name begins with the form.
    pub(super) fn goes_on(&self, form: u64) -> bool {
        self.forms.goes_on(form)
    }

    /// A row.
    pub(super) fn entry(&self, row: u32) -> Entry<'_> {
        let row = self.rows[row as usize];
        let table = &self.tables[row.table as usize];
        Entry { table, line: &table.text[row.start as usize..row.end as usize] }
    }

    /// What is wrong with a user's row.
    fn check(&self, entry: Entry<'_>, columns: usize) -> Result<(), String> {
        let cells = entry.line.split('\t').count();
        if cells > columns {
            return Err(format!("{cells} cells under {columns} columns: part the cells by single tabs"));
        }
        if entry.name().trim().is_empty() {
            return Err("no name: write one in the column `name`".to_owned());
        }
        let kind = entry.cell(Column::Kind);
        if !matches!(kind, "" | "place" | "location") {
            kind.parse::<ActorKind>().map_err(|fault| format!("{fault}, place"))?;
        }
        match entry.country() {
            Some(code) if self.country_row(code).is_none() => {
                Err(format!("unknown country `{code}`: write two letters of ISO 3166, such as KE for Kenya"))
            }
            _ => Ok(()),
        }
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

#[derive(Debug, Clone, Copy)]
struct Row {
    table: u16,
    start: u32,
    end: u32,
}

/// Keys share the table of names; the seed keeps them apart.
fn key_hash(key: &str) -> u64 {
    form::push(0x6b65_7973, form::hash(key))
}

/// Row of a surname that is known as such only.
const NOBODY: u32 = u32::MAX;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::PartialDate;

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
        assert!(fault("key\nX\n").contains("no column `name`"));
        for (table, told) in [
            ("name\ttitle\nX\n", "line 1: unknown column `title`; known: key, iso, name, kind,"),
            ("name\tkind\n\nX\tplanet\n", "line 3: unknown kind `planet`; known: person,"),
            ("name\tcountry\nX\tKenya\n", "line 2: unknown country `Kenya`: write two letters"),
            ("name\tkind\nX\t\tparty\n", "line 2: 3 cells under 2 columns"),
            ("name\tkind\n\tparty\n", "line 2: no name"),
        ] {
            assert!(fault(table).starts_with(told), "{}", fault(table));
        }
        let latin = Gazetteer::standard().extended(&b"name\nX\nCaf\xe9\n"[..]).expect_err("fault");
        assert!(latin.to_string().starts_with("line 3: not in UTF-8"), "{latin}");
    }
}
