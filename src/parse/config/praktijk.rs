//! What of `[extra.praktijk]` the program itself acts on. In: the settings with those of the theme below them. Out: the
//! rules for browsers in [`Config::security`], where reactions come from in [`Config::reactions`], and complaints.
//!
//! It stands below `[extra]` because that is the one place where Zola lets a site say more than Zola knows: the same
//! settings build with both.

use super::super::fields::{Block, listed};
use super::super::toml_text;
use crate::base::Diagnostic;
use crate::model::reaction::{self, Source};
use crate::model::security::Security;
use crate::model::{Config, Json, JsonMap};

/// Reads it.
pub(super) fn read(site: &Block<'_>, config: &mut Config, faults: &mut Vec<Diagnostic>) {
    let Some(own) = config.extra.get("praktijk").and_then(Json::as_object) else { return };
    config.security = match own.get("security") {
        None | Some(Json::Bool(false)) => None,
        Some(Json::Bool(true)) => Some(Security::default()),
        Some(Json::Object(table)) => Some(security(site, table, faults)),
        Some(_) => {
            let message = "`security` is neither `true` nor `false` nor a table.";
            let hint = "Write `security = true` below `[extra.praktijk]`.";
            faults.push(fault(site, &[], message.to_owned()).hint(hint));
            None
        }
    };
    config.reactions = match own.get("reactions") {
        None | Some(Json::Bool(false)) => None,
        Some(Json::Object(table)) => Some(reactions(site, table, faults)),
        Some(_) => {
            let message = "`reactions` is no table.".to_owned();
            let hint = "Write `[extra.praktijk.reactions]`, and below it `source = \"reacties.ndjson\"`.";
            faults.push(told(site, "config/reactions", &["reactions"], message).hint(hint));
            None
        }
    };
}

/// What the build does about reactions. The other keys of the table are those of the endpoint.
fn reactions(site: &Block<'_>, table: &JsonMap, faults: &mut Vec<Diagnostic>) -> reaction::Settings {
    let mut text = |key: &str, example: &str| match table.get(key) {
        None => None,
        Some(Json::String(text)) => Some(text.clone()),
        Some(_) => {
            let fault =
                told(site, "config/reactions", &["reactions", key], format!("`{key}` must be a text."));
            faults.push(fault.hint(format!("Write `{key} = \"{example}\"`.")));
            None
        }
    };
    let (source, scope) = (text("source", "reacties.ndjson"), text("scope", "gemeente"));
    let source = source.and_then(|written| {
        let refused = |hint: String| {
            let message = format!("Reactions cannot come from `{written}`.");
            faults.push(told(site, "config/reactions", &["reactions", "source"], message).hint(hint));
        };
        Source::parse(&written).map_err(refused).ok()
    });
    reaction::Settings { source, scope: scope.filter(|name| !name.is_empty()) }
}

fn security(site: &Block<'_>, table: &JsonMap, faults: &mut Vec<Diagnostic>) -> Security {
    let mut rules = Security::default();
    for (key, value) in table {
        let known: Vec<&str> = rules.lists().into_iter().map(|(name, _)| name).collect();
        let Some((_, list)) = rules.lists().into_iter().find(|(name, _)| name == key) else {
            let message = format!("`{key}` is no rule of `[extra.praktijk.security]`.");
            faults.push(fault(site, &[key], message).hint(format!("There are {}.", listed(&known))));
            continue;
        };
        let sources = value.as_array().map(|items| items.iter().map(Json::as_str).collect::<Vec<_>>());
        match sources.filter(|sources| sources.iter().all(|source| source.is_some_and(is_source))) {
            Some(sources) => list.extend(sources.into_iter().flatten().map(str::to_owned)),
            None => {
                let message = format!("`{key}` must be a list of hosts that are reached by https.");
                let hint = format!(
                    "Write `{key} = [\"https://www.example.org\"]`; `https://*.example.org` means every host below it."
                );
                faults.push(fault(site, &[key], message).hint(hint));
            }
        }
    }
    rules
}

/// Whether a policy can hold it: a host with or without a path, and nothing that would end the policy or open it for all.
fn is_source(source: &str) -> bool {
    let Some(rest) = source.strip_prefix("https://") else { return false };
    let host = rest.split('/').next().unwrap_or_default();
    let name = host.strip_prefix("*.").unwrap_or(host);
    let of_host = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | ':');
    let of_path = |sign: char| of_host(sign) || matches!(sign, '/' | '_' | '~' | '%' | '*');
    name.contains('.') && name.chars().all(of_host) && rest.chars().all(of_path)
}

/// A fault of a key, with its place in the settings of the site; the theme's settings have no places any more.
fn fault(site: &Block<'_>, below: &[&str], message: String) -> Diagnostic {
    told(site, "config/security", &[&["security"], below].concat(), message)
}

fn told(site: &Block<'_>, code: &'static str, below: &[&str], message: String) -> Diagnostic {
    let path = [&["extra", "praktijk"], below].concat();
    let (key, _) = toml_text::places(site, &path);
    site.error(code, message, key)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{complaints, read as settings};

    const BASE: &str = "base_url = \"https://e.org\"\n[extra.praktijk]\n";

    #[test]
    fn every_fault_has_its_place_and_a_way_to_mend_it() {
        for (text, marked, words) in [
            ("security = \"streng\"", "security", "`security = true`"),
            ("security = { allow_script = [] }", "allow_script", "`allow_scripts`"),
            (
                "security = { allow_fonts = \"https://a.example\" }",
                "allow_fonts",
                "[\"https://www.example.org\"]",
            ),
            ("[extra.praktijk.security]\nallow_images = [\"http://a.example\"]", "allow_images", "https"),
            ("security = { allow_images = [\"https://a.example; script-src *\"] }", "allow_images", "https"),
            ("security = { allow_images = [\"https://*\"] }", "allow_images", "https"),
        ] {
            let told = complaints(&format!("{BASE}{text}"));
            assert_eq!((told[0].0, told[0].1.as_str()), ("config/security", marked), "{text}");
            assert!(told[0].2.contains(words), "{told:?}");
        }
    }

    #[test]
    fn reactions_come_from_where_they_safely_can() {
        for (text, marked, words) in [
            ("reactions = true", "reactions", "`[extra.praktijk.reactions]`"),
            ("[extra.praktijk.reactions]\nsource = 1", "source", "`source = \"reacties.ndjson\"`"),
            ("[extra.praktijk.reactions]\nscope = [\"gemeente\"]", "scope", "`scope = \"gemeente\"`"),
            ("[extra.praktijk.reactions]\nsource = \"http://e.org/x\"", "source", "`https://`"),
            ("[extra.praktijk.reactions]\nsource = \"../x\"", "source", "within the site"),
        ] {
            let told = complaints(&format!("{BASE}{text}"));
            assert_eq!((told[0].0, told[0].1.as_str()), ("config/reactions", marked), "{text}");
            assert!(told[0].2.contains(words), "{told:?}");
        }
        assert_eq!(settings("[extra.praktijk]\nreactions = false").reactions, None);
        let found = settings("[extra.praktijk.reactions]\nlisten = \"x\"\nscope = \"gemeente\"").reactions;
        assert_eq!(found.map(|found| (found.source, found.scope)), Some((None, Some("gemeente".to_owned()))));
    }

    #[test]
    fn sites_that_say_nothing_have_no_rules() {
        assert_eq!(settings("").security, None);
        assert_eq!(settings("[extra]\npraktijk = 1").security, None);
        assert_eq!(settings("[extra.praktijk]\nsecurity = false").security, None);
        let rules =
            settings("[extra.praktijk]\nsecurity = { allow_images = [\"https://*.kaart.example/tegels/\"] }")
                .security;
        assert_eq!(rules.map(|rules| rules.images), Some(vec!["https://*.kaart.example/tegels/".to_owned()]));
    }
}
