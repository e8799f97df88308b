//! What can go wrong in this room: only the reading of a user's own table.

/// Trouble with a table of actors.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// The table could not be read.
    #[error("cannot read the table of actors: {0}")]
    Read(#[from] std::io::Error),
    /// The header line lacks the name column.
    #[error(
        "the table of actors has no column `name`: begin it with a line of column names parted by tabs, such as `name\tkind\tcountry\taliases`"
    )]
    NoName,
    /// A row has a kind nobody knows.
    #[error("line {line} of the table of actors: {fault}, place")]
    Kind {
        /// Line number, from 1.
        line: usize,
        /// What is wrong.
        fault: String,
    },
}
