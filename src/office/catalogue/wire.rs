//! A procedure as JSON: the twin of [`Procedure`] in JSON lines and in the API.
//!
//! Reading is liberal with spellings: keys may be missing and in any order, single facts may be null,
//! numbers may be text. What has no meaning is left open and remarked on; a value of another type than
//! the format has there (a text for a list of papers, a number for a name) refuses the line.

use serde::Serialize;
use serde_json::{Map, Value};

use super::cleaning;
use super::components::{mandatory_by_default, number};
use super::words;
use crate::domain::catalogue::{
    Channel, Component, DurationUnit, Level, Procedure, ProcedureResult, SubmissionWay,
};
use crate::domain::ids::{ComponentId, ProcedureCode};
use crate::domain::words::{Message, Text};

/// The keys that a procedure has in JSON; every other key is kept but not understood.
pub const KEYS: [&str; 16] = [
    "code",
    "name",
    "decision",
    "levels",
    "kind",
    "field",
    "subjects",
    "issuer",
    "agency",
    "coordinating_agency",
    "submission",
    "steps",
    "components",
    "requirements",
    "results",
    "legal_basis",
];

/// Longest code.
const CODE_LIMIT: usize = 60;
/// More copies of one paper than this cannot be meant.
const COPIES_LIMIT: u32 = 99;
/// A longer duration, in whatever unit, cannot be meant.
const DURATION_LIMIT: u32 = 1_000;
/// A level that the national database names and that no desk belongs to.
const OTHER_LEVEL: [&str; 2] = ["other", "khac"];

/// A procedure as JSON, every key present; component ids and `mandatory` included.
pub fn to_json(procedure: &Procedure) -> Value {
    let p = procedure;
    let wire = WireProcedure {
        code: p.code.as_str(),
        name: &p.name,
        decision: &p.decision,
        levels: p.levels.iter().map(|level| level_id(*level)).collect(),
        kind: &p.kind,
        field: &p.field,
        subjects: &p.subjects,
        issuer: &p.issuer,
        agency: &p.agency,
        coordinating_agency: &p.coordinating_agency,
        submission: p.submission.iter().map(WireWay::from).collect(),
        steps: &p.steps,
        components: p.components.iter().map(WireComponent::from).collect(),
        requirements: &p.requirements,
        results: p.results.iter().map(|r| WireResult { name: &r.name, code: &r.code }).collect(),
        legal_basis: &p.legal_basis,
    };
    // Plain strings, numbers and lists: there is nothing in it that JSON cannot hold.
    serde_json::to_value(wire).unwrap_or_default()
}

/// The name of a level in JSON.
pub const fn level_id(level: Level) -> &'static str {
    match level {
        Level::Ministry => "ministry",
        Level::Province => "province",
        Level::District => "district",
        Level::Commune => "commune",
    }
}

/// The level with this name, English or Vietnamese.
pub fn level(name: &str) -> Option<Level> {
    match cleaning::fold(name).as_str() {
        "ministry" | "bo" | "cap bo" | "trung uong" | "cap trung uong" => Some(Level::Ministry),
        "province" | "tinh" | "cap tinh" => Some(Level::Province),
        "district" | "huyen" | "cap huyen" => Some(Level::District),
        "commune" | "xa" | "cap xa" => Some(Level::Commune),
        _ => None,
    }
}

/// The name of a channel in JSON.
pub const fn channel_id(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter => "counter",
        Channel::Online => "online",
        Channel::Post => "post",
    }
}

/// The channel with this name, English or Vietnamese.
pub fn channel(name: &str) -> Option<Channel> {
    match cleaning::fold(name).as_str() {
        "counter" | "truc tiep" => Some(Channel::Counter),
        "online" | "truc tuyen" => Some(Channel::Online),
        "post" | "buu chinh" | "dich vu buu chinh" => Some(Channel::Post),
        _ => None,
    }
}

/// The name of a unit in JSON.
pub const fn unit_id(unit: DurationUnit) -> &'static str {
    match unit {
        DurationUnit::SameDay => "same_day",
        DurationUnit::WorkingHour => "working_hour",
        DurationUnit::Hour => "hour",
        DurationUnit::WorkingDay => "working_day",
        DurationUnit::Day => "day",
        DurationUnit::Month => "month",
    }
}

/// The unit with this name, English or Vietnamese.
pub fn unit(name: &str) -> Option<DurationUnit> {
    match cleaning::fold(name).as_str() {
        "same day" | "tra ngay" | "trong ngay" => Some(DurationUnit::SameDay),
        "working hour" | "working hours" | "gio lam viec" => Some(DurationUnit::WorkingHour),
        "hour" | "hours" | "gio" => Some(DurationUnit::Hour),
        "working day" | "working days" | "ngay lam viec" => Some(DurationUnit::WorkingDay),
        "day" | "days" | "ngay" => Some(DurationUnit::Day),
        "month" | "months" | "thang" => Some(DurationUnit::Month),
        _ => None,
    }
}

#[derive(Serialize)]
struct WireProcedure<'a> {
    code: &'a str,
    name: &'a str,
    decision: &'a str,
    levels: Vec<&'static str>,
    kind: &'a str,
    field: &'a str,
    subjects: &'a [String],
    issuer: &'a str,
    agency: &'a str,
    coordinating_agency: &'a str,
    submission: Vec<WireWay<'a>>,
    steps: &'a str,
    components: Vec<WireComponent<'a>>,
    requirements: &'a str,
    results: Vec<WireResult<'a>>,
    legal_basis: &'a [String],
}

#[derive(Serialize)]
struct WireWay<'a> {
    channel: &'static str,
    duration: Option<u32>,
    unit: Option<&'static str>,
    fee_vnd: Option<u64>,
    fee_text: &'a str,
}

impl<'a> From<&'a SubmissionWay> for WireWay<'a> {
    fn from(way: &'a SubmissionWay) -> Self {
        Self {
            channel: channel_id(way.channel),
            duration: way.duration,
            unit: way.unit.map(unit_id),
            fee_vnd: way.fee_vnd,
            fee_text: &way.fee_text,
        }
    }
}

#[derive(Serialize)]
struct WireComponent<'a> {
    id: &'a str,
    group: &'a str,
    name: &'a str,
    originals: u32,
    copies: u32,
    mandatory: bool,
}

impl<'a> From<&'a Component> for WireComponent<'a> {
    fn from(component: &'a Component) -> Self {
        Self {
            id: component.id.as_str(),
            group: &component.group,
            name: &component.name,
            originals: component.originals,
            copies: component.copies,
            mandatory: component.mandatory,
        }
    }
}

#[derive(Serialize)]
struct WireResult<'a> {
    name: &'a str,
    code: &'a str,
}

/// A procedure that was read, and what to say about it.
pub(super) struct Understood {
    /// The procedure; its unnamed components numbered by position.
    pub procedure: Procedure,
    /// For each component, whether the JSON names its id.
    pub named: Vec<bool>,
    /// What was left open.
    pub remarks: Vec<Text>,
}

/// The procedure that a JSON object describes, or why it cannot be one.
pub(super) fn from_json(object: &Map<String, Value>) -> Result<Understood, Text> {
    let code = code(&code_text(object.get("code")).unwrap_or_default())?;
    let mut reader = Reader { code: code.clone(), remarks: Vec::new() };
    let name = reader.line(object, "name")?;
    if name.is_empty() {
        return Err(words::NO_NAME.text(&[("code", &code)]));
    }
    let submission = reader.submission(object)?;
    let (components, named) = reader.components(object)?;
    let levels = reader.levels(object)?;
    let procedure = Procedure {
        code: ProcedureCode::new(code),
        name,
        decision: reader.line(object, "decision")?,
        levels,
        kind: reader.line(object, "kind")?,
        field: reader.line(object, "field")?,
        subjects: reader.lines(object, "subjects")?,
        issuer: cleaning::items(&reader.text(object, "issuer")?),
        agency: cleaning::items(&reader.text(object, "agency")?),
        coordinating_agency: cleaning::items(&reader.text(object, "coordinating_agency")?),
        submission,
        steps: cleaning::paragraphs(&reader.text(object, "steps")?),
        components,
        requirements: cleaning::paragraphs(&reader.text(object, "requirements")?),
        results: reader.results(object)?,
        legal_basis: reader.lines(object, "legal_basis")?,
    };
    Ok(Understood { procedure, named, remarks: reader.remarks })
}

/// A procedure's code, cleaned; or why the text is none.
pub(super) fn code(text: &str) -> Result<String, Text> {
    let code = cleaning::code(text);
    if code.is_empty() {
        return Err(words::NO_CODE.into());
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | 'Đ');
    let has_digit = code.chars().any(|c| c.is_ascii_digit());
    if code.chars().count() > CODE_LIMIT || !code.chars().all(fits) || !has_digit {
        let shown: String = cleaning::line(text).chars().take(CODE_LIMIT).collect();
        return Err(words::BAD_CODE.text(&[("code", &shown)]));
    }
    Ok(code)
}

/// A code that a spreadsheet or a program stored as a number: national codes have six decimals, so
/// the zeros at the end that a number loses can be put back.
pub(super) fn code_of_number(number: f64) -> String {
    let six = format!("{number:.6}");
    match six.parse::<f64>() {
        Ok(same) if (same - number).abs() < 1e-9 && number.fract() != 0.0 => six,
        _ => number.to_string(),
    }
}

/// A code as text, or as the number that a program made of it.
fn code_text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if number.is_f64() => number.as_f64().map(code_of_number),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

struct Reader {
    code: String,
    remarks: Vec<Text>,
}

type Object = Map<String, Value>;

impl Reader {
    fn wrong(&self, field: &str, expected: Message) -> Text {
        expected.text(&[("code", &self.code), ("field", field)])
    }

    fn remark(&mut self, field: &str, value: &Value) {
        let value: String = value.to_string().chars().take(40).collect();
        let slots = [("code", self.code.as_str()), ("value", &value), ("field", field)];
        self.remarks.push(words::REMARK_VALUE.text(&slots));
    }

    fn text(&self, object: &Object, key: &str) -> Result<String, Text> {
        match object.get(key) {
            None | Some(Value::Null) => Ok(String::new()),
            Some(Value::String(text)) => Ok(text.clone()),
            Some(_) => Err(self.wrong(key, words::NOT_A_TEXT)),
        }
    }

    fn line(&self, object: &Object, key: &str) -> Result<String, Text> {
        Ok(cleaning::line(&self.text(object, key)?))
    }

    /// A list of short texts; an object stands for its code, number or name.
    fn lines(&self, object: &Object, key: &str) -> Result<Vec<String>, Text> {
        let mut lines = Vec::new();
        for value in self.list(object, key)? {
            let text = match value {
                Value::Object(entry) => {
                    let named = ["code", "number", "name"].iter();
                    named.filter_map(|key| entry.get(*key)?.as_str()).find(|text| !text.is_empty())
                }
                other => other.as_str(),
            };
            let text = text.ok_or_else(|| self.wrong(key, words::NOT_TEXTS))?;
            let cleaned = cleaning::paragraphs(text);
            lines.extend(cleaned.lines().map(str::to_owned));
        }
        Ok(lines)
    }

    /// The levels that are known; of the others one is no surprise.
    fn levels(&mut self, object: &Object) -> Result<Vec<Level>, Text> {
        let mut levels = Vec::new();
        for name in self.lines(object, "levels")? {
            match level(&name) {
                Some(level) => levels.push(level),
                None if OTHER_LEVEL.contains(&cleaning::fold(&name).as_str()) => {}
                None => self.remark("levels", &Value::String(name)),
            }
        }
        Ok(levels)
    }

    /// The values of a list. Null is none: it would take away what is stored without saying so.
    fn list<'a>(&self, object: &'a Object, key: &str) -> Result<&'a [Value], Text> {
        match object.get(key) {
            None => Ok(&[]),
            Some(Value::Array(values)) => Ok(values),
            Some(_) => Err(self.wrong(key, words::NOT_A_LIST)),
        }
    }

    /// A whole number: as such, as text (`"20.000 đồng"`), or left open with a remark.
    fn whole(&mut self, object: &Object, key: &str) -> Result<Option<u64>, Text> {
        let Some(value) = object.get(key) else { return Ok(None) };
        let number = match value {
            Value::Null => return Ok(None),
            Value::Number(number) => number.as_u64().or_else(|| {
                let float = number.as_f64()?;
                // Exact below 2^53, and no catalogue asks for more.
                (float.fract() == 0.0 && (0.0..9e15).contains(&float)).then_some(float as u64)
            }),
            Value::String(text) if text.trim().is_empty() => return Ok(None),
            Value::String(text) => whole_of_text(text),
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Err(self.wrong(key, words::NOT_A_NUMBER));
            }
        };
        if number.is_none() {
            self.remark(key, value);
        }
        Ok(number)
    }

    /// A duration that can be meant.
    fn duration(&mut self, way: &Object) -> Result<Option<u32>, Text> {
        let Some(number) = self.whole(way, "duration")? else { return Ok(None) };
        let duration = u32::try_from(number).ok().filter(|number| *number <= DURATION_LIMIT);
        duration.map(Some).ok_or_else(|| {
            let (value, limit) = (number.to_string(), DURATION_LIMIT.to_string());
            let slots = [("code", self.code.as_str()), ("value", &value), ("limit", &limit)];
            words::DURATION_TOO_LONG.text(&slots)
        })
    }

    fn submission(&mut self, object: &Object) -> Result<Vec<SubmissionWay>, Text> {
        let mut ways = Vec::new();
        for value in self.list(object, "submission")? {
            let Value::Object(way) = value else {
                return Err(self.wrong("submission", words::NOT_OBJECTS));
            };
            let name = self.line(way, "channel")?;
            let Some(channel) = channel(&name) else {
                self.remark("channel", way.get("channel").unwrap_or(&Value::Null));
                continue;
            };
            let unit_name = self.line(way, "unit")?;
            let unit = unit(&unit_name);
            if unit.is_none() && !unit_name.is_empty() {
                self.remark("unit", &Value::String(unit_name));
            }
            ways.push(SubmissionWay {
                channel,
                duration: self.duration(way)?,
                unit,
                fee_vnd: self.whole(way, "fee_vnd")?,
                fee_text: cleaning::paragraphs(&self.text(way, "fee_text")?),
            });
        }
        Ok(ways)
    }

    fn components(&mut self, object: &Object) -> Result<(Vec<Component>, Vec<bool>), Text> {
        let (mut components, mut named, mut said) = (Vec::new(), Vec::new(), Vec::new());
        for value in self.list(object, "components")? {
            let bare;
            let paper = match value {
                Value::Object(paper) => paper,
                Value::String(name) => {
                    bare = Map::from_iter([
                        ("name".to_owned(), Value::String(name.clone())),
                        ("originals".to_owned(), Value::from(1)),
                    ]);
                    &bare
                }
                _ => return Err(self.wrong("components", words::NOT_OBJECTS)),
            };
            let name = self.line(paper, "name")?;
            if name.is_empty() {
                self.remarks.push(words::REMARK_COMPONENT.text(&[("code", &self.code)]));
                continue;
            }
            let id = self.line(paper, "id")?;
            named.push(!id.is_empty());
            said.push(match paper.get("mandatory") {
                None | Some(Value::Null) => None,
                Some(Value::Bool(mandatory)) => Some(*mandatory),
                Some(_) => return Err(self.wrong("mandatory", words::NOT_A_TRUTH)),
            });
            components.push(Component {
                id: ComponentId::new(id),
                group: self.line(paper, "group")?,
                name,
                originals: self.copies(paper, "originals")?,
                copies: self.copies(paper, "copies")?,
                mandatory: false,
            });
        }
        repeated_ids_are_unnamed(&components, &mut named);
        number(&mut components, &named);
        let mut groups: Vec<&str> = components.iter().map(|c| c.group.as_str()).collect();
        groups.sort_unstable();
        groups.dedup();
        let groups = groups.len();
        for (component, said) in components.iter_mut().zip(said) {
            component.mandatory = said.unwrap_or_else(|| mandatory_by_default(component, groups));
        }
        Ok((components, named))
    }

    fn copies(&mut self, paper: &Object, key: &str) -> Result<u32, Text> {
        let number = self.whole(paper, key)?.unwrap_or(0);
        Ok(match u32::try_from(number) {
            Ok(number) if number <= COPIES_LIMIT => number,
            _ => {
                let value = number.to_string();
                let slots = [("code", self.code.as_str()), ("value", &value)];
                self.remarks.push(words::REMARK_COUNT.text(&slots));
                1
            }
        })
    }

    fn results(&mut self, object: &Object) -> Result<Vec<ProcedureResult>, Text> {
        let mut results = Vec::new();
        for value in self.list(object, "results")? {
            let result = match value {
                Value::Object(result) => ProcedureResult {
                    name: self.line(result, "name")?,
                    code: self.line(result, "code")?,
                },
                Value::String(name) => {
                    ProcedureResult { name: cleaning::line(name), code: String::new() }
                }
                _ => return Err(self.wrong("results", words::NOT_OBJECTS)),
            };
            if !(result.name.is_empty() && result.code.is_empty()) {
                results.push(result);
            }
        }
        Ok(results)
    }
}

fn repeated_ids_are_unnamed(components: &[Component], named: &mut [bool]) {
    let mut seen = std::collections::HashSet::new();
    for (component, named) in components.iter().zip(named) {
        if *named && !seen.insert(component.id.as_str()) {
            *named = false;
        }
    }
}

/// `20.000 đồng`, `20,000`, `3`: digits in threes or not; anything else is no whole number.
fn whole_of_text(text: &str) -> Option<u64> {
    let text = cleaning::line(text).to_lowercase();
    let digits = ["đồng", "vnđ", "vnd", "đ"].iter().find_map(|end| text.strip_suffix(end));
    let digits = digits.unwrap_or(&text).trim();
    let groups: Vec<&str> = digits.split(['.', ',', ' ']).collect();
    let in_threes = groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3);
    let joined = groups.concat();
    let all_digits = !joined.is_empty() && joined.bytes().all(|byte| byte.is_ascii_digit());
    if in_threes && all_digits { joined.parse().ok() } else { None }
}
