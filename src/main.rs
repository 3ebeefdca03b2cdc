//! The executable: everything happens in [`motcua::cli`].

/// Passwords and papers take tens of megabytes for moments; this allocator gives them back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    motcua::cli::main()
}
