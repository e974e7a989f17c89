# The commands of the project, for those who have `just`; each line works by itself.

# Reads the sample, and the feeds of config/
run:
    cargo run --release -- run

test:
    cargo test

# All that a submission must pass
check: test
    cargo fmt --all --check
    cargo clippy --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# The cost of each step: parse, normalise, match, assess, record
bench:
    cargo bench --bench road

# The program from outside: `scan`, and a thousand feeds polled twice
whole *WHICH:
    cargo bench --bench whole -- {{WHICH}}

# Feeds, stories and places of other projects' test data, where it is at hand
corpora *WHICH:
    cargo bench --bench corpora -- {{WHICH}}
