//! Which reports of one kind of act between the same parties are reports of one occurrence.
//!
//! A function of the set of reports: their order does not matter. Days decide first, then months and
//! years where they fit one day only, then the day of publication, last the place.

use crate::ontology::PartialDate;
use std::collections::BTreeMap;

/// What a report says of when and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sighting {
    pub date: Option<PartialDate>,
    pub published: Option<PartialDate>,
    pub place: Option<SightedPlace>,
    /// Only asked for or feared; never one with what is told as fact or claim.
    pub hypothetical: bool,
}

/// Where, in numbers that compare alike on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SightedPlace {
    pub place: u64,
    pub country: Option<u64>,
    /// Names a whole country, and so fits every place in it.
    pub is_country: bool,
}

/// How far apart reports of one occurrence may lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    /// Days between the first and the last date told.
    pub told: i64,
    /// Days by which an undated report may follow the occurrence.
    pub published: i64,
}

/// The number of its occurrence for each report.
pub(super) fn cluster(sightings: &[Sighting], window: Window) -> Vec<usize> {
    let mut number = vec![0; sightings.len()];
    if sightings.len() < 2 {
        return number;
    }
    let mut next = 0;
    for hypothetical in [false, true] {
        let members: Vec<usize> =
            (0..sightings.len()).filter(|&i| sightings[i].hypothetical == hypothetical).collect();
        for span in by_time(sightings, members, window) {
            for group in by_place(sightings, &span.members) {
                for member in group {
                    number[member] = next;
                }
                next += 1;
            }
        }
    }
    number
}

/// Reports that time does not tell apart.
struct Stretch {
    first: i64,
    last: i64,
    members: Vec<usize>,
}

fn by_time(sightings: &[Sighting], members: Vec<usize>, window: Window) -> Vec<Stretch> {
    let day = |d: PartialDate| d.days_since_epoch();
    let (dated, undated): (Vec<usize>, Vec<usize>) =
        members.into_iter().partition(|&i| sightings[i].date.is_some());
    let mut by_precision: [Vec<(PartialDate, usize)>; 3] = Default::default();
    for i in dated {
        if let Some(date) = sightings[i].date {
            let level = if date.is_day() {
                0
            } else if date.month.is_some() {
                1
            } else {
                2
            };
            by_precision[level].push((date, i));
        }
    }
    let [days, months, years] = by_precision;
    let mut stretches = greedy(days.into_iter().map(|(d, i)| (day(d), i)).collect(), window.told);
    for vague in [months, years] {
        let mut spans: BTreeMap<PartialDate, Vec<usize>> = BTreeMap::new();
        for (date, i) in vague {
            spans.entry(date).or_default().push(i);
        }
        let precise = stretches.len();
        for (date, members) in spans {
            let (first, last) = (day(date.first_day()), day(date.last_day()));
            let mut inside =
                (0..precise).filter(|&s| stretches[s].first <= last && stretches[s].last >= first);
            match (inside.next(), inside.next()) {
                (Some(only), None) => stretches[only].members.extend(members),
                _ => stretches.push(Stretch { first, last, members }),
            }
        }
    }
    let told = stretches.len();
    let mut homeless: Vec<(i64, usize)> = Vec::new();
    let mut timeless: Vec<usize> = Vec::new();
    for i in undated {
        let Some(published) = sightings[i].published.map(day) else {
            timeless.push(i);
            continue;
        };
        let latest = (0..told)
            .filter(|&s| stretches[s].first <= published && stretches[s].last >= published - window.published)
            .max_by_key(|&s| (stretches[s].first, -stretches[s].last));
        match latest {
            Some(s) => stretches[s].members.push(i),
            None => homeless.push((published, i)),
        }
    }
    stretches.extend(greedy(homeless, window.published));
    if !timeless.is_empty() {
        if let [only] = stretches.as_mut_slice() {
            only.members.extend(timeless);
        } else {
            stretches.push(Stretch { first: 0, last: 0, members: timeless });
        }
    }
    stretches
}

/// Cuts a row of days into stretches of at most `window` days, beginning with the earliest.
fn greedy(mut days: Vec<(i64, usize)>, window: i64) -> Vec<Stretch> {
    days.sort_unstable();
    let mut stretches: Vec<Stretch> = Vec::new();
    for (day, i) in days {
        match stretches.last_mut() {
            Some(open) if day - open.first <= window => {
                open.last = day;
                open.members.push(i);
            }
            _ => stretches.push(Stretch { first: day, last: day, members: vec![i] }),
        }
    }
    stretches
}

/// Parts reports of different places; one without a place goes with most of the others.
fn by_place(sightings: &[Sighting], members: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<SightedPlace, Vec<usize>> = BTreeMap::new();
    let mut anywhere: Vec<usize> = Vec::new();
    let mut countries: Vec<(SightedPlace, usize)> = Vec::new();
    for &i in members {
        match sightings[i].place {
            None => anywhere.push(i),
            Some(place) if place.is_country => countries.push((place, i)),
            Some(place) => groups.entry(place).or_default().push(i),
        }
    }
    let size: BTreeMap<SightedPlace, usize> = groups.iter().map(|(p, m)| (*p, m.len())).collect();
    for (country, i) in countries {
        let inside = size.iter().filter(|(p, _)| p.country == country.country && country.country.is_some());
        let largest = inside.max_by_key(|(p, n)| (**n, std::cmp::Reverse(**p))).map(|(p, _)| *p);
        groups.entry(largest.unwrap_or(country)).or_default().push(i);
    }
    let largest = groups.iter().max_by_key(|(p, m)| (m.len(), std::cmp::Reverse(**p))).map(|(p, _)| *p);
    match largest {
        Some(place) => groups.entry(place).or_default().extend(anywhere),
        None => return vec![anywhere],
    }
    groups.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window { told: 2, published: 5 };

    fn seen(date: &str, published: &str, place: u64) -> Sighting {
        Sighting {
            date: date.parse().ok(),
            published: published.parse().ok(),
            place: (place > 0).then_some(SightedPlace { place, country: Some(1), is_country: place == 1 }),
            hypothetical: false,
        }
    }

    #[track_caller]
    fn check(sightings: &[Sighting], expected: &[&[usize]]) {
        let numbers = cluster(sightings, WINDOW);
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (i, n) in numbers.iter().enumerate() {
            groups.entry(*n).or_default().push(i);
        }
        let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
        groups.sort();
        assert_eq!(groups, expected);
    }

    #[test]
    fn days_within_the_window_are_one() {
        check(
            &[seen("2021-03-01", "", 0), seen("2021-03-03", "", 0), seen("2021-03-04", "", 0)],
            &[&[0, 1], &[2]],
        );
    }

    #[test]
    fn a_month_joins_its_only_day_and_stays_apart_from_two() {
        check(&[seen("2021-03-01", "", 0), seen("2021-03", "", 0)], &[&[0, 1]]);
        check(
            &[seen("2021-03-01", "", 0), seen("2021-03", "", 0), seen("2021-03-20", "", 0)],
            &[&[0], &[1], &[2]],
        );
    }

    #[test]
    fn an_undated_report_goes_with_what_came_before_it() {
        check(
            &[seen("2021-03-01", "", 0), seen("", "2021-03-04", 0), seen("", "2021-03-30", 0)],
            &[&[0, 1], &[2]],
        );
    }

    #[test]
    fn two_places_are_two_occurrences_and_a_country_holds_its_places() {
        check(
            &[seen("2021-03-01", "", 7), seen("2021-03-01", "", 8), seen("2021-03-01", "", 7)],
            &[&[0, 2], &[1]],
        );
        check(
            &[seen("2021-03-01", "", 7), seen("2021-03-01", "", 1), seen("2021-03-01", "", 0)],
            &[&[0, 1, 2]],
        );
    }

    #[test]
    fn what_is_feared_is_not_what_happened() {
        let feared = Sighting { hypothetical: true, ..seen("2021-03-01", "", 0) };
        check(&[seen("2021-03-01", "", 0), feared], &[&[0], &[1]]);
    }
}
