//! The files of the repository, or of a snippet that plays one.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Text files by their path from the root, with `/` between folders.
pub struct Tree {
    /// In alphabetical order.
    pub files: Vec<File>,
    root: Option<PathBuf>,
}

/// One text file.
pub struct File {
    /// Such as `src/domain/ids.rs`.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

impl Tree {
    /// The repository: everything but version control, build output and what is not text.
    pub fn repository() -> Self {
        let root = env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the sources are");
        let root = PathBuf::from(root);
        let mut files = Vec::new();
        collect(&root, "", &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        assert!(files.iter().any(|file| file.path == "src/lib.rs"), "this is not the repository");
        Self { files, root: Some(root) }
    }

    /// A tree that has only these files.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        Self { files: files.iter().map(file).collect(), root: None }
    }

    /// The Rust files below `folder`, which ends in `/`.
    pub fn rust<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a File> {
        let rust = move |file: &&File| file.path.starts_with(folder) && file.path.ends_with(".rs");
        self.files.iter().filter(rust)
    }

    /// One file, if it is there and is text.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether a file (of any kind) or a folder is there.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let folder = format!("{path}/");
        self.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
            || self.root.as_ref().is_some_and(|root| root.join(path).exists())
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).expect("the repository is readable") {
        let entry = entry.expect("the repository is readable");
        let name = entry.file_name().into_string().expect("names in the repository are plain");
        let path = format!("{prefix}{name}");
        if matches!(path.as_str(), ".git" | "target" | "data") {
            continue;
        }
        if entry.file_type().expect("the repository is readable").is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            files.push(File { path, text });
        }
    }
}
