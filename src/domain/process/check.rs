//! What a process must be before it is published. Each refusal names its place.

use std::collections::BTreeSet;

use super::{Condition, EndsWith, Performer, Step, groups, total_hours, words};
use crate::domain::agency::{Agency, Role};
use crate::domain::ids::{AgencyCode, UnitCode};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Text;

/// Most steps of a process.
pub const MAX_STEPS: usize = 40;
/// Most working hours of a step.
pub const MAX_HOURS: u32 = 2_000;
/// Longest name of a step or document, in characters.
pub const MAX_NAME: usize = 200;
/// Longest description of what is done, in characters.
const MAX_DOES: usize = 2_000;
/// Longest value of a condition, in characters.
const MAX_VALUE: usize = 200;

/// What a process stands on.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The agencies that may decide: a unit that does a step is one of each.
    pub competent: &'a [&'a Agency],
    /// The agency with a code.
    pub agency: &'a dyn Fn(&AgencyCode) -> Option<&'a Agency>,
    /// Whether an agency takes anything in.
    pub is_open: &'a dyn Fn(&AgencyCode) -> bool,
    /// The published duration in working hours; none when nothing is published.
    pub hours: Option<u32>,
    /// The fields of the procedure's form; none while it has no form.
    pub fields: Option<&'a BTreeSet<String>>,
}

/// Refuses steps that cannot be a process.
///
/// # Errors
/// A [`Refusal`] that names every place to repair, such as `steps[2].hours`.
pub fn check(steps: &[Step], ground: &Ground<'_>) -> Result<(), Refusal> {
    if steps.is_empty() {
        return Err(Refusal::field("steps", words::NO_STEPS));
    }
    if steps.len() > MAX_STEPS {
        return Err(Refusal::field("steps", max(words::TOO_MANY_STEPS, MAX_STEPS)));
    }
    let mut errors = Errors::default();
    for (place, step) in steps.iter().enumerate() {
        errors.place = place;
        check_texts(step, &mut errors);
        check_id(steps, place, &mut errors);
        check_performer(step, ground, &mut errors);
        check_asked(step, ground, &mut errors);
        check_condition(step, ground, &mut errors);
    }
    check_order(steps, &mut errors);
    check_hours(steps, ground, &mut errors);
    if errors.found.is_empty() { Ok(()) } else { Err(Refusal::fields(errors.found)) }
}

/// Whether a text can be a step's id.
pub fn plain_id(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=40).contains(&text.len()) && text.chars().all(plain)
}

#[derive(Default)]
struct Errors {
    place: usize,
    found: Vec<FieldError>,
}

impl Errors {
    fn add(&mut self, field: &str, text: impl Into<Text>) {
        let field = format!("steps[{}].{field}", self.place);
        self.found.push(FieldError { field, text: text.into() });
    }
}

fn max(message: crate::domain::words::Message, max: usize) -> Text {
    message.text(&[("max", &max.to_string())])
}

fn check_texts(step: &Step, errors: &mut Errors) {
    if step.name.trim().is_empty() {
        errors.add("name", words::NAME_MISSING);
    }
    let texts = [
        ("name", &step.name, MAX_NAME),
        ("does", &step.does, MAX_DOES),
        ("document", &step.document, MAX_NAME),
    ];
    for (field, text, most) in texts {
        if text.chars().count() > most {
            errors.add(field, max(words::TEXT_LONG, most));
        }
    }
}

fn check_id(steps: &[Step], place: usize, errors: &mut Errors) {
    let Some(id) = steps.get(place).map(|step| &step.id) else { return };
    let earlier = steps.iter().take(place).position(|step| step.id == *id);
    if !plain_id(id.as_str()) {
        errors.add("id", words::ID_WRONG);
    } else if let Some(earlier) = earlier {
        errors.add("id", words::ID_TWICE.text(&[("id", id.as_str()), ("n", &nth(earlier))]));
    }
}

fn nth(place: usize) -> String {
    (place + 1).to_string()
}

fn check_performer(step: &Step, ground: &Ground<'_>, errors: &mut Errors) {
    match &step.by {
        Performer::Role(role) if !role.is_desk() => {
            errors.add("role", words::ROLE_NOT_DESK.text(&[("role", role.id())]));
        }
        Performer::Role(role) if !may(*role, step.ends_with) => {
            let text = words::ROLE_MAY_NOT.text_with(&[("action", step.ends_with.action().name())]);
            errors.add("role", text);
        }
        Performer::Role(_) => {}
        Performer::Unit(unit) => {
            let is_known = |agency: &&Agency| agency.unit(unit).is_some();
            if ground.competent.is_empty() || !ground.competent.iter().all(is_known) {
                errors.add("unit", words::UNIT_UNKNOWN.text(&[("unit", unit.as_str())]));
            }
        }
    }
}

/// Whether the table of actions gives a role the action that ends a step.
fn may(role: Role, ends_with: EndsWith) -> bool {
    use crate::domain::dossier::Who;
    let gives = |who: &Who| matches!(who, Who::Desk(known, _) if *known == role);
    ends_with == EndsWith::Complete || ends_with.action().who().iter().any(gives)
}

fn check_asked(step: &Step, ground: &Ground<'_>, errors: &mut Errors) {
    let Some(asked) = &step.consults else {
        if step.ends_with == EndsWith::Answer {
            errors.add("consults", words::ASKED_MISSING);
        }
        return;
    };
    if step.ends_with != EndsWith::Answer {
        return errors.add("consults", words::ASKED_NOT_NEEDED);
    }
    let unit_unknown = |unit: &UnitCode| words::ASKED_UNIT_UNKNOWN.text(&[("unit", unit.as_str())]);
    match (&asked.agency, &asked.unit) {
        (None, None) => errors.add("consults", words::ASKED_MISSING),
        (None, Some(unit)) => {
            if !ground.competent.iter().all(|agency| agency.unit(unit).is_some()) {
                errors.add("consults.unit", unit_unknown(unit));
            }
        }
        (Some(code), unit) => match (ground.agency)(code) {
            None => {
                let text = words::AGENCY_UNKNOWN.text(&[("agency", code.as_str())]);
                errors.add("consults.agency", text);
            }
            Some(agency) if !(ground.is_open)(code) => {
                let text = words::ASKED_CLOSED.text(&[("agency", &agency.name)]);
                errors.add("consults.agency", text);
            }
            Some(agency) => {
                if let Some(unit) = unit.as_ref().filter(|unit| agency.unit(unit).is_none()) {
                    errors.add("consults.unit", unit_unknown(unit));
                }
            }
        },
    }
}

fn check_condition(step: &Step, ground: &Ground<'_>, errors: &mut Errors) {
    let Some(condition) = &step.skip_when else { return };
    if step.ends_with.is_required() {
        let text = words::NEVER_LEFT_OUT.text_with(&[("action", step.ends_with.action().name())]);
        errors.add("skip_when.field", text);
        return;
    }
    let field = condition.field.as_str();
    if field.is_empty() {
        errors.add("skip_when.field", words::FIELD_MISSING);
    } else if !Condition::is_well_formed(field) {
        errors.add("skip_when.field", words::FIELD_MALFORMED.text(&[("field", field)]));
    } else if ground.fields.is_some_and(|fields| !fields.contains(field)) {
        errors.add("skip_when.field", words::FIELD_UNKNOWN.text(&[("field", field)]));
    }
    match condition.test.value() {
        Some(value) if value.trim().is_empty() => {
            errors.add("skip_when.value", words::VALUE_MISSING);
        }
        Some(value) if value.chars().count() > MAX_VALUE => {
            errors.add("skip_when.value", max(words::TEXT_LONG, MAX_VALUE));
        }
        _ => {}
    }
}

/// The actions of the law come once, in their order, and beside no other step.
fn check_order(steps: &[Step], errors: &mut Errors) {
    for (place, step) in steps.iter().enumerate() {
        errors.place = place;
        if place == 0 && step.parallel {
            errors.add("parallel", words::FIRST_PARALLEL);
        }
        if matches!(step.ends_with, EndsWith::Complete | EndsWith::Answer) {
            // After the result there is nothing more to do.
            check_after(steps, place, EndsWith::Finish, step.ends_with, errors);
            continue;
        }
        let action = step.ends_with.action().name();
        let has_beside = steps.get(place + 1).is_some_and(|next| next.parallel);
        if (place > 0 && step.parallel) || has_beside {
            errors.add("parallel", words::STAGE_PARALLEL.text_with(&[("action", action)]));
        }
        let same = |known: &Step| known.ends_with == step.ends_with;
        let earlier = steps.iter().take(place).position(same);
        if let Some(earlier) = earlier.filter(|_| step.ends_with != EndsWith::Assign) {
            let text = words::ENDS_TWICE.text_with(&[("action", action)]);
            errors.add("ends_with", numbered(text, earlier));
            continue;
        }
        check_after(steps, place, step.ends_with, step.ends_with, errors);
    }
}

/// Refuses a step that stands behind one that ends later than `limit`, or with the result.
fn check_after(steps: &[Step], place: usize, limit: EndsWith, own: EndsWith, errors: &mut Errors) {
    let is_later = |known: &Step| match known.ends_with {
        EndsWith::Complete | EndsWith::Answer => false,
        ends if limit == EndsWith::Finish => ends == EndsWith::Finish,
        ends => ends > limit,
    };
    if let Some(earlier) = steps.iter().take(place).position(is_later) {
        let text = words::ENDS_ORDER.text_with(&[("action", own.action().name())]);
        errors.add("ends_with", numbered(text, earlier));
    }
}

fn numbered(text: Text, place: usize) -> Text {
    let fill = |said: &str| said.replace("{n}", &nth(place));
    Text { vi: fill(&text.vi), en: fill(&text.en) }
}

fn check_hours(steps: &[Step], ground: &Ground<'_>, errors: &mut Errors) {
    for (place, step) in steps.iter().enumerate() {
        errors.place = place;
        if !(1..=MAX_HOURS).contains(&step.hours) {
            errors.add("hours", words::HOURS_WRONG.text(&[("max", &MAX_HOURS.to_string())]));
        }
    }
    let total = total_hours(steps);
    let Some(limit) = ground.hours.filter(|limit| total > *limit) else { return };
    // The place is the step that goes over: of a group, its longest one.
    let mut sum = 0_u32;
    for group in groups(steps) {
        let hours = |place: &usize| steps.get(*place).map_or(0, |step| step.hours);
        let longest = group.rev().max_by_key(hours).unwrap_or(0);
        sum = sum.saturating_add(hours(&longest));
        if sum > limit {
            errors.place = longest;
            break;
        }
    }
    let [over, total, limit] = [total - limit, total, limit].map(|hours| hours.to_string());
    let values = [("over", over.as_str()), ("total", &total), ("limit", &limit)];
    errors.add("hours", words::HOURS_OVER.text(&values));
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{asks, land, step};
    use super::{Ground, check};
    use crate::domain::agency::{Agency, Role, Unit};
    use crate::domain::catalogue::Level;
    use crate::domain::process::{Condition, EndsWith, Performer, Step, Test};

    fn agency() -> Agency {
        let unit = |code: &str| Unit { code: code.into(), name: code.to_owned() };
        Agency {
            code: "H40.01".into(),
            name: String::new(),
            superior: String::new(),
            place: String::new(),
            level: Level::Commune,
            one_stop: String::new(),
            address: String::new(),
            phone: String::new(),
            units: vec![unit("tu-phap"), unit("dia-chinh")],
        }
    }

    /// The places that are refused, with 68 published hours and a form of one field.
    fn refused(steps: &[Step]) -> Vec<String> {
        let agency = agency();
        let fields = ["mien_thue".to_owned()].into();
        let ground = Ground {
            competent: &[&agency],
            agency: &|code| (*code == agency.code).then_some(&agency),
            is_open: &|_| true,
            hours: Some(68),
            fields: Some(&fields),
        };
        let refusal = check(steps, &ground).err();
        refusal.map_or(Vec::new(), |r| r.fields.into_iter().map(|f| f.field).collect())
    }

    fn changed(place: usize, change: impl FnOnce(&mut Step)) -> Vec<String> {
        let mut steps = land().steps;
        change(&mut steps[place]);
        refused(&steps)
    }

    #[test]
    fn a_sound_process_is_taken() {
        assert_eq!(refused(&land().steps), Vec::<String>::new());
        assert_eq!(refused(&[]), ["steps"]);
    }

    #[test]
    fn steps_are_done_by_roles_and_units_that_are_there() {
        let by = |by| changed(1, |step| step.by = by);
        assert_eq!(by(Performer::Unit("tu-phap".into())), Vec::<String>::new());
        assert_eq!(by(Performer::Unit("x".into())), ["steps[1].unit"]);
        assert_eq!(by(Performer::Role(Role::Admin)), ["steps[1].role"]);
        // The clerk does not approve.
        assert_eq!(changed(6, |step| step.by = Performer::Role(Role::Clerk)), ["steps[6].role"]);
    }

    #[test]
    fn a_step_goes_over_the_published_duration() {
        assert_eq!(changed(0, |step| step.hours = 5), ["steps[7].hours"], "the last is too much");
        assert_eq!(changed(1, |step| step.hours = 80), ["steps[1].hours"]);
        assert_eq!(changed(3, |step| step.hours = 25), ["steps[7].hours"]);
        // Beside a longer one it takes no time of its own.
        assert_eq!(changed(3, |step| step.hours = 24), Vec::<String>::new());
        assert_eq!(changed(4, |step| step.hours = 0), ["steps[4].hours"]);
    }

    #[test]
    fn a_condition_names_a_field_of_the_form() {
        let when = |field: &str, test| {
            let field = field.to_owned();
            changed(1, |step| step.skip_when = Some(Condition { field, test }))
        };
        assert_eq!(when("mien_thue", Test::Given), Vec::<String>::new());
        assert_eq!(when("dien_tich", Test::Given), ["steps[1].skip_when.field"]);
        assert_eq!(when("miễn thuế", Test::Given), ["steps[1].skip_when.field"]);
        assert_eq!(when("mien_thue", Test::Is(" ".to_owned())), ["steps[1].skip_when.value"]);
        assert_eq!(when("", Test::Given), ["steps[1].skip_when.field"]);
    }

    #[test]
    fn what_the_result_needs_is_never_left_out() {
        let when = || Some(Condition { field: "mien_thue".to_owned(), test: Test::Given });
        for place in 0..land().steps.len() {
            let needed = land().steps[place].ends_with.is_required();
            let refused = changed(place, |step| step.skip_when = when());
            let expected = needed.then(|| format!("steps[{place}].skip_when.field"));
            assert_eq!(refused, Vec::from_iter(expected), "{place}");
        }
    }

    #[test]
    fn a_consultation_asks_somebody_and_no_other_step_does() {
        assert_eq!(changed(2, |step| step.consults = None), ["steps[2].consults"]);
        assert_eq!(
            changed(2, |step| step.consults.as_mut().unwrap().agency = Some("H9".into())),
            ["steps[2].consults.agency"]
        );
        assert_eq!(
            changed(2, |step| step.consults.as_mut().unwrap().unit = Some("x".into())),
            ["steps[2].consults.unit"]
        );
        let consults = asks("x", "tu-phap", 1, false).consults;
        assert_eq!(changed(1, |step| step.consults = consults), ["steps[1].consults"]);
    }

    #[test]
    fn the_actions_of_the_law_come_once_and_in_order() {
        assert_eq!(changed(0, |step| step.parallel = true), ["steps[0].parallel"]);
        assert_eq!(changed(5, |step| step.parallel = true), ["steps[5].parallel"]);
        let again = step("again", Role::Processor, 1, EndsWith::Submit);
        let swapped = |a: usize, b: usize| {
            let mut steps = land().steps;
            steps.swap(a, b);
            refused(&steps)
        };
        assert_eq!(swapped(5, 6), ["steps[6].ends_with"]);
        assert_eq!(
            swapped(4, 7),
            ["steps[5].ends_with", "steps[6].ends_with", "steps[7].ends_with"]
        );
        let mut steps = land().steps;
        steps[4] = again;
        assert_eq!(refused(&steps), ["steps[5].ends_with"]);
    }

    #[test]
    fn ids_are_plain_and_differ() {
        assert_eq!(changed(1, |step| step.id = "give".into()), ["steps[1].id"]);
        assert_eq!(changed(1, |step| step.id = "Bước".into()), ["steps[1].id"]);
        assert_eq!(changed(1, |step| step.name = " ".to_owned()), ["steps[1].name"]);
    }
}
