//! What an editor can get wrong in a page. In: the sound site with a broken page. Out: messages that say where and how to
//! mend it.

use super::{EEN, Site};

#[test]
fn front_matter() {
    let page = "content/blog/een.md";
    for (name, text) in [
        ("front-matter-toml", "+++\ntitle = \"Een\ndate = 2026-01-02\n+++\nTekst.\n"),
        ("front-matter-toml-key-twice", "+++\ntitle = \"Een\"\ntitle = \"Twee\"\n+++\nTekst.\n"),
        ("front-matter-yaml", "---\ntitle: Een: met dubbele punt\ndate: 2026-01-02\n---\nTekst.\n"),
        ("front-matter-yaml-tab", "---\ntitle: Een\nextra:\n\tsoort: tip\n---\nTekst.\n"),
        ("front-matter-unclosed", "+++\ntitle = \"Een\"\n\nTekst zonder einde van de kop.\n"),
        ("front-matter-missing", "Tekst zonder kop.\n"),
        ("front-matter-wrong-type", "+++\ntitle = 12\ndraft = \"ja\"\nweight = \"zwaar\"\n+++\nTekst.\n"),
        ("date-impossible", "+++\ntitle = \"Een\"\ndate = 2026-13-45\n+++\nTekst.\n"),
        (
            "date-in-words",
            "+++\ntitle = \"Een\"\ndate = \"3 februari 2026\"\nupdated = \"gisteren\"\n+++\nTekst.\n",
        ),
    ] {
        Site::new().put(page, text).fails(name, 1);
    }
}

#[test]
fn keys_that_mean_nothing() {
    Site::new()
        .put(
            "content/blog/_index.md",
            "+++\ntitle = \"Blog\"\nsort_bye = \"date\"\nsort_by = \"datum\"\n+++\n",
        )
        .put("content/blog/een.md", "+++\ntitel = \"Een\"\nsoort = \"tip\"\n+++\nTekst.\n")
        .fails("keys-unknown", 1);
}

#[test]
fn bytes_that_are_no_text() {
    let mut page = EEN.as_bytes().to_vec();
    page.extend(b"Caf\xE9 en co\xF6peratie.\n");
    Site::new().put("content/blog/een.md", page).fails("bytes-in-page", 1);
    Site::new()
        .put("content/blog/een.md", b"\xFF\xFE+\0+\0+\0\n\0")
        .put("content/blog/twee.md", b"+++\ntitle = \"Caf\xE9\"\n+++\n")
        .fails("bytes-in-front-matter", 1);
}

#[test]
fn links_that_lead_nowhere() {
    let text = format!(
        "{EEN}Zie [de tweede](@/blog/twe.md), [de kop](@/blog/twee.md#kopp)\nen [de derde](@/blog/drie.md).\n\n![plaat](@/blog/plaat.png)\n"
    );
    Site::new().put("content/blog/een.md", text).fails("link-broken", 1);
}

#[test]
fn an_anchor_in_a_broken_page_may_be_there() {
    Site::new()
        .put("content/blog/een.md", format!("{EEN}Zie [de kop](@/blog/twee.md#kop).\n"))
        .put("content/blog/twee.md", format!("{EEN}## Kop\n\nZie [niets](@/niets.md).\n"))
        .fails("link-to-broken-page", 1);
    Site::new()
        .put("content/blog/een.md", format!("{EEN}Zie [de kop](@/blog/twee.md#kopp) en [hier](#daar).\n"))
        .fails("anchor-missing", 1);
}

#[test]
fn a_page_may_link_to_itself() {
    let text = format!("{EEN}## Hier\n\nZie [hier](@/blog/een.md#hier) en [boven](@/blog/een.md).\n");
    let template = "{{ page.content | safe }}{% for link in page.backlinks %}[{{ link.title }}]{% endfor %}";
    let mut site = Site::new().put("content/blog/een.md", text).put("templates/page.html", template);
    let said = site.builds();
    assert!(!said.contains("warning"), "{said}");
    let page = read(&site, "blog/een/index.html");
    assert!(page.contains("href=\"https://voorbeeld.example/blog/een/#hier\""), "{page}");
    assert!(page.ends_with("[Een]"), "{page}");
}

#[test]
fn addresses_that_are_taken() {
    Site::new()
        .put("content/blog/drie.md", "+++\ntitle = \"Drie\"\ndate = 2026-01-01\nslug = \"een\"\n+++\n")
        .fails("url-taken-by-page", 1);
    Site::new().put("content/tags.md", "+++\ntitle = \"Tags\"\n+++\n").fails("url-taken-by-list", 1);
    Site::new()
        .put(
            "content/blog/een.md",
            "+++\ntitle = \"Een\"\ndate = 2026-01-01\naliases = [\"blog/twee\", \"oud\"]\n+++\n",
        )
        .put(
            "content/blog/drie.md",
            "+++\ntitle = \"Drie\"\ndate = 2026-01-01\naliases = [\"oud\", \"/\"]\n+++\n",
        )
        .fails("url-taken-by-alias", 1);
    Site::new()
        .put(
            "content/blog/een.md",
            "+++\ntitle = \"Een\"\ndate = 2026-01-01\naliases = [\"../../buiten\"]\n+++\n",
        )
        .put("content/blog/twee.md", "+++\ntitle = \"Twee\"\ndate = 2026-01-01\npath = \"../buiten\"\n+++\n")
        .fails("url-outside", 1);
}

#[test]
fn names_that_are_not_there() {
    Site::new()
        .put("content/blog/een.md", "+++\ntitle = \"Een\"\ntemplate = \"pagina.html\"\n+++\n")
        .put("content/blog/_index.md", "+++\ntitle = \"Blog\"\npage_template = \"tip.html\"\n+++\n")
        .fails("template-missing", 1);
    Site::new()
        .put("content/blog/_index.md", "+++\ntitle = \"Blog\"\ntemplate = \"rubriek.html\"\n+++\n")
        .fails("template-of-section-missing", 1);
    Site::new()
        .put(
            "content/blog/een.md",
            "+++\ntitle = \"Een\"\n[taxonomies]\ntag = [\"rust\"]\nthema = [\"x\"]\n+++\n",
        )
        .fails("taxonomy-unknown", 1);
}

#[test]
fn several_files_at_once() {
    Site::new()
        .put("content/blog/een.md", "+++\ntitle = \"Een\n+++\n")
        .put("content/blog/twee.md", format!("{EEN}Zie [niets](@/niets.md).\n"))
        .put("content/blog/drie.md", "---\ndate: morgen\n---\n")
        .put("templates/page.html", "{{ page.content | bestaat_niet }}")
        .put("templates/section.html", "{% for p in section.pages %}")
        .put("sass/stijl.scss", "body { color: $weg; }\n")
        .fails("several-files", 1);
}

#[test]
fn warnings_are_repeated() {
    let mut site = Site::new()
        .put(
            "zola.toml",
            "base_url = \"https://voorbeeld.example\"\ntaxonomies = [{ name = \"tags\" }]\n[link_checker]\ninternal_level = \"warn\"\n",
        )
        .put("content/blog/een.md", format!("{EEN}Zie [niets](@/niets.md) en [de kop](@/blog/twee.md#weg).\n"));
    // A file that was written just now is read again, whatever its stamp says.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    let first = told(&site.builds());
    let second = site.praktijk(&["build", "--explain"]).output().expect("runs");
    let explained = String::from_utf8_lossy(&second.stdout).into_owned();
    assert!(explained.starts_with("0 done, "), "{explained}");
    let second = String::from_utf8_lossy(&second.stderr);
    assert!(second.contains("nothing changed"), "{second}");
    assert_eq!(first, told(&second));
    site.is_as_it_was();
    site.compare("warnings", &first);
}

/// What was told, without the closing line that says how long it took.
fn told(said: &str) -> String {
    let (told, closing) = said.trim_end().rsplit_once('\n').expect("warnings");
    assert!(closing.starts_with("Built "), "{said}");
    told.to_owned() + "\n"
}

fn read(site: &Site, path: &str) -> String {
    std::fs::read_to_string(site.public().join(path)).expect("built")
}
