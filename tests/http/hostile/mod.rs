//! Requests that no browser of a citizen sends: each gets a calm answer, stores nothing, and the
//! server goes on.

mod bodies;
mod door;
mod forms;
mod guessing;
mod tokens;
mod uploads;

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::support::server::Server;

/// A demo with the lines of a settings file.
fn demo_with(settings: &str) -> (Server, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("motcua.toml");
    std::fs::write(&file, settings).unwrap();
    let server = Server::demo_with(&["--config", file.to_str().unwrap()]);
    (server, folder)
}

/// A connection to a server, for requests that no library sends.
fn connect(server: &Server) -> TcpStream {
    let address = server.base().split_once("://").map(|(_, address)| address).unwrap();
    TcpStream::connect(address).unwrap()
}

/// Everything that a server says until it closes the connection.
fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset after the answer is an end as well.
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The answer to a request as it stands here, head and body.
fn raw(server: &Server, request: &[u8]) -> String {
    let mut stream = connect(server);
    // The server may answer, and close, before it has read everything.
    let _ = stream.write_all(request);
    rest(stream)
}

/// The status of an answer.
fn status(answer: &str) -> u16 {
    let code = answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
    code.and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("no answer: {answer:?}"))
}

/// A request for a path with further header lines.
fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n")
        .into_bytes()
}
