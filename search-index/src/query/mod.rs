//! Answering a question. In: a reader and what somebody typed. Out: the pages that were found, best first, with the best place
//! in each, an excerpt and the reason; or the names of the files that have to be fetched first.
//!
//! | file | what it answers |
//! |---|---|
//! | [`request`] | what can be asked, and what comes back |
//! | [`parse`] | what somebody typed → words, phrases, words that must not occur |
//! | [`lookup`] | words → terms of the dictionary, with what each is worth |
//! | [`slips`] | words that nobody wrote → words that somebody did |
//! | [`collect`] | terms → for every document how well it matches every word |
//! | [`phrase`] | words in quotation marks → pages that have them so |
//! | [`facets`] | narrowing down, and counts |
//! | [`rank`] | all that → pages, best first |
//! | [`mark`] | which words of a text were asked for |
//! | [`excerpt`] | a text → the stretch that shows them best |
//! | [`rows`] | pages → rows with excerpts and reasons |
//!
//! Native and in the browser the same code gives the same numbers: nothing is used but additions, multiplications, divisions
//! and [`logarithm`], which are exact everywhere.

pub mod collect;
pub mod excerpt;
pub mod facets;
pub mod lookup;
pub mod mark;
pub mod parse;
pub mod phrase;
pub mod rank;
pub mod request;
pub mod rows;
pub mod slips;

pub use request::{Found, Request};

use crate::read::{Answer, Error, Reader};

/// The longest question that is read, in bytes; what comes behind is left away.
const LONGEST: usize = 400;

/// What a question came to, before texts are shown. The pages of results of one question, and the turns in which their texts
/// come, share it.
pub struct Computed {
    request: Request,
    parsed: parse::Parsed,
    plan: lookup::Plan,
    collected: collect::Collected,
    narrowed: facets::Narrowed,
    ranked: rank::Ranked,
}

/// Answers a question, or tells what has to be given first.
pub fn answer(reader: &Reader, request: &Request) -> Result<Answer, Error> {
    let asked = Request { limit: 0, offset: 0, explain: false, ..request.clone() };
    let known = reader.computed().filter(|computed| computed.request == asked);
    let computed = match known {
        Some(computed) => computed,
        None => match compute(reader, asked)? {
            Ok(computed) => reader.keep(computed),
            Err(missed) => return Ok(Answer::Needs(missed)),
        },
    };
    let Computed { parsed, plan, collected, narrowed, ranked, .. } = &*computed;
    let found = rows::found(reader, request, parsed, plan, collected, narrowed, ranked);
    let missed = reader.take_missed();
    Ok(if missed.is_empty() { Answer::Found(Box::new(found)) } else { Answer::Needs(missed) })
}

/// Ranks the pages; or, as the inner error, the files that are missing for it.
fn compute(reader: &Reader, request: Request) -> Result<Result<Computed, Vec<String>>, Error> {
    let query = &request.query;
    let end = query.char_indices().map(|(at, _)| at).find(|at| *at > LONGEST).unwrap_or(query.len());
    let parsed = parse::parse(&query[..end], &reader.analyser);
    let broken =
        |fault: tantivy::TantivyError| Error::File { name: fault.to_string(), text: "it cannot be read" };
    let mut plan = lookup::plan(reader, &parsed, request.typing).map_err(broken)?;
    let narrowing = facets::terms(reader, &request).map_err(broken)?;
    phrase::note(reader, &parsed);
    let missed = reader.take_missed();
    if !missed.is_empty() {
        return Ok(Err(missed));
    }
    let unknown = plan.unknown(&parsed);
    match &reader.spelling {
        _ if unknown.is_empty() => {}
        Some(known) => slips::plan(reader, &parsed, &unknown, known, &mut plan).map_err(broken)?,
        None => return Ok(Err(slips::file(reader))),
    }
    let missed = reader.take_missed();
    if !missed.is_empty() {
        return Ok(Err(missed));
    }
    let collected = collect::collect(reader, &parsed, &plan).map_err(broken)?;
    let narrowed = facets::narrow(reader, narrowing, &request).map_err(broken)?;
    let phrases = phrase::pages(reader, &parsed).map_err(broken)?;
    let missed = reader.take_missed();
    if !missed.is_empty() {
        return Ok(Err(missed));
    }
    let ranked = rank::rank(reader, &parsed, &collected, &narrowed, &phrases);
    Ok(Ok(Computed { request, parsed, plan, collected, narrowed, ranked }))
}

/// The natural logarithm, the same everywhere: libraries differ in its last digit.
/// By ln x = e·ln 2 + 2·artanh((m−1)/(m+1)) for x = m·2^e with 1 ≤ m < 2.
pub fn logarithm(x: f32) -> f32 {
    if !(x.is_finite() && x > 0.0) {
        return 0.0;
    }
    let bits = x.to_bits();
    let exponent = ((bits >> 23) & 0xff) as i32 - 127;
    let mantissa = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000);
    let t = (mantissa - 1.0) / (mantissa + 1.0);
    let square = t * t;
    let series = 1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0 + square / 9.0)));
    exponent as f32 * core::f32::consts::LN_2 + 2.0 * t * series
}
