//! The papers of reception: receipt, slip of an online submission, supplement, refusal.

use jiff::Timestamp;

use super::notices::said;
use super::{Source, facts, owner, person, sheets, words};
use crate::documents::papers::{
    Receipt as ReceiptPaper, ReceptionRefusal, Sheet, SubmissionSlip,
    SupplementItem as SupplementLine, SupplementRequest,
};
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::calendar::words::capitalised;
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::{Directory, Event, Receipt, SupplementItem, explain};
use crate::domain::words::Lang;

impl Source<'_> {
    pub(super) fn receipt(&self, receipt: &Receipt) -> ReceiptPaper {
        let dossier = self.dossier;
        let competent = Some(&dossier.competent_agency).filter(|c| **c != self.agency.code);
        // Who signs for a paper has seen it.
        let checked: Vec<_> = receipt.components.iter().filter(|p| p.checked).cloned().collect();
        ReceiptPaper {
            sheet: self.sheet(),
            received_at_section: self.section(),
            person: owner(dossier),
            procedure: dossier.procedure_name.clone(),
            competent_agency: competent.map(|code| self.agency_name(code)),
            components: facts::components(&checked, dossier, self.header.at),
            sets: 1,
            duration: receipt.duration.map(facts::duration).unwrap_or_default(),
            received: local(self.header.at),
            due: receipt.due_at.map(local),
            hand_over: facts::hand_over(dossier, self.agency),
            fee: self.fee(),
            book: None,
            note: self.remarks(receipt),
            lookup: Some(self.lookup()),
            anchor: self.anchor(),
            submitter: dossier.submitter.name.clone(),
            officer: self.receptionist(),
        }
    }

    /// When it was received, or the event of the paper while it is not.
    fn received_at(&self) -> Timestamp {
        self.dossier.received_at.unwrap_or(self.header.at)
    }

    /// The procedure as it was then: a changed catalogue changes no paper of a running dossier.
    fn procedure(&self) -> Option<&Procedure> {
        self.world.procedure_at(&self.dossier.procedure, self.received_at())
    }

    /// Who received it; nobody where a part opened because somebody else did something.
    fn receptionist(&self) -> String {
        let actor = self.world.staff(&self.header.actor.as_str().into());
        let receives = actor.is_some_and(|staff| staff.is(Role::Receptionist));
        if self.dossier.led_by.is_some() && !receives { String::new() } else { self.officer() }
    }

    /// What the answers of the form come to, as the applicant was shown it, while nothing was asked for.
    fn counted_fee(&self) -> Option<String> {
        let dossier = self.dossier;
        let (day, way) = (local(self.received_at()).date(), dossier.channel);
        let schedule = self.world.fees(&dossier.competent_agency, &dossier.procedure);
        let counted = schedule.by_answers(&dossier.form, way, day)?;
        if !dossier.fees.is_empty() {
            return None;
        }
        Some(match counted.total {
            0 => words::FREE.vi.to_owned(),
            sum => words::UNPAID.fill(Lang::Vi, &[("amount", &facts::amount(sum))]),
        })
    }

    /// The fee, and that procedures which follow have their own.
    fn fee(&self) -> String {
        let dossier = self.dossier;
        let fee = self.counted_fee().unwrap_or_else(|| facts::fee(dossier, self.procedure()));
        let costs = |code| {
            let known = self.world.procedure_at(code, self.received_at());
            let way = known.and_then(|known| known.way(dossier.channel));
            way.is_some_and(|way| way.fee_vnd != Some(0) && !way.fee_text.trim().is_empty())
        };
        if dossier.links.iter().any(|link| costs(&link.procedure)) {
            return words::LINK_FEES.fill(Lang::Vi, &[("fee", &fee)]);
        }
        fee
    }

    fn remarks(&self, receipt: &Receipt) -> Option<String> {
        let led = self.dossier.led_by.as_ref();
        let led = led.map(|leader| words::LED.fill(Lang::Vi, &[("code", leader.code.as_str())]));
        let links = self.dossier.links.iter();
        let parts: Vec<&str> = links.map(|link| link.procedure_name.as_str()).collect();
        let leads = (!parts.is_empty())
            .then(|| words::LEADS.fill(Lang::Vi, &[("parts", &parts.join("; "))]));
        let remarks = led.into_iter().chain(leads).chain(self.changed_since(receipt));
        let remarks: Vec<String> = remarks.collect();
        (!remarks.is_empty()).then(|| remarks.join(" "))
    }

    /// On a reprint: the date that holds now, when it is another than the printed one.
    fn changed_since(&self, receipt: &Receipt) -> Option<String> {
        let now = self.dossier.clock.due_at.filter(|due| Some(*due) != receipt.due_at)?;
        Some(words::DUE_NOW.fill(Lang::Vi, &[("date", &said(now))]))
    }

    pub(super) fn slip(&self) -> SubmissionSlip {
        let dossier = self.dossier;
        let answer_due = match &self.event {
            Event::Submitted(submitted) => submitted.answer_due_at,
            _ => None,
        };
        let papers = match &self.event {
            Event::Submitted(submitted) => submitted.components.as_slice(),
            _ => &[],
        };
        let answer = answer_due.map(|at| {
            let values = [("section", self.section()), ("when", said(at))];
            words::ANSWER.fill(Lang::Vi, &values.each_ref().map(|(k, v)| (*k, v.as_str())))
        });
        let owner = (dossier.owner != dossier.submitter).then(|| dossier.owner.name.clone());
        SubmissionSlip {
            sheet: self.sheet(),
            subtitle: words::NOT_A_RECEIPT.vi.to_owned(),
            person: person(&dossier.submitter),
            owner,
            procedure: dossier.procedure_name.clone(),
            sent: local(self.header.at),
            answer: answer.unwrap_or_default(),
            hand_over: facts::hand_over(dossier, self.agency),
            fee: self.fee(),
            components: facts::components(papers, dossier, self.header.at),
            lookup: Some(self.lookup()),
            anchor: self.anchor(),
        }
    }

    pub(super) fn supplement(
        &self,
        items: &[SupplementItem],
        due_at: Option<jiff::Timestamp>,
    ) -> SupplementRequest {
        let dossier = self.dossier;
        SupplementRequest {
            sheet: self.sheet(),
            person: owner(dossier),
            procedure: dossier.procedure_name.clone(),
            items: items.iter().map(|item| self.supplement_line(item)).collect(),
            reason: None,
            until: due_at.map(|at| words::UNTIL.fill(Lang::Vi, &[("when", &said(at))])),
            clock: Some(self.paused_clock()),
            contact: self.contact(),
            lookup: Some(self.lookup()),
            anchor: self.anchor(),
            officer: self.officer(),
        }
    }

    fn supplement_line(&self, item: &SupplementItem) -> SupplementLine {
        let asked = item.component.as_ref().and_then(|id| self.procedure()?.component(id.as_str()));
        let paper = item.component.as_ref().and_then(|id| self.dossier.paper(id));
        let name = asked.map(|asked| &asked.name).or(paper.map(|paper| &paper.name)).cloned();
        SupplementLine {
            name: name.unwrap_or_else(|| words::OTHER_ITEM.vi.to_owned()),
            originals: asked.map_or(0, |asked| asked.originals),
            certified: 0,
            photocopies: asked.map_or(0, |asked| asked.copies),
            reason: item.reason.clone(),
        }
    }

    /// What happens to the deadline meanwhile; how much remains only while this pause lasts.
    fn paused_clock(&self) -> String {
        let dossier = self.dossier;
        let calendar = self.world.calendar(&dossier.competent_agency);
        let rules = self.world.rules(&dossier.rule_pack);
        let deadline =
            dossier.received_at.and_then(|_| explain(dossier, calendar, rules).ok().flatten());
        match deadline.and_then(|deadline| deadline.remaining) {
            Some(left) => {
                words::PAUSED_WITH.fill(Lang::Vi, &[("left", &capitalised(&left.say(Lang::Vi)))])
            }
            None => words::PAUSED.vi.to_owned(),
        }
    }

    /// The refusal to take a dossier in, or to settle it: one form (Circular 01/2018 form 03).
    pub(super) fn refusal(&self, reason: &str) -> ReceptionRefusal {
        let dossier = self.dossier;
        let is_settled = matches!(self.event, Event::Finished { .. });
        let own = self.sheet();
        let receiving = self.world.agency(&dossier.receiving_agency);
        let reasons = reason.lines().map(str::trim).filter(|line| !line.is_empty());
        ReceptionRefusal {
            // What the agency itself writes bears its head alone.
            sheet: Sheet { section: own.section.clone().filter(|_| !is_settled), ..own },
            received_at_section: receiving.map_or_else(|| self.section(), sheets::section),
            refused_by: is_settled.then(|| self.agency.name.clone()),
            person: owner(dossier),
            procedure: dossier.procedure_name.clone(),
            reasons: reasons.map(str::to_owned).collect(),
            basis: None,
            contact: self.contact(),
            lookup: Some(self.lookup()),
            anchor: self.anchor(),
            submitter: dossier.submitter.name.clone(),
            // The head signs what the agency refuses.
            officer: if is_settled { String::new() } else { self.officer() },
        }
    }
}
