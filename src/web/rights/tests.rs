//! Every row is an address of the router, and none stands twice.

use std::collections::BTreeSet;

use actix_web::App;
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service, try_call_service};

use super::{find, table};

/// An address of a pattern, with a word in place of each part that varies.
fn sample(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "1" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[actix_web::test]
async fn every_row_is_an_address_that_the_router_knows() {
    let app = init_service(App::new().configure(crate::web::server::routes)).await;
    for right in table().flat_map(|(_, rights)| rights) {
        for method in right.methods.split(' ') {
            let request = TestRequest::with_uri(&sample(right.path))
                .method(Method::from_bytes(method.as_bytes()).expect("a method"))
                .to_request();
            // Without a site most handlers fail; which of them was found is what counts.
            let Ok(answer) = try_call_service(&app, request).await else { continue };
            assert_ne!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {}", right.path);
            let matched = answer.request().match_pattern();
            assert_eq!(matched.as_deref(), Some(right.path), "{method}");
        }
    }
}

#[test]
fn no_address_stands_twice() {
    let mut seen = BTreeSet::new();
    for right in table().flat_map(|(_, rights)| rights) {
        for method in right.methods.split(' ') {
            assert!(seen.insert((right.path, method)), "{method} {}", right.path);
            assert!(find(right.path, method).is_some());
        }
    }
    assert!(find("/mot-cua", "DELETE").is_none());
    assert!(find("/no-such-page", "GET").is_none());
}
