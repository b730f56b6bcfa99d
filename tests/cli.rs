//! The commands as people and programs use them: their words, what they say, where they say it, and their exit codes.

mod links;

use std::path::Path;
use std::process::Output;

use crate::support;

const SITE: &[(&str, &str)] = &[
    ("zola.toml", "base_url = \"https://voorbeeld.example\"\ntitle = \"Voorbeeld\"\n"),
    ("content/_index.md", "+++\ntitle = \"Thuis\"\n+++\n"),
    ("content/een.md", "+++\ntitle = \"Een\"\n+++\nTekst.\n"),
    ("content/concept.md", "+++\ntitle = \"Concept\"\ndraft = true\n+++\nNog niet.\n"),
    ("templates/index.html", "<p>\n  <a href=\"{{ config.base_url }}\">{{ section.title }}</a>\n</p>\n"),
    ("templates/page.html", "<h1>{{ page.title }}</h1>\n\n<!-- weg -->\n<p>{{ page.permalink }}</p>\n"),
];

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    support::write_all(folder.path(), SITE);
    folder
}

fn run(folder: &Path, words: &[&str]) -> Output {
    support::praktijk(folder).args(words).output().expect("runs")
}

/// Runs a command that must go well, and gives what it said on standard output and on standard error.
#[track_caller]
fn well(folder: &Path, words: &[&str]) -> (String, String) {
    let output = run(folder, words);
    assert_eq!(output.status.code(), Some(0), "{words:?}: {}", support::said(&output));
    texts(&output)
}

/// Runs a command that must fail in this way, and gives what it said on standard error.
#[track_caller]
fn badly(folder: &Path, words: &[&str], code: i32) -> String {
    let output = run(folder, words);
    assert_eq!(output.status.code(), Some(code), "{words:?}: {}", support::said(&output));
    texts(&output).1
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    (text(&output.stdout), text(&output.stderr))
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path).expect("there")
}

#[test]
fn init_makes_a_site_that_builds() {
    let folder = tempfile::tempdir().expect("a folder");
    let (said, _) = well(folder.path(), &["init", "nieuw"]);
    assert!(said.contains("nieuw") && said.contains("praktijk serve"), "{said}");
    let site = folder.path().join("nieuw");
    for name in ["content", "static", "templates", "themes", "sass"] {
        assert!(site.join(name).is_dir(), "{name}");
    }
    assert!(read(site.join("zola.toml")).contains("base_url = \"https://example.com\"\n"));
    well(&site, &["build"]);
    assert!(site.join("public/index.html").is_file());
}

#[test]
fn init_overwrites_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    support::write_all(folder.path(), &[(".git/HEAD", "ref"), (".gitignore", "public\n")]);
    well(folder.path(), &["init"]);
    let said = badly(folder.path(), &["init"], 2);
    assert!(said.contains("not empty") && said.contains("--force"), "{said}");

    let other = tempfile::tempdir().expect("a folder");
    support::write_all(other.path(), &[("content/oud.md", "oud"), ("lees.txt", "mij")]);
    assert!(badly(other.path(), &["init"], 2).contains("This folder is not empty"));
    assert!(!other.path().join("zola.toml").exists());
    well(other.path(), &["init", "--force"]);
    assert_eq!(read(other.path().join("content/oud.md")), "oud");
    assert!(badly(other.path(), &["init", "--force"], 2).contains("was left as it is"));

    support::write_all(other.path(), &[("bestand", "")]);
    assert!(badly(other.path(), &["init", "bestand"], 2).contains("`bestand`"));
}

#[test]
fn the_base_url_can_be_another() {
    let folder = site();
    well(folder.path(), &["build", "-u", "https://proef.example/sub/"]);
    let page = read(folder.path().join("public/een/index.html"));
    assert!(page.contains("<p>https://proef.example/sub/een/</p>"), "{page}");
    well(folder.path(), &["build"]);
    let page = read(folder.path().join("public/een/index.html"));
    assert!(page.contains("<p>https://voorbeeld.example/een/</p>"), "{page}");
}

#[test]
fn another_output_folder_is_emptied_only_by_force() {
    let folder = site();
    let strange = folder.path().join("buiten");
    well(folder.path(), &["build", "-o", "buiten"]);
    assert!(strange.join("een/index.html").is_file());
    assert!(!folder.path().join("public").exists());

    support::write_all(&strange, &[("foto.jpg", "van mij")]);
    let said = badly(folder.path(), &["build", "-o", "buiten"], 2);
    assert!(said.contains("`buiten`") && said.contains("--force"), "{said}");
    assert_eq!(read(strange.join("foto.jpg")), "van mij");

    well(folder.path(), &["build", "-o", "buiten", "--force"]);
    assert!(!strange.join("foto.jpg").exists());

    std::fs::create_dir(folder.path().join("leeg")).expect("made");
    well(folder.path(), &["build", "--output-dir", "leeg"]);
    well(folder.path(), &["build"]);
    well(folder.path(), &["build", "-o", "public"]);

    let said = badly(folder.path(), &["build", "-o", ".", "--force"], 2);
    assert!(said.contains("holds the sources"), "{said}");
    assert!(folder.path().join("zola.toml").is_file());
}

#[test]
fn drafts_only_when_asked_for() {
    let folder = site();
    let draft = folder.path().join("public/concept/index.html");
    well(folder.path(), &["build", "--drafts"]);
    assert!(draft.is_file());
    well(folder.path(), &["build"]);
    assert!(!draft.exists());
    std::fs::write(folder.path().join("content/concept.md"), "+++\ndraft = true\n+++\n[x](@/weg.md)")
        .expect("written");
    well(folder.path(), &["check"]);
    assert!(badly(folder.path(), &["check", "--drafts"], 1).contains("@/weg.md"));
}

#[test]
fn minify_makes_it_smaller() {
    let folder = site();
    well(folder.path(), &["build"]);
    let page = folder.path().join("public/een/index.html");
    let whole = read(&page);
    assert!(whole.contains("<!-- weg -->\n"), "{whole}");
    well(folder.path(), &["build", "--minify"]);
    let small = read(&page);
    assert!(!small.contains('\n') && !small.contains("weg") && small.contains("<h1>Een</h1>"), "{small}");
}

#[test]
fn explain_and_timings() {
    let folder = site();
    let (first, _) = well(folder.path(), &["build", "--explain"]);
    assert!(first.lines().any(|line| line.starts_with("page een.md: ")), "{first}");
    let (second, _) = well(folder.path(), &["build", "--explain"]);
    assert!(second.starts_with("0 done, "), "{second}");
    std::fs::write(folder.path().join("content/een.md"), "+++\ntitle = \"Een\"\n+++\nAnders.\n")
        .expect("written");
    let (third, _) = well(folder.path(), &["build", "--explain"]);
    assert!(third.contains("text een.md: ") && !third.contains("concept"), "{third}");
    let (times, _) = well(folder.path(), &["build", "--timings"]);
    let last = times.lines().last().expect("times");
    assert!(last.trim_start().starts_with("total ") && last.ends_with(" ms"), "{times}");
}

#[test]
fn no_cache_forgets() {
    let folder = site();
    well(folder.path(), &["build", "--no-cache"]);
    assert!(!folder.path().join(".praktijk").exists());
    well(folder.path(), &["build"]);
    assert!(folder.path().join(".praktijk/ledger").is_file());
    let (explained, _) = well(folder.path(), &["build", "--no-cache", "--explain"]);
    assert!(explained.ends_with(" 0 reused.\n"), "{explained}");
}

#[test]
fn the_settings_are_found_from_below_and_by_name() {
    let folder = site();
    let below = folder.path().join("content/diep/dieper");
    std::fs::create_dir_all(&below).expect("made");
    well(&below, &["build"]);
    assert!(folder.path().join("public/een/index.html").is_file());
    assert!(!below.join("public").exists());

    support::write_all(
        folder.path(),
        &[
            ("proef.toml", "base_url = \"https://proef.example\"\noutput_dir = \"proef\"\n"),
            (
                "config.toml",
                "base_url = \"https://terugval.example\"\n[extra.praktijk]\ndialect = \"0.23\"\n",
            ),
        ],
    );
    let page = |output: &str| read(folder.path().join(output).join("een/index.html"));
    well(&below, &["-c", "proef.toml", "build"]);
    assert!(page("proef").contains("https://proef.example/een/"));
    well(folder.path(), &["build"]);
    assert!(page("public").contains("https://voorbeeld.example/een/"), "zola.toml goes before config.toml");
    std::fs::remove_file(folder.path().join("zola.toml")).expect("removed");
    well(folder.path(), &["build"]);
    assert!(page("public").contains("https://terugval.example/een/"));

    let elsewhere = tempfile::tempdir().expect("a folder");
    well(elsewhere.path(), &["--root", &below.display().to_string(), "build"]);
    assert!(badly(elsewhere.path(), &["build"], 2).contains("--root"));
}

#[test]
fn check_writes_nothing() {
    let folder = site();
    let before = support::tree(folder.path());
    let (said, told) = well(folder.path(), &["check", "--skip-external-links"]);
    assert_eq!(
        (said.as_str(), told.as_str()),
        ("", "Checked 1 page and 1 section: links to other sites left alone.\n")
    );
    assert_eq!(support::tree(folder.path()), before);
    std::fs::write(folder.path().join("templates/page.html"), "{{ page.weg.weg }}").expect("written");
    assert!(badly(folder.path(), &["check", "--skip-external-links"], 1).contains("templates/page.html"));
}

#[test]
fn completion_for_each_shell() {
    let folder = tempfile::tempdir().expect("a folder");
    for (shell, mark) in
        [("bash", "complete -F"), ("zsh", "#compdef praktijk"), ("fish", "complete -c praktijk")]
    {
        let (said, told) = well(folder.path(), &["completion", shell]);
        assert!(
            said.contains(mark) && said.contains("skip-external-links") && told.is_empty(),
            "{shell}: {said}"
        );
    }
    assert!(badly(folder.path(), &["completion", "tsch"], 2).contains("tcsh") || cfg!(unix));
}

#[test]
fn usage_errors_exit_with_2() {
    let folder = site();
    for (words, part) in [
        (&[][..], "Usage:"),
        (&["bouw"], "unrecognized subcommand 'bouw'"),
        (&["build", "--draft"], "--drafts"),
        (&["build", "--report", "xml"], "annotations"),
        (&["build", "-o"], "<OUTPUT_DIR>"),
        (&["serve", "--port", "99999999"], "99999999"),
        (&["serve", "--debounce", "0"], "0"),
    ] {
        let said = badly(folder.path(), words, 2);
        assert!(said.contains(part), "{words:?}: {said}");
    }
    assert!(!folder.path().join("public").exists());
    let (help, told) = well(folder.path(), &["--help"]);
    assert!(help.contains("init") && help.contains("EUPL-1.2") && told.is_empty(), "{help}");
    let (version, _) = well(folder.path(), &["--version"]);
    assert_eq!(version, format!("praktijk {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn quiet_in_a_pipe() {
    let folder = site();
    let piped = |words: &[&str]| {
        let mut command = support::praktijk(folder.path());
        command.env("TERM", "xterm-256color").env("LC_ALL", "C.UTF-8").env("COLORTERM", "truecolor");
        let output = command.args(words).output().expect("runs");
        let (said, told) = texts(&output);
        assert!(!told.contains('\u{1b}') && !told.contains('\r') && said.is_empty(), "{told}");
        told
    };
    let told = piped(&["build"]);
    assert!(told.starts_with("Built 1 page") && told.lines().count() == 1, "{told}");
    std::fs::write(folder.path().join("content/een.md"), "+++\ntitel\n+++\n[x](@/weg.md)").expect("written");
    assert!(piped(&["build"]).contains("content/een.md:2:"));
    let mut coloured = support::praktijk(folder.path());
    let output =
        coloured.env("TERM", "xterm").env("CLICOLOR_FORCE", "1").arg("build").output().expect("runs");
    assert!(texts(&output).1.contains('\u{1b}'), "colours can be had in a pipe too");
}

#[test]
fn reports_for_programs() {
    let folder = site();
    support::write_all(
        folder.path(),
        &[("content/een.md", "+++\ntitle = \"Een\"\ntitel = 1\n+++\nZie\n[dit, 100%](@/weg.md).\n")],
    );
    let report = |form: &str| {
        let output = run(folder.path(), &["--report", form, "build"]);
        assert_eq!(output.status.code(), Some(1));
        let (said, told) = texts(&output);
        assert_eq!(told, "", "{form}");
        said
    };
    let lines: Vec<serde_json::Value> =
        report("json").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told = |line: &serde_json::Value| {
        let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        (text("severity"), text("code"), text("file"), line["line"].as_u64(), line["column"].as_u64())
    };
    let expected = [("warning", "front-matter/unknown-key", 3, 1), ("error", "link/missing", 6, 13)].map(
        |(severity, code, line, column)| {
            (severity.to_owned(), code.to_owned(), "content/een.md".to_owned(), Some(line), Some(column))
        },
    );
    assert_eq!(lines.iter().map(told).collect::<Vec<_>>(), expected);
    assert!(lines.iter().all(|line| line["hints"].as_array().is_some_and(|hints| !hints.is_empty())));

    let annotations = report("annotations");
    let lines: Vec<&str> = annotations.lines().collect();
    assert_eq!(lines.len(), 2, "{annotations}");
    assert!(lines[0].starts_with("::warning file=content/een.md,line=3,col=1,"), "{annotations}");
    assert!(lines[1].starts_with("::error file=content/een.md,line=6,col=13,"), "{annotations}");
    assert!(lines[1].contains("title=link/missing::The link `@/weg.md` leads nowhere"), "{annotations}");
}
