//! What people can take a number for at an agency: set by an administrator, else the usual services.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::settings::{self, Row};
use super::world::World;
use super::{Office, words};
use crate::domain::dossier::Directory;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::ticket::{self, LeadsTo, Offer, Service};
use crate::domain::words::Text;
use crate::store::ledger::Failure;
use crate::store::reader::Reader;

/// The services of an agency, as they are kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct QueueRow {
    agency: String,
    services: Vec<ServiceRow>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct ServiceRow {
    /// The place of its letter.
    index: u8,
    vi: String,
    en: String,
    leads_to: String,
}

impl Row for QueueRow {
    const KIND: &'static str = "queue";
    fn key(&self) -> &str {
        &self.agency
    }
}

/// What agencies set.
pub(super) type QueueServices = HashMap<AgencyCode, Vec<Offer>>;

/// Reads what agencies set.
pub(super) fn read(reader: &Reader) -> Result<QueueServices, Failure> {
    let rows = settings::all::<QueueRow>(reader)?.into_iter();
    Ok(rows.map(|row| (AgencyCode::new(row.agency.clone()), offers(&row))).collect())
}

fn offers(row: &QueueRow) -> Vec<Offer> {
    let offers = row.services.iter().filter_map(|row| {
        Some(Offer {
            service: Service::from_index(row.index)?,
            name: Text { vi: row.vi.clone(), en: row.en.clone() },
            leads_to: LeadsTo::from_id(&row.leads_to).unwrap_or_default(),
        })
    });
    offers.collect()
}

impl World {
    /// What people can take a number for at an agency.
    pub fn queue_services(&self, agency: &AgencyCode) -> Vec<Offer> {
        self.queues.get(agency).cloned().unwrap_or_else(ticket::usual)
    }

    /// Whether an agency set its services itself.
    pub fn has_own_queue_services(&self, agency: &AgencyCode) -> bool {
        self.queues.contains_key(agency)
    }
}

impl Office {
    /// Sets what people can take a number for at an agency; none takes the usual services.
    ///
    /// # Errors
    /// There is no such agency, or something cannot be offered; each place is named.
    pub fn set_queue_services(
        &self,
        agency: &AgencyCode,
        services: Option<Vec<Offer>>,
    ) -> Result<(), Failure> {
        if self.world().agency(agency).is_none() {
            let text = words::AGENCY_UNKNOWN.text(&[("code", agency.as_str())]);
            return Err(Refusal::new(RefusalKind::NotFound, text).into());
        }
        if let Some(services) = &services {
            ticket::check(services)?;
        }
        let row = services.map(|services| QueueRow {
            agency: agency.as_str().to_owned(),
            services: services.iter().map(kept).collect(),
        });
        let agency = agency.as_str().to_owned();
        self.ledger.run_blocking(move |txn| {
            match &row {
                Some(row) => settings::put(txn, row)?,
                None => settings::delete::<QueueRow>(txn, &agency),
            }
            Ok(())
        })?;
        self.refresh_world()
    }
}

fn kept(offer: &Offer) -> ServiceRow {
    ServiceRow {
        index: offer.service.index(),
        vi: offer.name.vi.trim().to_owned(),
        en: offer.name.en.trim().to_owned(),
        leads_to: offer.leads_to.id().to_owned(),
    }
}
