//! `motcua deadline`: a line of JSON in, a due date with its explanation out.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::domain::calendar::{Calendar, written};
use crate::domain::deadline::{Duration, Pause, PausePolicy, Rules, due};
use crate::domain::refusal::Refusal;
use crate::domain::words::{Lang, Message};
use crate::office::calendars::wire;
use crate::office::catalogue::wire::unit;

crate::messages! {
    NOT_JSON: "Dòng này không phải JSON: {why}" / "The line is no JSON: {why}";
    NOT_AN_OBJECT: "Dòng này không phải đối tượng JSON." / "The line is no JSON object.";
    KEY_UNKNOWN: "Mục này không có nghĩa ở đây." / "This key means nothing here.";
    RECEIVED_WRONG: "Cần thời điểm theo RFC 3339, ví dụ 2026-11-23T15:30:00+07:00." / "An instant of RFC 3339 is needed, such as 2026-11-23T15:30:00+07:00.";
    DURATION_WRONG: "Cần số nguyên dương." / "A positive whole number is needed.";
    UNIT_WRONG: "Đơn vị là same_day, working_hour, hour, working_day, day hoặc month." / "A unit is same_day, working_hour, hour, working_day, day or month.";
    PAUSE_WRONG: "Cần [từ, đến], hai thời điểm theo RFC 3339; đến có thể là null khi còn tạm dừng." / "A pause is [from, to], two instants of RFC 3339; to may be null while it lasts.";
    PAUSES_WRONG: "Cần danh sách các lần tạm dừng." / "A list of pauses is needed.";
    POLICY_WRONG: "Cách tính là resume hoặc restart." / "A policy is resume or restart.";
}

const KEYS: [&str; 6] = ["calendar", "received", "duration", "unit", "pauses", "policy"];

/// Explains line after line.
pub struct Explainer {
    /// For lines without a calendar of their own.
    calendar: Calendar,
    /// The calendar of the line before: lines that belong together have the same one.
    before: Option<(Value, Calendar)>,
    lang: Lang,
}

impl Explainer {
    /// Explains in `lang`, by `calendar` where a line brings none.
    pub fn new(calendar: Calendar, lang: Lang) -> Self {
        Self { calendar, before: None, lang }
    }

    /// The answer to a line: `{"due_at", "why"}`, or `{"error"}` when the line cannot be used.
    pub fn answer(&mut self, line: &str) -> Value {
        self.explain(line).unwrap_or_else(|refusal| json!({ "error": self.placed(&refusal) }))
    }

    fn explain(&mut self, line: &str) -> Result<Value, Refusal> {
        let value: Value = serde_json::from_str(line).map_err(|error| {
            let text = NOT_JSON.text(&[("why", &error.to_string())]);
            Refusal::field("", text)
        })?;
        let Value::Object(mut object) = value else {
            return Err(Refusal::field("", NOT_AN_OBJECT));
        };
        if let Some(key) = object.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(Refusal::field(key.clone(), KEY_UNKNOWN));
        }
        let own = object.remove("calendar").filter(|own| !own.is_null());
        let case = Case::read(&object)?;
        let calendar = match own {
            Some(own) => self.read_calendar(own)?,
            None => &self.calendar,
        };
        let deadline = due(
            calendar,
            case.received,
            case.duration,
            &case.pauses,
            case.policy,
            &Rules::default(),
        )?;
        let why: Vec<String> = deadline.why.iter().map(|line| line.say(self.lang)).collect();
        let due_at = deadline.due_at.map(written);
        Ok(json!({ "due_at": due_at, "why": why }))
    }

    fn read_calendar(&mut self, own: Value) -> Result<&Calendar, Refusal> {
        let is_known = self.before.as_ref().is_some_and(|(known, _)| *known == own);
        if !is_known {
            let calendar = wire::calendar(&own).map_err(|mut refusal| {
                for error in &mut refusal.fields {
                    if error.field != "calendar" {
                        error.field = format!("calendar.{}", error.field);
                    }
                }
                refusal
            })?;
            self.before = Some((own, calendar));
        }
        Ok(self.before.as_ref().map_or(&self.calendar, |(_, calendar)| calendar))
    }

    fn placed(&self, refusal: &Refusal) -> String {
        match refusal.fields.first() {
            Some(error) if !error.field.is_empty() => {
                format!("{}: {}", error.field, error.text.say(self.lang))
            }
            _ => refusal.text.say(self.lang).to_owned(),
        }
    }
}

/// What a line asks.
struct Case {
    received: Timestamp,
    duration: Duration,
    pauses: Vec<Pause>,
    policy: PausePolicy,
}

impl Case {
    fn read(object: &Map<String, Value>) -> Result<Self, Refusal> {
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        let wrong = |key: &str, message: Message| Refusal::field(key, message);
        let received = text("received").and_then(instant_of);
        let received = received.ok_or_else(|| wrong("received", RECEIVED_WRONG))?;
        let unit = text("unit").and_then(unit).ok_or_else(|| wrong("unit", UNIT_WRONG))?;
        let amount = match object.get("duration") {
            None | Some(Value::Null) if unit == crate::domain::catalogue::DurationUnit::SameDay => {
                Some(0)
            }
            amount => amount.and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok()),
        };
        let amount = amount.ok_or_else(|| wrong("duration", DURATION_WRONG))?;
        let policy = match object.get("policy") {
            None | Some(Value::Null) => PausePolicy::Resume,
            Some(policy) => match policy.as_str() {
                Some("resume") => PausePolicy::Resume,
                Some("restart") => PausePolicy::Restart,
                _ => return Err(wrong("policy", POLICY_WRONG)),
            },
        };
        let pauses = match object.get("pauses") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(pauses)) => {
                pauses.iter().enumerate().map(pause).collect::<Result<_, _>>()?
            }
            Some(_) => return Err(wrong("pauses", PAUSES_WRONG)),
        };
        Ok(Self { received, duration: Duration::new(amount, unit), pauses, policy })
    }
}

fn pause((index, value): (usize, &Value)) -> Result<Pause, Refusal> {
    let wrong = || Refusal::field(format!("pauses[{index}]"), PAUSE_WRONG);
    let Some([from, to]) = value.as_array().map(Vec::as_slice) else { return Err(wrong()) };
    let from = from.as_str().and_then(instant_of).ok_or_else(wrong)?;
    let to = match to {
        Value::Null => None,
        to => Some(to.as_str().and_then(instant_of).ok_or_else(wrong)?),
    };
    Ok(Pause { from, to })
}

fn instant_of(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Explainer;
    use crate::domain::words::Lang;
    use crate::office::calendars::shipped;
    use serde_json::{Value, json};

    fn answer(line: &Value) -> Value {
        Explainer::new(shipped().clone(), Lang::En).answer(&line.to_string())
    }

    fn case() -> Value {
        json!({"received": "2026-11-23T15:30:00+07:00", "duration": 3, "unit": "working_day"})
    }

    #[test]
    fn a_line_is_explained_by_the_shipped_calendar_or_its_own() {
        let shipped = answer(&case());
        assert_eq!(shipped["due_at"], "2026-11-27T17:00:00+07:00");
        assert_eq!(shipped["why"][0], "Received at 15:30, 23/11/2026.");
        let mut own = case();
        own["calendar"] = json!({"weekly": {"mon": [["07:30", "11:30"]]}});
        assert_eq!(answer(&own)["due_at"], "2026-12-21T11:30:00+07:00");
        // 2026-11-23 15:30 is after the only session of that Monday; D0 is Monday the 30th.
        let mut paused = case();
        paused["pauses"] = json!([["2026-11-25T09:00:00+07:00", "2026-11-26T09:00:00+07:00"]]);
        assert_eq!(answer(&paused)["due_at"], "2026-11-30T17:00:00+07:00");
        paused["policy"] = json!("restart");
        assert_eq!(answer(&paused)["due_at"], "2026-12-01T17:00:00+07:00");
        paused["pauses"] = json!([["2026-11-25T09:00:00+07:00", null]]);
        assert_eq!(answer(&paused)["due_at"], Value::Null);
    }

    #[test]
    fn a_line_that_cannot_be_used_says_which_part() {
        let error = |change: &[(&str, Value)]| {
            let mut line = case();
            for (key, value) in change {
                line[*key] = value.clone();
            }
            answer(&line)["error"].as_str().expect("an error").to_owned()
        };
        assert!(error(&[("received", json!("yesterday"))]).starts_with("received: "));
        assert!(error(&[("received", json!("2026-11-23T15:30:00"))]).starts_with("received: "));
        assert!(error(&[("duration", json!(-1))]).starts_with("duration: "));
        assert!(error(&[("duration", json!(0))]).contains("more than 0"));
        assert!(error(&[("unit", json!("week"))]).starts_with("unit: "));
        assert!(error(&[("policy", json!("stop"))]).starts_with("policy: "));
        assert!(error(&[("pauses", json!([["x", "y"]]))]).starts_with("pauses[0]: "));
        assert!(error(&[("paused", json!([]))]).starts_with("paused: "));
        assert!(error(&[("calendar", json!({"weekly": {}}))]).starts_with("calendar.weekly: "));
        let mut explainer = Explainer::new(shipped().clone(), Lang::Vi);
        assert!(explainer.answer("{").get("error").is_some());
        assert!(explainer.answer("[]").get("error").is_some());
        assert!(explainer.answer(&case().to_string()).get("due_at").is_some());
    }
}
