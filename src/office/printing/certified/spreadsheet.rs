//! A book of certification as a spreadsheet.

use crate::documents::papers::{BookLine, CertificationBook};
use crate::office::printing::spreadsheet::Cell::{self, Text};
use crate::office::printing::spreadsheet::{Column, List};
use crate::office::printing::words;
use crate::store::ledger::Failure;

const COLUMNS: [Column<BookLine>; 9] = [
    (words::BOOK_NUMBER, 10.0, |line| Text(&line.number)),
    (words::BOOK_DATE, 12.0, |line| Text(&line.date)),
    (words::BOOK_PERSON, 28.0, |line| Text(&line.person)),
    (words::BOOK_IDENTITY, 18.0, |line| Text(&line.identity)),
    (words::BOOK_PAPER, 48.0, |line| Text(&line.paper)),
    (words::BOOK_SIGNER, 26.0, |line| Text(&line.signer)),
    (words::BOOK_COPIES, 10.0, |line| Cell::number(&line.copies)),
    (words::BOOK_FEE, 14.0, |line| Cell::number(&line.fee)),
    (words::BOOK_NOTE, 24.0, |line| Text(&line.note)),
];

pub(super) fn write(book: &CertificationBook) -> Result<Vec<u8>, Failure> {
    let list = List {
        name: words::BOOK_SHEET,
        above: &[&book.sheet.agency, &book.sheet.title, &book.book, &book.period],
        columns: &COLUMNS,
        lines: &book.lines,
        below: &[
            (0, Text(&book.numbers)),
            (4, Text(words::BOOK_TOTAL.vi)),
            (6, Cell::number(&book.copies)),
            (7, Cell::number(&book.fees)),
        ],
    };
    list.write()
}
