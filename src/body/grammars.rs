//! Loads the grammars and themes that colour code, once for all threads. In: the settings. Out: a registry that everybody
//! shares, or what is wrong with the settings or the site's own grammars and themes.
//!
//! Loading takes a tenth of a second and much memory, so it is left until the first block of code asks for it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use giallo::ThemeVariant;

use super::registry::Registry;
use crate::base::hash::hash_of;
use crate::base::{Diagnostic, Hash128, SourcePath};
use crate::model::Dialect;
use crate::model::config::Highlighting;
use crate::template::Lookup;

/// The file of the settings.
const SETTINGS: &str = "zola.toml";

/// How many registries are kept: more than one only while somebody edits a grammar or theme.
const KEPT: usize = 2;

/// The themes that are always there.
const BUILTIN_THEMES: &str = "andromeeda aurora-x ayu-dark ayu-light ayu-mirage catppuccin-frappe catppuccin-latte \
    catppuccin-macchiato catppuccin-mocha dark-plus dracula dracula-soft everforest-dark \
    everforest-light github-dark github-dark-default github-dark-dimmed github-dark-high-contrast \
    github-light github-light-default github-light-high-contrast gruvbox-dark-hard gruvbox-dark-medium \
    gruvbox-dark-soft gruvbox-light-hard gruvbox-light-medium gruvbox-light-soft horizon horizon-bright \
    houston kanagawa-dragon kanagawa-lotus kanagawa-wave laserwave light-plus material-theme \
    material-theme-darker material-theme-lighter material-theme-ocean material-theme-palenight min-dark \
    min-light monokai night-owl night-owl-light nord one-dark-pro one-light plastic poimandres red \
    rose-pine rose-pine-dawn rose-pine-moon slack-dark slack-ochin snazzy-light solarized-dark \
    solarized-light synthwave-84 tokyo-night vesper vitesse-black vitesse-dark vitesse-light";

/// What came of loading.
pub(super) struct Loaded(OnceLock<Result<Registry, Vec<Diagnostic>>>);

impl Loaded {
    /// The registry, or why there is none.
    pub(super) fn registry(&self) -> Result<&Registry, &[Diagnostic]> {
        match self.0.get() {
            Some(Ok(registry)) => Ok(registry),
            Some(Err(complaints)) => Err(complaints),
            None => Err(&[]),
        }
    }
}

/// What was loaded, for which files; the latest last.
static LOADED: Mutex<Vec<(Hash128, Arc<Loaded>)>> = Mutex::new(Vec::new());

/// The registry for these settings. Whoever comes first loads it, the others wait.
pub(super) fn load(highlighting: &Highlighting, lookup: &Arc<dyn Lookup>) -> Arc<Loaded> {
    let extras = Extras::read(highlighting, lookup);
    let dialect = lookup.config().dialect;
    let key = hash_of(&(dialect, &extras.grammars, &extras.themes));
    let loaded = {
        let mut list = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        match list.iter().find(|(known, _)| *known == key) {
            Some((_, loaded)) => Arc::clone(loaded),
            None => {
                let loaded = Arc::new(Loaded(OnceLock::new()));
                list.push((key, Arc::clone(&loaded)));
                if list.len() > KEPT {
                    list.remove(0);
                }
                loaded
            }
        }
    };
    loaded.0.get_or_init(|| build(&extras, dialect));
    loaded
}

/// The site's own grammars and themes: which file, and what is in it.
struct Extras<'a> {
    grammars: Vec<Extra<'a>>,
    themes: Vec<Extra<'a>>,
}

/// A file, and what is in it.
type Extra<'a> = (&'a str, Result<Option<Arc<[u8]>>, String>);

impl<'a> Extras<'a> {
    fn read(highlighting: &'a Highlighting, lookup: &Arc<dyn Lookup>) -> Self {
        let read = |paths: &'a [String]| {
            paths.iter().map(|path| (path.as_str(), lookup.file(&SourcePath::new(path)))).collect()
        };
        Extras { grammars: read(&highlighting.extra_grammars), themes: read(&highlighting.extra_themes) }
    }
}

/// Loads what comes with the program, and the extras on top.
fn build(extras: &Extras<'_>, dialect: Dialect) -> Result<Registry, Vec<Diagnostic>> {
    let mut registry = Registry::builtin(dialect).map_err(|error| {
        vec![Diagnostic::error(
            "code/load",
            format!("The grammars that come with the program could not be loaded: {error}."),
        )]
    })?;
    let mut complaints = Vec::new();
    for extra in &extras.grammars {
        complaints.extend(add(extra, "grammar", |path| registry.add_grammar(path)).err());
    }
    for extra in &extras.themes {
        complaints.extend(add(extra, "theme", |path| registry.add_theme(path)).err());
    }
    registry.link();
    if complaints.is_empty() { Ok(registry) } else { Err(complaints) }
}

/// Adds a grammar or theme.
fn add(
    extra: &Extra<'_>,
    kind: &str,
    add: impl FnOnce(&Path) -> Result<(), String>,
) -> Result<(), Diagnostic> {
    let (path, content) = extra;
    let file = SourcePath::new(path);
    let bytes = match content {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            return Err(Diagnostic::error(
                "code/missing",
                format!("There is no file `{path}` with a {kind} for code."),
            )
            .in_file(&SourcePath::new(SETTINGS))
            .hint(format!("`extra_{kind}s` names files from the folder of zola.toml; check the path.")));
        }
        Err(error) => {
            return Err(Diagnostic::error(
                "code/missing",
                format!("The {kind} for code could not be read: {error}."),
            )
            .in_file(&file));
        }
    };
    let made = TemporaryFile::with(bytes).map_err(|error| {
        Diagnostic::error(
            "code/load",
            format!("The {kind} could not be put where it can be loaded from: {error}."),
        )
        .in_file(&file)
    })?;
    add(&made.0).map_err(|error| {
        Diagnostic::error("code/load", format!("This is no {kind} that can be used: {error}."))
            .in_file(&file)
            .hint(format!("A {kind} is a JSON file as Visual Studio Code has it; its name may not be one that is there already."))
    })
}

/// A file for a moment: the colouring loads grammars and themes from paths only, and sources are not always on disk.
struct TemporaryFile(PathBuf);

impl TemporaryFile {
    fn with(bytes: &[u8]) -> std::io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let (path, mut file) = loop {
            let number = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("praktijk-{}-{number}.json", std::process::id()));
            match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => break (path, file),
                // Left behind by a process of the same number that was cut short.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        };
        let made = TemporaryFile(path);
        std::io::Write::write_all(&mut file, bytes)?;
        Ok(made)
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // A file that stays behind in the folder for such files harms nobody.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The theme or themes of the settings.
pub(super) fn themes<'a>(
    registry: &Registry,
    highlighting: &'a Highlighting,
    lookup: &Arc<dyn Lookup>,
) -> Result<ThemeVariant<&'a str>, Vec<Diagnostic>> {
    let variant = match (&highlighting.theme, &highlighting.light_theme, &highlighting.dark_theme) {
        (Some(theme), None, None) => ThemeVariant::Single(theme.as_str()),
        // Before the break one theme goes before two.
        (Some(theme), ..) if registry.is_old() => ThemeVariant::Single(theme.as_str()),
        (None, Some(light), Some(dark)) => ThemeVariant::Dual { light: light.as_str(), dark: dark.as_str() },
        _ => {
            let message = "`[markdown.highlighting]` must name either one `theme`, or a `light_theme` and a `dark_theme`.";
            return Err(vec![Diagnostic::error("code/themes", message).in_file(&SourcePath::new(SETTINGS))]);
        }
    };
    let wanted = match variant {
        ThemeVariant::Single(theme) => vec![theme],
        ThemeVariant::Dual { light, dark } => vec![light, dark],
    };
    let unknown: Vec<_> = wanted
        .into_iter()
        .filter(|theme| !registry.has_theme(theme))
        .map(|theme| unknown_theme(theme, registry, lookup))
        .collect();
    if unknown.is_empty() { Ok(variant) } else { Err(unknown) }
}

/// The complaint about a theme that does not exist.
fn unknown_theme(theme: &str, registry: &Registry, lookup: &Arc<dyn Lookup>) -> Diagnostic {
    let complaint = Diagnostic::error("code/theme", format!("There is no theme `{theme}` for code."));
    let settings = SourcePath::new(SETTINGS);
    let bytes = lookup.file(&settings).ok().flatten();
    let at = bytes.and_then(|bytes| memchr::memmem::find(&bytes, format!("\"{theme}\"").as_bytes()));
    let complaint = match at {
        Some(at) => complaint.at(&settings, at + 1..at + 1 + theme.len()),
        None => complaint.in_file(&settings),
    };
    let there = |name: &str| registry.has_theme(name);
    let near: Vec<_> = nearest(theme, there).into_iter().map(|name| format!("`{name}`")).collect();
    complaint.hint(format!(
        "Nearest are {}. A theme of the site's own is added with `extra_themes`.",
        near.join(", ")
    ))
}

/// The three built-in themes whose names are most alike.
fn nearest(theme: &str, there: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let names = BUILTIN_THEMES.split(' ').filter(|name| there(name));
    let mut names: Vec<_> = names.map(|name| (distance(&theme.to_lowercase(), name), name)).collect();
    names.sort_unstable();
    names.into_iter().take(3).map(|(_, name)| name).collect()
}

/// How many characters must be put in, left out or changed to make one word into another.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, have) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (next, want) in to.iter().enumerate() {
            let changed = diagonal + usize::from(have != *want);
            diagonal = row[next + 1];
            row[next + 1] = changed.min(diagonal + 1).min(row[next] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(nearest("Github-Drak", |_| true)[0], "github-dark");
        assert_eq!(nearest("solarised-light", |name| name != "solarized-dark")[0], "solarized-light");
    }

    #[test]
    fn the_list_of_themes_is_right() {
        let registry = Registry::builtin(Dialect::Zola023).unwrap();
        for theme in BUILTIN_THEMES.split(' ') {
            assert!(registry.has_theme(theme), "{theme}");
        }
    }
}
