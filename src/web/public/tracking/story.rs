//! The time line: what happened, in plain words, by which unit; what is expected next on top.

use super::present::{View, paper_name};
use crate::domain::absence::in_whose_place;
use crate::domain::agency::Role;
use crate::domain::calendar::words::{capitalised, date_long, date_short, instant_short};
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Change, Directory, Event, Holder, Status, SupplementItem};
use crate::domain::ids::{AgencyCode, StepId, UserName};
use crate::domain::words::Message;
use crate::office::tracking::{Happened, TrackedPart};
use crate::web::public::page::money;
use crate::web::restating::form_of;
use crate::web::stated;
use crate::web::words::{linking, public_tracking as words};

/// One line of it, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// When.
    pub when: String,
    /// When, for machines.
    pub datetime: String,
    /// What.
    pub what: String,
    /// Which unit.
    pub by: String,
    /// The reason that was given.
    pub note: String,
    /// Whether it is still to come.
    pub expected: bool,
    /// The order in time.
    pub at: jiff::Timestamp,
}

/// The lines of a dossier and of its parts together, newest first; those of parts say whose they are.
pub(super) fn combined(view: &View<'_>, parts: &[TrackedPart]) -> Vec<Line> {
    let mut all = lines(view);
    for part in parts {
        let Some((dossier, history)) = &part.open else { continue };
        let of_part = View { dossier, history, ..*view };
        let procedure = dossier.procedure_name.as_str();
        all.extend(lines(&of_part).into_iter().map(|line| {
            let values = [("procedure", procedure), ("what", line.what.as_str())];
            Line { what: linking::PART_OF.fill(view.lang, &values), ..line }
        }));
    }
    // What is expected stands on top; the sort keeps the order of what happened at once.
    all.sort_by(|a, b| b.expected.cmp(&a.expected).then(b.at.cmp(&a.at)));
    all
}

/// The lines of one dossier, newest first.
pub(super) fn lines(view: &View<'_>) -> Vec<Line> {
    let mut lines: Vec<Line> = expected(view).into_iter().collect();
    let mut holder = Holder::default();
    let mut past: Vec<Line> = Vec::with_capacity(view.history.len());
    for happened in view.history {
        if let Event::Assigned { to } | Event::Forwarded { to } = &happened.event {
            holder = to.clone();
        }
        let Some((what, note)) = told(view, happened) else { continue };
        let line = Line {
            when: instant_short(happened.at),
            datetime: happened.at.to_string(),
            what,
            by: by(view, happened, &holder),
            note,
            expected: false,
            at: happened.at,
        };
        // What a withdrawal leads to is a line of its own.
        let stopped = happened.status == Status::Stopped
            && matches!(
                happened.event,
                Event::WithdrawalRequested { .. } | Event::WithdrawalApproved
            );
        let after = stopped.then(|| Line {
            what: words::H_STOPPED_ASKED.say(view.lang).to_owned(),
            by: String::new(),
            note: String::new(),
            ..line.clone()
        });
        past.push(line);
        past.extend(after);
    }
    lines.extend(past.into_iter().rev());
    lines
}

/// What happened after a version, oldest first: what somebody who saw that version does not know.
pub(super) fn since(view: &View<'_>, version: u64) -> Vec<Line> {
    let later = view.history.iter().filter(|happened| happened.version > version);
    let line = |happened: &Happened| {
        let (what, note) = told(view, happened)?;
        let (when, datetime) = (instant_short(happened.at), happened.at.to_string());
        let by = String::new();
        Some(Line { when, datetime, what, by, note, expected: false, at: happened.at })
    };
    later.filter_map(line).collect()
}

fn expected(view: &View<'_>) -> Option<Line> {
    let (dossier, lang) = (view.dossier, view.lang);
    let asked = dossier.supplement.as_ref().and_then(|supplement| supplement.due_at);
    let you = || words::YOURSELF.say(lang).to_owned();
    let (message, by, due) = match dossier.status {
        Status::Registered => (words::H_EXPECTED_ANSWER, view.section(), dossier.clock.due_at),
        Status::Received | Status::Processing => {
            (words::H_EXPECTED_RESULT, view.section(), dossier.clock.due_at)
        }
        Status::SupplementRequired => (words::H_EXPECTED_SUPPLEMENT, you(), asked),
        Status::PaymentRequired => (words::H_EXPECTED_PAYMENT, you(), None),
        Status::WithdrawalRequested => (words::H_EXPECTED_WITHDRAWAL, view.unit(), None),
        _ => return None,
    };
    // A date that has passed is no expectation.
    let due = due.filter(|due| *due > view.now);
    Some(Line {
        when: due.map(|due| capitalised(&date_long(due, lang))).unwrap_or_default(),
        datetime: due.map(|due| due.to_string()).unwrap_or_default(),
        what: message.say(lang).to_owned(),
        by,
        note: String::new(),
        expected: true,
        at: due.unwrap_or(view.now),
    })
}

/// The unit that did it: the applicant is told no officer's name.
fn by(view: &View<'_>, happened: &Happened, holder: &Holder) -> String {
    if happened.actor == "applicant" {
        return words::APPLICANT_DID.say(view.lang).to_owned();
    }
    let dossier = view.dossier;
    let at_section = matches!(
        happened.event,
        Event::Submitted(_)
            | Event::Received(_)
            | Event::Refused { .. }
            | Event::Supplemented { .. }
            | Event::SupplementPromised { .. }
            | Event::Corrected { .. }
            | Event::CorrectionRejected { .. }
            | Event::Transferred { .. }
            | Event::ResultReceived
            | Event::Delivered(_)
            | Event::PapersReturned { .. }
    );
    let staff = view.world.staff(&UserName::from(in_whose_place(&happened.actor).0));
    // A part of another agency is given on by that agency.
    let elsewhere = staff.is_some_and(|staff| staff.agency != dossier.receiving_agency);
    if at_section || (matches!(happened.event, Event::Assigned { .. }) && !elsewhere) {
        return view.section();
    }
    let own = staff.and_then(|staff| view.world.agency(&staff.agency));
    let decides = matches!(
        happened.event,
        Event::Approved
            | Event::ReturnedForRework { .. }
            | Event::Extended { .. }
            | Event::Stopped { .. }
    );
    if let (Some(staff), Some(agency)) = (staff, own) {
        if decides && staff.is(Role::Approver) {
            return words::LEADERS.fill(view.lang, &[("agency", &agency.name)]);
        }
        let unit = staff.unit.as_ref().and_then(|unit| agency.unit(unit));
        return match unit {
            Some(unit) if elsewhere => format!("{}, {}", unit.name, agency.name),
            Some(unit) => unit.name.clone(),
            None => agency.name.clone(),
        };
    }
    // The account is gone: the unit that held the dossier then.
    let Some(agency) = view.world.agency(&dossier.competent_agency) else { return String::new() };
    let unit = holder.unit.as_ref().and_then(|unit| agency.unit(unit));
    unit.map_or_else(|| agency.name.clone(), |unit| unit.name.clone())
}

/// What an event says to the applicant, and the reason given; none for what is internal.
fn told(view: &View<'_>, happened: &Happened) -> Option<(String, String)> {
    let (lang, event) = (view.lang, &happened.event);
    let plain = |message: Message| Some((message.say(lang).to_owned(), String::new()));
    let because =
        |message: Message, reason: &str| Some((message.say(lang).to_owned(), reason.to_owned()));
    match event {
        Event::Submitted(submitted) => plain(filed(submitted.channel)),
        Event::Received(_) => plain(words::H_RECEIVED),
        Event::Refused { reason } => because(words::H_REFUSED, reason),
        Event::SupplementRequested { items, .. } => {
            let reasons: Vec<String> = items.iter().map(|item| asked(view, item)).collect();
            because(words::H_SUPPLEMENT_ASKED, &reasons.join("\n"))
        }
        Event::Supplemented { text, .. } => because(supplemented(happened), text_of(text)),
        Event::SupplementPromised { text, .. } => because(words::H_PROMISED, text_of(text)),
        Event::Transferred { agency, reason, .. } => {
            let name = agency_name(view, agency);
            Some((words::H_TRANSFERRED.fill(lang, &[("agency", &name)]), reason.clone()))
        }
        Event::ProcedureChanged { procedure_name, reason, .. } => {
            let what = words::H_PROCEDURE.fill(lang, &[("procedure", procedure_name)]);
            Some((what, reason.clone()))
        }
        Event::Assigned { to } | Event::Forwarded { to } => {
            Some((assigned(view, to), String::new()))
        }
        Event::Consulted { agency, .. } => Some((consulted(view, agency), String::new())),
        Event::ConsultationAnswered { .. } => plain(words::H_ANSWERED),
        Event::SubmittedForApproval { .. } => plain(words::H_TO_APPROVER),
        Event::Approved => plain(words::H_APPROVED),
        // Why an approver sends work back is said among colleagues.
        Event::ReturnedForRework { .. } => plain(words::H_REWORK),
        Event::NumberIssued { number, .. } => {
            Some((words::H_NUMBERED.fill(lang, &[("number", number)]), String::new()))
        }
        Event::PaymentRequested { .. }
        | Event::PaymentRecorded { .. }
        | Event::PaymentReversed { .. }
        | Event::PaymentRequestCancelled { .. }
        | Event::TransferDeclared { .. }
        | Event::TransferRejected { .. } => of_money(view, event),
        Event::Extended { due_at, reason } => {
            Some((dated(view, words::H_EXTENDED, *due_at), reason.clone()))
        }
        Event::DueDateMoved { due_at, reason } => {
            Some((dated(view, words::H_DUE_MOVED, *due_at), reason.clone()))
        }
        Event::WithdrawalRequested { reason } => because(words::H_WITHDRAWAL, reason),
        Event::WithdrawalApproved => plain(words::H_WITHDRAWN),
        Event::WithdrawalRejected { reason, .. } => because(words::H_NOT_WITHDRAWN, reason),
        Event::Stopped { reason, .. } => because(words::H_STOPPED, reason),
        Event::Finished { outcome, .. } if outcome.favourable => plain(words::H_FINISHED),
        Event::Finished { outcome, .. } => {
            because(words::H_FINISHED_REFUSED, outcome.reason.as_deref().unwrap_or_default())
        }
        Event::ResultReceived => plain(words::H_AT_SECTION),
        Event::Delivered(_) => plain(words::H_DELIVERED),
        Event::PapersReturned { .. } => plain(words::H_PAPERS_BACK),
        Event::ResultCorrected { reason, .. } => because(words::H_RESULT_CORRECTED, reason),
        Event::Voided { reason } => because(words::H_VOIDED, reason),
        Event::AttachmentAdded { attachment } => {
            Some((words::H_FILE.fill(lang, &[("name", &attachment.name)]), String::new()))
        }
        Event::LinksPlanned { .. } | Event::LinkOpened { .. } => of_links(view, event),
        Event::StepCompleted { step } => step_done(view, step),
        other => own(view, other).or_else(|| certified(other).and_then(plain)),
    }
}

/// Whose opinion is asked.
fn consulted(view: &View<'_>, agency: &AgencyCode) -> String {
    let name = agency_name(view, agency);
    words::H_CONSULTED.fill(view.lang, &[("agency", &name)])
}

/// What follows the dossier at other agencies.
fn of_links(view: &View<'_>, event: &Event) -> Option<(String, String)> {
    let lang = view.lang;
    match event {
        Event::LinksPlanned { links } => {
            let names: Vec<&str> = links.iter().map(|l| l.procedure_name.as_str()).collect();
            Some((
                linking::PLANNED_EVENT.fill(lang, &[("names", &names.join("; "))]),
                String::new(),
            ))
        }
        Event::LinkOpened { number, code, .. } => {
            let link = view.dossier.links.iter().find(|link| link.number == *number);
            let name = link.map_or("", |link| link.procedure_name.as_str());
            let values = [("code", code.as_str()), ("name", name)];
            Some((linking::OPENED_EVENT.fill(lang, &values), String::new()))
        }
        _ => None,
    }
}

/// What the applicant did of their own accord, and the answers to it.
fn own(view: &View<'_>, event: &Event) -> Option<(String, String)> {
    let (message, note) = match event {
        Event::Corrected { changes, reason } => {
            (words::H_CORRECTED, corrected(view, changes, reason))
        }
        Event::CorrectionRequested { changes, reason } => {
            (words::H_CORRECTION_ASKED, corrected(view, changes, reason))
        }
        Event::CorrectionRejected { reason } => (words::H_CORRECTION_REJECTED, reason.clone()),
        Event::PapersAdded { attachments, .. } => {
            let names: Vec<&str> = attachments.iter().map(|file| file.name.as_str()).collect();
            (words::H_PAPERS_ADDED, names.join("\n"))
        }
        _ => return None,
    };
    Some((message.say(view.lang).to_owned(), note))
}

/// What certification says; what else there is happens among colleagues.
fn certified(event: &Event) -> Option<Message> {
    match event {
        Event::CertificationAsked { .. } => Some(words::H_CERTIFICATION_ASKED),
        Event::Certified { .. } => Some(words::H_CERTIFIED),
        _ => None,
    }
}

const fn filed(channel: Channel) -> Message {
    match channel {
        Channel::Online => words::H_SUBMITTED,
        Channel::Counter => words::H_SUBMITTED_COUNTER,
        Channel::Post => words::H_SUBMITTED_POST,
    }
}

/// What is said of money.
fn of_money(view: &View<'_>, event: &Event) -> Option<(String, String)> {
    let said = |message: Message, reason: &str| {
        Some((message.say(view.lang).to_owned(), reason.to_owned()))
    };
    match event {
        Event::PaymentRequested { .. } => said(words::H_FEES, ""),
        Event::PaymentRecorded { .. } => said(words::H_PAID, ""),
        // Why is between the cashier and who audits the books.
        Event::PaymentReversed { .. } => said(words::H_PAYMENT_REVERSED, ""),
        Event::PaymentRequestCancelled { reason, .. } => said(words::H_FEES_CANCELLED, reason),
        Event::TransferDeclared { amount } => {
            Some((words::H_DECLARED.fill(view.lang, &[("amount", &money(*amount))]), String::new()))
        }
        Event::TransferRejected { reason } => said(words::H_TRANSFER_REJECTED, reason),
        _ => None,
    }
}

/// Both values of each field, and why.
fn corrected(view: &View<'_>, changes: &[Change], reason: &str) -> String {
    let mut lines = stated::changed(changes, form_of(view.world, view.dossier), view.lang);
    lines.push(words::H_BECAUSE.fill(view.lang, &[("reason", reason)]));
    lines.join("\n")
}

fn step_done(view: &View<'_>, step: &StepId) -> Option<(String, String)> {
    let mut steps = view.dossier.run.iter().flat_map(|run| &run.process.steps);
    let name = steps.find(|known| known.id == *step)?.name.as_str();
    Some((words::H_STEP.fill(view.lang, &[("step", name)]), String::new()))
}

/// Who sent a supplement in reads so.
fn supplemented(happened: &Happened) -> Message {
    if happened.actor == "applicant" { words::H_SUPPLEMENT_SENT } else { words::H_SUPPLEMENTED }
}

fn text_of(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or_default()
}

/// A missing thing with the paper that it is about.
pub(super) fn asked(view: &View<'_>, item: &SupplementItem) -> String {
    let paper = item.component.as_ref();
    match paper.and_then(|paper| paper_name(view.world, view.dossier, paper)) {
        Some(paper) => format!("{paper}: {}", item.reason),
        None => item.reason.clone(),
    }
}

/// A sentence with a due date.
fn dated(view: &View<'_>, message: Message, due_at: jiff::Timestamp) -> String {
    message.fill(view.lang, &[("when", &date_long(due_at, view.lang))])
}

fn agency_name(view: &View<'_>, code: &AgencyCode) -> String {
    view.world.agency(code).map_or_else(|| code.to_string(), |agency| agency.name.clone())
}

fn assigned(view: &View<'_>, to: &Holder) -> String {
    let agency = view.world.agency(&view.dossier.competent_agency);
    let unit = to.unit.as_ref().and_then(|unit| agency.and_then(|agency| agency.unit(unit)));
    match unit {
        Some(unit) => words::H_ASSIGNED.fill(view.lang, &[("unit", &unit.name)]),
        None => words::H_ASSIGNED_PLAIN.say(view.lang).to_owned(),
    }
}

/// The day of a payment.
pub(super) fn day(at: jiff::Timestamp) -> String {
    date_short(crate::domain::calendar::local(at).date())
}
