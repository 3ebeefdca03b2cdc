//! The control sheet: every hand-over of a dossier, drawn from its log.

use super::notices::said;
use super::{Source, words};
use crate::documents::papers::{ControlSheet, ControlStep};
use crate::domain::deadline::{Amount, Remaining, office_time, remaining_ended};
use crate::domain::dossier::{Directory, Event, Holder, run_of};
use crate::domain::ids::{AgencyCode, UnitCode};
use crate::domain::process::{How, Run, step_name};
use crate::domain::words::{Lang, Message};

impl Source<'_> {
    pub(super) fn control_sheet(&self) -> ControlSheet {
        let dossier = self.dossier;
        let history = self.history.iter().map(|(logged, _, event)| (logged.header.at, event));
        let run = run_of(dossier, history, self.world);
        let consulted = dossier.consultations.iter();
        ControlSheet {
            sheet: self.sheet(),
            person: dossier.owner.name.clone(),
            procedure: dossier.procedure_name.clone(),
            competent: self.agency_name(&dossier.competent_agency),
            consulted: consulted.map(|asked| self.asked(&asked.agency, &asked.unit)).collect(),
            received: dossier.received_at.map(said).unwrap_or_default(),
            due: self.last_due().map(said).unwrap_or_else(|| words::PAUSED.vi.to_owned()),
            outcome: self.outcome(),
            steps: (1..)
                .zip(self.history)
                .filter_map(|(n, event)| self.step(run.as_ref(), n, event))
                .collect(),
        }
    }

    /// The due date, or the last one that there was before the end.
    fn last_due(&self) -> Option<jiff::Timestamp> {
        self.dossier.clock.due_at.or(self.dossier.clock.ended_due_at)
    }

    /// How the dossier ended against its due date.
    fn outcome(&self) -> Option<String> {
        let (due, ended) = (self.last_due()?, self.dossier.ended_at?);
        self.dossier.received_at?;
        let calendar = self.world.calendar(&self.dossier.competent_agency);
        // The words of the form, and not those of the screen.
        let said = |message: Message, time: &Amount| {
            message.fill(Lang::Vi, &[("time", &time.say(Lang::Vi))])
        };
        Some(match remaining_ended(calendar, due, ended) {
            Remaining::Early(time) => said(words::EARLY, &time),
            Remaining::Late(time) => said(words::LATE, &time),
            _ => words::IN_TIME.vi.to_owned(),
        })
    }

    /// A line; `version` is the dossier's after the event.
    fn step(
        &self,
        run: Option<&Run>,
        version: u64,
        (logged, _, event): &super::Happened,
    ) -> Option<ControlStep> {
        let (deed, receiver) = self.handed(event)?;
        let (notes, in_time) = self.ended_steps(run, version);
        let giver = match logged.header.actor.as_str() {
            // At the counter an officer writes down what the applicant hands over.
            _ if matches!(event, Event::Submitted(_)) => words::APPLICANT.vi.to_owned(),
            "applicant" => words::APPLICANT.vi.to_owned(),
            "system" => words::SYSTEM.vi.to_owned(),
            name => self.colleague(name),
        };
        let ends = matches!(event, Event::Finished { .. });
        Some(ControlStep {
            deed: deed.vi.to_owned(),
            giver,
            receiver,
            at: said(logged.header.at),
            outcome: if ends { self.outcome().unwrap_or_default() } else { in_time },
            notes,
        })
    }

    /// The steps of the process that an event ended, and whether they were in time.
    fn ended_steps(&self, run: Option<&Run>, version: u64) -> (Vec<String>, String) {
        let Some(run) = run else { return Default::default() };
        let calendar = self.world.calendar(&self.dossier.competent_agency);
        let (mut notes, mut outcomes) = (Vec::new(), Vec::new());
        for passage in &run.passages {
            let Some(ended) = passage.ended.filter(|ended| ended.version == version) else {
                continue;
            };
            let place = passage.step as usize;
            let name = step_name(&run.process, place, Lang::Vi);
            // What was never done was neither in time nor late; the column of times keeps to the rest.
            let (outcome, message) = match (ended.how, passage.due_at) {
                (How::Done, Some(due)) if ended.at > due => {
                    let minutes = office_time(calendar, due, ended.at).as_mins().max(1);
                    let late = Amount::OfficeMinutes(u32::try_from(minutes).unwrap_or(u32::MAX));
                    let late = words::LATE.fill(Lang::Vi, &[("time", &late.say(Lang::Vi))]);
                    (Some(late), words::STEP_OF)
                }
                (How::Done, due) => (due.map(|_| words::IN_TIME.vi.to_owned()), words::STEP_OF),
                (How::Skipped, _) => (None, words::STEP_SKIPPED),
                _ => (None, words::STEP_PASSED),
            };
            notes.push(message.fill(
                Lang::Vi,
                &[
                    ("n", &(place + 1).to_string()),
                    ("all", &run.process.steps.len().to_string()),
                    ("step", name),
                ],
            ));
            outcomes.extend(outcome);
        }
        (notes, outcomes.join("; "))
    }

    /// What a step is called and who had the dossier after it; none for what changes no hands.
    fn handed(&self, event: &Event) -> Option<(Message, String)> {
        let dossier = self.dossier;
        let section = || self.agency_section(&dossier.receiving_agency);
        let competent = || self.agency_name(&dossier.competent_agency);
        Some(match event {
            Event::Submitted(_) => (words::DID_SUBMIT, section()),
            Event::Received(_) => (words::DID_RECEIVE, section()),
            Event::SupplementRequested { .. } => {
                (words::DID_ASK_SUPPLEMENT, words::APPLICANT.vi.to_owned())
            }
            Event::Supplemented { .. } => (words::DID_SUPPLEMENT, section()),
            Event::Transferred { agency, .. } => (words::DID_TRANSFER, self.agency_name(agency)),
            Event::Assigned { to } => (words::DID_ASSIGN, self.holder(to)),
            Event::Forwarded { to } => (words::DID_FORWARD, self.holder(to)),
            Event::Consulted { agency, unit, .. } => (words::DID_CONSULT, self.asked(agency, unit)),
            Event::ConsultationAnswered { .. } => (words::DID_ANSWER, competent()),
            Event::SubmittedForApproval { .. } => {
                (words::DID_SUBMIT_FOR_APPROVAL, words::APPROVER.vi.to_owned())
            }
            Event::Approved => (words::DID_APPROVE, competent()),
            Event::ReturnedForRework { .. } => (words::DID_RETURN, self.holder(&dossier.holder)),
            Event::NumberIssued { .. } => (words::DID_NUMBER, competent()),
            Event::StepCompleted { .. } => (words::DID_COMPLETE_STEP, competent()),
            Event::Extended { .. } => (words::DID_EXTEND, String::new()),
            Event::Stopped { .. } | Event::WithdrawalApproved => (words::DID_STOP, section()),
            Event::Finished { .. } => (words::DID_FINISH, section()),
            Event::ResultReceived => (words::DID_TAKE_RESULT, section()),
            Event::Delivered(delivery) => {
                (words::DID_DELIVER, delivery.received_by.clone().unwrap_or_default())
            }
            Event::PapersReturned { received_by, .. } => {
                (words::DID_RETURN_PAPERS, received_by.clone())
            }
            _ => return None,
        })
    }

    fn agency_section(&self, code: &AgencyCode) -> String {
        self.world.agency(code).map_or_else(|| code.to_string(), super::sheets::section)
    }

    fn asked(&self, agency: &AgencyCode, unit: &Option<UnitCode>) -> String {
        let unit = unit.as_ref().map(|unit| self.unit_name(agency, unit));
        unit.unwrap_or_else(|| self.agency_name(agency))
    }

    fn unit_name(&self, agency: &AgencyCode, unit: &UnitCode) -> String {
        let known = self.world.agency(agency).and_then(|agency| agency.unit(unit));
        known.map_or_else(|| unit.to_string(), |unit| unit.name.clone())
    }

    /// Name and unit of who holds a dossier.
    fn holder(&self, holder: &Holder) -> String {
        match (&holder.user, &holder.unit) {
            (Some(user), _) => self.colleague(user.as_str()),
            (None, Some(unit)) => self.unit_name(&self.dossier.competent_agency, unit),
            (None, None) => String::new(),
        }
    }

    /// Name and unit of an account.
    fn colleague(&self, name: &str) -> String {
        let Some(staff) = self.world.staff(&name.into()) else { return name.to_owned() };
        match &staff.unit {
            Some(unit) => {
                format!("{}, {}", staff.full_name, self.unit_name(&staff.agency, unit))
            }
            None => staff.full_name.clone(),
        }
    }
}
