//! Which pages nothing leads to, and which files nothing uses. In: the whole site and the text of every file of it. Out:
//! complaints of `wees` and `bestand-ongebruikt`.
//!
//! What a template makes of a site is not known here, so every name that stands anywhere in a file counts as a use of it.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use super::Given;
use super::desk::Desk;
use super::document::Document;
use super::site::Index;
use crate::base::SourcePath;
use crate::model::SortBy;
use crate::model::kind::Holds;
use crate::parse::placed::Table;

/// Files that browsers and servers ask for by themselves.
const ASKED_FOR: [&str; 16] = [
    "favicon.ico",
    "favicon.svg",
    "favicon.png",
    "robots.txt",
    "humans.txt",
    "security.txt",
    "CNAME",
    ".nojekyll",
    ".htaccess",
    "_headers",
    "_redirects",
    "404.html",
    "site.webmanifest",
    "manifest.json",
    "browserconfig.xml",
    ".gitkeep",
];

/// Endings of files that are read and not looked at.
const TEXTS: [&str; 15] = [
    "md", "html", "toml", "scss", "sass", "css", "js", "mjs", "json", "xml", "svg", "txt", "yaml", "yml",
    "csv",
];

/// Checks the whole site.
pub(super) fn check(given: &Given<'_>, documents: &[Document<'_>], index: &Index<'_>, desk: &mut Desk<'_>) {
    let texts = texts(given);
    orphans(given, documents, index, &texts, desk);
    unused(given, &texts, desk);
}

/// The text of every file that may name others.
fn texts(given: &Given<'_>) -> Vec<(SourcePath, String)> {
    let readable =
        given.files.iter().filter(|path| path.extension().is_some_and(|ending| TEXTS.contains(&ending)));
    let read = |path: &SourcePath| {
        let bytes = (given.read)(path)?;
        Some((path.clone(), String::from_utf8_lossy(&bytes).into_owned()))
    };
    readable.filter_map(read).collect()
}

fn orphans(
    given: &Given<'_>,
    documents: &[Document<'_>],
    index: &Index<'_>,
    texts: &[(SourcePath, String)],
    desk: &mut Desk<'_>,
) {
    let listed = listed(given);
    let named = named(documents, index);
    for document in documents.iter().filter(|document| document.is_page) {
        let relative = document.file.relative.as_str();
        if listed.contains(relative) || named.contains(relative) {
            continue;
        }
        let link = format!("@/{relative}");
        let url = document.url_path.trim_end_matches('/');
        let short = relative.trim_end_matches(".md");
        let linked = texts.iter().filter(|(path, _)| path != document.path()).any(|(_, text)| {
            text.contains(&link)
                || text.contains(&format!("\"{relative}\""))
                || text.contains(&format!("\"{short}\""))
                || !url.is_empty()
                    && ["/\"", "/)", "/#", "\"", ")", "#", "'"]
                        .iter()
                        .any(|end| text.contains(&format!("{url}{end}")))
        });
        if linked {
            continue;
        }
        let message = [
            "Er leidt geen weg naar deze pagina: geen lijst en geen link.".to_owned(),
            "Nothing leads to this page: no list and no link.".to_owned(),
        ];
        let hint = [
            format!("Zet op een andere pagina een link: [tekst]({link}). Of haal deze pagina weg."),
            format!("Put a link on another page: [text]({link}). Or take this page away."),
        ];
        desk.tell("regel/wees", document.path(), document.front.fence.clone(), message, hint);
    }
}

/// The pages that a section lists. Nearly no front page lists the pages right below it, so the root counts only when it
/// says in which order.
fn listed<'s>(given: &Given<'s>) -> HashSet<&'s str> {
    let mut listed = HashSet::new();
    for section in &given.site.sections {
        let matter = &section.parsed.matter;
        if section.is_root() && matter.sort_by == SortBy::None && matter.paginate_by.is_none() {
            continue;
        }
        listed.extend(section.pages.iter().map(|id| given.site.page(*id).parsed.file.relative.as_str()));
    }
    for page in &given.site.pages {
        // A page without an output needs no way to it; one with terms is listed by them.
        let has_terms = page.parsed.matter.taxonomies.iter().any(|(_, terms)| !terms.is_empty());
        if !page.parsed.matter.render || has_terms {
            listed.insert(page.parsed.file.relative.as_str());
        }
    }
    listed
}

/// The pages that the relations of others name.
fn named<'i>(documents: &[Document<'_>], index: &Index<'i>) -> HashSet<&'i str> {
    let mut named = HashSet::new();
    for document in documents {
        let Some(kind) = document.kind else { continue };
        for field in kind.fields.iter().filter(|field| field.holds == Holds::Relation) {
            let Some(entry) = document.entry(&field.name) else { continue };
            let texts = entry.value.items().iter().filter_map(|item| item.as_text());
            named.extend(texts.filter_map(|text| index.find(&document.file.lang, &field.to, text)));
        }
    }
    named
}

fn unused(given: &Given<'_>, texts: &[(SourcePath, String)], desk: &mut Desk<'_>) {
    // One pass over all words of all texts is far cheaper than one pass per file.
    let mut words: BTreeSet<&str> = BTreeSet::new();
    for (_, text) in texts {
        words.extend(
            text.split(|c: char| c.is_whitespace() || "\"'`()[]{}<>,;=/\\?#|".contains(c))
                .filter(|word| word.contains('.')),
        );
    }
    for path in &given.files {
        let name = path.file_name();
        let below = path.below("static").or_else(|| path.below("content"));
        let Some(below) = below.filter(|_| path.extension() != Some("md")) else { continue };
        let kept = desk
            .settings
            .kept_files
            .iter()
            .any(|kept| path.as_str().starts_with(kept.as_str()) || below.starts_with(kept.as_str()));
        let asked = ASKED_FOR.contains(&name)
            || name.starts_with("apple-touch-icon")
            || below.contains(".well-known/")
            || path.as_str().contains("/_");
        if kept || asked || ignored(given, path, below) || is_named(name, &words, texts) {
            continue;
        }
        let message = [
            format!("Niets verwijst naar het bestand ‘{below}’, en toch komt het op de site."),
            format!("Nothing refers to the file ‘{below}’, yet it becomes part of the site."),
        ];
        let hint = [
            "Verwijs ernaar vanaf een pagina, of haal het bestand weg.".to_owned(),
            "Refer to it from a page, or take the file away.".to_owned(),
        ];
        desk.tell_of_file("regel/bestand-ongebruikt", path, message, hint);
    }
}

fn ignored(given: &Given<'_>, path: &SourcePath, below: &str) -> bool {
    if path.below("static").is_some() {
        given.config.ignored_static.is_match(below)
    } else {
        given.config.ignored_content.is_match(path.as_str())
    }
}

/// Whether a file is named anywhere: as it is called, with its signs written as URLs have them, or by a name of which a
/// template makes the rest.
fn is_named(name: &str, words: &BTreeSet<&str>, texts: &[(SourcePath, String)]) -> bool {
    if words.contains(name) || words.iter().any(|word| word.trim_end_matches(['.', ':', '!', '?']) == name) {
        return true;
    }
    let odd = name.contains(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)));
    let encoded = name.replace(' ', "%20");
    odd && texts.iter().any(|(_, text)| text.contains(name) || text.contains(&encoded))
        || is_made(name, texts)
}

/// Whether a template makes the name out of its stem: `get_url(path="img/" ~ name ~ ".svg")`.
fn is_made(name: &str, texts: &[(SourcePath, String)]) -> bool {
    let Some((stem, ending)) =
        Path::new(name).file_stem().and_then(|stem| stem.to_str()).zip(name.rsplit('.').next())
    else {
        return false;
    };
    let templates = || texts.iter().filter(|(path, _)| path.as_str().contains("templates/"));
    let ends = format!("\".{ending}\"");
    let quoted = [format!("\"{stem}\""), format!("'{stem}'")];
    templates().any(|(_, text)| text.contains(&ends))
        && texts.iter().any(|(_, text)| quoted.iter().any(|quoted| text.contains(quoted.as_str())))
}

/// Every text in a table, at any depth.
pub(super) fn strings(table: &Table) -> Vec<(&str, &crate::parse::placed::Value, &str)> {
    use crate::parse::placed::{Is, Value};
    fn inside<'t>(key: &'t str, value: &'t Value, out: &mut Vec<(&'t str, &'t Value, &'t str)>) {
        match &value.is {
            Is::Text(text) => out.push((key, value, text)),
            Is::List(items) => items.iter().for_each(|item| inside(key, item, out)),
            Is::Table(table) => table.entries.iter().for_each(|entry| inside(&entry.key, &entry.value, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    for entry in &table.entries {
        inside(&entry.key, &entry.value, &mut out);
    }
    out
}
