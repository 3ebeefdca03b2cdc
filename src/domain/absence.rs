//! Leave of absence, and who stands in (người làm thay) meanwhile.

use jiff::civil::Date;

use super::agency::{Role, Staff};
use super::ids::UserName;
use super::refusal::{FieldError, Refusal};
use super::words::Message;

/// Longest absence that is declared at once, in days.
pub const LONGEST: i32 = 366;

crate::messages! {
    DATES_MISSING: "Chọn ngày bắt đầu và ngày kết thúc." / "Choose the first and the last day.";
    ENDS_BEFORE: "Ngày kết thúc không thể trước ngày bắt đầu." / "It cannot end before it begins.";
    IS_OVER: "Ngày kết thúc đã qua." / "The last day is over.";
    TOO_LONG: "Tối đa 366 ngày. Nghỉ lâu hơn thì khóa tài khoản và phân công lại hồ sơ." / "At most 366 days. For longer, disable the account and assign its dossiers anew.";
    OVERLAPS: "Đã có đợt nghỉ trùng những ngày này." / "There is an absence on these days already.";
    NOBODY: "Chọn người làm thay đang dùng tài khoản ở cùng cơ quan." / "Choose somebody with an account at the same agency who stands in.";
    ONESELF: "Không thể tự làm thay mình." / "Nobody stands in for themselves.";
    AWAY_TOO: "Người này cũng nghỉ trong những ngày đó." / "This person is away on these days, too.";
}

/// An absence of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Who is away.
    pub of: UserName,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Who stands in.
    pub substitute: UserName,
}

impl Absence {
    /// Whether it holds on a day.
    pub fn covers(&self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

/// Refuses an absence that makes no sense. `known` are those that were declared before.
///
/// # Errors
/// What is wrong, at its field.
pub fn check(
    new: &Absence,
    away: &Staff,
    substitute: Option<&Staff>,
    known: &[Absence],
    today: Date,
) -> Result<(), Refusal> {
    let wrong = |field: &str, message: Message| {
        Err(Refusal::fields(vec![FieldError { field: field.to_owned(), text: message.into() }]))
    };
    if new.to < new.from {
        return wrong("to", ENDS_BEFORE);
    }
    if new.to < today {
        return wrong("to", IS_OVER);
    }
    if (new.to - new.from).get_days() >= LONGEST {
        return wrong("to", TOO_LONG);
    }
    if new.substitute == new.of {
        return wrong("substitute", ONESELF);
    }
    let fits = |staff: &&Staff| staff.enabled && staff.agency == away.agency;
    if substitute.filter(fits).is_none() {
        return wrong("substitute", NOBODY);
    }
    let mut others = known.iter().filter(|other| other.overlaps(new));
    match others.find(|other| other.of == new.of || other.of == new.substitute) {
        Some(other) if other.of == new.of => wrong("from", OVERLAPS),
        Some(_) => wrong("substitute", AWAY_TOO),
        None => Ok(()),
    }
}

/// An account in the place of one that is away: that one's desk work and no other right of either.
/// None when there is no desk work to do.
pub fn in_place_of(substitute: &Staff, away: &Staff) -> Option<Staff> {
    let roles: Vec<Role> = away.roles.iter().copied().filter(|role| role.is_desk()).collect();
    (!roles.is_empty()).then(|| Staff {
        name: substitute.name.clone(),
        full_name: substitute.full_name.clone(),
        roles,
        agency: away.agency.clone(),
        unit: away.unit.clone(),
        enabled: true,
        stands_in_for: Some(away.name.clone()),
    })
}

/// The parts of a name in the log: who did it, and in whose place.
pub fn in_whose_place(label: &str) -> (&str, Option<&str>) {
    match label.split_once('/') {
        Some((name, away)) => (name, Some(away)),
        None => (label, None),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Absence, check, in_place_of, in_whose_place};
    use crate::domain::agency::{Role, Staff};
    use crate::domain::dossier::Actor;
    use crate::domain::ids::{AgencyCode, UserName};

    fn staff(name: &str, roles: &[Role]) -> Staff {
        Staff {
            name: UserName::from(name),
            full_name: name.to_owned(),
            roles: roles.to_vec(),
            agency: AgencyCode::from("H40.12"),
            unit: None,
            enabled: true,
            stands_in_for: None,
        }
    }

    fn absence(of: &str, days: (i8, i8), substitute: &str) -> Absence {
        Absence {
            of: UserName::from(of),
            from: date(2026, 12, days.0),
            to: date(2026, 12, days.1),
            substitute: UserName::from(substitute),
        }
    }

    #[test]
    fn an_absence_has_an_end_and_somebody_who_is_there() {
        let (an, binh) = (staff("an", &[Role::Approver]), staff("binh", &[Role::Processor]));
        let known = [absence("chi", (1, 10), "an"), absence("an", (20, 24), "binh")];
        let today = date(2026, 12, 3);
        let said = |new: Absence, substitute: Option<&Staff>| {
            check(&new, &an, substitute, &known, today).err().map(|refusal| refusal.text.en)
        };
        assert_eq!(said(absence("an", (3, 5), "binh"), Some(&binh)), None);
        for (new, substitute, why) in [
            (absence("an", (5, 4), "binh"), Some(&binh), "before it begins"),
            (absence("an", (1, 2), "binh"), Some(&binh), "is over"),
            (absence("an", (3, 5), "an"), Some(&an), "themselves"),
            (absence("an", (3, 5), "ai"), None, "same agency"),
            (absence("an", (24, 30), "binh"), Some(&binh), "already"),
            (absence("an", (9, 11), "chi"), Some(&binh), "away on these days"),
        ] {
            let said = said(new, substitute).unwrap_or_else(|| panic!("{why} is not said"));
            assert!(said.contains(why), "{said}");
        }
        let shut = Staff { enabled: false, ..binh };
        assert!(said(absence("an", (3, 5), "binh"), Some(&shut)).is_some());
    }

    #[test]
    fn who_stands_in_has_the_desk_s_rights_and_the_log_names_both() {
        let an = staff("an", &[Role::Approver, Role::Admin]);
        let binh = staff("binh", &[Role::Processor]);
        let acting = in_place_of(&binh, &an).expect("there is desk work");
        assert_eq!(acting.roles, [Role::Approver], "neither one's own nor an administrator's");
        assert_eq!(acting.desk(), &an.name);
        let actor = Actor::Staff(acting);
        assert_eq!(actor.label(), "binh/an");
        assert_eq!(in_whose_place(&actor.label()), ("binh", Some("an")));
        assert_eq!(in_whose_place("an"), ("an", None));
        assert!(in_place_of(&binh, &staff("qt", &[Role::Admin])).is_none());
    }
}
