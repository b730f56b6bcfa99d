//! From terms to the files of tantivy. In: the terms of documents, one document after the other. Out: `meta.json` and the
//! files of the one segment, the same bytes for the same terms.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use tantivy::directory::{Directory, RamDirectory};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token as TantivyToken, TokenStream, Tokenizer, TokenizerManager};
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
            .set_tokenizer(TERMS)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        schema.add_text_field("words", TextOptions::default().set_indexing_options(indexing));
        let directory = RamDirectory::create();
        let tokenizers = TokenizerManager::new();
        tokenizers.register(TERMS, Terms::default());
        let builder = Index::builder().tokenizers(tokenizers).schema(schema.build());
        let writer = builder.single_segment_index_writer(directory.clone(), 50_000_000)?;
        Ok(Segment { writer, directory })
    }

    /// The next document.
    pub fn add(&mut self, tokens: Vec<Token>) -> Result<(), Error> {
        // One text for all: tantivy would make JSON of a list of terms, and read it again.
        let mut text = String::with_capacity(tokens.iter().map(|(_, term)| term.len() + 6).sum());
        for (position, term) in &tokens {
            let _ = write!(text, "{position:x}{BEHIND_POSITION}{term}{BEHIND_TERM}");
        }
        let mut document = TantivyDocument::default();
        document.add_text(Field::from_field_id(0), &text);
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

/// What stands between the terms of a document on their way to tantivy; no term has these signs.
const BEHIND_POSITION: char = '\u{4}';
const BEHIND_TERM: char = '\u{5}';
/// What tantivy calls the reader of such texts.
const TERMS: &str = "terms";

/// Reads the terms of a document, which were joined to one text.
#[derive(Clone, Default)]
struct Terms(TantivyToken);

struct TermStream<'a> {
    rest: &'a str,
    token: &'a mut TantivyToken,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        TermStream { rest: text, token: &mut self.0 }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let parts = self.rest.split_once(BEHIND_TERM);
        let Some((one, rest)) = parts else { return false };
        self.rest = rest;
        let Some((position, term)) = one.split_once(BEHIND_POSITION) else { return false };
        self.token.position = usize::from_str_radix(position, 16).unwrap_or_default();
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &TantivyToken {
        self.token
    }

    fn token_mut(&mut self) -> &mut TantivyToken {
        self.token
    }
}
