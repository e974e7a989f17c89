//! Arguments to the library, exit code to the shell.

fn main() {}
