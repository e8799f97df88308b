//! `whom demo`: the sample articles that come with the program, from reading to picture and answers.

use super::Failure;
use super::console::Console;
use super::output;
use crate::draw::{DrawFormat, DrawOptions, draw};
use crate::graph::KnowledgeGraph;
use crate::pipeline::Pipeline;
use crate::reading::{Input, ReadOptions, read_all};
use crate::{query, store};
use clap::Args;
use std::io::Cursor;
use std::path::PathBuf;

/// Show what it does on the sample articles: a graph, a picture, three answers
#[derive(Debug, Args)]
pub struct Demo {
    /// Write demo.ron and demo.svg into this folder, which is made where missing
    #[arg(default_value = ".", value_name = "FOLDER")]
    folder: PathBuf,
}

/// File name and content of each sample.
macro_rules! samples {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../seeds/", $name))),)*]
    };
}

const SAMPLES: &[(&str, &str)] = samples! {
    "ceasefire-south-sudan.md"
    "cup-final.txt"
    "flood.txt"
    "hostages-released.txt"
    "muscat-talks.txt"
    "riga-plot-minsk.md"
    "riga-plot.txt"
    "sanctions-myanmar.html"
    "tbilisi-protest.txt"
    "vilnius-arrests.txt"
    "wire.jsonl"
};

const QUESTIONS: [&str; 3] = ["who accused whom", "who detained whom", "what did Latvia do"];

impl Demo {
    pub(super) fn run(&self, console: &Console) -> Result<(), Failure> {
        let (graph_file, picture_file) = (self.folder.join("demo.ron"), self.folder.join("demo.svg"));
        std::fs::create_dir_all(&self.folder)
            .map_err(|error| Failure::Input(format!("cannot create {}: {error}", self.folder.display())))?;
        let pipeline = Pipeline::standard().map_err(Failure::input)?;
        let inputs = SAMPLES.iter().map(|(name, text)| {
            let id = name.split('.').next().unwrap_or(name);
            Ok(Input::new(id, *name, Cursor::new(text.as_bytes())))
        });
        let mut graph = KnowledgeGraph::new();
        let documents = read_all(inputs, ReadOptions::default());
        for extraction in pipeline.extract_all(documents, 0).map_err(Failure::input)? {
            graph.add(&extraction.map_err(Failure::input)?.map_err(Failure::input)?);
        }
        store::write(&graph_file, &graph).map_err(Failure::input)?;
        let options = DrawOptions { graphviz: false, ..DrawOptions::default() };
        let picture = draw(&graph, &options, DrawFormat::Svg).map_err(Failure::input)?;
        output::to_file(&picture_file, &picture)?;
        let answers = QUESTIONS
            .iter()
            .map(|question| Ok((question, query::ask(&graph, question).map_err(Failure::input)?)))
            .collect::<Result<Vec<_>, Failure>>()?;
        output::to_stdout(|out| {
            for (question, answer) in &answers {
                writeln!(out, "{question}?\n{}\n", answer.table().to_text(output::look()))?;
            }
            Ok(())
        })?;
        let counts = graph.counts();
        console.say(&format!(
            "{} articles, {} actors, {} edges: {} and {}",
            counts.articles,
            counts.actors,
            counts.edges,
            graph_file.display(),
            picture_file.display()
        ));
        Ok(())
    }
}
