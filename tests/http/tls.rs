//! The server with a certificate of its own.

use std::io::Write;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore};
use tempfile::TempDir;

use crate::support::http::Client;
use crate::support::server::{ADMIN_PASSWORD, Server};

/// A certificate for this machine that ends on a day, and its key, as files.
struct Issued {
    folder: TempDir,
    der: Vec<u8>,
}

impl Issued {
    fn until(year: i32, month: u8, day: u8) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let der = issue(folder.path(), (year, month, day));
        Self { folder, der }
    }

    fn certificate(&self) -> PathBuf {
        self.folder.path().join("fullchain.pem")
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("privkey.pem")
    }

    /// Arguments to serve with it.
    fn arguments(&self) -> Vec<String> {
        let text = |path: PathBuf| path.to_str().unwrap().to_owned();
        let (certificate, key) = (text(self.certificate()), text(self.key()));
        vec!["serve".into(), "--tls-certificate".into(), certificate, "--tls-key".into(), key]
    }
}

/// Writes both files; returns the certificate itself.
fn issue(folder: &Path, (year, month, day): (i32, u8, u8)) -> Vec<u8> {
    let names = ["127.0.0.1".to_owned(), "localhost".to_owned()];
    let mut wanted = CertificateParams::new(names).unwrap();
    wanted.not_after = date_time_ymd(year, month, day);
    let key = KeyPair::generate().unwrap();
    let made = wanted.self_signed(&key).unwrap();
    std::fs::write(folder.join("privkey.pem"), key.serialize_pem()).unwrap();
    std::fs::write(folder.join("fullchain.pem"), made.pem()).unwrap();
    made.der().to_vec()
}

fn serve(server: &mut Server, arguments: &[String]) {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    server.terminate();
    server.restart_as(&arguments);
}

#[test]
fn pages_come_over_tls_and_the_session_stays_in_it() {
    let issued = Issued::until(2100, 1, 1);
    let mut server = Server::empty();
    serve(&mut server, &issued.arguments());
    assert!(server.base().starts_with("https://"), "{}", server.base());
    let client = Client::trusting(server.base(), &issued.der).with_cookies();
    let page = client.get("/mot-cua/dang-nhap").expect(200);
    assert!(page.header("strict-transport-security").unwrap().contains("max-age=31536000"));
    let csrf = crate::support::http::field(&page.text(), "_csrf");
    let form = [("_csrf", csrf.as_str()), ("user", "admin"), ("password", ADMIN_PASSWORD)];
    let answer = client.post_form("/mot-cua/dang-nhap", &form).expect(303);
    let cookie = answer.header("set-cookie").unwrap().to_owned();
    for part in ["__Host-motcua_phien=", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    client.get("/quan-tri").expect(200);
    // A cookie that a neighbour under the same domain could have set is nobody's session.
    let id = client.cookie("__Host-motcua_phien").unwrap();
    let tossed = Client::trusting(server.base(), &issued.der);
    let tossed = tossed.header("Cookie", &format!("motcua_phien={id}"));
    tossed.get("/quan-tri").expect(303);
}

#[test]
fn both_protocols_are_offered() {
    let issued = Issued::until(2100, 1, 1);
    let mut server = Server::empty();
    serve(&mut server, &issued.arguments());
    for (offered, taken) in [(&["h2", "http/1.1"][..], "h2"), (&["http/1.1"][..], "http/1.1")] {
        assert_eq!(agreed(&server, &issued, offered), taken);
    }
}

/// The protocol that server and client agree on.
fn agreed(server: &Server, issued: &Issued, offered: &[&str]) -> String {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(issued.der.clone())).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider);
    let config = config.with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = offered.iter().map(|name| name.as_bytes().to_vec()).collect();
    let name = ServerName::try_from("localhost").unwrap();
    let mut client = ClientConnection::new(Arc::new(config), name).unwrap();
    let address = server.base().strip_prefix("https://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    while client.is_handshaking() {
        client.complete_io(&mut stream).unwrap();
    }
    client.writer().flush().unwrap();
    String::from_utf8(client.alpn_protocol().unwrap().to_vec()).unwrap()
}

#[test]
fn a_new_certificate_needs_no_restart_and_a_bad_one_changes_nothing() {
    let issued = Issued::until(2100, 1, 1);
    let mut server = Server::empty();
    serve(&mut server, &issued.arguments());
    let old = || Client::trusting(server.base(), &issued.der);
    assert!(old().reaches("/healthz"));
    std::fs::write(issued.certificate(), "no certificate").unwrap();
    server.signal("HUP");
    server.wait_for_log("stays the one that it was");
    assert!(old().reaches("/healthz"));
    issue(issued.folder.path(), (2020, 1, 1));
    server.signal("HUP");
    server.wait_for_log("ended at 2020-01-01");
    assert!(old().reaches("/healthz"));
    let renewed = issue(issued.folder.path(), (2100, 2, 2));
    server.signal("HUP");
    server.wait_for_log("a new certificate is in use");
    assert!(!old().reaches("/healthz"), "the old one is gone");
    assert!(Client::trusting(server.base(), &renewed).reaches("/healthz"));
}

#[test]
fn files_that_cannot_be_used_are_named_at_the_start() {
    let (good, other, over) =
        (Issued::until(2100, 1, 1), Issued::until(2100, 1, 1), Issued::until(2020, 1, 1));
    let mut server = Server::empty();
    server.terminate();
    let locked = good.folder.path().join("locked.pem");
    std::fs::write(&locked, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n").unwrap();
    let missing = good.folder.path().join("none.pem");
    for (certificate, key, named, advice) in [
        (&missing, &good.key(), &missing, "cannot be read"),
        (&good.key(), &good.key(), &good.key(), "fullchain.pem"),
        (&good.certificate(), &good.certificate(), &good.certificate(), "no private key"),
        (&good.certificate(), &locked, &locked, "openssl pkey"),
        (&good.certificate(), &other.key(), &other.key(), "made together"),
        (&over.certificate(), &over.key(), &over.certificate(), "ended at 2020-01-01"),
    ] {
        let text = |path: &PathBuf| path.to_str().unwrap().to_owned();
        let (certificate, key, named) = (text(certificate), text(key), text(named));
        let files = ["--tls-certificate", &certificate, "--tls-key", &key];
        let done = server.command(&[&["serve", "--listen", "127.0.0.1:0"][..], &files].concat());
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.stderr.contains(&named) && done.stderr.contains(advice), "{}", done.stderr);
    }
    let half = server.command(&["serve", "--tls-key", "x.pem"]);
    assert_eq!(half.code, Some(2), "{half:?}");
}

#[test]
fn without_tls_people_are_only_sent_to_the_address_with_it() {
    let issued = Issued::until(2100, 1, 1);
    let mut server = Server::empty();
    let mut arguments = issued.arguments();
    arguments.extend(["--redirect-listen".to_owned(), "127.0.0.1:0".to_owned()]);
    serve(&mut server, &arguments);
    let plain = Client::new(&server.said("redirecting from "));
    let answer = plain.get("/tra-cuu?lang=en").expect(308);
    let target = answer.header("location").unwrap();
    assert_eq!(target, server.url("/tra-cuu?lang=en"));
    assert_eq!(answer.header("strict-transport-security"), None);
    let told = plain.post("/api/v1/sessions", &serde_json::json!({})).expect(403).text();
    assert!(told.contains("https://"), "{told}");
    let forged = plain.send("GET", "/", &[("Host", "a b\"c")], Vec::new());
    assert_eq!(forged.status, 400);
}

#[test]
fn who_administers_is_told_before_the_certificate_ends() {
    let issued = Issued::until(2100, 3, 15);
    let mut server = Server::demo();
    let mut arguments = issued.arguments();
    for (clock, is_told) in
        [("2100-02-01T09:00:00+07:00", false), ("2100-03-01T09:00:00+07:00", true)]
    {
        arguments.truncate(5);
        arguments.extend(["--clock".to_owned(), clock.to_owned()]);
        serve(&mut server, &arguments);
        let admin = Client::trusting(server.base(), &issued.der).with_cookies();
        let csrf = crate::support::http::field(
            &admin.get("/mot-cua/dang-nhap").expect(200).text(),
            "_csrf",
        );
        let form = [("_csrf", csrf.as_str()), ("user", "quantri"), ("password", "motcua-demo")];
        admin.post_form("/mot-cua/dang-nhap", &form).expect(303);
        let page = admin.get("/quan-tri").expect(200).text();
        assert_eq!(page.contains("Chứng thư TLS"), is_told, "{clock}");
        let figures = admin.get("/metrics").expect(200).text();
        assert!(figures.contains("motcua_certificate_seconds "), "{figures}");
    }
}
