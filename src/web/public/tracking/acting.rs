//! What the pages of an applicant's own actions share: their frame, what is said when the dossier
//! changed meanwhile, and doing it once.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::present::View;
use super::{Opened, story};
use crate::domain::dossier::{Action, Command, Dossier, Request};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::acting::Files;
use crate::office::repeat::Once;
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::components::{BannerKind, Crumb, banner, error_summary};
use crate::web::public::incoming::Posted;
use crate::web::public::page::{Page, answer, citizen, contact};
use crate::web::visitor::{Visitor, status_of};
use crate::web::words::{public_acting as words, shell as shell_words};

/// An action in the hands of the dossier's applicant.
#[derive(Clone, Copy)]
pub(super) struct Acting<'a> {
    /// The site.
    pub site: &'a Site,
    /// Who looks.
    pub visitor: &'a Visitor,
    /// The dossier, opened.
    pub opened: &'a Opened,
}

/// What stands over a form.
#[derive(Clone, Copy)]
pub(super) enum Over<'a> {
    /// Nothing: it is asked for the first time.
    Nothing,
    /// Why it was refused.
    Refused(&'a Refusal),
    /// What happened since the version that the sender saw.
    Changed(u64),
}

impl<'a> Over<'a> {
    /// What a refusal says over the form: an old version is explained, not merely refused.
    pub(super) fn of(refusal: &'a Refusal, posted: &Posted) -> Self {
        match refusal.kind {
            RefusalKind::Conflict => Self::Changed(seen_version(posted)),
            _ => Self::Refused(refusal),
        }
    }

    /// What is wrong with the fields.
    pub(super) fn errors(&self) -> &'a [crate::domain::refusal::FieldError] {
        match self {
            Self::Refused(refusal) => &refusal.fields,
            Self::Nothing | Self::Changed(_) => &[],
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Nothing => StatusCode::OK,
            Self::Refused(refusal) => status_of(&Failure::Refused((*refusal).clone())),
            Self::Changed(_) => StatusCode::CONFLICT,
        }
    }
}

/// The version that a form was shown with.
pub(super) fn seen_version(posted: &Posted) -> u64 {
    posted.value("version").parse().unwrap_or(0)
}

impl<'a> Acting<'a> {
    /// The dossier.
    pub(super) fn dossier(&self) -> &'a Dossier {
        &self.opened.tracked.dossier
    }

    /// Its page.
    pub(super) fn back(&self) -> String {
        format!("/tra-cuu/{}", self.dossier().code)
    }

    /// Whether the action is possible in the dossier's status.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn check(&self, action: Action) -> Result<(), Failure> {
        let dossier = self.dossier();
        let world = self.site.office.world();
        let rules = world.rules_of(dossier, self.site.office.now());
        let actor = crate::domain::dossier::Actor::Applicant;
        Ok(crate::domain::dossier::check_possible(dossier, action, &actor, rules)?)
    }

    /// The page of a form.
    pub(super) fn page(&self, title: &str, over: Over<'_>, form: &Markup) -> HttpResponse {
        let lang = self.visitor.lang;
        let main = html! {
            @match over {
                Over::Nothing => {},
                Over::Refused(refusal) => (error_summary(lang, refusal)),
                Over::Changed(seen) => (self.meanwhile(seen, true)),
            }
            (form)
        };
        let refused = !matches!(over, Over::Nothing);
        self.framed(title, refused, over.status(), &main)
    }

    fn framed(
        &self,
        title: &str,
        refused: bool,
        status: StatusCode,
        main: &Markup,
    ) -> HttpResponse {
        let href = self.back();
        let above = [
            Crumb { href: "/tra-cuu", label: shell_words::TRACK.say(self.visitor.lang) },
            Crumb { href: &href, label: self.dossier().code.as_str() },
        ];
        let page = Page { title, above: &above, refused, ..Page::default() };
        answer(self.site, self.visitor, status, &page, main)
    }

    /// What happened while somebody was typing.
    fn meanwhile(&self, seen: u64, goes_on: bool) -> Markup {
        let lang = self.visitor.lang;
        let world = self.site.office.world();
        let tracked = &self.opened.tracked;
        let view = View {
            dossier: &tracked.dossier,
            history: &tracked.history,
            world: world.as_ref(),
            now: self.site.office.now(),
            lang,
        };
        let lines = story::since(&view, seen);
        banner(
            lang,
            BannerKind::Note,
            &html! {
                p { strong { (words::CHANGED.say(lang)) } }
                ul {
                    @for line in &lines {
                        li {
                            (line.when) " – " (line.what)
                            @if !line.note.is_empty() { ": " span.as-typed { (line.note) } }
                        }
                    }
                }
                p { (if goes_on { words::CHANGED_KEPT } else { words::CHANGED_GONE }.say(lang)) }
            },
        )
    }

    /// The action came too late: what happened, and the words that were typed, to be copied.
    pub(super) fn gone(&self, title: &str, refusal: &Refusal, posted: &Posted) -> HttpResponse {
        let lang = self.visitor.lang;
        let typed = posted.fields.iter().filter(|(name, value)| {
            !name.starts_with('_') && name != "version" && !value.trim().is_empty()
        });
        let typed: Vec<&str> = typed
            .filter(|(name, _)| !name.ends_with(".kept") && !name.ends_with(".mode"))
            .map(|(_, value)| value.as_str())
            .collect();
        let main = html! {
            h1 { (title) }
            (self.meanwhile(seen_version(posted), false))
            p { (refusal.say(lang)) }
            @if !typed.is_empty() {
                h2 { (words::TYPED.say(lang)) }
                @for value in typed { p.as-typed { (value) } }
            }
            p { a href=(self.back()) { (words::TO_DOSSIER.say(lang)) } }
        };
        self.framed(title, true, StatusCode::CONFLICT, &main)
    }

    /// Does it, once for each key of a form.
    ///
    /// # Errors
    /// The refusal, or a fault.
    pub(super) async fn send(
        &self,
        route: &str,
        posted: &Posted,
        command: Command,
        (sender, files): (&Caller, Files),
    ) -> Result<Dossier, Failure> {
        let code = &self.dossier().code;
        let request = Request { version: seen_version(posted), command, note: None };
        let once = Once::new(code.as_str(), route, posted.value("_key"), b"");
        let office = &self.site.office;
        office.act_as_applicant(sender, code, &self.opened.proof, request, files, Some(once)).await
    }

    /// Who acts: the proved contact, or nobody in particular with an opened dossier.
    pub(super) fn caller(&self) -> Caller {
        contact(self.visitor).map_or(Caller::Anybody, citizen)
    }
}
