//! The register as a spreadsheet.

use crate::documents::papers::{Register, RegisterLine};
use crate::office::printing::spreadsheet::Cell::Text;
use crate::office::printing::spreadsheet::{Column, List};
use crate::office::printing::words;
use crate::store::ledger::Failure;

const COLUMNS: [Column<RegisterLine>; 13] = [
    (words::COLUMN_CODE, 22.0, |line| Text(&line.code)),
    (words::COLUMN_PROCEDURE, 44.0, |line| Text(&line.procedure)),
    (words::COLUMN_PERSON, 26.0, |line| Text(&line.person)),
    (words::COLUMN_ADDRESS, 44.0, |line| Text(&line.address)),
    (words::COLUMN_COMPETENT, 30.0, |line| Text(&line.competent)),
    (words::COLUMN_RECEIVED, 18.0, |line| Text(&line.received)),
    (words::COLUMN_DUE, 18.0, |line| Text(&line.due)),
    (words::COLUMN_SENT, 18.0, |line| Text(&line.sent)),
    (words::COLUMN_BACK, 18.0, |line| Text(&line.back)),
    (words::COLUMN_RETURNED, 18.0, |line| Text(&line.returned)),
    (words::COLUMN_WAY, 16.0, |line| Text(&line.way)),
    (words::COLUMN_TAKER, 26.0, |line| Text(&line.taker)),
    (words::COLUMN_NOTE, 22.0, |line| Text(&line.note)),
];

pub(super) fn write(book: &Register) -> Result<Vec<u8>, Failure> {
    let list = List {
        name: words::SHEET_NAME,
        above: &[&book.sheet.agency, &book.sheet.title, &book.period],
        columns: &COLUMNS,
        lines: &book.lines,
        below: &[],
    };
    list.write()
}
