//! A small language for tests of whole sites: put files, build, look at outputs, edit, build, look again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use praktijk::base::{Content, Diagnostic, SourcePath};
use praktijk::engine::{Engine, Options, Outcome, Target};
use praktijk::source::{Memory, Sources};

/// The settings of a site in tests.
pub(crate) const SETTINGS: &str = "base_url = \"https://example.org\"\n";

/// A site in memory, built in memory, by one engine that remembers what it did.
pub(crate) struct TestSite {
    sources: Arc<Memory>,
    engine: Engine,
    last: Option<Outcome>,
}

impl TestSite {
    /// A site with plain settings and templates that show titles and texts.
    pub(crate) fn new() -> Self {
        let sources = Arc::new(Memory::default());
        let engine = Engine::new(sources.clone(), Options::default(), Target::Memory);
        let page = "{{ page.title | default(value=\"\") }}|{{ page.content | safe }}";
        let section = "{{ section.title | default(value=\"\") }}|{{ section.content | safe }}{% for p in section.pages %}[{{ p.title }}]{% endfor %}";
        TestSite { sources, engine, last: None }
            .put("zola.toml", SETTINGS)
            .put("templates/page.html", page)
            .put("templates/section.html", section)
            .put("templates/index.html", section)
    }

    /// Writes a file.
    pub(crate) fn put(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.sources.put(path, text);
        self
    }

    /// Lets so many nanoseconds pass.
    pub(crate) fn pass(&self, time: i128) {
        self.sources.pass(time);
    }

    /// Puts every file below a folder on disk.
    pub(crate) fn save(&self, folder: &Path) {
        let all = self.sources.scan(&SourcePath::new("")).expect("readable");
        for (path, _) in all.files {
            let to = path.on_disk(folder);
            std::fs::create_dir_all(to.parent().expect("a folder")).expect("made");
            std::fs::write(to, self.sources.read(&path).expect("readable").unwrap_or_default())
                .expect("written");
        }
    }

    /// Removes a file.
    pub(crate) fn remove(self, path: &str) -> Self {
        self.sources.remove(path);
        self
    }

    /// Builds, and expects no error.
    #[track_caller]
    pub(crate) fn build(mut self) -> Self {
        let outcome = self.engine.build(None).expect("the machine works");
        assert!(outcome.is_ok(), "{:#?}", outcome.diagnostics);
        self.last = Some(outcome);
        self
    }

    /// Builds, and gives what was complained about.
    pub(crate) fn faults(mut self) -> Vec<String> {
        let outcome = self.engine.build(None).expect("the machine works");
        outcome.diagnostics.into_iter().map(|told| told.message).collect()
    }

    /// Builds, expects errors, and gives all complaints.
    #[track_caller]
    pub(crate) fn build_with_faults(mut self) -> Vec<Diagnostic> {
        let outcome = self.engine.build(None).expect("the machine works");
        assert!(!outcome.is_ok(), "no fault among {:#?}", outcome.diagnostics);
        outcome.diagnostics
    }

    /// What came of the last build.
    #[track_caller]
    pub(crate) fn outcome(&self) -> &Outcome {
        self.last.as_ref().expect("built before")
    }

    /// Expects an output with this text.
    #[track_caller]
    pub(crate) fn expect(self, path: &str, text: &str) -> Self {
        let outputs = self.outputs();
        let found = outputs.get(path).unwrap_or_else(|| panic!("no {path} among {:?}", outputs.keys()));
        assert_eq!(String::from_utf8_lossy(found), text, "{path}");
        self
    }

    /// Expects no such output.
    #[track_caller]
    pub(crate) fn expect_none(self, path: &str) -> Self {
        assert!(!self.outputs().contains_key(path), "{path}");
        self
    }

    /// Expects that exactly this was done in the last build, by name, in order.
    #[track_caller]
    pub(crate) fn expect_done(self, names: &[&str]) -> Self {
        assert_eq!(self.outcome().report.names(), names);
        self
    }

    /// Every output, copies included.
    pub(crate) fn outputs(&self) -> BTreeMap<String, Vec<u8>> {
        outputs(&self.engine, &*self.sources)
    }

    /// The outputs of the same sources built from nothing.
    pub(crate) fn cold_outputs(&self) -> BTreeMap<String, Vec<u8>> {
        let mut engine = Engine::new(self.sources.clone(), Options::default(), Target::Memory);
        let outcome = engine.build(None).expect("the machine works");
        assert!(outcome.is_ok(), "{:#?}", outcome.diagnostics);
        outputs(&engine, &*self.sources)
    }
}

/// Every output of an engine that builds in memory.
pub(crate) fn outputs(engine: &Engine, sources: &dyn Sources) -> BTreeMap<String, Vec<u8>> {
    let bytes = |content: &Content| match content {
        Content::Bytes(bytes) => bytes.to_vec(),
        Content::Copy(source) => sources.read(source).expect("readable").unwrap_or_default(),
    };
    engine.outputs().iter().map(|(path, content)| (path.as_str().to_owned(), bytes(content))).collect()
}

/// The program itself, in a folder, without the colours and widths of a terminal.
pub(crate) fn praktijk(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_praktijk"));
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("TERM", "dumb");
    command
}

/// Writes files below a folder.
pub(crate) fn write_all(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
}

/// Every file below a folder, by path.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in
        walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file())
    {
        let path = entry.path().strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
        files.insert(path, std::fs::read(entry.path()).expect("readable"));
    }
    files
}

/// What a program said, on both streams.
pub(crate) fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The root of this repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
