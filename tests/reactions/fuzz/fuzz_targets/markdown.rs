//! What members write. In: any bytes, as Markdown, as HTML, and as a text to be held. Out: nothing; whatever comes out is
//! made of the elements we take, with links that lead where they may, and cleaning it again changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use praktijk_reactions_fuzz::reactions::holds::{names_danger, reasons};
use praktijk_reactions_fuzz::accepted::text::{ELEMENTS, REL, clean, plain, summary, to_html};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for html in [to_html(&text), clean(&text)] {
        tags(&html);
        assert_eq!(clean(&html), html);
        assert!(
            !html
                .chars()
                .any(|c| c.is_control() && c != '\n' && c != '\t' || ('\u{202a}'..='\u{202e}').contains(&c))
        );
        assert!(summary(&plain(&html), 80).chars().count() <= 80);
    }
    let words = ["lelijk woord".to_owned(), "é".to_owned()];
    for hold in reasons(&text, &words) {
        assert!(text.get(hold.found).is_some_and(|found| !found.is_empty()));
    }
    names_danger(&text);
});

/// Every `<` begins an element we take, written in the one way in which the sanitiser writes it.
fn tags(html: &str) {
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let length = name.find(|c: char| !c.is_ascii_lowercase()).expect("an end");
        assert!(ELEMENTS.contains(&&name[..length]), "{html}");
        let rest = &name[length..];
        if rest.starts_with('>') {
            continue;
        }
        let rest = rest.strip_prefix(" href=\"").map_or(rest, |address| {
            assert!(
                ["http:", "https:", "mailto:"]
                    .iter()
                    .any(|scheme| address.to_ascii_lowercase().starts_with(scheme)),
                "{html}"
            );
            address.split_once('"').expect("an end").1
        });
        assert!(tag.starts_with("a ") && rest.starts_with(&format!(" rel=\"{REL}\">")), "{html}");
    }
}
