//! The shape of `personal-data.toml`: the periods of requests and the grounds of refusals, shipped or
//! of the data folder.

use std::path::Path;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::RULES;
use super::texts::Words;
use crate::domain::catalogue::DurationUnit;
use crate::domain::deadline::Duration;
use crate::domain::privacy::request::Ground;
use crate::domain::privacy::{Period, Periods, RequestKind};
use crate::office::catalogue;

const SHIPPED: &str = include_str!("../../../assets/rules/personal-data.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: Vec<String>,
    #[serde(default)]
    to_verify: Vec<String>,
    answer: AnswerRow,
    periods: Vec<PeriodRow>,
    grounds: Vec<GroundRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerRow {
    amount: u32,
    #[serde(deserialize_with = "unit")]
    unit: DurationUnit,
    source: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct DurationRow {
    amount: u32,
    #[serde(deserialize_with = "unit")]
    unit: DurationUnit,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodRow {
    #[serde(deserialize_with = "kinds")]
    kinds: Vec<RequestKind>,
    alone: DurationRow,
    with_processor: Option<DurationRow>,
    extension: Option<u32>,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroundRow {
    id: String,
    #[serde(deserialize_with = "kinds")]
    kinds: Vec<RequestKind>,
    name: Words,
    source: String,
}

fn unit<'de, D: Deserializer<'de>>(from: D) -> Result<DurationUnit, D::Error> {
    let id = String::deserialize(from)?;
    catalogue::wire::unit(&id).ok_or_else(|| D::Error::custom(format!("no unit is called {id}")))
}

fn kinds<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<RequestKind>, D::Error> {
    let ids = Vec::<String>::deserialize(from)?;
    let kind = |id: String| {
        let unknown = || D::Error::custom(format!("no request is called {id}"));
        RequestKind::from_id(&id).ok_or_else(unknown)
    };
    ids.into_iter().map(kind).collect()
}

impl From<DurationRow> for Duration {
    fn from(row: DurationRow) -> Self {
        Self::new(row.amount, row.unit)
    }
}

/// The rules of a folder, else those that ship.
///
/// # Errors
/// The file cannot be read, is malformed, or leaves a kind of request out.
pub(super) fn load(folder: &Path) -> Result<Periods, String> {
    let path = folder.join(RULES);
    match std::fs::read_to_string(&path) {
        Ok(text) => parse(&text).map_err(|why| format!("{}: {why}", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => parse(SHIPPED),
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}

fn parse(text: &str) -> Result<Periods, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let rows: Vec<Period> = file.periods.into_iter().map(Period::from).collect();
    for kind in RequestKind::ALL {
        let amounts =
            rows.iter().filter(|row| row.kinds.contains(&kind)).map(|row| row.alone.amount);
        if amounts.collect::<Vec<_>>().iter().all(|amount| *amount == 0) {
            return Err(format!("no period for requests of the kind {}", kind.id()));
        }
    }
    Ok(Periods {
        answer: Duration::new(file.answer.amount, file.answer.unit),
        answer_source: file.answer.source,
        rows,
        grounds: file.grounds.into_iter().map(Ground::from).collect(),
        sources: file.sources,
        to_verify: file.to_verify,
    })
}

impl From<PeriodRow> for Period {
    fn from(row: PeriodRow) -> Self {
        Self {
            kinds: row.kinds,
            alone: row.alone.into(),
            with_processor: row.with_processor.map(Duration::from),
            extension: row.extension,
            source: row.source,
        }
    }
}

impl From<GroundRow> for Ground {
    fn from(row: GroundRow) -> Self {
        Self { id: row.id, kinds: row.kinds, name: row.name.into(), source: row.source }
    }
}

#[cfg(test)]
mod tests {
    use super::{SHIPPED, parse};
    use crate::domain::catalogue::DurationUnit;
    use crate::domain::deadline::Duration;
    use crate::domain::privacy::RequestKind;

    #[test]
    fn the_shipped_periods_are_those_of_the_decree() {
        let periods = parse(SHIPPED).expect("well-formed");
        let days = |amount| Duration::new(amount, DurationUnit::Day);
        assert_eq!(periods.answer, Duration::new(2, DurationUnit::WorkingDay));
        for (kind, alone, with, extension) in [
            (RequestKind::Restrict, 15, Some(20), Some(15)),
            (RequestKind::Access, 10, None, None),
            (RequestKind::Erase, 20, None, None),
        ] {
            let period = periods.of(kind).expect("a period");
            assert_eq!((period.alone, period.with_processor), (days(alone), with.map(days)));
            assert_eq!(period.extension, extension, "{kind:?}");
        }
        for kind in RequestKind::ALL {
            assert!(periods.grounds_of(kind).all(|ground| !ground.source.is_empty()));
            assert!(periods.grounds_of(kind).next().is_some(), "{kind:?}");
        }
    }

    #[test]
    fn a_file_that_leaves_a_kind_out_is_refused() {
        let without = SHIPPED.replace("kinds = [\"erase\"]\nalone", "kinds = []\nalone");
        assert_ne!(without, SHIPPED);
        assert!(parse(&without).is_err_and(|why| why.contains("erase")));
    }
}
