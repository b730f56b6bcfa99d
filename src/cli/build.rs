//! `build`: the site, in its output folder.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::{Args, Build};
use super::baked::{self, Use};
use super::exit::Failure;
use super::place::{self, Place};
use super::show::{self, Progress};
use super::zip;
use crate::engine::{Engine, Options, Outcome, Report, Target};
use crate::model::config::Mode;
use crate::source::Disk;

/// The folder in the root of a site in which the program keeps what it did.
pub const CACHE: &str = ".praktijk";

/// Builds.
pub fn run(args: &Args, words: &Build) -> Result<(), Failure> {
    let place = place::find(args)?;
    if let Some(folder) = &words.output_dir {
        refuse_strange(folder, words.force, &place)?;
    }
    let options = Options {
        config_file: place.config_file.clone(),
        base_url: words.base_url.clone(),
        drafts: words.drafts,
        minify: words.minify,
        precompress: words.precompress,
        mode: Mode::Build,
        reactions: words.reactions.clone(),
    };
    let target = Target::Folder { root: place.root.clone(), output: words.output_dir.clone() };
    let progress = Arc::new(Progress::new());
    let mut engine =
        engine(&place, options, target, &progress).with_reactions(baked::provider(&place.root, Use::Publish));
    if !words.no_cache {
        engine = engine.with_cache(place.root.join(CACHE));
    }
    stop_on_ctrl_c(engine.stop_flag());
    let outcome = engine.build(None);
    progress.end();
    let outcome = outcome?;
    let language = show::language(engine.world().map(|world| world.config.default_language.as_str()));
    show::diagnostics(&outcome.diagnostics, args.report, &place.root, language);
    if words.explain {
        explain(&outcome.report);
    }
    if words.timings {
        timings(&outcome.report);
    }
    if !outcome.is_ok() {
        return Err(Failure::Content);
    }
    eprintln!("{}", summary(&outcome));
    if let Some(to) = &words.zip {
        zip::run(&mut engine, &place.root, words.output_dir.as_deref(), to.as_deref())?;
    }
    // The program ends here, and the system takes all memory back at once; piece by piece takes far longer.
    std::mem::forget(engine);
    Ok(())
}

/// An engine for a site on disk.
pub fn engine(place: &Place, options: Options, target: Target, progress: &Arc<Progress>) -> Engine {
    let progress = progress.clone();
    Engine::new(Arc::new(Disk::new(&place.root)), options, target)
        .with_progress(move |step, done, of| progress.tell(step, done, of))
}

/// An output folder named on the command line that exists may hold anything, and building would remove it.
pub fn refuse_strange(folder: &Path, force: bool, place: &Place) -> Result<(), Failure> {
    let ours = place.root.join("public");
    if force || !folder.exists() || folder.canonicalize().ok() == ours.canonicalize().ok() {
        return Ok(());
    }
    if folder.is_dir() && folder.read_dir().is_ok_and(|mut entries| entries.next().is_none()) {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "The output folder `{}` exists already. Building removes everything in it that is not of the site.\n  help: Add --force if that is what you want, or name another folder.",
        folder.display()
    )))
}

/// Lets Ctrl-C stop a build in an orderly way; a second one ends the program at once.
pub fn stop_on_ctrl_c(stop: Arc<AtomicBool>) {
    let set = ctrlc::set_handler(move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(super::exit::MACHINE));
        }
    });
    // Without a handler Ctrl-C ends the program at once, which leaves the output folder as it was all the same.
    drop(set);
}

fn summary(outcome: &Outcome) -> String {
    let report = &outcome.report;
    let (pages, orphans, sections) = report.counts;
    let pages = show::count(pages, "page", "pages");
    let orphans = if orphans > 0 { format!(" ({orphans} in no section)") } else { String::new() };
    let sections = show::count(sections, "section", "sections");
    let done = if report.nothing_changed {
        "nothing changed".to_owned()
    } else {
        format!("{} done, {} reused", report.done.len(), report.reused)
    };
    format!("Built {pages}{orphans} and {sections} in {}: {done}.", show::duration(report.total))
}

fn explain(report: &Report) {
    for (name, why) in &report.done {
        show::put(format_args!("{name}: {why}\n"));
    }
    show::put(format_args!("{} done, {} reused.\n", report.done.len(), report.reused));
}

/// Says how long each step took.
pub fn timings(report: &Report) {
    for (step, time) in &report.times {
        show::put(format_args!("{:>8} {}\n", step.name(), show::duration(*time)));
    }
    show::put(format_args!("{:>8} {}\n", "total", show::duration(report.total)));
}
