//! Graphviz as a program of its own, with a limit on its time.

use super::DrawError;
use std::io::{ErrorKind, Read, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often a running program is looked at.
const PAUSE: Duration = Duration::from_millis(10);

/// Lets `program` turn DOT into a picture of the given kind.
pub fn run(program: &str, kind: &'static str, source: &str, limit: Duration) -> Result<Vec<u8>, DrawError> {
    let failed = |what: &dyn std::fmt::Display| DrawError::Graphviz(what.to_string());
    let spawned = Command::new(program)
        .arg(format!("-T{kind}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(DrawError::NeedsGraphviz(kind)),
        Err(error) => return Err(failed(&error)),
    };
    let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(failed(&"no pipes"));
    };
    let source = source.to_owned();
    let writer = thread::spawn(move || input.write_all(source.as_bytes()));
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        output.read_to_end(&mut bytes).map(|_| bytes)
    });
    let started = Instant::now();
    let status = loop {
        match child.try_wait().map_err(|e| failed(&e))? {
            Some(status) => break status,
            None if started.elapsed() > limit => {
                child.kill().map_err(|e| failed(&e))?;
                child.wait().map_err(|e| failed(&e))?;
                return Err(failed(&format!("it took longer than {} s", limit.as_secs())));
            }
            None => thread::sleep(PAUSE),
        }
    };
    let written = writer.join().map_err(|_| failed(&"writing stopped"))?;
    let bytes = reader.join().map_err(|_| failed(&"reading stopped"))?.map_err(|e| failed(&e))?;
    if status.success() { written.map(|()| bytes).map_err(|e| failed(&e)) } else { Err(failed(&status)) }
}
