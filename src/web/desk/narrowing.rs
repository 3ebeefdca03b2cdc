//! What narrows a list of dossiers: kept in the address, and offered with how many each choice finds
//! when something was searched for.

use jiff::civil::{Date, time};
use maud::{Markup, html};

use super::access::Desk;
use super::dates;
use super::posted::Posted;
use super::say;
use crate::domain::calendar::instant;
use crate::domain::calendar::words::date_short;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Directory, Status};
use crate::domain::ids::ProcedureCode;
use crate::domain::words::Message;
use crate::office::catalogue::wire::{channel, channel_id};
use crate::office::lists::ListQuery;
use crate::office::looking_up::FoundCounts;
use crate::office::world::World;
use crate::web::address::percent_path;
use crate::web::components::{Choice, Field, date_field, select};
use crate::web::words::components::DATE_REAL;
use crate::web::words::desk as words;

/// The filters of a list, as they stand in its address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    field: String,
    status: Option<Status>,
    procedure: String,
    channel: Option<Channel>,
    from: Day,
    to: Day,
}

/// A day as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Day(String);

impl Narrowing {
    /// The filters of an address.
    pub fn of(query: &Posted) -> Self {
        Self {
            field: query.get("linh_vuc").to_owned(),
            status: query.get("tinh_trang").parse().ok().and_then(Status::from_code),
            procedure: query.get("thu_tuc").to_owned(),
            channel: channel(query.get("cach_nop")),
            from: Day(query.get("tu_ngay").to_owned()),
            to: Day(query.get("den_ngay").to_owned()),
        }
    }

    /// Whether nothing is narrowed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The list with these filters too.
    pub fn narrow(&self, list: ListQuery) -> ListQuery {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let start = |date: Date| instant(date.to_datetime(time(0, 0, 0, 0)));
        ListQuery {
            field: some(&self.field).or(list.field),
            status: self.status.or(list.status),
            procedure: some(&self.procedure).or(list.procedure),
            channel: self.channel.or(list.channel),
            received_from: self.from.date().and_then(start).or(list.received_from),
            received_to: self
                .to
                .date()
                .and_then(|date| start(date.tomorrow().ok()?))
                .or(list.received_to),
            ..list
        }
    }

    /// The filters as they follow in an address.
    pub fn parameters(&self) -> String {
        let mut out = String::new();
        for (name, value) in [
            ("linh_vuc", self.field.as_str()),
            ("tinh_trang", &self.status.map(|s| s.code().to_string()).unwrap_or_default()),
            ("thu_tuc", &self.procedure),
            ("cach_nop", self.channel.map_or("", channel_id)),
            ("tu_ngay", &self.from.0),
            ("den_ngay", &self.to.0),
        ] {
            if !value.is_empty() {
                out.push_str(&format!("&{name}={}", percent_path(value)));
            }
        }
        out
    }

    /// What is narrowed in words, each with the filters that are left without it.
    pub fn each(&self, desk: &Desk, world: &World) -> Vec<(String, Self)> {
        let lang = desk.lang();
        let mut each = Vec::new();
        let mut add = |label: String, drop: &dyn Fn(&mut Self)| {
            let mut left = self.clone();
            drop(&mut left);
            each.push((label, left));
        };
        if !self.field.is_empty() {
            add(self.field.clone(), &|left| left.field.clear());
        }
        if let Some(status) = self.status {
            add(status.say(lang).to_owned(), &|left| left.status = None);
        }
        if !self.procedure.is_empty() {
            add(name_of(world, &self.procedure), &|left| left.procedure.clear());
        }
        if let Some(channel) = self.channel {
            add(say::channel(channel).say(lang).to_owned(), &|left| left.channel = None);
        }
        if let Some(date) = self.from.date() {
            let label = words::FROM_DAY.fill(lang, &[("date", &date_short(date))]);
            add(label, &|left| left.from = Day::default());
        }
        if let Some(date) = self.to.date() {
            let label = words::TO_DAY.fill(lang, &[("date", &date_short(date))]);
            add(label, &|left| left.to = Day::default());
        }
        each
    }

    /// The fields in which it is chosen. Of what was found only those choices are offered that find
    /// something.
    pub fn fields(&self, desk: &Desk, world: &World, found: Option<&FoundCounts>) -> Markup {
        let lang = desk.lang();
        let field =
            |name: &str, count| Offered { value: name.to_owned(), label: name.to_owned(), count };
        let fields: Vec<Offered> = match found {
            Some(found) => found.fields.iter().map(|(name, n)| field(name, Some(*n))).collect(),
            None => world.fields().into_iter().map(|name| field(name, None)).collect(),
        };
        let statuses = Status::ALL.into_iter().map(|status| Offered {
            value: status.code().to_string(),
            label: status.say(lang).to_owned(),
            count: found.map(|found| found.statuses.get(&status).copied().unwrap_or_default()),
        });
        let channels = Channel::ALL.into_iter().map(|channel| Offered {
            value: channel_id(channel).to_owned(),
            label: say::channel(channel).say(lang).to_owned(),
            count: found.map(|found| found.channels.get(&channel).copied().unwrap_or_default()),
        });
        let procedures: Vec<Offered> = found.map_or_else(Vec::new, |found| {
            let offered = found.procedures.iter().map(|(code, count)| Offered {
                label: name_of(world, code.as_str()),
                value: code.to_string(),
                count: Some(*count),
            });
            offered.collect()
        });
        let status = self.status.map(|s| s.code().to_string()).unwrap_or_default();
        html! {
            (choose(desk, "linh_vuc", words::FIELD, fields, &self.field))
            (choose(desk, "tinh_trang", words::STATUS, statuses.collect(), &status))
            @if !procedures.is_empty() {
                (choose(desk, "thu_tuc", words::PROCEDURE, procedures, &self.procedure))
            } @else if !self.procedure.is_empty() {
                input type="hidden" name="thu_tuc" value=(self.procedure);
            }
            (choose(
                desk, "cach_nop", words::CHANNEL, channels.collect(),
                self.channel.map_or("", channel_id),
            ))
            (self.from.field(desk, "tu_ngay", words::RECEIVED_FROM))
            (self.to.field(desk, "den_ngay", words::RECEIVED_TO))
        }
    }
}

impl Day {
    fn date(&self) -> Option<Date> {
        dates::date(&self.0)
    }

    fn field(&self, desk: &Desk, name: &str, label: Message) -> Markup {
        let lang = desk.lang();
        let label = label.say(lang);
        let error = match self.0.is_empty() || self.date().is_some() {
            true => String::new(),
            false => DATE_REAL.fill(lang, &[("label", label)]),
        };
        date_field(lang, &Field { name, label, value: &self.0, error: &error, ..Field::default() })
    }
}

/// A choice, and how many it finds.
struct Offered {
    value: String,
    label: String,
    count: Option<u64>,
}

fn choose(desk: &Desk, name: &str, label: Message, offered: Vec<Offered>, chosen: &str) -> Markup {
    let lang = desk.lang();
    let labelled: Vec<(String, String)> = offered
        .into_iter()
        .filter(|one| one.count != Some(0) || one.value == chosen)
        .map(|one| {
            let label = match one.count {
                Some(count) => words::NAMED_COUNT
                    .fill(lang, &[("name", &one.label), ("n", &count.to_string())]),
                None => one.label,
            };
            (one.value, label)
        })
        .collect();
    let choices: Vec<Choice<'_>> = labelled
        .iter()
        .map(|(value, label)| Choice { value, label, chosen: value == chosen, ..Choice::default() })
        .collect();
    select(lang, &Field { name, label: label.say(lang), ..Field::default() }, &choices)
}

/// A procedure's name, or its code when the catalogue does not have it any more.
fn name_of(world: &World, code: &str) -> String {
    let known = world.procedure(&ProcedureCode::new(code));
    known.map_or_else(|| code.to_owned(), |procedure| procedure.name.clone())
}
