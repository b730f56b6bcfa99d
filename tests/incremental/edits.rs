//! Edits by chance, of every kind an author, a designer or an editor's program makes.

use super::chance::Chance;
use super::matter::set;
use super::platform::{Platform, png};

/// Does an edit and says which; none when there is nothing to do it to.
type Edit = fn(&mut Platform, &mut Chance, usize) -> Option<String>;

/// Does one edit, and says which. It may break the site.
pub(super) fn edit(platform: &mut Platform, chance: &mut Chance, number: usize) -> String {
    const EDITS: &[Edit] = &[
        body,
        body,
        body,
        key_of_page,
        key_of_page,
        key_of_page,
        key_of_page,
        taxonomy,
        taxonomy,
        key_of_section,
        key_of_section,
        rename,
        move_folder,
        delete,
        add_page,
        add_page,
        add_section,
        asset,
        template,
        template,
        override_template,
        part,
        settings,
        settings,
        data,
        data,
        sass,
        sass,
        static_file,
        picture,
        break_something,
        environment,
        touch,
        order,
    ];
    loop {
        if let Some(told) = chance.pick(EDITS)(platform, chance, number) {
            return told;
        }
    }
}

/// The files that answer to a test.
fn files(platform: &Platform, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    platform.files.keys().filter(|path| wanted(path)).cloned().collect()
}

fn one(platform: &Platform, chance: &mut Chance, wanted: impl Fn(&str) -> bool) -> Option<String> {
    let files = files(platform, wanted);
    (!files.is_empty()).then(|| chance.pick(&files).clone())
}

fn is_page(path: &str) -> bool {
    path.starts_with("content/") && path.ends_with(".md") && !path.contains("/_index.")
}

fn is_section(path: &str) -> bool {
    path.starts_with("content/") && path.ends_with(".md") && path.contains("/_index.")
}

fn is_template(path: &str) -> bool {
    path.starts_with("templates/") || path.starts_with("themes/huis/templates/")
}

fn append(platform: &mut Platform, path: &str, more: &str) {
    let text = platform.text(path) + more;
    platform.put(path, &text);
}

fn body(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let path = one(platform, chance, |path| is_page(path) || is_section(path))?;
    let target = one(platform, chance, |path| is_page(path) || is_section(path))?;
    let link = format!("\nZie [daar](@/{}).\n", target.trim_start_matches("content/"));
    let more = chance
        .pick(&[
            format!("\nNog een zin {number}.\n"),
            format!("\n## Kop {number}\n"),
            link,
            "\n<!-- more -->\n".to_owned(),
            "\n{{ <noot tekst=\"erbij\" /> }}\n".to_owned(),
            "\n{{ load_data(path=\"data/inhoud.json\") | json_encode }}\n".to_owned(),
            "\n{{ get_env(name=\"PLATFORM\", default=\"x\") }}\n".to_owned(),
            "\n```toml\na = 1\n```\n".to_owned(),
            " \n".to_owned(),
            "\nZie [elders](https://elders.example/x).\n".to_owned(),
        ])
        .clone();
    append(platform, &path, &more);
    Some(format!("body of {path}: {more:?}"))
}

fn assign(platform: &mut Platform, path: &str, table: &str, key: &str, value: Option<&str>) -> String {
    let text = set(&platform.text(path), table, key, value);
    platform.put(path, &text);
    format!("{path}: {table} {key} = {value:?}")
}

fn key_of_page(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let path = one(platform, chance, is_page)?;
    let day = 1 + number % 28;
    let (table, key, value) = match chance.below(18) {
        0 | 1 => ("", "title", Some(format!("\"Titel {number}\""))),
        2 => ("", "date", Some(format!("2025-03-{day:02}"))),
        3 => ("", "date", None),
        4 => ("", "weight", Some(format!("{}", number % 7))),
        5 => ("", "weight", None),
        6 => ("", "slug", Some(format!("\"naam-{}\"", number % 40))),
        7 => ("", "path", Some(format!("\"elders/{}\"", number % 40))),
        8 => ("", "aliases", Some(format!("[\"oud/{}\", \"oud/b{number}.html\"]", number % 40))),
        9 => ("", "draft", Some(["true", "false"][number % 2].to_owned())),
        10 => ("", "updated", Some(format!("2026-04-{day:02}"))),
        11 => ("extra", "soort", Some(format!("\"s{}\"", number % 3))),
        12 => ("", "hidden", Some(["true", "false"][number % 2].to_owned())),
        13 => ("", "include_in_feeds", Some(["true", "false"][number % 2].to_owned())),
        14 => ("", "in_search_index", Some(["true", "false"][number % 2].to_owned())),
        15 => {
            ("", "template", Some(["\"gids.html\"", "\"page.html\"", "\"uur.html\""][number % 3].to_owned()))
        }
        16 => ("", ["slug", "path", "aliases", "template", "draft", "hidden"][number % 6], None),
        _ => ("", "description", Some(format!("\"Over {number}\""))),
    };
    Some(assign(platform, &path, table, key, value.as_deref()))
}

fn taxonomy(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let path = one(platform, chance, is_page)?;
    let terms = chance
        .pick(&[
            "[\"rust\"]",
            "[\"Rust\"]",
            "[\"rust\", \"nieuw\"]",
            "[\"web\", \"Eén ding\"]",
            "[]",
            "[\"N\"]",
        ])
        .replace('N', &format!("n{}", number % 5));
    let kind = if chance.percent(70) { "tags" } else { "regios" };
    Some(assign(platform, &path, "taxonomies", kind, Some(&terms)))
}

fn key_of_section(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let path = one(platform, chance, is_section)?;
    let flag = Some(["true", "false"][number % 2].to_owned());
    let (key, value) = match chance.below(14) {
        0 => ("title", Some(format!("\"Rubriek {number}\""))),
        1 => (
            "sort_by",
            Some(["\"date\"", "\"title\"", "\"weight\"", "\"none\"", "\"slug\""][number % 5].to_owned()),
        ),
        2 => ("paginate_by", Some(format!("{}", number % 4))),
        3 => ("paginate_by", None),
        4 => ("transparent", flag),
        5 => ("generate_feeds", flag),
        6 => ("page_template", Some(["\"gids.html\"", "\"page.html\""][number % 2].to_owned())),
        7 => (
            "insert_anchor_links",
            Some(["\"left\"", "\"right\"", "\"heading\"", "\"none\""][number % 4].to_owned()),
        ),
        8 => ("render", flag),
        9 => ("redirect_to", (number.is_multiple_of(2)).then(|| "\"/over/\"".to_owned())),
        10 => ("weight", Some(format!("{}", number % 5))),
        11 => ("draft", flag),
        12 => ("hidden", flag),
        _ => ("paginate_path", Some(format!("\"blad{}\"", number % 2))),
    };
    Some(assign(platform, &path, "", key, value.as_deref()))
}

fn rename(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let path = one(platform, chance, is_page)?;
    let folder = path.rsplit_once('/')?.0.to_owned();
    let to = chance
        .pick(&[
            format!("{folder}/nieuw-{number}.md"),
            format!("{folder}/2025-01-0{}-dag.md", 1 + number % 9),
            format!("{folder}/map-{number}/index.md"),
            format!("content/nieuw-{number}.md"),
            path.replace(".md", ".en.md"),
        ])
        .clone();
    let bytes = platform.files.remove(&path)?;
    platform.files.insert(to.clone(), bytes);
    Some(format!("{path} renamed to {to}"))
}

fn move_folder(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let from = chance.pick(&[
        "content/blog/archief",
        "content/gids/diep",
        "content/gids/kaart",
        "content/los",
        "sass/deel",
    ]);
    let to = if *from == "sass/deel" {
        format!("sass/deel{number}")
    } else {
        format!("content/verhuisd-{number}")
    };
    let inside = files(platform, |path| path.starts_with(&format!("{from}/")));
    for path in &inside {
        let bytes = platform.files.remove(path)?;
        platform.files.insert(path.replacen(from, &to, 1), bytes);
    }
    (!inside.is_empty()).then(|| format!("{from} moved to {to}"))
}

fn delete(platform: &mut Platform, chance: &mut Chance, _: usize) -> Option<String> {
    let path = one(platform, chance, |path| path.starts_with("content/"))?;
    platform.files.remove(&path);
    Some(format!("{path} deleted"))
}

fn add_page(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let section = one(platform, chance, is_section)?;
    let folder = section.rsplit_once('/')?.0.to_owned();
    let lang = if chance.percent(20) { ".en" } else { "" };
    let path = format!("{folder}/erbij-{number}{lang}.md");
    let matter = chance
        .pick(&[
            format!("date = 2026-05-{:02}\n[taxonomies]\ntags = [\"nieuw-{}\"]", 1 + number % 28, number % 9),
            format!("weight = {}", number % 9),
            "[taxonomies]\nregios = [\"west\"]".to_owned(),
            String::new(),
        ])
        .clone();
    platform.put(&path, &format!("+++\ntitle = \"Erbij {number}\"\n{matter}\n+++\nTekst {number}.\n"));
    Some(format!("{path} added with {matter:?}"))
}

fn add_section(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let near = one(platform, chance, is_section)?;
    let folder = near.rsplit_once('/')?.0.to_owned();
    let path = match chance.below(3) {
        0 => "content/los/_index.md".to_owned(),
        1 => format!("{folder}/_index.en.md"),
        _ => format!("{folder}/rubriek-{number}/_index.md"),
    };
    platform.put(&path, &format!("+++\ntitle = \"Rubriek {number}\"\nsort_by = \"title\"\n+++\n"));
    Some(format!("{path} written"))
}

fn asset(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let known = one(platform, chance, |path| path.starts_with("content/") && !path.ends_with(".md"));
    let path = match (chance.below(3), known) {
        (0, Some(known)) => known,
        (1, _) => format!("content/blog/los-{}.txt", number % 3),
        _ => format!("content/gids/kaart/bijlage-{}.txt", number % 3),
    };
    platform.put(&path, &format!("bijlage {number}"));
    Some(format!("{path} written"))
}

fn template(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let path = one(platform, chance, is_template)?;
    let text = platform.text(&path);
    let marked = if text.contains("</h1>") && chance.percent(50) {
        text.replacen("</h1>", &format!(" {number}</h1>"), 1)
    } else if text.contains("{% block inhoud %}") {
        text.replacen("{% block inhoud %}", &format!("{{% block inhoud %}}<!-- {number} -->"), 1)
    } else if text.contains("{% component") || text.contains("{% extends") {
        text.replacen("%}", &format!("%}}{{# {{{{ {number} #}}"), 1)
    } else {
        format!("{text}<!-- {number} -->")
    };
    platform.put(&path, &marked);
    Some(format!("template {path} edited"))
}

fn override_template(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let own = one(platform, chance, |path| path.starts_with("templates/") && !path.contains("gids"));
    if chance.percent(35) {
        let path = own?;
        platform.files.remove(&path);
        return Some(format!("template {path} deleted"));
    }
    let builtin = [
        ("templates/anchor-link.html", "<a href=\"#{{ id }}\">¶</a>"),
        (
            "templates/atom.xml",
            "{% for page in pages %}{{ page.title }} {{ page.permalink }}\n{% endfor %}{{ last_updated | default(value=\"\") }}{% if term is defined %}{{ term.name }}{% endif %}",
        ),
        (
            "templates/sitemap.xml",
            "{% for e in entries %}{{ e.permalink }} {{ e.updated | default(value=\"\") }}\n{% endfor %}",
        ),
        ("templates/regios/list.html", "{% for t in terms %}{{ t.name }} {% endfor %}"),
        ("templates/internal/alias.html", "verhuisd naar {{ url }}"),
        ("templates/summary-cutoff.html", "<span class=\"meer\"></span>"),
    ];
    if chance.percent(40) {
        let (path, text) = chance.pick(&builtin);
        platform.put(path, &format!("{text}<!-- {number} -->"));
        return Some(format!("template {path} written"));
    }
    let of_theme = one(platform, chance, |path| path.starts_with("themes/huis/templates/"))?;
    let path = of_theme.replacen("themes/huis/", "", 1);
    // Two templates that define one component are a fault, so components are not copied.
    let text = platform.text(&of_theme);
    if text.contains("{% component") {
        return None;
    }
    platform.put(&path, &text.replacen("block inhoud %}", &format!("block inhoud %}}eigen {number}"), 1));
    Some(format!("template {path} overrides the theme's"))
}

/// A component or an included template.
fn part(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let path = one(platform, chance, |path| is_template(path) && path.contains("/delen/"))?;
    let text = platform.text(&path);
    let marked = match text.find("{% endcomponent") {
        Some(at) => format!("{}<i>{number}</i>{}", &text[..at], &text[at..]),
        None => format!("{text}<i>{number}</i>"),
    };
    platform.put(&path, &marked);
    Some(format!("part {path} edited"))
}

fn settings(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let flag = ["true", "false"][number % 2].to_owned();
    let (table, key, value) = match chance.below(16) {
        0 => ("", "title", format!("\"Platform {number}\"")),
        1 => ("extra", "leus", format!("\"leus {number}\"")),
        2 => ("languages.en", "title", format!("\"English {number}\"")),
        3 => ("languages.en.translations", "lees", format!("\"Read {number}\"")),
        4 => ("translations", "lees", format!("\"Lees {number}\"")),
        5 => ("search", "index_format", ["\"fuse_json\"", "\"elasticlunr_json\"", "\"fuse_javascript\""][number % 3].to_owned()),
        6 => ("", "feed_limit", format!("{}", 1 + number % 5)),
        7 => ("", "minify_html", flag),
        8 => ("", "generate_sitemap", flag),
        9 => ("", "base_url", ["\"https://example.org\"", "\"https://example.net/onder\""][number % 2].to_owned()),
        10 => ("markdown", "insert_anchor_links", ["\"left\"", "\"none\""][number % 2].to_owned()),
        11 => ("markdown.highlighting", "theme", ["\"github-dark\"", "\"github-light\""][number % 2].to_owned()),
        12 => ("markdown.highlighting", "style", ["\"class\"", "\"inline\""][number % 2].to_owned()),
        13 => (
            "",
            "taxonomies",
            [
                "[{ name = \"tags\", feed = true, paginate_by = 1 }, { name = \"regios\" }]",
                "[{ name = \"regios\", feed = true }, { name = \"tags\", paginate_by = 2, paginate_path = \"blad\" }]",
                "[{ name = \"tags\", render = false }, { name = \"regios\" }]",
            ][number % 3]
                .to_owned(),
        ),
        14 => ("", "feed_filenames", ["[\"atom.xml\"]", "[\"rss.xml\", \"atom.xml\"]"][number % 2].to_owned()),
        _ => ("", "exclude_paginated_pages_in_sitemap", ["\"all\"", "\"none\""][number % 2].to_owned()),
    };
    Some(assign(platform, "zola.toml", table, key, Some(&value)))
}

fn data(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let (path, text) = chance
        .pick(&[
            ("data/voet.toml", format!("tekst = \"voet {number}\"\n")),
            ("data/extra.toml", format!("meer = {number}\n")),
            ("data/inhoud.json", format!("{{\"naam\": \"Jo {number}\", \"a\": 2, \"b\": 1}}\n")),
            ("data/rij.csv", format!("x,y\n{number},2\n")),
            ("data/lijst.yaml", format!("- een\n- {number}\n")),
            ("content/data/voet.toml", format!("tekst = \"uit content {number}\"\n")),
            ("static/data/extra.toml", format!("meer = \"static {number}\"\n")),
            ("data/ongevraagd.toml", format!("x = {number}\n")),
        ])
        .clone();
    if chance.percent(35) && platform.files.remove(path).is_some() {
        return Some(format!("data {path} deleted"));
    }
    platform.put(path, &text);
    Some(format!("data {path} written"))
}

fn sass(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let (path, text) = chance
        .pick(&[
            ("sass/_kleur.scss", format!("$inkt: #{:03};\n", number % 900 + 100)),
            // An import looks here first.
            ("sass/kleur.scss", format!("$inkt: #{:03};\n", number % 900 + 100)),
            ("sass/deel/_maat.scss", format!("$breed: {number}px;\n")),
            ("sass/deel/maat/_index.scss", format!("$breed: {number}em;\n")),
            ("sass/druk.scss", format!("p {{ widows: {number}; }}\n")),
            ("sass/nieuw.scss", format!("@import \"kleur\";\np {{ color: $inkt; widows: {number}; }}\n")),
            ("themes/huis/sass/_grond.scss", format!("$rand: {number}px;\n")),
            ("sass/huis.scss", format!("b {{ widows: {number}; }}\n")),
            ("sass/site.scss", format!("@import \"kleur\";\n@import \"deel/maat\";\nb {{ color: $inkt; width: $breed; widows: {number}; }}\n")),
        ])
        .clone();
    if chance.percent(25) && platform.files.remove(path).is_some() {
        return Some(format!("style sheet {path} deleted"));
    }
    platform.put(path, &text);
    Some(format!("style sheet {path} written"))
}

fn static_file(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let path = *chance.pick(&[
        "static/gedeeld.txt",
        "static/los.txt",
        "static/diep/er.txt",
        "static/site.css",
        "static/over/index.html",
        "static/processed_images/x.txt",
        "themes/huis/static/gedeeld.txt",
        "themes/huis/static/thema.txt",
        "themes/huis/static/druk.css",
    ]);
    if chance.percent(40) && platform.files.remove(path).is_some() {
        return Some(format!("static file {path} deleted"));
    }
    platform.put(path, &format!("static {number}\n"));
    Some(format!("static file {path} written"))
}

fn picture(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let path = *chance.pick(&["static/plaat.png", "content/gids/kaart/foto.png", "plaat.png"]);
    if path == "plaat.png" && platform.files.remove(path).is_some() {
        return Some("image plaat.png in the root deleted".to_owned());
    }
    platform.files.insert(path.to_owned(), png(3 + number as u32 % 4, 4, number as u8));
    Some(format!("image {path} replaced"))
}

fn break_something(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let wanted = |path: &str| !path.ends_with(".png") && !path.starts_with("static/");
    let path = match chance.below(5) {
        0 => one(platform, chance, |path| is_page(path) || is_section(path))?,
        1 => one(platform, chance, is_template)?,
        2 => one(platform, chance, |path| path.starts_with("data/"))?,
        3 => "zola.toml".to_owned(),
        _ => one(platform, chance, wanted)?,
    };
    let text = platform.text(&path);
    let broken = match chance.below(6) {
        0 => text.replacen('=', "", 1),
        1 => format!("{text}\n{{% if %}}\n"),
        2 => format!("{text}\n{{{{ onbekend{number} }}}}\n"),
        3 => format!("{text}\n[weg](@/nergens-{number}.md) [x](@/over.md#geen-{number})\n"),
        4 => String::new(),
        _ => text.replacen("{% extends \"base.html\"", "{% extends \"weg.html\"", 1),
    };
    if broken == text {
        return None;
    }
    platform.put(&path, &broken);
    Some(format!("{path} broken"))
}

fn environment(platform: &mut Platform, chance: &mut Chance, number: usize) -> Option<String> {
    let name = if chance.percent(80) { "PLATFORM" } else { "NIEMAND" };
    platform.env.insert(name.to_owned(), format!("waarde {number}"));
    Some(format!("variable {name} set"))
}

/// The same bytes written again.
fn touch(platform: &mut Platform, chance: &mut Chance, _: usize) -> Option<String> {
    let path = one(platform, chance, |_| true)?;
    platform.touched = Some(path.clone());
    Some(format!("{path} written again as it was"))
}

/// Keys in another order mean the same, but templates see the order.
fn order(platform: &mut Platform, chance: &mut Chance, _: usize) -> Option<String> {
    let (path, a, b) = *chance.pick(&[
        ("content/over.md", "{ b = 1, a = 2 }", "{ a = 2, b = 1 }"),
        ("zola.toml", "b = 1\na = 2", "a = 2\nb = 1"),
    ]);
    let text = String::from_utf8(platform.files.get(path)?.clone()).ok()?;
    let other = if text.contains(a) { text.replacen(a, b, 1) } else { text.replacen(b, a, 1) };
    if other == text {
        return None;
    }
    platform.put(path, &other);
    Some(format!("keys of {path} in another order"))
}
