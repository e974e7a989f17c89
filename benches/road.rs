//! The cost of each step on the road from bytes to a record: `cargo bench --bench road`.

fn main() {}
