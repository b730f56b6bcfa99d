//! `schema`: JSON Schemas of the front matter of each kind.

use std::sync::Arc;

use super::args::{Args, Schema};
use super::build;
use super::exit::Failure;
use super::place;
use super::show::{self, Progress};
use crate::base::Diagnostic;
use crate::editor::schema;
use crate::engine::{Options, Target};
use crate::model::{Config, Kind};

/// Prints schemas, or writes them to a folder.
pub fn run(args: &Args, words: &Schema) -> Result<(), Failure> {
    let config = settings(args)?;
    let kinds: Vec<&Kind> = match &words.kind {
        Some(name) => vec![kind(&config, name)?],
        None => config.kinds.iter().collect(),
    };
    let Some(folder) = &words.out else {
        let shown: serde_json::Map<_, _> =
            kinds.iter().map(|kind| (kind.name.clone(), schema::of(kind))).collect();
        match (words.kind.is_some(), kinds.first()) {
            (true, Some(kind)) => show::put(format_args!("{:#}\n", schema::of(kind))),
            _ => show::put(format_args!("{:#}\n", serde_json::Value::Object(shown))),
        }
        return Ok(());
    };
    let failed = |error: std::io::Error| {
        Failure::Machine(format!("`{}` cannot be written to: {error}.", folder.display()))
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    for kind in &kinds {
        std::fs::write(folder.join(format!("{}.json", kind.name)), format!("{:#}\n", schema::of(kind)))
            .map_err(failed)?;
    }
    let count = show::count(kinds.len(), "schema", "schemas");
    show::put(format_args!("Wrote {count} to {}.\n", folder.display()));
    Ok(())
}

/// The settings of the site, with its kinds.
pub fn settings(args: &Args) -> Result<Config, Failure> {
    let place = place::find(args)?;
    let options = Options { config_file: place.config_file.clone(), ..Options::default() };
    let progress = Arc::new(Progress::new());
    let mut engine = build::engine(&place, options, Target::Nowhere, &progress);
    let (config, told) = engine.settings()?;
    let language = show::language(config.as_ref().map(|config| config.default_language.as_str()));
    show::diagnostics(&told, args.report, &place.root, language);
    config.filter(|_| !told.iter().any(Diagnostic::is_error)).ok_or(Failure::Content)
}

/// A kind by its name.
pub fn kind<'c>(config: &'c Config, name: &str) -> Result<&'c Kind, Failure> {
    if let Some(kind) = config.kinds.iter().find(|kind| kind.name == name) {
        return Ok(kind);
    }
    let names: Vec<&str> = config.kinds.iter().map(|kind| kind.name.as_str()).collect();
    if names.is_empty() {
        return Err(Failure::Usage(
            "This site declares no kinds of content.\n  help: A kind is a file such as `kinds/recipe.toml`, of the site or its theme.".to_owned(),
        ));
    }
    let near = crate::parse::closest(name, names.iter().copied());
    let near = near.map(|near| format!("Did you mean `{near}`? ")).unwrap_or_default();
    Err(Failure::Usage(format!("There is no kind `{name}`.\n  help: {near}There are: {}.", names.join(", "))))
}
