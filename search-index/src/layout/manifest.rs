//! What is fetched first. In: what a writer knows. Out: one file with all that every query needs and a map of the rest: the
//! parts of tantivy's files that are read when an index is opened, the first term of every chunk, and a few bytes a page.

use super::bytes::{Broken, Put, Take};
use crate::document::{Concept, Facet, Name};

/// What is fetched first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// The language.
    pub language: String,
    /// What the words of a text were, when this was written; see `Analyser::fingerprint`.
    pub fingerprint: u64,
    /// The facets.
    pub facets: Vec<Facet>,
    /// Names of the same thing.
    pub concepts: Vec<Concept>,
    /// The index, and over it a newer one of the pages that changed, if somebody is editing.
    pub layers: Vec<Layer>,
    /// Files that came with this one, because the site is small.
    pub bundled: Vec<(String, Vec<u8>)>,
}

/// One index of tantivy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// The folder of its files.
    pub folder: String,
    /// What its files have in their head.
    pub index: u64,
    /// Its pages.
    pub pages: Vec<PageRow>,
    /// Pages of it that newer layers have anew or that are gone.
    pub hidden: Vec<usize>,
    /// `meta.json` of tantivy.
    pub meta: Vec<u8>,
    /// The files of tantivy.
    pub files: Vec<TantivyFile>,
    /// The chunks, in the order of their terms.
    pub chunks: Vec<ChunkRow>,
}

/// What ranking needs to know of a page before it has its fragment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageRow {
    /// How many units it has. Its documents are itself and they, one after the other.
    pub units: u32,
    /// How many words its title has, 15 at most.
    pub title_words: u8,
    /// How long it is: the binary logarithm of its words, twice, so that steps are of 40 %; 31 at most.
    pub length: u8,
    /// Its weight among other pages, in hundredths.
    pub weight: u16,
}

/// A file of tantivy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TantivyFile {
    /// The end of its name: `term`, `idx`.
    pub ending: String,
    /// How long it is.
    pub length: u64,
    /// What of it is here: where, and what.
    pub hot: Vec<(u64, Vec<u8>)>,
    /// Where in it the first chunk begins.
    pub chunks_from: u64,
}

/// A chunk: consecutive terms of the dictionary, their postings, and apart from those their positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChunkRow {
    /// Its first term.
    pub first: Vec<u8>,
    /// How many bytes of the dictionary it holds.
    pub terms: u32,
    /// How many bytes of postings.
    pub postings: u32,
    /// How many bytes of positions, in their own file.
    pub positions: u32,
}

impl Manifest {
    /// Its bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut put = Put::default();
        put.text(&self.language);
        put.0.extend_from_slice(&self.fingerprint.to_le_bytes());
        put.count(self.facets.len());
        for facet in &self.facets {
            put.text(&facet.name);
            put.text(&facet.label);
            put.count(facet.values.len());
            for (value, label) in &facet.values {
                put.text(value);
                put.text(label);
            }
        }
        put.count(self.concepts.len());
        for concept in &self.concepts {
            put.count(concept.names.len());
            for name in &concept.names {
                put.text(&name.text);
                put.count(usize::from(name.as_written));
            }
        }
        put.count(self.layers.len());
        self.layers.iter().for_each(|layer| layer.write(&mut put));
        put.count(self.bundled.len());
        for (name, bytes) in &self.bundled {
            put.text(name);
            put.bytes(bytes);
        }
        put.0
    }

    /// A manifest.
    pub fn read(bytes: &[u8]) -> Result<Manifest, Broken> {
        let mut take = Take(bytes);
        let manifest = Manifest {
            language: take.text()?,
            fingerprint: fixed(&mut take)?,
            facets: take.many(|take| {
                Ok(Facet {
                    name: take.text()?,
                    label: take.text()?,
                    values: take.many(|take| Ok((take.text()?, take.text()?)))?,
                })
            })?,
            concepts: take.many(|take| {
                let name =
                    |take: &mut Take<'_>| Ok(Name { text: take.text()?, as_written: take.number()? != 0 });
                Ok(Concept { names: take.many(name)? })
            })?,
            layers: take.many(Layer::read)?,
            bundled: take.many(|take| Ok((take.text()?, take.bytes()?.to_vec())))?,
        };
        take.end()?;
        Ok(manifest)
    }
}

impl Layer {
    fn write(&self, put: &mut Put) {
        put.text(&self.folder);
        put.0.extend_from_slice(&self.index.to_le_bytes());
        put.count(self.pages.len());
        // By columns, because like stands beside like and packs better.
        self.pages.iter().for_each(|page| put.number(u64::from(page.units)));
        self.pages.iter().for_each(|page| put.0.push(page.title_words));
        self.pages.iter().for_each(|page| put.0.push(page.length));
        self.pages.iter().for_each(|page| put.number(u64::from(page.weight)));
        put.count(self.hidden.len());
        self.hidden.iter().for_each(|page| put.count(*page));
        put.bytes(&self.meta);
        put.count(self.files.len());
        for file in &self.files {
            put.text(&file.ending);
            put.number(file.length);
            put.number(file.chunks_from);
            put.count(file.hot.len());
            for (at, bytes) in &file.hot {
                put.number(*at);
                put.bytes(bytes);
            }
        }
        put.count(self.chunks.len());
        let mut before: &[u8] = &[];
        for chunk in &self.chunks {
            let same = before.iter().zip(&chunk.first).take_while(|(a, b)| a == b).count();
            put.count(same);
            put.bytes(&chunk.first[same..]);
            before = &chunk.first;
        }
        for size in [
            |chunk: &ChunkRow| chunk.terms,
            |chunk: &ChunkRow| chunk.postings,
            |chunk: &ChunkRow| chunk.positions,
        ] {
            self.chunks.iter().for_each(|chunk| put.number(u64::from(size(chunk))));
        }
    }

    fn read(take: &mut Take<'_>) -> Result<Layer, Broken> {
        let folder = take.text()?;
        let index = fixed(take)?;
        let mut pages = vec![PageRow::default(); take.count()?];
        for page in &mut pages {
            page.units = u32::try_from(take.number()?).ok().filter(|units| *units < 1 << 20).ok_or(Broken)?;
        }
        for page in &mut pages {
            page.title_words = take.byte()?;
        }
        for page in &mut pages {
            page.length = take.byte()?;
        }
        for page in &mut pages {
            page.weight = u16::try_from(take.number()?).map_err(|_| Broken)?;
        }
        let hidden = take.many(Take::size)?;
        if hidden.iter().any(|page| *page >= pages.len()) {
            return Err(Broken);
        }
        let meta = take.bytes()?.to_vec();
        let files = take.many(|take| {
            Ok(TantivyFile {
                ending: take.text()?,
                length: take.number()?,
                chunks_from: take.number()?,
                hot: take.many(|take| Ok((take.number()?, take.bytes()?.to_vec())))?,
            })
        })?;
        let mut before: Vec<u8> = Vec::new();
        let mut chunks = take.many(|take| {
            let same = take.size()?;
            if same > before.len() {
                return Err(Broken);
            }
            before.truncate(same);
            before.extend_from_slice(take.bytes()?);
            Ok(ChunkRow { first: before.clone(), ..ChunkRow::default() })
        })?;
        for chunk in &mut chunks {
            chunk.terms = u32::try_from(take.number()?).map_err(|_| Broken)?;
        }
        for chunk in &mut chunks {
            chunk.postings = u32::try_from(take.number()?).map_err(|_| Broken)?;
        }
        for chunk in &mut chunks {
            chunk.positions = u32::try_from(take.number()?).map_err(|_| Broken)?;
        }
        Ok(Layer { folder, index, pages, hidden, meta, files, chunks })
    }
}

fn fixed(take: &mut Take<'_>) -> Result<u64, Broken> {
    take.exactly(8)?.try_into().map(u64::from_le_bytes).map_err(|_| Broken)
}
