//! Files that come in pieces, by the rules of tus 1.0 (core protocol and termination): a file is
//! begun with its length, each `PATCH` says at which byte it goes on, `HEAD` tells where that is.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, delete, get, patch, post};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::BASE;
use super::asking::Asking;
use super::body::{self, wrong_value};
use super::problem::{ApiFailure, Outcome};
use super::receiving::at_file;
use super::uploads::UploadAnswer;
use crate::domain::calendar::written;
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::Refusal;
use crate::office::pieces::{Partial, Piece, Progress, longer_than_said, no_partial};
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::incoming::off_thread;
use crate::web::limits::Asked;
use crate::web::words::api as words;

/// The type of a piece.
const PIECE: &str = "application/offset+octet-stream";
const OFFSET: &str = "Upload-Offset";
const LENGTH: &str = "Upload-Length";
/// Bytes that are gathered before a thread that may block takes them.
const CHUNK: usize = 256 * 1024;

/// A file that is to come in pieces.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BegunFile {
    /// Its name.
    #[schema(example = "to-khai.pdf")]
    pub name: String,
    /// Its length in bytes.
    #[schema(example = 4_194_304)]
    pub length: u64,
    /// The media type that it claims; what it holds is checked when it is whole.
    #[schema(example = "application/pdf")]
    pub media_type: Option<String>,
}

/// A file of which nothing has come yet.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct BegunAnswer {
    /// The id of its pieces' address, and of the whole file for `components[].uploads` and the like.
    #[schema(example = "0f8fad5bd9cb469fa16570867728950e")]
    pub id: String,
    /// Where its pieces go: `PATCH` and `HEAD`.
    #[schema(example = "/api/v1/uploads/resumable/0f8fad5bd9cb469fa16570867728950e")]
    pub location: String,
    /// Until when the next piece must have come; each piece moves it.
    #[schema(example = "2026-12-01T17:00:00+07:00")]
    pub expires_at: String,
}

/// Begins a file that comes in pieces and goes on after a broken connection
///
/// Send its bytes to `location` with `PATCH`; after a break ask `HEAD` where to go on. The pieces wait
/// 24 hours for the next one, sealed, also while the server restarts. The whole file is then one as of
/// `POST uploads`.
#[utoipa::path(
    tag = "dossiers",
    security((), ("token" = []), ("proof" = [])),
    request_body = BegunFile,
    responses((status = 201, description = "The file may come", body = BegunAnswer,
        headers(("Location" = String, description = "Where its pieces go")))),
)]
#[post("/uploads/resumable")]
pub async fn begin_resumable(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    asking.limit(&site, Asked::Sending)?;
    let bytes = body::read(&request, payload).await?;
    let sent: BegunFile = body::parse(&bytes)?;
    if sent.length == 0 {
        return Err(Refusal::field("length", wrong_value(words::A_POSITIVE_NUMBER)).into());
    }
    let once = asking.once("POST uploads/resumable", &bytes);
    let caller = asking.caller.clone();
    let answer = site.office.once(once, async {
        let BegunFile { name, length, media_type } = sent;
        let begun = site.office.begin_partial(&caller, &name, media_type, length);
        let begun = begun.map_err(at_file)?;
        Ok::<_, ApiFailure>(BegunAnswer {
            id: begun.id.to_string(),
            location: format!("{BASE}/uploads/resumable/{}", begun.id),
            expires_at: written(begun.expires_at()),
        })
    });
    let answer = answer.await?;
    let mut response = tus(StatusCode::CREATED, 0);
    response.insert_header((header::LOCATION, answer.location.as_str()));
    Ok(response.json(answer))
}

/// How far a file is.
#[derive(Serialize, ToSchema)]
pub struct OffsetAnswer {
    /// Bytes that are here: where it goes on.
    #[schema(example = 1_048_576)]
    pub offset: u64,
    /// Bytes of the whole file.
    #[schema(example = 4_194_304)]
    pub length: u64,
}

/// Tells how far a file is that comes in pieces
///
/// `HEAD` tells the same by the headers alone.
#[utoipa::path(
    tag = "dossiers",
    security((), ("token" = []), ("proof" = [])),
    params(("id" = String, Path, description = "The file's id")),
    responses((status = 200, body = OffsetAnswer,
        description = "It goes on at this byte; at its length it is whole",
        headers(("Upload-Offset" = u64, description = "Bytes that are here"),
            ("Upload-Length" = u64, description = "Bytes of the whole file")))),
)]
#[get("/uploads/resumable/{id}")]
pub async fn tell_resumable(path: Path<String>, asking: Asking, site: Data<Site>) -> Outcome {
    let progress = site.office.progress(id_of(&path)?, &asking.caller)?;
    let (offset, length) = match &progress {
        Progress::Waiting(partial) => (partial.offset(), partial.length),
        Progress::Whole(upload) => (upload.size, upload.size),
    };
    let mut response = tus(StatusCode::OK, offset);
    response.insert_header((LENGTH, length.to_string()));
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(response.json(OffsetAnswer { offset, length }))
}

/// Takes the next piece of a file
///
/// Of a piece that breaks off, what has come is kept. The last one joins the file, which is then
/// judged: 200 with what it is, or 422 when it is not taken, and its pieces are gone. An offset other
/// than the present one is refused (409) and the answer names the present one.
#[utoipa::path(
    tag = "dossiers",
    security((), ("token" = []), ("proof" = [])),
    params(
        ("id" = String, Path, description = "The file's id"),
        ("Upload-Offset" = u64, Header, description = "The byte at which the piece begins"),
    ),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses(
        (status = 204, description = "The piece was kept, more are to come",
            headers(("Upload-Offset" = u64, description = "Bytes that are here"))),
        (status = 200, description = "The file is whole and kept for 24 hours", body = UploadAnswer),
    ),
)]
#[patch("/uploads/resumable/{id}")]
pub async fn send_piece(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    let id = id_of(&path)?;
    let said = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let partial = match site.office.progress(id, &asking.caller)? {
        Progress::Waiting(partial) => partial,
        Progress::Whole(upload) => return Err(ApiFailure::wrong_offset(upload.size)),
    };
    if said(header::CONTENT_TYPE.as_str()) != Some(PIECE) {
        return Err(ApiFailure::media_type(words::PIECE_EXPECTED));
    }
    let offset: u64 = said(OFFSET)
        .and_then(|text| text.trim().parse().ok())
        .ok_or_else(|| Refusal::field(OFFSET, wrong_value(words::A_NUMBER)))?;
    if offset != partial.offset() {
        return Err(ApiFailure::wrong_offset(partial.offset()));
    }
    let size = said(header::CONTENT_LENGTH.as_str()).and_then(|text| text.parse::<u64>().ok());
    if offset.saturating_add(size.unwrap_or_default()) > partial.length {
        return Err(longer_than_said(partial.length).into());
    }
    // Goes on when the connection breaks, so that what has come is kept.
    let (site, caller) = (site.clone(), asking.caller.clone());
    let taking = actix_web::rt::spawn(async move { take(&site, &caller, partial, payload).await });
    taking.await.map_err(|_| ApiFailure::malformed(words::BODY_CUT))?
}

/// Keeps what comes as a piece after those that are here.
async fn take(site: &Site, caller: &Caller, partial: Partial, mut payload: Payload) -> Outcome {
    let (offset, left) = (partial.offset(), partial.length - partial.offset());
    let office = site.office.clone();
    let mut writer = off_thread(move || office.begin_piece()).await?;
    let (mut gathered, mut size, mut is_cut) = (Vec::new(), 0_u64, false);
    loop {
        let chunk = payload.next().await;
        match &chunk {
            Some(Ok(bytes)) => {
                size += bytes.len() as u64;
                if size > left {
                    return Err(longer_than_said(partial.length).into());
                }
                gathered.extend_from_slice(bytes);
            }
            Some(Err(_)) => is_cut = true,
            None => {}
        }
        let is_over = !matches!(chunk, Some(Ok(_)));
        if gathered.len() >= CHUNK || is_over {
            let (office, full) = (site.office.clone(), std::mem::take(&mut gathered));
            let push = move || office.push_piece(&mut writer, &full).map(|()| writer);
            writer = off_thread(push).await?;
        }
        if is_over {
            break;
        }
    }
    let (office, sender, id) = (site.office.clone(), caller.clone(), partial.id);
    let kept = off_thread(move || office.keep_piece(id, &sender, offset, writer)).await?;
    match kept {
        Piece::Misplaced(offset) => Err(ApiFailure::wrong_offset(offset)),
        Piece::Kept(_) if is_cut => Err(ApiFailure::malformed(words::BODY_CUT)),
        Piece::Kept(partial) if partial.is_whole() => join(site, caller, partial.id).await,
        Piece::Kept(partial) => Ok(tus(StatusCode::NO_CONTENT, partial.offset()).finish()),
    }
}

async fn join(site: &Site, caller: &Caller, id: AttachmentId) -> Outcome {
    let (office, sender) = (site.office.clone(), caller.clone());
    let joined = off_thread(move || office.join_partial(id, &sender).map_err(at_file)).await?;
    Ok(tus(StatusCode::OK, joined.size).json(UploadAnswer {
        id: joined.id.to_string(),
        size: joined.size,
        media_type: joined.media_type,
        name: joined.name,
    }))
}

/// Gives up a file that comes in pieces, or has come
#[utoipa::path(
    tag = "dossiers",
    security((), ("token" = []), ("proof" = [])),
    params(("id" = String, Path, description = "The file's id")),
    responses((status = 204, description = "Its bytes are gone")),
)]
#[delete("/uploads/resumable/{id}")]
pub async fn drop_resumable(path: Path<String>, asking: Asking, site: Data<Site>) -> Outcome {
    let (office, caller, id) = (site.office.clone(), asking.caller.clone(), id_of(&path)?);
    off_thread(move || office.drop_partial(id, &caller)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// An answer that tells how far a file is.
fn tus(status: StatusCode, offset: u64) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response.insert_header(("Tus-Resumable", "1.0.0")).insert_header((OFFSET, offset.to_string()));
    response
}

fn id_of(text: &str) -> Result<AttachmentId, Failure> {
    text.parse().map_err(|_| no_partial().into())
}
