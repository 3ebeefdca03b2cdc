//! Requests over the loopback device: clients with connections that stay open, and as little else as
//! possible, since they share the machine with what is measured.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer, as far as measurements look.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its body.
    pub body: Vec<u8>,
}

/// One connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// A connection to a server.
    ///
    /// # Errors
    /// Nobody listens there.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 << 10) })
    }

    /// Sends a whole request and reads the whole answer, which must say its length.
    ///
    /// # Errors
    /// The connection ends early, or the answer does not say its length.
    pub async fn ask(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(at) = memchr::memmem::find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        };
        // The server under measure writes header names in lower case; this client reads no more than
        // it must, since it shares the cores with what it measures.
        let digits = |from: usize| {
            let rest = self.buffer[from..head].iter().take_while(|byte| byte.is_ascii_digit());
            rest.fold(0_usize, |number, digit| 10 * number + usize::from(digit - b'0'))
        };
        const LENGTH: &[u8] = b"content-length: ";
        let status = u16::try_from(digits(9)).ok();
        let length = memchr::memmem::find(&self.buffer[..head], LENGTH);
        let length = length.map(|at| digits(at + LENGTH.len()));
        let (Some(status), Some(length)) = (status, length) else {
            return Err(Error::other("an answer without a length"));
        };
        while self.buffer.len() < head + length {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(Answer { status, body: self.buffer[head..head + length].to_vec() })
    }
}

/// A GET request.
pub fn get(path: &str) -> Vec<u8> {
    get_with(path, None)
}

/// A GET request with a cookie.
pub fn get_with(path: &str, cookie: Option<&str>) -> Vec<u8> {
    let cookie = cookie.map(|cookie| format!("cookie: {cookie}\r\n")).unwrap_or_default();
    let head =
        format!("GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\n{cookie}\r\n");
    head.into_bytes()
}

/// Lets `clients` ask the same for a while and says how many answers a second came.
///
/// # Errors
/// A connection fails.
pub async fn rate(
    address: SocketAddr,
    request: Vec<u8>,
    clients: usize,
    time: Duration,
) -> Result<f64> {
    let (request, answers) = (Arc::new(request), Arc::new(AtomicU64::new(0)));
    let begun = Instant::now();
    let asking: Vec<_> = (0..clients)
        .map(|_| {
            let (request, answers) = (request.clone(), answers.clone());
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await?;
                while begun.elapsed() < time {
                    let answer = connection.ask(&request).await?;
                    if answer.status != 200 {
                        return Err(Error::other(format!("status {}", answer.status)));
                    }
                    answers.fetch_add(1, Ordering::Relaxed);
                }
                Ok(())
            })
        })
        .collect();
    for client in asking {
        client.await.map_err(Error::other)??;
    }
    Ok(answers.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64())
}
