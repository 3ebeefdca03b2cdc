//! How often the right procedure is found, and how fast.

use super::latency::Latencies;
use super::{BenchError, Figures};
use crate::office::catalogue;
use crate::search::evaluation::{cases, evaluate};
use crate::search::procedures::{ProcedureIndex, Query};

/// Asks every query of a TSV file (query, tab, codes) in a catalogue of JSON lines.
///
/// # Errors
/// A file cannot be used, or the index cannot be made.
pub fn run(queries: &str, catalogue: &[u8]) -> Result<Figures, BenchError> {
    let wrong = |error: &dyn std::fmt::Display| BenchError::Wrong(error.to_string());
    let parsed = catalogue::parse("catalogue.jsonl", catalogue).map_err(|error| wrong(&error))?;
    let plan = catalogue::plan(|_| None, parsed);
    let procedures = plan.writes.iter().map(|stored| &stored.procedure);
    let index = ProcedureIndex::in_memory(procedures).map_err(|error| wrong(&error))?;
    let cases = cases(queries);
    if cases.is_empty() {
        return Err(BenchError::Wrong("there is no query with codes".to_owned()));
    }
    let evaluation = evaluate(&index, &cases).map_err(|error| wrong(&error))?;
    let mut times = Latencies::default();
    for case in &cases {
        let query = Query { text: &case.query, limit: 20, ..Query::default() };
        times.time(|| index.search(&query)).map_err(|error| wrong(&error))?;
    }
    let mut figures = Figures::new("search");
    figures.add("procedures", plan.writes.len() as f64, "");
    figures.add("queries", cases.len() as f64, "");
    figures.add("hit@1", 100.0 * evaluation.hit_at_1, "%");
    figures.add("hit@5", 100.0 * evaluation.hit_at_5, "%");
    figures.add("MRR", evaluation.mrr, "");
    times.tell("query", &mut figures);
    Ok(figures)
}
