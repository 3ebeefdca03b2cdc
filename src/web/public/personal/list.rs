//! A person's papers as they are shown: to themselves, and their origin to an officer.

use jiff::civil::Date;
use maud::{Markup, html};

use super::BASE;
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::dossier::Dossier;
use crate::domain::personal::{Holds, Origin, OriginKind, PersonalPaper};
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::office::personal::Papers;
use crate::web::Site;
use crate::web::components::{Button, Icon, Tone, button_link, button_row, size_words, tag};
use crate::web::visitor::Visitor;
use crate::web::words::public_personal as words;

/// Dossiers from which papers are offered to be kept.
const DOSSIERS_SHOWN: usize = 20;

/// The whole page.
///
/// # Errors
/// The store cannot be read.
pub(super) fn content(
    site: &Site,
    visitor: &Visitor,
    contact: &str,
    papers: &Papers,
) -> Result<Markup, Failure> {
    let (lang, today) = (visitor.lang, local(site.office.now()).date());
    let account = site.office.account(contact)?;
    let mut dossiers = site.office.applicants_dossiers(&account.dossiers)?;
    dossiers.retain(|dossier| dossier.attachments.iter().any(|file| !file.is_result));
    dossiers.sort_by_key(|dossier| std::cmp::Reverse(dossier.submitted_at));
    dossiers.truncate(DOSSIERS_SHOWN);
    Ok(html! {
        h1 { (words::TITLE.say(lang)) }
        p { (words::INTRO.say(lang)) }
        (button_row(&html! {
            (button_link(&format!("{BASE}/them"), &Button {
                label: words::ADD.say(lang), ..Button::default()
            }))
        }))
        section {
            h2 { (words::RESULTS.say(lang)) }
            @if papers.results.is_empty() { p.muted { (words::NO_RESULTS.say(lang)) } }
            @else { p.muted { (words::OF_DOSSIER.say(lang)) } }
            (cards(&papers.results, today, lang, false))
        }
        section {
            h2 { (words::KEPT.say(lang)) }
            @if papers.kept.is_empty() { p.muted { (words::NO_KEPT.say(lang)) } }
            (cards(&papers.kept, today, lang, true))
        }
        (keep_of(&dossiers, lang))
    })
}

fn keep_of(dossiers: &[Dossier], lang: Lang) -> Markup {
    html! {
        @if !dossiers.is_empty() {
            section {
                h2 { (words::KEEP_OF.say(lang)) }
                p { (words::KEEP_OF_TEXT.say(lang)) }
                ul.links {
                    @for dossier in dossiers {
                        li {
                            a href={ (BASE) "/giu/" (dossier.code) } { (dossier.procedure_name) }
                            " " span.muted { (dossier.code) }
                        }
                    }
                }
            }
        }
    }
}

fn cards(papers: &[PersonalPaper], today: Date, lang: Lang, can_go: bool) -> Markup {
    html! {
        @if !papers.is_empty() {
            ul.cards {
                @for paper in papers { li { (card(paper, today, lang, can_go)) } }
            }
        }
    }
}

fn card(paper: &PersonalPaper, today: Date, lang: Lang, can_go: bool) -> Markup {
    let origin = &paper.origin;
    let facts = [
        (words::NUMBER, origin.number.clone()),
        (words::ISSUED, origin.issued_on.map(date_short)),
        (words::ISSUER, origin.issuer.clone()),
        (words::EXPIRES, paper.expires_on.map(date_short)),
        (words::FROM, Some(source_words(origin, lang))),
    ];
    html! {
        article.card {
            h3 { (origin.name) }
            p { (standing(paper, today, lang)) }
            dl.summary {
                @for (label, value) in facts {
                    @if let Some(value) = value {
                        div { dt { (label.say(lang)) } dd { (value) } }
                    }
                }
                div {
                    dt { (words::FILES.say(lang)) }
                    dd { ul.plain {
                        @for file in &paper.files {
                            li {
                                a href={ (BASE) "/" (paper.id) "/tep/" (file.id) } { (file.name) }
                                " " span.muted { (size_words(file.size)) }
                            }
                        }
                    } }
                }
            }
            @if can_go { (delete_link(paper, lang)) }
        }
    }
}

fn delete_link(paper: &PersonalPaper, lang: Lang) -> Markup {
    html! {
        p {
            a href={ (BASE) "/" (paper.id) "/xoa" } {
                (words::DELETE.say(lang)) span.hidden { ": " (paper.origin.name) }
            }
        }
    }
}

/// Whether it is vouched for, and how long it holds.
pub(super) fn standing(paper: &PersonalPaper, today: Date, lang: Lang) -> Markup {
    let until = match (paper.holds(today), paper.expires_on) {
        (Holds::No, Some(last)) => {
            let text = words::EXPIRED.fill(lang, &[("date", &date_short(last))]);
            Some((Tone::Bad, Icon::Cross, text))
        }
        (Holds::Soon(0), _) => {
            Some((Tone::Warn, Icon::Info, words::EXPIRES_TODAY.say(lang).to_owned()))
        }
        (Holds::Soon(days), _) => {
            let text = words::EXPIRES_SOON.fill(lang, &[("n", &days.to_string())]);
            Some((Tone::Warn, Icon::Info, text))
        }
        _ => None,
    };
    html! {
        @if paper.origin.is_vouched_for() {
            (tag(Tone::Ok, Icon::Tick, words::VOUCHED.say(lang))) " "
        }
        @if let Some((tone, icon, text)) = &until { (tag(*tone, *icon, text)) }
    }
}

/// Where a paper comes from, as its owner reads it.
fn source_words(origin: &Origin, lang: Lang) -> String {
    let code = origin.dossier.as_ref().map_or("", |code| code.as_str());
    let message = match origin.kind {
        OriginKind::Result => words::FROM_RESULT,
        OriginKind::Compared => words::FROM_COMPARED,
        OriginKind::HandedIn => words::FROM_HANDED_IN,
        OriginKind::Added => return words::FROM_ADDED.say(lang).to_owned(),
    };
    message.fill(lang, &[("code", code)])
}

/// What the account's page tells of papers that expire, with the way to all of them.
pub(in crate::web::public) fn expiring(papers: &Papers, today: Date, lang: Lang) -> Markup {
    let expiring: Vec<&PersonalPaper> =
        papers.kept.iter().filter(|paper| paper.holds(today) != Holds::Yes).collect();
    let count = papers.all().count().to_string();
    html! {
        section {
            h2 { (words::TITLE.say(lang)) }
            p { a href=(BASE) { (words::OPEN_COUNT.fill(lang, &[("n", &count)])) } }
            @if !expiring.is_empty() {
                h3 { (words::REMIND.say(lang)) }
                ul.plain {
                    @for paper in expiring {
                        li { (paper.origin.name) " " (standing(paper, today, lang)) }
                    }
                }
            }
        }
    }
}
