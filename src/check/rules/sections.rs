//! Whether a text has the headings of its kind. In: a page with its kind and its text. Out: complaints of
//! `sectie-ontbreekt`, `sectie-leeg`, `sectie-volgorde`, `sectie-onbekend` and `sectie-lang`.

use std::ops::Range;

use super::desk::{Desk, listed};
use super::document::Document;
use super::prose::{Heading, INSERTED, What};
use crate::model::Kind;
use crate::model::kind::{Need, Section};
use crate::parse::closest;

/// Checks the headings of a page or section.
pub(super) fn check(document: &Document<'_>, desk: &mut Desk<'_>) {
    let headings = &document.prose.headings;
    if let Some(kind) = document.kind
        && document.has_no_text()
    {
        no_text(document, kind, desk);
        return;
    }
    empty(document, desk);
    let Some(kind) = document.kind.filter(|kind| !kind.sections.is_empty()) else { return };
    let of: Vec<Option<usize>> = headings.iter().map(|heading| declared(kind, heading)).collect();
    let meant = unknown(document, kind, &of, desk);
    missing(document, kind, &of, &meant, desk);
    order(document, kind, &of, desk);
    long(document, kind, &of, desk);
}

/// Whether a heading stands at a place where its kind gives it one.
pub(super) fn is_declared(kind: Option<&Kind>, heading: &Heading) -> bool {
    kind.is_some_and(|kind| declared(kind, heading).is_some())
}

fn level(section: &Section) -> u8 {
    if section.level == 0 { 2 } else { section.level }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn declared(kind: &Kind, heading: &Heading) -> Option<usize> {
    let text = words(&heading.run.text);
    kind.sections.iter().position(|section| words(&section.heading) == text)
}

fn no_text(document: &Document<'_>, kind: &Kind, desk: &mut Desk<'_>) {
    if kind.text_optional {
        return;
    }
    let message = ["Deze pagina heeft geen tekst.".to_owned(), "This page has no text.".to_owned()];
    let needed = kind.sections.iter().filter(|section| section.need == Need::Required);
    let headings = listed(needed.map(|section| section.heading.as_str()));
    let hint = if headings.is_empty() {
        [
            "Schrijf de tekst onder de tweede streepjesregel.".to_owned(),
            "Write it below the second fence.".to_owned(),
        ]
    } else {
        [
            format!("Schrijf de tekst onder de tweede streepjesregel, met deze koppen: {headings}."),
            format!("Write it below the second fence, with these headings: {headings}."),
        ]
    };
    desk.tell("regel/sectie-leeg", document.path(), document.last_line(), message, hint);
}

/// Where what stands under a heading ends: at the next heading of its level or a higher one.
fn end_of(document: &Document<'_>, at: usize) -> usize {
    let headings = &document.prose.headings;
    let next = headings[at + 1..].iter().find(|next| next.level <= headings[at].level);
    next.map_or(document.text.len(), |next| next.at.start)
}

fn empty(document: &Document<'_>, desk: &mut Desk<'_>) {
    let headings = &document.prose.headings;
    for (at, heading) in headings.iter().enumerate() {
        let inside = heading.at.end..end_of(document, at);
        let deeper = headings.get(at + 1).is_some_and(|next| next.level > heading.level);
        if deeper || has_content(document, &inside) {
            continue;
        }
        let name = heading.run.text.replace(INSERTED, "…");
        let message = [
            format!("Onder de kop ‘{name}’ staat niets."),
            format!("Nothing stands under the heading ‘{name}’."),
        ];
        let section = document.kind.and_then(|kind| declared(kind, heading).map(|at| &kind.sections[at]));
        let help = section.map_or("", |section| section.help.as_str());
        let needed = section.is_some_and(|section| section.need == Need::Required);
        let hint = if needed {
            [
                format!("Schrijf er tekst onder. Weet u het niet, schrijf dan ‘Niet vermeld.’ {help}"),
                format!("Write something under it, even that it is not known. {help}"),
            ]
        } else {
            [
                format!("Schrijf er tekst onder, of haal de kop weg. {help}"),
                format!("Write something under it, or take the heading away. {help}"),
            ]
        };
        let hint = hint.map(|hint| hint.trim_end().to_owned());
        desk.tell("regel/sectie-leeg", document.path(), heading.at.clone(), message, hint);
    }
}

fn has_content(document: &Document<'_>, inside: &Range<usize>) -> bool {
    let within = |at: &Range<usize>| inside.start <= at.start && at.start < inside.end;
    let prose = &document.prose;
    let is_markup = |at: &&Range<usize>| !document.text[(*at).clone()].trim_start().starts_with("<!--");
    prose.blocks.iter().any(|block| within(&block.at)) || prose.html.iter().filter(is_markup).any(within)
}

/// Complains about headings that the kind does not know; gives the sections that were meant by them.
fn unknown(document: &Document<'_>, kind: &Kind, of: &[Option<usize>], desk: &mut Desk<'_>) -> Vec<usize> {
    let top = kind.sections.iter().map(level).min().unwrap_or(2);
    let mut meant = Vec::new();
    for (heading, of) in document.prose.headings.iter().zip(of) {
        let free = kind.units.iter().any(|unit| {
            unit.each == crate::model::kind::Each::Heading && unit.under.is_empty() && heading.level <= top
        });
        if of.is_some() || free {
            continue;
        }
        let text = heading.run.text.trim();
        let absent = kind.sections.iter().enumerate().filter(|(at, _)| !is_there(document, kind, *at));
        let near = closest(text, absent.clone().map(|(_, section)| section.heading.as_str()));
        let near_at = near.and_then(|near| kind.sections.iter().position(|section| section.heading == near));
        if heading.level > top && near_at.is_none() {
            continue;
        }
        meant.extend(near_at);
        let message = [
            format!("De kop ‘{text}’ hoort niet bij ‘{}’.", kind.label),
            format!("The heading ‘{text}’ is no heading of ‘{}’.", kind.label),
        ];
        let all = listed(kind.sections.iter().map(|section| section.heading.as_str()));
        let hint = match near {
            Some(near) => [
                format!("Bedoelt u ‘{near}’? Schrijf de kop dan precies zo."),
                format!("Did you mean ‘{near}’? Write it word for word."),
            ],
            None => [
                format!("Gebruik een van deze koppen: {all}. Of maak er een tussenkop van met één # meer."),
                format!("Use one of these: {all}. Or make it a heading of a deeper level with one more #."),
            ],
        };
        desk.tell("regel/sectie-onbekend", document.path(), heading.at.clone(), message, hint);
    }
    meant
}

fn is_there(document: &Document<'_>, kind: &Kind, at: usize) -> bool {
    document.prose.headings.iter().any(|heading| declared(kind, heading) == Some(at))
}

fn missing(document: &Document<'_>, kind: &Kind, of: &[Option<usize>], meant: &[usize], desk: &mut Desk<'_>) {
    for (at, section) in kind.sections.iter().enumerate() {
        if section.need == Need::Optional || of.contains(&Some(at)) || meant.contains(&at) {
            continue;
        }
        // It belongs before the first heading that comes later in the kind.
        let next = of.iter().position(|of| of.is_some_and(|of| of > at));
        let place =
            next.map_or_else(|| document.last_line(), |next| document.prose.headings[next].at.clone());
        let heading = &section.heading;
        let message =
            [format!("De kop ‘{heading}’ ontbreekt."), format!("The heading ‘{heading}’ is missing.")];
        let signs = "#".repeat(usize::from(level(section)));
        let where_to = match next.map(|next| document.prose.headings[next].run.text.as_str()) {
            Some(next) => [format!("boven ‘{next}’"), format!("above ‘{next}’")],
            None => ["onderaan".to_owned(), "at the end".to_owned()],
        };
        let help = if section.help.is_empty() { String::new() } else { format!(" {}", section.help) };
        let hint = [
            format!("Zet {} een regel ‘{signs} {heading}’, met tekst eronder.{help}", where_to[0]),
            format!("Put a line ‘{signs} {heading}’ {}, with text under it.{help}", where_to[1]),
        ];
        if section.need == Need::Required {
            desk.tell("regel/sectie-ontbreekt", document.path(), place, message, hint);
        } else {
            desk.advise("regel/sectie-ontbreekt", document.path(), place, message, hint);
        }
    }
}

fn order(document: &Document<'_>, kind: &Kind, of: &[Option<usize>], desk: &mut Desk<'_>) {
    let headings = &document.prose.headings;
    let mut seen: Vec<usize> = Vec::new();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (at, of) in of.iter().enumerate().filter_map(|(at, of)| Some((at, (*of)?))) {
        let section = &kind.sections[of];
        let heading = &headings[at];
        if seen.contains(&of) {
            let message = [
                format!("De kop ‘{}’ staat er twee keer.", section.heading),
                format!("The heading ‘{}’ stands here a second time.", section.heading),
            ];
            let hint = [
                "Voeg de twee stukken samen onder één kop.".to_owned(),
                "Put both parts under one heading.".to_owned(),
            ];
            desk.tell("regel/sectie-volgorde", document.path(), heading.at.clone(), message, hint);
            continue;
        }
        seen.push(of);
        if heading.level != level(section) {
            let signs = "#".repeat(usize::from(level(section)));
            let message = [
                format!("De kop ‘{}’ heeft het verkeerde niveau.", section.heading),
                format!("The heading ‘{}’ is of the wrong level.", section.heading),
            ];
            let hint = [
                format!("Schrijf hem met {} hekjes: ‘{signs} {}’.", level(section), section.heading),
                format!("Write it with {} signs: ‘{signs} {}’.", level(section), section.heading),
            ];
            desk.tell("regel/sectie-volgorde", document.path(), heading.at.clone(), message, hint);
        }
        places.push((at, of));
    }
    let kept = longest_rising(&places.iter().map(|(_, of)| *of).collect::<Vec<_>>());
    let moved = places.iter().enumerate().filter(|(place, _)| !kept.contains(place));
    for (at, of) in moved.map(|(_, moved)| moved) {
        let heading = &headings[*at];
        let before = kept.iter().rev().map(|kept| places[*kept].1).find(|kept| kept < of);
        let name = &kind.sections[*of].heading;
        let message = [
            format!("De kop ‘{name}’ staat niet op zijn plaats."),
            format!("The heading ‘{name}’ is out of its place."),
        ];
        let hint = match before.map(|before| &kind.sections[before].heading) {
            Some(before) => [
                format!("Zet hem, met de tekst eronder, na het stuk ‘{before}’."),
                format!("Move it, with the text under it, behind ‘{before}’."),
            ],
            None => [
                "Zet hem, met de tekst eronder, vooraan.".to_owned(),
                "Move it, with the text under it, to the beginning.".to_owned(),
            ],
        };
        desk.tell("regel/sectie-volgorde", document.path(), heading.at.clone(), message, hint);
    }
}

/// Which places of a list to keep so that the rest rises, as many as can be.
fn longest_rising(list: &[usize]) -> Vec<usize> {
    let mut best: Vec<Vec<usize>> = Vec::new();
    for (at, value) in list.iter().enumerate() {
        let before = best.iter().filter(|path| path.last().is_none_or(|last| list[*last] < *value));
        // Of equals the first: what comes later is what was misplaced.
        let mut path = before.rev().max_by_key(|path| path.len()).cloned().unwrap_or_default();
        path.push(at);
        best.push(path);
    }
    best.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

fn long(document: &Document<'_>, kind: &Kind, of: &[Option<usize>], desk: &mut Desk<'_>) {
    let headings = &document.prose.headings;
    for (at, heading) in headings.iter().enumerate() {
        let Some(section) = of[at].map(|of| &kind.sections[of]).filter(|section| section.max_words > 0)
        else {
            continue;
        };
        let next = of[at + 1..].iter().position(Option::is_some).map(|next| at + 1 + next);
        let end = next.map_or(document.text.len(), |next| headings[next].at.start).min(end_of(document, at));
        let blocks = document.prose.blocks.iter();
        let inside = blocks.filter(|block| {
            block.what != What::Other && heading.at.end <= block.at.start && block.at.start < end
        });
        let count: usize = inside.map(|block| super::sentences::word_count(&block.run.text)).sum();
        if count <= section.max_words {
            continue;
        }
        let message = [
            format!("‘{}’ heeft {count} woorden; {} is het meeste.", section.heading, section.max_words),
            format!("‘{}’ has {count} words; {} is the most.", section.heading, section.max_words),
        ];
        let hint = [
            "Kort het in, of zet een deel onder een andere kop.".to_owned(),
            "Make it shorter, or put a part under another heading.".to_owned(),
        ];
        desk.tell("regel/sectie-lang", document.path(), heading.at.clone(), message, hint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_of_place_is_the_least_that_must_move() {
        assert_eq!(longest_rising(&[0, 1, 2]), [0, 1, 2]);
        assert_eq!(longest_rising(&[2, 0, 1]), [1, 2]);
        assert_eq!(longest_rising(&[0, 3, 1, 2]), [0, 2, 3]);
        assert_eq!(longest_rising(&[]), Vec::<usize>::new());
    }
}
