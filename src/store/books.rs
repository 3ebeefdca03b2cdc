//! The cashiers' books (table `takings`): written with the events that move money, so that a book
//! and the dossiers cannot disagree, and closed day by day.

use jiff::civil::Date;

use super::codec::wire::{Wire, instant_bytes};
use super::ledger::Failure;
use super::reader::Reader;
use super::tables::{Key, TAKINGS};
use super::txn::Txn;
use crate::domain::calendar::local;
use crate::domain::dossier::{Dossier, Event};
use crate::domain::fee::takings::{CashBook, DayBook, Entry, moved};

/// Rows read at once.
const CHUNK: usize = 500;

/// Where an account's book stands.
fn book_key(account: &str) -> Key {
    Key::new().text(account).text("book")
}

/// A day of it.
fn day_key(account: &str, day: Date) -> Key {
    Key::new().text(account).text("day").fixed(&Wire::to_bytes(&day))
}

/// The prefix of a day's entries.
fn entry_prefix(account: &str, day: Date) -> Key {
    Key::new().text(account).text("entry").fixed(&Wire::to_bytes(&day))
}

/// Writes what an event moved into the book of whoever did it.
pub(super) fn enter(
    txn: &mut Txn<'_>,
    dossier: &Dossier,
    event: &Event,
    account: &str,
) -> Result<(), Failure> {
    let at = txn.now();
    if !matches!(event, Event::PaymentRecorded { .. } | Event::PaymentReversed { .. }) {
        return Ok(());
    }
    let mut book = own(txn, account)?;
    let day = book.day_for(local(at).date());
    let entries = moved(dossier, event, at, day);
    if entries.is_empty() {
        return Ok(());
    }
    let mut sums = day_of(txn, account, day)?;
    for (place, entry) in (0_u8..).zip(&entries) {
        sums.add(entry);
        let key = entry_prefix(account, day)
            .fixed(&instant_bytes(at))
            .dossier(dossier.id)
            .number(dossier.version)
            .fixed(&[place]);
        txn.put(TAKINGS, key, entry.to_bytes());
    }
    book.enter(day);
    txn.put(TAKINGS, book_key(account), book.to_bytes());
    txn.put(TAKINGS, day_key(account, day), sums.to_bytes());
    Ok(())
}

/// Closes a day of an account's book and returns its sums.
///
/// # Errors
/// The day cannot be closed, or the store cannot be read.
pub fn close(txn: &mut Txn<'_>, account: &str, day: Date) -> Result<DayBook, Failure> {
    let mut book = own(txn, account)?;
    book.close(day, local(txn.now()).date())?;
    let closed = DayBook { closed_at: Some(txn.now()), ..day_of(txn, account, day)? };
    txn.put(TAKINGS, book_key(account), book.to_bytes());
    txn.put(TAKINGS, day_key(account, day), closed.to_bytes());
    Ok(closed)
}

fn own(txn: &Txn<'_>, account: &str) -> Result<CashBook, Failure> {
    let row = txn.get(TAKINGS, book_key(account).bytes())?;
    Ok(row.map(|bytes| CashBook::from_bytes(&bytes)).transpose()?.unwrap_or_default())
}

fn day_of(txn: &Txn<'_>, account: &str, day: Date) -> Result<DayBook, Failure> {
    let row = txn.get(TAKINGS, day_key(account, day).bytes())?;
    Ok(row.map(|bytes| DayBook::from_bytes(&bytes)).transpose()?.unwrap_or_default())
}

impl Reader {
    /// Where an account's book stands.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn cash_book(&self, account: &str) -> Result<CashBook, Failure> {
        let row = self.get(TAKINGS, book_key(account).bytes())?;
        Ok(row.map(|bytes| CashBook::from_bytes(&bytes)).transpose()?.unwrap_or_default())
    }

    /// A day of an account's book.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn day_book(&self, account: &str, day: Date) -> Result<DayBook, Failure> {
        let row = self.get(TAKINGS, day_key(account, day).bytes())?;
        Ok(row.map(|bytes| DayBook::from_bytes(&bytes)).transpose()?.unwrap_or_default())
    }

    /// The last days of an account's book, the last one first.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn last_days(&self, account: &str, limit: usize) -> Result<Vec<(Date, DayBook)>, Failure> {
        let prefix = Key::new().text(account).text("day");
        let rows = self.scan_back(TAKINGS, prefix.bytes(), limit)?;
        let day = |key: &[u8]| Date::from_bytes(key.get(prefix.bytes().len()..).unwrap_or(&[]));
        rows.iter().map(|(key, value)| Ok((day(key)?, DayBook::from_bytes(value)?))).collect()
    }

    /// The entries of a day of an account's book, oldest first.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn day_entries(&self, account: &str, day: Date) -> Result<Vec<Entry>, Failure> {
        let prefix = entry_prefix(account, day);
        let mut entries = Vec::new();
        let mut after: Option<Vec<u8>> = None;
        loop {
            let rows = self.scan(TAKINGS, prefix.bytes(), after.as_deref(), CHUNK)?;
            let Some((last, _)) = rows.last() else { return Ok(entries) };
            after = Some(last.clone());
            for (_, value) in &rows {
                entries.push(Entry::from_bytes(value)?);
            }
        }
    }
}

/// What a row of the table is, for checks.
pub enum BookRow {
    /// Where an account's book stands.
    Book(CashBook),
    /// A day.
    Day(Date, DayBook),
    /// An entry.
    Entry(Entry),
}

/// Reads a row of the table with the account whose it is.
///
/// # Errors
/// The row is damaged.
pub fn row(key: &[u8], value: &[u8]) -> Result<(String, BookRow), Failure> {
    let mut input = super::codec::wire::Reader::new(key);
    let (account, kind) = (String::take(&mut input)?, String::take(&mut input)?);
    let row = match kind.as_str() {
        "book" => BookRow::Book(CashBook::from_bytes(value)?),
        "day" => BookRow::Day(Date::take(&mut input)?, DayBook::from_bytes(value)?),
        "entry" => BookRow::Entry(Entry::from_bytes(value)?),
        _ => return Err(super::codec::wire::Damaged("row of a cashier's book").into()),
    };
    Ok((account, row))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{BookRow, day_key, row};
    use crate::domain::fee::takings::DayBook;
    use crate::store::codec::wire::Wire;

    #[test]
    fn a_row_says_whose_it_is_and_what() {
        let day = date(2026, 11, 27);
        let found = row(day_key("ngan.thu", day).bytes(), &DayBook::default().to_bytes()).unwrap();
        let BookRow::Day(of, book) = found.1 else { panic!("a day") };
        assert_eq!((found.0.as_str(), of, book), ("ngan.thu", day, DayBook::default()));
        assert!(row(b"\x01a\x01b", &[]).is_err());
    }
}
