//! What a measurement tells, as a table and as JSON.

use serde::Serialize;
use std::fmt;

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// What it is, in lower_snake_case.
    pub name: String,
    /// How much.
    pub value: f64,
    /// Of what: `1/s`, `ms`, `%`, or empty for plain numbers.
    pub unit: &'static str,
}

/// The figures of one measurement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// What was measured.
    pub bench: &'static str,
    /// In the order in which they are told.
    pub figures: Vec<Figure>,
}

impl Figures {
    /// An empty table for a measurement.
    pub fn new(bench: &'static str) -> Self {
        Self { bench, figures: Vec::new() }
    }

    /// One more figure.
    pub fn add(&mut self, name: impl Into<String>, value: f64, unit: &'static str) {
        self.figures.push(Figure { name: name.into(), value, unit });
    }

    /// The figure with this name.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.figures.iter().find(|figure| figure.name == name).map(|figure| figure.value)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widest = self.figures.iter().map(|figure| figure.name.len()).max().unwrap_or(0);
        writeln!(f, "{}", self.bench)?;
        for Figure { name, value, unit } in &self.figures {
            let name = name.replace('_', " ");
            let decimals = if value.fract() == 0.0 || *value >= 1_000.0 { 0 } else { 2 };
            let line = format!("  {name:<widest$}  {value:>12.decimals$} {unit}");
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
