//! A graph in one SQLite file that grows: every article is one transaction, so that whatever stops the
//! program costs the article in hand and no more. Keeps what was read; what it adds up to is worked out
//! anew when it is opened, so that file and rules cannot disagree.

use super::StoreError;
use super::atomic::{Draft, draft_path};
use crate::graph::{
    Article, Claim, ClaimTarget, Decisions, Identity, IdentityIx, KnowledgeGraph, Occurrence, Parts,
    ReadError, Sentence, Tally,
};
use crate::ontology::CharSpan;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Params, Row, Statement, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use smol_str::SmolStr;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The version of the tables that this program writes and reads.
pub const TABLES_VERSION: u32 = 1;
/// Marks the file as ours in its head ("whom").
const APPLICATION: i32 = 0x7768_6f6d;

const TABLES: &str = include_str!("tables.sql");

/// A store that is open to grow.
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// How many articles, identities, occurrences, claims and sentences are on disk.
    kept: [usize; 5],
}

/// Whether bytes are the head of an SQLite file.
pub(super) fn is_store(head: &[u8]) -> bool {
    head.starts_with(b"SQLite format 3\0")
}

impl Store {
    /// Opens a store to grow, or makes it where there is none.
    ///
    /// # Errors
    /// Where the system refuses, or the file is something else.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path).map_err(|e| fault(path, &e))?;
        let mut store = Self { connection, path: path.to_owned(), kept: [0; 5] };
        store.prepare()?;
        Ok(store)
    }

    /// Opens a store to read; the file is left as it is.
    ///
    /// # Errors
    /// Where the system refuses, or the file is something else.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(|e| fault(path, &e))?;
        let store = Self { connection, path: path.to_owned(), kept: [0; 5] };
        store.check_version()?;
        Ok(store)
    }

    fn prepare(&mut self) -> Result<(), StoreError> {
        let set_up = |c: &Connection| {
            c.busy_timeout(std::time::Duration::from_secs(10))?;
            c.pragma_update(None, "journal_mode", "WAL")?;
            c.pragma_update(None, "synchronous", "NORMAL")
        };
        let tables: i64 = self.one("SELECT count(*) FROM sqlite_master")?;
        if tables > 0 {
            self.check_version()?;
            return set_up(&self.connection).map_err(|e| fault(&self.path, &e));
        }
        let make = |c: &mut Connection| {
            set_up(c)?;
            let transaction = c.transaction()?;
            transaction.execute_batch(TABLES)?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", TABLES_VERSION)?;
            transaction.commit()
        };
        make(&mut self.connection).map_err(|e| fault(&self.path, &e))
    }

    fn check_version(&self) -> Result<(), StoreError> {
        let application: i32 = self.one("PRAGMA application_id")?;
        if application != APPLICATION {
            return Err(inconsistent(
                &self.path,
                "an SQLite file, but not one that whom wrote; name another file",
            ));
        }
        match self.one::<u32>("PRAGMA user_version")? {
            TABLES_VERSION => Ok(()),
            found => Err(StoreError::Version { path: self.path.clone(), found }),
        }
    }

    fn one<T: rusqlite::types::FromSql>(&self, sql: &str) -> Result<T, StoreError> {
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(|e| fault(&self.path, &e))
    }

    /// The graph in the store.
    ///
    /// # Errors
    /// Where the file is damaged.
    pub fn load(&mut self) -> Result<KnowledgeGraph, StoreError> {
        let parts = self.parts().map_err(|e| fault(&self.path, &e))?;
        self.kept = [
            parts.articles.len(),
            parts.identities.len(),
            parts.occurrences.len(),
            parts.claims.len(),
            parts.sentences.len(),
        ];
        KnowledgeGraph::from_parts(parts).map_err(|e| match e {
            ReadError::Reference(message) => inconsistent(&self.path, &message),
            other => inconsistent(&self.path, &other.to_string()),
        })
    }

    /// Keeps what the graph has gained since it was loaded or last kept, in one transaction. `heard` are the
    /// identities of which it heard something new.
    ///
    /// # Errors
    /// Where the system refuses; nothing of it is then kept.
    pub fn keep(&mut self, graph: &KnowledgeGraph, heard: &[IdentityIx]) -> Result<(), StoreError> {
        let kept = self.kept;
        let write = |connection: &mut Connection| {
            let transaction = connection.transaction()?;
            let now = write_gain(&transaction, graph, kept, heard)?;
            transaction.commit()?;
            Ok(now)
        };
        self.kept = write(&mut self.connection).map_err(|e| fault(&self.path, &e))?;
        Ok(())
    }

    /// Replaces what a person decided.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn keep_decisions(&mut self, decisions: &Decisions) -> Result<(), StoreError> {
        let write = |connection: &Connection| {
            connection.execute("INSERT OR REPLACE INTO decisions VALUES (1, ?1)", [json(decisions)?])
        };
        write(&self.connection).map(|_| ()).map_err(|e| fault(&self.path, &e))
    }

    fn parts(&self) -> rusqlite::Result<Parts> {
        let c = &self.connection;
        let decisions = c
            .query_row("SELECT json FROM decisions", [], |row| from_json(row, 0))
            .optional()?
            .unwrap_or_default();
        Ok(Parts {
            articles: all(c, "SELECT * FROM article ORDER BY ix", article)?,
            identities: all(c, "SELECT * FROM identity ORDER BY ix", identity)?,
            occurrences: all(c, "SELECT * FROM occurrence ORDER BY ix", occurrence)?,
            claims: all(c, "SELECT * FROM claim ORDER BY ix", claim)?,
            sentences: all(c, "SELECT * FROM sentence ORDER BY ix", sentence)?,
            decisions,
        })
    }

    /// Ends the journal, so that the one file has all and can be read where nothing may be written.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn close(self) -> Result<(), StoreError> {
        let settle = |c: &Connection| {
            c.busy_timeout(std::time::Duration::ZERO)?;
            c.pragma_update(None, "journal_mode", "DELETE")
        };
        match settle(&self.connection) {
            // Somebody else has it open: the journal stays until they are done, and nothing is lost.
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {}
            settled => settled.map_err(|e| fault(&self.path, &e))?,
        }
        self.connection.close().map_err(|(_, e)| fault(&self.path, &e))
    }
}

/// Writes a whole graph beside its place and moves it there.
pub(super) fn write(path: &Path, graph: &KnowledgeGraph) -> Result<(), StoreError> {
    let system = |error| StoreError::Io { action: "write", path: path.to_owned(), error };
    let path = &std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let draft = Draft { path: draft_path(path).map_err(system)? };
    let mut store = Store::open(&draft.path)?;
    store.keep(graph, &[])?;
    store.keep_decisions(graph.decisions())?;
    store.close()?;
    std::fs::rename(&draft.path, path).map_err(system)
}

/// Ids of the articles whose evidence has these words, best first, with the sentence.
///
/// # Errors
/// Where the file cannot be read or the words are no search.
pub fn search(path: &Path, words: &str, limit: usize) -> Result<Vec<(String, String)>, StoreError> {
    let store = Store::open_to_read(path)?;
    let find = |words: &str| {
        let mut statement = store.connection.prepare(
            "SELECT DISTINCT article.id, sentence.text FROM evidence
             JOIN sentence ON sentence.ix = evidence.rowid JOIN claim ON claim.sentence = sentence.ix
             JOIN article ON article.ix = claim.article
             WHERE evidence MATCH ?1 ORDER BY rank, article.id LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![words, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<rusqlite::Result<_>>()
    };
    // What is no search as it stands (`cease-fire`, `U.S.`) is searched for word by word.
    let plain =
        || words.split_whitespace().map(|w| format!("\"{}\"", w.replace('"', ""))).collect::<Vec<_>>();
    find(words).or_else(|_| find(&plain().join(" "))).map_err(|e| fault(path, &e))
}

// ---- rows to the file ----

fn write_gain(
    t: &Transaction<'_>,
    graph: &KnowledgeGraph,
    kept: [usize; 5],
    heard: &[IdentityIx],
) -> rusqlite::Result<[usize; 5]> {
    let parts = graph.parts();
    let mut put = Put { t };
    for (ix, a) in parts.articles.iter().enumerate().skip(kept[0]) {
        let sketch: Vec<u8> = a.sketch.iter().flat_map(|v| v.to_le_bytes()).collect();
        put.row(
            "INSERT INTO article VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            params![
                ix,
                a.id,
                a.given_id,
                a.title,
                a.date.map(|d| d.to_string()),
                a.source,
                a.url,
                a.digest,
                sketch,
                a.occurrences.start,
                a.occurrences.end,
                a.claims.start,
                a.claims.end
            ],
        )?;
        if a.id != a.given_id {
            // Namesakes are told apart from now on.
            for (ix, other) in parts.articles.iter().enumerate().filter(|(_, o)| o.given_id == a.given_id) {
                put.row("UPDATE article SET id = ?2 WHERE ix = ?1", params![ix, other.id])?;
            }
        }
    }
    let fresh = kept[1]..parts.identities.len();
    let changed = heard.iter().map(|ix| *ix as usize).filter(|ix| *ix < kept[1]);
    for ix in changed.chain(fresh) {
        let i = &parts.identities[ix];
        let (north, east) = i.coordinates.unzip();
        put.row(
            "INSERT OR REPLACE INTO identity VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                ix,
                i.id.as_str(),
                i.is_place,
                i.named,
                counts(&i.names)?,
                json(&i.aliases)?,
                counts(&i.kinds)?,
                counts(&i.countries)?,
                counts(&i.affiliations)?,
                north,
                east,
                i.home
            ],
        )?;
    }
    for (ix, o) in parts.occurrences.iter().enumerate().skip(kept[2]) {
        put.row(
            "INSERT INTO occurrence VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                ix,
                o.article,
                o.kind.name(),
                o.label.as_str(),
                o.date.map(|d| d.to_string()),
                o.place,
                o.status.name(),
                o.key.cast_signed(),
                o.likeness.cast_signed()
            ],
        )?;
    }
    for (ix, c) in parts.claims.iter().enumerate().skip(kept[3]) {
        let (party, about) = match c.target {
            ClaimTarget::Nobody => (None, None),
            ClaimTarget::Party(party) => (Some(party), None),
            ClaimTarget::Occurrence(occurrence) => (None, Some(occurrence)),
        };
        let (source, target) = (c.source_span, c.target_span);
        put.row(
            "INSERT INTO claim VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
            params![
                ix, c.article, c.occurrence, c.relation.name(), c.source, party, about, c.status.name(),
                c.according_to, c.date.map(|d| d.to_string()), c.place, c.confidence, c.sentence,
                source.map(|s| s.start), source.map(|s| s.end), c.trigger_span.start, c.trigger_span.end,
                target.map(|s| s.start), target.map(|s| s.end)
            ],
        )?;
    }
    for (ix, s) in parts.sentences.iter().enumerate().skip(kept[4]) {
        put.row(
            "INSERT INTO sentence VALUES (?1, ?2, ?3, ?4)",
            params![ix, s.span.start, s.span.end, s.text],
        )?;
        put.row("INSERT INTO evidence (rowid, text) VALUES (?1, ?2)", params![ix, s.text])?;
    }
    Ok([
        parts.articles.len(),
        parts.identities.len(),
        parts.occurrences.len(),
        parts.claims.len(),
        parts.sentences.len(),
    ])
}

struct Put<'t> {
    t: &'t Transaction<'t>,
}

impl Put<'_> {
    fn row(&mut self, sql: &str, values: impl Params) -> rusqlite::Result<()> {
        self.t.prepare_cached(sql)?.execute(values).map(|_| ())
    }
}

fn json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

fn counts<T: Ord + Serialize>(tally: &Tally<T>) -> rusqlite::Result<String> {
    json(&tally.iter().collect::<Vec<_>>())
}

// ---- rows from the file ----

fn all<T>(c: &Connection, sql: &str, read: fn(&Row<'_>) -> rusqlite::Result<T>) -> rusqlite::Result<Vec<T>> {
    let mut statement: Statement<'_> = c.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        // Positions are how rows name each other: none may be missing.
        let ix: usize = row.get(0)?;
        if ix != found.len() {
            return Err(rusqlite::Error::IntegralValueOutOfRange(0, i64::try_from(ix).unwrap_or(i64::MAX)));
        }
        found.push(read(row)?);
    }
    Ok(found)
}

fn article(row: &Row<'_>) -> rusqlite::Result<Article> {
    let sketch: Vec<u8> = row.get(8)?;
    Ok(Article {
        id: row.get(1)?,
        given_id: row.get(2)?,
        title: row.get(3)?,
        date: maybe(row, 4)?,
        source: row.get(5)?,
        url: row.get(6)?,
        digest: row.get(7)?,
        sketch: sketch.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect(),
        occurrences: row.get(9)?..row.get(10)?,
        claims: row.get(11)?..row.get(12)?,
    })
}

fn identity(row: &Row<'_>) -> rusqlite::Result<Identity> {
    let (north, east): (Option<f64>, Option<f64>) = (row.get(9)?, row.get(10)?);
    Ok(Identity {
        id: SmolStr::new(text(row, 1)?),
        is_place: row.get(2)?,
        named: row.get(3)?,
        names: tally(row, 4)?,
        aliases: from_json(row, 5)?,
        kinds: tally(row, 6)?,
        countries: tally(row, 7)?,
        affiliations: tally(row, 8)?,
        coordinates: north.zip(east),
        home: row.get(11)?,
    })
}

fn occurrence(row: &Row<'_>) -> rusqlite::Result<Occurrence> {
    Ok(Occurrence {
        article: row.get(1)?,
        kind: parsed(row, 2)?,
        label: SmolStr::new(text(row, 3)?),
        date: maybe(row, 4)?,
        place: row.get(5)?,
        status: parsed(row, 6)?,
        key: row.get::<_, i64>(7)?.cast_unsigned(),
        likeness: row.get::<_, i64>(8)?.cast_unsigned(),
    })
}

fn claim(row: &Row<'_>) -> rusqlite::Result<Claim> {
    let (party, about): (Option<u32>, Option<u32>) = (row.get(5)?, row.get(6)?);
    Ok(Claim {
        article: row.get(1)?,
        occurrence: row.get(2)?,
        relation: parsed(row, 3)?,
        source: row.get(4)?,
        target: match (party, about) {
            (Some(party), _) => ClaimTarget::Party(party),
            (None, Some(about)) => ClaimTarget::Occurrence(about),
            (None, None) => ClaimTarget::Nobody,
        },
        status: parsed(row, 7)?,
        according_to: row.get(8)?,
        date: maybe(row, 9)?,
        place: row.get(10)?,
        confidence: row.get(11)?,
        sentence: row.get(12)?,
        source_span: span(row, 13)?,
        trigger_span: (row.get(15)?, row.get(16)?).into(),
        target_span: span(row, 17)?,
    })
}

fn sentence(row: &Row<'_>) -> rusqlite::Result<Sentence> {
    let words: Option<String> = row.get(3)?;
    Ok(Sentence { span: (row.get(1)?, row.get(2)?).into(), text: words.map(String::into_boxed_str) })
}

fn span(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<CharSpan>> {
    let ends: (Option<usize>, Option<usize>) = (row.get(at)?, row.get(at + 1)?);
    Ok(ends.0.zip(ends.1).map(CharSpan::from))
}

fn text<'r>(row: &'r Row<'_>, at: usize) -> rusqlite::Result<&'r str> {
    Ok(row.get_ref(at)?.as_str()?)
}

fn parsed<T: FromStr<Err: Display>>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    text(row, at)?.parse().map_err(|e: T::Err| unfit(at, e.to_string()))
}

fn maybe<T: FromStr<Err: Display>>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<T>> {
    let value = row.get_ref(at)?.as_str_or_null()?;
    value.map(|t| t.parse().map_err(|e: T::Err| unfit(at, e.to_string()))).transpose()
}

fn from_json<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    serde_json::from_str(text(row, at)?).map_err(|e| unfit(at, e.to_string()))
}

fn tally<T: Ord + DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<Tally<T>> {
    from_json::<Vec<(T, u32)>>(row, at).map(Tally::from_counts)
}

fn unfit(at: usize, message: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, message.into())
}

// ---- faults ----

fn fault(path: &Path, error: &rusqlite::Error) -> StoreError {
    let refused = |code| {
        use rusqlite::ErrorCode as C;
        matches!(
            code,
            C::CannotOpen
                | C::DiskFull
                | C::ReadOnly
                | C::PermissionDenied
                | C::DatabaseBusy
                | C::SystemIoFailure
        )
    };
    match error.sqlite_error_code() {
        Some(code) if refused(code) => StoreError::Io {
            action: "use",
            path: path.to_owned(),
            error: std::io::Error::other(error.to_string()),
        },
        _ => inconsistent(path, &error.to_string()),
    }
}

fn inconsistent(path: &Path, message: &str) -> StoreError {
    StoreError::Inconsistent { path: path.to_owned(), message: message.to_owned() }
}
