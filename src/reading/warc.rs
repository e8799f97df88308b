//! Web archives (WARC): every page among the responses, streamed. Records of other kinds, and responses that
//! are no pages or no success, are passed over.

use super::bytes::LIMIT_MIB;
use super::charset::decode;
use super::draft::FirstLine;
use super::error::ReadError;
use super::format::Fit;
use super::html::read_page;
use super::{Articles, Draft, Input, ReadOptions};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};

type Headers = BTreeMap<String, String>;

/// A record's first line.
pub fn fit(head: &[u8]) -> Fit {
    if head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.") { Fit::Marked } else { Fit::No }
}

/// Reads the pages. Those without running text are passed over: most pages of a crawl are lists of links.
pub fn read(mut input: Input, options: &ReadOptions) -> Articles {
    let options = options.clone();
    let mut ended = false;
    Box::new(std::iter::from_fn(move || {
        while !ended {
            let record = match next_record(&mut input.reader) {
                Ok(Some(record)) => record,
                Ok(None) => return None,
                Err(error) => {
                    ended = true;
                    return Some(Err(ReadError::Archive {
                        name: input.name.clone(),
                        reason: error.to_string(),
                    }));
                }
            };
            let Some(page) = page_of(&record) else { continue };
            let address = record.headers.get("warc-target-uri").cloned().unwrap_or_default();
            let name = format!("{}, {address}", input.name);
            let html = match decode(&name, page) {
                Ok(html) => html,
                Err(error) => return Some(Err(error)),
            };
            let Some(draft) = read_page(&html) else { continue };
            let seen = record.headers.get("warc-date").cloned();
            let draft = Draft {
                id: address.clone(),
                url: draft.url.or(Some(address)),
                // The day of the visit is no day of publication, but close to it where the page tells none.
                date: draft.date.or(seen),
                ..draft
            };
            return Some(draft.finish(&name, FirstLine::HeadlineIfApart, &options));
        }
        None
    }))
}

struct Record {
    headers: Headers,
    block: Vec<u8>,
}

fn next_record(reader: &mut dyn BufRead) -> io::Result<Option<Record>> {
    let mut first = String::new();
    while first.trim().is_empty() {
        first.clear();
        if read_line(reader, &mut first)? == 0 {
            return Ok(None);
        }
    }
    if !first.starts_with("WARC/") {
        return Err(io::Error::other("a record does not open with WARC/"));
    }
    let headers = read_headers(reader)?;
    let length: u64 = headers
        .get("content-length")
        .and_then(|l| l.parse().ok())
        .ok_or_else(|| io::Error::other("a record has no Content-Length"))?;
    let limit = (LIMIT_MIB as u64) << 20;
    let mut block = Vec::new();
    if length <= limit {
        reader.take(length).read_to_end(&mut block)?;
    }
    let left = length - block.len() as u64;
    if io::copy(&mut reader.take(left), &mut io::sink())? < left {
        return Err(io::Error::other("the last record is cut off"));
    }
    Ok(Some(Record { headers, block }))
}

/// The page that a response carries, unpacked.
fn page_of(record: &Record) -> Option<Vec<u8>> {
    if record.headers.get("warc-type").map(String::as_str) != Some("response") {
        return None;
    }
    let mut rest = record.block.as_slice();
    let mut status = String::new();
    read_line(&mut rest, &mut status).ok()?;
    let headers = read_headers(&mut rest).ok()?;
    let is = |key: &str, part: &str| headers.get(key).is_some_and(|v| v.to_ascii_lowercase().contains(part));
    let success = status.split(' ').nth(1)?.starts_with('2');
    if !success || !(is("content-type", "text/html") || is("content-type", "xhtml")) {
        return None;
    }
    let body = if is("transfer-encoding", "chunked") {
        unchunk(rest).unwrap_or_else(|| rest.to_vec())
    } else {
        rest.to_vec()
    };
    if is("content-encoding", "gzip") && body.starts_with(b"\x1f\x8b") {
        let mut unpacked = Vec::new();
        flate2::read::MultiGzDecoder::new(body.as_slice())
            .take((LIMIT_MIB as u64) << 20)
            .read_to_end(&mut unpacked)
            .ok()?;
        return Some(unpacked);
    }
    Some(body)
}

/// Joins HTTP chunks; `None` where there are none, as in archives that joined them already.
fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|w| w == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(end + 2..end + 2 + size)?);
        rest = rest.get(end + 4 + size..)?;
    }
}

/// Header lines up to the empty one; names in lower case.
fn read_headers(reader: &mut dyn BufRead) -> io::Result<Headers> {
    let mut headers = Headers::new();
    loop {
        let mut line = String::new();
        if read_line(reader, &mut line)? == 0 || line.trim().is_empty() {
            return Ok(headers);
        }
        if let Some((key, value)) = line.split_once(':') {
            let value = value.trim().trim_start_matches('<').trim_end_matches('>');
            headers.insert(key.trim().to_ascii_lowercase(), value.to_owned());
        }
    }
}

/// A line of a header, at most 64 KiB of it; what is not UTF-8 is replaced.
fn read_line(reader: &mut dyn BufRead, line: &mut String) -> io::Result<usize> {
    let mut bytes = Vec::new();
    let read = reader.take(1 << 16).read_until(b'\n', &mut bytes)?;
    line.push_str(&String::from_utf8_lossy(&bytes));
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn record(kind: &str, address: &str, block: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2018-07-10T00:00:00Z\r\n\
             Content-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    fn page(word: &str) -> String {
        let paragraph = format!(
            "The {word} envoy left Oslo on Monday after three days of talks, the ministry said, and \
            nobody would say whether he was to come back before the end of the month, or at all. "
        );
        format!(
            "<html><head><title>Talks of the {word} envoy fail</title></head><body><article><p>{0}</p><p>{0}</p>\
            <p>{0}</p></article></body></html>",
            paragraph
        )
    }

    fn all(archive: &str) -> Vec<Result<(String, bool), String>> {
        let input = Input::new("w", "w.warc", Cursor::new(archive.as_bytes().to_vec()));
        let read = read(input, &ReadOptions::default());
        read.map(|r| r.map(|d| (d.id.clone(), d.text.contains("envoy left"))).map_err(|e| e.to_string()))
            .collect()
    }

    #[test]
    fn pages_are_read_and_the_rest_is_passed_over() {
        let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
        let chunked = {
            let page = page("second");
            format!(
                "{http}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n",
                100,
                &page[..100],
                page.len() - 100,
                &page[100..]
            )
        };
        let archive = [
            record("warcinfo", "", "software: x"),
            record("response", "https://example.org/1", &format!("{http}\r\n{}", page("first"))),
            record(
                "response",
                "https://example.org/x",
                "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no</p>",
            ),
            record(
                "response",
                "https://example.org/i",
                "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG",
            ),
            record("response", "https://example.org/2", &chunked),
        ]
        .concat();
        let found = all(&archive);
        assert_eq!(
            found,
            [Ok(("https://example.org/1".to_owned(), true)), Ok(("https://example.org/2".to_owned(), true))]
        );
        let cut = all(&archive[..archive.len() - 200]);
        assert!(cut[1].as_ref().is_err_and(|e| e.contains("cut off")), "{cut:?}");
    }
}
