//! Compressed copies beside the files, and the site as one ZIP file: whole, the same bytes every time, and made anew only
//! when something changed.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use crate::support;

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "Samen werken aan veiligheid. ".repeat(40);
    support::write_all(
        folder.path(),
        &[
            ("zola.toml", "base_url = \"https://voorbeeld.example/plek\"\ntitle = \"Veilig thuis\"\n"),
            ("content/_index.md", "+++\ntitle = \"Thuis\"\n+++\n"),
            ("content/een.md", &format!("+++\ntitle = \"Een\"\n+++\n{long}\n")),
            ("content/twee.md", &format!("+++\ntitle = \"Twee\"\n+++\n{long}\n")),
            (
                "templates/index.html",
                "<link rel=stylesheet href=\"/plek/stijl.css\"><a href=\"{{ config.base_url }}/een/\">Een</a>",
            ),
            ("templates/page.html", "<a href=\"/plek/\">{{ page.title }}</a>{{ page.content | safe }}"),
            ("static/stijl.css", &"p { color: black }\n".repeat(20)),
            ("static/kort.txt", "kort"),
            ("static/eigen.css", &"a { color: blue }\n".repeat(20)),
            ("static/eigen.css.gz", "van de site zelf"),
        ],
    );
    folder
}

/// Builds, and gives what was done.
#[track_caller]
fn build(folder: &Path, words: &[&str]) -> String {
    let output = support::praktijk(folder).args(["build", "--explain"]).args(words).output().expect("runs");
    assert_eq!(output.status.code(), Some(0), "{}", support::said(&output));
    support::said(&output)
}

fn public(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    support::tree(&folder.join("public"))
}

fn unzipped(file: &Path) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(file).expect("there")).expect("a ZIP file");
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("readable");
        files.insert(file.name().expect("text").into_owned(), String::from_utf8_lossy(&bytes).into_owned());
    }
    files
}

#[test]
fn copies_are_made_once_and_go_with_what_they_are_copies_of() {
    let folder = site();
    build(folder.path(), &["--precompress"]);
    let first = public(folder.path());
    for path in ["een/index.html", "stijl.css"] {
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(first[&format!("{path}.gz")].as_slice())
            .read_to_end(&mut text)
            .expect("gzip");
        assert_eq!(text, first[path], "{path}");
        assert!(first[&format!("{path}.br")].len() < first[&format!("{path}.gz")].len());
    }
    assert!(!first.contains_key("kort.txt.br") && !first.contains_key("kort.txt.gz"), "no gain, no copy");
    assert_eq!(first["eigen.css.gz"], b"van de site zelf", "what the site brings stays");
    assert!(first.contains_key("eigen.css.br"));

    assert!(build(folder.path(), &["--precompress"]).starts_with("0 done"), "nothing is made twice");
    support::write_all(folder.path(), &[("content/twee.md", "+++\ntitle = \"Twee\"\n+++\nKort.\n")]);
    let done = build(folder.path(), &["--precompress"]);
    assert!(done.contains("compressed twee/index.html") && !done.contains("compressed een"), "{done}");

    std::fs::remove_file(folder.path().join("public/een/index.html.br")).expect("removed");
    std::fs::remove_file(folder.path().join("content/twee.md")).expect("removed");
    build(folder.path(), &["--precompress"]);
    let now = public(folder.path());
    assert_eq!(now["een/index.html.br"], first["een/index.html.br"]);
    assert!(!now.keys().any(|path| path.starts_with("twee")), "{:?}", now.keys());

    let cold = site();
    std::fs::remove_file(cold.path().join("content/twee.md")).expect("removed");
    build(cold.path(), &["--precompress"]);
    assert_eq!(public(cold.path()), now);
    build(folder.path(), &[]);
    assert!(!public(folder.path()).contains_key("stijl.css.br"), "no longer wanted");
}

#[test]
fn the_zip_file_leads_from_file_to_file() {
    let folder = site();
    build(folder.path(), &["--precompress", "--zip"]);
    let file = folder.path().join("veilig-thuis.zip");
    let files = unzipped(&file);
    assert_eq!(
        files["index.html"],
        "<link rel=stylesheet href=\"stijl.css\"><a href=\"een/index.html\">Een</a>"
    );
    assert!(files["een/index.html"].starts_with("<a href=\"../index.html\">Een</a>"));
    assert!(!files.contains_key("stijl.css.br") && files.contains_key("stijl.css"));
    let first = std::fs::read(&file).expect("there");
    // Also when nothing had to be built.
    build(folder.path(), &["--precompress", "--zip", "nog-een.zip"]);
    assert_eq!(std::fs::read(folder.path().join("nog-een.zip")).expect("there"), first);
}

#[test]
fn a_zip_file_in_the_output_folder_is_refused() {
    let folder = site();
    let output =
        support::praktijk(folder.path()).args(["build", "--zip", "public/site.zip"]).output().expect("runs");
    assert_eq!(output.status.code(), Some(2), "{}", support::said(&output));
    assert!(support::said(&output).contains("would lie in the output folder"));
}
