//! What comes from outside the site: `now`, `get_env`. Chance (`get_random`, `shuffle`) is the template language's own.

use jiff::tz::TimeZone;

use super::args::Args;
use super::{Answer, Call};

/// `now(utc, timestamp)`: the moment of the build, as `2026-09-12T10:20:30.123456789Z` or in seconds since 1970. `utc`
/// is accepted and changes nothing: it always is UTC. In dialect 0.22 it is the time of this machine's place, with its
/// offset, unless `utc` asks otherwise.
pub(super) fn now(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of("now", call);
    let utc = args.flag("utc", false)?;
    let as_number = args.flag("timestamp", false)?;
    let moment = jiff::Timestamp::from_nanosecond(call.lookup.now())
        .map_err(|error| format!("`now` cannot tell the time of this machine: {error}"))?;
    if call.is_old() && !as_number {
        let zone = if utc { TimeZone::UTC } else { TimeZone::system() };
        return Ok(Answer::text(moment.to_zoned(zone).strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string()));
    }
    Ok(if as_number { Answer::Json(moment.as_second().into()) } else { Answer::text(moment.to_string()) })
}

/// `get_env(name, default)`: a variable of the environment. In dialect 0.22 a default is any value, such as `false`.
pub(super) fn get_env(call: &Call<'_>) -> Result<Answer, String> {
    let args = Args::of("get_env", call);
    let name = args.need_text("name", "HOME")?;
    if let Some(default) = call.args.get("default").filter(|_| call.lookup.config().dialect.is_old()) {
        return Ok(call.lookup.env(&name).map_or_else(|| Answer::Json(default.clone()), Answer::text));
    }
    // A default of null is a default too: it prints as nothing.
    let default = args.text("default")?.or_else(|| call.args.contains_key("default").then(String::new));
    call.lookup.env(&name).or(default).map(Answer::text).ok_or_else(|| {
        format!("`get_env` cannot find `{name}` in the environment. Set it before building, or pass `default=\"…\"`.")
    })
}

#[cfg(test)]
mod tests {
    use super::super::fake::{Fake, call, value};
    use super::*;
    use serde_json::json;

    #[test]
    fn the_environment_may_lack_a_variable() {
        let env = |args| value(get_env(&call(Fake::default().with_env("A", "1"), args)));
        assert!(env(json!({})).unwrap_err().starts_with("`get_env` needs the argument `name`"));
        assert!(env(json!({ "name": "B" })).unwrap_err().contains("cannot find `B`"));
        assert_eq!(env(json!({ "name": "A", "default": "2" })).unwrap(), "1");
        assert_eq!(env(json!({ "name": "B", "default": 2 })).unwrap(), "2");
        assert_eq!(env(json!({ "name": "B", "default": null })).unwrap(), "");
    }

    #[test]
    fn the_moment_is_utc() {
        let moment = |args| value(now(&call(Fake::default(), args)));
        assert_eq!(moment(json!({})).unwrap(), "2023-11-14T22:13:20.123456789Z");
        assert_eq!(moment(json!({ "utc": true })), moment(json!({})));
        assert_eq!(moment(json!({ "timestamp": true })).unwrap(), 1_700_000_000);
        let mut old = Fake::default();
        old.config.dialect = crate::model::Dialect::Zola022;
        let args = json!({ "utc": true });
        assert_eq!(value(now(&call(old, args))).unwrap(), "2023-11-14T22:13:20.123456789+00:00");
        assert!(moment(json!({ "timestamp": "yes" })).unwrap_err().contains("`timestamp` of `now`"));
    }
}
