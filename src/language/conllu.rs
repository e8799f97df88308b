//! CoNLL-U in, sentences out, and the reverse.
//!
//! Reads the ten columns with `# newdoc`, `# newpar`, `# sent_id` and `# text`; word ranges tell only where
//! white space stands, empty nodes are passed over. Refuses lines that are not CoNLL-U, naming the line.
//! Writes names as `NER=B-GPE` and missing white space as `SpaceAfter=No` in MISC.

use super::{EntityLabel, EntitySpan, LanguageError, ParsedDocument, Sentence, Token, Upos};
use crate::ontology::ByteSpan;
use crate::reading::Document;
use smol_str::SmolStr;
use std::io::{BufRead, Write};

/// One sentence as its file gives it.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// The document's id, on its first sentence only.
    pub new_document: Option<String>,
    /// Whether a paragraph begins here.
    pub new_paragraph: bool,
    /// The sentence's id.
    pub id: Option<String>,
    /// Its words.
    pub rows: Vec<Row>,
}

/// One word as its file gives it; `_` where a column is empty.
#[derive(Debug, Clone)]
pub struct Row {
    /// The word as written.
    pub form: SmolStr,
    /// Dictionary form.
    pub lemma: SmolStr,
    /// Universal part of speech.
    pub upos: SmolStr,
    /// The treebank's own part of speech.
    pub xpos: SmolStr,
    /// Index of the head; `None` for the root and where the column is empty.
    pub head: Option<usize>,
    /// Relation to the head.
    pub deprel: SmolStr,
    /// Name tag (`B-GPE`), where given.
    pub name: Option<SmolStr>,
    /// Whether white space follows.
    pub space_after: bool,
}

/// Reads sentence by sentence; stops at the first faulty one.
pub fn blocks(reader: impl BufRead) -> impl Iterator<Item = Result<Block, LanguageError>> {
    let mut reader = BlockReader { lines: reader.lines(), line: 0, done: false };
    std::iter::from_fn(move || {
        if reader.done {
            return None;
        }
        let next = reader.next_block().transpose();
        reader.done = !matches!(next, Some(Ok(_)));
        next
    })
}

/// Reads documents. Text and offsets are put together from the words, so they fit whatever the file holds.
///
/// A file without `# newdoc` is one document named `fallback_id`.
pub fn read(reader: impl BufRead, fallback_id: &str) -> Result<Vec<ParsedDocument>, LanguageError> {
    let mut documents: Vec<ParsedDocument> = Vec::new();
    let mut paragraph = 0;
    for block in blocks(reader) {
        let block = block?;
        if block.new_document.is_some() || documents.is_empty() {
            let id = block.new_document.clone().unwrap_or_else(|| fallback_id.to_owned());
            let document = Document { id, ..Document::default() };
            documents.push(ParsedDocument { document, sentences: Vec::new() });
            paragraph = 0;
        }
        let Some(parsed) = documents.last_mut() else { continue };
        if block.new_paragraph && !parsed.sentences.is_empty() {
            paragraph += 1;
            parsed.document.text.truncate(parsed.document.text.trim_end().len());
            parsed.document.text.push_str("\n\n");
        }
        parsed.sentences.push(append(&mut parsed.document.text, &block, paragraph));
    }
    for parsed in &mut documents {
        parsed.document.text.truncate(parsed.document.text.trim_end().len());
    }
    Ok(documents)
}

/// Writes a document.
pub fn write(parsed: &ParsedDocument, out: &mut impl Write) -> std::io::Result<()> {
    let text = &parsed.document.text;
    for (number, sentence) in parsed.sentences.iter().enumerate() {
        if number == 0 {
            writeln!(out, "# newdoc id = {}", one_line(&parsed.document.id))?;
        }
        if number == 0 || parsed.sentences[number - 1].paragraph != sentence.paragraph {
            writeln!(out, "# newpar")?;
        }
        writeln!(out, "# sent_id = {}-{}", one_line(&parsed.document.id), number + 1)?;
        writeln!(out, "# text = {}", one_line(sentence.span.of(text)))?;
        let names = name_tags(sentence);
        for (i, token) in sentence.tokens.iter().enumerate() {
            let head = token.head.map_or(0, |h| h + 1);
            let form = one_line(&token.text);
            let lemma = one_line(&token.lemma);
            write!(
                out,
                "{}\t{form}\t{lemma}\t{}\t_\t_\t{head}\t{}\t_\t",
                i + 1,
                token.upos.name(),
                token.deprel
            )?;
            match (&names[i], token.space_after) {
                (None, true) => writeln!(out, "_")?,
                (None, false) => writeln!(out, "SpaceAfter=No")?,
                (Some(name), true) => writeln!(out, "NER={name}")?,
                (Some(name), false) => writeln!(out, "NER={name}|SpaceAfter=No")?,
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

struct BlockReader<B: BufRead> {
    lines: std::io::Lines<B>,
    line: usize,
    done: bool,
}

impl<B: BufRead> BlockReader<B> {
    fn next_block(&mut self) -> Result<Option<Block>, LanguageError> {
        let mut block = Block::default();
        // Last word of the open range, and whether white space follows the range.
        let mut range: Option<(usize, bool)> = None;
        while let Some(line) = self.lines.next().transpose()? {
            self.line += 1;
            let line = line.strip_suffix('\r').unwrap_or(&line);
            if line.trim().is_empty() {
                if !block.rows.is_empty() {
                    break;
                }
            } else if let Some(comment) = line.strip_prefix('#') {
                read_comment(comment, &mut block);
            } else {
                let columns: Vec<&str> = line.split('\t').collect();
                if columns.len() != 10 {
                    return Err(self.fault(format!("{} columns instead of 10", columns.len())));
                }
                if let Some((_, last)) = columns[0].split_once('-') {
                    let last = last.parse().map_err(|_| self.fault(format!("range `{}`", columns[0])))?;
                    range = Some((last, space_after(columns[9])));
                } else if !columns[0].contains('.') {
                    let mut row = self.row(&columns, block.rows.len() + 1)?;
                    if let Some((last, space)) = range {
                        row.space_after = block.rows.len() + 1 >= last && space;
                        if block.rows.len() + 1 >= last {
                            range = None;
                        }
                    }
                    block.rows.push(row);
                }
            }
        }
        if block.rows.is_empty() {
            return Ok(None);
        }
        let words = block.rows.len();
        if let Some(row) = block.rows.iter().find(|r| r.head.is_some_and(|h| h >= words)) {
            return Err(self.fault(format!("the head of `{}` lies outside the sentence", row.form)));
        }
        Ok(Some(block))
    }

    fn row(&self, columns: &[&str], expected: usize) -> Result<Row, LanguageError> {
        if columns[0].parse() != Ok(expected) {
            return Err(self.fault(format!("word number `{}` where {expected} is due", columns[0])));
        }
        if columns[1].is_empty() {
            return Err(self.fault("an empty word".to_owned()));
        }
        let head = match columns[6] {
            "_" | "0" => None,
            n => match n.parse::<usize>() {
                Ok(n) => Some(n - 1),
                Err(_) => return Err(self.fault(format!("head `{n}`"))),
            },
        };
        let name = columns[9].split('|').find_map(|x| x.strip_prefix("NER=")).filter(|&x| x != "O");
        Ok(Row {
            form: columns[1].into(),
            lemma: columns[2].into(),
            upos: columns[3].into(),
            xpos: columns[4].into(),
            head,
            deprel: columns[7].into(),
            name: name.map(SmolStr::from),
            space_after: space_after(columns[9]),
        })
    }

    fn fault(&self, what: String) -> LanguageError {
        LanguageError::Conllu { line: self.line, what }
    }
}

fn space_after(misc: &str) -> bool {
    !misc.split('|').any(|x| x == "SpaceAfter=No")
}

fn read_comment(comment: &str, block: &mut Block) {
    let (key, value) = comment.split_once('=').map_or((comment, ""), |(k, v)| (k, v.trim()));
    match key.trim() {
        "newdoc" | "newdoc id" => {
            block.new_document =
                Some(value.to_owned()).filter(|x| !x.is_empty()).or(Some("document".to_owned()));
            block.new_paragraph = true;
        }
        "newpar" | "newpar id" | "newpar_block" => block.new_paragraph = true,
        "sent_id" => block.id = Some(value.to_owned()),
        _ => {}
    }
}

fn append(text: &mut String, block: &Block, paragraph: usize) -> Sentence {
    let start = text.len();
    let mut tokens = Vec::with_capacity(block.rows.len());
    let mut end = start;
    for row in &block.rows {
        let from = text.len();
        text.push_str(&row.form);
        end = text.len();
        if row.space_after {
            text.push(' ');
        }
        tokens.push(Token {
            span: ByteSpan::new(from, end),
            text: row.form.clone(),
            lemma: row.lemma.clone(),
            upos: row.upos.parse().unwrap_or(Upos::X),
            head: row.head,
            deprel: row.deprel.clone(),
            space_after: row.space_after,
        });
    }
    let entities = entities_of(block.rows.iter().map(|r| r.name.as_deref()));
    Sentence { span: ByteSpan::new(start, end), paragraph, tokens, entities, ..Sentence::default() }
}

/// Spans of BIO tags; tags of unknown kind are passed over.
fn entities_of<'a>(tags: impl Iterator<Item = Option<&'a str>>) -> Vec<EntitySpan> {
    let mut spans: Vec<EntitySpan> = Vec::new();
    for (i, tag) in tags.enumerate() {
        let Some((prefix, Ok(label))) =
            tag.and_then(|t| t.split_once('-')).map(|(p, l)| (p, l.parse::<EntityLabel>()))
        else {
            continue;
        };
        match spans.last_mut() {
            Some(open) if prefix == "I" && open.label == label && open.tokens.end == i => {
                open.tokens.end = i + 1;
            }
            _ => spans.push(EntitySpan { tokens: i..i + 1, label }),
        }
    }
    spans
}

fn name_tags(sentence: &Sentence) -> Vec<Option<String>> {
    let mut tags = vec![None; sentence.tokens.len()];
    for entity in &sentence.entities {
        for i in entity.tokens.clone() {
            let prefix = if i == entity.tokens.start { 'B' } else { 'I' };
            tags[i] = Some(format!("{prefix}-{}", entity.label.name()));
        }
    }
    tags
}

/// Line breaks and tabs would break the format.
fn one_line(s: &str) -> String {
    s.split(['\n', '\r', '\t']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "\
# newdoc id = d1
# newpar
# sent_id = d1-1
# text = Oslo won't talk.
1\tOslo\tOslo\tPROPN\t_\t_\t4\tnsubj\t_\tNER=B-GPE
2-3\twon't\t_\t_\t_\t_\t_\t_\t_\t_
2\two\twill\tAUX\t_\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\t_\t_\t4\tadvmod\t_\t_
4\ttalk\ttalk\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_

";

    #[test]
    fn ranges_tell_where_space_stands_and_names_survive_the_round() {
        let documents = read(SAMPLE.as_bytes(), "x").unwrap();
        assert_eq!(documents[0].document.text, "Oslo won't talk.");
        assert_eq!(documents[0].sentences[0].entities[0].label, EntityLabel::Gpe);
        let mut out = Vec::new();
        write(&documents[0], &mut out).unwrap();
        let again = read(out.as_slice(), "x").unwrap();
        assert_eq!(again[0].document, documents[0].document);
        assert_eq!(again[0].sentences[0].entities, documents[0].sentences[0].entities);
    }

    #[test]
    fn faulty_lines_are_named() {
        let fault = |s: &str| read(s.as_bytes(), "x").unwrap_err().to_string();
        assert!(fault("1\tOslo\n").starts_with("line 1 is no CoNLL-U: 2 columns"));
        assert!(fault("# x\n2\ta\ta\tX\t_\t_\t0\troot\t_\t_\n").contains("where 1 is due"));
        assert!(fault("1\ta\ta\tX\t_\t_\t7\troot\t_\t_\n\n").contains("outside the sentence"));
    }
}
