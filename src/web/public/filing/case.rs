//! One filing in the hands of its visitor: the draft with what it is about, and the page around a
//! step.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use jiff::civil::Date;
use maud::{Markup, html};

use super::HAND_ON;
use super::conflict::seen;
use super::declared;
use super::step::Step;
use crate::domain::agency::Agency;
use crate::domain::calendar::words::instant_short;
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::{Directory, Dossier, Intake};
use crate::domain::ids::{ProcedureCode, UserName};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Lang, Text};
use crate::office::Failure;
use crate::office::drafts::{Answers, Draft, Keeper};
use crate::office::uploads::Upload;
use crate::office::world::World;
use crate::web::Site;
use crate::web::asking::named;
use crate::web::components::{
    Button, Crumb, Form, Method, button, button_row, error_for, error_summary, error_summary_at,
    field_id, form, implicit_submit, steps,
};
use crate::web::public::page::{Page, answer, contact, find_draft};
use crate::web::public::places::notice;
use crate::web::visitor::Visitor;
use crate::web::words::{public_filing as words, shell as shell_words};

/// A filing.
pub(super) struct Case<'a> {
    /// The site.
    pub site: &'a Site,
    /// Who files.
    pub visitor: &'a Visitor,
    /// The phone or email that was proved, once one was.
    pub contact: Option<&'a str>,
    /// Who keeps the draft.
    pub keeper: Keeper,
    /// The picture of the world.
    pub world: Arc<World>,
    /// For what.
    pub procedure: Arc<Procedure>,
    /// What was typed so far.
    pub draft: Draft,
    /// The answers as they are kept, when the page shows others.
    pub stored: Answers,
    /// What was refused.
    pub errors: Vec<FieldError>,
    /// What the steps before still lack, when it was to be sent.
    pub lacks: Vec<(Step, FieldError)>,
    /// A dossier of the same case that is open already, when it was to be sent.
    pub twin: Option<Dossier>,
    /// Whether the pledge is ticked.
    pub is_pledged: bool,
    /// Whether the box is ticked that remembers the applicant.
    pub is_remembered: bool,
    /// Whether it is filed though the same case is open already.
    pub is_once_more: bool,
}

impl<'a> Case<'a> {
    /// The filing of a draft; none when the visitor has no such draft.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub(super) fn load(
        site: &'a Site,
        visitor: &'a Visitor,
        (procedure, draft): (&str, &str),
    ) -> Result<Option<Self>, Failure> {
        let found = find_draft(site, visitor, (procedure, draft))?;
        Ok(found.and_then(|(keeper, draft)| Self::of(site, visitor, keeper, draft)))
    }

    /// The filing of a draft at hand; none when its procedure is unknown.
    pub(super) fn of(
        site: &'a Site,
        visitor: &'a Visitor,
        keeper: Keeper,
        draft: Draft,
    ) -> Option<Self> {
        let world = site.office.world();
        let procedure = world.shared_procedure(&ProcedureCode::from(draft.procedure.as_str()))?;
        Some(Self {
            site,
            visitor,
            contact: contact(visitor),
            keeper,
            stored: draft.answers.clone(),
            world,
            procedure,
            draft,
            errors: Vec::new(),
            lacks: Vec::new(),
            twin: None,
            is_pledged: false,
            is_remembered: false,
            is_once_more: false,
        })
    }

    /// The language of the page.
    pub(super) fn lang(&self) -> Lang {
        self.visitor.lang
    }

    /// The date in Vietnam.
    pub(super) fn today(&self) -> Date {
        self.site.office.today()
    }

    /// An answer, or the empty text.
    pub(super) fn value(&self, name: &str) -> &str {
        self.draft.answers.get(name).map_or("", String::as_str)
    }

    /// The error of a question, or the empty text.
    pub(super) fn error(&self, name: &str) -> &str {
        error_for(&self.errors, name, self.lang())
    }

    /// The province that stands first in addresses: that of the agency where it is handed in.
    pub(super) fn province(&self) -> String {
        let takers = self.world.own_takers(&self.procedure, self.today());
        let place = self.value("place");
        let chosen = takers.iter().find(|agency| agency.code.as_str() == place);
        chosen.or(takers.first()).map(|agency| agency.province()).unwrap_or_default()
    }

    /// Agencies that could decide it and are filed with online here.
    pub(super) fn settlers(&self) -> Vec<&Agency> {
        let connections = self.world.connections();
        let here = |agency: &&Agency| {
            connections.intake(&agency.code, &self.procedure.code) == Intake::Own
        };
        self.world.settlers(&self.procedure).filter(here).collect()
    }

    /// The files of a component that are still there.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub(super) fn files(&self, component: &str) -> Result<Vec<Upload>, Failure> {
        let caller = self.draft.caller();
        let named = self.draft.files.iter().filter(|(known, _)| known == component);
        let mut files = Vec::new();
        for (_, id) in named {
            files.extend(self.site.office.upload(*id, &caller)?);
        }
        Ok(files)
    }

    /// The address of a step.
    pub(super) fn address(&self, step: Step) -> String {
        address(&self.draft, step.slug())
    }

    /// The page of a step: its questions in a form, or what the step shows besides.
    pub(super) fn page(&self, status: StatusCode, step: Step, body: &Markup) -> HttpResponse {
        let lang = self.lang();
        let heading = step.heading().say(lang);
        let procedure = format!("/thu-tuc/{}", self.procedure.code);
        let above = [
            Crumb { href: "/thu-tuc", label: shell_words::PROCEDURES.say(lang) },
            Crumb { href: &procedure, label: &self.procedure.name },
        ];
        let done = step.before(&self.draft.answers).map(|before| self.local_draft(before));
        let main = html! {
            (self.to_repair())
            (self.stepper(step))
            (notice(&self.world, &self.procedure, self.today(), lang))
            h1 { (heading) }
            p.muted { (self.procedure.name) }
            (self.form(step, body))
        };
        let page = Page {
            title: &format!("{heading} – {}", self.procedure.name),
            above: &above,
            refused: !self.errors.is_empty() || !self.lacks.is_empty(),
            draft_done: done.as_deref().unwrap_or_default(),
            ..Page::default()
        };
        answer(self.site, self.visitor, status, &page, &main)
    }

    /// What was refused, each with the way to its field, on this step or another.
    fn to_repair(&self) -> Markup {
        let lang = self.lang();
        let lacks: Vec<FieldError> = self.lacks.iter().map(|(_, error)| error.clone()).collect();
        html! {
            @if !self.errors.is_empty() {
                @let form = declared::form_of(self).map(|form| &form.declaration);
                (error_summary(lang, &named(&Refusal::fields(self.errors.clone()), form)))
            } @else if !lacks.is_empty() {
                (error_summary_at(lang, &Refusal::fields(lacks), |index, error| {
                    let step = self.lacks.get(index).map_or(Step::Send, |(step, _)| *step);
                    self.address_of(step, error)
                }))
            }
        }
    }

    /// Where an error of a step is repaired.
    pub(super) fn address_of(&self, step: Step, error: &FieldError) -> String {
        format!("{}#{}", self.address(step), field_id(&error.field))
    }

    /// The name under which a browser keeps what is typed in a step.
    pub(super) fn local_draft(&self, step: Step) -> String {
        format!("nop/{}/{}", self.draft.id, step.slug())
    }

    fn stepper(&self, current: Step) -> Markup {
        let lang = self.lang();
        let shown = [
            (Step::Who, words::STEP_WHO),
            (Step::Form, words::STEP_FORM),
            (Step::Papers, words::STEP_PAPERS),
            (Step::Return, words::STEP_RETURN),
            (Step::Send, words::STEP_SEND),
        ];
        let addresses = shown.map(|(step, _)| self.address(step));
        let items: Vec<_> = shown
            .iter()
            .zip(&addresses)
            .map(|((_, label), href)| crate::web::components::Step { label: label.say(lang), href })
            .collect();
        steps(lang, current.number(), &items)
    }

    fn form(&self, step: Step, body: &Markup) -> Markup {
        let lang = self.lang();
        let csrf = self.visitor.csrf(self.site);
        let (action, local) = (self.address(step), self.local_draft(step));
        let about = Form {
            action: &action,
            method: if step == Step::Papers { Method::PostFiles } else { Method::Post },
            csrf: &csrf,
            key: &self.draft.id,
            // The last page asks for the pledge alone, which is made when it is sent.
            draft: if step == Step::Send { "" } else { &local },
            ..Form::default()
        };
        let verb = match (step, self.contact) {
            (Step::Send, None) => words::SIGN_IN_TO_SEND,
            (Step::Send, Some(_)) => words::SEND,
            _ => words::CONTINUE,
        };
        let before = step.before(&self.draft.answers).map(|before| self.address(before));
        form(
            lang,
            &about,
            &html! {
                // Enter presses the first button of a form: this one, not “Dùng hộ chiếu”.
                @if matches!(step, Step::Applicant | Step::Owner) { (implicit_submit("", "_next", "1")) }
                (seen(&self.stored, step, &self.procedure))
                (body)
                (button_row(&html! {
                    (button(&Button { label: verb.say(lang), ..Button::default() }))
                    (button(&Button {
                        label: words::LATER.say(lang),
                        name: "_later",
                        value: "1",
                        secondary: true,
                        ..Button::default()
                    }))
                    @if let Some(before) = &before {
                        a href=(before) { (crate::web::words::components::BACK.say(lang)) }
                    }
                }))
                p.hint data-saved="" { (saved_at(&self.draft, lang)) }
                @for (who, at) in self.draft.opened.iter().rev().take(1) {
                    @let staff = self.world.staff(&UserName::new(who.clone()));
                    @let who = staff.map_or(who.as_str(), |staff| staff.full_name.as_str());
                    p.hint {
                        (words::OPENED_AT_DESK.fill(lang, &[
                            ("who", who), ("time", &instant_short(*at)),
                        ]))
                    }
                }
                // It sends the step: what is typed goes along.
                p {
                    button.link type="submit" name=(HAND_ON) value="1" { (words::ELSEWHERE.say(lang)) }
                }
            },
        )
    }
}

/// "Đã lưu nháp lúc 16:30".
pub(super) fn saved_at(draft: &Draft, lang: Lang) -> String {
    words::SAVED_AT.fill(lang, &[("time", &instant_short(draft.saved_at))])
}

/// The address of a part of a filing.
pub(super) fn address(draft: &Draft, part: &str) -> String {
    format!("/nop-ho-so/{}/{}/{part}", draft.procedure, draft.id)
}

/// An error at a question.
pub(super) fn at(field: &str, text: impl Into<Text>) -> FieldError {
    FieldError { field: field.to_owned(), text: text.into() }
}
