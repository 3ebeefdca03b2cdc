//! Typing errors put right: the form, filled with what an applicant asks for, and the request itself
//! on the dossier's page.

use maud::{Markup, html};

use super::access::Desk;
use super::acting::address;
use super::fields::Asking;
use crate::domain::calendar::words::{date_short, instant_short};
use crate::domain::dossier::{Action, Change, CorrectionRequest, Dossier};
use crate::domain::form::Declaration;
use crate::web::components::{
    AddressField, AddressParts, BannerKind, Button, Field, address_fields, banner, button_link,
    button_row, error_for, text_area, text_field,
};
use crate::web::restating::{Restating, form_of};
use crate::web::stated::{self, GROUPS, Stated, correctable};
use crate::web::words::desk_actions as words;

/// Every field that can be corrected, each with the value that is asked for, else the present one.
pub(super) fn fields(asking: &Asking<'_>, action: Action) -> Markup {
    let lang = asking.desk.lang();
    let of_result = action == Action::CorrectResult;
    let world = asking.desk.office().world();
    let form = form_of(&world, asking.dossier);
    let all = correctable(asking.dossier, form);
    let shown = |begin: &str| -> Vec<&Stated> {
        let fits = |one: &&Stated| one.path.starts_with(begin);
        all.iter().filter(|_| of_result || begin != "result.").filter(fits).collect()
    };
    let asked = asking.dossier.correction.as_ref();
    let hint = match (of_result, asked) {
        (true, _) => words::CORRECT_RESULT_HINT,
        (false, Some(_)) => words::CORRECTION_HINT,
        (false, None) => words::CORRECT_HINT,
    };
    html! {
        p { (hint.say(lang)) }
        @for (begin, legend) in GROUPS {
            @let group = shown(begin);
            @if !group.is_empty() {
                fieldset {
                    legend { (legend.say(lang)) }
                    @for one in group { (field(asking, one, asked)) }
                }
            }
            @if begin == "form." {
                @if let Some(form) = form { (answers(asking, form, asked)) }
            }
        }
    }
}

/// The answers of the declared form, asked by it, with what the applicant wants in their place.
fn answers(asking: &Asking<'_>, form: &Declaration, asked: Option<&CorrectionRequest>) -> Markup {
    let (lang, dossier, sent) = (asking.desk.lang(), asking.dossier, asking.posted);
    let mut said = Restating::of(asking.desk.office(), form, dossier, sent.carried(), true);
    said.rearrange((sent.get("_add"), sent.get("_drop")));
    let changes = asked.into_iter().flat_map(|asked| &asked.changes);
    let changes: Vec<Change> = changes.filter(|change| change.answer.is_some()).cloned().collect();
    let pressed = if sent.has("_update") { sent.get("_update") } else { sent.get("_add") };
    html! {
        fieldset {
            legend { (form.title.say(lang)) }
            @if !changes.is_empty() {
                (banner(lang, BannerKind::Note, &html! {
                    p { (words::CORRECTION_IN_FORM.say(lang)) }
                    ul {
                        @for line in stated::changed(&changes, Some(form), lang) {
                            li.as-typed { (line) }
                        }
                    }
                }))
            }
            (said.body(lang, asking.errors, (&asking.desk.province(), true), pressed))
        }
    }
}

fn field(asking: &Asking<'_>, stated: &Stated, asked: Option<&CorrectionRequest>) -> Markup {
    let lang = asking.desk.lang();
    let name = format!("changes.{}", stated.path);
    let wanted = asked.and_then(|asked| wanted(asked, &stated.path));
    let likely = wanted.as_deref().unwrap_or(&stated.value);
    let hint = match &wanted {
        Some(_) => words::CORRECTION_NOW.fill(lang, &[("value", &stated.value)]),
        None => String::new(),
    };
    let field = Field {
        name: &name,
        label: stated.label.say(lang),
        hint: &hint,
        value: asking.or(&name, likely),
        error: error_for(asking.errors, &name, lang),
        autocomplete: "off",
        ..Field::default()
    };
    if stated.path.ends_with(".address") {
        let sent = |name: &str| asking.posted.has(name).then(|| asking.posted.get(name));
        let is_typed = AddressParts::names(&name).iter().any(|name| sent(name).is_some());
        let parts = match is_typed {
            true => AddressParts::typed(&name, sent),
            false => AddressParts::of_line(likely),
        };
        return address_fields(
            lang,
            &AddressField {
                field: Field { optional: true, ..field },
                parts: Some(&parts),
                first: &asking.desk.province(),
                errors: asking.errors,
                ..AddressField::default()
            },
        );
    }
    match stated.path.starts_with("form.") && stated.value.chars().count() > 60 {
        true => text_area(lang, &Field { max_length: Some(4_000), ..field }, 4),
        false => text_field(lang, &Field { max_length: Some(500), ..field }),
    }
}

/// What an applicant wants to stand in a field, as the desk types it.
fn wanted(asked: &CorrectionRequest, path: &str) -> Option<String> {
    let change = asked.changes.iter().find(|change| change.field == path)?;
    let date = path.ends_with(".birth_date").then(|| change.new.parse().ok().map(date_short));
    Some(date.flatten().unwrap_or_else(|| change.new.clone()))
}

/// What the applicant asks to have put right, with the two ways to answer; nothing when nothing is
/// asked.
pub(super) fn asked(desk: &Desk, dossier: &Dossier) -> Markup {
    let lang = desk.lang();
    let Some(asked) = &dossier.correction else { return html! {} };
    let world = desk.office().world();
    let form = form_of(&world, dossier);
    let possible = desk.office().possible(desk.caller(), dossier);
    let may = |action| possible.iter().any(|p| p.action == action && p.refusal.is_none());
    let (correct, reject) =
        (address(dossier, Action::Correct), address(dossier, Action::RejectCorrection));
    banner(
        lang,
        BannerKind::Note,
        &html! {
            p { strong { (words::CORRECTION_ASKED.fill(lang, &[("when", &instant_short(asked.at))])) } }
            ul { @for line in stated::changed(&asked.changes, form, lang) { li.as-typed { (line) } } }
            p.as-typed { (words::CORRECTION_WHY.fill(lang, &[("reason", &asked.reason)])) }
            @if may(Action::Correct) {
                (button_row(&html! {
                    (button_link(&correct, &Button {
                        label: words::CORRECTION_DO.say(lang), ..Button::default()
                    }))
                    a href=(reject) { (Action::RejectCorrection.name().say(lang)) }
                }))
            }
        },
    )
}
