//! The processes that come with the program for the procedures whose form ships: reviewed steps of roles,
//! which every agency has.

use super::wire::StepRow;
use crate::domain::ids::ProcedureCode;

macro_rules! processes {
    ($($code:literal)*) => {
        &[$(($code, include_str!(concat!("../../../assets/processes/", $code, ".json"))),)*]
    };
}

/// National codes of procedures with the steps that are shipped for each.
const PROCESSES: &[(&str, &str)] = processes! {
    "1.000656" "1.000689" "1.000894" "1.001193" "1.001612" "1.001776" "1.003554" "1.004194" "1.004837" "1.004873" "1.010041" "1.011607" "2.000635" "2.000720" "2.000815" "2.000884"
};

/// The steps that are shipped for a procedure; a test reads every one.
pub fn steps(procedure: &ProcedureCode) -> Option<Vec<StepRow>> {
    let found = PROCESSES.iter().find(|(code, _)| *code == procedure.as_str());
    found.and_then(|(_, text)| serde_json::from_str(text).ok())
}
