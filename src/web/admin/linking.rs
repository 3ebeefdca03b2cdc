//! Which procedures follow one in other agencies (liên thông).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::house::refusal_of;
use super::{page, sent_by_admin};
use crate::domain::catalogue::{Component, Procedure};
use crate::domain::dossier::Directory;
use crate::domain::dossier::linking::{Carried, Decides, Follower, Opens, Source, settles};
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::world::World;
use crate::web::components::{
    BannerKind, Button, Choice, Column, DataTable, Field, Form, Method, Row, Width, banner, button,
    button_row, data_table, error_for, error_summary, form, implicit_submit, select, text_area,
    text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::visitor::see_other;
use crate::web::words::{admin as admin_words, linking as words};

/// The page.
pub const HERE: &str = "/quan-tri/lien-thong";
/// Its path below administration.
pub const PATH: &str = "/lien-thong";

/// `GET /quan-tri/lien-thong`: what is declared, and the way to declare more.
pub async fn list(desk: Desk, request: HttpRequest) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let query = asked(&request);
    let code = query.get("thu_tuc");
    if !code.is_empty() && world.procedure(&ProcedureCode::new(code)).is_some() {
        return see_other(&address(code));
    }
    let unknown = || vec![FieldError { field: "thu_tuc".to_owned(), text: words_unknown(code) }];
    let errors = if code.is_empty() { Vec::new() } else { unknown() };
    let title = words::ADMIN_TITLE.say(lang);
    let main = html! {
        @if !errors.is_empty() { (error_summary(lang, &Refusal::fields(errors.clone()))) }
        @if query.has("xong") {
            (banner(lang, BannerKind::Done, &html! { (admin_words::SAVED.say(lang)) }))
        }
        h1 { (title) }
        p { (words::ADMIN_ABOUT.say(lang)) }
        (declared(&desk, &world))
        h2 { (words::ADMIN_ADD.say(lang)) }
        div.row { (form(lang, &Form { action: HERE, method: Method::Get, ..Form::default() }, &html! {
            (text_field(lang, &Field {
                name: "thu_tuc",
                label: words::ADMIN_CODE.say(lang),
                hint: words::ADMIN_CODE_HINT.say(lang),
                value: code,
                error: error_for(&errors, "thu_tuc", lang),
                width: Width::Medium,
                autocomplete: "off",
                max_length: Some(40),
                ..Field::default()
            }))
            (button(&Button {
                label: words::ADMIN_OPEN.say(lang), secondary: true, ..Button::default()
            }))
        })) }
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page(&desk, status, (HERE, title), !errors.is_empty(), &main)
}

fn words_unknown(code: &str) -> crate::domain::words::Text {
    crate::domain::dossier::words::UNKNOWN_PROCEDURE.text(&[("procedure", code)])
}

fn address(code: &str) -> String {
    format!("{HERE}/{code}")
}

fn declared(desk: &Desk, world: &World) -> Markup {
    let lang = desk.lang();
    let columns = [
        Column::new(words::PROCEDURE.say(lang)),
        Column::new(words::ADMIN_FOLLOWERS.say(lang)),
        Column::action(words::ADMIN_EDIT.say(lang)),
    ];
    let name = |code: &ProcedureCode| {
        world.procedure(code).map_or_else(|| code.to_string(), |known| known.name.clone())
    };
    let rows: Vec<Row> = world
        .connections()
        .all_followers()
        .map(|(code, followers)| {
            Row::new(vec![
                html! { (name(code)) " " span.code { (code) } },
                html! {
                    ol {
                        @for follower in followers {
                            li {
                                (name(&follower.procedure)) ", "
                                (follower.opens.name().say(lang)) ": "
                                (decides(desk, world, &follower.decides))
                            }
                        }
                    }
                },
                html! { a href=(address(code.as_str())) { (words::ADMIN_EDIT.say(lang)) } },
            ])
        })
        .collect();
    html! {
        @if rows.is_empty() { p.muted { (words::ADMIN_NONE.say(lang)) } }
        @else {
            (data_table(lang, &DataTable {
                caption: words::ADMIN_TITLE.say(lang),
                caption_hidden: true,
                columns: &columns,
                rows: &rows,
                select: "",
            }))
        }
    }
}

fn decides(desk: &Desk, world: &World, decides: &Decides) -> String {
    let lang = desk.lang();
    match decides {
        Decides::Receiving => words::DECIDES_RECEIVING.say(lang).to_owned(),
        Decides::Competent => words::DECIDES_COMPETENT.say(lang).to_owned(),
        Decides::Chosen => words::DECIDES_CHOSEN.say(lang).to_owned(),
        Decides::Agency(code) => {
            world.agency(code).map_or_else(|| code.to_string(), |agency| agency.name.clone())
        }
    }
}

/// `GET /quan-tri/lien-thong/{code}`.
pub async fn edit(desk: Desk, path: web::Path<String>) -> HttpResponse {
    let world = desk.office().world();
    let Some(leading) = world.procedure(&ProcedureCode::new(path.as_str())) else {
        return unknown(&desk, &path);
    };
    let followers = world.followers(&leading.code).to_vec();
    let plain = |follower: &Follower| Part { follower: follower.clone(), answers: None };
    let rows: Vec<Part> = followers.iter().map(plain).collect();
    editor(&desk, leading, &rows, None)
}

fn unknown(desk: &Desk, code: &str) -> HttpResponse {
    desk.failed(&Refusal::new(RefusalKind::NotFound, words_unknown(code)).into())
}

/// A following procedure in the form, with its answers as they were typed when they cannot be read.
struct Part {
    follower: Follower,
    answers: Option<String>,
}

/// `POST /quan-tri/lien-thong/{code}`.
pub async fn save(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let world = desk.office().world();
    let Some(leading) = world.procedure(&ProcedureCode::new(path.as_str())) else {
        return unknown(&desk, &path);
    };
    let (mut rows, wrong) = read(&sent, &world);
    if sent.has("_drop_all") {
        rows.clear();
    } else if let Some(place) = sent.some("_drop").and_then(|at| at.parse::<usize>().ok()) {
        if place < rows.len() {
            rows.remove(place);
        }
        return editor(&desk, leading, &rows, None);
    } else if sent.has("_add") {
        return added(&desk, leading, rows, &sent);
    } else if !wrong.is_empty() {
        return editor(&desk, leading, &rows, Some(&Refusal::fields(wrong)));
    }
    let followers: Vec<Follower> = rows.iter().map(|row| row.follower.clone()).collect();
    let code = leading.code.clone();
    let saved = with_office(&desk, move |office, _| office.declare_links(&code, &followers)).await;
    match saved {
        Ok(()) => see_other(&format!("{HERE}?xong=1")),
        Err(failure) => match refusal_of(&desk, failure) {
            Ok(refusal) => editor(&desk, leading, &rows, Some(&refusal)),
            Err(response) => response,
        },
    }
}

/// The form with one more procedure, or why it cannot follow.
fn added(desk: &Desk, leading: &Procedure, mut rows: Vec<Part>, sent: &Posted) -> HttpResponse {
    let world = desk.office().world();
    let code = ProcedureCode::new(sent.get("them"));
    let Some(procedure) = world.procedure(&code) else {
        let refusal = Refusal::field("them", words_unknown(code.as_str()));
        return editor(desk, leading, &rows, Some(&refusal));
    };
    let same =
        |component: &Component| leading.components.iter().find(|own| own.name == component.name);
    let papers = procedure.components.iter().filter_map(|component| {
        let from = Source::Paper(same(component)?.id.clone());
        Some(Carried { from, to: component.id.clone() })
    });
    let follower = Follower {
        procedure: code,
        decides: Decides::Receiving,
        opens: Opens::AtReception,
        papers: papers.collect(),
        answers: Vec::new(),
    };
    rows.push(Part { follower, answers: None });
    editor(desk, leading, &rows, None)
}

fn read(sent: &Posted, world: &World) -> (Vec<Part>, Vec<FieldError>) {
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for (place, code) in sent.all("theo").enumerate() {
        let field = |part: &str| format!("followers[{place}].{part}");
        let code = ProcedureCode::new(code);
        let components = world.procedure(&code).map(|p| p.components.clone()).unwrap_or_default();
        let papers = components.into_iter().filter_map(|component| {
            let from = sent.some(&field(&format!("from.{}", component.id)))?;
            Some(Carried { from: Source::from_id(&from), to: component.id })
        });
        let typed = sent.get(&field("answers"));
        let answers = read_answers(typed);
        if answers.is_none() {
            let text = crate::domain::dossier::linking::words::ANSWERS_WRONG.into();
            wrong.push(FieldError { field: field("answers"), text });
        }
        let follower = Follower {
            procedure: code,
            decides: Decides::from_id(sent.get(&field("agency"))),
            opens: Opens::from_id(sent.get(&field("opens"))).unwrap_or(Opens::AtReception),
            papers: papers.collect(),
            answers: answers.clone().unwrap_or_default(),
        };
        rows.push(Part { follower, answers: answers.is_none().then(|| typed.to_owned()) });
    }
    (rows, wrong)
}

/// "so_con = so_ban", a line each.
fn read_answers(typed: &str) -> Option<Vec<(String, String)>> {
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    let pair = |line: &str| {
        let (from, to) = line.split_once('=')?;
        Some((from.trim().to_owned(), to.trim().to_owned()))
    };
    lines.map(pair).collect()
}

fn editor(
    desk: &Desk,
    leading: &Procedure,
    rows: &[Part],
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let title = words::ADMIN_TITLE.say(lang);
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let here = address(leading.code.as_str());
    let body = html! {
        (implicit_submit(words::ADMIN_SAVE.say(lang), "_save", "1"))
        @for (place, row) in rows.iter().enumerate() {
            (follower_fields(desk, &world, leading, (place, row), errors))
        }
        fieldset {
            legend { (words::ADMIN_MORE.say(lang)) }
            (text_field(lang, &Field {
                name: "them",
                label: words::ADMIN_CODE.say(lang),
                hint: words::ADMIN_MORE_HINT.say(lang),
                error: error_for(errors, "them", lang),
                width: Width::Medium,
                optional: true,
                autocomplete: "off",
                max_length: Some(40),
                ..Field::default()
            }))
            (button(&Button {
                label: words::ADMIN_ADD_ONE.say(lang),
                name: "_add",
                value: "1",
                secondary: true,
                ..Button::default()
            }))
        }
        (button_row(&html! {
            (button(&Button {
                label: words::ADMIN_SAVE.say(lang), name: "_save", value: "1", ..Button::default()
            }))
            @if !rows.is_empty() {
                (button(&Button {
                    label: words::ADMIN_DELETE.say(lang),
                    name: "_drop_all",
                    value: "1",
                    secondary: true,
                    ..Button::default()
                }))
            }
            a href=(HERE) { (words::ADMIN_TITLE.say(lang)) }
        }))
    };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (leading.name) " " span.code { (leading.code) } }
        p { (words::ADMIN_ABOUT.say(lang)) }
        (form(lang, &Form { action: &here, csrf: &csrf, key: &key, ..Form::default() }, &body))
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), refusal.is_some(), &main)
}

fn follower_fields(
    desk: &Desk,
    world: &World,
    leading: &Procedure,
    (place, row): (usize, &Part),
    errors: &[FieldError],
) -> Markup {
    let lang = desk.lang();
    let follower = &row.follower;
    let known = world.procedure(&follower.procedure);
    let field = |part: &str| format!("followers[{place}].{part}");
    let (opens, agency, answers) = (field("opens"), field("agency"), field("answers"));
    let moments = Opens::ALL.map(|moment| Choice {
        value: moment.id(),
        label: moment.name().say(lang),
        ..Choice::default()
    });
    let number = (place + 1).to_string();
    let about = [field("procedure"), field("papers")];
    let wrong: Vec<&str> = about
        .iter()
        .map(|name| error_for(errors, name, lang))
        .filter(|error| !error.is_empty())
        .collect();
    html! {
        fieldset.field-refused[!wrong.is_empty()] {
            legend { (words::ADMIN_FOLLOWER.fill(lang, &[("n", &number)])) }
            input type="hidden" name="theo" value=(follower.procedure);
            p {
                strong { (known.map_or("", |known| known.name.as_str())) } " "
                span.code { (follower.procedure) }
            }
            @for error in &wrong { p.error { (error) } }
            (select(lang, &Field {
                name: &opens,
                label: words::ADMIN_OPENS.say(lang),
                value: follower.opens.id(),
                ..Field::default()
            }, &moments))
            (agency_field(desk, world, (known, follower), &agency, errors))
            h2 { (words::ADMIN_PAPERS.say(lang)) }
            p.hint { (words::ADMIN_PAPERS_HINT.say(lang)) }
            @for component in known.map_or(&[][..], |known| &known.components) {
                (paper_field(desk, leading, component, (place, follower), errors))
            }
            (text_area(lang, &Field {
                name: &answers,
                label: words::ADMIN_ANSWERS.say(lang),
                hint: words::ADMIN_ANSWERS_HINT.say(lang),
                value: &typed_answers(row),
                error: error_for(errors, &answers, lang),
                optional: true,
                max_length: Some(4_000),
                ..Field::default()
            }, 2))
            (button(&Button {
                label: words::ADMIN_DROP.say(lang),
                name: "_drop",
                value: &place.to_string(),
                secondary: true,
                ..Button::default()
            }))
        }
    }
}

fn agency_field(
    desk: &Desk,
    world: &World,
    (known, follower): (Option<&Procedure>, &Follower),
    name: &str,
    errors: &[FieldError],
) -> Markup {
    let lang = desk.lang();
    let agencies = deciders(desk, world, known);
    let agencies: Vec<Choice<'_>> = agencies
        .iter()
        .map(|(value, label)| Choice { value, label, ..Choice::default() })
        .collect();
    select(
        lang,
        &Field {
            name,
            label: words::ADMIN_DECIDES.say(lang),
            value: follower.decides.id(),
            error: error_for(errors, name, lang),
            ..Field::default()
        },
        &agencies,
    )
}

fn typed_answers(row: &Part) -> String {
    if let Some(typed) = &row.answers {
        return typed.clone();
    }
    let lines = row.follower.answers.iter().map(|(from, to)| format!("{from} = {to}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn deciders(desk: &Desk, world: &World, procedure: Option<&Procedure>) -> Vec<(String, String)> {
    let general = [Decides::Receiving, Decides::Competent, Decides::Chosen];
    let mut offered: Vec<(String, String)> =
        general.iter().map(|kind| (kind.id().to_owned(), decides(desk, world, kind))).collect();
    let able = world.agencies().filter(|agency| {
        world.is_open(&agency.code) && procedure.is_none_or(|known| settles(agency, known))
    });
    offered.extend(able.map(|agency| (agency.code.to_string(), agency.name.clone())));
    offered
}

fn paper_field(
    desk: &Desk,
    leading: &Procedure,
    component: &Component,
    (place, follower): (usize, &Follower),
    errors: &[FieldError],
) -> Markup {
    let lang = desk.lang();
    let name = format!("followers[{place}].from.{}", component.id);
    let at = follower.papers.iter().position(|carried| carried.to == component.id);
    let value = at.map_or("", |at| follower.papers[at].from.id());
    let error = at.map_or("", |at| {
        let of = |part: &str| format!("followers[{place}].papers[{at}].{part}");
        let said = [of("from"), of("to")].map(|field| error_for(errors, &field, lang));
        said.into_iter().find(|error| !error.is_empty()).unwrap_or_default()
    });
    let own = leading.components.iter().map(|own| (own.id.as_str(), own.name.as_str()));
    let result = (Source::RESULT, words::FROM_RESULT.say(lang));
    let nowhere = ("", words::FROM_NOWHERE.say(lang));
    let sources: Vec<Choice<'_>> = std::iter::once(nowhere)
        .chain(own)
        .chain([result])
        .map(|(value, label)| Choice { value, label, ..Choice::default() })
        .collect();
    select(
        lang,
        &Field {
            name: &name,
            label: &component.name,
            value,
            error,
            optional: !component.mandatory,
            ..Field::default()
        },
        &sources,
    )
}

#[cfg(test)]
mod tests {
    use super::read_answers;

    #[test]
    fn answers_are_read_a_line_each() {
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let read = read_answers("so_con = so_ban\n\n ten=ho_ten ");
        assert_eq!(read, Some(vec![pair("so_con", "so_ban"), pair("ten", "ho_ten")]));
        assert_eq!(read_answers(""), Some(Vec::new()));
        assert_eq!(read_answers("so_con"), None);
    }
}
