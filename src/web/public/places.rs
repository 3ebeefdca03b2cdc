//! Where a procedure is taken, and whether it is in force: what each agency says of it, for its page.

use jiff::civil::{Date, DateTime};
use maud::{Markup, html};

use crate::domain::agency::Agency;
use crate::domain::calendar::words::date_short;
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::offer::{Offer, said as offer_said};
use crate::domain::validity::{Standing, said};
use crate::domain::words::Lang;
use crate::office::world::World;
use crate::web::components::{
    BannerKind, Button, Choice, Field, Form, Method, banner, button, form, select,
};
use crate::web::words::catalogue as words;

/// That a procedure is not in force, since when, by which decision, and what takes its place; or that
/// it will end.
pub(in crate::web::public) fn notice(
    world: &World,
    procedure: &Procedure,
    today: Date,
    lang: Lang,
) -> Markup {
    let code = &procedure.code;
    let Some(validity) = world.validity(code) else { return html! {} };
    let text = said(code, today, world);
    match (validity.on(today), text) {
        (Standing::InForce, _) => match validity.ends {
            Some(ends) => {
                let by = match validity.decision.as_str() {
                    "" => String::new(),
                    decision => words::BY.fill(lang, &[("decision", decision)]),
                };
                let values = [("date", date_short(ends)), ("by", by)];
                let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                let text = words::WILL_END.fill(lang, &values);
                banner(lang, BannerKind::Note, &html! { (text) (led_on(world, procedure, today)) })
            }
            None => html! {},
        },
        (standing, Some(text)) => banner(
            lang,
            BannerKind::Note,
            &html! {
                (text.say(lang))
                @if matches!(standing, Standing::Ended(_)) {
                    (led_on(world, procedure, today))
                    p { (words::RUNNING.say(lang)) }
                }
            },
        ),
        (_, None) => html! {},
    }
}

/// Links to what takes its place.
fn led_on(world: &World, procedure: &Procedure, today: Date) -> Markup {
    let heirs = world.heirs(&procedure.code, today);
    html! {
        @if !heirs.is_empty() {
            ul {
                @for heir in heirs {
                    li { a href={ "/thu-tuc/" (heir.code) } { (heir.name) } }
                }
            }
        }
    }
}

/// Every agency that takes it, or the chosen one, with what it says of it.
pub(in crate::web::public) fn takers(
    world: &World,
    procedure: &Procedure,
    (now, chosen): (DateTime, &str),
    lang: Lang,
) -> Markup {
    let today = now.date();
    // What takes no more dossiers has no place to file them.
    if matches!(world.standing(&procedure.code, today), Standing::Ended(_)) {
        return html! {};
    }
    let takers = world.takers(procedure, today);
    let halted = world.halted(procedure, today);
    let shown: Vec<&&Agency> = match takers.iter().find(|agency| agency.code.as_str() == chosen) {
        Some(one) => vec![one],
        None => takers.iter().collect(),
    };
    html! {
        @if !takers.is_empty() || !halted.is_empty() {
            section {
                h2 id="noi-nop" { (words::AGENCIES.say(lang)) }
                @if takers.len() > 1 { (choose(procedure, &takers, chosen, lang)) }
                @for agency in &halted {
                    @if let Some(text) = offer_said(&agency.code, &procedure.code, today, world) {
                        (banner(lang, BannerKind::Note, &html! {
                            (text.say(lang))
                            @if let Some(phone) = phone_of(world, procedure, agency) {
                                " " (words::ASK_AT.fill(lang, &[("phone", &phone)]))
                            }
                        }))
                    }
                }
                @for agency in shown { (taker(world, procedure, agency, (now, lang))) }
            }
        }
    }
}

fn choose(procedure: &Procedure, takers: &[&Agency], chosen: &str, lang: Lang) -> Markup {
    let choices: Vec<Choice<'_>> = takers
        .iter()
        .map(|agency| Choice {
            value: agency.code.as_str(),
            label: &agency.name,
            ..Choice::default()
        })
        .collect();
    let action = format!("/thu-tuc/{}#noi-nop", procedure.code);
    let about = Form {
        action: &action,
        method: Method::Get,
        label: words::AGENCIES.say(lang),
        ..Form::default()
    };
    form(
        lang,
        &about,
        &html! {
            (select(lang, &Field {
                name: "co_quan",
                label: words::CHOOSE_PLACE.say(lang),
                value: chosen,
                ..Field::default()
            }, &choices))
            (button(&Button {
                label: words::SHOW_PLACE.say(lang), secondary: true, ..Button::default()
            }))
        },
    )
}

/// Whom to call about a procedure at an agency.
fn phone_of(world: &World, procedure: &Procedure, agency: &Agency) -> Option<String> {
    let own = world.offer(&agency.code, &procedure.code).map(|offer| offer.phone.clone());
    let phone = own.filter(|own| !own.is_empty()).unwrap_or_else(|| agency.phone.clone());
    (!phone.is_empty()).then_some(phone)
}

fn taker(
    world: &World,
    procedure: &Procedure,
    agency: &Agency,
    (now, lang): (DateTime, Lang),
) -> Markup {
    let offer = world.offer(&agency.code, &procedure.code).cloned().unwrap_or_default();
    let hours = offer.hours_said(lang).join("; ");
    let today = offer.today(now, world.calendar(&agency.code));
    let Offer { guidance, counter, phone, .. } = offer;
    let (phone, called) = match phone.as_str() {
        "" => (agency.phone.as_str(), words::SECTION_PHONE),
        own => (own, words::PHONE),
    };
    let section = if agency.one_stop.is_empty() { &agency.name } else { &agency.one_stop };
    let lines = [
        (words::COUNTER, counter.as_str()),
        (words::HOURS, hours.as_str()),
        (words::ADDRESS, agency.address.as_str()),
        (called, phone),
    ];
    html! {
        h3 { (section) }
        dl.summary {
            @for (label, value) in lines.into_iter().filter(|(_, value)| !value.is_empty()) {
                div { dt { (label.say(lang)) } dd { (value) } }
            }
        }
        p { (today.say(lang)) }
        @if !guidance.is_empty() {
            p { strong { (words::GUIDANCE.say(lang)) } }
            p.as-typed { (guidance) }
        }
    }
}
