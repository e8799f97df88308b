//! When: time expressions of a sentence as calendar dates, against the day of publication.

use super::grammar::Grammar;
use crate::language::{Sentence, Upos};
use crate::ontology::{MONTHS, PartialDate, WEEKDAYS};

/// A time expression and its normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// Token index of its last word.
    pub token: usize,
    /// The date.
    pub date: PartialDate,
}

/// How newspapers shorten the months, in their order.
const SHORT_MONTHS: [&str; 12] =
    ["jan.", "feb.", "mar.", "apr.", "may", "jun.", "jul.", "aug.", "sept.", "oct.", "nov.", "dec."];
/// Days by which what is told as done may be dated ahead of publication, by time zones or a slip.
const COMING: i64 = 3;
const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The time expressions of a sentence that name a day or a month, in order. Years alone are left
/// out. `published` is the day that "on Sunday" and "last month" count from.
pub fn timings(sentence: &Sentence, published: Option<PartialDate>) -> Vec<Timing> {
    let words: Vec<String> = sentence.tokens.iter().map(|t| t.text.to_lowercase()).collect();
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match expression(sentence, &words, i, published) {
            Some((date, length)) => {
                found.push(Timing { token: i + length - 1, date });
                i += length;
            }
            None => i += 1,
        }
    }
    found
}

/// The date of an act: the time expression nearest to its trigger in the tree, among those in its
/// own clause or above it; failing that, the only one in the sentence.
pub fn date_of(sentence: &Sentence, trigger: usize, timings: &[Timing]) -> Option<PartialDate> {
    let grammar = Grammar::new(sentence);
    let mut chain = vec![trigger];
    chain.extend(grammar.ancestors(trigger));
    let distance = |timing: &Timing| -> (usize, usize) {
        let mut path = vec![timing.token];
        path.extend(grammar.ancestors(timing.token));
        let meeting = path
            .iter()
            .enumerate()
            .find_map(|(down, t)| chain.iter().position(|c| c == t).map(|up| (up, down)));
        let (up, down) = meeting.unwrap_or((9, 9));
        // a date inside another clause is further away than one in the clauses above
        let inside = path[..down.min(path.len())]
            .iter()
            .filter(|&&t| {
                sentence.tokens[t].is(&["ccomp", "advcl", "acl", "acl:relcl", "parataxis", "xcomp"])
            })
            .count();
        (up + 3 * inside, timing.token.abs_diff(trigger))
    };
    timings
        .iter()
        .min_by_key(|t| distance(t))
        .filter(|t| timings.len() == 1 || distance(t).0 < 9)
        .map(|t| t.date)
}

/// What has happened lies before the day of publication: "in December" is last year's then.
pub fn in_the_past(date: PartialDate, published: Option<PartialDate>) -> PartialDate {
    let ahead = published.is_some_and(|p| date.days_since_epoch() > p.days_since_epoch() + COMING);
    let before = || in_year(date.year - 1, date.month?, date.day);
    if ahead { before().unwrap_or(date) } else { date }
}

fn expression(
    sentence: &Sentence,
    words: &[String],
    i: usize,
    published: Option<PartialDate>,
) -> Option<(PartialDate, usize)> {
    let word = words[i].as_str();
    let next = |k: usize| words.get(i + k).map_or("", String::as_str);
    if let Some(found) = calendar_date(sentence, words, i, published) {
        return Some(found);
    }
    let today = published.filter(|d| d.is_day());
    let day = |offset: i64, length: usize| today.and_then(|d| d.plus_days(offset)).map(|d| (d, length));
    if let Some(weekday) = weekday(word) {
        let previous = i.checked_sub(1).map_or("", |k| words[k].as_str());
        return weekday_date(today?, weekday, previous == "next").map(|d| (d, 1));
    }
    match word {
        "today" | "tonight" => day(0, 1),
        "yesterday" => day(-1, 1),
        "tomorrow" => day(1, 1),
        "this" if matches!(next(1), "morning" | "afternoon" | "evening") => day(0, 2),
        "this" if next(1) == "week" => {
            today.and_then(|d| PartialDate::from_ym(d.year, d.month?)).map(|d| (d, 2))
        }
        "this" if next(1) == "month" => {
            published.and_then(|d| PartialDate::from_ym(d.year, d.month?)).map(|d| (d, 2))
        }
        "last" if next(1) == "night" => day(-1, 2),
        "last" if next(1) == "month" => published.and_then(|d| d.plus_months(-1)).map(|d| (d, 2)),
        "next" if next(1) == "month" => published.and_then(|d| d.plus_months(1)).map(|d| (d, 2)),
        "last" if next(1) == "week" => today.and_then(|d| d.plus_days(-7)).and_then(month_of).map(|d| (d, 2)),
        "next" if next(1) == "week" => today.and_then(|d| d.plus_days(7)).and_then(month_of).map(|d| (d, 2)),
        "last" | "this" | "next" if month(next(1)).is_some() => {
            let m = month(next(1))?;
            let today = published?;
            let year = match word {
                "last" if today.month.is_some_and(|now| m >= now) => today.year - 1,
                "next" if today.month.is_some_and(|now| m <= now) => today.year + 1,
                _ => today.year,
            };
            PartialDate::from_ym(year, m).map(|d| (d, 2))
        }
        _ => ago(words, i, published),
    }
}

/// "10 July 2018", "July 10, 2018", "July 10", "July 2018", "in July", "2018-07-10".
fn calendar_date(
    sentence: &Sentence,
    words: &[String],
    i: usize,
    published: Option<PartialDate>,
) -> Option<(PartialDate, usize)> {
    let at = |k: usize| words.get(i + k).map_or("", String::as_str);
    if let Ok(date) = at(0).parse::<PartialDate>()
        && date.is_day()
    {
        return Some((date, 1));
    }
    if let Some(d) = day_number(at(0))
        && let Some((m, shift)) = month(at(1))
            .map(|m| (m, 1))
            .or_else(|| (at(1) == "of").then(|| month(at(2))).flatten().map(|m| (m, 2)))
    {
        return match year(at(shift + 1)) {
            Some(y) => PartialDate::from_ymd(y, m, d).map(|date| (date, shift + 2)),
            None => nearest_year(published, m, Some(d)).map(|date| (date, shift + 1)),
        };
    }
    let m = month(at(0))?;
    if at(0) == "may" && (sentence.tokens[i].upos == Upos::Aux || !sentence.tokens[i].is_capitalised()) {
        return None;
    }
    if at(0) == "march" && !sentence.tokens[i].is_capitalised() {
        return None;
    }
    if let Some(d) = day_number(at(1)) {
        let comma = usize::from(at(2) == ",");
        return match year(at(2 + comma)) {
            Some(y) => PartialDate::from_ymd(y, m, d).map(|date| (date, 3 + comma)),
            None => nearest_year(published, m, Some(d)).map(|date| (date, 2)),
        };
    }
    let comma = usize::from(at(1) == ",");
    match year(at(1 + comma)) {
        Some(y) => PartialDate::from_ym(y, m).map(|date| (date, 2 + comma)),
        None if sentence.tokens[i].upos == Upos::Propn => {
            nearest_year(published, m, None).map(|date| (date, 1))
        }
        None => None,
    }
}

/// "two days ago", "three months earlier", "a week ago".
fn ago(words: &[String], i: usize, published: Option<PartialDate>) -> Option<(PartialDate, usize)> {
    let word = words[i].as_str();
    let count = match word {
        "a" | "an" => 1,
        _ => match NUMBERS.iter().position(|n| *n == word) {
            Some(k) => k as i64 + 1,
            None => word.parse::<i64>().ok().filter(|n| (1..=60).contains(n))?,
        },
    };
    let unit = words.get(i + 1)?.as_str();
    if !matches!(words.get(i + 2)?.as_str(), "ago" | "earlier" | "before") {
        return None;
    }
    let date = match unit {
        "day" | "days" => published?.plus_days(-count),
        "week" | "weeks" => published?.plus_days(-7 * count).and_then(month_of),
        "month" | "months" => published?.plus_months(-i32::try_from(count).ok()?),
        _ => None,
    }?;
    Some((date, 3))
}

fn month_of(date: PartialDate) -> Option<PartialDate> {
    PartialDate::from_ym(date.year, date.month?)
}

fn weekday(word: &str) -> Option<u8> {
    WEEKDAYS
        .iter()
        .position(|d| *d == word.trim_end_matches("s").trim_end_matches('.'))
        .or_else(|| WEEKDAYS.iter().position(|d| *d == word))
        .and_then(|k| u8::try_from(k).ok())
}

/// The last such weekday up to the day of publication; the coming one after "next".
fn weekday_date(today: PartialDate, weekday: u8, next: bool) -> Option<PartialDate> {
    let back = (i64::from(today.weekday()?) - i64::from(weekday)).rem_euclid(7);
    today.plus_days(if next { 7 - back } else { -back })
}

fn month(word: &str) -> Option<u8> {
    let k = MONTHS.iter().zip(SHORT_MONTHS).position(|(long, short)| {
        word == *long || word == short || word == short.trim_end_matches('.') && word.len() < 5
    })?;
    u8::try_from(k + 1).ok()
}

fn day_number(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let suffix = &word[digits.len()..];
    (digits.len() <= 2 && matches!(suffix, "" | "st" | "nd" | "rd" | "th"))
        .then(|| digits.parse::<u8>().ok())
        .flatten()
        .filter(|d| (1..=31).contains(d))
}

fn year(word: &str) -> Option<u16> {
    (word.len() == 4).then(|| word.parse::<u16>().ok()).flatten().filter(|y| (1900..=2100).contains(y))
}

/// The year in which the month (and day) last came round, seen from the day of publication.
fn nearest_year(published: Option<PartialDate>, month: u8, day: Option<u8>) -> Option<PartialDate> {
    let today = published?;
    let this = in_year(today.year, month, day)?;
    let ahead = this.days_since_epoch() - today.first_day().days_since_epoch();
    if ahead > 120 { in_year(today.year - 1, month, day) } else { Some(this) }
}

/// The month, or the day in it where one is told.
fn in_year(year: u16, month: u8, day: Option<u8>) -> Option<PartialDate> {
    match day {
        Some(day) => PartialDate::from_ymd(year, month, day),
        None => PartialDate::from_ym(year, month),
    }
}
