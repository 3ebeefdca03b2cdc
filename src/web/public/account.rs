//! `/tai-khoan`: what a contact has filed, what waits for it, and what it has begun.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::page::{Page, answer, contact, drafts, find_draft, masked, settle};
use super::{account_data, filing, incoming, mandates, personal, sign_in, sign_on};
use crate::domain::calendar::local;
use crate::domain::calendar::words::{capitalised, date_long, date_short, instant_short};
use crate::domain::dossier::{Action, Directory, Dossier, Status};
use crate::domain::ids::ProcedureCode;
use crate::domain::words::{Lang, Message};
use crate::office::Failure;
use crate::office::drafts::Draft;
use crate::office::sessions::Whose;
use crate::office::sign_on::is_signed_on;
use crate::web::Site;
use crate::web::components::{
    BannerKind, Confirm, EmptyState, Form, banner, confirm, empty_state, form, status_tag,
};
use crate::web::desk::own::{Ending, devices};
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::{
    notices as notice_words, own_account as own_words, public_account as account_words,
    public_acting as acting_words, public_filing as words, public_tracking as tracking_words,
    sign_on as sign_on_words,
};

/// Dossiers whose letters are read for the account.
const DOSSIERS_READ: usize = 20;
/// Where devices are signed out.
pub(super) const ENDING: &str = "/tai-khoan/phien";
/// Letters that the account shows.
const LETTERS_SHOWN: usize = 10;

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// What was just done.
    xong: String,
    /// The draft that is to go.
    procedure: String,
    /// Its id.
    draft: String,
}

/// `GET /tai-khoan`.
pub(super) async fn show(
    site: web::Data<Site>,
    visitor: Visitor,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else {
        return see_other(&sign_in::address("/tai-khoan", ""));
    };
    let result = async {
        let dossiers = dossiers(&site, &visitor, contact)?;
        let drafts: Vec<Draft> =
            drafts(&site, &visitor)?.into_iter().map(|(_, draft)| draft).collect();
        let papers = site.office.personal_papers(contact)?;
        let account = site.office.account(contact)?;
        let today = local(site.office.now()).date();
        let this = visitor.session_id.as_deref().unwrap_or_default();
        let sessions = site.office.sessions_of(Whose::Contact(contact), this)?;
        let main = html! {
            (done(visitor.lang, &wanted.xong))
            (content(&site, &visitor, contact, &dossiers, &drafts))
            (personal::expiring(&papers, today, visitor.lang))
            (mandates::section(visitor.lang))
            (account_data::section(visitor.lang, &account.profile))
            (sign_on::section(&site, &visitor, (contact, &account)))
            (devices(visitor.lang, &visitor.csrf(&site), ENDING, &sessions))
            (sign_out(&site, &visitor))
        };
        let page = Page { title: words::ACCOUNT.say(visitor.lang), ..Page::default() };
        Ok(answer(&site, &visitor, StatusCode::OK, &page, &main))
    };
    settle(&site, &visitor, result.await)
}

fn done(lang: Lang, just_done: &str) -> Markup {
    let message = match just_done {
        "de-sau" => words::DRAFT_KEPT,
        "bo-nhap" => words::DRAFT_DROPPED,
        "phien" => own_words::ENDED,
        "thong-tin" => account_words::SAVED,
        "quen" => account_words::FORGOTTEN,
        "noi" => sign_on_words::LINKED,
        "bo-noi" => sign_on_words::UNLINKED,
        _ => return html! {},
    };
    banner(lang, BannerKind::Done, &html! { (message.say(lang)) })
}

/// The dossiers that were filed from this account or opened in this session, with their parts in
/// other agencies, newest first.
fn dossiers(site: &Site, visitor: &Visitor, contact: &str) -> Result<Vec<Dossier>, Failure> {
    let mut ids = site.office.account(contact)?.dossiers;
    if let Some(session) = &visitor.session {
        ids.extend(session.opened.iter().copied());
    }
    ids.sort_unstable();
    ids.dedup();
    let mut dossiers = site.office.applicants_dossiers(&ids)?;
    let links = dossiers.iter().flat_map(|dossier| &dossier.links);
    let parts = links.filter_map(|link| link.dossier.as_ref().map(|(id, _)| *id));
    let parts: Vec<_> = parts.filter(|id| ids.binary_search(id).is_err()).collect();
    dossiers.extend(site.office.applicants_dossiers(&parts)?);
    dossiers.sort_by_key(|dossier| std::cmp::Reverse(dossier.submitted_at));
    Ok(dossiers)
}

fn content(
    site: &Site,
    visitor: &Visitor,
    contact: &str,
    dossiers: &[Dossier],
    drafts: &[Draft],
) -> Markup {
    let lang = visitor.lang;
    let mut to_do: Vec<&Dossier> = dossiers.iter().filter(|d| waits(d)).collect();
    // What is to be done soonest stands first.
    to_do.sort_by_key(|dossier| (dossier.clock.due_at.is_none(), dossier.clock.due_at));
    let ended = |dossier: &&Dossier| dossier.status.is_ended() && !waits(dossier);
    let done: Vec<&Dossier> = dossiers.iter().filter(ended).collect();
    let open: Vec<&Dossier> = dossiers.iter().filter(|d| !waits(d) && !ended(d)).collect();
    html! {
        h1 { (words::ACCOUNT.say(lang)) }
        @if !is_signed_on(contact) {
            p { (words::SIGNED_IN.fill(lang, &[("contact", &masked(contact))])) }
        }
        @if dossiers.is_empty() && drafts.is_empty() {
            (empty_state(lang, &EmptyState {
                words: words::NO_DOSSIERS.say(lang),
                href: "/thu-tuc",
                way: words::FIND_TO_FILE.say(lang),
            }))
        }
        (list(words::TO_DO.say(lang), &to_do, lang))
        (draft_list(site, drafts, lang))
        (list(words::IN_PROGRESS.say(lang), &open, lang))
        (list(words::ENDED.say(lang), &done, lang))
        (letters(site, dossiers, lang))
    }
}

/// Whether a dossier waits for its applicant.
fn waits(dossier: &Dossier) -> bool {
    matches!(
        dossier.status,
        Status::SupplementRequired | Status::PaymentRequired | Status::Finished
    )
}

fn sign_out(site: &Site, visitor: &Visitor) -> Markup {
    let (lang, csrf) = (visitor.lang, visitor.csrf(site));
    form(
        lang,
        &Form { action: "/dang-xuat", csrf: &csrf, ..Form::default() },
        &html! { button.link type="submit" { (words::SIGN_OUT.say(lang)) } },
    )
}

fn list(heading: &str, dossiers: &[&Dossier], lang: Lang) -> Markup {
    html! {
        @if !dossiers.is_empty() {
            section {
                h2 { (heading) }
                ul.cards {
                    @for dossier in dossiers {
                        li {
                            (card(dossier, lang))
                        }
                    }
                }
            }
        }
    }
}

/// A dossier among others: what it is, for whom, since when, how it stands, what comes next.
fn card(dossier: &Dossier, lang: Lang) -> Markup {
    let filed = date_short(local(dossier.submitted_at).date());
    let values = [("owner", dossier.owner.name.as_str()), ("day", filed.as_str())];
    html! {
        article.card {
            h3 { a href={ "/tra-cuu/" (dossier.code) } { (dossier.procedure_name) } }
            p.facts { (words::FILED_FOR.fill(lang, &values)) }
            p { (status_tag(lang, dossier.status.code())) }
            @if let Some(due) = dossier.clock.due_at {
                @let when = [("when", date_long(due, lang))];
                @let when = when.each_ref().map(|(name, v)| (*name, v.as_str()));
                p.facts { (capitalised(&awaited(dossier).fill(lang, &when))) }
            }
            p.code { (dossier.code) }
            (next_steps(dossier, lang))
        }
    }
}

/// What the date of a dossier that runs is the date of.
fn awaited(dossier: &Dossier) -> Message {
    match dossier.is_before_reception() {
        true => tracking_words::ANSWER_BEFORE,
        false => tracking_words::DUE,
    }
}

/// What the applicant does next with a dossier, as a button where it waits for that, and what else is
/// possible.
fn next_steps(dossier: &Dossier, lang: Lang) -> Markup {
    let steps = [
        (Action::Supplement, "bo-sung", tracking_words::DO_SUPPLEMENT),
        (Action::AddPapers, "them-giay", acting_words::ADD_PAPERS),
        (Action::RequestCorrection, "sua", acting_words::CORRECT),
        (Action::RequestWithdrawal, "rut", tracking_words::WITHDRAW),
    ];
    let first = match dossier.status {
        Status::SupplementRequired => Some(("/bo-sung", tracking_words::DO_SUPPLEMENT)),
        Status::PaymentRequired => Some(("/thanh-toan", words::NEXT_PAY)),
        Status::Finished => Some(("", words::NEXT_RESULT)),
        _ => None,
    };
    let is_first =
        |path: &str| first.is_some_and(|(first, _)| first.trim_start_matches('/') == path);
    let possible: Vec<_> =
        steps.iter().filter(|(action, path, _)| action.fits(dossier) && !is_first(path)).collect();
    html! {
        @if let Some((path, name)) = first {
            p {
                a.button href={ "/tra-cuu/" (dossier.code) (path) } {
                    (name.say(lang))
                    span.hidden { ": " (dossier.code) }
                }
            }
        }
        @if !possible.is_empty() {
            p.facts {
                @for (index, (_, path, name)) in possible.iter().enumerate() {
                    @if index > 0 { " · " }
                    a href={ "/tra-cuu/" (dossier.code) "/" (path) } {
                        (name.say(lang))
                        span.hidden { ": " (dossier.code) }
                    }
                }
            }
        }
    }
}

/// The newest letters about the newest dossiers.
fn letters(site: &Site, dossiers: &[Dossier], lang: Lang) -> Markup {
    let read = |dossier: &Dossier| {
        let letters = site.office.letters_to_applicant(dossier).unwrap_or_else(|failure| {
            tracing::error!(%failure, "the letters of a dossier cannot be read");
            Vec::new()
        });
        letters.into_iter().map(|posted| (dossier.code.clone(), posted)).collect::<Vec<_>>()
    };
    let mut letters: Vec<_> = dossiers.iter().take(DOSSIERS_READ).flat_map(read).collect();
    letters.sort_by_key(|(_, posted)| std::cmp::Reverse(posted.created_at));
    letters.truncate(LETTERS_SHOWN);
    html! {
        @if !letters.is_empty() {
            section {
                h2 { (notice_words::TITLE.say(lang)) }
                ul.links {
                    @for (code, posted) in &letters {
                        li {
                            (instant_short(posted.created_at)) " – "
                            a href={ "/tra-cuu/" (code) } { (posted.letter.subject) }
                        }
                    }
                }
            }
        }
    }
}

/// The name of a draft's procedure, if the catalogue still has it.
fn named(site: &Site, draft: &Draft) -> Option<String> {
    let world = site.office.world();
    let procedure = world.procedure(&ProcedureCode::new(draft.procedure.clone()));
    procedure.map(|procedure| procedure.name.clone())
}

fn draft_list(site: &Site, drafts: &[Draft], lang: Lang) -> Markup {
    html! {
        @if !drafts.is_empty() {
            section {
                h2 { (words::DRAFTS.say(lang)) }
                ul.cards {
                    @for draft in drafts { li { (draft_card(site, draft, lang)) } }
                }
            }
        }
    }
}

/// A draft among others: what it is, for whom, how far it is, and the way on.
fn draft_card(site: &Site, draft: &Draft, lang: Lang) -> Markup {
    let name = named(site, draft);
    let title = name.as_deref().unwrap_or(words::DRAFT_UNKNOWN.say(lang));
    let saved = instant_short(draft.saved_at);
    let whom = filing::whose(draft);
    html! {
        article.card {
            h3 { (title) }
            p.facts {
                @if !whom.is_empty() {
                    (words::DRAFT_FOR.fill(lang, &[("owner", &whom)])) " · "
                }
                (words::DRAFT_OF.fill(lang, &[("time", &saved)]))
            }
            @if name.is_some() {
                p.facts { (words::DRAFT_AT.fill(lang, &[("step", filing::reached(draft).say(lang))])) }
                p {
                    a.button href=(filing::way_on(draft)) {
                        (words::GO_ON.say(lang)) span.hidden { ": " (title) }
                    }
                }
            }
            p.facts {
                @if name.is_some() {
                    a href=(filing::way_elsewhere(draft)) {
                        (words::ELSEWHERE.say(lang)) span.hidden { ": " (title) }
                    }
                    " · "
                }
                a href={
                    "/tai-khoan/bo-nhap?procedure=" (draft.procedure) "&draft=" (draft.id)
                } { (words::DROP.say(lang)) span.hidden { ": " (title) } }
            }
        }
    }
}

/// `GET /tai-khoan/bo-nhap`: asks before a draft goes.
pub(super) async fn ask_drop(
    site: web::Data<Site>,
    visitor: Visitor,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let result = async {
        let draft = find_draft(&site, &visitor, (&wanted.procedure, &wanted.draft))?;
        let Some((_, draft)) = draft else { return Ok(see_other("/tai-khoan")) };
        let (lang, csrf) = (visitor.lang, visitor.csrf(&site));
        let name = named(&site, &draft);
        let name = name.as_deref().unwrap_or(words::DRAFT_UNKNOWN.say(lang));
        let title = words::DROP_TITLE.fill(lang, &[("procedure", name)]);
        let main = confirm(
            lang,
            &Confirm {
                title: &title,
                consequences: html! { p { (words::DROP_TEXT.say(lang)) } },
                label: words::DROP.say(lang),
                danger: true,
                back: "/tai-khoan",
                form: Form { action: "/tai-khoan/bo-nhap", csrf: &csrf, ..Form::default() },
                fields: html! {
                    input type="hidden" name="procedure" value=(draft.procedure);
                    input type="hidden" name="draft" value=(draft.id);
                },
            },
        );
        let page = Page { title: &title, ..Page::default() };
        Ok(answer(&site, &visitor, StatusCode::OK, &page, &main))
    };
    settle(&site, &visitor, result.await)
}

/// `POST /tai-khoan/bo-nhap`: a draft goes.
pub(super) async fn drop_draft(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let draft = (posted.value("procedure"), posted.value("draft"));
        if let Some((keeper, draft)) = find_draft(&site, &visitor, draft)? {
            site.office.drop_draft(&keeper, &draft)?;
        }
        Ok(see_other("/tai-khoan?xong=bo-nhap"))
    };
    settle(&site, &visitor, result.await)
}

/// `POST /tai-khoan/phien`: devices are signed out.
pub(super) async fn end_sessions(
    site: web::Data<Site>,
    visitor: Visitor,
    sent: web::Form<Ending>,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else {
        return see_other(&sign_in::address("/tai-khoan", ""));
    };
    let ended = sent.settle(&site, &visitor, Whose::Contact(contact));
    settle(&site, &visitor, ended.map(|()| see_other("/tai-khoan?xong=phien")))
}
