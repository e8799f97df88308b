//! Data to standard output or to a file: a closed pipe is no failure, a file is written whole or not at all.

use super::Failure;
use crate::query::Look;
use clap::ColorChoice;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const PLAIN_WIDTH: u16 = 140;
static COLOR: OnceLock<ColorChoice> = OnceLock::new();

/// Writes to standard output.
pub fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(|error| stdout_failure(&error))
}

/// How a table looks on standard output.
pub fn look() -> Look {
    let stdout = io::stdout();
    Look { width: (!stdout.is_terminal()).then_some(PLAIN_WIDTH), color: is_colored(&stdout) }
}

/// Says once, for the whole run, whether to use colours.
pub fn set_color(choice: ColorChoice) {
    // A second word would be a fault of the program, and the first one holds.
    let _ = COLOR.set(choice);
}

/// Whether what goes there is coloured: as was said, else on a terminal whose user has not set NO_COLOR.
pub fn is_colored(stream: &impl IsTerminal) -> bool {
    match COLOR.get().copied().unwrap_or_default() {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
            let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
            stream.is_terminal() && !is_set("NO_COLOR") && !is_dumb
        }
    }
}

/// What a failed write to standard output means.
pub fn stdout_failure(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        Failure::Closed
    } else {
        Failure::Input(format!("standard output: {error}"))
    }
}

/// Writes a file beside its place first, then moves it there.
pub fn to_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failure = |error: io::Error| Failure::Input(format!("cannot write {}: {error}", path.display()));
    let beside = beside(path);
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| {
        // Nothing to be done if this fails too: the first error is the one to tell.
        let _ = std::fs::remove_file(&beside);
        failure(error)
    })
}

/// Refuses a path whose folder does not exist, before any work is done for it.
pub fn check_folder(path: &Path) -> Result<(), Failure> {
    match path.parent().filter(|p| !p.as_os_str().is_empty()) {
        Some(parent) if !parent.is_dir() => Err(Failure::Usage(format!(
            "{}: there is no folder {}; create it first",
            path.display(),
            parent.display()
        ))),
        _ if path.is_dir() => Err(Failure::Usage(format!("{}: is a folder; name a file", path.display()))),
        _ => Ok(()),
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}
