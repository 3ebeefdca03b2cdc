//! A calendar as JSON, in the shape of the contract, and the differences as the store keeps them.
//!
//! Reading is strict: a key that means nothing would be a day off that nobody gets.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use serde_json::{Map, Value, json};

use super::words;
use crate::domain::calendar::{
    Calendar, CalendarError, Changes, DayRule, Place, Session, Timetable, WEEKDAYS, Week,
};
use crate::domain::refusal::Refusal;
use crate::domain::words::Message;

/// The name of a weekday in files.
pub const fn weekday_id(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}

/// A timetable as JSON.
pub fn to_json(timetable: &Timetable) -> Value {
    let working = timetable.working.iter().map(|(date, own)| match own.as_slice() {
        [] => json!({ "date": date }),
        own => json!({ "date": date, "sessions": sessions_json(own) }),
    });
    json!({
        "weekly": week_json(&timetable.weekly),
        "extra": week_json(&timetable.extra),
        "holidays": timetable.holidays,
        "working": working.collect::<Vec<_>>(),
    })
}

/// Reads a calendar and checks it.
///
/// # Errors
/// A refusal whose field is the place of what is wrong, such as `weekly.fri[0]`.
pub fn calendar(value: &Value) -> Result<Calendar, Refusal> {
    let object = object(value, "calendar")?;
    let mut timetable = Timetable::default();
    for (key, value) in object {
        match key.as_str() {
            "weekly" => timetable.weekly = week(value, key)?,
            "extra" => timetable.extra = week(value, key)?,
            "holidays" => {
                for (index, day) in list(value, key)?.iter().enumerate() {
                    timetable.holidays.insert(date(day, &format!("{key}[{index}]"))?);
                }
            }
            "working" => {
                for (index, day) in list(value, key)?.iter().enumerate() {
                    let (date, own) = worked(day, &format!("{key}[{index}]"))?;
                    timetable.working.insert(date, own);
                }
            }
            _ => return Err(Refusal::field(key.clone(), words::KEY_UNKNOWN)),
        }
    }
    Calendar::new(timetable).map_err(|error| Refusal::field(place_of(&error), error.text()))
}

/// Where in a file the place of an error is.
fn place_of(error: &CalendarError) -> String {
    let place = match error {
        CalendarError::NoWorkingDay => return "weekly".to_owned(),
        CalendarError::NoSessions(date) => Place::Working(*date),
        CalendarError::Backwards(place, _) | CalendarError::Overlapping(place, ..) => *place,
    };
    match place {
        Place::Weekly(day) => format!("weekly.{}", weekday_id(day)),
        Place::Extra(day) => format!("extra.{}", weekday_id(day)),
        Place::Working(date) => format!("working[{date}]"),
    }
}

/// Differences as JSON.
pub(super) fn changes_json(changes: &Changes) -> Value {
    let day = |rule: &DayRule| match rule {
        DayRule::Ordinary => json!("ordinary"),
        DayRule::Off => json!("off"),
        DayRule::Working(own) => json!(sessions_json(own)),
    };
    let days: Map<String, Value> =
        changes.days.iter().map(|(date, rule)| (date.to_string(), day(rule))).collect();
    json!({
        "weekly": changes.weekly.as_ref().map(week_json),
        "extra": changes.extra.as_ref().map(week_json),
        "days": days,
    })
}

/// Reads what [`changes_json`] wrote.
///
/// # Errors
/// The value is anything else.
pub(super) fn changes(value: &Value) -> Result<Changes, Refusal> {
    let own = |key: &str| match value.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => week(value, key).map(Some),
    };
    let mut days = BTreeMap::new();
    for (key, rule) in value.get("days").and_then(Value::as_object).into_iter().flatten() {
        let rule = match rule.as_str() {
            Some("ordinary") => DayRule::Ordinary,
            Some("off") => DayRule::Off,
            _ => DayRule::Working(sessions(rule, key)?),
        };
        days.insert(date(&Value::from(key.as_str()), key)?, rule);
    }
    Ok(Changes { weekly: own("weekly")?, extra: own("extra")?, days })
}

/// The sessions of a week as JSON, days without any left out.
pub(in crate::office) fn week_json(week: &Week) -> Value {
    let days = WEEKDAYS.into_iter().filter(|day| !week[*day].is_empty());
    days.map(|day| (weekday_id(day).to_owned(), json!(sessions_json(&week[day]))))
        .collect::<Map<_, _>>()
        .into()
}

fn sessions_json(sessions: &[Session]) -> Vec<[String; 2]> {
    let time = |time: Time| {
        let exact = time.second() != 0 || time.subsec_nanosecond() != 0;
        if exact { time.to_string() } else { time.strftime("%H:%M").to_string() }
    };
    sessions.iter().map(|session| [time(session.opens), time(session.closes)]).collect()
}

/// Reads the sessions of a week.
///
/// # Errors
/// The place that is no day or no session.
pub(in crate::office) fn week(value: &Value, path: &str) -> Result<Week, Refusal> {
    let mut week = Week::default();
    for (key, value) in object(value, path)? {
        let path = format!("{path}.{key}");
        let day = WEEKDAYS.into_iter().find(|day| weekday_id(*day) == key);
        let day = day.ok_or_else(|| Refusal::field(path.clone(), words::WEEKDAY_WRONG))?;
        week[day] = sessions(value, &path)?;
    }
    Ok(week)
}

fn worked(value: &Value, path: &str) -> Result<(Date, Vec<Session>), Refusal> {
    let object = object(value, path)?;
    let known = |key: &String| key == "date" || key == "sessions";
    if let Some(key) = object.keys().find(|key| !known(key)) {
        return Err(Refusal::field(format!("{path}.{key}"), words::KEY_UNKNOWN));
    }
    let day = date(object.get("date").unwrap_or(&Value::Null), &format!("{path}.date"))?;
    let own = match object.get("sessions") {
        None | Some(Value::Null) => Vec::new(),
        Some(own) => sessions(own, &format!("{path}.sessions"))?,
    };
    Ok((day, own))
}

fn sessions(value: &Value, path: &str) -> Result<Vec<Session>, Refusal> {
    let one = |(index, pair): (usize, &Value)| {
        let path = format!("{path}[{index}]");
        match pair.as_array().map(Vec::as_slice) {
            Some([opens, closes]) => Ok(Session::new(time(opens, &path)?, time(closes, &path)?)),
            _ => Err(wrong(path, words::SESSION_WRONG, pair)),
        }
    };
    list(value, path)?.iter().enumerate().map(one).collect()
}

fn time(value: &Value, path: &str) -> Result<Time, Refusal> {
    let time = value.as_str().filter(|text| text.len() >= 5).and_then(|text| text.parse().ok());
    time.ok_or_else(|| wrong(path, words::TIME_WRONG, value))
}

fn date(value: &Value, path: &str) -> Result<Date, Refusal> {
    // A date with a time would be read as that date; here it is a mistake.
    let date = value.as_str().filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
    date.ok_or_else(|| wrong(path, words::DATE_WRONG, value))
}

fn list<'a>(value: &'a Value, path: &str) -> Result<&'a Vec<Value>, Refusal> {
    value.as_array().ok_or_else(|| wrong(path, words::LIST_WRONG, value))
}

fn object<'a>(value: &'a Value, path: &str) -> Result<&'a Map<String, Value>, Refusal> {
    value.as_object().ok_or_else(|| wrong(path, words::OBJECT_WRONG, value))
}

fn wrong(path: impl Into<String>, message: Message, value: &Value) -> Refusal {
    let shown: String = value.to_string().chars().take(60).collect();
    Refusal::field(path, message.text(&[("value", &shown)]))
}

#[cfg(test)]
mod tests {
    use super::{calendar, changes, changes_json, to_json};
    use crate::domain::calendar::{Calendar, Changes, DayRule};
    use jiff::civil::date;
    use serde_json::{Value, json};

    #[test]
    fn a_calendar_comes_back_as_it_went() {
        let shipped = Calendar::office_hours();
        let told = to_json(shipped.timetable());
        assert_eq!(told["weekly"]["mon"], json!([["07:30", "11:30"], ["13:30", "17:00"]]));
        assert_eq!(told["working"][0], json!({"date": "2024-05-04"}));
        assert_eq!(calendar(&told), Ok(shipped));
    }

    #[test]
    fn differences_come_back_as_they_went() {
        let base = Calendar::office_hours();
        let mut own = base.timetable().clone();
        own.set(date(2026, 12, 7), DayRule::Off);
        own.set(date(2026, 11, 24), DayRule::Ordinary);
        own.set(date(2026, 12, 12), DayRule::Working(Vec::new()));
        own.extra = own.weekly.clone();
        let kept = Changes::between(base.timetable(), &own);
        assert_eq!(changes(&changes_json(&kept)), Ok(kept));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_place() {
        let place = |value: Value| {
            let refusal = calendar(&value).expect_err("wrong");
            refusal.fields[0].field.clone()
        };
        let week = json!({"mon": [["07:30", "11:30"]]});
        assert_eq!(place(json!([])), "calendar");
        assert_eq!(place(json!({})), "weekly");
        assert_eq!(place(json!({"extra": week})), "weekly");
        assert_eq!(place(json!({"weekly": week, "holiday": []})), "holiday");
        assert_eq!(place(json!({"weekly": {"monday": []}})), "weekly.monday");
        assert_eq!(place(json!({"weekly": {"mon": [["07:30"]]}})), "weekly.mon[0]");
        assert_eq!(place(json!({"weekly": {"mon": [["07:30", "24:30"]]}})), "weekly.mon[0]");
        assert_eq!(place(json!({"weekly": {"fri": [["11:30", "07:30"]]}})), "weekly.fri");
        let twice = json!([["07:30", "11:30"], ["11:00", "12:00"]]);
        assert_eq!(place(json!({"weekly": week, "extra": {"sat": twice}})), "extra.sat");
        assert_eq!(place(json!({"weekly": week, "holidays": ["2026-02-30"]})), "holidays[0]");
        assert_eq!(place(json!({"weekly": week, "working": [{}]})), "working[0].date");
        let tuesday = json!({"tue": [["07:30", "11:30"]]});
        let borrowed = json!({"weekly": tuesday, "working": [{"date": "2026-01-10"}]});
        assert_eq!(place(borrowed), "working[2026-01-10]");
    }
}
