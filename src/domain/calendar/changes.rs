//! What a calendar says differently from the one that it inherits: an agency's from the instance's,
//! the instance's from the one that ships. Only the difference is kept, so that a swap announced
//! above reaches everybody below who has said nothing else about that day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};

use super::{Calendar, Session, Timetable, Week};

/// What a date is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayRule {
    /// What its weekday is.
    Ordinary,
    /// Without sessions.
    Off,
    /// A working day with these sessions; Monday's when there are none.
    Working(Vec<Session>),
}

/// The differences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Own regular sessions of the week.
    pub weekly: Option<Week>,
    /// Own extra sessions of the week.
    pub extra: Option<Week>,
    /// Own dates.
    pub days: BTreeMap<Date, DayRule>,
}

impl Timetable {
    /// What a date is. A date that is both off and worked is worked.
    pub fn rule(&self, date: Date) -> DayRule {
        match self.working.get(&date) {
            Some(sessions) => DayRule::Working(sessions.clone()),
            None if self.holidays.contains(&date) => DayRule::Off,
            None => DayRule::Ordinary,
        }
    }

    /// Makes a date what it shall be.
    pub fn set(&mut self, date: Date, rule: DayRule) {
        self.holidays.remove(&date);
        self.working.remove(&date);
        match rule {
            DayRule::Ordinary => {}
            DayRule::Off => {
                self.holidays.insert(date);
            }
            DayRule::Working(sessions) => {
                self.working.insert(date, sessions);
            }
        }
    }

    /// Every date that does not simply follow its weekday.
    pub fn dates(&self) -> BTreeSet<Date> {
        self.holidays.iter().chain(self.working.keys()).copied().collect()
    }
}

impl Changes {
    /// What `wanted` says differently from `base`.
    pub fn between(base: &Timetable, wanted: &Timetable) -> Self {
        let own = |base: &Week, wanted: &Week| (base != wanted).then(|| wanted.clone());
        let dates: BTreeSet<Date> = base.dates().union(&wanted.dates()).copied().collect();
        let days = dates.into_iter().map(|date| (date, wanted.rule(date)));
        Self {
            weekly: own(&base.weekly, &wanted.weekly),
            extra: own(&base.extra, &wanted.extra),
            days: days.filter(|(date, rule)| base.rule(*date) != *rule).collect(),
        }
    }

    /// The timetable of whoever inherits `base` and has these differences.
    pub fn apply(&self, base: &Timetable) -> Timetable {
        let mut timetable = base.clone();
        if let Some(weekly) = &self.weekly {
            // Whoever is closed on Mondays works an inherited Saturday as the one above does.
            if weekly[Weekday::Monday].is_empty() {
                let monday = &base.weekly[Weekday::Monday];
                let borrowing = timetable.working.values_mut().filter(|own| own.is_empty());
                borrowing.for_each(|own| own.clone_from(monday));
            }
            timetable.weekly.clone_from(weekly);
        }
        if let Some(extra) = &self.extra {
            timetable.extra.clone_from(extra);
        }
        for (date, rule) in &self.days {
            timetable.set(*date, rule.clone());
        }
        timetable
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Calendar {
    /// The first date on which another calendar may have other sessions: [`Date::MIN`] when the
    /// weeks differ, none when nothing does. Due dates before it are the same in both.
    pub fn differs_from(&self, other: &Self) -> Option<Date> {
        let (ours, theirs) = (&self.timetable, &other.timetable);
        if ours.weekly != theirs.weekly || ours.extra != theirs.extra {
            return Some(Date::MIN);
        }
        let dates = ours.dates();
        let mut dates: Vec<Date> = dates.union(&theirs.dates()).copied().collect();
        dates.sort_unstable();
        dates.into_iter().find(|date| ours.rule(*date) != theirs.rule(*date))
    }
}

#[cfg(test)]
mod tests {
    use super::{Changes, DayRule};
    use crate::domain::calendar::{Calendar, Session};
    use jiff::civil::{Date, Weekday, date, time};

    #[test]
    fn only_the_difference_is_kept_and_the_rest_is_inherited() {
        let base = Calendar::office_hours().timetable().clone();
        let mut own = base.clone();
        own.extra[Weekday::Saturday] = vec![Session::new(time(7, 30, 0, 0), time(11, 30, 0, 0))];
        own.set(date(2026, 12, 7), DayRule::Off);
        own.set(date(2026, 11, 24), DayRule::Ordinary);
        let changes = Changes::between(&base, &own);
        assert_eq!(changes.weekly, None);
        assert_eq!(changes.days.len(), 2);
        assert_eq!(changes.apply(&base), own);
        assert!(Changes::between(&base, &base).is_empty());
        // A day off announced above reaches the one who said nothing about it.
        let mut announced = base;
        announced.set(date(2027, 9, 1), DayRule::Off);
        announced.set(date(2026, 12, 7), DayRule::Working(Vec::new()));
        let now = changes.apply(&announced);
        assert_eq!(now.rule(date(2027, 9, 1)), DayRule::Off);
        assert_eq!(now.rule(date(2026, 12, 7)), DayRule::Off, "said otherwise here");
    }

    #[test]
    fn an_inherited_saturday_is_worked_by_those_closed_on_mondays() {
        let base = Calendar::office_hours().timetable().clone();
        let mut own = base.clone();
        own.weekly[Weekday::Monday].clear();
        let changes = Changes { weekly: Some(own.weekly), ..Changes::default() };
        let calendar = Calendar::new(changes.apply(&base)).expect("a calendar");
        assert_eq!(calendar.regular(date(2026, 1, 10)).len(), 2);
        assert!(!calendar.is_working_day(date(2026, 11, 23)));
    }

    #[test]
    fn calendars_differ_from_a_date_on() {
        let base = Calendar::office_hours();
        assert_eq!(base.differs_from(&base), None);
        let with = |rule| {
            let mut own = base.timetable().clone();
            own.set(date(2026, 12, 7), DayRule::Off);
            own.set(date(2026, 12, 12), rule);
            Calendar::new(own).expect("a calendar")
        };
        let (off, worked) = (with(DayRule::Off), with(DayRule::Working(Vec::new())));
        assert_eq!(base.differs_from(&off), Some(date(2026, 12, 7)));
        assert_eq!(off.differs_from(&worked), Some(date(2026, 12, 12)));
        let mut week = base.timetable().clone();
        week.weekly[Weekday::Friday].clear();
        let week = Calendar::new(week).expect("a calendar");
        assert_eq!(week.differs_from(&base), Some(Date::MIN));
    }
}
