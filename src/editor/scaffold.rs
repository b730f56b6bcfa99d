//! A new page of a kind. In: the kind, a title and the day of today. Out: the text of the file: every field, the required
//! ones to be filled in and the others as remarks, and every heading with a line that says what belongs there.
//!
//! It is a draft, and whatever is left as it is here is a fault that `praktijk check --drafts` names: required fields are
//! empty where only the editor can know, and nothing stands under the headings but remarks.

use crate::model::kind::{Each, Field, Holds, Kind, Need, example};

/// The text of a new page.
pub fn page(kind: &Kind, title: &str, today: &str, dutch: bool) -> String {
    let say = |nl: &'static str, en: &'static str| if dutch { nl } else { en };
    let mut text = format!("+++\ntitle = {}\n", quoted(title));
    for field in kind.fields.iter().filter(|field| field.is_standard() && field.name != "title") {
        text += &line(field, today, dutch);
    }
    text += &format!(
        "# {}\n",
        say(
            "Zolang dit er staat, komt de pagina niet op de site.",
            "While this is here, the page stays off the site."
        )
    );
    text += "draft = true\n\n[extra]\n";
    let (tables, others): (Vec<&Field>, Vec<&Field>) = kind
        .fields
        .iter()
        .filter(|field| !field.is_standard())
        .partition(|field| field.holds == Holds::Table);
    for field in others {
        text += &line(field, today, dutch);
    }
    for field in tables {
        text += &table(field, today, dutch);
    }
    text += "+++\n\n";
    text += &body(kind, dutch);
    text
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A field with its help: filled in when it must be there, else as a remark.
fn line(field: &Field, today: &str, dutch: bool) -> String {
    let remark = if field.need == Need::Required { "" } else { "#" };
    format!("{}{remark}{} = {}\n", help(field, dutch), field.name, value(field, today))
}

fn help(field: &Field, dutch: bool) -> String {
    let need = match (field.need, dutch) {
        (Need::Required, true) => "verplicht",
        (Need::Advised, true) => "aangeraden",
        (Need::Optional, true) => "mag weg",
        (Need::Required, false) => "required",
        (Need::Advised, false) => "advised",
        (Need::Optional, false) => "may be left out",
    };
    let or = if dutch { "Kies uit" } else { "One of" };
    let choices = if field.choices.is_empty() {
        String::new()
    } else {
        format!(" {or}: {}.", field.choices.join(", "))
    };
    let help = one_line(&field.help);
    let help = if help.is_empty() { String::new() } else { format!(" {help}") };
    format!("# {} ({need}).{help}{choices}\n", field.label())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands behind the equals sign. Nobody but the editor knows a name or a sentence, so those are left empty; that is a
/// fault until it is filled in.
fn value(field: &Field, today: &str) -> String {
    if !field.example.is_empty() && field.need != Need::Required {
        return field.example.clone();
    }
    let empty = match field.holds {
        Holds::Date => today.to_owned(),
        Holds::Bool | Holds::Table => return example(field),
        _ if field.need != Need::Required => return example(field),
        // Only text can be empty; a list or a number of nothing would be no TOML.
        _ => "\"\"".to_owned(),
    };
    if field.list { format!("[{empty}]") } else { empty }
}

/// A table, as a head with lines below it.
fn table(field: &Field, today: &str, dutch: bool) -> String {
    let remark = if field.need == Need::Required { "" } else { "#" };
    let (open, close) = if field.list { ("[[", "]]") } else { ("[", "]") };
    let mut text = format!("\n{}{remark}{open}extra.{}{close}\n", help(field, dutch), field.name);
    for below in &field.fields {
        let remark = if field.need == Need::Required && below.need == Need::Required { "" } else { "#" };
        let label =
            if below.label.is_empty() { String::new() } else { format!("  # {}", one_line(&below.label)) };
        text += &format!("{remark}{} = {}{label}\n", below.name, value(below, today));
    }
    text
}

fn body(kind: &Kind, dutch: bool) -> String {
    let mut text = String::new();
    for section in &kind.sections {
        let level = if section.level == 0 { 2 } else { section.level };
        let mut help = one_line(&section.help);
        if help.is_empty() {
            help = if dutch { "Schrijf hier de tekst." } else { "Write the text here." }.to_owned();
        }
        let most = match (section.max_words, dutch) {
            (0, _) => String::new(),
            (words, true) => format!(" Hooguit {words} woorden."),
            (words, false) => format!(" At most {words} words."),
        };
        let optional = match (section.need, dutch) {
            (Need::Required, _) => "",
            (_, true) => " Haal de kop weg als u hem niet nodig hebt.",
            (_, false) => " Take the heading away if there is nothing to say.",
        };
        let signs = "#".repeat(usize::from(level));
        text += &format!(
            "{signs} {}\n\n<!-- {}{most}{optional} -->\n\n",
            section.heading,
            help.replace("--", "–")
        );
    }
    if kind.sections.is_empty() {
        text += &free(kind, dutch);
    }
    text.trim_end().to_owned() + "\n"
}

/// The text of a kind without headings: its units when they are headings, else a remark.
fn free(kind: &Kind, dutch: bool) -> String {
    let counted = kind
        .units
        .iter()
        .find(|unit| unit.exactly > 0 && unit.each == Each::Heading && unit.under.is_empty());
    match counted {
        Some(unit) => (1..=unit.exactly).map(|number| format!("## {} {number}\n\n", unit.label)).collect(),
        None => {
            format!("<!-- {} -->\n", if dutch { "Schrijf hier de tekst." } else { "Write the text here." })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::kind::Section;

    fn kind() -> Kind {
        let field =
            |name: &str, holds, need| Field { name: name.to_owned(), holds, need, ..Field::default() };
        Kind {
            label: "Recept".to_owned(),
            fields: vec![
                field("description", Holds::Text, Need::Required),
                Field {
                    choices: vec!["zoet".to_owned(), "zout".to_owned()],
                    ..field("smaak", Holds::Choice, Need::Advised)
                },
                field("dag", Holds::Date, Need::Required),
                Field {
                    list: true,
                    fields: vec![
                        field("naam", Holds::Text, Need::Required),
                        field("mail", Holds::Mail, Need::Optional),
                    ],
                    ..field("kok", Holds::Table, Need::Required)
                },
            ],
            sections: vec![
                Section {
                    heading: "Nodig".to_owned(),
                    need: Need::Required,
                    max_words: 80,
                    ..Section::default()
                },
                Section {
                    heading: "Serveren".to_owned(),
                    level: 3,
                    help: "Hoe -- en waar.".to_owned(),
                    ..Section::default()
                },
            ],
            ..Kind::default()
        }
    }

    #[test]
    fn a_page_has_every_field_and_every_heading() {
        let text = page(&kind(), "Soep \"extra\"", "2026-11-22", true);
        assert!(text.starts_with("+++\ntitle = \"Soep \\\"extra\\\"\"\n"), "{text}");
        for line in [
            "description = \"\"",
            "draft = true",
            "# smaak (aangeraden). Kies uit: zoet, zout.",
            "#smaak = \"zoet\"",
            "dag = 2026-11-22",
            "[[extra.kok]]",
            "naam = \"\"",
            "#mail = \"naam@voorbeeld.example\"",
            "## Nodig",
            "<!-- Schrijf hier de tekst. Hooguit 80 woorden. -->",
            "### Serveren",
            "<!-- Hoe – en waar. Haal de kop weg als u hem niet nodig hebt. -->",
        ] {
            assert!(text.lines().any(|written| written == line), "{line}\n{text}");
        }
    }

    #[test]
    fn a_kind_of_nothing_gives_a_page_too() {
        let text = page(&Kind::default(), "x", "2026-11-22", false);
        assert!(text.ends_with("+++\n\n<!-- Write the text here. -->\n"), "{text}");
    }
}
