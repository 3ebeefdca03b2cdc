//! From a command and the state to events or a refusal. The checks come in the order of the
//! contract: not yours to see, role, version, status and stage, contents.

use jiff::Timestamp;

use super::action::Action;
use super::actor::{Actor, Directory};
use super::command::{Command, Request};
use super::event::Event;
use super::stages::check_stage;
use super::state::Dossier;
use super::{
    accept, add_papers, answer_consultation, approve, assign, cancel_payment_request, certify,
    change_procedure, complete_step, consult, correct, deliver, extend, finish, issue_number,
    receive_result, record_payment, refuse, request_correction, request_payment,
    request_supplement, request_withdrawal, return_for_rework, return_papers, reverse_payment,
    steps, stop, submit_for_approval, supplement, transfer, transfers, void, withdrawal, words,
};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::rules::RulePack;
use crate::domain::words::Message;

/// Longest reason, note, question or answer, in characters.
pub const MAX_TEXT: usize = 4_000;

/// What a decision may know beside the dossier.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The instant that the writer stamps.
    pub now: Timestamp,
    /// Who asks.
    pub actor: &'a Actor,
    /// The pack under which the dossier was received, or the one in force.
    pub rules: &'a RulePack,
    /// The rest of the world.
    pub directory: &'a dyn Directory,
}

/// Decides a command on a dossier. Pure: the same arguments give the same answer.
///
/// # Errors
/// A [`Refusal`] that says why; nothing has changed then.
pub fn decide(
    dossier: &Dossier,
    request: &Request,
    ctx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let action = request.command.action();
    decide_any(dossier, request, ctx).map_err(|refusal| named(refusal, action, ctx.rules))
}

/// A refusal names its rule: what refuses by none of its own, by that of the action.
fn named(refusal: Refusal, action: Action, rules: &RulePack) -> Refusal {
    let is_of_law = !matches!(refusal.kind, RefusalKind::NotFound | RefusalKind::Conflict);
    match refusal.rule {
        None if is_of_law => refusal.by_rule(rules.source(action.id())),
        _ => refusal,
    }
}

fn decide_any(
    dossier: &Dossier,
    request: &Request,
    ctx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let action = request.command.action();
    check_actor(dossier, action, ctx.actor)?;
    check_command(dossier, &request.command, ctx.actor)?;
    if request.version != dossier.version {
        return Err(words::changed(dossier.version, request.version));
    }
    check_status(dossier, action, ctx.rules)?;
    check_stage(dossier, action, ctx.actor)?;
    let note = request.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    if let Some(note) = note {
        check_length("note", note)?;
    }
    let events = decide_contents(dossier, &request.command, ctx)?;
    let mut events = steps::with_steps(dossier, events, ctx)?;
    match note {
        Some(note) => events.push(Event::Noted { text: note.to_owned() }),
        None if action == Action::Note => {
            return Err(Refusal::field("note", words::NOTE_MISSING));
        }
        None => {}
    }
    Ok(events)
}

/// Why an actor may not do an action to a dossier now, for the list of possible actions.
///
/// # Errors
/// The refusal that the command would meet before its contents are looked at.
pub fn check_possible(
    dossier: &Dossier,
    action: Action,
    actor: &Actor,
    rules: &RulePack,
) -> Result<(), Refusal> {
    check_any(dossier, action, actor, rules).map_err(|refusal| named(refusal, action, rules))
}

fn check_any(
    dossier: &Dossier,
    action: Action,
    actor: &Actor,
    rules: &RulePack,
) -> Result<(), Refusal> {
    check_actor(dossier, action, actor)?;
    check_status(dossier, action, rules)?;
    check_stage(dossier, action, actor)?;
    match action {
        Action::RequestSupplement => request_supplement::check_limit(dossier, rules),
        Action::Extend => extend::check_limit(dossier, rules),
        Action::Certify => certify::check_kind(dossier, rules),
        _ => Ok(()),
    }
}

fn check_actor(dossier: &Dossier, action: Action, actor: &Actor) -> Result<(), Refusal> {
    if !actor.sees(dossier) {
        return Err(Refusal::new(RefusalKind::NotFound, words::NOT_YOURS));
    }
    if action.allows(actor, dossier) {
        return Ok(());
    }
    Err(may_not(action))
}

/// The actor may do the action, but not like this: what the table says beside the role.
fn check_command(dossier: &Dossier, command: &Command, actor: &Actor) -> Result<(), Refusal> {
    match command {
        Command::AnswerConsultation { number, .. } => {
            answer_consultation::check_asked(dossier, *number, actor)
        }
        Command::CompleteStep { step } => complete_step::check_doer(dossier, step.as_ref(), actor),
        Command::Deliver(delivery) => deliver::check_hand(delivery.channel, actor),
        _ => Ok(()),
    }
}

/// The actor's role does not allow the action.
pub(super) fn may_not(action: Action) -> Refusal {
    let text = words::ROLE_MAY_NOT.text_with(&[("action", action.name())]);
    Refusal::new(RefusalKind::Forbidden, text)
}

fn check_status(dossier: &Dossier, action: Action, rules: &RulePack) -> Result<(), Refusal> {
    if action.fits(dossier) {
        return Ok(());
    }
    let text = words::IMPOSSIBLE
        .text_with(&[("status", dossier.status.name()), ("action", action.name())]);
    Err(Refusal::new(RefusalKind::Impossible, text).by_rule(rules.source("statuses")))
}

fn decide_contents(
    dossier: &Dossier,
    command: &Command,
    ctx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let one = |event: Event| vec![event];
    Ok(match command {
        Command::Accept { components } => one(accept::decide(dossier, components, ctx)?),
        Command::Refuse { reason } => one(refuse::decide(reason)?),
        Command::RequestSupplement { items, due_at } => {
            one(request_supplement::decide(dossier, items, *due_at, ctx)?)
        }
        Command::Supplement { attachments, text, promised } => {
            one(supplement::decide(dossier, attachments, text.as_deref(), promised, ctx)?)
        }
        Command::AddPapers { attachments } => one(add_papers::decide(dossier, attachments, ctx)?),
        Command::Transfer { agency, reason } => {
            one(transfer::decide(dossier, agency, reason, ctx)?)
        }
        Command::ChangeProcedure { procedure, reason } => {
            change_procedure::decide(dossier, procedure, reason, ctx)?
        }
        Command::Assign { to, unit } => {
            one(Event::Assigned { to: assign::holder(dossier, to, unit, ctx)? })
        }
        Command::Forward { to, unit } => {
            one(Event::Forwarded { to: assign::holder(dossier, to, unit, ctx)? })
        }
        Command::Consult { agency, unit, question, due_at, shares } => {
            let asked = (agency.as_ref(), unit.as_ref());
            one(consult::decide(dossier, asked, question, *due_at, shares, ctx)?)
        }
        Command::AnswerConsultation { number, answer, attachments } => {
            one(answer_consultation::decide(dossier, *number, answer, attachments)?)
        }
        Command::SubmitForApproval { draft, attachments } => {
            one(submit_for_approval::decide(draft.as_deref(), attachments)?)
        }
        Command::Approve => one(approve::decide()),
        Command::ReturnForRework { reason } => one(return_for_rework::decide(reason)?),
        Command::IssueNumber { number, date } => one(issue_number::decide(number, *date, ctx.now)?),
        Command::CompleteStep { step } => {
            one(complete_step::decide(dossier, step.as_ref(), ctx.actor)?)
        }
        Command::RequestPayment(asking) => one(request_payment::decide(dossier, asking, ctx)?),
        Command::RecordPayment(paying) => one(record_payment::decide(dossier, paying, ctx)?),
        Command::ReversePayment { payment, reason, instead } => {
            one(reverse_payment::decide(dossier, *payment, reason, instead.as_ref())?)
        }
        Command::CancelPaymentRequest { request, reason } => {
            one(cancel_payment_request::decide(dossier, *request, reason, ctx)?)
        }
        Command::DeclareTransfer { amount } => one(transfers::declare(dossier, *amount)?),
        Command::RejectTransfer { reason } => one(transfers::reject(reason)?),
        other => return decide_ending(dossier, other, ctx),
    })
}

fn decide_ending(
    dossier: &Dossier,
    command: &Command,
    ctx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let one = |event: Event| vec![event];
    Ok(match command {
        Command::Extend { due_at, reason } => one(extend::decide(dossier, *due_at, reason, ctx)?),
        Command::RequestWithdrawal { reason } => one(request_withdrawal::decide(reason)?),
        Command::ApproveWithdrawal => one(Event::WithdrawalApproved),
        Command::RejectWithdrawal { reason } => one(withdrawal::reject(dossier, reason, ctx)?),
        Command::Stop { reason, decision_number } => {
            one(stop::decide(dossier, reason, decision_number.as_deref(), ctx)?)
        }
        Command::Finish { favourable, name, number, reason, form, collect_reason, attachments } => {
            let (favourable, form) = (*favourable, *form);
            let result = finish::Result { favourable, name, number, reason, form, collect_reason };
            one(finish::decide(dossier, result, attachments)?)
        }
        Command::ReceiveResult => one(receive_result::decide()),
        Command::Deliver(delivery) => one(deliver::decide(dossier, delivery)?),
        Command::Certify { order, numbers } => {
            certify::decide(dossier, order.as_ref(), numbers, ctx)?
        }
        Command::ReturnPapers { items, received_by } => {
            one(return_papers::decide(items, received_by)?)
        }
        Command::Correct { changes, reason } => {
            one(correct::decide(dossier, changes, reason, ctx)?)
        }
        Command::RequestCorrection { changes, reason } => {
            one(request_correction::decide(dossier, changes, reason, ctx)?)
        }
        Command::RejectCorrection { reason } => one(request_correction::reject(reason)?),
        Command::CorrectResult { changes, reason } => {
            one(correct::decide_result(dossier, changes, reason, ctx)?)
        }
        Command::Void { reason } => one(void::decide(reason)?),
        // Everything else was decided above.
        _ => Vec::new(),
    })
}

/// The text, trimmed; refused at `field` when it is empty or too long.
pub(super) fn required(field: &str, text: &str, missing: Message) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::field(field, missing));
    }
    check_length(field, text)?;
    Ok(text.to_owned())
}

/// Refuses a text that is longer than [`MAX_TEXT`].
pub(super) fn check_length(field: &str, text: &str) -> Result<(), Refusal> {
    if text.chars().count() > MAX_TEXT {
        let max = MAX_TEXT.to_string();
        return Err(Refusal::field(field, words::TOO_LONG.text(&[("max", &max)])));
    }
    Ok(())
}

/// The optional text, trimmed, or none when it is empty.
pub(super) fn optional(field: &str, text: Option<&str>) -> Result<Option<String>, Refusal> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if let Some(text) = text {
        check_length(field, text)?;
    }
    Ok(text.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use crate::domain::agency::Role;
    use crate::domain::dossier::fixture::{
        Case, STRANGER, approver, processor, receptionist, stop, told,
    };
    use crate::domain::dossier::{Command, Event, Status};
    use crate::domain::refusal::RefusalKind;

    #[test]
    fn the_checks_come_in_the_order_of_the_contract() {
        let case = Case::in_status(Status::ResultReturned);
        let kind = |actor, command, version| {
            let request = super::Request { version, command, note: None };
            told(case.decide(&actor, &request).unwrap_err()).0
        };
        let nameless = || Command::Stop { reason: String::new(), decision_number: None };
        let (now, stranger) =
            (case.dossier.version, super::super::fixture::staff(Role::Approver, STRANGER));
        assert_eq!(kind(stranger, nameless(), 0), RefusalKind::NotFound);
        assert_eq!(kind(processor(), nameless(), 0), RefusalKind::Forbidden);
        assert_eq!(kind(approver(), nameless(), 0), RefusalKind::Conflict);
        assert_eq!(kind(approver(), nameless(), now), RefusalKind::Impossible);
    }

    #[test]
    fn a_note_goes_with_any_action_and_alone() {
        let case = Case::processing();
        let mut request = case.request(stop());
        request.note = Some(" Đã gọi điện ".to_owned());
        let events = case.decide(&approver(), &request).unwrap();
        assert_eq!(events[1], Event::Noted { text: "Đã gọi điện".to_owned() });
        let mut request = case.request(Command::Note);
        assert_eq!(told(case.decide(&receptionist(), &request).unwrap_err()).1, "note");
        request.note = Some("x".to_owned());
        assert_eq!(case.decide(&receptionist(), &request).unwrap().len(), 1);
    }

    #[test]
    fn every_refusal_of_the_law_names_its_rule() {
        let case = Case::processing();
        let reasonless = Command::Stop { reason: String::new(), decision_number: None };
        for (actor, command) in
            [(receptionist(), stop()), (approver(), Command::Approve), (approver(), reasonless)]
        {
            let refusal = case.decide(&actor, &case.request(command)).unwrap_err();
            assert!(refusal.rule.is_some(), "{refusal:?}");
        }
    }

    #[test]
    fn a_refusal_speaks_both_languages() {
        let refusal =
            Case::online().decide(&approver(), &Case::online().request(stop())).unwrap_err();
        assert!(
            refusal.text.vi.contains("“Mới đăng ký”")
                && refusal.text.vi.contains("“Dừng giải quyết”")
        );
        assert!(refusal.text.en.contains("“Registered”") && refusal.text.en.contains("“Stop”"));
    }
}
