//! What keeps a form from being published, and what steps of the process look at without being asked: with
//! the way there, and the question added with one press.

use maud::{Markup, html};

use super::editor::{Work, in_form, repair};
use super::shown::Shown;
use crate::domain::dossier::Directory;
use crate::domain::form::{Question, is_key};
use crate::domain::refusal::FieldError;
use crate::domain::words::Text;
use crate::office::forms::Unasked;
use crate::web::address::percent_path;
use crate::web::admin::processes;
use crate::web::components::{Button, button, field_id};
use crate::web::desk::access::Desk;
use crate::web::stated;
use crate::web::words::form_builder as words;

/// The button that adds the question that a step looks at.
pub const ASK: &str = "_ask";

/// What is left to repair, each with its place.
pub fn to_repair(desk: &Desk, work: &Work, problems: &[FieldError]) -> Markup {
    let lang = desk.lang();
    let looks = problems.iter().any(|problem| problem.field == "process");
    let unasked = if looks { desk.office().form_unasked(&work.working) } else { Vec::new() };
    html! {
        ul {
            @for problem in problems.iter().filter(|problem| problem.field != "process") {
                li { (repair(lang, work, problem)) }
            }
            @for unasked in &unasked { li { (the_way(desk, work, unasked)) } }
        }
        @if !unasked.is_empty() { p.hint { (words::UNASKED_OR.say(lang)) } }
    }
}

/// What a question is called that no form asks: as the version in use calls it, else by its known name.
pub fn label(unasked: &Unasked) -> Text {
    let field = &unasked.when.field;
    let key = field.split('.').next().unwrap_or(field);
    unasked.label.clone().unwrap_or_else(|| stated::question(key))
}

fn the_way(desk: &Desk, work: &Work, unasked: &Unasked) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let label = label(unasked);
    // The condition is told as though the question stood in the form.
    let mut told = work.working.declaration.clone();
    let question = Question::looked_at(&unasked.when, label.clone());
    let key = question.as_ref().map(|question| question.key.clone()).unwrap_or_default();
    let can_be_asked = is_key(&key) && told.question(&key).is_none();
    if let Some(question) = question.filter(|_| can_be_asked) {
        told.ask_last(question);
    }
    let when = Shown { lang, declaration: &told }.condition(&unasked.when, None);
    let code = percent_path(work.looked.code.as_str());
    let of = unasked.agency.as_ref().map(|code| percent_path(code.as_str()));
    let query = of.map(|code| format!("?co-quan={code}")).unwrap_or_default();
    let anchor = field_id(&format!("steps[{}].name", unasked.place));
    let quoted = format!("“{}”", unasked.step);
    let step = match &unasked.agency {
        None => words::UNASKED_STEP_COMMON.fill(lang, &[("step", &quoted)]),
        Some(agency) => {
            let name = world.agency(agency).map_or(agency.as_str(), |agency| &agency.name);
            words::UNASKED_STEP.fill(lang, &[("step", &quoted), ("whose", name)])
        }
    };
    html! {
        a href={ (processes::HERE) "/" (code) (query) "#" (anchor) } { (step) }
        ": " (words::UNASKED_WHY.fill(lang, &[("when", &when)]))
        @if can_be_asked {
            @let named = format!("“{}”", label.say(lang));
            (in_form(desk, work, &work.address(), &button(&Button {
                label: &words::UNASKED_ASK.fill(lang, &[("label", &named)]),
                name: ASK,
                value: &unasked.when.field,
                secondary: true,
                ..Button::default()
            })))
        }
    }
}
