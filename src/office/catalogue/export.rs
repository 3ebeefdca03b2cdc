//! Giving back what came in.

use std::collections::HashMap;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as Style, FormatAlign, Workbook, XlsxError,
};
use serde_json::Value;

use super::{ListRow, Stored, invalid, wire, words};
use crate::domain::refusal::Refusal;

/// A format to export to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON lines: all of it.
    Lines,
    /// The list of the national procedure database: five facts.
    List,
}

impl Format {
    /// The format that a file's name asks for.
    ///
    /// # Errors
    /// A [`Refusal`] when the name ends with neither `.jsonl` nor `.xlsx`.
    pub fn of(file_name: &str) -> Result<Self, Refusal> {
        let extension = file_name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
        match extension.as_deref() {
            Some("jsonl" | "ndjson" | "json") => Ok(Self::Lines),
            Some("xlsx") => Ok(Self::List),
            _ => Err(invalid(words::UNKNOWN_EXPORT.text(&[("file", file_name)]))),
        }
    }
}

/// The catalogue as a file: every file's rows in their order, the files in the order in which
/// `stored` names them first. A JSON line is given back as it came, but for what has changed since.
///
/// # Errors
/// A [`Refusal`] when a text is too long for a spreadsheet's cell.
pub fn export(stored: &[Stored], format: Format) -> Result<Vec<u8>, Refusal> {
    let ordered = in_order(stored);
    match format {
        Format::Lines => Ok(lines(&ordered)),
        Format::List => list(&ordered)
            .map_err(|error| invalid(words::EXPORT_FAILED.text(&[("cause", &error.to_string())]))),
    }
}

fn in_order(stored: &[Stored]) -> Vec<&Stored> {
    let mut files: HashMap<&str, usize> = HashMap::new();
    for one in stored {
        let next = files.len();
        files.entry(&one.source.file).or_insert(next);
    }
    let mut ordered: Vec<&Stored> = stored.iter().collect();
    ordered.sort_by_key(|one| (files.get(one.source.file.as_str()).copied(), one.source.row));
    ordered
}

fn lines(stored: &[&Stored]) -> Vec<u8> {
    let mut out = String::new();
    for one in stored {
        out.push_str(&line(one));
        out.push('\n');
    }
    out.into_bytes()
}

fn line(stored: &Stored) -> String {
    let now = wire::to_json(&stored.procedure);
    let (Some(came), Some((mut object, said))) = (&stored.source.line, stored.line_alone()) else {
        return now.to_string();
    };
    let differ = super::differences(&said, &stored.procedure);
    if differ.is_empty() {
        return came.clone();
    }
    for key in differ {
        let value = now.get(&key).cloned().unwrap_or_default();
        object.insert(key, value);
    }
    Value::Object(object).to_string()
}

const HEADER: [&str; 5] = ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"];
const WIDTHS: [f64; 5] = [15.0, 45.0, 35.0, 35.0, 32.0];

fn list(stored: &[&Stored]) -> Result<Vec<u8>, XlsxError> {
    let title = Style::new().set_bold().set_align(FormatAlign::Center);
    let head = Style::new().set_bold();
    let mut book = Workbook::new();
    // The same catalogue gives the same file: no clock.
    let written = ExcelDateTime::from_ymd(2025, 7, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&written));
    let sheet = book.add_worksheet();
    sheet.set_name("Danh sách TTHC")?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.merge_range(0, 0, 0, 4, words::LIST_TITLE.vi, &title)?;
    for (column, name) in (0..).zip(HEADER) {
        sheet.write_string_with_format(1, column, name, &head)?;
    }
    sheet.set_freeze_panes(2, 0)?;
    for (row, one) in (2..).zip(stored) {
        for (column, text) in (0..).zip(cells(one)) {
            // Always text: a code keeps its zeros, and nothing becomes a formula.
            sheet.write_string(row, column, text)?;
        }
    }
    book.save_to_buffer()
}

/// The five facts; each as it came, unless it has changed since.
fn cells(stored: &Stored) -> [String; 5] {
    let now = &stored.procedure;
    let came = stored.source.list.clone().unwrap_or_default();
    let said = came.procedure();
    let pick =
        |came: String, said: &str, now: &str| if said == now { came } else { now.to_owned() };
    let ListRow { code, name, issuer, agency, field } = came;
    [
        pick(code, said.code.as_str(), now.code.as_str()),
        pick(name, &said.name, &now.name),
        pick(issuer, &said.issuer, &now.issuer),
        pick(agency, &said.agency, &now.agency),
        pick(field, &said.field, &now.field),
    ]
}
