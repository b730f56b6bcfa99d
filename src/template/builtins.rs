//! The templates that every site has, unless it or its theme has one of the same name. In: nothing. Out: their names and
//! texts, and what stands in for a template that nobody has written.

use super::value::{Context, Field};
use crate::model::Dialect;

/// The built-in templates of a dialect: name and text. `__zola_builtins/` stands before each name but
/// `internal/alias.html`.
pub fn builtins(dialect: Dialect) -> impl Iterator<Item = (&'static str, &'static str)> {
    let own = move |name: &str| {
        OLD.iter().find(|(known, _)| dialect.is_old() && *known == name).map(|(_, text)| *text)
    };
    BUILTINS.iter().map(move |(name, text)| {
        let text = own(name).unwrap_or(text);
        (*name, if dialect.is_old() { without_comment(text) } else { text })
    })
}

/// A template without the comment at its beginning: Tera 1 leaves the blank line behind one.
fn without_comment(text: &'static str) -> &'static str {
    text.split_once("-#}").map_or(text, |(_, rest)| rest.trim_start())
}

/// Those that dialect 0.22 has otherwise: `or` gives yes or no there, and dates with fractions keep them.
const OLD: [(&str, &str); 2] =
    [("atom.xml", include_str!("builtins/old/atom.xml")), ("rss.xml", include_str!("builtins/old/rss.xml"))];

/// Those of dialect 0.23.
const BUILTINS: &[(&str, &str)] = &[
    ("404.html", include_str!("builtins/404.html")),
    ("atom.xml", include_str!("builtins/atom.xml")),
    ("rss.xml", include_str!("builtins/rss.xml")),
    ("sitemap.xml", include_str!("builtins/sitemap.xml")),
    ("split_sitemap_index.xml", include_str!("builtins/split_sitemap_index.xml")),
    ("robots.txt", include_str!("builtins/robots.txt")),
    (ANCHOR_LINK, include_str!("builtins/anchor-link.html")),
    ("summary-cutoff.html", include_str!("builtins/summary-cutoff.html")),
    ("internal/alias.html", include_str!("builtins/internal/alias.html")),
    (SAME_REDIRECT, include_str!("builtins/internal/redirect.html")),
    (WELCOME, include_str!("builtins/internal/welcome.html")),
];

/// The template for the link of a heading to itself.
pub const ANCHOR_LINK: &str = "anchor-link.html";

/// What the built-in [`ANCHOR_LINK`] makes of an id, for ids in which nothing is escaped, as nearly all are: it runs for every
/// heading of a site.
pub fn anchor_link(context: &Context) -> Option<String> {
    let plain =
        |id: &str| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    context.parts.iter().find_map(|(name, field)| match field {
        Field::Text(id) if *name == "id" && plain(id) => Some(format!(
            "<a class=\"zola-anchor\" href=\"#{id}\" aria-label=\"Anchor link for: {id}\">🔗</a>",
            id = id.as_str()
        )),
        _ => None,
    })
}

/// The template of a page that leads elsewhere by a script that is the same on all such pages.
pub const SAME_REDIRECT: &str = "internal/redirect.html";

/// The template that stands in for one of the five that every site needs.
pub const WELCOME: &str = "internal/welcome.html";

/// What [`WELCOME`] shows when `template` is missing; none when nothing stands in for it and its absence is an error.
pub fn welcome(template: &str) -> Option<Context> {
    let chapter = match template {
        "index.html" | "section.html" => "pages-sections/#section-variables",
        "page.html" => "pages-sections/#page-variables",
        "single.html" | "list.html" => "taxonomies/",
        _ => return None,
    };
    let manual = format!("https://www.getzola.org/documentation/templates/{chapter}");
    Some(vec![("filename", template.into()), ("url", Field::Text(manual.into()))].into())
}

#[cfg(test)]
mod tests;
