//! Questions over an invented graph, in many wordings.

use super::{Answer, AskError, ask, near};
use crate::graph::sample::{Report, articles, graph};
use crate::ontology::ActorKind;

fn answer(question: &str) -> Vec<String> {
    let mut reports = articles();
    reports.push(
        Report::new("later", "2021-06-02")
            .actor("a1", "country:AV|Avaria", ActorKind::Country, &[])
            .actor("a2", "country:BO|Borland", ActorKind::Country, &[])
            .actor("a3", "country:CE|Cerra", ActorKind::Country, &[])
            .edge("a1 accuses a2")
            .on("2021-06-01")
            .edge("a3 accuses a2")
            .on("2021-06-01"),
    );
    match ask(&graph(&reports), question) {
        Ok(Answer::Rows(rows)) => rows
            .iter()
            .map(|r| {
                let target = r.target.as_deref().unwrap_or("-");
                format!("{} {} {} {}", r.source, r.relation, target, r.status)
            })
            .collect(),
        Ok(Answer::Ranking(ranking)) => ranking.iter().map(|r| format!("{} {}", r.name, r.count)).collect(),
        Ok(Answer::Count([count])) => vec![count.count.to_string()],
        Err(fault) => vec![fault.to_string()],
    }
}

#[track_caller]
fn check(question: &str, expected: &[&str]) {
    let mut found = answer(question);
    let mut expected: Vec<&str> = expected.to_vec();
    if !question.contains("most") && !question.contains("least") {
        found.sort();
        expected.sort_unstable();
    }
    assert_eq!(found, expected, "{question}");
}

const ACCUSATIONS: &[&str] = &[
    "Avaria accuses Borland actual",
    "Avaria accuses Borland actual",
    "Borland accuses National Front of Borland actual",
    "Cerra accuses Borland actual",
];

#[test]
fn either_voice_and_any_inflection() {
    for question in [
        "who accused whom",
        "Who accuses whom?",
        "who has accused whom",
        "who is accusing whom",
        "who blamed whom",
        "accusations",
    ] {
        check(question, ACCUSATIONS);
    }
    let of_borland =
        ["Avaria accuses Borland actual", "Avaria accuses Borland actual", "Cerra accuses Borland actual"];
    for question in [
        "who accused Borland",
        "who was Borland accused by",
        "by whom was Borland accused",
        "who is blaming the Borish",
        "accusations against Borland",
        "who made accusations against Borland",
        "which countries accused Borland",
    ] {
        check(question, &of_borland);
    }
    let by_borland = ["Borland accuses National Front of Borland actual"];
    for question in [
        "whom did Borland accuse",
        "who did Borland accuse",
        "who was accused by Borland",
        "did Borland accuse NFB",
        "whom does Borland blame",
    ] {
        check(question, &by_borland);
    }
    check("who was detained", &["Avarian Police detained a Borish diplomat actual"]);
    check("who arrested whom", &["Avarian Police detained a Borish diplomat actual"]);
    check("arrests by Avaria", &["Avarian Police detained a Borish diplomat actual"]);
}

#[test]
fn kinds_and_countries() {
    check("which organisations were accused", &["Borland accuses National Front of Borland actual"]);
    check("which armed groups attacked people", &["Red Dawn Brigade attacked villagers actual"]);
    check("which groups killed villagers", &["Red Dawn Brigade killed villagers actual"]);
    check("whom did the Avarian police detain", &["Avarian Police detained a Borish diplomat actual"]);
    check("whom did Borish police arrest", &[]);
}

#[test]
fn what_somebody_did() {
    check(
        "what did Avaria do",
        &[
            "Avaria accuses Borland actual",
            "Avaria accuses Borland actual",
            "Avaria met Cerra actual",
            "Avarian Police detained a Borish diplomat actual",
        ],
    );
    check(
        "what did Cerra do to Borland",
        &["Cerra accuses Borland actual", "Cerra demands Borland actual", "Cerra sanctions Borland planned"],
    );
    check(
        "what happened to villagers",
        &["Red Dawn Brigade attacked villagers actual", "Red Dawn Brigade killed villagers actual"],
    );
    check("what did Okabe lead", &["Ruth Okabe leads Avarian Police actual"]);
    check("who is the leader of the Avarian Police", &["Ruth Okabe leads Avarian Police actual"]);
    check("who belongs to Cerra", &["Karim Yousef Haddad member_of Cerra actual"]);
}

#[test]
fn time() {
    check("who met whom in April 2021", &["Avaria met Cerra actual"]);
    check("who met whom in May 2021", &[]);
    check("meetings between Cerra and Avaria", &["Avaria met Cerra actual"]);
    check("who met Avaria", &["Cerra met Avaria actual"]);
    check(
        "who accused whom since May 2021",
        &["Avaria accuses Borland actual", "Cerra accuses Borland actual"],
    );
    check("who accused whom before 2021-03-05", &["Avaria accuses Borland actual"]);
    check(
        "who accused whom between 1 March 2021 and March 31, 2021",
        &["Avaria accuses Borland actual", "Borland accuses National Front of Borland actual"],
    );
    check(
        "who accused whom in May",
        &["cannot make out the question: `May` needs its year, as in `May 2018`"],
    );
}

#[test]
fn place_and_status_and_claimant() {
    check("who met whom in Cerra", &["Avaria met Cerra actual"]);
    check("who was detained in Port Liss", &["Avarian Police detained a Borish diplomat actual"]);
    check("who was detained in Vell", &[]);
    check(
        "who allegedly targeted the NFB",
        &[
            "Borland targeted National Front of Borland alleged",
            "National Front of Borland targeted National Front of Borland alleged",
            "a Borish diplomat targeted National Front of Borland alleged",
        ],
    );
    check("which plots were denied", &["Borland targeted National Front of Borland denied"]);
    check(
        "who targeted whom according to Avaria",
        &[
            "Borland targeted National Front of Borland alleged",
            "a Borish diplomat targeted National Front of Borland alleged",
        ],
    );
    check("what sanctions are planned", &["Cerra sanctions Borland planned"]);
    check(
        "who accused Borland of what, according to whom",
        &[
            "Avaria accuses Borland actual",
            "Avaria accuses Borland actual",
            "Borland targeted National Front of Borland alleged",
            "Cerra accuses Borland actual",
        ],
    );
    check(
        "who accused Borland of plotting",
        &[
            "Avaria accuses Borland actual",
            "Avaria accuses Borland actual",
            "Borland targeted National Front of Borland alleged",
        ],
    );
    check("where did the Red Dawn Brigade attack villagers", &["Red Dawn Brigade attacked villagers actual"]);
    check("when did Avaria meet Cerra", &["Avaria met Cerra actual"]);
    check("who criticized attacks", &["Karim Yousef Haddad criticizes raid on the market actual"]);
}

#[test]
fn counting_and_ranking() {
    check("how often did Avaria accuse Borland", &["2"]);
    check("how many accusations were there since June 2021", &["2"]);
    check("how many countries accused Borland", &["2"]);
    check("how many organisations were accused by Borland", &["1"]);
    check("who accuses Borland most", &["Avaria 2", "Cerra 1"]);
    check("who was accused most often", &["Borland 3", "National Front of Borland 1"]);
    check("who was accused least", &["National Front of Borland 1", "Borland 3"]);
    check("which country accused Borland most", &["Avaria 2", "Cerra 1"]);
    check("where did most attacks happen", &["Ost, \"lower\" <market> 1"]);
}

#[test]
fn descriptions_and_words_for_doers() {
    check("who killed villagers", &["Red Dawn Brigade killed villagers actual"]);
    check("who killed a villager", &["Red Dawn Brigade killed villagers actual"]);
    check("what happened to the diplomat", &["Avarian Police detained a Borish diplomat actual"]);
    check("who are the accusers of the NFB", &["Borland accuses National Front of Borland actual"]);
    check("top 1 accusers", &["Avaria 2"]);
    check("who denied the plot", &["Borland targeted National Front of Borland denied"]);
    check("who criticized meetings", &[]);
    check("who demanded what from Borland", &["Cerra demands Borland actual"]);
    check(
        "who was blamed for the plot",
        &[
            "Avaria accuses Borland actual",
            "Avaria accuses Borland actual",
            "Borland accuses National Front of Borland actual",
            "Borland targeted National Front of Borland alleged",
            "National Front of Borland targeted National Front of Borland alleged",
        ],
    );
    check(
        "who accused Borland, according to Avaria",
        &["Avaria accuses Borland actual", "Avaria accuses Borland actual"],
    );
    let message = answer("who detained protesters").join("");
    assert!(message.contains("`protesters`"), "{message}");
}

#[test]
fn a_question_without_answer_hears_what_is_near() {
    let near = |question: &str| near(&graph(&articles()), question).expect("a question");
    assert_eq!(
        near("who accused Borland since 2022")[0],
        "1 at another time, such as: Avaria accuses Borland (actual, 2021-03-04)"
    );
    assert_eq!(
        near("who was detained in Vell")[0],
        "1 at another place, or none that is told, such as: Avarian Police detained a Borish diplomat (actual, 2021-03-02)"
    );
    assert!(near("did Borland accuse Avaria")[0].contains("the other way round"));
    assert!(near("who abducted villagers")[0].starts_with("2 of another kind"));
    assert!(near("who allegedly met whom")[0].starts_with("1 whatever the status"));
    assert!(near("who seized whom").is_empty());
}

#[test]
fn unknown_words_are_named_with_the_nearest() {
    let message = answer("who acused Avria").join("");
    assert!(message.contains("`acused`") && message.contains("accused"), "{message}");
    assert!(message.contains("`Avria`") && message.contains("Avaria"), "{message}");
    let message = answer("who accused Sir Humphrey Bumble").join("");
    assert!(message.contains("`Sir Humphrey Bumble`"), "{message}");
    check(
        "Avaria",
        &[
            "cannot make out the question: it has no verb; ask for instance `who accused whom`, `what did NAME do`, `how many arrests in PLACE`",
        ],
    );
    assert!(matches!(ask(&graph(&articles()), ""), Err(AskError::NotUnderstood(_))));
}

#[test]
fn rows_carry_what_the_contract_says() {
    let Ok(Answer::Rows(rows)) = ask(&graph(&articles()), "who was detained") else { panic!("rows") };
    let json: serde_json::Value = serde_json::to_value(&rows).expect("JSON");
    assert_eq!(
        json,
        serde_json::json!([{
            "source": "Avarian Police", "relation": "detained", "target": "a Borish diplomat", "status": "actual",
            "date": "2021-03-02", "place": "Port Liss", "according_to": null, "articles": 1,
            "evidence": {"article": "arrests", "text": "In arrests, sentence 0 tells that a5 detained a6."}
        }])
    );
}
