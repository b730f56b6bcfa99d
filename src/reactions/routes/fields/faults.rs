//! What is wrong with a form. In: fields and what to do about them. Out: a list above the form, a sentence by each field,
//! or data for a script.

use maud::{Markup, html};

/// What is wrong with a form that was sent, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::reactions::routes) struct Faults(Vec<(String, String)>);

impl Faults {
    /// Says what is wrong with a field and how to mend it. Only the first fault of a field is kept.
    pub(in crate::reactions::routes) fn add(&mut self, field: &str, says: impl Into<String>) {
        if self.of(field).is_none() {
            self.0.push((field.to_owned(), says.into()));
        }
    }

    /// One fault.
    pub(in crate::reactions::routes) fn one(field: &str, says: impl Into<String>) -> Faults {
        let mut faults = Faults::default();
        faults.add(field, says);
        faults
    }

    /// What is wrong with this field.
    pub(in crate::reactions::routes) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, says)| says.as_str())
    }

    /// Whether nothing is wrong.
    pub(in crate::reactions::routes) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The list above the form, which takes focus and leads to the fields; nothing when nothing is wrong.
    pub(in crate::reactions::routes) fn summary(&self) -> Markup {
        html! {
            @if !self.is_empty() {
                div.fout-lijst tabindex="-1" autofocus {
                    h2 { "Er klopt iets niet" }
                    ul { @for (field, says) in &self.0 { li { a href={ "#" (field) } { (says) } } } }
                }
            }
        }
    }

    /// The same as data for the script of a page: `{"tekst": "Schrijf eerst uw tekst."}`.
    pub(in crate::reactions::routes) fn json(&self) -> serde_json::Value {
        let by_field = self.0.iter().map(|(field, says)| (field.clone(), says.as_str().into()));
        serde_json::Value::Object(by_field.collect())
    }
}
