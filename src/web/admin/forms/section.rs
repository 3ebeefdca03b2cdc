//! The page of a section: its heading, what to know before answering, when it is asked.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::HERE;
use super::conditions::{self, TypedCondition};
use super::editor::{Work, changed, in_form, row_id, work, work_sent};
use super::shown::Shown;
use super::typed::{english, text};
use crate::domain::form::{Section, Spot};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::Message;
use crate::web::admin::page;
use crate::web::components::{
    Button, Field, button, button_row, error_for, error_summary, text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::visitor::see_other;
use crate::web::words::desk as desk_words;
use crate::web::words::form_builder as words;

/// `GET /quan-tri/to-khai/{procedure}/sua/muc/{place}`.
pub async fn show(desk: Desk, path: Path<(String, usize)>) -> HttpResponse {
    let work = match work(&desk, &path.0) {
        Ok(work) => work,
        Err(response) => return response,
    };
    let Some(section) = work.working.declaration.sections.get(path.1) else {
        let refusal = Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND);
        return desk.failed(&refusal.into());
    };
    let lang = desk.lang();
    let start = format!("sections[{}].", path.1);
    let problems = desk.office().form_problems(&work.working).into_iter();
    let errors: Vec<FieldError> = problems
        .filter_map(|problem| {
            let part = problem
                .field
                .strip_prefix(&start)
                .filter(|part| !part.starts_with("questions["))?;
            Some(FieldError { field: part.to_owned(), text: problem.text })
        })
        .collect();
    let title = words::SECTION_NAMED.fill(lang, &[("title", section.title.say(lang))]);
    let back = format!("{}#{}", work.address(), row_id(&format!("muc.{}", path.1)));
    let refusal = Refusal::fields(errors.clone());
    let main = html! {
        @if !errors.is_empty() { (error_summary(lang, &refusal)) }
        h1 { (title) }
        p.muted { a href=(back) { (words::BACK_EDIT.say(lang)) } }
        (the_form(&desk, &work, (path.1, section), &errors))
    };
    page(&desk, StatusCode::OK, (HERE, &title), false, &main)
}

fn the_form(
    desk: &Desk,
    work: &Work,
    (place, section): (usize, &Section),
    errors: &[FieldError],
) -> Markup {
    let lang = desk.lang();
    let declaration = &work.working.declaration;
    let above = declaration.above(Spot { section: place, question: 0, column: None });
    let typed: Vec<TypedCondition> = section.only_if.iter().map(TypedCondition::of).collect();
    let (title_en, help_en) = (english(&section.title), english(&section.help));
    let line = |name, label: Message, value, optional| {
        text_field(
            lang,
            &Field {
                name,
                label: label.say(lang),
                value,
                optional,
                autocomplete: "off",
                error: error_for(errors, name, lang),
                max_length: Some(300),
                ..Field::default()
            },
        )
    };
    let area = |name, label: Message, value| {
        text_area(
            lang,
            &Field {
                name,
                label: label.say(lang),
                value,
                optional: true,
                autocomplete: "off",
                error: error_for(errors, name, lang),
                max_length: Some(2_000),
                ..Field::default()
            },
            2,
        )
    };
    in_form(
        desk,
        work,
        &format!("{}/muc/{place}", work.address()),
        &html! {
            div.field-editor {
                div.pairs {
                    (line("title", words::SECTION_TITLE, &section.title.vi, false))
                    (line("title_en", words::SECTION_TITLE_EN, &title_en, true))
                    (area("help", words::HELP_VI, &section.help.vi))
                    (area("help_en", words::HELP_EN, &help_en))
                }
                h2 { (words::CONDITIONS.say(lang)) }
                (conditions::boxes(&Shown { lang, declaration }, "only_if", (&above, None), &typed, errors))
                (button_row(&button(&Button { label: words::SAVE.say(lang), ..Button::default() })))
            }
        },
    )
}

/// `POST /quan-tri/to-khai/{procedure}/sua/muc/{place}`.
pub async fn change(
    desk: Desk,
    path: Path<(String, usize)>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let (sent, work) = match work_sent(&desk, &path.0, &request, payload).await {
        Ok(both) => both,
        Err(response) => return response,
    };
    let place = path.1;
    let back = format!("{}?xong=1#{}", work.address(), row_id(&format!("muc.{place}")));
    let done = changed(&desk, &work, move |form| {
        if let Some(section) = form.sections.get_mut(place) {
            section.title = text(sent.get("title"), sent.get("title_en"));
            section.help = text(sent.get("help"), sent.get("help_en"));
            section.only_if = conditions::meant(&conditions::read(&sent, "only_if"));
        }
    });
    done.await.map_or_else(|response| response, |()| see_other(&back))
}
