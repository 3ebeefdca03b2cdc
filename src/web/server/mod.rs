//! The HTTP server: listening, limits, headers, a clean end.

mod connections;
mod cross_site;
mod errors;
mod forwarded;
mod headers;
mod hosts;
pub mod metrics;
mod paces;
mod probes;
mod redirect;
mod slow;
pub mod spent;
pub mod tls;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};

use super::Site;
use super::kept::KeptPages;
use connections::Connections;
use forwarded::TrustedProxies;
use hosts::Hosts;
use metrics::Metrics;
use slow::Patience;
use spent::Spent;

use crate::config::Config;

/// Most bytes of a form or of a JSON body; files come in streams with limits of their own.
const MAX_BODY: usize = 2 << 20;
/// How long a client may take to send the head of its request, at most.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a connection without a request stays open.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How long a client may take to close its side.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long requests that were accepted may take to finish at the end, in seconds.
const LAST_REQUESTS: u64 = 30;
/// Threads for the blocking work of each worker.
const BLOCKING: usize = 16;

/// Every route that the program serves.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.configure(probes::configure).configure(super::configure);
}

/// What the server needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen.
    pub listen: Vec<SocketAddr>,
    /// Threads that answer requests.
    pub workers: usize,
    /// Peers whose `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Where to listen without TLS, to send people to the address with it.
    pub redirect: Vec<SocketAddr>,
    /// The address that people type.
    pub public_url: Option<String>,
    /// Further names under which the site is asked for.
    pub hosts: Vec<String>,
    /// How long a client may leave us waiting for the next part of its request.
    pub patience: Duration,
    /// Open connections of all clients together.
    pub connections: usize,
    /// Open connections of one network.
    pub connections_per_address: usize,
    /// Who measures what requests cost, if anybody does.
    pub spent: Option<Arc<Spent>>,
}

impl Settings {
    /// As the settings file says, without listening anywhere yet.
    pub fn new(config: &Config) -> Self {
        Self {
            listen: Vec::new(),
            workers: config.workers,
            trusted_proxies: config.trusted_proxies.clone(),
            redirect: Vec::new(),
            public_url: config.public_url.clone(),
            hosts: config.hosts.clone(),
            patience: Duration::from_secs(config.patience_seconds),
            connections: config.connections,
            connections_per_address: config.connections_per_address,
            spent: None,
        }
    }
}

/// What stands before every handler.
struct Door {
    trusted: TrustedProxies,
    hosts: Hosts,
    patience: Patience,
}

/// A server that listens and is about to answer.
pub struct Listening {
    /// Where: the real ports.
    pub addresses: Vec<SocketAddr>,
    /// To be awaited; its handle ends it.
    pub server: Server,
    /// The one that only sends people to the other, and where it listens.
    pub redirect: Option<(Vec<SocketAddr>, Server)>,
}

/// Starts to listen, with TLS when the site has a certificate. Must be called inside an actix system.
///
/// # Errors
/// An address is in use or not ours, or TLS cannot be set up.
pub fn listen(site: Site, settings: &Settings) -> io::Result<Listening> {
    let first = u64::from_be_bytes(site.office.env().bytes());
    let metrics = web::Data::new(Metrics::new(site.office.now(), first));
    let certificates = site.certificates.clone();
    let site = web::Data::new(site);
    let trusted = TrustedProxies(settings.trusted_proxies.clone());
    let hosts = Hosts::new(settings.public_url.as_deref(), &settings.hosts);
    let connections = Connections::new(settings.connections_per_address, trusted.clone());
    let (patience, redirect_hosts) = (Patience(settings.patience), hosts.clone());
    let door = web::Data::new(Door { trusted, hosts, patience });
    let most = connections::most_at_once(settings.connections) / settings.workers.max(1);
    let spent = settings.spent.clone().map(web::Data::from);
    let server = HttpServer::new(move || {
        let measured = |app: &mut web::ServiceConfig| {
            spent.iter().for_each(|spent| _ = app.app_data(spent.clone()));
        };
        App::new()
            .configure(measured)
            .app_data(site.clone())
            .app_data(metrics.clone())
            .app_data(door.clone())
            .app_data(web::PayloadConfig::new(MAX_BODY))
            .app_data(web::JsonConfig::default().limit(MAX_BODY))
            .app_data(web::FormConfig::default().limit(MAX_BODY))
            .app_data(web::Data::new(KeptPages::default()))
            .wrap(Compress::default())
            .wrap(from_fn(watch::watch))
            .configure(routes)
    })
    .workers(settings.workers)
    .worker_max_blocking_threads(BLOCKING)
    .tcp_nodelay(true)
    .keep_alive(KEEP_ALIVE)
    .client_request_timeout(HEAD_TIMEOUT.min(settings.patience))
    .client_disconnect_timeout(CLOSE_TIMEOUT)
    .shutdown_timeout(LAST_REQUESTS)
    .max_connections(most.max(1))
    .on_connect(move |connection, data| connections.admit(connection, data))
    .disable_signals();
    let server = match certificates {
        Some(certificates) => {
            let config = certificates.config().map_err(io::Error::other)?;
            server.bind_rustls_0_23(settings.listen.as_slice(), config)?
        }
        None => server.bind(settings.listen.as_slice())?,
    };
    let addresses = server.addrs();
    let redirect = match (settings.redirect.as_slice(), addresses.first()) {
        ([], _) | (_, None) => None,
        (plain, Some(secure)) => {
            let public = settings.public_url.as_deref();
            Some(redirect::listen(plain, redirect_hosts, public, secure.port())?)
        }
    };
    Ok(Listening { addresses, server: server.run(), redirect })
}
