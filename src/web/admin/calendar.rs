//! The office calendars: a year at a glance, and changes with the dossiers that they move.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::civil::Date;
use maud::{Markup, html};

use super::calendar_form::{self as typed, extra_field, sessions_text, weekly_field};
use super::house::refusal_of;
use super::{page, sent_by_admin};
use crate::domain::calendar::words::{capitalised, date_short, instant_short, weekday};
use crate::domain::calendar::{Calendar, Changes, DayRule, Timetable, WEEKDAYS, local, vietnam};
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::calendars::{CalendarEdit, Moves, stamp};
use crate::web::address::percent_path;
use crate::web::components::{
    BannerKind, Button, Choice, DayMark, Field, Form, Method, Width, YearDay, banner, button,
    button_row, error_for, error_summary, form, select, text_area, text_field, year_view,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::desk::say;
use crate::web::visitor::see_other;
use crate::web::words::calendar as words;

const HERE: &str = "/quan-tri/lich";

/// Stands for the calendar that agencies inherit.
const COMMON: &str = "chung";

/// Which calendar, and which year of it.
struct Shown {
    agency: Option<AgencyCode>,
    year: i16,
    calendar: Calendar,
}

impl Shown {
    /// What an address or a form names.
    fn of(desk: &Desk, sent: &Posted) -> Result<Self, Refusal> {
        let agency = sent.some("co-quan").filter(|code| code != COMMON).map(AgencyCode::new);
        let calendar = desk.office().calendar(agency.as_ref())?;
        let year = match sent.some("nam") {
            Some(year) => year.parse().ok().filter(|year| YEARS.contains(year)),
            None => Some(local(desk.office().now()).year()),
        };
        let values = [("first", YEARS.start().to_string()), ("last", YEARS.end().to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let year = year.ok_or_else(|| Refusal::field("nam", words::YEAR_WRONG.text(&values)))?;
        Ok(Self { agency, year, calendar })
    }

    fn code(&self) -> &str {
        self.agency.as_ref().map_or(COMMON, AgencyCode::as_str)
    }

    fn address(&self, year: i16) -> String {
        format!("{HERE}?co-quan={}&nam={year}", percent_path(self.code()))
    }
}

/// The years that the editor shows.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

/// `GET /quan-tri/lich?co-quan=…&nam=…`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let sent = asked(&request);
    match Shown::of(&desk, &sent) {
        Ok(shown) => {
            let mut fresh = Posted::default();
            typed::fill(&mut fresh, shown.calendar.timetable(), shown.year);
            let done = sent.some("doi").map(|moved| {
                let moved = moved.parse().unwrap_or(0);
                words::SAVED.fill(desk.lang(), &[("n", &say::money(moved))])
            });
            editor(&desk, &shown, &fresh, done.as_deref(), None)
        }
        Err(refusal) => desk.failed(&refusal.into()),
    }
}

/// The year and the form that changes it.
fn editor(
    desk: &Desk,
    shown: &Shown,
    sent: &Posted,
    done: Option<&str>,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let lang = desk.lang();
    let title = words::TITLE.say(lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        @if let Some(done) = done { (banner(lang, BannerKind::Done, &html! { (done) })) }
        h1 { (title) }
        (chooser(desk, shown))
        p { (standing(desk, shown)) }
        (year_view(lang, shown.year, &|date| year_day(&shown.calendar, date, lang)))
        (dated(lang, shown))
        details open[refusal.is_some() || sent.has("_edit")] {
            summary { (words::EDIT.say(lang)) }
            (edit_form(desk, shown, sent, refusal))
        }
    };
    let status = refusal.map_or(StatusCode::OK, |refusal| match refusal.kind {
        RefusalKind::Conflict => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    });
    page(desk, status, (HERE, title), refusal.is_some(), &main)
}

fn chooser(desk: &Desk, shown: &Shown) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let common = Choice { value: COMMON, label: words::COMMON.say(lang), ..Choice::default() };
    let agencies = world.agencies().map(|agency| Choice {
        value: agency.code.as_str(),
        label: &agency.name,
        ..Choice::default()
    });
    let choices: Vec<Choice<'_>> = std::iter::once(common).chain(agencies).collect();
    let year = shown.year.to_string();
    let body = html! {
        (select(lang, &Field {
            name: "co-quan",
            label: words::WHOSE.say(lang),
            value: shown.code(),
            ..Field::default()
        }, &choices))
        (text_field(lang, &Field {
            name: "nam",
            label: words::YEAR.say(lang),
            value: &year,
            inputmode: "numeric",
            width: Width::Short,
            max_length: Some(4),
            ..Field::default()
        }))
        (button(&Button { label: words::SHOW.say(lang), secondary: true, ..Button::default() }))
    };
    let (before, after) = (shown.year - 1, shown.year + 1);
    html! {
        search.row { (form(lang, &Form { action: HERE, method: Method::Get, ..Form::default() }, &body)) }
        p {
            @if YEARS.contains(&before) { a href=(shown.address(before)) { "← " (before) } " · " }
            strong { (shown.year) }
            @if YEARS.contains(&after) { " · " a href=(shown.address(after)) { (after) " →" } }
        }
    }
}

/// Whether an agency follows the common calendar, and where not.
fn standing(desk: &Desk, shown: &Shown) -> String {
    let lang = desk.lang();
    let Some(agency) = &shown.agency else { return words::COMMON_ABOUT.say(lang).to_owned() };
    let name = say::agency_name(&desk.office().world(), agency);
    let base = desk.office().inherited_calendar(Some(agency));
    let own = Changes::between(base.timetable(), shown.calendar.timetable());
    if own.is_empty() {
        return words::INHERITS.fill(lang, &[("agency", &name)]);
    }
    let mut what = Vec::new();
    what.extend(own.weekly.map(|_| words::WEEK_CHANGES.say(lang).to_owned()));
    what.extend(own.extra.map(|_| words::EXTRA_CHANGES.say(lang).to_owned()));
    if !own.days.is_empty() {
        what.push(words::DAYS_CHANGE.fill(lang, &[("n", &own.days.len().to_string())]));
    }
    words::DIFFERS.fill(lang, &[("agency", &name), ("what", &what.join(", "))])
}

fn year_day(calendar: &Calendar, date: Date, lang: Lang) -> YearDay {
    let mark = match calendar.timetable().rule(date) {
        DayRule::Off => Some(DayMark::Off),
        DayRule::Working(_) => Some(DayMark::MadeUp),
        DayRule::Ordinary => (!calendar.extra(date).is_empty()).then_some(DayMark::Extra),
    };
    let name = vietnam::name(date).filter(|_| mark == Some(DayMark::Off));
    YearDay {
        mark,
        is_rest: !calendar.is_working_day(date),
        name: name.map(|name| name.say(lang).to_owned()).unwrap_or_default(),
    }
}

/// The dated days of the year, a line each.
fn dated(lang: Lang, shown: &Shown) -> Markup {
    let table = shown.calendar.timetable();
    let dates: Vec<Date> =
        table.dates().into_iter().filter(|date| date.year() == shown.year).collect();
    html! {
        @if !dates.is_empty() {
            details {
                summary { (words::DAYS_OF.fill(lang, &[("year", &shown.year.to_string())])) }
                ul { @for date in dates { li { (day_words(lang, date, &table.rule(date))) } } }
            }
        }
    }
}

fn day_words(lang: Lang, date: Date, rule: &DayRule) -> String {
    let day = date_short(date);
    match rule {
        DayRule::Ordinary => words::IS_ORDINARY.fill(lang, &[("date", &day)]),
        DayRule::Off => match vietnam::name(date) {
            Some(name) => {
                words::IS_OFF_NAMED.fill(lang, &[("date", &day), ("name", name.say(lang))])
            }
            None => words::IS_OFF.fill(lang, &[("date", &day)]),
        },
        DayRule::Working(own) if own.is_empty() => words::IS_WORKED.fill(lang, &[("date", &day)]),
        DayRule::Working(own) => {
            let sessions = sessions_text(own);
            words::IS_WORKED_AT.fill(lang, &[("date", &day), ("sessions", &sessions)])
        }
    }
}

fn edit_form(desk: &Desk, shown: &Shown, sent: &Posted, refusal: Option<&Refusal>) -> Markup {
    let lang = desk.lang();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let year = shown.year.to_string();
    let hours = |name: String, day| {
        let label = capitalised(weekday(day).say(lang));
        text_field(
            lang,
            &Field {
                label: &label,
                value: sent.get(&name),
                error: error_for(errors, &name, lang),
                autocomplete: "off",
                max_length: Some(200),
                name: &name,
                ..Field::default()
            },
        )
    };
    let dates = |name: &str, label: &str, hint: &str| {
        text_area(
            lang,
            &Field {
                name,
                label,
                hint,
                value: sent.get(name),
                error: error_for(errors, name, lang),
                autocomplete: "off",
                ..Field::default()
            },
            6,
        )
    };
    let of_year = [("year", year.as_str())];
    let body = html! {
        (hidden(shown))
        fieldset {
            legend { (words::WEEKLY.say(lang)) }
            p.hint { (words::WEEKLY_HINT.say(lang)) }
            div.week { @for day in WEEKDAYS { (hours(weekly_field(day), day)) } }
        }
        fieldset {
            legend { (words::EXTRA.say(lang)) }
            p.hint { (words::EXTRA_HINT.say(lang)) }
            div.week { @for day in WEEKDAYS { (hours(extra_field(day), day)) } }
        }
        (dates("off", &words::OFF.fill(lang, &of_year), &words::OFF_HINT.fill(lang, &of_year)))
        (dates("worked", &words::WORKED.fill(lang, &of_year), &words::WORKED_HINT.fill(lang, &of_year)))
        (button_row(&html! {
            (button(&Button { label: words::CHECK.say(lang), ..Button::default() }))
            @if shown.agency.is_some() {
                (button(&Button {
                    label: words::INHERIT.say(lang),
                    name: "inherit",
                    value: "1",
                    secondary: true,
                    ..Button::default()
                }))
            }
        }))
    };
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let frame =
        Form { action: HERE, csrf: &csrf, key: &key, ask_before_leaving: true, ..Form::default() };
    form(lang, &frame, &body)
}

/// What the form is about, and the calendar that it began with.
fn hidden(shown: &Shown) -> Markup {
    html! {
        input type="hidden" name="co-quan" value=(shown.code());
        input type="hidden" name="nam" value=(shown.year);
        input type="hidden" name="dau" value=(stamp(&shown.calendar));
    }
}

/// What a form wants: the calendar as it is now, and as it shall be.
fn wanted(desk: &Desk, shown: &Shown, sent: &Posted) -> Result<Timetable, Refusal> {
    if sent.has("inherit") && shown.agency.is_some() {
        return Ok(desk.office().inherited_calendar(shown.agency.as_ref()).timetable().clone());
    }
    let table = typed::read(sent, shown.calendar.timetable(), shown.year)?;
    let is_new = table != *shown.calendar.timetable();
    if is_new && sent.get("dau") != stamp(&shown.calendar) {
        return Err(Refusal::new(RefusalKind::Conflict, words::CHANGED_MEANWHILE));
    }
    Ok(table)
}

/// Reads a form of an administrator, and the calendar that it is about.
async fn read(
    desk: &Desk,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<(Posted, Shown), HttpResponse> {
    let sent = sent_by_admin(desk, request, payload).await?;
    let shown = Shown::of(desk, &sent).map_err(|refusal| desk.failed(&refusal.into()))?;
    Ok((sent, shown))
}

/// `POST /quan-tri/lich`: which dossiers a change would move, before anything is written.
pub async fn check(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let (sent, shown) = match read(&desk, &request, payload).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    if sent.has("_edit") {
        return editor(&desk, &shown, &sent, None, None);
    }
    let timetable = match wanted(&desk, &shown, &sent) {
        Ok(timetable) => timetable,
        Err(refusal) => return editor(&desk, &shown, &sent, None, Some(&refusal)),
    };
    let changes = Changes::between(shown.calendar.timetable(), &timetable);
    if changes.is_empty() {
        let nothing = words::NOTHING.say(desk.lang());
        return editor(&desk, &shown, &sent, Some(nothing), None);
    }
    let edit = CalendarEdit { agency: shown.agency.clone(), timetable, reason: String::new() };
    match with_office(&desk, move |office, _| office.preview_calendar(&edit)).await {
        Ok(moves) => preview(&desk, &shown, &sent, &changes, &moves),
        Err(failure) => refused(&desk, &shown, &sent, failure),
    }
}

fn refused(
    desk: &Desk,
    shown: &Shown,
    sent: &Posted,
    failure: crate::office::Failure,
) -> HttpResponse {
    match refusal_of(desk, failure) {
        Ok(refusal) => editor(desk, shown, sent, None, Some(&refusal)),
        Err(response) => response,
    }
}

fn preview(
    desk: &Desk,
    shown: &Shown,
    sent: &Posted,
    changes: &Changes,
    moves: &Moves,
) -> HttpResponse {
    let lang = desk.lang();
    let title = words::CHECK.say(lang);
    let save = if moves.count > 0 { words::SAVE } else { words::SAVE_ONLY };
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = format!("{HERE}/ghi");
    let body = html! {
        @for (name, value) in sent.carried().filter(|(name, _)| *name != "reason") {
            input type="hidden" name=(name) value=(value);
        }
        @if moves.count > 0 {
            (text_field(lang, &Field {
                name: "reason",
                label: words::REASON.say(lang),
                value: sent.get("reason"),
                optional: true,
                max_length: Some(500),
                ..Field::default()
            }))
        }
        (button_row(&html! {
            (button(&Button { label: save.say(lang), ..Button::default() }))
            (button(&Button {
                label: words::GO_ON.say(lang),
                name: "_edit",
                value: "1",
                secondary: true,
                action: HERE,
                ..Button::default()
            }))
        }))
    };
    let main = html! {
        h1 { (title) }
        (change_list(lang, changes))
        (move_list(lang, moves))
        (form(lang, &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() }, &body))
        p { a href=(shown.address(shown.year)) { (words::TITLE.say(lang)) } }
    };
    page(desk, StatusCode::OK, (HERE, title), false, &main)
}

fn change_list(lang: Lang, changes: &Changes) -> Markup {
    html! {
        h2 { (words::CHANGES.say(lang)) }
        ul {
            @if let Some(week) = &changes.weekly {
                li {
                    (words::WEEKLY.say(lang)) ": "
                    @for (index, day) in WEEKDAYS.iter().enumerate() {
                        @if index > 0 { "; " }
                        (weekday(*day).say(lang)) " " (hours_or_none(&week[*day]))
                    }
                }
            }
            @if let Some(week) = &changes.extra {
                li {
                    (words::EXTRA.say(lang)) ": "
                    @for (index, day) in WEEKDAYS.iter().enumerate() {
                        @if index > 0 { "; " }
                        (weekday(*day).say(lang)) " " (hours_or_none(&week[*day]))
                    }
                }
            }
            @for (date, rule) in &changes.days { li { (day_words(lang, *date, rule)) } }
        }
    }
}

fn hours_or_none(sessions: &[crate::domain::calendar::Session]) -> String {
    if sessions.is_empty() { "–".to_owned() } else { sessions_text(sessions) }
}

fn move_list(lang: Lang, moves: &Moves) -> Markup {
    html! {
        @if moves.count == 0 { p { (words::NO_MOVES.say(lang)) } }
        @else {
            p { strong { (words::MOVES.fill(lang, &[("n", &say::money(moves.count))])) } }
            details {
                summary { (words::MOVES_SHOW.say(lang)) }
                @if moves.count > moves.first.len() as u64 {
                    p { (words::MOVES_FIRST.fill(lang, &[("n", &moves.first.len().to_string())])) }
                }
                ul {
                    @for moved in &moves.first {
                        li {
                            span.code { (moved.code) } " " (moved.procedure_name) ": "
                            (words::FROM_TO.fill(lang, &[
                                ("from", &instant_short(moved.from)), ("to", &instant_short(moved.to)),
                            ]))
                        }
                    }
                }
            }
        }
    }
}

/// `POST /quan-tri/lich/ghi`: writes the change; the due dates of open dossiers follow.
pub async fn write(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let (sent, shown) = match read(&desk, &request, payload).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    let timetable = match wanted(&desk, &shown, &sent) {
        Ok(timetable) => timetable,
        Err(refusal) => return editor(&desk, &shown, &sent, None, Some(&refusal)),
    };
    let reason = sent.get("reason").to_owned();
    let edit = CalendarEdit { agency: shown.agency.clone(), timetable, reason };
    let actor = desk.staff.name.to_string();
    match with_office(&desk, move |office, _| office.set_calendar(&edit, &actor)).await {
        Ok(moved) => see_other(&format!("{}&doi={moved}", shown.address(shown.year))),
        Err(failure) => refused(&desk, &shown, &sent, failure),
    }
}
