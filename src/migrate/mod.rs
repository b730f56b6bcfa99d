//! Rewrites a site of Zola 0.22 (Tera 1: macros, imports, shortcodes) for 0.23 (Tera 2: components, templates in texts).
//! In: the site's templates, texts and settings. Out: the files that change, what was done in each, and [`Note`]s about
//! what somebody must do by hand or may want to look at.
//!
//! | file | what it answers |
//! |---|---|
//! | `expr` | an expression of Tera 1 → what it is made of |
//! | `tree` | a template of Tera 1 → its nodes |
//! | `content` | the text of a page → its calls of shortcodes |
//! | `scope` | which names a template takes from outside |
//! | `survey` | which macro or shortcode becomes which component, and what each must be handed |
//! | `types` | what is known of a value before anything runs |
//! | `rewrite`, `filters`, `lists`, `calls`, `dates` | an expression → the same for Tera 2 |
//! | `templates` | a template → the same for 0.23 |
//! | `pages` | the text of a page → the same for 0.23 |
//! | `settings` | settings → the same for 0.23 |
//! | `edits` | new text for some bytes, the rest as it was |
//! | [`mod@compare`] | whether pages still say the same |
//! | [`mod@report`] | all of it → a report for people |
//! | `note` | what is told |
//!
//! **Two steps.** Everything is read into trees that keep bytes; then bytes are replaced. What no rule touches stays as
//! it was. What no rule can rewrite safely is told and left alone; nothing is guessed. A template that cannot be read is
//! told with its place and left as it is, and the rest is migrated.

mod calls;
pub mod compare;
mod content;
mod dates;
mod edits;
mod expr;
mod filters;
mod lists;
mod note;
mod pages;
pub mod report;
mod rewrite;
mod scope;
mod settings;
mod survey;
mod templates;
#[cfg(test)]
mod tests;
mod tree;
mod types;

use std::collections::BTreeMap;

pub use note::{Note, Weight};

use survey::{Languages, Survey, Template};

/// What becomes of a site.
#[derive(Debug, Default)]
pub struct Migration {
    /// The files that change: their new text, or none when they go.
    pub files: BTreeMap<String, Option<String>>,
    /// What was done, by file.
    pub done: BTreeMap<String, Vec<String>>,
    /// What somebody should know, those first that somebody must do.
    pub notes: Vec<Note>,
}

/// Whether a file is one that a migration reads. `theme` is that of the settings.
pub fn reads(path: &str, config_file: &str) -> bool {
    let template =
        path.starts_with("templates/") || path.starts_with("themes/") && path.contains("/templates/");
    let endings = ["ml", ".md", ".txt", ".json", ".ics"];
    path == config_file
        || path.ends_with("theme.toml") && (path == "theme.toml" || path.starts_with("themes/"))
        || template && endings.iter().any(|ending| path.ends_with(ending))
        || path.starts_with("content/") && path.ends_with(".md")
        || path.starts_with("static/giallo") && path.ends_with(".css")
}

/// Migrates a site. `files` are the texts of the files that [`reads`] names. `explicit` hands components what Zola gives
/// in every call, for Zola before 0.23.6; otherwise components that were shortcodes take it by themselves.
pub fn migrate(files: &BTreeMap<String, String>, config_file: &str, explicit: bool) -> Migration {
    let settings = settings::read(files.get(config_file).map_or("", String::as_str));
    let mut migration = Migration::default();
    let templates = migration.read_templates(files, settings.theme.as_deref());
    let uses = migration.read_uses(files);
    let languages = Languages {
        default: settings.default_language.clone(),
        several: settings.several_languages,
        slugs: settings.slugs.clone(),
    };
    let survey = Survey::new(templates, settings.theme.as_deref(), (languages, !explicit), &uses);
    migration.templates(&survey, files);
    migration.pages(&survey, files);
    // A site without macros and shortcodes may look the same in both dialects; then the name of this file counts.
    let unclear =
        survey.macros.is_empty() && survey.shortcodes.is_empty() && config_file.ends_with("config.toml");
    migration.settings(&settings, files, config_file, (explicit, unclear));
    migration
        .notes
        .sort_by(|a, b| (a.weight, &a.file, a.line, &a.what).cmp(&(b.weight, &b.file, b.line, &b.what)));
    migration.notes.dedup();
    migration
}

impl Migration {
    /// What is left to do by hand.
    pub fn by_hand(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(|note| note.weight == Weight::ByHand)
    }

    fn unreadable(&mut self, path: &str, text: &str, fault: &expr::Unreadable, how: &str) {
        self.notes.push(Note {
            weight: Weight::ByHand,
            file: path.to_owned(),
            line: note::line(text, fault.at),
            what: format!(
                "This file cannot be read as one of Zola 0.22, so it was left as it is: {}.",
                fault.why
            ),
            how: how.to_owned(),
        });
    }

    fn read_templates(
        &mut self,
        files: &BTreeMap<String, String>,
        theme: Option<&str>,
    ) -> BTreeMap<String, Template> {
        let mut found = BTreeMap::new();
        let folder = theme.map(|theme| format!("themes/{theme}/templates/"));
        for (path, text) in files {
            let own = path.strip_prefix("templates/");
            let of_theme = folder.as_ref().and_then(|folder| path.strip_prefix(folder.as_str()));
            let Some(name) = own.or(of_theme) else { continue };
            match tree::read(text) {
                Ok(nodes) => {
                    let template = Template {
                        name: name.to_owned(),
                        of_theme: own.is_none(),
                        text: text.clone(),
                        nodes,
                    };
                    found.insert(path.clone(), template);
                }
                Err(fault) => {
                    let how = "Mend it so that Zola 0.22 builds the site, and migrate again; or write it for 0.23 by hand.";
                    self.unreadable(path, text, &fault, how);
                }
            }
        }
        found
    }

    fn read_uses(&mut self, files: &BTreeMap<String, String>) -> Vec<content::Use> {
        let mut uses = Vec::new();
        for (path, file) in files.iter().filter(|(path, _)| path.starts_with("content/")) {
            let at = pages::text_at(file);
            let text = &file[at..];
            match content::read(text) {
                Ok(pieces) => uses.extend(content::uses(&pieces)),
                Err(fault) => {
                    let fault = expr::Unreadable { at: fault.at + at, ..fault };
                    let how = "Close what is open, or take away what closes nothing, and migrate again.";
                    self.unreadable(path, file, &fault, how);
                }
            }
        }
        uses
    }

    fn templates(&mut self, survey: &Survey, files: &BTreeMap<String, String>) {
        for path in survey.templates.keys() {
            let shortcode = survey.shortcode_in(path).is_some();
            if shortcode {
                self.shortcode(survey, path, files);
            }
            if !shortcode || survey.is_part_of_another(path) {
                let new = templates::rewrite(survey, path);
                self.take(path, path, new, files, "rewritten for Tera 2");
            }
            if [".xhtml", ".yml", ".yaml", ".shtml"].iter().any(|ending| path.ends_with(ending)) {
                self.notes.push(Note {
                    weight: Weight::ByHand,
                    file: path.clone(),
                    line: 1,
                    what: "Zola 0.23 loads no template with this ending.".to_owned(),
                    how: "Give it the ending `.html` or `.xml`, also where it is named.".to_owned(),
                });
            }
        }
    }

    fn shortcode(&mut self, survey: &Survey, path: &str, files: &BTreeMap<String, String>) {
        let Some(new) = templates::component_of_shortcode(survey, path) else { return };
        let target = path.replacen("templates/shortcodes/", "templates/components/", 1);
        let free = !files.contains_key(&target);
        let target = if free {
            target
        } else {
            path.replacen("templates/shortcodes/", "templates/components/shortcodes/", 1)
        };
        let what = format!("was the shortcode `{path}`, and is a component");
        self.take(path, &target, new, files, &what);
        if !survey.is_part_of_another(path) {
            self.files.insert(path.to_owned(), None);
            self.done.entry(path.to_owned()).or_default().push(format!("is now `{target}`"));
        }
    }

    fn take(
        &mut self,
        path: &str,
        target: &str,
        new: templates::Rewritten,
        files: &BTreeMap<String, String>,
        what: &str,
    ) {
        self.notes.extend(new.notes);
        if files.get(target) != Some(&new.text) {
            self.files.insert(target.to_owned(), Some(new.text));
            self.done.entry(target.to_owned()).or_default().push(what.to_owned());
        }
        let folder = &path[..path.find("templates/").unwrap_or(0) + "templates/".len()];
        for (name, text) in new.wanted {
            let wanted = format!("{folder}{name}");
            if !self.files.contains_key(&wanted) && !files.contains_key(&wanted) {
                self.done
                    .entry(wanted.clone())
                    .or_default()
                    .push("made, so that it can be included".to_owned());
                self.files.insert(wanted, Some(text));
            }
        }
    }

    fn pages(&mut self, survey: &Survey, files: &BTreeMap<String, String>) {
        for (path, file) in files.iter().filter(|(path, _)| path.starts_with("content/")) {
            // What cannot be read has been told.
            let Ok(new) = pages::rewrite(survey, path, file) else { continue };
            self.notes.extend(new.notes);
            if new.text != *file {
                let mut done = Vec::new();
                if new.calls > 0 {
                    done.push(format!("{} rewritten", count(new.calls, "call", "calls")));
                }
                if new.kept > 0 {
                    done.push(format!("{} kept from Tera with `raw`", count(new.kept, "place", "places")));
                }
                self.done.insert(path.clone(), done);
                self.files.insert(path.clone(), Some(new.text));
            }
        }
    }

    fn settings(
        &mut self,
        settings: &settings::Settings,
        files: &BTreeMap<String, String>,
        config_file: &str,
        (explicit, unclear): (bool, bool),
    ) {
        for (path, text) in files {
            let new = if path == config_file {
                settings::with_dialect(&settings::rewrite(text, settings), unclear)
            } else if path.ends_with("theme.toml") {
                settings::rewrite_theme(text, if explicit { "0.23.0" } else { "0.23.6" })
            } else {
                if path.starts_with("static/giallo") && settings.classes {
                    // 0.23 writes it at every build, with other classes; this one would overwrite it.
                    self.files.insert(path.clone(), None);
                    self.done
                        .entry(path.clone())
                        .or_default()
                        .push("taken away: Zola 0.23 makes it itself".to_owned());
                }
                continue;
            };
            if new != *text {
                self.done.entry(path.clone()).or_default().push("settings for 0.23".to_owned());
                self.files.insert(path.clone(), Some(new));
            }
        }
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
