//! What every public page shares: its frame, its answer, its ways of failing.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use maud::{Markup, html};

use super::filing;
pub(super) use crate::domain::fee::dong as money;
use crate::domain::refusal::RefusalKind;
use crate::domain::words::{Lang, Text};
use crate::office::drafts::{Draft, Keeper};
use crate::office::sign_on::SIGNED_ON;
use crate::office::{Caller, Failure, Outage};
use crate::web::Site;
use crate::web::components::{Crumb, ErrorPage, SearchBox, error_page, search_box};
use crate::web::shell::{self, PageFrame};
use crate::web::visitor::{
    FrameData, Visitor, chosen_language, lang_cookie, outage_words, status_of,
};
use crate::web::words::{public as words, shell as shell_words};

/// A public page; only the title is always set.
#[derive(Clone, Debug, Default)]
pub(super) struct Page<'a> {
    /// Its name.
    pub title: &'a str,
    /// The pages above it.
    pub above: &'a [Crumb<'a>],
    /// Whether `main` takes the full width.
    pub wide: bool,
    /// Whether a form was refused.
    pub refused: bool,
    /// Whether search engines may keep it.
    pub indexed: bool,
    /// Drafts in the browser that the server now holds.
    pub draft_done: &'a str,
    /// Another address for the language switch, when this one may not be repeated; or empty.
    pub path: &'a str,
}

/// The whole page.
pub(super) fn whole(site: &Site, visitor: &Visitor, page: &Page<'_>, main: &Markup) -> Markup {
    let data = FrameData::of(site, visitor);
    let frame = visitor.frame(&data, page.title);
    let frame = PageFrame {
        above: page.above,
        wide: page.wide,
        refused: page.refused,
        indexed: page.indexed,
        draft_done: page.draft_done,
        path: if page.path.is_empty() { frame.path } else { page.path },
        ..frame
    };
    shell::page(&frame, main)
}

/// The answer with a page that may name persons: kept by nobody.
pub(super) fn answer(
    site: &Site,
    visitor: &Visitor,
    status: StatusCode,
    page: &Page<'_>,
    main: &Markup,
) -> HttpResponse {
    let body = whole(site, visitor, page, main).into_string();
    let mut response = HttpResponse::build(status);
    response
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-store"));
    if let Some(lang) = chosen_language(&visitor.path) {
        response.cookie(lang_cookie(lang));
    }
    response.body(body)
}

/// The answer of a use case, or the page that says why there is none.
pub(super) fn settle(
    site: &Site,
    visitor: &Visitor,
    result: Result<HttpResponse, Failure>,
) -> HttpResponse {
    result.unwrap_or_else(|failure| failed(site, visitor, &failure))
}

/// The page of a failure that no form can show.
pub(super) fn failed(site: &Site, visitor: &Visitor, failure: &Failure) -> HttpResponse {
    let lang = visitor.lang;
    match failure {
        Failure::Refused(refusal) if refusal.kind == RefusalKind::NotFound => {
            missing(site, visitor, refusal.say(lang))
        }
        Failure::Refused(refusal) => {
            let title = words::NOT_POSSIBLE.say(lang);
            let main = error_page(
                lang,
                &ErrorPage {
                    title,
                    advice: html! {
                        p { (refusal.say(lang)) }
                        p { a href="/" { (words::TO_HOME.say(lang)) } }
                    },
                    reference: "",
                },
            );
            answer(site, visitor, status_of(failure), &Page { title, ..Page::default() }, &main)
        }
        Failure::Fault(fault) => {
            let reference = site.office.env().bytes::<4>();
            let reference = format!("{:08x}", u32::from_be_bytes(reference));
            tracing::error!(reference, fault = %fault, "a public page failed");
            let told = outage_words(Outage::of(fault), &reference);
            let (title, text) =
                told.unwrap_or((words::SYSTEM_FAILED, Text::from(words::SENT_ONCE)));
            let title = title.say(lang);
            let main = error_page(
                lang,
                &ErrorPage {
                    title,
                    advice: html! { p { (text.say(lang)) } (call(site, lang)) },
                    reference: &reference,
                },
            );
            answer(site, visitor, status_of(failure), &Page { title, ..Page::default() }, &main)
        }
    }
}

/// 404, with a way to search; `why` may be empty.
pub(super) fn missing(site: &Site, visitor: &Visitor, why: &str) -> HttpResponse {
    let lang = visitor.lang;
    let title = words::NO_PAGE.say(lang);
    let main = html! {
        (error_page(lang, &ErrorPage {
            title,
            advice: html! {
                @if !why.is_empty() { p { (why) } }
            },
            reference: "",
        }))
        (search_box(lang, &SearchBox::default()))
        p { a href="/tra-cuu" { (shell_words::TRACK.say(lang)) } " · " a href="/" { (words::TO_HOME.say(lang)) } }
    };
    answer(site, visitor, StatusCode::NOT_FOUND, &Page { title, ..Page::default() }, &main)
}

/// "Gọi {số}", if the office has a telephone.
pub(super) fn call(site: &Site, lang: Lang) -> Markup {
    let world = site.office.world();
    let phone = world.home().map(|agency| agency.phone.as_str()).unwrap_or_default();
    html! {
        @if !phone.is_empty() {
            p { a href={ "tel:" (phone) } { (words::CALL_US.fill(lang, &[("phone", &spaced(phone))])) } }
        }
    }
}

/// A telephone number in groups that are read aloud.
pub(super) fn spaced(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().collect();
    let head = match (digits.first(), digits.get(1), digits.len()) {
        (Some('0'), Some('2'), 11) => 4,
        (Some('0'), _, 10) => 4,
        _ => return phone.to_owned(),
    };
    let rest: Vec<String> = digits[head..].chunks(3).map(|group| group.iter().collect()).collect();
    let tail = match rest.as_slice() {
        [front @ .., a, b] if b.len() == 1 => {
            let mut parts = front.to_vec();
            parts.push(format!("{a}{b}"));
            parts.join(" ")
        }
        parts => parts.join(" "),
    };
    format!("{} {tail}", digits[..head].iter().collect::<String>())
}

/// The phone or email that this visitor has proved; a desk account may have one beside.
pub(super) fn contact(visitor: &Visitor) -> Option<&str> {
    visitor.session.as_ref().and_then(|session| session.contact.as_deref())
}

/// Who keeps this visitor's drafts: the account first, then the browser.
pub(super) fn keepers(site: &Site, visitor: &Visitor) -> Vec<Keeper> {
    let account = contact(visitor).map(|contact| site.office.keeper_of(contact));
    let browser = visitor.browser.as_deref().and_then(Keeper::browser);
    account.into_iter().chain(browser).collect()
}

/// Every draft of this visitor that is not sent, last saved first.
pub(super) fn drafts(site: &Site, visitor: &Visitor) -> Result<Vec<(Keeper, Draft)>, Failure> {
    let mut drafts = Vec::new();
    for keeper in keepers(site, visitor) {
        let own = site.office.drafts(&keeper)?.into_iter();
        drafts.extend(own.map(|draft| (keeper.clone(), draft)));
    }
    drafts.sort_by_key(|(_, draft)| std::cmp::Reverse(draft.saved_at));
    // One that was opened by its number may lie in both.
    let mut seen = std::collections::BTreeSet::new();
    drafts.retain(|(_, draft)| seen.insert(draft.id.clone()));
    Ok(drafts)
}

/// A draft of this visitor with its keeper. What a browser kept goes to the account that has signed in.
pub(super) fn find_draft(
    site: &Site,
    visitor: &Visitor,
    (procedure, id): (&str, &str),
) -> Result<Option<(Keeper, Draft)>, Failure> {
    let keepers = keepers(site, visitor);
    for keeper in &keepers {
        let Some(draft) = site.office.draft(keeper, procedure, id)? else { continue };
        let Some(contact) = contact(visitor) else { return Ok(Some((keeper.clone(), draft))) };
        let account = site.office.keeper_of(contact);
        if site.office.draft(&account, procedure, id)?.is_none() {
            site.office.take_over_draft(keeper, &account, &draft)?;
            let draft =
                site.office.change_draft(&account, &draft, filing::known_by(site, contact)?)?;
            return Ok(draft.map(|draft| (account, draft)));
        }
        return Ok(Some((account, draft)));
    }
    Ok(None)
}

/// The caller as a citizen.
pub(super) fn citizen(contact: &str) -> Caller {
    Caller::Citizen(contact.to_owned())
}

/// A phone or email of which only its owner recognises the rest: "091•••678".
pub(in crate::web) fn masked(contact: &str) -> String {
    if let Some(who) = contact.strip_prefix(SIGNED_ON) {
        return who.chars().take(6).collect();
    }
    let letters: Vec<char> = contact.chars().collect();
    match contact.split_once('@') {
        Some((name, domain)) => {
            let first: String = name.chars().take(1).collect();
            format!("{first}•••@{domain}")
        }
        None if letters.len() > 6 => {
            let head: String = letters[..3].iter().collect();
            let tail: String = letters[letters.len() - 3..].iter().collect();
            format!("{head}•••{tail}")
        }
        None => "•••".to_owned(),
    }
}

/// An address of ours to go on to, if it is one: never another site.
pub(super) fn own_path(path: &str) -> Option<&str> {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.contains(char::is_control)
        && path.len() <= 500;
    ours.then_some(path)
}

/// The digest of a file as people compare it: groups of eight.
pub(super) fn digest_groups(digest: &[u8; 32]) -> String {
    let groups: Vec<String> = digest
        .chunks(4)
        .map(|four| four.iter().map(|byte| format!("{byte:02x}")).collect())
        .collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{masked, money, own_path, spaced};

    #[test]
    fn amounts_and_numbers_read_as_people_write_them() {
        assert_eq!(money(0), "0\u{a0}đồng");
        assert_eq!(money(1_250_000), "1.250.000\u{a0}đồng");
        assert_eq!(spaced("0912345678"), "0912 345 678");
        assert_eq!(spaced("02280000012"), "0228 000 0012");
        assert_eq!(spaced("113"), "113");
    }

    #[test]
    fn a_contact_is_shown_to_its_owner_only() {
        assert_eq!(masked("0912345678"), "091•••678");
        assert_eq!(masked("an.le@example.org"), "a•••@example.org");
        assert_eq!(masked("12"), "•••");
    }

    #[test]
    fn only_our_own_pages_are_gone_on_to() {
        assert_eq!(own_path("/nop-ho-so/1.001193"), Some("/nop-ho-so/1.001193"));
        for other in ["https://example.org", "//example.org", "/\\example.org", "", "x", "/a\r\nb"]
        {
            assert_eq!(own_path(other), None, "{other}");
        }
    }
}
