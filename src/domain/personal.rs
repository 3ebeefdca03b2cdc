//! Papers that a person has to hand for the next matter: results of earlier ones, and what they keep
//! themselves (Kho giấy tờ của tôi).

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::dossier::Attachment;
use super::ids::{DossierCode, PersonalPaperId};
use super::person::{MandateKind, Person};

/// Before so many days an expiry is told of.
pub const SOON: i64 = 60;
/// Most papers that a person keeps.
pub const MOST: u64 = 100;
/// Most bytes of all of them.
pub const MOST_BYTES: u64 = 200 << 20;

/// Where a paper comes from, as far as this office can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginKind {
    /// The result of a dossier of this instance.
    Result,
    /// A paper of a dossier that an officer compared with the original.
    Compared,
    /// A paper of a dossier, as it was handed in.
    HandedIn,
    /// A file that the person added.
    Added,
}

/// A paper and where it comes from; it goes along with every file that is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Where from.
    pub kind: OriginKind,
    /// What the paper is.
    pub name: String,
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    pub issued_on: Option<Date>,
    /// Who issued it, or compared it.
    pub issuer: Option<String>,
    /// The dossier that it comes from.
    pub dossier: Option<DossierCode>,
}

impl Origin {
    /// Whether this office vouches for it: it is its own result, or was compared with the original.
    pub fn is_vouched_for(&self) -> bool {
        matches!(self.kind, OriginKind::Result | OriginKind::Compared)
    }
}

/// A paper of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalPaper {
    /// Its id.
    pub id: PersonalPaperId,
    /// What it is and where it comes from.
    pub origin: Origin,
    /// After this day it no longer holds.
    pub expires_on: Option<Date>,
    /// Its files.
    pub files: Vec<Attachment>,
    /// When the person agreed that it is kept; a result is there without.
    pub kept_at: Timestamp,
    /// For whom it lets the person act; none when it is no such paper.
    pub represents: Option<Represents>,
}

/// For whom a paper lets its holder act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Represents {
    /// The person or organisation.
    pub owner: Person,
    /// By what right.
    pub kind: MandateKind,
    /// In this field of procedures alone.
    pub field: Option<String>,
}

/// How long a paper still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// It holds, as far as is known.
    Yes,
    /// It holds for so few more days.
    Soon(i64),
    /// It does not.
    No,
}

impl PersonalPaper {
    /// How long it still holds on a day.
    pub fn holds(&self, today: Date) -> Holds {
        let Some(last) = self.expires_on else { return Holds::Yes };
        let left = last.duration_since(today).as_hours() / 24;
        match left {
            ..0 => Holds::No,
            0..=SOON => Holds::Soon(left),
            _ => Holds::Yes,
        }
    }

    /// The last day on which its holder may act for another by it. A mandate without an end holds for
    /// a year (Civil Code 2015 art. 563).
    pub fn acts_until(&self) -> Option<Date> {
        let represents = self.represents.as_ref()?;
        let is_mandate = represents.kind == MandateKind::Authorised;
        let year = || self.origin.issued_on.filter(|_| is_mandate)?.checked_add(1.year()).ok();
        self.expires_on.or_else(year)
    }

    /// Whether it is what a component asks for, by their names: all words of the shorter one are in
    /// the longer one.
    pub fn fits(&self, component: &str) -> bool {
        let (own, asked) = (words(&self.origin.name), words(component));
        let (short, long) = if own.len() <= asked.len() { (&own, &asked) } else { (&asked, &own) };
        short.len() > 1 && short.iter().all(|word| long.contains(word))
    }

    /// Bytes of its files.
    pub fn size(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }
}

/// The words of a name that tell papers apart, in lower case.
fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    // How many and in which form is said of the paper that is handed in, not of what it is.
    let lower = ["bản sao", "bản chính", "bản chụp", "hoặc", "của", "nếu có"]
        .iter()
        .fold(lower, |text, filler| text.replace(filler, " "));
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::{Date, date};

    use super::{Holds, Origin, OriginKind, PersonalPaper};
    use crate::domain::ids::PersonalPaperId;

    fn paper(name: &str, expires_on: Option<Date>) -> PersonalPaper {
        let kind = OriginKind::Added;
        let name = name.to_owned();
        let origin =
            Origin { kind, name, number: None, issued_on: None, issuer: None, dossier: None };
        let (id, kept_at) = (PersonalPaperId([1; 16]), Timestamp::UNIX_EPOCH);
        PersonalPaper { id, origin, expires_on, files: Vec::new(), kept_at, represents: None }
    }

    #[test]
    fn a_paper_holds_through_its_last_day() {
        let of = |last| paper("Giấy khám sức khỏe", Some(last)).holds(date(2026, 11, 30));
        assert_eq!(of(date(2026, 11, 29)), Holds::No);
        assert_eq!(of(date(2026, 11, 30)), Holds::Soon(0));
        assert_eq!(of(date(2027, 1, 29)), Holds::Soon(60));
        assert_eq!(of(date(2027, 1, 30)), Holds::Yes);
        assert_eq!(paper("Giấy khai sinh", None).holds(date(2026, 11, 30)), Holds::Yes);
    }

    #[test]
    fn a_paper_fits_what_is_asked_for_by_its_name() {
        let birth = paper("Giấy khai sinh", None);
        for asked in
            ["Giấy khai sinh", "Bản sao giấy khai sinh của trẻ em", "GIẤY KHAI SINH (bản chính)"]
        {
            assert!(birth.fits(asked), "{asked}");
        }
        for other in ["Giấy chứng sinh", "Giấy tờ", "Tờ khai", ""] {
            assert!(!birth.fits(other), "{other}");
        }
    }
}
