//! The arguments of a call, with their types. In: a [`Call`] and the name of what is called. Out: the argument, nothing
//! when it was not given, or a sentence that names the argument and says what it must be.
//!
//! Conversions are those of the template language: a number where text is wanted is written out, `3.0` is a whole
//! number. An argument that is null counts as not given.

use std::ops::RangeInclusive;

use super::Call;
use crate::model::{Json, JsonMap};

/// The arguments of one call.
pub struct Args<'a> {
    function: &'static str,
    given: &'a JsonMap,
}

impl<'a> Args<'a> {
    /// The arguments of a call of `function`.
    pub fn of(function: &'static str, call: &'a Call<'_>) -> Self {
        Args { function, given: &call.args }
    }

    /// Text that may be left out.
    pub fn text(&self, name: &str) -> Result<Option<String>, String> {
        match self.value(name) {
            None => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.clone())),
            Some(value @ (Json::Number(_) | Json::Bool(_))) => Ok(Some(value.to_string())),
            Some(other) => Err(self.wrong(name, "text", other)),
        }
    }

    /// Text that must be there; `example` is what the author could have written.
    pub fn need_text(&self, name: &str, example: &str) -> Result<String, String> {
        self.text(name)?.ok_or_else(|| {
            format!(
                "`{0}` needs the argument `{name}`. Write, for example, `{0}({name}=\"{example}\")`.",
                self.function
            )
        })
    }

    /// Yes or no; `default` when it is left out.
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, String> {
        match self.value(name) {
            None => Ok(default),
            Some(Json::Bool(flag)) => Ok(*flag),
            Some(other) => Err(self.wrong(name, "`true` or `false`", other)),
        }
    }

    /// A whole number within a range, which may be left out.
    pub fn number(&self, name: &str, range: RangeInclusive<i64>) -> Result<Option<i64>, String> {
        let Some(value) = self.value(name) else { return Ok(None) };
        match whole(value) {
            Some(number) if range.contains(&number) => Ok(Some(number)),
            _ => Err(self.wrong(
                name,
                &format!("a whole number from {} to {}", range.start(), range.end()),
                value,
            )),
        }
    }

    /// A list of texts, which may be left out.
    pub fn texts(&self, name: &str) -> Result<Option<Vec<String>>, String> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let list = value.as_array().and_then(|list| {
            list.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        });
        list.map(Some).ok_or_else(|| self.wrong(name, "a list of texts", value))
    }

    fn value(&self, name: &str) -> Option<&'a Json> {
        self.given.get(name).filter(|value| !value.is_null())
    }

    fn wrong(&self, name: &str, wanted: &str, got: &Json) -> String {
        format!("The argument `{name}` of `{}` must be {wanted}, but it is {}.", self.function, describe(got))
    }
}

/// A whole number, also when it is written with a fraction of nought.
pub fn whole(value: &Json) -> Option<i64> {
    let from_float = |float: f64| (float.fract() == 0.0 && float.abs() < 9e15).then_some(float as i64);
    value.as_i64().or_else(|| value.as_f64().and_then(from_float))
}

/// A value in words, for a sentence about it.
pub fn describe(value: &Json) -> String {
    match value {
        Json::Null => "nothing".to_owned(),
        Json::Bool(_) | Json::Number(_) => format!("`{value}`"),
        Json::String(text) => format!("the text `{text}`"),
        Json::Array(_) => "a list".to_owned(),
        Json::Object(_) => "a table".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::{Fake, call};
    use super::*;
    use serde_json::json;

    #[test]
    fn a_wrong_type_names_argument_function_and_value() {
        let call =
            call(Fake::default(), json!({ "path": ["a"], "flag": "yes", "n": 1.5, "list": [1], "big": 300 }));
        let args = Args::of("f", &call);
        assert_eq!(
            args.text("path").unwrap_err(),
            "The argument `path` of `f` must be text, but it is a list."
        );
        assert_eq!(
            args.flag("flag", false).unwrap_err(),
            "The argument `flag` of `f` must be `true` or `false`, but it is the text `yes`."
        );
        assert_eq!(
            args.number("n", 0..=255).unwrap_err(),
            "The argument `n` of `f` must be a whole number from 0 to 255, but it is `1.5`."
        );
        assert!(args.number("big", 0..=255).unwrap_err().ends_with("but it is `300`."));
        assert!(args.texts("list").unwrap_err().contains("a list of texts, but it is a list"));
        assert_eq!(
            args.need_text("name", "HOME").unwrap_err(),
            "`f` needs the argument `name`. Write, for example, `f(name=\"HOME\")`."
        );
    }

    #[test]
    fn values_convert_as_templates_do() {
        let call = call(Fake::default(), json!({ "text": 42, "whole": 3.0, "none": null, "yes": true }));
        let args = Args::of("f", &call);
        assert_eq!(args.text("text").unwrap().as_deref(), Some("42"));
        assert_eq!(args.number("whole", 0..=9).unwrap(), Some(3));
        assert_eq!(args.text("none").unwrap(), None);
        assert!(args.flag("yes", false).unwrap());
        assert!(args.flag("absent", true).unwrap());
    }
}
