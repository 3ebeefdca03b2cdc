//! What the desk is reminded of before a date is missed, and what the approver is offered.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::tells::{Told, common, due};
use super::template::{Facts, Field, Kind};
use crate::domain::agency::Role;
use crate::domain::calendar::words::date_short;
use crate::domain::calendar::{Calendar, instant, local};
use crate::domain::deadline::due_soon_until;
use crate::domain::dossier::{Directory, Dossier, Queue, Stage, Status};
use crate::domain::process::{Performer, Run};
use crate::domain::rules::RulePack;
use crate::domain::words::Lang;

/// Working days by which a proposed new date is later than the old one.
const LATER: u32 = 3;

/// A reminder that the clock brings. Each looks at the dossiers whose due date its line has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// To the holder, the pack's working days ahead.
    DueSoon,
    /// To holder and approvers, at the due date.
    Overdue,
    /// To the approvers, one working day before the last day on which an apology may go out.
    Apology,
    /// To whoever does an open step of the process, when a quarter of its hours is left.
    Step,
}

impl Reminder {
    /// Every reminder.
    pub const ALL: [Self; 4] = [Self::DueSoon, Self::Overdue, Self::Apology, Self::Step];

    /// The list whose order its line goes through.
    pub const fn queue(self) -> Queue {
        match self {
            Self::DueSoon | Self::Overdue | Self::Apology => Queue::Open,
            Self::Step => Queue::Steps,
        }
    }

    /// The instants of a dossier in that list.
    pub fn instants(self, dossier: &Dossier) -> Vec<Timestamp> {
        match self {
            Self::Step => {
                let open = dossier.run.iter().flat_map(Run::open);
                open.filter_map(|(_, passage)| passage.warn_at).collect()
            }
            _ => dossier.clock.due_at.into_iter().collect(),
        }
    }

    /// The name under which its line is kept.
    pub const fn id(self) -> &'static str {
        match self {
            Self::DueSoon => "due_soon",
            Self::Overdue => "overdue",
            Self::Apology => "apology",
            Self::Step => "step",
        }
    }

    /// The kind of the notice.
    pub const fn kind(self) -> Kind {
        match self {
            Self::DueSoon => Kind::DueSoon,
            Self::Overdue => Kind::Overdue,
            Self::Apology => Kind::ApologyProposed,
            Self::Step => Kind::StepDue,
        }
    }

    /// The line at `now`: what is due before it is reminded of, once. It never goes back.
    pub fn line(self, now: Timestamp, calendar: &Calendar, rules: &RulePack) -> Timestamp {
        let here = local(now);
        let ahead = |days: u32| {
            let next = |day: Date, _| calendar.next_working_day(day).unwrap_or(day);
            (0..days).fold(here.date(), next)
        };
        let at = match self {
            Self::Overdue | Self::Step => return now,
            Self::DueSoon => return due_soon_until(calendar, now, rules.due_soon_working_days),
            Self::Apology => {
                let last = i64::from(rules.extension.days_before).days();
                let day = ahead(1).saturating_add(last);
                day.tomorrow().unwrap_or(day).at(0, 0, 0, 0)
            }
        };
        instant(at).unwrap_or(now)
    }
}

/// What a dossier gives rise to when a reminder's line has passed one of its instants, `about`; but
/// for the link.
pub fn remind(
    reminder: Reminder,
    dossier: &Dossier,
    about: Timestamp,
    rules: &RulePack,
    now: Timestamp,
    directory: &dyn Directory,
    lang: Lang,
) -> Vec<(Kind, Told, Facts)> {
    let Some(due_at) = dossier.clock.due_at else { return Vec::new() };
    if dossier.status != Status::Processing && reminder != Reminder::Overdue {
        return Vec::new();
    }
    if reminder == Reminder::Step {
        return steps_due(dossier, about, directory, lang);
    }
    let holder = Told::holder(&dossier.competent_agency, &dossier.holder);
    let approvers = Told::Approvers(dossier.competent_agency.clone());
    let told = match reminder {
        Reminder::DueSoon => Vec::from_iter(holder),
        Reminder::Overdue => holder.into_iter().chain([approvers]).collect(),
        Reminder::Apology => match may_apologise_until(dossier, rules, now) {
            Some(_) => vec![approvers],
            None => Vec::new(),
        },
        Reminder::Step => Vec::new(),
    };
    let mut facts = common(dossier, directory);
    facts.push(due(Some(due_at), lang));
    if let Some(day) = may_apologise_until(dossier, rules, now) {
        facts.push((Field::Day, date_short(day)));
    }
    told.into_iter().map(|told| (reminder.kind(), told, facts.clone())).collect()
}

/// The open steps that are nearly due from an instant on, to who does them: a unit, the approvers, else whoever holds the
/// dossier.
fn steps_due(
    dossier: &Dossier,
    from: Timestamp,
    directory: &dyn Directory,
    lang: Lang,
) -> Vec<(Kind, Told, Facts)> {
    let agency = &dossier.competent_agency;
    let open = dossier.run.iter().flat_map(Run::open);
    let near = open.filter(|(_, passage)| passage.warn_at == Some(from));
    near.filter_map(|(step, passage)| {
        let told = match &step.by {
            Performer::Unit(unit) => Some(Told::Unit(agency.clone(), unit.clone())),
            Performer::Role(Role::Approver) => Some(Told::Approvers(agency.clone())),
            Performer::Role(_) => Told::holder(agency, &dossier.holder),
        };
        let mut facts = common(dossier, directory);
        facts.push((Field::Step, step.name.clone()));
        facts.push(due(passage.due_at, lang));
        Some((Kind::StepDue, told?, facts))
    })
    .collect()
}

/// An apology that is offered to the approver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The last day on which it may go out.
    pub until: Date,
    /// A new date to begin with; the approver sets it.
    pub new_date: Date,
}

/// The apology that is offered for a dossier at `now`: when its due date has come near and the pack
/// still allows one.
pub fn propose_apology(
    dossier: &Dossier,
    rules: &RulePack,
    calendar: &Calendar,
    now: Timestamp,
) -> Option<Proposal> {
    let due_at = dossier.clock.due_at?;
    if due_at >= Reminder::Apology.line(now, calendar, rules) {
        return None;
    }
    let until = may_apologise_until(dossier, rules, now)?;
    let next = |day: Date, _| calendar.next_working_day(day).unwrap_or(day);
    Some(Proposal { until, new_date: (0..LATER).fold(local(due_at).date(), next) })
}

/// The last day on which an apology with a new date may go out, if there is still one and the
/// dossier is not as good as settled (Circular 01/2018/TT-VPCP and the pack's `extension`).
fn may_apologise_until(dossier: &Dossier, rules: &RulePack, now: Timestamp) -> Option<Date> {
    let due_at = dossier.clock.due_at?;
    let is_open = dossier.status == Status::Processing
        && matches!(dossier.stage, Stage::Work | Stage::AwaitingApproval);
    let last = local(due_at).date().saturating_sub(i64::from(rules.extension.days_before).days());
    (is_open && dossier.extensions < rules.extension.limit && local(now).date() <= last)
        .then_some(last)
}
