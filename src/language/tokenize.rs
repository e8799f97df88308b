//! A sentence in, its tokens out, cut as in UD English EWT.
//!
//! Contractions are two tokens, most hyphenated words three; numbers, times, addresses and abbreviations stay whole.

use super::abbreviation::abbreviation;
use super::contraction::contraction;
use super::split::is_note;
use super::{Token, Upos};
use crate::ontology::ByteSpan;
use smol_str::SmolStr;

/// The tokens of a sentence with span, text and `space_after`; the rest is for an engine to fill in.
pub fn tokens(text: &str, sentence: ByteSpan) -> Vec<Token> {
    let mut tokens = Vec::new();
    let words = sentence.of(text);
    let mut at = 0;
    for chunk in words.split_inclusive(char::is_whitespace) {
        let bare = chunk.trim_end();
        let after = &words[at + bare.len()..];
        // A note's number may follow the full stop.
        let last = after.split_whitespace().all(is_note);
        if !bare.is_empty() {
            let mut cutter = Cutter { chunk: bare, base: sentence.start + at, last, tokens: &mut tokens };
            cutter.cut();
            if let Some(token) = tokens.last_mut() {
                token.space_after = bare.len() < chunk.len();
            }
        }
        at += chunk.len();
    }
    tokens
}

/// Cuts one chunk without white space.
struct Cutter<'a> {
    chunk: &'a str,
    base: usize,
    /// Whether the sentence ends with this chunk.
    last: bool,
    tokens: &'a mut Vec<Token>,
}

impl Cutter<'_> {
    fn cut(&mut self) {
        let mut at = 0;
        while at < self.chunk.len() {
            let length = self.next_length(at).max(1);
            at += length;
        }
    }

    /// Pushes the token or tokens that begin at `at`, and tells how many bytes they cover.
    fn next_length(&mut self, at: usize) -> usize {
        let rest = &self.chunk[at..];
        let Some(c) = rest.chars().next() else { return 0 };
        let whole = address(rest).or_else(|| emoticon(rest, at)).or_else(|| tag(rest));
        if let Some(length) = whole {
            return self.push(at, length);
        }
        if c.is_ascii_digit()
            || (matches!(c, '.' | '+') && at == 0 && second(rest).is_some_and(|d| d.is_ascii_digit()))
        {
            return self.number(at);
        }
        if let Some(currency) = CURRENCIES.iter().find(|m| rest.starts_with(**m)) {
            return self.push(at, currency.len());
        }
        if c.is_alphanumeric() {
            return self.word(at);
        }
        if matches!(c, '\'' | '’') {
            return self.apostrophe(at);
        }
        let run = run_length(rest, c);
        self.push(at, run)
    }

    fn push(&mut self, at: usize, length: usize) -> usize {
        let span = ByteSpan::new(self.base + at, self.base + at + length);
        self.tokens.push(Token {
            span,
            text: SmolStr::new(&self.chunk[at..at + length]),
            lemma: SmolStr::default(),
            upos: Upos::X,
            head: None,
            deprel: SmolStr::default(),
            space_after: false,
        });
        length
    }

    /// A number with the signs inside it; a unit that follows is a token of its own.
    fn number(&mut self, at: usize) -> usize {
        let rest = &self.chunk[at..];
        let sign = usize::from(!rest.starts_with(|c: char| c.is_ascii_digit()));
        let mut length = sign + digits(&rest[sign..]);
        let telephone = telephone(rest);
        if telephone > 0 {
            return self.push(at, telephone);
        }
        // 1,000 3.5 6:30 9/11
        while let Some(mark) = rest[length..].chars().next().filter(|c| matches!(c, ',' | '.' | ':' | '/')) {
            let more = digits(&rest[length + mark.len_utf8()..]);
            if more == 0 {
                break;
            }
            length += mark.len_utf8() + more;
        }
        let tail = &rest[length..];
        let letters = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
        let suffix = &tail[..letters];
        let ordinal = matches!(suffix.to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th" | "s");
        // 1990's
        let plural =
            ["'s", "’s"].into_iter().find(|s| suffix.is_empty() && length == 4 && tail.starts_with(s));
        if ordinal {
            length += letters;
        } else if let Some(plural) = plural {
            length += plural.len();
        } else if letters > 0 && !is_unit(suffix) {
            // 4A, 3G, 46C1: a name, with whatever letters and digits it has.
            length += letters;
        } else if letters > 0 {
            let number = self.push(at, length);
            return number + self.word(at + number);
        }
        // The full stop of a list's number stays with it.
        let rest_of_chunk = &self.chunk[at + length..];
        if at == 0 && rest_of_chunk == "." && !self.last && self.tokens.is_empty() {
            length += 1;
        }
        self.push(at, length)
    }

    /// A word, its contraction if it has one, and the full stop of an abbreviation.
    fn word(&mut self, at: usize) -> usize {
        let rest = &self.chunk[at..];
        let acronym = acronym(rest);
        if acronym > 0 {
            // "U.S." keeps its stop even where the sentence ends; "It was I." does not.
            return self.push(at, acronym);
        }
        let mut length = plain_word(rest);
        let word = &rest[..length];
        if let Some((first, second)) = contraction(word) {
            if first > 0 {
                self.push(at, first);
            }
            self.push(at + first, second);
            return first + second;
        }
        let tail = &rest[length..];
        if tail.starts_with('.') && !tail.starts_with("..") && self.keeps_stop(word, &tail[1..]) {
            length += 1;
        } else if tail.starts_with('-') {
            length += joined_by_hyphen(word, &tail[1..]);
        }
        self.push(at, length)
    }

    /// Whether the full stop after a word belongs to it; `after` is what follows the stop in the chunk.
    fn keeps_stop(&self, word: &str, after: &str) -> bool {
        let closing = after.trim_start_matches(['"', '”', '’', '\'', ')', ']', '»']);
        let ends = self.last && closing.is_empty();
        let initial = word.chars().count() == 1;
        if ends {
            return abbreviation(word).is_some() && !initial && !ORDINARY.contains(&word);
        }
        // A stop that ends no sentence can only be an abbreviation's.
        closing.is_empty() && after.is_empty()
            || after.starts_with([',', ';', ':', '-', ')', '\'', '’'])
            || (abbreviation(word).is_some() && !after.is_empty())
    }

    /// A quote, or the beginning of a word that lacks its first letters.
    fn apostrophe(&mut self, at: usize) -> usize {
        let rest = &self.chunk[at..];
        let mark = rest.chars().next().map_or(1, char::len_utf8);
        let tail = &rest[mark..];
        let letters = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
        let word = tail[..letters].to_ascii_lowercase();
        let clitic = matches!(word.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m");
        let clipped =
            at == 0 && matches!(word.as_str(), "em" | "til" | "cause" | "n" | "tis" | "twas" | "bout");
        let decade = word.ends_with('s') && word.len() == 3 && word.starts_with(|c: char| c.is_ascii_digit());
        let year = at == 0 && word.len() == 2 && word.chars().all(|c| c.is_ascii_digit()) && tail.len() == 2;
        if (clitic && at > 0) || clipped || decade || year {
            return self.push(at, mark + letters);
        }
        let run = run_length(rest, rest.chars().next().unwrap_or('\''));
        self.push(at, run)
    }
}

/// Length of a run of the same sign that makes one token; other signs stand alone.
fn run_length(rest: &str, c: char) -> usize {
    let together: &[char] = match c {
        '!' | '?' => &['!', '?'],
        '.' | '…' => &['.', '…'],
        '-' | '—' | '–' => &['-', '—', '–'],
        '\'' => return if rest.starts_with("''") { 2 } else { 1 },
        '`' => return if rest.starts_with("``") { 2 } else { 1 },
        '*' => &['*'],
        '=' => &['='],
        '_' => &['_'],
        '~' => &['~'],
        _ => return c.len_utf8(),
    };
    rest.find(|x| !together.contains(&x)).unwrap_or(rest.len())
}

/// Length of a web or mail address at the start.
fn address(rest: &str) -> Option<usize> {
    let end = rest.find(['<', '>', '"', '“', '”', '«', '»']).unwrap_or(rest.len());
    let lower = rest[..end].to_lowercase();
    let body = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’']);
    if ["http://", "https://", "ftp://", "www."].iter().any(|p| lower.starts_with(p)) {
        return Some(body.len());
    }
    let word = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || ".-_+".contains(c));
    if let Some((name, host)) = body.split_once('@') {
        return (word(name) && word(host) && host.contains('.')).then_some(body.len());
    }
    let host = body.split('/').next().unwrap_or_default();
    let (_, ending) = host.rsplit_once('.')?;
    let known = DOMAINS.contains(&ending.to_lowercase().as_str());
    (known && word(host) && host.starts_with(|c: char| c.is_ascii_alphanumeric()) && !host.contains(".."))
        .then_some(body.len())
}

/// Length of an emoticon that makes up the rest of a chunk.
fn emoticon(rest: &str, at: usize) -> Option<usize> {
    let known =
        [":)", ":-)", ":(", ":-(", ";)", ";-)", ":D", ":-D", ":P", ":-P", ":/", "<3", ":o)", "=)", ":'("];
    (at == 0 || !rest.starts_with(char::is_alphanumeric))
        .then(|| known.iter().find(|e| rest == **e).map(|e| e.len()))?
}

/// Length of a hashtag or a user's name.
fn tag(rest: &str) -> Option<usize> {
    let tail = rest.strip_prefix(['#', '@'])?;
    let length = tail.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(tail.len());
    tail.starts_with(char::is_alphabetic).then_some(length + 1).filter(|_| length > 1)
}

fn second(rest: &str) -> Option<char> {
    rest.chars().nth(1)
}

fn digits(rest: &str) -> usize {
    rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
}

/// Length of a telephone number: groups of digits of which the last has four.
fn telephone(rest: &str) -> usize {
    let length = rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(rest.len());
    let groups: Vec<usize> = rest[..length].split('-').map(str::len).collect();
    let fits = match groups.as_slice() {
        [3, 4] | [3, 3, 4] | [1, 3, 3, 4] => true,
        [4, 2, 2] => false,
        _ => false,
    };
    if fits { length } else { 0 }
}

fn is_unit(letters: &str) -> bool {
    UNITS.contains(&letters.to_ascii_lowercase().as_str())
        && letters != "B"
        && letters != "T"
        && letters != "G"
}

/// Length of letters with stops between them: `U.S.`, `p.m.`, `Ph.D.`.
fn acronym(rest: &str) -> usize {
    let mut length = 0;
    let mut pieces = 0;
    loop {
        let piece = &rest[length..];
        let letters = piece.find(|c: char| !c.is_alphabetic()).unwrap_or(piece.len());
        let count = piece[..letters].chars().count();
        let short = count == 1 || (length == 0 && piece.starts_with("Ph."));
        if !short || !piece[letters..].starts_with('.') || piece[letters..].starts_with("..") {
            // U.S without its last stop.
            if pieces > 0 && count == 1 && !piece[letters..].starts_with(['\'', '’']) {
                length += letters;
                pieces += 1;
            }
            break;
        }
        length += letters + 1;
        pieces += 1;
    }
    if pieces > 1 { length } else { 0 }
}

/// Length of a word: letters and digits, with an apostrophe or `&` between letters.
fn plain_word(rest: &str) -> usize {
    let mut length = 0;
    let mut chars = rest.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|c| c.1);
        let inside = match c {
            '\'' | '’' | '`' => next.is_some_and(char::is_alphabetic) && before.is_alphabetic(),
            '&' => before.is_uppercase() && next.is_some_and(char::is_uppercase),
            '_' => true,
            c => c.is_alphanumeric() || is_mark(c),
        };
        if !inside {
            break;
        }
        length = at + c.len_utf8();
        before = c;
    }
    length
}

/// Combining accents and joiners.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

/// How far a word goes on over its hyphen: after prefixes and before a few suffixes only.
fn joined_by_hyphen(word: &str, after: &str) -> usize {
    let next = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
    if next == 0 {
        return 0;
    }
    let prefix = PREFIXES.contains(&word.to_lowercase().as_str());
    let suffix = SUFFIXES.contains(&after[..next].to_lowercase().as_str());
    if prefix || suffix || is_given_name(word, &after[..next]) { 1 + next } else { 0 }
}

/// Chinese and Korean given names: `Jong-un`, `Ying-jeou`.
fn is_given_name(first: &str, second: &str) -> bool {
    let capital = first.starts_with(|c: char| c.is_ascii_uppercase())
        && first[1..].chars().all(|c| c.is_ascii_lowercase());
    capital && first.len() <= 5 && SYLLABLES.contains(&second)
}

const PREFIXES: &[&str] = &[
    "anti", "non", "pro", "pre", "post", "co", "ex", "re", "multi", "mid", "semi", "sub", "inter", "intra",
    "over", "counter", "neo", "un", "de", "e", "mini", "cross", "socio", "micro", "macro", "mega", "super",
    "ultra", "trans", "pseudo", "mis", "psycho", "geo", "bio", "electro", "cyber", "bi", "tri", "uh", "mm",
];

const UNITS: &[&str] = &[
    "am", "pm", "m", "k", "b", "x", "t", "g", "bn", "mn", "tn", "mm", "cm", "km", "kg", "mg", "ft", "lb",
    "lbs", "mph", "kph", "kmh", "hrs", "hr", "min", "mins", "sec", "yr", "yrs", "percent", "mw", "gw", "kw",
    "mhz", "ghz", "mb", "gb", "tb", "c", "f", "gmt", "utc", "est", "cst", "pst", "ist", "p", "ml", "ha",
    "sq", "million", "billion",
];

const SUFFIXES: &[&str] = &["wise", "esque", "e"];

/// Second syllables of Chinese and Korean given names that are no English words.
const SYLLABLES: &[&str] = &[
    "un", "il", "eun", "hyun", "hyeon", "hee", "hye", "hyung", "hyuk", "jin", "jun", "joon", "joo", "ju",
    "jae", "jeong", "jung", "kyu", "kyung", "kyun", "min", "moo", "moon", "myung", "nam", "rae", "seok",
    "seung", "soo", "suk", "sung", "sik", "shik", "su", "tae", "uk", "wook", "woo", "won", "yeol", "yeon",
    "yong", "young", "yun", "yul", "bum", "beom", "chul", "chol", "dong", "gyu", "ho", "ki", "kyo", "gun",
    "geun", "guk", "guen", "ying", "wen", "jeou", "shek", "sen", "bian", "hui", "chan", "chen", "cheng",
    "chi", "ching", "chiu", "cho", "choi", "chuen", "chun", "chung", "fai", "fat", "fung", "hang", "hong",
    "hung", "ka", "kei", "keung", "kin", "king", "kit", "kong", "kuen", "kwan", "kwok", "kwong", "lai",
    "lam", "leung", "ling", "lok", "lun", "lung", "man", "mei", "ming", "mo", "ngor", "on", "pik", "ping",
    "pong", "shan", "sheung", "shing", "siu", "tak", "tat", "tung", "wa", "wah", "wai", "wan", "wing", "yan",
    "yee", "yeung", "yin", "yiu", "yu", "yuen", "yuk", "yung", "te", "teh", "ling", "jung", "mao", "hsien",
    "hsiung", "tzu",
];

/// Words that look like abbreviations but close a sentence as themselves.
const ORDINARY: &[&str] = &[
    "No", "no", "art", "Art", "al", "p", "v", "Sun", "sun", "Mar", "Wed", "Mass", "Wash", "Miss", "Ill",
    "Ind", "Del", "Penn", "Ark", "Ore", "La", "Pa", "Md", "Mo", "Fig", "Min", "Gen", "Maj", "Col", "est",
    "ed", "ext", "ch",
];

/// Currency signs with letters before them.
const CURRENCIES: &[&str] = &["US$", "HK$", "NT$", "A$", "C$", "S$", "NZ$", "R$"];

const DOMAINS: &[&str] = &["com", "org", "net", "gov", "edu", "info", "html", "htm", "pdf", "doc", "txt"];

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence in, its tokens with spaces between.
    fn check(sentence: &str, expected: &str) {
        let tokens = tokens(sentence, ByteSpan::new(0, sentence.len()));
        let found: Vec<&str> = tokens.iter().map(|t| t.text.as_str()).collect();
        assert_eq!(found.join(" "), expected);
        for token in &tokens {
            assert_eq!(token.span.of(sentence), token.text);
            let space = sentence[token.span.end..].starts_with(char::is_whitespace);
            assert_eq!(token.space_after, space, "{}", token.text);
        }
    }

    #[test]
    fn clitics_are_cut_off() {
        check(
            "They don't, can't and won't say it's Lund's.",
            "They do n't , ca n't and wo n't say it 's Lund 's .",
        );
        check("The ministers’ aides cannot agree.", "The ministers ’ aides can not agree .");
        check("O'Brien’s d'état wasn’t 'new'.", "O'Brien ’s d'état was n’t ' new ' .");
        check("The '90s were 1990's best.", "The '90s were 1990's best .");
    }

    #[test]
    fn hyphens_are_cut_but_for_prefixes() {
        check("A Lima-based, U.S.-led anti-piracy force", "A Lima - based , U.S. - led anti-piracy force");
        check(
            "the well-known e-mail re-elected her--twice",
            "the well - known e-mail re-elected her -- twice",
        );
        check("from 1969-1971 call 555-0199", "from 1969 - 1971 call 555-0199");
    }

    #[test]
    fn stops_belong_to_abbreviations() {
        check(
            "Gen. Lund of the U.S. left at 5 p.m. on Sept. 4.",
            "Gen. Lund of the U.S. left at 5 p.m. on Sept. 4 .",
        );
        check("It came from the U.S.", "It came from the U.S.");
        check("Lund Inc. (Oslo, etc.) said no.", "Lund Inc. ( Oslo , etc. ) said no .");
        check("“We left,” J. Lund said.", "“ We left , ” J. Lund said .");
    }

    #[test]
    fn numbers_and_money() {
        check("$1,200.50 (€3m) is 50% of it", "$ 1,200.50 ( € 3 m ) is 50 % of it");
        check("At 6:30pm on 9/11 the 21st", "At 6:30 pm on 9/11 the 21st");
        check("Really?! Yes...", "Really ?! Yes ...");
    }

    #[test]
    fn addresses_stay_whole() {
        check(
            "See https://example.org/a-b?c=1, www.example.com or mail lund@example.org.",
            "See https://example.org/a-b?c=1 , www.example.com or mail lund@example.org .",
        );
        check("#FreeLund said @lund_1", "#FreeLund said @lund_1");
    }
}
