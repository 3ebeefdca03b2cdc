//! What whoever watches the process sees: probes, figures, headers, errors.

use crate::support::server::Server;

#[test]
fn every_answer_carries_the_headers_that_protect_it() {
    let server = Server::empty();
    let client = server.client();
    for path in ["/healthz", "/metrics", "/khong-co-trang-nay", "/api/v1/khong-co"] {
        let answer = client.get(path);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe"), "{policy}");
        assert!(answer.header("permissions-policy").is_some(), "{path}");
        assert_eq!(answer.header("x-request-id").map(str::len), Some(10), "{path}");
        assert_eq!(answer.header("strict-transport-security"), None, "{path}");
    }
}

#[test]
fn what_is_not_there_is_told_as_a_page_or_a_problem() {
    let server = Server::empty();
    let page = server.client().get("/khong-co-trang-nay?so=036097990000").expect(404);
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
    assert!(page.text().contains("<h1"), "{}", page.text());
    server.client().get("/api/v1/khong-co").problem(404);
}

#[test]
fn an_answer_without_words_gets_a_page_with_its_reference() {
    let server = Server::empty();
    let page = server.client().get("/assets/la.css").expect(404);
    let reference = page.header("x-request-id").unwrap().to_owned();
    let text = page.text();
    assert!(text.contains("Không tìm thấy trang") && text.contains(&reference), "{text}");
    let page = server.client().get("/assets/la.css?lang=en").expect(404);
    assert!(page.text().contains("There is no such page"), "{}", page.text());
}

#[test]
fn who_asks_for_the_head_only_gets_no_body() {
    let server = Server::empty();
    let page = server.client().get("/").expect(200);
    let head = server.client().send("HEAD", "/", &[], Vec::new()).expect(200);
    assert!(head.body.is_empty() && !page.body.is_empty());
    assert_eq!(head.header("content-type"), page.header("content-type"));
}

#[test]
fn only_a_trusted_proxy_may_say_that_a_request_was_secure() {
    let server = Server::empty();
    let forwarded = server.client().header("X-Forwarded-Proto", "https").get("/healthz");
    // The tests come from this machine, which is trusted by default.
    assert!(forwarded.header("strict-transport-security").is_some());
}

#[test]
fn figures_count_answers_and_commits() {
    let server = Server::empty();
    let client = server.client();
    client.get("/healthz").expect(200);
    client.get("/khong-co-trang-nay").expect(404);
    let figures = client.get("/metrics").expect(200).text();
    for line in [
        "motcua_requests_total{class=\"2xx\"} 1",
        "motcua_requests_total{class=\"4xx\"} 1",
        "motcua_request_seconds_count 2",
        "motcua_queue_length 0",
        "motcua_dossiers 0",
        "motcua_index_lag_commits 0",
    ] {
        assert!(figures.lines().any(|own| own == line), "{line}\n{figures}");
    }
}

#[test]
fn the_log_tells_paths_without_what_was_asked() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("motcua.toml");
    std::fs::write(&config, "log = \"info\"\nlog_json = true\n").unwrap();
    let server = Server::demo_with(&["--config", config.to_str().unwrap()]);
    let answer = server.client().get("/assets/la.css?so=036097990000").expect(404);
    let reference = answer.header("x-request-id").unwrap().to_owned();
    server.wait_for_log(&reference);
    let log = server.log();
    let line = log.lines().find(|line| line.contains(&reference)).unwrap();
    assert!(line.contains("/assets/{file}"), "{line}");
    assert!(!log.contains("036097990000") && !log.contains("la.css"), "{line}");
}
