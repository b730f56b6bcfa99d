//! Word documents: what is in their files, and that the same text gives the same bytes.

use super::*;
use crate::export::document::{Surroundings, read};

fn words() -> Words {
    Words::of("nl", &|_| None)
}

fn document(html: &str) -> Document {
    let words = words();
    let picture = |_: &str| {
        let mut png = Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(40, 20).write_to(&mut png, image::ImageFormat::Png).unwrap();
        Some(png.into_inner())
    };
    let around = Surroundings { url: "https://voorbeeld.nl/a/", words: &words, pictures: &picture };
    let mut document = Document {
        title: "Titel & <haken>".to_owned(),
        language: "nl".to_owned(),
        date: Some((2026, 9, 28)),
        ..Document::default()
    };
    read(html, &around, &mut document);
    document
}

fn part(bytes: &[u8], name: &str) -> String {
    let files = package::unpack(bytes).unwrap();
    let file = files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("no {name}"));
    String::from_utf8(file.bytes.clone()).unwrap()
}

/// A map without order would put four links in the same order once in 24 times.
const LINKS: &str = "<p><a href=https://a.nl>a</a> <a href=https://b.nl>b</a> <a href=https://c.nl>c</a> <a href=https://d.nl>d</a></p>";

const HTML: &str = "<h2 id=\"a\">Kop \u{1}&lt;</h2><p><a href=\"#a\">in</a> <a href=\"https://x.nl/?a=1&amp;b=2\">uit</a></p>\
    <ol><li>een<ol><li>diep</li></ol></li></ol><ol start=\"4\"><li>vier</li></ol><ul><li><input type=checkbox>taak</li></ul>\
    <table><tr><th>k</th></tr><tr><td>&lt;w:cantSplit /></td></tr></table><img src=\"b.png\" alt=\"Een &quot;vlak&quot;\">";

#[test]
fn the_same_text_gives_the_same_bytes() {
    let document = document(&format!("{HTML}{LINKS}"));
    let first = write(&document, &words()).unwrap();
    for _ in 0..4 {
        assert_eq!(first, write(&document, &words()).unwrap());
    }
    assert!(part(&first, "word/_rels/document.xml.rels").ends_with(" /></Relationships>"));
    let elsewhere = std::thread::scope(|scope| scope.spawn(|| write(&document, &words())).join().unwrap());
    assert_eq!(first, elsewhere.unwrap());
}

#[test]
fn properties_say_what_it_is() {
    let bytes = write(&document(""), &words()).unwrap();
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains("<dc:title>Titel &amp; &lt;haken&gt;</dc:title>"), "{core}");
    assert!(
        core.contains("<dc:language>nl-NL</dc:language>") && core.contains(">2026-09-28T00:00:00Z<"),
        "{core}"
    );
    assert!(part(&bytes, "word/styles.xml").contains("<w:lang w:val=\"nl-NL\" /></w:rPr></w:rPrDefault>"));
}

#[test]
fn the_text_has_real_structure() {
    let xml = part(&write(&document(HTML), &words()).unwrap(), "word/document.xml");
    for expected in [
        "<w:pStyle w:val=\"Title\" />",
        "<w:pStyle w:val=\"Heading1\" />",
        "Kop &lt;",
        "w:name=\"place1\"",
        "w:anchor=\"place1\"",
        "r:id=\"rIdLink1\"",
        "☐ ",
        "<w:tblHeader />",
        "descr=\"Een &quot;vlak&quot;\"",
    ] {
        assert!(xml.contains(expected), "no {expected} in {xml}");
    }
    assert_eq!(xml.matches("<w:tblHeader />").count(), 1);
    let numbers = |id: &str| xml.matches(&format!("<w:numId w:val=\"{id}\" />")).count();
    assert_eq!((numbers("4"), numbers("5"), numbers("6")), (1, 1, 1));
}

#[test]
fn a_picture_that_is_none_is_told_in_words() {
    let mut broken = document("<img src=\"b.png\" alt=\"Een vlak\">");
    broken.pictures[0].bytes = b"geen".to_vec();
    let xml = part(&write(&broken, &words()).unwrap(), "word/document.xml");
    assert!(xml.contains("[Afbeelding: Een vlak]") && !xml.contains("<w:drawing>"), "{xml}");
}
