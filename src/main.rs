//! Arguments to the library, exit code to the shell.

fn main() -> std::process::ExitCode {
    wirewatch::cli::main(std::env::args_os())
}
