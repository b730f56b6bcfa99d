//! One index of tantivy: its dictionary, its postings, its pages. In: its part of the manifest and its files as they come.
//! Out: the terms of a stretch of the dictionary, the documents of a term, the texts of a page.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, Mutex};

use tantivy::directory::OwnedBytes;
use tantivy::postings::{BlockSegmentPostings, Postings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Index, InvertedIndexReader, SegmentReader, TERMINATED};

use super::files::{Folder, Pieces, held};
use crate::document::Page;
use crate::layout::manifest::{self, PageRow};

/// One index of tantivy.
pub struct Layer {
    /// The folder of its files.
    pub folder: String,
    /// What its files have in their head.
    pub index: u64,
    /// Its pages.
    pub pages: Vec<PageRow>,
    /// By page: whether a newer layer has it, or it is gone.
    pub hidden: Vec<bool>,
    /// By page: its first document; and at the end how many documents there are.
    pub documents: Vec<u32>,
    inverted: Arc<InvertedIndexReader>,
    terms: Arc<Pieces>,
    postings: Arc<Pieces>,
    positions: Arc<Pieces>,
    /// The first term of each chunk.
    firsts: Vec<Vec<u8>>,
    /// The chunks of terms, and of positions, that a read missed.
    missed: [Arc<Mutex<BTreeSet<usize>>>; 2],
    fragments: BTreeMap<usize, Arc<Page>>,
    missed_fragments: Mutex<BTreeSet<usize>>,
}

/// A term and what tantivy knows of it.
pub type Found = (Vec<u8>, TermInfo);

impl Layer {
    /// Opens an index of which only what the manifest brings is here.
    pub fn open(row: manifest::Layer) -> tantivy::Result<Layer> {
        let missed: [Arc<Mutex<BTreeSet<usize>>>; 2] = Default::default();
        let sizes = |ending: &str| -> Vec<u32> {
            let chunks = row.chunks.iter();
            match ending {
                "term" => chunks.map(|chunk| chunk.terms).collect(),
                "idx" => chunks.map(|chunk| chunk.postings).collect(),
                "pos" => chunks.map(|chunk| chunk.positions).collect(),
                _ => Vec::new(),
            }
        };
        let mut files = BTreeMap::new();
        for file in row.files {
            let mut at = file.chunks_from as usize;
            let mut chunks = Vec::new();
            for size in sizes(&file.ending) {
                let end = at.saturating_add(size as usize);
                chunks.push(at..end);
                at = end;
            }
            let missed = &missed[usize::from(file.ending == "pos")];
            let pieces = Pieces::new(file.length as usize, chunks, missed.clone());
            for (at, bytes) in file.hot {
                pieces.put(at as usize, OwnedBytes::new(bytes));
            }
            files.insert(file.ending, Arc::new(pieces));
        }
        let mut documents = Vec::with_capacity(row.pages.len() + 1);
        let mut next = 0u32;
        for page in &row.pages {
            documents.push(next);
            next = next.saturating_add(page.units + 1);
        }
        documents.push(next);
        let mut hidden = vec![false; row.pages.len()];
        for page in row.hidden {
            if let Some(hidden) = hidden.get_mut(page) {
                *hidden = true;
            }
        }
        let folder = Folder { meta: Arc::new(row.meta), files: Arc::new(files) };
        let file = |ending: &str| {
            folder.files.get(ending).cloned().unwrap_or_else(|| Arc::new(Pieces::whole(Vec::new())))
        };
        Ok(Layer {
            folder: row.folder,
            index: row.index,
            pages: row.pages,
            hidden,
            documents,
            terms: file("term"),
            postings: file("idx"),
            positions: file("pos"),
            inverted: inverted(&folder)?,
            firsts: row.chunks.into_iter().map(|chunk| chunk.first).collect(),
            missed,
            fragments: BTreeMap::new(),
            missed_fragments: Mutex::default(),
        })
    }

    /// The terms from one on to another, without that one. At most `chunks` chunks are read: what lies beyond is left out.
    /// None when something has to be fetched first, which is noted.
    pub fn terms(&self, from: &[u8], to: &[u8], chunks: usize) -> tantivy::Result<Option<Vec<Found>>> {
        let first = self.firsts.partition_point(|first| first.as_slice() <= from).saturating_sub(1);
        let to = match self.firsts.get(first + chunks) {
            Some(limit) if limit.as_slice() < to => limit,
            _ => to,
        };
        let stream = self.inverted.terms().range().ge(from).lt(to).into_stream();
        let mut stream = match stream {
            Ok(stream) => stream,
            Err(missing) if missing.kind() == std::io::ErrorKind::WouldBlock => return Ok(None),
            Err(fault) => return Err(fault.into()),
        };
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.key().to_vec(), stream.value().clone()));
        }
        Ok(Some(found))
    }

    /// Calls `each` with every document of a term and how often it stands there.
    pub fn documents_of(&self, info: &TermInfo, mut each: impl FnMut(u32, u32)) -> tantivy::Result<bool> {
        let read = self.inverted.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs);
        let Some(mut block): Option<BlockSegmentPostings> = here(read)? else { return Ok(false) };
        loop {
            let docs = block.docs();
            if docs.is_empty() {
                return Ok(true);
            }
            for (doc, often) in docs.iter().zip(block.freqs()) {
                if *doc != TERMINATED {
                    each(*doc, *often);
                }
            }
            block.advance();
        }
    }

    /// Calls `each` with every document of a term and where in it the term stands.
    pub fn positions_of(&self, info: &TermInfo, mut each: impl FnMut(u32, &[u32])) -> tantivy::Result<bool> {
        let read = self.inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions);
        let Some(mut postings) = here(read)? else { return Ok(false) };
        let mut positions = Vec::new();
        let mut doc = postings.doc();
        while doc != TERMINATED {
            postings.positions(&mut positions);
            each(doc, &positions);
            doc = postings.advance();
        }
        Ok(true)
    }

    /// Notes that the positions of the terms from one on will be needed, if they are not here.
    pub fn note_positions(&self, from: &[u8]) {
        let chunk = self.firsts.partition_point(|first| first.as_slice() <= from).saturating_sub(1);
        if self.positions.chunk(chunk).is_some_and(|at| !self.positions.has(at.start)) {
            held(&self.missed[1]).insert(chunk);
        }
    }

    /// The texts of a page. None when they have to be fetched first, which is noted.
    pub fn fragment(&self, page: usize) -> Option<Arc<Page>> {
        let found = self.fragments.get(&page).cloned();
        if found.is_none() {
            held(&self.missed_fragments).insert(page);
        }
        found
    }

    /// The page of a document.
    pub fn page_of(&self, document: u32) -> usize {
        self.documents.partition_point(|first| *first <= document).saturating_sub(1)
    }

    /// How many documents there are.
    pub fn document_count(&self) -> usize {
        self.documents.last().map_or(0, |count| *count as usize)
    }

    /// The names of the files that were missed, which are then forgotten.
    pub fn take_missed(&self, names: &mut Vec<String>) {
        let missed = [(&*self.missed[0], 'c'), (&*self.missed[1], 'p'), (&self.missed_fragments, 'f')];
        for (missed, sign) in missed {
            names.extend(
                std::mem::take(&mut *held(missed)).into_iter().map(|number| name(&self.folder, sign, number)),
            );
        }
    }

    /// A chunk has arrived: blocks of the dictionary, and their postings behind them. Tells whether it has the right size.
    pub fn put_chunk(&self, number: usize, bytes: &[u8]) -> bool {
        let (Some(terms), Some(postings)) = (self.terms.chunk(number), self.postings.chunk(number)) else {
            return false;
        };
        if bytes.len() != terms.len() + postings.len() {
            return false;
        }
        let (of_terms, of_postings) = bytes.split_at(terms.len());
        self.terms.put(terms.start, OwnedBytes::new(of_terms.to_vec()));
        self.postings.put(postings.start, OwnedBytes::new(of_postings.to_vec()));
        true
    }

    /// The positions of a chunk have arrived.
    pub fn put_positions(&self, number: usize, bytes: &[u8]) -> bool {
        let Some(at) = self.positions.chunk(number).filter(|at: &Range<usize>| at.len() == bytes.len())
        else {
            return false;
        };
        self.positions.put(at.start, OwnedBytes::new(bytes.to_vec()));
        true
    }

    /// The texts of a page have arrived.
    pub fn put_fragment(&mut self, page: usize, fragment: Page) -> bool {
        let known = self.pages.get(page).is_some_and(|row| row.units as usize == fragment.units.len());
        if known {
            self.fragments.insert(page, Arc::new(fragment));
        }
        known
    }
}

/// The name of a file: `c` for a chunk, `p` for positions, `f` for a fragment.
pub fn name(folder: &str, sign: char, number: usize) -> String {
    format!("{folder}/{sign}{number}.bin")
}

/// Opens the one field of the one segment.
pub fn inverted(folder: &Folder) -> tantivy::Result<Arc<InvertedIndexReader>> {
    let index = Index::open(folder.clone())?;
    match index.searchable_segments()?.first() {
        Some(segment) => SegmentReader::open(segment)?.inverted_index(Field::from_field_id(0)),
        None => Ok(Arc::new(InvertedIndexReader::empty(IndexRecordOption::Basic))),
    }
}

/// What was read; none when something has to be fetched first.
fn here<T>(read: std::io::Result<T>) -> tantivy::Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(missing) if missing.kind() == std::io::ErrorKind::WouldBlock => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}
