//! Words in, hashes of their normal form out, so that "Al-Qa'ida", "al Qaida" and "Al Qaïda" look
//! up the same entry.
//!
//! The normal form drops diacritics, full stops and inner apostrophes, parts words at anything
//! else, sets a possessive `s` apart, and is in lower case, except that a word all in capitals
//! keeps them: "US" is no pronoun and "WHO" asks nothing.

/// Hash of a form of no words.
pub(super) const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of a form one word longer.
pub(super) const fn push(form: u64, word: u64) -> u64 {
    let mixed = (form ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// The hash of a whole text's normal form.
pub(super) fn hash(text: &str) -> u64 {
    let mut form = EMPTY;
    each_word(text, false, |word| form = push(form, word));
    form
}

/// Calls `found` with the hash of each word of the text's normal form. With `level`, capitals are
/// not kept: for headlines in capitals throughout.
pub(super) fn each_word(text: &str, level: bool, mut found: impl FnMut(u64)) {
    let mut word = Word::default();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '.' => {}
            '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʼ' => {
                let mut after = rest.clone();
                let possessive = matches!(after.next(), Some('s' | 'S'))
                    && !after.next().is_some_and(|c| c.is_alphanumeric());
                if possessive {
                    word.flush(level, &mut found);
                }
            }
            '&' | '+' => word.push(c as u8),
            _ if c.is_ascii_alphanumeric() => word.push(c as u8),
            _ if c.is_ascii() => word.flush(level, &mut found),
            _ => match fold(c) {
                Some(letters) => letters.bytes().for_each(|b| word.push(b)),
                None if c.is_alphanumeric() => word.push_char(c),
                // Combining marks after a letter.
                None if ('\u{300}'..='\u{36f}').contains(&c) => {}
                None => word.flush(level, &mut found),
            },
        }
    }
    word.flush(level, &mut found);
}

/// The words of the normal form as text: for comparing names with one another.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let Some(last) = words.last_mut() else { break };
        match c {
            '.' => {}
            '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʼ' => {
                let after = rest.as_str();
                if after == "s" || after.starts_with("s ") {
                    rest.next();
                }
            }
            '&' | '+' => last.push(c),
            _ => match fold(c) {
                Some(letters) => last.push_str(&letters.to_lowercase()),
                None if c.is_alphanumeric() => last.extend(c.to_lowercase()),
                None if last.is_empty() => {}
                None => words.push(String::new()),
            },
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

/// A lower-case key of ASCII letters, digits and hyphens.
pub(super) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut push = |b: u8| {
        let b = b.to_ascii_lowercase();
        if b.is_ascii_alphanumeric() {
            out.push(b as char);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    };
    for c in text.chars() {
        match fold(c) {
            Some(letters) => letters.bytes().for_each(&mut push),
            None if c.is_ascii() => push(c as u8),
            None => push(b'-'),
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[derive(Default)]
struct Word {
    letters: Vec<u8>,
    capitals: usize,
    small: bool,
}

impl Word {
    fn push(&mut self, byte: u8) {
        self.capitals += usize::from(byte.is_ascii_uppercase());
        self.small |= byte.is_ascii_lowercase();
        self.letters.push(byte);
    }

    fn push_char(&mut self, c: char) {
        let mut buffer = [0; 4];
        for lower in c.to_lowercase() {
            self.letters.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
        }
        self.small = true;
    }

    fn flush(&mut self, level: bool, found: &mut impl FnMut(u64)) {
        if self.letters.is_empty() {
            return;
        }
        if level || self.small || self.capitals < 2 {
            self.letters.make_ascii_lowercase();
        }
        // FNV-1a.
        let word = self
            .letters
            .iter()
            .fold(EMPTY, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
        found(word);
        self.letters.clear();
        self.capitals = 0;
        self.small = false;
    }
}

/// The plain Latin letters for one with diacritics.
fn fold(c: char) -> Option<&'static str> {
    Some(match c {
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' | 'Ǎ' | 'Ạ' | 'Ả' => "A",
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẵ' | 'ặ' | 'ắ' | 'ậ' => {
            "a"
        }
        'Æ' => "Ae",
        'æ' => "ae",
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => "C",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'Ð' | 'Ď' | 'Đ' | 'Ḍ' | 'Ḑ' => "D",
        'ð' | 'ď' | 'đ' | 'ḍ' | 'ḑ' => "d",
        'È'..='Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' | 'Ə' => "E",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ə' | 'ế' | 'ề' | 'ệ' | 'ể' | 'ễ' => "e",
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' => "G",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'Ĥ' | 'Ħ' | 'Ḥ' | 'Ḩ' => "H",
        'ĥ' | 'ħ' | 'ḥ' | 'ḩ' => "h",
        'Ì'..='Ï' | 'Ĩ' | 'Ī' | 'Ĭ' | 'Į' | 'İ' => "I",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ị' | 'ỉ' => "i",
        'Ĵ' => "J",
        'ĵ' => "j",
        'Ķ' | 'Ḵ' => "K",
        'ķ' | 'ḵ' => "k",
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ł' => "L",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'Ñ' | 'Ń' | 'Ņ' | 'Ň' => "N",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ŏ' | 'Ő' | 'Ơ' => "O",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ộ' | 'ớ' | 'ờ' | 'ợ' => {
            "o"
        }
        'Œ' => "Oe",
        'œ' => "oe",
        'Ŕ' | 'Ŗ' | 'Ř' => "R",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'Ś' | 'Ŝ' | 'Ş' | 'Š' | 'Ș' | 'Ṣ' => "S",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' => "s",
        'ß' => "ss",
        'Ţ' | 'Ť' | 'Ț' | 'Ṭ' => "T",
        'ţ' | 'ť' | 'ț' | 'ṭ' => "t",
        'Þ' => "Th",
        'þ' => "th",
        'Ù'..='Ü' | 'Ũ' | 'Ū' | 'Ŭ' | 'Ů' | 'Ű' | 'Ų' | 'Ư' => "U",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ủ' | 'ứ' | 'ừ' | 'ự' | 'ữ' => {
            "u"
        }
        'Ŵ' => "W",
        'ŵ' => "w",
        'Ý' | 'Ŷ' | 'Ÿ' => "Y",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'Ź' | 'Ż' | 'Ž' | 'Ẕ' => "Z",
        'ź' | 'ż' | 'ž' | 'ẕ' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_agree() {
        for (a, b) in [
            ("Al-Qa'ida", "al Qaida"),
            ("U.S.", "US"),
            ("Erdoğan", "Erdogan"),
            ("People's Front", "People ’s Front"),
            ("St. Gallen", "St Gallen"),
        ] {
            assert_eq!(hash(a), hash(b), "{a} {b}");
        }
        for (a, b) in [("US", "us"), ("WHO", "who"), ("Niger", "Nigeria")] {
            assert_ne!(hash(a), hash(b), "{a} {b}");
        }
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Nicolás Maduro"), "nicolas-maduro");
        assert_eq!(slug(" Sinn Féin! "), "sinn-fein");
    }

    #[test]
    fn names_fall_into_words() {
        assert_eq!(plain_words("Iran's al-Qa'ida"), ["iran", "al", "qaida"]);
    }
}
