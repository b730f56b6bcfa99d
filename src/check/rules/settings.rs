//! How strict the rules are. In: `[extra.praktijk.regels]` of the settings. Out: a level for every rule, the numbers and
//! lists some rules go by, and complaints about what means nothing.

use super::table::{RULES, Rule};
use crate::base::{Diagnostic, SourcePath};
use crate::model::{Config, Json};
use crate::parse::{closest, placed};

/// How bad it is to break a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The rule does not hold.
    Off,
    /// Somebody should look.
    Warning,
    /// The check fails.
    Error,
}

/// The words for each level, Dutch first.
const LEVELS: [(&str, Level); 6] = [
    ("fout", Level::Error),
    ("waarschuwing", Level::Warning),
    ("uit", Level::Off),
    ("error", Level::Error),
    ("warning", Level::Warning),
    ("off", Level::Off),
];

/// How strict the rules are on one site.
#[derive(Debug)]
pub(super) struct Settings {
    levels: Vec<(&'static str, Level)>,
    /// More words than this make a sentence long.
    pub(super) sentence_words: usize,
    /// After how many months something should be checked again, when the site says so.
    pub(super) review_months: Option<u32>,
    /// Abbreviations that need no explanation.
    pub(super) abbreviations: Vec<String>,
    /// Telephone numbers that may stand in a text, digits only.
    pub(super) phones: Vec<String>,
    /// Mail addresses that may stand in a text, in small letters.
    pub(super) mails: Vec<String>,
    /// Words a tip may begin with, besides those the program knows, in small letters.
    pub(super) imperatives: Vec<String>,
    /// Files that nothing needs to refer to: the beginning of their path below the site.
    pub(super) kept_files: Vec<String>,
}

/// The numbers and lists, by name.
const NUMBERS: [&str; 2] = ["zin_woorden", "controle_maanden"];
const LISTS: [&str; 5] = ["afkortingen", "telefoonnummers", "mailadressen", "werkwoorden", "bestanden"];

impl Settings {
    /// Whether a site wants the rules at all: it declares kinds, or says how strict they are.
    pub(super) fn wanted(config: &Config) -> bool {
        !config.kinds.is_empty() || table(config).is_some()
    }

    /// Reads them.
    pub(super) fn new(config: &Config) -> Self {
        let written = table(config);
        let get = |name: &str| written.and_then(|table| table.get(name));
        let number = |name| get(name).and_then(Json::as_u64);
        let list = |name| -> Vec<String> {
            let items = get(name).and_then(Json::as_array);
            items.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
        };
        let level = |rule: &Rule| {
            let written = get(rule.name()).or_else(|| get(rule.code)).and_then(Json::as_str);
            let named = LEVELS.iter().find(|(word, _)| Some(*word) == written);
            (rule.code, named.map_or(rule.level, |(_, level)| *level))
        };
        let digits = |number: String| number.chars().filter(char::is_ascii_digit).collect();
        Settings {
            levels: RULES.iter().map(level).collect(),
            sentence_words: number("zin_woorden").map_or(25, |words| words as usize),
            review_months: number("controle_maanden").and_then(|months| u32::try_from(months).ok()),
            abbreviations: list("afkortingen"),
            phones: list("telefoonnummers").into_iter().map(digits).collect(),
            mails: list("mailadressen").into_iter().map(|mail| mail.to_lowercase()).collect(),
            imperatives: list("werkwoorden").into_iter().map(|verb| verb.to_lowercase()).collect(),
            kept_files: list("bestanden"),
        }
    }

    /// How bad it is to break a rule.
    pub(super) fn level(&self, code: &str) -> Level {
        self.levels.iter().find(|(known, _)| *known == code).map_or(Level::Off, |(_, level)| *level)
    }
}

fn table(config: &Config) -> Option<&crate::model::JsonMap> {
    config.extra.get("praktijk")?.get("regels")?.as_object()
}

/// What in the settings means nothing to the rules.
pub(super) fn faults(file: &SourcePath, text: &str, dutch: bool) -> Vec<Diagnostic> {
    let settings = placed::settings(text);
    let Some(table) =
        settings.as_ref().and_then(|all| all.table("extra")?.table("praktijk")?.table("regels"))
    else {
        return Vec::new();
    };
    let mut told = Vec::new();
    for entry in &table.entries {
        let name = entry.key.strip_prefix("regel/").unwrap_or(&entry.key);
        let value = &entry.value;
        let say = |nl: String, en: String| if dutch { nl } else { en };
        let fault = |at: &std::ops::Range<usize>, message| {
            Diagnostic::warning("config/rules", message).at(file, at.clone())
        };
        if RULES.iter().any(|rule| rule.name() == name) {
            if !LEVELS.iter().any(|(word, _)| Some(*word) == value.as_text()) {
                let message = say(
                    format!("Dit is geen niveau voor de regel ‘{name}’."),
                    format!("This is no level for the rule `{name}`."),
                );
                told.push(fault(&value.at, message).hint(say(
                    "Kies uit \"fout\", \"waarschuwing\" en \"uit\".".to_owned(),
                    "Choose \"error\", \"warning\" or \"off\".".to_owned(),
                )));
            }
        } else if NUMBERS.contains(&name) {
            if !matches!(value.is, placed::Is::Integer(0..)) {
                let message = say(
                    format!("‘{name}’ moet een heel getal zijn."),
                    format!("`{name}` must be a whole number."),
                );
                told.push(fault(&value.at, message).hint(say(
                    format!("Schrijf bijvoorbeeld {name} = 25, zonder aanhalingstekens."),
                    format!("Write for instance {name} = 25, without quotes."),
                )));
            }
        } else if LISTS.contains(&name) {
            if !matches!(&value.is, placed::Is::List(items) if items.iter().all(|item| item.as_text().is_some()))
            {
                let message = say(
                    format!("‘{name}’ moet een lijst van teksten zijn."),
                    format!("`{name}` must be a list of texts."),
                );
                told.push(fault(&value.at, message).hint(say(
                    format!("Schrijf bijvoorbeeld {name} = [\"…\", \"…\"]."),
                    format!("Write for instance {name} = [\"…\", \"…\"]."),
                )));
            }
        } else {
            let known = RULES.iter().map(Rule::name).chain(NUMBERS).chain(LISTS);
            let message = say(format!("Er is geen regel ‘{name}’."), format!("There is no rule `{name}`."));
            told.push(
                fault(&entry.at, message).hint(match closest(name, known) {
                    Some(near) => say(format!("Bedoelt u ‘{near}’?"), format!("Did you mean `{near}`?")),
                    None => say(
                        "Alle regels staan in de handleiding; praktijk check --explain NAAM legt er één uit."
                            .to_owned(),
                        "praktijk check --explain NAME explains a rule.".to_owned(),
                    ),
                }),
            );
        }
    }
    told
}
