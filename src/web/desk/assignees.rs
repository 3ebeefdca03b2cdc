//! To whom dossiers can be given: people and units of an agency, in one list.

use maud::Markup;

use super::access::Desk;
use crate::domain::agency::Role;
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, UnitCode, UserName};
use crate::office::world::World;
use crate::web::components::{Choice, Field, select};
use crate::web::words::desk as words;

/// A select whose values are `p:name` and `u:code`.
pub fn assignee_field(
    desk: &Desk,
    world: &World,
    agency: &AgencyCode,
    name: &str,
    value: &str,
    error: &str,
) -> Markup {
    let lang = desk.lang();
    let offered = offered(desk, world, agency);
    let choices: Vec<Choice<'_>> =
        offered.iter().map(|(value, label)| Choice { value, label, ..Choice::default() }).collect();
    let label = words::ASSIGN_TO.say(lang);
    select(lang, &Field { name, label, value, error, ..Field::default() }, &choices)
}

fn offered(desk: &Desk, world: &World, agency: &AgencyCode) -> Vec<(String, String)> {
    let lang = desk.lang();
    let Some(known) = world.agency(agency) else { return Vec::new() };
    let unit_name = |unit: &UnitCode| known.unit(unit).map_or("", |unit| unit.name.as_str());
    let people = world
        .accounts()
        .into_iter()
        .filter(|staff| staff.enabled && staff.agency == *agency && staff.is(Role::Processor));
    let mut offered: Vec<(String, String)> = people
        .map(|staff| {
            let unit = staff.unit.as_ref().map_or("", unit_name);
            let label = match unit {
                "" => staff.full_name.clone(),
                unit => words::OF_UNIT.fill(lang, &[("name", &staff.full_name), ("unit", unit)]),
            };
            (format!("p:{}", staff.name), label)
        })
        .collect();
    offered.extend(known.units.iter().map(|unit| {
        (format!("u:{}", unit.code), words::WHOLE_UNIT.fill(lang, &[("unit", &unit.name)]))
    }));
    offered
}

/// The person or the unit that a value of the select names.
pub fn assignee(value: &str) -> (Option<UserName>, Option<UnitCode>) {
    match value.split_once(':') {
        Some(("p", name)) => (Some(UserName::from(name)), None),
        Some(("u", code)) => (None, Some(UnitCode::from(code))),
        _ => (None, None),
    }
}

/// The words of a value of the select.
pub fn assignee_name(
    desk: &Desk,
    world: &World,
    agency: &AgencyCode,
    value: &str,
) -> Option<String> {
    offered(desk, world, agency).into_iter().find(|(known, _)| known == value).map(|(_, n)| n)
}
