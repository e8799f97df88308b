//! The thin binary.

fn main() -> std::process::ExitCode {
    whom::cli::run()
}
