//! The filter `markdown`, templates in texts (dialect 0.23) and colours: what they give, and where their faults are. And
//! texts of chance, in both dialects.

use super::*;

#[test]
fn fragments() {
    let house: Arc<dyn Lookup> = Arc::new(house("render_emoji = true\nsmart_punctuation = true"));
    let fragment =
        |text, inline| markdown::fragment(text, inline, "https://example.com/q/", "q.md", "nl", &house);
    assert_eq!(fragment("# Hé", false).unwrap(), "<h1 id=\"he\">Hé</h1>\n");
    assert_eq!(fragment("`a` :smile: ...", true).unwrap(), "<code>a</code> 😄 …");
    assert_eq!(fragment("a\n\nb", true).unwrap(), "a</p>\n<p>b");
    assert_eq!(
        fragment("[a](#b) {{ c }}", true).unwrap(),
        "<a href=\"https://example.com/q/#b\">a</a> {{ c }}"
    );
    let complaints = fragment("[a](@/niets.md)", true).unwrap_err();
    assert_eq!((complaints[0].code, &complaints[0].place), ("link/missing", &None));
}

#[test]
fn warnings_of_a_fragment_are_put_down() {
    let house = Arc::new(house(""));
    let lookup: Arc<dyn Lookup> = Arc::clone(&house) as _;
    markdown::fragment("# a {#x}\n# b {#x}", false, "", "", "nl", &lookup).unwrap();
    assert_eq!(house.complaints.lock().unwrap().len(), 1);
}

#[test]
fn templates_run_before_markdown() {
    let mut house = house("");
    house.inline = |source| {
        assert!(!source.contains("{#"));
        Ok(source.replace("{{ a }}", "*b*"))
    };
    let (body, _) = render_in(house, "# c {#d}\n\n{{ a }}");
    assert_eq!(&*body.unwrap().html, "<h1 id=\"d\">c</h1>\n<p><em>b</em></p>\n");
}

#[test]
fn a_text_without_templates_is_left_alone() {
    let mut house = house("");
    house.inline = |_| panic!("nothing to run");
    assert_eq!(&*render_in(house, "{{ a {% b").0.unwrap().html, "<p>{{ a {% b</p>\n");
}

#[test]
fn faults_behind_templates_name_the_file() {
    let mut house = house("");
    house.inline = |source| Ok(source.replace("{{ a }}", "x"));
    assert_eq!(faults_in(house, "{{ a }} [b](@/niets.md)"), ["link/missing error in content/p.md"]);
}

#[test]
fn faults_of_templates_are_placed() {
    let mut own = house("");
    own.inline = |_| Err(Fault { line: 2, column: 10, width: 5, ..Fault::message("", "no such thing") });
    assert_eq!(faults_in(own, "é\n# é {#i} {{ fout }}"), ["body/template error '{{ fo'"]);

    let mut called =
        house("").with("templates/c.html", "een\ntwee drie").with("themes/t/templates/d.html", "vier");
    called.inline = |_| {
        Err(Fault {
            line: 2,
            column: 6,
            width: 4,
            chain: vec![
                ("called from".into(), "t/templates/d.html".into(), 1, 2),
                ("called from".into(), String::new(), 1, 4),
                ("called from".into(), "weg.html".into(), 1, 4),
            ],
            inner: vec![Diagnostic::error("data/json", "No JSON.").in_file(&SourcePath::new("a.json"))],
            ..Fault::message("c.html", "no such thing")
        })
    };
    let (_, complaints) = render_in(called, "aa {{ b }}");
    let place = |file: &str, span| crate::base::Place { file: SourcePath::new(file), span: Some(span) };
    assert_eq!(complaints[0].place, Some(place("templates/c.html", 9..13)));
    let notes: Vec<_> = complaints[0].notes.iter().map(|note| note.place.clone()).collect();
    assert_eq!(notes, [place("themes/t/templates/d.html", 1..2), place("content/p.md", 13..14)]);
    assert!(complaints[0].message.ends_with("called from `weg.html`, line 1, column 4"));
    assert_eq!(complaints[1].code, "data/json");
}

#[test]
fn the_template_of_links_to_headings_fails_once() {
    let mut house = house("insert_anchor_links = 'left'");
    house.anchor = |_, _, _| Err(Fault::message("", "stuk"));
    let (body, complaints) = render_in(house, "# a\n\n# b");
    assert!(body.is_none());
    assert_eq!(complaints.len(), 1);
    assert_eq!(complaints[0].code, "body/decoration");
}

const DARK: &str = "[highlighting]\ntheme = 'github-dark'\n";

#[test]
fn unknown_languages() {
    let raw = "a\n\n> ```gibtsnicht,linenos\n> x\n> ```\n\n```plain\nx\n```";
    assert_eq!(faults_in(house(DARK), raw), ["code/language warning '```gibtsnicht,linenos'"]);
    let strict = format!("{DARK}error_on_missing_language = true");
    assert_eq!(faults_in(house(&strict), raw), ["code/language error '```gibtsnicht,linenos'"]);
}

#[test]
fn unknown_themes() {
    let raw = "```rust\nx\n```\n\n```js\nx\n```";
    let settings = "[highlighting]\nlight_theme = 'githublight'\ndark_theme = 'x'";
    let house = house(settings).with("zola.toml", "light_theme = \"githublight\"");
    assert_eq!(faults_in(house, raw), ["code/theme error zola.toml 15..26", "code/theme error in zola.toml"]);
}

#[test]
fn a_check_loads_no_grammars() {
    let house = house("[highlighting]\ntheme = 'x'").change(|config| config.mode = Mode::Check);
    let (body, complaints) = render_in(house, "```gibtsnicht\nx\n```");
    assert_eq!(&*body.unwrap().html, "<pre><code data-lang=\"gibtsnicht\">x\n</code></pre>\n");
    assert!(complaints.is_empty());
}

const GRAMMAR: &str = r#"{"name": "praatjes", "scopeName": "source.praatjes", "patterns": [{"match": "hallo", "name": "keyword.control"}]}"#;
const THEME: &str = r##"{"name": "eigen", "type": "dark", "colors": {"editor.background": "#000000", "editor.foreground": "#ffffff"},
    "tokenColors": [{"scope": ["keyword"], "settings": {"foreground": "#ff0000"}}]}"##;

#[test]
fn own_grammars_and_themes() {
    let settings =
        "[highlighting]\ntheme = 'eigen'\nextra_grammars = ['code/p.json']\nextra_themes = ['code/e.json']";
    let (body, complaints) = render_in(
        house(settings).with("code/p.json", GRAMMAR).with("code/e.json", THEME),
        "```praatjes\nhallo daar\n```",
    );
    assert_eq!(complaints, []);
    assert!(body.unwrap().html.contains("<span style=\"color: #FF0000;\">hallo</span>"));
    let broken = house(settings).with("code/p.json", "{");
    assert_eq!(
        faults_in(broken, "```praatjes\nx\n```\n\n```rust\nx\n```"),
        ["code/load error in code/p.json", "code/missing error in zola.toml",]
    );
}

#[test]
fn style_sheets() {
    let sheets = |settings: &str| {
        let lookup: Arc<dyn Lookup> = Arc::new(house(settings));
        code::style_sheets(&lookup).map(|sheets| {
            sheets.into_iter().map(|(name, css)| (name, css.contains(".z-"))).collect::<Vec<_>>()
        })
    };
    assert_eq!(sheets("").unwrap(), []);
    assert_eq!(sheets(DARK).unwrap(), []);
    assert_eq!(sheets(&format!("{DARK}style = 'class'")).unwrap(), [("giallo.css", true)]);
    let dual = "[highlighting]\nlight_theme = 'github-light'\ndark_theme = 'github-dark'\nstyle = 'class'";
    assert_eq!(sheets(dual).unwrap(), [("giallo-light.css", true), ("giallo-dark.css", true)]);
    assert_eq!(sheets("[highlighting]\ntheme = 'x'\nstyle = 'class'").unwrap_err().code, "code/theme");
}

#[test]
fn extreme_line_numbers() {
    for start in ["9223372036854775807", "-9223372036854775808", "-3", "0"] {
        assert!(
            html_of(DARK, &format!("```rust,linenos,linenostart={start}\na\nb\nc\n```"))
                .contains("giallo-ln")
        );
    }
}

#[test]
fn no_text_makes_it_panic() {
    const PIECES: &[&str] = &[
        "#",
        " ",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "[^1]",
        "[^1]:",
        "[a](@/about.md)",
        "![",
        "](x)",
        "[",
        "]",
        "```",
        "rust,hl_lines=2-1",
        "|",
        "|-|-|",
        "- ",
        "1. ",
        "> ",
        "<!-- more -->",
        "<div>",
        "</div>",
        "{#a .b}",
        "{{ a }}",
        "{{ i() }}",
        "{{ m(x=[1,]) }}",
        "{{/* i() */}}",
        "{% b() %}",
        "{% end %}",
        "{%",
        "%}",
        "é",
        "\u{FDD0}",
        "*",
        "**",
        "_",
        "`",
        ":x:",
        "https://a.b",
        "<a@b.c>",
        "\r\n",
        "\\",
        "&amp;",
        "\0",
        "~~",
        "> [!NOTE]",
        ": ",
        "---",
        "===",
        "\"",
        "--",
        "日本",
        "# ",
        "</",
        "<!--",
    ];
    let settings = [
        "",
        "bottom_footnotes = true\ndefinition_list = true\ngithub_alerts = true\nrender_emoji = true\nsmart_punctuation = true\ninsert_anchor_links = 'heading'\nlazy_async_image = true",
        DARK,
    ];
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for turn in 0..6000 {
        let mut raw = String::new();
        for _ in 0..turn % 25 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            raw.push_str(PIECES[(state % PIECES.len() as u64) as usize]);
        }
        let house = if turn % 2 == 0 { house } else { old::old_house };
        let (body, complaints) = render_in(house(settings[turn % 3]), &raw);
        assert_eq!(body.is_none(), complaints.iter().any(Diagnostic::is_error), "{raw}");
        for span in complaints.iter().filter_map(|complaint| complaint.place.as_ref()?.span.clone()) {
            assert!(raw.get(span.start - OFFSET..span.end - OFFSET).is_some(), "{raw}");
        }
    }
}
