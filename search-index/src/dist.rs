//! What browsers run, built and committed, so that whoever builds a site needs nothing for it. Out: the three files with names
//! of their content. `build` makes them anew from `wasm/`, `js/` and this crate; `dist/SOURCES` says from which sources they
//! were made, and a test compares.

/// A built file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// Its name below the folder of the index.
    pub name: String,
    /// What it holds.
    pub bytes: &'static [u8],
}

/// The module that pages import.
pub fn client() -> Embedded {
    embedded("client", "js", include_bytes!("../dist/client.js"))
}

/// The script of the worker.
pub fn worker() -> Embedded {
    embedded("worker", "js", include_bytes!("../dist/worker.js"))
}

/// The reader for an index in a language, packed: that for Dutch and English is smaller than the one for all languages.
pub fn reader(language: &str) -> Embedded {
    match language {
        "nl" | "en" => embedded("reader", "bin", include_bytes!("../dist/reader.bin")),
        _ => embedded("reader-all", "bin", include_bytes!("../dist/reader-all.bin")),
    }
}

fn embedded(name: &str, ending: &str, bytes: &'static [u8]) -> Embedded {
    Embedded { name: format!("{name}-{:016x}.{ending}", xxhash_rust::xxh3::xxh3_64(bytes)), bytes }
}
