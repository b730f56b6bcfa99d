//! Filters of dialect 0.23 whose newest form in Tera 2 and its companions is stricter than the one that sites were
//! written with. In: what stands before the bar, and arguments. Out: what Zola 0.23.3 makes of it, and what later
//! versions make of it where that is better: text that is safe stays safe.
//!
//! | filter | differs from the newest Tera |
//! |---|---|
//! | `replace` | a safe replacement does not make text that is not safe escaped at once, half way a pipe |
//! | `join` | neither does one safe part among others |
//! | `date` | a `format` with `%` is one of `strftime` also when a `locale` is named, which then has no meaning |

use std::sync::Arc;

use tera2::{Kwargs, Map, State, StringInput, TeraResult, Value};

/// `replace(from, to)`. What was safe stays safe, so what is put into it is escaped unless it is safe too.
pub(super) fn replace(text: StringInput<'_>, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from = kwargs.must_get::<&str>("from")?;
    let to = kwargs.must_get::<StringInput<'_>>("to")?;
    if text.is_safe() {
        return Ok(Value::safe_string(&text.as_str().replace(from, &to.rendered(state)?)));
    }
    Ok(Value::from(text.as_str().replace(from, to.as_str())))
}

/// `join(sep)`. Safe parts make a safe whole, in which the separator is escaped unless it is safe too.
pub(super) fn join(parts: &[Value], kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let separator = kwargs.get::<StringInput<'_>>("sep")?;
    let texts: Vec<String> = parts.iter().map(|part| format!("{part}")).collect();
    let all_safe = !parts.is_empty() && parts.iter().all(|part| part.is_string() && part.is_safe());
    let plain = || separator.as_ref().map_or("", StringInput::as_str);
    match &separator {
        Some(separator) if all_safe => Ok(Value::safe_string(&texts.join(&separator.rendered(state)?))),
        None if all_safe => Ok(Value::safe_string(&texts.concat())),
        _ => Ok(Value::from(texts.join(plain()))),
    }
}

/// `date(format, timezone, locale)`.
pub(super) fn date(value: &Value, kwargs: Kwargs, state: &State<'_>) -> TeraResult<String> {
    let format = kwargs.get::<&str>("format")?;
    let is_pattern = format.is_some_and(|format| !format.contains('%'));
    if is_pattern || kwargs.get::<&str>("locale")?.is_none() {
        return tera_contrib::dates::date(value, kwargs, state);
    }
    let mut others = Map::default();
    for (name, argument) in kwargs.iter().filter(|(name, _)| name.as_str() != Some("locale")) {
        others.insert(name.clone(), argument.clone());
    }
    tera_contrib::dates::date(value, Kwargs::new(Arc::new(others)), state)
}

#[cfg(test)]
mod tests {
    use tera2::{Context, Tera};

    fn rendered(template: &str) -> Result<String, String> {
        let mut tera = Tera::default();
        tera.register_filter("replace", super::replace);
        tera.register_filter("join", super::join);
        tera.register_filter("date", super::date);
        tera.render_str(template, &Context::new(), true).map_err(|error| error.to_string())
    }

    #[test]
    fn arguments_of_the_wrong_kind_are_told() {
        for template in [
            "{{ 1 | replace(from='a', to='b') }}",
            "{{ 'a' | replace(from='a') }}",
            "{{ 'a' | join }}",
            "{{ 'soon' | date }}",
            "{{ '2026-01-02' | date(locale='fr', format='%1') }}",
        ] {
            assert!(rendered(template).is_err(), "{template}");
        }
    }

    #[test]
    fn a_safe_replacement_leaves_other_text_to_what_follows() {
        assert_eq!(
            rendered("{{ '&copy; YEAR' | replace(from='YEAR', to='<b>1</b>' | safe) | safe }}").unwrap(),
            "&copy; <b>1</b>"
        );
        assert_eq!(rendered("{{ '&' | replace(from='b', to='c' | safe) }}").unwrap(), "&amp;");
        assert_eq!(rendered("{{ '<b>' | safe | replace(from='b', to='<') }}").unwrap(), "<&lt;>");
    }

    #[test]
    fn one_safe_part_leaves_the_others_to_what_follows() {
        assert_eq!(rendered("{{ ['<i>', '<b>' | safe] | join(sep='&') | safe }}").unwrap(), "<i>&<b>");
        assert_eq!(rendered("{{ ['<i>' | safe, '<b>' | safe] | join(sep='&') }}").unwrap(), "<i>&amp;<b>");
        assert_eq!(rendered("{{ ['<i>' | safe, '<b>' | safe] | join }}").unwrap(), "<i><b>");
        assert_eq!(rendered("{{ [1, '<'] | join(sep=', ') }}").unwrap(), "1, &lt;");
    }

    #[test]
    fn a_format_says_whether_a_locale_has_meaning() {
        let date =
            |arguments: &str| rendered(&format!("{{{{ '2026-08-24' | date({arguments}) }}}}")).unwrap();
        assert_eq!(date("locale='fr', format='d MMMM y'"), "24 août 2026");
        assert_eq!(date("locale='fr', format='%-d %B %Y'"), "24 August 2026");
        assert_eq!(date("locale='fr'"), "2026-08-24");
        assert_eq!(date("format='%Y'"), "2026");
    }
}
