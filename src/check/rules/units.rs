//! Whether the parts of a page are as many and as put as its kind says. In: a page with its kind and its text. Out:
//! complaints of `drie-vragen` and `tip-gebiedend`.

use std::ops::Range;

use super::desk::Desk;
use super::document::Document;
use super::prose::{Heading, What};
use super::sentences::sentences;
use super::verbs;
use crate::model::kind::{Each, Unit};

/// Checks a page.
pub(super) fn check(document: &Document<'_>, desk: &mut Desk<'_>) {
    let Some(kind) = document.kind else { return };
    if kind.imperative
        && let Some(entry) = document.front.matter.get("title")
        && let Some(title) = entry.value.as_text()
    {
        imperative(document, title, entry.value.at.clone(), desk);
    }
    for unit in kind.units.iter().filter(|unit| unit.exactly > 0 || unit.imperative) {
        let found = units(document, unit);
        if unit.exactly > 0 && found.len() != unit.exactly && !document.has_no_text() {
            number(document, unit, &found, desk);
        }
        if unit.imperative {
            for (title, at) in &found {
                imperative(document, title, at.clone(), desk);
            }
        }
    }
}

/// The units of a page: what each begins with, and where that stands.
fn units(document: &Document<'_>, unit: &Unit) -> Vec<(String, Range<usize>)> {
    let headings = &document.prose.headings;
    let Some((inside, level)) = place_of(document, unit) else { return Vec::new() };
    match unit.each {
        Each::Heading => {
            let below = headings
                .iter()
                .filter(|heading| inside.contains(&heading.at.start) && heading.level == level);
            below.map(|heading| (heading.run.text.clone(), heading.at.clone())).collect()
        }
        Each::Item => {
            let blocks = document.prose.blocks.iter();
            let items = blocks.filter(|block| {
                inside.contains(&block.at.start)
                    && block.depth == 1
                    && block.leads
                    && block.what == What::Item
            });
            let first = items.map(|block| {
                let end = sentences(&block.run.text).first().map_or(block.run.text.len(), |first| first.end);
                (block.run.text[..end].to_owned(), block.run.place(0..end))
            });
            first.collect()
        }
    }
}

/// Where units stand: the stretch of the file, and the level their headings have.
fn place_of(document: &Document<'_>, unit: &Unit) -> Option<(Range<usize>, u8)> {
    let headings = &document.prose.headings;
    if unit.under.is_empty() {
        let top = headings.iter().map(|heading| heading.level).min().unwrap_or(2);
        return Some((document.front.body..document.text.len(), top));
    }
    let named = |heading: &&Heading| heading.run.text.trim() == unit.under.trim();
    let at = headings.iter().position(|heading| named(&heading))?;
    let end = headings[at + 1..].iter().find(|next| next.level <= headings[at].level);
    Some((headings[at].at.end..end.map_or(document.text.len(), |next| next.at.start), headings[at].level + 1))
}

fn number(document: &Document<'_>, unit: &Unit, found: &[(String, Range<usize>)], desk: &mut Desk<'_>) {
    let (count, most) = (found.len(), unit.exactly);
    // One too many is to blame; of too few, the last.
    let at = found.get(most).or(found.last()).map_or_else(|| document.last_line(), |(_, at)| at.clone());
    let plural = if unit.plural.is_empty() { &unit.label } else { &unit.plural }.to_lowercase();
    let message = [
        format!("Hier horen {most} {plural}; er staan er {count}."),
        format!("Here should be {most} {plural}; there are {count}."),
    ];
    let form = match (unit.each, unit.under.is_empty()) {
        (Each::Heading, true) => ["Elke kop telt als één.", "Each heading counts as one."],
        (Each::Heading, false) => {
            ["Elke tussenkop telt als één.", "Each heading of the next level counts as one."]
        }
        (Each::Item, _) => ["Elk punt van de lijst telt als één.", "Each item of the list counts as one."],
    };
    let hint = if count < most {
        [format!("Voeg er {} toe. {}", most - count, form[0]), format!("Add {}. {}", most - count, form[1])]
    } else {
        [
            format!("Haal er {} weg. {}", count - most, form[0]),
            format!("Take {} away. {}", count - most, form[1]),
        ]
    };
    desk.tell("regel/drie-vragen", document.path(), at, message, hint);
}

fn imperative(document: &Document<'_>, title: &str, at: Range<usize>, desk: &mut Desk<'_>) {
    // There is a list of verbs for Dutch only.
    let is_dutch = document.file.lang == "nl" || document.file.lang.starts_with("nl-");
    if !is_dutch || verbs::begins_with_imperative(title, &desk.settings.imperatives) {
        return;
    }
    let title = title.trim();
    let message = [
        format!("‘{title}’ begint niet met een werkwoord dat zegt wat de lezer doet."),
        format!("‘{title}’ does not begin with a verb that says what to do."),
    ];
    let hint = [
        "Begin met wat de lezer moet doen: ‘Maak …’, ‘Vraag …’, ‘Organiseer …’. Is het eerste woord wel zo'n werkwoord, zet het dan in zola.toml bij werkwoorden.".to_owned(),
        "Begin with what to do. If the first word is such a verb, put it into zola.toml, under werkwoorden.".to_owned(),
    ];
    desk.tell("regel/tip-gebiedend", document.path(), at, message, hint);
}
