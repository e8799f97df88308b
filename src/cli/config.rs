//! `whom.toml`: the user's own defaults for options. What the command line says goes before them.
//!
//! A key is an option's long name. Each becomes the default of that option wherever a command has it, so
//! that `--help` shows it.

use super::Failure;
use crate::graph::distance;
use clap::{Arg, Command};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Read where the command line names no other file.
const NAME: &str = "whom.toml";
/// The options that may have a default of the user's own.
const KEYS: [&str; 10] =
    ["actors", "cluster", "color", "columns", "date", "format", "jobs", "lexicon", "min-confidence", "theme"];
/// So many edits away a word may still be what was meant.
const NEAR: usize = 3;

/// The command with the defaults of the file that the arguments name, or of the folder's `whom.toml`.
pub fn with_defaults(command: Command, arguments: &[OsString]) -> Result<Command, Failure> {
    let (path, must_be) = match named(arguments) {
        Some(path) if path.as_os_str() == "none" => return Ok(command),
        Some(path) => (path, true),
        None => (PathBuf::from(NAME), false),
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if !must_be && error.kind() == std::io::ErrorKind::NotFound => return Ok(command),
        Err(error) => return Err(Failure::Usage(format!("--config {}: {error}", path.display()))),
    };
    let fault = |(at, what): (usize, String)| {
        let line = 1 + text.get(..at).unwrap_or(&text).matches('\n').count();
        Failure::Usage(format!("{}, line {line}: {what}", path.display()))
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let table = DeTable::parse(&text)
        .map_err(|error| fault((error.span().map_or(0, |s| s.start), error.message().to_owned())))?;
    let entries = table.get_ref().iter().map(|(key, value)| Setting::read(key, value, folder));
    let settings = entries.collect::<Result<Vec<_>, _>>().map_err(fault)?;
    settings.iter().try_fold(command, |command, setting| setting.apply(command)).map_err(fault)
}

/// The file that `--config` names.
fn named(arguments: &[OsString]) -> Option<PathBuf> {
    let mut arguments = arguments.iter().take_while(|a| *a != "--");
    while let Some(argument) = arguments.next() {
        if argument == "--config" {
            return arguments.next().map(PathBuf::from);
        }
        if let Some(path) = argument.to_str().and_then(|a| a.strip_prefix("--config=")) {
            return Some(PathBuf::from(path));
        }
    }
    None
}

/// Where in the file, and what is wrong.
type Fault = (usize, String);

/// An option and its values.
struct Setting {
    at: usize,
    option: String,
    values: Vec<OsString>,
}

impl Setting {
    fn read(
        key: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
        folder: &Path,
    ) -> Result<Self, Fault> {
        let (name, at) = (key.get_ref().as_ref(), key.span().start);
        if !KEYS.contains(&name) {
            let near = KEYS.iter().filter_map(|k| Some((distance(name, k, NEAR)?, *k))).min();
            let hint = near.map_or_else(
                || format!("known: {}", KEYS.join(", ")),
                |(_, near)| format!("did you mean {near}?"),
            );
            return Err((at, format!("unknown key `{name}`; {hint}")));
        }
        let one = |value: &DeValue<'_>| match value {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => Some(number.as_str().to_owned()),
            DeValue::Float(number) => Some(number.as_str().to_owned()),
            DeValue::Datetime(date) => Some(date.to_string()),
            DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => None,
        };
        let values: Option<Vec<String>> = match value.get_ref() {
            DeValue::Array(list) => list.iter().map(|item| one(item.get_ref())).collect(),
            single => one(single).map(|value| vec![value]),
        };
        let values =
            values.ok_or_else(|| (at, format!("`{name}` wants a word, a number or a list of them")))?;
        let placed = |value: String| match name {
            // Files are meant from where the file stands that names them.
            "actors" | "lexicon" => folder.join(value).into_os_string(),
            _ => OsString::from(value),
        };
        Ok(Self { at, option: name.to_owned(), values: values.into_iter().map(placed).collect() })
    }

    /// The command with this default wherever it, or a command under it, has the option and may take the values.
    fn apply(&self, mut command: Command) -> Result<Command, Fault> {
        let mut refusal = None;
        let mut is_taken = self.offer(&mut command, &mut refusal);
        for below in command.get_subcommands_mut() {
            is_taken |= self.offer(below, &mut refusal);
        }
        match refusal {
            Some(why) if !is_taken => Err((self.at, why)),
            _ => Ok(command),
        }
    }

    fn offer(&self, command: &mut Command, refusal: &mut Option<String>) -> bool {
        let is_meant = |a: &&Arg| {
            !a.is_required_set()
                && (a.get_long() == Some(&self.option)
                    || a.get_all_aliases().is_some_and(|all| all.contains(&self.option.as_str())))
        };
        let Some(option) = command.get_arguments().find(is_meant) else { return false };
        if let Err(why) = self.check(option) {
            *refusal = Some(why);
            return false;
        }
        let (id, values) = (option.get_id().clone(), self.values.clone());
        *command = std::mem::take(command).mut_arg(id, |a| a.default_values(values));
        true
    }

    /// Whether the option takes the values.
    fn check(&self, option: &Arg) -> Result<(), String> {
        let alone = Arg::new("value")
            .long(self.option.clone())
            .action(option.get_action().clone())
            .value_parser(option.get_value_parser().clone());
        let given =
            self.values.iter().flat_map(|v| [OsString::from(format!("--{}", self.option)), v.clone()]);
        let tried = Command::new("whom").no_binary_name(true).arg(alone).try_get_matches_from(given);
        tried.map(drop).map_err(|error| {
            let whole = error.to_string();
            let told = whole.lines().take_while(|l| !l.is_empty()).map(|l| l.trim()).collect::<Vec<_>>();
            told.join(" ").trim_start_matches("error: ").to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_key_is_an_option_of_some_command() {
        let whole = crate::cli::Arguments::command();
        let all: Vec<&Arg> =
            whole.get_arguments().chain(whole.get_subcommands().flat_map(Command::get_arguments)).collect();
        for key in KEYS {
            let is = |a: &Arg| {
                a.get_long() == Some(key) || a.get_all_aliases().is_some_and(|aliases| aliases.contains(&key))
            };
            assert!(all.iter().any(|option| is(option)), "{key}");
        }
    }

    #[test]
    fn the_file_is_found_among_the_arguments() {
        let found = |line: &str| named(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(found("whom ask --config a.toml x"), Some(PathBuf::from("a.toml")));
        assert_eq!(found("whom --config=none ask x"), Some(PathBuf::from("none")));
        assert_eq!(found("whom ask x -- --config a"), None);
    }
}
