//! What the checks of a signed-in request cost beside the page that it gets.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::config::Config;
use crate::domain::agency::Role;
use crate::office::Office;
use crate::ops::bench::loopback::{Connection, get_with};
use crate::ops::bench::{BenchError, Figures};
use crate::web::Site;
use crate::web::server::spent::Spent;
use crate::web::server::{Settings, listen};
use crate::web::visitor::SESSION_COOKIE;

/// Requests before the first one that counts.
const WARM: usize = 200;
/// Pages that a receptionist opens all day.
const PAGES: [(&str, &str); 2] = [("inbox", "/mot-cua"), ("reception", "/mot-cua/tiep-nhan")];

/// Serves the instance on a free port, signs a receptionist in and asks for pages, one after the other:
/// what a page costs, and what of it are its checks (who asks, from where, how often, with which
/// session, with which rights). Not from within an async runtime.
///
/// # Errors
/// The instance has no receptionist, or a page does not answer.
pub(super) fn run(office: &Arc<Office>, requests: usize) -> Result<Figures, BenchError> {
    let world = office.world();
    let receptionist = world.accounts().into_iter().find(|staff| staff.is(Role::Receptionist));
    let missing = || BenchError::Wrong("there is no account with the role receptionist".to_owned());
    let name = receptionist.ok_or_else(missing)?.name.to_string();
    let (session, _) = office.begin_session(Some(name), None, "")?;
    let cookie = format!("{SESSION_COOKIE}={session}");
    let config = Config { connections_per_address: usize::MAX, ..Config::default() };
    let site = Site::new(office.clone(), &config.limits);
    let spent = Arc::new(Spent::default());
    let measured = actix_web::rt::System::new().block_on(async {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let settings = Settings {
            listen: vec![any],
            workers: 1,
            spent: Some(spent.clone()),
            ..Settings::new(&config)
        };
        let listening = listen(site, &settings)?;
        let address = listening.addresses.first().copied().unwrap_or(any);
        let handle = listening.server.handle();
        actix_web::rt::spawn(listening.server);
        let mut figures = Figures::new("checks");
        for (name, path) in PAGES {
            ask(address, path, &cookie, WARM).await?;
            spent.take();
            ask(address, path, &cookie, requests).await?;
            let (number, whole, checks) = spent.take();
            let micros = |nanos: u64| nanos as f64 / number.max(1) as f64 / 1_000.0;
            let page = micros(whole.saturating_sub(checks));
            figures.add(format!("{name}_requests"), number as f64, "");
            figures.add(format!("{name}_page"), page, "µs");
            figures.add(format!("{name}_checks"), micros(checks), "µs");
            figures.add(format!("{name}_checks_share"), 100.0 * micros(checks) / page, "%");
        }
        handle.stop(false).await;
        Ok(figures)
    });
    office.end_session(&session)?;
    measured
}

async fn ask(
    address: SocketAddr,
    path: &str,
    cookie: &str,
    requests: usize,
) -> Result<(), BenchError> {
    let request = get_with(path, Some(cookie));
    let mut connection = Connection::open(address).await?;
    for _ in 0..requests {
        let answer = connection.ask(&request).await?;
        if answer.status != 200 {
            return Err(BenchError::Wrong(format!("{path} answers {}", answer.status)));
        }
    }
    Ok(())
}
