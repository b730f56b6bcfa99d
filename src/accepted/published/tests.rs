//! Files of reactions that are whole, broken or nasty.

use super::*;
use crate::base::testing::Chance;

const HEAD: &str = "{\"praktijk\":\"reacties\",\"version\":1,\"revision\":17}";
const A: &str = "01J00000000000000000000001";
const B: &str = "01J00000000000000000000002";
const C: &str = "01J00000000000000000000003";

/// A line with these keys in place of the usual ones.
fn line(id: &str, keys: &str) -> String {
    let mut line: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&format!(
        "{{\"id\":\"{id}\",\"page\":\"a\",\"kind\":\"vraag\",\"author\":\"Ada\",\"html\":\"<p>x</p>\",\"created\":\"2026-11-22T09:00:00Z\"}}"
    ))
    .unwrap();
    let more: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&format!("{{{keys}}}")).unwrap();
    line.extend(more);
    serde_json::to_string(&line).unwrap()
}

fn of(lines: &[&str]) -> (Published, Vec<Diagnostic>) {
    read(lines.join("\n").as_bytes(), &SourcePath::new("reacties.ndjson"))
}

/// Each complaint, with what it points at.
fn complaints(text: &str) -> Vec<(&'static str, String, String)> {
    let (_, told) = read(text.as_bytes(), &SourcePath::new("reacties.ndjson"));
    let at = |told: &Diagnostic| told.place.as_ref().and_then(|place| place.span.clone());
    told.iter()
        .map(|told| {
            (told.code, told.message.clone(), at(told).map_or_else(String::new, |at| text[at].to_owned()))
        })
        .collect()
}

#[test]
fn what_is_no_file_of_reactions_is_refused() {
    for (text, words) in [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("<!doctype html>", "first line should be"),
        ("{\"praktijk\":\"leden\",\"version\":1,\"revision\":1}", "first line should be"),
        ("{\"praktijk\":\"reacties\",\"version\":1}", "first line should be"),
        ("{\"praktijk\":\"reacties\",\"version\":2,\"revision\":1}", "of version 2"),
        ("{\"praktijk\":\"reacties\",\"version\":1,\"revision\":-1}", "first line should be"),
    ] {
        let text = format!("{text}\n{}", line(A, ""));
        let text = if words == "is empty" { text.lines().take(0).collect() } else { text };
        let (published, told) = read(text.as_bytes(), &SourcePath::new("r"));
        assert_eq!(published, Published::default(), "{text}");
        assert!(told.len() == 1 && told[0].is_error() && told[0].message.contains(words), "{told:?}");
    }
    let (_, told) = read(&[HEAD.as_bytes(), b"\n\xff"].concat(), &SourcePath::new("r"));
    assert_eq!(told[0].place.as_ref().unwrap().span, Some(HEAD.len() + 1..HEAD.len() + 2));
}

#[test]
fn what_it_is_and_its_revision_are_known_without_reading_it() {
    for (text, is, of) in [
        (format!("{HEAD}\n{{"), true, Some(17)),
        (format!("\u{feff}{HEAD}\r\n"), true, Some(17)),
        (HEAD.replace("17", "-1"), true, None),
        ("<!doctype html>".to_owned(), false, None),
        (String::new(), false, None),
    ] {
        assert_eq!((is_one(text.as_bytes()), revision(text.as_bytes())), (is, of), "{text}");
    }
}

#[test]
fn a_broken_line_is_told_where_it_breaks() {
    let text =
        format!("\u{feff}{HEAD}\r\n{}\r\n{{\"id\":\"é\",\"pagina\":1}}\r\n{{\"id\": \r\n", line(A, ""));
    let told = complaints(&text);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].1.contains("unknown field `pagina`") && told[0].2 == "\"", "{told:?}");
    assert!(told[1].1.contains("EOF"), "{told:?}");
    let span = read(text.as_bytes(), &SourcePath::new("r")).1[0].place.clone().unwrap().span.unwrap();
    assert_eq!(crate::base::diagnostic::line_and_column(&text, span.start), (3, 18));
}

#[test]
fn what_has_not_its_form_is_told() {
    for (id, keys, words) in [
        ("01j00000000000000000000001", "", "The id"),
        ("01J0000000000000000000000U", "", "The id"),
        ("\\\" onclick=\\\"alert(1)abcdef", "", "The id"),
        (A, "\"page\":\"\"", "The page"),
        (A, "\"page\":\"a\\nb\"", "The page"),
        (A, "\"kind\":\"antwoord\"", "`parent`"),
        (A, "\"parent\":\"01J00000000000000000000002\"", "`parent`"),
        (A, "\"kind\":\"antwoord\",\"parent\":\"b\"", "The parent"),
        (A, "\"created\":\"2026-11-22\"", "The moment"),
        (A, "\"created\":\"2026-13-22T09:00:00Z\"", "The moment"),
        (A, "\"created\":\"2026-11-22 09:00:00Z\"", "The moment"),
        (A, "\"edited\":\"gisteren\"", "The moment"),
        (A, "\"expires\":\"2026-02-30\"", "The last day"),
        (A, "\"kind\":\"bericht\",\"notice\":\"gevonden\"", "gezocht, aangeboden, oproep"),
        (A, "\"notice\":\"gezocht\"", "Only a `bericht`"),
        (A, "\"author\":\" \\u0000\\u202e \"", "Nobody"),
        (A, "\"kind\":\"question\"", "unknown variant"),
    ] {
        let told = complaints(&format!("{HEAD}\n{}", line(id, keys)));
        assert!(told.len() == 1 && told[0].1.contains(words), "{id} {keys}: {told:?}");
    }
}

#[test]
fn two_lines_with_one_id_are_a_fault_whatever_their_order() {
    let (first, second) = (line(A, ""), line(A, "\"page\":\"0\""));
    for lines in [[HEAD, &first, &second], [HEAD, &second, &first]] {
        let (published, told) = of(&lines);
        assert_eq!((told.len(), told[0].code, told[0].is_error()), (1, "reactions/twice", true));
        let (alone, _) = of(&lines[..2]);
        assert_eq!(published, alone, "the first stays");
        let place = told[0].place.as_ref().unwrap().span.as_ref().unwrap();
        assert!(place.start > told[0].notes[0].place.span.as_ref().unwrap().start);
    }
}

#[test]
fn an_answer_to_nothing_is_left_out_and_told() {
    let answer = |id: &str, to: &str, page: &str| {
        line(id, &format!("\"kind\":\"antwoord\",\"parent\":\"{to}\",\"page\":\"{page}\""))
    };
    let (question, good) = (line(A, ""), answer(B, A, "a"));
    let (published, told) = of(&[HEAD, &question, &good]);
    assert_eq!((published.items.len(), told), (2, vec![]));
    for bad in [
        answer(C, "01J00000000000000000000009", "a"),
        answer(C, A, "b"),
        answer(C, B, "a"),
        answer(C, C, "a"),
    ] {
        let (published, told) = of(&[HEAD, &question, &bad, &good]);
        assert_eq!(published.items.len(), 2, "{bad}");
        assert_eq!(
            (told.len(), told[0].code, told[0].is_error()),
            (1, "reactions/orphan", false),
            "{told:?}"
        );
    }
}

#[test]
fn the_order_of_lines_changes_nothing_and_writing_is_the_same_each_time() {
    let lines = [
        line(C, "\"page\":\"a/b\""),
        line(B, ""),
        line(A, ""),
        line("01J00000000000000000000004", "\"page\":\"ab\""),
    ];
    let mut all = vec![HEAD.to_owned()];
    all.extend(lines.iter().cloned());
    let expected = write(&read(all.join("\n").as_bytes(), &SourcePath::new("r")).0);
    for turn in 0..4 {
        let mut turned = vec![HEAD.to_owned()];
        turned.extend(lines.iter().cycle().skip(turn).take(4).cloned());
        let (published, told) = read(turned.join("\n").as_bytes(), &SourcePath::new("r"));
        assert_eq!((write(&published), told), (expected.clone(), vec![]));
    }
    let again = read(&expected, &SourcePath::new("r")).0;
    assert_eq!(write(&again), expected);
    assert_eq!(again.revision, 17);
    let mut turned = again.clone();
    turned.items.reverse();
    assert_eq!(write(&turned), expected);
    let text = String::from_utf8(expected).unwrap();
    assert!(text.ends_with("}\n") && !text.contains("null") && !text.contains("edited"), "{text}");
}

#[test]
fn nothing_that_acts_or_hides_comes_through() {
    let nasty = r#""title":"a\u202eb\u2066\u0000\u0007\n c<script>","author":"\u200fA\ufeffda  \t B","about":" \u0085 ","html":"<p onclick=x>a\u0000<img src=x onerror=alert(1)><a href=\"java\u0001script:alert(1)\">b</a></p><script>x</script>""#;
    let (published, told) = of(&[HEAD, &line(A, nasty)]);
    assert_eq!(told, vec![]);
    let item = &published.items[0];
    assert_eq!(item.title.as_deref(), Some("ab c<script>"));
    assert_eq!((item.author.as_str(), &item.about), ("\u{200f}Ada B", &None));
    assert!(
        !["script", "onclick", "onerror", "img", "java", "\0"].iter().any(|word| item.html.contains(word)),
        "{}",
        item.html
    );
}

#[test]
fn a_name_has_the_characters_that_the_endpoint_lets_it_have() {
    let heap = format!("Ada{}", "\\u0316".repeat(20));
    for (written, read) in [
        ("A\\u200bd\\u00ada\\u2060", "Ada"),
        ("Ada\\udb40\\udc41\\ufffe\\ufdd0", "Ada"),
        ("\\u200eAda \\u05d0\\u200f", "\u{200e}Ada \u{5d0}\u{200f}"),
        ("Re\\u200b\\u0301mi", "Rémi"),
        (heap.as_str(), &format!("Ada{}", "\u{316}".repeat(8))),
    ] {
        let (published, told) = of(&[HEAD, &line(A, &format!("\"author\":\"{written}\""))]);
        assert_eq!((published.items[0].author.as_str(), told.len()), (read, 0));
        assert_eq!(self::read(&write(&published), &SourcePath::new("r")).0, published, "{written}");
    }
}

#[test]
fn only_an_answer_can_be_chosen() {
    let (published, _) = of(&[
        HEAD,
        &line(A, "\"chosen\":true"),
        &line(B, &format!("\"chosen\":true,\"kind\":\"antwoord\",\"parent\":\"{A}\"")),
    ]);
    assert_eq!(published.items.iter().map(|item| item.chosen).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn whatever_stands_there_is_read_without_harm_and_told_within_the_text() {
    let whole = [
        HEAD.to_owned(),
        line(A, "\"title\":\"é\""),
        line(B, &format!("\"kind\":\"antwoord\",\"parent\":\"{A}\"")),
    ]
    .join("\n");
    let mut chance = Chance::new(11);
    let pieces: [&[u8]; 10] =
        [b"\n", b"\"", b"{", b"}", b"\\", "é\u{202e}".as_bytes(), b"\xff", b"null", b"\0", b"<script>"];
    for _ in 0..3000 {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..1 + chance.below(4) {
            let from = chance.below(bytes.len());
            let to = (from + chance.below(6)).min(bytes.len());
            let piece = pieces[chance.below(pieces.len())];
            bytes.splice(from..to, piece.iter().copied());
        }
        let (published, told) = read(&bytes, &SourcePath::new("r"));
        for span in told.iter().filter_map(|told| told.place.as_ref()?.span.clone()) {
            assert!(span.start <= span.end && span.end <= bytes.len(), "{span:?} of {}", bytes.len());
            assert!(std::str::from_utf8(&bytes).is_err() || std::str::from_utf8(&bytes[span]).is_ok());
        }
        assert_eq!(read(&write(&published), &SourcePath::new("r")).0, published);
        assert!(!published.items.iter().any(|item| item.html.contains("<script")));
    }
}
