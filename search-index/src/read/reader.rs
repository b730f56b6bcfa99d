//! All layers of an index and what was fetched of them. In: the manifest, then files by their names. Out: whether they are
//! what they should be; answers come from [`crate::query`].

use std::sync::{Arc, Mutex};

use crate::document::{Concept, Facet};
use crate::layout::envelope::{self, Fault, Holds};
use crate::layout::fragment;
use crate::layout::manifest::Manifest;
use crate::layout::spelling::{self, Known};
use crate::query::{self, Computed, Found, Request};
use crate::read::files::held;
use crate::read::layer::Layer;
use crate::text::Analyser;

/// An index that is being read.
pub struct Reader {
    /// The words of its language.
    pub analyser: Analyser,
    /// Its facets.
    pub facets: Vec<Facet>,
    /// Names of the same thing.
    pub concepts: Vec<Concept>,
    /// The index, and newer ones over it.
    pub layers: Vec<Layer>,
    /// The words of the site, once they were needed.
    pub spelling: Option<Vec<Known>>,
    computed: Mutex<Option<Arc<Computed>>>,
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// These files have to be given first.
    Needs(Vec<String>),
    /// This was found.
    Found(Box<Found>),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The index was written for another version of the reader.
    Format(String),
    /// The index was written with other words in mind.
    Analyser,
    /// A file is broken, or of another index.
    File {
        /// Which.
        name: String,
        /// What is wrong with it.
        text: &'static str,
    },
    /// The question cannot be read.
    Query(String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Format(text) => write!(f, "this index has another form: {text}"),
            Error::Analyser => f.write_str("this index was written with other rules for words"),
            Error::File { name, text } => write!(f, "{name}: {text}"),
            Error::Query(text) => write!(f, "this question cannot be read: {text}"),
        }
    }
}

impl std::error::Error for Error {}

impl Reader {
    /// Opens an index.
    pub fn open(manifest: &[u8]) -> Result<Reader, Error> {
        let (_, payload) =
            envelope::open(manifest, Holds::Manifest, None).map_err(|fault| told(fault, "manifest"))?;
        let broken = || told(Fault::Broken, "manifest");
        let manifest = Manifest::read(payload).map_err(|_| broken())?;
        let analyser = Analyser::new(&manifest.language);
        if analyser.fingerprint() != manifest.fingerprint {
            return Err(Error::Analyser);
        }
        let layers: tantivy::Result<Vec<Layer>> = manifest.layers.into_iter().map(Layer::open).collect();
        let mut reader = Reader {
            analyser,
            facets: manifest.facets,
            concepts: manifest.concepts,
            layers: layers.map_err(|_| broken())?,
            spelling: None,
            computed: Mutex::default(),
        };
        for (name, bytes) in manifest.bundled {
            reader.give(&name, &bytes)?;
        }
        Ok(reader)
    }

    /// A file has arrived, by its name below the folder of the index.
    pub fn give(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let unknown = || Error::File { name: name.to_owned(), text: "it is no file of this index" };
        let (folder, file) = name.split_once('/').ok_or_else(unknown)?;
        let layer = self.layers.iter_mut().find(|layer| layer.folder == folder).ok_or_else(unknown)?;
        let file = file.strip_suffix(".bin").ok_or_else(unknown)?;
        let index = Some(layer.index);
        let payload = |holds| envelope::open(bytes, holds, index).map_err(|fault| told(fault, name));
        if file == "spelling" {
            let words = spelling::read(payload(Holds::Spelling)?.1).map_err(|_| told(Fault::Broken, name))?;
            self.spelling = Some(words);
            return Ok(());
        }
        let number: usize = file.get(1..).and_then(|number| number.parse().ok()).ok_or_else(unknown)?;
        let fits = match file.get(..1).unwrap_or_default() {
            "c" => layer.put_chunk(number, payload(Holds::Chunk)?.1),
            "p" => layer.put_positions(number, payload(Holds::Positions)?.1),
            "f" => {
                let page =
                    fragment::read(payload(Holds::Fragment)?.1).map_err(|_| told(Fault::Broken, name))?;
                layer.put_fragment(number, page)
            }
            _ => return Err(unknown()),
        };
        if fits { Ok(()) } else { Err(told(Fault::Broken, name)) }
    }

    /// Answers a question, or tells what has to be given first.
    pub fn search(&self, request: &Request) -> Result<Answer, Error> {
        query::answer(self, request)
    }

    /// What the last question came to.
    pub fn computed(&self) -> Option<Arc<Computed>> {
        held(&self.computed).clone()
    }

    /// Keeps what a question came to.
    pub fn keep(&self, computed: Computed) -> Arc<Computed> {
        let computed = Arc::new(computed);
        *held(&self.computed) = Some(computed.clone());
        computed
    }

    /// The files that were missed since this was asked last.
    pub fn take_missed(&self) -> Vec<String> {
        let mut names = Vec::new();
        self.layers.iter().for_each(|layer| layer.take_missed(&mut names));
        names
    }
}

fn told(fault: Fault, name: &str) -> Error {
    let text = match fault {
        Fault::Version(version) => {
            return Error::Format(format!("version {version} of {}", envelope::VERSION));
        }
        Fault::Broken => "it is broken or did not arrive whole",
        Fault::Other => "it belongs to another build of the site",
    };
    Error::File { name: name.to_owned(), text }
}
