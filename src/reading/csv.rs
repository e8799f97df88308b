//! Tables with a head line, one article a row: commas, semicolons or tabs. Columns are known by their usual
//! names, or mapped by the caller.

use super::charset::decode;
use super::draft::{Draft, FirstLine};
use super::error::ReadError;
use super::format::{Fit, any_text};
use super::{Articles, Input, ReadOptions};
use std::collections::BTreeMap;

/// What a column may hold, with the names it usually has.
const COLUMNS: [(&str, &[&str]); 7] = [
    ("id", &["id", "article_id", "uid"]),
    ("text", &["text", "body", "content", "article", "story", "full_text", "maintext"]),
    ("title", &["title", "headline"]),
    (
        "date",
        &["date", "published", "publish_date", "date_publish", "pubdate", "published_at", "publication_date"],
    ),
    ("url", &["url", "link"]),
    ("source", &["source", "publisher", "publication", "outlet", "site", "source_domain"]),
    ("language", &["language", "lang"]),
];

/// What may be mapped to a column.
pub const COLUMN_KEYS: [&str; 7] = ["id", "text", "title", "date", "url", "source", "language"];

/// A head line with a column of text and one more that is known.
pub fn fit(head: &[u8]) -> Fit {
    let line = String::from_utf8_lossy(head.split(|&b| b == b'\n').next().unwrap_or_default()).into_owned();
    let names = split(&line, delimiter(&line));
    let known = |name: &String| COLUMNS.iter().any(|(_, usual)| usual.contains(&name.as_str()));
    let text = names.iter().any(|n| COLUMNS[1].1.contains(&n.as_str()));
    if text && names.iter().filter(|n| known(n)).count() >= 2 { Fit::Marked } else { any_text(head) }
}

/// Reads one article a row.
pub fn read(mut input: Input, options: &ReadOptions) -> Articles {
    let options = options.clone();
    // The delimiter is told from what is buffered already.
    let delimiter = match input.reader.fill_buf() {
        Ok(head) => {
            delimiter(&String::from_utf8_lossy(head.split(|&b| b == b'\n').next().unwrap_or_default()))
        }
        Err(source) => return Box::new(std::iter::once(Err(ReadError::Io { name: input.name, source }))),
    };
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(input.reader);
    let places = match rows.byte_headers().map(|head| places(head, &options.columns)) {
        Ok(Ok(places)) => places,
        Ok(Err(reason)) => {
            let name = format!("{}, line 1", input.name);
            return Box::new(std::iter::once(Err(ReadError::Record { name, reason })));
        }
        Err(error) => {
            let reason = error.to_string();
            return Box::new(std::iter::once(Err(ReadError::Record { name: input.name, reason })));
        }
    };
    let (id, name) = (input.id, input.name);
    Box::new(rows.into_byte_records().enumerate().map(move |(at, row)| {
        let line = row.as_ref().ok().and_then(|r| r.position()).map_or(at as u64 + 2, csv::Position::line);
        let name = format!("{name}, line {line}");
        let row = row.map_err(|e| ReadError::Record { name: name.clone(), reason: e.to_string() })?;
        let cell = |key: &str| -> Result<Option<String>, ReadError> {
            let Some(bytes) = places.get(key).and_then(|&i| row.get(i)) else { return Ok(None) };
            let text = decode(&name, bytes.to_vec())?;
            Ok((!text.trim().is_empty()).then_some(text))
        };
        let draft = Draft {
            id: cell("id")?.unwrap_or_else(|| format!("{id}:{}", at + 1)),
            text: cell("text")?.unwrap_or_default(),
            title: cell("title")?,
            date: cell("date")?,
            url: cell("url")?,
            source: cell("source")?,
            language: cell("language")?,
        };
        draft.finish(&name, FirstLine::HeadlineIfApart, &options)
    }))
}

/// Which column holds what.
fn places(
    head: &csv::ByteRecord,
    mapped: &BTreeMap<String, String>,
) -> Result<BTreeMap<&'static str, usize>, String> {
    let names: Vec<String> = head.iter().map(|n| clean(&String::from_utf8_lossy(n))).collect();
    let mut places = BTreeMap::new();
    for (key, usual) in COLUMNS {
        let place = match mapped.get(key) {
            Some(name) => {
                let wanted = clean(name);
                let at = names.iter().position(|n| *n == wanted);
                Some(at.ok_or_else(|| format!("no column `{name}`; there are {}", names.join(", ")))?)
            }
            None => usual.iter().find_map(|usual| names.iter().position(|n| n == usual)),
        };
        places.extend(place.map(|at| (key, at)));
    }
    if places.contains_key("text") {
        return Ok(places);
    }
    Err(format!(
        "no column of text among {}; name it, for instance --columns text={}",
        names.join(", "),
        names[0]
    ))
}

fn delimiter(line: &str) -> u8 {
    // Commas win a tie; so does a line without any.
    *[b'\t', b';', b','].iter().max_by_key(|d| line.bytes().filter(|b| b == *d).count()).unwrap_or(&b',')
}

fn split(line: &str, delimiter: u8) -> Vec<String> {
    line.split(char::from(delimiter)).map(clean).collect()
}

fn clean(name: &str) -> String {
    name.trim_matches(['\u{feff}', '"', ' ', '\r', '\'']).to_lowercase().replace(' ', "_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn all(table: &str, columns: &[(&str, &str)]) -> Vec<Result<(String, String), String>> {
        let options = ReadOptions {
            columns: columns.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
            ..ReadOptions::default()
        };
        let input = Input::new("t", "t.csv", Cursor::new(table.as_bytes().to_vec()));
        read(input, &options).map(|r| r.map(|d| (d.id, d.text)).map_err(|e| e.to_string())).collect()
    }

    #[test]
    fn usual_names_and_mapped_ones() {
        let pair = |id: &str, text: &str| Ok((id.to_owned(), text.to_owned()));
        let table = "id,Headline,Body\n7,Talks fail,\"He left,\nshe said.\"\n8,,He left.\n";
        assert_eq!(all(table, &[]), [pair("7", "Talks fail\n\nHe left,\nshe said."), pair("8", "He left.")]);
        assert_eq!(
            all("nr;Artikel\n1;He left.\n", &[("text", "Artikel"), ("id", "nr")]),
            [pair("1", "He left.")]
        );
    }

    #[test]
    fn faults_are_named() {
        assert!(
            all("a,b\n1,2\n", &[])[0]
                .as_ref()
                .is_err_and(|e| e.contains("t.csv, line 1: no column of text among a, b"))
        );
        assert!(
            all("text\nx\n", &[("date", "when")])[0].as_ref().is_err_and(|e| e.contains("no column `when`"))
        );
        let rows = all("id,text\n1,\n2,He left.\n", &[]);
        assert!(rows[0].as_ref().is_err_and(|e| e.starts_with("t.csv, line 2: empty")) && rows[1].is_ok());
    }

    #[test]
    fn tables_are_told() {
        assert_eq!(fit(b"id,title,text\n1,a,b"), Fit::Marked);
        assert_eq!(fit(b"url\tcontent\n"), Fit::Marked);
        assert_eq!(fit(b"Talks, text and all\n"), Fit::Possible);
    }
}
