//! The reader for browsers: the same code as `praktijk search`, behind four functions. In: bytes at the place that
//! [`reserve`] names. Out: the length of a JSON text at the place that [`output`] names; `client.js` and `worker.js` beside
//! this show its use, `README.md` the texts.

// Only exported functions and a custom source of randomness need `unsafe` here; each says why.
use std::cell::RefCell;

use praktijk_search::query::{Found, Request};
use praktijk_search::read::{Answer, Error, Reader};
use serde::Serialize;

/// What is put out.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Output {
    Ok(bool),
    Needs(Vec<String>),
    Found(Box<Found>),
    Error(Fault),
}

#[derive(Serialize)]
struct Fault {
    code: &'static str,
    text: String,
    file: Option<String>,
}

#[derive(Default)]
struct State {
    input: Vec<u8>,
    output: Vec<u8>,
    reader: Option<Reader>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

fn with(answer: impl FnOnce(&mut State, Vec<u8>) -> Output) -> usize {
    STATE.with_borrow_mut(|state| {
        let input = std::mem::take(&mut state.input);
        let answer = answer(state, input);
        state.output = serde_json::to_vec(&answer).unwrap_or_default();
        state.output.len()
    })
}

fn fault(error: Error) -> Output {
    let text = error.to_string();
    let (code, file) = match error {
        Error::Format(_) => ("format", None),
        Error::Analyser => ("analyser", None),
        Error::File { name, .. } => ("file", Some(name)),
        Error::Query(_) => ("query", None),
    };
    Output::Error(Fault { code, text, file })
}

fn refused(text: &str) -> Output {
    fault(Error::Query(text.to_owned()))
}

fn ok(done: Result<(), Error>) -> Output {
    done.map_or_else(fault, |()| Output::Ok(true))
}

/// Room for an input of a length.
// SAFETY: the name is ours alone; nothing else in the module exports it.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(length: usize) -> *mut u8 {
    STATE.with_borrow_mut(|state| {
        state.input = vec![0; length];
        state.input.as_mut_ptr()
    })
}

/// Where the last output stands.
// SAFETY: the name is ours alone; nothing else in the module exports it.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    STATE.with_borrow(|state| state.output.as_ptr())
}

/// Opens an index: the input is its manifest.
// SAFETY: the name is ours alone; nothing else in the module exports it.
#[unsafe(no_mangle)]
pub extern "C" fn open(_length: usize) -> usize {
    with(|state, input| ok(Reader::open(&input).map(|reader| state.reader = Some(reader))))
}

/// Gives a file: the input is its name, of a length, and what it holds.
// SAFETY: the name is ours alone; nothing else in the module exports it.
#[unsafe(no_mangle)]
pub extern "C" fn give(name: usize, _data: usize) -> usize {
    with(|state, input| {
        let Some((name, data)) = input.split_at_checked(name) else {
            return refused("a file without a name");
        };
        match &mut state.reader {
            Some(reader) => ok(reader.give(&String::from_utf8_lossy(name), data)),
            None => refused("nothing is open"),
        }
    })
}

/// Asks: the input is a request.
// SAFETY: the name is ours alone; nothing else in the module exports it.
#[unsafe(no_mangle)]
pub extern "C" fn search(_length: usize) -> usize {
    with(|state, input| {
        let request: Request = match serde_json::from_slice(&input) {
            Ok(request) => request,
            Err(error) => return refused(&error.to_string()),
        };
        match state.reader.as_ref().map(|reader| reader.search(&request)) {
            Some(Ok(Answer::Found(found))) => Output::Found(found),
            Some(Ok(Answer::Needs(names))) => Output::Needs(names),
            Some(Err(error)) => fault(error),
            None => refused("nothing is open"),
        }
    })
}

/// No randomness: a reader needs none, and a module without imports can be started anywhere.
// SAFETY: the signature is what `getrandom` 0.4 calls with its custom source; it writes nothing.
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v04_custom(_to: *mut u8, _length: usize) -> Result<(), getrandom04::Error> {
    Err(getrandom04::Error::UNSUPPORTED)
}

/// The same for `getrandom` 0.3.
// SAFETY: the signature is what `getrandom` 0.3 calls with its custom source; it writes nothing.
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(_to: *mut u8, _length: usize) -> Result<(), getrandom03::Error> {
    Err(getrandom03::Error::UNSUPPORTED)
}
