//! The register: what a section received in a period, to be read, as a book and as a spreadsheet.

mod spreadsheet;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::{Deed, Pdf, facts, of_desk, sheets, words};
use crate::documents::papers::{Register, RegisterLine};
use crate::domain::agency::Staff;
use crate::domain::calendar::instant;
use crate::domain::calendar::words::{date_short, instant_short};
use crate::domain::dossier::{Directory, Event, Queue};
use crate::domain::ids::DossierId;
use crate::domain::look::Part;
use crate::domain::refusal::Refusal;
use crate::domain::words::Lang;
use crate::office::{Caller, Office, no_dossier};
use crate::store::engine::Direction;
use crate::store::ledger::Failure;
use crate::store::reader::{Reader, Stored};

/// Most lines of a book; a spreadsheet takes as many.
pub const MAX_BOOK: usize = 5_000;
/// Longest period, in days.
const MAX_DAYS: i32 = 366;
/// Rows read at once.
const CHUNK: usize = 200;

/// From a day to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    from: Date,
    to: Date,
}

impl Period {
    /// The period between two days.
    ///
    /// # Errors
    /// It ends before it begins, or is longer than a year.
    pub fn new(from: Date, to: Date) -> Result<Self, Refusal> {
        let days = from.until(to).map_or(-1, |span| span.get_days());
        match (0..=MAX_DAYS).contains(&days) {
            true => Ok(Self { from, to }),
            false => {
                let text = words::PERIOD_WRONG.text(&[("max", &MAX_DAYS.to_string())]);
                Err(Refusal::field("den", text))
            }
        }
    }

    /// The month of a day, until that day.
    pub fn month_until(day: Date) -> Self {
        Self { from: day.first_of_month(), to: day }
    }

    /// Its first day.
    pub const fn from(self) -> Date {
        self.from
    }

    /// Its last day.
    pub const fn to(self) -> Date {
        self.to
    }

    /// From which instant on and before which, in Vietnam.
    pub(in crate::office) fn instants(self) -> (Timestamp, Timestamp) {
        let midnight = |day: Date| instant(day.at(0, 0, 0, 0)).unwrap_or_default();
        (midnight(self.from), midnight(self.to.saturating_add(1.day())))
    }
}

/// A part of the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisterPage {
    /// Its lines, in the order of reception.
    pub lines: Vec<RegisterLine>,
    /// How many lines the whole period has.
    pub total: usize,
}

impl Office {
    /// A part of the register of the caller's agency: `limit` lines after the first `skip` ones.
    ///
    /// # Errors
    /// The caller is not of a desk, or the store cannot be read.
    pub fn register(
        &self,
        caller: &Caller,
        period: Period,
        skip: usize,
        limit: usize,
    ) -> Result<RegisterPage, Failure> {
        let reader = self.ledger.reader()?;
        let staff = of_desk(caller)?;
        let ids = self.received_in(&reader, staff, period, skip + limit)?;
        let total = count(&reader, staff, period)?;
        let lines = ids.iter().skip(skip).map(|id| self.line(&reader, *id));
        Ok(RegisterPage { lines: lines.collect::<Result<_, _>>()?, total })
    }

    /// The register of a period as a book. Takes 1 ms a line: call it on a blocking pool.
    ///
    /// # Errors
    /// The caller is not of a desk, or the period has more than [`MAX_BOOK`] lines.
    pub fn register_pdf(
        &self,
        caller: &Caller,
        period: Period,
        base: &str,
    ) -> Result<Pdf, Failure> {
        let book = self.book(caller, period)?.ready();
        let (reader, agency) = (self.ledger.reader()?, &of_desk(caller)?.agency);
        let statement = self.list_statement(&reader, Deed::Register, agency)?;
        let papers = vec![self.signed(book, statement, base)];
        let bytes = self.set(&papers)?;
        Ok(Pdf::of(papers, bytes, file_name(period, "pdf")))
    }

    /// The register of a period as a spreadsheet (XLSX).
    ///
    /// # Errors
    /// As [`Office::register_pdf`].
    pub fn register_xlsx(&self, caller: &Caller, period: Period) -> Result<Pdf, Failure> {
        let bytes = spreadsheet::write(&self.book(caller, period)?)?;
        Ok(Pdf::of(Vec::new(), bytes, file_name(period, "xlsx")))
    }

    /// A paper of every dossier received in a period that has one, as one file.
    ///
    /// # Errors
    /// None has one, there are too many, or the caller is not of a desk.
    pub fn print_period(
        &self,
        caller: &Caller,
        period: Period,
        deed: Deed,
        base: &str,
    ) -> Result<Pdf, Failure> {
        let reader = self.ledger.reader()?;
        let mut ids = self.received_in(&reader, of_desk(caller)?, period, super::MAX_PAPERS + 1)?;
        if deed != Deed::Receipt {
            let mut having = Vec::new();
            for id in ids {
                let stored = reader.dossier(id)?;
                having.extend(stored.filter(|stored| deed.is_of(&stored.dossier)).map(|_| id));
            }
            ids = having;
        }
        let printed = self.print_ids(&ids, deed, base)?;
        for id in ids {
            if let Some(stored) = reader.dossier(id)? {
                self.note_look(caller, &stored.dossier, Part::Paper);
            }
        }
        Ok(printed)
    }

    fn book(&self, caller: &Caller, period: Period) -> Result<Register, Failure> {
        let reader = self.ledger.reader()?;
        let staff = of_desk(caller)?;
        let ids = self.received_in(&reader, staff, period, MAX_BOOK + 1)?;
        if ids.len() > MAX_BOOK {
            let text = words::BOOK_TOO_LONG.text(&[("max", &MAX_BOOK.to_string())]);
            return Err(Refusal::field("den", text).into());
        }
        let (world, now) = (self.world(), self.now());
        let agency = world.agency(&staff.agency).ok_or_else(no_dossier)?;
        let pack = world.pack_for(&staff.agency, now);
        let values = [("from", date_short(period.from)), ("to", date_short(period.to))];
        let values = values.each_ref().map(|(slot, day)| (*slot, day.as_str()));
        let lines = ids.iter().map(|id| self.line(&reader, *id));
        Ok(Register {
            sheet: sheets::sheet(Deed::Register, pack, agency, now, self.is_demo),
            period: words::PERIOD.fill(Lang::Vi, &values),
            lines: lines.collect::<Result<_, Failure>>()?,
            total: format!("{:02}", ids.len()),
        })
    }

    /// The dossiers that the agency received in a period, at most `most`.
    fn received_in(
        &self,
        reader: &Reader,
        staff: &Staff,
        period: Period,
        most: usize,
    ) -> Result<Vec<DossierId>, Failure> {
        let total = count(reader, staff, period)?.min(most);
        let (from, _) = period.instants();
        let mut after = Some(Reader::cursor_at(&staff.agency, Queue::Register, "", from));
        let mut ids = Vec::with_capacity(total);
        while ids.len() < total {
            let chunk = CHUNK.min(total - ids.len());
            let (queue, forward) = (Queue::Register, Direction::Forward);
            let page = reader.queue(&staff.agency, queue, "", forward, after.as_ref(), chunk)?;
            let Some((_, last)) = page.ids.last() else { break };
            after = Some(last.clone());
            ids.extend(page.ids.into_iter().map(|(id, _)| id));
        }
        Ok(ids)
    }

    /// The dossiers that the caller's agency received in a period or so many days before it.
    pub(in crate::office) fn received_around(
        &self,
        caller: &Caller,
        reader: &Reader,
        period: Period,
        days_before: i64,
    ) -> Result<Vec<DossierId>, Failure> {
        let from = period.from.saturating_sub(days_before.days());
        let wide = Period { from, to: period.to };
        self.received_in(reader, of_desk(caller)?, wide, MAX_BOOK)
    }

    fn line(&self, reader: &Reader, id: DossierId) -> Result<RegisterLine, Failure> {
        let stored = reader.dossier(id)?.ok_or_else(no_dossier)?;
        let times = Times::of(reader, &stored)?;
        let (dossier, world) = (stored.dossier, self.world());
        let agency = world.agency(&dossier.competent_agency);
        let person = super::owner(&dossier);
        let address: Vec<String> = [person.address, person.phone].into_iter().flatten().collect();
        let said = |at: Option<Timestamp>| at.map(instant_short).unwrap_or_default();
        let delivery = dossier.delivery.as_ref();
        let channel = delivery.map_or(dossier.return_channel, |delivery| delivery.channel);
        Ok(RegisterLine {
            code: dossier.code.to_string(),
            procedure: dossier.procedure_name,
            sets: 1,
            person: dossier.owner.name,
            address: address.join(", "),
            competent: agency.map(|agency| agency.name.clone()).unwrap_or_default(),
            received: said(dossier.received_at),
            due: said(times.due),
            sent: said(times.sent),
            back: said(times.back),
            returned: said(dossier.returned_at),
            way: facts::way(channel).to_owned(),
            taker: delivery.and_then(|d| d.received_by.clone()).unwrap_or_default(),
            note: dossier.status.say(Lang::Vi).to_owned(),
        })
    }
}

/// What the register says of a dossier's way, from its log.
#[derive(Default)]
struct Times {
    due: Option<Timestamp>,
    sent: Option<Timestamp>,
    back: Option<Timestamp>,
}

impl Times {
    fn of(reader: &Reader, stored: &Stored) -> Result<Self, Failure> {
        let mut times = Self::default();
        for (logged, _, event) in reader.history(stored)? {
            let at = logged.header.at;
            times.due = logged.header.due_at.or(times.due);
            match event {
                Event::Assigned { .. } | Event::Forwarded { .. } => {
                    times.sent.get_or_insert(at);
                }
                Event::ResultReceived => times.back = Some(at),
                _ => {}
            }
        }
        Ok(times)
    }
}

fn count(reader: &Reader, staff: &Staff, period: Period) -> Result<usize, Failure> {
    let (from, to) = period.instants();
    let at = |instant| Reader::cursor_at(&staff.agency, Queue::Register, "", instant);
    let count = reader.count_between(&at(from), &at(to))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

fn file_name(period: Period, ending: &str) -> String {
    format!("so-theo-doi-{}-{}.{ending}", period.from, period.to)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Period;

    #[test]
    fn a_period_runs_forward_and_a_year_at_most() {
        let first = date(2026, 1, 1);
        assert!(Period::new(first, first).is_ok());
        assert!(Period::new(first, date(2026, 12, 31)).is_ok());
        assert!(Period::new(date(2026, 2, 1), first).is_err());
        assert!(Period::new(first, date(2027, 6, 1)).is_err());
        let (from, to) = Period::month_until(date(2026, 11, 23)).instants();
        assert_eq!(from.to_string(), "2026-10-31T17:00:00Z");
        assert_eq!(to.to_string(), "2026-11-23T17:00:00Z");
    }
}
