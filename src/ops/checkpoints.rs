//! Checkpoints of logs, for the command line.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use super::operations::{Done, NotDone};
use crate::documents::seal::SignedCheckpoint;
use crate::domain::calendar::written;
use crate::domain::ids::AgencyCode;
use crate::office::checkpoints::{file_of, file_stem};
use crate::office::{Caller, Office};

/// The address in a sheet's code when nobody has said under which one the instance is known.
const NOWHERE: &str = "http://localhost";
/// Most checkpoints that a list has.
const LISTED: usize = 1_000;

/// Makes one of an agency, or of every agency that has a log.
pub(super) fn create(office: &Office, agency: Option<&str>) -> Result<Done, NotDone> {
    let agencies = match agency {
        Some(code) => vec![named(office, Some(code))?],
        None => office.ledger().reader()?.logs()?,
    };
    let made = agencies.iter().map(|agency| Ok(told(&office.create_checkpoint(agency)?)));
    Ok(Value::from(made.collect::<Result<Vec<_>, NotDone>>()?).into())
}

/// The checkpoints of an agency, the last one first.
pub(super) fn list(office: &Office, agency: Option<&str>) -> Result<Done, NotDone> {
    let known = office.checkpoints(&named(office, agency)?, None, LISTED)?;
    Ok(Value::from(known.iter().map(told).collect::<Vec<_>>()).into())
}

/// Attaches one as a text, or as a sheet.
pub(super) fn export(
    office: &Office,
    agency: Option<&str>,
    number: Option<u64>,
    pdf: bool,
) -> Result<Done, NotDone> {
    let agency = named(office, agency)?;
    let signed = match number {
        Some(number) => office.checkpoint(&agency, number)?,
        None => office.checkpoints(&agency, None, 1)?.pop().ok_or_else(|| {
            NotDone::Wrong(format!(
                "{agency} has no checkpoint yet; make one with `motcua checkpoint create`"
            ))
        })?,
    };
    let attached = match pdf {
        true => {
            let base = office.public_address().unwrap_or_else(|| NOWHERE.to_owned());
            office.checkpoint_pdf(&signed, &base)?.bytes
        }
        false => file_of(&signed).into_bytes(),
    };
    let mut value = told(&signed);
    value["name"] = json!(format!("{}.{}", file_stem(&signed), if pdf { "pdf" } else { "txt" }));
    Ok(Done { value, attached })
}

fn named(office: &Office, agency: Option<&str>) -> Result<AgencyCode, NotDone> {
    let program = Caller::Program("motcua".to_owned());
    let agency = agency.map(|code| AgencyCode::new(code.trim().to_uppercase()));
    Ok(office.checkpoints_agency(&program, agency.as_ref())?)
}

/// What a checkpoint says, for programs.
fn told(signed: &SignedCheckpoint) -> Value {
    let said = &signed.said;
    json!({
        "agency": said.agency.as_str(),
        "number": said.number,
        "at": written(said.at),
        "seq": said.sequence,
        "hash": HEXLOWER.encode(&said.chain),
        "commit": said.commit,
        "looks": said.looks,
        "looks_hash": HEXLOWER.encode(&said.looks_chain),
        "previous": HEXLOWER.encode(&said.previous),
        "sha256": HEXLOWER.encode(&signed.digest()),
        "key": signed.key.to_string(),
        "text": signed.text(),
    })
}
