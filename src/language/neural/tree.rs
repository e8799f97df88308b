//! From arc scores to one tree with one root: the best heads where they already form a tree, else
//! Chu, Liu and Edmonds' maximum spanning arborescence.

/// Heads of words 1…n (0 = root) from `scores[i × (n + 1) + j]`, the score of head j for word i + 1.
pub fn tree(scores: &[f32], count: usize) -> Vec<usize> {
    let width = count + 1;
    let greedy: Vec<usize> = scores.chunks_exact(width).map(super::kernels::argmax).collect();
    if is_tree(&greedy) {
        return greedy;
    }
    let best = edmonds(&matrix(scores, count, None));
    let roots: Vec<usize> = (1..=count).filter(|i| best[*i] == 0).collect();
    if roots.len() == 1 {
        return best[1..].to_vec();
    }
    let total = |heads: &[usize]| -> f32 { (1..=count).map(|i| scores[(i - 1) * width + heads[i]]).sum() };
    let mut chosen = best.clone();
    let mut highest = f32::NEG_INFINITY;
    for root in roots {
        let heads = edmonds(&matrix(scores, count, Some(root)));
        let score = total(&heads);
        if score > highest {
            highest = score;
            chosen = heads;
        }
    }
    chosen[1..].to_vec()
}

fn is_tree(heads: &[usize]) -> bool {
    heads.iter().filter(|h| **h == 0).count() == 1
        && (0..heads.len()).all(|start| {
            let mut at = start + 1;
            for _ in 0..=heads.len() {
                if at == 0 {
                    return true;
                }
                at = heads[at - 1];
            }
            false
        })
}

/// Barred arcs score this: low enough never to be chosen, high enough to stay finite in sums.
const BARRED: f32 = -1e9;

/// `matrix[dependent][head]` over 0…n; only `root` may hang on 0 where one is given.
fn matrix(scores: &[f32], count: usize, root: Option<usize>) -> Vec<Vec<f32>> {
    let width = count + 1;
    let mut matrix = vec![vec![BARRED; width]; width];
    for i in 1..width {
        for j in 0..width {
            let barred = i == j || (j == 0 && root.is_some_and(|r| r != i));
            if !barred {
                matrix[i][j] = scores[(i - 1) * width + j].max(BARRED);
            }
        }
    }
    matrix
}

/// Heads of all nodes; node 0 is the root and heads itself.
fn edmonds(matrix: &[Vec<f32>]) -> Vec<usize> {
    let size = matrix.len();
    let mut heads: Vec<usize> = matrix.iter().map(|row| super::kernels::argmax(row)).collect();
    heads[0] = 0;
    let Some(cycle) = find_cycle(&heads) else { return heads };
    // contract the cycle into one node, solve the smaller problem, expand
    let inside = |node: usize| cycle.contains(&node);
    let kept: Vec<usize> = (0..size).filter(|n| !inside(*n)).collect();
    let small = kept.len() + 1;
    let knot = kept.len();
    let mut reduced = vec![vec![BARRED; small]; small];
    let mut enters = vec![(0, 0); small];
    let mut leaves = vec![0; small];
    for (a, &dependent) in kept.iter().enumerate() {
        for (b, &head) in kept.iter().enumerate() {
            if a != b {
                reduced[a][b] = matrix[dependent][head];
            }
        }
        let (best, head) = best_of(cycle.iter().map(|&h| (matrix[dependent][h], h)));
        reduced[a][knot] = best;
        leaves[a] = head;
        let entering = cycle.iter().map(|&c| (matrix[c][dependent] - matrix[c][heads[c]], c));
        let (gain, at) = best_of(entering);
        reduced[knot][a] = gain;
        enters[a] = (dependent, at);
    }
    let solved = edmonds(&reduced);
    let mut result = heads.clone();
    for (a, &dependent) in kept.iter().enumerate().skip(1) {
        result[dependent] = if solved[a] == knot { leaves[a] } else { kept[solved[a]] };
    }
    let (head, at) = enters[solved[knot]];
    result[at] = head;
    result
}

fn best_of(items: impl Iterator<Item = (f32, usize)>) -> (f32, usize) {
    items.fold((f32::NEG_INFINITY, 0), |best, item| if item.0 > best.0 { item } else { best })
}

fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0usize; heads.len()];
    state[0] = usize::MAX;
    for start in 1..heads.len() {
        let mut at = start;
        while state[at] == 0 {
            state[at] = start;
            at = heads[at];
        }
        if state[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Best single-root tree by trying all.
    fn exhaustive(scores: &[f32], count: usize) -> f32 {
        let width = count + 1;
        let mut best = f32::NEG_INFINITY;
        for code in 0..width.pow(count as u32) {
            let heads: Vec<usize> = (0..count).map(|i| code / width.pow(i as u32) % width).collect();
            if is_tree(&heads) && (0..count).all(|i| heads[i] != i + 1) {
                best = best.max((0..count).map(|i| scores[i * width + heads[i]]).sum());
            }
        }
        best
    }

    #[test]
    fn the_tree_is_the_best_one() {
        let mut seed = 7u32;
        for _ in 0..300 {
            let count = 4;
            let scores: Vec<f32> = (0..count * (count + 1))
                .map(|k| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let self_loop = k % (count + 1) == k / (count + 1) + 1;
                    if self_loop { f32::NEG_INFINITY } else { (seed >> 20) as f32 / 100.0 }
                })
                .collect();
            let heads = tree(&scores, count);
            assert!(is_tree(&heads), "{heads:?}");
            let total: f32 = heads.iter().enumerate().map(|(i, h)| scores[i * (count + 1) + h]).sum();
            // several equally good first steps may be forced to one root: allow rounding only
            assert!(total >= exhaustive(&scores, count) - 1e-3, "{heads:?} {total}");
        }
    }
}
