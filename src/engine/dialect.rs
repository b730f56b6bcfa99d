//! Which dialect a site speaks. In: its settings, its theme's, its templates and its content. Out: a [`Finding`]: the
//! dialect and why, in the order in which the reasons count; and a complaint about a site that mixes both.
//!
//! What counts, the first that says anything:
//!
//! 1. the settings: `[extra.praktijk] dialect`;
//! 2. what the templates themselves hold that only one dialect has;
//! 3. the theme's `min_version`;
//! 4. what the content holds that only one dialect has;
//! 5. whether only one of the two engines can read the templates;
//! 6. the name of the settings' file, which is `zola.toml` on new sites and was `config.toml` before.

use crate::base::{Diagnostic, SourcePath};
use crate::model::{Config, Dialect};
use crate::template::signs::{self, Sign};
use crate::template::sources::Template;
use crate::template::{tera1, tera2};

use super::files::Files;

/// The first Zola of dialect 0.23.
const BREAK: (u64, u64) = (0, 23);

/// The dialect of a site.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The dialect.
    pub dialect: Dialect,
    /// Why, the most important first; never empty.
    pub reasons: Vec<Reason>,
    /// Whether an edit of a text may change the finding.
    pub by_content: bool,
    /// Whether there are templates of the other dialect as well.
    pub mixed: bool,
}

/// A reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The dialect that it speaks for.
    pub dialect: Dialect,
    /// The file and the bytes in it; none for what concerns the whole site.
    pub place: Option<(SourcePath, std::ops::Range<usize>)>,
    /// What was seen, for a sentence.
    pub what: String,
}

/// Finds it.
pub(super) fn find(
    files: &Files,
    config: &Config,
    config_file: &SourcePath,
    templates: &[Template],
) -> (Finding, Option<Diagnostic>) {
    if let Some((named, reason)) = by_settings(config, config_file) {
        return match named {
            Some(dialect) => {
                (Finding { dialect, reasons: vec![reason], by_content: false, mixed: false }, None)
            }
            None => {
                let told = Diagnostic::error("dialect/unknown", reason.what.clone())
                    .in_file(config_file)
                    .hint("Write `dialect = \"0.22\"` for a site of before Zola 0.23, else `dialect = \"0.23\"`.");
                let finding = Finding {
                    dialect: Dialect::default(),
                    reasons: vec![reason],
                    by_content: false,
                    mixed: false,
                };
                (finding, Some(told))
            }
        };
    }
    let min_version = by_min_version(files, config);
    let seen: Vec<Reason> = templates.iter().flat_map(in_template).collect();
    let [old, new] =
        [Dialect::Zola022, Dialect::Zola023].map(|d| seen.iter().find(|reason| reason.dialect == d));
    let found = |first: &Reason, by_content| {
        let rest =
            seen.iter().chain(&min_version).filter(|other| *other != first && other.dialect == first.dialect);
        let reasons = [first].into_iter().chain(rest).cloned().collect();
        Finding { dialect: first.dialect, reasons, by_content, mixed: false }
    };
    match (old, new) {
        (Some(old), Some(new)) => {
            let counted = |dialect| seen.iter().filter(|reason| reason.dialect == dialect).count();
            let more = if counted(Dialect::Zola022) > counted(Dialect::Zola023) { old } else { new };
            let leading = min_version.iter().map(|said| said.dialect).next().unwrap_or(more.dialect);
            let first = if leading.is_old() { old } else { new };
            (Finding { mixed: true, ..found(first, false) }, Some(mixed(old, new)))
        }
        (Some(only), None) | (None, Some(only)) => (found(only, false), None),
        (None, None) => (without_signs(files, config, config_file, templates, min_version), None),
    }
}

/// What a site says whose templates show nothing.
fn without_signs(
    files: &Files,
    config: &Config,
    config_file: &SourcePath,
    templates: &[Template],
    min_version: Option<Reason>,
) -> Finding {
    let finding = |reason: Reason, by_content| Finding {
        dialect: reason.dialect,
        reasons: vec![reason],
        by_content,
        mixed: false,
    };
    if let Some(said) = min_version {
        return finding(said, false);
    }
    if let Some(reason) = by_content(files, config) {
        return finding(reason, true);
    }
    if let Some(reason) = by_engines(templates) {
        return finding(reason, true);
    }
    let old = config_file.file_name() == "config.toml";
    let dialect = if old { Dialect::Zola022 } else { Dialect::Zola023 };
    let what = format!(
        "nothing in the templates or the content belongs to one dialect only, and the settings are in `{}`",
        config_file.file_name()
    );
    finding(Reason { dialect, place: Some((config_file.clone(), 0..0)), what }, true)
}

/// What the settings say: a dialect, or something that is none.
fn by_settings(config: &Config, file: &SourcePath) -> Option<(Option<Dialect>, Reason)> {
    let said = config.extra.get("praktijk")?.get("dialect")?;
    let written = said.as_str().map_or_else(|| said.to_string(), str::to_owned);
    let named = said.as_str().and_then(Dialect::named);
    let what = match named {
        Some(_) => format!("the settings say `dialect = \"{written}\"`"),
        None => format!("The settings name the dialect `{written}`, which there is not."),
    };
    let place = Some((file.clone(), 0..0));
    Some((named, Reason { dialect: named.unwrap_or_default(), place, what }))
}

/// What the theme asks for: the theme that the settings name, or the one that the site itself is.
fn by_min_version(files: &Files, config: &Config) -> Option<Reason> {
    let path = match &config.theme {
        Some(theme) => SourcePath::new(format!("themes/{theme}/theme.toml")),
        None => SourcePath::new("theme.toml"),
    };
    let (bytes, _) = files.read(&path).ok().flatten()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    let table: toml::Table = text.parse().ok()?;
    let version = match table.get("min_version")? {
        toml::Value::String(version) => version.clone(),
        other => other.to_string(),
    };
    let mut parts = version.trim_start_matches('v').split('.').map(|part| part.parse::<u64>());
    let (major, minor) = (parts.next()?.ok()?, parts.next().and_then(Result::ok).unwrap_or(0));
    let dialect = if (major, minor) < BREAK { Dialect::Zola022 } else { Dialect::Zola023 };
    let at = text.find("min_version").unwrap_or(0);
    let what = format!("the theme asks for Zola {version} or later (`min_version`)");
    Some(Reason { dialect, place: Some((path, at..at + "min_version".len())), what })
}

/// What one template shows. A template for a shortcode is one of dialect 0.22, unless it holds a component.
fn in_template(template: &Template) -> Vec<Reason> {
    let Some(file) = &template.file else { return Vec::new() };
    let reason = |sign: Sign| Reason {
        dialect: sign.dialect,
        place: Some((file.clone(), sign.span)),
        what: sign.what.to_owned(),
    };
    let mut reasons: Vec<Reason> = signs::in_template(&template.text).into_iter().map(reason).collect();
    let name = template.name.rsplit_once("/templates/").map_or(template.name.as_str(), |(_, name)| name);
    if reasons.is_empty() && name.starts_with("shortcodes/") {
        let what = "there is a template for a shortcode".to_owned();
        reasons.push(Reason { dialect: Dialect::Zola022, place: Some((file.clone(), 0..0)), what });
    }
    reasons
}

fn by_content(files: &Files, config: &Config) -> Option<Reason> {
    let texts = files.snapshot().below("content").filter(|(path, _)| {
        path.extension() == Some("md") && !config.ignored_content.is_match(path.as_str())
    });
    for (path, _) in texts {
        let Ok(Some((bytes, _))) = files.read(path) else { continue };
        if memchr::memchr(b'{', &bytes).is_none() {
            continue;
        }
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        if let Some(sign) = signs::in_content(text).into_iter().next() {
            let what = sign.what.to_owned();
            return Some(Reason { dialect: sign.dialect, place: Some((path.clone(), sign.span)), what });
        }
    }
    None
}

/// The dialect whose engine alone can read the templates. Names that are unknown say nothing: they may be spelled wrong.
fn by_engines(templates: &[Template]) -> Option<Reason> {
    let old = templates.iter().all(|template| tera1::can_read(&template.text));
    let new = templates.iter().all(|template| tera2::can_read(&template.text));
    let dialect = match (old, new) {
        (true, false) => Dialect::Zola022,
        (false, true) => Dialect::Zola023,
        _ => return None,
    };
    Some(Reason { dialect, place: None, what: "no other dialect can read all templates".to_owned() })
}

/// The complaint about a site that speaks both dialects.
fn mixed(old: &Reason, new: &Reason) -> Diagnostic {
    let message = format!(
        "The templates of this site mix two dialects that cannot be mixed: here {}, which only Zola since 0.23 has.",
        new.what
    );
    let told = Diagnostic::error("dialect/mixed", message).hint(
        "Bring all templates to one dialect; `praktijk migrate` brings them to that of Zola 0.23. If one of these files is not used, remove it.",
    );
    let told = match &new.place {
        Some((file, span)) => told.at(file, span.clone()),
        None => told,
    };
    match &old.place {
        Some((file, span)) => told.note(
            format!("Here {}, which only Zola before 0.23 had.", old.what),
            file,
            Some(span.clone()),
        ),
        None => told,
    }
}
