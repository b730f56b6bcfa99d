//! A whole index; and, while somebody is editing, a small one over it. In: pages. Out: files. The small index holds the pages
//! that changed; those of the big one that it replaces are hidden. So a page is found anew without indexing all the others.

use std::collections::HashMap;

use xxhash_rust::xxh3::Xxh3;

use super::cut::{Cut, cut};
use super::segment::Segment;
use super::tokens::{self, Names};
use super::words::Words;
use super::{Error, File, Index, pack};
use crate::document::{Page, Settings};
use crate::layout::envelope::{Holds, seal};
use crate::layout::manifest::{Layer, Manifest};
use crate::layout::{fragment, spelling};
use crate::read::layer::name;
use crate::text::Analyser;
use crate::text::compounds::Compounds;

/// Sites whose files are no more than this together, packed, come as one file.
const ONE_FILE: usize = 48_000;

/// What a small index needs to know of the big one.
pub struct Base {
    settings: Settings,
    compounds: Compounds,
    layer: Layer,
    pages: HashMap<String, usize>,
}

/// A layer and its files, before they are packed.
struct Written {
    layer: Layer,
    files: Vec<(String, Vec<u8>)>,
}

impl Base {
    /// The index of all pages.
    pub fn write(pages: &[Page], settings: &Settings) -> Result<(Index, Base), Error> {
        let analyser = Analyser::new(&settings.language);
        let mut words = Words::new(&analyser);
        let read: Vec<tokens::ReadPage> =
            pages.iter().map(|page| tokens::read(page, settings, &mut words)).collect();
        let compounds = Compounds::new(&analyser, words.vocabulary());
        let spelling = spelling::write(&words.spelling());
        let written = layer(pages, &read, words, &compounds, &analyser, settings, Some(spelling))?;
        let base = Base {
            settings: settings.clone(),
            compounds,
            layer: written.layer.clone(),
            pages: pages.iter().enumerate().map(|(at, page)| (page.url.clone(), at)).collect(),
        };
        Ok((served(vec![written.layer], written.files, settings, &analyser)?, base))
    }

    /// A small index over this one: pages that changed or are new, and the URLs of those that are gone. Only the files that
    /// this one has not are made.
    pub fn overlay(&self, changed: &[Page], removed: &[String]) -> Result<Index, Error> {
        let analyser = Analyser::new(&self.settings.language);
        let mut words = Words::new(&analyser);
        let read: Vec<tokens::ReadPage> =
            changed.iter().map(|page| tokens::read(page, &self.settings, &mut words)).collect();
        let written = layer(changed, &read, words, &self.compounds, &analyser, &self.settings, None)?;
        let mut below = self.layer.clone();
        let gone = changed.iter().map(|page| &page.url).chain(removed);
        below.hidden = gone.filter_map(|url| self.pages.get(url).copied()).collect();
        below.hidden.sort_unstable();
        served(vec![below, written.layer], written.files, &self.settings, &analyser)
    }
}

fn layer(
    pages: &[Page],
    read: &[tokens::ReadPage],
    mut words: Words<'_>,
    compounds: &Compounds,
    analyser: &Analyser,
    settings: &Settings,
    spelling: Option<Vec<u8>>,
) -> Result<Written, Error> {
    for word in &mut words.words {
        word.parts = compounds.parts(&word.folded).iter().map(|part| analyser.stem(part)).collect();
        word.parts.sort_unstable();
        word.parts.dedup();
        word.parts.retain(|part| *part != word.stem);
    }
    let names = Names::new(&settings.concepts, analyser);
    let mut segment = Segment::new()?;
    for page in read {
        for tokens in tokens::terms(page, &words, &names) {
            segment.add(tokens)?;
        }
    }
    let folder = segment.finish()?;
    let Cut { files, rows, chunks } = cut(&folder)?;
    let mut contents: Vec<(char, usize, Holds, Vec<u8>)> = Vec::new();
    for (number, (chunk, positions)) in chunks.into_iter().enumerate() {
        contents.push(('c', number, Holds::Chunk, chunk));
        contents.push(('p', number, Holds::Positions, positions));
    }
    let fragments =
        pages.iter().enumerate().map(|(at, page)| ('f', at, Holds::Fragment, fragment::write(page)));
    contents.extend(fragments);
    let mut hash = Xxh3::new();
    hash.update(&analyser.fingerprint().to_le_bytes());
    for (_, _, _, bytes) in &contents {
        hash.update(bytes);
    }
    hash.update(spelling.as_deref().unwrap_or_default());
    let index = hash.digest();
    let folder_name = format!("{}-{index:016x}", settings.language);
    let mut sealed: Vec<(String, Vec<u8>)> = contents
        .into_iter()
        .map(|(sign, number, holds, bytes)| (name(&folder_name, sign, number), seal(holds, index, &bytes)))
        .collect();
    if let Some(spelling) = spelling {
        sealed.push((format!("{folder_name}/spelling.bin"), seal(Holds::Spelling, index, &spelling)));
    }
    let layer = Layer {
        folder: folder_name,
        index,
        pages: read.iter().map(|page| page.row).collect(),
        hidden: Vec::new(),
        meta: folder.meta.to_vec(),
        files,
        chunks: rows,
    };
    Ok(Written { layer, files: sealed })
}

fn served(
    layers: Vec<Layer>,
    files: Vec<(String, Vec<u8>)>,
    settings: &Settings,
    analyser: &Analyser,
) -> Result<Index, Error> {
    let mut manifest = Manifest {
        language: settings.language.clone(),
        fingerprint: analyser.fingerprint(),
        facets: settings.facets.clone(),
        concepts: settings.concepts.clone(),
        layers,
        bundled: Vec::new(),
    };
    let mut packed = Vec::with_capacity(files.len() + 1);
    let mut size = 0;
    for (name, bytes) in &files {
        let bytes = pack(bytes)?;
        size += bytes.len();
        packed.push(File { name: name.clone(), bytes });
    }
    if size <= ONE_FILE && manifest.layers.len() == 1 {
        manifest.bundled = files;
        packed.clear();
    }
    let payload = manifest.write();
    let index = xxhash_rust::xxh3::xxh3_64(&payload);
    let manifest = format!("{}-{index:016x}.bin", settings.language);
    packed.push(File { name: manifest.clone(), bytes: pack(&seal(Holds::Manifest, index, &payload))? });
    Ok(Index { manifest, files: packed })
}
