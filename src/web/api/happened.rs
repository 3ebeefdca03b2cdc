//! What happened to a dossier, as data. The lookup secret is never part of it.

use serde_json::{Value, json};

use super::names::{ChannelName, FeeKindName, MandateKindName, MethodName, TakerName};
use super::person::PersonBody;
use super::state::{AttachmentState, CertifiedState, ChangeState, PaperState};
use crate::domain::calendar::written;
use crate::domain::dossier::{Attachment, Change, Event, FeeLine, Holder, Link, Paper, Submitted};
use crate::office::answers::form_json;

/// The data of an event, with the fields of its kind.
pub fn data(event: &Event) -> Value {
    match event {
        Event::Submitted(submitted) => submission(submitted),
        Event::Received(receipt) => json!({
            "components": papers(&receipt.components),
            "duration": receipt.duration.map(|d| d.amount),
            "unit": receipt.duration.map(|d| super::names::UnitName::from(d.unit)),
            "due_at": receipt.due_at.map(written),
        }),
        Event::SupplementRequested { items, due_at } => json!({
            "items": items.iter().map(|item| json!({
                "component": item.component.as_ref().map(ToString::to_string),
                "reason": item.reason,
            })).collect::<Vec<_>>(),
            "due_at": due_at.map(written),
        }),
        Event::Supplemented { attachments, text, due_at } => json!({
            "attachments": files(attachments), "text": text, "due_at": due_at.map(written),
        }),
        Event::SupplementPromised { attachments, text, components } => json!({
            "attachments": files(attachments), "text": text,
            "components": components.iter().map(ToString::to_string).collect::<Vec<_>>(),
        }),
        Event::Transferred { agency, reason, due_at } => json!({
            "agency": agency.as_str(), "reason": reason, "due_at": due_at.map(written),
        }),
        Event::ProcedureChanged { procedure, procedure_name, field, reason, due_at, .. } => json!({
            "procedure": procedure.as_str(), "procedure_name": procedure_name, "field": field,
            "reason": reason, "due_at": due_at.map(written),
        }),
        Event::Assigned { to } | Event::Forwarded { to } => holder(to),
        Event::Consulted { agency, unit, question, due_at, shares } => json!({
            "agency": agency.as_str(), "unit": unit.as_ref().map(ToString::to_string),
            "question": question, "due_at": written(*due_at),
            "attachments": shares.iter().map(ToString::to_string).collect::<Vec<_>>(),
        }),
        Event::ConsultationAnswered { number, answer, attachments } => json!({
            "consultation": number, "answer": answer, "attachments": files(attachments),
        }),
        Event::SubmittedForApproval { draft, attachments } => json!({
            "draft": draft, "attachments": files(attachments),
        }),
        Event::NumberIssued { number, date } => json!({ "number": number, "date": date }),
        Event::ProcessBegun { process } => json!({
            "version": process.version,
            "steps": process.steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>(),
        }),
        Event::StepCompleted { step } => json!({ "step": step.as_str() }),
        Event::StepsDue { due } => json!({
            "steps": due.iter().map(|due| json!({
                "step": due.step.as_str(), "due_at": written(due.due_at),
            })).collect::<Vec<_>>(),
        }),
        Event::PaymentRequested { fees } => json!({ "fees": lines(fees) }),
        Event::PaymentRecorded { method, receipt_number, due_at, request } => json!({
            "method": MethodName::from(*method), "receipt_number": receipt_number,
            "due_at": due_at.map(written), "request": request,
        }),
        Event::PaymentReversed { number, reason, instead } => json!({
            "payment": number, "reason": reason,
            "method": instead.as_ref().map(|instead| MethodName::from(instead.method)),
            "receipt_number": instead.as_ref().and_then(|instead| instead.receipt_number.clone()),
        }),
        Event::PaymentRequestCancelled { request, reason, due_at } => json!({
            "request": request, "reason": reason, "due_at": due_at.map(written),
        }),
        Event::TransferDeclared { amount } => json!({ "amount": amount }),
        _ => data_of_ending(event),
    }
}

fn data_of_ending(event: &Event) -> Value {
    match event {
        Event::Refused { reason }
        | Event::ReturnedForRework { reason }
        | Event::WithdrawalRequested { reason }
        | Event::TransferRejected { reason }
        | Event::CorrectionRejected { reason }
        | Event::Voided { reason } => json!({ "reason": reason }),
        Event::Extended { due_at, reason } | Event::DueDateMoved { due_at, reason } => json!({
            "due_at": written(*due_at), "reason": reason,
        }),
        Event::WithdrawalRejected { reason, due_at } => json!({
            "reason": reason, "due_at": due_at.map(written),
        }),
        Event::Stopped { reason, decision_number } => json!({
            "reason": reason, "decision_number": decision_number,
        }),
        Event::Finished { outcome, attachments } => json!({
            "favourable": outcome.favourable, "name": outcome.name, "number": outcome.number,
            "reason": outcome.reason, "collect_reason": outcome.collect_reason, "attachments": files(attachments),
        }),
        Event::Delivered(delivery) => json!({
            "channel": ChannelName::from(delivery.channel), "received_by": delivery.received_by,
            "taker": delivery.taker.map(TakerName::from), "mandate_paper": delivery.mandate_paper,
            "receipt_lost": delivery.receipt_lost,
            "tracking_number": delivery.tracking_number,
        }),
        Event::PapersReturned { items, received_by } => json!({
            "items": items, "received_by": received_by,
        }),
        Event::Corrected { changes: all, reason }
        | Event::CorrectionRequested { changes: all, reason }
        | Event::ResultCorrected { changes: all, reason } => json!({
            "changes": changes(all), "reason": reason,
        }),
        Event::PapersAdded { papers: all, attachments } => json!({
            "components": papers(all), "attachments": files(attachments),
        }),
        Event::Noted { text } => json!({ "text": text }),
        Event::AttachmentAdded { attachment } => json!({
            "attachment": AttachmentState::from(attachment),
        }),
        Event::LinksPlanned { links } => {
            json!({ "links": links.iter().map(link).collect::<Vec<_>>() })
        }
        Event::LinkOpened { number, code, .. } => json!({
            "link": number, "code": code.as_str(),
        }),
        Event::FilesConfirmed { files, by } => json!({
            "files": files.iter().map(ToString::to_string).collect::<Vec<_>>(), "by": by,
        }),
        Event::TakenOver { by } => json!({ "by": by }),
        Event::CertificationAsked { lines, signer } => json!({
            "papers": lines.iter().map(|line| CertifiedState::of(line, None)).collect::<Vec<_>>(),
            "signer": signer,
        }),
        Event::Certified { lines, signer, on } => {
            let papers: Vec<_> =
                lines.iter().map(|line| CertifiedState::of(line, Some(*on))).collect();
            json!({ "papers": papers, "signer": signer, "date": on })
        }
        _ => json!({}),
    }
}

fn submission(submitted: &Submitted) -> Value {
    json!({
        "procedure": submitted.procedure.as_str(),
        "procedure_name": submitted.procedure_name,
        "receiving_agency": submitted.receiving_agency.as_str(),
        "competent_agency": submitted.competent_agency.as_str(),
        "channel": ChannelName::from(submitted.channel),
        "return_channel": ChannelName::from(submitted.return_channel),
        "owner": PersonBody::from(&submitted.owner),
        "applicant": PersonBody::from(&submitted.submitter),
        "mandate": submitted.mandate.as_ref().map(|mandate| json!({
            "kind": MandateKindName::from(mandate.kind), "paper": mandate.paper,
        })),
        "form": form_json(&submitted.form),
        "components": papers(&submitted.components),
        "attachments": files(&submitted.attachments),
        "external_codes": submitted.external_codes,
        "led_by": submitted.led_by.as_ref().map(|leader| leader.code.as_str()),
        "assisted": submitted.is_assisted,
        "rule_pack": submitted.rule_pack,
        "due_at": submitted.answer_due_at.map(written),
    })
}

fn link(link: &Link) -> Value {
    json!({
        "link": link.number, "procedure": link.procedure.as_str(),
        "procedure_name": link.procedure_name, "agency": link.agency.as_str(),
        "opens": link.opens.id(),
    })
}

fn papers(papers: &[Paper]) -> Vec<PaperState> {
    papers.iter().map(PaperState::from).collect()
}

fn files(files: &[Attachment]) -> Vec<AttachmentState> {
    files.iter().map(AttachmentState::from).collect()
}

fn holder(holder: &Holder) -> Value {
    json!({
        "unit": holder.unit.as_ref().map(ToString::to_string),
        "to": holder.user.as_ref().map(ToString::to_string),
    })
}

fn lines(fees: &[FeeLine]) -> Vec<Value> {
    let line = |fee: &FeeLine| {
        let source = fee.basis.as_ref().map(|basis| basis.source.clone());
        let kind = FeeKindName::from(fee.kind);
        json!({ "name": fee.name, "amount": fee.amount, "kind": kind, "source": source })
    };
    fees.iter().map(line).collect()
}

fn changes(changes: &[Change]) -> Vec<ChangeState> {
    changes.iter().map(ChangeState::from).collect()
}
