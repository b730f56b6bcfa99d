//! Answers over the network, for templates that ask for them.

use std::collections::HashMap;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::template::lookup::Fetch;

/// What was asked for and what came.
pub(super) type Fetched = Mutex<HashMap<Fetch, Result<Arc<[u8]>, String>>>;

/// How large an answer may be.
const LARGEST: u64 = 64 << 20;

/// The body of an answer; the same question is asked once. The lock is not held while waiting.
pub(super) fn fetch(known: &Fetched, request: &Fetch) -> Result<Arc<[u8]>, String> {
    if let Some(answer) = known.lock().unwrap_or_else(PoisonError::into_inner).get(request) {
        return answer.clone();
    }
    let answer = ask(request);
    known.lock().unwrap_or_else(PoisonError::into_inner).insert(request.clone(), answer.clone());
    answer
}

fn ask(request: &Fetch) -> Result<Arc<[u8]>, String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(30)))
        .user_agent(concat!("praktijk/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let failed = |error: ureq::Error| format!("`{}` gave no answer: {error}", request.url);
    let headers = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain([("accept", request.accept)]);
    let mut response = if request.post {
        let mut ask = agent.post(&request.url);
        for (name, value) in headers {
            ask = ask.header(name, value);
        }
        if let Some(kind) = &request.content_type {
            ask = ask.header("content-type", kind);
        }
        ask.send(request.body.as_deref().unwrap_or("")).map_err(failed)?
    } else {
        let mut ask = agent.get(&request.url);
        for (name, value) in headers {
            ask = ask.header(name, value);
        }
        ask.call().map_err(failed)?
    };
    let mut bytes = Vec::new();
    let reader = response.body_mut().as_reader();
    reader
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("`{}` broke off: {error}", request.url))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("`{}` answers with more than {} MiB", request.url, LARGEST >> 20));
    }
    Ok(bytes.into())
}
