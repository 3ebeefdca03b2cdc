//! What tests of this floor share: a fixed clock, repeatable randomness, a furnished instance.

use std::path::Path;
use std::sync::Mutex;

use super::{demo, demo_data};
use crate::env::Env;
use crate::office::Office;

/// A clock that stands still, and bytes that never repeat within a test.
pub fn env() -> Env {
    let state = Mutex::new(0_u64);
    let random = move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(8) {
            let mut state = state.lock().unwrap();
            *state += 1;
            let hash = blake3::hash(&state.to_be_bytes());
            chunk.copy_from_slice(&hash.as_bytes()[..chunk.len()]);
        }
    };
    let now: jiff::Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
    Env::new(move || now, random)
}

/// A new instance with the demo's agencies, staff and catalogue.
pub fn furnished(folder: &Path) -> Office {
    let office = Office::create(folder, env(), true).unwrap();
    demo::furnish(&office, &demo_data::load().unwrap(), None).unwrap();
    office
}
