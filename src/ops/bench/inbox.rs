//! Pages of the inbox on an instance as it is: every queue of an agency, first pages and later ones.

use super::latency::Latencies;
use super::{BenchError, Figures};
use crate::domain::agency::{Role, Staff};
use crate::domain::dossier::Queue;
use crate::domain::ids::UserName;
use crate::office::lists::ListQuery;
use crate::office::{Caller, Office};
use crate::store::tables::DOSSIERS;

/// Rows of a page.
const PAGE: usize = 50;
/// Pages that are turned in each queue.
const PAGES: usize = 20;
/// How often each is looked at.
const ROUNDS: usize = 3;

/// Looks at the inboxes of the agencies that have most to do.
///
/// # Errors
/// The store cannot be read.
pub fn run(office: &Office) -> Result<Figures, BenchError> {
    let mut figures = Figures::new("inbox");
    let reader = office.ledger().reader()?;
    let dossiers = reader.len(DOSSIERS).map_err(crate::office::Failure::from)?;
    drop(reader);
    figures.add("dossiers", dossiers as f64, "");
    let (mut pages, mut counts, mut rows) = (Latencies::default(), Latencies::default(), 0_usize);
    let world = office.world();
    for _ in 0..ROUNDS {
        for agency in world.agencies().take(3) {
            let caller = Caller::Staff(Staff {
                name: UserName::from("bench"),
                full_name: String::new(),
                roles: vec![Role::Receptionist, Role::Processor],
                agency: agency.code.clone(),
                unit: None,
                enabled: true,
            });
            counts.time(|| office.counts(&caller))?;
            for queue in Queue::ALL {
                let mut query =
                    ListQuery { queue: Some(queue), limit: PAGE, ..ListQuery::default() };
                for _ in 0..PAGES {
                    let list = pages.time(|| office.list(&caller, &query))?;
                    rows += list.dossiers.len();
                    query.cursor = list.next;
                    if query.cursor.is_none() {
                        break;
                    }
                }
            }
        }
    }
    figures.add("rows", rows as f64, "");
    pages.tell("page_of_50", &mut figures);
    counts.tell("counts", &mut figures);
    Ok(figures)
}
