//! Style sheets, good and bad. What is expected was made by Zola 0.23.3 from the same files.

use std::cell::RefCell;

use super::*;
use crate::base::diagnostic::line_and_column;

/// A site of these files, and what was asked of it.
struct TestSite {
    files: Vec<(&'static str, Vec<u8>)>,
    asked: RefCell<Vec<String>>,
}

impl TestSite {
    fn new(files: &[(&'static str, &str)]) -> Self {
        TestSite {
            files: files.iter().map(|(path, text)| (*path, text.as_bytes().to_vec())).collect(),
            asked: RefCell::default(),
        }
    }

    fn compile(&self, path: &str) -> Result<String, Diagnostic> {
        compile(&SourcePath::new(path), &|path| {
            self.asked.borrow_mut().push(path.as_str().to_owned());
            self.files
                .iter()
                .find(|(known, _)| *known == path.as_str())
                .map(|(_, bytes)| bytes.as_slice().into())
        })
    }

    /// Compiles `sass/a.scss` and gives code, file, line, column, the text pointed at and the message of its fault.
    fn fault(&self) -> (&'static str, String, (usize, usize), String, String) {
        let fault = self.compile("sass/a.scss").expect_err("a fault");
        assert!(!fault.hints.is_empty());
        let place = fault.place.expect("a place");
        let bytes =
            self.files.iter().find(|(path, _)| *path == place.file.as_str()).map(|(_, bytes)| bytes.clone());
        let bytes = bytes.expect("a file of the site");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let span = place.span.expect("a span");
        let here = String::from_utf8_lossy(&bytes[span.clone()]).into_owned();
        (fault.code, place.file.as_str().to_owned(), line_and_column(&text, span.start), here, fault.message)
    }
}

#[test]
fn a_fault_points_at_its_place() {
    let site = TestSite::new(&[("sass/a.scss", "// één\n.é { color: $none; }\n")]);
    let expected = "The style sheet cannot be compiled: Undefined variable.";
    assert_eq!(site.fault(), ("sass/syntax", "sass/a.scss".into(), (2, 13), "$none".into(), expected.into()));
}

#[test]
fn a_fault_in_an_import_points_there() {
    let site = TestSite::new(&[
        ("sass/a.scss", "@import 'parts/b';"),
        ("sass/parts/_b.sass", "p\n  color: $none\n"),
    ]);
    let (code, file, place, here, _) = site.fault();
    assert_eq!(
        (code, file.as_str(), place, here.as_str()),
        ("sass/syntax", "sass/parts/_b.sass", (2, 10), "$none")
    );
    let fault = site.compile("sass/a.scss").unwrap_err();
    assert_eq!(fault.notes[0].place.file, SourcePath::new("sass/a.scss"));
}

#[test]
fn an_import_that_is_not_there() {
    let site = TestSite::new(&[("sass/a.scss", "b { c: d }\n@import \"gone\";\n")]);
    let (code, _, place, here, _) = site.fault();
    assert_eq!((code, place, here.as_str()), ("sass/missing-import", (2, 9), "\"gone\""));
    assert!(
        site.compile("sass/a.scss").unwrap_err().hints[0]
            .starts_with("Correct the name `gone`, or create that file.")
    );
    let asked = site.asked.borrow();
    assert!(
        asked.contains(&"sass/_gone.scss".to_owned()) && asked.contains(&"sass/gone/_index.sass".to_owned()),
        "{asked:?}"
    );
}

#[test]
fn every_fault_comes_with_a_way_to_mend_it() {
    let hint = |text: &'static str| {
        TestSite::new(&[("sass/a.scss", text)]).compile("sass/a.scss").unwrap_err().hints.remove(0)
    };
    assert!(hint("a { b: $c }").starts_with("Define the variable"));
    assert!(hint("a { @include m }").starts_with("Correct the name, or import"));
    assert!(hint("a { b: x.f(1) }").starts_with("Correct the name, or import"));
    assert!(hint("a { b: c").starts_with("Look here and on the line above"));
    assert!(hint("a { b: (1px + 1s) }").starts_with("Correct the style sheet"));
    assert!(hint("@import 'a';").starts_with("Two files import each other"));
}

#[test]
fn files_that_are_no_text() {
    let mut site = TestSite::new(&[("sass/a.scss", "@import \"b\";"), ("sass/b.scss", "")]);
    site.files[1].1 = b"a{b:\xff}".to_vec();
    let (code, file, place, ..) = site.fault();
    assert_eq!((code, file.as_str(), place), ("sass/not-text", "sass/b.scss", (1, 5)));
    site.files[0].1 = b"\xff".to_vec();
    assert_eq!(site.fault().1, "sass/a.scss");
}

#[test]
fn imports_in_a_ring_and_out_of_the_site() {
    let site = TestSite::new(&[("sass/a.scss", "@import 'b';"), ("sass/b.scss", "@import 'a';")]);
    assert!(site.fault().4.contains("already being loaded"));
    let site = TestSite::new(&[("sass/a.scss", "@import '../../b';")]);
    assert_eq!(site.fault().0, "sass/missing-import");
    assert!(site.asked.borrow().iter().all(|path| !path.contains("..")));
}

#[test]
fn what_the_compiler_breaks_down_on() {
    let site = TestSite::new(&[("sass/a.scss", "a { b: simple-selectors('> a') }")]);
    let fault = site.compile("sass/a.scss").unwrap_err();
    let file = fault.place.map(|place| place.file);
    assert_eq!((fault.code, file), ("sass/gave-up", Some(SourcePath::new("sass/a.scss"))));
}

#[test]
fn a_style_sheet_that_is_not_there() {
    let fault = TestSite::new(&[]).compile("sass/a.scss").unwrap_err();
    assert_eq!(fault.code, "sass/missing");
}

#[test]
fn as_zola_makes_it() {
    let site = TestSite::new(&[
        (
            "sass/site.scss",
            "@use \"vars\" as v;\n@import \"sub/part\";\n$a: 2px;\n.é { color: v.$c; &:hover { margin: $a * 2; } }\n\
             @media (min-width: 10px) { a { b: c } }\n",
        ),
        ("sass/_vars.scss", "$c: #ff0000;\n"),
        ("sass/sub/_part.sass", "@import \"../mixins\"\np\n  color: blue\n  +m\n"),
        ("sass/_mixins.scss", "@mixin m { padding: 1px 1px; }\n"),
    ]);
    let expected = "\u{feff}p{color:blue;padding:1px 1px}.é{color:red}.é:hover{margin:4px}@media (min-width: 10px){a{b:c}}";
    assert_eq!(site.compile("sass/site.scss"), Ok(expected.to_owned()));
}

#[test]
fn a_folder_is_imported_by_its_index_and_a_module_is_one_along_two_ways() {
    let site = TestSite::new(&[
        ("sass/a.scss", "@use 'x';\n@use 'y/../y/b' as *;\n@use 'y/b' as c;\np { q: $n + c.$n }"),
        ("sass/x/_index.scss", "x { y: z }"),
        ("sass/y/b.scss", "$n: 1; m { n: o }"),
    ]);
    assert_eq!(site.compile("sass/a.scss"), Ok("x{y:z}m{n:o}p{q:2}".to_owned()));
}
