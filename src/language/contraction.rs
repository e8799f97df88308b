//! Words written as one that syntax counts as two.

/// Where a word is cut: lengths in bytes of its two parts, the first of which may be nothing.
pub fn contraction(word: &str) -> Option<(usize, usize)> {
    let lower = word.to_lowercase();
    if lower.len() != word.len() {
        return None;
    }
    if let Some(&(_, first)) = WHOLE.iter().find(|w| w.0 == lower) {
        return Some((first, word.len() - first));
    }
    for ending in ENDINGS {
        for mark in ["'", "’", "`"] {
            let clitic = ending.replace('\'', mark);
            if lower.ends_with(&clitic) && lower.len() > clitic.len() {
                let first = lower.len() - clitic.len();
                return Some((first, clitic.len()));
            }
        }
    }
    None
}

const ENDINGS: &[&str] = &["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"];

/// Word and length of its first part.
const WHOLE: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("gimme", 3),
    ("lemme", 3),
    ("dont", 2),
    ("didnt", 3),
    ("doesnt", 4),
    ("isnt", 2),
    ("wasnt", 3),
    ("werent", 4),
    ("arent", 3),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("havent", 4),
    ("hasnt", 3),
    ("hadnt", 3),
    ("cant", 2),
    ("wont", 2),
    ("aint", 2),
    ("im", 1),
    ("ive", 1),
    ("youre", 3),
    ("theyre", 4),
    ("thats", 4),
    ("theres", 5),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let parts = |w: &str| contraction(w).map(|(a, b)| (w[..a].to_owned(), w[a..a + b].to_owned()));
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(parts("Don’t"), pair("Do", "n’t"));
        assert_eq!(parts("CANNOT"), pair("CAN", "NOT"));
        assert_eq!(parts("Okafor's"), pair("Okafor", "'s"));
        assert_eq!(parts("O'Brien"), None);
    }
}
