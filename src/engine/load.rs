//! From files to settings, templates, parsed files and the site. In: the files of a build and what was loaded before.
//! Out: the same anew, with everything taken over whose file did not change; and complaints.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Options;
use super::dialect::{self, Finding};
use super::files::Files;
use super::templates::{self, Templates};
use super::world::Raw;
use crate::base::{Diagnostic, Hash128, SourcePath, hash_of};
use crate::model::Config;
use crate::model::config::Mode;
use crate::parse::{self, ParsedPage, ParsedSection, Text};
use crate::resolve::{self, Input, Site};
use crate::source::{Change, Scan, Sources};
use crate::template::TemplateEngine;
use crate::template::sources::Template;

/// The folders that belong to a site.
const FOLDERS: [&str; 6] = ["content", "templates", "static", "sass", "themes", "kinds"];

/// Everything in its place.
pub(super) struct Resolved {
    pub(super) config: Arc<Config>,
    pub(super) site: Arc<Site>,
    pub(super) raw: Arc<Raw>,
    pub(super) templates: Arc<dyn TemplateEngine>,
}

/// What was loaded.
pub struct Loaded {
    /// Which dialect it is in, and why.
    pub finding: Finding,
    config: Arc<Config>,
    config_hash: Hash128,
    templates: Option<Templates>,
    /// The built-in templates only, for the texts, when those of the site are at fault.
    stand_in: Option<Arc<dyn TemplateEngine>>,
    templates_hash: Hash128,
    files: HashMap<SourcePath, (Hash128, Parsed)>,
    content: Vec<Parsed>,
    assets: Vec<SourcePath>,
    drafts: bool,
    /// The files that could not be understood.
    pub broken: Vec<SourcePath>,
    /// What was complained about, to be said again when nothing of it can have changed.
    pub told: Vec<Diagnostic>,
}

/// A file of `content/`, understood.
#[derive(Clone)]
enum Parsed {
    Page(Arc<ParsedPage>),
    Section(Arc<ParsedSection>),
}

/// What the snapshot covers.
pub(super) fn covered(config_file: &str) -> Vec<String> {
    FOLDERS.iter().map(|folder| (*folder).to_owned()).chain([config_file.to_owned()]).collect()
}

/// Every file of the site.
pub(super) fn scan(sources: &dyn Sources, config_file: &str) -> std::io::Result<Scan> {
    let mut all = Scan::default();
    for part in covered(config_file) {
        let scan = sources.scan(&SourcePath::new(part))?;
        all.files.extend(scan.files);
        all.unreadable.extend(scan.unreadable);
    }
    Ok(all)
}

/// A file whose name is no text.
pub(super) fn unreadable_name(name: &str) -> Diagnostic {
    Diagnostic::warning(
        "source/name",
        format!("The file `{name}` is left out: its name is not valid UTF-8, so it cannot be part of a URL."),
    )
    .hint("Rename the file.")
}

/// The files that are there and could not be read.
pub(super) fn unreadable(files: &Files) -> Vec<Diagnostic> {
    let told = |(path, cause): (SourcePath, String)| {
        Diagnostic::error("source/unreadable", format!("The file cannot be read: {cause}."))
            .in_file(&path)
            .hint("Check the rights of the file, or remove it.")
    };
    files.failures().into_iter().map(told).collect()
}

/// Loads a site. None when its settings cannot be understood.
pub(super) fn load(
    files: &Arc<Files>,
    options: &Options,
    before: Option<Loaded>,
) -> (Option<Loaded>, Vec<Diagnostic>) {
    let (known, mut diagnostics) = start(files, options);
    let Some(Start { config, finding, templates: found }) = known else { return (None, diagnostics) };
    let config_hash = hash_of(&config);
    let config = Arc::new(config);
    let (before_templates, before_files) = match before {
        Some(before) => (
            before.templates.map(|templates| (before.templates_hash, templates)),
            if before.config_hash == config_hash { before.files } else { HashMap::new() },
        ),
        None => (None, HashMap::new()),
    };
    let set = templates::set(&config, found);
    let templates_hash = hash_of(&(config.dialect, &set));
    let templates = match before_templates {
        Some((hash, templates)) if hash == templates_hash => Some(templates),
        _ => {
            let told = diagnostics.len();
            let loaded = templates::load(config.dialect, set, &mut diagnostics);
            if finding.mixed {
                // Templates of the other dialect cannot be read, which says no more.
                diagnostics.truncate(told);
            }
            loaded
        }
    };
    diagnostics.extend(templates.iter().flat_map(|(_, told)| told.iter().cloned()));
    let stand_in = if templates.is_some() { None } else { templates::built_in(&config) };
    let mut loaded = Loaded {
        finding,
        config,
        config_hash,
        templates,
        stand_in,
        templates_hash,
        files: HashMap::new(),
        content: Vec::new(),
        assets: Vec::new(),
        drafts: options.drafts,
        broken: Vec::new(),
        told: Vec::new(),
    };
    loaded.content(files, before_files, &mut diagnostics);
    (Some(loaded), diagnostics)
}

/// What must be known before any file of `content/` is read.
struct Start {
    config: Config,
    finding: Finding,
    templates: Vec<Template>,
}

fn start(files: &Files, options: &Options) -> (Option<Start>, Vec<Diagnostic>) {
    let (config, mut diagnostics) = settings(files, options);
    let Some(mut config) = config else { return (None, diagnostics) };
    let templates = templates::read(files, &config, &mut diagnostics);
    let config_file = SourcePath::new(&options.config_file);
    let (finding, told) = dialect::find(files, &config, &config_file, &templates);
    diagnostics.extend(told);
    config.dialect = finding.dialect;
    (Some(Start { config, finding, templates }), diagnostics)
}

/// Which dialect the site speaks. None when its settings cannot be understood.
pub(super) fn finding(files: &Files, options: &Options) -> (Option<Finding>, Vec<Diagnostic>) {
    let (known, diagnostics) = start(files, options);
    (known.map(|known| known.finding), diagnostics)
}

/// The settings, with the kinds that theme and site declare.
pub(super) fn settings(files: &Files, options: &Options) -> (Option<Config>, Vec<Diagnostic>) {
    let path = SourcePath::new(&options.config_file);
    let bytes = match files.read(&path) {
        Ok(Some((bytes, _))) => bytes,
        Ok(None) => {
            let told = Diagnostic::error(
                "config/missing",
                format!("There is no `{path}` here, so this is not the folder of a site."),
            )
            .hint(
                "Go to the folder of your site, or name it with `--root`. `praktijk init` makes a new site.",
            );
            return (None, vec![told]);
        }
        Err(_) => return (None, unreadable(files)),
    };
    let theme = |name: &str| {
        let path = SourcePath::new(format!("themes/{name}/theme.toml"));
        let bytes = files.read(&path).ok().flatten().map(|(bytes, _)| bytes.to_vec());
        (path, bytes)
    };
    let (mut config, mut diagnostics) = parse::config::config(&path, &bytes, &theme);
    if let Some(config) = &mut config {
        let (kinds, told) = parse::kinds::kinds(&declarations(files, config));
        config.kinds = kinds;
        diagnostics.extend(told);
        let read = |path: &SourcePath| files.read(path).ok().flatten().map(|(bytes, _)| bytes.to_vec());
        diagnostics.extend(parse::config::translations::of_theme(config, &read));
        if let Some(url) = &options.base_url {
            config.base_url.clone_from(url);
        }
        config.minify_html |= options.minify;
        config.mode = options.mode;
        if options.mode == Mode::Check {
            // Nobody sees the colours, and they are slow.
            config.markdown.highlighting = None;
        }
    }
    (config, diagnostics)
}

/// The files that declare kinds: the theme's, then the site's.
fn declarations(files: &Files, config: &Config) -> Vec<(SourcePath, Vec<u8>)> {
    let of_theme = config.theme.as_ref().map(|theme| format!("themes/{theme}/kinds"));
    let folders = of_theme.into_iter().chain(["kinds".to_owned()]);
    let snapshot = files.snapshot();
    let paths = folders.flat_map(|folder| {
        let below = snapshot.below(&folder).map(|(path, _)| path.clone());
        below.filter(|path| path.extension() == Some("toml")).collect::<Vec<_>>()
    });
    paths.filter_map(|path| Some((path.clone(), files.read(&path).ok()??.0.to_vec()))).collect()
}

impl Loaded {
    /// Whether the templates of the site are at fault and others stand in for them.
    pub(super) fn has_stand_in(&self) -> bool {
        self.stand_in.is_some()
    }

    /// Understands every file of `content/` that changed.
    fn content(
        &mut self,
        files: &Files,
        before: HashMap<SourcePath, (Hash128, Parsed)>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut texts = Vec::new();
        for (path, _) in files.snapshot().below("content") {
            let name = path.file_name();
            if is_ignored(path, &self.config) {
                continue;
            }
            if path.extension() == Some("md") {
                if is_content(name, &self.config) {
                    texts.push(path.clone());
                }
            } else if !is_temporary(name) {
                self.assets.push(path.clone());
            }
        }
        let config = &self.config;
        let parsed: Vec<_> = texts
            .into_par_iter()
            .map(|path| {
                let known = before.get(&path).filter(|(hash, _)| files.hash(&path) == *hash);
                match known {
                    Some(known) => (path, Some(known.clone()), Vec::new()),
                    None => {
                        let (parsed, told) = parse_file(&path, files, config);
                        (path, parsed, told)
                    }
                }
            })
            .collect();
        for (path, parsed, told) in parsed {
            let faulty = told.iter().any(Diagnostic::is_error);
            let warned = !told.is_empty();
            diagnostics.extend(told);
            match parsed {
                Some((hash, parsed)) => {
                    self.content.push(parsed.clone());
                    // A file with a warning is understood again, so that the warning is given again.
                    if !warned {
                        self.files.insert(path.clone(), (hash, parsed));
                    }
                }
                None => self.broken.push(path.clone()),
            }
            if faulty && self.broken.last() != Some(&path) {
                self.broken.push(path);
            }
        }
    }

    /// Remembers what was complained about.
    pub(super) fn having_told(mut self, told: Vec<Diagnostic>) -> Self {
        self.told = told;
        self
    }

    /// Puts everything in its place. None when there is nothing to render with.
    pub(super) fn resolve(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<Resolved> {
        let drafted = self.drafted_folders();
        let wanted = |folder: &str, draft: bool| {
            self.drafts
                || (!draft
                    && !drafted.iter().any(|drafted| {
                        drafted.is_empty()
                            || folder == drafted
                            || folder.strip_prefix(drafted.as_str()).is_some_and(|rest| rest.starts_with('/'))
                    }))
        };
        let mut pages = Vec::new();
        let mut sections = Vec::new();
        for parsed in &self.content {
            match parsed {
                Parsed::Page(page) if wanted(page.file.directory(), page.matter.draft) => pages.push(page),
                Parsed::Section(section) if wanted(section.file.directory(), section.matter.draft) => {
                    sections.push(section)
                }
                _ => {}
            }
        }
        let heads = Input {
            config: self.config.clone(),
            pages: pages.iter().map(|page| page.head.clone()).collect(),
            sections: sections.iter().map(|section| section.head.clone()).collect(),
            assets: self.assets.clone(),
        };
        let (site, told) = resolve::resolve(heads);
        diagnostics.extend(told);
        let pages: HashMap<&SourcePath, &Text> =
            pages.iter().map(|page| (&page.file.path, &page.text)).collect();
        let sections: HashMap<&SourcePath, &Text> =
            sections.iter().map(|section| (&section.file.path, &section.text)).collect();
        let text = |texts: &HashMap<&SourcePath, &Text>, path: &SourcePath| {
            texts.get(path).copied().cloned().unwrap_or_default()
        };
        let raw = Raw {
            pages: site.pages.iter().map(|page| text(&pages, &page.parsed.file.path)).collect(),
            sections: site
                .sections
                .iter()
                .map(|section| text(&sections, &section.parsed.file.path))
                .collect(),
        };
        let templates = self.templates.as_ref().map(|(templates, _)| templates).or(self.stand_in.as_ref());
        Some(Resolved {
            config: self.config.clone(),
            site: Arc::new(site),
            raw: Arc::new(raw),
            templates: templates?.clone(),
        })
    }

    /// The new texts, by relative path, when nothing changed but texts of files that were understood before. None when
    /// anything else may have changed; then nothing was taken up.
    pub(super) fn only_texts(&mut self, changes: &[Change], files: &Files) -> Option<Vec<(String, Text)>> {
        if self.finding.by_content {
            return None;
        }
        let mut edits = Vec::new();
        for change in changes {
            let Change::Modified(path) = change else { return None };
            let (_, before) = self.files.get(path)?;
            let (parsed, told) = parse_file(path, files, &self.config);
            let (hash, now) = parsed.filter(|_| told.is_empty())?;
            let same_head = match (before, &now) {
                (Parsed::Page(before), Parsed::Page(now)) => before.head_hash == now.head_hash,
                (Parsed::Section(before), Parsed::Section(now)) => before.head_hash == now.head_hash,
                _ => false,
            };
            if !same_head {
                return None;
            }
            edits.push((path.clone(), hash, now));
        }
        Some(edits.into_iter().map(|(path, hash, now)| self.take_up(path, hash, now)).collect())
    }

    fn take_up(&mut self, path: SourcePath, hash: Hash128, now: Parsed) -> (String, Text) {
        let (relative, text) = match &now {
            Parsed::Page(page) => (page.file.relative.clone(), page.text.clone()),
            Parsed::Section(section) => (section.file.relative.clone(), section.text.clone()),
        };
        if let Ok(at) = self.content.binary_search_by(|parsed| parsed.path().cmp(&path)) {
            self.content[at] = now.clone();
        }
        self.files.insert(path, (hash, now));
        (relative, text)
    }

    /// The folders whose section is a draft, in whichever language.
    fn drafted_folders(&self) -> Vec<String> {
        let drafted = |parsed: &Parsed| match parsed {
            Parsed::Section(section) if section.matter.draft => Some(section.file.directory().to_owned()),
            _ => None,
        };
        self.content.iter().filter_map(drafted).collect()
    }
}

impl Parsed {
    fn path(&self) -> &SourcePath {
        match self {
            Parsed::Page(page) => &page.file.path,
            Parsed::Section(section) => &section.file.path,
        }
    }
}

fn parse_file(
    path: &SourcePath,
    files: &Files,
    config: &Config,
) -> (Option<(Hash128, Parsed)>, Vec<Diagnostic>) {
    let Ok(Some((bytes, hash))) = files.read(path) else { return (None, Vec::new()) };
    if path.file_name().starts_with("_index.") {
        let (section, told) = parse::section(path, &bytes, config);
        (section.map(|section| (hash, Parsed::Section(Arc::new(section)))), told)
    } else {
        let (page, told) = parse::page(path, &bytes, config);
        (page.map(|page| (hash, Parsed::Page(Arc::new(page)))), told)
    }
}

/// Whether `ignored_content` says to pass over a file. As in Zola, its patterns are held against the whole path on the
/// machine, so that one like `content/x.txt` meets nothing and `**/x.txt` does; and a section is passed over when its
/// folder is named.
fn is_ignored(path: &SourcePath, config: &Config) -> bool {
    if config.ignored_content.is_empty() {
        return false;
    }
    let name = path.file_name();
    let is_section = name.starts_with("_index.") && path.extension() == Some("md");
    let named =
        if is_section { path.as_str().trim_end_matches(name).trim_end_matches('/') } else { path.as_str() };
    config.ignored_content.is_match(format!("/site/{named}"))
}

/// Whether a Markdown file is content: not hidden, and a section only in a language of the site.
fn is_content(name: &str, config: &Config) -> bool {
    if name.starts_with("_index.") {
        return config.languages.iter().any(|(lang, _)| config.index_file(lang) == name);
    }
    !name.starts_with('.')
}

/// Whether an editor left a file behind. Files without an ending count among them, as Zola has it.
fn is_temporary(name: &str) -> bool {
    let Some((stem, ending)) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) else {
        return true;
    };
    let exact = matches!(ending, "swp" | "swx" | "tmp" | ".DS_STORE" | ".DS_Store" | "kate-swp");
    let tail = ["jb_old___", "jb_tmp___", "jb_bak___", "~", "bck"].iter().any(|tail| ending.ends_with(tail));
    exact || tail || stem.starts_with('#') || stem.starts_with(".#")
}
