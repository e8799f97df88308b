//! `whom completions` and `whom man`: what shells and manuals want to know, written from the same table of
//! options as the help.

use super::console::{Console, count};
use super::{Arguments, CommandFactory, Failure, output};
use clap::Args;
use clap_complete::Shell;
use std::path::PathBuf;

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  whom completions bash > ~/.local/share/bash-completion/completions/whom")]
pub struct Completions {
    /// The shell
    shell: Shell,
}

/// Write manual pages into a folder
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  whom man ~/.local/share/man/man1")]
pub struct Man {
    /// The folder
    folder: PathBuf,
}

impl Completions {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "whom", &mut script);
        output::to_stdout(|out| out.write_all(&script))
    }
}

impl Man {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        std::fs::create_dir_all(&self.folder)
            .map_err(|error| Failure::Input(format!("cannot create {}: {error}", self.folder.display())))?;
        let mut whole = Arguments::command();
        whole.build();
        let mut pages = vec![("whom".to_owned(), whole.clone())];
        for command in whole.get_subcommands().filter(|c| c.get_name() != "help") {
            let name = format!("whom-{}", command.get_name());
            pages.push((name, command.clone()));
        }
        for (name, command) in &pages {
            let mut page = Vec::new();
            clap_mangen::Man::new(command.clone()).render(&mut page).map_err(Failure::input)?;
            output::to_file(&self.folder.join(format!("{name}.1")), &page)?;
        }
        console.say(&format!("wrote {} to {}", count(pages.len(), "page", "pages"), self.folder.display()));
        Ok(())
    }
}
