//! A checkpoint on paper.

use super::{Deed, Pdf, sheets};
use crate::documents::papers::{CheckpointSheet, sign_checkpoint, time_in_words};
use crate::documents::seal::SignedCheckpoint;
use crate::domain::calendar::local;
use crate::domain::dossier::Directory;
use crate::domain::fee::grouped;
use crate::office::checkpoints::file_stem;
use crate::office::{Office, no_dossier};
use crate::store::ledger::Failure;

impl Office {
    /// The sheet of a checkpoint, to be signed and filed away.
    ///
    /// # Errors
    /// Its agency is not known, or the sheet cannot be set.
    pub fn checkpoint_pdf(&self, signed: &SignedCheckpoint, base: &str) -> Result<Pdf, Failure> {
        let (world, said) = (self.world(), &signed.said);
        let agency = world.agency(&said.agency).ok_or_else(no_dossier)?;
        let pack = world.pack_for(&said.agency, self.now());
        let none_before = said.previous == [0; 32];
        let paper = CheckpointSheet {
            sheet: sheets::sheet(Deed::Checkpoint, pack, agency, said.at, self.is_demo),
            number: grouped(said.number),
            at: time_in_words(local(said.at)),
            agency: format!("{} ({})", agency.name, agency.code),
            instance: fours(&said.instance),
            events: grouped(said.sequence),
            chain: fours(&said.chain),
            commit: grouped(said.commit),
            looks: grouped(said.looks),
            looks_chain: if said.looks == 0 { String::new() } else { fours(&said.looks_chain) },
            previous: if none_before { String::new() } else { fours(&said.previous) },
            key: signed.key.to_string(),
            digest: fours(&signed.digest()),
        };
        let papers = vec![sign_checkpoint(paper.ready(), signed, base)];
        let bytes = self.set(&papers)?;
        Ok(Pdf::of(papers, bytes, format!("{}.pdf", file_stem(signed))))
    }
}

/// Hexadecimal digits in groups of four, which people compare.
fn fours(bytes: &[u8]) -> String {
    let groups = bytes.chunks(2).map(|pair| pair.iter().map(|b| format!("{b:02x}")).collect());
    groups.collect::<Vec<String>>().join(" ")
}
