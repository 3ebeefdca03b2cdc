//! The format version of a store, and its identity.

use super::codec::wire::Wire;
use super::engine::{Batch, Engine, Fault, FaultKind};
use super::tables::META;
use crate::env::Env;

/// The format that this version writes. A store of a later one is refused.
pub const FORMAT: u32 = 1;

const FORMAT_ROW: &[u8] = b"format";
const STORE_ID_ROW: &[u8] = b"store_id";

/// Writes format and identity into a new store, or checks those of an old one.
///
/// # Errors
/// The store was written by a newer version, or cannot be read or written.
pub fn prepare(engine: &dyn Engine, env: &Env) -> Result<[u8; 16], Fault> {
    let snapshot = engine.snapshot()?;
    let format = snapshot.get(META, FORMAT_ROW)?;
    let id = snapshot.get(META, STORE_ID_ROW)?;
    drop(snapshot);
    let doing = "opening the store";
    match (format, id) {
        (Some(format), Some(id)) => {
            let damaged = |what: &str| Fault::new(FaultKind::Damaged, doing, what);
            let format = u32::from_bytes(&format).map_err(|_| damaged("format version"))?;
            if format > FORMAT {
                let what = format!("its format is {format}, this version reads up to {FORMAT}");
                return Err(Fault::new(FaultKind::NewerVersion, doing, what));
            }
            <[u8; 16]>::from_bytes(&id).map_err(|_| damaged("store id"))
        }
        (None, None) => {
            let id: [u8; 16] = env.bytes();
            let mut batch = Batch::new();
            batch.put(META, FORMAT_ROW, FORMAT.to_bytes());
            batch.put(META, STORE_ID_ROW, id.to_vec());
            engine.commit(batch)?;
            Ok(id)
        }
        _ => Err(Fault::new(FaultKind::Damaged, doing, "half of its identity is missing")),
    }
}
