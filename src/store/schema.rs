//! The format version of a store, and its identity.

use super::codec::wire::Wire;
use super::engine::{Batch, Engine, Fault, FaultKind};
use super::tables::META;

/// The format that this version writes. A store of a later one is refused.
pub const FORMAT: u32 = 6;
/// The first format that it reads, and brings up to its own: 4 added the papers of persons, 5 the second
/// factors of accounts, 6 a key for each file. Earlier ones were never released.
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

/// Brings a store of an earlier format, whose identity was read, up to the present one: what it lacks
/// is empty. An older program, which would take persons' files for nobody's, let accounts in without their
/// second factor and drop the keys of files, refuses it from then on.
///
/// # Errors
/// It cannot be read or written.
pub fn upgrade(engine: &dyn Engine) -> Result<(), Fault> {
    let present = FORMAT.to_bytes();
    if engine.snapshot()?.get(META, FORMAT_ROW)?.as_ref() == Some(&present) {
        return Ok(());
    }
    let mut batch = Batch::new();
    batch.put(META, FORMAT_ROW, present);
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

#[cfg(test)]
mod tests {
    use super::{FORMAT, FORMAT_ROW, begin, identity, upgrade};
    use crate::store::codec::wire::Wire;
    use crate::store::engine::memory::MemoryEngine;
    use crate::store::engine::{Batch, Engine, FaultKind};
    use crate::store::tables::{ALL, META};

    fn of_format(format: u32) -> MemoryEngine {
        let engine = MemoryEngine::new(&ALL);
        begin(&engine, [7; 16]).expect("a new store");
        let mut batch = Batch::new();
        batch.put(META, FORMAT_ROW, format.to_bytes());
        engine.commit(batch).expect("written");
        engine
    }

    #[test]
    fn stores_of_earlier_formats_are_brought_up_to_the_present_one() {
        for earlier in [3, 4, 5] {
            let engine = of_format(earlier);
            assert_eq!(identity(&engine).expect("it is read"), Some([7; 16]));
            upgrade(&engine).expect("written");
            let row = engine.snapshot().and_then(|seen| seen.get(META, FORMAT_ROW)).expect("read");
            assert_eq!(row, Some(FORMAT.to_bytes()));
            assert_eq!(identity(&engine).expect("it is read"), Some([7; 16]));
        }
    }

    #[test]
    fn formats_before_and_after_are_refused() {
        let kind = |format| identity(&of_format(format)).map_err(|fault| fault.kind());
        assert_eq!(kind(2), Err(FaultKind::OlderVersion));
        assert_eq!(kind(FORMAT + 1), Err(FaultKind::NewerVersion));
    }
}
