//! Colours by theme.

use super::Theme;
use super::scene::{Bundle, Look};
use crate::export::style::{Family, tone_colour};
use crate::ontology::Tone;

/// The colours of a theme.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    theme: Theme,
    /// Background.
    pub paper: &'static str,
    /// Text.
    pub ink: &'static str,
    /// Lesser text.
    pub soft: &'static str,
    /// Frames.
    pub faint: &'static str,
}

impl Palette {
    pub const fn of(theme: Theme) -> Self {
        match theme {
            Theme::Light => {
                Self { theme, paper: "#FFFFFF", ink: "#1D2733", soft: "#5A6673", faint: "#C9D1D9" }
            }
            Theme::Dark => {
                Self { theme, paper: "#14181D", ink: "#E8EDF2", soft: "#9AA7B4", faint: "#3A444F" }
            }
            Theme::Print => {
                Self { theme, paper: "#FFFFFF", ink: "#000000", soft: "#444444", faint: "#BBBBBB" }
            }
        }
    }

    /// Fill and border of a family of nodes.
    pub const fn family(&self, family: Family) -> (&'static str, &'static str) {
        match self.theme {
            Theme::Light => family.colours(),
            Theme::Dark => match family {
                Family::State => ("#22384F", "#6E9AC8"),
                Family::ArmedGroup => ("#4A2630", "#D27A86"),
                Family::Organization => ("#253F2A", "#7FB580"),
                Family::Person => ("#453A1C", "#D3B45E"),
                Family::People => ("#37304A", "#A896CB"),
                Family::Place => ("#31332F", "#A5A59B"),
                Family::Event => ("#1E242B", "#8A95A0"),
            },
            Theme::Print => match family {
                Family::State => ("#E6E6E6", "#000000"),
                Family::ArmedGroup => ("#BFBFBF", "#000000"),
                _ => ("#FFFFFF", "#000000"),
            },
        }
    }

    /// The line colour of a tone.
    pub const fn tone(&self, tone: Tone) -> &'static str {
        match self.theme {
            Theme::Light => tone_colour(tone),
            Theme::Dark => match tone {
                Tone::VerbalConflict => "#F0A55A",
                Tone::MaterialConflict => "#F2706A",
                Tone::VerbalCooperation => "#58C4B8",
                Tone::MaterialCooperation => "#6CB2F0",
                Tone::Neutral => "#9AA0A6",
            },
            Theme::Print => match tone {
                Tone::MaterialConflict | Tone::MaterialCooperation => "#000000",
                _ => "#555555",
            },
        }
    }

    /// The line colour of a bundle: what is disputed is grey.
    pub const fn line(&self, bundle: &Bundle) -> &'static str {
        match (bundle.role, bundle.look) {
            (true, _) => self.faint,
            (_, Look::Disputed) => "#8C8C8C",
            _ => self.tone(bundle.tone),
        }
    }
}
