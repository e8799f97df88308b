//! Who says the words at a token: quotation marks and verbs of saying.

use super::chain::ChainId;
use super::resolve::Resolver;
use super::tree::Tree;

/// Verbs whose subject is the speaker of a quotation.
const SAYING: [&str; 52] = [
    "say",
    "tell",
    "add",
    "state",
    "write",
    "tweet",
    "announce",
    "declare",
    "claim",
    "explain",
    "comment",
    "note",
    "warn",
    "insist",
    "argue",
    "remark",
    "reply",
    "respond",
    "ask",
    "call",
    "describe",
    "report",
    "continue",
    "conclude",
    "observe",
    "promise",
    "vow",
    "admit",
    "acknowledge",
    "deny",
    "reiterate",
    "stress",
    "emphasize",
    "emphasise",
    "urge",
    "stipulate",
    "suggest",
    "propose",
    "assert",
    "allege",
    "confirm",
    "recall",
    "quote",
    "post",
    "read",
    "maintain",
    "quip",
    "testify",
    "pledge",
    "accuse",
    "praise",
    "agree",
];

/// For each token of a sentence, whether it stands inside quotation marks.
pub(super) fn quoted(trees: &[Tree<'_>]) -> Vec<Vec<bool>> {
    let mut open = false;
    let mut paragraph = usize::MAX;
    trees
        .iter()
        .map(|tree| {
            if tree.sentence.paragraph != paragraph {
                open = false;
                paragraph = tree.sentence.paragraph;
            }
            tree.sentence
                .tokens
                .iter()
                .map(|token| {
                    match token.text.as_str() {
                        "“" | "``" | "«" => open = true,
                        "”" | "''" | "»" => open = false,
                        "\"" => open = !open,
                        _ => return open,
                    }
                    false
                })
                .collect()
        })
        .collect()
}

impl Resolver<'_> {
    /// The speaker of the quotation that a token stands in.
    pub(super) fn speaker(&self, sentence: usize, token: usize) -> Option<ChainId> {
        if !self.quoted[sentence][token] {
            return None;
        }
        self.speaker_within(sentence, token).or_else(|| {
            // A quotation of several sentences: the speaker stands with the one before or after.
            let paragraph = self.parsed.sentences[sentence].paragraph;
            let beside = |s: usize| self.parsed.sentences[s].paragraph == paragraph;
            let before = (0..sentence).rev().take(3).take_while(|&s| beside(s));
            let after = (sentence + 1..self.trees.len()).take(2).take_while(|&s| beside(s));
            before.chain(after).find_map(|s| self.speaker_within(s, usize::MAX))
        })
    }

    fn speaker_within(&self, sentence: usize, token: usize) -> Option<ChainId> {
        let tree = &self.trees[sentence];
        let quoted = &self.quoted[sentence];
        if !quoted.contains(&true) {
            return None;
        }
        let mut verbs: Vec<usize> = (0..tree.len())
            .filter(|&at| {
                !quoted[at] && SAYING.contains(&tree.lemma(at)) && tree.child(at, &["nsubj"]).is_some()
            })
            .collect();
        // The nearest one that the quotation hangs on, else the nearest.
        verbs.sort_by_key(|&at| {
            (token < tree.len() && !tree.is_below(token, at), at.abs_diff(token.min(tree.len())))
        });
        verbs
            .into_iter()
            .filter_map(|at| tree.child(at, &["nsubj"]))
            .find(|&subject| !quoted[subject])
            .and_then(|subject| self.chain_at(sentence, subject))
            .or_else(|| {
                let according = (0..tree.len()).find(|&at| {
                    !quoted[at] && tree.case(at) == Some("accord") && tree.token(at).is(&["obl", "nmod"])
                })?;
                self.chain_at(sentence, according)
            })
    }
}
