//! Linked dossiers (liên thông): what a leading dossier plans, what opens with it in other agencies,
//! and what becomes of the parts when it ends.
//!
//! The leading dossier keeps its plan from the day that it was filed, whatever is declared later. A
//! part has its own code, clock and rights. Its receiving agency is that of the leading dossier, so
//! that its result comes back to the section where the applicant filed; its competent agency is the
//! one that the plan names. Parts that wait for a result that never comes do not open. Voiding the
//! leading dossier voids the parts that nobody has begun to work on, and is refused once somebody
//! has; stopping or refusing it stops no other agency's work.

use super::accept;
use super::clock;
use super::decide::Context;
use super::event::{Event, Submitted};
use super::evidence::Evidence;
use super::linking::{Carried, Decides, Follower, Opens, Source};
use super::state::{Attachment, Dossier, Form, Paper};
use super::status::Status;
use super::submit::Names;
use super::words;
use crate::domain::calendar::local;
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::ids::{AgencyCode, DossierCode, DossierId, ProcedureCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::validity::{Standing, standing};
use crate::domain::words::{Lang, Text};

/// A part of a leading dossier, planned or open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Counts from 1 within the leading dossier.
    pub number: u32,
    /// The procedure that follows.
    pub procedure: ProcedureCode,
    /// Its name at that time.
    pub procedure_name: String,
    /// Who decides it.
    pub agency: AgencyCode,
    /// When it opens.
    pub opens: Opens,
    /// The papers that go along.
    pub papers: Vec<Carried>,
    /// The answers that go along, as [`Follower::answers`] has them.
    pub answers: Vec<(String, String)>,
    /// Its dossier, once that is open.
    pub dossier: Option<(DossierId, DossierCode)>,
}

/// The leading dossier of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leader {
    /// Internal id.
    pub id: DossierId,
    /// Its code.
    pub code: DossierCode,
    /// Its procedure's name.
    pub procedure_name: String,
    /// Who decides it.
    pub agency: AgencyCode,
}

/// What a filing chooses for procedures that leave the agency to it.
pub type Choices = [(ProcedureCode, AgencyCode)];

/// The plan of a dossier that is filed, or that comes under another procedure: every procedure that
/// follows, with the agency that decides it. Numbers begin after `last`.
///
/// # Errors
/// Names the choice that cannot be; or a declared agency is gone.
pub fn plan(
    procedure: &ProcedureCode,
    (receiving, competent): (&AgencyCode, &AgencyCode),
    choices: &Choices,
    last: u32,
    ctx: &Context<'_>,
) -> Result<Vec<Link>, Refusal> {
    let followers = ctx.directory.followers(procedure);
    if let Some(place) = choices.iter().position(|(code, _)| !leaves_to_filing(followers, code)) {
        return Err(Refusal::field(format!("linked[{place}].procedure"), words::LINK_UNKNOWN));
    }
    let today = local(ctx.now).date();
    let in_force = |follower: &Follower| {
        standing(&follower.procedure, today, ctx.directory) == Standing::InForce
    };
    let mut links = Vec::with_capacity(followers.len());
    // Numbers count what is declared: files that go along are named by them.
    for (number, follower) in (last + 1..).zip(followers).filter(|(_, f)| in_force(f)) {
        let place = choices.iter().position(|(code, _)| *code == follower.procedure);
        let agency = match (&follower.decides, place) {
            (Decides::Agency(code), _) => code,
            (Decides::Competent, _) => competent,
            (Decides::Chosen, Some(place)) => &choices[place].1,
            (Decides::Receiving, _) | (Decides::Chosen, None) => receiving,
        };
        let field = match place {
            Some(place) => format!("linked[{place}].agency"),
            None => "linked".to_owned(),
        };
        let known = ctx.directory.procedure(&follower.procedure);
        check_agency(agency, known, &field, ctx)?;
        links.push(Link {
            number,
            procedure: follower.procedure.clone(),
            procedure_name: known.map(|p| p.name.clone()).unwrap_or_default(),
            agency: agency.clone(),
            opens: follower.opens,
            papers: follower.papers.clone(),
            answers: follower.answers.clone(),
            dossier: None,
        });
    }
    Ok(links)
}

fn leaves_to_filing(followers: &[Follower], code: &ProcedureCode) -> bool {
    followers.iter().any(|f| f.procedure == *code && f.decides == Decides::Chosen)
}

fn check_agency(
    code: &AgencyCode,
    procedure: Option<&Procedure>,
    field: &str,
    ctx: &Context<'_>,
) -> Result<(), Refusal> {
    let Some(agency) = ctx.directory.agency(code) else {
        return Err(Refusal::field(
            field,
            words::UNKNOWN_AGENCY.text(&[("agency", code.as_str())]),
        ));
    };
    let values = [("agency", agency.name.as_str())];
    if !ctx.directory.is_open(code) {
        return Err(Refusal::field(field, words::AGENCY_CLOSED.text(&values)));
    }
    if procedure.is_some_and(|procedure| !super::linking::settles(agency, procedure)) {
        let refusal = Refusal::field(field, words::NOT_COMPETENT.text(&values));
        return Err(refusal.by_rule(ctx.rules.source("competence")));
    }
    Ok(())
}

impl Dossier {
    /// The number of the result: as it was recorded, else as the clerk gave it.
    pub fn result_number(&self) -> Option<&str> {
        let recorded = self.outcome.as_ref().and_then(|outcome| outcome.number.as_deref());
        recorded.or_else(|| self.number.as_ref().map(|(number, _)| number.as_str()))
    }

    /// The parts that open at a moment and are not open yet.
    pub fn links_opening(&self, opens: Opens) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(move |link| link.opens == opens && link.dossier.is_none())
    }

    /// Whether an id is this dossier's, that of the one that leads it, or that of a part.
    pub fn is_one_with(&self, id: DossierId) -> bool {
        let leads = self.led_by.as_ref().is_some_and(|leader| leader.id == id);
        let is_part = |link: &Link| link.dossier.as_ref().is_some_and(|(part, _)| *part == id);
        self.id == id || leads || self.links.iter().any(is_part)
    }

    /// The moments that an event is for the parts of this dossier, which is as its command left it.
    pub fn moments_of(&self, event: &Event) -> &'static [Opens] {
        match event {
            Event::LinksPlanned { .. } if self.is_before_reception() => &[Opens::WithSubmission],
            Event::LinksPlanned { .. } => &[Opens::WithSubmission, Opens::AtReception],
            Event::Received(_) => &[Opens::AtReception],
            Event::Finished { outcome, .. } if outcome.favourable => &[Opens::AfterResult],
            _ => &[],
        }
    }
}

/// The first events of a part that opens: filed, and received when the leading dossier is. `files`
/// are copies that belong to nobody yet, each with its component there.
///
/// # Errors
/// The part cannot open, and so what would open it cannot happen: the sentence says which and why.
pub fn open(
    leader: &Dossier,
    link: &Link,
    names: Names,
    files: Vec<Attachment>,
    ctx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let refuse = |why: Refusal| {
        let said = |lang| {
            let values = [("procedure", link.procedure_name.as_str()), ("why", why.say(lang))];
            words::LINK_FAILS.fill(lang, &values)
        };
        let text = Text { vi: said(Lang::Vi), en: said(Lang::En) };
        Refusal { rule: why.rule.clone(), ..Refusal::field("linked", text) }
    };
    let Some(procedure) = ctx.directory.procedure(&link.procedure) else {
        let values = [("procedure", link.procedure.as_str())];
        return Err(refuse(Refusal::field("linked", words::UNKNOWN_PROCEDURE.text(&values))));
    };
    check_agency(&link.agency, None, "linked", ctx).map_err(refuse)?;
    let is_received = !leader.is_before_reception();
    let receiving = &leader.receiving_agency;
    let answer_due_at = match is_received {
        true => None,
        false => Some(clock::answer_due(ctx.now, receiving, ctx.rules, ctx).map_err(refuse)?),
    };
    let submitted = Submitted {
        id: names.id,
        code: names.code,
        external_codes: Vec::new(),
        lookup_secret: names.lookup_secret,
        procedure: procedure.code.clone(),
        procedure_name: procedure.name.clone(),
        field: procedure.field.clone(),
        receiving_agency: receiving.clone(),
        competent_agency: link.agency.clone(),
        channel: leader.channel,
        return_channel: leader.return_channel,
        owner: leader.owner.clone(),
        submitter: leader.submitter.clone(),
        mandate: leader.mandate.clone(),
        form: answers(&leader.form, &link.answers),
        components: papers(leader, link, procedure, &files, ctx),
        attachments: files,
        rule_pack: ctx.rules.id.clone(),
        answer_due_at,
        led_by: Some(Leader {
            id: leader.id,
            code: leader.code.clone(),
            procedure_name: leader.procedure_name.clone(),
            agency: leader.competent_agency.clone(),
        }),
        is_assisted: leader.is_assisted,
        form_version: None,
    };
    let mut events = vec![Event::Submitted(Box::new(submitted.clone()))];
    if is_received {
        let dossier = Dossier::open(submitted, ctx.now);
        let components = dossier.components.clone();
        let received = accept::receive(&dossier, components, Some(procedure), ctx);
        events.push(received.map_err(refuse)?);
    }
    Ok(events)
}

/// The answers that go along, under their names there.
fn answers(form: &Form, renamed: &[(String, String)]) -> Form {
    if renamed.is_empty() {
        return form.clone();
    }
    let value = |(from, to): &(String, String)| Some((to.clone(), form.get(from)?.clone()));
    renamed.iter().filter_map(value).collect()
}

/// The papers of a part. What was handed in lies with the leading dossier and is counted there, once;
/// checked is what was checked there and is there.
fn papers(
    leader: &Dossier,
    link: &Link,
    procedure: &Procedure,
    files: &[Attachment],
    ctx: &Context<'_>,
) -> Vec<Paper> {
    let is_received = !leader.is_before_reception();
    let paper = |carried: &Carried| {
        let component = procedure.components.iter().find(|c| c.id == carried.to)?;
        let from = match &carried.from {
            Source::Paper(id) => Some(leader.paper(id)?),
            Source::Result => None,
        };
        let has_file = files.iter().any(|file| file.component.as_ref() == Some(&component.id));
        let is_there = has_file || from.is_some_and(|paper| paper.originals + paper.copies > 0);
        Some(Paper {
            component: component.id.clone(),
            name: component.name.clone(),
            originals: 0,
            copies: 0,
            on_paper: from.map_or(leader.channel != Channel::Online, |paper| paper.on_paper),
            checked: is_received && is_there && from.is_none_or(|paper| paper.checked),
            evidence: match from {
                Some(paper) => paper.evidence.clone(),
                None => of_result(leader, ctx),
            },
        })
    };
    link.papers.iter().filter_map(paper).collect()
}

/// What is known of the result of a leading dossier, though its paper is on its way to the section.
fn of_result(leader: &Dossier, ctx: &Context<'_>) -> Evidence {
    Evidence {
        form: None,
        number: leader.result_number().map(str::to_owned),
        issued_on: leader.number.as_ref().map(|(_, date)| *date),
        issuer: ctx.directory.agency(&leader.competent_agency).map(|agency| agency.name.clone()),
    }
}

/// What becomes of an open part when its leading dossier is voided: the event that voids it too, or
/// nothing when it has ended.
///
/// # Errors
/// Somebody works on the part already.
pub fn void_with(leader: &Dossier, part: &Dossier, reason: &str) -> Result<Option<Event>, Refusal> {
    match part.status {
        status if status.is_ended() => Ok(None),
        Status::Registered | Status::Received => {
            let values = [("code", leader.code.as_str()), ("reason", reason)];
            Ok(Some(Event::Voided { reason: words::VOIDED_WITH.text(&values).vi }))
        }
        _ => {
            let text = words::PART_AT_WORK.text(&[("code", part.code.as_str())]);
            Err(Refusal::new(RefusalKind::Impossible, text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{
        ASKED, Case, DEPARTMENT, LEADING, OTHER_PROCEDURE, PROCEDURE, WARD, WORLD, approver,
        assign, finish, names, processor, receptionist, stop, submit_for_approval,
    };
    use super::super::{Command, Context, Event, FormValue, Names, Status};
    use super::{open, plan, void_with};
    use crate::domain::dossier::Actor;
    use crate::domain::dossier::linking::Opens;
    use crate::domain::ids::{AgencyCode, DossierId};
    use crate::domain::refusal::RefusalKind;

    fn leading() -> Case<'static> {
        Case::of_procedure(LEADING)
    }

    fn part_names() -> Names {
        Names { id: DossierId([8; 16]), code: "H40.12-261123-0002".into(), ..names() }
    }

    fn context(actor: &Actor) -> Context<'_> {
        let now = Case::online().now;
        Context { now, actor, rules: &WORLD.rules, directory: &*WORLD }
    }

    fn opened(case: &Case<'_>, at: usize) -> super::Dossier {
        let actor = receptionist();
        let ctx = Context { now: case.now, ..context(&actor) };
        let link = case.dossier.links[at].clone();
        let events = open(&case.dossier, &link, part_names(), Vec::new(), &ctx).unwrap();
        super::super::fixture::replay(events.iter().map(|event| (case.now, event)))
    }

    #[test]
    fn a_plan_is_made_from_the_declaration_and_the_choices() {
        let actor = receptionist();
        let ctx = context(&actor);
        let (ward, department) = (AgencyCode::from(WARD), AgencyCode::from(DEPARTMENT));
        let links = |choices: &[(&str, &str)]| {
            let choices: Vec<_> = choices.iter().map(|(p, a)| ((*p).into(), (*a).into())).collect();
            plan(&LEADING.into(), (&ward, &department), &choices, 0, &ctx)
        };
        let agencies: Vec<_> = links(&[(OTHER_PROCEDURE, ASKED)])
            .unwrap()
            .into_iter()
            .map(|link| (link.procedure.to_string(), link.agency.to_string(), link.opens))
            .collect();
        let wanted = [
            (OTHER_PROCEDURE.to_owned(), ASKED.to_owned(), Opens::AtReception),
            (PROCEDURE.to_owned(), DEPARTMENT.to_owned(), Opens::AfterResult),
        ];
        assert_eq!(agencies, wanted);
        assert_eq!(links(&[]).unwrap()[0].agency, ward, "the section's own agency by default");
        let refused = |choices| links(choices).unwrap_err().fields[0].field.clone();
        assert_eq!(refused(&[(PROCEDURE, ASKED)]), "linked[0].procedure");
        assert_eq!(refused(&[(OTHER_PROCEDURE, "H9")]), "linked[0].agency");
    }

    #[test]
    fn a_part_is_received_with_its_leader_and_comes_back_to_the_same_section() {
        let case = leading();
        assert_eq!(case.dossier.links.len(), 2);
        let part = opened(&case, 0);
        assert_eq!(part.status, Status::Received);
        assert_eq!((part.receiving_agency.as_str(), part.competent_agency.as_str()), (WARD, WARD));
        assert_eq!(part.led_by.as_ref().map(|leader| leader.id), Some(case.dossier.id));
        assert_eq!(part.owner, case.dossier.owner);
        assert_eq!(part.components[0].name, "Đơn đề nghị");
        assert!(part.components[0].checked);
        assert_eq!(part.components[0].originals, 0, "it lies with the leading dossier");
        assert!(part.clock.due_at.is_some() && part.clock.due_at != case.dossier.clock.due_at);
        assert_eq!(part.form.get("so_luong"), Some(&FormValue::Number("2".to_owned())));
        assert_eq!(part.form.len(), 1, "only what the declaration names");
    }

    #[test]
    fn what_the_leading_dossier_lacks_is_not_checked_in_its_part() {
        let mut case = leading();
        for paper in &mut case.dossier.components {
            (paper.originals, paper.copies, paper.checked) = (0, 0, true);
        }
        assert!(!opened(&case, 0).components[0].checked, "nothing is there");
    }

    #[test]
    fn the_moments_of_a_dossier_are_those_of_its_events() {
        let case = leading();
        let moments = |case: &Case<'_>| -> Vec<Opens> {
            case.log.iter().flat_map(|(_, event)| case.dossier.moments_of(event)).copied().collect()
        };
        // Planned, and received in the same visit.
        let (filed, received) = (Opens::WithSubmission, Opens::AtReception);
        assert_eq!(moments(&case), [filed, received, received]);
        let done = leading()
            .after(receptionist(), assign())
            .after(processor(), submit_for_approval())
            .after(approver(), Command::Approve)
            .after(processor(), finish());
        assert_eq!(moments(&done).last(), Some(&Opens::AfterResult));
        assert_eq!(done.dossier.links_opening(Opens::AfterResult).count(), 1);
    }

    #[test]
    fn voiding_takes_along_what_nobody_works_on() {
        let case = leading();
        let part = opened(&case, 0);
        let voided = void_with(&case.dossier, &part, "Nhầm").unwrap();
        let told =
            |event: &Event| matches!(event, Event::Voided { reason } if reason.contains("Nhầm"));
        assert!(voided.as_ref().is_some_and(told), "{voided:?}");
        let mut at_work = part.clone();
        at_work.status = Status::Processing;
        let refusal = void_with(&case.dossier, &at_work, "Nhầm").unwrap_err();
        assert_eq!(refusal.kind, RefusalKind::Impossible);
        let mut ended = part;
        ended.status = Status::Stopped;
        assert_eq!(void_with(&case.dossier, &ended, "Nhầm"), Ok(None));
    }

    #[test]
    fn another_procedure_has_another_plan() {
        let change = Command::ChangeProcedure {
            procedure: PROCEDURE.into(),
            reason: "Nộp nhầm".to_owned(),
        };
        let case = leading().after(receptionist(), change);
        assert!(case.dossier.links.is_empty(), "what follows the wrong procedure never opens");
        let change = Command::ChangeProcedure {
            procedure: LEADING.into(),
            reason: "Nộp nhầm".to_owned(),
        };
        let case = Case::counter().after(receptionist(), change);
        assert_eq!(case.dossier.links.len(), 2);
        let stopped = leading().after(receptionist(), assign()).after(approver(), stop());
        assert!(stopped.dossier.moments_of(&stopped.log.last().unwrap().1).is_empty());
    }
}
