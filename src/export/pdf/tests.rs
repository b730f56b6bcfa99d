//! PDFs: what cannot be printed is told; what looks like markup is text; the same document gives the same bytes.

use super::*;
use crate::export::document::{Block, Cell, Fact, Form, Inline, Item, PictureFile};

fn words() -> Words {
    Words::of("nl", &|_| None)
}

fn document(blocks: Vec<Form>) -> Document {
    let blocks = blocks.into_iter().map(|form| Block { anchors: Vec::new(), form });
    Document {
        title: "Draaiboek".to_owned(),
        language: "nl".to_owned(),
        url: "https://voorbeeld.nl/draaiboek/".to_owned(),
        date: Some((2026, 9, 28)),
        blocks: blocks.collect(),
        ..Document::default()
    }
}

fn paragraph(text: &str) -> Form {
    Form::Paragraph { of: vec![Inline::text(text)] }
}

#[test]
fn a_picture_that_is_none_is_told() {
    let mut broken = document(vec![Form::Figure {
        picture: "picture-1.png".to_owned(),
        alt: "Iets".to_owned(),
        caption: Vec::new(),
    }]);
    let fonts = Fonts::new(&[]);
    assert!(
        print(&broken, &words(), &fonts).unwrap_err().starts_with("The typesetter cannot set this page: ")
    );
    broken.pictures = vec![PictureFile { name: "picture-1.png".to_owned(), bytes: b"geen".to_vec() }];
    assert!(print(&broken, &words(), &fonts).is_err());
}

#[test]
fn what_has_no_glyph_is_told_and_printed_all_the_same() {
    let printed =
        print(&document(vec![paragraph("Feest 🎉\u{7} af\u{ad}breken")]), &words(), &Fonts::new(&[]));
    assert_eq!(printed.unwrap().unprintable, ['🎉']);
}

#[test]
fn strange_facts_are_no_fault() {
    let mut strange = document(vec![]);
    strange.date = Some((2026, 13, 45));
    strange.language = "x-klingon".to_owned();
    strange.title =
        "Een titel die zo lang is dat hij boven aan een bladzijde niet meer past en dus korter moet"
            .to_owned();
    assert_eq!(print(&strange, &words(), &Fonts::new(&[])).unwrap().pages, 1);
}

/// What would be markup, code or an error if it were read as anything but text.
const NASTY: [&str; 14] = [
    "#panic(\"nee\")",
    "= Geen kop",
    "*a* _b_ `c` $d$ <e> @f",
    "#import \"x.typ\": *",
    "\\u{41} \\",
    "// geen commentaar /* ook niet",
    "- geen lijst",
    "#read(\"/document.json\")",
    "\"}]}, {\"is\": \"heading\"",
    "[[[ ]) }",
    "~ -- --- ... '\"",
    "https://voorbeeld.nl/#x",
    "{{ code }} {% raw %}",
    "\u{202e}om\u{0}gekeerd",
];

#[test]
fn what_looks_like_markup_is_text() {
    let fonts = Fonts::new(&[]);
    for nasty in NASTY {
        let text = || vec![Inline::text(nasty)];
        let cell = Cell { of: text(), header: false, columns: 1 };
        let inner = Block { anchors: vec![nasty.to_owned()], form: paragraph(nasty) };
        let mut all = document(vec![
            Form::Heading { level: 2, of: text() },
            Form::Paragraph {
                of: vec![Inline::Strong { of: text() }, Inline::Code { text: nasty.to_owned() }],
            },
            Form::List { start: None, items: vec![Item { blocks: vec![inner], ..Item::default() }] },
            Form::Table {
                caption: text(),
                columns: 1,
                header: vec![vec![cell.clone()]],
                rows: vec![vec![cell]],
            },
            Form::Code { text: nasty.to_owned() },
            Form::Paragraph { of: vec![Inline::Link { to: format!("#{nasty}"), of: text() }] },
        ]);
        all.title = nasty.to_owned();
        all.facts = vec![Fact { label: nasty.to_owned(), values: vec![nasty.to_owned()] }];
        let printed = print(&all, &words(), &fonts);
        assert_eq!(printed.map(|printed| printed.pages), Ok(1), "{nasty}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let one = document(vec![
        paragraph("Een"),
        Form::List {
            start: None,
            items: vec![Item {
                task: Some(true),
                blocks: vec![Block { anchors: vec![], form: paragraph("Bel") }],
                ..Item::default()
            }],
        },
    ]);
    let print = |document: &Document| print(document, &words(), &Fonts::new(&[])).unwrap();
    let (first, second) = (print(&one), print(&one));
    assert_eq!(first, second);
    assert!(first.bytes.starts_with(b"%PDF-1.7"), "{:?}", &first.bytes[..10]);
    let mut later = one.clone();
    later.date = Some((2026, 9, 29));
    assert_ne!(print(&later).bytes, first.bytes);
}

#[test]
fn the_number_of_pages_is_told() {
    let long = document((0..200).map(|_| paragraph("Een regel.")).collect());
    assert!(print(&long, &words(), &Fonts::new(&[])).unwrap().pages > 3);
}
