//! The arc-hybrid transition system: a stack, a buffer, and the arcs made so far.
//!
//! Token numbers count from 1; 0 is the root above the sentence, which takes exactly one dependent, last of all.
//! Builds projective trees only.

/// No token.
pub const NONE: usize = usize::MAX;

/// A step of the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Puts the next word on the stack.
    Shift,
    /// Hangs the stack's top below the next word.
    Left,
    /// Hangs the stack's top below the one beneath it.
    Right,
}

impl Step {
    /// Every step; a step's class is its place here.
    pub const ALL: [Self; 3] = [Self::Shift, Self::Left, Self::Right];
}

/// Where the parser stands.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Tokens without head yet, the root at the bottom.
    pub stack: Vec<usize>,
    /// Next token.
    pub next: usize,
    /// Number of tokens.
    pub len: usize,
    /// Head of each token, [`NONE`] as yet.
    pub heads: Vec<usize>,
    /// Label of each token's arc.
    pub labels: Vec<u8>,
    /// Outermost and second outermost dependents to the left.
    pub left: Vec<[usize; 2]>,
    /// The same to the right.
    pub right: Vec<[usize; 2]>,
    /// Number of dependents to the left and to the right, at most 5.
    pub valency: Vec<[u8; 2]>,
}

impl State {
    /// Begins a sentence of `len` tokens.
    pub fn reset(&mut self, len: usize) {
        self.stack.clear();
        self.stack.push(0);
        self.next = 1;
        self.len = len;
        self.heads.clear();
        self.heads.resize(len + 1, NONE);
        self.labels.clear();
        self.labels.resize(len + 1, 0);
        for list in [&mut self.left, &mut self.right] {
            list.clear();
            list.resize(len + 1, [NONE; 2]);
        }
        self.valency.clear();
        self.valency.resize(len + 1, [0; 2]);
    }

    /// Whether every token has its head.
    pub fn is_done(&self) -> bool {
        self.next > self.len && self.stack.len() == 1
    }

    /// The `i`th token of the stack from the top.
    pub fn top(&self, i: usize) -> usize {
        self.stack.len().checked_sub(i + 1).map_or(NONE, |at| self.stack[at])
    }

    /// The `i`th token still to come.
    pub fn ahead(&self, i: usize) -> usize {
        if self.next + i <= self.len { self.next + i } else { NONE }
    }

    /// Whether a step may be taken.
    pub fn allows(&self, step: Step) -> bool {
        let more = self.next <= self.len;
        match step {
            Step::Shift => more,
            Step::Left => more && self.stack.len() > 1,
            // The root takes its one dependent when nothing else is left.
            Step::Right => self.stack.len() > 2 || (!more && self.stack.len() == 2),
        }
    }

    /// Head and dependent of the arc a step would make.
    pub fn arc(&self, step: Step) -> Option<(usize, usize)> {
        match step {
            Step::Shift => None,
            Step::Left => Some((self.next, self.top(0))),
            Step::Right => Some((self.top(1), self.top(0))),
        }
    }

    /// Takes a step that is allowed; `label` goes to the arc it makes.
    pub fn take(&mut self, step: Step, label: u8) {
        let Some((head, token)) = self.arc(step) else {
            self.stack.push(self.next);
            self.next += 1;
            return;
        };
        self.stack.pop();
        self.heads[token] = head;
        self.labels[token] = label;
        let side = usize::from(token > head);
        let outer = if side == 0 { &mut self.left[head] } else { &mut self.right[head] };
        // Dependents of one side come from the inside out.
        *outer = [token, outer[0]];
        self.valency[head][side] = (self.valency[head][side] + 1).min(5);
    }

    /// How many arcs of the gold tree (`gold[token]` = head) become unreachable by a step.
    pub fn cost(&self, step: Step, gold: &[usize]) -> usize {
        let (top, below) = (self.top(0), self.top(1));
        match step {
            Step::Shift => {
                let next = self.next;
                let dependents = self.stack.iter().filter(|&&t| t != 0 && gold[t] == next).count();
                let head = self.stack[..self.stack.len() - 1].contains(&gold[next]);
                dependents + usize::from(head)
            }
            Step::Left => {
                let dependents = (self.next..=self.len).filter(|&t| gold[t] == top).count();
                let head = gold[top] == below || gold[top] > self.next || gold[top] == 0;
                dependents + usize::from(head)
            }
            Step::Right => {
                let dependents = (self.next..=self.len).filter(|&t| gold[t] == top).count();
                let head = gold[top] >= self.next || (gold[top] == 0 && below != 0);
                dependents + usize::from(head)
            }
        }
    }
}

/// Whether no two arcs of a tree cross; `heads[i]` is the head of token `i + 1`, 0 the root.
pub fn is_projective(heads: &[usize]) -> bool {
    (1..=heads.len()).all(|token| {
        let head = heads[token - 1];
        let (a, b) = (token.min(head), token.max(head));
        (a + 1..b).all(|inner| (a..=b).contains(&heads[inner - 1]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Follows the cheapest steps and hands back the tree.
    fn follow(heads: &[usize]) -> Vec<usize> {
        let mut gold = vec![NONE];
        gold.extend(heads);
        let mut state = State::default();
        state.reset(heads.len());
        while !state.is_done() {
            let step = Step::ALL
                .into_iter()
                .filter(|&s| state.allows(s))
                .min_by_key(|&s| state.cost(s, &gold))
                .unwrap();
            state.take(step, 0);
        }
        state.heads[1..].to_vec()
    }

    #[test]
    fn free_steps_lead_to_every_projective_tree() {
        // All trees of four tokens with one root.
        let mut projective = 0;
        for code in 0..5usize.pow(4) {
            let heads: Vec<usize> = (0..4).map(|i| code / 5usize.pow(i) % 5).collect();
            let rooted = heads.iter().filter(|&&h| h == 0).count() == 1;
            let reaches = |mut t: usize| {
                (0..5).any(|_| {
                    t = if t == 0 { 0 } else { heads[t - 1] };
                    t == 0
                })
            };
            if rooted && (1..=4).all(reaches) && is_projective(&heads) {
                projective += 1;
                assert_eq!(follow(&heads), heads);
            }
        }
        assert_eq!(projective, 30);
    }

    #[test]
    fn whatever_the_steps_there_is_one_root() {
        for seed in 0..200u64 {
            let mut state = State::default();
            state.reset(7);
            let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
            while !state.is_done() {
                x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let allowed: Vec<Step> = Step::ALL.into_iter().filter(|&s| state.allows(s)).collect();
                state.take(allowed[(x >> 33) as usize % allowed.len()], 0);
            }
            assert_eq!(state.heads[1..].iter().filter(|&&h| h == 0).count(), 1);
        }
    }
}
