//! The REST API: \`/api/v1/…\`.

use actix_web::web::ServiceConfig;

/// The routes.
pub fn configure(_cfg: &mut ServiceConfig) {}
