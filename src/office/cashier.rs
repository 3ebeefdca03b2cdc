//! The cashier's desk: the days of the books, what was taken in, the closing of a day.

use jiff::civil::Date;

use super::printing::Period;
use super::{Caller, Failure, Office, words};
use crate::domain::agency::{Role, Staff};
use crate::domain::calendar::local;
use crate::domain::dossier::Directory;
use crate::domain::fee::takings::{CashBook, DayBook, Entry};
use crate::domain::ids::UserName;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::books;
use crate::store::reader::Reader;

/// Most lines of a list.
pub const MAX_LINES: usize = 5_000;
/// Days that the desk shows of a book.
const LAST_DAYS: usize = 14;

/// An entry with what people want to know beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashLine {
    /// The entry.
    pub entry: Entry,
    /// Whose book it is in.
    pub cashier: String,
    /// Who filed the dossier.
    pub payer: String,
    /// What was paid for.
    pub what: String,
    /// Why it went back; empty for what came in.
    pub reason: String,
}

/// A day of an account's book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashDay {
    /// Whose.
    pub account: UserName,
    /// The person's name.
    pub cashier: String,
    /// Which day.
    pub day: Date,
    /// The sums, and whether it is closed.
    pub sums: DayBook,
    /// The entries, oldest first.
    pub lines: Vec<CashLine>,
    /// Where the book stands.
    pub book: CashBook,
    /// The last days with entries, the last one first.
    pub last_days: Vec<(Date, DayBook)>,
}

impl Office {
    /// A day of a book: the caller's own, or that of another account of the agency; the day on
    /// which the next entry stands, when none is named.
    ///
    /// # Errors
    /// The caller keeps no book and looks after none, or there is no such account.
    pub fn cash_day(
        &self,
        caller: &Caller,
        account: Option<&UserName>,
        day: Option<Date>,
    ) -> Result<CashDay, Failure> {
        let staff = keeper(caller)?;
        let world = self.world();
        let account = account.unwrap_or(&staff.name);
        let of_agency = world.staff(account).filter(|known| known.agency == staff.agency);
        let known = of_agency.ok_or_else(|| Refusal::field("cashier", words::NO_ACCOUNT))?;
        let reader = self.ledger.reader()?;
        let book = reader.cash_book(account.as_str())?;
        let today = local(self.now()).date();
        let day = day.unwrap_or_else(|| book.day_for(today));
        Ok(CashDay {
            account: account.clone(),
            cashier: known.full_name.clone(),
            day,
            sums: reader.day_book(account.as_str(), day)?,
            lines: lines(&reader, known, day)?,
            last_days: reader.last_days(account.as_str(), LAST_DAYS)?,
            book,
        })
    }

    /// What the caller's agency took in and gave back in a period, by cashier and time.
    ///
    /// # Errors
    /// The caller looks after no book, or there are more than [`MAX_LINES`].
    pub fn cash_list(&self, caller: &Caller, period: Period) -> Result<Vec<CashLine>, Failure> {
        let staff = keeper(caller)?;
        let reader = self.ledger.reader()?;
        let mut list = Vec::new();
        for known in self.world().accounts() {
            if known.agency != staff.agency || reader.last_days(known.name.as_str(), 1)?.is_empty()
            {
                continue;
            }
            let mut day = period.from();
            while day <= period.to() {
                list.extend(lines(&reader, known, day)?);
                if list.len() > MAX_LINES {
                    let text = words::TOO_MANY_LINES.text(&[("max", &MAX_LINES.to_string())]);
                    return Err(Refusal::field("den", text).into());
                }
                let Ok(next) = day.tomorrow() else { break };
                day = next;
            }
        }
        Ok(list)
    }

    /// Closes a day of the caller's own book.
    ///
    /// # Errors
    /// The caller keeps no book, or the day cannot be closed.
    pub async fn close_day(&self, caller: &Caller, day: Date) -> Result<DayBook, Failure> {
        let account = keeper(caller)?.name.as_str().to_owned();
        let closed = self.ledger.run(move |txn| books::close(txn, &account, day)).await?;
        Ok(closed.value)
    }
}

/// The account, when it takes money or looks after those who do.
pub(super) fn keeper(caller: &Caller) -> Result<&Staff, Refusal> {
    // Receptionists take money too, where papers are certified in one visit.
    let roles = [Role::Cashier, Role::Receptionist, Role::Processor, Role::Head, Role::Auditor];
    let keeps = |staff: &&Staff| roles.iter().any(|role| staff.is(*role));
    caller
        .staff()
        .filter(keeps)
        .ok_or_else(|| Refusal::new(RefusalKind::Forbidden, words::ROLE_MAY_NOT))
}

fn lines(reader: &Reader, staff: &Staff, day: Date) -> Result<Vec<CashLine>, Failure> {
    let entries = reader.day_entries(staff.name.as_str(), day)?;
    entries.into_iter().map(|entry| line(reader, staff, entry)).collect()
}

fn line(reader: &Reader, staff: &Staff, entry: Entry) -> Result<CashLine, Failure> {
    let mut line = CashLine {
        cashier: staff.full_name.clone(),
        payer: String::new(),
        what: String::new(),
        reason: String::new(),
        entry,
    };
    // A dossier that was disposed of is still in the books.
    if let Some(stored) = reader.dossier(line.entry.dossier)? {
        let paid =
            stored.dossier.fees.iter().filter(|fee| {
                fee.paid.as_ref().is_some_and(|paid| paid.taking == line.entry.taking)
            });
        let names: Vec<&str> = paid.map(|fee| fee.line.name.as_str()).collect();
        line.what = match names.is_empty() {
            true => stored.dossier.procedure_name.clone(),
            false => names.join(", "),
        };
        if line.entry.is_reversal {
            let taken = stored.dossier.takings.iter().find(|t| t.number == line.entry.taking);
            let reversed = taken.and_then(|taken| taken.reversed.as_ref());
            line.reason = reversed.map(|reversal| reversal.reason.clone()).unwrap_or_default();
        }
        line.payer = stored.dossier.submitter.name;
    }
    Ok(line)
}
