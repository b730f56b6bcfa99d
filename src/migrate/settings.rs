//! Rewrites settings. In: the text of `zola.toml` or `theme.toml`. Out: the text for 0.23, and what was done.

use toml::Table;

use super::dates;

/// Keys of `[markdown.highlighting]` that 0.23 knows; any other stops it.
const HIGHLIGHTING: [&str; 9] = [
    "error_on_missing_language",
    "style",
    "theme",
    "light_theme",
    "dark_theme",
    "extra_grammars",
    "extra_themes",
    "add_color_scheme",
    "data_attr_position",
];

/// What of the settings matters here.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// The theme's name.
    pub theme: Option<String>,
    /// The default language.
    pub default_language: String,
    /// Whether there are other languages.
    pub several_languages: bool,
    /// Whether highlighted code has classes.
    pub classes: bool,
    /// Names of taxonomies whose slug is another, and that slug.
    pub slugs: Vec<(String, String)>,
    /// Keys of `[markdown.highlighting]` that 0.23 does not know.
    pub unknown: Vec<String>,
}

/// Reads settings; what cannot be read is as if it were not there, for the build tells of it.
pub(super) fn read(text: &str) -> Settings {
    let table: Table = toml::from_str(text).unwrap_or_default();
    let text_of = |key: &str| table.get(key).and_then(|value| value.as_str()).map(str::to_owned);
    let default_language = text_of("default_language").unwrap_or_else(|| "en".to_owned());
    let languages = table.get("languages").and_then(|value| value.as_table());
    let highlighting = table
        .get("markdown")
        .and_then(|markdown| markdown.get("highlighting"))
        .and_then(|highlighting| highlighting.as_table());
    let keys = highlighting.into_iter().flat_map(|table| table.keys());
    Settings {
        slugs: slugs(&table),
        theme: text_of("theme"),
        several_languages: languages.is_some_and(|table| table.keys().any(|code| *code != default_language)),
        default_language,
        classes: highlighting.and_then(|table| table.get("style")).and_then(|style| style.as_str())
            == Some("class"),
        unknown: keys.filter(|key| !HIGHLIGHTING.contains(&key.as_str())).cloned().collect(),
    }
}

/// Taxonomies that 0.22 found by their name, and 0.23 finds by their slug.
fn slugs(table: &Table) -> Vec<(String, String)> {
    let kept =
        table.get("slugify").and_then(|slugify| slugify.get("taxonomies")).and_then(|how| how.as_str());
    if kept.is_some_and(|how| how != "on") {
        return Vec::new();
    }
    let languages = table
        .get("languages")
        .and_then(|value| value.as_table())
        .into_iter()
        .flat_map(|table| table.values());
    let tables =
        std::iter::once(table.get("taxonomies")).chain(languages.map(|language| language.get("taxonomies")));
    let all = tables.flatten().filter_map(|list| list.as_array()).flatten();
    let names = all.filter_map(|taxonomy| taxonomy.get("name")?.as_str());
    let pairs = names.map(|name| (name.to_owned(), slug::slugify(name)));
    pairs.filter(|(name, slug)| name != slug).collect()
}

/// Settings with the keys that 0.23 does not know made into remarks, and with formats of dates that 0.23 has no word for
/// written out where the locale stands beside them.
pub(super) fn rewrite(text: &str, settings: &Settings) -> String {
    let mut inside = false;
    let mut whole = None;
    let mut out = String::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.starts_with('[') {
            inside = trimmed == "[markdown.highlighting]";
            whole = locale_of(&text[at + line.len()..]).and_then(|locale| dates::whole_date(&locale));
        }
        at += line.len();
        if let Some(whole) = whole
            && line.contains("%x")
        {
            out.push_str(&line.replace("%x", whole));
            continue;
        }
        let key = trimmed.split(['=', ' ']).next().unwrap_or_default();
        if inside && settings.unknown.iter().any(|unknown| unknown == key) {
            out.push_str("# ");
        }
        out.push_str(line);
    }
    out
}

/// Settings that say which dialect the site speaks now: where they said it before, or where nothing else would tell.
pub(super) fn with_dialect(text: &str, unclear: bool) -> String {
    let says = |text: &str| {
        let table: Option<Table> = toml::from_str(text).ok();
        let own =
            table.as_ref().and_then(|table| table.get("extra")?.get("praktijk")?.get("dialect").cloned());
        table.map(|_| own.is_some())
    };
    match says(text) {
        Some(true) => {
            let lines = text.split_inclusive('\n').map(|line| {
                let key = line.trim_start().starts_with("dialect") || line.contains("praktijk");
                if key { line.replace("0.22", "0.23") } else { line.to_owned() }
            });
            lines.collect()
        }
        Some(false) if unclear => {
            let gap = if text.ends_with('\n') { "" } else { "\n" };
            let more = format!("{text}{gap}\n[extra.praktijk]\ndialect = \"0.23\"\n");
            if says(&more) == Some(true) { more } else { text.to_owned() }
        }
        _ => text.to_owned(),
    }
}

/// The value of `locale` in the table whose lines a text begins with.
fn locale_of(text: &str) -> Option<String> {
    let lines = text.lines().map(str::trim).take_while(|line| !line.starts_with('['));
    let mut values = lines.filter_map(|line| line.strip_prefix("locale")?.trim_start().strip_prefix('='));
    values.next().map(|value| value.trim().trim_matches(['"', '\'']).to_owned())
}

/// `theme.toml` with the version of Zola that its templates now need.
pub(super) fn rewrite_theme(text: &str, version: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let is_version = line
            .trim_start()
            .strip_prefix("min_version")
            .is_some_and(|rest| rest.trim_start().starts_with('='));
        if is_version {
            let end = &line[line.trim_end().len()..];
            out.push_str(&format!("min_version = \"{version}\""));
            out.push_str(end);
        } else {
            out.push_str(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_stop_the_new_dialect_become_remarks() {
        let text = "title = \"x\"\n[markdown.highlighting]\ntheme = \"a\"\nlegacy = 1\n[extra]\nlegacy = 2\n";
        let settings = read(text);
        assert_eq!(settings.unknown, ["legacy"]);
        let after =
            "title = \"x\"\n[markdown.highlighting]\ntheme = \"a\"\n# legacy = 1\n[extra]\nlegacy = 2\n";
        assert_eq!(rewrite(text, &settings), after);
    }

    #[test]
    fn a_theme_needs_the_new_version() {
        assert_eq!(
            rewrite_theme("name = \"t\"\nmin_version = '0.19'\n", "0.23.0"),
            "name = \"t\"\nmin_version = \"0.23.0\"\n"
        );
        assert_eq!(rewrite_theme("name = \"t\"\n", "0.23.0"), "name = \"t\"\n");
    }

    #[test]
    fn other_languages_are_seen() {
        assert!(read("default_language = \"nl\"\n[languages.en]\n").several_languages);
        assert!(!read("default_language = \"nl\"\n[languages.nl]\n").several_languages);
        assert!(!read("not toml").several_languages);
    }
}
