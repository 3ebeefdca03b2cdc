//! A dossier with its parts in other agencies (liên thông): filed once, followed as one.

use maud::{Markup, html};

use super::present::View;
use super::story;
use crate::domain::dossier::{Directory, Status};
use crate::domain::ids::AgencyCode;
use crate::office::linking::LinkState;
use crate::office::tracking::TrackedPart;
use crate::web::components::{BannerKind, SummaryRow, banner, status_tag, summary_list};
use crate::web::words::linking as words;

/// The way from a part to the dossier that leads it.
pub(super) fn leader(view: &View<'_>) -> Markup {
    let lang = view.lang;
    html! {
        @if let Some(leader) = &view.dossier.led_by {
            p {
                (words::LED_BY.say(lang)) " "
                a.code href={ "/tra-cuu/" (leader.code) } { (leader.code) }
                ": " (leader.procedure_name)
            }
        }
    }
}

/// The parts that wait for the applicant, whatever the leading dossier says.
pub(super) fn waiting(view: &View<'_>, parts: &[TrackedPart]) -> Markup {
    let lang = view.lang;
    let open = parts.iter().filter_map(|part| part.open.as_ref());
    let waiting: Vec<View<'_>> = open
        .filter(|(dossier, _)| {
            let asks = matches!(
                dossier.status,
                Status::SupplementRequired | Status::PaymentRequired | Status::Finished
            );
            asks || (dossier.unpaid() > 0 && !dossier.status.is_ended())
        })
        .map(|(dossier, history)| View { dossier, history, ..*view })
        .collect();
    html! {
        @if !waiting.is_empty() {
            (banner(lang, BannerKind::Note, &html! {
                @for part in &waiting {
                    p {
                        a.code href={ "/tra-cuu/" (part.dossier.code) } { (part.dossier.code) }
                        " – " (part.dossier.procedure_name)
                    }
                    p { (part.sentence()) }
                    @if let Some(supplement) = &part.dossier.supplement {
                        ul {
                            @for item in &supplement.items {
                                li.as-typed { (story::asked(part, item)) }
                            }
                        }
                    }
                    (part.you())
                }
            }))
        }
    }
}

/// Each part: who has it, how far it is, until when.
pub(super) fn parts(view: &View<'_>, parts: &[TrackedPart]) -> Markup {
    let lang = view.lang;
    let rows: Vec<SummaryRow<'_>> = parts
        .iter()
        .map(|part| SummaryRow {
            label: &part.seen.link.procedure_name,
            value: Some(of_part(view, part)),
            change: "",
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            section {
                h2 { (words::PARTS.say(lang)) }
                p { (words::PARTS_ABOUT.say(lang)) }
                (summary_list(lang, &rows))
            }
        }
    }
}

fn of_part(view: &View<'_>, part: &TrackedPart) -> Markup {
    let lang = view.lang;
    let seen = &part.seen;
    let agency = name(view, &seen.link.agency);
    let open = part.open.as_ref();
    let own = open.map(|(dossier, history)| View { dossier, history, ..*view });
    html! {
        @if let Some(status) = seen.status { (status_tag(lang, status.code())) br; }
        (agency)
        @match (&own, seen.state) {
            (Some(own), _) => {
                br; (own.sentence().trim_end_matches(':'))
                @if seen.state != LinkState::Ended {
                    @for line in own.until() { br; span.muted { (line) } }
                }
                br; a.code href={ "/tra-cuu/" (own.dossier.code) } { (own.dossier.code) }
            },
            (None, LinkState::Dropped) => { br; (words::DROPPED.say(lang)) },
            (None, _) => {
                br;
                (words::OPENS.fill(lang, &[("when", seen.link.opens.name().say(lang))]))
            },
        }
    }
}

fn name(view: &View<'_>, code: &AgencyCode) -> String {
    view.world.agency(code).map_or_else(|| code.to_string(), |agency| agency.name.clone())
}
