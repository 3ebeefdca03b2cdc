//! How often the right procedure is found, and how fast.

use super::latency::Latencies;
use super::{BenchError, Figures};
use crate::office::catalogue;
use crate::search::evaluation::{Outcome, cases, evaluate};
use crate::search::procedures::{ProcedureIndex, Query};

/// Suggestions under a search box.
const SUGGESTED: usize = 7;

/// Asks every query of a TSV file (query, tab, codes) in a catalogue: JSON lines, or a list as the
/// national database exports it. Gives the figures, and the queries whose answer is not among the
/// first five.
///
/// # Errors
/// A file cannot be used, or the index cannot be made.
pub fn run(
    queries: &str,
    (file_name, catalogue): (&str, &[u8]),
) -> Result<(Figures, Vec<Outcome>), BenchError> {
    let wrong = |error: &dyn std::fmt::Display| BenchError::Wrong(error.to_string());
    let is_sheet = file_name.to_lowercase().ends_with(".xlsx");
    let file_name = if is_sheet { file_name } else { "catalogue.jsonl" };
    let parsed = catalogue::parse(file_name, catalogue).map_err(|error| wrong(&error))?;
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
    let mut typing = Latencies::default();
    for case in &cases {
        for (end, _) in case.query.char_indices().skip(2) {
            typing.time(|| index.suggest(&case.query[..end], SUGGESTED)).map_err(|e| wrong(&e))?;
        }
    }
    let mut figures = Figures::new("search");
    figures.add("procedures", plan.writes.len() as f64, "");
    figures.add("rejected", plan.report.rejected.len() as f64, "");
    figures.add("queries", cases.len() as f64, "");
    figures.add("hit@1", 100.0 * evaluation.hit_at_1, "%");
    figures.add("hit@5", 100.0 * evaluation.hit_at_5, "%");
    figures.add("MRR", evaluation.mrr, "");
    times.tell("query", &mut figures);
    typing.tell("keystroke", &mut figures);
    let missed = evaluation.outcomes.into_iter().filter(|o| o.rank.is_none_or(|rank| rank > 5));
    Ok((figures, missed.collect()))
}
