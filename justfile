# What is typed often. `just` lists it.

default:
    @just --list

# What lands or rejects a change.
ci:
    bash .ci/run

test *ARGS:
    cargo test {{ARGS}}

lint:
    cargo fmt
    cargo clippy --all-targets -- -D warnings

# Precision, recall and F1 of the detectors on labelled transcripts.
detectors *FILES:
    cargo run --release --example detectors -- {{FILES}}

bench:
    cargo bench
