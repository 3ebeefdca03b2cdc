//! Administration: \`/quan-tri/…\`.

use actix_web::web::ServiceConfig;

/// The routes.
pub fn configure(_cfg: &mut ServiceConfig) {}
