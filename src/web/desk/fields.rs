//! The fields of each action's form, as the contract's table has them.

use maud::{Markup, html};

use super::access::Desk;
use super::assignees::assignee_field;
use super::certifying;
use super::file_field::upload_field;
use super::posted::Posted;
use super::reading::{MAX_ROWS, asked_papers, procedures_found};
use super::results::last_draft;
use super::{corrections, papers, reading};
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::dossier::{Action, Directory, Dossier, completable};
use crate::domain::process::{Run, Step};
use crate::domain::refusal::FieldError;
use crate::web::components::{
    Button, Choice, Field, Repeat, Width, button, checkboxes, date_field, error_for, radios,
    repeat_group, select, text_area, text_field,
};
use crate::web::words::desk as desk_words;
use crate::web::words::{desk_actions as words, linking};

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
    pub(super) fn field(&self, name: &'a str, label: &'a str) -> Field<'a> {
        Field {
            name,
            label,
            value: self.posted.get(name),
            error: error_for(self.errors, name, self.desk.lang()),
            ..Field::default()
        }
    }

    /// What was typed, else what is likely.
    pub(super) fn or<'l>(&'l self, name: &str, likely: &'l str) -> &'l str {
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
                Action::ChangeProcedure => { (self.right_procedure()) (self.reason()) },
                Action::Assign | Action::Forward => (self.assignee()),
                Action::Consult => (self.consult()),
                Action::AnswerConsultation => (self.answer()),
                Action::IssueNumber => (self.number()),
                Action::CompleteStep => (self.step()),
                Action::RequestPayment => (self.money_request()),
                Action::RecordPayment => (self.payment()),
                Action::ReversePayment => (self.reversal()),
                Action::CancelPaymentRequest => (self.cancellation()),
                // Only applicants declare.
                Action::DeclareTransfer => {},
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
                Action::Certify => (certifying::fields(self.desk, self.dossier, self.posted, self.errors)),
                Action::ReturnPapers => (self.return_papers()),
                Action::Correct | Action::CorrectResult | Action::RequestCorrection => {
                    (corrections::fields(self, action))
                    (self.correction_reason(action))
                },
                Action::Refuse
                | Action::RequestWithdrawal
                | Action::RejectWithdrawal
                | Action::RejectCorrection
                | Action::RejectTransfer => {
                    (self.reason())
                },
                Action::ReturnForRework | Action::Void => (self.inside_reason()),
                Action::SubmitForApproval => (self.draft()),
                Action::Approve => (last_draft(self.desk, self.dossier)),
                Action::ApproveWithdrawal
                | Action::ReceiveResult
                | Action::AddPapers
                | Action::Note => {},
            }
            (self.note(action))
        }
    }

    /// A search by name or code; what it found is chosen below.
    fn right_procedure(&self) -> Markup {
        let lang = self.desk.lang();
        let hits = procedures_found(self.desk, self.posted.get("procedure"));
        let chosen = self.posted.get("procedure.hit");
        let choices: Vec<Choice<'_>> = hits
            .iter()
            .map(|hit| Choice {
                value: hit.code.as_str(),
                label: &hit.name,
                hint: hit.code.as_str(),
                chosen: hit.code.as_str() == chosen || hits.len() == 1,
                ..Choice::default()
            })
            .collect();
        html! {
            (text_field(lang, &Field {
                hint: words::PROCEDURE_HINT.say(lang),
                key: "F2",
                autocomplete: "off",
                max_length: Some(200),
                ..self.field("procedure", words::PROCEDURE_FIND.say(lang))
            }))
            (button(&Button {
                label: desk_words::FIND.say(lang),
                name: "_reload",
                value: "1",
                secondary: true,
                ..Button::default()
            }))
            @if !choices.is_empty() {
                (radios(lang, &self.field("procedure.hit", words::RIGHT_PROCEDURE.say(lang)), &choices))
            } @else if !self.posted.get("procedure").is_empty() {
                p.warning { (words::PROCEDURE_NONE.say(lang)) }
            }
        }
    }

    fn note(&self, action: Action) -> Markup {
        let lang = self.desk.lang();
        let optional = action != Action::Note;
        let field = self.field("note", words::NOTE.say(lang));
        text_area(lang, &Field { optional, max_length: Some(4_000), ..field }, 2)
    }

    pub(super) fn reason(&self) -> Markup {
        self.reason_as(words::REASON.say(self.desk.lang()))
    }

    fn inside_reason(&self) -> Markup {
        self.reason_as(words::REASON_INSIDE.say(self.desk.lang()))
    }

    /// Why something is corrected: as the applicant said, unless the desk says otherwise.
    fn correction_reason(&self, action: Action) -> Markup {
        let asked = self.dossier.correction.as_ref().filter(|_| action == Action::Correct);
        let likely = asked.map_or("", |asked| asked.reason.as_str());
        let field = self.field("reason", words::REASON_INSIDE.say(self.desk.lang()));
        let value = self.or("reason", likely);
        text_area(self.desk.lang(), &Field { value, max_length: Some(4_000), ..field }, 4)
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
            .filter(|agency| world.is_open(&agency.code))
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
        let world = self.desk.office().world();
        let procedure = world.procedure(&self.dossier.procedure);
        let error = error_for(self.errors, "paper", lang);
        html! {
            fieldset.field.field-refused[!error.is_empty()] {
                legend { (words::PAPERS_CHECKED.say(lang)) }
                p.hint { (words::PAPERS_HINT.say(lang)) }
                @if !error.is_empty() { p.error id="f-paper" { (error) } }
                @for (id, name) in asked_papers(self.desk, self.dossier) {
                    @let component = procedure.and_then(|p| p.component(&id));
                    (self.paper_to_check(&id, &name, component.is_some_and(|c| c.mandatory)))
                }
            }
        }
    }

    /// A row to tick by hand: what came, or was promised, is not yet what was looked at.
    fn paper_to_check(&self, id: &str, name: &str, mandatory: bool) -> Markup {
        let lang = self.desk.lang();
        let paper = self.dossier.components.iter().find(|p| p.component.as_str() == id);
        let likely = paper.map_or([String::from("0"), String::from("0")], |paper| {
            [paper.originals.to_string(), paper.copies.to_string()]
        });
        let sent = paper.map(|p| papers::files_of(self.dossier, &p.component).count());
        let came = match (paper, sent) {
            (_, Some(files)) if files > 0 => words::CAME_AS_FILE,
            (Some(paper), _) if paper.on_paper => words::PROMISED_ON_PAPER,
            _ => words::NOT_HANDED_IN,
        };
        let (field, originals, copies) =
            (format!("paper.{id}"), format!("o.{id}"), format!("c.{id}"));
        let errors = [&field, &originals].map(|name| error_for(self.errors, name, lang));
        let needed = if mandatory { words::NEEDED } else { words::NOT_NEEDED };
        let day = format!("n.{id}");
        html! {
            (papers::check_row(lang, &papers::CheckRow {
                id,
                name,
                about: &words::PAPER_ABOUT
                    .fill(lang, &[("needed", needed.say(lang)), ("came", came.say(lang))]),
                ticked: self.posted.all("paper").any(|ticked| ticked == id),
                originals: self.or(&originals, &likely[0]),
                copies: self.or(&copies, &likely[1]),
                error: errors.into_iter().find(|error| !error.is_empty()).unwrap_or_default(),
                evidence: reading::evidence(self.posted, id),
                date: self.posted.get(&day),
                date_error: error_for(self.errors, &day, lang),
                ..papers::CheckRow::default()
            }))
            @if let Some(paper) = paper {
                (papers::files(self.desk, self.dossier, &paper.component))
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
    pub(super) fn rows(&self, name: &str, least: usize) -> (usize, Option<usize>) {
        let typed = self.posted.get(&format!("{name}.rows")).parse().unwrap_or(least);
        let count = usize::min(typed, MAX_ROWS).max(least);
        if self.posted.get("_add") == name && count < MAX_ROWS {
            return (count + 1, Some(count));
        }
        (count, None)
    }

    pub(super) fn repeat(
        &self,
        name: &str,
        what: &str,
        rows: &[Markup],
        fresh: Option<usize>,
    ) -> Markup {
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

    pub(super) fn files(&self, name: &str, label: &str, hint: &str) -> Markup {
        upload_field(self.desk, self.posted, self.errors, name, label, hint)
    }

    /// Whom the process asks next, as the form names them; or empty.
    fn asked_next(&self) -> String {
        let mut open = self.dossier.run.iter().flat_map(Run::open);
        let next = open.find_map(|(step, passage)| {
            step.consults.as_ref().filter(|_| passage.consultation.is_none())
        });
        match next.map(|asked| (&asked.agency, &asked.unit)) {
            Some((None, Some(unit))) => format!("u:{unit}"),
            Some((Some(agency), _)) => format!("a:{agency}"),
            _ => String::new(),
        }
    }

    fn consult(&self) -> Markup {
        let (lang, world) = (self.desk.lang(), self.desk.office().world());
        let own = &self.dossier.competent_agency;
        let mut offered: Vec<(String, String)> = Vec::new();
        if let Some(agency) = world.agency(own) {
            // One's own unit, and one where nobody could answer, is not asked.
            let units = agency.units.iter().filter(|unit| {
                self.desk.staff.unit.as_ref() != Some(&unit.code)
                    && world.has_role(own, Some(&unit.code), Role::Processor)
            });
            offered.extend(units.map(|unit| (format!("u:{}", unit.code), unit.name.clone())));
        }
        let others = world.agencies().filter(|agency| {
            agency.code != *own
                && world.is_open(&agency.code)
                && world.has_role(&agency.code, None, Role::Processor)
        });
        offered.extend(others.map(|agency| (format!("a:{}", agency.code), agency.name.clone())));
        let choices: Vec<Choice<'_>> = offered
            .iter()
            .map(|(value, label)| Choice { value, label, ..Choice::default() })
            .collect();
        html! {
            p { (words::CLOCK_RUNS.say(lang)) }
            @let likely = self.asked_next();
            (select(lang, &Field {
                value: self.or("whom", &likely), ..self.field("whom", words::WHOM.say(lang))
            }, &choices))
            (text_area(lang, &Field {
                max_length: Some(4_000), ..self.field("question", words::QUESTION.say(lang))
            }, 4))
            (self.due(words::DUE_AT.say(lang), false))
            (self.shares())
        }
    }

    /// The files that whoever is asked may see.
    fn shares(&self) -> Markup {
        let lang = self.desk.lang();
        let ticked: Vec<&str> = self.posted.all("shares").collect();
        let files: Vec<(String, &str)> = self
            .dossier
            .attachments
            .iter()
            .map(|file| (file.id.to_string(), file.name.as_str()))
            .collect();
        let choices: Vec<Choice<'_>> = files
            .iter()
            .map(|(id, name)| Choice {
                value: id,
                label: name,
                chosen: ticked.contains(&id.as_str()),
                ..Choice::default()
            })
            .collect();
        let field = Field {
            hint: linking::SHARES_HINT.say(lang),
            optional: true,
            ..self.field("shares", linking::SHARES.say(lang))
        };
        html! { @if !choices.is_empty() { (checkboxes(lang, &field, &choices)) } }
    }

    /// The open steps of this account, with what is done in them.
    fn step(&self) -> Markup {
        let lang = self.desk.lang();
        let open = completable(self.dossier, &self.desk.staff);
        let about = |step: &Step| match step.document.as_str() {
            "" => step.does.clone(),
            document => {
                let values = [("does", step.does.as_str()), ("document", document)];
                words::STEP_DOES.fill(lang, &values).trim_start().to_owned()
            }
        };
        let hints: Vec<String> = open.iter().map(|step| about(step)).collect();
        let typed = self.posted.get("step");
        let choices: Vec<Choice<'_>> = open
            .iter()
            .zip(&hints)
            .map(|(step, hint)| Choice {
                value: step.id.as_str(),
                label: &step.name,
                hint,
                chosen: open.len() == 1 || typed == step.id.as_str(),
                ..Choice::default()
            })
            .collect();
        radios(lang, &self.field("step", words::STEP.say(lang)), &choices)
    }

    fn answer(&self) -> Markup {
        let lang = self.desk.lang();
        let asked: Vec<(String, String)> = self
            .dossier
            .consultations
            .iter()
            .filter(|asked| asked.answer.is_none() && asked.asks(&self.desk.staff))
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
            (self.files("answer.uploads", linking::ANSWER_FILES.say(lang), ""))
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

    fn return_papers(&self) -> Markup {
        let lang = self.desk.lang();
        // Whoever took the result, else who brought the papers.
        let taker = self.dossier.delivery.as_ref().and_then(|taken| taken.received_by.as_deref());
        let likely = taker.unwrap_or(&self.dossier.submitter.name);
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
                value: self.or("received_by", likely),
                max_length: Some(200),
                ..self.field("received_by", words::RECEIVED_BY.say(lang))
            }))
        }
    }
}
