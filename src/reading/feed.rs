//! Saved RSS and Atom feeds, one article an item.

use super::bytes::read_whole;
use super::charset::decode;
use super::draft::{Draft, FirstLine};
use super::error::ReadError;
use super::format::{Fit, any_text};
use super::html::fragment_text;
use super::{Articles, Input, ReadOptions};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A feed opens with one of three elements, after the XML declaration.
pub fn fit(head: &[u8]) -> Fit {
    let text = String::from_utf8_lossy(&head[..head.len().min(2048)]).to_lowercase();
    let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let opens = ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| start.contains(tag));
    if opens && (start.starts_with("<?xml") || start.starts_with("<rss") || start.starts_with("<feed")) {
        Fit::Marked
    } else {
        any_text(head)
    }
}

/// Reads the items.
pub fn read(mut input: Input, options: &ReadOptions) -> Articles {
    let options = options.clone();
    let items = read_whole(&input.name, &mut input.reader)
        .and_then(|bytes| decode(&input.name, bytes))
        .and_then(|xml| items(&xml).map_err(|reason| ReadError::Record { name: input.name.clone(), reason }));
    let items = match items {
        Ok(items) if items.is_empty() => Err(ReadError::NoStory { name: input.name.clone(), what: "a feed" }),
        other => other,
    };
    match items {
        Err(error) => Box::new(std::iter::once(Err(error))),
        Ok(items) => Box::new(items.into_iter().enumerate().map(move |(at, item)| {
            let place = format!("{}, item {}", input.name, at + 1);
            item.draft(&input.id, at + 1).finish(&place, FirstLine::HeadlineIfApart, &options)
        })),
    }
}

#[derive(Debug, Default)]
struct Item {
    id: Option<String>,
    title: Option<String>,
    link: Option<String>,
    date: Option<String>,
    /// The whole text where the feed gives it, else the summary.
    content: Option<String>,
    summary: Option<String>,
    source: Option<String>,
    language: Option<String>,
}

impl Item {
    fn draft(self, input_id: &str, number: usize) -> Draft {
        let text = self.content.or(self.summary).map(|html| fragment_text(&html)).unwrap_or_default();
        Draft {
            id: self.id.or_else(|| self.link.clone()).unwrap_or_else(|| format!("{input_id}:{number}")),
            text,
            title: self.title.map(|t| fragment_text(&t)),
            date: self.date,
            url: self.link,
            source: self.source,
            language: self.language,
        }
    }
}

fn items(xml: &str) -> Result<Vec<Item>, String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut items: Vec<Item> = Vec::new();
    let (mut feed_title, mut language) = (None, None);
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    loop {
        let fault = |e: &dyn std::fmt::Display, at: u64| format!("not valid XML at byte {at}: {e}");
        match reader.read_event().map_err(|e| fault(&e, reader.buffer_position()))? {
            Event::Eof => break,
            Event::Start(tag) => {
                let name = local_name(&tag);
                if name == "item" || name == "entry" {
                    items.push(Item::default());
                }
                if name == "link" {
                    take_link(&tag, items.last_mut());
                }
                path.push(name);
                text.clear();
            }
            Event::Empty(tag) if local_name(&tag) == "link" => take_link(&tag, items.last_mut()),
            Event::Text(part) => text.push_str(&part),
            Event::CData(part) => text.push_str(&part),
            Event::GeneralRef(entity) => {
                let raw = format!("&{};", &*entity);
                text.push_str(&quick_xml::escape::unescape(&raw).map_or(raw.clone(), |c| c.into_owned()));
            }
            Event::End(_) => {
                let Some(name) = path.pop() else { continue };
                let value = Some(std::mem::take(&mut text).trim().to_owned()).filter(|v| !v.is_empty());
                let inside_item = path.iter().any(|p| p == "item" || p == "entry");
                match items.last_mut().filter(|_| inside_item) {
                    Some(item) => take(item, &name, path.last().map_or("", String::as_str), value),
                    None if name == "title" && feed_title.is_none() => feed_title = value,
                    None if name == "language" => language = value,
                    None => {}
                }
            }
            _ => {}
        }
    }
    for item in &mut items {
        item.source = item.source.take().or_else(|| feed_title.clone());
        item.language = item.language.take().or_else(|| language.clone());
    }
    Ok(items)
}

/// Keeps what an element of an item tells.
fn take(item: &mut Item, name: &str, parent: &str, value: Option<String>) {
    let slot = match name {
        "guid" | "id" if parent != "source" => &mut item.id,
        "title" if parent == "item" || parent == "entry" => &mut item.title,
        "link" => &mut item.link,
        "pubdate" | "published" | "date" => &mut item.date,
        "updated" if item.date.is_none() => &mut item.date,
        "encoded" | "content" => &mut item.content,
        "description" | "summary" if parent == "item" || parent == "entry" => &mut item.summary,
        "source" => &mut item.source,
        "language" => &mut item.language,
        _ => return,
    };
    if value.is_some() {
        *slot = value;
    }
}

/// Atom keeps links in an attribute; the alternate one is the article.
fn take_link(tag: &BytesStart, item: Option<&mut Item>) {
    let attribute = |key: &str| {
        let found = tag.attributes().flatten().find(|a| a.key.as_ref() == key)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(|v| v.into_owned())
    };
    let alternate = attribute("rel").is_none_or(|rel| rel == "alternate");
    if let (Some(item), Some(address), true) = (item, attribute("href"), alternate) {
        item.link = Some(address);
    }
}

fn local_name(tag: &BytesStart) -> String {
    tag.local_name().as_ref().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Document;
    use std::io::Cursor;

    fn all(xml: &str) -> Vec<Document> {
        let input = Input::new("f", "f.xml", Cursor::new(xml.as_bytes().to_vec()));
        read(input, &ReadOptions::default()).map(|r| r.expect("readable")).collect()
    }

    #[test]
    fn rss() {
        let documents = all(
            "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"x\"><channel><title>The Example</title><language>en-gb</language>\
             <item><title>Talks &amp; trouble</title><link>https://example.org/1</link><guid>g1</guid>\
             <pubDate>Tue, 10 Jul 2018 11:20:00 GMT</pubDate><description>&lt;p&gt;Short.&lt;/p&gt;</description>\
             <content:encoded><![CDATA[<p>The envoy left.</p><p>Nobody &ldquo;won&rdquo;.</p>]]></content:encoded></item>\
             <item><title>Second</title><description>She stayed.</description></item></channel></rss>",
        );
        assert_eq!(documents[0].text, "Talks & trouble\n\nThe envoy left.\n\nNobody “won”.");
        assert_eq!(
            (documents[0].id.as_str(), documents[0].url.as_deref()),
            ("g1", Some("https://example.org/1"))
        );
        assert_eq!(documents[0].date.map(|d| d.to_string()).as_deref(), Some("2018-07-10"));
        assert_eq!((documents[1].id.as_str(), documents[1].source.as_deref()), ("f:2", Some("The Example")));
    }

    #[test]
    fn atom() {
        let documents = all(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The Example</title><entry><id>urn:1</id><title>Talks fail</title>\
             <link rel=\"self\" href=\"https://example.org/self\"/><link href=\"https://example.org/1?a=1&amp;b=2\"/>\
             <updated>2018-07-11T00:00:00Z</updated><published>2018-07-10T00:00:00Z</published>\
             <summary>The envoy left.</summary></entry></feed>",
        );
        assert_eq!(documents[0].url.as_deref(), Some("https://example.org/1?a=1&b=2"));
        assert_eq!(documents[0].date.map(|d| d.to_string()).as_deref(), Some("2018-07-10"));
        assert_eq!(documents[0].text, "Talks fail\n\nThe envoy left.");
    }

    #[test]
    fn feeds_are_told_from_pages() {
        assert_eq!(fit(b"<?xml version=\"1.0\"?>\n<rss version=\"2.0\">"), Fit::Marked);
        assert_eq!(fit(b"<?xml version=\"1.0\"?>\n<html>"), Fit::Possible);
    }
}
