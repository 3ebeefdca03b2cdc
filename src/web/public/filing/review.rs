//! Step 5: everything once more, and then it is sent.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::case::{Case, at};
use super::papers::{self, Mode};
use super::step::{Step, is_for_another};
use super::{declared, known, persons, places, signpost};
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::catalogue::{Channel, Component, Procedure};
use crate::domain::dossier::{Directory, Form, FormValue};
use crate::domain::fee;
use crate::domain::ids::AgencyCode;
use crate::domain::privacy::Place;
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::Failure;
use crate::office::filing::{Filed, Filing};
use crate::office::repeat::Once;
use crate::web::asking;
use crate::web::components::{
    BannerKind, Field, SummaryRow, banner, calculation, checkbox, size_words, summary_list,
};
use crate::web::public::{facts, privacy};
use crate::web::words::{components as shared_words, public_filing as words};

/// The box that says that another dossier of the same case is meant.
pub(super) const ONCE_MORE: &str = "once_more";

/// What is wrong on a step.
///
/// # Errors
/// The relaxed store cannot be read.
pub(super) fn check(case: &Case<'_>, step: Step) -> Result<Vec<FieldError>, Failure> {
    Ok(match step {
        Step::Who => persons::check_who(case),
        Step::Applicant => persons::check_person(case, "applicant"),
        Step::Owner => persons::check_person(case, "owner"),
        Step::Form => match declared::form_of(case) {
            Some(form) => declared::check(case, form),
            None => persons::check_request(case),
        },
        Step::Papers => papers::check_papers(case)?,
        Step::Return if papers::return_channel(case).is_none() => {
            vec![at("return", words::RETURN_MISSING)]
        }
        Step::Return | Step::Send => Vec::new(),
    })
}

/// The questions of a step.
///
/// # Errors
/// The relaxed store cannot be read.
pub(super) fn body(case: &Case<'_>, step: Step) -> Result<Markup, Failure> {
    Ok(match step {
        Step::Who => persons::who(case, false),
        Step::Applicant => html! {
            (known::source(case)?)
            (persons::person(case, "applicant"))
        },
        Step::Owner => html! {
            (known::offered(case)?)
            (persons::person(case, "owner"))
        },
        Step::Form => match declared::form_of(case) {
            Some(form) => declared::body(case, form),
            None => persons::request(case),
        },
        Step::Papers => html! {
            (signpost::other(case))
            (papers::papers(case)?)
        },
        Step::Return => papers::return_way(case),
        Step::Send => summary(case)?,
    })
}

/// What is missing on the steps before, each with its step.
fn missing(case: &Case<'_>) -> Result<Vec<(Step, FieldError)>, Failure> {
    let mut missing = Vec::new();
    for step in Step::path(&case.draft.answers) {
        missing.extend(check(case, step)?.into_iter().map(|error| (step, error)));
    }
    Ok(missing)
}

fn summary(case: &Case<'_>) -> Result<Markup, Failure> {
    let lang = case.lang();
    let missing = missing(case)?;
    Ok(html! {
        (signpost::other(case))
        // What was refused stands in the summary above.
        @if !missing.is_empty() && case.lacks.is_empty() {
            (banner(lang, BannerKind::Note, &html! {
                (words::BEFORE_SENDING.say(lang)) ":"
                ul {
                    @for (step, error) in &missing {
                        li {
                            a href=(case.address_of(*step, error)) { (error.text.say(lang)) }
                        }
                    }
                }
            }))
        }
        @for who in ["applicant", "owner"] {
            @if who == "applicant" || is_for_another(&case.draft.answers) {
                @if let Some(warning) = persons::warning(&case.draft.answers, who) {
                    (banner(lang, BannerKind::Note, &html! { (warning.say(lang)) }))
                }
            }
        }
        h2 { (words::STEP_WHO.say(lang)) }
        (summary_list(lang, &[
            change(SummaryRow::text(words::WHO_FILES_AS.say(lang), capacity(case)), &case.address(Step::Who)),
            change(SummaryRow::text(words::PLACE.say(lang), &place(case)), &case.address(Step::Who)),
        ]))
        @for (label, agency) in places::deciding(case) {
            (summary_list(lang, &[change(SummaryRow::text(&label, &agency), &case.address(Step::Who))]))
        }
        (summary_list(lang, &person_rows(case, "applicant", &case.address(Step::Applicant))))
        @if is_for_another(&case.draft.answers) {
            h2 { (words::OWNER.say(lang)) }
            (summary_list(lang, &person_rows(case, "owner", &case.address(Step::Owner))))
        }
        h2 { (words::STEP_FORM.say(lang)) }
        @let places = declared::Places::of_case(case, case.address(Step::Form));
        (summary_list(lang, &answer_rows(case, &places)))
        h2 { (words::STEP_PAPERS.say(lang)) }
        (summary_list(lang, &paper_rows(case, &case.address(Step::Papers))?))
        h2 { (words::STEP_RETURN.say(lang)) }
        (summary_list(lang, &[change(
            SummaryRow::text(
                words::RETURN_HOW.say(lang),
                papers::return_channel(case).map_or("", |channel| facts::channel(channel, lang)),
            ),
            &case.address(Step::Return),
        )]))
        h2 { (shared_words::FEES.say(lang)) }
        (fees(case))
        @for (name, fee) in later_costs(case) {
            (summary_list(lang, &[SummaryRow::text(&name, &fee)]))
        }
        (twin(case))
        (privacy::note(case.site, case.visitor, Place::Filing))
        (privacy::remembering(case.site, case.visitor, "", case.is_remembered)?)
        (checkbox(lang, &Field {
            name: "pledge",
            label: words::PLEDGE.say(lang),
            error: case.error("pledge"),
            ..Field::default()
        }, "1", case.is_pledged))
    })
}

/// The same case is open already: it is asked whether there is to be another dossier.
fn twin(case: &Case<'_>) -> Markup {
    let Some(twin) = &case.twin else { return html! {} };
    let lang = case.lang();
    html! {
        (checkbox(lang, &Field {
            name: ONCE_MORE,
            label: words::ONCE_MORE.say(lang),
            error: case.error(ONCE_MORE),
            ..Field::default()
        }, "1", case.is_once_more))
        p {
            a href={ "/tra-cuu/" (twin.code) } {
                (words::SEE_TWIN.fill(lang, &[("code", twin.code.as_str())]))
            }
        }
    }
}

/// In what capacity the visitor files.
fn capacity(case: &Case<'_>) -> &'static str {
    let message = match case.value("who") {
        "self" => words::FOR_MYSELF,
        "mandate" => words::BY_MANDATE,
        "law" => words::BY_LAW,
        _ => return "",
    };
    message.say(case.lang())
}

/// What this filing costs by its answers, with the lines that show how; where no rule says it, what the
/// catalogue publishes.
fn fees(case: &Case<'_>) -> Markup {
    let (lang, day) = (case.lang(), case.today());
    let schedule = case.world.fees(&decides(case), &case.procedure.code);
    if schedule.rules_for(Channel::Online, day).next().is_none() {
        let row = SummaryRow::text(words::TO_PAY.say(lang), &cost(case));
        return summary_list(lang, &[row]);
    }
    let form = declared::form_of(case).map(|form| declared::evaluation(case, form).answers);
    let expected = schedule.expected(&form.unwrap_or_default(), Channel::Online, day);
    let later: Vec<_> = schedule.counted_later(Channel::Online, day).collect();
    html! {
        @if !expected.items.is_empty() { (calculation(lang, &expected)) }
        @else if later.is_empty() { p { (words::NOTHING_TO_PAY.say(lang)) } }
        @if !later.is_empty() {
            p { (words::COUNTED_LATER.say(lang)) }
            ul { @for rule in later { li { (rule.name) ": " (fee::words::rule(rule, lang)) } } }
        }
    }
}

/// The agency that decides, whose fees these are.
fn decides(case: &Case<'_>) -> AgencyCode {
    match case.value("competent") {
        "" => case.world.competent(&case.value("place").into(), &case.procedure),
        code => code.into(),
    }
}

/// What filing online costs, as the catalogue publishes it.
fn cost(case: &Case<'_>) -> String {
    let way = case.procedure.way(Channel::Online);
    way.map(|way| facts::fee(way, case.lang())).unwrap_or_default()
}

/// What the procedures that follow cost, each by its name.
fn later_costs(case: &Case<'_>) -> Vec<(String, String)> {
    let followers = case.world.followers(&case.procedure.code).iter();
    let known = followers.filter_map(|follower| case.world.procedure(&follower.procedure));
    let cost = |procedure: &Procedure| {
        let way = procedure.way(Channel::Online).or_else(|| procedure.way(Channel::Counter))?;
        Some((procedure.name.clone(), facts::fee(way, case.lang())))
    };
    known.filter_map(cost).collect()
}

fn change<'a>(row: SummaryRow<'a>, href: &'a str) -> SummaryRow<'a> {
    SummaryRow { change: href, ..row }
}

fn long<'a>(label: &'a str, text: &str) -> SummaryRow<'a> {
    let text = text.trim();
    let value = (!text.is_empty()).then(|| html! { span.as-typed { (text) } });
    SummaryRow { label, value, change: "" }
}

fn answer_rows<'a>(case: &'a Case<'_>, places: &'a declared::Places) -> Vec<SummaryRow<'a>> {
    match declared::form_of(case) {
        Some(form) => declared::rows(case, form, places),
        None => {
            let request = long(words::REQUEST.say(case.lang()), case.value("form.noi_dung"));
            vec![change(request, places.of("noi_dung"))]
        }
    }
}

fn place(case: &Case<'_>) -> String {
    let takers = case.world.own_takers(&case.procedure, case.today());
    let chosen = takers.iter().find(|agency| agency.code.as_str() == case.value("place"));
    chosen.map(|agency| agency.one_stop.clone()).unwrap_or_default()
}

fn person_rows<'a>(case: &Case<'_>, who: &str, href: &'a str) -> Vec<SummaryRow<'a>> {
    let lang = case.lang();
    let value = |part: &str| case.value(&format!("{who}.{part}")).trim().to_owned();
    let born = match persons::birth_date(&case.draft.answers, who) {
        persons::Born::On(day) => date_short(day),
        persons::Born::In(year) => year.to_string(),
        persons::Born::Unsaid | persons::Born::Wrong => String::new(),
    };
    let own = who == "applicant";
    let rows = [
        (words::FULL_NAME, value("name"), true),
        (words::BIRTH_DATE, born, true),
        (words::CHECK_ID, value("id_number"), true),
        (words::PHONE, value("phone"), true),
        (words::EMAIL, value("email"), true),
        (words::ADDRESS, value("address"), true),
        (
            if case.value("who") == "law" { words::RELATION } else { words::MANDATE_PAPER },
            case.value("mandate.paper").to_owned(),
            !own,
        ),
    ];
    rows.into_iter()
        .filter(|(_, _, asked)| *asked)
        .map(|(label, value, _)| change(SummaryRow::text(label.say(lang), &value), href))
        .collect()
}

fn paper_rows<'a>(case: &'a Case<'_>, href: &'a str) -> Result<Vec<SummaryRow<'a>>, Failure> {
    let lang = case.lang();
    let mut rows = Vec::new();
    for one in papers::listed(case) {
        let component = one.component;
        if !papers::is_asked(&one.verdict) {
            continue;
        }
        let value = match Mode::of(case, &one) {
            Mode::File => {
                let files = case.files(component.id.as_str())?;
                (!files.is_empty()).then(|| {
                    html! {
                        ul.plain {
                            @for file in &files {
                                li { (file.name) " " span.muted { (size_words(file.size)) } }
                            }
                        }
                    }
                })
            }
            Mode::Paper => Some(html! {
                (words::ON_PAPER.say(lang))
                (left_behind(case, component)?)
            }),
            Mode::None => Some(html! {
                span.muted { (words::LEFT_OUT.say(lang)) }
                (left_behind(case, component)?)
            }),
            Mode::Unsaid => None,
        };
        rows.push(SummaryRow { label: &component.name, value, change: href });
    }
    Ok(rows)
}

/// Says that files of a paper that is not handed in stay behind.
fn left_behind(case: &Case<'_>, component: &Component) -> Result<Markup, Failure> {
    let files = case.files(component.id.as_str())?.len().to_string();
    Ok(html! {
        @if files != "0" { br; (words::FILES_LEFT.fill(case.lang(), &[("n", &files)])) }
    })
}

/// Sends the filing, or shows again what is missing.
///
/// # Errors
/// The store fails.
pub(super) async fn send(case: &mut Case<'_>) -> Result<Sent, Failure> {
    case.lacks = missing(case)?;
    if !case.lacks.is_empty() {
        return refused(case);
    }
    let Some(contact) = case.contact else { return Ok(Sent::SignInFirst) };
    if !case.is_pledged {
        case.errors.push(at("pledge", words::PLEDGE_MISSING));
    }
    if !case.is_once_more {
        let answers = &case.draft.answers;
        let applicant = persons::person_of(answers, "applicant");
        let owner = persons::owner_of(answers).unwrap_or(applicant);
        case.twin = case.site.office.open_twin(contact, &case.procedure.code, &owner)?;
    }
    if let Some(twin) = &case.twin {
        let day = date_short(local(twin.submitted_at).date());
        let values =
            [("code", twin.code.as_str()), ("owner", twin.owner.name.as_str()), ("day", &day)];
        case.errors.push(at(ONCE_MORE, words::TWIN.text(&values)));
    }
    if !case.errors.is_empty() {
        return refused(case);
    }
    // Whoever works on the draft, here or at the counter, makes one dossier of it.
    let caller = case.draft.caller();
    let filing = filing(case)?;
    let once = Once::of_draft(&case.draft.id);
    match case.site.office.file(&caller, filing, Some(once)).await {
        Ok(filed) => {
            note(case, &filed).await?;
            Ok(Sent::Filed(Box::new(filed)))
        }
        Err(Failure::Refused(refusal)) => {
            case.errors = summed_up(refusal);
            refused(case)
        }
        Err(fault) => Err(fault),
    }
}

/// How sending ended.
pub(super) enum Sent {
    /// The dossier is there.
    Filed(Box<Filed>),
    /// The page to show instead.
    Refused(HttpResponse),
    /// Nobody is signed in who could send it.
    SignInFirst,
}

fn refused(case: &Case<'_>) -> Result<Sent, Failure> {
    let body = body(case, Step::Send)?;
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(Sent::Refused(case.page(status, Step::Send, &body)))
}

/// A refusal of the whole stands at the declaration, the one question of this page.
fn summed_up(refusal: Refusal) -> Vec<FieldError> {
    if refusal.fields.is_empty() {
        return vec![at("pledge", refusal.text)];
    }
    refusal.fields.into_iter().map(|error| at("pledge", error.text)).collect()
}

fn filing(case: &Case<'_>) -> Result<Filing, Failure> {
    let answers = &case.draft.answers;
    let declared = declared::form_of(case);
    let mut form = match declared {
        Some(form) => asking::answers(&form.declaration, answers),
        None => {
            let request = case.value("form.noi_dung").trim().to_owned();
            Form::from_iter([("noi_dung".to_owned(), FormValue::Text(request))])
        }
    };
    for (who, name) in [("applicant", "nam_sinh_nguoi_nop"), ("owner", "nam_sinh_chu_ho_so")] {
        if let persons::Born::In(year) = persons::birth_date(answers, who) {
            form.insert(name.to_owned(), FormValue::Text(year.to_string()));
        }
    }
    Ok(Filing {
        procedure: case.procedure.code.to_string(),
        agency: Some(case.value("place").to_owned()),
        channel: Channel::Online,
        return_channel: papers::return_channel(case).unwrap_or(Channel::Counter),
        owner: persons::owner_of(answers),
        applicant: persons::person_of(answers, "applicant"),
        mandate: persons::mandate_of(answers),
        form,
        papers: papers::filed(case)?,
        external_codes: Vec::new(),
        competent: Some(case.value("competent").to_owned()),
        linked: linked(case),
        is_assisted: false,
        form_version: declared.map(|form| form.version.version),
    })
}

/// Who decides what follows, as it was chosen.
fn linked(case: &Case<'_>) -> Vec<(String, String)> {
    let place = case.value("place").into();
    let choices = case.world.link_choices(&case.procedure.code, &place, case.today()).into_iter();
    let chosen = choices.map(|choice| {
        let agency = case.value(&places::linked_name(choice.procedure));
        (choice.procedure.code.to_string(), agency.to_owned())
    });
    chosen.filter(|(_, agency)| !agency.is_empty()).collect()
}

/// The draft has become a dossier; the account lists it, and remembers who files if they agree.
async fn note(case: &Case<'_>, filed: &Filed) -> Result<(), Failure> {
    let office = &case.site.office;
    office.change_draft(&case.keeper, &case.draft, |draft| {
        draft.become_dossier(filed.code.as_str());
    })?;
    let Some(contact) = case.contact else { return Ok(()) };
    office.remember_filed(contact, filed.id)?;
    office.remember_applicant(contact, &case.draft.answers, case.is_remembered).await
}
