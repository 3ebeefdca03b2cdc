//! The frame of every page: head, header, navigation, bands, `main`, footer.

use maud::{DOCTYPE, Markup, html};

use super::assets;
use super::components::{
    Button, Choice, Crumb, Field, Form, Icon, breadcrumb, button, form, icon, radios,
};
use super::theme::Theme;
use super::words::public_checking as checking_words;
use super::words::shell as words;
use crate::domain::words::{Lang, Message};

/// A link of the main navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Where it goes; it is current on this address and below.
    pub href: &'static str,
    /// Its words.
    pub label: Message,
}

/// The navigation of the public pages.
pub const PUBLIC_NAV: &[NavItem] = &[
    NavItem { href: "/thu-tuc", label: words::PROCEDURES },
    NavItem { href: "/tra-cuu", label: words::TRACK },
    NavItem { href: "/tai-khoan", label: words::ACCOUNT },
];

/// The navigation of the desk; the caller leaves out what the account may not open.
pub const DESK_NAV: &[NavItem] = &[
    NavItem { href: "/mot-cua", label: words::INBOX },
    NavItem { href: "/mot-cua/goi-so", label: words::CALLING },
    NavItem { href: "/mot-cua/tiep-nhan", label: words::COUNTER },
    NavItem { href: "/mot-cua/chung-thuc", label: words::CERTIFICATION },
    NavItem { href: "/mot-cua/tra-ket-qua", label: words::DELIVERY },
    NavItem { href: "/mot-cua/thu-tien", label: super::words::fees::CASHIER },
    NavItem { href: "/mot-cua/ban-giao", label: words::HAND_OVER },
    NavItem { href: "/mot-cua/so-theo-doi", label: words::REGISTER },
    NavItem { href: "/mot-cua/bang-theo-doi", label: words::BOARD },
    NavItem { href: "/mot-cua/thong-bao", label: words::NOTICES },
    NavItem { href: "/quan-tri", label: words::ADMINISTRATION },
    NavItem { href: "/quan-tri/xem-ho-so", label: super::words::proof::OVERSIGHT },
    NavItem { href: "/quan-tri/tieu-huy", label: super::words::disposal::NAV },
    NavItem { href: "/quan-tri/yeu-cau-du-lieu", label: super::words::privacy::TEXTS },
];

const FOOTER: &[NavItem] = &[
    NavItem { href: "/phan-anh", label: words::FEEDBACK },
    NavItem { href: "/hoi-dap", label: words::QUESTIONS },
    NavItem { href: "/thong-ke", label: words::FIGURES },
    NavItem { href: "/kiem-tra", label: checking_words::TITLE },
    NavItem { href: "/tiep-can", label: words::ACCESSIBILITY },
    NavItem { href: "/quy-tac", label: words::RULES },
    NavItem { href: "/quyen-du-lieu", label: super::words::privacy::PAGE },
];

/// What of the footer is of use at the desk too.
const FOR_STAFF_TOO: [&str; 3] = ["/kiem-tra", "/tiep-can", "/quy-tac"];

/// Who looks at the page, and which density it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Area<'a> {
    /// Anyone: large type, one column.
    #[default]
    Public,
    /// Staff at the desk or in administration: dense, wide.
    Desk {
        /// The person's name.
        name: &'a str,
        /// The unit or section; or empty.
        unit: &'a str,
        /// The token for the form that signs out.
        csrf: &'a str,
    },
}

/// The light or dark look that the person chose (a cookie).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// As the device.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Look {
    /// The value of the cookie and of `data-theme`; none for the device's own.
    pub const fn id(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The look of a cookie's value.
    pub fn from_id(id: &str) -> Self {
        match id {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// The frame of a page. Only `title` and `agency` are always set.
#[derive(Clone, Debug)]
pub struct PageFrame<'a> {
    /// The language.
    pub lang: Lang,
    /// The page's name, without the agency.
    pub title: &'a str,
    /// The agency's name.
    pub agency: &'a str,
    /// The agency's telephone, for the footer; or empty.
    pub phone: &'a str,
    /// The agency's address, for the footer; or empty.
    pub address: &'a str,
    /// The address of the agency's emblem; empty: a drawn door.
    pub emblem: &'a str,
    /// The agency's colours; `None`: the house blue.
    pub theme: Option<&'a Theme>,
    /// The chosen look.
    pub look: Look,
    /// Public or desk.
    pub area: Area<'a>,
    /// The main navigation.
    pub nav: &'a [NavItem],
    /// This page's path with its query, for the current link and the language switch.
    pub path: &'a str,
    /// The pages above this one.
    pub above: &'a [Crumb<'a>],
    /// The sentence of an instance whose data is not real; or empty.
    pub training: &'a str,
    /// Why the instance is read-only; or empty.
    pub read_only: &'a str,
    /// Whether a form was refused: then the title begins with "Lỗi: ".
    pub refused: bool,
    /// Whether search engines may keep the page.
    pub indexed: bool,
    /// The draft that the server now holds: scripts drop their copy of it; or empty.
    pub draft_done: &'a str,
    /// Whether `main` takes the full width instead of one column of 40rem.
    pub wide: bool,
    /// More for the head; scripts and styles only by address.
    pub head: Option<Markup>,
}

impl Default for PageFrame<'_> {
    fn default() -> Self {
        Self {
            lang: Lang::Vi,
            title: "",
            agency: "",
            phone: "",
            address: "",
            emblem: "",
            theme: None,
            look: Look::System,
            area: Area::Public,
            nav: PUBLIC_NAV,
            path: "/",
            above: &[],
            training: "",
            read_only: "",
            refused: false,
            indexed: false,
            draft_done: "",
            wide: false,
            head: None,
        }
    }
}

/// A whole page around `main`, which begins with its `h1` (or with the error summary).
pub fn page(frame: &PageFrame<'_>, main: &Markup) -> Markup {
    let lang = frame.lang;
    let desk = matches!(frame.area, Area::Desk { .. });
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) data-theme=[frame.look.id()] {
            (head(frame, desk))
            body class=(if desk { "desk" } else { "public" })
                data-draft-done=[(!frame.draft_done.is_empty()).then_some(frame.draft_done)] {
                a.skip href="#noi-dung" { (words::SKIP.say(lang)) }
                (bands(frame))
                (header(frame))
                div.body {
                    (breadcrumb(lang, frame.above))
                    main.wide[frame.wide] id="noi-dung" tabindex="-1" { (main) }
                }
                (footer(frame))
            }
        }
    }
}

fn head(frame: &PageFrame<'_>, desk: bool) -> Markup {
    let lang = frame.lang;
    let title = words::TITLE.fill(lang, &[("page", frame.title), ("agency", frame.agency)]);
    let title =
        if frame.refused { words::ERROR_PREFIX.fill(lang, &[("title", &title)]) } else { title };
    html! {
        head {
            meta charset="utf-8";
            title { (title) }
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content=(frame.look.id().unwrap_or("light dark"));
            meta name="format-detection" content="telephone=no";
            @if !frame.indexed { meta name="robots" content="noindex"; }
            link rel="stylesheet" href=(assets::href("site.css"));
            @if let Some(theme) = frame.theme { link rel="stylesheet" href=(theme.href()); }
            link rel="icon" href=(assets::href("favicon.svg")) type="image/svg+xml";
            script src=(assets::href("site.js")) defer {}
            @if desk { script src=(assets::href("desk.js")) defer {} }
            @if let Some(more) = &frame.head { (more) }
        }
    }
}

fn bands(frame: &PageFrame<'_>) -> Markup {
    let lang = frame.lang;
    html! {
        @if !frame.training.is_empty() {
            aside.band.band-training {
                p { (frame.training) }
            }
        }
        @if !frame.read_only.is_empty() {
            aside.band.band-read-only {
                p { (words::READ_ONLY.fill(lang, &[("reason", frame.read_only)])) }
            }
        }
    }
}

fn header(frame: &PageFrame<'_>) -> Markup {
    let lang = frame.lang;
    let home = if frame.area == Area::Public { "/" } else { "/mot-cua" };
    html! {
        header.top {
            div.inner {
                a.agency href=(home) {
                    @if frame.emblem.is_empty() { (icon(Icon::Door)) }
                    @else { img src=(frame.emblem) alt="" width="48" height="48"; }
                    span { (frame.agency) }
                }
                nav.main aria-label=(words::NAV_LABEL.say(lang)) {
                    ul {
                        @let current = current(frame.nav, frame.path);
                        @for item in frame.nav {
                            li {
                                a href=(item.href)
                                    aria-current=[(Some(item) == current).then_some("page")] {
                                    (item.label.say(lang))
                                }
                            }
                        }
                    }
                }
                div.aside {
                    (language(frame))
                    (who(frame))
                }
            }
        }
    }
}

/// The item whose address is the longest beginning of `path`, in whole segments.
fn current<'n>(nav: &'n [NavItem], path: &str) -> Option<&'n NavItem> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    nav.iter()
        .filter(|item| {
            path.strip_prefix(item.href)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
        .max_by_key(|item| item.href.len())
}

fn language(frame: &PageFrame<'_>) -> Markup {
    let other = frame.lang.other().tag();
    html! {
        a.language href=(switched(frame.path, other)) lang=(other) hreflang=(other) rel="nofollow" {
            (words::OTHER_LANGUAGE.say(frame.lang))
        }
    }
}

/// `path` with its `lang` parameter set to `tag`, everything else kept.
fn switched(path: &str, tag: &str) -> String {
    let path = path.split('#').next().unwrap_or_default();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    // What begins with two strokes would name another host.
    let path = path.trim_start_matches(['/', '\\']);
    let mut out = format!("/{path}?");
    for pair in query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")) {
        out.push_str(pair);
        out.push('&');
    }
    out.push_str("lang=");
    out.push_str(tag);
    out
}

fn who(frame: &PageFrame<'_>) -> Markup {
    let lang = frame.lang;
    html! {
        @if let Area::Desk { name, unit, csrf } = frame.area {
            p.who {
                span.hidden { (words::SIGNED_IN_AS.say(lang)) ": " }
                a href=(super::desk::own::HERE) title=(words::OWN_ACCOUNT.say(lang)) { strong { (name) } }
                @if !unit.is_empty() { span.unit { " · " (unit) } }
            }
            (form(lang, &Form { action: "/mot-cua/dang-xuat", csrf, ..Form::default() }, &html! {
                button.link type="submit" { (words::SIGN_OUT.say(lang)) }
            }))
        }
    }
}

fn footer(frame: &PageFrame<'_>) -> Markup {
    let lang = frame.lang;
    let is_public = frame.area == Area::Public;
    let links = FOOTER.iter().filter(|item| is_public || FOR_STAFF_TOO.contains(&item.href));
    html! {
        footer.bottom {
            div.inner {
                nav aria-label=(words::FOOTER_LABEL.say(lang)) {
                    ul { @for item in links { li { a href=(item.href) { (item.label.say(lang)) } } } }
                }
                p {
                    (frame.agency)
                    @if !frame.address.is_empty() { br; (frame.address) }
                    @if !frame.phone.is_empty() {
                        br; (words::CALL.say(lang)) ": "
                        a href={ "tel:" (dialled(frame.phone)) } { (frame.phone) }
                    }
                }
            }
        }
    }
}

/// The choice of the light or dark look, for the page on accessibility. Sends `look`
/// (`light`, `dark` or empty) to `/giao-dien`, with the way back as `back`.
pub fn look_choice(lang: Lang, look: Look, csrf: &str, key: &str, back: &str) -> Markup {
    let choices = [
        ("", words::LOOK_SYSTEM, Look::System),
        ("light", words::LOOK_LIGHT, Look::Light),
        ("dark", words::LOOK_DARK, Look::Dark),
    ]
    .map(|(value, label, this)| Choice {
        value,
        label: label.say(lang),
        chosen: this == look,
        ..Choice::default()
    });
    let field = Field { name: "look", label: words::LOOK.say(lang), ..Field::default() };
    form(
        lang,
        &Form { action: "/giao-dien", csrf, key, ..Form::default() },
        &html! {
            input type="hidden" name="back" value=(back);
            (radios(lang, &field, &choices))
            (button(&Button { label: words::APPLY_LOOK.say(lang), ..Button::default() }))
        },
    )
}

fn dialled(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::{Area, DESK_NAV, PUBLIC_NAV, PageFrame, current, page, switched};
    use crate::domain::words::Lang;

    #[test]
    fn the_longest_address_is_the_current_one() {
        let at = |path| current(DESK_NAV, path).map(|item| item.href);
        assert_eq!(at("/mot-cua/tiep-nhan?ma=1"), Some("/mot-cua/tiep-nhan"));
        assert_eq!(at("/mot-cua/ho-so/H40"), Some("/mot-cua"));
        assert_eq!(at("/mot-cuaa"), None);
        assert_eq!(current(PUBLIC_NAV, "/"), None);
    }

    #[test]
    fn the_language_switch_keeps_the_page() {
        assert_eq!(
            switched("/thu-tuc?q=a%20b&lang=vi&trang=2#x", "en"),
            "/thu-tuc?q=a%20b&trang=2&lang=en"
        );
        assert_eq!(switched("/", "vi"), "/?lang=vi");
    }

    #[test]
    fn a_refused_page_says_so_first_and_names_are_escaped() {
        let frame = PageFrame {
            title: "Tờ khai",
            agency: "UBND \"xã\" <Ễnh>",
            refused: true,
            area: Area::Desk { name: "Trần <i>", unit: "", csrf: "t" },
            ..PageFrame::default()
        };
        let text = page(&frame, &html! { h1 { "x" } }).into_string();
        assert!(text.contains("<title>Lỗi: Tờ khai – UBND &quot;xã&quot; &lt;Ễnh&gt;</title>"));
        assert!(!text.contains("<i>"));
        let english = page(&PageFrame { lang: Lang::En, ..frame }, &html! {}).into_string();
        assert!(english.contains("<title>Error: Tờ khai"));
        assert!(english.contains(r#"<html lang="en">"#));
    }
}
