//! How long dossiers are kept, and which are due to be disposed of (domain section 13).

use jiff::civil::{Date, date};

use super::calendar::local;
use super::dossier::{Dossier, Status};
use super::ids::ProcedureCode;
use super::rules::RulePack;

/// For how long dossiers of a kind are kept. One that names a procedure goes before one that names a
/// field, and that before one that names neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Of this procedure.
    pub procedure: Option<ProcedureCode>,
    /// Of this field.
    pub field: Option<String>,
    /// Years after the one in which it ended; for ever when none is given.
    pub years: Option<u32>,
    /// The legal source.
    pub source: String,
}

impl RulePack {
    /// For how long a dossier is kept; none when the pack does not say, and then for ever.
    pub fn retention(&self, dossier: &Dossier) -> Option<&Retention> {
        let by_procedure = |row: &&Retention| row.procedure.as_ref() == Some(&dossier.procedure);
        let by_field = |row: &&Retention| {
            row.procedure.is_none() && row.field.as_deref() == Some(dossier.field.as_str())
        };
        let general = |row: &&Retention| row.procedure.is_none() && row.field.is_none();
        let rows = || self.retention.iter();
        let own = rows().find(by_procedure).or_else(|| rows().find(by_field));
        own.or_else(|| rows().find(general))
    }
}

impl Retention {
    /// The first day on which a dossier that ended on a day may be disposed of.
    pub fn free_on(&self, ended: Date) -> Option<Date> {
        let years = i16::try_from(self.years?).ok()?;
        let year = ended.year().checked_add(years)?.checked_add(1)?;
        (year <= 9_999).then(|| date(year, 1, 1))
    }
}

/// The first day on which a dossier may be disposed of; none while it has not ended, and for what is
/// kept for ever. What stands in a book of certification is kept with the book.
pub fn free_on(dossier: &Dossier, rules: &RulePack) -> Option<Date> {
    let has_ended =
        matches!(dossier.status, Status::NotReceived | Status::Stopped | Status::ResultReturned);
    let in_book = dossier.certification.as_ref().is_some_and(|asked| asked.on.is_some());
    if !has_ended || in_book {
        return None;
    }
    let ended = dossier.returned_at.or(dossier.ended_at)?;
    rules.retention(dossier)?.free_on(local(ended).date())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Retention;

    fn kept(years: Option<u32>) -> Retention {
        Retention { procedure: None, field: None, years, source: String::new() }
    }

    #[test]
    fn years_count_from_the_end_of_the_year_in_which_it_ended() {
        assert_eq!(kept(Some(10)).free_on(date(2026, 1, 1)), Some(date(2037, 1, 1)));
        assert_eq!(kept(Some(10)).free_on(date(2026, 12, 31)), Some(date(2037, 1, 1)));
        assert_eq!(kept(Some(0)).free_on(date(2026, 12, 31)), Some(date(2027, 1, 1)));
        assert_eq!(kept(None).free_on(date(2026, 12, 31)), None);
        assert_eq!(kept(Some(u32::MAX)).free_on(date(2026, 12, 31)), None);
    }
}
