//! A dossier in the words of the desk: its deadline, why it stands where it stands, who did what.

use jiff::Timestamp;

use crate::domain::absence::in_whose_place;
use crate::domain::agency::{Role, Staff};
use crate::domain::calendar::Calendar;
use crate::domain::calendar::words::date_long;
use crate::domain::catalogue::Channel;
use crate::domain::deadline::{self, DeadlineState, Remaining};
use crate::domain::dossier::{
    CertifiedLine, Delivery, Directory, Dossier, Fee, FeeKind, PaymentMethod, Stage, Status, Taker,
    Taking, book_number, clock_agency, explain,
};
use crate::domain::fee::dong;
pub use crate::domain::fee::grouped as money;
use crate::domain::ids::{AgencyCode, UnitCode, UserName};
use crate::domain::process::Run;
use crate::domain::words::{Lang, Message};
use crate::office::world::World;
use crate::web::components::Urgency;
use crate::web::words::absences as absence_words;
use crate::web::words::certifying;
use crate::web::words::desk as words;
use crate::web::words::fees as fee_words;
use crate::web::words::process as process_words;
use crate::web::words::{linking, roles};

/// A deadline for the pill.
#[derive(Clone, Debug, Default)]
pub struct Pill {
    /// The words.
    pub words: String,
    /// The instant, RFC 3339; or empty.
    pub datetime: String,
    /// How near it is.
    pub urgency: Urgency,
}

/// The deadline of a dossier; nothing when it has none.
pub fn pill(lang: Lang, world: &World, dossier: &Dossier, now: Timestamp) -> Option<Pill> {
    let calendar = world.calendar(clock_agency(dossier));
    let rules = world.rules(&dossier.rule_pack);
    if dossier.status.is_ended() {
        dossier.received_at?;
        // What was stopped was neither early nor late.
        if dossier.status == Status::Stopped {
            return None;
        }
        let due = dossier.clock.ended_due_at?;
        let ended = dossier.ended_at?;
        let said = deadline::remaining_ended(calendar, due, ended);
        let late = matches!(said, Remaining::Late(_));
        let urgency = if late { Urgency::Late } else { Urgency::InTime };
        return Some(pill_of(lang, said, Some(due), urgency));
    }
    if let Some(due) = dossier.clock.due_at {
        return Some(open_pill(lang, calendar, (due, now), rules.due_soon_working_days));
    }
    let remaining = why(world, dossier)?.remaining?;
    Some(pill_of(lang, remaining, None, Urgency::Paused))
}

/// The pill of what is open: how long until its date at an instant, or how late it is.
pub fn open_pill(
    lang: Lang,
    calendar: &Calendar,
    (due, now): (Timestamp, Timestamp),
    due_soon: u32,
) -> Pill {
    let said = deadline::remaining(calendar, due, now);
    let urgency = match deadline::state(calendar, Some(due), now, due_soon) {
        DeadlineState::OnTime | DeadlineState::Paused => Urgency::Calm,
        DeadlineState::DueSoon => Urgency::Soon,
        DeadlineState::Overdue => Urgency::Late,
    };
    pill_of(lang, said, Some(due), urgency)
}

fn pill_of(lang: Lang, said: Remaining, due: Option<Timestamp>, urgency: Urgency) -> Pill {
    let datetime = due.map(|due| due.to_string()).unwrap_or_default();
    Pill { words: said.say(lang), datetime, urgency }
}

/// The calculation of the due date that counts now.
pub fn why(world: &World, dossier: &Dossier) -> Option<deadline::Deadline> {
    let calendar = world.calendar(clock_agency(dossier));
    explain(dossier, calendar, world.rules(&dossier.rule_pack)).ok().flatten()
}

/// With which other agency a dossier is shared, as seen from one of the two: the one that takes it in
/// names who decides, the one that decides names who took it in.
pub fn handed_over(
    lang: Lang,
    world: &World,
    dossier: &Dossier,
    own: &AgencyCode,
) -> Option<String> {
    let (receiving, competent) = (&dossier.receiving_agency, &dossier.competent_agency);
    if receiving == competent {
        return None;
    }
    let (message, other) = match (own == receiving, own == competent) {
        (true, _) => (linking::RECEIVED_FOR, competent),
        (_, true) => (linking::RECEIVED_BY, receiving),
        _ => return None,
    };
    Some(message.fill(lang, &[("agency", &agency_name(world, other))]))
}

/// Why a dossier stands in the inbox, in a few words; to who is asked, what is asked of them.
pub fn reason(
    lang: Lang,
    world: &World,
    (dossier, reader): (&Dossier, &Staff),
    now: Timestamp,
) -> String {
    let asked = dossier
        .consultations
        .iter()
        .find(|asked| asked.answer.is_none() && asked.asks(reader) && !dossier.status.is_ended());
    if let Some(asked) = asked {
        return words::WHY_ASKED.fill(lang, &[("date", &date_long(asked.due_at, lang))]);
    }
    let plain = |message: Message| message.say(lang).to_owned();
    match dossier.status {
        Status::Registered if dossier.supplements_asked.0 > 0 => plain(words::WHY_SUPPLEMENTED),
        Status::Registered => plain(words::WHY_CHECK),
        Status::Received => unassigned(lang, world, dossier, now),
        Status::Processing => in_work(lang, world, dossier, now),
        Status::SupplementRequired => {
            let n = dossier.supplement.as_ref().map_or(0, |s| s.items.len()).to_string();
            let is_promised = dossier.supplement.as_ref().is_some_and(|s| s.is_promised);
            let why = if is_promised { words::WHY_PROMISED } else { words::WHY_SUPPLEMENT };
            why.fill(lang, &[("n", &n)])
        }
        Status::PaymentRequired => {
            words::WHY_PAYMENT.fill(lang, &[("amount", &money(dossier.unpaid()))])
        }
        Status::WithdrawalRequested => plain(words::WHY_WITHDRAWAL),
        Status::Finished if dossier.unpaid() > 0 => {
            words::WHY_UNPAID.fill(lang, &[("amount", &money(dossier.unpaid()))])
        }
        Status::Finished => match dossier.outcome.as_ref().is_some_and(|o| o.at_section) {
            true => plain(words::WHY_AT_SECTION),
            false => plain(words::WHY_AT_UNIT),
        },
        Status::NotReceived | Status::Stopped | Status::ResultReturned => plain(words::WHY_ENDED),
    }
}

/// Until when a received dossier goes to its unit.
pub fn transfer_due(world: &World, dossier: &Dossier) -> Option<Timestamp> {
    let calendar = world.calendar(&dossier.receiving_agency);
    let rules = world.rules(&dossier.rule_pack);
    crate::domain::dossier::transfer_due(dossier.received_at?, calendar, rules)
}

fn unassigned(lang: Lang, world: &World, dossier: &Dossier, now: Timestamp) -> String {
    let Some(by) = transfer_due(world, dossier) else {
        return words::WHY_UNASSIGNED.say(lang).to_owned();
    };
    let message = if by < now { words::WHY_TRANSFER_LATE } else { words::WHY_TRANSFER };
    message.fill(lang, &[("date", &date_long(by, lang))])
}

fn in_work(lang: Lang, world: &World, dossier: &Dossier, now: Timestamp) -> String {
    if dossier.consultations.iter().any(|asked| asked.answer.is_none()) {
        return words::WHY_CONSULTING.say(lang).to_owned();
    }
    if let Some(step) = late_step(dossier, now) {
        return process_words::WHY_STEP_LATE.fill(lang, &[("step", step)]);
    }
    let late = dossier.clock.due_at.is_some_and(|due| due < now);
    let stage = stage(dossier.stage).say(lang);
    let who = holder(lang, world, dossier);
    let values = [("stage", stage), ("who", who.as_str())];
    match (late, who.is_empty()) {
        (true, false) => words::WHY_LATE_BY.fill(lang, &values),
        (true, true) => words::WHY_LATE.fill(lang, &values[..1]),
        (false, false) => words::WHY_STAGE_BY.fill(lang, &values),
        (false, true) => words::WHY_STAGE.fill(lang, &values[..1]),
    }
}

/// The open step whose time is over.
fn late_step(dossier: &Dossier, now: Timestamp) -> Option<&str> {
    let mut open = dossier.run.iter().flat_map(Run::open);
    let late = open.find(|(_, passage)| passage.due_at.is_some_and(|due| due < now));
    late.map(|(step, _)| step.name.as_str())
}

/// What a dossier in work waits for.
const fn stage(stage: Stage) -> Message {
    match stage {
        Stage::Work => words::STAGE_WORK,
        Stage::AwaitingApproval => words::STAGE_APPROVAL,
        Stage::Approved => words::STAGE_NUMBER,
        Stage::Numbered => words::STAGE_RESULT,
    }
}

/// Who has a dossier now: the approver or the clerk while it is theirs to act, else the person, else
/// the unit to whom it was given; or empty.
pub fn holder(lang: Lang, world: &World, dossier: &Dossier) -> String {
    let role = match (dossier.status, dossier.stage) {
        (Status::Processing, Stage::AwaitingApproval) => Some(Role::Approver),
        (Status::Processing, Stage::Approved) => Some(Role::Clerk),
        _ => None,
    };
    if let Some(role) = role {
        return of_role(lang, world, &dossier.competent_agency, role);
    }
    if let Some(user) = &dossier.holder.user {
        return staff_name(world, user.as_str());
    }
    let unit = dossier.holder.unit.as_ref();
    unit.map(|unit| unit_name(world, &dossier.competent_agency, unit)).unwrap_or_default()
}

/// The only account of an agency with a role, by name; several are named by their role.
fn of_role(lang: Lang, world: &World, agency: &AgencyCode, role: Role) -> String {
    let accounts = world.accounts();
    let mut theirs =
        accounts.iter().filter(|staff| staff.enabled && staff.agency == *agency && staff.is(role));
    match (theirs.next(), theirs.next()) {
        (Some(only), None) => only.full_name.clone(),
        _ => roles::name(role).say(lang).to_owned(),
    }
}

/// The full name of an account; its sign-in name when there is none.
pub fn staff_name(world: &World, name: &str) -> String {
    let staff = world.staff(&UserName::from(name));
    staff.map_or_else(|| name.to_owned(), |staff| staff.full_name.clone())
}

/// The name of a unit.
pub fn unit_name(world: &World, agency: &AgencyCode, unit: &UnitCode) -> String {
    let known = world.agency(agency).and_then(|agency| agency.unit(unit));
    known.map_or_else(|| unit.to_string(), |unit| unit.name.clone())
}

/// The name of an agency.
pub fn agency_name(world: &World, code: &AgencyCode) -> String {
    world.agency(code).map_or_else(|| code.to_string(), |agency| agency.name.clone())
}

/// Who did something, as the log names them.
pub fn actor(lang: Lang, world: &World, label: &str) -> String {
    match label {
        "applicant" => words::BY_APPLICANT.say(lang).to_owned(),
        "system" => words::BY_SYSTEM.say(lang).to_owned(),
        name => match in_whose_place(name) {
            (name, None) => staff_name(world, name),
            (name, Some(away)) => absence_words::IN_PLACE.fill(
                lang,
                &[("name", &staff_name(world, name)), ("away", &staff_name(world, away))],
            ),
        },
    }
}

/// Who took a result, in what capacity, by what paper, and whether the receipt was lost.
pub fn taken(lang: Lang, delivery: &Delivery) -> Vec<String> {
    let who = delivery.received_by.as_ref().map(|name| match delivery.taker {
        Some(Taker::Owner) => words::TAKEN_BY_OWNER.fill(lang, &[("name", name)]),
        Some(Taker::Representative) => words::TAKEN_BY_LAW.fill(lang, &[("name", name)]),
        Some(Taker::Mandated) => words::TAKEN_BY_MANDATE.fill(lang, &[("name", name)]),
        None => name.clone(),
    });
    let lost = delivery.receipt_lost.then(|| words::RECEIPT_LOST.say(lang).to_owned());
    let tracking = delivery.tracking_number.as_ref();
    let tracking = tracking.map(|n| words::TRACKED_AS.fill(lang, &[("number", n)]));
    [who, delivery.mandate_paper.clone(), lost, tracking].into_iter().flatten().collect()
}

/// A paper that is certified, with its number once it has one.
pub fn certified(lang: Lang, line: &CertifiedLine, on: Option<jiff::civil::Date>) -> String {
    let (pages, copies) = (line.pages.to_string(), line.copies.to_string());
    let fee = money(line.fee);
    let values =
        [("name", line.name.as_str()), ("pages", &pages), ("copies", &copies), ("fee", &fee)];
    let said = certifying::LINE.fill(lang, &values);
    match line.number.zip(on) {
        Some((number, on)) => {
            let number = book_number(number, on.year(), &line.book);
            certifying::NUMBERED.fill(lang, &[("number", &number), ("line", &said)])
        }
        None => said,
    }
}

/// A way in or out.
pub const fn channel(channel: Channel) -> Message {
    match channel {
        Channel::Counter => words::COUNTER,
        Channel::Online => words::ONLINE,
        Channel::Post => words::POST,
    }
}

/// What a fee line is for.
pub const fn fee_kind(kind: FeeKind) -> Message {
    match kind {
        FeeKind::Fee => words::FEE,
        FeeKind::Obligation => words::OBLIGATION,
    }
}

/// How money came in.
pub const fn method(method: PaymentMethod) -> Message {
    match method {
        PaymentMethod::Cash => words::CASH,
        PaymentMethod::Card => words::CARD,
        PaymentMethod::Transfer => words::TRANSFER,
        PaymentMethod::Platform => words::PLATFORM,
    }
}

/// Money that came in, in a line.
pub fn taking(lang: Lang, taking: &Taking) -> String {
    let when = crate::domain::calendar::words::instant_short(taking.at);
    let how = method(taking.method).say(lang).to_lowercase();
    let amount = dong(taking.amount);
    match &taking.receipt_number {
        Some(number) => fee_words::TAKING_RECEIPT
            .fill(lang, &[("amount", &amount), ("when", &when), ("how", &how), ("number", number)]),
        None => {
            fee_words::TAKING.fill(lang, &[("amount", &amount), ("when", &when), ("how", &how)])
        }
    }
}

/// Whether and how a fee was paid.
pub fn paid(lang: Lang, fee: &Fee) -> String {
    if let Some(reason) = &fee.cancelled {
        return fee_words::CANCELLED.fill(lang, &[("reason", reason)]);
    }
    let Some(payment) = &fee.paid else {
        let state = if fee.line.amount == 0 { fee_words::EXEMPTED } else { words::NOT_PAID };
        return state.say(lang).to_owned();
    };
    let when = crate::domain::calendar::words::instant_short(payment.at);
    let how = method(payment.method).say(lang).to_lowercase();
    match &payment.receipt_number {
        Some(number) => {
            words::PAID_RECEIPT.fill(lang, &[("when", &when), ("how", &how), ("number", number)])
        }
        None => words::PAID.fill(lang, &[("when", &when), ("how", &how)]),
    }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::money;

    #[test]
    fn money_is_grouped_the_vietnamese_way() {
        assert_eq!(
            (money(999), money(20_000), money(1_250_000)),
            ("999".into(), "20.000".into(), "1.250.000".into())
        );
    }
}
