//! Each direct dependency has its reason in `docs/dependencies.md`, with the version that is asked for.

use std::collections::BTreeMap;

use crate::tree::Tree;

const TABLE: &str = "docs/dependencies.md";

/// The names of the crates that the library and the executable are built with.
pub fn direct(tree: &Tree) -> Vec<String> {
    section(tree, "dependencies").into_keys().collect()
}

fn check(tree: &Tree) -> Vec<String> {
    let mut asked = section(tree, "dependencies");
    asked.extend(section(tree, "dev-dependencies"));
    let text = tree.file(TABLE).map_or("", |file| file.text.as_str());
    let mut problems = Vec::new();
    let mut told: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for (name, version_and_reason) in text.lines().filter_map(row) {
        if told.insert(name, version_and_reason).is_some() {
            problems.push(format!("{TABLE}: {name} stands there twice"));
        }
    }
    for (name, version) in &asked {
        match told.get(name.as_str()) {
            None => problems.push(format!("{TABLE}: says nothing about {name}")),
            Some((told, _)) if told != version => {
                problems.push(format!("{TABLE}: {name} is asked for as {version}, not {told}"));
            }
            Some((_, "")) => problems.push(format!("{TABLE}: {name} has no reason")),
            Some(_) => {}
        }
    }
    let gone = told.keys().filter(|name| !asked.contains_key(**name));
    problems.extend(gone.map(|name| format!("{TABLE}: {name} is no dependency any more")));
    problems
}

/// `| crate | version | reason |`, with the crate in backticks.
fn row(line: &str) -> Option<(&str, (&str, &str))> {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [name, version, reason] = cells[..] else { return None };
    Some((name.strip_prefix('`')?.strip_suffix('`')?, (version, reason)))
}

fn section(tree: &Tree, name: &str) -> BTreeMap<String, String> {
    let Some(manifest) = tree.file("Cargo.toml") else { return BTreeMap::new() };
    let manifest: toml::Table = manifest.text.parse().expect("Cargo.toml is TOML");
    let Some(section) = manifest.get(name).and_then(toml::Value::as_table) else {
        return BTreeMap::new();
    };
    let version = |value: &toml::Value| match value {
        toml::Value::String(version) => version.clone(),
        other => other.get("version").and_then(toml::Value::as_str).unwrap_or_default().to_owned(),
    };
    section.iter().map(|(name, value)| (name.clone(), version(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;
    use crate::{none, one};

    fn problems(table: &str) -> Vec<String> {
        let manifest = "[dependencies]\nredb = \"4.6\"\n[dev-dependencies]\n\
                        syn = { version = \"2\", features = [\"full\"] }\n";
        check(&Tree::of(&[("Cargo.toml", manifest), ("docs/dependencies.md", table)]))
    }

    #[test]
    fn every_dependency_of_the_repository_has_its_reason() {
        none(&check(&Tree::repository()));
    }

    #[test]
    fn a_table_that_has_drifted_is_found() {
        let syn = "| `syn` | 2 | reads the sources |";
        none(&problems(&format!(
            "| crate | version | why |\n|---|---|---|\n| `redb` | 4.6 | stores |\n{syn}"
        )));
        one(&problems(syn), "says nothing about redb");
        one(&problems(&format!("| `redb` | 4.5 | stores |\n{syn}")), "asked for as 4.6, not 4.5");
        one(&problems(&format!("| `redb` | 4.6 | |\n{syn}")), "redb has no reason");
        let twice = "| `redb` | 4.6 | stores |\n| `redb` | 4.6 | keeps |";
        one(&problems(&format!("{twice}\n{syn}")), "redb stands there twice");
        let gone = "| `redb` | 4.6 | stores |\n| `sled` | 1 | stored |";
        one(&problems(&format!("{gone}\n{syn}")), "sled is no dependency");
    }
}
