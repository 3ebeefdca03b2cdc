//! Finds weights with which more queries find the right procedure, for `bench search --fit`.

use super::SearchError;
use super::evaluation::{Case, evaluate};
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
    /// The mean of the share found among the first five and the mean reciprocal rank.
    pub worth: f64,
}

/// Changes one weight after another as long as that helps: coordinate ascent, in a fixed order, so that
/// the same queries give the same weights.
///
/// # Errors
/// When the index cannot be read.
pub fn fit(mut index: ProcedureIndex, cases: &[Case], rounds: usize) -> Result<Fitted, SearchError> {
    let mut best = Weights::builtin();
    let mut worth = worth_of(&index, cases)?;
    for _ in 0..rounds {
        let before = worth;
        for name in Weights::NAMES {
            let stands = best.named(name).map_or(0.0, |weight| *weight);
            let tried: Vec<f32> = match stands {
                0.0 => STARTS.to_vec(),
                stands => STEPS.iter().map(|step| stands * step).collect(),
            };
            for value in tried {
                let mut weights = best.clone();
                if let Some(weight) = weights.named(name) {
                    *weight = value;
                }
                index = index.weighing(weights.clone());
                let new = worth_of(&index, cases)?;
                if new > worth + LEAST_GAIN {
                    (best, worth) = (weights, new);
                }
            }
        }
        if worth < before + LEAST_GAIN {
            break;
        }
    }
    Ok(Fitted { weights: best, worth })
}

fn worth_of(index: &ProcedureIndex, cases: &[Case]) -> Result<f64, SearchError> {
    let found = evaluate(index, cases)?;
    Ok(f64::midpoint(found.hit_at_5, found.mrr))
}
