//! Articles of a few sentences, parsed by hand, and who must be found in them.
//!
//! One token a line: word, lemma, tag, head (1-based, 0 for the root), relation. A blank line ends
//! a sentence; `#` before the first token makes it a headline.

use super::*;
use crate::language::{Heading, ParsedDocument, Sentence, Token};
use crate::ontology::{ActorKind, ByteSpan};
use crate::reading::{Document, GivenMention};
use std::sync::LazyLock;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::standard);

fn parsed(rows: &str, mentions: Vec<GivenMention>) -> ParsedDocument {
    let mut document = Document { id: "test".into(), mentions, ..Document::default() };
    document.date = "2015-06-01".parse().ok();
    let mut sentences = Vec::new();
    for block in rows.trim().split("\n\n") {
        let mut sentence = Sentence::default();
        for row in block.lines().map(str::trim) {
            if row == "#" {
                sentence.heading = Heading::Headline;
                continue;
            }
            let cells: Vec<&str> = row.split_whitespace().collect();
            let [word, lemma, upos, head, deprel] = cells[..] else { panic!("{row}") };
            let start = document.text.len();
            document.text += word;
            let head: usize = head.parse().expect(row);
            sentence.tokens.push(Token {
                span: ByteSpan::new(start, document.text.len()),
                text: word.into(),
                lemma: lemma.into(),
                upos: upos.parse().expect(row),
                head: head.checked_sub(1),
                deprel: deprel.into(),
                space_after: true,
            });
            document.text += " ";
        }
        let spans = sentence.tokens.iter().map(|t| t.span);
        sentence.span = spans.reduce(ByteSpan::cover).expect(block);
        sentences.push(sentence);
    }
    ParsedDocument { document, sentences }
}

fn resolved(rows: &str) -> ResolvedDocument {
    resolve(parsed(rows, Vec::new()), &GAZETTEER)
}

fn named<'a>(document: &'a ResolvedDocument, name: &str) -> &'a Entity {
    let names = || document.entities.iter().map(|e| e.name.as_str()).collect::<Vec<_>>();
    document
        .entities
        .iter()
        .find(|e| e.name == name)
        .unwrap_or_else(|| panic!("no {name} among {:?}", names()))
}

/// The entity of the token in the sentence that is this word.
fn at<'a>(document: &'a ResolvedDocument, sentence: usize, word: &str) -> Option<&'a Entity> {
    let token = document.parsed.sentences[sentence].tokens.iter().position(|t| t.text == word).expect(word);
    document.mention_at(sentence, token).and_then(|mention| document.entity_of(mention))
}

fn name_at(document: &ResolvedDocument, sentence: usize, word: &str) -> String {
    at(document, sentence, word).map(|e| e.name.clone()).unwrap_or_default()
}

const MINISTER: &str = "
    French French ADJ 3 amod
    Foreign foreign ADJ 3 amod
    Minister minister NOUN 4 nmod:desc
    Paul Paul PROPN 6 nsubj
    Durandal Durandal PROPN 4 flat
    met meet VERB 0 root
    Cuban Cuban ADJ 8 amod
    officials official NOUN 6 obj
    in in ADP 10 case
    Havana Havana PROPN 6 obl
    . . PUNCT 6 punct

    Havana Havana PROPN 2 nsubj
    accused accuse VERB 0 root
    him he PRON 2 obj
    of of SCONJ 5 mark
    lying lie VERB 2 advcl
    . . PUNCT 2 punct

    Durandal Durandal PROPN 2 nsubj
    denied deny VERB 0 root
    it it PRON 2 obj
    and and CCONJ 5 cc
    said say VERB 2 conj
    the the DET 8 det
    Cuban Cuban ADJ 8 amod
    government government NOUN 11 nsubj
    was be AUX 11 cop
    his he PRON 11 nmod:poss
    friend friend NOUN 5 ccomp
    . . PUNCT 2 punct
";

#[test]
fn titles_surnames_pronouns() {
    let document = resolved(MINISTER);
    let minister = named(&document, "Paul Durandal");
    assert_eq!(minister.kind, EntityKind::Actor(ActorKind::Person));
    let affiliation = minister.affiliation.as_ref().expect("affiliation");
    assert_eq!(document.entities[affiliation.to].name, "France");
    assert!(!affiliation.leads && affiliation.told_at == Some((0, 2)));
    for (sentence, word) in [(0, "Paul"), (1, "him"), (2, "Durandal"), (2, "his")] {
        assert_eq!(name_at(&document, sentence, word), "Paul Durandal", "{sentence} {word}");
    }
    assert!(minister.aliases.contains(&"French Foreign Minister Paul Durandal".to_owned()));
}

#[test]
fn capitals_are_governments_when_they_act() {
    let document = resolved(MINISTER);
    let place = at(&document, 0, "Havana").expect("place");
    assert_eq!((place.kind, place.country.as_deref()), (EntityKind::Place, Some("CU")));
    assert_eq!(name_at(&document, 1, "Havana"), "Cuba");
    assert_eq!(name_at(&document, 2, "government"), "Cuba");
    let officials = at(&document, 0, "officials").expect("officials");
    assert_eq!((officials.name.as_str(), officials.country.as_deref()), ("Cuban officials", Some("CU")));
    assert!(officials.plural && !officials.named);
    assert_eq!(name_at(&document, 0, "Cuban"), "Cuba");
}

#[test]
fn brackets_give_abbreviations() {
    let document = resolved(
        "
        The the DET 3 det
        Orange Orange PROPN 3 compound
        Front Front PROPN 8 nsubj
        ( ( PUNCT 5 punct
        OFR OFR PROPN 3 appos
        ) ) PUNCT 5 punct
        has have AUX 8 aux
        split split VERB 0 root
        . . PUNCT 8 punct

        The the DET 2 det
        OFR OFR PROPN 3 nsubj
        praised praise VERB 0 root
        its its PRON 5 nmod:poss
        leader leader NOUN 3 obj
        . . PUNCT 3 punct

        The the DET 2 det
        front front NOUN 3 nsubj
        left leave VERB 0 root
        . . PUNCT 3 punct
    ",
    );
    for (sentence, word) in [(0, "OFR"), (1, "OFR"), (1, "its"), (2, "front")] {
        assert_eq!(name_at(&document, sentence, word), "Orange Front", "{sentence} {word}");
    }
    assert_eq!(name_at(&document, 1, "leader"), "Orange Front’s leader");
}

#[test]
fn descriptions_keep_apart() {
    let document = resolved(
        "
        A a DET 3 det
        Swiss Swiss ADJ 3 amod
        banker banker NOUN 4 nsubj
        met meet VERB 0 root
        a a DET 7 det
        Danish Danish ADJ 7 amod
        banker banker NOUN 4 obj
        . . PUNCT 4 punct

        The the DET 3 det
        Danish Danish ADJ 3 amod
        banker banker NOUN 4 nsubj
        left leave VERB 0 root
        with with ADP 7 case
        another another DET 7 det
        banker banker NOUN 4 obl
        . . PUNCT 4 punct
    ",
    );
    let (swiss, danish) = (at(&document, 0, "Swiss"), at(&document, 0, "Danish"));
    assert_eq!(
        (swiss.map(|e| e.name.as_str()), danish.map(|e| e.name.as_str())),
        (Some("Switzerland"), Some("Denmark"))
    );
    let bankers: Vec<&Entity> = document.entities.iter().filter(|e| e.name.ends_with("banker")).collect();
    assert_eq!(bankers.len(), 3);
    assert_eq!(named(&document, "Danish banker").mentions.len(), 2);
}

#[test]
fn speakers_say_we_for_their_country() {
    let document = resolved(
        "
        `` `` PUNCT 3 punct
        We we PRON 3 nsubj
        protest protest VERB 7 ccomp
        , , PUNCT 3 punct
        '' '' PUNCT 3 punct
        he he PRON 7 nsubj
        said say VERB 0 root
        . . PUNCT 7 punct
    "
        .replace("``", "“")
        .replace("''", "”")
        .as_str(),
    );
    // Nobody for "he" to be: nobody speaks.
    assert!(at(&document, 0, "We").is_none() && at(&document, 0, "he").is_none());
    let document = resolved(
        "
        “ “ PUNCT 3 punct
        We we PRON 3 nsubj
        protest protest VERB 11 ccomp
        , , PUNCT 3 punct
        ” ” PUNCT 3 punct
        Norwegian Norwegian ADJ 7 amod
        spokeswoman spokeswoman NOUN 8 nmod:desc
        Kari Kari PROPN 11 nsubj
        Fjellstad Fjellstad PROPN 8 flat
        then then ADV 11 advmod
        said say VERB 0 root
        . . PUNCT 11 punct
    ",
    );
    assert_eq!(name_at(&document, 0, "We"), "Norway");
}

#[test]
fn leaders_lead() {
    let document = resolved(
        "
        Mali Mali PROPN 4 nmod:poss
        's 's PART 1 case
        Prime prime ADJ 4 amod
        Minister minister NOUN 5 nmod:desc
        Awa Awa PROPN 7 nsubj
        Keitana Keitana PROPN 5 flat
        resigned resign VERB 0 root
        . . PUNCT 7 punct
    ",
    );
    let leader = named(&document, "Awa Keitana");
    let affiliation = leader.affiliation.as_ref().expect("affiliation");
    assert!(affiliation.leads);
    assert_eq!(document.entities[affiliation.to].key.as_deref(), Some("country:ML"));
}

#[test]
fn given_mentions_are_taken_as_given() {
    let rows = "
        Zorban Zorban PROPN 2 nsubj
        shelled shell VERB 0 root
        boats boat NOUN 2 obj
        . . PUNCT 2 punct
    ";
    let mention = |start, end, kind: &str, name: Option<&str>| GivenMention {
        span: ByteSpan::new(start, end),
        kind: Some(kind.to_owned()),
        name: name.map(str::to_owned),
    };
    let given = vec![mention(0, 6, "armed_group", Some("Army of Zorba")), mention(15, 20, "other", None)];
    let document = resolve(parsed(rows, given), &GAZETTEER);
    assert_eq!(named(&document, "Army of Zorba").kind, EntityKind::Actor(ActorKind::ArmedGroup));
    assert_eq!(at(&document, 0, "boats").map(|e| e.kind), Some(EntityKind::Actor(ActorKind::Other)));
    assert_eq!(at(&resolved(rows), 0, "boats").map(|e| e.kind), Some(EntityKind::Thing));
}
