//! What goes out: letters by mail and over gateways. Everything comes from the outbox, so it waits,
//! is tried again and survives a restart; nothing here decides what is said.

pub mod carrier;
mod gateway;
pub mod sign_on;
mod smtp;

use std::sync::Arc;

use rustls::crypto::{CryptoProvider, ring};

/// The one cryptography of outgoing TLS.
fn crypto() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}
