//! Strings in, calendar dates out: the ways in which pages, feeds and articles write their day of
//! publication. Refuses dates whose order of day and month is a guess (`03/04/2018`).

use crate::ontology::{MONTHS, PartialDate};

/// Words that may stand beside a date on a line that holds nothing else.
const DATE_LINE_WORDS: [&str; 36] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thurs",
    "fri",
    "sat",
    "sun",
    "published",
    "posted",
    "updated",
    "last",
    "modified",
    "date",
    "on",
    "at",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "gmt",
    "utc",
    "est",
    "edt",
    "cet",
    "bst",
    "cest",
];

/// The first date written out in `text`: ISO 8601, `July 10, 2018`, `10 July 2018`, `Tue, 10 Jul 2018
/// 11:20:00 GMT`, `July 2018`.
pub fn find_date(text: &str) -> Option<PartialDate> {
    let words: Vec<&str> = words(text).collect();
    (0..words.len()).find_map(|at| date_at(&words, at))
}

/// The date of a line that holds a date and nothing else: `Published: Tuesday, 10 July 2018, 11:20 GMT`.
pub fn date_line(line: &str) -> Option<PartialDate> {
    if line.len() > 120 {
        return None;
    }
    let date = find_date(line).filter(|d| d.is_day())?;
    let only_date = words(line).all(|word| {
        let lower = word.to_ascii_lowercase();
        word.bytes().all(|b| b.is_ascii_digit())
            || ordinal_number(word).is_some()
            || month(word).is_some()
            || DATE_LINE_WORDS.contains(&lower.as_str())
            || iso_day(word).is_some()
            || is_clock(&lower)
    });
    only_date.then_some(date)
}

/// Letters, digits and the marks inside an ISO date hold a word together; all else parts words.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == ':' || c == '/'))
        .map(|w| w.trim_matches(|c| c == '-' || c == ':' || c == '/'))
        .filter(|w| !w.is_empty())
}

fn date_at(words: &[&str], at: usize) -> Option<PartialDate> {
    if let Some(date) = iso_day(words[at]) {
        return Some(date);
    }
    let next = |i: usize| words.get(at + i).copied();
    if let Some(month) = month(words[at]) {
        if let Some(day) = next(1).and_then(ordinal_number)
            && let Some(year) = next(2).and_then(year)
        {
            return PartialDate::from_ymd(year, month, day);
        }
        return next(1).and_then(year).and_then(|year| PartialDate::from_ym(year, month));
    }
    let day = ordinal_number(words[at])?;
    // "10 July 2018" and "the 10th of July 2018".
    let skip = usize::from(next(1) == Some("of"));
    let month = next(1 + skip).and_then(month)?;
    next(2 + skip).and_then(year).and_then(|year| PartialDate::from_ymd(year, month, day))
}

/// `2018-07-10`, `2018/07/10`, `2018-07-10T11:20:00Z`; not `2018` nor `2018-07`, which may be anything.
fn iso_day(word: &str) -> Option<PartialDate> {
    let day = word.split(['T', 't']).next()?;
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    if parts.len() != 3 || parts[0].len() != 4 {
        return None;
    }
    PartialDate::from_ymd(parts[0].parse().ok()?, parts[1].parse().ok()?, parts[2].parse().ok()?)
}

fn month(word: &str) -> Option<u8> {
    let lower = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|m| {
        *m == lower || (lower.len() >= 3 && lower.len() <= 4 && m.starts_with(&lower) && word.len() < m.len())
    })?;
    u8::try_from(at + 1).ok()
}

fn year(word: &str) -> Option<u16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1500..=2200).contains(y))
}

fn ordinal_number(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let tail = &word[digits.len()..];
    if !["", "st", "nd", "rd", "th"].contains(&tail) || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}

fn is_clock(lower: &str) -> bool {
    let clock = lower.trim_end_matches("am").trim_end_matches("pm");
    !clock.is_empty() && clock.chars().all(|c| c.is_ascii_digit() || c == ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        find_date(text).map(|d| d.to_string())
    }

    #[test]
    fn usual_ways_of_writing_a_day() {
        for text in [
            "2018-07-10",
            "2018-07-10T11:20:00+02:00",
            "2018/07/10",
            "July 10, 2018",
            "Tuesday 10 July 2018",
            "Tue, 10 Jul 2018 11:20:00 GMT",
            "the 10th of July 2018",
            "JULY 10th, 2018 11:20",
        ] {
            assert_eq!(found(text).as_deref(), Some("2018-07-10"), "{text}");
        }
        assert_eq!(found("Sept. 3, 2019").as_deref(), Some("2019-09-03"));
        assert_eq!(found("in July 2018 they").as_deref(), Some("2018-07"));
    }

    #[test]
    fn guesses_are_refused() {
        for text in ["03/04/2018", "July 10", "10 July", "2018", "marched 10 2018"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_line_holds_nothing_else() {
        assert!(date_line("Saturday, September 12, 2015").is_some());
        assert!(date_line("Published: 10 July 2018, 11:20am GMT").is_some());
        assert!(date_line("Talks opened on July 10, 2018").is_none());
        assert!(date_line("July 2018").is_none());
    }
}
