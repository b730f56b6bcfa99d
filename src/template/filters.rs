//! The filters that Zola adds to its template language, written once for every dialect. In: a [`Call`] and what stands
//! before the bar. Out: an [`Answer`], or a sentence that says what is wrong.
//!
//! Dialect 0.23 takes its other filters from companions of the template language, and the engine registers them:
//!
//! | filter | in `tera_contrib` | arguments |
//! |---|---|---|
//! | `base64_encode` | `base64::b64_encode` | `url_safe=false`, `padded=true` |
//! | `base64_decode` | `base64::b64_decode` | `url_safe=false` |
//! | `regex_replace` | `regex::RegexReplace::default()` | `pattern`, `rep` |
//! | `striptags` | `regex::striptags` | |
//! | `spaceless` | `regex::spaceless` | |
//! | `urlencode` | `urlencode::urlencode` | |
//! | `urlencode_strict` | `urlencode::urlencode_strict` | |
//! | `json_encode` | `json::json_encode` | `pretty=false` |
//! | `filesizeformat` | `filesize_format::filesize_format` | `binary=true` |
//! | `format` | `format::format` | `spec` |
//! | `slugify` | `slug::slug` | |
//! | `date` | `dates::date` | `format="%Y-%m-%d"`, `timezone`, `locale` (then `format` is a UTS-35 pattern) |
//! | `shuffle` | `rand::shuffle` | `seed`; without one, the answer is by chance |
//!
//! So are the tests `matching` (`regex::Matching::default()`), `before` (`dates::is_before`) and `after`
//! (`dates::is_after`), and the function `get_random` (`rand::get_random`). The rest is the template language's own:
//! `safe default upper lower wordcount escape escape_html escape_xml newlines_to_br pluralize trim trim_start trim_end
//! replace capitalize title truncate indent str int float length reverse split abs round first last nth join sort
//! unique get values keys pairs group_by`.

use num_format::{Locale, ToFormattedString};

use super::functions::args::{Args, describe, whole};
use super::functions::{Answer, Call};
use crate::model::Json;

/// A filter: the call and what stands before the bar.
pub type Filter = fn(&Call<'_>, Json) -> Result<Answer, String>;

/// The filters of dialect 0.23, by name, that are not taken from the template language's own companions.
pub const FILTERS: &[(&str, Filter)] =
    &[("markdown", markdown), ("num_format", num_format), ("parts", parts)];

/// `markdown(inline)`: Markdown as HTML, where links mean what they mean on the page being rendered. The result is
/// escaped unless the template says `safe`.
fn markdown(call: &Call<'_>, input: Json) -> Result<Answer, String> {
    let inline = Args::of("markdown", call).flag("inline", false)?;
    let Json::String(text) = input else {
        return Err(format!("The filter `markdown` works on text, but got {}.", describe(&input)));
    };
    let seen = |path: &str| (call.scope)(path).and_then(|value| value.as_str().map(str::to_owned));
    let default_language = || call.lookup.config().default_language.clone();
    let place = ["page", "section"].into_iter().find_map(|kind| {
        let relative = seen(&format!("{kind}.relative_path"))?;
        Some((relative, seen(&format!("{kind}.permalink")).unwrap_or_default()))
    });
    let (relative, permalink, lang) = match place {
        Some((relative, permalink)) => (relative, permalink, seen("lang").unwrap_or_else(default_language)),
        None => (String::new(), String::new(), default_language()),
    };
    crate::body::markdown::fragment(&text, inline, &permalink, &relative, &lang, &call.lookup)
        .map(Answer::text)
        .map_err(|faults| {
            let told = faults.iter().map(|fault| fault.message.clone()).collect::<Vec<_>>().join(" ");
            for fault in faults {
                call.lookup.complain(fault);
            }
            format!("The filter `markdown` cannot turn its text into HTML. {told}")
        })
}

/// `parts`: a rendered text cut at its headings of level 2, as a list of `level`, `id`, `title` and `html`. Zola has no such
/// filter.
fn parts(_: &Call<'_>, input: Json) -> Result<Answer, String> {
    let Json::String(html) = input else {
        return Err(format!("The filter `parts` works on text, but got {}.", describe(&input)));
    };
    let parts = crate::body::units::parts(&html).into_iter().map(|part| {
        serde_json::json!({ "level": part.level, "id": part.id, "title": part.title, "html": part.html })
    });
    Ok(Answer::Json(parts.collect()))
}

/// `num_format(locale)`: a whole number with the separators of a language.
fn num_format(call: &Call<'_>, input: Json) -> Result<Answer, String> {
    let locale = Args::of("num_format", call).text("locale")?;
    let name = locale.unwrap_or_else(|| call.lookup.config().default_language.clone());
    let locale = Locale::from_name(&name).map_err(|_| {
        format!("The filter `num_format` does not know the locale `{name}`. Pass one it knows, such as `locale=\"nl\"`.")
    })?;
    match (whole(&input), input.as_u64()) {
        (Some(number), _) => Ok(Answer::text(number.to_formatted_string(&locale))),
        (_, Some(number)) => Ok(Answer::text(number.to_formatted_string(&locale))),
        _ => Err(format!("The filter `num_format` works on whole numbers, but got {}.", describe(&input))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::functions::fake::{Fake, call, value};
    use super::*;
    use serde_json::json;

    #[test]
    fn only_whole_numbers_are_written_out() {
        let formatted = |input: Json, args: Json| value(num_format(&call(Fake::default(), args), input));
        assert_eq!(
            formatted(json!(1.5), json!({})).unwrap_err(),
            "The filter `num_format` works on whole numbers, but got `1.5`."
        );
        assert!(formatted(json!("1"), json!({})).unwrap_err().ends_with("but got the text `1`."));
        assert!(formatted(json!(1), json!({ "locale": "xx" })).unwrap_err().contains("the locale `xx`"));
        assert_eq!(formatted(json!(1_234_567), json!({})).unwrap(), "1,234,567");
        assert_eq!(formatted(json!(-1234.0), json!({ "locale": "nl" })).unwrap(), "-1.234");
        assert_eq!(formatted(json!(u64::MAX), json!({})).unwrap(), "18,446,744,073,709,551,615");
    }

    #[test]
    fn markdown_needs_text() {
        let sentence = |input| value(markdown(&call(Fake::default(), json!({})), input)).unwrap_err();
        assert_eq!(sentence(json!(null)), "The filter `markdown` works on text, but got nothing.");
        assert_eq!(sentence(json!(3)), "The filter `markdown` works on text, but got `3`.");
    }
}
