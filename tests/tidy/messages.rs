//! Every message says the same in both languages, as far as a machine can tell, and in the tone of an
//! office: no exclamation marks, no begging.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

use crate::source::{is_ident, is_punct, list, tokens};
use crate::tree::Tree;

fn check(tree: &Tree) -> Vec<String> {
    let mut problems = Vec::new();
    for file in tree.rust("src/") {
        let mut messages = Vec::new();
        declared(tokens(file), &mut messages);
        for message in messages {
            let fault = match message {
                Ok((name, vi, en)) => fault(&vi, &en).map(|fault| format!("{name}: {fault}")),
                Err(at) => Some(format!("line {at}: not `NAME: \"…\" / \"…\";`")),
            };
            problems.extend(fault.map(|fault| format!("{}: {fault}", file.path)));
        }
    }
    problems
}

type Declared = Result<(String, String, String), usize>;

fn declared(stream: TokenStream, found: &mut Vec<Declared>) {
    let tokens = list(stream);
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        if at >= 2 && is_ident(&tokens[at - 2], "messages") && is_punct(&tokens[at - 1], '!') {
            let inner = list(group.stream());
            let entries = inner.split(|token| is_punct(token, ';'));
            found.extend(entries.filter(|entry| !entry.is_empty()).map(entry));
        } else {
            declared(group.stream(), found);
        }
    }
}

/// `#[doc…]* NAME : "vi" / "en"`
fn entry(tokens: &[TokenTree]) -> Declared {
    let line = tokens[0].span().start().line;
    let [.., name, colon, vi, slash, en] = tokens else { return Err(line) };
    let literal = |token: &TokenTree| {
        syn::parse_str::<syn::LitStr>(&token.to_string()).map(|literal| literal.value())
    };
    match (literal(vi), literal(en)) {
        (Ok(vi), Ok(en)) if is_punct(colon, ':') && is_punct(slash, '/') => {
            Ok((name.to_string(), vi, en))
        }
        _ => Err(line),
    }
}

fn fault(vi: &str, en: &str) -> Option<String> {
    let (ours, theirs) = (slots(vi), slots(en));
    if vi.trim().is_empty() || en.trim().is_empty() {
        Some("a language is empty".to_owned())
    } else if ours != theirs {
        Some(format!("slots differ: {ours:?} and {theirs:?}"))
    } else if vi.contains('!') || en.contains('!') {
        Some("an office does not shout".to_owned())
    } else if vi.to_lowercase().contains("vui lòng") {
        Some("say what to do, without \"vui lòng\"".to_owned())
    } else {
        None
    }
}

fn slots(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(slot, _)| slot).collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;
    use crate::{none, one};

    fn problems(entries: &str) -> Vec<String> {
        let text = format!("pub mod words {{ crate::messages! {{ {entries} }} }}");
        check(&Tree::of(&[("src/web/words.rs", &text)]))
    }

    #[test]
    fn the_repository_speaks_both_languages_alike() {
        none(&check(&Tree::repository()));
    }

    #[test]
    fn messages_that_differ_or_are_out_of_tone_are_found() {
        one(&problems("A: \"Còn {n} ngày\" / \"{days} days left\";"), "A: slots differ");
        one(&problems("A: \"\" / \"Days\";"), "a language is empty");
        one(&problems("A: \"Xong!\" / \"Done\";"), "does not shout");
        one(&problems("A: \"Vui lòng thử lại\" / \"Try again\";"), "without \"vui lòng\"");
        one(&problems("A: \"Xong\", \"Done\";"), "not `NAME");
    }

    #[test]
    fn good_messages_pass() {
        none(&problems(
            "/// Said at the end.\nA: \"{a} và {b}\" / \"{b} and {a}\"; B: \"Một\" / \"One\";",
        ));
        one(&problems("A: \"Một\" / \"One\"; B: \"{x}\" / \"{y}\";"), "B: slots differ");
    }
}
