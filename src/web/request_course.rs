//! A request about personal data as both sides read it: its number, its dates, what has happened.

use maud::{Markup, html};

use crate::domain::calendar::words::{date_long, instant_short};
use crate::domain::dossier::Directory;
use crate::domain::privacy::request::{Deed, Passage};
use crate::domain::privacy::{Period, Periods, Request};
use crate::domain::refusal::rule_words;
use crate::domain::words::Lang;
use crate::office::world::World;
use crate::web::components::{TimeLineEntry, time_line};
use crate::web::words::data_requests as words;

/// The number as people say it.
pub fn number(request: &Request) -> String {
    format!("YC-{}", request.number)
}

/// A duration in words.
pub fn duration(of: crate::domain::deadline::Duration, lang: Lang) -> String {
    crate::web::public::duration_in_words(Some(of.amount), of.unit, lang)
}

/// The period of a kind in one sentence.
pub fn period(period: &Period, lang: Lang) -> String {
    let alone = duration(period.alone, lang);
    let mut said = match period.with_processor {
        Some(longer) => {
            let longer = duration(longer, lang);
            words::WITH_PROCESSOR.fill(lang, &[("period", &alone), ("longer", &longer)])
        }
        None => alone,
    };
    if let Some(more) = period.extension {
        let more = crate::domain::deadline::Duration::new(more, period.alone.unit);
        said.push_str("; ");
        said.push_str(&words::MAY_EXTEND.fill(lang, &[("more", &duration(more, lang))]));
    }
    said
}

/// For whom a course is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Who asks: told the agency, never an official's name.
    Asker,
    /// Who answers: told the account.
    Desk,
}

/// What has happened, the last step first.
pub fn course(
    request: &Request,
    (periods, world): (&Periods, &World),
    reader: Reader,
    lang: Lang,
) -> Markup {
    let agency = world.agency(&request.agency).map_or("", |agency| agency.name.as_str());
    let lines: Vec<(String, String, &str, &str)> = request
        .details
        .course
        .iter()
        .rev()
        .map(|passage| {
            let by = if passage.deed == Deed::TookBack || passage.by == "applicant" {
                request.details.name.as_str()
            } else if reader == Reader::Desk {
                passage.by.as_str()
            } else {
                agency
            };
            (instant_short(passage.at), said(passage, periods, lang), by, passage.text.as_str())
        })
        .collect();
    let entries: Vec<TimeLineEntry<'_>> = lines
        .iter()
        .map(|(when, what, by, note)| TimeLineEntry {
            when,
            what,
            by,
            note,
            ..TimeLineEntry::default()
        })
        .collect();
    time_line(lang, &entries)
}

fn said(passage: &Passage, periods: &Periods, lang: Lang) -> String {
    let message = match passage.deed {
        Deed::Asked => words::D_ASKED,
        Deed::Told => words::D_TOLD,
        Deed::Extended => words::D_EXTENDED,
        Deed::Granted => words::D_GRANTED,
        Deed::Done => words::D_DONE,
        Deed::TookBack => words::D_TOOK_BACK,
        Deed::Closed => words::D_CLOSED,
        Deed::Refused => {
            let ground = periods.grounds.iter().find(|ground| ground.id == passage.ground);
            let name = ground.map_or(passage.ground.as_str(), |ground| ground.name.say(lang));
            let source = ground.map_or(String::new(), |ground| rule_words(&ground.source, lang));
            return words::D_REFUSED.fill(lang, &[("ground", name), ("source", &source)]);
        }
    };
    message.say(lang).to_owned()
}

/// The date that counts now, in words; none once nothing more is to be done.
pub fn next_date(request: &Request, lang: Lang) -> Option<(&'static str, Markup)> {
    let label = match request.state {
        crate::domain::privacy::request::State::Received => words::ANSWER_BY,
        _ => words::DUE,
    };
    let at = request.next_date()?;
    Some((label.say(lang), html! { (date_long(at, lang)) }))
}
