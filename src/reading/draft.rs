//! What a format's reader found of one article in, a [`Document`] out: text and title joined, headline,
//! date and furniture settled. Every format ends here, so that all follow the same rules.

use super::ReadOptions;
use super::bytes::check_length;
use super::dates::{date_line, find_date};
use super::document::Document;
use super::error::ReadError;
use super::furniture::{dateline_length, find_furniture, lines};
use super::identify::other_language;
use crate::ontology::{ByteSpan, PartialDate};

/// One article as its format tells it.
#[derive(Debug, Default)]
pub struct Draft {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its title, where told apart from the text.
    pub title: Option<String>,
    /// Its day of publication as written.
    pub date: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its publisher.
    pub source: Option<String>,
    /// Its language.
    pub language: Option<String>,
}

/// When the first line of a text that has no title apart is its headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstLine {
    /// Where more lines follow and it does not end like a sentence.
    Headline,
    /// Where an empty line follows as well.
    HeadlineIfApart,
}

impl Draft {
    /// The document; refused where there is no text or too much of it.
    pub fn finish(self, name: &str, first: FirstLine, options: &ReadOptions) -> Result<Document, ReadError> {
        if self.text.trim().is_empty() && self.title.is_none() {
            return Err(ReadError::Empty { name: name.to_owned() });
        }
        let title = self.title.filter(|t| !t.trim().is_empty());
        let (text, headline) = match title {
            Some(title) => {
                let headline = ByteSpan::new(0, title.len());
                (format!("{title}\n\n{}", self.text), Some(headline))
            }
            None => {
                let headline = first_line_headline(&self.text, first);
                (self.text, headline)
            }
        };
        check_length(name, &text)?;
        let language = self.language.filter(|l| !l.trim().is_empty()).or_else(|| options.language.clone());
        if let Some(language) = other_language(language.as_deref(), &text) {
            return Err(ReadError::OtherLanguage { name: name.to_owned(), id: self.id, language });
        }
        let written = self.date.as_deref().and_then(read_date);
        let date = written.or_else(|| date_in_opening(&text)).or(options.date);
        Ok(Document {
            id: self.id,
            furniture: find_furniture(&text, headline),
            headline,
            date,
            url: self.url,
            source: self.source,
            language,
            mentions: Vec::new(),
            text,
        })
    }
}

/// Reads a date given as such: ISO 8601 to the day, the month or the year, or any way of [`find_date`].
pub fn read_date(written: &str) -> Option<PartialDate> {
    written.parse().ok().or_else(|| find_date(written))
}

fn first_line_headline(text: &str, first: FirstLine) -> Option<ByteSpan> {
    let mut all = lines(text).skip_while(|l| l.is_empty());
    let line = all.next()?;
    let apart = all.next()?.is_empty();
    let more = !text[line.end..].trim().is_empty();
    let closed = line.of(text).trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', ':', ';', ',']);
    let dateline = dateline_length(line.of(text)).is_some() || date_line(line.of(text)).is_some();
    let allowed = apart || first == FirstLine::Headline;
    (more && allowed && !closed && !dateline && line.len() <= 250).then_some(line)
}

/// The date of a date line or dateline among the first lines.
fn date_in_opening(text: &str) -> Option<PartialDate> {
    lines(text).filter(|l| !l.is_empty()).take(8).find_map(|line| {
        let words = line.of(text);
        date_line(words).or_else(|| {
            let opening = &words[..dateline_length(words)?];
            find_date(opening).filter(|d| d.is_day())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str, title: Option<&str>, first: FirstLine) -> Document {
        let draft = Draft { text: text.to_owned(), title: title.map(str::to_owned), ..Draft::default() };
        draft.finish("x", first, &ReadOptions::default()).expect("a document")
    }

    #[test]
    fn headlines() {
        let title = |text, first| document(text, None, first).title().map(str::to_owned);
        assert_eq!(
            title("Talks fail\n\nThe envoy left.", FirstLine::HeadlineIfApart).as_deref(),
            Some("Talks fail")
        );
        assert_eq!(title("Talks fail\nThe envoy left.", FirstLine::Headline).as_deref(), Some("Talks fail"));
        assert_eq!(title("Talks fail\nThe envoy left.", FirstLine::HeadlineIfApart), None);
        assert_eq!(title("The envoy left.\n\nHe flew home.", FirstLine::Headline), None);
        assert_eq!(title("He called it “over.”\n\nHe flew home.", FirstLine::Headline), None);
        assert_eq!(title("Talks fail", FirstLine::Headline), None);
        assert_eq!(title("OSLO – Talks failed\n\nHe flew home.", FirstLine::Headline), None);
    }

    #[test]
    fn a_title_apart_is_joined() {
        let document = document("The envoy left.", Some("Talks fail"), FirstLine::Headline);
        assert_eq!(document.text, "Talks fail\n\nThe envoy left.");
        assert_eq!(document.title(), Some("Talks fail"));
    }

    #[test]
    fn dates_in_the_opening() {
        let date = |text| document(text, None, FirstLine::Headline).date.map(|d| d.to_string());
        assert_eq!(date("Talks fail\n\nTuesday, July 10, 2018\n\nHe left.").as_deref(), Some("2018-07-10"));
        assert_eq!(date("OSLO, July 10, 2018 (Agency) - He left.").as_deref(), Some("2018-07-10"));
        assert_eq!(date("Talks fail\n\nOn July 10, 2018 he left."), None);
    }
}
