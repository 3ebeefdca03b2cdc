//! Looking at the form in work as applicants will see it on a phone, filling it in on trial, and keeping
//! what came of it as a test case.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::HERE;
use super::editor::{Work, changed, in_form, work, work_sent};
use crate::domain::calendar::local;
use crate::domain::dossier::FormValue;
use crate::domain::fee::dong;
use crate::domain::form::{
    Around, Case, Declaration, Expected, Kind, Outcome, Prefill, PrefillPart, Question,
};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Lang;
use crate::office::drafts::Answers;
use crate::web::admin::page;
use crate::web::asking::{self, Asking};
use crate::web::components::{
    BannerKind, Button, Field, banner, banner_named, button, button_row, error_for, error_summary,
    implicit_submit, panel, row_button, side_right, text_field,
};
use crate::web::declared::in_words;
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked};
use crate::web::visitor::see_other;
use crate::web::words::form_builder as words;

/// What is on the page.
#[derive(Default)]
struct Trial {
    typed: Answers,
    /// Whether the answers are checked.
    is_checked: bool,
    /// What the case would be called, and what is wrong with that.
    name: String,
    errors: Vec<FieldError>,
}

/// `GET /quan-tri/to-khai/{procedure}/sua/thu?th=…`: empty, or with the answers of a test case.
pub async fn show(desk: Desk, path: Path<String>, request: HttpRequest) -> HttpResponse {
    let work = match work(&desk, &path) {
        Ok(work) => work,
        Err(response) => return response,
    };
    let declaration = &work.working.declaration;
    let sent = asked(&request);
    let case = sent.get("th").parse().ok().and_then(|place: usize| declaration.cases.get(place));
    let trial = case.map_or_else(Trial::default, |case| Trial {
        typed: asking::typed(declaration, &case.answers),
        is_checked: true,
        name: case.name.clone(),
        errors: Vec::new(),
    });
    sheet(&desk, &work, &trial, sent.has("xong"))
}

/// What stands around the form.
fn around(desk: &Desk, work: &Work) -> Around {
    desk.office().world().around(&work.looked.code, local(desk.office().now()).date())
}

fn sheet(desk: &Desk, work: &Work, trial: &Trial, is_saved: bool) -> HttpResponse {
    let lang = desk.lang();
    let declaration = &work.working.declaration;
    let answers = asking::answers(declaration, &trial.typed);
    let outcome = declaration.outcome(&answers, &around(desk, work));
    let found = &outcome.found;
    let problems = found.problems.iter().filter(|_| trial.is_checked);
    let problems: Vec<FieldError> = problems
        .map(|p| FieldError { field: format!("form.{}", p.path), text: p.text.clone() })
        .collect();
    let told = Refusal::fields([problems.as_slice(), &trial.errors].concat());
    let title = words::TRY_OF.fill(lang, &[("title", declaration.title.say(lang))]);
    let asking = Asking {
        lang,
        form: declaration,
        typed: &trial.typed,
        errors: &problems,
        found,
        // What an account would hold, until something is tried.
        known: &|prefill, name| {
            if trial.is_checked { String::new() } else { sample(prefill, name) }
        },
        from_account: true,
        province: &desk.province(),
        keeps_hidden: false,
        types_places: false,
        suggested: &BTreeSet::new(),
        pressed: "",
    };
    let here = work.address();
    let content = in_form(
        desk,
        work,
        &format!("{here}/thu"),
        &html! {
            (implicit_submit(words::CHECK_ANSWERS.say(lang), "_try", "1"))
            div.phone {
                p.phone-title { (declaration.title.say(lang)) }
                @if declaration.sections.is_empty() { p.muted { (words::SECTION_EMPTY.say(lang)) } }
                (asking.body())
                (button(&Button { label: words::CHECK_ANSWERS.say(lang), name: "_try", value: "1", ..Button::default() }))
            }
            (keeping(lang, trial))
        },
    );
    let main = html! {
        @if !told.fields.is_empty() { (error_summary(lang, &told)) }
        @if is_saved { (banner(lang, BannerKind::Done, &html! { (words::SAVED.say(lang)) })) }
        (work.looked.head(&title, (&here, words::BACK_EDIT.say(lang))))
        p { (words::TRY_ABOUT.say(lang)) }
        (side_right(&html! {
            @if trial.is_checked { (shown_outcome(lang, declaration, &outcome)) }
            (cases(desk, work))
        }, &content))
    };
    let status = match trial.errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page(desk, status, (HERE, &title), !told.fields.is_empty(), &main)
}

/// What is known of an invented person.
fn sample(prefill: Prefill, name: &str) -> String {
    let known = match prefill.part {
        PrefillPart::Name => "Nguyễn Văn An",
        PrefillPart::IdNumber => "037085001234",
        PrefillPart::Phone => "0912345678",
        PrefillPart::Email => "an@example.vn",
        PrefillPart::Address => "Số 1, đường Trần Phú",
        PrefillPart::BirthYear => "1985",
        PrefillPart::BirthDate => match name.rsplit('.').next() {
            Some("day") => "2",
            Some("month") => "9",
            Some("year") => "1985",
            _ => "",
        },
    };
    known.to_owned()
}

/// The name under which the answers are kept with what comes of them.
fn keeping(lang: Lang, trial: &Trial) -> Markup {
    html! {
        fieldset.keep-case {
            legend { (words::KEEP_CASE.say(lang)) }
            p.hint { (words::KEEP_CASE_ABOUT.say(lang)) }
            (text_field(lang, &Field {
                name: "case",
                label: words::CASE_NAME.say(lang),
                value: &trial.name,
                error: error_for(&trial.errors, "case", lang),
                autocomplete: "off",
                max_length: Some(200),
                ..Field::default()
            }))
            (button_row(&button(&Button {
                label: words::KEEP_CASE_NOW.say(lang), name: "_case", value: "1", secondary: true,
                ..Button::default()
            })))
        }
    }
}

/// What comes of the answers.
fn shown_outcome(lang: Lang, declaration: &Declaration, outcome: &Outcome) -> Markup {
    let found = &outcome.found;
    let hidden: Vec<&Question> =
        declaration.questions().filter(|question| !found.shows(&question.key)).collect();
    let calculated = declaration.questions().filter_map(|question| {
        let value = found.answers.get(&question.key)?;
        matches!(question.kind, Kind::Calculated(_)).then_some((question, value))
    });
    let calculated: Vec<_> = calculated.collect();
    let shown = found.shown().count().to_string();
    let count = found.problems.len().to_string();
    let (kind, said) = match found.problems.len() {
        0 => (BannerKind::Done, words::TRY_TAKEN.say(lang).to_owned()),
        _ => (BannerKind::Refused, words::TRY_REFUSED.fill(lang, &[("n", &count)])),
    };
    html! {
        (banner_named(kind, &said, &html! { (words::TRY_SHOWN.fill(lang, &[("n", &shown)])) }))
        @if !hidden.is_empty() {
            p { strong { (words::TRY_HIDDEN.say(lang)) } }
            ul { @for question in hidden { li { (question.label.say(lang)) } } }
        }
        @if !calculated.is_empty() {
            p { strong { (words::TRY_VALUES.say(lang)) } }
            ul {
                @for (question, value) in calculated {
                    li { (question.label.say(lang)) ": " (in_words(lang, question, value)) }
                }
            }
        }
        (beside(lang, &outcome.expected()))
    }
}

/// Fees, papers and steps in words.
fn beside(lang: Lang, expected: &Expected) -> Markup {
    let charges = expected.fees.as_ref().map(|fees| {
        fees.iter().map(|fee| format!("{}: {}", fee.name, dong(fee.amount))).collect::<Vec<_>>()
    });
    let parts = [
        (words::EXPECT_FEES, charges.as_ref()),
        (words::EXPECT_PAPERS, expected.papers.as_ref()),
        (words::EXPECT_PAPERS_IF_ANY, expected.papers_if_any.as_ref()),
        (words::EXPECT_STEPS, expected.steps.as_ref()),
    ];
    html! {
        @for (title, list) in parts {
            @if let Some(list) = list {
                p { strong { (title.say(lang)) } @if list.is_empty() { " " (words::EXPECT_NONE.say(lang)) } }
                @if !list.is_empty() { ul { @for one in list { li { (one) } } } }
            }
        }
    }
}

/// A value that a test case expects, as an answer.
fn kept(question: &Question, value: &str) -> FormValue {
    match question.kind.is_number() {
        true => FormValue::Number(value.to_owned()),
        false => FormValue::Text(value.to_owned()),
    }
}

/// What a test case expects, in words.
fn expectations(lang: Lang, declaration: &Declaration, case: &Case) -> Markup {
    let named = |paths: &[String]| -> Vec<String> {
        paths.iter().map(|path| declaration.label_of(path).say(lang).to_owned()).collect()
    };
    let values = case.values.iter();
    let values = values.map(|(key, value)| {
        let question = declaration.question(key);
        let said = question.map(|question| in_words(lang, question, &kept(question, value)));
        html! { (declaration.label_of(key).say(lang)) ": " @match said {
            Some(said) => (said),
            None => (value),
        } }
    });
    let lists = [
        (words::EXPECT_SHOWS, named(&case.shows)),
        (words::EXPECT_HIDES, named(&case.hides)),
        (words::EXPECT_ERRORS, named(&case.errors)),
    ];
    html! {
        details.more {
            summary { (words::EXPECTED.say(lang)) }
            @for (title, list) in &lists {
                @if !list.is_empty() { p { strong { (title.say(lang)) } " " (list.join("; ")) } }
            }
            @if !case.values.is_empty() {
                p { strong { (words::TRY_VALUES.say(lang)) } }
                ul { @for value in values { li { (value) } } }
            }
            (beside(lang, &case.expected))
        }
    }
}

/// The test cases, each with how it comes out now.
fn cases(desk: &Desk, work: &Work) -> Markup {
    let lang = desk.lang();
    let declaration = &work.working.declaration;
    let here = format!("{}/thu", work.address());
    let around = around(desk, work);
    let is_wrong = declaration.cases.iter().any(|c| !declaration.try_case(c, &around).is_empty());
    panel(
        words::CASES.say(lang),
        &html! {
            @if declaration.cases.is_empty() { p.muted { (words::NO_CASES.say(lang)) } }
            @else {
                (in_form(desk, work, &here, &html! {
                    ol.field-rows.cases {
                        @for (place, case) in declaration.cases.iter().enumerate() {
                            li {
                                (one_case(lang, (declaration, case), &around, &format!("{here}?th={place}")))
                                div.row-buttons {
                                    @let value = place.to_string();
                                    (row_button(words::CASE_RENEW.say(lang), &case.name, "_renew", &value))
                                    (row_button(words::REMOVE.say(lang), &case.name, "_remove", &value))
                                }
                            }
                        }
                    }
                    @if is_wrong {
                        (button_row(&button(&Button {
                            label: words::CASES_RENEW.say(lang), name: "_renew_all", value: "1",
                            secondary: true, ..Button::default()
                        })))
                    }
                }))
            }
        },
    )
}

fn one_case(
    lang: Lang,
    (declaration, case): (&Declaration, &Case),
    around: &Around,
    href: &str,
) -> Markup {
    let wrong = declaration.try_case(case, around);
    html! {
        div.field-words {
            a href=(href) { (case.name) }
            @if wrong.is_empty() { span.hint { (words::CASE_RIGHT.say(lang)) } }
            @for why in &wrong { span.case-wrong { (why.say(lang)) } }
            (expectations(lang, declaration, case))
        }
    }
}

/// `POST /quan-tri/to-khai/{procedure}/sua/thu`.
pub async fn change(
    desk: Desk,
    path: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let (sent, work) = match work_sent(&desk, &path, &request, payload).await {
        Ok(both) => both,
        Err(response) => return response,
    };
    let place = |name: &str| sent.get(name).parse::<usize>().ok();
    let around = around(&desk, &work);
    let (removed, renewed) = (place("_remove"), place("_renew"));
    let renews_all = sent.has("_renew_all");
    if removed.is_some() || renewed.is_some() || renews_all {
        let done = changed(&desk, &work, move |form| {
            if renews_all {
                form.renew_cases(&around);
            }
            if let Some(place) = renewed.filter(|place| *place < form.cases.len()) {
                let case = form.cases[place].clone();
                form.cases[place] = form.case_of(&case.name, case.answers, &around);
            }
            if let Some(place) = removed.filter(|place| *place < form.cases.len()) {
                form.cases.remove(place);
            }
        });
        return saved(&work, done.await);
    }
    let trial = read(&work.working.declaration, &sent);
    if !sent.has("_case") || !trial.errors.is_empty() {
        return sheet(&desk, &work, &trial, false);
    }
    let done = changed(&desk, &work, move |form| keep(form, &trial, &around));
    saved(&work, done.await)
}

fn saved(work: &Work, done: Result<(), HttpResponse>) -> HttpResponse {
    let here = format!("{}/thu?xong=1", work.address());
    done.map_or_else(|response| response, |()| see_other(&here))
}

fn read(declaration: &Declaration, sent: &Posted) -> Trial {
    let own =
        sent.carried().filter(|(name, _)| name.starts_with("form.") || name.starts_with("rows."));
    let mut typed: Answers = own.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    asking::rearrange(&mut typed, declaration, (sent.get("_add"), sent.get("_drop")));
    let name = sent.get("case").to_owned();
    let is_nameless = sent.has("_case") && name.is_empty();
    let text = crate::domain::form::words::CASE_NAMELESS.into();
    let errors =
        if is_nameless { vec![FieldError { field: "case".to_owned(), text }] } else { Vec::new() };
    Trial { typed, is_checked: sent.has("_try") || sent.has("_case"), name, errors }
}

/// Keeps the answers as a test case; one of the same name is replaced.
fn keep(form: &mut Declaration, trial: &Trial, around: &Around) {
    let answers = asking::answers(form, &trial.typed);
    let case = form.case_of(&trial.name, answers, around);
    match form.cases.iter_mut().find(|known| known.name == case.name) {
        Some(known) => *known = case,
        None => form.cases.push(case),
    }
}
