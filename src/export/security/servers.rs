//! What web servers should say with every answer. In: the rules of the site, where it stands, and what its pages have in
//! themselves. Out: a file for each server that reads one. The same headers everywhere, each in its own words.
//!
//! Nothing here can be more than a default: a file of the same name in `static/` goes before it.

use super::policy;
use crate::model::security::{Inline, Security};

/// A file for web servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Server {
    /// Netlify, Cloudflare Pages and others that read `_headers`.
    Hosts,
    /// nginx: to be included in a `server` block.
    Nginx,
    /// Caddy: to be imported in the block of a site.
    Caddy,
}

/// Every file there is.
pub const SERVERS: [Server; 3] = [Server::Hosts, Server::Nginx, Server::Caddy];

/// Where files stand whose name changes with what is in them: they may be kept for a year.
const NAMED_BY_CONTENT: [&str; 1] = ["processed_images/"];
/// The same for those of a search index, which not every site has.
const INDEX: [&str; 1] = ["zoekindex/"];
/// For those files.
const FOR_A_YEAR: &str = "public, max-age=31536000, immutable";
/// For all others: kept, but asked for each time whether they are still the same.
const ASK_EACH_TIME: &str = "public, max-age=0, must-revalidate";
/// What no page of a static site needs.
const NO_POWERS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), \
                         geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), \
                         publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()";

impl Server {
    /// Its name in the output folder.
    pub fn file_name(self) -> &'static str {
        match self {
            Server::Hosts => "_headers",
            Server::Nginx => "headers.nginx.conf",
            Server::Caddy => "headers.Caddyfile",
        }
    }
}

/// The text of a file. `has_index` says whether the site has a search index of our own.
pub fn file(server: Server, rules: &Security, inline: &[Inline], base_url: &str, has_index: bool) -> String {
    let headers = headers(rules, inline, base_url);
    let base = base_path(base_url);
    let of_index = if has_index { INDEX.as_slice() } else { &[] };
    let folders = [NAMED_BY_CONTENT.as_slice(), of_index].concat();
    match server {
        Server::Hosts => hosts(&headers, &base, &folders),
        Server::Nginx => nginx(&headers, &base, &folders),
        Server::Caddy => caddy(&headers, &base, &folders),
    }
}

fn headers(rules: &Security, inline: &[Inline], base_url: &str) -> Vec<(&'static str, String)> {
    let text = |name, value: &str| (name, value.to_owned());
    let mut headers = vec![
        ("Content-Security-Policy", policy::of_site(rules, inline)),
        text("Cross-Origin-Opener-Policy", "same-origin"),
        text("Permissions-Policy", NO_POWERS),
        text("Referrer-Policy", "no-referrer"),
        text("X-Content-Type-Options", "nosniff"),
    ];
    if base_url.starts_with("https://") {
        headers.push(text("Strict-Transport-Security", "max-age=31536000"));
    }
    if rules.embedding.is_empty() {
        headers.push(text("X-Frame-Options", "DENY"));
    }
    headers
}

/// The path at which the site stands, with a slash at both ends.
fn base_path(base_url: &str) -> String {
    let path = url::Url::parse(base_url).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned());
    if path.ends_with('/') { path } else { format!("{path}/") }
}

/// Hosts put the values of all blocks that fit behind one another, so only one may say how long to keep a file. What no
/// block says is asked for each time.
fn hosts(headers: &[(&str, String)], base: &str, folders: &[&str]) -> String {
    let mut text = format!("{base}*\n");
    headers.iter().for_each(|(name, value)| text += &format!("  {name}: {value}\n"));
    for folder in folders {
        text += &format!("{base}{folder}*\n  Cache-Control: {FOR_A_YEAR}\n");
    }
    text
}

fn nginx(headers: &[(&str, String)], base: &str, folders: &[&str]) -> String {
    let mut text = String::from(
        "# For nginx: `include` this file in the `server` block of the site. A `location` with an `add_header` of its own\n\
         # loses all headers from here; include the file there too. With files that were compressed beforehand, add\n\
         # `gzip_static on;`.\n",
    );
    text += &format!("set $site_cache \"{ASK_EACH_TIME}\";\n");
    for folder in folders {
        let path = format!("{base}{folder}").replace('.', "\\.");
        text += &format!("if ($uri ~ \"^{path}\") {{ set $site_cache \"{FOR_A_YEAR}\"; }}\n");
    }
    text += &format!(
        "if ($arg_h) {{ set $site_cache \"{FOR_A_YEAR}\"; }}\nadd_header Cache-Control $site_cache always;\n"
    );
    headers.iter().for_each(|(name, value)| text += &format!("add_header {name} \"{value}\" always;\n"));
    text
}

fn caddy(headers: &[(&str, String)], base: &str, folders: &[&str]) -> String {
    let paths: Vec<String> = folders.iter().map(|folder| format!("{base}{folder}*")).collect();
    let mut text = format!(
        "# For Caddy: `import` this file in the block of the site. With files that were compressed beforehand, write\n\
         # `file_server {{ precompressed br gzip }}`.\n\
         @named_by_content path {}\n@named_by_query query h=*\n\
         header @named_by_content Cache-Control \"{FOR_A_YEAR}\"\nheader @named_by_query Cache-Control \"{FOR_A_YEAR}\"\n\
         header {{\n\t?Cache-Control \"{ASK_EACH_TIME}\"\n",
        paths.join(" ")
    );
    headers.iter().for_each(|(name, value)| text += &format!("\t{name} \"{value}\"\n"));
    text + "}\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_server_is_told_the_same() {
        let base_url = "https://www.voorbeeld.example/plat.form";
        for server in SERVERS {
            let text = file(server, &Security::default(), &[], base_url, true);
            for (name, value) in headers(&Security::default(), &[], base_url) {
                let line = text.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}"));
                assert!(line.contains(&value), "{line}");
            }
            assert!(
                text.contains("plat.form/processed_images/")
                    || text.contains("/plat\\.form/processed_images/")
            );
            assert!(text.contains("zoekindex/"));
            assert!(!file(server, &Security::default(), &[], base_url, false).contains("zoekindex"));
            assert!(text.contains("max-age=31536000, immutable"));
            assert!(!text.contains("unsafe-inline"));
        }
    }

    #[test]
    fn a_site_without_https_does_not_ask_for_it_and_one_that_may_be_embedded_says_so_in_one_way_only() {
        let rules = Security { embedding: vec!["https://ouder.example".to_owned()], ..Security::default() };
        let text = file(Server::Hosts, &rules, &[], "http://localhost:1111", false);
        assert!(!text.contains("Strict-Transport-Security"));
        assert!(!text.contains("X-Frame-Options") && text.contains("frame-ancestors https://ouder.example"));
        assert!(text.starts_with("/*\n  Content-Security-Policy: default-src 'none'; "));
    }
}
