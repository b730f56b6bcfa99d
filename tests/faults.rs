//! Everything that can be wrong with a site or the machine it is built on: each fault is told in full, with the right
//! exit code, and leaves the output folder as it was, to the byte and the moment.
//!
//! The whole message of each fault is kept in `tests/faults/NAME.txt`, to be read and judged as an editor would. With
//! `PRAKTIJK_SNAPSHOTS=overwrite` the tests write these files instead of comparing.

mod content;
mod machine;
mod settings;
mod stopped;
mod templates;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;

use crate::support;

/// The sound site that every test breaks in its own way.
const SOUND: &[(&str, &str)] = &[
    (
        "zola.toml",
        "base_url = \"https://voorbeeld.example\"\ntitle = \"Voorbeeld\"\ncompile_sass = true\ntaxonomies = [{ name = \"tags\" }]\n",
    ),
    ("content/_index.md", "+++\ntitle = \"Thuis\"\n+++\nWelkom.\n"),
    ("content/blog/_index.md", "+++\ntitle = \"Blog\"\nsort_by = \"date\"\n+++\n"),
    ("content/blog/een.md", EEN),
    (
        "content/blog/twee.md",
        "+++\ntitle = \"Twee\"\ndate = 2026-02-03\n[taxonomies]\ntags = [\"rust\"]\n+++\n## Kop\n\nDe tweede tekst.\n",
    ),
    ("templates/base.html", BASE),
    (
        "templates/index.html",
        "{% extends \"base.html\" %}\n{% block body %}{{ section.content }}{% endblock %}\n",
    ),
    (
        "templates/section.html",
        "{% extends \"base.html\" %}\n{% block body %}{% for p in section.pages %}<a href=\"{{ p.permalink }}\">{{ p.title }}</a>{% endfor %}{% endblock %}\n",
    ),
    (
        "templates/page.html",
        "{% extends \"base.html\" %}\n{% block body %}{{ page.content }}{% endblock %}\n",
    ),
    ("templates/tags/list.html", "{% for term in terms %}{{ term.name }}{% endfor %}"),
    ("templates/tags/single.html", "{{ term.name }}"),
    ("sass/stijl.scss", "@import \"delen/kleuren\";\nbody { color: $inkt; }\n"),
    ("sass/delen/_kleuren.scss", "$inkt: #222;\n"),
    ("static/robots.txt", "User-agent: *\n"),
];

/// A page that is often the one at fault.
const EEN: &str = "+++\ntitle = \"Een\"\ndate = 2026-01-02\n+++\nDe eerste tekst.\n";
const BASE: &str =
    "<!doctype html>\n<title>{{ config.title }}</title>\n<main>{% block body %}{% endblock %}</main>\n";

/// A site on disk that was built without fault, and what its output folder looked like then.
struct Site {
    folder: TempDir,
    root: PathBuf,
    before: Standing,
}

/// An output folder: its files, what is in them and when they were written, and its folders.
type Standing = BTreeMap<PathBuf, Option<(Vec<u8>, SystemTime)>>;

impl Site {
    /// The sound site, built.
    fn new() -> Self {
        Site::with(&[])
    }

    /// The sound site with other files, built.
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("there").join("site");
        support::write_all(&root, SOUND);
        support::write_all(&root, files);
        let mut site = Site { folder, root, before: Standing::new() };
        site.builds();
        site
    }

    fn path(&self) -> &Path {
        &self.root
    }

    fn public(&self) -> PathBuf {
        self.path().join("public")
    }

    /// Writes a file.
    fn put(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
        self
    }

    /// Removes a file or folder.
    fn remove(self, path: &str) -> Self {
        let path = self.path().join(path);
        if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) }
            .expect("removed");
        self
    }

    /// The program in this site, as it speaks in a pipe: drawn, without colours.
    fn praktijk(&self, words: &[&str]) -> Command {
        let mut command = support::praktijk(self.path());
        for (name, value) in SPEAKING {
            command.env(name, value);
        }
        command.args(words);
        command
    }

    /// Builds, expects no fault, and remembers the outputs. What was said is given.
    #[track_caller]
    fn builds(&mut self) -> String {
        let output = self.praktijk(&["build"]).output().expect("runs");
        assert!(output.status.success(), "{}", support::said(&output));
        self.before = standing(&self.public());
        support::said(&output)
    }

    /// Builds, and expects this exit code and the message that is kept under this name.
    #[track_caller]
    fn fails(&self, name: &str, code: i32) {
        let output = self.praktijk(&["build"]).output().expect("runs");
        self.judge(name, code, &output);
    }

    /// Compares what came of a run, and expects the outputs to be as they were.
    #[track_caller]
    fn judge(&self, name: &str, code: i32, output: &Output) {
        assert!(output.stdout.is_empty(), "nothing belongs on standard output: {}", support::said(output));
        self.compare(name, &String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{}", support::said(output));
        self.is_as_it_was();
    }

    /// Expects the outputs to be as they were.
    #[track_caller]
    fn is_as_it_was(&self) {
        let now = standing(&self.public());
        let differ = |path: &&PathBuf| self.before.get(*path) != now.get(*path);
        let changed: Vec<_> = self.before.keys().chain(now.keys()).filter(differ).collect();
        assert!(changed.is_empty(), "these changed in the output folder: {changed:?}");
    }

    /// Compares a text with the one that is kept under this name.
    #[track_caller]
    fn compare(&self, name: &str, text: &str) {
        let above = self.folder.path().canonicalize().expect("there");
        let text = text
            .replace(&self.root.display().to_string(), "SITE")
            .replace(&above.display().to_string(), "ABOVE");
        let file = support::repository().join(format!("tests/faults/{name}.txt"));
        if std::env::var("PRAKTIJK_SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
            std::fs::write(file, text).expect("written");
            return;
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(text, kept, "\n{text}\nis not what {} holds", file.display());
    }
}

/// How the program is made to speak the same everywhere.
const SPEAKING: [(&str, &str); 5] = [
    ("PRAKTIJK_REPORT", "graphical"),
    ("TERM", "xterm"),
    ("NO_COLOR", "1"),
    ("LC_ALL", "C.UTF-8"),
    ("COLUMNS", "100"),
];

/// What stands in an output folder; nothing when there is none.
fn standing(folder: &Path) -> Standing {
    let look = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).expect("below").to_path_buf();
        let is_file = entry.file_type().is_file();
        let file = is_file.then(|| {
            let written = entry.metadata().expect("there").modified().expect("known");
            (std::fs::read(entry.path()).expect("readable"), written)
        });
        (path, file)
    };
    walkdir::WalkDir::new(folder).into_iter().flatten().map(look).collect()
}

#[test]
fn every_kept_message_has_a_test() {
    let folder = support::repository().join("tests/faults");
    let files = |ending: &str| {
        let mut files: Vec<PathBuf> =
            folder.read_dir().expect("there").map(|entry| entry.expect("read").path()).collect();
        files.retain(|path| path.extension().is_some_and(|found| found == ending));
        files
    };
    let sources: String =
        files("rs").iter().map(|path| std::fs::read_to_string(path).expect("readable")).collect();
    for kept in files("txt") {
        let name = kept.file_stem().expect("named").to_string_lossy();
        assert!(sources.contains(&format!("\"{name}\"")), "no test is about {}", kept.display());
    }
}

#[test]
fn the_sound_site_is_sound() {
    let mut site = Site::new();
    for path in ["index.html", "blog/een/index.html", "tags/rust/index.html", "stijl.css", "robots.txt"] {
        assert!(site.before.contains_key(Path::new(path)), "{path}");
    }
    let before = std::mem::take(&mut site.before);
    site.builds();
    assert!(before == site.before, "a second build that changes nothing touches nothing");
}
