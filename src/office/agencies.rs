//! The agencies of an instance: written by administration, never removed, since dossiers name them.

use super::settings::{self, AgencyRow};
use super::{Office, words};
use crate::domain::agency::{Agency, Unit};
use crate::domain::ids::UnitCode;
use crate::domain::refusal::Refusal;
use crate::search::analysis;
use crate::store::ledger::Failure;

/// Longest name of an agency, in characters: it stands in the head of every paper.
const MAX_NAME: usize = 200;
/// Longest code of a unit that is made from its name.
const UNIT_CODE: usize = 40;

impl Office {
    /// Writes an agency, new or changed.
    ///
    /// # Errors
    /// The code is malformed, or the store cannot be written.
    pub fn put_agency(&self, agency: &Agency) -> Result<(), Failure> {
        let code = agency.code.as_str();
        let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.';
        if !(1..=30).contains(&code.len()) || !code.chars().all(plain) {
            return Err(Refusal::field("agency", words::AGENCY_WRONG).into());
        }
        if !(1..=MAX_NAME).contains(&agency.name.trim().chars().count()) {
            let text = words::AGENCY_NAME_WRONG.text(&[("max", &MAX_NAME.to_string())]);
            return Err(Refusal::field("agency", text).into());
        }
        let row = AgencyRow::from(agency);
        self.ledger.run_blocking(move |txn| settings::put(txn, &row))?;
        self.refresh_world()
    }
}

/// A code for a unit, from its name: `tu-phap-ho-tich`, with a number when that is taken.
pub fn unit_code(name: &str, taken: &[Unit]) -> UnitCode {
    let plain = analysis::folded(name);
    let words: Vec<String> = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let stem: String = words.join("-").chars().take(UNIT_CODE).collect();
    let stem = if stem.is_empty() { "don-vi".to_owned() } else { stem };
    let is_free = |code: &String| taken.iter().all(|unit| unit.code.as_str() != code);
    let numbered = (2..).map(|n: u32| format!("{stem}-{n}"));
    let mut codes = std::iter::once(stem.clone()).chain(numbered);
    UnitCode::new(codes.find(is_free).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::unit_code;
    use crate::domain::agency::Unit;

    #[test]
    fn a_unit_s_code_is_its_name_and_never_another_s() {
        let unit = |name: &str, taken: &[Unit]| {
            let code = unit_code(name, taken);
            Unit { code, name: name.to_owned() }
        };
        let first = unit("Tư pháp - Hộ tịch", &[]);
        assert_eq!(first.code.as_str(), "tu-phap-ho-tich");
        let second = unit("Tư pháp, Hộ tịch", &[first]);
        assert_eq!(second.code.as_str(), "tu-phap-ho-tich-2");
        assert_eq!(unit("…", &[]).code.as_str(), "don-vi");
    }
}
