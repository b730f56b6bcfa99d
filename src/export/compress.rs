//! Compressed copies of outputs, for servers that hand them out as they are. In: the bytes of an output. Out: the same in
//! fewer bytes, or nothing when they would not be fewer. The same bytes every time: no name and no date is in them.

use std::io::Write as _;

/// A way to compress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// What all browsers of today read.
    Brotli,
    /// What every browser reads.
    Gzip,
}

impl Form {
    /// Every one.
    pub const ALL: [Form; 2] = [Form::Brotli, Form::Gzip];

    /// Where the copy of an output stands.
    pub fn path_for(self, path: &str) -> String {
        match self {
            Form::Brotli => format!("{path}.br"),
            Form::Gzip => format!("{path}.gz"),
        }
    }

    /// The copy; none when it would not be smaller.
    pub fn make(self, bytes: &[u8]) -> Option<Vec<u8>> {
        let made = match self {
            Form::Brotli => brotli(bytes),
            Form::Gzip => gzip(bytes),
        }?;
        (made.len() < bytes.len()).then_some(made)
    }
}

/// Whether a file of this name is likely to become smaller: text of some kind, and WebAssembly.
pub fn is_worthwhile(path: &str) -> bool {
    const ENDINGS: [&str; 19] = [
        "html",
        "css",
        "js",
        "mjs",
        "svg",
        "json",
        "geojson",
        "webmanifest",
        "map",
        "xml",
        "atom",
        "rss",
        "txt",
        "csv",
        "ics",
        "md",
        "wasm",
        "toml",
        "yaml",
    ];
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// The best there is takes seconds for more than this many bytes.
const LARGE: usize = 1 << 20;

fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let quality = if bytes.len() < LARGE { 11 } else { 9 };
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, 22);
    writer.write_all(bytes).ok()?;
    Some(writer.into_inner())
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut writer = flate2::GzBuilder::new().mtime(0).write(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).ok()?;
    writer.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn what_would_grow_is_left_alone() {
        for form in Form::ALL {
            assert_eq!(form.make(b""), None);
            assert_eq!(form.make(b"ab"), None);
        }
    }

    #[test]
    fn there_and_back() {
        let text = "Samen werken aan veiligheid. ".repeat(400);
        let brotli = Form::Brotli.make(text.as_bytes()).unwrap();
        let gzip = Form::Gzip.make(text.as_bytes()).unwrap();
        assert_eq!(gzip[4..8], [0; 4], "no date");
        let mut back = String::new();
        flate2::read::GzDecoder::new(gzip.as_slice()).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
        back.clear();
        brotli::Decompressor::new(brotli.as_slice(), 4096).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
        assert!(brotli.len() < gzip.len());
    }

    #[test]
    fn endings() {
        assert!(is_worthwhile("a/index.html") && is_worthwhile("A.SVG"));
        assert!(!is_worthwhile("a.css/b.png") && !is_worthwhile("css") && !is_worthwhile("a.css.br"));
    }
}
