//! The executable: everything happens in [`motcua::cli`].

/// Gives freed memory back to the system, where the C library's keeps tens of megabytes of it
/// after each password and import.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    motcua::cli::main()
}
