//! `/`: find, look up, open today, by field.

use actix_web::{HttpRequest, HttpResponse, web};
use jiff::civil::Date;
use maud::{Markup, html};

use super::cache::{Asked, shared};
use super::life;
use super::page::{Page, contact, drafts, settle};
use crate::domain::calendar::Calendar;
use crate::domain::calendar::local;
use crate::domain::calendar::words::{day_long, session};
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::ids::ProcedureCode;
use crate::domain::words::{Lang, alphabetical};
use crate::office::world::World;
use crate::web::Site;
use crate::web::address::percent;
use crate::web::components::{
    Button, ListedLink, SearchBox, button_link, button_row, link_list, search_box,
};
use crate::web::kept::KeptPages;
use crate::web::visitor::Visitor;
use crate::web::words::{life as life_words, public as words};

/// What communes are asked for most, by national code, until counters of this office tell.
const MOST_USED: [&str; 6] =
    ["1.001193", "2.000815", "1.000894", "1.004873", "2.000884", "1.000656"];

/// `GET /`.
pub(super) async fn show(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    pages: web::Data<KeptPages>,
) -> HttpResponse {
    let asked =
        Asked { site: &site, visitor: &visitor, request: &request, pages: &pages, commit: None };
    let result = shared(&asked, |reply| {
        let title = words::HOME_TITLE.say(visitor.lang);
        let page = Page { title, wide: true, indexed: true, ..Page::default() };
        Ok(reply(&page, &home(&site, &visitor)?))
    });
    settle(&site, &visitor, result)
}

fn home(site: &Site, visitor: &Visitor) -> Result<Markup, crate::office::Failure> {
    let lang = visitor.lang;
    let world = site.office.world();
    let drafts = match contact(visitor) {
        Some(_) => drafts(site, visitor)?.len(),
        // The page of everybody without a session is kept: it speaks of nobody.
        None => 0,
    };
    let mut fields: Vec<(&str, usize)> =
        world.fields_in_force(site.office.today()).into_iter().collect();
    fields.sort_by_cached_key(|(field, _)| alphabetical(field));
    let fields: Vec<(String, &str, usize)> = fields
        .iter()
        .map(|(field, count)| (format!("/thu-tuc?linh_vuc={}", percent(field)), *field, *count))
        .collect();
    let links: Vec<ListedLink<'_>> = fields
        .iter()
        .map(|(href, label, count)| ListedLink { href, label, count: Some(*count as u64) })
        .collect();
    Ok(html! {
        (search_box(lang, &SearchBox {
            label: words::WHAT_DO_YOU_NEED.say(lang),
            hint: words::SEARCH_HINT.say(lang),
            heading: true,
            ..SearchBox::default()
        }))
        (button_row(&html! {
            (button_link("/tra-cuu", &Button {
                label: words::LOOK_UP.say(lang), secondary: true, ..Button::default()
            }))
            @if drafts > 0 {
                (button_link("/tai-khoan", &Button {
                    label: &words::GO_ON_DRAFT.fill(lang, &[("n", &drafts.to_string())]),
                    secondary: true,
                    ..Button::default()
                }))
            }
        }))
        div.home {
            section {
                h2 { (words::MOST_USED.say(lang)) }
                (procedures(&world, site.office.today(), lang))
            }
            section {
                h2 { a href=(life::HERE) { (life_words::TITLE.say(lang)) } }
                (life::links(site, lang))
            }
            section {
                h2 { (words::OPENING.say(lang)) }
                (opening(site, &world, lang))
            }
        }
        @if !links.is_empty() {
            section {
                h2 { (words::BY_FIELD.say(lang)) }
                (link_list(true, &links))
            }
        }
    })
}

fn procedures(world: &World, today: Date, lang: Lang) -> Markup {
    let in_force = |known: &&Procedure| world.is_in_force(&known.code, today);
    let known = MOST_USED.iter().filter_map(|code| world.procedure(&ProcedureCode::from(*code)));
    let mut shown: Vec<&Procedure> = known.filter(in_force).collect();
    let others = world.procedures().map(AsRef::as_ref).filter(in_force);
    for other in others.filter(|other: &&Procedure| !MOST_USED.contains(&other.code.as_str())) {
        if shown.len() >= MOST_USED.len() {
            break;
        }
        shown.push(other);
    }
    let links: Vec<(String, &str)> =
        shown.iter().map(|p| (format!("/thu-tuc/{}", p.code), p.name.as_str())).collect();
    let links: Vec<ListedLink<'_>> =
        links.iter().map(|(href, label)| ListedLink { href, label, count: None }).collect();
    html! {
        @if links.is_empty() { p.muted { (words::NO_CATALOGUE.say(lang)) } }
        @else { (link_list(false, &links)) }
    }
}

/// Where and when the office is open.
fn opening(site: &Site, world: &World, lang: Lang) -> Markup {
    let Some(agency) = world.home() else { return html! {} };
    let today = local(site.office.now()).date();
    html! {
        p { strong { (hours_today(world.calendar(&agency.code), today, lang)) } }
        @if !agency.one_stop.is_empty() { p { (agency.one_stop) } }
        @if !agency.address.is_empty() { p.muted { (agency.address) } }
        (super::page::call(site, lang))
    }
}

/// "Hôm nay làm việc 07:30–11:30, 13:30–17:00", or when the office opens again.
pub(super) fn hours_today(calendar: &Calendar, today: Date, lang: Lang) -> String {
    let mut sessions: Vec<_> =
        calendar.regular(today).iter().chain(calendar.extra(today)).copied().collect();
    sessions.sort_unstable();
    sessions.dedup();
    if !sessions.is_empty() {
        let hours: Vec<String> = sessions.into_iter().map(session).collect();
        return words::OPEN_TODAY.fill(lang, &[("hours", &hours.join(", "))]);
    }
    match calendar.next_working_day(today) {
        Some(day) => words::CLOSED_TODAY.fill(lang, &[("day", &day_long(day, lang))]),
        None => words::CLOSED.say(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::hours_today;
    use crate::domain::calendar::Calendar;
    use crate::domain::words::Lang;

    #[test]
    fn the_door_says_when_it_is_open() {
        let calendar = Calendar::office_hours();
        let monday = hours_today(&calendar, date(2026, 11, 23), Lang::Vi);
        assert_eq!(monday, "Hôm nay làm việc 07:30–11:30, 13:30–17:00");
        // 24 November is a public holiday from 2026 on.
        let holiday = hours_today(&calendar, date(2026, 11, 24), Lang::Vi);
        assert_eq!(holiday, "Hôm nay nghỉ. Làm việc lại thứ Tư 25/11/2026");
    }
}
