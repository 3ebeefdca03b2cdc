//! Absences of accounts: who declares them, and who works in whose place today.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::settings::{self, Row};
use super::{Caller, Office, words};
use crate::domain::absence::{self, Absence};
use crate::domain::agency::{Role, Staff};
use crate::domain::calendar::local;
use crate::domain::dossier::Directory;
use crate::domain::ids::UserName;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::ledger::Failure;
use crate::store::reader::Reader;

/// Days for which absences that are over are kept: papers and logs name who stood in.
const KEPT: i64 = 366;

/// The absences of an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct AbsencesRow {
    user: String,
    absences: Vec<OneAbsence>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct OneAbsence {
    from: Date,
    to: Date,
    substitute: String,
    /// Who declared it.
    by: String,
}

impl Row for AbsencesRow {
    const KIND: &'static str = "absences";
    fn key(&self) -> &str {
        &self.user
    }
}

/// Every absence, by who is away and the first day.
pub(super) fn read(reader: &Reader) -> Result<Vec<Absence>, Failure> {
    let mut absences: Vec<Absence> = Vec::new();
    for row in settings::all::<AbsencesRow>(reader)? {
        absences.extend(row.absences.iter().map(|one| Absence {
            of: UserName::new(row.user.clone()),
            from: one.from,
            to: one.to,
            substitute: UserName::new(one.substitute.clone()),
        }));
    }
    absences.sort_by(|a, b| (&a.of, a.from).cmp(&(&b.of, b.from)));
    Ok(absences)
}

impl Office {
    /// Whether somebody may say when an account is away: its owner, the head of its agency, and
    /// administrators. Not who stands in for one of them.
    pub fn may_declare(&self, caller: &Caller, away: &Staff) -> bool {
        let themselves = caller.staff().filter(|staff| staff.stands_in_for.is_none());
        themselves.is_some_and(|staff| {
            staff.name == away.name
                || staff.is(Role::Admin)
                || (staff.is(Role::Head) && staff.agency == away.agency)
        })
    }

    /// The absences of an account that are not over, the next first.
    pub fn absences_of(&self, name: &UserName) -> Vec<Absence> {
        let today = local(self.now()).date();
        let world = self.world();
        let own = world.absences.iter().filter(|one| one.of == *name && one.to >= today);
        own.cloned().collect()
    }

    /// For whom an account stands in today, with the last day of each.
    pub fn stands_in_for(&self, name: &UserName) -> Vec<(Staff, Date)> {
        let (world, today) = (self.world(), local(self.now()).date());
        let now = world.absences.iter().filter(|one| one.substitute == *name && one.covers(today));
        now.filter_map(|one| Some((world.staff(&one.of)?.clone(), one.to))).collect()
    }

    /// An account in the place of one that is away today. Who stands in for an account that needs a
    /// second factor needs one, too.
    ///
    /// # Errors
    /// It does not stand in for that one today, there is no desk work to do, or it lacks the second
    /// factor.
    pub fn in_place_of(&self, substitute: &Staff, away: &UserName) -> Result<Staff, Refusal> {
        let not_now = || Refusal::new(RefusalKind::Forbidden, words::NO_SUBSTITUTE);
        let mut stands_in = self.stands_in_for(&substitute.name).into_iter();
        let (staff, _) = stands_in.find(|(staff, _)| staff.name == *away).ok_or_else(not_now)?;
        if self.demands_second(&staff) && !self.has_second(substitute.name.as_str()) {
            return Err(Refusal::new(RefusalKind::Forbidden, words::SUBSTITUTE_UNPROVED));
        }
        absence::in_place_of(substitute, &staff).filter(|_| staff.enabled).ok_or_else(not_now)
    }

    /// Declares an absence.
    ///
    /// # Errors
    /// The caller may not, there is no such account, or the absence makes no sense.
    pub fn declare_absence(&self, caller: &Caller, new: &Absence) -> Result<(), Failure> {
        let (world, today) = (self.world(), local(self.now()).date());
        let away = self.may_change_absences(caller, &new.of)?;
        let substitute = world.staff(&new.substitute);
        absence::check(new, &away, substitute, &world.absences, today)?;
        let one = OneAbsence {
            from: new.from,
            to: new.to,
            substitute: new.substitute.to_string(),
            by: caller.actor().label().into_owned(),
        };
        tracing::info!(account = %new.of, substitute = %one.substitute, by = %one.by, "an absence");
        self.change_absences(&new.of, move |row| {
            row.absences.retain(|old| days_between(old.to, today) <= KEPT);
            row.absences.push(one);
        })
    }

    /// Takes an absence back; one that has begun ends with yesterday.
    ///
    /// # Errors
    /// The caller may not, or there is no such account.
    pub fn withdraw_absence(
        &self,
        caller: &Caller,
        of: &UserName,
        from: Date,
    ) -> Result<(), Failure> {
        self.may_change_absences(caller, of)?;
        let today = local(self.now()).date();
        tracing::info!(account = %of, by = %caller.actor().label(), "an absence was taken back");
        self.change_absences(of, move |row| {
            row.absences.retain_mut(|one| {
                let is_it = one.from == from;
                if is_it && one.from < today {
                    one.to = today.yesterday().unwrap_or(one.from).min(one.to);
                    return true;
                }
                !is_it
            });
        })
    }

    fn may_change_absences(&self, caller: &Caller, of: &UserName) -> Result<Staff, Refusal> {
        let world = self.world();
        let away = world.staff(of).cloned();
        let away = away.ok_or_else(|| Refusal::new(RefusalKind::NotFound, words::NO_ACCOUNT))?;
        if self.may_declare(caller, &away) {
            Ok(away)
        } else {
            Err(Refusal::new(RefusalKind::Forbidden, words::ROLE_MAY_NOT))
        }
    }

    fn change_absences(
        &self,
        of: &UserName,
        change: impl FnOnce(&mut AbsencesRow) + Send + 'static,
    ) -> Result<(), Failure> {
        let user = of.to_string();
        self.ledger.run_blocking(move |txn| {
            let row = settings::get::<AbsencesRow>(txn, &user)?;
            let mut row = row.unwrap_or(AbsencesRow { user, absences: Vec::new() });
            change(&mut row);
            settings::put(txn, &row)
        })?;
        self.refresh_world()
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}
