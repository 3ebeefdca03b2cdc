//! What is kept of a procedure: its facts, and what came in, so that it can be given back.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::components::keep_ids;
use super::{ListRow, wire};
use crate::domain::catalogue::Procedure;
use crate::domain::ids::ProcedureCode;

/// A procedure as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// What it says now.
    pub procedure: Procedure,
    /// What came in.
    pub source: Source,
}

/// What came in for a procedure, each format's latest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file that the procedure came from first (a JSON line takes over from a list).
    pub file: String,
    /// Its row there, from 1: exports keep the order.
    pub row: u32,
    /// The JSON line as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The list's row as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<ListRow>,
}

/// The bytes are no stored procedure.
#[derive(Debug, thiserror::Error)]
#[error("a stored procedure cannot be read: {0}")]
pub struct NotStored(String);

#[derive(Serialize, Deserialize)]
struct Kept {
    procedure: Value,
    source: Source,
}

impl Stored {
    /// The procedure's code, cleaned.
    pub fn code(&self) -> &ProcedureCode {
        &self.procedure.code
    }

    /// The bytes for the store: JSON.
    pub fn to_bytes(&self) -> Vec<u8> {
        let kept = Kept { procedure: wire::to_json(&self.procedure), source: self.source.clone() };
        // Strings and numbers only: it cannot fail.
        serde_json::to_vec(&kept).unwrap_or_default()
    }

    /// The procedure alone of what [`Stored::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`NotStored`] when the bytes are anything else.
    pub fn procedure(bytes: &[u8]) -> Result<Procedure, NotStored> {
        #[derive(Deserialize)]
        struct Kept {
            procedure: Value,
        }
        let kept: Kept = serde_json::from_slice(bytes).map_err(|e| NotStored(e.to_string()))?;
        read(&kept.procedure)
    }

    /// The procedure that a JSON value describes.
    ///
    /// # Errors
    /// [`NotStored`] when it describes none.
    pub fn procedure_of(said: &Value) -> Result<Procedure, NotStored> {
        read(said)
    }

    /// Reads what [`Stored::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`NotStored`] when the bytes are anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotStored> {
        let kept: Kept = serde_json::from_slice(bytes).map_err(|e| NotStored(e.to_string()))?;
        Ok(Self { procedure: read(&kept.procedure)?, source: kept.source })
    }

    /// What the kept JSON line says by itself, with the component ids in use.
    pub(super) fn line_alone(&self) -> Option<(serde_json::Map<String, Value>, Procedure)> {
        let line = self.source.line.as_ref()?;
        let Ok(Value::Object(object)) = serde_json::from_str(line) else { return None };
        let mut understood = wire::from_json(&object).ok()?;
        let old = &self.procedure.components;
        keep_ids(&mut understood.procedure.components, &understood.named, old);
        Some((object, understood.procedure))
    }
}

fn read(procedure: &Value) -> Result<Procedure, NotStored> {
    let object = procedure.as_object().ok_or_else(|| NotStored("no object".to_owned()))?;
    let understood = wire::from_json(object).map_err(|text| NotStored(text.en))?;
    Ok(understood.procedure)
}
