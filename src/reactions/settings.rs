//! How an endpoint is set up. In: the table `[extra.praktijk.reactions]` of the site's settings, as JSON, and what else is
//! known of the site. Out: [`Settings`], or every mistake in them at once, with what may stand there.

use std::net::IpAddr;
use std::path::PathBuf;

use serde::Deserialize;
use url::Url;

use super::clock::{DAY, HOUR, MINUTE, SECOND};

/// How an endpoint is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address of the site, without a slash at its end: all links in mails begin with it.
    pub address: Url,
    /// What the site is called.
    pub title: String,
    /// The folder of the site's sources, in which it is built anew.
    pub root: PathBuf,
    /// The folder of the endpoint: database, key, mails that were not sent.
    pub folder: PathBuf,
    /// The folder with the built site, of which the pages of the endpoint take their looks.
    pub site: PathBuf,
    /// Where it listens.
    pub listen: String,
    /// What stands in the table.
    pub table: Table,
}

/// The table as it is written. Keys that only the build reads stand here, too, so that a slip in a name is seen.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Table {
    /// What the build takes reactions from.
    pub source: Option<String>,
    /// The facet by which moderators may be limited.
    pub scope: Option<String>,
    /// Where the endpoint listens: `unix:PATH`, or an address of this machine itself.
    pub listen: Option<String>,
    /// The folder of the endpoint.
    pub folder: Option<String>,
    /// The folder with the built site.
    pub site: Option<String>,
    /// The address of the site when it is not its `base_url`.
    pub address: Option<String>,
    /// Only mail addresses of these domains may register; none: all.
    pub domains: Vec<String>,
    /// After so many accepted reactions what a member posts appears at once; 0: never.
    pub trusted_after: i64,
    /// For how many minutes a member may change what was posted.
    pub edit_minutes: i64,
    /// Words that make a reaction wait for a moderator.
    pub words: Vec<String>,
    /// Whom mails are from: `Name <address>`.
    pub mail_from: Option<String>,
    /// Proxies whose word about where a request comes from counts, besides a Unix socket. Not set: this machine itself, where
    /// nobody but the proxy asks.
    pub proxies: Option<Vec<IpAddr>>,
    /// After how many hours without a visit a login ends.
    pub idle_hours: i64,
    /// After how many days a login ends in any case.
    pub session_days: i64,
    /// For how many days a notice stands at most.
    pub notice_days: i64,
    /// For how many days the log of who did what is kept.
    pub audit_days: i64,
    /// For how many days an account that was never confirmed is kept.
    pub unconfirmed_days: i64,
    /// What builds the site anew: a program and its words.
    pub rebuild_command: Vec<String>,
    /// What builds the site anew: an address that is called.
    pub rebuild_webhook: Option<String>,
    /// How many seconds after the first change the site is built anew, so that those that follow come along.
    pub rebuild_quiet: i64,
}

impl Default for Table {
    fn default() -> Table {
        Table {
            source: None,
            scope: None,
            listen: None,
            folder: None,
            site: None,
            address: None,
            domains: Vec::new(),
            trusted_after: 3,
            edit_minutes: 15,
            words: Vec::new(),
            mail_from: None,
            proxies: None,
            idle_hours: 8,
            session_days: 14,
            notice_days: 90,
            audit_days: 365,
            unconfirmed_days: 7,
            rebuild_command: Vec::new(),
            rebuild_webhook: None,
            rebuild_quiet: 30,
        }
    }
}

/// What is known of the site besides the table.
#[derive(Clone, Debug)]
pub struct Around {
    /// Its `base_url`.
    pub base_url: String,
    /// Its title.
    pub title: String,
    /// The folder that relative paths begin at.
    pub root: PathBuf,
    /// Its output folder.
    pub output: PathBuf,
}

impl Settings {
    /// Reads the table.
    pub fn read(table: Option<&serde_json::Value>, around: &Around) -> Result<Settings, Vec<String>> {
        let table = match table {
            None => Table::default(),
            Some(table) => Table::deserialize(table)
                .map_err(|error| vec![format!("[extra.praktijk.reactions]: {error}")])?,
        };
        let mut wrong = table.wrong();
        let address = table.address.clone().unwrap_or_else(|| around.base_url.clone());
        let address = match Url::parse(address.trim_end_matches('/')) {
            Ok(url) if matches!(url.scheme(), "https" | "http") && url.host().is_some() => Some(url),
            _ => {
                wrong.push(format!(
                    "address: `{address}` is not an address of a site, such as https://www.voorbeeld.nl"
                ));
                None
            }
        };
        match address {
            Some(address) if wrong.is_empty() => Ok(Settings {
                address,
                title: around.title.clone(),
                root: around.root.clone(),
                folder: around.root.join(table.folder.as_deref().unwrap_or(".praktijk/reacties")),
                site: table
                    .site
                    .as_ref()
                    .map_or_else(|| around.output.clone(), |site| around.root.join(site)),
                listen: table.listen.clone().unwrap_or_else(|| "127.0.0.1:8791".to_owned()),
                table,
            }),
            _ => Err(wrong),
        }
    }

    /// Whether the site is visited over TLS. Without, cookies cannot be bound to it; only this machine is served so.
    pub fn is_secure(&self) -> bool {
        self.address.scheme() == "https"
    }

    /// An address of the endpoint, for mails: `path` below `/reacties/`.
    pub fn link(&self, path: &str) -> String {
        format!("{}/reacties/{path}", self.address.as_str().trim_end_matches('/'))
    }

    /// The path of the site itself, without a slash at its end: empty, or `/sub`.
    pub fn base_path(&self) -> &str {
        self.address.path().trim_end_matches('/')
    }

    /// How long a login lasts without a visit, and in any case.
    pub fn session_limits(&self) -> (i64, i64) {
        (self.table.idle_hours * HOUR, self.table.session_days * DAY)
    }

    /// When the site may be built anew at the earliest after a change of `now`: others often follow the first.
    pub fn quiet_until(&self, now: i64) -> i64 {
        now + self.table.rebuild_quiet * SECOND
    }

    /// For how long a member may change what was posted.
    pub fn edit_window(&self) -> i64 {
        self.table.edit_minutes * MINUTE
    }
}

impl Table {
    fn wrong(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (name, value, least, most) in [
            ("trusted_after", self.trusted_after, 0, 1000),
            ("edit_minutes", self.edit_minutes, 0, 24 * 60),
            ("idle_hours", self.idle_hours, 1, 24 * 7),
            ("session_days", self.session_days, 1, 90),
            ("notice_days", self.notice_days, 1, 366),
            ("audit_days", self.audit_days, 30, 3660),
            ("unconfirmed_days", self.unconfirmed_days, 1, 90),
            ("rebuild_quiet", self.rebuild_quiet, 0, 3600),
        ] {
            if !(least..=most).contains(&value) {
                wrong.push(format!("{name}: {value} is not between {least} and {most}"));
            }
        }
        for domain in &self.domains {
            if domain.contains('@') || !domain.contains('.') || domain.chars().any(char::is_whitespace) {
                wrong.push(format!("domains: `{domain}` is not a domain, such as gemeente.nl"));
            }
        }
        if let Some(hook) = &self.rebuild_webhook
            && !Url::parse(hook).is_ok_and(|url| matches!(url.scheme(), "https" | "http"))
        {
            wrong.push(format!(
                "rebuild_webhook: `{hook}` is not an address, such as https://ci.voorbeeld.nl/bouw"
            ));
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn around() -> Around {
        Around {
            base_url: "https://samenspel.example/".to_owned(),
            title: "Samenspel".to_owned(),
            root: "/site".into(),
            output: "/site/public".into(),
        }
    }

    #[test]
    fn nothing_need_be_set() {
        let settings = Settings::read(None, &around()).unwrap();
        assert_eq!(settings.link("inloggen"), "https://samenspel.example/reacties/inloggen");
        assert_eq!(settings.folder, PathBuf::from("/site/.praktijk/reacties"));
        assert!(settings.is_secure() && settings.base_path().is_empty());
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        let table = json!({"trusted_after": -1, "domains": ["@x", "gemeente.nl"], "address": "samenspel"});
        let wrong = Settings::read(Some(&table), &around()).unwrap_err();
        assert_eq!(wrong.len(), 3, "{wrong:#?}");
        let wrong = Settings::read(Some(&json!({"trusted_afer": 3})), &around()).unwrap_err();
        assert!(wrong[0].contains("trusted_afer"), "{wrong:?}");
    }
}
