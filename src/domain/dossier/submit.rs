//! `submit` and `receive`: a dossier comes in, online or over the counter.

use jiff::Timestamp;
use jiff::civil::Date;

use super::accept;
use super::actor::{Actor, Intake};
use super::answers;
use super::clock;
use super::correction::PersonField;
use super::decide::{Context, MAX_TEXT};
use super::event::{Event, Submitted};
use super::evidence::Evidence;
use super::link::plan;
use super::linking::settles;
use super::persons;
use super::state::{Attachment, Dossier, Form, FormValue, Paper};
use super::steps;
use super::words;
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::checklist::{Facts, Filer, Listed, Verdict, checklist, is_of_mandate};
use crate::domain::form::{FormVersion, evaluate};
use crate::domain::identity;
use crate::domain::ids::{AgencyCode, ComponentId, DossierCode, DossierId, ProcedureCode};
use crate::domain::offer::check_offered;
use crate::domain::person::{Mandate, MandateKind, Person};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::validity::check_in_force;
use crate::domain::words::Text;

/// Most papers, files and form answers of one dossier.
pub const MAX_PARTS: usize = 200;
/// Deepest nesting of form answers; the codec reads twice as deep.
const MAX_NESTING: usize = 8;
/// Longest number that another system gives.
const MAX_CODE: usize = 60;

/// What somebody files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// For which procedure.
    pub procedure: ProcedureCode,
    /// Where it is handed in.
    pub receiving_agency: AgencyCode,
    /// Who decides.
    pub competent_agency: AgencyCode,
    /// The way in.
    pub channel: Channel,
    /// The way out.
    pub return_channel: Channel,
    /// Whose matter it is; the applicant's own when none is named.
    pub owner: Option<Person>,
    /// Who files.
    pub applicant: Person,
    /// By what right for the owner.
    pub mandate: Option<Mandate>,
    /// The answers.
    pub form: Form,
    /// The papers.
    pub papers: Vec<SubmittedPaper>,
    /// Numbers that other systems gave it.
    pub external_codes: Vec<String>,
    /// Who decides the procedures that follow, where that is left to the filing.
    pub linked: Vec<(ProcedureCode, AgencyCode)>,
    /// The desk helped to file it online, on the national portal.
    pub is_assisted: bool,
    /// The version of the declared form that was filled in; the newest when none is named.
    pub form_version: Option<u32>,
}

/// A paper as the sender names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmittedPaper {
    /// The component's id or exact name.
    pub component: String,
    /// Originals handed in.
    pub originals: u32,
    /// Copies handed in.
    pub copies: u32,
    /// Will be brought on paper.
    pub on_paper: bool,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// Its form, number, date and issuer; the desk writes them down.
    pub evidence: Evidence,
}

/// The names that a new dossier gets; drawn by the writer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// Internal id.
    pub id: DossierId,
    /// Code on paper.
    pub code: DossierCode,
    /// The applicant's secret.
    pub lookup_secret: String,
}

/// Decides a submission: filed, with the parts that will follow, and received when a receptionist
/// takes it in.
///
/// # Errors
/// A [`Refusal`] that names every field to repair.
pub fn submit(
    submission: &Submission,
    names: Names,
    ctx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let at_desk = check_actor(submission, ctx)?;
    let Some(procedure) = ctx.directory.procedure(&submission.procedure) else {
        let text = words::UNKNOWN_PROCEDURE.text(&[("procedure", submission.procedure.as_str())]);
        return Err(Refusal::field("procedure", text));
    };
    let today = local(ctx.now).date();
    check_in_force(&procedure.code, today, ctx.rules, ctx.directory)?;
    check_agencies(submission, procedure, ctx)?;
    check_offered(&submission.receiving_agency, &procedure.code, today, ctx.directory)?;
    check_way(procedure, submission.channel)?;
    check_intake(submission, ctx)?;
    let agencies = (&submission.receiving_agency, &submission.competent_agency);
    let links = plan(&procedure.code, agencies, &submission.linked, 0, ctx)?;
    let mut errors = Vec::new();
    check_persons(submission, ctx.now, &mut errors);
    check_form(&submission.form, &mut errors);
    let (form, form_version) = declared(submission, ctx, &mut errors)?;
    let components = check_papers(submission, procedure, today, &mut errors);
    check_complete(submission, procedure, (&form, &components), ctx, &mut errors);
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    let answer_due_at = match at_desk {
        true => None,
        false => Some(clock::answer_due(ctx.now, &submission.receiving_agency, ctx.rules, ctx)?),
    };
    let submitted = Submitted {
        id: names.id,
        code: names.code,
        external_codes: submission.external_codes.clone(),
        lookup_secret: names.lookup_secret,
        procedure: procedure.code.clone(),
        procedure_name: procedure.name.clone(),
        field: procedure.field.clone(),
        receiving_agency: submission.receiving_agency.clone(),
        competent_agency: submission.competent_agency.clone(),
        channel: submission.channel,
        return_channel: submission.return_channel,
        owner: spelled(submission.owner.as_ref().unwrap_or(&submission.applicant)),
        submitter: spelled(&submission.applicant),
        mandate: submission.mandate.clone(),
        form,
        components,
        attachments: submission.papers.iter().flat_map(|p| p.attachments.clone()).collect(),
        rule_pack: ctx.rules.id.clone(),
        answer_due_at,
        led_by: None,
        is_assisted: submission.is_assisted,
        form_version,
    };
    let received = at_desk.then(|| Dossier::open(submitted.clone(), ctx.now));
    let mut events = vec![Event::Submitted(Box::new(submitted))];
    if !links.is_empty() {
        events.push(Event::LinksPlanned { links });
    }
    if let Some(dossier) = received {
        let mut papers = dossier.components.clone();
        for paper in &mut papers {
            paper.checked = true;
        }
        let received = accept::receive(&dossier, papers, Some(procedure), ctx)?;
        events.extend(steps::with_steps(&dossier, vec![received], ctx)?);
    }
    Ok(events)
}

/// Whether a procedure can be filed on a channel: it has a published duration, and online only where
/// the catalogue publishes that way. The counter takes whatever the office settles.
///
/// # Errors
/// A [`Refusal`] with the way that there is instead.
pub fn check_way(procedure: &Procedure, channel: Channel) -> Result<(), Refusal> {
    if clock::published(procedure, channel).is_none() {
        return Err(Refusal::new(RefusalKind::Invalid, words::NO_DURATION));
    }
    if channel == Channel::Online && !procedure.takes(channel) {
        return Err(Refusal::field("channel", words::NOT_ONLINE));
    }
    Ok(())
}

/// Refuses agencies that are not there, have closed, or do not settle the procedure.
fn check_agencies(
    submission: &Submission,
    procedure: &Procedure,
    ctx: &Context<'_>,
) -> Result<(), Refusal> {
    let (receiving, competent) = (&submission.receiving_agency, &submission.competent_agency);
    for (field, code) in [("agency", receiving), ("competent_agency", competent)] {
        let Some(agency) = ctx.directory.agency(code) else {
            let text = words::UNKNOWN_AGENCY.text(&[("agency", code.as_str())]);
            return Err(Refusal::field(field, text));
        };
        let values = [("agency", agency.name.as_str())];
        if !ctx.directory.is_open(code) {
            return Err(Refusal::field(field, words::AGENCY_CLOSED.text(&values)));
        }
        // Where no agency of the right level is known, the receiving one answers for it.
        if field == "competent_agency" && competent != receiving && !settles(agency, procedure) {
            let refusal = Refusal::field(field, words::NOT_COMPETENT.text(&values));
            return Err(refusal.by_rule(ctx.rules.source("competence")));
        }
    }
    Ok(())
}

/// Where the national portal is the only entrance, an online dossier comes from there and keeps its
/// number; the desk may have helped.
fn check_intake(submission: &Submission, ctx: &Context<'_>) -> Result<(), Refusal> {
    let is_online = submission.channel == Channel::Online;
    let intake = ctx.directory.intake(&submission.competent_agency, &submission.procedure);
    let by_rule = |refusal: Refusal| Err(refusal.by_rule(ctx.rules.source("online_entrance")));
    if submission.is_assisted && !is_online {
        return Err(Refusal::field("assisted", words::ASSISTED_ONLINE));
    }
    let no_code = submission.external_codes.is_empty();
    match (ctx.actor, intake) {
        (Actor::Staff(_), _) if submission.is_assisted && no_code => {
            by_rule(Refusal::field("external_codes", words::NATIONAL_CODE_MISSING))
        }
        (Actor::Staff(_) | Actor::Program(_), Intake::National) if is_online && no_code => {
            by_rule(Refusal::field("external_codes", words::NATIONAL_CODE_MISSING))
        }
        (Actor::Applicant, Intake::National) if is_online => {
            by_rule(Refusal::field("channel", words::NATIONAL_ONLY))
        }
        _ => Ok(()),
    }
}

/// Whether the dossier is received at once; or why this actor may not file it.
fn check_actor(submission: &Submission, ctx: &Context<'_>) -> Result<bool, Refusal> {
    match ctx.actor {
        Actor::Staff(staff)
            if staff.is(Role::Receptionist) && staff.agency == submission.receiving_agency =>
        {
            // Whoever was helped at the desk has had the papers checked there.
            Ok(submission.channel != Channel::Online || submission.is_assisted)
        }
        Actor::Staff(_) => Err(Refusal::new(RefusalKind::Forbidden, words::FILING_NOT_YOURS)),
        Actor::Applicant | Actor::Program(_) | Actor::System => {
            if submission.channel == Channel::Online {
                Ok(false)
            } else {
                Err(Refusal::new(RefusalKind::Forbidden, words::COUNTER_NEEDS_RECEPTIONIST))
            }
        }
    }
}

/// A person whose name has no blanks too many and has its capitals: papers print it.
fn spelled(person: &Person) -> Person {
    let name = identity::person_name(&person.name).unwrap_or_else(|_| person.name.clone());
    Person { name, ..person.clone() }
}

fn check_persons(submission: &Submission, now: Timestamp, errors: &mut Vec<FieldError>) {
    check_person("applicant", &submission.applicant, now, errors);
    if let Some(owner) = &submission.owner {
        check_person("owner", owner, now, errors);
    }
    let by_mandate = submission.mandate.as_ref().filter(|m| m.kind == MandateKind::Authorised);
    if by_mandate.is_some_and(|m| m.paper.as_deref().unwrap_or_default().trim().is_empty()) {
        let text = words::MANDATE_MISSING.into();
        errors.push(FieldError { field: "mandate.paper".to_owned(), text });
    }
    if submission.external_codes.len() > 10 {
        let text = words::TOO_MANY.text(&[("max", "10")]);
        errors.push(FieldError { field: "external_codes".to_owned(), text });
    }
    for (position, code) in submission.external_codes.iter().enumerate() {
        let fits = |c: char| c.is_ascii_graphic();
        if code.is_empty() || code.len() > MAX_CODE || !code.chars().all(fits) {
            let text = words::EXTERNAL_CODE_WRONG.text(&[("max", &MAX_CODE.to_string())]);
            errors.push(FieldError { field: format!("external_codes[{position}]"), text });
        }
    }
}

fn check_person(who: &str, person: &Person, now: Timestamp, errors: &mut Vec<FieldError>) {
    for field in PersonField::ALL {
        let value = field.read(person);
        if field != PersonField::Name && value.is_empty() {
            continue;
        }
        if let Err(text) = persons::check(field, &value, now) {
            errors.push(FieldError { field: format!("{who}.{}", field.id()), text });
        }
    }
}

/// The answers as the procedure's declared form reads them, with the version that they belong to; as
/// they came where it has none. Over the counter the form is on paper: what is wrong in the answers is
/// refused there, what is missing is not.
fn declared(
    submission: &Submission,
    ctx: &Context<'_>,
    errors: &mut Vec<FieldError>,
) -> Result<(Form, Option<FormVersion>), Refusal> {
    let wanted = submission.form_version;
    let Some(form) = ctx.directory.form(&submission.procedure, wanted) else {
        return match wanted {
            Some(_) => Err(Refusal::field("form_version", words::UNKNOWN_FORM_VERSION)),
            None => Ok((submission.form.clone(), None)),
        };
    };
    if !errors.is_empty() {
        return Ok((submission.form.clone(), None));
    }
    let found = evaluate(&form.declaration, &submission.form, local(ctx.now).date());
    let is_online = is_filled_in_here(submission, ctx);
    let refused = found.problems.into_iter().filter(|problem| is_online || !problem.is_missing);
    errors.extend(
        refused.map(|problem| FieldError {
            field: format!("form.{}", problem.path),
            text: problem.text,
        }),
    );
    Ok((found.answers, Some(form.version.clone())))
}

/// Whether the declared form was filled in, so that nobody hands it in on paper: here, where what is
/// missing is refused, or elsewhere with every answer.
fn is_declared(submission: &Submission, answers: &Form, ctx: &Context<'_>) -> bool {
    let form = ctx.directory.form(&submission.procedure, submission.form_version);
    form.is_some_and(|form| {
        is_filled_in_here(submission, ctx)
            || answers::is_complete(&form.declaration, answers, ctx.now)
    })
}

/// Whether the form was filled in on this portal. Over the counter it is on paper, and what was filed at
/// another portal was filled in with that portal's form.
fn is_filled_in_here(submission: &Submission, ctx: &Context<'_>) -> bool {
    let is_synced = !submission.external_codes.is_empty() && !matches!(ctx.actor, Actor::Applicant);
    let is_ours = !submission.is_assisted && !is_synced;
    submission.channel == Channel::Online && is_ours
}

fn check_form(form: &Form, errors: &mut Vec<FieldError>) {
    if form.len() > MAX_PARTS {
        let text = words::TOO_MANY.text(&[("max", &MAX_PARTS.to_string())]);
        errors.push(FieldError { field: "form".to_owned(), text });
    }
    for (name, value) in form.iter() {
        if let Err(text) = check_answer(value, 1) {
            errors.push(FieldError { field: format!("form.{name}"), text });
        }
    }
}

/// Refuses texts that are too long and answers that are nested too deep, which could not be read back.
fn check_answer(value: &FormValue, depth: usize) -> Result<(), Text> {
    if depth > MAX_NESTING {
        return Err(words::NESTED_TOO_DEEP.text(&[("max", &MAX_NESTING.to_string())]));
    }
    match value {
        FormValue::Text(text) if text.chars().count() > MAX_TEXT => {
            Err(words::TOO_LONG.text(&[("max", &MAX_TEXT.to_string())]))
        }
        FormValue::List(items) => items.iter().try_for_each(|item| check_answer(item, depth + 1)),
        FormValue::Group(group) => {
            group.values().try_for_each(|item| check_answer(item, depth + 1))
        }
        _ => Ok(()),
    }
}

fn check_papers(
    submission: &Submission,
    procedure: &Procedure,
    today: Date,
    errors: &mut Vec<FieldError>,
) -> Vec<Paper> {
    let mut papers: Vec<Paper> = Vec::new();
    let files: usize = submission.papers.iter().map(|paper| paper.attachments.len()).sum();
    if submission.papers.len() > MAX_PARTS || files > MAX_PARTS {
        let text = words::TOO_MANY.text(&[("max", &MAX_PARTS.to_string())]);
        errors.push(FieldError { field: "components".to_owned(), text });
        return papers;
    }
    for (position, sent) in submission.papers.iter().enumerate() {
        let Some(component) = procedure.component(&sent.component) else {
            let text = words::UNKNOWN_COMPONENT.text(&[("component", &sent.component)]);
            errors.push(FieldError { field: format!("components[{position}]"), text });
            continue;
        };
        if papers.iter().any(|paper| paper.component == component.id) {
            let text = words::COMPONENT_TWICE.text(&[("component", &component.name)]);
            errors.push(FieldError { field: format!("components[{position}]"), text });
            continue;
        }
        // The applicant's own word about a paper is no check of it.
        let evidence = match submission.channel {
            Channel::Online => Evidence::default(),
            _ => sent.evidence.checked(&format!("components[{position}]"), today, errors),
        };
        papers.push(Paper {
            component: component.id.clone(),
            name: component.name.clone(),
            originals: sent.originals,
            copies: sent.copies,
            on_paper: sent.on_paper || submission.channel != Channel::Online,
            checked: false,
            evidence,
        });
    }
    papers
}

/// Refuses what lacks a paper that this filing cannot go without.
fn check_complete(
    submission: &Submission,
    procedure: &Procedure,
    (form, papers): (&Form, &[Paper]),
    ctx: &Context<'_>,
    errors: &mut Vec<FieldError>,
) {
    let listed = listed(submission, procedure, form, ctx).into_iter();
    // A mandate names its paper, which is asked for with it.
    let named = |one: &Listed<'_>| submission.mandate.is_some() && is_of_mandate(one.component);
    let required = listed.filter(|one| one.verdict == Verdict::Required && !named(one));
    for Listed { component, .. } in required {
        let handed_in = papers.iter().any(|paper| {
            paper.component == component.id
                && (paper.on_paper || has_files(submission, procedure, &paper.component))
        });
        if !handed_in {
            errors.push(FieldError {
                field: format!("components.{}", component.id),
                text: words::COMPONENT_MISSING.text(&[("component", &component.name)]),
            });
        }
    }
}

/// The papers of the procedure with what this filing's answers say of each.
fn listed<'p>(
    submission: &Submission,
    procedure: &'p Procedure,
    form: &Form,
    ctx: &Context<'_>,
) -> Vec<Listed<'p>> {
    let facts = Facts {
        filer: Some(Filer::by(submission.mandate.as_ref())),
        channel: Some(submission.channel),
        answers: form,
        is_filled_in: is_filled_in_here(submission, ctx),
        declared: procedure
            .declaration()
            .map(|paper| &paper.id)
            .filter(|_| is_declared(submission, form, ctx)),
    };
    checklist(procedure, ctx.directory.paper_rules(&procedure.code), &facts)
}

/// What will be said of each paper of the procedure, in the catalogue's order, of a filing that need not
/// be complete: what its reception will demand.
pub fn papers_asked(submission: &Submission, ctx: &Context<'_>) -> Vec<Verdict> {
    let Some(procedure) = ctx.directory.procedure(&submission.procedure) else {
        return Vec::new();
    };
    let form = ctx.directory.form(&submission.procedure, submission.form_version);
    let today = local(ctx.now).date();
    let answers = form.map(|form| evaluate(&form.declaration, &submission.form, today).answers);
    let answers = answers.as_ref().unwrap_or(&submission.form);
    let listed = listed(submission, procedure, answers, ctx).into_iter();
    listed.map(|one| one.verdict).collect()
}

fn has_files(submission: &Submission, procedure: &Procedure, component: &ComponentId) -> bool {
    submission.papers.iter().any(|sent| {
        !sent.attachments.is_empty()
            && procedure.component(&sent.component).is_some_and(|known| known.id == *component)
    })
}

#[cfg(test)]
mod tests {
    use super::spelled;
    use crate::domain::catalogue::Channel;
    use crate::domain::dossier::fixture::{
        ASKED, CLOSED, DEPARTMENT, NATIONAL, PROCEDURE, WARD, WORLD, invalid, names, receptionist,
        submission, told,
    };
    use crate::domain::dossier::{Actor, Context, Directory, Event, Submission, check_way, submit};
    use crate::domain::person::Person;
    use crate::domain::refusal::RefusalKind;

    #[test]
    fn names_are_kept_with_single_blanks() {
        let person = Person { name: "  nguyễn   THỊ Lan ".to_owned(), ..Person::default() };
        assert_eq!(spelled(&person).name, "nguyễn THỊ Lan");
    }

    type Told = (RefusalKind, String, String);

    fn filed(actor: &Actor, change: impl FnOnce(&mut Submission)) -> Result<Vec<Event>, Told> {
        let mut submission = submission(Channel::Online);
        change(&mut submission);
        let now = crate::domain::dossier::fixture::Case::online().now;
        let ctx = Context { now, actor, rules: &WORLD.rules, directory: &*WORLD };
        submit(&submission, names(), &ctx).map_err(told)
    }

    fn by_entrance(field: &str) -> Told {
        let rule = "source of online_entrance".to_owned();
        (RefusalKind::Invalid, field.to_owned(), rule)
    }

    #[test]
    fn where_the_national_portal_is_the_entrance_dossiers_come_from_there() {
        let national = |s: &mut Submission| s.procedure = NATIONAL.into();
        assert_eq!(filed(&Actor::Applicant, national), Err(by_entrance("channel")));
        let program = Actor::Program("lgsp".to_owned());
        assert_eq!(filed(&program, national), Err(by_entrance("external_codes")));
        let synced = |s: &mut Submission| {
            national(s);
            s.external_codes = vec!["G22.99.01-261123-0001".to_owned()];
        };
        assert_eq!(filed(&program, synced).map(|events| events.len()), Ok(1));
        // At the desk: helped, checked and received in one go.
        let helped = |s: &mut Submission| {
            synced(s);
            s.is_assisted = true;
        };
        let events = filed(&receptionist(), helped).unwrap();
        assert!(matches!(&events[..], [Event::Submitted(first), Event::Received(_)]
            if first.is_assisted));
        let nameless = |s: &mut Submission| {
            helped(s);
            s.external_codes.clear();
        };
        assert_eq!(filed(&receptionist(), nameless), Err(by_entrance("external_codes")));
        // The counter stays open.
        let counter = |s: &mut Submission| {
            national(s);
            s.channel = Channel::Counter;
        };
        assert_eq!(filed(&receptionist(), counter).map(|events| events.len()), Ok(2));
    }

    #[test]
    fn it_goes_to_an_agency_that_works_and_settles_it() {
        let to = |code: &'static str| move |s: &mut Submission| s.competent_agency = code.into();
        assert_eq!(filed(&Actor::Applicant, to(CLOSED)), Err(invalid("competent_agency")));
        assert_eq!(filed(&Actor::Applicant, to("H1")), Err(invalid("competent_agency")));
        for there in [WARD, DEPARTMENT, ASKED] {
            assert!(filed(&Actor::Applicant, to(there)).is_ok(), "{there}");
        }
        let provincial = |code: &'static str| {
            move |s: &mut Submission| {
                s.procedure = crate::domain::dossier::fixture::PROVINCIAL.into();
                s.competent_agency = code.into();
            }
        };
        assert!(filed(&Actor::Applicant, provincial(DEPARTMENT)).is_ok());
        let (kind, field, rule) = filed(&Actor::Applicant, provincial(ASKED)).unwrap_err();
        assert_eq!((kind, field.as_str()), (RefusalKind::Invalid, "competent_agency"));
        assert_eq!(rule, "source of competence");
    }

    #[test]
    fn online_only_where_the_catalogue_publishes_that_way() {
        let mut procedure = WORLD.procedure(&PROCEDURE.into()).unwrap().clone();
        check_way(&procedure, Channel::Online).unwrap();
        procedure.submission.retain(|way| way.channel == Channel::Counter);
        let refusal = check_way(&procedure, Channel::Online).unwrap_err();
        assert_eq!(told(refusal), invalid("channel"));
        for channel in [Channel::Counter, Channel::Post] {
            check_way(&procedure, channel).unwrap();
        }
    }
}
