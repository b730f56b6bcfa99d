//! The index for elasticlunr as dialect 0.22 has it. In: documents, a language, fields. Out: JSON.
//!
//! The makers of elasticlunr indexes whose output Zola 0.22 wrote differ from today's in two things: the words of a field
//! are counted again under every field after it, and English words are cut by other rules ([`super::stem`]).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use elasticlunr::Language;
use elasticlunr::pipeline::{Pipeline, PipelineFn};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::stem::stem;

/// How a field is cut into words; none for the way of the language.
pub(super) type Words = Option<fn(&str) -> Vec<String>>;

/// An index being filled.
pub(super) struct Index {
    language: Box<dyn Language>,
    pipeline: Pipeline,
    fields: Vec<(&'static str, Words)>,
    words: BTreeMap<&'static str, Root>,
    documents: Documents,
}

/// A letter of the words of a field: where words end that end here, and the letters that follow.
#[derive(Default)]
struct Letter {
    documents: BTreeMap<String, Frequency>,
    next: BTreeMap<char, Letter>,
}

#[derive(Default, Serialize)]
struct Root {
    root: Letter,
}

#[derive(Serialize)]
struct Frequency {
    tf: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Documents {
    save: bool,
    docs: BTreeMap<String, BTreeMap<String, String>>,
    doc_info: BTreeMap<String, BTreeMap<&'static str, usize>>,
    length: usize,
}

/// The stemmer of English, which remembers what it has seen: texts repeat their words.
struct Stemmer(Mutex<HashMap<String, String>>);

impl Index {
    /// An index of such fields.
    pub(super) fn new(language: Box<dyn Language>, fields: Vec<(&'static str, Words)>) -> Self {
        let mut pipeline = language.make_pipeline();
        if language.code() == "en" {
            pipeline.queue.pop();
            pipeline.queue.push(Box::new(Stemmer(Mutex::default())));
        }
        let words = fields.iter().map(|(name, _)| (*name, Root::default())).collect();
        let documents = Documents { save: true, docs: BTreeMap::new(), doc_info: BTreeMap::new(), length: 0 };
        Index { language, pipeline, fields, words, documents }
    }

    /// Takes up a document: its values in the order of the fields.
    pub(super) fn add(&mut self, url: &str, values: Vec<String>) {
        let mut counted: BTreeMap<String, u64> = BTreeMap::new();
        let mut document = BTreeMap::from([("id".to_owned(), url.to_owned())]);
        let mut lengths = BTreeMap::new();
        for (value, (field, words)) in values.into_iter().zip(&self.fields) {
            let raw = words.map_or_else(|| self.language.tokenize(&value), |words| words(&value));
            let tokens = self.pipeline.run(raw);
            lengths.insert(*field, tokens.len());
            for token in tokens {
                *counted.entry(token).or_insert(0) += 1;
            }
            if let Some(Root { root }) = self.words.get_mut(field) {
                for (token, count) in counted.iter().filter(|(token, _)| !token.is_empty()) {
                    root.add(url, token, (*count as f64).sqrt());
                }
            }
            document.insert((*field).to_owned(), value);
        }
        self.documents.docs.insert(url.to_owned(), document);
        self.documents.doc_info.entry(url.to_owned()).or_default().extend(lengths);
        self.documents.length = self.documents.docs.len();
    }

    /// The index as elasticlunr reads it.
    pub(super) fn to_json(&self) -> String {
        /// The names and their order are elasticlunr's.
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Written<'a> {
            fields: Vec<&'a str>,
            pipeline: &'a Pipeline,
            r#ref: &'a str,
            version: &'a str,
            index: &'a BTreeMap<&'static str, Root>,
            document_store: &'a Documents,
            lang: String,
        }
        let written = Written {
            fields: self.fields.iter().map(|(name, _)| *name).collect(),
            pipeline: &self.pipeline,
            r#ref: "id",
            version: "0.9.5",
            index: &self.words,
            document_store: &self.documents,
            lang: self.language.name(),
        };
        serde_json::to_string(&written).unwrap_or_default()
    }
}

impl Letter {
    fn add(&mut self, url: &str, token: &str, tf: f64) {
        let letter = token.chars().fold(self, |letter, c| letter.next.entry(c).or_default());
        letter.documents.insert(url.to_owned(), Frequency { tf });
    }
}

impl Serialize for Letter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("docs", &self.documents)?;
        map.serialize_entry("df", &self.documents.len())?;
        for (letter, next) in &self.next {
            map.serialize_entry(letter, next)?;
        }
        map.end()
    }
}

impl PipelineFn for Stemmer {
    fn name(&self) -> String {
        "stemmer".to_owned()
    }

    fn filter(&self, token: String) -> Option<String> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stemmed) = known.get(&token) {
            return Some(stemmed.clone());
        }
        let stemmed = stem(&token);
        known.insert(token, stemmed.clone());
        Some(stemmed)
    }
}

#[cfg(test)]
mod tests {
    use elasticlunr::lang;

    use super::*;

    #[test]
    fn words_are_counted_under_the_fields_after_their_own() {
        let fields = vec![("title", None), ("body", None)];
        let mut index = Index::new(lang::from_code("en").expect("known"), fields);
        index.add("/a", vec!["Gas".to_owned(), "gas -".to_owned()]);
        assert_eq!(
            index.to_json(),
            concat!(
                r#"{"fields":["title","body"],"pipeline":["trimmer","stopWordFilter","stemmer"],"#,
                r#""ref":"id","version":"0.9.5","index":{"body":{"root":{"docs":{},"df":0,"g":{"docs":{},"df":0,"#,
                r#""a":{"docs":{"/a":{"tf":1.4142135623730951}},"df":1}}}},"#,
                r#""title":{"root":{"docs":{},"df":0,"g":{"docs":{},"df":0,"a":{"docs":"#,
                r#"{"/a":{"tf":1.0}},"df":1}}}}},"documentStore":{"save":true,"docs":{"/a":"#,
                r#"{"body":"gas -","id":"/a","title":"Gas"}},"docInfo":{"/a":{"body":1,"title":1}},"length":1},"#,
                r#""lang":"English"}"#
            )
        );
    }
}
