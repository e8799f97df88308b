//! The command line. The only room that opens files beside `store`.
//!
//! One file a command. Standard output carries data only; messages go to standard error. Exit status:
//! 0 done; 1 some input failed, the rest was done; 2 wrong use.

mod ask;
mod build;
mod communities;
mod config;
mod console;
mod decisions;
mod demo;
mod diff;
mod disputes;
mod draw;
mod eval;
mod explain;
mod export;
mod extract;
mod filter;
mod graph_file;
mod input;
mod knowledge;
mod manual;
mod output;
mod parse;
mod path;
mod query;
mod review;
mod search;
mod show;
mod stats;
mod timeline;
mod top;

use clap::{Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};
use console::Console;
use std::path::PathBuf;
use std::process::ExitCode;

/// Who did what to whom: reads news articles and keeps them as a graph.
#[derive(Debug, Parser)]
#[command(name = "whom", version, max_term_width = 100, after_help = EXAMPLES)]
#[command(propagate_version = false, subcommand_required = true, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    talk: Talk,
}

const EXAMPLES: &str = "\
Examples:
  whom demo                                    the sample articles: graph, picture and three answers
  whom build seeds -o news.ron                 read every article of a folder, write the graph
  whom ask news.ron \"who accused whom\"         a table with dates, claimants and evidence
  whom show news.ron Latvia                    all about one party
  whom draw news.ron -o news.svg               a picture of it
  whom export news.ron --format json           for other programs
  whom extract articles.jsonl > records.jsonl  one record an article";

/// How much to say.
#[derive(Debug, Args)]
struct Talk {
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more: each article as it is done
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Colours in tables and messages; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
    /// Defaults for options are in this file, not in whom.toml of this folder; none: nowhere
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Build),
    Extract(extract::Extract),
    Ask(ask::Ask),
    Query(query::Query),
    Show(show::Show),
    Timeline(timeline::Timeline),
    Path(path::Path),
    Top(top::Top),
    Communities(communities::Communities),
    Disputes(disputes::Disputes),
    Stats(stats::Stats),
    Diff(diff::Diff),
    Search(search::Search),
    Review(review::Review),
    Draw(draw::Draw),
    Export(export::Export),
    Parse(parse::Parse),
    Eval(eval::Eval),
    Explain(explain::Explain),
    Demo(demo::Demo),
    Completions(manual::Completions),
    Man(manual::Man),
}

/// Why a command could not be done.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The command was used wrongly: exit status 2.
    #[error("{0}")]
    Usage(String),
    /// Something failed: exit status 1.
    #[error("{0}")]
    Input(String),
    /// Standard output was closed by whoever reads it: no failure at all.
    #[error("standard output was closed")]
    Closed,
}

impl Failure {
    fn input(error: impl std::fmt::Display) -> Self {
        Self::Input(error.to_string())
    }

    fn if_interrupted(console: &Console) -> Result<(), Self> {
        if console.interrupted() {
            return Err(Self::Input("stopped by Ctrl-C; what was done by then is kept".to_owned()));
        }
        Ok(())
    }

    fn usage(error: impl std::fmt::Display) -> Self {
        Self::Usage(error.to_string())
    }
}

/// Runs the command that the process's arguments ask for.
pub fn run() -> ExitCode {
    let given: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let command = match config::with_defaults(Arguments::command(), &given) {
        Ok(command) => command,
        Err(failure) => {
            Console::new(false, false).error(&failure);
            return ExitCode::from(2);
        }
    };
    let arguments = match Arguments::from_arg_matches(&command.get_matches_from(given)) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    output::set_color(arguments.talk.color);
    let console = Console::new(arguments.talk.quiet, arguments.talk.verbose);
    let done = match &arguments.command {
        Command::Build(command) => command.run(&console),
        Command::Extract(command) => command.run(&console),
        Command::Ask(command) => command.run(&console),
        Command::Query(command) => command.run(&console),
        Command::Show(command) => command.run(&console),
        Command::Timeline(command) => command.run(&console),
        Command::Path(command) => command.run(&console),
        Command::Top(command) => command.run(&console),
        Command::Communities(command) => command.run(&console),
        Command::Disputes(command) => command.run(&console),
        Command::Stats(command) => command.run(&console),
        Command::Diff(command) => command.run(&console),
        Command::Search(command) => command.run(&console),
        Command::Review(command) => command.run(&console),
        Command::Draw(command) => command.run(&console),
        Command::Export(command) => command.run(&console),
        Command::Parse(command) => command.run(&console),
        Command::Eval(command) => command.run(&console),
        Command::Explain(command) => command.run(&console),
        Command::Demo(command) => command.run(&console),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(&console),
    };
    match done {
        Ok(()) | Err(Failure::Closed) if console.failures() > 0 => ExitCode::from(1),
        Ok(()) | Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(failure) => {
            console.error(&failure);
            ExitCode::from(if matches!(failure, Failure::Usage(_)) { 2 } else { 1 })
        }
    }
}
