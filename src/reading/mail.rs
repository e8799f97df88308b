//! Saved e-mail messages (`.eml`): newsletters and forwarded articles, one article a message.

use super::bytes::read_whole;
use super::draft::{Draft, FirstLine};
use super::error::ReadError;
use super::format::{Fit, any_text};
use super::html::fragment_text;
use super::{Articles, Input, ReadOptions, one};
use mail_parser::{MessageParser, MimeHeaders};

/// A message opens with header lines, the usual ones among them.
pub fn fit(head: &[u8]) -> Fit {
    let text = String::from_utf8_lossy(&head[..head.len().min(8192)]).to_lowercase();
    let headers = text.split("\n\n").next().unwrap_or_default().split("\r\n\r\n").next().unwrap_or_default();
    let has = |name: &str| headers.lines().any(|line| line.starts_with(name));
    let all_headers = headers
        .lines()
        .all(|l| l.starts_with([' ', '\t']) || l.split(':').next().is_some_and(is_header_name));
    if all_headers && has("from:") && has("subject:") && (has("date:") || has("message-id:")) {
        Fit::Marked
    } else {
        any_text(head)
    }
}

/// Reads a message: its plain text, or else the words of its HTML.
pub fn read(mut input: Input, options: &ReadOptions) -> Articles {
    let options = options.clone();
    one(move || {
        let bytes = read_whole(&input.name, &mut input.reader)?;
        let none = || ReadError::NoStory { name: input.name.clone(), what: "a message" };
        let message = MessageParser::default().parse(&bytes).ok_or_else(none)?;
        let plain = message.text_part(0).filter(|part| part.is_content_type("text", "plain"));
        let text = match plain.and_then(|part| part.text_contents()) {
            Some(plain) => plain.replace("\r\n", "\n"),
            None => fragment_text(&message.body_html(0).ok_or_else(none)?),
        };
        let from = message.from().and_then(|f| f.first());
        let draft = Draft {
            id: message.message_id().map_or(input.id, str::to_owned),
            text,
            title: message.subject().map(str::to_owned),
            date: message.date().map(mail_parser::DateTime::to_rfc3339),
            source: from.and_then(|f| f.name().or_else(|| f.address())).map(str::to_owned),
            ..Draft::default()
        };
        draft.finish(&input.name, FirstLine::HeadlineIfApart, &options)
    })
}

fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const MESSAGE: &str = "From: The Example <news@example.org>\r\nSubject: =?utf-8?q?Talks_fail_in_Troms=C3=B8?=\r\n\
        Date: Tue, 10 Jul 2018 11:20:00 +0200\r\nMessage-ID: <m1@example.org>\r\nMIME-Version: 1.0\r\n\
        Content-Type: text/html; charset=utf-8\r\n\r\n<p>The envoy left.</p><p>She stayed.</p>\r\n";

    #[test]
    fn a_message_is_an_article() {
        assert_eq!(fit(MESSAGE.as_bytes()), Fit::Marked);
        let input = Input::new("m", "m.eml", Cursor::new(MESSAGE.as_bytes().to_vec()));
        let document = read(input, &ReadOptions::default()).next().expect("one").expect("readable");
        assert_eq!(document.text, "Talks fail in Tromsø\n\nThe envoy left.\n\nShe stayed.");
        assert_eq!(
            (document.id.as_str(), document.source.as_deref()),
            ("m1@example.org", Some("The Example"))
        );
        assert_eq!(document.date.map(|d| d.to_string()).as_deref(), Some("2018-07-10"));
        let plain = MESSAGE.replace("text/html", "text/plain").replace("<p>", "").replace("</p>", " ");
        let input = Input::new("m", "m.eml", Cursor::new(plain.into_bytes()));
        let document = read(input, &ReadOptions::default()).next().expect("one").expect("readable");
        assert!(document.text.contains("The envoy left. She stayed."), "{}", document.text);
    }

    #[test]
    fn prose_is_no_message() {
        assert_eq!(fit(b"From: here to there\n\nSubject: none"), Fit::Possible);
    }
}
