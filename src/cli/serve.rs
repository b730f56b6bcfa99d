//! `serve`: the site, at an address, rebuilt while somebody writes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::args::{Args, ReportForm, Serve};
use super::baked::{self, Use};
use super::build::{self, CACHE};
use super::exit::Failure;
use super::place::{self, Place};
#[cfg(feature = "reactions")]
use super::reactions::beside;
use super::show::{self, Progress};
use crate::base::{Artifact, Content, Diagnostic, OutPath, SourcePath};
use crate::engine::live::Live;
use crate::engine::world::World;
use crate::engine::{Engine, Options, Target};
use crate::model::config::Mode;
use crate::model::mark;
use crate::report::{self, Language};
use crate::serve::{self, Door, Event, Outcome, Outputs, ServeError, Served, Show, Stop};

/// Serves until somebody stops it.
pub fn run(args: &Args, words: &Serve) -> Result<(), Failure> {
    let place = place::find(args)?;
    if let Some(folder) = &words.output_dir {
        build::refuse_strange(folder, words.force, &place)?;
    }
    #[cfg(feature = "reactions")]
    if words.reactions {
        beside::refuse_strangers(words.interface)?;
    }
    let door = Door::open(words.interface, words.port).map_err(failure)?;
    if let Some(notice) = door.notice() {
        eprintln!("{notice}");
    }
    let url = serve::site_url(words.base_url.as_deref(), door.address(), words.no_port_append);
    let stop = Stop::default();
    #[cfg_attr(not(feature = "reactions"), expect(unused_mut, reason = "only members change it"))]
    let mut site = Watched::new(args, words, &place, &url);
    #[cfg(feature = "reactions")]
    let members = if words.reactions { Some(members(args, &place, &url, &mut site, &stop)?) } else { None };
    on_ctrl_c(stop.clone(), site.engine.stop_flag());
    let open = std::cell::Cell::new(words.open);
    let notify = |event: Event| tell(event, &open);
    let mut options = serve::Options::new(door, &notify);
    options.url = url;
    options.quiet = Duration::from_millis(words.debounce);
    options.never = vec![place.root.join("public"), place.root.join(CACHE)];
    options.never.extend(words.output_dir.clone());
    options.stop = stop;
    #[cfg(feature = "reactions")]
    if let Some(members) = &members {
        options.beside = Some(members.clone());
    }
    let served = serve::run(options, site).map_err(failure);
    #[cfg(feature = "reactions")]
    if let Some(members) = members {
        members.stop();
    }
    served
}

/// Opens the endpoint beside the site, and has builds take what it accepted.
#[cfg(feature = "reactions")]
fn members(
    args: &Args,
    place: &Place,
    url: &str,
    site: &mut Watched,
    stop: &Stop,
) -> Result<Arc<beside::Members>, Failure> {
    let config = super::schema::settings(args)?;
    let provider = beside::provider(&config, place)?;
    site.take_reactions(&provider);
    beside::Members::open(&config, place, url, &site.on_show, stop.clone()).map(Arc::new)
}

fn failure(error: ServeError) -> Failure {
    match error {
        ServeError::Address { .. } => Failure::Usage(error.to_string()),
        _ => Failure::Machine(error.to_string()),
    }
}

fn on_ctrl_c(stop: Stop, building: Arc<AtomicBool>) {
    // Without a handler Ctrl-C ends the program at once, which loses nothing either.
    let _ = ctrlc::set_handler(move || {
        building.store(true, Ordering::Relaxed);
        stop.stop();
    });
}

fn tell(event: Event, open_browser: &std::cell::Cell<bool>) {
    match event {
        Event::Ready { url, .. } => {
            eprintln!("The site is at {url} (stop with Ctrl-C)");
            if open_browser.replace(false)
                && let Err(error) = open::that(&url)
            {
                eprintln!("No browser could be opened: {error}");
            }
        }
        Event::Rebuilt { millis, changed } => {
            let what = show::count(changed, "output", "outputs");
            eprintln!("Built in {millis} ms: {what} changed.");
        }
        // The complaints themselves were shown when they arose.
        Event::Failed { .. } => eprintln!("The site stays as it was until this is mended."),
        Event::Notice(text) => eprintln!("{text}"),
    }
}

/// The engine as `serve` sees it.
struct Watched {
    engine: Engine,
    place: Place,
    extra: Vec<PathBuf>,
    timings: bool,
    form: ReportForm,
    /// A second engine that writes to a folder, when that was asked for.
    store: Option<Engine>,
    outputs: Arc<Shown>,
    /// The search index.
    live: Arc<Live>,
    /// What is on show, for the endpoint.
    #[cfg(feature = "reactions")]
    on_show: beside::OnShow,
    /// The complaints that were shown last, so that the same is not said twice.
    shown: Vec<Diagnostic>,
}

/// The outputs of one build, some of them newer than the rest.
#[derive(Default)]
struct Shown {
    outputs: Arc<HashMap<OutPath, Content>>,
    newer: HashMap<OutPath, Content>,
    root: PathBuf,
    /// The search index, which is made beside the rest.
    live: Option<Arc<Live>>,
}

impl Shown {
    fn content(&self, path: &OutPath) -> Option<&Content> {
        self.newer.get(path).or_else(|| self.outputs.get(path))
    }

    fn differs(&self, made: &Artifact) -> bool {
        self.content(&made.path) != Some(&made.content)
    }

    fn with(&self, made: &[Artifact]) -> Shown {
        let mut newer = self.newer.clone();
        newer.extend(made.iter().map(|made| (made.path.clone(), made.content.clone())));
        Shown { outputs: self.outputs.clone(), newer, root: self.root.clone(), live: self.live.clone() }
    }
}

impl Outputs for Shown {
    fn get(&self, path: &OutPath) -> Option<Served> {
        match self.content(path) {
            Some(Content::Bytes(bytes)) => Some(Served::Bytes(bytes.clone())),
            Some(Content::Copy(source)) => Some(Served::File(source.on_disk(&self.root))),
            None => {
                let name = path.as_str().strip_prefix(mark::FOLDER)?.strip_prefix('/')?;
                self.live.as_ref()?.get(name).map(Served::Bytes)
            }
        }
    }
}

impl Watched {
    fn new(args: &Args, words: &Serve, place: &Place, url: &str) -> Self {
        let options = Options {
            config_file: place.config_file.clone(),
            base_url: Some(url.to_owned()),
            drafts: words.drafts,
            minify: false,
            precompress: false,
            mode: Mode::Serve,
            reactions: None,
        };
        let progress = Arc::new(Progress::new());
        let store = words.store_html || words.output_dir.is_some();
        let target = Target::Folder { root: place.root.clone(), output: words.output_dir.clone() };
        let reactions = baked::provider(&place.root, Use::Write);
        let engine = |options: Options, target: Target| {
            build::engine(place, options, target, &progress).with_reactions(reactions.clone())
        };
        Watched {
            engine: engine(options.clone(), Target::Memory),
            store: store.then(|| engine(options, target)),
            place: place.clone(),
            extra: words.extra_watch_path.iter().map(|path| place.root.join(path)).collect(),
            timings: words.timings,
            form: args.report,
            outputs: Arc::default(),
            live: Arc::new(Live::start(|told| eprintln!("{told}"))),
            #[cfg(feature = "reactions")]
            on_show: beside::OnShow::default(),
            shown: Vec::new(),
        }
    }

    /// Has builds take the accepted reactions from here.
    #[cfg(feature = "reactions")]
    fn take_reactions(&mut self, provider: &Arc<crate::engine::reactions::Provider>) {
        self.engine.take_reactions(beside::source(), provider.clone());
        if let Some(store) = &mut self.store {
            store.take_reactions(beside::source(), provider.clone());
        }
    }

    /// The sources among some paths; none when one of them may stand for anything.
    fn sources(&self, changed: &[PathBuf]) -> Option<Vec<SourcePath>> {
        if changed.is_empty() {
            return None;
        }
        changed.iter().map(|path| inside(path, &self.place.root)).collect()
    }

    fn language(&self) -> Language {
        show::language(self.engine.world().map(|world| world.config.default_language.as_str()))
    }

    /// What is wrong, for the page.
    fn errors(&self, diagnostics: &[Diagnostic]) -> Vec<String> {
        let read = |path: &SourcePath| std::fs::read(path.on_disk(&self.place.root)).ok().map(Arc::from);
        let errors = diagnostics.iter().filter(|told| told.is_error());
        errors.map(|told| report::plain::text(std::slice::from_ref(told), &read, self.language())).collect()
    }
}

fn inside(path: &Path, root: &Path) -> Option<SourcePath> {
    let below = path.strip_prefix(root).ok()?.to_str()?;
    (!below.is_empty()).then(|| SourcePath::new(below.replace('\\', "/")))
}

impl serve::Site for Watched {
    fn rebuild(&mut self, changed: &[PathBuf], show: &mut Show<'_>) -> Outcome {
        let sources = self.sources(changed);
        let (before, mut shown) = (self.outputs.clone(), Vec::new());
        let live = self.live.clone();
        let mut first = |world: &Arc<World>, made: &[Artifact]| {
            live.update(world);
            let changed: Vec<OutPath> =
                made.iter().filter(|made| before.differs(made)).map(|made| made.path.clone()).collect();
            if !changed.is_empty() {
                show(Arc::new(before.with(made)), &changed);
            }
            shown = changed;
        };
        let built = match self.engine.build_showing(sources.as_deref(), &mut first) {
            Ok(built) => built,
            Err(error) => return Outcome { errors: vec![error.to_string()], ..Outcome::default() },
        };
        if self.timings {
            build::timings(&built.report);
        }
        if built.diagnostics != self.shown {
            show::diagnostics(&built.diagnostics, self.form, &self.place.root, self.language());
            self.shown.clone_from(&built.diagnostics);
        }
        if !built.is_ok() {
            return Outcome { errors: self.errors(&built.diagnostics), ..Outcome::default() };
        }
        if !built.changed.is_empty() || self.outputs.outputs.is_empty() {
            let outputs = Arc::new(self.engine.outputs().clone());
            let root = self.place.root.clone();
            let live = Some(self.live.clone());
            self.outputs = Arc::new(Shown { outputs, newer: HashMap::new(), root, live });
            #[cfg(feature = "reactions")]
            self.on_show.put(self.outputs.clone());
        }
        if let Some(world) = self.engine.world() {
            self.live.update(world);
        }
        let mut errors = Vec::new();
        if let Some(store) = &mut self.store
            && let Err(error) = store.build(sources.as_deref())
        {
            errors.push(error.to_string());
        }
        // What was shown already needs no second reload.
        let changed = built.changed.into_iter().filter(|path| !shown.contains(path)).collect();
        Outcome { outputs: Some(self.outputs.clone()), errors, changed }
    }

    fn watched(&self) -> Vec<PathBuf> {
        let root = &self.place.root;
        let mut paths: Vec<PathBuf> =
            ["content", "templates", "static", "sass", "themes"].iter().map(|name| root.join(name)).collect();
        paths.push(root.join(&self.place.config_file));
        paths.extend(self.engine.asked_elsewhere().iter().map(|path| path.on_disk(root)));
        paths.extend(self.extra.iter().cloned());
        paths
    }
}
