//! Runs Graphviz, with a time limit.

use super::DrawError;
use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Lays `dot` text out with `engine` and gives the picture in `format`; `None` where it is not installed.
pub fn run(engine: &str, format: &str, dot: String, limit: Duration) -> Result<Option<Vec<u8>>, DrawError> {
    let spawned = Command::new(engine)
        .arg(format!("-T{format}"))
        .args(if format == "png" { &["-Gdpi=110"][..] } else { &[] })
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(DrawError::Graphviz(error.to_string())),
    };
    let stdin = child.stdin.take();
    // Written from another thread: Graphviz may print warnings before it has read everything.
    let writer = thread::spawn(move || stdin.map(|mut pipe| pipe.write_all(dot.as_bytes())));
    let (sender, receiver) = mpsc::channel();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let reader = thread::spawn(move || {
        let said = thread::spawn(move || read_all(stderr));
        let picture = read_all(stdout);
        let said = said.join().unwrap_or_default();
        // Nobody listens any more once the time is over.
        let _ = sender.send((picture, said));
    });
    let outcome = receiver.recv_timeout(limit);
    if outcome.is_err() {
        // A process that has just ended cannot be killed, and need not be.
        let _ = child.kill();
    }
    let status = finish(child)?;
    let _ = (writer.join(), reader.join());
    match outcome {
        Ok((picture, _)) if status && !picture.is_empty() => Ok(Some(picture)),
        Ok((_, said)) => {
            let said = String::from_utf8_lossy(&said);
            Err(DrawError::Graphviz(said.lines().next().unwrap_or("it ended without a picture").to_owned()))
        }
        Err(_) => Err(DrawError::Graphviz(format!("`{engine}` took longer than {} s", limit.as_secs()))),
    }
}

fn finish(mut child: Child) -> Result<bool, DrawError> {
    child.wait().map(|s| s.success()).map_err(|e| DrawError::Graphviz(e.to_string()))
}

fn read_all(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // A broken pipe leaves what came so far; the exit status tells the rest.
        let _ = pipe.read_to_end(&mut bytes);
    }
    bytes
}
