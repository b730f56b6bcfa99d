//! From terms to the files of tantivy. In: the terms of documents, one document after the other. Out: `meta.json` and the
//! files of the one segment, the same bytes for the same terms.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use tantivy::directory::{Directory, RamDirectory};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token as TantivyToken};
use tantivy::{Index, SingleSegmentIndexWriter, TantivyDocument};

use super::Error;
use super::tokens::Token;
use crate::read::files::{Folder, Pieces};

/// The writer of a segment.
pub struct Segment {
    writer: SingleSegmentIndexWriter,
    directory: RamDirectory,
}

/// What stands for the random name of the segment: names of files are not part of ours, and bytes shall not be random.
const SEGMENT: &str = "00000000-0000-0000-0000-000000000000";

impl Segment {
    /// A segment without documents.
    pub fn new() -> Result<Segment, Error> {
        let mut schema = Schema::builder();
        // Lengths are kept by us, by page; see `PageRow`.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        schema.add_text_field("words", TextOptions::default().set_indexing_options(indexing));
        let directory = RamDirectory::create();
        let builder = Index::builder().schema(schema.build());
        let writer = builder.single_segment_index_writer(directory.clone(), 50_000_000)?;
        Ok(Segment { writer, directory })
    }

    /// The next document.
    pub fn add(&mut self, tokens: Vec<Token>) -> Result<(), Error> {
        let tokens = tokens.into_iter().map(|(position, text)| TantivyToken {
            position: position as usize,
            text,
            ..TantivyToken::default()
        });
        let text = PreTokenizedString { text: String::new(), tokens: tokens.collect() };
        let mut document = TantivyDocument::default();
        document.add_pre_tokenized_text(Field::from_field_id(0), text);
        Ok(self.writer.add_document(document)?)
    }

    /// The files.
    pub fn finish(self) -> Result<Folder, Error> {
        let index = self.writer.finalize()?;
        let meta = index
            .searchable_segment_metas()?
            .into_iter()
            .next()
            .ok_or_else(|| Error("no segment".to_owned()))?;
        let mut files = BTreeMap::new();
        for path in ["term", "idx", "pos", "fieldnorm", "fast", "store"]
            .map(|ending| PathBuf::from(format!("{}.{ending}", meta.id().uuid_string())))
        {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_owned();
            if self.directory.exists(&path).unwrap_or(false) {
                let file = self.directory.open_read(&path).map_err(|fault| Error(fault.to_string()))?;
                files.insert(ending, Arc::new(Pieces::whole(file.read_bytes()?.to_vec())));
            }
        }
        let json =
            self.directory.atomic_read("meta.json".as_ref()).map_err(|fault| Error(fault.to_string()))?;
        let json = String::from_utf8_lossy(&json).replace(&uuid(&meta.id().uuid_string()), SEGMENT);
        Ok(Folder { meta: Arc::new(json.into_bytes()), files: Arc::new(files) })
    }
}

/// A UUID as `meta.json` has it, with hyphens.
fn uuid(simple: &str) -> String {
    let mut hyphened = String::with_capacity(36);
    for (at, sign) in simple.chars().enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            hyphened.push('-');
        }
        hyphened.push(sign);
    }
    hyphened
}
