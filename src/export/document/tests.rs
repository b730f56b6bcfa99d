//! Documents from HTML: what is kept, what is left out, and where links lead.

use super::*;

const URL: &str = "https://voorbeeld.nl/draaiboeken/oefenen/";

fn read_all(html: &str) -> Document {
    let words = Words::of("nl", &|_| None);
    let pictures = |url: &str| {
        (url == "https://voorbeeld.nl/draaiboeken/oefenen/a.png").then(|| b"\x89PNG\r\n\x1a\n".to_vec())
    };
    let around = Surroundings { url: URL, words: &words, pictures: &pictures };
    let mut document = Document::default();
    read(html, &around, &mut document);
    document
}

fn forms(html: &str) -> Vec<Form> {
    read_all(html).blocks.into_iter().map(|block| block.form).collect()
}

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::text(text)]
}

fn paragraph(of: &str) -> Form {
    Form::Paragraph { of: text(of) }
}

#[test]
fn broken_html_keeps_its_text() {
    assert_eq!(
        forms("<p>Een <strong>open eind"),
        [Form::Paragraph { of: vec![Inline::text("Een "), Inline::Strong { of: text("open eind") }] }]
    );
    assert_eq!(forms(""), []);
    assert_eq!(forms("</div></p> los <"), [paragraph("los <")]);
}

#[test]
fn very_deep_html_keeps_its_text() {
    let html = format!("{}diep{}", "<div>".repeat(5000), "</div>".repeat(5000));
    assert_eq!(forms(&html), [paragraph("diep")]);
    let html = format!("{}diep{}", "<em>".repeat(5000), "</em>".repeat(5000));
    assert!(plain(&read_all(&html), &Words::of("nl", &|_| None)).contains("diep"));
}

#[test]
fn what_is_not_known_becomes_its_text() {
    assert_eq!(
        forms("<x-kaart><b>Twee</b> <i>woorden</i></x-kaart>"),
        [Form::Paragraph {
            of: vec![
                Inline::Strong { of: text("Twee") },
                Inline::text(" "),
                Inline::Emphasis { of: text("woorden") }
            ]
        }]
    );
    assert_eq!(forms("<ruby>漢<rt>kan</rt></ruby>"), [paragraph("漢kan")]);
}

#[test]
fn what_no_reader_misses_is_left_out() {
    let html = "<p>a<script>x()</script><a class=\"zola-anchor\" href=\"#a\">#</a></p><style>p{}</style>\
                <div aria-hidden=\"true\">b</div><p hidden>c</p><button>d</button><div data-download=\"no\">e</div>";
    assert_eq!(forms(html), [paragraph("a")]);
}

#[test]
fn white_space_is_what_a_browser_shows() {
    assert_eq!(
        forms("<p>\n een  <em> twee </em> drie\n</p>\n vier <div>vijf</div>"),
        [
            Form::Paragraph {
                of: vec![Inline::text("een "), Inline::Emphasis { of: text("twee ") }, Inline::text("drie")]
            },
            paragraph("vier"),
            paragraph("vijf"),
        ]
    );
    assert_eq!(
        forms("<p>a <br> b<br></p>"),
        [Form::Paragraph { of: vec![Inline::text("a"), Inline::Break, Inline::text("b")] }]
    );
}

#[test]
fn headings_leave_no_level_out() {
    let levels = |html: &str| {
        let level = |form: &Form| match form {
            Form::Heading { level, .. } => *level,
            _ => 0,
        };
        forms(html).iter().map(level).collect::<Vec<_>>()
    };
    assert_eq!(levels("<h4>a</h4><h2>b</h2><h5>c</h5><h6>d</h6><h1>e</h1>"), [2, 2, 3, 4, 2]);
    assert_eq!(levels("<h2> <a class=zola-anchor>#</a></h2>"), [0_u8; 0]);
}

#[test]
fn links_lead_somewhere() {
    let html = "<h2 id=\"stap-1\">Stap</h2><p><a href=\"#stap-1\">a</a><a href=\"#weg\">b</a>\
                <a href=\"../ander/\">c</a><a href=\"javascript:x()\">d</a><a href=\"mailto:a@b.nl\">e</a>\
                <a href=\"https://voorbeeld.nl/draaiboeken/oefenen/#stap-1\">f</a></p>";
    let Some(Form::Paragraph { of }) = forms(html).pop() else { panic!("a paragraph") };
    let link = |to: &str, of: &str| Inline::Link { to: to.to_owned(), of: text(of) };
    assert_eq!(
        of,
        [
            link("#stap-1", "a"),
            link("https://voorbeeld.nl/draaiboeken/oefenen/#weg", "b"),
            link("https://voorbeeld.nl/draaiboeken/ander/", "c"),
            Inline::text("d"),
            link("mailto:a@b.nl", "e"),
            link("#stap-1", "f"),
        ]
    );
}

#[test]
fn an_anchor_is_there_once() {
    let document =
        read_all("<p id=\"a\">1</p><p id=\"a\">2</p><ul><li id=\"a\">3</li><li id=\"b\">4</li></ul>");
    assert_eq!(document.blocks[0].anchors, ["a"]);
    assert_eq!(document.blocks[1].anchors, [""; 0]);
    let Form::List { items, .. } = &document.blocks[2].form else { panic!("a list") };
    assert_eq!((items[0].anchors.len(), items[1].anchors.as_slice()), (0, &["b".to_owned()][..]));
}

#[test]
fn tasks_and_lists_in_lists() {
    let html = "<ul><li><input disabled type=checkbox> Bel\n<ol start=3><li>a</li></ol></li>\
                <li><p><input type=checkbox checked>Klaar</p></li><li>los</li></ul>";
    let Ok([Form::List { start: None, items }]) = <[Form; _]>::try_from(forms(html)) else {
        panic!("a list")
    };
    assert_eq!(items.iter().map(|item| item.task).collect::<Vec<_>>(), [Some(false), Some(true), None]);
    assert_eq!(items[0].blocks[0].form, paragraph("Bel"));
    assert!(
        matches!(&items[0].blocks[1].form, Form::List { start: Some(3), items } if items[0].task.is_none())
    );
    assert_eq!(items[1].blocks[0].form, paragraph("Klaar"));
}

#[test]
fn tables_have_as_many_cells_in_every_row() {
    let html =
        "<table><thead><tr><th>a<th>b<th>c</thead><tr><td rowspan=2>1<td colspan=2>2<tr><td>3<tr></table>";
    let Ok([Form::Table { columns, header, rows, .. }]) = <[Form; _]>::try_from(forms(html)) else {
        panic!("a table")
    };
    let width = |row: &Vec<Cell>| row.iter().map(|cell| cell.columns).sum::<usize>();
    assert_eq!((columns, header.len()), (3, 1));
    assert_eq!(rows.iter().map(width).collect::<Vec<_>>(), [3, 3, 3]);
    assert_eq!((rows[1][0].of.len(), &rows[1][1].of), (0, &text("3")));
    assert_eq!(forms("<table></table>"), []);
}

#[test]
fn pictures_are_files_or_words() {
    let document = read_all(
        "<p><img src=\"a.png\" alt=\"Een brug\"></p><p>x <img src=\"weg.png\" alt=\"Weg\"> y</p>\
                             <img src=\"sier.png\" alt=\"\"><h2><img src=a.png alt=Kop></h2>",
    );
    let words: Vec<Form> = document.blocks.iter().map(|block| block.form.clone()).collect();
    assert_eq!(
        words[0],
        Form::Figure { picture: "picture-1.png".to_owned(), alt: "Een brug".to_owned(), caption: vec![] }
    );
    assert_eq!(words[1], paragraph("x [Afbeelding: Weg] y"));
    assert_eq!(words[2], Form::Heading { level: 2, of: text("[Afbeelding: Kop]") });
    assert_eq!((words.len(), document.pictures.len()), (3, 1));
}

#[test]
fn a_drawing_without_colours_of_its_own_is_told_in_words() {
    let label = "<svg role=\"img\" aria-label=\"Zes stappen\"><path class=\"vol\" d=\"M0 0\"/></svg>";
    assert_eq!(forms(label), [paragraph("[Afbeelding: Zes stappen]")]);
    let painted = "<svg viewBox=\"0 0 1 1\"><title>Rood&nbsp;vlak</title><rect fill=\"#f00\"/></svg>";
    let document = read_all(painted);
    let svg = String::from_utf8(document.pictures[0].bytes.clone()).unwrap();
    assert!(svg.starts_with("<svg xmlns=") && svg.contains("viewBox") && !svg.contains("&nbsp;"), "{svg}");
    assert_eq!(
        forms("<div role=\"img\" aria-label=\"Een op vier\"><b>x</b></div>"),
        [paragraph("Een op vier")]
    );
}

#[test]
fn a_caption_stays_with_its_figure() {
    let html = "<figure><img src=a.png alt=A><figcaption>Onder <b>A</b></figcaption></figure>\
                <figure><blockquote><p>Zo is het.</p></blockquote><figcaption>Een wethouder</figcaption></figure>";
    let Ok([Form::Figure { caption, .. }, Form::Quote { blocks }]) = <[Form; _]>::try_from(forms(html))
    else {
        panic!("a figure and a quote")
    };
    assert_eq!(caption.len(), 2);
    assert_eq!(
        blocks[1].form,
        Form::Paragraph { of: vec![Inline::text("— "), Inline::text("Een wethouder")] }
    );
}

#[test]
fn abbreviations_are_told_once() {
    let document =
        read_all("<p><abbr title=\"Veilig Thuis\">VT</abbr> en <abbr title=\"Veilig Thuis\">VT</abbr></p>");
    assert_eq!(
        document.abbreviations,
        [Abbreviation { short: "VT".to_owned(), long: "Veilig Thuis".to_owned() }]
    );
    assert_eq!(plain(&document, &Words::of("nl", &|_| None)), "VT en VT\nVT Veilig Thuis");
}

#[test]
fn definitions_quotes_and_code() {
    let html = "<dl><div><dt>Term<dd>Uitleg</div></dl><aside><p>Let op</p></aside><pre><code>a\n  b\n</code></pre><hr>\
                <details><summary>Meer</summary><p>Tekst</p></details>";
    let found = forms(html);
    assert!(matches!(&found[0], Form::Definitions { items } if items[0].term == text("Term")
        && items[0].blocks[0].form == paragraph("Uitleg")));
    assert!(matches!(&found[1], Form::Note { blocks } if blocks[0].form == paragraph("Let op")));
    assert_eq!(found[2], Form::Code { text: "a\n  b".to_owned() });
    assert_eq!(found[3], Form::Rule);
    assert_eq!(found[4], Form::Paragraph { of: vec![Inline::Strong { of: text("Meer") }] });
    assert_eq!(found[5], paragraph("Tekst"));
}

#[test]
fn a_footnote_begins_with_its_number() {
    let html = "<div class=\"footnote-definition\" id=\"1\"><sup class=\"footnote-definition-label\">1</sup>\n<p>Onder.</p></div>\
                <ol><li id=\"fn-2\"><p>Ook. <a href=\"#fr-2-1\">↩</a></p></li></ol>";
    let document = read_all(html);
    let number = Inline::Raised { of: text("1") };
    let expected = Form::Paragraph { of: vec![number, Inline::text(" "), Inline::text("Onder.")] };
    assert_eq!(
        (&document.blocks[0].form, &document.blocks[0].anchors[..]),
        (&expected, &["1".to_owned()][..])
    );
    assert!(
        matches!(&document.blocks[1].form, Form::List { items, .. } if items[0].blocks[0].form == paragraph("Ook."))
    );
}
