//! The rules of the house, held. In: the sources as text, the list of tracked files, and what cargo knows of the
//! dependencies. Out: every place that breaks a rule, at once.
//!
//! An exception to a rule stands in a list here, with its reason; one that is no longer needed is a fault too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use crate::support::repository;

/// The rooms in reading order, and what each may import besides itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("model", &["base"]),
    ("source", &["base"]),
    ("parse", &["base", "model"]),
    ("accepted", &["base", "model"]),
    ("wire", &[]),
    ("reactions", &["base", "model", "accepted", "wire"]),
    ("resolve", &["base", "model", "parse"]),
    ("template", &["base", "model", "parse", "resolve"]),
    ("body", &["base", "model", "template"]),
    ("render", &["base", "model", "resolve", "template", "body"]),
    ("export", &["base", "model", "resolve"]),
    ("write", &["base"]),
    (
        "engine",
        &[
            "base", "model", "source", "parse", "accepted", "resolve", "template", "body", "render",
            "export", "write", "check",
        ],
    ),
    ("check", &["base", "model", "parse", "resolve"]),
    ("editor", &["base", "model"]),
    ("migrate", &[]),
    ("serve", &["base", "wire"]),
    ("report", &["base"]),
    (
        "cli",
        &[
            "base",
            "model",
            "source",
            "parse",
            "accepted",
            "reactions",
            "resolve",
            "write",
            "engine",
            "check",
            "editor",
            "migrate",
            "serve",
            "report",
        ],
    ),
];

/// Imports beyond the table: file, what it imports, why.
const DOORS: &[(&str, &str, &str)] = &[
    ("src/template/objects.rs", "body", "the text of a page is part of the page that templates see"),
    (
        "src/template/filters.rs",
        "body::markdown",
        "the filter `markdown` makes HTML as the body of a page does",
    ),
    (
        "src/template/filters.rs",
        "body::units::parts",
        "the filter `parts` cuts a text where the body of a page does",
    ),
    ("src/render/mod.rs", "export::minify", "a page is made smaller before it is an artifact, not after"),
    (
        "src/render/mod.rs",
        "export::security",
        "the policy of a page stands in the page, behind all that may change it",
    ),
    ("src/cli/zip.rs", "export::offline", "the ZIP file is made of a site that stands already"),
    ("src/export/images.rs", "template::functions", "an image is ordered by the function that names it"),
];

/// Where the crate of the search may be named, with why.
const SEARCH: &[(&str, &str)] = &[
    ("src/template/functions/search.rs", "what the files of the reader are called"),
    ("src/export/index/", "what search knows of pages, and the files of the index"),
    ("src/engine/index.rs", "what search knows is kept from build to build"),
    ("src/engine/live.rs", "an index under serve is never written to a folder"),
    ("src/engine/asking.rs", "the index of a site that nobody built"),
    ("src/cli/search.rs", "questions and answers on the command line"),
];

/// Files longer than [`LONGEST`]: file, why.
const LONG: &[(&str, &str)] = &[];
const LONGEST: usize = 600;

/// Where a word may stand besides the tests: files or folders, each with why.
struct Kept {
    words: &'static [&'static str],
    places: &'static [(&'static str, &'static str)],
}

const CLOCK: Kept = Kept {
    words: &["SystemTime::now", "Instant::now", "Timestamp::now", "Zoned::now"],
    places: &[
        ("src/source/disk.rs", "the only date that reaches an output"),
        ("src/engine/", "how long the steps took, for the report"),
        ("src/reactions/clock.rs", "when members did something; everything else is handed the time"),
        ("src/reactions/store/postgres.rs", "waiting for a connection that others have"),
        ("src/reactions/password.rs", "waiting for a place among passwords that are worked on"),
        ("src/reactions/rebuild.rs", "how long a build may take"),
        ("src/reactions/routes/mod.rs", "how long an answer took, for the counters"),
        ("src/serve/", "waiting for bursts and slow connections"),
        ("src/cli/", "which answers of other sites are still fresh"),
    ],
};

const DISK: Kept = Kept {
    words: &["std::fs", "File::open", "OpenOptions"],
    places: &[
        ("src/source/disk.rs", "the door to the sources"),
        ("src/write/", "the door to the output folder"),
        ("src/engine/cache.rs", "the ledger"),
        ("src/check/cache.rs", "the memory of links that worked"),
        ("src/body/grammars.rs", "the library of grammars reads files only, so it is given one"),
        ("src/reactions/mail/deliver.rs", "without a mail server every mail is a file"),
        ("src/reactions/private.rs", "files that nobody but the endpoint may read"),
        ("src/reactions/setup.rs", "the folder of the endpoint and its key"),
        ("src/reactions/site.rs", "the built site, of which the endpoint takes its looks"),
        ("src/reactions/store/sqlite.rs", "the file of the database, for nobody but the endpoint"),
        ("src/reactions/http/listen.rs", "a socket in the file system"),
        ("src/serve/", "copies are answered from where they lie; folders are listed to watch them"),
        ("src/cli/", "a new site; the text around complaints"),
    ],
};

const ENVIRONMENT: Kept = Kept {
    words: &["std::env", "env::var", "env::temp_dir", "env::current_exe", "env::args"],
    places: &[
        ("src/source/disk.rs", "the door to the environment, for `get_env`"),
        ("src/cli/", "how the terminal looks"),
        ("src/engine/cache.rs", "the identity of this very program"),
        ("src/body/grammars.rs", "where a grammar waits for the library that reads files only"),
    ],
};

const STATE: Kept = Kept {
    words: &["thread_local!", "static mut", "Mutex<", "RwLock<", "Atomic", "Cell<", "OnceLock<"],
    places: &[
        ("src/template/scope.rs", "template languages hand a function no caller"),
        (
            "src/template/tera1.rs",
            "what Tera 1 is handed it owns, so a thread keeps what holds the settings already",
        ),
        ("src/body/grammars.rs", "grammars are loaded once for all builds of one process"),
        ("src/engine/cache.rs", "the codes of complaints are names for ever"),
    ],
};

const TOP: &[&str] = &[
    "ARCHITECTURE.md",
    "BENCHMARKS.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "clippy.toml",
    "content",
    "rustfmt.toml",
    "search-index",
    "src",
    "tests",
    "themes",
    "zola.toml",
];
/// Agreed, but not there yet in every state of this repository.
const PERHAPS: &[&str] = &["BENCHMARKS.md", "README.md", "search-index"];

/// Licences whose code may become part of a program under EUPL-1.2 that is handed out as a whole.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// One file of the program.
struct Source {
    path: String,
    /// The room it is in; none for `lib.rs` and `main.rs`.
    room: Option<String>,
    text: String,
    /// The text without remarks and tests, line by line; empty for a file that is only there for tests.
    code: Vec<String>,
    /// The same of the tests.
    tests: Vec<String>,
}

impl Source {
    fn new(path: &str, text: String, for_tests: bool) -> Self {
        let room = path.strip_prefix("src/").and_then(|below| below.split_once('/'));
        let lines: Vec<String> = text.lines().map(|line| without_remark(line).to_owned()).collect();
        let cut = if for_tests { 0 } else { tests_begin(&lines) };
        let (code, tests) = lines.split_at(cut);
        let (code, tests) = (code.to_vec(), tests.to_vec());
        Source { path: path.to_owned(), room: room.map(|(room, _)| room.to_owned()), text, code, tests }
    }

    /// How many modules deep it is.
    fn depth(&self) -> usize {
        let below = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        below.trim_end_matches("/mod").split('/').count()
    }
}

fn without_remark(line: &str) -> &str {
    if line.trim_start().starts_with("//") {
        return "";
    }
    line.split_once(" // ").map_or(line, |(code, _)| code)
}

/// The line at which the module of tests in a file begins. It is the last thing in a file.
fn tests_begin(lines: &[String]) -> usize {
    let begins = |at: &usize| {
        lines[*at].trim() == "#[cfg(test)]" && lines.get(at + 1).is_some_and(|next| next.ends_with('{'))
    };
    (0..lines.len()).find(begins).unwrap_or(lines.len())
}

fn sources() -> Vec<Source> {
    let root = repository();
    let paths: Vec<String> = rust_files(&root.join("src")).iter().map(|path| format!("src/{path}")).collect();
    let texts: BTreeMap<String, String> = paths
        .into_iter()
        .map(|path| (path.clone(), std::fs::read_to_string(root.join(&path)).expect("readable")))
        .collect();
    let only_tests: BTreeSet<String> = texts.iter().flat_map(|(path, text)| for_tests(path, text)).collect();
    let is_test = |path: &str| {
        let within = |test: &String| {
            path.strip_prefix(test.trim_end_matches(".rs")).is_some_and(|rest| rest.starts_with('/'))
        };
        only_tests.contains(path) || only_tests.iter().any(within)
    };
    texts.into_iter().map(|(path, text)| Source::new(&path, text, is_test(&path))).collect()
}

fn rust_files(folder: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let paths = files.filter_map(|file| Some(file.path().strip_prefix(folder).ok()?.to_str()?.to_owned()));
    paths.filter(|path| path.ends_with(".rs")).collect()
}

/// The files that a file takes in for its tests only; what lies in a folder of theirs is theirs.
fn for_tests(path: &str, text: &str) -> Vec<String> {
    let folder = path.trim_end_matches(".rs").trim_end_matches("/mod");
    let lines: Vec<&str> = text.lines().collect();
    let declared = lines.windows(2).filter(|pair| {
        (pair[0] == "#[cfg(test)]" || pair[0].starts_with("#[cfg(all(test,")) && pair[1].ends_with(';')
    });
    let names = declared.filter_map(|pair| pair[1].trim_end_matches(';').rsplit(' ').next());
    names.map(|name| format!("{folder}/{name}.rs")).collect()
}

#[track_caller]
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    let mut faults = Vec::new();
    let root = repository();
    let tests = rust_files(&root.join("tests")).into_iter().map(|path| format!("tests/{path}"));
    let tests =
        tests.map(|path| (path.clone(), std::fs::read_to_string(root.join(&path)).expect("readable")));
    for (path, text) in sources().into_iter().map(|source| (source.path, source.text)).chain(tests) {
        let head = text.lines().take_while(|line| line.starts_with("//!") && line.trim() != "//!");
        let head: Vec<&str> = head.map(|line| line.trim_start_matches("//!").trim()).collect();
        let sentence = head.join(" ");
        let starts = sentence.chars().next().is_some_and(|first| !first.is_lowercase() && first != '(');
        if !starts || !(sentence.contains(". ") || sentence.ends_with('.')) {
            faults.push(format!("{path}: opens without a sentence in `//!`"));
        }
    }
    none(&faults);
}

/// What the lines of a file import from the crate: `room` or `room::item`, with the line.
fn imports(lines: &[String]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        for (start, word) in line.match_indices("crate::") {
            let rest = &line[start + word.len()..];
            let inside = line[..start].ends_with(|before: char| before.is_alphanumeric() || before == '_');
            if !inside && !line[..start].ends_with("pub(in ") {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
                let path = rest[..end.unwrap_or(rest.len())].trim_end_matches(':');
                found.push((at + 1, if path.is_empty() { rest.to_owned() } else { path.to_owned() }));
            }
        }
    }
    found
}

#[test]
fn rooms_import_only_what_they_may() {
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for source in sources() {
        let Some(room) = &source.room else { continue };
        let Some(at) = ROOMS.iter().position(|(name, _)| name == room) else {
            faults.push(format!("{}: the room `{room}` is not in the table", source.path));
            continue;
        };
        for (line, path) in imports(&source.code) {
            let target = path.split("::").next().unwrap_or_default();
            let door = DOORS.iter().position(|(file, opens, _)| {
                *file == source.path && (path == *opens || path.starts_with(&format!("{opens}::")))
            });
            used.extend(door);
            if target != room && !ROOMS[at].1.contains(&target) && door.is_none() {
                faults.push(format!("{}:{line}: `{room}` may not import `{path}`", source.path));
            }
        }
        // Tests may prepare what they need with any room that comes earlier, and not with one that comes later.
        for (line, path) in imports(&source.tests) {
            let target = path.split("::").next().unwrap_or_default();
            let earlier = ROOMS[..=at].iter().any(|(name, _)| *name == target);
            let allowed = earlier || ROOMS[at].1.contains(&target);
            let door = DOORS.iter().any(|(file, opens, _)| {
                file.trim_end_matches(".rs").starts_with(&format!("src/{room}/")) && path.starts_with(opens)
            });
            if !allowed && !door {
                faults.push(format!("{}: a test imports `{path}` (line {line} of the tests)", source.path));
            }
        }
        for (line, text) in source.code.iter().enumerate() {
            if text.contains(&"super::".repeat(source.depth())) {
                faults.push(format!("{}:{}: leaves its room by `super`", source.path, line + 1));
            }
        }
    }
    let idle = (0..DOORS.len()).filter(|door| !used.contains(door));
    faults.extend(idle.map(|door| format!("nobody goes through {:?} any more", DOORS[door])));
    none(&faults);
}

#[test]
fn the_search_is_named_where_it_is_made_and_asked() {
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for source in sources() {
        let leave = SEARCH.iter().position(|(place, _)| source.path.starts_with(place));
        for (at, line) in
            source.code.iter().enumerate().filter(|(_, line)| line.contains("praktijk_search::"))
        {
            match leave {
                Some(leave) => _ = used.insert(leave),
                None => faults.push(format!("{}:{}: {}", source.path, at + 1, line.trim())),
            }
        }
    }
    let idle = (0..SEARCH.len()).filter(|place| !used.contains(place));
    faults.extend(idle.map(|place| format!("no longer needed: {:?}", SEARCH[place])));
    none(&faults);
}

#[test]
fn every_room_is_in_the_tables() {
    let library = std::fs::read_to_string(repository().join("src/lib.rs")).expect("readable");
    let house = std::fs::read_to_string(repository().join("ARCHITECTURE.md")).expect("readable");
    let mut faults = Vec::new();
    let mut before = 0;
    for (room, _) in ROOMS {
        // The name of a room can be that of a macro too.
        match library.replace("[`mod@", "[`").find(&format!("//! | [`{room}`] |")) {
            Some(at) if at > before => before = at,
            Some(_) => faults.push(format!("src/lib.rs: `{room}` stands in another order than here")),
            None => faults.push(format!("src/lib.rs: no row for `{room}`")),
        }
        if !house.contains(&format!("| `{room}` |")) {
            faults.push(format!("ARCHITECTURE.md: no row for `{room}`"));
        }
    }
    none(&faults);
}

#[test]
fn every_module_is_in_the_table_of_its_head() {
    let mut faults = Vec::new();
    for source in sources() {
        let head: String = source.text.lines().take_while(|line| line.starts_with("//!")).collect();
        if source.room.is_none() || !head.contains("| file |") && !head.contains("|---|") {
            continue;
        }
        for line in &source.code {
            let declared =
                line.trim_start_matches("pub ").trim_start_matches("pub(crate) ").strip_prefix("mod ");
            let Some(name) = declared.and_then(|rest| rest.strip_suffix(';')) else { continue };
            let said = [format!("`{name}`"), format!("`mod@{name}`"), format!("/{name}`")];
            let only_tests = ["tests", "testing", "fixture", "fake"].contains(&name);
            if !only_tests && !said.iter().any(|word| head.contains(word)) {
                faults.push(format!("{}: the head does not name `{name}`", source.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn no_file_is_long() {
    let mut faults = Vec::new();
    for source in sources() {
        let (lines, excused) = (source.code.len(), LONG.iter().any(|(path, _)| *path == source.path));
        if (lines > LONGEST) != excused {
            faults.push(format!("{}: {lines} lines, excused: {excused}", source.path));
        }
    }
    none(&faults);
}

/// Every place outside of tests where one of the words stands and may not, and every place that needs no leave any more.
fn strays(kept: &Kept, applies: impl Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for source in sources() {
        let leave = kept.places.iter().position(|(place, _)| source.path.starts_with(place));
        for (at, line) in source.code.iter().enumerate() {
            if !applies(line) || !kept.words.iter().any(|word| line.contains(word)) {
                continue;
            }
            match leave {
                Some(leave) => _ = used.insert(leave),
                None => faults.push(format!("{}:{}: {}", source.path, at + 1, line.trim())),
            }
        }
    }
    let idle = (0..kept.places.len()).filter(|place| !used.contains(place));
    faults.extend(idle.map(|place| format!("no longer needed: {:?}", kept.places[place])));
    faults
}

#[test]
fn the_clock_is_read_where_no_output_sees_it() {
    none(&strays(&CLOCK, |_| true));
}

#[test]
fn the_disk_has_few_doors() {
    none(&strays(&DISK, |_| true));
}

#[test]
fn the_environment_has_few_doors() {
    none(&strays(&ENVIRONMENT, |_| true));
}

#[test]
fn state_is_passed_by_hand() {
    let is_static = |line: &str| {
        let line = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        line.starts_with("static ") || line.starts_with("thread_local!")
    };
    none(&strays(&STATE, is_static));
}

#[test]
fn every_silenced_lint_says_why() {
    let mut faults = Vec::new();
    for (path, text) in rust_texts() {
        for word in [
            concat!("#[", "expect("),
            concat!("#[", "allow("),
            concat!("#![", "expect("),
            concat!("#![", "allow("),
        ] {
            for (at, _) in text.match_indices(word) {
                let attribute = &text[at..at + text[at..].find(")]").unwrap_or(text.len() - at)];
                let line = text[..at].lines().count() + 1;
                if !attribute.contains("reason = \"") {
                    faults.push(format!("{path}:{line}: no reason"));
                }
                if attribute.contains("allow(") {
                    faults.push(format!(
                        "{path}:{line}: `expect` tells when it is no longer needed; `allow` does not"
                    ));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn nothing_is_left_for_later() {
    let words = [
        concat!("to", "do!"),
        concat!("FIX", "ME"),
        concat!("TO", "DO"),
        concat!("unimple", "mented!"),
        concat!("(to be ", "written)"),
    ];
    let mut faults = Vec::new();
    for (path, text) in rust_texts() {
        for (at, line) in text.lines().enumerate() {
            if words.iter().any(|word| line.contains(word)) {
                faults.push(format!("{path}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    none(&faults);
}

#[test]
fn outside_of_tests_nothing_panics_on_purpose() {
    let words = [".unwrap()", ".expect(", "panic!(", "unreachable!(", "process::abort"];
    let mut faults = Vec::new();
    for source in sources() {
        for (at, line) in source.code.iter().enumerate() {
            if words.iter().any(|word| line.contains(word)) {
                faults.push(format!("{}:{}: {}", source.path, at + 1, line.trim()));
            }
        }
    }
    none(&faults);
}

#[test]
fn rooms_have_names_that_say_something() {
    let vague = ["utils", "util", "helpers", "helper", "common", "manager", "misc2", "stuff"];
    let mut faults = Vec::new();
    for source in sources() {
        let parts = source.path.trim_end_matches(".rs").split('/');
        faults.extend(
            parts.filter(|part| vague.contains(part)).map(|part| format!("{}: `{part}`", source.path)),
        );
    }
    none(&faults);
}

fn rust_texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for folder in ["src", "tests"] {
        for path in rust_files(&repository().join(folder)) {
            let text = std::fs::read_to_string(repository().join(folder).join(&path)).expect("readable");
            texts.push((format!("{folder}/{path}"), text));
        }
    }
    texts
}

#[test]
fn every_path_in_the_guides_is_there() {
    let mut faults = Vec::new();
    for guide in ["README.md", "ARCHITECTURE.md"] {
        let Ok(text) = std::fs::read_to_string(repository().join(guide)) else { continue };
        for path in named_paths(&text) {
            if !repository().join(path.trim_end_matches('/')).exists() {
                faults.push(format!("{guide}: there is no {path}"));
            }
        }
    }
    none(&faults);
}

/// What a guide names between backticks or as the target of a link, and that looks like a path of this repository.
fn named_paths(text: &str) -> BTreeSet<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    let linked = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let first = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
    let ours = |path: &&str| {
        let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
        // What a build makes, and what a theme to come will hold, is in no checkout.
        let made = ["public", "target"].contains(&first(path).as_str());
        let shouted =
            path.split(['/', '.']).any(|part| part.len() > 1 && part.chars().all(|c| c.is_ascii_uppercase()));
        let guide = path.ends_with(".md") && !path.contains('/');
        let top =
            TOP.contains(&first(path).as_str()) || [".ci", ".gitignore"].contains(&first(path).as_str());
        plain && !made && top && (guide || !shouted) && !PERHAPS.contains(&first(path).as_str())
    };
    quoted.chain(linked).filter(ours).map(str::to_owned).collect()
}

/// The files that Git knows or would take in; none outside of a checkout.
fn tracked() -> Option<Vec<String>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]).current_dir(repository());
    let output = git.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let paths = text.split('\0').filter(|path| !path.is_empty() && repository().join(path).exists());
    Some(paths.map(str::to_owned).collect())
}

#[test]
fn the_top_of_the_repository_is_tidy() {
    let Some(paths) = tracked() else {
        eprintln!("left out: this is no checkout of Git");
        return;
    };
    let top: BTreeSet<&str> = paths.iter().filter_map(|path| path.split('/').next()).collect();
    let mut faults = Vec::new();
    let strange = top.iter().filter(|name| !name.starts_with('.') && !TOP.contains(name));
    faults.extend(strange.map(|name| format!("`{name}` is not on the list")));
    let missing = TOP.iter().filter(|name| !top.contains(*name) && !PERHAPS.contains(name));
    faults.extend(missing.map(|name| format!("`{name}` is not there")));
    none(&faults);
}

#[test]
fn every_module_of_tests_runs() {
    let suite = std::fs::read_to_string(repository().join("tests/suite.rs")).expect("readable");
    let mut faults = Vec::new();
    for path in rust_files(&repository().join("tests")) {
        let module = path.trim_end_matches(".rs").trim_end_matches("/mod");
        let (folder, name) = module.rsplit_once('/').unwrap_or(("", module));
        // What lies in a folder with a `Cargo.toml` of its own is another program.
        let alone = Path::new(&path)
            .ancestors()
            .skip(1)
            .any(|up| repository().join("tests").join(up).join("Cargo.toml").exists());
        if name == "suite" || name == "main" || alone {
            continue;
        }
        let parents = match folder {
            "" => vec!["suite.rs".to_owned()],
            folder => vec![format!("{folder}.rs"), format!("{folder}/mod.rs"), format!("{folder}/main.rs")],
        };
        let declared = parents.iter().any(|parent| {
            let text = if parent == "suite.rs" {
                Ok(suite.clone())
            } else {
                std::fs::read_to_string(repository().join("tests").join(parent))
            };
            text.is_ok_and(|text| {
                text.lines()
                    .any(|line| line.trim().trim_start_matches("pub(crate) ") == format!("mod {name};"))
            })
        });
        if !declared {
            faults.push(format!("tests/{path}: in no module, so it never runs"));
        }
    }
    none(&faults);
}

#[test]
fn nothing_names_the_machine_it_was_written_on() {
    let folders = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("C:\\Us", "ers"),
    ];
    let hosts = [
        concat!(".inter", "nal/"),
        concat!(".inter", "nal:"),
        concat!("spar", "se+"),
        concat!("[reg", "istries"),
        concat!("replace-", "with"),
    ];
    let mut faults = Vec::new();
    for path in tracked().unwrap_or_default() {
        let Ok(text) = std::fs::read_to_string(repository().join(&path)) else { continue };
        for (at, line) in text.lines().enumerate() {
            let named = folders.iter().any(|folder| {
                line.match_indices(folder).any(|(start, _)| {
                    !line[..start].ends_with(|c: char| c.is_alphanumeric() || "}._-~".contains(c))
                })
            });
            if named || hosts.iter().any(|host| line.contains(host)) {
                faults.push(format!("{path}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    let lock = std::fs::read_to_string(repository().join("Cargo.lock")).expect("readable");
    let elsewhere = lock.lines().filter(|line| line.starts_with("source = "));
    let elsewhere = elsewhere.filter(|line| !line.contains("https://github.com/rust-lang/crates.io-index"));
    faults.extend(elsewhere.map(|line| format!("Cargo.lock: {line}")));
    none(&faults);
}

#[test]
fn every_licence_fits_ours() {
    let cargo = || Command::new(env!("CARGO"));
    let version = cargo().args(["version", "--verbose"]).output().expect("cargo runs");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let mut metadata = cargo();
    metadata.args(["metadata", "--offline", "--format-version", "1", "--filter-platform", host]);
    let output = metadata.current_dir(repository()).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "{}", packages.len());
    let mut faults = Vec::new();
    for package in packages {
        let licence = package["license"].as_str().unwrap_or_default();
        if !fits(licence) {
            faults.push(format!("{} {}: `{licence}`", package["name"], package["version"]));
        }
    }
    none(&faults);
}

/// Whether an SPDX expression leaves a choice that fits: one side of every `OR`, both sides of every `AND`.
fn fits(licence: &str) -> bool {
    let spaced = licence.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let fits = any(&words, &mut at);
    fits && at == words.len()
}

fn any(words: &[&str], at: &mut usize) -> bool {
    let mut fits = all(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        fits |= all(words, at);
    }
    fits
}

fn all(words: &[&str], at: &mut usize) -> bool {
    let mut fits = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        fits &= one(words, at);
    }
    fits
}

fn one(words: &[&str], at: &mut usize) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word == "(" {
        let fits = any(words, at);
        *at += 1;
        return fits;
    }
    // An exception only ever allows more.
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
    }
    LICENCES.contains(&word)
}

#[test]
fn expressions_of_licences_are_read_right() {
    for (licence, expected) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0-only OR MIT", true),
        ("GPL-3.0-only AND MIT", false),
        ("(GPL-3.0-only OR MIT) AND Unicode-3.0", true),
        ("GPL-3.0-only OR MIT AND AGPL-3.0-only", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("SSPL-1.0", false),
        ("", false),
    ] {
        assert_eq!(fits(licence), expected, "{licence}");
    }
}
