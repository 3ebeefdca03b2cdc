//! `/viec-trong-doi`: what happens to people, and the procedures that it asks for, in their order.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::cache::{Asked, shared};
use super::facts;
use super::page::{Page, missing, settle};
use crate::domain::words::Lang;
use crate::office::life_events::LifeEvent;
use crate::office::world::World;
use crate::web::Site;
use crate::web::components::{Crumb, ListedLink, link_list};
use crate::web::kept::KeptPages;
use crate::web::visitor::Visitor;
use crate::web::words::life as words;

/// The list of all.
pub(super) const HERE: &str = "/viec-trong-doi";

/// `GET /viec-trong-doi`.
pub(super) async fn list(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    pages: web::Data<KeptPages>,
) -> HttpResponse {
    let asked =
        Asked { site: &site, visitor: &visitor, request: &request, pages: &pages, commit: None };
    let result = shared(&asked, |reply| {
        let lang = visitor.lang;
        let title = words::TITLE.say(lang);
        let page = Page { title, indexed: true, ..Page::default() };
        let main = html! {
            h1 { (title) }
            p { (words::ABOUT.say(lang)) }
            (links(&site, lang))
        };
        Ok(reply(&page, &main))
    });
    settle(&site, &visitor, result)
}

/// Links to every event, with how many procedures each has.
pub(super) fn links(site: &Site, lang: Lang) -> Markup {
    let (world, today) = (site.office.world(), site.office.today());
    let events: Vec<(String, &str, u64)> = world
        .life_events()
        .map(|event| {
            let steps = world.life_steps(event, today).len();
            (format!("{HERE}/{}", event.slug), event.name.say(lang), steps as u64)
        })
        .collect();
    let links: Vec<ListedLink<'_>> = events
        .iter()
        .map(|(href, label, count)| ListedLink { href, label, count: Some(*count) })
        .collect();
    link_list(true, &links)
}

/// The event that a question names, as a line above what was found.
pub(super) fn hint(world: &World, question: &str, site: &Site, lang: Lang) -> Markup {
    let Some(event) = world.event_meant(question) else { return html! {} };
    let steps = world.life_steps(event, site.office.today()).len().to_string();
    let values = [("name", event.name.say(lang)), ("n", steps.as_str())];
    html! {
        p.notice {
            a href={ (HERE) "/" (event.slug) } { (words::HINT.fill(lang, &values)) }
        }
    }
}

/// `GET /viec-trong-doi/{slug}`.
pub(super) async fn show(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    pages: web::Data<KeptPages>,
    slug: web::Path<String>,
) -> HttpResponse {
    let world = site.office.world();
    let Some(event) = world.life_event(&slug) else {
        return missing(&site, &visitor, words::NOT_FOUND.say(visitor.lang));
    };
    let asked =
        Asked { site: &site, visitor: &visitor, request: &request, pages: &pages, commit: None };
    let result = shared(&asked, |reply| {
        let lang = visitor.lang;
        let above = [Crumb { href: HERE, label: words::TITLE.say(lang) }];
        let title = event.name.say(lang);
        let page = Page { title, above: &above, indexed: true, ..Page::default() };
        Ok(reply(&page, &content(&site, &world, event, lang)))
    });
    settle(&site, &visitor, result)
}

fn content(site: &Site, world: &World, event: &LifeEvent, lang: Lang) -> Markup {
    let steps = world.life_steps(event, site.office.today());
    html! {
        h1 { (event.name.say(lang)) }
        p { (event.about.say(lang)) }
        h2 { (words::IN_ORDER.say(lang)) }
        @if steps.is_empty() { p.muted { (words::NONE.say(lang)) } }
        @else {
            ol {
                @for (procedure, about) in steps {
                    li {
                        h3 { a href={ "/thu-tuc/" (procedure.code) } { (procedure.name) } }
                        p { (about.say(lang)) }
                        p.facts { (facts::card(site, procedure, lang).join("\u{a0}· ")) }
                    }
                }
            }
        }
        p { a href=(HERE) { (words::EVERY.say(lang)) } }
    }
}
