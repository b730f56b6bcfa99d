//! Asking an index that is all here: what `praktijk search` and tests do. In: its files. Out: answers.

use std::collections::BTreeMap;

use crate::query::{Found, Request};
use crate::read::{Answer, Error, Reader};
use crate::write::{Index, unpack};

/// An index with all its files.
pub struct Whole {
    reader: Reader,
    files: BTreeMap<String, Vec<u8>>,
}

impl Whole {
    /// Opens an index.
    pub fn open(index: &Index) -> Result<Whole, Error> {
        Whole::of_files(
            &index.manifest,
            index.files.iter().map(|file| (file.name.clone(), file.bytes.clone())).collect(),
        )
    }

    /// Opens an index by the name of its first file and all its files.
    pub fn of_files(manifest: &str, files: BTreeMap<String, Vec<u8>>) -> Result<Whole, Error> {
        let reader = Reader::open(&file(&files, manifest)?)?;
        Ok(Whole { reader, files })
    }

    /// Answers a question.
    pub fn search(&mut self, request: &Request) -> Result<Found, Error> {
        // Each turn brings something new, and a question does not need more than a few turns.
        for _ in 0..16 {
            match self.reader.search(request)? {
                Answer::Found(found) => return Ok(*found),
                Answer::Needs(names) => {
                    for name in names {
                        let bytes = file(&self.files, &name)?;
                        self.reader.give(&name, &bytes)?;
                    }
                }
            }
        }
        Err(Error::Query("it needs ever more files".to_owned()))
    }
}

fn file(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Result<Vec<u8>, Error> {
    let fault = |text| Error::File { name: name.to_owned(), text };
    let bytes = files.get(name).ok_or_else(|| fault("it is not there"))?;
    unpack(bytes).map_err(|_| fault("it cannot be unpacked"))
}
