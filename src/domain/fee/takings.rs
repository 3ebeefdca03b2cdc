//! The cashier's book: what each account took in and gave back, day by day, and the closing of a day.
//!
//! A day that was closed is never changed: what comes after it, reversals too, stands on the next.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::words as w;
use crate::domain::calendar::words::date_short;
use crate::domain::dossier::{Dossier, Event, PaymentMethod, Taking};
use crate::domain::ids::{DossierCode, DossierId};
use crate::domain::refusal::{Refusal, RefusalKind};

/// Money that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day of the book.
    pub day: Date,
    /// When.
    pub at: Timestamp,
    /// For which dossier.
    pub dossier: DossierId,
    /// Its code then.
    pub code: DossierCode,
    /// The taking of the dossier.
    pub taking: u32,
    /// How.
    pub method: PaymentMethod,
    /// Whole đồng.
    pub amount: u64,
    /// Serial and number of the official receipt.
    pub receipt_number: Option<String>,
    /// Whether it takes back what was taken in.
    pub is_reversal: bool,
}

/// What came in and went back in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MethodSum {
    /// How.
    pub method: PaymentMethod,
    /// How many takings.
    pub takings: u32,
    /// What came in, in đồng.
    pub taken: u64,
    /// How many reversals.
    pub reversals: u32,
    /// What was taken back, in đồng.
    pub reversed: u64,
}

impl MethodSum {
    const fn none(method: PaymentMethod) -> Self {
        Self { method, takings: 0, taken: 0, reversals: 0, reversed: 0 }
    }

    /// What is left, in đồng; less than nothing when more went back than came in.
    pub const fn left(&self) -> i128 {
        self.taken as i128 - self.reversed as i128
    }
}

/// A day of an account's book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayBook {
    /// By method, in the order of [`PaymentMethod::ALL`]; only those that occur.
    pub sums: Vec<MethodSum>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// Where an account's book stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CashBook {
    /// The last day that was closed.
    pub last_closed: Option<Date>,
    /// Days with entries that were not closed, oldest first.
    pub open: Vec<Date>,
}

impl DayBook {
    /// Adds an entry.
    pub fn add(&mut self, entry: &Entry) {
        let position = match self.sums.iter().position(|sum| sum.method >= entry.method) {
            Some(found) if self.sums[found].method == entry.method => found,
            place => {
                let place = place.unwrap_or(self.sums.len());
                self.sums.insert(place, MethodSum::none(entry.method));
                place
            }
        };
        let sum = &mut self.sums[position];
        if entry.is_reversal {
            sum.reversals = sum.reversals.saturating_add(1);
            sum.reversed = sum.reversed.saturating_add(entry.amount);
        } else {
            sum.takings = sum.takings.saturating_add(1);
            sum.taken = sum.taken.saturating_add(entry.amount);
        }
    }

    /// What is left of all methods, in đồng.
    pub fn left(&self) -> i128 {
        self.sums.iter().map(MethodSum::left).sum()
    }
}

impl CashBook {
    /// The day on which something stands that happens on `today`.
    pub fn day_for(&self, today: Date) -> Date {
        let next = self.last_closed.map(|last| last.saturating_add(1.day()));
        next.map_or(today, |next| next.max(today))
    }

    /// Notes that a day has an entry.
    pub fn enter(&mut self, day: Date) {
        if let Err(place) = self.open.binary_search(&day) {
            self.open.insert(place, day);
        }
    }

    /// Closes a day.
    ///
    /// # Errors
    /// It lies ahead, is closed already, has nothing to close, or an earlier day is still open.
    pub fn close(&mut self, day: Date, today: Date) -> Result<(), Refusal> {
        let told = |message: crate::domain::words::Message, day: Date| {
            let text = message.text(&[("day", &date_short(day))]);
            Refusal { kind: RefusalKind::Impossible, ..Refusal::field("day", text) }
        };
        if self.last_closed.is_some_and(|last| day <= last) {
            return Err(told(w::CLOSED_ALREADY, day));
        }
        if day > today {
            return Err(told(w::CLOSE_AHEAD, day));
        }
        match self.open.first() {
            Some(first) if *first < day => Err(told(w::CLOSE_EARLIER, *first)),
            Some(first) if *first == day => {
                self.open.remove(0);
                self.last_closed = Some(day);
                Ok(())
            }
            _ => Err(told(w::CLOSE_NOTHING, day)),
        }
    }
}

/// What an event moved; `dossier` is as the event left it. The day is the caller's.
pub fn moved(dossier: &Dossier, event: &Event, at: Timestamp, day: Date) -> Vec<Entry> {
    let entry = |taking: &Taking, is_reversal| Entry {
        day,
        at,
        dossier: dossier.id,
        code: dossier.code.clone(),
        taking: taking.number,
        method: taking.method,
        amount: taking.amount,
        receipt_number: taking.receipt_number.clone(),
        is_reversal,
    };
    let numbered = |number: u32| dossier.takings.iter().find(move |t| t.number == number);
    match event {
        Event::PaymentRecorded { .. } => {
            dossier.takings.last().map(|taking| entry(taking, false)).into_iter().collect()
        }
        Event::PaymentReversed { number, .. } => {
            let Some(taken) = numbered(*number) else { return Vec::new() };
            let instead = taken.reversed.as_ref().and_then(|reversal| reversal.instead);
            let instead = instead.and_then(numbered).map(|taking| entry(taking, false));
            std::iter::once(entry(taken, true)).chain(instead).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::{CashBook, DayBook, Entry};
    use crate::domain::dossier::PaymentMethod;
    use crate::domain::ids::DossierId;
    use crate::domain::refusal::RefusalKind;

    fn day(day: i8) -> Date {
        date(2026, 11, day)
    }

    fn entry(method: PaymentMethod, amount: u64, is_reversal: bool) -> Entry {
        Entry {
            day: day(27),
            at: Timestamp::UNIX_EPOCH,
            dossier: DossierId([1; 16]),
            code: "H40.12-261127-0001".into(),
            taking: 1,
            method,
            amount,
            receipt_number: None,
            is_reversal,
        }
    }

    #[test]
    fn a_closed_day_stays_as_it_is() {
        let mut book = CashBook::default();
        book.enter(day(27));
        assert_eq!(book.close(day(27), day(27)), Ok(()));
        let twice = book.close(day(27), day(28)).unwrap_err();
        assert_eq!((twice.kind, twice.fields[0].field.as_str()), (RefusalKind::Impossible, "day"));
        assert_eq!(book.day_for(day(27)), day(28), "what comes later stands on the next day");
        assert_eq!(book.day_for(day(30)), day(30));
    }

    #[test]
    fn days_are_closed_in_order_and_not_ahead() {
        let mut book = CashBook::default();
        book.enter(day(27));
        book.enter(day(25));
        book.enter(day(27));
        assert_eq!(book.open, [day(25), day(27)]);
        let says =
            |book: &mut CashBook, closed| book.close(day(closed), day(27)).unwrap_err().text.vi;
        assert!(says(&mut book, 27).contains("25/11/2026"));
        assert!(says(&mut book, 26).contains("25/11/2026"));
        assert!(says(&mut book, 28).contains("28/11/2026"));
        assert_eq!(book.close(day(25), day(27)), Ok(()));
        assert!(says(&mut book, 26).contains("26/11/2026"), "nothing was taken then");
        assert_eq!(book.close(day(27), day(27)), Ok(()));
    }

    proptest! {
        #[test]
        fn sums_are_those_of_the_entries(
            entries in prop::collection::vec((0_usize..4, 0_u64..1_000_000, any::<bool>()), 0..40)
        ) {
            let entries: Vec<Entry> = entries
                .into_iter()
                .map(|(method, amount, back)| entry(PaymentMethod::ALL[method], amount, back))
                .collect();
            let mut book = DayBook::default();
            entries.iter().for_each(|entry| book.add(entry));
            prop_assert!(book.sums.is_sorted_by_key(|sum| sum.method));
            for sum in &book.sums {
                let own: Vec<_> = entries.iter().filter(|e| e.method == sum.method).collect();
                let total = |back: bool| own.iter().filter(|e| e.is_reversal == back)
                    .map(|e| e.amount).sum::<u64>();
                prop_assert_eq!((sum.taken, sum.reversed), (total(false), total(true)));
                prop_assert_eq!((sum.takings + sum.reversals) as usize, own.len());
            }
            let signed = |e: &Entry| i128::from(e.amount) * if e.is_reversal { -1 } else { 1 };
            prop_assert_eq!(book.left(), entries.iter().map(signed).sum::<i128>());
        }
    }
}
