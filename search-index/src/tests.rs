//! A whole index: written, read in pieces, asked. The words of texts have tests of their own beside them.

use std::collections::BTreeMap;

use crate::document::{Concept, Facet, Name, Page, Settings, Unit};
use crate::layout::envelope::{self, Holds};
use crate::native::Whole;
use crate::query::request::How;
use crate::query::{Found, Request};
use crate::read::{Answer, Error, Reader};
use crate::write::{Base, Index, index, unpack};

fn page(url: &str, title: &str, text: &str) -> Page {
    Page {
        url: url.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        weight: 100,
        ..Page::default()
    }
}

fn unit(anchor: &str, title: &str, text: &str) -> Unit {
    let (anchor, title, text) = (anchor.to_owned(), title.to_owned(), text.to_owned());
    Unit { anchor, title, headed: true, kind: "section".to_owned(), label: String::new(), text }
}

fn settings() -> Settings {
    let name = |text: &str, as_written| Name { text: text.to_owned(), as_written };
    Settings {
        language: "nl".to_owned(),
        facets: vec![Facet {
            name: "plaats".to_owned(),
            label: "Plaats".to_owned(),
            values: [("delft", "Delft"), ("gouda", "Gouda")]
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .to_vec(),
        }],
        concepts: vec![
            Concept {
                names: vec![name("sociaal wijkteam", false), name("SWT", false), name("gebiedsteam", false)],
            },
            Concept { names: vec![name("Openbaar Ministerie", false), name("OM", true)] },
        ],
    }
}

fn few() -> Vec<Page> {
    let mut first = page("/fiets/", "Fietsen naar school", "Wie fietst er elke dag?");
    first.units = vec![
        unit("veilig", "Veilig op weg", "Een helm en een lamp. Het gebiedsteam helpt."),
        unit("duur", "Wat kost het?", "Een tweedehands fiets kost vijftig euro."),
    ];
    first.facets = vec![("plaats".to_owned(), vec!["delft".to_owned()])];
    let mut second =
        page("/bus/", "Met de bus", "De bus rijdt om het uur. Een helm is niet nodig. Veilig thuis komen.");
    second.facets = vec![("plaats".to_owned(), vec!["gouda".to_owned()])];
    let third = page("/recht/", "Naar de rechter", "Het Openbaar Ministerie beslist. Thuis is het veilig.");
    vec![first, second, third]
}

/// Pages with so many words that their index has many chunks.
fn many(count: usize) -> Vec<Page> {
    let mut state = 7u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let syllables = ["ba", "ket", "lor", "mi", "nus", "po", "ra", "sten", "tu", "vel", "wig", "zo"];
    let mut word = move || {
        let parts = 2 + next() % 3;
        (0..parts).map(|_| syllables[next() % syllables.len()]).collect::<String>()
    };
    let mut text = move |words: usize| (0..words).map(|_| word()).collect::<Vec<String>>().join(" ");
    let page_of = |at: usize| {
        let mut made = page(&format!("/{at}/"), &format!("Bladzijde {at} {}", text(2)), &text(60));
        made.units = vec![unit("een", &text(2), &text(40)), unit("twee", &text(2), &text(40))];
        made
    };
    (0..count).map(page_of).collect()
}

fn asking(query: &str) -> Request {
    Request { query: query.to_owned(), explain: true, ..Request::default() }
}

fn ask(pages: &[Page], query: &str) -> Found {
    Whole::open(&index(pages, &settings()).unwrap()).unwrap().search(&asking(query)).unwrap()
}

fn urls(found: &Found) -> Vec<&str> {
    found.rows.iter().map(|row| row.url.as_str()).collect()
}

#[test]
fn words_of_different_units_are_found_together_and_the_best_unit_is_the_place() {
    let found = ask(&few(), "fiets helm");
    assert_eq!((found.total, found.rows[0].page_url.as_str()), (1, "/fiets/"));
    assert_eq!(urls(&ask(&few(), "tweedehands"))[0], "/fiets/#duur");
    assert_eq!(urls(&ask(&few(), "naar school"))[0], "/fiets/", "a title is the page itself");
    let found = ask(&few(), "helm");
    assert_eq!(found.rows.len(), 2);
    assert!(
        found.rows[0].excerpt.iter().skip(1).step_by(2).any(|marked| marked == "helm"),
        "{:?}",
        found.rows[0]
    );
}

#[test]
fn when_no_page_has_all_words_the_best_have_some_and_say_what_is_missing() {
    let found = ask(&few(), "tweedehands rechter");
    assert_eq!((found.total, found.partial), (0, 2));
    assert!(found.rows.iter().all(|row| row.missing.len() == 1), "{:?}", found.rows);
    let nothing = ask(&few(), "xylofoon");
    assert_eq!((nothing.total, nothing.partial, nothing.rows.len()), (0, 0, 0));
    for silly in ["", "  ", "\"", "-", "\"\" -\"", "\u{0}\u{1}\u{2}", "…"] {
        assert_eq!(ask(&few(), silly).rows.len(), 0, "{silly:?}");
    }
}

#[test]
fn quotation_marks_and_minus() {
    assert_eq!(ask(&few(), "veilig thuis").total, 2, "two pages have both words");
    assert_eq!(urls(&ask(&few(), "\"veilig thuis\"")), ["/bus/"]);
    assert_eq!(urls(&ask(&few(), "„veilig thuis” bus")), ["/bus/"], "a phrase in a longer question");
    assert_eq!(urls(&ask(&few(), "helm -bus")), ["/fiets/#veilig"]);
}

#[test]
fn names_of_the_same_thing_are_found_and_the_reason_is_given() {
    let found = ask(&few(), "SWT");
    assert_eq!(urls(&found), ["/fiets/#veilig"]);
    let why = &found.rows[0].why[0];
    assert_eq!((why.word.as_str(), why.matched.as_str(), why.how), ("SWT", "gebiedsteam", How::Concept));
    assert_eq!(urls(&ask(&few(), "OM"))[0], "/recht/", "the Openbaar Ministerie");
    assert!(ask(&few(), "om").rows.iter().all(|row| row.page_url != "/recht/"), "the preposition");
}

#[test]
fn a_slip_of_the_pen_is_forgiven_and_told() {
    let found = ask(&few(), "tweedehnads");
    assert_eq!(urls(&found), ["/fiets/#duur"]);
    assert_eq!(found.suggestions[0].query, "tweedehands");
    assert_eq!(found.rows[0].why[0].how, How::Typo);
    assert_eq!(ask(&few(), "bsu").rows.len(), 0, "short words have to be right");
}

#[test]
fn a_beginning_is_enough_for_the_last_word() {
    assert_eq!(urls(&ask(&few(), "tweedeh")), ["/fiets/#duur"]);
    assert_eq!(ask(&few(), "tweedeh rechter").rows.len(), 1, "but not for another");
}

#[test]
fn facets_narrow_down_and_their_counts_leave_their_own_choice_aside() {
    let facets = BTreeMap::from([("plaats".to_owned(), vec!["gouda".to_owned()])]);
    let request = Request { query: "helm".to_owned(), counts: true, facets, ..Request::default() };
    let found = Whole::open(&index(&few(), &settings()).unwrap()).unwrap().search(&request).unwrap();
    assert_eq!(urls(&found), ["/bus/"]);
    let counts: Vec<(&str, usize, bool)> = found.facets[0]
        .values
        .iter()
        .map(|value| (value.value.as_str(), value.count, value.chosen))
        .collect();
    assert_eq!(counts, [("delft", 1, false), ("gouda", 1, true)]);
}

#[test]
fn a_small_site_is_one_file_and_a_big_one_is_read_in_pieces() {
    assert_eq!(index(&few(), &settings()).unwrap().files.len(), 1);
    let pages = many(300);
    let big = index(&pages, &settings()).unwrap();
    let chunks = big.files.iter().filter(|file| file.name.contains("/c")).count();
    assert!(chunks > 20, "{chunks} chunks");
    // Every page is found by its title, whichever chunks its words are in.
    let mut whole = Whole::open(&big).unwrap();
    for page in pages.iter().step_by(17) {
        let request = Request { query: page.title.clone(), ..Request::default() };
        assert_eq!(whole.search(&request).unwrap().rows[0].page_url, page.url, "{}", page.title);
    }
    // A question needs few files.
    let mut reader = Reader::open(&bytes(&big, &big.manifest)).unwrap();
    let request = Request { query: pages[100].title.clone(), ..Request::default() };
    let Answer::Needs(first) = reader.search(&request).unwrap() else { panic!("nothing was here yet") };
    assert!((1..=12).contains(&first.len()), "{first:?}");
    first.iter().for_each(|name| reader.give(name, &bytes(&big, name)).unwrap());
    let Answer::Needs(second) = reader.search(&request).unwrap() else { panic!("no page was here yet") };
    assert!(
        second.iter().all(|name| name.contains("/f")),
        "only pages are missing in the second turn: {second:?}"
    );
    second.iter().for_each(|name| reader.give(name, &bytes(&big, name)).unwrap());
    assert!(matches!(reader.search(&request).unwrap(), Answer::Found(_)), "two turns are enough");
}

fn bytes(index: &Index, name: &str) -> Vec<u8> {
    let file = index.files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("{name}"));
    unpack(&file.bytes).unwrap()
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    assert_eq!(index(&many(120), &settings()).unwrap(), index(&many(120), &settings()).unwrap());
    let mut other = few();
    other[0].text.push('!');
    let names = |pages: &[Page]| index(pages, &settings()).unwrap().manifest;
    assert_ne!(names(&few()), names(&other), "names are of content");
}

#[test]
fn a_changed_page_is_found_anew_over_the_same_index() {
    let pages = many(200);
    let (below, base) = Base::write(&pages, &settings()).unwrap();
    let mut changed = pages[50].clone();
    changed.text = "Hier staat nu over krokodillen.".to_owned();
    let new = page("/nieuw/", "Een nieuwe krokodil", "");
    let over = base.overlay(&[changed.clone(), new], &[pages[60].url.clone()]).unwrap();
    assert!(over.files.len() < 12, "only what is new: {}", over.files.len());
    let files =
        below.files.iter().chain(&over.files).map(|file| (file.name.clone(), file.bytes.clone())).collect();
    let mut whole = Whole::of_files(&over.manifest, files).unwrap();
    let mut urls_of = |query: &str| {
        let request = Request { query: query.to_owned(), ..Request::default() };
        let found = whole.search(&request).unwrap();
        found.rows.into_iter().map(|row| row.page_url).collect::<Vec<String>>()
    };
    assert!(urls_of("krokodillen").contains(&"/50/".to_owned()));
    assert_eq!(urls_of("krokodil")[0], "/nieuw/");
    assert!(!urls_of(&pages[60].title).contains(&pages[60].url), "a page that is gone");
    let old = pages[50].text.split(' ').next().unwrap();
    assert!(!urls_of(&format!("\"{}\"", &pages[50].text)).contains(&"/50/".to_owned()), "an old text: {old}");
    assert_eq!(urls_of(&pages[70].title)[0], "/70/", "and all others");
}

#[test]
fn a_file_that_is_broken_or_of_another_index_is_an_error() {
    let big = index(&many(120), &settings()).unwrap();
    let other = index(&many(121), &settings()).unwrap();
    let manifest = bytes(&big, &big.manifest);
    let mut reader = Reader::open(&manifest).unwrap();
    let chunk = big.files.iter().find(|file| file.name.ends_with("/c0.bin")).unwrap();
    let whole = unpack(&chunk.bytes).unwrap();
    for cut in [0, 3, 17, 18, whole.len() / 2, whole.len() - 1] {
        assert!(matches!(reader.give(&chunk.name, &whole[..cut]), Err(Error::File { .. })), "cut at {cut}");
    }
    let of_other = other.files.iter().find(|file| file.name.ends_with("/c0.bin")).unwrap();
    let told = reader.give(&chunk.name, &unpack(&of_other.bytes).unwrap()).unwrap_err();
    assert!(told.to_string().contains("another build"), "{told}");
    for name in [
        "",
        "x",
        "/",
        "nl/c0.bin",
        &chunk.name.replace("c0", "c999999"),
        &chunk.name.replace("c0", "q0"),
        "é/é",
    ] {
        assert!(reader.give(name, &whole).is_err(), "{name}");
    }
    let mut newer = manifest.clone();
    newer[4] = envelope::VERSION + 1;
    assert!(matches!(Reader::open(&newer), Err(Error::Format(_))));
    // The words of the index were made by other rules.
    let (of, payload) = envelope::open(&manifest, Holds::Manifest, None).unwrap();
    let mut payload = payload.to_vec();
    payload[4] ^= 1;
    assert!(matches!(Reader::open(&envelope::seal(Holds::Manifest, of, &payload)), Err(Error::Analyser)));
    assert!(reader.give(&chunk.name, &whole).is_ok(), "after all that the right file still fits");
}

/// Bytes at random, changed bytes and bytes that were cut off, at each place a file is read: always an error or an answer.
#[test]
fn arbitrary_bytes_are_an_error() {
    let big = index(&many(60), &settings()).unwrap();
    let manifest = bytes(&big, &big.manifest);
    let mut state = 11u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for _ in 0..3_000 {
        let mut broken = manifest.clone();
        for _ in 0..1 + next() % 4 {
            let at = next() % broken.len();
            broken[at] = next() as u8;
        }
        broken.truncate(broken.len() - if next() % 3 == 0 { next() % broken.len() } else { 0 });
        assert!(Reader::open(&broken).is_err() || broken == manifest);
    }
    // With a checksum that fits, only the shape protects.
    let (of, payload) = envelope::open(&manifest, Holds::Manifest, None).unwrap();
    for _ in 0..3_000 {
        let mut broken = payload.to_vec();
        let at = next() % broken.len();
        broken.truncate(at);
        broken.extend((0..next() % 40).map(|_| next() as u8));
        let _ = crate::layout::manifest::Manifest::read(&broken);
        let _ = crate::layout::spelling::read(&broken);
        let _ = crate::layout::fragment::read(&broken);
        let _ = envelope::open(&envelope::seal(Holds::Manifest, of, &broken), Holds::Manifest, None).unwrap();
    }
}

/// `formats/` keeps an index of every form that was ever published, as browsers with an old page may still fetch them: it is
/// read, or refused with the reason, and never taken for a broken file.
#[test]
fn indexes_of_earlier_forms_are_read_or_refused() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("formats");
    let mut forms = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let bytes = unpack(&std::fs::read(&path).unwrap()).unwrap();
        forms += 1;
        match Reader::open(&bytes) {
            Ok(reader) => {
                let Answer::Found(found) = reader.search(&asking("helm")).unwrap() else {
                    panic!("it has all in one file")
                };
                assert_eq!(found.rows.len(), 2, "{}", path.display());
            }
            Err(fault) => {
                assert!(matches!(fault, Error::Format(_) | Error::Analyser), "{}: {fault}", path.display())
            }
        }
    }
    let newest = format!("{}.bin", envelope::VERSION);
    assert!(
        forms >= usize::from(envelope::VERSION),
        "the newest form is kept too, as formats/{newest}: see `keep_this_form`"
    );
}

/// Writes the newest form to `formats/`: `KEEP_FORM=1 cargo test -p praktijk-search --features write keep_this_form`.
#[test]
fn keep_this_form() {
    if std::env::var_os("KEEP_FORM").is_some() {
        let index = index(&few(), &settings()).unwrap();
        let path = format!("{}/formats/{}.bin", env!("CARGO_MANIFEST_DIR"), envelope::VERSION);
        std::fs::write(path, &index.files[0].bytes).unwrap();
    }
}

#[test]
fn what_browsers_run_was_built_from_these_sources() {
    let folder = env!("CARGO_MANIFEST_DIR");
    let done =
        std::process::Command::new("bash").args(["build", "sources"]).current_dir(folder).output().unwrap();
    let now = String::from_utf8(done.stdout).unwrap();
    let built = std::fs::read_to_string(format!("{folder}/dist/SOURCES")).unwrap();
    assert_eq!(now, built, "the sources of the reader have changed: run search-index/build and commit dist/");
}
