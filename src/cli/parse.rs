//! `whom parse`: the language room's analysis as CoNLL-U.

use super::console::Console;
use super::input::{Met, Source};
use super::{Failure, output};
use crate::language::{Analyser, conllu};
use clap::Args;
use std::io::BufReader;
use std::rc::Rc;

/// Print sentences, tags, trees and names as CoNLL-U
#[derive(Debug, Args)]
pub struct Parse {
    #[command(flatten)]
    source: Source,
    /// The input is CoNLL-U: keep its tokens and sentences, analyse them anew
    #[arg(long)]
    tokenized: bool,
}

impl Parse {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        if self.tokenized { self.parse_tokenized(console) } else { self.parse_articles(console) }
    }

    fn parse_articles(&self, console: &Console) -> Result<(), Failure> {
        let met = Rc::new(Met::default());
        let documents = self.source.documents(&met)?;
        let analyser = Analyser::standard().map_err(Failure::input)?;
        output::to_stdout(|mut out| {
            for document in documents {
                match document {
                    Ok(document) => conllu::write(&analyser.analyse(document), &mut out)?,
                    Err(error) => console.unread(&error),
                }
            }
            Ok(())
        })
    }

    fn parse_tokenized(&self, console: &Console) -> Result<(), Failure> {
        let analyser = Analyser::standard().map_err(Failure::input)?;
        output::to_stdout(|mut out| {
            for input in self.source.inputs(&Rc::new(Met::default())) {
                match input {
                    Err(error) => console.failed(&error),
                    Ok(input) => match conllu::read(BufReader::new(input.reader), &input.id) {
                        Err(error) => console.failed(&format!("{}: {error}", input.name)),
                        Ok(parsed) => {
                            for document in parsed {
                                conllu::write(&analyser.keep_tokens(document), &mut out)?;
                            }
                        }
                    },
                }
            }
            Ok(())
        })
    }
}
