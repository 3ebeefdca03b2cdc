//! Pages that everybody opens, beside a bare handler that answers a page of the same size.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web as actix};

use crate::config::Config;
use crate::office::Office;
use crate::ops::bench::loopback::{Connection, get, rate};
use crate::ops::bench::{BenchError, Figures, paths};
use crate::web::Site;
use crate::web::server::{Settings, listen};

/// How long and with how many clients.
#[derive(Clone, Copy, Debug)]
pub(super) struct TrackOptions {
    /// Connections that ask at the same time.
    pub clients: usize,
    /// How long each page is asked for, in each of three rounds.
    pub time: Duration,
    /// Threads of the server.
    pub workers: usize,
}

impl Default for TrackOptions {
    fn default() -> Self {
        Self { clients: 16, time: Duration::from_secs(3), workers: 2 }
    }
}

/// Rounds in which pages and bare handlers take turns; the middle one of each counts.
const ROUNDS: usize = 3;

/// Serves the instance on a free port and asks for its pages. Not from within an async runtime.
///
/// # Errors
/// The instance has no dossier or no procedure, or a page does not answer.
pub(super) fn run(office: &Arc<Office>, options: TrackOptions) -> Result<Figures, BenchError> {
    let paths = paths(office)?;
    // All requests of a measurement come from one address.
    let config = Config { connections_per_address: usize::MAX, ..Config::default() };
    let site = Site::new(office.clone(), &config.limits);
    actix_web::rt::System::new().block_on(async move {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let settings =
            Settings { listen: vec![any], workers: options.workers, ..Settings::new(&config) };
        let listening = listen(site, &settings)?;
        let address = listening.addresses.first().copied().unwrap_or(any);
        let handle = listening.server.handle();
        actix_web::rt::spawn(listening.server);
        let mut figures = Figures::new("track");
        figures.add("clients", options.clients as f64, "");
        for (name, path) in paths {
            compare(name, &path, address, options, &mut figures).await?;
        }
        handle.stop(false).await;
        Ok(figures)
    })
}

async fn compare(
    name: &str,
    path: &str,
    address: SocketAddr,
    options: TrackOptions,
    figures: &mut Figures,
) -> Result<(), BenchError> {
    let page = Connection::open(address).await?.ask(&get(path)).await?;
    if page.status != 200 {
        return Err(BenchError::Wrong(format!("{path} answers {}", page.status)));
    }
    figures.add(format!("{name}_page_bytes"), page.body.len() as f64, "B");
    let body: actix::Bytes = page.body.into();
    let bare = HttpServer::new(move || {
        let body = body.clone();
        App::new().default_service(actix::to(move || {
            let body = body.clone();
            async move { HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body) }
        }))
    });
    let bare = bare.workers(options.workers).disable_signals().bind(("127.0.0.1", 0))?;
    let bare_address = bare.addrs().first().copied().unwrap_or(address);
    let bare = bare.run();
    let handle = bare.handle();
    actix_web::rt::spawn(bare);
    let (mut own_rates, mut bare_rates) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        own_rates.push(measure(address, path, options).await?);
        bare_rates.push(measure(bare_address, path, options).await?);
    }
    handle.stop(false).await;
    let (own, bare) = (middle(own_rates), middle(bare_rates));
    figures.add(format!("{name}_pages_a_second"), own, "1/s");
    figures.add(format!("{name}_bare_handler_a_second"), bare, "1/s");
    figures.add(format!("{name}_share_of_bare_handler"), 100.0 * own / bare, "%");
    Ok(())
}

/// Asks from a runtime of its own, so that the clients do not live in a worker's thread.
async fn measure(
    address: SocketAddr,
    path: &str,
    options: TrackOptions,
) -> Result<f64, BenchError> {
    let request = get(path);
    let asked = actix_web::rt::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(options.workers)
            .enable_io()
            .build()?;
        runtime.block_on(rate(address, request, options.clients, options.time))
    });
    Ok(asked.await.map_err(std::io::Error::other)??)
}

fn middle(mut rates: Vec<f64>) -> f64 {
    rates.sort_unstable_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or(0.0)
}
