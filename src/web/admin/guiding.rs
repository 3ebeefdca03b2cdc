//! `/quan-tri/huong-dan`: the questions that lead to the right procedure, and when which papers of a
//! procedure are asked for; both as lines, supplied or the office's own.

use actix_web::http::StatusCode;
use actix_web::web::{self, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::paper_conditions::Chosen;
use super::{guide_choices, guiding_preview, page, renewing, sent_by_admin};
use crate::domain::calendar::words::instant_short;
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::form::{Kind, Question};
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::{Lang, Message};
use crate::office::Failure;
use crate::office::checklists::line_of;
use crate::web::components::{
    BannerKind, Button, Field, Form, banner, button, button_row, error_for, error_summary, form,
    implicit_submit, text_area,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::visitor::see_other;
use crate::web::words::{admin_guiding as words, desk as desk_words};

/// Where it is.
pub const HERE: &str = "/quan-tri/huong-dan";
/// The pages of the papers of procedures.
pub const PAPERS: &str = "/quan-tri/huong-dan/giay-to";
/// Lines of the box.
const LINES: u8 = 24;

/// What is edited: a family of questions or the papers of a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Edited {
    Questions(String),
    Papers(ProcedureCode),
}

impl Edited {
    fn address(&self) -> String {
        match self {
            Self::Questions(id) => format!("{HERE}/cau-hoi/{id}"),
            Self::Papers(code) => format!("{PAPERS}/{code}"),
        }
    }

    fn of(kind: &str, name: &str) -> Self {
        match kind {
            "giay-to" => Self::Papers(name.into()),
            _ => Self::Questions(name.to_owned()),
        }
    }
}

/// What stands there now.
struct Standing {
    title: String,
    lines: String,
    /// Who set it here, and when; none when it is the supplied one.
    set: Option<(String, jiff::Timestamp)>,
}

fn standing(desk: &Desk, edited: &Edited) -> Option<Standing> {
    let (world, lang) = (desk.office().world(), desk.lang());
    match edited {
        Edited::Questions(id) => world.guide(id).map(|set| Standing {
            title: set.guide.title.say(lang).to_owned(),
            lines: set.lines.clone(),
            set: set.set.clone(),
        }),
        Edited::Papers(code) => world.procedure(code).map(|procedure| Standing {
            title: words::PAPERS_OF.fill(lang, &[("procedure", &procedure.name)]),
            lines: world.checklist_lines(code),
            set: world.own_checklist(code).map(|set| (set.by.clone(), set.at)),
        }),
    }
}

/// `GET /quan-tri/huong-dan`.
pub async fn list(desk: Desk) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let title = words::TITLE.say(lang);
    let with_form = world.procedures().filter(|procedure| {
        !world.checklist_rules(&procedure.code).is_empty()
            || world.form(&procedure.code, None).is_some()
    });
    let main = html! {
        h1 { (title) }
        h2 { (words::QUESTIONS.say(lang)) }
        p { (words::QUESTIONS_ABOUT.say(lang)) }
        ul.links {
            @for set in world.guides() {
                li {
                    a href=(Edited::Questions(set.guide.id.clone()).address()) {
                        (set.guide.title.say(lang))
                    }
                    @if set.set.is_some() { " " span.muted { (words::OWN.say(lang)) } }
                }
            }
        }
        h2 { (words::PAPERS.say(lang)) }
        p { (words::PAPERS_ABOUT.say(lang)) }
        ul.links {
            @for procedure in with_form {
                li {
                    a href=(Edited::Papers(procedure.code.clone()).address()) { (procedure.name) }
                    " " span.muted {
                        @if world.own_checklist(&procedure.code).is_some() {
                            (words::OWN.say(lang))
                        } @else if world.checklist_rules(&procedure.code).is_empty() {
                            (words::NO_RULES.say(lang))
                        }
                    }
                }
            }
        }
    };
    page(&desk, StatusCode::OK, (HERE, title), false, &main)
}

/// `GET /quan-tri/huong-dan/{kind}/{name}`.
pub async fn edit(
    desk: Desk,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> HttpResponse {
    let edited = Edited::of(&path.0, &path.1);
    let is_done = asked(&request).has("xong");
    match standing(&desk, &edited) {
        Some(standing) => {
            let told = Told { is_saved: is_done, ..Told::default() };
            editor(&desk, &edited, &standing, &Posted::default(), told)
        }
        None => no_page(&desk),
    }
}

fn no_page(desk: &Desk) -> HttpResponse {
    desk.failed(&Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND).into())
}

/// What the page tells above its form.
#[derive(Clone, Copy, Debug, Default)]
struct Told<'a> {
    is_saved: bool,
    /// Lines were put together and are not saved yet.
    is_changed: bool,
    refusal: Option<&'a Refusal>,
}

fn editor(
    desk: &Desk,
    edited: &Edited,
    standing: &Standing,
    sent: &Posted,
    told: Told<'_>,
) -> HttpResponse {
    let lang = desk.lang();
    let (csrf, address) = (desk.csrf(), edited.address());
    let errors = told.refusal.map_or(&[][..], |refusal| &refusal.fields);
    let frame = Form { action: &address, csrf: &csrf, ask_before_leaving: true, ..Form::default() };
    let main = html! {
        @if let Some(refusal) = told.refusal { (error_summary(lang, refusal)) }
        @if told.is_saved { (banner(lang, BannerKind::Done, &html! { (words::SAVED.say(lang)) })) }
        @if told.is_changed { (banner(lang, BannerKind::Note, &html! { (words::NOT_SAVED.say(lang)) })) }
        h1 { (standing.title) }
        (set_by(lang, standing))
        (form(lang, &frame, &html! {
            @match edited {
                Edited::Papers(code) => (conditions_of(desk, code, &standing.lines, (sent, errors))),
                Edited::Questions(id) => (questions_of(desk, id, standing, sent)),
            }
            (renewing::offer(lang, errors))
            details.more open[errors.iter().any(|error| error.field == "lines")] {
                summary { (words::AS_LINES.say(lang)) }
                (typed(desk, edited, standing, errors))
            }
            @if standing.set.is_some() {
                (button_row(&button(&Button {
                    label: words::TAKE_BACK.say(lang),
                    name: "goc",
                    value: "1",
                    secondary: true,
                    ..Button::default()
                })))
            }
        }))
        p { a href=(HERE) { (words::TITLE.say(lang)) } }
    };
    let status = told.refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, &standing.title), told.refusal.is_some(), &main)
}

/// The conditions of a procedure's papers, each with a button that takes it out, and the lists to add one.
fn conditions_of(
    desk: &Desk,
    code: &ProcedureCode,
    lines: &str,
    (sent, errors): (&Posted, &[FieldError]),
) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let form = world.form(code, None).map(|form| &form.declaration);
    let Some(procedure) = world.procedure(code) else { return html! {} };
    html! {
        (implicit_submit(words::ADD_RULE.say(lang), "_add", "1"))
        (guiding_preview::papers(lang, procedure, form, lines))
        section.box {
            h2 { (words::ADD_RULE.say(lang)) }
            (Chosen::of(sent).boxes(lang, procedure, form, errors))
        }
    }
}

/// The questions of a family, each part with a button that takes it out, and the lists to add one.
fn questions_of(desk: &Desk, id: &str, standing: &Standing, sent: &Posted) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let read = world.looked_through(id, &standing.lines);
    html! {
        (implicit_submit(words::SHOW.say(lang), "xem", "1"))
        (guiding_preview::questions(lang, &world, &read))
        (guide_choices::boxes(lang, &world, &read.guide, sent))
        (button_row(&button(&Button { label: words::SAVE.say(lang), ..Button::default() })))
    }
}

/// The lines themselves, for those who like to type them.
fn typed(desk: &Desk, edited: &Edited, standing: &Standing, errors: &[FieldError]) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let show = format!("{}{}", edited.address(), guiding_preview::ANCHOR);
    html! {
        (text_area(lang, &Field {
            name: "lines",
            label: words::LINES.say(lang),
            hint: words::LINES_HINT.say(lang),
            value: &standing.lines,
            error: error_for(errors, "lines", lang),
            autocomplete: "off",
            optional: true,
            ..Field::default()
        }, LINES))
        (how(lang, edited))
        (button_row(&html! {
            (button(&Button {
                label: words::SAVE_LINES.say(lang), name: "_save", value: "1", ..Button::default()
            }))
            (button(&Button {
                label: words::SHOW.say(lang),
                name: "xem",
                value: "1",
                action: &show,
                secondary: true,
                ..Button::default()
            }))
        }))
        @if let Edited::Papers(code) = edited {
            @if let Some(procedure) = world.procedure(code) {
                @let form = world.form(code, None);
                (names(procedure, form.map(|form| form.declaration.questions().collect()), lang))
            }
        }
    }
}

/// Whose lines they are.
fn set_by(lang: Lang, standing: &Standing) -> Markup {
    html! {
        p.muted {
            @match &standing.set {
                Some((by, at)) => (words::SET_BY.fill(lang, &[("who", by), ("time", &instant_short(*at))])),
                None => (words::SUPPLIED.say(lang)),
            }
        }
    }
}

/// How lines are written.
fn how(lang: Lang, edited: &Edited) -> Markup {
    let lines: &[(Message, Message)] = match edited {
        Edited::Questions(_) => &[
            (words::HOW_FAMILY, words::HOW_FAMILY_IS),
            (words::HOW_CODES, words::HOW_CODES_IS),
            (words::HOW_QUESTION, words::HOW_QUESTION_IS),
            (words::HOW_TO_QUESTION, words::HOW_TO_QUESTION_IS),
            (words::HOW_TO_PROCEDURE, words::HOW_TO_PROCEDURE_IS),
            (words::HOW_AWAY, words::HOW_AWAY_IS),
        ],
        Edited::Papers(_) => &[
            (words::HOW_PAPER, words::HOW_PAPER_IS),
            (words::HOW_WHO, words::HOW_WHO_IS),
            (words::HOW_WAY, words::HOW_WAY_IS),
            (words::HOW_ANSWER, words::HOW_ANSWER_IS),
        ],
    };
    html! {
        details {
            summary { (words::HOW.say(lang)) }
            dl {
                @for (line, is) in lines {
                    dt.code { (line.say(lang)) }
                    dd { (is.say(lang)) }
                }
            }
            p { a href="/quan-tri/thu-tuc" target="_blank" { (words::FIND_CODE.say(lang)) } }
        }
    }
}

/// What lines can name: the papers, and the questions of the form with their choices.
fn names(procedure: &Procedure, questions: Option<Vec<&Question>>, lang: Lang) -> Markup {
    html! {
        h3 { (words::PAPERS.say(lang)) }
        ul {
            @for component in &procedure.components {
                li { span.code { (component.id) } " " (component.name) }
            }
        }
        @if let Some(questions) = &questions {
            h3 { (words::FORM_QUESTIONS.say(lang)) }
            ul {
                @for question in questions {
                    li {
                        span.code { (question.key) } " " (question.label.say(lang))
                        @if let Kind::Choice(options) = &question.kind {
                            ": "
                            @for (place, option) in options.iter().enumerate() {
                                @if place > 0 { ", " }
                                span.code { (option.value) } " (" (option.label.say(lang)) ")"
                            }
                        }
                        @if question.kind == Kind::Tick { ": " span.code { "1" } }
                    }
                }
            }
        }
    }
}

/// `POST /quan-tri/huong-dan/{kind}/{name}`.
pub async fn change(
    desk: Desk,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let edited = Edited::of(&path.0, &path.1);
    let Some(mut standing) = standing(&desk, &edited) else { return no_page(&desk) };
    if sent.has("xem") {
        sent.get("lines").clone_into(&mut standing.lines);
        return editor(&desk, &edited, &standing, &sent, Told::default());
    }
    if let Edited::Questions(id) = &edited {
        let typed = sent.get("lines");
        let read = desk.office().world().looked_through(id, typed);
        if let Some(lines) = guide_choices::rewritten(&sent, &read, typed) {
            standing.lines = lines;
            let told = Told { is_changed: true, ..Told::default() };
            return editor(&desk, &edited, &standing, &Posted::default(), told);
        }
    }
    let lines = match rewritten(&sent) {
        Ok(lines) => (!sent.has("goc")).then_some(lines),
        Err(refusal) => {
            let told = Told { refusal: Some(&refusal), ..Told::default() };
            return editor(&desk, &edited, &standing, &sent, told);
        }
    };
    let (work, typed, tests) = (edited.clone(), lines.clone(), renewing::chosen(&sent));
    let by = desk.staff.name.to_string();
    let set = with_office(&desk, move |office, _| match &work {
        Edited::Questions(id) => office.set_guide(id, typed.as_deref(), &by),
        Edited::Papers(code) => office.set_checklist(code, typed.as_deref(), (tests, &by)),
    });
    match set.await {
        Ok(()) => see_other(&format!("{}?xong=1", edited.address())),
        Err(Failure::Refused(refusal)) => {
            let refusal = renewing::at_the_box(refusal);
            // What was chosen stays in the lists, what was typed in the lines.
            if !sent.has("_add") && !sent.has("_remove") {
                standing.lines = lines.unwrap_or(standing.lines);
            }
            let told = Told { refusal: Some(&refusal), ..Told::default() };
            editor(&desk, &edited, &standing, &sent, told)
        }
        Err(fault) => desk.failed(&fault),
    }
}

/// The lines with what was chosen added, or one taken out.
///
/// # Errors
/// What was chosen is no rule yet.
fn rewritten(sent: &Posted) -> Result<String, Refusal> {
    let lines = sent.get("lines");
    if let Ok(gone) = sent.get("_remove").parse::<usize>() {
        let left = lines.lines().enumerate().filter(|(place, _)| place + 1 != gone);
        return Ok(left.map(|(_, line)| line).collect::<Vec<_>>().join("\n"));
    }
    match sent.has("_add") {
        true => Ok(format!("{}\n{}", lines.trim_end(), line_of(&Chosen::of(sent).rule()?))),
        false => Ok(lines.to_owned()),
    }
}
