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

#[cfg(test)]
mod tests {
    use super::*;

    fn config(more: &str) -> Config {
        let text = format!("base_url = \"https://e.org\"\n{more}");
        let (config, faults) =
            crate::parse::config::config(&SourcePath::new("zola.toml"), text.as_bytes(), &|_| unreachable!());
        assert_eq!(faults, []);
        config.unwrap()
    }

    #[test]
    fn a_language_nobody_has() {
        let fault =
            FileName::new(&SourcePath::new("content/a/b.de.md"), &config("[languages.fr]")).unwrap_err();
        assert_eq!(fault.code, "content/language");
        assert!(fault.message.contains("`de`") && fault.hints[0].contains("`en`, `fr`"), "{fault:?}");
    }

    #[test]
    fn names_of_one_language() {
        // Path, name, folder, colocated, canonical.
        for (path, name, folder, colocated, canonical) in [
            ("content/a.md", "a", "", None, "a"),
            ("content/a.b.md", "a.b", "", None, "a.b"),
            ("content/x/y/a.md", "a", "x/y", None, "x/y/a"),
            ("content/x/y/index.md", "index", "x", Some("x/y/"), "x/y/index"),
            ("content/x/y/index.fr.md", "index.fr", "x", Some("x/y/"), "x/y/index.fr"),
            ("content/index.md", "index", "", None, "index"),
            ("content/_index.md", "_index", "", None, "_index"),
            ("content/x/_index.md", "_index", "x", Some("x/"), "x/_index"),
        ] {
            let file = FileName::new(&SourcePath::new(path), &config("")).unwrap();
            assert_eq!(
                (file.name.as_str(), file.folder.as_str(), file.canonical.as_str()),
                (name, folder, canonical),
                "{path}"
            );
            assert_eq!((file.colocated.as_deref(), file.lang.as_str()), (colocated, "en"), "{path}");
            assert_eq!(file.components.join("/"), folder, "{path}");
            assert_eq!(Some(file.relative.as_str()), path.strip_prefix("content/"));
            assert_eq!(file.is_section(), path.contains("_index"), "{path}");
            assert_eq!(file.is_index(), name == "index", "{path}");
        }
    }

    #[test]
    fn names_of_several_languages() {
        for (path, name, lang, canonical) in [
            ("content/a.md", "a", "en", "a"),
            ("content/a.fr.md", "a", "fr", "a"),
            ("content/a.en.md", "a.en", "en", "a.en"),
            ("content/x/index.fr.md", "index", "fr", "x/index"),
            ("content/x/_index.fr.md", "_index", "fr", "x/_index"),
        ] {
            let file = FileName::new(&SourcePath::new(path), &config("[languages.fr]")).unwrap();
            assert_eq!(
                (file.name.as_str(), file.lang.as_str(), file.canonical.as_str()),
                (name, lang, canonical),
                "{path}"
            );
            assert_eq!(
                file.directory(),
                path.strip_prefix("content/").unwrap().rsplit_once('/').map_or("", |(dir, _)| dir)
            );
        }
    }
}
