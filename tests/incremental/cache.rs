//! The ledger on disk: any doubt about it means a cold build, and deleting it changes only the time.

use std::fs;
use std::path::PathBuf;

use praktijk::engine::{Engine, Options, Outcome, Target};

use super::disk::{Later, write};
use super::platform::{Platform, Tree};
use super::random::same;
use crate::support::tree;

/// A site on disk that asks no clock, unless a test adds one.
struct Site {
    place: tempfile::TempDir,
    platform: Platform,
    options: Options,
}

impl Site {
    fn new() -> Self {
        let mut platform = Platform::new();
        platform.files.retain(|path, _| !path.contains("klok") && !path.contains("uur"));
        let site = Site { place: tempfile::tempdir().expect("made"), platform, options: Options::default() };
        write(&site.at("site"), &site.platform, site.platform.files.keys());
        site
    }

    fn at(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// One run of the program.
    fn build(&self) -> Outcome {
        let root = self.at("site");
        let target = Target::Folder { root: root.clone(), output: Some(self.at("public")) };
        let mut engine = Engine::new(Later::new(&root, &self.platform), self.options.clone(), target)
            .with_cache(self.at("cache"));
        let outcome = engine.build(None).expect("the machine works");
        assert!(outcome.is_ok(), "{:#?}", outcome.diagnostics);
        outcome
    }

    fn outputs(&self) -> Tree {
        tree(&self.at("public"))
    }

    fn edit(&mut self, path: &str, text: &str) {
        self.platform.put(path, text);
        write(&self.at("site"), &self.platform, [&path.to_owned()]);
    }
}

/// What was done, and that it comes to the same as without a cache.
#[track_caller]
fn build_and_compare(site: &Site) -> Vec<String> {
    let done = site.build().report.done.into_iter().map(|(name, _)| name).collect();
    let warm = site.outputs();
    let _ = fs::remove_dir_all(site.at("cache"));
    let _ = fs::remove_dir_all(site.at("public"));
    site.build();
    same(&warm, &site.outputs(), &|| "with a cache that was harmed".to_owned());
    done
}

/// Harms a file of the cache and expects that nothing of it is believed.
#[track_caller]
fn harmed(name: &str, harm: impl Fn(&mut Vec<u8>)) {
    let mut site = Site::new();
    let all = site.build().report.done.len();
    let path = site.at("cache").join(name);
    let mut bytes = fs::read(&path).expect("there is a cache");
    harm(&mut bytes);
    fs::write(&path, bytes).expect("written");
    site.edit("data/voet.toml", "tekst = \"anders\"\n");
    let done = build_and_compare(&site);
    if name == "ledger" {
        assert_eq!(done.len(), all, "all of it is done again");
    }
}

#[test]
fn a_cache_that_was_cut_short() {
    harmed("ledger", |bytes| bytes.truncate(bytes.len() / 2));
    harmed("ledger", |bytes| bytes.truncate(3));
    harmed("ledger", Vec::clear);
    harmed("texts", |bytes| bytes.truncate(bytes.len() / 2));
}

#[test]
fn a_cache_with_one_wrong_bit() {
    for part in [0, 20, 60] {
        harmed("ledger", |bytes| bytes[part] ^= 4);
    }
    harmed("ledger", |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    });
    harmed("ledger", |bytes| *bytes.last_mut().expect("something") ^= 0x80);
    harmed("texts", |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    });
}

#[test]
fn a_cache_of_another_version() {
    harmed("ledger", |bytes| {
        let end = bytes.iter().position(|byte| *byte == b'\n').expect("a first line");
        bytes[end - 1] = b'0';
    });
}

#[test]
fn a_cache_without_its_texts() {
    let mut site = Site::new();
    site.build();
    fs::remove_file(site.at("cache/texts")).expect("removed");
    site.edit("content/over.md", "+++\ntitle = \"Over\"\n+++\n## Over platform\n\nKort.\n");
    build_and_compare(&site);
}

#[test]
fn the_texts_of_another_build() {
    let mut site = Site::new();
    site.build();
    let old = fs::read(site.at("cache/texts")).expect("there");
    site.edit("data/inhoud.json", "{\"naam\": \"Een ander\"}\n");
    site.build();
    fs::write(site.at("cache/texts"), old).expect("written");
    site.edit("data/voet.toml", "tekst = \"anders\"\n");
    build_and_compare(&site);
}

#[test]
fn a_cache_of_a_build_with_other_options() {
    let mut site = Site::new();
    site.edit("content/concept.md", "+++\ntitle = \"Concept\"\ndraft = true\n+++\nNog niet.\n");
    site.build();
    site.options.drafts = true;
    assert!(!site.build().report.nothing_changed);
    assert!(site.outputs().contains_key("concept/index.html"));
    site.options.drafts = false;
    assert!(!site.build().report.nothing_changed);
    assert!(!site.outputs().contains_key("concept/index.html"));
    site.options.base_url = Some("https://elders.example".to_owned());
    site.build();
    let over = String::from_utf8(site.outputs()["over/index.html"].clone()).expect("text");
    assert!(over.contains("https://elders.example") && !over.contains("https://example.org"), "{over}");
}

#[test]
fn without_a_cache_only_the_time_is_different() {
    let site = Site::new();
    let first = site.build();
    let expected = site.outputs();
    fs::remove_dir_all(site.at("cache")).expect("removed");
    let second = site.build();
    assert_eq!(second.report.names(), first.report.names());
    assert_eq!(second.diagnostics, first.diagnostics);
    same(&site.outputs(), &expected, &|| "without a cache".to_owned());
}

#[test]
fn a_cache_that_cannot_be_written_is_no_fault() {
    let site = Site::new();
    fs::write(site.at("cache"), "a file where the folder should be").expect("written");
    let first = site.build();
    assert_eq!(site.build().report.names(), first.report.names());
}

#[test]
fn the_clock_is_asked_again_by_every_run() {
    let mut site = Site::new();
    site.edit("content/klok.md", "+++\ntitle = \"Klok\"\n+++\nHet is {{ now() }}.\n");
    site.edit("templates/uur.html", "{{ now() }}");
    site.edit("content/gids/uur.md", "+++\ntitle = \"Uur\"\ntemplate = \"uur.html\"\nweight = 99\n+++\n");
    site.build();
    let before = site.outputs();
    let second = site.build();
    assert!(!second.report.nothing_changed);
    let done = second.report.names();
    for name in ["text klok.md", "page klok.md", "page gids/uur.md"] {
        assert!(done.contains(&name), "{name} among {done:?}");
    }
    assert!(!done.contains(&"text over.md"), "{done:?}");
    for path in ["klok/index.html", "gids/uur/index.html"] {
        assert_ne!(site.outputs()[path], before[path], "{path}");
    }
}
