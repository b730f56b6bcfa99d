//! Which content a file is. In: the path of a Markdown file below `content/`. Out: its folder, name and language.

use std::hash::Hash;

use crate::base::{Diagnostic, SourcePath};
use crate::model::Config;

/// Which content a file is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileName {
    /// From the root of the site: `content/blog/post/index.fr.md`.
    pub path: SourcePath,
    /// Below `content/`, as internal links name it: `blog/post/index.fr.md`.
    pub relative: String,
    /// The file's name without `.md` and without the language; `_index` for a section. A default language that is
    /// written out stays in it, as Zola has it: `hello.en`.
    pub name: String,
    /// The folder whose section it belongs to, below `content/`: for `blog/post/index.md` that is `blog`; for a section
    /// its own folder.
    pub folder: String,
    /// The folder's parts, which become part of the URL.
    pub components: Vec<String>,
    /// Below `content/`, with `/` at the end, where files beside it are its own: for `index.md` in a folder, and for
    /// sections that are not the root.
    pub colocated: Option<String>,
    /// Folder and name, the same for all translations: `blog/post/index`.
    pub canonical: String,
    /// Its language.
    pub lang: String,
}

impl FileName {
    /// Understands the name of a Markdown file. Fails when it names a language the site does not have.
    pub fn new(path: &SourcePath, config: &Config) -> Result<FileName, Diagnostic> {
        let relative = path.below("content").unwrap_or(path.as_str()).to_owned();
        let (dir, file) = relative.rsplit_once('/').unwrap_or(("", &relative));
        let stem = file.strip_suffix(".md").unwrap_or(file);
        let (name, lang) = split_language(stem, path, config)?;
        let is_section = file.starts_with("_index.");
        let is_index = stem.split('.').next() == Some("index");
        let mut components: Vec<String> =
            dir.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let mut folder = dir.to_owned();
        let colocated = (!dir.is_empty() && (is_section || is_index)).then(|| format!("{dir}/"));
        if is_index && components.pop().is_some() {
            folder = components.join("/");
        }
        let canonical = if dir.is_empty() { name.clone() } else { format!("{dir}/{name}") };
        Ok(FileName { path: path.clone(), name, folder, components, colocated, canonical, lang, relative })
    }

    /// Whether it is a section.
    pub fn is_section(&self) -> bool {
        self.path.file_name().starts_with("_index.")
    }

    /// Whether it is a page that has its folder for itself.
    pub fn is_index(&self) -> bool {
        self.name == "index"
    }

    /// The folder the file lies in, below `content/`.
    pub fn directory(&self) -> &str {
        self.relative.rsplit_once('/').map_or("", |(dir, _)| dir)
    }
}

/// Splits `hello.fr` into name and language.
fn split_language(stem: &str, path: &SourcePath, config: &Config) -> Result<(String, String), Diagnostic> {
    let default = || Ok((stem.to_owned(), config.default_language.clone()));
    if !config.is_multilingual() {
        return default();
    }
    let Some((name, code)) = stem.split_once('.') else { return default() };
    if code == config.default_language {
        return default();
    }
    if config.language(code).is_none() {
        let known: Vec<_> = config.languages.iter().map(|(code, _)| format!("`{code}`")).collect();
        return Err(Diagnostic::error(
            "content/language",
            format!("The file name says language `{code}`, which the site does not have."),
        )
        .in_file(path)
        .hint(format!(
            "The site has {}. Add `[languages.{code}]` to zola.toml, or take the dot out of the file name.",
            known.join(", ")
        )));
    }
    Ok((name.to_owned(), code.to_owned()))
}
