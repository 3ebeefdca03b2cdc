//! What the documents tell people to type exists: commands of the executable, and scripts with stages
//! for every test executable.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};

use crate::tree::Tree;

fn check(tree: &Tree) -> Vec<String> {
    let known = subcommands(tree);
    let mut problems = Vec::new();
    for document in ["README.md", "ARCHITECTURE.md", "docs/"] {
        for file in tree
            .files
            .iter()
            .filter(|file| file.path.starts_with(document) && file.path.ends_with(".md"))
        {
            for command in typed(&file.text) {
                if !known.contains(&command) {
                    problems.push(format!("{}: there is no `motcua {command}`", file.path));
                }
            }
        }
    }
    problems.extend(stages(tree));
    problems
}

/// The first word after each `motcua` or `cargo run … --` that stands as code.
fn typed(text: &str) -> BTreeSet<String> {
    let fenced = text.split("```").skip(1).step_by(2).flat_map(str::lines);
    let outside: String = text.split("```").step_by(2).collect();
    let inline: Vec<String> = outside.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    fenced
        .chain(inline.iter().map(String::as_str))
        .filter_map(|line| {
            let line = line.trim().trim_start_matches("$ ").trim_start_matches("sudo ");
            let program = line.strip_prefix("motcua ").or_else(|| line.strip_prefix("./motcua "));
            let built = || line.starts_with("cargo run").then(|| line.split_once(" -- "))?;
            let rest = program.or_else(|| built().map(|(_, rest)| rest))?;
            let word = rest.split_whitespace().next()?;
            word.starts_with(|first: char| first.is_ascii_lowercase()).then(|| word.to_owned())
        })
        .collect()
}

/// The commands of the command line: the variants of the enumerations in `src/cli/` that derive
/// `Subcommand`, in the spelling that people type.
fn subcommands(tree: &Tree) -> BTreeSet<String> {
    let mut commands = Commands(BTreeSet::new());
    for file in tree.rust("src/cli/") {
        let syntax =
            syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
        commands.visit_file(&syntax);
    }
    commands.0
}

struct Commands(BTreeSet<String>);

impl<'ast> Visit<'ast> for Commands {
    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        let derives = |attribute: &syn::Attribute| match &attribute.meta {
            syn::Meta::List(list) => list.tokens.to_string().contains("Subcommand"),
            _ => false,
        };
        if item.attrs.iter().any(derives) {
            self.0.extend(item.variants.iter().map(|variant| kebab(&variant.ident.to_string())));
        }
        visit::visit_item_enum(self, item);
    }
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

/// `tests/run` runs every test executable, and no other.
fn stages(tree: &Tree) -> Vec<String> {
    let Some(script) = tree.file("tests/run") else { return Vec::new() };
    let list = script.text.lines().find_map(|line| line.strip_prefix("all_stages=("));
    let list = list.and_then(|line| line.strip_suffix(')')).expect("tests/run lists its stages");
    let stages: BTreeSet<&str> = list.split_whitespace().collect();
    let binaries: BTreeSet<&str> = tree
        .files
        .iter()
        .filter_map(|file| file.path.strip_prefix("tests/"))
        .filter_map(|path| path.strip_suffix("/main.rs").or_else(|| path.strip_suffix(".rs")))
        .filter(|name| !name.contains('/'))
        .chain(["lib", "doc"])
        .collect();
    let never_run = binaries.difference(&stages);
    let not_there = stages.difference(&binaries);
    never_run
        .map(|name| format!("tests/run: has no stage for tests/{name}"))
        .chain(not_there.map(|name| format!("tests/run: there is no tests/{name}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{check, typed};
    use crate::tree::Tree;
    use crate::{none, one};

    const CLI: (&str, &str) =
        ("src/cli/mod.rs", "#[derive(Debug, Subcommand)] enum Command { Demo, UserAdd(Args) }");

    #[test]
    fn the_repository_tells_people_what_exists() {
        none(&check(&Tree::repository()));
    }

    #[test]
    fn a_command_that_does_not_exist_is_found() {
        let readme = "```\ncargo run --release -- demo\n$ motcua user-add x\n```";
        none(&check(&Tree::of(&[CLI, ("README.md", readme)])));
        one(&check(&Tree::of(&[CLI, ("README.md", "Run `motcua seed`.")])), "no `motcua seed`");
        one(&check(&Tree::of(&[CLI, ("docs/x.md", "```\nmotcua fly\n```")])), "no `motcua fly`");
    }

    #[test]
    fn only_what_is_typed_counts() {
        let text = "motcua is a word. `motcua --version`, `cargo test -- demo`, `motcua check`.";
        assert_eq!(typed(text).into_iter().collect::<Vec<_>>(), ["check"]);
    }

    #[test]
    fn a_test_executable_that_is_never_run_is_found() {
        let script = ("tests/run", "all_stages=(lib doc tidy)\n");
        let tidy = ("tests/tidy/main.rs", "");
        none(&check(&Tree::of(&[script, tidy, ("tests/support/mod.rs", "")])));
        one(
            &check(&Tree::of(&[script, tidy, ("tests/http/main.rs", "")])),
            "no stage for tests/http",
        );
        one(&check(&Tree::of(&[script])), "there is no tests/tidy");
    }
}
