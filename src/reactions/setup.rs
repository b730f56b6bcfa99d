//! From settings to an endpoint: its folder, its key, its database, its way for mails. In: [`Settings`], and what the
//! environment says. Out: an [`App`] and a [`Post`], with what whoever runs it should know; or why not.
//!
//! Secrets never stand in the settings, which are in a repository: they come from the environment or from files that only
//! the endpoint may read.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::app::App;
use super::clock::Clock;
use super::log::Log;
use super::mail::compose;
use super::mail::deliver::Delivery;
use super::mail::message::Sender;
use super::mail::queue::Post;
use super::password::Hashing;
use super::private;
use super::secrets::Key;
use super::settings::Settings;
use super::site::{Site, SiteFiles};
use super::store::{Store, StoreError, Where};
use super::work::Bell;

/// What the environment says.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `DATABASE_URL`: another database than a file.
    pub database: Option<String>,
    /// `SMTP_URL`: a mail server.
    pub smtp: Option<String>,
    /// `REACTIES_TOKEN`: what a build must show.
    pub token: Option<String>,
    /// `REACTIES_KEY`: the key, where several endpoints share one.
    pub key: Option<String>,
}

/// How long a mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where the database is.
pub fn place(settings: &Settings, environment: &Environment) -> Result<Where, String> {
    match &environment.database {
        None => Ok(Where::File(settings.folder.join("reacties.sqlite"))),
        Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
            Ok(Where::Server(url.clone()))
        }
        Some(url) => match url.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() => Ok(Where::File(PathBuf::from(path))),
            // What is told of the address must not tell a password.
            _ => Err("DATABASE_URL is neither `postgres://…` nor `sqlite:PATH`.".to_owned()),
        },
    }
}

/// The same, of a database that must be there. One that was made for the asking would be empty, and a backup of it worth
/// nothing.
pub fn existing(settings: &Settings, environment: &Environment) -> Result<Where, String> {
    match place(settings, environment)? {
        Where::File(file) if !file.is_file() => Err(format!(
            "{}: there is no database here.\n  help: Set DATABASE_URL as it is for the endpoint, or name the endpoint's folder with `folder` in [extra.praktijk.reactions].",
            file.display()
        )),
        place => Ok(place),
    }
}

/// Makes the folder when it is not there, for nobody but the endpoint.
pub fn folder(settings: &Settings) -> Result<(), String> {
    let folder = &settings.folder;
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    if !folder.exists() {
        let mut made = fs::DirBuilder::new();
        made.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut made, 0o700);
        made.create(folder).map_err(told)?;
    }
    if settings.folder.starts_with(&settings.site) {
        return Err(format!(
            "The folder of the endpoint ({}) lies within the site, where everybody could read it.\n  help: Name another with `folder` in [extra.praktijk.reactions].",
            folder.display()
        ));
    }
    Ok(())
}

/// The key that the members of this database need. It is made at the first start, and never again: with another one no
/// password would be right, and nobody would know why.
fn key(settings: &Settings, environment: &Environment, store: &Store) -> Result<Key, String> {
    let told = |error: StoreError| error.to_string();
    let file = settings.folder.join("sleutel");
    let key = match found_key(&file, environment)? {
        Some(key) => key,
        None if store.read(|tx| tx.needs_key()).map_err(told)? => {
            return Err(format!("{} is not there, {LOST_KEY}", file.display()));
        }
        None => {
            let key = Key::new()?;
            private::write(&file, key.text().as_bytes())?;
            key
        }
    };
    if store.write(|tx| tx.fits_key(key.mark())).map_err(told)? {
        return Ok(key);
    }
    let from =
        environment.key.as_ref().map_or_else(|| file.display().to_string(), |_| "REACTIES_KEY".to_owned());
    Err(format!("{from} is another key, {LOST_KEY}"))
}

/// Why there is no going on without the right key, and what can be done.
const LOST_KEY: &str = "and members' passwords were made with the one that was here before.\n  help: Put the file `sleutel` (or REACTIES_KEY) of this database back. Is it lost for good? Then delete the row `sleutel` from the table `counters`: a new key is made, and every member chooses a new password by mail.";

/// The key from the environment, or from its file; none when there is neither.
fn found_key(file: &Path, environment: &Environment) -> Result<Option<Key>, String> {
    if let Some(text) = &environment.key {
        return Key::read(text).map(Some).ok_or_else(|| {
            "REACTIES_KEY is no key. Take the content of the file `sleutel` of another endpoint.".to_owned()
        });
    }
    match fs::read_to_string(file) {
        Ok(text) => {
            private::refuse_shared(file)?;
            Key::read(&text).map(Some).ok_or_else(|| {
                format!(
                    "{} holds no key. Without the right one nobody can log in: restore it from a backup.",
                    file.display()
                )
            })
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}", file.display())),
    }
}

/// Everything an endpoint consists of.
pub struct Endpoint {
    /// What answers.
    pub app: App,
    /// What sends mails.
    pub post: Post,
    /// What wakes whoever sends and builds.
    pub bell: Bell,
    /// What whoever runs it should know, a sentence each.
    pub notices: Vec<String>,
}

/// Puts one together.
pub fn open(
    settings: Settings,
    environment: &Environment,
    files: Box<dyn SiteFiles>,
    log: Log,
) -> Result<Endpoint, String> {
    folder(&settings)?;
    let store = Store::open(&place(&settings, environment)?).map_err(|error| error.to_string())?;
    let key = key(&settings, environment, &store)?;
    let mut notices = vec![format!("The database is {}.", store.describe())];
    let post = post(&settings, environment, &mut notices)?;
    if !settings.is_secure() {
        notices.push(format!(
            "The site is at {}, without TLS: fine for trying out on this machine, and for nothing else.",
            settings.address
        ));
    }
    if environment.token.is_none() {
        notices.push(
            "REACTIES_TOKEN is not set: no build can fetch accepted reactions from here, and nobody the counters.".to_owned(),
        );
    }
    let bell = Bell::default();
    let rings = bell.clone();
    let app = App {
        hashing: Hashing::new(&key),
        site: Site::new(files),
        settings,
        store,
        key,
        clock: Clock::Machine,
        log,
        token: environment.token.clone(),
        build_here: None,
        wake: Box::new(move || rings.ring()),
    };
    Ok(Endpoint { app, post, bell, notices })
}

fn post(settings: &Settings, environment: &Environment, notices: &mut Vec<String>) -> Result<Post, String> {
    // A machine by its number sends no mail that anybody gets; its name only has to have the form of one.
    let host = match settings.address.host() {
        Some(url::Host::Domain(name)) => name.to_owned(),
        _ => "localhost".to_owned(),
    };
    let (name, mail) = match &settings.table.mail_from {
        None => {
            let domain = if host.contains('.') { &host } else { "localhost.localdomain" };
            (settings.title.clone(), format!("noreply@{domain}"))
        }
        Some(from) => match from.rsplit_once('<') {
            Some((name, mail)) => {
                (name.trim().trim_matches('"').to_owned(), mail.trim_end_matches('>').trim().to_owned())
            }
            None => (settings.title.clone(), from.trim().to_owned()),
        },
    };
    let sender = Sender::new(&name, &mail, &host).map_err(|refused| format!("mail_from: {refused}"))?;
    let site = compose::Site::new(&settings.title, settings.address.as_str(), None)
        .map_err(|refused| format!("address: {refused}"))?;
    let delivery = match &environment.smtp {
        Some(url) => Delivery::server(url, &host, PATIENCE).map_err(|why| format!("SMTP_URL: {why}"))?,
        None => {
            let folder = settings.folder.join("mails");
            fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
            notices.push(format!(
                "SMTP_URL is not set: mails are not sent, but written to {} as .eml files.",
                folder.display()
            ));
            Delivery::folder(&folder)
        }
    };
    Ok(Post { site, sender, delivery })
}

#[cfg(test)]
mod tests;
