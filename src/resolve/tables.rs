//! Where content is found by its path, and which contents translate one another. In: pages and sections. Out:
//! `by_relative` and `translations` of the site.

use std::collections::HashMap;

use super::site::{ContentId, Site};
use crate::base::hash::Quick;
use crate::model::Config;

/// Fills the tables.
pub(super) fn fill(site: &mut Site, config: &Config) {
    site.by_relative = by_relative(site);
    if config.is_multilingual() {
        site.translations = translations(site, config);
    }
}

/// Everything, also what is not rendered: internal links and `get_page` reach it all the same.
fn by_relative(site: &Site) -> HashMap<String, ContentId, Quick> {
    let sections = site
        .section_ids()
        .map(|(id, section)| (section.parsed.file.relative.clone(), ContentId::Section(id)));
    let pages = site.page_ids().map(|(id, page)| (page.parsed.file.relative.clone(), ContentId::Page(id)));
    let mut table =
        HashMap::with_capacity_and_hasher(site.pages.len() + site.sections.len(), Quick::default());
    table.extend(sections.chain(pages));
    table
}

/// Every section and every rendered page, by what their translations have in common. Languages go in the order of the
/// config because their contents are entered one language after the other.
fn translations(site: &Site, config: &Config) -> HashMap<String, Vec<ContentId>> {
    let mut of_language: HashMap<&str, Vec<ContentId>> = HashMap::new();
    let sections = site.section_ids().map(|(id, _)| ContentId::Section(id));
    let pages =
        site.page_ids().filter(|(_, page)| page.parsed.matter.render).map(|(id, _)| ContentId::Page(id));
    for id in sections.chain(pages) {
        of_language.entry(&site.file(id).lang).or_default().push(id);
    }
    let mut table: HashMap<String, Vec<ContentId>> =
        HashMap::with_capacity(site.pages.len() + site.sections.len());
    for (lang, _) in &config.languages {
        for id in of_language.remove(lang.as_str()).unwrap_or_default() {
            let canonical = &site.file(id).canonical;
            match table.get_mut(canonical) {
                Some(others) => others.push(id),
                None => {
                    table.insert(canonical.clone(), vec![id]);
                }
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use crate::resolve::ContentId;
    use crate::resolve::fixture::Fixture;

    #[test]
    fn content_is_found_also_when_it_is_not_rendered() {
        let built = Fixture::new()
            .page("a/b.md", |m| m.render = false)
            .section("a/_index.md", |m| m.render = false)
            .resolve();
        assert!(matches!(built.site.by_relative["a/b.md"], ContentId::Page(_)));
        assert!(matches!(built.site.by_relative["a/_index.md"], ContentId::Section(_)));
        assert!(matches!(built.site.by_relative["_index.md"], ContentId::Section(_)), "implied");
    }

    #[test]
    fn translations_go_in_the_order_of_the_languages_and_count_the_page_itself() {
        let built = Fixture::new()
            .language("fr")
            .language("de")
            .page("a/b.de.md", |_| ())
            .page("a/b.fr.md", |_| ())
            .page("a/b.md", |_| ())
            .page("a/alone.md", |_| ())
            .resolve();
        let langs = |canonical: &str| {
            built.site.translations[canonical]
                .iter()
                .map(|id| built.site.file(*id).lang.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(langs("a/b"), ["nl", "fr", "de"]);
        assert_eq!(langs("a/alone"), ["nl"]);
        assert_eq!(langs("_index"), ["nl", "fr", "de"]);
    }

    #[test]
    fn pages_that_are_not_rendered_translate_nothing_but_sections_do() {
        let built = Fixture::new()
            .language("fr")
            .page("b.fr.md", |m| m.render = false)
            .section("a/_index.fr.md", |m| m.render = false)
            .resolve();
        assert!(!built.site.translations.contains_key("b"));
        assert_eq!(built.site.translations["a/_index"].len(), 1);
    }

    #[test]
    fn a_site_of_one_language_has_no_translations() {
        assert!(Fixture::new().page("b.md", |_| ()).resolve().site.translations.is_empty());
    }
}
