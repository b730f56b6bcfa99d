//! `check`: whether the site can be built, whether its links lead somewhere, and whether its content keeps to the rules.
//! Nothing is written but the memory of links that were found to work, and known complaints when that is asked for.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::args::{Args, Check};
use super::build::{self, CACHE};
use super::dialect;
use super::exit::Failure;
use super::place;
use super::rules;
use super::show::{self, Progress};
use crate::base::{Diagnostic, SourcePath};
use crate::check::{self, CacheFile, ExternalLink};
use crate::engine::world::World;
use crate::engine::{Engine, Options, Target};
use crate::model::config::Mode;
use crate::report::Language;
use crate::resolve::ContentId;

/// Checks.
pub fn run(args: &Args, words: &Check) -> Result<(), Failure> {
    let place = match (place::find(args), &words.explain) {
        (Ok(place), _) => place,
        // Rules can be explained anywhere.
        (Err(_), Some(code)) => {
            show::put(format_args!("{}", rules::explain(code, show::language(None))?));
            return Ok(());
        }
        (Err(failure), None) => return Err(failure),
    };
    if let Some(code) = &words.explain {
        show::put(format_args!("{}", rules::explain(code, site_language(&place))?));
        return Ok(());
    }
    let options = Options {
        config_file: place.config_file.clone(),
        drafts: words.drafts,
        mode: Mode::Check,
        ..Options::default()
    };
    let progress = Arc::new(Progress::new());
    let mut engine = build::engine(&place, options, Target::Nowhere, &progress);
    if words.dialect {
        let (finding, told) = engine.find_dialect()?;
        show::diagnostics(&told, args.report, &place.root, show::language(None));
        if let Some(finding) = &finding {
            dialect::tell(finding, &place.root);
        }
        let fine = finding.is_some() && !told.iter().any(Diagnostic::is_error);
        return if fine { Ok(()) } else { Err(Failure::Content) };
    }
    build::stop_on_ctrl_c(engine.stop_flag());
    let outcome = engine.build(None);
    progress.end();
    let mut outcome = outcome?;
    if let Some(world) = engine.world() {
        if show::language(Some(&world.config.default_language)) == Language::Dutch {
            check::rules::dutch::put(&mut outcome.diagnostics);
        }
        outcome.diagnostics.extend(rules::complaints(world, &place, words.drafts));
        Diagnostic::sort(&mut outcome.diagnostics);
    }
    let mut asked = 0;
    if !words.skip_external_links
        && let Some(world) = engine.world().cloned()
    {
        asked = ask_outside(&world, &engine, &place.root.join(CACHE), &mut outcome.diagnostics)?;
    }
    let language = show::language(engine.world().map(|world| world.config.default_language.as_str()));
    let known = rules::baseline(words, &place.root, &mut outcome.diagnostics, language)?;
    show::diagnostics(&outcome.diagnostics, args.report, &place.root, language);
    if let Some(known) = known {
        eprintln!("{known}");
    }
    if !outcome.is_ok() {
        return Err(Failure::Content);
    }
    let (pages, _, sections) = outcome.report.counts;
    let outside = if words.skip_external_links {
        "links to other sites left alone".to_owned()
    } else {
        show::count(asked, "link to another site asked for", "links to other sites asked for")
    };
    eprintln!(
        "Checked {} and {}: {outside}.",
        show::count(pages, "page", "pages"),
        show::count(sections, "section", "sections")
    );
    Ok(())
}

/// The language of a site, from its settings alone.
fn site_language(place: &place::Place) -> Language {
    let text = std::fs::read_to_string(place.root.join(&place.config_file)).unwrap_or_default();
    let is_default = |line: &&str| line.trim_start().starts_with("default_language");
    let lang = text.lines().find(is_default).and_then(|line| line.split(['"', '\'']).nth(1));
    show::language(lang)
}

/// Asks whether links to other sites lead somewhere.
fn ask_outside(
    world: &World,
    engine: &Engine,
    folder: &std::path::Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<usize, Failure> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let file = folder.join("links.json");
    let progress = Progress::new();
    let outcome = check::check_external(
        &links(world),
        &world.config.link_checker,
        Some(CacheFile::new(&file, now)),
        &check::Options::default(),
        &engine.stop_flag(),
        &mut |told| progress.tell(crate::engine::Step::Links, told.done, told.total),
    );
    progress.end();
    if outcome.interrupted {
        return Err(crate::engine::EngineError::Interrupted.into());
    }
    diagnostics.extend(outcome.diagnostics);
    Diagnostic::sort(diagnostics);
    Ok(outcome.asked)
}

/// Every link to another site, by file.
fn links(world: &World) -> Vec<ExternalLink> {
    let site = &world.site;
    let ids = site
        .page_ids()
        .map(|(id, _)| ContentId::Page(id))
        .chain(site.section_ids().map(|(id, _)| ContentId::Section(id)));
    let mut by_file = BTreeMap::new();
    for id in ids {
        let file = &site.file(id).path;
        let urls: &mut Vec<(String, Option<u32>)> = by_file.entry(file.clone()).or_default();
        let external = world.body(id).into_iter().flat_map(|(body, _)| &body.external_links);
        urls.extend(external.map(|link| (link.url.clone(), link.at)));
        if let ContentId::Section(id) = id {
            let to = site.section(id).parsed.matter.redirect_to.iter();
            urls.extend(
                to.filter(|to| to.starts_with("http:") || to.starts_with("https:"))
                    .map(|to| (to.clone(), None)),
            );
        }
    }
    let link = |file: &SourcePath, (url, at): (String, Option<u32>)| {
        let span = at.map(|at| at as usize..at as usize + 1);
        ExternalLink { url, file: file.clone(), span }
    };
    by_file
        .into_iter()
        .flat_map(|(file, urls)| urls.into_iter().map(move |found| link(&file, found)))
        .collect()
}
