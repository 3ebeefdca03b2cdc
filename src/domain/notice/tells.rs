//! Which event tells whom what.

use jiff::Timestamp;

use super::template::{Facts, Field, Kind};
use super::words;
use crate::domain::calendar::words::date_long;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{
    Actor, Consultation, Directory, Dossier, Event, FeeLine, Holder, Settlement, Status,
    SupplementItem,
};
use crate::domain::fee::grouped;
use crate::domain::ids::{AgencyCode, UnitCode, UserName};
use crate::domain::words::Lang;

/// Whom something is told; offices know who stands behind a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Whoever filed the dossier.
    Applicant,
    /// One account.
    Person(UserName),
    /// Those who work in a unit.
    Unit(AgencyCode, UnitCode),
    /// Those who decide at an agency.
    Approvers(AgencyCode),
}

impl Told {
    /// The person who holds a dossier, or the unit, or nobody.
    pub fn holder(agency: &AgencyCode, holder: &Holder) -> Option<Self> {
        match (&holder.user, &holder.unit) {
            (Some(user), _) => Some(Self::Person(user.clone())),
            (None, Some(unit)) => Some(Self::Unit(agency.clone(), unit.clone())),
            (None, None) => None,
        }
    }
}

/// Everything that an event tells, with the facts for the words, but for the link. `dossier` is as
/// the event left it, and `actor` is who did it: nobody is told of what they did themselves.
pub fn tells(
    dossier: &Dossier,
    event: &Event,
    actor: &str,
    directory: &dyn Directory,
    lang: Lang,
) -> Vec<(Kind, Told, Facts)> {
    // Applicants know what they corrected themselves.
    if matches!(event, Event::Corrected { .. }) && actor == Actor::Applicant.label() {
        return Vec::new();
    }
    let Some((kind, told, own)) = told(dossier, event, directory, lang) else { return Vec::new() };
    if matches!(&told, Told::Person(user) if user.as_str() == actor) {
        return Vec::new();
    }
    let mut facts = common(dossier, directory);
    facts.extend(own);
    vec![(kind, told, facts)]
}

/// What every notice may name.
pub(super) fn common(dossier: &Dossier, directory: &dyn Directory) -> Facts {
    // Before reception the receiving section speaks, after it the agency that decides.
    let agency = match dossier.is_before_reception() && dossier.status != Status::Registered {
        true => &dossier.receiving_agency,
        false => &dossier.competent_agency,
    };
    let name = directory.agency(agency).map_or(agency.as_str(), |agency| agency.name.as_str());
    vec![
        (Field::Code, dossier.code.to_string()),
        (Field::Procedure, dossier.procedure_name.clone()),
        (Field::Agency, name.to_owned()),
    ]
}

/// A due date in words.
pub(super) fn due(at: Option<Timestamp>, lang: Lang) -> (Field, String) {
    let text = at.map_or(words::NO_DATE.say(lang).to_owned(), |at| date_long(at, lang));
    (Field::Due, text)
}

fn reason(text: &str, lang: Lang) -> (Field, String) {
    let text = text.trim().trim_end_matches('.');
    let text = if text.is_empty() { words::NO_REASON.say(lang) } else { text };
    (Field::Reason, text.to_owned())
}

fn told(
    dossier: &Dossier,
    event: &Event,
    directory: &dyn Directory,
    lang: Lang,
) -> Option<(Kind, Told, Facts)> {
    let due_at = dossier.clock.due_at;
    let (kind, facts) = match event {
        // Over the counter it is received at once, and the receipt is in the hand.
        Event::Submitted(_) if dossier.channel == Channel::Counter => return None,
        // Of a part the dossier that leads it has told; its reception is told of.
        Event::Submitted(_) if dossier.led_by.is_some() => return None,
        // Who stands at the counter and gets it at once needs no letter about it.
        Event::Received(_) | Event::PaymentRequested { .. } | Event::Finished { .. }
            if is_certified_at_once(dossier) =>
        {
            return None;
        }
        Event::Submitted(_) => (Kind::Submitted, vec![due(due_at, lang)]),
        Event::Received(_) => (Kind::Received, vec![due(due_at, lang)]),
        Event::Refused { reason: why } => (Kind::Refused, vec![reason(why, lang)]),
        Event::SupplementRequested { items, due_at } => {
            (Kind::SupplementAsked, vec![missing(dossier, items), due(*due_at, lang)])
        }
        // What an exemption took off wholly asks for nothing.
        Event::PaymentRequested { fees } if fees.iter().all(|fee| fee.amount == 0) => return None,
        Event::PaymentRequested { fees } => (Kind::PaymentAsked, sums(fees, lang)),
        Event::TransferRejected { reason: why } => {
            let amount = words::MONEY.fill(lang, &[("amount", &grouped(dossier.unpaid()))]);
            (Kind::TransferMissing, vec![reason(why, lang), (Field::Amount, amount)])
        }
        Event::Extended { due_at, reason: why } => {
            (Kind::Apology, vec![due(Some(*due_at), lang), reason(why, lang)])
        }
        Event::DueDateMoved { due_at, reason: why } => {
            (Kind::DateMoved, vec![due(Some(*due_at), lang), reason(why, lang)])
        }
        Event::Transferred { reason: why, .. } => (Kind::Transferred, vec![reason(why, lang)]),
        Event::WithdrawalApproved => (Kind::Withdrawn, Vec::new()),
        Event::WithdrawalRejected { reason: why, due_at } => {
            (Kind::Kept, vec![reason(why, lang), due(*due_at, lang)])
        }
        Event::Corrected { reason: why, .. } => (Kind::Corrected, vec![reason(why, lang)]),
        Event::CorrectionRejected { reason: why } => (Kind::NotCorrected, vec![reason(why, lang)]),
        Event::Stopped { reason: why, .. } => (Kind::Stopped, vec![reason(why, lang)]),
        Event::Finished { outcome, .. } => settled(dossier, outcome, directory, lang),
        Event::Delivered(_) => (Kind::Delivered, Vec::new()),
        Event::Assigned { to } | Event::Forwarded { to } => {
            let told = Told::holder(&dossier.competent_agency, to)?;
            return Some((Kind::Assigned, told, vec![due(due_at, lang)]));
        }
        Event::Consulted { agency, unit, question, due_at, .. } => {
            let told = match unit {
                Some(unit) => Told::Unit(agency.clone(), unit.clone()),
                None => Told::Approvers(agency.clone()),
            };
            let facts = vec![reason(question, lang), due(Some(*due_at), lang)];
            return Some((Kind::Consulted, told, facts));
        }
        Event::ConsultationAnswered { answer, .. } => {
            let told = Told::holder(&dossier.competent_agency, &dossier.holder)?;
            return Some((Kind::ConsultationAnswered, told, vec![reason(answer, lang)]));
        }
        _ => return None,
    };
    Some((kind, Told::Applicant, facts))
}

/// What is told of a question whose answer is due soon, or late: those who were asked, and once it is
/// late those who asked too.
pub fn asked(
    kind: Kind,
    dossier: &Dossier,
    consultation: &Consultation,
    directory: &dyn Directory,
    lang: Lang,
) -> Vec<(Kind, Told, Facts)> {
    let mut facts = common(dossier, directory);
    facts.extend([reason(&consultation.question, lang), due(Some(consultation.due_at), lang)]);
    let there = match &consultation.unit {
        Some(unit) => Told::Unit(consultation.agency.clone(), unit.clone()),
        None => Told::Approvers(consultation.agency.clone()),
    };
    let here = Told::holder(&dossier.competent_agency, &dossier.holder);
    let here = here.filter(|_| kind == Kind::ConsultationLate);
    std::iter::once(there).chain(here).map(|told| (kind, told, facts.clone())).collect()
}

/// Whether the dossier is a visit for certification that is settled while the person waits.
fn is_certified_at_once(dossier: &Dossier) -> bool {
    dossier.certification.as_ref().is_some_and(|certification| certification.on.is_some())
}

fn missing(dossier: &Dossier, items: &[SupplementItem]) -> (Field, String) {
    let lines: Vec<String> = items
        .iter()
        .map(|item| {
            let paper = item.component.as_ref().and_then(|component| dossier.paper(component));
            let why = item.reason.trim();
            paper.map_or(format!("– {why}"), |paper| format!("– {}: {why}", paper.name))
        })
        .collect();
    (Field::Items, lines.join("\n"))
}

fn sums(fees: &[FeeLine], lang: Lang) -> Facts {
    let said = |amount: u64| words::MONEY.fill(lang, &[("amount", &grouped(amount))]);
    let lines: Vec<String> =
        fees.iter().map(|fee| format!("– {}: {}", fee.name, said(fee.amount))).collect();
    let total = fees.iter().fold(0_u64, |sum, fee| sum.saturating_add(fee.amount));
    vec![(Field::Amount, said(total)), (Field::Items, lines.join("\n"))]
}

fn settled(
    dossier: &Dossier,
    outcome: &Settlement,
    directory: &dyn Directory,
    lang: Lang,
) -> (Kind, Facts) {
    let place = match dossier.return_channel {
        Channel::Online => words::ONLINE.say(lang).to_owned(),
        Channel::Post => words::BY_POST.say(lang).to_owned(),
        Channel::Counter => {
            let section = directory
                .agency(&dossier.receiving_agency)
                .map(|agency| agency.one_stop.as_str())
                .filter(|name| !name.is_empty())
                .unwrap_or(words::SECTION.say(lang));
            words::AT_SECTION.fill(lang, &[("section", section)])
        }
    };
    let place = (Field::Place, place);
    if outcome.favourable {
        return (Kind::ResultReady, vec![place]);
    }
    (Kind::Denied, vec![reason(outcome.reason.as_deref().unwrap_or_default(), lang), place])
}
