//! Complaints for GitLab, which shows a report of code quality beside a change. In: complaints. Out: one JSON list.

use serde_json::{Value, json};

use super::{Sources, excerpt};
use crate::base::{Diagnostic, Severity, hash_of};

/// The report; an empty list when there is nothing to say.
pub fn report(diagnostics: &[Diagnostic], sources: Sources<'_>) -> String {
    let all: Vec<Value> = diagnostics.iter().map(|diagnostic| one(diagnostic, sources)).collect();
    format!("{:#}\n", Value::Array(all))
}

fn one(diagnostic: &Diagnostic, sources: Sources<'_>) -> Value {
    let place = diagnostic.place.as_ref();
    let line =
        place.and_then(|place| excerpt::read(place, sources, 0)).map_or(1, |excerpt| excerpt.spot.line);
    let file = place.map_or("zola.toml", |place| place.file.as_str());
    let description: Vec<&str> = [diagnostic.message.as_str()]
        .into_iter()
        .chain(diagnostic.hints.iter().map(String::as_str))
        .collect();
    json!({
        "description": description.join(" "),
        "check_name": diagnostic.code,
        "fingerprint": format!("{:032x}", hash_of(&(file, line, diagnostic.code, &diagnostic.message)).0),
        "severity": match diagnostic.severity { Severity::Error => "major", Severity::Warning => "minor" },
        "location": { "path": file, "lines": { "begin": line } },
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn a_report_has_what_the_forge_asks() {
        assert_eq!(report(&[], &testing::sources), "[]\n");
        let report: Value =
            serde_json::from_str(&report(&[testing::with_note()], &testing::sources)).unwrap();
        assert_eq!(report[0]["location"], json!({ "path": "content/a.md", "lines": { "begin": 3 } }));
        assert_eq!(report[0]["severity"], "major");
        assert_eq!(report[0]["fingerprint"].as_str().unwrap().len(), 32);
        assert!(report[0]["description"].as_str().unwrap().contains("Or make the page."));
    }
}
