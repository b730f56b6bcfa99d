//! The endpoint beside `serve`: site and members at one address, for whoever writes or tries things out. In: the settings and
//! what is on show. Out: somebody who answers below `/reacties/`, and the accepted reactions for each build.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::{environment, log, machine, of_config};
use crate::base::{Diagnostic, Hash128, OutPath};
use crate::cli::exit::Failure;
use crate::cli::place::Place;
use crate::engine::reactions::{Provided, Provider};
use crate::model::Config;
use crate::reactions::app::App;
use crate::reactions::http::listen::{Proxies, is_loopback};
use crate::reactions::setup::{self, Environment};
use crate::reactions::site::SiteFiles;
use crate::reactions::store::baked::published_from;
use crate::reactions::work::{self, Working};
use crate::reactions::{http, routes};
use crate::serve::{Beside, Outputs, Served, Stop};

/// What is on show, as the endpoint sees it.
#[derive(Clone, Default)]
pub struct OnShow(Arc<Mutex<Option<Arc<dyn Outputs>>>>);

impl OnShow {
    /// From now on this is.
    pub fn put(&self, outputs: Arc<dyn Outputs>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(outputs);
    }
}

impl SiteFiles for OnShow {
    fn stamp(&self, path: &str) -> Option<u128> {
        self.read(path).map(|bytes| Hash128::of_bytes(&bytes).0)
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let outputs = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        match outputs.get(&OutPath::new(path))? {
            Served::Bytes(bytes) => Some(bytes.to_vec()),
            Served::File(file) => std::fs::read(file).ok(),
        }
    }
}

/// An endpoint at the address of `serve`.
pub struct Members {
    app: Arc<App>,
    working: Mutex<Option<Working>>,
}

impl Members {
    /// Opens it. `again` has the site built once more.
    pub fn open(
        config: &Config,
        place: &Place,
        url: &str,
        on_show: &OnShow,
        again: Stop,
    ) -> Result<Members, Failure> {
        let settings = of_config(config, place, Some(url), None)?;
        let environment = while_writing()?;
        let mut endpoint =
            setup::open(settings, &environment, Box::new(on_show.clone()), log()).map_err(machine)?;
        for notice in &endpoint.notices {
            eprintln!("{notice}");
        }
        endpoint.app.build_here = Some(Box::new(move || again.build_again()));
        let app = Arc::new(endpoint.app);
        let working = work::start(&app, endpoint.post, &endpoint.bell).map_err(machine)?;
        Ok(Members { app, working: Mutex::new(Some(working)) })
    }

    /// Ends what it does beside its answers.
    pub fn stop(&self) {
        let working = self.working.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(working) = working {
            working.stop();
        }
    }
}

impl Beside for Members {
    fn takes(&self, path: &str) -> bool {
        routes::takes(&self.app, path)
    }

    fn answer(&self, request: tiny_http::Request) {
        // The browser itself comes here: what it says of where it is means nothing.
        http::answer(&self.app, request, &Proxies::Nobody);
    }
}

/// What counts of the environment while somebody writes: no mail reaches real people, and what is tried out is in no database
/// of theirs.
fn while_writing() -> Result<Environment, Failure> {
    let found = environment();
    if found.database.is_some() {
        return Err(Failure::Usage(
            "DATABASE_URL is set, and `serve --reactions` is for trying things out: it keeps to a file of its own.\n  help: Take DATABASE_URL away here, or run the endpoint with `praktijk reactions`.".to_owned(),
        ));
    }
    Ok(Environment { smtp: None, ..found })
}

/// Refuses an address at which others could be members: what they type would go there in the clear.
pub fn refuse_strangers(interface: IpAddr) -> Result<(), Failure> {
    if is_loopback(interface) {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "`serve --reactions` at {interface} would let others log in without TLS, so that anybody in between reads their passwords.\n  help: Leave --interface out, or leave --reactions out to show others the site alone."
    )))
}

/// The accepted reactions of this endpoint, whatever source the settings name.
pub fn provider(config: &Config, place: &Place) -> Result<Arc<Provider>, Failure> {
    let settings = of_config(config, place, None, None)?;
    let database = setup::place(&settings, &while_writing()?).map_err(Failure::Usage)?;
    setup::folder(&settings).map_err(machine)?;
    // It is made when it is not there, or the first build would complain of that.
    crate::reactions::store::Store::open(&database).map_err(|error| machine(error.to_string()))?;
    Ok(Arc::new(move |_| match published_from(&database) {
        Ok(bytes) => Provided {
            bytes: Some(bytes.into()),
            file: "the database of the endpoint".to_owned(),
            told: Vec::new(),
        },
        Err(error) => Provided {
            bytes: None,
            file: String::new(),
            told: vec![Diagnostic::error("reactions/database", error.to_string())],
        },
    }))
}

/// What a build is told so that it asks this provider.
pub fn source() -> crate::model::reaction::Source {
    crate::model::reaction::Source::Database(PathBuf::from("reacties.sqlite").display().to_string())
}
