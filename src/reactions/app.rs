//! Everything that an answer needs, made once when the endpoint starts.

use super::clock::Clock;
use super::log::Log;
use super::password::Hashing;
use super::secrets::Key;
use super::settings::Settings;
use super::site::Site;
use super::store::Store;

/// An endpoint.
pub struct App {
    /// How it is set up.
    pub settings: Settings,
    /// What members left.
    pub store: Store,
    /// Its key.
    pub key: Key,
    /// What is kept of passwords.
    pub hashing: Hashing,
    /// The built site.
    pub site: Site,
    /// The time.
    pub clock: Clock,
    /// What it says of itself.
    pub log: Log,
    /// What a build must show to get the accepted reactions, and whoever counts to get the counters; none: nobody gets them.
    pub token: Option<String>,
    /// Has the site built by this very program, when it is the one that serves it.
    pub build_here: Option<Box<dyn Fn() + Send + Sync>>,
    /// Told when something was written down that others should do: mails, a build.
    pub wake: Box<dyn Fn() + Send + Sync>,
}

impl App {
    /// A path of the endpoint, as it stands in pages: `inloggen` → `/reacties/inloggen`.
    pub fn path(&self, below: &str) -> String {
        format!("{}/reacties/{below}", self.settings.base_path())
    }
}
