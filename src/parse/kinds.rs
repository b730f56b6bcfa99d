//! The declarations of kinds. In: the files `kinds/*.toml` of the theme and of the site. Out: the kinds, by name, and
//! complaints with the place of what is wrong. A kind of the site takes the place of the theme's of the same name.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::spelling::closest;
use crate::base::{Diagnostic, Severity, SourcePath};
use crate::model::Kind;
use crate::model::kind::{Facet, Field, Holds, STANDARD};
use crate::model::reaction::{self, TAKEN};

/// Reads every declaration; later files take the place of earlier ones of the same name.
pub fn kinds(files: &[(SourcePath, Vec<u8>)]) -> (Vec<Kind>, Vec<Diagnostic>) {
    let (mut known, mut told) = (BTreeMap::new(), Vec::new());
    for (path, bytes) in files {
        let Some((text, skipped)) = super::fields::text(path, bytes, &mut told) else { continue };
        let declaration = Declaration { path, text, skipped };
        if let Some(kind) = declaration.read(&mut told) {
            known.insert(kind.name.clone(), (kind, declaration));
        }
    }
    let names: Vec<&str> = known.keys().map(String::as_str).collect();
    let mut folders: BTreeMap<&str, &str> = BTreeMap::new();
    for (kind, declaration) in known.values() {
        declaration.check(kind, &names, &mut told);
        if let Some(other) = folders.insert(&kind.folder, &kind.name).filter(|_| !kind.folder.is_empty()) {
            let message = format!(
                "The kinds `{other}` and `{}` both say that their pages lie in `{}`.",
                kind.name, kind.folder
            );
            told.push(
                declaration
                    .error(message, &["folder"])
                    .hint("Give each kind a folder of its own, or leave `folder` out of one and write `kind` in its pages."),
            );
        }
    }
    (known.into_values().map(|(kind, _)| kind).collect(), told)
}

/// One file.
struct Declaration<'a> {
    path: &'a SourcePath,
    text: &'a str,
    /// How many bytes stand before the text.
    skipped: usize,
}

impl Declaration<'_> {
    fn read(&self, told: &mut Vec<Diagnostic>) -> Option<Kind> {
        let name = self.path.file_name().strip_suffix(".toml")?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || !name.chars().all(plain) {
            let message = format!("A kind cannot be called `{name}`: its name is part of URLs.");
            told.push(
                Diagnostic::error("kinds/name", message).in_file(self.path).hint(
                    "Name the file with small letters, digits and hyphens only, such as `recipe.toml`.",
                ),
            );
            return None;
        }
        match toml::from_str::<Kind>(self.text) {
            Ok(mut kind) => {
                name.clone_into(&mut kind.name);
                Some(kind)
            }
            Err(error) => {
                let at = error.span().unwrap_or(0..0);
                let message =
                    format!("The declaration cannot be read here: {}.", first_line(error.message()));
                told.push(
                    Diagnostic::error("kinds/syntax", message)
                        .at(self.path, at.start + self.skipped..at.end + self.skipped)
                        .hint("Compare it with another declaration; what each key means stands in the documentation of kinds."),
                );
                None
            }
        }
    }

    fn check(&self, kind: &Kind, kinds: &[&str], told: &mut Vec<Diagnostic>) {
        if kind.label.is_empty() {
            let message = format!("The kind `{}` has no `label`.", kind.name);
            told.push(self.error(message, &[]).hint("Write what people call it: `label = \"…\"`."));
        }
        self.check_fields(&kind.fields, kinds, &mut vec!["fields".to_owned()], told);
        let fields: Vec<&str> = kind.fields.iter().map(|field| field.name.as_str()).chain(STANDARD).collect();
        for (at, facet) in kind.facets.iter().enumerate() {
            self.check_facet(kind, facet, at, &fields, told);
        }
        for (at, unit) in kind.units.iter().enumerate() {
            let at = at.to_string();
            let path = ["units", at.as_str()];
            if unit.name.is_empty() {
                told.push(
                    self.error("A unit has no `name`.", &path)
                        .hint("Anchors begin with it: `name = \"tip\"`."),
                );
            }
            let known = kind.sections.iter().any(|section| section.heading == unit.under);
            if !unit.under.is_empty() && !kind.sections.is_empty() && !known {
                let message = format!(
                    "There is no section `{}` for the unit `{}` to stand under.",
                    unit.under, unit.name
                );
                let near = closest(&unit.under, kind.sections.iter().map(|section| section.heading.as_str()));
                told.push(suggest(self.error(message, &[path[0], path[1], "under"]), near));
            }
        }
        self.check_reactions(&kind.reactions, told);
        let mut named: Vec<(&str, Vec<String>)> = Vec::new();
        let steps = |path: &[&str]| path.iter().map(|step| (*step).to_owned()).collect::<Vec<_>>();
        named.extend(kind.expires.as_deref().map(|name| (name, steps(&["expires"]))));
        named.extend(kind.abbreviation.as_deref().map(|name| (name, steps(&["abbreviation"]))));
        named.extend(kind.review.as_ref().map(|review| (review.field.as_str(), steps(&["review", "field"]))));
        if let Some(calendar) = &kind.calendar {
            named.push((&calendar.begin, steps(&["calendar", "begin"])));
            named.push((&calendar.end, steps(&["calendar", "end"])));
            named.push((&calendar.location, steps(&["calendar", "location"])));
            named.push((&calendar.organizer, steps(&["calendar", "organizer"])));
        }
        for (at, download) in kind.downloads.iter().enumerate() {
            named.push((
                &download.attachments,
                vec!["downloads".into(), at.to_string(), "attachments".into()],
            ));
            let facts = download.facts.iter();
            named.extend(
                facts.map(|name| (name.as_str(), vec!["downloads".into(), at.to_string(), "facts".into()])),
            );
        }
        let order = kind.order.trim_start_matches('-');
        named.push((order, steps(&["order"])));
        for (name, path) in named {
            if !name.is_empty() && !fields.contains(&name) {
                told.push(self.no_field(name, &path, &fields));
            }
        }
        let of_search = [("synonyms", &kind.search.synonyms), ("as_written", &kind.search.as_written)];
        let of_search = of_search.into_iter().chain(kind.search.fields.iter().map(|name| ("fields", name)));
        for (key, name) in of_search.filter(|(_, name)| !name.is_empty() && !fields.contains(&name.as_str()))
        {
            // Nothing is lost by it but words that are never there.
            let fault = self.no_field(name, &steps(&["search", key]), &fields);
            told.push(Diagnostic { severity: Severity::Warning, ..fault });
        }
    }

    fn check_fields(
        &self,
        fields: &[Field],
        kinds: &[&str],
        path: &mut Vec<String>,
        told: &mut Vec<Diagnostic>,
    ) {
        for (at, field) in fields.iter().enumerate() {
            path.push(at.to_string());
            if field.name.is_empty() {
                told.push(
                    self.error_at("A field has no `name`.".to_owned(), path)
                        .hint("The name is the key that editors write."),
                );
            } else if fields[..at].iter().any(|other| other.name == field.name) {
                let message = format!("The field `{}` is declared twice.", field.name);
                told.push(self.error_at(message, path).hint("Take one of the two away."));
            }
            let lacking = match field.holds {
                Holds::Choice if field.choices.is_empty() => Some(("choices", "the words to choose from")),
                Holds::Relation if field.to.is_empty() => Some(("to", "the kinds it may name")),
                Holds::Table if field.fields.is_empty() => Some(("fields", "the keys of the table")),
                _ => None,
            };
            if let Some((key, what)) = lacking {
                let message = format!("The field `{}` lacks `{key}`: {what}.", field.name);
                told.push(self.error_at(message, path).hint(format!("Write `{key} = [\"…\"]`.")));
            }
            for to in field.to.iter().filter(|to| !kinds.contains(&to.as_str())) {
                let message = format!(
                    "The field `{}` leads to the kind `{to}`, and there is no such kind.",
                    field.name
                );
                path.push("to".to_owned());
                told.push(suggest(self.error_at(message, path), closest(to, kinds.iter().copied())));
                path.pop();
            }
            path.push("fields".to_owned());
            self.check_fields(&field.fields, kinds, path, told);
            path.truncate(path.len() - 2);
        }
    }

    fn check_facet(
        &self,
        kind: &Kind,
        facet: &Facet,
        at: usize,
        fields: &[&str],
        told: &mut Vec<Diagnostic>,
    ) {
        let at = at.to_string();
        if facet.name.is_empty() || facet.from.is_empty() {
            let message = "A facet needs a `name` and, in `from`, the fields its values come from.";
            told.push(self.error(message, &["facets", &at]).hint("Write `from = [\"FIELD\"]`."));
        }
        for from in &facet.from {
            let field = from.split(['.', ':']).next().unwrap_or_default();
            let path = ["facets", &at, "from"].map(str::to_owned);
            if !fields.contains(&field) {
                told.push(self.no_field(field, &path, fields));
            } else if from.contains('.')
                && kind.field(field).is_none_or(|field| field.holds != Holds::Relation)
            {
                let message = format!(
                    "`{from}` reads a field of the pages that `{field}` leads to, but `{field}` is no relation."
                );
                told.push(
                    self.error_at(message, &path).hint(format!("Write `{field}`, or make it a relation.")),
                );
            }
        }
    }

    fn check_reactions(&self, words: &[String], told: &mut Vec<Diagnostic>) {
        let known = || TAKEN.iter().map(|kind| kind.word());
        for (at, word) in words.iter().enumerate().filter(|(_, word)| reaction::Kind::taken(word).is_none()) {
            let path = ["reactions".to_owned(), at.to_string()];
            let fault = if word == reaction::Kind::Answer.word() {
                let message = "`antwoord` is not listed: whatever a page takes can be answered.";
                self.error_at(message.to_owned(), &path).hint("Take it out of `reactions`.")
            } else {
                let told = self.error_at(format!("There is no kind of reaction `{word}`."), &path);
                match closest(word, known()) {
                    Some(near) => told.hint(format!("Did you mean `{near}`?")),
                    None => told.hint(format!("There are: {}.", known().collect::<Vec<_>>().join(", "))),
                }
            };
            told.push(fault);
        }
    }

    fn no_field(&self, name: &str, path: &[String], fields: &[&str]) -> Diagnostic {
        let message = format!("There is no field `{name}`.");
        suggest(self.error_at(message, path), closest(name, fields.iter().copied()))
    }

    fn error(&self, message: impl Into<String>, path: &[&str]) -> Diagnostic {
        let path: Vec<String> = path.iter().map(|step| (*step).to_owned()).collect();
        self.error_at(message.into(), &path)
    }

    fn error_at(&self, message: String, path: &[String]) -> Diagnostic {
        let told = Diagnostic::error("kinds/declaration", message);
        match place(self.text, path) {
            Some(at) => told.at(self.path, at.start + self.skipped..at.end + self.skipped),
            None => told.in_file(self.path),
        }
    }
}

fn suggest(told: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => told.hint(format!("Did you mean `{near}`?")),
        None => told.hint("Declare it first, or name another."),
    }
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or(message).trim_end_matches('.')
}

/// Where something stands in TOML: keys, and numbers for places in lists. Where a step is not there, the place before it.
fn place(text: &str, path: &[String]) -> Option<Range<usize>> {
    let table = DeTable::parse(text).ok()?;
    let (first, rest) = path.split_first()?;
    let mut here = table.get_ref().get(first.as_str())?;
    for step in rest {
        let next = match here.get_ref() {
            DeValue::Table(table) => table.get(step.as_str()),
            DeValue::Array(items) => step.parse::<usize>().ok().and_then(|at| items.get(at)),
            _ => None,
        };
        match next {
            Some(next) => here = next,
            None => break,
        }
    }
    Some(here.span())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(files: &[(&str, &str)]) -> (Vec<Kind>, Vec<String>) {
        let files: Vec<_> =
            files.iter().map(|(path, text)| (SourcePath::new(path), text.as_bytes().to_vec())).collect();
        let (kinds, told) = kinds(&files);
        let shown = told.iter().map(|told| {
            let span = told.place.as_ref().and_then(|place| place.span.clone());
            let file = told.place.as_ref().map(|place| place.file.as_str().to_owned()).unwrap_or_default();
            let text = files.iter().find(|(path, _)| path.as_str() == file).map(|(_, bytes)| bytes);
            let at = text.zip(span).map(|(bytes, span)| String::from_utf8_lossy(&bytes[span]).into_owned());
            format!("{} [{}] {}", told.message, at.unwrap_or_default(), told.hints.join(" "))
        });
        (kinds, shown.collect())
    }

    #[test]
    fn a_site_takes_the_place_of_the_theme() {
        let (kinds, told) = read(&[
            ("themes/t/kinds/recipe.toml", "label = \"Recipe\"\nfolder = \"recipes\""),
            ("kinds/recipe.toml", "label = \"Dish\"\nfolder = \"recipes\""),
        ]);
        assert_eq!(told, Vec::<String>::new());
        assert_eq!(
            kinds.iter().map(|kind| (&*kind.name, &*kind.label)).collect::<Vec<_>>(),
            [("recipe", "Dish")]
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let (_, told) = read(&[(
            "kinds/recipe.toml",
            r#"
label = "Recipe"
folder = "recipes"
expires = "untill"
[[fields]]
name = "until"
type = "date"
[[fields]]
name = "cook"
type = "relation"
to = ["recipes"]
[[facets]]
name = "kitchen"
from = ["until.name"]
"#,
        )]);
        assert_eq!(
            told,
            [
                "The field `cook` leads to the kind `recipes`, and there is no such kind. [[\"recipes\"]] Did you mean `recipe`?",
                "`until.name` reads a field of the pages that `until` leads to, but `until` is no relation. [[\"until.name\"]] Write `until`, or make it a relation.",
                "There is no field `untill`. [\"untill\"] Did you mean `until`?",
            ]
        );
    }

    #[test]
    fn a_key_that_no_kind_has_is_told_where_it_stands() {
        let (kinds, told) = read(&[("kinds/recipe.toml", "label = \"Recipe\"\nfoldr = \"recipes\"")]);
        assert!(kinds.is_empty());
        assert!(told[0].contains("unknown field `foldr`") && told[0].contains("[foldr]"), "{told:?}");
    }

    #[test]
    fn reactions_are_of_known_kinds_and_answers_go_without_saying() {
        let (kinds, told) = read(&[(
            "kinds/recipe.toml",
            "label = \"Recipe\"\nreactions = [\"vraag\", \"ervaringen\", \"antwoord\", \"x\"]",
        )]);
        assert_eq!(kinds[0].reactions[0], "vraag");
        assert_eq!(
            told,
            [
                "There is no kind of reaction `ervaringen`. [\"ervaringen\"] Did you mean `ervaring`?",
                "`antwoord` is not listed: whatever a page takes can be answered. [\"antwoord\"] Take it out of `reactions`.",
                "There is no kind of reaction `x`. [\"x\"] There are: vraag, opmerking, ervaring, bericht.",
            ]
        );
        assert!(
            read(&[("kinds/recipe.toml", "label = \"Recipe\"\nreactions = true")]).1[0].contains("[true]")
        );
    }

    #[test]
    fn a_name_that_is_no_part_of_a_url_is_refused() {
        let (kinds, told) = read(&[("kinds/Mijn Recept.toml", "label = \"x\"")]);
        assert!(kinds.is_empty() && told[0].contains("small letters"), "{told:?}");
    }
}
