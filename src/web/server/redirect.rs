//! A listener without TLS that only sends people to the address with it.

use std::io;
use std::net::SocketAddr;

use actix_web::dev::Server;
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, HOST, LOCATION};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};

use super::hosts::{Hosts, name_of};
use super::{HEAD_TIMEOUT, KEEP_ALIVE};

/// Where people are sent.
#[derive(Clone)]
struct Target {
    /// The public address, when it is one with TLS.
    public: Option<String>,
    /// The port with TLS.
    port: u16,
}

impl Target {
    /// The same page with TLS.
    fn of(&self, request: &HttpRequest) -> Option<String> {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        if let Some(public) = &self.public {
            return Some(format!("{public}{path}"));
        }
        let host = request.headers().get(HOST)?.to_str().ok()?;
        let name = name_of(host);
        let port = if self.port == 443 { String::new() } else { format!(":{}", self.port) };
        Some(format!("https://{name}{port}{path}"))
    }
}

/// Starts to listen. Nothing that was sent without TLS is taken.
///
/// # Errors
/// An address is in use or not ours.
pub(super) fn listen(
    addresses: &[SocketAddr],
    hosts: Hosts,
    public_url: Option<&str>,
    port: u16,
) -> io::Result<(Vec<SocketAddr>, Server)> {
    let public = public_url.filter(|url| url.starts_with("https://"));
    let public = public.map(|url| url.trim_end_matches('/').to_owned());
    let target = web::Data::new((Target { public, port }, hosts));
    let server = HttpServer::new(move || {
        App::new().app_data(target.clone()).default_service(web::to(answer))
    })
    .workers(1)
    .tcp_nodelay(true)
    .keep_alive(KEEP_ALIVE)
    .client_request_timeout(HEAD_TIMEOUT)
    .disable_signals();
    let server = server.bind(addresses)?;
    Ok((server.addrs(), server.run()))
}

async fn answer(request: HttpRequest, target: web::Data<(Target, Hosts)>) -> HttpResponse {
    let (target, hosts) = target.get_ref();
    if let Err(status) = hosts.check(&request) {
        return HttpResponse::new(status);
    }
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
    match target.of(&request) {
        Some(address) if is_reading => HttpResponse::PermanentRedirect()
            .insert_header((LOCATION, address))
            .insert_header((CACHE_CONTROL, "no-store"))
            .finish(),
        Some(address) => {
            let told = format!("Địa chỉ này chỉ nhận HTTPS / Send it with TLS to {address}\n");
            HttpResponse::Forbidden().content_type("text/plain; charset=utf-8").body(told)
        }
        None => HttpResponse::BadRequest().finish(),
    }
}
