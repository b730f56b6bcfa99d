//! `reactions`: the endpoint for members, and what is done with what they left.
//!
//! | file | what it holds |
//! |---|---|
//! | [`words`] | the words of the command |
//! | `copies` | `backup`, `restore`, `export`, `import`, `verify`, `publish`, `prune`, `remap` |
//! | [`beside`] | the endpoint beside `serve` |
//! | `configuration` | `config`: what a web server and the system need |

pub mod beside;
mod configuration;
mod copies;
pub mod words;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::args::Args;
use super::exit::Failure;
use super::place::{self, Place};
use super::show;
use crate::base::SourcePath;
use crate::model::Config;
use crate::reactions::admin_link::{self, NoLink};
use crate::reactions::clock::Clock;
use crate::reactions::http::listen::Listen;
use crate::reactions::log::Log;
use crate::reactions::settings::{Around, Settings};
use crate::reactions::setup::{self, Environment};
use crate::reactions::site::OnDisk;
use crate::reactions::{http, work};
use words::{Action, Reactions};

/// Runs the endpoint, or does what is asked with what members left.
pub fn run(args: &Args, words: &Reactions) -> Result<(), Failure> {
    let place = place::find(args)?;
    let settings = settings(args, &place, words)?;
    let environment = environment();
    match &words.action {
        None => serve(settings, &environment, words),
        Some(Action::Admin { mail }) => admin(settings, &environment, mail),
        Some(Action::Config { of }) => {
            show::put(format_args!("{}", configuration::of(*of, &settings, &place.root)));
            Ok(())
        }
        Some(action) => copies::run(action, &settings, &environment),
    }
}

/// What stands in the environment. Secrets are nowhere else.
pub fn environment() -> Environment {
    // A file that holds a secret ends in a line end, and no secret does.
    let value = |name: &str| {
        std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    Environment {
        database: value("DATABASE_URL"),
        smtp: value("SMTP_URL"),
        token: value("REACTIES_TOKEN"),
        key: value("REACTIES_KEY"),
    }
}

/// The settings of the endpoint of a site. Its content and theme need not be there: a server has none.
pub fn settings(args: &Args, place: &Place, words: &Reactions) -> Result<Settings, Failure> {
    let path = SourcePath::new(place.config_file.clone());
    let bytes = std::fs::read(place.root.join(&place.config_file))
        .map_err(|error| Failure::Usage(format!("`{}` cannot be read: {error}.", place.config_file)))?;
    let theme = |name: &str| {
        let path = format!("themes/{name}/theme.toml");
        (SourcePath::new(path), Some(Vec::new()))
    };
    let (config, told) = crate::parse::config::config(&path, &bytes, &theme);
    let language = show::language(config.as_ref().map(|config| config.default_language.as_str()));
    show::diagnostics(&told, args.report, &place.root, language);
    let config = config.ok_or(Failure::Content)?;
    of_config(&config, place, words.site_url.as_deref(), words.listen.as_deref())
}

/// The settings of the endpoint that stand in those of the site.
pub fn of_config(
    config: &Config,
    place: &Place,
    address: Option<&str>,
    listen: Option<&str>,
) -> Result<Settings, Failure> {
    let around = Around {
        base_url: config.base_url.clone(),
        title: title(config),
        root: place.root.clone(),
        output: place.root.join(&config.output_dir),
    };
    let mut table = config.extra.get("praktijk").and_then(|table| table.get("reactions")).cloned();
    if address.is_some() || listen.is_some() {
        let table = table.get_or_insert_with(|| serde_json::json!({}));
        for (key, value) in [("address", address), ("listen", listen)] {
            if let (Some(value), Some(table)) = (value, table.as_object_mut()) {
                table.insert(key.to_owned(), value.into());
            }
        }
    }
    Settings::read(table.as_ref(), &around).map_err(|wrong| {
        Failure::Usage(format!("The settings of the endpoint are not right:\n  {}", wrong.join("\n  ")))
    })
}

fn title(config: &Config) -> String {
    let words = config.languages.iter().find(|(name, _)| name == &config.default_language);
    words.and_then(|(_, words)| words.title.clone()).unwrap_or_else(|| "Website".to_owned())
}

fn machine(why: String) -> Failure {
    Failure::Machine(why)
}

/// Lines go to the terminal, or to whatever keeps what a service says.
fn log() -> Log {
    Log::new(|line| eprintln!("{line}"))
}

fn serve(settings: Settings, environment: &Environment, words: &Reactions) -> Result<(), Failure> {
    let listen = Listen::read(&settings.listen).map_err(Failure::Usage)?;
    let site = OnDisk(settings.site.clone());
    let endpoint = setup::open(settings, environment, Box::new(site), log()).map_err(machine)?;
    for notice in &endpoint.notices {
        eprintln!("{notice}");
    }
    let app = Arc::new(endpoint.app);
    let working = work::start(&app, endpoint.post, &endpoint.bell).map_err(machine)?;
    let running = http::start(app.clone(), &listen, words.threads).map_err(machine)?;
    let port = running.port().map(|port| format!(" (port {port})")).unwrap_or_default();
    eprintln!("The endpoint of {} listens at {listen}{port} (stop with Ctrl-C)", app.settings.address);
    let ends = Arc::new(AtomicBool::new(false));
    let told = ends.clone();
    ctrlc::set_handler(move || told.store(true, Ordering::SeqCst))
        .map_err(|error| machine(format!("The program cannot be told to stop: {error}.")))?;
    while !ends.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(100));
    }
    running.stop();
    working.stop();
    Ok(())
}

fn admin(settings: Settings, environment: &Environment, mail: &str) -> Result<(), Failure> {
    let site = OnDisk(settings.site.clone());
    let app = setup::open(settings, environment, Box::new(site), log()).map_err(machine)?.app;
    let now = Clock::Machine.now();
    let link =
        admin_link::make_admin_link(&app.store, &app.key, &app.settings, mail, now).map_err(|refused| {
            match refused {
                NoLink::Address => Failure::Usage(refused.to_string()),
                NoLink::Store(_) | NoLink::Machine(_) => machine(refused.to_string()),
            }
        })?;
    eprintln!("The account is in {}.", app.store.describe());
    show::put(format_args!("{link}\n"));
    eprintln!("Whoever opens this link within an hour becomes a beheerder. It works once.");
    Ok(())
}
