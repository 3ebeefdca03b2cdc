//! `add_papers`: before reception the applicant adds what was forgotten, asked by nobody.

use super::decide::Context;
use super::event::Event;
use super::evidence::Evidence;
use super::state::{Attachment, Dossier, Paper};
use super::submit::MAX_PARTS;
use super::words;
use crate::domain::ids::ComponentId;
use crate::domain::refusal::Refusal;

pub(super) fn decide(
    dossier: &Dossier,
    attachments: &[Attachment],
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    if attachments.is_empty() {
        return Err(Refusal::field("uploads", words::PAPERS_EMPTY));
    }
    if dossier.attachments.len() + attachments.len() > MAX_PARTS {
        let text = words::TOO_MANY.text(&[("max", &MAX_PARTS.to_string())]);
        return Err(Refusal::field("uploads", text));
    }
    let mut papers: Vec<Paper> = Vec::new();
    for component in attachments.iter().filter_map(|file| file.component.as_ref()) {
        if !papers.iter().any(|paper| paper.component == *component) {
            papers.extend(handed_in(dossier, component, ctx));
        }
    }
    Ok(Event::PapersAdded { papers, attachments: attachments.to_vec() })
}

/// The component with its file: no longer promised on paper.
fn handed_in(dossier: &Dossier, component: &ComponentId, ctx: &Context<'_>) -> Option<Paper> {
    let known = dossier.paper(component).cloned().or_else(|| {
        let procedure = ctx
            .directory
            .procedure_at(&dossier.procedure, dossier.received_at.unwrap_or(ctx.now))?;
        let name = procedure.component(component.as_str())?.name.clone();
        let component = component.clone();
        Some(Paper {
            component,
            name,
            originals: 0,
            copies: 0,
            on_paper: false,
            checked: false,
            evidence: Evidence::default(),
        })
    });
    known.map(|paper| match paper.on_paper {
        true => Paper { originals: 0, copies: 1, on_paper: false, ..paper },
        false => Paper { copies: paper.copies.max(1), ..paper },
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{
        Case, invalid, missing, paper_file, receptionist, wrong_status,
    };
    use crate::domain::dossier::{Actor, Attachment, Command};
    use crate::domain::refusal::RefusalKind;

    fn add(attachments: Vec<Attachment>) -> Command {
        Command::AddPapers { attachments }
    }

    #[test]
    fn a_file_takes_the_place_of_a_promise() {
        let case = Case::online();
        let mut before = case.dossier.clone();
        before.components.iter_mut().for_each(|paper| paper.on_paper = true);
        let case = Case { dossier: before, ..case };
        let case = case.after(Actor::Applicant, add(vec![paper_file()]));
        assert_eq!(case.dossier.attachments.len(), 1);
        let paper = case.dossier.paper(&"tp1".into()).unwrap();
        assert!(!paper.on_paper && paper.copies == 1);
    }

    #[test]
    fn only_before_reception_and_only_the_applicant() {
        let case = Case::online();
        assert_eq!(case.refused(Actor::Applicant, add(Vec::new())), invalid("uploads"));
        let by_desk = case.refused(receptionist(), add(vec![paper_file()]));
        assert_eq!(by_desk.0, RefusalKind::Forbidden);
        let received = Case::counter();
        let refused = received.refused(Actor::Applicant, add(vec![paper_file()]));
        assert_eq!(refused, wrong_status());
        let asked = Case::online().after(receptionist(), missing());
        let refused = asked.refused(Actor::Applicant, add(vec![paper_file()]));
        assert_eq!(refused, wrong_status(), "then it is a supplement");
    }
}
