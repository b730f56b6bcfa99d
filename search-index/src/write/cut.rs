//! From the files of tantivy to what is fetched first, and chunks. In: the files. Out: the reads that opening takes, which go
//! into the manifest, and the rest cut at blocks of the dictionary: each chunk has some blocks and all their postings.
//!
//! What opening reads is found by opening. Where a block begins is found by asking the dictionary for single terms and
//! noting what it reads; so nothing here knows the insides of tantivy's files but their order: postings follow each other as
//! their terms do.

use std::ops::Range;

use tantivy::directory::FileHandle;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{HasLen, InvertedIndexReader};

use super::Error;
use crate::layout::manifest::{ChunkRow, TantivyFile};
use crate::read::files::{Folder, Pieces};
use crate::read::layer;

/// How big a chunk wants to be before it is packed. Below 16 kB there are too many of them; above, a rare word costs more
/// than its excerpts.
const CHUNK: usize = 14_000;

/// What was cut.
pub struct Cut {
    /// The files of tantivy, as the manifest has them.
    pub files: Vec<TantivyFile>,
    /// The chunks, as the manifest has them.
    pub rows: Vec<ChunkRow>,
    /// What is in each chunk: the blocks of the dictionary with their postings, and the positions.
    pub chunks: Vec<(Vec<u8>, Vec<u8>)>,
}

struct Term {
    key: Vec<u8>,
    info: TermInfo,
}

/// Cuts an index.
pub fn cut(folder: &Folder) -> Result<Cut, Error> {
    let inverted = layer::inverted(folder)?;
    let mut files: Vec<TantivyFile> = Vec::new();
    for (ending, file) in folder.files.iter() {
        // What is never read is not kept at all; tantivy asks for its end only.
        let hot = merged(file.read_since()).into_iter().map(|range| piece(file, range));
        let hot: Result<Vec<(u64, Vec<u8>)>, Error> = hot.collect();
        files.push(TantivyFile {
            ending: ending.clone(),
            length: file.len() as u64,
            hot: hot?,
            chunks_from: 0,
        });
    }
    let terms = all_terms(&inverted)?;
    if terms.is_empty() {
        return Ok(Cut { files, rows: Vec::new(), chunks: Vec::new() });
    }
    let file =
        |ending: &str| folder.files.get(ending).ok_or_else(|| Error(format!("tantivy wrote no .{ending}")));
    let (dictionary, postings, positions) = (file("term")?, file("idx")?, file("pos")?);
    let blocks = blocks(&inverted, dictionary, &terms)?;
    let base = bases(&inverted, &terms[0].info, postings, positions)?;
    let mut rows = Vec::new();
    let mut chunks = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let first = &blocks[at];
        let mut end = at + 1;
        let size = |end: usize| {
            let last = &terms[blocks[end - 1].terms.end - 1].info;
            let postings = last.postings_range.end - terms[first.terms.start].info.postings_range.start;
            blocks[end - 1].bytes.end - first.bytes.start + postings
        };
        while end < blocks.len() && size(end + 1) <= CHUNK {
            end += 1;
        }
        let (from, to) = (&terms[first.terms.start], &terms[blocks[end - 1].terms.end - 1].info);
        let of_terms = piece(dictionary, first.bytes.start..blocks[end - 1].bytes.end)?.1;
        let of_postings = base.0 + from.info.postings_range.start..base.0 + to.postings_range.end;
        let of_positions = base.1 + from.info.positions_range.start..base.1 + to.positions_range.end;
        rows.push(ChunkRow {
            first: from.key.clone(),
            terms: of_terms.len() as u32,
            postings: of_postings.len() as u32,
            positions: of_positions.len() as u32,
        });
        let chunk = [of_terms, piece(postings, of_postings)?.1].concat();
        chunks.push((chunk, piece(positions, of_positions)?.1));
        at = end;
    }
    for file in &mut files {
        file.chunks_from = match file.ending.as_str() {
            "term" => blocks[0].bytes.start,
            "idx" => base.0 + terms[0].info.postings_range.start,
            "pos" => base.1 + terms[0].info.positions_range.start,
            _ => 0,
        } as u64;
    }
    Ok(Cut { files, rows, chunks })
}

fn piece(file: &Pieces, range: Range<usize>) -> Result<(u64, Vec<u8>), Error> {
    Ok((range.start as u64, file.read_bytes(range)?.to_vec()))
}

/// Ranges without those that touch or overlap.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ if range.is_empty() => {}
            _ => merged.push(range),
        }
    }
    merged
}

fn all_terms(inverted: &InvertedIndexReader) -> Result<Vec<Term>, Error> {
    let mut stream = inverted.terms().stream()?;
    let mut terms = Vec::with_capacity(inverted.terms().num_terms());
    while stream.advance() {
        terms.push(Term { key: stream.key().to_vec(), info: stream.value().clone() });
    }
    Ok(terms)
}

/// A block of the dictionary.
struct Block {
    bytes: Range<usize>,
    /// The terms in it, by their places among all.
    terms: Range<usize>,
}

fn blocks(inverted: &InvertedIndexReader, dictionary: &Pieces, terms: &[Term]) -> Result<Vec<Block>, Error> {
    let block_of = |at: usize| -> Result<Range<usize>, Error> {
        dictionary.read_since();
        inverted.terms().get(&terms[at].key)?;
        merged(dictionary.read_since())
            .into_iter()
            .next()
            .ok_or_else(|| Error("a term without a block".to_owned()))
    };
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    while at < terms.len() {
        let bytes = block_of(at)?;
        // Forth by doubling steps until beyond the block, then back by halves.
        let mut step = 64;
        let mut inside = at;
        while inside + step < terms.len() && block_of(inside + step)? == bytes {
            inside += step;
            step *= 2;
        }
        let mut beyond = (inside + step).min(terms.len());
        while beyond - inside > 1 {
            let middle = inside + (beyond - inside) / 2;
            if block_of(middle)? == bytes { inside = middle } else { beyond = middle }
        }
        blocks.push(Block { bytes, terms: at..beyond });
        at = beyond;
    }
    Ok(blocks)
}

/// Where in their files the postings and positions begin that a term's ranges count from.
fn bases(
    inverted: &InvertedIndexReader,
    first: &TermInfo,
    postings: &Pieces,
    positions: &Pieces,
) -> Result<(usize, usize), Error> {
    postings.read_since();
    positions.read_since();
    inverted.read_postings_from_terminfo(first, IndexRecordOption::WithFreqsAndPositions)?;
    let start = |file: &Pieces| file.read_since().first().map_or(0, |range| range.start);
    let (of_postings, of_positions) = (start(postings), start(positions));
    let fault = || Error("tantivy's postings are not where they were expected".to_owned());
    Ok((
        of_postings.checked_sub(first.postings_range.start).ok_or_else(fault)?,
        of_positions.checked_sub(first.positions_range.start).ok_or_else(fault)?,
    ))
}
