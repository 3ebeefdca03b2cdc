//! `accept`: an online or postal dossier is complete; the clock starts.

use jiff::civil::Date;

use super::answers;
use super::clock;
use super::command::CheckedPaper;
use super::decide::Context;
use super::event::{Event, Receipt};
use super::state::{Clock, Dossier, Paper};
use super::words;
use crate::domain::calendar::local;
use crate::domain::catalogue::{Channel, Component, Procedure};
use crate::domain::checklist::{Facts, Filer, Listed, Verdict, checklist};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};

pub(super) fn decide(
    dossier: &Dossier,
    checked: &[CheckedPaper],
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let procedure = ctx.directory.procedure(&dossier.procedure);
    let components = check_off(&dossier.components, checked, procedure, local(ctx.now).date())?;
    // Without a list everything that was handed in or promised is taken as it was filed.
    if let Some(procedure) = procedure.filter(|_| !checked.is_empty()) {
        check_complete(&components, dossier, procedure, ctx)?;
    }
    receive(dossier, components, procedure, ctx)
}

/// The event of reception, with the due date.
pub(super) fn receive(
    dossier: &Dossier,
    components: Vec<Paper>,
    procedure: Option<&Procedure>,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let duration = procedure.and_then(|p| clock::published(p, dossier.channel));
    if duration.is_none() {
        return Err(Refusal::new(RefusalKind::Invalid, words::NO_DURATION));
    }
    let policy = ctx.rules.supplement.policy;
    let basis = Clock {
        since: ctx.now,
        duration,
        pauses: Vec::new(),
        policy,
        extended_to: None,
        due_at: None,
        ended_due_at: None,
    };
    let due_at = clock::due(&basis, &dossier.competent_agency, ctx)?;
    let rule_pack = ctx.rules.id.clone();
    Ok(Event::Received(Receipt { components, duration, policy, due_at, rule_pack }))
}

/// Refuses what lacks a paper that the procedure demands, as a submission is refused for it.
fn check_complete(
    papers: &[Paper],
    dossier: &Dossier,
    procedure: &Procedure,
    ctx: &Context<'_>,
) -> Result<(), Refusal> {
    let is_there = |component: &Component| {
        papers.iter().any(|paper| {
            paper.checked && (paper.component == component.id || paper.name == component.name)
        })
    };
    let is_declared = answers::form_of(dossier, ctx.directory).is_some_and(|form| {
        dossier.is_filled_in_here() || answers::is_complete(form, &dossier.form, ctx.now)
    });
    let facts = Facts {
        filer: Some(Filer::by(dossier.mandate.as_ref())),
        channel: Some(dossier.channel),
        answers: &dossier.form,
        is_filled_in: dossier.form_version.is_some() && dossier.channel == Channel::Online,
        declared: procedure.declaration().map(|paper| &paper.id).filter(|_| is_declared),
    };
    let rules = ctx.directory.paper_rules(&procedure.code);
    let errors: Vec<FieldError> = checklist(procedure, rules, &facts)
        .into_iter()
        .filter(|one| one.verdict == Verdict::Required && !is_there(one.component))
        .map(|Listed { component, .. }| FieldError {
            field: format!("components.{}", component.id),
            text: words::COMPONENT_MISSING.text(&[("component", &component.name)]),
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

/// Papers with the ones that were checked off; without a list, all that were handed in are.
fn check_off(
    papers: &[Paper],
    checked: &[CheckedPaper],
    procedure: Option<&Procedure>,
    today: Date,
) -> Result<Vec<Paper>, Refusal> {
    let mut papers = papers.to_vec();
    if checked.is_empty() {
        for paper in &mut papers {
            paper.checked = true;
        }
        return Ok(papers);
    }
    let mut errors = Vec::new();
    for (position, check) in checked.iter().enumerate() {
        let component = procedure.and_then(|p| p.component(&check.component));
        let evidence =
            check.evidence.checked(&format!("components[{position}]"), today, &mut errors);
        let known = papers.iter_mut().find(|paper| {
            paper.component.as_str() == check.component
                || paper.name == check.component
                // Handed in under another procedure, which called it by another id.
                || component.is_some_and(|component| paper.name == component.name)
        });
        if let Some(paper) = known {
            (paper.originals, paper.copies, paper.checked) = (check.originals, check.copies, true);
            paper.evidence = evidence;
            continue;
        }
        match component {
            Some(component) => papers.push(Paper {
                component: component.id.clone(),
                name: component.name.clone(),
                originals: check.originals,
                copies: check.copies,
                on_paper: true,
                checked: true,
                evidence,
            }),
            None => errors.push(FieldError {
                field: format!("components[{position}]"),
                text: words::UNKNOWN_COMPONENT.text(&[("component", &check.component)]),
            }),
        }
    }
    if errors.is_empty() { Ok(papers) } else { Err(Refusal::fields(errors)) }
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{Case, at, invalid, receptionist, wrong_status};
    use crate::domain::dossier::{CheckedPaper, Command, Evidence, Status};
    use jiff::civil::date;

    fn accept(components: &[&str]) -> Command {
        let check = |component: &&str| {
            let component = (*component).to_owned();
            CheckedPaper { component, originals: 2, copies: 1, evidence: Evidence::default() }
        };
        Command::Accept { components: components.iter().map(check).collect() }
    }

    #[test]
    fn the_clock_of_the_procedure_takes_over_from_the_clock_of_reception() {
        let case = Case::online();
        // Eight working hours; a working day has seven and a half.
        assert_eq!(case.dossier.clock.due_at, Some(at(date(2026, 11, 24).at(9, 30, 0, 0))));
        let case = case.when(date(2026, 11, 24).at(8, 0, 0, 0));
        let case = case.after(receptionist(), Command::Accept { components: Vec::new() });
        assert_eq!(case.dossier.status, Status::Received);
        assert_eq!(case.dossier.received_at, Some(case.now));
        // Five working days after Tuesday.
        assert_eq!(case.dossier.clock.due_at, Some(at(date(2026, 12, 1).at(17, 0, 0, 0))));
        assert!(case.dossier.components.iter().all(|paper| paper.checked));
    }

    #[test]
    fn papers_are_checked_off_by_id_or_name_and_new_ones_are_added() {
        let case = Case::online().after(receptionist(), accept(&["tp1", "Giấy chứng sinh"]));
        let papers: Vec<_> = case
            .dossier
            .components
            .iter()
            .map(|p| (p.component.as_str(), p.checked, p.copies))
            .collect();
        assert_eq!(papers, [("tp1", true, 1), ("tp2", true, 1)]);
        let refused = Case::online().refused(receptionist(), accept(&["tp9"]));
        assert_eq!(refused, invalid("components[0]"));
    }

    #[test]
    fn a_paper_that_the_procedure_demands_is_checked_off() {
        let refused = Case::online().refused(receptionist(), accept(&["tp2"]));
        assert_eq!(refused, invalid("components.tp1"));
        let case = Case::online().after(receptionist(), accept(&["Tờ khai"]));
        assert_eq!(case.dossier.status, Status::Received);
    }

    #[test]
    fn nothing_is_accepted_twice() {
        assert_eq!(Case::counter().refused(receptionist(), accept(&["tp1"])), wrong_status());
    }
}
