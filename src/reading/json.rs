//! JSON Lines (one article a line) and JSON (one article, or a list of them).
//!
//! A faulty line or item is named by its number and the rest is read. Given mentions count in code
//! points; they become byte spans here.

use super::bytes::{LIMIT_MIB, Line, next_line, read_whole};
use super::charset::decode;
use super::document::{Document, GivenMention};
use super::draft::{Draft, FirstLine};
use super::error::ReadError;
use super::format::{Fit, any_text};
use super::{Articles, Input, ReadOptions};
use crate::ontology::ByteSpan;
use serde::Deserialize;
use serde_json::Value;

/// JSON Lines: a whole object on the first line.
pub fn fit_lines(head: &[u8]) -> Fit {
    let first = head.trim_ascii_start().split(|&b| b == b'\n').next().unwrap_or_default().trim_ascii();
    if opens_object(first) && first.len() > 1 { Fit::Marked } else { any_text(head) }
}

/// JSON: an object or a list of objects.
pub fn fit(head: &[u8]) -> Fit {
    let start = strip_mark(head).trim_ascii_start();
    let list = start.first() == Some(&b'[') && opens_object(start[1..].trim_ascii_start());
    if opens_object(start) || list { Fit::Marked } else { any_text(head) }
}

/// Reads one article a line.
pub fn read_lines(mut input: Input, options: &ReadOptions) -> Articles {
    let options = options.clone();
    let mut number = 0;
    let mut ended = false;
    Box::new(std::iter::from_fn(move || {
        while !ended {
            let line = match next_line(&mut input.reader) {
                Ok(Some(line)) => line,
                Ok(None) => {
                    ended = true;
                    let empty = number == 0;
                    return empty.then(|| Err(ReadError::Empty { name: input.name.clone() }));
                }
                Err(source) => {
                    ended = true;
                    return Some(Err(ReadError::Io { name: input.name.clone(), source }));
                }
            };
            number += 1;
            let place = format!("{}, line {number}", input.name);
            let faulty = |reason: String| ReadError::Record { name: place.clone(), reason };
            let Line::Whole(bytes) = line else {
                let reason =
                    format!("longer than {LIMIT_MIB} MiB, more than one article can be; passed over");
                return Some(Err(faulty(reason)));
            };
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let record = decode(&place, bytes)
                .and_then(|line| serde_json::from_str::<Record>(&line).map_err(|e| faulty(explain(&e))));
            return Some(record.and_then(|r| r.document(&place, &input.id, number, &options)));
        }
        None
    }))
}

/// Reads one article, or a list of them.
pub fn read(mut input: Input, options: &ReadOptions) -> Articles {
    let options = options.clone();
    let parsed = read_whole(&input.name, &mut input.reader)
        .and_then(|bytes| decode(&input.name, bytes))
        .and_then(|text| {
            serde_json::from_str::<Value>(&text).map_err(|e| ReadError::Record {
                name: format!("{}, line {}", input.name, e.line()),
                reason: explain(&e),
            })
        });
    let items = match parsed {
        Ok(Value::Array(items)) => items,
        Ok(item) => vec![item],
        Err(error) => return Box::new(std::iter::once(Err(error))),
    };
    Box::new(items.into_iter().enumerate().map(move |(at, item)| {
        let place = format!("{}, item {}", input.name, at + 1);
        serde_json::from_value::<Record>(item)
            .map_err(|e| ReadError::Record { name: place.clone(), reason: e.to_string() })
            .and_then(|record| record.document(&place, &input.id, at + 1, &options))
    }))
}

/// One article as the contract gives it. Other keys are passed over.
#[derive(Deserialize)]
struct Record {
    id: Option<Value>,
    text: Option<String>,
    title: Option<String>,
    date: Option<String>,
    url: Option<String>,
    source: Option<String>,
    language: Option<String>,
    #[serde(default)]
    mentions: Vec<Marked>,
}

#[derive(Deserialize)]
struct Marked {
    start: usize,
    end: usize,
    kind: Option<String>,
    name: Option<String>,
}

impl Record {
    fn document(
        self,
        name: &str,
        input_id: &str,
        number: usize,
        options: &ReadOptions,
    ) -> Result<Document, ReadError> {
        let faulty = |reason: String| ReadError::Record { name: name.to_owned(), reason };
        let Some(text) = self.text else {
            return Err(faulty("no `text`: each article needs {\"id\": …, \"text\": …}".to_owned()));
        };
        let id = match self.id {
            Some(Value::String(id)) if !id.is_empty() => id,
            Some(Value::Number(id)) => id.to_string(),
            Some(Value::Null | Value::String(_)) | None => format!("{input_id}:{number}"),
            Some(other) => return Err(faulty(format!("`id` must be a string or a number, not {other}"))),
        };
        let draft = Draft {
            id,
            text,
            title: self.title,
            date: self.date,
            url: self.url,
            source: self.source,
            language: self.language,
        };
        let mut document = draft.finish(name, FirstLine::HeadlineIfApart, options)?;
        document.mentions = byte_mentions(&document.text, self.mentions).map_err(faulty)?;
        Ok(document)
    }
}

/// Code points to bytes, in one pass over the text.
fn byte_mentions(text: &str, marked: Vec<Marked>) -> Result<Vec<GivenMention>, String> {
    if marked.is_empty() {
        return Ok(Vec::new());
    }
    let starts: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let mut mentions = marked
        .into_iter()
        .map(|m| {
            let span =
                (m.start < m.end).then(|| Some((*starts.get(m.start)?, *starts.get(m.end)?))).flatten();
            let (start, end) = span.ok_or_else(|| {
                format!(
                    "mention [{}, {}] lies outside the text of {} code points",
                    m.start,
                    m.end,
                    starts.len() - 1
                )
            })?;
            Ok(GivenMention { span: ByteSpan::new(start, end), kind: m.kind, name: m.name })
        })
        .collect::<Result<Vec<_>, String>>()?;
    mentions.sort_by_key(|m| m.span);
    Ok(mentions)
}

fn opens_object(bytes: &[u8]) -> bool {
    let bytes = strip_mark(bytes);
    bytes.first() == Some(&b'{') && bytes[1..].trim_ascii_start().first().is_none_or(|b| b"\"}".contains(b))
}

fn strip_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn explain(error: &serde_json::Error) -> String {
    // The line is told by the caller; serde counts from the start of what it was given.
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    format!("not valid JSON: {message} (column {})", error.column())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn all(text: &str, read: fn(Input, &ReadOptions) -> Articles) -> Vec<Result<Document, String>> {
        let input = Input::new("a", "a.jsonl", Cursor::new(text.to_owned().into_bytes()));
        read(input, &ReadOptions::default()).map(|r| r.map_err(|e| e.to_string())).collect()
    }

    #[test]
    fn a_faulty_line_is_named_and_the_rest_read() {
        let text = "{\"id\": \"1\", \"text\": \"He left.\"}\nrubbish\n\n{\"id\": 4, \"text\": \"She left.\"}\n{\"id\": 5}\n";
        let found = all(text, read_lines);
        assert_eq!(found.len(), 4);
        assert_eq!(found[0].as_ref().map(|d| d.id.as_str()), Ok("1"));
        assert!(
            found[1].as_ref().is_err_and(|e| e.starts_with("a.jsonl, line 2: not valid JSON")),
            "{:?}",
            found[1]
        );
        assert_eq!(found[2].as_ref().map(|d| d.id.as_str()), Ok("4"));
        assert!(
            found[3].as_ref().is_err_and(|e| e.starts_with("a.jsonl, line 5: no `text`")),
            "{:?}",
            found[3]
        );
    }

    #[test]
    fn mentions_count_in_code_points_of_title_and_text() {
        let text = "{\"id\": \"1\", \"title\": \"Şok\", \"text\": \"Erdoğan left.\", \"mentions\": [{\"start\": 5, \"end\": 12}]}";
        let found = all(text, read_lines);
        let document = found[0].as_ref().expect("read");
        assert_eq!(document.mentions[0].span.of(&document.text), "Erdoğan");
        let outside = text.replace("12", "99");
        assert!(all(&outside, read_lines)[0].as_ref().is_err_and(|e| e.contains("[5, 99]")));
    }

    #[test]
    fn lists_and_single_objects() {
        let object = "{\n \"id\": \"1\",\n \"text\": \"He left.\", \"date\": null}";
        assert_eq!(all(object, read).len(), 1);
        assert_eq!(all(&format!("[{object}, {object}]"), read).len(), 2);
        assert!(all("{\n \"id\": ", read)[0].as_ref().is_err_and(|e| e.starts_with("a.jsonl, line 2")));
    }
}
