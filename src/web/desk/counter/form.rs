//! The declared form at the counter. Most people bring it filled in by hand: it stays folded, and is
//! typed later from the paper. Unfolded, it asks what the portal asks.

use maud::{Markup, html};

use super::state::Counter;
use crate::domain::calendar::local;
use crate::domain::dossier::{Directory, Form};
use crate::domain::form::{DeclaredForm, Evaluation, Prefill, PrefillOf, PrefillPart, evaluate};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Lang, Text};
use crate::office::drafts::Answers;
use crate::office::world::World;
use crate::web::asking::following::{self, BEGAN};
use crate::web::asking::{self, Asking};
use crate::web::components::{AddressParts, Button, button};
use crate::web::desk::access::Desk;
use crate::web::desk::dates;
use crate::web::desk::posted::Posted;
use crate::web::words::{desk as desk_words, desk_counter as words};

/// Where the section begins.
const PLACE: &str = "to-khai";
/// The field that says that the questions are shown.
pub(super) const OPEN: &str = "form_open";
/// The field with the version that is filled in.
pub(super) const VERSION: &str = "form_version";

/// Whether a field holds something of the form.
pub(super) fn is_answer(name: &str) -> bool {
    name.starts_with("form.") || name.starts_with("rows.")
}

/// The answers of the form as they stand in the counter's.
#[derive(Debug, Default)]
pub struct Declared {
    /// What was typed.
    pub typed: Answers,
    /// Whether the questions are shown.
    pub is_open: bool,
    /// The version that was begun with.
    version: Option<u32>,
}

impl Declared {
    /// Reads the answers; those of another procedure are left.
    pub fn of(sent: &Posted, is_same_procedure: bool) -> Self {
        let typed = sent.carried().filter(|(name, _)| is_answer(name));
        let typed = typed.map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
        let was_open = is_same_procedure && sent.has(OPEN);
        let is_open = match sent.get("_form") {
            "" => was_open,
            wanted => wanted == "now",
        };
        let version = sent.get(if was_open { VERSION } else { "to_khai" });
        Self {
            typed: typed.filter(|_| is_same_procedure).collect(),
            is_open,
            version: version.parse().ok(),
        }
    }

    /// Adds or takes away the row whose button was pressed.
    pub fn rearrange(&mut self, form: &DeclaredForm, sent: &Posted) {
        let pressed = (sent.get("_add"), sent.get("_drop"));
        asking::rearrange(&mut self.typed, &form.declaration, pressed);
    }
}

impl Counter {
    /// Puts what the persons' fields say now into the questions that nobody typed in: a card that is read
    /// later, or a name that is put right, reaches them.
    pub(super) fn follow(&mut self, desk: &Desk) {
        let (world, marks) = (desk.office().world(), self.sent.get(BEGAN).to_owned());
        let Some(form) = self.declared_form(&world).filter(|_| self.declared.is_open) else {
            return;
        };
        let mut typed = self.declared.typed.clone();
        let untouched = following::unchanged(&form.declaration, &typed, &marks);
        let answers = evaluation(desk, form, &typed).answers;
        let known = |prefill, name: &str| self.known(prefill, name);
        following::follow(&form.declaration, &mut typed, &untouched, (&answers, &known));
        for (name, value) in &typed {
            if self.sent.get(name) != value {
                self.sent.set(name, value.as_str());
            }
        }
        self.declared.typed = typed;
    }

    /// What the form proposes and nobody has changed: each question with its answer.
    pub(super) fn proposed(&self, desk: &Desk) -> Vec<(Text, &'static str)> {
        let world = desk.office().world();
        let Some(form) = self.declared_form(&world).filter(|_| self.declared.is_open) else {
            return Vec::new();
        };
        let found = evaluation(desk, form, &self.declared.typed);
        let asked = form.declaration.questions().filter(|question| found.shows(&question.key));
        let proposed = asked.filter_map(|question| {
            let usual = question.kind.usual();
            let typed = self.declared.typed.get(&format!("form.{}", question.key));
            let stands = typed.is_none_or(|typed| typed == usual);
            (!usual.is_empty() && stands).then(|| (question.label.clone(), usual))
        });
        proposed.collect()
    }

    /// The declared form of the chosen procedure: the version that was begun with, else the newest.
    pub fn declared_form<'w>(&self, world: &'w World) -> Option<&'w DeclaredForm> {
        let code = &self.procedure.as_ref()?.code;
        world.form(code, self.declared.version).or_else(|| world.form(code, None))
    }

    /// What is filed of it: answers and version, when it is typed now.
    pub fn declared_answers(&self, world: &World) -> (Form, Option<u32>) {
        match self.declared_form(world).filter(|_| self.declared.is_open) {
            Some(form) => {
                let answers = asking::begun(&form.declaration, &self.declared.typed);
                (answers, Some(form.version.version))
            }
            None => Default::default(),
        }
    }

    /// What is wrong in the answers; what is missing stands on the paper.
    pub fn wrong_answers(&self, desk: &Desk, world: &World) -> Vec<FieldError> {
        let form = self.declared_form(world).filter(|_| self.declared.is_open);
        let found = form.map(|form| evaluation(desk, form, &self.declared.typed));
        let problems = found.into_iter().flat_map(|found| found.problems);
        problems
            .filter(|problem| !problem.is_missing)
            .map(|problem| FieldError {
                field: format!("form.{}", problem.path),
                text: problem.text,
            })
            .collect()
    }

    /// A refusal that says of each wrong answer which question, and of which person, it is about.
    pub fn named(&self, desk: &Desk, refusal: &Refusal) -> Refusal {
        let world = desk.office().world();
        let form = self.declared_form(&world).map(|form| &form.declaration);
        let mut named = asking::named(refusal, form);
        for error in &mut named.fields {
            let whose = match error.field.split('.').next() {
                Some("applicant") => words::SOMEBODY,
                Some("owner") => desk_words::OWNER,
                _ => continue,
            };
            let text = Text::from(whose);
            let say = |lang| format!("{}: {}", text.say(lang), error.text.say(lang));
            error.text = Text { vi: say(Lang::Vi), en: say(Lang::En) };
        }
        named
    }

    /// What is known of the person whose data a question begins with.
    fn known(&self, prefill: Prefill, name: &str) -> String {
        let who = match (prefill.of, self.is_for_another()) {
            (PrefillOf::Applicant, _) | (PrefillOf::Owner, false) => "applicant",
            (PrefillOf::Owner | PrefillOf::Represented, true) => "owner",
            (PrefillOf::Represented, false) => return String::new(),
        };
        let part = match prefill.part {
            PrefillPart::Name => "name",
            PrefillPart::IdNumber => "id_number",
            PrefillPart::Phone => "phone",
            PrefillPart::Email => "email",
            PrefillPart::BirthDate => return self.born(who, name),
            PrefillPart::BirthYear => return self.born(who, ".year"),
            PrefillPart::Address => {
                let get = |name: &str| self.sent.has(name).then(|| self.sent.get(name));
                return AddressParts::line_of(&format!("{who}.address"), get);
            }
        };
        self.sent.get(&format!("{who}.{part}")).to_owned()
    }

    /// A part of a person's date of birth, by how the field's name ends.
    fn born(&self, who: &str, name: &str) -> String {
        let born = dates::date(self.sent.get(&format!("{who}.birth_date")));
        let part = born.and_then(|born| match name.rsplit('.').next() {
            Some("day") => Some(born.day().to_string()),
            Some("month") => Some(born.month().to_string()),
            Some("year") => Some(born.year().to_string()),
            _ => None,
        });
        part.unwrap_or_default()
    }
}

pub(super) fn evaluation(desk: &Desk, form: &DeclaredForm, typed: &Answers) -> Evaluation {
    let today = local(desk.office().now()).date();
    evaluate(&form.declaration, &asking::begun(&form.declaration, typed), today)
}

/// The section of the page; nothing when the procedure has no form.
pub(super) fn section(desk: &Desk, counter: &Counter, errors: &[FieldError]) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let Some(form) = counter.declared_form(&world) else { return html! {} };
    let open = Button {
        label: words::FORM_NOW.say(lang),
        name: "_form",
        value: "now",
        secondary: true,
        action: "/mot-cua/tiep-nhan#to-khai",
        ..Button::default()
    };
    html! {
        section id=(PLACE) aria-labelledby="buoc-to-khai" {
            h2 id="buoc-to-khai" { (words::STEP_FORM.say(lang)) }
            p { strong { (form.declaration.title.say(lang)) } }
            @if counter.declared.is_open { (questions(desk, counter, form, errors)) }
            @else {
                p.hint { (words::FORM_LATER_HINT.say(lang)) }
                @if let Some(version) = counter.declared.version {
                    input type="hidden" name="to_khai" value=(version);
                }
                @for (name, value) in &counter.declared.typed {
                    input type="hidden" name=(name) value=(value);
                }
                (button(&open))
            }
        }
    }
}

fn questions(desk: &Desk, counter: &Counter, form: &DeclaredForm, errors: &[FieldError]) -> Markup {
    let (lang, typed) = (desk.lang(), &counter.declared.typed);
    let found = evaluation(desk, form, typed);
    let missing = found.problems.iter().filter(|problem| problem.is_missing).count().to_string();
    let asking = Asking {
        lang,
        form: &form.declaration,
        typed,
        errors,
        found: &found,
        known: &|prefill, name| counter.known(prefill, name),
        from_account: false,
        province: &desk.province(),
        keeps_hidden: true,
        types_places: true,
        suggested: &counter.suggested(&desk.province()),
        pressed: match counter.sent.get("_update") {
            "" => counter.sent.get("_add"),
            key => key,
        },
    };
    html! {
        input type="hidden" name=(OPEN) value="1";
        input type="hidden" name=(VERSION) value=(form.version.version);
        p.hint { (words::FORM_OPEN_HINT.fill(lang, &[("n", &missing)])) }
        (asking.body())
        (button(&Button {
            label: words::FORM_LATER.say(lang),
            name: "_form",
            value: "later",
            secondary: true,
            ..Button::default()
        }))
    }
}
