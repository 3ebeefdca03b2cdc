//! The fields of each action's form, as the contract's table has them.

use maud::{Markup, html};

use super::access::Desk;
use super::assignees::assignee_field;
use super::file_field::upload_field;
use super::posted::Posted;
use super::reading::{MAX_ROWS, asked_papers, correctable};
use super::{papers, say};
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Action, Directory, Dossier};
use crate::domain::refusal::FieldError;
use crate::web::components::{
    Choice, Field, Repeat, Width, checkboxes, date_field, error_for, money_field, radios,
    repeat_group, select, text_area, text_field,
};
use crate::web::words::desk as desk_words;
use crate::web::words::desk_actions as words;

/// A form that is asked now, or comes back refused.
pub struct Asking<'a> {
    /// Who asks.
    pub desk: &'a Desk,
    /// About which dossier.
    pub dossier: &'a Dossier,
    /// What was typed so far.
    pub posted: &'a Posted,
    /// What was wrong with it.
    pub errors: &'a [FieldError],
}

impl<'a> Asking<'a> {
    fn field(&self, name: &'a str, label: &'a str) -> Field<'a> {
        Field {
            name,
            label,
            value: self.posted.get(name),
            error: error_for(self.errors, name, self.desk.lang()),
            ..Field::default()
        }
    }

    /// What was typed, else what is likely.
    fn or(&self, name: &str, likely: &'a str) -> &'a str {
        if self.posted.has(name) { self.posted.get(name) } else { likely }
    }

    /// The fields of an action.
    pub fn fields(&self, action: Action) -> Markup {
        let lang = self.desk.lang();
        html! {
            @match action {
                Action::Accept => (self.papers_to_check()),
                Action::RequestSupplement => (self.missing_items()),
                Action::Supplement => (self.supplement()),
                Action::Transfer => { (self.agencies()) (self.reason()) },
                Action::ChangeProcedure => {
                    (text_field(lang, &Field {
                        hint: words::PROCEDURE_HINT.say(lang),
                        width: Width::Medium,
                        ..self.field("procedure", words::PROCEDURE_CODE.say(lang))
                    }))
                    (self.reason())
                },
                Action::Assign | Action::Forward => (self.assignee()),
                Action::Consult => (self.consult()),
                Action::AnswerConsultation => (self.answer()),
                Action::IssueNumber => (self.number()),
                Action::RequestPayment => (self.fee_rows()),
                Action::RecordPayment => (self.payment()),
                Action::Extend => {
                    p { (words::ONCE_ONLY.say(lang)) }
                    (self.due(words::NEW_DATE.say(lang), false))
                    (self.reason())
                },
                Action::Stop => {
                    (self.reason())
                    (text_field(lang, &Field {
                        optional: true,
                        width: Width::Medium,
                        max_length: Some(100),
                        ..self.field("decision_number", words::DECISION_NUMBER.say(lang))
                    }))
                },
                Action::Finish => (self.finish()),
                Action::Deliver => (self.deliver()),
                Action::ReturnPapers => (self.return_papers()),
                Action::Correct | Action::CorrectResult => (self.corrections(action)),
                Action::Refuse | Action::RequestWithdrawal | Action::RejectWithdrawal => {
                    (self.reason())
                },
                Action::ReturnForRework | Action::Void => (self.inside_reason()),
                Action::SubmitForApproval | Action::Approve | Action::ApproveWithdrawal
                | Action::ReceiveResult | Action::Note => {},
            }
            (self.note(action))
        }
    }

    fn note(&self, action: Action) -> Markup {
        let lang = self.desk.lang();
        let optional = action != Action::Note;
        let field = self.field("note", words::NOTE.say(lang));
        text_area(lang, &Field { optional, max_length: Some(4_000), ..field }, 2)
    }

    fn reason(&self) -> Markup {
        self.reason_as(words::REASON.say(self.desk.lang()))
    }

    fn inside_reason(&self) -> Markup {
        self.reason_as(words::REASON_INSIDE.say(self.desk.lang()))
    }

    fn reason_as(&self, label: &'a str) -> Markup {
        let field = self.field("reason", label);
        text_area(self.desk.lang(), &Field { max_length: Some(4_000), ..field }, 4)
    }

    fn due(&self, label: &'a str, optional: bool) -> Markup {
        let lang = self.desk.lang();
        let hint = words::DUE_HINT.say(lang);
        date_field(lang, &Field { hint, optional, ..self.field("due_at", label) })
    }

    fn assignee(&self) -> Markup {
        let world = self.desk.office().world();
        let lang = self.desk.lang();
        let errors = [error_for(self.errors, "to", lang), error_for(self.errors, "unit", lang)];
        let error = errors.into_iter().find(|error| !error.is_empty()).unwrap_or_default();
        let agency = &self.dossier.competent_agency;
        assignee_field(self.desk, &world, agency, "to", self.posted.get("to"), error)
    }

    fn agencies(&self) -> Markup {
        let (lang, world) = (self.desk.lang(), self.desk.office().world());
        let choices: Vec<Choice<'_>> = world
            .agencies()
            .filter(|agency| agency.code != self.dossier.competent_agency)
            .map(|agency| Choice {
                value: agency.code.as_str(),
                label: &agency.name,
                ..Choice::default()
            })
            .collect();
        select(lang, &self.field("agency", words::AGENCY.say(lang)), &choices)
    }

    fn papers_to_check(&self) -> Markup {
        let lang = self.desk.lang();
        let is_first = !self.posted.has("version");
        let ticked: Vec<&str> = self.posted.all("paper").collect();
        let error = error_for(self.errors, "paper", lang);
        html! {
            fieldset.field.field-refused[!error.is_empty()] {
                legend { (words::PAPERS_CHECKED.say(lang)) }
                p.hint { (words::PAPERS_HINT.say(lang)) }
                @if !error.is_empty() { p.error id="f-paper" { (error) } }
                @for paper in &self.dossier.components {
                    @let id = paper.component.as_str();
                    @let digital = papers::files_of(self.dossier, &paper.component).count() > 0;
                    @let likely = [paper.originals.to_string(), paper.copies.to_string()];
                    (papers::check_row(lang, &papers::CheckRow {
                        id,
                        name: &paper.name,
                        ticked: if is_first { digital } else { ticked.contains(&id) },
                        originals: self.or(&format!("o.{id}"), &likely[0]),
                        copies: self.or(&format!("c.{id}"), &likely[1]),
                        error: error_for(self.errors, &format!("o.{id}"), lang),
                    }))
                    (papers::files(self.desk, self.dossier, &paper.component))
                }
            }
        }
    }

    fn missing_items(&self) -> Markup {
        let lang = self.desk.lang();
        let ticked: Vec<&str> = self.posted.all("item").collect();
        let error = error_for(self.errors, "item", lang);
        html! {
            fieldset.field.field-refused[!error.is_empty()] {
                legend { (words::ITEMS.say(lang)) }
                p.hint { (words::ITEMS_HINT.say(lang)) }
                @if !error.is_empty() { p.error id="f-item" { (error) } }
                @for (index, (id, name)) in asked_papers(self.desk, self.dossier).iter().enumerate() {
                    @let box_id = format!("thieu-{index}");
                    @let reason = format!("reason.{id}");
                    label.choice for=(box_id) {
                        input id=(box_id) type="checkbox" name="item" value=(id)
                            checked[ticked.contains(&id.as_str())];
                        span { (name) }
                    }
                    div.below data-below=(box_id) {
                        (text_area(lang, &Field {
                            max_length: Some(4_000),
                            value: self.posted.get(&reason),
                            error: error_for(self.errors, &reason, lang),
                            name: &reason,
                            label: words::ITEM_REASON.say(lang),
                            ..Field::default()
                        }, 2))
                    }
                }
            }
            (self.other_items())
            (self.due(words::DUE_AT.say(lang), true))
        }
    }

    fn other_items(&self) -> Markup {
        let lang = self.desk.lang();
        let (count, fresh) = self.rows("other", 0);
        let rows: Vec<Markup> = (0..count)
            .map(|row| {
                let name = format!("other.{row}");
                text_area(
                    lang,
                    &Field {
                        name: &name,
                        label: words::ITEM_REASON.say(lang),
                        value: self.posted.get(&name),
                        error: error_for(self.errors, &name, lang),
                        max_length: Some(4_000),
                        ..Field::default()
                    },
                    2,
                )
            })
            .collect();
        self.repeat("other", words::OTHER_ITEM.say(lang), &rows, fresh)
    }

    /// How many rows a repeated group has now, and which was just added.
    fn rows(&self, name: &str, least: usize) -> (usize, Option<usize>) {
        let typed = self.posted.get(&format!("{name}.rows")).parse().unwrap_or(least);
        let count = usize::min(typed, MAX_ROWS).max(least);
        if self.posted.get("_add") == name && count < MAX_ROWS {
            return (count + 1, Some(count));
        }
        (count, None)
    }

    fn repeat(&self, name: &str, what: &str, rows: &[Markup], fresh: Option<usize>) -> Markup {
        let lang = self.desk.lang();
        html! {
            input type="hidden" name={ (name) ".rows" } value=(rows.len());
            (repeat_group(lang, &Repeat { name, what, rows, max: MAX_ROWS, fresh }))
        }
    }

    fn supplement(&self) -> Markup {
        let lang = self.desk.lang();
        let items = self.dossier.supplement.iter().flat_map(|supplement| &supplement.items);
        html! {
            @for item in items {
                @match &item.component {
                    Some(component) => {
                        @let name = self.dossier.paper(component).map(|p| p.name.as_str());
                        @let field = format!("u.{component}");
                        (self.files(&field, name.unwrap_or(component.as_str()), &item.reason))
                    },
                    None => p.as-typed { (item.reason) },
                }
            }
            (self.files("u.", words::SUPPLEMENT_FILES.say(lang), ""))
            (text_area(lang, &Field {
                optional: true,
                max_length: Some(4_000),
                ..self.field("text", words::SUPPLEMENT_TEXT.say(lang))
            }, 3))
        }
    }

    fn files(&self, name: &str, label: &str, hint: &str) -> Markup {
        upload_field(self.desk, self.posted, self.errors, name, label, hint)
    }

    fn consult(&self) -> Markup {
        let (lang, world) = (self.desk.lang(), self.desk.office().world());
        let own = &self.dossier.competent_agency;
        let mut offered: Vec<(String, String)> = Vec::new();
        if let Some(agency) = world.agency(own) {
            let units = agency.units.iter();
            offered.extend(units.map(|unit| (format!("u:{}", unit.code), unit.name.clone())));
        }
        let others = world.agencies().filter(|agency| agency.code != *own);
        offered.extend(others.map(|agency| (format!("a:{}", agency.code), agency.name.clone())));
        let choices: Vec<Choice<'_>> = offered
            .iter()
            .map(|(value, label)| Choice { value, label, ..Choice::default() })
            .collect();
        html! {
            p { (words::CLOCK_RUNS.say(lang)) }
            (select(lang, &self.field("whom", words::WHOM.say(lang)), &choices))
            (text_area(lang, &Field {
                max_length: Some(4_000), ..self.field("question", words::QUESTION.say(lang))
            }, 4))
            (self.due(words::DUE_AT.say(lang), false))
        }
    }

    fn answer(&self) -> Markup {
        let lang = self.desk.lang();
        let asked: Vec<(String, String)> = self
            .dossier
            .consultations
            .iter()
            .filter(|asked| asked.answer.is_none() && asked.agency == self.desk.staff.agency)
            .map(|asked| (asked.number.to_string(), asked.question.clone()))
            .collect();
        let only = asked.len() == 1;
        let choices: Vec<Choice<'_>> = asked
            .iter()
            .map(|(number, question)| Choice {
                value: number,
                label: question,
                chosen: only || self.posted.get("number") == number,
                ..Choice::default()
            })
            .collect();
        html! {
            (radios(lang, &self.field("number", words::WHICH_QUESTION.say(lang)), &choices))
            (text_area(lang, &Field {
                max_length: Some(4_000), ..self.field("answer", words::ANSWER.say(lang))
            }, 4))
        }
    }

    fn number(&self) -> Markup {
        let lang = self.desk.lang();
        let today = date_short(local(self.desk.office().now()).date());
        html! {
            (text_field(lang, &Field {
                width: Width::Medium,
                max_length: Some(100),
                ..self.field("number", words::NUMBER.say(lang))
            }))
            @let value = if self.posted.has("date") { self.posted.get("date") } else { &today };
            (date_field(lang, &Field { value, ..self.field("date", words::DATE.say(lang)) }))
        }
    }

    fn fee_rows(&self) -> Markup {
        let lang = self.desk.lang();
        let (count, fresh) = self.rows("fee", 1);
        let rows: Vec<Markup> = (0..count).map(|row| self.fee_row(row)).collect();
        self.repeat("fee", words::FEE_LINE.say(lang), &rows, fresh)
    }

    fn fee_row(&self, row: usize) -> Markup {
        let lang = self.desk.lang();
        let field = |part: &str| format!("fee.{row}.{part}");
        let (name, amount, kind) = (field("name"), field("amount"), field("kind"));
        let chosen = self.posted.get(&kind);
        html! {
            (text_field(lang, &Field {
                name: &name,
                label: words::FEE_NAME.say(lang),
                value: self.posted.get(&name),
                error: error_for(self.errors, &name, lang),
                max_length: Some(200),
                ..Field::default()
            }))
            (money_field(lang, &Field {
                name: &amount,
                label: words::FEE_AMOUNT.say(lang),
                value: self.posted.get(&amount),
                error: error_for(self.errors, &amount, lang),
                ..Field::default()
            }))
            (radios(lang, &Field {
                name: &kind, label: words::FEE_KIND.say(lang), ..Field::default()
            }, &[
                Choice {
                    value: "fee",
                    label: desk_words::FEE.say(lang),
                    chosen: chosen != "obligation",
                    ..Choice::default()
                },
                Choice {
                    value: "obligation",
                    label: words::FEE_PAUSES.say(lang),
                    chosen: chosen == "obligation",
                    ..Choice::default()
                },
            ]))
        }
    }

    fn payment(&self) -> Markup {
        let lang = self.desk.lang();
        let amount = say::money(self.dossier.unpaid());
        let methods = [
            ("cash", desk_words::CASH),
            ("card", desk_words::CARD),
            ("transfer", desk_words::TRANSFER),
            ("platform", desk_words::PLATFORM),
        ]
        .map(|(value, label)| Choice {
            value,
            label: label.say(lang),
            chosen: self.posted.get("method") == value,
            ..Choice::default()
        });
        html! {
            p { strong { (words::UNPAID.fill(lang, &[("amount", &amount)])) } }
            (radios(lang, &self.field("method", words::METHOD.say(lang)), &methods))
            (text_field(lang, &Field {
                optional: true,
                width: Width::Medium,
                max_length: Some(100),
                ..self.field("receipt_number", words::RECEIPT_NUMBER.say(lang))
            }))
        }
    }

    fn finish(&self) -> Markup {
        let (lang, world) = (self.desk.lang(), self.desk.office().world());
        let results = world.procedure(&self.dossier.procedure).map(|p| p.results.as_slice());
        let likely = results.and_then(|results| results.first()).map_or("", |r| r.name.as_str());
        let issued = self.dossier.number.as_ref().map_or("", |(number, _)| number.as_str());
        let denied = self.posted.get("favourable") == "no";
        let name =
            if self.posted.has("result.name") { self.posted.get("result.name") } else { likely };
        let number = match self.posted.has("result.number") {
            true => self.posted.get("result.number"),
            false => issued,
        };
        html! {
            (radios(lang, &self.field("favourable", words::FAVOURABLE.say(lang)), &[
                Choice {
                    value: "yes",
                    label: words::GRANTED.say(lang),
                    chosen: !denied,
                    ..Choice::default()
                },
                Choice {
                    value: "no",
                    label: words::DENIED.say(lang),
                    chosen: denied,
                    below: Some(self.reason()),
                    ..Choice::default()
                },
            ]))
            (text_field(lang, &Field {
                value: name,
                max_length: Some(500),
                ..self.field("result.name", words::RESULT_NAME.say(lang))
            }))
            (text_field(lang, &Field {
                value: number,
                optional: true,
                width: Width::Medium,
                max_length: Some(100),
                ..self.field("result.number", words::RESULT_NUMBER.say(lang))
            }))
            (self.files("result.uploads", words::RESULT_FILES.say(lang), ""))
        }
    }

    fn deliver(&self) -> Markup {
        let lang = self.desk.lang();
        let wanted = match self.dossier.return_channel {
            Channel::Post => "post",
            Channel::Counter | Channel::Online => "counter",
        };
        let chosen = if self.posted.has("channel") { self.posted.get("channel") } else { wanted };
        let ways =
            [("counter", Channel::Counter), ("post", Channel::Post)].map(|(value, way)| Choice {
                value,
                label: say::channel(way).say(lang),
                chosen: chosen == value,
                ..Choice::default()
            });
        let takes = [
            ("owner", words::TAKES_OWNER),
            ("mandate", words::TAKES_MANDATE),
            ("lost", words::TAKES_LOST),
        ]
        .map(|(value, label)| Choice {
            value,
            label: label.say(lang),
            chosen: match self.posted.get("takes") {
                "" => value == "owner",
                takes => takes == value,
            },
            ..Choice::default()
        });
        let value = match self.posted.has("received_by") {
            true => self.posted.get("received_by"),
            false => &self.dossier.submitter.name,
        };
        html! {
            @if self.dossier.unpaid() > 0 {
                p.warning { (desk_words::WHY_UNPAID.fill(lang, &[
                    ("amount", &say::money(self.dossier.unpaid())),
                ])) }
            }
            (radios(lang, &self.field("channel", words::CHANNEL.say(lang)), &ways))
            (radios(lang, &self.field("takes", words::WHO_TAKES.say(lang)), &takes))
            (text_field(lang, &Field {
                value,
                max_length: Some(200),
                ..self.field("received_by", words::RECEIVED_BY.say(lang))
            }))
        }
    }

    fn return_papers(&self) -> Markup {
        let lang = self.desk.lang();
        let ticked: Vec<&str> = self.posted.all("items").collect();
        let choices: Vec<Choice<'_>> = self
            .dossier
            .components
            .iter()
            .filter(|paper| paper.originals > 0)
            .map(|paper| Choice {
                value: &paper.name,
                label: &paper.name,
                chosen: ticked.contains(&paper.name.as_str()),
                ..Choice::default()
            })
            .collect();
        html! {
            (checkboxes(lang, &self.field("items", words::PAPERS_TO_RETURN.say(lang)), &choices))
            (text_field(lang, &Field {
                optional: true,
                max_length: Some(500),
                ..self.field("other", words::OTHER_PAPER.say(lang))
            }))
            (text_field(lang, &Field {
                max_length: Some(200),
                ..self.field("received_by", words::RECEIVED_BY.say(lang))
            }))
        }
    }

    fn corrections(&self, action: Action) -> Markup {
        let lang = self.desk.lang();
        let of_result = action == Action::CorrectResult;
        let fields = correctable(self.dossier);
        let shown = fields.iter().filter(|(path, ..)| of_result || !path.starts_with("result."));
        let hint = if of_result { words::CORRECT_RESULT_HINT } else { words::CORRECT_HINT };
        let group =
            |who: &str| shown.clone().filter(|(path, ..)| path.starts_with(who)).count() > 0;
        html! {
            p { (hint.say(lang)) }
            @for (who, legend) in [
                ("owner.", words::OWNER_DATA),
                ("submitter.", words::SUBMITTER_DATA),
                ("result.", words::FAVOURABLE),
            ] {
                @if group(who) {
                    fieldset {
                        legend { (legend.say(lang)) }
                        @for (path, label, old) in shown.clone().filter(|(p, ..)| p.starts_with(who)) {
                            @let name = format!("changes.{path}");
                            (text_field(lang, &Field {
                                name: &name,
                                label: label.say(lang),
                                value: self.or(&name, old),
                                error: error_for(self.errors, &name, lang),
                                max_length: Some(500),
                                autocomplete: "off",
                                ..Field::default()
                            }))
                        }
                    }
                }
            }
            (self.inside_reason())
        }
    }
}
