//! What a kind declares besides pages: events for calendars, and open data.

use praktijk::base::Diagnostic;
use serde_json::Value;

use crate::support::{SETTINGS, TestSite};

const KIND: &str = r#"
label = "Bijeenkomst"
plural = "Kalender"
folder = "kalender"
order = "begin"
open_data = true
calendar = { begin = "begin", end = "einde", location = "plaats", organizer = "wie" }
fields = [
  { name = "title", label = "Titel" },
  { name = "begin", label = "Begin", type = "moment" },
  { name = "einde", label = "Einde", type = "moment" },
  { name = "plaats", label = "Plaats" },
  { name = "wie", label = "Wie" },
  { name = "gemeente", label = "Gemeente", type = "relation", list = true, to = ["gemeente"] },
]
"#;

fn page(title: &str, extra: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndate = 2026-11-01\n[extra]\n{extra}\n+++\nTekst.\n")
}

fn site() -> TestSite {
    let dag = "begin = \"2027-07-14T13:30:00+02:00\"\neinde = \"2027-07-14T16:30:00+02:00\"\nplaats = \"Zaal 1, Duinrade\"\ngemeente = [\"Duinrade\"]";
    TestSite::new()
        .put("zola.toml", format!("{SETTINGS}title = \"Samen\"\n[extra.praktijk]\nlicence = \"CC BY 4.0\"\n"))
        .put("kinds/bijeenkomst.toml", KIND)
        .put("kinds/gemeente.toml", "label = \"Gemeente\"\nfolder = \"gemeenten\"\n")
        .put("content/kalender/_index.md", "+++\ntitle = \"Kalender\"\n+++\n")
        .put("content/kalender/dag.md", page("Een dag", dag))
        .put("content/gemeenten/duinrade.md", page("Duinrade", ""))
}

fn text(site: &TestSite, path: &str) -> String {
    let outputs = site.outputs();
    let found = outputs.get(path).unwrap_or_else(|| panic!("no {path} among {:?}", outputs.keys()));
    String::from_utf8(found.clone()).expect("text")
}

#[test]
fn an_event_that_cannot_be_is_told_where_it_stands() {
    let later = page("Later", "begin = \"2027-07-14T13:30:00+02:00\"\neinde = \"2027-07-13T16:30:00+02:00\"");
    let built = site()
        .put("content/kalender/later.md", &later)
        .put("content/kalender/ooit.md", page("Ooit", ""))
        .build();
    let [end, begin]: [&Diagnostic; 2] =
        built.outcome().diagnostics.iter().collect::<Vec<_>>().try_into().expect("two complaints");
    assert_eq!((end.code, begin.code), ("calendar/end-before-begin", "calendar/no-begin"));
    let place = end.place.clone().expect("a place");
    assert_eq!(place.file.as_str(), "content/kalender/later.md");
    assert_eq!(&later[place.span.expect("bytes")], "\"2027-07-13T16:30:00+02:00\"");
    assert!(!built.outputs().contains_key("kalender/ooit/ooit.ics"));
    assert!(!text(&built, "kalender/later/later.ics").contains("DTEND"));
    assert_eq!(text(&built, "kalender/calendar.ics").matches("BEGIN:VEVENT").count(), 2);
}

#[test]
fn events_and_data_follow_their_pages() {
    let built = site().build();
    let event = text(&built, "kalender/dag/dag.ics");
    for line in [
        "UID:kalender/dag@example.org\r\n",
        "DTSTAMP:20261101T000000Z\r\n",
        "DTSTART:20270714T113000Z\r\n",
        "SUMMARY:Een dag\r\n",
        "LOCATION:Zaal 1\\, Duinrade\r\n",
        "URL:https://example.org/kalender/dag/\r\n",
    ] {
        assert!(event.contains(line), "{line}: {event}");
    }
    assert!(text(&built, "kalender/calendar.ics").contains("X-WR-CALNAME:Kalender – Samen\r\n"));
    let data: Value = serde_json::from_str(&text(&built, "data/kalender.json")).expect("JSON");
    assert_eq!(data["$schema"], "https://example.org/data/kalender.schema.json");
    assert_eq!(
        (&data["licence"], &data["date"], &data["count"]),
        (&"CC BY 4.0".into(), &"2026-11-01".into(), &1.into())
    );
    assert_eq!(data["items"][0]["gemeente"][0]["url"], "https://example.org/gemeenten/duinrade/");
    assert!(
        text(&built, "data/kalender.csv").starts_with(
            "\u{feff}url,path,Titel,description,date,updated,Begin,Einde,Plaats,Wie,Gemeente\r\n"
        )
    );
    assert!(!built.outputs().contains_key("data/gemeenten.json"), "only what says so");
    // A town that is called otherwise is called so in the data too; what nothing changed about is left alone.
    let built = built
        .put(
            "content/gemeenten/duinrade.md",
            page("Duinrade aan Zee", "").replace("+++\nTekst", "+++\nAnders"),
        )
        .put("content/kalender/dag.md", page("Een dag", "begin = \"2027-07-14\"\ngemeente = [\"duinrade\"]"));
    let built = built.build();
    assert!(text(&built, "data/kalender.csv").contains(",2027-07-14,,,,Duinrade aan Zee\r\n"));
    assert!(text(&built, "kalender/calendar.ics").contains("DTSTART;VALUE=DATE:20270714\r\n"));
    assert_eq!(built.outputs(), built.cold_outputs());
}
