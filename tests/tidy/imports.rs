//! Imports point one way, from `cli` down to `domain`; the domain is pure; the engine sees only bytes.

use std::collections::BTreeMap;

use crate::dependencies;
use crate::source::{is_ident, is_punct, list, named, tokens};
use crate::tree::Tree;

/// Each floor with those that it may name. A new floor needs a line here and on the map.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("env", &[]),
    ("config", &["domain"]),
    ("store", &["domain", "env"]),
    ("search", &["store", "domain", "env"]),
    ("documents", &["domain", "env"]),
    ("office", &["store", "search", "documents", "domain", "env", "config"]),
    ("web", &["office", "documents", "domain", "env", "config"]),
    ("interop", &["office", "domain", "env", "config"]),
    ("ops", &["office", "store", "search", "documents", "domain", "env", "config"]),
    (
        "cli",
        &[
            "web",
            "ops",
            "interop",
            "office",
            "store",
            "search",
            "documents",
            "domain",
            "env",
            "config",
        ],
    ),
];

/// What is neither time nor input and output, and yet not ours: the domain may use it
/// (`docs/decisions.md` says why).
const PURE: &[&str] = &["jiff", "rust_decimal", "strsim", "thiserror", "unicode_normalization"];
/// The parts of the standard library that the domain may not use.
const IMPURE: &[&str] =
    &["env", "fs", "io", "net", "os", "process", "thread", "time::SystemTime", "time::Instant"];

fn check(tree: &Tree) -> Vec<String> {
    let macros = macro_floors(tree);
    let mut problems = Vec::new();
    for file in tree.rust("src/") {
        let module = crate::source::module(&file.path);
        let Some(floor) = module.first() else { continue };
        let Some((_, allowed)) = FLOORS.iter().find(|(name, _)| name == floor) else {
            problems.push(format!("{}: no floor is called {floor}", file.path));
            continue;
        };
        let in_engine = module.starts_with(&["store".to_owned(), "engine".to_owned()]);
        for named in named(file) {
            let Some(ours) = named.ours() else { continue };
            let Some(first) = ours.first() else { continue };
            let target = macros.get(first).unwrap_or(first);
            let written = format!("{}:{}: {}", file.path, named.line, named.segments.join("::"));
            // The words of a fault are the only thing of ours that bytes need.
            let is_words = first == "messages" || ours.iter().take(2).eq(["domain", "words"]);
            let is_own = ours.starts_with(&["store".to_owned(), "engine".to_owned()]);
            if in_engine && !is_own && !is_words {
                problems.push(format!("{written}: the engine sees bytes and nothing of ours"));
            } else if target != floor && !allowed.contains(&target.as_str()) {
                problems.push(format!("{written}: {floor} may not name {target}"));
            }
        }
    }
    problems.extend(impurities(tree));
    problems
}

fn impurities(tree: &Tree) -> Vec<String> {
    let crates: Vec<String> = dependencies::direct(tree)
        .into_iter()
        .map(|name| name.replace('-', "_"))
        .filter(|name| !PURE.contains(&name.as_str()))
        .collect();
    let mut problems = Vec::new();
    for file in tree.rust("src/domain/") {
        for named in named(file) {
            let path = named.segments.join("::");
            let impure = named.segments[0] == "std"
                && IMPURE.iter().any(|part| {
                    let part = format!("std::{part}");
                    path == part || path.starts_with(&format!("{part}::"))
                });
            if impure || crates.contains(&named.segments[0]) {
                problems
                    .push(format!("{}:{}: the domain does not use {path}", file.path, named.line));
            }
        }
    }
    problems
}

/// The exported macros, which live at the crate's root, with the floors that they belong to.
fn macro_floors(tree: &Tree) -> BTreeMap<String, String> {
    let mut floors = BTreeMap::new();
    for file in tree.rust("src/") {
        let Some(floor) = crate::source::module(&file.path).first().cloned() else { continue };
        let tokens = list(tokens(file));
        for window in tokens.windows(3) {
            if is_ident(&window[0], "macro_rules") && is_punct(&window[1], '!') {
                floors.insert(window[2].to_string(), floor.clone());
            }
        }
    }
    floors
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;
    use crate::{none, one};

    #[test]
    fn the_repository_keeps_the_arrows() {
        none(&check(&Tree::repository()));
    }

    #[test]
    fn an_import_against_the_arrows_is_found() {
        for (path, text, problem) in [
            ("src/store/mod.rs", "use crate::office::Desk;", "store may not name office"),
            ("src/web/x.rs", "fn f() { html! { (crate::store::x()) } }", "web may not name store"),
            ("src/web/x.rs", "use super::super::search::Hit;", "web may not name search"),
            ("src/search/x.rs", "use crate::{domain::ids, documents::Pdf};", "not name documents"),
            ("src/domain/x.rs", "use crate::env::Env;", "domain may not name env"),
            ("src/cellar/mod.rs", "", "no floor is called cellar"),
        ] {
            one(&check(&Tree::of(&[(path, text)])), problem);
        }
    }

    #[test]
    fn the_engine_names_nothing_of_ours() {
        for text in ["use crate::domain::ids::Id;", "use super::super::codec::Key;"] {
            one(&check(&Tree::of(&[("src/store/engine/redb.rs", text)])), "the engine sees bytes");
        }
        none(&check(&Tree::of(&[("src/store/engine/redb.rs", "use super::Key;")])));
    }

    #[test]
    fn the_domain_is_pure() {
        let manifest = ("Cargo.toml", "[dependencies]\nactix-web = \"4\"\njiff = \"1\"\n");
        for text in [
            "use std::{fmt, fs};",
            "use std::time::{Duration, SystemTime};",
            "fn f() { ::std::net::lookup() }",
            "use actix_web::HttpRequest;",
        ] {
            one(
                &check(&Tree::of(&[manifest, ("src/domain/x.rs", text)])),
                "the domain does not use",
            );
        }
        let text = "use jiff::civil::Date; use std::time::Duration;";
        none(&check(&Tree::of(&[manifest, ("src/domain/x.rs", text)])));
    }

    #[test]
    fn a_macro_belongs_to_the_floor_that_declares_it() {
        let words = ("src/domain/words.rs", "#[macro_export] macro_rules! messages { () => {} }");
        none(&check(&Tree::of(&[words, ("src/web/words.rs", "crate::messages! {}")])));
        let views = ("src/web/views.rs", "#[macro_export] macro_rules! view { () => {} }");
        let tree = Tree::of(&[views, ("src/store/mod.rs", "crate::view! {}")]);
        one(&check(&tree), "store may not name web");
    }
}
