//! Languages: `trans`, `text_direction`, and which language a call is about. In: a key, or a language. Out: the
//! translation; `ltr` or `rtl`.

use unic_langid::{CharacterDirection, LanguageIdentifier};

use super::args::Args;
use super::content::known_languages;
use super::{Answer, Call};

/// The language a call is about: its argument `lang`, else what the template sees as `lang`, else the site's default.
pub(super) fn language(call: &Call<'_>, args: &Args<'_>) -> Result<String, String> {
    if let Some(lang) = args.text("lang")? {
        return Ok(lang);
    }
    let seen = (call.scope)("lang").and_then(|lang| lang.as_str().map(str::to_owned));
    Ok(seen.unwrap_or_else(|| call.lookup.config().default_language.clone()))
}

/// `trans(key, lang)`: a word of the site in a language.
pub(super) fn trans(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of("trans", call);
    let key = args.need_text("key", "title")?;
    let lang = language(call, &args)?;
    let config = call.lookup.config();
    let Some(options) = config.language(&lang) else {
        return Err(format!(
            "`trans` was asked for language `{lang}`, but the site has {}.",
            known_languages(&config)
        ));
    };
    match options.translation(&key) {
        Some(text) => Ok(Answer::text(text)),
        None => {
            let table = if lang == config.default_language {
                "translations".to_owned()
            } else {
                format!("languages.{lang}.translations")
            };
            Err(format!(
                "`trans` cannot find `{key}` in language `{lang}`. Add `{key} = \"…\"` to `[{table}]` in zola.toml."
            ))
        }
    }
}

/// `text_direction(lang)`: `ltr` or `rtl`, as HTML's `dir` wants it. Scripts that run from top to bottom count as `ltr`.
pub(super) fn text_direction(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of("text_direction", call);
    let lang = language(call, &args)?;
    let identifier: LanguageIdentifier = lang.parse().map_err(|_| {
        format!("`text_direction` does not know `{lang}` as a language. Write a language code such as `nl`, `ar` or `zh-Hant`.")
    })?;
    Ok(Answer::text(match identifier.character_direction() {
        CharacterDirection::RTL => "rtl",
        CharacterDirection::LTR | CharacterDirection::TTB => "ltr",
    }))
}

#[cfg(test)]
mod tests {
    use super::super::fake::{Fake, call, call_from, value};
    use super::*;
    use serde_json::json;
    use std::sync::Arc;

    #[test]
    fn a_missing_translation_names_the_table() {
        let sentence = |args| value(trans(&call(Fake::default(), args))).unwrap_err();
        assert!(sentence(json!({})).starts_with("`trans` needs the argument `key`"));
        assert!(
            sentence(json!({ "key": "x" })).ends_with("Add `x = \"…\"` to `[translations]` in zola.toml.")
        );
        assert!(sentence(json!({ "key": "x", "lang": "fr" })).contains("to `[languages.fr.translations]`"));
        assert!(sentence(json!({ "key": "title", "lang": "de" })).ends_with("but the site has `en`, `fr`."));
    }

    #[test]
    fn argument_before_template_before_default() {
        let french = |path: &str| (path == "lang").then(|| json!("fr"));
        let title = |args, scope: &dyn Fn(&str) -> Option<crate::model::Json>| {
            value(trans(&call_from(Arc::new(Fake::default()), args, scope))).unwrap()
        };
        assert_eq!(title(json!({ "key": "title" }), &|_| None), "A title");
        assert_eq!(title(json!({ "key": "title" }), &french), "Un titre");
        assert_eq!(title(json!({ "key": "title", "lang": "en" }), &french), "A title");
    }

    #[test]
    fn directions() {
        let direction = |lang: &str| value(text_direction(&call(Fake::default(), json!({ "lang": lang }))));
        assert!(direction("not a language").unwrap_err().contains("does not know `not a language`"));
        for (lang, expected) in
            [("nl", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("uz-Arab", "rtl"), ("mn-Mong", "ltr")]
        {
            assert_eq!(direction(lang).unwrap(), expected, "{lang}");
        }
        assert_eq!(value(text_direction(&call(Fake::default(), json!({})))).unwrap(), "ltr");
    }
}
