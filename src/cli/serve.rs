//! `motcua serve`: serves a folder until a signal ends it.

use std::net::{SocketAddr, ToSocketAddrs};
use std::pin::pin;
use std::sync::Arc;

use actix_web::rt::System;
use clap::Args;
use futures_util::future::select;
use tokio::signal::unix::{SignalKind, signal};

use super::Common;
use super::output::{Trouble, print};
use super::target::open;
use crate::config::Config;
use crate::interop::carrier::Carrier;
use crate::office::Office;
use crate::ops::background::Background;
use crate::ops::control::Control;
use crate::web::Site;
use crate::web::server::{self, Settings};

/// Serve the data folder.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
}

impl Serve {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let mut config = common.config()?;
        config.listen = self.listen.unwrap_or(config.listen);
        start_log(&config)?;
        let office = open(common)?;
        serve(office, &config, &|| {})
    }
}

/// Log lines go to standard error.
pub(super) fn start_log(config: &Config) -> Result<(), Trouble> {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log)
        .map_err(|error| Trouble::new(format!("the log filter {:?}: {error}", config.log)))?;
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(filter);
    let started = if config.log_json { log.json().try_init() } else { log.try_init() };
    started.map_err(|error| Trouble::new(format!("the log cannot be started: {error}")))
}

/// Serves an open instance until SIGTERM or SIGINT; `ready` is called before it says where.
pub(super) fn serve(office: Office, config: &Config, ready: &dyn Fn()) -> Result<(), Trouble> {
    let settings = Settings {
        listen: addresses(&config.listen)?,
        workers: config.workers,
        trusted_proxies: config.trusted_proxies.clone(),
    };
    System::new().block_on(run(Arc::new(office), settings, ready))
}

async fn run(office: Arc<Office>, settings: Settings, ready: &dyn Fn()) -> Result<(), Trouble> {
    let no_signals = |error| Trouble::new(format!("signals cannot be received: {error}"));
    let mut terminate = signal(SignalKind::terminate()).map_err(no_signals)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(no_signals)?;
    let site = Site::new(office.clone());
    let listening = server::listen(site, &settings).map_err(|error| {
        let places: Vec<String> = settings.listen.iter().map(ToString::to_string).collect();
        let places = places.join(", ");
        Trouble::new(format!("cannot listen on {places}: {error}; name another with --listen"))
    })?;
    let background = Background::start(&office);
    let carrier = Carrier::start(&office);
    let control = Control::listen(&office);
    if let Err(error) = &control {
        tracing::error!(%error, "no control socket: commands cannot reach this server");
    }
    ready();
    for address in &listening.addresses {
        print(format!("listening on http://{address}"));
    }
    let handle = listening.server.handle();
    let serving = actix_web::rt::spawn(listening.server);
    select(pin!(terminate.recv()), pin!(interrupt.recv())).await;
    if let Ok(control) = control {
        control.close();
    }
    // No further connections; requests that were accepted finish.
    handle.stop(true).await;
    let ended = serving.await;
    background.stop().await;
    carrier.stop().await;
    let flushed = actix_web::rt::task::spawn_blocking({
        let office = office.clone();
        move || office.flush_relaxed()
    });
    let flushed = flushed.await.map_err(Trouble::new)?;
    flushed.map_err(|failure| Trouble::new(format!("the last flush failed: {failure}")))?;
    match ended {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Trouble::new(format!("the server failed: {error}"))),
        Err(error) => Err(Trouble::new(format!("the server failed: {error}"))),
    }
}

fn addresses(listen: &str) -> Result<Vec<SocketAddr>, Trouble> {
    let found = listen.to_socket_addrs().map(Iterator::collect::<Vec<_>>);
    found.map_err(|error| {
        Trouble::new(format!("{listen} is no address to listen on ({error}); write 127.0.0.1:8080"))
    })
}
