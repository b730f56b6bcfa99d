//! What in a page the policy is about. In: the tags of a page and the rules of the site. Out: what the policy must know by
//! its sum, and what it will block, with the words that stand in the page, so that the place can be found where they come from.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::export::markup::{Attribute, Tag};
use crate::model::mark;
use crate::model::security::{Inline, InlineKind, Security};

/// What a scan found.
#[derive(Debug, Default)]
pub struct Found {
    /// What the policy must know by its sum, each once, in order.
    pub inline: Vec<Inline>,
    /// What it blocks, each once, in order.
    pub blocked: Vec<Blocked>,
}

/// Something that the policy blocks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blocked {
    /// The stable name of what is wrong.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub hint: String,
    /// The words in the page.
    pub words: String,
}

/// Looks through a page.
pub fn scan(html: &str, tags: &[Tag<'_>], rules: &Security, base_url: &str) -> Found {
    let mut inline = BTreeSet::new();
    let mut blocked = Vec::new();
    for tag in tags {
        inline.extend(text_of(html, tag));
        for attribute in &tag.attributes {
            match style_of_markdown(tag, attribute) {
                Some(style) => {
                    inline.insert(style);
                }
                None => blocked.extend(by_itself(attribute)),
            }
        }
        blocked.extend(elsewhere(tag, rules, base_url));
    }
    let mut seen = BTreeSet::new();
    blocked.retain(|told| seen.insert((told.code, told.message.clone())));
    Found { inline: inline.into_iter().collect(), blocked }
}

/// A script or a style sheet in the page itself.
fn text_of(html: &str, tag: &Tag<'_>) -> Option<Inline> {
    let text = &html[tag.text.clone()?];
    let kind = if tag.is("style") {
        InlineKind::Style
    } else if tag.is("script") && tag.attribute("src").is_none() && is_run(tag) {
        InlineKind::Script
    } else {
        return None;
    };
    let waits = mark::is_in(text.as_bytes()).then(|| text.to_owned());
    (!text.is_empty()).then(|| Inline { kind, sum: sum(text), waits })
}

/// Whether browsers run a script: all but those that are data, such as what search engines read.
fn is_run(tag: &Tag<'_>) -> bool {
    let Some(kind) = tag.value("type") else { return true };
    let kind = kind.trim().to_ascii_lowercase();
    matches!(kind.as_str(), "" | "module" | "importmap" | "speculationrules") || kind.ends_with("javascript")
}

/// The side to which a column of a table goes, which Markdown can say in no other way.
fn style_of_markdown(tag: &Tag<'_>, attribute: &Attribute<'_>) -> Option<Inline> {
    let value = attribute.value();
    let is_side = ["left", "center", "right"].iter().any(|side| {
        value.strip_prefix("text-align:").is_some_and(|rest| rest.trim().trim_end_matches(';') == *side)
    });
    ((tag.is("td") || tag.is("th")) && attribute.is("style") && is_side).then(|| Inline {
        kind: InlineKind::StyleAttribute,
        sum: sum(&value),
        waits: None,
    })
}

/// The SHA-256 of a text, as base64.
pub fn sum(text: &str) -> String {
    // Browsers count the lines of a page in line feeds.
    BASE64_STANDARD.encode(Sha256::digest(text.replace("\r\n", "\n").replace('\r', "\n")))
}

/// What an attribute has in itself: a script, or style.
fn by_itself(attribute: &Attribute<'_>) -> Option<Blocked> {
    let name = attribute.name.to_ascii_lowercase();
    let value = attribute.value();
    let words = if attribute.raw.is_empty() { attribute.name } else { attribute.raw }.to_owned();
    let script: String =
        value.chars().filter(|sign| !sign.is_ascii_control() && *sign != ' ').take(11).collect();
    if name.starts_with("on") && name.len() > 4 && name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        Some(Blocked {
            code: "security/handler",
            message: format!(
                "The attribute `{name}` runs a script, which browsers refuse under the security policy of this site."
            ),
            hint: "Put the script in a file, and let it listen with `addEventListener`.".to_owned(),
            words,
        })
    } else if name == "style" && !value.trim().is_empty() {
        Some(Blocked {
            code: "security/style",
            message: "An attribute `style` is passed over by browsers under the security policy of this site.".to_owned(),
            hint: "Give the element a class, and put the style in a style sheet. For the colours of code, write `style = \"class\"` below `[markdown.highlighting]`.".to_owned(),
            words,
        })
    } else if script.eq_ignore_ascii_case("javascript:") {
        Some(Blocked {
            code: "security/script-address",
            message: format!(
                "The `{name}` that begins with `javascript:` runs a script, which browsers refuse under the security policy of this site."
            ),
            hint: "Make it a `<button>`, and let a script in a file listen to it.".to_owned(),
            words,
        })
    } else {
        None
    }
}

/// What a tag loads, by the list that would allow it: what people call it, the key of the list, and the list.
type Wanted<'r> = (&'static str, &'static str, &'r [String]);

/// What a tag loads from another host.
fn elsewhere(tag: &Tag<'_>, rules: &Security, base_url: &str) -> Vec<Blocked> {
    let Some(wanted) = wanted(tag, rules) else { return Vec::new() };
    let names = ["src", "srcset", "href", "imagesrcset", "poster", "data", "action"];
    let loads = |attribute: &&Attribute<'_>| {
        names.iter().any(|name| attribute.is(name)) && (attribute.is("href") == tag.is("link"))
    };
    let attributes = tag.attributes.iter().filter(loads);
    attributes
        .flat_map(|attribute| {
            addresses(attribute).into_iter().filter_map(|url| refused(&url, wanted, base_url))
        })
        .collect()
}

fn wanted<'r>(tag: &Tag<'_>, rules: &'r Security) -> Option<Wanted<'r>> {
    let scripts: Wanted<'r> = ("script", "allow_scripts", &rules.scripts);
    let styles: Wanted<'r> = ("style sheet", "allow_styles", &rules.styles);
    let images: Wanted<'r> = ("image", "allow_images", &rules.images);
    let fonts: Wanted<'r> = ("font", "allow_fonts", &rules.fonts);
    let media: Wanted<'r> = ("recording", "allow_media", &rules.media);
    let name = tag.name.to_ascii_lowercase();
    let link = |word: &str| tag.has_word("rel", word);
    let kind = tag.value("as").unwrap_or_default().to_ascii_lowercase();
    Some(match name.as_str() {
        "script" => scripts,
        "img" | "input" => images,
        // Inside of a picture, it has no `src`.
        "source" if tag.attribute("srcset").is_some() => images,
        "source" | "audio" | "track" | "video" => media,
        "iframe" | "embed" | "object" | "frame" => {
            ("page or object inside the page", "allow_frames", &rules.frames)
        }
        "form" => ("form that is sent", "allow_forms", &rules.forms),
        "link" if link("stylesheet") => styles,
        "link" if link("icon") || link("apple-touch-icon") || link("mask-icon") => images,
        "link" if link("modulepreload") => scripts,
        "link" if link("preload") => match kind.as_str() {
            "font" => fonts,
            "style" => styles,
            "script" => scripts,
            "image" => images,
            _ => return None,
        },
        _ => return None,
    })
}

/// The addresses in an attribute: one, or for several sizes one each.
fn addresses(attribute: &Attribute<'_>) -> Vec<String> {
    let value = attribute.value();
    if !(attribute.is("srcset") || attribute.is("imagesrcset")) {
        return vec![value.trim().to_owned()];
    }
    let first = |part: &str| part.split_ascii_whitespace().next().map(str::to_owned);
    value.split(", ").flat_map(|part| part.split(",h")).filter_map(first).collect()
}

fn refused(address: &str, (what, key, allowed): Wanted<'_>, base_url: &str) -> Option<Blocked> {
    let page = url::Url::parse(base_url).ok()?;
    let url = page.join(address).ok()?;
    let is_ours = url.origin() == page.origin() || url.scheme() == "data";
    if is_ours
        || !matches!(url.scheme(), "http" | "https")
        || allowed.iter().any(|source| matches(source, &url))
    {
        return None;
    }
    let origin = url.origin().ascii_serialization();
    Some(Blocked {
        code: "security/elsewhere",
        message: format!(
            "A {what} from {origin} is refused by browsers under the security policy of this site."
        ),
        hint: format!(
            "Put a copy of it in the site itself, which tells nobody who reads the page. Else write `{key} = [\"{origin}\"]` below `[extra.praktijk.security]`."
        ),
        words: address.to_owned(),
    })
}

/// Whether a source of the settings covers an address.
fn matches(source: &str, url: &url::Url) -> bool {
    let Some(rest) = source.strip_prefix("https://") else { return false };
    let (host, path) = rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path));
    let named = url.port().map_or_else(
        || url.host_str().unwrap_or_default().to_owned(),
        |port| format!("{}:{port}", url.host_str().unwrap_or_default()),
    );
    let host_fits = match host.strip_prefix('*') {
        Some(end) => named.ends_with(end),
        None => named == host,
    };
    let below = url.path().trim_start_matches('/');
    host_fits && (path.is_empty() || below == path || (path.ends_with('/') && below.starts_with(path)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::markup;

    fn found(html: &str, rules: &Security) -> Found {
        scan(html, &markup::tags(html), rules, "https://e.org/plek/")
    }

    /// The code and the words of each thing that is blocked.
    fn blocked(html: &str) -> Vec<(&'static str, String)> {
        found(html, &Security::default()).blocked.into_iter().map(|told| (told.code, told.words)).collect()
    }

    #[test]
    fn what_will_be_blocked_is_found_however_it_is_written() {
        for (html, code, words) in [
            ("<button onclick='doe()'>", "security/handler", "doe()"),
            ("<body ONLOAD>", "security/handler", "ONLOAD"),
            ("<p style=color:red>", "security/style", "color:red"),
            ("<p style=\"text-align: right\">", "security/style", "text-align: right"),
            ("<a href=\" JAVA&Tab;script:doe()\">", "security/script-address", " JAVA&Tab;script:doe()"),
            ("<script src=//cdn.example/a.js></script>", "security/elsewhere", "//cdn.example/a.js"),
            ("<link rel='Preload' as=font href=http://e.org/a>", "security/elsewhere", "http://e.org/a"),
            (
                "<link rel=stylesheet href=https://f.example/a.css>",
                "security/elsewhere",
                "https://f.example/a.css",
            ),
            (
                "<img srcset='/a.png 1x, https://i.example/b.png 2x'>",
                "security/elsewhere",
                "https://i.example/b.png",
            ),
            ("<iframe src=https://film.example/1></iframe>", "security/elsewhere", "https://film.example/1"),
        ] {
            assert_eq!(blocked(html), [(code, words.to_owned())], "{html}");
        }
    }

    #[test]
    fn what_is_allowed_passes() {
        for html in [
            "<a href=https://elders.example>x</a><link rel=canonical href=https://elders.example/>",
            "<img src=/a.png><img src=b.png><img src=https://e.org/c.png><img src=data:image/png;base64,AA>",
            "<p once=1 on=2 data-onclick=3 style=''><a href=mailto:a@b.example>",
            "<link rel=preconnect href=https://elders.example>",
            "<!-- <p onclick=x> --><title><p onclick=x></title>",
        ] {
            assert_eq!(blocked(html), [], "{html}");
        }
        let mut rules =
            Security { images: vec!["https://*.kaart.example".to_owned()], ..Security::default() };
        let map = "<img src=https://a.kaart.example/1.png>";
        assert!(found(map, &rules).blocked.is_empty());
        rules.images = vec!["https://a.kaart.example/tegels/".to_owned()];
        assert_eq!(found(map, &rules).blocked.len(), 1);
    }

    #[test]
    fn the_same_is_told_once() {
        assert_eq!(
            blocked("<p style=a><p style=b><img src=https://i.example/1><img src=https://i.example/2>").len(),
            2
        );
    }

    #[test]
    fn what_stands_in_the_page_is_known_by_the_sum_browsers_make() {
        let html = "<script>alert('Hello, world.');</script><script type=application/ld+json>{}</script><script src=a>x</script>\
                    <script type=module>a\r\nb</script><style></style><td style=\"text-align: right\"><th STYLE='text-align: right'>";
        let inline = found(html, &Security::default()).inline;
        let kinds: Vec<InlineKind> = inline.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [InlineKind::Script, InlineKind::Script, InlineKind::StyleAttribute]);
        // The example of the specification.
        assert!(inline.iter().any(|one| one.sum == "qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="));
        assert!(inline.iter().any(|one| one.sum == sum("a\nb")));
    }
}
