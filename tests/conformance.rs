//! Whether a Zola site comes out as Zola 0.23.3 makes it. In: the tiny sites in `tests/sites`, each with what Zola made
//! of it in `expected/`; and, when `ZOLA_TREE` names a checkout of Zola 0.23.3, the three sites in it.
//!
//! `PRAKTIJK_SNAPSHOTS=overwrite ZOLA023=path/to/zola cargo test conformance` records `expected/` anew with that program.
//! Where this house differs on purpose, [`MENDED`] says why and the site's folder `mended/` holds what it makes instead.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{praktijk, repository, said, tree};

/// Outputs that differ from Zola 0.23.3 on purpose: site, output, why.
const MENDED: &[(&str, &str, &str)] = &[
    (
        "components",
        "own-id/index.html",
        "`{#own}` behind a heading opened a comment as soon as the text held a template; mended in Zola 0.23.4 too",
    ),
    (
        "images",
        "processed_images/beside.89078a473e75820d.png",
        "scaling drew a dark border where an image is transparent; mended in Zola 0.23.5 too",
    ),
    (
        "taxonomies",
        "onderwerpen/wonen/blad/2/index.html",
        "terms that differ only in case are one term with its pages by date; mended in Zola 0.23.4 too",
    ),
    ("taxonomies", "onderwerpen/wonen/blad/3/index.html", "the same"),
    ("taxonomies", "tags/rust/index.html", "the same"),
    (
        "transparent",
        "none/index.html",
        "a page that lacks what its section sorts by is not listed, but has its page: the sitemap names it",
    ),
];

type Outputs = BTreeMap<String, Vec<u8>>;

#[test]
fn tiny_sites_come_out_as_zola_makes_them() {
    let mut faults = Vec::new();
    let names = names(&repository().join("tests/sites"));
    assert!(names.len() >= 10, "{names:?}");
    for name in &names {
        let folder = repository().join("tests/sites").join(name);
        let ours = ours(&folder);
        if let Some(zola) = recorder() {
            record(&folder, name, &zola, &ours);
        }
        compare(name, &folder, &ours, &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_difference_is_one() {
    if recorder().is_some() {
        return; // The other test is writing what is read here.
    }
    for (name, path, why) in MENDED {
        let folder = repository().join("tests/sites").join(name);
        let zola = std::fs::read(folder.join("expected").join(path)).ok();
        let ours = std::fs::read(folder.join("mended").join(path)).ok();
        assert!(ours.is_some(), "{name}/mended/{path} is not there");
        assert_ne!(zola, ours, "{name}/{path} is no longer different: {why}");
    }
    let kept: usize = names(&repository().join("tests/sites"))
        .iter()
        .map(|name| tree(&repository().join("tests/sites").join(name).join("mended")).len())
        .sum();
    assert_eq!(kept, MENDED.len(), "a file in a folder `mended` that is not in the list");
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

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// The program to record with, when that was asked for.
fn recorder() -> Option<std::ffi::OsString> {
    std::env::var("PRAKTIJK_SNAPSHOTS").ok().filter(|value| value == "overwrite")?;
    std::env::var_os("ZOLA023")
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
    let mut wanted = tree(&folder.join("expected"));
    wanted.extend(tree(&folder.join("mended")));
    for path in wanted.keys().chain(ours.keys()).collect::<BTreeSet<_>>() {
        match (wanted.get(path), ours.get(path)) {
            (Some(wanted), Some(ours)) if wanted == ours => {}
            (Some(wanted), Some(ours)) => {
                faults.push(format!("{name}/{path}: {}", first_difference(wanted, ours)));
            }
            (Some(_), None) => faults.push(format!("{name}/{path}: was not made")),
            (None, _) => faults.push(format!("{name}/{path}: was made, and Zola makes none")),
        }
    }
}

fn first_difference(wanted: &[u8], ours: &[u8]) -> String {
    let (wanted, ours) = (String::from_utf8_lossy(wanted), String::from_utf8_lossy(ours));
    let differ = wanted.lines().zip(ours.lines()).enumerate().find(|(_, (wanted, ours))| wanted != ours);
    match differ {
        Some((at, (wanted, ours))) => format!("line {}\n  wanted: {wanted}\n  made:   {ours}", at + 1),
        None => format!("{} bytes wanted, {} made", wanted.len(), ours.len()),
    }
}

/// Writes down what Zola makes. A site that it makes differently every time is no measure.
fn record(folder: &Path, name: &str, zola: &std::ffi::OsStr, ours: &Outputs) {
    let made = zolas(folder, zola);
    for _ in 0..3 {
        assert!(zolas(folder, zola) == made, "{name}: Zola makes this site differently from time to time");
    }
    replace(&folder.join("expected"), made);
    let mended = MENDED.iter().filter(|(site, ..)| *site == name).map(|(_, path, _)| *path);
    let kept = mended.filter_map(|path| Some((path.to_owned(), ours.get(path)?.clone())));
    replace(&folder.join("mended"), kept.collect());
}

fn zolas(site: &Path, zola: &std::ffi::OsStr) -> Outputs {
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
