//! What the check of a paper found, for the command line.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use super::operations::Done;
use crate::documents::seal::{Checked, PaperSeen, PublicKey, Verdict, check};
use crate::domain::calendar::written;
use crate::domain::ids::DossierCode;
use crate::office::{Failure, Office};

/// Checks a paper where there is no data folder, with keys that somebody brought.
pub fn check_with(bytes: &[u8], keys: &[PublicKey]) -> Value {
    told(&check(bytes, keys))
}

/// The keys that check papers, as PEM.
pub(super) fn export_keys(office: &Office) -> Done {
    let known = office.paper_keys();
    let ids: Vec<String> = known.iter().map(|key| key.public.id().to_string()).collect();
    let attached = office.paper_keys_pem().into_bytes();
    Done { value: json!({ "keys": ids }), attached }
}

/// The keys that check papers, the one that signs first.
pub(super) fn list_keys(office: &Office) -> Value {
    let known = office.paper_keys().into_iter().enumerate();
    let told = known.map(|(place, key)| {
        json!({
            "key": key.public.id().to_string(),
            "since": written(key.since),
            "signs": place == 0,
        })
    });
    told.collect::<Vec<_>>().into()
}

/// Signs papers with a new key from now on; the keys as [`list_keys`] tells them.
pub(super) fn change_key(office: &Office) -> Result<Value, Failure> {
    office.change_paper_key()?;
    Ok(list_keys(office))
}

/// What was found, for people and programs.
pub(super) fn told(checked: &Checked) -> Value {
    json!({
        "verdict": checked.verdict.id(),
        "genuine": checked.verdict == Verdict::Genuine,
        "reasons": checked.reasons.iter().map(|reason| &reason.en).collect::<Vec<_>>(),
        "whole_file": checked.is_file,
        "key": checked.key.map(|key| key.to_string()),
        "papers": checked.papers.iter().map(paper).collect::<Vec<_>>(),
    })
}

fn paper(seen: &PaperSeen) -> Value {
    let said = &seen.statement;
    json!({
        "paper": said.deed.id(),
        "agency": said.agency.as_str(),
        "dossier": said.code.as_ref().map(DossierCode::as_str),
        "at": written(said.at),
        "due_at": said.due.map(written),
        "items": said.items,
        "sequence": said.sequence,
        "chain": HEXLOWER.encode(&said.chain),
        "contents_sha256": HEXLOWER.encode(&said.contents),
        "contents": seen.contents,
    })
}
