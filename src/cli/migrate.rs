//! `migrate`: the site rewritten for dialect 0.23, in a new folder, with a report and a proof that the pages still say
//! the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use super::args::{Args, Migrate};
use super::exit::Failure;
use super::place::{self, Place};
use super::show::{self, Progress};
use crate::base::{Content, Diagnostic};
use crate::engine::{Engine, Options, Target};
use crate::migrate::{self, Migration, compare, report};
use crate::source::Disk;

/// The report's name in the folder of the migrated site.
const REPORT: &str = "migration.md";
/// Names that are no part of a site's sources, wherever they stand.
const LEFT: [&str; 3] = [".git", ".praktijk", "node_modules"];
/// The output folder, in the root.
const OUTPUT: &str = "public";

/// Migrates.
pub fn run(args: &Args, words: &Migrate) -> Result<(), Failure> {
    let place = place::find(args)?;
    let target = target(&place, words)?;
    let files = read(&place)?;
    let migration = migrate::migrate(&files, &place.config_file, words.explicit);
    // Before anything is written: in place, nothing is left of it afterwards.
    let before = before(&place, words);
    if target != place.root {
        copy(&place.root, &target)?;
    }
    write(&migration, &target)?;
    let (proof, complaints) = proof(before, &target, &place);
    let text = report::markdown(&migration, &proof);
    let file = target.join(REPORT);
    fs::write(&file, &text).map_err(|error| machine(&file, &error))?;
    show::diagnostics(&complaints, args.report, &target, show::language(None));
    eprint!("{text}");
    eprintln!("\nThe site for Zola 0.23 stands in {}; this report is `{REPORT}` there.", target.display());
    // What stands in another order is no work for anybody: it is how Zola orders pages of one date now.
    let order = |difference: &compare::Difference| matches!(difference, compare::Difference::Order(..));
    let same = matches!(&proof, report::Proof::Compared(_, different) if different.values().all(order));
    if migration.by_hand().next().is_some() || !same {
        return Err(Failure::Content);
    }
    Ok(())
}

fn machine(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::Machine(format!("`{}`: {error}.", path.display()))
}

/// The folder to write to; nothing in it is ever overwritten unasked.
fn target(place: &Place, words: &Migrate) -> Result<PathBuf, Failure> {
    if words.in_place {
        if !words.force && !is_clean(&place.root) {
            return Err(Failure::Usage(format!(
                "The files in `{}` are not all kept in Git, so what `--in-place` changes could not be brought back.\n  help: Commit everything, write to another folder with --to, or add --force.",
                place.root.display()
            )));
        }
        return Ok(place.root.clone());
    }
    let to = words.to.clone().unwrap_or_else(|| beside(&place.root));
    let to = std::path::absolute(&to).map_err(|error| machine(&to, &error))?;
    if to.starts_with(&place.root) || place.root.starts_with(&to) {
        return Err(Failure::Usage(format!(
            "The folder `{}` is inside the site, or the site inside it.\n  help: Name another folder with --to.",
            to.display()
        )));
    }
    let taken = to.read_dir().is_ok_and(|mut entries| entries.next().is_some()) || to.is_file();
    if taken && !words.force {
        return Err(Failure::Usage(format!(
            "`{}` is there already, and not empty.\n  help: Name another folder with --to, or add --force to write over what is in it.",
            to.display()
        )));
    }
    Ok(to)
}

/// `site` → `site-0.23`.
fn beside(root: &Path) -> PathBuf {
    let name = root.file_name().map_or_else(|| "site".to_owned(), |name| name.to_string_lossy().into_owned());
    root.with_file_name(format!("{name}-0.23"))
}

fn is_clean(root: &Path) -> bool {
    let status = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["status", "--porcelain", "--ignored", "--", "."])
        .output();
    let theirs = |line: &str| {
        let path = line.get(3..).unwrap_or_default();
        !line.starts_with("!!") || matters(path)
    };
    status.is_ok_and(|out| out.status.success() && !String::from_utf8_lossy(&out.stdout).lines().any(theirs))
}

/// Whether an ignored file could be changed by a migration.
fn matters(path: &str) -> bool {
    ["templates", "content", "themes", "static/giallo"].iter().any(|folder| path.contains(folder))
}

/// Every file of the site, by path, but for those that are no sources.
fn walk(root: &Path) -> impl Iterator<Item = (String, PathBuf)> + '_ {
    let kept = |entry: &walkdir::DirEntry| {
        let anywhere = LEFT.iter().any(|name| entry.file_name() == *name);
        entry.depth() == 0 || !(anywhere || entry.depth() == 1 && entry.file_name() == OUTPUT)
    };
    let all = walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    let files = all.filter_entry(kept).flatten().filter(|entry| entry.file_type().is_file());
    files.filter_map(move |entry| {
        let path = entry.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
        Some((path, entry.path().to_path_buf()))
    })
}

fn read(place: &Place) -> Result<BTreeMap<String, String>, Failure> {
    let mut files = BTreeMap::new();
    for (path, file) in walk(&place.root).filter(|(path, _)| migrate::reads(path, &place.config_file)) {
        let bytes = fs::read(&file).map_err(|error| machine(&file, &error))?;
        // What is no text is no template, and is copied as it is.
        if let Ok(text) = String::from_utf8(bytes) {
            files.insert(path, text);
        }
    }
    Ok(files)
}

fn copy(root: &Path, target: &Path) -> Result<(), Failure> {
    for (path, file) in walk(root) {
        let to = target.join(path);
        let folder = to.parent().unwrap_or(target);
        fs::create_dir_all(folder).map_err(|error| machine(folder, &error))?;
        fs::copy(&file, &to).map_err(|error| machine(&to, &error))?;
    }
    Ok(())
}

fn write(migration: &Migration, target: &Path) -> Result<(), Failure> {
    for (path, text) in &migration.files {
        let file = target.join(path);
        let folder = file.parent().unwrap_or(target);
        fs::create_dir_all(folder).map_err(|error| machine(folder, &error))?;
        let done = match text {
            Some(text) => fs::write(&file, text),
            None if file.exists() => fs::remove_file(&file),
            None => Ok(()),
        };
        done.map_err(|error| machine(&file, &error))?;
    }
    Ok(())
}

type Pages = BTreeMap<String, String>;

/// The pages as they were: from a folder that Zola 0.22 wrote, or built now.
fn before(place: &Place, words: &Migrate) -> Result<Pages, String> {
    match &words.compare_with {
        Some(folder) => {
            let pages: Pages = walk(folder)
                .filter(|(path, _)| path.ends_with(".html"))
                .filter_map(|(path, file)| Some((path, String::from_utf8_lossy(&fs::read(file).ok()?).into_owned())))
                .collect();
            if pages.is_empty() { Err(format!("there is no page in `{}`.", folder.display())) } else { Ok(pages) }
        }
        None => build(&place.root, &place.config_file)
            .map_err(|_| "the site could not be built as it was before. Build it with Zola 0.22 and name the folder with --compare-with.".to_owned()),
    }
}

/// Builds a site in memory.
fn build(root: &Path, config_file: &str) -> Result<Pages, Vec<Diagnostic>> {
    let options = Options { config_file: config_file.to_owned(), ..Options::default() };
    let progress = Progress::new();
    let mut engine = Engine::new(Arc::new(Disk::new(root)), options, Target::Memory);
    let outcome = engine.build(None);
    progress.end();
    let outcome = outcome.map_err(|_| Vec::new())?;
    if !outcome.is_ok() {
        return Err(outcome.diagnostics);
    }
    let page = |(path, content): (&crate::base::OutPath, &Content)| match content {
        Content::Bytes(bytes) if path.as_str().ends_with(".html") => {
            Some((path.as_str().to_owned(), String::from_utf8_lossy(bytes).into_owned()))
        }
        _ => None,
    };
    // In the order of paths, whatever the order of outputs.
    Ok(engine.outputs().iter().filter_map(page).collect())
}

fn proof(before: Result<Pages, String>, target: &Path, place: &Place) -> (report::Proof, Vec<Diagnostic>) {
    match (before, build(target, &place.config_file)) {
        (_, Err(complaints)) => {
            let why = "the migrated site cannot be built yet; the complaints say why.".to_owned();
            (report::Proof::Impossible(why), complaints)
        }
        (Err(why), Ok(_)) => (report::Proof::Impossible(why), Vec::new()),
        (Ok(old), Ok(new)) => {
            let copied = |path: &String| target.join("static").join(path).is_file();
            let old: Pages = old.into_iter().filter(|(path, _)| !copied(path)).collect();
            (report::Proof::Compared(old.len(), compare::compare(&old, &new)), Vec::new())
        }
    }
}
