//! Files and functions stay short enough to be read at once.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::tree::{File, Tree};

const FILE_LINES: usize = 600;
const FUNCTION_LINES: usize = 70;

/// Files and functions (`path` or `path::function`) that may be longer, and how long they are. The
/// list may only shrink: lines that a file loses are lost here too.
const EXEMPT: &[(&str, usize)] = &[];

fn check(tree: &Tree, exempt: &[(&str, usize)]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut used = Vec::new();
    for file in tree.rust("src/").chain(tree.rust("tests/")) {
        for (name, lines, limit) in measure(file) {
            match exempt.iter().find(|(exempt, _)| *exempt == name) {
                Some(&(_, allowed)) => {
                    used.push(name.clone());
                    if lines > allowed {
                        problems.push(format!("{name}: {lines} lines, {allowed} are exempt"));
                    } else if lines < allowed {
                        problems.push(format!(
                            "{name}: shrunk to {lines} lines; so must its exemption"
                        ));
                    }
                }
                None => problems.push(format!("{name}: {lines} lines, at most {limit}")),
            }
        }
    }
    let unused = exempt.iter().filter(|(name, _)| !used.iter().any(|used| used == name));
    problems.extend(unused.map(|(name, _)| format!("{name}: the exemption is no longer needed")));
    problems
}

/// What is too long in a file: name, lines, limit.
fn measure(file: &File) -> Vec<(String, usize, usize)> {
    let mut found = Functions { path: &file.path, found: Vec::new() };
    let lines = file.text.lines().count();
    if lines > FILE_LINES {
        found.found.push((file.path.clone(), lines, FILE_LINES));
    }
    let syntax = syn::parse_file(&file.text)
        .unwrap_or_else(|error| panic!("{}: {error} at {:?}", file.path, error.span().start()));
    found.visit_file(&syntax);
    found.found
}

struct Functions<'a> {
    path: &'a str,
    found: Vec<(String, usize, usize)>,
}

impl Functions<'_> {
    /// From the signature to the closing brace: comments and attributes above do not count.
    fn function(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let lines = block.span().end().line - signature.span().start().line + 1;
        if lines > FUNCTION_LINES {
            let name = format!("{}::{}", self.path, signature.ident);
            self.found.push((name, lines, FUNCTION_LINES));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::{EXEMPT, check};
    use crate::tree::Tree;
    use crate::{none, one};

    fn tree(lines: usize) -> Tree {
        let body = "    step();\n".repeat(lines - 2);
        let text = format!("/// Long.\nfn f() {{\n{body}}}\nimpl X {{ fn g(&self) {{}} }}\n");
        Tree::of(&[("src/x.rs", &text)])
    }

    #[test]
    fn the_repository_keeps_the_limits() {
        none(&check(&Tree::repository(), EXEMPT));
    }

    #[test]
    fn a_function_of_71_lines_is_found_and_one_of_70_is_not() {
        one(&check(&tree(71), &[]), "src/x.rs::f: 71 lines, at most 70");
        none(&check(&tree(70), &[]));
    }

    #[test]
    fn a_file_of_601_lines_is_found_and_one_of_600_is_not() {
        let long = "//\n".repeat(601);
        one(&check(&Tree::of(&[("src/x.rs", &long)]), &[]), "src/x.rs: 601 lines, at most 600");
        none(&check(&Tree::of(&[("src/x.rs", &long[3..])]), &[]));
    }

    #[test]
    fn exemptions_only_shrink() {
        none(&check(&tree(80), &[("src/x.rs::f", 80)]));
        one(&check(&tree(81), &[("src/x.rs::f", 80)]), "80 are exempt");
        one(&check(&tree(79), &[("src/x.rs::f", 80)]), "shrunk to 79");
        one(&check(&tree(70), &[("src/x.rs::f", 80)]), "no longer needed");
    }
}
