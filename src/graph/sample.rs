//! Invented extractions for the tests of this half.

use super::KnowledgeGraph;
use crate::ontology::{Actor, ActorKind, Edge, Event, Evidence, Extraction, Place, Relation, Status};

/// One article under construction.
#[derive(Debug, Clone, Default)]
pub(crate) struct Report(pub Extraction);

impl Report {
    /// An article published on a day.
    pub fn new(id: &str, date: &str) -> Self {
        Self(Extraction {
            id: id.to_owned(),
            date: date.parse().ok(),
            title: Some(format!("Headline of {id}")),
            source: Some("Meridian Wire".to_owned()),
            url: Some(format!("https://news.example/{id}")),
            digest: format!("{:016x}", super::stable::StableHash::new().text(id).finish()),
            ..Extraction::default()
        })
    }

    /// A named actor; `key:` before the name gives it a gazetteer key.
    pub fn actor(mut self, id: &str, name: &str, kind: ActorKind, aliases: &[&str]) -> Self {
        let (key, name) = match name.split_once('|') {
            Some((key, name)) => (Some(key.to_owned()), name),
            None => (None, name),
        };
        let country = key.as_deref().and_then(|k| k.strip_prefix("country:")).map(str::to_owned);
        self.0.actors.push(Actor {
            id: id.to_owned(),
            name: name.to_owned(),
            kind,
            aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
            country,
            affiliation: None,
            key,
            named: true,
        });
        self
    }

    /// An actor known by a description only.
    pub fn described(mut self, id: &str, name: &str, kind: ActorKind) -> Self {
        self = self.actor(id, name, kind, &[]);
        if let Some(actor) = self.0.actors.last_mut() {
            actor.named = false;
        }
        self
    }

    pub fn belongs(mut self, id: &str, to: &str) -> Self {
        for actor in self.0.actors.iter_mut().filter(|a| a.id == id) {
            actor.affiliation = Some(to.to_owned());
        }
        self
    }

    pub fn place(mut self, id: &str, name: &str, country: &str) -> Self {
        self.0.locations.push(Place {
            id: id.to_owned(),
            name: name.to_owned(),
            country: Some(country.to_owned()),
            latitude: Some(10.5),
            longitude: Some(20.25),
            ..Place::default()
        });
        self
    }

    pub fn event(mut self, id: &str, name: &str, kind: Relation, date: &str, place: Option<&str>) -> Self {
        self.0.events.push(Event {
            id: id.to_owned(),
            name: name.to_owned(),
            kind,
            date: date.parse().ok(),
            place: place.map(str::to_owned),
            status: Status::Actual,
        });
        self
    }

    /// An edge as `source relation target`, `-` for no target.
    pub fn edge(mut self, told: &str) -> Self {
        let words: Vec<&str> = told.split(' ').collect();
        let n = self.0.edges.len();
        let text = format!("In {}, sentence {n} tells that {told}.", self.0.id);
        let start = 100 * n;
        self.0.edges.push(Edge {
            source: words[0].to_owned(),
            relation: words[1].parse().expect("relation"),
            target: (words[2] != "-").then(|| words[2].to_owned()),
            status: Status::Actual,
            according_to: None,
            date: None,
            place: None,
            event: None,
            confidence: 0.8,
            evidence: Evidence { end: start + text.chars().count(), text, start },
            source_span: Some((start, start + 4).into()),
            trigger_span: (start + 5, start + 12).into(),
            target_span: Some((start + 13, start + 20).into()),
        });
        self
    }

    fn last(mut self, change: impl FnOnce(&mut Edge)) -> Self {
        change(self.0.edges.last_mut().expect("an edge"));
        self
    }

    pub fn status(self, status: Status) -> Self {
        self.last(|e| e.status = status)
    }

    pub fn on(self, date: &str) -> Self {
        self.last(|e| e.date = date.parse().ok())
    }

    pub fn at(self, place: &str) -> Self {
        self.last(|e| e.place = Some(place.to_owned()))
    }

    pub fn by(self, actor: &str) -> Self {
        self.last(|e| e.according_to = Some(actor.to_owned()))
    }

    pub fn of(self, event: &str) -> Self {
        self.last(|e| e.event = Some(event.to_owned()))
    }

    pub fn sure(self, confidence: f64) -> Self {
        self.last(|e| e.confidence = confidence)
    }
}

/// A graph of these articles.
pub(crate) fn graph(reports: &[Report]) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    for report in reports {
        graph.add(&report.0);
    }
    graph
}

/// The graph as RON text.
pub(crate) fn ron(graph: &KnowledgeGraph) -> String {
    let mut out = Vec::new();
    graph.write_ron(&mut out).expect("writes");
    String::from_utf8(out).expect("UTF-8")
}

/// Articles about invented countries, used by tests of every room of this half.
pub(crate) fn articles() -> Vec<Report> {
    use ActorKind::{ArmedGroup, Country, Government, Organization, People, Person, Police};
    vec![
        Report::new("arrests", "2021-03-04")
            .actor("a1", "country:AV|Avaria", Country, &["Avarian government", "Port Liss"])
            .actor("a2", "country:BO|Borland", Country, &["Borish"])
            .actor("a3", "National Front of Borland", Organization, &["NFB"])
            .actor("a4", "Ruth Okabe", Person, &["Okabe"])
            .actor("a5", "Avarian Police", Police, &[])
            .described("a6", "a Borish diplomat", Person)
            .belongs("a4", "a1")
            .belongs("a5", "a1")
            .belongs("a6", "a2")
            .place("l1", "Port Liss", "AV")
            .event("e1", "plot to bomb a rally in Port Liss", Relation::Targeted, "2021-02-28", Some("l1"))
            .edge("a5 detained a6")
            .on("2021-03-02")
            .at("l1")
            .edge("a1 accuses a2")
            .on("2021-03-04")
            .edge("a2 targeted a3")
            .status(Status::Alleged)
            .on("2021-02-28")
            .at("l1")
            .by("a1")
            .of("e1")
            .edge("a6 targeted a3")
            .status(Status::Alleged)
            .on("2021-02-28")
            .at("l1")
            .by("a1")
            .of("e1")
            .sure(0.7)
            .edge("a4 leads a5"),
        Report::new("denial", "2021-03-05")
            .actor("a1", "country:BO|Borland", Country, &["Borish foreign ministry"])
            .actor("a2", "NFB", Organization, &[])
            .actor("a3", "country:AV|Avaria", Country, &[])
            .place("l1", "Port Liss", "AV")
            .event("e1", "bomb plot", Relation::Targeted, "2021-02-28", Some("l1"))
            .edge("a1 denies a3")
            .edge("a1 accuses a2")
            .edge("a1 targeted a2")
            .status(Status::Denied)
            .on("2021-02-28")
            .at("l1")
            .by("a1")
            .of("e1")
            .edge("a2 targeted a2")
            .status(Status::Alleged)
            .on("2021-02-28")
            .at("l1")
            .by("a1")
            .of("e1")
            .sure(0.6),
        Report::new("talks", "2021-04-10")
            .actor("a1", "country:AV|Avaria", Country, &[])
            .actor("a2", "country:CE|Cerra", Country, &["Cerran cabinet"])
            .actor("a3", "Karim Youssef Haddad", Person, &["Haddad"])
            .actor("a4", "country:BO|Borland", Country, &[])
            .place("l1", "Vell", "CE")
            .edge("a1 met a2")
            .on("2021-04-09")
            .at("l1")
            .edge("a2 supports a1")
            .edge("a2 demands a4")
            .edge("a2 sanctions a4")
            .status(Status::Planned)
            .edge("a3 member_of a2")
            .edge("a4 denies -"),
        Report::new("raid", "2021-05-20")
            .actor("a1", "Red Dawn Brigade", ArmedGroup, &["RDB"])
            .described("a2", "villagers", People)
            .actor("a3", "country:CE|Cerra", Country, &[])
            .actor("a4", "Ministry of Defence of Cerra", Government, &[])
            .actor("a5", "Karim Yousef Haddad", Person, &[])
            .place("l1", "Ost, \"lower\" <market>", "CE")
            .event("e1", "raid on the market", Relation::Attacked, "2021-05-19", Some("l1"))
            .edge("a1 attacked a2")
            .on("2021-05-19")
            .at("l1")
            .of("e1")
            .edge("a1 killed a2")
            .on("2021-05-19")
            .at("l1")
            .by("a4")
            .edge("a3 attacked l1")
            .status(Status::Negated)
            .edge("a5 criticizes e1")
            .edge("a3 mobilized l1")
            .status(Status::Hypothetical),
    ]
}
