//! The register as a spreadsheet.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::documents::papers::{Register, RegisterLine};
use crate::domain::words::Message;
use crate::office::printing::words;
use crate::store::engine::{Fault, FaultKind};
use crate::store::ledger::Failure;

/// A column: its heading, its width in characters, what stands in it.
type Column = (Message, f64, fn(&RegisterLine) -> &str);

const COLUMNS: [Column; 13] = [
    (words::COLUMN_CODE, 22.0, |line| &line.code),
    (words::COLUMN_PROCEDURE, 44.0, |line| &line.procedure),
    (words::COLUMN_PERSON, 26.0, |line| &line.person),
    (words::COLUMN_ADDRESS, 44.0, |line| &line.address),
    (words::COLUMN_COMPETENT, 30.0, |line| &line.competent),
    (words::COLUMN_RECEIVED, 18.0, |line| &line.received),
    (words::COLUMN_DUE, 18.0, |line| &line.due),
    (words::COLUMN_SENT, 18.0, |line| &line.sent),
    (words::COLUMN_BACK, 18.0, |line| &line.back),
    (words::COLUMN_RETURNED, 18.0, |line| &line.returned),
    (words::COLUMN_WAY, 16.0, |line| &line.way),
    (words::COLUMN_TAKER, 26.0, |line| &line.taker),
    (words::COLUMN_NOTE, 22.0, |line| &line.note),
];

/// Rows above the headings: title, period, total.
const HEAD: u32 = 4;

pub(super) fn write(book: &Register) -> Result<Vec<u8>, Failure> {
    sheet(book).map_err(|error| {
        Fault::new(FaultKind::Storage, "writing a spreadsheet", error.to_string()).into()
    })
}

fn sheet(book: &Register) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(words::SHEET_NAME.vi)?;
    let title = Format::new().set_bold().set_font_size(14);
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center);
    let cell =
        Format::new().set_text_wrap().set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
    sheet.write_string_with_format(0, 0, book.sheet.agency.as_str(), &Format::new().set_bold())?;
    sheet.write_string_with_format(1, 0, book.sheet.title.to_uppercase(), &title)?;
    sheet.write_string(2, 0, book.period.as_str())?;
    for (column, (name, width, _)) in (0..).zip(&COLUMNS) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(HEAD, column, name.vi, &heading)?;
    }
    for (row, line) in (HEAD + 1..).zip(&book.lines) {
        for (column, (_, _, text)) in (0..).zip(&COLUMNS) {
            sheet.write_string_with_format(row, column, text(line), &cell)?;
        }
    }
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    let last = HEAD + u32::try_from(book.lines.len()).unwrap_or(0);
    sheet.autofilter(HEAD, 0, last, u16::try_from(COLUMNS.len() - 1).unwrap_or(0))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEAD, HEAD)?;
    workbook.save_to_buffer()
}
