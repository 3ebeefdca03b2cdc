//! How a file behaves: it says what it is, names things by deed, imports by name, and stops only where
//! an invariant says that it cannot happen.

use proc_macro2::{Delimiter, TokenTree};

use crate::source::{
    is_attribute, is_ident, is_punct, is_test_attribute, is_test_file, list, named, test_modules,
    tokens,
};
use crate::tree::{File, Tree};

const NO_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc"];

fn check(tree: &Tree) -> Vec<String> {
    let tests = test_modules(tree);
    let mut problems = Vec::new();
    for file in tree.rust("src/").chain(tree.rust("tests/")) {
        if !file.text.starts_with("//!") {
            problems.push(format!("{}: begins without saying what it is (`//!`)", file.path));
        }
        let module = crate::source::module(&file.path);
        if module.iter().any(|name| NO_NAMES.contains(&name.as_str())) {
            problems.push(format!("{}: name it by what it does", file.path));
        }
        problems.extend(stars(file));
        if file.path.starts_with("src/") && !is_test_file(&file.path, &tests) {
            stops(&list(tokens(file)), Excuse::None, file, &mut problems);
        }
    }
    problems
}

fn stars(file: &File) -> Vec<String> {
    let star = |path: &[String]| match path {
        [.., before, last] => last == "*" && before != "prelude",
        _ => false,
    };
    named(file)
        .iter()
        .filter(|named| star(&named.segments))
        .map(|named| format!("{}:{}: import by name, not by star", file.path, named.line))
        .collect()
}

/// Why `unwrap` or `expect` may stand here.
#[derive(Clone, Copy, PartialEq)]
enum Excuse {
    None,
    /// `#[expect(clippy::expect_used, reason = …)]` stands above.
    Invariant,
    Test,
}

/// Finds `.unwrap()` and `.expect(…)` without excuse. An attribute excuses up to the next `;` or the end
/// of the next braces, which is what it stands above.
fn stops(tokens: &[TokenTree], outer: Excuse, file: &File, problems: &mut Vec<String>) {
    let mut excuse = outer;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) if is_attribute(tokens, at, group) => {
                let text = group.stream().to_string().replace(' ', "");
                if is_test_attribute(tokens, at, group) {
                    excuse = Excuse::Test;
                } else if text.starts_with("expect(clippy::expect_used,reason=") && excuse == outer
                {
                    excuse = Excuse::Invariant.max(outer);
                }
            }
            TokenTree::Group(group) => {
                if let Some(problem) = stop(tokens, at, excuse) {
                    let line = group.span_open().start().line;
                    problems.push(format!("{}:{line}: {problem}", file.path));
                }
                stops(&list(group.stream()), excuse, file, problems);
                if group.delimiter() == Delimiter::Brace {
                    excuse = outer;
                }
            }
            token if is_punct(token, ';') => excuse = outer,
            _ => {}
        }
    }
}

impl Excuse {
    fn max(self, other: Self) -> Self {
        if other == Self::Test { other } else { self }
    }
}

fn stop(tokens: &[TokenTree], at: usize, excuse: Excuse) -> Option<&'static str> {
    let [dot, name] = tokens.get(at.checked_sub(2)?..at)? else { return None };
    let TokenTree::Group(arguments) = &tokens[at] else { return None };
    if !is_punct(dot, '.') || excuse == Excuse::Test {
        return None;
    }
    // With two arguments it is a method of our own, such as a parser's.
    let commas = |tokens: &[TokenTree]| tokens.iter().any(|token| is_punct(token, ','));
    let single = !list(arguments.stream()).split_last().is_some_and(|(_, rest)| commas(rest));
    let invariant = arguments.stream().to_string().starts_with("\"invariant: ");
    if is_ident(name, "unwrap") && arguments.stream().is_empty() {
        Some("`unwrap`: return the error, or state the invariant")
    } else if is_ident(name, "expect") && single && (excuse == Excuse::None || !invariant) {
        Some("`expect` needs `\"invariant: …\"` and `#[expect(clippy::expect_used, reason = …)]`")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;
    use crate::{none, one};

    fn problems(body: &str) -> Vec<String> {
        check(&Tree::of(&[("src/x.rs", &format!("//! X.\n{body}"))]))
    }

    #[test]
    fn the_repository_behaves() {
        none(&check(&Tree::repository()));
    }

    #[test]
    fn a_file_without_a_word_about_itself_is_found() {
        one(&check(&Tree::of(&[("src/x.rs", "fn f() {}")])), "without saying what it is");
    }

    #[test]
    fn a_name_that_says_nothing_is_found() {
        one(&check(&Tree::of(&[("src/web/utils.rs", "//! U.")])), "name it by what it does");
        one(&check(&Tree::of(&[("src/common/x.rs", "//! U.")])), "name it by what it does");
    }

    #[test]
    fn a_star_is_found_unless_it_is_a_prelude() {
        one(&problems("use super::*;"), ":2: import by name");
        one(&problems("use a::{b, c::*};"), "import by name");
        one(&problems("use a::{*};"), "import by name");
        none(&problems("use proptest::prelude::*; const X: usize = 2 * 3;"));
    }

    #[test]
    fn unwrap_and_expect_are_found() {
        one(&problems("fn f() {\n x.unwrap(); }"), ":3: `unwrap`");
        one(&problems("fn f() { html! { (x.expect(\"there\")) } }"), "`expect`");
        one(&problems("fn f() { x.expect(\"there\",) }"), "`expect`");
        one(
            &problems("#[expect(clippy::expect_used, reason = \"r\")] fn f() { x.unwrap() }"),
            "unwrap",
        );
        one(
            &problems("#[expect(clippy::expect_used, reason = \"r\")] fn f() { x.expect(\"y\") }"),
            "inv",
        );
        one(&problems("#[cfg(test)] mod t {} fn f() { x.unwrap() }"), "unwrap");
        one(
            &problems(
                "fn f() { #[expect(clippy::expect_used, reason = \"r\")] let a = b; c.expect(\"invariant: d\"); }",
            ),
            "expect",
        );
    }

    #[test]
    fn tests_and_stated_invariants_may_stop() {
        none(&problems("#[cfg(test)] mod tests { #[test] fn f() { x.unwrap().expect(\"y\"); } }"));
        none(&problems(
            "#[expect(clippy::expect_used, reason = \"r\")] fn f() { x.expect(\"invariant: y\") }",
        ));
        none(&problems("fn f() { x.unwrap_or(1); self.expect(Part::Code, 2); }"));
        let outside = [
            ("src/a/mod.rs", "//! A.\n#[cfg(test)]\nmod tests;"),
            ("src/a/tests.rs", "//! T.\nfn f() { x.unwrap() }"),
        ];
        none(&check(&Tree::of(&outside)));
    }
}
