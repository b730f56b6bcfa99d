//! How complaints look at a terminal. In: the variables of the environment. Out: a [`Look`].

use super::Language;

/// How complaints look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Drawn or told.
    pub form: Form,
    /// The language of the frame.
    pub language: Language,
    /// After how many columns text is broken.
    pub width: usize,
}

/// Drawn or told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In words only.
    Narrated,
    /// Drawn.
    Graphical {
        /// With colours.
        colour: bool,
        /// With lines and signs of Unicode, not only those of ASCII.
        unicode: bool,
    },
}

impl Look {
    /// What suits a terminal, from the variables of the environment (`PRAKTIJK_REPORT`, `TERM`, `NO_COLOR`,
    /// `CLICOLOR_FORCE`, `CLICOLOR`, `LC_ALL`, `LC_CTYPE`, `LANG`, `COLUMNS`) and whether there is a terminal at all.
    pub fn of_environment(
        variable: &dyn Fn(&str) -> Option<String>,
        is_terminal: bool,
        language: Language,
    ) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let asked = set("PRAKTIJK_REPORT");
        let dumb = set("TERM").as_deref() == Some("dumb");
        let narrated =
            asked.as_deref() == Some("narrated") || (dumb && asked.as_deref() != Some("graphical"));
        let colour = if set("NO_COLOR").is_some() {
            false
        } else if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
            true
        } else {
            is_terminal && !dumb && set("CLICOLOR").as_deref() != Some("0")
        };
        let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
        let locale = locale.to_lowercase();
        // Windows has no such variables, and its terminals know Unicode.
        let unicode = cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8");
        let width = set("COLUMNS").and_then(|columns| columns.parse().ok()).unwrap_or(100);
        let form = if narrated { Form::Narrated } else { Form::Graphical { colour, unicode } };
        Look { form, language, width: usize::clamp(width, 40, 160) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_decides() {
        let check = |variables: &[(&str, &str)], is_terminal: bool, form: Form| {
            let variable = |name: &str| {
                variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            };
            let look = Look::of_environment(&variable, is_terminal, Language::English);
            assert_eq!(look.form, form, "{variables:?}");
        };
        let drawn = |colour| Form::Graphical { colour, unicode: cfg!(windows) };
        check(&[], true, drawn(true));
        check(&[], false, drawn(false));
        check(&[("LANG", "nl_NL.UTF-8")], true, Form::Graphical { colour: true, unicode: true });
        check(&[("LC_ALL", "C"), ("LANG", "nl_NL.UTF-8")], true, drawn(true));
        check(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true, drawn(false));
        check(&[("NO_COLOR", "")], true, drawn(true));
        check(&[("CLICOLOR", "0")], true, drawn(false));
        check(&[("CLICOLOR_FORCE", "1")], false, drawn(true));
        check(&[("CLICOLOR_FORCE", "0")], false, drawn(false));
        check(&[("TERM", "dumb")], true, Form::Narrated);
        check(&[("PRAKTIJK_REPORT", "narrated")], true, Form::Narrated);
        check(&[("TERM", "dumb"), ("PRAKTIJK_REPORT", "graphical")], true, drawn(false));
    }
}
