//! A book of certification as a spreadsheet.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::documents::papers::{BookLine, CertificationBook};
use crate::domain::words::Message;
use crate::office::printing::words;
use crate::store::engine::{Fault, FaultKind};
use crate::store::ledger::Failure;

/// A column: its heading, its width in characters, what stands in it.
type Column = (Message, f64, fn(&BookLine) -> &str);

const COLUMNS: [Column; 9] = [
    (words::BOOK_NUMBER, 10.0, |line| &line.number),
    (words::BOOK_DATE, 12.0, |line| &line.date),
    (words::BOOK_PERSON, 28.0, |line| &line.person),
    (words::BOOK_IDENTITY, 18.0, |line| &line.identity),
    (words::BOOK_PAPER, 48.0, |line| &line.paper),
    (words::BOOK_SIGNER, 26.0, |line| &line.signer),
    (words::BOOK_COPIES, 10.0, |line| &line.copies),
    (words::BOOK_FEE, 14.0, |line| &line.fee),
    (words::BOOK_NOTE, 24.0, |line| &line.note),
];

/// Rows above the headings: agency, title, book, period.
const HEAD: u32 = 5;

pub(super) fn write(book: &CertificationBook) -> Result<Vec<u8>, Failure> {
    sheet(book).map_err(|error| {
        Fault::new(FaultKind::Storage, "writing a spreadsheet", error.to_string()).into()
    })
}

fn sheet(book: &CertificationBook) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(words::BOOK_SHEET.vi)?;
    let bold = Format::new().set_bold();
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center);
    let cell =
        Format::new().set_text_wrap().set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
    let number = cell.clone().set_num_format("#,##0");
    sheet.write_string_with_format(0, 0, book.sheet.agency.as_str(), &bold)?;
    sheet.write_string_with_format(1, 0, book.sheet.title.to_uppercase(), &bold)?;
    sheet.write_string(2, 0, book.book.as_str())?;
    sheet.write_string(3, 0, book.period.as_str())?;
    for (column, (name, width, _)) in (0..).zip(&COLUMNS) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(HEAD, column, name.vi, &heading)?;
    }
    for (row, line) in (HEAD + 1..).zip(&book.lines) {
        for (column, (_, _, text)) in (0_u16..).zip(&COLUMNS) {
            let text = text(line);
            // Copies and fees are added up by whoever gets the file.
            match text.replace('.', "").parse::<f64>() {
                Ok(value) if matches!(column, 6 | 7) => {
                    sheet.write_number_with_format(row, column, value, &number)?;
                }
                _ => {
                    sheet.write_string_with_format(row, column, text, &cell)?;
                }
            }
        }
    }
    let last = HEAD + 1 + u32::try_from(book.lines.len()).unwrap_or(0);
    sheet.write_string_with_format(last, 4, words::BOOK_TOTAL.vi, &heading)?;
    for (column, total) in [(0, &book.numbers), (6, &book.copies), (7, &book.fees)] {
        sheet.write_string_with_format(last, column, total.as_str(), &heading)?;
    }
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEAD, HEAD)?;
    workbook.save_to_buffer()
}
