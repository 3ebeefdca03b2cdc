//! Files on their way out: decrypted as they stream, never run by the browser.

use std::io::Read;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::Bytes;
use tokio::sync::mpsc;

use super::incoming::block;
use super::page::percent;
use crate::domain::ids::AttachmentId;
use crate::office::Failure;
use crate::web::Site;

/// Bytes that are decrypted at once.
const CHUNK: usize = 64 * 1024;
/// Chunks that may wait for a slow reader.
const WAITING: usize = 4;

/// The content of a stored file, shown in the browser under its name.
///
/// # Errors
/// The file cannot be opened.
pub(super) async fn stream(
    site: &Site,
    id: AttachmentId,
    name: &str,
    media_type: &str,
    size: u64,
) -> Result<HttpResponse, Failure> {
    let office = site.office.clone();
    let mut reader = block(move || office.read_blob(id)).await?;
    let (sender, mut receiver) = mpsc::channel::<std::io::Result<Bytes>>(WAITING);
    // It ends with the file, or when nobody reads on.
    drop(actix_web::rt::task::spawn_blocking(move || {
        loop {
            let mut chunk = vec![0; CHUNK];
            let read = match reader.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => Ok(Bytes::copy_from_slice(&chunk[..read])),
                Err(cause) => Err(cause),
            };
            let failed = read.is_err();
            if sender.blocking_send(read).is_err() || failed {
                break;
            }
        }
    }));
    let body = futures_util::stream::poll_fn(move |context| receiver.poll_recv(context));
    Ok(headed(name, media_type).insert_header((CONTENT_LENGTH, size)).streaming(body))
}

/// A PDF of ours.
pub(super) fn pdf(name: &str, bytes: Vec<u8>) -> HttpResponse {
    headed(name, "application/pdf").body(bytes)
}

fn headed(name: &str, media_type: &str) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CONTENT_DISPOSITION, format!("inline; filename*=UTF-8''{}", percent(name))))
        .insert_header((CACHE_CONTROL, "private, no-store"));
    response
}
