//! What is in the index of a language. In: the site and its settings. Out: the pages and sections that search finds, in
//! the order of the index.

use crate::model::Config;
use crate::model::config::IndexFormat;
use crate::resolve::Site;
use crate::resolve::site::ContentId;

/// The languages that have such an index, the default one first.
pub fn languages(config: &Config) -> Vec<&str> {
    if config.search.index_format == IndexFormat::Praktijk { Vec::new() } else { config.search_languages() }
}

/// The content of the index: each section by path of its file, followed by the pages it lists in their order. A page of
/// a transparent section is listed twice, as Zola has it; pages outside every section are not found.
pub fn listed(site: &Site, lang: &str) -> Vec<ContentId> {
    let mut found = Vec::new();
    for (id, section) in site.section_ids() {
        let matter = &section.parsed.matter;
        if section.parsed.file.lang != lang || !matter.in_search_index {
            continue;
        }
        if matter.redirect_to.is_none() && !section.hidden {
            found.push(ContentId::Section(id));
        }
        let pages =
            section.pages.iter().copied().filter(|page| site.page(*page).parsed.matter.in_search_index);
        found.extend(pages.map(ContentId::Page));
    }
    found
}
