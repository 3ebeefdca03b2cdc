//! Step 1: where it is handed in, and who decides.

use maud::{Markup, html};

use super::case::Case;
use crate::domain::agency::Agency;
use crate::domain::catalogue::Procedure;
use crate::office::world::LinkChoice;
use crate::web::components::{Choice, Field, radios, select};
use crate::web::words::{linking, public_filing as words};

/// So many places are shown with their whole names.
const FEW_PLACES: usize = 6;

/// Where it is handed in.
fn place<'a>(case: &'a Case<'_>, takers: &[&'a Agency]) -> &'a str {
    let chosen = takers.iter().find(|agency| agency.code.as_str() == case.value("place"));
    match (chosen.or(takers.first()), case.value("place")) {
        (Some(agency), _) => agency.code.as_str(),
        (None, chosen) => chosen,
    }
}

/// Where it is handed in: few places stand in full, many in a list. A place that was chosen before is
/// said, and can be changed.
pub(super) fn places(case: &Case<'_>, is_known: bool) -> Markup {
    let lang = case.lang();
    let takers = case.world.own_takers(&case.procedure, case.today());
    let place = place(case, &takers);
    let places: Vec<Choice<'_>> = takers
        .iter()
        .map(|agency| Choice {
            value: agency.code.as_str(),
            label: &agency.one_stop,
            chosen: agency.code.as_str() == place,
            ..Choice::default()
        })
        .collect();
    let question = Field {
        name: "place",
        label: words::PLACE.say(lang),
        error: case.error("place"),
        value: place,
        ..Field::default()
    };
    let asked = match places.as_slice() {
        [] => html! {},
        [only] => html! {
            input type="hidden" name="place" value=(only.value);
            p { (words::PLACE.say(lang)) ": " strong { (only.label) } }
        },
        few if few.len() <= FEW_PLACES => radios(lang, &question, few),
        many => select(lang, &question, many),
    };
    let known = places.iter().find(|one| is_known && one.chosen && places.len() > 1);
    html! {
        @match known {
            Some(known) => {
                p { (words::PLACE.say(lang)) ": " strong { (known.label) } }
                details { summary { (words::OTHER_PLACE.say(lang)) } (asked) }
            }
            None => (asked),
        }
        (competent(case, place))
        @for choice in case.world.link_choices(&case.procedure.code, &place.into(), case.today()) {
            (follower(case, &choice))
        }
    }
}

/// Who decides, where more than one agency could.
fn competent(case: &Case<'_>, place: &str) -> Markup {
    let lang = case.lang();
    let likely = case.world.competent(&place.into(), &case.procedure);
    let settlers: Vec<&Agency> = case.settlers();
    let choices: Vec<Choice<'_>> = settlers.iter().map(|agency| agency_choice(agency)).collect();
    let value = match case.value("competent") {
        "" => likely.as_str(),
        chosen => chosen,
    };
    html! {
        @if choices.len() > 1 {
            (select(lang, &Field {
                name: "competent",
                label: linking::COMPETENT_CHOICE.say(lang),
                hint: linking::COMPETENT_HINT.say(lang),
                error: case.error("competent"),
                value,
                ..Field::default()
            }, &choices))
        }
    }
}

/// Who decides a procedure that follows.
fn follower(case: &Case<'_>, choice: &LinkChoice<'_>) -> Markup {
    let lang = case.lang();
    let name = linked_name(choice.procedure);
    let choices: Vec<Choice<'_>> = choice.agencies.iter().map(|a| agency_choice(a)).collect();
    let likely = choice.agencies.first().map_or("", |agency| agency.code.as_str());
    let value = match case.value(&name) {
        "" => likely,
        chosen => chosen,
    };
    select(
        lang,
        &Field {
            name: &name,
            label: &linking::CHOOSE_AGENCY.fill(lang, &[("procedure", &choice.procedure.name)]),
            hint: linking::CHOOSE_AGENCY_HINT.say(lang),
            error: case.error(&name),
            value,
            ..Field::default()
        },
        &choices,
    )
}

/// Who decides the procedure and those that follow, where there was a choice: a label and an agency
/// for each.
pub(super) fn deciding(case: &Case<'_>) -> Vec<(String, String)> {
    let settlers = case.settlers();
    let competent = settlers.iter().filter(|_| settlers.len() > 1);
    let competent = competent
        .filter(|agency| agency.code.as_str() == case.value("competent"))
        .map(|agency| (linking::COMPETENT_CHOICE.say(case.lang()).to_owned(), agency.name.clone()));
    let chosen = |choice: LinkChoice<'_>| {
        let code = case.value(&linked_name(choice.procedure));
        let agency = choice.agencies.iter().find(|agency| agency.code.as_str() == code)?;
        let values = [("procedure", choice.procedure.name.as_str())];
        Some((linking::CHOOSE_AGENCY.fill(case.lang(), &values), agency.name.clone()))
    };
    let place = case.value("place");
    let choices = case.world.link_choices(&case.procedure.code, &place.into(), case.today());
    competent.chain(choices.into_iter().filter_map(chosen)).collect()
}

/// The question about who decides a procedure that follows.
pub(super) fn linked_name(procedure: &Procedure) -> String {
    format!("linked.{}", procedure.code)
}

fn agency_choice(agency: &Agency) -> Choice<'_> {
    Choice { value: agency.code.as_str(), label: &agency.name, ..Choice::default() }
}
