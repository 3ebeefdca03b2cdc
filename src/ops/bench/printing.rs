//! Papers as PDF: one at a time as the counter prints them, and a thousand in one file.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::latency::Latencies;
use super::{BenchError, Figures, instance};
use crate::domain::agency::{Role, Staff};
use crate::domain::catalogue::Channel;
use crate::domain::ids::DossierCode;
use crate::env::Env;
use crate::office::filing::Filing;
use crate::office::printing::Deed;
use crate::office::{Caller, Failure, Office};
use crate::ops::demo_data;
use crate::ops::seed::{Cast, reference};

/// The address that codes of measured papers hold.
const BASE: &str = "https://mot-cua.example.vn";
/// Single papers of each kind.
const EACH: usize = 100;
/// Receptions that wait for the same commit.
const TOGETHER: usize = 64;

/// Takes `papers` reference dossiers in at one counter of a new instance in `folder`, and prints
/// them. Not from within an async runtime.
///
/// # Errors
/// The folder cannot be written, or a paper cannot be set.
pub fn run(folder: &Path, env: &Env, papers: usize) -> Result<Figures, BenchError> {
    let office = Arc::new(instance(&folder.join("data"), env, &|engine| engine)?);
    let receptionist = receptionist(&office)?;
    let codes = receive(&office, &receptionist, papers)?;
    let caller = Caller::Staff(receptionist);
    let mut figures = Figures::new("print");
    let first = codes.first().ok_or_else(|| BenchError::Wrong("no dossier".to_owned()))?;
    let begun = Instant::now();
    office.print(&caller, first, Deed::Receipt, BASE)?;
    figures.add("first_receipt", begun.elapsed().as_secs_f64() * 1_000.0, "ms");
    for deed in [Deed::Receipt, Deed::ControlSheet] {
        let mut times = Latencies::default();
        for code in codes.iter().cycle().take(EACH) {
            times.time(|| office.print(&caller, code, deed, BASE))?;
        }
        times.tell(&format!("{}_warm", deed.id()), &mut figures);
    }
    let begun = Instant::now();
    let file = office.print_many(&caller, &codes, Deed::Receipt, BASE)?;
    let took = begun.elapsed().as_secs_f64();
    figures.add("receipts_in_one_file", codes.len() as f64, "");
    figures.add("seconds", took, "s");
    figures.add("each", took * 1_000.0 / codes.len() as f64, "ms");
    figures.add("file", file.bytes.len() as f64 / 1e6, "MB");
    let begun = Instant::now();
    let checked = office.check_paper(&file.bytes)?;
    if checked.papers.len() != codes.len() || checked.key.is_none() {
        return Err(BenchError::Wrong("the file does not verify".to_owned()));
    }
    figures.add("check_of_the_file", begun.elapsed().as_secs_f64() * 1_000.0, "ms");
    Ok(figures)
}

fn receptionist(office: &Office) -> Result<Staff, BenchError> {
    let world = office.world();
    let found =
        world.accounts().into_iter().find(|staff| staff.roles.contains(&Role::Receptionist));
    found.cloned().ok_or_else(|| BenchError::Wrong("nobody receives".to_owned()))
}

/// Takes so many dossiers in over the counter.
fn receive(
    office: &Arc<Office>,
    receptionist: &Staff,
    count: usize,
) -> Result<Vec<DossierCode>, BenchError> {
    let cast = Cast::of(office.world(), office.today(), demo_data::load()?.people)?;
    let own = |filing: &Filing| filing.agency.as_deref() == Some(receptionist.agency.as_str());
    let filings = (0..).map(|number| reference(&cast, number)).filter(own);
    let filings = filings.map(|filing| Filing { channel: Channel::Counter, ..filing });
    let filings: Vec<Filing> = filings.take(count).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().build()?;
    let mut codes = Vec::with_capacity(count);
    runtime.block_on(async {
        let mut filings = filings.into_iter().peekable();
        while filings.peek().is_some() {
            let together: Vec<_> = filings
                .by_ref()
                .take(TOGETHER)
                .map(|filing| {
                    let (office, caller) = (office.clone(), Caller::Staff(receptionist.clone()));
                    tokio::spawn(async move { office.file(&caller, filing, None).await })
                })
                .collect();
            for filed in together {
                if let Ok(filed) = filed.await {
                    codes.push(filed?.code);
                }
            }
        }
        Ok::<(), Failure>(())
    })?;
    Ok(codes)
}
