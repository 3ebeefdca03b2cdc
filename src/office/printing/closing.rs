//! The cashier's day on paper and as a spreadsheet.

use jiff::civil::Date;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::facts::amount;
use super::{Deed, Pdf, Period, sheets, words};
use crate::documents::papers::{CashClosing, ClosingLine, ClosingSum, amount_in_words};
use crate::domain::calendar::words::{date_short, instant_short};
use crate::domain::dossier::{Directory, PaymentMethod};
use crate::domain::ids::UserName;
use crate::domain::words::{Lang, Message};
use crate::office::cashier::{CashDay, CashLine, keeper};
use crate::office::{Caller, Office, no_dossier};
use crate::store::engine::{Fault, FaultKind};
use crate::store::ledger::Failure;

impl Office {
    /// The closing sheet of a day of a book; a day that is still open says so.
    ///
    /// # Errors
    /// As [`Office::cash_day`].
    pub fn closing_pdf(
        &self,
        caller: &Caller,
        account: Option<&UserName>,
        day: Date,
        base: &str,
    ) -> Result<Pdf, Failure> {
        let book = self.cash_day(caller, account, Some(day))?;
        let staff = keeper(caller)?;
        let (world, now) = (self.world(), self.now());
        let agency = world.agency(&staff.agency).ok_or_else(no_dossier)?;
        let pack = world.pack_for(&staff.agency, now);
        let issued = book.sums.closed_at.unwrap_or(now);
        let paper = CashClosing {
            sheet: sheets::sheet(Deed::CashClosing, pack, agency, issued, self.is_demo),
            day: date_short(day),
            state: state(&book),
            cashier: book.cashier.clone(),
            lines: book.lines.iter().map(closing_line).collect(),
            sums: sums(&book),
            left: signed(book.sums.left()),
            left_in_words: u64::try_from(book.sums.left()).map(amount_in_words).unwrap_or_default(),
        };
        let statement =
            self.list_statement(&self.ledger.reader()?, Deed::CashClosing, &staff.agency)?;
        let papers = vec![self.signed(paper.ready(), statement, base)];
        let bytes = self.set(&papers)?;
        Ok(Pdf::of(papers, bytes, format!("bang-ke-thu-{day}.pdf")))
    }

    /// What the agency took in during a period, as a spreadsheet (XLSX).
    ///
    /// # Errors
    /// As [`Office::cash_list`].
    pub fn cash_xlsx(&self, caller: &Caller, period: Period) -> Result<Pdf, Failure> {
        let list = self.cash_list(caller, period)?;
        let world = self.world();
        let agency = world.agency(&keeper(caller)?.agency).ok_or_else(no_dossier)?;
        let bytes = spreadsheet(&agency.name, period, &list).map_err(|error| {
            Fault::new(FaultKind::Storage, "writing a spreadsheet", error.to_string())
        })?;
        let file_name = format!("thu-phi-{}-{}.xlsx", period.from(), period.to());
        Ok(Pdf::of(Vec::new(), bytes, file_name))
    }
}

fn state(book: &CashDay) -> String {
    match book.sums.closed_at {
        Some(at) => words::CLOSED_AT.fill(Lang::Vi, &[("when", &instant_short(at))]),
        None => words::NOT_CLOSED.vi.to_owned(),
    }
}

/// `1.250.000`, `-8.000`.
fn signed(dong: i128) -> String {
    let digits = amount(u64::try_from(dong.unsigned_abs()).unwrap_or(u64::MAX));
    if dong < 0 { format!("-{digits}") } else { digits }
}

const fn method(method: PaymentMethod) -> Message {
    match method {
        PaymentMethod::Cash => words::CASH,
        PaymentMethod::Card => words::CARD,
        PaymentMethod::Transfer => words::TRANSFER,
        PaymentMethod::Platform => words::PLATFORM,
    }
}

fn closing_line(line: &CashLine) -> ClosingLine {
    let entry = &line.entry;
    ClosingLine {
        at: instant_short(entry.at),
        code: entry.code.to_string(),
        payer: line.payer.clone(),
        what: line.what.clone(),
        method: method(entry.method).vi.to_owned(),
        receipt: entry.receipt_number.clone().unwrap_or_default(),
        amount: match entry.is_reversal {
            true => format!("-{}", amount(entry.amount)),
            false => amount(entry.amount),
        },
        reversal: entry.is_reversal,
    }
}

fn sums(book: &CashDay) -> Vec<ClosingSum> {
    let sum = |sum: &crate::domain::fee::takings::MethodSum| ClosingSum {
        method: method(sum.method).vi.to_owned(),
        count: sum.takings.to_string(),
        taken: amount(sum.taken),
        reversed: amount(sum.reversed),
        left: signed(sum.left()),
    };
    book.sums.sums.iter().map(sum).collect()
}

/// A column: its heading and its width in characters.
const COLUMNS: [(Message, f64); 10] = [
    (words::COLUMN_DAY, 12.0),
    (words::COLUMN_AT, 18.0),
    (words::COLUMN_CODE, 22.0),
    (words::COLUMN_PERSON, 26.0),
    (words::COLUMN_FEE, 44.0),
    (words::COLUMN_METHOD, 18.0),
    (words::COLUMN_RECEIPT, 20.0),
    (words::COLUMN_AMOUNT, 16.0),
    (words::COLUMN_CASHIER, 26.0),
    (words::COLUMN_NOTE, 12.0),
];
/// The column of the amount.
const AMOUNT: u16 = 7;
/// Rows above the headings: agency, title, period.
const HEAD: u32 = 4;

fn spreadsheet(agency: &str, period: Period, list: &[CashLine]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(words::CASH_SHEET_NAME.vi)?;
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center);
    let cell =
        Format::new().set_text_wrap().set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
    let money = cell.clone().set_num_format("#,##0").set_align(FormatAlign::Right);
    sheet.write_string_with_format(0, 0, agency, &Format::new().set_bold())?;
    let title = Format::new().set_bold().set_font_size(14);
    sheet.write_string_with_format(1, 0, words::CASH_LIST.vi.to_uppercase(), &title)?;
    let (from, to) = (date_short(period.from()), date_short(period.to()));
    let said = words::PERIOD.fill(Lang::Vi, &[("from", &from), ("to", &to)]);
    sheet.write_string(2, 0, said)?;
    for (column, (name, width)) in (0..).zip(&COLUMNS) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(HEAD, column, name.vi, &heading)?;
    }
    let mut sum = 0.0;
    let mut row = HEAD;
    for line in list {
        row += 1;
        let said = closing_line(line);
        let note = if said.reversal { words::REVERSAL.vi } else { "" };
        let day = date_short(line.entry.day);
        let texts = [
            (0, day.as_str()),
            (1, said.at.as_str()),
            (2, said.code.as_str()),
            (3, said.payer.as_str()),
            (4, said.what.as_str()),
            (5, said.method.as_str()),
            (6, said.receipt.as_str()),
            (8, line.cashier.as_str()),
            (9, note),
        ];
        for (column, text) in texts {
            sheet.write_string_with_format(row, column, text, &cell)?;
        }
        // Whole đồng far below 2^53, where a spreadsheet's numbers are exact.
        let amount = line.entry.amount as f64 * if said.reversal { -1.0 } else { 1.0 };
        sum += amount;
        sheet.write_number_with_format(row, AMOUNT, amount, &money)?;
    }
    sheet.write_string_with_format(row + 1, AMOUNT - 1, words::COLUMN_SUM.vi, &heading)?;
    sheet.write_number_with_format(row + 1, AMOUNT, sum, &money.set_bold())?;
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    sheet.autofilter(HEAD, 0, row, u16::try_from(COLUMNS.len() - 1).unwrap_or(0))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEAD, HEAD)?;
    workbook.save_to_buffer()
}
