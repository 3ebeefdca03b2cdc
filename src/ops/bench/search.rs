//! How often the right procedure is found, and how fast.

use super::latency::Latencies;
use super::{BenchError, Figures};
use crate::office::catalogue;
use crate::search::evaluation::{Case, Outcome, cases, evaluate};
use crate::search::fitting;
use crate::search::procedures::{ProcedureIndex, Query};
use crate::search::weights::Weights;

/// Suggestions under a search box.
const SUGGESTED: usize = 7;
/// How often all weights are gone through, at most.
const ROUNDS: usize = 4;

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
    let (index, cases, rejected) = read(queries, (file_name, catalogue))?;
    let evaluation = evaluate(&index, &cases).map_err(wrong)?;
    let mut times = Latencies::default();
    for case in &cases {
        let query = Query { text: &case.query, limit: 20, ..Query::default() };
        times.time(|| index.search(&query)).map_err(wrong)?;
    }
    let mut typing = Latencies::default();
    for case in &cases {
        for (end, _) in case.query.char_indices().skip(2) {
            typing.time(|| index.suggest(&case.query[..end], SUGGESTED)).map_err(wrong)?;
        }
    }
    let mut figures = Figures::new("search");
    figures.add("procedures", index.len() as f64, "");
    figures.add("rejected", rejected as f64, "");
    figures.add("queries", cases.len() as f64, "");
    figures.add("hit@1", 100.0 * evaluation.hit_at_1, "%");
    figures.add("hit@5", 100.0 * evaluation.hit_at_5, "%");
    figures.add("MRR", evaluation.mrr, "");
    times.tell("query", &mut figures);
    typing.tell("keystroke", &mut figures);
    let missed = evaluation.outcomes.into_iter().filter(|o| o.rank.is_none_or(|rank| rank > 5));
    Ok((figures, missed.collect()))
}

/// Tries other weights over the queries. Gives the figures before and after, and the weights as their
/// file has them.
///
/// # Errors
/// A file cannot be used, or the index cannot be made.
pub fn fit(queries: &str, catalogue: (&str, &[u8])) -> Result<(Figures, String), BenchError> {
    let (index, cases, _) = read(queries, catalogue)?;
    let before = evaluate(&index, &cases).map_err(wrong)?;
    let mut fitted = fitting::fit(index, &cases, ROUNDS).map_err(wrong)?;
    let after = fitted.evaluation;
    let mut figures = Figures::new("search weights");
    figures.add("queries", cases.len() as f64, "");
    for (when, found) in [("before", before), ("after", after)] {
        figures.add(format!("hit@1 {when}"), 100.0 * found.hit_at_1, "%");
        figures.add(format!("hit@5 {when}"), 100.0 * found.hit_at_5, "%");
        figures.add(format!("MRR {when}"), found.mrr, "");
    }
    let line = |name: &&str| Some(format!("{name}\t{}", fitted.weights.named(name)?));
    let lines: Vec<String> = Weights::NAMES.iter().filter_map(line).collect();
    Ok((figures, lines.join("\n")))
}

fn wrong(error: impl std::fmt::Display) -> BenchError {
    BenchError::Wrong(error.to_string())
}

/// The index, the queries, and how many procedures were rejected.
fn read(
    queries: &str,
    (file_name, catalogue): (&str, &[u8]),
) -> Result<(ProcedureIndex, Vec<Case>, usize), BenchError> {
    let is_sheet = file_name.to_lowercase().ends_with(".xlsx");
    let file_name = if is_sheet { file_name } else { "catalogue.jsonl" };
    let parsed = catalogue::parse(file_name, catalogue).map_err(wrong)?;
    let plan = catalogue::plan(|_| None, parsed);
    let procedures = plan.writes.iter().map(|stored| &stored.procedure);
    let index = ProcedureIndex::in_memory(procedures).map_err(wrong)?;
    let cases = cases(queries);
    if cases.is_empty() {
        return Err(BenchError::Wrong("there is no query with codes".to_owned()));
    }
    Ok((index, cases, plan.report.rejected.len()))
}
