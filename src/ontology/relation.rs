//! The closed list of relations. To add one, add one row to `rows!` below.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Root codes of the PLOVER event ontology (Open Event Data Alliance).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Plover {
    Accuse,
    Reject,
    Request,
    Threaten,
    Protest,
    Sanction,
    Coerce,
    Assault,
    Mobilize,
    Consult,
    Agree,
    Support,
    Cooperate,
    Aid,
    Yield,
    /// Static relations have no event root.
    None,
}

impl Plover {
    /// The code as written in records, in capitals.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Request => "REQUEST",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
            Self::Mobilize => "MOBILIZE",
            Self::Consult => "CONSULT",
            Self::Agree => "AGREE",
            Self::Support => "SUPPORT",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Yield => "YIELD",
            Self::None => "NONE",
        }
    }
}

/// The side of a relation on the scale from conflict to cooperation; decides colours in drawings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Words against somebody.
    VerbalConflict,
    /// Deeds against somebody.
    MaterialConflict,
    /// Words for or with somebody.
    VerbalCooperation,
    /// Deeds for or with somebody.
    MaterialCooperation,
    /// Neither: static relations.
    Neutral,
}

/// The part a party plays in a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The doer.
    Source,
    /// The one it is done to.
    Target,
    /// The one who says so.
    Claimant,
}

/// What the table says of one relation.
#[derive(Debug, Clone, Copy)]
pub struct RelationRow {
    /// Name in records, graphs and questions.
    pub name: &'static str,
    /// PLOVER root.
    pub plover: Plover,
    /// Holds in either direction.
    pub symmetric: bool,
    /// Stays true over time, no event.
    pub is_static: bool,
    /// May stand without a target.
    pub target_optional: bool,
    /// A place or building may be the target.
    pub place_target: bool,
    /// Drawing colour family.
    pub tone: Tone,
    /// One line of meaning.
    pub meaning: &'static str,
}

macro_rules! rows {
    ($($variant:ident $name:literal $plover:ident $tone:ident [$($flag:ident)*] $meaning:literal;)*) => {
        /// What one party does to another.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Relation {
            $(#[doc = $meaning] $variant,)*
        }

        impl Relation {
            /// Every relation, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The relation's row in the table.
            pub const fn row(self) -> RelationRow {
                match self {
                    $(Self::$variant => {
                        #[allow(unused_mut)]
                        let mut row = RelationRow {
                            name: $name,
                            plover: Plover::$plover,
                            symmetric: false,
                            is_static: false,
                            target_optional: false,
                            place_target: false,
                            tone: Tone::$tone,
                            meaning: $meaning,
                        };
                        $(row.$flag = true;)*
                        row
                    })*
                }
            }
        }
    };
}

rows! {
    Accuses "accuses" Accuse VerbalConflict [] "says, alleges or claims that somebody did or is something wrong; blames";
    Criticizes "criticizes" Accuse VerbalConflict [] "condemns, criticises or denounces somebody or an act";
    Investigates "investigates" Accuse VerbalConflict [] "opens or conducts an investigation or search";
    Prosecutes "prosecutes" Accuse VerbalConflict [] "charges, indicts, sues or puts on trial";
    Sentenced "sentenced" Coerce MaterialConflict [] "convicts, sentences or fines";
    Denies "denies" Reject VerbalConflict [target_optional] "denies or dismisses an accusation or report";
    Rejects "rejects" Reject VerbalConflict [] "refuses a demand, proposal or offer; vetoes";
    Demands "demands" Request VerbalConflict [] "urges, calls on, asks, demands or appeals";
    Threatens "threatens" Threaten VerbalConflict [] "threatens or warns of harm";
    Protests "protests" Protest VerbalConflict [] "demonstrates, riots or strikes against";
    Sanctions "sanctions" Sanction MaterialConflict [] "imposes sanctions or an embargo, expels diplomats, cuts ties or aid";
    Detained "detained" Coerce MaterialConflict [] "arrests, detains, jails or holds";
    Seized "seized" Coerce MaterialConflict [place_target] "seizes, confiscates, raids or occupies; restricts or bans";
    Abducted "abducted" Assault MaterialConflict [] "kidnaps or takes hostage";
    Targeted "targeted" Assault MaterialConflict [place_target] "aims, plots or plans an attack on";
    Attacked "attacked" Assault MaterialConflict [place_target] "bombs, shells, raids, shoots at or fights";
    Killed "killed" Assault MaterialConflict [] "kills";
    Injured "injured" Assault MaterialConflict [] "wounds";
    Mobilized "mobilized" Mobilize MaterialConflict [target_optional place_target] "deploys forces, tests weapons, goes on alert";
    Met "met" Consult VerbalCooperation [symmetric] "meets, holds talks with, phones or visits";
    Agreed "agreed" Agree VerbalCooperation [symmetric] "signs, agrees or promises";
    Supports "supports" Support VerbalCooperation [] "praises, backs, endorses, thanks or expresses solidarity";
    Cooperates "cooperates" Cooperate MaterialCooperation [symmetric] "works with, shares intelligence, acts jointly";
    Aided "aided" Aid MaterialCooperation [] "gives money, weapons, relief or refuge";
    Released "released" Yield MaterialCooperation [] "frees, releases or pardons; eases, concedes or withdraws";
    Trades "trades" Cooperate MaterialCooperation [symmetric] "sells or transfers goods, oil or weapons";
    Leads "leads" None Neutral [is_static] "is the head of";
    MemberOf "member_of" None Neutral [is_static] "belongs to";
}

impl Relation {
    /// Name in records.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// PLOVER root.
    pub const fn plover(self) -> Plover {
        self.row().plover
    }

    /// Whether it stays true over time and is no event.
    pub const fn is_static(self) -> bool {
        self.row().is_static
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A word that names no relation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown relation `{0}`; known: {known}", known = Relation::ALL.iter().map(|r| r.name()).collect::<Vec<_>>().join(", "))]
pub struct ParseRelationError(pub String);

impl FromStr for Relation {
    type Err = ParseRelationError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|r| r.name() == s).ok_or_else(|| ParseRelationError(s.to_owned()))
    }
}

impl Serialize for Relation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Relation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for &relation in Relation::ALL {
            assert_eq!(relation.name().parse::<Relation>(), Ok(relation));
        }
    }
}
