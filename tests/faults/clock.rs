//! A clock that jumps back: no event is ever older than the one before it.

use jiff::SignedDuration;
use motcua::ops::check;
use motcua::store::engine::FaultKind;
use motcua::store::engine::memory::MemoryEngine;
use motcua::store::ledger::Failure;
use motcua::store::tables;

use crate::workshop::{Turning, Workshop, ledger};

#[test]
fn a_small_step_back_is_bridged_and_a_large_one_waits_for_confirmation() {
    let (clock, workshop) = (Turning::new(), Workshop::new());
    let ledger = ledger(MemoryEngine::new(&tables::ALL), clock.env());
    workshop.file(&ledger, 1).unwrap();
    clock.turn(SignedDuration::from_mins(-4));
    workshop.file(&ledger, 2).unwrap();
    clock.turn(SignedDuration::from_hours(-3));
    let Err(Failure::Fault(fault)) = workshop.file(&ledger, 3) else {
        panic!("a jump of three hours is not bridged")
    };
    assert_eq!(fault.kind(), FaultKind::ClockBehind);
    assert!(fault.to_string().contains("the clock says"), "{fault}");
    assert!(ledger.reader().unwrap().last_commit().unwrap().is_some(), "reads go on");
    ledger.confirm_clock();
    workshop.file(&ledger, 3).unwrap();
    workshop.file(&ledger, 4).unwrap();
    clock.turn(SignedDuration::from_hours(24));
    workshop.file(&ledger, 5).unwrap();
    let report = check::run_on_ledger(&ledger).unwrap();
    assert_eq!((report.problems, report.dossiers), (Vec::new(), 5));
}
