//! Readers in, whole texts or single lines out, never more than a limit of it in memory.

use super::error::ReadError;
use std::io::{BufRead, Read};

/// The longest article or line that is read, in mebibytes. A line of JSON or a web page may be this
/// long; what is longer is no article, and would only fill the memory.
pub const LIMIT_MIB: usize = 16;
/// The longest text of one article that is passed on, in mebibytes: a thick book.
pub const TEXT_LIMIT_MIB: usize = 2;
const MIB: usize = 1 << 20;

/// Reads to the end; refuses what is longer than [`LIMIT_MIB`].
pub fn read_whole(name: &str, reader: &mut dyn BufRead) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let limit = (LIMIT_MIB * MIB) as u64;
    reader
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| ReadError::Io { name: name.to_owned(), source })?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLong { name: name.to_owned(), limit: LIMIT_MIB });
    }
    Ok(bytes)
}

/// Refuses an article whose text is longer than [`TEXT_LIMIT_MIB`].
pub fn check_length(name: &str, text: &str) -> Result<(), ReadError> {
    if text.len() > TEXT_LIMIT_MIB * MIB {
        return Err(ReadError::TooLong { name: name.to_owned(), limit: TEXT_LIMIT_MIB });
    }
    Ok(())
}

/// A line of a file, or the news that it is longer than [`LIMIT_MIB`].
pub enum Line {
    /// The line without its line feed.
    Whole(Vec<u8>),
    /// It was passed over.
    TooLong,
}

/// The next line; `None` at the end. A line that is too long is passed over without being kept.
pub fn next_line(reader: &mut dyn BufRead) -> std::io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut too_long = false;
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            let nothing = line.is_empty() && !too_long;
            return Ok((!nothing).then_some(if too_long { Line::TooLong } else { Line::Whole(line) }));
        }
        let end = chunk.iter().position(|&b| b == b'\n');
        let taken = end.unwrap_or(chunk.len());
        if !too_long {
            line.extend_from_slice(&chunk[..taken]);
            if line.len() > LIMIT_MIB * MIB {
                too_long = true;
                line = Vec::new();
            }
        }
        reader.consume(taken + usize::from(end.is_some()));
        if end.is_some() {
            return Ok(Some(if too_long { Line::TooLong } else { Line::Whole(line) }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn a_long_line_is_passed_over_and_the_next_is_read() {
        let mut bytes = vec![b'x'; LIMIT_MIB * MIB + 1];
        bytes.extend_from_slice(b"\nnext\n\nlast");
        let mut reader = Cursor::new(bytes);
        assert!(matches!(next_line(&mut reader), Ok(Some(Line::TooLong))));
        for expected in ["next", "", "last"] {
            let Ok(Some(Line::Whole(line))) = next_line(&mut reader) else { panic!("no line") };
            assert_eq!(line, expected.as_bytes());
        }
        assert!(matches!(next_line(&mut reader), Ok(None)));
    }
}
