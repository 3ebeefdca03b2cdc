//! The executable: everything happens in [`motcua::cli`].

fn main() -> std::process::ExitCode {
    motcua::cli::main()
}
