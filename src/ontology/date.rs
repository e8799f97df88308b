//! Calendar dates known to the day, the month or the year only.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A date of the proleptic Gregorian calendar: `2018`, `2018-07` or `2018-07-10`.
///
/// Ordered by year, month and day, the vaguer date first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// Year, 1 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31; only with a month.
    pub day: Option<u8>,
}

/// The months' English names in small letters, January first.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The weekdays' English names in small letters, Monday first.
pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const DAYS_BEFORE_EPOCH: i64 = 719_468;

impl PartialDate {
    /// A whole day. `None` where the calendar has no such day.
    pub fn from_ymd(year: u16, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        valid.then_some(Self { year, month: Some(month), day: Some(day) })
    }

    /// A month.
    pub fn from_ym(year: u16, month: u8) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=12).contains(&month)).then_some(Self {
            year,
            month: Some(month),
            day: None,
        })
    }

    /// A year.
    pub fn from_y(year: u16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self { year, month: None, day: None })
    }

    /// Whether the day is known.
    pub const fn is_day(self) -> bool {
        self.day.is_some()
    }

    /// The day `days` later (earlier where negative); `None` unless the day is known and the result in range.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let (month, day) = (self.month?, self.day?);
        Self::from_day_number(day_number(self.year, month, day) + days)
    }

    /// The month `months` later (earlier where negative), to the month; `None` unless the month is known.
    pub fn plus_months(self, months: i32) -> Option<Self> {
        let index = i32::from(self.year) * 12 + i32::from(self.month?) - 1 + months;
        let year = u16::try_from(index.div_euclid(12)).ok()?;
        Self::from_ym(year, u8::try_from(index.rem_euclid(12)).ok()? + 1)
    }

    /// Day of the week, Monday = 0; `None` unless the day is known.
    pub fn weekday(self) -> Option<u8> {
        let number = day_number(self.year, self.month?, self.day?);
        u8::try_from((number + 3).rem_euclid(7)).ok()
    }

    /// First day the date may mean.
    pub fn first_day(self) -> Self {
        Self { year: self.year, month: self.month.or(Some(1)), day: self.day.or(Some(1)) }
    }

    /// Last day the date may mean.
    pub fn last_day(self) -> Self {
        let month = self.month.unwrap_or(12);
        Self { year: self.year, month: Some(month), day: self.day.or(Some(days_in_month(self.year, month))) }
    }

    /// Days from the epoch (1970-01-01) to the first day this date may mean.
    pub fn days_since_epoch(self) -> i64 {
        day_number(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// Whether one of the two dates lies within the other.
    pub fn compatible(self, other: Self) -> bool {
        self.year == other.year
            && (self.month.is_none() || other.month.is_none() || self.month == other.month)
            && (self.day.is_none() || other.day.is_none() || self.day == other.day)
    }

    fn from_day_number(number: i64) -> Option<Self> {
        // Howard Hinnant's civil_from_days.
        let z = number + DAYS_BEFORE_EPOCH;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = u8::try_from(doy - (153 * mp + 2) / 5 + 1).ok()?;
        let month = u8::try_from(if mp < 10 { mp + 3 } else { mp - 9 }).ok()?;
        let year = u16::try_from(yoe + era * 400 + i64::from(month <= 2)).ok()?;
        Self::from_ymd(year, month, day)
    }
}

/// Days from the epoch. Howard Hinnant's days_from_civil.
fn day_number(year: u16, month: u8, day: u8) -> i64 {
    let y = i64::from(year) - i64::from(month <= 2);
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let mp = i64::from((month + 9) % 12);
    let doy = (153 * mp + 2) / 5 + i64::from(day) - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - DAYS_BEFORE_EPOCH
}

const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = String;

    /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`; a time of day after `T` or a space is passed over.
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let fault = || format!("`{s}` is no date: write YYYY, YYYY-MM or YYYY-MM-DD");
        let day_part = s.trim().split(['T', ' ']).next().unwrap_or_default();
        let parts: Vec<&str> = day_part.split('-').collect();
        let number = |i: usize| parts[i].parse::<u16>().ok();
        let small = |i: usize| number(i).and_then(|n| u8::try_from(n).ok());
        if parts[0].len() != 4 {
            return Err(fault());
        }
        let date = match parts.len() {
            1 => number(0).and_then(Self::from_y),
            2 => number(0).zip(small(1)).and_then(|(y, m)| Self::from_ym(y, m)),
            3 => number(0).zip(small(1)).zip(small(2)).and_then(|((y, m), d)| Self::from_ymd(y, m, d)),
            _ => None,
        };
        date.ok_or_else(fault)
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(s: &str) -> PartialDate {
        s.parse().expect(s)
    }

    #[test]
    fn weekdays_and_steps() {
        assert_eq!(date("2018-07-10").weekday(), Some(1));
        assert_eq!(date("2018-07-10").plus_days(-10), Some(date("2018-06-30")));
        assert_eq!(date("2020-02-28").plus_days(2), Some(date("2020-03-01")));
        assert_eq!(date("2018-01").plus_months(-1), Some(date("2017-12")));
    }

    #[test]
    fn faulty_dates_are_refused() {
        for s in ["", "18-07-10", "2018-13", "2018-02-30", "2018-07-10-1", "July"] {
            assert!(s.parse::<PartialDate>().is_err(), "{s}");
        }
    }
}
