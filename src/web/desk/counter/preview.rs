//! What the receipt will say, beside the form: whose, which papers, how much, until when; and what the
//! form proposed, to be compared before it is filed.

use maud::{Markup, html};

use super::Looked;
use super::papers::{Standing, standing};
use super::state::{CARRY, Counter};
use crate::domain::calendar::words::date_long;
use crate::domain::dossier::{Directory, Dossier};
use crate::domain::fee;
use crate::domain::fee::dong;
use crate::domain::privacy::Place;
use crate::domain::refusal::Refusal;
use crate::web::components::{BannerKind, Button, banner, button, calculation, key_facts, panel};
use crate::web::desk::access::Desk;
use crate::web::desk::dossier::why_lines;
use crate::web::desk::say;
use crate::web::words::desk as desk_words;
use crate::web::words::{desk_counter as words, public_filing};

/// The panel beside the form.
pub(super) fn side(desk: &Desk, counter: &Counter, looked: &Looked) -> Markup {
    let lang = desk.lang();
    let sent = &counter.sent;
    let who = if counter.is_for_another() { "owner.name" } else { "applicant.name" };
    let none = || html! { span.muted { "–" } };
    let dossier = looked.dossier.as_ref();
    let due = dossier.and_then(|dossier| dossier.clock.due_at);
    let world = desk.office().world();
    let why = dossier.and_then(|dossier| say::why(&world, dossier));
    let facts = [
        (
            desk_words::OWNER.say(lang),
            match sent.get(who) {
                "" => none(),
                name => html! { (name) },
            },
        ),
        (desk_words::TAB_PAPERS.say(lang), papers(desk, counter, looked)),
        (desk_words::TAB_FEES.say(lang), fees(desk, counter, dossier).unwrap_or_else(none)),
        (words::DUE.say(lang), due.map_or_else(none, |due| html! { (date_long(due, lang)) })),
    ];
    let code = counter.procedure.as_ref().map(|procedure| procedure.code.to_string());
    panel(
        words::PREVIEW.say(lang),
        &html! {
            // Scripts draw it anew at every change of the form.
            div data-follow="phieu" data-live="" {
                input type="hidden" name="papers_of" value=(code.unwrap_or_default());
                (key_facts(&facts))
                @if why.is_some() {
                    details {
                        summary { (desk_words::WHY_DATE.say(lang)) }
                        (why_lines(lang, why.as_ref()))
                    }
                }
                (wrong(desk, counter))
                (proposed(desk, counter))
                (other(desk, dossier))
            }
            (desk.privacy_note(Place::Counter))
            div.buttons {
                (button(&Button {
                    label: words::RECEIVE.say(lang),
                    name: "_lam",
                    value: "tiep-nhan",
                    key: "F9",
                    ..Button::default()
                }))
                (button(&Button {
                    label: words::UPDATE.say(lang),
                    name: "_lam",
                    value: "cap-nhat",
                    secondary: true,
                    ..Button::default()
                }))
            }
        },
    )
}

/// How many of the papers that it cannot go without are there, and which are not.
fn papers(desk: &Desk, counter: &Counter, looked: &Looked) -> Markup {
    let lang = desk.lang();
    let all = standing(desk, counter, looked);
    let required: Vec<&Standing<'_>> = all.iter().filter(|one| one.is_required()).collect();
    let lacking: Vec<&&Standing<'_>> =
        required.iter().filter(|one| !one.is_there && !one.is_uncompared).collect();
    let others = all.iter().filter(|one| one.is_there && !one.is_required()).count();
    let there = required.iter().filter(|one| one.is_there).count().to_string();
    let of = required.len().to_string();
    html! {
        (words::TICKED.fill(lang, &[("n", &there), ("of", &of)]))
        @if others > 0 { br; (words::TICKED_MORE.fill(lang, &[("n", &others.to_string())])) }
        @if !lacking.is_empty() {
            br; span.muted { (words::LACKING.say(lang)) }
            ul { @for one in lacking { li { (one.component.name) } } }
        }
        @if all.iter().any(|one| one.is_uncompared) {
            br; span.muted { (words::UNCOMPARED.say(lang)) }
            ul { @for one in all.iter().filter(|one| one.is_uncompared) { li { (one.component.name) } } }
        }
    }
}

/// What it costs by the answers so far; what the catalogue publishes while they state nothing that is
/// charged for, with what the form on paper may still add.
fn fees(desk: &Desk, counter: &Counter, dossier: Option<&Dossier>) -> Option<Markup> {
    let (lang, world) = (desk.lang(), desk.office().world());
    let procedure = counter.procedure.as_ref()?;
    let (way, day) = (counter.channel(), desk.office().today());
    let likely = world.competent(&desk.staff.agency, procedure);
    let decides = dossier.map_or(&likely, |dossier| &dossier.competent_agency);
    let schedule = world.fees(decides, &procedure.code);
    if let Some(counted) = dossier.and_then(|dossier| schedule.by_answers(&dossier.form, way, day))
    {
        return Some(html! {
            (dong(counted.total))
            @if counted.total > 0 {
                details {
                    summary { (words::FEE_HOW.say(lang)) }
                    (calculation(lang, &counted))
                }
            }
        });
    }
    let published = published(desk, counter)?;
    let by_form: Vec<_> =
        schedule.by_form(way, day).filter(|_| !counter.declared.is_open).collect();
    Some(html! {
        (published)
        @if !by_form.is_empty() {
            br; span.muted { (words::FEE_BY_FORM.say(lang)) }
            ul { @for rule in by_form { li { (rule.name) ": " (fee::words::rule(rule, lang)) } } }
        }
    })
}

/// The fee that the catalogue publishes.
fn published(desk: &Desk, counter: &Counter) -> Option<String> {
    let way = counter.procedure.as_ref()?.way(counter.channel())?;
    match (way.fee_vnd, way.fee_text.trim()) {
        (Some(0), _) | (None, "") => Some(words::FREE.say(desk.lang()).to_owned()),
        (Some(fee), _) => Some(dong(fee)),
        (None, text) => Some(text.to_owned()),
    }
}

/// The other procedure that the answers are those of.
fn other(desk: &Desk, dossier: Option<&Dossier>) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let post = dossier.and_then(|dossier| world.signpost(&dossier.procedure, &dossier.form));
    let Some(post) = post else { return html! {} };
    let known = world.procedure(&post.to).map(|known| known.name.as_str());
    let name = format!("{} ({})", known.unwrap_or_default(), post.to);
    let slots = [("name", name.trim()), ("why", post.why.say(lang))];
    let is_here = known.is_some() && world.form(&post.to, None).is_some();
    banner(
        lang,
        BannerKind::Note,
        &html! {
            (public_filing::OTHER_PROCEDURE.fill(lang, &slots))
            @if is_here {
                " " button.link type="submit" name=(CARRY) value=(post.to) { (words::CARRY.say(lang)) }
            }
        },
    )
}

/// What is wrong in the form as it stands, and is therefore left out of the sum.
fn wrong(desk: &Desk, counter: &Counter) -> Markup {
    let lang = desk.lang();
    let wrong = counter.wrong_answers(desk, &desk.office().world());
    if wrong.is_empty() {
        return html! {};
    }
    let named = counter.named(desk, &Refusal::fields(wrong));
    html! {
        p { strong { (words::NOT_COUNTED.say(lang)) } }
        ul { @for error in &named.fields { li { (error.text.say(lang)) } } }
    }
}

/// What nobody typed and is filed all the same.
fn proposed(desk: &Desk, counter: &Counter) -> Markup {
    let lang = desk.lang();
    let proposed = counter.proposed(desk);
    html! {
        @if !proposed.is_empty() {
            p { strong { (words::PROPOSED.say(lang)) } }
            ul { @for (label, value) in &proposed { li { (label.say(lang)) ": " (value) } } }
        }
    }
}
