//! What is made of a page to take along: files beside it, what templates may tell of them, and when they are made again.
//! Whether they open elsewhere is checked by `tests/downloads/run`.

use serde_json::Value;

use crate::support::TestSite;

const KIND: &str = r#"
label = "Guide"
folder = "guides"

[[fields]]
name = "edition"
[[fields]]
name = "on_request"
type = "bool"
[[fields]]
name = "time"
label = "Time it takes"
[[fields]]
name = "cook"
label = "Cook"
type = "relation"
to = ["cook"]
[[fields]]
name = "lists"
label = "Lists"
type = "file"
list = true

[[downloads]]
format = "pdf"
facts = ["time", "cook"]
version = "edition"
unless = "on_request"
[[downloads]]
format = "docx"
label = "To adapt"
[[downloads]]
format = "zip"
attachments = "lists"
"#;

const PAGE: &str = "{% set files = get_downloads(path=page.relative_path) %}{% if files %}{{ files | json_encode | safe }}\n\
    {{ get_attachments(path=page.relative_path) | json_encode | safe }}{% endif %}";

fn guide(front: &str, text: &str) -> String {
    format!("+++\ntitle = \"Bread\"\ndate = 2026-09-28\n[extra]\n{front}\n+++\n{text}\n")
}

fn site() -> TestSite {
    TestSite::new()
        .put("kinds/guide.toml", KIND)
        .put("kinds/cook.toml", "label = \"Cook\"\nfolder = \"cooks\"\n")
        .put("templates/page.html", PAGE)
        .put("content/cooks/ada.md", "+++\ntitle = \"Ada\"\n+++\n")
        .put("content/guides/bread/list one.txt", "flour")
        .put(
            "content/guides/bread/index.md",
            guide(
                "edition = \"1.2\"\ncook = \"ada\"\nlists = [\"list one.txt\"]",
                "## Bake\n\n- [ ] Heat the oven",
            ),
        )
        .put("content/guides/water.md", guide("on_request = true\nlists = [\"nowhere.txt\"]", "Boil."))
}

fn told(site: &TestSite, page: &str) -> (Value, Value) {
    let outputs = site.outputs();
    let html = String::from_utf8(outputs[page].clone()).expect("text");
    let (downloads, attachments) = html.split_once('\n').expect("two lines");
    (serde_json::from_str(downloads).expect("JSON"), serde_json::from_str(attachments).expect("JSON"))
}

/// The sentence of the only complaint of a build that must fail, and the text it points at.
#[track_caller]
fn fault(site: TestSite) -> (String, Option<std::ops::Range<usize>>) {
    let outcome = site.build_with_faults();
    let [told] = outcome.as_slice() else { panic!("{outcome:#?}") };
    (format!("{} {}", told.code, told.message), told.place.as_ref().and_then(|place| place.span.clone()))
}

#[test]
fn a_missing_attachment_fails_the_build_at_its_place() {
    let page = guide("lists = [\"list one.txt\", \"gone.txt\"]", "Bake.");
    let at = page.find("\"gone.txt\"").expect("there");
    let (message, span) = fault(site().put("content/guides/bread/index.md", &page));
    assert_eq!(message, "download/missing The file `gone.txt` in `lists` is not there.");
    assert_eq!(span, Some(at..at + 10));
}

#[test]
fn an_attachment_cannot_lead_out_of_the_site() {
    let page = guide("lists = [\"../../../zola.toml\"]", "Bake.");
    let (message, _) = fault(site().put("content/guides/bread/index.md", &page));
    assert_eq!(message, "download/missing The file `../../../zola.toml` in `lists` is not there.");
}

#[test]
fn the_files_lie_beside_the_page_and_templates_tell_of_them() {
    let site = site().build();
    let outputs = site.outputs();
    let (downloads, attachments) = told(&site, "guides/bread/index.html");
    let pdf = cfg!(feature = "pdf");
    let formats: Vec<&str> =
        downloads.as_array().expect("a list").iter().filter_map(|file| file["format"].as_str()).collect();
    assert_eq!(formats, if pdf { vec!["pdf", "docx", "zip"] } else { vec!["docx", "zip"] });
    for file in downloads.as_array().expect("a list") {
        let path =
            file["url"].as_str().and_then(|url| url.strip_prefix("https://example.org/")).expect("a URL");
        let bytes = &outputs[path];
        assert_eq!(file["size"], bytes.len(), "{path}");
        let sum: String =
            <sha2::Sha256 as sha2::Digest>::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"], sum, "{path}");
        assert_eq!(
            file["pages"],
            if file["format"] == "pdf" { Value::from(1) } else { Value::Null },
            "{path}"
        );
    }
    let docx =
        downloads.as_array().expect("a list").iter().find(|file| file["format"] == "docx").expect("one");
    assert_eq!((&docx["label"], &docx["name"]), (&Value::from("To adapt"), &Value::from("bread.docx")));
    let attachment = &attachments[0];
    assert_eq!(attachment["url"], "https://example.org/guides/bread/list%20one.txt");
    assert_eq!((&attachment["label"], &attachment["size"]), (&Value::from("list one.txt"), &Value::from(5)));
}

#[test]
fn the_package_holds_all_and_says_so() {
    let site = site().build();
    let zip = praktijk::export::package::unpack(&site.outputs()["guides/bread/bread.zip"]).expect("a ZIP");
    let names: Vec<&str> = zip.iter().map(|file| file.name.as_str()).collect();
    let all = ["README.txt", "attachments/list one.txt", "bread.docx", "bread.pdf"];
    assert_eq!(names, if cfg!(feature = "pdf") { &all[..] } else { &all[..3] });
    let text = String::from_utf8_lossy(&zip[0].bytes).replace("\r\n", "\n");
    assert!(text.starts_with("Bread\n=====\n\nversion 1.2, 28 September 2026\n\nCook: Ada\n"), "{text}");
    assert!(text.ends_with("- bread.docx\n- attachments/list one.txt\n"), "{text}");
}

#[test]
fn what_is_only_on_request_is_not_made() {
    let site = site().build();
    let outputs = site.outputs();
    assert!(!outputs.keys().any(|path| path.starts_with("guides/water/") && !path.ends_with(".html")));
    assert_eq!(outputs["guides/water/index.html"], b"");
}

#[test]
fn a_download_is_made_again_when_its_own_page_changed() {
    let site = site().build();
    let before = site.outputs();
    let made = |site: &TestSite| {
        let names: Vec<String> =
            site.outcome().report.names().iter().map(|name| (*name).to_owned()).collect();
        names.iter().filter(|name| name.starts_with("downloads of")).count()
    };
    let site = site.put("content/guides/water.md", guide("on_request = true", "Boil it well.")).build();
    assert_eq!(made(&site), 0);
    let site = site.put("templates/page.html", format!("{PAGE}\n")).build();
    assert_eq!(made(&site), 0, "a template is no part of a download");
    let site = site.put("content/cooks/ada.md", "+++\ntitle = \"Ada L.\"\n+++\n").build();
    assert_eq!(made(&site), 1, "a fact names her");
    let site = site.put("content/guides/bread/list one.txt", "flour, salt").build();
    assert_eq!(made(&site), 1);
    assert_eq!(told(&site, "guides/bread/index.html").1[0]["size"], 11);
    let site = site.put("content/guides/bread/index.md", guide("cook = \"ada\"", "## Bake")).build();
    assert_eq!(made(&site), 1);
    let after = site.outputs();
    assert_ne!(before["guides/bread/bread.docx"], after["guides/bread/bread.docx"]);
    assert_eq!(after, site.cold_outputs());
}

#[test]
fn the_text_of_a_page_does_not_know_its_downloads() {
    let component = "{% component files(path: string) %}{{ get_downloads(path=path) | json_encode }}{% endcomponent files %}";
    let page = guide("", "{{<files path=\"guides/bread/index.md\" />}}");
    let site =
        site().put("templates/components/files.html", component).put("content/guides/bread/index.md", &page);
    let outcome = site.build_with_faults();
    assert!(outcome[0].message.contains("call `get_downloads` in a template"), "{outcome:#?}");
}
