//! `/thu-tuc/{code}`: who it is for, what to bring, how long, how much, and one button.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::bring::{self, Told};
use super::cache::{Asked, shared};
use super::page::{Page, missing, settle};
use super::{facts, filing, guiding, places};
use crate::domain::calendar::local;
use crate::domain::catalogue::{Channel, Component, Procedure};
use crate::domain::dossier::Directory;
use crate::domain::ids::ProcedureCode;
use crate::domain::words::Lang;
use crate::office::fees::Origin;
use crate::office::world::World;
use crate::web::Site;
use crate::web::address::{self, percent};
use crate::web::components::{
    Button, ChannelFacts, Crumb, button_link, duration_and_fees, panel, qr_code, side_right,
};
use crate::web::kept::KeptPages;
use crate::web::visitor::Visitor;
use crate::web::words::{fees as fee_words, linking, public as words, shell as shell_words};

/// What the address asks beside the code.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// The agency whose words are shown; or empty.
    agency: String,
    /// Papers that the visitor says to have, after "Kiểm tra".
    pub checked: Option<Vec<String>>,
    /// The guide to print.
    pub print: bool,
    /// What the visitor says of the case.
    pub told: Told,
}

impl Wanted {
    fn of(query: &str) -> Self {
        let pairs: Vec<(String, String)> =
            web::Query::from_query(query).map(web::Query::into_inner).unwrap_or_default();
        let has = |name: &str| pairs.iter().any(|(key, _)| key == name);
        // Each group of papers has its own name, such as `co1`.
        let papers = pairs.iter().filter(|(key, _)| key.starts_with("co"));
        let papers = papers.map(|(_, value)| value.clone());
        let checked = has("kiem_tra").then(|| papers.collect());
        let agency = pairs.iter().find(|(key, _)| key == "co_quan");
        let agency = agency.map(|(_, value)| value.clone()).unwrap_or_default();
        Self { agency, checked, print: has("in"), told: Told::of(&pairs) }
    }
}

/// `GET /thu-tuc/{code}`.
pub(super) async fn show(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    pages: web::Data<KeptPages>,
    code: web::Path<String>,
) -> HttpResponse {
    let world = site.office.world();
    let Some(procedure) = world.procedure(&ProcedureCode::new(code.into_inner())) else {
        return missing(&site, &visitor, words::NO_PROCEDURE.say(visitor.lang));
    };
    let asked =
        Asked { site: &site, visitor: &visitor, request: &request, pages: &pages, commit: None };
    let result = shared(&asked, |reply| {
        let lang = visitor.lang;
        let wanted = Wanted::of(request.query_string());
        let base = address::public(&site.office, &request);
        let field = format!("/thu-tuc?linh_vuc={}", percent(&procedure.field));
        let above = [
            Crumb { href: "/thu-tuc", label: shell_words::PROCEDURES.say(lang) },
            Crumb { href: &field, label: &procedure.field },
        ];
        let page = Page {
            title: &procedure.name,
            above: &above,
            wide: !wanted.print,
            indexed: request.query_string().is_empty(),
            ..Page::default()
        };
        let view = View { site: &site, world: &world, procedure, wanted: &wanted, lang };
        Ok(reply(&page, &content(&view, &base)))
    });
    settle(&site, &visitor, result)
}

/// What the page is about.
struct View<'a> {
    site: &'a Site,
    world: &'a World,
    procedure: &'a Procedure,
    wanted: &'a Wanted,
    lang: Lang,
}

fn content(view: &View<'_>, base: &str) -> Markup {
    let View { site, world, procedure, wanted, lang } = *view;
    let today = site.office.today();
    let box_ = facts_box(view, base);
    let sections = html! {
        (bring::papers(world, procedure, wanted, lang))
        (ways(procedure, lang))
        (places::takers(world, procedure, (local(site.office.now()), &wanted.agency), lang))
        (followers(world, procedure, lang))
        (steps(procedure, lang))
        (results(procedure, lang))
        (text_section(words::CONDITIONS.say(lang), &procedure.requirements))
        (basis(procedure, lang))
    };
    html! {
        (places::notice(world, procedure, today, lang))
        h1 { (procedure.name) }
        p.muted { (words::CODE_IS.fill(lang, &[("code", procedure.code.as_str())])) }
        @if wanted.print { (box_) (sections) }
        @else { (side_right(&box_, &sections)) }
    }
}

fn facts_box(view: &View<'_>, base: &str) -> Markup {
    let View { site, world, procedure, lang, .. } = *view;
    let today = site.office.today();
    let takers = world.takers(procedure, today);
    panel(
        "",
        &html! {
            (who_and_what(procedure, lang))
            (time_and_money(world, procedure, lang))
            (fee_rules(world, procedure, lang))
            @if world.is_in_force(&procedure.code, today) {
                dl.key-facts {
                    div {
                        dt { (words::WHERE.say(lang)) }
                        @for agency in &takers { dd { (agency.one_stop) } }
                        @if takers.is_empty() { dd.muted { (words::NOWHERE.say(lang)) } }
                    }
                }
            }
            (ways_on(view, base))
        },
    )
}

fn who_and_what(procedure: &Procedure, lang: Lang) -> Markup {
    let always = procedure.components.iter().filter(|c| c.mandatory).count();
    html! {
        dl.key-facts {
            div {
                dt { (words::WHO_MAY.say(lang)) }
                dd {
                    @if procedure.subjects.is_empty() { (words::ANYBODY.say(lang)) }
                    @else { (procedure.subjects.join(", ")) }
                }
            }
            div {
                dt { (words::BRING.say(lang)) }
                dd {
                    a href="#giay-to" {
                        @match always {
                            0 => (words::BRING_BY_CASE.say(lang)),
                            1 => (words::BRING_ONE.say(lang)),
                            n => (words::BRING_MANY.fill(lang, &[("n", &n.to_string())])),
                        }
                    }
                }
            }
        }
    }
}

fn time_and_money(world: &World, procedure: &Procedure, lang: Lang) -> Markup {
    // The rules say below how it is computed: once is enough.
    let has_rules = has_fee_rules(world, procedure);
    let ways = &procedure.submission;
    let said: Vec<(String, String, String)> = ways
        .iter()
        .map(|way| {
            let details = if has_rules { String::new() } else { facts::fee_details(way, lang) };
            (facts::duration(way, lang), facts::fee(way, lang), details)
        })
        .collect();
    let said: Vec<ChannelFacts<'_>> = ways
        .iter()
        .zip(&said)
        .map(|(way, (duration, fee, tiers))| ChannelFacts {
            channel: facts::channel(way.channel, lang),
            duration,
            fee,
            tiers,
        })
        .collect();
    duration_and_fees(lang, &said)
}

/// Whether more is known of the fees than the catalogue's figures.
fn has_fee_rules(world: &World, procedure: &Procedure) -> bool {
    let (schedule, origin) = world.inherited_fees(&procedure.code);
    origin != Origin::Published && !schedule.rules.is_empty()
}

/// The fee rules, where more is known than the catalogue's figures: prices, exemptions, sources.
fn fee_rules(world: &World, procedure: &Procedure, lang: Lang) -> Markup {
    if !has_fee_rules(world, procedure) {
        return html! {};
    }
    let (schedule, _) = world.inherited_fees(&procedure.code);
    html! {
        details {
            summary { (fee_words::FEES.say(lang)) ": " (fee_words::HOW_COMPUTED.say(lang)) }
            ul {
                @for rule in &schedule.rules {
                    li {
                        strong { (rule.name) } ": " (crate::domain::fee::words::rule(rule, lang))
                        br; span.muted { (rule.source) }
                    }
                }
                @for known in &schedule.exemptions {
                    li {
                        (fee_words::EXEMPTION_PART.fill(lang, &[
                            ("name", &known.name), ("percent", &known.percent.to_string()),
                        ]))
                        br; span.muted { (known.source) }
                    }
                }
            }
        }
    }
}

/// The one button; on paper the address with its QR code.
fn ways_on(view: &View<'_>, base: &str) -> Markup {
    let View { site, world, procedure, wanted, lang } = *view;
    let code = &procedure.code;
    let address = format!("{base}/thu-tuc/{code}");
    html! {
        @if wanted.print {
            @if let Some(drawing) = qr_code(&address, &address) { (drawing) }
            p.digest { (address) }
        } @else {
            @match facts::filed_online(site, procedure) {
                Ok(()) => (online(view)),
                Err(instead) => p.notice { (instead.say(lang)) },
            }
            ul.links {
                @let only = match wanted.agency.as_str() {
                    "" => String::new(),
                    agency => format!("?co_quan={}", percent(agency)),
                };
                li {
                    a href={ "/thu-tuc/" (code) "/huong-dan.pdf" (only) } {
                        (words::PRINT_GUIDE_PDF.say(lang))
                    }
                }
                li {
                    a href={ "/thu-tuc/" (code) "?in=1" (wanted.told.query()) } {
                        (words::PRINT_GUIDE.say(lang))
                    }
                }
                @if world.form(code, None).is_some() {
                    li {
                        a href={ "/thu-tuc/" (code) "/to-khai.pdf" } {
                            (words::PRINT_FORM.say(lang))
                        }
                    }
                }
            }
        }
    }
}

/// The button that files: here, or where the national portal is the entrance of every agency, there.
fn online(view: &View<'_>) -> Markup {
    let View { site, world, procedure, wanted, lang } = *view;
    let (code, today, agency) = (&procedure.code, site.office.today(), wanted.agency.as_str());
    let there = world.national_takers(procedure, today);
    let here = world.own_takers(procedure, today);
    if here.is_empty() && there.is_empty() {
        return html! { p.notice { (words::NOWHERE.say(lang)) } };
    }
    let names: Vec<&str> = there.iter().map(|agency| agency.name.as_str()).collect();
    let entrance = world.connections().entrance_of(code);
    html! {
        @if here.is_empty() && !there.is_empty() {
            a.button href=(entrance) rel="noopener external" {
                (linking::FILE_NATIONAL.say(lang))
            }
            p.hint { (linking::FILE_NATIONAL_HINT.say(lang)) }
        } @else {
            (button_link(&filing::begin_asking(world, code, agency), &Button {
                label: words::APPLY.say(lang), ..Button::default()
            }))
            @if world.guide_of(code).is_some() {
                p { a href=(guiding::address(code, agency)) { (words::RIGHT_ONE.say(lang)) } }
            }
            @if !there.is_empty() {
                p.hint {
                    a href=(entrance) rel="noopener external" {
                        (linking::SOME_NATIONAL.fill(lang, &[("agencies", &names.join(", "))]))
                    }
                }
            }
        }
    }
}

/// What follows a procedure in other agencies.
fn followers(world: &World, procedure: &Procedure, lang: Lang) -> Markup {
    // What the catalogue does not know has no name to be told.
    let followers = world.followers(&procedure.code).iter();
    let known =
        followers.filter_map(|one| world.procedure(&one.procedure).map(|known| (one, known)));
    let known: Vec<_> = known.collect();
    html! {
        @if !known.is_empty() {
            section {
                h2 { (linking::FOLLOW_TITLE.say(lang)) }
                p { (linking::FOLLOW_ABOUT.say(lang)) }
                ol {
                    @for (follower, known) in &known {
                        li {
                            a href={ "/thu-tuc/" (known.code) } { (known.name) }
                            ", " (follower.opens.name().say(lang))
                            @if let Some(way) = known.way(Channel::Counter) {
                                ". " (linking::FOLLOW_FEE.fill(lang, &[("fee", &facts::fee(way, lang))]))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How many of a paper, in words: "1 bản chính, 2 bản sao".
pub(super) fn counts(component: &Component, lang: Lang) -> String {
    let mut parts = Vec::new();
    if component.originals > 0 {
        let message =
            if component.originals == 1 { words::ORIGINALS } else { words::ORIGINALS_MANY };
        parts.push(message.fill(lang, &[("n", &component.originals.to_string())]));
    }
    if component.copies > 0 {
        let message = if component.copies == 1 { words::COPIES } else { words::COPIES_MANY };
        parts.push(message.fill(lang, &[("n", &component.copies.to_string())]));
    }
    if parts.is_empty() { words::TO_SHOW.say(lang).to_owned() } else { parts.join(", ") }
}

fn ways(procedure: &Procedure, lang: Lang) -> Markup {
    html! {
        @if !procedure.submission.is_empty() {
            section {
                h2 { (words::HOW_TO_FILE.say(lang)) }
                dl.summary {
                    @for way in &procedure.submission {
                        div {
                            dt { (facts::channel(way.channel, lang)) }
                            dd { (facts::duration(way, lang)) " · " (facts::fee(way, lang)) }
                        }
                    }
                }
            }
        }
    }
}

fn steps(procedure: &Procedure, lang: Lang) -> Markup {
    let lines: Vec<&str> =
        procedure.steps.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let numbered: Vec<&str> = lines.iter().filter_map(|line| without_number(line)).collect();
    html! {
        @if !lines.is_empty() {
            section {
                h2 { (words::STEPS.say(lang)) }
                @if numbered.len() == lines.len() {
                    ol { @for line in &numbered { li { (line) } } }
                } @else {
                    @for line in &lines { p.as-typed { (line) } }
                }
            }
        }
    }
}

/// The words of a step without "Bước 1:" before them.
fn without_number(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("Bước ").or_else(|| line.strip_prefix("Bước\u{a0}"))?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    Some(rest.strip_prefix(':').or_else(|| rest.strip_prefix('.'))?.trim())
}

fn results(procedure: &Procedure, lang: Lang) -> Markup {
    html! {
        @if !procedure.results.is_empty() {
            section {
                h2 { (words::RESULTS.say(lang)) }
                ul { @for result in &procedure.results { li { (result.name) } } }
            }
        }
    }
}

fn text_section(heading: &str, text: &str) -> Markup {
    html! {
        @if !text.trim().is_empty() {
            section { h2 { (heading) } p.as-typed { (text.trim()) } }
        }
    }
}

fn basis(procedure: &Procedure, lang: Lang) -> Markup {
    html! {
        @if !procedure.legal_basis.is_empty() || !procedure.decision.is_empty() {
            section {
                h2 { (words::LEGAL_BASIS.say(lang)) }
                ul {
                    @for source in &procedure.legal_basis { li { (source) } }
                    @if !procedure.decision.is_empty() {
                        li { (words::PUBLISHED_BY.fill(lang, &[("decision", &procedure.decision)])) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, without_number};

    #[test]
    fn a_step_loses_its_own_number_only() {
        assert_eq!(without_number("Bước 1: Nộp hồ sơ"), Some("Nộp hồ sơ"));
        assert_eq!(without_number("Bước 12. Nhận"), Some("Nhận"));
        assert_eq!(without_number("Nộp hồ sơ"), None);
        assert_eq!(without_number("Bước đầu"), None);
    }

    #[test]
    fn the_check_knows_which_papers_are_there() {
        let wanted = Wanted::of("co0=tp1&co1=tp2&kiem_tra=1");
        assert_eq!(wanted.checked, Some(vec!["tp1".to_owned(), "tp2".to_owned()]));
        assert!(Wanted::of("").checked.is_none() && Wanted::of("in=1").print);
    }
}
