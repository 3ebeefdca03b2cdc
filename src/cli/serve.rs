//! `motcua serve`: serves a folder until a signal ends it.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::rt::System;
use clap::Args;
use futures_util::future::select;
use jiff::Timestamp;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::timeout;

use super::output::{Trouble, print};
use super::target::{open, warn};
use super::{Common, system};
use crate::config::Config;
use crate::domain::calendar::local;
use crate::interop::carrier::Carrier;
use crate::interop::sign_on::Providers;
use crate::office::Office;
use crate::ops::background::Background;
use crate::ops::control::Control;
use crate::web::Site;
use crate::web::server::tls::{Certificates, Renewal, TlsFiles};
use crate::web::server::{self, Settings};

/// How often the files of the certificate are looked at.
const RENEW: Duration = Duration::from_secs(10);

/// Serve the data folder.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// The time that the clock shows at the start, such as 2026-11-27T16:30:00+07:00; only in a
    /// folder for training.
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    clock: Option<Timestamp>,
    /// The server's certificate with its chain, in PEM: it then speaks TLS.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// The certificate's private key, in PEM.
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
    /// Where to listen without TLS, to send people to the address with it.
    #[arg(long, value_name = "ADDR", requires = "tls_key")]
    redirect_listen: Option<String>,
}

fn instant(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "write a time such as 2026-11-27T16:30:00+07:00".to_owned())
}

impl Serve {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let mut config = common.config()?;
        config.listen = self.listen.unwrap_or(config.listen);
        config.tls_certificate = self.tls_certificate.or(config.tls_certificate);
        config.tls_key = self.tls_key.or(config.tls_key);
        config.redirect_listen = self.redirect_listen.or(config.redirect_listen);
        start_log(&config)?;
        let office = match self.clock {
            Some(clock) => open_at(common, clock)?,
            None => open_now(common)?,
        };
        serve(office, &config, &|| {})
    }
}

/// Opens the folder. One for training whose clock ran ahead goes on from its last event.
fn open_now(common: &Common) -> Result<Office, Trouble> {
    let office = open(common)?;
    let last = office.last_instant().map_err(Trouble::new)?;
    match last.filter(|last| office.is_demo() && *last > office.now()) {
        Some(last) => {
            drop(office);
            open_at(common, last)
        }
        None => Ok(office),
    }
}

/// Opens a folder for training with its clock moved.
fn open_at(common: &Common, clock: Timestamp) -> Result<Office, Trouble> {
    let settings = system::settings(common)?;
    let env = system::env().moved_to(clock);
    let office = Office::open_with(common.data(), env, &settings).map_err(Trouble::new)?;
    if !office.is_demo() {
        let data = common.data().display();
        return Err(Trouble::new(format!(
            "{data} holds real dossiers: its clock cannot be moved; make a folder for training with \
             `motcua demo`"
        )));
    }
    warn(&office);
    let last = office.last_instant().map_err(Trouble::new)?;
    match last.filter(|last| *last > clock) {
        Some(last) => Err(Trouble::new(format!(
            "the last event of the folder is of {}: name a later time with --clock",
            local(last).strftime("%Y-%m-%dT%H:%M:%S+07:00")
        ))),
        None => Ok(office),
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
    let mut settings = Settings::new(config);
    settings.listen = addresses(&config.listen)?;
    if let Some(plain) = &config.redirect_listen {
        settings.redirect = addresses(plain)?;
    }
    office.set_gate(Arc::new(Providers::default()));
    let mut site = Site::new(Arc::new(office), &config.limits);
    if let (Some(certificate), Some(key)) = (&config.tls_certificate, &config.tls_key) {
        let files = TlsFiles { certificate: certificate.clone(), key: key.clone() };
        let now = site.office.now();
        let certificates = Certificates::read(files, now).map_err(Trouble::new)?;
        site.certificates = Some(Arc::new(certificates));
    }
    System::new().block_on(run(site, settings, ready))
}

async fn run(site: Site, settings: Settings, ready: &dyn Fn()) -> Result<(), Trouble> {
    let no_signals = |error| Trouble::new(format!("signals cannot be received: {error}"));
    let mut terminate = signal(SignalKind::terminate()).map_err(no_signals)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(no_signals)?;
    let (office, certificates) = (site.office.clone(), site.certificates.clone());
    let listening = server::listen(site, &settings).map_err(|error| {
        let all = settings.listen.iter().chain(&settings.redirect);
        let places: Vec<String> = all.map(ToString::to_string).collect();
        let places = places.join(", ");
        Trouble::new(format!("cannot listen on {places}: {error}; name another with --listen"))
    })?;
    let scheme = if certificates.is_some() { "https" } else { "http" };
    let renewing =
        certificates.map(|certificates| actix_web::rt::spawn(renew(certificates, office.clone())));
    let background = Background::start(&office);
    let carrier = Carrier::start(&office);
    let control = Control::listen(&office);
    if let Err(error) = &control {
        tracing::error!(%error, "no control socket: commands cannot reach this server");
    }
    ready();
    for address in &listening.addresses {
        print(format!("listening on {scheme}://{address}"));
    }
    let handle = listening.server.handle();
    let redirect = listening.redirect.map(|(addresses, server)| {
        for address in addresses {
            print(format!("redirecting from http://{address}"));
        }
        let handle = server.handle();
        actix_web::rt::spawn(server);
        handle
    });
    let serving = actix_web::rt::spawn(listening.server);
    select(pin!(terminate.recv()), pin!(interrupt.recv())).await;
    if let Ok(control) = control {
        control.close();
    }
    if let Some(renewing) = renewing {
        renewing.abort();
    }
    if let Some(redirect) = redirect {
        redirect.stop(false).await;
    }
    // No further connections; requests that were accepted finish.
    handle.stop(true).await;
    let ended = serving.await;
    background.stop().await;
    carrier.stop().await;
    let flushed = actix_web::rt::task::spawn_blocking({
        let office = office.clone();
        move || office.flush_looks().and_then(|()| office.flush_relaxed())
    });
    let flushed = flushed.await.map_err(Trouble::new)?;
    flushed.map_err(|failure| Trouble::new(format!("the last flush failed: {failure}")))?;
    match ended {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Trouble::new(format!("the server failed: {error}"))),
        Err(error) => Err(Trouble::new(format!("the server failed: {error}"))),
    }
}

/// Reads the certificate again when its files have changed, and at once on SIGHUP.
async fn renew(certificates: Arc<Certificates>, office: Arc<Office>) {
    let mut hangups = match signal(SignalKind::hangup()) {
        Ok(hangups) => hangups,
        Err(error) => {
            tracing::error!(%error, "SIGHUP cannot be received: renew the certificate by a restart");
            return;
        }
    };
    loop {
        // Whether a signal or the time came: the files are looked at.
        let asked = timeout(RENEW, hangups.recv()).await.is_ok();
        let (read, now) = (certificates.clone(), office.now());
        match actix_web::rt::task::spawn_blocking(move || read.renew(now)).await {
            Ok(Ok(Renewal::Taken(until))) => tracing::warn!(%until, "a new certificate is in use"),
            Ok(Ok(Renewal::Same)) if asked => tracing::warn!("the certificate has not changed"),
            Ok(Ok(Renewal::Same)) => {}
            Ok(Err(error)) => {
                let until = certificates.not_after();
                tracing::error!(%error, %until, "the certificate stays the one that it was");
            }
            Err(error) => tracing::error!(%error, "the certificate could not be looked at"),
        }
    }
}

fn addresses(listen: &str) -> Result<Vec<SocketAddr>, Trouble> {
    let found = listen.to_socket_addrs().map(Iterator::collect::<Vec<_>>);
    found.map_err(|error| {
        Trouble::new(format!("{listen} is no address to listen on ({error}); write 127.0.0.1:8080"))
    })
}
