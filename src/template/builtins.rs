//! The templates that every site has, unless it or its theme has one of the same name. In: nothing. Out: their names and
//! texts, and what stands in for a template that nobody has written.

use super::value::{Context, Field};

/// Name and text. `__zola_builtins/` stands before each name but `internal/alias.html`.
pub const BUILTINS: &[(&str, &str)] = &[
    ("404.html", include_str!("builtins/404.html")),
    ("atom.xml", include_str!("builtins/atom.xml")),
    ("rss.xml", include_str!("builtins/rss.xml")),
    ("sitemap.xml", include_str!("builtins/sitemap.xml")),
    ("split_sitemap_index.xml", include_str!("builtins/split_sitemap_index.xml")),
    ("robots.txt", include_str!("builtins/robots.txt")),
    ("anchor-link.html", include_str!("builtins/anchor-link.html")),
    ("summary-cutoff.html", include_str!("builtins/summary-cutoff.html")),
    ("internal/alias.html", include_str!("builtins/internal/alias.html")),
    (WELCOME, include_str!("builtins/internal/welcome.html")),
];

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
