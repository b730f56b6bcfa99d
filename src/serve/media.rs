//! The content type of an output, from its name and, when that says nothing, its first bytes.

/// The value of `Content-Type` for a file of this name that begins with these bytes.
pub(super) fn content_type(name: &str, start: &[u8]) -> String {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let essence = match own(&extension) {
        Some(essence) => essence.to_owned(),
        None => match mime_guess::from_ext(&extension).first_raw() {
            Some(guess) if !extension.is_empty() => guess.to_owned(),
            _ => by_bytes(start).to_owned(),
        },
    };
    if is_text(&essence) { format!("{essence}; charset=utf-8") } else { essence }
}

/// Whether a content type is that of an HTML page.
pub(super) fn is_html(content_type: &str) -> bool {
    content_type.starts_with("text/html")
}

/// Types that the common table lacks or has under an old name.
fn own(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "js" | "mjs" => "text/javascript",
        "xml" | "xsl" => "text/xml",
        "webmanifest" => "application/manifest+json",
        "geojson" => "application/geo+json",
        "map" => "application/json",
        "wasm" => "application/wasm",
        "ics" => "text/calendar",
        "avif" => "image/avif",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "toml" | "yaml" | "yml" | "bib" => "text/plain",
        _ => return None,
    })
}

fn by_bytes(start: &[u8]) -> &'static str {
    let start = &start[..start.len().min(512)];
    let lower = start.trim_ascii_start().to_ascii_lowercase();
    if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
        "text/html"
    } else if !start.is_empty() && !start.contains(&0) && is_utf8_so_far(start) {
        "text/plain"
    } else {
        "application/octet-stream"
    }
}

/// Whether these bytes are text that may have been cut in the middle of a character.
fn is_utf8_so_far(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

fn is_text(essence: &str) -> bool {
    essence.starts_with("text/")
        || essence.ends_with("+json")
        || essence.ends_with("+xml")
        || ["application/json", "application/xml"].contains(&essence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types() {
        for (name, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("a.CSS", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("atom.xml", "text/xml; charset=utf-8"),
            ("a.json", "application/json; charset=utf-8"),
            ("a.svg", "image/svg+xml; charset=utf-8"),
            ("a.ics", "text/calendar; charset=utf-8"),
            ("a.webmanifest", "application/manifest+json; charset=utf-8"),
            ("a.wasm", "application/wasm"),
            ("a.woff2", "font/woff2"),
            ("a.ttf", "font/ttf"),
            ("a.pdf", "application/pdf"),
            ("a.mp4", "video/mp4"),
            ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("a.strange", "application/octet-stream"),
        ] {
            assert_eq!(content_type(name, b"\0"), expected, "{name}");
        }
        assert_eq!(content_type("CNAME", b"a.nl\n"), "text/plain; charset=utf-8");
        assert_eq!(content_type("old", b"<!DOCTYPE html><p>"), "text/html; charset=utf-8");
    }
}
