//! What agencies say of procedures: which they take, with what guidance, where and when.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::calendars::wire::{week, week_json};
use super::settings::{self, Row};
use super::world::World;
use super::{Failure, Office, words};
use crate::domain::dossier::{Directory, words as offer_words};
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::offer::{Offer, OfferState, check_offered};
use crate::domain::refusal::Refusal;
use crate::store::reader::Reader;

/// What an agency says of a procedure.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct OfferRow {
    id: String,
    agency: String,
    procedure: String,
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
    /// In the shape of a calendar's week.
    #[serde(default)]
    sessions: Value,
    #[serde(default)]
    hours: String,
    #[serde(default)]
    phone: String,
}

impl Row for OfferRow {
    const KIND: &'static str = "offer";
    fn key(&self) -> &str {
        &self.id
    }
}

/// By agency and procedure.
pub(super) type Offers = BTreeMap<AgencyCode, BTreeMap<ProcedureCode, Offer>>;

pub(super) fn read(reader: &Reader) -> Result<Offers, Failure> {
    let mut offers = Offers::new();
    for row in settings::all::<OfferRow>(reader)? {
        let offer = Offer {
            // What a later version may say is not open here.
            state: OfferState::from_id(&row.state).unwrap_or(OfferState::NotOpen),
            since: row.since,
            reason: row.reason,
            instead: row.instead.map(AgencyCode::new),
            guidance: row.guidance,
            counter: row.counter,
            // As above.
            sessions: week(&row.sessions, "sessions").unwrap_or_default(),
            hours: row.hours,
            phone: row.phone,
        };
        let of_agency = offers.entry(AgencyCode::new(row.agency)).or_default();
        of_agency.insert(ProcedureCode::new(row.procedure), offer);
    }
    Ok(offers)
}

impl World {
    /// What an agency says of procedures, by their codes.
    pub fn offers_of(&self, agency: &AgencyCode) -> impl Iterator<Item = (&ProcedureCode, &Offer)> {
        self.offers.get(agency).into_iter().flatten()
    }

    /// Whether an agency takes a procedure on a day, as far as that is its own choice.
    pub fn offers(&self, agency: &AgencyCode, procedure: &ProcedureCode, day: Date) -> bool {
        self.offer(agency, procedure).is_none_or(|offer| offer.is_open(day))
    }
}

impl Office {
    /// Refuses a procedure that an agency does not take today.
    ///
    /// # Errors
    /// Says since when, why and where it is taken instead.
    pub fn check_taken(
        &self,
        agency: &AgencyCode,
        procedure: &ProcedureCode,
    ) -> Result<(), Refusal> {
        check_offered(agency, procedure, self.today(), self.world().as_ref())
    }

    /// Sets what an agency says of a procedure; one that says nothing takes back what was set.
    ///
    /// # Errors
    /// There is no such agency or procedure, a text is too long, a telephone is none, or what takes it
    /// instead does not.
    pub fn set_offer(
        &self,
        agency: &AgencyCode,
        procedure: &ProcedureCode,
        offer: &Offer,
    ) -> Result<(), Failure> {
        let world = self.world();
        if world.agency(agency).is_none() {
            let text = words::AGENCY_UNKNOWN.text(&[("code", agency.as_str())]);
            return Err(Refusal::field("agency", text).into());
        }
        if world.procedure(procedure).is_none() {
            return Err(Refusal::field("procedure", words::PROCEDURE_UNKNOWN).into());
        }
        offer.check()?;
        let takes = |other: &AgencyCode| {
            let known = world.procedure(procedure).map(|known| world.takers(known, self.today()));
            other != agency && known.is_some_and(|all| all.iter().any(|taker| taker.code == *other))
        };
        if offer.instead.as_ref().is_some_and(|other| !takes(other)) {
            return Err(Refusal::field("instead", offer_words::OFFER_INSTEAD_WRONG).into());
        }
        let is_plain = *offer == Offer::default();
        let row = OfferRow {
            id: format!("{agency}/{procedure}"),
            agency: agency.to_string(),
            procedure: procedure.to_string(),
            state: offer.state.id().to_owned(),
            since: offer.since,
            reason: offer.reason.trim().to_owned(),
            instead: offer.instead.as_ref().map(ToString::to_string),
            guidance: offer.guidance.trim().to_owned(),
            counter: offer.counter.trim().to_owned(),
            sessions: week_json(&offer.sessions),
            hours: offer.hours.trim().to_owned(),
            phone: offer.phone.trim().to_owned(),
        };
        self.ledger.run_blocking(move |txn| {
            match is_plain {
                true => settings::delete::<OfferRow>(txn, &row.id),
                false => settings::put(txn, &row)?,
            }
            Ok(())
        })?;
        self.refresh_world()
    }
}
