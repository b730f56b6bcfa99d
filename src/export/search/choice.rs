//! What is in the index of a language. In: the site and its settings. Out: the pages and sections that search finds, in
//! the order of the index.

use crate::base::Diagnostic;
use crate::model::Config;
use crate::resolve::Site;
use crate::resolve::site::ContentId;

/// The languages that have an index, the default one first.
pub fn languages(config: &Config) -> Vec<&str> {
    config
        .languages
        .iter()
        .filter(|(_, options)| options.build_search_index)
        .map(|(code, _)| code.as_str())
        .collect()
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

/// What Zola refuses: a search index for a site whose root section stays out of it.
pub fn root_faults(site: &Site, config: &Config) -> Vec<Diagnostic> {
    if !config.language(&config.default_language).is_some_and(|options| options.build_search_index) {
        return Vec::new();
    }
    let roots =
        site.sections.iter().filter(|section| section.is_root() && !section.parsed.matter.in_search_index);
    roots
        .map(|section| {
            let message =
                "The site has a search index, but this section, the root of the site, stays out of it.";
            Diagnostic::error("search/root-left-out", message)
                .in_file(&section.parsed.file.path)
                .hint("Take `in_search_index = false` out of the front matter of this file.")
                .hint("Or set `build_search_index = false` in the settings of the site.")
        })
        .collect()
}
