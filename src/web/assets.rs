//! Style sheets, scripts and icons, inside the executable, at addresses that change with them.

use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

use super::theme::Theme;

/// What a page may load: only what this program serves, never an inline style or script.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; \
    script-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[derive(RustEmbed)]
#[folder = "assets/css"]
struct Styles;

#[derive(RustEmbed)]
#[folder = "assets/js"]
struct Scripts;

#[derive(RustEmbed)]
#[folder = "assets/icons"]
struct Icons;

type Read = fn(&str) -> Option<EmbeddedFile>;

/// A bundle: its name, its media type, and the files that it joins, in order.
struct Bundle {
    read: Read,
    stem: &'static str,
    extension: &'static str,
    media_type: &'static str,
    parts: &'static [&'static str],
}

const BUNDLES: &[Bundle] = &[
    Bundle {
        read: Styles::get,
        stem: "site",
        extension: "css",
        media_type: "text/css; charset=utf-8",
        parts: &[
            "tokens.css",
            "base.css",
            "shell.css",
            "forms.css",
            "parts.css",
            "tables.css",
            "desk.css",
            "public.css",
            "print.css",
        ],
    },
    Bundle {
        read: Scripts::get,
        stem: "site",
        extension: "js",
        media_type: "text/javascript; charset=utf-8",
        parts: &[
            "once.js",
            "drafts.js",
            "reduce.js",
            "pieces.js",
            "upload.js",
            "suggest.js",
            "communes.js",
            "below.js",
            "refresh.js",
            "follow.js",
        ],
    },
    Bundle {
        read: Scripts::get,
        stem: "desk",
        extension: "js",
        media_type: "text/javascript; charset=utf-8",
        parts: &["keys.js", "leave.js", "dialog.js", "bulk.js", "poll.js"],
    },
    Bundle {
        read: Scripts::get,
        stem: "passkeys",
        extension: "js",
        media_type: "text/javascript; charset=utf-8",
        parts: &["passkeys.js"],
    },
    Bundle {
        read: Icons::get,
        stem: "favicon",
        extension: "svg",
        media_type: "image/svg+xml",
        parts: &["favicon.svg"],
    },
];

/// A file as it is served.
struct Asset {
    name: String,
    path: String,
    etag: String,
    media_type: &'static str,
    bytes: web::Bytes,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| BUNDLES.iter().map(join).collect());

fn join(bundle: &Bundle) -> Asset {
    let mut bytes = Vec::new();
    for part in bundle.parts {
        if let Some(file) = (bundle.read)(part) {
            bytes.extend_from_slice(&file.data);
        }
    }
    if bundle.extension == "js" {
        bytes = without_comments(&bytes);
    }
    let digest = Sha256::digest(&bytes);
    let hash: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Asset {
        name: format!("{}.{}", bundle.stem, bundle.extension),
        path: format!("/assets/{}.{hash}.{}", bundle.stem, bundle.extension),
        etag: format!("\"{hash}\""),
        media_type: bundle.media_type,
        bytes: bytes.into(),
    }
}

/// A script without the lines that are comments: they are for those who read the sources.
fn without_comments(script: &[u8]) -> Vec<u8> {
    let lines = script.split_inclusive(|byte| *byte == b'\n');
    lines.filter(|line| !line.trim_ascii_start().starts_with(b"//")).flatten().copied().collect()
}

/// The address of a bundle such as `site.css`; the empty text for an unknown one.
pub fn href(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| asset.path.as_str())
}

/// The bytes of a bundle; none for an unknown one.
#[cfg(test)]
pub(crate) fn bytes(name: &str) -> web::Bytes {
    let found = ASSETS.iter().find(|asset| asset.name == name);
    found.map_or_else(web::Bytes::new, |asset| asset.bytes.clone())
}

/// Serves `/assets/{file}`: a year in the cache, since another content has another address.
pub async fn serve(request: HttpRequest) -> HttpResponse {
    let Some(asset) = ASSETS.iter().find(|asset| asset.path == request.path()) else {
        return HttpResponse::NotFound().finish();
    };
    let known = request
        .headers()
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == asset.etag));
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((ETAG, asset.etag.as_str()))
        .insert_header(("X-Content-Type-Options", "nosniff"));
    if known {
        return response.finish();
    }
    response.content_type(asset.media_type).body(asset.bytes.clone())
}

/// Answers `/theme.css`: the agency's colours, cached as long, since `Theme::href` names their hash.
pub fn theme_css(theme: &Theme) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .content_type("text/css; charset=utf-8")
        .body(theme.css.clone())
}

/// Adds the routes of the assets.
pub fn configure(config: &mut web::ServiceConfig) {
    config.route("/assets/{file}", web::get().to(serve));
}

#[cfg(test)]
mod tests {
    use actix_web::App;
    use actix_web::http::StatusCode;
    use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
    use actix_web::test::{TestRequest, call_service, init_service, read_body};

    use super::{ASSETS, BUNDLES, configure, href};

    #[test]
    fn every_part_of_every_bundle_exists() {
        for bundle in BUNDLES {
            for part in bundle.parts {
                assert!((bundle.read)(part).is_some(), "{part}");
            }
        }
        assert_eq!(href("unknown.css"), "");
    }

    #[actix_web::test]
    async fn an_asset_is_cached_for_a_year_and_answers_its_tag() {
        let app = init_service(App::new().configure(configure)).await;
        for asset in ASSETS.iter() {
            let fresh = TestRequest::get().uri(&asset.path).to_request();
            let fresh = call_service(&app, fresh).await;
            assert_eq!(fresh.status(), StatusCode::OK);
            let cache = fresh.headers().get(CACHE_CONTROL).and_then(|v| v.to_str().ok());
            assert!(cache.is_some_and(|v| v.contains("immutable")));
            let tag = fresh.headers().get(ETAG).cloned().expect("a tag");
            let again = TestRequest::get().uri(&asset.path).insert_header((IF_NONE_MATCH, tag));
            let again = call_service(&app, again.to_request()).await;
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
            assert!(read_body(again).await.is_empty());
        }
        let old = TestRequest::get().uri("/assets/site.0000000000000000.css").to_request();
        assert_eq!(call_service(&app, old).await.status(), StatusCode::NOT_FOUND);
    }
}
