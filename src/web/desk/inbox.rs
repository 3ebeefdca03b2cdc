//! The inbox: what to do first, and why. Everything that it shows is in its address.

use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::assignees::assignee_field;
use super::narrowing::Narrowing;
use super::posted::{Posted, asked};
use super::views::View;
use super::{bulk, printing, say};
use crate::domain::agency::Role;
use crate::domain::dossier::{Action, Dossier, Status};
use crate::office::Failure;
use crate::office::lists::{Counts, List, ListQuery};
use crate::office::printing::Deed;
use crate::office::world::World;
use crate::web::address::percent_path;
use crate::web::components::{
    BulkAction, Button, Chip, Choice, Column, DataTable, Deadline, EmptyState, Field, Form, Method,
    Pages, Row, bulk_bar, button, data_table, deadline_pill, empty_state, filter_chips, form,
    live_note, pagination, select, side_left, status_tag, text_field,
};
use crate::web::words::desk as words;

/// Rows of a page.
const ROWS: usize = 25;
/// How many pages back the address remembers.
const MAX_BACK: usize = 20;

/// What the address asks for.
struct Asked {
    view: View,
    text: String,
    narrowing: Narrowing,
    cursor: String,
    before: Vec<String>,
}

impl Asked {
    fn of(desk: &Desk, query: &Posted) -> Self {
        let view = View::from_id(query.get("hang")).unwrap_or_else(|| View::first_for(desk));
        let before = query.get("ve").split(',').map(str::to_owned);
        Self {
            view,
            text: query.get("q").to_owned(),
            narrowing: Narrowing::of(query),
            cursor: query.get("tu").to_owned(),
            before: match query.has("ve") {
                true => before.take(MAX_BACK).collect(),
                false => Vec::new(),
            },
        }
    }

    fn list_query(&self, desk: &Desk) -> ListQuery {
        let own = match self.text.is_empty() {
            true => self.view.query(desk),
            // A search looks everywhere, whatever list is open.
            false => ListQuery { text: Some(self.text.clone()), ..ListQuery::default() },
        };
        let cursor = Some(self.cursor.clone()).filter(|cursor| !cursor.is_empty());
        self.narrowing.narrow(ListQuery { cursor, limit: ROWS, ..own })
    }

    /// The address of this list with other words and filters, from its beginning.
    fn address(&self, text: &str, narrowing: &Narrowing) -> String {
        let mut out = format!("/mot-cua?hang={}", self.view.id());
        if !text.is_empty() {
            out.push_str(&format!("&q={}", percent_path(text)));
        }
        out + &narrowing.parameters()
    }

    fn here(&self) -> String {
        self.address(&self.text, &self.narrowing)
    }

    fn older(&self, next: &str) -> String {
        let mut before = self.before.clone();
        before.push(self.cursor.clone());
        if before.len() > MAX_BACK {
            before.remove(0);
        }
        format!("{}&tu={next}&ve={}", self.here(), before.join(","))
    }

    fn newer(&self) -> String {
        if self.cursor.is_empty() {
            return String::new();
        }
        let (last, before) = self.before.split_last().map_or(("", &[][..]), |(l, b)| (l, b));
        let mut out = self.here();
        if !last.is_empty() {
            out.push_str(&format!("&tu={last}&ve={}", before.join(",")));
        }
        out
    }
}

/// `GET /mot-cua`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    if !View::sees_dossiers(&desk) {
        return without_dossiers(&desk);
    }
    match inbox(&desk, &query) {
        Ok(main) => {
            let title = words::INBOX_TITLE.say(desk.lang());
            desk.ok(&Sheet { title, ..Sheet::default() }, &main)
        }
        Err(failure) => desk.failed(&failure),
    }
}

/// The page of an account that works on no dossiers, with the way to what it is for.
fn without_dossiers(desk: &Desk) -> HttpResponse {
    let lang = desk.lang();
    let title = words::INBOX_TITLE.say(lang);
    let way = if desk.is(Role::Admin) { "/quan-tri" } else { "" };
    let empty = EmptyState {
        words: words::NO_DOSSIERS_FOR_ROLE.say(lang),
        href: way,
        way: words::TO_ADMINISTRATION.say(lang),
    };
    let main = html! { h1 { (title) } (empty_state(lang, &empty)) };
    desk.ok(&Sheet { title, narrow: true, ..Sheet::default() }, &main)
}

/// `GET /mot-cua/moi?hang=…&co=12`: how many more stand in a list than the page showed.
pub async fn poll(desk: Desk, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    let seen: u64 = query.get("co").parse().unwrap_or(u64::MAX);
    let view = View::from_id(query.get("hang")).unwrap_or_else(|| View::first_for(&desk));
    let now = desk.office().counts(desk.caller()).map_or(0, |counts| view.count(&counts));
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .json(serde_json::json!({ "new": now.saturating_sub(seen) }))
}

fn inbox(desk: &Desk, query: &Posted) -> Result<Markup, Failure> {
    let lang = desk.lang();
    let asked = Asked::of(desk, query);
    let counts = desk.office().counts(desk.caller())?;
    let list = desk.office().list(desk.caller(), &asked.list_query(desk))?;
    let world = desk.office().world();
    let title = match asked.text.is_empty() {
        true => asked.view.name().say(lang).to_owned(),
        false => {
            let total = list.found.as_ref().map_or(0, |found| found.total);
            let n = total.max(list.dossiers.len() as u64).to_string();
            words::FOUND_TEXT.fill(lang, &[("n", &n), ("text", &asked.text)])
        }
    };
    let content = html! {
        h1 { (title) }
        (search(desk, &asked))
        @if asked.text.is_empty() && asked.cursor.is_empty() {
            @let seen = asked.view.count(&counts);
            (live_note(lang, &format!("/mot-cua/moi?hang={}&co={seen}", asked.view.id()), 60))
        }
        (filters(desk, &asked, &list, &world))
        @if list.dossiers.is_empty() { (nothing(desk, &asked)) }
        @else { div.inbox { (rows(desk, &asked, &list, &world)) } }
    };
    Ok(side_left(&queues(desk, &asked, &counts), &content))
}

fn queues(desk: &Desk, asked: &Asked, counts: &Counts) -> Markup {
    let lang = desk.lang();
    html! {
        nav.queues aria-label=(words::QUEUES.say(lang)) {
            ul {
                @for view in View::all_for(desk) {
                    @let current = asked.text.is_empty() && view == asked.view;
                    li {
                        a href={ "/mot-cua?hang=" (view.id()) }
                            aria-current=[current.then_some("page")] {
                            span { (view.name().say(lang)) }
                            @if view.counts_matter() {
                                " " span.count { (view.count(counts)) }
                            }
                        }
                    }
                }
            }
        }
        @if desk.is(Role::Receptionist) {
            p { a.button href="/mot-cua/tiep-nhan" data-key="F9" aria-keyshortcuts="F9" {
                (words::RECEIVE_NEW.say(lang)) " " kbd aria-hidden="true" { "F9" }
            } }
        }
    }
}

fn search(desk: &Desk, asked: &Asked) -> Markup {
    let lang = desk.lang();
    let body = html! {
        (text_field(lang, &Field {
            name: "q",
            label: words::SEARCH.say(lang),
            hint: words::SEARCH_HINT.say(lang),
            value: &asked.text,
            kind: "search",
            autocomplete: "off",
            key: "F2",
            max_length: Some(200),
            ..Field::default()
        }))
        (button(&Button { label: words::FIND.say(lang), secondary: true, ..Button::default() }))
    };
    html! { search.row { (form(lang, &Form {
        action: "/mot-cua", method: Method::Get, ..Form::default()
    }, &body)) } }
}

fn filters(desk: &Desk, asked: &Asked, list: &List, world: &World) -> Markup {
    let lang = desk.lang();
    let body = html! {
        input type="hidden" name="hang" value=(asked.view.id());
        @if !asked.text.is_empty() { input type="hidden" name="q" value=(asked.text); }
        (asked.narrowing.fields(desk, world, list.found.as_ref()))
        (button(&Button { label: words::FILTER.say(lang), secondary: true, ..Button::default() }))
    };
    let mut kept: Vec<(String, String)> = Vec::new();
    if !asked.text.is_empty() {
        kept.push((asked.text.clone(), asked.address("", &asked.narrowing)));
    }
    let each = asked.narrowing.each(desk, world).into_iter();
    kept.extend(each.map(|(label, left)| (label, asked.address(&asked.text, &left))));
    let chips: Vec<Chip<'_>> =
        kept.iter().map(|(label, without)| Chip { label, without }).collect();
    html! {
        details.filters open[!asked.narrowing.is_empty()] {
            summary { (words::FILTER.say(lang)) }
            div.row { (form(lang, &Form {
                action: "/mot-cua", method: Method::Get, ..Form::default()
            }, &body)) }
        }
        (filter_chips(lang, &chips))
    }
}

fn nothing(desk: &Desk, asked: &Asked) -> Markup {
    let lang = desk.lang();
    let plain = asked.address(&asked.text, &Narrowing::default());
    let empty = match (asked.text.is_empty(), !asked.narrowing.is_empty()) {
        (_, true) => EmptyState {
            words: words::EMPTY_FILTERED.say(lang),
            href: &plain,
            way: words::DROP_FILTERS.say(lang),
        },
        (false, false) => EmptyState {
            words: words::EMPTY_SEARCH.say(lang),
            href: "/mot-cua?hang=all",
            way: words::VIEW_ALL.say(lang),
        },
        (true, false) => EmptyState {
            words: words::EMPTY_VIEW.say(lang),
            href: "/mot-cua?hang=all",
            way: words::VIEW_ALL.say(lang),
        },
    };
    empty_state(lang, &empty)
}

fn rows(desk: &Desk, asked: &Asked, list: &List, world: &World) -> Markup {
    let lang = desk.lang();
    let columns = [
        Column::new(words::DOSSIER.say(lang)),
        Column::new(words::PROCEDURE.say(lang)),
        Column::new(words::OWNER.say(lang)),
        Column::new(words::DUE.say(lang)),
        Column::new(words::WHY.say(lang)),
    ];
    let bulk = bulk_bar_of(desk, list, world);
    let may_bulk = bulk.is_some();
    let rows: Vec<Row> = list.dossiers.iter().map(|dossier| row(desk, dossier, world)).collect();
    let table = data_table(
        lang,
        &DataTable {
            caption: asked.view.name().say(lang),
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: if may_bulk { "ma" } else { "" },
        },
    );
    let older = list.next.as_deref().map(|next| asked.older(next)).unwrap_or_default();
    let newer = asked.newer();
    let partial = list.next.is_some() && list.dossiers.len() < ROWS;
    let (csrf, key) = (desk.csrf(), desk.new_key());
    html! {
        @if let Some(bulk) = &bulk {
            (form(lang, &Form {
                action: "/mot-cua/hang-loat", csrf: &csrf, key: &key, ..Form::default()
            }, &html! {
                input type="hidden" name="ve" value=(asked.here());
                (table)
                (bulk)
            }))
        } @else { (table) }
        (pagination(lang, &Pages { newer: &newer, older: &older, partial, ..Pages::default() }))
    }
}

fn row(desk: &Desk, dossier: &Dossier, world: &World) -> Row {
    let (lang, now) = (desk.lang(), desk.office().now());
    let code = dossier.code.as_str();
    let pill = say::pill(lang, world, dossier, now);
    let why = say::reason(lang, world, (dossier, &desk.staff), now);
    let cells = vec![
        html! { a.code href={ "/mot-cua/ho-so/" (code) } { (code) } },
        html! { (dossier.procedure_name) },
        html! { (dossier.owner.name) },
        html! {
            @if let Some(pill) = &pill {
                (deadline_pill(lang, &Deadline {
                    words: &pill.words,
                    datetime: &pill.datetime,
                    urgency: pill.urgency,
                    why: "",
                }))
            }
        },
        html! {
            (status_tag(lang, dossier.status.code())) span.reason { (why) }
            @if let Some(with) = say::handed_over(lang, world, dossier, &desk.staff.agency) {
                span.reason { (with) }
            }
        },
    ];
    Row { code: code.to_owned(), ..Row::new(cells) }
}

/// What can be done to many of the listed dossiers at once; nothing when none of it is possible.
fn bulk_bar_of(desk: &Desk, list: &List, world: &World) -> Option<Markup> {
    let lang = desk.lang();
    let actor = desk.caller().actor();
    let now_possible = |action: Action| {
        list.dossiers.iter().any(|dossier| {
            action.allows(&actor, dossier)
                && desk
                    .office()
                    .possible(desk.caller(), dossier)
                    .iter()
                    .any(|p| p.action == action && p.refusal.is_none())
        })
    };
    let whom = |name| assignee_field(desk, world, &desk.staff.agency, name, "", "");
    let (to, onward) = (whom("to"), whom("den"));
    // What is with somebody already is passed on; what is with nobody is given to somebody.
    let is_held = list.dossiers.iter().any(|dossier| dossier.status == Status::Processing);
    let offered = |action: &Action| match action {
        Action::Assign => !is_held && now_possible(*action),
        Action::Forward => is_held && now_possible(*action),
        _ => now_possible(*action),
    };
    let mut actions: Vec<BulkAction<'_>> = bulk::MANY
        .into_iter()
        .filter(offered)
        .map(|action| BulkAction {
            label: bulk::label(action).say(lang),
            value: action.id(),
            with: match action {
                Action::Assign => Some(&to),
                Action::Forward => Some(&onward),
                _ => None,
            },
            ..BulkAction::default()
        })
        .collect();
    let listed = |deed: &&Deed| list.dossiers.iter().any(|dossier| deed.is_of(dossier));
    let papers: Vec<Choice<'_>> = printing::MANY
        .iter()
        .filter(listed)
        .enumerate()
        .map(|(index, deed)| Choice {
            value: deed.id(),
            label: deed.name().say(lang),
            chosen: index == 0,
            ..Choice::default()
        })
        .collect();
    let paper = select(
        lang,
        &Field { name: "giay", label: words::PAPER_NAME.say(lang), ..Field::default() },
        &papers,
    );
    if !papers.is_empty() {
        actions.push(BulkAction {
            label: words::PRINT.say(lang),
            value: "print",
            with: Some(&paper),
            new_tab: true,
        });
    }
    (!actions.is_empty()).then(|| bulk_bar(lang, &actions))
}
