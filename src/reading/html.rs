//! Web pages, one article a page: boilerplate left out, title, date, publisher and address from the
//! page's own metadata.

use super::bytes::read_whole;
use super::charset::decode;
use super::dates::find_date;
use super::draft::{Draft, FirstLine};
use super::error::ReadError;
use super::format::{Fit, any_text};
use super::{Articles, Input, ReadOptions, one};
use dom_smoothie::{Config, Readability, TextMode};

/// A page opens with a doctype or one of the outer elements.
pub fn fit(head: &[u8]) -> Fit {
    let text = String::from_utf8_lossy(&head[..head.len().min(1024)]).to_lowercase();
    let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let start = if start.starts_with("<!--") || start.starts_with("<?xml") {
        start
            .find("-->")
            .or_else(|| start.find("?>"))
            .map_or(start, |at| start[at + 2..].trim_start_matches(['>', '\n', ' ', '\r']))
    } else {
        start
    };
    let marked = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag));
    if marked { Fit::Marked } else { any_text(head) }
}

/// Reads a page.
pub fn read(mut input: Input, options: &ReadOptions) -> Articles {
    let options = options.clone();
    one(move || {
        let html = decode(&input.name, read_whole(&input.name, &mut input.reader)?)?;
        let page = read_page(&html)
            .ok_or_else(|| ReadError::NoStory { name: input.name.clone(), what: "a page" })?;
        Draft { id: input.id, ..page }.finish(&input.name, FirstLine::HeadlineIfApart, &options)
    })
}

/// Elements that never hold the story.
const BESIDE_THE_STORY: &str = "nav, aside, footer, form, figure, figcaption, button, iframe, noscript, dialog, \
    [role=navigation], [role=complementary], [role=dialog], [aria-hidden=true]";
const DATE_METAS: &str = "meta[property='article:published_time'], meta[itemprop=datePublished], \
    meta[name=pubdate], meta[name=publishdate], meta[name=date], meta[name='DC.date.issued'], \
    meta[name='dc.date'], meta[name='parsely-pub-date'], meta[property='og:published_time']";

/// The one place that knows the extraction crate.
pub(super) fn read_page(html: &str) -> Option<Draft> {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut page = Readability::new(html, None, Some(config)).ok()?;
    // Asked for before the parse, which takes the page apart.
    let metas = page.doc.select(DATE_METAS);
    let meta_date = metas.iter().find_map(|m| m.attr("content")).map(|c| c.to_string());
    let time = page.doc.select("article time[datetime], header time[datetime], time[datetime]");
    let time_date = time.iter().next().and_then(|t| t.attr("datetime")).map(|c| c.to_string());
    let canonical = page.doc.select("link[rel=canonical], meta[property='og:url']");
    let address =
        canonical.iter().find_map(|l| l.attr("href").or_else(|| l.attr("content"))).map(|c| c.to_string());
    let heading = page.doc.select("h1").iter().next().map(|h| squeeze(&h.text()));
    page.doc.select(BESIDE_THE_STORY).remove();
    let article = page.parse().ok()?;

    let text = tidy(&article.text_content);
    if text.is_empty() {
        return None;
    }
    let title = title_of(&squeeze(&article.title), heading.as_deref());
    let body = match &title {
        Some(title) => text.strip_prefix(title.as_str()).map_or(text.as_str(), str::trim_start).to_owned(),
        None => text,
    };
    let date =
        [article.published_time, meta_date, time_date].into_iter().flatten().find(|d| find_date(d).is_some());
    Some(Draft {
        text: body,
        title,
        date,
        url: article.url.filter(|u| u.starts_with("http")).or(address),
        source: article.site_name.map(|s| squeeze(&s)).filter(|s| !s.is_empty()),
        language: article.lang.map(|l| l.to_string()).filter(|l| !l.is_empty()),
        ..Draft::default()
    })
}

/// The words of a piece of HTML, as feeds and messages hold it; a text without tags as it stands.
pub(super) fn fragment_text(html: &str) -> String {
    if !html.contains('<') && !html.contains('&') {
        return html.trim().to_owned();
    }
    let page = dom_query::Document::from(html);
    page.select("script, style, head, figure, img").remove();
    tidy(&page.formatted_text())
}

/// The page's heading where its title is the heading with the site's name added; else the title.
fn title_of(title: &str, heading: Option<&str>) -> Option<String> {
    let chosen = match heading {
        Some(heading) if heading.len() > 8 && (title.is_empty() || title.starts_with(heading)) => heading,
        _ => title,
    };
    (!chosen.is_empty()).then(|| chosen.to_owned())
}

/// One line a paragraph, paragraphs parted by an empty line.
fn tidy(text: &str) -> String {
    let paragraphs: Vec<String> = text.split('\n').map(squeeze).filter(|p| !p.is_empty()).collect();
    paragraphs.join("\n\n")
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head>
<title>Envoys leave Oslo after talks fail | The Example Post</title>
<meta property="og:site_name" content="The Example Post">
<meta property="article:published_time" content="2018-07-10T11:20:00Z">
<link rel="canonical" href="https://example.org/talks">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">Ruritania bombs Graustark</a></li></ul></nav>
<article><h1>Envoys leave Oslo after talks fail</h1>
<figure><img src="x.jpg"><figcaption>Graustark's envoy attacks a sandwich. Photo: A. Person</figcaption></figure>
<p>The envoys of Ruritania and Graustark left Oslo on Monday after three days of talks, the Norwegian foreign
ministry said, and nobody would say whether they were to come back before the end of the month.</p>
<p>“We are not angry, we are tired,” the Norwegian minister told reporters at the airport, adding that a letter
with proposals would go to both capitals within days, and that the door stays open for both of them.</p>
<p>Ruritania accused its neighbour of moving troops to the border during the talks, a charge that Graustark denied
in a short statement on Monday night, calling it an invention for the newspapers at home.</p>
</article>
<aside><p>Sign up for our newsletter and read how Ruritania attacked Graustark in every century since.</p></aside>
<footer><p>© 2018 The Example Post. All rights reserved.</p></footer>
</body></html>"#;

    #[test]
    fn the_story_and_its_metadata() {
        let page = read_page(PAGE).expect("a story");
        assert_eq!(page.title.as_deref(), Some("Envoys leave Oslo after talks fail"));
        assert_eq!(page.date.as_deref(), Some("2018-07-10T11:20:00Z"));
        assert_eq!(page.source.as_deref(), Some("The Example Post"));
        assert_eq!(page.url.as_deref(), Some("https://example.org/talks"));
        let paragraphs: Vec<&str> = page.text.split("\n\n").collect();
        assert_eq!(paragraphs.len(), 3, "{}", page.text);
        assert!(paragraphs[0].starts_with("The envoys of Ruritania") && paragraphs[2].ends_with("at home."));
        for beside in ["bombs", "sandwich", "newsletter", "rights reserved"] {
            assert!(!page.text.contains(beside), "{beside}");
        }
    }

    #[test]
    fn a_page_without_story_is_none() {
        assert!(read_page("<html><body></body></html>").is_none());
    }
}
