//! The words of a theme, below those of the site.

use crate::support::{SETTINGS, TestSite};

fn site(settings: &str) -> TestSite {
    TestSite::new()
        .put("zola.toml", format!("{SETTINGS}theme = \"licht\"\ndefault_language = \"nl\"\n{settings}"))
        .put("themes/licht/theme.toml", "name = \"licht\"\n")
        .put("themes/licht/templates/404.html", "weg")
        .put("templates/page.html", "{{ trans(key=\"meer\") }}")
        .put("content/een.md", "+++\ntitle = \"Een\"\n+++\n")
}

#[test]
fn no_table_of_the_theme_shows_in_config() {
    let words = "{{ config.translations | default(value=\"niets\") }}";
    site("")
        .put("themes/licht/i18n/nl.toml", "meer = \"Lees meer\"\n")
        .put("templates/page.html", words)
        .build()
        .expect("een/index.html", "niets");
}

#[test]
fn the_site_goes_before_the_theme_and_an_edit_of_either_shows() {
    let built = site("[languages.en]\n")
        .put("content/een.en.md", "+++\ntitle = \"One\"\n+++\n")
        .put("themes/licht/i18n/nl.toml", "meer = \"Lees meer\"\n")
        .put("themes/licht/i18n/en.toml", "meer = \"Read more\"\n")
        .build()
        .expect("een/index.html", "Lees meer")
        .expect("en/een/index.html", "Read more")
        .put("themes/licht/i18n/nl.toml", "meer = \"Verder lezen\"\n")
        .build()
        .expect("een/index.html", "Verder lezen");
    assert_eq!(built.outputs(), built.cold_outputs());
    let settings = format!(
        "{SETTINGS}theme = \"licht\"\ndefault_language = \"nl\"\n[translations]\nmeer = \"Alles\"\n[languages.en]\n"
    );
    built.put("zola.toml", settings).build().expect("een/index.html", "Alles");
}
