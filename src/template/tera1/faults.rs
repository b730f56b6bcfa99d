//! What Tera 1 says went wrong, and where. In: its errors, each with what caused it. Out: a [`Fault`].
//!
//! Tera 1 knows the place of what it cannot read and no place at all of what goes wrong while it renders. The latter is
//! looked for: what the error quotes is where the template has it, if it has it once.

use std::error::Error as _;

use tera1::{Error, ErrorKind, Template};

use crate::base::diagnostic::line_and_column;
use crate::template::engine::Fault;
use crate::template::sources::TemplateSet;

/// Every template that cannot be read.
pub(super) fn unreadable(set: &TemplateSet) -> Vec<Fault> {
    let templates = set.iter().filter(|template| set.is_first_name(template));
    let told = |template: &crate::template::sources::Template| {
        let error = Template::new(&template.name, None, &template.text).err()?;
        Some(sketched(&template.name, &error))
    };
    templates.filter_map(told).collect()
}

/// What the parser reports is a sketch of the place, with what it expected below.
fn sketched(name: &str, error: &Error) -> Fault {
    let text = error.to_string();
    let place = text.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let (line, column) = place
        .and_then(|place| place.split_once(':'))
        .and_then(|(line, column)| Some((line.trim().parse().ok()?, column.trim().parse().ok()?)))
        .unwrap_or((0, 0));
    let said = text.lines().rev().find_map(|line| line.trim_start().strip_prefix("= "));
    let message = match said {
        Some(said) => format!("The template cannot be read here: {}.", said.trim_end_matches('.')),
        None => sentence(&text),
    };
    Fault { line, column, ..Fault::message(name, message) }
}

/// One fault.
pub(super) fn fault(set: &TemplateSet, name: &str, error: &Error) -> Fault {
    match &error.kind {
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let chain: Vec<String> =
                inheritance_chain.iter().chain([tpl]).map(|name| format!("`{name}`")).collect();
            return Fault::message(tpl, format!("The template inherits from itself: {}.", chain.join(" → ")));
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("The template extends `{parent}`, which does not exist.");
            return placed(set, Fault::message(current, message), parent);
        }
        _ => {}
    }
    let said = causes(error);
    // Tera names the two of them in one sentence.
    if let Some((current, rest)) =
        said[0].strip_prefix("Template `").and_then(|rest| rest.split_once("` loads macros from `"))
    {
        let missing = rest.split('`').next().unwrap_or_default();
        let message = format!("The template imports `{missing}`, which does not exist.");
        return placed(set, Fault::message(current, message), missing);
    }
    let template = said.iter().rev().find_map(|text| template_in(text)).unwrap_or(name);
    let Some(last) = said.last() else { return Fault::message(name, error.to_string()) };
    let called = said.iter().rev().find_map(|text| called(text));
    let message = match (said.len(), called) {
        (2.., Some(called)) if !last.contains(called) => format!("`{called}`: {}", sentence(last)),
        _ => sentence(last),
    };
    let known = set.find(template).map_or(template, |found| found.name.as_str());
    let mut fault = placed(set, Fault::message(known, message), &quoted(last, called));
    if template != name && !name.is_empty() {
        fault.chain = vec![("used by".to_owned(), name.to_owned(), 0, 0)];
    }
    fault
}

/// What an error says, and what it says caused it.
fn causes(error: &Error) -> Vec<String> {
    let mut said = vec![error.to_string()];
    let mut source = error.source();
    while let Some(cause) = source {
        said.push(cause.to_string());
        source = cause.source();
    }
    said
}

/// The template that something happened in.
fn template_in(text: &str) -> Option<&str> {
    for before in
        ["(error happened in '", "while rendering '", "Failed to render '", "Template `", "Failed to parse '"]
    {
        if let Some((_, rest)) = text.split_once(before) {
            return rest.split(['\'', '`']).next();
        }
    }
    None
}

/// The function, filter or test that failed.
fn called(text: &str) -> Option<&str> {
    ["Function call '", "Filter call '", "Test call '"]
        .iter()
        .find_map(|before| text.strip_prefix(before)?.split('\'').next())
}

/// What an error quotes: the first name between backticks, else what was called.
fn quoted(text: &str, called: Option<&str>) -> String {
    let found = text
        .split('`')
        .nth(1)
        .or_else(|| text.strip_prefix("Function '").and_then(|rest| rest.split('\'').next()));
    let found = found.or_else(|| text.strip_prefix("Filter '").and_then(|rest| rest.split('\'').next()));
    called.or(found).unwrap_or_default().to_owned()
}

/// Puts a fault where its template has some words, if it has them in one place only.
fn placed(set: &TemplateSet, mut fault: Fault, words: &str) -> Fault {
    let Some(template) = set.find(&fault.template).filter(|_| !words.is_empty()) else { return fault };
    let mut places = template.text.match_indices(words).filter(|(at, _)| {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let rest = &template.text[at + words.len()..];
        !template.text[..*at].ends_with(is_part) && !rest.starts_with(is_part)
    });
    if let (Some((at, _)), None) = (places.next(), places.next()) {
        (fault.line, fault.column) = line_and_column(&template.text, at);
        fault.width = words.chars().count();
    }
    fault
}

/// A message as a full sentence.
fn sentence(message: &str) -> String {
    let text = message.trim();
    // What is missing is said in the words that the other dialect has for it, so that the same remedies follow.
    if let Some(rest) = text.strip_prefix("Variable `")
        && let Some((name, _)) = rest.split_once('`')
    {
        return format!("`{name}` is not defined here.");
    }
    if let Some(name) = text.strip_prefix("Template '").and_then(|rest| rest.strip_suffix("' not found")) {
        return format!("Unknown template `{name}`.");
    }
    for (kind, what) in [("Function '", "function"), ("Filter '", "filter"), ("Test '", "test")] {
        if let Some(name) = text.strip_prefix(kind).and_then(|rest| rest.strip_suffix("' not found")) {
            return format!("There is no {what} `{name}`.");
        }
    }
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}
