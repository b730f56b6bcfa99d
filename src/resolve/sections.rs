//! Which pages and subsections belong together, who is hidden, which template. In: pages and sections that know where
//! they stand. Out: the same with ancestors, subsections, pages and hidden pages, not yet in order.
//!
//! What a page takes from the sections above it is worked out once per section, because there are many more pages.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::site::{Page, PageId, Section, SectionId, Site};
use crate::base::Diagnostic;
use crate::model::Config;
use crate::parse::SectionHead;

/// The sections by language and folder.
type Folders<'a> = HashMap<(&'a str, &'a str), SectionId>;

/// What a page that lies right in a section takes from it.
struct Heritage {
    /// The sections that list it: this one, and those above it as long as they are reached through transparent ones.
    listed_in: Vec<SectionId>,
    /// Its ancestors: the last of those sections and what lies above it.
    ancestors: Vec<String>,
    /// Its template, if it names none.
    page_template: Option<String>,
    /// Whether it is hidden, if it does not say.
    hidden: bool,
}

/// Connects pages and sections.
pub(super) fn connect(site: &mut Site, complaints: &mut Vec<Diagnostic>, config: &Config) {
    let files: Vec<Arc<SectionHead>> = site.sections.iter().map(|section| section.parsed.clone()).collect();
    let folders = by_folder(&files);
    let above: Vec<Vec<SectionId>> = files.iter().map(|parsed| sections_above(parsed, &folders)).collect();
    let heritages: Vec<Heritage> =
        (0..files.len()).map(|at| heritage(at, &files, &folders, &above)).collect();
    for (at, section) in site.sections.iter_mut().enumerate() {
        section.hidden = heritages[at].hidden;
        section.ancestors = relatives(&above[at], &files);
    }
    place_subsections(&mut site.sections, &folders);
    place_pages(site, &folders, &heritages);
    complaints.extend(site.sections.iter().filter_map(|section| root_not_in_search(section, config)));
}

fn by_folder<'a>(files: &'a [Arc<SectionHead>]) -> Folders<'a> {
    let key = |parsed: &'a Arc<SectionHead>| (parsed.file.lang.as_str(), parsed.file.directory());
    files.iter().enumerate().map(|(at, parsed)| (key(parsed), SectionId(at as u32))).collect()
}

/// The sections above a section, the root first. A folder without a section is passed over.
fn sections_above(parsed: &SectionHead, folders: &Folders<'_>) -> Vec<SectionId> {
    let folder = parsed.file.directory();
    if folder.is_empty() {
        return Vec::new();
    }
    let between = folder.match_indices('/').map(|(at, _)| &folder[..at]);
    std::iter::once("")
        .chain(between)
        .filter_map(|folder| folders.get(&(parsed.file.lang.as_str(), folder)).copied())
        .collect()
}

fn heritage(
    at: usize,
    files: &[Arc<SectionHead>],
    folders: &Folders<'_>,
    above: &[Vec<SectionId>],
) -> Heritage {
    let this = SectionId(at as u32);
    let upwards = || {
        std::iter::once(this).chain(above[at].iter().rev().copied()).map(|id| &files[id.0 as usize].matter)
    };
    let listed_in = listed_in(this, files, folders);
    let last = listed_in.last().copied().unwrap_or(this);
    let mut ancestors = relatives(&above[last.0 as usize], files);
    ancestors.push(files[last.0 as usize].file.relative.clone());
    Heritage {
        listed_in,
        ancestors,
        page_template: upwards().find_map(|matter| matter.page_template.clone()),
        hidden: upwards().find_map(|matter| matter.hidden).unwrap_or(false),
    }
}

fn listed_in(this: SectionId, files: &[Arc<SectionHead>], folders: &Folders<'_>) -> Vec<SectionId> {
    let mut chain = vec![this];
    let mut current = &files[this.0 as usize];
    while current.matter.transparent
        && let Some(folder) = folder_above(current.file.directory())
        && let Some(id) = folders.get(&(current.file.lang.as_str(), folder))
    {
        chain.push(*id);
        current = &files[id.0 as usize];
    }
    chain
}

/// The folder that holds a folder; none for `content/` itself.
fn folder_above(folder: &str) -> Option<&str> {
    if folder.is_empty() { None } else { Some(folder.rsplit_once('/').map_or("", |(above, _)| above)) }
}

fn relatives(ids: &[SectionId], files: &[Arc<SectionHead>]) -> Vec<String> {
    ids.iter().map(|id| files[id.0 as usize].file.relative.clone()).collect()
}

/// A section is the subsection of the one in the folder right above it; over a folder without a section there is none.
fn place_subsections(sections: &mut [Section], folders: &Folders<'_>) {
    for at in 0..sections.len() {
        let section = &sections[at];
        if section.hidden {
            continue;
        }
        let file = &section.parsed.file;
        let parent =
            folder_above(file.directory()).and_then(|folder| folders.get(&(file.lang.as_str(), folder)));
        if let Some(parent) = parent.copied() {
            sections[parent.0 as usize].subsections.push(SectionId(at as u32));
        }
    }
}

/// Pages that are not rendered belong to no section.
fn place_pages(site: &mut Site, folders: &Folders<'_>, heritages: &[Heritage]) {
    let place = |page: &mut Page| {
        let matter = &page.parsed.matter;
        if !matter.render {
            return None;
        }
        let file = &page.parsed.file;
        let home = folders.get(&(file.lang.as_str(), file.folder.as_str())).copied();
        let heritage = home.map(|home| &heritages[home.0 as usize]);
        page.hidden = matter.hidden.or(heritage.map(|heritage| heritage.hidden)).unwrap_or(false);
        if let Some(heritage) = heritage {
            page.ancestors.clone_from(&heritage.ancestors);
            if page.template.is_none() {
                page.template.clone_from(&heritage.page_template);
            }
        }
        home
    };
    let homes: Vec<Option<SectionId>> = site.pages.par_iter_mut().with_min_len(256).map(place).collect();
    for (at, home) in homes.into_iter().enumerate() {
        let Some(home) = home else { continue };
        for id in &heritages[home.0 as usize].listed_in {
            let section = &mut site.sections[id.0 as usize];
            let list = if site.pages[at].hidden { &mut section.hidden_pages } else { &mut section.pages };
            list.push(PageId(at as u32));
        }
    }
}

/// The search index of a language hangs on its root section, so that one cannot stay out of it.
fn root_not_in_search(section: &Section, config: &Config) -> Option<Diagnostic> {
    let file = &section.parsed.file;
    let searched = |lang: &str| config.language(lang).is_some_and(|options| options.build_search_index);
    if !section.is_root()
        || section.parsed.matter.in_search_index
        || !searched(&config.default_language)
        || !searched(&file.lang)
    {
        return None;
    }
    let message = "The site has a search index, but its root section says `in_search_index = false`, which would leave the index empty.";
    let hint = "Take `in_search_index = false` out of this file, or set `build_search_index = false` in the settings of the site.";
    Some(Diagnostic::error("resolve/root-not-in-search", message).in_file(&file.path).hint(hint))
}

#[cfg(test)]
mod tests {
    use crate::resolve::fixture::Fixture;

    #[test]
    fn a_page_belongs_to_the_section_of_its_folder_and_language() {
        let built = Fixture::new()
            .language("fr")
            .section("a/_index.md", |_| ())
            .page("a/one.md", |_| ())
            .page("a/one.fr.md", |_| ())
            .page("a/two/index.md", |_| ())
            .page("top.fr.md", |_| ())
            .resolve();
        assert_eq!(built.pages_of("a/_index.md"), ["a/one.md", "a/two/index.md"]);
        assert_eq!(built.pages_of("_index.fr.md"), ["top.fr.md"]);
        assert_eq!(built.page("a/one.md").ancestors, ["_index.md", "a/_index.md"]);
        assert_eq!(built.page("top.fr.md").ancestors, ["_index.fr.md"]);
        assert!(
            built.page("a/one.fr.md").ancestors.is_empty(),
            "an orphan: no section of its language in its folder"
        );
    }

    #[test]
    fn ancestors_pass_over_a_folder_without_a_section_but_subsections_do_not() {
        let built = Fixture::new()
            .section("a/_index.md", |_| ())
            .section("a/b/c/_index.md", |_| ())
            .page("a/b/x.md", |_| ())
            .resolve();
        assert_eq!(built.section("a/b/c/_index.md").ancestors, ["_index.md", "a/_index.md"]);
        assert!(built.subsections_of("a/_index.md").is_empty());
        assert_eq!(built.subsections_of("_index.md"), ["a/_index.md"]);
        assert!(built.page("a/b/x.md").ancestors.is_empty());
    }

    #[test]
    fn pages_of_transparent_sections_are_listed_upwards_and_descend_from_the_last_reached() {
        let built = Fixture::new()
            .section("a/_index.md", |_| ())
            .section("a/b/_index.md", |m| m.transparent = true)
            .section("a/b/c/_index.md", |m| m.transparent = true)
            .page("a/b/c/x.md", |_| ())
            .resolve();
        for section in ["a/b/c/_index.md", "a/b/_index.md", "a/_index.md"] {
            assert_eq!(built.pages_of(section), ["a/b/c/x.md"], "{section}");
        }
        assert!(built.pages_of("_index.md").is_empty());
        assert_eq!(built.page("a/b/c/x.md").ancestors, ["_index.md", "a/_index.md"]);
    }

    #[test]
    fn a_transparent_section_below_a_folder_without_a_section_leads_nowhere() {
        let built = Fixture::new()
            .section("a/b/_index.md", |m| m.transparent = true)
            .page("a/b/x.md", |_| ())
            .resolve();
        assert_eq!(built.page("a/b/x.md").ancestors, ["_index.md", "a/b/_index.md"]);
        assert!(built.pages_of("_index.md").is_empty());
    }

    #[test]
    fn a_transparent_root_ends_the_way_up() {
        let built =
            Fixture::new().section("_index.md", |m| m.transparent = true).page("x.md", |_| ()).resolve();
        assert_eq!(built.pages_of("_index.md"), ["x.md"]);
    }

    #[test]
    fn hidden_comes_from_the_page_else_its_section_else_the_nearest_section_above_that_says() {
        let built = Fixture::new()
            .section("a/_index.md", |m| m.hidden = Some(true))
            .section("a/b/_index.md", |_| ())
            .section("a/c/_index.md", |m| m.hidden = Some(false))
            .page("a/b/as-section.md", |_| ())
            .page("a/b/shown.md", |m| m.hidden = Some(false))
            .page("a/c/x.md", |_| ())
            .page("a/c/self.md", |m| m.hidden = Some(true))
            .page("a/d/orphan.md", |_| ())
            .resolve();
        assert!(built.section("a/b/_index.md").hidden && !built.section("a/c/_index.md").hidden);
        assert_eq!(built.pages_of("a/b/_index.md"), ["a/b/shown.md"]);
        assert_eq!(built.hidden_pages_of("a/b/_index.md"), ["a/b/as-section.md"]);
        assert_eq!(built.hidden_pages_of("a/c/_index.md"), ["a/c/self.md"]);
        assert!(
            !built.page("a/d/orphan.md").hidden,
            "a page without a section of its own folder takes nothing from above"
        );
        assert!(built.subsections_of("_index.md").is_empty());
        assert_eq!(built.subsections_of("a/_index.md"), ["a/c/_index.md"]);
    }

    #[test]
    fn hidden_pages_of_transparent_sections_are_hidden_pages_above_too() {
        let built = Fixture::new()
            .section("a/_index.md", |m| m.transparent = true)
            .page("a/x.md", |m| m.hidden = Some(true))
            .resolve();
        assert_eq!(built.hidden_pages_of("_index.md"), ["a/x.md"]);
    }

    #[test]
    fn pages_that_are_not_rendered_belong_nowhere() {
        let built = Fixture::new().page("x.md", |m| (m.render, m.hidden) = (false, Some(true))).resolve();
        assert!(built.pages_of("_index.md").is_empty() && built.hidden_pages_of("_index.md").is_empty());
        assert!(built.page("x.md").ancestors.is_empty() && !built.page("x.md").hidden);
    }

    #[test]
    fn a_page_takes_the_page_template_of_the_nearest_section_above() {
        let built = Fixture::new()
            .section("_index.md", |m| m.page_template = Some("root.html".into()))
            .section("a/_index.md", |m| m.page_template = Some("a.html".into()))
            .section("a/b/_index.md", |m| m.transparent = true)
            .section("c/d/_index.md", |_| ())
            .page("a/b/x.md", |_| ())
            .page("a/b/own.md", |m| m.template = Some("own.html".into()))
            .page("c/d/y.md", |_| ())
            .page("c/orphan.md", |_| ())
            .resolve();
        assert_eq!(built.page("a/b/x.md").template(), "a.html");
        assert_eq!(built.page("a/b/own.md").template(), "own.html");
        assert_eq!(built.page("c/d/y.md").template(), "root.html");
        assert_eq!(built.page("c/orphan.md").template(), "page.html");
    }

    #[test]
    fn a_root_section_that_stays_out_of_the_search_index_is_an_error() {
        let fixture = |searched| {
            let mut fixture = Fixture::new().section("_index.md", |m| m.in_search_index = false);
            fixture.config.languages[0].1.build_search_index = searched;
            fixture.resolve().codes()
        };
        assert_eq!(fixture(true), ["resolve/root-not-in-search"]);
        assert!(fixture(false).is_empty());
    }
}
