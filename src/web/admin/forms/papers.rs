//! The papers that go along with a form: which, and for which answers.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::HERE;
use super::conditions::{self, TypedCondition};
use super::editor::{Work, changed, in_form, row_id, work, work_sent};
use super::shown::Shown;
use super::typed::{english, text};
use crate::domain::dossier::Directory;
use crate::domain::form::{Declaration, Paper};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::web::admin::page;
use crate::web::components::{
    Button, Field, button, button_link, button_row, error_for, error_summary, row_button,
    text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::Posted;
use crate::web::visitor::see_other;
use crate::web::words::desk as desk_words;
use crate::web::words::form_builder as words;

/// Stands for a paper that is added.
const NEW: &str = "moi";

/// The row of a paper, to come back to.
fn row(place: usize) -> String {
    row_id(&format!("giay.{place}"))
}

/// The list of papers in the builder.
pub fn list(desk: &Desk, work: &Work) -> Markup {
    let lang = desk.lang();
    let declaration = &work.working.declaration;
    let here = format!("{}/giay-to", work.address());
    html! {
        section id="giay-to" {
            h2 { (words::PAPERS.say(lang)) }
            p.hint { (words::PAPERS_ABOUT.say(lang)) }
            @if !declaration.papers.is_empty() {
                (in_form(desk, work, &work.address(), &html! {
                    ol.field-rows {
                        @for (place, paper) in declaration.papers.iter().enumerate() {
                            li id=(row(place)) { (one(lang, declaration, &here, (place, paper))) }
                        }
                    }
                }))
            }
            (button_link(&format!("{here}/{NEW}"), &Button {
                label: words::PAPER_ADD.say(lang), secondary: true, ..Button::default()
            }))
        }
    }
}

fn one(
    lang: Lang,
    declaration: &Declaration,
    here: &str,
    (place, paper): (usize, &Paper),
) -> Markup {
    let name = paper.name.say(lang);
    let when = match paper.only_if.as_slice() {
        [] => words::PAPER_ALWAYS.say(lang).to_owned(),
        conditions => {
            let said = Shown { lang, declaration }.conditions(conditions, None);
            words::PAPER_WHEN.fill(lang, &[("when", &said)])
        }
    };
    html! {
        div.field-words {
            a href={ (here) "/" (place) } { (name) }
            span.hint { (when) }
        }
        div.row-buttons {
            (row_button(words::REMOVE.say(lang), name, "_paper_remove", &place.to_string()))
        }
    }
}

/// `GET /quan-tri/to-khai/{procedure}/sua/giay-to/{place}`.
pub async fn show(desk: Desk, path: Path<(String, String)>) -> HttpResponse {
    let work = match work(&desk, &path.0) {
        Ok(work) => work,
        Err(response) => return response,
    };
    let declaration = &work.working.declaration;
    let fresh = Paper::default();
    let paper = match path.1.as_str() {
        NEW => Some(&fresh),
        place => place.parse().ok().and_then(|place: usize| declaration.papers.get(place)),
    };
    let Some(paper) = paper else {
        return desk.failed(&Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND).into());
    };
    let start = format!("papers[{}].", path.1);
    let problems = desk.office().form_problems(&work.working).into_iter();
    let errors = problems.filter_map(|problem| {
        let field = problem.field.strip_prefix(&start)?.to_owned();
        Some(FieldError { field, text: problem.text })
    });
    sheet(&desk, &work, (&path.1, paper), &errors.collect::<Vec<_>>())
}

fn sheet(
    desk: &Desk,
    work: &Work,
    (place, paper): (&str, &Paper),
    errors: &[FieldError],
) -> HttpResponse {
    let lang = desk.lang();
    let title = match paper.name.say(lang) {
        "" => words::PAPER_ADD.say(lang).to_owned(),
        name => words::PAPER_NAMED.fill(lang, &[("name", name)]),
    };
    let back = format!("{}#giay-to", work.address());
    let main = html! {
        @if !errors.is_empty() { (error_summary(lang, &Refusal::fields(errors.to_vec()))) }
        h1 { (title) }
        p.muted { a href=(back) { (words::BACK_EDIT.say(lang)) } }
        (the_form(desk, work, (place, paper), errors))
    };
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page(desk, status, (HERE, &title), !errors.is_empty(), &main)
}

fn the_form(
    desk: &Desk,
    work: &Work,
    (place, paper): (&str, &Paper),
    errors: &[FieldError],
) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let declaration = &work.working.declaration;
    let all: Vec<_> = declaration.questions().collect();
    let typed: Vec<TypedCondition> = paper.only_if.iter().map(TypedCondition::of).collect();
    let field = |name, label: &'static str| Field {
        name,
        label,
        autocomplete: "off",
        error: error_for(errors, name, lang),
        max_length: Some(300),
        ..Field::default()
    };
    let (name_en, known_as) = (english(&paper.name), paper.known_as.join("\n"));
    let components =
        world.procedure(&work.looked.code).map_or(&[][..], |procedure| &procedure.components);
    in_form(
        desk,
        work,
        &format!("{}/giay-to/{place}", work.address()),
        &html! {
            div.field-editor {
                div.pairs {
                    (text_field(lang, &Field {
                        value: &paper.name.vi, ..field("name", words::PAPER_NAME.say(lang))
                    }))
                    (text_field(lang, &Field {
                        value: &name_en, optional: true,
                        ..field("name_en", words::PAPER_NAME_EN.say(lang))
                    }))
                }
                (text_area(lang, &Field {
                    value: &known_as,
                    hint: words::KNOWN_AS_HINT.say(lang),
                    optional: true,
                    max_length: Some(2_000),
                    ..field("known_as", words::KNOWN_AS.say(lang))
                }, 2))
                @if !components.is_empty() {
                    details.more {
                        summary { (words::IN_CATALOGUE.say(lang)) }
                        ul { @for component in components { li { (component.name) } } }
                    }
                }
                h2 { (words::PAPER_ONLY_IF.say(lang)) }
                (conditions::boxes(&Shown { lang, declaration }, (&all, None), &typed, errors))
                (button_row(&button(&Button { label: words::SAVE.say(lang), ..Button::default() })))
            }
        },
    )
}

/// `POST /quan-tri/to-khai/{procedure}/sua/giay-to/{place}`.
pub async fn change(
    desk: Desk,
    path: Path<(String, String)>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let (sent, work) = match work_sent(&desk, &path.0, &request, payload).await {
        Ok(both) => both,
        Err(response) => return response,
    };
    let paper = read(&sent);
    if paper.name.vi.is_empty() {
        let text = crate::domain::form::words::PAPER_UNNAMED.into();
        let errors = [FieldError { field: "name".to_owned(), text }];
        return sheet(&desk, &work, (&path.1, &paper), &errors);
    }
    let place = path.1.parse::<usize>().ok();
    let done = changed(&desk, &work, move |form| {
        match place.and_then(|place| form.papers.get_mut(place)) {
            Some(known) => *known = paper,
            None => form.papers.push(paper),
        }
    });
    let back = format!("{}?xong=1#giay-to", work.address());
    done.await.map_or_else(|response| response, |()| see_other(&back))
}

fn read(sent: &Posted) -> Paper {
    let lines = sent.get("known_as").lines().map(str::trim).filter(|line| !line.is_empty());
    Paper {
        name: text(sent.get("name"), sent.get("name_en")),
        known_as: lines.map(str::to_owned).collect(),
        only_if: conditions::meant(&conditions::read(sent)),
    }
}
