//! The report of a migration. In: what was done and how pages compare. Out: Markdown for people.

use std::collections::BTreeMap;

use super::compare::Difference;
use super::{Migration, Note, Weight};

/// How pages compared.
#[derive(Clone, Debug)]
pub enum Proof {
    /// They were compared: how many, and those that differ.
    Compared(usize, BTreeMap<String, Difference>),
    /// They could not be, and why.
    Impossible(String),
}

/// The report.
pub fn markdown(migration: &Migration, proof: &Proof) -> String {
    let mut out = String::from("# From Zola 0.22 to 0.23\n");
    let (hand, look): (Vec<&Note>, Vec<&Note>) =
        migration.notes.iter().partition(|note| note.weight == Weight::ByHand);
    out.push_str("\n## To do by hand\n\n");
    notes(&mut out, &hand, "Nothing.");
    out.push_str("\n## The pages\n\n");
    pages(&mut out, proof);
    out.push_str("\n## To look at\n\n");
    notes(&mut out, &look, "Nothing.");
    out.push_str("\n## What was done\n\n");
    if migration.done.is_empty() {
        out.push_str("Nothing: the site has nothing of Zola 0.22 that 0.23 lacks.\n");
    }
    for (file, done) in &migration.done {
        out.push_str(&format!("- `{file}`: {}\n", done.join(", ")));
    }
    out
}

fn notes(out: &mut String, notes: &[&Note], none: &str) {
    if notes.is_empty() {
        out.push_str(&format!("{none}\n"));
    }
    for note in notes {
        out.push_str(&format!("- `{}`, line {}: {} {}\n", note.file, note.line, note.what, note.how));
    }
}

fn pages(out: &mut String, proof: &Proof) {
    match proof {
        Proof::Impossible(why) => out.push_str(&format!("They were not compared: {why}\n")),
        Proof::Compared(all, different) if different.is_empty() => {
            out.push_str(&format!("All {all} say the same as before.\n"));
        }
        Proof::Compared(all, different) => {
            out.push_str(&format!("{} of {all} differ:\n\n", different.len()));
            for (page, difference) in different {
                let how = match difference {
                    Difference::Gone => "is no longer there".to_owned(),
                    Difference::New => "was not there before".to_owned(),
                    Difference::Order(old, new) => format!(
                        "has the same words in another order: “{old}”, and now “{new}” (since 0.23.4 pages of one date stand in the reverse order of their addresses)"
                    ),
                    Difference::Text(old, new) => format!("said “{old}”, says “{new}”"),
                };
                out.push_str(&format!("- `{page}`: {how}\n"));
            }
        }
    }
}
