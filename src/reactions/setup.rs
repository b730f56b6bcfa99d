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
mod tests {
    use super::*;
    use crate::reactions::settings::Around;
    use crate::reactions::site::OnDisk;
    use crate::reactions::store::testing::add_member;

    #[test]
    fn a_machine_without_a_name_will_do_for_trying_out() {
        for address in ["http://127.0.0.1:1111", "http://[::1]:1111/sub", "http://localhost"] {
            let root = tempfile::tempdir().unwrap();
            opened(root.path(), &serde_json::json!({"address": address}), &Environment::default()).unwrap();
        }
    }

    fn settings(root: &Path, table: &serde_json::Value) -> Settings {
        let around = Around {
            base_url: "http://localhost:1111".to_owned(),
            title: "Samenspel".to_owned(),
            root: root.to_owned(),
            output: root.join("public"),
        };
        Settings::read(Some(table), &around).unwrap()
    }

    fn opened(root: &Path, table: &serde_json::Value, environment: &Environment) -> Result<Endpoint, String> {
        open(settings(root, table), environment, Box::new(OnDisk(root.join("public"))), Log::new(|_| {}))
    }

    #[test]
    fn the_first_start_makes_what_is_missing_and_the_next_finds_it() {
        let root = tempfile::tempdir().unwrap();
        let first = opened(root.path(), &serde_json::json!({}), &Environment::default()).unwrap();
        assert!(first.notices.iter().any(|notice| notice.contains(".eml")), "{:?}", first.notices);
        let second = opened(root.path(), &serde_json::json!({}), &Environment::default()).unwrap();
        assert_eq!(first.app.key.text(), second.app.key.text());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |name: &str| {
                fs::metadata(root.path().join(".praktijk/reacties").join(name)).unwrap().permissions().mode()
                    & 0o777
            };
            assert_eq!([mode("sleutel"), mode("reacties.sqlite"), mode(".")], [0o600, 0o600, 0o700]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_secret_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        for name in ["sleutel", "reacties.sqlite"] {
            let root = tempfile::tempdir().unwrap();
            drop(opened(root.path(), &serde_json::json!({}), &Environment::default()).unwrap());
            let file = root.path().join(".praktijk/reacties").join(name);
            fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
            let why = opened(root.path(), &serde_json::json!({}), &Environment::default()).err().unwrap();
            assert!(why.contains("can be read by others") && why.contains("chmod 600"), "{why}");
        }
    }

    #[test]
    fn what_must_be_there_is_not_made() {
        let root = tempfile::tempdir().unwrap();
        let settings = settings(root.path(), &serde_json::json!({}));
        let why = existing(&settings, &Environment::default()).unwrap_err();
        assert!(why.contains("there is no database here") && why.contains("DATABASE_URL"), "{why}");
        assert!(!settings.folder.exists());
        drop(opened(root.path(), &serde_json::json!({}), &Environment::default()).unwrap());
        assert!(existing(&settings, &Environment::default()).is_ok());
    }

    #[test]
    fn a_key_that_members_need_is_never_replaced() {
        let root = tempfile::tempdir().unwrap();
        let open = |environment: &Environment| opened(root.path(), &serde_json::json!({}), environment);
        let file = root.path().join(".praktijk/reacties/sleutel");
        drop(open(&Environment::default()).unwrap());
        // Nobody needs it yet.
        fs::remove_file(&file).unwrap();
        let first = open(&Environment::default()).unwrap().app;
        add_member(&first.store, "A", "Noor", "deelnemer", &[]);
        drop(first.store);
        let kept = fs::read_to_string(&file).unwrap();
        fs::remove_file(&file).unwrap();
        let why = open(&Environment::default()).err().unwrap();
        assert!(why.contains("is not there") && why.contains("Put the file `sleutel`"), "{why}");
        assert!(!file.exists(), "one that was made all the same would be in the way of the right one");
        let other = Environment { key: Some(Key::new().unwrap().text()), ..Environment::default() };
        let why = open(&other).err().unwrap();
        assert!(why.contains("REACTIES_KEY is another key"), "{why}");
        open(&Environment { key: Some(kept.clone()), ..Environment::default() }).unwrap();
        private::write(&file, kept.as_bytes()).unwrap();
        assert_eq!(open(&Environment::default()).unwrap().app.key.text(), kept);
    }

    #[test]
    fn what_cannot_be_is_said() {
        let root = tempfile::tempdir().unwrap();
        for (table, environment, part) in [
            (serde_json::json!({"folder": "public/x"}), Environment::default(), "lies within the site"),
            (serde_json::json!({"mail_from": "Wij <geen adres>"}), Environment::default(), "mail_from"),
            (
                serde_json::json!({}),
                Environment { database: Some("mysql://x".to_owned()), ..Environment::default() },
                "DATABASE_URL",
            ),
            (
                serde_json::json!({}),
                Environment { smtp: Some("smtp://mail.example.org".to_owned()), ..Environment::default() },
                "SMTP_URL",
            ),
            (
                serde_json::json!({}),
                Environment { key: Some("kort".to_owned()), ..Environment::default() },
                "REACTIES_KEY",
            ),
        ] {
            let why = opened(root.path(), &table, &environment).err().unwrap();
            assert!(why.contains(part), "{part}: {why}");
        }
    }
}
