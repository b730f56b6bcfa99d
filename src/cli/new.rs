//! `new`: a page of a kind, with all its fields and headings, to be filled in.

use std::io::ErrorKind;

use super::args::{Args, New};
use super::exit::Failure;
use super::schema;
use super::{place, show};
use crate::editor::scaffold;
use crate::model::date::dutch_day;
use crate::model::slug::{Strategy, path_slug};
use crate::report::Language;

/// Writes the page. Never overwrites one.
pub fn run(args: &Args, words: &New) -> Result<(), Failure> {
    let config = schema::settings(args)?;
    let kind = schema::kind(&config, &words.kind)?;
    let root = place::find(args)?.root;
    let title = words.title.trim();
    let slug = path_slug(title, Strategy::On);
    if slug.is_empty() {
        return Err(Failure::Usage(
            "A title needs at least one letter or digit, as the file is named after it.".to_owned(),
        ));
    }
    let lang = words.lang.as_ref().filter(|lang| **lang != config.default_language);
    if let Some(lang) = lang.filter(|lang| config.language(lang).is_none()) {
        return Err(Failure::Usage(format!("The site has no language `{lang}`.")));
    }
    let language = show::language(Some(lang.unwrap_or(&config.default_language)));
    let ending = lang.map(|lang| format!(".{lang}")).unwrap_or_default();
    let folder = root.join("content").join(kind.folder.trim_matches('/'));
    let file = folder.join(format!("{slug}{ending}.md"));
    let mut text = scaffold::page(kind, title, &today(), language == Language::Dutch);
    if kind.folder.is_empty() {
        // No folder says of which kind it is, so it says so itself.
        text = text.replacen("[extra]\n", &format!("[extra]\nkind = \"{}\"\n", kind.name), 1);
    }
    let shown = file.strip_prefix(&root).unwrap_or(&file).display().to_string();
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::Usage(format!(
            "`{shown}` is there already, and was left as it is.\n  help: Choose another title, or change that file."
        )),
        _ => Failure::Machine(format!("`{shown}` cannot be written: {error}.")),
    };
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let mut opened = std::fs::File::create_new(&file).map_err(failed)?;
    std::io::Write::write_all(&mut opened, text.as_bytes()).map_err(failed)?;
    show::put(format_args!("{shown}\n"));
    eprintln!(
        "{}",
        match language {
            Language::Dutch =>
                "Vul de velden en de koppen in. `praktijk check --drafts` zegt wat er nog ontbreekt.",
            Language::English =>
                "Fill in its fields and headings. `praktijk check --drafts` says what is still missing.",
        }
    );
    Ok(())
}

fn today() -> String {
    jiff::Timestamp::try_from(std::time::SystemTime::now()).map(dutch_day).unwrap_or_default()
}
