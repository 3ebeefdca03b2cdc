//! XLSX lists. The header is found by its names, wherever it stands, on every sheet.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::cleaning::fold;
use super::{Facts, LIMIT, ListRow, Read, Rejected, Row, invalid, too_large, wire, words};
use crate::domain::refusal::Refusal;
use crate::domain::words::Message;

/// More parts than this no list has.
const PARTS: usize = 2_000;
/// Most different texts in a workbook; what it declares is reserved before it is read.
const STRINGS: usize = 4_000_000;
/// The header stands above this row, and every column of interest left of this one.
const HEADER_ROWS: u32 = 200;
const COLUMNS: u32 = 60;

/// Reads every sheet that has a header row.
pub(super) fn read(bytes: &[u8]) -> Result<Read, Refusal> {
    guard(bytes, LIMIT)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
    let (mut rows, mut rejected, mut found) = (Vec::new(), Vec::new(), 0);
    let mut remarks = Vec::new();
    let mut budget = LIMIT;
    for name in book.sheet_names() {
        let cells = match cells(&mut book, &name, &mut budget) {
            Err(Broken::Budget) => return Err(too_large()),
            Err(Broken::Sheet(XlsxError::NotAWorksheet(_))) => continue,
            Err(Broken::Sheet(error)) => return Err(refused(&error)),
            Ok(cells) => cells,
        };
        let Some((header, columns)) = header(&cells) else { continue };
        found += 1;
        remarks.extend(columns.missing().map(|column| Rejected {
            row: header.saturating_add(1),
            reason: words::REMARK_NO_COLUMN.text(&[("column", column)]),
        }));
        for (index, row) in cells.range(header + 1..) {
            // A person counts rows from 1.
            let number = index.saturating_add(1);
            match columns.facts(row) {
                None => {}
                Some(Ok(facts)) => rows.push(Row { number, facts: Facts::List(facts) }),
                Some(Err(reason)) if found > 1 => {
                    let say = |reason: &str, slot: Message| {
                        slot.text(&[("sheet", name.as_str()), ("reason", reason)])
                    };
                    let vi = say(&reason.vi, words::ON_SHEET).vi;
                    let en = say(&reason.en, words::ON_SHEET).en;
                    let reason = crate::domain::words::Text { vi, en };
                    rejected.push(Rejected { row: number, reason });
                }
                Some(Err(reason)) => rejected.push(Rejected { row: number, reason }),
            }
        }
    }
    if found == 0 { Err(invalid(words::NO_HEADER)) } else { Ok((rows, rejected, remarks)) }
}

/// What to say of an OLE compound file: an encrypted workbook, or one of the old kind.
pub(super) fn compound_file(bytes: &[u8]) -> Message {
    let marker: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    match bytes.windows(marker.len()).any(|window| window == marker) {
        true => words::PASSWORD,
        false => words::OLD_EXCEL,
    }
}

fn refused(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => invalid(words::PASSWORD),
        _ => invalid(words::NOT_A_WORKBOOK),
    }
}

/// Unpacks everything once into nothing, so that a small file which unpacks to gigabytes, or
/// declares billions of texts, is refused before anything is kept of it.
pub(super) fn guard(bytes: &[u8], limit: usize) -> Result<(), Refusal> {
    let broken = |_| invalid(words::NOT_A_WORKBOOK);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > PARTS {
        return Err(too_large());
    }
    let mut left = limit;
    for index in 0..archive.len() {
        let part = archive.by_index(index);
        if let Err(zip::result::ZipError::UnsupportedArchive(_)) = part {
            return Err(invalid(words::PASSWORD));
        }
        let part = part.map_err(broken)?;
        let mut unpacked = Vec::new();
        let most = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        let read = part.take(most).read_to_end(&mut unpacked);
        read.map_err(|_| invalid(words::NOT_A_WORKBOOK))?;
        left = left.checked_sub(unpacked.len()).ok_or_else(too_large)?;
        if declares_too_many_strings(unpacked) {
            return Err(too_large());
        }
    }
    Ok(())
}

fn declares_too_many_strings(mut part: Vec<u8>) -> bool {
    // In UTF-16 every other byte is zero.
    part.retain(|byte| *byte != 0);
    let name = b"uniqueCount";
    memchr::memmem::find_iter(&part, name).any(|at| {
        let rest = part[at + name.len()..].iter().take(200);
        let digits = rest.skip_while(|byte| !byte.is_ascii_digit());
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        let add =
            |sum: usize, byte: &u8| sum.saturating_mul(10).saturating_add((byte - b'0').into());
        digits.fold(0, add) > STRINGS
    })
}

/// Rows by index from 0, their cells by column.
type Cells = BTreeMap<u32, BTreeMap<u32, String>>;

enum Broken {
    Sheet(XlsxError),
    /// Its texts, repeated in cells, take more than the limit.
    Budget,
}

impl From<XlsxError> for Broken {
    fn from(error: XlsxError) -> Self {
        Self::Sheet(error)
    }
}

/// The non-blank cells, one by one: a sheet may claim a cell in its last corner without being large.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, budget: &mut usize) -> Result<Cells, Broken> {
    let mut cells = Cells::new();
    let mut reader = book.worksheet_cells_reader(sheet)?;
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if column >= COLUMNS || text.trim().is_empty() {
            continue;
        }
        *budget = budget.checked_sub(text.len() + 64).ok_or(Broken::Budget)?;
        cells.entry(row).or_default().insert(column, text);
    }
    Ok(cells)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => wire::code_of_number(*number),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTime(instant) => instant.as_f64().to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Which column holds which fact.
struct Columns {
    code: u32,
    name: u32,
    issuer: Option<u32>,
    agency: Option<u32>,
    field: Option<u32>,
}

fn header(cells: &Cells) -> Option<(u32, Columns)> {
    cells.range(..HEADER_ROWS).find_map(|(index, row)| Some((*index, Columns::of(row)?)))
}

impl Columns {
    fn of(row: &BTreeMap<u32, String>) -> Option<Self> {
        let names: Vec<(u32, String)> = row.iter().map(|(at, text)| (*at, fold(text))).collect();
        let column = |wanted: &[&str]| {
            let mut found = names.iter().filter(|(_, name)| wanted.contains(&name.as_str()));
            found.next().map(|(at, _)| *at)
        };
        Some(Self {
            code: column(&[
                "ma so",
                "ma",
                "ma tthc",
                "ma so tthc",
                "ma thu tuc",
                "ma so ho so tthc",
                "ma thu tuc hanh chinh",
                "ma so thu tuc hanh chinh",
                "code",
            ])?,
            name: column(&["ten", "ten tthc", "ten thu tuc", "ten thu tuc hanh chinh", "name"])?,
            issuer: column(&["co quan ban hanh", "co quan cong bo", "issuer"]),
            agency: column(&["co quan thuc hien", "agency"]),
            field: column(&["linh vuc", "linh vuc thuc hien", "field"]),
        })
    }

    /// The columns that a list has and this one lacks.
    fn missing(&self) -> impl Iterator<Item = &'static str> {
        let all = [
            (self.issuer, "Cơ quan ban hành"),
            (self.agency, "Cơ quan thực hiện"),
            (self.field, "Lĩnh vực"),
        ];
        all.into_iter().filter(|(column, _)| column.is_none()).map(|(_, name)| name)
    }

    /// The row's facts; nothing for a blank row or a header repeated on a new page.
    fn facts(
        &self,
        row: &BTreeMap<u32, String>,
    ) -> Option<Result<ListRow, crate::domain::words::Text>> {
        let cell = |column: Option<u32>| {
            column.and_then(|column| row.get(&column)).cloned().unwrap_or_default()
        };
        let facts = ListRow {
            code: cell(Some(self.code)),
            name: cell(Some(self.name)),
            issuer: cell(self.issuer),
            agency: cell(self.agency),
            field: cell(self.field),
        };
        let blank = facts == ListRow::default();
        if blank || Self::of(row).is_some() {
            return None;
        }
        Some(facts.check().map(|()| facts))
    }
}

impl ListRow {
    /// Whether the row names a procedure.
    fn check(&self) -> Result<(), crate::domain::words::Text> {
        let code = wire::code(&self.code)?;
        if super::cleaning::line(&self.name).is_empty() {
            return Err(words::NO_NAME.text(&[("code", &code)]));
        }
        Ok(())
    }
}
