//! A Rust file as its tokens: what it names, where, and whether that is test code. Tokens rather than
//! a syntax tree, so that what stands inside macros such as `html!` is seen too.

use std::collections::BTreeSet;
use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::tree::{File, Tree};

/// A path such as `crate::store::Engine`, out of a `use` with all its braces or from anywhere else.
pub struct Named {
    /// As written.
    pub segments: Vec<String>,
    /// The module that it is written in, from the root of the crate.
    pub module: Vec<String>,
    /// Counted from 1.
    pub line: usize,
}

impl Named {
    /// The path from the root of our crate, when it begins with `crate`, `self`, `super` or `motcua`.
    pub fn ours(&self) -> Option<Vec<String>> {
        let mut segments = self.segments.iter().map(String::as_str).peekable();
        let mut module: Vec<String> = match segments.next()? {
            "crate" | "motcua" => Vec::new(),
            "self" => self.module.clone(),
            "super" => above(&self.module),
            _ => return None,
        };
        while segments.next_if_eq(&"super").is_some() {
            module = above(&module);
        }
        module.extend(segments.map(str::to_owned));
        Some(module)
    }
}

fn above(module: &[String]) -> Vec<String> {
    module[..module.len().saturating_sub(1)].to_vec()
}

/// The tokens of a file. Panics when it does not even consist of Rust tokens.
pub fn tokens(file: &File) -> TokenStream {
    TokenStream::from_str(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path))
}

/// The module that a file of `src/` is, from the root of the crate.
pub fn module(path: &str) -> Vec<String> {
    let path = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    let mut module: Vec<String> = path.split('/').map(str::to_owned).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        module.pop();
    }
    module
}

/// Every path with at least two segments that a file names.
pub fn named(file: &File) -> Vec<Named> {
    let mut found = Vec::new();
    names_in(&list(tokens(file)), &module(&file.path), &mut found);
    found
}

/// The tokens of a stream.
pub fn list(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}

fn names_in(tokens: &[TokenTree], module: &[String], found: &mut Vec<Named>) {
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => {
                let inner = [module, &inline_module(&tokens[..at], group)].concat();
                names_in(&list(group.stream()), &inner, found);
            }
            TokenTree::Ident(_) if is_separator(tokens, at + 1) && !after_separator(tokens, at) => {
                at = path_at(tokens, at, &[], module, found);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}

/// The name of the module whose braces `group` is, if what stands before it is `mod name`.
fn inline_module(before: &[TokenTree], group: &Group) -> Vec<String> {
    match before {
        [.., keyword, TokenTree::Ident(name)]
            if group.delimiter() == Delimiter::Brace && is_ident(keyword, "mod") =>
        {
            vec![name.to_string()]
        }
        _ => Vec::new(),
    }
}

/// Reads the path that begins at `at`, after `prefix`; returns where it ends.
fn path_at(
    tokens: &[TokenTree],
    mut at: usize,
    prefix: &[String],
    module: &[String],
    found: &mut Vec<Named>,
) -> usize {
    let line = tokens[at].span().start().line;
    let mut segments = prefix.to_vec();
    while let Some(TokenTree::Ident(name)) = tokens.get(at) {
        // `use super::{self}` names `super` itself.
        if segments.is_empty() || name != "self" {
            segments.push(name.to_string());
        }
        at += 1;
        if !is_separator(tokens, at) {
            break;
        }
        at += 2;
        match tokens.get(at) {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner = list(group.stream());
                for branch in inner.split(|token| is_punct(token, ',')) {
                    if !branch.is_empty() {
                        path_at(branch, 0, &segments, module, found);
                    }
                }
                return at + 1;
            }
            Some(star) if is_punct(star, '*') => {
                segments.push("*".to_owned());
                at += 1;
                break;
            }
            _ => {}
        }
    }
    if tokens.get(at).is_some_and(|token| is_punct(token, '*')) && segments == prefix {
        segments.push("*".to_owned());
    }
    found.push(Named { segments, module: module.to_vec(), line });
    at.max(1)
}

/// Whether this is the word `word`.
pub fn is_ident(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

/// Whether this is the sign `sign`.
pub fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    matches!(tokens.get(at..at + 2), Some([a, b]) if is_punct(a, ':') && is_punct(b, ':'))
}

/// Whether `at` goes on with a path; a path may also begin with `::`.
fn after_separator(tokens: &[TokenTree], at: usize) -> bool {
    at >= 3
        && is_separator(tokens, at - 2)
        && (matches!(tokens[at - 3], TokenTree::Ident(_)) || is_punct(&tokens[at - 3], '>'))
}

/// The modules that are declared under `#[cfg(test)]` and lie in files of their own.
pub fn test_modules(tree: &Tree) -> BTreeSet<Vec<String>> {
    let mut modules = BTreeSet::new();
    for file in tree.rust("src/") {
        let tokens = list(tokens(file));
        let mut test = false;
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) if is_test_attribute(&tokens, at, group) => test = true,
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => test = false,
                token if is_punct(token, ';') => {
                    if let (true, [.., keyword, TokenTree::Ident(name)]) = (test, &tokens[..at])
                        && is_ident(keyword, "mod")
                    {
                        modules.insert([module(&file.path), vec![name.to_string()]].concat());
                    }
                    test = false;
                }
                _ => {}
            }
        }
    }
    modules
}

/// Whether a file is, or lies in, one of the test modules.
pub fn is_test_file(path: &str, test_modules: &BTreeSet<Vec<String>>) -> bool {
    let module = module(path);
    (1..=module.len()).any(|length| test_modules.contains(&module[..length]))
}

/// Whether the brackets at `at` are those of `#[test]` or `#[cfg(test)]`.
pub fn is_test_attribute(tokens: &[TokenTree], at: usize, group: &Group) -> bool {
    is_attribute(tokens, at, group)
        && matches!(group.stream().to_string().replace(' ', "").as_str(), "test" | "cfg(test)")
}

/// Whether the brackets at `at` are those of an attribute.
pub fn is_attribute(tokens: &[TokenTree], at: usize, group: &Group) -> bool {
    group.delimiter() == Delimiter::Bracket
        && (1..=2).any(|back| at >= back && is_punct(&tokens[at - back], '#'))
}

#[cfg(test)]
mod tests {
    use super::named;
    use crate::tree::File;

    fn ours(text: &str) -> Vec<String> {
        let file = File { path: "src/store/engine/redb.rs".to_owned(), text: text.to_owned() };
        named(&file).iter().filter_map(|named| named.ours()).map(|path| path.join("::")).collect()
    }

    #[test]
    fn braces_are_opened_and_relative_paths_resolved() {
        let text = "use crate::{a::B, c::{self, D as E}, f::*}; use super::{Key, super::codec};";
        let expected =
            ["a::B", "c", "c::D", "f::*", "store::engine::Key", "store::codec"].map(str::to_owned);
        assert_eq!(ours(text), expected);
    }

    #[test]
    fn paths_inside_macros_types_and_inline_modules_are_seen() {
        let text = "fn f(x: Vec<crate::a::B>) { html! { p { (crate::web::x(1)) } } }
            mod tests { use super::Key; }";
        assert_eq!(ours(text), ["a::B", "web::x", "store::engine::redb::Key"]);
    }
}
