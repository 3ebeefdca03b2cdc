//! Vietnamese lunar dates (âm lịch), for the holidays that follow the moon.
//!
//! The rules are those of Decision 121-CP of 8 August 1967: months begin on the day of the new moon
//! at UTC+7, the winter solstice falls in month 11, and of thirteen months between two solstices
//! the first without a major solar term is the leap one. The Chinese calendar has the same rules at
//! UTC+8, which is why Tết fell on another day there in 1985 and 2007 and will in 2030.
//!
//! New moons and solar longitudes are computed as in J. Meeus, *Astronomical Algorithms* (2nd ed.),
//! chapters 49 and 25: to well under a minute for the moon and 0.01° for the sun, in our century.

use jiff::{ToSpan, civil::Date};

/// Julian day number of 1 January 1970.
const EPOCH_DAY: i64 = 2_440_588;
/// Terrestrial minus universal time, in days: some 69 s now, 45 s in 1975, about 90 s by 2050.
const DELTA_T: f64 = 69.0 / 86_400.0;
/// Vietnam's distance from universal time, in days.
const ZONE: f64 = 7.0 / 24.0;
/// The mean new moon counted as number 0 (6 January 2000), and the mean month.
const FIRST_NEW_MOON: f64 = 2_451_550.097_66;
const MEAN_MONTH: f64 = 29.530_588_861;

/// The civil date of a day of a (not leap) lunar month, months 1 to 10 of lunar year `year`.
///
/// `None` for other months, for a day outside 1 to 30, and outside the years 1900 to 2199, for
/// which the astronomy holds.
pub(super) fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    if !(1900..2200).contains(&year) || !(1..=10).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let first = eleventh_month(year - 1);
    let next = eleventh_month(year);
    let mut offset = i64::from(month) + 1;
    if next - first == 13 && leap_offset(first).is_some_and(|leap| offset >= leap) {
        offset += 1;
    }
    civil(new_moon_day(first + offset) + i64::from(day) - 1)
}

/// The number of the new moon that opens the month of the winter solstice of `year`.
fn eleventh_month(year: i16) -> i64 {
    let last_day = julian_day(year, 12, 31);
    let mut moon = ((last_day as f64 - FIRST_NEW_MOON) / MEAN_MONTH).floor() as i64 + 1;
    while new_moon_day(moon) > last_day || sun_at_start_of(new_moon_day(moon)) >= 270.0 {
        moon -= 1;
    }
    moon
}

/// How many months after month 11 (that of new moon `first`) the leap month comes.
fn leap_offset(first: i64) -> Option<i64> {
    (1..13).find(|offset| {
        let begins = term(new_moon_day(first + offset));
        let ends = term(new_moon_day(first + offset + 1));
        begins == ends
    })
}

/// Which of the twelve major solar terms was the last one before day `day` began.
fn term(day: i64) -> i64 {
    (sun_at_start_of(day) / 30.0).floor() as i64
}

fn julian_day(year: i16, month: i8, day: i8) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    EPOCH_DAY + Date::constant(year, month, day).duration_since(epoch).as_hours() / 24
}

fn civil(julian_day: i64) -> Option<Date> {
    let days = i32::try_from(julian_day - EPOCH_DAY).ok()?;
    Date::constant(1970, 1, 1).checked_add(days.days()).ok()
}

/// The day in Vietnam, as a Julian day number, on which new moon number `k` falls.
fn new_moon_day(k: i64) -> i64 {
    (new_moon(k as f64) - DELTA_T + ZONE + 0.5).floor() as i64
}

/// The sun's apparent longitude in degrees at 00:00 in Vietnam of a Julian day number.
fn sun_at_start_of(day: i64) -> f64 {
    sun_longitude(day as f64 - 0.5 - ZONE + DELTA_T)
}

/// The sun's apparent longitude in degrees, from 0 to 360 (Meeus chapter 25).
fn sun_longitude(ephemeris_day: f64) -> f64 {
    let t = (ephemeris_day - 2_451_545.0) / 36_525.0;
    let mean = 280.466_46 + t * (36_000.769_83 + t * 0.000_303_2);
    let anomaly = (357.529_11 + t * (35_999.050_29 - t * 0.000_153_7)).to_radians();
    let centre = (1.914_602 - t * (0.004_817 + t * 0.000_014)) * anomaly.sin()
        + (0.019_993 - t * 0.000_101) * (2.0 * anomaly).sin()
        + 0.000_289 * (3.0 * anomaly).sin();
    let node = (125.04 - 1_934.136 * t).to_radians();
    (mean + centre - 0.005_69 - 0.004_78 * node.sin()).rem_euclid(360.0)
}

/// Periodic terms of a new moon: coefficient in days, multiples of the sun's anomaly, the moon's
/// anomaly and the moon's argument of latitude (Meeus table 49.A).
const PERIODIC: [(f64, f64, f64, f64); 24] = [
    (-0.407_20, 0.0, 1.0, 0.0),
    (0.172_41, 1.0, 0.0, 0.0),
    (0.016_08, 0.0, 2.0, 0.0),
    (0.010_39, 0.0, 0.0, 2.0),
    (0.007_39, -1.0, 1.0, 0.0),
    (-0.005_14, 1.0, 1.0, 0.0),
    (0.002_08, 2.0, 0.0, 0.0),
    (-0.001_11, 0.0, 1.0, -2.0),
    (-0.000_57, 0.0, 1.0, 2.0),
    (0.000_56, 1.0, 2.0, 0.0),
    (-0.000_42, 0.0, 3.0, 0.0),
    (0.000_42, 1.0, 0.0, 2.0),
    (0.000_38, 1.0, 0.0, -2.0),
    (-0.000_24, -1.0, 2.0, 0.0),
    (-0.000_07, 2.0, 1.0, 0.0),
    (0.000_04, 0.0, 2.0, -2.0),
    (0.000_04, 3.0, 0.0, 0.0),
    (0.000_03, 1.0, 1.0, -2.0),
    (0.000_03, 0.0, 2.0, 2.0),
    (-0.000_03, 1.0, 1.0, 2.0),
    (0.000_03, -1.0, 1.0, 2.0),
    (-0.000_02, -1.0, 1.0, -2.0),
    (-0.000_02, 1.0, 3.0, 0.0),
    (0.000_02, 0.0, 4.0, 0.0),
];

/// Planetary terms: constant and rate of the argument in degrees, coefficient in millionths of a
/// day (Meeus p. 351).
const PLANETARY: [(f64, f64, f64); 14] = [
    (299.77, 0.107_408, 325.0),
    (251.88, 0.016_321, 165.0),
    (251.83, 26.651_886, 164.0),
    (349.42, 36.412_478, 126.0),
    (84.66, 18.206_239, 110.0),
    (141.74, 53.303_771, 62.0),
    (207.14, 2.453_732, 60.0),
    (154.84, 7.306_860, 56.0),
    (34.52, 27.261_239, 47.0),
    (207.19, 0.121_824, 42.0),
    (291.34, 1.844_379, 40.0),
    (161.72, 24.198_154, 37.0),
    (239.56, 25.513_099, 35.0),
    (331.55, 3.592_518, 23.0),
];

/// The ephemeris Julian day of new moon number `k`, counted from January 2000 (Meeus chapter 49).
fn new_moon(k: f64) -> f64 {
    let t = k / 1_236.85;
    let mean = FIRST_NEW_MOON + MEAN_MONTH * k + t * t * (0.000_154_37 - t * 0.000_000_15);
    let sun = (2.553_4 + 29.105_356_7 * k - t * t * 0.000_001_4).to_radians();
    let moon =
        (201.564_3 + 385.816_935_28 * k + t * t * (0.010_758_2 + t * 0.000_012_38)).to_radians();
    let latitude = (160.710_8 + 390.670_502_84 * k - t * t * 0.001_611_8).to_radians();
    let node = (124.774_6 - 1.563_755_88 * k + t * t * 0.002_067_2).to_radians();
    let eccentricity = 1.0 - t * (0.002_516 + t * 0.000_007_4);

    let mut day = mean - 0.000_17 * node.sin();
    for (coefficient, of_sun, of_moon, of_latitude) in PERIODIC {
        let angle = of_sun * sun + of_moon * moon + of_latitude * latitude;
        // A term shrinks with the orbit's eccentricity as often as it has the sun's anomaly.
        day += coefficient * eccentricity.powf(f64::abs(of_sun)) * angle.sin();
    }
    for (constant, rate, coefficient) in PLANETARY {
        day += coefficient * 1e-6 * (constant + rate * k).to_radians().sin();
    }
    day
}

#[cfg(test)]
mod tests {
    use super::date;
    use jiff::civil::Date;

    fn tet(year: i16) -> String {
        date(year, 1, 1).map(|d| d.to_string()).unwrap_or_default()
    }

    #[test]
    fn lunar_new_year_falls_on_the_days_that_vietnam_kept() {
        let known = [
            "1976-01-31",
            "1985-01-21",
            "1990-01-27",
            "1995-01-31",
            "2000-02-05",
            "2001-01-24",
            "2004-01-22",
            "2005-02-09",
            "2006-01-29",
            "2007-02-17",
            "2008-02-07",
            "2009-01-26",
            "2010-02-14",
            "2011-02-03",
            "2012-01-23",
            "2013-02-10",
            "2014-01-31",
            "2015-02-19",
            "2016-02-08",
            "2017-01-28",
            "2018-02-16",
            "2019-02-05",
            "2020-01-25",
            "2021-02-12",
            "2022-02-01",
            "2023-01-22",
            "2024-02-10",
            "2025-01-29",
            "2026-02-17",
            "2027-02-06",
            "2028-01-26",
            "2029-02-13",
        ];
        for day in known {
            let year = day[..4].parse().expect("a year");
            assert_eq!(tet(year), day);
        }
    }

    #[test]
    fn it_differs_from_china_where_the_new_moon_falls_between_the_two_midnights() {
        // China: 1985-02-20, 2007-02-18, 2030-02-03, 2053-02-19.
        assert_eq!(
            [1985, 2007, 2030, 2053].map(tet),
            ["1985-01-21", "2007-02-17", "2030-02-02", "2053-02-18"]
        );
    }

    /// The first day of the year and the tenth of the third month, 1900 to 2100, from an ephemeris
    /// of full precision (VSOP87 and ELP2000) instead of the series above.
    const KNOWN_DAYS: &str = include_str!("known_lunar_days.txt");

    #[test]
    fn two_centuries_agree_with_an_ephemeris() {
        let mut years = 0;
        for (year, line) in (1900..).zip(KNOWN_DAYS.lines()) {
            let (first, hung_kings) = line.split_once(' ').expect("two dates");
            assert_eq!(tet(year), first);
            assert_eq!(date(year, 3, 10).map(|d| d.to_string()).as_deref(), Some(hung_kings));
            years += 1;
        }
        assert_eq!(years, 201);
    }

    #[test]
    fn the_hung_kings_day_is_counted_past_leap_months() {
        let day = |year| date(year, 3, 10).expect("in range");
        assert_eq!(day(2023), Date::constant(2023, 4, 29), "after the leap second month");
        assert_eq!(day(2024), Date::constant(2024, 4, 18));
        assert_eq!(day(2025), Date::constant(2025, 4, 7), "before the leap sixth month");
        assert_eq!(day(2026), Date::constant(2026, 4, 26));
        assert_eq!(day(2027), Date::constant(2027, 4, 16));
    }

    #[test]
    fn what_is_out_of_range_has_no_date() {
        assert_eq!(date(2026, 11, 1), None);
        assert_eq!(date(2026, 0, 1), None);
        assert_eq!(date(2026, 1, 31), None);
        assert_eq!(date(1899, 1, 1), None);
        assert_eq!(date(2200, 1, 1), None);
    }
}
