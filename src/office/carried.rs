//! What an export carries of a procedure beside the catalogue's facts: when it is in force, and what
//! agencies say of it. Read back, it is compared and checked like the rest.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::calendars::wire::{week, week_json};
use super::catalogue::words;
use super::shape;
use super::world::World;
use crate::domain::calendar::words::date_short;
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::offer::{Offer, OfferState};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::validity::Validity;
use crate::domain::words::{Lang, Text};

/// The keys of a JSON line that are not the catalogue's facts.
pub const KEYS: [&str; 2] = [IN_FORCE, OFFERS];
const IN_FORCE: &str = "in_force";
const OFFERS: &str = "offers";

/// When a procedure is in force.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ValidityWire {
    #[serde(default)]
    from: Option<Date>,
    #[serde(default)]
    ends: Option<Date>,
    #[serde(default)]
    decision: String,
    #[serde(default)]
    successors: Vec<String>,
}

/// What an agency says of a procedure.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfferWire {
    agency: String,
    state: String,
    #[serde(default)]
    since: Option<Date>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    instead: Option<String>,
    #[serde(default)]
    guidance: String,
    #[serde(default)]
    counter: String,
    #[serde(default)]
    sessions: Value,
    #[serde(default)]
    hours: String,
    #[serde(default)]
    phone: String,
}

/// What a line carries; nothing of it means that it stays as it is here.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Carried {
    pub validity: Option<Validity>,
    pub offers: BTreeMap<AgencyCode, Offer>,
}

impl Carried {
    /// Reads what a line carries.
    ///
    /// # Errors
    /// The place that cannot be read, such as `offers[1].state`.
    pub fn read(mut said: Map<String, Value>) -> Result<Self, Refusal> {
        let mut carried = Self::default();
        if let Some(value) = said.remove(IN_FORCE) {
            let wire: ValidityWire = from_value(value, IN_FORCE)?;
            carried.validity = Some(Validity {
                from: wire.from,
                ends: wire.ends,
                decision: wire.decision,
                successors: wire.successors.into_iter().map(ProcedureCode::new).collect(),
            });
        }
        let offers: Vec<OfferWire> = match said.remove(OFFERS) {
            Some(value) => from_value(value, OFFERS)?,
            None => Vec::new(),
        };
        for (place, wire) in offers.into_iter().enumerate() {
            let at = format!("{OFFERS}[{place}]");
            let unknown = || Refusal::field(format!("{at}.state"), words::STATE_UNKNOWN);
            let state = OfferState::from_id(&wire.state).ok_or_else(unknown)?;
            let sessions = match &wire.sessions {
                Value::Null => Ok(Default::default()),
                said => week(said, &format!("{at}.sessions")),
            };
            let offer = Offer {
                state,
                since: wire.since,
                reason: wire.reason,
                instead: wire.instead.map(AgencyCode::new),
                guidance: wire.guidance,
                counter: wire.counter,
                sessions: sessions?,
                hours: wire.hours,
                phone: wire.phone,
            };
            offer.check().map_err(|refusal| below(&at, refusal))?;
            carried.offers.insert(AgencyCode::new(wire.agency), offer);
        }
        Ok(carried)
    }

    /// What differs from what is here, in words; what does not is taken out. Agencies that are not here
    /// are left out and named among the remarks.
    pub fn differs(
        &mut self,
        code: &ProcedureCode,
        world: &World,
        remarks: &mut Vec<Text>,
    ) -> Vec<Text> {
        let mut said = Vec::new();
        let here = world.validity(code).cloned().unwrap_or_default();
        match self.validity.take().filter(|wanted| *wanted != here) {
            None => {}
            Some(wanted) => {
                let (old, new) = (in_force_said(&here), in_force_said(&wanted));
                said.push(words::IN_FORCE_CHANGED.text_of(&[("old", &old), ("new", &new)]));
                self.validity = Some(wanted);
            }
        }
        self.offers.retain(|agency, wanted| {
            let Some(known) = world.agency(agency) else {
                remarks.push(words::AGENCY_NOT_HERE.text(&[("agency", agency.as_str())]));
                return false;
            };
            let differs = world.offer(agency, code).cloned().unwrap_or_default() != *wanted;
            if differs {
                said.push(words::OFFER_CHANGED.text(&[("agency", &known.name)]));
            }
            differs
        });
        said
    }
}

/// Why a time in force cannot be, with the procedures of a file beside those that are here.
pub(super) fn check_in_force(
    code: &ProcedureCode,
    wanted: &BTreeMap<ProcedureCode, Carried>,
    named: &BTreeSet<ProcedureCode>,
    world: &World,
) -> Result<(), Refusal> {
    let Some(validity) = wanted.get(code).and_then(|carried| carried.validity.as_ref()) else {
        return Ok(());
    };
    let after = |code: &ProcedureCode| -> Vec<ProcedureCode> {
        let carried = wanted.get(code).and_then(|carried| carried.validity.as_ref());
        carried.or_else(|| world.validity(code)).map(|v| v.successors.clone()).unwrap_or_default()
    };
    let (mut open, mut seen) = (validity.successors.clone(), BTreeSet::new());
    while let Some(next) = open.pop() {
        if next == *code {
            return Err(Refusal::field("in_force.successors", words::IN_FORCE_CIRCLE));
        }
        if world.procedure(&next).is_none() && !named.contains(&next) {
            let text = words::SUCCESSOR_UNKNOWN.text(&[("procedure", next.as_str())]);
            return Err(Refusal::field("in_force.successors", text));
        }
        if seen.insert(next.clone()) {
            open.extend(after(&next));
        }
    }
    let alone = Validity { successors: Vec::new(), ..validity.clone() };
    alone.check(code, world).map_err(|refusal| below(IN_FORCE, refusal))
}

fn from_value<T: serde::de::DeserializeOwned>(value: Value, at: &str) -> Result<T, Refusal> {
    serde_path_to_error::deserialize(value).map_err(|error| below(at, shape::refused(&error)))
}

/// A refusal whose places lie below another one.
fn below(at: &str, refusal: Refusal) -> Refusal {
    let place = |field: &str| match field {
        "" => at.to_owned(),
        list if list.starts_with('[') => format!("{at}{list}"),
        field => format!("{at}.{field}"),
    };
    let fields = refusal.fields.iter();
    let fields = fields.map(|e| FieldError { field: place(&e.field), text: e.text.clone() });
    Refusal { fields: fields.collect(), ..refusal.clone() }
}

fn in_force_said(validity: &Validity) -> Text {
    let say = |lang: Lang| {
        let day =
            |day: Option<Date>| day.map_or_else(|| words::NOTHING.say(lang).to_owned(), date_short);
        let successors: Vec<&str> = validity.successors.iter().map(ProcedureCode::as_str).collect();
        let values = [
            ("from", day(validity.from)),
            ("ends", day(validity.ends)),
            (
                "successors",
                match successors.is_empty() {
                    true => words::NOTHING.say(lang).to_owned(),
                    false => successors.join(", "),
                },
            ),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        words::IN_FORCE_SAID.fill(lang, &values)
    };
    Text { vi: say(Lang::Vi), en: say(Lang::En) }
}

impl World {
    /// Exported JSON lines with what each procedure carries beside.
    pub(super) fn with_carried(&self, lines: Vec<u8>) -> Vec<u8> {
        let text = String::from_utf8(lines).unwrap_or_default();
        let mut out = String::with_capacity(text.len());
        for line in text.lines() {
            match self.carried_line(line) {
                Some(carried) => out.push_str(&carried),
                None => out.push_str(line),
            }
            out.push('\n');
        }
        out.into_bytes()
    }

    /// A line with what its procedure carries; none where that is nothing.
    fn carried_line(&self, line: &str) -> Option<String> {
        let Ok(Value::Object(mut object)) = serde_json::from_str(line) else { return None };
        let code = ProcedureCode::new(object.get("code")?.as_str()?.trim());
        let validity = self.validity(&code).map(|validity| ValidityWire {
            from: validity.from,
            ends: validity.ends,
            decision: validity.decision.clone(),
            successors: validity.successors.iter().map(ToString::to_string).collect(),
        });
        let offers: Vec<OfferWire> = self
            .agencies()
            .filter_map(|agency| Some(wire(&agency.code, self.offer(&agency.code, &code)?)))
            .collect();
        if validity.is_none() && offers.is_empty() {
            return None;
        }
        if let Some(validity) = validity {
            object.insert(IN_FORCE.to_owned(), serde_json::to_value(validity).ok()?);
        }
        if !offers.is_empty() {
            object.insert(OFFERS.to_owned(), serde_json::to_value(offers).ok()?);
        }
        Some(Value::Object(object).to_string())
    }
}

fn wire(agency: &AgencyCode, offer: &Offer) -> OfferWire {
    OfferWire {
        agency: agency.to_string(),
        state: offer.state.id().to_owned(),
        since: offer.since,
        reason: offer.reason.clone(),
        instead: offer.instead.as_ref().map(ToString::to_string),
        guidance: offer.guidance.clone(),
        counter: offer.counter.clone(),
        sessions: week_json(&offer.sessions),
        hours: offer.hours.clone(),
        phone: offer.phone.clone(),
    }
}
