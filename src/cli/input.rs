//! Paths in, readers out: files, folders in a stable order, `-` for standard input.

use super::Failure;
use super::console::{Console, count};
use crate::ontology::PartialDate;
use crate::reading::{
    COLUMN_KEYS, Document, Input, ReadError, ReadOptions, format_named, format_names, has_known_extension,
    read_all,
};
use clap::Args;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What to read and how.
#[derive(Debug, Args)]
pub struct Source {
    /// Articles: files, folders, or - for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Day of publication of articles that tell none (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub date: Option<PartialDate>,
    /// Read everything as this format instead of telling it from the content
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
    /// What the columns of tables are called: text=Body,title=Head,date=Day
    #[arg(long, value_name = "KEY=NAME", value_delimiter = ',', value_parser = column)]
    pub columns: Vec<(String, String)>,
}

/// What was met on the way.
#[derive(Debug, Default)]
pub struct Met {
    /// Articles read.
    pub articles: Cell<usize>,
    /// Those without a date.
    pub undated: Cell<usize>,
    /// Bytes read.
    pub bytes: Cell<u64>,
    /// Files in folders whose ending belongs to no format.
    pub passed_over: Cell<usize>,
}

impl Source {
    /// The articles, read as they are asked for; `met` counts along.
    pub fn documents(
        &self,
        met: &Rc<Met>,
    ) -> Result<impl Iterator<Item = Result<Document, ReadError>> + use<>, Failure> {
        if self.paths.is_empty() {
            return Err(Failure::Usage(
                "no articles are named; give files, folders, or - for standard input".to_owned(),
            ));
        }
        if let Some(name) = &self.from
            && format_named(name).is_none()
        {
            return Err(Failure::Usage(format!("unknown format `{name}`; known: {}", format_names())));
        }
        let options = ReadOptions {
            date: self.date,
            language: None,
            format: self.from.clone(),
            columns: self.columns.iter().cloned().collect(),
        };
        let counted = Rc::clone(met);
        Ok(read_all(self.inputs(met), options).inspect(move |read| {
            if let Ok(document) = read {
                counted.articles.set(counted.articles.get() + 1);
                counted.undated.set(counted.undated.get() + usize::from(document.date.is_none()));
            }
        }))
    }

    /// How many bytes there are to read; unknown where standard input is among the paths.
    pub fn bytes(&self) -> Option<u64> {
        let sizes = self.paths.iter().map(|path| match path {
            path if path.as_os_str() == "-" => None,
            path if path.is_dir() => {
                let walk = Walk { met: Rc::default(), left: vec![path.clone()] };
                Some(walk.flatten().map(|file| file.metadata().map_or(0, |m| m.len())).sum())
            }
            path => Some(path.metadata().map_or(0, |m| m.len())),
        });
        sizes.sum()
    }

    /// The readers, each opened when its turn comes.
    pub fn inputs(&self, met: &Rc<Met>) -> impl Iterator<Item = Result<Input, ReadError>> + use<> {
        let met = Rc::clone(met);
        self.paths.clone().into_iter().flat_map(move |path| open(&path, &met))
    }
}

impl Met {
    /// Says what the user should know of the reading.
    pub fn report(&self, console: &Console) {
        if self.undated.get() > 0 {
            let (articles, have) = (
                count(self.undated.get(), "article", "articles"),
                if self.undated.get() == 1 { "has" } else { "have" },
            );
            console.warn(&format!(
                "{articles} {have} no date, so \"on Tuesday\" stays open there; give one with --date"
            ));
        }
        if console.skips() > 0 {
            let articles = count(console.skips(), "article", "articles");
            console.warn(&format!("{articles} passed over: not in English (-v names them)"));
        }
        if self.passed_over.get() > 0 {
            let files = count(self.passed_over.get(), "file", "files");
            console.detail(|| format!("passed over {files} of no known format"));
        }
    }
}

/// `text=Body` as its two sides.
fn column(pair: &str) -> Result<(String, String), String> {
    let sides = pair.split_once('=').ok_or_else(|| format!("`{pair}` is not KEY=NAME, as in text=Body"))?;
    if !COLUMN_KEYS.contains(&sides.0) {
        return Err(format!("unknown key `{}`; known: {}", sides.0, COLUMN_KEYS.join(", ")));
    }
    Ok((sides.0.to_owned(), sides.1.to_owned()))
}

type Inputs = Box<dyn Iterator<Item = Result<Input, ReadError>>>;

fn open(path: &Path, met: &Rc<Met>) -> Inputs {
    if path.as_os_str() == "-" {
        let met = Rc::clone(met);
        return Box::new(std::iter::once_with(move || {
            Ok(Input::new("stdin", "standard input", Counted { inner: io::stdin(), met }))
        }));
    }
    if path.is_dir() {
        let (root, met) = (path.to_owned(), Rc::clone(met));
        let walk = Walk { met: Rc::clone(&met), left: vec![path.to_owned()] };
        return Box::new(walk.map(move |file| file.and_then(|f| open_file(&f, article_id(&root, &f), &met))));
    }
    let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (path, met) = (path.to_owned(), Rc::clone(met));
    Box::new(std::iter::once_with(move || open_file(&path, id, &met)))
}

fn open_file(path: &Path, id: String, met: &Rc<Met>) -> Result<Input, ReadError> {
    let name = path.display().to_string();
    match File::open(path) {
        Ok(inner) => Ok(Input::new(id, name, Counted { inner, met: Rc::clone(met) })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(ReadError::Missing { name }),
        Err(source) => Err(ReadError::Io { name, source }),
    }
}

/// A reader that counts what is read.
struct Counted<R> {
    inner: R,
    met: Rc<Met>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.met.bytes.set(self.met.bytes.get() + read as u64);
        Ok(read)
    }
}

/// The path below the folder that was given, with `/`, without the ending.
fn article_id(root: &Path, file: &Path) -> String {
    let below = file.strip_prefix(root).unwrap_or(file).with_extension("");
    below.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Files below a folder: names in byte order, hidden ones and linked folders left out.
struct Walk {
    met: Rc<Met>,
    /// What is still to be visited, the next one last.
    left: Vec<PathBuf>,
}

impl Iterator for Walk {
    type Item = Result<PathBuf, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let path = self.left.pop()?;
            if !path.is_dir() {
                if has_known_extension(&path.to_string_lossy()) {
                    return Some(Ok(path));
                }
                self.met.passed_over.set(self.met.passed_over.get() + 1);
                continue;
            }
            let entries = std::fs::read_dir(&path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
            match entries {
                Ok(mut entries) => {
                    entries.retain(|e| !e.file_name().to_string_lossy().starts_with('.'));
                    entries.retain(|e| !(e.path().is_symlink() && e.path().is_dir()));
                    entries.sort_by_key(std::fs::DirEntry::file_name);
                    self.left.extend(entries.iter().rev().map(std::fs::DirEntry::path));
                }
                Err(source) => return Some(Err(ReadError::Io { name: path.display().to_string(), source })),
            }
        }
    }
}
