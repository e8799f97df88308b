//! A verb in, its regular forms out, as spelling has them.

/// The -s, -ed and -ing forms of a verb of lower-case letters. Where the last consonant may or may not be doubled,
/// both spellings.
pub fn regular_forms(verb: &str) -> Vec<String> {
    let bytes = verb.as_bytes();
    let vowel = |b: u8| b"aeiou".contains(&b);
    let [.., before, last] = bytes else { return Vec::new() };
    let (before, last) = (*before, *last);
    let ends = |endings: &[&str]| endings.iter().any(|e| verb.ends_with(e));
    let without = |n: usize| &verb[..verb.len() - n];
    let soft_y = last == b'y' && !vowel(before);

    let mut forms = Vec::new();
    if soft_y {
        forms.push(format!("{}ies", without(1)));
    } else if ends(&["s", "x", "z", "ch", "sh"]) || (last == b'o' && !vowel(before)) {
        forms.push(format!("{verb}es"));
    } else {
        forms.push(format!("{verb}s"));
    }
    if last == b'e' {
        forms.push(format!("{verb}d"));
        if ends(&["ie"]) {
            forms.push(format!("{}ying", without(2)));
        } else if ends(&["ee", "ye", "oe"]) {
            forms.push(format!("{verb}ing"));
        } else {
            forms.push(format!("{}ing", without(1)));
        }
        return forms;
    }
    // stop, admit, refer: one vowel and one consonant at the end.
    let third = bytes.len().checked_sub(3).map(|i| bytes[i]);
    let doubling = !vowel(last) && !b"wxy".contains(&last) && vowel(before);
    let short_vowel = third.is_none_or(|b| !vowel(b) || bytes[..bytes.len() - 2].ends_with(b"qu"));
    let syllables =
        bytes.iter().zip(&bytes[1..]).filter(|&(&a, &b)| !vowel(a) && (vowel(b) || b == b'y')).count()
            + usize::from(vowel(bytes[0]));
    if doubling && short_vowel {
        let doubled = char::from(last);
        forms.extend([format!("{verb}{doubled}ed"), format!("{verb}{doubled}ing")]);
    }
    if !(doubling && short_vowel && syllables == 1) {
        let stem = if soft_y { format!("{}i", without(1)) } else { verb.to_owned() };
        forms.extend([format!("{stem}ed"), format!("{verb}ing")]);
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_rules() {
        for (verb, forms) in [
            ("free", "frees freed freeing"),
            ("file", "files filed filing"),
            ("stop", "stops stopped stopping"),
            ("admit", "admits admitted admitting admited admiting"),
            ("carry", "carries carried carrying"),
            ("deploy", "deploys deployed deploying"),
            ("tie", "ties tied tying"),
            ("quit", "quits quitted quitting"),
            ("seek", "seeks seeked seeking"),
            ("veto", "vetoes vetoed vetoing"),
        ] {
            assert_eq!(regular_forms(verb).join(" "), forms);
        }
    }
}
