//! Pages about the site: what is not there yet, accessibility, the look, the rules in force.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::incoming;
use super::page::{Page, answer, call, own_path, settle};
use crate::domain::calendar::words::{date_short, time_short};
use crate::domain::deadline::PausePolicy;
use crate::domain::rules::RulePack;
use crate::domain::words::{Lang, Message};
use crate::web::Site;
use crate::web::components::{EmptyState, Icon, SummaryRow, Tone, empty_state, summary_list, tag};
use crate::web::shell::{Look, look_choice};
use crate::web::visitor::{Visitor, look_cookie, see_other};
use crate::web::words::{public as words, shell as shell_words};

/// `GET /danh-gia`, `/phan-anh`, `/hoi-dap`, `/thong-ke`: said plainly until they are there.
pub(super) async fn not_yet(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let lang = visitor.lang;
    let path = visitor.path.split('?').next().unwrap_or_default();
    let (title, text): (Message, Message) = match path {
        "/danh-gia" => (words::RATING, words::RATING_NOT_YET),
        "/phan-anh" => (shell_words::FEEDBACK, words::FEEDBACK_NOT_YET),
        "/hoi-dap" => (shell_words::QUESTIONS, words::QUESTIONS_NOT_YET),
        _ => (shell_words::FIGURES, words::FIGURES_NOT_YET),
    };
    let main = html! {
        h1 { (title.say(lang)) }
        p { (text.say(lang)) }
        (call(&site, lang))
        (empty_state(lang, &EmptyState {
            words: words::NOT_YET_TITLE.say(lang), href: "/", way: words::TO_HOME.say(lang),
        }))
    };
    let page = Page { title: title.say(lang), ..Page::default() };
    answer(&site, &visitor, StatusCode::OK, &page, &main)
}

/// `GET /tiep-can`.
pub(super) async fn access(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let lang = visitor.lang;
    let csrf = visitor.csrf(&site);
    let main = html! {
        h1 { (words::ACCESS_TITLE.say(lang)) }
        p { (words::ACCESS_INTRO.say(lang)) }
        ul {
            li { (words::ACCESS_KEYS.say(lang)) }
            li { (words::ACCESS_READER.say(lang)) }
            li { (words::ACCESS_SCRIPTS.say(lang)) }
        }
        p { (words::ACCESS_HELP.say(lang)) }
        (call(&site, lang))
        (look_choice(lang, visitor.look, &csrf, "", "/tiep-can"))
    };
    let page = Page { title: words::ACCESS_TITLE.say(lang), indexed: true, ..Page::default() };
    answer(&site, &visitor, StatusCode::OK, &page, &main)
}

/// `POST /giao-dien`.
pub(super) async fn set_look(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let mut response = see_other(own_path(posted.value("back")).unwrap_or("/"));
        // A cookie that cannot be added leaves the look as it was.
        let _ = response.add_cookie(&look_cookie(Look::from_id(posted.value("look"))));
        Ok(response)
    };
    settle(&site, &visitor, result.await)
}

/// `GET /quy-tac`.
pub(super) async fn rules(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let lang = visitor.lang;
    let world = site.office.world();
    let current = world.default_pack(site.office.now()).id.clone();
    let main = html! {
        h1 { (words::RULES_TITLE.say(lang)) }
        p { (words::RULES_INTRO.say(lang)) }
        @for pack in world.packs() { (rule_pack(pack, pack.id == current, lang)) }
    };
    let page = Page { title: words::RULES_TITLE.say(lang), indexed: true, ..Page::default() };
    answer(&site, &visitor, StatusCode::OK, &page, &main)
}

fn rule_pack(pack: &RulePack, is_current: bool, lang: Lang) -> Markup {
    let from = date_short(pack.valid_from);
    let valid = match pack.valid_to {
        Some(to) => words::RULES_FROM_TO.fill(lang, &[("from", &from), ("to", &date_short(to))]),
        None => words::RULES_FROM.fill(lang, &[("day", &from)]),
    };
    html! {
        section {
            h2 {
                (pack.name.say(lang))
                @if is_current { " " (tag(Tone::Ok, Icon::Tick, words::RULES_NOW.say(lang))) }
            }
            p.muted { (valid) }
            (summary_list(lang, &rows(pack, lang)))
            h3 { (words::RULES_SOURCES.say(lang)) }
            ul { @for source in &pack.sources { li { (source) } } }
            @if !pack.papers.is_empty() {
                h3 { (words::RULE_PAPERS.say(lang)) }
                ul {
                    @for paper in &pack.papers {
                        li {
                            (words::RULE_PAPER.fill(lang, &[
                                ("number", &paper.number), ("title", &paper.title), ("size", &paper.size),
                            ]))
                        }
                    }
                }
            }
        }
    }
}

fn rows(pack: &RulePack, lang: Lang) -> Vec<SummaryRow<'static>> {
    let count = |n: u32| n.to_string();
    let (reception, supplement, extension) = (&pack.reception, &pack.supplement, &pack.extension);
    let pause = match supplement.policy {
        PausePolicy::Restart => words::RULE_RESTART,
        PausePolicy::Resume => words::RULE_RESUME,
    };
    let mut rows = vec![
        (
            "reception",
            words::RULE_ANSWER,
            words::RULE_ANSWER_IS.fill(lang, &[("n", &count(reception.answer_working_hours))]),
        ),
        (
            "reception",
            words::RULE_SAME_DAY,
            words::RULE_SAME_DAY_IS.fill(lang, &[("time", &time_short(reception.same_day_cutoff))]),
        ),
        (
            "reception",
            words::RULE_TRANSFER,
            words::RULE_TRANSFER_IS.fill(lang, &[("time", &time_short(reception.transfer_cutoff))]),
        ),
        (
            "supplement",
            words::RULE_SUPPLEMENT,
            words::RULE_SUPPLEMENT_IS.fill(lang, &[("n", &count(supplement.per_phase))]),
        ),
        ("supplement", words::RULE_PAUSE, pause.say(lang).to_owned()),
        (
            "extension",
            words::RULE_EXTEND,
            words::RULE_EXTEND_IS.fill(
                lang,
                &[("n", &count(extension.limit)), ("days", &count(extension.days_before))],
            ),
        ),
        (
            "due_soon",
            words::RULE_SOON,
            words::RULE_SOON_IS.fill(lang, &[("n", &count(pack.due_soon_working_days))]),
        ),
    ];
    if let Some(days) = supplement.lapse_days {
        let lapse = words::RULE_LAPSE_IS.fill(lang, &[("n", &count(days))]);
        rows.insert(5, ("supplement", words::RULE_LAPSE, lapse));
    }
    rows.into_iter()
        .map(|(part, label, value)| SummaryRow {
            label: label.say(lang),
            value: Some(html! {
                (value)
                @if pack.to_verify.iter().any(|known| known == part) {
                    br; (tag(Tone::Warn, Icon::Alert, words::TO_VERIFY.say(lang)))
                }
            }),
            change: "",
        })
        .collect()
}
