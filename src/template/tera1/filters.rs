//! The filters that Zola 0.22 adds to Tera 1. In: the engine. Out: the engine with `base64_encode`, `base64_decode`,
//! `regex_replace`, `num_format` and `markdown`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;
use tera1::{Error, Result, Tera, Value};

use super::call;
use crate::template::filters::FILTERS;
use crate::template::functions::args::describe;

/// The arguments of a call.
type Args = HashMap<String, Value>;
/// The patterns that templates have used.
type Patterns = RwLock<HashMap<String, Regex>>;

/// Registers them all.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("base64_encode", |value: &Value, _: &Args| {
        Ok(Value::String(STANDARD.encode(text("base64_encode", value)?)))
    });
    tera.register_filter("base64_decode", |value: &Value, _: &Args| {
        let bytes = STANDARD.decode(text("base64_decode", value)?).map_err(|error| {
            Error::msg(format!("The filter `base64_decode` cannot read its text: {error}."))
        })?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Error::msg("The filter `base64_decode` finds something in its text that is no text.")
        })?;
        Ok(Value::String(text))
    });
    let patterns = Patterns::default();
    tera.register_filter("regex_replace", move |value: &Value, args: &Args| {
        regex_replace(value, args, &patterns)
    });
    for (name, filter) in FILTERS {
        tera.register_filter(name, move |value: &Value, args: &Args| {
            call(name, args, |call| filter(call, value.clone()))
        });
    }
}

fn regex_replace(value: &Value, args: &Args, patterns: &Patterns) -> Result<Value> {
    let input = text("regex_replace", value)?;
    let argument = |name: &str| {
        let missing =
            || Error::msg(format!("The filter `regex_replace` needs the argument `{name}`, a text."));
        args.get(name).and_then(Value::as_str).ok_or_else(missing)
    };
    let (pattern, replacement) = (argument("pattern")?, argument("rep")?);
    let known = patterns.read().unwrap_or_else(PoisonError::into_inner).get(pattern).cloned();
    let regex = match known {
        Some(regex) => regex,
        None => {
            let regex = Regex::new(pattern).map_err(|error| {
                Error::msg(format!("The filter `regex_replace` cannot read the pattern `{pattern}`: {error}"))
            })?;
            patterns
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(pattern.to_owned(), regex.clone());
            regex
        }
    };
    Ok(match regex.replace_all(input, replacement) {
        Cow::Borrowed(same) => Value::String(same.to_owned()),
        Cow::Owned(replaced) => Value::String(replaced),
    })
}

fn text<'a>(filter: &str, value: &'a Value) -> Result<&'a str> {
    let wrong = || Error::msg(format!("The filter `{filter}` works on text, but got {}.", describe(value)));
    value.as_str().ok_or_else(wrong)
}
