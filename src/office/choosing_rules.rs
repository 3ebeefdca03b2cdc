//! Which rule pack an agency works under.

use super::settings::{self, ChosenPackRow};
use super::{Office, words};
use crate::domain::dossier::Directory;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::ledger::Failure;

impl Office {
    /// Chooses the rule pack of an agency for what it receives from now on; none takes the default.
    ///
    /// # Errors
    /// There is no such agency or pack, or the pack is not in force now.
    pub fn choose_rules(&self, agency: &AgencyCode, pack: Option<&str>) -> Result<(), Failure> {
        let world = self.world();
        if world.agency(agency).is_none() {
            let text = words::AGENCY_UNKNOWN.text(&[("code", agency.as_str())]);
            return Err(Refusal::new(RefusalKind::NotFound, text).into());
        }
        let now = self.now();
        if let Some(id) = pack {
            let known = || world.packs().iter().filter(|known| known.pack == id);
            if known().next().is_none() {
                return Err(Refusal::field("pack", words::PACK_UNKNOWN).into());
            }
            if !known().any(|pack| pack.is_in_force(now)) {
                return Err(Refusal::field("pack", words::PACK_NOT_IN_FORCE).into());
            }
        }
        let row = pack.map(|pack| ChosenPackRow {
            agency: agency.as_str().to_owned(),
            pack: pack.to_owned(),
        });
        let agency = agency.as_str().to_owned();
        self.ledger.run_blocking(move |txn| {
            match &row {
                Some(row) => settings::put(txn, row)?,
                None => settings::delete::<ChosenPackRow>(txn, &agency),
            }
            Ok(())
        })?;
        self.refresh_world()
    }
}
