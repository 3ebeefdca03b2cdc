//! The key with which an instance signs its papers, and those that it signed with before.

use data_encoding::HEXLOWER;

use super::OpenError;
use super::folder::Folder;
use super::settings::{self, PaperKeyRow};
use crate::documents::seal::{PaperKey, PublicKey};
use crate::env::Env;
use crate::store::keyring::SealKey;
use crate::store::ledger::Ledger;

/// The key that signs, and all that check, the present one first. A folder of a version without
/// signatures gets its key now; a lost one is never replaced in silence.
pub(super) fn keys(
    folder: &Folder,
    ledger: &Ledger,
    env: &Env,
    known: Option<PaperKey>,
    instance: &SealKey,
) -> Result<(PaperKey, Vec<PublicKey>), OpenError> {
    let mut rows = settings::all::<PaperKeyRow>(&ledger.reader()?)?;
    let key = match known {
        Some(key) => key,
        None if rows.is_empty() => folder.make_paper_key(env, instance)?,
        None => return Err(folder.lost_paper_key().into()),
    };
    let public = key.public();
    let id = public.id().to_string();
    if !rows.iter().any(|row| row.id == id) {
        let row = PaperKeyRow {
            id: id.clone(),
            public: HEXLOWER.encode(&public.bytes()),
            since: env.now(),
        };
        let kept = row.clone();
        ledger.run_blocking(move |txn| settings::put(txn, &kept))?;
        rows.push(row);
    }
    rows.sort_by_key(|row| (row.id != id, std::cmp::Reverse(row.since)));
    let public = rows.iter().filter_map(|row| {
        let bytes = HEXLOWER.decode(row.public.as_bytes()).ok()?;
        PublicKey::from_bytes(&bytes.try_into().ok()?)
    });
    Ok((key, public.collect()))
}
