//! Files on their way out: decrypted as they stream, never run by a browser and never kept by it.

use std::io::{ErrorKind, Read, Write};
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::web::Bytes;
use futures_util::stream;
use tokio::sync::mpsc;

use super::address::percent;
use super::incoming::off_thread;
use crate::documents::blobs::BlobReader;
use crate::domain::dossier::{Attachment, FileKey};
use crate::domain::ids::AttachmentId;
use crate::office::uploads::Upload;
use crate::office::{Failure, Office};

/// Bytes that leave at once.
const CHUNK: usize = 64 * 1024;
/// Chunks that may wait for a slow reader.
const WAITING: usize = 4;

/// A stored file.
#[derive(Clone, Copy, Debug)]
pub struct Leaving<'a> {
    /// Names its blob.
    pub id: AttachmentId,
    /// The name that the reader saves it under.
    pub name: &'a str,
    /// By content.
    pub media_type: &'a str,
    /// Bytes.
    pub size: u64,
    /// Opens it.
    pub key: Option<&'a FileKey>,
}

impl<'a> From<&'a Attachment> for Leaving<'a> {
    fn from(file: &'a Attachment) -> Self {
        let (name, media_type) = (&file.name, &file.media_type);
        Self { id: file.id, name, media_type, size: file.size, key: file.key.as_ref() }
    }
}

impl<'a> From<&'a Upload> for Leaving<'a> {
    fn from(file: &'a Upload) -> Self {
        let (name, media_type) = (&file.name, &file.media_type);
        Self { id: file.id, name, media_type, size: file.size, key: file.key.as_ref() }
    }
}

/// What the reader's program is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Show it, where it cannot act.
    Show,
    /// Save it.
    Save,
}

/// The content of a stored file.
///
/// # Errors
/// The file cannot be opened.
pub async fn file(
    office: &Arc<Office>,
    file: impl Into<Leaving<'_>>,
    ask: Ask,
) -> Result<HttpResponse, Failure> {
    let file: Leaving<'_> = file.into();
    let (office, id, key) = (office.clone(), file.id, file.key.cloned());
    let blob = off_thread(move || office.read_blob(id, key.as_ref())).await?;
    let is_shown = ask == Ask::Show && can_be_shown(file.media_type);
    let how = if is_shown { "inline" } else { "attachment" };
    // The sandbox would keep browsers from showing a PDF in their own viewer.
    let policy = match file.media_type {
        "application/pdf" => "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
        _ => "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.media_type))
        .insert_header((CONTENT_DISPOSITION, disposition(how, file.name)))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, policy))
        .body(SizedStream::new(file.size, chunks(blob))))
}

/// A PDF of ours, to be shown.
pub fn pdf(name: &str, bytes: Vec<u8>) -> HttpResponse {
    made(name, bytes, "application/pdf", "inline")
}

/// A spreadsheet of ours (XLSX), to be saved.
pub fn spreadsheet(name: &str, bytes: Vec<u8>) -> HttpResponse {
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    made(name, bytes, media_type, "attachment")
}

fn made(name: &str, bytes: Vec<u8>, media_type: &'static str, how: &str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CONTENT_DISPOSITION, disposition(how, name)))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bytes)
}

/// What writes a file while it leaves: it waits for a slow reader, and ends with one that has gone.
#[derive(Debug)]
pub struct Pipe {
    send: mpsc::Sender<Result<Bytes, std::io::Error>>,
    waiting: Vec<u8>,
}

impl Pipe {
    fn pass(&mut self) -> std::io::Result<()> {
        let chunk = Bytes::from(std::mem::take(&mut self.waiting));
        let gone = |_| std::io::Error::from(ErrorKind::BrokenPipe);
        if chunk.is_empty() { Ok(()) } else { self.send.blocking_send(Ok(chunk)).map_err(gone) }
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= CHUNK {
            self.pass()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A file of ours, to be saved, that is made a little ahead of the network and never lies whole in
/// memory. What fails breaks it off, so that nobody takes a part for the whole.
pub fn made_on_the_way(
    name: &str,
    media_type: &'static str,
    write: impl FnOnce(&mut Pipe) -> std::io::Result<()> + Send + 'static,
) -> HttpResponse {
    let (send, receive) = mpsc::channel(WAITING);
    actix_web::rt::task::spawn_blocking(move || {
        let mut pipe = Pipe { send: send.clone(), waiting: Vec::with_capacity(CHUNK) };
        if let Err(error) = write(&mut pipe).and_then(|()| pipe.pass()) {
            tracing::warn!(%error, "a file was broken off on its way out");
            // Who reads no more need not be told.
            let _ = send.blocking_send(Err(error));
        }
    });
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CONTENT_DISPOSITION, disposition("attachment", name)))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(arriving(receive))
}

/// Whether a browser may show it in its own window.
pub fn can_be_shown(media_type: &str) -> bool {
    matches!(media_type, "image/jpeg" | "image/png" | "image/webp" | "application/pdf")
}

/// The content in chunks, read on a thread for blocking work a little ahead of the network. It ends
/// with the file, or when nobody reads on.
fn chunks(mut blob: BlobReader) -> impl stream::Stream<Item = Result<Bytes, std::io::Error>> {
    let (send, receive) = mpsc::channel(WAITING);
    actix_web::rt::task::spawn_blocking(move || {
        loop {
            let mut chunk = vec![0; CHUNK];
            let read = match blob.read(&mut chunk) {
                Ok(0) => return,
                Ok(count) => {
                    chunk.truncate(count);
                    Ok(Bytes::from(chunk))
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
            let failed = read.is_err();
            if send.blocking_send(read).is_err() || failed {
                return;
            }
        }
    });
    arriving(receive)
}

/// What arrives on a channel, until it ends.
fn arriving(
    receive: mpsc::Receiver<Result<Bytes, std::io::Error>>,
) -> impl stream::Stream<Item = Result<Bytes, std::io::Error>> {
    stream::unfold(receive, |mut receive| async move {
        let chunk = receive.recv().await?;
        Some((chunk, receive))
    })
}

/// The name in RFC 5987's encoding, and a plain one for old programs. ASCII throughout.
fn disposition(how: &str, name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !"\"\\%;/".contains(c) { c } else { '_' })
        .collect();
    let encoded = percent(name);
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_cannot_leave_its_header() {
        let header = disposition("attachment", "Đơn \"x\"; /../\r\nSet-Cookie: a=b.pdf");
        assert!(header.is_ascii() && !header.contains(['\r', '\n', '/']), "{header}");
        assert!(header.starts_with("attachment; filename=\"__n_"), "{header}");
        assert!(header.ends_with("filename*=UTF-8''%C4%90%C6%A1n%20%22x%22%3B%20%2F..%2F%0D%0ASet-Cookie%3A%20a%3Db.pdf"), "{header}");
    }
}
