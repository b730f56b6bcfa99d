//! Where a file named in a template is looked for. In: the name as the author wrote it. Out: the source it means, its
//! bytes, or a sentence.
//!
//! A name that begins with `@/` starts in `content/`; a leading `/` means nothing. The name is tried from the root of
//! the site, then in `static/`, `content/`, the output folder and `themes/THEME/static/`. In the output folder the
//! [`Lookup`] knows what this build has made before any template runs, such as style sheets.

use std::sync::Arc;

use crate::base::SourcePath;
use crate::model::Config;
use crate::template::lookup::Lookup;

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it lies.
    pub source: SourcePath,
    /// The name it was asked by, without what means nothing: one file asked by two names counts as two.
    pub named: String,
}

/// Looks for a file. `function` is who asks, for the sentence.
pub fn find(function: &str, name: &str, lookup: &dyn Lookup) -> Result<Option<Found>, String> {
    let named = match name.strip_prefix("@/") {
        Some(rest) => format!("content/{rest}"),
        None => name.trim_start_matches('/').to_owned(),
    };
    let config = lookup.config();
    for folder in folders(&config) {
        let Some(path) = inside(&folder, &named) else { continue };
        let source = SourcePath::new(path);
        if lookup.has_file(&source) {
            return Ok(Some(Found { source, named }));
        }
    }
    match inside("", &named) {
        Some(_) => Ok(None),
        None => Err(format!(
            "`{function}` may only read files of the site, and `{name}` lies outside of it. Move the file into the \
             site, for example into `static/`, and name it from there."
        )),
    }
}

/// A file and its bytes.
pub type Read = (Found, Arc<[u8]>);

/// Looks for a file and reads it.
pub fn read(function: &str, name: &str, lookup: &dyn Lookup) -> Result<Option<Read>, String> {
    let Some(found) = find(function, name, lookup)? else { return Ok(None) };
    match lookup.file(&found.source) {
        Ok(bytes) => Ok(bytes.map(|bytes| (found, bytes))),
        Err(error) => Err(format!("`{function}` cannot read `{}`: {error}", found.source)),
    }
}

/// The sentence for a file that is nowhere.
pub fn missing(function: &str, name: &str, lookup: &dyn Lookup) -> String {
    let theme = match &lookup.config().theme {
        Some(theme) => format!(", `content/` and `themes/{theme}/static/`"),
        None => " and `content/`".to_owned(),
    };
    format!(
        "`{function}` cannot find the file `{name}`. It was looked for from the root of the site and in \
         `static/`{theme}. Check the spelling, upper and lower case included."
    )
}

/// The folders to look in, in order.
fn folders(config: &Config) -> Vec<String> {
    let mut folders = vec![String::new(), "static".to_owned(), "content".to_owned()];
    if !config.output_dir.starts_with('/') {
        folders.push(config.output_dir.clone());
    }
    folders.extend(config.theme.as_ref().map(|theme| format!("themes/{theme}/static")));
    folders
}

/// The path of `name` in `folder` without `.` and `..`; none when it leaves the site.
fn inside(folder: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(name.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::super::fake::Fake;
    use super::*;

    fn found(fake: &Fake, name: &str) -> String {
        match find("f", name, fake) {
            Ok(Some(found)) => format!("{} as {}", found.source, found.named),
            Ok(None) => "nothing".to_owned(),
            Err(sentence) => sentence,
        }
    }

    #[test]
    fn outside_is_refused_and_within_is_followed() {
        let fake = Fake::default().with_file("static/a.css", "").with_file("b.css", "");
        assert!(
            found(&fake, "../secret").starts_with("`f` may only read files of the site, and `../secret`")
        );
        assert!(found(&fake, "@/../../secret").contains("outside"));
        assert_eq!(found(&fake, "x/../static/./a.css"), "static/a.css as x/../static/./a.css");
        // From `static/` this leads to a file of the site, so it is one.
        assert_eq!(found(&fake, "../b.css"), "b.css as ../b.css");
        assert_eq!(found(&fake, "none.css"), "nothing");
    }

    #[test]
    fn the_order_of_folders() {
        let mut fake = Fake::default();
        fake.config.theme = Some("t".to_owned());
        fake = fake.with_file("themes/t/static/a", "");
        for path in ["public/a", "content/a", "static/a", "a"] {
            fake = fake.with_file(path, "");
            assert_eq!(found(&fake, "/a"), format!("{path} as a"));
        }
        assert_eq!(found(&fake, "@/a"), "content/a as content/a");
        assert_eq!(found(&Fake::default().with_file("themes/t/static/a", ""), "a"), "nothing");
    }

    #[test]
    fn a_missing_file_is_told_with_the_places() {
        let mut fake = Fake::default();
        assert!(missing("f", "a", &fake).contains("in `static/` and `content/`."));
        fake.config.theme = Some("t".to_owned());
        assert!(missing("f", "a", &fake).contains("`content/` and `themes/t/static/`."));
    }
}
