//! The templates of a site. In: the files of a build and the settings. Out: an engine that holds them, or what is wrong
//! with them.

use std::collections::HashMap;
use std::sync::Arc;

use super::files::Files;
use crate::base::{Diagnostic, SourcePath};
use crate::model::{Config, Dialect};
use crate::render::faults;
use crate::template::sources::{Template, TemplateSet};
use crate::template::tera1::Tera1;
use crate::template::tera2::{InVain, Tera2};
use crate::template::{Fault, TemplateEngine};

const DIALECTS: [Dialect; 2] = [Dialect::Zola022, Dialect::Zola023];
/// The endings of templates of dialect 0.23.
const TEMPLATES: [&str; 6] = ["html", "xml", "md", "txt", "json", "ics"];
/// Those of dialect 0.22 that do not end in `ml`; a theme has but the first.
const OLD_TEMPLATES: [&str; 4] = ["md", "txt", "json", "ics"];

/// Templates that can be run, and what is not quite right with them.
pub(super) type Templates = (Arc<dyn TemplateEngine>, Vec<Diagnostic>);

/// Every template of the site and its theme that either dialect would take for one.
pub(super) fn read(files: &Files, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Vec<Template> {
    let mut templates = Vec::new();
    let theme = config.theme.as_deref();
    let theme_folder = theme.map(|theme| format!("themes/{theme}/templates"));
    let folders = theme_folder
        .iter()
        .map(|folder| (folder.as_str(), format!("{}/templates/", theme.unwrap_or(""))))
        .chain([("templates", String::new())]);
    let folders: Vec<_> = folders.collect();
    for (folder, prefix) in &folders {
        for (path, _) in files.snapshot().below(folder) {
            if !DIALECTS.iter().any(|dialect| is_template(path, prefix.is_empty(), *dialect)) {
                continue;
            }
            let Ok(Some((bytes, _))) = files.read(path) else { continue };
            match std::str::from_utf8(&bytes) {
                Ok(text) => templates.push(Template {
                    name: format!("{prefix}{}", path.below(folder).unwrap_or_default()),
                    text: Arc::from(text.strip_prefix('\u{feff}').unwrap_or(text)),
                    file: Some(path.clone()),
                }),
                Err(error) => diagnostics.push(
                    Diagnostic::error("template/bytes", "The template is not valid UTF-8.")
                        .at(path, error.valid_up_to()..error.valid_up_to() + 1)
                        .hint("Save the file as UTF-8."),
                ),
            }
        }
    }
    if let Some(folder) = theme_folder
        && files.snapshot().below(&folder).next().is_none()
    {
        let told = Diagnostic::error(
            "theme/missing",
            format!("The theme `{}` has no templates.", theme.unwrap_or("")),
        )
        .hint(format!("Put the theme's templates in `{folder}/`, or take `theme` out of the settings."));
        diagnostics
            .push(told.in_file(&SourcePath::new(format!("themes/{}/theme.toml", theme.unwrap_or("")))));
    }
    templates
}

/// Those of them that the site's dialect takes for templates.
pub(super) fn set(config: &Config, mut templates: Vec<Template>) -> TemplateSet {
    let theme = config.theme.as_deref();
    let prefix = format!("{}/templates/", theme.unwrap_or(""));
    templates.retain(|template| {
        let own = theme.is_none() || !template.name.starts_with(&prefix);
        template.file.as_ref().is_some_and(|file| is_template(file, own, config.dialect))
    });
    TemplateSet::new(config.dialect, theme, templates)
}

/// Whether a dialect takes a file among templates, of the site itself or of its theme, for one.
fn is_template(path: &SourcePath, own: bool, dialect: Dialect) -> bool {
    let Some(ending) = path.extension() else { return false };
    match (dialect, own) {
        (Dialect::Zola023, _) => TEMPLATES.contains(&ending),
        (Dialect::Zola022, true) => ending.ends_with("ml") || OLD_TEMPLATES.contains(&ending),
        (Dialect::Zola022, false) => {
            ending.ends_with("ml")
                || ending == OLD_TEMPLATES[0]
                || path.as_str().ends_with("/templates/robots.txt")
        }
    }
}

/// The engine with its templates. None when some of them are at fault.
pub(super) fn load(
    dialect: Dialect,
    set: TemplateSet,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Templates> {
    let places: HashMap<String, (SourcePath, Arc<str>)> = set
        .iter()
        .filter_map(|template| Some((template.name.clone(), (template.file.clone()?, template.text.clone()))))
        .collect();
    match engine(dialect, set) {
        Ok((engine, vain)) => {
            let told = vain.into_iter().filter_map(|(name, run)| {
                let (file, _) = places.get(&name)?;
                let message = "This is never shown: in a template that extends another, only blocks and components count.";
                Some(Diagnostic::warning("template/unreachable", message).at(file, run).hint("Put it in a block, or take it out."))
            });
            Some((engine, told.collect()))
        }
        Err(faults) => {
            diagnostics.extend(
                faults
                    .into_iter()
                    .flat_map(|fault| faults::diagnostics(fault, None, &|name| places.get(name).cloned())),
            );
            None
        }
    }
}

/// The built-in templates: with them texts can be looked through although the templates of the site are at fault.
pub(super) fn built_in(config: &Config) -> Option<Arc<dyn TemplateEngine>> {
    let set = TemplateSet::new(config.dialect, config.theme.as_deref(), Vec::new());
    engine(config.dialect, set).ok().map(|(engine, _)| engine)
}

/// An engine and what its templates say in vain.
type Ready = (Arc<dyn TemplateEngine>, Vec<InVain>);

/// The engine of a dialect.
fn engine(dialect: Dialect, set: TemplateSet) -> Result<Ready, Vec<Fault>> {
    Ok(match dialect {
        Dialect::Zola022 => (Arc::new(Tera1::new(set)?), Vec::new()),
        Dialect::Zola023 => {
            let (engine, vain) = Tera2::new(set)?;
            (Arc::new(engine), vain)
        }
    })
}
