//! A dossier's page: left what it is, right what can be done with it now.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::deeds;
use super::posted::asked;
use super::tabs::{Tab as Part, part};
use super::{corrections, letters, linked, money, next, printing, say};
use crate::domain::dossier::{Action, Dossier, parse_dossier_code};
use crate::domain::ids::DossierCode;
use crate::domain::refusal::{Refusal, RefusalKind, rule_words};
use crate::office::Failure;
use crate::office::printing::Deed;
use crate::office::reading::ChainedEvent;
use crate::web::components::{
    Action as PanelAction, ActionPanel, BannerKind, Button, Crumb, Deadline, Form, RefusedAction,
    Tab, action_panel, banner, button, button_link, deadline_pill, form, side_right, status_tag,
    tabs,
};
use crate::web::words::desk as words;
use crate::web::words::desk_actions as action_words;
use crate::web::words::desk_printing as printing_words;
use crate::web::words::notices as notice_words;

/// A dossier with its history, as a page needs it.
pub struct Seen {
    /// The dossier.
    pub dossier: Dossier,
    /// Its events, oldest first.
    pub history: Vec<ChainedEvent>,
}

/// The dossier of an address.
///
/// # Errors
/// There is none, or it is not the caller's to see.
pub fn seen(desk: &Desk, typed: &str) -> Result<Seen, Failure> {
    let code = parse_dossier_code(typed).unwrap_or_else(|| DossierCode::new(typed));
    let (dossier, history) = desk.office().history(desk.caller(), &code)?;
    Ok(Seen { dossier, history })
}

/// `GET /mot-cua/ho-so/{code}`.
pub async fn show(desk: Desk, path: web::Path<String>, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    let seen = match seen(&desk, &path) {
        Ok(seen) => seen,
        Err(failure) => return desk.failed(&failure),
    };
    let lang = desk.lang();
    let dossier = &seen.dossier;
    let whole = dossier.is_whole_to(&desk.caller().actor());
    let open = Part::from_id(query.get("xem"));
    // Whoever was only asked sees the question first, and what went with it.
    let open = if whole || open == Part::Papers { open } else { Part::Internal };
    let done = Action::from_id(query.get("xong"));
    let following = done.and_then(|action| next::after(&desk, dossier, action));
    let content = html! {
        (tab_links(&desk, dossier, open))
        (part(&desk, &seen, open))
    };
    let main = html! {
        @if let Some(action) = done { (said(&desk, dossier, action, following.as_ref())) }
        @if query.has("tep") {
            (banner(lang, BannerKind::Done, &html! { (words::FILE_ADDED.say(lang)) }))
        }
        @if query.has("gui-lai") {
            (banner(lang, BannerKind::Done, &html! { (notice_words::AGAIN_DONE.say(lang)) }))
        }
        (heading(&desk, dossier))
        (linked::part(&desk, dossier))
        (letters::proposal(&desk, dossier))
        (corrections::asked(&desk, dossier))
        (money::not_asked(&desk, dossier))
        (side_right(&side(&desk, dossier, following.is_none()), &content))
    };
    let above = [Crumb { href: "/mot-cua", label: words::INBOX_TITLE.say(lang) }];
    let title = dossier.code.as_str();
    desk.ok(&Sheet { title, above: &above, ..Sheet::default() }, &main)
}

/// Code, procedure, status and deadline, over every page about a dossier.
pub fn heading(desk: &Desk, dossier: &Dossier) -> Markup {
    let lang = desk.lang();
    let world = desk.office().world();
    let pill = say::pill(lang, &world, dossier, desk.office().now());
    let why = format!("/mot-cua/ho-so/{}/vi-sao", dossier.code);
    html! {
        div.dossier-head {
            h1 { span.code { (dossier.code) } " " span.of { (dossier.procedure_name) } }
            p.state {
                (status_tag(lang, dossier.status.code()))
                @if let Some(pill) = &pill {
                    " "
                    (deadline_pill(lang, &Deadline {
                        words: &pill.words,
                        datetime: &pill.datetime,
                        urgency: pill.urgency,
                        why: &why,
                    }))
                }
                " " span.muted { (say::reason(lang, &world, (dossier, &desk.staff), desk.office().now())) }
                @if let Some(with) = say::handed_over(lang, &world, dossier, &desk.staff.agency) {
                    " " span.muted { (with) }
                }
            }
        }
    }
}

fn said(desk: &Desk, dossier: &Dossier, action: Action, following: Option<&DossierCode>) -> Markup {
    let lang = desk.lang();
    let done = action_words::done(action).say(lang);
    let code = dossier.code.as_str();
    banner(
        lang,
        BannerKind::Done,
        &html! {
            (words::DONE.fill(lang, &[("action", done), ("code", code)])) " "
            @if let Some(deed) = deeds::paper_of(action).filter(|deed| deed.is_of(dossier)) {
                a href=(printing::address(dossier, deed)) target="_blank" rel="noopener" {
                    (printing_words::PRINT_ONE.fill(lang, &[("paper", deed.name().say(lang))]))
                }
                " "
            }
            @match following {
                Some(next) => {
                    (words::NEXT.say(lang)) " "
                    a.code href={ "/mot-cua/ho-so/" (next) } data-key="F9" { (next) }
                    " " kbd { "F9" }
                },
                None => {
                    (words::QUEUE_EMPTY.say(lang)) " "
                    a href="/mot-cua" { (words::TO_INBOX.say(lang)) }
                },
            }
        },
    )
}

fn tab_links(desk: &Desk, dossier: &Dossier, open: Part) -> Markup {
    let lang = desk.lang();
    let whole = dossier.is_whole_to(&desk.caller().actor());
    let links: Vec<(String, Part)> = Part::ALL
        .into_iter()
        .filter(|part| whole || matches!(part, Part::Papers | Part::Internal))
        .map(|part| (format!("/mot-cua/ho-so/{}?xem={}", dossier.code, part.id()), part))
        .collect();
    let shown: Vec<Tab<'_>> = links
        .iter()
        .map(|(href, part)| Tab {
            href,
            label: part.name().say(lang),
            count: part.count(dossier),
            current: *part == open,
        })
        .collect();
    tabs(words::TABS.say(lang), &shown)
}

/// What can be done and printed; F9 is the main action's unless it leads to the next dossier.
fn side(desk: &Desk, dossier: &Dossier, has_key: bool) -> Markup {
    html! {
        (actions(desk, dossier, has_key))
        (papers(desk, dossier))
    }
}

/// The papers that can be printed now.
fn papers(desk: &Desk, dossier: &Dossier) -> Markup {
    let lang = desk.lang();
    let whole = dossier.is_whole_to(&desk.caller().actor());
    let papers: Vec<Deed> = Deed::all_of(dossier).filter(|_| whole).collect();
    html! {
        @if !papers.is_empty() {
            section.print-links aria-labelledby="in" {
                h2 id="in" { (words::PRINT.say(lang)) }
                ul.links {
                    @for (index, deed) in papers.iter().enumerate() {
                        li {
                            a href=(printing::address(dossier, *deed))
                                target="_blank" rel="noopener"
                                data-key=[(index == 0).then_some("F8")] {
                                (deed.name().say(lang))
                                @if index == 0 { " " kbd { "F8" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn actions(desk: &Desk, dossier: &Dossier, has_key: bool) -> Markup {
    let lang = desk.lang();
    let possible = desk.office().possible(desk.caller(), dossier);
    let actor = desk.caller().actor();
    let now: Vec<Action> =
        possible.iter().filter(|p| p.refusal.is_none()).map(|p| p.action).collect();
    let main = deeds::main_of(&now);
    let href = |action: Action| format!("/mot-cua/ho-so/{}/viec/{}", dossier.code, action.id());
    let others: Vec<(String, Action)> = now
        .iter()
        .filter(|action| Some(**action) != main)
        .map(|action| (href(*action), *action))
        .collect();
    let others: Vec<PanelAction<'_>> = others
        .iter()
        .map(|(href, action)| PanelAction {
            label: action_words::name(*action).say(lang),
            href,
            key: "",
            asks: *action == Action::ApproveWithdrawal,
        })
        .collect();
    // Impossible ones are absent; those that this account could do but for a rule say why.
    let refused: Vec<(Action, &Refusal, String)> = possible
        .iter()
        .filter(|p| p.action.fits(dossier) && p.action.allows(&actor, dossier))
        // Nobody misses the answer to what nobody asked.
        .filter(|p| p.action != Action::RejectCorrection)
        .filter_map(|p| {
            let refusal = p.refusal.as_ref().filter(|r| r.kind != RefusalKind::Forbidden)?;
            let basis = refusal.rule.as_deref().unwrap_or_default();
            Some((p.action, refusal, rule_words(basis, lang)))
        })
        .collect();
    let refused: Vec<RefusedAction<'_>> = refused
        .iter()
        .map(|(action, refusal, basis)| RefusedAction {
            label: action_words::name(*action).say(lang),
            reason: refusal.say(lang),
            basis,
        })
        .collect();
    let main = main.map(|action| main_action(desk, dossier, action, &href(action), has_key));
    action_panel(lang, &ActionPanel { main, others: &others, refused: &refused })
}

/// The main thing to do: at once where nothing is asked, else the way to its form.
fn main_action(
    desk: &Desk,
    dossier: &Dossier,
    action: Action,
    href: &str,
    has_key: bool,
) -> Markup {
    let lang = desk.lang();
    let key = if has_key { "F9" } else { "" };
    let look = Button { label: action_words::name(action).say(lang), key, ..Button::default() };
    if !deeds::is_plain(action) {
        return button_link(href, &look);
    }
    let (csrf, key) = (desk.csrf(), desk.new_key());
    form(
        lang,
        &Form { action: href, csrf: &csrf, key: &key, ..Form::default() },
        &html! {
            input type="hidden" name="version" value=(dossier.version);
            (button(&look))
        },
    )
}

/// `GET /mot-cua/ho-so/{code}/vi-sao`: the calculation of the due date.
pub async fn explain(desk: Desk, path: web::Path<String>) -> HttpResponse {
    let seen = match seen(&desk, &path) {
        Ok(seen) => seen,
        Err(failure) => return desk.failed(&failure),
    };
    let lang = desk.lang();
    let dossier = &seen.dossier;
    let world = desk.office().world();
    let address = format!("/mot-cua/ho-so/{}", dossier.code);
    let main = html! {
        h1 { (words::WHY_DATE.say(lang)) }
        p { span.code { (dossier.code) } " – " (dossier.procedure_name) }
        @if dossier.is_before_reception() { p { (words::WHY_ANSWER.say(lang)) } }
        (why_lines(lang, say::why(&world, dossier).as_ref()))
        @if let Some(until) = dossier.clock.extended_to {
            p { (action_words::EXTENDED_TO.fill(lang, &[
                ("date", &crate::domain::calendar::words::date_long(until, lang)),
            ])) }
        }
        p { a href=(address) { (words::TO_DOSSIER.say(lang)) } }
    };
    let above = [
        Crumb { href: "/mot-cua", label: words::INBOX_TITLE.say(lang) },
        Crumb { href: &address, label: dossier.code.as_str() },
    ];
    let title = words::WHY_DATE.say(lang);
    desk.ok(&Sheet { title, above: &above, narrow: true, ..Sheet::default() }, &main)
}

/// The lines of a calculation: adding them up gives the date.
pub fn why_lines(
    lang: crate::domain::words::Lang,
    deadline: Option<&crate::domain::deadline::Deadline>,
) -> Markup {
    html! {
        @match deadline {
            Some(deadline) => ol.why-lines {
                @for line in &deadline.why { li { (line.say(lang)) } }
            },
            None => p.muted { (words::NO_DATE.say(lang)) },
        }
    }
}
