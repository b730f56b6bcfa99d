//! The cookies of ours. In: which one, and its value. Out: its whole name, and the header that sets it or takes it away.

use crate::reactions::app::App;

/// The cookie that tells the script of a page that somebody may be logged in. It opens nothing.
const HINT: &str = "reacties";

/// The whole name of a cookie. Over TLS it is bound to this very host.
pub(super) fn name(app: &App, cookie: &'static str) -> &'static str {
    match (app.settings.is_secure(), cookie) {
        (true, "sessie") => "__Host-sessie",
        (true, _) => "__Host-vorm",
        (false, cookie) => cookie,
    }
}

/// A cookie for as long as the browser is open; without a value it goes at once.
pub(super) fn cookie(app: &App, which: &'static str, value: &str, same_site: &str) -> String {
    format!("{}={value}; Path=/; HttpOnly; SameSite={same_site}{}", name(app, which), ending(app, value))
}

pub(super) fn hint(app: &App, value: &str) -> String {
    format!("{HINT}={value}; Path=/; SameSite=Lax{}", ending(app, value))
}

fn ending(app: &App, value: &str) -> String {
    let secure = if app.settings.is_secure() { "; Secure" } else { "" };
    format!("{secure}{}", if value.is_empty() { "; Max-Age=0" } else { "" })
}
