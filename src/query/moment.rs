//! Dates in questions: `2018`, `May 2018`, `10 July 2018`, `July 10 2018`, `2018-07-10`.

use crate::ontology::{MONTHS, PartialDate};

/// A date at the head of these words (in small letters), and how many of them it takes.
pub(super) fn date(words: &[&str]) -> Option<(PartialDate, usize)> {
    let first = *words.first()?;
    if first.len() > 4
        && first.contains('-')
        && let Ok(date) = first.parse::<PartialDate>()
    {
        return Some((date, 1));
    }
    if let Some(month) = month(first) {
        let day = words.get(1).and_then(|w| day(w));
        if let (Some(day), Some(year)) = (day, words.get(2).and_then(|w| year(w))) {
            return PartialDate::from_ymd(year, month, day).map(|d| (d, 3));
        }
        let year = words.get(1).and_then(|w| year(w))?;
        return PartialDate::from_ym(year, month).map(|d| (d, 2));
    }
    if let (Some(day), Some(month)) = (day(first), words.get(1).and_then(|w| month(w))) {
        let year = words.get(2).and_then(|w| year(w))?;
        return PartialDate::from_ymd(year, month, day).map(|d| (d, 3));
    }
    year(first).and_then(PartialDate::from_y).map(|d| (d, 1))
}

/// Whether the word names a month, which needs a year beside it.
pub(super) fn month(word: &str) -> Option<u8> {
    let at = MONTHS
        .iter()
        .position(|m| *m == word || (word.len() >= 3 && word.len() <= 4 && m.starts_with(word)))?;
    u8::try_from(at + 1).ok()
}

fn day(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten().filter(|d| (1..=31).contains(d))
}

fn year(word: &str) -> Option<u16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1800..=2200).contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_ways_to_write_a_date() {
        for (text, expected) in [
            ("2018", "2018"),
            ("may 2018", "2018-05"),
            ("sept 2018 ?", "2018-09"),
            ("july 10 2018", "2018-07-10"),
            ("10th july 2018", "2018-07-10"),
            ("2018-07-10", "2018-07-10"),
            ("2018-07", "2018-07"),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(date(&words).map(|(d, _)| d.to_string()).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(date(&["may", "attack"]), None);
        assert_eq!(date(&["31", "february", "2018"]), None);
    }
}
