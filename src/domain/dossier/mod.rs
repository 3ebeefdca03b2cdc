//! The dossier: commands, events, state.
