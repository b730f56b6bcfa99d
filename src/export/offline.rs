//! A site that can be read without a server, from a folder on a disk. In: an output and where the site stands. Out: the
//! same output with addresses that lead from file to file.
//!
//! What a server does is done beforehand: an address that ends in a folder names the `index.html` in it. What is not among
//! the files leads to where the site stands. What browsers refuse for files on a disk goes: checks of sums and of hosts, and
//! the policy, which knows no files.

use std::ops::Range;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use url::Url;

use crate::model::mark;

use super::markup::{self, Attribute, Tag};

/// Where a site stands, and what it has.
pub struct Offline<'a> {
    base: Url,
    has: &'a dyn Fn(&str) -> bool,
}

/// What a path must not hold as it is.
const IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b':');

/// Whether an output is of use without a server.
pub fn is_wanted(path: &str, has: &dyn Fn(&str) -> bool) -> bool {
    let compressed = path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz")).is_some_and(has);
    let of_server = ["_headers", "_redirects", "headers.nginx.conf", "headers.Caddyfile", "robots.txt"];
    // Browsers let no page fetch a file from a disk.
    let of_search = path.strip_prefix(mark::FOLDER).is_some_and(|below| below.starts_with('/'));
    !compressed
        && !of_search
        && !of_server.contains(&path)
        && !path.split('/').any(|part| part.starts_with('.'))
}

impl<'a> Offline<'a> {
    /// A site at an address; `has` knows whether there is an output of a path. None when the address is none.
    pub fn new(base_url: &str, has: &'a dyn Fn(&str) -> bool) -> Option<Self> {
        let base = Url::parse(&format!("{}/", base_url.trim_end_matches('/'))).ok()?;
        Some(Offline { base, has })
    }

    /// An output as it is read from a folder.
    pub fn output(&self, path: &str, bytes: Vec<u8>) -> Vec<u8> {
        let is =
            |ending: &str| path.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(ending));
        match String::from_utf8(bytes) {
            Ok(text) if is("html") => self.page(path, &text).into_bytes(),
            Ok(text) if is("css") => self.style(path, &self.url_of(path), &text).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        }
    }

    /// A page.
    fn page(&self, path: &str, html: &str) -> String {
        let tags = markup::tags(html);
        let base = tags.iter().find(|tag| tag.is("base")).and_then(|tag| tag.value("href"));
        let at = self.url_of(path);
        let at = base.and_then(|base| at.join(&base).ok()).unwrap_or(at);
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for tag in &tags {
            if tag.is("base") || (tag.is("meta") && tag.has_word("http-equiv", "content-security-policy")) {
                edits.push((tag.at.clone(), String::new()));
                continue;
            }
            for attribute in &tag.attributes {
                edits.extend(self.attribute(path, &at, tag, attribute));
            }
            if let Some(text) = tag.text.clone().filter(|_| tag.is("style")) {
                edits.push((text.clone(), self.style(path, &at, &html[text])));
            }
        }
        edited(html, edits)
    }

    fn attribute(
        &self,
        path: &str,
        at: &Url,
        tag: &Tag<'_>,
        attribute: &Attribute<'_>,
    ) -> Option<(Range<usize>, String)> {
        const ONE: [&str; 6] = ["href", "src", "poster", "data", "action", "formaction"];
        if attribute.is("integrity") || attribute.is("crossorigin") {
            return Some((attribute.at.clone(), String::new()));
        }
        let value = attribute.value();
        let fresh = if ONE.iter().any(|name| attribute.is(name)) {
            // Where a page properly stands is no way to go.
            let proper = ["canonical", "alternate", "shortlink"].iter().any(|word| tag.has_word("rel", word));
            if tag.is("link") && proper {
                return None;
            }
            self.address(path, at, value.trim())?
        } else if attribute.is("srcset") || attribute.is("imagesrcset") {
            self.addresses(path, at, &value)
        } else if attribute.is("style") {
            self.style(path, at, &value)
        } else if attribute.is("content") && tag.has_word("http-equiv", "refresh") {
            let (wait, to) =
                value.split_once(['=']).filter(|(wait, _)| wait.to_ascii_lowercase().contains("url"))?;
            format!("{wait}={}", self.address(path, at, to.trim().trim_matches(['\'', '"']))?)
        } else {
            return None;
        };
        (fresh != value).then(|| (attribute.value_at.clone(), format!("\"{}\"", markup::escaped(&fresh))))
    }

    /// Several addresses, each with a size behind it.
    fn addresses(&self, path: &str, at: &Url, value: &str) -> String {
        let one = |part: &str| {
            let part = part.trim();
            let (address, size) = part.split_once(' ').map_or((part, ""), |(address, size)| (address, size));
            let fresh = self.address(path, at, address).unwrap_or_else(|| address.to_owned());
            if size.is_empty() { fresh } else { format!("{fresh} {size}") }
        };
        value.split(", ").map(one).collect::<Vec<_>>().join(", ")
    }

    /// A style sheet with its addresses.
    fn style(&self, path: &str, at: &Url, css: &str) -> String {
        let mut edits = Vec::new();
        for (mark, ends) in [("url(", ")"), ("@import \"", "\""), ("@import '", "'")] {
            for (found, _) in css.match_indices(mark) {
                let start = found + mark.len();
                let Some(end) = css[start..].find(ends).map(|end| start + end) else { continue };
                let written = css[start..end].trim();
                let bare = written.trim_matches(['"', '\'']);
                let Some(fresh) = self.address(path, at, bare) else { continue };
                let quoted = if mark == "url(" { format!("\"{fresh}\"") } else { fresh };
                edits.push((start..end, quoted));
            }
        }
        edits.sort_by_key(|(at, _)| at.start);
        edited(css, edits)
    }

    /// An address as it leads from a file; none when it may stay as it is.
    fn address(&self, path: &str, at: &Url, address: &str) -> Option<String> {
        if address.is_empty() || address.starts_with('#') {
            return None;
        }
        let url = at.join(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let elsewhere = || (Url::parse(address).is_err()).then(|| url.to_string());
        if url.origin() != self.base.origin() {
            return elsewhere();
        }
        let Some(below) =
            url.path().strip_prefix(self.base.path()).or_else(|| self.is_base(&url).then_some(""))
        else {
            return elsewhere();
        };
        let below = percent_decode_str(below).decode_utf8_lossy().into_owned();
        let inside = format!(
            "{}index.html",
            if below.is_empty() || below.ends_with('/') { below.clone() } else { format!("{below}/") }
        );
        let target = [below, inside].into_iter().find(|file| !file.is_empty() && (self.has)(file));
        let Some(target) = target else { return elsewhere() };
        let mut way = way(path, &target);
        if let Some(query) = url.query().filter(|_| target.ends_with(".html")) {
            way += &format!("?{query}");
        }
        if let Some(fragment) = url.fragment() {
            way += &format!("#{fragment}");
        }
        Some(way)
    }

    /// Whether it is where the site stands, without the slash at the end.
    fn is_base(&self, url: &Url) -> bool {
        self.base.path().strip_suffix('/') == Some(url.path())
    }

    /// Where an output stands.
    fn url_of(&self, path: &str) -> Url {
        let path = utf8_percent_encode(path, IN_PATHS).to_string();
        self.base.join(&path).unwrap_or_else(|_| self.base.clone())
    }
}

/// The way from one file to another.
fn way(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let folders = from.len().min(to.len()) - 1;
    let shared = (0..folders).take_while(|at| from[*at] == to[*at]).count();
    let up = "../".repeat(from.len() - 1 - shared);
    let down: Vec<String> =
        to[shared..].iter().map(|part| utf8_percent_encode(part, IN_PATHS).to_string()).collect();
    format!("{up}{}", down.join("/"))
}

/// A text with pieces of it changed; they stand in order and do not touch.
fn edited(text: &str, edits: Vec<(Range<usize>, String)>) -> String {
    let mut made = String::with_capacity(text.len());
    let mut done = 0;
    for (at, fresh) in edits {
        if at.start < done {
            continue;
        }
        made += &text[done..at.start];
        made += &fresh;
        done = at.end;
    }
    made + &text[done..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(path: &str, text: &str) -> String {
        let files = [
            "index.html",
            "a/index.html",
            "a/b/index.html",
            "a/é é.pdf",
            "css/site.css",
            "css/f.woff2",
            "img.png",
        ];
        let has = |path: &str| files.contains(&path);
        let offline = Offline::new("https://e.org/sub", &has).unwrap();
        String::from_utf8(offline.output(path, text.as_bytes().to_vec())).unwrap()
    }

    #[test]
    fn every_address_leads_to_a_file_or_to_where_the_site_stands() {
        for (address, expected) in [
            ("/sub/", "../index.html"),
            ("https://e.org/sub", "../index.html"),
            ("https://e.org/sub/a/b/?x=1&amp;y=2#z", "b/index.html?x=1&amp;y=2#z"),
            ("b/", "b/index.html"),
            ("..", "../index.html"),
            ("./#hier", "index.html#hier"),
            ("/sub/css/site.css?h=abc", "../css/site.css"),
            ("%C3%A9%20%C3%A9.pdf", "%C3%A9%20%C3%A9.pdf"),
            // Not there, or not of the site.
            ("/sub/weg/", "https://e.org/sub/weg/"),
            ("/elders/", "https://e.org/elders/"),
            ("https://elders.example/", "https://elders.example/"),
            ("mailto:a@b.example", "mailto:a@b.example"),
            ("#hier", "#hier"),
            ("", ""),
            ("https://[", "https://["),
        ] {
            let made = rewritten("a/index.html", &format!("<a class=x href=\"{address}\">"));
            assert_eq!(made, format!("<a class=x href=\"{expected}\">"), "{address}");
        }
    }

    #[test]
    fn what_browsers_refuse_for_files_goes() {
        for (html, expected) in [
            (
                "<meta charset=utf-8><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"><p>",
                "<meta charset=utf-8><p>",
            ),
            (
                "<link rel=stylesheet integrity=sha-x crossorigin href=/sub/css/site.css>",
                "<link rel=stylesheet href=\"css/site.css\">",
            ),
            ("<base href=/sub/a/><a href=b/>", "<a href=\"a/b/index.html\">"),
            (
                "<link rel=canonical href=https://e.org/sub/a/>",
                "<link rel=canonical href=https://e.org/sub/a/>",
            ),
            (
                "<img srcset='/sub/img.png 1x, /sub/weg.png 2x'>",
                "<img srcset=\"img.png 1x, https://e.org/sub/weg.png 2x\">",
            ),
            (
                "<meta http-equiv=refresh content='0; url=/sub/a/'>",
                "<meta http-equiv=refresh content=\"0; url=a/index.html\">",
            ),
            (
                "<style>p{background:url('/sub/img.png')}</style>",
                "<style>p{background:url(\"img.png\")}</style>",
            ),
            ("<script>a = '<a href=\"/sub/\">'</script>", "<script>a = '<a href=\"/sub/\">'</script>"),
        ] {
            assert_eq!(rewritten("index.html", html), expected);
        }
    }

    #[test]
    fn style_sheets() {
        assert_eq!(
            rewritten(
                "css/site.css",
                "@import '/sub/css/site.css';a{b:url(f.woff2)}c{d:url(data:x,y)}e{f:url(\"/sub/img.png\")}"
            ),
            "@import 'site.css';a{b:url(\"f.woff2\")}c{d:url(data:x,y)}e{f:url(\"../img.png\")}"
        );
    }

    #[test]
    fn what_servers_need_stays_behind() {
        let has = |path: &str| path == "a.css";
        assert!(is_wanted("a.css", &has) && is_wanted("bundel.gz", &has) && is_wanted("a/_headers", &has));
        assert!(!is_wanted("a.css.br", &has) && !is_wanted("_headers", &has) && !is_wanted(".git/x", &has));
    }
}
