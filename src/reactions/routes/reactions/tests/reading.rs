//! Pages, feeds and data, with everything that members could write to do harm.

use scraper::{Html, Node};
use serde_json::{Value, json};

use crate::accepted::published;
use crate::accepted::text::tests::ATTACKS;
use crate::base::SourcePath;
use crate::model::reaction::Kind;
use crate::reactions::exchange::{Media, Response};
use crate::reactions::routes::people::{Person, member, person};
use crate::reactions::routes::testing::{Browser, NOW, Town, towns};
use crate::reactions::secrets;
use crate::reactions::store::baked::published_from;
use crate::reactions::store::moderation::Report;
use crate::reactions::store::reactions::{New, Said, State};
use crate::reactions::store::testing::rename;
use crate::reactions::store::{Store, StoreError, Where};

const PAGE: &str = "praktijkvoorbeelden/verbinding";

/// Keeps a reaction with an attack wherever a member can write.
fn attack(town: &Town, account: &str, words: &str, state: State) -> String {
    let id = secrets::id(NOW).unwrap();
    let title: String = words.chars().take(160).collect();
    let said = Said { title: Some(&title), text: words, notice: None, expires: None, state, holds: "" };
    let new =
        New { id: &id, page: PAGE, parent: None, account, kind: Kind::Question, said, once: &id, now: NOW };
    town.app.store.write(|tx| tx.add_reaction(&new)).unwrap();
    id
}

/// What in a page of ours may not be there, read by a browser's rules.
fn harms(page: &Response) -> Vec<String> {
    const OURS: [&str; 50] = [
        "html",
        "head",
        "meta",
        "title",
        "body",
        "main",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "a",
        "ul",
        "ol",
        "li",
        "form",
        "input",
        "button",
        "textarea",
        "label",
        "fieldset",
        "legend",
        "div",
        "span",
        "section",
        "article",
        "header",
        "time",
        "bdi",
        "strong",
        "em",
        "code",
        "pre",
        "br",
        "blockquote",
        "details",
        "summary",
        "q",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "select",
        "option",
        "i",
        "b",
        "s",
    ];
    const ATTRIBUTES: [&str; 35] = [
        "class",
        "id",
        "href",
        "rel",
        "target",
        "method",
        "action",
        "accept-charset",
        "novalidate",
        "type",
        "name",
        "value",
        "rows",
        "for",
        "aria-required",
        "aria-invalid",
        "aria-describedby",
        "aria-labelledby",
        "autocomplete",
        "autofocus",
        "tabindex",
        "role",
        "datetime",
        "data-reactie",
        "data-soort",
        "data-naam",
        "scope",
        "checked",
        "lang",
        "charset",
        "content",
        "spellcheck",
        "maxlength",
        "autocapitalize",
        "inputmode",
    ];
    let mut faults = Vec::new();
    for node in Html::parse_document(&page.words()).tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        if !OURS.contains(&element.name()) {
            faults.push(format!("element {}", element.name()));
        }
        for (name, value) in element.attrs() {
            let begins = |with: &str| value.starts_with(with);
            let leads = match name {
                "href" if element.attr("rel").is_some_and(|rel| rel.contains("ugc")) => {
                    begins("http://") || begins("https://") || begins("mailto:")
                }
                "href" => begins("/") && !begins("//") || begins("#") || begins("tel:"),
                "action" => begins("/reacties/"),
                _ => true,
            };
            if !ATTRIBUTES.contains(&name) || !leads {
                faults.push(format!("{} {name}={value:?}", element.name()));
            }
        }
    }
    faults
}

/// X1, X2: the whole corpus on every page that shows what members wrote, those of moderators too.
#[test]
fn x1_x2_what_members_write_does_nothing_on_any_page() {
    for attacks in ATTACKS.chunks(20) {
        for town in towns(&json!({})) {
            let (mut an, mut bea) = (member(&town, "An"), person(&town, "Bea", "beheerder", &[]));
            for (at, words) in attacks.iter().enumerate() {
                let mut writer = member(&town, &format!("W{at}"));
                let short: String = words.chars().take(80).collect();
                rename(&town.app.store, &writer.id, &short, &short);
                let waiting = attack(&town, &writer.id, words, State::Waiting);
                let placed = attack(&town, &writer.id, words, State::Placed);
                report(&town, &placed, words);
                each_of_its_writer(&town, &mut writer, &waiting);
                looked_at(&town, &mut bea.browser, &format!("beheer/oordeel?reactie={waiting}"));
                looked_at(&town, &mut an.browser, &format!("melden?reactie={placed}"));
                let fields = [("pagina", PAGE), ("soort", "vraag"), ("titel", &*short), ("tekst", words)];
                for browser in [&mut Browser::default(), &mut an.browser] {
                    let asked = browser.post(&town, "plaatsen", &fields);
                    assert!([200, 400, 422].contains(&asked.status), "{words:?}");
                    assert!(harms(&asked).is_empty(), "{:?} of {words:?}", harms(&asked));
                }
                // What no browser sends is refused before it is looked at.
                let sent: String = words.chars().filter(|sign| !sign.is_control()).collect();
                let declined = bea.decides(&town, &waiting, "afwijzen", &sent);
                assert_eq!(declined.status, 303);
                looked_at(&town, &mut writer.browser, "mijn/reacties");
            }
            for path in ["beheer", "beheer/meldingen", "beheer/logboek", &format!("pagina?id={PAGE}")] {
                looked_at(&town, &mut bea.browser, path);
            }
            feeds_and_data(&town, &mut bea, attacks.len());
        }
    }
}

fn report(town: &Town, reaction: &str, words: &str) {
    let report = Report {
        id: secrets::id(NOW).unwrap(),
        reaction: reaction.to_owned(),
        account: None,
        reason: words.to_owned(),
        created: NOW,
    };
    town.app.store.write(|tx| tx.add_report(&report)).unwrap();
}

fn each_of_its_writer(town: &Town, writer: &mut Person, id: &str) {
    for path in [
        "mijn/reacties",
        &format!("wijzigen?reactie={id}"),
        &format!("intrekken?reactie={id}"),
        &format!("pagina?id={PAGE}&nieuw={id}"),
    ] {
        looked_at(town, &mut writer.browser, path);
    }
}

#[track_caller]
fn looked_at(town: &Town, browser: &mut Browser, path: &str) {
    let page = browser.get(town, path);
    assert_eq!(page.status, 200, "{path}");
    let harms = harms(&page);
    assert!(harms.is_empty(), "{path}: {harms:?}\n{}", page.words());
}

/// A notice whose last day is over stands in no feed either, and the feed is to its readers the one that is built.
#[test]
fn a_feed_holds_what_the_thread_holds() {
    for town in towns(&json!({})) {
        let mut bea = person(&town, "Bea", "beheerder", &[]);
        rename(&town.app.store, &bea.id, "Bea", "Wijkteam");
        for (title, day) in [("Vandaag nog", "2026-11-22"), ("Blijft staan", "2026-12-01")] {
            let fields = [("soort", "bericht"), ("titel", title), ("tekst", "x")];
            let rest = [("bericht_soort", "oproep"), ("verloopt_op", day)];
            bea.says(&town, "prikbord", &[&fields[..], &rest].concat());
        }
        let feed = |town: &Town| Browser::default().get(town, "atom?pagina=prikbord").words().into_owned();
        let words = feed(&town);
        assert!(words.contains("Vandaag nog") && words.contains("<name>Bea, Wijkteam</name>"), "{words}");
        assert!(words.contains("<id>https://samenspel.example/prikbord/#reacties</id>"), "{words}");
        town.app.clock.forward(24 * 3_600_000);
        let words = feed(&town);
        assert!(!words.contains("Vandaag nog") && words.contains("Blijft staan"), "{words}");
    }
}

/// Feeds are well-formed, with HTML escaped once; data is what it says, and its HTML is clean when it is cleaned again.
fn feeds_and_data(town: &Town, bea: &mut Person, count: usize) {
    let queue = bea.browser.get(town, "beheer");
    let words = queue.words();
    let own = words.split_once("beheer/atom?").unwrap().1.split('"').next().unwrap().to_owned();
    for (path, entries) in [(format!("atom?pagina={PAGE}"), count), (format!("beheer/atom?{own}"), 0)] {
        let feed = bea.browser.get(town, &path);
        assert_eq!((feed.status, feed.media), (200, Media::Atom));
        assert_eq!(entries_of(&feed.words()), entries, "{path}");
    }
    let data = bea.browser.get(town, &format!("draad.json?pagina={PAGE}"));
    let data: Value = serde_json::from_slice(&data.body).unwrap();
    let threads = data["draden"].as_array().unwrap();
    assert_eq!(threads.len(), count);
    for thread in threads {
        let html = thread["html"].as_str().unwrap();
        assert_eq!(crate::accepted::text::clean(html), html);
    }
    let mut build = Browser::default();
    build.headers = vec![("Authorization", "Bearer the-token-of-the-build".to_owned())];
    let file = build.get(town, "export.ndjson");
    let (read, told) = published::read(&file.body, &SourcePath::new("r.ndjson"));
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(published::write(&read), file.body, "what is read again is the same");
}

/// Reads a feed as strictly as an XML parser would; how many entries it has.
fn entries_of(feed: &str) -> usize {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = feed.strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n").unwrap();
    let mut entries = 0;
    while let Some((text, behind)) = rest.split_once('<') {
        for (at, _) in text.match_indices('&') {
            let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
                .iter()
                .any(|entity| text[at..].starts_with(entity));
            assert!(known, "{text}");
        }
        assert!(!text.contains(|c: char| c.is_control() && !"\n\t".contains(c)), "{text:?}");
        let (tag, behind) = behind.split_once('>').unwrap();
        let name = tag.split(' ').next().unwrap();
        match tag.strip_prefix('/') {
            Some(closes) => assert_eq!(open.pop(), Some(closes)),
            None if tag.ends_with('/') => assert_eq!(name, "link"),
            None => {
                let ours =
                    ["feed", "title", "id", "updated", "published", "entry", "content", "author", "name"];
                assert!(ours.contains(&name), "{tag}");
                entries += usize::from(name == "entry");
                open.push(name);
            }
        }
        rest = behind;
    }
    assert!(open.is_empty() && rest == "\n");
    entries
}

/// What the test above relies on.
#[test]
fn harm_on_a_page_is_seen() {
    for html in [
        "<script>x</script>",
        "<img src=x>",
        "<p onclick=x>",
        "<a href=\"javascript:x\">",
        "<a href=\"//x\">",
        "<svg></svg>",
        "<form action=\"https://x\"></form>",
        "<a rel=ugc href=\"data:x\">",
        "<p style=x>",
    ] {
        assert!(!harms(&Response::page(200, html.to_owned())).is_empty(), "{html}");
    }
}

/// X3: data says what it is, may do nothing, and what is personal is kept by nobody.
#[test]
fn x3_data_is_no_page_and_what_is_personal_is_not_kept() {
    for town in towns(&json!({})) {
        let mut an = member(&town, "An");
        for (path, personal) in [("ik.json", true), ("draad.json?pagina=prikbord", true)] {
            let answer = an.browser.get(&town, path);
            let all = answer.all_headers();
            let header =
                |name: &str| all.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
            assert_eq!(header("Content-Type"), Some("application/json; charset=utf-8"));
            assert_eq!(header("Content-Security-Policy"), Some("default-src 'none'; frame-ancestors 'none'"));
            assert_eq!(header("X-Content-Type-Options"), Some("nosniff"));
            assert_eq!(header("Cache-Control") == Some("no-store"), personal, "{path}");
            assert!(header("ETag").is_none(), "{path}");
        }
        for path in ["mijn/reacties", "pagina?id=prikbord", "volgen?pagina=prikbord"] {
            assert!(!an.browser.get(&town, path).keep, "{path}");
        }
    }
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    for town in towns(&json!({})) {
        let mut bea = person(&town, "Bea", "beheerder", &[]);
        let mut browser = Browser::default();
        let first = browser.get(&town, &format!("draad.json?pagina={PAGE}"));
        assert_eq!(
            first.words(),
            format!(r#"{{"versie":1,"pagina":"{PAGE}","revision":0,"draden":[],"mijn":[]}}"#)
        );
        browser.headers = vec![("If-None-Match", first.header("etag").unwrap().to_owned())];
        let again = browser.get(&town, &format!("draad.json?pagina={PAGE}"));
        assert_eq!((again.status, again.body.len()), (304, 0));
        let id = bea.remarks(&town, PAGE, "Nieuw");
        let newer = browser.get(&town, &format!("draad.json?pagina={PAGE}"));
        assert_eq!(newer.status, 200);
        let newer: Value = serde_json::from_slice(&newer.body).unwrap();
        let thread = json!({"id": id, "page": PAGE, "kind": "opmerking", "author": "Bea", "staff": true, "html": "<p>Nieuw</p>",
            "created": "2026-11-22T09:00:00Z", "chosen": false, "antwoorden": []});
        assert_eq!((&newer["draden"][0], &newer["revision"]), (&thread, &json!(1)));
        assert_eq!(browser.get(&town, "draad.json?pagina=niets").status, 404);
    }
}

#[test]
fn only_its_writer_finds_what_waits_in_the_data() {
    for town in towns(&json!({})) {
        let (mut an, mut ben) = (member(&town, "An"), member(&town, "Ben"));
        let id = an.remarks(&town, PAGE, "Stil");
        let path = format!("draad.json?pagina={PAGE}");
        let mine: Value = serde_json::from_slice(&an.browser.get(&town, &path).body).unwrap();
        let expected = json!([{"id": id, "stand": "wacht", "soort": "opmerking", "titel": null, "html": "<p>Stil</p>", "ouder": null, "kan_wijzigen": true}]);
        assert_eq!((&mine["mijn"], &mine["draden"]), (&expected, &json!([])));
        for browser in [&mut ben.browser, &mut Browser::default()] {
            assert!(!browser.get(&town, &path).words().contains("Stil"));
        }
    }
}

#[test]
fn threads_stand_in_their_order_and_what_is_over_is_gone() {
    for town in towns(&json!({})) {
        let mut bea = person(&town, "Bea", "beheerder", &[]);
        let mut notice = |town: &Town, title: &str, day: &str| {
            let fields = [
                ("soort", "bericht"),
                ("titel", title),
                ("tekst", "x"),
                ("bericht_soort", "gezocht"),
                ("verloopt_op", day),
            ];
            bea.says(town, "prikbord", &fields);
            town.app.clock.forward(1000);
        };
        notice(&town, "Eerste", "2026-11-22");
        notice(&town, "Tweede", "2026-11-30");
        notice(&town, "Derde", "2026-11-30");
        let titles = |town: &Town| -> Vec<String> {
            let data: Value =
                serde_json::from_slice(&Browser::default().get(town, "draad.json?pagina=prikbord").body)
                    .unwrap();
            data["draden"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["title"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(titles(&town), ["Derde", "Tweede", "Eerste"]);
        town.app.clock.forward(24 * 3_600_000);
        assert_eq!(titles(&town), ["Derde", "Tweede"]);
        assert!(!Browser::default().get(&town, "pagina?id=prikbord").words().contains("Eerste"));
    }
}

/// The build reads the same from the endpoint and from its database, to the byte.
#[test]
fn the_build_gets_the_same_from_the_endpoint_and_from_its_file() {
    for town in towns(&json!({})) {
        let mut bea = person(&town, "Bea", "beheerder", &[]);
        let mut an = member(&town, "An");
        let question = bea.asks(&town, "Hoe?", "Een **vraag**.");
        bea.answers(&town, "vraag-en-antwoord", &question, "Zo.");
        bea.remarks(&town, PAGE, "Hier");
        an.remarks(&town, PAGE, "Wacht nog");
        let mut build = Browser::default();
        for token in [None, Some("Bearer x"), Some("the-token-of-the-build")] {
            build.headers = token.map(|token| ("Authorization", token.to_owned())).into_iter().collect();
            assert_eq!(build.get(&town, "export.ndjson").status, 404, "{token:?}");
        }
        build.headers = vec![("Authorization", "Bearer the-token-of-the-build".to_owned())];
        let asked = build.get(&town, "export.ndjson");
        assert_eq!((asked.status, asked.media, asked.words().lines().count()), (200, Media::Ndjson, 4));
        assert!(asked.words().starts_with("{\"praktijk\":\"reacties\",\"version\":1,\"revision\":3}\n"));
        assert!(!asked.words().contains("Wacht nog") && !asked.words().contains("example.org"));
        if let Some(file) = town.app.store.file() {
            assert_eq!(published_from(&Where::File(file.to_owned())).unwrap(), asked.body);
        }
    }
}

#[test]
fn a_database_of_somebody_else_is_neither_made_nor_changed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("reacties.sqlite");
    let reads = || published_from(&Where::File(file.clone()));
    assert!(matches!(reads(), Err(StoreError::Setting(said)) if said.contains("there is no database here")));
    assert!(!file.exists());
    std::fs::write(&file, "no database").unwrap();
    assert!(reads().is_err());
    std::fs::write(&file, "").unwrap();
    assert!(matches!(reads(), Err(StoreError::Setting(said)) if said.contains("no database of an endpoint")));
    std::fs::remove_file(&file).unwrap();
    drop(Store::open(&Where::File(file.clone())).unwrap());
    let version = |sql: &str| rusqlite::Connection::open(&file).unwrap().execute_batch(sql).unwrap();
    assert!(reads().unwrap().starts_with(b"{\"praktijk\":\"reacties\""));
    version("PRAGMA user_version = 999");
    assert!(matches!(reads(), Err(StoreError::Newer { found: 999, .. })));
    version("PRAGMA user_version = 0");
    let said = reads().unwrap_err().to_string();
    assert!(
        said.contains("has schema 0, and this program needs schema") && said.contains("help: "),
        "{said}"
    );
    let kept: i64 = rusqlite::Connection::open(&file)
        .unwrap()
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, 0, "reading migrates nothing");
}
