//! The words of a theme. In: the files `themes/NAME/i18n/LANG.toml`, flat tables of texts. Out: the words in
//! [`LanguageOptions::theme_translations`](crate::model::LanguageOptions), below the site's own, and complaints.
//!
//! Zola knows no such files, but there are themes for Zola that have some of their own, for `load_data`. So a value that is
//! no text is only a warning, and a language without a file is none at all.

use super::super::fields::{self, Block, SETTINGS, Syntax};
use super::super::toml_text;
use crate::base::{Diagnostic, SourcePath};
use crate::model::Config;

/// Reads the words of the theme in each language of the site. `read` gives the bytes of a file, if there is one.
pub fn of_theme(config: &mut Config, read: &dyn Fn(&SourcePath) -> Option<Vec<u8>>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let Some(theme) = config.theme.clone() else { return faults };
    for (lang, options) in &mut config.languages {
        let found = files(&theme, lang).into_iter().find_map(|path| read(&path).map(|bytes| (path, bytes)));
        if let Some((path, bytes)) = found {
            options.theme_translations = words(&path, &bytes, &mut faults);
        }
    }
    faults
}

/// Where the words of a language may stand: those of a region, else those of the language as a whole.
fn files(theme: &str, lang: &str) -> Vec<SourcePath> {
    let whole = lang.split_once('-').map(|(whole, _)| whole);
    let file = |code: &str| SourcePath::new(format!("themes/{theme}/i18n/{code}.toml"));
    [Some(lang), whole].into_iter().flatten().map(file).collect()
}

fn words(path: &SourcePath, bytes: &[u8], faults: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    let Some((text, mark)) = fields::text(path, bytes, faults) else { return Vec::new() };
    let block = Block { file: path, text, offset: mark, syntax: Syntax::Toml, names: SETTINGS };
    let Some(table) = toml_text::parse(&block, faults) else { return Vec::new() };
    let mut words = Vec::with_capacity(table.len());
    for (key, value) in &table {
        match value.get_ref().as_str() {
            Some(text) => words.push((key.get_ref().to_string(), text.to_owned())),
            None => faults.push(no_text(&block, key.get_ref(), value)),
        }
    }
    words
}

fn no_text(block: &Block<'_>, key: &str, value: &toml::Spanned<toml::de::DeValue<'_>>) -> Diagnostic {
    let what = toml_text::described(value.get_ref());
    block
        .warning(
            "config/translation",
            format!("`{key}` is {what}, not a text, so `trans` cannot find it."),
            value.span(),
        )
        .hint(format!("Write `{key} = \"…\"`, without a table around it."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LanguageOptions;

    /// The words of each language, and each complaint with the text it marks.
    fn read(files: &[(&str, &[u8])], langs: &[&str]) -> (Vec<Vec<(String, String)>>, Vec<Diagnostic>) {
        let mut config = Config { theme: Some("licht".to_owned()), ..Config::default() };
        config.languages =
            langs.iter().map(|lang| ((*lang).to_owned(), LanguageOptions::default())).collect();
        let bytes = |path: &SourcePath| {
            let below = path.as_str().strip_prefix("themes/licht/i18n/")?;
            files.iter().find(|(name, _)| *name == below).map(|(_, bytes)| bytes.to_vec())
        };
        let faults = of_theme(&mut config, &bytes);
        (config.languages.into_iter().map(|(_, options)| options.theme_translations).collect(), faults)
    }

    #[test]
    fn what_is_no_text_is_told_with_its_place_and_the_rest_counts() {
        let text = "\u{feff}meer = \"Lees meer\"\naantal = 3\n[zoeken]\nknop = \"Zoek\"\n";
        let (words, faults) = read(&[("nl.toml", text.as_bytes())], &["nl"]);
        assert_eq!(words, [[("meer".to_owned(), "Lees meer".to_owned())]]);
        let marked = |fault: &Diagnostic| text[fault.place.clone().unwrap().span.unwrap()].to_owned();
        assert_eq!(faults.iter().map(marked).collect::<Vec<_>>(), ["3", "[zoeken]"]);
        assert!(faults.iter().all(|fault| fault.code == "config/translation" && !fault.is_error()));
        assert_eq!(faults[0].hints, ["Write `aantal = \"…\"`, without a table around it."]);
    }

    #[test]
    fn a_broken_file_is_an_error() {
        let (words, faults) =
            read(&[("nl.toml", b"meer: Lees meer"), ("fr.toml", b"a = \"\xff\"")], &["nl", "fr"]);
        assert_eq!(words, [[], []]);
        assert_eq!(
            faults.iter().map(|fault| fault.code).collect::<Vec<_>>(),
            ["config/syntax", "content/encoding"]
        );
        assert!(faults.iter().all(Diagnostic::is_error));
    }

    #[test]
    fn a_region_has_its_own_words_or_those_of_its_language() {
        let files: &[(&str, &[u8])] = &[("nl.toml", b"a = \"nl\""), ("nl-BE.toml", b"a = \"be\"")];
        let (words, faults) = read(files, &["nl-BE", "nl-SR", "fr"]);
        assert_eq!(faults, []);
        assert_eq!(words[0][0].1, "be");
        assert_eq!(words[1][0].1, "nl");
        assert!(words[2].is_empty());
    }
}
