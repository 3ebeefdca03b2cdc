//! Two devices at one draft: what the other one wrote meanwhile is told at its question before it is
//! replaced.

use maud::{Markup, html};

use super::case::{Case, at};
use super::step::Step;
use crate::domain::catalogue::Procedure;
use crate::domain::form::{Kind, Question};
use crate::domain::refusal::FieldError;
use crate::domain::words::{Lang, Text};
use crate::office::drafts::Answers;
use crate::web::public::incoming::Posted;
use crate::web::words::{linking, public_filing as words};

/// The field that says which answers a page was made from.
const SEEN: &str = "_seen";
/// Questions that are answered by choosing: what the other device chose is not repeated.
const CHOSEN: [&str; 4] = ["who", "place", "competent", "return"];

fn is_of(step: Step, procedure: &Procedure, name: &str) -> bool {
    match step {
        Step::Form => name.starts_with("form."),
        Step::Who if name.starts_with("linked.") => true,
        _ => step.questions(procedure).iter().any(|question| question == name),
    }
}

fn digest(stored: &Answers, step: Step, procedure: &Procedure) -> String {
    let mut hasher = blake3::Hasher::new();
    for (name, value) in stored.iter().filter(|(name, _)| is_of(step, procedure, name)) {
        for part in [name, value] {
            hasher.update(&part.len().to_be_bytes()).update(part.as_bytes());
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// Which answers the page of a step is made from.
pub(super) fn seen(stored: &Answers, step: Step, procedure: &Procedure) -> Markup {
    html! { input type="hidden" name=(SEEN) value=(digest(stored, step, procedure)); }
}

/// What another device has written since the page was made, where it differs from what was sent.
pub(super) fn clashes(case: &Case<'_>, step: Step, posted: &Posted) -> Vec<FieldError> {
    let seen = posted.value(SEEN);
    if seen.is_empty() || seen == digest(&case.stored, step, &case.procedure) {
        return Vec::new();
    }
    let sent = posted.fields.iter().filter(|(name, _)| is_of(step, &case.procedure, name));
    let mut clashes: Vec<FieldError> = Vec::new();
    for (name, value) in sent {
        let kept = case.value(name).trim();
        // Where nothing is kept nothing is lost: what a page chooses beforehand is no clash either.
        let is_same = kept.is_empty() || kept == value.trim();
        if is_same || clashes.iter().any(|one| one.field == question_of(name)) {
            continue;
        }
        let text = match is_chosen(case, name) {
            true => words::OTHER_DEVICE_CHOSE.into(),
            false => words::OTHER_DEVICE_WROTE.text(&[("value", kept)]),
        };
        clashes.push(at(question_of(name), named(&label(case, step, name), &text)));
    }
    clashes
}

/// What a question is called, for a summary that stands far from it.
fn label(case: &Case<'_>, step: Step, name: &str) -> Text {
    let part = question_of(name).split_once('.').map_or(name, |(_, part)| part);
    let message = match (step, part.split('.').next().unwrap_or(part)) {
        (Step::Form, key) => {
            let form = super::declared::form_of(case);
            let mut asked = form.into_iter().flat_map(|form| form.declaration.questions());
            let key = key.split('[').next().unwrap_or(key);
            let known = asked.find(|question| question.key == key);
            return known.map_or_else(|| words::REQUEST.into(), |question| question.label.clone());
        }
        (Step::Papers, id) => {
            let mut papers = case.procedure.components.iter();
            let known = papers.find(|component| component.id.as_str() == id);
            let name = known.map(|component| component.name.clone()).unwrap_or_default();
            return Text { vi: name.clone(), en: name };
        }
        (_, "who") => words::WHO_FILES_AS,
        (_, "place") => words::PLACE,
        (_, "return") => words::RETURN_HOW,
        (_, "name") => words::FULL_NAME,
        (_, "birth_date") => words::BIRTH_DATE,
        (_, "id_number" | "id_kind") => words::CHECK_ID,
        (_, "phone" | "no_phone") => words::PHONE,
        (_, "email") => words::EMAIL,
        (_, "address") => words::ADDRESS,
        (_, "paper") => words::MANDATE_PAPER,
        _ => linking::COMPETENT_CHOICE,
    };
    message.into()
}

fn named(label: &Text, text: &Text) -> Text {
    let say = |lang| format!("{}: {}", label.say(lang), text.say(lang));
    Text { vi: say(Lang::Vi), en: say(Lang::En) }
}

/// The question that a part of a date belongs to.
fn question_of(name: &str) -> &str {
    let parts = [".day", ".month", ".year"];
    parts.iter().find_map(|part| name.strip_suffix(part)).unwrap_or(name)
}

fn is_chosen(case: &Case<'_>, name: &str) -> bool {
    let is_choice = |question: &&Question| {
        matches!(question.kind, Kind::Choice(_) | Kind::Tick)
            && name.strip_prefix("form.") == Some(question.key.as_str())
    };
    let form = super::declared::form_of(case);
    CHOSEN.contains(&name)
        || name.ends_with(".mode")
        || name.starts_with("linked.")
        || name != question_of(name)
        || form.is_some_and(|form| form.declaration.questions().any(|q| is_choice(&q)))
}
