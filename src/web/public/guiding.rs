//! `/thu-tuc/{code}/co-dung-khong`: a few questions before filing, a page each. The answers so far lie in
//! the address, so that every one of them can be changed.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::filing;
use super::page::{Page, answer, missing};
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::guidance::{Asked, Guide, Leads, Now, Standing};
use crate::domain::ids::ProcedureCode;
use crate::domain::words::{Lang, Text};
use crate::office::world::World;
use crate::web::Site;
use crate::web::address::percent;
use crate::web::components::{
    BannerKind, Button, Choice, Crumb, Field, Form, Method, SummaryRow, banner, button,
    button_link, button_row, form, radios, summary_list,
};
use crate::web::public::{facts, places};
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::{public as words, public_filing, shell as shell_words};

/// What the address carries.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// The places of the answers so far: `0.2.1`.
    da: String,
    /// The place of the answer to the question shown.
    chon: Option<usize>,
    /// The question was sent.
    tiep: String,
    /// The agency that was chosen on the pages before.
    co_quan: String,
}

/// Where the questions of a procedure are, with the agency that was chosen, if one was.
pub(super) fn address(procedure: &ProcedureCode, agency: &str) -> String {
    let here = format!("/thu-tuc/{procedure}/co-dung-khong");
    match agency {
        "" => here,
        agency => format!("{here}?co_quan={}", percent(agency)),
    }
}

/// `GET /thu-tuc/{code}/co-dung-khong`.
pub(super) async fn show(
    site: web::Data<Site>,
    visitor: Visitor,
    code: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let (world, lang) = (site.office.world(), visitor.lang);
    let code = ProcedureCode::new(code.into_inner());
    let found = world.procedure(&code).zip(world.guide_of(&code));
    let Some((procedure, guide)) = found else {
        return missing(&site, &visitor, words::NO_PROCEDURE.say(lang));
    };
    let mut answers: Vec<usize> = wanted.da.split('.').filter_map(|n| n.parse().ok()).collect();
    if let Some(chosen) = wanted.chon {
        answers.push(chosen);
        return see_other(&with_answers(&code, &answers, &wanted.co_quan));
    }
    let Some(standing) = guide.walk(&answers) else {
        return missing(&site, &visitor, words::NO_PROCEDURE.say(lang));
    };
    let (answers, agency) = (answers.as_slice(), wanted.co_quan.as_str());
    let here = Here { site: &site, world: &world, procedure, guide, answers, agency, lang };
    let main = here.content(&standing, !wanted.tiep.is_empty());
    let href = format!("/thu-tuc/{code}");
    let above = [
        Crumb { href: "/thu-tuc", label: shell_words::PROCEDURES.say(lang) },
        Crumb { href: &href, label: &procedure.name },
    ];
    let page = Page {
        title: words::RIGHT_ONE.say(lang),
        above: &above,
        refused: !wanted.tiep.is_empty(),
        ..Page::default()
    };
    answer(&site, &visitor, StatusCode::OK, &page, &main)
}

fn with_answers(code: &ProcedureCode, answers: &[usize], agency: &str) -> String {
    let (here, places) = (address(code, agency), in_address(answers));
    match (places.is_empty(), agency.is_empty()) {
        (true, _) => here,
        (false, true) => format!("{here}?da={places}"),
        (false, false) => format!("{here}&da={places}"),
    }
}

/// The places of answers as an address has them.
fn in_address(answers: &[usize]) -> String {
    let places: Vec<String> = answers.iter().map(usize::to_string).collect();
    places.join(".")
}

struct Here<'a> {
    site: &'a Site,
    world: &'a World,
    procedure: &'a Procedure,
    guide: &'a Guide,
    answers: &'a [usize],
    agency: &'a str,
    lang: Lang,
}

impl Here<'_> {
    fn content(&self, standing: &Standing<'_>, is_sent: bool) -> Markup {
        let lang = self.lang;
        let code = &self.procedure.code;
        let changes: Vec<String> = (0..standing.answered.len())
            .map(|place| with_answers(code, &self.answers[..place], self.agency))
            .collect();
        let rows: Vec<SummaryRow<'_>> = standing
            .answered
            .iter()
            .zip(&changes)
            .map(|((asked, reply), change)| SummaryRow {
                change,
                ..SummaryRow::text(asked.text.say(lang), reply.text.say(lang))
            })
            .collect();
        html! {
            h1 { (words::RIGHT_ONE.say(lang)) }
            p.muted { (self.guide.title.say(lang)) }
            @match standing.now {
                Now::Ask(asked) => (self.question(asked, standing.answered.len(), is_sent)),
                Now::End(leads) => (self.end(leads)),
            }
            @if !rows.is_empty() {
                h2 { (words::RIGHT_ONE_SO_FAR.say(lang)) }
                (summary_list(lang, &rows))
            }
        }
    }

    fn question(&self, asked: &Asked, known: usize, is_sent: bool) -> Markup {
        let lang = self.lang;
        let code = &self.procedure.code;
        let values: Vec<String> = (0..asked.answers.len()).map(|n| n.to_string()).collect();
        let choices: Vec<Choice<'_>> = asked
            .answers
            .iter()
            .zip(&values)
            .map(|(reply, value)| Choice {
                value,
                label: reply.text.say(lang),
                ..Choice::default()
            })
            .collect();
        let action = address(code, "");
        let about = Form { action: &action, method: Method::Get, ..Form::default() };
        let error = if is_sent { words::RIGHT_ONE_CHOOSE.say(lang) } else { "" };
        html! {
            (form(lang, &about, &html! {
                input type="hidden" name="da" value=(in_address(&self.answers[..known]));
                @if !self.agency.is_empty() {
                    input type="hidden" name="co_quan" value=(self.agency);
                }
                (radios(lang, &Field {
                    name: "chon", label: asked.text.say(lang), error, ..Field::default()
                }, &choices))
                (button_row(&html! {
                    (button(&Button {
                        label: public_filing::CONTINUE.say(lang),
                        name: "tiep",
                        value: "1",
                        ..Button::default()
                    }))
                    @if facts::filed_here(self.site, self.procedure).is_ok() {
                        a href=(filing::begin_at(code, self.agency)) {
                            (words::RIGHT_ONE_SKIP.say(lang))
                        }
                    }
                }))
            }))
        }
    }

    fn end(&self, leads: &Leads) -> Markup {
        let lang = self.lang;
        let day = self.site.office.today();
        // What has ended since leads to what took its place.
        let now = |code: &ProcedureCode| match self.world.is_in_force(code, day) {
            true => code.clone(),
            false => {
                let heirs = self.world.heirs(code, day);
                heirs.first().map_or_else(|| code.clone(), |heir| heir.code.clone())
            }
        };
        match leads {
            Leads::Question(_) => html! {},
            Leads::Elsewhere(text) => html! {
                h2 { (words::RIGHT_ONE_ELSEWHERE.say(lang)) }
                p { (text.say(lang)) }
            },
            Leads::Procedure(code, why) if now(code) == self.procedure.code => html! {
                (banner(lang, BannerKind::Done, &html! { (words::RIGHT_ONE_YES.say(lang)) }))
                p { (why.say(lang)) }
                (self.ways_on(self.procedure))
            },
            Leads::Procedure(code, why) => self.sibling(&now(code), why),
        }
    }

    /// Another procedure: here, or where it is settled.
    fn sibling(&self, code: &ProcedureCode, why: &Text) -> Markup {
        let lang = self.lang;
        let known = self.world.procedure(code);
        html! {
            h2 { (words::RIGHT_ONE_OTHER.say(lang)) }
            @if let Some(known) = known {
                p { strong { (known.name) } " " span.code { (known.code) } }
                (places::notice(self.world, known, self.site.office.today(), lang))
            }
            p { (why.say(lang)) }
            @match known {
                Some(known) if !self.world.takers(known, self.site.office.today()).is_empty() => (self.ways_on(known)),
                Some(known) => p {
                    (words::RIGHT_ONE_NOT_HERE.say(lang)) " " (known.agency)
                },
                None => p { (words::RIGHT_ONE_UNKNOWN.fill(lang, &[("code", code.as_str())])) },
            }
        }
    }

    fn ways_on(&self, procedure: &Procedure) -> Markup {
        let lang = self.lang;
        let page = format!("/thu-tuc/{}", procedure.code);
        let file = filing::begin_at(&procedure.code, self.agency);
        let is_online = facts::filed_here(self.site, procedure).is_ok();
        button_row(&html! {
            @if is_online {
                (button_link(&file, &Button { label: words::APPLY.say(lang), ..Button::default() }))
            }
            (button_link(&page, &Button {
                label: words::RIGHT_ONE_SEE.say(lang), secondary: is_online, ..Button::default()
            }))
        })
    }
}
