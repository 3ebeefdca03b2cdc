//! Words that have no place in the repository: unfinished work, and traces of whoever's machine.

use crate::tree::Tree;

/// Spelled in halves, or this file would be the first to be found.
const FORBIDDEN: &[(&str, &str)] = &[
    (concat!("to", "do!"), "unfinished"),
    (concat!("unimple", "mented!"), "unfinished"),
    (concat!("TO", "DO"), "unfinished"),
    (concat!("FIX", "ME"), "unfinished"),
    (concat!("db", "g!("), "left over from looking for a fault"),
    (concat!("/wo", "rk/"), "a path of some machine"),
    (concat!("/ro", "ot/"), "a path of some machine"),
    (concat!("/ho", "me/"), "a path of some machine"),
    (concat!("index.cra", "tes.io"), "a registry's host: let its client find it"),
    (concat!("static.cra", "tes.io"), "a registry's host: let its client find it"),
    (concat!("registry.npm", "js.org"), "a registry's host: let its client find it"),
    (concat!("py", "pi.org"), "a registry's host: let its client find it"),
    (concat!("pythonho", "sted.org"), "a registry's host: let its client find it"),
    (concat!("arti", "factory"), "a registry's host: let its client find it"),
];

fn check(tree: &Tree) -> Vec<String> {
    let mut problems = Vec::new();
    for file in &tree.files {
        for (number, line) in (1..).zip(file.text.lines()) {
            let found = FORBIDDEN.iter().filter(|(word, _)| line.contains(word));
            problems
                .extend(found.map(|(word, why)| format!("{}:{number}: {word}: {why}", file.path)));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::{FORBIDDEN, check};
    use crate::tree::Tree;
    use crate::{none, one};

    #[test]
    fn the_repository_is_finished_and_belongs_to_no_machine() {
        none(&check(&Tree::repository()));
    }

    #[test]
    fn each_word_is_found() {
        for (word, why) in FORBIDDEN {
            let text = format!("fine\nnot fine: {word}");
            one(&check(&Tree::of(&[("docs/x.md", &text)])), &format!("docs/x.md:2: {word}: {why}"));
        }
    }
}
