//! One-to-one matching of the largest size between what was found and what there is.

use std::collections::BTreeMap;

/// Pairs found with gold; gives found index → gold index. Augmenting paths, in order on both sides.
pub fn pair_up<P, G>(found: &[P], gold: &[G], fits: impl Fn(&P, &G) -> bool) -> BTreeMap<usize, usize> {
    let options: Vec<Vec<usize>> =
        found.iter().map(|p| (0..gold.len()).filter(|&j| fits(p, &gold[j])).collect()).collect();
    let mut owner: Vec<Option<usize>> = vec![None; gold.len()];
    for i in 0..found.len() {
        let mut seen = vec![false; gold.len()];
        place(i, &options, &mut owner, &mut seen);
    }
    owner.iter().enumerate().filter_map(|(j, i)| i.map(|i| (i, j))).collect()
}

fn place(i: usize, options: &[Vec<usize>], owner: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &j in &options[i] {
        if !std::mem::replace(&mut seen[j], true)
            && owner[j].is_none_or(|other| place(other, options, owner, seen))
        {
            owner[j] = Some(i);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_choice_gives_way() {
        // The first fits both, the second only the first place.
        let matched = pair_up(&[vec![0, 1], vec![0]], &[0, 1], |p, g| p.contains(g));
        assert_eq!(matched, BTreeMap::from([(0, 1), (1, 0)]));
    }
}
