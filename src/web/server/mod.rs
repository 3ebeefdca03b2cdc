//! The HTTP server: listening, limits, headers, a clean end.

mod errors;
mod headers;
pub mod metrics;
mod probes;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};

use super::Site;
use super::kept::KeptPages;
use metrics::Metrics;

/// Most bytes of a form or of a JSON body; files come in streams with limits of their own.
const MAX_BODY: usize = 2 << 20;
/// How long a client may take to send the head of its request.
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
    /// Peers whose `Forwarded` and `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<IpAddr>,
}

/// A server that listens and is about to answer.
pub struct Listening {
    /// Where: the real ports.
    pub addresses: Vec<SocketAddr>,
    /// To be awaited; its handle ends it.
    pub server: Server,
}

/// Starts to listen. Must be called inside an actix system.
///
/// # Errors
/// An address is in use or not ours.
pub fn listen(site: Site, settings: &Settings) -> io::Result<Listening> {
    let first = u64::from_be_bytes(site.office.env().bytes());
    let metrics = web::Data::new(Metrics::new(site.office.now(), first));
    let site = web::Data::new(site);
    let trusted = web::Data::new(headers::TrustedProxies(settings.trusted_proxies.clone()));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
            .app_data(metrics.clone())
            .app_data(trusted.clone())
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
    .client_request_timeout(HEAD_TIMEOUT)
    .client_disconnect_timeout(CLOSE_TIMEOUT)
    .shutdown_timeout(LAST_REQUESTS)
    .disable_signals();
    let server = server.bind(settings.listen.as_slice())?;
    Ok(Listening { addresses: server.addrs(), server: server.run() })
}
