//! A platform of any size, as data. In: how many pages. Out: its sections and pages, always the same for that number.

use std::fmt::Write as _;

use crate::chance::Chance;
use crate::prose;

/// A section has at most so many pages.
const SECTION: usize = 1000;
/// How many bytes of Markdown a page has, at least.
const BODY: usize = 3000;

const SECTIONS: &[&str] =
    &["Praktijkvoorbeelden", "Tips", "Draaiboeken", "Updates", "Vraag en antwoord", "Blogs"];

const THEMES: &[&str] = &[
    "Kindermishandeling",
    "Ouderenmishandeling",
    "Partnergeweld",
    "Complexe scheiding",
    "Huisverbod",
    "Overdracht",
    "Gegevens delen",
    "Meldcode",
    "Samenwerken",
    "Monitoring",
    "Crisis",
    "Preventie",
    "Jeugdhulp",
    "Wonen",
    "Schulden",
    "Gewone taal",
    "Ervaringskennis",
    "Opleiding",
    "Regie",
    "Nazorg",
];

/// Invented places are a front and a back.
const FRONTS: &[&str] = &["Linder", "Kade", "Duin", "Plas", "Veer", "Brink", "Ooster", "Heide", "Wilgen"];
const BACKS: &[&str] = &["meer", "wijk", "rade", "veen", "dam", "veld", "hage"];
const PHASES: &[&str] = &["proef", "uitgerold", "afgerond"];

/// A piece of the text of a page. Dialects differ in links and components only.
pub(crate) enum Piece {
    /// Markdown that is the same in every dialect.
    Text(String),
    /// A link to a page, by its number.
    Link {
        /// What is to be read.
        text: String,
        /// The number of the page.
        page: usize,
    },
    /// A figure with what it means: a component, a shortcode.
    Figure {
        /// The figure.
        number: usize,
        /// What it means.
        meaning: String,
    },
}

/// A page.
pub(crate) struct Page {
    /// Its title.
    pub(crate) title: String,
    /// One sentence about it.
    pub(crate) description: String,
    /// When it was published.
    pub(crate) date: String,
    /// Its themes.
    pub(crate) themes: Vec<&'static str>,
    /// Its place.
    pub(crate) place: String,
    /// How far the practice is.
    pub(crate) phase: &'static str,
    /// What it cost, in euros.
    pub(crate) cost: usize,
    /// Its text.
    pub(crate) body: Vec<Piece>,
}

/// A platform of some size.
pub(crate) struct Platform {
    pages: usize,
}

impl Platform {
    /// A platform with so many pages.
    pub(crate) fn new(pages: usize) -> Self {
        Platform { pages }
    }

    /// How many sections it has.
    pub(crate) fn sections(&self) -> usize {
        self.pages.div_ceil(SECTION).max(SECTIONS.len().min(self.pages))
    }

    /// The title of a section.
    pub(crate) fn section_title(&self, section: usize) -> String {
        let round = section / SECTIONS.len();
        let name = SECTIONS[section % SECTIONS.len()];
        if round == 0 { name.to_owned() } else { format!("{name} {}", round + 1) }
    }

    /// The folder of a section.
    pub(crate) fn section_folder(&self, section: usize) -> String {
        file_name(&self.section_title(section))
    }

    /// The file of a page, from the folder of the content.
    pub(crate) fn path(&self, page: usize) -> String {
        let folder = self.section_folder(page % self.sections());
        format!("{folder}/{}-{page:06}.md", file_name(&title(&mut Chance::new(page as u64))))
    }

    /// How many pages it has.
    pub(crate) fn pages(&self) -> usize {
        self.pages
    }

    /// A page, by its number.
    pub(crate) fn page(&self, number: usize) -> Page {
        let chance = &mut Chance::new(number as u64);
        let title = title(chance);
        let mut themes: Vec<&str> = (0..1 + chance.below(3)).map(|_| chance.one(THEMES)).collect();
        themes.sort_unstable();
        themes.dedup();
        Page {
            title: format!("{title} ({number})"),
            description: prose::sentence(chance),
            date: date(number),
            themes,
            place: place(chance),
            phase: chance.one(PHASES),
            cost: 250 * (1 + chance.below(60)),
            body: self.body(number, chance),
        }
    }

    fn body(&self, number: usize, chance: &mut Chance) -> Vec<Piece> {
        let mut pieces = vec![Piece::Text(prose::paragraph(chance) + "\n\n")];
        let mut size = 0;
        while size < BODY {
            let mut text = format!("## {}\n\n{}\n\n", prose::heading(chance), prose::paragraph(chance));
            match chance.below(7) {
                0 | 1 => list(&mut text, "- ", chance),
                2 => list(&mut text, "1. ", chance),
                3 => table(&mut text, chance),
                4 => {
                    let _ = write!(text, "> {}\n> {}\n\n", prose::sentence(chance), prose::sentence(chance));
                }
                5 => {
                    let _ =
                        write!(text, "### {}\n\n{}\n\n", prose::heading(chance), prose::paragraph(chance));
                }
                _ => {}
            }
            size += text.len();
            pieces.push(Piece::Text(text));
            if chance.once_in(2) {
                pieces.push(Piece::Text("Lees ook ".to_owned()));
                pieces.push(Piece::Link { text: prose::item(chance), page: chance.below(self.pages) });
                pieces.push(Piece::Text(".\n\n".to_owned()));
            }
        }
        if number.is_multiple_of(8) {
            pieces.push(Piece::Figure { number: 10 + chance.below(90), meaning: prose::item(chance) });
            pieces.push(Piece::Text("\n".to_owned()));
        }
        pieces
    }
}

fn title(chance: &mut Chance) -> String {
    format!("{} in {}", prose::subject(chance), place(chance))
}

fn place(chance: &mut Chance) -> String {
    format!("{}{}", chance.one(FRONTS), chance.one(BACKS))
}

/// Every page has its own moment, so that no order rests on a tie: 97 minutes after the one before.
fn date(number: usize) -> String {
    let minutes = number * 97;
    let (days, hour, minute) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    // Years of twelve months of 28 days keep the calendar out of this.
    let (year, month, day) = (2000 + days / 336, days / 28 % 12 + 1, days % 28 + 1);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z")
}

fn list(text: &mut String, mark: &str, chance: &mut Chance) {
    for _ in 0..3 + chance.below(4) {
        let _ = writeln!(text, "{mark}{}", prose::item(chance));
    }
    text.push('\n');
}

fn table(text: &mut String, chance: &mut Chance) {
    text.push_str("| wie | wat | hoe |\n|---|---|---|\n");
    for _ in 0..3 + chance.below(3) {
        let _ = writeln!(text, "| {} |", prose::row(chance).join(" | "));
    }
    text.push('\n');
}

fn file_name(title: &str) -> String {
    slug::slugify(title)
}
