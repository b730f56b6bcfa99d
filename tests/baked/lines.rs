//! Files of reactions to test with. In: what is special about a reaction. Out: its line, and a whole file.

use serde_json::{Value, json};

/// A reaction on its way to a line.
#[derive(Clone)]
pub(super) struct Line(pub(super) Value);

/// The id of a number.
pub(super) fn id(number: u8) -> String {
    format!("01JD{number:022}")
}

/// A question of Ada on the first page, on a day of November.
pub(super) fn question(number: u8) -> Line {
    Line(json!({
        "id": id(number),
        "page": "voorbeelden/een",
        "kind": "vraag",
        "author": "Ada",
        "html": format!("<p>Tekst {number}</p>"),
        "created": format!("2026-11-{number:02}T09:00:00Z"),
    }))
}

/// An answer of Bo.
pub(super) fn answer(number: u8, to: u8) -> Line {
    question(number).set("kind", "antwoord").set("parent", id(to)).set("author", "Bo")
}

/// A notice on the board, with its last day.
pub(super) fn notice(number: u8, expires: &str) -> Line {
    let line = question(number).set("kind", "bericht").set("page", "prikbord");
    line.set("notice", "gezocht").set("expires", expires)
}

impl Line {
    /// With a key.
    pub(super) fn set(mut self, key: &str, value: impl Into<Value>) -> Line {
        self.0[key] = value.into();
        self
    }

    /// On another page.
    pub(super) fn on(self, page: &str) -> Line {
        self.set("page", page)
    }
}

/// A whole file, in the order that is given.
pub(super) fn file(lines: &[Line]) -> String {
    let head = "{\"praktijk\":\"reacties\",\"version\":1,\"revision\":7}\n".to_owned();
    lines.iter().fold(head, |text, line| format!("{text}{}\n", line.0))
}
