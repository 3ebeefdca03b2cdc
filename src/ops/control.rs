//! The control socket of a folder that is being served: `DATA/control.sock`, for its owner only.
//!
//! A call is a line of JSON, `{"operation": …, "attached": BYTES}`, and the attached bytes. The
//! answer is lines `{"progress": [WHAT, DONE, OF]}` while the work goes on, and at the end either
//! `{"done": …, "attached": BYTES}` with the bytes, or `{"error": "…"}`.

use std::fs::{self, Permissions};
use std::io::{self, BufRead, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

use super::Progress;
use super::operations::{self, Done, Operation};
use crate::office::Office;

/// The socket's name in the data folder.
const NAME: &str = "control.sock";
/// Longest line of a call.
const MAX_LINE: u64 = 1 << 20;
/// Most bytes that a call may carry.
const MAX_ATTACHED: u64 = 512 << 20;

#[derive(Debug, Serialize, Deserialize)]
struct Call {
    #[serde(flatten)]
    operation: Operation,
    attached: u64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    Progress(String, u64, u64),
    Error(String),
    #[serde(untagged)]
    Done {
        done: Value,
        attached: u64,
    },
}

/// The socket of a server; it goes with the value.
pub struct Control {
    path: PathBuf,
    accepting: JoinHandle<()>,
}

impl Control {
    /// Listens, inside a runtime. Call it only while the folder is held.
    ///
    /// # Errors
    /// The socket cannot be made; paths of sockets may have about 100 bytes.
    pub fn listen(office: &Arc<Office>) -> io::Result<Self> {
        let path = office.folder().path(NAME);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            // One that a killed server left behind: the folder is ours alone.
            _ => {}
        }
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        let accepting = tokio::spawn(accept(listener, office.clone()));
        Ok(Self { path, accepting })
    }

    /// Takes no further calls. Operations that have begun go on to their end.
    pub fn close(self) {
        self.accepting.abort();
        // Whoever connects meanwhile finds the folder at rest soon.
        let _ = fs::remove_file(&self.path);
    }
}

async fn accept(listener: UnixListener, office: Arc<Office>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(answer(stream, office.clone()));
            }
            Err(error) => {
                tracing::error!(%error, "the control socket has failed");
                return;
            }
        }
    }
}

async fn answer(stream: UnixStream, office: Arc<Office>) {
    let (reading, mut writing) = stream.into_split();
    let mut reading = BufReader::new(reading);
    let outcome = match receive(&mut reading).await {
        Ok((operation, attached)) => work(office, operation, attached, &mut writing).await,
        Err(error) => Err(format!("the call cannot be read: {error}")),
    };
    let (said, attached) = match outcome {
        Ok(Done { value, attached }) => {
            (Said::Done { done: value, attached: attached.len() as u64 }, attached)
        }
        Err(sentence) => (Said::Error(sentence), Vec::new()),
    };
    let mut bytes = line(&said);
    bytes.extend_from_slice(&attached);
    if let Err(error) = writing.write_all(&bytes).await {
        tracing::warn!(%error, "nobody waited for the end of an operation");
    }
}

async fn receive(
    reading: &mut BufReader<tokio::net::unix::OwnedReadHalf>,
) -> io::Result<(Operation, Vec<u8>)> {
    let mut text = String::new();
    reading.take(MAX_LINE).read_line(&mut text).await?;
    let call: Call = serde_json::from_str(&text)?;
    let mut attached = Vec::new();
    let length = call.attached.min(MAX_ATTACHED);
    reading.take(length).read_to_end(&mut attached).await?;
    if attached.len() as u64 != call.attached {
        return Err(io::Error::other("what is attached did not arrive whole, or is too large"));
    }
    Ok((call.operation, attached))
}

async fn work(
    office: Arc<Office>,
    operation: Operation,
    attached: Vec<u8>,
    writing: &mut tokio::net::unix::OwnedWriteHalf,
) -> Result<Done, String> {
    let (tell, mut told) = mpsc::unbounded_channel();
    let working = spawn_blocking(move || {
        let mut progress = |what: &str, done, of| {
            // Nobody listens any more: the work goes on all the same.
            let _ = tell.send(Said::Progress(what.to_owned(), done, of));
        };
        operations::run(&office, operation, &attached, &mut progress)
    });
    while let Some(said) = told.recv().await {
        if writing.write_all(&line(&said)).await.is_err() {
            break;
        }
    }
    match working.await {
        Ok(outcome) => outcome.map_err(|error| error.to_string()),
        Err(error) => Err(format!("the operation broke off: {error}")),
    }
}

fn line(said: &Said) -> Vec<u8> {
    // Texts, numbers and JSON only: it cannot fail.
    let mut bytes = serde_json::to_vec(said).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A connection to whoever serves a folder.
pub struct Client(std::os::unix::net::UnixStream);

impl Client {
    /// Connects, if the folder is being served.
    pub fn connect(root: &Path) -> Option<Self> {
        std::os::unix::net::UnixStream::connect(root.join(NAME)).ok().map(Self)
    }

    /// Has the server do an operation.
    ///
    /// # Errors
    /// The sentence of the server, or that the connection broke.
    pub fn call(
        self,
        operation: Operation,
        attached: &[u8],
        progress: Progress<'_>,
    ) -> Result<Done, String> {
        self.exchange(operation, attached, progress)
            .unwrap_or_else(|error| Err(format!("the server went away ({error}); try again")))
    }

    fn exchange(
        mut self,
        operation: Operation,
        attached: &[u8],
        progress: Progress<'_>,
    ) -> io::Result<Result<Done, String>> {
        let call = Call { operation, attached: attached.len() as u64 };
        let mut bytes = serde_json::to_vec(&call)?;
        bytes.push(b'\n');
        self.0.write_all(&bytes)?;
        self.0.write_all(attached)?;
        let mut reading = io::BufReader::new(self.0);
        loop {
            let mut text = String::new();
            if reading.read_line(&mut text)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            match serde_json::from_str(&text)? {
                Said::Progress(what, done, of) => progress(&what, done, of),
                Said::Error(sentence) => return Ok(Err(sentence)),
                Said::Done { done, attached } => {
                    let mut bytes = Vec::new();
                    reading.take(attached).read_to_end(&mut bytes)?;
                    return Ok(Ok(Done { value: done, attached: bytes }));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Call, Operation, Said, line};

    #[test]
    fn a_call_and_its_answers_are_lines_of_json() {
        let operation = Operation::DisableUser { name: "a\nb".to_owned() };
        let call = serde_json::to_value(Call { operation, attached: 3 }).unwrap();
        assert_eq!(call, json!({"operation": "disable_user", "name": "a\nb", "attached": 3}));
        let back: Call = serde_json::from_value(call).unwrap();
        assert_eq!(back.attached, 3);
        for (said, text) in [
            (Said::Progress("log".to_owned(), 1, 2), "{\"progress\":[\"log\",1,2]}\n"),
            (Said::Error("no".to_owned()), "{\"error\":\"no\"}\n"),
            (Said::Done { done: json!([1]), attached: 0 }, "{\"done\":[1],\"attached\":0}\n"),
        ] {
            assert_eq!(String::from_utf8(line(&said)).unwrap(), text);
            let back: Said = serde_json::from_str(text).unwrap();
            assert_eq!(line(&back), line(&said));
        }
    }
}
