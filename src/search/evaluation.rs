//! How often the right procedure is found, for `bench search` and for tuning.

use std::collections::HashSet;

use super::SearchError;
use super::procedures::{ProcedureIndex, Query};

/// Ranks beyond this count as not found.
const DEPTH: usize = 20;

/// A query and the codes that answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What someone typed.
    pub query: String,
    /// Acceptable procedure codes; any counts.
    pub codes: HashSet<String>,
}

/// How one case went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What someone typed.
    pub query: String,
    /// Rank of the first acceptable hit, from 1.
    pub rank: Option<usize>,
    /// The first code found.
    pub first: Option<String>,
}

/// Shares from 0 to 1 over all cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The first hit is right.
    pub hit_at_1: f64,
    /// One of the first five is.
    pub hit_at_5: f64,
    /// Mean reciprocal rank, to rank 20.
    pub mrr: f64,
    /// Case by case.
    pub outcomes: Vec<Outcome>,
}

/// Reads cases, one a line: query, tab, codes separated by commas. Lines that start with `#` and
/// lines without codes are skipped.
pub fn cases(tsv: &str) -> Vec<Case> {
    tsv.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(query, codes)| Case {
            query: query.trim().to_owned(),
            codes: codes
                .split(',')
                .map(|c| c.trim().to_owned())
                .filter(|c| !c.is_empty())
                .collect(),
        })
        .filter(|case| !case.codes.is_empty())
        .collect()
}

/// Asks every case.
///
/// # Errors
/// When the index cannot be read.
pub fn evaluate(index: &ProcedureIndex, cases: &[Case]) -> Result<Evaluation, SearchError> {
    let mut outcomes = Vec::with_capacity(cases.len());
    for case in cases {
        let query = Query { text: &case.query, limit: DEPTH, ..Query::default() };
        let hits = index.search(&query)?.hits;
        let rank = hits.iter().position(|h| case.codes.contains(h.code.as_str())).map(|at| at + 1);
        let first = hits.first().map(|h| h.code.as_str().to_owned());
        outcomes.push(Outcome { query: case.query.clone(), rank, first });
    }
    let mean = |worth: &dyn Fn(usize) -> f64| {
        // The sum of no numbers is -0.
        let sum = outcomes.iter().filter_map(|o| o.rank).map(worth).fold(0.0, |sum, n| sum + n);
        if outcomes.is_empty() { 0.0 } else { sum / outcomes.len() as f64 }
    };
    let within = |most: usize| mean(&|rank| f64::from(rank <= most));
    Ok(Evaluation {
        hit_at_1: within(1),
        hit_at_5: within(5),
        mrr: mean(&|rank| 1.0 / rank as f64),
        outcomes,
    })
}
