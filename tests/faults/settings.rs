//! What can be wrong with the settings of a site. In: the sound site with other settings. Out: messages that name the
//! setting.

use super::Site;

const URL: &str = "base_url = \"https://voorbeeld.example\"\ntaxonomies = [{ name = \"tags\" }]\n";

#[test]
fn settings_that_cannot_be_read() {
    for (name, text) in [
        ("settings-syntax", "base_url = \"https://voorbeeld.example\ntitle = \"Voorbeeld\"\n".to_owned()),
        ("settings-no-base-url", "title = \"Voorbeeld\"\n".to_owned()),
        (
            "settings-unknown-key",
            format!(
                "{URL}titel = \"Voorbeeld\"\ncompile_sas = true\n[markdown]\nhighlight = 3\nsmart_punctuaton = true\n"
            ),
        ),
        (
            "settings-wrong-type",
            format!(
                "{URL}compile_sass = \"ja\"\nfeed_limit = \"tien\"\n[markdown]\ninsert_anchor_links = \"boven\"\n"
            ),
        ),
        ("settings-glob", format!("{URL}ignored_content = [\"*.{{a\"]\n")),
        ("settings-theme-missing", format!("{URL}theme = \"kennis\"\n")),
        ("settings-output-above", format!("{URL}output_dir = \"..\"\n")),
        ("settings-output-content", format!("{URL}output_dir = \"content\"\n")),
        ("settings-language", format!("{URL}default_language = \"nl_NL!\"\n")),
    ] {
        Site::new().put("zola.toml", text).fails(name, 1);
    }
}

#[test]
fn bytes_that_are_no_text() {
    Site::new()
        .put("zola.toml", b"base_url = \"https://voorbeeld.example\"\ntitle = \"Caf\xE9\"\n")
        .fails("bytes-in-settings", 1);
}

#[test]
fn no_settings_at_all() {
    Site::new().remove("zola.toml").fails("settings-missing", 2);
    let site = Site::new();
    let output = site.praktijk(&["-c", "anders.toml", "build"]).output().expect("runs");
    site.judge("settings-named-missing", 2, &output);
    let output = site.praktijk(&["-r", "weg", "build"]).output().expect("runs");
    site.judge("root-missing", 2, &output);
}

#[test]
fn a_theme_with_broken_settings() {
    Site::new()
        .put("zola.toml", format!("{URL}theme = \"kennis\"\n"))
        .put("themes/kennis/theme.toml", "name = \n")
        .put("themes/kennis/templates/x.html", "x")
        .fails("theme-settings-broken", 1);
}

#[test]
fn a_theme_without_templates() {
    Site::new()
        .put("zola.toml", format!("{URL}theme = \"kennis\"\n"))
        .put("themes/kennis/theme.toml", "name = \"kennis\"\n")
        .fails("theme-without-templates", 1);
}

#[test]
fn in_dutch_where_the_site_is() {
    Site::new()
        .put("zola.toml", format!("{URL}default_language = \"nl\"\n"))
        .put("content/blog/een.md", "+++\ntitle = \"Een\n+++\n")
        .fails("dutch-frame", 1);
}
