//! Text reaches a page escaped. `PreEscaped` is the only other door, and each use of it is known here.

use crate::source::tokens;
use crate::tree::Tree;

/// The files that may put ready HTML on a page, each for a reason. The list may only shrink.
const ALLOWED: &[&str] = &[];

fn check(tree: &Tree, allowed: &[&str]) -> Vec<String> {
    let uses = |text: &str| text.split_whitespace().any(|word| word.contains("PreEscaped"));
    let users: Vec<&str> = tree
        .rust("src/")
        .filter(|file| uses(&tokens(file).to_string()))
        .map(|file| file.path.as_str())
        .collect();
    let unknown = users.iter().filter(|path| !allowed.contains(path));
    let unneeded = allowed.iter().filter(|path| !users.contains(path));
    unknown
        .map(|path| format!("{path}: `PreEscaped` where nobody reviewed it"))
        .chain(unneeded.map(|path| format!("{path}: needs no `PreEscaped` any more")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{ALLOWED, check};
    use crate::tree::Tree;
    use crate::{none, one};

    #[test]
    fn the_repository_escapes() {
        none(&check(&Tree::repository(), ALLOWED));
    }

    #[test]
    fn an_unknown_use_and_an_unneeded_permission_are_found() {
        let tree = Tree::of(&[("src/web/x.rs", "fn f() { html! { (maud::PreEscaped(x)) } }")]);
        one(&check(&tree, &[]), "where nobody reviewed it");
        none(&check(&tree, &["src/web/x.rs"]));
        one(&check(&Tree::of(&[]), &["src/web/x.rs"]), "needs no");
    }
}
