//! The cashier's day on paper and as a spreadsheet.

use jiff::civil::Date;

use super::facts::amount;
use super::spreadsheet::Cell::{self, Text};
use super::spreadsheet::{Column, List};
use super::{Deed, Pdf, Period, sheets, words};
use crate::documents::papers::{CashClosing, ClosingLine, ClosingSum, amount_in_words};
use crate::domain::calendar::words::{date_short, instant_short};
use crate::domain::dossier::{Directory, PaymentMethod};
use crate::domain::ids::UserName;
use crate::domain::words::{Lang, Message};
use crate::office::cashier::{CashDay, CashLine, keeper};
use crate::office::{Caller, Office, no_dossier};
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
            cash: signed(cash(&book)),
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
        let bytes = cash_list(&agency.name, period, &list)?;
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
        reason: line.reason.clone(),
    }
}

/// What the cashier hands over: the rest of what was paid lies in an account already.
fn cash(book: &CashDay) -> i128 {
    let cash = book.sums.sums.iter().filter(|sum| sum.method == PaymentMethod::Cash);
    cash.map(crate::domain::fee::takings::MethodSum::left).sum()
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

/// A line of the list, with what the day's sheet does not say.
struct CashRow {
    said: ClosingLine,
    day: String,
    cashier: String,
    dong: f64,
    note: String,
}

fn cash_row(line: &CashLine) -> CashRow {
    let said = closing_line(line);
    let dong = line.entry.amount as f64 * if said.reversal { -1.0 } else { 1.0 };
    let note = match said.reversal {
        true => format!("{}: {}", words::REVERSAL.vi, said.reason),
        false => String::new(),
    };
    CashRow { day: date_short(line.entry.day), cashier: line.cashier.clone(), dong, note, said }
}

const COLUMNS: [Column<CashRow>; 10] = [
    (words::COLUMN_DAY, 12.0, |row| Text(&row.day)),
    (words::COLUMN_AT, 18.0, |row| Text(&row.said.at)),
    (words::COLUMN_CODE, 22.0, |row| Text(&row.said.code)),
    (words::COLUMN_PERSON, 26.0, |row| Text(&row.said.payer)),
    (words::COLUMN_FEE, 44.0, |row| Text(&row.said.what)),
    (words::COLUMN_METHOD, 18.0, |row| Text(&row.said.method)),
    (words::COLUMN_RECEIPT, 20.0, |row| Text(&row.said.receipt)),
    (words::COLUMN_AMOUNT, 16.0, |row| Cell::Number(row.dong)),
    (words::COLUMN_CASHIER, 26.0, |row| Text(&row.cashier)),
    (words::COLUMN_NOTE, 40.0, |row| Text(&row.note)),
];
/// The column of the amount.
const AMOUNT: u16 = 7;

fn cash_list(agency: &str, period: Period, list: &[CashLine]) -> Result<Vec<u8>, Failure> {
    let (from, to) = (date_short(period.from()), date_short(period.to()));
    let said = words::PERIOD.fill(Lang::Vi, &[("from", &from), ("to", &to)]);
    let rows: Vec<CashRow> = list.iter().map(cash_row).collect();
    let sum = rows.iter().map(|row| row.dong).sum();
    let list = List {
        name: words::CASH_SHEET_NAME,
        above: &[agency, words::CASH_LIST.vi, &said],
        columns: &COLUMNS,
        lines: &rows,
        below: &[(AMOUNT - 1, Text(words::COLUMN_SUM.vi)), (AMOUNT, Cell::Number(sum))],
    };
    list.write()
}
