//! The model file: read, checked and laid out for the kernels.

use super::bilinear::Bilinear;
use super::gemm::PackedMatrix;
use super::wordpiece::Vocab;
use crate::language::error::LanguageError;
use crate::language::parsed::{EntityLabel, Upos};
use crate::ontology::{Relation, Role, Status};
use serde::Deserialize;
use smol_str::SmolStr;
use std::io::Read;

const MAGIC: &[u8; 8] = b"WHOMLM02";

/// Width of the encoder.
pub const HIDDEN: usize = 384;
/// Width of an attention head.
pub const HEAD: usize = 32;

/// A trained model, unchanging, shared by all threads.
#[derive(Debug)]
pub struct NeuralModel {
    pub(super) vocab: Vocab,
    pub(super) words: Embedding,
    pub(super) positions: Embedding,
    pub(super) case: Vec<f32>,
    pub(super) norm: Norm,
    pub(super) layers: Vec<Layer>,
    pub(super) epsilon: f32,
    pub(super) upos: Dense,
    pub(super) ner: Dense,
    pub(super) arc_dependent: Linear,
    pub(super) arc_head: Linear,
    pub(super) arc: Vec<f32>,
    pub(super) label_dependent: Linear,
    pub(super) label_head: Linear,
    pub(super) label: Bilinear,
    pub(super) event: Linear,
    pub(super) trigger: Dense,
    pub(super) status: Dense,
    pub(super) role_trigger: Linear,
    pub(super) role_argument: Linear,
    pub(super) role: Vec<f32>,
    pub(super) pair_source: Linear,
    pub(super) pair_target: Linear,
    pub(super) pair: Vec<f32>,
    pub(super) upos_names: Vec<Upos>,
    pub(super) deprel_names: Vec<SmolStr>,
    pub(super) ner_names: Vec<NameTag>,
    /// Index 0 is none.
    pub(super) relation_names: Vec<Option<Relation>>,
    pub(super) status_names: Vec<Status>,
    /// Index 0 is none.
    pub(super) role_names: Vec<Option<Role>>,
    pub(super) pair_names: Vec<Relation>,
    /// Added to the logit of every relation of every pair.
    pub(super) pair_bias: f32,
}

/// A tag of the names head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameTag {
    /// Not in a name.
    Outside,
    /// First word of a name.
    Begin(EntityLabel),
    /// Further word of a name.
    Inside(EntityLabel),
}

/// Rows of 8-bit integers with a scale each.
#[derive(Debug)]
pub struct Embedding {
    pub(super) rows: Vec<i8>,
    pub(super) scales: Vec<f32>,
}

/// Layer normalisation's gain and bias.
#[derive(Debug)]
pub struct Norm {
    pub(super) weight: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

/// A linear layer in 8-bit integers.
#[derive(Debug)]
pub struct Linear {
    pub(super) matrix: PackedMatrix,
    pub(super) bias: Vec<f32>,
}

/// A small linear layer in floats, `weight` row by row.
#[derive(Debug)]
pub struct Dense {
    pub(super) weight: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

/// One encoder layer.
#[derive(Debug)]
pub struct Layer {
    pub(super) query: Linear,
    pub(super) key: Linear,
    pub(super) value: Linear,
    pub(super) output: Linear,
    pub(super) norm1: Norm,
    pub(super) up: Linear,
    pub(super) down: Linear,
    pub(super) norm2: Norm,
}

#[derive(Deserialize)]
struct Header {
    config: Config,
    tensors: Vec<Tensor>,
}

#[derive(Deserialize)]
struct Config {
    hidden: usize,
    heads: usize,
    layers: usize,
    epsilon: f32,
    upos: Vec<String>,
    deprels: Vec<String>,
    ner: Vec<String>,
    relations: Vec<String>,
    statuses: Vec<String>,
    roles: Vec<String>,
    pair_relations: Vec<String>,
    pair_bias: f32,
    vocab: Vec<String>,
}

#[derive(Deserialize)]
struct Tensor {
    name: String,
    dtype: String,
    shape: Vec<usize>,
    offset: usize,
    #[serde(default)]
    scale_offset: Option<usize>,
}

impl NeuralModel {
    /// Reads a model file.
    ///
    /// # Errors
    /// If the bytes cannot be read, are no model of this version, or are cut short.
    pub fn read(mut reader: impl Read) -> Result<Self, LanguageError> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|e| fault(format!("cannot be read: {e}")))?;
        Self::from_bytes(&bytes)
    }

    /// Reads a model file held in memory.
    ///
    /// # Errors
    /// As [`NeuralModel::read`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LanguageError> {
        let rest = bytes
            .strip_prefix(MAGIC)
            .ok_or_else(|| fault("does not begin with WHOMLM02: not a model of this version".to_owned()))?;
        let length = rest.first_chunk::<4>().map(|n| u32::from_le_bytes(*n) as usize);
        let json = length
            .and_then(|n| rest.get(4..4 + n))
            .ok_or_else(|| fault("is cut short in its header".to_owned()))?;
        let header: Header =
            serde_json::from_slice(json).map_err(|e| fault(format!("has a damaged header: {e}")))?;
        let start = (MAGIC.len() + 4 + json.len()).next_multiple_of(64);
        let data = bytes.get(start..).ok_or_else(|| fault("is cut short after its header".to_owned()))?;
        Tensors { list: &header.tensors, data }.model(&header.config)
    }
}

struct Tensors<'a> {
    list: &'a [Tensor],
    data: &'a [u8],
}

impl Tensors<'_> {
    fn model(&self, config: &Config) -> Result<NeuralModel, LanguageError> {
        if config.hidden != HIDDEN || config.heads * HEAD != HIDDEN {
            return Err(fault(format!(
                "has width {} and {} heads: not a model of this version",
                config.hidden, config.heads
            )));
        }
        let names = |what: &str, list: &[String]| {
            list.iter()
                .map(|n| if n == "none" { Ok(None) } else { n.parse().map(Some) })
                .collect::<Result<Vec<Option<Relation>>, _>>()
                .map_err(|e| fault(format!("names an unknown {what}: {e}")))
        };
        Ok(NeuralModel {
            vocab: Vocab::new(&config.vocab).ok_or_else(|| fault("lacks a special word piece".to_owned()))?,
            words: self.embedding("words")?,
            positions: self.embedding("positions")?,
            case: self.floats("case")?,
            norm: self.norm("norm")?,
            layers: (0..config.layers).map(|l| self.layer(l)).collect::<Result<_, _>>()?,
            epsilon: config.epsilon,
            upos: self.dense("upos")?,
            ner: self.dense("ner")?,
            arc_dependent: self.linear("arc_dependent")?,
            arc_head: self.linear("arc_head")?,
            arc: self.floats("arc.weight")?,
            label_dependent: self.linear("label_dependent")?,
            label_head: self.linear("label_head")?,
            label: self.bilinear("label.weight")?,
            event: self.linear("event")?,
            trigger: self.dense("trigger")?,
            status: self.dense("status")?,
            role_trigger: self.linear("role_trigger")?,
            role_argument: self.linear("role_argument")?,
            role: self.floats("role.weight")?,
            pair_source: self.linear("pair_source")?,
            pair_target: self.linear("pair_target")?,
            pair: self.floats("pair.weight")?,
            upos_names: config
                .upos
                .iter()
                .map(|n| n.parse())
                .collect::<Result<_, String>>()
                .map_err(fault)?,
            deprel_names: config.deprels.iter().map(SmolStr::new).collect(),
            ner_names: config.ner.iter().map(|n| name_tag(n)).collect::<Result<_, _>>()?,
            relation_names: names("relation", &config.relations)?,
            status_names: config
                .statuses
                .iter()
                .map(|n| n.parse())
                .collect::<Result<_, String>>()
                .map_err(fault)?,
            role_names: config.roles.iter().map(|n| role(n)).collect(),
            pair_names: names("relation", &config.pair_relations)?.into_iter().flatten().collect(),
            pair_bias: config.pair_bias,
        })
    }

    fn layer(&self, number: usize) -> Result<Layer, LanguageError> {
        let name = |part: &str| format!("layers.{number}.{part}");
        Ok(Layer {
            query: self.linear(&name("query"))?,
            key: self.linear(&name("key"))?,
            value: self.linear(&name("value"))?,
            output: self.linear(&name("output"))?,
            norm1: self.norm(&name("norm1"))?,
            up: self.linear(&name("up"))?,
            down: self.linear(&name("down"))?,
            norm2: self.norm(&name("norm2"))?,
        })
    }

    fn tensor(&self, name: &str) -> Result<&Tensor, LanguageError> {
        self.list.iter().find(|t| t.name == name).ok_or_else(|| fault(format!("lacks the tensor `{name}`")))
    }

    fn slice(&self, name: &str, offset: usize, bytes: usize) -> Result<&[u8], LanguageError> {
        self.data.get(offset..offset + bytes).ok_or_else(|| fault(format!("is cut short in `{name}`")))
    }

    fn floats(&self, name: &str) -> Result<Vec<f32>, LanguageError> {
        let tensor = self.tensor(name)?;
        let count: usize = tensor.shape.iter().product();
        if tensor.dtype != "f32" {
            return Err(fault(format!("holds `{name}` as {}, not f32", tensor.dtype)));
        }
        Ok(read_floats(self.slice(name, tensor.offset, 4 * count)?))
    }

    fn embedding(&self, name: &str) -> Result<Embedding, LanguageError> {
        let tensor = self.tensor(name)?;
        let (&[rows, width], Some(scales)) = (tensor.shape.as_slice(), tensor.scale_offset) else {
            return Err(fault(format!("holds `{name}` in an unknown shape")));
        };
        let bytes = self.slice(name, tensor.offset, rows * width)?;
        Ok(Embedding {
            rows: bytes.iter().map(|b| i8::from_le_bytes([*b])).collect(),
            scales: read_floats(self.slice(name, scales, 4 * rows)?),
        })
    }

    fn linear(&self, name: &str) -> Result<Linear, LanguageError> {
        let weight = format!("{name}.weight");
        let inputs = self.tensor(&weight)?.shape.get(1).copied().unwrap_or_default();
        let matrix = self.embedding(&weight)?;
        let bias = self.floats(&format!("{name}.bias"))?;
        PackedMatrix::new(&matrix.rows, matrix.scales, inputs)
            .map(|matrix| Linear { matrix, bias })
            .ok_or_else(|| fault(format!("holds `{name}` in a shape the kernels do not take")))
    }

    fn bilinear(&self, name: &str) -> Result<Bilinear, LanguageError> {
        let floats = self.floats(name)?;
        match *self.tensor(name)?.shape {
            [classes, left, right] if classes > 0 && left > 0 && right > 0 => {
                Bilinear::new(&floats, classes, left, right).ok_or_else(|| {
                    fault(format!("has more than {} classes in `{name}`", Bilinear::MOST_CLASSES))
                })
            }
            _ => Err(fault(format!("holds `{name}` in an unknown shape"))),
        }
    }

    fn dense(&self, name: &str) -> Result<Dense, LanguageError> {
        Ok(Dense {
            weight: self.floats(&format!("{name}.weight"))?,
            bias: self.floats(&format!("{name}.bias"))?,
        })
    }

    fn norm(&self, name: &str) -> Result<Norm, LanguageError> {
        Ok(Norm {
            weight: self.floats(&format!("{name}.weight"))?,
            bias: self.floats(&format!("{name}.bias"))?,
        })
    }
}

fn read_floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect()
}

fn name_tag(name: &str) -> Result<NameTag, LanguageError> {
    let label = |n: &str| n.parse::<EntityLabel>().map_err(fault);
    match name.split_once('-') {
        Some(("B", kind)) => Ok(NameTag::Begin(label(kind)?)),
        Some(("I", kind)) => Ok(NameTag::Inside(label(kind)?)),
        _ => Ok(NameTag::Outside),
    }
}

fn role(name: &str) -> Option<Role> {
    match name {
        "source" => Some(Role::Source),
        "target" => Some(Role::Target),
        "claimant" => Some(Role::Claimant),
        _ => None,
    }
}

fn fault(what: String) -> LanguageError {
    LanguageError::DamagedModel { kind: "news", what }
}
