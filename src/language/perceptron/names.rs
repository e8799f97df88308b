//! Tagged tokens in, names out: runs of proper nouns, labelled by cheap cues.
//!
//! A guess for want of a model; whoever looks names up knows better. Finds persons, organisations, places, peoples
//! and dates, nothing else.

use crate::language::{EntityLabel, EntitySpan, Token, Upos};
use std::ops::Range;

/// Finds names, in order.
pub fn find(tokens: &[Token]) -> Vec<EntitySpan> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let name = date(tokens, i).or_else(|| name(tokens, i)).or_else(|| people(tokens, i));
        match name {
            Some(name) => {
                i = name.tokens.end;
                found.push(name);
            }
            None => i += 1,
        }
    }
    found
}

fn name(tokens: &[Token], start: usize) -> Option<EntitySpan> {
    if !is_name(&tokens[start]) {
        return None;
    }
    let mut run = start..end_of_run(tokens, start);
    let mut titled = false;
    while run.len() > 1 && listed(TITLES, &tokens[run.start]) {
        run.start += 1;
        titled = true;
    }
    let label = if titled { EntityLabel::Person } else { label(tokens, &run) };
    Some(EntitySpan { tokens: run, label })
}

/// A run may go on over a hyphen, and over "of" after the name of an institution.
fn end_of_run(tokens: &[Token], start: usize) -> usize {
    let mut end = start + 1;
    loop {
        let named = |i: usize| tokens.get(i).is_some_and(is_name);
        if named(end) {
            end += 1;
        } else if named(end + 1)
            && (matches!(&*tokens[end].text, "-" | "&")
                || (matches!(&*tokens[end].text, "of" | "for") && listed(INSTITUTIONS, &tokens[end - 1])))
        {
            end += 2;
        } else {
            return end;
        }
    }
}

fn label(tokens: &[Token], run: &Range<usize>) -> EntityLabel {
    let words = &tokens[run.clone()];
    let first = &words[0];
    if listed(COUNTRIES, first) && words.len() == 1 {
        return EntityLabel::Gpe;
    }
    if words.iter().any(|t| listed(INSTITUTIONS, t)) {
        return EntityLabel::Org;
    }
    if words.len() == 1 {
        let letters = first.text.chars().filter(|c| c.is_alphabetic()).count();
        if (2..=6).contains(&letters) && first.text.chars().all(|c| c.is_uppercase() || c == '.') {
            return EntityLabel::Org;
        }
        let after = run.start.checked_sub(1).map(|i| &*tokens[i].text);
        return if matches!(after, Some("in" | "near" | "from" | "at" | "across")) {
            EntityLabel::Gpe
        } else {
            EntityLabel::Org
        };
    }
    let definite = run.start > 0 && tokens[run.start - 1].text.eq_ignore_ascii_case("the");
    if words.len() <= 3 && !definite { EntityLabel::Person } else { EntityLabel::Org }
}

/// A capitalised adjective names a people, unless it only begins the sentence.
fn people(tokens: &[Token], i: usize) -> Option<EntitySpan> {
    let token = &tokens[i];
    let lower = token.text.to_lowercase();
    let ends = ["an", "ese", "ish", "i", "ch"].iter().any(|e| lower.ends_with(e));
    (token.upos == Upos::Adj && token.is_capitalised() && i > 0 && ends)
        .then(|| EntitySpan { tokens: i..i + 1, label: EntityLabel::Norp })
}

/// A month or weekday with the numbers about it.
fn date(tokens: &[Token], start: usize) -> Option<EntitySpan> {
    let number = |i: usize| {
        tokens.get(i).is_some_and(|t| t.text.len() <= 4 && t.text.starts_with(|c: char| c.is_ascii_digit()))
    };
    let month = |i: usize| tokens.get(i).is_some_and(|t| t.is_capitalised() && listed(MONTHS, t));
    let comma = |i: usize| tokens.get(i).is_some_and(|t| t.text == ",");
    let mut end = if month(start) {
        start + 1
    } else if number(start) && month(start + 1) {
        start + 2
    } else {
        let day = tokens[start].is_capitalised() && listed(WEEKDAYS, &tokens[start]);
        return day.then(|| EntitySpan { tokens: start..start + 1, label: EntityLabel::Date });
    };
    // "May" and "March" are months only beside a number or after a preposition.
    let doubtful = matches!(&*tokens[start].text, "May" | "March") && !number(end);
    if doubtful && !(start > 0 && tokens[start - 1].upos == Upos::Adp) {
        return None;
    }
    while number(end) || (comma(end) && number(end + 1) && tokens[end + 1].text.len() == 4) {
        end += 1;
    }
    Some(EntitySpan { tokens: start..end, label: EntityLabel::Date })
}

fn is_name(token: &Token) -> bool {
    token.upos == Upos::Propn && !token.text.starts_with(|c: char| c.is_ascii_digit())
}

fn listed(list: &[&str], token: &Token) -> bool {
    let bare = token.text.trim_end_matches('.');
    list.iter().any(|x| x.eq_ignore_ascii_case(bare))
}

const TITLES: &[&str] = &[
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Sir",
    "Lord",
    "Lady",
    "President",
    "Prime",
    "Minister",
    "Secretary",
    "Senator",
    "Sen",
    "Rep",
    "Governor",
    "Gov",
    "General",
    "Gen",
    "Colonel",
    "Col",
    "Captain",
    "Capt",
    "Sergeant",
    "Sgt",
    "Professor",
    "Prof",
    "King",
    "Queen",
    "Prince",
    "Princess",
    "Pope",
    "Chancellor",
    "Ambassador",
    "Mayor",
    "Judge",
    "Justice",
    "Sheikh",
    "Ayatollah",
    "Bishop",
    "Archbishop",
    "Cardinal",
    "Lieutenant",
    "Lt",
    "Admiral",
];

const INSTITUTIONS: &[&str] = &[
    "Ministry",
    "Department",
    "Office",
    "Bank",
    "University",
    "College",
    "Institute",
    "Council",
    "Committee",
    "Commission",
    "Court",
    "Parliament",
    "Congress",
    "Senate",
    "House",
    "Party",
    "Front",
    "Army",
    "Navy",
    "Force",
    "Forces",
    "Guard",
    "Guards",
    "Police",
    "Agency",
    "Bureau",
    "Union",
    "League",
    "Association",
    "Federation",
    "Organization",
    "Organisation",
    "Fund",
    "Group",
    "Company",
    "Corp",
    "Corporation",
    "Inc",
    "Ltd",
    "Foundation",
    "Centre",
    "Center",
    "Movement",
    "Brigade",
    "Brigades",
    "Authority",
    "Service",
    "Nations",
    "Assembly",
    "Club",
    "Times",
    "Post",
    "News",
    "Tribunal",
    "Government",
    "Administration",
    "Alliance",
    "Coalition",
];

/// Names of a single word that are all capitals yet no organisation's.
const COUNTRIES: &[&str] = &["US", "U.S", "USA", "U.S.A", "UK", "U.K", "UAE", "U.A.E", "DRC"];

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
];

const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

#[cfg(test)]
mod tests {
    use super::*;

    /// `word/UPOS` pairs in, names out.
    fn check(tagged: &str, expected: &[(&str, EntityLabel)]) {
        let tokens: Vec<Token> = tagged
            .split(' ')
            .map(|pair| {
                let (text, upos) = pair.rsplit_once('/').unwrap();
                Token {
                    span: Default::default(),
                    text: text.into(),
                    lemma: text.into(),
                    upos: upos.parse().unwrap(),
                    head: None,
                    deprel: "dep".into(),
                    space_after: true,
                }
            })
            .collect();
        let words = |r: Range<usize>| tokens[r].iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" ");
        let found: Vec<(String, EntityLabel)> =
            find(&tokens).into_iter().map(|e| (words(e.tokens), e.label)).collect();
        let expected: Vec<(String, EntityLabel)> = expected.iter().map(|&(w, l)| (w.to_owned(), l)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn cues_decide_the_label() {
        use EntityLabel::*;
        check("President/PROPN Lena/PROPN Okafor/PROPN spoke/VERB", &[("Lena Okafor", Person)]);
        check("the/DET Bank/PROPN of/ADP Ruritania/PROPN", &[("Bank of Ruritania", Org)]);
        check("shelling/NOUN near/ADP Strelsau/PROPN", &[("Strelsau", Gpe)]);
        check("the/DET Ruritanian/ADJ army/NOUN", &[("Ruritanian", Norp)]);
        check("on/ADP 4/NUM May/PROPN 2011/NUM", &[("4 May 2011", Date)]);
        check("Mrs/PROPN May/PROPN left/VERB", &[("May", Person)]);
    }
}
