//! The page of one question: label, kind with its details, help, conditions, checks, what it begins
//! with, and where it stands.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::editor::{self, Work, changed, rows, work};
use super::shown::{KINDS, Shown, must};
use super::typed::{KEPT, NUMBER, ROWS, Typed, TypedCheck, TypedValue, when_id};
use super::{HERE, conditions};
use crate::domain::form::{
    Behind, Calculation, Declaration, Kind, Must, Prefill, Question, Spot, When, placed,
    sketch_columns,
};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::{Lang, Message};
use crate::web::admin::{page, sent_by_admin};
use crate::web::components::{
    BannerKind, Button, Choice, Field, Form, Width, banner, button, button_row, checkbox,
    error_for, error_summary, form, select, text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::asked;
use crate::web::visitor::see_other;
use crate::web::words::desk as desk_words;
use crate::web::words::form_builder as words;

/// The page of a question.
pub fn address(work: &Work, path: &str) -> String {
    format!("{}/truong/{path}", work.address())
}

/// `GET /quan-tri/to-khai/{procedure}/sua/truong/{path}`.
pub async fn show(desk: Desk, path: Path<(String, String)>, request: HttpRequest) -> HttpResponse {
    let work = match work(&desk, &path.0) {
        Ok(work) => work,
        Err(response) => return response,
    };
    let Some(place) = Place::of(&work, &path.1) else { return missing(&desk) };
    let typed = Typed::of(place.question);
    let errors = own_errors(&desk, &work, place.spot);
    let sent = asked(&request);
    let saved = sent.has("xong").then_some(words::SAVED);
    sheet(&desk, &work, &place, &typed, &Told { errors, saved, refused: None })
}

fn missing(desk: &Desk) -> HttpResponse {
    desk.failed(&Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND).into())
}

/// A question that is looked at.
struct Place<'a> {
    path: &'a str,
    spot: Spot,
    question: &'a Question,
    table: Option<&'a Question>,
    above: Vec<&'a Question>,
}

impl<'a> Place<'a> {
    fn of(work: &'a Work, path: &'a str) -> Option<Self> {
        let declaration = &work.working.declaration;
        let spot = declaration.spot(path)?;
        let (question, table) = (declaration.at(spot)?, declaration.table_of(spot));
        Some(Self { path, spot, question, table, above: declaration.above(spot) })
    }
}

/// What the page tells above its form.
struct Told {
    errors: Vec<FieldError>,
    saved: Option<Message>,
    refused: Option<StatusCode>,
}

/// What keeps the question from being published, by the names of this page.
fn own_errors(desk: &Desk, work: &Work, spot: Spot) -> Vec<FieldError> {
    let mut start = format!("sections[{}].questions[{}].", spot.section, spot.question);
    if let Some(column) = spot.column {
        start.push_str(&format!("columns[{column}]."));
    }
    let problems = desk.office().form_problems(&work.working);
    let own = problems.into_iter().filter_map(|problem| {
        let part = problem.field.strip_prefix(&start)?;
        // The columns of a table have pages of their own.
        let is_below = part.starts_with("columns[") || part.starts_with("options[");
        let part = if is_below { part.split('[').next().unwrap_or(part) } else { part };
        let part = match part.strip_prefix("checks[").filter(|rest| rest.ends_with(']')) {
            Some(_) => format!("{part}.than"),
            None => part.to_owned(),
        };
        Some(FieldError { field: part, text: problem.text })
    });
    own.collect()
}

fn sheet(desk: &Desk, work: &Work, place: &Place<'_>, typed: &Typed, told: &Told) -> HttpResponse {
    let lang = desk.lang();
    let title = words::FIELD_OF.fill(lang, &[("label", place.question.label.say(lang))]);
    let back = match place.table {
        Some(table) => (address(work, &table.key), words::BACK_TABLE),
        None => (format!("{}#{}", work.address(), editor::row_id(place.path)), words::BACK_EDIT),
    };
    let refusal = Refusal::fields(told.errors.clone());
    let main = html! {
        @if !told.errors.is_empty() { (error_summary(lang, &refusal)) }
        @if let Some(saved) = told.saved { (banner(lang, BannerKind::Done, &html! { (saved.say(lang)) })) }
        h1 { (title) }
        p.muted {
            (words::ANSWER_NAME.say(lang)) " " span.code { (place.path) } " · "
            a href=(back.0) { (back.1.say(lang)) }
        }
        (the_form(desk, work, place, typed, &told.errors))
        @if let Kind::Table { columns, .. } = &place.question.kind {
            (columns_of(desk, work, place, columns))
        }
    };
    let status = told.refused.unwrap_or(StatusCode::OK);
    page(desk, status, (HERE, &title), told.refused.is_some(), &main)
}

fn the_form(
    desk: &Desk,
    work: &Work,
    place: &Place<'_>,
    typed: &Typed,
    errors: &[FieldError],
) -> Markup {
    let lang = desk.lang();
    let shown = Shown { lang, declaration: &work.working.declaration };
    let boxes = Boxes { lang, typed, errors, shown, place };
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = address(work, place.path);
    let body = html! {
        input type="hidden" name="seen" value=(work.working.revision);
        input type="hidden" name="shown" value=(typed.shown);
        div.field-editor {
            (boxes.main())
            (boxes.details())
            (boxes.more(words::HELP, !typed.help.is_empty(), &boxes.help()))
            (boxes.more(
                words::CONDITIONS,
                !typed.only_if.is_empty(),
                &conditions::boxes(&shown, (&place.above, place.table), &typed.only_if, errors),
            ))
            @if !matches!(place.question.kind, Kind::Table { .. } | Kind::Place | Kind::Tick) {
                (boxes.more(words::CHECKS, !typed.checks.is_empty(), &boxes.checks()))
            }
            @if place.table.is_none() {
                @let is_said = !typed.prefill.is_empty() || !typed.behind.is_empty();
                (boxes.more(words::FILL_AND_PLACE, is_said, &html! {
                    (boxes.prefill())
                    (boxes.behind())
                }))
            }
            (button_row(&html! {
                (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
                (button(&Button {
                    label: words::SAVE_NEXT.say(lang), name: "_next", value: "1", secondary: true,
                    ..Button::default()
                }))
            }))
        }
    };
    let frame = Form {
        action: &action,
        csrf: &csrf,
        key: &key,
        ask_before_leaving: true,
        ..Form::default()
    };
    form(lang, &frame, &body)
}

struct Boxes<'a> {
    lang: Lang,
    typed: &'a Typed,
    errors: &'a [FieldError],
    shown: Shown<'a>,
    place: &'a Place<'a>,
}

impl Boxes<'_> {
    fn field<'f>(&'f self, name: &'f str, label: Message, value: &'f str) -> Field<'f> {
        Field {
            name,
            label: label.say(self.lang),
            value,
            error: error_for(self.errors, name, self.lang),
            autocomplete: "off",
            ..Field::default()
        }
    }

    fn small(&self, name: &str, label: Message, value: &str) -> Markup {
        text_field(
            self.lang,
            &Field {
                inputmode: "decimal",
                width: Width::Short,
                max_length: Some(30),
                optional: true,
                ..self.field(name, label, value)
            },
        )
    }

    fn more(&self, title: Message, is_open: bool, body: &Markup) -> Markup {
        let has_error = |names: &[&str]| {
            self.errors.iter().any(|error| names.iter().any(|name| error.field.starts_with(name)))
        };
        let wrong = (title == words::CONDITIONS && has_error(&["only_if"]))
            || (title == words::CHECKS && has_error(&["checks"]))
            || (title == words::HELP && has_error(&["help"]));
        html! {
            details.more open[is_open || wrong] {
                summary { (title.say(self.lang)) }
                (body)
            }
        }
    }

    fn main(&self) -> Markup {
        let lang = self.lang;
        let is_column = self.place.table.is_some();
        let kinds = KINDS.iter().filter(|(id, _)| !is_column || !matches!(*id, "table" | "place"));
        let kinds: Vec<Choice<'_>> = kinds
            .map(|(value, label)| Choice { value, label: label.say(lang), ..Choice::default() })
            .collect();
        html! {
            div.pairs {
                (text_field(lang, &Field {
                    max_length: Some(300), ..self.field("label", words::LABEL, &self.typed.label)
                }))
                (text_field(lang, &Field {
                    max_length: Some(300),
                    optional: true,
                    ..self.field("label_en", words::LABEL_EN, &self.typed.label_en)
                }))
                (select(lang, &Field {
                    ..self.field("kind", words::KIND, &self.typed.kind)
                }, &kinds))
                @if self.typed.kind != "calculated" {
                    (checkbox(lang, &self.field("required", words::REQUIRED, ""), "1", self.typed.required))
                }
            }
        }
    }

    /// What belongs to the kind.
    fn details(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        html! {
            @match typed.shown.as_str() {
                "text" => (self.small("lines", words::LINES, &typed.lines)),
                "number" => div.step-fields {
                    (self.small("min", words::MIN, &typed.min))
                    (self.small("max", words::MAX, &typed.max))
                    (self.small("places", words::DECIMALS, &typed.places))
                },
                "date" => (self.when()),
                "choice" => (text_area(lang, &Field {
                    hint: words::OPTIONS_HINT.say(lang),
                    max_length: Some(20_000),
                    ..self.field("options", words::OPTIONS, &typed.options)
                }, 5)),
                "table" => div.step-fields {
                    (self.small("min", words::ROWS_MIN, &typed.min))
                    (self.small("max", words::ROWS_MAX, &typed.max))
                },
                "calculated" => (self.calculation()),
                _ => {},
            }
        }
    }

    fn when(&self) -> Markup {
        let offered =
            [(when_id(When::Past), words::WHEN_PAST), (when_id(When::Future), words::WHEN_FUTURE)];
        let offered = offered.map(|(value, label)| Choice {
            value,
            label: label.say(self.lang),
            ..Choice::default()
        });
        let field = self.field("when", words::WHEN_ALLOWED, &self.typed.when);
        let hint = words::WHEN_HINT.say(self.lang);
        select(self.lang, &Field { optional: true, hint, ..field }, &offered)
    }

    fn help(&self) -> Markup {
        let area = |name, label, value| {
            text_area(
                self.lang,
                &Field {
                    max_length: Some(2_000),
                    optional: true,
                    ..self.field(name, label, value)
                },
                2,
            )
        };
        html! {
            div.pairs {
                (area("help", words::HELP_VI, &self.typed.help))
                (area("help_en", words::HELP_EN, &self.typed.help_en))
            }
        }
    }

    /// The answers above that can be compared or calculated with.
    fn values(&self, only_numbers: bool) -> Vec<(String, String)> {
        let table = self.place.table;
        let label = |key: &str| self.shown.label(key, table);
        let mut found = vec![(NUMBER.to_owned(), words::NUMBER_TYPED.say(self.lang).to_owned())];
        for question in &self.place.above {
            match &question.kind {
                Kind::Table { columns, .. } => {
                    for column in columns.iter().filter(|column| column.kind.is_number()) {
                        let total = Calculation::Total {
                            table: question.key.clone(),
                            column: column.key.clone(),
                        };
                        let said = self.shown.calculation(&total, table);
                        found.push((format!("t|{}|{}", question.key, column.key), said));
                    }
                    let rows =
                        self.shown.calculation(&Calculation::Rows(question.key.clone()), table);
                    found.push((format!("r|{}", question.key), rows));
                }
                kind if !only_numbers || kind.is_number() => {
                    found.push((format!("a|{}", question.key), label(&question.key)));
                }
                _ => {}
            }
        }
        found
    }

    /// A choice among values, and the number beside it.
    fn value(
        &self,
        name: (&str, &str),
        label: (&str, &str),
        typed: &TypedValue,
        offered: &[(String, String)],
    ) -> Markup {
        let lang = self.lang;
        let choices: Vec<Choice<'_>> = offered
            .iter()
            .map(|(value, label)| Choice { value, label, ..Choice::default() })
            .collect();
        html! {
            (select(lang, &Field {
                name: name.0,
                label: label.0,
                value: &typed.of,
                error: error_for(self.errors, name.0, lang),
                optional: true,
                ..Field::default()
            }, &choices))
            (text_field(lang, &Field {
                name: name.1,
                label: label.1,
                value: &typed.number,
                error: error_for(self.errors, name.1, lang),
                autocomplete: "off",
                inputmode: "decimal",
                width: Width::Medium,
                optional: true,
                ..Field::default()
            }))
        }
    }

    fn calculation(&self) -> Markup {
        let (lang, typed) = (self.lang, self.typed);
        let mut operations = vec![
            ("sum", words::OP_SUM.say(lang).to_owned()),
            ("product", words::OP_PRODUCT.say(lang).to_owned()),
            ("less", words::OP_LESS.say(lang).to_owned()),
            ("by", words::OP_BY.say(lang).to_owned()),
        ];
        if let (KEPT, Kind::Calculated(kept)) =
            (typed.operation.as_str(), &self.place.question.kind)
        {
            operations.push((KEPT, self.shown.calculation(kept, self.place.table)));
        }
        let operations: Vec<Choice<'_>> = operations
            .iter()
            .map(|(value, label)| Choice { value, label, ..Choice::default() })
            .collect();
        let offered = self.values(true);
        let count = (typed.values.len() + 1).clamp(3, ROWS);
        let empty = TypedValue::default();
        html! {
            (select(lang, &Field {
                hint: words::CALCULATION_HINT.say(lang),
                ..self.field("calculate", words::CALCULATION, &typed.operation)
            }, &operations))
            @for row in 0..count {
                @let number = (row + 1).to_string();
                @let label = words::VALUE_N.fill(lang, &[("n", &number)]);
                @let beside = words::NUMBER_N.fill(lang, &[("n", &number)]);
                @let name = format!("values[{row}]");
                div.condition-row {
                    (self.value(
                        (&name, &format!("{name}.number")),
                        (&label, &beside),
                        typed.values.get(row).unwrap_or(&empty),
                        &offered,
                    ))
                }
            }
        }
    }

    fn checks(&self) -> Markup {
        let count = (self.typed.checks.len() + 1).min(ROWS);
        let empty = TypedCheck::default();
        html! {
            p.hint { (words::CHECKS_HINT.say(self.lang)) }
            @for row in 0..count {
                (self.check(row, self.typed.checks.get(row).unwrap_or(&empty)))
            }
        }
    }

    fn check(&self, row: usize, typed: &TypedCheck) -> Markup {
        let lang = self.lang;
        let number = (row + 1).to_string();
        let at = |part: &str| format!("checks[{row}].{part}");
        let kind = &self.place.question.kind;
        let musts =
            Must::ALL.map(|(id, known)| (id, must(known, kind).fill(lang, &[("than", "…")])));
        let musts =
            musts.each_ref().map(|(value, label)| Choice { value, label, ..Choice::default() });
        let mut offered = self.values(false);
        if let (KEPT, Some(check)) = (typed.than.of.as_str(), self.place.question.checks.get(row)) {
            let kept = self.shown.calculation(&check.than, self.place.table);
            offered.push((KEPT.to_owned(), kept));
        }
        let names = [at("must"), at("than"), at("number"), at("message"), at("message_en")];
        html! {
            fieldset.check-boxes {
                legend { (words::CHECK_N.fill(lang, &[("n", &number)])) }
                div.step-fields {
                    (select(lang, &Field {
                        optional: true, ..self.field(&names[0], words::MUST, &typed.must)
                    }, &musts))
                    (self.value(
                        (&names[1], &names[2]),
                        (words::THAN.say(lang), words::THAN_NUMBER.say(lang)),
                        &typed.than,
                        &offered,
                    ))
                }
                div.pairs {
                    (text_field(lang, &Field {
                        max_length: Some(300), optional: true, ..self.field(&names[3], words::MESSAGE, &typed.message)
                    }))
                    (text_field(lang, &Field {
                        max_length: Some(300), optional: true, ..self.field(&names[4], words::MESSAGE_EN, &typed.message_en)
                    }))
                }
            }
        }
    }

    fn prefill(&self) -> Markup {
        let all = Prefill::all().map(|prefill| (prefill.id(), self.shown.prefill(prefill)));
        let all: Vec<(String, String)> = all.collect();
        let choices: Vec<Choice<'_>> =
            all.iter().map(|(value, label)| Choice { value, label, ..Choice::default() }).collect();
        let field = self.field("prefill", words::PREFILL, &self.typed.prefill);
        let hint = words::PREFILL_HINT.say(self.lang);
        select(self.lang, &Field { optional: true, hint, ..field }, &choices)
    }

    /// Where to move it.
    fn behind(&self) -> Markup {
        let lang = self.lang;
        let mut places: Vec<(String, String)> = Vec::new();
        for (number, section) in self.shown.declaration.sections.iter().enumerate() {
            let title = [("what", section.title.say(lang))];
            places.push((format!("#{number}"), words::TOP_OF.fill(lang, &title)));
            for question in section.questions.iter().filter(|q| q.key != self.place.question.key) {
                let label = [("what", question.label.say(lang))];
                places.push((question.key.clone(), words::BEHIND.fill(lang, &label)));
            }
        }
        let choices: Vec<Choice<'_>> = places
            .iter()
            .map(|(value, label)| Choice { value, label, ..Choice::default() })
            .collect();
        let field = self.field("behind", words::MOVE_TO, &self.typed.behind);
        select(lang, &Field { optional: true, ..field }, &choices)
    }
}

/// The columns of a table: a list as that of the form, and the box that adds more.
fn columns_of(desk: &Desk, work: &Work, place: &Place<'_>, columns: &[Question]) -> Markup {
    let lang = desk.lang();
    let list = format!("{}?ve={}", work.address(), place.path);
    html! {
        section {
            h2 { (words::COLUMNS.say(lang)) }
            @if !columns.is_empty() {
                (editor::in_form(desk, work, &list, &html! {
                    (rows(lang, work, columns, Some(place.question)))
                    (button_row(&html! { (editor::save_rows(lang)) }))
                }))
            }
            (editor::in_form(desk, work, &address(work, place.path), &html! {
                (text_area(lang, &Field {
                    name: "columns",
                    label: words::ADD_COLUMNS.say(lang),
                    hint: words::ADD_COLUMNS_HINT.say(lang),
                    autocomplete: "off",
                    max_length: Some(20_000),
                    ..Field::default()
                }, 5))
                (button(&Button {
                    label: words::ADD.say(lang), name: "_columns", value: "1", secondary: true,
                    ..Button::default()
                }))
            }))
        }
    }
}

/// `POST /quan-tri/to-khai/{procedure}/sua/truong/{path}`.
pub async fn change(
    desk: Desk,
    path: Path<(String, String)>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let mut work = match work(&desk, &path.0) {
        Ok(work) => work,
        Err(response) => return response,
    };
    work.seen(&sent);
    let Some(place) = Place::of(&work, &path.1) else { return missing(&desk) };
    if sent.has("_columns") {
        let text = sent.get("columns").to_owned();
        let key = place.path.to_owned();
        let done = changed(&desk, &work, move |form| add_columns(form, &key, &text)).await;
        return done.map_or_else(|response| response, |()| see_other(&address(&work, place.path)));
    }
    let typed = Typed::read(&sent);
    let question = match typed.question(place.question) {
        Ok(question) => question,
        Err(refusal) => {
            let refused = Some(StatusCode::UNPROCESSABLE_ENTITY);
            let told = Told { errors: refusal.fields, saved: None, refused };
            return sheet(&desk, &work, &place, &typed, &told);
        }
    };
    let (key, behind) = (place.path.to_owned(), typed.behind.clone());
    let saved = changed(&desk, &work, move |form| {
        replace(form, &key, question);
        move_to(form, &key, &behind);
    });
    if let Err(response) = saved.await {
        return response;
    }
    go_on(&desk, &work, place.path, (typed.kind != typed.shown, sent.has("_next")))
}

fn replace(form: &mut Declaration, path: &str, question: Question) {
    let spot = form.spot(path);
    if let Some(known) = spot.and_then(|spot| form.at_mut(spot)) {
        *known = question;
    }
}

fn move_to(form: &mut Declaration, path: &str, behind: &str) {
    match behind.strip_prefix('#').map(str::parse) {
        Some(Ok(section)) => form.put_behind(path, Behind::Top(section)),
        _ if behind.is_empty() => {}
        _ => form.put_behind(path, Behind::Question(behind)),
    }
}

fn add_columns(form: &mut Declaration, table: &str, text: &str) {
    let spot = form.spot(table);
    let Some(question) = spot.and_then(|spot| form.at_mut(spot)) else { return };
    if let Kind::Table { columns, .. } = &mut question.kind {
        let new = sketch_columns(text, &|key| columns.iter().any(|column| column.key == key));
        columns.extend(new);
    }
}

/// Where to go once a question is saved: here while something of it is open, to the next one when that
/// was asked for, else back to the form.
fn go_on(
    desk: &Desk,
    work: &Work,
    path: &str,
    (is_other_kind, next): (bool, bool),
) -> HttpResponse {
    let here = format!("{}?xong=1", address(work, path));
    let Ok(Some(now)) = desk.office().working_form(&work.looked.code) else {
        return see_other(&here);
    };
    let declaration = &now.declaration;
    let Some(spot) = declaration.spot(path) else { return see_other(&work.address()) };
    let question = declaration.at(spot);
    let has_details = question.is_some_and(|question| {
        matches!(
            question.kind,
            Kind::Choice(_)
                | Kind::Table { .. }
                | Kind::Calculated(_)
                | Kind::Number { .. }
                | Kind::Date(_)
        )
    });
    let now_work = Work { looked: work.looked.clone(), working: now.clone() };
    if (is_other_kind && has_details) || !own_errors(desk, &now_work, spot).is_empty() {
        return see_other(&here);
    }
    if next {
        let all: Vec<String> = placed(declaration).iter().map(|placed| placed.path()).collect();
        let follows = all.iter().skip_while(|known| *known != path).nth(1);
        if let Some(follows) = follows {
            return see_other(&address(work, follows));
        }
    }
    let back = match path.split_once('.') {
        Some((table, _)) => address(work, table),
        None => format!("{}#{}", work.address(), editor::row_id(path)),
    };
    see_other(&back)
}
