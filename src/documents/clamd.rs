//! Asks ClamAV's daemon about files while they stream in. It runs beside us, over a socket of its own;
//! without it nothing changes, and when it was set and is not there no file is taken.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

use crate::documents::words;
use crate::domain::refusal::{Refusal, RefusalKind};

/// How long the daemon may take for one step; its own limit for a file is longer.
const PATIENCE: Duration = Duration::from_secs(60);
/// Longest answer that is read.
const ANSWER: u64 = 4096;

/// Where the daemon listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clamd {
    /// A socket in the file system, such as `/run/clamav/clamd.ctl`.
    Unix(PathBuf),
    /// An address, such as `127.0.0.1:3310`.
    Tcp(String),
}

impl Clamd {
    /// Reads a setting: a path, or an address with a port.
    pub fn at(text: &str) -> Self {
        if text.starts_with('/') { Self::Unix(text.into()) } else { Self::Tcp(text.to_owned()) }
    }

    /// Begins to show it a file.
    ///
    /// # Errors
    /// It cannot be reached.
    pub(super) fn begin(&self) -> Result<Scan, Refusal> {
        let open = || -> io::Result<Box<dyn Wire>> {
            match self {
                Self::Unix(path) => {
                    let stream = UnixStream::connect(path)?;
                    stream.set_read_timeout(Some(PATIENCE))?;
                    stream.set_write_timeout(Some(PATIENCE))?;
                    Ok(Box::new(stream))
                }
                Self::Tcp(address) => {
                    let first = address.to_socket_addrs()?.next();
                    let first = first.ok_or(io::ErrorKind::AddrNotAvailable)?;
                    let stream = TcpStream::connect_timeout(&first, PATIENCE)?;
                    stream.set_read_timeout(Some(PATIENCE))?;
                    stream.set_write_timeout(Some(PATIENCE))?;
                    Ok(Box::new(stream))
                }
            }
        };
        let mut wire = open().map_err(|error| unreachable(&error))?;
        wire.write_all(b"zINSTREAM\0").map_err(|error| unreachable(&error))?;
        Ok(Scan { wire })
    }
}

trait Wire: Read + Write + Send {}

impl<T: Read + Write + Send> Wire for T {}

/// A file that is being shown.
pub(super) struct Scan {
    wire: Box<dyn Wire>,
}

impl Scan {
    /// Shows the next bytes.
    ///
    /// # Errors
    /// The daemon is gone, or has seen enough: then its answer is told.
    pub(super) fn push(&mut self, bytes: &[u8], name: &str) -> Result<(), Refusal> {
        for part in bytes.chunks(64 * 1024) {
            let length = u32::try_from(part.len()).unwrap_or_default().to_be_bytes();
            let sent = self.wire.write_all(&length).and_then(|()| self.wire.write_all(part));
            if let Err(error) = sent {
                // It may have answered before it closed.
                return Err(self.judge(name).err().unwrap_or_else(|| unreachable(&error)));
            }
        }
        Ok(())
    }

    /// Ends the file and asks what it is.
    ///
    /// # Errors
    /// It carries something harmful, or the daemon does not say.
    pub(super) fn finish(mut self, name: &str) -> Result<(), Refusal> {
        self.wire.write_all(&0_u32.to_be_bytes()).map_err(|error| unreachable(&error))?;
        self.judge(name)
    }

    fn judge(&mut self, name: &str) -> Result<(), Refusal> {
        let mut answer = Vec::new();
        let read = Read::take(&mut self.wire, ANSWER).read_to_end(&mut answer);
        read.map_err(|error| unreachable(&error))?;
        let answer = String::from_utf8_lossy(&answer);
        let answer = answer.trim_matches(['\0', '\n', ' ']);
        match answer.strip_prefix("stream: ").unwrap_or(answer) {
            "OK" => Ok(()),
            found if found.ends_with(" FOUND") => {
                // The signature only: names of files may name persons.
                tracing::warn!(found, "a file was refused by ClamAV");
                let text = words::INFECTED.text(&[("name", name)]);
                Err(Refusal::new(RefusalKind::Invalid, text))
            }
            other => Err(unreachable(&io::Error::other(other.to_owned()))),
        }
    }
}

fn unreachable(error: &io::Error) -> Refusal {
    tracing::error!(%error, "ClamAV does not answer: no file is taken until it does");
    Refusal::new(RefusalKind::TooMany, words::NOT_SCANNED)
}
