//! What can go wrong in this room: only the reading of a user's own table.

use super::entry::COLUMNS;

/// Trouble with a table of actors.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// The table could not be read.
    #[error("cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// The table is no text.
    #[error("line {line}: not in UTF-8: save the table as UTF-8 text")]
    Encoding {
        /// Line number, from 1.
        line: usize,
    },
    /// The header line lacks the name column.
    #[error(
        "line 1: no column `name`: begin with a line of column names parted by tabs, such as `name\tkind\tcountry\taliases`"
    )]
    NoName,
    /// The header line names a column nobody knows.
    #[error("line 1: unknown column `{column}`; known: {}", COLUMNS.join(", "))]
    Column {
        /// Its name.
        column: String,
    },
    /// A row makes no sense.
    #[error("line {line}: {fault}")]
    Row {
        /// Line number, from 1.
        line: usize,
        /// What is wrong.
        fault: String,
    },
}
