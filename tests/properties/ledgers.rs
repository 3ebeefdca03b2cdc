//! Random commands on a ledger, over days and agencies: the check, which replays every event and
//! computes every projection again, finds nothing.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use motcua::ops::check;
use motcua::store::engine::memory::MemoryEngine;
use motcua::store::tables;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::workshop::{Deed, Told, Turning, Workshop, keeps, ledger};

#[derive(Clone, Debug)]
enum Happening {
    File(u64),
    Act(prop::sample::Index, u8),
    Pass { hours: i64 },
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        3 => (0_u64..1_000).prop_map(Happening::File),
        8 => (any::<prop::sample::Index>(), any::<u8>())
            .prop_map(|(which, deed)| Happening::Act(which, deed)),
        1 => (1_i64..40).prop_map(|hours| Happening::Pass { hours }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_store_fits_together(happenings in vec(happening(), 1..80)) {
        let (clock, workshop, told) = (Turning::new(), Workshop::new(), Told::default());
        let ledger = ledger(MemoryEngine::new(&tables::ALL), clock.env());
        for happening in happenings {
            match happening {
                Happening::File(number) => {
                    told.filed(workshop.file(&ledger, number).unwrap());
                }
                Happening::Act(which, deed) => {
                    let codes = told.codes();
                    if codes.is_empty() {
                        continue;
                    }
                    let code = which.get(&codes);
                    // The rules refuse most of it, and then nothing changes.
                    if let Ok(version) = workshop.act(&ledger, code, Deed(deed)) {
                        prop_assert!(version > told.now()[code]);
                        told.note(code, version);
                    }
                }
                Happening::Pass { hours } => clock.turn(SignedDuration::from_hours(hours)),
            }
        }
        prop_assert_eq!(keeps(&ledger, &told.now()), Ok(()));
        let report = check::run_on_ledger(&ledger).unwrap();
        prop_assert_eq!(report.problems, Vec::<String>::new());
        prop_assert_eq!(report.events, told.now().values().sum::<u64>());
        // Numbers of an agency's day run from 1 without a gap.
        let mut days: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for code in told.codes() {
            let (day, number) = code.as_str().rsplit_once('-').unwrap();
            days.entry(day.to_owned()).or_default().push(number.parse().unwrap());
        }
        for (day, mut numbers) in days {
            numbers.sort_unstable();
            let expected: Vec<u32> = (1..=numbers.len() as u32).collect();
            prop_assert_eq!(numbers, expected, "{}", day);
        }
    }
}
