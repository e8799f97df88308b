# Common tasks; `just` alone lists them.

default:
    @just --list

# Everything CI checks
check:
    bash .ci/run

# Tests only
test *ARGS:
    cargo test --locked {{ARGS}}

# Format, then complain
tidy:
    cargo fmt
    cargo clippy --locked --all-targets -- -D warnings

# Make graphs/ anew from seeds/
graphs:
    cargo run --release --locked -- build seeds -o graphs/demo.ron
    cargo run --release --locked -- draw graphs/demo.ron --no-graphviz --top 45 -o graphs/demo.svg

# Score against a folder of gold records
eval GOLD:
    cargo run --release --locked -- eval {{GOLD}} --errors errors.txt

# Open every export with a program that people use for it (needs python3)
readers:
    tests/readers/run

# Check the page's script and open the page in a browser (needs node, chromium)
page:
    tests/page/run

# Licences and advisories (needs cargo-deny)
deny:
    cargo deny check
