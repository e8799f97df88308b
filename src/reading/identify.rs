//! Whether an article is in English. Doubt counts as English: a short text full of foreign names is easily
//! mistaken.

use whatlang::detect;

/// Shorter texts are taken as English.
const SHORTEST: usize = 200;
/// How much of a text is looked at.
const LOOKED_AT: usize = 4000;
const SURE: f64 = 0.8;
/// Share of little English words above which a text is English whatever else it looks like.
const ENGLISH_SHARE: f64 = 0.12;
const ENGLISH_WORDS: [&str; 16] = [
    "the", "of", "and", "to", "in", "that", "said", "on", "for", "was", "with", "by", "were", "has", "from",
    "at",
];

/// The language's name, where the article is given as, or surely is, in another than English.
pub fn other_language(given: Option<&str>, text: &str) -> Option<String> {
    if let Some(given) = given {
        let code = given.trim().to_ascii_lowercase();
        let english = code == "english" || code == "eng" || code.split(['-', '_']).next() == Some("en");
        return (!english).then(|| given.trim().to_owned());
    }
    let end = text.char_indices().map(|(at, _)| at).find(|at| *at >= LOOKED_AT).unwrap_or(text.len());
    let sample = &text[..end];
    if sample.len() < SHORTEST || english_share(sample) >= ENGLISH_SHARE {
        return None;
    }
    let told = detect(sample)?;
    let sure = told.script() != whatlang::Script::Latin || (told.is_reliable() && told.confidence() >= SURE);
    (sure && told.lang() != whatlang::Lang::Eng).then(|| told.lang().eng_name().to_owned())
}

fn english_share(text: &str) -> f64 {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let english = words.iter().filter(|w| ENGLISH_WORDS.contains(&w.as_str())).count();
    english as f64 / words.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_told() {
        let german = "Die Polizei hat am Montag in Wien zwei Männer festgenommen, denen vorgeworfen wird, einen Anschlag \
                      auf eine Versammlung geplant zu haben. Der Minister dankte den Behörden für ihre Arbeit und \
                      kündigte weitere Schritte an.";
        assert_eq!(other_language(None, german).as_deref(), Some("German"));
        let russian = "Полиция задержала двух человек в центре города. ".repeat(5);
        assert_eq!(other_language(None, &russian).as_deref(), Some("Russian"));
        assert_eq!(other_language(Some("pt-BR"), "x").as_deref(), Some("pt-BR"));
    }

    #[test]
    fn english_and_doubt_stay() {
        let english =
            "Police in Vienna arrested two men on Monday who are accused of planning an attack. ".repeat(4);
        assert_eq!(other_language(None, &english), None);
        assert_eq!(other_language(None, "Die Polizei hat zwei Männer festgenommen."), None);
        assert_eq!(other_language(Some("en-GB"), "Die Polizei"), None);
    }
}
