//! Whether images and links say what they are. In: the text of a file. Out: complaints of `beeld-zonder-alt` and
//! `linktekst`.

use std::ops::Range;

use super::desk::Desk;
use super::document::Document;
use super::prose::INSERTED;

/// Texts of links that say nothing of where they lead.
const EMPTY: [&str; 40] = [
    "hier",
    "klik hier",
    "klik",
    "deze link",
    "link",
    "via deze link",
    "deze pagina",
    "pagina",
    "lees meer",
    "lees verder",
    "lees hier meer",
    "lees hier verder",
    "meer lezen",
    "meer",
    "meer info",
    "meer informatie",
    "meer weten",
    "verder lezen",
    "bekijk",
    "bekijk hier",
    "kijk hier",
    "zie hier",
    "website",
    "site",
    "de website",
    "download",
    "download hier",
    "dit",
    "deze",
    "verder",
    "ga verder",
    "here",
    "click here",
    "read more",
    "more",
    "this link",
    "this page",
    "learn more",
    "this",
    "more information",
];

/// Checks images and links.
pub(super) fn check(document: &Document<'_>, desk: &mut Desk<'_>) {
    for image in &document.prose.images {
        if image.alt.trim().is_empty() {
            no_alt(document, image.at.clone(), desk);
        } else if is_file_name(&image.alt) {
            let message = [
                format!("De beschrijving van dit beeld is een bestandsnaam: ‘{}’.", image.alt.trim()),
                format!("The description of this image is the name of a file: ‘{}’.", image.alt.trim()),
            ];
            let hint = [
                "Schrijf tussen de vierkante haken wat er op het beeld te zien is.".to_owned(),
                "Write between the square brackets what the image shows.".to_owned(),
            ];
            desk.tell("regel/beeld-zonder-alt", document.path(), image.at.clone(), message, hint);
        }
    }
    for html in &document.prose.html {
        for at in images_in_html(&document.text, html) {
            no_alt(document, at, desk);
        }
    }
    for link in &document.prose.links {
        let text = link.text.trim().trim_end_matches(['.', '>', '»', '→', '…', ':', '!']).trim_end();
        let plain = text.to_lowercase();
        if link.bare || is_url(text) {
            bare(document, link.at.clone(), &link.to, desk);
        } else if EMPTY.contains(&plain.as_str()) {
            let message = [
                format!("De linktekst ‘{text}’ zegt niet waar de link naartoe gaat."),
                format!("The text ‘{text}’ does not say where the link leads."),
            ];
            let hint = [
                "Maak van de woorden die zeggen wat de lezer vindt de linktekst: ‘Lees [het rapport over wonen](…)’.".to_owned(),
                "Make the words that say what the reader finds the text of the link.".to_owned(),
            ];
            desk.tell("regel/linktekst", document.path(), link.at.clone(), message, hint);
        } else if text.is_empty() && !link.has_image && !link.text.contains(INSERTED) {
            let message = ["Deze link heeft geen tekst.".to_owned(), "This link has no text.".to_owned()];
            let hint = [
                "Schrijf tussen de vierkante haken wat de lezer vindt.".to_owned(),
                "Write between the square brackets what the reader finds.".to_owned(),
            ];
            desk.tell("regel/linktekst", document.path(), link.at.clone(), message, hint);
        }
    }
    loose(document, desk);
}

fn no_alt(document: &Document<'_>, at: Range<usize>, desk: &mut Desk<'_>) {
    let message = [
        "Dit beeld heeft geen beschrijving voor wie het niet ziet.".to_owned(),
        "This image has no description for whoever cannot see it.".to_owned(),
    ];
    let hint = [
        "Schrijf tussen de vierkante haken wat er te zien is: ![Twee collega's aan een tafel](team.jpg)."
            .to_owned(),
        "Write between the square brackets what it shows: ![Two colleagues at a table](team.jpg).".to_owned(),
    ];
    desk.tell("regel/beeld-zonder-alt", document.path(), at, message, hint);
}

fn bare(document: &Document<'_>, at: Range<usize>, to: &str, desk: &mut Desk<'_>) {
    // A mail address has a rule of its own.
    if to.starts_with("mailto:") || to.starts_with("tel:") {
        return;
    }
    let message = ["Hier staat een kaal webadres.".to_owned(), "Here stands a bare address.".to_owned()];
    let hint = [
        format!("Zet er woorden voor die zeggen wat het is: [de website van de organisatie]({to})."),
        format!("Put words to it that say what it is: [the site of the organisation]({to})."),
    ];
    desk.tell("regel/linktekst", document.path(), at, message, hint);
}

/// Addresses in running text that are no links.
fn loose(document: &Document<'_>, desk: &mut Desk<'_>) {
    let blocks = document.prose.blocks.iter().filter(|block| block.is_prose());
    for block in blocks {
        let text = &block.run.text;
        for mark in ["https://", "http://", "www."] {
            for (at, _) in text.match_indices(mark) {
                let before = text[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || "/.@".contains(c)) {
                    continue;
                }
                let end = text[at..]
                    .find(|c: char| c.is_whitespace() || "<>\"”’)".contains(c))
                    .map_or(text.len(), |end| at + end);
                let address = text[at..end].trim_end_matches(['.', ',', ';', ':', '?', '!']);
                let place = block.run.place(at..at + address.len());
                let in_link = document.prose.apart.iter().any(|apart| super::prose::within(&place, apart));
                if in_link || address.len() < mark.len() + 3 {
                    continue;
                }
                let to = if mark == "www." { format!("https://{address}") } else { address.to_owned() };
                bare(document, place, &to, desk);
            }
        }
    }
}

fn is_url(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www."))
        && !text.contains(char::is_whitespace)
}

fn is_file_name(alt: &str) -> bool {
    let alt = alt.trim().to_lowercase();
    !alt.contains(' ')
        && [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"]
            .iter()
            .any(|ending| alt.ends_with(ending))
}

/// The images in HTML that have no `alt` at all. An empty one says that the image is ornament.
fn images_in_html(text: &str, html: &Range<usize>) -> Vec<Range<usize>> {
    let inside = &text[html.clone()];
    let mut found = Vec::new();
    for (at, _) in inside.match_indices("<img") {
        let end = inside[at..].find('>').map_or(inside.len(), |end| at + end + 1);
        let tag = &inside[at..end];
        let named = tag
            .split(|c: char| c.is_whitespace() || c == '"')
            .any(|part| part == "alt" || part.starts_with("alt="));
        if tag[4..].starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/') && !named {
            found.push(html.start + at..html.start + end);
        }
    }
    found
}
