//! Which rule pack each agency works under.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::house::refusal_of;
use super::{page, sent_by_admin};
use crate::domain::agency::Agency;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::Refusal;
use crate::domain::rules::RulePack;
use crate::office::world::World;
use crate::web::components::{
    BannerKind, Button, Choice, Field, Form, banner, button, error_for, error_summary, form, select,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{asked, with_office};
use crate::web::visitor::see_other;
use crate::web::words::admin as admin_words;
use crate::web::words::rules as words;

const HERE: &str = "/quan-tri/quy-tac";

/// `GET /quan-tri/quy-tac`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    choosing(&desk, asked(&request).has("xong"), None)
}

fn choosing(desk: &Desk, is_saved: bool, refusal: Option<(&AgencyCode, &Refusal)>) -> HttpResponse {
    let lang = desk.lang();
    let title = words::CHOOSE_TITLE.say(lang);
    let world = desk.office().world();
    let folder = desk.office().folder().path("rules").display().to_string();
    let main = html! {
        @if let Some((_, refusal)) = refusal { (error_summary(lang, refusal)) }
        @if is_saved { (banner(lang, BannerKind::Done, &html! { (admin_words::SAVED.say(lang)) })) }
        h1 { (title) }
        p { (words::CHOOSE_ABOUT.say(lang)) }
        p { a href="/quy-tac" { (words::CHOOSE_SEE.say(lang)) } }
        @for agency in world.agencies() {
            @let own = refusal.filter(|(code, _)| **code == agency.code).map(|(_, refusal)| refusal);
            (of_agency(desk, &world, agency, own))
        }
        p.muted { (words::CHOOSE_FILES.fill(lang, &[("folder", &folder)])) }
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), refusal.is_some(), &main)
}

fn of_agency(desk: &Desk, world: &World, agency: &Agency, refusal: Option<&Refusal>) -> Markup {
    let (lang, now) = (desk.lang(), desk.office().now());
    let in_force = world.pack_for(&agency.code, now);
    let chosen = world.chosen_pack(&agency.code).unwrap_or_default();
    let default = world.default_pack(now).name.say(lang);
    let default = words::CHOOSE_DEFAULT.fill(lang, &[("name", default)]);
    let packs = world.packs().iter().filter(|pack| pack.is_in_force(now));
    let offered: Vec<Choice<'_>> = std::iter::once(("default", default.as_str()))
        .chain(packs.map(|pack| (pack.pack.as_str(), pack.name.say(lang))))
        .map(|(value, label)| Choice {
            value,
            label,
            chosen: value == chosen || (chosen.is_empty() && value == "default"),
            ..Choice::default()
        })
        .collect();
    let label = words::CHOOSE_OF.fill(lang, &[("agency", &agency.name)]);
    let name = format!("pack.{}", agency.code);
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let body = html! {
        input type="hidden" name="agency" value=(agency.code);
        (select(lang, &Field {
            name: &name,
            label: &label,
            error: error_for(errors, "pack", lang),
            ..Field::default()
        }, &offered))
        (button(&Button {
            label: words::CHOOSE_SAVE.say(lang), secondary: true, ..Button::default()
        }))
    };
    html! {
        section {
            h2 { (agency.name) }
            p { (words::CHOOSE_NOW.say(lang)) ": " strong { (amended(in_force, desk)) } }
            div.row { (form(lang, &Form { action: HERE, csrf: &csrf, key: &key, ..Form::default() }, &body)) }
        }
    }
}

/// The name of a pack with its last amendment.
fn amended(pack: &RulePack, desk: &Desk) -> String {
    let lang = desk.lang();
    match pack.amendments.last() {
        Some(last) => format!("{} + {}", pack.name.say(lang), last.name.say(lang)),
        None => pack.name.say(lang).to_owned(),
    }
}

/// `POST /quan-tri/quy-tac`.
pub async fn choose(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let agency = AgencyCode::new(sent.get("agency"));
    let pack = sent.some(&format!("pack.{agency}")).filter(|pack| pack != "default");
    let code = agency.clone();
    let outcome =
        with_office(&desk, move |office, _| office.choose_rules(&code, pack.as_deref())).await;
    match outcome {
        Ok(()) => see_other(&format!("{HERE}?xong=1")),
        Err(failure) => match refusal_of(&desk, failure) {
            Ok(refusal) => choosing(&desk, false, Some((&agency, &refusal))),
            Err(response) => response,
        },
    }
}
