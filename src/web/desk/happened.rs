//! The time line of the desk: who did what, when, with the traces that prove it.

use maud::{Markup, html};

use super::access::Desk;
use super::dossier::Seen;
use super::say;
use crate::domain::calendar::words::{date_long, date_short, instant_short};
use crate::domain::dossier::{Event, Holder};
use crate::domain::fee::dong;
use crate::domain::form::Declaration;
use crate::domain::ids::StepId;
use crate::domain::process::StepDue;
use crate::domain::words::Lang;
use crate::office::reading::ChainedEvent;
use crate::office::world::World;
use crate::web::restating::form_of;
use crate::web::stated;
use crate::web::words::desk as words;
use crate::web::words::desk_events as events;
use crate::web::words::fees as fee_words;
use crate::web::words::linking;

/// Newest first.
pub fn time_line(desk: &Desk, seen: &Seen) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    html! {
        ol.time-line {
            @for recorded in seen.history.iter().rev() {
                li { (entry(lang, &world, seen, recorded)) }
            }
        }
    }
}

fn entry(lang: Lang, world: &World, seen: &Seen, recorded: &ChainedEvent) -> Markup {
    let note = note(lang, world, seen, &recorded.event);
    html! {
        p.what { (events::name(&recorded.event).say(lang)) }
        p.when {
            time datetime=(recorded.link.at) { (instant_short(recorded.link.at)) }
            " · " (say::actor(lang, world, &recorded.link.actor))
        }
        @if !note.is_empty() { p.as-typed { (note) } }
        details.proof {
            summary { (words::PROOF.say(lang)) }
            dl.summary {
                (trace(words::SEQUENCE.say(lang), &recorded.link.sequence.to_string()))
                (trace(words::COMMIT.say(lang), &recorded.link.commit.to_string()))
                (trace(words::HASH.say(lang), &say::hex(&recorded.link.hash)))
                (trace(words::PREVIOUS_HASH.say(lang), &say::hex(&recorded.link.prev_hash)))
                (trace(words::SEALED.say(lang), &say::hex(&recorded.link.sealed_sha256)))
            }
        }
    }
}

fn trace(label: &str, value: &str) -> Markup {
    html! { div { dt { (label) } dd.code { (value) } } }
}

/// What was said or decided, in lines.
fn note(lang: Lang, world: &World, seen: &Seen, event: &Event) -> String {
    let until = |at: Option<jiff::Timestamp>| {
        at.map(|at| words::DUE_AFTER.fill(lang, &[("date", &date_long(at, lang))]))
    };
    let lines: Vec<Option<String>> = match event {
        Event::Submitted(submitted) => vec![until(submitted.answer_due_at)],
        Event::Received(receipt) => vec![until(receipt.due_at)],
        Event::SupplementRequested { items, due_at } => {
            let item = |item: &crate::domain::dossier::SupplementItem| {
                let paper = item.component.as_ref().and_then(|id| seen.dossier.paper(id));
                let name = paper.map(|paper| format!("{}: ", paper.name)).unwrap_or_default();
                Some(format!("{name}{}", item.reason))
            };
            items.iter().map(item).chain([until(*due_at)]).collect()
        }
        Event::Supplemented { attachments, text, due_at } => {
            let names = attachments.iter().map(|file| Some(file.name.clone()));
            names.chain([text.clone(), until(*due_at)]).collect()
        }
        Event::SupplementPromised { attachments, text, .. } => {
            let names = attachments.iter().map(|file| Some(file.name.clone()));
            names.chain([text.clone()]).collect()
        }
        Event::Transferred { agency, reason, due_at } => {
            vec![Some(say::agency_name(world, agency)), Some(reason.clone()), until(*due_at)]
        }
        Event::ProcedureChanged { procedure_name, reason, due_at, .. } => {
            vec![Some(procedure_name.clone()), Some(reason.clone()), until(*due_at)]
        }
        Event::Assigned { to } | Event::Forwarded { to } => vec![Some(held(world, seen, to))],
        Event::Consulted { agency, unit, question, due_at, .. } => {
            let who = match unit {
                Some(unit) => say::unit_name(world, agency, unit),
                None => say::agency_name(world, agency),
            };
            vec![Some(who), Some(question.clone()), until(Some(*due_at))]
        }
        Event::ConsultationAnswered { number, answer, attachments } => {
            let asked = seen.dossier.consultations.iter().find(|asked| asked.number == *number);
            let late = asked.is_some_and(|asked| asked.was_late());
            let names = attachments.iter().map(|file| Some(file.name.clone()));
            let late = late.then(|| linking::LATE_ANSWER.say(lang).to_owned());
            std::iter::once(Some(answer.clone())).chain(names).chain([late]).collect()
        }
        Event::NumberIssued { number, date } => {
            vec![Some(format!("{number}, {}", date_short(*date)))]
        }
        Event::Extended { due_at, reason } | Event::DueDateMoved { due_at, reason } => {
            vec![Some(reason.clone()), until(Some(*due_at))]
        }
        Event::WithdrawalRejected { reason, due_at } => {
            vec![Some(reason.clone()), until(*due_at)]
        }
        Event::Refused { reason }
        | Event::ReturnedForRework { reason }
        | Event::WithdrawalRequested { reason }
        | Event::CorrectionRejected { reason }
        | Event::Voided { reason } => vec![Some(reason.clone())],
        Event::Stopped { reason, decision_number } => {
            vec![Some(reason.clone()), decision_number.clone()]
        }
        Event::ProcessBegun { process } => {
            vec![Some(words::PROCESS_VERSION.fill(lang, &[("n", &process.version.to_string())]))]
        }
        Event::StepCompleted { step } => vec![Some(step_name(seen, step))],
        Event::StepsDue { due } => due.iter().map(|due| Some(step_due(lang, seen, due))).collect(),
        other => money_and_results(lang, form_of(world, &seen.dossier), other),
    };
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn step_due(lang: Lang, seen: &Seen, due: &StepDue) -> String {
    let (step, date) = (step_name(seen, &due.step), date_long(due.due_at, lang));
    words::STEP_DUE.fill(lang, &[("step", &step), ("date", &date)])
}

fn step_name(seen: &Seen, step: &StepId) -> String {
    let mut steps = seen.dossier.run.iter().flat_map(|run| &run.process.steps);
    steps.find(|known| known.id == *step).map_or_else(|| step.to_string(), |s| s.name.clone())
}

fn money_and_results(lang: Lang, form: Option<&Declaration>, event: &Event) -> Vec<Option<String>> {
    match event {
        Event::PaymentRequested { fees } => {
            fees.iter().map(|fee| Some(format!("{}: {}", fee.name, dong(fee.amount)))).collect()
        }
        Event::PaymentRecorded { method, receipt_number, .. } => {
            vec![Some(say::method(*method).say(lang).to_owned()), receipt_number.clone()]
        }
        Event::PaymentReversed { reason, instead, .. } => {
            let instead = instead.as_ref().map(|instead| {
                let how = say::method(instead.method).say(lang).to_lowercase();
                fee_words::RECORDED_INSTEAD.fill(lang, &[("how", &how)])
            });
            vec![Some(reason.clone()), instead]
        }
        Event::PaymentRequestCancelled { reason, .. } | Event::TransferRejected { reason } => {
            vec![Some(reason.clone())]
        }
        Event::TransferDeclared { amount } => vec![Some(dong(*amount))],
        Event::Finished { outcome, attachments } => {
            let kind = if outcome.favourable { words::GRANTED } else { words::DENIED };
            let files = attachments.iter().map(|file| Some(file.name.clone()));
            [
                Some(kind.say(lang).to_owned()),
                Some(outcome.name.clone()),
                outcome.number.clone(),
                outcome.reason.clone(),
                outcome.collect_reason.clone(),
            ]
            .into_iter()
            .chain(files)
            .collect()
        }
        Event::SubmittedForApproval { draft, attachments } => {
            let names = attachments.iter().map(|file| Some(file.name.clone()));
            std::iter::once(draft.clone()).chain(names).collect()
        }
        Event::Delivered(delivery) => {
            let how = say::channel(delivery.channel).say(lang).to_owned();
            let mut lines = vec![Some(how)];
            lines.extend(say::taken(lang, delivery).into_iter().map(Some));
            lines
        }
        Event::PapersReturned { items, received_by } => {
            items.iter().cloned().map(Some).chain([Some(received_by.clone())]).collect()
        }
        Event::Corrected { changes, reason }
        | Event::CorrectionRequested { changes, reason }
        | Event::ResultCorrected { changes, reason } => {
            let lines = stated::changed(changes, form, lang).into_iter();
            lines.chain([reason.clone()]).map(Some).collect()
        }
        Event::PapersAdded { attachments, .. } => {
            attachments.iter().map(|file| Some(file.name.clone())).collect()
        }
        Event::Noted { text } => vec![Some(text.clone())],
        Event::AttachmentAdded { attachment } => vec![Some(attachment.name.clone())],
        other => links_and_certificates(lang, other),
    }
}

fn links_and_certificates(lang: Lang, event: &Event) -> Vec<Option<String>> {
    match event {
        Event::LinksPlanned { links } => {
            links.iter().map(|link| Some(link.procedure_name.clone())).collect()
        }
        Event::LinkOpened { code, .. } => vec![Some(code.to_string())],
        Event::FilesConfirmed { by, .. } | Event::TakenOver { by } => vec![Some(by.clone())],
        Event::CertificationAsked { lines, .. } => {
            lines.iter().map(|line| Some(say::certified(lang, line, None))).collect()
        }
        Event::Certified { lines, signer, on } => {
            let lines = lines.iter().map(|line| Some(say::certified(lang, line, Some(*on))));
            lines.chain([Some(signer.clone())]).collect()
        }
        _ => Vec::new(),
    }
}

fn held(world: &World, seen: &Seen, to: &Holder) -> String {
    match (&to.user, &to.unit) {
        (Some(user), _) => say::staff_name(world, user.as_str()),
        (None, Some(unit)) => say::unit_name(world, &seen.dossier.competent_agency, unit),
        (None, None) => String::new(),
    }
}
