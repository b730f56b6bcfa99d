//! Whether a Zola site comes out as Zola makes it. In: tiny sites, each with what Zola made of it in `expected/`: those
//! in `tests/sites` by Zola 0.23.3, those in `tests/sites-0.22` by Zola 0.22.1; and, when `ZOLA_TREE` names a checkout
//! of Zola 0.23.3, the three sites in it. Whole sites from elsewhere are the business of `tests/conformance/run`.
//!
//! `PRAKTIJK_SNAPSHOTS=overwrite cargo test conformance` records `expected/` anew with the programs that `ZOLA023` and
//! `ZOLA` name. Where this house differs on purpose, `tests/conformance/differences.md` says why, and the site's folder
//! `mended/` holds what it makes instead.

mod comparison;
mod listed;

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{praktijk, repository, said, tree};
use comparison::{Outputs, Verdict};
use listed::Listed;

/// Where the tiny sites of a dialect are, and which variable names the Zola that speaks it.
struct Shelf {
    dialect: &'static str,
    folder: &'static str,
    variable: &'static str,
}

const SHELVES: [Shelf; 2] = [
    Shelf { dialect: "0.23", folder: "tests/sites", variable: "ZOLA023" },
    Shelf { dialect: "0.22", folder: "tests/sites-0.22", variable: "ZOLA" },
];

#[test]
fn tiny_sites_come_out_as_zola_makes_them() {
    let listed = differences();
    let mut faults = Vec::new();
    let sites: Vec<_> =
        SHELVES.iter().flat_map(|shelf| shelf.sites().into_iter().map(move |name| (shelf, name))).collect();
    assert!(sites.len() >= 20, "{} sites", sites.len());
    for (shelf, name) in &sites {
        let folder = repository().join(shelf.folder).join(name);
        let ours = ours(&folder);
        if let Some(zola) = shelf.recorder() {
            record(&folder, &zola, &ours, |path| mended(&listed, shelf, name, path).is_some());
        }
        compare(&format!("{}/{name}", shelf.folder), &folder, &ours, &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_difference_is_one() {
    let listed = differences();
    for shelf in SHELVES.iter().filter(|shelf| shelf.recorder().is_none()) {
        let mut met = BTreeSet::new();
        for name in shelf.sites() {
            let folder = repository().join(shelf.folder).join(&name);
            for (path, ours) in tree(&folder.join("mended")) {
                let row = mended(&listed, shelf, &name, &path);
                let row = row.unwrap_or_else(|| panic!("{name}/mended/{path} is not in the list"));
                met.insert(row);
                let zola = std::fs::read(folder.join("expected").join(&path)).ok();
                assert_ne!(zola, Some(ours), "{name}/{path} is no longer different: {}", listed[row].why);
            }
        }
        let kept =
            |row: &usize| listed[*row].site.starts_with("tests/") && listed[*row].dialect == shelf.dialect;
        let idle: Vec<_> = (0..listed.len()).filter(kept).filter(|row| !met.contains(row)).collect();
        assert!(
            idle.is_empty(),
            "no file in a folder `mended` shows {:?}",
            idle.iter().map(|row| &listed[*row]).collect::<Vec<_>>()
        );
    }
}

#[test]
fn zolas_own_sites_build() {
    let Some(zola) = std::env::var_os("ZOLA_TREE").map(PathBuf::from) else {
        eprintln!("left out: ZOLA_TREE names no checkout of Zola 0.23.3");
        return;
    };
    for name in ["docs", "test_site", "test_site_i18n"] {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&zola.join(name), folder.path(), &[]);
        let output = praktijk(folder.path()).args(["build", "--no-cache"]).output().expect("runs");
        assert!(output.status.success(), "{name}: {}", said(&output));
        let made = tree(&folder.path().join("public"));
        assert!(
            made.contains_key("index.html") && made.contains_key("sitemap.xml"),
            "{name}: {}",
            made.len()
        );
    }
}

impl Shelf {
    /// The names of the sites.
    fn sites(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(repository().join(self.folder)) else { return Vec::new() };
        let mut names: Vec<_> =
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The program to record with, when that was asked for.
    fn recorder(&self) -> Option<OsString> {
        std::env::var("PRAKTIJK_SNAPSHOTS").ok().filter(|value| value == "overwrite")?;
        std::env::var_os(self.variable)
    }
}

fn differences() -> Vec<Listed> {
    let list = repository().join("tests/conformance/differences.md");
    listed::read(&std::fs::read_to_string(list).expect("readable"))
}

/// The row of the list that speaks of an output of a tiny site.
fn mended(listed: &[Listed], shelf: &Shelf, name: &str, path: &str) -> Option<usize> {
    let site = format!("{}/{name}", shelf.folder);
    listed.iter().position(|row| row.covers(Some(shelf.dialect), &site, path))
}

/// What this program makes of a site, built where nobody else is.
fn ours(site: &Path) -> Outputs {
    let folder = tempfile::tempdir().expect("a folder");
    copy(site, folder.path(), &["expected", "mended"]);
    let output = praktijk(folder.path()).args(["build", "--no-cache"]).output().expect("runs");
    assert!(output.status.success(), "{}: {}", site.display(), said(&output));
    tree(&folder.path().join("public"))
}

fn compare(name: &str, folder: &Path, ours: &Outputs, faults: &mut Vec<String>) {
    let mut wanted = comparison::outputs(&folder.join("expected")).unwrap_or_default();
    wanted.extend(tree(&folder.join("mended")));
    for (path, verdict) in comparison::compare(&wanted, &[], ours) {
        match verdict {
            Verdict::Equal | Verdict::Random => {}
            Verdict::Different(first) => faults.push(format!("{name}/{path}: {first}")),
            Verdict::Missing => faults.push(format!("{name}/{path}: was not made")),
            Verdict::Extra => faults.push(format!("{name}/{path}: was made, and Zola makes none")),
        }
    }
}

/// Writes down what Zola makes. A site that it makes differently every time is no measure.
fn record(folder: &Path, zola: &OsStr, ours: &Outputs, mended: impl Fn(&str) -> bool) {
    let made = zolas(folder, zola);
    for _ in 0..3 {
        let again = zolas(folder, zola) == made;
        assert!(again, "{}: Zola makes this site differently from time to time", folder.display());
    }
    let kept =
        ours.iter().filter(|(path, _)| mended(path)).map(|(path, bytes)| (path.clone(), bytes.clone()));
    replace(&folder.join("mended"), kept.collect());
    replace(&folder.join("expected"), made);
}

fn zolas(site: &Path, zola: &OsStr) -> Outputs {
    let folder = tempfile::tempdir().expect("a folder");
    copy(site, folder.path(), &["expected", "mended"]);
    let output = Command::new(zola).arg("build").current_dir(folder.path()).output().expect("runs");
    assert!(output.status.success(), "{}: {}", site.display(), said(&output));
    tree(&folder.path().join("public"))
}

fn replace(folder: &Path, files: Outputs) {
    let _ = std::fs::remove_dir_all(folder);
    write(folder, files);
}

fn copy(from: &Path, to: &Path, without: &[&str]) {
    let mut files = tree(from);
    files.retain(|path, _| !without.iter().any(|name| path.split('/').next() == Some(*name)));
    write(to, files);
}

fn write(folder: &Path, files: Outputs) {
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
}
