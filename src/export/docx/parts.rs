//! What the library does not write. In: the files of a Word document. Out: the same, with a title and a language among the
//! properties, the language of the text, rows of tables that are headers, and descriptions of pictures;
//! links in an order.

use super::runs::clean;
use crate::export::document::Document;
use crate::export::package::Packed;

/// Completes the files of a Word document. `alts` describe its pictures, in their order.
pub(super) fn complete(files: &mut [Packed], document: &Document, alts: &[String]) {
    for file in files {
        let text = || String::from_utf8_lossy(&file.bytes).into_owned();
        let done = match file.name.as_str() {
            "docProps/core.xml" => properties(document),
            "word/styles.xml" => with_language(&text(), &language(document)),
            "word/document.xml" => described(&header_rows(&text()), alts),
            "word/_rels/document.xml.rels" => sorted(&text()),
            _ => continue,
        };
        file.bytes = done.into_bytes();
    }
}

/// The properties that word processors and search engines read.
fn properties(document: &Document) -> String {
    let date = match document.date {
        Some((year, month, day)) => format!("{year:04}-{month:02}-{day:02}T00:00:00Z"),
        None => "1980-01-01T00:00:00Z".to_owned(),
    };
    let creator =
        if document.authors.is_empty() { document.platform.clone() } else { document.authors.join("; ") };
    let of = |name: &str, text: &str| format!("<{name}>{}</{name}>", escaped(text));
    let day = |name: &str| {
        format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{}</dcterms:{name}>", escaped(&date))
    };
    [
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:dcmitype=\"http://purl.org/dc/dcmitype/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
            .to_owned(),
        of("dc:title", &document.title),
        of("dc:creator", &creator),
        of("dc:description", &document.subtitle),
        of("dc:identifier", &document.url),
        of("dc:language", &language(document)),
        of("cp:version", &document.version),
        day("created"),
        day("modified"),
        "</cp:coreProperties>".to_owned(),
    ]
    .concat()
}

/// The language with a region, which word processors need to check spelling.
fn language(document: &Document) -> String {
    match document.language.as_str() {
        "nl" => "nl-NL".to_owned(),
        "en" => "en-GB".to_owned(),
        other => other.replace('_', "-"),
    }
}

fn with_language(styles: &str, language: &str) -> String {
    let mark = format!("<w:lang w:val=\"{}\" />", escaped(language));
    let end = "</w:rPr></w:rPrDefault>";
    if styles.contains(end) {
        return styles.replacen(end, &format!("{mark}{end}"), 1);
    }
    styles.replacen("<w:rPrDefault><w:rPr />", &format!("<w:rPrDefault><w:rPr>{mark}</w:rPr>"), 1)
}

/// The library writes links in the order of a map that has none.
fn sorted(relations: &str) -> String {
    let mut parts = relations.trim_end_matches("</Relationships>").split("<Relationship ");
    let head = parts.next().unwrap_or_default().to_owned();
    let mut parts: Vec<&str> = parts.collect();
    parts.sort_unstable();
    let parts = parts.iter().map(|part| format!("<Relationship {part}"));
    format!("{head}{}</Relationships>", parts.collect::<String>())
}

/// Only rows of headers are written without properties; in text, `<` is never written as such.
fn header_rows(xml: &str) -> String {
    xml.replace("<w:trPr />", "<w:trPr><w:cantSplit /><w:tblHeader /></w:trPr>")
}

fn described(xml: &str, alts: &[String]) -> String {
    let picture = "<wp:docPr id=\"1\" name=\"Figure\" />";
    let mut parts = xml.split(picture);
    let mut done = parts.next().unwrap_or_default().to_owned();
    for (at, part) in parts.enumerate() {
        let alt = alts.get(at).map_or_else(String::new, |alt| escaped(alt));
        let number = at + 1;
        done.push_str(&format!("<wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"{alt}\" />"));
        done.push_str(part);
    }
    done
}

fn escaped(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
