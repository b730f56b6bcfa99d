//! What a web server and the system need to run the endpoint. In: the settings. Out: text to put in a file. The same texts
//! are what the tests run with.

use std::path::{Path, PathBuf};

use super::words::Configuration;
use crate::cli::build::CACHE;
use crate::reactions::http::listen::Listen;
use crate::reactions::settings::Settings;

const NGINX: &str = include_str!("nginx.conf");
const CADDY: &str = include_str!("Caddyfile");
const SYSTEMD: &str = include_str!("praktijk-reacties.service");

/// A configuration, filled in.
pub(super) fn of(what: Configuration, settings: &Settings, root: &Path) -> String {
    let (nginx, caddy) = match Listen::read(&settings.listen) {
        Ok(Listen::Unix(path)) => (format!("unix:{}", path.display()), format!("unix/{}", path.display())),
        _ => (settings.listen.clone(), settings.listen.clone()),
    };
    let (text, upstream) = match what {
        Configuration::Nginx => (NGINX, nginx),
        Configuration::Caddy => (CADDY, caddy),
        Configuration::Systemd => (SYSTEMD, settings.listen.clone()),
    };
    let (prepare, writes) = rebuilding(settings, root);
    text.replace("@PREPARE@", &prepare)
        .replace("@WRITES@", &writes)
        .replace("@HOST@", settings.address.host_str().unwrap_or("voorbeeld.nl"))
        .replace("@BASE@", settings.base_path())
        .replace("@SITE@", &settings.site.display().to_string())
        .replace("@ROOT@", &root.display().to_string())
        .replace("@FOLDER@", &settings.folder.display().to_string())
        .replace("@UPSTREAM@", &upstream)
        .replace("@LISTEN@", &upstream)
}

/// What the unit needs besides when the endpoint itself builds the site: lines that say what to make first, and the folders
/// that a build writes to. It puts what it made in its place within the output folder, so that the folder around may stay
/// closed.
fn rebuilding(settings: &Settings, root: &Path) -> (String, String) {
    if settings.table.rebuild_command.is_empty() {
        return (String::new(), String::new());
    }
    let folders = [root.join(CACHE), settings.site.clone()];
    let made = |folder: &PathBuf| format!("#     install -d -o praktijk {}\n", folder.display());
    let owned = format!("#     chown -R praktijk {}\n", settings.site.display());
    let prepare = folders.iter().map(made).chain([owned]).collect();
    (prepare, folders.iter().map(|folder| format!(" {}", folder.display())).collect())
}
