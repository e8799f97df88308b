//! Plain text and Markdown, one article a file, with or without front matter.

use super::bytes::read_whole;
use super::charset::decode;
use super::draft::{Draft, FirstLine};
use super::front_matter::take_front_matter;
use super::{Articles, Input, ReadOptions, one};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Reads a plain text: the words exactly as they stand after the front matter.
pub fn read_plain(input: Input, options: &ReadOptions) -> Articles {
    read(input, options, str::to_owned)
}

/// Reads Markdown: the words without the marks.
pub fn read_markdown(input: Input, options: &ReadOptions) -> Articles {
    read(input, options, plain_words)
}

fn read(mut input: Input, options: &ReadOptions, words: fn(&str) -> String) -> Articles {
    let options = options.clone();
    one(move || {
        let whole = decode(&input.name, read_whole(&input.name, &mut input.reader)?)?;
        let (front, body) = take_front_matter(&whole);
        let text = words(body);
        let mut draft = Draft {
            id: front.get("id").cloned().unwrap_or(input.id),
            title: front.get("title").cloned(),
            date: front.get("date").or_else(|| front.get("published")).cloned(),
            url: front.get("url").or_else(|| front.get("link")).cloned(),
            source: front.get("source").or_else(|| front.get("publisher")).cloned(),
            language: front.get("language").or_else(|| front.get("lang")).cloned(),
            text,
        };
        // The title is often said twice: in the front matter and as the first line.
        if let Some(title) = &draft.title
            && let Some(rest) = draft.text.trim_start().strip_prefix(title.as_str())
            && rest.starts_with(['\n', '\r'])
        {
            draft.text = rest.trim_start().to_owned();
        }
        draft.finish(&input.name, FirstLine::Headline, &options)
    })
}

/// Markdown to paragraphs parted by empty lines; images, code, tables of links and raw HTML are left out.
fn plain_words(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut hidden = 0usize;
    for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Table(_)) => {
                hidden += 1
            }
            Event::End(TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Table) => {
                hidden = hidden.saturating_sub(1);
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_)) => {
                let kept = out.trim_end().len();
                out.truncate(kept);
                out.push_str("\n\n");
            }
            Event::Text(words) | Event::Code(words) if hidden == 0 => out.push_str(&words),
            Event::SoftBreak | Event::HardBreak if hidden == 0 => out.push('\n'),
            _ => {}
        }
    }
    let kept = out.trim_end().len();
    out.truncate(kept);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Document;

    fn read_one(reader: fn(Input, &ReadOptions) -> Articles, text: &str) -> Document {
        let input = Input::new("a", "a.txt", std::io::Cursor::new(text.to_owned().into_bytes()));
        reader(input, &ReadOptions::default()).next().expect("one").expect("readable")
    }

    #[test]
    fn front_matter_tells_what_the_text_does_not() {
        let text = "---\ntitle: \"Talks fail\"\ndate: 2018-07-10\nsource: The Example\n---\n\nTalks fail\n\nHe left.\n";
        let document = read_one(read_plain, text);
        assert_eq!(document.text, "Talks fail\n\nHe left.\n");
        assert_eq!(document.date.map(|d| d.to_string()).as_deref(), Some("2018-07-10"));
        assert_eq!(document.source.as_deref(), Some("The Example"));
    }

    #[test]
    fn markdown_marks_are_left_out() {
        let text = "# Talks *fail*\n\nThe [envoy](https://example.org/) **left**\non Monday.\n\n![A gate](x.png)\n\n> “No,”\n> he said.\n\n- one\n- two\n";
        let document = read_one(read_markdown, text);
        assert_eq!(
            document.text,
            "Talks fail\n\nThe envoy left\non Monday.\n\n“No,”\nhe said.\n\none\n\ntwo"
        );
        assert_eq!(document.title(), Some("Talks fail"));
    }
}
