//! Decides where links and images lead. In: a destination as it was written. Out: a URL, what the link is to be
//! remembered for, or a complaint.
//!
//! | written | leads to |
//! |---|---|
//! | `@/blog/post.md#kop` | that page or section |
//! | `@/blog/photo.png` | that file beside a page (dialect 0.23) |
//! | `#kop` | that place of this page |
//! | `photo.png`, `./photo.png` | that file beside this page |
//! | `/path`, `../path`, `tel:…` | as written |
//! | `https://…` | as written, and remembered |

use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::LinkType;
use pulldown_cmark_escape::{escape_href, escape_html};

use super::markdown::Text;
use super::{ExternalLink, InternalLink};
use crate::base::Diagnostic;
use crate::model::config::{LinkLevel, Markdown};

/// What is remembered of the links of a text.
#[derive(Default)]
pub(super) struct Links {
    pub(super) internal: Vec<InternalLink>,
    pub(super) external: Vec<ExternalLink>,
}

/// Where a destination leads.
pub(super) enum Lead {
    /// As written.
    AsWritten,
    /// To this URL.
    To(String),
}

/// Finds out where a destination leads.
pub(super) fn lead(
    kind: LinkType,
    destination: &str,
    range: &Range<usize>,
    text: &Text<'_>,
    links: &mut Links,
    complaints: &mut Vec<Diagnostic>,
) -> Lead {
    if kind == LinkType::Email {
        return Lead::AsWritten;
    }
    if let Some(path) = destination.strip_prefix("@/") {
        return internal(path, destination, range, text, links, complaints);
    }
    if is_beside(destination) {
        return Lead::To(format!("{}{destination}", text.source.permalink));
    }
    if is_external(destination) {
        links.external.push(ExternalLink { url: destination.to_owned(), at: text.offset(range) });
        return Lead::AsWritten;
    }
    match destination.strip_prefix('#') {
        None | Some("") => Lead::AsWritten,
        Some(anchor) => {
            if !text.source.relative.is_empty() {
                let (target, anchor) = (text.source.relative.to_owned(), Some(anchor.to_owned()));
                links.internal.push(InternalLink { target, anchor, at: text.offset(range) });
            }
            Lead::To(format!("{}{destination}", text.source.permalink))
        }
    }
}

/// Whether a destination is on another site.
pub(super) fn is_external(destination: &str) -> bool {
    destination.starts_with("http:") || destination.starts_with("https:")
}

/// Whether a destination is a file beside the page: no path from elsewhere, no anchor, and no scheme of a URL.
pub(super) fn is_beside(destination: &str) -> bool {
    let after_name = destination.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
    let has_scheme = after_name.len() < destination.len() && after_name.starts_with(':');
    !(has_scheme || destination.starts_with(['/', '#']) || destination.starts_with(".."))
}

/// Where a path below `content/` leads.
fn internal(
    path: &str,
    destination: &str,
    range: &Range<usize>,
    text: &Text<'_>,
    links: &mut Links,
    complaints: &mut Vec<Diagnostic>,
) -> Lead {
    let mut parts = path.split('#');
    let file = parts.next().unwrap_or("");
    if !text.old
        && let Some(url) = file_beside(file, text)
    {
        return Lead::To(url);
    }
    let anchor = parts.next();
    let target = percent_decode_str(file).decode_utf8_lossy();
    let Some(found) = text.lookup.link(&target) else {
        complaints.push(missing(destination, &target, range, text));
        return Lead::AsWritten;
    };
    if !found.rendered {
        complaints.push(
            text.place(
                Diagnostic::warning("link/unrendered", format!("The link `{destination}` leads to a page that has no place on the site.")),
                text.narrow(range, destination),
            )
            .hint(format!("Visitors will find nothing there. Take `render = false` out of `content/{target}`, or take the link out.")),
        );
    }
    let url =
        anchor.map_or_else(|| found.permalink.clone(), |anchor| format!("{}#{anchor}", found.permalink));
    links.internal.push(InternalLink {
        target: target.into_owned(),
        anchor: anchor.map(str::to_owned),
        at: text.offset(range),
    });
    Lead::To(url)
}

/// The URL of a file beside content: below the URL of its owner in the language of the text, else in the default language.
fn file_beside(path: &str, text: &Text<'_>) -> Option<String> {
    if path.ends_with(".md") {
        return None;
    }
    let (owner, rest) = text.lookup.colocated(path)?;
    let url = |relative: &str| text.lookup.link(relative).map(|target| target.permalink);
    let translated = (text.source.lang != text.config.default_language)
        .then(|| owner.strip_suffix(".md"))
        .flatten()
        .and_then(|stem| url(&format!("{stem}.{}.md", text.source.lang)));
    Some(translated.or_else(|| url(&owner))? + &rest)
}

/// The complaint about a link that leads nowhere.
fn missing(destination: &str, target: &str, range: &Range<usize>, text: &Text<'_>) -> Diagnostic {
    let message = format!("The link `{destination}` leads nowhere: there is no `content/{target}`.");
    let complaint = match text.config.link_checker.internal_level {
        LinkLevel::Error => Diagnostic::error("link/missing", message),
        LinkLevel::Warn => Diagnostic::warning("link/missing", message),
    };
    let complaint = text.place(complaint, text.narrow(range, destination));
    let stem = target.strip_suffix(".md").unwrap_or(target).trim_end_matches('/');
    let near = [format!("{stem}.md"), format!("{stem}/index.md"), format!("{stem}/_index.md")];
    match near.iter().find(|near| *near != target && text.lookup.link(near).is_some()) {
        Some(near) => complaint.hint(format!("There is a `content/{near}`: write `@/{near}`.")),
        None if target.ends_with(".md") => complaint.hint(
            "Compare the folder and the name of the file with what is in `content/`, capitals too. A section's file is `_index.md`.",
        ),
        None => complaint.hint(
            "A link to a page names its file, as in `@/blog/post.md`; a link to another file names one beside a page, as in `@/blog/photo.png`.",
        ),
    }
}

/// The complaint about a link without a destination.
pub(super) fn empty(range: &Range<usize>, text: &Text<'_>) -> Diagnostic {
    text.place(Diagnostic::error("link/empty", "This link says no address."), Some(range.clone()))
        .hint("Write the address between the round brackets, as in `[text](https://example.org/)`.")
}

/// Whether links to other sites get more than an address.
pub(super) fn has_decorations(markdown: &Markdown) -> bool {
    markdown.external_links_target_blank
        || markdown.external_links_no_follow
        || markdown.external_links_no_referrer
        || markdown.external_links_external
        || markdown.external_links_class.is_some()
}

/// The opening tag of a link to another site.
pub(super) fn external_tag(destination: &str, title: &str, markdown: &Markdown) -> String {
    let mut tag = String::from("<a ");
    if let Some(class) = &markdown.external_links_class {
        tag.push_str(&format!("class=\"{class}\" "));
    }
    let relations: Vec<_> = [
        (markdown.external_links_target_blank, "noopener"),
        (markdown.external_links_no_follow, "nofollow"),
        (markdown.external_links_no_referrer, "noreferrer"),
        (markdown.external_links_external, "external"),
    ]
    .iter()
    .filter_map(|(wanted, relation)| wanted.then_some(*relation))
    .collect();
    if !relations.is_empty() {
        tag.push_str(&format!("rel=\"{}\" ", relations.join(" ")));
    }
    if markdown.external_links_target_blank {
        tag.push_str("target=\"_blank\" ");
    }
    // Writing to a string does not fail.
    if !title.is_empty() {
        tag.push_str("title=\"");
        let _ = escape_html(&mut tag, title);
        tag.push_str("\" ");
    }
    tag.push_str("href=\"");
    let _ = escape_href(&mut tag, destination);
    tag.push_str("\">");
    tag
}

/// An image.
pub(super) struct Image {
    pub(super) url: String,
    pub(super) title: String,
    /// What is said for those who do not see it, so far.
    pub(super) alt: String,
    /// How many images within it are open: Markdown allows that, HTML does not. Their words join the outermost's.
    pub(super) inner: usize,
}

impl Image {
    /// The element.
    pub(super) fn html(&self, lazy: bool) -> String {
        let mut html = String::from("<img src=\"");
        // Writing to a string does not fail.
        let _ = escape_href(&mut html, &self.url);
        html.push_str("\" alt=\"");
        let _ = escape_html(&mut html, &self.alt);
        html.push('"');
        if !self.title.is_empty() {
            html.push_str(" title=\"");
            let _ = escape_html(&mut html, &self.title);
            html.push('"');
        }
        html.push_str(if lazy { " loading=\"lazy\" decoding=\"async\" />" } else { " />" });
        html
    }
}

#[cfg(test)]
mod tests {
    use super::is_beside;

    #[test]
    fn files_beside() {
        for link in ["./a.md", "a.md", "a/b.js", "?q", "é:x", ":x", "www.example.org", ""] {
            assert!(is_beside(link), "{link}");
        }
        for link in ["/a", "//cdn", "../a", "..", "#a", "https://x", "tel:1", "a-b:c", "1:", "C:\\x"] {
            assert!(!is_beside(link), "{link}");
        }
    }
}
