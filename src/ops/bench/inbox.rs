//! Pages of the inbox on an instance as it is: every queue of an agency, first pages and later ones.

use super::latency::Latencies;
use super::{BenchError, Figures};
use crate::domain::agency::{Role, Staff};
use crate::domain::dossier::Queue;
use crate::domain::ids::{AgencyCode, UserName};
use crate::office::lists::ListQuery;
use crate::office::{Caller, Office};
use crate::ops::demo_data;
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
            let caller = desk(agency.code.clone());
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
    look_up(office, &mut figures)?;
    Ok(figures)
}

/// Looks for the people of seeded dossiers at each agency, by name, phone and the end of a number.
fn look_up(office: &Office, figures: &mut Figures) -> Result<(), BenchError> {
    let people = demo_data::load()?.people;
    let (mut looks, mut found) = (Latencies::default(), 0_usize);
    for agency in office.world().agencies().take(3) {
        let caller = desk(agency.code.clone());
        for person in people.iter().map(|applicant| &applicant.person) {
            let end = person.id_number.as_deref().and_then(|number| number.get(6..));
            for text in
                [Some(person.name.as_str()), person.phone.as_deref(), end].into_iter().flatten()
            {
                let text = Some(text.to_owned());
                let query = ListQuery { text, limit: PAGE, ..ListQuery::default() };
                let list = looks.time(|| office.list(&caller, &query))?;
                found += usize::from(!list.dossiers.is_empty());
            }
        }
    }
    figures.add("look_ups_that_found_something", found as f64, "");
    looks.tell("look_up", figures);
    Ok(())
}

/// Somebody who takes in and works on dossiers.
fn desk(agency: AgencyCode) -> Caller {
    Caller::Staff(Staff {
        name: UserName::from("bench"),
        full_name: String::new(),
        roles: vec![Role::Receptionist, Role::Processor],
        agency,
        unit: None,
        enabled: true,
        stands_in_for: None,
    })
}
