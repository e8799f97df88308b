//! An article's text in, the spans that are not its story out: photo credits and their captions,
//! bylines, datelines, lines of dates, links to other stories, sign-ups, agency trailers.
//!
//! Such parts make false edges ("Read more: Iran accuses …"). What is doubtful stays with the story:
//! each rule asks for the whole line, or for a mark that news prose does not use.

use super::dates::date_line;
use crate::ontology::ByteSpan;

/// Finds the furniture of `text`, in order, not overlapping. The headline's line is never furniture.
pub fn find_furniture(text: &str, headline: Option<ByteSpan>) -> Vec<ByteSpan> {
    let lines: Vec<ByteSpan> = lines(text).filter(|l| !l.is_empty()).collect();
    let mut found: Vec<ByteSpan> = Vec::new();
    for (number, &line) in lines.iter().enumerate() {
        if headline.is_some_and(|h| h.overlaps(line)) {
            continue;
        }
        let words = line.of(text);
        if is_whole_line_furniture(words, number) {
            // A credit on a line of its own belongs to the caption above it.
            if credit_start(words) == Some(0)
                && let Some(&above) = number.checked_sub(1).and_then(|n| lines.get(n))
                && is_caption(above.of(text))
                && !headline.is_some_and(|h| h.overlaps(above))
                && !found.contains(&above)
            {
                found.push(above);
            }
            found.push(line);
        } else if let Some(at) = credit_start(words) {
            let credit = ByteSpan::new(line.start + at, line.end);
            found.push(if is_caption(words[..at].trim_end()) { line } else { credit });
        } else if let Some(length) = dateline_length(words) {
            found.push(ByteSpan::new(line.start, line.start + length));
        }
    }
    drop_repeated_captions(text, &lines, &mut found, headline);
    found.sort();
    found
}

/// The place and date that open a story: `WASHINGTON, July 10, 2018 (AP) — `; its length in bytes with
/// the dash and the space after it.
pub fn dateline_length(line: &str) -> Option<usize> {
    let (at, dash) = DASHES
        .iter()
        .filter_map(|dash| line.find(dash).map(|at| (at, dash.len())))
        .min()
        .filter(|(at, _)| *at >= 3 && *at <= 90)?;
    let opening = line[..at].trim();
    let rest = line[at + dash..].trim_start();
    let sentence_follows =
        rest.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "\"“‘'".contains(c));
    // "NATO – Europe's shield – is …": a pair of dashes sets a phrase apart.
    let first_sentence = rest.split(". ").next().unwrap_or(rest);
    let paired = DASHES.iter().any(|dash| first_sentence.contains(dash));
    let (places, agency) = match opening.rfind('(') {
        Some(open) if opening.ends_with(')') => (opening[..open].trim(), true),
        Some(_) => return None,
        None => (opening, false),
    };
    let mut parts = places.split(',').map(str::trim);
    let city = parts.next()?;
    let shouted = city.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !city.chars().any(char::is_lowercase)
        && !ACRONYMS.contains(&city);
    let named = city.split_whitespace().count() <= 4
        && city.split([' ', '-', '/']).all(|w| w.chars().next().is_none_or(char::is_uppercase) || w == "de");
    let tail_ok = parts
        .all(|p| p.len() <= 24 && p.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()));
    let opens =
        sentence_follows && tail_ok && !city.is_empty() && if agency { named } else { shouted && !paired };
    opens.then(|| line.len() - rest.len())
}

/// The lines of a text without their line ends, white space around them left out.
pub fn lines(text: &str) -> impl Iterator<Item = ByteSpan> + '_ {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len() + 1;
        ByteSpan::new(start, start + line.trim().len())
    })
}

const DASHES: [&str; 4] = [" – ", " — ", " - ", " -- "];

/// Short shouted words that are no places.
const ACRONYMS: [&str; 14] = [
    "NATO", "ISIS", "ISIL", "OPEC", "IAEA", "UNHCR", "UNESCO", "UNICEF", "ASEAN", "FIFA", "UEFA", "OSCE",
    "OPCW", "BREAKING",
];

/// Openings of lines that lead away from the story; in lower case.
const LEADS_AWAY: [&str; 21] = [
    "read more",
    "read also",
    "also read",
    "read next",
    "related:",
    "related stories",
    "related articles",
    "related coverage",
    "see also:",
    "more on this story",
    "more from ",
    "most read",
    "recommended:",
    "recommended for you",
    "you may also like",
    "up next",
    "watch:",
    "listen:",
    "in pictures:",
    "advertisement",
    "story continues below",
];

/// Openings of the fine print; in lower case.
const FINE_PRINT: [&str; 14] = [
    "copyright ",
    "©",
    "(c) 20",
    "all rights reserved",
    "reporting by ",
    "(reporting by ",
    "additional reporting by ",
    "(additional reporting by ",
    "editing by ",
    "(editing by ",
    "filed under",
    "tags:",
    "share this",
    "share on ",
];

const CREDIT_WORDS: [&str; 13] = [
    "photo credit",
    "image credit",
    "picture credit",
    "photo:",
    "photo by ",
    "photograph:",
    "image:",
    "picture:",
    "credit:",
    "file photo",
    "screenshot:",
    "courtesy of ",
    "illustrative:",
];

const AGENCY_CREDITS: [&str; 6] =
    ["REUTERS/", "AP Photo/", "AFP/Getty", "/Getty Images", "via Getty Images", "via AP)"];

fn is_whole_line_furniture(line: &str, number: usize) -> bool {
    let lower = line.to_lowercase();
    let short = line.len() <= 220;
    let opens_with = |openings: &[&str]| openings.iter().any(|o| lower.starts_with(o));
    (short && credit_start(line) == Some(0))
        || (short && opens_with(&LEADS_AWAY) && !lower.starts_with("more from the "))
        || (short && opens_with(&FINE_PRINT))
        || date_line(line).is_some()
        || (number < 8 && is_byline(line))
        || is_sign_up(&lower)
        || is_embedded_post(line)
        || (short && lower.ends_with("contributed to this report."))
}

/// "By Jane Doe", "By JANE DOE and John Roe, Agency": capitalised words alone.
fn is_byline(line: &str) -> bool {
    let Some(names) = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")) else {
        return false;
    };
    let words: Vec<&str> = names.split_whitespace().collect();
    (2..=14).contains(&words.len())
        && line.len() <= 110
        && !line.ends_with(['.', '?', '!', ':'])
        && words.iter().all(|w| {
            w.chars().next().is_some_and(|c| c.is_uppercase() || c == '|' || c == '&')
                || ["and", "in", "for", "de", "van", "von", "bin", "al", "el", "of", "at"].contains(w)
        })
}

/// "Sign up for our newsletter", "Follow us on …", "Get the latest … in your inbox".
fn is_sign_up(lower: &str) -> bool {
    let asks = [
        "sign up",
        "subscribe",
        "get the latest",
        "get our",
        "join our",
        "follow us",
        "like us on",
        "download our",
    ]
    .iter()
    .any(|opening| lower.starts_with(opening));
    let offers = [
        "newsletter",
        "inbox",
        "alerts",
        "channel",
        "twitter",
        "facebook",
        "instagram",
        "telegram",
        "whatsapp",
        " app ",
        "podcast",
        "updates",
        "subscribe to",
        "subscribe now",
        "subscribe today",
    ]
    .iter()
    .any(|thing| lower.contains(thing));
    lower.len() <= 220 && asks && offers
}

/// The signature line of a quoted post: "— Name (@handle) July 10, 2018", "pic.twitter.com/…".
fn is_embedded_post(line: &str) -> bool {
    (line.starts_with(['—', '–', '-']) && line.contains("(@") && line.len() <= 120)
        || (line.starts_with("pic.twitter.com/") && !line.contains(' '))
        || (line.starts_with("https://") || line.starts_with("http://")) && !line.contains(' ')
}

/// Where a photo credit opens that runs to the end of the line.
fn credit_start(line: &str) -> Option<usize> {
    let lower = line.to_ascii_lowercase();
    let mark = CREDIT_WORDS
        .iter()
        .filter_map(|word| {
            let at = lower.find(&format!("({word}")).or_else(|| lower.find(&format!("[{word}")));
            at.or_else(|| (lower.starts_with(word) && line.len() <= 120).then_some(0))
        })
        .min();
    if let Some(at) = mark {
        let tail = &line[at..];
        let closes = tail.find([')', ']']).is_none_or(|c| tail[c + 1..].trim().len() <= 1);
        return closes.then_some(at);
    }
    // "… in Vienna. REUTERS/Ann Oe": the agency's own form, at the end of a short line.
    AGENCY_CREDITS.iter().filter(|_| line.len() <= 300).find_map(|agency| {
        let at = line.rfind(agency)?;
        let tail_words = line[at..].split_whitespace().count();
        let start = line[..at]
            .rfind(['.', '(', '['])
            .map_or(0, |p| if line[p..].starts_with('.') { p + 1 } else { p });
        let start = start + (line[start..].len() - line[start..].trim_start().len());
        (tail_words <= 5 && line.len() - start <= 90).then_some(start)
    })
}

/// What stands before a credit is its caption, unless it runs on like a paragraph.
fn is_caption(words: &str) -> bool {
    words.len() <= 240 && words.matches(". ").count() <= 1
}

/// A caption given twice, once without its credit, is furniture both times.
fn drop_repeated_captions(
    text: &str,
    lines: &[ByteSpan],
    found: &mut Vec<ByteSpan>,
    headline: Option<ByteSpan>,
) {
    let captions: Vec<&str> = found
        .iter()
        .filter_map(|span| {
            let words = span.of(text);
            credit_start(words).filter(|at| *at > 0).map(|at| words[..at].trim())
        })
        .filter(|caption| caption.len() >= 12)
        .collect();
    let again: Vec<ByteSpan> = lines
        .iter()
        .filter(|line| captions.contains(&line.of(text)))
        .filter(|line| !found.iter().any(|f| f.overlaps(**line)))
        .filter(|line| !headline.is_some_and(|h| h.overlaps(**line)))
        .copied()
        .collect();
    found.extend(again);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> String {
        let mut kept = String::new();
        let mut at = 0;
        for span in find_furniture(text, None) {
            assert!(span.start >= at, "overlap in {text}");
            kept.push_str(&text[at..span.start]);
            at = span.end;
        }
        kept.push_str(&text[at..]);
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn furniture_goes() {
        for line in [
            "A view of the harbour in Oran (photo credit: A. PERSON / AGENCY)",
            "(photo credit: A. PERSON / AGENCY)",
            "Photo by Ann Example",
            "Ministers arrive in Vienna. REUTERS/Ann Example",
            "Read more: Ruritania accuses Graustark of spying",
            "By Jane Doe",
            "By JANE DOE and John Roe, Foreign Desk",
            "Sign up for our morning newsletter",
            "Follow us on Twitter",
            "Tuesday, 10 July 2018",
            "(Reporting by Jane Doe; Editing by John Roe)",
            "Advertisement",
            "— Jane Doe (@janedoe) July 10, 2018",
            "© 2018 The Example Times. All rights reserved.",
        ] {
            assert_eq!(kept(line), "", "{line}");
        }
    }

    #[test]
    fn stories_stay() {
        for line in [
            "By Tuesday the police had arrested two men.",
            "By night the town was quiet",
            "Read the letter, the minister told reporters.",
            "Watch lists were drawn up by both governments.",
            "NATO – the alliance's secretary said – will deploy troops.",
            "The deal – a first – was signed in Oslo on July 10, 2018.",
            "Related charges were brought against three officers.",
            "Subscribe, the union told its members, or lose your vote.",
            "The photo by the suspect shows the station, police said.",
            "Getty Images sued the government in London on Monday.",
            "Reporting from the front is banned, the army said on Friday, July 13, 2018.",
            "“Image is everything,” the prime minister said.",
        ] {
            assert_eq!(kept(line), line, "{line}");
        }
    }

    #[test]
    fn datelines_are_cut_from_their_paragraph() {
        for (line, story) in [
            ("WASHINGTON – The envoy left.", "The envoy left."),
            ("PARIS, July 10 (Agency) - Police arrested two men.", "Police arrested two men."),
            ("Vienna (Agency) — Talks resumed.", "Talks resumed."),
            ("NEW DELHI, India — “We will act,” he said.", "“We will act,” he said."),
        ] {
            assert_eq!(kept(line), story);
        }
        for line in ["Iran - The talks", "NATO – Europe's shield", "IRAN – Tehran's shield – says no."]
        {
            assert_eq!(kept(line), line);
        }
    }

    #[test]
    fn a_caption_goes_with_its_credit_and_its_double() {
        let text = "Talks fail\n\nThe harbour of Oran at dawn\n(photo credit: A. PERSON)\nThe envoy left on Monday.\n\
                    The gate of the ministry (photo credit: B. PERSON)\nThe gate of the ministry\nNobody was hurt.";
        let headline = Some(ByteSpan::new(0, 10));
        let spans: Vec<&str> = find_furniture(text, headline).iter().map(|s| s.of(text)).collect();
        assert_eq!(
            spans,
            [
                "The harbour of Oran at dawn",
                "(photo credit: A. PERSON)",
                "The gate of the ministry (photo credit: B. PERSON)",
                "The gate of the ministry"
            ]
        );
        let long = format!(
            "{} (Photo: A. PERSON)",
            "The minister said that the talks had failed. ".repeat(4).trim()
        );
        assert_eq!(kept(&long), "The minister said that the talks had failed. ".repeat(4).trim());
    }
}
