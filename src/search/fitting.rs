//! Finds weights with which more queries find the right procedure, for `bench search --fit`.

use super::SearchError;
use super::evaluation::{Case, Evaluation, evaluate};
use super::procedures::ProcedureIndex;
use super::weights::Weights;

/// What each weight is tried at, relative to where it stands.
const STEPS: [f32; 4] = [0.6, 0.85, 1.18, 1.6];
/// A weight that stands at nothing is tried at these.
const STARTS: [f32; 2] = [0.1, 0.3];
/// A gain below this is chance.
const LEAST_GAIN: f64 = 0.000_5;

/// Weights and how well they do.
pub struct Fitted {
    /// The weights.
    pub weights: Weights,
    /// How the queries fare with them.
    pub evaluation: Evaluation,
}

/// Changes one weight after another as long as that helps: coordinate ascent, in a fixed order, so that
/// the same queries give the same weights.
///
/// # Errors
/// When the index cannot be read.
pub fn fit(
    mut index: ProcedureIndex,
    cases: &[Case],
    rounds: usize,
) -> Result<Fitted, SearchError> {
    let mut best = Fitted { weights: Weights::builtin(), evaluation: evaluate(&index, cases)? };
    for _ in 0..rounds {
        let before = worth(&best.evaluation);
        for name in Weights::NAMES {
            let stands = best.weights.named(name).map_or(0.0, |weight| *weight);
            let tried: Vec<f32> = match stands {
                0.0 => STARTS.to_vec(),
                stands => STEPS.iter().map(|step| stands * step).collect(),
            };
            for value in tried {
                let mut weights = best.weights.clone();
                if let Some(weight) = weights.named(name) {
                    *weight = value;
                }
                index = index.weighing(weights.clone());
                let evaluation = evaluate(&index, cases)?;
                if worth(&evaluation) > worth(&best.evaluation) + LEAST_GAIN {
                    best = Fitted { weights, evaluation };
                }
            }
        }
        if worth(&best.evaluation) < before + LEAST_GAIN {
            break;
        }
    }
    Ok(best)
}

/// The mean of the share found among the first five and the mean reciprocal rank.
fn worth(found: &Evaluation) -> f64 {
    f64::midpoint(found.hit_at_5, found.mrr)
}
