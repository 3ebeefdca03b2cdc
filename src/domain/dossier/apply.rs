//! The only way in which a dossier changes: total, and a function of state, instant and event alone.

use jiff::Timestamp;
use jiff::civil::Date;

use super::certification::{Certification, CertifiedLine};
use super::event::{Change, Event, Receipt, Submitted};
use super::money::Declared;
use super::state::{
    Attachment, Clock, Consultation, CorrectionRequest, Dossier, Draft, FormValue, Paper,
    Supplement,
};
use super::status::{Stage, Status};
use crate::domain::deadline::{Pause, PausePolicy};
use crate::domain::ids::{AgencyCode, ComponentId};

impl Dossier {
    /// The dossier after its first event.
    pub fn open(submitted: Submitted, at: Timestamp) -> Self {
        Self {
            id: submitted.id,
            code: submitted.code,
            external_codes: submitted.external_codes,
            lookup_secret: submitted.lookup_secret,
            version: 1,
            status: Status::Registered,
            stage: Stage::Work,
            before_pause: Status::Registered,
            before_withdrawal: None,
            procedure: submitted.procedure,
            procedure_name: submitted.procedure_name,
            field: submitted.field,
            receiving_agency: submitted.receiving_agency,
            competent_agency: submitted.competent_agency,
            past_agencies: Vec::new(),
            channel: submitted.channel,
            return_channel: submitted.return_channel,
            owner: submitted.owner,
            submitter: submitted.submitter,
            mandate: submitted.mandate,
            form: submitted.form,
            components: submitted.components,
            attachments: submitted.attachments,
            rule_pack: submitted.rule_pack,
            holder: Default::default(),
            clock: Clock {
                since: at,
                duration: None,
                pauses: Vec::new(),
                policy: PausePolicy::Restart,
                extended_to: None,
                due_at: submitted.answer_due_at,
                ended_due_at: None,
            },
            submitted_at: at,
            received_at: None,
            ended_at: None,
            returned_at: None,
            supplement: None,
            supplements_asked: (0, 0),
            fees: Vec::new(),
            consultations: Vec::new(),
            number: None,
            drafts: Vec::new(),
            outcome: None,
            reason: None,
            voided: false,
            extensions: 0,
            delivery: None,
            takings: Vec::new(),
            declared: None,
            links: Vec::new(),
            led_by: submitted.led_by,
            is_assisted: submitted.is_assisted,
            form_version: submitted.form_version.clone(),
            run: None,
            certification: None,
            confirmed_files: Vec::new(),
            taken_over: None,
            correction: None,
        }
    }

    /// The dossier after one more event. A second `Submitted` changes nothing but the version, so
    /// that replaying any log is total.
    pub fn apply(&mut self, at: Timestamp, event: &Event) {
        self.version += 1;
        if !event.is_internal() {
            self.attachments.extend_from_slice(event.attachments());
        }
        match event {
            Event::Submitted(_) | Event::AttachmentAdded { .. } | Event::Noted { .. } => {}
            Event::Received(receipt) => self.receive(at, receipt),
            Event::Refused { reason } => self.end(at, Status::NotReceived, reason),
            Event::SupplementRequested { items, due_at } => {
                match self.received_at {
                    None => self.supplements_asked.0 += 1,
                    Some(_) => self.supplements_asked.1 += 1,
                }
                let (items, due_at) = (items.clone(), *due_at);
                self.supplement = Some(Supplement { items, due_at, is_promised: false });
                // An approval was of the papers as they were.
                self.stage = Stage::Work;
                self.pause(at, Status::SupplementRequired);
            }
            Event::Supplemented { due_at, .. } => {
                self.supplement = None;
                self.resume(at, *due_at);
            }
            Event::SupplementPromised { components, .. } => {
                if let Some(supplement) = &mut self.supplement {
                    supplement.is_promised = true;
                    supplement.items.retain(|item| {
                        item.component.as_ref().is_some_and(|id| components.contains(id))
                    });
                }
            }
            Event::Transferred { agency, due_at, .. } => self.send_to(at, agency, *due_at),
            Event::ProcedureChanged {
                procedure, procedure_name, field, duration, due_at, ..
            } => {
                self.set_aside_components();
                self.procedure = procedure.clone();
                self.procedure_name = procedure_name.clone();
                self.field = field.clone();
                self.clock.duration = *duration;
                self.clock.extended_to = None;
                self.clock.due_at = *due_at;
                // What would have followed the wrong procedure never opens.
                self.links.retain(|link| link.dossier.is_some());
            }
            Event::LinksPlanned { links } => self.links.extend_from_slice(links),
            Event::Assigned { to } | Event::Forwarded { to } => {
                self.status = Status::Processing;
                self.holder = to.clone();
                self.taken_over = None;
            }
            Event::Consulted { .. } => self.ask(event),
            Event::SubmittedForApproval { draft, attachments } => {
                self.stage = Stage::AwaitingApproval;
                if draft.is_some() || !attachments.is_empty() {
                    let (text, files) = (draft.clone(), attachments.clone());
                    self.drafts.push(Draft { text, files });
                }
            }
            Event::Approved => self.stage = Stage::Approved,
            Event::ReturnedForRework { .. } => self.stage = Stage::Work,
            Event::NumberIssued { number, date } => {
                self.number = Some((number.clone(), *date));
                self.stage = Stage::Numbered;
            }
            _ => self.apply_ending(at, event),
        }
        self.follow_process(at, event);
    }

    fn apply_ending(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::ConsultationAnswered { number, answer, attachments } => {
                self.hear(at, *number, answer, attachments);
            }
            Event::LinkOpened { number, dossier, code } => {
                let opened = self.links.iter_mut().find(|link| link.number == *number);
                if let Some(link) = opened {
                    link.dossier = Some((*dossier, code.clone()));
                }
            }
            Event::Extended { due_at, .. } => {
                self.extensions += 1;
                self.clock.extended_to = Some(*due_at);
                self.clock.due_at = Some(*due_at);
            }
            Event::DueDateMoved { due_at, .. } => self.clock.due_at = Some(*due_at),
            Event::WithdrawalRequested { reason } => self.ask_back(at, reason),
            Event::WithdrawalApproved => {
                let reason = self.reason.clone().unwrap_or_default();
                self.end(at, Status::Stopped, &reason);
            }
            Event::WithdrawalRejected { due_at, .. } => {
                self.reason = None;
                match self.before_withdrawal.take() {
                    Some(paused) if paused.is_paused() => self.status = paused,
                    _ => self.resume(at, *due_at),
                }
            }
            Event::Stopped { reason, .. } => self.end(at, Status::Stopped, reason),
            Event::Voided { reason } => {
                self.voided = true;
                self.end(at, Status::Stopped, reason);
            }
            Event::Finished { outcome, .. } => {
                self.status = Status::Finished;
                self.correction = None;
                self.outcome = Some(outcome.clone());
                self.ended_at = Some(at);
                self.clock.ended_due_at = self.clock.due_at.take();
            }
            Event::ResultReceived => {
                if let Some(outcome) = &mut self.outcome {
                    outcome.at_section = true;
                }
            }
            Event::Delivered(delivery) => {
                self.status = Status::ResultReturned;
                self.delivery = Some(delivery.clone());
                self.returned_at = Some(at);
            }
            Event::FilesConfirmed { files, by } => {
                self.confirmed_files.extend(files.iter().map(|file| (*file, by.clone())));
            }
            Event::TakenOver { by } => self.taken_over = Some((by.clone(), at)),
            Event::CertificationAsked { lines, signer } => self.certify(lines, signer, None),
            Event::Certified { lines, signer, on } => self.certify(lines, signer, Some(*on)),
            _ => self.apply_money(at, event),
        }
    }

    fn apply_money(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::PaymentRequested { fees } => self.ask_for(at, fees),
            Event::PaymentRecorded { method, receipt_number, due_at, request } => {
                self.take(at, *request, *method, receipt_number.as_ref(), *due_at);
            }
            Event::PaymentReversed { number, reason, instead } => {
                self.take_back(at, *number, reason, instead.as_ref());
            }
            Event::PaymentRequestCancelled { request, reason, due_at } => {
                self.drop_request(at, *request, reason, *due_at);
            }
            Event::TransferDeclared { amount } => {
                self.declared = Some(Declared { amount: *amount, at });
            }
            Event::TransferRejected { .. } => self.declared = None,
            _ => self.apply_correction(at, event),
        }
    }

    fn apply_correction(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::Corrected { changes, .. } | Event::ResultCorrected { changes, .. } => {
                for change in changes {
                    self.correct(change);
                }
                self.answer_correction(changes);
            }
            Event::CorrectionRequested { changes, reason } => {
                let (changes, reason) = (changes.clone(), reason.clone());
                self.correction = Some(CorrectionRequest { changes, reason, at });
            }
            Event::CorrectionRejected { .. } => self.correction = None,
            Event::PapersAdded { papers, .. } => papers.iter().for_each(|paper| self.hold(paper)),
            _ => {}
        }
    }

    fn send_to(&mut self, at: Timestamp, agency: &AgencyCode, due_at: Option<Timestamp>) {
        for old in [&self.receiving_agency, &self.competent_agency] {
            if old != agency && !self.past_agencies.contains(old) {
                self.past_agencies.push(old.clone());
            }
        }
        self.receiving_agency = agency.clone();
        self.competent_agency = agency.clone();
        self.holder = Default::default();
        // The section there has its hours from the transfer on.
        if self.is_before_reception() {
            self.clock.since = at;
        }
        self.clock.due_at = due_at;
    }

    fn ask(&mut self, event: &Event) {
        let Event::Consulted { agency, unit, question, due_at, shares } = event else { return };
        self.consultations.push(Consultation {
            number: self.consultations.len() as u32 + 1,
            agency: agency.clone(),
            unit: unit.clone(),
            question: question.clone(),
            due_at: *due_at,
            answer: None,
            shares: shares.clone(),
            files: Vec::new(),
        });
    }

    fn hear(&mut self, at: Timestamp, number: u32, answer: &str, files: &[Attachment]) {
        if let Some(asked) = self.consultations.iter_mut().find(|c| c.number == number) {
            asked.answer = Some((answer.to_owned(), at));
            asked.files = files.to_vec();
        }
    }

    /// What was not received yet is given back at once.
    fn ask_back(&mut self, at: Timestamp, reason: &str) {
        if self.status == Status::Registered {
            return self.end(at, Status::Stopped, reason);
        }
        self.reason = Some(reason.to_owned());
        self.before_withdrawal = Some(self.status);
        self.pause(at, Status::WithdrawalRequested);
    }

    fn receive(&mut self, at: Timestamp, receipt: &Receipt) {
        self.status = Status::Received;
        self.received_at = Some(at);
        self.components.clone_from(&receipt.components);
        self.rule_pack.clone_from(&receipt.rule_pack);
        // What happened before reception belongs to the reception clock, which is over.
        self.clock = Clock {
            since: at,
            duration: receipt.duration,
            pauses: Vec::new(),
            policy: receipt.policy,
            extended_to: None,
            due_at: receipt.due_at,
            ended_due_at: None,
        };
    }

    pub(super) fn pause(&mut self, at: Timestamp, to: Status) {
        if !self.status.is_paused() {
            self.before_pause = self.status;
            self.clock.pauses.push(Pause { from: at, to: None });
        }
        self.status = to;
        self.clock.due_at = None;
    }

    pub(super) fn resume(&mut self, at: Timestamp, due_at: Option<Timestamp>) {
        if let Some(open) = self.clock.pauses.last_mut() {
            open.to.get_or_insert(at);
        }
        self.status = self.before_pause;
        self.clock.due_at = due_at;
        // A date given with an apology is moved by a pause; where the deadline starts again it holds
        // only when it is the later one.
        self.clock.extended_to = match self.clock.policy {
            PausePolicy::Resume => self.clock.extended_to.and(due_at),
            PausePolicy::Restart => self.clock.extended_to.filter(|at| Some(*at) == due_at),
        };
    }

    /// Component ids are a procedure's own: those of the wrong one get its code in front, so that
    /// they are not taken for the right one's.
    fn set_aside_components(&mut self) {
        let aside = |id: &ComponentId| ComponentId::new(format!("{}/{id}", self.procedure));
        for paper in &mut self.components {
            paper.component = aside(&paper.component);
        }
        for component in self.attachments.iter_mut().filter_map(|a| a.component.as_mut()) {
            *component = aside(component);
        }
    }

    fn end(&mut self, at: Timestamp, status: Status, reason: &str) {
        self.status = status;
        self.reason = Some(reason.to_owned());
        self.ended_at = Some(at);
        self.supplement = None;
        self.correction = None;
        self.clock.ended_due_at = self.clock.due_at.take();
    }

    fn certify(&mut self, lines: &[CertifiedLine], signer: &str, on: Option<Date>) {
        let (lines, signer) = (lines.to_vec(), signer.to_owned());
        self.certification = Some(Certification { lines, signer, on });
    }

    fn correct(&mut self, change: &Change) {
        use super::correction::Slot;
        match (Slot::find(&change.field), &change.answer) {
            (Some(Slot::Form(name)), Some(FormValue::Null)) => {
                self.form.remove(&name);
            }
            (Some(Slot::Form(name)), Some(answer)) => {
                self.form.insert(name, answer.clone());
            }
            (Some(slot), _) => slot.write(self, &change.new),
            (None, _) => {}
        }
    }

    /// What was corrected is no longer asked for; with the last of it the request is answered.
    fn answer_correction(&mut self, done: &[Change]) {
        use super::correction::Slot;
        let Some(mut asked) = self.correction.take() else { return };
        let slots: Vec<Slot> = done.iter().filter_map(|c| Slot::of(&c.field, self)).collect();
        asked.changes.retain(|c| Slot::of(&c.field, self).is_none_or(|s| !slots.contains(&s)));
        self.correction = (!asked.changes.is_empty()).then_some(asked);
    }

    /// A component stands as it came in last.
    fn hold(&mut self, paper: &Paper) {
        match self.components.iter_mut().find(|known| known.component == paper.component) {
            Some(known) => known.clone_from(paper),
            None => self.components.push(paper.clone()),
        }
    }

    /// Files that belong to the result.
    pub fn result_files(&self) -> impl Iterator<Item = &Attachment> {
        self.attachments.iter().filter(|attachment| attachment.is_result)
    }
}
