//! Pages for the public and the desk, and the REST API. Thin: it parses, asks `office`, and renders.

pub mod address;
pub mod admin;
pub mod api;
pub mod asking;
pub mod assets;
pub mod components;
pub mod declared;
pub mod desk;
pub mod device;
pub mod incoming;
pub mod kept;
pub mod limits;
pub mod origin;
pub mod outgoing;
pub mod process;
pub mod public;
pub mod request_course;
pub mod restating;
pub mod rights;
pub mod server;
pub mod shell;
pub mod signing_on;
pub mod stated;
pub mod theme;
pub mod visitor;
pub mod words;

use std::sync::Arc;

use actix_web::web::ServiceConfig;

use crate::config::Rates;
use crate::office::Office;

/// What every handler gets, as `web::Data`.
#[derive(Clone)]
pub struct Site {
    /// The use cases.
    pub office: Arc<Office>,
    /// How often things may be asked for, by whom.
    pub limits: Arc<limits::Limits>,
    /// The server's certificate, when it has one of its own.
    pub certificates: Option<Arc<server::tls::Certificates>>,
}

impl Site {
    /// The site of an instance; one for all of a server's threads.
    pub fn new(office: Arc<Office>, rates: &Rates) -> Self {
        let limits = Arc::new(limits::Limits::new(office.env(), rates));
        Self { office, limits, certificates: None }
    }
}

/// Every route of the program. They are tried in this order: what most people ask for comes first.
pub fn configure(cfg: &mut ServiceConfig) {
    public::configure(cfg);
    assets::configure(cfg);
    api::configure(cfg);
    desk::configure(cfg);
    admin::configure(cfg);
}
