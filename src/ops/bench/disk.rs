//! Where the bytes of an instance lie: each table of the store, free pages, and the search index.

use std::path::Path;

use super::{BenchError, Figures};
use crate::office::{Failure, Office};
use crate::store::tables::DOSSIERS;

/// Measures the disk that an instance takes, for each of its dossiers. Reads every page.
///
/// # Errors
/// The folder or the store cannot be read.
pub fn run(office: &Office) -> Result<Figures, BenchError> {
    let sizes = office.engine().sizes().map_err(Failure::from)?;
    let dossiers = sizes.iter().find(|size| size.table == DOSSIERS).map_or(0, |size| size.rows);
    let each = |bytes: u64| bytes as f64 / dossiers.max(1) as f64;
    let mut figures = Figures::new("disk");
    figures.add("dossiers", dossiers as f64, "");
    let mut tables = 0;
    for size in sizes.iter().filter(|size| size.rows > 0) {
        let bytes = size.stored_bytes + size.extra_bytes + size.unused_bytes;
        tables += bytes;
        let name = size.table.0;
        figures.add(format!("{name}_rows"), each(size.rows), "each");
        figures.add(format!("{name}_keys_and_values"), each(size.stored_bytes), "B each");
        figures.add(format!("{name}_unused"), each(size.unused_bytes), "B each");
        figures.add(format!("{name}_bytes"), each(bytes), "B each");
    }
    let file = on_disk(&office.folder().store_path())?;
    let index = on_disk(&office.folder().path("index"))?;
    figures.add("tables_bytes", each(tables), "B each");
    figures.add("file_bytes", each(file), "B each");
    figures.add("index_bytes", each(index), "B each");
    figures.add("store_and_index_bytes", each(file + index), "B each");
    Ok(figures)
}

/// The bytes that a file, or everything in a folder, takes on the disk.
fn on_disk(path: &Path) -> std::io::Result<u64> {
    let about = std::fs::symlink_metadata(path)?;
    if !about.is_dir() {
        return Ok(allocated(&about));
    }
    let mut bytes = 0;
    for entry in std::fs::read_dir(path)? {
        bytes += on_disk(&entry?.path())?;
    }
    Ok(bytes)
}

#[cfg(unix)]
fn allocated(about: &std::fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    about.blocks() * 512
}

#[cfg(not(unix))]
fn allocated(about: &std::fs::Metadata) -> u64 {
    about.len()
}
