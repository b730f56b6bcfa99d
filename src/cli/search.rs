//! `search`: asks the search index of the site, with the code that answers in browsers. Nothing has to be built before, and
//! nothing is written but the cache.

use std::io::IsTerminal as _;
use std::sync::Arc;

use praktijk_search::native::Whole;
use praktijk_search::query::request::{How, Row, Why};
use praktijk_search::query::{Found, Request};

use serde_json::{Value, json};

use super::args::{Args, Search};
use super::baked::{self, Use};
use super::build::{self, CACHE};
use super::exit::Failure;
use super::place;
use super::show::{self, Progress};
use crate::engine::asking::{Asked, Index};
use crate::engine::{Options, Target};
use crate::report::Language;

/// Searches.
pub fn run(args: &Args, words: &Search) -> Result<(), Failure> {
    if words.words.trim().is_empty() {
        return Err(Failure::Usage(
            "There is nothing to look for.\n  help: Name the words, such as `praktijk search \"warme overdracht\"`."
                .to_owned(),
        ));
    }
    let place = place::find(args)?;
    let options = Options { config_file: place.config_file.clone(), ..Options::default() };
    let progress = Arc::new(Progress::new());
    let mut engine =
        build::engine(&place, options, Target::Nowhere, &progress).with_cache(place.root.join(CACHE));
    engine = engine.with_reactions(baked::provider(&place.root, Use::LookUp));
    build::stop_on_ctrl_c(engine.stop_flag());
    let (index, told) = engine.index_of(words.lang.as_deref())?;
    progress.end();
    let default_language = match &index {
        Index::Made(asked) => Some(asked.default_language.clone()),
        _ => engine.settings()?.0.map(|config| config.default_language),
    };
    let language = show::language(default_language.as_deref());
    let errors: Vec<_> = told.into_iter().filter(crate::base::Diagnostic::is_error).collect();
    show::diagnostics(&errors, args.report, &place.root, language);
    let asked = made(index, language)?;
    let found = answer(asked, words)?;
    if words.json {
        let rows: Vec<Value> = rows(&found, words.explain);
        show::put(format_args!("{:#}\n", Value::Array(rows)));
    } else {
        show::put(format_args!("{}", told_to_people(&found, language, words.explain)));
    }
    // The program ends here, and the system takes all memory back at once.
    std::mem::forget(engine);
    Ok(())
}

/// The index, or why there is none.
fn made(index: Index, language: Language) -> Result<Asked, Failure> {
    let dutch = language == Language::Dutch;
    match index {
        Index::Made(asked) => Ok(*asked),
        Index::Failed => Err(Failure::Content),
        Index::NoLanguage(known) => {
            let known = known.join(", ");
            Err(Failure::Usage(if dutch {
                format!("De website heeft deze taal niet.\n  hulp: Kies een taal van de website: {known}.")
            } else {
                format!("The site does not have this language.\n  help: Choose one it has: {known}.")
            }))
        }
        Index::NoPages(lang) => Err(Failure::Lacking(if dutch {
            format!("Er is niets te vinden: de website heeft geen pagina's in de taal `{lang}`.")
        } else {
            format!("There is nothing to find: the site has no pages in the language `{lang}`.")
        })),
    }
}

fn answer(asked: Asked, words: &Search) -> Result<Found, Failure> {
    let request = Request {
        query: words.words.clone(),
        limit: usize::from(words.limit),
        explain: words.explain,
        ..Request::default()
    };
    let answer = Whole::of_files(&asked.manifest, asked.files).and_then(|mut whole| whole.search(&request));
    answer.map_err(|error| Failure::Machine(format!("The search index cannot be read: {error}.")))
}

/// The rows as programs read them. What each word counted is only there for who asks for reasons.
fn rows(found: &Found, explain: bool) -> Vec<Value> {
    let reason = |why: &Why| {
        let mut shown = json!({ "word": why.word, "matched": why.matched, "how": why.how });
        if explain {
            shown["weight"] = why.weight.into();
        }
        shown
    };
    let row = |row: &Row| {
        json!({
            "rank": row.rank,
            "url": row.url,
            "page_url": row.page_url,
            "title": row.title,
            "unit": row.unit,
            "kind": row.kind,
            "score": row.score,
            "why": row.why.iter().map(reason).collect::<Vec<_>>(),
        })
    };
    found.rows.iter().map(row).collect()
}

/// The rows as people read them.
fn told_to_people(found: &Found, language: Language, explain: bool) -> String {
    let dutch = language == Language::Dutch;
    let bold = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut text = head(found, dutch);
    for row in &found.rows {
        let kind = row.kind_label.as_ref().map(|label| format!(" ({label})")).unwrap_or_default();
        text += &format!("\n{:>3}. {}{kind}\n     {}\n", row.rank, row.title, row.url);
        if let Some(unit) = &row.unit {
            let label = row.units.first().map(|place| place.label.as_str()).filter(|label| !label.is_empty());
            text += &format!("     {}{unit}\n", label.map(|label| format!("{label}: ")).unwrap_or_default());
        }
        let excerpt = excerpt(&row.excerpt, bold);
        if !excerpt.is_empty() {
            text += &format!("     {excerpt}\n");
        }
        for why in row.why.iter().filter(|why| explain || why.how != How::Exact) {
            let weight = if explain { format!(" [{}]", why.weight) } else { String::new() };
            text += &format!("     {}{weight}\n", reason(why, dutch));
        }
        if !row.missing.is_empty() {
            let words = row.missing.join(", ");
            text +=
                &if dutch { format!("     zonder: {words}\n") } else { format!("     without: {words}\n") };
        }
        if explain {
            text += &format!("     score {}\n", row.score);
        }
    }
    text
}

fn head(found: &Found, dutch: bool) -> String {
    let query = &found.query;
    let mut text = match (found.total, found.partial, dutch) {
        (0, 0, true) => format!("Niets gevonden voor ‘{query}’.\n"),
        (0, 0, false) => format!("Nothing was found for ‘{query}’.\n"),
        (0, some, true) => {
            format!("Geen pagina heeft alle woorden van ‘{query}’; {some} hebben er een deel van.\n")
        }
        (0, some, false) => format!("No page has all words of ‘{query}’; {some} have some of them.\n"),
        (1, _, true) => format!("1 pagina voor ‘{query}’.\n"),
        (all, _, true) => format!("{all} pagina's voor ‘{query}’.\n"),
        (all, _, false) => format!("{} for ‘{query}’.\n", show::count(all, "page", "pages")),
    };
    for synonyms in &found.synonyms {
        let (word, names) = (&synonyms.word, synonyms.names.join(", "));
        text += &if dutch {
            format!("‘{word}’ is ook: {names}.\n")
        } else {
            format!("‘{word}’ is also: {names}.\n")
        };
    }
    for suggestion in &found.suggestions {
        let query = &suggestion.query;
        text += &if dutch {
            format!("Bedoelde u ‘{query}’?\n")
        } else {
            format!("Did you mean ‘{query}’?\n")
        };
    }
    text
}

/// Plain and marked text by turns, on one line.
fn excerpt(parts: &[String], bold: bool) -> String {
    let (open, close) = if bold { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let shown = parts.iter().enumerate().map(|(at, part)| {
        let part = part.replace('\n', " ");
        if at % 2 == 1 { format!("{open}{part}{close}") } else { part }
    });
    shown.collect::<String>().trim().to_owned()
}

fn reason(why: &Why, dutch: bool) -> String {
    let (word, matched) = (&why.word, &why.matched);
    let how = match (why.how, dutch) {
        (How::Exact, true) => return format!("‘{word}’ staat er precies zo"),
        (How::Exact, false) => return format!("‘{word}’ stands there as it is"),
        (How::Form, true) => "een andere vorm van",
        (How::Joined, true) => "aaneen geschreven:",
        (How::Prefix, true) => "het begin van",
        (How::Concept, true) => "een ander woord voor",
        (How::Part, true) => "een deel van",
        (How::Typo, true) => "anders gespeld:",
        (How::Form, false) => "another form of",
        (How::Joined, false) => "written as one word:",
        (How::Prefix, false) => "the beginning of",
        (How::Concept, false) => "another word for",
        (How::Part, false) => "a part of",
        (How::Typo, false) => "spelled otherwise:",
    };
    if dutch {
        format!("‘{word}’: gevonden als {how} ‘{matched}’")
    } else {
        format!("‘{word}’: found as {how} ‘{matched}’")
    }
}
