//! Which pages are measured.

use super::BenchError;
use crate::office::Office;
use crate::store::tables::CODES;

/// The pages: a dossier's public status, and a procedure.
///
/// # Errors
/// The instance has no dossier or no procedure.
pub fn paths(office: &Office) -> Result<Vec<(&'static str, String)>, BenchError> {
    let reader = office.ledger().reader()?;
    let first = reader.scan(CODES, &[], None, 1).map_err(crate::office::Failure::from)?;
    let code = first.first().and_then(|(key, _)| String::from_utf8(key[1..].to_vec()).ok());
    let world = office.world();
    let procedure = world.procedures().next().map(|procedure| procedure.code.to_string());
    match (code, procedure) {
        (Some(code), Some(procedure)) => Ok(vec![
            ("tracking", format!("/tra-cuu/{code}")),
            ("procedure", format!("/thu-tuc/{procedure}")),
        ]),
        _ => Err(BenchError::Wrong("seed some dossiers first".to_owned())),
    }
}
