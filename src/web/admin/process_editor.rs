//! The editor of a process: a form that works without scripts. Each button sends all of it, and what
//! comes back is changed and still unpublished, until it is published.

use maud::{Markup, html};

use super::process_skipping as skipping;
use crate::domain::agency::{Agency, Role};
use crate::domain::dossier::Directory;
use crate::domain::process::{EndsWith, MAX_STEPS, Process, Step};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Lang, Message};
use crate::office::processes::Whose;
use crate::office::processes::wire::{AskedRow, StepRow};
use crate::office::world::World;
use crate::web::address::percent_path;
use crate::web::components::{
    BannerKind, Button, Choice, Field, Form, Width, banner, button, button_row, error_for, form,
    implicit_submit, select, text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::Posted;
use crate::web::process as shown;
use crate::web::words::process as words;
use crate::web::words::roles;

/// A process in the hands of an administrator.
#[derive(Default)]
pub struct Editing<'a> {
    /// Its steps as they were entered.
    pub steps: Vec<StepRow>,
    /// What is wrong with them.
    pub refusal: Option<&'a Refusal>,
    /// What it would be, when a preview was asked for.
    pub preview: Option<Vec<Step>>,
    /// The published one, when nothing of it was changed yet.
    pub published: Option<Process>,
}

/// The hours of a process beside the published ones.
#[derive(Clone, Copy)]
pub struct Sum {
    /// Of the process.
    pub total: u32,
    /// Of the published duration.
    pub limit: Option<u32>,
}

impl Sum {
    /// "20/24".
    pub fn short(self) -> String {
        match self.limit {
            Some(limit) => format!("{}/{limit}", self.total),
            None => self.total.to_string(),
        }
    }

    /// "Tổng 20/24 giờ".
    fn say(self, lang: Lang) -> String {
        let total = self.total.to_string();
        match self.limit {
            Some(limit) => {
                words::TOTAL.fill(lang, &[("total", &total), ("limit", &limit.to_string())])
            }
            None => words::TOTAL_OPEN.fill(lang, &[("total", &total)]),
        }
    }

    /// "Vượt thời hạn công bố 4 giờ", when it does.
    fn over(self, lang: Lang) -> Option<String> {
        let over = self.total.checked_sub(self.limit?).filter(|over| *over > 0)?;
        Some(words::OVER.fill(lang, &[("n", &over.to_string())]))
    }
}

/// The form, with the sum above it and the preview when there is one.
pub fn editor(desk: &Desk, whose: &Whose, editing: &Editing<'_>, newest: u32) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let now = desk.office().now();
    let sum = Sum { total: total(&editing.steps), limit: world.published_hours(whose, now) };
    let agency = whose.agency.as_ref().and_then(|code| world.agency(code));
    let deciders = world.deciders(&whose.procedure);
    let parts = Parts {
        lang,
        world: &world,
        competent: agency.or_else(|| deciders.first().copied()),
        errors: editing.refusal.map_or(&[][..], |refusal| &refusal.fields),
    };
    let count = editing.steps.len();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = format!("{}/{}", super::processes::HERE, percent_path(whose.procedure.as_str()));
    let next = (newest + 1).to_string();
    let hours_a_day = world.default_pack(now).hours_per_day.to_string();
    let body = html! {
        (implicit_submit(words::PREVIEW.say(lang), "_preview", "1"))
        input type="hidden" name="co-quan" value=[whose.agency.as_ref().map(|code| code.as_str())];
        input type="hidden" name="seen" value=(newest);
        input type="hidden" name="count" value=(count);
        ol.plain { @for (place, row) in editing.steps.iter().enumerate() {
            li { (parts.step(place, row, count)) }
        } }
        (button_row(&html! {
            (button(&secondary(words::ADD.say(lang), "_add", "")))
        }))
        (sum_line(lang, sum, &hours_a_day))
        (super::renewing::offer(lang, parts.errors))
        (button_row(&html! {
            (button(&secondary(words::PREVIEW.say(lang), "_preview", "1")))
            (button(&Button {
                label: &words::PUBLISH.fill(lang, &[("n", &next)]),
                name: "_publish",
                value: "1",
                ..Button::default()
            }))
        }))
    };
    let frame = Form {
        action: &action,
        csrf: &csrf,
        key: &key,
        ask_before_leaving: true,
        ..Form::default()
    };
    html! {
        @if let Some(steps) = &editing.preview { (preview(lang, &world, whose, steps)) }
        @if let Some(process) = &editing.published { (published(lang, &world, process)) }
        section {
            h2 { (words::EDIT.say(lang)) }
            (form(lang, &frame, &body))
        }
    }
}

/// The hours of steps as they are entered: of those side by side the longest counts.
fn total(rows: &[StepRow]) -> u32 {
    let (mut sum, mut longest) = (0_u32, 0);
    for row in rows {
        if !row.parallel {
            sum = sum.saturating_add(longest);
            longest = 0;
        }
        longest = row.hours.max(longest);
    }
    sum.saturating_add(longest)
}

fn preview(lang: Lang, world: &World, whose: &Whose, steps: &[Step]) -> Markup {
    let process = Process {
        procedure: whose.procedure.clone(),
        agency: whose.agency.clone(),
        version: 1,
        steps: steps.to_vec(),
    };
    let title = words::PREVIEW_TITLE.say(lang);
    html! {
        section { h2 { (title) } (shown::of_process(lang, world, &process, title)) }
    }
}

fn published(lang: Lang, world: &World, process: &Process) -> Markup {
    let title = words::VERSION.fill(lang, &[("n", &process.version.to_string())]);
    html! {
        section { h2 { (title) } (shown::of_process(lang, world, process, &title)) }
    }
}

fn sum_line(lang: Lang, sum: Sum, hours_a_day: &str) -> Markup {
    html! {
        @match sum.over(lang) {
            Some(over) => (banner(lang, BannerKind::Refused, &html! {
                strong { (sum.say(lang)) } ". " (over)
            })),
            None => p { strong { (sum.say(lang)) } },
        }
        p.hint { (words::TOTAL_ABOUT.fill(lang, &[("n", hours_a_day)])) }
    }
}

const fn secondary<'a>(label: &'a str, name: &'a str, value: &'a str) -> Button<'a> {
    Button {
        label,
        name,
        value,
        secondary: true,
        danger: false,
        key: "",
        action: "",
        new_tab: false,
    }
}

/// What the fields of every step are made with.
pub(super) struct Parts<'a> {
    pub(super) lang: Lang,
    pub(super) world: &'a World,
    competent: Option<&'a Agency>,
    errors: &'a [FieldError],
}

impl Parts<'_> {
    fn step(&self, place: usize, row: &StepRow, count: usize) -> Markup {
        let (lang, index) = (self.lang, place.to_string());
        let number = (place + 1).to_string();
        let title = words::STEP_N.fill(lang, &[("n", &number)]);
        let title = if row.name.is_empty() { title } else { format!("{title}: {}", row.name) };
        // Closed, a long process is read at a glance; what has to be filled in stands open.
        let to_fill = row.name.is_empty() || row.hours == 0;
        html! {
            details.step open[to_fill || self.has_error(place)] {
                summary {
                    (title)
                    @if row.hours > 0 { " " span.muted { (words::HOURS.fill(lang, &[("n", &row.hours.to_string())])) } }
                }
                fieldset {
                    legend.hidden { (title) }
                    input type="hidden" name=(name(place, "id")) value=(row.id);
                    div.step-fields {
                        (self.text(place, "name", words::NAME, &row.name, (200, "")))
                        (self.by(place, row))
                        (self.hours(place, row))
                        (self.ends(place, row))
                        @if place > 0 { (self.parallel(place, row)) }
                        (self.text(place, "document", words::DOCUMENT, &row.document, (200, words::DOCUMENT_HINT.say(lang))))
                    }
                    (text_area(lang, &Field {
                        max_length: Some(2_000),
                        optional: true,
                        ..self.field(&name(place, "does"), words::DOES, &row.does)
                    }, 2))
                    details open[row.consults.is_some() || row.skip_when.is_some() || self.has_hidden_error(place)] {
                        summary { (words::ASKED.say(lang)) ", " (words::SKIP_WHEN.say(lang).to_lowercase()) }
                        div.step-fields {
                            (self.asked(place, row))
                            (skipping::fields(self, place, row))
                        }
                    }
                    (button_row(&html! {
                        @if place > 0 { (button(&secondary(words::UP.say(lang), "_up", &index))) }
                        @if place + 1 < count { (button(&secondary(words::DOWN.say(lang), "_down", &index))) }
                        (button(&secondary(words::ADD_BELOW.say(lang), "_add", &index)))
                        @if count > 1 { (button(&secondary(words::REMOVE.say(lang), "_remove", &index))) }
                    }))
                }
            }
        }
    }

    fn has_error(&self, place: usize) -> bool {
        let step = name(place, "");
        self.errors.iter().any(|error| error.field.starts_with(&step))
    }

    fn has_hidden_error(&self, place: usize) -> bool {
        let hidden = ["consults", "skip_when"].map(|part| name(place, part));
        self.errors.iter().any(|error| hidden.iter().any(|part| error.field.starts_with(part)))
    }

    pub(super) fn field<'f>(&'f self, name: &'f str, label: Message, value: &'f str) -> Field<'f> {
        Field {
            name,
            label: label.say(self.lang),
            value,
            error: error_for(self.errors, name, self.lang),
            autocomplete: "off",
            ..Field::default()
        }
    }

    fn text(
        &self,
        place: usize,
        part: &str,
        label: Message,
        value: &str,
        (most, hint): (u32, &str),
    ) -> Markup {
        let name = name(place, part);
        let field = self.field(&name, label, value);
        text_field(
            self.lang,
            &Field { max_length: Some(most), hint, optional: !hint.is_empty(), ..field },
        )
    }

    fn hours(&self, place: usize, row: &StepRow) -> Markup {
        let name = name(place, "hours");
        let typed = if row.hours == 0 { String::new() } else { row.hours.to_string() };
        let field = Field {
            inputmode: "numeric",
            width: Width::Short,
            max_length: Some(4),
            ..self.field(&name, words::HOURS_LABEL, &typed)
        };
        text_field(self.lang, &field)
    }

    /// A role, or a unit of the agency that decides.
    fn by(&self, place: usize, row: &StepRow) -> Markup {
        let lang = self.lang;
        let name = name(place, "role");
        let desk = Role::ALL.into_iter().filter(|role| role.is_desk());
        let mut offered: Vec<(String, String)> = desk
            .map(|role| {
                let said = words::ROLES.fill(lang, &[("name", roles::name(role).say(lang))]);
                (format!("r:{}", role.id()), said)
            })
            .collect();
        let units = self.competent.iter().flat_map(|agency| &agency.units);
        offered.extend(units.map(|unit| (format!("u:{}", unit.code), unit.name.clone())));
        let chosen = match (&row.role, &row.unit) {
            (Some(role), _) => format!("r:{role}"),
            (None, Some(unit)) => format!("u:{unit}"),
            (None, None) => String::new(),
        };
        let unit_error = error_for(self.errors, &format!("steps[{place}].unit"), lang);
        let field = self.field(&name, words::BY, &chosen);
        let error = if field.error.is_empty() { unit_error } else { field.error };
        select(lang, &Field { error, ..field }, &choices(&offered))
    }

    fn ends(&self, place: usize, row: &StepRow) -> Markup {
        let name = name(place, "ends_with");
        let offered: Vec<(String, String)> = EndsWith::ALL
            .iter()
            .map(|ends| (ends.id().to_owned(), ends.action().name().say(self.lang).to_owned()))
            .collect();
        let chosen = row.ends_with.as_deref().unwrap_or(EndsWith::Complete.id());
        select(self.lang, &self.field(&name, words::ENDS, chosen), &choices(&offered))
    }

    fn parallel(&self, place: usize, row: &StepRow) -> Markup {
        let name = name(place, "parallel");
        let offered = [("0", words::PARALLEL_NO), ("1", words::PARALLEL_YES)];
        let offered =
            offered.map(|(value, label)| (value.to_owned(), label.say(self.lang).to_owned()));
        let chosen = if row.parallel { "1" } else { "0" };
        select(self.lang, &self.field(&name, words::PARALLEL, chosen), &choices(&offered))
    }

    /// A unit of the agency that decides, or another agency.
    fn asked(&self, place: usize, row: &StepRow) -> Markup {
        let name = name(place, "consults");
        let units = self.competent.iter().flat_map(|agency| &agency.units);
        let mut offered: Vec<(String, String)> =
            units.map(|unit| (format!("u:{}", unit.code), unit.name.clone())).collect();
        let others = self.world.agencies();
        offered.extend(others.map(|agency| (format!("a:{}", agency.code), agency.name.clone())));
        let chosen = match row.consults.as_ref().map(|asked| (&asked.agency, &asked.unit)) {
            Some((Some(agency), Some(unit))) => format!("a:{agency}/{unit}"),
            Some((Some(agency), None)) => format!("a:{agency}"),
            Some((None, Some(unit))) => format!("u:{unit}"),
            _ => String::new(),
        };
        // A unit of another agency is not offered, but stays when it was published so.
        if !chosen.is_empty() && !offered.iter().any(|(value, _)| *value == chosen) {
            offered.push((chosen.clone(), chosen.clone()));
        }
        let prefix = format!("steps[{place}].consults.");
        let below = self.errors.iter().find(|error| error.field.starts_with(&prefix));
        let field = self.field(&name, words::ASKED, &chosen);
        let error = match (field.error, below) {
            ("", Some(below)) => below.text.say(self.lang),
            (error, _) => error,
        };
        let hint = words::ASKED_HINT.say(self.lang);
        select(self.lang, &Field { hint, error, optional: true, ..field }, &choices(&offered))
    }
}

pub(super) fn choices(offered: &[(String, String)]) -> Vec<Choice<'_>> {
    offered.iter().map(|(value, label)| Choice { value, label, ..Choice::default() }).collect()
}

/// The name of a field of a step: the path that refusals name it by.
pub(super) fn name(place: usize, part: &str) -> String {
    format!("steps[{place}].{part}")
}

/// What was entered, and what of it cannot be read.
pub struct Read {
    /// The steps.
    pub steps: Vec<StepRow>,
    /// Hours that are no number.
    pub refusal: Option<Refusal>,
}

/// Reads the form.
pub fn read(sent: &Posted) -> Read {
    let count: usize = sent.get("count").parse().unwrap_or(0);
    let mut errors = Vec::new();
    let steps = (0..count.min(2 * MAX_STEPS)).map(|place| step(sent, place, &mut errors)).collect();
    let refusal = (!errors.is_empty()).then(|| Refusal::fields(errors));
    Read { steps, refusal }
}

fn step(sent: &Posted, place: usize, errors: &mut Vec<FieldError>) -> StepRow {
    let get = |part: &str| sent.get(&name(place, part)).to_owned();
    let some = |part: &str| sent.some(&name(place, part));
    let by = get("role");
    let hours = get("hours");
    let asked = some("consults").map(|chosen| match chosen.split_once(':') {
        Some(("a", code)) => {
            let (agency, unit) = code.split_once('/').map_or((code, None), |(a, u)| (a, Some(u)));
            AskedRow { agency: Some(agency.to_owned()), unit: unit.map(str::to_owned) }
        }
        Some((_, code)) => AskedRow { agency: None, unit: Some(code.to_owned()) },
        None => AskedRow::default(),
    });
    StepRow {
        id: get("id"),
        name: get("name"),
        role: by.strip_prefix("r:").map(str::to_owned),
        unit: by.strip_prefix("u:").map(str::to_owned),
        hours: hours.parse().unwrap_or_else(|_| {
            if !hours.is_empty() {
                let text = words::HOURS_NOT_REAL.into();
                errors.push(FieldError { field: name(place, "hours"), text });
            }
            0
        }),
        does: get("does"),
        document: get("document"),
        consults: asked,
        parallel: get("parallel") == "1",
        skip_when: skipping::read(sent, place),
        ends_with: some("ends_with"),
    }
}

/// Moves, adds or removes a step as the pressed button says; whether one of these was pressed.
pub fn rearrange(steps: &mut Vec<StepRow>, sent: &Posted) -> bool {
    let place = |button: &str| sent.get(button).parse::<usize>().ok();
    if let Some(place) = place("_up").filter(|place| (1..steps.len()).contains(place)) {
        steps.swap(place - 1, place);
    } else if let Some(place) = place("_down").filter(|place| place + 1 < steps.len()) {
        steps.swap(place, place + 1);
    } else if let Some(place) = place("_remove").filter(|place| *place < steps.len()) {
        steps.remove(place);
    } else if sent.has("_add") {
        let place = place("_add").map_or(steps.len(), |place| (place + 1).min(steps.len()));
        steps.insert(place, StepRow::default());
    } else {
        return false;
    }
    if let Some(first) = steps.first_mut() {
        first.parallel = false;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{Sum, read, rearrange};
    use crate::domain::words::Lang;
    use crate::web::desk::posted::Posted;

    fn sent(pairs: &[(&str, &str)]) -> Posted {
        let mut sent = Posted::default();
        pairs.iter().for_each(|(name, value)| sent.set(name, *value));
        sent
    }

    #[test]
    fn the_form_is_read_by_the_places_that_refusals_name() {
        let sent = sent(&[
            ("count", "2"),
            ("steps[0].name", "A"),
            ("steps[0].role", "r:processor"),
            ("steps[0].hours", "x"),
            ("steps[1].name", "B"),
            ("steps[1].role", "u:kinh-te"),
            ("steps[1].hours", "8"),
            ("steps[1].parallel", "1"),
            ("steps[1].consults", "a:H40.15/mot-cua"),
            ("steps[1].skip_when.field", "mien"),
        ]);
        let read = read(&sent);
        assert_eq!(read.refusal.unwrap().fields[0].field, "steps[0].hours");
        let second = &read.steps[1];
        assert_eq!(
            (second.unit.as_deref(), second.hours, second.parallel),
            (Some("kinh-te"), 8, true)
        );
        let asked = second.consults.as_ref().unwrap();
        assert_eq!(
            (asked.agency.as_deref(), asked.unit.as_deref()),
            (Some("H40.15"), Some("mot-cua"))
        );
        assert_eq!(second.skip_when.as_ref().unwrap().test, "is");
    }

    #[test]
    fn buttons_move_add_and_remove() {
        let form = sent(&[("count", "2"), ("steps[0].name", "A"), ("steps[1].name", "B")]);
        let names = |button: &str, place: &str| {
            let mut steps = read(&form).steps;
            let mut pressed = Posted::default();
            pressed.set(button, place);
            assert!(rearrange(&mut steps, &pressed));
            steps.into_iter().map(|step| step.name).collect::<Vec<_>>()
        };
        assert_eq!(names("_up", "1"), ["B", "A"]);
        assert_eq!(names("_down", "0"), ["B", "A"]);
        assert_eq!(names("_remove", "0"), ["B"]);
        assert_eq!(names("_add", "0"), ["A", "", "B"]);
        assert_eq!(names("_add", ""), ["A", "B", ""]);
        assert!(!rearrange(&mut read(&form).steps, &Posted::default()));
    }

    #[test]
    fn the_sum_is_told_beside_the_published_hours() {
        let sum = Sum { total: 20, limit: Some(24) };
        assert_eq!(sum.say(Lang::Vi), "Tổng 20/24 giờ");
        assert_eq!(sum.over(Lang::Vi), None);
        let over = Sum { total: 28, limit: Some(24) }.over(Lang::Vi);
        assert_eq!(over.as_deref(), Some("Vượt thời hạn công bố 4 giờ"));
    }
}
