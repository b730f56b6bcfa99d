//! What pages may load and do besides what comes from the site itself, as `[extra.praktijk] security` says.

use serde::{Deserialize, Serialize};

/// The rules for browsers. All lists empty: nothing but what comes from the site itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Security {
    /// Where scripts may come from.
    pub scripts: Vec<String>,
    /// Where style sheets may come from.
    pub styles: Vec<String>,
    /// Where images may come from.
    pub images: Vec<String>,
    /// Where fonts may come from.
    pub fonts: Vec<String>,
    /// Where sound and film may come from.
    pub media: Vec<String>,
    /// What scripts may ask.
    pub connections: Vec<String>,
    /// What may be shown inside a page.
    pub frames: Vec<String>,
    /// Where forms may be sent.
    pub forms: Vec<String>,
    /// Who may show pages of this site inside their own.
    pub embedding: Vec<String>,
}

impl Security {
    /// Its lists with their keys in the settings.
    pub fn lists(&mut self) -> [(&'static str, &mut Vec<String>); 9] {
        [
            ("allow_scripts", &mut self.scripts),
            ("allow_styles", &mut self.styles),
            ("allow_images", &mut self.images),
            ("allow_fonts", &mut self.fonts),
            ("allow_media", &mut self.media),
            ("allow_connections", &mut self.connections),
            ("allow_frames", &mut self.frames),
            ("allow_forms", &mut self.forms),
            ("allow_embedding", &mut self.embedding),
        ]
    }
}

/// Something written into a page itself that browsers run or apply, known by the sum of its text.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    bitcode::Encode,
    bitcode::Decode,
)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// The SHA-256 of its text, as base64.
    pub sum: String,
    /// Its text, when a mark stands in it: then the sum is another when the page is published.
    pub waits: Option<String>,
}

/// What is written into a page itself.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    bitcode::Encode,
    bitcode::Decode,
)]
pub enum InlineKind {
    /// A script.
    Script,
    /// A style sheet.
    Style,
    /// An attribute `style` that Markdown makes: the side to which a column of a table goes.
    StyleAttribute,
}
