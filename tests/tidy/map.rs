//! The documents name only what is there: every path in backticks, and every path of the drawn map.

use crate::tree::{File, Tree};

const FOLDERS: &[&str] =
    &["src/", "docs/", "assets/", "tests/", "fuzz/", "packaging/", ".ci/", "./tests/", "./.ci/"];

fn check(tree: &Tree) -> Vec<String> {
    let documents = tree.files.iter().filter(|file| {
        matches!(file.path.as_str(), "README.md" | "ARCHITECTURE.md" | "CHANGELOG.md")
            || (file.path.starts_with("docs/") && file.path.ends_with(".md"))
    });
    let mut problems = Vec::new();
    for document in documents {
        for path in in_backticks(document).into_iter().chain(drawn(document)) {
            if !exists(tree, &path) {
                problems.push(format!("{}: names {path}, which is not there", document.path));
            }
        }
    }
    problems
}

/// A path may end in a pattern: then the folder before it counts.
fn exists(tree: &Tree, path: &str) -> bool {
    let path = path.strip_prefix("./").unwrap_or(path);
    match path.find(['*', '{', '<', '…']) {
        Some(pattern) => {
            tree.has(path[..pattern].rsplit_once('/').map_or("", |(folder, _)| folder))
        }
        None => tree.has(path),
    }
}

fn in_backticks(document: &File) -> Vec<String> {
    let spans = document.text.split('`').skip(1).step_by(2);
    spans
        .filter(|span| FOLDERS.iter().any(|folder| span.starts_with(folder)))
        .filter_map(|span| span.split_whitespace().next())
        .map(|path| path.split_once(':').map_or(path, |(path, _)| path).to_owned())
        .collect()
}

/// The paths of a map: an indented list in a fence that begins with `src/`, a path and some words on
/// each line.
fn drawn(document: &File) -> Vec<String> {
    let mut paths = Vec::new();
    for block in document.text.split("```").skip(1).step_by(2) {
        let lines = block.lines().skip(1);
        if !lines.clone().next().is_some_and(|line| line.starts_with("src/")) {
            continue;
        }
        let mut parents: Vec<(usize, String)> = Vec::new();
        for line in lines {
            let Some(name) = line.split_whitespace().next() else { continue };
            if !name.ends_with('/') && !name.contains('.') {
                continue;
            }
            let indent = line.len() - line.trim_start().len();
            parents.retain(|(parent, _)| *parent < indent);
            let folder = parents.last().map_or("", |(_, folder)| folder.as_str());
            let path = format!("{folder}{name}");
            paths.push(path.clone());
            if name.ends_with('/') {
                parents.push((indent, path));
            }
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;
    use crate::{none, one};

    fn problems(document: &str) -> Vec<String> {
        let files = [("docs/x.md", document), ("src/a/b.rs", ""), ("src/a/mod.rs", "")];
        check(&Tree::of(&files))
    }

    #[test]
    fn the_documents_of_the_repository_name_what_is_there() {
        none(&check(&Tree::repository()));
    }

    #[test]
    fn a_path_that_is_not_there_is_found() {
        one(&problems("See `src/a/c.rs` and `src/a/b.rs:12`."), "names src/a/c.rs");
        one(&problems("Run `./tests/run browser`."), "names ./tests/run");
        one(&problems("One of `src/z/*.rs`."), "names src/z/*.rs");
        none(&problems("See `src/a/`, `src/a/*.rs`, `src/a/<floor>.rs` and `cargo run`."));
    }

    #[test]
    fn a_map_that_has_drifted_is_found() {
        let map = "```\nsrc/\n  a/       words about a\n           more words\n    b.rs   bytes\n  c.rs\n```";
        one(&problems(map), "names src/c.rs");
    }
}
