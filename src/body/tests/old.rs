//! What is different in dialect 0.22: shortcodes, images, footnotes, colours. The HTML is what Zola 0.22.1 makes, but where
//! a test says that it is mended.

use super::*;
use crate::model::Dialect;

/// A house of dialect 0.22 with some shortcodes.
pub(super) fn old_house(markdown: &str) -> House {
    let mut house = house(markdown).change(|config| config.dialect = Dialect::Zola022);
    let all: [(&str, Shortcode); 7] = [
        ("i.html", |context| Ok(format!("<i>{}</i>\n", number(context)))),
        ("b.html", |context| Ok(format!("<b>{}|{}</b>", number(context), text_of(context, "body")))),
        ("m.md", |context| Ok(format!("*m{}*", number(context)))),
        ("url.md", |_| Ok("https://x.y/z".to_owned())),
        ("adres.html", |_| Ok("https://x.y/<z>\r\n".to_owned())),
        ("niets.html", |_| Ok(String::new())),
        ("stuk.html", |_| {
            Err(Fault { line: 1, column: 2, ..Fault::message("shortcodes/stuk.html", "stuk") })
        }),
    ];
    house.shortcodes.extend(all);
    house
}

fn number(context: &Context) -> i64 {
    match context.parts.iter().find(|(name, _)| *name == "nth") {
        Some((_, Field::Int(number))) => *number,
        other => panic!("{other:?}"),
    }
}

fn old_html(markdown: &str, raw: &str) -> String {
    let (body, complaints) = render_in(old_house(markdown), raw);
    body.unwrap_or_else(|| panic!("{raw}: {complaints:?}")).html.to_string()
}

#[test]
fn faults_of_calls_are_told_with_their_places() {
    let raw = "é {{ weg() }} {% i() %}{{ ook_weg(x=1) }}{% end %}\n\n[a](@/niets.md)";
    assert_eq!(
        faults_in(old_house(""), raw),
        ["shortcode/unknown error 'weg'", "shortcode/unknown error 'ook_weg'"]
    );
    let raw = "{% end %} {% b() %} {{ weg() }}";
    assert_eq!(
        faults_in(old_house(""), raw),
        ["shortcode/stray-end error '{% end %}'", "shortcode/unclosed error '{% b() %}'"]
    );
}

#[test]
fn a_fault_in_a_shortcode_names_both_files() {
    let house = old_house("").with("templates/shortcodes/stuk.html", "{{ x }}");
    let raw = "a\n\n{{ stuk() }}";
    let (body, complaints) = render_in(house, raw);
    assert!(body.is_none() && complaints.len() == 1);
    let place = complaints[0].place.as_ref().unwrap();
    assert_eq!((place.file.as_str(), place.span.clone()), ("templates/shortcodes/stuk.html", Some(1..2)));
    assert_eq!(complaints[0].message, "The shortcode `stuk` could not be run: stuk");
    let note = &complaints[0].notes[0];
    assert_eq!((note.label.as_str(), note.place.file.as_str()), ("called from", "content/p.md"));
    assert_eq!(note.place.span, Some(OFFSET + 3..OFFSET + raw.len()));

    let (_, complaints) = render_in(old_house(""), raw);
    assert_eq!(complaints[0].place.as_ref().unwrap().file.as_str(), "content/p.md");
}

#[test]
fn places_behind_shortcodes_are_known() {
    assert_eq!(
        faults_in(old_house(""), "{{ m() }} {{ i() }} é [a](@/niets.md)\n\n[b]() {{ niets() }}"),
        ["link/missing error '@/niets.md'", "link/empty error '[b]()'"]
    );
    let (body, _) = render_in(old_house(""), "{{ i() }}\n\n[a](@/about.md) [b]({{ url() }})");
    let body = body.unwrap();
    assert_eq!(body.internal_links[0].at, Some((OFFSET + 11) as u32));
    assert_eq!(
        (body.external_links[0].url.as_str(), body.external_links[0].at),
        ("https://x.y/z", Some((OFFSET + 27) as u32))
    );
}

#[test]
fn shortcodes_stand_where_they_were_called() {
    for (raw, html) in [
        ("{{ i() }}", "<i>1</i>\n"),
        ("a\n\n{{ i() }}\n\nb", "<p>a</p>\n<i>1</i>\n<p>b</p>\n"),
        ("{{ i() }} {{ i() }}", "<p><i>1</i>\n <i>2</i>\n</p>\n"),
        ("{{ i() }}{{ niets() }}", "<p><i>1</i>\n</p>\n"),
        ("{{ niets() }}", ""),
        ("a {{ m() }} {{ m() }}", "<p>a <em>m1</em> <em>m2</em></p>\n"),
        ("{{ m() }}", "<p><em>m1</em></p>\n"),
        ("- {{ i() }}\n- x", "<ul>\n<li><i>1</i>\n</li>\n<li>x</li>\n</ul>\n"),
        ("# a {{ i() }} b", "<h1 id=\"a-b\">a <i>1</i>\n b</h1>\n"),
        ("<div>{{ i() }}</div>", "<div><i>1</i>\n</div>"),
        ("a <b>{{ i() }}</b>", "<p>a <b><i>1</i>\n</b></p>\n"),
        ("<!-- {{ i() }} -->", "<!-- <i>1</i>\n -->"),
        ("    {{ i() }}", "<pre><code>&lt;i&gt;1&lt;/i&gt;\n</code></pre>\n"),
        ("```\n{{ i() }}\n```", "<pre><code>&lt;i&gt;1&lt;/i&gt;\n\n</code></pre>\n"),
        ("```\n{{ m() }}\n```", "<pre><code>*m1*\n</code></pre>\n"),
        ("![a {{ i() }}](x)", "<p><img src=\"https://example.com/p/x\" alt=\"a \" /></p>\n"),
        ("[{{ i() }}](/x)", "<p><a href=\"/x\"><i>1</i>\n</a></p>\n"),
        ("{{ a }} {{ i(x=1,) }} {% raw %}", "<p>{{ a }} {{ i(x=1,) }} {% raw %}</p>\n"),
        (
            "`{{/* i() */}}` {%/* b() */%}x{%/* end */%}",
            "<p><code>{{ i() }}</code> {% b() %}x{% end %}</p>\n",
        ),
        ("> {{ i() }}", "<blockquote>\n<i>1</i>\n</blockquote>\n"),
    ] {
        assert_eq!(old_html("", raw), html, "{raw}");
    }
}

#[test]
fn bodies_are_trimmed_and_may_hold_calls() {
    assert_eq!(old_html("", "{% b() %}\n *a*\n\n b\n{% end %}"), "<b>1|*a*\n\n b</b>");
    assert_eq!(
        old_html("", "{% b() %}{{ m() }} {% b() %} {{ i() }}{% end %} {{ i() }}{% end %}"),
        "<b>1|*m1* <b>2|<i>1</i></b> <i>2</i></b>"
    );
    // In Zola a body must hold something.
    assert_eq!(old_html("", "{% b() %} {% end %}"), "<b>1|</b>");
}

#[test]
fn what_shortcodes_start_with() {
    let mut house = old_house("");
    house.shortcodes.insert("c.html", |context| {
        let names: Vec<_> = context.parts.iter().map(|(name, _)| *name).collect();
        Ok(format!("{} {}", names.join(" "), crate::model::Json::Object(context.args.clone())))
    });
    let lookup: Arc<dyn Lookup> = Arc::new(house);
    let parts = vec![("lang", Field::from("nl")), ("page", Field::Null)];
    let source = Source {
        raw: "{% c(lang='x', nth=[1,2.5]) %}z{% end %}",
        file: None,
        offset: 0,
        relative: "",
        permalink: "",
        lang: "nl",
        insert_anchor: InsertAnchor::None,
        templating: Some(parts.into()),
    };
    let (body, _) = render(&source, &lookup);
    assert_eq!(&*body.unwrap().html, "body nth lang page {\"lang\":\"x\",\"nth\":[1,2.5]}");
}

#[test]
fn html_goes_before_markdown_when_a_site_has_both() {
    let mut house = old_house("");
    house.shortcodes.insert("i.md", |_| Ok("*md*".to_owned()));
    assert_eq!(&*render_in(house, "{{ i() }}").0.unwrap().html, "<i>1</i>\n");
}

#[test]
fn mended_where_zola_leaves_its_placeholder() {
    for (raw, html) in [
        ("`{{ i() }}` {{ i() }}", "<p><code>&lt;i&gt;1&lt;/i&gt;</code> <i>2</i>\n</p>\n"),
        (
            "[a]({{ adres() }} \"t\") {{ i() }}",
            "<p><a rel=\"external\" title=\"t\" href=\"https://x.y/%3Cz%3E\">a</a> <i>1</i>\n</p>\n",
        ),
        (
            "[a][b] {{ i() }}\n\n[b]: {{ adres() }}",
            "<p><a rel=\"external\" href=\"https://x.y/%3Cz%3E\">a</a> <i>1</i>\n</p>\n",
        ),
        ("![]({{ adres() }})", "<p><img src=\"https://x.y/%3Cz%3E\" alt=\"\" /></p>\n"),
        (":smile: {{ i() }} :smile:", "<p>😄 <i>1</i>\n 😄</p>\n"),
    ] {
        assert_eq!(old_html("render_emoji = true", raw), html, "{raw}");
    }
}

#[test]
fn a_summary_ends_at_its_mark_and_not_at_one_out_of_a_shortcode() {
    let mut house = old_house("");
    house.shortcodes.insert("meer.html", |_| Ok("<!-- more -->".to_owned()));
    let (body, _) = render_in(house, "{{ meer() }}\n\na {{ i() }}\n\n<!-- more -->\n\nb");
    let body = body.unwrap();
    assert_eq!(body.summary.as_deref(), Some("<!-- more -->\n<p>a <i>1</i>\n</p>"));
    assert_eq!(
        &*body.html,
        "<!-- more -->\n<p>a <i>1</i>\n</p>\n<span id=\"continue-reading\"></span>\n<p>b</p>\n"
    );
}

#[test]
fn images() {
    for (raw, html) in [
        (
            "![a\nb `c` <b>d</b>](y 't \"u\"')",
            "<p><img src=\"https://example.com/p/y\" alt=\"a b c &lt;b&gt;d&lt;/b&gt;\" title=\"t &quot;u&quot;\" /></p>\n",
        ),
        ("![a](@/foto/x.png)", "<p><img src=\"https://example.com/p/@/foto/x.png\" alt=\"a\" /></p>\n"),
        ("# h ![alt](/x) b", "<h1 id=\"h-alt-b\">h <img src=\"/x\" alt=\"alt\" /> b</h1>\n"),
    ] {
        assert_eq!(old_html("", raw), html, "{raw}");
    }
    let (body, _) = render_in(old_house(""), "![a](https://x.y/z.png)");
    assert!(body.unwrap().external_links.is_empty());
    assert_eq!(faults_in(old_house(""), "[a](@/foto/x.png)"), ["link/missing error '@/foto/x.png'"]);
}

#[test]
fn lazy_images_leave_markup_and_what_follows_is_mended() {
    assert_eq!(
        old_html("lazy_async_image = true", "![a *b* \"c\"](/x 't u') \"d\"\n\n# e"),
        "<p><img src=\"/x\" title=\"t%20u\" alt=\"a <em>b</em> &quot;c&quot;\" loading=\"lazy\" decoding=\"async\" /> \"d\"</p>\n<h1 id=\"e\">e</h1>\n"
    );
}

#[test]
fn footnotes_at_the_bottom() {
    assert_eq!(
        old_html(
            "bottom_footnotes = true",
            "a[^1] b[^2] c[^1]\n\n[^1]: een\n\n[^2]:\n    twee\n\n    - drie"
        ),
        concat!(
            "<p>a<sup class=\"footnote-reference\" id=\"fr-1-1\"><a href=\"#fn-1\">1</a></sup>",
            " b<sup class=\"footnote-reference\" id=\"fr-2-1\"><a href=\"#fn-2\">2</a></sup>",
            " c<sup class=\"footnote-reference\" id=\"fr-1-2\"><a href=\"#fn-1\">1</a></sup></p>\n",
            "<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n",
            "<li id=\"fn-1\">\n<p>een <a href=\"#fr-1-1\">↩</a> <a href=\"#fr-1-2\">↩2</a></p>\n</li>\n",
            "<li id=\"fn-2\">\n<p>twee</p>\n<ul>\n<li>drie</li>\n</ul>\n <a href=\"#fr-2-1\">↩</a></li>\n",
            "</ol>\n</section>\n"
        )
    );
    assert_eq!(
        old_html("bottom_footnotes = true", "a\n\n[^1]: een"),
        "<p>a</p>\n<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n</ol>\n</section>\n"
    );
    let html =
        old_html("bottom_footnotes = true\ninsert_anchor_links = 'right'", "a[^1]\n\n[^1]:\n    # een");
    assert!(html.contains("<li id=\"fn-1\"><h1 id=\"een\">een<a class=\"zola-anchor\""), "{html}");
}

#[test]
fn the_filter_runs_shortcodes_and_knows_no_page() {
    let mut house = old_house("");
    house.shortcodes.insert("c.html", |context| Ok(context.parts.len().to_string()));
    let house: Arc<dyn Lookup> = Arc::new(house);
    let fragment =
        |text, inline| markdown::fragment(text, inline, "https://example.com/q/", "q.md", "fr", &house);
    assert_eq!(
        fragment("a {{ c() }} [b](#c) ![d](e)", true).unwrap(),
        "a 1 <a href=\"#c\">b</a> <img src=\"e\" alt=\"d\" />"
    );
    assert_eq!(fragment("{{ i() }}", true).unwrap(), "<i>1</i>\n");
    assert_eq!(fragment("{{ weg() }}", true).unwrap_err()[0].code, "shortcode/unknown");
}

#[test]
fn code_in_the_colours_of_its_dialect() {
    let settings = |rest: &str| format!("highlighting = {{ {rest} }}");
    let (one, two) = ("theme = 'github-light'", "light_theme = 'github-light', dark_theme = 'github-dark'");
    let html = |rest: &str, raw: &str| old_html(&settings(rest), raw);
    let raw = "```rs,linenos,hl_lines=1,name=a\nlet a;\n```";
    assert!(
        html(one, raw)
            .starts_with("<pre class=\"giallo\" style=\"color: #24292E; background-color: #FFFFFF;\"><code data-lang=\"rust\" data-name=\"a\"><span class=\"giallo-l\"")
    );
    assert!(html(two, raw).contains("color-scheme: light dark; color: light-dark("));
    assert!(html(&format!("style = 'class', {one}, {two}"), raw).contains("<span class=\"z-storage "));

    let house = old_house(&settings(&format!("style = 'class', {two}")));
    let lookup: Arc<dyn Lookup> = Arc::new(house);
    let names: Vec<_> = code::style_sheets(&lookup).unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["giallo-light.css", "giallo-dark.css"]);
}
