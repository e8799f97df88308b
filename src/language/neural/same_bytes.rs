//! A small made-up model shows that every way of computing gives the same analysis, and that damage is seen.

use super::model::HIDDEN;
use super::simd::Simd;
use super::{NeuralModel, NeuralWorker};
use crate::language::{Sentence, Worker, cut};
use crate::reading::Document;
use serde_json::{Value, json};

/// A model file with weights drawn by a fixed rule.
struct ModelFile {
    tensors: Vec<Value>,
    data: Vec<u8>,
    seed: u32,
}

impl ModelFile {
    fn next(&mut self) -> u32 {
        self.seed = self.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.seed >> 8
    }

    fn floats(&mut self, count: usize, size: f32) -> usize {
        self.data.resize(self.data.len().next_multiple_of(64), 0);
        let offset = self.data.len();
        for _ in 0..count {
            let value = (self.next() as f32 / 8_388_608.0 - 1.0) * size;
            self.data.extend(value.to_le_bytes());
        }
        offset
    }

    fn float_tensor(&mut self, name: &str, shape: &[usize], size: f32) {
        let offset = self.floats(shape.iter().product(), size);
        self.tensors.push(json!({"name": name, "dtype": "f32", "shape": shape, "offset": offset}));
    }

    fn byte_tensor(&mut self, name: &str, rows: usize, width: usize) {
        self.data.resize(self.data.len().next_multiple_of(64), 0);
        let offset = self.data.len();
        for _ in 0..rows * width {
            let byte = (self.next() % 255) as u8;
            self.data.push(byte.wrapping_sub(127));
        }
        let scales = self.floats(rows, 0.004);
        self.tensors.push(json!({
            "name": name, "dtype": "i8", "shape": [rows, width], "offset": offset, "scale_offset": scales
        }));
    }

    fn linear(&mut self, name: &str, out: usize, width: usize) {
        self.byte_tensor(&format!("{name}.weight"), out, width);
        self.float_tensor(&format!("{name}.bias"), &[out], 0.1);
    }

    fn dense(&mut self, name: &str, out: usize, width: usize) {
        self.float_tensor(&format!("{name}.weight"), &[out, width], 0.3);
        self.float_tensor(&format!("{name}.bias"), &[out], 0.1);
    }

    fn build() -> Vec<u8> {
        let vocab = [
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "army", "shell", "##ed", "a", "village", ".", "he",
            "fled",
        ];
        let config = json!({
            "version": 2, "hidden": HIDDEN, "heads": 12, "layers": 2, "epsilon": 1e-12, "vocab": vocab,
            "upos": ["NOUN", "VERB", "DET"], "deprels": ["root", "nsubj", "obj", "det", "punct"],
            "ner": ["O", "B-ORG", "I-ORG"], "relations": ["none", "attacked", "met"],
            "statuses": ["actual", "alleged"], "roles": ["none", "source", "target"],
            "pair_relations": ["attacked", "met"], "pair_bias": 0.0,
        });
        let mut file = Self { tensors: Vec::new(), data: Vec::new(), seed: 1 };
        file.byte_tensor("words", vocab.len(), HIDDEN);
        file.byte_tensor("positions", 512, HIDDEN);
        file.float_tensor("case", &[4, HIDDEN], 0.2);
        file.dense_norm("norm");
        for layer in 0..2 {
            for part in ["query", "key", "value", "output"] {
                file.linear(&format!("layers.{layer}.{part}"), HIDDEN, HIDDEN);
            }
            file.linear(&format!("layers.{layer}.up"), 128, HIDDEN);
            file.linear(&format!("layers.{layer}.down"), HIDDEN, 128);
            file.dense_norm(&format!("layers.{layer}.norm1"));
            file.dense_norm(&format!("layers.{layer}.norm2"));
        }
        file.dense("upos", 3, HIDDEN);
        file.dense("ner", 3, HIDDEN);
        for name in [
            "arc_dependent",
            "arc_head",
            "label_dependent",
            "label_head",
            "event",
            "role_trigger",
            "role_argument",
            "pair_source",
            "pair_target",
        ] {
            file.linear(name, 64, HIDDEN);
        }
        file.float_tensor("arc.weight", &[1, 65, 64], 0.3);
        file.float_tensor("label.weight", &[5, 65, 65], 0.3);
        file.dense("trigger", 3, 64);
        file.dense("status", 2, 64);
        file.float_tensor("role.weight", &[3, 65, 65], 0.3);
        file.float_tensor("pair.weight", &[2, 65, 65], 0.3);

        let header = json!({"config": config, "tensors": file.tensors}).to_string();
        let mut bytes = b"WHOMLM02".to_vec();
        bytes.extend((header.len() as u32).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.resize(bytes.len().next_multiple_of(64), 0);
        bytes.extend(file.data);
        bytes
    }

    fn dense_norm(&mut self, name: &str) {
        self.float_tensor(&format!("{name}.weight"), &[HIDDEN], 1.5);
        self.float_tensor(&format!("{name}.bias"), &[HIDDEN], 0.2);
    }
}

fn sentences() -> Vec<Sentence> {
    let text = "The army shelled a village. He fled. The village fled the army, the Army fled the village: a shell \
                shelled the shelled shell. A. Army of the villages fled!";
    cut(&Document { text: text.to_owned(), ..Document::default() })
}

#[test]
fn every_way_of_computing_gives_the_same_analysis() {
    let model = NeuralModel::from_bytes(&ModelFile::build()).unwrap();
    let analyse = |simd: Simd, alone: bool| {
        let mut worker = NeuralWorker::new(&model, simd);
        let mut sentences = sentences();
        if alone {
            sentences.iter_mut().for_each(|s| worker.analyse(std::slice::from_mut(s)));
        } else {
            worker.analyse(&mut sentences);
        }
        let mut vectors: Vec<u32> = Vec::new();
        // Event guesses carry probabilities: equal to the last bit.
        for trigger in sentences.iter().flat_map(|s| &s.triggers) {
            vectors.push(trigger.probability.to_bits());
            vectors.extend(trigger.roles.iter().map(|r| r.probability.to_bits()));
        }
        let pairs: Vec<u32> =
            sentences.iter().flat_map(|s| &s.pairs).map(|p| p.probability.to_bits()).collect();
        assert!(!pairs.is_empty());
        vectors.extend(pairs);
        (format!("{sentences:?}"), vectors)
    };
    let first = analyse(Simd::Portable, false);
    assert!(!first.1.is_empty());
    for simd in Simd::available() {
        assert_eq!(analyse(simd, false), first, "{simd:?}");
        // Neighbours change nothing.
        assert_eq!(analyse(simd, true), first, "{simd:?}");
    }
}

#[test]
fn damage_is_seen() {
    let file = ModelFile::build();
    for cut in [0, 4, 10, 100, file.len() / 2, file.len() - 1] {
        assert!(NeuralModel::from_bytes(&file[..cut]).is_err(), "{cut}");
    }
}
