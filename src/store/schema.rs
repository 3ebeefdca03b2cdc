//! The format version of a store, and its identity.

use super::codec::wire::Wire;
use super::engine::{Batch, Engine, Fault, FaultKind};
use super::tables::META;

/// The format that this version writes. A store of a later one is refused.
pub const FORMAT: u32 = 3;
/// The first format that it reads; earlier ones were never released.
const FIRST: u32 = 3;

const FORMAT_ROW: &[u8] = b"format";
const STORE_ID_ROW: &[u8] = b"store_id";

/// Writes format and identity into a new store.
///
/// # Errors
/// It cannot be written.
pub fn begin(engine: &dyn Engine, id: [u8; 16]) -> Result<(), Fault> {
    let mut batch = Batch::new();
    batch.put(META, FORMAT_ROW, FORMAT.to_bytes());
    batch.put(META, STORE_ID_ROW, id.to_vec());
    engine.commit(batch)
}

/// The identity of a store whose format this version reads; none when it holds nothing.
///
/// # Errors
/// The store was written by a newer version, is damaged, or cannot be read.
pub fn identity(engine: &dyn Engine) -> Result<Option<[u8; 16]>, Fault> {
    let snapshot = engine.snapshot()?;
    let format = snapshot.get(META, FORMAT_ROW)?;
    let id = snapshot.get(META, STORE_ID_ROW)?;
    let doing = "opening the store";
    let damaged = |what: &str| Fault::new(FaultKind::Damaged, doing, what);
    match (format, id) {
        (Some(format), Some(id)) => {
            let format = u32::from_bytes(&format).map_err(|_| damaged("format version"))?;
            if format > FORMAT {
                let what = format!("its format is {format}, this version reads up to {FORMAT}");
                return Err(Fault::new(FaultKind::NewerVersion, doing, what));
            }
            if format < FIRST {
                let what = format!("its format is {format}, of a version that was not released");
                return Err(Fault::new(FaultKind::OlderVersion, doing, what));
            }
            <[u8; 16]>::from_bytes(&id).map(Some).map_err(|_| damaged("store id"))
        }
        (None, None) => Ok(None),
        _ => Err(damaged("half of its identity is missing")),
    }
}
