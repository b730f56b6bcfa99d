//! Whether headings are headings, and stand in steps. In: the text of a file. Out: complaints of `kop-volgorde` and
//! `kop-nep`.

use super::desk::Desk;
use super::document::Document;
use super::prose::{Block, INSERTED, What};
use super::sections;
use super::sentences::word_count;

/// Checks the headings of a page or section.
pub(super) fn check(document: &Document<'_>, desk: &mut Desk<'_>) {
    steps(document, desk);
    let blocks = &document.prose.blocks;
    for (at, block) in blocks.iter().enumerate() {
        if fake(document, block, blocks.get(at + 1)) {
            let line = block.first_line.filter(|_| block.bold > 0).unwrap_or(block.run.text.len());
            let text = block.run.text[..line].trim().trim_end_matches(':');
            let level = level_before(document, block.at.start);
            let signs = "#".repeat(level);
            let message = [
                format!("‘{text}’ ziet eruit als een kop, maar is er geen."),
                format!("‘{text}’ looks like a heading, but is none."),
            ];
            let hint = [
                format!(
                    "Maak er een echte kop van: ‘{signs} {text}’ op een eigen regel, zonder sterretjes. Is het geen kop, maak er dan een hele zin van."
                ),
                format!(
                    "Make it a heading: ‘{signs} {text}’ on a line of its own, without asterisks. If it is none, make it a sentence."
                ),
            ];
            desk.tell("regel/kop-nep", document.path(), block.run.place(0..line), message, hint);
        }
    }
}

fn steps(document: &Document<'_>, desk: &mut Desk<'_>) {
    // The title of the page is its heading of level 1.
    let mut before = 1;
    for heading in &document.prose.headings {
        let level = heading.level;
        let name = heading.run.text.replace(INSERTED, "…");
        if level == 1 {
            let message = [
                format!("De kop ‘{name}’ heeft niveau 1, en dat is de titel al."),
                format!("The heading ‘{name}’ is of level 1, which the title is already."),
            ];
            let hint = [format!("Zet er een hekje bij: ‘## {name}’."), format!("Add a sign: ‘## {name}’.")];
            desk.tell("regel/kop-volgorde", document.path(), heading.at.clone(), message, hint);
        } else if level > before + 1 && !sections::is_declared(document.kind, heading) {
            let signs = "#".repeat(usize::from(before) + 1);
            let message = [
                format!("De kop ‘{name}’ slaat een niveau over: van {before} naar {level}."),
                format!("The heading ‘{name}’ skips a level: from {before} to {level}."),
            ];
            let hint = [
                format!("Schrijf hem met {} hekjes: ‘{signs} {name}’.", before + 1),
                format!("Write it with {} signs: ‘{signs} {name}’.", before + 1),
            ];
            desk.tell("regel/kop-volgorde", document.path(), heading.at.clone(), message, hint);
        }
        before = level.max(1);
    }
}

/// The level a heading would have at a place.
fn level_before(document: &Document<'_>, at: usize) -> usize {
    let before = document.prose.headings.iter().rev().find(|heading| heading.at.start < at);
    before.map_or(2, |heading| (usize::from(heading.level) + 1).clamp(2, 4))
}

/// Whether a block looks like a heading.
fn fake(document: &Document<'_>, block: &Block, next: Option<&Block>) -> bool {
    if block.what != What::Paragraph || block.quoted || block.depth > 0 {
        return false;
    }
    let text = block.run.text.trim_end();
    let follows = next.is_some_and(|next| !heading_between(document, block, next));
    if block.bold > 0 && block.bold >= text.len() {
        // All of it is bold.
        return follows && is_short(text, 12) && !text.ends_with(['.', '!', ',', ';', ')']);
    }
    if let Some(line) = block.first_line
        && block.bold >= line
    {
        // The first line is bold, the rest is not.
        let first = text[..line].trim_end();
        return is_short(first, 10) && !first.ends_with(['.', '!', ',', ';', ':', '?', ')']);
    }
    // A short line alone, with a paragraph behind.
    let next = next.filter(|next| follows && next.what == What::Paragraph && !next.quoted && next.depth == 0);
    let plain = !document.prose.links.iter().any(|link| super::prose::within(&link.at, &block.at));
    next.is_some_and(|next| word_count(&next.run.text) >= 8)
        && plain
        && block.first_line.is_none()
        && is_short(text, 6)
        && text.starts_with(char::is_uppercase)
        && text.ends_with(|c: char| c.is_alphanumeric())
}

fn is_short(text: &str, most: usize) -> bool {
    !text.contains(INSERTED) && (1..=most).contains(&word_count(text)) && text.chars().count() <= 90
}

fn heading_between(document: &Document<'_>, block: &Block, next: &Block) -> bool {
    document
        .prose
        .headings
        .iter()
        .any(|heading| block.at.start < heading.at.start && heading.at.start < next.at.start)
}
